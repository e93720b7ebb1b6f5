# SPDX-License-Identifier: EUPL-1.2
"""OpenDocument spreadsheets, .ods.

Takes file name and content; gives `Sheet`s of `Cell`s; called by `workbook`.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import replace

from ..errors import DataError
from .cells import Cell, Sheet, Value, coloured
from .container import AGAIN, BROKEN, check_container, encrypted, misnamed, parse_xml, xml_parser
from .filling import MAX_COLUMN, check_size, drop_covered, put, uncalculated, unreadable
from .number_formats import CALENDAR_WINDOWS_1900, number
from .numerals import TOO_FEW

MAX_REPEATED = 1_000_000  # cells that .ods writes once and shows many times


def read_ods(file: str, content: bytes) -> list[Sheet]:
    """OpenDocument spreadsheets, with number formats as Excel would write them."""
    archive = check_container(file, content)
    parts = archive.namelist()
    if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise encrypted(file)
    if "content.xml" not in parts:
        raise misnamed(file, "this is no .ods")
    try:
        with archive.open("content.xml") as stream:
            return _OdsReader(file).read(stream)
    except BROKEN as error:
        raise DataError(f"the workbook cannot be read ({error})", file=file, do=AGAIN) from error


class _OdsReader:
    """Reads `content.xml`. Repeated rows and cells are written out only where they hold something."""

    def __init__(self, file: str) -> None:
        self.file, self.sheets = file, []
        self.style, self.hidden_styles, self.colors = "", set(), {}
        self.formats: dict[str, str] = {}  # of styles of numbers
        self.shown: dict[str, str] = {}  # style of a cell → style of its number
        self.repeated = 0
        self.drawn = 0  # depth in comments and drawings, which hold text and tables of their own
        self.rows, self.row_hidden, self.found = 1, False, []
        self.cell, self.text, self.in_text = {}, [], False

    def read(self, stream) -> list[Sheet]:
        parser = xml_parser(self._start, self._end)
        parser.CharacterDataHandler = self._data
        parse_xml(parser, stream)
        if not self.sheets:
            raise DataError("the workbook has no sheets", file=self.file, do=AGAIN)
        for sheet in self.sheets:
            drop_covered(sheet)
        return self.sheets

    def _start(self, name: str, a: dict[str, str]) -> None:
        self.drawn += _is_drawn(name)
        if self.drawn:
            return
        if name.startswith("number:"):
            self._format(name, a)
        elif name == "style:style":
            self.style = a.get("style:name", "")
            self.shown[self.style] = a.get("style:data-style-name", "")
        elif name == "style:table-properties" and a.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "style:text-properties":
            self.colors[self.style] = coloured(a.get("fo:color", ""))
        elif name == "table:table":
            state = "hidden" if a.get("table:style-name") in self.hidden_styles else "visible"
            self.sheet = Sheet(self.file, a["table:name"], state=state)
            self.sheets.append(self.sheet)
            self.row = self.column = self.columns = 0
            self.hidden, self.column_styles = set(), {}
        elif not self.sheets:
            return
        elif name == "table:table-column":
            first, self.columns = self.columns + 1, self.columns + _times(a, "table:number-columns-repeated")
            columns = range(first, min(self.columns, MAX_COLUMN) + 1)
            self.column_styles.update(dict.fromkeys(columns, a.get("table:default-cell-style-name", "")))
            if a.get("table:visibility", "visible") != "visible":
                self.hidden.update(columns)
        elif name == "table:table-row":
            self.rows = _times(a, "table:number-rows-repeated")
            self.row_hidden = a.get("table:visibility", "visible") != "visible"
            self.column, self.found = 0, []
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.cell = a
            self.text = []
        elif name == "text:p":
            self.text += ["\n"] if self.text else []
            self.in_text = True
        elif name in ("text:s", "text:tab", "text:line-break"):
            self.text.append(" " * min(int(a.get("text:c", 1)), 1000))

    def _format(self, name: str, a: dict[str, str]) -> None:
        """Add this element of a number format to what is known of it."""
        if name.endswith("-style"):
            self.style, part = a.get("style:name", ""), ""
        elif name == "number:number":
            digits, decimals = int(a.get("number:min-integer-digits", 1)), a.get("number:decimal-places", "")
            thousands = "," * round(math.log(float(a.get("number:display-factor", 1)), 1000))
            part = "0" * min(digits, 99) + thousands if decimals or digits > 1 or thousands else "General"
        else:
            part = _PARTS.get(name, "")
            self.text, self.in_text = [], name in ("number:text", "number:currency-symbol")
        self._add(part)

    def _add(self, part: str) -> None:
        self.formats[self.style] = (self.formats.get(self.style, "") + part)[:255]  # as long as Excel's may be

    def _data(self, data: str) -> None:
        if self.in_text and not self.drawn:
            self.text.append(data)

    def _end(self, name: str) -> None:
        if self.drawn:
            self.drawn -= _is_drawn(name)
        elif name in ("number:text", "number:currency-symbol"):
            self._add('"{}"'.format("".join(self.text).replace('"', "")))
            self.in_text = False
        elif not self.sheets:
            return
        elif name == "text:p":
            self.in_text = False
        elif name == "table:table-cell":
            self._cell()
        elif name == "table:covered-table-cell":
            self.column += _times(self.cell, "table:number-columns-repeated")
        elif name == "table:table-row":
            self._count(len(self.found) * (self.rows - 1))
            for extra in range(self.rows if self.found else 0):
                for cell in self.found:
                    put(self.sheet, replace(cell, row=cell.row + extra))
            self.row += self.rows
        elif name == "table:table":
            check_size(self.sheets)

    def _cell(self) -> None:
        a, row, first = self.cell, self.row + 1, self.column + 1
        more = _times(a, "table:number-columns-repeated")
        self.column += more
        down, right = _times(a, "table:number-rows-spanned"), _times(a, "table:number-columns-spanned")
        if (down, right) != (1, 1):
            self.sheet.merged.append((row, first, row + down - 1, first + right - 1))
        text, place = "".join(self.text), Cell(row, first, None)
        if "table:formula" in a and "office:value-type" not in a and not text:
            raise uncalculated(self.sheet, place, a["table:formula"])
        try:
            value, shown = _ods_value(a, text)
        except BROKEN as error:
            raise unreadable(self.sheet, place, text, error) from error
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        self._count(more - 1)
        for column in range(first, first + more):
            style = a.get("table:style-name", self.column_styles.get(column, ""))
            own = self.formats.get(self.shown.get(style, "")) if shown not in ("", "0%") else ""
            hidden = self.row_hidden or column in self.hidden
            self.found.append(Cell(row, column, value, own or shown or "General", self.colors.get(style, ""), hidden))

    def _count(self, more: int) -> None:
        self.repeated += more
        if self.repeated > MAX_REPEATED:
            expected = f"at most {MAX_REPEATED:,} cells that repeat another"
            raise self.sheet.error("the sheet is too large", expected=expected, do=AGAIN)


def _times(a: dict[str, str], name: str) -> int:
    times = int(a.get(name, 1))
    if times < 1:
        raise ValueError(f"{name} is {times}")
    return times


_PARTS = {  # elements of a number format → the same in Excel
    "number:year": "yyyy",
    "number:month": "mm",
    "number:day": "dd",
    "number:hours": "hh",
    "number:minutes": ":mm",
    "number:seconds": ":ss",
}


def _is_drawn(name: str) -> bool:
    return name.startswith(("draw:", "dr3d:")) or name in ("office:annotation", "table:shapes")


def _ods_value(a: dict[str, str], text: str) -> tuple[Value, str]:
    """Value of a cell with these attributes that shows this text, and its number format unless its style has one."""
    kind = a.get("office:value-type", "")
    if kind in ("float", "percentage", "currency"):
        stored = a["office:value"]
        value = number(float(stored) if any(c in stored for c in ".eEnN") else int(stored), "", CALENDAR_WINDOWS_1900)
        if value and text and (TOO_FEW.fullmatch(text) or not any(map(str.isdigit, text))):
            return text, ""  # a condition of its style shows words in place of the number
        return value, {"percentage": "0%", "currency": f'0 "{a.get("office:currency", "EUR")}"'}.get(kind, "General")
    if kind == "boolean":
        return a["office:boolean-value"] == "true", ""
    if kind == "date":
        return datetime.datetime.fromisoformat(a["office:date-value"]), "yyyy-mm-dd"
    return a.get("office:string-value") or text, ""
