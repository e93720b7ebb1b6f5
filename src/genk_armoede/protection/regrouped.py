# SPDX-License-Identifier: EUPL-1.2
"""Groups that have another name since an earlier version, or were taken apart or put together.

Takes the rows of now and of earlier versions; gives `Sum`s between groups that are gone and groups that are new; called
by `found_sums`, which sees what places that give all of them show. Here is what is hidden in most of them.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..observations.observation import Observation
from .policy import Policy
from .relations import FAR, Series, Sum, group_of

SURE = 3  # in so many places a figure is the same: then others may be corrected
CORRECTED = 0.5  # in half as many: a correction changes totals too
TRIED = 2_000  # ways to make up a group


class Span(NamedTuple):
    """Between what a count lies."""

    low: float
    high: float


Column = Mapping[tuple, Span]  # period, area and the other parts of the breakdown
Columns = Mapping[Series, Column]


def regrouped(
    now: Sequence[Observation], earlier: Iterable[tuple[str, Observation]], policy: Policy
) -> tuple[list[Sum], list[Sum]]:
    """What groups that are gone since a version are now; and what they may be, where there is more than one answer."""
    versions: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for commit, row in earlier:
        if row.indicator in policy.sensitive:
            versions[row.indicator, commit].append(row)
    found: dict[Sum, None] = {}
    open_ones: dict[Sum, None] = {}
    for (indicator, _), then in versions.items():
        rows = [row for row in now if row.indicator == indicator]
        if {row.breakdown for row in then} <= {row.breakdown for row in rows}:
            continue
        for gone, new in _apart(_by_key(then, policy), _by_key(rows, policy)):
            answers, others = _answers(gone, new, policy)
            found |= dict.fromkeys(answers)
            open_ones |= dict.fromkeys(others)
    return [*found], [*open_ones]


def _by_key(rows: Iterable[Observation], policy: Policy) -> Mapping[str, dict[Series, dict[tuple, Span]]]:
    """For each key of a breakdown between what the count of each of its groups lies, by place."""
    least = float(policy.zeros == "keep")
    found: dict = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        group = group_of(row.key)
        for part in group.parts:
            series = row.indicator, "=".join(part)
            found[part[0]][series][group.period, group.area, group.parts - {part}] = span_of(
                row, least, policy.base * ("e" in row.status)
            )
    return found


def span_of(row: Observation, least: float, base: int) -> Span:
    """Between what a published cell says that the count lies; `base`: what it is rounded to, if it is."""
    if row.value is None:
        return Span(least if "c" in row.status else 0.0, FAR)  # of a blank nobody knows that somebody is counted
    value, reach = float(row.value), max(base - 1, 0)
    return Span(max(value - reach, 0.0), value + reach)


def _apart(then: Mapping[str, Columns], now: Mapping[str, Columns]) -> Iterator[tuple[Columns, Columns]]:
    """Groups that are gone and that are new, of one key, or of a key that is gone and one that is new."""
    keys = [(key, key) for key in then.keys() & now.keys()]
    keys += itertools.product(then.keys() - now.keys(), now.keys() - then.keys())
    for key, other in sorted(keys):
        before, after = then[key], now[other]
        gone = {one: own for one, own in before.items() if one not in after}
        new = {one: own for one, own in after.items() if one not in before}
        places = set().union(*gone.values()) & set().union(*new.values())
        sides = []
        for side in (gone, new):
            same = {one: {place: own[place] for place in own.keys() & places} for one, own in side.items()}
            sides.append({one: own for one, own in sorted(same.items()) if any(span.low for span in own.values())})
        if all(sides):
            yield sides[0], sides[1]


def _answers(gone: Columns, new: Columns, policy: Policy) -> tuple[list[Sum], list[Sum]]:
    """What holds in each way to say of every group what it is on the other side; and what holds in some of them.

    Groups that are nothing by themselves are the same together.
    """
    said = {one["sum"]: one["holds"] for one in policy.relations}
    fitting = [one for one in _fitting(gone, new) if said.get(str(one)) != "no"]
    sure = [one for one in fitting if said.get(str(one)) == "yes"]
    taken = set().union(*(one.signs for one in sure))
    fitting = [one for one in fitting if taken.isdisjoint(one.signs)]
    ways = [{*way} for way in itertools.islice(_apart_from_each_other(fitting), TRIED)]
    most = max(map(len, ways))
    finest = [way for way in ways if len(way) == most]
    if len(ways) < TRIED:  # else some were not looked at, and nothing is sure
        sure += [one for one in fitting if all(one in way for way in finest)]
    with_answer = set().union(*(one.signs for one in fitting))
    left, others = ([one for one in side if one not in taken | with_answer] for side in (gone, new))
    if left and others and _fits([gone[one] for one in left], [new[one] for one in others]):
        rest = Sum(others[0], tuple(left), where_given=True, beside=tuple(others[1:]))
        sure += [rest] if said.get(str(rest)) != "no" else []
    told = set().union(*(one.signs for one in sure))
    return sure, [one for one in fitting if told.isdisjoint(one.signs)]


def _apart_from_each_other(fitting: Sequence[Sum]) -> Iterator[list[Sum]]:
    """Each choice of sums of which no two are about one group; those of most sums go first."""
    if not fitting:
        yield []
        return
    first, *rest = fitting
    apart = [one for one in rest if one.signs.keys().isdisjoint(first.signs)]
    yield from ([first, *others] for others in _apart_from_each_other(apart))
    if len(apart) < len(rest):
        yield from _apart_from_each_other(rest)


def _fitting(gone: Columns, new: Columns) -> Iterator[Sum]:
    """Each group of a side that may be one or more of the other."""
    for total, own in gone.items():
        for parts in _ways(new, 1):
            if _fits([own], [new[one] for one in parts]):
                first, *rest = sorted((total, *parts), reverse=True) if len(parts) == 1 else (total, *parts)
                yield Sum(first, tuple(rest), where_given=True)
    for total, own in new.items():
        for parts in _ways(gone, 2):
            if _fits([gone[one] for one in parts], [own]):
                yield Sum(total, parts, where_given=True)


def _ways(groups: Iterable[Series], least: int) -> Iterator[tuple[Series, ...]]:
    names = sorted(groups)
    ways = (itertools.combinations(names, size) for size in range(least, len(names) + 1))
    return itertools.islice(itertools.chain.from_iterable(ways), TRIED)


def _fits(one_side: Sequence[Column], other_side: Sequence[Column]) -> bool:
    """True for groups that may be as many as others in every place, but for a few that were corrected."""
    same = apart = 0
    for place in set().union(*one_side) & set().union(*other_side):
        one, other = (_together(side, place) for side in (one_side, other_side))
        apart += one.low > other.high or other.low > one.high
        same += 0 < one.low == one.high == other.low == other.high
    return apart <= (CORRECTED * same if same >= SURE else 0)


def _together(columns: Iterable[Column], place: tuple) -> Span:
    spans = [own.get(place, Span(0.0, FAR)) for own in columns]
    return Span(sum(span.low for span in spans), sum(span.high for span in spans))
