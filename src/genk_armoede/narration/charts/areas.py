# SPDX-License-Identifier: EUPL-1.2
"""One area beside the others: a strip of ticks for each item, or one as a small picture; answers in the survey."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from ...errors import DataError
from ...tables import store
from .. import survey
from ..figure import Figure
from ..frames import figures
from ..selection import labelled
from .canvas import GRID, INK, QUIET, SMALL, WIDE, Canvas, Chart, accent, axis_text, mark_at, note, style
from .lanes import beside, dot, from_zero, table_of
from .rows import ranking
from .words import (
    Names,
    Title,
    alike_ends,
    apart_words,
    ends,
    heading,
    labels_of,
    marked,
    named_rows,
    of_what,
    open_words,
    short,
    stands_out,
    titled,
)

CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # keeps lines out of words


def strips(
    frame: pd.DataFrame, item: Names, name: str, title: Title = "", measure: str = "", mark: str = "Genk",
    respondents: Figure | None = None, clause: str = "melden {}",
) -> Chart:  # fmt: skip
    """A line for each item: a diamond with its figure for the marked area, a tick for each of the others.

    `item` is a column, a breakdown key or a name for each row. With the `respondents` of a survey, a line below
    shows which shares cannot be told apart from that of the marked area, and the words do not rank. Without a `title`
    it says for which items the marked area is clearly above or below most others, with a `clause` for the items.
    """
    frame, item = named_rows(frame, item)
    items = dict(tuple(frame.groupby(labels_of(frame, item), sort=False)))
    for text, rows in items.items():
        if rows.area.duplicated().any() or mark not in set(rows.area):
            raise DataError(f"not one figure an area for {text}, {mark} among them", do="pick one period and breakdown")
    values = figures(frame)
    percent = {one.unit for one in values} == {"%"}
    with style():
        pitch = 0.55 + 0.17 * max(text.count("\n") + 1 for text in map(_item, items))
        axes = Canvas(figsize=(WIDE, 0.4 + pitch * len(items))).subplots()
        axes.set_ylim(len(items) - 1 + 0.22 / pitch, 0.22 / pitch - 1)
        told, apart = _strips(axes, items, mark, respondents)
        axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
        axes.xaxis.set_major_formatter(lambda value, _: axis_text(value, percent))
        axes.grid(axis="x")
        axes.tick_params(length=0)
    notes = [
        f"Ruit: {mark}. Streepjes: de andere; gelijke cijfers staan naast elkaar.",
        f"Lijntje eronder: niet te onderscheiden van {mark}." if respondents else "",
        open_words(values, "ruit"),
    ]
    words = " ".join(f"{text if text.endswith(('.', '?', '!')) else f'{text}:'} {said}" for text, said in told.items())
    message = title or stands_out(apart, mark, clause)
    areas = [mark, *sorted(set(frame.area) - {mark})]
    own = {text: dict(zip(rows.area, figures(rows), strict=True)) for text, rows in items.items()}
    table = [{heading(item): text} | {area: known.get(area, "") for area in areas} for text, known in own.items()]
    return Chart(name, *titled(frame, message, measure), words, table, axes.figure, notes)


def answers(
    questions: Mapping[str, str], name: str, what: str, title: Title = "", area: str = "Genk", clause: str = "melden {}"
) -> Chart:
    """Answers in the survey, one area beside the others, with the margin that the survey has.

    `questions`: words for a reader → the name of an answer, such as `{"sport": "aandeel_neemt_deel, sport"}`; `what`
    they are about stands under the title. One question is a `ranking` of the areas, several are `strips`. Without a
    `title` it says what clearly more or fewer respondents answer than in most others, with a `clause` for the
    questions: `zeggen dat hun gezin moeite had met {}`.
    """
    measure, asked = f"{what}, % van wie antwoordde", survey.respondents(area)
    answered = store.load("stadsmonitor")
    if len(questions) > 1:
        return strips(answered, questions, name, title, measure, area, asked, clause)
    (question,) = questions
    rows = labelled(answered, questions)
    message = title or stands_out({question: survey.apart(rows, area, asked)}, area, clause)
    return ranking(rows, "area", name, message, measure, area, asked)


def answer(frame: pd.DataFrame, name: str, what: str, area: str = "Genk") -> Chart:
    """One answer in the survey, of all areas, as a small strip with the margin of the survey: for an overview."""
    own = figures(frame[frame.area == area])[0]
    title, measure = f"{area}: {own}", f"{what}, % van wie antwoordde"
    return small_strip(frame, name, title, measure, area, survey.respondents(area, frame.period.iloc[0]))


def small_strip(
    frame: pd.DataFrame, name: str, title: Title, measure: str, mark: Names, respondents: Figure | None
) -> Chart:
    """One item of `strips` as a small picture without axes; `area` names the ticks."""
    (mark,) = marked(mark, list(frame.area))
    ranked = frame.sort_values(["value", "area"], ascending=[False, True])
    with style():
        axes = Canvas(figsize=(4, 0.9)).subplots()
        axes.set_ylim(0.8, -1)
        told, apart = _strips(axes, {"": frame}, mark, respondents)
    alike = f"Lijntje eronder: niet te onderscheiden van {mark}." if alike_ends(apart[""]) else ""
    notes = [f"Ruit: {mark}. Streepjes: de andere.", alike, open_words(figures(frame), "ruit")]
    return Chart(
        name,
        *titled(frame, title, measure),
        of_what(measure, told[""]),
        table_of((), ranked.area, figures(ranked)),
        axes.figure,
        notes,
    )


def _strips(
    axes: Axes, items: dict[str, pd.DataFrame], mark: str, respondents: Figure | None
) -> tuple[dict[str, str], dict[str, survey.Apart | None]]:
    """Draw each item in a row; gives them in words, and of each which areas are clearly apart."""
    apart = {text: survey.apart(rows, mark, respondents) if respondents else None for text, rows in items.items()}
    spots = [*figures(pd.concat(items.values())), *(end for one in apart.values() for end in alike_ends(one))]
    from_zero(axes, spots, 0.02)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for place, (text, rows) in enumerate(items.items()):
        _strip(axes, place, text, rows, mark, alike_ends(apart[text]))
    words = {text: apart_words(rows, mark, apart[text]) for text, rows in items.items()}
    return words, apart


def _strip(axes: Axes, place: int, text: str, rows: pd.DataFrame, mark: str, alike: list[float]) -> None:
    own = figures(rows[rows.area == mark])[0]
    others = rows[rows.area != mark].sort_values(["value", "area"])
    across = axes.get_yaxis_transform()
    note(axes, _item(text), (0, place), (0, 20), xycoords=across, va="bottom", color="black")
    axes.hlines(place, 0, 1, color=GRID, linewidth=0.8, transform=across, zorder=1)
    wide = axes.get_xlim()[1] / 200 * 9 / axes.figure.get_figwidth()  # between the ticks of areas with the same figure
    for value, same in others.dropna(subset="value").groupby("value"):
        spots = [value + (i - (len(same) - 1) / 2) * wide for i in range(len(same))]
        axes.plot(spots, [place] * len(spots), "|", color=QUIET, markersize=9, markeredgewidth=1.1, zorder=3)
        for spot, one in zip(spots, figures(same), strict=True):
            mark_at(axes, one, (spot, place))
    for (names, one), side in zip(ends(others.area, figures(others), most=0), (-1, 1), strict=False):
        if own.value is None or (one.value - own.value) * side > 0:
            beside(axes, place, one, f"{names} {short(one)}", side, 6, fontsize=SMALL, bbox=CLEAR)
    if alike:
        below = axes.transData + ScaledTranslation(0, -8 / 72, axes.figure.dpi_scale_trans)
        axes.plot(alike, [place] * 2, "-|", color=INK, linewidth=1, markersize=5, transform=below)
    dot(axes, place, own, accent(mark), "D")
    if own.value is not None:
        note(axes, f"{mark} {short(own)}", (float(own), place), (0, 6), ha="center", weight="bold")
    else:
        note(axes, f"{mark}: {own}", (0, place), (0, 6), style="italic")


def _item(text: str) -> str:
    return textwrap.fill(text, 42)
