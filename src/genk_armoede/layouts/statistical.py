# SPDX-License-Identifier: EUPL-1.2
"""Tables as statistical offices print them: headers in many rows, rows that head others, marks, notes underneath.

Read by their shape alone, where `table` has a question: `outline` says where the parts stand, `spans` which headers
hold for a column, `heads` which rows head a row. The title is part of each indicator. A blank is no figure. What looks
like such a table and is something else by the words of our field is declined: the question of another layout is the one
to be answered.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from ..observations import areas
from ..observations.marks import MARKS
from ..observations.periods import kind_of_part, periods_in, read_period
from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Cell, Sheet, Value
from .answers import SheetAnswers, about
from .engine.declared import Says, Table
from .engine.facts import AREA_CODE
from .engine.reading import Declined, Reading, unclear
from .filled_down import filled_down
from .office_table.heads import Heads, are_areas, find_heads
from .office_table.outline import BREAKDOWN, MARK, REFERENCE, Outline, find, kind
from .office_table.sidelabels import date_of_head, period_of_label, rows_are_dated, said_of_rows, side_labels
from .office_table.spans import OTHER_YEAR, Header, Over, ask_differences, headers_over, refuse_alike, said_over
from .words import (
    AREA_LEVELS,
    CLASS_NUMBERS,
    CODE_WORDS,
    NO_PERIOD,
    PEOPLE,
    ROW_NUMBERS,
    is_note,
    is_title_of_labels,
    legend_marks,
)

NAME = "statistical"
_DIGITS = re.compile(r"[\d.,\s-]*\d[\d.,\s]*")
_FOUR = re.compile(r"\d{4}")
_LETTERS = re.compile(r"[A-Z]{1,2}")  # that stand for a figure


def read(sheet: Sheet) -> Reading:
    """One observation a figure or mark; blanks are none."""
    answers = about(sheet)
    outline = find(sheet, answers)
    sheet, told = filled_down(sheet, list(outline.labels), outline.rows)
    reading = Reading(sheet, NAME)
    reading.assumed += told
    over = headers_over(sheet, outline, answers)
    title = answers.whole("indicator") or _title(sheet, outline)
    if not title and any(all(header.is_period for header in path) for path in over.values()):
        raise Declined("nothing says what the figures are of")
    refuse_other_kinds(sheet, outline, title, over)
    heads = find_heads(reading, outline, answers)
    _place(reading, outline)
    dated = rows_are_dated(sheet, outline)
    columns = {number: said_over(title, over[number], dated) for number in outline.figures}
    ask_differences(sheet, over, columns)
    refuse_alike(sheet, outline, over, columns)
    whole = _whole(reading, outline, answers, heads, title, columns, dated)
    marks = _marks(reading, outline)
    for with_period in (True, False):
        picked = {number: one.says for number, one in columns.items() if bool(one.says.period) is with_period}
        if picked:
            reading.declare(
                Table(
                    rows=outline.rows,
                    figures=picked,
                    labels=side_labels(sheet, outline, dated and not with_period),
                    marks=marks,
                    whole=Says(area=whole.area) if with_period else whole,
                    said=said_of_rows(sheet, outline, heads, not with_period),
                    filled_only=True,
                )
            )
    return reading


def _place(reading: Reading, outline: Outline) -> None:
    """A word for every cell that is no figure, label of a row or head."""
    sheet = reading.sheet
    for row in (*outline.titles, *outline.notes):
        reading.tell(sheet.row(row))
    for row in outline.rulers:
        reading.leave_out(f"row {row}: strokes", sheet.row(row))
    reading.labels(cell for row in outline.heads for cell in sheet.row(row))
    for number, why in outline.passed.items():
        if why:
            reading.leave_column(why, number, outline.rows)
    first, last = outline.rows[0], outline.rows[-1]
    reading.assume(f"header: rows {outline.heads[0]} to {outline.heads[-1]}; figures: rows {first} to {last}")
    roles = ", ".join(f"{column_letters(number)} {role}" for number, role in outline.labels.items())
    reading.assume(f"columns of labels: {roles}; figures from column {column_letters(outline.figures[0])} on")
    if "area" not in outline.labels.values():
        reading.assume("no column of areas: the area is left blank")
    if any(isinstance(v, str) and REFERENCE.search(v) for column in sheet.columns.values() for v in set(column.values)):
        reading.assume("references to footnotes such as \\1 are left off names")


def _title(sheet: Sheet, outline: Outline) -> str:
    """The first line above the table, with the line right under it when that is no note; else the sheet's name."""
    lines: list[str] = []
    for row in outline.titles[:2]:
        cell = sheet.row(row)[0]
        if lines and (row != outline.titles[0] + 1 or cell.text[:1] in "[(" or is_note(cell)):
            break
        lines.append(REFERENCE.sub("", cell.text))
    corner = sheet[outline.heads[0], min(outline.labels)]
    return " ".join(lines) or (corner.text if is_title_of_labels(sheet, corner) else sheet.name)


