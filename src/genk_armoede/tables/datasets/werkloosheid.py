# SPDX-License-Identifier: EUPL-1.2
"""Unemployment by two other measures than VDAB's, each with a numerator and a denominator of its own."""

from ..checks import Rows, Sectors, within
from .indicator import Indicator

TITLE = "Werkloosheid volgens Steunpunt Werk en volgens de RVA"
ADMINISTRATIVE, INSURED = "administratieve_werkloosheidsgraad", "werkloosheidsgraad_rva"
_OTHER = "Een andere maat dan de werkzoekendengraad van VDAB: de twee horen niet in één grafiek."
_SEVEN = "In 2026: het gemiddelde van zeven maanden, na de beperking van de uitkering in de tijd."
# In 2026 the benefit became limited in time.
_LIMITED = ("2026",)
_PEOPLE = (
    ("uitkeringsgerechtigde_werklozen", "Uitkeringsgerechtigde volledig werklozen, alle statuten", "Volledig werklozen met een uitkering."),
    ("uitkeringsgerechtigde_werkzoekende_werklozen", "Uitkeringsgerechtigde volledig werklozen, werkzoekend", "Volledig werklozen met een uitkering die werk zoeken."),
    ("tijdelijk_werklozen", "Tijdelijk werklozen", "Wie tijdelijk niet kan werken en daarvoor een uitkering krijgt."),
    ("deeltijds_met_inkomensgarantie", "Deeltijds werkenden met een inkomensgarantie", "Wie deeltijds werkt en een uitkering bij het loon krijgt."),
)  # fmt: skip
INDICATORS = (
    Indicator(ADMINISTRATIVE, "Administratieve werkloosheidsgraad 15-64 jaar", "%",
        "Werklozen als aandeel van wie werkt of werk zoekt, van 15 tot 64 jaar, uit registers samengebracht "
        f"(Vlaamse Arbeidsrekening). {_OTHER} Gemeenten zoals ze sinds de fusies van 2025 zijn.",
        words="Administratieve werkloosheidsgraad"),
    Indicator(INSURED, "Werkloosheidsgraad volgens de RVA", "%",
        "Volledig werklozen met een uitkering, als aandeel van wie voor werkloosheid verzekerd is; gemiddeld over het jaar. "
        f"{_OTHER} {_SEVEN}", breaks=_LIMITED),
    *(Indicator(id, label, "personen", f"{text} Gemiddeld per maand. {_SEVEN}") for id, label, text in _PEOPLE),
    *(
        Indicator(f"rva_uitgaven_{id}", f"Uitbetaald door de RVA: {words}", "EUR",
            f"Wat de RVA in een jaar aan inwoners van de gemeente uitbetaalde voor {words}.")
        for id, words in (
            ("volledige_werkloosheid", "volledige werkloosheid"),
            ("tijdelijke_werkloosheid", "tijdelijke werkloosheid"),
            ("activering", "werkgelegenheid en activering"),
        )
    ),
)  # fmt: skip


def check(rows: Rows, sectors: Sectors) -> None:
    """Jobseekers with a benefit are a part of all unemployed with one."""
    within(rows, "uitkeringsgerechtigde_werkzoekende_werklozen", "uitkeringsgerechtigde_werklozen", "area", "period")
