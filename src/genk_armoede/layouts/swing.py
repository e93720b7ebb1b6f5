# SPDX-License-Identifier: EUPL-1.2
"""Swing (ABF) exports, as provincies.incijfers.be, genkincijfers.be, Gent and Antwerpen give them.

Workbook: a title, a row in which each label stands over the *last* column of its block, a row of periods,
one row an area, then after an empty row legend, unit, sources, footnotes and export date.
CSV: one header row `level;label|period;…`, then one row an area.
"""

from __future__ import annotations

from .. import areas
from ..spreadsheet import Cell, Sheet
from ..values import SWING_MARKS, read_period, unit_of_words
from .shape import AREA_LEVELS, Declined, Reading, label_parts, label_text, single_table

NAME = "swing"
FOOTER = {"speciale waarden", "eenheid", "bron", "voetnoot", "datum export"}
STYLES = {"prognose": "f", "schatting": "e", "voorlopig": "p"}
Label = tuple[str, str]  # indicator and unit


def read(sheet: Sheet) -> Reading:
    """One observation a data cell; the indicator is the label without unit and footnote mark."""
    return _read_csv(sheet) if "|" in sheet[1, 2].text else _read_workbook(sheet)


def _read_workbook(sheet: Sheet) -> Reading:
    rows = list(sheet.rows())
    footer = next((n for n, cells in rows if cells and cells[0].text.lower() in FOOTER and cells[0].column == 1), 0)
    header = next((n for n, cells in rows if cells and all(map(read_period, cells))), 0)
    if not footer:
        raise Declined("no legend 'Speciale waarden', unit or source below the data")
    if not 1 < header < footer or sheet[header, 1].text:
        raise Declined("no row that holds nothing but periods, its first cell empty")
    reading = Reading(sheet, NAME)
    table, below = single_table(rows, header + 1)
    notes = {sheet[n, 1].text.lower(): sheet[n, 2].text for n in below if n >= footer}
    blocks = _blocks(reading, header, notes.get("eenheid", ""))
    stray = [c for n in table for c in sheet.row(n) if c.column > 1 and c.column not in blocks]
    stray += [sheet.row(n)[-1 if len(sheet.row(n)) == 1 else 1] for n in below if n < footer]
    if stray:
        raise sheet.error("a value outside the table", stray[0], do="export the table again")
    for number in [n for n in range(1, header) if n < header - 1 or not _label_row(sheet, header)]:
        reading.tell(sheet.row(number))
    for number in (n for n in below if n >= footer):
        reading.tell(sheet.row(number))
    colors, level = _legend_colors(sheet, footer), _level(sheet[1, 1].text)
    for number in table:
        for column, block in sorted(blocks.items()):
            _observe(reading, sheet[number, column], block, read_period(sheet[header, column]), level, colors)
    return reading


def _label_row(sheet: Sheet, header: int) -> list[Cell]:
    """The cells over the periods; none in an export whose title is its only label."""
    return [cell for cell in sheet.row(header - 1) if cell.column > 1]


def _blocks(reading: Reading, header: int, footer_unit: str) -> dict[int, Label]:
    """Column → label and unit: a label holds for its own column and those to its left."""
    sheet, label, blocks = reading.sheet, None, {}
    if not _label_row(sheet, header):
        title = sheet[header - 1, 1].text.rpartition(" - ")
        label = _label(
            reading, Cell(header - 1, 1, title[0] if title[2].lower() in AREA_LEVELS else "".join(title)), footer_unit
        )
        reading.assumed.append(f"the title is the indicator: {label[0]}")
    for column in range(sheet.width, 1, -1):
        if sheet[header - 1, column].text:
            label = _label(reading, sheet[header - 1, column], footer_unit)
        if not sheet[header, column].text:
            continue
        if label is None or not label[0]:
            raise sheet.error(
                "a period without a label over it or to its right",
                sheet[header, column],
                do="export the table again; labels stand over the last column of their block",
            )
        blocks[column] = label
    reading.labels([*_label_row(sheet, header), *sheet.row(header)])
    return blocks


def _label(reading: Reading, cell: Cell, footer_unit: str) -> Label:
    """What a label says; its unit is in brackets, below the table, or in its words."""
    label, unit, _ = label_parts(reading.sheet, cell)
    if unit and footer_unit and unit != footer_unit:
        raise reading.sheet.error("another unit than below the table", cell, expected=f"[{footer_unit}]")
    if not unit and not footer_unit and unit_of_words(label):
        reading.assumed.append(f"the unit of {label!r} is {unit_of_words(label)}")
    return label, unit or footer_unit or unit_of_words(label)


def _level(title: str) -> str:
    """`Werkloosheid - gemeenten` → municipality."""
    return AREA_LEVELS.get(title.rpartition(" - ")[2].lower(), "")


def _legend_colors(sheet: Sheet, footer: int) -> dict[str, str]:
    """Font colour → flag, as the legend below the data shows it."""
    cells = (sheet[row, 2] for row in range(footer, sheet.height + 1))
    return {cell.color: STYLES[cell.text.lower()] for cell in cells if cell.text.lower() in STYLES and cell.color}


def _observe(reading: Reading, cell: Cell, block: Label, period: str, level: str, colors: dict[str, str]) -> None:
    head = reading.sheet[cell.row, 1]
    area = label_text(reading.sheet, head)
    if not area:
        raise reading.sheet.error("a value in a row without an area", cell, do="export the table again")
    reading.labels([head])
    reading.observe(
        cell,
        indicator=block[0],
        unit=block[1],
        area=area,
        level=level,
        period=period,
        breakdown=areas.pseudo(area),
        status=colors.get(cell.color, ""),
        marks=SWING_MARKS,
    )


def _read_csv(sheet: Sheet) -> Reading:
    reading = Reading(sheet, NAME)
    level = AREA_LEVELS.get(sheet[1, 1].text.lower())
    if level is None:
        raise Declined(f"the first column is headed {sheet[1, 1].text!r}, no level of areas")
    headers = {}
    for cell in sheet.row(1)[1:]:
        label, _, period = cell.text.rpartition("|")
        period = read_period(Cell(cell.row, cell.column, period))
        if not label or not period:
            raise sheet.error("a header that is not 'label|period'", cell, do="export the table again")
        headers[cell.column] = (_label(reading, Cell(cell.row, cell.column, label), ""), period)
    stray = next((cell for cell in sheet.cells.values() if cell.column > 1 and cell.column not in headers), None)
    if stray:
        raise sheet.error("a value in a column without a header", stray, do="export the table again")
    reading.labels(sheet.row(1))
    reading.assumed = list(dict.fromkeys(reading.assumed))
    for number in range(2, sheet.height + 1):
        for column in headers if sheet.row(number) else ():
            _observe(reading, sheet[number, column], *headers[column], level, {})
    return reading
