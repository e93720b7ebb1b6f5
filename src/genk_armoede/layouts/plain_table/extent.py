# SPDX-License-Identifier: EUPL-1.2
"""Which rows of a sheet are those of a plain table: where its headers and figures begin and end, and what lies between.

Takes a sheet and rows; gives rows, and what a row looks like; called by `parts`.
"""

from __future__ import annotations

import itertools
import re

from ...observations import areas
from ...observations.marks import MARKS
from ...observations.periods import periods_in, read_period
from ...observations.units import UNIT, unit_of_words
from ...observations.values import FOOTNOTE, is_dated_unit, is_error, is_number, may_be_negative
from ...spreadsheets.cells import Cell, Sheet
from ...spreadsheets.numerals import TOO_FEW
from ..answers import about
from ..words import AREA_LEVELS, CODE_WORDS, NUMBERED, PERIOD_WORDS, PIVOT_COLUMNS, PUBLISHED, is_note, legend_marks


def _is_line(cells: list[Cell]) -> bool:
    """True for `Gebied | Genk` and `Periode | 2021`, which hold for all; not for headers of labels and figures."""
    if len(cells) != 2 or not is_word(cells[0].text):
        return False
    if cells[0].text.lower().rstrip(":") in PERIOD_WORDS:
        return bool(read_period(cells[1]))
    return "[" not in cells[1].text and not unit_of_words(cells[1].text) and not read_period(cells[1])


def is_caption(sheet: Sheet, cells: list[Cell]) -> bool:
    """True for `Som van Aantal | Kolomlabels` or `Som van Aantal | Jaar` over the headers of a pivot: its title."""
    if len(cells) != 2 or is_word(cells[0].text):
        return False
    word = cells[1].text.lower()
    return word in PIVOT_COLUMNS or (
        word in PERIOD_WORDS and bool(read_period(sheet[cells[1].row + 1, cells[1].column]))
    )


def first_figures(sheet: Sheet, after: int) -> int:
    rows = [row for row in sheet.filled_rows if row > after]
    if rows and not any(map(is_number, sheet.row(rows[0]))):
        del rows[0]  # marks without a header above them: it is one, with `X` and `Y` over coordinates
    first = next((row for row in rows if _is_data(sheet, row, sheet.row(row))), 0)
    for row in reversed(rows[: rows.index(first)] if first else []):
        if row != first - 1 or not _is_masked(sheet, sheet.row(row)):
            break
        first = row
    return first


def _is_masked(sheet: Sheet, cells: list[Cell]) -> bool:
    """True for a label and nothing but marks that the sheet or an answer explains, and amounts in brackets."""
    right = [
        cell
        for cell in cells[1:]
        if not may_be_negative(cell) or FOOTNOTE.fullmatch(cell.text) or periods_in(cell.text)
    ]
    if not right:
        return len(cells) > 1
    marks = about(sheet).marks() | (legend_marks(sheet) if all(len(cell.text) < 4 for cell in right) else {})
    return all(cell.text.lower() in marks for cell in right)


def under_typed_header(sheet: Sheet, after: int) -> int:
    """The row under a header that names a unit in brackets, beside a label: its figures may all be blank."""
    rows = [row for row in sheet.filled_rows if row > after]
    for head, row in itertools.pairwise(rows):
        units = [cell for cell in sheet.row(head)[1:] if UNIT.search(cell.text)]
        if units and row == head + 1 and not is_note(sheet.row(row)[0]):
            return row
    return 0


def says_when(cells: list[Cell]) -> bool:
    """True for `Laatste update: | 44562` under a table, which is no figure of it."""
    label = cells[0].text
    return len(cells) == 2 and not is_number(cells[0]) and (label.endswith(":") or bool(PUBLISHED.search(label)))


def notes_below(sheet: Sheet, last: int, head: int, is_titled: bool) -> list[int]:
    """Rows without figures below a table; what stands right above the header of a next table is its title.

    `Tabel 1` between empty rows is that of a table without a title above.
    """
    below = [row for row in sheet.filled_rows if row > last]
    following = first_figures(sheet, last)
    heads = heads_above(sheet, following, last) if following else []
    if heads and is_next_table(sheet, heads, head):
        below = [row for row in below if row < heads[0]]
        while below and _is_title(sheet, below[-1], heads[0], is_titled):
            heads.insert(0, below.pop())
    return [row for row in below if says_when(sheet.row(row)) or not any(map(is_figure, sheet.row(row)))]


def _is_title(sheet: Sheet, row: int, head: int, is_titled: bool) -> bool:
    """True for what stands right above a header, or above an empty row over it and under one; no note."""
    near = row == head - 1 or (row == head - 2 and not sheet.row(row - 1) and not sheet.row(row + 1))
    is_caption = not is_titled and row < head - 1 and NUMBERED.match(sheet.row(row)[0].text)
    return near and not is_caption and not is_note(sheet.row(row)[0])


def is_next_table(sheet: Sheet, heads: list[int], head: int) -> bool:
    """True for header rows of a table of its own, below one with header row `head`.

    It has more than one header beside the label of its rows, or one of the first table, or a year:
    `Gemeente | 2021` is no line of a table that names its municipality.
    """
    cells, first = sheet.row(heads[-1]), sheet.row(head)
    if len(cells) != 2:
        return len(cells) > 2
    again = any(cell.text == other.text for cell, other in zip(cells, first, strict=False))
    return again or (cells[0].text.lower() in AREA_LEVELS and bool(read_period(cells[1])))


