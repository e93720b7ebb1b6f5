# SPDX-License-Identifier: EUPL-1.2
"""Eurostat's TSV: dimensions with commas in the first column, a column a period, flags behind the figures.

The file does not name its indicator: the name of the file does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath

from ..observations.marks import MARKS as COMMON
from ..spreadsheets.cells import MISSING, Cell, Sheet
from .codes import AREA, FREQUENCY, PERIOD, UNIT, area_says, breakdown_says, flags_of, period_of, role_of, unit_of
from .engine.declared import NOTHING, Coded, Says, Table
from .engine.reading import Declined, Reading

NAME = "eurostat"
CORNER = re.compile(r"(?P<down>[\w-]+(?:,[\w-]+)*)\\(?P<across>[\w-]+)")


def read(sheet: Sheet) -> Reading:
    """One observation a cell, also where it holds `:`."""
    corner = CORNER.fullmatch(sheet[1, 1].text)
    if not corner or sheet.delimiter != "\t":
        raise Declined("no corner such as geo\\TIME_PERIOD")
    reading = Reading(sheet, NAME)
    names = corner["down"].split(",")
    rows = [row for row in sheet.filled_rows if row > 1]
    if not rows:
        raise Declined("a header row with nothing under it")
    reading.labels(sheet.row(1))
    across = {column: sheet[1, column] for column in sheet.filled_columns if column > 1}
    roles = {name: role_of(name) for name in (*names, corner["across"])}
    if PERIOD not in roles.values():
        raise sheet.error("no dimension of time", sheet[1, 1], expected="such as geo\\TIME_PERIOD")
    codes = {name: list(found) for name, found in zip(names, _codes(sheet, rows, len(names)), strict=True)}
    headers = [cell.text for cell in across.values()]
    known = {}
    for name, role in roles.items():
        if role == AREA:
            known = area_says(reading, dict.fromkeys(sorted(set(codes.get(name, headers))), ""))
    title = PurePath(sheet.file).stem
    reading.assume(f"indicator: {title}, from the name of the file")

    apart = [name for name in codes if roles[name] == UNIT and _tells_apart(name, codes)]

    def say(name: str, code: str, cell: Cell) -> Says:
        if roles[name] == AREA:
            return known[code]
        if roles[name] == PERIOD:
            period, _ = period_of(code)
            if not period:
                raise sheet.error("this is no period", cell, expected="2021, 2021-Q1, 2021-S1 or 2021-12")
            return Says(period=period)
        if roles[name] == UNIT:
            return Says(unit=unit_of(code)) | (breakdown_says(name, code, "") if name in apart else NOTHING)
        return NOTHING if roles[name] == FREQUENCY else breakdown_says(name, code, "")

    def coded(name: str) -> Coded:
        first = {code: row for code, row in zip(reversed(codes[name]), reversed(rows), strict=True)}
        numbers = {code: number for number, code in enumerate(first)}
        said = [say(name, code, sheet[row, 1]) for code, row in first.items()]
        return Coded((1,), said, list(map(numbers.__getitem__, codes[name])))

    reading.declare(
        Table(
            rows=rows,
            figures={column: say(corner["across"], cell.text, cell) for column, cell in across.items()},
            labels=[coded(name) for name in names],
            marks=_marks(sheet, list(across)),
            whole=Says(indicator=title),
            notes={style.raised.lower(): _flags(sheet, style.raised) for style in sheet.styles if style.raised},
        )
    )
    return reading


def _codes(sheet: Sheet, rows: Sequence[int], count: int) -> Iterable[Iterable[str]]:
    """The codes of each dimension, of all rows. Raises `DataError` for a row that has more or fewer."""
    texts, _ = sheet.aligned(1, rows)
    split = [list(map(str.strip, str(text or "").split(","))) for text in texts]
    wrong = next((row for row, codes in zip(rows, split, strict=True) if len(codes) != count or not all(codes)), 0)
    if wrong:
        problem, expected = "more or fewer codes than dimensions", f"{count} with commas between"
        raise sheet.error(problem, sheet[wrong, 1], expected=expected)
    return zip(*split, strict=True)


def _tells_apart(name: str, codes: Mapping[str, Sequence[str]]) -> bool:
    """True for a dimension without which two rows would be the same."""
    others = zip(*(found for other, found in codes.items() if other != name), strict=True)
    return len(set(codes[name])) > 1 and len(set(others)) < len(codes[name])


def _marks(sheet: Sheet, columns: list[int]) -> dict[str, str]:
    """`:`, and what stands behind it: `: c`."""
    found = {value for column in columns for value in set(sheet.columns[column].values) if value.startswith(MISSING)}
    marks = COMMON | {MISSING: "m"}
    for text in found:
        flags = _flags(sheet, text.removeprefix(MISSING).strip())
        marks[text.lower()] = flags if set(flags) & set("cmz") else "".join(sorted(f"m{flags}"))
    return marks


def _flags(sheet: Sheet, text: str) -> str:
    try:
        return flags_of(text)[0]
    except ValueError:
        raise sheet.error(
            "a flag that nobody explains", found=text, expected="b, c, d, e, f, n, p, r, s, u or z"
        ) from None
