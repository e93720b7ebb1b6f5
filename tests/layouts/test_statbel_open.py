# SPDX-License-Identifier: EUPL-1.2
"""Statbel's open data: codes stay text, the finest area counts, and each measure has its own reference year."""

import functools

import pytest
import workbooks
from workbooks import SHEET, by_cell, change, lines, read

from genk_armoede import layouts
from genk_armoede.layouts.engine.reading import Declined
from genk_armoede.observations.observation import validate
from genk_armoede.spreadsheets.workbook import open_workbook

refused = functools.partial(workbooks.refused, sheet=SHEET)
opened = functools.partial(read, "statbel_open")

# Invented figures under Statbel's own field names.
ROWS = [
    [
        *("CD_YEAR", "CD_MUNTY_REFNIS", "MS_NBR_NON_ZERO_INC", "MS_TOT_NET_INC", "MS_TOT_RESIDENTS"),
        *("TX_MUNTY_DESCR_FR", "TX_MUNTY_DESCR_NL", "CD_PROV_REFNIS", "TX_PROV_DESCR_NL", "CD_RGN_REFNIS"),
    ],
    [2019, "71016", 11, 1234.56, 21, "Genk (fr)", "Genk", "70000", "Provincie Limburg", "02000"],
    [2019, "73109", "*", "*", 22, "Fourons", "Voeren", "70000", "Provincie Limburg", "02000"],
    [2019, 71022, 13, None, 23, "Hasselt (fr)", "Hasselt", None, None, None],
]


def test_the_whole_table(tmp_path):
    found = opened(tmp_path, ROWS)
    assert lines(found) == [
        "C2 | MS_NBR_NON_ZERO_INC | 71016 Genk | 2019 | | 11 aantal",
        "D2 | MS_TOT_NET_INC | 71016 Genk | 2019 | | 1234.56",
        "E2 | MS_TOT_RESIDENTS | 71016 Genk | 2020-01-01 | | 21 aantal",
        "C3 | MS_NBR_NON_ZERO_INC | 73109 Voeren | 2019 | | aantal c",
        "D3 | MS_TOT_NET_INC | 73109 Voeren | 2019 | | c",
        "E3 | MS_TOT_RESIDENTS | 73109 Voeren | 2020-01-01 | | 22 aantal",
        "C4 | MS_NBR_NON_ZERO_INC | 71022 Hasselt | 2019 | | 13 aantal",
        "D4 | MS_TOT_NET_INC | 71022 Hasselt | 2019 | | m",
        "E4 | MS_TOT_RESIDENTS | 71022 Hasselt | 2020-01-01 | | 23 aantal",
    ]
    assert found.left_out == [
        "column TX_MUNTY_DESCR_FR: the area in another language",
        "column CD_PROV_REFNIS: a coarser area",
        "column TX_PROV_DESCR_NL: a coarser area",
        "column CD_RGN_REFNIS: a coarser area",
    ]
    assert validate(found.rows)


def test_residents_that_stand_beside_no_income_are_of_their_own_year(tmp_path):
    rows = [["CD_YEAR", "CD_MUNTY_REFNIS", "MS_TOT_RESIDENTS"], [2019, "71016", 21]]
    assert lines(opened(tmp_path, rows)) == ["C2 | MS_TOT_RESIDENTS | 71016 71016 | 2019 | | 21 aantal"]


def test_a_measure_whose_name_ends_in_a_year_is_of_that_year(tmp_path):
    rows = [["CD_YEAR", "CD_REFNIS", "MS_POPULATION_2011", "MS_POPULATION_2021"], [2022, "71016", 1, 2]]
    assert lines(opened(tmp_path, rows)) == [
        "C2 | MS_POPULATION | 71016 71016 | 2011 | | 1 aantal",
        "D2 | MS_POPULATION | 71016 71016 | 2021 | | 2 aantal",
    ]


@pytest.mark.parametrize("field", ["CD_YEAR", "CD_REFYEAR", "CD_PERIOD", "DT_REFERENCE", "cd_year"])
def test_the_period_of_a_row(tmp_path, field):
    rows = [[field, "CD_REFNIS", "MS_POP"], ["2021", "71016", 1]]
    assert [row.period for row in opened(tmp_path, rows).rows] == ["2021"]


