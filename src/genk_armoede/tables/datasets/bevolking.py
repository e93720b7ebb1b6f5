# SPDX-License-Identifier: EUPL-1.2
"""Residents of municipalities on 1 January: in total, by background and by age."""

from collections import defaultdict

from ...observations.observation import breakdown_parts
from ..checks import Rows, Sectors, add_up, at_most, select
from .indicator import Indicator

TITLE = "Inwoners per gemeente, naar achtergrond en leeftijd"
RESIDENTS = "inwoners"
# From 2025 on Borsbeek belongs to Antwerpen, and Kortessem to Hasselt, whose code became another.
MERGED = (("11002", "2025"), ("71072", "2025"))
_DEFINITION = (
    "Inwoners op 1 januari. Een buitenlandse achtergrond hebben Belgen met een buitenlandse achtergrond en niet-Belgen "
    "samen. Limburg en het Vlaams Gewest zijn sommen van gemeenten. Vanaf 2025 hoort Borsbeek bij Antwerpen en Kortessem "
    "bij Hasselt."
)
INDICATORS = (
    Indicator(RESIDENTS, "MS_POPULATION", "aantal", _DEFINITION, words="Inwoners op 1 januari", area_breaks=MERGED),
)


def check(rows: Rows, sectors: Sectors) -> None:
    """Backgrounds and ages add up to all residents, and no area exceeds the one it lies in."""
    parts = defaultdict(list)
    for row in rows:
        for key in breakdown_parts(row.breakdown):
            parts[row.area_code, row.period, key].append(row)
    for total in select(rows, RESIDENTS, breakdown=""):
        for key in ("herkomst", "leeftijd"):
            add_up(parts[total.area_code, total.period, key], total, f"the parts by {key}")
    for part, whole in (("71016", "70000"), ("70000", "02000")):
        for row in select(rows, RESIDENTS, area_code=part):
            for other in select(rows, RESIDENTS, area_code=whole, period=row.period, breakdown=row.breakdown):
                at_most(row, other)
