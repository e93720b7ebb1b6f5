# SPDX-License-Identifier: EUPL-1.2
"""Rows of a plain table with the same labels: what tells them apart.

Takes a frame whose columns have their roles; moves a column that counts to its labels, or raises the question; called
by `table`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Sheet
from .parts import Frame
from .reading import Reading, unclear

SOME = 500  # rows in which labels would come back


def ask_heads(sheet: Sheet, frame: Frame, labels: Sequence[int], headings: Sequence[int]) -> None:
    """Labels that stand twice may be told apart by the headings above them."""
    known: dict[tuple, int] = {}
    for row, *key in zip(frame.rows, *(sheet.aligned(column, frame.rows)[0] for column in labels), strict=True):
        if (first := known.setdefault(tuple(key), row)) != row:
            expected = f"one row with these labels, or heads that tell it from row {first}"
            do = "say in a column of labels what sets them apart"
            answer = f"row{'s' * (len(headings) > 1)} {','.join(map(str, headings))}=heads"
            raise unclear(sheet, "labels that stand twice", sheet[row, labels[0]], answer, expected=expected, do=do)


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
    if len(frame.figures) < 2 or not _groups(sheet, columns, frame.rows[:SOME])[1]:
        return [], [], []
    groups, repeated = _groups(sheet, columns, frame.rows)
    bare = [column for column, says in frame.figures.items() if not says.period]  # under a period stand no labels
    return groups, repeated, [column for column in bare if _tells_apart(sheet, column, repeated)]


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


def _groups(sheet: Sheet, columns: Sequence[int], rows: Sequence[int]) -> tuple[list[list[int]], list[list[int]]]:
    """Rows by their labels, and those groups that have more than one."""
    groups: dict[tuple, list[int]] = {}
    for row, *key in zip(rows, *(sheet.aligned(column, rows)[0] for column in columns), strict=True):
        groups.setdefault(tuple(key), []).append(row)
    found = list(groups.values())
    return found, [rows for rows in found if len(rows) > 1]


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
