# SPDX-License-Identifier: EUPL-1.2
"""OpenDocument spreadsheets, .ods.

Takes file name and content; gives `Sheet`s, with number formats as Excel would write them; called by `workbook`.
Repeated rows and cells are written out only where they hold something.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import DataError
from .cells import Cell, Sheet, Style, Value, coloured
from .container import AGAIN, BROKEN, encrypted, misnamed, opened, xml_parser
from .filling import MAX_COLUMN, Filler, check_size, unreadable
from .number_formats import CALENDAR_WINDOWS_1900, number
from .numerals import TOO_FEW
from .ods_rows import OdsRows
from .rich import LOWERED, RAISED, STRUCK, Runs

MAX_REPEATED = 1_000_000  # cells that .ods writes once and shows many times
_DURATION = re.compile(r"(-?)P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?")
_PARTS = {  # elements of a number format → the same in Excel
    "number:year": "yyyy",
    "number:month": "mm",
    "number:day": "dd",
    "number:hours": "hh",
    "number:minutes": ":mm",
    "number:seconds": ":ss",
}


def read_ods(file: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook. Raises `DataError` for what is no sound workbook."""
    with opened(file, content) as archive:
        parts = archive.namelist()
        if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise encrypted(file)
        if "content.xml" not in parts:
            raise misnamed(file, "this is no .ods")
        try:
            with archive.open("content.xml") as stream:
                return _Reader(file).read(stream)
        except BROKEN as error:
            raise DataError(f"the workbook cannot be read ({error})", file=file, do=AGAIN) from error


@dataclass(slots=True)
class _Look:
    """What is known of a style of cells or of words."""

    numbers: str = ""  # style of numbers
    color: str = ""
    how: str = ""  # raised, lowered or struck


