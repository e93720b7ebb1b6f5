# SPDX-License-Identifier: EUPL-1.2
"""Swing (ABF) exports, as provincies.incijfers.be, genkincijfers.be, Gent and Antwerpen give them.

Workbook: a title, a row in which each label stands over the *last* column of its block, a row of periods,
one row an area, then after an empty row legend, unit, sources, footnotes and export date.
CSV: one header row `level;label|period;…`, then one row an area.
"""

from __future__ import annotations

from collections.abc import Callable

from ..observations import areas
from ..observations.marks import SWING_MARKS
from ..observations.periods import read_period
from ..observations.units import SYNONYMS, unit_of_words
from ..observations.values import is_number
from ..spreadsheets.cells import Cell, Sheet
from .answers import for_header, for_label
from .engine.declared import Labels, Says, Table
from .engine.reading import Declined, Reading
from .headers import border, label_parts, label_text, rows_under
from .words import AREA_LEVELS, NOTE

NAME = "swing"
FOOTER = {"speciale waarden", "eenheid", "bron", "voetnoot", "datum export"}
OWN_WORDS = {"speciale waarden", "datum export"}  # stand below nobody else's tables
STYLES = {"prognose": "f", "schatting": "e", "voorlopig": "p"}
Label = tuple[str, str]  # indicator and unit


def read(sheet: Sheet) -> Reading:
    """One observation a data cell; the indicator is the label without unit and footnote mark."""
    rows = border(sheet)
    above = (row for row in rows if not _is_left(sheet.first(row), sheet))
    header = next((row for row in above if all(map(read_period, sheet.row(row)))), 0)
    top = 0 if header else next((row for row in rows if _has_csv_header(sheet, row)), 0)
    return _read_csv(sheet, top) if top else _read_workbook(sheet, rows, header)


def _read_workbook(sheet: Sheet, rows: list[int], header: int) -> Reading:
    footer = next((row for row in rows if _is_left(sheet.first(row), sheet) and _word(sheet.first(row)) in FOOTER), 0)
    if not footer:
        moved = next((cell for row in rows for cell in sheet.texts(row) if _word(cell) in OWN_WORDS), None)
        if moved:
            do = "read it as a plain table with --layout table"
            raise sheet.error("a Swing export whose labels do not stand in its first column", moved, do=do)
        raise Declined("no legend 'Speciale waarden', unit or source below the data")
    if not 1 < header < footer:
        _refuse_own_export(sheet, {row: sheet.row(row) for row in rows}, footer)
        raise Declined("no row that holds nothing but periods, its first cell empty")
    reading = Reading(sheet, NAME)
    lines = {row: sheet.row(row) for row in rows if row < header or row >= footer}
    rows, below = _up_to_a_gap(sheet, header)
    notes = {cells[0].text.lower(): cells[-1].text for n, cells in lines.items() if n >= footer and len(cells) > 1}
    unit = notes.get("eenheid", "")
    blocks = _blocks(reading, header, SYNONYMS.get(unit.lower(), unit))
    _refuse_strays(sheet, rows, blocks, [row for row in below if row < footer])
    for number in set(range(1, header)).difference(_label_rows(sheet, header)):
        reading.tell(sheet.row(number))
    for number in (row for row in below if row >= footer):
        reading.tell(sheet.row(number))
    level = next(filter(None, (_level(cells[0].text) for n, cells in lines.items() if n < header)), "")
    periods = {column: read_period(sheet[header, column]) for column in blocks}
    figures = {
        column: Says(indicator=label, unit=own, period=periods[column])
        for column, (label, own) in sorted(blocks.items())
    }
    reading.declare(_table(sheet, rows, figures, level, _flag_of(reading, footer)))
    return reading


def _up_to_a_gap(sheet: Sheet, header: int) -> tuple[list[int], list[int]]:
    """Rows of the table under a header, up to the first empty row, and what follows it."""
    rows = rows_under(sheet, header)
    end = next((i for i, row in enumerate(rows) if row != header + 1 + i), len(rows))
    return rows[:end], rows[end:]


def _table(sheet: Sheet, rows: list[int], figures: dict[int, Says], level: str, flag: Callable | None) -> Table:
    return Table(
        rows=rows,
        figures=figures,
        labels=[Labels((sheet.left,), lambda cell: _area(sheet, cell, level))],
        marks=SWING_MARKS,
        flag=flag,
        certain=sheet.delimiter != ",",
    )


