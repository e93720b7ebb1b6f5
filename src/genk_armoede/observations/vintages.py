# SPDX-License-Identifier: EUPL-1.2
"""Vintages of codes: which division of the country a table is of, and where its series break.

Takes the codes of a table by period; says that two vintages are mixed, that the codes are newer or older than their
periods, and which figures come after a merger or a shifted border that the code doesn't show; called by `areas`,
which the other wings ask. Codes that no list has (sectors, wijken) say nothing here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from . import nis
from .periods import first_day, last_day


class Clash(NamedTuple):
    """Two codes of one period that never held on one day. `twice`: the later area contains the earlier one."""

    period: str
    earlier: str
    later: str
    twice: bool

    @property
    def problem(self) -> str:
        """In words, for an error."""
        what = "is counted twice: it is part of" if self.twice else "is of an older division than"
        return f"two vintages of codes in {self.period}: {_named(self.earlier)} {what} {_named(self.later)}"


def _named(code: str) -> str:
    return f"{code} ({nis.of_code(code)[-1].name})"


def _held(code: str) -> tuple[str, str]:
    """First and last day of a code; it may have changed its name in between."""
    areas = nis.of_code(code)
    return (areas[0].since, areas[-1].until) if areas else ("", nis.ALWAYS)


def vintage_problem(codes_by_period: Mapping[str, Iterable[str]]) -> Clash | None:
    """The first period with codes of two vintages, or nothing. Leave out the codes of areas without a figure.

    Of several pairs it gives one that counts people twice, such as 73040 Kortessem beside the 71072 of which it is
    part.
    """
    parts = [change for change in nis.changes() if change.kind != "border" and change.old != change.new]
    for period, codes in sorted(codes_by_period.items()):
        there = set(codes)
        for change in parts:
            if {change.old, change.new} <= there and _held(change.old)[1] < _held(change.new)[0]:
                return Clash(period, change.old, change.new, twice=True)
        earlier = min(sorted(there), key=lambda code: _held(code)[1], default="")
        later = max(sorted(there), key=lambda code: _held(code)[0], default="")
        if _held(earlier)[1] < _held(later)[0]:
            return Clash(period, earlier, later, twice=False)
    return None


def vintage_told(codes_by_period: Mapping[str, Iterable[str]], by_name: Collection[str] = ()) -> list[str]:
    """Sentences about codes that are newer or older than their periods: right, but the areas are those of the codes.

    Not about an older code that was found by name: that area may have changed (`broken`).
    """
    newer: dict[str, dict[str, set[str]]] = {}  # day → code → periods
    older: dict[str, dict[str, set[str]]] = {}
    for period, codes in codes_by_period.items():
        for code in codes:
            since, until = _held(code)
            if last_day(period) < since:
                newer.setdefault(since, {}).setdefault(code, set()).add(period)
            if until < first_day(period) and code not in by_name:
                older.setdefault(until, {}).setdefault(code, set()).add(period)
    return [
        *(_sentence("newer", f"from {day}", found) for day, found in sorted(newer.items())),
        *(_sentence("older", f"until {day}", found) for day, found in sorted(older.items())),
    ]


def _sentence(what: str, days: str, found: dict[str, set[str]]) -> str:
    codes, periods = sorted(found), sorted(set().union(*found.values()))
    others = f" and {len(codes) - 1} more" if len(codes) > 1 else ""
    span = " to ".join(dict.fromkeys([periods[0], periods[-1]]))
    return f"codes {what} than their periods: {_named(codes[0])}{others} for {span}; the areas are those {days}"


def broken(codes_by_period: Mapping[str, Iterable[str]], by_name: Collection[str] = ()) -> set[tuple[str, str]]:
    """(code, period) of the figures after an area changed while its code or name stayed: flagged `b`.

    `by_name`: the codes that were found by the name of an area; they don't tell the vintage of the table. A table with
    new codes for old years, or old ones for new years, is of one division throughout: nothing breaks.
    """
    periods: dict[str, set[str]] = {}
    for period, codes in codes_by_period.items():
        for code in codes:
            periods.setdefault(code, set()).add(period)
    found = set()
    for date, code in sorted(_changed(by_name)):
        before = [period for period in periods.get(code, ()) if last_day(period) < date]
        if before and not _is_of_one_division(periods, date, by_name):
            found |= {(code, period) for period in periods[code] if last_day(period) >= date}
    return found


def _changed(by_name: Collection[str]) -> set[tuple[str, str]]:
    """(date, code) of the areas that changed and kept their code, or their name where only that is known."""
    found = set()
    for date, old, new, kind in nis.changes():
        if kind == "renumbered":
            continue
        found |= {(date, code) for code in (old, new) if _held(code)[0] < date <= _held(code)[1]}
        if nis.of_code(old)[-1].name == nis.of_code(new)[-1].name:
            found |= {(date, code) for code in (old, new) if code in by_name}
    return found


def _is_of_one_division(periods: Mapping[str, set[str]], date: str, by_name: Collection[str]) -> bool:
    """Whether a code stands on periods before it came, or after it went, on this date."""
    for code in periods.keys() - set(by_name):
        since, until = _held(code)
        if date <= since and any(last_day(period) < date for period in periods[code]):
            return True
        if until < date and any(first_day(period) >= date for period in periods[code]):
            return True
    return False
