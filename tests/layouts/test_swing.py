# SPDX-License-Identifier: EUPL-1.2
"""Swing exports: labels over the last column of their block, marks, forecasts by colour, notes that are no figures."""

import datetime
import functools
from decimal import Decimal

import pytest
import workbooks
from workbooks import NAME, SHEET, by_cell, change, csv_sheet, figures, lines, read, sample, save

from genk_armoede import layouts
from genk_armoede.layouts.engine.reading import Declined
from genk_armoede.observations.observation import number_text, validate
from genk_armoede.spreadsheets.workbook import open_workbook

refused = functools.partial(workbooks.refused, sheet=SHEET)

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
    ["Versie", 34],
    ["Datum export", "donderdag 1 januari 2026"],
]
STYLE = {
    "formats": dict.fromkeys(["B4", "C4", "D4", "B6", "C6", "D6"], "#0.0#%"),
    "colors": {"B10": "00808080", "B11": "00C8C8C8", "B12": "00A0A0A0", "E4": "00C8C8C8", "F4": "00808080"}
    | {"F5": "00A0A0A0", "E5": "00C8C8C8", "F6": "00123456"},
}


def export(folder, rows=EXPORT, **how):
    return read("swing", folder, rows, **{**STYLE, **how})


def test_a_note_is_no_label(tmp_path):
    rows = [["Verzonnen - gemeenten"], [None, None, "* Verzonnen voorbehoud"], [None, "2020", "2021"], *EXPORT[3:]]
    with refused("a note where a label belongs", cell="C2"):
        export(tmp_path, [row[:3] for row in rows])


def test_an_export_may_begin_in_another_column(tmp_path):
    formats = dict.fromkeys(["D4", "E4", "F4", "D6", "E6", "F6"], "#0.0#%")
    moved = export(tmp_path, [[None, None, *row] for row in EXPORT], formats=formats, colors={})
    first = export(tmp_path, colors={})
    assert [(row.key, row.value) for row in moved.rows] == [(row.key, row.value) for row in first.rows]
    assert moved.metadata == first.metadata


def test_swing_values_and_flags_by_cell(tmp_path):
    rows = by_cell(export(tmp_path))
    assert {cell: (row.value and number_text(row.value), row.status) for cell, row in rows.items()} == {
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
        "B6": ("100", ""),
        "C6": ("50", ""),
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
    assert {row.area for row in export(tmp_path).rows} == {"Verzonnen", "Bedacht", "Antwerpen"}


def test_years_may_be_numbers(tmp_path):
    rows = change(change(EXPORT, "B3", 2019), "C3", 2020)
    assert by_cell(export(tmp_path, rows))["B4"].period == "2019"


def test_the_last_swing_label_dropped(tmp_path):
    with refused("a period without a label", cell="F3"):
        export(tmp_path, change(EXPORT, "F2", None))


def test_an_inner_swing_label_dropped_gives_no_table(tmp_path):
    rows = change(change(EXPORT, "D2", None), "F2", "aantal fictief [%]")
    with refused("stands twice"):
        validate(export(tmp_path, rows).rows)


@pytest.mark.parametrize(
    ("cell", "value", "problem", "place"),
    [
        ("B4", "abc", "text where a number belongs", "B4"),
        ("B4", None, "text where a number belongs", "B4"),
        ("E4", "14.3", "text where a number belongs", "E4"),
        ("E5", datetime.datetime(2021, 1, 1), "a date or yes/no", "E5"),
        ("D2", "graad fictief [personen]", "shown as a percentage", "B4"),
        ("D2", "aantal fictief", "shown as a percentage", "B4"),
        ("G5", 9, "a value outside the table", "G5"),
        ("A5", None, "a value in a row without an area", "B5"),
        ("A5", 1250, "the area of this figure would be a number", "B5"),
        ("D2", 1250, "a number among the headers", "D2"),
        ("D2", "02000", "a number among the headers", "D2"),
    ],
)
def test_swing_with_a_wrong_cell(tmp_path, cell, value, problem, place):
    with refused(problem, cell=place):
        export(tmp_path, change(EXPORT, cell, value))


def test_an_empty_row_inside_a_swing_table(tmp_path):
    with refused("", cell="B6"):
        export(tmp_path, [*EXPORT[:4], [], *EXPORT[4:]])


@pytest.mark.parametrize(
    ("cell", "value", "wrong"),
    [("B3", "jaar", "B3"), ("C3", "1e helft van 2020", "C3"), ("A3", "2018", "A3"), ("C3", "2020 (1)", "C3")],
)
def test_an_export_whose_periods_are_not_understood_is_left_to_no_other_layout(tmp_path, cell, value, wrong):
    """Another layout would take each label for that of its own column alone."""
    with refused("a Swing export without a row that holds nothing but periods", cell=wrong):
        layouts.recognise(open_workbook(save(tmp_path / NAME, change(EXPORT, cell, value), **STYLE)))


def test_an_export_without_any_period(tmp_path):
    with refused("a Swing export without a row that holds nothing but periods", cell="A7"):
        export(tmp_path, [*EXPORT[:2], *EXPORT[3:]])


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (EXPORT[:6], "no legend"),
        ([["Titel"], ["Gemeente", "Fictief [%]"], ["Verzonnen", 5], [], ["Bron", "verzonnen"]], "nothing but periods"),
        ([[None, 2020, 2021], ["Verzonnen", 5, 6], [], ["Bron", "verzonnen"]], "nothing but periods"),
    ],
)
def test_swing_declines_another_shape(tmp_path, rows, reason):
    with pytest.raises(Declined, match=reason):
        read("swing", tmp_path, rows)


