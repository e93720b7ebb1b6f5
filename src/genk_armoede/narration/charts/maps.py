# SPDX-License-Identifier: EUPL-1.2
"""A map of the wijken: tiles, or real boundaries when the city gave them."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from matplotlib import colors
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Normal, Stroke

from ...errors import DataError
from .. import division
from ..figure import Figure
from ..frames import figures
from ..prose import join
from .canvas import SMALL, WIDE, Canvas, Chart, ink, mark_at, style
from .words import extremes, open_words, short

COLUMNS = 5  # as many tiles beside each other as leave room for a name on a phone
Shade = Callable[[Figure | None], str]


def tiles(frame: pd.DataFrame, name: str, title: str, unit: str = "", quiet: Sequence[str] = ()) -> Chart:
    """A map of the wijken: tiles placed by their centre, or real boundaries when the city gave them.

    `frame` has a row a wijk. The two industrial areas stand apart; wijken without a row are left white;
    those in `quiet` have a `*`.
    """
    values = dict(zip(frame.area, figures(frame), strict=True))
    features = {f["properties"]["wijk"]: f for f in division.wijken()}
    strange = sorted(set(values) - set(features))
    if strange or len(values) != len(frame):
        raise DataError(
            f"not one figure for each wijk of the map: {join(strange) or 'a wijk stands twice'}",
            do="pick one indicator, period and breakdown, and spell the wijken as in data/processed/wijken.geojson",
        )
    real = all(feature["geometry"]["type"] != "Point" for feature in features.values())
    numbers = [float(v.value) for v in values.values() if v.value is not None]
    if not numbers:
        raise DataError(f"there is nothing to draw in {name}: no wijk has a value", do="leave the map out")
    shade = _shades(min(numbers), max(numbers))
    with style():
        axes = Canvas(figsize=(7, 5.9) if real else (WIDE, 6.2)).subplots()
        (_boundaries if real else _squares)(axes, features, values, shade, quiet)
        axes.set_axis_off()
    known = {wijk: value for wijk, value in values.items() if value.value is not None}
    kind = "Kaart van de wijken" if real else "Tegelkaart van de wijken (een schema: een tegel per wijk)"
    left_out = sorted(set(features) - set(known))
    notes = [
        "Paars is onder nul, blauw erboven." if min(numbers) < 0 else "Hoe donkerder, hoe hoger.",
        f"Zonder cijfer: {join(left_out)}." if left_out else "",
        f"Een * staat bij wijken met weinig inwoners: {join(sorted(quiet))}." if quiet else "",
        open_words(list(known.values())).replace("Open punt", "Een °"),
    ]
    rows = [{"Wijk": f"{w} *" if w in quiet else w, "Waarde": values[w]} for w in sorted(values)]
    words, credit = extremes(kind, list(known), list(known.values())), division.credit()
    return Chart(name, title, unit, words, rows, axes.figure, notes, credit)


def _squares(
    axes: Axes, features: dict[str, dict], values: dict[str, Figure], shade: Shade, quiet: Sequence[str]
) -> None:
    places = tile_places({wijk: tuple(f["properties"]["centre"]) for wijk, f in features.items()})
    for wijk, (column, row) in places.items():
        value = values.get(wijk)
        color = shade(value)
        axes.add_patch(Rectangle((column, -row), 0.98, 0.98, facecolor=color, edgecolor="#767676", linewidth=0.6))
        if value:
            mark_at(axes, value, (column, -row), (column + 0.98, 0.98 - row))
        look = {"ha": "center", "va": "center", "color": ink(color)}
        lines = _broken(wijk).split("\n")
        for line, text in enumerate(lines):  # one by one, so that each stays in the middle in any font
            axes.text(column + 0.49, -row + 0.6 + 0.185 * ((len(lines) - 1) / 2 - line), text, fontsize=SMALL, **look)
        axes.text(column + 0.49, -row + 0.14, _told(value, wijk in quiet), weight="bold", **look)
    axes.set_xlim(-0.01, max(c for c, _ in places.values()) + 0.99)
    axes.set_ylim(-max(r for _, r in places.values()) - 0.05, 1)
    axes.set_aspect("equal")


def _broken(wijk: str) -> str:
    words = wijk.replace("Industrieterrein ", "Industrie ").split()
    words = [f"{word[:7]}-{word[7:]}" if len(word) > 11 and "-" not in word else word for word in words]
    return textwrap.fill(" ".join(words), 11, break_long_words=False)


def _told(value: Figure | None, quiet: bool) -> str:
    """A figure where there is little room: `*` for few people, `°` for an unsure one, a dash for none."""
    if value is None or value.value is None:
        return "–"
    return short(replace(value, status="")) + " *" * quiet + " °" * value.unsure


def tile_places(centres: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """A tile (column, row) for each wijk, as near as can be to its centre; industrial areas in a row of their own.

    The sum of squared displacements is least (linear assignment), so the same centres give the same map.
    """
    from scipy.optimize import linear_sum_assignment  # as slow to load as pandas

    apart = sorted(wijk for wijk in centres if wijk.startswith("Industrieterrein"))
    wijken = sorted(set(centres) - set(apart))
    across = min(COLUMNS, len(wijken))
    down = -(-len(wijken) // across)
    points = np.array([centres[wijk] for wijk in wijken]) * (1, -1)
    low, high = points.min(axis=0), points.max(axis=0)
    scaled = (points - low) / (high - low) * (across - 1, down - 1)
    grid = np.array([(column, row) for row in range(down) for column in range(across)])
    cost = ((scaled[:, None, :] - grid[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(cost)
    places = {wijk: (float(grid[i][0]), float(grid[i][1])) for wijk, i in zip(wijken, chosen, strict=True)}
    return places | {wijk: (float(across - len(apart) + i), down + 0.3) for i, wijk in enumerate(apart)}


def _boundaries(
    axes: Axes, features: dict[str, dict], values: dict[str, Figure], shade: Shade, quiet: Sequence[str]
) -> None:
    for wijk, feature in features.items():
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        color = shade(values.get(wijk))
        rings = [Outline(ring, closed=True) for polygon in polygons for ring in polygon]
        axes.add_patch(PathPatch(Outline.make_compound_path(*rings), facecolor=color, edgecolor="white", linewidth=0.8))
        axes.annotate(
            f"{_broken(wijk)}\n{_told(values.get(wijk), wijk in quiet)}",
            _roomiest(max((polygon[0] for polygon in polygons), key=len)),
            ha="center",
            va="center",
            fontsize=5,
            color=ink(color),
            linespacing=1.0,
            path_effects=[Stroke(linewidth=1.2, foreground=color), Normal()],
        )
    axes.margins(0.01)
    axes.autoscale_view()
    axes.set_aspect(1 / np.cos(np.radians(51)))


def _roomiest(ring: list[list[float]]) -> tuple[float, float]:
    """The point of a grid over a polygon that lies inside it and farthest from its edge: where a label fits best."""
    corners = np.array(ring)
    columns, rows = (np.linspace(low, high, 42)[1:-1] for low, high in zip(corners.min(0), corners.max(0), strict=True))
    points = np.stack(np.meshgrid(columns, rows), axis=-1).reshape(-1, 2)
    inside = points[Outline(corners).contains_points(points)]
    edge = np.concatenate([np.linspace(one, other, 20) for one, other in itertools.pairwise(corners)])
    distances = ((inside[:, None, :] - edge[None, :, :]) ** 2).sum(axis=2).min(axis=1)
    return tuple(inside[distances.argmax()])


def _shades(low: float, high: float) -> Shade:
    """One hue from light to dark, or two that meet at zero; white for no value."""
    hues, norm = ["#E6EFF7", "#7FA6CB", "#11426C"], colors.Normalize(low, high)
    if low < 0:
        hues, norm = ["#7F154F", "#D3A0BA", "#FDFDFD", "#7FA6CB", "#11426C"], colors.CenteredNorm(0, max(-low, high))
    ramp = colors.LinearSegmentedColormap.from_list("genk", hues)
    return lambda value: "#FDFDFD" if value is None or value.value is None else colors.to_hex(ramp(norm(float(value))))
