# SPDX-License-Identifier: EUPL-1.2
"""Matrices exported from Power BI, as BBC-DR gives the budgets of local authorities.

Header rows have their name in the first column and their values across, merged; the last one names the row
labels and the measure. Row labels go from coarse to fine; `Total` stands above its children. A blank is no record.
"""

from __future__ import annotations

import re

from ..spreadsheet import Cell, Sheet
from ..values import MARKS, is_number, read_period, unit_of_words
from .shape import AREA_LEVELS, PERIOD_WORDS, TOTAL_WORDS, Declined, Reading, label_text

NAME = "powerbi"
FILTERS = re.compile(r"(toegepaste filters|applied filters)\b", re.IGNORECASE)


def read(sheet: Sheet) -> Reading:
    """One observation a filled cell; header rows and row labels are its breakdown, totals are told as `totaal`."""
    reading = Reading(sheet, NAME)
    filters = next((cell for cell in sheet.cells.values() if FILTERS.match(cell.text)), None)
    if filters is None:
        raise Declined("no cell with the applied filters")
    first = next((n for n, cells in sheet.rows() if _is_data(sheet, n, cells)), 0)
    heads = [number for number in range(1, first) if sheet.row(number)]
    if not heads or filters.row < first:
        raise Declined("no header rows above the figures")
    figures = min(cell.column for cell in sheet.row(first) if is_number(cell))
    figures = min([figures, *(left for top, left, _, right in sheet.merged if top in heads and right > left)])
    names = [label_text(sheet, sheet[heads[-1], column]).lower() for column in range(1, figures)]
    if not all(names):
        raise sheet.error("a column of labels without a header", sheet[heads[-1], names.index("") + 1])
    reading.labels(cell for number in heads for cell in sheet.row(number))
    reading.tell([filters])
    rows = [number for number in range(first, filters.row) if sheet.row(number)]
    labels = [[sheet.over(number, column) for column in range(1, figures)] for number in rows]
    if figures == 2 and any(own[0].indent for own in labels):
        names, labels = _stepped(names, [own[0] for own in labels])
    path: list[Cell] = []
    for number, own in zip(rows, labels, strict=True):
        path = _path(own, path)
        reading.labels(own)
        for cell in (cell for cell in sheet.row(number) if cell.column >= figures):
            _observe(reading, cell, heads, names, path)
    if not reading.rows:
        raise Declined("no figures under the header rows")
    return reading


def _is_data(sheet: Sheet, number: int, cells: list[Cell]) -> bool:
    """A row with figures: a header row holds words, or nothing but periods."""
    numbers = [cell for cell in cells[1:] if is_number(cell)]
    return bool(numbers) and not all(map(read_period, cells[1:]))


def _path(own: list[Cell], before: list[Cell]) -> list[Cell]:
    """The labels of a row; one that is blank to the left of another is that of the row above."""
    last = max((i for i, cell in enumerate(own) if cell.text), default=-1)
    return [before[i] if not cell.text and i < last and before else cell for i, cell in enumerate(own)]


def _stepped(names: list[str], labels: list[Cell]) -> tuple[list[str], list[list[Cell]]]:
    """One column of indented labels as a column a level; a label above deeper ones is their total."""
    levels = sorted({cell.indent for cell in labels})
    names = names + [f"niveau {level + 1}" for level in range(1, len(levels))]
    rows = []
    for cell, below in zip(labels, [*labels[1:], None], strict=True):
        row = [Cell(cell.row, 0, None) for _ in levels]
        row[levels.index(cell.indent)] = cell
        if below is not None and below.indent > cell.indent:
            row[levels.index(cell.indent) + 1] = Cell(cell.row, 0, "Totaal")
        rows.append(row)
    return names, rows


def _observe(reading: Reading, cell: Cell, heads: list[int], names: list[str], path: list[Cell]) -> None:
    sheet = reading.sheet
    words = {"area": "", "period": ""}
    breakdown: dict[str, str] = {}
    for number in heads[:-1]:
        label = sheet.over(number, cell.column)
        name = sheet[number, 1].text.lower() or f"kop {number}"
        if name in PERIOD_WORDS and read_period(label):
            words["period"] = read_period(label)
        elif label.text:
            breakdown[name] = label_text(sheet, label)
    for name, label in zip(names, path, strict=True):
        if name in AREA_LEVELS and label.text.lower() not in TOTAL_WORDS:
            words["area"] = label_text(sheet, label)
        elif name in PERIOD_WORDS and read_period(label):
            words["period"] = read_period(label)
        elif label.text:
            breakdown[name] = "totaal" if label.text.lower() in TOTAL_WORDS else label_text(sheet, label)
    measure = label_text(sheet, sheet.over(heads[-1], cell.column))
    if not measure or is_number(sheet.over(heads[-1], cell.column)) or not words["period"]:
        raise sheet.error(
            f"nothing says {'for which period this figure holds' if not words['period'] else 'what this figure is'}",
            cell,
            expected="the measure in the last header row, and a header row such as 'Boekjaar'",
        )
    unit = unit_of_words(measure)
    if unit and f"the unit of {measure!r} is {unit}" not in reading.assumed:
        reading.assumed.append(f"the unit of {measure!r} is {unit}")
    reading.observe(cell, indicator=measure, unit=unit, breakdown=breakdown, marks=MARKS, **words)
