# SPDX-License-Identifier: EUPL-1.2
"""Workbooks of the Gemeente- en Stadsmonitor: a sheet an indicator code, with
`Gemeente | NIS-code | Indicator | Jaar` and one or several columns with shares."""

from __future__ import annotations

import re

from ..observations.marks import MARKS
from ..observations.periods import read_period
from ..observations.values import is_number
from ..spreadsheets.cells import Cell, Sheet
from .answers import for_label
from .engine.declared import Labels, Says, Table
from .engine.reading import Declined, Reading
from .headers import header_row, index_column, label_parts, label_text, nis_code, rows_under

NAME = "stadsmonitor"
KEYS = ("gemeente", "nis-code", "indicator", "jaar")
ONLY = {"aandeel", "percentage", "waarde", "%", "aandeel (%)"}  # headers that say nothing of what is shared
COUNTS = re.compile(r"n\b|(?:aantal|ongewogen|respondenten|steekproef)\b", re.IGNORECASE)
NO_SHARES = re.compile(r"(?:gemiddelde?|mediaan|score|schaal|rang|index)\b", re.IGNORECASE)


def read(sheet: Sheet) -> Reading:
    """One observation a share; columns of shares and of words are told apart in the breakdown by their header."""
    reading = Reading(sheet, NAME)
    top, headers = header_row(reading, *KEYS)
    rows = rows_under(sheet, top)
    notes = [row for row in rows[-50:] if len(cells := sheet.row(row)) == 1 and _is_words(cells)]
    for row in notes:
        reading.tell(sheet.row(row))
    rows = [row for row in rows if row not in notes]
    for column in range(1, sheet.width + 1):
        if index_column(reading, sheet[top, column], rows):
            headers.pop(sheet[top, column].text.lower(), None)
    others = [cell for name, cell in headers.items() if name not in KEYS]
    words = [header for header in others if _is_words(reading.different(header.column, rows))]
    shares = [header for header in others if header not in words]
    if not shares:
        raise Declined("no column with shares beside Gemeente, NIS-code, Indicator and Jaar")
    reading.declare(
        Table(
            rows=rows,
            figures={header.column: _share(reading, header) for header in shares},
            labels=[*_keys(sheet, headers), *(_answers(sheet, header) for header in words)],
            marks=MARKS,
            shares=True,
        )
    )
    if any(code.endswith("000") for read in reading.columns for code in read.facts.different("area_code")):
        reading.assume("codes that end in 000 are sums over areas: not to be added to municipalities")
    return reading


def _is_words(cells: list[Cell]) -> bool:
    """A column of words, such as the item that was asked about: no figure and no mark in it."""
    return bool(cells) and not any(is_number(cell) or cell.text.lower() in MARKS for cell in cells)


def _keys(sheet: Sheet, headers: dict[str, Cell]) -> list[Labels]:
    """Area and code, indicator and year of a row."""

    def filled(cell: Cell) -> Cell:
        if not cell.text:
            name = next(name for name in KEYS if headers[name].column == cell.column)
            raise sheet.error(f"no {name}", cell, answers=for_label(cell))
        return cell

    def place(area: Cell, code: Cell) -> Says:
        name, found = filled(area), nis_code(filled(code))
        if not re.fullmatch(r"\d{5}", found):
            raise sheet.error("this is no NIS code", code, expected="five digits, such as 71016")
        return Says(area=label_text(sheet, name), area_code=found)

    def period(year: Cell) -> Says:
        found = read_period(filled(year))
        if not found:
            raise sheet.error("this is no year", year, expected="2023")
        return Says(period=found)

    area, code, indicator, year = (headers[name].column for name in KEYS)
    named = Labels((indicator,), lambda cell: Says(indicator=label_text(sheet, filled(cell))))
    return [Labels((area, code), place), named, Labels((year,), period)]


def _answers(sheet: Sheet, header: Cell) -> Labels:
    """A column of words."""
    key = header.text.lower()
    return Labels((header.column,), lambda cell: Says(breakdown=((key, label_text(sheet, cell)),)))


def _share(reading: Reading, header: Cell) -> Says:
    """What a column is of; without a unit it holds shares, unless its words say otherwise."""
    label, unit, _ = label_parts(reading.sheet, header)
    answer = () if label.lower() in ONLY else (("antwoord", label),)
    if unit or not answer:
        return Says(unit=unit or "%", breakdown=answer)
    unit = "aantal" if COUNTS.match(label) else "" if NO_SHARES.match(label) else "%"
    reading.assume(f"unit of {label!r}: {unit or 'not named'}")
    return Says(unit=unit, breakdown=answer)
