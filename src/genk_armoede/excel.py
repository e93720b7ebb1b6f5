# SPDX-License-Identifier: EUPL-1.2
"""Column letters, ranges and number formats of Excel, without the libraries that openpyxl brings along.

Takes what is written in a workbook; gives numbers and kinds; called by `spreadsheet` and `readers`.
"""

from __future__ import annotations

import functools
import re
from string import ascii_uppercase

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
_RANGE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d+)(?::\$?([A-Za-z]{1,3})\$?(\d+))?")


def number_kind(shown: str) -> str:
    """`date` or `time` for a number format that shows a number so, else empty."""
    first = shown.partition(";")[0]
    if _TIME.search(first):
        return "time"
    return "date" if _DATE.search(_ASIDE.sub("", first)) else ""


@functools.cache
def column_letters(column: int) -> str:
    """28 → `AB`. Raises `ValueError` for no column."""
    if not 1 <= column <= 18_278:
        raise ValueError(f"no column {column}")
    before, last = divmod(column - 1, 26)
    return (column_letters(before) if before else "") + ascii_uppercase[last]


@functools.cache
def column_number(letters: str) -> int:
    """`AB` → 28. Raises `ValueError` for what is no column."""
    if not re.fullmatch("[A-Za-z]{1,3}", letters):
        raise ValueError(f"{letters!r} is no column")
    return functools.reduce(lambda number, letter: 26 * number + ascii_uppercase.index(letter) + 1, letters.upper(), 0)


def range_boundaries(text: str) -> tuple[int, int, int, int]:
    """`B3:D3` → 2, 3, 4, 3: left, top, right, bottom. Raises `ValueError` for what is no range."""
    found = _RANGE.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no range of cells")
    left, top, right, bottom = found.groups()
    return column_number(left), int(top), column_number(right or left), int(bottom or top)
