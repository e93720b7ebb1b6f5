# SPDX-License-Identifier: EUPL-1.2
"""Tables of statistical offices, read by their shape: what is asked or declined first, then each shape.

All figures and labels are invented.
"""

import gzip
import json
import re
from pathlib import Path

import pytest
import xlsxwriter
from workbooks import ROOT, as_sheet, by_cell, change, figures, lines, read
from xlsxwriter.utility import xl_rowcol_to_cell

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts.answers import Answers
from genk_armoede.layouts.engine.reading import Declined, Unclear
from genk_armoede.observations.observation import validate
from genk_armoede.spreadsheets.workbook import open_workbook

TITLE = ["Verzonnen voertuigen naar soort"]
TABLE = [
    TITLE,
    [],
    ["Zie de noten"],
    [],
    ["Soort", "Bezit \\1", None, "Gebruik"],
    [],
    [None, 2019, 2020, 2019, 2020],
    [],
    [],
    ["Wagens", 11, 12, 13, 14],
    ["Fietsen \\2", 21, "(NA)", 23, 24],
    [],
    ["Bron: verzonnen"],
]


def statistical(folder, rows, *answers, **how):
    sheet = as_sheet(folder, rows, **how)
    given = Answers(answers)
    sheet.answers = given.of(sheet)
    found = layouts.read("statistical", sheet)
    assert not given.unused()
    validate(found.rows)
    return found


def asked(folder, rows, *answers, problem):
    """The answer that the question proposes."""
    with pytest.raises(Unclear) as caught:
        statistical(folder, rows, *answers)
    assert problem in str(caught.value)
    return caught.value.answers[0]


def said(found, cell):
    row = by_cell(found)[cell]
    return f"{row.indicator} | {row.period} | {row.breakdown}"


# What is declined


@pytest.mark.parametrize(
    "rows",
    [
        [TITLE, ["Wagens", 11, 12], ["Fietsen", 21, 22]],  # no header
        [TITLE, ["Soort", "Bezit"], ["Wagens", "elf"]],  # no figures
        change(TABLE, "A5", "Soort naar bouwjaar"),  # years of building
        [TITLE, ["Soort", "Leeftijd", "Bezit 2019"], ["Wagens", 12, 13], ["Fietsen", 14, 15]],
        [["Aantal", None], ["Leeftijd", 0, 1, 2], ["Wagens", 11, 12, 13]],  # numbers as headers
        [*TABLE[:11], ["Andere soort", 2019, 2020, 2019, 2020], ["Treinen", 31, 32, 33, 34]],  # a second table
        [["Soort", 2019, 2020, 2019, 2020], *TABLE[9:11]],  # no title, in a CSV
    ],
)
def test_what_other_layouts_know_is_declined(tmp_path, rows):
    with pytest.raises(Declined):
        if rows[0][0] == "Soort":
            read("statistical", tmp_path, "Soort,2019,2020\nWagens,11,12\nFietsen,21,22\n")
        statistical(tmp_path, rows)


def test_a_text_among_the_figures_is_no_mark(tmp_path):
    with pytest.raises(DataError, match="text where a number belongs"):
        statistical(tmp_path, [*TABLE[:11], ["Treinen", 1, "veel", 3, 4], ["Bussen", 1, 2, 3, 4]])


def test_a_number_in_the_notes_is_not_lost(tmp_path):
    with pytest.raises(DataError):
        statistical(tmp_path, [*TABLE, [None, None, "som", None, None, 99]])


# What is asked


CENTRED = [
    TITLE,
    [],
    [None, None, "Bezit", None, None, "Gebruik"],
    [],
    ["Soort", "Totaal", "Aantal 2019", "Aantal 2020", "Kosten 2019", "Kosten 2020", "Kosten 2021"],
    ["Wagens", 11, 12, 13, 14, 15, 16],
]


