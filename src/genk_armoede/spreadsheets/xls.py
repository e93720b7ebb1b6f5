# SPDX-License-Identifier: EUPL-1.2
"""The binary workbooks of Excel 97–2003 and older, .xls, by xlrd.

Takes file name and content; gives `Sheet`s of `Cell`s; called by `workbook`.
"""

from __future__ import annotations

import io
from dataclasses import replace

import xlrd

from ..errors import DataError
from .cells import PLAIN, Cell, Sheet, Style, Value, coloured
from .container import AGAIN, BROKEN, ENCRYPTED, OLE, encrypted
from .filling import Filler, check_size, unreadable
from .number_formats import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, moment, number_kind
from .rich import LOWERED, RAISED, STRUCK, Runs

# Links are not asked for, and xlrd writes out every cell under one: in 40 bytes stand up to four thousand million.
for handler in ("handle_hlink", "handle_quicktip"):
    setattr(xlrd.sheet.Sheet, handler, lambda *_: None)


def read_xls(file: str, content: bytes) -> list[Sheet]:
    """The binary format of Excel 97–2003 and older, by xlrd."""
    if content.startswith(OLE) and ENCRYPTED in content:
        raise encrypted(file)
    if not content.startswith((OLE, b"\x09")):
        what = "a .xlsx or .ods" if content.startswith(b"PK") else "not a spreadsheet"
        do = "give it its own extension, or open it in Excel and save it as .xlsx"
        raise DataError(f"this is {what}, whatever its name says", file=file, do=do)
    sheets: list[Sheet] = []
    cells = 0
    try:
        book = _open(content)
        for index in range(book.nsheets):
            sheets.append(_xls_sheet(file, book, book.sheet_by_index(index)))
            book.unload_sheet(index)
            cells = check_size(sheets[-1], cells)
    except DataError:
        raise
    except Exception as error:  # xlrd meets a damaged file with whatever its parsing runs into
        if "encrypted" in str(error).lower():
            raise encrypted(file) from error
        raise DataError(f"the workbook cannot be read ({error})", file=file, do=AGAIN) from error
    return sheets


def _open(content: bytes) -> xlrd.Book:
    how = {"file_contents": content, "on_demand": True, "ragged_rows": True, "logfile": io.StringIO()}
    try:
        return xlrd.open_workbook(formatting_info=True, **how)
    except NotImplementedError:  # before Excel 5 a workbook has no formats that xlrd knows
        return xlrd.open_workbook(**how)


def _xls_sheet(file: str, book: xlrd.Book, page: xlrd.sheet.Sheet) -> Sheet:
    state = {0: "visible", 1: "hidden"}.get(page.visibility, "veryHidden")
    sheet = Sheet(file, page.name, state=state)
    sheet.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in page.merged_cells]
    sheet.hidden_rows = {row + 1 for row, info in page.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column + 1 for column, info in page.colinfo_map.items() if info.hidden}
    filler, styles = Filler(sheet), {}
    for row in range(page.nrows):
        for column, kind in enumerate(page.row_types(row)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            number = page.cell_xf_index(row, column) if book.formatting_info else 0
            if number not in styles:
                styles[number] = _style(book, number)
            style, found = styles[number], page.cell_value(row, column)
            try:
                value = _xls_value(book, kind, found, style.number_format)
            except BROKEN as error:
                raise unreadable(sheet, Cell(row + 1, column + 1, None), found, error) from error
            if isinstance(value, str) and (row, column) in page.rich_text_runlist_map:
                runs = _runs(book, page, row, column)
                style, value = replace(style, **runs.set_apart), runs.whole
            filler.put(row + 1, column + 1, value, sheet.style_number(style))
    filler.finish()
    return sheet


def _runs(book: xlrd.Book, page: xlrd.sheet.Sheet, row: int, column: int) -> Runs:
    """The runs of a text that is set in several fonts."""
    runs, text = Runs(), page.cell_value(row, column)
    begins = page.rich_text_runlist_map[row, column]
    fonts = [(0, None), *((at, book.font_list[font]) for at, font in begins)]
    for (at, font), (end, _) in zip(fonts, [*fonts[1:], (len(text), None)], strict=True):
        raised = {1: RAISED, 2: LOWERED}.get(font.escapement, "") if font else ""
        runs.add(text[at:end], STRUCK if font and font.struck_out else raised)
    return runs


def _style(book: xlrd.Book, number: int) -> Style:
    if not book.formatting_info:
        return PLAIN
    style = book.xf_list[number]
    font = book.font_list[style.font_index]
    color = coloured(bytes(book.colour_map.get(font.colour_index) or ()).hex())
    shown = book.format_map[style.format_key].format_str
    return Style(shown, color, style.alignment.indent_level, is_struck=bool(font.struck_out))


def _xls_value(book: xlrd.Book, kind: int, found: str | float, shown: str) -> Value:
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(found, "#N/A")
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(found)
    if kind == xlrd.XL_CELL_TEXT:
        return found
    value = moment(found, number_kind(shown), CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900)
    return int(value) if isinstance(value, float) and value.is_integer() else value
