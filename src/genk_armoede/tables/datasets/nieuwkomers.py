# SPDX-License-Identifier: EUPL-1.2
"""Newcomers: people who came to live in a city, as a rate."""

from .indicator import Indicator

TITLE = "Nieuwkomers"
RATE = "nieuwkomers_per_1000"
INDICATORS = (
    Indicator(RATE, "nieuwkomers per 1.000 inwoners 18+ jaar", "‰",
        "Nieuwkomers van 18 jaar en ouder per 1.000 inwoners van die leeftijd, per jaar. Wie precies als nieuwkomer telt, "
        "staat niet bij de cijfers. Zegt niet hoeveel er blijven of vertrekken.",
        words="Nieuwkomers per 1.000 inwoners van 18 jaar en ouder"),
)  # fmt: skip
