# SPDX-License-Identifier: EUPL-1.2
"""What the labels beside a row of figures say, and the rows that head it: its period, and parts of a breakdown.

Takes the outline of a table and its heads; gives labels as a layout declares them; called by `statistical`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from ...observations import areas
from ...observations.periods import is_period, read_period
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ..engine.declared import NOTHING, Labels, Says
from ..headers import label_text, nis_code
from ..words import AREA_LEVELS, NO_PERIOD, PERIOD_WORDS
from .heads import Heads
from .outline import BREAKDOWN, REFERENCE, Outline

GROUP, ROW = "groep", "rij"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DATED = re.compile(rf"({_YEAR}(?:-\d\d(?:\d\d)?)?)(?:\s*[,(:*].*)?")  # a label such as `2006, total`


def rows_are_dated(sheet: Sheet, outline: Outline) -> bool:
    """True when most labels of the first column are years, or begin with one."""
    main = min(outline.labels)
    if outline.labels[main] == "period":
        return True
    if NO_PERIOD.search(outline.headers[main].lower()):
        return False
    values = [value for value in sheet.aligned(main, outline.rows)[0] if value is not None]
    known = {value: bool(period_of_label(Cell(1, main, value))) for value in set(values)}
    return sum(map(known.__getitem__, values)) * 2 > len(values)


def period_of_label(cell: Cell) -> str:
    text = REFERENCE.sub("", cell.text).strip()
    found = _DATED.fullmatch(text)
    period = read_period(cell) or read_period(text) or (read_period(found[1]) if found else "")
    return period if is_period(period) else ""


def side_labels(sheet: Sheet, outline: Outline, dated: bool) -> list[Labels]:
    """What each column of labels says."""
    main = min(outline.labels)
    keys = _keys(outline)

    def part(number: int) -> Callable[[Cell], Says]:
        key = keys[number]

        def say(cell: Cell) -> Says:
            return Says(breakdown=((key, text),)) if (text := _words(sheet, cell)) else NOTHING

        return say

    def period(cell: Cell) -> Says:
        found = period_of_label(cell)
        rest = _words(sheet, cell)
        if not found:
            return Says(breakdown=((keys[main], rest),)) if rest else NOTHING
        rest = rest.removeprefix(found[:4]).strip(" ,") if _DATED.fullmatch(rest) and not read_period(rest) else ""
        return Says(period=found, breakdown=((keys[main], rest),) if rest else ())

    def period_alone(cell: Cell) -> Says:
        return Says(period=period_of_label(cell))

    def unit(cell: Cell) -> Says:
        return Says(unit=_words(sheet, cell))

    def code(cell: Cell) -> Says:
        return Says(area_code=nis_code(cell) if cell.text else "")

    def area(number: int) -> Callable[[Cell], Says]:
        level = AREA_LEVELS.get(outline.headers[number].lower(), "")
        return lambda cell: Says(area=_words(sheet, cell), level=level)

    found = []
    for number, role in outline.labels.items():
        say = part(number)
        if role == "period" or (number == main and dated):
            say = period if number == main else period_alone
        elif role == "area":
            say = area(number)
        elif role == "unit":
            say = unit
        elif role == "code" and "area" in outline.labels.values():
            say = code
        found.append(Labels((number,), say))
    return found


def _words(sheet: Sheet, cell: Cell) -> str:
    """The text of a label, as a part of a breakdown can hold it."""
    return REFERENCE.sub("", label_text(sheet, cell)).replace(";", ",").strip()


def _keys(outline: Outline) -> dict[int, str]:
    """Column of labels → key in a breakdown: its header."""
    keys: dict[int, str] = {}
    for number, header in outline.headers.items():
        key = re.sub(r"[;=]", " ", header.lower()).strip()
        if not key or (outline.labels[number] == BREAKDOWN and PERIOD_WORDS.intersection(key.split())):
            key = ROW  # a corner such as `Jaar` names the columns, not the rows
        keys[number] = key if key not in {*keys.values(), GROUP} else f"{key} {column_letters(number)}"
    return keys


def said_of_rows(sheet: Sheet, outline: Outline, heads: Heads, dates: bool) -> Sequence[Says]:
    """What heads and labels of other rows say of each row of figures; the period too when `dates`."""
    if not heads.of_row and not heads.label:
        return ()
    main = min(outline.labels)
    key = _keys(outline)[main]
    names, _ = sheet.aligned(main, outline.rows)
    dated = {name: bool(period_of_label(Cell(1, main, name))) for name in set(names)}
    by_area = all(head and areas.is_known(head[0]) for head in heads.of_row.values())
    known: dict[tuple, Says] = {}
    found = []
    for row, name in zip(outline.rows, names, strict=True):
        said = (heads.of_row.get(row, ()), heads.label.get(row, ""), dates and not dated[name])
        if said not in known and by_area:
            known[said] = Says(area=said[0][0]) | _said_of(said[0][1:], *said[1:], key)
        elif said not in known:
            known[said] = _said_of(*said, key)
        found.append(known[said])
    return found


def _said_of(head: tuple[str, ...], label: str, dates: bool, main: str) -> Says:
    period = next(filter(None, map(date_of_head, reversed(head))), "") if dates else ""
    texts = [text.replace(";", ",").rstrip(":") for text in head if not period or read_period(text) != period]
    parts = [(GROUP if i == 0 else f"{GROUP} {i + 1}", text) for i, text in enumerate(texts)]
    if label:
        parts.append((main, label.replace(";", ",")))
    return Says(period=period, breakdown=tuple(parts))


def date_of_head(text: str) -> str:
    return period_of_label(Cell(1, 1, text.rstrip(":")))
