# SPDX-License-Identifier: EUPL-1.2
"""Figures per statistical sector, from which those per wijk are computed."""

import itertools

from ...observations.areas import NOWHERE
from ...observations.observation import Observation
from ..checks import Rows, Sectors, add_up, at_most_together, grouped, nearly_same, parts_add_up, select
from .indicator import Indicator

TITLE = "Genk per statistische sector"
POPULATION, DWELLINGS = "bevolking_1_januari", "bewoonde_woningen"
_DWELLINGS = "Bewoonde woningen op 1 januari 2011, volgens de Census, naar eigendom."
INDICATORS = (
    Indicator(POPULATION, "Bevolking op 1 januari", "personen", "Inwoners op 1 januari, per statistische sector.",
        also=("TOTAL",)),
    Indicator("bevolking_1_januari_gemeente", "Bevolking van de gemeente op 1 januari", "personen",
        "Inwoners van de gemeente op 1 januari, apart van de sectoren gepubliceerd."),
    Indicator("aangiften_met_inkomen", "Aangiften met inkomen", "aangiften",
        "Aangiften in de personenbelasting met een netto belastbaar inkomen dat niet nul is."),
    Indicator("totaal_netto_belastbaar_inkomen", "Totaal netto belastbaar inkomen", "EUR",
        "Som van de netto belastbare inkomens in deze aangiften."),
    Indicator("gemiddeld_inkomen_per_aangifte", "Gemiddeld inkomen per aangifte", "EUR",
        "Totaal netto belastbaar inkomen gedeeld door de aangiften met inkomen."),
    Indicator("mediaan_inkomen_per_aangifte", "Mediaan inkomen per aangifte", "EUR",
        "De helft van de aangiften ligt onder dit bedrag, de andere helft erboven."),
    Indicator("huishoudens", "Huishoudens", "huishoudens", "Private huishoudens."),
    Indicator("wagens_van_huishoudens", "Wagens van huishoudens", "wagens",
        "Personenwagens op naam van die huishoudens."),
    Indicator(DWELLINGS, "Bewoonde woningen, eigenaar", "woningen", _DWELLINGS, "eigendom=eigenaar"),
    Indicator(DWELLINGS, "Bewoonde woningen, huurder", "woningen", _DWELLINGS, "eigendom=huurder"),
    Indicator(DWELLINGS, "Bewoonde woningen, titel onbekend", "woningen", _DWELLINGS, "eigendom=titel onbekend"),
    Indicator(DWELLINGS, "Bewoonde woningen, andere of collectief", "woningen",
        _DWELLINGS, "eigendom=andere of collectief"),
    Indicator(DWELLINGS, "Bewoonde woningen, totaal", "woningen", _DWELLINGS),
    # Confidential workbooks of the city, per wijk; `disclosure.yml` says what of them may be shown.
    Indicator("personen_met_leefloon_per_wijk", "Personen met een leefloon", "personen",
        "Mensen die van het OCMW een leefloon krijgen, per wijk. Kleine aantallen zijn verborgen."),
    Indicator("huishoudens_in_schuldbemiddeling_per_wijk", "Huishoudens in schuldbemiddeling", "huishoudens",
        "Huishoudens met een lopende schuldbemiddeling bij het OCMW, per wijk. Kleine aantallen zijn verborgen."),
    Indicator("leerlingen_met_schooltoelage_per_wijk", "Leerlingen met een schooltoelage per wijk", "leerlingen",
        "Leerlingen met een schooltoelage, per wijk waar ze wonen. Kleine aantallen zijn verborgen."),
    Indicator("leerlingen_per_wijk", "Leerlingen per wijk", "leerlingen", "Alle leerlingen, per wijk waar ze wonen."),
    Indicator("aandeel_leerlingen_met_schooltoelage_per_wijk", "Aandeel leerlingen met een schooltoelage per wijk", "%",
        "Aandeel van de leerlingen van de wijk met een schooltoelage; niet getoond over kleine groepen."),
    Indicator("stadsdelen", "Stadsdelen", "stadsdelen", "Stadsdelen waarin de stad haar wijken groepeert."),
    Indicator("wijken", "Wijken", "wijken", "Wijken van de stad."),
)  # fmt: skip


def check(rows: Rows, sectors: Sectors) -> None:
    """Every sector in one wijk, sectors add up to the municipality, dwellings to their total."""
    known = {code for sector in sectors for code in (sector.sector_code, sector.wijk_code)}
    for row in rows:
        code = row.area_code
        if len(code) > 5 and code != NOWHERE and code not in known:
            raise row.error(
                f"sector {code} ({row.area}) belongs to no wijk",
                expected="a row for it in the sheet that lists sectors with their wijk",
                do="correct the code, or add the sector to that list",
            )
    residents = grouped(select(rows, POPULATION), "period")
    for total in select(rows, "bevolking_1_januari_gemeente"):
        sectors_then = residents[(total.period,)]
        if any(row.area_code == NOWHERE for row in sectors_then):
            add_up(sectors_then, total, "the sectors")
        else:  # who lives in no sector is not published for that year
            at_most_together(sectors_then, total, "the sectors")
    for total in select(rows, "stadsdelen"):
        _stadsdelen(total, sectors)
    parts_add_up(rows, DWELLINGS, "the dwellings", "area_code", "period")


def _stadsdelen(total: Observation, sectors: Sectors) -> None:
    """Raises `DataError` for more stadsdelen than are published, fewer once each wijk has one, or two near spellings."""
    names = sorted({sector.stadsdeel for sector in sectors if sector.stadsdeel})
    whole = all(sector.stadsdeel for sector in sectors)
    for one, other in itertools.combinations(names, 2):
        if nearly_same(one, other):
            raise total.error(
                "two spellings of one stadsdeel", found=f"{one}, {other}", do="spell them alike in the list of sectors"
            )
    if len(names) > total.value or (whole and len(names) != total.value):
        raise total.error(
            "not the number of stadsdelen that is published",
            found=f"{len(names)} in the list of sectors: {', '.join(names)}",
            expected=f"{total.value}",
            do="correct the column Stadsdeel, or the published number",
        )
