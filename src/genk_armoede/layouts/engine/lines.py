# SPDX-License-Identifier: EUPL-1.2
"""Readings as the lines of a tidy CSV, sorted by key, in pieces.

Takes readings; gives pieces of text, the same bytes as `observation.table_bytes`; called by `tidying`. Rows and columns
of a table are sorted once each, and lines follow from both; where that is not enough all lines are sorted.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import lt

from ...observations.observation import COLUMNS, KEY, plain_text, validate, validate_texts
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.columns import WholeNumbers
from .facts import Texts
from .reading import Reading
from .reading_columns import ReadColumn

PIECE = 10_000  # lines that are made at a time
MANY = 20_000  # rows
_SPECIAL = re.compile(r"""[",'=+@\r\n\t-]""")


class _Unsorted(Exception):
    """Rows and columns cannot be sorted apart."""


def csv_pieces(readings: Sequence[Reading]) -> Iterator[str]:
    """The whole table, header first. Raises `DataError` where `observation.validate` does, before anything is given."""
    for reading in readings:
        _check(reading)
    try:
        blocks = list(_blocks(readings[0])) if len(readings) == 1 else []
    except _Unsorted:
        blocks = []
    lines = [] if blocks else _all_sorted(readings)
    yield ",".join(COLUMNS) + "\n"
    for start in range(0, len(lines), PIECE):
        yield "".join(lines[start : start + PIECE])
    for block in blocks:
        yield from block.pieces()


def _check(reading: Reading) -> None:
    """What holds for each observation by itself. A fault is told by `validate`, which knows the cell."""
    for read in reading.columns:
        facts = read.facts
        sound = validate_texts(
            facts.different("period"), facts.different("indicator"), facts.different("unit"), read.values, read.flags
        )
        if not sound:
            validate(reading.rows)


def _all_sorted(readings: Sequence[Reading]) -> list[str]:
    """All lines, sorted by their whole key."""
    found: list[tuple[str, ...]] = []  # what stands in the key, and the line
    names = _varied(read for reading in readings for read in reading.columns)
    for reading in readings:
        writer = _Writer(reading)
        for read in reading.columns:
            lists = [_listed(getattr(read.facts, name), len(read.rows)) for name in names]
            found += zip(*lists, _lines(writer.parts(read), range(len(read.rows))), strict=True)
    found.sort()
    if any(one[:-1] == other[:-1] for one, other in itertools.pairwise(found)):
        validate(row for reading in readings for row in reading.rows)
    return [line for *_, line in found]


def _varied(columns: Iterable[ReadColumn]) -> list[str]:
    """The fields of the key that are not the same everywhere."""
    said = [[getattr(read.facts, name) for name in KEY] for read in columns]
    fields = zip(KEY, zip(*said, strict=True), strict=True)
    return [name for name, texts in fields if any(isinstance(text, list) or text != texts[0] for text in texts)]


def _lines(parts: Sequence[Part], order: Sequence[int]) -> Iterator[str]:
    """The lines of a column of figures, of the rows at these indexes."""
    return map("".join, zip(*_picked(parts, order), strict=True))


def _picked(parts: Iterable[Part], order: Sequence[int]) -> list[Iterable[str]]:
    return [_each(part, order) for part in parts]


def _each(part: Part, order: Sequence[int]) -> Iterable[str]:
    if isinstance(part, str):
        return repeat(part, len(order))
    if isinstance(part, list):
        return map(part.__getitem__, order)
    return part.picked(order)


def _joined(parts: Iterable[Part]) -> Iterator[Part]:
    """What stands in a line, neighbours that are the same in all lines as one text."""
    for same, group in itertools.groupby(parts, key=lambda part: isinstance(part, str)):
        alike = list(group)
        yield from ["".join(alike)] if same else alike


def _listed(texts: str | list[str], count: int) -> Iterable[str]:
    return texts if isinstance(texts, list) else repeat(texts, count)