def test_the_whole_export(tmp_path):
    found = export(tmp_path)
    assert lines(found) == [
        "B4 | graad fictief | Verzonnen | 2019 | | 14.3 %",
        "C4 | graad fictief | Verzonnen | 2020 | | 7 %",
        "D4 | graad fictief | Verzonnen | 2021 | | 57.95 %",
        "E4 | aantal fictief | Verzonnen | 2020 | | 12 aantal e",
        "F4 | aantal fictief | Verzonnen | 2021 | | 0 aantal f",
        "B5 | graad fictief | Bedacht | 2019 | | % m",
        "C5 | graad fictief | Bedacht | 2020 | | % c",
        "D5 | graad fictief | Bedacht | 2021 | | % z",
        "E5 | aantal fictief | Bedacht | 2020 | | aantal m",
        "F5 | aantal fictief | Bedacht | 2021 | | 34 aantal p",
        "B6 | graad fictief | 11002 Antwerpen | 2019 | | 100 %",
        "C6 | graad fictief | 11002 Antwerpen | 2020 | | 50 %",
        "D6 | graad fictief | 11002 Antwerpen | 2021 | | 0 %",
        "E6 | aantal fictief | 11002 Antwerpen | 2020 | | 5 aantal",
        "F6 | aantal fictief | 11002 Antwerpen | 2021 | | 6 aantal",
    ]
    assert found.metadata == [
        "Verzonnen thema - gemeenten",
        "Speciale waarden | - Geen waarde",
        "x Verborgen waarde",
        "Prognose",
        "Schatting",
        "Voorlopig",
        "Bron | Verzonnen bron",
        "Voetnoot",
        "(1) | Verzonnen voetnoot",
        "Versie | 34",
        "Datum export | donderdag 1 januari 2026",
    ]
    assert (found.assumed, found.left_out, found.hidden) == ([], [], [])
    assert validate(found.rows)


# Swing, workbooks of other shapes

ONE = [
    ["Fictief - gemeenten"],
    [None, "2020", "2021"],
    ["Verzonnen", 1963, 12],
    [],
    ["Eenheid", "aantal"],
    ["Bron", "Verzonnen bron"],
    ["Datum export", "donderdag 1 januari 2026"],
]


def test_one_indicator_whose_label_is_the_title_and_whose_unit_stands_in_the_footer(tmp_path):
    found = read("swing", tmp_path, ONE)
    assert lines(found) == [
        "B3 | Fictief | Verzonnen | 2020 | | 1963 aantal",
        "C3 | Fictief | Verzonnen | 2021 | | 12 aantal",
    ]
    assert found.assumed == ["the title is the indicator: Fictief"]
    assert "Eenheid | aantal" in found.metadata


@pytest.mark.parametrize(
    ("title", "indicator"),
    [("Fictief", "Fictief"), ("Fictief - nader bepaald", "Fictief - nader bepaald"), ("Fictief - wijken", "Fictief")],
)
def test_a_title_may_end_in_a_level(tmp_path, title, indicator):
    assert {row.indicator for row in read("swing", tmp_path, change(ONE, "A1", title)).rows} == {indicator}


@pytest.mark.parametrize(
    ("footer", "unit"), [("aantal", "aantal"), ("procent", "%"), ("%", "%"), ("Euro", "EUR"), ("per 100", "per 100")]
)
def test_the_unit_in_the_footer(tmp_path, footer, unit):
    assert {row.unit for row in read("swing", tmp_path, change(ONE, "B5", footer)).rows} == {unit}


