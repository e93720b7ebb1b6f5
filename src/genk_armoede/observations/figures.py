# SPDX-License-Identifier: EUPL-1.2
"""What a column of figures says: each as the text of an exact number, or a flag that says why there is none.

Takes a column of a sheet; gives texts and flags, a row each; called by `layouts.reading`. A value is decided once, by
`values.read_value`, wherever it stands; plain numbers need no decision.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from ..spreadsheets.cells import Cell, Sheet, Style, Value
from .observation import number_text
from .values import read_value

# Formats under which a number is shown as it is, or as a percentage of it.
_AS_IS = re.compile(r"General|@|(?:#,##)?0(?:\.0+)?|#(?:\.#+)?")
_PERCENT = re.compile(r"0(?:\.0+)?\s?%")
# Texts, with a line end behind each, that are written as a tidy table writes them, or nearly so.
_WHOLE = re.compile(r"(?:(?:0|[1-9]\d{0,14})\n)*+", re.ASCII)
_COMMAS = re.compile(r"(?:-?(?:0|[1-9]\d{0,14})(?:,\d{1,14})?\n)*+", re.ASCII)
_POINTS = re.compile(r"(?:-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?\n)*+", re.ASCII)
Read = tuple[list[str], list[str]]  # texts of values, empty without one; flags


def read_figures(
    sheet: Sheet, number: int, rows: Sequence[int], unit: str, marks: Mapping[str, str], notes: Mapping[str, str]
) -> Read:
    """Values and flags of a column in these rows, where it may be blank.

    Raises `DataError` for the first cell that holds neither a number nor a mark, or another unit than `unit`.
    """
    values, styles = sheet.aligned(number, rows)
    blank, reasons = marks.get("", ""), {mark for mark in marks if mark.lstrip("-").isdigit()}
    kinds = set(map(type, values))
    texts: list[str] | None = None
    if kinds <= {int, float}:
        texts = _numbers(values, {sheet.styles[style] for style in set(styles)}, unit, reasons)
    elif kinds == {str}:
        texts = _texts(values, {sheet.styles[style] for style in set(styles)}, reasons)
    if texts is not None:
        return texts, [""] * len(texts)
    known: dict[tuple, tuple[str, str]] = {}
    found = []
    for row, value, style in zip(rows, values, styles, strict=True):
        key = (value, style, type(value))
        if key not in known:
            known[key] = _read(sheet, Cell(row, number, value, sheet.styles[style]), unit, marks, notes, blank)
        found.append(known[key])
    return [text for text, _ in found], [flags for _, flags in found]


def _read(
    sheet: Sheet, cell: Cell, unit: str, marks: Mapping[str, str], notes: Mapping[str, str], blank: str
) -> tuple[str, str]:
    if cell.value is None and blank:
        return "", blank
    value, flags = read_value(sheet, cell, unit, marks, notes)
    return number_text(value), flags


def _numbers(values: Sequence[Value], styles: set[Style], unit: str, reasons: set[str]) -> list[str] | None:
    """Stored numbers that are shown as they are, or all as percentages; None for any others."""
    if any(style.is_struck for style in styles):
        return None
    percent = unit in ("%", "") and all(_PERCENT.fullmatch(style.number_format) for style in styles)
    if not percent and not all(_AS_IS.fullmatch(style.number_format) for style in styles):
        return None
    if percent and (min(values) < -10 or max(values) > 10):
        return None
    if percent:
        texts = {value: number_text(Decimal(f"{value:.15g}") * 100) for value in set(values)}
        return list(map(texts.__getitem__, values))
    texts = [str(value) if type(value) is int else f"{value:.15g}" for value in values]
    if any("e" in text for text in texts) or "-0" in texts or not reasons.isdisjoint(texts):
        return None
    return texts


def _texts(values: Sequence[str], styles: set[Style], reasons: set[str]) -> list[str] | None:
    """Numbers as text, without separators between thousands; None for any others."""
    if len(styles) > 1 or any(style.is_struck or style.raised or style.struck for style in styles):
        return None
    point = any(style.point for style in styles)
    joined = "\n".join(values) + "\n"
    if _WHOLE.fullmatch(joined):
        return list(values) if reasons.isdisjoint(values) else None
    if not (_POINTS if point else _COMMAS).fullmatch(joined):
        return None
    texts = {text: number_text(Decimal(text.replace(",", "."))) for text in set(values)}
    return list(map(texts.__getitem__, values)) if reasons.isdisjoint(texts.values()) else None
