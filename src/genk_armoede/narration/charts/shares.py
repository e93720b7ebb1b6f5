# SPDX-License-Identifier: EUPL-1.2
"""Parts of a whole: a bar of 100% for each label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from ...errors import DataError
from ..arithmetic import ratio, total
from ..figure import Figure
from ..prose import join
from .canvas import INK, SMALL, Chart, ink, key, mark_at, style
from .lanes import rows_of, write
from .words import Names, Title, ends, gap_words, heading, labels_of, series_of, titled

# Parts from dark to light, so far apart that they print in grey; which of them when there are few.
TONES = ("#11426C", "#3F75A8", "#7FA6CB", "#BDD3E8", "#FDFDFD")  # none of them changes on a dark page
STEPS = {1: [0], 2: [0, 3], 3: [0, 2, 4], 4: [0, 1, 3, 4], 5: [0, 1, 2, 3, 4]}


def stacked(
    frame: pd.DataFrame,
    label: Names,
    part: Names,
    name: str,
    title: Title,
    measure: str = "% van het geheel",
    order: Sequence[str] = (),
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
        axes = rows_of(list(shares), 0.28)
        canvas = axes.figure
        canvas.set_figheight(canvas.get_figheight() + 0.45)
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
    return Chart(name, *titled(frame, title, measure), _stack_words(shares, parts), rows, canvas)


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
        write(axes, place, gap)
        return
    for _, share, left, fill in _laid(pieces):
        text, wide = f"{share:0}", float(share)
        axes.barh(place, wide, 0.76, left, **fill)
        mark_at(axes, share, (left, place - 0.38), (left + wide, place + 0.38))
        if wide > point * 8 * len(text):
            color = ink(fill["facecolor"])
            axes.text(left + wide / 2, place, text, ha="center", va="center", fontsize=SMALL, color=color)


def _part_names(axes: Axes, pieces: dict[str, Figure], point: float) -> None:
    """The name of each part over the first bar; all of them in a key above when one is too long for that."""
    laid = list(_laid(pieces))
    if any(float(share) <= point * 6 * len(one) for one, share, *_ in laid):
        key(axes, [Patch(label=one, **fill) for one, _, _, fill in laid])
        return
    for one, share, left, _ in laid:
        axes.text(left + float(share) / 2, -0.64, one, ha="center", va="center", fontsize=SMALL, color=INK)


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
