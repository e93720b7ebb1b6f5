# SPDX-License-Identifier: EUPL-1.2
"""Cubes: dimensions with categories and a list of values, as JSON-stat and PX files hold them.

Takes what a file says; gives a `Sheet` in which the last dimension runs across and the others down, each value with the
address it has in its file; called by `jsonstat` and `pcaxis`, and read by `layouts.cube`.
A cell without a value holds `:`, and a status behind it when the file states one; of others the status is raised.
"""

from __future__ import annotations

import itertools
import math
import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..errors import DataError
from .cells import MISSING, Sheet, Style
from .columns import Column
from .filling import MAX_CELLS, SMALLER

WIDEST = 1_000  # categories that run across
POINTED = Style(point=True)


@dataclass(frozen=True, slots=True)
class Category:
    code: str
    label: str = ""  # empty where the file has the code only
    unit: str = ""
    multiplier: int = 0  # power of ten that values of it are in


@dataclass(frozen=True, slots=True)
class Dimension:
    """`role`: `time`, `geo` or `metric` where the file says so."""

    name: str
    label: str
    categories: Sequence[Category]
    role: str = ""


@dataclass
class Cube:
    """What a file says of its values."""

    label: str
    dimensions: list[Dimension]
    unit: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)  # status → what it means, in the file's words
    marks: Mapping[str, str] = field(default_factory=dict)  # what may stand in place of a figure → what it means
    metadata: list[str] = field(default_factory=list)
    down: dict[int, Dimension] = field(default_factory=dict)  # column of the sheet → dimension
    across: dict[int, Category] = field(default_factory=dict)  # column of figures → category of the last dimension

    @property
    def size(self) -> int:
        return math.prod(len(dimension.categories) for dimension in self.dimensions)


def one_mark(status: str) -> str:
    """A status as a single mark beside a figure: `Break in series` → `Break·in·series`."""
    return re.sub(r"[\s,;()\[\]]+", "·", status)


def lay_out(
    file: str,
    cube: Cube,
    values: Sequence[str | None] | Mapping[int, str | None],
    statuses: Mapping[int, str],
    prefix: str,
    order: Mapping[int, int] | Sequence[int] | None = None,
) -> Sheet:
    """The sheet of a cube. `values` and `statuses` by their place in it; a mapping holds those that are stated only.

    Its address is `prefix` and its place, or what `order` has for that. Raises `DataError` beyond the bounds.
    """
    last = cube.dimensions[-1] if cube.dimensions else None
    wide = last is not None and 1 < len(last.categories) <= WIDEST
    width = len(last.categories) if wide else 1
    deep = [dimension for dimension in cube.dimensions if len(dimension.categories) > 1]
    down = deep[:-1] if wide else deep
    dense = not isinstance(values, Mapping)
    lines = range(cube.size // width) if dense else sorted({place // width for place in {*values, *statuses}})
    if len(lines) * (width + len(down)) > MAX_CELLS:
        raise DataError("too many values", file=file, expected=f"at most {MAX_CELLS:,} filled cells", do=SMALLER)
    sheet = Sheet(file, "", dataset=cube)
    first = len(down) + 1

    def address(column: int) -> Callable[[int], str]:
        offset = column - first
        if order is None:
            return lambda row: f"{prefix}{lines[row - 2] * width + offset}"
        return lambda row: f"{prefix}{order[lines[row - 2] * width + offset]}"

    sheet.address = address
    rows = range(2, len(lines) + 2)
    sheet.columns = {number: _labels(down, number - 1, lines, rows) for number in range(1, first)}
    cube.down = dict(enumerate(down, start=1))
    plain = sheet.style_number(POINTED)
    for offset in range(width):
        found = values[offset::width] if dense else [values.get(line * width + offset, "") for line in lines]
        cells = [MISSING if value is None else value for value in found] if None in found else list(found)
        sheet.columns[first + offset] = Column(array("I", rows), cells, array("I", [plain]) * len(rows))
        if wide:
            cube.across[first + offset] = last.categories[offset]
    _mark(sheet, statuses, {line: i for i, line in enumerate(lines)} if statuses else {}, width, first)
    for column in [] if dense else list(sheet.columns.values()):
        if "" in column.values:
            column.keep([i for i, value in enumerate(column.values) if value])
    return sheet


def _labels(down: Sequence[Dimension], which: int, lines: Sequence[int], rows: Sequence[int]) -> Column:
    """The codes of a dimension in these lines."""
    codes = [category.code for category in down[which].categories]
    inner = math.prod(len(dimension.categories) for dimension in down[which + 1 :])
    if isinstance(lines, range):
        cycle = list(itertools.chain.from_iterable(itertools.repeat(code, inner) for code in codes))
        texts = cycle * (len(lines) // len(cycle))
    else:
        texts = [codes[line // inner % len(codes)] for line in lines]
    return Column(array("I", rows), texts, array("I", [0]) * len(rows))


def _mark(sheet: Sheet, statuses: Mapping[int, str], index: Mapping[int, int], width: int, first: int) -> None:
    """Put each status with its figure."""
    numbers: dict[str, int] = {}
    for place, status in statuses.items():
        row, column = index.get(place // width, -1), sheet.columns[first + place % width]
        if row < 0:
            continue
        value = column.values[row]
        if value in (MISSING, ""):
            column.values[row] = f"{MISSING} {status}"
            continue
        if status not in numbers:
            numbers[status] = sheet.style_number(POINTED, raised=one_mark(status))
        column.styles[row] = numbers[status]
