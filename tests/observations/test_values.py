# SPDX-License-Identifier: EUPL-1.2
"""One cell: an exact number, or a mark that says why there is none; nothing in between."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import NAME, SHEET, refused, steady

from genk_armoede.observations.marks import MARKS, SWING_MARKS
from genk_armoede.observations.observation import number_text
from genk_armoede.observations.values import (
    check_fractions,
    check_numbers,
    is_money,
    is_number,
    is_plain_number,
    read_value,
    unit_shown,
)
from genk_armoede.spreadsheets.cells import Cell, Sheet, Style

NBSP = "\u00a0"


def read(value, unit="personen", marks=MARKS, number_format="General"):
    return read_value(Sheet(NAME, SHEET), Cell(7, 3, value, Style(number_format)), unit, marks)


def wrong(problem):
    return refused(problem, sheet=SHEET, cell="C7")


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


@pytest.mark.parametrize("unit", ["personen", "EUR", "‰", "aantal", "1.000 EUR"])
@pytest.mark.parametrize("number_format", ["0.0%", "0.0\\ %", '0.0" %"', "0.0\\%", "[Red]0%;[Blue]-0%"])
def test_a_percent_format_under_another_unit(unit, number_format):
    with wrong("shown as a percentage"):
        read(0.143, unit, number_format=number_format)


def test_where_the_unit_is_not_known_the_number_format_tells_it():
    assert read(0.143, "", number_format="0.0%")[0] == Decimal("14.3")
    assert unit_shown(Cell(1, 1, 0.143, Style("0.0%"))) == "%"


@pytest.mark.parametrize("number_format", ['0.0" %"', "0.0\\%"])
def test_a_percent_sign_that_is_only_text_multiplies_nothing(number_format):
    """Excel shows 14.3 % for a stored 14.3 when the sign is in quotes or behind a backslash."""
    assert read(14.3, "%", number_format=number_format)[0] == Decimal("14.3")
    assert unit_shown(Cell(1, 1, 14.3, Style(number_format))) == "%"


BELGIAN_COMMA_STYLE = '_-* #,##0.00\\ _€_-;\\-* #,##0.00\\ _€_-;_-* "-"??\\ _€_-;_-@_-'
MONEY_FORMATS = ["€ #,##0", '#,##0.00\\ "€"', "[$€-813] #,##0.00", "#,##0\\ [$EUR]", '0 "EUR"', "#,##0.00 €"]


@pytest.mark.parametrize("unit", ["personen", "%", ""])
def test_room_for_a_euro_sign_is_no_euro_sign(unit):
    """The comma style of a Belgian Excel leaves the width of a € behind each number."""
    assert read(12, unit, number_format=BELGIAN_COMMA_STYLE)[0] == 12
    assert unit_shown(Cell(1, 1, 12, Style(BELGIAN_COMMA_STYLE))) == ""


@pytest.mark.parametrize("number_format", MONEY_FORMATS)
def test_an_amount_of_money_by_its_format(number_format):
    assert unit_shown(Cell(1, 1, 12, Style(number_format))) == "EUR"
    for unit in ("EUR", "1.000 EUR", "EUR per inwoner", ""):
        assert read(12, unit, number_format=number_format)[0] == 12
    for unit in ("personen", "%", "aantal"):
        with wrong("shown as an amount of money"):
            read(12, unit, number_format=number_format)


@pytest.mark.parametrize("number_format", ["$#,##0", "[$$-409]#,##0", "[$£-809]0.00", '0 "CHF"', "[$BEF] 0"])
@pytest.mark.parametrize("unit", ["EUR", "", "personen"])
def test_an_amount_of_other_money(number_format, unit):
    with wrong("shown in other money than euro"):
        read(12, unit, number_format=number_format)


@pytest.mark.parametrize(
    "number_format", ["#,##0,", "0.0,,", "#,", '0.0 "mln"', '#,##0 "k€"', '0" miljoen";-0" miljoen"', '0.0,"mln"']
)
@pytest.mark.parametrize("unit", ["EUR", "", "miljard EUR"])
def test_a_number_format_that_shows_thousands_or_millions(number_format, unit):
    """A stored 1963000 under `#,##0,` is shown as 1.963: which of the two the header means, nobody knows."""
    with wrong("shown in thousands or millions"):
        read(1963000, unit, number_format=number_format)


@pytest.mark.parametrize(
    ("number_format", "unit", "value"),
    [
        ('#,##0,"k€"', "EUR", "1963000"),  # shown as 1.963 k€
        ('0.0,, "mln"', "", "1963000"),
        ("#,##0,", "1.000 EUR", "1963"),
        ("0.0,,", "miljoen EUR", "1.963"),
    ],
)
def test_a_number_format_that_says_what_it_shows(number_format, unit, value):
    assert read(1963000, unit, number_format=number_format)[0] == Decimal(value)


@pytest.mark.parametrize(
    ("value", "number_format", "status"),
    [
        (3, '[<5]"<5";0', "c"),
        (3, '[Red][<5]"< 5";[>=5]0', "c"),
        (3, '"x"', "c"),
        (0, '[=0]"nvt";0', "z"),
        (-3, '0;"-"', "m"),
        (12, '0;"x;";\\-', ""),
        (0, '0;0;"-"', ""),
        (0, "0;0;;@", ""),
        (5, '[<5]"<5";0', ""),
    ],
)
def test_what_a_number_format_shows_in_place_of_a_number(value, number_format, status):
    assert read(value, number_format=number_format) == (None if status else value, status)


@pytest.mark.parametrize("number_format", ['"veel"', '"<"0', '"≥ "0', '0"+"', '"ca. "0', '[>2]"veel";0'])
def test_a_number_format_that_shows_another_number(number_format):
    with refused("shown ", sheet=SHEET, cell="C7", mention="by its number format"):
        read(3, number_format=number_format)


@pytest.mark.parametrize(
    "number_format", ["#,##0", "#,###", "#,##0.00", "# ##0", '0 "kinderen"', "0.00E+00", '"(1,"0")"', "00000", "0.0;;"]
)
def test_other_number_formats_change_nothing(number_format):
    assert read(1963, "personen", number_format=number_format)[0] == 1963


def test_more_than_a_thousand_percent_is_a_percent_number_under_a_percent_format():
    with refused("more than a thousand percent", sheet=SHEET, cell="C7", mention="58.2, shown as 5820"):
        read(58.2, "%", number_format="0.0%")
    assert read(10, "%", number_format="0%")[0] == 1000


@pytest.mark.parametrize(("text", "unit"), [("58,2 %", "personen"), ("5%", "EUR"), ("€ 5", "%"), ("€ 5", "leerlingen")])
def test_text_that_names_another_unit(text, unit):
    with wrong(""):
        read(text, unit)


# Marks, and what is neither


@pytest.mark.parametrize(
    ("mark", "status"),
    [
        *((None, "m"), ("", "m"), ("  ", "m"), (NBSP, "m"), ("-", "m"), ("?", "m"), ("n.b.", "m")),
        *(("x", "c"), ("X", "c"), (" vertrouwelijk ", "c"), ("Niet  gepubliceerd", "m"), ("[c]", "c")),
        *(("nvt", "z"), ("NVT", "z"), ("n.v.t.", "z"), ("ND", "m"), ("..", "m"), ("…", "m"), (":", "m"), ("–", "m")),
        *(("<5", "c"), ("< 5", "c"), ("<10", "c"), ("<20", "c"), ("<2", "c"), ("<" + NBSP + "5", "c")),
    ],
)
def test_a_mark_is_never_a_number(mark, status):
    assert read(mark) == (None, status)


@pytest.mark.parametrize(
    "text",
    [
        *("abc", "58.2", "3815 ?", "12 x", "VS", "ca. 12", "12*", "[12]", "x5", "5x", "-x", "--", "***"),
        *("<0", "<1", "<21", "<100", "<5,5", "<-5", ">5", "≤5", "< 5 %", "<5 personen", "5-10", "1–5", "5 tot 10"),
        *("#N", "N/A", "None", "nul", "true", "1-mei", "2021-05-01"),
    ],
)
@pytest.mark.parametrize("unit", ["personen", "%", ""])
def test_text_under_a_unit_is_refused(text, unit):
    with wrong("" if "%" in text else "text where a number belongs"):
        read(text, unit)


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"])
@pytest.mark.parametrize("unit", ["personen", "%", ""])
def test_an_error_of_excel_is_no_mark(text, unit):
    with refused("an error where a number belongs", sheet=SHEET, cell="C7", mention=text):
        read(text, unit)


@pytest.mark.parametrize("text", ["n.b.", "nd", "", "..", "–", "*", "<5", "[c]"])
def test_marks_of_others_are_no_marks_of_swing(text):
    with wrong("text where a number belongs"):
        read(text, marks=SWING_MARKS)


def test_a_blank_is_no_mark_of_swing():
    with wrong("text where a number belongs"):
        read(None, marks=SWING_MARKS)


def test_a_refusal_says_what_would_do():
    with refused("text", sheet=SHEET, cell="C7", mention="a number of personen, or one of: -, x, nvt"):
        read("abc")


def test_a_refusal_names_the_marks_of_the_file_itself():
    with refused("text", sheet=SHEET, cell="C7", mention="n.b., nb, geh., …"):
        read("abc", marks=MARKS | {"geh.": "c"})


def test_a_refusal_that_offers_flags_says_what_they_mean():
    with refused("text", sheet=SHEET, cell="C7", mention="c (confidential), m (no figure) or z (not applicable)"):
        read("te klein")


@pytest.mark.parametrize(
    "value", [True, False, datetime.datetime(2021, 1, 1), datetime.date(2021, 1, 1), datetime.time(1)]
)
def test_dates_and_yes_or_no_are_refused(value):
    with wrong("a date or yes/no"):
        read(value)


@pytest.mark.parametrize(
    ("number_format", "unit", "expected"),
    [
        ("[h]:mm:ss", "", "36.48"),  # hours, as they are shown
        ("[mm]:ss", "", "2188.8"),
        ("[h]:mm:ss", "minuten", "2188.8"),  # the header goes before
        ("hh:mm:ss", "dagen", "1.52"),
    ],
)
def test_a_duration_in_the_unit_of_its_header_or_of_its_format(number_format, unit, expected):
    length = datetime.timedelta(hours=36, minutes=28, seconds=48)
    assert read(length, unit, number_format=number_format) == (Decimal(expected), "")


@pytest.mark.parametrize(("number_format", "unit"), [("hh:mm", ""), ("[h]:mm", "aantal")])
def test_a_duration_that_can_be_a_time_of_the_day_or_is_of_another_unit(number_format, unit):
    with wrong("a duration"):
        read(datetime.timedelta(hours=8), unit, number_format=number_format)


@pytest.mark.parametrize("value", [-99996, -99997, -99998, -99999.0])
@pytest.mark.parametrize("unit", ["EUR", "%"])
def test_a_numeric_mark_of_swing_is_no_figure(value, unit):
    assert read(value, unit, SWING_MARKS)[0] is None


@pytest.mark.parametrize(("text", "status"), [("-99996", "m"), ("-99997", "c"), ("-99998", "z"), ("-99999", "m")])
@pytest.mark.parametrize("written", ["{}", "{},0", "{},00", " {} "])
def test_a_numeric_mark_of_swing_as_text(text, status, written):
    assert read(written.format(text), "EUR", SWING_MARKS) == (None, status)
    assert read(written.format(text).replace("-99", "–99."), "EUR", SWING_MARKS) == (None, status)


@pytest.mark.parametrize("value", ["-99997,4", "-99996,6", -99997.4, -99995, -999970, 99997, "99997"])
def test_a_number_near_a_mark_is_a_figure(value):
    found, status = read(value, "EUR", SWING_MARKS)
    assert status == "" and found == Decimal(str(value).replace(",", "."))


def test_in_a_table_typed_by_hand_a_numeric_mark_is_a_figure():
    assert read(-99997, "EUR", MARKS) == (Decimal(-99997), "")


@pytest.mark.parametrize("value", [9, 9.0, "9", "9,0"])
def test_a_number_that_the_sheet_itself_explains_as_a_mark_is_no_figure(value):
    assert read(value, "EUR", MARKS | {"9": "m"}) == (None, "m")
    assert read(99, "EUR", MARKS | {"9": "m"}) == (99, "")


# A column that can be read two ways


def column(*values, unit="", certain=False, number_format="General", delimiter=""):
    cells = [Cell(row, 2, value, Style(number_format)) for row, value in enumerate(values, start=1)]
    sheet = Sheet(NAME, SHEET, delimiter=delimiter)
    check_numbers(sheet, cells, unit, certain)
    if unit == "%":
        check_fractions(sheet, [cell for cell in cells if is_plain_number(cell.value)])


@pytest.mark.parametrize(
    ("values", "unit"),
    [
        (("1.963", "2.104"), "aantal"),
        (("1.963", "454"), "personen"),
        (("1.963",), "EUR"),
        (("€ 1.963", "€ 454"), "EUR"),
        (("14.485,10", "1.963,00"), ""),
        (("1.963", "1.307.396"), ""),
        (("1.963", "454", "5,5"), ""),
        (("1,963", "5,5"), "%"),
        (("1,963", "0,5", "12,25"), ""),
        (("454", "5,5"), ""),
        (("1.963", "x", "-"), "aantal"),
        (("14.485,10",), ""),
        ((1963, 2104.5), ""),
        ((None, "x"), ""),
    ],
)
def test_what_settles_how_a_column_is_read(values, unit):
    column(*values, unit=unit)


@pytest.mark.parametrize(
    ("values", "unit", "cell", "both"),
    [
        (("1.963", "2.104"), "", "B1", "1963, or 1,963"),
        (("454", "1.963"), "", "B2", "1963, or 1,963"),
        (("1.963",), "%", "B1", "1963, or 1,963"),
        (("1.963 %", "2.104 %"), "%", "B1", "1963, or 1,963"),
        (("1.963", "1963"), "aantal", "B1", "1963, or 1,963"),
        (("1.963", "2104", "5,5"), "", "B1", "1963, or 1,963"),
        (("1,963", "2,104"), "", "B1", "1963, or 1,963"),
        (("1,963", "12"), "aantal", "B1", "1963, or 1,963"),
        (("5,5", "1,963"), "EUR", "B2", "1963, or 1,963"),
        (("30000,5", "12,500"), "", "B2", "12500, or 12,500"),
        (("5,5", "1.963"), "", "B2", "1963, or 1,963"),
        (("14.485,10", "1.963"), "", "B2", "1963, or 1,963"),
        (("–1.963",), "", "B1", "–1963, or –1,963"),
        (("1.963 EUR", "2.104 EUR", "1963 EUR"), "EUR", "B1", "1963, or 1,963"),
    ],
)
def test_a_column_that_can_be_read_two_ways(values, unit, cell, both):
    with refused("a number that can be read two ways", sheet=SHEET, cell=cell, mention=f"{both} with three decimals"):
        column(*values, unit=unit)


def test_a_publisher_that_is_known_to_write_flemish():
    column("1.963", "2.104", certain=True)
    column("1,963", "2,104", certain=True)
    with refused("a number that can be read two ways", sheet=SHEET, cell="B1"):
        column("1,963", "2.104", certain=True)


def test_a_file_with_semicolons_is_flemish_where_one_of_its_figures_shows_it():
    """Programs write semicolons between figures with decimal points too."""
    column("1.963", "454", delimiter=";")
    column("1,963", "2,104", delimiter=";")
    for values in (("1.963", "2.104"), ("1.963", "0"), ("1.963",)):
        with refused("a number that can be read two ways", sheet=SHEET, cell="B1"):
            column(*values, delimiter=";")
    with refused("a number that can be read two ways", sheet=SHEET, cell="B1"):
        column("1.963", "454", unit="%", delimiter=";")
    with refused("a number that can be read two ways", sheet=SHEET, cell="B1"):
        column("1.963", "454", delimiter=",")


@pytest.mark.parametrize("unit", ["%", "‰"])
def test_even_there_nobody_expects_1963_percent(unit):
    with refused("a number that can be read two ways", sheet=SHEET, cell="B1"):
        column("1.963", "2.104", unit=unit, certain=True)


@pytest.mark.parametrize("values", [(0.143, 0.5), (0.143, 1), (0.143, 0), (-0.143, 0.2)])
def test_fractions_under_a_percent_header_without_a_percent_format(values):
    with refused(
        "a percentage that can be read two ways", sheet=SHEET, cell="B1", mention=f"{values[0]} %, or the fraction of"
    ):
        column(*values, unit="%")


def test_percent_numbers_under_a_percent_header():
    column(0.5, 14.3, 58, unit="%")
    column(14.3, 58.2, unit="%")
    column(0, 1, 0, unit="%")
    column(0.143, 0.5, unit="%", number_format="0.0%")
    column(0.143, 0.5, unit="EUR")


def test_a_fraction_between_others_that_have_a_percent_format():
    cells = [Cell(1, 2, 0.143, Style("0.0%")), Cell(2, 2, 0.5)]
    with refused("a percentage that can be read two ways", sheet=SHEET, cell="B2"):
        check_fractions(Sheet(NAME, SHEET), cells)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *((5, True), (5.5, True), ("1.963", True), ("58,2 %", True), ("-99997", True), (True, False), ("x", False)),
        *(("58.2", False), (None, False), (datetime.datetime(2021, 1, 1), False), ("2021-01", False), ("#N/A", False)),
    ],
)
def test_what_counts_as_a_number(value, number):
    assert is_number(Cell(1, 1, value)) is number


@pytest.mark.parametrize("unit", ["Europese inwoners", "neuronen", "directeurs", "Eurozone"])
def test_what_only_begins_as_euro_is_no_money(unit):
    assert not is_money(unit)
    assert all(map(is_money, ("€ 5", "EUR per inwoner", "1.000 EUR", "miljoen euro", "kEUR")))
