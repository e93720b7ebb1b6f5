# SPDX-License-Identifier: EUPL-1.2
"""Header rows, labels and codes: what several layouts ask of a sheet.

Takes sheets and cells; gives texts and places; called by layouts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..observations import areas
from ..observations.periods import read_period, whole_text
from ..observations.units import split_label
from ..observations.values import is_dated_unit, is_error, is_number
from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Cell, Sheet
from .answers import for_column, for_header, for_label
from .engine.facts import AREA_CODE
from .engine.reading import Declined, Reading

MADE_UP = re.compile(r"Unnamed: \d+(?:_level_\d+)?|\.\.\.\d+|(?:19|20)\d\d\.\d+")
NEAR = 200  # rows at either end of a sheet in which headers, titles and notes are looked for


def border(sheet: Sheet) -> list[int]:
    """The rows at both ends of a sheet that hold anything: all of them in a small one."""
    rows = sheet.filled_rows
    return rows if len(rows) <= 2 * NEAR else [*rows[:NEAR], *rows[-NEAR:]]


def rows_under(sheet: Sheet, top: int) -> list[int]:
    """Rows under a header that hold anything."""
    return [row for row in sheet.filled_rows if row > top]


def label_parts(sheet: Sheet, cell: Cell) -> tuple[str, str, list[str]]:
    """Label, unit and footnote marks of a header cell; a period is its label as it is written in a tidy table.

    Raises `DataError` when it names two units, or is no text at all.
    """
    if cell.style.is_struck:
        raise sheet.error("a header that is struck through", cell, answers=for_header(cell))
    text = read_period(cell) or label_text(sheet, cell)
    is_named = bool(read_period(cell)) or is_dated_unit(cell)
    if (is_number(cell) or AREA_CODE.fullmatch(cell.text)) and not is_named:
        answers = for_header(cell, areas.name_of(cell.text) or "HEADER")
        raise sheet.error("a number among the headers", cell, answers=answers)
    if MADE_UP.fullmatch(text):
        raise sheet.error(
            "a header that a program made up for one that was blank or stood twice",
            cell,
            do="look up what the publisher's own file has",
            answers=for_header(cell),
        )
    try:
        return split_label(text)
    except ValueError as error:
        raise sheet.error("a header with two units", cell, found=str(error), answers=for_header(cell)) from None


def label_text(sheet: Sheet, cell: Cell) -> str:
    """The text of a label. Raises `DataError` for an error value and for a date that Excel made of `1-5`."""
    if is_error(cell) or not isinstance(cell.value, str | int | float | None) or isinstance(cell.value, bool):
        answers = for_column(cell.column)[-1:] if isinstance(cell.value, bool) else for_label(cell)
        raise sheet.error("an error, date or yes/no where a label belongs", cell, answers=answers)
    return cell.text


def nis_code(cell: Cell) -> str:
    """A code as text; 1000, 2000, 3001 are the codes of the country and its regions, whose zero Excel dropped."""
    code = re.sub(r"^BE(?=\d{5}$)", "", whole_text(cell))  # as Eurostat writes local units
    return f"0{code}" if re.fullmatch(r"[124]000|300[01]", code) else code


def header_row(reading: Reading, *words: str) -> tuple[int, dict[str, Cell]]:
    """The first row that has all these headers: its number and its cells by header in lower case.

    Rows above it become metadata. Raises `Declined` when there is none, or nothing under it, and `DataError` when
    a header stands twice.
    """
    sheet = reading.sheet
    for number in border(sheet):
        if not set(words) <= {cell.text.lower() for cell in sheet.texts(number)}:
            continue
        cells = sheet.row(number)
        headers: dict[str, Cell] = {}
        for cell in cells:
            if is_number(cell) and not read_period(cell):
                raise sheet.error("a number among the headers", cell, answers=for_header(cell))
            other = headers.setdefault(cell.text.lower(), cell)
            if other is not cell:
                problem = f"a header that stands twice, also in {other.address}"
                raise sheet.error(problem, cell, answers=for_header(cell))
        if number == sheet.height:
            raise Declined("a header row with nothing under it")
        for above in sheet.filled_rows:
            if above < number:
                reading.tell(sheet.row(above))
        reading.labels(cells)
        return number, headers
    raise Declined(f"no header row with {', '.join(words)}")


# How spreadsheets and data-frame libraries head a column that only numbers the rows.
INDEX_WORDS = {"", "index", "nr", "nr.", "#", "id", "x", "x1", "v1", "...1", "unnamed: 0"}


def index_column(reading: Reading, header: Cell, rows: Sequence[int]) -> bool:
    """True for a column without a header of its own whose cells in these rows only number them; it is left out."""
    if header.text.lower() not in INDEX_WORDS:
        return False
    values, _ = reading.sheet.aligned(header.column, rows)
    numbers = [value for value in values if value is not None]
    few = 1 if header.text.lower() in ("nr", "nr.", "#", "index") else 2
    if len(numbers) < few or numbers[0] not in (0, 1, "0", "1"):
        return False
    counted = range(int(numbers[0]), int(numbers[0]) + len(numbers))
    if numbers != list(map(type(numbers[0]), counted)):
        return False
    reading.labels([header])
    reading.leave_column(f"column {column_letters(header.column)}: it only numbers the rows", header.column, rows)
    return True
