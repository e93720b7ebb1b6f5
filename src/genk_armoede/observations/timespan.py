# SPDX-License-Identifier: EUPL-1.2
"""From when to when figures are, in words for titles and source lines.

Takes the periods of figures; gives Dutch words; called by `tables.titles` and `narration`.
"""

from __future__ import annotations

from collections.abc import Iterable

from .periods import first_day, is_period, last_day, period_text


def years(periods: Iterable[str]) -> str:
    """The years that periods touch, for the title of a source: `2021`, `2014–2024`; of school years `2013–2024`.

    Of figures of years and of single days, such as the residents on 1 January, the years alone.
    """
    known = {*periods}
    longer = {period for period in known if len(period) < len("2021-01-01")}
    found = sorted({day[:4] for period in longer or known for day in (first_day(period), last_day(period))})
    return "–".join(dict.fromkeys([found[0], found[-1]])) if found else ""


def span(periods: Iterable[str]) -> str:
    """The first and the last of periods, in words for the title of a chart.

    `2021`, `2014–2024`, `2013–2014 tot 2023–2024` of school years, `december 2014 tot juni 2024` of months.
    """
    found = sorted({*periods}, key=lambda period: (first_day(period), last_day(period)))
    if len(found) < 2:
        return "".join(map(period_text, found))
    between = "–" if all(period.isdigit() for period in found) else " tot "
    return between.join(map(period_text, (found[0], found[-1])))


def mixes_years(periods: Iterable[str]) -> bool:
    """True for school years and calendar years together, which begin at another moment: no words, no comparison.

    Other spans of years, such as that of a growth, are neither.
    """
    return {"school", "calendar"} <= {_kind(period) for period in periods}


def _kind(period: str) -> str:
    if not is_period(period):
        return ""
    first, _, second = period.partition("-")
    if len(second) == len(first):
        return "school" if int(second) == int(first) + 1 else ""
    return "calendar"
