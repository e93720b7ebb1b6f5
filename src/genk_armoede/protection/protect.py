# SPDX-License-Identifier: EUPL-1.2
"""Small counts: what may leave the house, by the policy in `disclosure.yml`.

Takes clean tables and the areas; gives the same tables with small sensitive counts hidden or rounded, and whatever
else would give them away; called by `datasets.clean`. `audit` tests the result without knowing how it was made.
"""

from __future__ import annotations

import csv
import itertools
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from ..observations.observation import COLUMNS, Observation, breakdown_parts
from .attack import Earlier, Told, looks_rounded, made_of_few, recovered, rounded_in
from .checks import check_order, check_periods, check_placed, check_sums, in_other_tables
from .found_sums import judged_sums
from .known import placed
from .policy import POLICY, Policy
from .relations import Inside, Key, Series, Sum, group_of, linked
from .rounding import rounded_counts
from .series import Table
from .suppress import BESIDE, Suppression, is_possible, weight

LOG = Path(".build/verborgen.csv")  # stays on this machine
CANNOT = (
    f"publish a coarser table, place what gives it away under sensitive in {POLICY}, or choose another method there;"
    " an earlier version is taken out of every commit, for example with git filter-repo, before anyone fetches it;"
    f" once it is out, say under acknowledged in {POLICY} who accepts that: {{commit: …, by: …, on: …}}"
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What was hidden, as it was, and why: for the log that stays local."""

    table: str
    row: Observation
    why: str


@dataclass(frozen=True, slots=True)
class Protected:
    """Tables as they may be published, what was hidden in them as it was, and which sums the figures showed."""

    tables: dict[str, list[Observation]]
    hidden: list[Hidden]
    sums: list[Sum]


def protect(
    tables: Mapping[str, list[Observation]],
    inside: Inside,
    policy: Policy,
    earlier: Earlier = (),
    sums: Sequence[Sum] | None = None,
) -> Protected:
    """The tables as they may be published.

    `sums`: those that the figures show, if they were looked for.
    Raises `DataError` for an indicator or an area that has no place, for totals that their parts do not add up to, and
    when a small count cannot be protected.
    """
    every = placed([row for rows in tables.values() for row in rows], inside, policy)
    ours = {name: rows for name, rows in tables.items() if name not in policy.protected_by_publisher}
    before: dict[tuple, set] = defaultdict(set)
    for _, row in earlier:
        before[row.indicator, group_of(row.key)].add((row.value, looks_rounded(row, policy)))
    public = in_other_tables(every, policy)
    public |= {row.key for row in every if (row.value, False) in before[row.indicator, group_of(row.key)]}
    may_go: set[Key] = set()
    for name, rows in ours.items():
        known = [row for row in rows if row.indicator in policy.sensitive and row.value is not None]
        may_go |= {row.key for row in known if row.value >= policy.least(name)}
    may_go -= public
    hidden: dict[Key, str] = {}
    rounded: dict[Key, Decimal] = {}
    found = judged_sums(every, policy, earlier) if sums is None else list(sums)
    for rows in ours.values():
        check_placed(rows, inside, policy, found)
        check_periods(rows, earlier, policy)
        found = _that_fit(rows, every, inside, policy, found)
    for name, rows in ours.items():
        for counts, relations in linked(rows, every, inside, policy, found):
            check_sums(counts, relations)
            if policy.rounds(name):
                rounded |= rounded_counts(counts, relations, policy, before)
            else:
                hidden |= Suppression(counts, relations, inside, policy, policy.least(name), may_go).hide()
    while True:  # until what the audit attacks is fit to be published
        result = {name: [_published(row, hidden, rounded) for row in rows] for name, rows in ours.items()}
        shown = [row for rows in result.values() for row in rows]
        few = f"over minder dan {policy.minimum_denominator}, of niet bekend over hoeveel"
        unfit = made_of_few(shown, inside, policy, rounded_in(result, policy))
        more = {row.key: few if over_few else BESIDE for row, over_few in unfit}
        if not more:
            more = _beside(recovered(tables | result, inside, policy, earlier, found), inside, may_go)
        if not more:
            check_order([row for rows in ours.values() for row in rows], hidden.keys())
            safe = {name: _without_remarks(rows, hidden.keys(), policy) for name, rows in result.items()}
            log = [Hidden(name, row, hidden[row.key]) for name in ours for row in ours[name] if row.key in hidden]
            return Protected(tables | safe, log, found)
        hidden |= more


def check_totals(rows: Sequence[Observation], inside: Inside, policy: Policy) -> None:
    """Raises `DataError` for sensitive figures without a place, and for totals that their parts do not add up to."""
    every, found = placed(rows, inside, policy), judged_sums(rows, policy)
    check_placed(rows, inside, policy, found)
    for counts, relations in linked(rows, every, inside, policy, _that_fit(rows, every, inside, policy, found)):
        check_sums(counts, relations)


def _that_fit(
    rows: Sequence[Observation], every: Sequence[Observation], inside: Inside, policy: Policy, found: list[Sum]
) -> list[Sum]:
    """The sums but for those that blanks show to be chance; all of them when the counts cannot be without them either.

    A label that only as the total of the others lets two ways to add up come to the same is one, whatever its word.
    """

    def fit(chosen: Sequence[Sum]) -> bool:
        return all(is_possible(*counts) for counts in linked(rows, every, inside, policy, chosen))

    if fit(found):
        return found
    enough = next((totals for totals in itertools.chain([()], _totals(rows, policy, found)) if fit(totals)), None)
    if enough is None:
        return found
    kept = [*enough]
    for one in found:
        if fit([*kept, one]):
            kept.append(one)
    return kept


def _totals(rows: Sequence[Observation], policy: Policy, found: Sequence[Sum]) -> Iterator[tuple[Sum, ...]]:
    """Labels that may each be the total of others of their key, in no place another number: of one key, or of two.

    What most places tell goes first.
    """
    totals: dict[Sum, None] = {}
    for one in found:
        if one.is_within_key and one.total[1] and not one.or_more and not one.beside:
            totals[replace(one, where_given=False)] = None
    labels: dict[tuple[str, str], dict[Series, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        for key, value in breakdown_parts(row.breakdown).items() if row.indicator in policy.sensitive else ():
            labels[row.indicator, key][row.indicator, f"{key}={value}"] += row.value or 0
    for own in (found for found in labels.values() if len(found) > 1):
        for total in sorted(own, key=lambda one: -own[one]):
            totals[Sum(total, tuple(one for one in own if one != total))] = None
    table = Table(rows, policy, 1)
    fitting = [one for one in totals if table.fits(one)]
    for one in fitting:
        yield (one,)
    for one, other in itertools.combinations(fitting, 2):
        if one.total[1].partition("=")[0] != other.total[1].partition("=")[0]:
            yield one, other


def _beside(found: Iterable[Told], inside: Inside, may_go: Set[Key]) -> dict[Key, str]:
    """One more cell to hide for each count that can be worked out: the cheapest of those that tell it."""
    more = {}
    for told in found:
        own = [row for row in told.by if row.value is not None and row.key in may_go]
        if not own:
            by = [f"{', '.join(filter(None, row.key))} ({row.source}, cell {row.cell})" for row in told.by]
            by += [f"the tables of commit {commit[:10]}" for commit in told.commits]
            raise told.row.error(
                f"a small count cannot be protected: {'; '.join(by) or 'what it is a part of'} gives it away", do=CANNOT
            )
        more[min(own, key=lambda row: (weight(row.key, inside), row.value)).key] = BESIDE
    return more


def _published(row: Observation, hidden: Mapping[Key, str], rounded: Mapping[Key, Decimal]) -> Observation:
    if row.key in hidden:
        return replace(row, value=None, status="c")
    if row.key in rounded:
        return replace(row, value=rounded[row.key], status="".join(sorted({*row.status, "e"})))
    return row


def _without_remarks(rows: Sequence[Observation], hidden: Set[Key], policy: Policy) -> list[Observation]:
    """What stands in words beside a sensitive or a hidden count may tell a small one, or a name: that stays here."""
    lines = {_line(row) for row in rows if row.key in hidden or row.indicator in policy.ours}
    return [replace(row, citation={}) if row.citation and _line(row) in lines else row for row in rows]


def _line(row: Observation) -> tuple[str, str, str]:
    return row.source, row.sheet, row.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def write_log(root: Path, hidden: Sequence[Hidden]) -> None:
    """What was hidden, as it was, and why; for the analyst, in a folder that is not in version control."""
    path = root / LOG
    if path.is_dir():
        shutil.rmtree(path)  # nobody else keeps anything there
    path.unlink(missing_ok=True)
    if not hidden:
        return
    path.parent.mkdir(exist_ok=True)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["table", *COLUMNS, "why"])
        writer.writerows([one.table, *one.row.row, one.why] for one in hidden)
