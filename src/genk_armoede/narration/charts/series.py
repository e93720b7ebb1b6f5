# SPDX-License-Identifier: EUPL-1.2
"""Charts over time: lines that are cut at breaks and left open where nothing was published."""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from ...observations.periods import period_text
from ..prose import Figure, figures, join
from .canvas import BLUE, FAINT, INK, ORANGE, QUIET, SMALL, WIDE, Chart, axis_text, key, note, style
from .rows import small_strip
from .words import Names, Series, ends, heading, labels_of, marked, open_words, place_of, series_of, short

# Lines in front are told apart by dashes and markers, so that no colour is needed.
FRONT = [
    {"color": color, "linestyle": dashes, "marker": marker, "linewidth": 2, "zorder": 4}
    for color, dashes, marker in (
        (ORANGE, "-", "o"),
        (BLUE, (0, (5, 1.5)), "s"),
        (INK, (0, (1.2, 1.2)), "^"),
        ("#801650", (0, (6, 1.5, 1.2, 1.5)), "D"),
    )
]
BEHIND = {"color": FAINT, "linestyle": "-", "marker": "o", "linewidth": 0.8, "zorder": 2}


def lines(frame: pd.DataFrame, label: Names, name: str, title: str, unit: str = "", mark: Names = ()) -> Chart:
    """A line for each label over the periods, cut where a figure is flagged `b` and open where one is missing.

    Labels in `mark` stand in front, each with a line of its own kind, and the others are quiet; without `mark` all are
    in front. Periods stand at their true distance; points farther apart than the closest two periods are not joined.
    """
    series, times, every = series_of(frame, label, frame.period), sorted(set(frame.period)), figures(frame)
    front = marked(mark, series) or list(series)
    with style():
        axes = Canvas(figsize=(WIDE, 3.6)).subplots()
        _draw(axes, series, times, front)
        starts = _scale([axes], every)
        _end_labels(axes, series, times, front, 2.8)
        _periods(axes, times, 4 - 0.1 * max(map(len, series)))
    drawn = {text: points for text, points in series.items() if _known(points)}
    count = {0: "zonder lijnen", 1: "met één lijn"}.get(len(drawn), f"met {len(drawn)} lijnen")
    told = [f"Lijndiagram {count}, {period_text(times[0])} tot {period_text(times[-1])}."]
    told += _line_words(drawn, times, front)
    absent = [f"{text}: {_reason(points)}." for text, points in series.items() if not _known(points)]
    notes = [starts, open_words(every), *absent]
    return Chart(name, title, unit, " ".join(told), list(_rows(label, series, times)), axes.figure, notes)


