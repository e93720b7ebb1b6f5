# SPDX-License-Identifier: EUPL-1.2
"""Areas and periods beside each other: change, ratio, distance, place; each result keeps the cells it comes from."""

from __future__ import annotations

import statistics
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from ..errors import DataError
from .arithmetic import AREAS, computed, difference, ratio
from .course import change, since_break
from .figure import Figure
from .frames import cities, figure_of_area, figures, frame_of, key_of, matched, pairs
from .prose import Prose, join, say


def products(frame: pd.DataFrame, others: pd.DataFrame, unit: str, formula: str) -> pd.DataFrame:
    """A mean times what it is a mean of, area by area and period by period: the sum that was not published."""
    return frame_of(
        (key_of(row), computed(one.value * other.value, unit, [one, other], formula))
        for row, one, other in matched(frame, others, "area_code", "period")
    )


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


def gap(frame: pd.DataFrame, area: str | Collection[str], other: str) -> pd.DataFrame:
    """How far `area`, or each of several, lies above or below `other`, in percent of `other`, period by period."""
    own_areas = [area] if isinstance(area, str) else list(area)
    bases = dict(zip(frame[frame.area == other].period, figures(frame[frame.area == other]), strict=True))
    formula = f"verschil met {other}, gedeeld door {other}"
    return frame_of(
        (key_of(row), ratio(difference(own, bases[row["period"]]), bases[row["period"]], "%", formula))
        for row, own in pairs(frame[frame.area.isin(own_areas)])
        if row["period"] in bases
    )


def from_median(frame: pd.DataFrame, area: str) -> pd.DataFrame:
    """`area` minus the median of the other areas, period by period; shares in percentage points.

    A period in which another area of the frame has no figure is left out: its median would be of another group.
    """
    rows, group = [], set(frame[frame.value.notna()].area) - {area}
    for row, own in pairs(frame[frame.area == area]):
        others = figures(frame[(frame.area != area) & (frame.period == row["period"]) & frame.value.notna()])
        if len(others) == len(group) > 0:
            middle = computed(statistics.median(one.value for one in others), own.unit, others, "")
            formula = f"verschil met de mediaan van {len(others)} andere gebieden"
            rows.append((key_of(row), replace(difference(own, middle), formula=formula)))
    return frame_of(rows)


class Held(NamedTuple):
    """Published rows by what our own figure says: the same to the unit, another, or we have none."""

    same: pd.DataFrame
    other: pd.DataFrame
    unknown: pd.DataFrame


def held_against(published: pd.DataFrame, ours: pd.DataFrame) -> Held:
    """Published figures beside the ones that we computed, area by area and period by period."""
    rounded = ours.set_index(["area", "period"]).value.round()
    known = pd.Series(
        [rounded.get(key) for key in zip(published.area, published.period, strict=True)], published.index, float
    )
    same = known == published.value
    return Held(published[same], published[known.notna() & ~same], published[known.isna()])


NAMED = 2  # more areas than this are counted, not named


@dataclass(frozen=True, slots=True)
class Rank:
    """Where one area stands among those that have a figure; `to_median` is its own figure minus the median.

    `missing` are the areas that have none. Then nobody knows who is highest, and to ask raises `DataError`.
    """

    place: Figure  # 1 is the highest; areas with the same figure share a place
    from_below: Figure  # 1 is the lowest
    areas: Figure  # how many have a figure
    median: Figure
    to_median: Figure
    missing: tuple[str, ...]
    lower: tuple[str, ...]
    higher: tuple[str, ...]
    equal: tuple[str, ...]  # the others with the same figure
    known_end: tuple[str, Figure]  # the highest of those that have one

    @property
    def highest(self) -> str:
        return self._end[0]

    @property
    def top(self) -> Figure:
        return self._end[1]

    @property
    def words(self) -> Prose | str:
        """Where the area stands, in a sentence that follows its figure and names the group."""
        absent = f"Van {join(self.missing)} is er geen cijfer." if self.missing else ""
        if self.place.value is None:
            return absent
        group = f"van de {{n:n}} {self.group}" + " met een cijfer" * bool(self.missing)
        for names, word in ((self.lower, "lager"), (self.higher, "hoger")):
            if self.lower and self.higher and len(names) <= NAMED:
                told = f"{group.capitalize()} is het alleen in {join(names)} nog {word}. {absent}"
                return say(told.strip(), n=self.areas)
        shared = f", samen met dat van {join(self.equal)}," if self.equal else ""
        told = f"Dat is{shared} het {{position}} cijfer {group}. {absent}"
        return say(told.strip(), position=self.position, n=self.areas)

    @property
    def position(self) -> Prose | str:
        """Where the area stands, counted from the nearer end: `zesde hoogste`, `tweede laagste`, `hoogste`."""
        return self.counted("hoogste", "laagste")

    def counted(self, highest: str, lowest: str) -> Prose | str:
        """`position` with other words for the two ends, such as `sterkste` and `zwakste`."""
        below = len(self.lower) < len(self.higher)
        place, end = (self.from_below, lowest) if below else (self.place, highest)
        return end if place.value == 1 else say("{place:e} " + end, place=place)

    @property
    def group(self) -> str:
        """What the areas are called together."""
        known_areas = {*self.lower, *self.higher, *self.equal, *self.missing}
        return "centrumsteden" if known_areas <= set(cities()) else "gebieden"

    @property
    def without(self) -> str:
        """Who is not counted, to stand behind a number of areas: ` (zonder Hasselt)`, or nothing."""
        return f" (zonder {join(self.missing)})" if self.missing else ""

    @property
    def _end(self) -> tuple[str, Figure]:
        if self.missing:
            found, do = "an extreme that a missing figure could overturn", "say of which areas there is a figure"
            raise DataError(f"no highest: {join(self.missing)} has no figure", found=found, do=do)
        return self.known_end