def _area(sheet: Sheet, cell: Cell, level: str) -> Says:
    area = label_text(sheet, cell)
    if not area:
        at = next(iter(sheet.row(cell.row)), cell)
        raise sheet.error("a value in a row without an area", at, answers=for_label(cell))
    return Says(area=area, level=level, breakdown=tuple(areas.pseudo(area).items()))


def _refuse_strays(sheet: Sheet, rows: list[int], blocks: dict[int, Label], between: list[int]) -> None:
    """No value stands beside the columns of the table, or between it and the lines below."""
    for column in sheet.filled_columns:
        if column > sheet.left and column not in blocks:
            row = next(iter(sorted(set(rows).intersection(sheet.columns[column].rows))), 0)
            if row:
                raise sheet.error("a value outside the table", sheet[row, column])
    for row in between:
        cells = sheet.row(row)
        raise sheet.error("a value outside the table", cells[-1 if len(cells) == 1 else 1])


def _refuse_own_export(sheet: Sheet, lines: dict[int, list[Cell]], footer: int) -> None:
    """No other layout may try what only Swing can have written, since its labels stand where no one expects them."""
    own = [cells[0] for cells in lines.values() if _is_left(cells[0], sheet) and _word(cells[0]) in OWN_WORDS]
    periods = next((cells for n, cells in lines.items() if n < footer and any(map(read_period, cells[1:]))), own)
    if own:
        raise sheet.error(
            "a Swing export without a row that holds nothing but periods, its first cell empty",
            next((cell for cell in periods if _is_left(cell, sheet) or not read_period(cell)), own[0]),
            expected="periods such as 2021, 2020-2021 or Q4 2021",
            do="read it as a plain table with --layout table",
        )


def _label_rows(sheet: Sheet, header: int) -> list[int]:
    """The row over the periods, and above it those of what its labels are parts of.

    None in an export whose title is its only label.
    """
    left = sheet.left
    rows = [row for row in range(header - 1, 0, -1) if any(cell.column > left for cell in sheet.row(row))]
    found = [row for n, row in enumerate(rows) if row == header - 1 - n and (not n or not sheet[row, left].text)]
    return found[::-1] if header - 1 in found else []


def _blocks(reading: Reading, header: int, footer_unit: str) -> dict[int, Label]:
    """Column → label and unit: a label holds for its own column and those to its left, merged over its own alone."""
    sheet, blocks, rows = reading.sheet, {}, _label_rows(reading.sheet, header)
    left = sheet.left
    over: dict[int, Cell] = {}  # row of labels → the one that holds
    if not rows:
        over = {0: _title(reading, header)}
    for column in range(sheet.width, left, -1):
        found = {row: sheet.over(row, column) for row in rows}
        over |= {row: label for row, label in found.items() if label.text and label.column > left}
        if not sheet[header, column].text:
            if wrong := next((sheet[row, column] for row in rows if sheet[row, column].text), None):
                raise sheet.error("a label over no period", wrong, answers=for_header(sheet[header, column], "YYYY"))
            continue
        if len(over) < len(rows) or not (label := _label(reading, [over[row] for row in sorted(over)], footer_unit))[0]:
            raise sheet.error(
                "a period without a label over it or to its right",
                sheet[header, column],
                expected="labels, each over the last column of its block",
                answers=for_header(sheet[rows[-1] if rows else header - 1, column]),
            )
        blocks[column] = label
    reading.labels([*(cell for row in rows for cell in sheet.row(row) if cell.column > left), *sheet.row(header)])
    return blocks


def _title(reading: Reading, header: int) -> Cell:
    """The title as the label of all figures, without the level of areas behind it."""
    sheet = reading.sheet
    above = [sheet.row(row)[0] for row in sheet.filled_rows if row < header]
    if len(above) > 1:
        raise sheet.error(
            "two titles, where one is the label of the figures", above[-1], answers=(f"row {above[-1].row}=nothing",)
        )
    title = sheet[header - 1, sheet.left]
    words, _, level = title.text.rpartition(" - ")
    label = Cell(title.row, title.column, words if level.lower() in AREA_LEVELS else title.text)
    reading.assume(f"the title is the indicator: {label.text}")
    return label


