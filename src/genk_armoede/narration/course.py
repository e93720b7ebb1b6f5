# SPDX-License-Identifier: EUPL-1.2
"""How a series went: growth, turns and direction on one side of a break, from a first year that fits the later ones."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from ..errors import DataError
from ..observations.periods import period_text
from ..observations.timespan import mixes_years
from .arithmetic import computed
from .figure import WHOLE, Figure, counted_alike
from .frames import figures, frame_of, key_of, matched
from .measures import measure_of
from .prose import Prose, join, say, versus

NEARBY = 8  # a first figure is held against those of the years right after it
CLEARLY = 10  # a turn is told of when the series goes back by a tenth of its range or more
LEGS = 2  # a title goes over no more of them
MOST = 6  # points that a description of a whole series names
Spots = Sequence[tuple[str, Figure]]  # a series: periods and their figures
FEWEST = 20  # a share of fewer people or returns says nothing


def change(frame: pd.DataFrame, old: str, new: str, because: str = "") -> pd.DataFrame:
    """Growth in percent of each area from one period to another; areas that had none, zero or few are left out.

    Raises `DataError` when the series breaks between the two, when it begins anew in the first one, and when an area's
    first figure stands apart from those after it: what grew from there tells of that one period. `because` says in
    Dutch, for the note of each figure, why to compare with that period all the same.
    """
    found, do = f"a comparison of {new} with {old}", "compare with a later year, or say why in `because`"
    broken = frame[(frame.period > old) & (frame.period <= new) & frame.status.str.contains("b")]
    if len(broken):
        where = ", ".join(sorted(set(broken.period)))
        raise DataError(f"the series breaks in {where}", found=found, do="compare periods on one side of the break")
    _refuse_mixed_years([old, new])
    first = frame[frame.period == old]
    if not because and first.status.str.contains("b").any():
        raise DataError(f"the series begins anew in {old}", found=found, do=do)
    between = frame[(frame.period >= old) & (frame.period <= new) & ~frame.unit.isin(WHOLE)]
    for area, rows in between.groupby("area"):
        if not because and stands_apart(figures(rows.sort_values("period"))):
            raise DataError(f"{old} stands apart from the years after it in {area}", found=found, do=do)
    formula = f"verschil tussen {new} en {old}, gedeeld door {old}" + (f"; {because}" if because else "")
    rows = []
    for row, after, before in matched(frame[frame.period == new], frame[frame.period == old], "area_code"):
        if before.unit in WHOLE and before.value < FEWEST:
            continue
        growth = computed((after.value - before.value) / before.value * 100, "%", [before, after], formula)
        rows.append((key_of(row, period=f"{old}-{new}"), growth))
    return frame_of(rows)


def since_break(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows from the last break on; all rows when there is none."""
    return frame[frame.period >= max(_breaks(frame), default="")]


