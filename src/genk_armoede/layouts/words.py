# SPDX-License-Identifier: EUPL-1.2
"""The words that publishers use in headers, labels and notes.

Takes texts and cells; says what they stand for; called by every layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..observations.marks import bare_mark, flag_of_note, flag_of_words
from ..observations.observation import WITHOUT_VALUE
from ..spreadsheets.cells import Cell, Sheet
from .headers import border

# Headers of columns of areas, by the level that they tell.
_LEVELS = {
    "": "gebied|naam|name|nom|administratieve eenheid|administratieve eenheden|bestuur|woonplaats|naam gebied|"
    "gebiedsnaam|geo|geo (labels)|territoire|entité|lokaal bestuur",
    "municipality": "hoofdgemeente|municipality|gemeente|gemeenten|gemeente/stad|stad|"
    "commune|communes|gemeinde|ocmw|cpas|gem|gem.|stad of gemeente|gemeente of stad|steden en gemeenten|"
    "centrumstad|centrumsteden",
    "zone": "eerstelijnszone|politiezone|hulpverleningszone|brandweerzone|zorgzone|zorgregio|elz|kanton|kieskanton|"
    "gerechtelijk kanton|gerechtelijk arrondissement|canton|referentieregio|vervoerregio|zone|regio|werkgebied",
    "province": "province|provincie|provincies|provinz|prov|prov.",
    "region": "region|gewest|gewesten|région|régions",
    "arrondissement": "arrondissement|arrondissementen|arr|arr.|administratief arrondissement",
    "sector": "sector|sectoren|statistische sector|naam sector|sectornaam",
    "wijk": "wijk|wijken|quartier|neighbourhood|neighborhood",
    "stadsdeel": "stadsdeel|stadsdelen",
    "deelgemeente": "deelgemeente|deelgemeenten",
    "buurt": "buurt|buurten",
}
AREA_LEVELS = {word: level for level, words in _LEVELS.items() for word in words.split("|")}
# The same in more words: `Naam van de gemeente`, `Arrondissement (NL)`, `Gemeente van inschrijving`.
_AREAS = {
    "gemeente": "municipality",
    "commune": "municipality",
    "municipality": "municipality",
    "arrondissement": "arrondissement",
    "provincie": "province",
    "province": "province",
    "gewest": "region",
    "wijk": "wijk",
}
_NAMES = (
    "{}naam|{} naam|{} - naam|naam {}|naam van de {}|naam van het {}|nom {}|nom de {}|nom de la {}|name of {}|{} name"
)
_OF_WHOM = "inschrijving|woonplaats|hoofdverblijf|verblijf|domicilie|vestiging|registratie|residence|domicile|résidence"
_BRACKETS = "naam|woonplaats|domicilie|inschrijving|hoofdverblijf|stad|of stad"
_FORMS = ["woon{}", "vestigings{}", *_NAMES.split("|"), *(f"{{}} ({word})" for word in _BRACKETS.split("|"))]
_FORMS += [f"{{}} {of} {word}" for of in ("van", "de", "of") for word in _OF_WHOM.split("|")]
_FORMS += [
    f"{name}{tongue}" for name in ("{}", "{}naam") for tongue in [" (nl)", " (fr)", " (de)", " (en)", " nl", " fr"]
]
# `Gemeente / Commune` and the like, as the federal services head their columns.
_TONGUES = "gemeente=commune gemeenten=communes provincie=province gewest=région woonplaats=résidence"
_TONGUES += " woonplaats=domicile jaar=année maand=mois kwartaal=trimestre periode=période"
_TONGUES += " arrondissement=arrondissement"
_PAIRS = [pair.split("=") for pair in _TONGUES.split()]
_BOTH = {
    mark.join(words): pair[0]
    for pair in _PAIRS
    for words in (pair, pair[::-1])
    for mark in (" / ", "/", " - ", " | ", " ")
}
AREA_LEVELS |= {both: AREA_LEVELS[word] for both, word in _BOTH.items() if word in AREA_LEVELS}
LONGER_LEVELS = {form.format(word): level for word, level in _AREAS.items() for form in _FORMS}
AREA_LEVELS |= LONGER_LEVELS
# Headers of names of places that figures are not of: where people come from or go to, what is called after its town.
ELSEWHERE = re.compile(
    r"nationali|herkomst|afkomst|oorsprong|bestemming|geboorte|vorige?\b|origin|destination|birth"
    r"|kantoor|bureau|vestiging|rechtbank|ziekenhuis|netwerk|campus|dienst|school|afdeling|werkwinkel|station|filiaal"
    r"|\b(?:office|hospital|branch|agence|tribunal|hôpital|réseau|service)\b"
)
# What a pivot of Excel heads its rows and its columns with.
PIVOT_LABELS = {"rijlabels", "row labels", "étiquettes de lignes"}
ALL = {"(alle)", "(all)", "(tous)", "(alles)"}
PIVOT_COLUMNS = {"kolomlabels", "column labels", "étiquettes de colonnes"}
LEVEL_HEADERS = {"niveau", "gebiedsniveau", "gebiedstype", "type gebied", "level", "geolevel", "soort gebied"}
CODE_WORDS = {"code", "nis-code", "nis code", "niscode", "nis", "sectorcode", "wijkcode", "refnis"}
PERIOD_WORDS = {"periode", "jaar", "schooljaar", "boekjaar", "inkomstenjaar", "maand", "kwartaal", "datum"}
PERIOD_WORDS |= {
    "year",
    "quarter",
    "month",
    "date",
    "perioden",
    "period",
    "time_period",
    "time period",
    "time",
    "tijd",
    "jaartal",
}
PERIOD_WORDS |= {"année", "annee", "période", "jaar-maand", "jaarmaand", "jaar-kwartaal", "jaar-week", "jaar/maand"}
PERIOD_WORDS |= {"jahr", "monat", "quartal", "zeitraum", "mois", "trimestre", "tijdstip", "peildatum"}
PERIOD_WORDS |= {"referentiedatum", "referentieperiode", "toestand op", "situatie op", "stand op", "toestand"}
PERIOD_WORDS |= {"peilmoment", "meetmoment", "tijdvak", "exercice", "stand am", "situation au"}
PERIOD_WORDS |= {both for both, word in _BOTH.items() if word in PERIOD_WORDS}
ENGLISH_DATES = {"date", "day", "period", "month", "time", "as of", "reference date", "snapshot date"}
# Years that are no periods: of birth, of building, of arrival, of a diploma.
NO_PERIOD = re.compile(
    r"geboort|bouw|basisjaar|aankomst|oprichting|vestiging|instroom|inschrijving|dipl[oô]m|afstud|aanvang|startjaar"
    r"|cohort|jaargang|birth|naissance|construct|arriv|renovat|ingebruikname|installatie|generatie|geburt|baujahr"
    r"|ankunft|\bbuilt\b|création|foundation"
)
# Headers of numbers that are labels of people, dwellings and incomes; and of numbers that only tell rows apart.
_AGE = r"\b(?:leeftijd|age|[âa]ge|alter)\b"
_PARTS = r"de[ck]iel(?:en|groep)?|d[ée]ciles?|dezil|[kq]uintiel|kwintiel|quintil(?:es?)?|percentiel|percentile|kwartiel"
_PARTS += r"|quartile|vigintiel|tertiel|vingtile|tercile"
_ADDRESS = r"\b(?:huis(?:nummer|nr)|busnummer|hausnummer|house number|num[ée]ro d[eu'])\b|n[°º] ?\w|\(nr\.?\)$"
_POST = r"\b(?:post(?:code|nummer|nr)|postal code|code postal|zip(?: code)?|postleitzahl|plz)\b|^pc$"
_SIZE = (
    r"\b(?:huishoud|gezins|household )(?:grootte|size)\b|haushaltsgr(?:ö|oe)(?:ß|ss)e"
    r"|\btaille d[eu]s? (?:ménages?|famille)\b"
    r"|^(?:aantal|nombre de|number of) (?:huishoudleden|gezinsleden|huisgenoten|household members)\b"
    r"|^(?:aantal (?:personen|leden) (?:in|per|van)|nombre de personnes (?:dans|par)|persons (?:in|per))"
    r" (?:het |le |the )?(?:huishouden|gezin|ménage|household)\b|\bgrootte (?:van het )?(?:huishouden|gezin)\b"
)
# In one word, with or without others around it; and as the whole of a header, with or without brackets behind it.
_CLASS = r"(?:onderwijs)?graad|leerjaar|klas|uur|hour|heure|(?:school )?grade|weekdag|dag van de week"
_CLASS += r"|verdieping|bouwlaag|kiesbureau|stembureau|kanton|isced|isco|paritair comité|politiezone|hulpverleningszone"
_WHOLE_CLASS = (
    r"geslacht|sexe?|gender|statuut|burgerlijke staat|nationaliteit|herkomst|categorie|type|soort|groep|niveau|fase"
    r"|zone|lijn|reeks|stelsel|hoofdstructuur|rekening|beleids(?:veld|item|domein)|sectie|afdeling|halte|volgorde|prioriteit|scenario"
    r"|golf|wave|editie|ronde|meting|studiejaar|sequence|round|vague|édition|klasse"
)
CLASS_NUMBERS = re.compile(
    r"^(?!.*\b(?:gem\.|gemiddeld|mediaan|median|average|mean\b|moyen)).*(?:"
    rf"\b(?!inter)\w*(?:{_PARTS})\b(?! (?:verschil|afstand|ratio|verhouding))|\b(?:{_CLASS})\b|cluster\b|{_AGE}"
    r"|^[\w-]*(?:klasse|groep|categorie|generatie)$"
    rf"|\b(?:number of|nombre de) (?:rooms|bedrooms|pièces|chambres)\b|^(?:{_WHOLE_CLASS})(?: \([^()]*\))?$"
    rf"|{_POST}|{_SIZE}|{_ADDRESS})"
)
AGES = re.compile(_AGE)
# Headers of counts that can be classes of households and dwellings, and of lengths of time, where numbers are small.
MAY_BE_CLASS = re.compile(
    r"^(?:(?:aantal|nombre d(?:e |['’])|number of|anzahl) ?)?(?:(?:slaap)?kamers|kinderen|kinder|personen|enfants"
    r"|children|bedrooms|rooms|chambres|pièces|personnes|persons|leden|auto's|wagens|jobs|zimmer)"
    r"(?: (?:ten laste|à charge))?$|^(?:aantal (?:maanden|jaren|dagen|weken|uren|jobs)\b.*|score"
    r"|[\w ]*(?:duur|anci[eë]nniteit|durée|duration|ancienneté|dauer)(?: \(?(?:in |en )?\w+\)?)?)$"
)
VALUE_WORDS = {"aantal", "waarde", "value", "valeur", "nombre", "count", "number", "anzahl", "wert", "obs_value", "n"}
_COORDINATE = r"latitude|longitude|lat|lon|lng|(?:breedte|lengte)graad|[xy][- ]?co[oö]rdina[a]?t|lambert ?[xy]?"
# A figure and what it counts: `112,0 dagen`. Ages and amounts are read otherwise.
COUNTED = re.compile(r"(?P<figure>\d[\d.,\u00a0\u202f ]*?)\s+(?P<unit>(?!jaar|euro)[^\W\d_]{4,})", re.IGNORECASE)
ROW_NUMBERS = re.compile(
    rf"^[xy]$|\b(?:{_COORDINATE})\b|^(?:rang|rank|ranking|rangorde|rangnummer|rangschikking)\b|^plaats$"
    r"|\b(?:record|object|rij|row|f)[ -]?(?:id|nr|nummer)$|^(?:fid|oid|gid|uuid)$"
)
_WHO = r"cli[eë]nt|klant|persoons?|person|gebruikers?|user|leerling|pati[eë]nt|bewoner|burger|dossier|rijksregister"
PEOPLE = re.compile(
    r"\b(?:insz|nationaal nummer|voornaam|familienaam|achternaam|first ?name|last ?name|pr[ée]nom)\b"
    r"|\b(?:geboortedatum|date of birth|birth ?date)\b"
    rf"|\b(?:{_WHO})[ -]?(?:nummer|nr|id|number)\b"
)
NOTE = re.compile(r"\(\d{1,2}\)|\*|(?:bron(?:nen)?|(?:voet)?noot|nota|let op|opmerking(?:en)?)\b", re.IGNORECASE)
# Links to other sheets of a workbook, which stand alone in their cell.
LINK = re.compile(r"(?:terug|ga) naar .*|inhoud|inhouds(?:opgave|tafel)|overzicht|schema|begrippenlijst", re.IGNORECASE)
# A title: `Tabel 3.1`, `Figuur 2`.
NUMBERED = re.compile(r"(?:tabel|table|tableau|tabelle|figuur|figure|abbildung|grafiek) [A-Z]?\d", re.IGNORECASE)
# What is a unit and nothing else.
UNIT_ALONE = re.compile(
    r"[(\[]?(?:in )?(aantal|n|(?:(?:x )?1[. ]?000|duizend|miljoen)? ?(?:euro?|€)|x 1[. ]?000|%|procent|percent|‰"
    r"|[km]wh)[)\]]?",
    re.IGNORECASE,
)
UNIT_WORDS = {"eenheid", "meeteenheid", "unit", "unit of measure", "unité"}
REMARK = "opmerking"
REMARKS = re.compile(r"(?:opmerking|toelichting|remarque|remark|comment|commentaire|bemerkung)(?:en|s)?|commentaar")
NOTE_WORDS = {
    "noten",
    "notes",
    "voetnoten",
    "noot",
    "note",
    "voetnoot",
    "footnote",
    "opm",
    "opm.",
    "vlag",
    "flag",
    "flags",
    "obs_flag",
}


PUBLISHED = re.compile(
    r"export|extracted|extractie|bijgewerkt|update|publicatie|gepubliceerd|opgemaakt|geraadpleegd|afgedrukt|©",
    re.IGNORECASE,
)


# Words beside a year that is not that of the figures.
_SINCE = r"prijzen|prices|prijspeil|basis|sinds|since|vanaf|\btot\b|t\.?o\.?v|opzichte|evolutie|indeling|grens|="
OTHER_YEAR = re.compile(f"{_SINCE}|{PUBLISHED.pattern}", re.IGNORECASE)


def is_note(cell: Cell) -> bool:
    """True for a source, a footnote, a sentence or a link, which is no header, title or label."""
    is_sentence = cell.text.endswith(".") and cell.text.count(" ") > 2
    return is_sentence or bool(NOTE.match(cell.text) or LINK.fullmatch(cell.text))


_NOTED = re.compile(
    r"(?P<mark>\(?\d{1,2}\)?|\[\d{1,2}\]|\*{1,3}|[†‡#¹²³⁴⁵]|\([a-z]{1,2}\)|[a-z]\)|[a-z](?=\s*[:=]))"
    r"(?:\s*[:=.]\s*|\s+)(?P<words>\S.*)",
    re.IGNORECASE,
)


def notes_of(sheet: Sheet, rows: Iterable[int]) -> dict[str, str]:
    """Footnote mark → flag, for each row that opens with a mark; empty for a note that stands for none.

    `(1) Breuk in de reeks` → `{"1": "b"}`. Raises `DataError` when a mark has another note as well.
    """
    flags: dict[str, str] = {}
    for number in rows:
        cells = sheet.row(number)
        text = " ".join(cell.text for cell in cells)
        if cells[0].style.is_struck:
            continue
        found = _NOTED.fullmatch(f"({cells[0].style.raised}) {text}" if cells[0].style.raised else text)
        if not found:
            continue
        mark, words = bare_mark(found["mark"]), found["words"].lower()
        flag = flag_of_note(words)
        if flags.setdefault(mark, flag) != flag:
            raise sheet.error(f"two notes for one mark {found['mark']}", cells[0], do="ask which note holds")
    return flags


_LEGEND = re.compile(r"(\*{1,3}(?=\s)|\S{1,3}(?=\s*[=:]))\s*[=:]?\s*(\S.*)")


def legend_marks(sheet: Sheet) -> dict[str, str]:
    """What the sheet itself says that stands in place of a figure: `* = Confidentieel` → `{"*": "c"}`."""
    cells = (cell for row in border(sheet) for cell in sheet.texts(row))
    found = (_LEGEND.fullmatch(cell.text.lower()) for cell in cells)
    flags = {one[1]: flag_of_words(one[2]) for one in found if one}
    return {mark: flag for mark, flag in flags.items() if flag in WITHOUT_VALUE and flag}


def is_title_of_labels(sheet: Sheet, cell: Cell) -> bool:
    """True for a text that is merged over several columns and names no kind of label: no header of each of them."""
    merged = sheet.range_over(cell.row, cell.column) if cell.text else None
    return (
        bool(merged) and merged[1] < merged[3] and cell.text.lower() not in {*AREA_LEVELS, *CODE_WORDS, *PERIOD_WORDS}
    )
