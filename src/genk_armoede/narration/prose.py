# SPDX-License-Identifier: EUPL-1.2
"""Sentences, lists and tables in Dutch, in which each figure keeps its provenance.

What a notebook shows carries its figures as data under `MIME`, from which `report` makes the page and `trace` finds
who uses a cell.
"""

from __future__ import annotations

import html
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import DataError
from ..observations.observation import breakdown_parts, place_of_cell
from ..observations.periods import is_period, period_text
from ..tables import store
from . import agreement
from .arithmetic import difference
from .figure import Figure
from .frames import figures, names, notes, publishers

if TYPE_CHECKING:
    import pandas as pd

MIME = "application/vnd.genk-armoede.v1+json"
# In a notebook a figure tells its source to who points at it, and behind it to who reaches it with the keyboard.
STYLE = (
    "<style>.ga-figure:focus-visible{outline:2px solid;outline-offset:1px}"
    '.ga-figure:focus-visible::after{content:" (" attr(title) ")";font-weight:400}</style>'
)


@dataclass(frozen=True, slots=True)
class Prose:
    """Paragraphs, or a list of points, in which each figure keeps its provenance."""

    parts: list[list[str | Figure]]
    listed: bool

    def __str__(self) -> str:
        lines = ["".join(map(str, line)) for line in self.parts]
        return "\n".join(f"- {line}" for line in lines) if self.listed else "\n\n".join(lines)

    def _repr_mimebundle_(self, **_: object) -> dict:
        tag = "li" if self.listed else "p"
        lines = [f"<{tag}>{''.join(map(_markup, line))}</{tag}>" for line in self.parts]
        return {
            "text/plain": str(self),
            "text/html": STYLE + (f"<ul>{''.join(lines)}</ul>" if self.listed else "".join(lines)),
            MIME: {"kind": "prose", "listed": self.listed, "lines": as_data(self.parts)},
        }


def say(*templates: str, **values: object) -> Prose:
    """Paragraphs with figures filled in: `say("{n} leerlingen kregen een toelage.", n=figure(…))`.

    A value may also be words, a period as a table has it, or a paragraph that `say` made. Raises `DataError` for a
    paragraph with figures of two periods, areas or parts of a population that it does not all name.
    """
    paragraphs = [list(_parse(template, values)) for template in templates]
    for paragraph in paragraphs:
        agreement.check(paragraph)
    return Prose(paragraphs, listed=False)


def _parse(template: str, values: Mapping[str, object]) -> Iterator[str | Figure]:
    for literal, name, spec, _ in string.Formatter().parse(template):
        if literal:
            yield literal
        if name is None:
            continue
        value = values[name]
        if isinstance(value, Prose):
            yield from value.parts[0]
        else:
            yield replace(value, form=spec) if isinstance(value, Figure) else _written(value)


def _written(value: object) -> str:
    """Words as they are; a period of a table as people write it: `2021-2022` → `2021–2022`."""
    return period_text(value) if isinstance(value, str) and is_period(value) else str(value)


def compared(
    distance: Figure, more: str = "hoger dan", less: str = "lager dan", same: str = "even hoog als"
) -> Prose | str:
    """A difference in words, to use in `say`: `14,2% lager dan`, or `even hoog als` without a number."""
    if distance.value is None:
        return f"({distance}) tegenover"
    if not distance.value:
        return same
    size = replace(distance, value=abs(distance.value))
    word = more if distance.value > 0 else less
    return Prose([[size, " ", word]], listed=False)  # the sentence it is part of says of what periods


def versus(one: Figure, other: Figure) -> Prose | str:
    """How far the first figure is from the second, in words: `10,2 procentpunt lager dan`, `34 plaatsen meer dan`."""
    words = () if one.unit in ("%", "procentpunt") else ("meer dan", "minder dan", "evenveel als")
    return compared(difference(one, other), *words)


def join(words: Sequence[str]) -> str:
    """`a`, `b` and `c` → `a, b en c`."""
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


