# SPDX-License-Identifier: EUPL-1.2
"""What each step of a build depends on: with a digest of each thing, so that a step is done again when one changes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from .. import _PUBLIC
from ..protection.policy import POLICY
from ..tables import history, register, repository
from ..tables.repository import PROCESSED, RAW
from .shown import read
from .steps import code, digest, digest_of, libraries

NARRATION = tuple(module for module in _PUBLIC if module.startswith("narration."))  # what notebooks call
PAGES = ("report.content", "report.pages", "report.templates")
Content = dict[Path, bytes]


def of_tables(root: Path, registered: list[register.Source]) -> dict[str, str]:
    """Every raw file, the register, the policy, and what is known of confidential files that are not here."""
    raw = (path for path in sorted((root / RAW).rglob("*")) if path.is_file() and path.name[0] not in ".~")
    needs = {path.relative_to(root).as_posix(): register.checksum(path) for path in raw}
    needs[POLICY.as_posix()] = digest_of(root / POLICY)
    if any(source.confidential for source in registered):
        needs |= {path.name: digest_of(path) for path in sorted((root / PROCESSED).glob("*.csv"))}
        needs["git"] = history.state(root)
    return needs | code("tables.datapackage") | libraries()


def of_run(path: Path) -> dict[str, str]:
    """Its code cells: what stands between them changes no output."""
    (cells,) = read({path.stem: path.read_bytes()}).values()
    run = [["".join(c["source"]), c.get("metadata")] for c in cells if c["cell_type"] == "code"]
    needs = {"code cells": digest(json.dumps(run)), "MPLBACKEND": os.environ.get("MPLBACKEND", "")}
    return needs | code("tables.store", *NARRATION, "report.kernels") | libraries()


def looking(tables: Content) -> Callable[[str], str]:
    """Digests of processed files as a notebook reads them.

    Of the descriptor only what is said of one table counts, and not the table's own digest and size.
    """
    described = {one["name"]: one for one in json.loads(tables[repository.PACKAGE])["resources"]}

    def look(name: str) -> str:
        table = name.removeprefix("description of ")
        if table != name:
            known = described.get(table, {})
            return digest(json.dumps({key: known[key] for key in known if key not in ("hash", "bytes")}))
        return digest(tables.get(Path(name), b""))

    return look


def reads(opened: list[str]) -> Iterator[str]:
    """What a notebook depends on, by the files it opened: of the descriptor what is said of the tables it read."""
    for name in opened:
        if name != repository.PACKAGE.as_posix():
            yield name
        if name.endswith(".csv"):
            yield f"description of {Path(name).stem}"


def of_audit(root: Path, tables: Content, books: Mapping[str, bytes], figures: Content) -> dict[str, str]:
    """Everything that would be published, the policy, and the history."""
    needs = {path.as_posix(): digest(content) for path, content in (tables | figures).items()}
    needs |= {f"{name}.ipynb": digest(book) for name, book in books.items()}
    needs |= {POLICY.as_posix(): digest_of(root / POLICY), "git": history.state(root)}
    return needs | code("report.leaks", "protection.audit") | libraries()


def of_page(tables: Content, book: bytes, figures: Mapping[str, bytes], read: Mapping[str, str]) -> dict[str, str]:
    """The notebook as it ran, its figures, and what it read of the tables."""
    needs = {"notebook": digest(book), "version": json.loads(tables[repository.PACKAGE])["version"]}
    needs |= {name: digest(content) for name, content in figures.items()}
    return needs | read | code(*PAGES) | libraries()


def of_pages(
    made: Mapping[str, bytes], registered: list[register.Source], changes: list[str], tables: Content
) -> dict[str, str]:
    """What the pages hold, and what stands around it: the register, the changes, version and policy."""
    package = json.loads(tables[repository.PACKAGE])
    needs = {name: digest(page) for name, page in made.items()} | code(*PAGES) | libraries()
    needs |= {"register": digest(repr(registered)), "previous version": digest(repr(changes))}
    needs["sources"] = digest(json.dumps([package["files"], *(one["sources"] for one in package["resources"])]))
    return needs | {"version": package["version"], "policy": digest(json.dumps(package["disclosure"]))}
