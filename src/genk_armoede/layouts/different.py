# SPDX-License-Identifier: EUPL-1.2
"""The different cells of a column: what a layout asks to know what stands in it.

Takes a sheet; gives cells; called by `reading`.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Sequence

from ..spreadsheets.cells import Cell, Sheet, Value
from ..spreadsheets.columns import kinds

NUMBERS = {int, float}
MANY = 200  # different numbers in a column


def different(sheet: Sheet, column: int, rows: Sequence[int]) -> list[Cell]:
    """A cell for each different value and style of a column in these rows, from top to bottom.

    Of very many different numbers only some: the first, the ends, and the first that is no year, no code of five
    digits and no whole number, so that what holds for all of these holds for every one.
    """
    values, styles = sheet.aligned(column, rows)
    found: Iterable[int] = range(len(values))
    if not (kinds(values) <= NUMBERS and _are_many(values)):
        alike = len(set(styles)) == 1 and len(kinds(values)) == 1
        keys = values if alike else list(zip(values, styles, map(type, values), strict=True))
        first = dict(zip(reversed(keys), reversed(found), strict=True))
        found = sorted(first.values())
    numbers = found if type(values) is array else [i for i in found if type(values[i]) in NUMBERS]
    if len(numbers) > MANY:
        told = _telling(values, styles, numbers)
        found = sorted(told if type(values) is array else set(found).difference(numbers) | told)
    return [Cell(rows[i], column, values[i], sheet.styles[styles[i]]) for i in found if values[i] is not None]


def _are_many(values: Sequence[Value]) -> bool:
    some = values[: 2 * MANY]
    return len(set(some)) > MANY or len(set(values)) > MANY


def _telling(values: Sequence[Value], styles: Sequence[int], numbers: Sequence[int]) -> set[int]:
    """Indexes of those of many numbers that tell what kind of numbers they are; `numbers` are the indexes of all."""
    whole = len(numbers) == len(values)
    stored = values if whole else list(map(values.__getitem__, numbers))
    looks = styles if whole else list(map(styles.__getitem__, numbers))
    found = [stored.index(min(stored)), stored.index(max(stored))]
    found += [looks.index(style) for style in set(looks)]
    for is_alike in (_may_be_year, _may_be_code, *([_is_whole] if float in kinds(stored) else [])):
        found += itertools.islice((n for n, value in enumerate(stored) if not is_alike(value)), 1)
    return {numbers[0], *map(numbers.__getitem__, found)}


def _may_be_year(value: float) -> bool:
    return 1500 <= value < 2100


def _may_be_code(value: float) -> bool:
    return 1000 <= value < 100_000


def _is_whole(value: float) -> bool:
    return value == int(value)
