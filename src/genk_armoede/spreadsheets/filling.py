# SPDX-License-Identifier: EUPL-1.2
"""Cells put in a sheet, within bounds.

Takes a sheet and its cells; leaves it filled, or raises; called by the readers.
"""

from __future__ import annotations

from ..errors import DataError
from .cells import Cell, Sheet
from .container import AGAIN

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_CELLS = 10_000_000
SMALLER = "keep what is needed of it, in a file of its own"


def unreadable(sheet: Sheet, place: Cell, found: str, error: Exception) -> DataError:
    return sheet.error(f"the cell cannot be read ({error})", place, found=found, do="correct the cell")


def uncalculated(sheet: Sheet, place: Cell, formula: str) -> DataError:
    do = "open the workbook in Excel, let it calculate, and save it"
    return sheet.error("a formula without a calculated value", place, found=formula, do=do)


def drop_covered(sheet: Sheet) -> None:
    """Take out what stands under a merged range, but for its first cell: nobody is shown it."""
    cells, steps = sheet.cells, 0
    height, width = max((row for row, _ in cells), default=0), max((column for _, column in cells), default=0)
    for top, left, bottom, right in sheet.merged:
        rows, columns = range(top, min(bottom, height) + 1), range(left, min(right, width) + 1)
        area = len(rows) * len(columns)
        steps += max(1, len(rows), min(area, len(cells)))
        if steps > MAX_CELLS:
            raise sheet.error("too many merged ranges", expected="ranges that do not overlap", do=AGAIN)
        if area < len(cells):
            inside = [(row, column) for row in rows for column in columns]
        else:
            inside = [(row, column) for row, column in cells if row in rows and column in columns]
        for place in inside:
            if place != (top, left):
                cells.pop(place, None)


def put(sheet: Sheet, cell: Cell) -> None:
    """Add a cell that is not blank. Raises `DataError` outside of Excel's largest sheet and beyond `MAX_CELLS`."""
    if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
        return
    if not (0 < cell.row <= MAX_ROW and 0 < cell.column <= MAX_COLUMN and len(sheet.cells) < MAX_CELLS):
        raise sheet.error(
            "the sheet is too large", cell, expected=f"at most {MAX_CELLS:,} filled cells within XFD1048576", do=SMALLER
        )
    sheet.cells[cell.row, cell.column] = cell


def check_size(sheets: list[Sheet]) -> None:
    """Raises `DataError` when the sheets of a workbook have more than `MAX_CELLS` together."""
    if sum(len(sheet.cells) for sheet in sheets) > MAX_CELLS:
        raise sheets[-1].error("the workbook is too large", expected=f"at most {MAX_CELLS:,} filled cells", do=SMALLER)
