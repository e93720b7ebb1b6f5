# SPDX-License-Identifier: EUPL-1.2
"""What can only be told of a sheet as a whole: lines that lost a field, half a quotation, months or school years.

Takes a sheet and the columns that were read; raises, or changes their periods as answered; called by `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ..spreadsheets.cells import Cell, Sheet
from .answers import about
from .reading_columns import ReadColumn

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


def check_lines(sheet: Sheet, figures: Iterable[Iterable[int]]) -> None:
    """The lines of a CSV that hold figures have as many fields, or one of them has lost some."""
    fields = sheet.fields
    if not fields:
        return
    rows = set().union(*figures)
    widest = max((fields.get(row, 0) for row in rows), default=0)
    short = next((row for row in sorted(rows) if fields.get(row, 0) < widest), 0)
    if short:
        raise sheet.error(f"a line with {fields[short]} fields among lines with more", sheet.row(short)[-1])


def check_quotes(sheet: Sheet, number: int) -> None:
    """Quotation marks in a column of a CSV come in pairs."""
    column = sheet.columns[number]
    if '"' not in "".join(column.values):
        return
    for index, value in enumerate(column.values):
        if value.count('"') % 2:
            raise sheet.error("a quotation mark without its other half", sheet.cell(number, index))


def read_months(sheet: Sheet, reads: Sequence[ReadColumn], assume: Callable[[str], None]) -> None:
    """`2011-12` is a month, unless all that look like months could be school years: then it is asked."""
    periods = set().union(*(read.facts.different("period") for read in reads))
    if not any(map(MONTH.fullmatch, periods)):
        return
    months: dict[str, Cell] = {}
    for number, column in sheet.columns.items():
        for index, value in enumerate(column.values):
            if isinstance(value, str) and MONTH.fullmatch(value.strip()):
                months.setdefault(value.strip(), sheet.cell(number, index))
    wrong = min((cell for text, cell in months.items() if text in periods), key=_place, default=None)
    if wrong is None or not all(int(text[2:4]) + 1 == int(text[5:]) for text in months):
        return
    answered = about(sheet).whole("months")
    if answered == "school years":
        assume("periods such as 2011-12 are school years, as answered")
        _read_as_school_years(reads)
    if answered:
        return
    year, month = wrong.text.split("-")
    raise sheet.error(
        "a period that can be read two ways",
        wrong,
        expected=f"month {month} of {year}, or the years {year}-{int(year) + 1}",
        answers=("months=months", "months=school years"),
    )


def _read_as_school_years(reads: Sequence[ReadColumn]) -> None:
    for read in reads:
        found = read.facts.period
        years = {
            text: f"{text[:5]}{text[:2]}{text[5:]}" if MONTH.fullmatch(text) else text
            for text in read.facts.different("period")
        }
        read.facts.period = list(map(years.__getitem__, found)) if isinstance(found, list) else years[found]


def struck(sheet: Sheet) -> list[str]:
    """Words that are struck through beside others are no part of these."""
    styles = {number for number, style in enumerate(sheet.styles) if style.struck}
    found = []
    for number in sheet.filled_columns if styles else ():
        column = sheet.columns[number]
        for row, style in zip(column.rows, column.styles, strict=True):
            if style in styles:
                found.append(f"{sheet.place(row, number)}: struck through: {sheet.styles[style].struck[:80]}")
    return found


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column
