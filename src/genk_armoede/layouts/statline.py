# SPDX-License-Identifier: EUPL-1.2
"""StatLine of the CBS, as CSV and as the rows of its OData: dimensions, `Perioden`, and a column a topic (`Mannen_2`).

Of its signs the CBS says: `.` is unknown, too uncertain or secret; a blank cannot be, for logical reasons; `2021*` and
`2021**` are provisional. A `-`, which it no longer uses for nil, is no figure, and nor is what OData leaves `null`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..observations.marks import MARKS as COMMON
from ..observations.units import split_label, unit_of_words
from ..spreadsheets.cells import Cell, Sheet
from .answers import for_label
from .codes import AREA, area_says, breakdown_says, period_of, role_of
from .engine.declared import NOTHING, Labels, Says, Table
from .engine.reading import Declined, Reading
from .headers import border, header_row, rows_under

NAME = "statline"
TOPIC = re.compile(r"(?P<name>.+?)_(?P<number>\d{1,3})")
BRACKETED = re.compile(r"(?P<name>.+?) \((?P<unit>[^()]+)\)")
MARKS = COMMON | {".": "m", "-": "m", "x": "c"}
TOTAL = re.compile(r"T\d{6}|Totaal\b.*")  # the code and the words of the CBS
LEFT = {"id", "stringvalue"}
V4 = {"measure", "value", "valueattribute"}  # a row a figure, in OData 4
ATTRIBUTES = {"none": "", "impossible": "z", "unknown": "m", "confidential": "c", "unreliable": "m", "provisional": "p"}


def read(sheet: Sheet) -> Reading:
    """One observation a topic and row; the indicator is the topic without its number."""
    reading = Reading(sheet, NAME)
    heads = [cell.text for row in border(sheet)[:10] for cell in sheet.row(row)]
    if "Perioden" not in heads:
        raise Declined("no header Perioden")
    coded = sheet.address is not None or any(head in ("RegioS", "Regio's") or TOPIC.fullmatch(head) for head in heads)
    if not coded:
        raise Declined("no topic such as Mannen_2, and no regions of the CBS")
    top, headers = header_row(reading, "perioden")
    rows = rows_under(sheet, top)
    rows = _without_source(reading, rows, headers["perioden"].column)
    long = set(headers) >= V4
    topics = long or any(TOPIC.fullmatch(cell.text) for cell in headers.values())
    labels = []
    for name, cell in headers.items():
        if not (long and name in V4) and _is_dimension(reading, name, cell, rows, topics):
            labels.append(_dimension(reading, name, cell, rows))
    taken = {column for group in labels for column in group.columns}
    figures = {}
    for name, cell in headers.items():
        if cell.column in taken:
            continue
        if name in LEFT:
            reading.leave_column(f"column {cell.text}: says nothing of the figures", cell.column, rows)
        elif long and name == "measure":
            labels.append(Labels((cell.column,), lambda cell: Says(indicator=cell.text)))
        elif long and name == "valueattribute":
            labels.append(Labels((cell.column,), lambda cell: Says(flags=_attribute(sheet, cell))))
        else:
            figures[cell.column] = Says() if long else _topic(cell)
    if not figures:
        raise Declined("no topic")
    blank = "m" if sheet.address else "z"
    reading.assume("'.' is unknown or secret" + ("" if sheet.address else ", a blank is impossible"))
    reading.declare(Table(rows=rows, figures=figures, labels=labels, marks=MARKS | {"": blank}))
    return reading


def _is_dimension(reading: Reading, name: str, cell: Cell, rows: Sequence[int], topics: bool) -> bool:
    """Where topics have a number behind their name all else is a dimension; else what holds words, no numbers."""
    if name in LEFT:
        return False
    if name == "perioden" or role_of(name) == AREA:
        return True
    if topics and not TOPIC.fullmatch(cell.text):
        return True
    found = reading.different(cell.column, rows)
    return any(not re.fullmatch(r"[-.x]|-?[\d.]*\d(?:,\d+)?", one.text) for one in found)


def _without_source(reading: Reading, rows: list[int], periods: int) -> list[int]:
    """Rows of figures: what stands below them, such as `Bron: CBS`, is told."""
    sheet = reading.sheet
    last = len(rows)
    while last and not sheet[rows[last - 1], periods].text and len(sheet.row(rows[last - 1])) == 1:
        last -= 1
        reading.tell(sheet.row(rows[last]))
    return rows[:last]


def _topic(cell: Cell) -> Says:
    """`GemiddeldInkomen_3` and `Mannen (aantal)`: name and unit."""
    named = TOPIC.fullmatch(cell.text)
    text = named["name"] if named else cell.text
    bracketed = BRACKETED.fullmatch(text)
    if bracketed:
        label, _, _ = split_label(f"{bracketed['name']}")
        return Says(indicator=label, unit=unit_of_words(f"({bracketed['unit']})") or bracketed["unit"])
    label, unit, _ = split_label(text)
    return Says(indicator=label, unit=unit)


def _dimension(reading: Reading, name: str, header: Cell, rows: Sequence[int]) -> Labels:
    sheet, column = reading.sheet, header.column
    if name == "perioden":
        return Labels((column,), lambda cell: _period(sheet, cell))
    if role_of(name) == AREA:
        codes = {cell.text: "" for cell in reading.different(column, rows)}
        known = area_says(reading, codes)
        return Labels((column,), lambda cell: _area(sheet, known, cell))
    totals = [cell.text for cell in reading.different(column, rows) if TOTAL.fullmatch(cell.text)]
    if len(totals) == 1:
        reading.assume(f"{header.text}: {totals[0]} is the total")
    known = totals if len(totals) == 1 else []
    return Labels((column,), lambda cell: _part(header.text, cell.text, known))


def _part(key: str, text: str, totals: Sequence[str]) -> Says:
    return NOTHING if text in totals else breakdown_says(key, text, text)


def _area(sheet: Sheet, known: dict[str, Says], cell: Cell) -> Says:
    if not cell.text:
        raise sheet.error("no area", cell, answers=for_label(cell))
    return known[cell.text]


def _period(sheet: Sheet, cell: Cell) -> Says:
    period, flag = period_of(cell.text)
    if not period:
        raise sheet.error("this is no period", cell, expected="2021, 2021KW01, 2021MM01 or 2021JJ00")
    return Says(period=period, status=flag)


def _attribute(sheet: Sheet, cell: Cell) -> str:
    if cell.text.lower() not in ATTRIBUTES:
        raise sheet.error("an attribute that nobody explains", cell, expected=", ".join(ATTRIBUTES))
    return ATTRIBUTES[cell.text.lower()]
