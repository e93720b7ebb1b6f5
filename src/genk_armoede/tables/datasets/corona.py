# SPDX-License-Identifier: EUPL-1.2
"""What Genk spent against the effects of corona, and the plans and subsidies around it."""

from ...errors import DataError
from ...observations.observation import breakdown_parts
from ..checks import Rows, Sectors, add_up, at_most_together, grouped, parts_add_up, select
from .indicator import Indicator

TITLE = "Coronamiddelen"
SPENT = "corona_uitgaven"
DOMAINS = {
    "aanpak dak- en thuisloosheid",
    "digitale ondersteuning",
    "koopkrachtverhoging",
    "noodhulp",
    "specifieke ondersteuning voor partnerorganisaties",
    "stimuleren van de lokale economie",
    "tegengaan van sociale isolatie",
}
_EUR = (
    (SPENT, "Corona-uitgaven", "Wat er volgens de samenvatting van het jaarrapport armoede van de stad naar de bestrijding van de corona-impact ging, in totaal en per domein. De bron noemt geen periode: de jaren in de tabel staan er van ons bij."),
    ("relanceplan", "Relanceplan", "Relanceplan van de stad van mei 2020, in totaal en per onderdeel."),
    ("relanceplan_lastenverlaging", "Lastenverlaging relanceplan", "De lastenverlaging in het relanceplan, per doelgroep."),
    ("genker_cheque_budget", "Budget Genker Cheque", "Budget van de Genker Cheque (Doe es Genk-kaart); hetzelfde geld als het koopkrachtdeel van het relanceplan."),
    ("noodfonds_verenigingen", "Noodfonds verenigingen", "Noodfonds van de stad voor verenigingen."),
    ("herstelfonds_verenigingen", "Herstelfonds verenigingen", "Herstelfonds van de stad voor verenigingen."),
    ("terrassubsidie_budget", "Budget terrassubsidie horeca", "Budget van de stad voor terrassen van horecazaken."),
    ("campagne_handel_en_horeca", "Campagne handel en horeca", "Middelen voor een campagne voor handel en horeca; de bron noemt een minimum."),
    ("vlaamse_subsidie_armoedebestrijding", "Vlaamse subsidie voor lokale armoedebestrijding", "Vlaamse coronasubsidie voor lokale armoedebestrijding."),
    ("vlaams_consumptiebudget", "Vlaams consumptiebudget voor kwetsbare huishoudens", "Vlaamse coronasubsidie voor een consumptiebudget."),
    ("vlaamse_subsidie_en_consumptiebudget", "Vlaamse subsidie en consumptiebudget samen", "De twee Vlaamse subsidies samen."),
    ("federale_coronasteun_ocmw", "Federale coronasteun aan OCMW's", "Federale coronasteun aan de OCMW's, in totaal en per schijf."),
    ("federale_extra_subsidie_ocmw", "Extra federale coronasubsidie aan OCMW's", "Extra federale subsidie aan de OCMW's in 2021."),
    ("federale_voedselhulp_ocmw", "Federale voedselhulp via OCMW's", "Federale subsidie voor voedselhulp via de OCMW's."),
    ("vlaams_noodfonds_verenigingen", "Vlaams noodfonds voor lokale verenigingen", "Vlaams noodfonds voor lokale verenigingen."),
)  # fmt: skip
INDICATORS = (
    *(Indicator(id, label, "EUR", definition) for id, label, definition in _EUR),
    Indicator("genker_cheque_per_inwoner", "Genker Cheque per inwoner", "EUR per inwoner",
        "Waarde van de Genker Cheque voor wie op 1 oktober 2020 in Genk gedomicilieerd was."),
    Indicator("extra_cheque_verhoogde_tegemoetkoming", "Extra cheque bij verhoogde tegemoetkoming", "EUR per persoon",
        "Extra waarde voor wie een verhoogde tegemoetkoming heeft, met Vlaams geld."),
    Indicator("terrassubsidie_per_zaak", "Terrassubsidie per horecazaak", "EUR per zaak",
        "Subsidie per horecazaak, uit het budget van de terrassubsidie."),
    Indicator("herstelfonds_aanvragen", "Aanvragen herstelfonds verenigingen", "aanvragen",
        "Aanvragen bij het herstelfonds."),
    Indicator("herstelfonds_aanvragers", "Aanvragers herstelfonds verenigingen", "aanvragers",
        "Verschillende aanvragers bij het herstelfonds."),
    Indicator("herstelfonds_goedgekeurd", "Goedgekeurde aanvragen herstelfonds verenigingen", "aanvragen",
        "Goedgekeurde aanvragen bij het herstelfonds."),
)  # fmt: skip


def check(rows: Rows, sectors: Sectors) -> None:
    """Seven domains, and parts that add up to their published totals once all of them are published."""
    spent = [row for row in select(rows, SPENT) if row.breakdown]
    totals = grouped(select(rows, SPENT, breakdown=""), "period")
    for when, domains in sorted(grouped(spent, "period").items()):
        _seven_domains(domains)
        for total in totals[when]:
            add_up(domains, total, "the seven domains")
            at_most_together(domains, total, "the amounts that are filled in")
    parts_add_up(rows, "relanceplan", "the parts", "period")
    target_groups = grouped(select(rows, "relanceplan_lastenverlaging"), "period")
    for total in select(rows, "relanceplan", breakdown="onderdeel=lastenverlaging"):
        add_up(target_groups[(total.period,)], total, "the target groups")


def _seven_domains(rows: Rows) -> None:
    found = {breakdown_parts(row.breakdown).get("domein", ""): row for row in rows}
    if set(found) != DOMAINS:
        unknown = sorted(set(found) - DOMAINS)
        raise DataError(
            "not the seven domains of the year report",
            file=rows[0].source,
            sheet=rows[0].sheet,
            cell=", ".join(found[name].cell for name in unknown),
            found=", ".join(unknown) or f"no row for {', '.join(sorted(DOMAINS - set(found)))}",
            expected=", ".join(sorted(DOMAINS)),
            do="give the domain its name back",
        )
