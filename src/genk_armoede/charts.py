# SPDX-License-Identifier: EUPL-1.2
"""One function a chart kind. Every chart carries its words and its data.

Takes a tidy frame (or one that `frames` computed) and the column or breakdown key that names its parts;
gives a `Chart`: a picture in the notebook, SVG and PNG in `figures/`, a description and the figures behind it.
"""

from __future__ import annotations

import base64
import io
import itertools
import textwrap
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import matplotlib.colors
import matplotlib.style
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Normal, Stroke
from scipy.optimize import linear_sum_assignment

from . import frames, store
from .errors import DataError
from .observations import COLUMNS, breakdown_parts
from .prose import MIME, Figure, figures, join, period_text

STYLE = Path(__file__).with_name("genk.mplstyle")
FIGURES = Path("figures")
BLUE, ORANGE = "#12436D", "#B8480A"
INK, QUIET = "#404040", "#767676"
Shade = Callable[[Figure | None], str]


class Chart:
    """A picture with its title, unit, source, description in words, and the figures behind it."""

    def __init__(
        self, name: str, title: str, unit: str, description: str, rows: list[dict], canvas: Canvas, credit: str = ""
    ) -> None:
        self.name, self.title, self.unit, self.description, self.rows = name, title, unit, description, rows
        self.source = " ".join(filter(None, [_source_line(rows), credit]))
        self.png, self.viewbox = _save(canvas, name, f"{title} ({unit})", self.source)

    def __str__(self) -> str:
        widths = [max(len(str(row[column])) for row in self.rows) for column in self.rows[0]]
        data = ["  ".join(str(v).ljust(w) for v, w in zip(r.values(), widths, strict=True)).rstrip() for r in self.rows]
        return "\n".join([f"{self.title} ({self.unit})", self.description, *data, self.source])

    def _repr_mimebundle_(self, **_: object) -> dict:
        return {
            "text/plain": str(self),
            "image/png": base64.b64encode(self.png).decode("ascii"),
            MIME: {
                "kind": "chart",
                "name": self.name,
                "title": self.title,
                "unit": self.unit,
                "description": self.description,
                "source": self.source,
                "viewbox": self.viewbox,
                "header": list(self.rows[0]),
                "rows": [[v.json if isinstance(v, Figure) else v for v in r.values()] for r in self.rows],
            },
        }


def bars(frame: pd.DataFrame, label: str | Sequence[str], name: str, title: str, unit: str = "") -> Chart:
    """Horizontal bars from zero, in the order of the frame, each with its label and value written out."""
    labels, values = _labels(frame, label), figures(frame)
    with matplotlib.style.context(STYLE):
        canvas, axes = _canvas(0.6 + 0.42 * len(values))
        axes.barh(range(len(values)), [float(v.value or 0) for v in values], color=BLUE, height=0.62)
        _rows(axes, labels)
        for place, value in enumerate(values):
            quiet = value.value is None
            axes.annotate(
                str(value) if quiet else _short(value),
                (float(value.value or 0), place),
                (4, 0),
                textcoords="offset points",
                va="center",
                color=QUIET if quiet else INK,
                style="italic" if quiet else "normal",
            )
        axes.margins(x=0.12)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    rows = [{_heading(label): text, "Waarde": value} for text, value in zip(labels, values, strict=True)]
    return Chart(name, title, _unit(values, unit), _extremes("Staafdiagram", labels, values), rows, canvas)


