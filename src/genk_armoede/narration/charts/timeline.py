# SPDX-License-Identifier: EUPL-1.2
"""Figures over time: where a period stands, what a line joins, where a series breaks; and its course in words."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from ...observations.periods import period_text
from ..course import told_path
from ..figure import Figure, counted_alike
from ..prose import join
from .canvas import GENK
from .words import Names, Series, ends, heading, place_of


def in_time(period: str) -> float:
    """Where a period stands on the axis, in months."""
    year, *rest = period.split("-")
    months = int(year) * 12.0
    if rest and rest[0].startswith("Q"):
        return months + 3 * (int(rest[0][1]) - 1)
    if rest and len(rest[0]) == 2:
        months += int(rest[0]) - 1
    return months + (int(rest[1]) - 1) / 31 if len(rest) == 2 else months


def step(times: Sequence[str]) -> float:
    """The smallest distance between two periods."""
    return min((in_time(b) - in_time(a) for a, b in itertools.pairwise(times)), default=12.0)


def known_periods(points: dict[str, Figure]) -> list[str]:
    """Periods with a value, in order."""
    return sorted(period for period, one in points.items() if one.value is not None)


def _runs(points: dict[str, Figure], reach: float = math.inf) -> list[list[str]]:
    """Periods with a value, cut before a figure that is flagged `b`, or of another maker, or beyond `reach`."""
    runs: list[list[str]] = []
    for period in known_periods(points):
        before = points[runs[-1][-1]] if runs else None
        near = before is not None and in_time(period) - in_time(runs[-1][-1]) < reach
        if near and "b" not in points[period].status and counted_alike(before, points[period]):
            runs[-1].append(period)
        else:
            runs.append([period])
    return runs


def joined(points: dict[str, Figure], times: Sequence[str]) -> list[list[str]]:
    """Periods that a line joins."""
    return _runs(points, step(times) * 1.1)


def open_years(series: Series, times: Sequence[str], front: Sequence[str]) -> str:
    """What it means that a line in front is open, when one is: between its points a period has no figure.

    A line that is cut elsewhere, at a break or where another maker counts, says that too.
    """
    pieces = [(len(joined(series[text], times)), len(_runs(series[text]))) for text in front]
    if all(drawn == alike for drawn, alike in pieces):
        return ""
    cut = " of is anders geteld" if max(alike for _, alike in pieces) > 1 else ""
    return f"Waar een lijn onderbroken is, ontbreekt een cijfer{cut}."


def reason(points: dict[str, Figure]) -> str:
    """Why there is no value: of the last period."""
    return str(points[max(points)])


def breaks(series: Series) -> dict[str, list[str]]:
    """Period → labels that have figures on both sides of a break there."""
    found: dict[str, list[str]] = {}
    for text, points in series.items():
        for period in known_periods(points)[1:]:
            if "b" in points[period].status:
                found.setdefault(period, []).append(text)
    return dict(sorted(found.items()))


def table_of(label: Names, series: Series, times: Sequence[str]) -> Iterator[dict[str, Figure | str]]:
    """A row a label, or a period when there are more of those: a table rather long than wide."""
    if len(times) > len(series):
        for period in times:
            yield {heading("period"): period_text(period)} | {t: points.get(period, "") for t, points in series.items()}
        return
    for text, points in series.items():
        yield {heading(label): text} | {period_text(period): points.get(period, "") for period in times}


def line_words(series: Series, times: Sequence[str], front: Sequence[str], panel: str = "") -> list[str]:
    """How each line in front went, Genk first and since its last break; its place among the others, who those are, the
    breaks, and how it went before them. Each sentence begins with the name of the `panel`, if there is one."""
    ahead = sorted((text for text in series if text in front), key=lambda text: text != GENK)
    runs = {text: _courses(series[text], times) for text in ahead}
    words = [f"{upper(text)}: {runs[text][-1]}." for text in ahead]
    behind = {text: points[times[-1]] for text, points in series.items() if times[-1] in points and text not in front}
    own = series[front[0]].get(times[-1]) if front[0] in series else None
    if own and own.value is not None and any(one.value is not None for one in behind.values()):
        place = place_of(own, [own, *behind.values()])
        words.append(f"{front[0]} in {period_text(times[-1])}: {place}, van hoog naar laag.")
    words += _span_words(f"de andere in {period_text(times[-1])}", behind)
    for period, labels in breaks(series).items():
        who = "de reeks" if len(labels) == len(series) else f"de reeks van {join(labels)}"
        words.append(f"{who} breekt in {period_text(period)}: vergelijk niet over de breuk heen.")
    words += [f"{upper(text)} daarvoor: {before}." for text in ahead for before in reversed(runs[text][:-1])]
    return [f"{upper(panel)}, {sentence}" if panel else upper(sentence) for sentence in words]


def _span_words(what: str, finals: dict[str, Figure]) -> list[str]:
    found = ends(list(finals), list(finals.values()))
    if not found:
        return []
    (low, bottom), (high, top) = found
    words = f"van {bottom} ({low}) tot {top} ({high})" if bottom.value != top.value else f"{top} ({high})"
    return [f"{what}: {words}."]


def _courses(points: dict[str, Figure], times: Sequence[str]) -> list[str]:
    """`steeg van 1 in 2020 naar 2 in 2023`, from the first figure over every turn, once for each side of a break.

    Else why there is no figure.
    """
    begins = [piece[0] for piece in joined(points, times)]
    told = []
    for run in _runs(points):
        pieces = sum(period in run for period in begins)
        if pieces == len(run):  # no line joins them: no direction is told either
            words = join([f"{points[period]} in {period_text(period)}" for period in run])
        else:
            words = str(told_path([(period, points[period]) for period in run], whole=True))
        told.append(words + "; niet voor elke periode is er een cijfer" * (pieces > 1))
    return told or [reason(points)]


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]
