# SPDX-License-Identifier: EUPL-1.2
"""A sheet as the answers about it have it: without rows and columns that are left out, with labels that were missing.

Takes a sheet and what was answered about it; called before any layout looks.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import replace

from ..observations.periods import read_period
from ..observations.values import is_number
from ..spreadsheets.addresses import column_letters, place_of
from ..spreadsheets.cells import Cell, Sheet
from ..spreadsheets.columns import Column
from ..spreadsheets.numerals import POINTED, undressed
from .answers import NOTHING, SheetAnswers, rows_of

NEAR = 50  # rows in which headers are looked for


def amended(sheet: Sheet, answers: SheetAnswers, columns: bool) -> tuple[Sheet, list[str], list[str]]:
    """The sheet without the rows, and when asked the columns, that answers leave out, and with their labels put in.

    Also gives what was left out and what was assumed, in words. Raises `DataError` for an answer about a row or
    cell that the file contradicts.
    """
    without = [what for what, says in answers.said.items() if says == NOTHING]
    rows = {row for what in without for row in rows_of(what)}
    cells = [what for what in answers.said if what.startswith("cell ")]
    out = columns_left_out(sheet, answers) if columns else []
    pointed = answers.said.get("numbers") == "point"
    if not (rows or cells or out or pointed):
        return sheet, [], []
    left_out = [_left_row(sheet, answers, what, row) for what in without for row in rows_of(what)]
    left_out += [f"column {column_letters(n)}: left out, as answered" for n in out]
    kept = {n: _without(column, rows) for n, column in sheet.columns.items() if n not in out}
    made = replace(sheet, columns=kept, styles=list(sheet.styles), passed_rows=rows)
    assumed = [_put(sheet, made, answers, what) for what in cells]
    if pointed:
        _point(made, answers)
    return made, left_out, assumed


def columns_left_out(sheet: Sheet, answers: SheetAnswers) -> list[int]:
    """The columns that answers leave out."""
    if not any(what.startswith("column ") and says == NOTHING for what, says in answers.said.items()):
        return []
    headers: dict[int, list[str]] = {}
    for cell in _headers(sheet):
        headers.setdefault(cell.column, []).append(cell.text)
    names = ((n, ["", *headers.get(n, ())]) for n in sheet.filled_columns)
    return [n for n, texts in names if any(answers.role(n, text) == NOTHING for text in texts)]


def _headers(sheet: Sheet) -> Iterator[Cell]:
    """Cells that can be headers: what stands above the first number that is no year."""
    for row in sheet.filled_rows[:NEAR]:
        cells = sheet.row(row)
        if any(is_number(cell) and not read_period(cell) for cell in cells):
            return
        yield from cells


def _left_row(sheet: Sheet, answers: SheetAnswers, what: str, row: int) -> str:
    cells = sheet.row(row)
    if "-" not in what and not cells:
        raise sheet.error("an answer about a row that is empty", found=f"{what}={NOTHING}")
    if cells:
        answers.use(what)
    return f"row {row}: left out, as answered: {' | '.join(cell.text for cell in cells)[:80]}"


def _without(column: Column, rows: set[int]) -> Column:
    """A copy of a column without these rows."""
    made = Column(column.rows, column.values, column.styles)
    made.keep([i for i, row in enumerate(column.rows) if row not in rows])
    return made


def _put(sheet: Sheet, made: Sheet, answers: SheetAnswers, what: str) -> str:
    """Puts the label that was answered for a cell into it. Gives that in words."""
    row, column = place_of(what.removeprefix("cell "))
    cell, text = sheet[row, column], answers.use(what)
    if cell.text == text:
        raise sheet.error("an answer that the file gives already", cell, expected="another label, or no answer")
    style = made.style_number(cell.style, number_format="General", struck="", is_struck=False)
    made.columns[column] = made.columns.get(column, Column()).put(row, text, style)
    instead = f" in place of {cell.text!r}" if cell.text else ""
    return f"{cell.address}: {text!r}{instead}, as answered"


def _point(made: Sheet, answers: SheetAnswers) -> None:
    """Texts with a dot become numbers with decimals behind it; a comma stands between thousands."""
    for column in made.columns.values():
        texts = {undressed(value) for value in column.values if isinstance(value, str)}
        if any(not text.isdigit() and POINTED.fullmatch(text) for text in texts):
            answers.use("numbers")
            numbers = {style: made.style_number(made.styles[style], point=True) for style in set(column.styles)}
            column.styles = array("I", map(numbers.__getitem__, column.styles))
