# SPDX-License-Identifier: EUPL-1.2
"""How old a figure is, and whether its source says of when: on its page, in the overview and on its card alike."""

from __future__ import annotations

import re

from ..observations.periods import first_day, last_day
from ..tables import store

_WHOLE = ("", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
_HALF = ("een half", "anderhalf", "tweeënhalf", "drieënhalf", "vierenhalf", "vijfenhalf", "zesenhalf", "zevenenhalf")
_NEW_YEAR = re.compile(r"\bop 1 januari\b|^toestand op 1 januari\b", re.IGNORECASE)
_UNDATED = re.compile(r"zegt niet over welke (?:precieze )?periode", re.IGNORECASE)


def age(period: str, cell: str = "") -> str:
    """How old a figure is until the day the sources were last read: `bijna drie jaar oud`.

    Counted from the end of its period; for residents on 1 January, as the indicator in its `cell` says, from that day.

    >>> import genk_armoede as ga
    >>> ga.age("2014")
    'bijna 12 jaar oud'
    """
    now, then = store.package()["version"], first_day(period) if _on_new_year(cell) else last_day(period)
    if then[:4] == now[:4]:
        return "van dit jaar"
    months = (int(now[:4]) - int(then[:4])) * 12 + int(now[5:7]) - int(then[5:7])
    years, rest = divmod(months, 12)
    if rest > 8:
        return f"bijna {_years(years + 1)} oud"
    if rest > 3 and years < len(_HALF):
        return f"{_HALF[years]} jaar oud"
    return f"{_years(years)} oud" if years else "enkele maanden oud"


def is_dated(cell: str) -> bool:
    """False when the remark at a figure says that its source does not give a precise period."""
    return not _UNDATED.search(store.remark(cell))


def _years(count: int) -> str:
    return f"{_WHOLE[count] if count < len(_WHOLE) else count} jaar"


def _on_new_year(cell: str) -> bool:
    """True when what stands in a cell is counted on 1 January."""
    row = store.rows_by_cell().get(cell) if cell else None
    return row is not None and bool(_NEW_YEAR.search(store.indicators()[row["indicator"]]["description"]))
