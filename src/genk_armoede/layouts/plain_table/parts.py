# SPDX-License-Identifier: EUPL-1.2
"""Where the parts of a plain table stand: titles, header rows, figures, notes, and the headers of each column."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from ...observations import areas
from ...observations.marks import split_label_marks
from ...observations.observation import TOTAL_WORDS
from ...observations.periods import part_beside_year, periods_in, read_period
from ...observations.units import unit_of_words
from ...observations.values import is_number
from ...spreadsheets.cells import Cell, Sheet
from ..answers import about
from ..engine.declared import Says
from ..engine.reading import METADATA, Declined, Reading, unclear
from ..words import AREA_LEVELS, CODE_WORDS, NUMBERED, PERIOD_WORDS, UNIT_WORDS, is_note, is_title_of_labels, notes_of
from .extent import (
    counts,
    first_figures,
    heads_above,
    is_figure,
    is_word,
    last_figures,
    notes_below,
    says_when,
    under_typed_header,
)


@dataclass
class Frame:
    """Where the parts of a table stand: rows of titles, headers and figures, columns by their role."""

    titles: list[int]
    heads: list[int]
    rows: list[int]
    below: list[int]  # columns with a header of figures in the last header row
    notes: dict[str, str]  # footnote mark → flag that its note stands for, empty for none
    last: int  # row of the table and its notes
    remarks: list[int] = field(default_factory=list)  # rows of its notes
    over: dict[int, list[Cell]] = field(default_factory=dict)  # column → the headers that hold for it, top to bottom
    under: dict[int, list[Cell]] = field(default_factory=dict)  # column → its different cells in `rows`
    labels: dict[int, str] = field(default_factory=dict)  # column → role (area, code, period) or breakdown key
    listed: dict[str, int] = field(default_factory=dict)  # column of indicators, units or flags of one column 'Waarde'
    figures: dict[int, Says] = field(default_factory=dict)  # what the headers of a column of figures say
    parts: dict[int, str] = field(
        default_factory=dict
    )  # column of weeks, months, quarters or semesters → how it is written
    coarser: dict[int, list[int]] = field(default_factory=dict)  # column of areas → those of the areas they lie in
    roots: list[int] = field(default_factory=list)  # columns that hold nothing but the text of their header
    counted: bool = False  # the last row of headers counts: ages, sizes
    has_ages: bool = False  # it names nothing but groups of ages
    has_units: bool = False  # the last row of headers names nothing but units
    blocks: dict[int, Says] = field(default_factory=dict)  # row → what a row alone above it says of its block
    corner: Cell | None = None  # a title that is merged over columns of labels, in place of their headers

    def column_of(self, role: str) -> int:
        """The first column of labels with this role; 0 without one."""
        return next((column for column, known in self.labels.items() if known == role), 0)

    def header(self, column: int) -> str:
        """The lowest header of a column; empty without one."""
        return self.over[column][-1].text if self.over.get(column) else ""

    def others(self, column: int) -> list[Cell]:
        """The lowest headers of all other columns."""
        return [heads[-1] for other, heads in self.over.items() if other != column and heads]

    @property
    def has_areas(self) -> bool:
        said = [*self.figures.values(), *self.blocks.values()]
        return "area" in self.labels.values() or any(says.area for says in said)

    @property
    def has_periods(self) -> bool:
        """True when rows say their period."""
        return "period" in self.labels.values() or any(says.period for says in self.blocks.values())


def _is_struck(sheet: Sheet, row: int) -> bool:
    """True for a title or a note that is struck through: it says nothing, which is told."""
    return all(cell.style.is_struck for cell in sheet.row(row))


def find(reading: Reading, after: int = 0) -> Frame:
    """The parts of the first table below a row; titles and notes become metadata.

    Raises `Declined` when there is none.
    """
    sheet = reading.sheet
    first = first_figures(sheet, after) or under_typed_header(sheet, after)
    if not first:
        raise Declined("no row of figures")
    heads = heads_above(sheet, first, after)
    if not heads:
        raise Declined(f"no header above the figures that begin in row {first}")
    last = last_figures(sheet, first, heads[-1])
    while last > first and says_when(sheet.row(last)):
        last = max(row for row in sheet.filled_rows if row < last)
    rows = [row for row in sheet.filled_rows if heads[-1] < row <= last]
    titles = [row for row in sheet.filled_rows if after < row < heads[0] and not _is_struck(sheet, row)]
    notes = [row for row in notes_below(sheet, last, heads[-1], bool(titles)) if not _is_struck(sheet, row)]
    if not titles and (caption := _caption_below(sheet, notes)):
        titles, notes = [caption], [row for row in notes if row != caption]
        reading.assume(f"title: row {caption}, below the table")
    for number in [*titles, *notes]:
        reading.tell(sheet.row(number))
        if number in titles and len(sheet.row(number)) == 1 and read_period(sheet.row(number)[0]):
            reading.labels(sheet.row(number), METADATA)  # a year alone
    reading.labels(cell for number in heads for cell in sheet.row(number))
    reading.assumed.append(f"header: row {' and '.join(map(str, heads))}; figures: rows {rows[0]} to {last}")
    marks = (
        {"*": "p", "**": "p"} if any(cell.text.lower() == "perioden" for cell in sheet.row(heads[-1])) else {}
    )  # of the CBS
    marks |= notes_of(sheet, [*titles, *notes])
    frame = Frame(titles, heads, rows, [], marks, max([last, *titles, *notes]), notes)
    frame.counted = counts(sheet.row(heads[-1]))
    _drop_repeats(reading, frame)
    _find_blocks(reading, frame)
    for column in range(1, sheet.width + 1):
        frame.under[column] = reading.different(column, frame.rows)
    frame.below = [
        head.column
        for head in sheet.row(heads[-1])
        if not is_word(head.text) and head.text.lower() not in CODE_WORDS
        if any(map(is_figure, frame.under[head.column]))
    ]
    for column in range(1, sheet.width + 1):
        frame.over[column] = _heads(sheet, frame, column)
    _find_corner(sheet, frame)
    return frame


def _caption_below(sheet: Sheet, below: list[int]) -> int:
    """The first row below a table when it is `Tabel 3: …`, or a text that ends in its unit in brackets; else 0."""
    cells = sheet.row(below[0]) if below else []
    if len(cells) != 1 or is_note(cells[0]):
        return 0
    said = re.search(r"\([^()]+\)$", cells[0].text)
    return below[0] if NUMBERED.match(cells[0].text) or (said and unit_of_words(said[0])) else 0


def _find_corner(sheet: Sheet, frame: Frame) -> None:
    """A text that is merged over columns of words, and names no kind of label, is a title: they have no header."""
    for top, left, _, right in sheet.merged:
        columns = [column for column in range(left, right + 1) if frame.under.get(column)]
        corner = sheet[top, left]
        if top != frame.heads[0] or len(columns) < 2 or not is_title_of_labels(sheet, corner):
            continue
        if all(frame.over[c] == [corner] and not any(map(is_number, frame.under[c])) for c in columns):
            frame.corner = corner
            frame.over |= {column: [] for column in columns}


def has_bare_labels(frame: Frame) -> bool:
    """True when none of several columns before the figures has a header, and one of them holds known areas."""
    labels = [column for column, cells in frame.under.items() if cells and column < min(frame.below, default=0)]
    known = any(areas.is_known(cell.text) for column in labels for cell in frame.under[column])
    return known and len(labels) > 1 and not any(frame.over[column] for column in labels)


def _drop_repeats(reading: Reading, frame: Frame) -> None:
    """Leave out the rows that repeat a header, as on each printed page."""
    sheet = reading.sheet
    for head in frame.heads:
        cells = sheet.row(head)
        values, _ = sheet.aligned(cells[0].column, frame.rows)
        alike = [row for row, value in zip(frame.rows, values, strict=True) if value == cells[0].value]
        for row in alike:
            if [(cell.column, cell.text) for cell in sheet.row(row)] == [(cell.column, cell.text) for cell in cells]:
                reading.leave_out(f"row {row}: it repeats the header", sheet.row(row))
                frame.rows.remove(row)


def _find_blocks(reading: Reading, frame: Frame) -> None:
    """Areas, or periods, that each stand alone above a block of rows hold for these, where no label says the like."""
    sheet = reading.sheet
    alone = (row for row in frame.rows if len([cell for cell in sheet.row(row) if cell.text]) == 1)
    heads = {row: _said_alone(sheet.first(row)) for row in alone}
    follow = [below for row, below in itertools.pairwise(frame.rows) if row in heads and below not in heads]
    if not heads or min(heads) != frame.rows[0] or len(follow) < len(heads):
        return
    if any(head.column != sheet.left or head.style.is_struck or about(sheet).row(head.row) for head in heads.values()):
        return
    if not _are_alike(sheet, frame.rows, heads):
        return  # a total under the last block may be of all
    labels = [cell for cell in reading.different(sheet.left, frame.rows) if cell.row not in heads]
    labels += [cell for row in frame.heads for cell in sheet.row(row)]
    words = {cell.text.lower() for cell in labels}
    years = {found for row in frame.titles for cell in sheet.row(row) for found in periods_in(cell.text)}
    year = min(years) if len(years) == 1 else ""
    periods = {row: read_period(head) or part_beside_year(year, head.text) for row, head in heads.items()}
    names = {row: split_label_marks(head, frame.notes) for row, head in heads.items()}
    named = [areas.is_named(name) for name, _ in names.values() if name.lower() not in TOTAL_WORDS]
    if all(periods.values()) and not any(map(read_period, labels)) and not words & PERIOD_WORDS:
        said = {row: Says(period=period) for row, period in periods.items()}
    elif named and all(named) and not words & AREA_LEVELS.keys():
        if any(areas.is_named(cell.text) for cell in labels):
            return
        said = {row: Says(area=name, status=flags) for row, (name, flags) in names.items()}
    else:
        return
    reading.labels(heads.values())
    reading.assume(f"rows {', '.join(map(str, heads))}: each holds for the rows under it")
    for above, row in itertools.pairwise(frame.rows):
        said.setdefault(row, said[above])
    frame.rows = [row for row in frame.rows if row not in heads]
    frame.blocks = {row: said[row] for row in frame.rows}


def _are_alike(sheet: Sheet, rows: list[int], heads: Collection[int]) -> bool:
    """True for blocks with the same labels in the same order."""
    blocks: list[list[str]] = []
    for row in rows:
        if row in heads:
            blocks.append([])
        else:
            blocks[-1].append(sheet.over(row, sheet.left).text)
    return all(block == blocks[0] for block in blocks)


def _said_alone(cell: Cell) -> Cell:
    """`Genk` for `Gemeente: Genk`."""
    word, _, text = cell.text.partition(":")
    return cell._replace(value=text.strip()) if text and is_word(word) else cell


def is_counted(frame: Frame, head: Cell) -> bool:
    """True for a number among headers that count."""
    return frame.counted and head.row == frame.heads[-1] and bool(re.fullmatch(r"\d{1,3}", head.text))


# `512*`, `512 (p)` and `512 e`; not `2021*` and `2022 (v)`.
def _heads(sheet: Sheet, frame: Frame, column: int) -> list[Cell]:
    """The header cells that hold for a column, top to bottom."""
    found = []
    for row in frame.heads:
        cell = sheet.over(row, column)
        if not cell.text and row != frame.heads[-1]:
            cell = _spread(sheet, frame, row, column)
        if found and cell.text.lower() in UNIT_WORDS:
            continue  # `Eenheid` before a row of units
        if cell.text and cell not in found:
            found.append(cell)
    names = {cell.text.lower() for cell in found}
    return [cell for cell in found if areas.name_of(cell.text).lower() not in names]  # a code over its name


def _spread(sheet: Sheet, frame: Frame, row: int, column: int) -> Cell:
    """The label of a group that is not merged: over its first column, or over its last.

    Raises `DataError` when it can be either. Groups of words must be alike; periods show where a group begins.
    """
    labels = [cell.column for cell in sheet.row(row) if cell.column in frame.below]
    near = [max((c for c in labels if c < column), default=0), min((c for c in labels if c > column), default=0)]
    if column not in frame.below or all(c == 0 or is_wide(sheet, row, c) for c in near):
        return sheet[row, column]
    first, last = frame.below[0] in labels, frame.below[-1] in labels
    left = {c: max((n for n in labels if n <= c), default=0) for c in frame.below}
    right = {c: min((n for n in labels if n >= c), default=0) for c in frame.below}
    own = right if last else left
    groups = [tuple(sheet[frame.heads[-1], c].text for c in own if own[c] == label) for label in labels]
    periods = all(read_period(sheet[frame.heads[-1], c]) for c in frame.below)
    alike = len(groups) > 1 and len(set(groups)) == 1
    if first == last or any(is_wide(sheet, row, c) for c in labels) or not (periods or alike):
        if answered := about(sheet).whole("headers"):
            return sheet[row, (left if answered == "left" else right)[column] or column]
        label, begin = sheet[row, labels[0]], sheet[row, frame.below[0]]
        raise unclear(
            sheet,
            "headers over groups of columns that can belong to the left or to the right",
            label,
            expected=f"this label from {label.address} on, or from {begin.address} up to {label.address}",
            answers=("headers=left", "headers=right"),
        )
    return sheet[row, own[column]]


def is_wide(sheet: Sheet, row: int, column: int) -> bool:
    return any(top <= row <= bottom and left <= column <= right > left for top, left, bottom, right in sheet.merged)


def label_columns(frame: Frame) -> list[int]:
    """The columns at the left that hold words or periods."""
    found = []
    for column, cells in frame.under.items():
        is_headed = bool(frame.over[column]) or has_bare_labels(frame)
        if not cells or not is_headed or any(is_number(cell) and not read_period(cell) for cell in cells):
            break
        found.append(column)
    return found
