# SPDX-License-Identifier: EUPL-1.2
"""What git remembers: earlier versions of the tables. Empty where there is no git or no repository.

Takes the root and paths in it; gives text; called by `changes` and `audit`.
"""

from __future__ import annotations

import subprocess
from pathlib import Path


def versions(root: Path, folder: Path) -> list[tuple[str, str]]:
    """Commit and path of every version of the CSV files in a folder, the newest first."""
    found, commit = [], ""
    for line in _git(
        root, "log", "--format=%H", "--name-only", "--diff-filter=AM", "--", f"{folder.as_posix()}/*.csv"
    ).split():
        if "/" in line:
            found.append((commit, line))
        else:
            commit = line
    return found


def commits(root: Path, path: Path) -> list[str]:
    """Commits that changed a file, the newest first."""
    return _git(root, "log", "--format=%H", "--", path.as_posix()).split()


def content(root: Path, commit: str, path: str) -> str:
    """A file as it was; empty when it was not there."""
    return _git(root, "show", f"{commit}:{path}")


def tracked(root: Path, folder: Path) -> list[str]:
    """Files of a folder that are in version control."""
    return _git(root, "ls-files", "--", folder.as_posix()).splitlines()


def _git(root: Path, *command: str) -> str:
    try:
        done = subprocess.run(["git", "-C", str(root), *command], capture_output=True, text=True, encoding="utf-8")
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
