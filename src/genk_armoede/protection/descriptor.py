# SPDX-License-Identifier: EUPL-1.2
"""Sums as the descriptor of the published tables tells them, so that who reads these knows what is a sum of what.

Takes sums and gives what is written, and back; called by `datapackage`, `history`, `datasets` and `leaks`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from .relations import Sum

# In a descriptor: or more, where given, with others beside the total.
TOLD = {
    "sums": (False, False, False),
    "sums_where_given": (False, True, False),
    "sums_of_both": (False, True, True),
    "sums_or_more": (True, True, False),
    "sums_of_both_or_more": (True, True, True),
}


def read_sums(descriptor: bytes) -> list[Sum] | None:
    """The sums that a descriptor of published tables tells; None when it says nothing of sums."""
    told = json.loads(descriptor).get("disclosure", {})
    if "sums" not in told:
        return None
    found = []
    for name, (or_more, where_given, both) in TOLD.items():
        for one in told.get(name, []):
            (total, *beside), parts = one if both else (one[:1], one[1:])
            beside, parts = (tuple(tuple(series) for series in side) for side in (beside, parts))
            found.append(Sum(tuple(total), parts, or_more, where_given, beside))
    return found


def write_sums(sums: Sequence[Sum]) -> dict[str, list]:
    """Sums as a descriptor of published tables tells them: total and parts, or two sides."""
    told: dict[str, list] = {name: [] for name in TOLD}
    for one in sums:
        name = next(name for name, kind in TOLD.items() if kind == (one.or_more, one.where_given, bool(one.beside)))
        told[name].append([[one.total, *one.beside], [*one.parts]] if one.beside else [one.total, *one.parts])
    return told
