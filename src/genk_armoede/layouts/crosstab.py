# SPDX-License-Identifier: EUPL-1.2
"""A table as people make them: titles, headers over one or more rows, labels at the left, figures, notes.

Above the header lines such as `Gebied | Genk` and `Periode | 2021` may say what holds for the whole table.
A header says what its column holds: a word for areas, codes or periods; a period; a unit `[leerlingen]`
for figures; anything else is a breakdown. Headers over more rows are told by their merged cells.
The table ends at the first empty row. A note `(1) Breuk …` below it flags the figures under header `(1)`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..observations.observation import TOTAL_WORDS
from ..observations.periods import read_period
from ..observations.units import UNIT
from ..observations.values import MARKS, is_number, looks_like_number
from ..spreadsheets.cells import Cell, Sheet
from .shape import (
    AREA_LEVELS,
    CODE_WORDS,
    PERIOD_WORDS,
    Declined,
    Reading,
    index_column,
    is_note,
    label_parts,
    label_text,
    nis_code,
    note_flags,
    single_table,
)

NAME = "crosstab"
WHOLE_TABLE = {"gebied", "periode"}
REMARK = "opmerking"


@dataclass(frozen=True, slots=True)
class Column:
    """What a header says of the figures under it."""

    indicator: str
    unit: str
    period: str
    status: str


def read(sheet: Sheet) -> Reading:
    """One observation a figure or blank under a header with a unit or a period."""
    rows = list(sheet.rows())
    top = next((n for n, cells in rows if len(cells) > 1 and _has_unit(sheet, n)), 0)
    if not top:
        raise Declined("no header row: no row of two or more cells with a unit such as [personen]")
    above = [cells for n, cells in rows if n < top and len(cells) > 1]
    for cells in above:
        if not _holds_for_all(cells):
            raise sheet.error(
                "a row above the header that is not part of it",
                cells[-1],
                expected="a line such as 'Periode | 2021', or a header merged over the columns it is for",
                do="merge it over its columns, or take it out",
            )
    whole = {word.text.lower(): read_period(value) or value.text for word, value in above}
    bottom = _header_bottom(sheet, top)
    table, below = single_table(rows, bottom + 1)
    reading = Reading(sheet, NAME)
    labels, figures = _columns(reading, top, bottom, table, note_flags(sheet, below))
    if not table:
        raise sheet.error("there are no rows under the header", sheet.row(top)[0], do="take the empty row out")
    inside = next((sheet.row(n)[0] for n in table if len(sheet.row(n)) == 1 and is_note(sheet.row(n)[0])), None)
    if inside:
        raise sheet.error("a note directly under the table", inside, do="put an empty row between table and notes")
    for cells in (sheet.row(number) for number in below):
        # Notes and dates may stand below a table, and numbers as text where no figures stand.
        lost = [c for c in cells if is_number(c) and (c.column in figures or not isinstance(c.value, str))]
        if lost and not _holds_for_all(cells):
            raise sheet.error(
                "a figure below an empty row, where the table has ended",
                lost[0],
                do="take the empty row out, or move the second table to a sheet of its own",
            )
    for number, cells in rows:
        if cells and (number < top or number in below):
            reading.tell(cells)
    reading.labels(cell for n in range(top, bottom + 1) for cell in sheet.row(n))
    for number in table:
        for column in figures:
            _observe(reading, number, column, figures[column], labels, whole)
    return reading


def _has_unit(sheet: Sheet, top: int) -> bool:
    """A row that begins a header: it, or one under its merged cells, names a unit."""
    header = (cell for row in range(top, _header_bottom(sheet, top) + 1) for cell in sheet.row(row))
    return any(UNIT.search(cell.text) for cell in header)


def _holds_for_all(cells: list[Cell]) -> bool:
    """A line such as `Periode | 2021`."""
    return len(cells) == 2 and cells[0].text.lower() in WHOLE_TABLE


def _header_bottom(sheet: Sheet, row: int) -> int:
    """Last header row: under a header merged over more columns stands another, one merged over rows fills them."""
    own = [(bottom, right > left) for top, left, bottom, right in sheet.merged if top == row]
    reach = max((max(bottom, row + wide) for bottom, wide in own), default=row)
    return max(reach, _header_bottom(sheet, row + 1)) if reach > row else row


def _columns(
    reading: Reading, top: int, bottom: int, table: list[int], flags: dict[str, str]
) -> tuple[dict[int, str], dict[int, Column]]:
    """Label columns by their header, figure columns by what their headers say."""
    sheet, labels, figures = reading.sheet, {}, {}
    for column in range(1, sheet.width + 1):
        if index_column(reading, sheet[bottom, column], [sheet[number, column] for number in table]):
            continue
        headers = list(dict.fromkeys(sheet.over(row, column) for row in range(top, bottom + 1)))
        texts = [cell.text for cell in headers if cell.text]
        if not texts:
            stray = next((sheet[n, column] for n in range(top, sheet.height + 1) if sheet[n, column].text), None)
            if stray:
                raise sheet.error("a filled cell in a column without a header", stray, do="give the column a header")
            continue
        parts = [label_parts(sheet, cell) for cell in headers if cell.text]
        unit = next((unit for _, unit, _ in reversed(parts) if unit), "")
        periods = {bare: read_period(bare) for bare, _, _ in reversed(parts)}
        period = next(filter(None, periods.values()), "")
        if not unit and not period:
            labels[column] = parts[-1][0]
            continue
        gap = next((row for row in range(top, bottom) if not sheet.over(row, column).text), 0)
        if any(cell.column not in labels for cell in sheet.row(gap)):
            raise sheet.error(
                "a header over some columns and not over this one",
                sheet[gap, column],
                do="merge it over the columns it is for",
            )
        indicator = ", ".join(bare for bare, _, _ in parts if bare and not periods[bare])
        status = "".join(sorted({flags[mark] for _, _, marks in parts for mark in marks if mark in flags}))
        figures[column] = Column(indicator, unit, period, status)
        if not indicator or not unit:
            raise sheet.error(
                f"the header names no {'unit' if indicator else 'indicator'}",
                headers[-1],
                expected="a label with its unit, such as 'Bevolking [personen]'",
                do="add it to the header, or to the one over it",
            )
    kinds = [_kind(header.lower()) or header.lower() for header in labels.values()]
    twice = next((column for column, kind in zip(labels, kinds, strict=True) if kinds.count(kind) > 1), 0)
    if twice:
        raise sheet.error(
            "two columns say the same of a figure",
            sheet.over(bottom, twice),
            do="leave one, or name what sets them apart",
        )
    return labels, figures


def _observe(
    reading: Reading, row: int, number: int, column: Column, labels: dict[int, str], whole: dict[str, str]
) -> None:
    sheet = reading.sheet
    cell = sheet.over(row, number)
    if (cell.row, cell.column) != (row, number):
        raise sheet.error("figures in merged cells", cell, do="unmerge them and say which row the figure belongs to")
    words = {"area": whole.get("gebied", ""), "code": "", "period": column.period or whole.get("periode", "")}
    level, breakdown, remark = "", {}, {}
    for place, header in labels.items():
        label, word = sheet.over(row, place), header.lower()
        reading.labels([label])
        if word == REMARK:
            remark = {"note": label.text} if label.text else {}
            continue
        kind = _kind(word)
        if kind not in ("period", "code") and (not isinstance(label.value, str) or looks_like_number(label)):
            raise sheet.error(
                f"no label under {header!r}"
                if label.value is None
                else f"a number under {header!r}, which has no unit",
                label,
                expected="text, or a unit such as [personen] in the header",
                do="fill in the label, or add the unit",
            )
        if kind:
            text = label_text(sheet, label) if kind != "period" else read_period(label) or label.text
            words[kind] = nis_code(label) if kind == "code" else text
            level = AREA_LEVELS.get(word, level)
        elif ";" in label.text or "=" in header or ";" in header:
            raise sheet.error("a label with ';', or a header with ';' or '='", label, do="write it otherwise")
        elif label.text.lower() not in TOTAL_WORDS:
            breakdown[word] = label_text(sheet, label)
    if not words["area"] or not words["period"]:
        missing = "area" if not words["area"] else "period"
        raise sheet.error(
            f"nothing says for which {missing} this figure holds",
            cell,
            do=f"put a line '{'Gebied' if missing == 'area' else 'Periode'} | …' above the header",
        )
    reading.observe(
        cell,
        indicator=column.indicator,
        unit=column.unit,
        area=words["area"],
        code=words["code"],
        level=level,
        period=words["period"],
        breakdown=breakdown,
        status=column.status,
        marks=MARKS,
        citation=remark,
    )


def _kind(header: str) -> str:
    if header in AREA_LEVELS:
        return "area"
    if header in CODE_WORDS:
        return "code"
    return "period" if header in PERIOD_WORDS else ""
