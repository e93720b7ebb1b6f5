# SPDX-License-Identifier: EUPL-1.2
"""Change, ratio, distance and place of areas, and when none is given."""

import math
from decimal import Decimal

import pandas as pd
import pytest
from invented_rows import areas, as_read, frame, tables  # noqa: F401 (a fixture)

from genk_armoede.errors import DataError
from genk_armoede.narration import comparison, derived, frames
from genk_armoede.tables import store


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


def test_the_cities_together_have_the_income_per_resident_that_was_published():
    published = frames.pick(store.load("inkomens"), "gepubliceerd_inkomen_per_inwoner", area=derived.TOGETHER)
    held = comparison.held_against(published, derived.income_per_resident())
    assert len(held.same) == len(published) > 0
    together = frames.pick(derived.income_per_resident(), area=derived.TOGETHER)
    assert "2021" not in set(together.period)  # one city has no figure then


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


def test_a_median_of_another_group_is_left_out():
    values = {"2030": {"Genk": 9, "Aalst": 1, "Gent": 3}, "2031": {"Genk": 9, "Aalst": 1, "Gent": math.nan}}
    rows = [{"area": a, "value": v, "unit": "%", "period": p} for p, of in values.items() for a, v in of.items()]
    assert list(comparison.from_median(frame(*rows), "Genk").period) == ["2030"]


def test_the_median_is_that_of_the_others_that_have_a_figure():
    values = {"Genk": 9.5, "Aalst": 1, "Brugge": 4, "Gent": 7, "Mechelen": math.nan}
    rows = [{"area": area, "value": value, "unit": "%"} for area, value in values.items()]
    (found,) = frames.figures(comparison.from_median(frame(*rows), "Genk"))
    assert (as_read(found), len(found.cells)) == ("5,5 procentpunt", 4)
    assert "3 andere" in found.formula
    assert comparison.from_median(frame(rows[0]), "Genk").empty


def test_a_mean_times_what_it_is_a_mean_of():
    mean = frame({"area_code": "1", "value": 3, "unit": "EUR"}, {"area_code": "2", "status": "m"})
    returns = frame({"area_code": "1", "value": 7}, {"area_code": "2", "value": 5})
    (found,) = frames.figures(comparison.products(mean, returns, "EUR", "maal"))
    assert (found.value, found.unit, found.formula) == (21, "EUR", "maal")


def test_published_figures_are_held_against_our_own():
    published = areas(unit="EUR", a=10, b=11, c=12)
    found = comparison.held_against(published, areas(unit="EUR", a=10.4, b=10.4))
    assert [list(rows.area) for rows in found] == [["a"], ["b"], ["c"]]


def test_a_place_is_counted_from_the_highest():
    found = comparison.rank(areas(a=9.5, Genk=7.5, b=3, c=1, d=None), "Genk")
    assert (f"{found.place}", f"{found.areas}") == ("2", "4")
    assert (found.missing, found.higher, found.lower) == (("d",), ("a",), ("b", "c"))
    assert as_read(f"{found.to_median:+}") == "+2,3 procentpunt"  # median 5,25
    assert found.median.value == Decimal("5.25")


def test_who_is_highest_is_not_told_while_an_area_has_no_figure():
    whole, part = comparison.rank(areas(a=3, Genk=2, b=1), "Genk"), comparison.rank(areas(a=3, Genk=2, b=None), "Genk")
    assert (whole.highest, str(whole.top.value)) == ("a", "3.0")
    for ask in ("highest", "top"):
        with pytest.raises(DataError, match="b has no figure"):
            getattr(part, ask)
    assert part.without == " (zonder b)" and whole.without == ""


def test_an_area_that_other_periods_have_is_missing():
    rows = pd.concat([areas(a=3, Genk=2, Hasselt=1).assign(period="2030"), areas(a=3, Genk=2).assign(period="2031")])
    found = comparison.rank(rows, "Genk")
    assert (found.missing, f"{found.areas}") == (("Hasselt",), "2")
    assert (
        str(found.words) == "Dat is het laagste cijfer van de 2 gebieden met een cijfer. Van Hasselt is er geen cijfer."
    )
    assert comparison.rank(rows, "Genk", "2030").missing == ()


@pytest.mark.parametrize(
    ("others", "told"),
    [
        ({"a": 1, "b": 2}, "Dat is het hoogste cijfer van de 3 gebieden."),
        ({"a": 9, "b": 8, "c": 7}, "Dat is het laagste cijfer van de 4 gebieden."),
        ({"a": 1, "b": 8, "c": 7, "d": 9}, "Van de 5 gebieden is het alleen in a nog lager."),
        ({"Gent": 1, "Aalst": 8, "Brugge": 7}, "Van de 4 centrumsteden is het alleen in Gent nog lager."),
        (dict.fromkeys("abc", 1) | dict.fromkeys("def", 9), "Dat is het vierde hoogste cijfer van de 7 gebieden."),
        (dict.fromkeys("abc", 1) | dict.fromkeys("defg", 9), "Dat is het vierde laagste cijfer van de 8 gebieden."),
        ({"a": 1, "b": 5}, "Dat is, samen met dat van b, het hoogste cijfer van de 3 gebieden."),
    ],
)
def test_a_place_in_words(others, told):
    assert str(comparison.rank(areas(Genk=5, **others), "Genk").words) == told


