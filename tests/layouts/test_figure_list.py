# SPDX-License-Identifier: EUPL-1.2
"""Lists of single figures, each with the source it was read in."""

import functools
from string import ascii_uppercase

import pytest
import workbooks
from workbooks import SHEET, change, read

from genk_armoede.layouts.engine.reading import Declined
from genk_armoede.observations.observation import validate

refused = functools.partial(workbooks.refused, sheet=SHEET)

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
    return read("figure_list", folder, rows, **how)


def test_a_listed_figure_with_its_own_citation(tmp_path):
    (row,) = listed(tmp_path).rows
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
    (row,) = listed(tmp_path, short).rows
    assert (row.cell, row.status, row.breakdown, set(row.citation)) == (
        "D2",
        "",
        "",
        {"publisher", "title", "url", "evidence"},
    )


@pytest.mark.parametrize("order", [HEADERS[::-1], sorted(HEADERS)])
def test_the_order_of_columns_does_not_matter(tmp_path, order):
    line = dict(zip(HEADERS, FIGURE, strict=True))
    (row,) = listed(tmp_path, [order, [line[name] for name in order]]).rows
    assert (row.value, row.area, row.citation["note"]) == (12, "Verzonnen", "nee")


REQUIRED = ["Gebied", "Periode", "Waarde", "Eenheid", "Titel", "Adres", "Vindplaats"]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_header_that_is_missing(tmp_path, name):
    answer = f"--answer 'cell {ascii_uppercase[HEADERS.index(name)]}3={name}'"
    with refused(f"the header '{name}' is missing from row 3", mention=answer):
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
    (row,) = listed(tmp_path, change(change(LIST, "E4", None), "G4", None)).rows
    assert (row.value, row.status) == (None, "m")


@pytest.mark.parametrize("status", ["c", "z"])
def test_a_blank_figure_whose_status_says_why(tmp_path, status):
    (row,) = listed(tmp_path, change(change(LIST, "E4", None), "G4", status)).rows
    assert (row.value, row.status) == (None, status)


def test_marks_and_flags_come_together(tmp_path):
    (row,) = listed(tmp_path, change(change(LIST, "E4", "vertrouwelijk"), "G4", "b")).rows
    assert (row.value, row.status) == (None, "bc")


def test_a_mark_and_a_flag_that_contradict_it_give_no_table(tmp_path):
    rows = listed(tmp_path, change(change(LIST, "E4", "nvt"), "G4", "c")).rows
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
    assert [row.cell for row in listed(tmp_path, [*LIST, [], change([FIGURE], "C1", "2022")[0]]).rows] == ["E4", "E6"]


@pytest.mark.parametrize("name", ["Uitgever", "Titel", "Vindplaats", "Opmerking"])
def test_a_figure_among_the_words_about_its_source(tmp_path, name):
    wrong = [12500 if header == name else cell for header, cell in zip(HEADERS, FIGURE, strict=True)]
    with refused("a number where words about the source belong", mention="12500"):
        listed(tmp_path, [HEADERS, wrong])