def test_the_unit_in_the_footer_holds_for_every_label(tmp_path):
    rows = [*EXPORT[:6], [], ["Eenheid", "aantal"]]
    rows = change(change(rows, "D2", "een fictief"), "F2", "twee fictief [aantal]")
    found = read("swing", tmp_path, rows)
    assert {(row.indicator, row.unit) for row in found.rows} == {("een fictief", "aantal"), ("twee fictief", "aantal")}
    assert found.assumed == []


def test_the_unit_in_the_footer_contradicts_that_of_a_label(tmp_path):
    with refused("another unit than below the table", cell="F2", mention="[%]"):
        read("swing", tmp_path, change([*EXPORT[:6], [], ["Eenheid", "%"]], "D2", "een fictief"))


def test_a_percent_format_contradicts_the_unit_in_the_footer(tmp_path):
    with refused("shown as a percentage", cell="B3"):
        read("swing", tmp_path, change(ONE, "B3", 0.5), formats={"B3": "0%"})


def test_a_label_without_unit_has_that_of_its_words_or_of_its_figures(tmp_path):
    rows = [line for line in ONE if line[:1] != ["Eenheid"]]
    found = read("swing", tmp_path, change(rows, "A1", "Aantal fictief"))
    assert {row.unit for row in found.rows} == {"aantal"}
    assert "the unit of 'Aantal fictief' is aantal" in found.assumed
    found = read("swing", tmp_path, change(change(rows, "B3", 0.5), "C3", 0.25), formats={"B3": "0%", "C3": "0%"})
    assert figures(found) == {"B3": "50", "C3": "25"}
    assert {row.unit for row in found.rows} == {"%"}
    assert "the unit of 'Fictief' is not named" in found.assumed


@pytest.mark.parametrize(
    ("periods", "read_as"),
    [
        (["2019-2020", "2020-2021"], ["2019-2020", "2020-2021"]),
        (["2019/2020", "schooljaar 2020-2021"], ["2019-2020", "2020-2021"]),
        (["Q4 2020", "Q1 2021"], ["2020-Q4", "2021-Q1"]),
        (["4e kwartaal 2020", "1e kwartaal 2021"], ["2020-Q4", "2021-Q1"]),
        (["dec 2020", "januari 2021"], ["2020-12", "2021-01"]),
        (["31/12/2020", "31/12/2021"], ["2020-12-31", "2021-12-31"]),
        ([datetime.datetime(2020, 1, 1), datetime.datetime(2021, 1, 1)], ["2020-01-01", "2021-01-01"]),
        ([2020, 2021.0], ["2020", "2021"]),
    ],
)
def test_periods_that_are_not_years(tmp_path, periods, read_as):
    found = read("swing", tmp_path, change(change(ONE, "B2", periods[0]), "C2", periods[1]))
    assert [row.period for row in found.rows] == read_as


def test_labels_over_labels(tmp_path):
    """The parts of a cube stand under the label of what they are parts of, each over the last column of its own."""
    rows = [
        ["T"],
        [None, None, None, None, "een [aantal]", "twee [%]"],
        [None, None, "man", None, "vrouw", "samen"],
        [None, 2020, 2021, 2020, 2021, 2021],
        ["Verzonnen", 1, 2, 3, 4, 5],
        [],
        ["Bron"],
    ]
    assert lines(read("swing", tmp_path, rows)) == [
        "B5 | een, man | Verzonnen | 2020 | | 1 aantal",
        "C5 | een, man | Verzonnen | 2021 | | 2 aantal",
        "D5 | een, vrouw | Verzonnen | 2020 | | 3 aantal",
        "E5 | een, vrouw | Verzonnen | 2021 | | 4 aantal",
        "F5 | twee, samen | Verzonnen | 2021 | | 5 %",
    ]
    with refused("a period without a label", cell="F4"):
        read("swing", tmp_path, change(rows, "F2", None))


def test_two_blocks_of_different_length(tmp_path):
    rows = [
        ["T"],
        [None, None, "een [EUR]", "twee [EUR]"],
        [None, 2020, 2021, 2021],
        ["Verzonnen", 1, 2, 3],
        [],
        ["Bron"],
    ]
    assert lines(read("swing", tmp_path, rows)) == [
        "B4 | een | Verzonnen | 2020 | | 1 EUR",
        "C4 | een | Verzonnen | 2021 | | 2 EUR",
        "D4 | twee | Verzonnen | 2021 | | 3 EUR",
    ]


