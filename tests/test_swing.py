# SPDX-License-Identifier: EUPL-1.2
"""Swing exports: labels over the last column of their block, marks, forecasts by colour, notes that are no figures."""

import datetime
import functools
from decimal import Decimal

import pytest
import workbooks
from workbooks import SHEET, by_cell, change, figures, read, sample

from genk_armoede import layouts
from genk_armoede.layouts.shape import Declined
from genk_armoede.observations import number_text, validate
from genk_armoede.spreadsheet import open_workbook

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
    ["12", 34, 56],
    ["Datum export", "donderdag 1 januari 2026"],
]
STYLE = {
    "formats": dict.fromkeys(["B4", "C4", "D4", "B6", "C6", "D6"], "#0.0#%"),
    "colors": {"B10": "00808080", "B11": "00C8C8C8", "B12": "00A0A0A0", "E4": "00C8C8C8", "F4": "00808080"}
    | {"F5": "00A0A0A0", "E5": "00C8C8C8", "F6": "00123456"},
}


def export(folder, rows=EXPORT, **how):
    return read("swing", folder, rows, **{**STYLE, **how})


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
    ],
)
def test_swing_with_a_wrong_cell(tmp_path, cell, value, problem, place):
    with refused(problem, cell=place):
        export(tmp_path, change(EXPORT, cell, value))


def test_an_empty_row_inside_a_swing_table(tmp_path):
    with refused("", cell="B6"):
        export(tmp_path, [*EXPORT[:4], [], *EXPORT[4:]])


@pytest.mark.parametrize(
    ("cell", "value", "reason"), [("B3", "jaar", "nothing but periods"), ("A3", "2018", "nothing but periods")]
)
def test_swing_declines_another_shape(tmp_path, cell, value, reason):
    with pytest.raises(Declined, match=reason):
        export(tmp_path, change(EXPORT, cell, value))


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


def test_swing_csv_declines_an_unknown_level(tmp_path):
    with pytest.raises(Declined, match="'honden'"):
        csv(tmp_path, CSV.replace("gemeenten", "honden"))


def test_the_known_answers_of_a_real_csv():
    rows = by_cell(layouts.read("swing", open_workbook(sample("pinc_swing_nieuwkomers_per_1000.csv")).sheets[0]))
    assert (str(rows["B78"].value), rows["B78"].period, rows["B78"].area) == ("5.5", "2014", "Genk")
    assert (number_text(rows["L78"].value), rows["L78"].period, rows["L78"].area_code) == ("9", "2024", "71016")
    assert {row.indicator.partition(" inwoners")[0] for row in rows.values()} == {"nieuwkomers per 1.000"}


def test_a_swing_csv_label_is_whole(tmp_path):
    found = csv(tmp_path, '"gemeenten";"fictief 18+ jaar|2020"\n"Verzonnen";5\n')
    assert [row.indicator for row in found.rows] == ["fictief 18+ jaar"]
