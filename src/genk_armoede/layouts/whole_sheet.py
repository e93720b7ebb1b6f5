# SPDX-License-Identifier: EUPL-1.2
"""What can only be told of a sheet as a whole: lines that lost a field, half a quotation, months or school years.

Takes a sheet and the columns that were read; raises, or changes their periods as answered; called by `reading`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ..observations.periods import MONTH, years_between
from ..spreadsheets.cells import Cell, Sheet
from .answers import about
from .reading_columns import ReadColumn

_TWO_NUMBERS = re.compile(r"(?<![\d-])(?:19|20)\d\d-\d\d(?![\d-])")
_SCHOOL_YEAR = re.compile(r"(?:school|academie)ja(?:ar|ren)|ann[ée]es? scolaires?|school year", re.IGNORECASE)


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
    """`2011-12` is a month, unless all that look so could be school years: then it is asked.

    A header `Schooljaar`, and `2012-13` beside it, say that they are; so does `1997-00` of `1998-01`.
    """
    periods = set().union(*(read.facts.different("period") for read in reads))
    if not any(map(_is_month, periods)):
        return
    texts, is_said = _two_numbers(sheet)
    asked = {text: cell for text, cell in texts.items() if text in periods}
    gaps = set(map(years_between, asked))
    if len(gaps) != 1 or 0 in gaps:
        return
    is_said |= any(_in_full(text) in periods and years_between(text) in gaps for text in texts if not _is_month(text))
    first, answered = min(asked.values(), key=_place), about(sheet).whole("months")
    if is_said and answered == "months":
        raise sheet.error("an answer that the file contradicts", first, answers=("months=school years",))
    if is_said or answered == "school years":
        assume(f"periods such as {next(iter(asked))} are years{', as answered' if answered else ''}")
        _read_as_years(reads)
    elif not answered and gaps == {1}:
        year, month = next(text for text, cell in asked.items() if cell == first).split("-")
        raise sheet.error(
            "a period that can be read two ways",
            first,
            expected=f"month {month} of {year}, or the years {year}-{int(year) + 1}",
            answers=("months=months", "months=school years"),
        )


def _is_month(text: str) -> bool:
    return bool(MONTH.fullmatch(text))


def _two_numbers(sheet: Sheet) -> tuple[dict[str, Cell], bool]:
    """Each `2011-12` that stands in a text, with the first cell that has it; and whether a header says school year."""
    found: dict[str, Cell] = {}
    is_said = False
    for number, column in sheet.columns.items():
        words = {value: index for index, value in reversed([*enumerate(column.values)]) if isinstance(value, str)}
        for word, index in words.items():
            is_said = is_said or bool(_SCHOOL_YEAR.fullmatch(word.strip()))
            for text in _TWO_NUMBERS.findall(word):
                found.setdefault(text, sheet.cell(number, index))
    return found, is_said


def _read_as_years(reads: Sequence[ReadColumn]) -> None:
    for read in reads:
        found = read.facts.period
        periods = read.facts.different("period")
        years = {text: _in_full(text) if _is_month(text) else text for text in periods}
        read.facts.period = list(map(years.__getitem__, found)) if isinstance(found, list) else years[found]


def _in_full(text: str) -> str:
    """`2011-12` → `2011-2012`."""
    return f"{text[:4]}-{int(text[:4]) + years_between(text)}"


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
