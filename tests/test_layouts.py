# SPDX-License-Identifier: EUPL-1.2
"""Publishers' layouts: each figure comes out with its cell, and a sheet that lost its shape is refused."""

import datetime
import functools
from decimal import Decimal

import pytest
import workbooks
from workbooks import NAME, SHEET, as_sheet, csv_sheet, edited, sample, save

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts import crosstab, figure_list, swing
from genk_armoede.layouts.shape import Declined
from genk_armoede.observations import number_text, validate
from genk_armoede.spreadsheet import open_workbook

refused = functools.partial(workbooks.refused, sheet=SHEET)


def by_cell(rows):
    """Observations by the cell they stand in, each of which holds one."""
    found = {row.cell: row for row in rows}
    assert len(found) == len(rows)
    return found


def figures(rows):
    return {row.cell: str(row.value) if row.status == "" else row.status for row in rows}


def change(rows, cell, value):
    """The same rows with another value in one cell."""
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
    copy = [list(line) for line in rows]
    copy[row] += [None] * (column + 1 - len(copy[row]))
    copy[row][column] = value
    return copy


# Swing, workbook

EXPORT = [
    ["Verzonnen thema - gemeenten"],
    [None, None, None, "graad fictief [%] (1)", None, "aantal fictief [aantal]"],
    [None, "2019", "2020", "2021", "2020", "2021"],
    ["Verzonnen", 0.143, 0.07, 0.5795, 12, 0],
    ["Bedacht", "-", "x", "nvt", "?", 34],
    ["Antwerpen", 1, 0.5, 0, 5, 6],
    [],
    ["Speciale waarden", "- Geen waarde"],
    [None, "x Verborgen waarde"],
    [None, "Prognose"],
    [None, "Schatting"],
    [None, "Voorlopig"],
    ["Bron", "Verzonnen bron"],
    ["Voetnoot"],
    ["(1)", "Verzonnen voetnoot"],
    [],
    ["12", 34, 56],
    ["Datum export", "donderdag 1 januari 2026"],
]
STYLE = {
    "formats": dict.fromkeys(["B4", "C4", "D4", "B6", "C6", "D6"], "#0.0#%"),
    "colors": {"B10": "00808080", "B11": "00C8C8C8", "B12": "00A0A0A0", "E4": "00C8C8C8", "F4": "00808080"}
    | {"F5": "00A0A0A0", "E5": "00C8C8C8", "F6": "00123456"},
}


def export(folder, rows=EXPORT):
    return swing.read(as_sheet(folder, rows, **STYLE))


def test_swing_values_and_flags_by_cell(tmp_path):
    rows = by_cell(export(tmp_path))
    assert {cell: (row.value and str(row.value), row.status) for cell, row in rows.items()} == {
        "B4": ("14.3", ""),
        "C4": ("7", ""),
        "D4": ("57.95", ""),
        "E4": ("12", "e"),
        "F4": (Decimal(0), "f"),
        "B5": (None, "m"),
        "C5": (None, "c"),
        "D5": (None, "z"),
        "E5": (None, "m"),
        "F5": ("34", "p"),
        "B6": ("1E+2", ""),
        "C6": ("5E+1", ""),
        "D6": (Decimal(0), ""),
        "E6": ("5", ""),
        "F6": ("6", ""),
    }


def test_a_swing_label_holds_for_its_column_and_those_to_its_left(tmp_path):
    rows = by_cell(export(tmp_path))
    heads = {cell: (row.indicator, row.unit, row.period) for cell, row in rows.items() if cell.endswith("4")}
    share, count = ("graad fictief", "%"), ("aantal fictief", "aantal")
    assert heads == {
        "B4": (*share, "2019"),
        "C4": (*share, "2020"),
        "D4": (*share, "2021"),
        "E4": (*count, "2020"),
        "F4": (*count, "2021"),
    }


def test_swing_areas_get_the_code_of_the_level_in_the_title(tmp_path):
    assert by_cell(export(tmp_path))["B6"].area_code == "11002"
    assert by_cell(export(tmp_path, change(EXPORT, "A1", "Thema - provincies")))["B6"].area_code == "10000"
    assert by_cell(export(tmp_path, change(EXPORT, "A1", "Thema")))["B6"].area_code == ""