def test_two_periods_that_contradict(tmp_path):
    rows = [["CD_YEAR", "CD_REFYEAR", "CD_REFNIS", "MS_POP"], [2021, 2021, "71016", 1], [2021, 2020, "71022", 1]]
    with refused("another period than beside it", cell="A3"):
        opened(tmp_path, rows)
    assert len(opened(tmp_path, rows[:2]).rows) == 1


@pytest.mark.parametrize("year", [None, "later", "20"])
def test_a_figure_without_a_year(tmp_path, year):
    with refused("nothing says for which year", cell="A2"):
        opened(tmp_path, change(ROWS, "A2", year))


def test_a_table_without_any_year(tmp_path):
    with refused("nothing says for which year", cell="B2", mention="CD_YEAR"):
        opened(tmp_path, [["CD_REFNIS", "MS_POPULATION"], ["71016", 5]])


# Areas

NAMED = ["CD_YEAR", "MS_POP"]


def area_of(folder, **fields):
    (row,) = opened(folder, [[*NAMED, *fields], [2021, 5, *fields.values()]]).rows
    return row.area_code, row.area, row.breakdown


MUNICIPALITY = {"CD_REFNIS": "71016", "TX_DESCR_NL": "Genk", "TX_DESCR_FR": "Genk (fr)"}
DISTRICT = {"CD_DSTR_REFNIS": "71000", "TX_ADM_DSTR_DESCR_NL": "Arrondissement Hasselt"}
SECTOR = {"CD_SECTOR": "71016A4OB", "TX_DESCR_SECTOR_NL": "VERZONNEN"}


def test_a_municipality_beside_its_district(tmp_path):
    """One municipality alone: nothing else would tell that its district is not what was counted."""
    assert area_of(tmp_path, **MUNICIPALITY, **DISTRICT) == ("71016", "Genk", "")
    assert area_of(tmp_path, **DISTRICT, **MUNICIPALITY) == ("71016", "Genk", "")


def test_a_sector_beside_its_municipality(tmp_path):
    assert area_of(tmp_path, **MUNICIPALITY, **SECTOR) == ("71016A4OB", "VERZONNEN", "")
    assert area_of(tmp_path, **DISTRICT) == ("71000", "Arrondissement Hasselt", "")


@pytest.mark.parametrize("code", ["71016A4OB", "11002E521", "71016ZZZZ", "02000"])
def test_codes_are_text_for_ever(tmp_path, code):
    text = f"CD_YEAR|CD_SECTOR|MS_POP\n2021|{code}|5\n".replace("|", ";")
    assert [row.area_code for row in opened(tmp_path, text).rows] == [code]


@pytest.mark.parametrize(("stored", "code"), [(2000, "02000"), (1000.0, "01000"), (71016.0, "71016")])
def test_a_code_that_is_stored_as_a_number(tmp_path, stored, code):
    assert area_of(tmp_path, CD_REFNIS=stored)[0] == code


def test_an_area_whose_name_is_only_there_in_french(tmp_path):
    assert area_of(tmp_path, CD_REFNIS="71016", TX_DESCR_FR="Genk (fr)") == ("71016", "Genk (fr)", "")


def test_an_area_without_a_code_has_its_name(tmp_path):
    assert area_of(tmp_path, TX_MUNTY_DESCR_NL="Genk", CD_PROV_REFNIS="70000") == ("71016", "Genk", "")


def test_a_sector_of_the_economy_is_no_area(tmp_path):
    assert area_of(tmp_path, CD_REFNIS="71016", CD_ECON_SECTOR="G") == ("71016", "71016", "econ_sector=G")
    assert area_of(tmp_path, CD_REFNIS="71016", TX_COUNTRY_BIRTH_NL="Italië")[2] == "country_birth=Italië"


def test_a_figure_without_any_area_is_of_the_whole_country_or_world(tmp_path):
    assert area_of(tmp_path, CD_SEX="M") == ("", "", "sex=M")


def test_a_blank_code(tmp_path):
    with refused("nothing says what this row is of", cell="B3"):
        opened(tmp_path, change(ROWS, "B3", None))


# Breakdowns


