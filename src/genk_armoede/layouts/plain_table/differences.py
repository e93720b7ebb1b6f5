# SPDX-License-Identifier: EUPL-1.2
"""Columns that hold what changed between two others: no figures of a period.

Takes a frame whose columns have their roles; leaves such columns out, with a word, or raises the question; called by
`table`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ...observations.figures import read_figures
from ...observations.marks import MARKS
from ...observations.observation import TOTAL_WORDS
from ...observations.periods import read_period
from ...observations.values import is_number
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ..answers import about, for_column
from ..engine.reading import Reading, unclear
from ..words import PERIOD_WORDS, legend_marks
from .parts import Frame
from .places import is_total

CHANGE = re.compile(
    r"evolutie|verschil|gro?ei|toename|afname|aangroei|verandering|wijziging|t\.?o\.?v|opzichte|[∆Δ]"
    r"|change|difference|growth|variation|évolution|croissance|\bindex\b|verhouding|\d\d ?(?:[-–/→]|->) ?\d\d",
    re.IGNORECASE,
)


def leave_out_differences(reading: Reading, frame: Frame) -> None:
    """A column `2020-2021` beside one of 2020 and one of 2021 is their difference, or a question."""
    sheet = reading.sheet
    by_period = {(says.indicator, says.period): column for column, says in frame.figures.items()}
    others = list(dict.fromkeys(name for name, _ in by_period))
    for column, says in list(frame.figures.items()):
        begin, _, end = says.period.partition("-")
        if not end:
            continue
        names = [says.indicator, *(others if CHANGE.search(says.indicator) else [])]  # `Evolutie`
        pairs = ((by_period.get((name, begin), 0), by_period.get((name, end), 0)) for name in names)
        first, last = next((pair for pair in pairs if all(pair)), (0, 0))
        if not first:
            continue
        head = frame.over[column][-1]
        if about(sheet).role(column, head.text) == "figure":
            continue
        if not _is_difference(sheet, frame.rows, first, last, column):
            raise unclear(
                sheet,
                f"{head.text} beside {begin} and {end} can be a period or what changed between them",
                head,
                expected="a period of more years, or a difference, which its figures are not",
                answers=for_column(column, "figure", head=head),
            )
        reading.leave_column(f"column {head.text}: the difference between {begin} and {end}", column, frame.rows)
        del frame.figures[column]


def leave_out_changes(reading: Reading, frame: Frame) -> None:
    """A column `Evolutie` or `Groei (%)` beside years, whose figures are what changed from one of them to another."""
    sheet = reading.sheet
    dated = [column for column, says in frame.figures.items() if re.fullmatch(r"\d{4}", says.period)]
    for column, says in list(frame.figures.items()):
        if says.period or len(dated) < 2:
            continue
        if says.indicator.lower() in TOTAL_WORDS and _is_sum(sheet, frame.rows, dated, column):
            reading.leave_column(f"column {column_letters(column)}: the sum of the years", column, frame.rows)
            del frame.figures[column]
            continue
        if not CHANGE.search(says.indicator):
            continue
        head = frame.over[column][-1]
        if about(sheet).role(column, head.text) == "figure":
            continue
        pairs = [(dated[0], dated[-1]), (dated[-2], dated[-1])]
        if any(_is_difference(sheet, frame.rows, first, last, column) for first, last in pairs):
            reading.leave_column(f"column {head.text}: what changed between two columns", column, frame.rows)
            del frame.figures[column]


def leave_out_change_rows(reading: Reading, frame: Frame) -> None:
    """A row `Evolutie` or `Totaal` under years, whose figures are what changed between two of them, or their sum."""
    sheet = reading.sheet
    column = next((c for c, heads in frame.over.items() if heads and heads[-1].text.lower() in PERIOD_WORDS), 0)
    if not any(_names_change(cell) for cell in frame.under.get(column, ())):
        return
    labels = {row: sheet[row, column] for row in frame.rows}
    dated = [row for row, label in labels.items() if read_period(label)]
    others = [c for c, cells in frame.under.items() if c != column and any(map(is_number, cells))]
    if len(dated) < 2 or len({labels[row].text for row in dated}) < len(dated) or not others:
        return
    for row in [row for row, label in labels.items() if _names_change(label)]:
        figures = [_figures(sheet, other, [row, *dated]) for other in others]
        pairs = [(1, -1), (-2, -1)]
        changed = any(_are_changes([(one[a], one[b], one[0]) for one in figures]) for a, b in pairs)
        if changed or _are_sums(figures):
            reading.leave_out(f"row {row}: what changed between two rows, or their sum", sheet.row(row))
            frame.rows.remove(row)
    for other in frame.under:
        frame.under[other] = reading.different(other, frame.rows)


def _names_change(label: Cell) -> bool:
    return is_total(label) or bool(CHANGE.search(label.text) and not read_period(label))


def _is_difference(sheet: Sheet, rows: Sequence[int], first: int, last: int, column: int) -> bool:
    """True when each figure is what changed from the first to the second."""
    return _are_changes(list(zip(*(_figures(sheet, number, rows) for number in (first, last, column)), strict=True)))


def _is_sum(sheet: Sheet, rows: Sequence[int], parts: Sequence[int], column: int) -> bool:
    """True when each figure of a column is the sum of those of others in its row."""
    return _are_sums(list(zip(*(_figures(sheet, number, rows) for number in (column, *parts)), strict=True)))


def _figures(sheet: Sheet, column: int, rows: Sequence[int]) -> list[Decimal | None]:
    texts, _ = read_figures(sheet, column, rows, "", MARKS | legend_marks(sheet), {})
    return [Decimal(text) if text else None for text in texts]


def _are_changes(found: Sequence[Sequence[Decimal | None]]) -> bool:
    """True when each third number is the second less the first, or either as a part or percentage of the first."""
    known = [numbers for numbers in found if None not in numbers]
    if not known:
        return False
    ways = [lambda a, b: b - a]
    if all(a for a, _, _ in known):
        ways += [lambda a, b: (b - a) / a, lambda a, b: (b - a) / a * 100, lambda a, b: b / a, lambda a, b: b / a * 100]
    return any(all(_is_near(way(a, b), c) for a, b, c in known) for way in ways)


def _is_near(exact: Decimal, rounded: Decimal) -> bool:
    last_place = Decimal(1).scaleb(min(rounded.normalize().as_tuple().exponent, 0))
    return abs(exact - rounded) <= Decimal("0.5001") * last_place


def _are_sums(found: Sequence[Sequence[Decimal | None]]) -> bool:
    """True when each first number is the sum of those behind it."""
    known = [numbers for numbers in found if numbers[0] is not None]
    return bool(known) and all(total == sum(filter(None, parts)) for total, *parts in known)
