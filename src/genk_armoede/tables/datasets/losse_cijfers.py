# SPDX-License-Identifier: EUPL-1.2
"""Single published figures that belong to no series, theme by theme, each with its own source."""

from ..checks import Rows, Sectors, at_most, grouped, parts_add_up, within
from .indicator import Indicator

TITLE = "Losse gepubliceerde cijfers"
STOCK = "sociale_woningen_nieuw_dak"
_PARTS = {  # of the same people or places: whole
    "deelnemers_opboksen_met_werk": "deelnemers_opboksen",
    "dak_en_thuisloze_minderjarigen_telling": "dak_en_thuisloze_personen_telling",
    "dak_en_thuisloze_minderjarigen_raming": "dak_en_thuisloze_personen_raming",
    "opvangplaatsen_onthaalouders": "opvangplaatsen",
    "kandidaten_de_22": "uitnodigingen_de_22",
    "aandeel_leerlingen_twee_jaar_achterstand": "aandeel_leerlingen_een_jaar_achterstand",
}
_FIGURES = (  # theme by theme
    # Menswaardig inkomen
    ("aanvragen_steun_ocmw_per_kwartaal", "Aanvragen voor financiële steun bij het OCMW per kwartaal", "aanvragen", "Aanvragen voor financiële steun bij het OCMW, per kwartaal. Telt vragen, geen mensen, en zegt niet hoeveel er zijn toegekend."),
    ("stijging_hulpvragen_ocmw", "Stijging van de hulpvragen bij het OCMW", "%", "Hoeveel het aantal hulpvragen bij het OCMW van Genk over drie jaar steeg. De aantallen zelf geeft de bron niet."),
    ("personen_met_leefloon", "Personen met een leefloon", "personen", "Mensen die van het OCMW een leefloon krijgen, op het moment of in het jaar dat de bron noemt."),
    ("personen_met_equivalent_leefloon", "Personen met een equivalent leefloon", "personen", "Mensen zonder recht op een leefloon die van het OCMW een steun krijgen die even hoog is."),
    ("personen_met_leefloon_per_1000", "Personen met een leefloon per 1.000 inwoners", "‰", "Mensen met een leefloon, gedeeld door alle inwoners."),
    # Activering
    ("activiteitsgraad", "Activiteitsgraad", "%", "Wie werkt of werk zoekt, als aandeel van de bevolking op arbeidsleeftijd (Vlaamse Arbeidsrekening)."),
    ("werkzaamheidsgraad", "Werkzaamheidsgraad", "%", "Wie werkt, als aandeel van de bevolking op arbeidsleeftijd. Wie niet werkt, zoekt daarom nog geen werk: dit is niet het omgekeerde van de werkzoekendengraad."),
    ("werkzoekenden_begeleid_door_jobcoaches", "Werkzoekenden intensief begeleid door stedelijke jobcoaches", "personen", "Werkzoekenden die in dat jaar een intensieve begeleiding van de stad kregen."),
    ("aanmeldingen_werkstation", "Aanmeldingen bij het Werkstation", "personen", "Mensen die zich sinds de start in september 2017 voor advies aanmeldden; de periode is het einde van de telling."),
    ("bezoekers_werkstation", "Bezoekers van het Werkstation", "personen", "Mensen die sinds de start in september 2017 binnenkwamen; de periode is het einde van de telling."),
    ("deelnemers_workshops_werkstation", "Deelnemers aan workshops en infosessies van het Werkstation", "personen", "Deelnemers sinds de start in september 2017; de periode is het einde van de telling. Wie twee keer komt, kan twee keer meetellen."),
    ("deelnemers_opboksen", "Deelnemers aan het traject OpBoksen", "personen", "Deelnemers aan dit traject naar werk."),
    ("deelnemers_opboksen_met_werk", "Deelnemers aan het traject OpBoksen met werk", "personen", "Wie van hen werk vond."),
    ("plaatsen_gemeenschapsdienst", "Plaatsen voor gemeenschapsdienst van langdurig werklozen", "plaatsen", "Plaatsen bij de stad bij de start van de gemeenschapsdienst."),
    ("werkzoekendengraad_einde_maand", "Werkzoekendengraad op het einde van de maand", "%", "Niet-werkende werkzoekenden die bij VDAB zijn ingeschreven, als aandeel van wie werkt of werk zoekt, op het einde van de maand. Een andere stand dan het jaargemiddelde."),
    ("werkzoekenden_einde_maand", "Werkzoekenden zonder werk op het einde van de maand", "personen", "Niet-werkende werkzoekenden die bij VDAB zijn ingeschreven, op het einde van de maand."),
    # Wonen
    ("mediane_huizenprijs", "Mediane verkoopprijs van een huis, jaar", "EUR", "De helft van de verkochte huizen was goedkoper, de andere helft duurder; een heel jaar. Zegt niet wat huren kost."),
    ("mediane_huizenprijs_kwartaal", "Mediane verkoopprijs van een huis, kwartaal", "EUR", "De helft van de verkochte huizen was goedkoper, de andere helft duurder; één kwartaal. Niet naast een jaarcijfer te zetten."),
    ("verkochte_huizen", "Verkochte huizen", "huizen", "Huizen die in een jaar verkocht zijn, zonder appartementen."),
    ("sociale_huurwoningen_per_100_huishoudens", "Sociale huurwoningen per 100 huishoudens", "per 100 huishoudens", "Sociale huurwoningen, gedeeld door alle huishoudens. Zegt niet hoeveel gezinnen wachten."),
    ("sociale_huurwoningen", "Sociale huurwoningen", "woningen", "Woningen die sociaal verhuurd worden."),
    (STOCK, "Sociale woningen van Nieuw Dak", "woningen", "Sociale woningen in eigen beheer van Nieuw Dak in Genk, As, Oudsbergen en Zutendaal samen, in totaal en per soort."),
    ("kandidaat_huurders_nieuw_dak", "Kandidaat-huurders bij Nieuw Dak", "kandidaat-huurders", "Wie bij Nieuw Dak voor een sociale woning was ingeschreven, in het hele werkgebied."),
    ("aandeel_eenoudergezinnen_nieuw_dak", "Aandeel eenoudergezinnen bij de huurders van Nieuw Dak", "%", "Eenoudergezinnen als aandeel van de huurders van Nieuw Dak, in het hele werkgebied."),
    ("kandidaat_huurders", "Kandidaat-huurders voor een sociale woning", "kandidaat-huurders", "Wie voor een sociale woning was ingeschreven. Wie in nood is maar niet is ingeschreven, telt niet mee."),
    ("kandidaat_huurders_per_100_huishoudens", "Kandidaat-huurders per 100 huishoudens", "per 100 huishoudens", "Wie voor een sociale woning was ingeschreven, gedeeld door alle huishoudens."),
    ("kandidaat_huurders_die_al_huren", "Kandidaat-huurders die al sociaal huren", "kandidaat-huurders", "Wie voor een andere sociale woning was ingeschreven en er al een huurde."),
    ("kandidaat_huurders_met_huurpremie", "Kandidaat-huurders met een huurpremie", "kandidaat-huurders", "Wie was ingeschreven en intussen een huurpremie kreeg."),
    ("toegewezen_sociale_woningen", "Toegewezen sociale woningen", "woningen", "Sociale woningen die in een jaar aan een huurder zijn toegewezen."),
    ("rechthebbenden_huurpremie", "Rechthebbenden op een huurpremie", "personen", "Wie een huurpremie kreeg: geld voor wie lang op een sociale woning wacht."),
    ("rechthebbenden_huursubsidie", "Rechthebbenden op een huursubsidie", "personen", "Wie een huursubsidie kreeg: geld voor wie van een slechte naar een betere woning verhuist."),
    ("wachttijd_sociale_woning", "Gemiddelde wachttijd voor een sociale woning", "dagen", "Hoe lang mensen gemiddeld op een sociale woning wachtten."),
    ("aandeel_huurders", "Huurders, aandeel van de woningen", "%", "Woningen die verhuurd worden, als aandeel van de bewoonde woningen in de Census 2011."),
    ("dak_en_thuisloze_personen_telling", "Dak- en thuisloze personen (telling)", "personen", "Dak- en thuislozen in een telling. Hoe er geteld is, staat niet in de bron."),
    ("dak_en_thuisloze_minderjarigen_telling", "Dak- en thuisloze minderjarigen (telling)", "personen", "Wie van hen jonger is dan 18 jaar."),
    ("dak_en_thuisloze_personen_raming", "Dak- en thuisloze personen (raming)", "personen", "Raming voor het Vlaams Gewest, doorgerekend uit tellingen in verschillende jaren. Niet te vergelijken met één telling."),
    ("dak_en_thuisloze_minderjarigen_raming", "Dak- en thuisloze minderjarigen (raming)", "personen", "Wie van hen jonger is dan 18 jaar."),
    ("mobiele_noodwoningen", "Mobiele noodwoningen in aanbouw", "woningen", "Noodwoningen die de stad liet bouwen voor wie plots dakloos wordt."),
    ("subsidie_mobiele_noodwoningen", "Vlaamse subsidie voor mobiele noodwoningen", "EUR", "Vlaamse subsidie voor die noodwoningen."),
    ("energiepremies_toegekend", "Toegekende stedelijke energiepremies", "premies", "Energiepremies die de stad al had toegekend toen de bron verscheen."),
    ("energiepremie_per_huishouden", "Stedelijke energiepremie per huishouden", "EUR", "Wat een huishouden dat aan de voorwaarden voldoet van de stad krijgt."),
    # Zorg en gezondheid
    ("aandeel_verhoogde_tegemoetkoming", "Personen met een verhoogde tegemoetkoming", "%", "Aandeel van de inwoners met een verhoogde tegemoetkoming in de ziekteverzekering; die hangt af van het inkomen of van een uitkering."),
    ("aandeel_achterstallige_gezondheidskosten_2014", "Huishoudens met achterstallige gezondheidskosten", "%", "Aandeel huishoudens met minstens één achterstallige betaling voor gezondheidszorg, in de bevraging van 2014. Niet te vergelijken met die van 2023."),
    ("aandeel_verhoogde_tegemoetkoming_wijkgezondheidscentra", "Patiënten met een verhoogde tegemoetkoming in wijkgezondheidscentra", "%", "Aandeel van de patiënten van de aangesloten wijkgezondheidscentra. Zegt niets over alle inwoners."),
    # Gezinsondersteuning
    ("opvangplaatsen", "Opvangplaatsen voor baby's en peuters", "plaatsen", "Plaatsen in de kinderopvang voor kinderen die nog niet naar school gaan. Zegt niet hoeveel ervan bezet of vrij zijn."),
    ("opvangplaatsen_per_100_kinderen", "Opvangplaatsen per 100 kinderen van 0 tot 2 jaar", "per 100 kinderen", "Opvangplaatsen gedeeld door de kinderen van 0 tot 2 jaar."),
    ("opvangplaatsen_onthaalouders", "Plaatsen bij onthaalouders", "plaatsen", "Het deel van de opvangplaatsen dat bij onthaalouders is."),
    ("onthaalouders", "Onthaalouders", "onthaalouders", "Wie thuis kinderen opvangt."),
    ("aandeel_kinderen_met_sociale_toeslag", "Aandeel kinderen met een sociale toeslag", "%", "Aandeel van de kinderen dat een sociale toeslag krijgt. De toeslag hangt af van het inkomen en de grootte van het gezin; het is geen armoedecijfer. Voor Genk geeft de bron een onder- en een bovengrens."),
    ("gezinnen_met_sociale_toeslag", "Gezinnen met een sociale toeslag", "gezinnen", "Gezinnen die een sociale toeslag van het Groeipakket krijgen."),
    ("kinderen_met_sociale_toeslag", "Kinderen met een sociale toeslag", "kinderen", "Kinderen die een sociale toeslag krijgen."),
    ("plaatsen_buitenschoolse_opvang", "Plaatsen in de buitenschoolse opvang", "plaatsen", "Plaatsen in één nieuwe opvang voor schoolkinderen."),
    # Kinderrechten
    ("gezinnen_kinderrechtenonderzoek", "Gezinnen met een kinderrechtenonderzoek", "gezinnen", "Gezinnen bij wie de stad in dat jaar naging of ze krijgen waar ze recht op hebben."),
    ("voordeel_kinderrechtenonderzoek", "Gemiddeld jaarlijks voordeel per gezin na een kinderrechtenonderzoek", "EUR", "Wat zo'n onderzoek een gezin gemiddeld per jaar kan opleveren, volgens de stad."),
    ("inwoners_0_11_jaar", "Inwoners van 0 tot en met 11 jaar", "personen", "Inwoners op 1 januari van 0 tot en met 11 jaar."),
    ("inwoners_12_17_jaar", "Inwoners van 12 tot en met 17 jaar", "personen", "Inwoners op 1 januari van 12 tot en met 17 jaar."),
    # Vrijetijdsparticipatie
    ("verenigingen_sociocultureel", "Socioculturele en amateurkunstenverenigingen", "verenigingen", "Verenigingen voor cultuur en amateurkunsten in Genk. Zegt niet hoeveel leden ze hebben."),
    ("subsidies_socioculturele_verenigingen", "Subsidies voor socioculturele verenigingen", "EUR", "Wat er aan subsidies naar socioculturele verenigingen ging."),
    ("subsidiedossiers_verenigingen", "Subsidiedossiers van verenigingen", "dossiers", "Aanvragen voor een subsidie, per soort vereniging."),
    ("uitpas_verminderd_tarief", "Mensen met een UiTPAS aan verminderd tarief", "personen", "Mensen die het financieel moeilijk hebben en met een UiTPAS minder betalen."),
    # Samenleven en diversiteit
    ("respondenten_stadsmonitor", "Deelnemers aan de bevraging van de Stadsmonitor", "personen", "Inwoners van Genk die de vragenlijst van de Stadsmonitor 2023 invulden. Hieruit volgt hoe nauwkeurig de aandelen van Genk zijn."),
    ("antwoorden_moeilijk_rondkomen", "Antwoorden die meetellen als moeilijk rondkomen", "antwoorden", "Hoeveel antwoorden op de vraag naar rondkomen in die bevraging meetelden; de opmerking noemt ze."),
    ("jaren_betalingsmoeilijkheden", "Jaren waarover de bevraging naar betalingsmoeilijkheden vroeg", "jaar", "Hoever de vraag naar betalingsmoeilijkheden in die bevraging terugkeek; de opmerking zegt wat meetelde."),
    ("grens_woonquote", "Grens van de woonquote", "%", "Vanaf welk deel van het gezinsinkomen wie het aan wonen uitgeeft in die bevraging meetelde."),
    ("aandeel_gezond_2020", "Inwoners die de eigen gezondheid goed vinden", "%", "Aandeel van de bevraagden in alle Vlaamse gemeenten, in een eerdere bevraging. Niet naast de cijfers van 2023 te zetten."),
    ("aandeel_diversiteit_verrijking", "Aandeel dat diversiteit een verrijking vindt", "%", "Aandeel van de bevraagde Genkenaars dat samenleven met mensen van verschillende herkomst een verrijking vindt."),
    ("aandeel_niet_belgische_herkomst", "Aandeel inwoners van niet-Belgische herkomst", "%", "Aandeel van de inwoners met een andere dan Belgische herkomst, ook wie intussen Belg is."),
    ("aandeel_buitenlandse_achtergrond", "Aandeel inwoners met een buitenlandse achtergrond", "%", "Aandeel van de inwoners met een buitenlandse nationaliteit of afkomst. Een andere telling dan de herkomst per provincie."),
    ("uitnodigingen_de_22", "Uitnodigingen voor De 22", "personen", "Genkenaars die na een loting een uitnodiging kregen voor het burgerpanel De 22."),
    ("kandidaten_de_22", "Kandidaten voor De 22", "personen", "Wie zich daarna kandidaat stelde."),
    ("wijkmanagers", "Wijkmanagers", "personen", "Medewerkers van de stad die in de wijken werken."),
    # Onderwijs en talentontwikkeling
    ("aandeel_leerlingen_een_jaar_achterstand", "Leerlingen met minstens één jaar schoolse achterstand", "%", "Aandeel van de Genkse scholieren met minstens één jaar achterstand, volgens een krant; haar titel heeft het over blijven zitten. Over welk schooljaar het gaat, zegt de bron niet."),
    ("aandeel_leerlingen_twee_jaar_achterstand", "Leerlingen met minstens twee jaar schoolse achterstand", "%", "Aandeel van de Genkse scholieren met minstens twee jaar achterstand, volgens dezelfde krant."),
    ("aandeel_leerlingen_schoolse_vertraging", "Leerlingen met schoolse vertraging", "%", "Aandeel leerlingen dat ouder is dan verwacht voor het leerjaar. Ook wie later instroomde, telt mee: het is niet hetzelfde als zittenblijven."),
    ("aandeel_zittenblijvers", "Zittenblijvers", "%", "Aandeel leerlingen dat in dat jaar hetzelfde leerjaar overdoet."),
    ("aandeel_vroegtijdige_schoolverlaters", "Vroegtijdige schoolverlaters", "%", "Aandeel van wie het secundair onderwijs verlaat zonder diploma of ander eindbewijs. Reeksen van verschillende bronnen spreken elkaar tegen."),
    ("aandeel_thuistaal_niet_nederlands_vlaams_onderwijs", "Leerlingen die thuis geen Nederlands spreken", "%", "Aandeel van de leerlingen in het gewoon Vlaams onderwijs, per niveau. Andere niveaus dan in de cijfers per gemeente."),
    ("kinderen_zomerscholen", "Kinderen in zomerscholen", "kinderen", "Kinderen die in een zomer in Genk naar een zomerschool gingen."),
    ("leerlingen_start_zomerscholen", "Leerlingen bij de start van de zomerscholen", "leerlingen", "Leerlingen bij de start van de zomerscholen."),
    # Bestrijding van de corona-impact
    ("voedselpakketten_vincentius_genk", "Voedselpakketten van Vincentius Genk", "pakketten", "Voedselpakketten die Vincentius Genk in die maand uitdeelde."),
    ("gezinsleden_bereikt_vincentius_genk", "Gezinsleden bereikt met voedselpakketten van Vincentius Genk", "personen", "Mensen in de gezinnen die in die maand een pakket kregen."),
    ("stijging_geholpenen_vincentius_genk", "Stijging van het aantal mensen geholpen door Vincentius Genk", "%", "Stijging tegenover dezelfde maand een jaar eerder."),
    ("voedselpakketten_vincentius_genk_zutendaal", "Voedselpakketten van Vincentius Genk-Zutendaal", "pakketten", "Voedselpakketten in een heel jaar, in Genk en Zutendaal samen."),
    ("gezinnen_voedselpakket_vincentius_limburg", "Gezinnen met een voedselpakket van Vincentius Limburg, per maand", "gezinnen", "Gezinnen die elke maand een voedselpakket haalden bij Vincentius in heel Limburg."),
    ("laptops_stad_en_vincentius", "Laptops verdeeld door stad en Vincentius", "laptops", "Laptops die in april 2020 al verdeeld waren."),
    ("kinderen_met_laptop_en_internetbon", "Kinderen met een laptop en een internetbon", "kinderen", "Kinderen die in het eerste coronajaar een laptop en een bon voor internet kregen."),
    ("laptops_krc_genk", "Laptops geschonken door KRC Genk", "laptops", "Laptops die de voetbalclub schonk voor kinderen in armoede."),
    ("aandeel_recht_op_goedkoop_internet", "Aandeel inwoners dat goedkoop internet kan krijgen", "%", "Aandeel van de inwoners dat aan de voorwaarden kan voldoen, geraamd. Niet wie het ook heeft aangevraagd."),
    ("extra_medewerkers_huisbezoeken", "Extra medewerkers voor huisbezoeken", "personen", "Medewerkers van de stad die in april 2020 bij inwoners langsgingen."),
    ("extra_medewerkers_noodopvang", "Extra medewerkers voor noodopvang van kinderen", "personen", "Medewerkers van de stad voor opvang van kinderen die nog niet naar school mochten."),
    ("betalingen_doe_es_genk_kaart", "Betalingen met de Doe es Genk-kaart", "betalingen", "Betalingen met de kaart die elke inwoner van de stad kreeg."),
    ("zaken_doe_es_genk_kaart", "Zaken die meedoen met de Doe es Genk-kaart", "zaken", "Winkels, horecazaken en diensten waar de kaart geldt."),
    ("extra_omzet_doe_es_genk_kaart", "Extra omzet door de Doe es Genk-kaart", "EUR", "Omzet die de kaart de zaken volgens de bron opleverde."),
    ("plaatsen_winteropvang", "Plaatsen in de winteropvang voor daklozen", "plaatsen", "Plaatsen in de winteropvang in de eerste coronawinter."),
)  # fmt: skip
INDICATORS = tuple(Indicator(*one) for one in _FIGURES)


def check(rows: Rows, sectors: Sectors) -> None:
    """Lower bounds below upper ones, parts within their whole, dwellings by kind that add up."""
    known = grouped(rows, "indicator", "area", "period", "breakdown")
    for low in (row for row in rows if "grens=ondergrens" in row.breakdown):
        upper = low.breakdown.replace("grens=ondergrens", "grens=bovengrens")
        for high in known[low.indicator, low.area, low.period, upper]:
            at_most(low, high)
    for part, whole in _PARTS.items():
        within(rows, part, whole, "area", "period", "breakdown")
    parts_add_up(rows, STOCK, "the dwellings by kind", "period")
