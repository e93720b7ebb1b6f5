# SPDX-License-Identifier: EUPL-1.2
"""What the headers over a column of figures say: its period, and words that come behind the title.

Takes the headers of each column; gives what they say, or raises where two columns would say the same; called by
`statistical`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..observations.periods import is_period, part_beside_year, read_period
from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Sheet
from .declared import Says
from .outline import Outline
from .reading import unclear
from .spans import Header

NOTE = "voetnoot"
_YEAR = r"(?:1[5-9]|20)\d\d"
_YEAR_ALONE = re.compile(rf"(?<![\w.,/$€(\\-]){_YEAR}(?![\w/]|-\d|[.,]\d)")
_YEARS = re.compile(rf"(?<![\w.,/$€(\\-])({_YEAR})\s?(?:-|–|to|tot)\s?({_YEAR})(?![\w/-]|[.,]\d)")
# Words beside a year that is not that of the figures.
OTHER_YEAR = re.compile(
    r"prijzen|prices|basis|sinds|since|vanaf|opzichte|export|bijgewerkt|publicatie|update|©|=", re.IGNORECASE
)


@dataclass(slots=True)
class Over:
    """What the headers over a column say."""

    says: Says
    whole: bool = False  # a header is nothing but the period


def said_over(title: str, path: Sequence[Header], dated: bool) -> Over:
    """Period and words of the headers over a column; the words come behind the title."""
    period, whole, texts = "", False, [header.text for header in path]
    for i in reversed(range(len(texts))):
        if found := read_period(texts[i]):
            period, whole = found, True
            del texts[i]
            break
    for i in reversed(range(len(texts))):
        if period and not whole:
            break
        if whole:  # `2021` over `Q1`
            if finer := part_beside_year(period, texts[i]):
                period = finer
                del texts[i]
                break
        elif not dated:
            period, texts[i] = _period_in_words(texts[i])
    indicator = " | ".join(filter(None, [title, *texts]))
    return Over(Says(indicator=indicator, period=period), whole)


def _period_in_words(text: str) -> tuple[str, str]:
    """The only year, or the years from which to which, in a header, and its words without a year at either end."""
    if found := _YEARS.search(text):
        period = f"{found[1]}-{found[2]}"
        return (period, text) if is_period(period) else ("", text)
    years = set(_YEAR_ALONE.findall(text))
    if len(years) != 1 or OTHER_YEAR.search(text):
        return "", text
    year = years.pop()
    if not is_period(year):
        return "", text
    rest = re.sub(rf"^{year}[,:]?\s+|[,:]?\s+{year}$", "", text)
    return year, rest


def ask_differences(sheet: Sheet, over: dict[int, list[Header]], columns: dict[int, Over]) -> None:
    """`2020-2021` beside `2020` and `2021` of the same can be a period of two years, or what changed."""
    periods = {(one.says.indicator, one.says.period) for one in columns.values()}
    for number, one in columns.items():
        first, _, last = one.says.period.partition("-")
        name = one.says.indicator
        if one.whole and len(last) == 4 and {(name, first), (name, last)} <= periods:
            letter = column_letters(number)
            expected = "a period of more years, or the difference between two"
            at = sheet[sheet.filled_rows[0], number]
            raise unclear(
                sheet, "years that can be a period or a difference", at, f"column {letter}=nothing", expected=expected
            )


def refuse_alike(sheet: Sheet, outline: Outline, over: dict[int, list[Header]], columns: dict[int, Over]) -> None:
    """Each column of figures has headers, and no two the same."""
    known: dict[Says, int] = {}
    often = Counter(one.says for one in columns.values())
    for number, one in columns.items():
        notes = " ".join(header.notes for header in over[number]).strip()
        if often[one.says] > 1 and notes:  # they differ in a footnote alone
            one.says = one.says | Says(breakdown=((NOTE, notes),))
        letter = column_letters(number)
        at = sheet[outline.rows[0], number]
        if not over[number] and len(columns) > 1:
            expected = f"a header over column {letter}"
            raise unclear(sheet, "figures without a header", at, f"column {letter}=nothing", expected=expected)
        other = known.setdefault(one.says, number)
        if other != number:
            expected = f"what sets columns {column_letters(other)} and {letter} apart"
            if any(header.column == number for header in over[number]):
                letter = column_letters(other)  # the other has no header of its own
            raise unclear(sheet, "two columns with the same headers", at, f"column {letter}=nothing", expected=expected)
