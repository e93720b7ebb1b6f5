# SPDX-License-Identifier: EUPL-1.2
"""Figures of other tables that count the same people are linked by what they mean, or refused. All are invented."""

from dataclasses import replace

import pytest
from invented import CITY, COUNT, OTHER, city, policy, published, row

from genk_armoede.errors import DataError

HOW = policy(known={OTHER: COUNT}, protected_by_publisher=["elders"])
ROWS = [row("w0", 3), row("w1", 8), row("w2", 30)]


def hidden(elsewhere, rows=ROWS):
    shown = published(rows, city(3), HOW, elsewhere=elsewhere)
    return {one.area_code for one in shown if one.value is None}


def other(period="2021", **fields):
    return replace(row(CITY, 41, indicator=OTHER, period=period), **fields)


def test_without_a_total_elsewhere_one_goes():
    assert hidden([]) == hidden([other("2020")]) == hidden([other("2020-12-31")]) == {"w0"}


@pytest.mark.parametrize("period", ["2021", "2021-12", "2021-12-31", "2021-Q4"])
def test_a_total_of_the_same_year_is_seen_however_its_period_is_written(period):
    assert hidden([other(period)]) == {"w0", "w1"}


def test_a_year_elsewhere_is_seen_beside_a_day_here():
    rows = [replace(one, period="2021-12-31") for one in ROWS]
    assert hidden([other("2021")], rows) == {"w0", "w1"}


@pytest.mark.parametrize("name", ["Genk", "genk", "Verzonnen w1"])
def test_a_place_without_code_is_found_by_its_name(name):
    value = 41 if name.casefold() == "genk" else 8
    elsewhere = [replace(row("", value, indicator=OTHER), area=name)]
    assert hidden(elsewhere) == ({"w0", "w1"} if value == 41 else {"w0"})


def test_a_place_that_nobody_knows_is_refused():
    with pytest.raises(DataError, match="has no code") as caught:
        hidden([other(area_code="", area="Verzonnen elders")])
    assert "known" in caught.value.do
    assert hidden([other("2019", area_code="", area="Verzonnen elders")]) == {"w0"}  # of another time
    assert hidden([other(area_code="71022")]) == {"w0"}  # another place by its code


def test_two_that_may_be_the_same_are_refused():
    with pytest.raises(DataError, match="may both be 2021"):
        hidden([other("2021-06"), other("2021-12")])
    rows = [replace(one, period=period) for one in ROWS for period in ("2021-06", "2021-12")]
    with pytest.raises(DataError, match="may be the same as that of 2021-06, 2021-12"):
        hidden([other("2021")], rows)


def test_a_figure_that_says_otherwise_is_refused():
    with pytest.raises(DataError, match="says otherwise"):
        hidden([other("2021-12-31")], [*ROWS, row(CITY, 42), row("71016ZZZZ", 1)])


def test_of_two_days_in_a_month_the_one_that_is_written_is_meant():
    rows = [replace(one, period=period) for one in ROWS for period in ("2021-12-01", "2021-12-31")]
    shown = published(rows, city(3), HOW, elsewhere=[other("2021-12-31")])
    hidden_at = {(one.period, one.area_code) for one in shown if one.value is None}
    assert hidden_at == {("2021-12-01", "w0"), ("2021-12-31", "w0"), ("2021-12-31", "w1")}


def test_a_part_of_the_city_without_code_is_known_by_its_name():
    """The stadsdeel d0 has the wijken w0 and w2, the other has w1."""
    elsewhere = [replace(row("", n, indicator=OTHER), area=name) for name, n in (("d0", 33), ("d1", 8))]
    shown = published(ROWS, city(3, 1, 2), HOW, elsewhere=elsewhere)
    assert {one.area_code for one in shown if one.value is None} == {"w0", "w2"}