class _Reader:
    """Reads `content.xml`, whose styles stand before its tables."""

    def __init__(self, file: str) -> None:
        self.file, self.sheets, self.cells = file, [], 0
        self.style, self.hidden_styles, self.is_long = "", set(), False
        self.formats: dict[str, str] = {}  # of styles of numbers
        self.looks: dict[str, _Look] = {}
        self.repeated = 0
        self.drawn = 0  # depth in comments and drawings, which hold text and tables of their own
        self.rows, self.row_hidden, self.found = 1, False, []
        self.cell, self.text, self.in_text = {}, [], False
        self.runs, self.spans = Runs(), []

    def read(self, stream) -> list[Sheet]:
        parser = xml_parser(self._start, self._end)
        parser.CharacterDataHandler = self._data
        self.taken = OdsRows(self)
        self.taken.read(stream, parser)
        if not self.sheets:
            raise DataError("the workbook has no sheets", file=self.file, do=AGAIN)
        return self.sheets

    def _start(self, name: str, a: dict[str, str]) -> None:
        if name == "table:table-cell" or name == "table:covered-table-cell":
            if not self.drawn:
                self.cell, self.text, self.runs = a, [], Runs()
            return
        if name == "text:p":
            self.in_text = not self.drawn
            self.text += ["\n"] if self.text and self.in_text else []
            return
        self.drawn += _is_drawn(name)
        if self.drawn:
            return
        if name == "table:table-row":
            self.rows = _times(a, "table:number-rows-repeated")
            self.row_hidden = a.get("table:visibility", "visible") != "visible"
            self.column, self.found = 0, []
        elif name.startswith("text:"):
            self._start_text(name, a)
        elif name.startswith("number:"):
            self._format(name, a)
        elif name.startswith("style:"):
            self._start_style(name, a)
        elif name == "table:table":
            state = "hidden" if a.get("table:style-name") in self.hidden_styles else "visible"
            self.sheet = Sheet(self.file, a["table:name"], state=state)
            self.sheets.append(self.sheet)
            self.filler = Filler(self.sheet)
            self.row = self.column = self.columns = 0
            self.column_styles: dict[int, str] = {}
            self.styles: dict[tuple[str, str], int] = {}
        elif name == "table:table-column" and self.sheets:
            first, self.columns = self.columns + 1, self.columns + _times(a, "table:number-columns-repeated")
            columns = range(first, min(self.columns, MAX_COLUMN) + 1)
            self.column_styles.update(dict.fromkeys(columns, a.get("table:default-cell-style-name", "")))
            if a.get("table:visibility", "visible") != "visible":
                self.sheet.hidden_columns.update(columns)

    def _start_text(self, name: str, a: dict[str, str]) -> None:
        if name == "text:span":
            self._end_run()
            self.spans.append(self.looks.get(a.get("text:style-name", ""), _Look()).how)
        elif name == "text:line-break":
            self.text.append("\n")
        elif name in ("text:s", "text:tab"):
            self.text.append(" " * min(int(a.get("text:c", 1)), 1000))

    def _start_style(self, name: str, a: dict[str, str]) -> None:
        if name == "style:style":
            self.style = a.get("style:name", "")
            self.looks[self.style] = _Look(a.get("style:data-style-name", ""))
        elif name == "style:table-properties" and a.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "style:text-properties" and self.style in self.looks:
            look = self.looks[self.style]
            look.color = coloured(a.get("fo:color", ""))
            position = a.get("style:text-position", "0").split()[0]
            if a.get("style:text-line-through-style", "none") != "none" or "style:text-line-through-type" in a:
                look.how = STRUCK
            elif position == "super" or (position.rstrip("%").isdigit() and position.rstrip("%") != "0"):
                look.how = RAISED
            elif position == "sub" or position.startswith("-"):
                look.how = LOWERED

    def _format(self, name: str, a: dict[str, str]) -> None:
        """Add this element of a number format to what is known of it."""
        if name.endswith("-style"):
            self.style, part = a.get("style:name", ""), ""
            self.is_long = a.get("number:truncate-on-overflow") == "false"  # more than a day: no time of the day
        elif name == "number:number":
            digits, decimals = int(a.get("number:min-integer-digits", 1)), a.get("number:decimal-places", "")
            thousands = "," * round(math.log(float(a.get("number:display-factor", 1)), 1000))
            part = "0" * min(digits, 99) + thousands if decimals or digits > 1 or thousands else "General"
        else:
            part = "[hh]" if self.is_long and name == "number:hours" else _PARTS.get(name, "")
            self.text, self.in_text = [], name in ("number:text", "number:currency-symbol")
        self._add(part)

    def _add(self, part: str) -> None:
        self.formats[self.style] = (self.formats.get(self.style, "") + part)[:255]  # as long as Excel's may be

    def _data(self, data: str) -> None:
        if self.in_text and not self.drawn:
            self.text.append(data)

    def _end_run(self) -> None:
        """What was read since the last change of style has that style."""
        self.runs.add("".join(self.text), self.spans[-1] if self.spans else "")
        self.text = []

    def _end(self, name: str) -> None:
        if self.drawn:
            self.drawn -= _is_drawn(name)
        elif name == "text:p":
            self.in_text = False
        elif name == "table:table-cell":
            if self.sheets:
                self._cell()
        elif name == "text:span":
            self._end_run()
            self.spans.pop()
        elif name in ("number:text", "number:currency-symbol"):
            self._add('"{}"'.format("".join(self.text).replace('"', "")))
            self.text, self.in_text = [], False
        elif not self.sheets:
            return
        elif name == "table:covered-table-cell":
            self.column += _times(self.cell, "table:number-columns-repeated")
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            self.taken.finish()
            self.filler.finish()
            self.cells = check_size(self.sheet, self.cells)

    def _end_row(self) -> None:
        self._count(len(self.found) * (self.rows - 1))
        rows = range(self.row + 1, self.row + self.rows + 1)
        if self.row_hidden and self.found:
            self.sheet.hidden_rows.update(rows)
        for row in rows if self.found else ():
            for column, value, style in self.found:
                self.filler.put(row, column, value, style)
        self.row += self.rows
        self.runs = Runs()

    def _cell(self) -> None:
        a, row, first = self.cell, self.row + 1, self.column + 1
        more = _times(a, "table:number-columns-repeated")
        self.column += more
        down, right = _times(a, "table:number-rows-spanned"), _times(a, "table:number-columns-spanned")
        if (down, right) != (1, 1):
            self.sheet.merged.append((row, first, row + down - 1, first + right - 1))
        if self.runs.text or self.runs.raised or self.runs.struck:
            self._end_run()
            text = self.runs.whole
        else:
            text = "".join(self.text)
        if not a and not text:
            return
        self.found += self._values(row, first, a, text, more)

    def put(self, row: int, column: int, attributes: dict[str, str], text: str) -> None:
        """A cell of plain text or a number, added by what its XML says."""
        for place, value, style in self._values(row, column, attributes, text, 1):
            self.filler.put(row, place, value, style)

    def _values(self, row: int, first: int, a: dict[str, str], text: str, times: int) -> Iterator[tuple]:
        """A cell, or several alike beside each other: column, value and number of its style; nothing when blank."""
        place = Cell(row, first, None)
        if "table:formula" in a and "office:value-type" not in a and not text:
            text = a["table:formula"]
            self.sheet.uncalculated[row, first] = text
        try:
            value, shown = _value(a, text)
        except BROKEN as error:
            raise unreadable(self.sheet, place, text, error) from error
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        self._count(times - 1)
        for column in range(first, first + times):
            yield column, value, self.look(column, a, shown)

    def look(self, column: int, attributes: dict[str, str], shown: str) -> int:
        """Number of the style of a cell; `shown` is the number format that its value has by itself."""
        return self._style_number(attributes.get("table:style-name", self.column_styles.get(column, "")), shown)

    def _style_number(self, name: str, shown: str) -> int:
        """Number of a cell's style; `shown` is the number format that its value has by itself."""
        number = self.styles.get((name, shown))
        apart = self.runs.raised or self.runs.struck
        if number is None or apart:
            look = self.looks.get(name, _Look())
            own = self.formats.get(look.numbers, "") if shown not in ("", "0%") else ""
            style = Style(own or shown or "General", look.color, is_struck=look.how == STRUCK)
            if apart:
                return self.sheet.style_number(style, **self.runs.set_apart)
            number = self.styles[name, shown] = self.sheet.style_number(style)
        return number

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


