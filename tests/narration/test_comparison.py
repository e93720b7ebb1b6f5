# SPDX-License-Identifier: EUPL-1.2
"""Change, ratio, distance and place of areas, and when none is given."""

import math
from decimal import Decimal

import pandas as pd
import pytest
from invented_rows import areas, frame, tables  # noqa: F401 (a fixture)

from genk_armoede.errors import DataError
from genk_armoede.narration import comparison, frames
from genk_armoede.tables import store

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([("2030", 9, ""), ("2031", 7, "")], "Dat is 2,0 procentpunt lager dan in 2030 (9%)."),
        ([("2031", 7, ""), ("2030", 9, "")], "Dat is 2,0 procentpunt lager dan in 2030 (9%)."),
        ([("2030", 7, ""), ("2031", 7, "")], "Dat is even hoog als in 2030 (7%)."),
        ([("2029", 1, ""), ("2030", 6, "b"), ("2031", 7, "")], "Dat is 1,0 procentpunt hoger dan in 2030 (6%)."),
        ([("2029", 1, ""), ("2030", 6, "b")], "Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet."),
        ([("2030", 7, ""), ("2031", None, "m")], "Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet."),
        ([], "Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet."),
    ],
)
def test_a_direction_stays_on_one_side_of_a_break(figures, told):
    rows = [{"period": p, "value": math.nan if v is None else v, "unit": "%", "status": s} for p, v, s in figures]
    said = comparison.direction(frame(*rows) if rows else frame({}).iloc[:0])
    assert str(said).replace(NBSP, " ") == told


def test_the_direction_of_a_count_is_more_or_fewer():
    rows = frame({"period": "2030-05", "value": 9}, {"period": "2031-06", "value": 12})
    assert str(comparison.direction(rows)).replace(NBSP, " ") == "Dat is 3 personen meer dan in mei 2030 (9 personen)."


def test_a_direction_of_two_series_is_refused():
    with pytest.raises(DataError, match="each period"):
        comparison.direction(frame({"value": 9}, {"value": 12}))


def test_change_is_growth_from_the_old_to_the_new():
    rows = frame(
        {"area": "a", "area_code": "1", "period": "2030", "value": 200},
        {"area": "a", "area_code": "1", "period": "2031", "value": 193},
    )
    (growth,) = frames.figures(comparison.change(rows, "2030", "2031"))
    assert (str(growth), growth.cells) == ("−3,5%", ("a.xlsx|B|C1", "a.xlsx|B|C2"))
    assert "2030" in growth.formula and "2031" in growth.formula


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"value": 0}, {"value": 5}),
        ({"status": "m"}, {"value": 5}),
        ({"value": 5}, {"status": "c"}),
        ({"value": 5, "area_code": "2"}, {"value": 5}),
    ],
)
def test_no_change_is_computed_from_zero_or_nothing(old, new):
    rows = frame({"area_code": "1", "period": "2030"} | old, {"area_code": "1", "period": "2031"} | new)
    assert comparison.change(rows, "2030", "2031").empty


def test_ratios_are_taken_area_by_area():
    parts = frame({"area_code": "1", "value": 1}, {"area_code": "2", "value": 3}, {"area_code": "3", "status": "m"})
    wholes = frame({"area_code": "2", "value": 6}, {"area_code": "1", "value": 4}, {"area_code": "3", "value": 1})
    found = comparison.ratios(parts, wholes, "%", "deel van geheel")
    assert dict(zip(found.area_code, found.value, strict=True)) == {"1": 25, "2": 50}


def test_ratios_leave_out_a_whole_of_zero_or_none():
    wholes = frame({"area_code": "1", "value": 0}, {"area_code": "2", "status": "m"})
    parts = frame({"area_code": "1", "value": 1}, {"area_code": "2", "value": 1}, {"area_code": "3", "value": 1})
    assert comparison.ratios(parts, wholes, "%", "deel van geheel").empty


def test_income_goes_with_the_residents_of_the_january_after():
    income = frame({"area_code": "1", "value": 300, "unit": "EUR", "status": "b"})
    counts = {"2031": 10, "2032": 20, "2033": 30}
    residents = frame(*({"area_code": "1", "period": f"{year}-01-01", "value": n} for year, n in counts.items()))
    (mean,) = frames.figures(comparison.per_resident(income, residents))
    assert (mean.value, mean.unit, mean.status, mean.cells) == (15, "EUR", "b", ("a.xlsx|B|C1", "a.xlsx|B|C2"))


