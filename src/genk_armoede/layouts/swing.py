# SPDX-License-Identifier: EUPL-1.2
"""Swing (ABF) exports, as provincies.incijfers.be, genkincijfers.be, Gent and Antwerpen give them.

Workbook: a title, a row in which each label stands over the *last* column of its block, a row of years,
one row an area, then after an empty row legend, sources, footnotes and export date.
CSV: one header row `level;label|period;…`, then one row an area.
"""

from __future__ import annotations

from .. import areas
from ..observations import Observation, is_period
from ..spreadsheet import Cell, Sheet
from ..values import SWING_MARKS, read_value, split_label
from .shape import AREA_LEVELS, Declined, single_table

NAME = "swing"
LEGEND = "speciale waarden"
STYLES = {"prognose": "f", "schatting": "e", "voorlopig": "p"}


def read(sheet: Sheet) -> list[Observation]:
    """One observation a data cell; the indicator is the label without unit and footnote mark."""
    return _read_csv(sheet) if "|" in sheet[1, 2].text else _read_workbook(sheet)


def _read_workbook(sheet: Sheet) -> list[Observation]:
    rows = list(sheet.rows())
    legend = next((n for n, cells in rows if cells and cells[0].text.lower() == LEGEND), 0)
    header = next((n for n, cells in rows if cells and all(is_period(c.text) for c in cells)), 0)
    if not legend:
        raise Declined("no legend 'Speciale waarden' below the data")
    if header < 2 or sheet[header, 1].text:
        raise Declined("no row that holds nothing but periods, its first cell empty")
    blocks = _blocks(sheet, header)
    level = _level(sheet[1, 1].text)
    colors = _legend_colors(sheet, legend)
    table, below = single_table(rows, header + 1)
    stray = [c for n in table for c in sheet.row(n) if c.column > 1 and c.column not in blocks]
    stray += [sheet.row(n)[-1 if len(sheet.row(n)) == 1 else 1] for n in below if n < legend]
    if stray:
        raise sheet.error("a value outside the table", stray[0], do="export the table again")
    return [
        _observation(sheet, sheet[number, column], block, sheet[header, column].text, level, colors)
        for number in table
        for column, block in sorted(blocks.items())
    ]


def _blocks(sheet: Sheet, header: int) -> dict[int, tuple[str, str]]:
    """Column → label and unit: a label holds for its own column and those to its left."""
    blocks, label = {}, None
    for column in range(sheet.width, 1, -1):
        if sheet[header - 1, column].text:
            label = split_label(sheet[header - 1, column].text)[:2]
        if not sheet[header, column].text:
            continue
        if label is None:
            raise sheet.error(
                "a period without a label over it or to its right",
                sheet[header, column],
                do="export the table again; labels stand over the last column of their block",
            )
        blocks[column] = label
    return blocks


def _level(title: str) -> str:
    """`Werkloosheid - gemeenten` → municipality."""
    return AREA_LEVELS.get(title.rpartition(" - ")[2].lower(), "")


def _legend_colors(sheet: Sheet, legend: int) -> dict[str, str]:
    """Font colour → flag, as the legend below the data shows it."""
    cells = (sheet[row, 2] for row in range(legend, sheet.height + 1))
    return {cell.color: STYLES[cell.text.lower()] for cell in cells if cell.text.lower() in STYLES and cell.color}


def _observation(
    sheet: Sheet, cell: Cell, block: tuple[str, str], period: str, level: str, colors: dict[str, str]
) -> Observation:
    label, unit = block
    value, status = read_value(sheet, cell, unit, SWING_MARKS)
    area = sheet[cell.row, 1].text
    if not area:
        raise sheet.error("a value in a row without an area", cell, do="export the table again")
    status = status or colors.get(cell.color, "")
    code = areas.code_of(area, level)
    return Observation(label, code, area, period, "", value, unit, status, sheet.file, sheet.name, cell.address)


def _read_csv(sheet: Sheet) -> list[Observation]:
    headers = {}
    for cell in sheet.row(1)[1:]:
        label, _, period = cell.text.rpartition("|")
        if not label or not is_period(period):
            raise sheet.error("a header that is not 'label|period'", cell, do="export the table again")
        label, unit, _ = split_label(label)
        headers[cell.column] = ((label, unit), period)
    level = AREA_LEVELS.get(sheet[1, 1].text.lower())
    if level is None:
        raise Declined(f"the first column is headed {sheet[1, 1].text!r}, no level of areas")
    stray = next((cell for cell in sheet.cells.values() if cell.column > 1 and cell.column not in headers), None)
    if stray:
        raise sheet.error("a value in a column without a header", stray, do="export the table again")
    return [
        _observation(sheet, sheet[number, column], *headers[column], level, {})
        for number in range(2, sheet.height + 1)
        if sheet.row(number)
        for column in headers
    ]
