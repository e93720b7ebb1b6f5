# SPDX-License-Identifier: EUPL-1.2
"""Columns that hold what changed between two others: no figures of a period.

Takes a frame whose columns have their roles; leaves such columns out, with a word, or raises the question; called by
`table`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..observations.figures import read_figures
from ..observations.marks import MARKS
from ..observations.observation import TOTAL_WORDS
from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Sheet
from .answers import about, for_column
from .parts import Frame
from .reading import Reading, unclear
from .words import legend_marks

CHANGE = re.compile(
    r"evolutie|verschil|gro?ei|toename|afname|aangroei|verandering|wijziging|t\.?o\.?v|opzichte|[∆Δ]"
    r"|change|difference|growth|variation|évolution|croissance|\d\d ?[-–/] ?\d\d",
    re.IGNORECASE,
)


def leave_out_differences(reading: Reading, frame: Frame) -> None:
    """A column `2020-2021` beside one of 2020 and one of 2021 is their difference, or a question."""
    sheet = reading.sheet
    by_period = {(says.indicator, says.period): column for column, says in frame.figures.items()}
    for column, says in list(frame.figures.items()):
        begin, _, end = says.period.partition("-")
        first, last = by_period.get((says.indicator, begin), 0), by_period.get((says.indicator, end), 0)
        if not (end and first and last):
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


def _is_difference(sheet: Sheet, rows: Sequence[int], first: int, last: int, column: int) -> bool:
    """True when each figure is the second less the first, or that as a part or percentage of the first."""
    marks = MARKS | legend_marks(sheet)
    read = [read_figures(sheet, number, rows, "", marks, {})[0] for number in (first, last, column)]
    found = [tuple(map(Decimal, texts)) for texts in zip(*read, strict=True) if all(texts)]
    ways = (lambda a, b: b - a, lambda a, b: (b - a) / a if a else None, lambda a, b: (b - a) / a * 100 if a else None)
    for way in ways:
        differences = [(way(a, b), c) for a, b, c in found]
        if found and all(d is not None and abs(d - c) <= Decimal("0.5001") * _last_place(c) for d, c in differences):
            return True
    return False


def _is_sum(sheet: Sheet, rows: Sequence[int], parts: Sequence[int], column: int) -> bool:
    """True when each figure of a column is the sum of those of others in its row."""
    marks = MARKS | legend_marks(sheet)
    totals, *others = (read_figures(sheet, number, rows, "", marks, {})[0] for number in (column, *parts))
    found = [(text, texts) for text, texts in zip(totals, zip(*others, strict=True), strict=True) if text]
    return bool(found) and all(Decimal(text) == sum(map(Decimal, filter(None, texts))) for text, texts in found)


def _last_place(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(value.normalize().as_tuple().exponent, 0))