def test_nothing_below_the_swing_data_becomes_a_row(tmp_path):
    assert {row.area for row in export(tmp_path)} == {"Verzonnen", "Bedacht", "Antwerpen"}


def test_years_may_be_numbers(tmp_path):
    rows = change(change(EXPORT, "B3", 2019), "C3", 2020)
    assert by_cell(export(tmp_path, rows))["B4"].period == "2019"


def test_the_last_swing_label_dropped(tmp_path):
    with refused("a period without a label", cell="F3"):
        export(tmp_path, change(EXPORT, "F2", None))


def test_an_inner_swing_label_dropped_gives_no_table(tmp_path):
    rows = change(change(EXPORT, "D2", None), "F2", "aantal fictief [%]")
    with refused("stands twice"):
        validate(export(tmp_path, rows))


@pytest.mark.parametrize(
    ("cell", "value", "problem", "place"),
    [
        ("B4", "abc", "text where a number belongs", "B4"),
        ("B4", None, "text where a number belongs", "B4"),
        ("E4", "14.3", "text where a number belongs", "E4"),
        ("E5", datetime.datetime(2021, 1, 1), "a date or yes/no", "E5"),
        ("D2", "graad fictief [personen]", "shown as a percentage", "B4"),
        ("D2", "graad fictief", "shown as a percentage", "B4"),
        ("G5", 9, "a value outside the table", "G5"),
        ("A5", None, "a value in a row without an area", "B5"),
    ],
)
def test_swing_with_a_wrong_cell(tmp_path, cell, value, problem, place):
    with refused(problem, cell=place):
        export(tmp_path, change(EXPORT, cell, value))


def test_an_empty_row_inside_a_swing_table(tmp_path):
    with refused("", cell="B6"):
        export(tmp_path, [*EXPORT[:4], [], *EXPORT[4:]])


@pytest.mark.parametrize(
    ("cell", "value", "reason"),
    [("A8", "Legende", "no legend"), ("B3", "jaar", "nothing but periods"), ("A3", "2018", "nothing but periods")],
)
def test_swing_declines_another_shape(tmp_path, cell, value, reason):
    with pytest.raises(Declined, match=reason):
        export(tmp_path, change(EXPORT, cell, value))


@pytest.fixture(scope="module")
def unemployment():
    return by_cell(swing.read(open_workbook(sample("pinc_swing_werkzoekenden_gemeenten.xlsx")).sheets[0]))


@pytest.mark.parametrize(
    ("cell", "value", "period", "indicator"),
    [
        ("B74", "14.3", "2014", "werkzoekendengraad (jaargemiddelde)"),
        ("L74", "9.2", "2024", "werkzoekendengraad (jaargemiddelde)"),
        ("M74", "13.7", "2014", "werkzoekendengraad mannen (jaargemiddelde)"),
    ],
)
def test_the_known_answers_of_a_real_export(unemployment, cell, value, period, indicator):
    row = unemployment[cell]
    assert (row.area, row.area_code, row.unit, row.status) == ("Genk", "71016", "%", "")
    assert (str(row.value), row.period, row.indicator) == (value, period, indicator)


def test_a_real_export_whole(unemployment):
    assert len(unemployment) == 289 * 21 * 11
    assert len(validate(unemployment.values())) == len(unemployment)
    assert unemployment["B292"].area == "Niet te lokaliseren - Vlaanderen"
    assert {row.unit for row in unemployment.values()} == {"%", "aantal"}
    assert not any("(1)" in row.indicator for row in unemployment.values())


# Swing, CSV

CSV = '"gemeenten";"fictief per 1.000 [‰]|2020";"fictief per 1.000 [‰]|2021"\n"Verzonnen";5,5;1.234,5\n"Genk";"-";"x"\n'


def test_swing_csv(tmp_path):
    rows = by_cell(swing.read(csv_sheet(tmp_path, CSV)))
    assert figures(rows.values()) == {"B2": "5.5", "C2": "1234.5", "B3": "m", "C3": "c"}
    assert {(r.indicator, r.unit, r.sheet) for r in rows.values()} == {("fictief per 1.000", "‰", "")}
    assert (rows["C3"].area_code, rows["C3"].period) == ("71016", "2021")