def test_headers_that_can_be_centred_are_asked(tmp_path):
    rows = change(CENTRED, "B5", "Som 2019")
    assert asked(tmp_path, rows, problem="left or to the right") == "headers=left"
    left = statistical(tmp_path, rows, "headers=left")
    assert said(left, "B6") == f"{TITLE[0]} | Som | 2019 | soort=Wagens"
    assert said(left, "E6") == f"{TITLE[0]} | Bezit | Kosten | 2019 | soort=Wagens"
    spans = statistical(tmp_path, rows, "header C3=B:D", "header F3=E:G")
    assert said(spans, "B6") == f"{TITLE[0]} | Bezit | Som | 2019 | soort=Wagens"
    assert said(spans, "E6") == f"{TITLE[0]} | Gebruik | Kosten | 2019 | soort=Wagens"


def test_groups_of_the_same_headers_show_where_a_centred_header_stands(tmp_path):
    rows = [TITLE, [], [None, None, "Bezit 2019", None, None, "Gebruik 2019"], ["Soort", *["Som", "Jong", "Oud"] * 2]]
    found = statistical(tmp_path, [*rows, ["Wagens", 11, 12, 13, 14, 15, 16]])
    assert [said(found, f"{letter}5").split(" | ")[1:3] for letter in "BDEG"] == [
        ["Bezit", "Som"],
        ["Bezit", "Oud"],
        ["Gebruik", "Som"],
        ["Gebruik", "Oud"],
    ]


def test_lines_of_one_header_are_no_group(tmp_path):
    rows = [TITLE, [], [None, "Kosten"], [None, "per", None, "Te"], ["Soort", "persoon 2019", "2019", "kort 2019"]]
    rows = [*rows, ["Wagens", 11, 12, 13]]
    found = statistical(tmp_path, rows)
    assert said(found, "B6") == f"{TITLE[0]} | Kosten per persoon | 2019 | soort=Wagens"
    assert said(found, "D6") == f"{TITLE[0]} | Te kort | 2019 | soort=Wagens"
    asked(tmp_path, change(rows, "C3", "Som"), problem="left or to the right")


def test_a_row_of_figures_without_a_label_is_asked(tmp_path):
    rows = change(change(TABLE, "B12", 31), "D12", 33)
    assert asked(tmp_path, rows, problem="without a label") == "row 12=nothing"
    assert "B12" not in figures(statistical(tmp_path, rows, "row 12=nothing"))
    assert said(statistical(tmp_path, rows, "row 12=Treinen"), "B12").endswith("soort=Treinen")


def test_labels_that_stand_twice_are_asked(tmp_path):
    rows = [*TABLE[:9], *[[label, 1, 2, 3, 4] for label in ("Wagens", "Rest", "Fietsen", "Kinderfietsen", "Rest")]]
    assert asked(tmp_path, rows, problem="stand twice") == "rows 10,13=heads"
    found = statistical(tmp_path, rows, "rows 10,12=heads")
    assert said(found, "B11").endswith("groep=Wagens; soort=Rest")
    assert said(found, "B14").endswith("groep=Fietsen; soort=Rest")
    assert said(found, "B12").endswith("| soort=Fietsen")


@pytest.mark.parametrize("title", ["Voertuigen", "Voertuigen van 2019 tot 2021", "Voertuigen, prijzen van 2019"])
def test_figures_without_a_period_are_asked(tmp_path, title):
    rows = [[title], [], ["Soort", "Bezit", "Gebruik"], ["Wagens", 11, 12]]
    asked(tmp_path, rows, problem="period")
    assert said(statistical(tmp_path, rows, "period=2021"), "B4") == f"{title} | Bezit | 2021 | soort=Wagens"


def test_the_year_of_a_title_is_not_that_of_a_column_beside_other_years(tmp_path):
    rows = [["Voertuigen, 2021"], [], ["Soort", 2019, 2020, "Evolutie"], ["Wagens", 11, 12, 13]]
    asked(tmp_path, rows, problem="period")


