# SPDX-License-Identifier: EUPL-1.2
"""Figures made of figures: a sum, a ratio, a difference keep the cells and the flags of what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from ..errors import DataError
from ..observations.areas import NOWHERE
from ..tables.checks import implied_denominator
from .figure import Figure
from .frames import figures

if TYPE_CHECKING:
    import pandas as pd

ROWS = "aantal rijen in de tabel"  # formula of a count of rows, which tells nothing of their figures
AREAS = "aantal gebieden met een cijfer"
COUNTS = (ROWS, AREAS)  # what needs no note: nobody published it, and a reader can count along


def computed(value: Decimal | None, unit: str, inputs: Iterable[Figure], formula: str) -> Figure:
    """A figure made of others: their cells and flags together. One without value makes the result so too."""
    inputs = list(inputs)
    flags = {flag for one in inputs for flag in one.status}
    cells = tuple(dict.fromkeys(cell for one in inputs for cell in one.cells))
    if any(one.value is None for one in inputs):
        value = None
    elif value is None:
        flags.add("z")
    origins = tuple(dict.fromkeys(origin for one in inputs for origin in one.origins))
    return Figure(value, unit, "".join(sorted(flags)), cells, formula, origins=origins)


def total(inputs: Sequence[Figure], what: str = "cijfers") -> Figure:
    """The sum of figures that have the same unit; the one figure when there is one."""
    if len(inputs) == 1:
        return inputs[0]
    units = {one.unit for one in inputs}
    if len(units) != 1:
        raise DataError("only figures with one unit add up", found=", ".join(sorted(units)) or "no figures")
    value = sum((one.value or Decimal(0) for one in inputs), Decimal(0))
    return computed(value, units.pop(), inputs, f"som van {len(inputs)} {what}")


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


def count(frame: pd.DataFrame, what: str) -> Figure:
    """How many rows a frame has, as a figure that knows their cells: `count(gaps, "bedragen")`.

    Raises `DataError` for sectors among which is a row of who cannot be placed in one: that is no sector; and for parts
    among which is their total: that is no part.
    """
    is_total, place = frame.breakdown == "", ["indicator", "area_code", "area", "period"]
    if len(frame[is_total].merge(frame[~is_total], on=place)):
        do = "count the parts alone, or the totals"
        raise DataError("a count of parts with their total among them", found=", ".join(set(frame.indicator)), do=do)
    if (frame.area_code == NOWHERE).any():
        problem, found = f"a count of sectors with {NOWHERE} among them, which is nowhere", sorted(set(frame.area))[:5]
        raise DataError(problem, found=", ".join(found), do="count the rows of `ga.sectors`")
    cells = tuple(dict.fromkeys(cell for one in figures(frame) for cell in one.cells))
    return Figure(Decimal(len(frame)), what, "", cells, ROWS)


def implied_range(count: Figure, share: Figure) -> tuple[Figure, Figure]:
    """Smallest and largest total of which a published count is the published share, once rounded."""
    formula = f"geheel getal waarvan {count:n}, afgerond, {share} is"
    if count.value is None or share.value is None:
        nothing = computed(None, count.unit, [count, share], formula)
        return nothing, nothing
    low, high = implied_denominator(count.value, share.value)
    return tuple(computed(Decimal(end), count.unit, [count, share], formula) for end in (low, high))
