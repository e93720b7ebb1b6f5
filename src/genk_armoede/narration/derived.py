# SPDX-License-Identifier: EUPL-1.2
"""What nobody publishes and follows from what is published: income per resident, share with a foreign background."""

from __future__ import annotations

import pandas as pd

from ..tables import store
from .comparison import per_resident, products, ratios
from .frames import cities, pick

REGIONS = ("Limburg", "Vlaams Gewest", "België")
INCOME, BACKGROUND = "inkomen_per_inwoner", "aandeel_buitenlandse_achtergrond"


def income_per_resident() -> pd.DataFrame:
    """Net taxable income per resident, `inkomen_per_inwoner`, of the cities, Limburg, Vlaams Gewest and België.

    The total of a year, or where only that was published the mean per return times the returns, divided by the
    residents of 1 January of the year after.

    >>> import genk_armoede as ga
    >>> income = ga.pick(ga.income_per_resident(), period="2020")
    >>> print(ga.say("In {wanneer} was dat {n:n} euro.", rows=income))
    In 2020 was dat 18.076 euro.
    """
    table = store.load("inkomens")
    total, residents = pick(table, "totaal_netto_belastbaar_inkomen"), pick(table, "inwoners_1_januari")
    mean, returns = pick(table, "gemiddeld_inkomen_per_aangifte_gemeente"), pick(table, "aangiften_met_inkomen")
    sums = products(mean, returns, "EUR", "gemiddelde per aangifte, maal de aangiften")
    known = set(zip(total.area_code, total.period, strict=True))
    new = [key not in known for key in zip(sums.area_code, sums.period, strict=True)]
    found = per_resident(pd.concat([total, sums[new]]), residents).assign(indicator=INCOME)
    return found[found.area.isin([*cities(), *REGIONS])].reset_index(drop=True)


def foreign_background() -> pd.DataFrame:
    """Share of residents with a foreign background, of each area and year: all but those of Belgian background.

    >>> import genk_armoede as ga
    >>> print(ga.say("Op 1 januari {wanneer} was dat {n}.", rows=ga.pick(ga.foreign_background(), period="2025")))
    Op 1 januari 2025 was dat 60,3%.
    """
    residents = pick(store.load("bevolking"), "inwoners").sort_values("period")
    belgian = residents[residents.breakdown == "herkomst=Belgische achtergrond"]
    words = "inwoners met een Belgische achtergrond, gedeeld door alle inwoners"
    share = ratios(belgian, residents[residents.breakdown == ""], "%", words)
    rest = "alle inwoners min wie een Belgische achtergrond heeft, gedeeld door alle inwoners"
    return share.assign(value=100 - share.value, breakdown="", formula=rest, indicator=BACKGROUND)
