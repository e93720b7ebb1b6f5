# SPDX-License-Identifier: EUPL-1.2
"""What an outsider can work out: the range of each hidden cell, from everything that is published.

Takes tidy rows as published and the areas; gives ranges; called by `audit`, and by `disclosure` to see whether it
has hidden enough. Linear programming over every sum (a breakdown, areas in an area) and every share with its whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from scipy.sparse import csr_matrix

from .observations import Observation, breakdown_parts

Key = tuple[str, ...]
FAR = 1_000_000.0


@dataclass(frozen=True, slots=True)
class Relation:
    """`total` is the sum of `parts`, or at least that when the parts may not be all."""

    total: Key
    parts: tuple[Key, ...]
    whole: bool


def relations(rows: Sequence[Observation], inside: Mapping[str, Sequence[str]]) -> list[Relation]:
    """Every sum among rows of one indicator and period. `inside`: area → the areas that make it up."""
    found = []
    groups = defaultdict(dict)
    for row in rows:
        groups[row.indicator, row.period][row.area_code or row.area, row.breakdown] = row.key
    for at in groups.values():
        texts = defaultdict(list)
        for area, text in at:
            texts[area].append(text)
        for (area, text), total in at.items():
            parts = breakdown_parts(text)
            keys = {key for other in texts[area] for key in breakdown_parts(other)} - set(parts)
            for key in sorted(keys):
                cut = [other for other in texts[area] if _without(other, key) == parts]
                found.append(Relation(total, tuple(at[area, other] for other in cut), True))
            children = tuple(at[child, text] for child in inside.get(area, ()) if (child, text) in at)
            found.append(Relation(total, children, len(children) == len(inside.get(area, ()))))
    return [relation for relation in found if relation.parts]


def _without(text: str, key: str) -> dict[str, str] | None:
    parts = breakdown_parts(text)
    return {k: v for k, v in parts.items() if k != key} if key in parts else None


class System:
    """Cells and the sums between them. What is known of the cells is given with each question."""

    def __init__(self, keys: Sequence[Key], links: Sequence[Relation]) -> None:
        self.keys, self.place = list(keys), {key: i for i, key in enumerate(keys)}
        terms = [(n, self.place[key], sign) for n, link in enumerate(links)
                 for key, sign in [(link.total, 1.0), *((part, -1.0) for part in link.parts)]]  # fmt: skip
        rows, columns, data = zip(*terms, strict=True) if terms else ((), (), ())
        self.matrix = csr_matrix((data, (rows, columns)), shape=(len(links), len(keys)))
        self.whole = np.array([link.whole for link in links], dtype=bool)

    def ranges(self, keys: Iterable[Key], low: np.ndarray, high: np.ndarray) -> Iterator[tuple[float, float]]:
        """Smallest and largest whole number that each of these can be when every cell lies between `low` and `high`.

        Without any solution (the published figures contradict each other) nothing can be worked out.
        """
        solver = highspy.Highs()
        solver.silent()
        solver.setOptionValue("threads", 1)
        solver.addVars(len(low), low, high)
        sums = self.matrix.tocsr()
        solver.addRows(
            len(self.whole), np.zeros(len(self.whole)), np.where(self.whole, 0.0, highspy.kHighsInf),
            sums.nnz, sums.indptr[:-1].astype(np.int32), sums.indices.astype(np.int32), sums.data,
        )  # fmt: skip
        for key in keys:
            ends = []
            for sign in (1.0, -1.0):  # each question starts where the one before ended
                solver.changeColCost(self.place[key], sign)
                solver.run()
                ends.append(sign * solver.getObjectiveValue())
                if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                    ends = [-np.inf, np.inf]
                    break
            solver.changeColCost(self.place[key], 0.0)
            yield np.ceil(ends[0] - 1e-6), np.floor(ends[1] + 1e-6)


def too_narrow(span: tuple[float, float], threshold: int) -> bool:
    """True when a range tells that a count is small, or leaves fewer values than there are small ones."""
    low, high = span
    return low < threshold and (high < threshold or high - low < threshold - 1)


def bounds(
    values: Sequence[float | None], least: float, shares: Iterable[tuple[int, float, float]] = ()
) -> tuple[np.ndarray, np.ndarray]:
    """Between which ends each cell lies: a published one at its value, a hidden one from `least` on.

    `shares`: place of a cell and the ends between which a published share and its whole put it.
    """
    low = np.array([least if value is None else value for value in values])
    high = np.array([FAR if value is None else value for value in values])
    for place, smallest, largest in shares:
        if values[place] is None:
            low[place], high[place] = max(low[place], smallest), min(high[place], largest)
    return low, high
