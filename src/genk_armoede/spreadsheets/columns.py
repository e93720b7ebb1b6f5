# SPDX-License-Identifier: EUPL-1.2
"""The filled cells of a column, packed: rows without a gap as a range, whole numbers as eight bytes each.

Made by the readers; called by `cells`. What is packed gives the same rows and values as a list would.
"""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import lt

WORTH = 50  # whole numbers beneath each other that are worth packing


class Column:
    """The filled cells of a column, downwards: rows, values and numbers of `Sheet.styles`, of one length."""

    __slots__ = ("rows", "styles", "values")

    def __init__(self, rows: Sequence[int] = (), values: Sequence = (), styles: Sequence[int] = ()) -> None:
        self.rows, self.values, self.styles = rows, values, styles

    def find(self, row: int) -> int:
        """Index of a row; -1 when its cell is blank."""
        rows = self.rows
        if type(rows) is range:
            return row - rows.start if row in rows else -1
        index = bisect_left(rows, row)
        return index if index < len(rows) and rows[index] == row else -1

    def keep(self, wanted: Iterable[int]) -> None:
        """Only the cells at these indexes, in this order."""
        indexes = list(wanted)
        self.rows = packed_rows(array("I", map(self.rows.__getitem__, indexes)))
        self.values = packed(list(map(list(self.values).__getitem__, indexes)))
        self.styles = array("I", map(self.styles.__getitem__, indexes))

    def put(self, row: int, value: object, style: int = 0) -> Column:
        """The same column with this value in a row, in place of what stands there."""
        at = bisect_left(self.rows, row)
        rest = at + (self.find(row) >= 0)
        rows = array("I", [*self.rows[:at], row, *self.rows[rest:]])
        values = [*self.values[:at], value, *self.values[rest:]]
        return Column(packed_rows(rows), values, array("I", [*self.styles[:at], style, *self.styles[rest:]]))


class Pieces(Sequence):
    """Values in pieces below each other: arrays of whole numbers, and lists of all else."""

    __slots__ = ("ends", "pieces")

    def __init__(self, pieces: Sequence[Sequence]) -> None:
        self.pieces = pieces
        self.ends = list(itertools.accumulate(map(len, pieces)))

    def __len__(self) -> int:
        return self.ends[-1]

    def __iter__(self) -> Iterator:
        return itertools.chain.from_iterable(self.pieces)

    def __getitem__(self, index: int | slice) -> object:
        if isinstance(index, slice):
            return self._slice(*index.indices(len(self)))
        if not 0 <= index < self.ends[-1]:
            index = range(len(self))[index]
        number = bisect_right(self.ends, index)
        return self.pieces[number][index - self.ends[number]]  # counted from its end

    def _slice(self, start: int, stop: int, step: int) -> Sequence:
        number = bisect_right(self.ends, start)
        if number < len(self.ends) and start < stop <= self.ends[number]:
            begin = self.ends[number] - len(self.pieces[number])
            return self.pieces[number][start - begin : stop - begin : step]
        if step > 0:
            return list(itertools.islice(self, start, stop, step))
        return [self[index] for index in range(start, stop, step)]


class WholeNumbers(Sequence):
    """The texts of packed whole numbers, each made when it is asked for."""

    __slots__ = ("numbers",)

    def __init__(self, numbers: array) -> None:
        self.numbers = numbers

    def __len__(self) -> int:
        return len(self.numbers)

    def __iter__(self) -> Iterator[str]:
        return map(str, self.numbers)

    def __getitem__(self, index: int) -> str:
        return str(self.numbers[index])

    def __contains__(self, text: object) -> bool:
        return text != "" and text in map(str, self.numbers)

    def picked(self, order: Iterable[int]) -> Iterator[str]:
        """The texts at these indexes."""
        return map(str, map(self.numbers.__getitem__, order))


def kinds(values: Sequence) -> set[type]:
    """The types of values. Of packed ones it is known."""
    if type(values) is array:
        return {int} if values else set()
    if type(values) is Pieces:
        return set().union(*map(kinds, values.pieces))
    return set(map(type, values))


def texts_in(values: Sequence) -> set[str]:
    """The different texts among values."""
    if type(values) is array:
        return set()
    if type(values) is Pieces:
        return set().union(*map(texts_in, values.pieces))
    return {value for value in set(values) if isinstance(value, str)}


def whole_numbers(values: Iterable[int]) -> Sequence[int]:
    """Packed, unless one of them is too large for that."""
    values = values if isinstance(values, list) else list(values)
    try:
        return array("q", values)
    except OverflowError:
        return values


def packed(values: list) -> Sequence:
    """The same values, whole numbers packed where many of them stand beneath each other."""
    if len(values) < WORTH or int not in set(map(type, values)):
        return values
    groups = ((kind, list(group)) for kind, group in itertools.groupby(values, key=type))
    return joined([whole_numbers(found) if kind is int and len(found) >= WORTH else found for kind, found in groups])


def joined(pieces: Iterable[Sequence]) -> Sequence:
    """Values of a column from their pieces, in order: those of one kind become one."""
    found: list[Sequence] = []
    for kind, group in itertools.groupby(pieces, key=type):
        alike = list(group)
        whole = alike[0] if len(alike) == 1 else list(itertools.chain.from_iterable(alike))
        found.append(array("q", whole) if kind is array and type(whole) is list else whole)
    return found[0] if len(found) == 1 else Pieces(found)


def packed_rows(rows: Sequence[int]) -> Sequence[int]:
    """Rows that rise by one as a range."""
    if type(rows) is array and rows and rows[-1] - rows[0] == len(rows) - 1:
        gapless = range(rows[0], rows[-1] + 1)
        return gapless if rows == array("I", gapless) else rows
    return rows


def is_rising(rows: Sequence[int]) -> bool:
    return type(rows) is range or all(map(lt, rows, itertools.islice(rows, 1, None)))