def test_a_code_without_a_text_is_a_breakdown(tmp_path):
    assert area_of(tmp_path, CD_REFNIS="71016", CD_SEX="F", CD_AGE=7)[2] == "age=7; sex=F"


def test_a_text_goes_before_its_code_and_dutch_before_other_languages(tmp_path):
    fields = {"CD_NATLTY": "BEL", "TX_NATLTY_FR": "Belges", "TX_NATLTY_NL": "Belgen"}
    assert area_of(tmp_path, CD_REFNIS="71016", **fields)[2] == "natlty=Belgen"
    assert area_of(tmp_path, CD_REFNIS="71016", TX_STATE_DESCR_DE="a", TX_STATE_DESCR_NL="b")[2] == "state=b"


def test_a_text_in_french_alone_still_sets_rows_apart(tmp_path):
    fields = {"CD_NATLTY": "BEL", "TX_NATLTY_FR": "Belges", "TX_NATLTY_EN": "Belgians"}
    assert area_of(tmp_path, CD_REFNIS="71016", **fields)[2] == "natlty=Belges"


def test_a_code_is_not_told_by_a_text_of_something_else(tmp_path):
    fields = {"CD_AGE": 7, "TX_AGE_CL_NL": "0-9"}
    assert area_of(tmp_path, CD_REFNIS="71016", **fields)[2] == "age=7; age_cl=0-9"


def test_a_blank_breakdown_is_no_total(tmp_path):
    rows = [["CD_YEAR", "CD_REFNIS", "CD_SEX", "MS_POP"], [2021, "71016", "F", 1], [2021, "71016", None, 2]]
    with refused("nothing says what this row is of", cell="C3"):
        opened(tmp_path, rows)


def test_a_date_that_is_not_the_period_is_told(tmp_path):
    rows = [["CD_YEAR", "CD_REFNIS", "DT_STRT_SECTOR", "MS_POP"], [2021, "71016", "2011-01-01", 1]]
    found = opened(tmp_path, rows)
    assert found.left_out == ["column DT_STRT_SECTOR: a date that is not the period"]
    assert [row.breakdown for row in found.rows] == [""]


def test_two_cases_that_nothing_sets_apart_give_no_table(tmp_path):
    with refused("the same figure stands twice", cell="C5"):
        validate(opened(tmp_path, [*ROWS, ROWS[1]]).rows)


# Files that go their own way, as Statbel has them


def named(tmp_path, name, *lines_of_text):
    path = tmp_path / name
    path.write_text("\r\n".join(lines_of_text) + "\r\n", encoding="cp1252")
    (found,), _ = layouts.recognise(open_workbook(path))
    assert validate(found.rows)
    return lines(found)


def test_residents_of_sectors_whose_year_is_in_the_name_of_the_file(tmp_path):
    """Measures without MS_, and days from and to which a sector exists."""
    text = [
        "CD_REFNIS|CD_SECTOR|TOTAL|DT_STRT_SECTOR|DT_STOP_SECTOR|OPPERVLAKKTE IN HM²|TX_DESCR_SECTOR_NL|TX_DESCR_NL",
        "71016|71016A00-|12|01/01/1980|31/12/9999|45,3121|VERZONNEN|Genk",
    ]
    assert named(tmp_path, "OPENDATA_SECTOREN_2022.txt", *text) == [
        "C2 | TOTAL | 71016A00- VERZONNEN | 2022 | | 12 aantal",
        "F2 | OPPERVLAKKTE IN HM² | 71016A00- VERZONNEN | 2022 | | 45.3121",
    ]
    for name in ("sectoren_2021_2022.txt", "sectoren 2024-11-28.txt", "sectoren.txt"):
        with workbooks.refused("nothing says for which year", file=name, cell="C2"):
            named(tmp_path, name, *text)


def test_texts_that_are_headed_as_codes(tmp_path):
    assert named(
        tmp_path,
        "gebouwen.txt",
        "CD_YEAR|CD_REFNIS|CD_REFNIS_NL|CD_REFNIS_FR|CD_REFNIS_LVL|CD_STAT_TYPE|CD_STAT_TYPE_NL|CD_STAT_TYPE_FR|MS_VALUE",
        "2023|71016|GENK|GENK (fr)|5|T1|verzonnen soort|sorte inventée|6",
    ) == ["I2 | MS_VALUE | 71016 GENK | 2023 | stat_type=verzonnen soort | 6"]


