# SPDX-License-Identifier: EUPL-1.2
"""The tidy table holds what its contract says, or there is no table."""

import csv
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import refused, steady

from genk_armoede.errors import DataError
from genk_armoede.observations.observation import (
    COLUMNS,
    STATUS,
    Observation,
    breakdown_parts,
    breakdown_text,
    number_text,
    read_table,
    table_bytes,
    validate,
)
from genk_armoede.observations.periods import is_period

ROW = Observation(
    indicator="fictief",
    area_code="",
    area="Verzonnen",
    period="2021",
    breakdown="",
    value=Decimal(12),
    unit="personen",
    status="",
    source="verzonnen.xlsx",
    sheet="Blad",
    cell="B2",
)


def wrong(problem, **place):
    return refused(problem, sheet="Blad", guides="do expected found", **({"cell": "B2"} | place))


def test_the_columns_are_those_of_the_design():
    words = "indicator area_code area period breakdown value unit status source sheet cell"
    assert " ".join(COLUMNS) == words
    assert ROW.row == ("fictief", "", "Verzonnen", "2021", "", "12", "personen", "", "verzonnen.xlsx", "Blad", "B2")


# Keys


@pytest.mark.parametrize("other", [Decimal(12), Decimal(13)])
def test_a_key_that_occurs_twice(other):
    with wrong("stands twice: also in verzonnen.xlsx, Blad, B2", cell="C9"):
        validate([ROW, replace(ROW, period="2020"), replace(ROW, value=other, cell="C9", unit="%")])


@pytest.mark.parametrize(
    ("field", "value"),
    [("indicator", "ander"), ("area_code", "x"), ("area", "Bedacht"), ("period", "2020"), ("breakdown", "groep=a")],
)
def test_a_key_that_differs_in_one_thing(field, value):
    assert len(validate([ROW, replace(ROW, **{field: value})])) == 2


@given(st.permutations([replace(ROW, period=str(year), area=area) for year in (2019, 2020) for area in "abc"]))
@steady
def test_rows_are_sorted_by_key(rows):
    assert validate(rows) == sorted(rows, key=lambda row: row.row[:5])


def test_no_rows_are_no_problem():
    assert validate([]) == []


# Periods


PERIODS = ["2021", "1999", "2020-2021", "2019-2022", "2021-01", "2021-12", "2021-12-31", "2024-02-29"]
NO_PERIODS = [
    "",
    "21",
    "20211",
    "1899",
    "2100",
    "2021-00",
    "2021-13",
    "2021-1",
    "2021-12-32",
    "2021-12-00",
    "2021-12-1",
]
NO_PERIODS += [
    "2021-2021",
    "2021-2020",
    "2020-21",
    "2020/2021",
    "2021-2022-01",
    " 2021",
    "2021\n",
    "2021.0",
    "jaar 2021",
]
NO_DAYS = ["2021-02-29", "2021-02-31", "2021-04-31"]


@pytest.mark.parametrize("text", PERIODS)
def test_a_period(text):
    assert is_period(text)
    assert validate([replace(ROW, period=text)])


@pytest.mark.parametrize("text", NO_PERIODS + NO_DAYS)
def test_no_period(text):
    with wrong("this is no period"):
        validate([replace(ROW, period=text)])
    assert not is_period(text)


# Values and flags


@pytest.mark.parametrize("status", ["", *"bdefpru", "bp", "der"])
def test_a_figure_may_have_these_flags(status):
    assert validate([replace(ROW, status=status)])


@pytest.mark.parametrize("status", ["c", "m", "z", "bm", "cp"])
def test_no_figure_with_a_flag_that_says_why(status):
    assert validate([replace(ROW, value=None, status=status)])


@pytest.mark.parametrize("status", ["c", "m", "z", "bm"])
def test_a_figure_under_a_flag_that_excludes_it(status):
    with wrong("either a figure, or a status"):
        validate([replace(ROW, status=status)])


@pytest.mark.parametrize("status", ["", "b", "ep"])
def test_no_figure_and_no_reason(status):
    with wrong("either a figure, or a status"):
        validate([replace(ROW, value=None, status=status)])


