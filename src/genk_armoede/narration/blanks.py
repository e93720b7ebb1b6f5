# SPDX-License-Identifier: EUPL-1.2
"""What the tables leave blank for Genk, and who could fill it in."""

from __future__ import annotations

import pandas as pd

from ..observations.areas import NOWHERE
from ..tables import store
from .arithmetic import count
from .frames import gaps, names
from .prose import Prose, Table, join, say

SCHOOL = (
    "leerlingen_met_school",
    "aandeel_leerlingen_met_school",
    "gemiddeld_bedrag_",
    "stijging_leerlingen",
    "verdeling_schooltoeslagen",
    "uitbetaalde_schooltoeslagen",
    "aandeel_schooltoeslag",
    "gezinnen_met_sociale",
)
INCOMES = ("totaal_netto_belastbaar", "gemiddeld_inkomen", "mediaan_inkomen", "wagens_van_huishoudens")
RENTING = ("sociale_", "kandidaat_", "wachttijd_", "aandeel_eenoudergezinnen", "rechthebbenden_", "toegewezen_")
# Who has a figure, by how the names of its indicators begin.
HOLDERS = {
    "Stad Genk of OCMW Genk": ("corona_", "plaatsen_winteropvang", "uitpas_"),
    "Federale dienst Maatschappelijke Integratie": ("federale_", "personen_met_"),
    "Agentschap Binnenlands Bestuur": ("vlaams_", "vlaamse_"),
    "Opgroeien": ("aandeel_geboorten", "aandeel_kans", "aandeel_kinderen_met", "kinderen_met", *SCHOOL),
    "Departement Onderwijs en Vorming": ("aandeel_leerlingen_schoolse", "aandeel_zittenblijvers"),
    "Wonen in Vlaanderen of de woonmaatschappij": RENTING,
    "OCMW Genk of KU Leuven": ("dak_en_thuisloze_",),
    "InterMutualistisch Agentschap": ("aandeel_verhoogde_tegemoetkoming",),
    "Statbel": ("aandeel_niet_belgische", "aandeel_buitenlandse", *INCOMES),
    "Steunpunt Werk": ("werkzaamheidsgraad",),
    "Vincentius": ("gezinnen_voedselpakket",),
}
# What the report tells of Genk all the same, counted in another way.
COUNTED_OTHERWISE = (
    "aandeel_buitenlandse_achtergrond",
    "aandeel_niet_belgische_herkomst",
    "aandeel_thuistaal_niet_nederlands_vlaams_onderwijs",
    "aandeel_leerlingen_met_schooltoelage_of_schooltoeslag",
    "aandeel_leerlingen_met_schooltoeslag",
    "leerlingen_met_schooltoelage_of_schooltoeslag",
    "leerlingen_met_schooltoeslag",
    "aandeel_achterstallige_gezondheidskosten_2014",
    "aandeel_gezond_2020",
    "werkzoekendengraad_einde_maand",
    "werkzoekenden_einde_maand",
)


def in_genk(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of Genk itself and of parts of it."""
    return frame[frame.area.str.startswith("Genk") | frame.area_code.str.startswith("71016")]


def empty_cells() -> Table | Prose:
    """The cells of the report's tables that have no figure, counted by what they are of and who could fill them in."""
    rows = gaps()
    rows = rows[(rows.source != "gaten.xlsx") & (rows.area_code != NOWHERE)]
    rows = rows.assign(what=_short(rows), who=[_holder(one) for one in rows.indicator])
    rows["where"] = rows.area.where(rows.area == "Genk", "statistische sectoren")
    lines = [
        {"Wat": what, "Ontbreekt": count(group, ""), "Wie kan aanvullen": who, "Waar": where}
        for (what, where, who), group in rows.groupby(["what", "where", "who"])
    ]
    if not lines:
        return say("Elk vak in de tabellen van dit rapport is ingevuld.")
    return Table("Lege vakken in de tabellen van dit rapport", lines)


def known_elsewhere() -> Table:
    """Every indicator that is known of other areas and not of Genk, by who could fill it in, or why nobody has to."""
    every = store.load()
    known = every[every.value.notna()]
    rows = known[~known.indicator.isin(in_genk(known).indicator)].drop_duplicates("indicator")
    idle = dict.fromkeys(COUNTED_OTHERWISE, "Van Genk hebben we een andere telling")
    idle |= dict.fromkeys(store.load("armoederisico").indicator, "De enquête EU-SILC geeft geen cijfer per gemeente")
    rows = rows.assign(what=_short(rows), who=[idle.get(one) or _holder(one) for one in rows.indicator])
    lines = [
        {"Wie kan aanvullen": who, "Aantal": count(group, ""), "Wat": "; ".join(sorted(set(group.what)))}
        for who, group in rows.groupby("who")
    ]
    return Table("Cijfers die we in deze vorm alleen van een ander gebied vonden", lines)


def _short(rows: pd.DataFrame) -> list[str]:
    return [name.partition(":")[0] for name in names(rows)]


def _holder(indicator: str) -> str:
    found = [holder for holder, begins in HOLDERS.items() if indicator.startswith(begins)]
    return join(found) or "nog niet uitgezocht"
