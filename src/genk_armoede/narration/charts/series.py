# SPDX-License-Identifier: EUPL-1.2
"""Charts over time: lines that are cut at breaks and left open where nothing was published."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import ScaledTranslation

from ...observations.periods import period_text
from ..figure import Figure
from ..frames import cities, figures
from ..prose import join
from .canvas import (
    BLUE,
    FAINT,
    GENK,
    INK,
    ORANGE,
    PLUM,
    QUIET,
    SMALL,
    WIDE,
    Canvas,
    Chart,
    axis_text,
    mark_at,
    note,
    style,
)
from .timeline import breaks, in_time, joined, known_periods, line_words, open_years, reason, step, table_of
from .words import Names, Series, Title, heading, labels_of, marked, named_rows, open_words, series_of, short, titled

# Lines in front are told apart by dashes and markers, so that no colour is needed.
FRONT = [
    {"color": color, "linestyle": dashes, "marker": marker, "linewidth": 2, "zorder": 4}
    for color, dashes, marker in (
        (BLUE, (0, (5, 1.5)), "s"),
        (INK, (0, (1.2, 1.2)), "^"),
        (PLUM, (0, (6, 1.5, 1.2, 1.5)), "D"),
        ("#28A197", (0, (3, 1.2)), "v"),
    )
]
OURS = {"color": ORANGE, "linestyle": "-", "marker": "o", "linewidth": 2, "zorder": 5}
LINE = 12.5  # points that a line of text takes
NEAR, ASIDE = 14, 26  # points from where lines end to their names: leaders of ends that lie together part there
LONG = 20  # characters of what stands at the end of a line
BEHIND = {"color": FAINT, "linestyle": "-", "marker": "o", "linewidth": 0.8, "zorder": 2}


def lines(
    frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str = "", mark: Names = (),
    events: Mapping[str, str] | None = None,
) -> Chart:  # fmt: skip
    """A line for each label over the periods, cut where a figure is flagged `b` and open where one is missing.

    Labels in `mark` stand in front, each with a line of its own kind, and the others are quiet; without `mark` all are
    in front. Periods stand at their true distance; points farther apart than the closest two periods are not joined,
    nor are those of two makers. `events`: period → what happened then, for a thin line with its words.
    """
    frame, label = named_rows(frame, label)
    series, times, every = series_of(frame, label, frame.period), sorted(set(frame.period)), figures(frame)
    front = marked(mark, series) or list(series)
    with style():
        tall = max(2.8, len(series) * LINE / 72)  # a name for each line
        axes = Canvas(figsize=(WIDE, tall + 0.8)).subplots()
        draw(axes, series, times, front)
        starts = scale([axes], every)
        _end_labels(axes, series, times, front, tall)
        periods_below(axes, times, _room(series))
        told_above(axes, [*break_words(series, times), *_event_words(events or {})], _room(series))
    drawn = {text: points for text, points in series.items() if known_periods(points)}
    count = {0: "zonder lijnen", 1: "met één lijn"}.get(len(drawn), f"met {len(drawn)} lijnen")
    told = [f"Lijndiagram {count}, {period_text(times[0])} tot {period_text(times[-1])}."]
    told += line_words(drawn, times, front)
    told += [f"In {period_text(period)}: {words}." for period, words in sorted((events or {}).items())]
    absent = [f"{text}: {reason(points)}." for text, points in series.items() if not known_periods(points)]
    notes = [starts, open_years(series, times, front), open_words(every), *absent]
    return Chart(
        name, *titled(frame, title, measure), " ".join(told), list(table_of(label, series, times)), axes.figure, notes
    )


def multiples(
    frame: pd.DataFrame, panel: Names, label: Names, name: str, title: Title, measure: str = "", mark: Names = ()
) -> Chart:
    """Small `lines`, one picture for each value of `panel`, all with the same axes."""
    frame = frame.assign(_panel=labels_of(frame, panel), _label=labels_of(frame, label))
    groups = frame.groupby("_panel", sort=False)
    panels = {text: series_of(rows, list(rows._label), rows.period) for text, rows in groups}
    times, every = sorted(set(frame.period)), figures(frame)
    names = list(dict.fromkeys(frame._label))
    front = marked(mark, names) or names
    with style():
        canvas = Canvas(figsize=(WIDE, 0.4 + 2.1 * len(panels)))
        grid = list(canvas.subplots(len(panels), sharex=True, sharey=True, squeeze=False).ravel())
        starts = scale(grid, every)
        for axes, (text, series) in zip(grid, panels.items(), strict=True):
            draw(axes, series, times, front)
            _end_labels(axes, {t: p for t, p in series.items() if t in front}, times, front, 1.5)
            periods_below(axes, times, _room(series))
            above = told_above(axes, break_words(series, times), _room(series))
            over = "\n" + textwrap.fill(text, 46)  # away from the axis above it
            axes.set_title(over, weight="bold", pad=6 + LINE * above)
            axes.xaxis.set_tick_params(labelbottom=True)
    rows = [{heading(panel): text} | row for text, series in panels.items() for row in table_of(label, series, times)]
    told = [f"{len(panels)} kleine lijndiagrammen met dezelfde assen." if len(panels) > 1 else "Eén lijndiagram."]
    for text, series in panels.items():
        told += line_words(series, times, front, text)
    group = " centrumsteden" if {*names} <= {*cities()} else ""
    behind = f"Dunne grijze lijnen: de andere{group}." if len(front) < len(names) else ""
    open_panels = [open_years(series, times, [text for text in front if text in series]) for series in panels.values()]
    notes = [behind, starts, max(open_panels), open_words(every)]
    return Chart(name, *titled(frame, title, measure), " ".join(told), rows, canvas, notes)


def _room(series: Series) -> float:
    """Inches that are left for the lines, beside the words at their ends and the figures of the axis."""
    ends = [len(line) for _, words in _told_ends(series) for line in words.split("\n")]
    return max(1.2, WIDE - 0.7 - (ASIDE - NEAR) / 72 - 0.088 * max(ends, default=0))


def look_of(text: str, front: Sequence[str]) -> dict:
    """Colour, dashes and marker of a line: Genk has its own, others in front differ, those behind are thin."""
    if text not in front:
        return BEHIND
    if text == GENK:
        return OURS
    others = [one for one in front if one != GENK]
    return FRONT[others.index(text)] if len(others) <= len(FRONT) else FRONT[0] | {"linestyle": "-", "marker": "o"}


def draw(axes: Axes, series: Series, times: Sequence[str], front: Sequence[str]) -> None:
    """Lines, a marker at each figure in front and at what no line joins (open for an unsure one), and breaks."""
    for text, points in series.items():
        look = look_of(text, front)
        for piece in joined(points, times):
            line = len(axes.figure.marks)
            for period in piece:
                mark_at(axes, points[period], (in_time(period), float(points[period])), line=line)
            spots = [(in_time(period), float(points[period])) for period in piece]
            axes.plot(*zip(*spots, strict=True), **look | {"marker": ""})
            for spot, period in zip(spots, piece, strict=True):
                if text in front or len(piece) == 1 or points[period].unsure:
                    face = "white" if points[period].unsure else look["color"]
                    size = 4.5 if text in front else 3
                    axes.plot(*spot, look["marker"], color=look["color"], mfc=face, ms=size, zorder=look["zorder"] + 1)
    if not any(map(known_periods, series.values())):
        words = {"ha": "center", "va": "center", "style": "italic", "color": QUIET}
        axes.text(0.5, 0.5, reason(next(iter(series.values()))), transform=axes.transAxes, **words)


@dataclass(frozen=True, slots=True)
class _Line:
    """A thin line across the picture at a place on the axis, and what it says above it."""

    place: float
    words: str
    look: dict


def break_words(series: Series, times: Sequence[str]) -> list[_Line]:
    """Where a series breaks."""
    broken, found = breaks(series), []
    look = {"color": INK, "linestyle": (0, (4, 3)), "linewidth": 1}
    for period, labels in broken.items():
        every = "breuk in de reeks" if len(broken) == 1 else "breuk"
        words = every if len(labels) == len(series) else textwrap.fill(f"breuk: {join(labels)}", 24)
        found.append(_Line(in_time(period) - step(times) / 2, words, look))
    return found


def _event_words(events: Mapping[str, str]) -> list[_Line]:
    """When something happened."""
    look = {"color": QUIET, "linestyle": ":", "linewidth": 1}
    return [_Line(in_time(period), words, look) for period, words in events.items()]


def told_above(axes: Axes, lines: Sequence[_Line], room: float) -> int:
    """Draw lines in `room` inches, each with its words above the picture, right of itself; gives the rows of words.

    Where words would run into the next line they stand above what that one says, so that no line crosses any.
    """
    first, last = axes.get_xlim()
    point = (last - first) / (72 * room)
    row, beyond = 0, math.inf  # of the line to the right: the row of its words, and where it stands
    highest = 0
    for line in sorted(lines, key=lambda one: one.place, reverse=True):
        wide = point * (5 + 5.8 * max(map(len, line.words.split("\n"))))
        row = row + 1 if line.place + wide > beyond else 0
        beyond = line.place
        axes.axvline(line.place, zorder=1, **line.look)
        if row:
            stalk = {"arrowstyle": "-", "shrinkA": 0, "shrinkB": 0} | line.look
            note(axes, "", (line.place, 1), (0, LINE * row), xycoords=("data", "axes fraction"), arrowprops=stalk)
        look = {"xycoords": ("data", "axes fraction"), "va": "bottom", "fontsize": SMALL, "color": line.look["color"]}
        note(axes, line.words, (line.place, 1), (3, 1 + LINE * row), **look)
        row += line.words.count("\n")
        highest = max(highest, row + 1)
    return highest


def scale(grid: Sequence[Axes], values: Sequence[Figure]) -> str:
    """From zero, unless that would press the lines into less than a quarter of the height; then says so."""
    known = [float(one) for one in values if one.value is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    percent = {one.unit for one in values} == {"%"}
    starts = ""
    if low > 0 and 0 < high - low < high / 4:
        low -= (high - low) * 0.1
        low = max(tick for tick in grid[0].yaxis.get_major_locator().tick_values(low, high) if tick <= low)
        starts = f"De as begint bij {axis_text(low, percent)}, niet bij nul."
    else:
        low, high = min(0, low * 1.08), max(0, high) or (0 if low < 0 else 1)
    for axes in grid:
        axes.set_ylim(low, high + (high - low) * 0.1)
        axes.yaxis.set_major_formatter(lambda value, _: axis_text(value, percent))
        axes.grid(axis="y")
        axes.spines["left"].set_visible(False)
        axes.spines["bottom"].set_visible(low >= 0)
        axes.axhline(0, color=QUIET, linewidth=0.8 if low < 0 else 0)
        axes.tick_params(length=0, pad=5)
    return starts


def periods_below(axes: Axes, times: Sequence[str], room: float) -> None:
    """As many periods under the axis as `room` (inches) allows: the last one always, the first if it comes out."""
    first, last = in_time(times[0]), in_time(times[-1])
    size = 0.1 * max(len(period_text(period)) for period in times) + 0.1
    count = len(times)
    even = [every for every in range(1, count) if (count - 1) % every == 0 and room / (count - 1) * every >= size]
    kept = times[:: even[0]] if even and (count - 1) / even[0] >= 2 else []
    if not kept or last - first != step(times) * (count - 1):
        kept = [times[-1]]
        for period in reversed(times):
            if (in_time(kept[-1]) - in_time(period)) * room >= size * (last - first) > 0:
                kept.append(period)
        kept = kept if len(kept) != 2 else [times[0], times[-1]]
    axes.set_xticks([in_time(period) for period in kept], [period_text(period) for period in kept])
    edge = (last - first or 12) * 0.03
    axes.set_xlim(first - edge, last + edge)


@dataclass(frozen=True, slots=True, order=True)
class _End:
    """Where a line ends: its last figure."""

    value: float
    label: str
    period: str


def _end_labels(axes: Axes, series: Series, times: Sequence[str], front: Sequence[str], height: float) -> None:
    """Name and last figure at the right of each line, moved apart; a dotted line leads to each when one was moved."""
    low, high = axes.get_ylim()
    every, last = _told_ends(series), in_time(times[-1])
    lines = 1 + max((words.count("\n") for _, words in every), default=0)
    line = (high - low) * LINE * lines / (height * 72)  # what a text takes
    places = _spread([end.value for end, _ in every], line, low, high)
    moved = any(abs(place - end.value) > line / 4 for (end, _), place in zip(every, places, strict=True))
    aside = axes.transData + ScaledTranslation((ASIDE if moved else NEAR) / 72, 0, axes.figure.dpi_scale_trans)
    for (end, said), place in zip(every, places, strict=True):
        look = {"color": QUIET, "fontsize": SMALL}
        if end.label in front:
            look = {"color": look_of(end.label, front)["color"], "weight": "bold", "fontsize": 10}
        if moved or end.period != times[-1]:
            look["arrowprops"] = {"arrowstyle": "-", "color": FAINT, "linewidth": 0.8, "shrinkA": 1, "shrinkB": 2}
            look["arrowprops"] |= {"linestyle": (0, (1, 1.6))}  # no part of the line that it leads to
            look["arrowprops"] |= {"relpos": (0, 0.5), "zorder": 1}
        look |= {"textcoords": aside, "va": "center", "annotation_clip": False}
        note(axes, said, (in_time(end.period), end.value), (last, place), **look)


def _told_ends(series: Series) -> list[tuple[_End, str]]:
    """From low to high where lines end, with what is said there: with its period when the others end in another one.

    Of a few lines what is long stands in two lines, so that more room is left for the picture.
    """
    known = {label: published for label, points in series.items() if (published := known_periods(points))}
    together = len({published[-1] for published in known.values()}) == 1
    found = []
    for label, published in known.items():
        value = series[label][published[-1]]
        when = "" if together else f" ({period_text(published[-1])})"
        told = f"{short(value)}{when}"
        apart = "\n" if len(known) <= len(FRONT) and len(label) + len(told) > LONG else " "
        found.append((_End(float(value), label, published[-1]), label + apart + told))
    return sorted(found)


def _spread(values: Sequence[float], gap: float, low: float = -np.inf, high: float = np.inf) -> list[float]:
    """Rising places moved as little as can be: each at least `gap` above the one before, all from `low` to `high`."""
    from scipy.optimize import isotonic_regression  # as slow to load as pandas

    steps = gap * np.arange(len(values))
    return list(np.clip(isotonic_regression(values - steps).x, low, high - steps[-1:].sum()) + steps)
