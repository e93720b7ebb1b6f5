# SPDX-License-Identifier: EUPL-1.2
"""Any other table: titles, header rows, labels at the left, figures, notes. Among them Statbel's C.1 and web pivots.

What its words do not say it assumes and tells: header rows, label columns, where periods stand, units. Headers
over one parent that are class bounds (`< 10.000 EUR`) are a breakdown; a merged cell of figures covers its classes.
What can be read two ways is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ..observations import areas
from ..observations.marks import MARKS
from ..observations.periods import read_period
from ..observations.values import is_number
from ..spreadsheets.cells import Sheet
from ..spreadsheets.columns import kinds
from .answers import about, for_label
from .engine.declared import NOTHING, Says, Table
from .engine.reading import Declined, Reading, unclear
from .filled_down import ABOVE, filled_down
from .headers import border
from .plain_table.blanks import ask_blank_parts, ask_blank_periods, ask_heads, ask_numbers, ask_repeats, find_counting
from .plain_table.columns import CLASSES, find_columns
from .plain_table.differences import leave_out_change_rows, leave_out_changes, leave_out_differences
from .plain_table.extent import is_next_table
from .plain_table.parts import Frame, find, label_columns
from .plain_table.row_labels import labels_of
from .plain_table.times import by_year, parts_across, years_of_something_else
from .plain_table.titles import date, undated, whole_of, words_of_titles
from .plain_table.units import name_units
from .words import REMARK, is_note, legend_marks, notes_of

NAME = "table"
NO_PARTS = {"area", "code", "level", "period", "part", "note", REMARK}
_OFFICE_MARK = re.compile(r"\([A-Z]{1,3}\)|NA|\(?\\\d{1,2}\)?")


def read(sheet: Sheet) -> Reading:
    """One observation a figure, mark or blank under a header of figures, in each table of the sheet.

    An answer may name the only table that is meant.
    """
    reading = Reading(sheet, NAME)
    wanted = about(sheet).whole("table")
    frame = find(reading)
    page, told = filled_down(sheet, label_columns(frame), frame.rows)
    if told:
        sheet, reading = page, Reading(page, NAME)
        frame = find(reading)
        reading.assumed += told
    first = frame
    noted_of_all = notes_of(sheet, _noted(sheet, first.last))  # below the last table
    first.notes = noted_of_all | first.notes
    if wanted:
        _read_table(reading, _only(reading, frame, int(wanted)), NOTHING, named=False)
        return reading
    above, heads = _read_table(reading, frame, NOTHING, named=False), [_header_texts(sheet, first)]
    while frame := _next(reading, first, frame):
        _ask_which(sheet, first, frame)
        figures = {text for text in _header_texts(sheet, frame)[1:] if not read_period(text)}
        again = _header_texts(sheet, frame) in heads or any(figures.intersection(texts[1:]) for texts in heads)
        named = bool(frame.titles) and again
        heads.append(_header_texts(sheet, frame))
        frame.notes = first.notes | frame.notes
        if all(areas.is_named(cell.text) for row in frame.titles for cell in sheet.row(row)):  # or there is none
            frame.titles = [row for row in first.titles if not areas.is_named(sheet.first(row).text)] + frame.titles
        _read_table(reading, frame, above, named)
    return reading


def _next(reading: Reading, first: Frame, frame: Frame) -> Frame | None:
    """The table below another; a figure that is left without one is told by `Reading.finish`."""
    try:
        following = find(reading, frame.last)
    except Declined:
        return None
    return following if is_next_table(reading.sheet, following.heads, first.heads[-1]) else None


def _header_texts(sheet: Sheet, frame: Frame) -> list[str]:
    return [cell.text for cell in sheet.row(frame.heads[-1])]


def _ask_which(sheet: Sheet, first: Frame, frame: Frame) -> None:
    """A table with the headers and the first label of the first, and no title that tells them apart."""
    heads = [_header_texts(sheet, one) for one in (first, frame)]
    labels = [sheet.first(one.rows[0]) for one in (first, frame)]
    if not frame.titles and heads[0] == heads[1] and labels[0].text == labels[1].text:
        raise unclear(
            sheet,
            "a second table with the same headers and labels",
            labels[1],
            expected="a title that tells it from the first, or which of them is meant",
            answers=("table=1", "table=2"),
        )


def _only(reading: Reading, frame: Frame, wanted: int) -> Frame:
    """The table with this number from above; the others are left out."""
    sheet, before, after = reading.sheet, 0, frame
    for number in range(1, wanted + 1):
        if number > 1:
            before, after = after.last, find(reading, after.last)
        if number < wanted:
            _leave_out_rows(reading, before, after.last, number)
    _leave_out_rows(reading, after.last, sheet.height, wanted + 1)
    return after


def _leave_out_rows(reading: Reading, above: int, last: int, number: int) -> None:
    rows = [row for row in reading.sheet.filled_rows if above < row <= last]
    if rows:
        cells = [cell for row in rows for cell in reading.sheet.row(row)]
        reading.leave_out(f"rows {rows[0]} to {rows[-1]}: table {number}, another than was answered", cells)


def _noted(sheet: Sheet, after: int) -> list[int]:
    """Rows below a table that hold words alone, in a cell or two, of which footnotes are some."""
    short = (row for row in border(sheet) if row > after and len(sheet.places(row)) < 3)
    return [row for row in short if not any(map(is_number, sheet.row(row)[1:]))]


def _read_table(reading: Reading, frame: Frame, above: Says, named: bool) -> Says:
    """Declare a table; gives what holds for the whole of it.

    `above`: what holds by the first table of the sheet. `named`: its title says what its headers alone do not.
    """
    sheet = reading.sheet
    leave_out_change_rows(reading, frame)
    find_columns(reading, frame)
    if named:
        _name_by_title(sheet, frame)
    find_counting(reading, frame)
    ask_numbers(reading, frame)
    leave_out_differences(reading, frame)
    if not years_of_something_else(reading, frame):
        date(reading, frame)
    name_units(reading, frame)
    leave_out_changes(reading, frame)
    if not frame.figures:
        raise Declined("no column of figures under the header")
    whole = whole_of(reading, frame, above)
    parts_across(reading, frame, whole.period)
    if not whole.area and not frame.has_areas:
        if not frame.labels | frame.listed:
            raise Declined("nothing beside the figures says what they are of")
        reading.assume("no column of areas: the area is left blank")
    _keep_rows_of_figures(reading, frame)
    _refuse_gaps(reading, frame)
    ask_repeats(reading, frame)
    instead, skipped = _merged(sheet, frame)
    marks = MARKS | legend_marks(sheet)
    _ask_marks(reading, frame, marks)
    for year, figures in by_year(frame, whole.period).items():
        reading.declare(
            Table(
                rows=frame.rows,
                figures=figures,
                labels=labels_of(reading, frame, whole, year),
                marks=marks,
                whole=whole,
                said=[frame.blocks[row] for row in frame.rows] if frame.blocks else (),
                skipped=skipped,
                instead=instead,
                notes=frame.notes,
            )
        )
    return whole


def _name_by_title(sheet: Sheet, frame: Frame) -> None:
    """`Aantal` under `Leefloners 2021`, where a table above it has an `Aantal` of its own."""
    title = undated(words_of_titles(sheet, frame))
    for column, says in frame.figures.items():
        if title not in says.indicator and not all(map(read_period, frame.over[column])):
            frame.figures[column] = replace(says, indicator=f"{title}, {says.indicator}")


def _ask_marks(reading: Reading, frame: Frame, marks: Mapping[str, str]) -> None:
    """What statistical offices put in place of a figure, such as `(NA)`, is asked when no legend explains it."""
    for column in frame.figures:
        values, _ = reading.sheet.aligned(column, frame.rows)
        if str not in kinds(values):
            continue
        for cell in reading.different(column, frame.rows):
            if cell.text.lower() not in marks and _OFFICE_MARK.fullmatch(cell.text):
                do = "say in a legend what it stands for"
                raise unclear(reading.sheet, "a mark that nothing explains", cell, expected="a figure or a mark", do=do)


def _keep_rows_of_figures(reading: Reading, frame: Frame) -> None:
    """Rows with a figure, or with all their labels; others are headings, or areas without any figure.

    One label alone is a heading, unless headers name units in brackets, as people type them: then its figure is blank.
    """
    sheet = reading.sheet
    figures, _ = _filled(sheet, frame.figures, frame.rows)
    labels = [column for column, role in frame.labels.items() if role not in (REMARK, "note")]
    _, named = _filled(sheet, labels, frame.rows)
    named = {row for row in named if row in figures or not is_note(sheet.row(row)[0])}
    kept = figures | (named if len(labels) > 1 or _is_typed(frame) else set())
    for row in frame.rows:
        if row not in kept:
            cells = sheet.row(row)
            text = " | ".join(cell.text for cell in cells)
            reading.leave_out(f"row {row}: a heading, or an area without any figure: {text}", cells)
    headings = [row for row in frame.rows if row not in kept]
    frame.rows = [row for row in frame.rows if row in kept]
    labels += frame.listed.values()
    if headings and labels:
        ask_heads(sheet, frame, labels, headings)


def _is_typed(frame: Frame) -> bool:
    """True when each column of figures names its unit in brackets."""
    return all(any("[" in head.text for head in frame.over[column]) for column in frame.figures)


def _filled(sheet: Sheet, columns: Iterable[int], rows: Sequence[int]) -> tuple[set[int], set[int]]:
    """Rows in which any of these columns is filled, and those in which all are; a merged cell fills what it covers."""
    filled, everywhere = [], set(rows)
    for column in columns:
        values, _ = sheet.aligned(column, rows)
        if type(None) not in kinds(values):
            filled.append(everywhere)
            continue
        across = {row for row in _merged_rows(sheet, column) if sheet.over(row, column).text}
        filled.append({row for row, value in zip(rows, values, strict=True) if value is not None or row in across})
    return set().union(*filled), set.intersection(*filled) if filled else set()


def _merged_rows(sheet: Sheet, column: int) -> set[int]:
    """Rows in which a column lies in a merged range."""
    spans = (
        range(top, min(end, sheet.height) + 1) for top, left, end, right in sheet.merged if left <= column <= right
    )
    return {row for span in spans for row in span}


def _refuse_gaps(reading: Reading, frame: Frame) -> None:
    """Of labels from coarse to fine a coarser one is not left blank, and no row is without any."""
    if frame.roots:
        return  # which say what a blank is
    sheet = reading.sheet
    labels = [column for column, role in frame.labels.items() if role not in ("code", "note", REMARK)]
    named, _ = _filled(sheet, [*labels, *frame.listed.values(), *chain(*frame.coarser.values())], frame.rows)
    bare = next((row for row in frame.rows if row not in named), 0) if labels else 0
    if bare:
        raise unclear(
            sheet,
            "a figure in a row without a label",
            sheet[bare, min(labels)],
            expected="a label, or Totaal",
            answers=for_label(sheet[bare, min(labels)], "Totaal"),
        )
    columns = [column for column, role in frame.labels.items() if role not in NO_PARTS]
    filled = [_filled(sheet, [column], frame.rows)[0] for column in columns]
    for i, column in enumerate(columns):
        wrong = set().union(*filled[i + 1 :]).intersection(frame.rows) - filled[i]
        if wrong:
            cell = sheet[min(wrong), column]
            above = [sheet.over(row, column).text for row in frame.rows if row < cell.row]
            raise sheet.error(
                f"no {frame.labels[column]} in this row, though a finer label stands beside it",
                cell,
                expected="the label of a row above it, or another",
                answers=(*for_label(cell, next(filter(None, reversed(above)), "LABEL")), ABOVE),
            )
    ask_blank_periods(reading, frame)
    ask_blank_parts(reading, frame, [column for column in columns if frame.labels[column] not in ("area", "level")])


def _merged(sheet: Sheet, frame: Frame) -> tuple[dict[tuple[int, int], Says], set[tuple[int, int]]]:
    """Merged figures with the classes that they hold for, and the places that they cover.

    Raises `DataError` when they cover anything else.
    """
    instead, skipped, rows = {}, set(), set(frame.rows)
    for top, left, bottom, right in sheet.merged:
        if left == right or not any(column in frame.figures for column in range(left, right + 1)):
            continue
        if rows.isdisjoint(range(top, bottom + 1)):
            continue
        columns = [frame.figures.get(column) for column in range(left, right + 1)]
        classes = [dict(says.breakdown).get(CLASSES, "") if says else "" for says in columns]
        if top != bottom or not all(classes) or len({says.indicator for says in columns}) != 1:
            raise sheet.error("figures in merged cells", sheet[top, left], do="ask what the figure is of")
        instead[top, left] = replace(columns[0], breakdown=((CLASSES, " + ".join(classes)),))
        skipped.update((top, column) for column in range(left + 1, right + 1))
    return instead, skipped
