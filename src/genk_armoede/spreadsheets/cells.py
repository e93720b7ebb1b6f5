# SPDX-License-Identifier: EUPL-1.2
"""Sheets as columns of values and style numbers; a `Cell` is a view, made when somebody asks for one.

Filled by the readers; called by `observations` and `layouts`.
Nothing is interpreted here: a value is what is stored, with the style that says how it is shown.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..errors import DataError
from .addresses import column_letters
from .columns import Column

Value = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | datetime.timedelta | None
Range = tuple[int, int, int, int]  # top, left, bottom, right

KNOWN_ROWS = 1_000  # of a sheet that are kept as cells
FEW_RANGES = 100  # merged, that are looked at each time
KNOWN_CELLS = 100_000  # of columns that are kept by row

MISSING = ":"  # what statistical formats put where there is no value
# Parts of a number format that are text, padding (`_x`), filling (`*x`) or a condition.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')


# A hyphen at the end of a line is that of a word, or where it was broken: `Sint-⏎Truiden`, `Leef-⏎loners`.
_BROKEN = re.compile(
    r"(?<=[a-zß-ÿ])-\r?\n\s*(?!(?:en|of|et|ou|and|or|und|oder)\b|\S*-)(?=[a-zß-ÿ])"
    r"|((?<=[A-Z\d])-(?!\s*(?i:en|of|et|ou)\b)|(?<=[a-zß-ÿ])-(?=\s*(?:[A-Z\d]|\S+-)))\r?\n\s*(?=[^\W_])"
)


@functools.lru_cache(maxsize=100_000, typed=True)
def _text(value: Value, number_format: str) -> str:
    if isinstance(value, int) and set(number_format) == {"0"}:
        return str(value).zfill(len(number_format))
    if value is None:
        return ""
    text = str(value)
    return " ".join((_BROKEN.sub(r"\1", text) if "\n" in text else text).split())


@functools.lru_cache(1000)  # of cells many have the same format
def _is_percentage(number_format: str) -> bool:
    return "%" in _LITERAL.sub("", number_format)


def coloured(rgb: str) -> str:
    """Six hex digits, without the opacity before them; empty for black, which marks nothing."""
    rgb = rgb[-6:].upper()
    return "" if rgb == "000000" else rgb


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is shown, and what of its text is set apart from it."""

    number_format: str = "General"
    color: str = ""  # RGB of the font, six hex digits, empty for black; Swing marks estimates with it
    indent: int = 0
    raised: str = ""  # footnote marks in superscript beside the text, with a space between
    struck: str = ""  # text that is struck through beside it
    is_struck: bool = False  # the whole text is struck through
    point: bool = False  # text of a column whose decimals stand behind a dot


PLAIN = Style()


class Cell(NamedTuple):
    """One cell: where it stands, what is stored in it and how it is shown."""

    row: int
    column: int
    value: Value
    style: Style = PLAIN
    hidden: bool = False

    @property
    def number_format(self) -> str:
        return self.style.number_format

    @property
    def color(self) -> str:
        return self.style.color

    @property
    def indent(self) -> int:
        return self.style.indent

    @property
    def point(self) -> bool:
        return self.style.point

    @property
    def address(self) -> str:
        return f"{column_letters(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The value as trimmed text with single ordinary spaces; a code shown as `02000` keeps its zero."""
        return _text(self.value, self.style.number_format)

    @property
    def is_percent(self) -> bool:
        """True when the format shows a fraction as a percentage."""
        return _is_percentage(self.style.number_format)


def _holds(rows: Sequence[int], start: int, wanted: Sequence[int]) -> bool:
    """True when these rows follow each other from a place on. Both rise, so that without a gap the ends say all."""
    end = start + len(wanted)
    if end > len(rows) or rows[start] != wanted[0] or rows[end - 1] != wanted[-1]:
        return False
    return wanted[-1] - wanted[0] == len(wanted) - 1 or list(rows[start:end]) == list(wanted)


