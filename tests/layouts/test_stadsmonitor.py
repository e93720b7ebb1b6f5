# SPDX-License-Identifier: EUPL-1.2
"""Workbooks of the Gemeente- en Stadsmonitor: shares by municipality, several answers beside each other, aggregates."""

import functools

import pytest
import workbooks
from workbooks import NAME, SHEET, by_cell, change, edited, figures, lines, read, save

from genk_armoede import layouts
from genk_armoede.layouts.engine.reading import Declined
from genk_armoede.observations.observation import validate
from genk_armoede.spreadsheets.workbook import open_workbook

refused = functools.partial(workbooks.refused, sheet=SHEET)
survey = functools.partial(read, "stadsmonitor")

# Invented figures.
ROWS = [
    ["Verzonnen bevraging"],
    ["De cijfers zijn gewogen."],
    [],
    ["Gemeente", "NIS-code", "Indicator", "Jaar", "Eens", "Oneens"],
    ["Genk", "71016", "Fictief", 2023, 0.58, 0.07],
    ["Hasselt", "71022", "Fictief", 2023, 0.5, "x"],
    ["Vlaams Gewest", "02000", "Fictief", 2023, 1, 0],
    [],
    ["Bron: verzonnen"],
]
PERCENT = {"formats": {f"{column}{row}": "0%" for column in "EF" for row in (5, 6, 7)}}


def test_the_whole_sheet(tmp_path):
    found = survey(tmp_path, ROWS, **PERCENT)
    assert lines(found) == [
        "E5 | Fictief | 71016 Genk | 2023 | antwoord=Eens | 58 %",
        "F5 | Fictief | 71016 Genk | 2023 | antwoord=Oneens | 7 %",
        "E6 | Fictief | 71022 Hasselt | 2023 | antwoord=Eens | 50 %",
        "F6 | Fictief | 71022 Hasselt | 2023 | antwoord=Oneens | % c",
        "E7 | Fictief | 02000 Vlaams Gewest | 2023 | antwoord=Eens | 100 %",
        "F7 | Fictief | 02000 Vlaams Gewest | 2023 | antwoord=Oneens | 0 %",
    ]
    assert found.metadata == ["Verzonnen bevraging", "De cijfers zijn gewogen.", "Bron: verzonnen"]
    assert found.assumed == [
        "unit of 'Eens': %",
        "unit of 'Oneens': %",
        "codes that end in 000 are sums over areas: not to be added to municipalities",
    ]
    assert validate(found.rows)


ONE = [["Gemeente", "NIS-code", "Indicator", "Jaar", "Aandeel (%)"], ["Genk", "71016", "Fictief", 2023, 58.2]]


@pytest.mark.parametrize("header", ["Aandeel", "Aandeel (%)", "Aandeel [%]", "%", "Percentage", "Waarde", "AANDEEL"])
def test_a_single_column_of_shares_is_no_breakdown(tmp_path, header):
    assert lines(survey(tmp_path, change(ONE, "E1", header))) == ["E2 | Fictief | 71016 Genk | 2023 | | 58.2 %"]


@pytest.mark.parametrize("value", [58.2, "58,2", "58,2 %", "58,2%"])
def test_percent_numbers(tmp_path, value):
    assert figures(survey(tmp_path, change(ONE, "E2", value))) == {"E2": "58.2"}


def test_fractions_without_a_percent_format_can_be_read_two_ways(tmp_path):
    with refused("a percentage that can be read two ways", cell="E2"):
        survey(tmp_path, change(ONE, "E2", 0.582))
    with refused("a percentage that can be read two ways", cell="E5"):
        survey(tmp_path, ROWS, formats={"E6": "0%"})


def test_a_percent_number_under_a_percent_format(tmp_path):
    with refused("more than a thousand percent", cell="E2"):
        survey(tmp_path, ONE, formats={"E2": "0.0%"})


@pytest.mark.parametrize("value", [-1, 100.1, 582])
def test_a_share_outside_0_to_100(tmp_path, value):
    with refused("a share outside 0–100", cell="E2"):
        survey(tmp_path, change(ONE, "E2", value))


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        *(("Eens", "%"), ("Een aantal keren per jaar", "%"), ("Bedrag", "%"), ("Noch eens, noch oneens", "%")),
        *(("Aantal respondenten", "aantal"), ("N", "aantal"), ("n (ongewogen)", "aantal")),
        *(("Gemiddelde", ""), ("Gemiddelde score", ""), ("Score (0-10)", ""), ("Respondenten [personen]", "personen")),
    ],
)
def test_what_is_no_share_is_not_given_in_percent(tmp_path, header, unit):
    (row,) = survey(tmp_path, change(ONE, "E1", header)).rows
    assert (row.unit, row.breakdown) == (unit, f"antwoord={header.partition(' [')[0]}")


