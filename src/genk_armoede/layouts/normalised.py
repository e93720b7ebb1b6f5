# SPDX-License-Identifier: EUPL-1.2
"""A sheet whose figures are written as everywhere, whatever stands around them in this one.

Takes a sheet; gives one in which footnote marks of a column of their own are raised beside the figures at its left, a
unit behind each figure stands in the header, dates and years are written as everywhere, and thousands that only a
format shows, negatives in brackets or with the minus behind, and letters behind figures are read as answered. Raises
for formulas without a result. Called by `layouts.read`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import filterfalse

from ..observations.marks import FLAGGED, LETTERS, MARKS
from ..observations.periods import periods_in, read_period
from ..observations.values import NEGATIVE, thousands_of
from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Sheet, Value
from ..spreadsheets.columns import Column
from .amended import columns_left_out
from .answers import about
from .dates import plain_dates
from .headers import border
from .office_table.outline import MARK, NUMBER, YEAR, kind
from .words import CLASS_NUMBERS, COUNTED, NOTE_WORDS, legend_marks, notes_of

_MARK = re.compile(r"\*{1,3}|\(?[a-z]{1,2}\)|\(\d{1,2}\)|[a-z]|\(?\\\w{1,2}\)?|[¹²³⁴⁵]", re.IGNORECASE)


def normalised(sheet: Sheet) -> tuple[Sheet, list[str]]:
    """The sheet with its figures as everywhere, and what was assumed. The sheet that is given stays as it is.

    Raises `DataError` for a formula without a calculated value, unless an answer leaves it out.
    """
    refuse_uncalculated(sheet)
    marked = [number for number in sheet.filled_columns[1:] if _holds_marks(sheet, number)]
    page = replace(sheet, columns=dict(sheet.columns), styles=list(sheet.styles))
    told = (
        _bare_fields(sheet, page)
        + [_raise_marks(page, number) for number in marked]
        + _raise_letters(page)
        + _take_units(page)
        + plain_dates(sheet, page)
        + _read_negatives(page)
        + _read_thousands(page)
    )
    return (page, told) if told else (sheet, [])


def refuse_uncalculated(sheet: Sheet) -> None:
    """Raises `DataError` for formulas without a calculated value that no answer leaves out."""
    out = columns_left_out(sheet, about(sheet)) if sheet.uncalculated else ()
    places = [(row, n) for row, n in sheet.uncalculated if row not in sheet.passed_rows and n not in out]
    if not places:
        return
    rows, columns = sorted({row for row, _ in places}), sorted({n for _, n in places})
    raise sheet.error(
        "a formula without a calculated value",
        sheet[places[0]],
        found=sheet.uncalculated[places[0]],
        expected="figures that are there" if len(places) < 2 else f"figures that are there, in {len(places)} cells",
        do="open a copy in Excel or LibreOffice, let it calculate (in LibreOffice Ctrl+Shift+F9), and read that copy",
        answers=(
            f"row{'s' * (len(rows) > 1)} {','.join(map(str, rows[:50]))}=nothing",
            f"column {column_letters(columns[0])}=nothing",
        ),
    )


# Headers

_FIELD = re.compile(r"(?:'[^'\[\]]*'|[\w ]*)\[([^\[\]]+)\]")


def _bare_fields(sheet: Sheet, page: Sheet) -> list[str]:
    """`Gebied[Gemeente]` and `[Jaar]` in the first row, as a query of Power BI heads each column: names, no units."""
    top = sheet.filled_rows[0] if sheet.filled_rows else 0
    cells = sheet.row(top) if top else []
    found = [_FIELD.fullmatch(cell.text) for cell in cells]
    if len(cells) < max(2, len(sheet.filled_columns)) or not all(found):
        return []
    for cell, name in zip(cells, found, strict=True):
        column = page.columns[cell.column]
        page.columns[cell.column] = column.put(top, name[1], column.styles[column.find(top)])
    return [f"row {top}: names of fields in brackets"]


# Footnote marks


def _holds_marks(sheet: Sheet, number: int) -> bool:
    """True for a column of nothing but footnote marks, each right of a figure, under no header or that of notes."""
    column, left = sheet.columns[number], sheet.columns.get(number - 1)
    last = column.values[-1]
    if left is None or not _is_mark(last):
        return False
    heads = next(i for i, value in enumerate(column.values) if _is_mark(value))
    texts = [sheet.cell(number, i).text for i in range(heads)]
    if texts and (len(texts) > 1 or texts[0].lower() not in NOTE_WORDS):
        return False
    if not all(map(_is_mark, set(column.values[heads:]))) or about(sheet).role(number, "".join(texts)):
        return False
    marks = {value.strip() for value in column.values[heads:]}
    if not _are_explained(sheet, marks) or _stand_for_figures(sheet, marks, number):
        return False
    if CLASS_NUMBERS.search(sheet.cell(number - 1, 0).text.lower()):
        return False  # `3600 | a`
    beside = [sheet[row, number - 1] for row in column.rows[heads:]]
    figures = all(cell.text and kind(cell) in (NUMBER, YEAR, MARK) for cell in beside)
    return figures and not all(map(read_period, beside))


def _are_explained(sheet: Sheet, marks: set[str]) -> bool:
    """Bare letters are marks where publishers write flags with them, or a note of the sheet explains each."""
    letters = {mark for mark in marks if mark.isalpha()}
    if letters <= LETTERS.keys():
        return True
    return letters <= notes_of(sheet, [row for row in border(sheet) if len(sheet.places(row)) < 3]).keys()


def _stand_for_figures(sheet: Sheet, marks: set[str], number: int) -> bool:
    """A mark that a legend or another column has in place of a figure is none beside one: its row may have shifted."""
    others = (set(sheet.columns[n].values) for n in sheet.filled_columns[1:] if n != number)
    mixed = (values for values in others if not all(_is_mark(v) or str(v).lower() in NOTE_WORDS for v in values))
    return not marks.isdisjoint(legend_marks(sheet)) or any(not marks.isdisjoint(values) for values in mixed)


def _is_mark(value: Value) -> bool:
    return isinstance(value, str) and bool(_MARK.fullmatch(value.strip())) and value.strip().lower() not in MARKS


def _raise_marks(page: Sheet, number: int) -> str:
    """Marks are raised beside the figures at their left, and the column that held them goes."""
    marks = page.columns.pop(number)
    left = page.columns[number - 1]
    styles = array("I", left.styles)
    for row, value in zip(marks.rows, marks.values, strict=True):
        if _is_mark(value):
            index = left.find(row)
            style = page.styles[styles[index]]
            raised = f"{style.raised} {value.strip()}".replace("\\", "").strip()
            styles[index] = page.style_number(style, raised=raised)
    page.columns[number - 1] = Column(left.rows, left.values, styles)
    return f"column {column_letters(number)}: footnote marks of the figures in column {column_letters(number - 1)}"


def _raise_letters(page: Sheet) -> list[str]:
    """The letters of `12,7 bp` are raised beside the figure, as answered."""
    if not about(page).whole("letters"):
        return []

    def read(value: Value, style: int) -> tuple[Value, int]:
        found = FLAGGED.fullmatch(value.strip()) if isinstance(value, str) else None
        if not found:
            return value, style
        return found["figure"], page.style_number(page.styles[style], raised=" ".join(found["letters"]))

    _change(page, read)
    return ["letters behind figures: flags, as answered"]


# Units


def _take_units(page: Sheet) -> list[str]:
    """`66.110 inwoners` under a period, or under words where it has decimals: the unit goes to the header.

    Under words whole numbers can be labels, such as `3 kinderen`: an answer says that they are figures.
    """
    told = []
    for number in page.filled_columns[1:]:
        column = page.columns[number]
        last = next(filterfalse(_is_no_figure, reversed(column.values)), None)
        if not isinstance(last, str) or not COUNTED.fullmatch(last.strip()):
            continue
        found = [COUNTED.fullmatch(value.strip()) if isinstance(value, str) else None for value in column.values]
        below = list(zip(column.values, found, strict=True))
        head = next(i for i, (value, match) in enumerate(below) if match or _is_no_figure(value)) - 1
        below = below[head + 1 :]
        figures = [match["figure"] for _, match in below if match]
        units = {match["unit"].lower() for _, match in below if match}
        if head < 0 or len(units) != 1 or len(figures) < 2 or not all(m or _is_no_figure(v) for v, m in below):
            continue
        unit, header = units.pop(), page.cell(number, head)
        is_dated = read_period(header) or (unit in header.text.lower() and periods_in(header.text))
        is_measured = all("," in figure or "." in figure for figure in figures)
        if not is_dated and not is_measured and about(page).role(number, header.text) != "figure":
            continue
        values = [*column.values[:head], f"{header.text} [{unit}]", *(m["figure"] if m else v for v, m in below)]
        page.columns[number] = Column(column.rows, values, column.styles)
        told.append(f"column {column_letters(number)}: the unit stands behind each figure: {unit}")
    return told


def _is_no_figure(value: Value) -> bool:
    """True for a mark that stands in place of a figure."""
    return isinstance(value, str) and value.strip().lower() in MARKS


# Answers about numbers


def _read_negatives(page: Sheet) -> list[str]:
    """`(1.200)` or `12-` is a negative number, as answered."""
    answered = about(page).whole("negatives")
    if not answered:
        return []

    def read(value: Value, style: int) -> tuple[Value, int]:
        found = NEGATIVE.fullmatch(value.strip()) if isinstance(value, str) else None
        return (f"-{found[answered]}" if found and found[answered] else value), style

    _change(page, read)
    return [f"negative numbers: {'in brackets' if answered == 'brackets' else 'with the minus behind'}, as answered"]


def _read_thousands(page: Sheet) -> list[str]:
    """A number that its format shows in thousands is meant as it is stored, or as it is shown, as answered."""
    scales = {n: scale for n, style in enumerate(page.styles) if (scale := thousands_of(style.number_format)) > 1}
    answered = about(page).whole("thousands") if scales else ""
    if not answered:
        return []
    plain = {n: page.style_number(page.styles[n], number_format="#,##0") for n in scales}

    def read(value: Value, style: int) -> tuple[Value, int]:
        if style not in scales or not isinstance(value, int | float):
            return value, style
        return (_divided(value, scales[style]) if answered == "shown" else value), plain[style]

    _change(page, read)
    return [f"numbers that are shown in thousands or millions: as {answered}, as answered"]


def _divided(value: float, scale: int) -> float:
    """Without the digits that binary fractions add: 8,2 in thousands is 0,0082."""
    return float(Decimal(repr(value)) / scale)


def _change(page: Sheet, read: Callable[[Value, int], tuple[Value, int]]) -> None:
    for number, column in page.columns.items():
        known: dict[tuple, tuple[Value, int]] = {}
        found: list[tuple[Value, int]] = []
        for value, style in zip(column.values, column.styles, strict=True):
            key = (value, style, type(value))
            if key not in known:
                known[key] = read(value, style)
            found.append(known[key])
        page.columns[number] = Column(column.rows, [value for value, _ in found], array("I", [s for _, s in found]))
