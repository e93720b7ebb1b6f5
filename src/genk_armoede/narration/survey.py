# SPDX-License-Identifier: EUPL-1.2
"""What a survey can tell: the margin of a share, which areas are clearly apart, and both in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from ..errors import DataError
from ..observations.periods import period_text
from ..tables import store
from .arithmetic import computed, count
from .figure import Figure
from .frames import figure, figure_of_area, figures, pick
from .prose import Prose, Table, join, say
from .selection import LABEL, choice_of, labelled, meant, words_of

NAMED = 3  # more cities than this are counted, not named
OF_HOUSEHOLDS = {"aandeel_betalingsmoeilijkheden", "aandeel_komt_moeilijk_rond", "aandeel_woonquote"}


def respondents(area: str = "Genk", period: str = "") -> Figure:
    """How many people of an area filled in the survey, in one year or the last. Raises `DataError` when unknown."""
    found = pick(store.load("losse_cijfers"), "respondenten_stadsmonitor")
    return figure(found, "respondenten_stadsmonitor", area=area, period=period or found.period.max())


def margin(share: Figure, respondents: Figure) -> Figure:
    """How far a survey share may lie from that of all residents, in percentage points, 95 times in 100.

    Normal approximation for a simple random sample (Cochran, Sampling Techniques, 3rd edition, chapter 3) with the
    published number of respondents, plus half a point because shares are published in whole percents.
    Too small when the sample was not simple or not all answered: the design effect is not published.
    Not applicable when fewer than five respondents would be on one side: the approximation fails there.
    """
    formula = "1,96 × √(p × (1 − p) ÷ n), met p het aandeel en n het aantal deelnemers, plus 0,5 voor de afronding"
    value = None
    if share.value is not None and respondents.value:
        part, n = share.value / 100, respondents.value
        if min(part, 1 - part) * n >= 5:
            value = 196 * (part * (1 - part) / n).sqrt() + Decimal("0.5")
    return computed(value, "procentpunt", [share, respondents], formula)


def refuse_all_residents(frame: pd.DataFrame, title: str, measure: str) -> None:
    """Raises `DataError` for a title that says of Genk or all its people what only respondents of the survey said.

    `Genk: 12%` is a label. What was asked of a household says so, in the title or in the measure under it.
    """
    if not frame.source.str.startswith("stadsmonitor").all():
        return
    if re.search(r"Genk(?!: )", title) and "bevraagde" not in title:
        problem, do = "a title says of all residents what respondents of a survey said", "write of the respondents"
        raise DataError(problem, found=title, expected="van de bevraagde Genkenaars", do=do)
    if set(frame.indicator) <= OF_HOUSEHOLDS and "gezin" not in (title + measure).lower():
        problem, do = "a title says of people what was asked of their household", "name the gezin in title or measure"
        raise DataError(problem, found=f"{title} ({measure})", expected="dat hun gezin moeite had", do=do)


class Apart(NamedTuple):
    """Rows of the other areas, by how their share compares; and the shares that cannot be told apart."""

    higher: pd.DataFrame
    lower: pd.DataFrame
    same: pd.DataFrame
    low: Figure
    high: Figure


def apart(frame: pd.DataFrame, area: str, respondents: Figure) -> Apart:
    """Which areas have a survey share clearly higher or lower than that of `area`, and which cannot be told apart.

    Two shares differ clearly when they lie more than 1,96 × √(2 × g × (1 − g) ÷ n) apart, g being their mean
    (comparison of two proportions, NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3), plus one point for two
    roundings to whole percents. That assumes simple random samples, and as many respondents in the other
    areas as in `area`. Of areas that are truly equal at most two in a hundred comparisons come out as clearly apart.
    Areas without a figure are in none of the three. Raises `DataError` unless each row is a whole percent of one area.
    """
    own = figure_of_area(frame, area)
    if set(frame.unit) != {"%"} or (frame.value.dropna() % 1).any():
        raise DataError("not all rows are survey shares in whole percents", do="compare these areas with `rank`")
    formula = (
        "hele procenten die niet meer dan 1,96 × √(2 × g × (1 − g) ÷ n) + 1 van het eigen aandeel liggen, "
        "met g het gemiddelde van de twee aandelen en n het aantal deelnemers"
    )
    shares = [] if own.value is None or not respondents.value else _alike(own.value, respondents.value)
    low, high = (
        computed(Decimal(end(shares)) if shares else None, "%", [own, respondents], formula) for end in (min, max)
    )
    others = frame[(frame.area != area) & frame.value.notna()].sort_values("area") if shares else frame.iloc[:0]
    above, below = others.value > max(shares, default=0), others.value < min(shares, default=0)
    higher, lower, same = (others[one].reset_index(drop=True) for one in (above, below, ~(above | below)))
    return Apart(higher, lower, same, low, high)


def _alike(share: Decimal, n: Decimal) -> list[int]:
    """The whole percents that cannot be told apart from a share in a sample of `n`."""
    return [
        other
        for other in range(101)
        for mean in [(share + other) / 200]
        if abs(share - other) <= 196 * (2 * mean * (1 - mean) / n).sqrt() + 1
    ]


def beside(frame: pd.DataFrame, area: str, respondents: Figure) -> Prose:
    """In one sentence that a survey share is the lowest or highest, or in how many other cities it is clearly higher,
    and with which it is not clear.

    To follow, in `say`, a sentence that gives the share of `area` itself. Up to three cities are named.
    """
    found = apart(frame, area, respondents)
    same, others = list(found.same.area), frame.value[frame.area != area]
    for more, side, other in (("meer", found.higher, found.lower), ("minder", found.lower, found.higher)):
        every = count(pd.concat([side, found.same]), "steden")
        known = len(side) + len(same) == frame.area.nunique() - 1
        if not known or len(other) or not 0 < len(same) <= min(NAMED, len(side) - 1):
            continue
        own = figure_of_area(frame, area).value
        if (others > own).all() or (others < own).all():
            end = "laagste" if more == "meer" else "hoogste"
            words = f"Dat is het {end} aandeel van de {{n:n}} centrumsteden; alleen met {join(same)} is het verschil "
            return say(words + "te klein om zeker te zijn.", n=count(frame, "steden"))
        words = f"In {{some:n}} van de {{n:n}} andere centrumsteden is dat duidelijk {more}; met {join(same)} is er "
        return say(words + "geen duidelijk verschil.", some=count(side, "steden"), n=every)
    return say("Dat is {than}.", than=than_elsewhere(frame, area, respondents))


def than_elsewhere(frame: pd.DataFrame, area: str, respondents: Figure) -> Prose:
    """The same as part of a sentence, behind a comma: `duidelijk meer dan in 8 van de 12 andere centrumsteden`.

    When a city has no share, the others are those `met een cijfer`.
    """
    found = apart(frame, area, respondents)
    every = count(pd.concat([found.higher, found.lower, found.same]), "steden")
    others = "andere centrumsteden" + " met een cijfer" * (every.value < frame.area.nunique() - 1)
    (most, one), (fewest, other) = (found.lower, "meer"), (found.higher, "minder")
    if len(most) < len(fewest):
        (most, one), (fewest, other) = (fewest, other), (most, one)
    if most.empty:
        return say(f"niet duidelijk meer of minder dan in de {{n:n}} {others}", n=every)
    many = "alle {n:n}" if len(most) == every.value else "{some:n} van de {n:n}"
    words = f"duidelijk {one} dan in {many} {others}"
    if len(fewest):
        words += f" en duidelijk {other} dan in {join(list(fewest.area)) if len(fewest) <= NAMED else '{fewest:n}'}"
    return say(words, n=every, some=count(most, "steden"), fewest=count(fewest, "steden"))


def among_cities(questions: Mapping[str, str]) -> Table:
    """A table of answers in the survey: the share in Genk, and in how many other cities it is clearly apart.

    `questions`: words for a reader → the name of an answer, as `say` takes it.
    """
    answers, rows = labelled(store.load("stadsmonitor"), questions), []
    for question, shares in answers.groupby(LABEL, sort=False):
        found = apart(shares, "Genk", respondents("Genk", shares.period.iloc[0]))
        row = {"Wat bevraagden zeggen": question, "Genk": figure_of_area(shares, "Genk")}
        for side, cities in (("hoger", found.higher), ("lager", found.lower)):
            formula = f"aantal andere centrumsteden met een aandeel dat duidelijk {side} is dan dat van Genk"
            row[f"{side} in"] = computed(Decimal(len(cities)), "aantal", figures(shares), formula)
        rows.append(row)
    when = join([period_text(period) for period in sorted(set(answers.period))])
    return Table(f"Genk in {when}, en in hoeveel andere centrumsteden het aandeel duidelijk hoger of lager is", rows)


def how_sure(name: str, area: str = "Genk") -> Prose:
    """In two paragraphs what the margin of the survey is, with one share of `area` as an example.

    `name` is that of an answer, as `say` takes it: `"tevreden, kinderopvang"`.
    """
    answers = store.load("stadsmonitor")
    found = meant(answers, replace(choice_of(answers, words_of(name)), area=area))
    everyone = found.everyone[found.everyone.period == found.period]
    return margin_in_words(everyone, area, respondents(area, found.period))


def margin_in_words(frame: pd.DataFrame, area: str, respondents: Figure) -> Prose:
    """`how_sure` of a share of one area among others, of which so many people answered."""
    limits, own = apart(frame, area, respondents), figure_of_area(frame, area)
    around = margin(own, respondents)
    least, most = (_moved(own, around, side) for side in (-1, 1))
    within = (
        "In {area} vulden {n:n} mensen de vragenlijst in. Antwoordt {share} van hen zo, dan ligt het aandeel bij alle "
        "inwoners tussen {least} en {most}, met een zekerheid van minstens 95%. Dat geldt als iedereen evenveel kans "
        "had om mee te doen en elke vraag beantwoordde; anders is het minder zeker."
    )
    between = (
        "Twee steden vergelijken is nog minder zeker. Bij dit voorbeeld is een andere stad pas duidelijk anders dan "
        "{area} als haar aandeel onder {low:0} of boven {high:0} ligt. Die grenzen gaan ervan uit dat overal evenveel "
        "mensen antwoordden: hoeveel het er in de andere steden waren, vonden we niet. Ook een duidelijk verschil "
        "kan toeval zijn: bij steden die echt gelijk zijn, gebeurt dat bij hoogstens twee van de honderd "
        "vergelijkingen."
    )
    ends = {"least": least, "most": most, "low": limits.low, "high": limits.high}
    return say(within, between, area=area, n=respondents, share=own, **ends)


def _moved(share: Figure, margin: Figure, side: int) -> Figure:
    """A share less or more its margin."""
    value = None if margin.value is None else share.value + side * margin.value
    return computed(value, "%", [share, margin], f"aandeel {'plus' if side > 0 else 'min'} marge: {margin.formula}")


def survey_unknown() -> list[Prose]:
    """What the survey does not tell, in a sentence each: of people with a low income, and from year to year."""
    periods = store.load("stadsmonitor").period
    low_income = say(
        "We weten niet hoe mensen met een laag inkomen antwoorden: de aandelen gaan over alle bevraagden samen. Het "
        "Agentschap Binnenlands Bestuur, dat de vragenlijst maakt, kan dat aanvullen."
    )
    course = say(
        "Of inwoners vroeger anders antwoordden op de vragenlijst van de Gemeente- en Stadsmonitor, weten we niet: we "
        "hebben alleen die van {year}. Het Agentschap Binnenlands Bestuur kan de eerdere geven.",
        year=periods.max(),
    )
    return [low_income, course] if periods.nunique() == 1 else [low_income]
