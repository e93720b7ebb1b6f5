# SPDX-License-Identifier: EUPL-1.2
"""What nobody publishes and follows from what is published: income per resident, share with a foreign background."""

from __future__ import annotations

import pandas as pd

from ..tables import store
from .arithmetic import total as sum_of
from .comparison import per_resident, products, ratios
from .frames import cities, figures, frame_of, pick

REGIONS = ("Limburg", "Vlaams Gewest", "België")
TOGETHER = "13 centrumsteden"
INCOME, BACKGROUND = "inkomen_per_inwoner", "aandeel_buitenlandse_achtergrond"


def income_per_resident() -> pd.DataFrame:
    """Net taxable income per resident, `inkomen_per_inwoner`, of the cities, Limburg, Vlaams Gewest and België.

    Also of the `13 centrumsteden` together. The total of a year, or where only that was published the mean per return
    times the returns, divided by the residents of 1 January of the year after.

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
    totals = pd.concat([total, sums[new]])
    found = per_resident(_with_cities_together(totals), _with_cities_together(residents)).assign(indicator=INCOME)
    return found[found.area.isin([TOGETHER, *cities(), *REGIONS])].reset_index(drop=True)


def _with_cities_together(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows, and the sum of the cities for each period in which none of them is without a figure."""
    own = frame[frame.area.isin(cities()) & frame.value.notna()]
    whole = [rows for _, rows in own.groupby("period") if len(rows) == len(cities())]
    keys = ((rows.indicator.iloc[0], "", TOGETHER, rows.period.iloc[0], "") for rows in whole)
    sums = (sum_of(figures(rows), "centrumsteden") for rows in whole)
    return pd.concat([frame, frame_of(zip(keys, sums, strict=True))])


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
