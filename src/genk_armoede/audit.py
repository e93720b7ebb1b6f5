# SPDX-License-Identifier: EUPL-1.2
"""Attack what is published: can a small sensitive count be read off, worked out, or found in an earlier version?

Takes the repository as anyone sees it: processed tables, policy, notebooks with their outputs, git history; gives the
leaks it finds, in words. It knows nothing of how the tables were protected. Called by `reports.build` and `cli`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from . import areas, history
from .areas import Place
from .attack import Key, System, bounds, relations, too_narrow
from .disclosure import Policy, load_policy
from .observations import PROCESSED, Observation, read_table
from .sources import CONFIDENTIAL
from .store import WIJKEN


def audit(root: Path, files: Mapping[Path, bytes], shown: list[tuple[str, dict]]) -> list[str]:
    """Every leak in words; none is good. `files`: what is or will be published; `shown`: figures of the notebooks."""
    policy = load_policy(root)
    wijken = [feature["properties"] for feature in json.loads(files[WIJKEN])["features"]]
    inside = areas.inside(
        Place(sector, wijk["wijk_code"], wijk["stadsdeel"]) for wijk in wijken for sector in wijk["sectors"]
    )
    rows = [row for path, data in files.items() if path.suffix == ".csv" for row in read_table(data)]
    sensitive = [row for row in rows if row.indicator in policy.sensitive]
    hidden = {(row.source, row.sheet, row.cell) for row in rows if row.status == "c"}
    found = [
        f"{path} is in version control"
        for path in history.tracked(root, CONFIDENTIAL)
        if not path.endswith(".gitignore")
    ]
    found += _readable(sensitive, policy)
    found += _worked_out(rows, sensitive, inside, policy)
    found += _in_history(root, sensitive)
    found += [
        f"{name} shows {one['text']}, made of {place}, which is hidden"
        for name, one in shown
        for place in one["cells"]
        if one["value"] and tuple(place.split("|")) in hidden
    ]
    return found


def _name(row: Observation) -> str:
    return f"{', '.join(filter(None, row.key))} ({row.source} {row.cell})"


def _readable(sensitive: list[Observation], policy: Policy) -> list[str]:
    small = [r for r in sensitive if r.value is not None and 0 < r.value < policy.threshold]
    zeros = [r for r in sensitive if r.value == 0 and policy.zeros == "hide" and "e" not in r.status]
    return [f"{_name(row)} is published, though small" for row in [*small, *zeros]]


def _worked_out(
    rows: list[Observation], sensitive: list[Observation], inside: Mapping[str, list[str]], policy: Policy
) -> list[str]:
    """Hidden counts whose range, given all sums and shares that are published, is too narrow."""
    groups = defaultdict(list)
    for row in sensitive:
        groups[row.indicator, row.period].append(row)
    at = {row.key: row for row in rows}
    found = []
    for own in groups.values():
        links = relations(own, inside)
        system = System([row.key for row in own], links)
        hidden = [row.key for row in own if row.value is None]
        values = [None if row.value is None else float(row.value) for row in own]
        spans = system.ranges(hidden, *bounds(values, policy.least, _shares(own, at, policy)))
        for key, span in zip(hidden, spans, strict=True):
            if too_narrow(span, policy.threshold):
                by = [_name(at[k]) for link in links if key in (link.total, *link.parts)
                      for k in (link.total, *link.parts) if at[k].value is not None]  # fmt: skip
                ends = f"between {span[0]:.0f} and {span[1]:.0f}"
                found.append(f"{_name(at[key])} is hidden, but must lie {ends}, given {'; '.join(by[:6]) or 'a share'}")
    return found


def _shares(own: list[Observation], at: Mapping[Key, Observation], policy: Policy) -> list[tuple[int, float, float]]:
    """For each count the range that a published share or mean and its whole leave it."""
    found = []
    for place, row in enumerate(own):
        for indicator, made in policy.derived.items():
            share, whole = at.get((indicator, *row.key[1:])), at.get((made["of"], *row.key[1:]))
            if made.get("count") != row.indicator or None in (share, whole) or None in (share.value, whole.value):
                continue
            half = Decimal(1).scaleb(share.value.as_tuple().exponent) / 2  # type: ignore[operator]
            per = 100 if share.unit == "%" else 1
            ends = [float((share.value + sign * half) * whole.value / per) for sign in (-1, 1)]
            found.append((place, ends[0], ends[1]))
    return found


def _in_history(root: Path, sensitive: list[Observation]) -> list[str]:
    """Counts that are hidden now, but stand in an earlier version of the tables."""
    hidden = {row.key: row for row in sensitive if row.value is None}
    if not hidden:
        return []
    return [
        f"{_name(hidden[row.key])} is hidden, but {commit[:10]} has its value"
        for commit, path in history.versions(root, PROCESSED)
        for row in read_table(history.content(root, commit, path).encode())
        if row.key in hidden and row.value is not None
    ]
