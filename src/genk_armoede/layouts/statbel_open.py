# SPDX-License-Identifier: EUPL-1.2
"""Statbel's open data: columns `CD_…` (codes), `TX_…` (texts, in three languages) and `MS_…` (measures), a row a case.

The finest area of a row is what its measures are of; coarser ones and other languages are left out. A measure
whose name ends in a year is of that year. Residents beside an income are those of 1 January of the next year
(https://statbel.fgov.be/nl/themas/huishoudens/fiscale-inkomens).
"""

from __future__ import annotations

import re

from ..spreadsheet import Cell, Sheet
from ..values import MARKS as COMMON
from ..values import read_period
from .shape import Declined, Reading, header_row, index_column, label_text, nis_code

NAME = "statbel_open"
MARKS = COMMON | {"*": "c"}
FIELD = re.compile(r"(CD|TX|MS|DT)_\w+", re.IGNORECASE)
PERIODS = {"CD_YEAR", "CD_REFYEAR", "CD_PERIOD", "DT_REFERENCE"}
# From fine to coarse.
LEVELS = ("SECTOR", "MUNTY", "DSTR", "ADM_DSTR", "PROV", "RGN", "COUNTRY", "REFNIS")
DATED = re.compile(r"(.+)_((?:19|20)\d\d)")
LANGUAGES = ("_FR", "_DE", "_EN")
COUNTS = re.compile(r"MS_(NBR|CNT|COUNT|POP|NUM|TOT_RESIDENTS|TOTAL_RESIDENTS)")


def read(sheet: Sheet) -> Reading:
    """One observation a measure and row; the indicator is the name of the measure (`MS_…`)."""
    reading = Reading(sheet, NAME)
    first = next((cell for cell in sheet.cells.values() if FIELD.fullmatch(cell.text)), None)
    if first is None:
        raise Declined("no header such as CD_…, TX_… or MS_…")
    top, headers = header_row(reading, first.text.lower())
    fields = {name.upper(): cell for name, cell in headers.items()}
    measures = [name for name in fields if name.startswith("MS_")]
    if not measures:
        raise Declined("no measure (MS_…) among the headers")
    unknown = next((cell for name, cell in fields.items() if not FIELD.fullmatch(name)), None)
    if unknown:
        raise sheet.error("a header that is not CD_…, TX_…, MS_… or DT_…", unknown, do="give the column its name back")
    for column in range(1, sheet.width + 1):
        if not sheet[top, column].text:
            index_column(reading, top, column)
    area, name, cut, left = _dimensions(list(fields))
    for field in left:
        cells = (sheet[row, fields[field].column] for row in range(top + 1, sheet.height + 1))
        reading.leave_out(f"column {field}: a coarser area, or another language", cells)
    for number in range(top + 1, sheet.height + 1):
        if sheet.row(number):
            row = {field: sheet[number, cell.column] for field, cell in fields.items()}
            _read_row(reading, row, measures, area, name, cut)
    return reading


def _dimensions(fields: list[str]) -> tuple[str, str, dict[str, str], list[str]]:
    """Field of the area's code, of its name, breakdown field → key, and the fields that are left out."""
    at = {
        field: next((level for level in LEVELS if level in field), "")
        for field in fields
        if field[:3] in ("CD_", "TX_")
    }
    coded = [field for field, level in at.items() if level and field.startswith("CD_")]
    area = min(coded, key=lambda field: LEVELS.index(at[field]), default="")
    texts = [
        f for f, level in at.items() if area and level == at[area] and f.startswith("TX_") and not f.endswith(LANGUAGES)
    ]
    name = next((field for field in texts if field.endswith("_NL")), texts[0] if texts else "")
    cut, left = {}, []
    for field, level in at.items():
        if field in (area, name, *PERIODS):
            continue
        text = "TX_" + field.removeprefix("CD_")
        told = field.startswith("CD_") and any(other.startswith(text) for other in fields)
        if level or field.endswith(LANGUAGES) or told:
            left.append(field)
        else:
            cut[field] = re.sub(r"^(CD|TX)_|(_DESCR)?(_NL)?$", "", field).lower()
    return area, name, cut, left


def _read_row(
    reading: Reading, row: dict[str, Cell], measures: list[str], area: str, name: str, cut: dict[str, str]
) -> None:
    sheet = reading.sheet
    year = next((row[field] for field in sorted(PERIODS & set(row))), None)
    period = read_period(year) if year else ""
    code = nis_code(row[area]) if area else ""
    reading.labels(cell for field, cell in row.items() if field not in measures)
    for field in measures:
        dated = DATED.fullmatch(field)
        own = dated.group(2) if dated else period
        if field == "MS_TOT_RESIDENTS" and any("INC" in other for other in measures) and period.isdigit():
            own = f"{int(period) + 1}-01-01"
        if not own:
            raise sheet.error("nothing says for which year this figure holds", row[field], expected="a column CD_YEAR")
        reading.observe(
            row[field],
            indicator=dated.group(1) if dated else field,
            unit="aantal" if COUNTS.match(field) else "",
            area=(label_text(sheet, row[name]) if name else "") or code,
            code=code,
            period=own,
            breakdown={key: label_text(sheet, row[field]) for field, key in cut.items() if row[field].text},
            marks=MARKS,
        )