@dataclass(frozen=True, slots=True)
class Table:
    """A small table with a caption, of rows that are mappings of column → words or figure. Raises for no rows."""

    caption: str
    rows: Sequence[Mapping[str, str | Figure]]

    def __post_init__(self) -> None:
        if not self.rows:
            do = "leave it out, or say that there are no figures"
            raise DataError(f"the table {self.caption!r} has no rows", do=do)

    def __str__(self) -> str:
        return "\n".join([self.caption, *aligned([self.rows[0], *(row.values() for row in self.rows)])])

    def _repr_mimebundle_(self, **_: object) -> dict:
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in self.rows[0])
        body = "".join(f"<tr>{''.join(f'<td>{_markup(v)}</td>' for v in row.values())}</tr>" for row in self.rows)
        data = {"header": list(self.rows[0]), "rows": as_data(row.values() for row in self.rows)}
        return {
            "text/plain": str(self),
            "text/html": f"{STYLE}<table><caption>{html.escape(self.caption)}</caption><tr>{head}</tr>{body}</table>",
            MIME: {"kind": "table", "caption": self.caption} | data,
        }


table = Table  # what notebooks call it


def published(caption: str, frame: pd.DataFrame, remarks: bool = True) -> Table:
    """Figures as they stand in print, side by side: what, where, when, by whom, and with which remark.

    A name or an area that all rows share is left out: the caption says it. Without `remarks`, which are long, they
    stand in the notes of the page only.
    """
    parts = [name.partition(": ")[2] or name for name in names(frame)]
    dated = ["gepubliceerd " * ("datering" in breakdown_parts(text)) for text in frame.breakdown]
    columns = {
        "Wat": parts if frame.indicator.nunique() == 1 else names(frame),
        "Waar": list(frame.area),
        "Wanneer": [how + period_text(period) for how, period in zip(dated, frame.period, strict=True)],
        "Cijfer": figures(frame),
        "Volgens": [publishers(frame.iloc[[i]]) for i in range(len(frame))],
        "Opmerking": notes(frame),
    }
    idle = [name for name in ("Wat", "Waar") if len(set(columns[name])) == 1]
    idle += ["Opmerking"] if not remarks or not any(columns["Opmerking"]) else []
    told = {name: column for name, column in columns.items() if name not in idle}
    return table(caption, [dict(zip(told, row, strict=True)) for row in zip(*told.values(), strict=True)])


def as_data(lines: Iterable[Iterable[str | Figure]]) -> list[list[str | dict]]:
    """Lines of words and figures for a notebook's output."""
    return [[part.json if isinstance(part, Figure) else part for part in line] for line in lines]


def figures_in(shown: object) -> list[dict]:
    """The figures in the data of one output: the inverse of `as_data`, for any kind."""
    if isinstance(shown, dict):
        return [shown] if "cells" in shown else [one for value in shown.values() for one in figures_in(value)]
    return [one for value in shown for one in figures_in(value)] if isinstance(shown, list) else []


def aligned(lines: Iterable[Iterable[str | Figure]]) -> list[str]:
    """Lines of words and figures as text in columns."""
    texts = [list(map(str, line)) for line in lines]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return ["  ".join(map(str.ljust, line, widths)).rstrip() for line in texts]


def _markup(part: str | Figure) -> str:
    text = html.escape(str(part))
    if isinstance(part, str):
        return text
    return f'<strong class="ga-figure" tabindex="0" title="{html.escape(provenance(part))}">{text}</strong>'


def provenance(figure: Figure) -> str:
    """In one line where a figure comes from: publisher, title and cell, or how it was computed."""
    if not figure.cells:
        return figure.formula
    source, sheet, cell = place_of_cell(figure.cells[0])
    cited = store.citation(figure.cells[0])
    where = f"{source}, {sheet or 'tabel'}, " + (
        f"cel {cell}" if len(figure.cells) == 1 else f"{len(figure.cells)} cellen"
    )
    return "; ".join(filter(None, [f"{cited['publisher']}, {cited['title']}", where, figure.formula]))
