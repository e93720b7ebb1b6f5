# SPDX-License-Identifier: EUPL-1.2
"""Sheets and their cells, which know their address.

Filled by the readers; called by `observations` and `layouts`.
Nothing is interpreted here: a value is what is stored, with the format that says how it is shown.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..errors import DataError
from .addresses import column_letters

Value = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None

# Parts of a number format that are text, padding (`_x`), filling (`*x`) or a condition.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')


@functools.lru_cache(maxsize=100_000, typed=True)
def _text(value: Value, number_format: str) -> str:
    if isinstance(value, int) and set(number_format) == {"0"}:
        return str(value).zfill(len(number_format))
    return "" if value is None else " ".join(str(value).split())


def coloured(rgb: str) -> str:
    """Six hex digits, without the opacity before them; empty for black, which marks nothing."""
    rgb = rgb[-6:].upper()
    return "" if rgb == "000000" else rgb


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands, what is stored in it and how it is shown."""

    row: int
    column: int
    value: Value
    number_format: str = "General"
    color: str = ""  # RGB of the font, six hex digits, empty for black; Swing marks estimates with it
    hidden: bool = False
    indent: int = 0
    point: bool = False  # text of a column whose decimals stand behind a dot

    def at(self, row: int, column: int) -> Cell:
        """The same cell in another place."""
        if (row, column) == (self.row, self.column):
            return self
        return Cell(row, column, self.value, self.number_format, self.color, self.hidden, self.indent, self.point)

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The value as trimmed text with single ordinary spaces; a code shown as `02000` keeps its zero."""
        return _text(self.value, self.number_format)

    @property
    def is_percent(self) -> bool:
        """True when the format shows a fraction as a percentage."""
        return "%" in _LITERAL.sub("", self.number_format)


@dataclass
class Sheet:
    """The filled cells of a sheet, by (row, column), and its merged ranges."""

    file: str
    name: str  # empty for CSV
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    state: str = "visible"  # or hidden, veryHidden
    delimiter: str = ""  # of a CSV
    fields: dict[int, int] = field(default_factory=dict)  # of a CSV: how many fields a line has
    unended: int = 0  # of a CSV: its last line, when that has no line end

    @property
    def hidden(self) -> bool:
        return self.state != "visible"

    def __getitem__(self, place: tuple[int, int]) -> Cell:
        return self.cells.get(place) or Cell(*place, None)

    @functools.cached_property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @functools.cached_property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=0)

    @functools.cached_property
    def _rows(self) -> dict[int, list[Cell]]:
        rows: dict[int, list[Cell]] = {}
        for place in sorted(self.cells):
            rows.setdefault(place[0], []).append(self.cells[place])
        return rows

    @functools.cached_property
    def _merged_rows(self) -> dict[int, list[tuple[int, int, int, int]]]:
        """The merged ranges that a row runs through."""
        rows: dict[int, list[tuple[int, int, int, int]]] = {}
        for area in self.merged:
            for row in range(area[0], min(area[2], self.height) + 1):
                rows.setdefault(row, []).append(area)
        return rows

    def row(self, number: int) -> list[Cell]:
        """Filled cells of a row, left to right."""
        return list(self._rows.get(number, ()))

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        return ((number, self.row(number)) for number in range(1, self.height + 1))

    def over(self, row: int, column: int) -> Cell:
        """The cell shown at a place: the top left one when the place lies in a merged range.

        Rows under the last one with a filled cell are no part of the sheet.
        """
        merged = self.range_over(row, column)
        return self[merged[:2]] if merged else self[row, column]

    def range_over(self, row: int, column: int) -> tuple[int, int, int, int] | None:
        """The merged range that a place lies in: top, left, bottom, right."""
        return next((area for area in self._merged_rows.get(row, ()) if area[1] <= column <= area[3]), None)

    def error(self, problem: str, at: Cell | None = None, **details: str) -> DataError:
        """A `DataError` that names this sheet and, when given, the cell and what stands in it."""
        if at is not None:
            details = {"cell": at.address, "found": "" if at.value is None else at.value, **details}
        return DataError(problem, file=self.file, sheet=self.name, **details)