def dots(
    frame: pd.DataFrame,
    label: str,
    name: str,
    title: str,
    unit: str = "",
    mark: Sequence[str] = (),
    quiet: Sequence[str] = (),
) -> Chart:
    """Dots ranked from high to low. Labels in `mark` stand out; those in `quiet` are drawn open, with a `*`."""
    ranked = frame.sort_values(["value", "area"], ascending=[False, True], kind="stable")
    labels, values = _labels(ranked, label), figures(ranked)
    shown = [f"{text} *" if text in quiet else text for text in labels]
    with matplotlib.style.context(STYLE):
        canvas, axes = _canvas(0.7 + 0.235 * len(values))
        numbers = [float(v.value) for v in values if v.value is not None]
        if len(numbers) != len(values):
            raise DataError("ranked dots need a value for each row", do="leave out the rows that are not published")
        axes.hlines(range(len(values)), 0, numbers, color="#D9D9D9", linewidth=1)
        for place, (text, number) in enumerate(zip(labels, numbers, strict=True)):
            color = ORANGE if text in mark else BLUE
            axes.plot(number, place, "o", color=color, markersize=6, fillstyle="none" if text in quiet else "full")
            side = (-7, "right") if number < 0 else (7, "left")
            axes.annotate(
                _short(values[place]),
                (number, place),
                (side[0], 0),
                textcoords="offset points",
                va="center",
                ha=side[1],
                color=INK,
            )
        if min(numbers) < 0:
            axes.axvline(0, color=QUIET, linewidth=0.8)
        _rows(axes, shown)
        room = max(numbers) - min(0, *numbers)
        axes.set_xlim(min(0, *numbers) - (0.2 * room if min(numbers) < 0 else 0), max(0, *numbers) + 0.12 * room)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
    rows = [{_heading(label): text, "Waarde": value} for text, value in zip(shown, values, strict=True)]
    words = _extremes("Gerangschikte punten", labels, values)
    if set(quiet) & set(labels):
        words += f" Open punten met *: {join(sorted(set(quiet) & set(labels)))}. Daar wonen weinig mensen."
    return Chart(name, title, _unit(values, unit), words, rows, canvas)


def lines(frame: pd.DataFrame, label: str, name: str, title: str, unit: str = "", mark: Sequence[str] = ()) -> Chart:
    """A line for each label over the periods; where a period is flagged `b` the line is cut and the break drawn.

    Labels in `mark` stand out, the others are drawn quietly; without `mark` all lines are alike.
    """
    periods = sorted(set(frame.period))
    broken = sorted(set(frame[frame.status.str.contains("b")].period))
    series: dict[str, dict[str, Figure]] = {}
    for text, period, value in zip(_labels(frame, label), frame.period, figures(frame), strict=True):
        if period in series.setdefault(text, {}):
            raise DataError(f"two figures for {text} in {period}", do="pick one indicator and one breakdown")
        series[text][period] = value
    with matplotlib.style.context(STYLE):
        canvas, axes = _canvas(3.8)
        ends = []
        for text, points in series.items():
            loud = not mark or text in mark
            color = ORANGE if text in mark else BLUE if loud else "#A6A6A6"
            last = _line(
                axes, points, periods, broken, color=color, linewidth=2 if loud else 1.2, zorder=3 if loud else 2
            )
            ends.append((float(last.value or 0), f"{text} {_short(last)}", color if loud else QUIET))
        for period in broken:
            place = periods.index(period) - 0.5
            axes.axvline(place, color=INK, linestyle=(0, (4, 3)), linewidth=1)
            axes.annotate(
                "breuk in de reeks",
                (place, 1),
                (-4, 0),
                ("data", "axes fraction"),
                "offset points",
                va="top",
                ha="right",
                color=INK,
            )
        axes.set_ylim(bottom=min(0, *(end[0] for end in ends), axes.dataLim.y0 * 1.05))
        _end_labels(axes, ends, len(periods) - 1)
        axes.set_xticks(range(len(periods)), [period_text(p) for p in periods])
        axes.yaxis.set_major_formatter(lambda value, _: str(Figure(Decimal(f"{value:.10g}"), "")))
        axes.grid(axis="y")
        axes.spines["left"].set_visible(False)
        axes.tick_params(length=0)
    rows = [
        {_heading(label): t, **{period_text(p): points.get(p, "") for p in periods}} for t, points in series.items()
    ]
    every = [one for points in series.values() for one in points.values()]
    return Chart(name, title, _unit(every, unit), _trend(series, periods, broken), rows, canvas)


