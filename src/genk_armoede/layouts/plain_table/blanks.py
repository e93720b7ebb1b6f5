# SPDX-License-Identifier: EUPL-1.2
"""Labels of a plain table that are blank or stand twice: what holds for these rows, and what tells them apart.

Takes a sheet and the frame of a table; moves a column that counts to the labels, or raises the question; called by
`table`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ...observations.figures import read_figures
from ...observations.marks import MARKS
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ..answers import about, for_column, for_label
from ..engine.reading import Reading, unclear
from ..filled_down import ABOVE
from ..words import MAY_BE_CLASS, VALUE_WORDS
from .parts import Frame
from .places import is_total


def is_whole_year(cell: Cell) -> bool:
    """True where a column of months or quarters says that the row is of the whole year: blank, `Totaal`, `Jaar`."""
    return not cell.text or is_total(cell) or bool(_YEAR.fullmatch(cell.text))


_YEAR = re.compile(r"(?:(?:heel|volledig|hele|gans) )?(?:jaar|year|ann[ée]e)", re.IGNORECASE)


def ask_blank_periods(reading: Reading, frame: Frame) -> None:
    """A blank month or quarter is the whole year where months of the same stand beside it, or none of that year.

    Raises `Unclear` for another, unless that is answered.
    """
    sheet, year = reading.sheet, frame.column_of("period")
    for column in frame.parts if about(sheet).whole("blanks") != "totals" else ():
        blank, groups = _blank_and_groups(sheet, frame, column)
        told = {sheet.over(row, year).text for row in frame.rows if row not in blank} if year and blank else {""}
        for rows in groups:
            bare = [row for row in rows if row in blank]
            alone = len(bare) == len(rows) and (not year or sheet.over(rows[0], year).text in told)
            if bare and (len(bare) > 1 or alone):
                raise unclear(
                    sheet,
                    "a blank among the parts of a year",
                    sheet[bare[-1], column],
                    expected="a part of the year, or Totaal for all of it",
                    answers=(*for_label(sheet[bare[-1], column], "Totaal"), "blanks=totals", ABOVE),
                )


def _blank_and_groups(sheet: Sheet, frame: Frame, column: int) -> tuple[set[int], list[list[int]]]:
    """The rows in which a column of labels is blank, and all rows by what the other labels say."""
    labels = sheet.aligned(column, frame.rows)[0]
    blank = {row for row, label in zip(frame.rows, labels, strict=True) if label is None}
    return blank, _groups(sheet, frame, [other for other in frame.labels if other != column], frame.rows)


def ask_blank_parts(reading: Reading, frame: Frame, breakdowns: Sequence[int]) -> None:
    """A blank among the parts of a breakdown is their total where its figures are their sum, or as answered."""
    sheet = reading.sheet
    for column in breakdowns:
        if None not in sheet.aligned(column, frame.rows)[0]:
            continue
        blank, groups = _blank_and_groups(sheet, frame, column)
        wrong = next((rows for rows in groups if not _is_sum(sheet, frame, rows, blank)), [])
        if wrong and about(sheet).whole("blanks") != "totals":
            cell = sheet[next(row for row in wrong if row in blank), column]
            raise unclear(
                sheet,
                "a blank label whose figures are not the sum of those beside it",
                cell,
                expected="a label, or Totaal",
                answers=(*for_label(cell, "Totaal"), "blanks=totals"),
            )


def _is_sum(sheet: Sheet, frame: Frame, rows: Sequence[int], blank: set[int]) -> bool:
    """True when the figures of the one row with a blank label are the sums of the others, or no other is there."""
    total, parts = [row for row in rows if row in blank], [row for row in rows if row not in blank]
    if not total or not parts:
        return len(total) < 2
    for column in frame.figures:
        values = sheet.aligned(column, [*total, *parts])[0]
        numbers = [Decimal(text) for text in read_figures(sheet, column, [*total, *parts], "", MARKS, {})[0] if text]
        if len(numbers) == len(values) and numbers[0] != sum(numbers[1:]):
            return False
    return len(total) == 1


SOME = 500  # rows in which labels would come back


def ask_heads(sheet: Sheet, frame: Frame, labels: Sequence[int], headings: Sequence[int]) -> None:
    """Labels that stand twice may be told apart by the headings above them."""
    twice = [rows for rows in _groups(sheet, frame, labels, frame.rows) if len(rows) > 1]
    if twice:
        first, again, *_ = min(twice, key=lambda rows: rows[1])
        expected = f"one row with these labels, or heads that tell it from row {first}"
        do = "say in a column of labels what sets them apart"
        answer = f"row{'s' * (len(headings) > 1)} {','.join(map(str, headings))}=heads"
        raise unclear(sheet, "labels that stand twice", sheet[again, labels[0]], answer, expected=expected, do=do)


def find_counting(reading: Reading, frame: Frame) -> None:
    """Of rows with the same labels a column that counts 0, 1, 2 … in each group is a breakdown, no figure."""
    sheet = reading.sheet
    groups, repeated, telling = _telling(sheet, frame)
    counting = [column for column in telling if _counts(sheet, column, groups)]
    if len(counting) == 1 and len(repeated[0]) > 2 and counting[0] == min(frame.figures):
        says = frame.figures.pop(counting[0])
        frame.labels[counting[0]] = says.indicator.lower()
        reading.assume(f"column {column_letters(counting[0])}: numbers that tell rows apart, a breakdown")


def _telling(sheet: Sheet, frame: Frame) -> tuple[list[list[int]], list[list[int]], list[int]]:
    """Rows by their labels, those groups that have more than one, and columns of figures that tell these apart."""
    columns = [*frame.labels, *frame.listed.values()]
    some = frame.rows[:SOME]
    if len(frame.figures) < 2 or len(_groups(sheet, frame, columns, some)) == len(some):
        return [], [], []
    groups = _groups(sheet, frame, columns, frame.rows)
    repeated = [rows for rows in groups if len(rows) > 1]
    bare = [column for column, says in frame.figures.items() if not says.period]  # under a period stand no labels
    return groups, repeated, [column for column in bare if _tells_apart(sheet, column, repeated)]


def ask_numbers(reading: Reading, frame: Frame) -> None:
    """Small whole numbers can be classes: under `Kinderen ten laste`, and between labels and one column `Aantal`."""
    sheet, last = reading.sheet, max(frame.figures, default=0)
    others = [column for column, says in frame.figures.items() if column != last and not says.period]
    alone = (
        frame.header(last).lower() in VALUE_WORDS
        and len(others) == len(frame.figures) - 1
        and max(others, default=0) < last
    )
    small = [column for column in others if _is_small(sheet, frame, column)]
    asked = [column for column in small if MAY_BE_CLASS.search(frame.header(column).lower())]
    if alone and small == others and not _are_parts(sheet, frame, others, last):
        asked = [column for column in others if not frame.figures[column].unit] or asked
    for column in asked if len(asked) < len(frame.figures) else ():
        head = frame.over[column][-1]
        if about(sheet).role(column, head.text) != "figure":
            answers = for_column(column, "breakdown", "figure", head=head)
            raise unclear(sheet, "a column of numbers that can be labels or figures", head, answers=answers)


SMALL = 120  # no class of households or dwellings, no length of time in months is higher


def _is_small(sheet: Sheet, frame: Frame, column: int) -> bool:
    cells = frame.under[column]
    return bool(frame.over[column] and cells) and all(
        re.fullmatch(r"\d{1,3}", cell.text) and int(cell.text) <= SMALL and not cell.is_percent for cell in cells
    )


def _are_parts(sheet: Sheet, frame: Frame, parts: Sequence[int], total: int) -> bool:
    """True for columns of which the last is the sum, in the first rows."""
    lists = [_whole_numbers(sheet, column, frame.rows[:SOME]) for column in (*parts, total)]
    return len(parts) > 1 and all(lists) and all(sum(row[:-1]) == row[-1] for row in zip(*lists, strict=True))


def ask_repeats(reading: Reading, frame: Frame) -> None:
    """Rows with the same labels need what tells them apart: a column of whole numbers may, which is asked."""
    sheet = reading.sheet
    find_counting(reading, frame)
    groups, repeated, telling = _telling(sheet, frame)
    if telling and (len(repeated) > 1 or repeated == groups):  # one row twice among others is told as what it is
        cell = sheet[repeated[0][1], telling[0]]
        answers = [f"column {column_letters(column)}=breakdown" for column in telling[:2]]
        expected = f"what tells this row from row {repeated[0][0]}"
        raise unclear(
            sheet, "labels that stand twice", cell, expected=expected, answers=(*answers, f"row {cell.row}=nothing")
        )


def _groups(sheet: Sheet, frame: Frame, columns: Sequence[int], rows: Sequence[int]) -> list[list[int]]:
    """Rows by what these columns of labels say."""
    groups: dict[tuple, list[int]] = {}
    for row, *key in zip(rows, *(sheet.aligned(column, rows)[0] for column in columns), strict=True):
        groups.setdefault((frame.blocks.get(row), *key), []).append(row)
    return list(groups.values())


def _tells_apart(sheet: Sheet, column: int, groups: list[list[int]]) -> bool:
    """True for whole numbers that differ in each group of rows."""
    lists = [_whole_numbers(sheet, column, rows) for rows in groups]
    return all(numbers and len(set(numbers)) == len(numbers) for numbers in lists)


def _counts(sheet: Sheet, column: int, groups: list[list[int]]) -> bool:
    """True for a column that counts 0, 1, 2 … or 1, 2, 3 … in each group of rows."""
    lists = [_whole_numbers(sheet, column, rows) for rows in groups]
    return all(numbers and numbers == list(range(numbers[0] > 0, len(numbers) + (numbers[0] > 0))) for numbers in lists)


def _whole_numbers(sheet: Sheet, column: int, rows: Sequence[int]) -> list[int]:
    """The numbers of a column in these rows; none when any is another than a whole one."""
    values = sheet.aligned(column, rows)[0]
    found = [int(float(str(value))) for value in values if re.fullmatch(r"\d+(?:\.0)?", str(value))]
    return found if len(found) == len(values) else []