def heads_above(sheet: Sheet, first: int, after: int) -> list[int]:
    """The rows of headers over the first row of figures."""
    heads: list[int] = []
    for number in range(first - 1, after, -1):
        if number in sheet.passed_rows:
            continue
        cells = sheet.row(number)
        if heads and not cells and any(top < number <= bottom for top, _, bottom, _ in sheet.merged):
            continue  # a header that is merged over this row goes on above it
        if not heads and (not cells or _is_alone(sheet, cells)):
            continue  # space, or a heading over the first rows
        if not cells or _is_alone(sheet, cells):
            break
        if heads and is_caption(sheet, cells):
            break
        if heads and _is_line(cells) and sheet[heads[0], cells[0].column].text:
            break  # a line such as `Gebied | Genk`; the header of the first column stands under it
        heads.insert(0, number)
    return heads


def last_figures(sheet: Sheet, first: int, head: int) -> int:
    """The last row of figures: the table goes on after an empty row when what follows looks like what was before."""
    filled = sheet.filled_rows
    start, titles = filled.index(first), _titles_below(sheet, first, head)
    in_blocks = _heads_a_block(sheet, filled[max(start - 1, 0) : start + 1])
    while True:
        gaps = (
            i
            for i in range(start, len(filled) - 1)
            if filled[i + 1] in titles or _is_gap(sheet, filled[i], filled[i + 1])
        )
        end = next(gaps, len(filled) - 1)
        last = next((i for i in range(end, start, -1) if _has_figures(sheet.row(filled[i]))), start)
        goes_on = last == end < len(filled) - 1
        start = end + 1
        if goes_on and in_blocks and _heads_a_block(sheet, filled[start : start + 2]):
            start += 1
        if not goes_on or not _goes_on(sheet, sheet.row(first), sheet.row(filled[start])):
            return filled[last]


def _heads_a_block(sheet: Sheet, rows: list[int]) -> bool:
    """True for an area or a period alone, right above another row."""
    cells = sheet.row(rows[0])
    said = cells[0].column == sheet.left and (areas.is_named(cells[0].text) or read_period(cells[0]))
    return bool(said) and len(cells) == 1 and rows[1:] == [rows[0] + 1]


def _is_gap(sheet: Sheet, above: int, below: int) -> bool:
    """True when an empty row stands between; one that an answer leaves out is none."""
    return below > above + 1 and not sheet.passed_rows.issuperset(range(above + 1, below))


def _titles_below(sheet: Sheet, first: int, head: int) -> set[int]:
    """Rows with a title of another table, whose header and first label begin as those of this one."""
    column, found = sheet.left, set()
    header = sheet[head, column].value
    filled, labels = sheet.filled_rows, sheet.columns[column]
    for row, value in zip(labels.rows, labels.values, strict=True):
        if value != header or row <= first:
            continue
        i = filled.index(row)
        is_header = not any(is_figure(cell) and not read_period(cell) for cell in sheet.row(row))
        again = i + 1 < len(filled) and sheet[filled[i + 1], column].text == sheet[first, column].text
        if is_header and again and len(sheet.row(filled[i - 1])) == 1:
            found.add(filled[i - 1])
    return found


def _has_figures(cells: list[Cell]) -> bool:
    return is_figure(cells[0]) or (len(cells) > 1 and not (is_note(cells[0]) and not any(map(is_figure, cells))))


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
    return cells[0].column == sheet.left and sheet.width > 1 and not (merged and merged[2] > merged[0])


def _is_data(sheet: Sheet, number: int, cells: list[Cell]) -> bool:
    """A row with a figure or mark to the right of a label, as opposed to a row of headers or periods."""
    if counts(cells):
        return False
    left = sheet.left
    numbers = [cell for cell in cells if is_number(cell) and not read_period(cell)]
    if (is_word(cells[0].text) or cells[0].text.lower() in CODE_WORDS) and all(
        areas.name_of(cell.text) or is_dated_unit(cell) for cell in numbers
    ):
        return False  # `Gemeente | X | Y | Aantal`: X is a mark elsewhere; `Jaar | 71016 | 71022`; `2020 %`
    right = [cell for cell in cells if cell.column > left or sheet.width == left]
    figures = [cell for cell in right if is_figure(cell) and not read_period(cell)]
    if figures:  # an error among words can be a header that broke
        return not all(map(is_error, figures)) or all(is_figure(cell) for cell in right)
    above = sheet.row(number - 1) if number > 1 else []
    periods = [cell for cell in right if read_period(cell)]
    full = len(above) >= len(cells) > 1 and not any(map(read_period, above))
    return bool(periods) and full and bool(sheet[number, left].text) and not is_word(sheet[number, left].text)


def counts(cells: list[Cell]) -> bool:
    """True for headers that count beside the header of labels: `Gemeente | 0 | 1 | 2 | 3+`."""
    numbers = [int(cell.text) for cell in cells[1:] if re.fullmatch(r"\d{1,3}", cell.text)]
    follows = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    return follows and len(numbers) > 2 and is_word(cells[0].text) and numbers[0] in (0, 1, cells[1].value)


def is_word(text: str) -> bool:
    """True for the header of a column of areas or periods, and for what opens a line such as `Periode | 2021`."""
    word = text.lower().rstrip(":")
    return word in AREA_LEVELS or word in PERIOD_WORDS


_MARKED = re.compile(r"(?!(?:19|20)\d\d\D)[-+]?\d[\d.,]*(?:\s?(?:\*{1,3}|\((?:[a-z]{1,2}|\d{1,2})\))|\s[a-z])")


def is_figure(cell: Cell) -> bool:
    """True for a number, with or without a mark behind it, and for a mark or an error in its place."""
    text = cell.text.lower()
    mark = (bool(text) and text in MARKS) or text == "*" or bool(TOO_FEW.fullmatch(text))
    return mark or is_number(cell) or is_error(cell) or bool(_MARKED.fullmatch(text))
