# SPDX-License-Identifier: EUPL-1.2
"""Workbooks of Excel, .xlsx and .xlsm.

Takes file name and content; gives `Sheet`s; called by `workbook`.
"""

from __future__ import annotations

from ..errors import DataError
from .cells import Sheet
from .container import AGAIN, BROKEN, local_name, misnamed, opened
from .filling import check_size
from .number_formats import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900
from .xlsx_parts import Parts, find, is_set, target
from .xlsx_sheet import SheetReader
from .xlsx_styles import cell_styles
from .xlsx_texts import shared_strings


def read_xlsx(file: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook. Raises `DataError` for what is no sound workbook."""
    with opened(file, content) as archive:
        parts = Parts(archive)
        if "[content_types].xml" not in parts.names:
            raise misnamed(file, "this is no .xlsx")
        try:
            return _read_book(file, parts)
        except BROKEN as error:
            raise DataError(f"the workbook cannot be read: {_words(error)}", file=file, do=AGAIN) from error


def _words(error: Exception) -> str:
    """What went wrong inside, in words: a bare `0` or `'r:id'` tells nobody anything."""
    return f"a part of it is not as it should be ({type(error).__name__}: {error})"


def _read_book(file: str, parts: Parts) -> list[Sheet]:
    book = target(parts.relations(""), "officeDocument")
    relations = parts.relations(book)
    root = parts.tree(book)
    epoch = CALENDAR_MAC_1904 if is_set(find(root, "workbookPr"), "date1904") else CALENDAR_WINDOWS_1900
    stale = is_set(find(root, "calcPr"), "fullCalcOnLoad")  # Excel still has to calculate what is stored
    styles = cell_styles(parts, target(relations, "styles"))
    strings = shared_strings(parts, target(relations, "sharedStrings"))
    sheets: list[Sheet] = []
    taken: set[str] = set()
    cells = 0
    for entry in root.iter():
        if local_name(entry.tag) != "sheet":
            continue
        name = entry.get("name", "")
        identifier = next((value for key, value in entry.items() if local_name(key) == "id"), "")
        kind, path = relations.get(identifier, ("", ""))
        if not identifier and entry.get("state") == "veryHidden":
            continue  # a module of macros, as Excel 95 kept them among the sheets
        if path in taken:
            raise DataError(f"the workbook names a sheet {name!r} that is another", file=file, do=AGAIN)
        if not kind.lower().endswith("sheet") or path not in parts:
            sheets.append(Sheet(file, name, state="absent"))
            continue
        taken.add(path)  # no two sheets share a part
        sheet = Sheet(file, name, state=entry.get("state", "visible"), styles=[style for style, _ in styles])
        if kind == "worksheet":
            with parts.open(path) as stream:
                SheetReader(sheet, [kind for _, kind in styles], strings, epoch, stale).read(stream)
        sheets.append(sheet)
        cells = check_size(sheet, cells)
    if all(sheet.state == "absent" for sheet in sheets):
        absent = ", ".join(repr(sheet.name) for sheet in sheets)
        problem = f"the workbook names a sheet {absent} that is not in it" if sheets else "the workbook has no sheets"
        raise DataError(problem, file=file, do=AGAIN)
    return sheets