@pytest.mark.parametrize(
    ("old", "new", "problem", "cell"),
    [
        ("5,5", "5.5", "text where a number belongs", "B2"),
        ('"x"', "", "text where a number belongs", "C3"),
        ("|2021", "|later", "not 'label|period'", "C1"),
        ('"Genk"', '""', "a row without an area", "B3"),
        ("1.234,5", "1.234,5;6", "", "D2"),
    ],
)
def test_swing_csv_with_a_wrong_cell(tmp_path, old, new, problem, cell):
    with workbooks.refused(problem, file="verzonnen.csv", cell=cell):
        swing.read(csv_sheet(tmp_path, CSV.replace(old, new)))


def test_swing_csv_declines_an_unknown_level(tmp_path):
    with pytest.raises(Declined, match="'honden'"):
        swing.read(csv_sheet(tmp_path, CSV.replace("gemeenten", "honden")))


def test_the_known_answers_of_a_real_csv():
    rows = by_cell(swing.read(open_workbook(sample("pinc_swing_nieuwkomers_per_1000.csv")).sheets[0]))
    assert (str(rows["B78"].value), rows["B78"].period, rows["B78"].area) == ("5.5", "2014", "Genk")
    assert (number_text(rows["L78"].value), rows["L78"].period, rows["L78"].area_code) == ("9", "2024", "71016")
    assert {row.indicator.partition(" inwoners")[0] for row in rows.values()} == {"nieuwkomers per 1.000"}


def test_a_swing_csv_label_is_whole(tmp_path):
    rows = swing.read(csv_sheet(tmp_path, '"gemeenten";"fictief 18+ jaar|2020"\n"Verzonnen";5\n'))
    assert [row.indicator for row in rows] == ["fictief 18+ jaar"]


# Crosstab

TABLE = [
    ["Verzonnen tabel"],
    ["Gebied", "Verzonnen"],
    ["Periode", "2021"],
    [],
    ["Groep", "Fictief [personen]", "Graad [%] (1)", "Opmerking"],
    ["man", 3, 0.25, "verzonnen"],
    ["vrouw", "4.005", None, 12],
    ["Totaal", "vertrouwelijk", "62,5 %"],
    [],
    ["(1) Breuk in de reeks: verzonnen."],
    ["Bron: verzonnen"],
]


def table(folder, rows=TABLE, **how):
    return crosstab.read(as_sheet(folder, rows, **{"formats": {"C6": "0%"}} | how))


def test_crosstab_with_one_header_row(tmp_path):
    rows = by_cell(table(tmp_path))
    assert {cell: (row.value and str(row.value), row.status) for cell, row in rows.items()} == {
        "B6": ("3", ""),
        "C6": ("25", "b"),
        "B7": ("4005", ""),
        "C7": (None, "m"),
        "B8": (None, "c"),
        "C8": ("62.5", "b"),
    }
    assert {row.breakdown for row in rows.values()} == {"groep=man", "groep=vrouw", ""}
    assert {(r.indicator, r.unit) for r in rows.values()} == {("Fictief", "personen"), ("Graad", "%")}
    assert {(r.area, r.period, r.sheet, r.source) for r in rows.values()} == {("Verzonnen", "2021", SHEET, NAME)}


ACROSS = [
    ["Gemeente", "Fictief [personen]", None, "Nog fictief [EUR] (2)", None],
    [None, "2020", "2021 (1)", "2020", "2021"],
    ["Verzonnen", 1, 2, 3, 4],
    ["Bedacht", 5, 6, 7, 8],
    [],
    ["(1) Voorlopig cijfer"],
    ["(2) Schatting"],
]
MERGED = ["A1:A2", "B1:C1", "D1:E1"]


