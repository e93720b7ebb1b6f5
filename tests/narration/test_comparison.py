# SPDX-License-Identifier: EUPL-1.2
"""How one area compares with the others: its place, and what a survey can and cannot tell apart."""

import math
from decimal import Decimal

import pandas as pd
import pytest

from genk_armoede.errors import DataError
from genk_armoede.narration import frames, prose
from genk_armoede.narration.prose import Figure
from genk_armoede.observations.observation import COLUMNS


def areas(unit: str = "%", **values: float | None) -> pd.DataFrame:
    """Invented rows, one an area; `None` is not published."""
    plain = dict.fromkeys(COLUMNS, "") | {"indicator": "verzonnen", "period": "2031", "unit": unit, "source": "a.xlsx"}
    rows = [
        plain | {"area": area, "value": math.nan if value is None else value, "status": "m" if value is None else ""}
        for area, value in values.items()
    ]
    return pd.DataFrame([row | {"cell": f"B{i}"} for i, row in enumerate(rows, 1)]).astype({"value": "float64"})


def asked(n: int | None) -> Figure:
    return Figure(None if n is None else Decimal(n), "deelnemers", "" if n else "m", ("a.xlsx||C1",))


def share(value: int | None) -> Figure:
    return Figure(None if value is None else Decimal(value), "%", "m" if value is None else "", ("a.xlsx||B1",))


# --- margin of one share ---


@pytest.mark.parametrize(("value", "n", "points"), [(50, 2401, "2,5"), (20, 2400, "2,1"), (10, 600, "2,9")])
def test_a_margin_is_that_of_a_random_sample_and_half_a_point(value, n, points):
    margin = prose.margin(share(value), asked(n))
    assert f"{margin}".replace("\u00a0", " ") == f"{points} procentpunt"
    assert float(margin.value) == pytest.approx(196 * math.sqrt(value * (100 - value) / 10000 / n) + 0.5)


def test_a_margin_knows_its_cells_and_how_it_was_made():
    margin = prose.margin(share(20), asked(2400))
    assert margin.cells == ("a.xlsx||B1", "a.xlsx||C1")
    assert "√" in margin.formula and "deelnemers" in margin.formula


@pytest.mark.parametrize("value", [0, 100])
def test_a_share_of_nobody_or_everybody_has_no_margin(value):
    assert prose.margin(share(value), asked(2400)).status == "z"


@pytest.mark.parametrize(("one", "other"), [(share(None), asked(2400)), (share(20), asked(None))])
def test_no_margin_without_share_or_respondents(one, other):
    assert str(prose.margin(one, other)) == "niet gepubliceerd"


# --- what a survey can tell apart ---


def test_a_survey_tells_apart_only_what_lies_outside_the_margin_of_the_difference():
    found = frames.apart(areas(Genk=20, a=17, b=16, c=23, d=24), "Genk", asked(2400))
    assert [list(rows.area) for rows in (found.higher, found.lower, found.same)] == [["d"], ["b"], ["a", "c"]]
    assert (f"{found.low:0}", f"{found.high:0}") == ("17%", "23%")


@pytest.mark.parametrize("own", [0, 1, 2, 5, 20, 50, 80, 99, 100])
@pytest.mark.parametrize("n", [100, 2400])
def test_the_margin_of_a_difference_is_that_of_two_samples_and_two_roundings(own, n):
    other = {f"x{i}": i for i in range(101)}
    found = frames.apart(areas(Genk=own, **other), "Genk", asked(n))
    for value in other.values():
        mean = (own + value) / 200
        limit = 196 * math.sqrt(2 * mean * (1 - mean) / n) + 1
        where = found.same if abs(own - value) <= limit else found.higher if value > own else found.lower
        assert f"x{value}" in set(where.area)


def test_more_respondents_tell_more_apart():
    rows = areas(Genk=20, a=16, b=12)
    assert list(frames.apart(rows, "Genk", asked(400)).lower.area) == ["b"]
    assert list(frames.apart(rows, "Genk", asked(40000)).lower.area) == ["a", "b"]


def test_what_is_compared_keeps_its_cells():
    found = frames.apart(areas(Genk=20, a=30), "Genk", asked(2400))
    assert prose.figures(found.higher)[0].cells == ("a.xlsx||B2",)
    assert found.low.cells == ("a.xlsx||B1", "a.xlsx||C1") and "√" in found.low.formula


def test_areas_without_a_figure_are_not_compared():
    found = frames.apart(areas(Genk=20, a=None, b=20), "Genk", asked(2400))
    assert list(found.same.area) == ["b"] and found.higher.empty and found.lower.empty


@pytest.mark.parametrize(("own", "n"), [(None, 2400), (20, None)])
def test_nothing_is_told_apart_without_own_share_or_respondents(own, n):
    found = frames.apart(areas(Genk=own, a=90), "Genk", asked(n))
    assert found.higher.empty and found.lower.empty and found.same.empty
    assert str(found.low) == str(found.high) == "niet gepubliceerd"


@pytest.mark.parametrize(
    "rows",
    [areas(Genk=20.5, a=1), areas(Genk=20, a=1, unit="personen"), areas(a=1), pd.concat([areas(Genk=20)] * 2)],
    ids=["no whole percents", "no shares", "no Genk", "Genk twice"],
)
def test_only_shares_of_one_survey_question_are_compared(rows):
    with pytest.raises(DataError):
        frames.apart(rows, "Genk", asked(2400))


# --- place in a series that is no survey ---


def test_a_place_is_counted_from_the_highest():
    found = frames.rank(areas(a=9.5, Genk=7.5, b=3, c=1, d=None), "Genk")
    assert (f"{found.place}", f"{found.areas}") == ("2", "4")
    assert (found.highest, found.lowest) == ("a", "c")
    assert f"{found.to_median:+}".replace("\u00a0", " ") == "+2,3 procentpunt"  # median 5,25
    assert found.median.value == Decimal("5.25")


def test_equal_areas_share_a_place():
    assert [f"{frames.rank(areas(a=3, b=2, c=2, d=1), area).place}" for area in "abcd"] == ["1", "2", "2", "4"]


def test_a_place_knows_every_cell_that_it_depends_on():
    found = frames.rank(areas(a=3, Genk=2, b=1), "Genk")
    assert set(found.place.cells) == {"a.xlsx||B1", "a.xlsx||B2", "a.xlsx||B3"}
    assert set(found.to_median.cells) == {"a.xlsx||B1", "a.xlsx||B2", "a.xlsx||B3"}
    assert found.place.formula and found.median.formula


def test_an_area_without_a_figure_has_no_place():
    found = frames.rank(areas(a=3, Genk=None), "Genk")
    assert str(found.place) == str(found.to_median) == "niet gepubliceerd"
    assert f"{found.areas}" == "1"


@pytest.mark.parametrize("rows", [areas(a=1), areas(Genk=None), pd.concat([areas(Genk=1)] * 2)])
def test_no_place_without_one_figure_an_area(rows):
    with pytest.raises(DataError):
        frames.rank(rows, "Genk")
