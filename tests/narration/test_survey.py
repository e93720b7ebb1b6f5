# SPDX-License-Identifier: EUPL-1.2
"""What a survey can and cannot tell apart."""

import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from invented_rows import areas, as_read, fig, frame, tables  # noqa: F401 (a fixture)
from scipy.stats import binom

import genk_armoede as ga
from genk_armoede.errors import DataError
from genk_armoede.narration import frames, survey
from genk_armoede.narration.charts.words import titled
from genk_armoede.narration.figure import Figure
from genk_armoede.narration.selection import labelled
from genk_armoede.tables import store


def asked(n: int | None) -> Figure:
    return Figure(None if n is None else Decimal(n), "deelnemers", "" if n else "m", ("a.xlsx||C1",))


def share(value: int | None) -> Figure:
    return Figure(None if value is None else Decimal(value), "%", "m" if value is None else "", ("a.xlsx|B|C1",))


@pytest.mark.parametrize(("value", "n", "points"), [(50, 2401, "2,5"), (20, 2400, "2,1"), (10, 600, "2,9")])
def test_a_margin_is_that_of_a_random_sample_and_half_a_point(value, n, points):
    margin = survey.margin(share(value), asked(n))
    assert as_read(margin) == f"{points} procentpunt"
    assert float(margin.value) == pytest.approx(196 * math.sqrt(value * (100 - value) / 10000 / n) + 0.5)


def test_a_margin_knows_its_cells_and_how_it_was_made():
    margin = survey.margin(share(20), asked(2400))
    assert margin.cells == ("a.xlsx|B|C1", "a.xlsx||C1")
    assert "√" in margin.formula and "deelnemers" in margin.formula


@pytest.mark.parametrize("value", [0, 100])
def test_a_share_of_nobody_or_everybody_has_no_margin(value):
    assert survey.margin(share(value), asked(2400)).status == "z"


@pytest.mark.parametrize(("one", "other"), [(share(None), asked(2400)), (share(20), asked(None))])
def test_no_margin_without_share_or_respondents(one, other):
    assert str(survey.margin(one, other)) == "geen cijfer"


def test_a_survey_tells_apart_only_what_lies_outside_the_margin_of_the_difference():
    found = survey.apart(areas(Genk=20, a=17, b=16, c=23, d=24), "Genk", asked(2400))
    assert [list(rows.area) for rows in (found.higher, found.lower, found.same)] == [["d"], ["b"], ["a", "c"]]
    assert (f"{found.low:0}", f"{found.high:0}") == ("17%", "23%")


@pytest.mark.parametrize("own", [0, 1, 2, 5, 20, 50, 80, 99, 100])
@pytest.mark.parametrize("n", [100, 2400])
def test_the_margin_of_a_difference_is_that_of_two_samples_and_two_roundings(own, n):
    other = {f"x{i}": i for i in range(101)}
    found = survey.apart(areas(Genk=own, **other), "Genk", asked(n))
    for value in other.values():
        mean = (own + value) / 200
        limit = 196 * math.sqrt(2 * mean * (1 - mean) / n) + 1
        where = found.same if abs(own - value) <= limit else found.higher if value > own else found.lower
        assert f"x{value}" in set(where.area)


def test_more_respondents_tell_more_apart():
    rows = areas(Genk=20, a=16, b=12)
    assert list(survey.apart(rows, "Genk", asked(400)).lower.area) == ["b"]
    assert list(survey.apart(rows, "Genk", asked(40000)).lower.area) == ["a", "b"]


def test_what_is_compared_keeps_its_cells():
    found = survey.apart(areas(Genk=20, a=30), "Genk", asked(2400))
    assert frames.figures(found.higher)[0].cells == ("a.xlsx|B|C2",)
    assert found.low.cells == ("a.xlsx|B|C1", "a.xlsx||C1") and "√" in found.low.formula