def _label(reading: Reading, cells: list[Cell], footer_unit: str) -> Label:
    """What labels over each other say; the unit is in brackets, below the table, or in the words."""
    if note := next((cell for cell in cells if NOTE.match(cell.text)), None):
        raise reading.sheet.error("a note where a label belongs", note, answers=for_label(note))
    parts = [label_parts(reading.sheet, cell) for cell in cells]
    label, units = ", ".join(filter(None, (bare for bare, _, _ in parts))), {unit for _, unit, _ in parts} - {""}
    unit = min(units, default="")
    if len(units | {footer_unit} - {""}) > 1:
        raise reading.sheet.error("another unit than below the table", cells[-1], expected=f"[{footer_unit}]")
    if not unit and not footer_unit:
        reading.assume(f"the unit of {label!r} is {unit_of_words(label) or 'not named'}")
    return label, unit or footer_unit or unit_of_words(label)


def _level(title: str) -> str:
    """`Werkloosheid - gemeenten` → municipality."""
    return AREA_LEVELS.get(title.rpartition(" - ")[2].lower(), "")


def _flag_of(reading: Reading, footer: int) -> Callable[[Cell], str]:
    """Font colour → flag, as the legend below the data shows it. A colour of two flags is refused where it is used."""
    sheet = reading.sheet
    cells = [cell for row in border(sheet) if row >= footer for cell in sheet.row(row)]
    ordinary = {cell.color for cell in cells if cell.text.lower() not in STYLES}
    colors: dict[str, str] = {}
    for cell in (cell for cell in cells if cell.text.lower() in STYLES):
        if cell.color in ordinary | {""}:
            reading.assume(f"no figure is marked as {cell.text.lower()}: the legend gives it no colour")
        else:
            colors[cell.color] = colors.get(cell.color, "") + STYLES[cell.text.lower()]

    def flag(cell: Cell) -> str:
        status = colors.get(cell.color, "")
        if len(status) > 1 and cell.value is not None:
            do = "ask which of them it is"
            raise sheet.error("a colour that stands for two things in the legend", cell, do=do)
        return status

    return flag


def _is_left(cell: Cell, sheet: Sheet) -> bool:
    return cell.column == sheet.left


def _word(cell: Cell) -> str:
    return cell.text.lower()


def _has_csv_header(sheet: Sheet, row: int) -> bool:
    found = [cell for cell in sheet.texts(row) if "|" in cell.value]
    return any(_is_csv_header(cell) and cell.column > sheet.first(row).column for cell in found)


def _is_csv_header(cell: Cell) -> bool:
    label, _, period = cell.text.rpartition("|")
    return bool(label and read_period(period))


def _read_csv(sheet: Sheet, top: int) -> Reading:
    reading = Reading(sheet, NAME)
    head = sheet[top, sheet.left]
    if not head.text or _is_csv_header(head) or is_number(head):
        answers = for_label(head, "gemeenten")
        raise sheet.error("no level of areas", head, expected="'gemeenten' or another", answers=answers)
    figures, level = {}, AREA_LEVELS.get(head.text.lower(), "")
    for cell in sheet.row(top)[1:]:
        words, _, period = cell.text.rpartition("|")
        period = read_period(period)
        if not words or not period:
            raise sheet.error("a header that is not 'label|period'", cell, answers=for_header(cell, "LABEL|YYYY"))
        label, unit = _label(reading, [Cell(cell.row, cell.column, words)], "")
        figures[cell.column] = Says(indicator=label, unit=unit, period=period)
    rows = rows_under(sheet, top)
    while rows and len(sheet.row(rows[-1])) == 1 and NOTE.match(sheet.first(rows[-1]).text):
        reading.tell(sheet.row(rows.pop()))
    for column in sheet.filled_columns:
        stray = next(
            (row for row in rows if column != head.column and column not in figures and sheet[row, column].text), 0
        )
        if stray:
            answers = for_header(sheet[top, column], "LABEL|YYYY")
            raise sheet.error("a value in a column without a header", sheet[stray, column], answers=answers)
    reading.labels(sheet.row(top))
    for number in (row for row in sheet.filled_rows if row < top):
        reading.tell(sheet.row(number))
    reading.declare(_table(sheet, rows, figures, level, None))
    return reading
