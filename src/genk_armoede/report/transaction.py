# SPDX-License-Identifier: EUPL-1.2
"""Files of a repository that are replaced together, by one command at a time.

Takes the root and files by their path; puts all of them in place or none; called by `build` and `cli`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from ..errors import DataError

WORK = Path(".build")
READY, LIST = WORK / "ready", "list.json"
STAGE = "stage-"  # how folders begin in which a build tries things


@contextmanager
def alone(root: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the repository: a second command waits and says so.

    First ends what a command that was killed left half done.
    """
    (root / WORK).mkdir(exist_ok=True)
    lock = FileLock(root / WORK / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        tell("another command is at work in this folder: waiting until it is done")
        lock.acquire()
    try:
        _finish(root)
        for left in (root / WORK).glob(f"{STAGE}*"):
            shutil.rmtree(left)
        yield
    finally:
        lock.release()


def write_files(root: Path, content: Mapping[Path, bytes], folders: Iterable[Path] = ()) -> list[Path]:
    """Put files in place; gives the paths that changed. To be called by who holds the repository.

    All are on disk, with a list of what goes where, before the first is replaced. When one cannot be replaced the
    others are put back; a command that is killed in the middle is ended by the next one. In `folders`, files that
    are not in `content` are what an earlier build left, and go. Raises `DataError` when a file cannot be written.
    """
    changed = [p for p, data in content.items() if not (root / p).is_file() or (root / p).read_bytes() != data]
    found = (path for folder in folders for path in sorted((root / folder).glob("*")) if path.is_file())
    stale = [p for p in (path.relative_to(root) for path in found) if p not in content and p.name[0] != "."]
    if not changed and not stale:
        return []
    ready = root / READY
    before = {path: (root / path).read_bytes() for path in changed if (root / path).is_file()}
    try:
        ready.mkdir(parents=True)
        for number, path in enumerate(changed):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (ready / str(number)).write_bytes(content[path])
        names = {"replace": [path.as_posix() for path in changed], "remove": [path.as_posix() for path in stale]}
        (ready / "new").write_text(json.dumps(names), encoding="utf-8")
        (ready / "new").replace(ready / LIST)
        _finish(root)
    except OSError as error:
        for number, path in enumerate(changed):
            if (ready / LIST).is_file() and not (ready / str(number)).is_file():
                (root / path).write_bytes(before[path]) if path in before else (root / path).unlink()
        shutil.rmtree(ready, ignore_errors=True)
        raise DataError(
            f"cannot be written ({error.strerror or error})",
            file=str(error.filename or root),
            do="close it where it is open, or make room on the disk",
        ) from error
    return changed


def _finish(root: Path) -> None:
    """Do what the list in `.build/ready` says; without a list nothing was decided yet."""
    ready = root / READY
    if (ready / LIST).is_file():
        names = json.loads((ready / LIST).read_text(encoding="utf-8"))
        for number, path in enumerate(names["replace"]):
            if (ready / str(number)).is_file():
                (ready / str(number)).replace(root / path)
        for path in names["remove"]:
            (root / path).unlink(missing_ok=True)
        (ready / LIST).unlink()
    if ready.is_dir():
        shutil.rmtree(ready)
