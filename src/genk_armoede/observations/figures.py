# SPDX-License-Identifier: EUPL-1.2
"""What a column of figures says: each as the text of an exact number, or a flag that says why there is none.

Takes a column of a sheet; gives texts and flags, a row each; called by `layouts.engine`. A value is decided once, by
`values.read_value`, wherever it stands; plain numbers need no decision.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from ..spreadsheets.cells import Cell, Sheet, Style, Value
from ..spreadsheets.columns import WholeNumbers, kinds
from .marks import LETTERS, marks_of
from .observation import number_text
from .values import read_value

# Formats under which a number is shown as it is, or as a percentage of it.
_AS_IS = re.compile(r"General|@|(?:#,##)?0(?:\.0+)?|(?:#,##)?#(?:\.#+)?")
_PERCENT = re.compile(r"#?0(?:\.0+#*)?\s?%")
# Texts, with a line end behind each, that are written as a tidy table writes them, or nearly so.
_WHOLE = re.compile(r"(?:(?:0|[1-9]\d{0,14})\n)*+", re.ASCII)
_PLAIN = re.compile(r"(?:-?(?:0|[1-9]\d{0,14})(?:\.\d{0,13}[1-9])?\n)*+", re.ASCII)
_COMMAS = re.compile(r"(?:-?(?:0|[1-9]\d{0,14})(?:,\d{1,14})?\n)*+", re.ASCII)
_POINTS = re.compile(r"(?:-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?\n)*+", re.ASCII)
FEW = 20  # values that are decided each by itself
Read = tuple[Sequence[str], Sequence[str]]  # texts of values, empty without one; flags, none where no figure has any


def read_figures(
    sheet: Sheet, number: int, rows: Sequence[int], unit: str, marks: Mapping[str, str], notes: Mapping[str, str]
) -> Read:
    """Values and flags of a column in these rows, where it may be blank.

    Raises `DataError` for the first cell that holds neither a number nor a mark, or another unit than `unit`.
    """
    values, styles = sheet.aligned(number, rows)
    texts, flags = _read_all(sheet, number, rows, values, styles, unit, marks, notes)
    raised = _raised(styles, {style: sheet.styles[style] for style in set(styles)}, notes)
    if raised:
        flags = [
            "".join(sorted({*own, *beside})) for own, beside in zip(flags or [""] * len(texts), raised, strict=True)
        ]
    return texts, flags


def _read_all(
    sheet: Sheet,
    number: int,
    rows: Sequence[int],
    values: Sequence[Value],
    styles: Sequence[int],
    unit: str,
    marks: Mapping[str, str],
    notes: Mapping[str, str],
) -> Read:
    blank, reasons = marks.get("", ""), {mark for mark in marks if mark.lstrip("-").isdigit()}
    stored = kinds(values)
    if stored <= {int, float}:
        texts = _numbers(values, {sheet.styles[style] for style in set(styles)}, unit, reasons)
        if texts is not None:
            return texts, ""
    elif stored <= {str, type(None)}:
        looks = {style: sheet.styles[style] for style in set(styles)}
        texts, reasons_found = _texts(values, looks.values(), marks, reasons)
        if texts is not None:
            return texts, [reasons_found.get(value, "") for value in values] if reasons_found else ""
    known = _known_numbers(sheet, values, styles, unit, reasons) if stored > {str} and len(values) > FEW else {}
    found = []
    for row, value, style in zip(rows, values, styles, strict=True):
        key = (value, style, type(value))
        if key not in known:
            known[key] = _read(sheet, Cell(row, number, value, sheet.styles[style]), unit, marks, notes, blank)
        found.append(known[key])
    return [text for text, _ in found], [flags for _, flags in found]


def _known_numbers(
    sheet: Sheet, values: Sequence[Value], styles: Sequence[int], unit: str, reasons: set[str]
) -> dict[tuple, tuple[str, str]]:
    """What the stored numbers among other values say, by value, style and type, when they can be read together."""
    pairs = zip(values, styles, map(type, values), strict=True)
    keys = [key for key in dict.fromkeys(pairs) if key[2] is int or key[2] is float]
    numbers = [value for value, _, _ in keys]
    texts = _numbers(numbers, {sheet.styles[style] for _, style, _ in keys}, unit, reasons) if keys else None
    return {key: (text, "") for key, text in zip(keys, texts, strict=True)} if texts else {}


def _read(
    sheet: Sheet, cell: Cell, unit: str, marks: Mapping[str, str], notes: Mapping[str, str], blank: str
) -> tuple[str, str]:
    if cell.value is None and blank:
        return "", blank
    value, flags = read_value(sheet, cell, unit, marks, notes)
    return number_text(value), flags


def _numbers(values: Sequence[Value], styles: set[Style], unit: str, reasons: set[str]) -> Sequence[str] | None:
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
    if type(values) is array:
        marked = {int(mark) for mark in reasons}
        return WholeNumbers(values) if marked.isdisjoint(values) else None
    if kinds(values) == {int}:
        texts = list(map(str, values))
        return texts if reasons.isdisjoint(texts) else None
    texts = [str(value) if type(value) is int else f"{value:.15g}" for value in values]
    if "e" in "".join(texts) or "-0" in texts or not reasons.isdisjoint(texts):
        return None
    return texts


def _texts(
    values: Sequence[str | None], styles: Iterable[Style], marks: Mapping[str, str], reasons: set[str]
) -> tuple[list[str] | None, dict[str | None, str]]:
    """Numbers as text, without separators between thousands, and marks among them with the flags these stand for.

    No texts when any is something else.
    """
    if len({style.point for style in styles}) > 1 or any(style.is_struck or style.struck for style in styles):
        return None, {}
    different = set(values)
    if None not in different and reasons.isdisjoint(different) and _WHOLE.fullmatch("\n".join([*different, ""])):
        return list(values), {}
    words = {value: "" if value is None else " ".join(value.split()).lower() for value in different}
    missing = {value: marks[word] for value, word in words.items() if word in marks}
    numbers = list(different.difference(missing))
    joined = "".join(f"{text}\n" for text in numbers) if None not in numbers else "none"
    point = any(style.point for style in styles)
    if point and "-0" not in different and _PLAIN.fullmatch(joined) and not missing:
        return (list(values), {}) if reasons.isdisjoint(numbers) else (None, {})
    if not (_POINTS if point else _COMMAS).fullmatch(joined):
        return None, {}
    texts = {text: number_text(Decimal(text.replace(",", "."))) for text in numbers}
    if not reasons.isdisjoint(texts.values()):
        return None, {}
    texts |= dict.fromkeys(missing, "")
    return list(map(texts.__getitem__, values)), missing


def _raised(styles: Sequence[int], looks: Mapping[int, Style], notes: Mapping[str, str]) -> Sequence[str]:
    """The flags of what is raised beside each figure, by its note or as publishers write flags."""
    flags = {
        number: "".join(notes.get(mark, LETTERS.get(mark, "")) for mark in marks_of(style.raised))
        for number, style in looks.items()
    }
    return list(map(flags.__getitem__, styles)) if any(flags.values()) else ""
