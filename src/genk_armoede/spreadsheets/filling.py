# SPDX-License-Identifier: EUPL-1.2
"""Cells put in a sheet, within bounds.

Takes a sheet and its cells, in any order; leaves its columns filled and sorted, or raises; called by the readers.
"""

from __future__ import annotations

import itertools
import operator
import re
from array import array
from collections.abc import Sequence

from ..errors import DataError
from .cells import Cell, Column, Sheet, Value
from .container import AGAIN
from .numerals import columns_with_points

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_CELLS = 10_000_000
SMALLER = "keep what is needed of it, in a file of its own"


def unreadable(sheet: Sheet, place: Cell, found: str, error: Exception) -> DataError:
    return sheet.error(
        f"the cell cannot be read ({error})", place, found=found, do="ask the publisher what belongs there"
    )


def uncalculated(sheet: Sheet, place: Cell, formula: str) -> DataError:
    do = "open the workbook in Excel, let it calculate, and save it"
    return sheet.error("a formula without a calculated value", place, found=formula, do=do)


class Filler:
    """Puts cells in a sheet. Raises `DataError` outside of Excel's largest sheet and beyond `MAX_CELLS`."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.count = sheet, 0

    def put(self, row: int, number: int, value: Value, style: int) -> None:
        """Add a cell that is not blank."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        self._check(row, number, 1, value)
        column = self.sheet.columns.get(number) or self.sheet.columns.setdefault(number, Column())
        column.rows.append(row)
        column.values.append(value)
        column.styles.append(style)

    def extend(self, number: int, rows: Sequence[int], values: Sequence[Value], style: int) -> None:
        """Add cells of one column that have the same style and are not blank."""
        self._check(max(rows), number, len(rows), values[0])
        column = self.sheet.columns.get(number) or self.sheet.columns.setdefault(number, Column())
        column.rows.extend(rows)
        column.values.extend(values)
        column.styles.extend(itertools.repeat(style, len(rows)))

    def _check(self, row: int, number: int, more: int, value: Value) -> None:
        self.count += more
        if not (0 < row <= MAX_ROW and 0 < number <= MAX_COLUMN and self.count <= MAX_CELLS):
            expected = f"at most {MAX_CELLS:,} filled cells within XFD1048576"
            cell = Cell(row, min(number, MAX_COLUMN + 1), value)
            raise self.sheet.error("the sheet is too large", cell, expected=expected, do=SMALLER)

    def finish(self) -> None:
        """Sort columns by row, and take out what merged ranges cover. Of a cell that stands twice the last counts."""
        for number, column in self.sheet.columns.items():
            rows = column.rows
            if all(map(operator.lt, rows, itertools.islice(rows, 1, None))):
                continue
            last = {row: index for index, row in enumerate(rows)}
            self.sheet.columns[number].keep(last[row] for row in sorted(last))
        drop_covered(self.sheet)


def point_columns(sheet: Sheet) -> None:
    """Give columns of texts in which decimals stand behind a dot a style that says so.

    In a workbook only columns without a stored number, and with two such texts: one among numbers was typed by mistake.
    """
    known = {number for number, style in enumerate(sheet.styles) if style.point}
    unknown = {n: column for n, column in sheet.columns.items() if known.isdisjoint(column.styles)}
    kinds = {n: set(map(type, column.values)) for n, column in unknown.items()}
    different = {n: set(unknown[n].values) for n in unknown if str in kinds[n]}
    texts = {
        n: found if kinds[n] == {str} else {v for v in found if isinstance(v, str)} for n, found in different.items()
    }
    if not sheet.delimiter:
        unstored = {n: found for n, found in texts.items() if kinds[n].isdisjoint((int, float, bool))}
        texts = {n: found for n, found in unstored.items() if _has_decimals(found)}
    for number in columns_with_points({n: found for n, found in texts.items() if found}, sheet.delimiter):
        column = sheet.columns[number]
        pointed = {style: sheet.style_number(sheet.styles[style], point=True) for style in set(column.styles)}
        column.styles = array("I", map(pointed.__getitem__, column.styles))


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


def check_size(sheets: list[Sheet]) -> None:
    """Raises `DataError` when the sheets of a workbook have more than `MAX_CELLS` together."""
    if sum(sheet.size for sheet in sheets) > MAX_CELLS:
        raise sheets[-1].error("the workbook is too large", expected=f"at most {MAX_CELLS:,} filled cells", do=SMALLER)