class _Writer:
    """What the lines of a reading are made of: texts that rows share are escaped and joined once."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.sheet = f"{_csv(reading.sheet.file)},{_csv(reading.sheet.name)}"
        self.escaped: dict[int, list[str]] = {}  # by the identity of a list that is kept by its reading
        self.keys: dict[tuple[int, ...], list[list[str]]] = {}  # by the identity of such lists
        self.numbers: dict[int, list[str]] = {}

    def parts(self, read: ReadColumn) -> list[Part]:
        """What stands in the lines of a column of figures, from left to right: the same in all, or a text a line."""
        facts = read.facts
        tail, places = self._places(read)
        parts = [*self._keys(read), read.values]
        if isinstance(facts.unit, str) and not any(read.flags):
            parts += [f",{_csv(facts.unit)},,{tail}"]
        elif isinstance(facts.unit, str):
            parts += [f",{_csv(facts.unit)},", read.flags, f",{tail}"]
        else:
            parts += [",", self._escaped(facts.unit), ",", read.flags, f",{tail}"]
        return [*parts, places, "\n"]

    def _keys(self, read: ReadColumn) -> Iterator[Part]:
        """The fields of the key, a comma after each: what no row says, and by turns neighbours that rows say."""
        fields = (getattr(read.facts, name) for name in KEY)
        for listed, group in itertools.groupby(fields, key=lambda field: isinstance(field, list)):
            if listed:
                yield from self._joined(list(group))
            else:
                yield "".join(f"{_csv(field)}," for field in group)

    def _joined(self, fields: list[list[str]]) -> list[list[str]]:
        """Fields that rows say, a comma behind each, as they stand in a line: made once for columns that share them.

        Neighbours are one text, of many rows only where few are different, since each is kept once.
        """
        named = tuple(map(id, fields))
        if named not in self.keys:
            found: list[list[str]] = []
            for field in fields:
                known = {text: f"{_csv(text)}," for text in set(field)}
                texts = list(map(known.__getitem__, field))
                if found and _come_back(found[-1], texts):
                    joined = {pair: "".join(pair) for pair in set(zip(found[-1], texts, strict=True))}
                    found[-1] = list(map(joined.__getitem__, zip(found[-1], texts, strict=True)))
                else:
                    found.append(texts)
            self.keys[named] = found
        return self.keys[named]

    def _places(self, read: ReadColumn) -> tuple[str, list[str] | _Addresses]:
        """File and sheet, and where each figure stands: the letters of its column are the same for all."""
        address = self.reading.sheet.address
        if address:
            return f"{self.sheet},", _Addresses(address(read.column), read.rows)
        if id(read.rows) not in self.numbers:
            self.numbers[id(read.rows)] = list(map(str, read.rows))
        return f"{self.sheet},{column_letters(read.column)}", self.numbers[id(read.rows)]

    def _escaped(self, texts: list[str]) -> list[str]:
        if id(texts) not in self.escaped:
            known = {text: _csv(text) for text in set(texts)}
            self.escaped[id(texts)] = list(map(known.__getitem__, texts))
        return self.escaped[id(texts)]


def _come_back(one: list[str], other: list[str]) -> bool:
    """True for texts of few rows, and for those of which the same pairs stand in many rows, by the look of some."""
    if len(one) < MANY:
        return True
    some = slice(None, None, max(1, len(one) // 1000))
    return 2 * len(set(zip(one[some], other[some], strict=True))) < len(one[some])


class _Addresses:
    """Where each figure stands in a file that is no sheet, made when its line is."""

    def __init__(self, of_row: Callable[[int], str], rows: Sequence[int]) -> None:
        special = len(rows) and _SPECIAL.search(of_row(rows[0]))
        self.of_row, self.rows = (lambda row: _csv(of_row(row))) if special else of_row, rows

    def picked(self, order: Iterable[int]) -> Iterator[str]:
        return map(self.of_row, map(self.rows.__getitem__, order))


Part = str | list[str] | WholeNumbers | _Addresses  # of the lines of a column: the same in all, or a text a line


def _csv(text: str) -> str:
    """A field of a line of CSV, as `observation.table_bytes` writes it."""
    if not _SPECIAL.search(text):
        return text
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([plain_text(text), "-"])
    return stream.getvalue()[:-3]


@dataclass
class _Block:
    """The lines of one indicator: its columns, and the order of their rows."""

    writer: _Writer
    columns: list[ReadColumn]
    order: Sequence[int]
    areas: list[tuple[str, ...]]  # of each row, where all rows of an area go before the next column

    def pieces(self) -> Iterator[str]:
        """Their text, some rows at a time."""
        size = max(1, PIECE // len(self.columns))
        parts = [self.writer.parts(read) for read in self.columns]
        if self.areas:
            yield from ("".join(self._by_area(parts, order)) for order in self._whole_areas(size))
            return
        line = list(_joined(itertools.chain.from_iterable(parts)))
        for start in range(0, len(self.order), size):
            picked = _picked(line, self.order[start : start + size])
            yield "".join(itertools.chain.from_iterable(zip(*picked, strict=True)))

    def _whole_areas(self, size: int) -> Iterator[list[int]]:
        """Rows in their order, some areas at a time."""
        found: list[int] = []
        for _, group in itertools.groupby(self.order, key=self.areas.__getitem__):
            found += group
            if len(found) >= size:
                yield found
                found = []
        yield found

    def _by_area(self, parts: list[list[Part]], order: list[int]) -> list[str]:
        """Of each area all rows of the first column, then those of the next: columns say the period, rows the rest."""
        lines = [list(_lines(of_column, order)) for of_column in parts]
        found, start = [], 0
        for _, group in itertools.groupby(order, key=self.areas.__getitem__):
            end = start + sum(1 for _ in group)
            for column in lines:
                found += column[start:end]
            start = end
        return found


def _blocks(reading: Reading) -> Iterator[_Block]:
    """The lines by indicator. Raises `_Unsorted` where rows and columns do not say different parts of the key."""
    by_indicator: dict[str | int, list[ReadColumn]] = defaultdict(list)
    for read in reading.columns:
        by_indicator[_shared(read.facts.indicator)].append(read)
    if len(by_indicator) > 1 and not all(isinstance(indicator, str) for indicator in by_indicator):
        raise _Unsorted
    orders: dict[tuple[int, ...], Sequence[int]] = {}
    writer = _Writer(reading)
    for indicator in sorted(by_indicator):
        yield _of_indicator(writer, by_indicator[indicator], orders)


def _of_indicator(writer: _Writer, columns: list[ReadColumn], orders: dict[tuple[int, ...], Sequence[int]]) -> _Block:
    """Lines of columns with the same rows, of which each says its own period or breakdown.

    Row by row, and in each row from column to column; area by area where columns say the period and rows the breakdown.
    """
    facts, rows = columns[0].facts, columns[0].rows
    shared = [name for name in KEY if len({_shared(getattr(read.facts, name)) for read in columns}) == 1]
    varied = [name for name in KEY if name not in shared]
    in_rows = [name for name in shared if isinstance(getattr(facts, name), list)]
    by_area = varied == ["period"] and "breakdown" in in_rows
    if any(name not in ("period", "breakdown") for name in varied) or any(read.rows is not rows for read in columns):
        raise _Unsorted
    known = (len(rows), *(id(getattr(facts, name)) for name in in_rows))
    keys = list(zip(*(getattr(facts, name) for name in in_rows), strict=True)) if by_area or known not in orders else []
    if known not in orders:
        keys = keys or [()] * len(rows)
        if len(set(keys)) < len(keys):
            raise _Unsorted  # there the figure that stands twice is told
        orders[known] = sorted(range(len(keys)), key=keys.__getitem__)
    columns = sorted(columns, key=lambda read: [read.facts.at(name, 0) for name in varied])
    if not all(_is_before(one, other, varied, by_area) for one, other in itertools.pairwise(columns)):
        raise _Unsorted
    areas = [key[: in_rows.index("breakdown")] for key in keys] if by_area else []
    return _Block(writer, columns, orders[known], areas)


def _shared(texts: Texts) -> str | int:
    """What columns share: a text, or one list of them."""
    return texts if isinstance(texts, str) else id(texts)


def _is_before(one: ReadColumn, other: ReadColumn, varied: Sequence[str], by_area: bool) -> bool:
    """True when what a column says in a row comes before what another says there, in each of their rows."""
    first, second = ([getattr(read.facts, name) for name in varied] for read in (one, other))
    if all(isinstance(texts, str) for texts in (*first, *second)):
        return first < second
    count = len(one.rows)
    pairs = (zip(*(_listed(texts, count) for texts in said), strict=False) for said in (first, second))
    return not by_area and all(map(lt, *pairs))
