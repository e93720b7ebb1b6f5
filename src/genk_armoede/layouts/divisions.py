# SPDX-License-Identifier: EUPL-1.2
"""Codes of areas held against the division of municipalities of each period.

Takes the columns of a table that was read; gives what is assumed, and marks breaks; called by `reading`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from ..observations import areas
from ..spreadsheets.cells import Cell, Sheet
from .facts import RowFacts
from .reading_columns import ReadColumn


def check_divisions(sheet: Sheet, reads: Sequence[ReadColumn], facts: RowFacts) -> list[str]:
    """Codes of one division in each period; figures of what changed its area under its code get the flag of a break.

    Gives what was assumed. Raises `DataError` for codes of two divisions in one period.
    """
    listed = {code for code in set(facts.codes.values()) if areas.name_of(code)}
    if not listed:
        return []
    by_name = {code for (given, _, _), code in facts.codes.items() if code and not given}
    codes: dict[str, set[str]] = {}
    known = set()  # places that columns share
    for read in reads:
        places = _named(read.facts.area_code), _named(read.facts.period)
        if places in known:
            continue
        for code, period in read.facts.pairs("area_code", "period", read.values):
            if code in listed:
                codes.setdefault(period, set()).add(code)
        if all(read.values):
            known.add(places)
    clash = areas.vintage_problem(codes)
    if clash:
        found = [_cell_of(sheet, reads, code, clash.period) for code in (clash.earlier, clash.later)]
        raise sheet.error(clash.problem, found[1], expected=f"codes of one day, as in {found[0].address}")
    broken = areas.broken(codes, by_name)
    for read in reads if broken else ():
        if broken.isdisjoint(read.facts.pairs("area_code", "period", read.values)):
            continue
        count = len(read.rows)
        places = zip(_each(read.facts.area_code, count), _each(read.facts.period, count), strict=True)
        cells = zip(places, read.values, read.flags or itertools.repeat("", count), strict=True)
        read.flags = [
            "".join(sorted({*flags, "b"})) if value and place in broken else flags for place, value, flags in cells
        ]
    return areas.vintage_told(codes, by_name)


def _each(texts: str | list[str], count: int) -> Iterable[str]:
    return itertools.repeat(texts, count) if isinstance(texts, str) else texts


def _named(texts: str | list[str]) -> str | int:
    """What tells one text, or one list of them, from another."""
    return texts if isinstance(texts, str) else id(texts)


def _cell_of(sheet: Sheet, reads: Sequence[ReadColumn], code: str, period: str) -> Cell:
    """The first figure of an area in a period."""
    return next(
        sheet[row, read.column]
        for read in reads
        for i, row in enumerate(read.rows)
        if read.facts.at("area_code", i) == code and read.facts.at("period", i) == period and read.values[i]
    )
