# SPDX-License-Identifier: EUPL-1.2
"""Pupils who do not speak Dutch at home, by the municipality where they live."""

from .indicator import Indicator

TITLE = "Thuistaal van leerlingen"
SHARE = "aandeel_leerlingen_thuistaal_niet_nederlands"
INDICATORS = tuple(
    Indicator(
        SHARE,
        f"leerlingen die thuis geen Nederlands spreken, {level}",
        "%",
        "Aandeel van de leerlingen die in de gemeente wonen en thuis geen Nederlands spreken, per schooljaar. Zegt niets "
        "over hoe goed een leerling Nederlands kent. Gemeenten zoals ze sinds de fusies van 2025 zijn.",
        f"onderwijsniveau={level}",
        words="Leerlingen die thuis geen Nederlands spreken",
    )
    for level in ("basisonderwijs", "secundair onderwijs")
)
