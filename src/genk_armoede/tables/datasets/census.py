# SPDX-License-Identifier: EUPL-1.2
"""Census 2021: people, households and dwellings on 1 January 2021."""

from ..checks import Rows, Sectors, add_up, select, within
from .indicator import Indicator

TITLE = "Census 2021"
_ON = "Toestand op 1 januari 2021."
_COUNTS = (  # identifier, label, unit, definition
    ("werkenden", "Werkenden van 15 tot 64 jaar", "personen", "Wie werkt, van 15 tot 64 jaar."),
    ("werklozen", "Werklozen van 15 tot 64 jaar", "personen", "Wie geen werk heeft en er een zoekt, van 15 tot 64 jaar, volgens de Census: niet de werkzoekenden van VDAB."),
    ("beroepsbevolking", "Beroepsbevolking van 15 tot 64 jaar", "personen", "Werkenden en werklozen samen."),
    ("inactieven", "Inactieven van 15 tot 64 jaar", "personen", "Wie niet werkt en geen werk zoekt, van 15 tot 64 jaar."),
    ("private_huishoudens", "Private huishoudens", "huishoudens", "Huishoudens buiten een instelling."),
    ("eenpersoonshuishoudens", "Eenpersoonshuishoudens", "huishoudens", "Private huishoudens van één persoon."),
    ("gezinskernen", "Gezinskernen", "gezinnen", "Paren met of zonder kinderen, en ouders alleen met kinderen."),
    ("eenoudergezinnen", "Eenoudergezinnen", "gezinnen", "Gezinskernen met één ouder."),
    ("woningen_census", "Woningen", "woningen", "Bewoonde en onbewoonde woningen samen."),
    ("bewoonde_woningen_census", "Bewoonde woningen", "woningen", "Woningen waar waarschijnlijk iemand is ingeschreven."),
    ("onbewoonde_woningen_census", "Onbewoonde woningen", "woningen", "Woningen waar waarschijnlijk niemand is ingeschreven, ook tweede verblijven en studentenkamers. Dat is niet hetzelfde als leegstand."),
    ("woningen_in_eengezinsgebouwen", "Woningen in eengezinsgebouwen", "woningen", "Woningen in een gebouw met één woning."),
    ("in_het_buitenland_geboren", "In het buitenland geboren", "personen", "Inwoners die in het buitenland geboren zijn."),
    ("vreemde_nationaliteit", "Vreemde nationaliteit", "personen", "Inwoners zonder de Belgische nationaliteit."),
    ("niet_eu_nationaliteit", "Niet-EU-nationaliteit", "personen", "Inwoners met de nationaliteit van een land buiten de EU."),
    ("vrouwen_census", "Vrouwen", "personen", "Vrouwen en meisjes."),
    ("gehuwden", "Gehuwd", "personen", "Inwoners die gehuwd zijn."),
)  # fmt: skip
INDICATORS = tuple(Indicator(id, label, unit, f"{text} {_ON}") for id, label, unit, text in _COUNTS)
_SUMS = (
    (("werkenden", "werklozen"), "beroepsbevolking"),
    (("bewoonde_woningen_census", "onbewoonde_woningen_census"), "woningen_census"),
)
_WITHIN = (
    ("eenpersoonshuishoudens", "private_huishoudens"),
    ("eenoudergezinnen", "gezinskernen"),
    ("woningen_in_eengezinsgebouwen", "woningen_census"),
    ("niet_eu_nationaliteit", "vreemde_nationaliteit"),
)


def check(rows: Rows, sectors: Sectors) -> None:
    """Workers and unemployed are the labour force, occupied and other dwellings all dwellings; parts within their whole."""
    for parts, whole in _SUMS:
        for total in select(rows, whole):
            found = [row for part in parts for row in select(rows, part, area=total.area, period=total.period)]
            if len(found) == len(parts):
                add_up(found, total, " and ".join(parts))
    for part, whole in _WITHIN:
        within(rows, part, whole, "area", "period")
