# SPDX-License-Identifier: EUPL-1.2
"""Fiscal income: what tax returns of an income year add up to, and the residents it is divided by."""

import itertools
from decimal import ROUND_HALF_UP, Decimal

from ...observations.observation import Observation, number_text
from ..checks import Rows, Sectors, grouped, select, within_area
from .indicator import Indicator

TITLE = "Fiscale inkomens per gemeente"
TOTAL, RESIDENTS, MEAN = "totaal_netto_belastbaar_inkomen", "inwoners_1_januari", "gepubliceerd_inkomen_per_inwoner"
RETURNS, EMPTY = "aangiften_met_inkomen", "aangiften_zonder_inkomen"
PER_RETURN, MEDIAN = "gemiddeld_inkomen_per_aangifte_gemeente", "mediaan_inkomen_per_aangifte_gemeente"
# From 2014 on the deduction for one's own dwelling no longer lowers the taxable income.
BREAK = ("2014",)
# In 2022 the number of returns rises by 2,9 to 5,4% in every municipality that was read; why is not known.
MORE_RETURNS = ("2022",)
_SUMS = "Limburg, het Vlaams Gewest en België zijn sommen van gemeenten."
INDICATORS = (
    Indicator(TOTAL, "MS_TOT_NET_TAXABLE_INC", "EUR",
        "Som van de netto belastbare inkomens van alle inwoners, per inkomensjaar. Niet belaste inkomens, zoals een "
        "leefloon of kinderbijslag, tellen niet mee. Breuk in 2014: vanaf dan verlaagt de woonaftrek het belastbare "
        f"inkomen niet meer. {_SUMS}",
        words="Totaal netto belastbaar inkomen", breaks=BREAK),
    Indicator(RESIDENTS, "MS_TOT_RESIDENTS", "aantal",
        "Inwoners op 1 januari. Bij een inkomensjaar horen de inwoners van 1 januari van het jaar erna: die hadden dat "
        f"inkomen. {_SUMS}",
        words="Inwoners op 1 januari"),
    Indicator(RETURNS, "MS_NBR_NON_ZERO_INC", "aantal",
        f"Aangiften in de personenbelasting met een netto belastbaar inkomen dat niet nul is. {_SUMS}",
        words="Aangiften met inkomen", breaks=MORE_RETURNS),
    Indicator(PER_RETURN, "MS_AVG_TOT_NET_TAXABLE_INC", "EUR",
        "Totaal netto belastbaar inkomen gedeeld door de aangiften met inkomen, op de euro afgerond. Een aangifte kan van "
        "twee mensen zijn. Gemeenten zoals ze voor de fusies van 2025 waren.",
        words="Gemiddeld inkomen per aangifte"),
    Indicator(MEDIAN, "MS_MEDIAN_NET_TAXABLE_INC", "EUR",
        "De helft van de aangiften ligt onder dit bedrag, de andere helft erboven. Gemeenten zoals ze voor de fusies van "
        "2025 waren.",
        words="Mediaan inkomen per aangifte"),
    Indicator(EMPTY, "MS_NBR_ZERO_INC", "aantal",
        "Aangiften in de personenbelasting met een netto belastbaar inkomen van nul. Dat betekent niet dat wie ze deed "
        f"van niets leeft. {_SUMS}",
        words="Aangiften zonder inkomen"),
    Indicator(MEAN, "Gemiddeld netto belastbaar inkomen per inwoner", "EUR",
        "Totaal netto belastbaar inkomen gedeeld door alle inwoners, kinderen meegeteld, zoals kranten en de Stadsmonitor "
        "het van Statbel overnamen. Een gemiddelde: het zegt niet hoe het inkomen verdeeld is. Breuk in 2014.",
        breaks=BREAK),
)  # fmt: skip
_WITHIN = (("Genk", "Limburg"), ("Hasselt", "Limburg"), ("Limburg", "Vlaams Gewest"), ("Vlaams Gewest", "België"))


def check(rows: Rows, sectors: Sectors) -> None:
    """The published means are totals divided by residents or returns, and no area exceeds the one it lies in."""
    incomes = grouped(select(rows, TOTAL), "area_code", "period")
    residents = grouped(select(rows, RESIDENTS), "area_code", "period")
    returns = grouped(select(rows, RETURNS), "area_code", "period")
    for mean in select(rows, MEAN):
        after = f"{int(mean.period) + 1}-01-01"
        _divides(mean, incomes[mean.area_code, mean.period], residents[mean.area_code, after], "residents")
    for mean in select(rows, PER_RETURN):
        _divides(mean, incomes[mean.area_code, mean.period], returns[mean.area_code, mean.period], "returns")
    for indicator in (TOTAL, RESIDENTS, RETURNS, EMPTY):
        for part, whole in _WITHIN:
            within_area(rows, indicator, part, whole)


def _divides(mean: Observation, incomes: Rows, among: Rows, what: str) -> None:
    """Raises `DataError` when a published mean is not what the income of its area gives for each of them, to the euro."""
    for income, number in itertools.product(incomes, among):
        if mean.value is None or income.value is None or not number.value:
            continue
        found = (income.value / number.value).quantize(Decimal(1), ROUND_HALF_UP)
        if found != mean.value:
            raise mean.error(
                f"the published mean is not the income divided by the {what}",
                found=f"{number_text(mean.value)} EUR",
                expected=f"{number_text(found)} EUR, from {income.sheet} {income.cell} and {number.cell}",
                do="compare these cells with the source",
            )
