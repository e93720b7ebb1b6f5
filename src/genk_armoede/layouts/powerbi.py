# SPDX-License-Identifier: EUPL-1.2
"""Matrices exported from Power BI, as BBC-DR gives the budgets of local authorities.

Header rows have their name in the first column and their values across, merged; the last one names the row
labels and the measure. Row labels go from coarse to fine; `Total` stands above its children. A blank is no record.
The applied filters, in one cell above or below, say what holds for the whole matrix.
"""

from __future__ import annotations

import itertools
import re

from ..observations.observation import TOTAL_WORDS
from ..observations.periods import read_period
from ..observations.units import SYNONYMS, unit_of_words
from ..observations.values import MARKS, is_number
from ..spreadsheets.cells import Cell, Sheet
from .shape import AREA_LEVELS, CODE_WORDS, PERIOD_WORDS, Declined, Reading, label_text

NAME = "powerbi"
FILTERS = re.compile(r"(toegepaste filters|applied filters)\b", re.IGNORECASE)
FILTER = re.compile(r"^\s*\[?(.+?)\]?\s+is\s+(?!niet |not )(.+?)\s*$", re.MULTILINE)
SEVERAL = re.compile(r", | of | or | en | and ")
CHOSEN = re.compile(r"([^+,()]+) \(WaardeNaarKeuze\)")  # the measure that was chosen in BBC-DR
Labels = list[tuple[str, Cell]]  # name of a header row or label column, and what it says


def read(sheet: Sheet) -> Reading:
    """One observation a filled cell; header rows and row labels are its breakdown, totals are told as `totaal`."""
    reading = Reading(sheet, NAME)
    filters = next((cell for cell in sheet.cells.values() if FILTERS.match(cell.text)), None)
    if filters is None:
        raise Declined("no cell with the applied filters")
    first = next((n for n, cells in sheet.rows() if _is_data(cells)), 0)
    heads = [n for n in range(1, first) if sheet.row(n) and n != filters.row]
    alone = [n for n in heads[:-1] if len(sheet.row(n)) == 1 and sheet.row(n)[0].column == 1]
    titles = [n for n in alone if not any(top == n and left > 1 for top, left, _, _ in sheet.merged)]
    heads = [n for n in heads if n not in titles]
    if not heads:
        raise Declined("no header rows above the figures")
    if heads[-1] != first - 1:
        raise sheet.error("an empty row above the figures", sheet.row(first)[0], do="export the matrix again")
    for cells in ([filters], *map(sheet.row, titles)):
        reading.tell(cells)
    reading.labels(cell for number in heads for cell in sheet.row(number))
    end = filters.row if filters.row > first else sheet.height + 1
    rows = [number for number in range(first, end) if sheet.row(number)]
    start = _first_figure(sheet, heads, rows)
    names = [label_text(sheet, sheet[heads[-1], column]).lower() for column in range(1, start)]
    if not all(names):
        raise sheet.error(
            "a column of labels without a header",
            sheet[heads[-1], names.index("") + 1],
            do="export the matrix again, with the names of its rows",
        )
    labels = [[sheet.over(number, column) for column in range(1, start)] for number in rows]
    bare = next((number for number, own in zip(rows, labels, strict=True) if not any(cell.text for cell in own)), 0)
    if bare:
        raise sheet.error("a figure in a row without a label", sheet.row(bare)[0], do="export the matrix again")
    reading.labels(cell for own in labels for cell in own)
    _refuse_shifted(sheet, names, labels)
    if start == 2 and any(own[0].indent for own in labels):
        names, labels = _stepped(names, [own[0] for own in labels])
    else:
        labels = _filled(sheet, names, labels)
    text = str(filters.value)
    whole = {name.lower(): one for name, one in FILTER.findall(text) if not SEVERAL.search(one)}
    whole["waarde"] = next((chosen.strip() for chosen in CHOSEN.findall(text)), whole.get("waarde", ""))
    for number, own in zip(rows, labels, strict=True):
        cells = [cell for cell in sheet.row(number) if cell.column >= start]
        if not cells:
            reading.leave_out(f"row {number}: no figures: {sheet.row(number)[0].text}", sheet.row(number))
        for cell in cells:
            _observe(reading, cell, heads, list(zip(names, own, strict=True)), whole)
    if not reading.rows:
        raise Declined("no figures under the header rows")
    return reading


def _is_data(cells: list[Cell]) -> bool:
    """A row with figures: the only numbers in a header row are periods."""
    return any(is_number(cell) and not read_period(cell) for cell in cells if cell.column > 1)


def _first_figure(sheet: Sheet, heads: list[int], rows: list[int]) -> int:
    """The first column of figures: where the values of the upper header rows begin, or else the first with a number."""
    values = (cell.column for n in heads[:-1] for cell in sheet.row(n) if cell.column > 1)
    known = PERIOD_WORDS | CODE_WORDS
    numbers = (
        cell.column
        for n in rows
        for cell in sheet.row(n)
        if cell.column > 1 and is_number(cell) and sheet[heads[-1], cell.column].text.lower() not in known
    )
    return min(values, default=0) or min(numbers)


