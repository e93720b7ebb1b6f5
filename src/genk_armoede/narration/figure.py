# SPDX-License-Identifier: EUPL-1.2
"""A figure: a number that is written in Dutch (nl-BE) and knows the cells it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import format_decimal

from ..observations.observation import COUNT_UNITS, STATUS, WITHOUT_VALUE, number_text

LOCALE = "nl_BE"
NBSP = "\u00a0"
ONE = {
    "woningen": "woning", "personen": "persoon", "leerlingen": "leerling", "kinderen": "kind", "gezinnen": "gezin",
    "huishoudens": "huishouden", "aangiften": "aangifte", "wagens": "wagen", "wijken": "wijk", "plaatsen": "plaats",
}  # fmt: skip
UNSURE = frozenset("defpu")
ORDINALS = (
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde",
    "twaalfde", "dertiende",
)  # fmt: skip
BOUNDS = {"ondergrens": "minstens ", "bovengrens": "hoogstens "}
# How many decimals a computed figure is given; a published one has those of its publisher's table (`store.decimals`).
DECIMALS = {"%": 1, "‰": 1, "EUR per inwoner": 2, "procentpunt": 1}


# Units of what is counted one by one: written without decimals, also as a mean over months.
WHOLE = COUNT_UNITS | {"gezinnen", "kandidaat-huurders", "kinderen", "plaatsen", "steden"}


@dataclass(frozen=True, slots=True)
class Origin:
    """What a figure is of, and who made it."""

    indicator: str
    area: str
    period: str
    breakdown: str
    maker: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, status flags and the cells it comes from.

    `cells` are `file|sheet|cell`. A computed figure says in `formula` (Dutch words) how it was made. `origins` tell
    of which indicator, area, period and breakdown it is.
    """

    value: Decimal | None
    unit: str
    status: str = ""
    cells: tuple[str, ...] = ()
    formula: str = ""
    places: int = 0  # decimals of the publisher's table, which leaves out last zeros
    bound: str = ""  # `ondergrens` or `bovengrens` when the source says "at least" or "at most"
    origins: tuple[Origin, ...] = ()  # of each figure that it was made of
    form: str = ""  # how a sentence wants it written: what `__format__` takes
    wording: str = ""  # the source's own word for a number that is not exact: `bijna`, `ongeveer`

    def __format__(self, spec: str) -> str:
        """Dutch text: `58,2%`, `868.230 euro`. In `spec`: digits for the decimals, `n` for no unit, `+` for a sign.

        With `e` it is a place in a row: `zesde`. `g` leaves out `minstens`, `hoogstens` and the source's own `bijna`,
        where the sentence says it: `tussen {laag:g} en {hoog:g}`.
        """
        if self.value is None:
            return next(STATUS[flag] for flag in self.status if flag in WITHOUT_VALUE)
        if "e" in spec:
            return ordinal(self.value)
        digits = "".join(c for c in spec if c.isdigit())
        number = _number(self.value, int(digits) if digits else self.decimals, "+" in spec)
        unit = "" if "n" in spec or self.unit == "aantal" else self.unit.replace("EUR", "euro")
        unit = ONE.get(unit, unit) if number == "1" else unit
        flags = [STATUS[flag] for flag in self.status if flag in ("fpu" if self.wording else "efpu")]
        about = "" if "g" in spec else f"{self.wording} " if self.wording else BOUNDS.get(self.bound, "")
        words = about + number + NBSP * (unit not in ("", "%")) + unit
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
        if self.unit in WHOLE:
            return 0
        if self.formula:
            return DECIMALS.get(self.unit, 0)
        return max(self.places, -self.value.normalize().as_tuple().exponent)  # type: ignore[union-attr, operator]

    @property
    def json(self) -> dict:
        """The figure as data, for a notebook's output."""
        told = {"text": str(self), "value": number_text(self.value), "unit": self.unit, "status": self.status}
        return told | {"cells": list(self.cells), "formula": self.formula}


def counted_alike(one: Figure, other: Figure) -> bool:
    """Two figures that one series can hold: of the same indicator, maker and definition."""
    kinds = ({(origin.indicator, origin.maker) for origin in figure.origins} for figure in (one, other))
    return len(set(map(frozenset, kinds))) == 1 and ("d" in one.status) == ("d" in other.status)


def ordinal(place: Decimal) -> str:
    """A place in a row in words: 6 is `zesde`; one further down than the thirteen cities in digits: `14e`."""
    return ORDINALS[int(place) - 1] if 1 <= place <= len(ORDINALS) else f"{place:.0f}e"


def _number(value: Decimal, decimals: int, sign: bool = False) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(rounded, format=f"+{pattern};−{pattern}" if sign else f"{pattern};−{pattern}", locale=LOCALE)
    return text.removeprefix("+").removeprefix("−") if rounded == 0 else text
