# SPDX-License-Identifier: EUPL-1.2
"""Charts with a row a label: bars, ranked bars, ranges, moments."""

from __future__ import annotations

import textwrap
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
NAME = 34  # characters of a name on a timeline before it goes on in a next line
PUBLISHED, COMPUTED = {"ondergrens", "bovengrens"}, {"laagste", "hoogste"}  # ends; of several published figures


def bars(frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str = "", mark: Names = ()) -> Chart:
    """Horizontal bars from zero, in the order of the frame, each with its label and value written out."""
    frame, label = named_rows(frame, label)
    labels, values = labels_of(frame, label), figures(frame)
    mark = marked(mark, labels)
    axes = _drawn(labels, values, 0.36, mark, [color_of(value) for value in values])
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
    axes = _drawn(labels, values, 0.25, mark, [FAINT if text in alike else BLUE for text in labels])
    words = of_what(measure, apart_words(ranked, mark[0], apart)) if apart else _rank_words(labels, values, mark)
    notes = [grey_words(mark[0]) if alike else "", open_words(values, "staaf")]
    return Chart(name, *titled(frame, title, measure), words, table_of(label, labels, values), axes.figure, notes)


def _drawn(
    labels: Sequence[str], values: Sequence[Figure], pitch: float, mark: Sequence[str], colors: Sequence[str]
) -> Axes:
    """A row with a bar for each label, in its colour unless it is marked, and its value written out."""
    with style():
        axes = rows_of(labels, pitch, mark)
        from_zero(axes, values)
        for place, (text, value, color) in enumerate(zip(labels, values, colors, strict=True)):
            _bar(axes, place, value, accent(text) if text in mark else color)
            write(axes, place, value, text in mark)
    return axes


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
    """What was published as a range: a bar that is open from the lower bound on (`grens=ondergrens`, `=bovengrens`).

    A bound without its other end is an arrow that stays open there; a plain figure is a bar. The lowest and highest of
    several figures (`grens=laagste`, `grens=hoogste`, as `frames.spread_by_wijk` gives them) are the ends of a line.
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
    bounded = {value.bound for value in values} & PUBLISHED
    kind = "Onder- en bovengrenzen zoals gepubliceerd." if bounded else "Van het laagste tot het hoogste cijfer."
    notes = ["Open deel: van de ondergrens tot de bovengrens." if bounded == PUBLISHED else "", open_words(values)]
    return Chart(name, *titled(frame, title, measure), " ".join([kind, *told]), table, axes.figure, notes)


def _range(axes: Axes, place: int, bounds: dict[str, Figure]) -> str:
    """Draw one row of a range; gives it in words."""
    known = {bound: one for bound, one in bounds.items() if one.value is not None}
    low, high = (min(known.values(), key=float), max(known.values(), key=float)) if known else (None, None)
    if set(known) == PUBLISHED:
        _bar(axes, place, low, color_of(low))
        axes.barh(place, float(high) - float(low), 0.62, float(low), facecolor="white", edgecolor=color_of(high))
        mark_at(axes, high, (float(low), place - 0.31), (float(high), place + 0.31))
        beside(axes, place, high, f"{_plain(low):n} tot {short(_plain(high))}", 1)
    elif set(known) == COMPUTED:
        look = {"color": color_of(low), "linewidth": 4, "ms": 11, "solid_capstyle": "butt"}
        axes.plot([float(low), float(high)], [place] * 2, "-|", **look)
        for one, side in ((low, -1), (high, 1)):
            mark_at(axes, one, (float(one), place))
            beside(axes, place, one, short(_plain(one)), side)
    elif known:
        _single(axes, place, known)
    else:
        write(axes, place, next(iter(bounds.values())))
    return " tot ".join(dict.fromkeys(str(one) for one in sorted((known or bounds).values(), key=float)))


def _plain(one: Figure) -> Figure:
    """`40%` for `minstens 40%`."""
    return replace(one, bound="", wording="")


def _single(axes: Axes, place: int, known: dict[str, Figure]) -> None:
    """A plain figure as a bar, a bound without its other end as an arrow."""
    for bound, one in known.items():
        if not bound:
            _bar(axes, place, one, color_of(one))
            write(axes, place, one)
            continue
        side = 1 if bound == "ondergrens" else -1
        arrow = {"arrowstyle": "<|-", "color": color_of(one), "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
        axes.plot(float(one), place, "|", color=color_of(one), markersize=11, markeredgewidth=2)
        mark_at(axes, one, (float(one), place))
        note(axes, "", (float(one), place), (36 * side, 0), arrowprops=arrow)
        beside(axes, place, one, short(one), side, 42)


def moments(frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str) -> Chart:
    """When each thing was: a dot on a line, in the order of the frame, with its month or day, name and amount in words.

    For amounts that may not be compared or added up. The `measure` says so.
    """
    labels, values, times = labels_of(frame, label), figures(frame), [period_text(period) for period in frame.period]
    with style():
        words = [f"{textwrap.fill(text, NAME)}\n{value}" for text, value in zip(labels, values, strict=True)]
        axes = rows_of(times, 0.1 + 0.16 * max(text.count("\n") + 1 for text in words))
        axes.set_xlim(-0.03, 1)
        axes.xaxis.set_visible(False)
        axes.spines["bottom"].set_visible(False)
        axes.plot([0, 0], [0, len(times) - 1], color=FAINT, linewidth=1.3)
        for place, (text, value) in enumerate(zip(words, values, strict=True)):
            dot(axes, place, value, color_of(value), at=0)
            beside(axes, place, 0, text, 1)
    told = [f"{text}, {when}: {one}." for text, one, when in zip(labels, values, times, strict=True)]
    table = [
        {heading(label): text, "Wanneer": when, "Bedrag": one}
        for text, one, when in zip(labels, values, times, strict=True)
    ]
    return Chart(name, *titled(frame, title, measure), " ".join(["Tijdlijn.", *told]), table, axes.figure)