def rank(frame: pd.DataFrame, area: str, period: str = "") -> Rank:
    """The place of `area` among the areas of a frame in one period, the last one unless another is named.

    Areas that the frame has in other periods only are told as missing. Raises `DataError` when an area stands twice or
    none has a figure. For survey shares use `apart`.
    """
    every_area = sorted(set(frame.area))
    frame = frame[frame.period == (period or frame.period.max())]
    own = figure_of_area(frame, area)
    known = sorted(
        ((one, row["area"]) for row, one in pairs(frame) if one.value is not None), key=lambda k: (k[0].value, k[1])
    )
    if not known:
        raise DataError("no area has a figure", do="leave the comparison out, or say that there are no figures")
    every = [one for one, _ in known]
    values = [one.value for one in every]
    lower, higher, equal = (), (), ()
    if own.value is not None:
        lower = tuple(sorted(name for one, name in known if one.value < own.value))
        higher = tuple(sorted(name for one, name in known if one.value > own.value))
        equal = tuple(sorted(name for one, name in known if one.value == own.value and name != area))
    missing = tuple(sorted(set(every_area) - {name for _, name in known}))
    middle = computed(statistics.median(values), own.unit, every, f"mediaan van {len(every)} gebieden")
    return Rank(
        computed(Decimal(len(higher) + 1), "aantal", [own, *every], "plaats van hoog naar laag"),
        computed(Decimal(len(lower) + 1), "aantal", [own, *every], "plaats van laag naar hoog"),
        computed(Decimal(len(every)), "aantal", every, AREAS),
        middle,
        difference(own, middle),
        missing,
        lower,
        higher,
        equal,
        known[-1][::-1],
    )


YEARS = 4  # growth over fewer of them says little
WHY = "om te zien of de plaats van het beginjaar afhangt"


def growth_place(frame: pd.DataFrame, area: str, begin: str) -> Prose:
    """In a sentence where the growth of an area stands, from the first year since the last break and each from `begin`.

    A year that changes nothing is left out. The frame has one row an area and period. Raises `DataError` when it has
    none of `YEARS` before its last.
    """
    last, starts = frame.period.max(), _starts(frame)
    if not starts or starts[-1] < begin:
        raise DataError(f"no growth over {YEARS} years or more since {begin}", do="begin with an earlier year")
    told: list[tuple[str, Rank]] = []
    for start in [*starts[:1], *(start for start in starts[1:] if start >= begin)]:
        grown = change(frame, start, last, WHY)
        without = frame[~frame.area.isin(grown.area)].assign(period="")  # told as missing
        found = rank(pd.concat([without, grown]), area)
        if not told or str(found.position) != str(told[-1][1].position):
            told.append((start, found))
    first, ends = told[0][1], {f"e{n}": one.counted("sterkste", "zwakste") for n, (_, one) in enumerate(told)}
    parts = [f"vanaf {start} de {{e{n}}}" + " stijging" * (n == 0) for n, (start, _) in enumerate(told)]
    words = f"Van de {{n:n}} {first.group}{first.without} kende {area} {join(parts)}."
    return say(words, n=first.areas, **ends)


def _starts(frame: pd.DataFrame) -> list[str]:
    """The periods since the last break from which there is growth over `YEARS` or more."""
    known, last = sorted(set(since_break(frame).period)), frame.period.max()
    return [one for one in known if int(one[:4]) + YEARS <= int(last[:4])]


def turned_growth(frame: pd.DataFrame, area: str, other: str, begin: str) -> Prose | str:
    """In a sentence the growth of two areas from the first year since the break that turns their order; or nothing.

    To follow a sentence that gives the growth of both from `begin`.
    """
    last = frame.period.max()
    grown = {start: change(frame, start, last, WHY) for start in sorted({begin, *_starts(frame)})}
    both = {start: [figure_of_area(rows, one) for one in (area, other)] for start, rows in grown.items()}
    ahead = {start: one.value > two.value for start, (one, two) in both.items()}
    turned = next((start for start in both if ahead[start] != ahead[begin]), None)
    if turned is None:
        return ""
    one, two = both[turned]
    return say(f" Vanaf {turned} geteld is het omgekeerd: {{one:0}} ({area}), {{two:0}} ({other}).", one=one, two=two)
