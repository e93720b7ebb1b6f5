# SPDX-License-Identifier: EUPL-1.2
"""Checks that published figures allow on each other. Called by `datasets`; messages name the cells."""

from __future__ import annotations

import difflib
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from ..observations.areas import Sector
from ..observations.observation import COUNT_UNITS, Observation, breakdown_parts, number_text

Rows, Sectors = Sequence[Observation], Sequence[Sector]


def select(rows: Rows, indicator: str, **keys: str) -> list[Observation]:
    """Rows of an indicator whose other columns have the given values. Looks at every row: not for use in a loop."""
    return [r for r in rows if r.indicator == indicator and all(getattr(r, k) == v for k, v in keys.items())]


def grouped(rows: Iterable[Observation], *columns: str) -> defaultdict[tuple[str, ...], list[Observation]]:
    """Rows by their values in these columns, to look up those that belong to another row; an empty list for others."""
    groups: defaultdict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in rows:
        groups[values_in(row, columns)].append(row)
    return groups


def values_in(row: Observation, columns: Iterable[str]) -> tuple[str, ...]:
    """What a row is found by in `grouped`."""
    return tuple(getattr(row, column) for column in columns)


def fraction_of_person(row: Observation) -> bool:
    """A count that is no whole number, though nothing says that it is an estimate, a forecast or provisional."""
    counted = row.value is not None and row.unit in COUNT_UNITS and not set("efp") & set(row.status)
    return counted and row.value != row.value.to_integral_value()


def whole_counts(rows: Rows) -> None:
    """Raises `DataError` for half a person."""
    for row in filter(fraction_of_person, rows):
        raise row.error(
            "a count that is no whole number",
            found=f"{number_text(row.value)} {row.unit}",
            expected="a whole number, or a flag that says that it is an estimate (e) or provisional (p)",
        )


def implied_denominator(count: Decimal, share: Decimal) -> tuple[int, int]:
    """Smallest and largest whole number of which `count` is `share` percent once rounded.

    3815 = 58,2 % → (6550, 6560): between 3815 / 58,25 % and 3815 / 58,15 %. An exact half may have been
    rounded either way, so both ends count. Raises `ValueError` when no whole number fits.
    """
    half = Decimal("0.05")
    if count == 0 or share <= half:
        raise ValueError("a count or share of zero implies no range")
    low = max(math.ceil(count * 100 / (share + half)), math.ceil(count))
    high = math.floor(count * 100 / (share - half))
    if low > high:
        raise ValueError(f"no whole number of which {count} is {share} %")
    return low, high


def count_fits_share(count: Observation, share: Observation) -> None:
    """Raises `DataError` when a count and a share published together cannot both be right."""
    if count.value is None or share.value is None:
        return
    try:
        if share.value > Decimal("0.05"):  # any count is a share that rounds to zero of something large enough
            implied_denominator(count.value, share.value)
    except ValueError:
        raise share.error(
            f"the share does not fit the count in {count.cell}",
            found=f"{number_text(count.value)} {count.unit} = {number_text(share.value)} %",
            expected="a whole number of which the one is the other",
            do=f"compare {count.cell} and {share.cell} with the source",
        ) from None


def add_up(parts: Rows, total: Observation, what: str) -> None:
    """Raises `DataError` when parts, all of them published, do not add up to a published total."""
    if total.value is None or not parts or any(part.value is None for part in parts):
        return
    found = sum((part.value for part in parts), Decimal(0))
    if found != total.value:
        raise total.error(
            f"{what} do not add up to the total",
            found=f"{number_text(found)} {total.unit}, the sum of {_cells(parts)}",
            expected=f"{number_text(total.value)} {total.unit}, a difference of {number_text(found - total.value)}",
            do="compare these cells with the source",
        )


def parts_of(rows: Rows, indicator: str, key: str = "") -> list[Observation]:
    """Rows of the parts of an indicator: those told apart by this key of the breakdown, or by any."""
    return [row for row in select(rows, indicator) if (key in breakdown_parts(row.breakdown) if key else row.breakdown)]


