# SPDX-License-Identifier: EUPL-1.2
"""Swing (ABF) exports, as provincies.incijfers.be, genkincijfers.be, Gent and Antwerpen give them.

Workbook: a title, a row in which each label stands over the *last* column of its block, a row of periods,
one row an area, then after an empty row legend, unit, sources, footnotes and export date.
CSV: one header row `level;label|period;…`, then one row an area.
"""

from __future__ import annotations

from ..observations import areas
from ..observations.periods import read_period
from ..observations.units import SYNONYMS, unit_of_words
from ..observations.values import SWING_MARKS, is_number
from ..spreadsheets.cells import Cell, Sheet
from .shape import AREA_LEVELS, NOTE, Declined, Reading, label_parts, label_text, single_table

NAME = "swing"
FOOTER = {"speciale waarden", "eenheid", "bron", "voetnoot", "datum export"}
OWN_WORDS = {"speciale waarden", "datum export"}  # stand below nobody else's tables
STYLES = {"prognose": "f", "schatting": "e", "voorlopig": "p"}
Label = tuple[str, str]  # indicator and unit


def read(sheet: Sheet) -> Reading:
    """One observation a data cell; the indicator is the label without unit and footnote mark."""
    top = next((n for n, cells in sheet.rows() if any(map(_is_csv_header, cells[1:]))), 0)
    return _read_csv(sheet, top) if top else _read_workbook(sheet)


def _read_workbook(sheet: Sheet) -> Reading:
    rows = list(sheet.rows())
    footer = next((n for n, cells in rows if cells and cells[0].text.lower() in FOOTER and cells[0].column == 1), 0)
    header = next((n for n, cells in rows if cells and cells[0].column > 1 and all(map(read_period, cells))), 0)
    if not footer:
        moved = next((cell for cell in sheet.cells.values() if cell.text.lower() in OWN_WORDS), None)
        if moved:
            raise sheet.error("a Swing export that does not begin in column A", moved, do="export the table again")
        raise Declined("no legend 'Speciale waarden', unit or source below the data")
    if not 1 < header < footer:
        _refuse_own_export(sheet, footer)
        raise Declined("no row that holds nothing but periods, its first cell empty")
    reading = Reading(sheet, NAME)
    table, below = single_table(rows, header + 1)
    notes = {cells[0].text.lower(): cells[-1].text for n, cells in rows if n >= footer and len(cells) > 1}
    unit = notes.get("eenheid", "")
    blocks = _blocks(reading, header, SYNONYMS.get(unit.lower(), unit))
    stray = [c for n in table for c in sheet.row(n) if c.column > 1 and c.column not in blocks]
    stray += [sheet.row(n)[-1 if len(sheet.row(n)) == 1 else 1] for n in below if n < footer]
    if stray:
        raise sheet.error("a value outside the table", stray[0], do="export the table again")
    for number in set(range(1, header)).difference(_label_rows(sheet, header)):
        reading.tell(sheet.row(number))
    for number in (n for n in below if n >= footer):
        reading.tell(sheet.row(number))
    colors = _legend_colors(reading, footer)
    level = next(filter(None, (_level(cells[0].text) for n, cells in rows if n < header and cells)), "")
    said = [(column, blocks[column], read_period(sheet[header, column])) for column in sorted(blocks)]
    for number in table:
        _observe_row(reading, number, said, level, colors)
    return reading


def _refuse_own_export(sheet: Sheet, footer: int) -> None:
    """No other layout may try what only Swing can have written, since its labels stand where no one expects them."""
    own = [cell for cell in sheet.cells.values() if cell.column == 1 and cell.text.lower() in OWN_WORDS]
    periods = next((sheet.row(n) for n in range(1, footer) if any(map(read_period, sheet.row(n)[1:]))), own)
    if own:
        raise sheet.error(
            "a Swing export without a row that holds nothing but periods, its first cell empty",
            next((cell for cell in periods if cell.column == 1 or not read_period(cell)), own[0]),
            expected="periods such as 2021, 2020-2021 or Q4 2021",
            do="export the table again",
        )


def _label_rows(sheet: Sheet, header: int) -> list[int]:
    """The row over the periods, and above it those of what its labels are parts of.

    None in an export whose title is its only label.
    """
    rows = [row for row in range(header - 1, 0, -1) if any(cell.column > 1 for cell in sheet.row(row))]
    found = [row for n, row in enumerate(rows) if row == header - 1 - n and (not n or not sheet[row, 1].text)]
    return found[::-1] if header - 1 in found else []


