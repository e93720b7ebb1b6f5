# SPDX-License-Identifier: EUPL-1.2
"""A list of single published figures, one a row, each with the source it was read in."""

from __future__ import annotations

from ..observations.observation import breakdown_parts
from ..observations.periods import read_period
from ..observations.values import MARKS, is_number
from ..spreadsheets.cells import Cell, Sheet
from .shape import Reading, header_row, label_text

NAME = "figure_list"
REQUIRED = ("Indicator", "Gebied", "Periode", "Waarde", "Eenheid", "Uitgever", "Titel", "Adres", "Vindplaats")
OPTIONAL = ("Uitsplitsing", "Status", "Zekerheid", "Opmerking")
# Column in the sheet → name in a citation.
CITATION = {
    "Uitgever": "publisher",
    "Titel": "title",
    "Adres": "url",
    "Vindplaats": "evidence",
    "Zekerheid": "confidence",
    "Opmerking": "note",
}


def read(sheet: Sheet) -> Reading:
    """One observation a row, the indicator as it is spelled in the list, with its own citation."""
    reading = Reading(sheet, NAME)
    header, headers = header_row(reading, "indicator", "uitgever")
    columns = {name.capitalize(): cell.column for name, cell in headers.items()}
    for name in REQUIRED:
        if name not in columns:
            raise sheet.error(
                f"the header {name!r} is missing from row {header}",
                found=", ".join(columns),
                expected=", ".join(REQUIRED),
                do="give the column its name back",
            )
    for cell in headers.values():
        if cell.text.capitalize() not in REQUIRED + OPTIONAL:
            raise sheet.error("a header that is unknown", cell, expected=", ".join(REQUIRED + OPTIONAL))
    stray = next((c for c in sheet.cells.values() if c.row > header and c.column not in columns.values()), None)
    if stray:
        raise sheet.error("a filled cell in a column without a header", stray, do="give the column a header")
    for number in range(header + 1, sheet.height + 1):
        if sheet.row(number):
            _observe(reading, number, columns)
    return reading


def _observe(reading: Reading, row: int, columns: dict[str, int]) -> None:
    sheet = reading.sheet

    def at(name: str) -> Cell:
        return sheet.over(row, columns[name]) if name in columns else Cell(row, 0, None)

    for name in REQUIRED:
        if name != "Waarde" and not at(name).text:
            raise sheet.error(f"{name.lower()} is missing", at(name), do="fill it in, or take the row out")
    try:
        breakdown = breakdown_parts(at("Uitsplitsing").text)
    except ValueError:
        raise sheet.error("no breakdown", at("Uitsplitsing"), expected="key=value, or several joined by '; '") from None
    if wrong := next((at(name) for name in CITATION if is_number(at(name)) and not read_period(at(name))), None):
        raise sheet.error("a number where words about the source belong", wrong, do="move it to its own column")
    marked = at("Status").text
    reading.labels(sheet.row(row))
    reading.observe(
        at("Waarde"),
        indicator=label_text(sheet, at("Indicator")),
        unit=label_text(sheet, at("Eenheid")),
        area=label_text(sheet, at("Gebied")),
        period=read_period(at("Periode")) or at("Periode").text,
        breakdown=breakdown,
        marks=MARKS,
        citation={ours: at(theirs).text for theirs, ours in CITATION.items() if at(theirs).text},
    )
    reading.flag(marked)
