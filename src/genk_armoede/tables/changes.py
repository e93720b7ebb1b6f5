# SPDX-License-Identifier: EUPL-1.2
"""What changed in the tables since the previous version of the data, as git remembers it.

Takes the root and the new files; gives Dutch sentences, none when git knows no earlier version; called by `build`.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

from ..observations.observation import KEY
from ..observations.periods import period_text
from . import history
from .repository import PACKAGE


def since_previous(root: Path, content: Mapping[Path, bytes]) -> list[str]:
    """One sentence a table that has rows added, taken out or changed."""
    version = json.loads(content[PACKAGE])["version"]
    commit, before = _previous(root, version)
    if not commit:
        return []
    sentences = [f"De vorige versie is die van {period_text(before)}."]
    for path in sorted(path for path in content if path.suffix == ".csv"):
        old, new = _rows(history.content(root, commit, path.as_posix())), _rows(content[path].decode())
        counts = {
            "{} nieuw": len(new.keys() - old.keys()),
            "{} weggevallen": len(old.keys() - new.keys()),
            "{} veranderd": sum(old[key] != new[key] for key in old.keys() & new.keys()),
        }
        words = ", ".join(what.format(count) for what, count in counts.items() if count)
        if words:
            sentences.append(f"Cijfers in {path.stem}: {words}.")
    return sentences if len(sentences) > 1 else [*sentences, "De tabellen zijn dezelfde."]


def _previous(root: Path, version: str) -> tuple[str, str]:
    """The last commit whose tables are of an earlier version, and that version."""
    for commit in history.commits(root, PACKAGE):
        before = json.loads(history.content(root, commit, PACKAGE.as_posix()) or "{}").get("version", "")
        if before and before < version:
            return commit, before
    return "", ""


def _rows(text: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    rows = csv.DictReader(io.StringIO(text))
    return {tuple(row[name] for name in KEY): (row["value"], row["status"]) for row in rows}
