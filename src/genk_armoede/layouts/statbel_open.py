# SPDX-License-Identifier: EUPL-1.2
"""Statbel's open data: columns `CD_…` (codes), `TX_…` (texts, in three languages) and `MS_…` (measures), a row a case.

Some files head a text `CD_…_NL`, and a measure without `MS_`; some say their year in the name of the file alone.

The finest area of a row is what its measures are of; coarser ones and other languages are left out. A measure
whose name ends in a year is of that year. Residents beside an income are those of 1 January of the next year
(https://statbel.fgov.be/nl/themas/huishoudens/fiscale-inkomens).
"""

from __future__ import annotations

import re

from ..observations.periods import read_period
from ..observations.values import MARKS as COMMON
from ..spreadsheets.cells import Cell, Sheet
from .shape import Declined, Reading, header_row, index_column, label_text, nis_code

NAME = "statbel_open"
MARKS = COMMON | {"*": "c"}
MEASURE = re.compile(r"MS_\w+(?: \(\w+\))?|TOTAL|POPULATION|OPPERVLAKK?TE IN HM.?")
FIELD = re.compile(rf"(CD|TX|DT)_\w+|{MEASURE.pattern}", re.IGNORECASE)
PERIODS = {"CD_YEAR", "CD_REFYEAR", "CD_PERIOD", "DT_REFERENCE"}
NAMED_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")  # in the name of a file; not the day of a download
PARTS = {"CD_PERIOD": "", "CD_QUARTER": "Q", "CD_MONTH": "M"}  # of the year beside them: Q1, or 1
LEVELS = ("SECTOR", "MUNTY", "REFNIS", "DSTR", "PROV", "RGN", "COUNTRY")  # from fine to coarse
LANGUAGES = ("NL", "FR", "DE", "EN")
AREA_WORDS = {*LEVELS, *LANGUAGES, "CD", "TX", "ADM", "STAT", "DESCR"}  # an area's field has no other word
DATED = re.compile(r"(.+)_((?:19|20)\d\d)")
COUNTS = re.compile(r"MS_(NBR|CNT|COUNT|POP|NUM|TOT_RESIDENTS|TOTAL_RESIDENTS)|TOTAL$|POPULATION$")


def read(sheet: Sheet) -> Reading:
    """One observation a measure and row; the indicator is the name of the measure (`MS_…`)."""
    reading = Reading(sheet, NAME)
    fields = (cell for cell in sheet.cells.values() if FIELD.fullmatch(cell.text))
    first = next((cell for cell in fields if "_" in cell.text), None)
    if first is None:
        raise Declined("no header such as CD_…, TX_… or MS_…")
    top, headers = header_row(reading, first.text.lower())
    fields = {name.upper(): cell for name, cell in headers.items()}
    measures = list(filter(MEASURE.fullmatch, fields))
    if not measures:
        raise Declined("no measure (MS_…) among the headers")
    unknown = next((cell for name, cell in fields.items() if not FIELD.fullmatch(name)), None)
    if unknown:
        raise sheet.error("a header that is not CD_…, TX_…, MS_… or DT_…", unknown, do="give the column its name back")
    for column in range(1, sheet.width + 1):
        if not sheet[top, column].text:
            index_column(reading, sheet[top, column], [sheet[row, column] for row in range(top + 1, sheet.height + 1)])
    area, name, cut, left = _dimensions(list(fields))
    _check_texts(sheet, fields, range(top + 1, sheet.height + 1))
    for field, why in left.items():
        cells = (sheet[row, fields[field].column] for row in range(top + 1, sheet.height + 1))
        reading.leave_out(f"column {field}: {why}", cells)
    for number in range(top + 1, sheet.height + 1):
        if sheet.row(number):
            row = {field: sheet[number, cell.column] for field, cell in fields.items()}
            merged = next((cell for cell in row.values() if sheet.range_over(number, cell.column)), None)
            if merged:
                raise sheet.error("merged cells in a record", merged, do="unmerge them and fill in what each said")
            _read_row(reading, row, measures, area, name, cut)
    return reading


def _check_texts(sheet: Sheet, fields: dict[str, Cell], rows: range) -> None:
    """In one period a code has one text in each language, and a text that stands for its code has one code.

    Where there are two, a header or a row has shifted. Areas may share their name.
    """
    years = [cell.column for field, cell in fields.items() if field in PERIODS]
    texts = list(filter(_is_text, fields))
    codes = [field for field in fields if field.startswith("CD_") and field not in [*PERIODS, *texts]]
    pairs = [(one, other) for one in codes for other in texts if _subject(one) == _subject(other)]
    areas = [(one, other) for one in codes for other in texts if _level(one) == _level(other) != ""]
    for one, other in pairs + areas + [(other, one) for one, other in pairs if not _level(one)]:
        seen: dict[tuple[str, ...], Cell] = {}
        for row in rows:
            cell = sheet[row, fields[other].column]
            first = seen.setdefault((sheet[row, fields[one].column].text, *(sheet[row, y].text for y in years)), cell)
            if first.text != cell.text:
                raise sheet.error(f"two {other} for one {one}, also in {first.address}", cell, expected=first.text)


