# SPDX-License-Identifier: EUPL-1.2
"""Areas and periods beside each other: change, ratio, distance, place; each result keeps the cells it comes from."""

from __future__ import annotations

import statistics
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from ..errors import DataError
from ..observations.periods import period_text
from .arithmetic import AREAS, computed, difference, ratio
from .figure import Figure
from .frames import figure_of_area, figures, frame_of, key_of, matched, pairs
from .prose import Prose, say, versus


def change(frame: pd.DataFrame, old: str, new: str) -> pd.DataFrame:
    """Growth in percent of each area from one period to another; areas that were zero or absent are left out.

    Raises `DataError` when the series breaks between the two.
    """
    broken = frame[(frame.period > old) & (frame.period <= new) & frame.status.str.contains("b")]
    if len(broken):
        raise DataError(
            f"the series breaks in {', '.join(sorted(set(broken.period)))}",
            found=f"a comparison of {new} with {old}",
            do="compare periods on one side of the break",
        )
    formula = f"verschil tussen {new} en {old}, gedeeld door {old}"
    rows = []
    for row, after, before in matched(frame[frame.period == new], frame[frame.period == old], "area_code"):
        growth = computed((after.value - before.value) / before.value * 100, "%", [before, after], formula)
        rows.append((key_of(row, period=f"{old}-{new}"), growth))
    return frame_of(rows)


def direction(frame: pd.DataFrame) -> Prose:
    """In one sentence how far the last figure of a series is from the first one on the same side of every break.

    To follow a sentence that gives the last figure. Raises `DataError` when a period stands twice.
    """
    known = frame[frame.value.notna()].sort_values("period")
    if known.period.duplicated().any():
        raise DataError("not one figure for each period", do="pick one indicator, area and breakdown")
    same = known[known.period >= max(known[known.status.str.contains("b")].period, default="")]
    if len(same) < 2:
        return say("Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet.")
    first, *_, last = figures(same)
    begin = period_text(same.period.iloc[0])
    return say("Dat is {apart} in {begin} ({first}).", apart=versus(last, first), begin=begin, first=first)


def ratios(parts: pd.DataFrame, wholes: pd.DataFrame, unit: str, formula: str) -> pd.DataFrame:
    """`parts` divided by `wholes`, area by area and period by period; areas without either are left out."""
    both = matched(parts, wholes, "area_code", "period")
    return frame_of((key_of(row), ratio(part, whole, unit, formula)) for row, part, whole in both)


def per_resident(income: pd.DataFrame, residents: pd.DataFrame) -> pd.DataFrame:
    """Income of a year divided by the residents of 1 January of the year after, area by area: the way of Statbel.

    Years and areas without either are left out.
    """
    years = [str(int(day.removesuffix("-01-01")) - 1) for day in residents.period]
    formula = "inkomen van het jaar, gedeeld door de inwoners op 1 januari van het jaar erna"
    return ratios(income, residents.assign(period=years), "EUR", formula)


def gap(frame: pd.DataFrame, area: str, other: str) -> pd.DataFrame:
    """How far `area` lies above or below `other`, in percent of `other`, period by period."""
    bases = dict(zip(frame[frame.area == other].period, figures(frame[frame.area == other]), strict=True))
    formula = f"verschil met {other}, gedeeld door {other}"
    return frame_of(
        (key_of(row), ratio(difference(own, bases[row["period"]]), bases[row["period"]], "%", formula))
        for row, own in pairs(frame[frame.area == area])
        if row["period"] in bases
    )


def from_median(frame: pd.DataFrame, area: str) -> pd.DataFrame:
    """`area` minus the median of the other areas that have a figure, period by period; shares in percentage points."""
    rows = []
    for row, own in pairs(frame[frame.area == area]):
        others = figures(frame[(frame.area != area) & (frame.period == row["period"]) & frame.value.notna()])
        if others:
            middle = computed(statistics.median(one.value for one in others), own.unit, others, "")
            formula = f"verschil met de mediaan van {len(others)} andere gebieden"
            rows.append((key_of(row), replace(difference(own, middle), formula=formula)))
    return frame_of(rows)


def both_published(one: pd.DataFrame, other: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The two frames without the areas that lack a value in either."""
    areas = set(one[one.value.notna()].area_code) & set(other[other.value.notna()].area_code)
    return one[one.area_code.isin(areas)], other[other.area_code.isin(areas)]


class Rank(NamedTuple):
    """Where one area stands among those that have a figure; `to_median` is its own figure minus the median."""

    place: Figure  # 1 is the highest; areas with the same figure share a place
    areas: Figure  # how many have a figure
    highest: str
    lowest: str
    top: Figure
    bottom: Figure
    median: Figure
    to_median: Figure


def rank(frame: pd.DataFrame, area: str) -> Rank:
    """The place of `area` in a frame with one row an area, and how far it is from the median.

    Raises `DataError` when an area stands twice or none has a figure. For survey shares use `apart`.
    """
    own = figure_of_area(frame, area)
    known = sorted(
        ((one, row["area"]) for row, one in pairs(frame) if one.value is not None), key=lambda k: (k[0].value, k[1])
    )
    if not known:
        raise DataError("no area has a figure", do="leave the comparison out, or say that there are no figures")
    every = [one for one, _ in known]
    values = [one.value for one in every]
    above = sum(value > own.value for value in values) if own.value is not None else 0
    (bottom, lowest), (top, highest) = known[0], known[-1]
    middle = computed(statistics.median(values), own.unit, every, f"mediaan van {len(every)} gebieden")
    return Rank(
        computed(Decimal(above + 1), "aantal", [own, *every], "plaats van hoog naar laag"),
        computed(Decimal(len(every)), "aantal", every, AREAS),
        highest,
        lowest,
        top,
        bottom,
        middle,
        difference(own, middle),
    )


def place_then(now: Rank, then: Rank, when: str) -> Prose | str:
    """The place in an earlier period, to end a sentence that gives the present one: `tegenover plaats 3 in 2014`."""
    if now.place.value == then.place.value:
        return f"net als in {when}"
    return say("tegenover plaats {place:n} in {when}", place=then.place, when=when)
