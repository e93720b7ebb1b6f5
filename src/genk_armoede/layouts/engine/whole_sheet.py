# SPDX-License-Identifier: EUPL-1.2
"""What can only be told of a sheet as a whole: lost fields, half a quotation, months or school years, what is hidden,
codes of areas held against the division of municipalities of each period.

Takes a sheet and the columns that were read; gives places and assumptions in words, raises, or changes their periods
and flags; called by `reading`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterable, Sequence

from ...observations import areas
from ...observations.marks import LETTERS, marks_of
from ...observations.periods import MONTH, years_between
from ...observations.values import is_number
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ...spreadsheets.number_formats import shown_instead
from ..answers import about
from .facts import RowFacts
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
    first, answered = min(asked.values(), key=lambda cell: (cell.row, cell.column)), about(sheet).whole("months")
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
    """Words that are struck through beside others are no part of these; nor is a title or a note as a whole."""
    styles = {number for number, style in enumerate(sheet.styles) if style.struck or style.is_struck}
    found = []
    for number in sheet.filled_columns if styles else ():
        column = sheet.columns[number]
        for i, (row, style) in enumerate(zip(column.rows, column.styles, strict=True)):
            if style in styles:
                text = sheet.styles[style].struck or sheet.cell(number, i).text
                found.append(f"{sheet.place(row, number)}: struck through: {text[:80]}")
    return found


def raised(sheet: Sheet, notes: Collection[str]) -> list[str]:
    """Marks that are set beside a text and that neither a note explains nor everybody knows as a flag, with where."""
    marks = {n: [one for one in marks_of(style.raised) if one not in notes] for n, style in enumerate(sheet.styles)}
    marks = {n: found for n, found in marks.items() if found}
    places: dict[str, list[str]] = {}
    for number in sheet.filled_columns if marks else ():
        column = sheet.columns[number]
        for i, (row, style) in enumerate(zip(column.rows, column.styles, strict=True)):
            for mark in marks.get(style, ()):
                if mark not in LETTERS or not is_number(sheet.cell(number, i)):
                    places.setdefault(mark, []).append(sheet.place(row, number))
    some = {mark: ", ".join(found[:5]) + " …" * (len(found) > 5) for mark, found in places.items()}
    return [f"{mark}, raised, without a note: {where}" for mark, where in some.items()]


def hidden_places(sheet: Sheet) -> list[str]:
    """What the source hides: the sheet, and the rows and columns of which no filled cell is shown."""
    if sheet.hidden:
        return ["the sheet"]
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return []
    shown = [number for number in sheet.filled_columns if number not in sheet.hidden_columns]
    seen = set().union(*(sheet.columns[number].rows for number in shown)) - sheet.hidden_rows
    rows = [row for row in sheet.filled_rows if row not in seen]
    columns = [n for n in sheet.filled_columns if n not in shown or sheet.hidden_rows.issuperset(sheet.columns[n].rows)]
    return [f"row {row}" for row in rows] + [f"column {column_letters(number)}" for number in columns]


class Hidden:
    """Which figures of a sheet the source hides: by row, column, sheet, or a number format that shows nothing."""

    def __init__(self, sheet: Sheet, columns: Sequence[ReadColumn]) -> None:
        self.sheet, self.columns = sheet, columns
        looks = {n for n, style in enumerate(sheet.styles) if re.search(r";|\[", style.number_format)}
        read = {read.column for read in columns if read.column in sheet.columns} if looks else set()
        self.may_show_nothing = {n for n in read if not looks.isdisjoint(sheet.columns[n].styles)}
        self.none = not (sheet.hidden or sheet.hidden_rows or sheet.hidden_columns or self.may_show_nothing)

    def holds(self, row: int, column: int) -> bool:
        """True for a figure that is hidden."""
        if self.none:
            return False
        cell = self.sheet[row, column]
        if self.sheet.hidden or cell.hidden:
            return True
        return column in self.may_show_nothing and shown_instead(cell) == ""

    def addresses(self) -> list[str]:
        """Where the hidden figures stand."""
        if self.none:
            return []
        found = [(row, read.column) for read in self.columns for row in read.rows if self.holds(row, read.column)]
        return [self.sheet.place(*place) for place in sorted(found)]


def check_divisions(sheet: Sheet, reads: Sequence[ReadColumn], facts: RowFacts) -> list[str]:
    """Codes of one division in each period; figures of what changed its area under its code get the flag of a break.

    Gives what was assumed. Raises `DataError` for codes of two divisions in one period.
    """
    listed = {code for code in set(facts.codes.values()) if areas.name_of(code)}
    if not listed:
        return []
    by_name = {code for (given, _, _), code in facts.codes.items() if code and not given}
    pairs: set[tuple[str, str]] = set()
    known = set()  # places that columns share
    for read in reads:
        places = _named(read.facts.area_code), _named(read.facts.period)
        if places in known:
            continue
        pairs |= read.facts.pairs("area_code", "period", read.values)
        if all(read.values):
            known.add(places)
    codes: dict[str, set[str]] = {}
    for code, period in pairs:
        if code in listed:
            codes.setdefault(period, set()).add(code)
    clash = areas.vintage_problem(codes)
    if clash:
        found = [_cell_of(sheet, reads, code, clash.period) for code in (clash.earlier, clash.later)]
        raise sheet.error(clash.problem, found[1], expected=f"codes of one day, as in {found[0].address}")
    broken = areas.broken(codes, by_name)
    periods = {period for _, period in broken}
    for read in reads if broken else ():
        if periods.isdisjoint(read.facts.different("period")):
            continue
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
