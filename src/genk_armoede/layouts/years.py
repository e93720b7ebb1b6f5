# SPDX-License-Identifier: EUPL-1.2
"""Years, and the months and weeks of a year, in the headers of a plain table: periods, or something else.

Takes a frame whose columns have their roles; changes what its figures say, or raises the question; called by `table`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from ..observations.observation import TOTAL_WORDS
from ..observations.periods import kind_of_part, part_beside_year, part_of_year
from ..spreadsheets.cells import Cell, Sheet
from .answers import about
from .declared import Says
from .parts import Frame
from .reading import Reading, unclear
from .titles import title_of
from .words import NO_PERIOD

PERIODS = "periods"  # what an answer says of years in the header that are just that
# `naar jaar van aankomst`, `volgens geboortejaar`: what years in a header are of.
_YEARS_OF = re.compile(
    r"\b(?:naar|volgens|per|selon|par|by)\s+(jaar van \w+|\w+jaar|year of \w+|année (?:de |d['’])\w+)", re.IGNORECASE
)


def years_of_something_else(reading: Reading, frame: Frame) -> bool:
    """Years in the header are parts of a breakdown where a title says of what they are the years, or an answer.

    True when they are.
    """
    sheet = reading.sheet
    dated = [says for says in frame.figures.values() if says.period]
    key = key_of_years(sheet, frame) if dated else ""
    if dated and not key:
        _ask_spans(sheet, frame)
    if key in ("", PERIODS):
        return False
    reading.assume(f"years in the header: {key}, a breakdown")
    for column, says in frame.figures.items():
        if says.period:
            frame.figures[column] = replace(says, period="", breakdown=(*says.breakdown, (key, says.period)))
        elif says.indicator.lower() in TOTAL_WORDS:
            frame.figures[column] = replace(dated[0], period="")
        elif re.search(r"\d{4}", says.indicator):  # `Voor 1946`
            frame.figures[column] = replace(dated[0], period="", breakdown=((key, says.indicator),))
    return True


def key_of_years(sheet: Sheet, frame: Frame) -> str:
    """Of what the years in the header are, as a title says or an answer: `bouwjaar`; empty for periods."""
    titles = " ".join(cell.text for number in frame.titles for cell in sheet.row(number))
    found = (match[1].lower() for match in _YEARS_OF.finditer(titles))
    return about(sheet).whole("years") or next(filter(NO_PERIOD.search, found), "")


def _ask_spans(sheet: Sheet, frame: Frame) -> None:
    """Many years that begin where others end, such as `1946-1970` and `1971-2000`, can be classes of years."""
    spans = {says.period for says in frame.figures.values() if re.fullmatch(r"\d{4}-\d{4}", says.period)}
    years = sorted((int(span[:4]), int(span[5:])) for span in spans)
    follow = len(years) > 1 and all(end + 1 == begin for (_, end), (begin, _) in itertools.pairwise(years))
    if follow and any(end - begin > 4 for begin, end in years):
        head = frame.over[min(frame.figures)][-1]
        raise unclear(
            sheet,
            "spans of years that can be periods, or classes of years of something else",
            head,
            expected="periods, or what the years are of, such as bouwjaar",
            answers=(f"years={PERIODS}", "years=bouwjaar"),
        )


def by_year(frame: Frame, period: str) -> dict[str, dict[int, Says]]:
    """Columns of figures by their year, where rows are months or weeks of it; else all under an empty year.

    `period`: that of the whole table.
    """
    in_rows = frame.parts and "period" not in frame.labels.values()
    found: dict[str, dict[int, Says]] = {}
    for column, says in frame.figures.items():
        found.setdefault((says.period or period) if in_rows else "", {})[column] = says
    return found


def parts_across(reading: Reading, frame: Frame, year: str) -> None:
    """Headers such as `jan` or `Week 1` under a title of a year are its months or weeks, each of the title's figure."""
    found = {column: _part(says.period or year, says) for column, says in frame.figures.items()}
    whole = {column for column, says in frame.figures.items() if says.indicator.lower() in TOTAL_WORDS}
    if not any(found.values()) or not all(found[column] or column in whole for column in found):
        return
    title = title_of(reading, frame)
    reading.assume("headers are parts of a year")
    for column, says in frame.figures.items():
        parts = tuple(part for part in says.breakdown if not kind_of_part(part[0]))
        period = found[column] or says.period or year
        frame.figures[column] = replace(says, indicator=title, period=period, breakdown=parts)


def _part(year: str, says: Says) -> str:
    """The part of a year that a header says in words, or as a number among headers that count months; else empty."""
    kinds = ((kind_of_part(key), text) for key, text in says.breakdown)
    counted = next((part_of_year(year, kind, Cell(0, 0, text)) for kind, text in kinds if kind), "")
    return counted or part_beside_year(year, says.indicator)
