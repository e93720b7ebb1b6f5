# SPDX-License-Identifier: EUPL-1.2
"""Cubes: JSON-stat and PX files, whose dimensions say by name, role, code and label what each figure is of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..observations.marks import MARKS as COMMON
from ..observations.marks import flag_of_words
from ..observations.periods import periods_in
from ..spreadsheets.cells import MISSING, Sheet
from .answers import about
from .codes import (
    AREA,
    FREQUENCY,
    INDICATOR,
    PERIOD,
    UNIT,
    area_says,
    breakdown_says,
    flags_of,
    period_of,
    role_of,
    unit_of,
)  # fmt: skip
from .engine.declared import NOTHING, Labels, Says, Table
from .engine.reading import Declined, Reading, unclear

if TYPE_CHECKING:
    from ..spreadsheets.cubes import Category, Cube, Dimension

NAME = "cube"
ROLES = {"time": PERIOD, "geo": AREA, "metric": INDICATOR}
SYMBOLS = {text: "m" for text in ("-", ".", "..", "...", "....", ".....", "......")}


def read(sheet: Sheet) -> Reading:
    """One observation a value; the indicator is the label of the dataset, or of a dimension that names measures."""
    cube: Cube | None = sheet.dataset
    if cube is None:
        raise Declined("no JSON-stat or PX")
    if not cube.size or not sheet.size:
        raise Declined("a dataset without figures")
    reading = Reading(sheet, NAME)
    reading.metadata += [cube.label, *cube.metadata]
    roles = _roles(cube)
    says = {dimension.name: _sayer(reading, cube, dimension, roles[dimension.name]) for dimension in cube.dimensions}
    whole = Says(indicator=cube.label, unit=unit_of("", cube.unit))
    for dimension in cube.dimensions:
        if len(dimension.categories) == 1:
            whole |= says[dimension.name](dimension.categories[0].code)
    if PERIOD not in roles.values():
        whole |= Says(period=_period_of_label(reading, cube))
    last = cube.dimensions[-1].name if cube.dimensions else ""
    first = len(cube.down) + 1
    figures = {column: NOTHING for column in sheet.filled_columns if column >= first}
    figures |= {column: says[last](category.code) for column, category in cube.across.items() if column in figures}
    labels = [_labels(column, says[dimension.name]) for column, dimension in cube.down.items()]
    filled = all(len(sheet.columns[column].rows) == sheet.height - 1 for column in figures)
    rows = range(2, sheet.height + 1)
    reading.declare(
        Table(
            rows=rows,
            figures=figures,
            labels=labels,
            marks=_marks(sheet, cube, list(figures)),
            whole=whole,
            notes=_notes(reading, cube),
            filled_only=not filled,
        )
    )
    return reading


def _labels(column: int, say: Callable[[str], Says]) -> Labels:
    return Labels((column,), lambda cell: say(cell.text))


def _roles(cube: Cube) -> dict[str, str]:
    """Name of a dimension → its role: as the file says, as its name says, or else as all its categories say."""
    found = {d.name: ROLES.get(d.role) or role_of(d.name) or role_of(d.label) for d in cube.dimensions}
    stated = {ROLES[d.role] for d in cube.dimensions if d.role}
    for dimension in cube.dimensions:
        if not dimension.role and found[dimension.name] in stated:
            found[dimension.name] = ""
    if PERIOD not in found.values():
        timed = [d.name for d in cube.dimensions if not found[d.name] and all(map(_says_period, d.categories))]
        found |= {timed[0]: PERIOD} if len(timed) == 1 else {}
    return found


def _says_period(category: Category) -> bool:
    return bool(period_of(category.label or category.code)[0])


def _sayer(reading: Reading, cube: Cube, dimension: Dimension, role: str) -> Callable[[str], Says]:
    """What the codes of a dimension say."""
    sheet = reading.sheet
    known: dict[str, Says] = {}
    if role == AREA:
        known = area_says(reading, {category.code: category.label for category in dimension.categories})
    for category in dimension.categories:
        code, label = category.code, category.label
        if role == PERIOD:
            period, flag = period_of(label or code, code)
            if not period:
                found = f"{code} {label}".strip()
                raise sheet.error(f"no period in {dimension.name}", found=found, expected="2021, 2021-Q1 or 2021-12")
            known[code] = Says(period=period, status=flag)
        elif role == UNIT:
            known[code] = Says(unit=unit_of(code, label))
            if len(dimension.categories) > 1:  # then it tells figures apart
                known[code] |= breakdown_says(dimension.name, code, label)
        elif role == FREQUENCY:
            known[code] = NOTHING
            reading.assume(f"{dimension.name}: left to the periods ({label or code})")
        elif role == INDICATOR:
            known[code] = Says(indicator=label or code)
        elif role != AREA:
            known[code] = breakdown_says(dimension.name, code, label)
        if category.unit:
            try:
                known[code] |= Says(unit=unit_of("", category.unit, category.multiplier))
            except ValueError as error:
                raise sheet.error("a multiplier that has no name", found=str(error)) from None
    return known.__getitem__


def _period_of_label(reading: Reading, cube: Cube) -> str:
    """The period of a dataset without a dimension of time: what was answered, or the one in its label."""
    given = about(reading.sheet).whole("period")
    named = periods_in(cube.label)
    if not given and len(named) != 1:
        problem = "no dimension says of which period the figures are"
        raise unclear(reading.sheet, problem, found=cube.label[:80], answer="period=2021")
    if not given:
        reading.assume(f"period: {named[0]}, from the title")
    return given or named[0]


def _marks(sheet: Sheet, cube: Cube, columns: list[int]) -> dict[str, str]:
    """What stands in place of a figure → its flag: dots and dashes by the file's own notes, `: c` by its status."""
    marks = COMMON | SYMBOLS
    for mark, words in cube.marks.items():
        marks[mark] = _reason(flag_of_words(words)) if words else marks.get(mark, "m")
    found = set()
    for column in columns:
        different = set(sheet.columns[column].values)
        found.update(value for value in different if value.startswith(f"{MISSING} "))
    for text in found:
        flags, _ = _flags(sheet, cube, text[2:])
        marks[text.lower()] = flags if set(flags) & set("cmz") else "".join(sorted(f"m{flags}"))
    return marks


def _reason(flag: str | None) -> str:
    return flag if flag in ("c", "m", "z") else "m"


def _notes(reading: Reading, cube: Cube) -> dict[str, str]:
    """Status beside a figure → its flags."""
    notes = {}
    for style in reading.sheet.styles:
        for mark in filter(None, [style.raised]):
            notes[mark.lower()], untold = _flags(reading.sheet, cube, mark.replace("·", " "))
            if untold:
                reading.assume(f"no flag for {untold}")
    return notes


def _flags(sheet: Sheet, cube: Cube, status: str) -> tuple[str, str]:
    try:
        return flags_of(status, cube.statuses)
    except ValueError:
        raise sheet.error(
            "a status that nobody explains", found=status, expected="b, c, d, e, f, p, r, u or z"
        ) from None
