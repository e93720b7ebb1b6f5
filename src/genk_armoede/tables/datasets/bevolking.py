# SPDX-License-Identifier: EUPL-1.2
"""Residents of municipalities on 1 January: in total, by background and by age."""

from ..checks import Rows, Sectors, parts_add_up, within_area
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
    for key in ("herkomst", "leeftijd"):
        parts_add_up(rows, RESIDENTS, f"the parts by {key}", "area_code", "period", key=key)
    for part, whole in (("Genk", "Limburg"), ("Limburg", "Vlaams Gewest")):
        within_area(rows, RESIDENTS, part, whole)
