# SPDX-License-Identifier: EUPL-1.2
"""What the source hides of what was read: sheets, rows, columns, and figures whose number format shows nothing.

Takes a sheet and the columns that were read; gives places in words; called by `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Sheet
from ..spreadsheets.number_formats import shown_instead
from .reading_columns import ReadColumn


def hidden_places(sheet: Sheet) -> list[str]:
    """What the source hides: the sheet, and the rows and columns of which no filled cell is shown."""
    if sheet.hidden:
        return ["the sheet"]
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return []
    shown = [number for number in sheet.filled_columns if number not in sheet.hidden_columns]
    seen = set().union(*(sheet.columns[number].rows for number in shown)) - sheet.hidden_rows
    rows = [row for row in sheet.filled_rows if row not in seen]
    columns = [n for n in sheet.filled_columns if n not in shown or sheet.hidden_rows.issuperset(sheet.columns[n].rows)]
    return [f"row {row}" for row in rows] + [f"column {column_letters(number)}" for number in columns]


class Hidden:
    """Which figures of a sheet the source hides: by row, column, sheet, or a number format that shows nothing."""

    def __init__(self, sheet: Sheet, columns: Sequence[ReadColumn]) -> None:
        self.sheet, self.columns = sheet, columns
        looks = {n for n, style in enumerate(sheet.styles) if re.search(r";|\[", style.number_format)}
        read = {read.column for read in columns if read.column in sheet.columns} if looks else set()
        self.may_show_nothing = {n for n in read if not looks.isdisjoint(sheet.columns[n].styles)}
        self.none = not (sheet.hidden or sheet.hidden_rows or sheet.hidden_columns or self.may_show_nothing)

    def holds(self, row: int, column: int) -> bool:
        """True for a figure that is hidden."""
        if self.none:
            return False
        cell = self.sheet[row, column]
        if self.sheet.hidden or cell.hidden:
            return True
        return column in self.may_show_nothing and shown_instead(cell) == ""

    def addresses(self) -> list[str]:
        """Where the hidden figures stand."""
        if self.none:
            return []
        found = [(row, read.column) for read in self.columns for row in read.rows if self.holds(row, read.column)]
        return [self.sheet.place(*place) for place in sorted(found)]
