# SPDX-License-Identifier: EUPL-1.2
"""Counts by series, each figure in its place, so that one series can be held against others.

Takes tidy rows; called by `found_sums`, which looks for sums in them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product

from ..observations.observation import Observation, breakdown_parts, breakdown_text
from .policy import Policy
from .relations import PER, Group, Series, Sum, group_of

Place = tuple  # period, area and the other parts of the breakdown: where figures of several series stand side by side
Column = Mapping[Place, float]
Columns = Callable[[Series], Column]  # the figures of a series

TELLING = 4  # in so many places at least two parts count somebody: fewer may be chance


class Table:
    """Counts by indicator and by group, to hold one against another."""

    def __init__(
        self, rows: Iterable[Observation], policy: Policy, least: int = TELLING, added_up: Iterable[Observation] = ()
    ) -> None:
        """`least`: in so many places at least an indicator stands beside sensitive counts.

        `added_up`: what `added_up` gives, to look for sums in as well.
        """
        self.at: dict[str, dict[Group, Observation]] = defaultdict(dict)
        for row in rows:
            if row.unit not in PER and row.indicator not in policy.derived:
                self.at[row.indicator][group_of(row.key)] = row
        self._given = {one: dict(own) for one, own in self.at.items()}
        for row in added_up:
            self.at[row.indicator][group_of(row.key)] = row
        places = {(g.period, g.area) for one in policy.sensitive for g in self.at.get(one, ())}
        beside = {one for one, own in self.at.items() if len(places & {(g.period, g.area) for g in own}) >= least}
        self.indicators = sorted(beside.intersection({*policy.sensitive, *policy.open, *policy.known}))
        self.known, self.sensitive = policy.known, policy.sensitive
        self._cuts: dict[tuple[str, str], dict[Place, bool]] = {}  # indicator and key of a breakdown
        self._columns: dict[tuple[str, frozenset[str]], dict[frozenset, Column]] = {}

    def questions(self) -> Iterator[tuple[Series, list[Series], Columns]]:
        """A series, those that it may be the sum of, and where to find the figures of each."""
        for indicator in self.indicators:
            for key, other in product(self._keys(indicator), repeat=2):  # `minderjarig` is a sum of ages
                for total in self._values(indicator, key):
                    parts = [one for one in self._values(indicator, other) if one != total]
                    if parts:
                        yield total, parts, self._without({key, other})
        for indicator in self.indicators:
            others = [one for one in self.indicators if one != indicator and self._apart(one, indicator)]
            yield (indicator, ""), [(one, "") for one in others], self._without()
            for other in others:
                for key in self._keys(other):
                    yield (indicator, ""), self._values(other, key), self._without({key})

    def side_by_side(self) -> Iterator[tuple[list[Series], Columns]]:
        """Series of which some may be as many as others, and where to find the figures of each."""
        for indicator in self.indicators:
            for key in self._keys(indicator):
                yield self._values(indicator, key), self._without({key})
        yield [(indicator, "") for indicator in self.indicators], self._without()

    def _apart(self, one: str, other: str) -> bool:
        """False for two indicators of which the policy says that they count the same."""
        if self.known.get(one) == other or self.known.get(other) == one:
            return False
        return one in self.sensitive or other in self.sensitive

    def _keys(self, indicator: str) -> list[str]:
        return sorted({key for group in self.at[indicator] for key in group.told_apart_by})

    def _values(self, indicator: str, key: str) -> list[Series]:
        parts = {part for group in self.at[indicator] for part in group.parts if part[0] == key}
        return [(indicator, f"{key}={value}") for key, value in sorted(parts)]

    def _without(self, keys: Iterable[str] = ()) -> Columns:
        """The figures of a series where nothing else is told apart by these keys."""
        apart = frozenset(keys)
        return lambda series: self._told_apart(series[0], apart).get(_part(series), {})

    def columns_of(self, one: Sum) -> Columns:
        """Where to find the figures of the series of a sum."""
        return self._without(one.keys)

    def fits(self, one: Sum, least: int = 0) -> bool:
        """True for a sum, or an order, that holds in each place that gives all of it, of which there are so many."""
        column_of = self.columns_of(one)
        columns = [(sign, column_of(series)) for series, sign in one.signs.items()]
        places = set.intersection(*(set(column) for _, column in columns))
        left = [sum(sign * column[place] for sign, column in columns) for place in places]
        known = [value for value in left if not math.isnan(value)]
        return len(known) >= least and all(value >= 0 if one.or_more else value == 0 for value in known)

    def _told_apart(self, indicator: str, keys: frozenset[str]) -> dict[frozenset, Column]:
        """Parts of a breakdown with these keys, or some of them, and the figures of each."""
        if (indicator, keys) not in self._columns:
            self._columns[indicator, keys] = _columns(self.at[indicator], keys)
        return self._columns[indicator, keys]

    def is_cut(self, series: Series) -> bool:
        """True for a part of a breakdown whose parts add up to the total as they are: then none is another total.

        That counts where the part stands itself: another word for the total may stand where nothing else is told apart.
        """
        indicator, text = series
        key = text.partition("=")[0]
        if not key:
            return False
        if (indicator, key) not in self._cuts:
            self._cuts[indicator, key] = self._adding_up(indicator, key)
        adds_up = self._cuts[indicator, key]
        own = _columns(self._given[indicator], frozenset({key})).get(_part(series), {})
        found = [adds_up[place] for place in own if place in adds_up]
        return bool(found) and all(found)

    def _adding_up(self, indicator: str, key: str) -> dict[Place, bool]:
        """For each place where all is given whether the parts of a breakdown add up to the total."""
        columns = _columns(self._given[indicator], frozenset({key}))
        whole = columns.pop(frozenset(), {})
        sums: dict[Place, float] = defaultdict(float)
        for column in columns.values():
            for place, value in column.items():
                sums[place] += value  # NaN stays NaN
        both = {place: (sums[place], whole[place]) for place in sums.keys() & whole.keys()}
        return {place: one == other for place, (one, other) in both.items() if not math.isnan(one + other)}

    def example(self, one: Sum) -> Observation:
        """A row of the total."""
        indicator, text = one.total
        parts = frozenset(breakdown_parts(text).items())
        return next(row for group, row in self.at[indicator].items() if parts <= group.parts)


def _part(series: Series) -> frozenset[tuple[str, str]]:
    return frozenset(breakdown_parts(series[1]).items())


def _columns(rows: Mapping[Group, Observation], keys: frozenset[str]) -> dict[frozenset, Column]:
    """Parts of a breakdown with these keys, or some of them, and the figures of each."""
    found: dict[frozenset, dict[Place, float]] = defaultdict(dict)
    for group, row in rows.items():
        own = frozenset(part for part in group.parts if part[0] in keys)
        found[own][group.period, group.area, group.parts - own] = number_of(row)
    return dict(found)


def added_up(rows: Iterable[Observation], policy: Policy, sums: Iterable[Sum]) -> list[Observation]:
    """Counts that have no row, but of which all parts of a breakdown have one: by sex, of counts by sex and origin.

    `sums`: of a total among the parts, which is none of them.
    """
    totals = {one.total for one in sums if one.total[1] and one.is_within_key and not one.or_more and not one.beside}
    at: dict[tuple[str, Group], Observation] = {}
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        if row.indicator in policy.sensitive and row.value is not None:
            at[row.indicator, group_of(row.key)] = row
            for key, value in breakdown_parts(row.breakdown).items():
                if (row.indicator, f"{key}={value}") not in totals:
                    labels[row.indicator, key].add(value)
    found = []
    todo = sorted(at, key=lambda one: -len(one[1].parts))
    for indicator, group in todo:
        for key, _ in group.parts if len(group.parts) > 1 else ():
            rest = frozenset(part for part in group.parts if part[0] != key)
            cell = indicator, replace(group, parts=rest)
            parts = [(indicator, replace(group, parts=rest | {(key, value)})) for value in labels[indicator, key]]
            if cell not in at and parts and all(part in at for part in parts):
                total = sum((at[part].value or 0 for part in parts), Decimal(0))
                at[cell] = replace(at[parts[0]], value=total, breakdown=breakdown_text(dict(rest)))
                found.append(at[cell])
                todo.append(cell)
    return found


def number_of(row: Observation) -> float:
    """The figure; NaN for one that is not given."""
    return math.nan if row.value is None else float(row.value)
