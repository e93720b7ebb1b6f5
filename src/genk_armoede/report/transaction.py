# SPDX-License-Identifier: EUPL-1.2
"""Files of a repository that are replaced together, by one command at a time.

Takes the root and files by their path; puts all of them in place or none; called by `build`.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from ..errors import DataError

WORK = Path(".build")
WRITTEN = ("data/processed", "notebooks", "figures", "reports")
READY, LIST = WORK / "ready", "list.json"
STAGE = "stage-"  # how folders begin in which a build tries things


@contextmanager
def alone(root: Path, tell: Callable[[str], None]) -> Iterator[None]:
    """Hold the repository: a second command waits and says so.

    First ends what a command that was killed left half done. Raises `DataError` where nothing can be written.
    """
    with _writing(root):
        make_folder(root / WORK)
        make_room(root / WORK / "lock")
        lock = FileLock(root / WORK / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            tell("another command is at work in this folder: waiting until it is done")
            lock.acquire()
    try:
        with _writing(root):
            _check_writable(root)
            if not _finish(root):
                tell("what a command left half done in .build is damaged: none of it is put in place")
            for left in (root / WORK).glob(f"{STAGE}*"):
                _remove(left)
        yield
    finally:
        lock.release()


@contextmanager
def _writing(root: Path) -> Iterator[None]:
    """An error of the system becomes one that says what to do."""
    try:
        yield
    except OSError as error:
        raise DataError(
            f"nothing can be written here ({error.strerror or error})",
            file=str(error.filename or root),
            do="work in a copy that you may write to; nothing was done",
        ) from error


def _check_writable(root: Path) -> None:
    """Raises `PermissionError` for a folder that a command would write to and may not."""
    for folder in (root, *(root / name for name in WRITTEN)):
        if folder.is_dir() and not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def is_inside(name: str) -> bool:
    """True for a path that stays in the repository, and out of folders that begin with a dot."""
    parts = PurePosixPath(name).parts
    return bool(parts) and not any(part.startswith((".", "/")) or "\\" in part or ":" in part for part in parts)


def make_folder(path: Path) -> None:
    """A folder of a build; a file that lies in its place goes, since nobody else keeps anything there."""
    if not path.is_dir():
        path.unlink(missing_ok=True)
    path.mkdir(parents=True, exist_ok=True)


def make_room(path: Path) -> None:
    """For a file of a build: a folder that lies in its place goes."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)


def _remove(path: Path) -> None:
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()


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
    for path in (*changed, *stale):
        if not is_inside(path.as_posix()):
            raise DataError("this is no file of the repository", file=str(path), do="nothing was replaced")
    before = {path: (root / path).read_bytes() for path in changed if (root / path).is_file()}
    try:
        make_folder(ready)
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


def _finish(root: Path) -> bool:
    """Do what the list in `.build/ready` says; without a list nothing was decided yet. False for a damaged list."""
    ready = root / READY
    names = _listed(ready / LIST)
    for number, path in enumerate(names["replace"] if names else ()):
        if (ready / str(number)).is_file():
            (ready / str(number)).replace(root / path)
    for path in names["remove"] if names else ():
        (root / path).unlink(missing_ok=True)
    if (ready / LIST).is_file():
        (ready / LIST).unlink()
    if ready.exists() or ready.is_symlink():
        _remove(ready)
    return names is not None


def _listed(path: Path) -> dict[str, list[str]] | None:
    """What is to be replaced and removed; None for a list that no command wrote."""
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
        paths = [*names["replace"], *names["remove"]]
        sound = names.keys() == {"replace", "remove"} and all(isinstance(one, str) and is_inside(one) for one in paths)
    except (FileNotFoundError, NotADirectoryError):
        return {"replace": [], "remove": []}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    return names if sound else None