def test_income_per_resident_is_what_was_published_to_the_euro():
    rows = store.load("inkomens")
    income, residents = (frames.pick(rows, name) for name in ("totaal_netto_belastbaar_inkomen", "inwoners_1_januari"))
    ours = comparison.per_resident(income, residents).set_index(["area", "period"]).value
    published = frames.pick(rows, "gepubliceerd_inkomen_per_inwoner").set_index(["area", "period"]).value
    both = ours.index.intersection(published.index)
    assert len(both) >= 15 and (ours[both].round() == published[both]).all()


def test_a_gap_is_in_percent_of_the_other_and_keeps_the_break():
    rows = [
        {"area": "Genk", "period": "2030", "value": 90},
        {"area": "Limburg", "period": "2030", "value": 120},
        {"area": "Genk", "period": "2031", "value": 150, "status": "b"},
        {"area": "Limburg", "period": "2031", "value": 120, "status": "b"},
        {"area": "Genk", "period": "2032", "value": 1},
    ]
    found = frames.figures(comparison.gap(frame(*rows), "Genk", "Limburg"))
    assert [(one.value, one.unit, one.status) for one in found] == [(-25, "%", ""), (25, "%", "b")]
    assert found[0].cells == ("a.xlsx|B|C1", "a.xlsx|B|C2") and "Limburg" in found[0].formula


def test_the_median_is_that_of_the_others_that_have_a_figure():
    values = {"Genk": 9.5, "Aalst": 1, "Brugge": 4, "Gent": 7, "Mechelen": math.nan}
    rows = [{"area": area, "value": value, "unit": "%"} for area, value in values.items()]
    (found,) = frames.figures(comparison.from_median(frame(*rows), "Genk"))
    assert (str(found).replace(NBSP, " "), len(found.cells)) == ("5,5 procentpunt", 4)
    assert "3 andere" in found.formula
    assert comparison.from_median(frame(rows[0]), "Genk").empty


def test_only_what_both_publish_is_compared():
    one = frame({"area_code": "1", "value": 1}, {"area_code": "2", "status": "c"}, {"area_code": "3", "value": 1})
    other = frame({"area_code": "1", "value": 1}, {"area_code": "2", "value": 1}, {"area_code": "3", "status": "m"})
    assert [list(rows.area_code) for rows in comparison.both_published(one, other)] == [["1"], ["1"]]


def test_growth_is_not_computed_across_a_break():
    rows = frames.pick(store.load("schooltoelagen"), "leerlingen_met_schooltoelage_of_schooltoeslag", area="Limburg")
    with pytest.raises(DataError, match="breaks in 2019-2020"):
        comparison.change(rows, "2018-2019", "2019-2020")
    assert len(comparison.change(rows, "2014-2015", "2018-2019")) == 1


def test_a_place_is_counted_from_the_highest():
    found = comparison.rank(areas(a=9.5, Genk=7.5, b=3, c=1, d=None), "Genk")
    assert (f"{found.place}", f"{found.areas}") == ("2", "4")
    assert (found.highest, found.lowest) == ("a", "c")
    assert f"{found.to_median:+}".replace("\u00a0", " ") == "+2,3 procentpunt"  # median 5,25
    assert found.median.value == Decimal("5.25")


def test_equal_areas_share_a_place():
    assert [f"{comparison.rank(areas(a=3, b=2, c=2, d=1), area).place}" for area in "abcd"] == ["1", "2", "2", "4"]


def test_a_place_knows_every_cell_that_it_depends_on():
    found = comparison.rank(areas(a=3, Genk=2, b=1), "Genk")
    assert set(found.place.cells) == {"a.xlsx||B1", "a.xlsx||B2", "a.xlsx||B3"}
    assert set(found.to_median.cells) == {"a.xlsx||B1", "a.xlsx||B2", "a.xlsx||B3"}
    assert found.place.formula and found.median.formula


def test_an_area_without_a_figure_has_no_place():
    found = comparison.rank(areas(a=3, Genk=None), "Genk")
    assert str(found.place) == str(found.to_median) == "geen cijfer"
    assert f"{found.areas}" == "1"


@pytest.mark.parametrize("rows", [areas(a=1), areas(Genk=None), pd.concat([areas(Genk=1)] * 2)])
def test_no_place_without_one_figure_an_area(rows):
    with pytest.raises(DataError):
        comparison.rank(rows, "Genk")


@pytest.mark.parametrize(("value", "told"), [(5, "net als in 2030"), (1, "tegenover plaats 2 in 2030")])
def test_a_place_beside_the_place_of_before(value, told):
    now, then = (comparison.rank(frame({"value": own}, {"value": 4, "area": "Elders"}), "Genk") for own in (5, value))
    assert str(comparison.place_then(now, then, "2030")) == told
