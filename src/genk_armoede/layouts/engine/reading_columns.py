# SPDX-License-Identifier: EUPL-1.2
"""A column of figures: exact numbers or flags, with the unit and the flags that the cells themselves show; and the
different cells of a column, which is what a layout asks to know what stands in it.

Takes a declared table and what is said of its rows; gives a `ReadColumn`, or cells; called by `reading`.
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from ...errors import DataError
from ...observations.figures import read_figures
from ...observations.observation import WITHOUT_VALUE, number_text
from ...observations.values import UNITS_SHOWN, check_fractions, check_numbers, is_number, is_plain_number, unit_shown
from ...spreadsheets.cells import Cell, Sheet, Value
from ...spreadsheets.columns import kinds
from ..answers import SheetAnswers, about
from .declared import Says, Table
from .facts import Facts, RowFacts, Texts, of_column

NUMBERS = {int, float}


@dataclass(slots=True)
class ReadColumn:
    """The observations of a column of figures, downwards: sequences of one length, or one text for all."""

    column: int
    rows: Sequence[int]
    facts: Facts
    values: Sequence[str]
    flags: Texts

    def flag(self, i: int) -> str:
        return self.flags[i] if self.flags else ""

    def shortened(self, sheet: Sheet) -> Cell | None:
        """The first text such as `1E+05`, of which a spreadsheet may have dropped digits."""
        values, _ = sheet.aligned(self.column, self.rows)
        if "E+" not in _texts_of(values):
            return None
        at = next(i for i, value in enumerate(values) if isinstance(value, str) and "E+" in value)
        return sheet[self.rows[at], self.column]

    def numbers_as_text(self, sheet: Sheet) -> Iterator[Cell]:
        """Of each style a text with a mark in it that reads as a number."""
        values, styles = sheet.aligned(self.column, self.rows)
        if not has_marks(values):
            return
        known: set[int] = set()
        for row, value, style in zip(self.rows, values, styles, strict=True):
            if style in known or not isinstance(value, str) or not ("." in value or "," in value):
                continue
            cell = Cell(row, self.column, value, sheet.styles[style])
            if is_number(cell):
                known.add(style)
                yield cell


def read_column(
    sheet: Sheet, table: Table, column: int, says: Says, rows: RowFacts, assume: Callable[[str], None]
) -> ReadColumn | None:
    """The figures of a column, in the rows of which the table says that they hold one; nothing without such a row.

    Raises `DataError` for a cell that holds neither a figure nor a mark, and for a column that can be read two ways.
    """
    return _read(sheet, table, column, says, rows, _rows_of(sheet, table, column), assume)


def read_merged(
    sheet: Sheet, table: Table, row: int, column: int, says: Says, rows: RowFacts, assume: Callable[[str], None]
) -> ReadColumn:
    """A figure that more columns say."""
    return _read(sheet, table, column, says, rows, [table.rows.index(row)], assume)


def _read(
    sheet: Sheet,
    table: Table,
    column: int,
    says: Says,
    rows: RowFacts,
    taken: Sequence[int] | None,
    assume: Callable[[str], None],
) -> ReadColumn | None:
    numbers = rows.rows if taken is None else [rows.rows[i] for i in taken]
    if not numbers:
        return None
    facts = of_column(sheet, column, table.whole | says, rows, taken)
    read = ReadColumn(column, numbers, facts, (), "")
    if isinstance(facts.unit, str):
        unit = facts.unit
        read.values, read.flags = read_figures(sheet, column, numbers, unit, table.marks, table.notes)
        if not unit:
            unit = facts.unit = _unit_shown(sheet, column, numbers)
        read.values = _checked(sheet, column, numbers, unit, table.certain, read.values, assume)
    else:
        _read_by_unit(sheet, table, read, assume)
    _flag(sheet, read, table)
    return read


def _read_by_unit(sheet: Sheet, table: Table, read: ReadColumn, assume: Callable[[str], None]) -> None:
    """Rows of a column that name their own unit: those of each unit together."""
    column, units = read.column, read.facts.unit
    values, flags, shown = [""] * len(units), [""] * len(units), list(units)
    for unit in sorted(set(units)):
        places = [i for i, other in enumerate(units) if other == unit]
        rows = [read.rows[i] for i in places]
        found, marked = read_figures(sheet, column, rows, unit, table.marks, table.notes)
        if not unit:
            unit = _unit_shown(sheet, column, rows)
        found = _checked(sheet, column, rows, unit, table.certain, found, assume)
        for n, i in enumerate(places):
            values[i], flags[i], shown[i] = found[n], marked[n] if marked else "", unit
    read.values, read.flags, read.facts.unit = values, flags if any(flags) else "", shown


def _unit_shown(sheet: Sheet, column: int, rows: Sequence[int]) -> str:
    """Figures whose header names no unit get the one that they all show."""
    values, _ = sheet.aligned(column, rows)
    found = kinds(values)
    if found <= {str, type(None)} and not UNITS_SHOWN.search("\n".join(filter(None, set(values)))):
        return ""
    shown: dict[str, Cell] = {}
    for cell in _distinct(sheet, column, rows):
        if is_number(cell):
            shown.setdefault(unit_shown(cell), cell)
    if len(shown) > 1:
        units = ", ".join(unit or "none" for unit in shown)
        cell = next(cell for unit, cell in shown.items() if not unit or unit != next(iter(shown)))
        raise sheet.error("figures of one column that show different units", cell, expected=f"one of: {units}")
    return next(iter(shown), "")


def _distinct(sheet: Sheet, column: int, rows: Sequence[int]) -> Iterator[Cell]:
    """A cell for each different text and style, from top to bottom; of numbers one a style."""
    values, styles = sheet.aligned(column, rows)
    if kinds(values) <= NUMBERS and len(set(styles)) == 1:
        yield Cell(rows[0], column, values[0], sheet.styles[styles[0]])
        return
    seen = set()
    for row, value, style in zip(rows, values, styles, strict=True):
        key = (value if isinstance(value, str) else None, style)
        if value is not None and key not in seen:
            seen.add(key)
            yield Cell(row, column, value, sheet.styles[style])


def _checked(
    sheet: Sheet,
    column: int,
    rows: Sequence[int],
    unit: str,
    certain: bool,
    texts: Sequence[str],
    assume: Callable[[str], None],
) -> Sequence[str]:
    """The numbers of a column, unless it can be read two ways; fractions in percent, where that was answered."""
    values, styles = sheet.aligned(column, rows)
    answers, stored = about(sheet), kinds(values)
    if has_marks(values) and not all(sheet.styles[style].point for style in set(styles)):
        found = [cell for cell in _distinct(sheet, column, rows) if isinstance(cell.value, str)]
        with _unless(answers, "numbers"):
            check_numbers(sheet, found, unit, certain)
    if str in stored and answers.marks():
        for text in set(filter(lambda value: isinstance(value, str), values)):
            answers.use_mark(" ".join(text.split()))
    if unit == "%" and float in stored and _may_be_fractions(sheet, values, styles):
        look, cells = sheet.styles, zip(rows, values, styles, strict=True)
        with _unless(answers, "percentages"):
            check_fractions(sheet, [Cell(r, column, v, look[style]) for r, v, style in cells if is_plain_number(v)])
    if unit == "%" and answers.whole("percentages") == "fractions":
        assume("percentages: fractions, as answered")
        return _hundredfold(sheet, column, rows, texts)
    return texts


def _may_be_fractions(sheet: Sheet, values: Sequence[Value], styles: Sequence[int]) -> bool:
    """False when surely no number among percentages is a fraction: none is small, or some are large and shown alike."""
    numbers = [value for value in values if type(value) in NUMBERS]
    if not any(-1 < value < 1 for value in numbers):
        return False
    shown = any(Cell(0, 0, None, sheet.styles[style]).is_percent for style in set(styles))
    return shown or not any(abs(value) > 1 for value in numbers)


def _hundredfold(sheet: Sheet, column: int, rows: Sequence[int], texts: Sequence[str]) -> list[str]:
    """Fractions that are stored without a percent format, as answered, in percent. Raises `DataError` over 1."""
    stored, styles = sheet.aligned(column, rows)
    found = []
    for row, value, style, text in zip(rows, stored, styles, texts, strict=True):
        cell = Cell(row, column, value, sheet.styles[style])
        if text and is_plain_number(value) and not cell.is_percent:
            if abs(value) > 1:
                raise sheet.error("no fraction, as was answered", cell, expected="at most 1")
            text = number_text(Decimal(text) * 100)
        found.append(text)
    return found


@contextmanager
def _unless(answers: SheetAnswers, what: str) -> Iterator[None]:
    """A question is not raised that was answered."""
    try:
        yield
    except DataError:
        if not answers.whole(what):
            raise


def has_marks(values: Sequence[Value]) -> bool:
    """True when any text has a dot or a comma: without, it is read in one way only."""
    texts = _texts_of(values)
    return "." in texts or "," in texts


def _texts_of(values: Sequence[Value]) -> str:
    """All texts of a column, to look for a sign in."""
    found = kinds(values)
    if str not in found:
        return ""
    return "".join(values if found == {str} else (value for value in values if type(value) is str))


def _flag(sheet: Sheet, read: ReadColumn, table: Table) -> None:
    """Add what column, row and look say: of figures that are there; what the source states, also of others."""
    facts, looks = read.facts, _looks(sheet, read, table)
    if not (facts.status or facts.flags or looks):
        return
    flags = []
    for i, row in enumerate(read.rows):
        found = read.flag(i)
        if not WITHOUT_VALUE & set(found):
            found += facts.at("status", i) + (looks[i] if looks else "")
        if stated := facts.at("flags", i):
            blank = sheet[row, read.column].value is None
            reason = WITHOUT_VALUE & set(stated)
            found = stated if blank and reason else (found.replace("m", "") if reason else found) + stated
        flags.append("".join(sorted(set(found))) if found else "")
    read.flags = flags if any(flags) else ""


def _looks(sheet: Sheet, read: ReadColumn, table: Table) -> list[str]:
    """The flag that the style of each figure stands for; nothing when none stands for any."""
    if not table.flag:
        return []
    values, styles = sheet.aligned(read.column, read.rows)
    known: dict[int, str] = {}
    for style in set(styles):
        i = styles.index(style)
        known[style] = table.flag(Cell(read.rows[i], read.column, values[i], sheet.styles[style]))
    return list(map(known.__getitem__, styles)) if any(known.values()) else []


def _rows_of(sheet: Sheet, table: Table, column: int) -> list[int] | None:
    """Which rows of a table hold a figure of this column; None for all of them.

    Raises `DataError` for a merged one of which the table does not say what it covers.
    """
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom, sheet.height) + 1) if left <= column <= right else ():
            place = (row, column)
            known = place in table.skipped or place in table.instead
            if not known and row in table.rows and (sheet[top, left].text or not table.filled_only):
                raise sheet.error("figures in merged cells", sheet[top, left], do="ask what the figure is of")
    out = {row for row, other in (*table.skipped, *table.instead) if other == column}
    if table.filled_only:
        filled = sheet.columns[column].rows
        if type(filled) is range and not out and table.rows[0] in filled and table.rows[-1] in filled:
            return None
        filled = set(filled)
        found = [i for i, row in enumerate(table.rows) if row in filled and row not in out]
        return None if len(found) == len(table.rows) else found
    return [i for i, row in enumerate(table.rows) if row not in out] if out else None


MANY = 200  # different numbers in a column


def different(sheet: Sheet, column: int, rows: Sequence[int]) -> list[Cell]:
    """A cell for each different value and style of a column in these rows, from top to bottom.

    Of very many different numbers only some: the first, the ends, and the first that is no year, no code of five
    digits and no whole number, so that what holds for all of these holds for every one.
    """
    values, styles = sheet.aligned(column, rows)
    found: Iterable[int] = range(len(values))
    if not (kinds(values) <= NUMBERS and _are_many(values)):
        alike = len(set(styles)) == 1 and len(kinds(values)) == 1
        keys = values if alike else list(zip(values, styles, map(type, values), strict=True))
        first = dict(zip(reversed(keys), reversed(found), strict=True))
        found = sorted(first.values())
    numbers = found if type(values) is array else [i for i in found if type(values[i]) in NUMBERS]
    if len(numbers) > MANY:
        told = _telling(values, styles, numbers)
        found = sorted(told if type(values) is array else set(found).difference(numbers) | told)
    return [Cell(rows[i], column, values[i], sheet.styles[styles[i]]) for i in found if values[i] is not None]


def _are_many(values: Sequence[Value]) -> bool:
    some = values[: 2 * MANY]
    return len(set(some)) > MANY or len(set(values)) > MANY


def _telling(values: Sequence[Value], styles: Sequence[int], numbers: Sequence[int]) -> set[int]:
    """Indexes of those of many numbers that tell what kind of numbers they are; `numbers` are the indexes of all."""
    whole = len(numbers) == len(values)
    stored = values if whole else list(map(values.__getitem__, numbers))
    looks = styles if whole else list(map(styles.__getitem__, numbers))
    found = [stored.index(min(stored)), stored.index(max(stored))]
    found += [looks.index(style) for style in set(looks)]
    for is_alike in (_may_be_year, _may_be_code, *([_is_whole] if float in kinds(stored) else [])):
        found += itertools.islice((n for n, value in enumerate(stored) if not is_alike(value)), 1)
    return {numbers[0], *map(numbers.__getitem__, found)}


def _may_be_year(value: float) -> bool:
    return 1500 <= value < 2100


def _may_be_code(value: float) -> bool:
    return 1000 <= value < 100_000


def _is_whole(value: float) -> bool:
    return value == int(value)