def test_crosstab_with_periods_across_two_header_rows(tmp_path):
    rows = by_cell(table(tmp_path, ACROSS, merge=MERGED))
    assert [(r.cell, r.indicator, r.unit, r.period, r.status, int(r.value)) for r in rows.values()] == [
        ("B3", "Fictief", "personen", "2020", "", 1),
        ("C3", "Fictief", "personen", "2021", "p", 2),
        ("D3", "Nog fictief", "EUR", "2020", "e", 3),
        ("E3", "Nog fictief", "EUR", "2021", "e", 4),
        ("B4", "Fictief", "personen", "2020", "", 5),
        ("C4", "Fictief", "personen", "2021", "p", 6),
        ("D4", "Nog fictief", "EUR", "2020", "e", 7),
        ("E4", "Nog fictief", "EUR", "2021", "e", 8),
    ]
    assert rows["E4"].area == "Bedacht"


def test_an_upper_header_row_that_is_not_merged(tmp_path):
    rows = [["Periode", "2021"], [], [None, "mannen", "vrouwen"], ["Gemeente", "Fictief [EUR]", "Ander [EUR]"]]
    with refused(""):
        table(tmp_path, [*rows, ["Verzonnen", 1, 2]], formats={})


def test_periods_across_without_a_unit(tmp_path):
    with refused("the header names no unit", cell="B2"):
        table(tmp_path, change(ACROSS, "B1", "Fictief"), merge=MERGED)


def test_the_period_of_a_column_goes_before_that_of_the_table(tmp_path):
    rows = [["Periode", "2019"], ["Gemeente", "Fictief [EUR]", None], [None, "2020", "2021"], ["Verzonnen", 1, 2]]
    assert [row.period for row in table(tmp_path, rows, merge=["A2:A3", "B2:C2"])] == ["2020", "2021"]


@pytest.mark.parametrize("merge", [["A1:A3", "B1:C1"], ["B1:C1", "A1:A3"], ["B1:C1", "B2:C2"]])
def test_crosstab_with_three_header_rows(tmp_path, merge):
    middle = [None, "midden", "midden" if "B2:C2" not in merge else None]
    rows = [["Gemeente", "Fictief"], middle, [None, "2020 [EUR]", "2021 [EUR]"], ["Verzonnen", 1, 2]]
    found = table(tmp_path, rows, merge=merge)
    assert [(row.cell, row.indicator, row.unit, row.period) for row in found] == [
        ("B4", "Fictief, midden", "EUR", "2020"),
        ("C4", "Fictief, midden", "EUR", "2021"),
    ]


def test_labels_merged_over_rows_hold_for_each_of_them(tmp_path):
    rows = [["Gemeente", "Jaar", "Groep", "Fictief [EUR]"], ["Verzonnen", 2020, "a", 1], [None, 2021, "b", 2]]
    found = table(tmp_path, rows, merge=["A2:A3"])
    assert [(r.area, r.period, r.breakdown) for r in found] == [
        ("Verzonnen", "2020", "groep=a"),
        ("Verzonnen", "2021", "groep=b"),
    ]


@pytest.mark.parametrize(
    ("header", "code"), [("Gemeente", "11002"), ("Provincie", "10000"), ("Wijk", ""), ("Sector", "")]
)
def test_the_header_says_the_level_of_an_area(tmp_path, header, code):
    found = table(tmp_path, [[header, "Jaar", "Fictief [EUR]"], ["Antwerpen", "2021", 1]])
    assert [(row.area, row.area_code) for row in found] == [("Antwerpen", code)]


def test_a_code_in_the_table_goes_before_our_own(tmp_path):
    found = table(tmp_path, [["Sectorcode", "Sector", "Jaar", "Fictief [EUR]"], ["71016X00-", "Verzonnen", "2021", 1]])
    assert [(row.area, row.area_code) for row in found] == [("Verzonnen", "71016X00-")]


@pytest.mark.parametrize(
    ("words", "flag"),
    [("Breuk", "b"), ("SCHATTING van", "e"), ("Prognose", "f"), ("voorlopig", "p"), ("Herzien", "r"), ("Zie ook", "")],
)
def test_a_note_flags_the_figures_under_its_header(tmp_path, words, flag):
    found = by_cell(table(tmp_path, change(TABLE, "A10", f"(1) {words} verzonnen")))
    assert (found["C8"].status, found["B6"].status) == (flag, "")


