# SPDX-License-Identifier: EUPL-1.2
"""Which rows of a tidy frame a few words mean: `Genk`, `huurders`, `aandeel_tevreden, kinderopvang`, `Hasselt, 2016`.

Each word is an indicator (with or without `aandeel_`), an area, a period or a part (a value of the breakdown). What is
not said is filled in: the only indicator that has such a part; Genk, or the only area; the total, or the only part; the
last period. More than one row is refused.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import DataError
from ..observations.observation import breakdown_parts
from ..observations.periods import period_text
from .figure import Figure
from .frames import figures

if TYPE_CHECKING:
    import pandas as pd

HOME = "Genk"  # whose figure is meant where no area is named
TOTAL = "totaal"
LABEL = "naam"  # the column that `labelled` adds
SEPARATOR = ","
SHARE = "aandeel_"


@dataclass(frozen=True, slots=True)
class Choice:
    """What words say of the rows that are meant; empty for what they don't say."""

    indicator: str = ""
    area: str = ""
    period: str = ""
    parts: frozenset[str] | None = None  # an empty one is the total

    def after(self, first: Choice) -> Choice:
        """With what `first` says where this one says nothing; of another indicator only the area is kept."""
        area = self.area or first.area
        if self.indicator not in ("", first.indicator):
            return replace(self, area=area)
        parts = first.parts if self.parts is None else self.parts
        return Choice(first.indicator, area, self.period or first.period, parts)


def words_of(name: str) -> list[str]:
    return [word.strip() for word in name.split(SEPARATOR)]


def choice_of(frame: pd.DataFrame, words: Sequence[str]) -> Choice:
    """What words say of rows of a frame. Raises `DataError` for a word that names nothing in it."""
    choice = Choice()
    known = {text: set(breakdown_parts(text).values()) for text in set(frame.breakdown)}
    parts = set().union(*known.values())
    periods = {text: period for period in set(frame.period) for text in (period, period_text(period))}
    names = set(frame.indicator)
    indicators = {name.removeprefix(SHARE): name for name in names} | {name: name for name in names}
    for word in _joined(words, {*indicators, *set(frame.area), *periods, *parts}):
        if word in indicators:
            choice = replace(choice, indicator=indicators[word])
        elif word in set(frame.area):
            choice = replace(choice, area=word)
        elif word in periods:
            choice = replace(choice, period=periods[word])
        elif word in parts:
            choice = replace(choice, parts=(choice.parts or frozenset()) | {word})
        elif word == TOTAL:
            choice = replace(choice, parts=frozenset())
        else:
            raise _unknown(word, [*indicators, *set(frame.area), *periods, *parts])
    return choice


def _joined(words: Sequence[str], known: set[str]) -> Iterator[str]:
    """Words, of which some that stand beside each other make one name that has commas itself."""
    start = 0
    while start < len(words):
        ends = range(len(words), start + 1, -1)
        end = next((one for one in ends if f"{SEPARATOR} ".join(words[start:one]) in known), start + 1)
        yield f"{SEPARATOR} ".join(words[start:end])
        start = end


def _unknown(word: str, known: Sequence[str]) -> DataError:
    near = difflib.get_close_matches(word, known, 5, 0.6) or sorted(known)[:20]
    return DataError(
        f"{word!r} names no figure of these rows",
        expected=f"an indicator, area, period or part of them, such as {', '.join(near)}",
        do="check its spelling, or pick the rows that have it",
    )


@dataclass(frozen=True, slots=True)
class Meant:
    """What was meant: `row` has the figure, `series` its other periods too, `everyone` the other areas as well."""

    row: pd.DataFrame
    series: pd.DataFrame
    everyone: pd.DataFrame

    @property
    def figure(self) -> Figure:
        return figures(self.row)[0]

    @property
    def area(self) -> str:
        return self.row.area.iloc[0]

    @property
    def period(self) -> str:
        return self.row.period.iloc[0]


