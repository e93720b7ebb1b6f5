# SPDX-License-Identifier: EUPL-1.2
"""What follows from published counts: every sum that must hold, and what a hidden cell can still be.

Takes tidy rows and the areas; gives linear relations, and answers of HiGHS; called by `audit`, which attacks what is
published with them, and by `protect`, which sees with them whether it has hidden enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import highspy
import numpy as np
from scipy.sparse import csr_array

from ..observations.observation import TOTAL_WORDS, Observation, breakdown_parts, breakdown_text

if TYPE_CHECKING:
    from .policy import Policy

Key = tuple[str, ...]
Link = tuple[dict[Key, float], float, float]  # terms, and the ends between which their sum lies
Inside = Mapping[str, Sequence[Sequence[str]]]  # area → the ways to cut it up
Tables = Mapping[str, Sequence[Observation]]
Earlier = Sequence[tuple[str, Observation]]  # what earlier versions show, each with its commit, the newest first
Span = tuple[float, float]
FAR = 1_000_000.0
PER = {"%": 100, "‰": 1000}


def place_of(key: Key) -> tuple[str, str, frozenset]:
    """What makes two rows one cell, within an indicator: period, area and parts of the breakdown (`totaal` is none)."""
    _, code, area, period, breakdown = key
    parts = breakdown_parts(breakdown).items()
    return period, code or area, frozenset(part for part in parts if part[1].lower() not in TOTAL_WORDS)


def whole_place(place: tuple, made: Mapping, unit: str = "%") -> tuple:
    """Where the whole stands: at the same place, or at the total when it is of a share of the count itself."""
    return (*place[:2], frozenset()) if made.get("of") in made["from"] and unit in PER else place


def linked(
    rows: Iterable[Observation], elsewhere: Iterable[Observation], inside: Inside, policy: Policy
) -> Iterator[tuple[list[Observation], list[Link]]]:
    """By period: the sensitive counts and what else is published of the same people, with every relation between them.

    `elsewhere`: rows of all tables, among them those of indicators that the policy names under `known`.
    """
    periods = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        periods[row.period][row.indicator][place_of(row.key)] = row
    for row in elsewhere:
        if row.indicator in policy.known and row.value is not None and row.area_code in inside:
            same = replace(row, indicator=policy.known[row.indicator])
            if cells := periods[row.period][same.indicator]:
                own = cells.get(place_of(row.key), same)
                own = {"area_code": own.area_code, "area": own.area, "breakdown": own.breakdown}
                cells[place_of(row.key)] = replace(same, **own, status="")  # also of a hidden or rounded one
    for cells in periods.values():
        own = {row.key: row for indicator in policy.sensitive for row in cells[indicator].values()}
        links = [link for indicator in policy.sensitive
                 for link in sums([row.key for row in cells[indicator].values()], inside)]  # fmt: skip
        for made in policy.derived.values():
            parts = [row for count in made["from"] for row in cells[count].values()] if "of" in made else []
            for row in parts:
                whole = cells[made["of"]].get(whole_place(place_of(row.key), made))
                if whole and whole.key != row.key and (whole.value is not None or whole.key in own):
                    own[whole.key] = whole
                    links.append(({whole.key: 1.0, row.key: -1.0}, 0.0, np.inf))  # a part is at most its whole
        if own:
            yield list(own.values()), links


def sums(keys: Iterable[Key], inside: Inside) -> list[Link]:
    """Every total of one indicator and period with its parts: over a breakdown, and over the areas in an area.

    A total that is not published, but ties together what is, takes part under a key of its own.
    """
    above = defaultdict(list)
    for area, ways in inside.items():
        for part in (part for way in ways for part in way):
            above[part].append(area)
    at = {place_of(key): key for key in keys}
    known = {area for _, area, _ in at}
    cuts = defaultdict(lambda: defaultdict(list))  # area → by what its people are told apart → places
    todo = list(at)
    while todo:
        period, area, parts = place = todo.pop()
        own, here = _names(parts), cuts[area]
        here[own].append(place)
        near = [(period, parent, parts) for parent in above[area] if parent in known or len(above[area]) == 1]
        near += [(period, area, frozenset(part for part in parts if part[0] in other))
                 for other in here if not (own <= other or other <= own)]  # fmt: skip
        for new in near:
            if new not in at:
                at[new] = (at[place][0], new[1], "", period, breakdown_text(dict(new[2])))
                todo.append(new)
    found = []
    for (period, area, parts), total in at.items():
        finer = [cut for cut in cuts[area] if _names(parts) < cut]
        ways = [[at[one] for one in cuts[area][cut] if parts <= one[2]]
                for cut in finer if not any(other < cut for other in finer)]  # fmt: skip
        ways += [[at[period, part, parts] for part in way if (period, part, parts) in at]
                 for way in inside.get(area, ())]  # fmt: skip
        found += [({total: 1.0, **dict.fromkeys(way, -1.0)}, 0.0, 0.0) for way in ways if way]
    return found


def _names(parts: frozenset) -> frozenset:
    return frozenset(name for name, _ in parts)


class _Quiet(highspy.Highs):
    """HiGHS without its name on standard output, which it prints as soon as it is made."""

    def enableCallbacks(self) -> None:
        self.silent()
        super().enableCallbacks()


class Program:
    """Linear relations of which many things are asked; each answer starts from the one before."""

    def __init__(self, matrix: csr_array, low: np.ndarray, high: np.ndarray, whole: bool = False) -> None:
        """`low` and `high` bound the rows; `whole`: all columns are whole numbers."""
        self.solver, self.columns = _Quiet(), np.arange(matrix.shape[1], dtype=np.int32)
        self.solver.silent()
        self.solver.setOptionValue("threads", 1)
        self.solver.addVars(len(self.columns), np.zeros(len(self.columns)), np.zeros(len(self.columns)))
        starts, places = matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32)
        self.solver.addRows(len(low), low, high, matrix.nnz, starts, places, matrix.data)
        if whole:
            kinds = np.full(len(self.columns), highspy.HighsVarType.kInteger)
            self.solver.changeColsIntegrality(len(self.columns), self.columns, kinds)

    def solve(self, cost: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray | None:
        """The cheapest solution with every column between its ends; None when there is none."""
        self.solver.changeColsBounds(len(self.columns), self.columns, low, high)
        self.solver.changeColsCost(len(self.columns), self.columns, cost)
        self.solver.run()
        if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        return np.array(self.solver.getSolution().col_value)

    def held_by(self) -> list[int]:
        """The columns whose ends kept the last solution from going further, but for those that are 0 there."""
        found = self.solver.getSolution()
        return np.flatnonzero((np.abs(found.col_dual) > 1e-7) & (np.array(found.col_value) > 1e-6)).tolist()


class System:
    """Cells, and the relations between them."""

    def __init__(self, keys: Iterable[Key], links: Sequence[Link]) -> None:
        self.keys = list(dict.fromkeys([*keys, *(key for terms, _, _ in links for key in terms)]))
        self.place = {key: i for i, key in enumerate(self.keys)}
        terms = [(n, self.place[key], sign) for n, (terms, _, _) in enumerate(links) for key, sign in terms.items()]
        rows, columns, data = zip(*terms, strict=True) if terms else ((), (), ())
        self.matrix = csr_array((data, (rows, columns)), shape=(len(links), len(self.keys)), dtype=float)
        self.low, self.high = (np.array([link[end] for link in links], dtype=float) for end in (1, 2))
        self.program = Program(self.matrix, self.low, self.high)
        self.worlds: list[np.ndarray] = []  # some in which all relations hold

    def narrow(
        self, low: np.ndarray, high: np.ndarray, asked: Iterable[int], policy: Policy, rounded: Set[int] = frozenset()
    ) -> Iterator[tuple[int, list[int]]]:
        """Cells of which too little is left open, when all lie between their ends: each with those that hold it there.

        A range may not tell that a count is small, nor leave fewer values than there are small ones. A rounded count
        may be told to be small: 0 to 4 is what a published 0 says.
        """
        self.worlds = [world for world in self.worlds if np.all((low - 1e-6 < world) & (world < high + 1e-6))]
        least, most = (pick(self.worlds, axis=0) if self.worlds else np.full(len(low), end)
                       for pick, end in ((np.min, np.inf), (np.max, -np.inf)))  # fmt: skip
        for i in asked:
            by: list[int] = []
            for sign in (-1.0, 1.0, 0.0):
                bottom, top = np.ceil(least[i] - 1e-6), np.floor(most[i] + 1e-6)
                if top - bottom >= policy.threshold - 1 and (top >= policy.threshold or i in rounded):
                    break
                if sign:
                    self.worlds.append(self.program.solve(sign * (np.arange(len(low)) == i), low, high))
                    least, most = np.minimum(least, self.worlds[-1]), np.maximum(most, self.worlds[-1])
                    by += self.program.held_by()
                elif bottom < policy.threshold and (top > 0 or policy.zeros == "hide"):
                    yield i, by


class Told(NamedTuple):
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
    at = {(row.indicator, place_of(row.key)): row for row in rows}
    means: dict = defaultdict(dict)  # indicator and period → each mean that is shown, and over how many it is
    exact: dict = defaultdict(set)  # count, area and breakdown → the periods in which it is shown
    for (indicator, place), row in at.items():
        exact[indicator].add(row.period)
        if row.value is not None and row.key not in rounded:
            exact[indicator, place[1:]].add(row.period)
    for (indicator, place), row in at.items():
        if row.value is None or not (made := policy.derived.get(indicator)):
            continue
        shown = [exact[one, place[1:]] for one in made["from"]]
        if "of" not in made:
            if any(not own or own != exact[one] for own, one in zip(shown, made["from"], strict=True)):
                yield row, False
            continue
        of = made["of"], whole_place(place, made, row.unit)
        if any(row.period not in own for own in shown) or (of in at and row.period not in exact[of[0], of[1][1:]]):
            yield row, False
        elif of not in at or at[of].value < policy.minimum_denominator:
            yield row, True
        elif row.unit not in PER:
            means[indicator, row.period][row.key] = row, at[of].value
    for size in means.values():
        yield from ((row, True) for row in _differenced(size, inside, policy.minimum_denominator))


def _differenced(size: Mapping[Key, tuple[Observation, Decimal]], inside: Inside, least: int) -> Iterator[Observation]:
    """Of some groups with a mean of all of them, which together tell that of the others, who are few: the smallest."""
    below = defaultdict(list)
    for (total, *parts), _, _ in sums(size, inside):
        below[total].append(parts)

    def people(keys: Iterable[Key]) -> Decimal:
        return sum((size[key][1] for key in keys), Decimal(0))

    def cover(key: Key) -> list[Key]:  # groups with a mean, as many as there are, that tell of this one
        return [key] if key in size else max(([one for part in way for one in cover(part)] for way in below[key]),
                                             key=people, default=[])  # fmt: skip

    for total in [*below]:
        ways = [[one for part in way for one in cover(part)] for way in below[total]]
        told = people(cover(total))
        yield from (
            size[min(way, key=lambda key: size[key][1])][0] for way in ways if 0 < told - people(way) < least and way
        )


def recovered(tables: Tables, inside: Inside, policy: Policy, earlier: Earlier = ()) -> Iterator[Told]:
    """Hidden and rounded counts of which what is public leaves too little open: sums, shares and earlier versions.

    Raises `DataError` for counts that contradict each other: of them nothing can be said.
    """
    rows = [row for own in tables.values() for row in own]
    at = {(row.indicator, place_of(row.key)): row for row in rows}
    rounded = rounded_in(tables, policy)
    least = {row.indicator: policy.least(name) for name, own in tables.items() for row in own}
    seen, before, tells = defaultdict(list), {}, {}  # all that earlier versions show; what only they do; its commits
    for commit, row in earlier:
        where = row.indicator, place_of(row.key)
        seen[where].append((commit, row))
        if where not in at or (at[where].value is None and row.indicator not in policy.sensitive):
            before.setdefault(where, row)
            tells.setdefault(where[1], commit)
            rounded |= {row.key} if where not in at and looks_rounded(row, policy) else set()
    done, left = set(), {}
    for known, then in ((seen, at | before), (seen, at), ({}, at)):  # a corrected figure may contradict the rest
        for own, links in linked(then.values(), then.values(), inside, policy):
            if own[0].period in done:
                continue
            left[own[0].period] = own[0]
            cells = {row.key: row for row in own}
            inexact = rounded & {row.key for row in own if "e" in row.status}
            system = System(cells, [*links, *_shares(own, then, policy)])
            now = {key: _span(row, least, policy.base * (key in inexact)) for key, row in cells.items()}
            spans = {key: _narrowed(now[key], known.get((key[0], place_of(key)), ()), policy) for key in now}
            low, high = (np.array([spans.get(key, (0.0, FAR))[end] for key in system.keys]) for end in (0, 1))
            if system.program.solve(np.zeros(len(low)), low, high) is None:
                continue
            done.add(own[0].period)
            asked = [system.place[key] for key in cells if now[key][0] < now[key][1]]
            for i, by in system.narrow(low, high, asked, policy, {system.place[key] for key in inexact}):
                key = system.keys[i]
                names = sorted({system.keys[j] for j in by} & {*cells})
                commits = {commit for commit, _ in known.get((key[0], place_of(key)), ())[:1]}
                commits |= {tells.get(place_of(one), "") for one in (key, *names)} - {""}
                yield Told(cells[key], [cells[one] for one in names], sorted(commits))
    for period, row in left.items():
        if period not in done:
            raise row.error("the counts of this period contradict each other", do="look for parts above a total")


def rounded_in(tables: Tables, policy: Policy) -> set[Key]:
    """Keys of the counts that are rounded."""
    return {row.key for name, own in tables.items() if policy.rounds(name) for row in own if "e" in row.status}


def looks_rounded(row: Observation, policy: Policy) -> bool:
    """True for a figure of an earlier version that looks rounded."""
    return "e" in row.status and row.value is not None and row.value % policy.base == 0


def _span(row: Observation, least: Mapping[str, float], base: int) -> Span:
    """Between what a published cell says that the count lies; `base`: what it is rounded to, if it is."""
    if row.value is None:
        return least.get(row.indicator, 0.0), FAR
    value, reach = float(row.value), max(base - 1, 0)
    return max(value - reach, 0.0), value + reach


def _narrowed(span: Span, earlier: Earlier, policy: Policy) -> Span:
    for other in (_span(row, {}, policy.base * looks_rounded(row, policy)) for _, row in earlier):
        both = max(span[0], other[0]), min(span[1], other[1])
        span = both if both[0] <= both[1] else span
    return span


def _shares(own: Sequence[Observation], at: Mapping[tuple[str, tuple], Observation], policy: Policy) -> Iterator[Link]:
    """A published share, with its rounding, ties a count to its whole."""
    decimals = defaultdict(int)  # a table does not write the last zeros
    for (indicator, _), row in at.items():
        if row.value is not None:
            decimals[indicator] = min(decimals[indicator], row.value.as_tuple().exponent)  # type: ignore[type-var]
    for row, (indicator, made) in product(own, policy.derived.items()):
        here = place_of(row.key)
        share, whole = at.get((indicator, here)), at.get((made.get("of"), whole_place(here, made)))
        if made["from"] == [row.indicator] and whole and share and share.value is not None and whole.key != row.key:
            half = Decimal(1).scaleb(decimals[indicator]) / 2
            for sign in (1, -1) if share.unit in PER else ():
                yield {row.key: sign, whole.key: float(-(sign * share.value - half) / PER[share.unit])}, 0.0, np.inf