def _whole(
    reading: Reading,
    outline: Outline,
    answers: SheetAnswers,
    heads: Heads,
    title: str,
    columns: dict[int, Over],
    dated: bool,
) -> Says:
    """Area and period for all figures that have none of their own. Raises `Unclear` for figures without a period."""
    sheet = reading.sheet
    whole = Says(area=answers.whole("area"))
    bare = [number for number, one in columns.items() if not one.says.period]
    row = _row_without_period(sheet, outline, heads, dated) if bare else 0
    if not row:
        return whole
    if said := answers.whole("period"):
        return replace(whole, period=said)
    searched = re.sub(r"\(\d{4}\)", "", title)
    periods = [] if OTHER_YEAR.search(searched) else periods_in(searched) or periods_in(sheet.name)
    others = {one.says.period for one in columns.values()} - {""}
    if len(periods) == 1 and not dated and others <= set(periods):
        reading.assume(f"period: {periods[0]}, from the title")
        return replace(whole, period=periods[0])
    at = next((sheet[row, number] for number in bare if sheet[row, number].value is not None), sheet[row, bare[0]])
    raise unclear(
        sheet,
        "nothing says for which period a figure holds" if len(periods) < 2 else "the period can be read two ways",
        at,
        f"period={periods[-1] if periods else 2021}",
        expected=f"one of {', '.join(periods)}" if len(periods) > 1 else "a period in its header, label or title",
    )


def _row_without_period(sheet: Sheet, outline: Outline, heads: Heads, dated: bool) -> int:
    """The first row of which neither its label nor its head is a period; 0 when there is none."""
    numbers = [number for number, role in outline.labels.items() if role == "period"]
    numbers = numbers or [min(outline.labels)] * dated
    lists = [sheet.aligned(number, outline.rows)[0] for number in numbers] or [[None] * len(outline.rows)]
    known: dict[tuple, bool] = {}
    for row, values in zip(outline.rows, zip(*lists, strict=True), strict=True):
        key = (heads.of_row.get(row, ()), *values)
        if key not in known:
            own = any(period_of_label(Cell(row, 1, value)) for value in values if value is not None)
            known[key] = own or any(map(date_of_head, key[0]))
        if not known[key]:
            return row
    return 0


def _marks(reading: Reading, outline: Outline) -> dict[str, str]:
    """What stands in place of figures, by its shape; the sheet's own legend goes before."""
    sheet = reading.sheet
    legend = legend_marks(sheet)
    found: dict[str, str] = {}
    for number in outline.figures:
        texts = {value for value in sheet.aligned(number, outline.rows)[0] if isinstance(value, str)}
        for text in (" ".join(text.split()) for text in texts if not _DIGITS.fullmatch(text)):
            known = text.lower() in MARKS or text.lower() in legend
            if not known and (_LETTERS.fullmatch(text) or kind(Cell(1, number, text)) == MARK):
                found[text.lower()] = "m"
    if found:
        reading.assume(f"no figure, and not said why: {', '.join(sorted(text.upper() for text in found))}")
    return MARKS | found | legend


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
        _leave_to_others(sheet, outline, names, over)
    _refuse_second_header(sheet, outline)
    _ask_numbered(sheet, outline)


def _leave_to_others(sheet: Sheet, outline: Outline, names: Sequence[str], over: dict[int, list[Header]]) -> None:
    if any(name in AREA_LEVELS or name in CODE_WORDS for name in names):
        raise Declined("a column of areas, which other layouts know")
    if any(_are_codes(sheet, number, outline.rows) for number in outline.labels):
        raise Declined("a column of codes of areas, which other layouts know")
    certain = all(header.is_period or not _FOUR.search(header.text) for path in over.values() for header in path)
    if not (certain and are_areas(sheet, outline)) and (known := _known_area(sheet)):
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
        known = [text for text in texts if areas.is_named(text)]
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
