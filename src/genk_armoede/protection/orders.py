# SPDX-License-Identifier: EUPL-1.2
"""Orders that figures show: a series that is everywhere the sum of others or more, and two that cover a third.

Takes a table of series and the policy; gives `Sum`s that hold as "or more"; called by `found_sums`. Each may be chance;
then too much is hidden, never too little.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from ..observations.ages import read_ages
from ..observations.observation import breakdown_parts, breakdown_text
from .policy import Policy
from .relations import EVERYBODY, Series, Sum
from .series import TELLING, Column, Place, Table
from .sparse_sums import covers


def orders_in(table: Table, policy: Policy, sums: Iterable[Sum]) -> Iterator[Sum]:
    """Series that are everywhere the sum of others or more: totals of which a part is missing, under any word.

    That may be chance; then too much is hidden, never too little. Not looked for where the figures show how a total
    is cut up.
    """
    settled = {frozenset((one.total, part)) for one in sums for part in one.parts}
    for total, candidates, column_of in table.questions():
        across = total[1] and not Sum(total, tuple(candidates)).is_within_key  # mostly chance
        if total[0] not in policy.sensitive or across or table.is_cut(total):
            continue
        columns = {}
        for one in candidates:
            if one[0] in policy.sensitive and frozenset((total, one)) not in settled and not are_apart(total, one):
                columns[one] = column_of(one)
        room = column_of(total)
        named = EVERYBODY.fullmatch(total[1].partition("=")[2].lower()) is not None
        for parts, left in _fitting(room, columns, 0 if named else TELLING):
            one = Sum(total, tuple(sorted(parts)))
            whole = [place for place in left if not any(math.isnan(columns[p].get(place, math.nan)) for p in parts)]
            natural = len(parts) == len(candidates) > 1  # all that there is: where one is blank nobody sees it fail
            is_sum = (natural or len(whole) == len(room)) and not any(left[place] for place in whole)
            yield replace(one, or_more=not is_sum, where_given=not is_sum)


def _fitting(
    room: Column, columns: Mapping[Series, Column], least: int
) -> list[tuple[list[Series], dict[Place, float]]]:
    """Which series never come above a total, together where they can, and what they leave of it where it is given.

    `least`: in so many places at least both are given; of a figure that is not given nobody knows.
    """
    packs: list[tuple[list[Series], dict[Place, float]]] = []  # series, and what they leave of the total
    room = {place: value for place, value in room.items() if not math.isnan(value)}
    for one in sorted(columns, key=lambda one: -np.nansum([*columns[one].values()])):
        own = {place: value for place, value in columns[one].items() if place in room and not math.isnan(value)}
        if least and (not any(own.values()) or len(own) < least):
            continue
        if any(value > room[place] for place, value in own.items()):
            continue
        for names, left in [*packs, ([], dict(room))]:
            if all(value <= left[place] for place, value in own.items()):
                if not names:
                    packs.append((names, left))
                names.append(one)
                left |= {place: left[place] - value for place, value in own.items()}
                break
    return packs


def are_apart(one: Series, other: Series) -> bool:
    """True for two groups of ages: whether one is in the other is read."""
    return all(read_ages(text.partition("=")[2]) for _, text in (one, other))


def covers_in(table: Table, policy: Policy) -> Iterator[Sum]:
    """Pairs of series that cover a third: groups that overlap, like `vrouwen of jongeren`."""
    for series, column_of in table.side_by_side():
        for (total, other), parts in covers({one: column_of(one) for one in series if not table.is_cut(one)}):
            one = Sum(total, parts, or_more=True, where_given=True, beside=(other,))
            if one.names_any(policy.sensitive):
                yield one


def crossed(table: Table, orders: Iterable[Sum]) -> Iterator[Sum]:
    """What orders over different keys tell together: those whom each of them leaves are not fewer than nobody.

    Of all people but the women, and of the young but the children: of boys who are no children no row tells.
    """
    within = [one for one in orders if all(text for _, text in one.signs)]
    todo = [*within]
    for one in todo:
        for other in within:
            if one.total[0] == other.total[0] and max(one.keys) < min(other.keys):
                found = next((both for both in _products(one, other) if table.fits(both, 1)), None)
                if found:
                    todo.append(found)
                    yield found


def _products(one: Sum, other: Sum) -> Iterator[Sum]:
    """Two orders over different keys as one over both; then, if that is too much, with one part of each."""
    pairs = [(one, other)]
    if len(one.parts) + len(other.parts) > 2 and not (one.beside or other.beside):
        pairs += [
            (replace(one, parts=(part,)), replace(other, parts=(another,)))
            for part, another in itertools.product(one.parts, other.parts)
        ]
    for left, right in pairs:
        sides: dict[float, list[Series]] = {1.0: [], -1.0: []}
        for ((indicator, text), sign), ((_, more), times) in itertools.product(left.signs.items(), right.signs.items()):
            sides[sign * times].append((indicator, breakdown_text(breakdown_parts(f"{text}; {more}"))))
        total, *beside = sides[1.0]
        yield Sum(total, tuple(sides[-1.0]), or_more=True, where_given=True, beside=tuple(beside))
