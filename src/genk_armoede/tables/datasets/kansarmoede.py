# SPDX-License-Identifier: EUPL-1.2
"""Young children in deprivation (kansarmoede): the index and the criteria behind it."""

from ..checks import Rows, Sectors, within
from .indicator import Indicator

TITLE = "Kansarmoede bij jonge kinderen"
INDEX = "kansarmoede_index"
THREE, ONE = "aandeel_zwak_op_inkomen_arbeid_en_opleiding", "aandeel_zwak_op_criterium"
BIRTHS_THREE, BIRTHS_SIX = "aandeel_geboorten_zwak_op_drie_criteria", "aandeel_geboorten_zwak_op_zes_criteria"
INDICATORS = (
    Indicator(INDEX, "Kansarmoede-index", "%",
        "Aandeel kinderen tot 3 jaar in een gezin dat volgens Kind en Gezin (nu Opgroeien) zwak staat op minstens drie van "
        "zes vlakken (criteria): inkomen, opleiding, arbeid, stimulering van de kinderen, huisvesting en gezondheid. Geen "
        "inkomenscijfer, en niets over oudere kinderen.", maker="Opgroeien"),
    Indicator("algemeen_armoedecijfer_wijken", "Algemeen armoedecijfer voor de wijken", "%",
        "Cijfer voor de wijken samen dat de stad naast de kansarmoede-index geeft. Hoe het berekend is, zegt de bron niet."),
    Indicator(THREE, "Zwak op inkomen, arbeid en opleiding samen", "%",
        "Aandeel van de kinderen in kansarmoede in een gezin dat op deze drie vlakken tegelijk zwak staat. Geen aandeel "
        "van alle kinderen."),
    Indicator(ONE, "Zwak op één criterium", "%",
        "Aandeel van de kinderen in kansarmoede in een gezin dat op dit vlak zwak staat. Een gezin kan op meer "
        "vlakken zwak staan; de aandelen zijn geen delen van honderd."),
    Indicator("aandeel_geboorten_in_kansarm_gezin", "Geboorten in een kansarm gezin", "%",
        "Aandeel van de geboorten van een jaar in een gezin in kansarmoede. De index telt de kinderen van drie geboortejaren "
        "samen: de twee zijn geen reeks."),
    Indicator(BIRTHS_THREE, "Geboorten zwak op de drie sociaal-economische criteria", "%",
        "Aandeel van alle geboorten in een gezin dat op inkomen, arbeid en opleiding zwak staat."),
    Indicator(BIRTHS_SIX, "Geboorten zwak op alle zes criteria", "%",
        "Aandeel van alle geboorten in een gezin dat op elk van de zes vlakken zwak staat."),
    Indicator("aandeel_kansarme_kinderen_in_centrumsteden",
        "Aandeel van alle kinderen in kansarmoede dat in de centrumsteden woont", "%",
        "Aandeel van de Vlaamse kinderen in kansarmoede dat in een van de 13 centrumsteden woont."),
    Indicator("doelstelling_daling_kansarmoede",
        "Doelstelling van de stad: daling van het kansarmoedecijfer in vijf jaar", "%",
        "Wat de stad zich in haar meerjarenplan voornam, in procent van de index van 2016: een doel, geen meting."),
)  # fmt: skip


def check(rows: Rows, sectors: Sectors) -> None:
    """Whoever is weak on several criteria is so on each: that share is never the larger."""
    within(rows, THREE, ONE, "area", "period")
    within(rows, BIRTHS_SIX, BIRTHS_THREE, "area", "period")
