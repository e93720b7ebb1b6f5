# SPDX-License-Identifier: EUPL-1.2
"""From the spreadsheets Genk receives about poverty to tidy tables, charts and a Dutch report.

In a notebook: `import genk_armoede as ga`, then `ga.load`, `ga.pick`, `ga.figure`, `ga.say`, `ga.bars` …
"""

from __future__ import annotations

import importlib

__version__ = "0.1.0"

# Loaded when first used, so that the command line starts without pandas and matplotlib.
_PUBLIC = {
    "observations.periods": ("period_text",),
    "tables.store": ("load", "tables"),
    "narration.frames": ("figure", "figures", "gaps", "latest", "names", "notes", "pick", "publishers", "span"),
    "narration.arithmetic": ("computed", "count", "difference", "implied_range", "ratio", "total"),
    "narration.prose": ("compared", "either", "join", "points", "published", "say", "table", "versus"),
    "narration.division": ("by_stadsdeel", "by_wijk", "spread_by_wijk", "stadsdelen"),
    "narration.comparison": (
        "both_published", "from_median", "gap", "per_resident", "place_then", "products", "rank", "ratios",
    ),
    "narration.course": ("about", "age", "change", "course", "direction", "ends"),
    "narration.unknown": ("gap_states", "unknown"),
    "narration.survey": ("apart", "beside", "how_sure", "margin"),
    "narration.charts": (
        "bars", "dots", "lines", "multiples", "over_time", "ranges", "spark", "stacked", "strips", "tiles",
    ),
}  # fmt: skip
__all__ = sorted(name for names in _PUBLIC.values() for name in names)


def __getattr__(name: str) -> object:
    for module, names in _PUBLIC.items():
        if name in names:
            return getattr(importlib.import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
