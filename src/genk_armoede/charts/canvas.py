# SPDX-License-Identifier: EUPL-1.2
"""What all chart kinds share: the chart with its words and data, its files, labels, colours and notes."""

from __future__ import annotations

import base64
import io
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path

import matplotlib.colors
import matplotlib.style
import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.transforms import ScaledTranslation
from PIL import Image

from .. import store
from ..errors import DataError
from ..observations import COLUMNS, STATUS, breakdown_parts
from ..prose import MIME, Figure, join, period_text
from ..transaction import write_beside

STYLE = Path(__file__).with_name("genk.mplstyle")
FIGURES = Path("figures")
BLUE, ORANGE, INK, QUIET, FAINT = "#12436D", "#B8480A", "#404040", "#767676", "#8C8C8C"
GRID = "#D9D9D9"
SMALL = 9  # points: the smallest text in a picture
UNSURE = "defpu"  # flags of figures that are drawn open


class Chart:
    """A picture with its title, unit, source, description in words, and the figures behind it."""

    def __init__(
        self,
        name: str,
        title: str,
        unit: str,
        description: str,
        rows: list[dict],
        canvas: Canvas,
        *,
        notes: Iterable[str] = (),
        credit: str = "",
    ) -> None:
        """`notes` say under the picture what its marks mean; they belong to the description too."""
        note = " ".join(filter(None, notes))
        self.name, self.title, self.unit, self.rows = name, title, unit, rows
        self.description = f"{description} {note}".strip()
        self.source = " ".join(filter(None, [_source_line(rows), credit]))
        self.png, self.viewbox = _save(canvas, name, f"{title} ({unit})", note, self.source)

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


def style() -> object:
    return matplotlib.style.context(STYLE)


def number(value: Figure) -> float:
    """A figure as a place in the picture; NaN, which is not drawn, when it has no value."""
    return np.nan if value.value is None else float(value.value)


def is_unsure(value: Figure) -> bool:
    return bool(set(UNSURE) & set(value.status)) and value.value is not None


def short(value: Figure) -> str:
    """A figure as it stands in a picture, where the unit is told outside: only `%` stays."""
    return str(value) if value.unit == "%" else f"{value:n}"


def axis_text(value: float, percent: bool) -> str:
    """A round number beside an axis."""
    return str(Figure(Decimal(f"{value:.10g}"), "%" if percent else ""))


def ink(background: str) -> str:
    """Black or white, whichever stands out more (relative luminance, WCAG 2)."""
    channels = np.array(matplotlib.colors.to_rgb(background))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    luminance = float(linear @ (0.2126, 0.7152, 0.0722))
    return "#000000" if (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) else "#FFFFFF"


def labels_of(frame: pd.DataFrame, label: str | Sequence[str]) -> list[str]:
    """Values of a column, or of a breakdown key (a total is called `totaal`), or the names given, one a row."""
    if frame.empty:
        raise DataError("there is nothing to draw: no rows", do="check the indicator and the areas picked")
    if not isinstance(label, str):
        return list(label)
    if label in COLUMNS:
        return [period_text(v) if label == "period" else v for v in frame[label]]
    return [breakdown_parts(text).get(label, "totaal") for text in frame.breakdown]


def marked(mark: str | Sequence[str], labels: Sequence[str]) -> list[str]:
    """The labels that stand out. Raises `DataError` for one that is not there."""
    names = [mark] if isinstance(mark, str) else list(mark)
    strange = [text for text in names if text not in labels]
    if strange:
        raise DataError(f"there is no {join(strange)} to mark", expected=", ".join(sorted(set(labels))))
    return names


def heading(label: str | Sequence[str]) -> str:
    words = {"area": "Gebied", "period": "Periode"}
    return words.get(label, label.capitalize()) if isinstance(label, str) else "Naam"


def unit_of(values: Sequence[Figure], unit: str) -> str:
    return unit or join(sorted({value.unit.replace("EUR", "euro") for value in values}))


def missing_words(values: Sequence[Figure]) -> str:
    """How many have no value, and why: ` Niet gepubliceerd: 2.`"""
    reasons = Counter(str(value).capitalize() for value in values if value.value is None)
    return "".join(f" {reason}: {count}." for reason, count in sorted(reasons.items()))


def unsure_words(values: Sequence[Figure], what: str = "punt") -> str:
    """What an open mark means here, when there is one: `Open punt: voorlopig.`"""
    flags = sorted({flag for value in values if is_unsure(value) for flag in value.status if flag in UNSURE})
    return f"Open {what}: {join([STATUS[flag] for flag in flags])}." if flags else ""


def ends(labels: Sequence[str], values: Sequence[Figure]) -> list[tuple[str, Figure]]:
    """Who is lowest and who is highest, each with the figure; those that share it are named together."""
    known = [(one, text) for text, one in zip(labels, values, strict=True) if one.value is not None]
    found = []
    for pick in (min, max) if known else ():
        end = pick(known, key=lambda k: k[0].value)[0]
        names = [text for one, text in known if one.value == end.value]
        found.append((join(names) if len(names) < 4 else f"{names[0]} en {len(names) - 1} andere", end))
    return found


