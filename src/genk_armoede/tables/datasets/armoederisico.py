# SPDX-License-Identifier: EUPL-1.2
"""Poverty risk of people in Belgium, its regions and provinces: a survey (EU-SILC) that has no figure for a municipality."""

from ..checks import Rows, Sectors, at_most, select, within
from .indicator import Indicator

TITLE = "Risico op armoede in België, de gewesten en de Vlaamse provincies"
AROP, AROPE, THRESHOLD = "armoederisico_arop", "armoederisico_arope", "armoededrempel"
_SURVEY = (
    "Een enquête met een foutenmarge; het jaar is dat van de bevraging, het inkomen is dat van het jaar ervoor. Uit "
    "deze enquête bestaat geen cijfer voor een gemeente."
)
_AROPE = (
    "Aandeel van de inwoners met een armoederisico, een ernstige materiële en sociale deprivatie of een huishouden met zeer "
    f"weinig werk, in de definitie van EU 2030. {_SURVEY}"
)
# The Belgian survey changed in 2019.
_BREAK = ("2019",)
INDICATORS = (
    Indicator(AROP, "Armoederisico (AROP)", "%",
        "Aandeel van de inwoners in een huishouden met een beschikbaar inkomen onder zestig procent van de Belgische "
        f"mediaan. {_SURVEY}", words="Armoederisico", maker="EU-SILC", breaks=_BREAK),
    Indicator(AROPE, "Risico op armoede of sociale uitsluiting (AROPE)", "%", _AROPE,
        words="Risico op armoede of sociale uitsluiting", maker="EU-SILC", breaks=_BREAK),
    Indicator(AROPE, "estat_ilc_peps01n", "%", _AROPE,
        "bron=Eurostat", "Risico op armoede of sociale uitsluiting", maker="EU-SILC", breaks=_BREAK),
    Indicator("armoederisico_arope_oude_definitie",
        "Risico op armoede of sociale uitsluiting (AROPE), oude definitie", "%",
        f"Dezelfde maat in de definitie van voor 2021: niet te vergelijken met de nieuwe. {_SURVEY}",
        words="Risico op armoede of sociale uitsluiting, oude definitie"),
    Indicator("aandeel_zeer_lage_werkintensiteit", "Zeer lage werkintensiteit", "%",
        f"Aandeel van wie in een huishouden leeft waarin de volwassenen weinig of niet werken. {_SURVEY}"),
    Indicator("aandeel_ernstige_materiele_en_sociale_deprivatie", "Ernstige materiële en sociale deprivatie", "%",
        f"Aandeel van de inwoners dat zich zeven van dertien gewone zaken niet kan veroorloven. {_SURVEY}"),
    Indicator(THRESHOLD, "Armoededrempel", "EUR per maand",
        "Het beschikbare inkomen per maand waaronder een huishouden een armoederisico heeft: zestig procent van de "
        "Belgische mediaan."),
)  # fmt: skip


def check(rows: Rows, sectors: Sectors) -> None:
    """Poverty risk is a part of the wider measure, in the same area, year and source; a couple's threshold is higher."""
    within(rows, AROP, AROPE, "area", "period", "breakdown")
    for single in select(rows, THRESHOLD, breakdown="huishouden=alleenstaande"):
        for family in select(rows, THRESHOLD, period=single.period):
            at_most(single, family)
