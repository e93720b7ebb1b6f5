# SPDX-License-Identifier: EUPL-1.2
"""What HiGHS answers about counts of which relations are known: what a cell can be when the others are as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TYPE_CHECKING

import highspy
import numpy as np
from scipy.sparse import csr_array

from .relations import Key, Relation

if TYPE_CHECKING:
    from .policy import Policy


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

    def __init__(self, keys: Iterable[Key], relations: Sequence[Relation]) -> None:
        self.keys = list(dict.fromkeys([*keys, *(key for relation in relations for key in relation.terms)]))
        self.column = {key: i for i, key in enumerate(self.keys)}
        rows: list[int] = []
        columns: list[int] = []
        factors: list[float] = []
        for number, relation in enumerate(relations):
            for key, factor in relation.terms.items():
                rows.append(number)
                columns.append(self.column[key])
                factors.append(factor)
        self.matrix = csr_array((factors, (rows, columns)), shape=(len(relations), len(self.keys)), dtype=float)
        self.low = np.array([relation.low for relation in relations], dtype=float)
        self.high = np.array([relation.high for relation in relations], dtype=float)
        self.program = Program(self.matrix, self.low, self.high)
        self.worlds: list[np.ndarray] = []  # some in which all relations hold

    def narrow(
        self, low: np.ndarray, high: np.ndarray, asked: Iterable[int], policy: Policy, rounded: Set[int] = frozenset()
    ) -> Iterator[tuple[int, list[int]]]:
        """Cells of which too little is left open, when all lie between their ends: each with those that hold it there.

        A range may not tell that a count is small, nor leave fewer values than there are small ones. A rounded count
        may be told to be small: 0 to 4 is what a published 0 says.
        """
        least, most = np.full(len(low), np.inf), np.full(len(low), -np.inf)
        for world in self.worlds:
            if np.all((low - 1e-6 < world) & (world < high + 1e-6)):
                least, most = np.minimum(least, world), np.maximum(most, world)
        for i in asked:
            by: list[int] = []
            for sign in (-1.0, 1.0, 0.0):
                bottom, top = np.ceil(least[i] - 1e-6), np.floor(most[i] + 1e-6)
                if top - bottom >= policy.threshold - 1 and (top >= policy.threshold or i in rounded):
                    break
                if sign:
                    world = self.program.solve(sign * (np.arange(len(low)) == i), low, high)
                    if world is None:  # nothing can be said of it, so it counts as told
                        yield i, by
                        break
                    self.worlds.append(world)
                    least, most = np.minimum(least, self.worlds[-1]), np.maximum(most, self.worlds[-1])
                    by += self.program.held_by()
                elif bottom < policy.threshold and (top > 0 or policy.zeros == "hide"):
                    yield i, by
