# SPDX-License-Identifier: EUPL-1.2
"""A sheet whose dates and years are written as everywhere: `12/31/2020` of an American program, `2.020` of a format.

Takes a sheet and the page that is made of it; writes dates with the month first, and years with a mark between
thousands, as everywhere else; raises the question where the day and the month can be either. Called by `normalised`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Cell, Sheet, Value
from ..spreadsheets.columns import Column
from .answers import about
from .plain_table.extent import is_word
from .words import ENGLISH_DATES, PERIOD_WORDS

_DATE = re.compile(r"(\d\d?)/(\d\d?)/((?:19|20)\d\d)(?: (?:00?|12):00(?::00)?(?: ?AM)?)?", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"(?:1[., ]9|2[., ]0)\d\d", re.ASCII)
NEAR = 20  # values of a column, or columns of a row, in which the first of a kind stands
SOME = 2  # days of one month that cannot be months, each of them a first day


def plain_dates(sheet: Sheet, page: Sheet) -> list[str]:
    """Dates and years of a page written as everywhere, and what was assumed. Raises `DataError` for the question."""
    return _plain_years(sheet, page) + _plain_days(page)


def _plain_days(page: Sheet) -> list[str]:
    """Days with the month first, where one of the sheet can be no other, or as answered."""
    dated = [n for n in page.filled_columns if any(map(_date, [*page.columns[n].values[:NEAR], _last(page, n)]))]
    cells = {}  # each different date, with where it stands first
    for number in dated:
        for i, value in enumerate(page.columns[number].values):
            if value not in cells and _date(value):
                cells[value] = page.cell(number, i)
    pairs = [tuple(map(int, _date(value).groups()[:2])) for value in cells]
    day_first, month_first = (any(pair[i] > 12 for pair in pairs) for i in (0, 1))
    either = [cell for cell, (one, other) in zip(cells.values(), pairs, strict=True) if one != other]
    if not either or (day_first and month_first):
        return []
    answered = about(page).whole("dates")
    at = min(either, key=lambda cell: (cell.row, cell.column))
    if answered and (day_first if answered == "mdy" else month_first):
        raise page.error("an answer that the file contradicts", at, answers=(f"dates={'dmy' if day_first else 'mdy'}",))
    if not (answered or day_first or month_first) and _may_be_american(page, dated, pairs):
        one, other, year = _date(at.text).groups()
        raise page.error(
            "dates with the day or the month first",
            at,
            expected=f"{year}-{int(other):02}-{int(one):02}, or {year}-{int(one):02}-{int(other):02}",
            answers=("dates=dmy", "dates=mdy"),
        )
    if not month_first and answered != "mdy":
        return ["dates: the day first, as answered"] if answered else []
    for number in dated:
        _rewrite(page, number, _with_month_first)
    return [f"dates such as {at.text}: the month first{', as answered' if answered else ''}"]


def _date(value: Value) -> re.Match | None:
    return _DATE.fullmatch(value.strip()) if isinstance(value, str) and "/" in value else None


def _last(page: Sheet, number: int) -> Value:
    return page.columns[number].values[-1]


def _may_be_american(page: Sheet, dated: list[int], pairs: list[tuple[int, int]]) -> bool:
    """True in a file with commas or under an English header, and where all would be days of one January."""
    heads = {page.cell(number, 0).text.lower() for number in dated}
    days = {day for day, month in pairs if month == 1}
    months_in_turn = len(days) > SOME and all(month == 1 for _, month in pairs)
    return page.delimiter == "," or not heads.isdisjoint(ENGLISH_DATES) or months_in_turn


def _with_month_first(value: Value) -> Value:
    found = _date(value)
    try:
        return datetime.date(int(found[3]), int(found[1]), int(found[2])).isoformat() if found else value
    except ValueError:  # no day at all: it is asked where it stands
        return value


def _plain_years(sheet: Sheet, page: Sheet) -> list[str]:
    """`2.020` under `Jaar`, or in a row of headers of such years, is a year with a mark between its thousands."""
    told = []
    for number in page.filled_columns:
        column = page.columns[number]
        if not _is_year(column.values[-1]):
            continue
        head = next(i for i, value in enumerate(column.values) if _is_year(value)) - 1
        under = head >= 0 and page.cell(number, head).text.lower() in PERIOD_WORDS
        if under and all(map(_is_year, column.values[head + 1 :])):
            _rewrite(page, number, _bare_year)
            told.append(f"column {column_letters(number)}: years with a mark between thousands")
    for row in sheet.filled_rows[:NEAR]:
        label, *years = sheet.row(row)
        if len(years) > 1 and is_word(label.text) and _rise(years):
            for cell in years:
                column = page.columns[cell.column]
                style = column.styles[column.find(row)]
                page.columns[cell.column] = column.put(row, _bare_year(cell.value), style)
            told.append(f"row {row}: years with a mark between thousands")
    return told


def _is_year(value: Value) -> bool:
    return isinstance(value, str) and bool(_YEAR.fullmatch(value.strip()))


def _rise(cells: list[Cell]) -> bool:
    """True for years of which each is later than the one before."""
    texts = [cell.text for cell in cells]
    return all(map(_is_year, texts)) and texts == sorted(set(texts))


def _bare_year(value: Value) -> Value:
    return re.sub("[., ]", "", value) if _is_year(value) else value


def _rewrite(page: Sheet, number: int, write: Callable[[Value], Value]) -> None:
    column = page.columns[number]
    known = {value: write(value) for value in set(column.values)}
    page.columns[number] = Column(column.rows, list(map(known.__getitem__, column.values)), column.styles)
