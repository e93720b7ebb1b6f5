# SPDX-License-Identifier: EUPL-1.2
"""A list of single published figures, one a row, each with the source it was read in."""

from __future__ import annotations

from .. import areas
from ..observations import WITHOUT_VALUE, Observation, breakdown_parts, breakdown_text
from ..spreadsheet import Cell, Sheet
from ..values import MARKS, read_value
from .shape import Declined

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


def read(sheet: Sheet) -> list[Observation]:
    """One observation a row, the indicator as it is spelled in the list, with its own citation."""
    header = next((n for n, cells in sheet.rows() if "Indicator" in (c.text for c in cells)), 0)
    if not header or "Uitgever" not in (c.text for c in sheet.row(header)):
        raise Declined("no header row with 'Indicator' and 'Uitgever'")
    columns = {cell.text: cell.column for cell in sheet.row(header)}
    for name in REQUIRED:
        if name not in columns:
            raise sheet.error(
                f"the header {name!r} is missing from row {header}",
                found=", ".join(columns),
                expected=", ".join(REQUIRED),
                do="give the column its name back",
            )
    for cell in sheet.row(header):
        if cell.text not in REQUIRED + OPTIONAL or columns[cell.text] != cell.column:
            raise sheet.error("a header that is unknown or stands twice", cell, expected=", ".join(REQUIRED + OPTIONAL))
    stray = next((c for c in sheet.cells.values() if c.row > header and c.column not in columns.values()), None)
    if stray:
        raise sheet.error("a filled cell in a column without a header", stray, do="give the column a header")
    return [_observation(sheet, n, columns) for n in range(header + 1, sheet.height + 1) if sheet.row(n)]


def _observation(sheet: Sheet, row: int, columns: dict[str, int]) -> Observation:
    def at(name: str) -> Cell:
        return sheet[row, columns[name]] if name in columns else Cell(row, 0, None)

    for name in REQUIRED:
        if name != "Waarde" and not at(name).text:
            raise sheet.error(f"{name.lower()} is missing", at(name), do="fill it in, or take the row out")
    unit, marked = at("Eenheid").text, at("Status").text
    value, status = read_value(sheet, at("Waarde"), unit, MARKS)
    if not at("Waarde").text and WITHOUT_VALUE & set(marked):
        status = ""  # the row itself says why it is blank
    try:
        breakdown = breakdown_text(breakdown_parts(at("Uitsplitsing").text))
    except ValueError:
        raise sheet.error("no breakdown", at("Uitsplitsing"), expected="key=value, or several joined by '; '") from None
    return Observation(
        indicator=at("Indicator").text,
        area_code=areas.code_of(at("Gebied").text),
        area=at("Gebied").text,
        period=at("Periode").text,
        breakdown=breakdown,
        value=value,
        unit=unit,
        status="".join(sorted(set(status + marked))),
        source=sheet.file,
        sheet=sheet.name,
        cell=at("Waarde").address,
        citation={ours: at(theirs).text for theirs, ours in CITATION.items() if at(theirs).text},
    )
