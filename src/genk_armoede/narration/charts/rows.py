# SPDX-License-Identifier: EUPL-1.2
"""Charts with a row a label: bars, ranked bars, ranges, moments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes

from ...observations.periods import period_text
from .. import survey
from ..figure import Figure
from ..frames import figures
from .canvas import BLUE, FAINT, Chart, accent, color_of, mark_at, note, style
from .lanes import beside, dot, from_zero, rows_of, table_of, write
from .series import lines
from .timeline import in_time
from .words import (
    Names,
    Title,
    apart_words,
    extremes,
    grey_words,
    heading,
    labels_of,
    marked,
    named_rows,
    of_what,
    open_words,
    place_of,
    series_of,
    short,
    titled,
)

BOUNDS = {"Minstens": "ondergrens", "Hoogstens": "bovengrens", "Laagste": "laagste", "Hoogste": "hoogste", "Waarde": ""}
MANY = 9  # rows that stand closer
ENDS = ({"ondergrens", "bovengrens"}, {"laagste", "hoogste"})  # as published; of several published figures


def bars(frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str = "", mark: Names = ()) -> Chart:
    """Horizontal bars from zero, in the order of the frame, each with its label and value written out."""
    frame, label = named_rows(frame, label)
    labels, values = labels_of(frame, label), figures(frame)
    mark = marked(mark, labels)
    with style():
        axes = rows_of(labels, 0.36, mark)
        from_zero(axes, values)
        for place, (text, value) in enumerate(zip(labels, values, strict=True)):
            _bar(axes, place, value, accent(text) if text in mark else color_of(value))
            write(axes, place, value, text in mark)
    words, notes = extremes("Staafdiagram", labels, values), [open_words(values, "staaf")]
    return Chart(name, *titled(frame, title, measure), words, table_of(label, labels, values), axes.figure, notes)


def over_time(frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str = "") -> Chart:
    """`bars` of a frame with one period, `lines` of one with more: no older year is lost when a new one comes in."""
    return (bars if frame.period.nunique() < 2 else lines)(frame, label, name, title, measure)


def ranking(
    frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str = "", mark: Names = (),
    respondents: Figure | None = None,
) -> Chart:  # fmt: skip
    """Bars from high to low. Labels in `mark` stand out.

    With the `respondents` of a survey, bars are grey of shares that cannot be told apart from that of the one marked
    area (`survey.apart`), and the words say who lies clearly above and below it instead of who comes where.
    """
    frame, label = named_rows(frame, label)
    ranked = frame.assign(_label=labels_of(frame, label))
    ranked = ranked.sort_values(["value", "_label"], ascending=[False, True], kind="stable")
    labels, values = list(ranked._label), figures(ranked)
    mark = marked(mark, labels)
    apart = survey.apart(ranked, mark[0], respondents) if respondents else None
    alike = set() if apart is None else set(apart.same.area)
    with style():
        axes = rows_of(labels, 0.25, mark)
        from_zero(axes, values)
        for place, (text, value) in enumerate(zip(labels, values, strict=True)):
            _bar(axes, place, value, accent(text) if text in mark else FAINT if text in alike else BLUE)
            write(axes, place, value, text in mark)
    words = of_what(measure, apart_words(ranked, mark[0], apart)) if apart else _rank_words(labels, values, mark)
    notes = [grey_words(mark[0]) if alike else "", open_words(values, "staaf")]
    return Chart(name, *titled(frame, title, measure), words, table_of(label, labels, values), axes.figure, notes)


def _bar(axes: Axes, place: int, value: Figure, color: str) -> None:
    """A bar from zero, open for an unsure figure."""
    long = float(value.value or 0)
    axes.barh(place, long, 0.62, facecolor="white" if value.unsure else color, edgecolor=color)
    mark_at(axes, value, (0, place - 0.31), (long, place + 0.31))


def _rank_words(labels: Sequence[str], values: Sequence[Figure], mark: Sequence[str]) -> str:
    """Highest, lowest, and the place of what is marked."""
    words = extremes("Gerangschikte staven", labels, values)
    for text, value in zip(labels, values, strict=True):
        if text in mark:
            words += f" {text}: {value}" + (f", {place_of(value, values)}." if value.value is not None else ".")
    return words


def ranges(frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str = "") -> Chart:
    """What was published as a range: a bar from lower to upper bound (`grens=ondergrens`, `grens=bovengrens`).

    A bound without its other end is an arrow that stays open there; a plain figure is a dot. The lowest and highest of
    several figures (`grens=laagste`, `grens=hoogste`, as `frames.spread_by_wijk` gives them) make a bar too.
    """
    frame, label = named_rows(frame, label)
    values = figures(frame)
    rows = series_of(frame, label, [value.bound for value in values])
    with style():
        axes = rows_of(list(rows), 0.36 if len(rows) < MANY else 0.25)
        from_zero(axes, values, 0.02)
        told = [f"{text}: {_range(axes, place, ends)}." for place, (text, ends) in enumerate(rows.items())]
    used = {column: bound for column, bound in BOUNDS.items() if any(bound in ends for ends in rows.values())}
    table = [
        {heading(label): text} | {column: ends.get(bound, "") for column, bound in used.items()}
        for text, ends in rows.items()
    ]
    bounded = {value.bound for value in values} & {"ondergrens", "bovengrens"}
    kind = "Onder- en bovengrenzen zoals gepubliceerd." if bounded else "Van het laagste tot het hoogste cijfer."
    return Chart(
        name, *titled(frame, title, measure), " ".join([kind, *told]), table, axes.figure, [open_words(values)]
    )


def _range(axes: Axes, place: int, bounds: dict[str, Figure]) -> str:
    """Draw one row of a range; gives it in words."""
    known = {bound: one for bound, one in bounds.items() if one.value is not None}
    if set(known) in ENDS:
        low, high = sorted(known.values(), key=float)
        look = {"color": color_of(low), "linewidth": 4, "ms": 11, "solid_capstyle": "butt"}
        axes.plot([float(low), float(high)], [place] * 2, "-|", **look)
        for one, side in ((low, -1), (high, 1)):
            mark_at(axes, one, (float(one), place))
            beside(axes, place, one, short(replace(one, bound="", wording="")), side)  # `40%` for `minstens 40%`
    for bound, one in known.items() if set(known) not in ENDS else ():
        if not bound:
            dot(axes, place, one, color_of(one))
            write(axes, place, one)
            continue
        side = 1 if bound == "ondergrens" else -1
        arrow = {"arrowstyle": "<|-", "color": color_of(one), "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
        axes.plot(float(one), place, "|", color=color_of(one), markersize=11, markeredgewidth=2)
        mark_at(axes, one, (float(one), place))
        note(axes, "", (float(one), place), (36 * side, 0), arrowprops=arrow)
        beside(axes, place, one, short(one), side, 42)
    if not known:
        write(axes, place, next(iter(bounds.values())))
    return " tot ".join(dict.fromkeys(str(one) for one in sorted((known or bounds).values(), key=float)))


def moments(frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str) -> Chart:
    """When each thing was: a dot in time, in the order of the frame, its amount and month in words and not to scale.

    For amounts that may not be compared or added up. The `measure` says so.
    """
    labels, values, times = labels_of(frame, label), figures(frame), list(frame.period)
    with style():
        axes = rows_of(labels, 0.42)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        first, last = in_time(min(times)), in_time(max(times))
        axes.set_xlim(first - (last - first) * 0.1, last + (last - first) * 1.3)  # room for words behind the last dot
        for place, (value, period) in enumerate(zip(values, times, strict=True)):
            dot(axes, place, value, color_of(value), at=in_time(period))
            beside(axes, place, in_time(period), f"{value}\n{period_text(period)}", 1)
    told = [f"{text}, {period_text(period)}: {one}." for text, one, period in zip(labels, values, times, strict=True)]
    table = [
        {heading(label): text, "Wanneer": period_text(period), "Bedrag": one}
        for text, one, period in zip(labels, values, times, strict=True)
    ]
    return Chart(name, *titled(frame, title, measure), " ".join(["Tijdlijn.", *told]), table, axes.figure)
