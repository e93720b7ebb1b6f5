# SPDX-License-Identifier: EUPL-1.2
"""The binary workbooks of Excel 97–2003 and older, .xls, by xlrd.

Takes file name and content; gives `Sheet`s of `Cell`s; called by `workbook`.
"""

from __future__ import annotations

import io
import re

import xlrd

from ..errors import DataError
from .cells import Cell, Sheet, Value, coloured
from .container import AGAIN, BROKEN, ENCRYPTED, OLE, encrypted
from .filling import check_size, drop_covered, put, unreadable
from .number_formats import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, number, number_kind

# Links are not asked for, and xlrd writes out every cell under one: in 40 bytes stand up to four thousand million.
for handler in ("handle_hlink", "handle_quicktip"):
    setattr(xlrd.sheet.Sheet, handler, lambda *_: None)


def read_xls(file: str, content: bytes) -> list[Sheet]:
    """The binary format of Excel 97–2003 and older, by xlrd."""
    if content.startswith(OLE) and ENCRYPTED in content:
        raise encrypted(file)
    if not content.startswith((OLE, b"\x09")):
        page = re.search(rb"<(html|table)", content[:2000], re.IGNORECASE)
        what = "a .xlsx or .ods" if content.startswith(b"PK") else "a web page" if page else "not a spreadsheet"
        do = "give it its own extension, or open it in Excel and save it as .xlsx"
        raise DataError(f"this is {what}, whatever its name says", file=file, do=do)
    sheets: list[Sheet] = []
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        for index in range(book.nsheets):
            sheets.append(_xls_sheet(file, book, book.sheet_by_index(index)))
            book.unload_sheet(index)
            check_size(sheets)
    except DataError:
        raise
    except Exception as error:  # xlrd meets a damaged file with whatever its parsing runs into
        if "encrypted" in str(error).lower():
            raise encrypted(file) from error
        raise DataError(f"the workbook cannot be read ({error})", file=file, do=AGAIN) from error
    return sheets


def _xls_sheet(file: str, book: xlrd.Book, page: xlrd.sheet.Sheet) -> Sheet:
    state = {0: "visible", 1: "hidden"}.get(page.visibility, "veryHidden")
    sheet = Sheet(file, page.name, state=state)
    sheet.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in page.merged_cells]
    hidden_rows, hidden_columns = (
        {place for place, info in known.items() if info.hidden} for known in (page.rowinfo_map, page.colinfo_map)
    )
    for row in range(page.nrows):
        for column, kind in enumerate(page.row_types(row)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            style = book.xf_list[page.cell_xf_index(row, column)]
            shown = book.format_map[style.format_key].format_str
            color = book.colour_map.get(book.font_list[style.font_index].colour_index)
            found = page.cell_value(row, column)
            try:
                value = _xls_value(book, kind, found, shown)
            except BROKEN as error:
                raise unreadable(sheet, Cell(row + 1, column + 1, None), found, error) from error
            color = coloured(bytes(color or ()).hex())
            hidden = row in hidden_rows or column in hidden_columns
            put(sheet, Cell(row + 1, column + 1, value, shown, color, hidden, style.alignment.indent_level))
    drop_covered(sheet)
    return sheet


def _xls_value(book: xlrd.Book, kind: int, found: str | float, shown: str) -> Value:
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(found, "#N/A")
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(found)
    if kind == xlrd.XL_CELL_TEXT:
        return found
    value = number(found, number_kind(shown), CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900)
    return int(value) if isinstance(value, float) and value.is_integer() else value