def test_labels_merged_over_their_block(tmp_path):
    """Whoever centres the labels leaves them, stored, over the first column of their block."""
    rows = [
        ["T"],
        [None, "een [EUR]", None, "twee [EUR]"],
        [None, 2020, 2021, 2022],
        ["Verzonnen", 1, 2, 3],
        [],
        ["Bron"],
    ]
    found = read("swing", tmp_path, rows, merge=["B2:C2"])
    assert [(row.indicator, row.period) for row in found.rows] == [("een", "2020"), ("een", "2021"), ("twee", "2022")]


def test_labels_over_the_first_column_of_their_block(tmp_path):
    rows = [
        ["T"],
        [None, "een [EUR]", None, "twee [EUR]"],
        [None, 2020, 2021, 2020, 2021],
        ["Verzonnen", 1, 2, 3, 4],
        [],
        ["Bron"],
    ]
    with refused("a period without a label over it or to its right", cell="E3"):
        read("swing", tmp_path, rows)


def test_labels_shifted_by_a_column(tmp_path):
    rows = [["T"], [None, None, "een [EUR]", "twee [EUR]"], [None, 2020, 2021], ["Verzonnen", 1, 2], [], ["Bron"]]
    with refused("a label over no period", cell="D2"):
        read("swing", tmp_path, rows)


def test_a_period_that_stands_twice_in_a_block(tmp_path):
    with refused("the same figure stands twice", cell="C5"):
        validate(export(tmp_path, change(EXPORT, "C3", "2019")).rows)


def test_a_figure_beside_a_period_that_was_taken_out(tmp_path):
    with refused("a value outside the table", cell="C4"):
        export(tmp_path, change(EXPORT, "C3", None))


@pytest.mark.parametrize("value", [-99997, "-99997", -99997.0, "-99997,0"])
def test_a_numeric_mark_in_an_export(tmp_path, value):
    assert figures(read("swing", tmp_path, change(ONE, "B3", value)))["B3"] == "c"


@pytest.mark.parametrize(
    "name",
    ["Niet te lokaliseren", "Niet te lokaliseren - Vlaanderen", "Onbekend", "Buiten België", "71016ZZZZ", "99992"],
)
def test_a_pseudo_municipality_is_kept_and_flagged(tmp_path, name):
    rows = [*ONE[:3], [name, 7, "-"], *ONE[3:]]
    found = by_cell(read("swing", tmp_path, rows))
    assert {cell: row.breakdown for cell, row in found.items()} == {
        "B3": "",
        "C3": "",
        "B4": "gebiedstype=pseudogebied",
        "C4": "gebiedstype=pseudogebied",
    }
    assert (found["B4"].area, found["B4"].area_code, found["B4"].value) == (name, "", 7)


def test_sectors_get_no_code_of_a_municipality(tmp_path):
    rows = change(change(ONE, "A1", "Fictief - sectoren"), "A3", "Antwerpen")
    assert [row.area_code for row in read("swing", tmp_path, rows).rows] == ["", ""]


# Forecasts, estimates and provisional figures, told by colour

COLORED = [*ONE[:4], ["Speciale waarden", "- Geen waarde"], [None, "Prognose"], [None, "Schatting"]]


def colored(folder, **colors):
    return read("swing", folder, COLORED, colors=colors)


def test_a_colour_of_the_legend_that_all_text_has_marks_nothing(tmp_path):
    found = colored(tmp_path, B5="00112233", B6="00112233", B7="00C8C8C8", B3="00112233", C3="00C8C8C8")
    assert figures(found) == {"B3": "1963", "C3": "12 e"}
    assert "no figure is marked as prognose: the legend gives it no colour" in found.assumed


def test_a_legend_without_colours_marks_nothing(tmp_path):
    found = colored(tmp_path, B3="00C8C8C8")
    assert figures(found) == {"B3": "1963", "C3": "12"}
    assert [line for line in found.assumed if "no figure is marked" in line][1].startswith(
        "no figure is marked as scha"
    )


def test_a_colour_that_stands_for_two_things(tmp_path):
    colors = {"B6": "00C8C8C8", "B7": "00C8C8C8"}
    assert figures(colored(tmp_path, **colors)) == {"B3": "1963", "C3": "12"}
    with refused("a colour that stands for two things in the legend", cell="C3"):
        colored(tmp_path, **colors, C3="00C8C8C8")


def test_a_mark_is_no_forecast(tmp_path):
    found = read("swing", tmp_path, change(COLORED, "C3", "x"), colors={"B6": "00C8C8C8", "C3": "00C8C8C8"})
    assert figures(found)["C3"] == "c"


@pytest.fixture(scope="module")
def unemployment():
    return by_cell(layouts.read("swing", open_workbook(sample("pinc_swing_werkzoekenden_gemeenten.xlsx")).sheets[0]))


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


