# SPDX-License-Identifier: EUPL-1.2
"""What a column of a plain table, or a header, says of time: periods, parts of a year, or something else.

Takes a frame; gives roles of columns, and changes what figures say, or raises the question; called by `roles`,
`columns` and `table`.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from ...observations import areas
from ...observations.observation import TOTAL_WORDS
from ...observations.periods import (
    first_day,
    kind_of_part,
    last_day,
    marked_period,
    packed_kind,
    packed_period,
    part_beside_year,
    part_of_year,
    periods_in,
    read_period,
)
from ...observations.values import is_number
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ..answers import about, for_column, for_label
from ..engine.declared import Says
from ..engine.reading import Reading, unclear
from ..words import NO_PERIOD, OTHER_YEAR, PERIOD_WORDS
from .extent import is_word
from .parts import Frame
from .titles import title_of

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
    if kind and whole and None in reading.sheet.aligned(column, frame.rows)[0] and _has_years(frame, column):
        frame.parts[column] = kind  # `2018 | 1ste semester 2018` beside `2017 | `
        return "part"
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
    others = frame.others(column)
    if (
        cells
        and not any(header_period(frame, cell) or is_number(cell) for cell in cells)
        and len(heads) == 1
        and len(others) > 1
        and all(header_period(frame, head) for head in others)
    ):
        reading.assume(f"{heads[-1].text!r} in {heads[-1].address} names the columns, not the rows")
        return "area" if any(areas.looks_like_area(cell.text) or is_word(cell.text) for cell in cells) else "rij"
    if word not in PERIOD_WORDS and cells and all(re.fullmatch(r"\d{1,2}", cell.text) for cell in cells):
        return word  # `Leerjaar`
    if wrong := next((cell for cell in cells if not header_period(frame, cell)), None):
        problem = f"this is no period, under {heads[-1].text!r}"
        answers = (*for_label(wrong, "YYYY")[::-1], f"column {column_letters(column)}=breakdown")
        dated = any(header_period(frame, cell) for cell in cells)
        raise reading.sheet.error(
            problem, wrong, expected="2021, 2020-2021 or 2021-12", answers=answers if dated else answers[::-1]
        )
    if word not in PERIOD_WORDS:
        _ask_other_years(reading, frame, column)
    return "period"


def _ask_other_years(reading: Reading, frame: Frame, column: int) -> None:
    """`Jaar van huwelijk` with years before that of `Aantal 2021`, which has the figures, can be a breakdown."""
    head, own = frame.over[column][-1], {header_period(frame, cell) for cell in frame.under[column]}
    others = (head.text for head in frame.others(column) if not OTHER_YEAR.search(head.text))
    years = (period[:4] for text in others for period in periods_in(text))
    if (year := next(years, "")) and all(period[:4] < year for period in own):
        answers = for_column(column, "breakdown", "period", head=head)
        raise unclear(reading.sheet, f"years before {year}, which another header names", head, answers=answers)


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


PERIODS = "periods"  # what an answer says of years in the header that are just that
# `naar jaar van aankomst`, `volgens geboortejaar`: what years in a header are of.
_YEARS_OF = re.compile(
    r"\b(?:naar|volgens|per|selon|par|by)\s+(jaar van \w+|\w+jaar|year of \w+|année (?:de |d['’])\w+)", re.IGNORECASE
)


def years_of_something_else(reading: Reading, frame: Frame) -> bool:
    """Years in the header are parts of a breakdown where a title says of what they are the years, or an answer.

    True when they are.
    """
    sheet = reading.sheet
    dated = [says for says in frame.figures.values() if says.period]
    key = key_of_years(sheet, frame) if dated else ""
    if dated and not key:
        _ask_spans(sheet, frame)
    if key in ("", PERIODS):
        return False
    reading.assume(f"years in the header: {key}, a breakdown")
    for column, says in frame.figures.items():
        if says.period:
            frame.figures[column] = replace(says, period="", breakdown=(*says.breakdown, (key, says.period)))
        elif says.indicator.lower() in TOTAL_WORDS:
            frame.figures[column] = replace(dated[0], period="")
        elif re.search(r"\d{4}", says.indicator):  # `Voor 1946`
            frame.figures[column] = replace(dated[0], period="", breakdown=((key, says.indicator),))
    return True


def key_of_years(sheet: Sheet, frame: Frame) -> str:
    """Of what the years in the header are, as a title says or an answer: `bouwjaar`; empty for periods."""
    titles = " ".join(cell.text for number in frame.titles for cell in sheet.row(number))
    found = (match[1].lower() for match in _YEARS_OF.finditer(titles))
    return about(sheet).whole("years") or next(filter(NO_PERIOD.search, found), "")


def _ask_spans(sheet: Sheet, frame: Frame) -> None:
    """Many years that begin where others end, such as `1946-1970` and `1971-2000`, can be classes of years."""
    spans = {says.period for says in frame.figures.values() if re.fullmatch(r"\d{4}-\d{4}", says.period)}
    years = sorted((int(span[:4]), int(span[5:])) for span in spans)
    follow = len(years) > 1 and all(end + 1 == begin for (_, end), (begin, _) in itertools.pairwise(years))
    if follow and any(end - begin > 4 for begin, end in years):
        head = frame.over[min(frame.figures)][-1]
        raise unclear(
            sheet,
            "spans of years that can be periods, or classes of years of something else",
            head,
            expected="periods, or what the years are of, such as bouwjaar",
            answers=(f"years={PERIODS}", "years=bouwjaar"),
        )


def by_year(frame: Frame, period: str) -> dict[str, dict[int, Says]]:
    """Columns of figures by their year, where rows are months or weeks of it; else all under an empty year.

    `period`: that of the whole table.
    """
    in_rows = frame.parts and "period" not in frame.labels.values()
    found: dict[str, dict[int, Says]] = {}
    for column, says in frame.figures.items():
        found.setdefault((says.period or period) if in_rows else "", {})[column] = says
    return found


def parts_across(reading: Reading, frame: Frame, year: str) -> None:
    """Headers such as `jan` or `Week 1` under a title of a year are its months or weeks, each of the title's figure."""
    found = {column: _part(says.period or year, says) for column, says in frame.figures.items()}
    whole = {column for column, says in frame.figures.items() if says.indicator.lower() in TOTAL_WORDS}
    if not any(found.values()) or not all(found[column] or column in whole for column in found):
        return
    title = title_of(reading, frame)
    reading.assume("headers are parts of a year")
    for column, says in frame.figures.items():
        parts = tuple(part for part in says.breakdown if not kind_of_part(part[0]))
        period = found[column] or says.period or year
        frame.figures[column] = replace(says, indicator=title, period=period, breakdown=parts)


def _part(year: str, says: Says) -> str:
    """The part of a year that a header says in words, or as a number among headers that count months; else empty."""
    kinds = ((kind_of_part(key), text) for key, text in says.breakdown)
    counted = next((part_of_year(year, kind, Cell(0, 0, text)) for kind, text in kinds if kind), "")
    return counted or part_beside_year(year, says.indicator)
