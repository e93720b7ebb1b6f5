# SPDX-License-Identifier: EUPL-1.2
"""School allowances: Genk by education level, the five provinces, Flanders."""

from ..checks import Rows, Sectors, count_fits_share, select
from .indicator import Indicator

TITLE = "Schooltoelagen en schooltoeslagen"
COUNT, SHARE = "leerlingen_met_schooltoelage", "aandeel_leerlingen_met_schooltoelage"
INDICATORS = (
    Indicator(COUNT, "Leerlingen met een schooltoelage, aantal", "leerlingen",
        "Leerlingen die in Genk wonen en een schooltoelage krijgen."),
    Indicator(SHARE, "Leerlingen met een schooltoelage, aandeel", "%",
        "Hun aandeel in alle leerlingen van dat onderwijsniveau die in Genk wonen."),
    Indicator("leerlingen_met_schooltoelage_of_schooltoeslag",
        "Leerlingen met een schooltoelage of schooltoeslag", "leerlingen",
        "Leerlingen met een schooltoelage (tot 2018-2019) of een schooltoeslag (vanaf 2019-2020), per provincie."),
    Indicator("leerlingen_met_schooltoeslag", "Leerlingen met schooltoeslag", "leerlingen",
        "Leerlingen met een schooltoeslag. De groep verschilt per rij: het Nederlandstalig onderwijs met Brussel, "
        "of wie in het Vlaams Gewest woont."),
    Indicator("stijging_leerlingen_met_schooltoeslag", "Stijging van het aantal leerlingen met schooltoeslag", "%",
        "Stijging tegenover het schooljaar ervoor, zoals de bron ze geeft."),
    Indicator("aandeel_leerlingen_met_schooltoeslag", "Aandeel leerlingen met schooltoeslag", "%",
        "Aandeel van de leerlingen in het Nederlandstalig onderwijs, met Brussel."),
    Indicator("aandeel_leerlingen_met_schooltoelage_of_schooltoeslag",
        "Aandeel leerlingen met schooltoelage of schooltoeslag", "%",
        "Aandeel van de leerlingen in het gewoon Vlaams onderwijs, per onderwijsniveau."),
    Indicator("aandeel_kinderen_met_recht_op_schooltoeslag", "Aandeel kinderen met recht op schooltoeslag", "%",
        "Aandeel van de kinderen in het Vlaams Gewest dat recht heeft op een schooltoeslag."),
    Indicator("verdeling_schooltoeslagen", "Verdeling van de schooltoeslagen over de onderwijsniveaus", "%",
        "Aandeel van elk onderwijsniveau in alle schooltoeslagen."),
    Indicator("uitbetaalde_schooltoeslagen", "Uitbetaalde schooltoeslagen", "EUR",
        "Wat in een schooljaar aan schooltoeslagen is uitbetaald."),
    Indicator("aandeel_schooltoeslag_met_sociale_toeslag",
        "Aandeel kinderen met schooltoeslag dat ook een sociale toeslag krijgt", "%",
        "Aandeel van de kinderen met een schooltoeslag dat ook een sociale toeslag van het Groeipakket krijgt."),
    Indicator("gemiddeld_bedrag_schooltoeslag", "Gemiddeld bedrag schooltoeslag", "EUR",
        "Gemiddeld bedrag per leerling met een schooltoeslag en per schooljaar."),
)  # fmt: skip


def check(rows: Rows, sectors: Sectors) -> None:
    """A count and a share for the same pupils must fit each other."""
    shares = {row.key[1:]: row for row in select(rows, SHARE)}
    for count in select(rows, COUNT):
        if count.key[1:] in shares:
            count_fits_share(count, shares[count.key[1:]])
