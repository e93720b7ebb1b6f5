# SPDX-License-Identifier: EUPL-1.2
"""Files that are uploaded to Swing: sentinels are marks, codes stay text, columns stand in any order."""

import functools
import itertools

import pytest
import workbooks
from workbooks import SHEET, by_cell, change, figures, lines, read

from genk_armoede.layouts.engine.reading import Declined
from genk_armoede.observations.observation import validate

refused = functools.partial(workbooks.refused, sheet=SHEET)
upload = functools.partial(read, "swing_upload")

# Invented figures.
ROWS = [
    ["geolevel", "geoitem", "period", "v_fictief", "v_ander"],
    ["gemeente", "71016", 2021, 1963, 0.5],
    ["sector", "71016A4OB", 2021, -99996, -99997],
    ["sector", "11002E521", "2021", -99998, -99999],
    ["gewest", "02000", 2021, 0, -5],
    ["gemeente", "71016ZZZZ", 2021, 7, None],
]


def test_the_whole_upload(tmp_path):
    found = upload(tmp_path, ROWS)
    assert lines(found) == [
        "D2 | v_fictief | 71016 Genk | 2021 | | 1963",
        "E2 | v_ander | 71016 Genk | 2021 | | 0.5",
        "D3 | v_fictief | 71016A4OB 71016A4OB | 2021 | | m",
        "E3 | v_ander | 71016A4OB 71016A4OB | 2021 | | c",
        "D4 | v_fictief | 11002E521 11002E521 | 2021 | | z",
        "E4 | v_ander | 11002E521 11002E521 | 2021 | | m",
        "D5 | v_fictief | 02000 Vlaams Gewest | 2021 | | 0",
        "E5 | v_ander | 02000 Vlaams Gewest | 2021 | | -5",
        "D6 | v_fictief | 71016ZZZZ 71016ZZZZ | 2021 | gebiedstype=pseudogebied | 7",
        "E6 | v_ander | 71016ZZZZ 71016ZZZZ | 2021 | gebiedstype=pseudogebied | m",
    ]
    assert (found.assumed, found.metadata, found.left_out) == ([], [], [])
    assert validate(found.rows)


@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::17])
def test_columns_stand_in_any_order(tmp_path, order):
    moved = [[line[place] for place in order] for line in ROWS]
    known = {(row.key, row.value, row.status) for row in upload(tmp_path, ROWS).rows}
    assert {(row.key, row.value, row.status) for row in upload(tmp_path, moved).rows} == known


def test_headers_in_capitals(tmp_path):
    rows = [["GeoLevel", "GeoItem", "Period", "v_Fictief"], ["gemeente", "71016", 2021, 5]]
    assert lines(upload(tmp_path, rows)) == ["D2 | v_Fictief | 71016 Genk | 2021 | | 5"]


@pytest.mark.parametrize(
    ("sentinel", "status"), [("-99996", "m"), ("-99997", "c"), ("-99998", "z"), ("-99999", "m"), ("-", "m"), ("x", "c")]
)
def test_sentinels_as_text(tmp_path, sentinel, status):
    written = [sentinel, f" {sentinel} "]
    if sentinel[-1].isdigit():
        written += [f"{sentinel},0", f"{sentinel},00", int(sentinel), float(sentinel), f"–{sentinel[1:]}"]
    for value in written:
        assert figures(upload(tmp_path, change(ROWS, "D2", value)))["D2"] == status


@pytest.mark.parametrize("value", [-99995, -99996.5, "-99997,3", "-9999"])
def test_a_figure_near_a_sentinel_is_a_figure(tmp_path, value):
    (row,) = (row for row in upload(tmp_path, change(ROWS, "D2", value)).rows if row.cell == "D2")
    assert (row.status, str(row.value)) == ("", str(value).replace(",", "."))


def test_zero_and_blank_are_different_things(tmp_path):
    found = upload(tmp_path, change(change(ROWS, "D2", 0), "D3", None))
    assert (figures(found)["D2"], figures(found)["D3"]) == ("0", "m")


def test_codes_are_text_for_ever(tmp_path):
    text = "geolevel;geoitem;period;v\nsector;11002E521;2021;1\nsector;71016A4OB;2021;2\ngewest;02000;2021;3\n"
    assert [row.area_code for row in upload(tmp_path, text).rows] == ["11002E521", "71016A4OB", "02000"]


@pytest.mark.parametrize(("number", "code"), [(2000, "02000"), (2000.0, "02000"), (71016, "71016"), (71016.0, "71016")])
def test_a_code_that_is_stored_as_a_number(tmp_path, number, code):
    found = upload(tmp_path, change(ROWS, "B5", number))
    assert by_cell(found)["D5"].area_code == code
    assert [line for line in found.assumed if "its zero lost" in line] == (
        ["B5: code 2000 is 02000, its zero lost"] if code == "02000" else []
    )


def test_a_postcode_is_no_code_of_a_region(tmp_path):
    found = upload(tmp_path, change(change(ROWS, "A5", "postcode"), "B5", 3000))
    assert by_cell(found)["D5"].area_code == "3000"


@pytest.mark.parametrize("header", [None, "Unnamed: 0", "index", "X"])
@pytest.mark.parametrize("start", [0, 1])
def test_a_stray_index_column_is_left_out(tmp_path, header, start):
    rows = [[header, *ROWS[0]], *([n, *line] for n, line in enumerate(ROWS[1:], start))]
    found = upload(tmp_path, rows)
    assert [row.value for row in found.rows] == [row.value for row in upload(tmp_path, ROWS).rows]
    assert found.left_out == ["column A: it only numbers the rows"]