def test_a_note_in_two_cells(tmp_path):
    found = by_cell(table(tmp_path, [*TABLE[:9], ["(1)", "Breuk in de reeks"]]))
    assert found["C8"].status == "b"


NO_TABLE = {
    "no figures at all": ([["Verzonnen"], ["tekst"]], "no header row"),
    "no unit and no period": ([["Gemeente", "Fictief"], ["Verzonnen", "12"]], "no header row"),
    "nothing": ([], "no header row"),
}


@pytest.mark.parametrize(("rows", "reason"), NO_TABLE.values(), ids=NO_TABLE)
def test_crosstab_declines(tmp_path, rows, reason):
    with pytest.raises(Declined, match=reason):
        table(tmp_path, rows)


@pytest.mark.parametrize(
    ("cell", "value", "problem", "place"),
    [
        ("B6", "drie", "text where a number belongs", "B6"),
        ("B6", "3.5", "text where a number belongs", "B6"),
        ("B6", "3 (1)", "text where a number belongs", "B6"),
        ("B6", datetime.datetime(2021, 1, 1), "a date or yes/no", "B6"),
        ("B6", True, "a date or yes/no", "B6"),
        ("C5", "Graad [EUR]", "shown as a percentage", "C6"),
        ("C5", "Graad", "a number under 'Graad', which has no unit", "C6"),
        ("C5", None, "a filled cell in a column without a header", "C6"),
        ("E7", 5, "a filled cell in a column without a header", "E7"),
        ("C5", "[%]", "names no indicator", "C5"),
        ("B5", "2021", "names no indicator", "B5"),
        ("A6", None, "no label under 'Groep'", "A6"),
        ("A6", 5, "a number under 'Groep'", "A6"),
        ("A2", "Plaats", "", ""),
        ("A3", "Datum", "", ""),
        ("A6", "  ", "", "A6"),
        ("A6", "a; b=c", "", "A6"),
    ],
)
def test_crosstab_with_a_wrong_cell(tmp_path, cell, value, problem, place):
    with refused(problem, cell=place):
        table(tmp_path, change(TABLE, cell, value))


@pytest.mark.parametrize("missing", ["area", "period"])
def test_nothing_says_where_or_when(tmp_path, missing):
    rows = [line for line in TABLE if line[:1] != [{"area": "Gebied", "period": "Periode"}[missing]]]
    with refused(f"for which {missing} this figure holds", cell="B5", mention="above the header"):
        table(tmp_path, rows)


def test_the_label_that_is_wrong_is_named(tmp_path):
    rows = [["Groep", "Soort", "Gemeente", "Jaar", "Fictief [EUR]"], ["a", "b; c", "Verzonnen", "2021", 5]]
    with refused("", cell="B2"):
        table(tmp_path, rows, formats={})


def test_the_header_row_is_gone(tmp_path):
    with pytest.raises((DataError, Declined)):
        table(tmp_path, TABLE[:4] + TABLE[5:])


@pytest.mark.parametrize(
    "below", [[["man", 3, 0.25]], [["(2)", 5]], [["Tweede tabel"], ["Groep", "Ander [EUR]"], ["a", 1]]]
)
def test_figures_after_an_empty_row(tmp_path, below):
    with refused("a figure below an empty row", cell=f"B{len(TABLE) + len(below)}"):
        table(tmp_path, [*TABLE, *below])


def test_an_empty_row_inside_the_table(tmp_path):
    with refused("a figure below an empty row", cell="B8"):
        table(tmp_path, [*TABLE[:6], [], *TABLE[6:]])


@pytest.mark.parametrize("merge", ["B6:C6", "B6:B7", "C7:C8"])
def test_figures_in_merged_cells(tmp_path, merge):
    with refused("figures in merged cells", cell=merge[:2], mention="unmerge"):
        table(tmp_path, TABLE, merge=[merge])


def test_a_line_below_the_table_says_nothing_of_it(tmp_path):
    assert {row.period for row in table(tmp_path, [*TABLE, ["Periode", "2019"]])} == {"2021"}


