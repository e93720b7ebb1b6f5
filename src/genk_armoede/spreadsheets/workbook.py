# SPDX-License-Identifier: EUPL-1.2
"""Open a workbook or text safely.

Takes a path; gives a `Workbook` of `Sheet`s; called by `layouts` and `tables`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import DataError
from .cells import Sheet
from .container import MAX_BYTES, ending_of
from .filling import point_columns


@dataclass(slots=True)
class Workbook:
    file: str
    sheets: list[Sheet]

    def sheet(self, name: str) -> Sheet:
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise DataError(
            f"there is no sheet {name!r}",
            file=self.file,
            expected="one of: " + ", ".join(repr(sheet.name) for sheet in self.sheets),
            do="give the sheet its name back, or register the file again",
        )


FORMATS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".txt", ".px", ".json")


def _reader(ending: str) -> Callable[[str, bytes], list[Sheet]]:
    """The reader of a kind of file, loaded when it is needed: all of them take longer than a small file to read."""
    match ending:
        case ".xlsx" | ".xlsm":
            from .xlsx import read_xlsx as read
        case ".xls":
            from .xls import read_xls as read
        case ".ods":
            from .ods import read_ods as read
        case ".xml":
            from .xml2003 import read_xml2003 as read
        case ".html":
            from .webpage import read_html as read
        case ".px":
            from .pcaxis import read_px as read
        case ".json":
            from .jsonstat import read_json as read
        case _:
            from .text import read_csv as read
    return read


def open_workbook(path: Path, part: str = "") -> Workbook:
    """Read a file of one of `FORMATS`, or a `.zip` with one in it; `part` names it where a zip has several.

    What a file is its content says, not its name. Raises `DataError` for one that is missing, encrypted, truncated, no
    spreadsheet at all, or of an unreasonable size (`container` has the bounds).
    """
    suffix = path.suffix.lower()
    if not path.is_file():
        raise DataError("there is no such file", file=str(path), do="check the name and the folder")
    if path.name.startswith("~$"):
        raise DataError("this is Excel's lock file, not a workbook", file=path.name, do="close Excel")
    size = path.stat().st_size
    if not size:
        raise DataError("the file is empty", file=path.name, do="ask for it again")
    if size > MAX_BYTES:
        raise DataError(
            f"the file is too large: {size:,} bytes", file=path.name, expected=f"at most {MAX_BYTES:,} bytes"
        )
    content = path.read_bytes()
    if suffix == ".zip" and ending_of(content, suffix) == suffix:
        return Workbook(path.name, _unpacked(path.name, content, part))
    if ending_of(content, suffix) not in (*FORMATS, ".html", ".xml"):
        raise DataError(
            f"no spreadsheet that can be read here: {path.suffix or 'no extension'}",
            file=path.name,
            expected=", ".join([*FORMATS, ".zip"]),
            do="ask for it as a workbook",
        )
    return Workbook(path.name, _sheets(path.name, content))


def _sheets(file: str, content: bytes) -> list[Sheet]:
    named = Path(file).suffix.lower()
    ending = ending_of(content, named)
    sheets = _reader(ending)(file, content)
    for sheet in sheets:
        sheet.read_as = ending if ending != named else ""
        if sheet.delimiter:
            from .flags import known_figures

            known_figures(sheet)
        point_columns(sheet)
    return sheets


def _unpacked(file: str, content: bytes, part: str) -> list[Sheet]:
    """The sheets of the table in a zip, each with the name of that table, and of its own where there are several."""
    from .archive import read_archive

    archived = part.partition(": ")[0]
    name, inside = read_archive(file, content, FORMATS, archived)
    sheets = _sheets(name, inside)
    filled = [sheet for sheet in sheets if sheet.size]
    for sheet in sheets:
        sheet.file = file
        sheet.name = name if not sheet.name or filled == [sheet] else f"{name}: {sheet.name}"
    return sheets
