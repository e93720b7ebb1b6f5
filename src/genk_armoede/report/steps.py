# SPDX-License-Identifier: EUPL-1.2
"""Steps of a build that are not done twice.

Takes what a step depends on and how it is done; gives what it makes, kept in `.build/steps/` for as long as nothing
that it depends on changes (content, not dates); called by `build` and `needs`.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import os
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from .transaction import is_inside, make_folder, make_room

PACKAGE = Path(__file__).parents[1]
KEPT = Path(".build/steps")
ABOUT = "about.json"
Made = dict[str, bytes]
# Imports from this package, with names in brackets or without; in a fiftieth of the time that `ast` takes.
_BY_NAME = re.compile(r'import_module\(f"\.\{')  # one of the modules beside it, whichever is asked for
_IMPORT = re.compile(r"^\s*from (\.+)([\w.]*) import (?:\(([^)]*)\)|(.*))", re.MULTILINE)
_FOR_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?:[ \t]+.*\n|\n)+", re.MULTILINE)


class Damaged(Exception):
    """What is kept of a step is not what a build wrote."""


class Steps:
    """The results of earlier builds in one repository.

    `tell(name, why)` hears of each step before it is done or skipped: why it is done, empty when it is not.
    """

    def __init__(self, root: Path, tell: Callable[[str, str], None], *, force: bool = False) -> None:
        self.folder, self.tell, self.force = root / KEPT, tell, force
        make_folder(self.folder)
        self._known: dict[str, tuple[dict, Made]] = {}

    def why(self, name: str, needs: Mapping[str, str], look: Callable[[str], str] | None = None) -> str:
        """Why a step must be done: what it depends on has changed. Empty when it need not be.

        `needs`: a digest for each thing that it depends on; `look` gives that of what it read the last time.
        """
        try:
            before, _ = self._kept(name)
        except FileNotFoundError:
            return "it was not done before"
        except Damaged:
            return "what was kept of it is damaged"
        now = {**needs, **{read: look(read) for read in before["read"] if look}}
        changed = sorted(what for what in before["needs"].keys() | now if before["needs"].get(what) != now.get(what))
        more = f" and {len(changed) - 3} more" if len(changed) > 3 else ""
        return "asked for" if self.force else f"changed: {', '.join(changed[:3])}{more}" if changed else ""

    def made(self, name: str) -> Made:
        """What a step made the last time it was done."""
        return dict(self._kept(name)[1])

    def seconds(self, name: str) -> float:
        """How long a step took the last time; 0 when it was never done."""
        try:
            return self._kept(name)[0]["seconds"]
        except (FileNotFoundError, Damaged):
            return 0.0

    def read(self, name: str) -> dict[str, str]:
        """What a step read the last time besides what it needs, with digests."""
        about, _ = self._kept(name)
        return {one: about["needs"][one] for one in about["read"]}

    def run(self, name: str, needs: Mapping[str, str], make: Callable[[], Made]) -> Made:
        """What a step makes, from an earlier build when that is the same."""
        why = self.why(name, needs)
        self.tell(name, why)
        if not why:
            return self.made(name)
        start = time.monotonic()
        made = make()
        self.keep(name, needs, made, seconds=time.monotonic() - start)
        return made

    def keep(
        self, name: str, needs: Mapping[str, str], made: Made, read: Mapping[str, str] | None = None, seconds: float = 0
    ) -> None:
        """Remember what a step made: whole or not at all. `read`: a digest for each file that it read besides."""
        target = self.folder / f"{name}.zip"
        beside = target.with_suffix(".new")
        about = {"needs": {**needs, **(read or {})}, "read": sorted(read or {}), "seconds": round(seconds, 2)}
        about["made"] = sorted(made)
        for path in (target, beside):
            make_room(path)
        with zipfile.ZipFile(beside, "w") as kept:
            kept.writestr(ABOUT, json.dumps(about))
            for one, content in made.items():
                kept.writestr(one, content)
        beside.replace(target)
        self._known[name] = about, dict(made)

    def _kept(self, name: str) -> tuple[dict, Made]:
        """What is kept of a step: all about it, and what it made.

        Raises `FileNotFoundError` when there is nothing, `Damaged` when it is not what `keep` wrote.
        """
        if name not in self._known:
            try:
                with zipfile.ZipFile(self.folder / f"{name}.zip") as kept:
                    made = {one: kept.read(one) for one in kept.namelist()}
                about = json.loads(made.pop(ABOUT))
                _check(about, made)
            except FileNotFoundError:
                raise
            except Exception as error:  # of a damaged archive there is no saying which
                raise Damaged from error
            self._known[name] = about, made
        return self._known[name]


def _check(about: dict, made: Made) -> None:
    """Raises `ValueError` or `TypeError` for what no build wrote."""
    sound = about.keys() == {"needs", "read", "seconds", "made"} and about["made"] == sorted(made)
    texts = [*about["needs"], *about["needs"].values(), *about["read"]]
    if not sound or not all(isinstance(text, str) for text in texts) or not {*about["read"]} <= {*about["needs"]}:
        raise ValueError("not as it was written")
    if not isinstance(about["seconds"], int | float) or not all(is_inside(name) for name in made):
        raise ValueError("not as it was written")


def digest(content: bytes | str) -> str:
    """What tells one content from another."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def digest_of(path: Path) -> str:
    """Digest of a file; empty when it is not there."""
    return digest(path.read_bytes()) if path.is_file() else ""


@functools.cache
def code(*names: str) -> dict[str, str]:
    """Digests of the modules named, of all that they import from this package, and of other files beside them.

    A name may also be that of a folder of templates.
    """
    seen: set[Path] = set()
    todo = [PACKAGE / "__init__.py", *(path for name in names for path in _paths(name.split(".")))]
    while todo:
        path = todo.pop()
        if path not in seen:
            seen.add(path)
            todo += _imports(path)
    folders = {path.parent for path in seen} | {PACKAGE / name.replace(".", "/") for name in names}
    beside = [path for folder in folders for path in folder.glob("*.*") if path.suffix not in (".py", ".pyc")]
    return {f"code {path.relative_to(PACKAGE).as_posix()}": digest_of(path) for path in [*seen, *beside]}


def _paths(parts: Iterable[str]) -> list[Path]:
    """The files of a module and of the packages it is in."""
    names = list(itertools.accumulate(parts, "{}/{}".format))
    return [_modules()[one] for name in names for one in (f"{name}/__init__.py", f"{name}.py") if one in _modules()]


@functools.cache
def _modules() -> dict[str, Path]:
    return {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}


@functools.cache
def _imports(path: Path) -> list[Path]:
    """What a module of this package imports from it, but for what only type checkers read."""
    text = _FOR_TYPES.sub("", path.read_text(encoding="utf-8"))
    found = sorted(path.parent.glob("*.py")) if _BY_NAME.search(text) else []
    for dots, module, several, one in _IMPORT.findall(text):
        package = path.parents[len(dots) - 1].relative_to(PACKAGE).parts
        parts = [*package, *filter(None, module.split("."))]
        found += _paths(parts)
        for name in (several or one).split(","):
            found += _paths([*parts, name.split()[0]] if name.strip() else [])
    return found


@functools.cache
def libraries() -> dict[str, str]:
    """The Python that runs, and what is installed in it."""
    installed = {name for folder in sys.path if os.path.isdir(folder) for name in os.listdir(folder)}
    names = sorted(name.removesuffix(".dist-info") for name in installed if name.endswith(".dist-info"))
    return {"Python": sys.version} | dict.fromkeys((f"library {name}" for name in names), "installed")