def test_areas_without_a_figure_are_not_compared():
    found = survey.apart(areas(Genk=20, a=None, b=20), "Genk", asked(2400))
    assert list(found.same.area) == ["b"] and found.higher.empty and found.lower.empty


@pytest.mark.parametrize(("own", "n"), [(None, 2400), (20, None)])
def test_nothing_is_told_apart_without_own_share_or_respondents(own, n):
    found = survey.apart(areas(Genk=own, a=90), "Genk", asked(n))
    assert found.higher.empty and found.lower.empty and found.same.empty
    assert str(found.low) == str(found.high) == "geen cijfer"


@pytest.mark.parametrize(
    "rows",
    [areas(Genk=20.5, a=1), areas(Genk=20, a=1, unit="personen"), areas(a=1), pd.concat([areas(Genk=20)] * 2)],
    ids=["no whole percents", "no shares", "no Genk", "Genk twice"],
)
def test_only_shares_of_one_survey_question_are_compared(rows):
    with pytest.raises(DataError):
        survey.apart(rows, "Genk", asked(2400))


CITIES = ["Aalst", "Brugge", "Gent", "Hasselt", "Leuven", "Mechelen", "Oostende", "Turnhout"]


def beside(*shares: float, own: float = 50) -> str:
    """What is said of invented shares of other cities beside `own` of Genk, in a sample of 2400."""
    rows = [{"area": area, "value": share, "unit": "%"} for area, share in zip(CITIES, shares, strict=False)]
    return str(survey.beside(frame({"value": own, "unit": "%"}, *rows), "Genk", fig(2400)))


@pytest.mark.parametrize(
    ("shares", "text"),
    [
        ([49, 51], "Dat is niet duidelijk meer of minder dan in de 2 andere centrumsteden."),
        ([60, 60], "Dat is duidelijk minder dan in alle 2 andere centrumsteden."),
        (
            [60, 60, 60, 60, 50],
            "In 4 van de 5 andere centrumsteden is dat duidelijk meer; met Leuven is er geen duidelijk verschil.",
        ),
        (
            [40, 40, 40, 50, 50],
            "In 3 van de 5 andere centrumsteden is dat duidelijk minder; "
            "met Hasselt en Leuven is er geen duidelijk verschil.",
        ),
        (
            [60, 60, 60, 60, 51],
            "Dat is het laagste aandeel van de 6 centrumsteden; "
            "alleen met Leuven is het verschil te klein om zeker te zijn.",
        ),
        (
            [40, 40, 40, 49, 49],
            "Dat is het hoogste aandeel van de 6 centrumsteden; "
            "alleen met Hasselt en Leuven is het verschil te klein om zeker te zijn.",
        ),
        ([40, 40, 50, math.nan], "Dat is duidelijk meer dan in 2 van de 3 andere centrumsteden met een cijfer."),
        ([60, 60, 50, 50], "Dat is duidelijk minder dan in 2 van de 4 andere centrumsteden."),
        ([60] * 4 + [50] * 4, "Dat is duidelijk minder dan in 4 van de 8 andere centrumsteden."),
        (
            [40, 40, 40, 40, 60],
            "Dat is duidelijk meer dan in 4 van de 5 andere centrumsteden en duidelijk minder dan in Leuven.",
        ),
        (
            [60, 60, 60, 60, 40, 40, 40, 40],
            "Dat is duidelijk meer dan in 4 van de 8 andere centrumsteden en duidelijk minder dan in 4.",
        ),
        ([40, 40, 40, 40, math.nan], "Dat is duidelijk meer dan in alle 4 andere centrumsteden met een cijfer."),
    ],
)
def test_a_survey_share_beside_those_of_other_cities(shares, text):
    assert beside(*shares) == text


