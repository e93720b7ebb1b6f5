# SPDX-License-Identifier: EUPL-1.2
"""What all chart kinds share in the picture: the chart with its words and data, its files, colours and notes."""

from __future__ import annotations

import base64
import io
import json
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import matplotlib.colors
import matplotlib.style
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure as Picture
from matplotlib.transforms import ScaledTranslation, blended_transform_factory
from PIL import Image

from ...observations.observation import place_of_cell
from ...tables import repository, store
from ...tables.repository import write_beside
from ..agreement import mixed_years
from ..figure import Figure
from ..prose import MIME, aligned, as_data, join

STYLE = Path(__file__).with_name("genk.mplstyle")
FIGURES = Path("figures")
BLUE, ORANGE, PLUM, INK, QUIET, FAINT = "#12436D", "#B8480A", "#801650", "#404040", "#767676", "#8C8C8C"
GENK = "Genk"  # orange is Genk, and nothing else
PACKED = {"compress_level": 3}  # pictures of this kind come out smaller than at 6, in half the time
WIDE = 4.4  # inches: on a phone of 360 pixels the smallest text is 11 pixels high
SMALL = 10  # points: the smallest text in a picture

FIELDS = ("name", "title", "unit", "description", "note", "source", "viewbox")  # what a page takes of a chart
MIXED = "Schooljaren staan naast kalenderjaren: ze beginnen op een ander moment."


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a figure is drawn: the corners of its place, and which line it lies on."""

    axes: Axes
    figure: Figure
    start: tuple[float, float]
    end: tuple[float, float]
    line: int


class Canvas(Picture):
    """A picture that knows where its figures are drawn."""

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.marks: list[Mark] = []


class Chart:
    """A picture with its title, what it measures, source, description in words, and the figures behind it.

    `notes` say under the picture what its marks mean: in the files in the picture, on a page as text below it.
    """

    def __init__(
        self, name: str, title: str, unit: str, words: str, rows: list[dict], canvas: Canvas,
        notes: Iterable[str] = (), credit: str = "",
    ) -> None:  # fmt: skip
        values = [value for row in rows for value in row.values() if isinstance(value, Figure)]
        origins = [origin for value in values for origin in value.origins]
        self.note = " ".join(filter(None, [*notes, MIXED if mixed_years(origins) else ""]))
        self.name, self.title, self.unit, self.rows, self.description = name, title, unit, rows, words
        self.source = " ".join(filter(None, [_source_line(values), credit]))
        self.png, self.viewbox = _save(canvas, self)

    def __str__(self) -> str:
        data = aligned(row.values() for row in self.rows)
        told = [self.title, self.unit, self.description, self.note, *data, self.source]
        return "\n".join(filter(None, told))

    def _repr_mimebundle_(self, **_: object) -> dict:
        return {
            "text/plain": str(self),
            "image/png": base64.b64encode(self.png).decode("ascii"),
            MIME: {"kind": "chart"}
            | {field: getattr(self, field) for field in FIELDS}
            | {"header": list(self.rows[0]), "rows": as_data(row.values() for row in self.rows)},
        }


def style() -> object:
    return matplotlib.style.context(STYLE)


def mark_at(
    axes: Axes, figure: Figure, start: tuple[float, float], end: tuple[float, float] | None = None, line: int = -1
) -> None:
    """Remember where a figure with a value is drawn: at a point, or in a box. Marks on the same `line` are joined."""
    if figure.value is not None:
        axes.figure.marks.append(Mark(axes, figure, start, end or start, line))


def accent(label: str) -> str:
    """The colour of what stands out: orange for Genk, another one for anything else."""
    return ORANGE if label == GENK else PLUM


def color_of(figure: Figure) -> str:
    """Orange for a figure of Genk alone, blue for any other."""
    return ORANGE if {origin.area for origin in figure.origins} == {GENK} else BLUE


def axis_text(value: float, percent: bool) -> str:
    """A round number beside an axis."""
    return str(Figure(Decimal(f"{value:.10g}"), "%" if percent else ""))


def ink(background: str) -> str:
    """Black or white, whichever stands out more (relative luminance, WCAG 2); both stay so on a dark page."""
    channels = np.array(matplotlib.colors.to_rgb(background))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ (0.2126, 0.7152, 0.0722))
    return "#0B0C0C" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "#FFFFFF"


def note(axes: Axes, text: str, at: tuple[float, float], shift: tuple[float, float], **look: object) -> None:
    """Words beside a place in the picture, `shift` points from it."""
    axes.annotate(text, at, shift, **{"textcoords": "offset points", "color": INK} | look)


def key(axes: Axes, samples: Sequence[Artist]) -> None:
    """Which mark is which, above the picture, at most two beside each other: for names without room at the mark."""
    rows = -(-len(samples) // 2)
    edge = blended_transform_factory(axes.figure.transFigure, axes.transAxes)
    above = edge + ScaledTranslation(0, 6 / 72, axes.figure.dpi_scale_trans)
    drawn = axes.legend(
        handles=samples, loc="lower left", bbox_to_anchor=(0.02, 1), bbox_transform=above, ncols=2, frameon=False,
        handlelength=1.2, borderpad=0, borderaxespad=0, fontsize=SMALL,
    )  # fmt: skip
    drawn.set_in_layout(False)
    axes.set_title("\n" * (rows + 1))  # room for it


def _source_line(values: Iterable[Figure]) -> str:
    cells = dict.fromkeys(cell for value in values for cell in value.cells)
    cited = [store.citation(cell) for cell in cells]
    titles = sorted({f"{entry['publisher']}, {entry['title']}" for entry in cited})
    publishers = sorted({entry["publisher"] for entry in cited})
    ours = "; sommen door ons" * any(place_of_cell(cell)[1].startswith("Sommen") for cell in cells)
    if len(titles) > 2:  # each figure has its own: its note says which
        return f"{'Bron' if len(publishers) == 1 else 'Bronnen'}: {join(publishers)}{ours}."
    return f"Bron: {'; '.join(titles)}{ours}."


def _save(canvas: Canvas, chart: Chart) -> tuple[bytes, str]:
    """Write `figures/NAME.svg` and `.png`, the same bytes for the same picture.

    The files have title, measure, note and source in bands above and below, for who pastes them elsewhere. Gives a
    small PNG for the notebook, and the view box without those bands for pages, where they stand as text. The SVG
    says where each figure of the chart's table is drawn.
    """
    name, (width, height) = chart.name, canvas.get_size_inches()
    above, measure, under, below = (
        textwrap.wrap(text, int(wide * (width - 0.1) / 6.9))
        for text, wide in ((chart.title, 76), (chart.unit, 86), (chart.note, 86), (chart.source, 86))
    )
    titled = 0.18 * len(above) + 0.04
    top = titled + 0.165 * len(measure) + 0.12
    middle, bottom = 0.165 * len(under) + 0.08 * bool(under), 0.165 * len(below) + 0.12
    whole = height + top + middle + bottom
    with style():
        canvas.set_size_inches(width, whole)
        canvas.set_layout_engine("constrained", rect=(0, (bottom + middle) / whole, 1, height / whole))
        canvas.text(0.01, 1 - 0.06 / whole, "\n".join(above), va="top", weight="bold", fontsize=10)
        canvas.text(0.01, 1 - (0.06 + titled) / whole, "\n".join(measure), va="top", fontsize=SMALL, color=INK)
        canvas.text(0.01, (bottom + 0.02) / whole, "\n".join(under), va="bottom", fontsize=SMALL, color=INK)
        canvas.text(0.01, 0.06 / whole, "\n".join(below), va="bottom", fontsize=SMALL, color=QUIET)
        # Printed by the backends themselves: `savefig` would draw each picture twice.
        svg, png, small = io.BytesIO(), io.BytesIO(), io.BytesIO()
        FigureCanvasSVG(canvas).print_svg(svg, metadata={"Date": None, "Creator": None})
        canvas.set_layout_engine("none")  # what was placed for the one stays there for the other
        canvas.set_dpi(matplotlib.rcParams["savefig.dpi"])
        FigureCanvasAgg(canvas).print_png(png, metadata={"Software": None}, pil_kwargs=PACKED)
    places = json.dumps(_places(canvas, chart.rows), separators=(",", ":"))
    drawn = svg.getvalue().replace(b"</svg>", f'<desc class="marks">{places}</desc>\n</svg>'.encode())
    for kind, picture in (("svg", drawn), ("png", png.getvalue())):
        write_beside(repository.root() / FIGURES / f"{name}.{kind}", picture)
    with Image.open(png) as pixels:
        pixels.convert("RGB").reduce(2).save(small, "png", **PACKED)
    return small.getvalue(), f"0 {72 * top:.2f} {72 * width:.2f} {72 * height:.2f}"


def _places(canvas: Canvas, rows: list[dict]) -> list[list[float]]:
    """Of each figure drawn: left, top, right, bottom in points, its row and column in the table, and its line."""
    known: dict[tuple, tuple[int, int]] = {}
    for row, entries in enumerate(rows):
        for column, value in enumerate(entries.values()):
            if isinstance(value, Figure):
                known.setdefault((value.cells, value.formula, value.value), (row, column))
    found = []
    for mark in canvas.marks:
        place = known.get((mark.figure.cells, mark.figure.formula, mark.figure.value))
        if place is None:
            continue
        corners = mark.axes.transData.transform([mark.start, mark.end]) * 72 / canvas.dpi
        (left, right), (low, high) = (sorted(side) for side in corners.T)
        whole = canvas.get_figheight() * 72
        found.append([*(round(float(x)) for x in (left, whole - high, right, whole - low)), *place, mark.line])
    return found
