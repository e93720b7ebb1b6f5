# SPDX-License-Identifier: EUPL-1.2
"""The survey of the Gemeente- en Stadsmonitor: shares of inhabitants of the 13 centrumsteden, in whole percents."""

from ..checks import Rows, Sectors, at_most, between, grouped, select
from .indicator import Indicator

TITLE = "Gemeente- en Stadsmonitor, bevraging van inwoners"
ARREARS, HOUSING, TAKING_PART = "aandeel_betalingsmoeilijkheden", "aandeel_woonquote", "aandeel_neemt_deel"
CULTURE, SPORT = "activiteit=cultuur in eigen gemeente", "activiteit=sport"
MUSEUM = "activiteit=museum of tentoonstelling in eigen gemeente"
LIBRARY = "activiteit=bibliotheek in eigen gemeente"
STAGE = "activiteit=podiumkunsten of concert in eigen gemeente"
LOCAL_SPORT = "activiteit=sport in eigen gemeente"
ALL_HOMES = "antwoord=Woonquote algemeen"
_SURVEY = "Hele procenten uit een bevraging: een klein verschil kan toeval zijn."
_ITEMS = "Elk antwoord is een eigen aandeel; samen maken ze geen honderd"

# Identifier → what readers see, what was answered, and label of the publisher → part.
_SHARES = {
    ARREARS: (
        "Betalingsmoeilijkheden",
        "in een gezin woont dat moeite had om rekeningen te betalen, in totaal en per soort rekening. Zegt niet hoe groot de achterstand is",
        {
            "Betalingsmoeilijkheden": "",
            "Betalingsmoeilijkheden voeding": "soort=voeding",
            "Betalingsmoeilijkheden terugbetaling": "soort=aankopen op afbetaling",
            "Betalingsmoeilijkheden energie en water": "soort=energie en water",
            "Betalingsmoeilijkheden schoolkosten": "soort=schoolkosten",
            "Betalingsmoeilijkheden wonen": "soort=huur of woonlening",
            "Betalingsmoeilijkheden internet/telefonie/televisie": "soort=internet, telefoon en televisie",
            "Betalingsmoeilijkheden gezondheidszorg": "soort=gezondheidszorg",
            "Betalingsmoeilijkheden kinderopvang": "soort=kinderopvang",
        },
    ),
    "aandeel_komt_moeilijk_rond": ("Moeilijk rondkomen", "zegt moeilijk rond te komen met het inkomen van het gezin. Een gevoel, geen inkomensgrens", {"Subjectieve armoede": ""}),
    HOUSING: ("Hoge woonquote", "in een gezin woont dat een groot deel van zijn inkomen aan wonen uitgeeft: van alle inwoners, van de eigenaars en van de huurders. Zegt niet hoeveel er na het wonen overblijft", {"Woonquote, naar eigenaar/huurder": ""}),
    "aandeel_eigenaar": ("Eigenaar van een woning", "in een woning woont die van het gezin zelf is", {"Eigenaar van een woning": ""}),
    "aandeel_woning_met": (
        "Dubbel glas en isolatie van de woning",
        "zegt dat de woning dat heeft, per onderdeel. Wat inwoners zeggen, geen keuring",
        {
            "Duurzaamheid van de woning - Dubbel glas": "onderdeel=dubbel glas",
            "Duurzaamheid van de woning - Isolatie dak": "onderdeel=dakisolatie",
            "Duurzaamheid van de woning - Isolatie muren": "onderdeel=muurisolatie",
        },
    ),
    "aandeel_internet_thuis": ("Internet in de woning", "internet in de woning heeft", {"Internetaansluiting in de woning": ""}),
    "aandeel_gezond": ("Subjectieve gezondheid", "de eigen gezondheid goed noemt. Een eigen oordeel, geen diagnose", {"Subjectieve gezondheid": ""}),
    "aandeel_gelukkig": ("Geluksgevoel", "zegt gelukkig te zijn", {"Geluksgevoel": ""}),
    "aandeel_beweegt": ("Actief bewegen", "zegt actief te bewegen. Hoe vaak daarvoor nodig is, staat niet in de bron", {"Actief bewegen": ""}),
    "aandeel_tevreden": (
        "Tevreden inwoners",
        "tevreden is over wat er in de gemeente of de buurt is, per onderwerp",
        {
            "Tevredenheid over de woning": "over=de woning",
            "Tevredenheid over gezondheidsvoorzieningen": "over=gezondheidsvoorzieningen",
            "Tevredenheid over kinderopvang": "over=kinderopvang",
            "Tevredenheid over ouderenvoorzieningen": "over=ouderenvoorzieningen",
            "Tevredenheid over bibliotheekvoorzieningen": "over=bibliotheken",
            "Tevredenheid over culturele voorzieningen": "over=culturele voorzieningen",
            "Tevredenheid over sportvoorzieningen": "over=sportvoorzieningen",
            "Tevredenheid over jongerenvoorzieningen": "over=jongerenvoorzieningen",
            "Tevredenheid over speelplekken voor kinderen": "over=speelplekken voor kinderen",
            "Tevredenheid over contact in de buurt": "over=contact in de buurt",
        },
    ),
    "aandeel_vindt_voldoende": (
        "Vindt dat er voldoende is",
        "vindt dat er in de gemeente voldoende is, per onderwerp",
        {
            "Voldoende huisartsen": "aanbod=huisartsen",
            "Voldoende activiteiten voor senioren": "aanbod=activiteiten voor senioren",
            "Voldoende activiteiten in de gemeente/stad": "aanbod=activiteiten in de gemeente",
        },
    ),
    "aandeel_vindt_voldoende_activiteiten_jeugd": ("Voldoende activiteiten voor kinderen en jongeren", "vindt dat er voldoende activiteiten zijn, voor kinderen en voor opgroeiende jeugd", {"Voldoende activiteiten voor kinderen en jongeren": ""}),
    TAKING_PART: (
        "Neemt deel",
        "meedoet of op bezoek ging, per activiteit. Hoe vaak en in welke periode, staat niet in de bron",
        {
            "Bezoek museum, tentoonstelling in eigen gemeente": MUSEUM,
            "Bibliotheekbezoek in eigen gemeente": LIBRARY,
            "Bezoeken podiumkunsten, concert in eigen gemeente": STAGE,
            "Cultuur in eigen gemeente": CULTURE,
            "Sporten in eigen gemeente": LOCAL_SPORT,
            "Sportparticipatie": SPORT,
            "Participatie in verenigingsleven": "activiteit=vereniging",
            "Vrijwilligerswerk": "activiteit=vrijwilligerswerk",
            "Deelname aan buurtactiviteiten": "activiteit=buurtactiviteiten",
        },
    ),
    "aandeel_diverse_vriendenkring": ("Diversiteit vriendenkring", "een diverse vriendenkring heeft. Wanneer een vriendenkring divers is, staat niet in de bron", {"Diversiteit vriendenkring": ""}),
    "aandeel_vrienden": ("Vrienden uit een andere groep", f"vrienden uit die groep heeft. {_ITEMS}", {"Diversiteit vriendenkring (detail)": ""}),
    "aandeel_positieve_houding_diversiteit": ("Houding tegenover diversiteit", "over verschillende uitspraken samen positief staat tegenover diversiteit. Hoe dat is samengesteld, staat niet in de bron", {"Houding tegenover diversiteit": ""}),
    "aandeel_eens_over_diversiteit": ("Uitspraken over diversiteit", f"het met de uitspraak eens is. Sommige uitspraken zijn positief, andere negatief. {_ITEMS}", {"Houding tegenover diversiteit (detail)": ""}),
    "aandeel_hecht_sociaal_weefsel": ("Sociaal weefsel in de buurt", "over verschillende uitspraken samen positief is over de mensen in de buurt. Hoe dat is samengesteld, staat niet in de bron", {"Sociaal weefsel in de buurt": ""}),
    "aandeel_eens_over_buurt": ("Uitspraken over de buurt", f"het met de uitspraak eens is. {_ITEMS}", {"Sociaal weefsel in de buurt (detail)": ""}),
    "aandeel_vertrouwen_in_medemens": ("Vertrouwen in medemens", "vertrouwen heeft in andere mensen", {"Vertrouwen in medemens": ""}),
    "aandeel_vertrouwen_in_gemeentebestuur": ("Vertrouwen in gemeentebestuur", "vertrouwen heeft in het gemeentebestuur", {"Vertrouwen in gemeentebestuur": ""}),
    "aandeel_thuis_in_de_buurt": ("Zich thuis voelen in de buurt", "zich thuis voelt in de buurt", {"Zich thuis voelen in de buurt": ""}),
    "aandeel_voelt_zich_onveilig": (
        "Onveiligheidsgevoel",
        "zegt zich onveilig te voelen. Een gevoel: het zegt niets over misdrijven",
        {"Onveiligheidsgevoel in de gemeente": "plaats=gemeente", "Onveiligheidsgevoel in de buurt": "plaats=buurt"},
    ),
}  # fmt: skip
INDICATORS = tuple(
    Indicator(id, label, "%", f"Aandeel van de bevraagde inwoners dat {answered}. {_SURVEY}", breakdown, words)
    for id, (words, answered, labels) in _SHARES.items()
    for label, breakdown in labels.items()
)

# Part → what it is part of, for the same inhabitants.
_WHOLE = {part: "" for part in _SHARES[ARREARS][2].values() if part}
_WHOLE |= {MUSEUM: CULTURE, LIBRARY: CULTURE, STAGE: CULTURE, LOCAL_SPORT: SPORT}


def check(rows: Rows, sectors: Sectors) -> None:
    """No kind of arrears, visit or sport exceeds what it is part of; all inhabitants lie between owners and tenants."""
    known = grouped(rows, "indicator", "area", "period", "breakdown")
    housing = grouped(select(rows, HOUSING), "area", "period")
    for row in rows:
        if row.breakdown in _WHOLE:
            for whole in known[row.indicator, row.area, row.period, _WHOLE[row.breakdown]]:
                at_most(row, whole)
        if (row.indicator, row.breakdown) == (HOUSING, ALL_HOMES):
            between([part for part in housing[row.area, row.period] if part is not row], row)