@pytest.mark.parametrize("below", [[], [[], ["Bron: verzonnen"]], [[], ["man", "3", "25 %"]]])
def test_a_header_without_a_table(tmp_path, below):
    with refused(""):
        table(tmp_path, [*TABLE[:5], *below], formats={})


def test_a_table_may_stand_anywhere(tmp_path):
    moved = [[], *([None, None, *line] for line in TABLE)]
    assert list(figures(table(tmp_path, moved, formats={"E7": "0%"})).values()) == list(
        figures(table(tmp_path)).values()
    )


@pytest.mark.parametrize("order", [[0, 2, 1, 3], [2, 0, 1, 3]])
def test_columns_may_change_places(tmp_path, order):
    moved = TABLE[:4] + [[(line + [None] * 4)[n] for n in order] for line in TABLE[4:]]
    share = "ABCD"[order.index(2)]
    found = table(tmp_path, moved, formats={f"{share}6": "0%"})
    known = table(tmp_path)
    assert {(r.key, r.value, r.status) for r in found} == {(r.key, r.value, r.status) for r in known}


def test_an_export_date_below_the_table(tmp_path):
    assert len(table(tmp_path, [*TABLE, ["Datum", datetime.datetime(2026, 1, 1)]])) == 6


TEXT_TABLE = "Gemeente;Jaar;Fictief [EUR]\nVerzonnen;2020;1\n{}Verzonnen;2021;2\n"


def test_crosstab_as_csv(tmp_path):
    assert figures(crosstab.read(csv_sheet(tmp_path, TEXT_TABLE.format("")))) == {"C2": "1", "C3": "2"}


def test_an_empty_row_inside_a_csv(tmp_path):
    with workbooks.refused("", file="verzonnen.csv", cell="C4"):
        crosstab.read(csv_sheet(tmp_path, TEXT_TABLE.format("\n")))


WHOLE = "a header row that begins with Gebied or Periode is passed over as a line for the whole table"


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["Gebied", "Jaar", "Fictief [EUR]"], ["Verzonnen", "2021", 5]], {"C2": "5"}),
        ([["Periode", "2021"], ["Gebied", "Fictief [EUR]"], ["Verzonnen", 5]], {"B3": "5"}),
        ([["Gebied", "Verzonnen"], ["Periode", "Fictief [EUR]"], ["2020", 5], ["2021", 6]], {"B3": "5", "B4": "6"}),
        ([["Periode", "Gemeente", "Fictief [EUR]"], ["2021", "Verzonnen", 5]], {"C2": "5"}),
    ],
)
def test_a_header_row_may_begin_with_area_or_period(tmp_path, rows, found):
    assert figures(table(tmp_path, rows, formats={})) == found


@pytest.mark.parametrize(
    "header",
    [
        ["Gemeente", "Fictief [EUR]", None, "Gemeente", "Ander [EUR]"],
        ["Gemeente", "Sector", "Fictief [EUR]"],
        ["Gemeente", "Groep", "Groep", "Fictief [EUR]"],
        ["Jaar", "Schooljaar", "Gemeente", "Fictief [EUR]"],
    ],
    ids=["two tables side by side", "two areas", "one breakdown twice", "two periods"],
)
def test_two_label_columns_that_contradict(tmp_path, header):
    cells = {"Gemeente": "Verzonnen", "Sector": "Bedacht", "Groep": "a", "Jaar": "2020", "Schooljaar": "2020-2021"}
    line = [cells.get(name, 5 if name else None) for name in header]
    if header[2:3] == [None]:
        line[3] = "Bedacht"
    with refused(""):
        table(tmp_path, [["Periode", "2021"], [], header, line], formats={})


def test_a_code_shown_with_a_leading_zero(tmp_path):
    rows = [["NIS-code", "Gewest", "Jaar", "Fictief [EUR]"], [2000, "Verzonnen", "2021", 5]]
    assert [row.area_code for row in table(tmp_path, rows, formats={"A2": "00000"})] == ["02000"]


# List of single figures

