# SPDX-License-Identifier: EUPL-1.2
"""What git remembers: earlier versions of the tables, and files that should not be there. Empty without git.

Takes the root and paths in it; gives text; called by `changes`, `register`, `datasets`, `needs` and `shown`.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..observations.observation import Observation, read_table
from .repository import PROCESSED


def state(root: Path) -> str:
    """What tells one history from another: where every branch stands, and what of the confidential folder is in it."""
    folder = "data/raw/vertrouwelijk"
    return "".join(_git(root, *command) for command in (("rev-parse", "HEAD"), ("for-each-ref",), ("ls-files", folder)))


def set_hook(root: Path) -> None:
    """From now on a commit here refuses confidential files, unless other hooks were chosen."""
    if not _git(root, "config", "core.hooksPath"):
        _git(root, "config", "core.hooksPath", ".githooks")


def commits(root: Path, path: Path) -> list[str]:
    """Commits that changed a file, the newest first."""
    return _git(root, "log", "--format=%H", "--", path.as_posix()).split()


def content(root: Path, commit: str, path: str) -> str:
    """A file as it was; empty when it was not there."""
    return _git(root, "show", f"{commit}:{path}")


def shown(root: Path, indicators: Iterable[str]) -> Iterator[tuple[str, Observation]]:
    """Rows with a value of these indicators in every version of the tables on any branch, each with its commit."""
    commit, seen = "", set()
    log = _git(root, "log", "--all", "-m", "--format=%H", "--raw", "--no-abbrev", "--", PROCESSED.as_posix())
    for line in log.splitlines():
        if not line.startswith(":"):
            commit = line or commit
        elif line.endswith(".csv") and (blob := line.split()[3]) not in seen:
            seen.add(blob)
            text = _git(root, "cat-file", "blob", blob)
            if any(indicator in text for indicator in indicators):
                rows = read_table(text.encode())
                yield from ((commit, row) for row in rows if row.indicator in indicators and row.value is not None)


def ever_tracked(root: Path, folder: Path) -> set[str]:
    """Files of a folder that are or were in version control, or whose content is, whatever it is called there."""
    log = _git(root, "log", "--all", "--format=", "--name-only", "--", folder.as_posix())
    names = {*log.splitlines(), *_git(root, "ls-files", "--", folder.as_posix()).splitlines()}
    files = [path for path in (root / folder).glob("*") if path.is_file()]
    blobs = {path: _git(root, "hash-object", "--no-filters", str(path.resolve())).strip() for path in files}
    index, ever = _git(root, "ls-files", "--stage"), ("log", "--all", "-m", "--format=%H")
    there = {path for path, blob in blobs.items() if blob in index or _git(root, *ever, f"--find-object={blob}")}
    kept = {str(path.relative_to(root)) for path in there if blobs[path]}
    return {name for name in names | kept if not name.endswith(".gitignore")}


def _git(root: Path, *command: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *command], capture_output=True, text=True, encoding="utf-8")
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
