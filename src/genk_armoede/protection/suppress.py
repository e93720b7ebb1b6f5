# SPDX-License-Identifier: EUPL-1.2
"""Which counts to hide: the small ones, and beside them the cells that it costs least to move with them.

They are found by a linear program, and what turns out not to be needed is shown again (Kelly, Golden and Assad,
Networks 22, 1992).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

import numpy as np
from scipy.sparse import hstack

from ..observations.observation import Observation
from .policy import Policy
from .program import Program, System
from .relations import CONTRADICTION, FAR, Inside, Key, Relation

SMALL = 200  # so many cells or fewer are tried in two orders
BESIDE = "geeft anders een verborgen aantal prijs"


def is_possible(rows: Sequence[Observation], relations: Sequence[Relation]) -> bool:
    """True when there can be such counts; what is not given is at least nobody."""
    at = {row.key: row for row in rows}
    system = System(at, relations)
    given = [at.get(key) and at[key].value for key in system.keys]
    low = np.array([float(value or 0) for value in given])
    high = np.array([FAR if value is None else float(value) for value in given])
    return system.program.solve(np.zeros(len(low)), low, high) is not None


class Suppression:
    """Counts of one period that have to do with each other, and which of them are hidden so far."""

    def __init__(
        self,
        rows: Sequence[Observation],
        relations: Sequence[Relation],
        inside: Inside,
        policy: Policy,
        least: float,
        may_go: Set[Key],
    ) -> None:
        at = {row.key: row for row in rows}
        self.policy, self.system = policy, System(at, relations)
        self.rows = [at.get(key) for key in self.system.keys]  # None: in no table, but it follows from what is
        self.free = np.array([row is None or row.value is None for row in self.rows])
        blank = [row is None or (row.value is None and "c" not in row.status) for row in self.rows]
        self.least = np.where(blank, 0.0, least)
        known = np.array([0.0 if free else float(row.value) for row, free in zip(self.rows, self.free, strict=True)])
        self.true = self._world(known)
        if self.true is None:
            self.least[self.free] = 0.0  # what a source hides may be nothing
            self.true = self._world(known)
        if self.true is None:
            raise rows[0].error("the counts of this period contradict each other", do=CONTRADICTION)
        self.true[~self.free] = known[~self.free]
        self.can_go = np.array([key in may_go for key in self.system.keys]) & ~self.free
        self.small = self.can_go & [row is not None and policy.is_small(row) for row in self.rows]
        self.hidden = self.small.copy()
        self.why = {key: f"kleiner dan {policy.threshold}" for key, row in at.items() if policy.is_small(row)}
        self.weights = np.array([weight(key, inside) for key in self.system.keys])
        self.weights *= 1.0 + known / max(known.max(), 1.0)  # then larger counts
        matrix, now = self.system.matrix, self.system.matrix @ self.true
        both = hstack([matrix, -matrix], format="csr")  # how far each cell goes up, and how far down
        self.moves = Program(both, self.system.low - now, self.system.high - now)
        self.system.worlds = [self.true]

    def _world(self, known: np.ndarray) -> np.ndarray | None:
        """Numbers for all cells that fit what is known of some."""
        low, high = np.where(self.free, self.least, known), np.where(self.free, FAR, known)
        return self.system.program.solve(np.zeros(len(known)), low, high)

    def hide(self) -> dict[Key, str]:
        """Keys of the rows that must go, each with the reason."""
        found = []
        for order in (1, -1) if len(self.rows) <= SMALL else (1,):
            self.hidden = self.small.copy()
            self._hide_enough(order)
            found.append((self.weights[self.hidden].sum(), self.hidden))
        self.hidden = min(found, key=lambda one: one[0])[1]
        return {self.system.keys[i]: BESIDE for i in np.flatnonzero(self.hidden)} | self.why

    def _hide_enough(self, order: int) -> None:
        """Hide beside the small counts what protects them, from the first to the last or the other way round."""
        tried: set[int] = set()
        protects: dict[int, int] = {}  # a cell that was hidden → the one for which it was
        while (narrow := next(self._narrow(tried, order), None)) is not None:
            tried.add(narrow)
            protects |= dict.fromkeys(self._protect(narrow), narrow)
        stuck = {*self._narrow()}  # no row of this group can help those
        for one in sorted(np.flatnonzero(self.hidden & ~self.small), key=lambda i: -self.weights[i]):
            self.hidden[one] = False  # the most important first: must it go after all?
            self.hidden[one] = next(self._narrow(stuck, first=protects[one]), None) is not None

    def _narrow(self, but: Set[int] = frozenset(), order: int = 1, first: int | None = None) -> Iterator[int]:
        """Hidden cells of which an outsider could tell too much, but for some; `first`: the one to try first."""
        shown = ~(self.hidden | self.free)
        low, high = np.where(shown, self.true, self.least), np.where(shown, self.true, FAR)
        asked = [i for i in np.flatnonzero(self.hidden)[::order] if i not in but]
        asked.sort(key=lambda i: i != first)
        return (i for i, _ in self.system.narrow(low, high, asked, self.policy))

    def _protect(self, i: int) -> list[int]:
        """Hide the cheapest cells that leave this one free to be no small one; gives those that were not hidden."""
        n, far = len(self.rows), max(self.policy.threshold - self.true[i], 0)
        loose = self.hidden | self.free | self.can_go
        low, high = np.zeros(2 * n), np.concatenate([loose * FAR, loose * (self.true - self.least)])
        low[[i, n + i]] = high[[i, n + i]] = far, 0
        cost = np.where(self.hidden | self.free, 0.001, self.weights)
        found = self.moves.solve(np.concatenate([cost, cost]), low, high)
        if found is None:
            return []
        world = self.true + found[:n] - found[n:]
        self.system.worlds.append(world)
        moved = self.can_go & ~self.hidden & (np.abs(world - self.true) > 1e-6)
        self.hidden |= moved
        return np.flatnonzero(moved).tolist()


def weight(key: Key, inside: Inside) -> float:
    """What is lost with a cell: larger areas and totals weigh more."""
    return len(inside.get(key[1] or key[2], [[0]])[0]) * (1.0 if key[4] else 4.0)
