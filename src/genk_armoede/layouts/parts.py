# SPDX-License-Identifier: EUPL-1.2
"""Where the parts of a plain table stand: titles, header rows, figures, notes, and the headers of each column."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..observations.periods import read_period
from ..observations.values import MARKS, is_number
from ..spreadsheets.cells import Cell, Sheet
from ..spreadsheets.numerals import TOO_FEW
from .shape import AREA_LEVELS, CODE_WORDS, PERIOD_WORDS, Declined, Reading, is_note, note_flags


@dataclass(frozen=True, slots=True)
class Column:
    """What the headers say of the figures under them."""

    indicator: str
    unit: str
    period: str = ""
    area: str = ""
    breakdown: dict[str, str] = field(default_factory=dict, hash=False)
    status: str = ""


@dataclass
class Frame:
    """Where the parts of a table stand: rows of titles, headers and figures, columns by their role."""

    titles: list[int]
    heads: list[int]
    rows: list[int]
    below: list[int]  # columns with a header of figures in the last header row
    flags: dict[str, str]  # footnote mark → flag that its note stands for
    over: dict[int, list[Cell]] = field(default_factory=dict)  # column → the headers that hold for it, top to bottom
    under: dict[int, list[Cell]] = field(default_factory=dict)  # column → its filled cells in `rows`
    labels: dict[int, str] = field(default_factory=dict)  # column → role (area, code, period) or breakdown key
    listed: dict[str, int] = field(default_factory=dict)  # column of indicators, units or flags of one column 'Waarde'
    figures: dict[int, Column] = field(default_factory=dict)


def find(reading: Reading) -> Frame:
    """The parts of the table on a sheet; titles and notes become metadata. Raises `Declined` when there is none."""
    sheet = reading.sheet
    rows = dict(sheet.rows())
    first = next((n for n, cells in rows.items() if _is_data(sheet, n, cells)), 0)
    if not first:
        raise Declined("no row of figures")
    heads: list[int] = []
    for number in range(first - 1, 0, -1):
        cells = rows[number]
        if not heads and (not cells or _is_alone(sheet, cells)):
            continue  # space, or a heading over the first rows
        if not cells or _is_alone(sheet, cells):
            break
        if heads and len(cells) == 2 and is_word(cells[0].text) and sheet[heads[0], cells[0].column].text:
            break  # a line such as `Gebied | Genk`; the header of the first column stands under it
        heads.insert(0, number)
    if not heads:
        raise Declined(f"no header above the figures that begin in row {first}")
    last, more = first, first
    while more:
        end = next((n - 1 for n in range(more, sheet.height + 1) if not rows[n]), sheet.height)
        last = next((n for n in range(end, more, -1) if len(rows[n]) > 1 or is_figure(rows[n][0])), more)
        after = next((n for n in range(end + 1, sheet.height + 1) if rows[n]), 0)
        more = after if last == end and after and _goes_on(sheet, rows[first], rows[after]) else 0
    first = next(n for n in range(heads[-1] + 1, last + 1) if rows[n])
    titles = [number for number in range(1, heads[0]) if rows[number]]
    notes = [n for n in range(last + 1, sheet.height + 1) if rows[n] and not any(map(is_figure, rows[n]))]
    for number in [*titles, *notes]:
        reading.tell(rows[number])
    reading.labels(cell for number in heads for cell in rows[number])
    reading.assumed.append(f"header: row {' and '.join(map(str, heads))}; figures: rows {first} to {last}")
    below = [
        head.column
        for head in rows[heads[-1]]
        if not is_word(head.text) and head.text.lower() not in CODE_WORDS
        if any(is_figure(sheet[row, head.column]) for row in range(first, last + 1))
    ]
    frame = Frame(titles, heads, [n for n in range(first, last + 1) if rows[n]], below, note_flags(sheet, notes))
    _drop_repeats(reading, frame)
    for column in range(1, sheet.width + 1):
        frame.over[column] = _heads(sheet, frame, column)
        frame.under[column] = [sheet[row, column] for row in frame.rows if sheet[row, column].text]
    return frame


def _goes_on(sheet: Sheet, above: list[Cell], cells: list[Cell]) -> bool:
    """True when a row after an empty one has its label and figures where the table has them, and is no header."""
    alike = [(cell.column, is_figure(cell)) for cell in above] == [(cell.column, is_figure(cell)) for cell in cells]
    named = not (is_figure(cells[0]) or is_note(cells[0]) or is_word(cells[0].text))
    return alike and named and any(is_figure(cell) and not read_period(cell) for cell in cells)


def _is_alone(sheet: Sheet, cells: list[Cell]) -> bool:
    """A title or note, or a heading between rows; a source may stand at the right of it."""
    cells = [cell for cell in cells if not is_note(cell)] or cells[:1]
    if len(cells) != 1 or is_note(cells[0]):
        return len(cells) == 1
    merged = sheet.range_over(cells[0].row, cells[0].column)
    return cells[0].column == _left(sheet) and sheet.width > 1 and not (merged and merged[2] > merged[0])


def _left(sheet: Sheet) -> int:
    """The first column that holds anything."""
    return min(column for _, column in sheet.cells)


def _drop_repeats(reading: Reading, frame: Frame) -> None:
    """Leave out the rows that repeat a header, as on each printed page."""
    texts = {number: tuple(cell.text for cell in reading.sheet.row(number)) for number in frame.heads + frame.rows}
    first = {texts[number]: number for number in reversed(frame.heads)}
    for number in [n for n in texts if first.get(texts[n], n) != n]:
        reading.leave_out(f"row {number}: it repeats the header", reading.sheet.row(number))
        (frame.heads if number in frame.heads else frame.rows).remove(number)


def _is_data(sheet: Sheet, number: int, cells: list[Cell]) -> bool:
    """A row with a figure or mark to the right of a label, as opposed to a row of headers or periods."""
    left = _left(sheet)
    right = [cell for cell in cells if cell.column > left or sheet.width == left]
    if any(is_figure(cell) and not read_period(cell) for cell in right):
        return True
    above = sheet.row(number - 1)
    periods = [cell for cell in right if read_period(cell)]
    full = len(above) >= len(cells) > 1 and not any(map(read_period, above))
    return bool(periods) and full and bool(sheet[number, left].text) and not is_word(sheet[number, left].text)


def is_word(text: str) -> bool:
    """True for the header of a column of areas or periods, and for what opens a line such as `Periode | 2021`."""
    word = text.lower().rstrip(":")
    return word in AREA_LEVELS or word in PERIOD_WORDS


def is_figure(cell: Cell) -> bool:
    text = cell.text.lower()
    return is_number(cell) or (bool(text) and text in MARKS) or text == "*" or bool(TOO_FEW.fullmatch(text))


def _heads(sheet: Sheet, frame: Frame, column: int) -> list[Cell]:
    """The header cells that hold for a column, top to bottom."""
    found = []
    for row in frame.heads:
        cell = sheet.over(row, column)
        if not cell.text and row != frame.heads[-1]:
            cell = _spread(sheet, frame, row, column)
        if cell.text and cell not in found:
            found.append(cell)
    return found


def _spread(sheet: Sheet, frame: Frame, row: int, column: int) -> Cell:
    """The label of a group that is not merged: over its first column, or over its last.

    Raises `DataError` when it can be either. Groups of words must be alike; periods show where a group begins.
    """
    labels = [cell.column for cell in sheet.row(row) if cell.column in frame.below]
    near = [max((c for c in labels if c < column), default=0), min((c for c in labels if c > column), default=0)]
    if column not in frame.below or all(c == 0 or is_wide(sheet, row, c) for c in near):
        return sheet[row, column]
    first, last = frame.below[0] in labels, frame.below[-1] in labels
    own = {c: max((n for n in labels if n <= c), default=0) for c in frame.below}
    if last:
        own = {c: min((n for n in labels if n >= c), default=0) for c in frame.below}
    groups = [tuple(sheet[frame.heads[-1], c].text for c in own if own[c] == label) for label in labels]
    periods = all(read_period(sheet[frame.heads[-1], c]) for c in frame.below)
    alike = len(groups) > 1 and len(set(groups)) == 1
    if first == last or any(is_wide(sheet, row, c) for c in labels) or not (periods or alike):
        label, begin = sheet[row, labels[0]], sheet[row, frame.below[0]]
        raise sheet.error(
            "headers over groups of columns that can belong to the left or to the right",
            label,
            expected=f"this label from {label.address} on, or from {begin.address} up to {label.address}",
            do="merge each header over its columns",
        )
    return sheet[row, own[column]]


def is_wide(sheet: Sheet, row: int, column: int) -> bool:
    return any(top <= row <= bottom and left <= column <= right > left for top, left, bottom, right in sheet.merged)
