# SPDX-License-Identifier: EUPL-1.2
"""A list of single published figures, one a row, each with the source it was read in."""

from __future__ import annotations

from ..observations.marks import MARKS
from ..observations.observation import breakdown_parts
from ..observations.periods import read_period
from ..observations.values import is_number
from ..spreadsheets.cells import Cell, Sheet
from .answers import for_header, for_label
from .engine.declared import Labels, Says, Table
from .engine.reading import Reading
from .headers import header_row, label_text, rows_under
from .words import AREA_LEVELS

NAME = "figure_list"
REQUIRED = ("Indicator", "Gebied", "Periode", "Waarde", "Eenheid", "Uitgever", "Titel", "Adres", "Vindplaats")
OPTIONAL = ("Niveau", "Uitsplitsing", "Status", "Zekerheid", "Opmerking")
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
    top, headers = header_row(reading, "indicator", "uitgever")
    columns = {name.capitalize(): cell.column for name, cell in headers.items()}
    blank = next((column for column in sheet.filled_columns if not sheet[top, column].text), sheet.width + 1)
    for name in REQUIRED:
        if name not in columns:
            raise sheet.error(
                f"the header {name!r} is missing from row {top}",
                found=", ".join(columns),
                expected=", ".join(REQUIRED),
                answers=for_header(sheet[top, blank], name)[:1],
            )
    for cell in headers.values():
        if cell.text.capitalize() not in REQUIRED + OPTIONAL:
            raise sheet.error("a header that is unknown", cell, expected=", ".join(REQUIRED + OPTIONAL))
    rows = rows_under(sheet, top)
    for first, left, last, right in sheet.merged:
        if left < right and last > top:
            raise sheet.error("merged cells in a record", sheet[max(first, top + 1), left])
    for column in set(sheet.filled_columns).difference(columns.values()):
        stray = next((row for row in rows if sheet[row, column].text), 0)
        if stray:
            answers = for_header(sheet[top, column])
            raise sheet.error("a filled cell in a column without a header", sheet[stray, column], answers=answers)
    names = [name for name in columns if name != "Waarde"]
    labels = Labels(tuple(columns[name] for name in names), _reader(sheet, names))
    reading.declare(Table(rows=rows, figures={columns["Waarde"]: Says()}, labels=[labels], marks=MARKS))
    return reading


def _reader(sheet: Sheet, names: list[str]):
    """What the fields of a row say of its figure."""

    def say(*cells: Cell) -> Says:
        at = dict(zip(names, cells, strict=True))
        for name in REQUIRED:
            if name != "Waarde" and not at[name].text:
                raise sheet.error(f"{name.lower()} is missing", at[name], answers=for_label(at[name]))
        sources = [at[name] for name in CITATION if name in at]
        if wrong := next((cell for cell in sources if is_number(cell) and not read_period(cell)), None):
            raise sheet.error("a number where words about the source belong", wrong, answers=for_label(wrong))
        return Says(
            indicator=label_text(sheet, at["Indicator"]),
            unit=label_text(sheet, at["Eenheid"]),
            area=label_text(sheet, at["Gebied"]),
            level=_level(sheet, at.get("Niveau")),
            period=read_period(at["Periode"]) or at["Periode"].text,
            breakdown=_breakdown(sheet, at.get("Uitsplitsing")),
            flags=at["Status"].text if "Status" in at else "",
            citation=tuple((CITATION[name], at[name].text) for name in CITATION if name in at and at[name].text),
        )

    return say


def _level(sheet: Sheet, cell: Cell | None) -> str:
    """The level of areas that the list names, which settles the code of a name that several levels bear."""
    word = cell.text.lower() if cell else ""
    if word and not AREA_LEVELS.get(word):
        raise sheet.error("no level of areas", cell, expected="gemeente, arrondissement, provincie or gewest")
    return AREA_LEVELS.get(word, "")


def _breakdown(sheet: Sheet, cell: Cell | None) -> tuple[tuple[str, str], ...]:
    try:
        return tuple(breakdown_parts(cell.text if cell else "").items())
    except ValueError:
        raise sheet.error("no breakdown", cell, expected="key=value, or several joined by '; '") from None