HEADERS = ["Indicator", "Gebied", "Periode", "Uitsplitsing", "Waarde", "Eenheid", "Status", "Uitgever", "Titel"]
HEADERS += ["Adres", "Vindplaats", "Zekerheid", "Opmerking"]
FIGURE = [
    "Fictief",
    "Verzonnen",
    "2021",
    "b=2; a=1",
    12,
    "EUR",
    "p",
    "Uitgever",
    "Titel",
    "adres",
    "plaats",
    "hoog",
    "nee",
]
LIST = [["Verzonnen lijst"], [], HEADERS, FIGURE]


def listed(folder, rows=LIST, **how):
    return figure_list.read(as_sheet(folder, rows, **how))


def test_a_listed_figure_with_its_own_citation(tmp_path):
    (row,) = listed(tmp_path)
    assert (row.cell, row.value, row.unit, row.status, row.breakdown) == ("E4", 12, "EUR", "p", "a=1; b=2")
    assert (row.indicator, row.area, row.period) == ("Fictief", "Verzonnen", "2021")
    assert row.citation == {
        "publisher": "Uitgever",
        "title": "Titel",
        "url": "adres",
        "evidence": "plaats",
        "confidence": "hoog",
        "note": "nee",
    }


def test_optional_columns_may_be_left_out_or_blank(tmp_path):
    optional = {"Uitsplitsing", "Status", "Zekerheid", "Opmerking"}
    short = [[cell for name, cell in zip(HEADERS, line, strict=True) if name not in optional] for line in LIST[2:]]
    (row,) = listed(tmp_path, short)
    assert (row.cell, row.status, row.breakdown, set(row.citation)) == (
        "D2",
        "",
        "",
        {"publisher", "title", "url", "evidence"},
    )


@pytest.mark.parametrize("order", [HEADERS[::-1], sorted(HEADERS)])
def test_the_order_of_columns_does_not_matter(tmp_path, order):
    line = dict(zip(HEADERS, FIGURE, strict=True))
    (row,) = listed(tmp_path, [order, [line[name] for name in order]])
    assert (row.value, row.area, row.citation["note"]) == (12, "Verzonnen", "nee")


REQUIRED = ["Gebied", "Periode", "Waarde", "Eenheid", "Titel", "Adres", "Vindplaats"]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_header_that_is_missing(tmp_path, name):
    with refused(f"the header '{name}' is missing from row 3", mention="give the column its name back"):
        listed(tmp_path, [*LIST[:2], [None if header == name else header for header in HEADERS], FIGURE])


@pytest.mark.parametrize("name", ["Indicator", "Uitgever"])
def test_a_list_declines_without_its_two_marks(tmp_path, name):
    with pytest.raises(Declined, match="no header row"):
        listed(tmp_path, [*LIST[:2], [None if header == name else header for header in HEADERS], FIGURE])


def test_a_header_that_is_unknown(tmp_path):
    with refused("a header that is unknown", cell="M3", mention="Opmerkingen"):
        listed(tmp_path, change(LIST, "M3", "Opmerkingen"))


def test_a_header_that_stands_twice(tmp_path):
    with refused("stands twice", mention="'Waarde'"):
        listed(tmp_path, [[*HEADERS, "Waarde"], [*FIGURE, 13]])


def test_a_figure_in_a_column_without_a_header(tmp_path):
    with refused("", cell="N4"):
        listed(tmp_path, change(LIST, "N4", 13))


@pytest.mark.parametrize("name", ["Indicator", "Uitgever", *(name for name in REQUIRED if name != "Waarde")])
def test_a_field_that_is_missing(tmp_path, name):
    cell = f"{chr(ord('A') + HEADERS.index(name))}4"
    with refused(f"{name.lower()} is missing", cell=cell):
        listed(tmp_path, change(LIST, cell, None))


def test_a_blank_figure_is_not_published(tmp_path):
    (row,) = listed(tmp_path, change(change(LIST, "E4", None), "G4", None))
    assert (row.value, row.status) == (None, "m")


@pytest.mark.parametrize("status", ["c", "z"])
def test_a_blank_figure_whose_status_says_why(tmp_path, status):
    (row,) = listed(tmp_path, change(change(LIST, "E4", None), "G4", status))
    assert (row.value, row.status) == (None, status)


def test_marks_and_flags_come_together(tmp_path):
    (row,) = listed(tmp_path, change(change(LIST, "E4", "vertrouwelijk"), "G4", "b"))
    assert (row.value, row.status) == (None, "bc")


