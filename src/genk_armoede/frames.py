# SPDX-License-Identifier: EUPL-1.2
"""What notebooks compute from tidy frames without losing the cells: sums per wijk or stadsdeel, change, ratio.

Takes tidy frames with one row a sector; gives frames with the same columns plus `cells` (tuple of
`file|sheet|cell`) and `formula` (Dutch words), fit for `prose` and `charts`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import pandas as pd

from . import store
from .errors import DataError
from .observations import COLUMNS
from .prose import Figure, computed, figures, ratio, total


def wijken() -> list[dict]:
    """The wijken as GeoJSON features: code, name, stadsdeel, centre, sectors, and boundary when known."""
    return json.loads((store.root() / store.WIJKEN).read_text(encoding="utf-8"))["features"]


def wijken_credit() -> str:
    """Who made the division in wijken, and the boundaries when they are real ones."""
    return json.loads((store.root() / store.WIJKEN).read_text(encoding="utf-8"))["credit"]


def stadsdelen() -> dict[str, str]:
    """Sector → stadsdeel, for the sectors whose stadsdeel is published."""
    sectors = (feature["properties"]["sectors"] for feature in wijken())
    return {code: stadsdeel for own in sectors for code, stadsdeel in own.items() if stadsdeel}


def gaps() -> pd.DataFrame:
    """Rows of all tables that have no value: what is not published, hidden or not applicable."""
    names = sorted(path.stem for path in (store.root() / store.PROCESSED).glob("*.csv"))
    every = pd.concat([store.load(name) for name in names], ignore_index=True)
    return every[every.value.isna()].reset_index(drop=True)


def by_wijk(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums per wijk of a frame of sectors. A sector that is not published leaves its wijk so too."""
    places = {
        code: (feature["properties"]["wijk_code"], feature["properties"]["wijk"])
        for feature in wijken()
        for code in feature["properties"]["sectors"]
    }
    return _sums(frame, places)


def by_stadsdeel(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums per stadsdeel; empty while the stadsdeel of any sector is not published."""
    known = stadsdelen()
    every = {code for feature in wijken() for code in feature["properties"]["sectors"]}
    return _sums(frame, {code: ("", name) for code, name in known.items()} if set(known) == every else {})


def _sums(frame: pd.DataFrame, places: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    own = frame[frame.area_code.isin(list(places))]
    groups = own.groupby([own.indicator, own.area_code.map(places), own.period, own.breakdown], sort=True)
    return _frame(
        ((indicator, *place, period, breakdown), total(figures(rows), "sectoren"))
        for (indicator, place, period, breakdown), rows in groups
    )


def change(frame: pd.DataFrame, old: str, new: str) -> pd.DataFrame:
    """Growth in percent of each area from one period to another; areas that were zero or absent are left out.

    Raises `DataError` when the series breaks between the two.
    """
    broken = frame[(frame.period > old) & (frame.period <= new) & frame.status.str.contains("b")]
    if len(broken):
        raise DataError(
            f"the series breaks in {', '.join(sorted(set(broken.period)))}",
            found=f"a comparison of {new} with {old}",
            do="compare periods on one side of the break",
        )
    before = {row["area_code"]: one for row, one in _pairs(frame[frame.period == old])}
    formula = f"verschil tussen {new} en {old}, gedeeld door {old}"
    rows = []
    for row, after in _pairs(frame[frame.period == new]):
        start = before.get(row["area_code"])
        if start is None or not start.value or after.value is None:
            continue
        growth = computed((after.value - start.value) / start.value * 100, "%", [start, after], formula)
        rows.append((_key(row, period=f"{old}-{new}"), growth))
    return _frame(rows)


def ratios(parts: pd.DataFrame, wholes: pd.DataFrame, unit: str, formula: str) -> pd.DataFrame:
    """`parts` divided by `wholes`, area by area and period by period; areas without either are left out."""
    below = {(row["area_code"], row["period"]): one for row, one in _pairs(wholes)}
    rows = []
    for row, part in _pairs(parts):
        whole = below.get((row["area_code"], row["period"]))
        if whole is not None and whole.value and part.value is not None:
            rows.append((_key(row), ratio(part, whole, unit, formula)))
    return _frame(rows)


def both_published(one: pd.DataFrame, other: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The two frames without the areas that lack a value in either."""
    areas = set(one[one.value.notna()].area_code) & set(other[other.value.notna()].area_code)
    return one[one.area_code.isin(areas)], other[other.area_code.isin(areas)]


def _pairs(frame: pd.DataFrame) -> Iterable[tuple[dict, Figure]]:
    return zip(frame.to_dict("records"), figures(frame), strict=True)


def _key(row: Mapping, **changed: str) -> tuple[str, ...]:
    return tuple({**row, **changed}[column] for column in COLUMNS[:5])


def _frame(rows: Iterable[tuple[tuple, Figure]]) -> pd.DataFrame:
    """Keys and figures as a tidy frame; a computed figure has no cell of its own."""
    records = [
        (
            *key,
            one.value if one.value is None else float(one.value),
            one.unit,
            one.status,
            "",
            "",
            "",
            one.cells,
            one.formula,
        )
        for key, one in rows
    ]
    frame = pd.DataFrame.from_records(records, columns=[*COLUMNS, "cells", "formula"])
    return frame.astype({"value": "float64"})
