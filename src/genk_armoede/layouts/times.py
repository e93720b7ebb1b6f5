# SPDX-License-Identifier: EUPL-1.2
"""What a column of a plain table says of time: periods, parts of a year, or neither.

Takes a frame and a column; gives its role; called by `roles`, and for two columns of periods by `columns`.
"""

from __future__ import annotations

import re

from ..observations import areas
from ..observations.periods import (
    first_day,
    kind_of_part,
    last_day,
    marked_period,
    packed_kind,
    packed_period,
    part_of_year,
    read_period,
)
from ..observations.values import is_number
from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Cell
from .extent import is_word
from .parts import Frame
from .reading import Reading
from .words import NO_PERIOD, PERIOD_WORDS

_YEARLY = re.compile(r"(?:jaar|ann[ée]e)\b.*|(?:school|academic|fiscal|financial) year")  # `Année scolaire`


def header_period(frame: Frame, cell: Cell) -> str:
    return marked_period(cell, frame.notes)[0]


def role_of_time(reading: Reading, frame: Frame, column: int, word: str) -> str:
    """`period`, or `part` for weeks, months, quarters and semesters; years of birth and the like are a breakdown."""
    heads, cells = frame.over[column], frame.under[column]
    if header_period(frame, heads[-1]):
        return ""
    if NO_PERIOD.search(word) and cells and (word == "basisjaar" or all(map(read_period, cells))):
        return word  # `2013 = 100`
    whole = bool(cells) and all(header_period(frame, cell) for cell in cells)
    kind = kind_of_part(word)
    packed = packed_kind(word)
    if kind == "W" and any("-S" in header_period(frame, cell) for cell in cells):
        return ""  # S is a week in French, a semester elsewhere
    if (kind and whole) or (packed and cells and all(packed_period(cell, packed) for cell in cells)):
        return "period"
    if kind and cells and _has_years(frame, column):
        frame.parts[column] = kind
        return "part"
    if not (kind or word in PERIOD_WORDS or re.fullmatch(r"[a-zé]+jaar", word) or (whole and _YEARLY.fullmatch(word))):
        return ""
    if kind and cells and (_beside_years(frame, column) or all(part_of_year("2020", kind, cell) for cell in cells)):
        frame.parts[column] = kind
        return "part"
    if (
        cells
        and not any(header_period(frame, cell) or is_number(cell) for cell in cells)
        and len(heads) == 1
        and _over_periods(frame, column)
    ):
        reading.assume(f"{heads[-1].text!r} in {heads[-1].address} names the columns, not the rows")
        return "area" if any(areas.looks_like_area(cell.text) or is_word(cell.text) for cell in cells) else "rij"
    if word not in PERIOD_WORDS and cells and all(re.fullmatch(r"\d{1,2}", cell.text) for cell in cells):
        return word  # `Leerjaar`
    if wrong := next((cell for cell in cells if not header_period(frame, cell)), None):
        problem = f"this is no period, under {heads[-1].text!r}"
        answers = (f"row {wrong.row}=nothing", f"column {column_letters(column)}=breakdown")
        dated = any(header_period(frame, cell) for cell in cells)
        raise reading.sheet.error(
            problem, wrong, expected="2021, 2020-2021 or 2021-12", answers=answers if dated else answers[::-1]
        )
    return "period"


def _over_periods(frame: Frame, column: int) -> bool:
    """True when all other headers are periods."""
    others = [heads[-1] for other, heads in frame.over.items() if other != column and heads]
    return len(others) > 1 and all(header_period(frame, head) for head in others)


def _beside_years(frame: Frame, column: int) -> bool:
    """True when all headers at the right are years, of which the rows are parts."""
    right = [heads[-1] for other, heads in frame.over.items() if other > column and heads]
    return bool(right) and all(re.fullmatch(r"\d{4}", header_period(frame, head)) for head in right)


def _has_years(frame: Frame, column: int) -> bool:
    """True when another column holds the years that weeks or months are parts of."""
    others = (other for other in frame.over if other != column and frame.over[other] and frame.under[other])
    named = (other for other in others if frame.over[other][-1].text.lower() in PERIOD_WORDS)
    return any(
        all(re.fullmatch(r"\d{4}", header_period(frame, cell)) for cell in frame.under[other]) for other in named
    )


def leave_out_wider_periods(reading: Reading, frame: Frame) -> None:
    """A year or quarter in each row beside its month, such as `2020` beside `2020-08`, says nothing more."""
    columns = [column for column, role in frame.labels.items() if role in ("period", "part") and frame.over[column]]
    if len(columns) < 2:
        return
    periods = [{cell.value: header_period(frame, cell) for cell in frame.under[column]} for column in columns]
    rows = set(zip(*(reading.sheet.aligned(column, frame.rows)[0] for column in columns), strict=True))
    said = [[known.get(value, "") for known, value in zip(periods, row, strict=True)] for row in rows]
    finest = next((i for i in range(len(columns)) if all(_lies_in_all(row, i) for row in said)), None)
    if finest is None:
        return
    own = columns.pop(finest)
    for column in columns:
        letters = [column_letters(n) for n in (column, own)]
        reading.leave_column(f"column {letters[0]}: the wider periods of column {letters[1]}", column, frame.rows)
        reading.labels(frame.over[column])
        del frame.labels[column]
    frame.labels[own] = "period"
    frame.parts.clear()


def _lies_in_all(periods: list[str], finest: int) -> bool:
    """True for a period that lies in each of the others, which are longer."""
    if not all(periods) or any(len(period) == len("2020-2021") for period in periods):
        return False
    begin, end = first_day(periods[finest]), last_day(periods[finest])
    others = [period for i, period in enumerate(periods) if i != finest]
    return all(first_day(one) <= begin and end <= last_day(one) and one != periods[finest] for one in others)
