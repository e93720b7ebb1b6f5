# SPDX-License-Identifier: EUPL-1.2
"""What an audit finds in tables and notebooks, as they lie there or as they would be published.

Takes the root of the repository, or what a build made; gives leaks in words; called by `build` and `cli`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import DataError
from ..narration.arithmetic import ROWS
from ..observations.areas import Place
from ..observations.observation import read_table
from ..protection.descriptor import read_sums
from ..protection.policy import CONFIDENTIAL, load_policy
from ..tables import history, register
from ..tables.repository import PACKAGE, PROCESSED, WIJKEN
from .shown import code_of, committed, figures_of


def found(root: Path) -> list[str]:
    """What an audit finds in the tables and notebooks of the repository as they lie there."""
    content = {path.relative_to(root): path.read_bytes() for path in sorted((root / PROCESSED).glob("*.*"))}
    if WIJKEN not in content:
        raise DataError("there are no tables yet", file=str(PROCESSED), do="run: genk-armoede build")
    notebooks = committed(root)
    return audited(root, content, figures_of(notebooks), code_of(notebooks))


def audited(
    root: Path, files: Mapping[Path, bytes], shown: Sequence[tuple[str, dict]], code: Mapping[str, str]
) -> list[str]:
    """What an audit finds in files of `data/processed/`, with what notebooks show and run, and all of history."""
    from ..protection import audit

    policy = load_policy(root)
    wijken = [feature["properties"] for feature in json.loads(files[WIJKEN])["features"]]
    tables = {path.stem: read_table(data) for path, data in files.items() if path.suffix == ".csv"}
    confidential = policy.ours & {row.indicator for rows in tables.values() for row in rows}
    published = audit.Published(
        tables=tables,
        places=[Place(one, w["wijk_code"], stadsdeel) for w in wijken for one, stadsdeel in w["sectors"].items()],
        shown=[(name, one) for name, one in shown if one["formula"] != ROWS],  # how many rows tells nothing of them
        code=code,
        earlier=[*history.shown(root, policy)] if confidential else [],
        tracked=sorted(history.ever_tracked(root, CONFIDENTIAL)),
        sums=read_sums(files[PACKAGE]) if PACKAGE in files else None,
    )
    return audit.audit(published, policy)


def not_seen(root: Path) -> list[str]:
    """What an audit here could not look at, in words."""
    confidential = [source for source in register.load_register(root) if source.confidential]
    missing = [source.file for source in confidential if not (root / source.path).is_file()]
    found = [] if confidential else ["a confidential file: none is registered"]
    found += [f"confidential files that are not here: {', '.join(missing)}"] if missing else []
    if not history.folder(root):
        found.append("earlier versions: there is no history here")
    elif not history.is_whole(root):
        found.append("earlier versions before the oldest one here: this is a shallow clone")
    accepted = [str(one["commit"])[:10] for one in load_policy(root).acknowledged]
    return found + ([f"what commits tell that are acknowledged: {', '.join(accepted)}"] if accepted else [])
