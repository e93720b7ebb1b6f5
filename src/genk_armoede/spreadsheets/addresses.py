# SPDX-License-Identifier: EUPL-1.2
"""Column letters and ranges as spreadsheets write them.

Takes what is written in a workbook; gives numbers; called by `cells` and the readers.
"""

from __future__ import annotations

import functools
import re

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")


@functools.cache
def column_letters(column: int) -> str:
    """28 → `AB`. Raises `ValueError` for no column."""
    if not 1 <= column <= 18_278:
        raise ValueError(f"no column {column}")
    before, last = divmod(column - 1, 26)
    return (column_letters(before) if before else "") + _LETTERS[last]


@functools.cache
def column_number(letters: str) -> int:
    """`AB` → 28. Raises `ValueError` for what is no column."""
    if not re.fullmatch("[A-Za-z]{1,3}", letters):
        raise ValueError(f"{letters!r} is no column")
    return functools.reduce(lambda number, letter: 26 * number + _LETTERS.index(letter) + 1, letters.upper(), 0)


def range_boundaries(text: str) -> tuple[int, int, int, int]:
    """`B3:D3` → 2, 3, 4, 3: left, top, right, bottom. Raises `ValueError` for what is no range."""
    found = _RANGE.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no range of cells")
    left, top, right, bottom = found.groups()
    return column_number(left), int(top), column_number(right or left), int(bottom or top)


def place_of(address: str) -> tuple[int, int]:
    """`C5` → 5, 3: row and column. Raises `ValueError` for what is no cell."""
    left, top, _, _ = range_boundaries(address)
    return top, left