def test_parts_of_the_year_beside_it(tmp_path):
    head, line = "CD_YEAR|CD_TYPE_NL|CD_REFNIS|CD_PERIOD|MS_P50 (MEDIAN_PRICE)", "2024|huizen|71016|{}|2{}"
    parts = [line.format(part, n) for n, part in enumerate(("Q1", "S1", "Y"))]
    assert named(tmp_path, "immo.txt", head, *parts) == [
        "E2 | MS_P50 (MEDIAN_PRICE) | 71016 71016 | 2024-Q1 | type=huizen | 20",
        "E3 | MS_P50 (MEDIAN_PRICE) | 71016 71016 | 2024-S1 | type=huizen | 21",
        "E4 | MS_P50 (MEDIAN_PRICE) | 71016 71016 | 2024 | type=huizen | 22",
    ]
    head = "MS_COUNTOF_X|CD_YEAR|CD_MONTH|TX_MONTH_DESCR_NL|CD_MUNTY_REFNIS"
    assert named(tmp_path, "maanden.txt", head, "3|2021|1|januari|71016", "4|2021|12|december|71016") == [
        "A2 | MS_COUNTOF_X | 71016 71016 | 2021-01 | | 3 aantal",
        "A3 | MS_COUNTOF_X | 71016 71016 | 2021-12 | | 4 aantal",
    ]
    with workbooks.refused("this is no month or quarter", file="maanden.txt", cell="C2"):
        named(tmp_path, "maanden.txt", head, "3|2021|13|januari|71016")


# What is wrong


def test_a_star_is_confidential_and_nothing_else_is(tmp_path):
    assert by_cell(opened(tmp_path, ROWS))["C3"].status == "c"
    with refused("text where a number belongs", cell="C3"):
        opened(tmp_path, change(ROWS, "C3", "**"))


def test_a_header_that_is_unknown(tmp_path):
    with refused("a header that is not CD_…, TX_…, MS_… or DT_…", cell="E1"):
        opened(tmp_path, change(ROWS, "E1", "Inwoners"))


def test_a_header_that_stands_twice(tmp_path):
    with refused("a header that stands twice, also in C1", cell="D1"):
        opened(tmp_path, change(ROWS, "D1", "MS_NBR_NON_ZERO_INC"))


def test_a_record_with_merged_cells(tmp_path):
    with refused("merged cells in a record", cell="A2"):
        opened(tmp_path, ROWS, merge=["A2:A3"])


def test_a_column_without_a_header(tmp_path):
    with refused("a figure outside the table", cell="E2"):
        opened(tmp_path, change(ROWS, "E1", None))


def test_a_stray_index_column_is_left_out(tmp_path):
    rows = [[None, *ROWS[0]], *([n, *line] for n, line in enumerate(ROWS[1:]))]
    found = opened(tmp_path, rows)
    assert found.left_out[0] == "column A: it only numbers the rows"
    assert [row.value for row in found.rows] == [row.value for row in opened(tmp_path, ROWS).rows]


def test_a_code_with_an_error_is_no_code(tmp_path):
    with refused("an error, date or yes/no where a label belongs", cell="B2"):
        opened(tmp_path, change(ROWS, "B2", "#N/A"))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["Gemeente", "Fictief"], ["Verzonnen", 5]], "no header such as"),
        ([["CD_YEAR", "CD_REFNIS"], [2021, "71016"]], "no measure"),
        ([["CD_YEAR", "MS_POP"]], "nothing under it"),
    ],
)
def test_open_data_declines(tmp_path, rows, reason):
    with pytest.raises(Declined, match=reason):
        opened(tmp_path, rows)


def test_a_csv_with_commas(tmp_path):
    text = "CD_YEAR,CD_REFNIS,TX_DESCR_NL,MS_POP\n2021,71016,Genk,1963\n2021,71022,Hasselt,*\n"
    assert lines(opened(tmp_path, text)) == [
        "D2 | MS_POP | 71016 Genk | 2021 | | 1963 aantal",
        "D3 | MS_POP | 71022 Hasselt | 2021 | | aantal c",
    ]
