# SPDX-License-Identifier: EUPL-1.2
"""A number as people type it, read as they mean it; anything else is no number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import steady

from genk_armoede.spreadsheets.numerals import parse_number

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"
MINUS = ["", "-", "–", "−"]


def grouped(digits, separator):
    head = len(digits) % 3 or 3
    return separator.join([digits[:head], *(digits[i : i + 3] for i in range(head, len(digits), 3))])


@st.composite
def flemish(draw):
    """A decimal and one of the ways in which it is written in Flanders."""
    whole = str(draw(st.integers(0, 10**12)))
    decimals = draw(st.text("0123456789", max_size=6))
    minus = draw(st.sampled_from(MINUS))
    separator = draw(st.sampled_from(["", ".", " ", "'", "’", NBSP, NARROW, THIN]))
    room = draw(st.sampled_from(["", " ", NBSP, NARROW, THIN]))
    text = minus + grouped(whole, separator) + ("," + decimals if decimals else "")
    around = [("", ""), ("€" + room, ""), ("", room + "%"), ("", room + "€"), ("", room + "EUR"), (" ", " ")]
    before, after = draw(st.sampled_from(around))
    return before + text + after, Decimal(f"{'-' * bool(minus)}{whole}.{decimals or 0}")


@given(flemish())
@steady
def test_every_flemish_rendering_reads_back(case):
    text, value = case
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("868.230", "868230"),
        ("868230", "868230"),
        ("58,2", "58.2"),
        ("58,2 %", "58.2"),
        ("58,2%", "58.2"),
        ("58,2‰", "58.2"),
        ("87,85 km²", "87.85"),
        ("1.200 euro", "1200"),
        ("€ 1.307.396", "1307396"),
        ("€\u00a0-5,50", "-5.5"),
        ("1\u202f307\u202f396", "1307396"),
        ("0,143", "0.143"),
        ("−0,0", "0"),
        ("1.234.567,891", "1234567.891"),
        ("1'963", "1963"),
        ("12’345’678", "12345678"),
        ("14.485,10", "14485.10"),
        ("1,963.5", "1963.5"),  # can be read in no other way
        ("12,345,678", "12345678"),
        ("1.963", "1963"),
        ("5,00 EUR", "5"),
        ("1 963 €", "1963"),
        ("0", "0"),
        ("-0", "0"),
        ("–5", "-5"),
    ],
)
def test_figures_as_people_type_them(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("58.2", "1.5", "1.96", "12.34.567", "1.0000", "1.000.00", "1234.567", ".5", "5.", "1,", ",5", "1,5.000"),
        *("", " ", "abc", "1,2,3", "1/2", "1e3", "12 of 13", "<5", "5-10", "±5", "NaN", "oneindig", "1_000"),
        *("-", "--5", "5-", "+-5", "%", "€", "€ €5", "5%%", "12 personen", "(5)", "5 (1)", "$5", "$ 5"),
        *("0.143", "0.582", "00.001", "012.345", "1.307\u00a0396", "1\u202f307.396", "1'963.000", "1’963 000"),
        *("-00", "00", "007", "02000", "0000", "01,5", "- 5", "5 -", "€ 5 %", "€ 5 €", "€5%", "5 % EUR", "EUR 5"),
        *("1.963 à 2.000", "5–10", "1-5", "tussen 5 en 10", "< 5", "> 5", "≤5", "5+", "1/5", "1e5", "1E+05", "0x10"),
        *("1,96.5", "12,345,67", "01,963.5", "1,5 1,5", "½", "²", "５", "1\n5", "1\t963", "11002E521", "71016A4OB"),
        *("12 15", "1 2 3", "58 2", "3815 58,2", "5 , 5", "- 5 5"),
        "٣",
    ],
)
def test_anything_else_is_no_number(text):
    with pytest.raises(ValueError):
        parse_number(text)


@given(st.decimals(-(10**9), 10**9, places=2))
@steady
def test_a_decimal_point_is_never_taken_for_a_decimal_comma(value):
    text = str(value)
    with pytest.raises(ValueError):
        parse_number(text)
