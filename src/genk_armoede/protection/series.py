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
            keys = {key for group in self.at[indicator] for key in group.told_apart_by}
            for key in sorted(keys):
                yield from self._groups(indicator, key)
        for indicator in self.indicators:
            others = [one for one in self.indicators if one != indicator and self._apart(one, indicator)]
            yield (indicator, ""), [(one, "") for one in others], self._all_groups
            for other in others:
                keys = {key for group in self.at[other] for key in group.told_apart_by}
                for key in sorted(keys):
                    yield (indicator, ""), self._values(other, key), self._without(key)

    def side_by_side(self) -> Iterator[tuple[list[Series], Columns]]:
        """Series of which some may be as many as others, and where to find the figures of each."""
        for indicator in self.indicators:
            keys = {key for group in self.at[indicator] for key in group.told_apart_by}
            for key in sorted(keys):
                yield self._values(indicator, key), self._without(key)
        yield [(indicator, "") for indicator in self.indicators], self._all_groups

    def _apart(self, one: str, other: str) -> bool:
        """False for two indicators of which the policy says that they count the same."""
        if self.known.get(one) == other or self.known.get(other) == one:
            return False
        return one in self.sensitive or other in self.sensitive

    def _groups(self, indicator: str, key: str) -> Iterator[tuple[Series, list[Series], Columns]]:
        values = self._values(indicator, key)
        if len(values) > 1:
            for total in values:
                yield total, [one for one in values if one != total], self._without(key)

    def _values(self, indicator: str, key: str) -> list[Series]:
        parts = {part for group in self.at[indicator] for part in group.parts if part[0] == key}
        return [(indicator, f"{key}={value}") for key, value in sorted(parts)]

    def _without(self, key: str) -> Columns:
        return lambda series: _beside(self.at[series[0]], series[1], key)

    def columns_of(self, one: Sum) -> Columns:
        """Where to find the figures of the series of a sum."""
        keys = {text.partition("=")[0] for _, text in one.signs} - {""}
        return self._without(keys.pop()) if keys else self._all_groups

    def _all_groups(self, series: Series) -> Column:
        return {(g.period, g.area, g.parts): number_of(row) for g, row in self.at[series[0]].items()}

    def fits(self, one: Sum, least: int = 0) -> bool:
        """True for a sum, or an order, that holds in each place that gives all of it, of which there are so many."""
        keys = frozenset(key for _, text in one.signs for key in breakdown_parts(text))
        columns = []
        for (indicator, text), sign in one.signs.items():
            part = frozenset(breakdown_parts(text).items())
            columns.append((sign, self._told_apart(indicator, keys).get(part, {})))
        places = set.intersection(*(set(column) for _, column in columns))
        left = [sum(sign * column[place] for sign, column in columns) for place in places]
        known = [value for value in left if not math.isnan(value)]
        return len(known) >= least and all(value >= 0 if one.or_more else value == 0 for value in known)

    def _told_apart(self, indicator: str, keys: frozenset[str]) -> dict[frozenset, Column]:
        """Parts of a breakdown with these keys, or some of them, and the figures of each."""
        if (indicator, keys) not in self._columns:
            found: dict[frozenset, dict[Place, float]] = defaultdict(dict)
            for group, row in self.at[indicator].items():
                own = frozenset(part for part in group.parts if part[0] in keys)
                found[own][group.period, group.area, group.parts - own] = number_of(row)
            self._columns[indicator, keys] = found
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
        found = [adds_up[place] for place in _beside(self._given[indicator], text, key) if place in adds_up]
        return bool(found) and all(found)

    def _adding_up(self, indicator: str, key: str) -> dict[Place, bool]:
        """For each place where all is given whether the parts of a breakdown add up to the total."""
        sums: dict[Place, float] = defaultdict(float)
        given = self._given[indicator]
        for _, text in self._values(indicator, key):
            for place, value in _beside(given, text, key).items():
                sums[place] += value  # NaN stays NaN
        whole = _beside(given, "", key)
        both = {place: (sums[place], whole[place]) for place in sums.keys() & whole.keys()}
        return {place: one == other for place, (one, other) in both.items() if not math.isnan(one + other)}

    def example(self, one: Sum) -> Observation:
        """A row of the total."""
        indicator, text = one.total
        parts = frozenset(breakdown_parts(text).items())
        return next(row for group, row in self.at[indicator].items() if parts <= group.parts)


def _beside(rows: Mapping[Group, Observation], text: str, key: str) -> Column:
    """The figures of one part of a breakdown, or of none, where nothing else is told apart by its key."""
    part = frozenset(breakdown_parts(text).items())
    found = {}
    for group, row in rows.items():
        rest = group.parts - part
        if part <= group.parts and not any(name == key for name, _ in rest):
            found[group.period, group.area, rest] = number_of(row)
    return found


def added_up(rows: Iterable[Observation], policy: Policy, sums: Iterable[Sum]) -> list[Observation]:
    """Counts that have no row, but of which all parts of a breakdown have one: by sex, of counts by sex and origin.

    `sums`: of a total among the parts, which is none of them.
    """
    totals = {one.total for one in sums if one.total[1] and not one.or_more and not one.beside}
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
