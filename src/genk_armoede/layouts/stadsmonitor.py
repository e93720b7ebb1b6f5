# SPDX-License-Identifier: EUPL-1.2
"""Workbooks of the Gemeente- en Stadsmonitor: a sheet an indicator code, with
`Gemeente | NIS-code | Indicator | Jaar` and one or several columns with shares."""

from __future__ import annotations

import re

from ..observations.periods import read_period
from ..observations.values import MARKS, is_number
from ..spreadsheets.cells import Cell, Sheet
from .shape import Declined, Reading, header_row, index_column, label_parts, label_text, nis_code

NAME = "stadsmonitor"
KEYS = ("gemeente", "nis-code", "indicator", "jaar")
ONLY = {"aandeel", "percentage", "waarde", "%", "aandeel (%)"}  # headers that say nothing of what is shared
COUNTS = re.compile(r"n\b|(?:aantal|ongewogen|respondenten|steekproef)\b", re.IGNORECASE)
NO_SHARES = re.compile(r"(?:gemiddelde?|mediaan|score|schaal|rang|index)\b", re.IGNORECASE)


def read(sheet: Sheet) -> Reading:
    """One observation a share; columns of shares and of words are told apart in the breakdown by their header."""
    reading = Reading(sheet, NAME)
    top, headers = header_row(reading, *KEYS)
    rows = [number for number in range(top + 1, sheet.height + 1) if sheet.row(number)]
    notes = [number for number in rows if len(sheet.row(number)) == 1 and _is_words(sheet.row(number))]
    for number in notes:
        reading.tell(sheet.row(number))
    rows = [number for number in rows if number not in notes]
    for column in range(1, sheet.width + 1):
        if index_column(reading, sheet[top, column], [sheet[number, column] for number in rows]):
            headers.pop(sheet[top, column].text.lower(), None)
    others = [cell for name, cell in headers.items() if name not in KEYS]
    words = [header for header in others if _is_words([sheet[number, header.column] for number in rows])]
    shares = [header for header in others if header not in words]
    if not shares:
        raise Declined("no column with shares beside Gemeente, NIS-code, Indicator and Jaar")
    for number in rows:
        _read_row(reading, number, headers, words, shares)
    if any(row.area_code.endswith("000") for row in reading.rows):
        reading.assumed.append("codes that end in 000 are sums over areas: not to be added to municipalities")
    return reading


def _is_words(cells: list[Cell]) -> bool:
    """A column of words, such as the item that was asked about: no figure and no mark in it."""
    return bool(cells) and not any(is_number(cell) or cell.text.lower() in MARKS for cell in cells)


def _read_row(reading: Reading, number: int, headers: dict[str, Cell], words: list[Cell], shares: list[Cell]) -> None:
    sheet = reading.sheet
    row = {name: sheet[number, headers[name].column] for name in KEYS}
    for name in KEYS:
        if not row[name].text:
            raise sheet.error(f"no {name}", row[name], do="fill it in, or take the row out")
    code = nis_code(row["nis-code"])
    if not code.isdigit() or len(code) != 5:
        raise sheet.error("this is no NIS code", row["nis-code"], expected="five digits, such as 71016")
    if not read_period(row["jaar"]):
        raise sheet.error("this is no year", row["jaar"], expected="2023")
    told = {header.text.lower(): sheet[number, header.column] for header in words}
    reading.labels([*row.values(), *told.values()])
    for header in shares:
        label, unit = _label(reading, header)
        cell = sheet[number, header.column]
        reading.observe(
            cell,
            indicator=label_text(sheet, row["indicator"]),
            unit=unit,
            area=label_text(sheet, row["gemeente"]),
            code=code,
            period=read_period(row["jaar"]),
            breakdown={name: label_text(sheet, cell) for name, cell in told.items()}
            | ({} if label.lower() in ONLY else {"antwoord": label}),
            marks=MARKS,
        )
        if unit == "%" and not 0 <= (reading.rows[-1].value or 0) <= 100:
            raise sheet.error("a share outside 0–100", cell, expected="0 to 100 %, or a header that names the unit")


def _label(reading: Reading, header: Cell) -> tuple[str, str]:
    """What a column is of; without a unit it holds shares, unless its words say otherwise."""
    label, unit, _ = label_parts(reading.sheet, header)
    if unit or label.lower() in ONLY:
        return label, unit or "%"
    unit = "aantal" if COUNTS.match(label) else "" if NO_SHARES.match(label) else "%"
    reading.assume(f"unit of {label!r}: {unit or 'not named'}")
    return label, unit
