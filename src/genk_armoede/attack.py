# SPDX-License-Identifier: EUPL-1.2
"""What follows from published counts: every sum that must hold, and what a hidden cell can still be.

Takes tidy rows and the areas; gives linear relations, and answers of HiGHS; called by `audit`, which attacks what is
published with them, and by `disclosure`, which sees with them whether it has hidden enough.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING

import highspy
import numpy as np
from scipy.sparse import csr_array

from .layouts.shape import TOTAL_WORDS
from .observations import Observation, breakdown_parts, breakdown_text

if TYPE_CHECKING:
    from .policy import Policy

Key = tuple[str, ...]
Link = tuple[dict[Key, float], float, float]  # terms, and the ends between which their sum lies
Inside = Mapping[str, Sequence[Sequence[str]]]  # area → the ways to cut it up
FAR = 1_000_000.0
PER = {"%": 100, "‰": 1000}


def place_of(key: Key) -> tuple[str, str, frozenset]:
    """What makes two rows one cell, within an indicator: period, area and parts of the breakdown (`totaal` is none)."""
    _, code, area, period, breakdown = key
    parts = breakdown_parts(breakdown).items()
    return period, code or area, frozenset(part for part in parts if part[1].lower() not in TOTAL_WORDS)


def whole_place(place: tuple, made: Mapping, unit: str = "%") -> tuple:
    """Where the whole stands: at the same place, or at the total when it is of a share of the count itself."""
    return (*place[:2], frozenset()) if made["of"] in made["from"] and unit in PER else place


def is_combined_of_shown(row: Observation, made: Mapping, shown: Mapping[str, Mapping[tuple, Set[str]]]) -> bool:
    """True when every count that a difference or sum is made of is shown there in each period that the table has.

    `shown`: count → area and breakdown → periods; the key `()` has all periods.
    """
    place = place_of(row.key)[1:]
    return all(shown[one][place] and shown[one][place] == shown[one][()] for one in made["from"])


def where_shown(rows: Iterable[Observation], hidden: Set[Key] = frozenset()) -> dict[str, dict[tuple, set[str]]]:
    """Count → area and breakdown → the periods in which it is shown; the key `()` has all periods of the count."""
    shown: dict = defaultdict(lambda: defaultdict(set))
    for row in rows:
        shown[row.indicator][()].add(row.period)
        if row.value is not None and row.key not in hidden:
            shown[row.indicator][place_of(row.key)[1:]].add(row.period)
    return shown


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
                cells[place_of(row.key)] = own if own.value is not None else replace(own, value=row.value)
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
        """The columns whose ends kept the last solution from going further."""
        return np.flatnonzero(np.abs(self.solver.getSolution().col_dual) > 1e-7).tolist()


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

    def furthest(self, place: int, sign: float, low: np.ndarray, high: np.ndarray) -> np.ndarray | None:
        """What all cells are when this one is as small (`sign` 1) or as large (-1) as it can be."""
        cost = np.zeros(len(self.keys))
        cost[place] = sign
        return self.program.solve(cost, low, high)


def too_narrow(low: float, high: float, threshold: int, rounded: bool = False) -> bool:
    """True when a range tells that a count is small, or leaves fewer values than there are small ones.

    A rounded count may be told to be small: 0 to 4 is what a published 0 says.
    """
    low, high = np.ceil(low - 1e-6), np.floor(high + 1e-6)
    return low < threshold and (high - low < threshold - 1 or (high < threshold and not rounded))