def _is_drawn(name: str) -> bool:
    return name.startswith(("draw:", "dr3d:")) or name in ("office:annotation", "table:shapes")


def _value(a: dict[str, str], text: str) -> tuple[Value, str]:
    """Value of a cell with these attributes that shows this text, and its number format unless its style has one."""
    kind = a.get("office:value-type", "")
    if a.get("calcext:value-type") == "error":
        return text if text.startswith(("#", "Err:")) else "#N/A", ""
    if kind in ("float", "percentage", "currency"):
        value = number(a["office:value"], "", CALENDAR_WINDOWS_1900)
        words = text and not any(map(str.isdigit, text)) and set(text) != {"#"}  # `####` is a column too narrow
        if value and (words or TOO_FEW.fullmatch(text)):
            return text, ""  # a condition of its style shows words in place of the number
        return value, {"percentage": "0%", "currency": f'0 "{a.get("office:currency", "EUR")}"'}.get(kind, "General")
    if kind == "boolean":
        return a["office:boolean-value"] == "true", ""
    if kind == "date":
        return datetime.datetime.fromisoformat(a["office:date-value"]), "yyyy-mm-dd"
    if kind == "time":
        return _duration(a["office:time-value"]), "[h]:mm:ss"
    return a.get("office:string-value") or text, ""


def _duration(text: str) -> datetime.timedelta:
    """`PT36H28M48S` as it is stored: what is shown may be rounded."""
    found = _DURATION.fullmatch(text)
    if not found:
        raise ValueError(f"{text} is no duration")
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups()[1:])
    length = datetime.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] else length