def _refuse_shifted(sheet: Sheet, names: list[str], labels: list[list[Cell]]) -> None:
    """Labels may be numbers, such as the codes of accounts, but not one among words."""
    for name, column in zip(names, zip(*labels, strict=True), strict=True):
        numbers = [cell for cell in column if is_number(cell)]
        words = [cell for cell in column if cell.text and not is_number(cell) and not _is_total(cell)]
        if numbers and words:
            raise sheet.error(f"a number among the words under {name!r}", numbers[0], do="export the matrix again")


def _filled(sheet: Sheet, names: list[str], labels: list[list[Cell]]) -> list[list[Cell]]:
    """Labels in columns: one that is blank to the left of another is that of the row above, unless labels repeat."""
    repeats = [
        any(a[i].text and a[i].text == b[i].text for a, b in itertools.pairwise(labels)) for i in range(len(names))
    ]
    filled: list[list[Cell]] = []
    for own in labels:
        last = max((i for i, cell in enumerate(own) if cell.text), default=-1)
        row = [filled[-1][i] if not cell.text and i < last and filled else cell for i, cell in enumerate(own)]
        for i, cell in enumerate(own if last >= 0 else []):
            taken = not cell.text and i < last
            if (taken and (repeats[i] or not row[i].text or _is_total(row[i]))) or (
                i > last and not _is_total(row[last])
            ):
                raise sheet.error(f"no {names[i]} in this row", cell, do="export the matrix again, or fill it in")
        filled.append(row)
    return filled


def _is_total(label: Cell) -> bool:
    return label.text.lower() in TOTAL_WORDS


def _stepped(names: list[str], labels: list[Cell]) -> tuple[list[str], list[list[Cell]]]:
    """One column of indented labels as a column a level; a label above deeper ones is their total."""
    levels = sorted({cell.indent for cell in labels})
    names = names + [f"niveau {level + 1}" for level in range(1, len(levels))]
    rows: list[list[Cell]] = []
    for cell, below in zip(labels, [*labels[1:], None], strict=True):
        depth = levels.index(cell.indent)
        row = rows[-1][:depth] if rows else []
        row += [Cell(cell.row, 0, None)] * (depth - len(row)) + [cell]
        if below is not None and below.indent > cell.indent:
            row.append(Cell(cell.row, 0, "Totaal"))
        rows.append(row + [Cell(cell.row, 0, None)] * (len(levels) - len(row)))
    return names, rows


def _across(sheet: Sheet, heads: list[int], column: int) -> Labels:
    """Names and values of the header rows over a column. Raises `DataError` where one says nothing of the column."""
    found: Labels = []
    for number in heads[:-1]:
        label = sheet.over(number, column)
        if not label.text and any(_is_total(above) for _, above in found):
            continue  # the total of a coarser header has no finer one
        if not label.text:
            raise sheet.error(
                "a header row that says nothing of this column",
                label,
                do="export the matrix again, with merged headers",
            )
        name = sheet[number, 1]
        if not name.text:
            raise sheet.error("a header row without a name", name, do="export the matrix again, with its names")
        found.append((name.text.lower(), label))
    return found


def _observe(reading: Reading, cell: Cell, heads: list[int], path: Labels, whole: dict[str, str]) -> None:
    sheet = reading.sheet
    area, periods, breakdown = "", {}, {}
    for name, label in [*_across(sheet, heads, cell.column), *path]:
        if name in PERIOD_WORDS and read_period(label):
            periods[read_period(label)] = label
        elif name in AREA_LEVELS and label.text and not _is_total(label):
            area = label_text(sheet, label)
        elif label.text:
            breakdown[name] = "totaal" if _is_total(label) else label_text(sheet, label)
    if not periods and PERIOD_WORDS & {name for name, value in breakdown.items() if value == "totaal"}:
        reading.leave_out(f"{cell.address}: a total over several periods", [cell])
        return
    periods = periods or {read_period(whole[name]): cell for name in whole if name in PERIOD_WORDS}
    head = sheet.over(heads[-1], cell.column)
    measure = "" if is_number(head) else label_text(sheet, head)
    if len(heads) == 1 and read_period(head):
        periods, measure = {read_period(head): head}, whole["waarde"]
    if not measure or len(periods) != 1 or "" in periods:
        raise sheet.error(
            f"nothing says {'for which one period it holds' if measure else 'what this figure is'}",
            cell,
            expected="the measure in the last header row, and a header row or filter such as 'Boekjaar'",
            do="export the matrix again, with the names of its rows, columns and values",
        )
    unit = unit_of_words(measure)
    if not unit and "eenheid" in whole:
        unit = SYNONYMS.get(whole["eenheid"].lower(), whole["eenheid"])
    reading.assume(f"the unit of {measure!r} is {unit or 'not named'}")
    reading.observe(
        cell,
        indicator=measure,
        unit=unit,
        area=area or next((value for name, value in whole.items() if name in AREA_LEVELS), ""),
        period=next(iter(periods)),
        breakdown=breakdown,
        marks=MARKS,
    )
