# SPDX-License-Identifier: EUPL-1.2
"""What looks like a statistical office's table by its shape, and is something else by the words of our field.

Takes the outline of a table; raises `Declined` or `Unclear`; called by `statistical`. Other layouts know these kinds;
their question is the one to be answered.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from ..observations import areas
from ..observations.periods import kind_of_part, read_period
from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Sheet, Value
from .answers import about
from .facts import AREA_CODE
from .outline import BREAKDOWN, Outline
from .reading import Declined, unclear
from .spans import Header
from .words import AREA_LEVELS, CLASS_NUMBERS, CODE_WORDS, NO_PERIOD, PEOPLE, ROW_NUMBERS

_TYPED = re.compile(r"\w \[[^\]]+\]")
ABROAD = 20  # texts among which the name of another country as well is no area of ours
_YEAR_WORD = re.compile(r"jaar|\byear|\bann[ée]e")


def refuse_other_kinds(sheet: Sheet, outline: Outline, title: str, over: dict[int, list[Header]]) -> None:
    """Raises `Declined` for numbers that are labels, years that are no periods, people, and tables under each other."""
    names = [header.lower() for header in outline.headers.values()]
    heads = {n: " ".join(h.text for h in path).lower().replace("_", " ") for n, path in over.items()}
    for number, head in heads.items():
        if CLASS_NUMBERS.search(head) and _few_whole(sheet.aligned(number, outline.rows)[0]):
            raise Declined(f"column {column_letters(number)} can hold classes or figures")
        if ROW_NUMBERS.fullmatch(head) or PEOPLE.search(head):
            raise Declined(f"column {column_letters(number)} tells rows apart")
    for text in (title.lower(), *names, *heads.values()):
        if NO_PERIOD.search(text) and _YEAR_WORD.search(text):
            raise Declined("years that can be no periods")
    if any(map(kind_of_part, names)) or any(map(PEOPLE.search, names)):
        raise Declined("a column of labels that another layout knows")
    if any(map(read_period, names)):
        raise Declined("labels under a period")
    if any(_TYPED.search(text) for text in (*names, *heads.values())):
        raise Declined("headers that name units in brackets")
    if not about(sheet).names_parts:  # who names rows and headers means this layout
        _leave_to_others(sheet, outline, names)
    _refuse_second_header(sheet, outline)
    _ask_numbered(sheet, outline)


def _leave_to_others(sheet: Sheet, outline: Outline, names: Sequence[str]) -> None:
    if any(name in AREA_LEVELS or name in CODE_WORDS for name in names):
        raise Declined("a column of areas, which other layouts know")
    if any(_are_codes(sheet, number, outline.rows) for number in outline.labels):
        raise Declined("a column of codes of areas, which other layouts know")
    if known := _known_area(sheet):
        raise Declined(f"it is of {known}, which other layouts know")
    if not outline.titles and len(outline.heads) == 1:
        raise Declined("a header alone, without a title")


def _are_codes(sheet: Sheet, number: int, rows: Sequence[int]) -> bool:
    """True for a column of which each label is the code of an area of ours, or of a sector of one."""
    texts = {str(value) for value in sheet.aligned(number, rows)[0] if value is not None}
    return bool(texts) and all(AREA_CODE.fullmatch(text) and areas.name_of(text[:5]) for text in texts)


def _known_area(sheet: Sheet) -> str:
    """An area of ours that stands in a cell of its own: whatever is wrong with that table, it is asked about."""
    for column in sheet.columns.values():
        texts = [value.strip() for value in dict.fromkeys(column.values) if isinstance(value, str)]
        known = [text for text in texts if areas.is_known(text)]
        if known and not (len(texts) > ABROAD and all(areas.is_abroad(text) for text in known)):
            return known[0]
    return ""


def _few_whole(values: Sequence[Value]) -> bool:
    return all(isinstance(v, str) or v is None or (v == int(v) and abs(v) < 150) for v in values)


def _refuse_second_header(sheet: Sheet, outline: Outline) -> None:
    """A row of years among the figures, as in the header, in steps, or many, is the header of a second table."""
    columns = [sheet.aligned(number, outline.rows)[0] for number in outline.figures]
    heads = {tuple(sheet[row, number].value for number in outline.figures) for row in outline.heads}
    for row, *values in zip(outline.rows, *columns, strict=True):
        if not _is_year(values[0]) and not _is_year(values[-1]):
            continue
        years = [value for value in values if value is not None]
        if len(years) < 2 or not all(map(_is_year, years)):
            continue
        steps = {b - a for a, b in itertools.pairwise(years)}
        if tuple(values) in heads or len(years) > 3 or (len(steps) == 1 and steps.pop() > 0):
            raise Declined(f"row {row} can be the header of a second table")


def _is_year(value: Value) -> bool:
    return type(value) in (int, float) and 1900 <= value < 2100 and value == int(value)


def _ask_numbered(sheet: Sheet, outline: Outline) -> None:
    """The first column of figures counts 1, 2, 3 …: it may be one of ranks, sizes or classes."""
    number = outline.figures[0]
    values = [value for value in sheet.aligned(number, outline.rows)[0] if value is not None]
    numbers = [int(str(value)) for value in values if re.fullmatch(r"\d{1,3}", str(value))]
    different = sorted(set(numbers))
    if len(numbers) < len(values) or len(different) < 3 or len(outline.figures) < 2 or different[0] > 1:
        return
    if different == list(range(different[0], different[-1] + 1)) and numbers[:3] == different[:3]:
        letter = column_letters(number)
        expected = f"figures ('column {letter}=figure'), or labels ('column {letter}={BREAKDOWN}')"
        at = sheet[outline.rows[0], number]
        answer = f"column {letter}={BREAKDOWN}"
        raise unclear(sheet, "a column of numbers that can be labels or figures", at, answer, expected=expected)