def test_a_count_of_respondents_under_a_percent_format(tmp_path):
    with refused("shown as a percentage", cell="E2"):
        survey(tmp_path, change(change(ONE, "E1", "N"), "E2", 0.5), formats={"E2": "0%"})


def test_a_column_of_words_sets_shares_apart(tmp_path):
    rows = [[*ONE[0][:3], "Item", *ONE[0][3:]]]
    rows += [["Genk", "71016", "Tevreden over", item, 2023, share] for item, share in (("de woning", 5), ("groen", 6))]
    assert lines(survey(tmp_path, rows)) == [
        "F2 | Tevreden over | 71016 Genk | 2023 | item=de woning | 5 %",
        "F3 | Tevreden over | 71016 Genk | 2023 | item=groen | 6 %",
    ]


@pytest.mark.parametrize(
    ("stored", "code"), [("02000", "02000"), (2000, "02000"), (71016, "71016"), ("71000", "71000"), ("44021", "44021")]
)
def test_codes_keep_their_zero(tmp_path, stored, code):
    found = survey(tmp_path, change(change(ONE, "B2", stored), "A2", "Verzonnen"))
    assert [row.area_code for row in found.rows] == [code]
    assert any("end in 000" in line for line in found.assumed) == code.endswith("000")


@pytest.mark.parametrize("code", ["7101", "710160", "Genk", 5, "71016A4OB", "7101.6"])
def test_a_code_that_is_none(tmp_path, code):
    with refused("this is no NIS code", cell="B2"):
        survey(tmp_path, change(ONE, "B2", code))


@pytest.mark.parametrize(
    ("stored", "period"), [(2023, "2023"), ("2023", "2023"), (2023.0, "2023"), ("2022-2023", "2022-2023")]
)
def test_the_year_of_the_survey(tmp_path, stored, period):
    assert [row.period for row in survey(tmp_path, change(ONE, "D2", stored)).rows] == [period]


@pytest.mark.parametrize("year", ["later", 23, 20230])
def test_a_year_that_is_none(tmp_path, year):
    with refused("this is no year", cell="D2"):
        survey(tmp_path, change(ONE, "D2", year))


@pytest.mark.parametrize("cell", ["A2", "B2", "C2", "D2"])
def test_a_row_that_lacks_a_key(tmp_path, cell):
    with refused(f"no {ONE[0]['ABCD'.index(cell[0])].lower()}", cell=cell):
        survey(tmp_path, change(ONE, cell, None))


def test_a_blank_share_is_not_published(tmp_path):
    assert figures(survey(tmp_path, [*ONE, ["Hasselt", "71022", "Fictief", 2023]])) == {"E2": "58.2", "E3": "m"}


def test_words_for_a_share(tmp_path):
    rows = [*ONE, ["Hasselt", "71022", "Fictief", 2023, "veel"]]
    with refused("text where a number belongs", cell="E3"):
        survey(tmp_path, rows)


def test_columns_in_another_order(tmp_path):
    moved = [[line[place] for place in (4, 3, 0, 2, 1)] for line in ONE]
    assert lines(survey(tmp_path, moved)) == ["A2 | Fictief | 71016 Genk | 2023 | | 58.2 %"]


@pytest.mark.parametrize("header", [None, "Unnamed: 0"])
def test_a_stray_index_column_is_left_out(tmp_path, header):
    rows = [[header, *ONE[0]], [0, *ONE[1]], [1, "Hasselt", "71022", "Fictief", 2023, 60]]
    found = survey(tmp_path, rows)
    assert figures(found) == {"F2": "58.2", "F3": "60"}
    assert found.left_out == ["column A: it only numbers the rows"]


@pytest.mark.parametrize("header", ["Gemeente", "NIS-code", "Indicator", "Jaar"])
def test_a_survey_declines_without_its_headers(tmp_path, header):
    with pytest.raises(Declined, match="no header row"):
        survey(tmp_path, [["anders" if name == header else name for name in ONE[0]], ONE[1]])


def test_a_survey_declines_without_shares(tmp_path):
    with pytest.raises(Declined, match="no column with shares"):
        survey(tmp_path, [[*ONE[0][:4], "Item"], [*ONE[1][:4], "de woning"]])


def test_a_sheet_an_indicator(tmp_path):
    path = save(tmp_path / NAME, ONE, sheet="AR_S_01")
    with edited(path) as pages:
        pages.create_sheet("Inhoud", 0).append(["AR_S_01", "Fictief"])
        other = pages.copy_worksheet(pages["AR_S_01"])
        other.title, other["C2"] = "AR_S_02", "Nog fictief"
    readings, passed = layouts.recognise(open_workbook(path))
    assert [(one.sheet.name, one.rows[0].indicator) for one in readings] == [
        ("AR_S_01", "Fictief"),
        ("AR_S_02", "Nog fictief"),
    ]
    assert list(passed) == ["Inhoud"]
    assert by_cell(readings[0])["E2"].sheet == "AR_S_01"