def _line(axes: Axes, points: dict[str, Figure], periods: list[str], broken: list[str], **style: object) -> Figure:
    """Draw one series, cut at breaks and open where a period has no value; gives its last figure."""
    for piece in _pieces(periods, broken):
        values = [points[p].value if p in points else None for p in piece]
        axes.plot(
            [periods.index(p) for p in piece],
            [np.nan if v is None else float(v) for v in values],
            marker="o",
            markersize=4,
            **style,
        )
    known = [p for p in points if points[p].value is not None]
    return points[max(known or points, key=periods.index)]


def tiles(frame: pd.DataFrame, name: str, title: str, unit: str = "", quiet: Sequence[str] = ()) -> Chart:
    """A map of the wijken: tiles placed by their centre, or real boundaries when the city gave them.

    `frame` has a row a wijk. The two industrial areas stand apart; wijken without a row are left white;
    those in `quiet` have a `*`.
    """
    values = dict(zip(frame.area, figures(frame), strict=True))
    features = {f["properties"]["wijk"]: f for f in frames.wijken()}
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
    with matplotlib.style.context(STYLE):
        canvas = Canvas(figsize=(7, 5.9 if real else 6.1))
        axes = canvas.subplots()
        (_boundaries if real else _squares)(axes, features, values, shade, quiet)
        axes.set_axis_off()
    known = {wijk: value for wijk, value in values.items() if value.value is not None}
    kind = "Kaart van de wijken" if real else "Tegelkaart van de wijken (een tegel per wijk, ongeveer waar ze ligt)"
    words = _extremes(kind, list(known), list(known.values())) + (
        " Oranje is onder nul, blauw erboven." if min(numbers) < 0 else " Hoe donkerder, hoe hoger."
    )
    left_out = sorted(set(features) - set(known))
    if left_out:
        words += f" Zonder cijfer: {join(left_out)}."
    if quiet:
        words += f" Een * staat bij wijken met weinig inwoners: {join(sorted(quiet))}."
    rows = [{"Wijk": f"{w} *" if w in quiet else w, "Waarde": values[w]} for w in sorted(values)]
    return Chart(name, title, _unit(list(values.values()), unit), words, rows, canvas, frames.wijken_credit())


def _squares(
    axes: Axes, features: dict[str, dict], values: dict[str, Figure], shade: Shade, quiet: Sequence[str]
) -> None:
    places = tile_places({wijk: tuple(f["properties"]["centre"]) for wijk, f in features.items()})
    for wijk, (column, row) in places.items():
        value = values.get(wijk)
        color = shade(value)
        axes.add_patch(Rectangle((column, -row), 0.94, 0.94, facecolor=color, edgecolor="#767676", linewidth=0.6))
        ink = _ink(color)
        text = textwrap.fill(wijk.replace("Industrieterrein ", "Industrie "), 12, break_on_hyphens=True)
        axes.text(column + 0.47, -row + 0.58, text, ha="center", va="center", fontsize=7, color=ink, linespacing=1.05)
        axes.text(
            column + 0.47,
            -row + 0.18,
            _short(value, wijk in quiet),
            ha="center",
            va="center",
            fontsize=8,
            color=ink,
            weight="bold",
        )
    axes.set_xlim(-0.05, max(c for c, _ in places.values()) + 1)
    axes.set_ylim(-max(r for _, r in places.values()) - 0.05, 1)
    axes.set_aspect("equal")


