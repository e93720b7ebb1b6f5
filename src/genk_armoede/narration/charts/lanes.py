# SPDX-License-Identifier: EUPL-1.2
"""What charts with a row a label are drawn with: the rows, marks in them and words beside those."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes

from ..figure import Figure
from .canvas import QUIET, WIDE, Canvas, mark_at, note
from .words import Names, heading, short

LABEL = 22  # characters of a label before it goes on in a next line


def rows_of(labels: Sequence[str], pitch: float, bold: Sequence[str] = ()) -> Axes:
    """A picture with a row a label; long labels go on in a next line."""
    wrapped = [textwrap.fill(text, LABEL) for text in labels]
    tall = [text.count("\n") + 1 for text in wrapped]
    between = [(above + below) / 2 for above, below in itertools.pairwise(tall)] or tall
    pitch = max(pitch, 0.04 + 0.17 * max(between))
    axes = Canvas(figsize=(WIDE, 0.4 + pitch * len(labels))).subplots()
    axes.set_yticks(range(len(labels)), wrapped)
    for text, tick in zip(labels, axes.get_yticklabels(), strict=True):
        tick.set_fontweight("bold" if text in bold else "normal")
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    return axes


def from_zero(axes: Axes, spots: Iterable[Figure | float], edge: float = 0) -> None:
    """From zero to the farthest spot, and an `edge` for marks; values are written out, so there is no scale."""
    known = [0.0, *(spot for spot in map(float, spots) if spot == spot)]
    low, high = min(known), max(known)
    edge *= (high - low) or 1
    axes.set_xlim(low - edge - (high - low) * 0.18 * (low < 0), (high if low < high else 1) + edge)  # room for −12,5%
    if low < 0:
        axes.axvline(0, color=QUIET, linewidth=0.8)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def dot(axes: Axes, place: float, value: Figure, color: str, at: float | None = None) -> None:
    """A figure as a dot: at its value, or elsewhere in a row that begins at another figure."""
    spot, face = float(value) if at is None else at, "white" if value.unsure else color
    mark_at(axes, value, (spot, place))
    axes.plot(spot, place, "o", mfc=face, mec=color, markersize=6, markeredgewidth=1.3, zorder=4)


def write(axes: Axes, place: float, value: Figure, bold: bool = False) -> None:
    """The value of a row beside its mark; in italics why there is none."""
    if value.value is None:
        beside(axes, place, 0, str(value), 1, style="italic")
    else:
        beside(axes, place, value, short(value), -1 if value.value < 0 else 1, weight="bold" if bold else "normal")


def beside(axes: Axes, place: float, at: Figure | float, text: str, side: int, gap: float = 7, **look: object) -> None:
    """Words right (`side` 1) or left (-1) of a place in a row, `gap` points from it."""
    note(axes, text, (float(at), place), (gap * side, 0), va="center", ha="left" if side > 0 else "right", **look)


def table_of(label: Names, labels: Iterable[str], values: Iterable[Figure]) -> list[dict]:
    return [{heading(label): text, "Waarde": value} for text, value in zip(labels, values, strict=True)]
