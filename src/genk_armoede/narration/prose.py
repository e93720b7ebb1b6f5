# SPDX-License-Identifier: EUPL-1.2
"""Numbers and sentences in Dutch (nl-BE), each number knowing the cells it comes from.

Takes rows of tidy frames; gives `Figure`s, and sentences and tables made of them; called by notebooks
and `charts`. What a notebook shows carries its figures as data under `MIME`, from which `pages`
makes the page and `trace` finds who uses a cell.
"""

from __future__ import annotations

import html
import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from babel.numbers import format_decimal

from ..errors import DataError
from ..observations.observation import COLUMNS, STATUS, WITHOUT_VALUE, breakdown_parts, number_text, place_of_cell
from ..observations.periods import period_text
from ..tables import store
from ..tables.checks import implied_denominator

if TYPE_CHECKING:
    import pandas as pd

MIME = "application/vnd.genk-armoede.v1+json"
LOCALE = "nl_BE"
ROWS = "aantal rijen in de tabel"  # formula of a count of rows, which tells nothing of their figures
NBSP = "\u00a0"
ONE = {
    "woningen": "woning", "personen": "persoon", "leerlingen": "leerling", "kinderen": "kind", "gezinnen": "gezin",
    "huishoudens": "huishouden", "aangiften": "aangifte", "wagens": "wagen", "wijken": "wijk", "plaatsen": "plaats",
}  # fmt: skip
UNSURE = frozenset("defpu")
BOUNDS = {"ondergrens": "minstens ", "bovengrens": "hoogstens "}
ASIDE = ("grens", "datering")  # breakdown keys that name no part: `Figure` and `published` put them in words
# How many decimals a computed figure is given; a published one has those of its publisher's table (`store.decimals`).
DECIMALS = {"%": 1, "‰": 1, "EUR per inwoner": 2, "procentpunt": 1}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, status flags and the cells it comes from.

    `cells` are `file|sheet|cell`. A computed figure says in `formula` (Dutch words) how it was made.
    """

    value: Decimal | None
    unit: str
    status: str = ""
    cells: tuple[str, ...] = ()
    formula: str = ""
    places: int = 0  # decimals of the publisher's table, which leaves out last zeros
    bound: str = ""  # `ondergrens` or `bovengrens` when the source says "at least" or "at most"
    form: str = ""  # how a sentence wants it written: what `__format__` takes

    def __format__(self, spec: str) -> str:
        """Dutch text: `58,2%`, `868.230 euro`. In `spec`: digits for the decimals, `n` for no unit, `+` for a sign."""
        if self.value is None:
            return next(STATUS[flag] for flag in self.status if flag in WITHOUT_VALUE)
        digits = "".join(c for c in spec if c.isdigit())
        number = _number(self.value, int(digits) if digits else self.decimals, "+" in spec)
        unit = "" if "n" in spec or self.unit == "aantal" else self.unit.replace("EUR", "euro")
        unit = ONE.get(unit, unit) if number == "1" else unit
        flags = [STATUS[flag] for flag in self.status if flag in "efpu"]
        words = BOUNDS.get(self.bound, "") + number + NBSP * (unit not in ("", "%")) + unit
        return words + (f" ({', '.join(flags)})" if flags else "")

    def __str__(self) -> str:
        return format(self, self.form)

    def __float__(self) -> float:
        """NaN, which no chart draws, when there is no value."""
        return float("nan") if self.value is None else float(self.value)

    @property
    def unsure(self) -> bool:
        """A value that is flagged as one to be careful with: drawn open."""
        return self.value is not None and bool(UNSURE & set(self.status))

    @property
    def decimals(self) -> int:
        if self.formula:
            return DECIMALS.get(self.unit, 0)
        return max(self.places, -self.value.normalize().as_tuple().exponent)  # type: ignore[union-attr, operator]

    @property
    def json(self) -> dict:
        """The figure as data, for a notebook's output."""
        told = {"text": str(self), "value": number_text(self.value), "unit": self.unit, "status": self.status}
        return told | {"cells": list(self.cells), "formula": self.formula}


def _number(value: Decimal, decimals: int, sign: bool = False) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(rounded, format=f"+{pattern};−{pattern}" if sign else f"{pattern};−{pattern}", locale=LOCALE)
    return text.removeprefix("+").removeprefix("−") if rounded == 0 else text


def figures(frame: pd.DataFrame) -> list[Figure]:
    """A figure for each row of a tidy frame, or of one that `frames` computed (`cells`, `formula`)."""
    return [_figure(row) for row in records(frame)]


def records(frame: pd.DataFrame) -> list[dict]:
    """A frame's rows as `to_dict("records")` gives them, for small frames in half the time."""
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy(object)]


