# SPDX-License-Identifier: EUPL-1.2
"""The parts of a workbook of Excel: small ones as trees, and which refer to which.

Takes an archive; gives elements and paths; called by `xlsx` and what reads its parts.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from xml.etree.ElementTree import Element, TreeBuilder

from .container import local_name, xml_parser

MAX_TREE = 20_000_000


class Parts:
    """The parts of a workbook by their path, whatever its case and slashes: some write `xl\\SharedStrings.xml`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {self._key(name): name for name in archive.namelist()}

    @staticmethod
    def _key(path: str) -> str:
        return path.replace("\\", "/").lstrip("/").lower()

    def __contains__(self, path: str) -> bool:
        return self._key(path) in self.names

    def open(self, path: str) -> io.BufferedIOBase:
        return self.archive.open(self.names[self._key(path)])

    def tree(self, path: str) -> Element:
        """A part that is small in any honest workbook."""
        name = self.names[self._key(path)]
        if self.archive.getinfo(name).file_size > MAX_TREE:
            raise ValueError(f"{path} is larger than {MAX_TREE:,} bytes")
        builder = TreeBuilder()
        xml_parser(builder.start, builder.end).Parse(self.archive.read(name), True)
        return builder.close()

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Identifier → kind and path of each part that a part refers to, of those that lie inside the file."""
        folder, name = posixpath.split(path)
        entries = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            entry.get("Id", ""): (
                entry.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/" + folder, entry.get("Target", "").replace("\\", "/"))).lstrip(
                    "/"
                ),
            )
            for entry in entries
            if entry.get("TargetMode") != "External"
        }


def target(relations: dict[str, tuple[str, str]], kind: str) -> str:
    """Path of the part of this kind, empty without one."""
    return next((path for found, path in relations.values() if found == kind), "")


def find(root: Element, name: str) -> Element | None:
    return next((element for element in root.iter() if local_name(element.tag) == name), None)


def is_set(element: Element | None, name: str = "val") -> bool:
    return element is not None and element.get(name, "1" if name == "val" else "0") in ("1", "true")


def children(root: Element, name: str) -> list[Element]:
    found = find(root, name)
    return [] if found is None else list(found)
