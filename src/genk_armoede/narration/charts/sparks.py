# SPDX-License-Identifier: EUPL-1.2
"""Small pictures for an overview: a line or posts without axes, with the first and the last figure."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from ...observations.periods import period_text
from ..figure import Figure
from ..frames import figures
from .canvas import QUIET, SMALL, Canvas, Chart, axis_text, mark_at, note, style
from .series import break_words, draw, look_of, scale, told_above
from .timeline import in_time, known_periods, line_words, open_years, table_of
from .words import Names, Series, Title, marked, open_words, series_of, short, titled


def spark(frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str = "", mark: Names = ()) -> Chart:
    """A small picture without axes: a line with its first and last figure, the lines of who is not in `mark` behind it.

    A thin line is zero; where there is none, the words say so. One or two figures are posts.
    """
    series, times, every = series_of(frame, label, frame.period), sorted(set(frame.period)), figures(frame)
    front = marked(mark, series) or list(series)
    counts = {len(known_periods(points)) for points in series.values()}
    few = 0 < max(counts) < 3
    with style():
        axes = Canvas(figsize=(4, 1.1)).subplots()
        if few:
            _posts(axes, series, front)
            starts = ""
        else:
            draw(axes, series, times, front)
            starts = scale([axes], every)
            told_above(axes, break_words(series, times), 2.4)
        low, high = axes.get_ylim()
        below = 0.35 if starts or low < 0 else 0.05  # for words
        axes.set_ylim(low - (high - low) * below, high + (high - low) * 0.1)
        axes.axhline(0, color=QUIET, linewidth=0 if starts else 0.8)
        if not starts:
            beside = {"xycoords": axes.get_yaxis_transform(), "ha": "right", "va": "center"}
            note(axes, axis_text(0, {one.unit for one in every} == {"%"}), (0, 0), (-4, 0), **beside)
        axes.set_axis_off()
        for points in (series[text] for text in front):
            known = known_periods(points)
            for period, side in zip(dict.fromkeys([*known[:1], *known[-1:]]), (-1, 1), strict=False):
                _tell(axes, period, points[period], side)
    span = " tot ".join(dict.fromkeys(map(period_text, (times[0], times[-1]))))
    words = " ".join(
        [f"Klein {'staafdiagram' if few else 'lijndiagram'} zonder as, {span}.", *line_words(series, times, front)]
    )
    notes = ["De hoogte begint niet bij nul." if starts else "", open_years(series, times, front), open_words(every)]
    return Chart(name, *titled(frame, title, measure), words, list(table_of(label, series, times)), axes.figure, notes)


def _posts(axes: Axes, series: Series, front: Sequence[str]) -> None:
    """One or two figures as posts from zero: a line between them would tell a course that nobody counted."""
    values = [0.0]
    for text, points in series.items():
        look = look_of(text, front)
        for period in known_periods(points):
            spot = (in_time(period), float(points[period]))
            face = "white" if points[period].unsure else look["color"]
            axes.vlines(spot[0], 0, spot[1], color=look["color"], linewidth=3)
            axes.plot(*spot, look["marker"], color=look["color"], mfc=face, ms=7, zorder=4)
            mark_at(axes, points[period], spot)
            values.append(spot[1])
    axes.set_ylim(min(values), max(values) * 1.1 or 1)


def _tell(axes: Axes, period: str, value: Figure, side: int) -> None:
    """A figure and its period left (`side` -1) or right (1) of its mark."""
    look = {"ha": "left" if side > 0 else "right", "annotation_clip": False}
    for text, up, weight, size in ((short(value), 1, "bold", 10), (period_text(period), -10, "normal", SMALL)):
        note(axes, text, (in_time(period), float(value)), (8 * side, up), weight=weight, fontsize=size, **look)
