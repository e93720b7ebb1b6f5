# SPDX-License-Identifier: EUPL-1.2
"""Rows of tidy frames: which are meant, what is known of them, and their figures; and a frame made of figures.

A frame that was computed has the columns of a tidy table plus `cells` (tuple of `file|sheet|cell`) and `formula`
(Dutch words).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from ..errors import DataError
from ..observations.observation import COLUMNS, breakdown_parts
from ..tables import store
from .figure import Figure, Origin

if TYPE_CHECKING:
    import pandas as pd

ASIDE = ("grens", "datering")  # breakdown keys that name no part: `Figure` and `published` put them in words


def pick(frame: pd.DataFrame, *indicators: str, **keys: str | Collection[str]) -> pd.DataFrame:
    """Rows with these columns or breakdown keys, one value or any of several; of these indicators, in their order.

    Raises `DataError` for an unknown indicator.

    >>> import genk_armoede as ga
    >>> rows = ga.pick(ga.load("werkloosheid"), "werkloosheidsgraad_rva", area=["Genk", "Antwerpen"], period="2024")
    >>> sorted(zip(rows.area, rows.value))
    [('Antwerpen', 7.07), ('Genk', 4.97)]
    """
    import pandas as pd  # slow to load, and a build that has nothing to do needs none

    for indicator in indicators:
        if indicator not in set(frame.indicator):
            raise DataError(f"there is no indicator {indicator!r}", expected=", ".join(sorted(set(frame.indicator))))
    found = pd.concat([frame[frame.indicator == one] for one in indicators]) if indicators else frame
    for key, wanted in keys.items():
        values = found[key] if key in COLUMNS else found.breakdown.map(lambda text, k=key: breakdown_parts(text).get(k))
        found = found[values.isin([wanted] if isinstance(wanted, str) else list(wanted))]
    return found.reset_index(drop=True)


def latest(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the last period in the frame."""
    return frame[frame.period == frame.period.max()].reset_index(drop=True)


def gaps() -> pd.DataFrame:
    """Rows of all tables that have no value: what is not published, hidden or not applicable."""
    every = store.load()
    return every[every.value.isna()].reset_index(drop=True)


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


def figure_of_area(frame: pd.DataFrame, area: str) -> Figure:
    if frame.area.duplicated().any() or area not in set(frame.area):
        raise DataError(
            f"not one row for each area, {area} among them",
            found=", ".join(sorted(frame.area)),
            do="pick one indicator, period and breakdown",
        )
    return figures(frame[frame.area == area])[0]


def cities() -> list[str]:
    """The names of the thirteen centrumsteden, Genk among them.

    >>> import genk_armoede as ga
    >>> len(ga.cities()), "Genk" in ga.cities()
    (13, True)
    """
    return sorted(set(store.load("stadsmonitor").area))


def figures(frame: pd.DataFrame) -> list[Figure]:
    """A figure for each row of a tidy frame, or of one that `frames` computed (`cells`, `formula`)."""
    return [_figure(row) for row in records(frame)]


def _figure(row: Mapping) -> Figure:
    value = None if row["value"] != row["value"] else Decimal(str(row["value"]))
    cells, formula = row.get("cells"), row.get("formula", "")
    if not isinstance(cells, tuple):  # as for a row of a table among computed ones
        cells, formula = (store.cell_of(row),), ""
    places = store.decimals(cells[0], row["indicator"])
    bound = breakdown_parts(row["breakdown"]).get("grens", "")
    maker = " + ".join(sorted({store.maker(cell, row["indicator"]) for cell in cells}))
    origin = Origin(*(row.get(column, "") for column in ("indicator", "area", "period", "breakdown")), maker)
    wording = _wording(cells[0]) if not formula and ("e" in row["status"] or bound) else ""
    return Figure(value, row["unit"], row["status"], cells, formula, places, bound, (origin,), wording=wording)


_INEXACT = re.compile(
    r"(?:de bron schrijft |^)(bijna|goed|ongeveer|ruim|(?:iets )?meer dan|(?:niet )?minder dan)\b", re.IGNORECASE
)


def _wording(cell: str) -> str:
    """The word that a source has before an inexact number, as the remark at its cell repeats it; or nothing."""
    found = _INEXACT.search(store.remark(cell))
    return found[1].lower() if found else ""


def records(frame: pd.DataFrame) -> list[dict]:
    """A frame's rows as `to_dict("records")` gives them, for small frames in half the time."""
    return [dict(zip(frame.columns, row, strict=True)) for row in frame.to_numpy(object)]


def pairs(frame: pd.DataFrame) -> Iterable[tuple[dict, Figure]]:
    return zip(records(frame), figures(frame), strict=True)


def matched(frame: pd.DataFrame, others: pd.DataFrame, *columns: str) -> Iterator[tuple[dict, Figure, Figure]]:
    """Each row that has a value, with that and what it can be divided by: of the other row with the same columns."""
    known = {tuple(row[column] for column in columns): one for row, one in pairs(others)}
    for row, one in pairs(frame):
        other = known.get(tuple(row[column] for column in columns))
        if one.value is not None and other is not None and other.value:
            yield row, one, other


def key_of(row: Mapping, **changed: str) -> tuple[str, ...]:
    return tuple({**row, **changed}[column] for column in COLUMNS[:5])


def frame_of(rows: Iterable[tuple[tuple, Figure]]) -> pd.DataFrame:
    """Keys and figures as a tidy frame; a computed figure has no cell of its own."""
    import pandas as pd  # slow to load, and a build that has nothing to do needs none

    records = [(*key, one.value, one.unit, one.status, "", "", "", one.cells, one.formula) for key, one in rows]
    return pd.DataFrame(records, columns=[*COLUMNS, "cells", "formula"]).astype({"value": "float64"})


def names(frame: pd.DataFrame) -> list[str]:
    """For each row the name of its indicator in words, and the part that it is of."""
    known = store.indicators()
    parts = [{k: v for k, v in breakdown_parts(text).items() if k not in ASIDE} for text in frame.breakdown]
    return [
        ": ".join(
            [known[indicator]["title"], *(f"{v} {k}" if v in ("eerste", "tweede") else v for k, v in part.items())]
        )
        for indicator, part in zip(frame.indicator, parts, strict=True)
    ]


def notes(frame: pd.DataFrame) -> list[str]:
    """For each row what its source should be read with: the remark in the list it stands in, or nothing."""
    return [cited.get("note", "") for cited in _cited(frame)]


def publishers(frame: pd.DataFrame) -> str:
    """Who published the rows of a frame, in one line."""
    return "; ".join(sorted({cited["publisher"] for cited in _cited(frame)}))


def _cited(frame: pd.DataFrame) -> list[dict[str, str]]:
    return [store.citation(store.cell_of(row)) for row in records(frame)]