def extremes(kind: str, labels: Sequence[str], values: Sequence[Figure]) -> str:
    """In words: what is drawn, the highest and the lowest, and how many are not published."""
    count = sum(value.value is not None for value in values)
    if not count:
        return f"{kind} zonder cijfers.{missing_words(values)}"
    (low, bottom), (high, top) = ends(labels, values)
    words = f"{kind} met {count} waarden. Hoogste: {high}, {top}. Laagste: {low}, {bottom}."
    if count == 1:
        words = f"{kind} met één waarde: {high}, {top}."
    elif bottom.value == top.value:
        words = f"{kind} met {count} waarden: allemaal {top}."
    return words + missing_words(values)


def place_words(own: Figure, values: Iterable[Figure]) -> str:
    """`plaats 2 van 13`, from high to low among all values, its own among them."""
    known = [one.value for one in values if one.value is not None]
    shared = ", gedeeld" if known.count(own.value) > 1 else ""
    return f"plaats {sum(one > own.value for one in known) + 1} van {len(known)}{shared}"


def key(axes: Axes, samples: Sequence[Artist], side: str) -> None:
    """Which mark is which, above the picture: for names that have no room beside the mark itself."""
    above = axes.transAxes + ScaledTranslation(0, 20 / 72, axes.figure.dpi_scale_trans)
    corner = (0, 1) if side == "left" else (1, 1)
    drawn = axes.legend(
        handles=samples, loc=f"lower {side}", bbox_to_anchor=corner, bbox_transform=above, ncols=len(samples),
        frameon=False, handlelength=3.5 if side == "left" else 1.2, borderpad=0, borderaxespad=0, fontsize=SMALL,
    )  # fmt: skip
    drawn.set_in_layout(False)
    axes.set_title("\n\n" + axes.get_title("left"), weight=axes._left_title.get_weight())  # room for it


def _source_line(rows: list[dict]) -> str:
    cells = [cell for row in rows for value in row.values() if isinstance(value, Figure) for cell in value.cells]
    cited = [store.citation(*store.place(cell)) for cell in dict.fromkeys(cells)]
    titles = sorted({f"{entry['publisher']}, {entry['title']}" for entry in cited})
    publishers = sorted({entry["publisher"] for entry in cited})
    if len(titles) > 2:  # each figure has its own: its note says which
        return f"{'Bron' if len(publishers) == 1 else 'Bronnen'}: {join(publishers)}."
    return f"Bron: {'; '.join(titles)}."


def _save(canvas: Canvas, name: str, title: str, note: str, source: str) -> tuple[bytes, str]:
    """Write `figures/NAME.svg` and `.png`, the same bytes for the same picture.

    The files have title and source in bands above and below, for who pastes them elsewhere. Gives a small
    PNG for the notebook, and the view box without those bands for pages, where they stand as text.
    """
    width, height = canvas.get_size_inches()
    above, under, below = (
        textwrap.wrap(text, int(wide * (width - 0.1) / 6.9)) for text, wide in ((title, 80), (note, 98), (source, 98))
    )
    top, middle, bottom = 0.18 * len(above) + 0.12, 0.165 * len(under) + 0.08 * bool(under), 0.165 * len(below) + 0.12
    whole = height + top + middle + bottom
    with style():
        canvas.set_size_inches(width, whole)
        canvas.set_layout_engine("constrained", rect=(0, (bottom + middle) / whole, 1, height / whole))
        canvas.text(0.01, 1 - 0.06 / whole, "\n".join(above), va="top", weight="bold", fontsize=10)
        canvas.text(0.01, (bottom + 0.02) / whole, "\n".join(under), va="bottom", fontsize=SMALL, color=INK)
        canvas.text(0.01, 0.06 / whole, "\n".join(below), va="bottom", fontsize=SMALL, color=QUIET)
        for kind, metadata in (("svg", {"Date": None, "Creator": None}), ("png", {"Software": None})):
            picture = _render(canvas, format=kind, metadata=metadata)
            write_beside(store.root() / FIGURES / f"{name}.{kind}", picture)
            canvas.set_layout_engine("none")  # what was placed for the one stays there for the other
    return _smaller(picture), f"0 {72 * top:.2f} {72 * width:.2f} {72 * (height + middle):.2f}"


def _smaller(png: bytes) -> bytes:
    """The picture for the notebook, which is read on a screen."""
    stream = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.convert("RGB").reduce(2).save(stream, "png", optimize=True)
    return stream.getvalue()


def _render(canvas: Canvas, **options: object) -> bytes:
    stream = io.BytesIO()
    canvas.savefig(stream, **options)
    return stream.getvalue()