def tile_places(centres: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """A tile (column, row) for each wijk, as near as can be to its centre; industrial areas in a row of their own.

    The sum of squared displacements is least (linear assignment), so the same centres give the same map.
    """
    apart = sorted(wijk for wijk in centres if wijk.startswith("Industrieterrein"))
    wijken = sorted(set(centres) - set(apart))
    side = int(np.ceil(np.sqrt(len(wijken))))
    points = np.array([centres[wijk] for wijk in wijken]) * (1, -1)
    low, high = points.min(axis=0), points.max(axis=0)
    scaled = (points - low) / (high - low) * (side - 1)
    grid = np.array([(column, row) for row in range(side) for column in range(side)])
    cost = ((scaled[:, None, :] - grid[None, :, :]) ** 2).sum(axis=2)
    _, chosen = linear_sum_assignment(cost)
    places = {wijk: (float(grid[i][0]), float(grid[i][1])) for wijk, i in zip(wijken, chosen, strict=True)}
    return places | {wijk: (float(side - len(apart) + i), side + 0.3) for i, wijk in enumerate(apart)}


def _boundaries(
    axes: Axes, features: dict[str, dict], values: dict[str, Figure], shade: Shade, quiet: Sequence[str]
) -> None:
    for wijk, feature in features.items():
        shape = feature["geometry"]
        polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
        color = shade(values.get(wijk))
        rings = [Outline(ring, closed=True) for polygon in polygons for ring in polygon]
        axes.add_patch(PathPatch(Outline.make_compound_path(*rings), facecolor=color, edgecolor="white", linewidth=0.8))
        label = textwrap.fill(wijk.replace("Industrieterrein ", "Industrie "), 12)
        axes.annotate(
            f"{label}\n{_short(values.get(wijk), wijk in quiet)}",
            _roomiest(max((polygon[0] for polygon in polygons), key=len)),
            ha="center",
            va="center",
            fontsize=5,
            color=_ink(color),
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


def _short(value: Figure | None, quiet: bool = False) -> str:
    """A figure as it stands in a picture, where the unit is told outside: only `%` stays."""
    if value is None or value.value is None:
        return "–"
    text = str(value) if value.unit == "%" else f"{value:n}"
    return f"{text} *" if quiet else text


def _shades(low: float, high: float) -> Shade:
    """One hue from light to dark, or two that meet at zero; white for no value."""
    hues = ["#E6EFF7", "#7FA6CB", "#12436D"]
    if low < 0:
        low, high = -max(-low, high), max(-low, high)
        hues = ["#B8480A", "#F0B48C", "#FFFFFF", "#7FA6CB", "#12436D"]
    ramp = matplotlib.colors.LinearSegmentedColormap.from_list("genk", hues)

    def shade(value: Figure | None) -> str:
        if value is None or value.value is None:
            return "#FFFFFF"
        return matplotlib.colors.to_hex(ramp((float(value.value) - low) / ((high - low) or 1)))

    return shade


def _ink(background: str) -> str:
    """Black or white, whichever stands out more (relative luminance, WCAG 2)."""
    channels = np.array(matplotlib.colors.to_rgb(background))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ (0.2126, 0.7152, 0.0722))
    return "#000000" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "#FFFFFF"


def _canvas(height: float) -> tuple[Canvas, Axes]:
    canvas = Canvas(figsize=(7, height))
    return canvas, canvas.subplots()


def _rows(axes: Axes, labels: Sequence[str]) -> None:
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)


def _pieces(periods: list[str], broken: list[str]) -> list[list[str]]:
    """Periods between breaks; a break stands before the period that is flagged."""
    pieces: list[list[str]] = [[]]
    for period in periods:
        if period in broken and pieces[-1]:
            pieces.append([])
        pieces[-1].append(period)
    return pieces


def _end_labels(axes: Axes, ends: list[tuple[float, str, str]], last: int) -> None:
    """Names at the right end of the lines, moved apart where they would overlap."""
    step = axes.get_ylim()[1] * 0.055
    height = -np.inf
    for value, text, color in sorted(ends):
        height = max(value, height + step)
        axes.annotate(text, (last, value), (last + 0.15, height), va="center", color=color, annotation_clip=False)
    longest = max(len(text) for _, text, _ in ends)
    axes.set_xlim(-0.3, last + 0.3 + longest * 0.075 * max(last, 3) / 5)


def _labels(frame: pd.DataFrame, label: str | Sequence[str]) -> list[str]:
    """Values of a column, or of a breakdown key (a total is called `totaal`), or the names given."""
    if frame.empty:
        raise DataError("there is nothing to draw: no rows", do="check the indicator and the areas picked")
    if not isinstance(label, str):
        return list(label)
    if label in COLUMNS:
        return [period_text(v) if label == "period" else v for v in frame[label]]
    return [breakdown_parts(text).get(label, "totaal") for text in frame.breakdown]


def _heading(label: str | Sequence[str]) -> str:
    words = {"area": "Gebied", "period": "Periode"}
    return words.get(label, label.capitalize()) if isinstance(label, str) else "Naam"


