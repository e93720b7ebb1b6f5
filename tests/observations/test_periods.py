# SPDX-License-Identifier: EUPL-1.2
"""A period in each way that it is written, and what is none."""

import datetime

import pytest
from babel.dates import get_month_names
from hypothesis import given
from hypothesis import strategies as st
from workbooks import steady

from genk_armoede.observations.month_names import MONTHS, SHORT_MONTHS
from genk_armoede.observations.periods import is_period, period_text, periods_in, read_period
from genk_armoede.spreadsheets.cells import Cell, Style

NBSP = "\u00a0"


@pytest.mark.parametrize("shown", ["01/02/2021 - 30/04/2021", "31/12/2021 - 01/01/2021", "31/02/2021 - 31/12/2021"])
def test_a_span_of_days_that_is_no_period(shown):
    assert read_period(shown) == ""


@pytest.mark.parametrize(
    ("shown", "period"),
    [
        (2021, "2021"),
        (2021.0, "2021"),
        ("2021", "2021"),
        (" 2021 ", "2021"),
        ("Inkomstenjaar 2014", "2014"),
        ("schooljaar 2019 - 2020", "2019-2020"),
        ("2019/2020", "2019-2020"),
        ("2019\u20112020", "2019-2020"),  # a hyphen that does not break
        ("2019 \u2014 2020", "2019-2020"),
        ("2011\u221212", "2011-2012"),
        ("2011\u201112", "2011-2012"),
        ("2019–2020", "2019-2020"),
        ("2019-20", "2019-2020"),
        ("2019/20", "2019-2020"),
        ("2011/12", "2011-2012"),
        ("1999/00", "1999-2000"),
        ("2019-21", "2019-2021"),
        ("1997-00", "1997-2000"),
        ("1998-01", "1998-01"),
        ("2021-12", "2021-12"),
        ("12/2021", "2021-12"),
        ("2021M03", "2021-03"),
        ("jan 2021", "2021-01"),
        ("jan. 2021", "2021-01"),
        ("Sept 2021", "2021-09"),
        ("december 2021", "2021-12"),
        ("2021 maart", "2021-03"),
        ("Q4 2022", "2022-Q4"),
        ("2022Q4", "2022-Q4"),
        ("2022-Q4", "2022-Q4"),
        ("K1 2022", "2022-Q1"),
        ("4e kwartaal 2022", "2022-Q4"),
        ("1ste kwartaal van 2022", "2022-Q1"),
        ("2022 - 3de kwartaal", "2022-Q3"),
        ("kwartaal 2 2022", "2022-Q2"),
        ("31/12/2021", "2021-12-31"),
        ("1/9/2020 t.e.m. 31/8/2021", "2020-2021"),
        ("van 1 juli tot 31 december 2022", "2022-S2"),
        ("1 januari 2021 – 31 maart 2021", "2021-Q1"),
        ("01/02/2021 - 28/02/2021", "2021-02"),
        ("1-5-2021", "2021-05-01"),
        ("31 december 2021", "2021-12-31"),
        ("toestand op 1 januari 2021", "2021-01-01"),
        ("op 01/01/2021", "2021-01-01"),
    ],
)
def test_a_period(shown, period):
    assert read_period(Cell(1, 1, shown)) == period
    assert is_period(period)


@pytest.mark.parametrize(
    "shown",
    [
        *("", None, True, 21, 1899, 2100, 20210, 2021.5, "1,5", "2021,0", "2.021", "2 021", "'21", "2021x", "jaar"),
        *(
            "2021-2019",
            "2021-2021",
            "2019/05",
            "2010–12",
            "2010-49",
            "2021/12",
            "2021-13",
            "13/2021",
            "32/12/2021",
            "12/31/2021",
            "31/2/2021",
        ),
        *("2021-Q5", "5e kwartaal 2022", "foo 2021", "januari", "2020, 2021", "2021 (1)", "eind 2021", "1-5", "5 2021"),
    ],
)
def test_what_is_no_period(shown):
    assert read_period(Cell(1, 1, shown)) == ""


