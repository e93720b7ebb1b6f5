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

from . import areas, history
from .areas import Place
from .attack import PER, looks_rounded, made_of_few, place_of, recovered, rounded_in
from .disclosure import LOG, check_placed
from .errors import DataError
from .observations import Observation, read_table
from .policy import Policy, load_policy
from .prose import ROWS
from .sources import CONFIDENTIAL
from .store import WIJKEN, place


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
    rounded = rounded_in(tables, policy)
    earlier = [*history.shown(root, policy.watched)] if policy.ours & {row.indicator for row in rows} else []
    found = [f"{path} is or was in version control" for path in sorted(history.ever_tracked(root, CONFIDENTIAL))]
    small = [row for row in rows if policy.is_small(row) and row.key not in rounded]
    found += [f"{_name(row)} is published, though small" for row in small]
    now = {(row.indicator, place_of(row.key)) for row in rows}
    gone = {row.key: f"{_name(row)} stands in commit {commit[:10]}, though small" for commit, row in earlier
            if policy.is_small(row) and not looks_rounded(row, policy)
            and (row.indicator, place_of(row.key)) not in now}  # fmt: skip
    found += gone.values()
    try:
        check_placed(guarded, inside, policy)
        for told in recovered(tables, inside, policy, earlier):
            by = [_name(row) for row in told.by if row is not told.row][:6]
            by += [f"commit {commit[:10]}" for commit in told.commits]
            found.append(f"{_name(told.row)} can be worked out from {'; '.join(by) or 'what it is a part of'}")
    except DataError as error:
        found.append(str(error))
    for row, few in made_of_few(guarded, inside, policy, rounded):
        why = f"over fewer than {policy.minimum_denominator}, or over nobody knows how many"
        found.append(f"{_name(row)} is {why if few else 'made of a count that is not shown'}")
    found += _in_notebooks(rows, shown, policy)
    secret = (CONFIDENTIAL.name, LOG.name)
    return found + [f"{name} reads {one}" for name, text in code.items() for one in secret if one in text]


def _name(row: Observation) -> str:
    return f"{', '.join(filter(None, row.key))} ({row.source} {row.cell})"


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