def test_equal_areas_share_a_place():
    assert [f"{comparison.rank(areas(a=3, b=2, c=2, d=1), area).place}" for area in "abcd"] == ["1", "2", "2", "4"]


def test_a_place_knows_every_cell_that_it_depends_on():
    found = comparison.rank(areas(a=3, Genk=2, b=1), "Genk")
    assert set(found.place.cells) == {"a.xlsx|B|C1", "a.xlsx|B|C2", "a.xlsx|B|C3"}
    assert set(found.to_median.cells) == {"a.xlsx|B|C1", "a.xlsx|B|C2", "a.xlsx|B|C3"}
    assert found.place.formula and found.median.formula


def test_an_area_without_a_figure_has_no_place():
    found = comparison.rank(areas(a=3, Genk=None), "Genk")
    assert str(found.place) == str(found.to_median) == "geen cijfer"
    assert str(found.words) == "Van Genk is er geen cijfer."
    assert f"{found.areas}" == "1"


@pytest.mark.parametrize("rows", [areas(a=1), areas(Genk=None), pd.concat([areas(Genk=1)] * 2)])
def test_no_place_without_one_figure_an_area(rows):
    with pytest.raises(DataError):
        comparison.rank(rows, "Genk")


def grown(**levels: list[float]) -> pd.DataFrame:
    """Invented income of each area in the years from 2030 on."""
    rows = [
        {"area": area, "area_code": area, "period": str(year), "value": value, "unit": "EUR"}
        for area, values in levels.items()
        for year, value in enumerate(values, start=2030)
    ]
    return frame(*rows)


def test_a_place_of_growth_that_hangs_on_the_first_year_says_so():
    """As the growth that was the highest of all from 2016, and the fourth from 2019."""
    rows = grown(a=[100, 150, 150, 150, 150, 160], b=[100, 100, 100, 100, 100, 150], c=[100] * 6)
    told = str(comparison.growth_place(rows, "a", "2030"))
    assert told == "Van de 3 gebieden kende a vanaf 2030 de sterkste stijging en vanaf 2031 de tweede sterkste."
    told = str(comparison.growth_place(rows, "c", "2030"))
    assert told == "Van de 3 gebieden kende c vanaf 2030 de zwakste stijging."


def test_a_place_of_growth_is_also_told_from_the_first_year_after_a_break():
    rows = grown(a=[100, 80, 80, 80, 80, 120], b=[100, 100, 100, 100, 100, 140], c=[100] * 6)
    told = str(comparison.growth_place(rows, "a", "2031"))
    assert told == "Van de 3 gebieden kende a vanaf 2030 de tweede sterkste stijging en vanaf 2031 de sterkste."
    rows.loc[rows.period == "2031", "status"] = "b"
    assert "2030" not in str(comparison.growth_place(rows, "a", "2031"))


def test_the_growth_of_two_areas_is_told_again_from_the_year_that_turns_their_order():
    rows = grown(Genk=[100, 80, 80, 80, 80, 120], Limburg=[100, 100, 100, 100, 100, 140])
    told = str(comparison.turned_growth(rows, "Genk", "Limburg", "2031"))
    assert told == " Vanaf 2030 geteld is het omgekeerd: 20% (Genk), 40% (Limburg)."
    assert comparison.turned_growth(rows[rows.period >= "2031"], "Genk", "Limburg", "2031") == ""


def test_a_place_of_growth_from_every_first_year_is_said_once():
    rows = grown(a=[100, 110, 120, 130, 140, 150], b=[100] * 6)
    told = str(comparison.growth_place(rows, "a", "2030"))
    assert told == "Van de 2 gebieden kende a vanaf 2030 de sterkste stijging."


def test_a_growth_over_a_few_years_is_given_no_place():
    rows = grown(a=[100, 100, 100, 100, 100, 200], b=[100, 110, 110, 110, 110, 110])
    assert "2032" not in str(comparison.growth_place(rows, "a", "2030"))
    with pytest.raises(DataError, match="no growth over 4 years"):
        comparison.growth_place(rows, "a", "2033")


def test_an_area_without_a_figure_is_named_beside_a_place_of_growth():
    rows = grown(a=[100, 110, 120, 130, 140, 150], b=[100] * 6, c=[90, 91, 92, 93, 94, math.nan])
    assert str(comparison.growth_place(rows, "a", "2030")).startswith("Van de 2 gebieden (zonder c) kende a")
