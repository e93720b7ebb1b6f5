# SPDX-License-Identifier: EUPL-1.2
"""Periods that are said by their first and last day: `1/1/2021 - 30/6/2021`, `van 1 juli tot 31 december 2022`.

Takes texts; gives a period as a tidy table writes it; called by `periods`.
"""

from __future__ import annotations

import datetime
import re

from .month_names import MONTH_OF

_NAME = "|".join(sorted(map(re.escape, MONTH_OF), key=len, reverse=True))
_LAST = rf"(\d\d?)(?:er)?(?:[-/.](\d\d?)[-/.]| ({_NAME})\.? )((?:19|20)\d\d)"
_FIRST = rf"(\d\d?)(?:er)?(?:[-/.](\d\d?)[-/.]| ({_NAME})\.? ?)((?:19|20)\d\d)?"
_JOINED = r" ?(?:[-–]|tot(?: en met)?|t\.?e\.?m\.?|t/m|au|to|bis) ?"
SPAN = re.compile(rf"(?:(?:van|du|from|vom) )?(?<![\d./-]){_FIRST}{_JOINED}{_LAST}(?![\d/-])")


def read_span(text: str) -> str:
    """The year, school year, semester, quarter or month from one day to another; empty for any other span."""
    found = SPAN.fullmatch(text.lower())
    day, month, name, year, last_day, last_month, last_name, last_year = found.groups()
    first = int(year or last_year), int(month or MONTH_OF[name]), int(day)
    last = int(last_year), int(last_month or MONTH_OF[last_name]), int(last_day)
    try:
        begin, after = datetime.date(*first), datetime.date(*last) + datetime.timedelta(1)
    except ValueError:
        return ""
    if begin.day != 1 or after.day != 1:
        return ""
    months = (after.year - begin.year) * 12 + after.month - begin.month
    if months == 12 and begin.month in (1, 9):
        return f"{begin.year}" if begin.month == 1 else f"{begin.year}-{begin.year + 1}"
    if months == 1:
        return f"{begin.year}-{begin.month:02}"
    letter = {3: "Q", 6: "S"}.get(months, "")
    if not letter or (begin.month - 1) % months:
        return ""
    return f"{begin.year}-{letter}{begin.month // months + 1}"