def _blocks(reading: Reading, header: int, footer_unit: str) -> dict[int, Label]:
    """Column → label and unit: a label holds for its own column and those to its left, merged over its own alone."""
    sheet, blocks, rows = reading.sheet, {}, _label_rows(reading.sheet, header)
    over: dict[int, Cell] = {}  # row of labels → the one that holds
    if not rows:
        above = [cells[0] for n, cells in sheet.rows() if n < header and cells]
        if len(above) > 1:
            raise sheet.error("two titles, where one is the label of the figures", above[-1], do="leave one")
        title = sheet[header - 1, 1].text.rpartition(" - ")
        label = Cell(header - 1, 1, title[0] if title[2].lower() in AREA_LEVELS else "".join(title))
        over = {0: label}
        reading.assumed.append(f"the title is the indicator: {label.text}")
    for column in range(sheet.width, 1, -1):
        found = {row: sheet.over(row, column) for row in rows}
        over |= {row: label for row, label in found.items() if label.text and label.column > 1}
        if not sheet[header, column].text:
            if wrong := next((sheet[row, column] for row in rows if sheet[row, column].text), None):
                raise sheet.error("a label over no period", wrong, do="put it over the last column of its block")
            continue
        if len(over) < len(rows) or not (label := _label(reading, [over[row] for row in sorted(over)], footer_unit))[0]:
            raise sheet.error(
                "a period without a label over it or to its right",
                sheet[header, column],
                do="export the table again; labels stand over the last column of their block",
            )
        blocks[column] = label
    reading.labels([*(cell for row in rows for cell in sheet.row(row) if cell.column > 1), *sheet.row(header)])
    return blocks


def _label(reading: Reading, cells: list[Cell], footer_unit: str) -> Label:
    """What labels over each other say; the unit is in brackets, below the table, or in the words."""
    if note := next((cell for cell in cells if NOTE.match(cell.text)), None):
        raise reading.sheet.error("a note where a label belongs", note, do="export the table again, or take it out")
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


def _legend_colors(reading: Reading, footer: int) -> dict[str, str]:
    """Font colour → flag, as the legend below the data shows it; flags that share a colour are joined."""
    sheet = reading.sheet
    cells = [cell for row in range(footer, sheet.height + 1) for cell in sheet.row(row)]
    ordinary = {cell.color for cell in cells if cell.text.lower() not in STYLES}
    colors: dict[str, str] = {}
    for cell in (cell for cell in cells if cell.text.lower() in STYLES):
        if cell.color in ordinary | {""}:
            reading.assumed.append(f"no figure is marked as {cell.text.lower()}: the legend gives it no colour")
        else:
            colors[cell.color] = colors.get(cell.color, "") + STYLES[cell.text.lower()]
    return colors


def _observe_row(
    reading: Reading, row: int, said: list[tuple[int, Label, str]], level: str, colors: dict[str, str]
) -> None:
    """The figures of one area. `said`: column, label and period."""
    sheet, head = reading.sheet, reading.sheet[row, 1]
    area = label_text(sheet, head)
    if not area:
        do = "export the table again"
        raise sheet.error("a value in a row without an area", next(iter(sheet.row(row)), head), do=do)
    reading.labels([head])
    for column, (indicator, unit), period in said:
        cell = sheet[row, column]
        status = colors.get(cell.color, "")
        if len(status) > 1:
            do = "export the table again, or ask what it is"
            raise sheet.error("a colour that stands for two things in the legend", cell, do=do)
        reading.observe(
            cell,
            indicator=indicator,
            unit=unit,
            area=area,
            level=level,
            period=period,
            breakdown=areas.pseudo(area),
            status=status,
            marks=SWING_MARKS,
        )


def _is_csv_header(cell: Cell) -> bool:
    label, _, period = cell.text.rpartition("|")
    return bool(label and read_period(period))


def _read_csv(sheet: Sheet, top: int) -> Reading:
    reading = Reading(sheet, NAME)
    head = sheet[top, 1]
    if not head.text or _is_csv_header(head) or is_number(head):
        raise sheet.error("no level of areas", head, expected="'gemeenten' or another", do="export the table again")
    headers, level = {}, AREA_LEVELS.get(head.text.lower(), "")
    for cell in sheet.row(top)[1:]:
        label, _, period = cell.text.rpartition("|")
        period = read_period(period)
        if not label or not period:
            raise sheet.error("a header that is not 'label|period'", cell, do="export the table again")
        headers[cell.column] = (_label(reading, [Cell(cell.row, cell.column, label)], ""), period)
    below = (cell for row in range(top, sheet.height + 1) for cell in sheet.row(row)[1:])
    stray = next((cell for cell in below if cell.column not in headers), None)
    if stray:
        raise sheet.error("a value in a column without a header", stray, do="export the table again")
    reading.labels(sheet.row(top))
    for number in range(1, top):
        reading.tell(sheet.row(number)) if sheet.row(number) else None
    said = [(column, *header) for column, header in headers.items()]
    for number in (n for n in range(top + 1, sheet.height + 1) if sheet.row(n)):
        _observe_row(reading, number, said, level, {})
    return reading