@pytest.mark.parametrize(
    ("numbers", "answer"),
    [([1000, 1000, 1000], "breakdown"), ([23, 236, 2361], "breakdown"), ([2001, 2019, 2007], "period")],
)
def test_a_column_of_units_codes_or_years_is_asked(tmp_path, numbers, answer):
    rows = [["Voertuigen in 2021"], [], ["Soort", "Wat", "Bezit", "Gebruik"]]
    rows += [[label, number, 11, 12] for label, number in zip(("Wagens", "Fietsen", "Rest"), numbers, strict=True)]
    assert asked(tmp_path, rows, problem="labels or figures") == f"column B={answer}"
    found = by_cell(statistical(tmp_path, rows, f"column B={answer}"))
    assert set(found) == {"C4", "D4", "C5", "D5", "C6", "D6"}
    assert str(numbers[0]) in found["C4"].breakdown + found["C4"].period


def test_a_column_of_texts_among_the_figures_is_asked(tmp_path):
    rows = [[*row, text] for row, text in zip(TABLE[:11], [None] * 9 + ["geschat", "geteld"], strict=True)]
    rows = [[*row[:1], *[None] * (5 - len(row[:-1])), *row[1:]] if len(row) < 6 else row for row in rows]
    assert asked(tmp_path, rows, problem="texts among the figures") == "column F=nothing"
    found = statistical(tmp_path, rows, "column F=nothing")
    assert found.left_out == ["column F: left out, as answered"]


def test_a_second_header_is_asked(tmp_path):
    rows = [*TABLE[:11], ["Andere", "Bezit", None, "Huur"], ["Treinen", 31, 32, 33, 34]]
    asked(tmp_path, rows, problem="in a row without figures")


def test_two_columns_with_one_header_are_asked_and_a_footnote_tells_them_apart(tmp_path):
    rows = [TITLE, [], ["Soort", "2019", "2020 \\1", "2020 \\2"], ["Wagens", 11, 12, 13]]
    assert said(statistical(tmp_path, rows), "D4") == f"{TITLE[0]} | 2020 | soort=Wagens; voetnoot=\\2"
    asked(tmp_path, change(change(rows, "C3", 2020), "D3", 2020), problem="same headers")


def test_a_difference_between_years_is_asked(tmp_path):
    asked(tmp_path, [TITLE, [], ["Soort", 2019, 2020, "2019-2020"], ["Wagens", 11, 12, 1]], problem="difference")


# What is read


def test_the_whole_table(tmp_path):
    found = statistical(tmp_path, TABLE)
    title = TITLE[0]
    assert lines(found) == [
        f"B10 | {title} | Bezit | | 2019 | soort=Wagens | 11",
        f"C10 | {title} | Bezit | | 2020 | soort=Wagens | 12",
        f"D10 | {title} | Gebruik | | 2019 | soort=Wagens | 13",
        f"E10 | {title} | Gebruik | | 2020 | soort=Wagens | 14",
        f"B11 | {title} | Bezit | | 2019 | soort=Fietsen | 21",
        f"C11 | {title} | Bezit | | 2020 | soort=Fietsen | m",
        f"D11 | {title} | Gebruik | | 2019 | soort=Fietsen | 23",
        f"E11 | {title} | Gebruik | | 2020 | soort=Fietsen | 24",
    ]
    assert found.metadata == [title, "Zie de noten", "Bron: verzonnen"]
    assert found.left_out == []
    assert "references to footnotes such as \\1 are left off names" in found.assumed
    assert "no figure, and not said why: (NA)" in found.assumed


def test_a_blank_is_no_figure(tmp_path):
    assert "C10" not in figures(statistical(tmp_path, change(TABLE, "C10", None)))


def test_units_stay_in_the_words_of_the_indicator(tmp_path):
    rows = [*TABLE[:7], ["Eenheid", "(1.000)", None, "(km)"], *TABLE[9:11]]
    found = statistical(tmp_path, rows)
    assert said(found, "B9") == f"{TITLE[0]} | Bezit | (1.000) | 2019 | soort eenheid=Wagens"
    assert by_cell(found)["D9"].indicator.endswith("Gebruik | (km)")