@pytest.mark.parametrize("status", ["q", "B", "bb", "pb", "b p", "?"])
def test_flags_that_do_not_exist_or_are_out_of_order(status):
    with wrong("unknown status flag"):
        validate([replace(ROW, status=status)])


@pytest.mark.parametrize("status", ["cm", "mz", "cz"])
def test_two_reasons_at_once(status):
    with wrong(""):
        validate([replace(ROW, value=None, status=status)])


def test_the_flags_are_eurostats():
    assert "".join(sorted(STATUS)) == "bcdefmpruz"


@pytest.mark.parametrize("value", ["-0.1", "100.1", "1430"])
def test_a_share_outside_0_to_100(value):
    with wrong("a share outside"):
        validate([replace(ROW, indicator="aandeel_fictief", unit="%", value=Decimal(value))])


@pytest.mark.parametrize("value", ["0", "100", "58.2"])
def test_a_share_from_0_to_100(value):
    assert validate([replace(ROW, indicator="aandeel_fictief", unit="%", value=Decimal(value))])


def test_growth_may_be_more_than_100_or_less_than_0():
    rows = [
        replace(ROW, indicator="stijging", unit="%", value=Decimal(v), period=p)
        for v, p in ((150, "2021"), (-5, "2020"))
    ]
    assert validate(rows)


@pytest.mark.parametrize("unit", ["personen", "leerlingen", "aantal", "woningen", "aangiften", "huishoudens", "wagens"])
def test_a_negative_count(unit):
    with wrong("a negative count"):
        validate([replace(ROW, unit=unit, value=Decimal(-1))])


@pytest.mark.parametrize(("unit", "value"), [("EUR", -5), ("%", -5), ("personen", 0)])
def test_what_may_be_negative_or_zero(unit, value):
    assert validate([replace(ROW, unit=unit, value=Decimal(value))])


# Text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((None, ""), ("0", "0"), ("-0", "0"), ("-0.00", "0"), ("100", "100"), ("1E+6", "1000000")),
        *(("58.2", "58.2"), ("58.20", "58.2"), ("-5.50", "-5.5"), ("0.50", "0.5"), ("1E-7", "0.0000001")),
    ],
)
def test_number_text(value, text):
    assert number_text(None if value is None else Decimal(value)) == text


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12))
@steady
def test_number_text_reads_back_and_is_plain(value):
    text = number_text(value)
    assert Decimal(text) == value
    assert not set(text) - set("-0123456789.")


WORD = st.text(st.characters(exclude_characters=";=", categories=["L", "N", "P", "S"]), min_size=1)


@given(st.dictionaries(WORD, st.one_of(WORD, st.just("a=b"), st.just("a b"))))
@steady
def test_a_breakdown_reads_back_and_is_sorted(parts):
    text = breakdown_text(parts)
    assert breakdown_parts(text) == parts
    assert list(breakdown_parts(text)) == sorted(parts)


def test_the_order_of_a_breakdown_does_not_matter():
    assert breakdown_text({"b": "2", "a": "1"}) == breakdown_text({"a": "1", "b": "2"}) == "a=1; b=2"
    assert breakdown_text({}) == ""


@pytest.mark.parametrize("parts", [{"a": "b; c"}, {"a": "b; c=d"}, {"a=b": "c"}, {"a; b": "c"}, {"": "a"}])
def test_a_breakdown_that_would_read_back_as_another(parts):
    with pytest.raises((ValueError, DataError)):
        breakdown_text(parts)


@pytest.mark.parametrize("text", ["=1+1", "+65 jaar", "-", "@sum", "\tx", "'=x", "'", "gewoon", ""])
def test_text_that_would_begin_a_formula_is_kept_from_it_and_comes_back(text):
    row = Observation(text, "", text, "2021", "", Decimal(-5), "EUR", "", "verzonnen.xlsx", text, "B2")
    written = table_bytes([row])
    assert not any(
        cell.startswith(("=", "+", "@", "\t")) for line in csv.reader(written.decode().splitlines()) for cell in line
    )
    assert read_table(written) == [row]