def before_break(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows from before the first break; all rows when there is none."""
    return frame[frame.period < min(_breaks(frame), default="z")]


def _breaks(frame: pd.DataFrame) -> set[str]:
    return set(frame[frame.status.str.contains("b")].period)


class Course(NamedTuple):
    """How a series went since its last break: ends, turns and last step, each a period and its figure."""

    first: tuple[str, Figure]
    last: tuple[str, Figure]
    before: tuple[str, Figure]  # the one before the last
    turns: tuple[tuple[str, Figure], ...]  # the lowest and highest in between, where the series turned
    skipped: str  # an earlier period that stands apart from those after it, and is no begin for that
    patchy: bool  # True when a year in between has no figure


def course(frame: pd.DataFrame) -> Course | None:
    """How a series went on this side of every break, as its last maker counts; nothing when it has one figure there.

    A first figure that stands apart is skipped and named. Raises `DataError` when a period stands twice, and for school
    years among calendar years.
    """
    spots, skipped = _spots(frame)
    if len(spots) < 2:
        return None
    patchy = _skips_a_year(period for period, _ in spots)
    return Course(spots[0], spots[-1], spots[-2], _turns(spots), skipped, patchy)


def _spots(frame: pd.DataFrame) -> tuple[Spots, str]:
    """The figures since the last break, each with its period, and the period of a first one that is skipped."""
    known = frame[frame.value.notna()].sort_values("period")
    if known.period.duplicated().any():
        raise DataError("not one figure for each period", do="pick one indicator, area and breakdown")
    _refuse_mixed_years(known.period)
    same = since_break(known)
    spots = _alike(list(zip(same.period, figures(same), strict=True)))
    if stands_apart([one for _, one in spots]):
        return spots[1:], spots[0][0]
    return spots, ""


def _refuse_mixed_years(periods: Iterable[str]) -> None:
    if mixes_years(periods):
        found, do = ", ".join(sorted({*periods})), "pick the rows of one kind: the other begins at another moment"
        raise DataError("school years and calendar years in one series", found=found, do=do)


def _alike(spots: Spots) -> Spots:
    """The last ones that are counted alike."""
    pairs = enumerate(itertools.pairwise(spots), 1)
    begins = [place for place, ((_, before), (_, after)) in pairs if not counted_alike(before, after)]
    return spots[max(begins, default=0) :]


def _turns(spots: Spots) -> tuple[tuple[str, Figure], ...]:
    """The lowest and highest point between the ends, in time, as far as each lies clearly beyond the nearer end."""
    values = [one.value for _, one in spots]
    low, high = min(values), max(values)
    inner = sorted({values.index(low), values.index(high)} - {0, len(values) - 1})
    reach = [min(abs(value - values[0]), abs(value - values[-1])) for value in values]  # from the nearer end
    return tuple(spots[place] for place in inner if reach[place] * 10 >= high - low)


def stands_apart(series: Sequence[Figure]) -> bool:
    """True for a first figure far off the line through the later ones: more than four times what those are off it."""
    values = [one.value for one in series if one.value is not None][:NEARBY]
    if len(values) < 6:
        return False
    first, rest = values[0], values[1:]
    slope = statistics.median(
        (later - earlier) / (place - start)
        for (start, earlier), (place, later) in itertools.combinations(enumerate(rest, 1), 2)
    )
    level = statistics.median(value - slope * place for place, value in enumerate(rest, 1))
    off = statistics.median(abs(value - slope * place - level) for place, value in enumerate(rest, 1))
    return abs(first - level) > 4 * max(off, (max(rest) - min(rest)) / 10)


def direction(frame: pd.DataFrame) -> Prose:
    """In a sentence or two how a series went to its last figure: from where, over which turn, and where it heads.

    To follow a sentence that gives the last figure. Says which first year it leaves out because it stands apart.
    """
    found = course(frame)
    if found is None:
        return say("Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet.")
    (begin, first), (_, last), (before, previous) = found.first, found.last, found.before
    apart = f" {period_text(found.skipped)} laten we weg: dat jaar week sterk af." if found.skipped else ""
    if found.turns:
        return _with_turns(found, apart)
    if measure_of(first.unit):  # a difference of two rounded shares seems wrong beside them
        told = "In {begin} was dat ook {first}." if last.value == first.value else "In {begin} was dat {first}."
    else:
        told = "Dat is {versus} in {begin} ({first})."
    said = say(told + apart, versus=versus(last, first), begin=period_text(begin), first=first)
    if begin == before or (last.value - previous.value) * (last.value - first.value) >= 0:
        return said
    word = "gestegen" if last.value > previous.value else "gedaald"
    again = "{said} Tegenover {before} ({previous}) is het weer {word}."
    return say(again, said=said, before=period_text(before), previous=previous, word=word)


def _with_turns(found: Course, apart: str) -> Prose:
    (begin, first), (_, last) = found.first, found.last
    words, values = [], {"begin": period_text(begin), "first": first}
    lowest = min(one.value for _, one in (*found.turns, found.first, found.last))
    for n, (when, turn) in enumerate(found.turns):
        side = "laagste" if turn.value == lowest else "hoogste"
        what = "" if n else " cijfer dat we kennen, was" if found.patchy else " cijfer was"
        words.append(f"{'het' if n else 'Het'} {side}{what} {{turn{n}}} in {period_text(when)}")
        values[f"turn{n}"] = turn
    rises = last.value > found.turns[-1][1].value
    if rises == (last.value > found.before[1].value):
        after = f"daarna {'steeg' if rises else 'daalde'} het weer"
    else:
        after = f"daarna lag het weer {'hoger' if rises else 'lager'}"
    return say("In {begin} was dat {first}. " + ", ".join(words) + f"; {after}." + apart, **values)


def path(frame: pd.DataFrame) -> Prose | str:
    """How a series went, as part of a sentence or a title: `zakte van 11,2% in 2014 naar 8% in 2022 en steeg …`.

    Over the last two legs between turns since the last break: from the turn before them, or from the first figure. A
    leg that went back in between has no direction, nor has one below zero: then it is `was 11,2% in 2014, 8% in 2022
    en 9,2% in 2024`. Of one figure: `was 12% in 2020`.
    """
    every, _ = _spots(frame)
    if len(every) < 2:
        known = frame[frame.value.notna()]
        if known.empty:
            return "kreeg geen cijfer"
        return say("was {n} in {when}", n=figures(known)[-1], when=period_text(known.period.iloc[-1]))
    return told_path(every)


def told_path(every: Spots, whole: bool = False) -> Prose:
    """`path` of two or more figures in order, each with its period; `whole`: from the first one, over every turn."""
    spots, straight = _legs(every, whole)
    values = {f"n{i}": one for i, (_, one) in enumerate(spots)}
    if len(spots) == 2 and spots[0][1].value == spots[1][1].value:
        return say("bleef op {n0} van {a} tot {b}", a=spots[0][0], b=spots[1][0], **values)
    form = "" if measure_of(spots[0][1].unit) else ":n"  # a noun stands in the sentence
    points = [f"{{n{i}{form}}} in {period_text(period)}" for i, (period, _) in enumerate(spots)]
    if not straight:
        return say(f"was {join(points)}", **values)
    verbs = ["steeg" if after[1].value > before[1].value else "zakte" for before, after in itertools.pairwise(spots)]
    steps = [f"{verb} naar {end}" for verb, end in zip(verbs, points[1:], strict=True)]
    return say(join(steps).replace(" naar", f" van {points[0]} naar", 1), **values)


def _legs(spots: Spots, whole: bool) -> tuple[Spots, bool]:
    """The ends of the last legs of a series, or of the `whole` of it, and whether its direction can be told.

    Of a whole with more turns than a reader can follow the ends, the lowest and the highest.
    It can when it never goes back on its way from one to the next, and none is below zero, where `steeg` says nothing.
    """
    values = [one.value for _, one in spots]
    corners = [0, *_corners(values), len(values) - 1]
    rise, step = values[-1] - values[corners[-2]], values[-1] - values[-2]
    if rise * step < 0 and len(corners) == LEGS:
        corners.insert(1, values.index(max(values) if rise > 0 else min(values)))
    kept = corners if whole else corners[-LEGS - 1 :]
    if len(kept) > MOST:
        kept = sorted({0, values.index(min(values)), values.index(max(values)), len(values) - 1})
    legs = [values[begin : end + 1] for begin, end in itertools.pairwise(kept)]
    straight = min(values) >= 0 and all(leg in (sorted(leg), sorted(leg, reverse=True)) for leg in legs)
    return [spots[place] for place in kept], straight


def _corners(values: Sequence[Decimal]) -> list[int]:
    """Where a series turned: each low and high from which it went back clearly."""
    least = (max(values) - min(values)) / CLEARLY
    corners, peak, trough, rising = [], 0, 0, None
    for place, value in enumerate(values):
        peak = place if value > values[peak] else peak
        trough = place if value < values[trough] else trough
        if rising is not False and values[peak] - value >= least > 0:
            corners += [peak] if rising else []
            rising, trough = False, place
        elif rising is not True and value - values[trough] >= least > 0:
            corners += [] if rising is None else [trough]
            rising, peak = True, place
    return corners


def ends(frame: pd.DataFrame, of_known: bool = False) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows with the lowest and the highest value.

    Raises `DataError` when a row has no value: that one could be lower or higher than both. So could a year in between
    that has no row: `of_known` is for a sentence that says it is of the years that are known.
    """
    if not of_known and _skips_a_year(frame.period):
        do = "say that it is of the years that are known, with `of_known=True`"
        raise DataError("no lowest and highest: a year in between has no figure", found=join(list(frame.period)), do=do)
    absent = sorted(set(frame[frame.value.isna()].area))
    if absent or frame.empty:
        found, do = "an extreme that a missing figure could overturn", "say of which areas there is a figure"
        raise DataError(f"no lowest and highest: {join(absent) or 'every area'} has no figure", found=found, do=do)
    rows = frame.sort_values("value")
    return rows.iloc[[0]], rows.iloc[[-1]]


def _skips_a_year(periods: Iterable[str]) -> bool:
    years = {int(period[:4]) for period in periods}
    return bool(years) and max(years) - min(years) >= len(years)


_SHARES = ((50, "de helft"), (33.3, "een derde"), (25, "een kwart"), (20, "een vijfde"), (10, "een tiende"))


def about(share: Figure) -> Prose | str:
    """A percentage as people say it when it is nearly a plain part: `een derde`, or the percentage."""
    size = abs(share.value)
    near = [words for part, words in _SHARES if abs(size - Decimal(str(part))) <= 1]
    return near[0] if near else say("{share:0}", share=replace(share, value=size))
