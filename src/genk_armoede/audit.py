# SPDX-License-Identifier: EUPL-1.2
"""Attack what is published: can a small sensitive count be read off, worked out, or found in an earlier version?

Takes the repository as anyone sees it: processed tables, policy, notebooks with their outputs, git history; gives the
leaks it finds, in words without the counts. It knows nothing of how the tables were protected. Called by `reports`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import numpy as np

from . import areas, history
from .areas import Place
from .attack import (
    FAR,
    PER,
    Inside,
    Key,
    Link,
    System,
    is_combined_of_shown,
    linked,
    place_of,
    too_narrow,
    where_shown,
    whole_place,
)
from .disclosure import LOG, check_placed
from .errors import DataError
from .observations import Observation, read_table
from .policy import Policy, load_policy
from .prose import ROWS
from .sources import CONFIDENTIAL
from .store import WIJKEN, place

Span = tuple[float, float]


def audit(
    root: Path, files: Mapping[Path, bytes], shown: Sequence[tuple[str, dict]], code: Mapping[str, str]
) -> list[str]:
    """Every leak in words; none is good.

    `files`: tables that are or will be published; `shown`: figures of the notebooks; `code`: what the notebooks run.
    """
    policy = load_policy(root)
    wijken = [feature["properties"] for feature in json.loads(files[WIJKEN])["features"]]
    inside = areas.inside(
        Place(sector, wijk["wijk_code"], stadsdeel) for wijk in wijken for sector, stadsdeel in wijk["sectors"].items()
    )
    tables = {path.stem: read_table(data) for path, data in files.items() if path.suffix == ".csv"}
    rows = [row for own in tables.values() for row in own]
    guarded = [row for name, own in tables.items() if name not in policy.protected_by_publisher for row in own]
    rounded = {row.key for name, own in tables.items() if policy.rounds(name) for row in own if "e" in row.status}
    found = [f"{path} is or was in version control" for path in sorted(history.ever_tracked(root, CONFIDENTIAL))]
    try:
        check_placed(guarded, inside, policy)
    except DataError as error:
        found.append(str(error))
    small = [row for row in rows if policy.is_small(row) and row.key not in rounded]
    found += [f"{_name(row)} is published, though small" for row in small]
    found += _made_of_few(guarded, policy, rounded)
    found += _worked_out(root, guarded, rows, inside, policy, rounded)
    found += _in_notebooks(rows, shown, policy)
    secret = (CONFIDENTIAL.name, LOG.name)
    return found + [f"{name} reads {one}" for name, text in code.items() for one in secret if one in text]


def _name(row: Observation) -> str:
    return f"{', '.join(filter(None, row.key))} ({row.source} {row.cell})"


def _made_of_few(rows: list[Observation], policy: Policy, rounded: set[Key]) -> Iterator[str]:
    """Shares over few, and differences and sums of a count that is hidden or rounded, maybe in another period."""
    at = {(row.indicator, place_of(row.key)): row.value or 0 for row in rows}
    shown = where_shown(rows, rounded)
    for row in (row for row in rows if row.value is not None and row.indicator in policy.derived):
        made = policy.derived[row.indicator]
        if "of" not in made:
            if not is_combined_of_shown(row, made, shown):
                yield f"{_name(row)} is made of a count that is not shown"
        elif at.get((made["of"], whole_place(place_of(row.key), made, row.unit)), 0) < policy.minimum_denominator:
            yield f"{_name(row)} is over fewer than {policy.minimum_denominator}, or over nobody knows how many"


def _worked_out(
    root: Path, guarded: list[Observation], rows: list[Observation], inside: Inside, policy: Policy, rounded: set[Key]
) -> Iterator[str]:
    """Hidden and rounded counts whose range is too narrow, given sums, shares and earlier versions."""
    at = {(row.indicator, place_of(row.key)): row for row in guarded}
    earlier = defaultdict(list)
    if policy.ours & {row.indicator for row in guarded}:
        for commit, row in history.shown(root, {*policy.ours, *(made.get("of") for made in policy.derived.values())}):
            earlier[row.indicator, place_of(row.key)].append((commit, row))
    before = {}
    for where, ((commit, row), *_) in earlier.items():  # the newest of what only earlier versions show
        if where not in at or (at[where].value is None and row.indicator not in policy.sensitive):
            before[where] = row
        if where not in at and policy.is_small(row) and not _is_rounded(row, policy):
            yield f"{_name(row)} stands in commit {commit[:10]}, though small"
    done, current = set(), {row.key for row in guarded}
    for seen, then in ((earlier, at | before), (earlier, at), ({}, at)):  # a corrected figure may contradict the rest
        for own, links in linked(then.values(), rows, inside, policy):
            if own[0].period in done:
                continue
            cells = {row.key: row for row in own}
            inexact = {
                key for key, row in cells.items() if key in rounded or (key not in current and _is_rounded(row, policy))
            }
            system = System(cells, [*links, *_shares(own, then, policy)])
            now = {key: _span(row, policy, key in inexact) for key, row in cells.items()}
            spans = {key: _narrowed(now[key], seen.get((key[0], place_of(key)), ()), policy) for key in now}
            low, high = (np.array([spans.get(key, (0.0, FAR))[end] for key in system.keys]) for end in (0, 1))
            if system.program.solve(np.zeros(len(low)), low, high) is None:
                continue
            done.add(own[0].period)
            for key in (key for key in cells if now[key][0] < now[key][1]):
                ends, by = [], set()
                for sign in (1.0, -1.0):
                    ends.append(system.furthest(system.place[key], sign, low, high)[system.place[key]])
                    by |= {system.keys[i] for i in system.program.held_by()} & {*cells}
                if too_narrow(*ends, policy.threshold, key in inexact):
                    names = [_name(cells[one]) for one in sorted(by) if one != key][:6]
                    names += [f"commit {commit[:10]}" for commit, _ in seen.get((key[0], place_of(key)), ())][:1]
                    yield f"{_name(cells[key])} can be worked out from {'; '.join(names) or 'what it is a part of'}"
    for own, _ in linked(guarded, rows, inside, policy):
        if own[0].period not in done:
            yield f"the counts of {own[0].indicator} in {own[0].period} contradict each other: nothing can be tested"


def _is_rounded(row: Observation, policy: Policy) -> bool:
    """True for a figure of an earlier version that looks rounded."""
    return "e" in row.status and row.value is not None and row.value % policy.base == 0


def _span(row: Observation, policy: Policy, rounded: bool) -> Span:
    """Between what a published cell says that the count lies."""
    if row.value is None:
        return policy.least, FAR
    value, reach = float(row.value), policy.base - 1 if rounded else 0
    return max(value - reach, 0.0), value + reach


def _narrowed(span: Span, earlier: Sequence[tuple[str, Observation]], policy: Policy) -> Span:
    for other in (_span(row, policy, _is_rounded(row, policy)) for _, row in earlier):
        both = max(span[0], other[0]), min(span[1], other[1])
        span = both if both[0] <= both[1] else span
    return span


def _shares(own: Sequence[Observation], at: Mapping[tuple[str, tuple], Observation], policy: Policy) -> Iterator[Link]:
    """A published share, with its rounding, ties a count to its whole."""
    decimals = defaultdict(int)  # a table does not write the last zeros
    for (indicator, _), row in at.items():
        if row.value is not None:
            decimals[indicator] = min(decimals[indicator], row.value.as_tuple().exponent)  # type: ignore[type-var]
    for row in own:
        made_of = {
            name: made for name, made in policy.derived.items() if made["from"] == [row.indicator] and "of" in made
        }
        for indicator, made in made_of.items():
            here = place_of(row.key)
            share, whole = at.get((indicator, here)), at.get((made["of"], whole_place(here, made)))
            if whole is None or share is None or share.value is None or whole.key == row.key:
                continue
            half = Decimal(1).scaleb(decimals[indicator]) / 2
            for sign in (1, -1) if share.unit in PER else ():
                yield {row.key: sign, whole.key: float(-(sign * share.value - half) / PER[share.unit])}, 0.0, np.inf


def _in_notebooks(rows: list[Observation], shown: Sequence[tuple[str, dict]], policy: Policy) -> Iterator[str]:
    """Figures made of a hidden cell, and percentages of sensitive counts over too few."""
    at = {(row.source, row.sheet, row.cell): row for row in rows}
    for name, one in shown:
        made = [at[place(cell)] for cell in one["cells"] if place(cell) in at]
        hidden = [row for row in made if row.status == "c" and one["value"] and one["formula"] != ROWS]
        yield from (f"{name} shows a figure made of {_name(row)}, which is hidden" for row in hidden)
        groups = defaultdict(Decimal)
        for row in made:
            groups[row.indicator, row.period] += row.value or 0
        few = max(groups.values(), default=Decimal(0)) < policy.minimum_denominator
        if one["formula"] and one["unit"] in PER and few and any(row.indicator in policy.sensitive for row in made):
            yield f"{name} shows a share of {_name(made[0])} over fewer than {policy.minimum_denominator}"
