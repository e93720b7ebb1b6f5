# SPDX-License-Identifier: EUPL-1.2
"""Statbel's open data: columns `CD_…` (codes), `TX_…` (texts, in three languages) and `MS_…` (measures), a row a case.

Some files head a text `CD_…_NL`, and a measure without `MS_`; some say their year in the name of the file alone.

The finest area of a row is what its measures are of; coarser ones and other languages are left out. A measure
whose name ends in a year is of that year. Residents beside an income are those of 1 January of the next year
(https://statbel.fgov.be/nl/themas/huishoudens/fiscale-inkomens).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ..observations.marks import MARKS as COMMON
from ..observations.periods import read_period
from ..spreadsheets.cells import Cell, Sheet
from .answers import for_column, for_header, for_label
from .engine.declared import Labels, Says, Table
from .engine.reading import Declined, Reading
from .headers import border, header_row, index_column, label_text, nis_code, rows_under
from .words import is_note

NAME = "statbel_open"
MARKS = COMMON | {"*": "c"}
MEASURE = re.compile(r"MS_\w+(?: \(\w+\))?|TOTAL|POPULATION|OPPERVLAKK?TE IN HM.?")
FIELD = re.compile(rf"(CD|TX|DT)_\w+|{MEASURE.pattern}", re.IGNORECASE)
PERIODS = {"CD_YEAR", "CD_REFYEAR", "CD_PERIOD", "DT_REFERENCE"}
NAMED_YEAR = re.compile(r"(?<![\d-])(?:19|20)\d\d(?![\d-])")  # in the name of a file; not the day of a download
PARTS = {"CD_PERIOD": "", "CD_QUARTER": "Q", "CD_MONTH": "M"}  # of the year beside them: Q1, or 1
LEVELS = ("SECTOR", "MUNTY", "DSTR", "PROV", "RGN", "COUNTRY")  # from fine to coarse
LANGUAGES = ("NL", "FR", "DE", "EN")
AREA_WORDS = {*LEVELS, *LANGUAGES, "REFNIS", "CD", "TX", "ADM", "STAT", "DESCR"}  # an area's field has no other word
DATED = re.compile(r"(.+)_((?:19|20)\d\d)")
COUNTS = re.compile(r"MS_(NBR|CNT|COUNT|POP|NUM|TOT_RESIDENTS|TOTAL_RESIDENTS)|TOTAL$|POPULATION$")


def read(sheet: Sheet) -> Reading:
    """One observation a measure and row; the indicator is the name of the measure (`MS_…`)."""
    reading = Reading(sheet, NAME)
    top, fields = _fields(reading)
    measures = list(filter(MEASURE.fullmatch, fields))
    if not measures:
        raise Declined("no measure (MS_…) among the headers")
    rows = rows_under(sheet, top)
    while len(rows) > 1 and len(sheet.row(rows[-1])) == 1 and is_note(sheet.first(rows[-1])):
        reading.tell(sheet.row(rows.pop()))  # `Bron: Statbel` under the rows
    for column in sheet.filled_columns:
        if not sheet[top, column].text:
            index_column(reading, sheet[top, column], rows)
    _refuse_merged(sheet, top, fields)
    area, name, cut, left = _dimensions(list(fields))
    _check_texts(sheet, fields, rows)
    for field, why in left.items():
        reading.leave_column(f"column {field}: {why}", fields[field].column, rows)
    labels = [_areas(sheet, fields, area, name)] if area or name else []
    labels += [_part(sheet, fields[field], key) for field, key in cut.items()]
    periods = [field for field in fields if field in PERIODS or field in PARTS]
    dated = [field for field in measures if DATED.fullmatch(field)]
    others = [field for field in measures if field not in dated]
    if dated:
        for field in periods if not others else ():
            reading.leave_column(f"column {field}: measures name their own year", fields[field].column, rows)
        figures = {fields[field].column: _measure(field) for field in dated}
        reading.declare(Table(rows=rows, figures=figures, labels=labels, marks=MARKS))
    if others and periods:
        labels.append(_periods(reading, fields, periods))
    whole = _period_of_file(reading, fields[others[0]], rows) if others and not periods else ""
    figures = {fields[field].column: _measure(field) | Says(period=whole) for field in others}
    _declare(reading, rows, figures, labels, fields)
    return reading


def _measure(field: str) -> Says:
    """What the name of a measure says: `MS_POP_2011` is `MS_POP` of 2011."""
    dated = DATED.fullmatch(field)
    unit = "aantal" if COUNTS.match(field) else ""
    return Says(indicator=dated[1], period=dated[2], unit=unit) if dated else Says(indicator=field, unit=unit)


def _fields(reading: Reading) -> tuple[int, dict[str, Cell]]:
    """The row of headers, and its cells by their name in capitals."""
    sheet = reading.sheet
    cells = (cell for row in border(sheet) for cell in sheet.texts(row))
    first = next((cell for cell in cells if FIELD.fullmatch(cell.text) and "_" in cell.text), None)
    if first is None:
        raise Declined("no header such as CD_…, TX_… or MS_…")
    top, headers = header_row(reading, first.text.lower())
    fields = {name.upper(): cell for name, cell in headers.items()}
    unknown = next((cell for name, cell in fields.items() if not FIELD.fullmatch(name)), None)
    if unknown and any(map(MEASURE.fullmatch, fields)):
        raise sheet.error("a header that is not CD_…, TX_…, MS_… or DT_…", unknown, answers=for_header(unknown))
    return top, fields


def _declare(
    reading: Reading, rows: Sequence[int], figures: dict[int, Says], labels: list[Labels], fields: dict[str, Cell]
) -> None:
    """Residents beside an income are those of 1 January of the year after it, so they are a table of their own."""
    residents = fields["MS_TOT_RESIDENTS"].column if "MS_TOT_RESIDENTS" in fields else 0
    of_incomes = residents in figures and any("INC" in field for field in fields if MEASURE.fullmatch(field))
    next_year = [Labels(group.columns, _a_year_later(group.say)) for group in labels]
    if of_incomes:
        own = {residents: _a_year_later(lambda: figures[residents])()}
        figures = {column: says for column, says in figures.items() if column != residents}
        reading.declare(Table(rows=rows, figures=own, labels=next_year, marks=MARKS))
    if figures:
        reading.declare(Table(rows=rows, figures=figures, labels=labels, marks=MARKS))


def _a_year_later(say: Callable[..., Says]) -> Callable[..., Says]:
    def later(*cells: Cell) -> Says:
        says = say(*cells)
        return says | Says(period=f"{int(says.period) + 1}-01-01") if says.period.isdigit() else says

    return later


def _refuse_merged(sheet: Sheet, top: int, fields: dict[str, Cell]) -> None:
    columns = {cell.column for cell in fields.values()}
    for first, left, last, right in sheet.merged:
        if last > top and columns.intersection(range(left, right + 1)):
            cell = sheet[max(first, top + 1), left]
            raise sheet.error("merged cells in a record", cell)


def _check_texts(sheet: Sheet, fields: dict[str, Cell], rows: Sequence[int]) -> None:
    """In one period a code has one text in each language, and a text that stands for its code has one code.

    Where there are two, a header or a row has shifted. Areas may share their name.
    """
    years = [cell.column for field, cell in fields.items() if field in PERIODS]
    texts = list(filter(_is_text, fields))
    codes = [field for field in fields if field.startswith("CD_") and field not in [*PERIODS, *texts]]
    pairs = [(one, other) for one in codes for other in texts if _subject(one) == _subject(other)]
    areas = [(one, other) for one in codes for other in texts if _level(one) == _level(other) != ""]
    for one, other in pairs + areas + [(other, one) for one, other in pairs if not _level(one)]:
        columns = [fields[one].column, *years, fields[other].column]
        values = [sheet.aligned(column, rows)[0] for column in columns]
        first: dict[tuple, int] = {}
        for row, key in zip(rows, zip(*values, strict=True), strict=True):
            first.setdefault(key, row)  # of all that is different, few rows are left to be looked at
        seen: dict[tuple[str, ...], Cell] = {}
        for row in first.values():
            cell = sheet[row, columns[-1]]
            known = seen.setdefault(tuple(sheet[row, column].text for column in columns[:-1]), cell)
            if known.text != cell.text:
                raise sheet.error(f"two {other} for one {one}, also in {known.address}", cell, expected=known.text)


def _areas(sheet: Sheet, fields: dict[str, Cell], area: str, name: str) -> Labels:
    """The finest area of a row, by its code and its name."""

    def say(*cells: Cell) -> Says:
        _refuse_blank(sheet, cells[0])
        code = nis_code(cells[0]) if area and label_text(sheet, cells[0]) else ""
        return Says(area_code=code, area=(label_text(sheet, cells[-1]) if name else "") or code)

    return Labels(tuple(fields[field].column for field in (area, name) if field), say)


def _part(sheet: Sheet, header: Cell, key: str) -> Labels:
    def say(cell: Cell) -> Says:
        _refuse_blank(sheet, cell)
        return Says(breakdown=((key, label_text(sheet, cell)),))

    return Labels((header.column,), say)


def _refuse_blank(sheet: Sheet, cell: Cell) -> None:
    if not cell.text:
        raise sheet.error("nothing says what this row is of", cell, answers=for_label(cell))


def _period_of_file(reading: Reading, measure: Cell, rows: Sequence[int]) -> str:
    """The year that the name of the sheet or file says."""
    named = NAMED_YEAR.findall(reading.sheet.name) or NAMED_YEAR.findall(reading.sheet.file)
    period = named[0] if len(set(named)) == 1 else ""
    reading.assume(f"period: {period or 'none'}, from the name of the sheet or file")
    if not period:
        figure, expected = reading.sheet[rows[0], measure.column], "a column CD_YEAR"
        raise reading.sheet.error("nothing says for which year this figure holds", figure, expected=expected)
    return period


def _periods(reading: Reading, fields: dict[str, Cell], names: list[str]) -> Labels:
    """The period of a row, and the part of the year, such as `S1`, that no period can name."""
    sheet = reading.sheet

    def say(*cells: Cell) -> Says:
        row = dict(zip(names, cells, strict=True))
        parts = [field for field in PARTS if field in row and not read_period(row[field])]
        years = [row[field] for field in sorted(PERIODS & set(row)) if field not in parts]
        period = read_period(years[0]) if years else ""
        if other := next((cell for cell in years if read_period(cell) != period), None):
            raise sheet.error("another period than beside it", other, expected=period, answers=for_column(other.column))
        for field in parts:
            text = label_text(sheet, row[field]).upper()
            if text == "Y":
                continue
            fine = read_period(f"{period}-{PARTS[field]}{text}")
            if not fine and field != "CD_PERIOD":
                raise sheet.error("this is no month or quarter", row[field], expected="1 to 12, or Q1 to Q4")
            return Says(period=fine or period, breakdown=() if fine else (("period", text),))
        if not period:
            expected = "a column CD_YEAR"
            raise sheet.error("nothing says for which year this figure holds", cells[0], expected=expected)
        return Says(period=period)

    return Labels(tuple(fields[field].column for field in names), say)


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
    return next((level for level in LEVELS if level in words), "MUNTY")


def _is_text(field: str) -> bool:
    return field.startswith("TX_") or (field.startswith("CD_") and _language(field) >= 0)


def _language(field: str) -> int:
    last = field.rpartition("_")[2]
    return LANGUAGES.index(last) if last in LANGUAGES else -1


def _subject(field: str) -> str:
    """`CD_NATLTY`, `TX_NATLTY_NL` and `TX_NATLTY_DESCR_FR` → `NATLTY`."""
    return re.sub(r"^(CD|TX|DT)_|(_DESCR)?(_(NL|FR|DE|EN))?$", "", field)
