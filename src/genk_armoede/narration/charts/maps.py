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

from ...errors import DataError
from .. import division
from ..figure import Figure
from ..frames import figures
from ..prose import join
from .canvas import SMALL, WIDE, Canvas, Chart, ink, mark_at, style
from .words import Title, extremes, open_words, short, titled

COLUMNS = 5  # as many tiles beside each other as leave room for a name on a phone
COMPOUNDS = (  # names too long for a tile, and where they break
    ("Boxberg", "heide"), ("Drie", "hoeven"), ("Hasselt", "weg"), ("Hoeven", "zavel"), ("Katte", "venne"),
    ("Molen", "blook"), ("Water", "schei"),
)  # fmt: skip
Shade = Callable[[Figure | None], str]


def tiles(frame: pd.DataFrame, name: str, title: Title, measure: str = "", quiet: Sequence[str] = ()) -> Chart:
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
        axes = Canvas(figsize=(WIDE, 4.4 if real else 6.2)).subplots()
        (_boundaries if real else _squares)(axes, features, values, shade, quiet)
        axes.set_axis_off()
    known = {wijk: value for wijk, value in values.items() if value.value is not None}
    kind = "Kaart van de wijken" if real else "Tegelkaart van de wijken (een schema: een tegel per wijk)"
    left_out = sorted(set(features) - set(known))
    quiet = sorted(set(quiet) & set(known))
    notes = [
        "Paars is onder nul, blauw erboven." if min(numbers) < 0 else "Hoe donkerder, hoe hoger.",
        "De tabel noemt elke wijk." if real else "",
        f"Zonder cijfer: {join(left_out)}." if left_out else "",
        f"Een * staat bij wijken met weinig inwoners: {join(quiet)}." if quiet else "",
        open_words(list(known.values())).replace("Open punt", "Een °"),
    ]
    rows = [{"Wijk": f"{w} *" if w in quiet else w, "Waarde": values[w]} for w in sorted(values)]
    words, credit = extremes(kind, list(known), list(known.values())), division.credit()
    return Chart(name, *titled(frame, title, measure), words, rows, axes.figure, notes, credit)


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
    name = wijk.replace("Industrieterrein ", "Industrie ")
    for first, second in COMPOUNDS:
        name = name.replace(first + second, f"{first}-{second}")
    return textwrap.fill(name, 9, break_long_words=False)


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
    """Wijken in their real shape. The largest come first: where there is no room for a figure the table has it."""
    written: list[tuple[float, float]] = []
    outlines = {wijk: _polygons(feature) for wijk, feature in features.items()}
    corners = np.array([corner for polygons in outlines.values() for ring in polygons for corner in ring[0]])
    wide, high = corners.max(axis=0) - corners.min(axis=0)
    for wijk, polygons in sorted(outlines.items(), key=lambda one: -max(_size(p[0]) for p in one[1])):
        value = values.get(wijk)
        color = shade(value)
        rings = [Outline(ring, closed=True) for polygon in polygons for ring in polygon]
        axes.add_patch(PathPatch(Outline.make_compound_path(*rings), facecolor=color, edgecolor="white", linewidth=0.8))
        across, up = _roomiest(max((polygon[0] for polygon in polygons), key=len))
        if value:
            mark_at(axes, value, (across, up))  # the name is told to who touches it, and stands in the table
        if all(abs(across - x) > wide * 0.12 or abs(up - y) > high * 0.045 for x, y in written):
            written.append((across, up))
            look = {"ha": "center", "va": "center", "fontsize": SMALL, "color": ink(color), "zorder": 3}
            axes.text(across, up, _told(value, wijk in quiet), **look)
    axes.margins(0.01)
    axes.autoscale_view()
    axes.set_aspect(1 / np.cos(np.radians(51)))


def _polygons(feature: dict) -> list[list[list[list[float]]]]:
    shape = feature["geometry"]
    return shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]


def _size(ring: list[list[float]]) -> float:
    """How large a ring is, in square degrees."""
    x, y = np.array(ring).T
    return float(abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2)


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
