# SPDX-License-Identifier: EUPL-1.2
"""Text whose format says how its figures are written: Eurostat's TSV, SDMX-CSV and StatLine.

Takes the sheet that `text` made of it; gives its figures a dot before decimals and sets flags apart from them; called
by `workbook`.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from decimal import Decimal

from .cells import MISSING, Sheet
from .columns import Column
from .cubes import POINTED

TSV_CORNER = re.compile(r"[\w,. -]+\\\w+")
TOPIC = re.compile(r".+_\d{1,3}")
STATLINE = re.compile(rf"RegioS|Regio's|{TOPIC.pattern}")
_EXPONENT = re.compile(r"-?\d+(?:\.\d+)?[eE][+-]?\d\d?", re.ASCII)


def known_figures(sheet: Sheet) -> None:
    """Read what the format of a text says of its figures; nothing when it is of none of these formats."""
    corner = sheet[1, 1].text
    headers = {cell.text: cell.column for cell in sheet.row(1)}
    if sheet.delimiter == "\t" and TSV_CORNER.fullmatch(corner):
        sheet.columns[1].values = [value.strip() for value in sheet.columns[1].values]
        for number in sheet.filled_columns[1:]:
            _change(sheet, number, _without_flag)
        return
    value = next((headers[name] for name in headers if re.match(r"OBS_VALUE\b", name)), 0)
    if value and not any("," in text for text in sheet.columns[value].values):
        _change(sheet, value, lambda text: (_plain(text.strip()), ""))
    if any(name.startswith("Perioden") for name in headers) and any(map(STATLINE.fullmatch, headers)):
        _trim(sheet)
        topics = [column for name, column in headers.items() if TOPIC.fullmatch(name)]
        if not any("," in text for column in topics for text in sheet.columns[column].values):
            for column in topics:
                _change(sheet, column, lambda text: (text, ""))


def _change(sheet: Sheet, number: int, change: Callable[[str], tuple[str, str]]) -> None:
    """Give the texts under the header of a column a dot before decimals, and what is set apart from them."""
    column = sheet.columns[number]
    head = 1 if column.rows and column.rows[0] == 1 else 0
    found = column.values[head:]
    known = {text: change(text) for text in set(found)}
    styles = {raised: sheet.style_number(POINTED, raised=raised) for raised in {flag for _, flag in known.values()}}
    texts = {text: plain for text, (plain, _) in known.items()}
    numbers = {text: styles[flag] for text, (_, flag) in known.items()}
    values = column.values[:head] + list(map(texts.__getitem__, found))
    styled = array("I", [*column.styles[:head], *map(numbers.__getitem__, found)])
    sheet.columns[number] = Column(column.rows, values, styled)


def _without_flag(text: str) -> tuple[str, str]:
    """`12.7 bp ` → 12.7 and bp. What is missing keeps its flag: `: c`."""
    value, _, flag = text.strip().partition(" ")
    return (f"{MISSING} {flag}".strip(), "") if value == MISSING else (_plain(value), flag.strip())


def _plain(text: str) -> str:
    return format(Decimal(text), "f") if _EXPONENT.fullmatch(text) else text


def _trim(sheet: Sheet) -> None:
    """StatLine pads codes and numbers with spaces."""
    for column in sheet.columns.values():
        known = {text: text.strip() for text in set(column.values)}
        column.values = list(map(known.__getitem__, column.values))
