# SPDX-License-Identifier: EUPL-1.2
"""One cell: an exact number, or a mark that says why there is none; nothing in between."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import NAME, SHEET, refused, steady

from genk_armoede.observations import number_text
from genk_armoede.spreadsheet import Cell, Sheet
from genk_armoede.values import MARKS, SWING_MARKS, parse_number, read_value, split_label

NBSP, NARROW, THIN = "\u00a0", "\u202f", "\u2009"


def read(value, unit="personen", marks=MARKS, number_format="General"):
    return read_value(Sheet(NAME, SHEET), Cell(7, 3, value, number_format), unit, marks)


def wrong(problem):
    return refused(problem, sheet=SHEET, cell="C7")


# Figures as text


def grouped(digits, separator):
    head = len(digits) % 3 or 3
    return separator.join([digits[:head], *(digits[i : i + 3] for i in range(head, len(digits), 3))])


@st.composite
def flemish(draw):
    """A decimal and one of the ways in which it is written in Flanders."""
    whole = str(draw(st.integers(0, 10**12)))
    decimals = draw(st.text("0123456789", max_size=6))
    minus = draw(st.sampled_from(["", "-", "–", "−"]))
    separator = draw(st.sampled_from(["", ".", NBSP, NARROW, THIN]))
    room = draw(st.sampled_from(["", " ", NBSP, NARROW, THIN]))
    text = minus + grouped(whole, separator) + ("," + decimals if decimals else "")
    before, after = draw(st.sampled_from([("", ""), ("€" + room, ""), ("", room + "%"), (" ", " ")]))
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
        ("€ 1.307.396", "1307396"),
        ("€\u00a0-5,50", "-5.5"),
        ("1\u202f307\u202f396", "1307396"),
        ("0,143", "0.143"),
        ("−0,0", "0"),
        ("1.234.567,891", "1234567.891"),
        ("0", "0"),
    ],
)
def test_figures_as_people_type_them(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        *("58.2", "1.5", "1.96", "12.34.567", "1.0000", "1.000.00", "1234.567", ".5", "5.", "1,", ",5", "1,5.000"),
        *("", " ", "abc", "1,2,3", "1/2", "1e3", "12 of 13", "<5", "5-10", "±5", "NaN", "oneindig", "1_000"),
        *("-", "--5", "5-", "+5", "%", "€", "€ €5", "5%%", "58,2‰", "12 personen", "(5)", "5 (1)", "$5", "1’000"),
        *("0.143", "0.582", "00.001", "012.345", "1.307\u00a0396", "1\u202f307.396"),
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


# Figures as numbers


@pytest.mark.parametrize(
    ("fraction", "shown"),
    [(0.143, "14.3"), (0.07, "7"), (0.5795, "57.95"), (0.582, "58.2"), (0.598, "59.8"), (0, "0"), (1, "100")],
)
@pytest.mark.parametrize("number_format", ["0.0%", "#0.0#%", "0%"])
def test_a_fraction_shown_as_a_percentage(fraction, shown, number_format):
    value, status = read(fraction, "%", number_format=number_format)
    assert (number_text(value), status) == (shown, "")


def test_no_fraction_of_four_decimals_gets_binary_noise():
    for n in range(-10_000, 10_001):
        value, _ = read(n / 10_000, "%", number_format="0.00%")
        assert value == Decimal(n) / 100
        assert len(number_text(value)) <= len("-99.99")


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 6))
@steady
def test_fifteen_digits_come_through(digits, places):
    exact = Decimal(digits).scaleb(-places)
    assert read(float(exact), "EUR")[0] == exact


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3815, "3815"),
        (3815.0, "3815"),
        (0.1 + 0.2, "0.3"),
        (1e6, "1000000"),
        (-0.0, "0"),
        (0, "0"),
        (2**60, str(2**60)),
    ],
)
def test_a_number_is_what_it_is(value, text):
    read_back, status = read(value)
    assert (number_text(read_back), status) == (text, "")


def test_a_percent_number_without_percent_format_is_not_multiplied():
    assert read(46.8, "%", number_format="#,##0.0")[0] == Decimal("46.8")


@pytest.mark.parametrize("unit", ["personen", "EUR", "‰", ""])
def test_a_percent_format_under_another_unit(unit):
    with wrong("shown as a percentage"):
        read(0.143, unit, number_format="0.0%")


@pytest.mark.parametrize(("text", "unit"), [("58,2 %", "personen"), ("5%", "EUR"), ("€ 5", "%"), ("€ 5", "leerlingen")])
def test_text_that_names_another_unit(text, unit):
    with wrong(""):
        read(text, unit)


# Marks, and what is neither


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        *((None, "m"), ("", "m"), ("  ", "m"), (NBSP, "m"), ("-", "m"), ("?", "m"), ("n.b.", "m")),
        *(("x", "c"), ("X", "c"), (" vertrouwelijk ", "c"), ("Niet  gepubliceerd", "m")),
        *(("nvt", "z"), ("NVT", "z"), ("n.v.t.", "z")),
    ],
)
def test_a_mark_is_never_a_number(mark, status):
    assert read(mark) == (None, status)


@pytest.mark.parametrize("text", ["abc", "58.2", "3815 ?", "12 x", "<5", "..", "VS", "#N/A", "#DIV/0!", "ca. 12", "–"])
@pytest.mark.parametrize("unit", ["personen", "%", ""])
def test_text_under_a_unit_is_refused(text, unit):
    with wrong("text where a number belongs"):
        read(text, unit)


def test_a_blank_is_no_mark_of_swing():
    with wrong("text where a number belongs"):
        read(None, marks=SWING_MARKS)


def test_a_refusal_says_what_would_do():
    with refused("text", sheet=SHEET, cell="C7", mention="a number of personen, or one of: -, x, nvt"):
        read("abc")


@pytest.mark.parametrize(
    "value",
    [True, False, datetime.datetime(2021, 1, 1), datetime.date(2021, 1, 1), datetime.time(1), datetime.timedelta(1)],
)
def test_dates_and_yes_or_no_are_refused(value):
    with wrong("a date or yes/no"):
        read(value)


@pytest.mark.parametrize("value", [-99996, -99997, -99998, -99999.0])
@pytest.mark.parametrize("unit", ["EUR", "%"])
def test_a_numeric_mark_of_swing_is_no_figure(value, unit):
    assert read(value, unit, SWING_MARKS)[0] is None


def test_in_a_table_typed_by_hand_a_numeric_mark_is_a_figure():
    assert read(-99997, "EUR", MARKS) == (Decimal(-99997), "")


# Labels


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("Fictief", ("Fictief", "", [])),
        ("Fictief [personen]", ("Fictief", "personen", [])),
        ("Fictief [ % ] (1)", ("Fictief", "%", ["(1)"])),
        ("Fictief (1) [EUR per inwoner] (2)", ("Fictief", "EUR per inwoner", ["(1)", "(2)"])),
        ("Fictief (jaargemiddelde) [%]", ("Fictief (jaargemiddelde)", "%", [])),
        ("2019-2020 (1)", ("2019-2020", "", ["(1)"])),
        ("[personen]", ("", "personen", [])),
        ("Fictief []", ("Fictief []", "", [])),
        ("", ("", "", [])),
        ("Fictief (2011) [personen]", ("Fictief (2011)", "personen", [])),
    ],
)
def test_a_label_its_unit_and_its_footnotes(label, parts):
    assert split_label(label) == parts
