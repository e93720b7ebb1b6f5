# SPDX-License-Identifier: EUPL-1.2
"""Web pages with tables, which portals give the name of a workbook.

Takes file name and content; gives one `Sheet`, with the tables below each other as Excel shows them; called by
`workbook`. What Excel itself stored beside a cell (`x:num`) is its number; all else is text.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from ..errors import DataError
from .cells import Sheet
from .filling import MAX_COLUMN, Filler
from .number_formats import CALENDAR_WINDOWS_1900, number
from .rich import LOWERED, RAISED, STRUCK, Runs
from .text import decode

MAX_SPAN = {"colspan": 1000, "rowspan": 65_534}  # as browsers have them
_HOW = {"sup": RAISED, "sub": LOWERED, "s": STRUCK, "strike": STRUCK, "del": STRUCK}
_CELLS = {"td", "th"}
_SILENT = {"script", "style", "title", "template"}
_BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "li", "tr", "table", "body"}
_NUMBER = re.compile(r"-?\d{1,300}(?:\.\d{1,20})?")
_CONDITION = re.compile(r"<!\[[^>]*(?:>|$)")  # `<![if !vml]>`, as Office writes them
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)


def read_html(file: str, content: bytes) -> list[Sheet]:
    """Raises `DataError` for a page without a filled table, such as one that asks to log in."""
    named = _CHARSET.search(content[:5000])
    page = _Page(Sheet(file, ""))
    text = decode(file, content, named[1].decode() if named else "")
    page.feed(_CONDITION.sub("", text))
    page.close()
    page.end_line()
    if not page.cells:
        raise DataError("this is a web page without a table, whatever its name says", file=file, do="download it again")
    page.filler.finish()
    return [page.sheet]


class _Page(HTMLParser):
    """Cells of tables where they stand; lines of text around them in the first column of rows of their own."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet, self.filler = sheet, Filler(sheet)
        self.row = self.column = self.cells = self.silent = 0
        self.runs, self.how, self.stored = Runs(), [], None
        self.in_row = self.in_cell = False
        self.spans: dict[int, int] = {}  # column → last row that a cell above reaches

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.silent += tag in _SILENT
        if tag in _HOW:
            self.how.append(_HOW[tag])
        elif tag == "br":
            self.runs.add("\n")
        elif tag in _CELLS:
            self._end_cell()
            self._begin_cell(found)
        elif tag in _BLOCKS and (not self.in_cell or tag in ("tr", "table")):
            self._end_cell()
            self.end_line()
        elif tag in _BLOCKS:
            self.runs.add("\n")
        if tag == "table":
            self.in_row = False
        if tag == "tr":
            self._begin_row()
            if re.search(r"display:\s*none", found.get("style", "")):
                self.sheet.hidden_rows.add(self.row)

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT and self.silent > 0
        if tag in _HOW and self.how:
            self.how.pop()
        elif tag in _CELLS or tag in ("tr", "table"):
            self._end_cell()
        elif tag in _BLOCKS and not self.in_cell:
            self.end_line()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.runs.add(data, self.how[-1] if self.how else "")

    def _begin_row(self) -> None:
        self.row, self.column, self.in_row = self.row + 1, 0, True

    def _begin_cell(self, found: dict[str, str]) -> None:
        if not self.in_row:
            self._begin_row()
        self.runs, self.in_cell, self.stored = Runs(), True, found.get("x:num")
        self.column += 1
        while self.spans.get(self.column, 0) >= self.row:
            self.column += 1
        right, down = (_times(found.get(name, ""), most) for name, most in MAX_SPAN.items())
        last = min(self.column + right - 1, MAX_COLUMN)
        self.at = self.column
        if right > 1 or down > 1:
            self.sheet.merged.append((self.row, self.column, self.row + down - 1, last))
        if down > 1:
            self.spans.update(dict.fromkeys(range(self.column, last + 1), self.row + down - 1))
        self.column = last

    def _end_cell(self) -> None:
        if not self.in_cell:
            return
        text, self.in_cell = " ".join(self.runs.whole.split()), False
        style = self.sheet.style_number(self.sheet.styles[0], **self.runs.set_apart)
        value = text
        if _NUMBER.fullmatch(self.stored or ""):
            value = number(self.stored, "", CALENDAR_WINDOWS_1900)
            style = self.sheet.style_number(self.sheet.styles[style], number_format="0%" if "%" in text else "General")
        self.cells += bool(text)
        self.filler.put(self.row, self.at, value, style)
        self.runs = Runs()

    def end_line(self) -> None:
        """What was read outside of cells stands in a row of its own."""
        text, self.runs = " ".join(self.runs.whole.split()), Runs()
        if text:
            self.row += 1
            self.filler.put(self.row, 1, text, 0)


def _times(text: str, most: int) -> int:
    return max(1, min(int(text), most)) if text.strip().isdecimal() else 1
