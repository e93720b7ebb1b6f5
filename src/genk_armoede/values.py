# SPDX-License-Identifier: EUPL-1.2
"""What one cell says: an exact number, or a mark that says why there is none.

Takes a cell, the unit of its column and the marks of its publisher; gives value and status flag;
called by `layouts`. A mark is never a number, and text that is neither is refused.
"""

from __future__ import annotations

import re
from decimal import Decimal

from .spreadsheet import Cell, Sheet

# Swing's own meaning: '-' no value, 'x' hidden by the supplier, 'nvt' not applicable, '?' wrongly missing.
_MARKS = {"-": "m", "x": "c", "nvt": "z", "?": "m"}
SWING_MARKS = _MARKS | {"-99996": "m", "-99997": "c", "-99998": "z", "-99999": "m"}
# What people type in a table by hand.
MARKS = _MARKS | {"": "m", "n.b.": "m", "niet gepubliceerd": "m", "vertrouwelijk": "c", "n.v.t.": "z"}

# Flemish figures: a dot or a hard space between thousands, a comma before decimals. A first group that is
# zero is no group: `0.143` is a decimal point.
_FLEMISH = re.compile(r"[-–−]?(?:[1-9]\d{0,2}([.\u00a0\u202f\u2009])\d{3}(?:\1\d{3})*|\d+)(?:,\d+)?", re.ASCII)
_TO_PLAIN = str.maketrans({"–": "-", "−": "-", ",": ".", **dict.fromkeys(".\u00a0\u202f\u2009", "")})


def parse_number(text: str) -> Decimal:
    """`868.230` → 868230, `58,2` → 58.2, `€ 1.307.396` → 1307396, `58,2 %` → 58.2.

    Raises `ValueError` for anything else, `58.2` among it: a dot stands between thousands.
    """
    bare = text.strip().removeprefix("€").removesuffix("%").strip()
    if not _FLEMISH.fullmatch(bare):
        raise ValueError(text)
    return Decimal(bare.translate(_TO_PLAIN))


def is_number(cell: Cell) -> bool:
    """True for a stored number and for text that reads as one."""
    try:
        return isinstance(cell.value, int | float) or parse_number(str(cell.value)).is_finite()
    except ValueError:
        return False


def read_value(sheet: Sheet, cell: Cell, unit: str, marks: dict[str, str]) -> tuple[Decimal | None, str]:
    """Value and status of a data cell.

    A fraction shown as a percentage becomes a percent number. Stored numbers keep the 15 digits
    that Excel itself keeps, without binary noise. Raises `DataError` for what is neither number nor mark,
    and for a percentage under a unit that is not `%`.
    """
    if isinstance(cell.value, bool) or not isinstance(cell.value, str | int | float | None):
        raise sheet.error(
            "a date or yes/no where a number belongs",
            cell,
            expected=f"a number of {unit or 'unknown unit'}",
            do="type the figure again in a cell with a number format",
        )
    if isinstance(cell.value, int | float):
        value = Decimal(f"{cell.value:.15g}") if isinstance(cell.value, float) else Decimal(cell.value)
        mark = f"{value:f}" if value < 0 else ""
        if mark in marks and mark:
            return None, marks[mark]
        if cell.is_percent:
            if unit != "%":
                raise sheet.error("shown as a percentage in a column that is not", cell, expected=f"a number of {unit}")
            value *= 100
        return value.normalize(), ""
    if cell.text.lower() in marks:
        return None, marks[cell.text.lower()]
    if ("%" in cell.text and unit != "%") or ("€" in cell.text and not unit.startswith("EUR")):
        raise sheet.error("another unit than its column has", cell, expected=f"a number of {unit or 'unknown unit'}")
    try:
        return parse_number(str(cell.value)), ""
    except ValueError:
        raise sheet.error(
            "text where a number belongs",
            cell,
            expected=f"a number of {unit or 'unknown unit'}, or one of: {', '.join(filter(None, marks))}",
            do="correct the cell, or leave it blank when the figure is not published",
        ) from None


UNIT = re.compile(r"\s*\[([^\[\]]+)\]")
FOOTNOTE = re.compile(r"\s*(\(\d{1,2}\))")


def split_label(label: str) -> tuple[str, str, list[str]]:
    """`WZW Belg [aantal] (1)` → (`WZW Belg`, `aantal`, [`(1)`]): label, unit and footnote marks."""
    unit = UNIT.search(label)
    marks = FOOTNOTE.findall(label)
    bare = FOOTNOTE.sub("", UNIT.sub("", label)).strip()
    return bare, unit.group(1).strip() if unit else "", marks
