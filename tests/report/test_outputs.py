# SPDX-License-Identifier: EUPL-1.2
"""What a cell gives is the same bytes in each run, however it was timed and wherever objects lay in memory."""

from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from genk_armoede.errors import DataError
from genk_armoede.report import content
from genk_armoede.report.outputs import joined, refuse_addresses, unrepeatable

CHART = new_output("display_data", {"text/plain": "Verzonnen diagram"})


def printed(*pieces: tuple[str, str]) -> list:
    return [new_output("stream", name=name, text=text) for name, text in pieces]


OUT, ERR = "stdout", "stderr"
WHOLE = printed((OUT, "een\ntwee\n"), (ERR, "fout\n"))


@pytest.mark.parametrize(
    "pieces",
    [
        WHOLE,
        printed((OUT, "een\n"), (OUT, "twee\n"), (ERR, "fout\n")),
        printed((OUT, "e"), (OUT, "en\nt"), (OUT, "wee\n"), (ERR, "fo"), (ERR, "ut\n")),
        printed((OUT, "een\n"), (ERR, "fout\n"), (OUT, "twee\n")),
        printed((ERR, "fout\n"), (OUT, "een\ntwee\n")),
    ],
    ids=["whole", "two", "six", "one between", "the other first"],
)
def test_what_is_printed_is_one_output_a_stream_however_it_arrives(pieces):
    assert joined(pieces) == WHOLE


def test_what_is_printed_before_and_after_a_chart_stays_there():
    before, after = printed((OUT, "een\n"), (OUT, "twee\n")), printed((OUT, "drie\n"), (OUT, "vier\n"))
    assert joined([*before, CHART, *after]) == [
        *printed((OUT, "een\ntwee\n")), CHART, *printed((OUT, "drie\nvier\n")),
    ]  # fmt: skip


def test_other_outputs_stay_as_they_are():
    assert joined([CHART, CHART]) == [CHART, CHART]
    assert joined([]) == []


def notebook(*outputs: object):
    cells = [new_markdown_cell("# Verzonnen"), new_code_cell("1 + 1", execution_count=1)]
    return new_notebook(cells=[*cells, new_code_cell("iets", execution_count=2, outputs=[*outputs])])


ADDRESS = "<object object at 0x7F2c6c1b4d30>"


@pytest.mark.parametrize(
    "output",
    [
        new_output("execute_result", {"text/plain": ADDRESS}, execution_count=2),
        new_output("display_data", {"text/plain": "tabel", "text/html": f"<td>{ADDRESS.replace('<', '&lt;')}</td>"}),
        new_output("stream", name=OUT, text=f"lijst: [{ADDRESS}]\n"),
        new_output("stream", name=ERR, text=ADDRESS),
    ],
    ids=["result", "markup", "printed", "stderr"],
)
def test_the_address_of_an_object_is_refused_with_its_cell(output):
    with pytest.raises(DataError, match="address of an object in memory") as caught:
        refuse_addresses(notebook(CHART, output), Path("notebooks/01_x.ipynb"))
    assert (caught.value.file, caught.value.cell) == ("notebooks/01_x.ipynb", "[2]")
    assert caught.value.found == "at 0x7F2c6c1b4d30" and caught.value.do


def test_other_text_and_pictures_are_no_address():
    picture = new_output("display_data", {"text/plain": "Verzonnen, at 0 x 7 m", "image/png": "at 0x7f2c"})
    refuse_addresses(notebook(picture, *WHOLE), Path("notebooks/01_x.ipynb"))


@pytest.mark.parametrize(
    ("source", "cause"),
    [
        ("from IPython.display import clear_output\nclear_output()", "clear_output"),
        ("display(1, display_id='a')", "display_id"),
        ("import subprocess\nsubprocess.run(['ls'])", "subprocess"),
        ("import os\nos.system('ls')", "os.system"),
        ("x = 1\n  !ls", "!ls"),
        ("%%bash\nls", "%%bash"),
    ],
)
def test_a_cell_that_nbval_cannot_repeat_is_told_with_its_place(source, cause):
    assert unrepeatable(source) == cause
    page = content.content_of("01_v", new_notebook(cells=[new_markdown_cell("# V"), new_code_cell(source)]), {})
    assert page["remarks"] == [
        f"notebooks/01_v.ipynb, cell 2: make nbval cannot repeat what {cause} gives: print the result itself"
    ]


@pytest.mark.parametrize("source", ["x != y", "print('5 % !')", "%matplotlib inline", "cleared = 1\nsystem = 2"])
def test_of_other_code_nothing_is_told(source):
    assert unrepeatable(source) == ""


@pytest.mark.parametrize(
    ("source", "output", "told"),
    [
        ("ga.say('Dat is 55,3% van 2023.')", WHOLE[0], ["typed, not computed: 55,3%"]),
        ("ga.say('Dat is {n:1} op 1 januari 2023.')", WHOLE[0], []),
        ("print(a)", new_output("stream", name=OUT, text="55.3\n"), ["its figures lead to no source"]),
        ("frame", new_output("display_data", {"text/html": "<table><tr><td>5</td></tr></table>"}), ["no source"]),
        ("print(a)", new_output("stream", name=OUT, text="geen cijfer\n"), []),
    ],
)
def test_a_figure_that_nobody_can_follow_is_told_with_its_cell(source, output, told):
    cell = new_code_cell(source, outputs=[output])
    remarks = content.content_of("01_v", new_notebook(cells=[new_markdown_cell("# V"), cell]), {})["remarks"]
    assert len(remarks) == len(told)
    assert all("cell 2: " in remark and words in remark for remark, words in zip(remarks, told, strict=True))
