# SPDX-License-Identifier: EUPL-1.2
"""Rows by the kinds of their cells: where headers end and figures begin shows in their shape.

Takes a sheet; gives a text a row, a letter a column; called by `outline` and `statistical`. Each different value of a
column is looked at once.
"""

from __future__ import annotations

import re

from ..observations.marks import MARKS
from ..observations.periods import read_period
from ..observations.values import is_number
from ..spreadsheets.cells import Cell, Sheet, Value
from ..spreadsheets.numerals import TOO_FEW

BLANK, NUMBER, YEAR, PERIOD, MARK, RULER, TEXT = " ", "n", "y", "p", "m", "r", "t"
# What stands for a figure in tables of many publishers: two capitals in brackets, dots, a dash.
_MARK = re.compile(r"\([A-Z]{1,3}\)|NA|\.{2,}|\*|\(?\\\w{1,2}\)?")
_RULER = re.compile(r"[-–=_]{3,}")


def kinds(sheet: Sheet) -> dict[int, str]:
    """Row → a letter a column, from the first column on: blank, number, year, period, mark, ruler or text."""
    rows = sheet.filled_rows
    dense = []
    for number in range(1, sheet.width + 1):
        column = sheet.columns.get(number)
        letters = _letters(sheet, number) if column else ""
        if column and len(letters) == len(rows):
            dense.append(letters)
            continue
        found = dict(zip(column.rows, letters, strict=True)) if column else {}
        dense.append([found.get(row, BLANK) for row in rows])
    return dict(zip(rows, map("".join, zip(*dense, strict=True)), strict=True))


def _letters(sheet: Sheet, number: int) -> list[str]:
    column = sheet.columns[number]
    styles = sheet.styles
    plain = all(styles[style].is_struck is False for style in set(column.styles))
    known: dict[tuple[Value, int], str] = {}
    found = []
    for value, style in zip(column.values, column.styles, strict=True):
        stored = type(value)
        if (stored is int or stored is float) and plain:
            found.append(YEAR if 1500 <= value < 2100 and value == int(value) else NUMBER)
            continue
        key = (value, style)
        if key not in known:
            known[key] = kind(Cell(1, number, value, styles[style]))
        found.append(known[key])
    return found


def kind(cell: Cell) -> str:
    """The letter of a cell that is no stored number."""
    text = cell.text
    if is_number(cell):
        return YEAR if re.fullmatch(r"(?:1[5-9]|20)\d\d(?:\.0)?", text) else NUMBER
    if read_period(cell):
        return PERIOD
    if _RULER.fullmatch(text):
        return RULER
    if text.lower() in MARKS or _MARK.fullmatch(text) or TOO_FEW.fullmatch(text):
        return MARK
    return TEXT
