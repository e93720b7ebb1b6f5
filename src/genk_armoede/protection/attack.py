# SPDX-License-Identifier: EUPL-1.2
"""What follows from published counts: which hidden ones can be worked out, and which figures are made of too few.

Takes tidy rows, the areas and earlier versions; called by `audit`, which attacks what is published with it, and by
`protect`, which sees with it whether enough is hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, hstack

from ..observations.observation import Observation
from .found_sums import sums_in
from .known import placed
from .program import Program, System
from .regrouped import Span, span_of
from .relations import (
    CONTRADICTION,
    FAR,
    PER,
    Cell,
    Group,
    Groups,
    Inside,
    Key,
    Relation,
    Sum,
    group_of,
    linked,
    sums,
    whole_of,
)

if TYPE_CHECKING:
    from .policy import Policy

Tables = Mapping[str, Sequence[Observation]]
Earlier = Sequence[tuple[str, Observation]]  # what earlier versions show, each with its commit, the newest first
Rows = Mapping[Cell, Observation]


@dataclass(frozen=True, slots=True)
class Told:
    """A count of which too little is left open, and what tells so."""

    row: Observation
    by: list[Observation]
    commits: list[str]


def made_of_few(
    rows: Iterable[Observation], inside: Inside, policy: Policy, rounded: Set[Key]
) -> Iterator[tuple[Observation, bool]]:
    """Shown shares, means, differences and sums that may not be: True for one over few, or over nobody knows how many.

    Otherwise a count that it is made of is not shown as it is: for a difference or a sum in any period of the table.
    """
    at = {(row.indicator, group_of(row.key)): row for row in rows}
    periods: dict[str, set[str]] = defaultdict(set)  # indicator → the periods that it has
    exact: dict[tuple, set[str]] = defaultdict(set)  # indicator, area and parts → the periods in which it is shown
    for (indicator, group), row in at.items():
        periods[indicator].add(row.period)
        if row.value is not None and row.key not in rounded:
            exact[indicator, group.area, group.parts].add(row.period)
    means: dict = defaultdict(dict)  # indicator and period → each mean that is shown, and over how many it is
    for (indicator, group), row in at.items():
        made = policy.derived.get(indicator)
        if row.value is None or not made:
            continue
        shown = {count: exact[count, group.area, group.parts] for count in made["from"]}
        if "of" not in made:
            if any(not shown[count] or shown[count] != periods[count] for count in shown):
                yield row, False
            continue
        of, people = made["of"], whole_of(group, made, row.unit)
        whole = at.get((of, people))
        if any(row.period not in known for known in shown.values()):
            yield row, False
        elif whole is None:
            yield row, True
        elif row.period not in exact[of, people.area, people.parts]:
            yield row, False
        elif whole.value < policy.minimum_denominator:
            yield row, True
        elif row.unit not in PER:
            means[indicator, row.period][row.key] = row, whole.value
    for size in means.values():
        for row in _differenced(size, inside, policy.minimum_denominator):
            yield row, True


def _differenced(size: Mapping[Key, tuple[Observation, Decimal]], inside: Inside, least: int) -> Iterator[Observation]:
    """Of some groups with a mean of all of them, which together tell that of the others, who are few: the smallest."""
    below: dict[Key, list[list[Key]]] = defaultdict(list)  # total → the ways to make it up
    for relation in sums(size, inside):
        total, *parts = relation.terms
        below[total].append(parts)

    def people(keys: Iterable[Key]) -> Decimal:
        return sum((size[key][1] for key in keys), Decimal(0))

    def covers(key: Key) -> list[list[Key]]:
        """For each way to make up a total the groups with a mean in it."""
        return [[found for part in parts for found in cover(part)] for parts in below[key]]

    def cover(key: Key) -> list[Key]:
        """Groups with a mean, of as many people as there are, that tell of this one."""
        return [key] if key in size else max(covers(key), key=people, default=[])

    for total in [*below]:
        told = people(cover(total))
        for groups in covers(total):
            if groups and 0 < told - people(groups) < least:
                smallest = min(groups, key=lambda key: size[key][1])
                yield size[smallest][0]


@dataclass(frozen=True, slots=True)
class _Public:
    """What anyone can see: the rows of now, and those of earlier versions."""

    now: Rows
    least: Mapping[str, float]  # indicator → what a hidden count of it is at least
    rounded: Set[Key]
    earlier: Mapping[Cell, list[tuple[str, Observation]]]  # all that earlier versions show, with its commit
    gone: Rows  # what only earlier versions show
    commits: Mapping[Group, str]  # people of whom only an earlier version tells → its commit
    versions: Sequence[Groups]  # what stands beside each other now, then in each commit

    @property
    def shown_now(self) -> set[Key]:
        """Keys of which the tables of now show the figure."""
        return {row.key for row in self.now.values() if row.value is not None}

    def known_before(self, key: Key) -> list[tuple[str, Observation]]:
        return self.earlier.get((key[0], group_of(key)), [])


def _public(tables: Tables, inside: Inside, policy: Policy, earlier: Earlier) -> _Public:
    rows = placed([row for own in tables.values() for row in own], inside, policy)
    now = {(row.indicator, group_of(row.key)): row for row in rows}
    rounded = rounded_in(tables, policy)
    seen: dict[Cell, list] = defaultdict(list)
    gone: dict[Cell, Observation] = {}
    commits: dict[Group, str] = {}
    versions: dict[str | None, dict] = defaultdict(lambda: defaultdict(set))
    for indicator, group in now:
        versions[None][indicator, group.period].add(group)
    for commit, row in sorted(earlier, key=lambda one: one[1].value is None):  # what was hidden is asked about
        cell = row.indicator, group_of(row.key)
        versions[commit][row.indicator, row.period].add(cell[1])
        if row.value is not None:
            seen[cell].append((commit, row))
        if cell in now and (now[cell].value is not None or row.indicator in policy.sensitive):
            continue
        gone.setdefault(cell, row)
        commits.setdefault(cell[1], commit)
        if cell not in now and looks_rounded(row, policy):
            rounded.add(row.key)
    least = {row.indicator: policy.least(name) for name, own in tables.items() for row in own}
    together = [{at: frozenset(groups) for at, groups in own.items()} for own in versions.values()]
    return _Public(now, least, rounded, seen, gone, commits, together)


def recovered(
    tables: Tables, inside: Inside, policy: Policy, earlier: Earlier = (), told: Sequence[Sum] | None = None
) -> Iterator[Told]:
    """Hidden and rounded counts of which what is public leaves too little open: sums, shares and earlier versions.

    `told`: sums that the figures showed before some were hidden, which are published beside them; without, they are
    looked for in what is shown.
    Of what earlier versions show, and of sums that may be chance, so much is believed as fits what is shown now.
    Raises `DataError` for counts of now that contradict each other: of them nothing can be said.
    """
    public = _public(tables, inside, policy, earlier)
    found = sums_in(public.now.values(), policy).always if told is None else told
    shown = public.now | public.gone
    of_now = {row.period for row in public.now.values()}  # of a period that was withdrawn nothing is published
    for rows, relations in linked(shown.values(), shown.values(), inside, policy, found, True, public.versions):
        attack = _Attack(rows, [*relations, *_shares(rows, public, policy)], public, policy)
        if attack.is_possible:
            yield from attack.told()
        elif attack.believe() is not None:
            yield from attack.told_by_what_fits()
        elif rows[0].period in of_now:
            raise rows[0].error("the counts of this period contradict each other", do=CONTRADICTION)


class _Attack:
    """What the counts of one period tell of each other."""

    def __init__(self, rows: Sequence[Observation], relations: list[Relation], public: _Public, policy: Policy) -> None:
        self.rows = {row.key: row for row in rows}
        self.public, self.policy = public, policy
        self.inexact = public.rounded & {row.key for row in rows if "e" in row.status}
        bases = {key: policy.base * (key in self.inexact) for key in self.rows}
        least = public.least
        self.now = {key: span_of(row, least.get(row.indicator, 0.0), bases[key]) for key, row in self.rows.items()}
        self.spans = {key: _narrowed(span, public.known_before(key), policy) for key, span in self.now.items()}
        self.relations, self.system = relations, System(self.rows, relations)
        self.low, self.high = self._ends(self.spans)
        self.said: set[Key] = set()  # of which counts it was told

    def _ends(self, spans: Mapping[Key, Span]) -> tuple[np.ndarray, np.ndarray]:
        low = [spans[key].low if key in spans else 0.0 for key in self.system.keys]
        high = [spans[key].high if key in spans else FAR for key in self.system.keys]
        return np.array(low), np.array(high)

    def told_by_what_fits(self) -> Iterator[Told]:
        """What the figures tell with as much of the rest as fits them; with each sum that was left out; without chance.

        A figure may have been corrected since an earlier version, a sum that few places tell may be chance, and what a
        source hides may be nobody: which, nobody can tell.
        """
        first, left = None, {one.found for one in self.relations} - {None}
        while True:
            left &= self.believe(first)
            yield from self.told()
            left.discard(first)
            if not left:
                break
            first = max(left)
        self.relations = [one for one in self.relations if one.found is None or one.found.is_sure]
        self.believe()
        yield from self.told()

    def believe(self, first: Sum | None = None) -> set[Sum] | None:
        """Leaves out as little as can be of what contradicts the figures of now; gives the sums that some of it is of.

        None when those contradict each other. `first`: is left out last.
        """
        shown = self.public.shown_now
        sure = {key: span if key in shown else Span(0.0, FAR) for key, span in self.now.items()}
        told = [Relation({key: 1.0}, *span) for key, span in self.spans.items() if span != sure[key]]
        every = [*self.relations, *told]
        self.system = System(self.rows, every)
        doubted = [i for i, one in enumerate(every) if one.found or one.is_gone or i >= len(self.relations)]
        shape = len(every), len(doubted)
        apart = csr_array((np.ones(len(doubted)), (doubted, range(len(doubted)))), shape=shape)
        cost = np.array([self._trust(every[i]) * (1000 if first and every[i].found == first else 1) for i in doubted])
        low, high = self._ends(sure)
        none, far = np.zeros(2 * len(doubted)), np.full(2 * len(doubted), FAR)
        both = hstack([self.system.matrix, apart, -apart], format="csr")
        program = Program(both, self.system.low, self.system.high)
        ends = np.concatenate([low, none]), np.concatenate([high, far])
        found = program.solve(np.concatenate([0 * low, cost, cost]), *ends)
        if found is None:
            return None
        far_apart = found[len(low) :].reshape(2, -1).sum(axis=0) > 1e-6
        out = [every[i] for i, is_out in zip(doubted, far_apart, strict=True) if is_out]
        for one in sorted(out, key=self._trust, reverse=True):  # of ways that cost as much the first left out too many
            fewer = [other for other in out if other is not one]
            self._leave_out(fewer, sure)
            out = fewer if self.is_possible else out
        self._leave_out(out, sure)
        return {one.found for one in out} - {None}

    def _leave_out(self, out: Sequence[Relation], sure: Mapping[Key, Span]) -> None:
        self.system = System(self.rows, [one for one in self.relations if one not in out])
        no_more = {key for one in out if not one.found and len(one.terms) == 1 for key in one.terms}
        self.low, self.high = self._ends(self.spans | {key: sure[key] for key in no_more})

    def _trust(self, one: Relation) -> float:
        """Most in what was hidden; more in a sum than in an earlier version; least in a sum or more: often chance."""
        if one.found:
            return 0.1 if one.found.or_more else 2.0
        return 100.0 if one.high == FAR else 1.0

    @property
    def is_possible(self) -> bool:
        """False when the counts contradict each other."""
        return self.system.program.solve(np.zeros(len(self.low)), self.low, self.high) is not None

    def told(self) -> Iterator[Told]:
        column = self.system.column
        asked = [column[key] for key, span in self.now.items() if span.low < span.high and key not in self.said]
        inexact = {column[key] for key in self.inexact}
        for i, by in self.system.narrow(self.low, self.high, asked, self.policy, inexact):
            key = self.system.keys[i]
            self.said.add(key)
            names = sorted({self.system.keys[j] for j in by} & {*self.rows})
            commits = {commit for commit, _ in self.public.known_before(key)[:1]}
            commits |= {self.public.commits.get(group_of(name), "") for name in (key, *names)} - {""}
            yield Told(self.rows[key], [self.rows[name] for name in names], sorted(commits))


def rounded_in(tables: Tables, policy: Policy) -> set[Key]:
    """Keys of the counts that are rounded."""
    return {row.key for name, own in tables.items() if policy.rounds(name) for row in own if "e" in row.status}


def looks_rounded(row: Observation, policy: Policy) -> bool:
    """True for a figure of an earlier version that looks rounded."""
    return "e" in row.status and row.value is not None and row.value % policy.base == 0


def _narrowed(span: Span, earlier: Earlier, policy: Policy) -> Span:
    """Between what a count lies by earlier versions too, but for those that contradict it."""
    for _, row in earlier:
        before = span_of(row, 0.0, policy.base * looks_rounded(row, policy))
        both = Span(max(span.low, before.low), min(span.high, before.high))
        span = both if both.low <= both.high else span
    return span


def _shares(rows: Sequence[Observation], public: _Public, policy: Policy) -> Iterator[Relation]:
    """A published share, with its rounding, ties a count to its whole."""
    shown = public.now | public.gone
    decimals: dict[str, int] = defaultdict(int)  # a table does not write the last zeros
    for (indicator, _), row in shown.items():
        if row.value is not None:
            decimals[indicator] = min(decimals[indicator], row.value.as_tuple().exponent)  # type: ignore[type-var]
    for row, (indicator, made) in product(rows, policy.derived.items()):
        if made["from"] != [row.indicator]:
            continue
        group = group_of(row.key)
        share, whole = shown.get((indicator, group)), shown.get((made.get("of"), whole_of(group, made)))
        if not share or share.value is None or share.unit not in PER or not whole or whole.key == row.key:
            continue
        half = Decimal(1).scaleb(decimals[indicator]) / 2
        for sign in (1, -1):  # at least, and at most
            factor = float(-(sign * share.value - half) / PER[share.unit])
            yield Relation({row.key: sign, whole.key: factor}, 0.0, np.inf, is_gone=(indicator, group) in public.gone)
