# SPDX-License-Identifier: EUPL-1.2
"""What one cell says: an exact number, a mark that says why there is none, a period, a unit.

Takes cells, the unit of their column and the marks of their publisher; gives value and status flag;
called by `layouts`. A mark is never a number, and what can be read two ways is refused.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping, Sequence
from decimal import Context, Decimal
from types import MappingProxyType

from ..spreadsheets.cells import Cell, Sheet, Value
from ..spreadsheets.number_formats import bare, format_words, section_of, shown_instead, words_of
from ..spreadsheets.numerals import (
    ALMOST,
    CERTAIN,
    FLEMISH,
    GROUPED,
    SHOWN_UNITS,
    TOO_FEW,
    UNGROUPED,
    UP_TO_THREE_DIGITS,
    is_numeral,
    parse_number,
    undressed,
)
from .marks import FLAGGED, MARKS, split_marks
from .observation import WITHOUT_VALUE

# What spreadsheets show where a formula went wrong, in any language: `#VERW!`, `#NAME?`, `#DIV/0 !`, `#N/B`, `Err:502`.
_ERROR = re.compile(
    r"#¡?[A-ZÀ-Ý][A-ZÀ-Ý0-9/._]*\s?[!?]|#(?:N/[A-Z](?: N/A)?|NV|GETTING_DATA|GEGEVENS_OPHALEN)|#{3,}"
    r"|(?i:Err|Fout|Erreur|Fehler):5\d\d"
)


def is_number(cell: Cell) -> bool:
    """True for a stored number or duration, and for text that reads as one."""
    if isinstance(cell.value, str):
        return is_numeral(cell.value, cell.point)
    return isinstance(cell.value, int | float | datetime.timedelta) and not isinstance(cell.value, bool)


def looks_like_number(cell: Cell) -> bool:
    """True for a number, and for text such as `1.5` or `<5,5` that people take for one and no one can read for sure."""
    return is_number(cell) or (isinstance(cell.value, str) and bool(ALMOST.fullmatch(cell.text)))


def is_dated_unit(cell: Cell) -> bool:
    """True for `2020 %`, which among headers is a year and its unit."""
    return bool(_DATED_UNIT.fullmatch(cell.text))


_DATED_UNIT = re.compile(rf"(?:19|20)\d\d (?:{SHOWN_UNITS})")


def may_be_negative(cell: Cell) -> bool:
    """True for text such as `(1.200)` and `12-`."""
    return bool(NEGATIVE.fullmatch(cell.text))


def is_error(cell: Cell) -> bool:
    """True for what a spreadsheet shows where a formula went wrong, or where a column is too narrow for its number."""
    return isinstance(cell.value, str) and bool(_ERROR.fullmatch(cell.text))


_IN_THOUSANDS = re.compile(r"[0#?](,+)(?![0#?,])")  # `#,##0,` shows 1.963 for 1963000
_SCALES = {1: "", 1000: "1.000", 10**6: "miljoen", 10**9: "miljard"}
_OTHER_MONEY = re.compile(r"[$£¥]|\b(?:USD|GBP|CHF|BEF)\b")
_NAMED_SCALES = {"k": 1000, "duizend": 1000} | dict.fromkeys(("mln", "mio", "miljoen"), 10**6)
_NAMED_SCALES |= dict.fromkeys(("mrd", "mld", "miljard"), 10**9)
_SCALE_WORDS = re.compile(rf"\b(?:{'|'.join(_NAMED_SCALES)})\b", re.IGNORECASE)


# `(1.200)` and `12-`, as bookkeepers and their programs write what is negative; `(12)` may be a footnote.
NEGATIVE = re.compile(r"\((?P<brackets>\d[\d.,'’ ]*)\)|(?P<behind>\d[\d.,'’ ]*)[-–−]")
FOOTNOTE = re.compile(r"\(\d{1,2}\)")
_ROUGHLY = re.compile(r"[<>≤≥±~]|\bca\b|[0#]\+\s*$", re.IGNORECASE)


def read_value(
    sheet: Sheet, cell: Cell, unit: str, marks: Mapping[str, str], notes: Mapping[str, str] = MappingProxyType({})
) -> tuple[Decimal | None, str]:
    """Value and status of a data cell. `notes`: footnote mark → flag.

    A fraction shown as a percentage becomes a percent number. Stored numbers keep the 15 digits
    that Excel itself keeps, without binary noise. Raises `DataError` for what is neither number nor mark,
    and for a number format that contradicts the unit. A unit that is not known (empty) contradicts nothing.
    """
    expected = f"a number of {unit}" if unit else "a number"
    if cell.style.is_struck:
        raise sheet.error("a figure that is struck through", cell, expected=expected, do="ask the publisher what holds")
    if isinstance(cell.value, datetime.timedelta):
        return _length(sheet, cell, unit), ""
    if isinstance(cell.value, bool) or not isinstance(cell.value, str | int | float | None):
        raise sheet.error(
            "a date or yes/no where a number belongs", cell, expected=expected, do="ask the publisher for the figure"
        )
    if isinstance(cell.value, int | float):
        value = Decimal(f"{cell.value:.15g}") if isinstance(cell.value, float) else Decimal(cell.value)
        if mark := _mark(value, marks):
            return None, mark
        shown = shown_instead(cell)
        if shown and (value or shown not in ("-", "–")):  # bookkeepers show zero as a dash
            if shown.lower() not in marks and not TOO_FEW.fullmatch(shown):
                raise sheet.error(f"shown as {shown!r} by its number format", cell, expected=expected)
            return None, marks.get(shown.lower(), "c")
        if cell.is_percent and abs(value) > 10:
            found = f"{value}, shown as {value * 100:f} %"
            raise sheet.error("more than a thousand percent", cell, found=found, do="ask what is meant")
        scale = thousands_of(cell.number_format)
        as_shown = scale > 1 and unit.startswith(_SCALES.get(scale, "?"))  # `1.963` under `1.000 EUR`
        if wrong := "" if as_shown else _contradiction(section_of(cell), scale, unit):
            raise sheet.error(
                f"{wrong} by its number format {cell.number_format!r}",
                cell,
                expected=f"{value}, or {value / scale} as it is shown" if scale > 1 else expected,
                do="" if scale > 1 else "ask which of them holds",
                answers=("thousands=stored", "thousands=shown") if scale > 1 else (),
            )
        value = value / scale if as_shown else value
        return (value * 100 if cell.is_percent else value).normalize(), ""
    text = cell.text
    if text.lower() not in marks:
        text, flags = split_marks(cell, notes)
    if text.lower() in marks:
        return None, marks[text.lower()]
    if TOO_FEW.fullmatch(text) and "[c]" in marks:
        return None, "c"
    shown = unit_shown(cell) if unit else ""
    if shown and not (is_money(unit) if shown == "EUR" else shown == unit):
        raise sheet.error("another unit than its column has", cell, expected=expected)
    try:
        value = parse_number(str(cell.value) if text == cell.text else text, cell.point)
        mark = _mark(value, marks)
        return (None, mark) if mark else (value, flags)
    except ValueError:
        answers, do = _settling(text)
        raise sheet.error(
            "an error where a number belongs" if is_error(cell) else "text where a number belongs",
            cell,
            expected=f"{expected}, or one of: {', '.join(_known(marks))}",
            answers=answers,
            do=do,
        ) from None


def _known(marks: Mapping[str, str]) -> list[str]:
    """The marks of a file itself behind the usual ones, or some of all that are known."""
    own = [mark for mark in marks if mark not in MARKS]
    usual = [mark for mark in marks if mark in MARKS and mark]
    return [*usual[:6], *own, *(["…"] if len(usual) > 6 else [])]


def _settling(text: str) -> tuple[list[str], str]:
    """The answers that settle a text in place of a number, and what to do."""
    if not text:
        return [], "ask who gave the file which figure or mark belongs there"
    if answers := answers_of_number(text):
        return answers, ""
    if FLAGGED.fullmatch(text):
        return ["letters=flags"], ""
    if text[0].isdigit():
        return [], ""
    do = "say what it stands for: c (confidential), m (no figure) or z (not applicable)"
    return [f"mark {text}={flag}" for flag in sorted(WITHOUT_VALUE)], do


_SECONDS = {"dagen": 86_400, "uren": 3600, "uur": 3600, "minuten": 60, "seconden": 1}
_15_DIGITS = Context(prec=15)


def _length(sheet: Sheet, cell: Cell, unit: str) -> Decimal:
    """A duration in the unit of its column, or else in the one that its format begins with."""
    seconds = _SECONDS.get(unit or unit_shown(cell))
    if not seconds:
        problem = "a duration in a column of another unit" if unit else "a duration, or a time of the day"
        expected = f"a header that names one of: {', '.join(_SECONDS)}"
        answers = () if unit else ("unit=uren", "unit=minuten")
        raise sheet.error(problem, cell, expected=expected, answers=answers)
    return _15_DIGITS.divide(Decimal(str(cell.value.total_seconds())), seconds)


def answers_of_number(text: str) -> list[str]:
    """The answers that make a number of a text: `1.5`, `(1.200)`, `12-`."""
    found = NEGATIVE.fullmatch(text)
    if found:
        return [f"negatives={found.lastgroup}"]
    return ["numbers=point"] if is_numeral(text, point=True) else []


@functools.lru_cache(1000)
def thousands_of(number_format: str) -> int:
    """By how much a number is divided when it is shown: 1000 for `#,##0,`; 1 for most formats."""
    found = _IN_THOUSANDS.search(bare(number_format.partition(";")[0]))
    return 1000 ** len(found[1]) if found else 1


@functools.lru_cache(1000)
def _contradiction(section: str, scale: int, unit: str) -> str:
    """How a number format shows another number or unit than its column has; empty when it does not."""
    words = words_of(section)
    if "%" in words and unit not in ("%", ""):
        return "shown as a percentage in a column that is not"
    named = _SCALE_WORDS.search(words)
    if scale > 1 and named and _NAMED_SCALES.get(named[0].lower()) == scale:
        return ""  # `1.963 k€` for 1963000
    if scale > 1 or named:
        return "shown in thousands or millions"
    if found := _ROUGHLY.search(words):
        return f"shown with {found[0]!r}"
    if _OTHER_MONEY.search(words):
        return "shown in other money than euro"
    return (
        "shown as an amount of money in a column that is not" if is_money(words) and unit and not is_money(unit) else ""
    )


def _mark(value: Decimal, marks: dict[str, str]) -> str:
    """Flag of a number that is a mark, such as -99997; empty for a figure."""
    return marks.get(f"{value:.0f}", "") if value == value.to_integral_value() else ""


UNITS_SHOWN = re.compile(rf"(?<![^\W\d_])(?:{SHOWN_UNITS})(?![^\W\d_])")
_UNITS = {"€": "EUR", "eur": "EUR", "euro": "EUR", "km2": "km²", "m2": "m²", "m3": "m³"}


_MONEY = re.compile(r"€|\bk?euro?\b", re.IGNORECASE)


def is_money(text: str) -> bool:
    """True for a unit, number format or figure in euro."""
    return bool(_MONEY.search(text))


_LENGTHS_SHOWN = {"h": "uren", "m": "minuten", "s": "seconden"}


def unit_shown(cell: Cell) -> str:
    """The unit that a cell itself shows: `%`, `EUR`, `km²`, `uren` of a duration, or empty."""
    if isinstance(cell.value, datetime.timedelta):
        first = re.search(r"\[([hms])", cell.number_format, re.IGNORECASE)
        return _LENGTHS_SHOWN[first[1].lower()] if first else ""
    found = UNITS_SHOWN.search(cell.value if isinstance(cell.value, str) else format_words(cell))
    return _UNITS.get(found[0].lower(), found[0]) if found else ""


def check_numbers(sheet: Sheet, cells: Sequence[Cell], unit: str, certain: bool) -> None:
    """Refuse figures of one column that can be read two ways. `certain`: the publisher is known to write Flemish.

    `1.963` is 1963 in a Flemish column, and 1,963 in another; `1,963` the other way round. What settles it: a
    count has no decimals, and who writes `30000,5` writes no `12,500`; `14.485,10` and `1.307.396` and `5,5` are
    Flemish, also in another column, and so is `454` beside `1.963` in a file with semicolons; nobody expects 1963 %.
    """
    texts = {cell: undressed(cell.value) for cell in cells if isinstance(cell.value, str) and not cell.point}
    numbers = {cell: text for cell, text in texts.items() if FLEMISH.fullmatch(text)}
    grouped = {cell: found.group(1) for cell, text in numbers.items() if (found := GROUPED.fullmatch(text))}
    whole = sum("," not in text for text in numbers.values())
    bare = any(UNGROUPED.fullmatch(text) for text in numbers.values())
    decimal = any("," in text for cell, text in numbers.items() if cell not in grouped)
    thirds = all(len(text.partition(",")[2]) == 3 for text in numbers.values() if "," in text)
    semicolons = sheet.delimiter == ";"
    flemish = any(map(CERTAIN.match, numbers.values()))
    if unit not in ("%", "‰"):
        flemish |= certain or (semicolons and any(UP_TO_THREE_DIGITS.fullmatch(text) for text in numbers.values()))
    for cell, mark in grouped.items():
        if mark == ".":
            settled = (flemish or unit in COUNTS) and not bare and (whole > 1 or len(numbers) == 1)
        else:
            known = (certain or semicolons) and unit not in COUNTS
            settled = unit not in COUNTS and decimal and (thirds or not texts[cell].endswith("0"))
            settled |= known and set(grouped.values()) == {","} and not whole
        if not settled and mark == "." and not bare and unit not in ("%", "‰"):
            settled = _is_flemish_elsewhere(sheet)
        if not settled:
            text = texts[cell]
            raise sheet.error(
                "a number that can be read two ways",
                cell,
                expected=f"{text.replace(mark, '')}, or {text.replace(mark, ',')} with three decimals",
                answers=("numbers=comma", "numbers=point"),
            )


def _is_flemish_elsewhere(sheet: Sheet) -> bool:
    """True when a figure such as `1.963,5` stands anywhere in a sheet, and none such as `1,963.5`."""
    texts = {value for column in sheet.columns.values() for value in column.values if isinstance(value, str)}
    return any(map(_BOTH.fullmatch, texts)) and not any(map(_BOTH_IN_ENGLISH.fullmatch, texts))


_BOTH = re.compile(r"-?\d{1,3}(?:\.\d{3})+,\d+")
_BOTH_IN_ENGLISH = re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d+")
COUNTS = frozenset(
    {"aantal", "inwoners", "personen", "leerlingen", "huishoudens", "woningen", "aangiften", "wagens", "EUR"}
)


def is_plain_number(value: Value) -> bool:
    """True for a stored number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def check_fractions(sheet: Sheet, stored: Sequence[Cell]) -> None:
    """Refuse stored numbers of a column of percentages among which 0,143 may be a fraction."""
    plain = [c for c in stored if not c.is_percent]
    small = [c for c in plain if 0 < abs(c.value) < 1]
    if small and (len(plain) < len(stored) or all(abs(c.value) <= 1 for c in plain)):
        cell = small[0]
        raise sheet.error(
            "a percentage that can be read two ways",
            cell,
            expected=f"{cell.value} %, or the fraction of {Decimal(str(cell.value)) * 100} %",
            answers=("percentages=numbers", "percentages=fractions"),
        )
