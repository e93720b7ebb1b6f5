# SPDX-License-Identifier: EUPL-1.2
"""What all chart kinds say: the names of their rows, and in words what is drawn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from ...errors import DataError
from ...observations.observation import COLUMNS, STATUS, breakdown_parts
from ...observations.periods import period_text
from ...observations.timespan import span, years
from ..age import is_dated
from ..figure import UNSURE, Figure
from ..frames import figures
from ..prose import Prose, join
from ..selection import LABEL, labelled
from ..survey import NAMED, Apart, refuse_all_residents
from ..telling import say

# A column, a breakdown key, a name for each row, or names with the rows that each stands for (`selection.labelled`).
Names = str | Sequence[str] | Mapping[str, str]
Title = str | Prose
Series = dict[str, dict[str, Figure]]  # label → period, part or bound → figure


def named_rows(frame: pd.DataFrame, label: Names) -> tuple[pd.DataFrame, Names]:
    """The rows that names stand for, and how they are labelled then; of any other label all rows."""
    return (labelled(frame, label), LABEL) if isinstance(label, Mapping) else (frame, label)


def titled(frame: pd.DataFrame, title: Title, measure: str) -> tuple[str, str]:
    """The title, in which figures are picked by name as in `say`, and under it what is measured, in which periods.

    `{periode}` in the title is from when to when they are. Without a `measure` it is the unit of the figures. Of
    figures whose source gives no precise period none is told. Raises
    `DataError` when a title says of all Genkenaars what respondents of the survey said.
    """
    message = say(title, rows=frame, periode=span(frame.period)) if isinstance(title, str) and "{" in title else title
    refuse_all_residents(frame, str(message), measure)
    unit = measure or join(sorted({unit.replace("EUR", "euro") for unit in frame.unit}))
    alike = len(set(map(len, frame.period))) == 1
    when = f", {(span if alike else years)(frame.period)}" if _is_dated(frame) else ""
    return str(message).removesuffix("."), unit + when


def _is_dated(frame: pd.DataFrame) -> bool:
    return all(is_dated(cell) for one in figures(frame) for cell in one.cells[:1])


def labels_of(frame: pd.DataFrame, label: Names) -> list[str]:
    """Values of a column, or of a breakdown key (a total is called `totaal`), or the names given, one a row."""
    if frame.empty:
        raise DataError("there is nothing to draw: no rows", do="check the indicator and the areas picked")
    if not isinstance(label, str):
        return list(label)
    if label in COLUMNS or label == LABEL:
        return [period_text(v) if label == "period" else v for v in frame[label]]
    return [breakdown_parts(text).get(label, "totaal") for text in frame.breakdown]


def series_of(frame: pd.DataFrame, label: Names, keys: Iterable[str]) -> Series:
    """The figures of each label by a key for each row. Raises `DataError` when one stands twice."""
    series: Series = {}
    for text, key, value in zip(labels_of(frame, label), keys, figures(frame), strict=True):
        if key in series.setdefault(text, {}):
            do = "pick one indicator, period and breakdown, or give each row a label of its own"
            raise DataError(f"two figures for {text} {key}".rstrip(), do=do)
        series[text][key] = value
    return series


def marked(mark: Names, labels: Iterable[str]) -> list[str]:
    """The labels that stand out. Raises `DataError` for one that is not there."""
    names = [mark] if isinstance(mark, str) else list(mark)
    strange = [text for text in names if text not in labels]
    if strange:
        raise DataError(f"there is no {join(strange)} to mark", expected=", ".join(sorted(set(labels))))
    return names


def heading(label: Names) -> str:
    words = {"area": "Gebied", "period": "Periode", "naam": "Naam"}
    return words.get(label, label.capitalize()) if isinstance(label, str) else "Naam"


def short(value: Figure) -> str:
    """A figure as it stands in a picture, where the unit is told outside: only `%` stays."""
    return str(value) if value.unit == "%" else f"{value:n}"


def gap_words(values: Sequence[Figure]) -> str:
    """How many have no value, and why: ` Niet gepubliceerd: 2.`"""
    reasons = Counter(str(value).capitalize() for value in values if value.value is None)
    return "".join(f" {reason}: {count}." for reason, count in sorted(reasons.items()))


def open_words(values: Sequence[Figure], what: str = "punt") -> str:
    """What an open mark means here, when there is one: `Open punt: voorlopig.`; of `bijna 13` that it is not exact."""
    flags = [(flag, value.wording) for value in values if value.unsure for flag in UNSURE & set(value.status)]
    words = sorted({"niet precies" if flag == "e" and wording else STATUS[flag] for flag, wording in flags})
    return f"Open {what}: {join(words)}." if words else ""


def ends(labels: Iterable[str], values: Iterable[Figure], most: int = 3) -> list[tuple[str, Figure]]:
    """Who is lowest and who is highest, each with the figure; at `most` so many that share it are named together.

    Of more the first is named, with how many others; with `most` 0, where there is no room, with `e.a.`
    """
    known = [(one, text) for text, one in zip(labels, values, strict=True) if one.value is not None]
    found = []
    for pick in (min, max) if known else ():
        end = pick(known, key=lambda k: k[0].value)[0]
        names = [text for one, text in known if one.value == end.value]
        if len(names) > max(most, 1):
            names = [names[0], f"{len(names) - 1} andere"] if most else [f"{names[0]} e.a."]
        found.append((join(names), end))
    return found


def extremes(kind: str, labels: Iterable[str], values: Sequence[Figure]) -> str:
    """In words: what is drawn, the highest and the lowest, and how many are not published."""
    count = sum(value.value is not None for value in values)
    if not count:
        return f"{kind} zonder cijfers.{gap_words(values)}"
    (low, bottom), (high, top) = ends(labels, values)
    known = " bekende" if count < len(values) else ""
    words = f"{kind} met {count} waarden. Hoogste{known}: {high}, {top}. Laagste{known}: {low}, {bottom}."
    if count == 1:
        words = f"{kind} met één waarde: {high}, {top}."
    elif bottom.value == top.value:
        words = f"{kind} met {count} waarden: allemaal {top}."
    return words + gap_words(values)


def of_what(measure: str, words: str) -> str:
    """Words behind what is measured: who only hears them hears that too."""
    return f"{measure}: {words}" if measure else words


def place_of(own: Figure, values: Iterable[Figure]) -> str:
    """`plaats 2 van 13`, from high to low among all values, its own among them."""
    known = [one.value for one in values if one.value is not None]
    shared = ", gedeeld" if known.count(own.value) > 1 else ""
    return f"plaats {sum(one > own.value for one in known) + 1} van {len(known)}{shared}"


def grey_words(area: str) -> str:
    """What grey means where the areas of a survey are drawn."""
    return f"Grijs: geen duidelijk verschil met {area}."


def apart_words(frame: pd.DataFrame, area: str, apart: Apart | None) -> str:
    """One area beside the others: in a survey who lies clearly above and below it and who does not, without places."""
    own, others = figures(frame[frame.area == area])[0], frame[frame.area != area]
    words = [f"{area} {own}"]
    if apart is not None and apart.low.value is not None:
        for what, rows in (("duidelijk hoger", apart.higher), ("duidelijk lager", apart.lower)):
            told = [f"{one} ({value})" for one, value in zip(rows.area, figures(rows), strict=True)]
            where = f" in {len(told)} steden" if len(told) > NAMED else ""  # few are counted by who reads them
            words.append(f"{what}{where}: {join(told) or 'geen enkele'}")
        if len(apart.same):
            words.append(f"niet te onderscheiden van {area}: {join(list(apart.same.area))}")
    elif found := ends(others.area, figures(others)):
        words.append("de andere van {1} ({0}) tot {3} ({2})".format(*found[0], *found[1]))
    return "; ".join(words) + "." + gap_words(figures(others))