def meant(frame: pd.DataFrame, choice: Choice) -> Meant:
    """The one row that is meant, and those beside it. Raises `DataError` when it can be more than one, or none."""
    everyone = all_areas(frame, choice)
    areas = sorted(set(everyone.area))
    area = choice.area or (HOME if HOME in areas else _only(areas, "areas"))
    series = everyone[everyone.area == area].sort_values("period", kind="stable").reset_index(drop=True)
    row = series[series.period == (choice.period or series.period.max())].reset_index(drop=True)
    if len(row) != 1:
        raise _not_one(row if len(row) else series, choice)
    return Meant(row, series, everyone)


def all_areas(frame: pd.DataFrame, choice: Choice) -> pd.DataFrame:
    """Rows of one indicator and one part, of every area and period."""
    rows = frame[frame.indicator == (choice.indicator or _only(_with_parts(frame, choice.parts), "indicators"))]
    if choice.area and choice.area not in set(rows.area):
        raise _not_one(rows, choice)
    own = rows[rows.area == choice.area] if choice.area else rows
    texts = {text: set(breakdown_parts(text).values()) for text in dict.fromkeys(own.breakdown)}
    if choice.parts is None:
        found = [text for text in texts if not text] or list(texts)
    else:
        found = [text for text, parts in texts.items() if parts == choice.parts]
        found = found or [text for text, parts in texts.items() if choice.parts and choice.parts < parts]
    if not found:
        raise _not_one(rows, choice)
    return rows[rows.breakdown == _only(found, "parts")].reset_index(drop=True)


def settled(frame: pd.DataFrame, choice: Choice) -> Choice:
    """With the indicator, when only one has such parts."""
    found = [choice.indicator] if choice.indicator else _with_parts(frame, choice.parts)
    return replace(choice, indicator=found[0]) if len(found) == 1 else choice


def _with_parts(frame: pd.DataFrame, parts: frozenset[str] | None) -> list[str]:
    """The indicators that have these parts; all of them when none is named."""
    texts = [text for text in set(frame.breakdown) if (parts or set()) <= set(breakdown_parts(text).values())]
    return sorted(set(frame[frame.breakdown.isin(texts)].indicator))


def _only(found: Sequence[str], what: str) -> str:
    if len(found) == 1:
        return found[0]
    raise DataError(
        f"one of {len(found)} {what} is meant, and none is named",
        expected="; ".join(found[:10]),
        do="name it between the braces, or pick its rows",
    )


def _not_one(rows: pd.DataFrame, choice: Choice) -> DataError:
    said = [choice.indicator, choice.area, choice.period, *sorted(choice.parts or ())]
    return DataError(
        f"not one figure for {', '.join(filter(None, said)) or 'what is meant'}",
        found="; ".join(" ".join(key) for key in rows.iloc[:5, :5].to_numpy().tolist()) or "no rows",
        do="name its indicator, area, period or part, or pick its rows",
    )


def labelled(frame: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Rows under names of your own, in their order: `{"Sport": "neemt_deel, sport"}`.

    Gives the rows with a column `naam`, of every area and the last period, or of those that are named.

    >>> import genk_armoede as ga
    >>> rows = ga.labelled(ga.load("stadsmonitor"), {"Wie sport": "sport, Genk, 2023"})
    >>> rows[["naam", "area", "value"]].to_dict("records")
    [{'naam': 'Wie sport', 'area': 'Genk', 'value': 75.0}]
    """
    import pandas as pd  # slow to load, and a build that has nothing to do needs none

    every = []
    for name, said in names.items():
        choice = choice_of(frame, words_of(said))
        rows = all_areas(frame, choice)
        rows = rows[rows.area == choice.area] if choice.area else rows
        rows = rows[rows.period == (choice.period or rows.period.max())]
        every.append(rows.assign(**{LABEL: name}))
    return pd.concat(every, ignore_index=True)
