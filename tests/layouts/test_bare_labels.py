# SPDX-License-Identifier: EUPL-1.2
"""Labels beside the figures without a header of their own, under a title that is merged over them, and those that stand
once for several rows: what stays a question first.

Every figure is invented.
"""

import functools

import pytest
import workbooks
from workbooks import SHEET, change, lines, read

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts.engine.reading import Declined
from genk_armoede.spreadsheets.workbook import open_workbook

refused = functools.partial(workbooks.refused, sheet=SHEET)
table = functools.partial(read, "table")
statistical = functools.partial(read, "statistical")

TITLE = "Verzonnen toestand naar geslacht en leeftijdsgroep"
HEADERS = [[TITLE, None, None, "1e kwartaal 2021", None], [None, None, None, "15-24 jaar", "50+"]]
ROWS = [
    ["Werkend", "België", "Mannen", 1, 2],
    [None, None, "Vrouwen", 3, 4],
    ["Werkend", "Vlaams Gewest", "Mannen", 5, 6],
    [None, None, "Vrouwen", 7, 8],
]
MERGED = ["A1:C2", "D1:E1"]


def test_one_label_among_several_without_a_header_is_asked(tmp_path):
    headed = change(change(HEADERS, "C2", "Geslacht"), "A1", None)
    with refused("a filled cell in a column without a header", cell="A3"):
        table(tmp_path, [*headed, *ROWS], merge=["D1:E1"])


def test_blanks_beside_other_labels_are_asked(tmp_path):
    rows = [*HEADERS, *change(ROWS, "C4", "Kinderen")]
    with refused("though a finer label stands beside it", cell="A4"):
        table(tmp_path, rows, merge=MERGED)


def test_a_kind_of_label_that_is_merged_over_labels_is_their_header(tmp_path):
    rows = [["Gemeente", None, "Aantal 2021"], ["Genk", "Mannen", 1], ["Genk", "Vrouwen", 2]]
    with refused("two columns say the same of a figure"):
        table(tmp_path, rows, merge=["A1:B1"])


def test_a_title_in_the_corner_and_groups_of_ages(tmp_path):
    found = table(tmp_path, [*HEADERS, *ROWS], merge=MERGED)
    assert lines(found)[:3] == [
        f"D3 | {TITLE} | 01000 België | 2021-Q1 | leeftijd=15-24 jaar; rij=Werkend; rij C=Mannen | 1",
        f"E3 | {TITLE} | 01000 België | 2021-Q1 | leeftijd=50+; rij=Werkend; rij C=Mannen | 2",
        f"D4 | {TITLE} | 01000 België | 2021-Q1 | leeftijd=15-24 jaar; rij=Werkend; rij C=Vrouwen | 3",
    ]
    assert any("column A: a blank label is that of the row above it, as in" in text for text in found.assumed)


def test_ages_without_a_title_are_what_the_figures_are_of(tmp_path):
    found = table(tmp_path, [["Gemeente", "Jaar", "0-17 jaar", "18+"], ["Genk", 2021, 1, 2]])
    assert {row.indicator for row in found.rows} == {"0-17 jaar", "18+"}


def test_under_rows_that_head_them_the_same_labels_have_one_key(tmp_path):
    title = "Verzonnen graden"
    rows = [[title, None, "1e kwartaal 2021 (b)"], [None, None, "Aandeel"], ["Werk", "Mannen", 1], [None, "Vrouwen", 2]]
    rows += [["Rust", "Mannen", 3], [None, "Vrouwen", 4], [], ["(b) Breuk in de reeks"]]
    found = statistical(tmp_path, rows, merge=["A1:B2"])
    assert lines(found) == [
        f"C3 | {title} | Aandeel | | 2021-Q1 | rij=Werk; rij B=Mannen | 1 b",
        f"C4 | {title} | Aandeel | | 2021-Q1 | rij=Werk; rij B=Vrouwen | 2 b",
        f"C5 | {title} | Aandeel | | 2021-Q1 | rij=Rust; rij B=Mannen | 3 b",
        f"C6 | {title} | Aandeel | | 2021-Q1 | rij=Rust; rij B=Vrouwen | 4 b",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["kern", "gewest"], *([f"71002_{n}", 2000] for n in range(5)), ["62003_1", 3000]],
        [["provincie2024", "gewest"], [10000, 2000], [40000, 2000], [50000, 3000]],
    ],
)
def test_codes_that_could_be_years_are_no_header(tmp_path, rows):
    with pytest.raises(Declined, match=r"where (a header|headers) would"):
        statistical(tmp_path, rows)