def test_rows_without_figures_head_those_under_them(tmp_path):
    rows = [
        *TABLE[:9],
        ["OP DE WEG"],
        ["Met motor:"],
        TABLE[9],
        ["Zonder motor:"],
        TABLE[10],
        ["OP HET WATER"],
        TABLE[9],
    ]
    found = statistical(tmp_path, rows)
    assert said(found, "B12").endswith("groep=OP DE WEG; groep 2=Met motor; soort=Wagens")
    assert said(found, "B14").endswith("groep=OP DE WEG; groep 2=Zonder motor; soort=Fietsen")
    assert said(found, "B16").endswith("| groep=OP HET WATER; soort=Wagens")


def test_heads_that_come_back_lie_in_those_that_do_not(tmp_path):
    half = [["Leeftijd"], ["Jong", 1, 2, 3, 4], ["Oud", 1, 2, 3, 4]]
    found = statistical(tmp_path, [*TABLE[:9], ["Aantal (1.000)"], ["Totaal", 1, 2, 3, 4], *half, ["Aandeel"], *half])
    assert said(found, "B13").endswith("groep=Aantal (1.000); groep 2=Leeftijd; soort=Jong")
    assert said(found, "B17").endswith("groep=Aandeel; groep 2=Leeftijd; soort=Jong")


def test_rows_that_come_back_in_one_order_lie_under_what_stands_above_them(tmp_path):
    labels = ["Totaal", "Kattenhof", "Jong", "Oud", "Duivenhof", "Jong", "Oud"]
    found = statistical(tmp_path, [*TABLE[:9], *[[label, 1, 2, 3, 4] for label in labels]])
    assert said(found, "B12").endswith("groep=Kattenhof; soort=Jong")
    assert said(found, "B16").endswith("groep=Duivenhof; soort=Oud")
    assert said(found, "B10").endswith("| soort=Totaal")


def test_a_label_may_go_on_in_the_next_row(tmp_path):
    rows = [*TABLE[:9], ["Wagens die ouder zijn"], ["dan tien jaar", 1, 2, 3, 4], ["Fietsen", 1, 2, 3, 4]]
    found = statistical(tmp_path, rows)
    assert said(found, "B11").endswith("soort=Wagens die ouder zijn dan tien jaar")
    assert said(found, "B12").endswith("| soort=Fietsen")


def test_years_may_stand_beside_the_figures(tmp_path):
    rows = [TITLE, [], ["Jaar", "Bezit", "Gebruik"], [], [2018, 1, 2], ["2019 \\1", 3, 4], ["2020, totaal", 5, 6]]
    found = statistical(tmp_path, rows)
    assert said(found, "B5") == f"{TITLE[0]} | Bezit | 2018 |".rstrip("|") + "| "
    assert by_cell(found)["C6"].period == "2019"
    assert said(found, "C7") == f"{TITLE[0]} | Gebruik | 2020 | rij=totaal"


def test_years_may_head_rows(tmp_path):
    rows = [TITLE, [], ["Soort", "Bezit", "Gebruik"], [], [2002], ["Wagens", 1, 2], [2007], ["Wagens", 3, 4]]
    found = by_cell(statistical(tmp_path, rows))
    assert (found["B6"].period, found["B8"].period) == ("2002", "2007")


def test_years_under_names_stand_up_to_the_next_year(tmp_path):
    rows = [TITLE, [], ["Soort", "Bezit", "Gebruik", "Huur"], [None, 2006, None, 2007], ["Wagens", 1, 2, 3]]
    found = by_cell(statistical(tmp_path, rows))
    assert [found[cell].period for cell in ("B5", "C5", "D5")] == ["2006", "2006", "2007"]


