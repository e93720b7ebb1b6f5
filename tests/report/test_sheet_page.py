# SPDX-License-Identifier: EUPL-1.2
"""The picture of a workbook: each cell with what it became, open questions on top; quiet, operable, harmless.

All figures are invented. What needs a browser is skipped where none is installed.
"""

import base64
import json
import re
import zlib

import pytest
from hostile import HOSTILE
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from workbooks import NAME, SHEET, edited, save

from genk_armoede.errors import DataError
from genk_armoede.report import sheet_page
from genk_armoede.report.sheet_words import dutch

TABLE = [["Leefloners 2021"], [], ["Gemeente", "Aantal"], ["Genk", 5], ["Hasselt", "x"], [], ["Bron: verzonnen"]]


@pytest.fixture
def page(tmp_path) -> str:
    html, error = sheet_page.draw(save(tmp_path / NAME, TABLE))
    assert error is None
    return html


def cells(html: str) -> dict[str, tuple[str, str]]:
    """Text of a cell → its look and what it became."""
    found = re.findall(r'<td(?: colspan="\d+")? class="(\w+)[^"]*" title="([^"]*)">([^<]*)</td>', html)
    return {text: (look, title) for look, title, text in found}


def test_each_cell_has_its_look_and_what_it_became(page):
    found = cells(page)
    assert found["5"] == ("c", "Aantal · Genk (71016) · 2021: 5 aantal")
    assert found["x"] == ("c", "Aantal · Hasselt (71022) · 2021: geen cijfer aantal [vertrouwelijk]")
    assert {text: look for text, (look, _) in found.items()} == {
        "Leefloners 2021": "i",
        "Gemeente": "o",
        "Aantal": "o",
        "Genk": "o",
        "5": "c",
        "Hasselt": "o",
        "x": "c",
        "Bron: verzonnen": "i",
    }


def test_a_raised_mark_stays_beside_its_figure_and_a_note_runs_over_blanks(tmp_path):
    figure = CellRichText("512", TextBlock(InlineFont(vertAlign="superscript"), "2"))
    rows = [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, figure], ["Mol", 2021, 4], [], ["2 Voorlopig cijfer"]]
    html, _ = sheet_page.draw(save(tmp_path / NAME, rows))
    assert cells(html)["512²"] == ("c", "Aantal · Genk (71016) · 2021: 512 aantal [voorlopig]")
    assert '<td colspan="3" class="i"' in html


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [("0.0%", "12,5 %"), ("0%", "13 %"), ("General", "0,125"), ("#,##0.00", "0,13"), ("0.0E+00", "0,125")],
)
def test_a_number_has_the_decimals_of_its_format(tmp_path, number_format, shown):
    rows = [["Gemeente", "Jaar", "Graad"], ["Genk", 2021, 0.125]]
    path = save(tmp_path / NAME, rows)
    with edited(path) as book:
        book.active["C2"].number_format = number_format
    html, _ = sheet_page.draw(path)
    assert shown in cells(html)


def test_what_is_left_out_says_why(tmp_path):
    html, _ = sheet_page.draw(save(tmp_path / NAME, TABLE), answers=["row 5=nothing"])
    look, title = cells(html)["Hasselt"]
    assert look == "x" and title.startswith("niet overgenomen: weggelaten, zoals geantwoord")


def test_assumptions_stand_on_top_in_dutch(page):
    head = page[: page.index("<table")]
    assert "eenheid van &#39;Aantal&#39;: aantal" in head
    assert 'lang="en"' not in head
    assert "periode: 2021, uit een titel" in head
    assert 'lang="en"' not in head


def test_a_question_stands_on_top_with_its_answers(tmp_path):
    path = save(tmp_path / NAME, [["Gemeente", "Aantal"], ["Genk", 5]])
    with edited(path) as book:
        book.create_sheet("Goed").append(["Gemeente", "Jaar", "Aantal"])
        book["Goed"].append(["Genk", 2021, 6])
    html, error = sheet_page.draw(path)
    assert isinstance(error, DataError)
    assert "niets zegt voor welke periode de cijfers gelden" in html
    assert f"--answer &#39;sheet {SHEET}: period=YYYY&#39;" in html
    assert cells(html)["5"][0] == "u" and cells(html)["6"][0] == "c"  # the other sheet is drawn as it reads
    html, error = sheet_page.draw(path, answers=[f"sheet {SHEET}: period=2021"])
    assert error is None and cells(html)["5"][0] == "c"


def test_a_wrong_answer_is_told_in_the_page_too(tmp_path):
    html, error = sheet_page.draw(save(tmp_path / NAME, TABLE), answers=["headers=left"])
    assert "een antwoord waar hier niets naar vraagt" in html and error.found in html


