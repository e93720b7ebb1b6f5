# SPDX-License-Identifier: EUPL-1.2
"""One worksheet of Excel.

Takes its XML as a stream; fills a `Sheet`; called by `xlsx`. Rows that are written as Excel writes them are taken apart
many at a time by `xlsx_rows`; expat reads the rest, so that nothing depends on how a program writes its XML.
"""

from __future__ import annotations

import datetime

from .addresses import column_number, range_boundaries
from .cells import Cell, Sheet, Value
from .container import BROKEN, local_name, xml_parser
from .filling import MAX_COLUMN, Filler, unreadable
from .number_formats import number
from .rich import Runs
from .xlsx_rows import XlsxRows
from .xlsx_texts import RichText, unescape


class SheetReader:
    """Reads the XML of one worksheet into a `Sheet`."""

    def __init__(
        self, sheet: Sheet, kinds: list[str], strings: list[str | Runs], epoch: datetime.datetime, stale: bool
    ) -> None:
        self.sheet, self.kinds, self.strings, self.epoch, self.stale = sheet, kinds, strings, epoch, stale
        self.filler = Filler(sheet)
        self.row = self.column = 0
        self.attributes: dict[str, str] = {}
        self.formula: list[str] | None = None
        self.value: list[str] | None = None

    def read(self, stream) -> None:
        self.parser = xml_parser(self._start, self._end)
        self.rich = RichText(self.parser)
        XlsxRows(self).read(stream, self.parser)
        del self.parser, self.rich  # they hold this reader, which holds them
        self.filler.finish()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local_name(name)
        if name == "c":
            self.attributes = attributes
            self.formula = self.value = None
            self.rich.clear()
            place = attributes.get("r")
            if place is None:
                self.column += 1
            else:
                letters = place.rstrip("0123456789")
                self.column, self.row = column_number(letters), int(place[len(letters) :])
        elif name == "v":
            self.value = []
            self.parser.CharacterDataHandler = self.value.append
        elif name == "f":
            self.formula = []
            self.parser.CharacterDataHandler = self.formula.append
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
            self.column = 0
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), MAX_COLUMN)
            self.sheet.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.sheet.merged.append((top, left, bottom, right))
        else:
            self.rich.start(name, attributes)

    def _end(self, name: str) -> None:
        name = local_name(name)
        if name in ("v", "f"):
            self.parser.CharacterDataHandler = None
        elif name == "c":
            self._cell()
        else:
            self.rich.end(name)

    def _cell(self) -> None:
        kind = self.attributes.get("t", "n")
        text = "".join(self.value or ()) if kind != "inlineStr" else self.rich.runs
        shown = text.whole if isinstance(text, Runs) else text
        result = shown.strip() or kind in ("str", "inlineStr")  # an empty text is a result too
        if self.formula is not None and ((self.stale and shown.strip()) or not result):
            formula = "=" + "".join(self.formula)
            self.sheet.uncalculated[self.row, self.column] = formula
            self.filler.put(self.row, self.column, formula, 0)
        elif shown.strip():
            self.put(self.row, self.column, kind, text, int(self.attributes.get("s") or 0))

    def put(self, row: int, column: int, kind: str, text: str | Runs, style: int) -> None:
        """Add a cell by what its XML says: kind of value, text and number of its style."""
        try:
            if style >= len(self.kinds):
                raise ValueError(f"the workbook has no style {style}")
            value = self.convert(kind, text, self.kinds[style])
        except BROKEN as error:
            found = text.whole if isinstance(text, Runs) else text
            raise unreadable(self.sheet, Cell(row, column, None), found, error) from error
        if isinstance(value, Runs):
            style = self.sheet.style_number(self.sheet.styles[style], **value.set_apart)
            value = value.whole
        self.filler.put(row, column, value, style)

    def convert(self, kind: str, text: str | Runs, shown_as: str) -> Value | Runs:
        """The value that is written as a text of a kind. Raises an error of `BROKEN` for what is none."""
        if kind == "s":
            if not text.isdigit():
                raise ValueError("no number of a shared text")
            if int(text) >= len(self.strings):
                raise ValueError(f"the workbook has no shared text {text}")
            return self.strings[int(text)]
        if kind == "inlineStr":
            return text if text.raised or text.struck else text.text
        if kind == "str":
            return unescape(text)
        if kind == "b":
            return text in ("1", "true")
        if kind == "e":
            return text
        if kind == "d":
            return _iso_date(text)
        return number(text.strip(), shown_as, self.epoch)


def _iso_date(text: str) -> Value:
    """`2021-12-31`, `2021-12-31T10:00:00` or `10:00:00`."""
    if "T" in text:
        return datetime.datetime.fromisoformat(text.removesuffix("Z"))
    return datetime.date.fromisoformat(text) if "-" in text else datetime.time.fromisoformat(text)
