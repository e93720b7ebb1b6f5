# SPDX-License-Identifier: EUPL-1.2
"""Charts over time: lines that are cut at breaks and left open where nothing was published."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from ..errors import DataError
from ..prose import Figure, figures, join, period_text
from .canvas import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    QUIET,
    SMALL,
    Chart,
    heading,
    is_unsure,
    labels_of,
    note,
    number,
    short,
    style,
    unit_of,
    unsure_words,
)  # fmt: skip

Series = dict[str, dict[str, Figure]]
# In front: told apart by line and marker, so that no colour is needed.
LOUD = (
    {"color": ORANGE, "linestyle": "-", "marker": "o"},
    {"color": BLUE, "linestyle": (0, (5, 1.5)), "marker": "s"},
    {"color": INK, "linestyle": (0, (1.2, 1.2)), "marker": "^"},
    {"color": "#801650", "linestyle": (0, (6, 1.5, 1.2, 1.5)), "marker": "D"},
)
TEXT = 11.5  # points that a line of text takes


@dataclass(frozen=True)
class Times:
    """The periods of a chart, where they stand on the axis, and the smallest step between two of them."""

    periods: list[str]

    def __getitem__(self, period: str) -> float:
        year, *rest = period.split("-")
        if not rest or len(rest[0]) == 4:
            return int(year) * 12
        return (
            int(year) * 12 + int(rest[0]) - 1 + (int(rest[1]) - 1) / 31
            if rest[1:]
            else int(year) * 12 + int(rest[0]) - 1
        )

    @property
    def step(self) -> float:
        places = sorted({self[period] for period in self.periods})
        return min((b - a for a, b in itertools.pairwise(places)), default=12)

    @property
    def span(self) -> tuple[float, float]:
        return self[self.periods[0]], self[self.periods[-1]]


def lines(frame: pd.DataFrame, label: str, name: str, title: str, unit: str = "", mark: Sequence[str] = ()) -> Chart:
    """A line for each label over the periods, cut where a figure is flagged `b` and open where one is missing.

    Labels in `mark` stand in front, each with a line of its own kind, and the others are quiet; without `mark` all are
    in front. Periods stand at their true distance; points farther apart than the closest two are not joined.
    """
    series = _series(frame, label)
    times = Times(sorted(set(frame.period)))
    with style():
        canvas = Canvas(figsize=(7, 4.2))
        axes = canvas.subplots()
        looks = _draw(axes, series, times, mark)
        _breaks(axes, series, times)
        starts = _scale(axes, series)
        _end_labels(axes, series, looks, times, 4.2 * 72 * 0.84)
        _ticks(axes, times, 6.2 - 0.09 * max(map(len, series)))
        words = note(axes, starts, unsure_words(_every(series)))
    rows = [
        {heading(label): t, **{period_text(p): points.get(p, "") for p in times.periods}}
        for t, points in series.items()
    ]
    return Chart(name, title, unit_of(_every(series), unit), _words(series, times, looks) + words, rows, canvas)


def multiples(
    frame: pd.DataFrame, panel: str, label: str, name: str, title: str, unit: str = "", mark: Sequence[str] = ()
) -> Chart:
    """Small `lines`, one picture for each value of `panel`, all with the same axes."""
    groups = dict(tuple(frame.groupby(labels_of(frame, panel), sort=False)))
    panels = {text: _series(rows, label) for text, rows in groups.items()}
    times = Times(sorted(set(frame.period)))
    columns = 2 if len(panels) <= 6 else 3
    depth = -(-len(panels) // columns)
    with style():
        height = 0.3 + (2.1 if columns == 2 else 1.6) * depth
        canvas = Canvas(figsize=(7, height))
        grid = canvas.subplots(depth, columns, sharex=True, sharey=True, squeeze=False).ravel()
        every = {f"{p} {t}": points for p, series in panels.items() for t, points in series.items()}
        names = list(dict.fromkeys(text for series in panels.values() for text in series))
        for axes, (text, series) in zip(grid, panels.items(), strict=False):
            looks = _draw(axes, {one: series[one] for one in names if one in series}, times, mark, names)
            _breaks(axes, series, times, word=axes is grid[0])
            axes.set_title(text, fontsize=9, weight="bold")
        starts = _scale(grid[0], every)
        for axes, series in zip(grid, panels.values(), strict=False):
            looks = _looks(names, mark)
            front = {t: p for t, p in series.items() if looks[t] is not None}
            _end_labels(axes, front, looks, times, height * 72 / depth * 0.6, names=len(names) > 1 and axes is grid[0])
            _ticks(axes, times, 1.9 if columns == 2 else 1.2)
        for axes in grid[len(panels) :]:
            axes.set_visible(False)
        words = note(grid[(depth - 1) * columns], starts, unsure_words(_every(every)))
    rows = [
        {heading(panel): p, heading(label): t, **{period_text(one): points.get(one, "") for one in times.periods}}
        for p, series in panels.items()
        for t, points in series.items()
    ]
    told = [f"{len(panels)} kleine lijndiagrammen met dezelfde assen."]
    told += [
        f"{text}. {_words(series, times, _looks(list(series), mark), short=True)}" for text, series in panels.items()
    ]
    return Chart(name, title, unit_of(_every(every), unit), " ".join(told) + words, rows, canvas)


def _series(frame: pd.DataFrame, label: str) -> Series:
    series: Series = {}
    for text, period, value in zip(labels_of(frame, label), frame.period, figures(frame), strict=True):
        if period in series.setdefault(text, {}):
            raise DataError(f"two figures for {text} in {period}", do="pick one indicator and one breakdown")
        series[text][period] = value
    return series


def _every(series: Series) -> list[Figure]:
    return [one for points in series.values() for one in points.values()]


def _looks(labels: Sequence[str], mark: Sequence[str]) -> dict[str, dict | None]:
    """How each line in front is drawn; None for those that are quiet."""
    front = [text for text in mark if text in labels] or list(labels)
    if len(front) > len(LOUD):
        return {text: LOUD[1] | {"linestyle": "-", "marker": "o"} for text in labels}
    return {text: LOUD[front.index(text)] if text in front else None for text in labels}


def _draw(
    axes: Axes, series: Series, times: Times, mark: Sequence[str], names: Sequence[str] = ()
) -> dict[str, dict | None]:
    looks = _looks(names or list(series), mark)
    quiet = {"color": FAINT, "linestyle": "-", "marker": "o", "linewidth": 0.8, "zorder": 2}
    for text, points in series.items():
        look = quiet if looks[text] is None else {**looks[text], "linewidth": 2, "zorder": 4}
        _line(axes, points, times, look)
    return looks


def _line(axes: Axes, points: dict[str, Figure], times: Times, look: dict) -> None:
    """Draw one series in its pieces, and a marker at each figure: open for an unsure one."""
    loud = look["zorder"] > 2
    for piece in _pieces(points, times):
        axes.plot([times[p] for p in piece], [number(points[p]) for p in piece], **look | {"marker": ""})
        for period in piece if loud or len(piece) == 1 or any(is_unsure(points[p]) for p in piece) else []:
            if loud or len(piece) == 1 or is_unsure(points[period]):
                face = "white" if is_unsure(points[period]) else look["color"]
                axes.plot(
                    times[period], number(points[period]), color=look["color"], marker=look["marker"],
                    markersize=4.5 if loud else 3, markerfacecolor=face, zorder=look["zorder"] + 1,
                )  # fmt: skip


def _pieces(points: dict[str, Figure], times: Times) -> list[list[str]]:
    """Periods that a line joins: cut before a figure flagged `b`, and where periods are missing."""
    pieces: list[list[str]] = []
    for period in sorted(p for p in points if points[p].value is not None):
        if pieces and "b" not in points[period].status and times[period] - times[pieces[-1][-1]] <= times.step * 1.1:
            pieces[-1].append(period)
        else:
            pieces.append([period])
    return pieces


def _broken(series: Series) -> dict[str, list[str]]:
    """Period → labels that break there."""
    found: dict[str, list[str]] = {}
    for text, points in series.items():
        for period in points:
            if "b" in points[period].status:
                found.setdefault(period, []).append(text)
    return dict(sorted(found.items()))


def _breaks(axes: Axes, series: Series, times: Times, word: bool = True) -> None:
    """Where a series breaks: a dashed line and the word `breuk`, with the names when not all break."""
    for period, broken in _broken(series).items():
        place = times[period] - times.step / 2
        axes.axvline(place, color=INK, linestyle=(0, (4, 3)), linewidth=1)
        text = "breuk in de reeks" if len(broken) == len(series) else f"breuk: {join(broken)}"
        if word:
            axes.annotate(
                text, (place, 1), (-4, 0), ("data", "axes fraction"), "offset points", va="top", ha="right", color=INK
            )


def _scale(axes: Axes, series: Series) -> str:
    """From zero, unless that would press the lines into less than a quarter of the height; then says so."""
    known = [number(one) for one in _every(series) if one.value is not None] or [0, 1]
    low, high = min(known), max(known)
    starts = ""
    if low > 0 and (high - low) < high / 4:
        axes.set_ylim(bottom=None)
        low = axes.get_yticks()[axes.get_yticks() <= low].max()
        axes.set_ylim(low, high + (high - low) * 0.08)
        starts = f"De as begint bij {_axis_text(low)}, niet bij nul."
    else:
        axes.set_ylim(min(0, low * 1.05), high + (high - min(0, low)) * 0.08 or 1)
    percent = {one.unit for one in _every(series)} == {"%"}
    axes.yaxis.set_major_formatter(lambda value, _: _axis_text(value) + ("%" if percent else ""))
    axes.grid(axis="y")
    axes.spines["left"].set_visible(False)
    axes.tick_params(length=0)
    return starts


def _axis_text(value: float) -> str:
    return str(Figure(Decimal(f"{value:.10g}"), ""))


def _ticks(axes: Axes, times: Times, room: float) -> None:
    """As many periods under the axis as there is room for (inches), the last one always."""
    size = 0.085 * max(len(period_text(p)) for p in times.periods) + 0.12
    first, last = times.span
    kept: list[str] = []
    for period in reversed(times.periods):
        gap = (times[kept[-1]] - times[period]) / ((last - first) or 1) * room if kept else np.inf
        if gap >= size:
            kept.append(period)
    axes.set_xticks([times[p] for p in kept], [period_text(p) for p in kept])
    axes.set_xlim(first - (last - first) * 0.03 - 0.1, last + (last - first) * 0.02 + 0.1)


def _end_labels(axes: Axes, series: Series, looks: dict, times: Times, height: float, names: bool = True) -> None:
    """Name and last figure at the right of each line: those in front moved apart, the quiet only where they fit."""
    low, high = axes.get_ylim()
    step = (high - low) / height * TEXT
    ends = []
    for text, points in series.items():
        known = sorted(p for p in points if points[p].value is not None)
        if known:
            ends.append((number(points[known[-1]]), text, points[known[-1]], known[-1]))
    placed: list[float] = []
    for value, text, figure, period in sorted(ends, key=lambda e: (e[0], e[1])):
        if looks[text] is not None:
            placed.append(max([value, *(one + step for one in placed[-1:])]))
            _end_label(axes, text if names else "", figure, period, times, placed[-1], looks[text]["color"])
    for value, text, figure, period in sorted(ends, key=lambda e: (e[0], e[1])):
        if looks[text] is None and all(abs(value - other) >= step for other in placed):
            placed.append(value)
            _end_label(axes, text if names else "", figure, period, times, value, QUIET)


def _end_label(axes: Axes, text: str, figure: Figure, period: str, times: Times, at: float, color: str) -> None:
    year = "" if period == times.periods[-1] else f" ({period_text(period)})"
    axes.annotate(
        f"{text} {short(figure)}{year}".strip(),
        (times.span[1], at),
        (7, 0),
        textcoords="offset points",
        va="center",
        color=color,
        weight="normal" if color == QUIET else "bold",
        fontsize=SMALL if color == QUIET else 9,
        annotation_clip=False,
    )


def _words(series: Series, times: Times, looks: dict, short: bool = False) -> str:
    """From where to where each line in front goes, piece by piece; the span of the quiet ones; breaks."""
    first, last = period_text(times.periods[0]), period_text(times.periods[-1])
    count = f"{len(series)} lijnen" if len(series) > 1 else "één lijn"
    words = [] if short else [f"Lijndiagram met {count}, {first} tot {last}."]
    for text, points in series.items():
        if looks[text] is not None:
            words += _line_words(text, points, times)
    quiet = {text: points for text, points in series.items() if looks[text] is None}
    final = [
        (p[times.periods[-1]], t)
        for t, p in quiet.items()
        if p.get(times.periods[-1]) and p[times.periods[-1]].value is not None
    ]
    if final:
        low, high = min(final, key=lambda f: f[0].value), max(final, key=lambda f: f[0].value)
        words.append(f"De {len(quiet)} andere in {last}: van {low[0]} ({low[1]}) tot {high[0]} ({high[1]}).")
    for period, broken in _broken(series).items():
        who = "De reeks" if len(broken) == len(series) else f"De reeks van {join(broken)}"
        words.append(f"{who} breekt in {period_text(period)}: vergelijk niet over de breuk heen.")
    return " ".join(words)


def _line_words(text: str, points: dict[str, Figure], times: Times) -> list[str]:
    words = []
    runs: list[list[str]] = []
    for piece in _pieces(points, times):
        if runs and "b" not in points[piece[0]].status:
            runs[-1] += piece
        else:
            runs.append(list(piece))
    for run in runs:
        start, end = points[run[0]], points[run[-1]]
        if len(run) > 1:
            words.append(f"{text}: van {start} ({period_text(run[0])}) naar {end} ({period_text(run[-1])}).")
        else:
            words.append(f"{text}: {start} ({period_text(run[0])}).")
    return words or [f"{text}: {next(iter(points.values()))}."]
