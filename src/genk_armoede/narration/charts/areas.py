# SPDX-License-Identifier: EUPL-1.2
"""One area beside the others: a row of dots for each item, or three bars as a small picture; answers in the survey."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory

from ...errors import DataError
from ...tables import store
from .. import survey
from ..figure import Figure
from ..frames import figures
from ..selection import LABEL, labelled
from .canvas import BLUE, FAINT, QUIET, SMALL, WIDE, Canvas, Chart, accent, mark_at, note, style
from .lanes import beside, dot
from .rows import ranking
from .words import (
    Names,
    Title,
    apart_words,
    ends,
    grey_words,
    heading,
    labels_of,
    named_rows,
    open_words,
    short,
    titled,
)

QUESTION = 24  # characters of an item before it goes on in a next line: right of it stand two figures
ROW, LINE = 0.4, 0.17  # inches: a row with an item of one line, and each line more


def strips(
    frame: pd.DataFrame, item: Names, name: str, title: Title, measure: str = "", mark: str = "Genk",
    respondents: Figure | None = None,
) -> Chart:  # fmt: skip
    """A row for each item: from the lowest to the highest of the other areas, a dot for each, the marked one in front.

    All rows have the same scale, each begins at its own lowest figure; both ends are named. `item` is a column, a
    breakdown key or a name for each row. With the `respondents` of a survey, dots are grey of shares that cannot be
    told apart from that of the marked area, and the words do not rank.
    """
    frame, item = named_rows(frame, item)
    items = dict(tuple(frame.groupby(labels_of(frame, item), sort=False)))
    for text, rows in items.items():
        if rows.area.duplicated().any() or mark not in set(rows.area):
            raise DataError(f"not one figure an area for {text}, {mark} among them", do="pick one period and breakdown")
    apart = {text: survey.apart(rows, mark, respondents) if respondents else None for text, rows in items.items()}
    texts = [textwrap.fill(text, QUESTION) for text in items]
    tall = [ROW + LINE * text.count("\n") for text in texts]
    with style():
        axes = Canvas(figsize=(WIDE, 0.1 + sum(tall))).subplots()
        axes.set_axis_off()
        axes.set_ylim(sum(tall) - 0.06, -0.1)
        widest = max(rows.value.max() - rows.value.min() for rows in items.values()) or 1
        axes.set_xlim(-0.03 * widest, 1.03 * widest)
        for place, text, rows in zip(range(len(items)), texts, items.values(), strict=True):
            same = apart[list(items)[place]]
            alike = set() if same is None else set(same.same.area)
            _row(axes, sum(tall[: place + 1]) - 0.16, text, rows, mark, alike)
    grey = any(one is not None and len(one.same) for one in apart.values())
    notes = ["Elk bolletje is een stad.", grey_words(mark) if grey else "", open_words(figures(frame), "bolletje")]
    told = {text: apart_words(rows, mark, apart[text]) for text, rows in items.items()}
    words = " ".join(f"{text if text.endswith(('.', '?', '!')) else f'{text}:'} {said}" for text, said in told.items())
    areas = [mark, *sorted(set(frame.area) - {mark})]
    own = {text: dict(zip(rows.area, figures(rows), strict=True)) for text, rows in items.items()}
    table = [{heading("area"): area} | {text: known.get(area, "") for text, known in own.items()} for area in areas]
    return Chart(name, *titled(frame, title, measure), words, table, axes.figure, notes)


def _row(axes: Axes, place: float, text: str, rows: pd.DataFrame, mark: str, alike: set[str]) -> None:
    """Draw one item at a height: its words with the figure of the marked area, and below these the line with dots."""
    own, others = figures(rows[rows.area == mark])[0], rows[rows.area != mark]
    across = {"xycoords": blended_transform_factory(axes.figure.transFigure, axes.transData), "in_layout": False}
    front = {"color": accent(mark), "weight": "bold"}
    note(axes, text, (0.04, place), (0, 6), va="bottom", color="black", **across)
    said = f"{mark} {short(own)}" if own.value is not None else f"{mark}: {own}"
    note(axes, said, (0.97, place), (0, 6), va="bottom", ha="right", **across, **front)
    low = rows.value.min()
    spots = [float(one) - low for one in figures(others)]
    known = [spot for spot in spots if spot == spot]
    axes.hlines(place, min(known, default=0), max(known, default=0), color=FAINT, linewidth=1)
    for area, spot, one in zip(others.area, spots, figures(others), strict=True):
        color = FAINT if area in alike else BLUE
        mark_at(axes, one, (spot, place))
        axes.plot(spot, place, "o", color=color, mfc="white" if one.unsure else color, markersize=3.6)
    for (names, one), side in zip(ends(others.area, figures(others), most=0), (-1, 1), strict=False):
        outside = own.value is not None and (own.value - one.value) * side > 0
        end, words = (own, mark) if outside else (one, f"{names} {short(one)}")
        look = front if outside else {"color": QUIET}
        beside(axes, place, float(end) - low, words, side, 8, fontsize=SMALL, **look)
    if own.value is not None:
        dot(axes, place, own, accent(mark), at=float(own) - low)


def answers(questions: Mapping[str, str], name: str, what: str, title: Title, area: str = "Genk") -> Chart:
    """Answers in the survey, one area beside the others, with the margin that the survey has.

    `questions`: words for a reader → the name of an answer, such as `{"sport": "aandeel_neemt_deel, sport"}`; `what`
    they are about stands under the title. One question is a `ranking` of the areas, several are `strips`.
    """
    measure, asked = f"{what}, % van wie antwoordde", survey.respondents(area)
    rows = labelled(store.load("stadsmonitor"), questions)
    if len(questions) > 1:
        return strips(rows, LABEL, name, title, measure, area, asked)
    return ranking(rows, "area", name, title, measure, area, asked)


def answer(frame: pd.DataFrame, name: str, what: str, area: str = "Genk") -> Chart:
    """One answer in the survey: of one area, and of the highest and lowest other one; for an overview."""
    own, others = frame[frame.area == area], frame[(frame.area != area) & frame.value.notna()]
    others = others.sort_values(["value", "area"])
    rows = pd.concat([own, others.iloc[[-1, 0]] if len(others) > 1 else others])
    title = f"{area}: {figures(own)[0]}"
    measure = f"{what}, % van wie antwoordde; {area}, hoogste en laagste andere stad"
    return ranking(rows, "area", name, title, measure, area, survey.respondents(area, frame.period.iloc[0]))
