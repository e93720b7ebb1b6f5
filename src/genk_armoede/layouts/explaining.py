# SPDX-License-Identifier: EUPL-1.2
"""What a sheet holds and how it was read, in words: for who asks `tidy --explain`, as lines or as JSON.

Takes readings; gives plain values and lines; called by `tidying`.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from ..observations.observation import STATUS, WITHOUT_VALUE
from .reading import Reading

SOME = 5  # names on a line


def of_reading(reading: Reading) -> dict[str, object]:
    """What a sheet holds, and every assumption: values that JSON can hold."""
    different = {name: set() for name in ("indicator", "unit", "period", "area", "area_code")}
    flags: Counter[str] = Counter()
    figures = 0
    for read in reading.columns:
        for name, found in different.items():
            found |= read.facts.different(name)
        figures += sum(map(bool, read.values))
        flags.update(flag for status in read.flags for flag in status)
    units = {(i, u) for read in reading.columns for i, u in _pairs(read)}
    return {
        "sheet": reading.sheet.name,
        "layout": reading.layout,
        "observations": len(reading),
        "figures": figures,
        "without_figure": {flag: flags[flag] for flag in sorted(WITHOUT_VALUE) if flags[flag]},
        "flags": {flag: count for flag, count in sorted(flags.items()) if flag not in WITHOUT_VALUE},
        "indicators": [{"indicator": indicator, "unit": unit} for indicator, unit in sorted(units)],
        "periods": sorted(different["period"]),
        "areas": sorted(different["area"] - {""}),
        "codes": len(different["area_code"] - {""}),
        "hidden": reading.hidden_places,
        "hidden_figures": reading.hidden,
        "assumed": list(reading.assumed),
        "metadata": list(reading.metadata),
        "left_out": list(reading.left_out),
    }


def _pairs(read) -> set[tuple[str, str]]:
    indicator, unit = read.facts.indicator, read.facts.unit
    if isinstance(indicator, str) and isinstance(unit, str):
        return {(indicator, unit)}
    indicators = indicator if isinstance(indicator, list) else [indicator] * len(read.rows)
    units = unit if isinstance(unit, list) else [unit] * len(read.rows)
    return set(zip(indicators, units, strict=True))


def lines(found: Mapping) -> list[str]:
    """The same for people, a line a fact."""
    periods, areas = found["periods"], found["areas"]
    named = [f"{one['indicator']} [{one['unit'] or 'unit not named'}]" for one in found["indicators"]]
    told = [f"  {'holds':<9} {_count(named, 'indicator')}"]
    span = " to ".join(dict.fromkeys([periods[0], periods[-1]])) if periods else ""
    told.append(f"  {'periods':<9} {len(periods)}: {span}")
    codes = f"; with a code: {found['codes']}" if areas else ""
    unseen = sum(any(unicodedata.category(sign) == "Cf" for sign in area) for area in areas)
    codes += f"; with marks that nobody sees: {unseen}" if unseen else ""
    told.append(f"  {'areas':<9} {_count(areas, 'area') if areas else 'none named'}{codes}")
    told.append(f"  {'figures':<9} {found['figures']}")
    without = [f"{count} {STATUS[flag]} ({flag})" for flag, count in found["without_figure"].items()]
    told += [f"  {'no figure':<9} {', '.join(without)}"] if without else []
    flagged = [f"{count} {STATUS[flag]} ({flag})" for flag, count in found["flags"].items()]
    told += [f"  {'flagged':<9} {', '.join(flagged)}"] if flagged else []
    for name in ("hidden", "assumed", "metadata", "left_out"):
        told += [f"  {name.replace('_', ' '):<9} {line}" for line in found[name]]
    return told


def _count(names: Sequence[str], what: str) -> str:
    more = f" … and {len(names) - SOME} more" if len(names) > SOME else ""
    return f"{len(names)} {what}{'s' * (len(names) != 1)}: {', '.join(names[:SOME])}{more}"
