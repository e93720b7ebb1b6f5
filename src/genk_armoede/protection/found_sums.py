# SPDX-License-Identifier: EUPL-1.2
"""Sums that the figures themselves show, whatever their labels say: `beide geslachten`, nested ages, a column a sex.

Takes tidy rows; gives each series that is the sum of others, over all areas and periods or nearly all; called by
`protect` and `attack`, for which what always holds is a relation, and by `datasets`, which asks about the others.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import eye_array, hstack

from ..observations.ages import Ages, read_ages
from ..observations.observation import Observation, breakdown_parts
from .made_of import check_made
from .orders import are_apart, covers_in, crossed, orders_in
from .policy import POLICY, Policy
from .regrouped import regrouped
from .relations import FAR, Series, Sum, group_of
from .series import TELLING, Column, Place, Table, added_up
from .sparse_sums import balances, may_be_sum, sums_where_given

NEARLY = 0.75  # of all places: a sum with exceptions
CLOSE = 0.05  # of the total: a sum with a few people beside it
TILED = 10  # ways to make up a group of ages
FITTED = 150  # places from which a sum is guessed; it is tried on all


@dataclass(frozen=True, slots=True)
class Found:
    """Sums that hold wherever they can be tried, and those with exceptions: each with an example."""

    always: list[Sum]
    nearly: list[tuple[Sum, Observation]]


def sums_in(rows: Iterable[Observation], policy: Policy) -> Found:
    """Every sum with a sensitive count in it, but those that the policy or the words for a total tell."""
    table = Table(rows, policy)
    always: dict[Sum, None] = {}
    nearly: dict[Sum, Observation] = {}
    for total, candidates, column_of in table.questions():
        for missing in (None, 0.0):  # a group of which nobody is there often has no row
            columns = {series: column_of(series) for series in (total, *candidates)}
            found, holds = _tried(total, columns, missing, policy.threshold)
            if found is None or not _is_news(found, policy) or (found.is_within_key and table.is_cut(total)):
                continue
            if holds:
                always[found] = None
                break
            nearly[found] = table.example(found)
    judged = {one["sum"]: one["holds"] for one in policy.relations}
    always |= dict.fromkeys(one for one in nearly if judged.get(str(one)) == "yes")
    open_ones = [(one, row) for one, row in nearly.items() if one not in always and str(one) not in judged]
    return Found(sorted(one for one in always if judged.get(str(one)) != "no"), open_ones)


def judged_sums(
    rows: Iterable[Observation],
    policy: Policy,
    earlier: Sequence[tuple[str, Observation]] = (),
    before: Iterable[Sum] = (),
) -> list[Sum]:
    """The sums that hold, what is everywhere a sum or more, and what is one where it is given.

    `earlier`: rows of earlier versions, which fill holes, each with its commit; `before`: sums that earlier versions
    told. Raises `DataError` for what is nearly a sum, or may be one, until the policy says whether it is.
    """
    now = [*rows]
    found = sums_in(now, policy)
    for one, row in found.nearly:
        raise row.error(
            f"is this a sum? It holds in most places, not in all: {one}",
            do=f"correct the exceptions, or say it under relations in {POLICY}: "
            f"{{sum: '{one}', holds: yes or no, by: who, on: date}}",
        )
    heirs, open_ones = regrouped(now, earlier, policy)
    there = {(row.indicator, group_of(row.key)) for row in now}
    names = {series for row in now for series in _series_of(row)}
    renamed = {series for one in heirs for series in one.signs} - names  # beside those of now they are chance
    known_last = sorted((row for _, row in reversed(earlier)), key=lambda row: row.value is not None)
    gone = [row for row in known_last if (row.indicator, group_of(row.key)) not in there]
    rows = [*(row for row in gone if renamed.isdisjoint(_series_of(row))), *now]  # of a cell the newest figure is last
    check_made(rows, policy)
    more = added_up(rows, policy, found.always)
    table, any_few = Table(rows, policy, added_up=more), Table(rows, policy, 1, more)
    _check_whole(any_few, policy, before)
    sparse = [
        *_sparse_in(any_few, policy),
        *_still_in(Table(now, policy, 1), before),
        *_read_in(any_few, [*now, *known_last], policy),
    ]
    known = {(one.total, one.parts) for one in found.always}
    sparse = [one for one in dict.fromkeys(sparse) if one.beside or (one.total, one.parts) not in known]
    sums = [*found.always, *heirs, *_not_denied(sparse, policy)]
    _ask(open_ones, sums, now, names)
    balances = _not_denied(_balances_in(any_few, policy, sums), policy)
    orders = _not_denied([*orders_in(table, policy, found.always), *covers_in(table, policy)], policy)
    return [*dict.fromkeys(sums), *balances, *orders, *crossed(any_few, orders)]


def _ask(open_ones: Sequence[Sum], sums: Iterable[Sum], now: Iterable[Observation], there: Set[Series]) -> None:
    """Raises `DataError` for what a group of an earlier version may be now, unless figures tell anything of that."""
    told = [{*one.signs} for one in sums if not one.or_more]
    known = set().union(*(one for one in told if one & there and one - there))
    if asked := [one for one in open_ones if known.isdisjoint(one.signs.keys() - there)]:
        raise next(row for row in now if {*asked[0].signs} & {*_series_of(row)}).error(
            "a group that an earlier version has may have another name now, and figures do not tell which: "
            + ", or ".join(map(str, asked[:4])),
            do=f"say of each under relations in {POLICY} whether it holds: "
            f"{{sum: '{asked[0]}', holds: yes or no, by: who, on: date}}",
        )


def _series_of(row: Observation) -> list[Series]:
    return [(row.indicator, f"{key}={value}") for key, value in breakdown_parts(row.breakdown).items()]


def _not_denied(sums: Iterable[Sum], policy: Policy) -> list[Sum]:
    denied = {one["sum"] for one in policy.relations if one["holds"] == "no"}
    return [one for one in sums if denied.isdisjoint((str(one), str(replace(one, or_more=False))))]


def _read_in(table: Table, rows: Iterable[Observation], policy: Policy) -> Iterator[Sum]:
    """Groups of ages that others make up as their labels say, also where no place gives all of them."""
    spans: dict[str, dict[Series, Ages]] = defaultdict(dict)  # indicator → groups of ages
    for row in rows:
        for series in _series_of(row) if row.indicator in policy.sensitive else ():
            if ages := read_ages(series[1].partition("=")[2]):
                spans[row.indicator][series] = ages
    for own in spans.values():
        for total, (low, high) in own.items():
            for parts in itertools.islice(_tiled(own, low, high), TILED):
                found = Sum(total, tuple(sorted(parts)), where_given=True)
                if total not in parts and _is_news(found, policy) and table.fits(found):
                    yield found


def _tiled(spans: Mapping[Series, Ages], low: float, high: float) -> Iterator[list[Series]]:
    """Groups that together are of these ages, and lie apart."""
    for one, (youngest, oldest) in spans.items():
        if youngest == low and oldest == high:
            yield [one]
        elif youngest == low and oldest < high:
            yield from ([one, *others] for others in _tiled(spans, oldest + 1, high))


def _check_whole(table: Table, policy: Policy, before: Iterable[Sum]) -> None:
    """Raises `DataError` where rows were left out so that no place gives all groups: then no figure tells of sums.

    An earlier version may have told of them.
    """
    told = {series for one in before for series in one.signs}
    for series, column_of in table.side_by_side():
        if told.issuperset(series) or len(series) < 3 or series[0][0] not in policy.sensitive or not series[0][1]:
            continue
        if any(map(table.is_cut, series)) or all(read_ages(text.partition("=")[2]) for _, text in series):
            continue
        given: dict[str, list[set[Series]]] = defaultdict(list)  # period → the groups of each place
        places: dict[Place, set[Series]] = defaultdict(set)
        for one in series:
            for place in column_of(one):
                places[place].add(one)
        for place, groups in places.items():
            given[place[0]].append(groups)
        for period, found in given.items():
            every = set().union(*found)
            if len(every) > 2 and every not in found:
                raise table.example(Sum(min(every), ())).error(
                    f"no area has a row for each of {', '.join(text for _, text in sorted(every))} in {period}: "
                    "nobody can tell which of them is the sum of others",
                    do="give at least one area all of those rows: 0 where nobody is, empty where it is not known",
                )


def _sparse_in(table: Table, policy: Policy) -> list[Sum]:
    """Series that are the sum of others where all of them have a row; first what most places tell."""
    places: dict[Sum, int] = {}
    for total, candidates, column_of in table.questions():
        columns = {one: column_of(one) for one in candidates if not are_apart(total, one)}
        for telling, parts in sums_where_given(column_of(total), columns):
            found = Sum(total, parts, where_given=True)
            if found.is_within_key and table.is_cut(total):
                continue
            if _is_news(found, policy):
                places[found] = telling
    return sorted(places, key=lambda one: -places[one])


def _balances_in(table: Table, policy: Policy, sums: Iterable[Sum]) -> list[Sum]:
    """Series that together are as many as others together, but for what follows from other sums."""
    places: dict[Sum, int] = {}
    for series, column_of in table.side_by_side():
        known = [one.signs for one in sums if one.signs.keys() <= {*series}]
        found = balances({one: column_of(one) for one in series})
        for telling, (total, *beside), parts in sorted(found, key=lambda one: -one[0]):
            one = Sum(total, parts, where_given=True, beside=tuple(beside))
            if one.names_any(policy.sensitive) and not _follows(one.signs, known):
                places[one] = telling
                known.append(one.signs)
    return sorted(places, key=lambda one: -places[one])


def _follows(signs: Mapping[Series, float], known: Sequence[Mapping[Series, float]]) -> bool:
    """True for a sum that others together tell."""
    names = dict.fromkeys(name for one in (*known, signs) for name in one)
    matrix = np.array([[one.get(name, 0.0) for name in names] for one in (*known, signs)])
    return len(known) > 0 and np.linalg.matrix_rank(matrix) == np.linalg.matrix_rank(matrix[:-1])


def _still_in(table: Table, before: Iterable[Sum]) -> Iterator[Sum]:
    """Of sums that earlier versions told those that no figure of now contradicts: one of before may be corrected."""
    for one in sorted(before):
        column_of = table.columns_of(one)
        fits = table.fits(one) and (one.beside or may_be_sum(column_of(one.total), [*map(column_of, one.parts)]))
        if fits and not one.or_more:
            yield replace(one, where_given=True)


def _is_news(found: Sum, policy: Policy) -> bool:
    """False for a sum without sensitive counts, and for one of two ways to say that two series are the same."""
    return found.names_any(policy.sensitive) and (len(found.parts) > 1 or found.total > found.parts[0])


def _tried(
    total: Series, columns: Mapping[Series, Column], missing: float | None, threshold: int
) -> tuple[Sum | None, bool]:
    """The sum that a series is of others, if it is one; and whether that has no exception."""
    own = {place: value for place, value in columns[total].items() if not math.isnan(value)}
    likely = [one for one in columns if one != total and _below(columns[one], own, missing)]
    if missing is None:
        likely = [one for one in likely if len(own.keys() & columns[one].keys()) >= NEARLY * len(own)]
    fill = math.nan if missing is None else missing
    places = [place for place in own if not any(math.isnan(columns[one].get(place, fill)) for one in likely)]
    if not likely or len(places) < 2:
        return None, False
    whole = np.array([own[place] for place in places])
    figures = np.array([[columns[one].get(place, 0.0) for place in places] for one in likely])
    chosen = _guess(whole, figures)
    parts = figures[chosen]
    if not chosen.any():
        return None, False
    others = len(columns) - 1
    found = Sum(total, tuple(one for one, is_part in zip(likely, chosen, strict=True) if is_part))
    is_all = len(found.parts) == others > 1 and (found.is_within_key or not total[1])
    filled = (parts > 0).sum(axis=0)
    telling = (filled >= min(2, len(parts))) & (whole > 0)
    rest = np.abs(whole - parts.sum(axis=0))
    least = 2 if is_all else TELLING  # all that there is: less proof will do
    if telling.sum() >= least and not rest.any():
        return found, True
    large = telling & (whole >= 2 * threshold)
    holds = large & (rest == 0)
    if holds.sum() >= TELLING and holds.sum() >= NEARLY * large.sum():
        return found, False
    close = large & (rest <= np.maximum(2, CLOSE * whole))
    if is_all and close.sum() >= TELLING and close.sum() >= 0.9 * large.sum():
        return found, False
    return None, False


def _below(part: Column, total: Column, missing: float | None) -> bool:
    """True for a series that is seldom larger than the total, and not nothing all over."""
    both = [(part.get(place, 0.0), total[place]) for place in total if missing is not None or place in part]
    both = [(one, whole) for one, whole in both if not math.isnan(one)]
    fits = sum(one <= whole for one, whole in both)
    return bool(both) and fits >= NEARLY * len(both) and any(one for one, _ in both)


def _guess(whole: np.ndarray, figures: np.ndarray) -> np.ndarray:
    """Which series together come nearest to the total in most places; a few exceptions weigh little."""
    from .program import Program

    step = max(len(whole) // FITTED, 1)
    whole, figures = whole[::step], figures[:, ::step]
    count, places = figures.shape
    one = eye_array(places, format="csr")
    matrix = hstack([figures.T, one, -one], format="csr")
    more = -1e-4 * (1 + np.arange(count) / count)  # of two ways to make it up the one with smaller parts
    cost = np.concatenate([more, np.ones(2 * places)])
    ends = np.zeros(len(cost)), np.concatenate([np.ones(count), np.full(2 * places, FAR)])
    found = Program(matrix, whole, whole).solve(cost, *ends)
    if found is not None and found[count:].sum() < 1e-6 and not np.isin(found[:count].round(6), (0, 1)).all():
        found = Program(matrix, whole, whole, whole=True).solve(cost, *ends)  # halves fit too: is there a whole answer?
    return np.zeros(count, dtype=bool) if found is None else found[:count] > 0.5
