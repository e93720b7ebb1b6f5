# SPDX-License-Identifier: EUPL-1.2
"""Charts with a row a label: bars, ranked dots, ranges, parts of a whole, one area beside the others."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.transforms import blended_transform_factory

from .. import frames
from ..errors import DataError
from ..prose import Figure, figures, join, ratio, total
from .canvas import (
    BLUE,
    FAINT,
    GRID,
    INK,
    ORANGE,
    QUIET,
    SMALL,
    Chart,
    extremes,
    heading,
    ink,
    is_unsure,
    labels_of,
    missing_words,
    note,
    number,
    short,
    style,
    unit_of,
    unsure_words,
)  # fmt: skip

WIDE = 30  # characters of a label before it goes on in a next line


def bars(
    frame: pd.DataFrame, label: str | Sequence[str], name: str, title: str, unit: str = "", mark: Sequence[str] = ()
) -> Chart:
    """Horizontal bars from zero, in the order of the frame, each with its label and value written out."""
    labels, values = labels_of(frame, label), figures(frame)
    with style():
        canvas, axes = _rows(labels, 0.36, mark)
        for place, (text, value) in enumerate(zip(labels, values, strict=True)):
            color = ORANGE if text in mark else BLUE
            axes.barh(
                place, float(value.value or 0), 0.62, facecolor="white" if is_unsure(value) else color, edgecolor=color
            )
            _write(axes, place, value, bold=text in mark)
        _zero(axes, values)
        words = note(axes, unsure_words(values, "staaf"))
    rows = [{heading(label): text, "Waarde": value} for text, value in zip(labels, values, strict=True)]
    return Chart(name, title, unit_of(values, unit), extremes("Staafdiagram", labels, values) + words, rows, canvas)


def dots(
    frame: pd.DataFrame,
    label: str | Sequence[str],
    name: str,
    title: str,
    unit: str = "",
    mark: Sequence[str] = (),
    quiet: Sequence[str] = (),
    respondents: Figure | None = None,
) -> Chart:
    """Dots from high to low. Labels in `mark` stand out; those in `quiet` are drawn open, with a `*`.

    With the `respondents` of a survey, the band is drawn of shares that cannot be told apart from that of the one
    marked area (`frames.apart`), and the words say who lies clearly outside it instead of who comes where.
    """
    frame = frame.assign(_label=labels_of(frame, label))
    ranked = frame.sort_values(["value", "_label"], ascending=[False, True], kind="stable")
    labels, values = list(ranked.pop("_label")), figures(ranked)
    shown = [f"{text} *" if text in quiet else text for text in labels]
    apart = frames.apart(ranked, mark[0], respondents) if respondents else None
    with style():
        canvas, axes = _rows(shown, 0.235, [*mark, *(f"{text} *" for text in mark)])
        for place, (text, value) in enumerate(zip(labels, values, strict=True)):
            color = ORANGE if text in mark else BLUE
            hollow = text in quiet or is_unsure(value)
            axes.hlines(place, 0, float(value.value or 0), color=GRID, linewidth=1, zorder=1)
            axes.plot(number(value), place, "D" if text in mark else "o", **_marker(color, hollow))
            _write(axes, place, value, bold=text in mark)
        _zero(axes, values)
        if apart:
            _band(axes, apart, mark[0])
        few = sorted(set(quiet) & set(labels))
        words = note(axes, f"* Weinig inwoners: {join(few)}." if few else "", unsure_words(values))
    rows = [{heading(label): text, "Waarde": value} for text, value in zip(shown, values, strict=True)]
    told = _apart_words(ranked, mark[0], apart) if apart else _rank_words(labels, values, mark)
    return Chart(name, title, unit_of(values, unit), told + words, rows, canvas)


def ranges(frame: pd.DataFrame, label: str | Sequence[str], name: str, title: str, unit: str = "") -> Chart:
    """What was published as a range: a bar from lower to upper bound (`grens=ondergrens`, `grens=bovengrens`).

    A bound without its other end is an arrow that stays open there; a plain figure is a dot.
    """
    rows: dict[str, dict[str, Figure]] = {}
    for text, value in zip(labels_of(frame, label), figures(frame), strict=True):
        if value.bound in rows.setdefault(text, {}):
            raise DataError(f"two figures for {text}", do="pick one indicator, or give each row a label of its own")
        rows[text][value.bound] = value
    every = [value for ends in rows.values() for value in ends.values()]
    with style():
        canvas, axes = _rows(list(rows), 0.36)
        _zero(axes, every)
        for place, ends in enumerate(rows.values()):
            _range(axes, place, ends)
        words = note(axes, unsure_words(every))
    table = [{heading(label): text, **{k: ends.get(b, "") for k, b in BOUNDS.items()}} for text, ends in rows.items()]
    told = ["Gepubliceerde vorken."] + [f"{text}: {_range_words(ends)}." for text, ends in rows.items()]
    return Chart(name, title, unit_of(every, unit), " ".join(told) + words, table, canvas)


BOUNDS = {"Minstens": "ondergrens", "Hoogstens": "bovengrens", "Waarde": ""}


def _range(axes: Axes, place: int, ends: dict[str, Figure]) -> None:
    low, high, plain = (ends.get(bound) for bound in ("ondergrens", "bovengrens", ""))
    known = [one for one in (low, high) if one is not None and one.value is not None]
    if plain is not None:
        axes.plot(number(plain), place, "o", **_marker(BLUE, is_unsure(plain)))
        _write(axes, place, plain)
    elif len(known) == 2:
        axes.plot([number(one) for one in known], [place] * 2, "-|", color=BLUE, linewidth=4, markersize=11)
        for one, side in zip(known, (-1, 1), strict=True):
            _beside(axes, place, number(one), number_only(one), side)
    elif known:
        side = 1 if known[0] is low else -1
        axes.plot(number(known[0]), place, "|", color=BLUE, markersize=11, markeredgewidth=2)
        axes.annotate(
            "",
            (number(known[0]), place),
            (34 * side, 0),
            textcoords="offset points",
            arrowprops={"arrowstyle": "<-", "color": BLUE, "linewidth": 2, "shrinkA": 0, "shrinkB": 0},
        )
        _beside(axes, place, number(known[0]), short(known[0]), side, 38)
    else:
        _write(axes, place, (low or high))


def number_only(value: Figure) -> str:
    """`minstens 40%` at the end of a bar that shows both ends: `40%`."""
    return short(Figure(value.value, value.unit, value.status, value.cells, value.formula))


def _range_words(ends: dict[str, Figure]) -> str:
    low, high = ends.get("ondergrens"), ends.get("bovengrens")
    if low and high and low.value is not None and high.value is not None:
        return f"tussen {number_only(low)} en {number_only(high)}"
    return join([str(value) for value in ends.values()])


def stacked(
    frame: pd.DataFrame,
    label: str | Sequence[str],
    part: str,
    name: str,
    title: str,
    order: Sequence[str] = (),
    unit: str = "%",
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
    parts = list(order) or list(dict.fromkeys(piece for pieces in counts.values() for piece in pieces))
    shares = {text: _shares(text, pieces, parts) for text, pieces in counts.items()}
    if label == "area":
        shares = dict(sorted(shares.items(), key=lambda one: (-(one[1][parts[0]].value or -1), one[0])))
    with style():
        canvas, axes = _rows(list(shares), 0.27)
        canvas.set_figheight(canvas.get_figheight() + 0.2)
        fills = _fills(len(parts))
        for place, pieces in enumerate(shares.values()):
            _stack(axes, place, pieces, fills)
        axes.set_xlim(0, 100)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        canvas.draw_without_rendering()
        _stack_labels(axes, shares, fills)
    rows = [
        {
            heading(label): text,
            **{f"{one}{' (%)' if pieces[one] is not counts[text].get(one) else ''}": pieces[one] for one in parts},
        }
        for text, pieces in shares.items()
    ]
    return Chart(name, title, unit, _stack_words(shares, parts), rows, canvas)


def _shares(text: str, pieces: dict[str, Figure], parts: Sequence[str]) -> dict[str, Figure]:
    """The parts of one bar in percent."""
    if set(pieces) != set(parts):
        raise DataError(
            f"{text} has not the parts that the others have",
            found=join(sorted(pieces)),
            expected=join(list(parts)),
            do="pick rows that have the same parts",
        )
    whole = total(list(pieces.values()), "delen")
    if whole.unit != "%":
        return {one: ratio(pieces[one], whole, "%", "deel gedeeld door de som van de delen") for one in parts}
    if whole.value is not None and abs(whole.value - 100) > len(parts) * 0.5:
        raise DataError(f"the parts of {text} do not add up", found=str(whole), expected="100%", do="pick all parts")
    return {one: pieces[one] for one in parts}


def _fills(count: int) -> list[dict[str, str]]:
    """As many fills from dark to light, so far apart that they print in grey."""
    colors = {1: [0], 2: [0, 3], 3: [0, 2, 4], 4: [0, 1, 3, 4]}.get(count, range(5))
    tones = ["#12436D", "#3F75A8", "#7FA6CB", "#BDD3E8", "#FFFFFF"]
    hatches = ["", "////", "....", "xxxx"]
    return [{"facecolor": tones[colors[i % len(colors)]], "hatch": hatches[i // len(colors)]} for i in range(count)]


def _stack(axes: Axes, place: int, pieces: dict[str, Figure], fills: list[dict[str, str]]) -> None:
    if any(value.value is None for value in pieces.values()):
        return _write(axes, place, next(value for value in pieces.values() if value.value is None))
    left = 0.0
    for value, fill in zip(pieces.values(), fills, strict=True):
        axes.barh(place, number(value), 0.74, left, edgecolor=INK, linewidth=0.6, **fill)
        left += number(value)
    return None


def _stack_labels(axes: Axes, shares: dict[str, dict[str, Figure]], fills: list[dict[str, str]]) -> None:
    """Shares inside the pieces where they fit, and over the first bar the name of each part."""
    point = 100 / (axes.get_window_extent().width / axes.figure.dpi * 72)  # in percent
    named = False
    for place, pieces in enumerate(shares.values()):
        if any(value.value is None for value in pieces.values()):
            continue
        left, ends = 0.0, [-100.0] * 3
        for (piece, value), fill in zip(pieces.items(), fills, strict=True):
            width, text = number(value), f"{value:0}"
            if width > point * 6.2 * len(text):
                axes.text(
                    left + width / 2,
                    place,
                    text,
                    ha="center",
                    va="center",
                    fontsize=SMALL,
                    color=ink(fill["facecolor"]),
                )
            if not named:
                size = point * 5.4 * len(piece)
                start = min(max(left + width / 2 - size / 2, 0), 100 - size)
                level = next((i for i, end in enumerate(ends) if start > end + point * 6), len(ends) - 1)
                ends[level] = start + size
                axes.annotate(
                    piece,
                    (left + width / 2, place - 0.37),
                    (start + size / 2, place - 0.75 - 0.62 * level),
                    ha="center",
                    va="center",
                    fontsize=SMALL,
                    color=INK,
                    arrowprops={"arrowstyle": "-", "color": QUIET, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0},
                )
            left += width
        named = True


def _stack_words(shares: dict[str, dict[str, Figure]], parts: Sequence[str]) -> str:
    words = [f"Balken van 100%, van links naar rechts: {join(list(parts))}."]
    for one in parts:
        known = [(p[one].value, text, p[one]) for text, p in shares.items() if p[one].value is not None]
        if len(known) > 1:
            high, low = max(known, key=lambda k: k[0]), min(known, key=lambda k: k[0])
            words.append(f"{one.capitalize()}: hoogste in {high[1]} ({high[2]}), laagste in {low[1]} ({low[2]}).")
        elif known:
            words.append(f"{one.capitalize()}: {known[0][2]}.")
    without = [
        next(v for v in p.values() if v.value is None)
        for p in shares.values()
        if any(v.value is None for v in p.values())
    ]
    return " ".join(words) + missing_words(without)


def strips(
    frame: pd.DataFrame,
    item: str | Sequence[str],
    name: str,
    title: str,
    unit: str = "",
    mark: str = "Genk",
    respondents: Figure | None = None,
) -> Chart:
    """A line for each item: a dot with its figure for the marked area, a tick for each of the others.

    `item` is a column, a breakdown key or a name for each row. With the `respondents` of a survey, a bar shows
    which shares cannot be told apart from that of the marked area, and the words do not rank.
    """
    items = dict(tuple(frame.groupby(labels_of(frame, item), sort=False)))
    for text, rows in items.items():
        if rows.area.duplicated().any() or mark not in set(rows.area):
            raise DataError(f"not one figure an area for {text}, {mark} among them", do="pick one period and breakdown")
    with style():
        canvas = Canvas(figsize=(7, 0.45 + 0.64 * len(items)))
        axes = canvas.subplots()
        told = [_strip(axes, place, text, rows, mark, respondents) for place, (text, rows) in enumerate(items.items())]
        every = [value for rows in items.values() for value in figures(rows)]
        axes.set_ylim(len(items) - 0.65, -0.85)
        axes.set_yticks([])
        low, high = _span(every)
        axes.set_xlim(low, high)
        axes.spines["left"].set_visible(False)
        axes.grid(axis="x")
        axes.tick_params(length=0)
        axes.xaxis.set_major_formatter(lambda value, _: short(Figure(Decimal(f"{value:.10g}"), every[0].unit)))
        words = note(
            axes,
            f"Ruit: {mark}. Streepjes: de andere gebieden.",
            f"Grijze balk: niet te onderscheiden van {mark}." if respondents else "",
            unsure_words(every, "ruit"),
        )
    areas = [mark, *sorted(set(frame.area) - {mark})]
    table = [
        {heading(item): text, **{area: one.get(area, "") for area in areas}}
        for text, rows in items.items()
        for one in [dict(zip(rows.area, figures(rows), strict=True))]
    ]
    return Chart(name, title, unit_of(every, unit), " ".join(told) + words, table, canvas)


def _strip(axes: Axes, place: int, text: str, rows: pd.DataFrame, mark: str, respondents: Figure | None) -> str:
    """Draw one item; gives what its words say."""
    own = figures(rows[rows.area == mark])[0]
    others = rows[(rows.area != mark) & rows.value.notna()].sort_values(["value", "area"])
    values = figures(others)
    apart = frames.apart(rows, mark, respondents) if respondents else None
    axes.annotate(
        text, (0, place - 0.62), xycoords=blended_transform_factory(axes.transAxes, axes.transData), va="center"
    )
    if apart and apart.low.value is not None:
        left, right = number(apart.low) - 0.5, number(apart.high) + 0.5
        axes.barh(place, right - left, 0.2, left, facecolor=GRID, edgecolor=FAINT, linewidth=0.6, zorder=2)
    axes.plot([number(one) for one in values], [place] * len(values), "|", color=QUIET, markersize=10, zorder=3)
    axes.plot(number(own), place, "D", **_marker(ORANGE, is_unsure(own)))
    if own.value is None:
        _write(axes, place, own)
    else:
        axes.annotate(
            f"{mark} {short(own)}",
            (number(own), place),
            (0, 6),
            textcoords="offset points",
            ha="center",
            weight="bold",
            color=INK,
        )
    for one, area, side in [
        *zip(values[:1], others.area[:1], [-1], strict=True),
        *zip(values[-1:], others.area[-1:], [1], strict=True),
    ]:
        if own.value is None or (one.value - own.value) * side > 0:
            _beside(axes, place, number(one), f"{area} {short(one)}", side, 5, SMALL)
    if apart:
        return f"{text}: {_apart_words(rows, mark, apart)}"
    words = f"{text}: {mark} {own}"
    if values:
        words += f"; de andere van {values[0]} ({others.area.iloc[0]}) tot {values[-1]} ({others.area.iloc[-1]})"
    return words + "." + missing_words(figures(rows[(rows.area != mark)]))


def _rows(labels: Sequence[str], pitch: float, bold: Sequence[str] = ()) -> tuple[Canvas, Axes]:
    """A picture with a row a label; long labels go on in a next line."""
    wrapped = [textwrap.fill(text, WIDE) for text in labels]
    pitch = max(pitch, 0.1 + 0.15 * max(text.count("\n") + 1 for text in wrapped))
    canvas = Canvas(figsize=(7, 0.45 + pitch * len(labels)))
    axes = canvas.subplots()
    axes.set_yticks(range(len(labels)), wrapped)
    for text, tick in zip(labels, axes.get_yticklabels(), strict=True):
        tick.set_fontweight("bold" if text in bold else "normal")
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    return canvas, axes


def _zero(axes: Axes, values: Sequence[Figure]) -> None:
    """From zero to the farthest value; values are written out, so there is no scale."""
    low, high = _span(values)
    axes.set_xlim(low, high)
    if low < 0:
        axes.axvline(0, color=QUIET, linewidth=0.8)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _span(values: Sequence[Figure]) -> tuple[float, float]:
    known = [float(one.value) for one in values if one.value is not None]
    low, high = min(0, *known, 0), max(0, *known, 0)
    return (low, high) if low < high else (0, 1)


def _marker(color: str, hollow: bool) -> dict[str, object]:
    face = "white" if hollow else color
    return {"markerfacecolor": face, "markeredgecolor": color, "markersize": 6, "markeredgewidth": 1.3, "zorder": 4}


def _write(axes: Axes, place: float, value: Figure, bold: bool = False) -> None:
    """The value of a row beside its mark; in italics why there is none."""
    if value.value is None:
        axes.annotate(
            str(value), (0, place), (4, 0), textcoords="offset points", va="center", color=QUIET, style="italic"
        )
        return
    _beside(axes, place, number(value), short(value), -1 if value.value < 0 else 1, weight="bold" if bold else "normal")


def _beside(
    axes: Axes, place: float, at: float, text: str, side: int, gap: float = 7, size: float = 9, **look: object
) -> None:
    axes.annotate(
        text,
        (at, place),
        (gap * side, 0),
        textcoords="offset points",
        va="center",
        ha="left" if side > 0 else "right",
        fontsize=size,
        color=INK,
        **look,
    )


def _band(axes: Axes, apart: frames.Apart, area: str) -> None:
    if apart.low.value is None:
        return
    low, high = number(apart.low) - 0.5, number(apart.high) + 0.5
    axes.axvspan(low, high, facecolor="#EEEEEE", edgecolor=FAINT, linewidth=0.8, zorder=0)
    axes.annotate(
        f"niet te onderscheiden\nvan {area}",
        ((low + high) / 2, 1),
        (0, 2),
        ("data", "axes fraction"),
        "offset points",
        ha="center",
        va="bottom",
        fontsize=SMALL,
        color=INK,
    )


def _rank_words(labels: Sequence[str], values: Sequence[Figure], mark: Sequence[str]) -> str:
    """Highest, lowest, and the place of what is marked."""
    words = extremes("Gerangschikte punten", labels, values)
    known = [value.value for value in values if value.value is not None]
    for text, value in zip(labels, values, strict=True):
        if text in mark and value.value is not None:
            place = sum(one > value.value for one in known) + 1
            words += f" {text}: {value}, plaats {place} van {len(known)}."
        elif text in mark:
            words += f" {text}: {value}."
    return words


def _apart_words(frame: pd.DataFrame, area: str, apart: frames.Apart) -> str:
    """Who lies clearly above and below one area in a survey, and who cannot be told apart; no places."""
    own = figures(frame[frame.area == area])[0]
    if apart.low.value is None:
        return f"{area}: {own}. Niet te vergelijken: {apart.low!s}."
    words = [f"{area}: {own}."]
    for what, rows in (("Duidelijk hoger", apart.higher), ("Duidelijk lager", apart.lower)):
        told = [f"{one} ({value})" for one, value in zip(rows.area, figures(rows), strict=True)]
        words.append(f"{what}: {join(told) or 'geen enkel gebied'}.")
    words.append(
        f"Niet te onderscheiden van {area} ({apart.low:0} tot {apart.high:0}): {join(list(apart.same.area)) or 'geen'}."
    )
    return " ".join(words) + missing_words(figures(frame[frame.area != area]))
