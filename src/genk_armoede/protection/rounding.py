# SPDX-License-Identifier: EUPL-1.2
"""Controlled rounding: each count goes to a multiple next to it, and all sums hold (Cox and Ernst, INFOR 20, 1982)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from decimal import Decimal

import numpy as np

from ..observations.observation import Observation
from .policy import POLICY, Policy
from .program import Program, System
from .relations import FAR, Key, Relation, group_of


def rounded_counts(
    rows: Sequence[Observation], relations: Sequence[Relation], policy: Policy, before: Mapping[tuple, Set]
) -> dict[Key, Decimal]:
    """Each count as a multiple of the base next to it, so that all sums hold and little changes.

    Where an earlier version shows one of the two multiples, that one if it can be.
    """
    own = {row.key: row.value for row in rows if row.indicator in policy.sensitive}
    sensitive = [one for one in relations if all(key[0] in policy.sensitive for key in one.terms)]
    system = System(own, sensitive)
    values = [own.get(key) for key in system.keys]
    free = np.array([value is None for value in values])
    below = np.array([0 if value is None else value // policy.base for value in values], dtype=float)
    rest = np.array([0 if value is None else value % policy.base for value in values], dtype=float)
    cost = np.where(free, 0.0, policy.base - 2 * rest)
    for i, key in enumerate(system.keys):
        earlier = {value for value, _ in before.get((key[0], group_of(key)), ())}
        seen = [times * policy.base in earlier for times in (below[i], below[i] + 1)]
        cost[i] += 1000 * (seen[0] - seen[1])
    program = Program(system.matrix, system.low, system.high, whole=True)
    found = program.solve(cost, below, np.where(free, FAR, below + (rest > 0)))
    if found is None:
        raise rows[0].error("no multiples add up here", do=f"choose `method: suppress` for this table in {POLICY}")
    times = dict(zip(system.keys, found, strict=True))
    return {key: Decimal(round(times[key]) * policy.base) for key, value in own.items() if value is not None}
