# SPDX-License-Identifier: EUPL-1.2
"""What git remembers: earlier versions of the tables, and files that should not be there.

Takes the root and paths in it; gives text; called by `changes`, `registering`, `datasets`, `needs` and `leaks`. Without
git nothing is remembered; but what a confidential figure is held against must be there whole: `shown` says what to do.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from ..errors import DataError
from ..observations.observation import COLUMNS, Observation, read_table
from ..protection.descriptor import read_sums
from ..protection.policy import POLICY, Policy
from ..protection.relations import Sum
from .repository import PACKAGE, PROCESSED

TAKE_OUT = "take it out of every commit, for example with git filter-repo, before anyone fetches them"


def state(root: Path) -> str:
    """What tells one history from another: where every branch stands, and what of the confidential folder is in it."""
    folder = "data/raw/vertrouwelijk"
    return "".join(_git(root, *command) for command in (("rev-parse", "HEAD"), ("for-each-ref",), ("ls-files", folder)))


def folder(root: Path) -> str:
    """Where git keeps the history; empty without."""
    return _git(root, "rev-parse", "--absolute-git-dir").strip()


def is_whole(root: Path) -> bool:
    """True unless older commits were left out of this clone."""
    return _git(root, "rev-parse", "--is-shallow-repository").strip() == "false"


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


def shown(root: Path, policy: Policy) -> Iterator[tuple[str, Observation]]:
    """Rows that tell of sensitive counts, shown or hidden, in every version of the tables, each with its commit.

    Of a commit that the policy acknowledges nothing is given. Raises `DataError` when the history is not here as a
    whole, and for an earlier table that cannot be read: what they showed would count as never published.
    """
    _check_whole(root)
    commit, seen = "", set()
    log = _answer(root, "log", "--all", "-m", "--format=%H", "--raw", "--no-abbrev", "--", PROCESSED.as_posix())
    for line in log.splitlines():
        if not line.startswith(":"):
            commit = line or commit
        elif line.endswith(".csv") and (blob := line.split()[3]) not in seen and blob.strip("0"):
            if policy.is_acknowledged(commit):
                continue
            seen.add(blob)
            text = _answer(root, "cat-file", "blob", blob)
            if any(indicator in text for indicator in policy.watched):
                rows = _rows(text, line.rpartition("\t")[2], commit)
                yield from ((commit, row) for row in rows if row.indicator in policy.watched)


def sums(root: Path) -> list[Sum]:
    """The sums that every version of the tables told of its figures."""
    found: dict[Sum, None] = {}
    log = _answer(root, "log", "--all", "-m", "--format=", "--raw", "--no-abbrev", "--", PACKAGE.as_posix())
    for blob in dict.fromkeys(line.split()[3] for line in log.splitlines()):
        if blob.strip("0"):
            with contextlib.suppress(ValueError, TypeError, AttributeError):  # whose tables `shown` judges
                found |= dict.fromkeys(read_sums(_answer(root, "cat-file", "blob", blob).encode()) or ())
    return [*found]


def _rows(text: str, path: str, commit: str) -> list[Observation]:
    """The rows of an earlier table. Raises `DataError` when it has another shape, or conflicts in it."""
    try:
        header, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
        if tuple(header) != COLUMNS or any(len(line) != len(COLUMNS) for line in lines):
            raise ValueError("another shape")
        return read_table(text.encode())
    except (ValueError, ArithmeticError, csv.Error) as error:
        raise DataError(
            f"an earlier version of this table cannot be read, so what it showed is not known (commit {commit[:10]})",
            file=path,
            do=f"{TAKE_OUT}, or say under acknowledged in {POLICY} that what it shows is known: "
            f"{{commit: {commit[:10]}, by: who, on: date}}",
        ) from error


def _check_whole(root: Path) -> None:
    """Raises `DataError` when git cannot tell all that was published."""
    if not _answer(root, "rev-parse", "--git-dir").strip():
        raise _unknown("git gives no answer", "install git")
    if _answer(root, "rev-parse", "--is-shallow-repository").strip() != "false":
        raise _unknown("only the newest part of the history is here", "run: git fetch --unshallow")


def _unknown(why: str, do: str) -> DataError:
    return DataError(
        f"what was published before cannot be seen, and figures here are confidential: {why}",
        file=".git",
        expected="the whole history: with earlier versions beside it a hidden count may follow",
        do=do,
    )


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
    """What git answers; empty when it is not there, or has none."""
    done = _run(root, *command)
    return done.stdout if done and done.returncode == 0 else ""


def _answer(root: Path, *command: str) -> str:
    """What git answers. Raises `DataError` when it fails, with what it says and what to do."""
    done = _run(root, *command)
    if done is None:
        raise _unknown("git is not installed", "install git")
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it ends without a word"]
        do = next((do for words, do in _REMEDIES.items() if words in done.stderr), "mend the repository: git fsck")
        raise _unknown(f"git says {said[0]}", do)
    return done.stdout


_REMEDIES = {
    "not a git repository": "work in a clone of the repository, not in a copy of its files",
    "dubious ownership": "run the command that git names (git config --global --add safe.directory …), "
    "or take the folder over",
}


def _run(root: Path, *command: str) -> subprocess.CompletedProcess[str] | None:
    """None without git."""
    said = {**os.environ, "LC_ALL": "C"}
    try:
        return subprocess.run(
            ["git", "-C", str(root), *command],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=said,
        )
    except OSError:
        return None


def user(root: Path) -> str:
    """The name that git knows; empty when it knows none."""
    return _git(root, "config", "user.name").strip()