def _dimensions(fields: list[str]) -> tuple[str, str, dict[str, str], dict[str, str]]:
    """Field of the area's code, of its name, breakdown field → key, and field that is left out → reason."""
    fields = [field for field in fields if not MEASURE.fullmatch(field) and field not in PERIODS]
    at = {field: _level(field) for field in fields}
    finest = min(filter(None, at.values()), key=LEVELS.index, default="none")
    code = next((f for f in fields if at[f] == finest and f.startswith("CD_") and not _is_text(f)), "")
    name = min((f for f in fields if at[f] == finest and _is_text(f)), key=_language, default="")
    cut, left = {}, {}
    for field in fields:
        texts = [other for other in fields if _is_text(other) and _subject(other) == _subject(field)]
        if field in (code, name) or field in PARTS:
            continue
        if at[field]:
            left[field] = "the area in another language" if at[field] == finest else "a coarser area"
        elif field.startswith("DT_"):
            left[field] = "a date that is not the period"
        elif "LVL" in field or "NIVEAU" in field:
            left[field] = "the level of the area"
        elif f"CD_{_subject(field)}" in PARTS:
            left[field] = "the period in words"
        elif texts and field != min(texts, key=_language):
            left[field] = "what a text says, or that text in another language"
        else:
            cut[field] = _subject(field).lower()
    return code, name, cut, left


def _level(field: str) -> str:
    """The level of areas that a field is of; `CD_REFNIS` and `TX_DESCR_NL` are municipalities beside coarser ones."""
    words = field.split("_")
    if not AREA_WORDS.issuperset(words):
        return ""
    return next((level for level in LEVELS if level in words and level != "REFNIS"), "REFNIS")


def _is_text(field: str) -> bool:
    return field.startswith("TX_") or (field.startswith("CD_") and _language(field) >= 0)


def _language(field: str) -> int:
    last = field.rpartition("_")[2]
    return LANGUAGES.index(last) if last in LANGUAGES else -1


def _subject(field: str) -> str:
    """`CD_NATLTY`, `TX_NATLTY_NL` and `TX_NATLTY_DESCR_FR` → `NATLTY`."""
    return re.sub(r"^(CD|TX|DT)_|(_DESCR)?(_(NL|FR|DE|EN))?$", "", field)


def _period(reading: Reading, row: dict[str, Cell]) -> tuple[str, dict[str, str]]:
    """The period of a row, and the part of the year, such as `S1`, that no period can name."""
    parts = [field for field in PARTS if field in row and not read_period(row[field])]
    years = [row[field] for field in sorted(PERIODS & set(row)) if field not in parts]
    period = read_period(years[0]) if years else ""
    if other := next((cell for cell in years if read_period(cell) != period), None):
        raise reading.sheet.error("another period than beside it", other, expected=period, do="leave the right column")
    if not period and not years and not parts:
        named = NAMED_YEAR.findall(reading.sheet.name) or NAMED_YEAR.findall(reading.sheet.file)
        period = named[0] if len(set(named)) == 1 else ""
        reading.assume(f"period: {period or 'none'}, from the name of the sheet or file")
    for field in parts:
        text = label_text(reading.sheet, row[field]).upper()
        if text != "Y":
            fine = read_period(f"{period}-{PARTS[field]}{text}")
            if not fine and field != "CD_PERIOD":
                raise reading.sheet.error("this is no month or quarter", row[field], expected="1 to 12, or Q1 to Q4")
            return fine or period, {} if fine else {"period": text}
    return period, {}


def _read_row(
    reading: Reading, row: dict[str, Cell], measures: list[str], area: str, name: str, cut: dict[str, str]
) -> None:
    sheet = reading.sheet
    period, part = _period(reading, row)
    code = nis_code(row[area]) if area and label_text(sheet, row[area]) else ""
    blank = next((row[field] for field in (area or name, *cut) if field and not row[field].text), None)
    if blank:
        raise sheet.error("nothing says what this row is of", blank, do="fill it in, or take the row out")
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
            breakdown={key: label_text(sheet, row[field]) for field, key in cut.items()} | part,
            marks=MARKS,
        )