def parts_add_up(rows: Rows, indicator: str, what: str, *same: str, key: str = "") -> None:
    """Raises `DataError` when parts do not `add_up` to their total where these columns are the same."""
    parts = grouped(parts_of(rows, indicator, key), *same)
    for total in select(rows, indicator, breakdown=""):
        add_up(parts[values_in(total, same)], total, what)


def at_most_together(parts: Rows, total: Observation, what: str) -> None:
    """Raises `DataError` when parts that need not be all of them add up to more than a published total."""
    known = [part for part in parts if part.value is not None]
    found = sum((part.value for part in known), Decimal(0))
    if total.value is not None and found > total.value:
        raise total.error(
            f"{what} add up to more than the total",
            found=f"{number_text(found)} {total.unit}, the sum of {_cells(known)}",
            expected=f"at most {number_text(total.value)} {total.unit}",
            do="compare these cells with the source",
        )


def at_most(part: Observation, whole: Observation) -> None:
    """Raises `DataError` when a part exceeds what it is part of."""
    if part.value is not None and whole.value is not None and part.value > whole.value:
        raise part.error(
            f"a part exceeds its whole in {whole.sheet} {whole.cell}",
            found=f"{number_text(part.value)} {part.unit}",
            expected=f"at most {number_text(whole.value)} {whole.unit}",
            do="compare these cells with the source",
        )


def within(rows: Rows, part: str, whole: str, *same: str) -> None:
    """Raises `DataError` when an indicator exceeds the one it is part of where these columns are the same."""
    wholes = grouped(select(rows, whole), *same)
    for row in select(rows, part):
        for other in wholes[values_in(row, same)]:
            at_most(row, other)


def within_area(rows: Rows, indicator: str, part: str, whole: str) -> None:
    """Raises `DataError` when an area exceeds the one it lies in, in the same period and for the same part."""
    wholes = grouped(select(rows, indicator, area=whole), "period", "breakdown")
    for row in select(rows, indicator, area=part):
        for other in wholes[row.period, row.breakdown]:
            at_most(row, other)


def between(parts: Rows, total: Observation) -> None:
    """Raises `DataError` when the share of a whole lies outside those of all its parts, all of them published."""
    values = [part.value for part in parts if part.value is not None]
    if total.value is None or not values or len(values) < len(parts):
        return
    if not min(values) <= total.value <= max(values):
        raise total.error(
            "the share of all lies outside those of the parts",
            found=f"{number_text(total.value)} {total.unit}",
            expected=f"{number_text(min(values))} to {number_text(max(values))} {total.unit}, as in {_cells(parts)}",
            do="compare these cells with the source",
        )


def _cells(rows: Rows) -> str:
    places = [f"{row.sheet} {row.cell}".strip() for row in rows]
    return ", ".join(places) if len(places) <= 8 else f"{places[0]} … {places[-1]} ({len(places)} cells)"


_DASHES = re.compile("[\u2010-\u2015\u2212]")


def hyphened(row: Observation) -> Observation:
    """A row with hyphens for dashes in its names: Excel and publishers write one for the other from year to year."""
    if not _DASHES.search(row.indicator + row.area + row.breakdown):
        return row
    names = {name: _DASHES.sub("-", getattr(row, name)) for name in ("indicator", "area", "breakdown")}
    return replace(row, **names)


def nearly_same(one: str, other: str) -> bool:
    """Two spellings of one name: the same letters and digits, or long words that differ in a letter or two."""
    if re.sub(r"\W", "", one.casefold()) == re.sub(r"\W", "", other.casefold()):
        return True
    words = [re.findall(r"\w+", text.casefold()) for text in (one, other)]
    if len(words[0]) != len(words[1]):
        return False
    return all(a == b or _long_and_near(a, b) for a, b in zip(*words, strict=True))


def _long_and_near(one: str, other: str) -> bool:
    long = min(len(one), len(other)) > 5
    return long and difflib.SequenceMatcher(None, one, other).ratio() >= 0.88
