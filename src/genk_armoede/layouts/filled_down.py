# SPDX-License-Identifier: EUPL-1.2
"""Labels that stand once, in the first of the rows that they hold for.

Takes a sheet, its columns of labels from left to right and its rows of figures; gives the sheet in which such labels
are merged over their rows; called by `table` and `statistical`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Cell, Sheet, Value
from .answers import about

ABOVE = "blanks=above"  # the answer that a blank label is that of the row above it


def filled_down(sheet: Sheet, columns: Sequence[int], rows: Sequence[int]) -> tuple[Sheet, list[str]]:
    """The sheet whose blank labels are those above them, and what was assumed of each such column.

    Each label must head two rows or more, with the same finer labels in the same order, or be blank just where a
    column beside it is filled so; else it is answered.
    """
    told: list[str] = []
    blank = {column: _blank_rows(sheet, column, rows) for column in columns}
    filled: dict[int, list[list[int]]] = {}
    for place in reversed(range(len(columns) - 1)):
        column, beside = columns[place], columns[place + 1]
        if not blank[column]:
            continue
        answered = about(sheet).whole("blanks") == "above"
        if beside in filled and blank[beside] == blank[column]:
            blocks, how = filled[beside], "as in the column beside it"
        else:
            finer = _up_to_full(columns[place + 1 :], blank)
            blocks, how = _blocks(sheet, column, finer, rows), "since the same labels stand beside each"
            if not answered and not _are_alike(sheet, finer, blocks):
                continue
        longer = [block for block in blocks if len(block) > 1]
        if not longer:
            continue
        filled[column] = longer
        sheet = replace(sheet, merged=[*sheet.merged, *((block[0], column, block[-1], column) for block in longer)])
        how = "as answered" if answered else how
        told.append(f"column {column_letters(column)}: a blank label is that of the row above it, {how}")
    return sheet, told[::-1]


def _blank_rows(sheet: Sheet, column: int, rows: Sequence[int]) -> list[int]:
    labels, _ = sheet.aligned(column, rows)
    return [row for row, label in zip(rows, labels, strict=True) if label is None] if None in labels else []


def _up_to_full(columns: Sequence[int], blank: dict[int, list[int]]) -> list[int]:
    """Columns of finer labels up to the first that has one in each row."""
    full = next((i for i, column in enumerate(columns) if not blank[column]), len(columns))
    return list(columns[: full + 1])


def _finer(sheet: Sheet, columns: Sequence[int], rows: Sequence[int]) -> list[tuple]:
    """The finer labels of each row, with single spaces."""
    known: dict[Value, Value] = {None: None}
    lists = [sheet.aligned(column, rows)[0] for column in columns]
    known |= {value: Cell(0, 0, value).text for value in set().union(*lists) if value is not None}
    return list(zip(*(map(known.__getitem__, values) for values in lists), strict=True))


def _blocks(sheet: Sheet, column: int, finer: Sequence[int], rows: Sequence[int]) -> list[list[int]]:
    """Each labelled row with the rows below it that have only finer labels; none when the first row has no label."""
    labels, others = sheet.aligned(column, rows)[0], _finer(sheet, finer, rows)
    blocks: list[list[int]] = []
    for row, label, other in zip(rows, labels, others, strict=True):
        if label is None and (None in other or not blocks or row != blocks[-1][-1] + 1):
            return []
        if label is None:
            blocks[-1].append(row)
        else:
            blocks.append([row])
    return blocks


def _are_alike(sheet: Sheet, finer: Sequence[int], blocks: list[list[int]]) -> bool:
    """True for two blocks or more with the same finer labels, each once; a row with one label may be a subtotal."""
    lists = [_finer(sheet, finer, block) for block in blocks]
    longer = [labels for labels in lists if len(labels) > 1]
    if len(longer) < 2:
        return False
    alike = all(labels == longer[0] for labels in longer) and len(set(longer[0])) == len(longer[0])
    return alike and all(len(labels) > 1 or not any(labels[0]) for labels in lists)
