# SPDX-License-Identifier: EUPL-1.2
"""What an analyst's own cells leave is shown as it is or told, never dropped, never run."""

import base64

import pytest
from nbformat import v4

from genk_armoede.report import markdown, own_cells

PNG = base64.b64encode(b"invented").decode()


def shown(output, alternative: str = "") -> tuple[dict, list[str]]:
    remarks: list[str] = []
    return own_cells.block_of(output, alternative, remarks.append), remarks


def result(**data: str):
    return v4.new_output("display_data", data={kind.replace("__", "/"): text for kind, text in data.items()})


@pytest.mark.parametrize("kind", ["image/png", "image/jpeg", "image/svg+xml"])
def test_a_picture_is_shown_and_asks_for_words(kind):
    block, remarks = shown(v4.new_output("display_data", data={kind: PNG, "text/plain": "<Figure>"}))
    assert block["kind"] == "image" and block["address"].startswith(f"data:{kind};base64,")
    assert "alternative text" in remarks[0]
    block, remarks = shown(v4.new_output("display_data", data={kind: PNG}), "Een verzonnen beeld")
    assert block["alt"] == "Een verzonnen beeld" and remarks == []


def test_a_table_of_html_is_shown_as_words():
    html = "<style>td {}</style><table><tr><th></th><th>a</th></tr><tr><td>x</td><td><b>1</b></td></tr></table>"
    block, remarks = shown(result(text__html=html))
    assert (block["header"], block["rows"], remarks) == (["", "a"], [["x", "1"]], [])


def test_rows_of_different_length_are_filled_up():
    html = '<table><tr><th colspan="2">a</th></tr><tr><td>x</td></tr></table>'
    assert shown(result(text__html=html))[0] == {"kind": "grid", "header": ["", "a"], "rows": [["x", ""]]}


def test_of_other_html_the_words_stay_and_the_build_says_so():
    block, remarks = shown(result(text__html="<p>Een <b>zin</b>.</p><script>alert(1)</script>"))
    assert block["text"] == "Een zin." and "only the words" in remarks[0]


@pytest.mark.parametrize("kind", ["application/javascript", "application/json", "application/vnd.plotly.v1+json"])
def test_what_cannot_be_shown_is_named(kind):
    block, remarks = shown(v4.new_output("display_data", data={kind: "alert(1)", "text/plain": "iets"}))
    assert block["text"] == "iets" and kind in remarks[0]
    assert "kan een pagina niet tonen" in shown(v4.new_output("display_data", data={kind: "x"}))[0]["text"]


def test_printed_words_lose_colours_and_what_was_written_over():
    block, _ = shown(v4.new_output("stream", text="\x1b[31mrood\x1b[0m\n0 van 2\r1 van 2\r2 van 2\n"))
    assert block["text"] == "rood\n2 van 2"


def test_a_long_output_is_cut_and_says_so():
    block, remarks = shown(v4.new_output("stream", text="".join(f"{i}\n" for i in range(100))))
    assert block["text"].endswith("59\n… en nog 40 regels") and "of 100 printed lines" in remarks[0]
    rows = "".join(f"<tr><td>{i}</td></tr>" for i in range(101))
    block, remarks = shown(result(text__html=f"<table>{rows}</table>"))
    assert block["rows"][-1] == ["… en nog 40 rijen"] and "of 100 rows" in remarks[0]


def test_an_error_is_told():
    block, remarks = shown(v4.new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[]))
    assert block["text"] == "ZeroDivisionError: division by zero" and remarks


def html_of(source: str, attachments: dict | None = None) -> tuple[str, list[str]]:
    reader = markdown.Reader()
    blocks = reader.blocks(source, attachments or {}, "cell 1")
    return " ".join(block["html"] for block in blocks), reader.remarks


def test_a_comment_is_not_for_readers_but_stays_in_code():
    html, remarks = html_of("Een zin.<!-- nog\nnakijken -->\n\n`<!-- a -->`\n\n```\n<!-- b -->\n```")
    assert "nakijken" not in html and "&lt;!-- a --&gt;" in html and "&lt;!-- b --&gt;" in html and remarks == []


def test_an_attached_picture_is_shown_with_its_words():
    html, remarks = html_of("![een kaart](attachment:a.png)", {"a.png": {"image/png": PNG}})
    assert f'src="data:image/png;base64,{PNG}"' in html and 'alt="een kaart"' in html and remarks == []


@pytest.mark.parametrize(
    "source", ["![een kaart](figures/kaart.png)", "![](attachment:a.png)", "![x](attachment:b.png)"]
)
def test_a_picture_that_cannot_be_shown_leaves_its_words_and_a_remark(source):
    html, remarks = html_of(source, {"a.png": {"image/png": PNG}})
    assert "<img" not in html and "[Beeld:" in html and "cell 1: the picture" in remarks[0]


@pytest.mark.parametrize("source", ["Een noot.[^1]", "Een som $x^2$.", "H<sub>2</sub>O", "- [ ] taak"])
def test_what_stands_as_typed_is_told(source):
    assert html_of(source)[1] and not html_of("`" + source + "`")[1]


@pytest.mark.parametrize("address", ["../data/raw/a.yml", "figures/kaart.png", "//example.org/x.png", "kaart.png"])
def test_a_link_to_a_file_is_only_its_words(address):
    html, _ = html_of(f"[het **bestand**]({address})")
    assert "href" not in html and "bestand" in html
