# SPDX-License-Identifier: EUPL-1.2
"""What a file that came in says beside what is known: new, equal, revised and gone figures, and names that differ.

Takes observations; gives findings, each with its row; called by `checking`, before anything is registered.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum

from ..observations.observation import Observation, breakdown_parts
from ..observations.periods import first_day
from .checks import grouped, nearly_same

Rows = Sequence[Observation]


class Gravity(IntEnum):
    """How a finding is to be taken; the value is the exit code of `check`."""

    TOLD = 0
    WRONG = 1
    LOOK = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is noticed. `row` is in the file that is checked, but of what is gone the known one."""

    kind: str
    gravity: Gravity
    row: Observation
    before: Observation | None = None  # the known figure that it is held against
    name: str = ""  # the name that appears or vanishes
    near: str = ""  # the known name that is spelt nearly so
    said: str = ""  # what a check of the dataset says

    @property
    def percent(self) -> Decimal | None:
        """By how much the figure differs from the one before, where that can be said."""
        if not self.before or not self.before.value or self.row.value is None:
            return None
        return (self.row.value - self.before.value) * 100 / abs(self.before.value)


def key_of(row: Observation) -> tuple[str, ...]:
    """What makes two rows one figure, whether or not the source spells out the name beside the code."""
    return (row.indicator, row.area_code or row.area, row.period, row.breakdown)


def series_of(row: Observation) -> tuple[str, ...]:
    """What makes two rows figures of one series: years with years, months with months."""
    return (row.indicator, row.area_code or row.area, row.breakdown, str(len(row.period)))


def compare(rows: Rows, known: Rows, replaced: Rows) -> Iterator[Finding]:
    """Figures and names of a file beside those that are known, of which it may replace some.

    What a small count was hidden of is not compared: only its own file knows it.
    """
    before = {key_of(row): row for row in known}
    yield from _figures(rows, before)
    yield from _names(rows, known)
    yield from _gone(rows, replaced)
    yield from _vanished(rows, replaced)
    yield from _missing(rows, known)


def _figures(rows: Rows, before: Mapping[tuple[str, ...], Observation]) -> Iterator[Finding]:
    for row in rows:
        other = before.get(key_of(row))
        if other is None or (other.value is None and row.value is not None and "c" not in other.status):
            yield Finding("new", Gravity.TOLD, row)
        elif same_figure(row, other):
            yield Finding("equal", Gravity.TOLD, row, other)
        elif "c" in other.status:
            yield Finding("hidden", Gravity.TOLD, row)
        else:
            yield Finding("revised", Gravity.LOOK, row, other)


def same_figure(one: Observation, other: Observation) -> bool:
    """The same value, or the same reason why there is none; a flag that only describes a value does not count."""
    if one.value is None and other.value is None:
        return set("cmz") & set(one.status) == set("cmz") & set(other.status)
    return one.value == other.value and (one.unit == other.unit or "" in (one.unit, other.unit))


# Names


def _names(rows: Rows, known: Rows) -> Iterator[Finding]:
    if not known:
        return
    codes = {row.area_code for row in known} - {""}
    old = [row for row in rows if row.indicator in _indicators(known)]  # of a new indicator all is new
    foreign = [row for row in old if row.area_code not in codes]  # of the others the code is known, whatever the name
    for kind, there, new in (
        ("indicator", _indicators(known), _indicators(rows)),
        ("area", _areas(known), _areas(foreign)),
        ("part", _parts(known), _parts(old)),
    ):
        for name in sorted(new.keys() - there.keys()):
            near = nearest(name, there)
            refused = kind == "part" and near and nearly_same(name, near)
            gravity = Gravity.WRONG if refused else Gravity.LOOK
            yield Finding(f"new {kind}", gravity, new[name], name=name, near=near)
    there = {row.period for row in known}
    seen = {row.period: row for row in reversed(rows) if row.period not in there}
    for period in sorted(seen):
        yield Finding("new period", Gravity.TOLD, seen[period], name=period)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is spelt most like this, or nothing."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), "")


def _indicators(rows: Rows) -> dict[str, Observation]:
    return {row.indicator: row for row in reversed(rows)}


def _areas(rows: Rows) -> dict[str, Observation]:
    return {row.area: row for row in reversed(rows)}


def _parts(rows: Rows) -> dict[str, Observation]:
    found = {}
    for row in reversed(rows):
        for key, value in breakdown_parts(row.breakdown).items():
            found[f"{key}={value}"] = row
    return found


# What is no longer there


def _gone(rows: Rows, replaced: Rows) -> Iterator[Finding]:
    """Figures of the file that is replaced which this one lacks: a whole period at once, others one by one."""
    there, periods = {key_of(row) for row in rows}, {row.period for row in rows}
    overlaps = any(row.period in periods for row in replaced)
    whole: dict[str, Observation] = {}
    for row in replaced:
        if row.period not in periods:
            whole.setdefault(row.period, row)
        elif key_of(row) not in there:
            yield Finding("gone", Gravity.LOOK, row, row)
    for period, row in sorted(whole.items()):
        yield Finding("gone period", Gravity.LOOK if overlaps else Gravity.TOLD, row, name=period)


def _vanished(rows: Rows, replaced: Rows) -> Iterator[Finding]:
    """Names of the file that is replaced which this one does not have at all."""
    for kind, names in (("indicator", _indicators), ("area", _areas), ("part", _parts)):
        before, now = names(replaced), names(rows)
        for name in sorted(before.keys() - now.keys()):
            yield Finding(f"gone {kind}", Gravity.LOOK, before[name], name=name, near=nearest(name, now))


def _missing(rows: Rows, known: Rows) -> Iterator[Finding]:
    """Series without a figure in a period that is new, though they had one in the last period that is known.

    Of the sheets that this file goes on with: another source of the same indicator may stop or start as it likes.
    """
    series = {series_of(row) for row in rows}
    sheets = grouped(known, "source", "sheet").values()
    continued = [row for sheet in sheets if any(series_of(r) in series for r in sheet) for row in sheet]
    by_indicator = grouped(continued, "indicator")
    old = {(row.indicator, row.period) for row in known}
    there = {key_of(row) for row in rows}
    for indicator, period in sorted({(row.indicator, row.period) for row in rows} - old):
        for row in _last_before(by_indicator[(indicator,)], period):
            if key_of(replace(row, period=period)) not in there:
                yield Finding("missing", Gravity.LOOK, row, row, name=period)


def _last_before(rows: Collection[Observation], period: str) -> list[Observation]:
    earlier = [r for r in rows if len(r.period) == len(period) and first_day(r.period) < first_day(period)]
    last = max((first_day(row.period) for row in earlier), default="")
    return [row for row in earlier if first_day(row.period) == last]