def csv(folder, text=CSV):
    return read("swing", folder, text)


def test_swing_csv(tmp_path):
    rows = by_cell(csv(tmp_path))
    assert figures(csv(tmp_path)) == {"B2": "5.5", "C2": "1234.5", "B3": "m", "C3": "c"}
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
        csv(tmp_path, CSV.replace(old, new))


def test_a_swing_csv_that_stops_after_its_header(tmp_path):
    with pytest.raises(Declined, match="a header without figures"):
        layouts.read("swing", csv_sheet(tmp_path, "gemeenten;fictief [aantal]|2020\n"))


@pytest.mark.parametrize("level", ["honden", "statistische sectoren", "eerstelijnszones", "gemeenten (vanaf 2025)"])
def test_swing_csv_of_any_level(tmp_path, level):
    """Swing has dozens of levels; only it writes `label|period`, and areas in front of it."""
    found = csv(tmp_path, CSV.replace("gemeenten", level))
    assert figures(found) == {"B2": "5.5", "C2": "1234.5", "B3": "m", "C3": "c"}
    assert {row.area for row in found.rows} == {"Verzonnen", "Genk"}


def test_the_known_answers_of_a_real_csv():
    rows = by_cell(layouts.read("swing", open_workbook(sample("pinc_swing_nieuwkomers_per_1000.csv")).sheets[0]))
    assert (str(rows["B78"].value), rows["B78"].period, rows["B78"].area) == ("5.5", "2014", "Genk")
    assert (number_text(rows["L78"].value), rows["L78"].period, rows["L78"].area_code) == ("9", "2024", "71016")
    assert {row.indicator.partition(" inwoners")[0] for row in rows.values()} == {"nieuwkomers per 1.000"}


def test_a_swing_csv_label_is_whole(tmp_path):
    found = csv(tmp_path, '"gemeenten";"fictief 18+ jaar|2020"\n"Verzonnen";5\n')
    assert [row.indicator for row in found.rows] == ["fictief 18+ jaar"]


@pytest.mark.parametrize(
    "text",
    [
        CSV.encode("utf-8-sig"),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace("‰", "%").replace("Verzonnen", "Verzonnén").encode("cp1252"),
        CSV.encode("utf-16"),
        CSV.replace(";", "\t").encode(),
    ],
    ids=["BOM", "CRLF", "Latin-1", "UTF-16", "tab"],
)
def test_a_swing_csv_in_other_bytes(tmp_path, text):
    assert figures(csv(tmp_path, text)) == {"B2": "5.5", "C2": "1234.5", "B3": "m", "C3": "c"}


def test_a_swing_csv_with_commas(tmp_path):
    text = '"gemeenten","fictief [aantal]|2020"\n"Verzonnen","1.963"\n"Bedacht","454"\n'
    assert figures(csv(tmp_path, text)) == {"B2": "1963", "B3": "454"}


def test_a_swing_csv_with_commas_whose_figures_can_be_read_two_ways(tmp_path):
    text = '"gemeenten","fictief|2020"\n"Verzonnen","1.963"\n"Bedacht","2.104"\n'
    with workbooks.refused("a number that can be read two ways", file="verzonnen.csv", cell="B2"):
        csv(tmp_path, text)


@pytest.mark.parametrize("period", ["2019-2020", "Q4 2020", "dec 2020"])
def test_periods_of_a_swing_csv(tmp_path, period):
    (row,) = csv(tmp_path, f'"wijken";"fictief|{period}"\n"Verzonnen";5\n').rows
    assert row.period in ("2019-2020", "2020-Q4", "2020-12")


@pytest.mark.parametrize("level", ["gemeenten", "provincies", "arrondissementen", "gewesten", "sectoren", "wijken"])
def test_levels_of_a_swing_csv(tmp_path, level):
    (row,) = csv(tmp_path, f'"{level}";"fictief|2020"\n"Antwerpen";5\n').rows
    assert row.area_code == {"gemeenten": "11002", "provincies": "10000", "arrondissementen": "11000"}.get(level, "")


def test_a_line_below_the_figures_of_a_swing_csv_is_no_area(tmp_path):
    with workbooks.refused("text where a number belongs", file="verzonnen.csv", cell="B4"):
        csv(tmp_path, CSV + '"Bron";"verzonnen";"verzonnen"\n')


def test_a_swing_csv_of_one_indicator_twice(tmp_path):
    with workbooks.refused("the same figure stands twice", file="verzonnen.csv", cell="C2"):
        validate(csv(tmp_path, '"wijken";"fictief|2020";"fictief|2020"\n"Verzonnen";5;6\n').rows)
