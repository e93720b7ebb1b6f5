# SPDX-License-Identifier: EUPL-1.2
"""Jobseekers without work: two populations, the average over the year and the one linked to the register."""

from ..checks import Rows, Sectors, between, grouped, parts_add_up, parts_of, select
from .indicator import Indicator

TITLE = "Werkzoekenden zonder werk"
RATE, LINKED = "werkzoekendengraad_jaargemiddelde", "werkzoekenden_31_december"
_RATE = (
    "Niet-werkende werkzoekenden die bij VDAB zijn ingeschreven, als aandeel van wie werkt of werk zoekt; gemiddeld "
    "over het jaar. Wie geen werk heeft en niet is ingeschreven, telt niet mee."
)
_LINKED = (
    "Niet-werkende werkzoekenden op 31 december, gekoppeld aan het Rijksregister, met het domicilie als woonplaats. "
    "Een andere groep dan het jaargemiddelde: de twee horen niet in één reeks."
)
_RATES = {"geslacht": ("mannen", "vrouwen"), "leeftijd": ("18-24 jaar", "25-59 jaar", "60-64 jaar")}
_LINKED_PARTS = {
    "Belg": "nationaliteit=Belg",
    "EU (excl. Belg)": "nationaliteit=EU zonder België",
    "niet-EU": "nationaliteit=buiten de EU",
    "Belgische herkomst": "herkomst=Belgisch",
    "EU herkomst (excl. Belg)": "herkomst=EU zonder België",
    "niet-EU herkomst": "herkomst=buiten de EU",
}
INDICATORS = (
    Indicator(RATE, "werkzoekendengraad (jaargemiddelde)", "%", _RATE, words="Werkzoekendengraad"),
    *(
        Indicator(RATE, f"werkzoekendengraad {part} (jaargemiddelde)", "%", _RATE, f"{key}={part}")
        for key, parts in _RATES.items()
        for part in parts
    ),
    Indicator("werkzoekenden_jaargemiddelde", "werkzoekenden zonder werk (jaargemiddelde)", "aantal",
        "Niet-werkende werkzoekenden die bij VDAB zijn ingeschreven, gemiddeld over het jaar. Niet wie geen werk heeft "
        "maar er ook geen zoekt.",
        words="Werkzoekenden zonder werk, jaargemiddelde"),
    Indicator(LINKED, "WZW", "aantal", _LINKED, words="Werkzoekenden zonder werk op 31 december"),
    *(Indicator(LINKED, f"WZW {label}", "aantal", _LINKED, part) for label, part in _LINKED_PARTS.items()),
    Indicator("aandeel_werkzoekenden_31_december", "WZW (t.o.v. inwoners 18-64 jaar)", "%",
        "De werkzoekenden op 31 december in verhouding tot alle inwoners van 18 tot 64 jaar, ook wie niet werkt en geen "
        "werk zoekt. Daardoor lager dan de werkzoekendengraad.",
        words="Werkzoekenden zonder werk op 31 december, aandeel"),
)  # fmt: skip


def check(rows: Rows, sectors: Sectors) -> None:
    """Nationalities and origins add up; the rate of all lies between those of men and women, and of the ages."""
    for key in ("nationaliteit", "herkomst"):
        parts_add_up(rows, LINKED, f"the parts by {key}", "area", "period", key=key)
    for key, kinds in _RATES.items():
        rates = grouped(parts_of(rows, RATE, key), "area", "period")
        for total in select(rows, RATE, breakdown=""):
            parts = rates[total.area, total.period]
            if len(parts) == len(kinds):
                between(parts, total)