def test_only_the_first_rows_of_a_long_table_stand_in_the_page(tmp_path):
    rows = [["Gemeente", "Jaar", "Aantal"], *(["Genk", f"{year}-{month:02}", month]
            for year in range(1960, 2020) for month in range(1, 13)), [], ["Bron: verzonnen"]]  # fmt: skip
    html, _ = sheet_page.draw(save(tmp_path / NAME, rows))
    assert html.count("<tr>") < 150 and "Bron: verzonnen" in html
    packed = re.search(r'<script type="text/plain" id="blad1-rijen">([^<]*)</script>', html)[1]
    folded = json.loads(zlib.decompress(base64.b64decode(packed)))
    assert len(folded) == 720 - sheet_page.ROWS
    assert folded[-1][1][-1][3] == "Aantal · Genk (71016) · 2019-12: 12 aantal"


def hostile_table(folder):
    names = [text for text in HOSTILE if text.strip() == text and text.isprintable() and text[0] != "="]
    return save(folder / NAME, [["Groep", "Jaar", "Aantal"], *([name, 2021, i] for i, name in enumerate(names, 1))])


def test_hostile_texts_stay_text(tmp_path):
    html, _ = sheet_page.draw(hostile_table(tmp_path))
    body = html[html.index("<body>") :]
    assert not re.search(r"<(?:img|svg|iframe)|javascript:alert\(1\)[\"']>|<[^>]*\son\w+=", body)
    assert body.count("<script") == 1


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("column D: the sum of the years", "kolom D: de som van de jaren"),
        ("column A: a blank label is that of the row above it, as answered", "de rij erboven, zoals geantwoord"),
        ("C2: struck through: 5", "C2: doorgestreept: 5"),
        ("a blank label whose figures are not the sum of those beside it", "niet de som"),
        ("BE1 and BE10 are one area: the figures of BE10 keep that code", "BE1 en BE10 zijn één gebied"),
        ("two vintages of codes in 2025: 73040 (A) is counted twice: it is part of 71072 (B)", "73040 (A) is dubbel"),
    ],
)
def test_what_is_said_of_kinds_of_files_is_dutch(english, said):
    assert said in str(dutch(english))
    assert dutch(english).lang == "nl-BE"


def test_a_sheet_without_figures_says_so_in_dutch(tmp_path):
    path = save(tmp_path / NAME, TABLE)
    with edited(path) as book:
        book.create_sheet("Leesmij").append(["Contact: verzonnen"])
    html, error = sheet_page.draw(path)
    assert error is None
    assert "geen cijfers in een bekende vorm" in html
    assert "OBS_VALUE" not in html  # why each layout declined is for --explain=all


def test_what_is_not_known_in_dutch_is_said_to_be_english():
    assert (dutch("an invented sentence").lang, dutch("it is empty").lang) == ("en", "nl-BE")


# --- in a browser ---


def test_a_picture_is_quiet_harmless_and_operable(chromium, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    rows = [["Groep", "Jaar", "Aantal"], *([f"groep {i}", 2021, i] for i in range(300))]
    places = {"long": save(tmp_path / "lang.xlsx", rows), "hostile": hostile_table(tmp_path)}
    places["asked"] = save(tmp_path / "vraag.xlsx", [["Gemeente", "Aantal"], ["Genk", 5]])
    shown, faults = chromium.new_page(), []
    shown.on("console", lambda said: faults.append(said.text))
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.on("dialog", lambda dialog: (faults.append(dialog.message), dialog.dismiss()))
    for name, path in places.items():
        target = tmp_path / f"{name}.html"
        target.write_text(sheet_page.draw(path)[0], encoding="utf-8")
        asked = []
        shown.on("request", lambda request, asked=asked: asked.append(request.url))
        shown.goto(target.as_uri())
        for scheme in ("light", "dark"):
            shown.emulate_media(color_scheme=scheme)
            found = Axe().run(shown, options={"resultTypes": ["violations"]})
            assert found.response["violations"] == [], found.generate_report()
        assert asked[:1] == [target.as_uri()] and len(set(asked)) == 1
    shown.goto((tmp_path / "long.html").as_uri())
    shown.locator("td.c").first.focus()
    shown.keyboard.press("ArrowDown")
    assert shown.locator("#cel").text_content() == "C3: Aantal · 2021 · groep=groep 1: 1 aantal"
    shown.locator("[data-start]").first.click()
    shown.locator("tbody tr", has_text="groep 299").wait_for()
    assert shown.locator("tbody tr").count() == 301
    assert shown.locator("td[tabindex='0']").count() == 1  # one stop of the Tab key
    assert faults == []
