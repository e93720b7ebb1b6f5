# SPDX-License-Identifier: EUPL-1.2
"""From the spreadsheets Genk receives about poverty to tidy tables, charts and a Dutch report.

In a notebook: `import genk_armoede as ga`; `ga.<tab>` lists what there is, `help(ga.say)` says how:

- rows: `load`, `pick`, `latest`, `labelled`, `income_per_resident`, `foreign_background`, `by_wijk`, `cities`;
- sentences: `say`, `points`; what they are made of: `change`, `gap`, `rank`, `ends`, `ratio`, `versus`;
- charts: `lines`, `multiples`, `bars`, `ranking`, `ranges`, `moments`, `strips`, `answers`, `stacked`, `tiles`,
  `spark`;
- tables: `published`, `crossed`, `table`; what is missing: `unknown`, `empty_cells`, `known_elsewhere`.
"""

__version__ = "0.1.0"

# Loaded when first used, so that the command line starts without pandas and matplotlib.
_PUBLIC = {
    "observations.periods": ("period_text",),
    "tables.store": ("load",),
    "narration.frames": ("cities", "figure", "figures", "latest", "names", "notes", "pick", "publishers"),
    "narration.arithmetic": ("computed", "count", "difference", "implied_range", "ratio", "total"),
    "narration.prose": ("join", "published", "table", "versus"),
    "narration.selection": ("labelled",),
    "narration.telling": ("either", "points", "say"),
    "narration.division": ("by_stadsdeel", "by_wijk", "sectors", "spread_by_wijk", "stadsdelen"),
    "narration.comparison": (
        "from_median", "gap", "growth_place", "held_against", "products", "rank", "ratios", "turned_growth",
    ),
    "narration.course": ("about", "before_break", "change", "ends", "since_break"),
    "narration.age": ("age",),
    "narration.derived": ("foreign_background", "income_per_resident"),
    "narration.blanks": ("empty_cells", "in_genk", "known_elsewhere"),
    "narration.unknown": ("gap_states", "unknown", "unknown_table"),
    "narration.survey": ("among_cities", "apart", "how_sure", "respondents", "survey_unknown"),
    "narration.crossing": ("crossed",),
    "narration.charts.areas": ("answer", "answers", "strips"),
    "narration.charts.maps": ("tiles",),
    "narration.charts.rows": ("bars", "moments", "over_time", "ranges", "ranking"),
    "narration.charts.series": ("lines", "multiples"),
    "narration.charts.shares": ("stacked",),
    "narration.charts.sparks": ("spark",),
}  # fmt: skip
__all__ = sorted(name for names in _PUBLIC.values() for name in names)


def __getattr__(name: str) -> object:
    import importlib  # not before `__main__` answers Ctrl-C

    for module, names in _PUBLIC.items():
        if name in names:
            return getattr(importlib.import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
