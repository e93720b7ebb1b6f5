# SPDX-License-Identifier: EUPL-1.2
"""How old a figure is: on its page, in the overview and on the card of its theme alike."""

from __future__ import annotations

from ..tables import store

_YEARS = ("van dit jaar", "een jaar", "twee jaar", "drie jaar", "vier jaar", "vijf jaar", "zes jaar", "zeven jaar")


def age(period: str) -> str:
    """How old a figure is, in whole years until the day the sources were last read: `drie jaar oud`."""
    years = int(store.package()["version"][:4]) - int(period.split("-")[1] if _is_range(period) else period[:4])
    if years >= len(_YEARS):
        return f"{years} jaar oud"
    return _YEARS[years] + " oud" * (years > 0)


def _is_range(period: str) -> bool:
    return len(period) == len("2020-2021")
