# SPDX-License-Identifier: EUPL-1.2
"""Charts with a row a label: bars, ranked dots, ranges, parts of a whole, one area beside the others."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation

from ...errors import DataError
from .. import frames
from ..prose import Figure, figures, join, ratio, total
from .canvas import BLUE, GRID, INK, ORANGE, QUIET, SMALL, WIDE, Chart, axis_text, ink, key, note, style
from .words import Names, ends, extremes, gap_words, heading, labels_of, marked, open_words, place_of, series_of, short

LABEL = 26  # characters of a label before it goes on in a next line
BOUNDS = {"Minstens": "ondergrens", "Hoogstens": "bovengrens", "Laagste": "laagste", "Hoogste": "hoogste", "Waarde": ""}
ENDS = ({"ondergrens", "bovengrens"}, {"laagste", "hoogste"})  # as published; of several published figures
# Parts from dark to light, so far apart that they print in grey; which of them when there are few.
TONES = ("#12436D", "#3F75A8", "#7FA6CB", "#BDD3E8", "#FFFFFF")
STEPS = {1: [0], 2: [0, 3], 3: [0, 2, 4], 4: [0, 1, 3, 4], 5: [0, 1, 2, 3, 4]}
CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # keeps lines out of words


def bars(frame: pd.DataFrame, label: Names, name: str, title: str, unit: str = "", mark: Names = ()) -> Chart:
    """Horizontal bars from zero, in the order of the frame, each with its label and value written out."""
    labels, values = labels_of(frame, label), figures(frame)
    mark = marked(mark, labels)
    with style():
        axes = _rows(labels, 0.36, mark)
        _from_zero(axes, values)
        for place, (text, value) in enumerate(zip(labels, values, strict=True)):
            color = ORANGE if text in mark else BLUE
            face = "white" if value.unsure else color
            axes.barh(place, float(value.value or 0), 0.62, facecolor=face, edgecolor=color)
            _write(axes, place, value, text in mark)
    words, notes = extremes("Staafdiagram", labels, values), [open_words(values, "staaf")]
    return Chart(name, title, unit, words, _table(label, labels, values), axes.figure, notes)


def dots(
    frame: pd.DataFrame, label: Names, name: str, title: str, unit: str = "", mark: Names = (),
    respondents: Figure | None = None,
) -> Chart:  # fmt: skip
    """Dots from high to low. Labels in `mark` stand out.

    With the `respondents` of a survey, the band is drawn of shares that cannot be told apart from that of the one
    marked area (`frames.apart`), and the words say who lies clearly outside it instead of who comes where.
    """
    ranked = frame.assign(_label=labels_of(frame, label))
    ranked = ranked.sort_values(["value", "_label"], ascending=[False, True], kind="stable")
    labels, values = list(ranked._label), figures(ranked)
    mark = marked(mark, labels)
    apart = frames.apart(ranked, mark[0], respondents) if respondents else None
    with style():
        axes = _rows(labels, 0.25, mark)
        _from_zero(axes, [*values, *_alike(apart)], 0.02)
        if _alike(apart):
            _band(axes, *_alike(apart), mark[0])
        for place, (text, value) in enumerate(zip(labels, values, strict=True)):
            same = apart is not None and text in set(apart.same.area)
            axes.hlines(place, 0, float(value.value or 0), color=GRID, linewidth=1, zorder=1)
            _dot(axes, place, value, *((ORANGE, "D") if text in mark else (QUIET if same else BLUE, "o")))
            _write(axes, place, value, text in mark)
    words = _apart_words(ranked, mark[0], apart) if apart else _rank_words(labels, values, mark)
    return Chart(name, title, unit, words, _table(label, labels, values), axes.figure, [open_words(values)])


def ranges(frame: pd.DataFrame, label: Names, name: str, title: str, unit: str = "") -> Chart:
    """What was published as a range: a bar from lower to upper bound (`grens=ondergrens`, `grens=bovengrens`).

    A bound without its other end is an arrow that stays open there; a plain figure is a dot. The lowest and highest of
    several figures (`grens=laagste`, `grens=hoogste`, as `frames.spread_by_wijk` gives them) make a bar too.
    """
    values = figures(frame)
    rows = series_of(frame, label, [value.bound for value in values])
    with style():
        axes = _rows(list(rows), 0.36)
        _from_zero(axes, values, 0.02)
        told = [f"{text}: {_range(axes, place, ends)}." for place, (text, ends) in enumerate(rows.items())]
    used = {column: bound for column, bound in BOUNDS.items() if any(bound in ends for ends in rows.values())}
    table = [
        {heading(label): text} | {column: ends.get(bound, "") for column, bound in used.items()}
        for text, ends in rows.items()
    ]
    bounded = {value.bound for value in values} & {"ondergrens", "bovengrens"}
    kind = "Onder- en bovengrenzen zoals gepubliceerd." if bounded else "Van het laagste tot het hoogste cijfer."
    return Chart(name, title, unit, " ".join([kind, *told]), table, axes.figure, [open_words(values)])


def stacked(
    frame: pd.DataFrame, label: Names, part: Names, name: str, title: str, unit: str = "%", order: Sequence[str] = ()
) -> Chart:
    """Parts of a whole: a bar of 100% a label, cut in the values of `part` (column or breakdown key), in `order`.

    Counts become shares of their sum; shares must add up to 100, give or take their rounding. Areas are ranked by
    the first part, other labels keep their order. A label of which a part has no value is not drawn but said so.
    """
    counts = series_of(frame, label, labels_of(frame, part))
    parts = list(order) or list(next(iter(counts.values())))
    shares = {text: _shares(text, pieces, parts) for text, pieces in counts.items()}
    if label == "area":
        shares = dict(sorted(shares.items(), key=lambda one: (-(one[1][parts[0]].value or -1), one[0])))
    with style():
        axes = _rows(list(shares), 0.28)
        canvas = axes.figure
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
    frame: pd.DataFrame, item: Names, name: str, title: str, unit: str = "", mark: str = "Genk",
    respondents: Figure | None = None,
) -> Chart:  # fmt: skip
    """A line for each item: a diamond with its figure for the marked area, a tick for each of the others.

    `item` is a column, a breakdown key or a name for each row. With the `respondents` of a survey, a line below
    shows which shares cannot be told apart from that of the marked area, and the words do not rank.
    """
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
        told, _ = _strips(axes, items, mark, respondents)
        axes.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 5, 10]))
        axes.xaxis.set_major_formatter(lambda value, _: axis_text(value, percent))
        axes.grid(axis="x")
        axes.tick_params(length=0)
    notes = [
        f"Ruit: {mark}. Streepjes: de andere; gelijke cijfers staan naast elkaar.",
        f"Lijntje eronder: niet te onderscheiden van {mark}." if respondents else "",
        open_words(values, "ruit"),
    ]
    words = " ".join(f"{text if text.endswith(('.', '?', '!')) else f'{text}:'} {said}" for text, said in told.items())
    areas = [mark, *sorted(set(frame.area) - {mark})]
    own = {text: dict(zip(rows.area, figures(rows), strict=True)) for text, rows in items.items()}
    table = [{heading(item): text} | {area: known.get(area, "") for area in areas} for text, known in own.items()]
    return Chart(name, title, unit, words, table, axes.figure, notes)


def small_strip(
    frame: pd.DataFrame, name: str, title: str, unit: str, mark: Names, respondents: Figure | None
) -> Chart:
    """One item of `strips` as a small picture without axes; `area` names the dots."""
    (mark,) = marked(mark, list(frame.area))
    ranked = frame.sort_values(["value", "area"], ascending=[False, True])
    with style():
        axes = Canvas(figsize=(3.6, 0.8)).subplots()
        axes.set_ylim(0.8, -1)
        told, alike = _strips(axes, {"": frame}, mark, respondents)
    alike = f"Lijntje eronder: niet te onderscheiden van {mark}." if alike else ""
    notes = [f"Ruit: {mark}. Streepjes: de andere.", alike, open_words(figures(frame), "ruit")]
    return Chart(name, title, unit, told[""], _table((), ranked.area, figures(ranked)), axes.figure, notes)


def _table(label: Names, labels: Iterable[str], values: Iterable[Figure]) -> list[dict]:
    return [{heading(label): text, "Waarde": value} for text, value in zip(labels, values, strict=True)]


def _rows(labels: Sequence[str], pitch: float, bold: Sequence[str] = ()) -> Axes:
    """A picture with a row a label; long labels go on in a next line."""
    wrapped = [textwrap.fill(text, LABEL) for text in labels]
    pitch = max(pitch, 0.08 + 0.17 * max(text.count("\n") + 1 for text in wrapped))
    axes = Canvas(figsize=(WIDE, 0.4 + pitch * len(labels))).subplots()
    axes.set_yticks(range(len(labels)), wrapped)
    for text, tick in zip(labels, axes.get_yticklabels(), strict=True):
        tick.set_fontweight("bold" if text in bold else "normal")
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines["left"].set_visible(False)
    return axes


def _from_zero(axes: Axes, spots: Iterable[Figure | float], edge: float = 0) -> None:
    """From zero to the farthest spot, and an `edge` for marks; values are written out, so there is no scale."""
    known = [0.0, *(spot for spot in map(float, spots) if spot == spot)]
    low, high = min(known), max(known)
    edge *= (high - low) or 1
    axes.set_xlim(low - edge - (high - low) * 0.18 * (low < 0), (high if low < high else 1) + edge)  # room for −12,5%
    if low < 0:
        axes.axvline(0, color=QUIET, linewidth=0.8)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _dot(axes: Axes, place: float, value: Figure, color: str, marker: str = "o") -> None:
    face = "white" if value.unsure else color
    axes.plot(float(value), place, marker, mfc=face, mec=color, markersize=6, markeredgewidth=1.3, zorder=4)


def _write(axes: Axes, place: float, value: Figure, bold: bool = False) -> None:
    """The value of a row beside its mark; in italics why there is none."""
    if value.value is None:
        _beside(axes, place, 0, str(value), 1, style="italic")
    else:
        _beside(axes, place, value, short(value), -1 if value.value < 0 else 1, weight="bold" if bold else "normal")


def _beside(axes: Axes, place: float, at: Figure | float, text: str, side: int, gap: float = 7, **look: object) -> None:
    """Words right (`side` 1) or left (-1) of a place in a row, `gap` points from it."""
    note(axes, text, (float(at), place), (gap * side, 0), va="center", ha="left" if side > 0 else "right", **look)


def _rank_words(labels: Sequence[str], values: Sequence[Figure], mark: Sequence[str]) -> str:
    """Highest, lowest, and the place of what is marked."""
    words = extremes("Gerangschikte punten", labels, values)
    for text, value in zip(labels, values, strict=True):
        if text in mark:
            words += f" {text}: {value}" + (f", {place_of(value, values)}." if value.value is not None else ".")
    return words


def _alike(apart: frames.Apart | None) -> list[float]:
    """The ends of what cannot be told apart: half a percent around the whole percents that cannot."""
    if apart is None or apart.low.value is None:
        return []
    return [max(0.0, float(apart.low) - 0.5), min(100.0, float(apart.high) + 0.5)]


def _band(axes: Axes, low: float, high: float, area: str) -> None:
    axes.axvspan(low, high, color="#EBEBEB", linewidth=0, zorder=0)
    look = {"xycoords": ("data", "axes fraction"), "ha": "center", "va": "bottom", "fontsize": SMALL}
    note(axes, f"grijs: niet te onderscheiden\nvan {area}", ((low + high) / 2, 1), (0, 2), **look)


def _apart_words(frame: pd.DataFrame, area: str, apart: frames.Apart | None) -> str:
    """One area beside the others: in a survey who lies clearly above and below it and who does not, without places."""
    own, others = figures(frame[frame.area == area])[0], frame[frame.area != area]
    missing = gap_words(figures(others))
    if not _alike(apart):
        found = ends(others.area, figures(others))
        span = "; de andere van {1} ({0}) tot {3} ({2})".format(*found[0], *found[1]) if found else ""
        return f"{area} {own}{span}.{missing}"
    words = [f"{area} {own}."]
    for what, rows in (("Duidelijk hoger", apart.higher), ("Duidelijk lager", apart.lower)):
        told = [f"{one} ({value})" for one, value in zip(rows.area, figures(rows), strict=True)]
        words.append(f"{what}: {join(told) or 'geen enkele'}.")
    if len(apart.same):
        words.append(f"Niet te onderscheiden van {area}: {join(list(apart.same.area))}.")
    return " ".join(words) + missing


def _range(axes: Axes, place: int, bounds: dict[str, Figure]) -> str:
    """Draw one row of a range; gives it in words."""
    known = {bound: one for bound, one in bounds.items() if one.value is not None}
    if set(known) in ENDS:
        low, high = sorted(known.values(), key=float)
        axes.plot([float(low), float(high)], [place] * 2, "-|", color=BLUE, linewidth=4, ms=11, solid_capstyle="butt")
        for one, side in ((low, -1), (high, 1)):
            _beside(axes, place, one, short(replace(one, bound="")), side)  # `40%` for `minstens 40%`
    for bound, one in known.items() if set(known) not in ENDS else ():
        if not bound:
            _dot(axes, place, one, BLUE)
            _write(axes, place, one)
            continue
        side = 1 if bound == "ondergrens" else -1
        arrow = {"arrowstyle": "<|-", "color": BLUE, "linewidth": 2, "shrinkA": 0, "shrinkB": 0}
        axes.plot(float(one), place, "|", color=BLUE, markersize=11, markeredgewidth=2)
        note(axes, "", (float(one), place), (36 * side, 0), arrowprops=arrow)
        _beside(axes, place, one, short(one), side, 42)
    if not known:
        _write(axes, place, next(iter(bounds.values())))
    return " tot ".join(dict.fromkeys(str(one) for one in sorted((known or bounds).values(), key=float)))


def _shares(text: str, pieces: dict[str, Figure], parts: Sequence[str]) -> dict[str, Figure]:
    """The parts of one bar in percent."""
    if set(pieces) != set(parts):
        raise DataError(
            f"{text} has not the parts that were asked for or that the others have",
            found=join(sorted(pieces)),
            expected=join(sorted(parts)),
            do="pick rows that have the same parts",
        )
    if len(parts) > len(TONES):
        raise DataError(f"{len(parts)} parts cannot be told apart", expected=f"at most {len(TONES)}", do="draw bars")
    whole = total(list(pieces.values()), "delen")
    if whole.unit != "%":
        return {one: ratio(pieces[one], whole, "%", "deel gedeeld door de som van de delen") for one in parts}
    if whole.value is not None and abs(whole.value - 100) > len(parts) * 0.5:
        raise DataError(f"the parts of {text} do not add up", found=str(whole), expected="100%", do="pick all parts")
    return {one: pieces[one] for one in parts}


def _gap(pieces: dict[str, Figure]) -> Figure | None:
    """The first part without a value."""
    return next((value for value in pieces.values() if value.value is None), None)


def _laid(pieces: dict[str, Figure]) -> Iterator[tuple[str, Figure, float, dict]]:
    """Each part of a bar with its share, where it begins, and how it is filled."""
    left = 0.0
    for tone, (one, share) in zip(STEPS.get(len(pieces), ()), pieces.items(), strict=True):
        yield one, share, left, {"facecolor": TONES[tone], "edgecolor": INK, "linewidth": 0.6}
        left += float(share)


def _stack(axes: Axes, place: int, pieces: dict[str, Figure], point: float) -> None:
    """One bar, with the shares written in the pieces that have room; `point` is a point in percent."""
    if (gap := _gap(pieces)) is not None:
        _write(axes, place, gap)
        return
    for _, share, left, fill in _laid(pieces):
        text, wide = f"{share:0}", float(share)
        axes.barh(place, wide, 0.76, left, **fill)
        if wide > point * 7 * len(text):
            color = ink(fill["facecolor"])
            axes.text(left + wide / 2, place, text, ha="center", va="center", fontsize=SMALL, color=color)


def _part_names(axes: Axes, pieces: dict[str, Figure], point: float) -> None:
    """The name of each part over the first bar; those that are too long for that in a line above."""
    others = []
    for one, share, left, fill in _laid(pieces):
        if float(share) > point * 6 * len(one):
            axes.text(left + float(share) / 2, -0.64, one, ha="center", va="center", fontsize=SMALL, color=INK)
        else:
            others.append(Patch(label=one, **fill))
    if others:
        key(axes, others, "right")


def _stack_words(shares: dict[str, dict[str, Figure]], parts: Sequence[str]) -> str:
    words = [f"Balken van 100%, van links naar rechts: {join(list(parts))}."]
    for one in parts:
        found = ends(shares, [pieces[one] for pieces in shares.values()])
        if found and found[0][1].value < found[1][1].value:
            (low, bottom), (high, top) = found
            words.append(f"{one.capitalize()}: hoogste in {high} ({top}), laagste in {low} ({bottom}).")
        elif found:
            words.append(f"{one.capitalize()}: {found[0][1]} ({found[0][0]}).")
    return " ".join(words) + gap_words([gap for pieces in shares.values() if (gap := _gap(pieces))])


def _strips(
    axes: Axes, items: dict[str, pd.DataFrame], mark: str, respondents: Figure | None
) -> tuple[dict[str, str], bool]:
    """Draw each item in a row; gives them in words, and whether there is a line below one."""
    apart = {text: frames.apart(rows, mark, respondents) if respondents else None for text, rows in items.items()}
    spots = [*figures(pd.concat(items.values())), *(end for one in apart.values() for end in _alike(one))]
    _from_zero(axes, spots, 0.02)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for place, (text, rows) in enumerate(items.items()):
        _strip(axes, place, text, rows, mark, _alike(apart[text]))
    words = {text: _apart_words(rows, mark, apart[text]) for text, rows in items.items()}
    return words, any(map(_alike, apart.values()))


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
    for (names, one), side in zip(ends(others.area, figures(others), most=2), (-1, 1), strict=False):
        if own.value is None or (one.value - own.value) * side > 0:
            _beside(axes, place, one, f"{names} {short(one)}", side, 6, fontsize=SMALL, bbox=CLEAR)
    if alike:
        below = axes.transData + ScaledTranslation(0, -8 / 72, axes.figure.dpi_scale_trans)
        axes.plot(alike, [place] * 2, "-|", color=INK, linewidth=1, markersize=5, transform=below)
    _dot(axes, place, own, ORANGE, "D")
    if own.value is not None:
        note(axes, f"{mark} {short(own)}", (float(own), place), (0, 6), ha="center", weight="bold")
    else:
        note(axes, f"{mark}: {own}", (0, place), (0, 6), style="italic")


def _item(text: str) -> str:
    return textwrap.fill(text, 52)