def _figure(row: Mapping) -> Figure:
    value = None if row["value"] != row["value"] else Decimal(str(row["value"]))
    cells = row.get("cells") or ("|".join((row["source"], row["sheet"], row["cell"])),)
    places = store.decimals(cells[0], row["indicator"])
    bound = breakdown_parts(row["breakdown"]).get("grens", "")
    return Figure(value, row["unit"], row["status"], tuple(cells), row.get("formula", ""), places, bound)


def figure(frame: pd.DataFrame, indicator: str, **keys: str) -> Figure:
    """The one figure with this indicator and these columns or breakdown keys.

    Without a breakdown key the total is meant. Raises `DataError` when there is none or more than one.
    """
    found = pick(frame, indicator, **keys)
    if "breakdown" not in keys and set(keys) <= set(COLUMNS):
        found = found[found.breakdown == ""]
    if len(found) != 1:
        wanted = ", ".join(f"{key}={value}" for key, value in {"indicator": indicator, **keys}.items())
        raise DataError(
            f"{len(found) or 'no'} figures for {wanted}",
            found="; ".join(" ".join(key) for key in found[list(COLUMNS[:5])].to_numpy().tolist()[:5]),
            expected="exactly one",
            do="name more columns or breakdown keys, or check their spelling",
        )
    return figures(found)[0]


def pick(frame: pd.DataFrame, indicator: str, **keys: str) -> pd.DataFrame:
    """Rows with this indicator and these columns or breakdown keys. Raises `DataError` for an unknown indicator."""
    if indicator not in set(frame.indicator):
        raise DataError(f"there is no indicator {indicator!r}", expected=", ".join(sorted(set(frame.indicator))))
    found = frame[frame.indicator == indicator]
    for key, value in keys.items():
        values = found[key] if key in COLUMNS else found.breakdown.map(lambda text, k=key: breakdown_parts(text).get(k))
        found = found[values == value]
    return found.reset_index(drop=True)