def test_a_semester_beside_its_year_and_a_year_without_one(tmp_path):
    rows = ["Gewest,Jaar,Semester,Prijs", "Vlaams Gewest,2017,,1", "Vlaams Gewest,2018,1ste semester 2018,2"]
    (tmp_path / "prijs.csv").write_text("\n".join(rows))
    (found,), _ = layouts.recognise(open_workbook(tmp_path / "prijs.csv"))
    assert [(row.period, row.value) for row in found.rows] == [("2017", 1), ("2018-S1", 2)]


@pytest.mark.parametrize(("share", "value"), [("0.021", "110.321"), ("0,021", None)])
def test_a_point_that_is_clear_in_another_column(tmp_path, share, value):
    separator = "," if "." in share else "\t"
    rows = [["Jaar", "Index", "Aandeel"], ["2021", "110.321", share], ["2022", "124.24", share]]
    (tmp_path / "index.csv").write_text("\n".join(separator.join(row) for row in rows))
    if value is None:
        with refused("text that looks like a number but cannot be read as one", file="index.csv", sheet=""):
            layouts.recognise(open_workbook(tmp_path / "index.csv"))
        return
    (found,), _ = layouts.recognise(open_workbook(tmp_path / "index.csv"))
    assert str(found.rows[0].value) == value


def test_a_figure_without_its_group_of_ages_is_no_total(tmp_path):
    with refused("a header that says only its period", cell="D1"):
        table(tmp_path, [HEADERS[0], change(HEADERS, "E2", None)[1], *ROWS], merge=MERGED)


def test_labels_without_a_header_that_stand_twice_say_nothing_more(tmp_path):
    rows = [[row[0], *row] for row in [*HEADERS, *ROWS]]
    found = table(tmp_path, rows, merge=["A1:D2", "E1:F1"])
    assert {row.breakdown for row in found.rows} >= {"leeftijd=50+; rij=Werkend; rij D=Mannen"}
    assert any("column B: it repeats column A" in text for text in found.left_out)


def test_spaces_behind_a_label_make_it_no_other(tmp_path):
    found = table(tmp_path, [*HEADERS, *change(ROWS, "C4", " Vrouwen ")], merge=MERGED)
    assert len(found.rows) == 8


BLOCKS = [
    ["Verzonnen graden", None, "Q1 2021", "Q2 2021"],
    [None, None, "Aandeel", "Aandeel"],
    ["België"],
    ["Werk", "Mannen", 1, 2],
    [None, "Vrouwen", 3, 4],
    ["Vlaams Gewest"],
    ["Werk", "Mannen", 5, 6],
    [None, "Vrouwen", 7, 8],
]


def blocks(folder, rows):
    workbooks.save(folder / "blokken.xlsx", rows, merge=["A1:B2"])
    (found,), _ = layouts.recognise(open_workbook(folder / "blokken.xlsx"))
    return found


@pytest.mark.parametrize(
    "rows",
    [
        [*BLOCKS, ["Totaal", "Allen", 9, 9]],  # of every area, or of the last
        change(BLOCKS, "A6", "Anderen"),
        change(BLOCKS, "B8", "Kinderen"),
    ],
)
def test_areas_that_do_not_head_the_same_rows_are_asked(tmp_path, rows):
    with pytest.raises(DataError):
        blocks(tmp_path, rows)


def test_areas_that_head_the_same_rows_are_those_of_their_figures(tmp_path):
    found = blocks(tmp_path, BLOCKS)
    title = "Verzonnen graden | Aandeel"
    assert lines(found)[::4] == [
        f"C4 | {title} | 01000 België | 2021-Q1 | rij=Werk; rij B=Mannen | 1",
        f"C7 | {title} | 02000 Vlaams Gewest | 2021-Q1 | rij=Werk; rij B=Mannen | 5",
    ]


GROUPS = [["Verzonnen leden"], [], ["Geslacht", 2020, 2021], ["Genk"], ["Mannen", 1, 2], ["Vrouwen", 3, 4]]
GROUPS += [["Hasselt"], ["Mannen", 5, 6], ["Vrouwen", 7, 8]]


@pytest.mark.parametrize("row", [["Totaal", 16, 20], ["Onbekend", 9, 9]])
def test_a_row_below_the_last_of_blocks_that_are_alike_is_not_of_the_last(tmp_path, row):
    workbooks.save(tmp_path / "groepen.xlsx", [*GROUPS, row])
    with pytest.raises(DataError, match="labels that stand twice"):
        layouts.recognise(open_workbook(tmp_path / "groepen.xlsx"))


def test_a_total_below_the_last_of_blocks_of_an_office_is_asked(tmp_path):
    rows = [["Verzonnen leden"], [], ["Groep", "Aantal"], ["2020"], ["Jong", 1], ["Oud", 3], ["2021"], ["Jong", 5]]
    rows += [["Oud", 7], ["Totaal", 16]]
    with refused("a total that can be of all or of the last", cell="A10"):
        statistical(tmp_path, rows)
    assert len(statistical(tmp_path, rows[:-1]).rows) == 4
