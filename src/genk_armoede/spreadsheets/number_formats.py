# SPDX-License-Identifier: EUPL-1.2
"""Number formats: what a cell shows of its number, around it or in place of it.

Takes formats and cells; gives words and kinds; called by the readers and by `observations`.
"""

from __future__ import annotations

import datetime
import functools
import math
import operator
import re

from .cells import Cell, Value

CALENDAR_WINDOWS_1900 = datetime.datetime(1899, 12, 30)
CALENDAR_MAC_1904 = datetime.datetime(1904, 1, 1)
# Number formats that have a number in place of a definition (ECMA-376, 18.8.30).
BUILTIN_FORMATS = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)',
    42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
_ASIDE = re.compile(r'".*?"|\[(?!hh?\]|mm?\]|ss?\])[^\]]*\]')  # text, and brackets but for [h], [m] and [s]
_DATE = re.compile(r"(?<![_\\])[dmhys]", re.IGNORECASE)
_TIME = re.compile(r"\[(?:hh?|mm?|ss?)\]", re.IGNORECASE)


def number_kind(shown: str) -> str:
    """`date` or `time` for a number format that shows a number so, else empty."""
    first = shown.partition(";")[0]
    if _TIME.search(first):
        return "time"
    return "date" if _DATE.search(_ASIDE.sub("", first)) else ""


# In a number format: text in quotes, after a backslash or as a currency; padding, filling, colours and conditions.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|[_*].|\[[^\]]*\]')
_SEPARATOR = re.compile(r'("[^"]*"|\\.|\[[^\]]*\])|;')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_HOLDS = {"<": operator.lt, ">": operator.gt, "=": operator.eq}
_HOLDS |= {"<=": operator.le, ">=": operator.ge, "<>": operator.ne}
_DIGITS = re.compile(r"[0#?@yjmdhs]|general|standaard", re.IGNORECASE)


@functools.lru_cache(1000)  # of cells many have the same format
def _sections(number_format: str) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """The parts of a number format for numbers, and those that have a condition, with its sign and number."""
    sections = _SEPARATOR.sub(lambda part: part[1] or "\n", number_format).split("\n")[:3]
    return sections, {one: found.groups() for one in sections if (found := _CONDITION.search(one))}


@functools.lru_cache(1000)
def bare(number_format: str) -> str:
    """A number format without the words in it."""
    return _LITERAL.sub("", number_format)


@functools.lru_cache(1000)
def words_of(number_format: str) -> str:
    """What a number format shows, without quotes and the like."""
    return _LITERAL.sub(lambda part: "".join(filter(None, part.groups())), number_format)


def section_of(cell: Cell) -> str:
    """The part of the number format that shows this number: `"<5"` for 3 under `[<5]"<5";0`."""
    if cell.number_format == "General":
        return cell.number_format
    sections, told = _sections(cell.number_format or "General")
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return sections[0]
    if told:
        holding = (section for section, (sign, limit) in told.items() if _HOLDS[sign](cell.value, float(limit)))
        return next(holding, next((section for section in sections if section not in told), "0"))
    place = 1 if cell.value < 0 else 2 if cell.value == 0 else 0  # positive; negative; zero; text
    return sections[place if place < len(sections) else 0]


def format_words(cell: Cell) -> str:
    """What the number format of a cell shows around its figure, or in place of it."""
    return words_of(section_of(cell))


def shown_instead(cell: Cell) -> str | None:
    """What the number format shows in place of a number, such as `<5`, or nothing; None when it shows the number."""
    return _instead(section_of(cell)) if isinstance(cell.value, int | float) else None


@functools.lru_cache(1000)
def _instead(section: str) -> str | None:
    return None if _DIGITS.search(bare(section)) else words_of(section).strip()


_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)  # as XML Schema writes a double
SHOWN_AS_HASHES = "#########"  # what a spreadsheet shows for a moment that no calendar has


def number(text: str, shown_as: str, epoch: datetime.datetime) -> Value:
    """The number that a file stores as a text, or the moment that it is shown as.

    `shown_as` is what `number_kind` says. Raises `ValueError` for what is no number, or one that no computer can hold.
    """
    if text.lstrip("-").lower() in ("inf", "infinity", "nan"):
        raise ValueError("a number without end")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{text} is no number")
    if text.lstrip("-+").isdigit():
        return moment(int(text), shown_as, epoch)
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number without end")
    if value == 0 and re.search("[1-9]", text.lower().partition("e")[0]):
        raise ValueError("a number too small to be told from zero")
    return moment(value, shown_as, epoch)


def moment(value: float, shown_as: str, epoch: datetime.datetime) -> Value:
    """A number as it is, or the date, time or duration that it is shown as, in whole milliseconds.

    Day 60 of the calendar of 1900 is a 29 February that never was: days before it are one later than they count.
    """
    if not math.isfinite(value):
        raise ValueError("a number without end")
    if not shown_as:
        return value
    try:
        length = datetime.timedelta(milliseconds=round(value * 86_400_000))
        if shown_as == "time":
            return length
        if 0 <= value < 1 and length.days == 0:
            return (datetime.datetime.min + length).time()
        early = 0 < value < 60 and epoch == CALENDAR_WINDOWS_1900
        return epoch + length + datetime.timedelta(days=early)
    except OverflowError:
        return SHOWN_AS_HASHES