def multiples(
    frame: pd.DataFrame, panel: Names, label: Names, name: str, title: str, unit: str = "", mark: Names = ()
) -> Chart:
    """Small `lines`, one picture for each value of `panel`, all with the same axes."""
    frame = frame.assign(_panel=labels_of(frame, panel), _label=labels_of(frame, label))
    groups = frame.groupby("_panel", sort=False)
    panels = {text: series_of(rows, list(rows._label), rows.period) for text, rows in groups}
    times, every = sorted(set(frame.period)), figures(frame)
    names = list(dict.fromkeys(frame._label))
    front = marked(mark, names) or names
    columns = min(len(panels), 2)
    depth = -(-len(panels) // columns)
    with style():
        canvas = Canvas(figsize=(WIDE, 0.4 + 2 * depth))
        grid = list(canvas.subplots(depth, columns, sharex=True, sharey=True, squeeze=False).ravel())
        starts = _scale(grid, every)
        for axes, (text, series) in zip(grid, panels.items(), strict=False):
            _draw(axes, series, times, front)
            _end_labels(axes, {t: p for t, p in series.items() if t in front}, times, front, 1.35, names != front)
            _periods(axes, times, 2.4 / columns)
            axes.set_title(textwrap.fill(text, 46 // columns), weight="bold", pad=20 if _broken(series) else None)
        if len(front) > 1:
            samples = [Line2D([], [], **_look(one, front), markersize=4.5, label=one) for one in front]
            key(grid[0], samples, "left")
        for axes in grid[len(panels) - columns : len(panels)]:
            axes.xaxis.set_tick_params(labelbottom=True)
        for axes in grid[len(panels) :]:
            axes.set_visible(False)
    rows = [{heading(panel): text} | row for text, series in panels.items() for row in _rows(label, series, times)]
    told = [f"{len(panels)} kleine lijndiagrammen met dezelfde assen." if len(panels) > 1 else "Eén lijndiagram."]
    for text, series in panels.items():
        told += [f"{_upper(text)}.", *_line_words(series, times, front)]
    return Chart(name, title, unit, " ".join(told), rows, canvas, [starts, open_words(every)])


def spark(
    frame: pd.DataFrame, label: Names, name: str, title: str, unit: str = "", mark: Names = (),
    respondents: Figure | None = None,
) -> Chart:  # fmt: skip
    """A small picture without axes: a line with its first and last figure, the lines of who is not in `mark` behind it.

    A thin line is zero; where there is none, the words say so. Of one period it is a strip: `mark` among the others,
    and below it what cannot be told apart from it in a survey of so many `respondents`.
    """
    if frame.period.nunique() == 1 and mark:
        return small_strip(frame.assign(area=labels_of(frame, label)), name, title, unit, mark, respondents)
    series, times, every = series_of(frame, label, frame.period), sorted(set(frame.period)), figures(frame)
    front = marked(mark, series) or list(series)
    with style():
        axes = Canvas(figsize=(3.6, 1)).subplots()
        _draw(axes, series, times, front)
        starts = _scale([axes], every)
        low, high = axes.get_ylim()
        below = 0.35 if starts or low < 0 else 0.05  # for words
        axes.set_ylim(low - (high - low) * below, high + (high - low) * 0.1)
        axes.axhline(0, color=QUIET, linewidth=0 if starts else 0.8)
        axes.set_axis_off()
        for points in (series[text] for text in front if _known(series[text])):
            for period, side in zip(dict.fromkeys([_known(points)[0], _known(points)[-1]]), (-1, 1), strict=False):
                _tell(axes, period, points[period], side)
    span = " tot ".join(dict.fromkeys(map(period_text, (times[0], times[-1]))))
    words = " ".join([f"Klein lijndiagram zonder as, {span}.", *_line_words(series, times, front)])
    notes = ["De hoogte begint niet bij nul." if starts else "", open_words(every)]
    return Chart(name, title, unit, words, list(_rows(label, series, times)), axes.figure, notes)


def _tell(axes: Axes, period: str, value: Figure, side: int) -> None:
    """A figure and its period left (`side` -1) or right (1) of its mark."""
    look = {"ha": "left" if side > 0 else "right", "annotation_clip": False}
    for text, up, weight, size in ((short(value), 1, "bold", 10), (period_text(period), -10, "normal", SMALL)):
        note(axes, text, (_month(period), float(value)), (8 * side, up), weight=weight, fontsize=size, **look)


def _month(period: str) -> float:
    """Where a period stands on the axis, in months."""
    year, *rest = period.split("-")
    months = int(year) * 12.0
    if rest and len(rest[0]) == 2:
        months += int(rest[0]) - 1
    return months + (int(rest[1]) - 1) / 31 if len(rest) == 2 else months


def _step(times: Sequence[str]) -> float:
    """The smallest distance between two periods."""
    return min((_month(b) - _month(a) for a, b in itertools.pairwise(times)), default=12.0)


def _rows(label: Names, series: Series, times: Sequence[str]) -> Iterator[dict[str, Figure | str]]:
    """A row a label, or a period when there are more of those: a table rather long than wide."""
    if len(times) > len(series):
        for period in times:
            yield {heading("period"): period_text(period)} | {t: points.get(period, "") for t, points in series.items()}
        return
    for text, points in series.items():
        yield {heading(label): text} | {period_text(period): points.get(period, "") for period in times}


def _look(text: str, front: Sequence[str]) -> dict:
    if text not in front:
        return BEHIND
    return FRONT[front.index(text)] if len(front) <= len(FRONT) else FRONT[1] | {"linestyle": "-", "marker": "o"}


def _runs(points: dict[str, Figure], reach: float = math.inf) -> list[list[str]]:
    """Periods with a value, cut before a figure flagged `b` and where the next one is not within `reach` months."""
    runs: list[list[str]] = []
    for period in _known(points):
        if runs and "b" not in points[period].status and _month(period) - _month(runs[-1][-1]) < reach:
            runs[-1].append(period)
        else:
            runs.append([period])
    return runs


def _joined(points: dict[str, Figure], times: Sequence[str]) -> list[list[str]]:
    """Periods that a line joins."""
    return _runs(points, _step(times) * 1.1)


def _known(points: dict[str, Figure]) -> list[str]:
    """Periods with a value, in order."""
    return sorted(period for period, one in points.items() if one.value is not None)


def _reason(points: dict[str, Figure]) -> str:
    """Why there is no value: of the last period."""
    return str(points[max(points)])


def _broken(series: Series) -> dict[str, list[str]]:
    """Period → labels that have figures on both sides of a break there."""
    found: dict[str, list[str]] = {}
    for text, points in series.items():
        for period in _known(points)[1:]:
            if "b" in points[period].status:
                found.setdefault(period, []).append(text)
    return dict(sorted(found.items()))


def _draw(axes: Axes, series: Series, times: Sequence[str], front: Sequence[str]) -> None:
    """Lines, a marker at each figure in front and at what no line joins (open for an unsure one), and breaks."""
    for text, points in series.items():
        look = _look(text, front)
        for piece in _joined(points, times):
            spots = [(_month(period), float(points[period])) for period in piece]
            axes.plot(*zip(*spots, strict=True), **look | {"marker": ""})
            for spot, period in zip(spots, piece, strict=True):
                if text in front or len(piece) == 1 or points[period].unsure:
                    face = "white" if points[period].unsure else look["color"]
                    size = 4.5 if text in front else 3
                    axes.plot(*spot, look["marker"], color=look["color"], mfc=face, ms=size, zorder=look["zorder"] + 1)
    if not any(map(_known, series.values())):
        words = {"ha": "center", "va": "center", "style": "italic", "color": QUIET}
        axes.text(0.5, 0.5, _reason(next(iter(series.values()))), transform=axes.transAxes, **words)
    broken = _broken(series)
    word = "breuk in de reeks" if len(broken) == 1 else "breuk"
    for period, labels in broken.items():
        place = _month(period) - _step(times) / 2
        axes.axvline(place, color=INK, linestyle=(0, (4, 3)), linewidth=1)
        said = word if len(labels) == len(series) else textwrap.fill(f"breuk: {join(labels)}", 24)
        align, shift = ("right", -4) if place > (_month(times[0]) + _month(times[-1])) / 2 else ("left", 4)
        note(axes, said, (place, 1), (shift, 1), xycoords=("data", "axes fraction"), va="bottom", ha=align)


def _scale(grid: Sequence[Axes], values: Sequence[Figure]) -> str:
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


def _periods(axes: Axes, times: Sequence[str], room: float) -> None:
    """As many periods under the axis as `room` (inches) allows: the last one always, the first if it comes out."""
    first, last = _month(times[0]), _month(times[-1])
    size = 0.1 * max(len(period_text(period)) for period in times) + 0.1
    count = len(times)
    even = [every for every in range(1, count) if (count - 1) % every == 0 and room / (count - 1) * every >= size]
    kept = times[:: even[0]] if even and (count - 1) / even[0] >= 2 else []
    if not kept or last - first != _step(times) * (count - 1):
        kept = [times[-1]]
        for period in reversed(times):
            if (_month(kept[-1]) - _month(period)) * room >= size * (last - first) > 0:
                kept.append(period)
        kept = kept if len(kept) != 2 else [times[0], times[-1]]
    axes.set_xticks([_month(period) for period in kept], [period_text(period) for period in kept])
    edge = (last - first or 12) * 0.03
    axes.set_xlim(first - edge, last + edge)


def _end_labels(
    axes: Axes, series: Series, times: Sequence[str], front: Sequence[str], height: float, named: bool = True
) -> None:
    """Name and last figure at the right of each line: those in front moved apart, the quiet only where they fit."""
    low, high = axes.get_ylim()
    line = (high - low) * 12.5 / (height * 72)  # what a line of text takes
    finals = sorted((float(p[_known(p)[-1]]), text, _known(p)[-1]) for text, p in series.items() if _known(p))
    loud = [one for one in finals if one[1] in front]
    places = dict(zip((text for _, text, _ in loud), _spread([value for value, *_ in loud], line), strict=True))
    quiet = [one for one in finals if one[1] not in front]
    for value, text, _ in dict.fromkeys([*quiet[:1], *quiet[-1:], *quiet]):
        spots = [value + line * shift for shift in (0, 0.5, -0.5, 0.9, -0.9)]
        spots = [spot for spot in spots if value == min((end for end, *_ in finals), key=lambda end: abs(end - spot))]
        free = [spot for spot in spots if all(abs(spot - taken) >= line for taken in places.values())]
        places |= {text: free[0]} if free else {}
    for _, text, period in finals:
        if text in places:
            when = "" if period == times[-1] else f" ({period_text(period)})"
            said = f"{text if named else ''} {short(series[text][period])}{when}".strip()
            look = {"color": QUIET, "weight": "normal", "fontsize": SMALL}
            if text in front:
                look = {"color": _look(text, front)["color"], "weight": "bold", "fontsize": 10}
            note(axes, said, (_month(times[-1]), places[text]), (7, 0), va="center", annotation_clip=False, **look)


def _spread(values: Sequence[float], gap: float) -> list[float]:
    """Rising places moved as little as can be, so that each is at least `gap` above the one before."""
    from scipy.optimize import isotonic_regression  # as slow to load as pandas

    steps = gap * np.arange(len(values))
    return list(isotonic_regression(values - steps).x + steps)


def _line_words(series: Series, times: Sequence[str], front: Sequence[str]) -> list[str]:
    """From where to where each line in front goes, its place among the others, who those are, and the breaks."""
    words = [sentence for text in series if text in front for sentence in _course(text, series[text], times)]
    behind = {text: points[times[-1]] for text, points in series.items() if times[-1] in points and text not in front}
    own = series[front[0]].get(times[-1]) if front[0] in series else None
    if own and own.value is not None and any(one.value is not None for one in behind.values()):
        place = place_of(own, [own, *behind.values()])
        words.append(f"{front[0]} in {period_text(times[-1])}: {place}, van hoog naar laag.")
    words += _span_words(f"De andere in {period_text(times[-1])}", behind)
    for period, labels in _broken(series).items():
        who = "De reeks" if len(labels) == len(series) else f"De reeks van {join(labels)}"
        words.append(f"{who} breekt in {period_text(period)}: vergelijk niet over de breuk heen.")
    return words


def _span_words(what: str, finals: dict[str, Figure]) -> list[str]:
    found = ends(list(finals), list(finals.values()))
    if not found:
        return []
    (low, bottom), (high, top) = found
    words = f"van {bottom} ({low}) tot {top} ({high})" if bottom.value != top.value else f"{top} ({high})"
    return [f"{_upper(what)}: {words}."]


def _course(text: str, points: dict[str, Figure], times: Sequence[str]) -> list[str]:
    """`Genk: van 1 (2020) naar 2 (2023).`, once for each side of a break."""
    runs = _runs(points)
    told = [" naar ".join(f"{points[p]} ({period_text(p)})" for p in dict.fromkeys([r[0], r[-1]])) for r in runs]
    told = [f"van {words}" if " naar " in words else words for words in told] or [_reason(points)]
    told[-1] += "; niet elke periode is gepubliceerd" if len(_joined(points, times)) > len(runs) else ""
    return [f"{_upper(text)}: {words}." for words in told]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
