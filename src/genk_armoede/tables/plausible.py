# SPDX-License-Identifier: EUPL-1.2
"""Figures that cannot be, and figures that leave their own history.

Takes observations that came in and those that are known; gives findings with their cell; called by `checking`.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from ..observations.observation import COUNT_UNITS, Observation
from ..observations.periods import first_day
from .checks import fraction_of_person
from .comparing import Finding, Gravity, Rows, key_of, series_of

FEW = 4  # changes that make a history
FAR = 6  # robust standard deviations from the usual change
LEAST_POINTS = 5  # a share may always move by so many percentage points
LEAST_RATIO = math.log(1.25)  # anything else by a quarter
WILD_POINTS, WILD_RATIO = 15, math.log(2)  # where there is no history
NOISE = 4  # times the chance variation of a count


def impossible(rows: Rows) -> Iterator[Finding]:
    """Shares outside 0–100, negative counts, fractions of a person."""
    for row in rows:
        if row.value is None:
            continue
        part = row.indicator.lower().startswith("aandeel")
        if row.unit == "%" and not 0 <= row.value <= 100:
            yield Finding("share", Gravity.WRONG if part else Gravity.LOOK, row)
        elif row.unit in COUNT_UNITS and row.value < 0:
            yield Finding("negative", Gravity.WRONG, row)
        elif fraction_of_person(row):
            yield Finding("fraction", Gravity.WRONG, row)


def jumps(rows: Rows, known: Rows) -> Iterator[Finding]:
    """New or revised figures whose change since the period before is far beyond the changes before it.

    The history is that of the series; where it is short, that of all series of the indicator. Median and median
    absolute deviation, so that one odd year does not hide the next. A break that is flagged explains itself.
    """
    new = {key_of(row) for row in rows}
    series: dict[tuple[str, ...], list[Observation]] = defaultdict(list)
    for row in [*(row for row in known if key_of(row) not in new), *rows]:
        if row.value is not None:
            series[series_of(row)].append(row)
    said = {(key_of(row), row.value) for row in known}
    equal = {key_of(row) for row in rows if (key_of(row), row.value) in said}
    histories: dict[tuple[str, ...], list[float]] = {}
    pooled: dict[str, list[float]] = defaultdict(list)
    pairs = []
    for name, found in series.items():
        found.sort(key=lambda row: first_day(row.period))
        for before, row in itertools.pairwise(found):
            if key_of(row) in new and key_of(row) not in equal:
                pairs.append((name, before, row))
            elif "b" not in row.status:
                histories.setdefault(name, []).append(change(before, row))
                pooled[row.indicator].append(histories[name][-1])
    for name, before, row in pairs:
        history = histories.get(name, [])
        history = history if len(history) >= FEW else pooled[row.indicator]
        if "b" not in row.status and _far(before, row, history):
            yield Finding("jump", Gravity.LOOK, row, before)


def change(before: Observation, row: Observation) -> float:
    """In percentage points for shares, else as the logarithm of the ratio; of what has none, the plain difference."""
    if row.unit == "%" or before.value <= 0 or row.value <= 0:
        return float(row.value - before.value)
    return math.log(row.value / before.value)


def _far(before: Observation, row: Observation, history: list[float]) -> bool:
    found, points = change(before, row), row.unit == "%"
    if not points and min(before.value, row.value) <= 0:
        return _beyond_chance(before, row) and row.unit in COUNT_UNITS
    if len(history) < FEW:
        limit, usual = (WILD_POINTS if points else WILD_RATIO), 0.0
    else:
        usual = statistics.median(history)
        spread = 1.4826 * statistics.median(abs(one - usual) for one in history)
        limit = max(FAR * spread, LEAST_POINTS if points else LEAST_RATIO)
    return abs(found - usual) > limit and (row.unit not in COUNT_UNITS or _beyond_chance(before, row))


def _beyond_chance(before: Observation, row: Observation) -> bool:
    """Small counts vary: a difference of which chance alone would make as much is no jump."""
    return abs(row.value - before.value) > NOISE * Decimal(abs(row.value) + abs(before.value)).sqrt()
