# SPDX-License-Identifier: EUPL-1.2
"""Sums in tables of which many rows are left out: each combination is tried where all of its figures are given.

Takes the figures of a series and of those that it may be the sum of; called by `found_sums`, which tells what holds
everywhere. Few places may tell by chance: then too much is hidden, never too little.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TypeVar

import numpy as np

Column = Mapping[Hashable, float]
Name = TypeVar("Name", bound=Hashable)

TELLING = 3  # of two sides that are the same so many series count somebody: with fewer it is a smaller sum, or chance
TIGHT = 4  # in so many places two series are just as many as the one that they cover
MANY = 10  # of more series only pairs are held against each other
TRIED = 5_000  # combinations of one total, the smallest first; in a table with more groups `found_sums` sees the rest


def sums_where_given(total: Column, columns: Mapping[Name, Column]) -> Iterator[tuple[int, tuple[Name, ...]]]:
    """Series that add up to the total wherever all are given and nowhere come above it, each with how sure that is.

    That is the number of places in which two parts count somebody. `total`, `columns`: the figure of each place, NaN
    where there is none.
    """
    whole, figures = _side_by_side(total, columns)
    likely = {name: own for name, own in figures.items() if not np.any(own > whole) and np.any(own > 0)}
    combinations = itertools.chain.from_iterable(
        itertools.combinations(sorted(likely), size) for size in range(1, len(likely) + 1)
    )
    for names in itertools.islice(combinations, TRIED):
        parts = np.array([likely[name] for name in names])
        if _fits(whole, parts) and _is_tried(whole, parts):
            yield _telling(whole, parts), names


def balances(columns: Mapping[Name, Column]) -> Iterator[tuple[int, tuple[Name, ...], tuple[Name, ...]]]:
    """Two or three series that together are as many as two or three others wherever all are given.

    Each with the number of places in which three of them count somebody: two at least. Groups that overlap do so when
    what sets them apart has no row of its own.
    """
    figures = _of_somebody(columns)
    names = [*figures]
    sizes = (2, 3) if len(names) <= MANY else (2,)
    sides = [side for size in sizes for side in itertools.combinations(names, size)]
    together = np.array([sum(figures[name] for name in side) for side in sides])
    for i, side in enumerate(sides):
        apart = together[i + 1 :] - together[i]
        for j in np.flatnonzero(np.all(np.isnan(apart) | (apart == 0), axis=1)):
            other = sides[i + 1 + j]
            if set(side).isdisjoint(other):
                own = np.array([figures[name] for name in (*side, *other)])
                telling = int(((own > 0).sum(axis=0)[~np.isnan(own).any(axis=0)] >= TELLING).sum())
                if telling > 1:
                    yield telling, side, other


def covers(columns: Mapping[Name, Column]) -> Iterator[tuple[tuple[Name, Name], tuple[Name, ...]]]:
    """Two series that together are nowhere less than a third, or than two others, which neither of the two is alone.

    One of the others counts nowhere less than one of the pair, and may hold it; or in some places both are the same.
    """
    figures = _of_somebody(columns)
    names = [*figures]
    sides = [(name,) for name in names]
    sides += itertools.combinations(names, 2) if len(names) <= MANY else []
    for pair in itertools.combinations(names, 2):
        one, other = (figures[name] for name in pair)
        for side in sides:
            whole = sum(figures[name] for name in side)
            given = ~np.isnan(one + other + whole)
            left = (one + other - whole)[given]
            if not set(side).isdisjoint(pair) or np.any(left < 0) or not np.any(left):  # nothing left: a sum
                continue
            parts = [part[given] for part in (one, other, *(figures[name] for name in side))]
            if _is_alone(*parts):
                continue
            tight = (left == 0) & (sum(part > 0 for part in parts) >= TELLING)
            if _is_nested(*parts) or tight.sum() >= TIGHT:
                yield pair, side


def _is_alone(one: np.ndarray, other: np.ndarray, *side: np.ndarray) -> bool:
    """True where each of one side is nowhere more than one of two series, apart: then no more follows of both."""
    ways = [side, side[::-1]] if len(side) > 1 else [(*side, 0 * one), (0 * one, *side)]
    return any(np.all(one >= left) and np.all(other >= right) for left, right in ways)


def _is_nested(one: np.ndarray, other: np.ndarray, *side: np.ndarray) -> bool:
    """True where one of the pair is nowhere more than one of the side, and what else is of the side than the other."""
    pairs = itertools.product(((one, other), (other, one)), ((*side, 0 * one)[:2], (*side, 0 * one)[1::-1]))
    return any(np.all(p <= a) and np.all(b <= q) for (p, q), (a, b) in pairs)


def may_be_sum(total: Column, parts: Sequence[Column]) -> bool:
    """True unless the parts come above the total somewhere, or do not add up to it where all are given."""
    whole, figures = _side_by_side(total, dict(enumerate(parts)))
    return _fits(whole, np.array([*figures.values()]))


def _of_somebody(columns: Mapping[Name, Column]) -> dict[Name, np.ndarray]:
    """The figures of each series that counts somebody, side by side."""
    places = dict.fromkeys(place for own in columns.values() for place in own)
    _, figures = _side_by_side(dict.fromkeys(places, 0.0), columns)
    return {name: figures[name] for name in sorted(figures) if np.any(figures[name] > 0)}


def _side_by_side(total: Column, columns: Mapping[Name, Column]) -> tuple[np.ndarray, dict[Name, np.ndarray]]:
    places = [*total]
    whole = np.array([total[place] for place in places], dtype=float)
    return whole, {name: np.array([own.get(place, np.nan) for place in places]) for name, own in columns.items()}


def _fits(whole: np.ndarray, parts: np.ndarray) -> bool:
    known = ~np.isnan(whole)
    given = known & ~np.isnan(parts).any(axis=0)
    return bool(
        np.all(np.nansum(parts, axis=0)[known] <= whole[known]) and np.all(parts.sum(axis=0)[given] == whole[given])
    )


def _is_tried(whole: np.ndarray, parts: np.ndarray) -> bool:
    """True where a place counts somebody; of a series that is the same as the total three places."""
    given = ~np.isnan(whole) & ~np.isnan(parts).any(axis=0)
    return bool((whole[given] > 0).sum() >= (3 if len(parts) == 1 else 1))


def _telling(whole: np.ndarray, parts: np.ndarray) -> int:
    """In how many places more than chance speaks for a sum that fits: two parts count somebody."""
    given = ~np.isnan(whole) & ~np.isnan(parts).any(axis=0)
    return int(((parts[:, given] > 0).sum(axis=0) >= min(2, len(parts))).sum())