@dataclass
class Sheet:
    """The filled cells of a sheet, by column, and its merged ranges."""

    file: str
    name: str  # empty for CSV
    state: str = "visible"  # or hidden, veryHidden; absent, when the workbook names a sheet that is not in it
    columns: dict[int, Column] = field(default_factory=dict)
    styles: list[Style] = field(default_factory=lambda: [PLAIN])
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    delimiter: str = ""  # of a CSV
    quoted: bool = False  # a quotation mark stands in a field of a CSV
    fields: dict[int, int] = field(default_factory=dict)  # of a CSV whose lines differ: how many fields each has
    unended: int = 0  # of a CSV: its last line, when that has no line end
    answers: object = None  # what an analyst answered about it (`layouts.answers.Answers`)
    passed_rows: set[int] = field(default_factory=set)  # rows that an answer leaves out: no gap in a table
    address: Callable[[int], Callable[[int], str]] | None = None  # of a column by row, where the source has no cells
    dataset: object = None  # what a file says of itself beside its cells (`cubes.Cube`)
    read_as: str = ""  # ending of the kind of file that it is, where its name has another
    uncalculated: dict[tuple[int, int], str] = field(default_factory=dict)  # place → formula without a result

    @property
    def hidden(self) -> bool:
        return self.state not in ("visible", "absent")

    def __getitem__(self, place: tuple[int, int]) -> Cell:
        row, number = place
        column = self.columns.get(number)
        index = column.find(row) if column else -1
        return self.cell(number, index) if index >= 0 else Cell(row, number, None)

    def cell(self, number: int, index: int) -> Cell:
        """The cell of a column at an index in it."""
        column = self.columns[number]
        row = column.rows[index]
        hidden = row in self.hidden_rows or number in self.hidden_columns
        return Cell(row, number, column.values[index], self.styles[column.styles[index]], hidden)

    @functools.cached_property
    def cells(self) -> dict[tuple[int, int], Cell]:
        """Every filled cell by (row, column), row by row. An object a cell: for small sheets and for tests."""
        found = (self.cell(number, i) for number, column in self.columns.items() for i in range(len(column.rows)))
        return {(cell.row, cell.column): cell for cell in sorted(found, key=lambda cell: (cell.row, cell.column))}

    @functools.cached_property
    def filled_rows(self) -> list[int]:
        """Numbers of the rows with a filled cell."""
        ranges = {column.rows for column in self.columns.values() if type(column.rows) is range}
        others = (column.rows for column in self.columns.values() if type(column.rows) is not range)
        return sorted(set().union(*ranges, *others))

    @functools.cached_property
    def filled_columns(self) -> list[int]:
        """Numbers of the columns with a filled cell."""
        return sorted(number for number, column in self.columns.items() if column.rows)

    @functools.cached_property
    def height(self) -> int:
        return max((column.rows[-1] for column in self.columns.values() if column.rows), default=0)

    @functools.cached_property
    def left(self) -> int:
        """The first column that holds anything."""
        return self.filled_columns[0]

    @functools.cached_property
    def width(self) -> int:
        return max(self.filled_columns, default=0)

    @functools.cached_property
    def size(self) -> int:
        """How many cells are filled."""
        return sum(len(column.rows) for column in self.columns.values())

    @functools.cached_property
    def _known_places(self) -> dict[int, list[tuple[int, int]]]:
        """Rows that were asked for: those at both ends are, by every layout."""
        return {}

    @functools.cached_property
    def _known_columns(self) -> dict[int, tuple]:
        """Columns with gaps or merged cells that were asked for, and what was found of them."""
        return {}

    @functools.cached_property
    def _known_rows(self) -> dict[int, list[Cell]]:
        return {}

    @functools.cached_property
    def _known_texts(self) -> dict[int, list[Cell]]:
        return {}

    @functools.cached_property
    def _merged_rows(self) -> dict[int, list[Range]]:
        """The merged ranges that a row runs through."""
        rows: dict[int, list[Range]] = {}
        for area in self.merged:
            for row in range(area[0], min(area[2], self.height) + 1):
                rows.setdefault(row, []).append(area)
        return rows

    def places(self, number: int) -> list[tuple[int, int]]:
        """The filled cells of a row, left to right: column, and index in it."""
        if number in self._known_places:
            return self._known_places[number]
        found = [(n, i) for n in self.filled_columns if (i := self.columns[n].find(number)) >= 0]
        if len(self._known_places) < KNOWN_ROWS:
            self._known_places[number] = found
        return found

    def row(self, number: int) -> list[Cell]:
        """Filled cells of a row, left to right."""
        if number in self._known_rows:
            return self._known_rows[number]
        found = [self.cell(column, index) for column, index in self.places(number)]
        if len(self._known_rows) < KNOWN_ROWS:
            self._known_rows[number] = found
        return found

    def texts(self, number: int) -> list[Cell]:
        """Those cells of a row that hold text, left to right."""
        if number in self._known_texts:
            return self._known_texts[number]
        places = ((n, i) for n, i in self.places(number) if type(self.columns[n].values[i]) is str)
        found = [self.cell(column, index) for column, index in places]
        if len(self._known_texts) < KNOWN_ROWS:
            self._known_texts[number] = found
        return found

    def first(self, number: int) -> Cell:
        """The first filled cell of a row that has one."""
        return self.cell(*self.places(number)[0])

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Every row, blank ones too, with its filled cells. A search in each column a row: for small sheets."""
        return ((number, self.row(number)) for number in range(1, self.height + 1))

    def over(self, row: int, column: int) -> Cell:
        """The cell shown at a place: the top left one when the place lies in a merged range.

        Rows under the last one with a filled cell are no part of the sheet.
        """
        merged = self.range_over(row, column)
        return self[merged[:2]] if merged else self[row, column]

    def range_over(self, row: int, column: int) -> Range | None:
        """The merged range that a place lies in: top, left, bottom, right."""
        return next((area for area in self._merged_rows.get(row, ()) if area[1] <= column <= area[3]), None)

    def aligned(self, number: int, rows: Sequence[int]) -> tuple[list[Value], Sequence[int]]:
        """Values and style numbers of a column in these rows; None and 0 where its cell is blank.

        A cell that is merged over rows below it stands in each of them.
        """
        column = self.columns.get(number) or Column()
        start = column.find(rows[0]) if len(rows) and not self._has_merged(number, rows) else -1
        if start >= 0 and _holds(column.rows, start, rows):
            end = start + len(rows)
            return column.values[start:end], column.styles[start:end]
        index, values, styles = self._scattered(number, column)
        found = [index.get(row, -1) for row in rows]
        return list(map(values.__getitem__, found)), list(map(styles.__getitem__, found))

    def _has_merged(self, number: int, rows: Sequence[int]) -> bool:
        """False when surely no cell of a column in these rows, which rise, lies in a merged range."""
        first, last = rows[0], rows[-1]
        return len(self.merged) > FEW_RANGES or any(
            left <= number <= right and top <= last and bottom >= first for top, left, bottom, right in self.merged
        )

    def _scattered(self, number: int, column: Column) -> tuple[dict[int, int], list[Value], list[int]]:
        """Where each row of a column finds its value and style, in lists that end with those of a blank."""
        known = self._known_columns.get(number)
        if known and known[0] is column.values and known[1] is column.styles:
            return known[2]
        index = dict(zip(column.rows, range(len(column.rows)), strict=True))
        for top, left, bottom, right in self.merged:
            if left <= number <= right and (top, left) != (bottom, right):
                first = index.get(top) if left == number else None
                for row in range(top, min(bottom, self.height) + 1):
                    index.pop(row, None) if first is None else index.__setitem__(row, first)
        found = index, [*column.values, None], [*column.styles, 0]
        if sum(len(styles) for _, styles, _ in self._known_columns.values()) > KNOWN_CELLS:
            self._known_columns.clear()
        if len(column.rows) <= KNOWN_CELLS:
            self._known_columns[number] = column.values, column.styles, found
        return found

    def place(self, row: int, column: int) -> str:
        """Where a cell stands in its source: `B3`, or `/value/3` in a file that is no sheet."""
        return self.address(column)(row) if self.address else f"{column_letters(column)}{row}"

    def style_number(self, style: Style, **changes: object) -> int:
        """Number of a style in this sheet's table, added when it is new there."""
        style = replace(style, **changes) if changes else style
        if style not in self._style_numbers:
            self._style_numbers[style] = len(self.styles)
            self.styles.append(style)
        return self._style_numbers[style]

    @functools.cached_property
    def _style_numbers(self) -> dict[Style, int]:
        return {style: number for number, style in reversed(list(enumerate(self.styles)))}

    def error(self, problem: str, at: Cell | None = None, **details: object) -> DataError:
        """A `DataError` that names this sheet and, when given, the cell and what stands in it."""
        if at is not None:
            details = {"cell": self.place(at.row, at.column), "found": "" if at.value is None else at.value, **details}
        return DataError(problem, file=self.file, sheet=self.name, **details)