def test_a_mark_and_a_flag_that_contradict_it_give_no_table(tmp_path):
    rows = listed(tmp_path, change(change(LIST, "E4", "nvt"), "G4", "c"))
    with refused("one reason", cell="E4", guides="found"):
        validate(rows)


@pytest.mark.parametrize("breakdown", ["geen", "a=1; geen", "a=1; =2", "a=", "a=1; a=2", "a=1;b=2"])
def test_a_bad_breakdown(tmp_path, breakdown):
    with refused("no breakdown", cell="D4", mention="key=value"):
        listed(tmp_path, change(LIST, "D4", breakdown))


@pytest.mark.parametrize("value", ["twaalf", "1.5", True])
def test_a_listed_figure_that_is_none(tmp_path, value):
    with refused("", cell="E4"):
        listed(tmp_path, change(LIST, "E4", value))


def test_empty_rows_in_a_list_are_passed_over(tmp_path):
    assert [row.cell for row in listed(tmp_path, [*LIST, [], change([FIGURE], "C1", "2022")[0]])] == ["E4", "E6"]


# Which layout reads what


@pytest.mark.parametrize(
    ("rows", "how", "name"),
    [(EXPORT, STYLE, "swing"), (LIST, {}, "figure_list"), (ACROSS, {"merge": MERGED}, "crosstab")],
)
def test_each_layout_is_recognised(tmp_path, name, rows, how):
    book = open_workbook(save(tmp_path / NAME, rows, **how))
    ((sheet, used, found),) = layouts.recognise(book)
    assert (sheet, used) == (SHEET, name)
    assert found == layouts.LAYOUTS[name].read(book.sheets[0])


@pytest.fixture
def words(tmp_path):
    """A workbook with two sheets that hold no figures."""
    path = save(tmp_path / NAME, [["Verzonnen"], ["tekst"]])
    with edited(path) as pages:
        pages.create_sheet("Tweede").append(["Gemeente", "Fictief"])
    return open_workbook(path)


def test_all_reasons_are_named_when_no_layout_fits(words):
    with pytest.raises(DataError, match="no layout reads this file") as caught:
        layouts.recognise(words)
    assert caught.value.file == NAME
    for text in (f"{SHEET} (", "Tweede (", "swing: no legend", "figure_list: no header row", "crosstab: no header row"):
        assert text in str(caught.value)
    assert "crosstab: no header row" in str(caught.value)
    assert caught.value.do


def test_the_reasons_stand_on_lines_of_their_own(words):
    with pytest.raises(DataError) as caught:
        layouts.recognise(words)
    assert "\\n" not in str(caught.value)


def test_only_the_layout_that_was_asked_for_is_tried(tmp_path):
    book = open_workbook(save(tmp_path / NAME, LIST))
    with pytest.raises(DataError) as caught:
        layouts.recognise(book, "swing")
    assert "swing: no legend" in str(caught.value)
    assert "figure_list" not in str(caught.value)


def test_a_sheet_without_figures_is_passed_over_beside_one_with(tmp_path):
    path = save(tmp_path / NAME, LIST)
    with edited(path) as pages:
        pages.create_sheet("Toelichting").append(["woorden"])
    book = open_workbook(path)
    assert [(name, used) for name, used, _ in layouts.recognise(book)] == [(SHEET, "figure_list"), ("Toelichting", "")]
    assert [name for name, _, _ in layouts.recognise(book, sheet=SHEET)] == [SHEET]
    with pytest.raises(DataError, match="there is no sheet"):
        layouts.recognise(book, sheet="Ander")


def test_a_wrong_cell_is_not_a_reason_to_try_the_next_layout(tmp_path):
    with refused("text where a number belongs", cell="E4"):
        layouts.recognise(open_workbook(save(tmp_path / NAME, change(LIST, "E4", "twaalf"))))


def test_a_remark_beside_a_figure_goes_with_it(tmp_path):
    assert by_cell(table(tmp_path))["B6"].citation == {"note": "verzonnen"}
    assert by_cell(table(tmp_path))["B8"].citation == {}