@pytest.mark.parametrize(
    ("number_format", "period"),
    [
        *(("dd/mm/yyyy", "2021-05-01"), ("mm-dd-yy", "2021-05-01"), ("[$-813]d mmmm yyyy;@", "2021-05-01")),
        *(("General", "2021-05-01"), ("mmm-yy", "2021-05"), ("yyyy/mm", "2021-05"), ("yyyy", "2021")),
        # Excel makes a date of `1-5`, and shows it without the year that it adds.
        *(("d-mmm", ""), ("d/m", ""), ("mmmm", ""), ('dd "yyyy"', "")),
    ],
)
def test_of_a_date_only_what_is_shown_counts(number_format, period):
    assert read_period(Cell(1, 1, datetime.datetime(2021, 5, 1), Style(number_format))) == period


@st.composite
def rendered_period(draw):
    """A period and one of the ways in which it is written in Flanders."""
    year, month, quarter = draw(st.integers(1900, 2098)), draw(st.integers(1, 12)), draw(st.integers(1, 4))
    day = draw(st.integers(1, 28))
    name = MONTHS[month - 1]
    ways = {
        f"{year}": [f"{year}", year, float(year), f"Jaar {year}", f"Boekjaar {year}", f"  {year}{NBSP}"],
        f"{year}-{year + 1}": [
            f"{year}-{year + 1}",
            f"{year}/{year + 1}",
            f"{year} – {year + 1}",
            f"{year}/{(year + 1) % 100:02}",
        ],
        f"{year}-Q{quarter}": [
            f"{year}Q{quarter}",
            f"Q{quarter} {year}",
            f"{quarter}e kwartaal {year}",
            f"k{quarter}/{year}",
        ],
        f"{year}-{month:02}": [
            f"{year}-{month:02}",
            f"{month}/{year}",
            f"{name} {year}",
            f"{name[:3]} {year}" if month not in (3,) else f"mrt {year}",
            f"{name.upper()} {year}",
        ],
        f"{year}-{month:02}-{day:02}": [
            f"{day}/{month}/{year}",
            f"{day:02}-{month:02}-{year}",
            f"{day} {name} {year}",
            datetime.datetime(year, month, day),
            datetime.date(year, month, day),
        ],
    }
    period = draw(st.sampled_from(sorted(ways)))
    return draw(st.sampled_from(ways[period])), period


@given(rendered_period())
@steady
def test_every_rendering_of_a_period_reads_back(case):
    shown, period = case
    assert read_period(Cell(1, 1, shown)) == period
    assert read_period(Cell(1, 1, period)) == period


@pytest.mark.parametrize(
    ("title", "periods"),
    [
        ("Cijfers 2021", ["2021"]),
        ("Cijfers 2019-2020 en 2021", ["2019-2020", "2021"]),
        ("Cijfers 2019 – 2020", ["2019-2020"]),
        ("toestand op 31/12/2021", ["2021-12-31"]),
        ("leden van 1 juli 2022 tot 31 december 2022", ["2022-S2"]),
        ("leden van 3 maart tot 5 mei 2021", []),
        ("Situatie op 1 januari 2022 (voorlopig)", ["2022-01-01"]),
        ("Maand: december 2023", ["2023-12"]),
        ("Faillissementen, 4e kwartaal 2023; Q1 2024", ["2023", "2024"]),
        ("Faillissementen, 4e kwartaal 2023", ["2023-Q4"]),
        ("van januari tot december 2021", ["2021"]),
        ("Q1 – Q4 2021", ["2021"]),
        ("Leerlingen 2011-12", ["2011-12", "2011-2012"]),
        ("Leerlingen 2019-20", ["2019-2020"]),
        ("2021 en nog eens 2021", ["2021"]),
        ("14.485 of 2.021 of 12021 of 2021,5 of 1.2021", []),
    ],
)
def test_periods_in_a_title(title, periods):
    assert periods_in(title) == periods


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2021", "2021"),
        ("2020-2021", "2020–2021"),
        ("2020-05", "mei 2020"),
        ("2021-01-31", "31 januari 2021"),
        ("2026-Q1", "eerste kwartaal van 2026"),
        ("2026-Q4", "vierde kwartaal van 2026"),
    ],
)
def test_a_period_in_words(period, words):
    assert period_text(period) == words


@pytest.mark.parametrize(("width", "names"), [("wide", MONTHS), ("abbreviated", SHORT_MONTHS)])
def test_months_are_those_of_babel(width, names):
    assert names == tuple(get_month_names(width, locale="nl_BE").values())
