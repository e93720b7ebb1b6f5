# SPDX-License-Identifier: EUPL-1.2
"""Workbooks in the XML of Excel 2003, which programs of statistical offices still write.

Takes file name and content; gives a `Sheet` a worksheet; called by `workbook`. Raises `DataError` for XML that is
damaged, and for a filled cell where another is merged over it.
"""

from __future__ import annotations

import datetime

from ..errors import DataError
from .cells import Cell, Sheet, Value
from .container import AGAIN, BROKEN, local_name, xml_parser
from .filling import MAX_CELLS, MAX_ROW, Filler, check_size
from .number_formats import CALENDAR_WINDOWS_1900, number, number_kind
from .rich import LOWERED, RAISED, STRUCK, Runs

_HOW = {"Sup": RAISED, "Sub": LOWERED, "S": STRUCK}
_INSIDE = {"Column": "Table", "Row": "Table", "Cell": "Row"}
_FORMATS = {"Percent": "0.00%", "Standard": "#,##0.00", "Fixed": "0.00", "Euro Currency": "€ #,##0.00"}


def read_xml2003(file: str, content: bytes) -> list[Sheet]:
    """Every worksheet, with its hidden rows and columns, merged cells and formats."""
    book = _Book(file)
    parser = xml_parser(book.start, book.end)
    parser.CharacterDataHandler = book.text
    try:
        parser.Parse(content, True)
    except BROKEN as error:
        raise DataError(f"the workbook is damaged ({error})", file=file, do=AGAIN) from error
    return book.sheets


class _Book:
    """What the elements say, from the first to the last."""

    def __init__(self, file: str) -> None:
        self.file, self.sheets, self.cells, self.steps = file, [], 0, 0
        self.looks: dict[str, dict] = {}  # styles by their name
        self.path: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name, found = local_name(name), {local_name(key): value for key, value in attributes.items()}
        parent = self.path[-1] if self.path else ""
        self.path.append(name)
        if _INSIDE.get(name, parent) != parent or (name in _INSIDE and "Worksheet" not in self.path):
            raise ValueError(f"{name} outside of {_INSIDE[name]}")
        if name == "Style":
            self.look = self.looks.setdefault(found.get("ID", ""), dict(self.looks.get(found.get("Parent", ""), {})))
        elif name == "NumberFormat" and parent == "Style":
            self.look["number_format"] = _FORMATS.get(found.get("Format", ""), found.get("Format", "General"))
        elif name == "Font" and parent == "Style":  # words in a cell have one too
            self.look["is_struck"] = found.get("StrikeThrough") == "1"
        elif name == "Worksheet":
            self.sheet = Sheet(self.file, found.get("Name", ""))
            self.filler, self.row, self.column = Filler(self.sheet), 0, 0
            self.of_column, self.under = {}, {}  # column → its style; column → last row that a cell above reaches
        elif name == "Column":
            span = self._span(found, self.column)
            self.column, styled = span[-1], dict.fromkeys(span, found.get("StyleID", ""))
            self.of_column |= styled
            self.sheet.hidden_columns.update(span if found.get("Hidden") == "1" else ())
        elif name == "Row":
            self.span, self.of_row = self._span(found, self.row), found.get("StyleID", "")
            self.row, self.column = self.span[0], 0
            self.sheet.hidden_rows.update(self.span if found.get("Hidden") == "1" else ())
        elif name == "Cell":
            self.merged = self._span({"Span": found.get("MergeAcross", "0"), **found}, self.column)
            self.column, self.last = self.merged[-1], self.row + int(found.get("MergeDown", 0))
            self.formula, self.kind, self.runs = found.get("Formula", ""), "", Runs()
            self.style = found.get("StyleID") or self.of_row or self.of_column.get(self.merged[0], "")
        elif name == "Data" and "Comment" not in self.path:
            self.kind = found.get("Type", "String")

    def _span(self, found: dict[str, str], before: int) -> range:
        """The rows or columns that an element speaks of. Raises `ValueError` when all together are too many."""
        first, more = int(found.get("Index", before + 1)), int(found.get("Span", 0))
        self.steps += more
        if not (0 < first <= MAX_ROW and more >= 0 and self.steps <= MAX_CELLS):
            raise ValueError("more than a sheet can hold")
        return range(first, first + more + 1)

    def text(self, text: str) -> None:
        if "Data" in self.path and "Comment" not in self.path:
            self.runs.add(text, next((_HOW[name] for name in reversed(self.path) if name in _HOW), ""))
        elif self.path[-1] == "Visible" and text in ("SheetHidden", "SheetVeryHidden"):
            self.sheet.state = "hidden"

    def end(self, name: str) -> None:
        self.path.pop()
        if local_name(name) == "Cell":
            self._put(self.merged[0], self.runs.whole, self.looks.get(self.style, {}), self.runs.set_apart)
        elif local_name(name) == "Row":
            self.row = self.span[-1]
        elif local_name(name) == "Worksheet":
            self.filler.finish()
            self.cells = check_size(self.sheet, self.cells)
            self.sheets.append(self.sheet)

    def _put(self, column: int, text: str, look: dict, apart: dict) -> None:
        if self.formula and not self.kind:
            self.sheet.uncalculated[self.row, column] = self.formula
        if text.strip() and self.under.get(column, 0) >= self.row:
            raise self.sheet.error("a filled cell under a merged one", Cell(self.row, column, text), do=AGAIN)
        if len(self.merged) > 1 or self.last > self.row:
            self.sheet.merged.append((self.row, column, self.last, self.merged[-1]))
            self.under |= dict.fromkeys(self.merged, self.last)
        value: Value = text
        if self.kind == "Number":
            value = number(text.strip(), "", CALENDAR_WINDOWS_1900)
        elif self.kind == "Boolean":
            value = text.strip() == "1"
        elif self.kind == "DateTime":
            value = datetime.datetime.fromisoformat(text.strip())
            look = look if number_kind(look.get("number_format", "")) else look | {"number_format": "yyyy-mm-dd"}
        apart["is_struck"] |= look.get("is_struck", False)
        self.filler.put(self.row, column, value, self.sheet.style_number(self.sheet.styles[0], **look | apart))