def latest(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the last period in the frame."""
    return frame[frame.period == frame.period.max()].reset_index(drop=True)


def notes(frame: pd.DataFrame) -> list[str]:
    """For each row what its source should be read with: the remark in the list it stands in, or nothing."""
    return [cited.get("note", "") for cited in _cited(frame)]


def publishers(frame: pd.DataFrame) -> str:
    """Who published the rows of a frame, in one line."""
    return "; ".join(sorted({cited["publisher"] for cited in _cited(frame)}))


def _cited(frame: pd.DataFrame) -> list[dict[str, str]]:
    return [store.citation(*place) for place in frame[["source", "sheet", "cell"]].to_numpy().tolist()]


def names(frame: pd.DataFrame) -> list[str]:
    """For each row the name of its indicator in words, and the part that it is of."""
    resources = store.package()["resources"]
    titles = {one["name"]: one["title"] for resource in resources for one in resource["indicators"]}
    parts = [{k: v for k, v in breakdown_parts(text).items() if k not in ASIDE} for text in frame.breakdown]
    return [
        ": ".join([titles[indicator], *(f"{v} {k}" if v in ("eerste", "tweede") else v for k, v in part.items())])
        for indicator, part in zip(frame.indicator, parts, strict=True)
    ]


def computed(value: Decimal | None, unit: str, inputs: Iterable[Figure], formula: str) -> Figure:
    """A figure made of others: their cells and flags together. One without value makes the result so too."""
    inputs = list(inputs)
    flags = {flag for one in inputs for flag in one.status}
    cells = tuple(dict.fromkeys(cell for one in inputs for cell in one.cells))
    if any(one.value is None for one in inputs):
        value = None
    elif value is None:
        flags.add("z")
    return Figure(value, unit, "".join(sorted(flags)), cells, formula)


def total(inputs: Sequence[Figure], what: str = "cijfers") -> Figure:
    """The sum of figures that have the same unit; the one figure when there is one."""
    if len(inputs) == 1:
        return inputs[0]
    units = {one.unit for one in inputs}
    if len(units) != 1:
        raise DataError("only figures with one unit add up", found=", ".join(sorted(units)) or "no figures")
    value = sum((one.value or Decimal(0) for one in inputs), Decimal(0))
    return computed(value, units.pop(), inputs, f"som van {len(inputs)} {what}")


def implied_range(count: Figure, share: Figure) -> tuple[Figure, Figure]:
    """Smallest and largest total of which a published count is the published share, once rounded."""
    formula = f"geheel getal waarvan {count:n}, afgerond, {share} is"
    if count.value is None or share.value is None:
        nothing = computed(None, count.unit, [count, share], formula)
        return nothing, nothing
    low, high = implied_denominator(count.value, share.value)
    return tuple(computed(Decimal(end), count.unit, [count, share], formula) for end in (low, high))


def count(frame: pd.DataFrame, what: str) -> Figure:
    """How many rows a frame has, as a figure that knows their cells: `count(gaps, "bedragen")`."""
    cells = tuple(dict.fromkeys(cell for one in figures(frame) for cell in one.cells))
    return Figure(Decimal(len(frame)), what, "", cells, ROWS)


def ratio(part: Figure, whole: Figure, unit: str, formula: str) -> Figure:
    """One figure divided by another; times 100 when the unit is `%`."""
    value = None
    if part.value is not None and whole.value:
        value = part.value / whole.value * (100 if unit == "%" else 1)
    return computed(value, unit, [part, whole], formula)


def difference(one: Figure, other: Figure) -> Figure:
    """The first minus the second figure; shares differ in percentage points."""
    value = None if one.value is None or other.value is None else one.value - other.value
    unit = "procentpunt" if one.unit == "%" else one.unit
    return computed(value, unit, [one, other], "verschil van twee cijfers")


def margin(share: Figure, respondents: Figure) -> Figure:
    """How far a survey share may lie from that of all residents, in percentage points, 95 times in 100.

    Normal approximation for a simple random sample (Cochran, Sampling Techniques, 3rd edition, chapter 3) with the
    published number of respondents, plus half a point because shares are published in whole percents.
    Too small when the sample was not simple or not all answered: the design effect is not published.
    Not applicable when fewer than five respondents would be on one side: the approximation fails there.
    """
    formula = "1,96 × √(p × (1 − p) ÷ n), met p het aandeel en n het aantal deelnemers, plus 0,5 voor de afronding"
    value = None
    if share.value is not None and respondents.value:
        part, n = share.value / 100, respondents.value
        if min(part, 1 - part) * n >= 5:
            value = 196 * (part * (1 - part) / n).sqrt() + Decimal("0.5")
    return computed(value, "procentpunt", [share, respondents], formula)


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
            "text/html": f"<ul>{''.join(lines)}</ul>" if self.listed else "".join(lines),
            MIME: {"kind": "prose", "listed": self.listed, "lines": as_data(self.parts)},
        }


def as_data(lines: Iterable[Iterable[str | Figure]]) -> list[list[str | dict]]:
    """Lines of words and figures for a notebook's output."""
    return [[part.json if isinstance(part, Figure) else part for part in line] for line in lines]


def aligned(lines: Iterable[Iterable[str | Figure]]) -> list[str]:
    """Lines of words and figures as text in columns."""
    texts = [list(map(str, line)) for line in lines]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return ["  ".join(map(str.ljust, line, widths)).rstrip() for line in texts]


def _markup(part: str | Figure) -> str:
    text = html.escape(str(part))
    return text if isinstance(part, str) else f'<strong title="{html.escape(provenance(part))}">{text}</strong>'


def provenance(figure: Figure) -> str:
    """In one line where a figure comes from: publisher, title and cell, or how it was computed."""
    if not figure.cells:
        return figure.formula
    source, sheet, cell = place_of_cell(figure.cells[0])
    cited = store.citation(source, sheet, cell)
    where = f"{source}, {sheet or 'tabel'}, " + (
        f"cel {cell}" if len(figure.cells) == 1 else f"{len(figure.cells)} cellen"
    )
    return "; ".join(filter(None, [f"{cited['publisher']}, {cited['title']}", where, figure.formula]))


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
            yield replace(value, form=spec) if isinstance(value, Figure) else str(value)


def say(*templates: str, **values: object) -> Prose:
    """Paragraphs with figures filled in: `say("{n} leerlingen kregen een toelage.", n=figure(…))`.

    A value may also be words, or a paragraph that `say` made.
    """
    return Prose([list(_parse(template, values)) for template in templates], listed=False)


def compared(
    distance: Figure, more: str = "hoger dan", less: str = "lager dan", same: str = "even hoog als"
) -> Prose | str:
    """A difference in words, to use in `say`: `14,2% lager dan`, or `even hoog als` without a number."""
    if distance.value is None:
        return f"({distance}) tegenover"
    size = replace(distance, value=abs(distance.value))
    return say("{size} {word}", size=size, word=more if distance.value > 0 else less) if size.value else same


def versus(one: Figure, other: Figure) -> Prose | str:
    """How far the first figure is from the second, in words: `10,2 procentpunt lager dan`, `34 plaatsen meer dan`."""
    words = () if one.unit in ("%", "procentpunt") else ("meer dan", "minder dan", "evenveel als")
    return compared(difference(one, other), *words)


def points(sentences: Iterable[Prose]) -> Prose:
    """Sentences of `say` as a list."""
    return Prose([line for sentence in sentences for line in sentence.parts], listed=True)


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
            "text/html": f"<table><caption>{html.escape(self.caption)}</caption><tr>{head}</tr>{body}</table>",
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


def join(words: Sequence[str]) -> str:
    """`a`, `b` and `c` → `a, b en c`."""
    return " en ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
