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
from collections.abc import Iterable, Iterator, Sequence

from ..observations.observation import COLUMNS, KEY, plain_text, validate, validate_texts
from ..spreadsheets.addresses import column_letters
from .reading import ReadColumn, Reading

PIECE = 10_000  # lines
_SPECIAL = re.compile(r"""[",'=+@\r\n\t-]""")


class _Unsorted(Exception):
    """Rows and columns cannot be sorted apart."""


def csv_pieces(readings: Sequence[Reading]) -> Iterator[str]:
    """The whole table, header first. Raises `DataError` where `observation.validate` does."""
    yield ",".join(COLUMNS) + "\n"
    for reading in readings:
        _check(reading)
    try:
        lines = list(itertools.chain.from_iterable(_product(readings[0]))) if len(readings) == 1 else []
    except _Unsorted:
        lines = []
    lines = lines or _all_sorted(readings)
    for start in range(0, len(lines), PIECE):
        yield "".join(lines[start : start + PIECE])


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
    found: list[tuple[tuple[str, ...], str]] = []
    for reading in readings:
        for read in reading.columns:
            lists = [_listed(getattr(read.facts, name), len(read.rows)) for name in KEY]
            found += zip(zip(*lists, strict=True), _lines(reading, read), strict=True)
    found.sort(key=lambda pair: pair[0])
    if any(one[0] == other[0] for one, other in itertools.pairwise(found)):
        validate(row for reading in readings for row in reading.rows)
    return [line for _, line in found]


def _listed(texts: str | list[str], count: int) -> Iterable[str]:
    return texts if isinstance(texts, list) else itertools.repeat(texts, count)


def _lines(reading: Reading, read: ReadColumn) -> list[str]:
    """The lines of a column of figures, downwards."""
    facts, count = read.facts, len(read.rows)
    keys = map(",".join, zip(*(_listed(_escaped(getattr(facts, name)), count) for name in KEY), strict=True))
    tail, places = f",{_csv(reading.sheet.file)},{_csv(reading.sheet.name)},", read.rows
    if reading.sheet.address:
        places = [reading.sheet.address(row, read.column) for row in read.rows]
        places = list(map(_csv, places)) if _SPECIAL.search("".join(places)) else places
    else:
        tail += column_letters(read.column)
    if isinstance(facts.unit, str) and not any(read.flags):
        tail = f",{_csv(facts.unit)},{tail}"
        return [f"{key},{value}{tail}{place}\n" for key, value, place in zip(keys, read.values, places, strict=True)]
    units = _listed(_escaped(facts.unit), count)
    fields = zip(keys, read.values, units, read.flags, places, strict=True)
    return [f"{key},{value},{unit},{flags}{tail}{place}\n" for key, value, unit, flags, place in fields]


def _escaped(texts: str | list[str]) -> str | list[str]:
    if isinstance(texts, str):
        return _csv(texts)
    known = {text: _csv(text) for text in set(texts)}
    return list(map(known.__getitem__, texts))


def _csv(text: str) -> str:
    """A field of a line of CSV, as `observation.table_bytes` writes it."""
    if not _SPECIAL.search(text):
        return text
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([plain_text(text), "-"])
    return stream.getvalue()[:-3]


def _product(reading: Reading) -> Iterator[list[str]]:
    """The lines of each indicator. Raises `_Unsorted` where rows and columns do not say different parts of the key."""
    by_indicator: dict[str, list[ReadColumn]] = defaultdict(list)
    for read in reading.columns:
        if isinstance(read.facts.indicator, list):
            raise _Unsorted
        by_indicator[read.facts.indicator].append(read)
    orders: dict[tuple[int, ...], list[int]] = {}
    for indicator in sorted(by_indicator):
        yield _of_indicator(reading, by_indicator[indicator], orders)


def _of_indicator(reading: Reading, columns: list[ReadColumn], orders: dict[tuple[int, ...], list[int]]) -> list[str]:
    first = columns[0]
    row_fields = [name for name in KEY if isinstance(getattr(first.facts, name), list)]
    shared = tuple(id(getattr(first.facts, name)) for name in row_fields)
    for read in columns[1:]:
        same = [id(getattr(read.facts, name)) for name in row_fields]
        listed = [name for name in KEY if isinstance(getattr(read.facts, name), list)]
        if listed != row_fields or tuple(same) != shared or read.rows is not first.rows:
            raise _Unsorted
    if any(read.facts.area_code != first.facts.area_code or read.facts.area != first.facts.area for read in columns):
        raise _Unsorted
    keys = list(zip(*(getattr(first.facts, name) for name in row_fields), strict=True))
    keys = keys or [()] * len(first.rows)
    if len(set(keys)) < len(keys):
        raise _Unsorted  # there the figure that stands twice is told
    if shared not in orders:
        orders[shared] = sorted(range(len(keys)), key=keys.__getitem__)
    order = orders[shared]
    columns = sorted(columns, key=_own_key)
    if any(_own_key(one) == _own_key(other) for one, other in itertools.pairwise(columns)):
        raise _Unsorted
    lines = [list(map(_lines(reading, read).__getitem__, order)) for read in columns]
    if len(lines) == 1:
        return lines[0]
    if "period" not in row_fields and "breakdown" in row_fields:
        return _by_area(lines, [keys[i][: row_fields.index("breakdown")] for i in order])
    return list(itertools.chain.from_iterable(zip(*lines, strict=True)))


def _own_key(read: ReadColumn) -> tuple[str, ...]:
    """What a column says of period and breakdown."""
    period, breakdown = read.facts.period, read.facts.breakdown
    return period if isinstance(period, str) else "", breakdown if isinstance(breakdown, str) else ""


def _by_area(lines: list[list[str]], areas: list[tuple[str, ...]]) -> list[str]:
    """Of each area all rows of the first column, then those of the next: columns say the period, rows the breakdown."""
    found, start = [], 0
    for _, group in itertools.groupby(areas):
        end = start + sum(1 for _ in group)
        for column in lines:
            found += column[start:end]
        start = end
    return found
