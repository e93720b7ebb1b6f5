# SPDX-License-Identifier: EUPL-1.2
"""Files that data managers upload to Swing: `geolevel`, `geoitem`, `period` and one column a variable, in any order."""

from __future__ import annotations

import re

from ..observations import areas
from ..observations.marks import SWING_MARKS
from ..observations.periods import read_period
from ..observations.values import is_number
from ..spreadsheets.cells import Cell, Sheet
from .answers import for_column, for_label
from .engine.declared import Labels, Says, Table
from .engine.reading import Reading
from .headers import border, header_row, index_column, label_text, nis_code, rows_under
from .words import AREA_LEVELS

NAME = "swing_upload"
MARKS = SWING_MARKS | {"": "m"}
KEYS = ("geolevel", "geoitem", "period")
NAMES = re.compile(r".*(naam|name|omschrijving).*")
DELETED = re.compile(r".*(verwijder|delete|schrap|wissen).*")


def read(sheet: Sheet) -> Reading:
    """One observation a variable and row; the indicator is the name of the variable, which has no unit."""
    reading = Reading(sheet, NAME)
    _refuse_half(sheet)
    top, headers = header_row(reading, *KEYS)
    rows = rows_under(sheet, top)
    variables, named = _variables(reading, top, rows)
    places = [headers["geolevel"].column, headers["geoitem"].column, *([named] if named else [])]
    reading.declare(
        Table(
            rows=rows,
            figures={column: Says(indicator=name) for column, name in variables.items()},
            labels=[
                Labels(tuple(places), lambda level, item, *name: _area(reading, level, item, *name)),
                Labels((headers["period"].column,), lambda cell: _period(sheet, cell)),
            ],
            marks=MARKS,
        )
    )
    return reading


def _refuse_half(sheet: Sheet) -> None:
    """No other layout may try a file that lost one of the three headers: its marks are numbers."""
    for row in border(sheet)[:20]:
        cells = {cell.text.lower(): cell for cell in sheet.row(row)}
        found = [name for name in KEYS if name in cells]
        if len(found) == 2 and "geo" in "".join(found):
            lost = next(name for name in KEYS if name not in cells)
            at = cells[found[0]]
            other = next((cell for word, cell in cells.items() if word not in KEYS), at)
            answers = (f"cell {other.address}={lost}",)
            raise sheet.error(f"an upload file for Swing without {lost}", at, expected=", ".join(KEYS), answers=answers)


def _variables(reading: Reading, top: int, rows: list[int]) -> tuple[dict[int, str], int]:
    """Column → name of a variable, and the column with names of areas."""
    sheet, named, variables = reading.sheet, 0, {}
    for column in range(1, sheet.width + 1):
        header = sheet[top, column]
        word, cells = header.text.lower(), reading.different(column, rows)
        if word in KEYS or not (cells or word) or index_column(reading, header, rows):
            continue
        if not word or read_period(header):
            at = header if word else cells[0]
            raise sheet.error("a column without the name of a variable", at, answers=for_column(at.column))
        words = cells and all(cell.text.lower() not in MARKS and not is_number(cell) for cell in cells)
        if words and (NAMES.fullmatch(word) or DELETED.fullmatch(word)):
            reading.leave_column(f"column {header.text!r}: names of the areas, not a variable", column, rows)
            named = column if NAMES.fullmatch(word) or not named else named
        else:
            variables[column] = header.text
    return variables, named


def _area(reading: Reading, level: Cell, item: Cell, name: Cell | None = None) -> Says:
    sheet = reading.sheet
    for what, cell in (("geolevel", level), ("geoitem", item)):
        if not cell.text:
            raise sheet.error(f"no {what}", cell, answers=for_label(cell))
    known = AREA_LEVELS.get(label_text(sheet, level).lower(), "")
    code = nis_code(item) if known else label_text(sheet, item)
    if not re.fullmatch(r"[\w.-]+", code):
        raise sheet.error("this is no code", item, expected="letters, digits and dashes", answers=for_label(item))
    if code != label_text(sheet, item):
        reading.assume(f"{item.address}: code {item.text} is {code}, its zero lost")
    area = (label_text(sheet, name) if name else "") or areas.name_of(code) or code
    return Says(area_code=code, area=area, level=known, breakdown=tuple(areas.pseudo(code).items()))


def _period(sheet: Sheet, cell: Cell) -> Says:
    if not cell.text:
        raise sheet.error("no period", cell, answers=for_label(cell, "YYYY"))
    period = read_period(cell)
    if not period:
        raise sheet.error("this is no period", cell, expected="2021 or 2021-12", answers=for_label(cell, "YYYY"))
    return Says(period=period)
