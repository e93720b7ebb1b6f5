# SPDX-License-Identifier: EUPL-1.2
"""Attack what is published: can a small sensitive count be read off, worked out, or found in an earlier version?

Takes what anyone can see: processed tables, figures of notebooks, earlier versions; gives the leaks it finds, in words
without the counts. It knows nothing of how the tables were protected. Called by `report.shown`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..errors import DataError
from ..observations import areas
from ..observations.areas import Place
from ..observations.observation import Observation, place_of_cell
from .attack import looks_rounded, made_of_few, recovered, rounded_in
from .checks import check_periods, check_placed
from .policy import CONFIDENTIAL, Policy
from .protect import LOG
from .relations import PER, Sum, group_of


@dataclass(frozen=True, slots=True)
class Published:
    """All that anyone can see: what an attack starts from."""

    tables: Mapping[str, Sequence[Observation]]
    places: Sequence[Place]  # which sector lies in which wijk and stadsdeel
    shown: Sequence[tuple[str, dict]]  # figures of the notebooks, each with the name of its notebook
    code: Mapping[str, str]  # what the notebooks run
    earlier: Sequence[tuple[str, Observation]]  # rows of earlier versions, each with its commit
    tracked: Sequence[str]  # confidential files that are or were in version control
    sums: Sequence[Sum] | None  # that figures showed before some were hidden; None: nobody says


def audit(published: Published, policy: Policy) -> list[str]:
    """Every leak in words; none is good."""
    inside = areas.inside(published.places)
    tables = published.tables
    rows = [row for own in tables.values() for row in own]
    guarded = [row for name, own in tables.items() if name not in policy.protected_by_publisher for row in own]
    rounded = rounded_in(tables, policy)
    found = [f"{path} is or was in version control" for path in published.tracked]
    small = [row for row in rows if policy.is_small(row) and row.key not in rounded]
    found += [f"{_name(row)} is published, though small" for row in small]
    found += _gone(published.earlier, rows, policy)
    try:
        check_placed(guarded, inside, policy, published.sums or ())
        check_periods(guarded, published.earlier, policy)
        for told in recovered(tables, inside, policy, published.earlier, published.sums):
            by = [_name(row) for row in told.by if row is not told.row][:6]
            by += [f"commit {commit[:10]}" for commit in told.commits]
            found.append(f"{_name(told.row)} can be worked out from {'; '.join(by) or 'what it is a part of'}")
    except DataError as error:
        found.append(str(error))
    for row, few in made_of_few(guarded, inside, policy, rounded):
        why = f"over fewer than {policy.minimum_denominator}, or over nobody knows how many"
        found.append(f"{_name(row)} is {why if few else 'made of a count that is not shown'}")
    found += _in_notebooks(rows, published.shown, policy)
    secret = (CONFIDENTIAL.name, LOG.name)
    return found + [f"{name} reads {one}" for name, text in published.code.items() for one in secret if one in text]


def _gone(earlier: Sequence[tuple[str, Observation]], rows: Sequence[Observation], policy: Policy) -> Collection[str]:
    """Small counts that only an earlier version shows, in words; one a key."""
    now = {(row.indicator, group_of(row.key)) for row in rows}
    gone = {}
    for commit, row in earlier:
        if not policy.is_small(row) or looks_rounded(row, policy) or (row.indicator, group_of(row.key)) in now:
            continue
        gone[row.key] = f"{_name(row)} stands in commit {commit[:10]}, though small"
    return gone.values()


def _name(row: Observation) -> str:
    return f"{', '.join(filter(None, row.key))} ({row.source} {row.cell})"


def _in_notebooks(rows: list[Observation], shown: Sequence[tuple[str, dict]], policy: Policy) -> Iterator[str]:
    """Figures made of a hidden cell, and percentages of sensitive counts over too few."""
    at = {(row.source, row.sheet, row.cell): row for row in rows}
    for name, one in shown:
        made = [at[place_of_cell(cell)] for cell in one["cells"] if place_of_cell(cell) in at]
        hidden = [row for row in made if row.status == "c" and one["value"]]
        yield from (f"{name} shows a figure made of {_name(row)}, which is hidden" for row in hidden)
        groups = defaultdict(Decimal)
        for row in made:
            groups[row.indicator, row.period] += row.value or 0
        few = max(groups.values(), default=Decimal(0)) < policy.minimum_denominator
        if one["formula"] and one["unit"] in PER and few and any(row.indicator in policy.sensitive for row in made):
            yield f"{name} shows a share of {_name(made[0])} over fewer than {policy.minimum_denominator}"
