# SPDX-License-Identifier: EUPL-1.2
"""Charts with a row a label: bars, ranked dots, ranges, parts of a whole, one area beside the others."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from .. import frames
from ..errors import DataError
from ..prose import Figure, figures, join, ratio, total
from .canvas import (
    BLUE,
    GRID,
    INK,
    ORANGE,
    QUIET,
    SMALL,
    Chart,
    axis_text,
    ends,
    extremes,
    heading,
    ink,
    is_unsure,
    key,
    labels_of,
    marked,
    missing_words,
    number,
    place_words,
    short,
    style,
    unit_of,
    unsure_words,
)

WIDE = 30  # characters of a label before it goes on in a next line
BOUNDS = {"Minstens": "ondergrens", "Hoogstens": "bovengrens", "Laagste": "laagste", "Hoogste": "hoogste", "Waarde": ""}
ENDS = ({"ondergrens", "bovengrens"}, {"laagste", "hoogste"})  # as published; of several published figures
# Parts from dark to light, so far apart that they print in grey; which of them when there are few.
TONES = [{"facecolor": tone} for tone in ("#12436D", "#3F75A8", "#7FA6CB", "#BDD3E8", "#FFFFFF")]
STEPS = {1: [0], 2: [0, 3], 3: [0, 2, 4], 4: [0, 1, 3, 4]}
HATCHED = [{"facecolor": tone, "hatch": lines} for tone, lines in (("#BDD3E8", "////"), ("#FFFFFF", "////"))]
CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # keeps lines out of words


def bars(
    frame: pd.DataFrame,
    label: str | Sequence[str],
    name: str,
    title: str,
    unit: str = "",
    mark: str | Sequence[str] = (),
) -> Chart:
    """Horizontal bars from zero, in the order of the frame, each with its label and value written out."""
    labels, values = labels_of(frame, label), figures(frame)
    mark = marked(mark, labels)
    with style():
        canvas, axes = _rows(labels, 0.36, mark)
        _from_zero(axes, map(number, values))
        for place, (text, value) in enumerate(zip(labels, values, strict=True)):
            color = ORANGE if text in mark else BLUE
            face = "white" if is_unsure(value) else color
            axes.barh(place, float(value.value or 0), 0.62, facecolor=face, edgecolor=color)
            _write(axes, place, value, text in mark)
    rows = [{heading(label): text, "Waarde": value} for text, value in zip(labels, values, strict=True)]
    words, notes = extremes("Staafdiagram", labels, values), [unsure_words(values, "staaf")]
    return Chart(name, title, unit_of(values, unit), words, rows, canvas, notes=notes)


def dots(
    frame: pd.DataFrame,
    label: str | Sequence[str],
    name: str,
    title: str,
    unit: str = "",
    mark: str | Sequence[str] = (),
    quiet: Sequence[str] = (),
    respondents: Figure | None = None,
) -> Chart:
    """Dots from high to low. Labels in `mark` stand out; those in `quiet` are drawn open, with a `*`.

    With the `respondents` of a survey, the band is drawn of shares that cannot be told apart from that of the one
    marked area (`frames.apart`), and the words say who lies clearly outside it instead of who comes where.
    """
    frame = frame.assign(_label=labels_of(frame, label))
    ranked = frame.sort_values(["value", "_label"], ascending=[False, True], kind="stable")
    labels, values = list(ranked._label), figures(ranked)
    mark = marked(mark, labels)
    shown = [f"{text} *" if text in quiet else text for text in labels]
    apart = frames.apart(ranked, mark[0], respondents) if respondents else None
    with style():
        canvas, axes = _rows(shown, 0.25, [*mark, *(f"{text} *" for text in mark)])
        _from_zero(axes, [*map(number, values), *_alike(apart)], 0.02)
        _band(axes, apart, mark[0] if mark else "")
        for place, (text, value) in enumerate(zip(labels, values, strict=True)):
            same = apart is not None and text in set(apart.same.area)
            color = ORANGE if text in mark else QUIET if same else BLUE
            axes.hlines(place, 0, float(value.value or 0), color=GRID, linewidth=1, zorder=1)
            _dot(axes, place, value, color, "D" if text in mark else "o", text in quiet)
            _write(axes, place, value, text in mark)
    rows = [{heading(label): text, "Waarde": value} for text, value in zip(shown, values, strict=True)]
    few = join(sorted(set(quiet) & set(labels)))
    notes = [f"Open punten met *: {few}. Daar wonen weinig mensen." if few else "", unsure_words(values)]
    words = _apart_words(ranked, mark[0], apart) if apart else _rank_words(labels, values, mark)
    return Chart(name, title, unit_of(values, unit), words, rows, canvas, notes=notes)


def ranges(frame: pd.DataFrame, label: str | Sequence[str], name: str, title: str, unit: str = "") -> Chart:
    """What was published as a range: a bar from lower to upper bound (`grens=ondergrens`, `grens=bovengrens`).

    A bound without its other end is an arrow that stays open there; a plain figure is a dot. The lowest and highest of
    several figures (`grens=laagste`, `grens=hoogste`, as `frames.spread_by_wijk` gives them) make a bar too.
    """
    rows: dict[str, dict[str, Figure]] = {}
    for text, value in zip(labels_of(frame, label), figures(frame), strict=True):
        if value.bound in rows.setdefault(text, {}):
            raise DataError(f"two figures for {text}", do="pick one indicator, or give each row a label of its own")
        rows[text][value.bound] = value
    values = figures(frame)
    with style():
        canvas, axes = _rows(list(rows), 0.36)
        _from_zero(axes, map(number, values), 0.02)
        told = [f"{text}: {_range(axes, place, ends)}." for place, (text, ends) in enumerate(rows.items())]
    used = [column for column, bound in BOUNDS.items() if any(bound in ends for ends in rows.values())]
    table = [
        {heading(label): text, **{column: ends.get(BOUNDS[column], "") for column in used}}
        for text, ends in rows.items()
    ]
    bounded = {value.bound for value in values} & {"ondergrens", "bovengrens"}
    kind = "Onder- en bovengrenzen zoals gepubliceerd." if bounded else "Van het laagste tot het hoogste cijfer."
    words = " ".join([kind, *told])
    return Chart(name, title, unit_of(values, unit), words, table, canvas, notes=[unsure_words(values)])


def stacked(
    frame: pd.DataFrame,
    label: str | Sequence[str],
    part: str | Sequence[str],
    name: str,
    title: str,
    unit: str = "%",
    order: Sequence[str] = (),
) -> Chart:
    """Parts of a whole: a bar of 100% a label, cut in the values of `part` (column or breakdown key), in `order`.

    Counts become shares of their sum; shares must add up to 100, give or take their rounding. Areas are ranked by
    the first part, other labels keep their order. A label of which a part has no value is not drawn but said so.
    """
    counts: dict[str, dict[str, Figure]] = {}
    for text, piece, value in zip(labels_of(frame, label), labels_of(frame, part), figures(frame), strict=True):
        if piece in counts.setdefault(text, {}):
            raise DataError(f"two figures for {piece} of {text}", do="pick one indicator and one period")
        counts[text][piece] = value
    parts = list(order) or list(next(iter(counts.values())))
    shares = {text: _shares(text, pieces, parts) for text, pieces in counts.items()}
    if label == "area":
        shares = dict(sorted(shares.items(), key=lambda one: (-(one[1][parts[0]].value or -1), one[0])))
    with style():
        canvas, axes = _rows(list(shares), 0.28)
        canvas.set_figheight(canvas.get_figheight() + 0.3)
        axes.set_xlim(-0.2, 100.2)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        canvas.draw_without_rendering()  # only now it is known how wide a bar is
        point = 100.4 / 72 * canvas.dpi / axes.get_window_extent().width  # in percent
        for place, pieces in enumerate(shares.values()):
            _stack(axes, place, pieces, point)
        _part_names(axes, next((pieces for pieces in shares.values() if _gap(pieces) is None), {}), point)
    rows = [
        {heading(label): text}
        | {one: counts[text][one] for one in parts}
        | {f"{one} (%)": pieces[one] for one in parts if pieces[one] is not counts[text][one]}
        for text, pieces in shares.items()
    ]
    return Chart(name, title, unit, _stack_words(shares, parts), rows, canvas)


def strips(
    frame: pd.DataFrame,
    item: str | Sequence[str],
    name: str,
    title: str,
    unit: str = "",
    mark: str = "Genk",
    respondents: Figure | None = None,
) -> Chart:
    """A line for each item: a diamond with its figure for the marked area, a tick for each of the others.

    `item` is a column, a breakdown key or a name for each row. With the `respondents` of a survey, a line below
    shows which shares cannot be told apart from that of the marked area, and the words do not rank.
    """
    items = dict(tuple(frame.groupby(labels_of(frame, item), sort=False)))
    for text, rows in items.items():
        if rows.area.duplicated().any() or mark not in set(rows.area):
            raise DataError(f"not one figure an area for {text}, {mark} among them", do="pick one period and breakdown")
    apart = {text: frames.apart(rows, mark, respondents) for text, rows in items.items()} if respondents else {}
    values = figures(frame)
    percent = {one.unit for one in values} == {"%"}
    with style():
        pitch = 0.55 + 0.17 * max(text.count("\n") + 1 for text in map(_item, items))
        canvas = Canvas(figsize=(7, 0.4 + pitch * len(items)))
        axes = canvas.subplots()
        _from_zero(axes, [*map(number, values), *(end for one in apart.values() for end in _alike(one))], 0.02)
        axes.set_ylim(len(items) - 1 + 0.22 / pitch, 0.22 / pitch - 1)
        axes.set_yticks([])
        axes.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10]))
        axes.xaxis.set_major_formatter(lambda value, _: axis_text(value, percent))
        axes.grid(axis="x")
        axes.spines[["left", "bottom"]].set_visible(False)
        axes.tick_params(length=0)
        told = [
            _strip(axes, place, text, rows, mark, apart.get(text)) for place, (text, rows) in enumerate(items.items())
        ]
    notes = [
        f"Ruit: {mark}. Streepjes: de andere; gelijke cijfers staan naast elkaar.",
        f"Lijntje eronder: niet te onderscheiden van {mark}." if respondents else "",
        unsure_words(values, "ruit"),
    ]
    areas = [mark, *sorted(set(frame.area) - {mark})]
    table = []
    for text, rows in items.items():
        own = dict(zip(rows.area, figures(rows), strict=True))
        table.append({heading(item): text, **{area: own.get(area, "") for area in areas}})
    return Chart(name, title, unit_of(values, unit), " ".join(told), table, canvas, notes=notes)


def small_strip(frame: pd.DataFrame, name: str, title: str, unit: str, mark: str, respondents: Figure | None) -> Chart:
    """One item of `strips` as a small picture without axes; `area` names the dots."""
    (mark,) = marked(mark, list(frame.area))
    apart = frames.apart(frame, mark, respondents) if respondents else None
    ranked = frame.sort_values(["value", "area"], ascending=[False, True])
    values = figures(ranked)
    with style():
        canvas = Canvas(figsize=(3.6, 0.8))
        axes = canvas.subplots()
        _from_zero(axes, [*map(number, values), *_alike(apart)], 0.02)
        axes.set_ylim(0.8, -1)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        _strip(axes, 0, "", frame, mark, apart)
    alike = f"Lijntje eronder: niet te onderscheiden van {mark}." if _alike(apart) else ""
    notes = [f"Ruit: {mark}. Streepjes: de andere.", alike, unsure_words(values, "ruit")]
    rows = [{"Naam": text, "Waarde": value} for text, value in zip(ranked.area, values, strict=True)]
    return Chart(name, title, unit_of(values, unit), _apart_words(frame, mark, apart), rows, canvas, notes=notes)


def _rows(labels: Sequence[str], pitch: float, bold: Sequence[str] = ()) -> tuple[Canvas, Axes]:
    """A picture with a row a label; long labels go on in a next line."""
    wrapped = [textwrap.fill(text, WIDE) for text in labels]
    pitch = max(pitch, 0.08 + 0.17 * max(text.count("\n") + 1 for text in wrapped))
    canvas = Canvas(figsize=(7, 0.4 + pitch * len(labels)))
    axes = canvas.subplots()
    axes.set_yticks(range(len(labels)), wrapped)
    for text, tick in zip(labels, axes.get_yticklabels(), strict=True):
        tick.set_fontweight("bold" if text in bold else "normal")
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    return canvas, axes


def _from_zero(axes: Axes, spots: Iterable[float], edge: float = 0) -> None:
    """From zero to the farthest spot, and an `edge` for marks; values are written out, so there is no scale."""
    known = [0.0, *(spot for spot in spots if spot == spot)]
    low, high = min(known), max(known)
    edge *= (high - low) or 1
    axes.set_xlim(low - edge - (high - low) * 0.18 * (low < 0), (high if low < high else 1) + edge)  # room for −12,5%
    if low < 0:
        axes.axvline(0, color=QUIET, linewidth=0.8)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _dot(axes: Axes, place: float, value: Figure, color: str, marker: str = "o", hollow: bool = False) -> None:
    face = "white" if hollow or is_unsure(value) else color
    axes.plot(number(value), place, marker, mfc=face, mec=color, markersize=6, markeredgewidth=1.3, zorder=4)


def _write(axes: Axes, place: float, value: Figure, bold: bool = False) -> None:
    """The value of a row beside its mark; in italics why there is none."""
    if value.value is None:
        _beside(axes, place, 0, str(value), 1, style="italic")
    else:
        side = -1 if value.value < 0 else 1
        _beside(axes, place, number(value), short(value), side, weight="bold" if bold else "normal")


def _beside(axes: Axes, place: float, at: float, text: str, side: int, gap: float = 7, **look: object) -> None:
    """Words right (`side` 1) or left (-1) of a place in a row, `gap` points from it."""
    align = "left" if side > 0 else "right"
    look = {"color": INK, "va": "center", "ha": align} | look
    axes.annotate(text, (at, place), (gap * side, 0), textcoords="offset points", **look)


def _rank_words(labels: Sequence[str], values: Sequence[Figure], mark: Sequence[str]) -> str:
    """Highest, lowest, and the place of what is marked."""
    words = extremes("Gerangschikte punten", labels, values)
    for text, value in zip(labels, values, strict=True):
        if text in mark:
            words += f" {text}: {value}" + (f", {place_words(value, values)}." if value.value is not None else ".")
    return words


def _alike(apart: frames.Apart | None) -> list[float]:
    """The ends of what cannot be told apart: half a percent around the whole percents that cannot."""
    if apart is None or apart.low.value is None:
        return []
    return [max(0.0, number(apart.low) - 0.5), min(100.0, number(apart.high) + 0.5)]


def _band(axes: Axes, apart: frames.Apart | None, area: str) -> None:
    if not _alike(apart):
        return
    low, high = _alike(apart)
    axes.axvspan(low, high, color="#EBEBEB", linewidth=0, zorder=0)
    axes.annotate(
        f"grijs: niet te onderscheiden\nvan {area}",
        ((low + high) / 2, 1),
        (0, 2),
        ("data", "axes fraction"),
        "offset points",
        ha="center",
        va="bottom",
        fontsize=SMALL,
        color=INK,
    )


def _apart_words(frame: pd.DataFrame, area: str, apart: frames.Apart | None) -> str:
    """One area beside the others: in a survey who lies clearly above and below it and who does not, without places."""
    own, others = figures(frame[frame.area == area])[0], frame[frame.area != area]
    if not _alike(apart):
        return f"{area} {own}{_span_words(others)}." + missing_words(figures(others))
    words = [f"{area} {own}."]
    for what, rows in (("Duidelijk hoger", apart.higher), ("Duidelijk lager", apart.lower)):
        told = [f"{one} ({value})" for one, value in zip(rows.area, figures(rows), strict=True)]
        words.append(f"{what}: {join(told) or 'geen enkele'}.")
    if len(apart.same):
        span = f"{apart.low:0} tot {apart.high:0}"
        words.append(f"Niet te onderscheiden van {area} ({span}): {join(list(apart.same.area))}.")
    return " ".join(words) + missing_words(figures(others))


def _span_words(others: pd.DataFrame) -> str:
    found = ends(list(others.area), figures(others))
    return "; de andere van {1} ({0}) tot {3} ({2})".format(*found[0], *found[1]) if found else ""


def _range(axes: Axes, place: int, bounds: dict[str, Figure]) -> str:
    """Draw one row of a range; gives it in words."""
    known = {bound: one for bound, one in bounds.items() if one.value is not None}
    if set(known) in ENDS:
        low, high = sorted(known.values(), key=number)
        axes.plot([number(low), number(high)], [place] * 2, "-|", color=BLUE, linewidth=4, ms=11, solid_capstyle="butt")
        for one, side in ((low, -1), (high, 1)):
            _beside(axes, place, number(one), _bare(one), side)
        return f"tussen {_bare(low)} en {_bare(high)}"
    for bound, one in known.items():
        if not bound:
            _dot(axes, place, one, BLUE)
            _write(axes, place, one)
            continue
        side = 1 if bound == "ondergrens" else -1
        arrow = {"arrowstyle": "<|-", "color": BLUE, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
        axes.plot(number(one), place, "|", color=BLUE, markersize=11, markeredgewidth=2)
        axes.annotate("", (number(one), place), (36 * side, 0), textcoords="offset points", arrowprops=arrow)
        _beside(axes, place, number(one), short(one), side, 42)
    if not known:
        _write(axes, place, next(iter(bounds.values())))
    return join([str(one) for one in (known or bounds).values()])


def _bare(value: Figure) -> str:
    """`40%` for `minstens 40%`, where both ends are shown."""
    return short(replace(value, bound=""))


def _shares(text: str, pieces: dict[str, Figure], parts: Sequence[str]) -> dict[str, Figure]:
    """The parts of one bar in percent."""
    if set(pieces) != set(parts):
        raise DataError(
            f"{text} has not the parts that were asked for or that the others have",
            found=join(sorted(pieces)),
            expected=join(sorted(parts)),
            do="pick rows that have the same parts",
        )
    whole = total(list(pieces.values()), "delen")
    if whole.unit != "%":
        return {one: ratio(pieces[one], whole, "%", "deel gedeeld door de som van de delen") for one in parts}
    if whole.value is not None and abs(whole.value - 100) > len(parts) * 0.5:
        raise DataError(f"the parts of {text} do not add up", found=str(whole), expected="100%", do="pick all parts")
    return {one: pieces[one] for one in parts}


def _gap(pieces: dict[str, Figure]) -> Figure | None:
    """The first part without a value."""
    return next((value for value in pieces.values() if value.value is None), None)


def _fills(parts: Sequence[str]) -> dict[str, dict[str, str]]:
    fills = [TONES[i] for i in STEPS[len(parts)]] if len(parts) in STEPS else [*TONES, *HATCHED]
    if len(parts) > len(fills):
        raise DataError(f"{len(parts)} parts cannot be told apart", expected=f"at most {len(fills)}", do="draw bars")
    return {one: fill | {"edgecolor": INK, "linewidth": 0.6} for one, fill in zip(parts, fills, strict=False)}


def _stack(axes: Axes, place: int, pieces: dict[str, Figure], point: float) -> None:
    """One bar, with the shares written in the pieces that have room; `point` is a point in percent."""
    if (gap := _gap(pieces)) is not None:
        _write(axes, place, gap)
        return
    left = 0.0
    for fill, value in zip(_fills(list(pieces)).values(), pieces.values(), strict=True):
        text, middle = f"{value:0}", left + number(value) / 2
        axes.barh(place, number(value), 0.76, left, **fill)
        if number(value) > point * 7 * len(text) and "hatch" not in fill:
            axes.text(middle, place, text, ha="center", va="center", fontsize=SMALL, color=ink(fill["facecolor"]))
        left += number(value)


def _part_names(axes: Axes, pieces: dict[str, Figure], point: float) -> None:
    """The name of each part over the first bar; those that are too long for that in a line above."""
    left, others = 0.0, []
    for (one, fill), value in zip(_fills(list(pieces)).items(), pieces.values(), strict=True):
        if number(value) > point * 6 * len(one):
            axes.text(left + number(value) / 2, -0.64, one, ha="center", va="center", fontsize=SMALL, color=INK)
        else:
            others.append(Patch(label=one, **fill))
        left += number(value)
    if others:
        key(axes, others, "right")


def _stack_words(shares: dict[str, dict[str, Figure]], parts: Sequence[str]) -> str:
    words = [f"Balken van 100%, van links naar rechts: {join(list(parts))}."]
    for one in parts:
        found = ends(list(shares), [pieces[one] for pieces in shares.values()])
        if found and found[0][1].value < found[1][1].value:
            (low, bottom), (high, top) = found
            words.append(f"{one.capitalize()}: hoogste in {high} ({top}), laagste in {low} ({bottom}).")
        elif found:
            words.append(f"{one.capitalize()}: {found[0][1]} ({found[0][0]}).")
    return " ".join(words) + missing_words([gap for pieces in shares.values() if (gap := _gap(pieces))])


def _strip(axes: Axes, place: int, text: str, rows: pd.DataFrame, mark: str, apart: frames.Apart | None) -> str:
    """Draw one item; gives it in words."""
    own = figures(rows[rows.area == mark])[0]
    others = rows[rows.area != mark].sort_values(["value", "area"])
    found = ends(list(others.area), figures(others))
    across = axes.get_yaxis_transform()
    axes.annotate(_item(text), (0, place), (0, 20), across, "offset points", va="bottom")
    axes.hlines(place, 0, 1, color=GRID, linewidth=0.8, transform=across, zorder=1)
    wide = axes.get_xlim()[1] / 200 * 7 / axes.figure.get_figwidth()  # between the ticks of areas with the same figure
    for value, same in others.dropna(subset="value").groupby("value"):
        spots = [value + (i - (len(same) - 1) / 2) * wide for i in range(len(same))]
        axes.plot(spots, [place] * len(spots), "|", color=QUIET, markersize=9, markeredgewidth=1.1, zorder=3)
    for (names, one), side in zip(found, (-1, 1), strict=False):
        if own.value is None or (one.value - own.value) * side > 0:
            _beside(axes, place, number(one), f"{names} {short(one)}", side, 6, fontsize=SMALL, bbox=CLEAR)
    if _alike(apart):
        below = axes.transData + ScaledTranslation(0, -8 / 72, axes.figure.dpi_scale_trans)
        axes.plot(_alike(apart), [place] * 2, "-|", color=INK, linewidth=1, markersize=5, transform=below)
    _dot(axes, place, own, ORANGE, "D")
    told, at = (f"{mark} {short(own)}", number(own)) if own.value is not None else (f"{mark}: {own}", 0)
    look = {"ha": "center", "weight": "bold"} if own.value is not None else {"style": "italic"}
    axes.annotate(told, (at, place), (0, 6), textcoords="offset points", color=INK, **look)
    return f"{_sentence(text)} {_apart_words(rows, mark, apart)}"


def _item(text: str) -> str:
    return textwrap.fill(text, 72)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}:"