def test_merged_headers_stand_over_what_they_cover(tmp_path):
    rows = [TITLE, [], [None, "Som 2019", "Bezit"], ["Soort", None, 2019, 2020, "Rest 2019"], ["Wagens", 1, 2, 3, 4]]
    found = statistical(tmp_path, rows, merge=["C3:D3"])
    assert said(found, "D5") == f"{TITLE[0]} | Bezit | 2020 | soort=Wagens"
    assert said(found, "E5") == f"{TITLE[0]} | Rest | 2019 | soort=Wagens"


def test_rows_of_strokes_are_passed_over(tmp_path):
    stroke = ["-"] * 5
    found = statistical(tmp_path, [*TABLE[:7], stroke, [], TABLE[9], stroke, TABLE[10], stroke])
    assert found.left_out == ["row 11: strokes", "row 13: strokes"]
    assert len(found) == 8


# Tables that others gave the role of each cell

SAUS = ROOT.parent / "shared" / "saus" / "saus_half.jsonl.gz"
ANSWERS = Path(__file__).parent / "saus_answers.json"
# Sheets of which others called units, codes, years, labels, sources, checks or bare footnotes figures.
OTHER_ROLES = {1, 8, 9, 10, 40, 59, 89, 93, 100, 105, 109, 110}


def _book(cells, path):
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("Data")
        for i, row in enumerate(cells):
            for j, text in enumerate(row):
                if re.fullmatch(r"-?(?:0|[1-9]\d*)?(?:\.\d+)?(?:[eE][-+]?\d+)?", text) and re.search(r"\d", text):
                    page.write_number(i, j, float(text))
                elif text:
                    page.write_string(i, j, text)
    return path


def _held_against_roles(folder, answers):
    """Sheet → figures read, figures that were lost, and cells of another role that were read as figures."""
    found = {}
    for number, line in enumerate(gzip.decompress(SAUS.read_bytes()).splitlines()):
        sheet = json.loads(line)
        book = open_workbook(_book(sheet["cells"], folder / "saus.xlsx"))
        try:
            readings, _ = layouts.recognise(book, answers=answers.get(str(number), []))
            rows = {row.cell for reading in readings for row in validate(reading.rows)}
        except DataError:
            continue
        roles = enumerate(sheet["roles"])
        role = {xl_rowcol_to_cell(i, j): text for i, texts in roles for j, text in enumerate(texts) if text}
        data = {cell for cell, text in role.items() if text == "d"}
        found[number] = len(data & rows), data - rows, [cell for cell in rows if role.get(cell, "d") != "d"]
    return found


@pytest.mark.skipif(not SAUS.is_file(), reason="the collection is not here")
def test_cells_have_the_role_that_others_gave_them(tmp_path):
    """Of 111 sheets: 77 are read without a word, and 101 with at most two answers."""
    answers = json.loads(ANSWERS.read_text())
    assert all(len(given) <= 2 for given in answers.values())
    found = _held_against_roles(tmp_path, answers)
    assert [(number, wrong) for number, (_, _, wrong) in found.items() if wrong] == []
    assert {number for number, (_, lost, _) in found.items() if lost} <= OTHER_ROLES
    alone = {number for number in found if str(number) not in answers}
    assert (len(alone), len(found)) >= (77, 101)
    assert sum(right for right, _, _ in found.values()) >= 67_800


@pytest.mark.skipif(not SAUS.is_file(), reason="the collection is not here")
@pytest.mark.parametrize(
    ("number", "answer", "figures"),
    [(32, "row 20=nothing", 130), (48, "layout=statistical", 1_000), (105, "column Year reported=period", 200)],
)
def test_a_published_table_that_was_refused_is_read_by_an_answer_that_the_refusal_offers(
    tmp_path, number, answer, figures
):
    sheet = json.loads(gzip.decompress(SAUS.read_bytes()).splitlines()[number])
    path = _book(sheet["cells"], tmp_path / "saus.xlsx")
    before = path.read_bytes()
    with pytest.raises(DataError) as caught:
        layouts.recognise(open_workbook(path))
    assert answer in caught.value.answers
    (reading,), _ = layouts.recognise(open_workbook(path), answers=[answer])
    assert len(reading) >= figures
    assert path.read_bytes() == before
