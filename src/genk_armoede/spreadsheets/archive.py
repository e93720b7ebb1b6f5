# SPDX-License-Identifier: EUPL-1.2
"""A zip with one table, as statistical offices put their open data on line.

Takes file name and content; gives the name and content of the file inside; called by `workbook`. The bounds are those
of a workbook (`container`); a zip in a zip is refused.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection
from pathlib import PurePosixPath

from ..errors import DataError
from .container import MAX_BYTES, Archive, opened


def read_archive(file: str, content: bytes, formats: Collection[str], wanted: str = "") -> tuple[str, bytes]:
    """The table inside: its name without folders, and its content.

    Raises `DataError` when there is none, when there are several and none is named, and for what is no sound archive.
    """
    with opened(file, content, "archive") as archive:
        return _table_in(archive, file, formats, wanted)


def _table_in(archive: Archive, file: str, formats: Collection[str], wanted: str) -> tuple[str, bytes]:
    parts = [part for part in archive.infolist() if not part.is_dir() and not _is_system(part.filename)]
    if any(part.filename == "[Content_Types].xml" or part.filename == "mimetype" for part in parts):
        raise DataError("this is a workbook, whatever its name says", file=file, do="give it its own extension")
    nested = next(
        (part.filename for part in parts if part.filename.lower().endswith((".zip", ".7z", ".rar", ".gz"))), ""
    )
    if nested:
        raise DataError("an archive in an archive", file=file, found=nested, do="unpack it, and give the table itself")
    tables = [part for part in parts if PurePosixPath(part.filename).suffix.lower() in formats]
    names = [_name(part) for part in tables]
    if wanted:
        tables = [part for part in tables if wanted in (part.filename, _name(part))]
    if not tables:
        found = wanted or ", ".join(map(_name, parts[:5]))
        expected = ", ".join(names) if wanted else f"one of: {', '.join(formats)}"
        raise DataError("no such table in this archive", file=file, found=found, expected=expected)
    if len(tables) > 1:
        do = "name one with --sheet, or take it out of the archive"
        raise DataError("several tables in one archive", file=file, found=", ".join(names[:20]), expected="one", do=do)
    (part,) = tables
    if part.file_size > MAX_BYTES:
        size = f"{part.file_size:,} bytes"
        raise DataError(
            f"the file is too large: {size}", file=file, found=_name(part), expected=f"at most {MAX_BYTES:,}"
        )
    inside = archive.read(part.filename)
    if not inside:
        raise DataError("the file in the archive is empty", file=file, found=_name(part), do="ask for it again")
    if inside.startswith(b"PK\x03\x04") and not part.filename.lower().endswith((".xlsx", ".xlsm", ".ods")):
        raise DataError("an archive in an archive", file=file, found=_name(part), do="unpack it")
    return _name(part), inside


def _name(part: zipfile.ZipInfo) -> str:
    return PurePosixPath(part.filename.replace("\\", "/")).name


def _is_system(name: str) -> bool:
    """What a Mac adds beside each file."""
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")
