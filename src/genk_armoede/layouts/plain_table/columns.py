# SPDX-License-Identifier: EUPL-1.2
"""The columns of a plain table: which are labels and which figures, and what headers say of these.

Takes a frame of cells; fills its `labels`, `listed` and `figures`; called by `table`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Collection
from dataclasses import replace

from ...observations import areas
from ...observations.ages import read_ages
from ...observations.observation import TOTAL_WORDS, WITHOUT_VALUE
from ...observations.periods import marked_period, part_beside_year, read_period
from ...observations.units import unit_by_sign, unit_of_words
from ...observations.values import is_dated_unit
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ..answers import about, for_column, for_header
from ..codes import flags_of
from ..engine.declared import Says
from ..engine.reading import Reading, unclear
from ..headers import label_parts
from ..words import CODE_WORDS, ELSEWHERE, PERIOD_WORDS, REMARK, UNIT_ALONE, bare_mark
from .extent import is_figure, is_word
from .parts import Frame, is_counted, is_wide
from .places import (
    LISTED,
    find_area_of_codes,
    find_roots,
    is_total,
    leave_out_coarser,
    leave_out_other_codes,
    leave_out_other_names,
    name_other_things,
    refuse_codes,
)
from .roles import role_of
from .times import header_period, key_of_years, leave_out_wider_periods
from .titles import counted_key, key_of_groups, title_of, words_of_titles
from .units import THOUSANDS, scaled, split_title, title_unit, unit_below

CLASS = re.compile(
    r"([<>≤≥]|vanaf\b|van \d|tot\b|meer dan\b|minder dan\b|onder\b|boven\b"
    r"|\d+ ?[-–] ?\d|\d+ jaar|\d.* (en|of) meer$|\d+\+)",
    re.IGNORECASE,
)
CLASSES = "klasse"
VALUES = {"waarde", "value", "valeur"}  # the header of the one column of figures of a list
LISTED_WORDS = {"unit": "eenheid", "unité": "eenheid", "indicateur": "indicator", "obs status": "status"}


def find_columns(reading: Reading, frame: Frame) -> None:
    """Give each column its role by its header and what stands under it."""
    sheet = reading.sheet
    _refuse_shifted(sheet, frame)
    answered = about(sheet).whole("unit")
    title = functools.cache(lambda: title_of(reading, frame))  # asked of every column, said by none or all
    unit = title_unit(sheet, frame)
    lowest = [frame.over[column][-1].text for column in frame.below if frame.over[column]]
    frame.has_ages = _are_ages(frame)
    frame.has_units = bool(lowest) and all(map(UNIT_ALONE.fullmatch, lowest))
    for column in frame.over:
        role = role_of(reading, frame, column)
        if role == "nothing":
            continue
        if role == "figure":
            frame.figures[column] = _column(reading, frame, column, title, unit)
        elif role:
            frame.labels[column] = role
    name_other_things(frame)
    leave_out_other_names(reading, frame)
    find_roots(reading, frame)
    leave_out_coarser(reading, frame)
    leave_out_other_codes(reading, frame)
    leave_out_wider_periods(reading, frame)
    _check_labels(sheet, frame)
    find_area_of_codes(reading, frame)
    if "area" not in frame.labels.values():
        _find_area(reading, frame)
    refuse_codes(sheet, frame)
    bare = all(read_period(cell) for column in frame.figures for cell in frame.over[column])
    if bare or [column.indicator.lower() in VALUES for column in frame.figures.values()] == [True]:
        _list(frame, LISTED)
    elif len(frame.figures) == 1:
        _list(frame, frozenset())
    if "eenheid" in frame.listed and answered:
        head = frame.over[frame.listed["eenheid"]][-1]
        raise sheet.error("an answer that the file contradicts", head, do="leave it out: this column says the units")
    if answered and frame.figures and all(says.unit != answered for says in frame.figures.values()):
        first = min(frame.figures)
        at, answers = sheet[frame.heads[-1], first], (f"unit={frame.figures[first].unit}",)
        raise sheet.error("an answer that the file contradicts", at, answers=answers)
    _refuse_bare(reading, frame)
    if frame.figures and all(column.period for column in frame.figures.values()):
        reading.assumed.append("periods: across, in the header")
    said = ", ".join(f"{key} (column {Cell(1, c, None).address[:-1]})" for c, key in frame.labels.items())
    reading.assumed.append(f"labels: {said or 'none'}")


def _refuse_shifted(sheet: Sheet, frame: Frame) -> None:
    """A last row of headers that is blank where labels begin and ends over nothing can be a row that has shifted."""
    cells = sheet.row(frame.heads[-1])
    bare = [cell for cell in cells if not frame.under[cell.column] and not sheet[frame.heads[0], cell.column].text]
    if len(frame.heads) > 1 and bare and not all(map(read_period, bare)) and cells[0].column > sheet.filled_columns[0]:
        raise unclear(
            sheet,
            "a row that can be a header or figures",
            bare[0],
            expected=f"figures or marks in row {bare[0].row}, or no second header",
            answers=(f"row {bare[0].row}=nothing",),
        )


def _refuse_bare(reading: Reading, frame: Frame) -> None:
    """Where headers say what some columns are of, a period alone says too little of the others."""
    if key_of_years(reading.sheet, frame):
        return
    headed = [column for column in frame.figures if frame.over[column]]
    bare = [c for c in headed if all(header_period(frame, head) for head in frame.over[c])]
    if bare and 2 * len(bare) <= len(frame.figures) and len({says.indicator for says in frame.figures.values()}) > 1:
        head = frame.over[bare[0]][-1]
        raise unclear(
            reading.sheet,
            "a header that says only its period, beside others that say what they are of",
            head,
            expected="a header over it as over the others",
            answers=for_header(head),
        )


def _check_labels(sheet: Sheet, frame: Frame) -> None:
    """Refuse columns of labels that do not make one table with the figures."""
    roles = list(frame.labels.values())
    headed = {frame.over[c][-1] for c in frame.over if frame.over[c]}  # a merged header once
    used = {*frame.figures, *frame.labels, *(c for c in frame.under if not frame.under[c])}
    heads = [h.text.lower() for h in headed if h.column in used and not about(sheet).role(h.column, h.text)]
    first = min(frame.figures, default=sheet.width)
    gap = next((c for c in frame.over if c > first and not frame.over[c] and not frame.under[c]), sheet.width)
    for column in sorted(frame.labels, key=lambda c: c <= gap):  # a second table explains all else
        role = frame.labels[column]
        head = (frame.over[column] or frame.under[column][:1])[-1]
        own = [cell for cell in frame.over[column] if not is_wide(sheet, cell.row, cell.column)]
        own = [cell for cell in own if cell is head or not _names_periods(sheet, cell)]
        if len(own) > 1:  # labels have one header; a second may be the label of a first row whose figures are blank
            raise unclear(
                sheet,
                "a row that can be a header or figures",
                head,
                expected=f"figures or marks in row {head.row}, or no second header under {own[0].text!r}",
                answers=(f"row {head.row}=nothing", *_marks_of_row(sheet, head)),
            )
        apart = column > gap and role != REMARK
        if apart and max(frame.figures) < column and not about(sheet).role(column, head.text):
            answers = for_column(column, "breakdown", head=head)
            raise sheet.error("texts beside a table, behind an empty column", head, answers=answers)
        if apart and max(frame.figures) > column:
            raise sheet.error("a second table beside the first", head, answers=for_column(column, "table"))
        twice = bool(frame.over[column]) and heads.count(head.text.lower()) > 1
        if roles.count(role) > 1 or twice:
            alike = [other for other, role_ in frame.labels.items() if role_ == role and frame.over[other]]
            odd = next((c for c in alike if not is_word(frame.over[c][-1].text)), column)
            named = {c: None if twice else frame.over[c][-1] for c in alike}
            answers = list(for_column(odd, "breakdown", head=named.get(odd)))
            answers += [for_column(other, "breakdown", head=named[other])[0] for other in alike if other != odd]
            answers[:0] = [f"cell {frame.over[alike[-1]][-1].address}=HEADER"] if twice and len(alike) > 1 else []
            found = " and ".join(f"{frame.header(c)} (column {column_letters(c)})" for c in alike or [column])
            raise unclear(sheet, "two columns say the same of a figure", head, found=found, answers=answers)
        if role == "period" and any(figures.period for figures in frame.figures.values()):
            answers = for_column(column, "breakdown", head=head)
            raise sheet.error("periods stand both in a column and in the header", head, answers=answers)


def _marks_of_row(sheet: Sheet, label: Cell) -> list[str]:
    """The answers that the one word behind a label stands for a figure."""
    words = {cell.text for cell in sheet.row(label.row) if cell.column > label.column and not read_period(cell)}
    return [f"mark {word}={flag}" for word in words for flag in sorted(WITHOUT_VALUE)] if len(words) == 1 else []


def _names_periods(sheet: Sheet, cell: Cell) -> bool:
    """True for `Jaar` in front of a header row of years, as Power BI writes a matrix."""
    others = [other for other in sheet.row(cell.row) if other.column != cell.column]
    return cell.text.lower() in PERIOD_WORDS and bool(others) and all(map(read_period, others))


def _list(frame: Frame, roles: Collection[str]) -> None:
    """A column 'Waarde', or one of a period, is of what stands in columns 'Indicator' and 'Eenheid'.

    'Status' may hold flags of any one column.
    """
    for column, word in list(frame.labels.items()):
        role = LISTED_WORDS.get(word, word)
        if role in roles or (role == "status" and _are_statuses(frame.under[column])):
            frame.listed[role] = column
            del frame.labels[column]


def _are_statuses(cells: list[Cell]) -> bool:
    """True for statuses of which each has a flag of ours, or needs none."""
    try:
        return all(flags_of(cell.text) for cell in cells)
    except ValueError:
        return False


def _find_area(reading: Reading, frame: Frame) -> None:
    """Without a column of areas: known names in the header, or a column whose labels are known names."""
    if sum(areas.is_named(says.indicator) for says in frame.figures.values()) * 2 > len(frame.figures):
        title = title_of(reading, frame)
        for c, column in frame.figures.items():
            unit = column.unit or unit_of_words(title)
            code, name = areas.split_code(column.indicator)
            frame.figures[c] = replace(column, indicator=title, unit=unit, area=name, area_code=code)
        return
    if frame.has_areas:
        return
    for column, role in frame.labels.items():
        header = frame.header(column)
        if about(reading.sheet).role(column, header) or ELSEWHERE.search(header.lower()):
            continue
        named = [cell for cell in frame.under[column] if not is_total(cell)]
        if role not in ("period", "code") and named and all(areas.is_named(cell.text) for cell in named):
            frame.labels[column] = "area"
            _name_by_corner(reading, frame, column)
            return


def _name_by_corner(reading: Reading, frame: Frame, column: int) -> None:
    """`Aantal leefloners` over areas, beside nothing but periods and under no title, is what the figures are."""
    heads = frame.over[column]
    if frame.titles or not heads or not all(read_period(head) for c in frame.figures for head in frame.over[c]):
        return
    name, unit, _ = label_parts(reading.sheet, heads[-1])
    if not unit and not unit_of_words(name):
        return  # `Groep` names its areas
    reading.assume(f"indicator: {name}, from {heads[-1].address}")
    for c, says in frame.figures.items():
        frame.figures[c] = replace(says, indicator=name, unit=unit or unit_of_words(name))


def _column(reading: Reading, frame: Frame, column: int, title: Callable[[], str], unit_of_title: str) -> Says:
    """What the headers over a column of figures say, and the title where they leave it out."""
    sheet, heads = reading.sheet, frame.over[column]
    counted = heads[-1] if frame.counted and heads else None
    if counted and is_counted(frame, counted):
        heads = heads[:-1]
    else:
        counted = None
    parts = [label_parts(sheet, cell) for cell in heads]
    names = [header_period(frame, cell) or bare for cell, (bare, _, _) in zip(heads, parts, strict=True)]
    own = LISTED & {name.lower() for name in names[-1:]}
    wrong = next(
        (c for c, name in zip(heads, names, strict=True) if name.lower() in CODE_WORDS | own or is_word(name)), None
    )
    if wrong:
        raise unclear(sheet, "figures under the header of a label", wrong, answers=for_header(wrong))
    periods = list(dict.fromkeys(filter(None, map(read_period, names))))
    if len(periods) > 1:
        answers = for_header(heads[-1])
        raise sheet.error("two periods over one column", heads[-1], found=", ".join(periods), answers=answers)
    status = _header_flags(frame, heads, [mark for *_, marks in parts for mark in marks])
    words = [name for name in names if name and not read_period(name)]
    for name in words if periods else ():
        if part := part_beside_year(periods[0], name):
            periods, words = [part], [word for word in words if word != name]
            break
    is_unit = frame.has_units if len(words) > 1 else periods and words_of_titles(sheet, frame)
    below = unit_below(words) if is_unit else ""
    words = words[:-1] if below else words
    breakdown = {counted_key(sheet, frame): counted.text} if counted else {}
    if len(words) > 1 and _has_classes(frame, heads[-2]):
        last = words.pop()
        breakdown = {} if last.lower() in TOTAL_WORDS else {CLASSES: last}
    elif len(words) == 1 and frame.has_ages and words_of_titles(sheet, frame):
        last = words.pop()
        breakdown = {} if last.lower() in TOTAL_WORDS else {key_of_groups(sheet, frame): last}
    indicator = ", ".join(words) or title()
    unit = next((unit for _, unit, _ in parts if unit), "") or below
    if unit and unit != "EUR" and scaled(unit, unit_of_title) != unit:
        unit = scaled(unit, unit_of_title)
        reading.assume(f"unit of {indicator!r}: {unit}, by the title")
    answered = about(sheet).whole("unit")
    stated = unit or unit_by_sign(indicator) or unit_of_title
    if stated == "EUR" and unit_of_title in THOUSANDS and not answered:
        problem = "euro in a header, and thousands or millions in the title"
        answers = (f"unit={unit_of_title.split()[0]} EUR", "unit=EUR")
        raise unclear(sheet, problem, heads[-1], expected="what the figures are in", answers=answers)
    if answered and stated in answered:  # `1.000 EUR` is in euro; what says another unit keeps it
        reading.assume(f"unit of {indicator!r}: {answered}, as answered")
        unit = answered
    elif not unit and not words:  # a title names it once
        indicator, unit = split_title(indicator)
        named = unit_of_words(indicator)  # `EUR per inwoner` says more than the `EUR` of its brackets
        unit = unit or (named if named.startswith(unit_of_title) else unit_of_title)
        reading.assume(f"unit of {indicator!r}: {unit or 'not named'}")
    elif not unit:
        measure = indicator.partition(" ")[2] if is_dated_unit(heads[-1]) else indicator
        named = "" if CLASS.match(indicator) else unit_of_words(measure)  # the euros of a class bound are no unit
        unit = scaled(named, unit_of_title)
        reading.assume(f"unit of {indicator!r}: {unit or 'not named'}")
    return Says(
        indicator=indicator,
        unit=unit,
        period=periods[0] if periods else "",
        breakdown=tuple(breakdown.items()),
        status=status,
    )


def _header_flags(frame: Frame, heads: list[Cell], marks: list[str]) -> str:
    """Flags of the notes that headers refer to, by marks in their text, behind their period or raised beside them."""
    known = {"p": "p"} | frame.notes
    found = {known.get(bare_mark(mark), "") for mark in marks}
    found |= {flag for head in heads for flag in marked_period(head, frame.notes)[1]}
    return "".join(sorted(filter(None, found)))


def _are_ages(frame: Frame) -> bool:
    """True when the lowest headers are groups such as `15-24 jaar`, or one with their total, and nothing else."""
    headers = {column: frame.header(column) for column in frame.over}
    groups = {text for text in headers.values() if CLASS.match(text) and read_ages(text) and not read_period(text)}
    others = [column for column, text in headers.items() if text not in groups and text.lower() not in TOTAL_WORDS]
    if not groups or any(is_figure(cell) for column in others for cell in frame.under[column]):
        return False
    return len(set(headers.values()) - {headers[column] for column in others}) > 1


def _has_classes(frame: Frame, parent: Cell) -> bool:
    """True when a header beside this one, under the same parent, is a class bound."""
    return any(parent in cells[:-1] and CLASS.match(cells[-1].text) for cells in frame.over.values())
