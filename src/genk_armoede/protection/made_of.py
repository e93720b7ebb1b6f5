# SPDX-License-Identifier: EUPL-1.2
"""Figures that are made of a sensitive count, whatever they are called: an index, a rank, a density, a running total.

Takes tidy rows; refuses what tells a count and is not under `derived`; called by `found_sums`.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..observations.observation import Observation
from ..observations.periods import months_of
from .checks import lies_in
from .policy import POLICY, Policy
from .relations import group_of

Cell = tuple[tuple, str]  # area and parts of the breakdown, and period
Figures = Mapping[Cell, float]

LAGS = (1, 2, 4, 12)  # periods back: also the same quarter or month of a year ago
SPANS = (2, 3, 4, 5, 12)  # periods in a moving mean
LOOKED = 400  # cells from which it is told
SURE = 20.0  # bits: by chance figures fit so well once in a million times
FIT = 0.95  # of the cells: a few may be wrong


def check_made(rows: Sequence[Observation], policy: Policy) -> None:
    """Raises `DataError` for a figure that tells a sensitive count and is not said to be derived from it."""
    at: dict[str, dict[Cell, float]] = defaultdict(dict)
    first: dict[str, Observation] = {}
    decimals: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.value is not None and row.indicator in {*policy.sensitive, *policy.open}:
            group = group_of(row.key)
            at[row.indicator][(group.area, group.parts), group.period] = float(row.value)
            first.setdefault(row.indicator, row)
            decimals[row.indicator] = min(decimals[row.indicator], row.value.as_tuple().exponent)  # type: ignore[type-var]
    judged = {one["sum"] for one in policy.relations if one["holds"] == "no"}
    for made, count in itertools.product(at, at):
        text = f"{made} ~ {count}"
        if count not in policy.sensitive or made == count or text in judged:
            continue
        wholes = [own for name, own in at.items() if name not in (made, count)]
        half = 10.0 ** decimals[made] / 2
        if any(_tells(x, y, half) for x, y in _ways(at[count], at[made], wholes)):
            raise first[made].error(
                f"is {made} made of {count}? The figures say so, and then it tells what is hidden there",
                do=f"place it under derived in {POLICY}: {made}: {{from: [{count}]}}; or say under relations there "
                f"that it is not: {{sum: '{text}', holds: no, by: who, on: date}}",
            )


def _ways(count: Figures, made: Figures, wholes: Sequence[Figures]) -> Iterator[tuple[Figures, Figures]]:
    """What a figure may be made of, and that figure or what was added to it."""
    if any(made.get(cell, n) != n for cell, n in count.items()):  # else it is a sum, of one
        yield count, made
    yield count, _over_time(made, 1, lambda now, before: now - before)
    for lag in LAGS:
        yield _over_time(count, lag, lambda now, before: now - before), made
        yield _over_time(count, lag, lambda now, before: now / before if before else None), made
    for span, ahead in itertools.product(SPANS, (False, True)):
        yield _summed(count, span, span // 2 * ahead), made
    for combined in (sum, max, min, _last):
        yield _inside(count, made, combined), made
    for whole in wholes:
        both = [(cell, n, whole[cell]) for cell, n in count.items() if cell in whole]
        yield {cell: n / of for cell, n, of in both if of}, made
        yield {cell: of / n for cell, n, of in both if n}, made
        yield {cell: 1 - n / of for cell, n, of in both if of}, made
        yield {cell: n / (of - n) for cell, n, of in both if of != n}, made


def _over_time(own: Figures, lag: int, made: Callable[[float, float], float | None]) -> Figures:
    """What is made of each figure and that of some periods before."""
    periods = sorted({period for _, period in own}, key=months_of)
    before = dict(zip(periods[lag:], periods, strict=False))
    both = {(place, p): (n, own.get((place, before.get(p, "")))) for (place, p), n in own.items()}
    found = {cell: made(now, then) for cell, (now, then) in both.items() if then is not None}
    return {cell: value for cell, value in found.items() if value is not None}


def _summed(own: Figures, span: int, ahead: int) -> Figures:
    """The sum of as many periods; `ahead`: so many of them come after."""
    periods = sorted({period for _, period in own}, key=months_of)
    found = {}
    for i, place in itertools.product(range(len(periods) - span + 1), {place for place, _ in own}):
        figures = [own.get((place, period), math.nan) for period in periods[i : i + span]]
        found[place, periods[i + span - 1 - ahead]] = sum(figures)
    return {cell: value for cell, value in found.items() if not math.isnan(value)}


def _inside(own: Figures, made: Figures, combined: Callable[[list[float]], float]) -> Figures:
    """What is made of the figures of periods that lie in a longer one."""
    found: dict[Cell, list[float]] = defaultdict(list)
    longer = {period: months_of(period) for _, period in made}
    for (place, period), n in sorted(own.items(), key=lambda one: months_of(one[0][1])):
        own_span = months_of(period)
        for other, span in longer.items():
            if lies_in(own_span, span) and own_span != span:
                found[place, other].append(n)
    return {cell: combined(figures) for cell, figures in found.items()}


def _last(figures: list[float]) -> float:
    return figures[-1]


def _tells(x: Figures, y: Figures, half: float) -> bool:
    """True for a figure that is everywhere a multiple of another, or the same where that is the same.

    Over all cells, or over those of each place or each period; `half`: what it may be rounded by.
    """
    cells = _apart([cell for cell in y if cell in x][:LOOKED], x, y)
    if not cells:
        return False
    for part in (lambda cell: None, lambda cell: cell[0], lambda cell: cell[1]):
        groups: dict = defaultdict(list)
        for cell in cells:
            groups[part(cell)].append((x[cell], y[cell]))
        for tried in (_as_multiple, _as_function):
            fitting, every, bits = map(sum, zip(*(tried(group, half) for group in groups.values()), strict=True))
            if bits >= SURE and fitting >= FIT * every:
                return True
    return False


def _apart(cells: Sequence[Cell], x: Figures, y: Figures) -> list[Cell]:
    """The cells but those of areas with all the same figures as another: a wijk, and the one sector that is in it."""
    figures: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for cell in cells:
        figures[cell[0][0]].append((x[cell], y[cell]))
    kept = {tuple(own): area for area, own in figures.items()}
    return [cell for cell in cells if len(own := figures[cell[0][0]]) == 1 or kept[tuple(own)] == cell[0][0]]


def _as_multiple(pairs: Sequence[tuple[float, float]], half: float) -> tuple[int, int, float]:
    """In how many pairs one is as many times the other as in the largest, of how many, and by how many bits."""
    most, figure = max(pairs, key=lambda pair: abs(pair[0]))
    if not most:
        return 0, 0, 0.0
    fitting, every, bits = 0, 0, 0.0
    for x, y in pairs:
        if (x, y) == (most, figure) or not (x or y):
            continue
        every += 1
        reach = half * (1 + abs(x / most)) * 1.01
        if abs(y - figure * x / most) <= reach:
            fitting += 1
            bits += math.log2(max(min(abs(y), abs(y - figure)) / reach, 1.0))
    return fitting, every, bits


def _as_function(pairs: Sequence[tuple[float, float]], _: float) -> tuple[int, int, float]:
    """Of pairs with the same first figure in how many the second is the same, of how many, and by how many bits."""
    found: dict[float, Counter] = defaultdict(Counter)
    for x, y in pairs:
        found[x][y] += 1
    every = Counter(y for _, y in pairs)
    usual = every.most_common(1)[0][0]
    alike = sum(n * n for n in every.values()) / len(pairs) ** 2  # how often two are the same by chance
    fitting = total = 0
    for x, own in found.items():
        if x and {*own} != {usual}:
            fitting += max(own.values()) - 1
            total += sum(own.values()) - 1
    bits = -math.log2(alike) * fitting
    ordered = [own.most_common(1)[0][0] for _, own in sorted(found.items())]
    if 0 < total == fitting and sorted(ordered) in (ordered, ordered[::-1]):  # a rank, or a class
        ways = math.factorial(len(ordered)) // math.prod(map(math.factorial, Counter(ordered).values()))
        bits += min(2 * bits, math.log2(ways))  # no more: both may be larger where more people live
    return fitting, total, bits