@pytest.mark.parametrize("numbers", [[0, 1, 2, 4, 3], [2, 3, 4, 5, 6], [0, 1, 2, 3, 3]])
def test_numbers_without_a_header_that_number_nothing(tmp_path, numbers):
    rows = [[None, *ROWS[0]], *([n, *line] for n, line in zip(numbers, ROWS[1:], strict=True))]
    with refused("a column without the name of a variable", cell="A2"):
        upload(tmp_path, rows)


@pytest.mark.parametrize(
    "header", ["naam (verwijderen)", "gemeentenaam", "DELETE name", "omschrijving", "te verwijderen"]
)
def test_a_column_of_names_is_no_variable(tmp_path, header):
    names = ["Genk", "Verzonnen", "Bedacht", "Vlaams Gewest", "Onbekend"]
    rows = [[*ROWS[0], header], *([*line, name] for line, name in zip(ROWS[1:], names, strict=True))]
    found = upload(tmp_path, rows)
    assert found.left_out == [f"column {header!r}: names of the areas, not a variable"]
    assert {row.indicator for row in found.rows} == {"v_fictief", "v_ander"}
    assert [row.area for row in found.rows if row.indicator == "v_ander"] == names


def test_a_column_that_says_what_to_delete_names_no_area(tmp_path):
    rows = [["naam", "verwijderen", *ROWS[0]], *(["Verzonnen", "ja", *line] for line in ROWS[1:])]
    assert {row.area for row in upload(tmp_path, rows).rows} == {"Verzonnen"}
    assert {row.area for row in upload(tmp_path, [[b, a, *c] for a, b, *c in rows]).rows} == {"Verzonnen"}


@pytest.mark.parametrize("value", ["x", "-99997", 5, None])
def test_a_variable_that_is_named_like_names_is_a_variable(tmp_path, value):
    rows = [["geolevel", "geoitem", "period", "deelname"], ["gemeente", "71016", 2021, value]]
    (row,) = upload(tmp_path, rows).rows
    assert (row.indicator, row.area) == ("deelname", "Genk")


def test_a_variable_with_a_word_among_its_figures_is_not_taken_for_names(tmp_path):
    rows = [
        ["geolevel", "geoitem", "period", "opname"],
        ["gemeente", "71016", 2021, 5],
        ["gemeente", "71022", 2021, "veel"],
    ]
    with refused("text where a number belongs", cell="D3"):
        upload(tmp_path, rows)


def test_other_words_are_no_figures(tmp_path):
    with refused("text where a number belongs", cell="D2"):
        upload(tmp_path, change(ROWS, "D2", "veel"))


@pytest.mark.parametrize("cell", ["A3", "B3", "C3"])
def test_a_row_without_its_place_or_period(tmp_path, cell):
    with refused(f"no {ROWS[0]['ABC'.index(cell[0])]}", cell=cell):
        upload(tmp_path, change(ROWS, cell, None))


def test_a_code_with_a_footnote_mark(tmp_path):
    with refused("this is no code", cell="B6"):
        upload(tmp_path, change(ROWS, "B6", "71016ZZZZ (1)"))


def test_an_error_of_excel_is_no_level(tmp_path):
    with refused("an error, date or yes/no where a label belongs", cell="A3"):
        upload(tmp_path, change(ROWS, "A3", "#N/A"))


@pytest.mark.parametrize("value", ["later", 20211, "202112", "21"])
def test_a_period_that_is_none(tmp_path, value):
    with refused("this is no period", cell="C3"):
        upload(tmp_path, change(ROWS, "C3", value))


@pytest.mark.parametrize(
    ("value", "period"), [("2021-12", "2021-12"), ("2020-2021", "2020-2021"), ("2021Q4", "2021-Q4")]
)
def test_periods_that_are_not_years(tmp_path, value, period):
    assert by_cell(upload(tmp_path, change(ROWS, "C3", value)))["D3"].period == period


@pytest.mark.parametrize("header", [None, 2021, "2020-2021"])
def test_a_variable_without_a_name(tmp_path, header):
    with refused("a column without the name of a variable", cell="D1" if header else "D2"):
        upload(tmp_path, change(ROWS, "D1", header))


def test_a_variable_that_stands_twice(tmp_path):
    with refused("a header that stands twice, also in D1", cell="E1"):
        upload(tmp_path, change(ROWS, "E1", "V_fictief"))


def test_a_row_that_stands_twice_gives_no_table(tmp_path):
    with refused("the same figure stands twice", cell="E7"):
        validate(upload(tmp_path, [*ROWS, ROWS[1]]).rows)


def test_titles_above_the_headers_are_metadata(tmp_path):
    found = upload(tmp_path, [["Verzonnen"], [], *ROWS])
    assert found.metadata == ["Verzonnen"]
    assert len(found.rows) == 10


@pytest.mark.parametrize("header", ["geolevel", "geoitem", "period"])
def test_an_upload_declines_without_its_three_headers(tmp_path, header):
    with refused("an upload file for Swing without"):
        upload(tmp_path, change(ROWS, "ABC"[ROWS[0].index(header)] + "1", "anders"))


def test_an_upload_without_rows_declines(tmp_path):
    with pytest.raises(Declined, match="nothing under it"):
        upload(tmp_path, ROWS[:1])


@pytest.mark.parametrize("text", ["1.963", "1,963"])
def test_figures_that_can_be_read_two_ways(tmp_path, text):
    with workbooks.refused("a number that can be read two ways", file="verzonnen.csv", cell="D2"):
        upload(tmp_path, f'geolevel,geoitem,period,v\ngemeente,71016,2021,"{text}"\ngemeente,71016,2022,"{text}"\n')