def test_a_table_says_of_each_answer_in_how_many_cities_it_is_clearly_higher_and_lower():
    table = survey.among_cities({"sport": "neemt_deel, sport", "gelukkig": "gelukkig"})
    answers = labelled(store.load("stadsmonitor"), {"sport": "neemt_deel, sport"})
    found = survey.apart(answers, "Genk", survey.respondents())
    row = table.rows[0]
    assert [row["hoger in"].value, row["lager in"].value] == [len(found.higher), len(found.lower)]
    assert row["Wat bevraagden zeggen"] == "sport" and row["Genk"].cells == survey.figure_of_area(answers, "Genk").cells
    assert set(row["hoger in"].cells) == {cell for one in frames.figures(answers) for cell in one.cells}
    assert "2023" in table.caption and len(table.rows) == 2


def test_the_margin_of_a_survey_in_words():
    shares = frame({"value": 50, "unit": "%"}, {"area": "Gent", "value": 60, "unit": "%"})
    words = str(survey.margin_in_words(shares, "Genk", fig(2400)))
    assert "In Genk vulden 2.400 mensen de vragenlijst in. Antwoordt 50% van hen zo, dan ligt" in words
    assert "tussen 47,5% en 52,5%, met" in words
    assert "onder 47% of boven 53%" in words


def rounded(share: float, n: int) -> np.ndarray:
    """The chance of each whole percent, in a simple random sample of `n` from people of whom this share says yes."""
    said = np.arange(n + 1)
    chances = np.zeros(101)
    np.add.at(chances, np.floor(100 * said / n + 0.5).astype(int), binom.pmf(said, n, share))
    return chances


@pytest.mark.parametrize("share", [0.03, 0.1, 0.25, 0.5, 0.62, 0.9])
def test_what_the_page_says_of_margins_and_chance_is_so(share):
    """At most two of a hundred comparisons of equal cities are clear; a margin holds in 95 of 100 samples or more."""
    n, chances = 2400, rounded(share, 2400)
    seen = [percent for percent in range(101) if chances[percent] > 1e-9]
    alike = {one: set(survey._alike(Decimal(one), Decimal(n))) for one in seen}
    clear = sum(chances[a] * chances[b] for a in seen for b in seen if b not in alike[a])
    assert 0 < clear < 0.02
    width = {one: float(survey.margin(Figure(Decimal(one), "%"), Figure(Decimal(n), "personen"))) for one in seen}
    holds = sum(chances[one] for one in seen if abs(one - 100 * share) <= width[one])
    assert holds > 0.949
    shares = frame({"value": 50, "unit": "%"}, {"area": "Gent", "value": 60, "unit": "%"})
    said = str(survey.margin_in_words(shares, "Genk", fig(n)))
    assert "minstens 95%" in said and "hoogstens twee van de honderd" in said


def test_the_margin_of_an_answer_is_found_by_its_name():
    assert str(survey.how_sure("tevreden, kinderopvang")).startswith("In Genk vulden ")


def test_no_margin_is_told_of_a_city_of_which_nobody_says_how_many_answered():
    with pytest.raises(DataError, match="no figures"):
        survey.how_sure("gezond", "Hasselt")


RESPONDENTS = "{n} van de bevraagde Genkenaars zegt dat hun gezin moeilijk rondkomt"


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("{n} van de Genkenaars zegt dat hun gezin moeilijk rondkomt", "respondents"),
        ("Van de Genkse huurders zegt {n} dat van hun gezin", "respondents"),
        ("Genk staat duidelijk hoger bij gezinnen die moeilijk rondkomen", "respondents"),
        ("{n} van de bevraagde Genkenaars komt moeilijk rond", "household"),
    ],
)
def test_a_survey_title_says_who_answered_and_that_it_is_of_their_household(title, why):
    rows = frames.latest(frames.pick(store.load("stadsmonitor"), "aandeel_komt_moeilijk_rond"))
    with pytest.raises(DataError, match=why):
        ga.ranking(rows, "area", "verzonnen", title)
    assert titled(rows, RESPONDENTS, "") and titled(rows, "Genk: {n}", "Gezin komt moeilijk rond")
