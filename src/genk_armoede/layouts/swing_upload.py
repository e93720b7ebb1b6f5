# SPDX-License-Identifier: EUPL-1.2
"""Files that data managers upload to Swing: `geolevel`, `geoitem`, `period` and one column a variable, in any order."""

from __future__ import annotations

import re

from ..observations import areas
from ..observations.periods import read_period
from ..observations.values import SWING_MARKS, is_number
from ..spreadsheets.cells import Cell, Sheet
from .shape import Reading, header_row, index_column, label_text, nis_code

NAME = "swing_upload"
MARKS = SWING_MARKS | {"": "m"}
NAMES = re.compile(r".*(naam|name|omschrijving).*")
DELETED = re.compile(r".*(verwijder|delete|schrap|wissen).*")
LEVELS = {"gemeente": "municipality", "provincie": "province", "gewest": "region"}


def read(sheet: Sheet) -> Reading:
    """One observation a variable and row; the indicator is the name of the variable, which has no unit."""
    reading = Reading(sheet, NAME)
    top, headers = header_row(reading, "geolevel", "geoitem", "period")
    rows = [number for number in range(top + 1, sheet.height + 1) if sheet.row(number)]
    named, variables = 0, []
    for column in range(1, sheet.width + 1):
        header = sheet[top, column]
        word = header.text.lower()
        cells = [sheet[number, column] for number in rows if sheet[number, column].text]
        if word in ("geolevel", "geoitem", "period") or not (cells or word) or index_column(reading, header, cells):
            continue
        if not word or read_period(header):
            raise sheet.error(
                "a column without the name of a variable", header if word else cells[0], do="give it a header"
            )
        words = cells and all(cell.text.lower() not in MARKS and not is_number(cell) for cell in cells)
        if words and (NAMES.fullmatch(word) or DELETED.fullmatch(word)):
            reading.leave_out(f"column {header.text!r}: names of the areas, not a variable", cells)
            named = column if NAMES.fullmatch(word) or not named else named
        else:
            variables.append(header)
    for number in rows:
        _read_row(reading, {name: sheet[number, cell.column] for name, cell in headers.items()}, named, variables)
    return reading


def _read_row(reading: Reading, row: dict[str, Cell], named: int, variables: list[Cell]) -> None:
    sheet, item = reading.sheet, row["geoitem"]
    for name in ("geolevel", "geoitem", "period"):
        if not row[name].text:
            raise sheet.error(f"no {name}", row[name], do="fill it in, or take the row out")
    period = read_period(row["period"])
    if not period:
        raise sheet.error("this is no period", row["period"], expected="2021 or 2021-12")
    reading.labels([row["geolevel"], item, row["period"]])
    level = LEVELS.get(label_text(sheet, row["geolevel"]).lower(), "")
    code = nis_code(item) if level else label_text(sheet, item)
    if not re.fullmatch(r"[\w.-]+", code):
        raise sheet.error("this is no code", item, expected="letters, digits and dashes", do="take the rest out")
    if code != label_text(sheet, item):
        reading.assumed.append(f"{item.address}: code {item.text} is {code}, its zero lost")
    for header in variables:
        reading.observe(
            sheet[item.row, header.column],
            indicator=header.text,
            unit="",
            area=(label_text(sheet, sheet.over(item.row, named)) if named else "") or areas.name_of(code) or code,
            code=code,
            level=level,
            period=period,
            breakdown=areas.pseudo(code),
            marks=MARKS,
        )
