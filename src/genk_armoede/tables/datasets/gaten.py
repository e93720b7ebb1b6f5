# SPDX-License-Identifier: EUPL-1.2
"""Figures that the report does not have, each with its state: published elsewhere, not found, or not published."""

from ...observations.observation import breakdown_parts
from ..checks import Rows, Sectors
from .indicator import Indicator

TITLE = "Wat het rapport niet heeft"
ELSEWHERE, NOT_FOUND, NOT_PUBLISHED = "elders", "niet gevonden", "niet gepubliceerd"
_GAPS = (
    ("kansarmoede_index_per_jaar", "Kansarmoede-index per gemeente en per jaar"),
    ("armoederisico_per_gemeente", "Armoederisico per gemeente, uit registers"),
    ("leefloon", "Mensen met een leefloon"),
    ("verhoogde_tegemoetkoming", "Mensen met een verhoogde tegemoetkoming"),
    ("toeslagen_per_gemeente", "Schooltoeslag en sociale toeslag per gemeente"),
    ("budgetmeters", "Budgetmeters en beschermde afnemers"),
    ("onderwijskansarmoede", "Onderwijskansarmoede-indicator"),
    ("bedragen_coronadomeinen", "Bedragen van de zeven coronadomeinen"),
    ("latere_jaarrapporten", "Jaarrapporten armoede na dat van 2021"),
    ("wijken_per_stadsdeel", "Verdeling van de wijken over de stadsdelen"),
    ("volgende_stadsmonitor", "Volgende ronde van de Gemeente- en Stadsmonitor"),
    ("inkomen_per_sector", "Inkomen per sector"),
    ("bevolking_per_sector", "Bevolking per sector"),
    ("schoolse_vertraging", "Schoolse vertraging en vroegtijdig schoolverlaten met schooljaar"),
    ("telling_dakloosheid", "Telling van dak- en thuislozen met aantallen"),
    ("sociale_huur_genk", "Sociale huurwoningen en wachtlijst"),
)
INDICATORS = tuple(
    Indicator(id, label, "geen", "Een cijfer dat het rapport niet heeft; de uitsplitsing zegt in welke staat het is.")
    for id, label in _GAPS
)


def check(rows: Rows, sectors: Sectors) -> None:
    """One of three states, no value, and proof where the publisher is said not to publish it."""
    for row in rows:
        state = breakdown_parts(row.breakdown).get("staat", "")
        if state not in (ELSEWHERE, NOT_FOUND, NOT_PUBLISHED):
            raise row.error(
                "a gap without its state",
                found=row.breakdown,
                expected=f"staat={ELSEWHERE}, staat={NOT_FOUND} or staat={NOT_PUBLISHED}",
                do="say in the breakdown which of the three it is",
            )
        if row.value is not None:
            raise row.error(
                "a gap has no value", do="move the figure to the workbook of its dataset, and take the gap out"
            )
        if state == NOT_PUBLISHED and not row.citation.get("note"):
            raise row.error("nothing says that it is not published", do="say in the remark where its publisher says so")
