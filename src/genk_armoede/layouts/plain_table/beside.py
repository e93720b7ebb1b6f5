# SPDX-License-Identifier: EUPL-1.2
"""Tables beside each other on a sheet, each with labels of its own, mostly behind an empty column.

Takes a sheet; gives a sheet a table, whose cells keep their addresses; called by `layouts`, which reads each by itself.
"""

from __future__ import annotations

from dataclasses import replace

from ...observations import areas
from ...observations.periods import read_period
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Sheet
from ...spreadsheets.columns import Column
from ...spreadsheets.numerals import is_numeral
from ..answers import NOTHING, about
from ..headers import border
from .extent import is_word
from .titles import undated

TABLE = "table"
NEAR = 20  # cells at the top of a column in which its header stands


def tables_beside(sheet: Sheet) -> tuple[list[Sheet], list[str]]:
    """The tables of a sheet from left to right, and which of them are left out, as answered.

    Another begins where the header of labels stands once more, or where that was answered.
    """
    starts: dict[int, str] = {}
    filled = set(sheet.filled_columns)
    words = _top(sheet, sheet.filled_columns[0]) if filled else set()
    for number in sheet.filled_columns[1:]:
        apart = number - 1 not in filled or (words & _top(sheet, number) and _comes_back(sheet, number))
        if apart and (begun := _begun(sheet, number)):
            starts[number] = begun
    if not starts:
        return [sheet], []
    first, ends = sheet.filled_columns[0], [*(number - 1 for number in starts), sheet.width]
    tables = [_part(sheet, first, ends[0])]
    left_out = []
    for number, end in zip(starts, ends[1:], strict=True):
        if starts[number] == NOTHING:
            letters = f"columns {column_letters(number)} to {column_letters(end)}"
            left_out.append(f"{letters}: a table beside the first, left out, as answered")
        else:
            tables.append(_titled(sheet, tables[0], _part(sheet, number, end)))
    return tables, left_out


def _top(sheet: Sheet, number: int) -> set[str]:
    """Words for areas or periods among the first cells of a column, which can head it."""
    texts = (value for value in sheet.columns[number].values[:NEAR] if isinstance(value, str))
    return {text.strip() for text in texts if is_word(text.strip())}


def _comes_back(sheet: Sheet, number: int) -> bool:
    """True where the header of figures right of one of labels stands further to the left too."""
    row = _head(sheet, number)
    left = {cell.text for cell in sheet.row(row) if cell.column < number} if row else set()
    return sheet[row, number + 1].text in left


def _begun(sheet: Sheet, number: int) -> str:
    """`table` where one begins in this column, `nothing` where it is left out, else empty."""
    if not _has_labels(sheet, number) or not any(_has_numbers(sheet, other) for other in _behind(sheet, number)):
        return ""
    answers = about(sheet)
    if answers.is_table(number):
        return TABLE
    if answered := answers.role(number, ""):
        return NOTHING if answered == NOTHING else ""
    return TABLE if _head(sheet, number) else ""


def _behind(sheet: Sheet, number: int) -> list[int]:
    return [other for other in sheet.filled_columns if other > number]


def _has_labels(sheet: Sheet, number: int) -> bool:
    values = sheet.columns[number].values
    words = sum(isinstance(value, str) and not is_numeral(value) for value in values)
    return words > 1 and words * 2 >= len(values)


def _has_numbers(sheet: Sheet, number: int) -> bool:
    return any(not isinstance(value, str) or is_numeral(value) for value in sheet.columns[number].values)


def _head(sheet: Sheet, number: int) -> int:
    """The row in which the header of this column is that of labels further to the left; 0 without one."""
    for row in border(sheet):
        header = sheet[row, number].text
        left = [cell for cell in sheet.row(row) if cell.column < number and cell.text == header]
        if header and any(_has_labels(sheet, cell.column) for cell in left):
            return row
    return 0


def _part(sheet: Sheet, first: int, last: int) -> Sheet:
    columns = {n: column for n, column in sheet.columns.items() if first <= n <= last}
    merged = [area for area in sheet.merged if first <= area[1] <= last]
    return replace(sheet, columns=columns, merged=merged, styles=list(sheet.styles))


def _titled(sheet: Sheet, first: Sheet, part: Sheet) -> Sheet:
    """A table with the titles and notes of the first; its own title goes to headers that the first has too."""
    number = part.filled_columns[0]
    head = _head(sheet, number) or part.filled_rows[0]
    above = [row for row in part.filled_rows if row < head]
    titles = [part[row, number] for row in above if len(part.row(row)) == 1 and part[row, number].text]
    texts = [cell.text for cell in part.row(head)]
    if titles and texts == [cell.text for cell in first.row(head)]:
        title = undated(titles[-1].text)
        for cell in part.row(head)[1:]:
            if isinstance(cell.value, str) and not read_period(cell) and not areas.is_known(cell.text):
                part.columns[cell.column] = part.columns[cell.column].put(cell.row, f"{title}, {cell.text}")
    lines = [first.row(row) for row in first.filled_rows if row < head and row not in above]  # also `Gebied | Genk`
    notes = [first.row(row) for row in first.filled_rows if row > part.height and len(first.row(row)) == 1]
    for cells in [cells for cells in lines if len(cells) < 3] + notes:
        for cell in cells:
            at = number + cell.column - cells[0].column
            part.columns[at] = part.columns.get(at, Column()).put(cell.row, cell.value)
    return replace(part)  # without what was kept of its rows before these lines