def _unit(values: Sequence[Figure], unit: str) -> str:
    return unit or join(sorted({value.unit.replace("EUR", "euro") for value in values}))


def _source_line(rows: list[dict]) -> str:
    cells = [cell for row in rows for value in row.values() if isinstance(value, Figure) for cell in value.cells]
    cited = (store.citation(*store.place(cell)) for cell in dict.fromkeys(cells))
    return "Bron: " + "; ".join(sorted({f"{entry['publisher']}, {entry['title']}" for entry in cited})) + "."


def _extremes(kind: str, labels: Sequence[str], values: Sequence[Figure]) -> str:
    """In words: what is drawn, the highest and the lowest, and how many are not published."""
    known = [(value.value, value, text) for text, value in zip(labels, values, strict=True) if value.value is not None]
    reasons = Counter(str(value).capitalize() for value in values if value.value is None)
    without = "".join(f" {reason}: {number}." for reason, number in sorted(reasons.items()))
    if not known:
        return f"{kind} zonder cijfers.{without}"
    top, bottom = max(known, key=lambda k: k[0]), min(known, key=lambda k: k[0])
    words = f"{kind} met {len(known)} waarden. Hoogste: {top[2]}, {top[1]}. Laagste: {bottom[2]}, {bottom[1]}."
    if len(known) == 1:
        words = f"{kind} met één waarde: {top[2]}, {top[1]}."
    return words + without


def _trend(series: dict[str, dict[str, Figure]], periods: list[str], broken: list[str]) -> str:
    count = f"{len(series)} lijnen" if len(series) > 1 else "één lijn"
    words = [f"Lijndiagram met {count}, {period_text(periods[0])} tot {period_text(periods[-1])}."]
    for piece in _pieces(periods, broken):
        for text, points in series.items():
            known = [points[p] for p in piece if p in points and points[p].value is not None]
            ends = [p for p in piece if p in points and points[p].value is not None]
            if len(known) > 1:
                words.append(
                    f"{text}: van {known[0]} ({period_text(ends[0])}) naar {known[-1]} ({period_text(ends[-1])})."
                )
            elif known:
                words.append(f"{text}: {known[0]} ({period_text(ends[0])}).")
    words += [
        f"{text}: {next(iter(p.values()))}." for text, p in series.items() if all(v.value is None for v in p.values())
    ]
    if broken:
        words.append(f"De reeks breekt in {join([period_text(p) for p in broken])}: vergelijk niet over de breuk heen.")
    return " ".join(words)


def _save(canvas: Canvas, name: str, title: str, source: str) -> tuple[bytes, str]:
    """Write `figures/NAME.svg` and `.png`, the same bytes for the same picture.

    The files have title and source in bands above and below, for who pastes them elsewhere. Gives a small
    PNG for the notebook, and the view box without the bands for pages, where they stand as text.
    """
    above, below = textwrap.wrap(title, 82), textwrap.wrap(source, 116)
    width, height = canvas.get_size_inches()
    top, bottom = 0.18 * len(above) + 0.12, 0.15 * len(below) + 0.12
    whole = height + top + bottom
    content = {}
    with matplotlib.style.context(STYLE):
        canvas.set_size_inches(width, whole)
        canvas.set_layout_engine("constrained", rect=(0, bottom / whole, 1, height / whole))
        canvas.text(0.01, 1 - 0.06 / whole, "\n".join(above), va="top", weight="bold", fontsize=9.5)
        canvas.text(0.01, 0.06 / whole, "\n".join(below), va="bottom", fontsize=7.5, color=QUIET)
        for kind, metadata in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
            content[FIGURES / f"{name}.{kind}"] = _render(canvas, format=kind, metadata=metadata)
        small = _render(canvas, format="png", metadata={"Software": None}, dpi=80)
    store.write_files(store.root(), content)
    return small, f"0 {72 * top:.2f} {72 * width:.2f} {72 * height:.2f}"


def _render(canvas: Canvas, **options: object) -> bytes:
    stream = io.BytesIO()
    canvas.savefig(stream, **options)
    return stream.getvalue()
