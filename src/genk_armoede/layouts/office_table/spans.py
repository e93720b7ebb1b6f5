# SPDX-License-Identifier: EUPL-1.2
"""Which headers stand over a column, up to the next header or that of a group, and what they say of its figures.

Takes the outline of a table; gives the headers of each column of figures, top to bottom, their period and their words
behind the title; called by `statistical`. Headers that can stand over the middle of their columns are asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ...observations.observation import TOTAL_WORDS
from ...observations.periods import is_period, marked_period, part_beside_year, read_period
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Sheet
from ..answers import SheetAnswers
from ..engine.declared import Says
from ..engine.reading import unclear
from ..words import OTHER_YEAR, notes_of
from .outline import REFERENCE, Outline

_BRACKETED = re.compile(r"\(.+\)")
_ENDS_MARKED = re.compile(r"\d ?(?:\*+|\(\w{1,2}\))$")
_GOES_ON = (",", "-", "/", "&", " to", " tot")


@dataclass(slots=True)
class Header:
    """A header, of one cell or of several lines."""

    row: int
    column: int
    text: str
    last: int = 0  # column up to which it stands, when a merged range or an answer says so
    notes: str = ""  # footnotes that it refers to
    flags: str = ""  # of marks behind a period

    @property
    def is_period(self) -> bool:
        return bool(read_period(self.text))


@dataclass(slots=True)
class Line:
    """A row of headers; no header reaches past a column that is filled in its row."""

    headers: dict[int, Header]
    filled: set[int]


Grid = dict[int, Line]  # by row


def headers_over(sheet: Sheet, outline: Outline, answers: SheetAnswers) -> dict[int, list[Header]]:
    """The headers of each column of figures, top to bottom.

    Raises `Unclear` for headers of which it cannot be seen over which columns they stand.
    """
    grid = _grid(sheet, outline, answers)
    for row in list(grid)[:-1]:
        if answers.whole("headers") != "left":
            _settle(sheet, outline, grid, row)
    return {column: _path(grid, outline, column) for column in outline.figures}


def _grid(sheet: Sheet, outline: Outline, answers: SheetAnswers) -> Grid:
    """Headers right of the labels, with those of several lines joined in the lowest line."""
    start = max(number for number in outline.labels if number < outline.figures[0])
    grid: Grid = {}
    for row in outline.heads:
        cells = [cell for cell in sheet.row(row) if cell.column > start and cell.column not in outline.labels]
        cells = [cell for cell in cells if cell.text.strip("-–=_ ")]
        line = Line({}, set())
        for cell in cells:
            merged = sheet.range_over(row, cell.column)
            notes = "".join(REFERENCE.findall(cell.text)).strip()
            header = Header(row, cell.column, REFERENCE.sub("", cell.text), merged[3] if merged else 0, notes)
            if not header.is_period and _ENDS_MARKED.search(cell.text):  # `1ste kwartaal 2021 (b)`
                period, header.flags = marked_period(cell, notes_of(sheet, outline.notes))
                header.text = period or header.text
            if columns := answers.header(cell):
                header.column, header.last = columns
            line.headers[header.column] = header
            line.filled.add(header.column)
        above = grid[row - 1].headers if row - 1 in grid else {}
        for column, header in line.headers.items():
            if column in above and _continues(above[column], header):
                header.text = f"{above.pop(column).text} {header.text}"
        if cells:
            grid[row] = line
    return grid


def _continues(upper: Header, lower: Header) -> bool:
    """True for a header whose words go on in the cell right under it."""
    if upper.is_period or upper.last:
        return False
    return lower.text[:1].islower() or upper.text.endswith(_GOES_ON)


def _path(grid: Grid, outline: Outline, column: int) -> list[Header]:
    """The headers over a column. None reaches past a column at which one in a higher row begins."""
    found: list[Header] = []
    bound = 0
    for row, line in grid.items():
        header = _nearest(line, column)
        if header is None:
            continue
        begun = any(header.column < other <= column for above in grid if above < row for other in grid[above].headers)
        # Years under the names of columns stand over all columns up to the next year.
        named = bool(found) and bound == column and not found[-1].is_period
        years = named and outline.figures[0] in line.headers and all(one.is_period for one in line.headers.values())
        if header.column != column and (begun or header.column < bound) and not years and not header.last:
            continue
        if header.column != column and not header.last and _is_lowest(grid, row, header.column, column):
            continue
        found.append(header)
        bound = max(bound, header.column)
    lowest = next((header for header in reversed(found) if header.is_period), None)
    return [header for header in found if header is lowest or header.column == column or not header.is_period]


def _is_lowest(grid: Grid, row: int, own: int, column: int) -> bool:
    """True for a header that has none of its own under it, where the other column has: it heads no group."""
    under = [line.headers for lower, line in grid.items() if lower > row]
    named = [{c for c in headers if not _BRACKETED.fullmatch(headers[c].text)} for headers in under]
    return any(column in columns for columns in named) and not any(own in columns for columns in named)


def _nearest(line: Line, column: int) -> Header | None:
    """The header of a row that stands over a column: its own, or the nearest at its left."""
    wide = any(header.last > header.column for header in line.headers.values())
    left = max((other for other in line.filled if other <= column), default=0)
    header = line.headers.get(left)
    if header is None:
        return None
    if header.last:
        return header if column <= header.last else None
    return header if header.column == column or not wide else None


def _settle(sheet: Sheet, outline: Outline, grid: Grid, row: int) -> None:
    """Say over which columns the headers of a row stand that leave columns at their left; ask where it is doubtful."""
    headers = grid[row].headers
    if not headers or any(header.last for header in headers.values()):
        return
    paths = {column: _path(grid, outline, column) for column in outline.figures}
    spans = {header: [c for c in paths if headers[header] in paths[c]] for header in headers}
    wide = {column for column, under in spans.items() if len(under) > 1}
    bare = _left_bare(grid[row], row, wide, paths)
    in_lines = _seem_lines(grid, row, spans)
    if not in_lines and (not bare or _stand_apart(row, bare, spans, paths)):
        return
    first = min(wide)
    if len({header.text for header in headers.values()}) == 1 and len(headers) > 1:
        _stretch(grid[row], outline.figures)  # a heading of each printed page
        return
    lowest = {column: path[-1].text for column, path in paths.items() if path}
    if _repeat(grid[row], outline.figures, lowest):
        return
    if bare and len(headers) == 1 and all(lowest.get(column, "").lower() in TOTAL_WORDS for column in bare):
        return
    at = sheet[row, headers[first].column]
    letters = f"{column_letters(outline.figures[0])}:{column_letters(spans[first][-1] if spans[first] else first)}"
    raise unclear(
        sheet,
        "headers over groups of columns that can belong to the left or to the right",
        at,
        "headers=left",
        expected="headers that stand over their own column and those to its right ('headers=left'),"
        f" or the columns of each ('header {at.address}={letters}')",
    )


def _left_bare(line: Line, row: int, wide: set[int], paths: dict[int, list[Header]]) -> list[int]:
    """Columns without a header in this row, left of one that stands over several under the same higher header."""
    parents = {column: [header for header in path if header.row < row][-1:] for column, path in paths.items()}
    free = [c for c, path in paths.items() if c not in line.filled and all(header.row != row for header in path)]
    return [c for c in free if any(c < header and parents[c] == parents.get(header) for header in wide)]


def _seem_lines(grid: Grid, row: int, spans: dict[int, list[int]]) -> bool:
    """True when some headers of a row go on in the row right under it, each in its own column, and others do not;
    or when one would stand over the first line of another.
    """
    under = grid.get(row + 1)
    if under is None:
        return False
    lines = under.filled.difference(under.headers)
    if any(c not in under.filled and len(over) > 1 and lines.intersection(over) for c, over in spans.items()):
        return True
    alone = {c for c, over in spans.items() if len(over) > 1 and under.filled.intersection(over) == {c}}
    return bool(alone) and any(under.filled.isdisjoint(over) for over in spans.values())


def _stand_apart(row: int, bare: list[int], spans: dict[int, list[int]], paths: dict[int, list[Header]]) -> bool:
    """True when the bare columns have headers of their own in a row where the groups have none."""
    rows = {column: {header.row for header in path} for column, path in paths.items()}
    grouped = set().union(*(rows[column] for columns in spans.values() for column in columns))
    shared = set.intersection(*(rows[column] for column in bare))
    return bool(shared - grouped)


def _stretch(line: Line, figures: list[int]) -> None:
    """One header over all columns, in place of its repetitions."""
    header = next(iter(line.headers.values()))
    header.column, header.last = figures[0], figures[-1]
    line.headers, line.filled = {header.column: header}, {header.column}


def _repeat(line: Line, figures: list[int], lowest: dict[int, str]) -> bool:
    """Groups of columns with the same headers in the same order, each with one header above it, which is theirs."""
    headers, count = line.headers, len(line.headers)
    size, rest = divmod(len(figures), count)
    if rest or size < 2:
        return False
    texts = [lowest.get(column, "") for column in figures]
    groups = [figures[i : i + size] for i in range(0, len(figures), size)]
    if any(texts[i] != texts[i % size] for i in range(len(texts))) or count < 2:
        return False
    if any(len([column for column in headers if group[0] <= column <= group[-1]]) != 1 for group in groups):
        return False
    for group in groups:
        column = next(column for column in headers if group[0] <= column <= group[-1])
        header = headers.pop(column)
        header.column, header.last = group[0], group[-1]
        headers[group[0]] = header
    line.filled = set(headers)
    return True


NOTE = "voetnoot"
_YEAR = r"(?:1[5-9]|20)\d\d"
_YEAR_ALONE = re.compile(rf"(?<![\w.,/$€(\\-]){_YEAR}(?![\w/]|-\d|[.,]\d)")
_YEARS = re.compile(rf"(?<![\w.,/$€(\\-])({_YEAR})\s?(?:-|–|to|tot)\s?({_YEAR})(?![\w/-]|[.,]\d)")


@dataclass(slots=True)
class Over:
    """What the headers over a column say."""

    says: Says
    whole: bool = False  # a header is nothing but the period


def said_over(title: str, path: Sequence[Header], dated: bool) -> Over:
    """Period and words of the headers over a column; the words come behind the title."""
    period, whole, texts = "", False, [header.text for header in path]
    for i in reversed(range(len(texts))):
        if found := read_period(texts[i]):
            period, whole = found, True
            del texts[i]
            break
    for i in reversed(range(len(texts))):
        if period and not whole:
            break
        if whole:  # `2021` over `Q1`
            if finer := part_beside_year(period, texts[i]):
                period = finer
                del texts[i]
                break
        elif not dated:
            period, texts[i] = _period_in_words(texts[i])
    indicator = " | ".join(filter(None, [title, *texts]))
    flags = "".join(sorted({flag for header in path for flag in header.flags}))
    return Over(Says(indicator=indicator, period=period, status=flags), whole)


def _period_in_words(text: str) -> tuple[str, str]:
    """The only year, or the years from which to which, in a header, and its words without a year at either end."""
    if found := _YEARS.search(text):
        period = f"{found[1]}-{found[2]}"
        return (period, text) if is_period(period) else ("", text)
    years = set(_YEAR_ALONE.findall(text))
    if len(years) != 1 or OTHER_YEAR.search(text):
        return "", text
    year = years.pop()
    if not is_period(year):
        return "", text
    rest = re.sub(rf"^{year}[,:]?\s+|[,:]?\s+{year}$", "", text)
    return year, rest


def ask_differences(sheet: Sheet, over: dict[int, list[Header]], columns: dict[int, Over]) -> None:
    """`2020-2021` beside `2020` and `2021` of the same can be a period of two years, or what changed."""
    periods = {(one.says.indicator, one.says.period) for one in columns.values()}
    for number, one in columns.items():
        first, _, last = one.says.period.partition("-")
        name = one.says.indicator
        if one.whole and len(last) == 4 and {(name, first), (name, last)} <= periods:
            letter = column_letters(number)
            expected = "a period of more years, or the difference between two"
            at = sheet[sheet.filled_rows[0], number]
            raise unclear(
                sheet, "years that can be a period or a difference", at, f"column {letter}=nothing", expected=expected
            )


def refuse_alike(sheet: Sheet, outline: Outline, over: dict[int, list[Header]], columns: dict[int, Over]) -> None:
    """Each column of figures has headers, and no two the same."""
    known: dict[Says, int] = {}
    often = Counter(one.says for one in columns.values())
    for number, one in columns.items():
        notes = " ".join(header.notes for header in over[number]).strip()
        if often[one.says] > 1 and notes:  # they differ in a footnote alone
            one.says = one.says | Says(breakdown=((NOTE, notes),))
        letter = column_letters(number)
        at = sheet[outline.rows[0], number]
        if not over[number] and len(columns) > 1:
            expected = f"a header over column {letter}"
            raise unclear(sheet, "figures without a header", at, f"column {letter}=nothing", expected=expected)
        other = known.setdefault(one.says, number)
        if other != number:
            expected = f"what sets columns {column_letters(other)} and {letter} apart"
            if any(header.column == number for header in over[number]):
                letter = column_letters(other)  # the other has no header of its own
            raise unclear(sheet, "two columns with the same headers", at, f"column {letter}=nothing", expected=expected)
