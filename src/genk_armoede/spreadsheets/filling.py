# SPDX-License-Identifier: EUPL-1.2
"""Cells put in a sheet, within bounds.

Takes a sheet and its cells, in any order; leaves its columns filled and sorted, or raises; called by the readers.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from ..errors import DataError
from .cells import Cell, Sheet, Value
from .columns import WORTH, Column, is_rising, joined, kinds, packed_rows, texts_in
from .container import AGAIN
from .numerals import columns_with_points

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_CELLS = 10_000_000
SMALLER = "keep what is needed of it, in a file of its own"


def unreadable(sheet: Sheet, place: Cell, found: str, error: Exception) -> DataError:
    return sheet.error(
        f"the cell cannot be read ({error})", place, found=found, do="ask the publisher what belongs there"
    )


class Filler:
    """Puts cells in a sheet. Raises `DataError` outside of Excel's largest sheet and beyond `MAX_CELLS`."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.count = sheet, 0
        self.filling: dict[int, _Filling] = {}

    def put(self, row: int, number: int, value: Value, style: int) -> None:
        """Add a cell that is not blank."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        self._check(row, number, 1, value)
        column = self.filling.get(number) or self.filling.setdefault(number, _Filling())
        column.unpacked_rows.append(row)
        column.values_of(list).append(value)
        column.styles.append(style)

    def extend(self, number: int, rows: Sequence[int], values: Sequence[Value], style: int) -> None:
        """Add cells of one column that have the same style and are not blank."""
        self._check(rows[-1] if type(rows) is range else max(rows), number, len(rows), values[0])
        column = self.filling.get(number) or self.filling.setdefault(number, _Filling())
        column.add_rows(rows)
        packed = type(values) is array and len(values) >= WORTH
        column.values_of(array if packed else list).extend(values)
        column.styles.extend(array("I", (style,)) * len(rows))

    def _check(self, row: int, number: int, more: int, value: Value) -> None:
        self.count += more
        if not (0 < row <= MAX_ROW and 0 < number <= MAX_COLUMN and self.count <= MAX_CELLS):
            expected = f"at most {MAX_CELLS:,} filled cells within XFD1048576"
            cell = Cell(row, min(number, MAX_COLUMN + 1), value)
            raise self.sheet.error("the sheet is too large", cell, expected=expected, do=SMALLER)

    def finish(self) -> None:
        """Sort columns by row, and take out what merged ranges cover. Of a cell that stands twice the last counts."""
        for number in list(self.filling):
            filled = self.filling.pop(number)
            column = Column(packed_rows(filled.rows), joined(filled.values), filled.styles)
            if not is_rising(column.rows):
                last = {row: index for index, row in enumerate(filled.rows)}
                column.keep(last[row] for row in sorted(last))
            self.sheet.columns[number] = column
        drop_covered(self.sheet)


class _Filling:
    """A column while it is filled."""

    __slots__ = ("rows", "styles", "values")

    def __init__(self) -> None:
        self.rows: Sequence[int] = array("I")
        self.values: list[Sequence[Value]] = []  # pieces
        self.styles = array("I")

    def add_rows(self, rows: Sequence[int]) -> None:
        before = packed_rows(self.rows)
        if type(rows) is not range or (before and not (type(before) is range and before.stop == rows.start)):
            self.unpacked_rows.extend(rows)
        else:
            self.rows = range(before.start if before else rows.start, rows.stop)

    @property
    def unpacked_rows(self) -> array:
        """The rows, to which any row can be added."""
        if type(self.rows) is range:
            self.rows = array("I", self.rows)
        return self.rows

    def values_of(self, kind: type) -> list | array:
        """Where a value of this kind goes: the last piece, or a new one."""
        if not self.values or type(self.values[-1]) is not kind:
            self.values.append([] if kind is list else array("q"))
        return self.values[-1]


def point_columns(sheet: Sheet) -> None:
    """Give columns of texts in which decimals stand behind a dot a style that says so.

    In a workbook only columns without a stored number, and with two such texts: one among numbers was typed by mistake.
    """
    known = {number for number, style in enumerate(sheet.styles) if style.point}
    unknown = {n: c.values for n, c in sheet.columns.items() if not known or known.isdisjoint(c.styles)}
    if sheet.delimiter:
        unknown = {n: values for n, values in unknown.items() if not _is_plain(values)}
    types = {n: kinds(values) for n, values in unknown.items()}
    among = set() if sheet.delimiter else {int, float, bool}
    looked_at = [n for n, found in types.items() if str in found and found.isdisjoint(among)]
    texts = {n: texts_in(sheet.columns[n].values) for n in looked_at}
    if not sheet.delimiter:
        texts = {n: found for n, found in texts.items() if _has_decimals(found)}
    for number in columns_with_points(texts, sheet.delimiter):
        column = sheet.columns[number]
        pointed = {style: sheet.style_number(sheet.styles[style], point=True) for style in set(column.styles)}
        column.styles = array("I", map(pointed.__getitem__, column.styles))


def _is_plain(values: Sequence[str]) -> bool:
    """True for texts of digits alone, under a header without any: they say nothing of points."""
    return "".join(values[1:]).isdigit() and not any(map(str.isdigit, values[0]))


def _has_decimals(texts: set[str]) -> bool:
    return sum(bool(re.fullmatch(r"-?\d+\.\d+", text)) for text in texts) > 1


def drop_covered(sheet: Sheet) -> None:
    """Take out what stands under a merged range, but for its first cell: nobody is shown it."""
    steps, covered = 0, {}
    for top, left, bottom, right in sheet.merged:
        columns = [number for number in range(left, min(right, MAX_COLUMN) + 1) if number in sheet.columns]
        steps += 1 + len(columns) + min(bottom - top, sheet.height)
        if steps > MAX_CELLS:
            raise sheet.error("too many merged ranges", expected="ranges that do not overlap", do=AGAIN)
        for number in columns:
            covered.setdefault(number, []).append((top + (number == left), bottom))
    for number, spans in covered.items():
        _drop(sheet.columns[number], spans)
    for name in ("height", "width", "filled_rows", "filled_columns", "size"):  # may have been asked for before
        sheet.__dict__.pop(name, None)


def _drop(column: Column, spans: list[tuple[int, int]]) -> None:
    """Take the cells of these spans of rows out of a column."""
    out: set[int] = set()
    rows = set(column.rows)
    for top, bottom in spans:
        inside = range(top, bottom + 1)
        out.update(rows.intersection(inside) if len(inside) < len(rows) else (row for row in rows if row in inside))
    if out:
        column.keep(index for index, row in enumerate(column.rows) if row not in out)


def check_size(sheet: Sheet, before: int) -> int:
    """How many cells a workbook has up to this sheet: `before` and its own. Raises `DataError` for too many."""
    cells = before + sheet.size
    if cells > MAX_CELLS:
        raise sheet.error("the workbook is too large", expected=f"at most {MAX_CELLS:,} filled cells", do=SMALLER)
    return cells
