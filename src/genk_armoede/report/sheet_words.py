# SPDX-License-Identifier: EUPL-1.2
"""What readings and errors say, in Dutch, for the page of `sheet_page`.

Takes an English sentence of `layouts`; gives its Dutch, or the sentence itself when it is not known here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FLAGS = {
    "b": "breuk in de reeks",
    "c": "verborgen",
    "d": "andere definitie",
    "e": "geschat",
    "f": "prognose",
    "m": "ontbreekt",
    "p": "voorlopig",
    "r": "herzien",
    "u": "onbetrouwbaar",
    "z": "niet van toepassing",
}
_ROLES = {
    "area": "gebied",
    "code": "code",
    "period": "periode",
    "level": "niveau",
    "note": "noot",
    "part": "deel van het jaar",
}
_ROLES |= {"breakdown": "uitsplitsing", "figure": "cijfer", "unit": "eenheid", "nothing": "niets", "none": "geen"}


def _vintage(found: re.Match) -> str:
    words = found[2].replace(" and ", " en ").replace(" more for ", " andere voor ").replace(" for ", " voor ")
    words = words.replace(" to ", " tot ").replace("the areas are those from", "de gebieden zijn die vanaf")
    words = words.replace("the areas are those until", "de gebieden zijn die tot")
    return f"codes {'jonger' if found[1] == 'newer' else 'ouder'} dan hun perioden: {words}"


_SENTENCES = [
    (r"header: row (.+); figures: rows (\d+) to (\d+)", r"opschriften: rij \1; cijfers: rij \2 tot \3"),
    (r"labels: (.+)", r"wat rijen zegt: \1"),
    (r"period: (\S+), from a title", r"periode: \1, uit een titel"),
    (r"period: (\S+), from the sheet's name", r"periode: \1, uit de naam van het blad"),
    (r"period: (\S+), from the name of the sheet or file", r"periode: \1, uit de naam van blad of bestand"),
    (r"periods: across, in the header", "perioden: naast elkaar, in de opschriften"),
    (r"periods: across, among the words of the headers", "perioden: naast elkaar, in de woorden van de opschriften"),
    (r"unit of (.+): not named", r"eenheid van \1: niet genoemd"),
    (r"unit of (.+): (.+), as answered", r"eenheid van \1: \2, zoals geantwoord"),
    (r"unit of (.+): (.+)", r"eenheid van \1: \2"),
    (r"the unit of (.+) is not named", r"eenheid van \1: niet genoemd"),
    (r"the unit of (.+) is (.+)", r"eenheid van \1: \2"),
    (r"indicator: (.+), as answered", r"indicator: \1, zoals geantwoord"),
    (r"the title is the indicator: (.+)", r"de titel is de indicator: \1"),
    (r"period: (\S+), as answered", r"periode: \1, zoals geantwoord"),
    (r"area: (.+), as answered", r"gebied: \1, zoals geantwoord"),
    (r"column (\S+): (\w+), as answered", r"kolom \1: \2, zoals geantwoord"),
    (r"no column of areas: the area is left blank", "geen kolom met gebieden: het gebied blijft leeg"),
    (r"years in the header: (.+), a breakdown", r"jaren in de opschriften: \1, een uitsplitsing"),
    (r"row (\d+): a heading, or an area without any figure: (.*)", r"rij \1: tussentitel, of gebied zonder cijfer: \2"),
    (r"a heading, or an area without any figure: (.*)", r"tussentitel, of gebied zonder cijfer: \1"),
    (r"row (\d+): it repeats the header", r"rij \1: herhaalt de opschriften"),
    (r"it repeats the header", "herhaalt de opschriften"),
    (r"row (\d+): left out, as answered: (.*)", r"rij \1: weggelaten, zoals geantwoord: \2"),
    (r"left out, as answered: (.*)", r"weggelaten, zoals geantwoord: \1"),
    (r"column (\S+): left out, as answered", r"kolom \1: weggelaten, zoals geantwoord"),
    (r"left out, as answered", "weggelaten, zoals geantwoord"),
    (r"(\S+): '(.*)' in place of '(.*)', as answered", r"\1: ‘\2’ in plaats van ‘\3’, zoals geantwoord"),
    (r"(\S+): '(.*)', as answered", r"\1: ‘\2’, zoals geantwoord"),
    (r"column (.+): the coarser areas", r"kolom \1: de ruimere gebieden"),
    (r"column (.+): it only numbers the rows", r"kolom \1: nummert alleen de rijen"),
    (r"column (.+): it tells rows apart, no figure", r"kolom \1: onderscheidt rijen, geen cijfer"),
    (r"column (.+): the difference between (\S+) and (\S+)", r"kolom \1: het verschil tussen \2 en \3"),
    (r"it repeats the figures of sheet (.+)", r"herhaalt de cijfers van blad \1"),
    (r"it is empty", "het is leeg"),
    (r"no figures in a known layout", "geen cijfers in een bekende vorm"),
    (r"codes (newer|older) than their periods: (.+)", _vintage),
    # questions
    (r"a column that can hold periods or figures", "een kolom waarin perioden of cijfers kunnen staan"),
    (r"a header that says 'Jaar', or names a unit", "een opschrift dat ‘Jaar’ zegt, of een eenheid noemt"),
    (r"nothing says for which period the figures hold", "niets zegt voor welke periode de cijfers gelden"),
    (r"nothing says for which period this figure holds", "niets zegt voor welke periode dit cijfer geldt"),
    (r"the period can be read two ways", "de periode kan op twee manieren gelezen worden"),
    (r"a number that can be read two ways", "een getal dat op twee manieren gelezen kan worden"),
    (r"a percentage that can be read two ways", "een percentage dat op twee manieren gelezen kan worden"),
    (r"a period that can be read two ways", "een periode die op twee manieren gelezen kan worden"),
    (r"a filled cell in a column without a header", "een ingevulde cel in een kolom zonder opschrift"),
    (r"text where a number belongs", "tekst waar een getal hoort"),
    (r"an error where a number belongs", "een foutmelding waar een getal hoort"),
    (r"an error, date or yes/no where a label belongs", "een foutmelding, datum of ja/nee waar een opschrift hoort"),
    (r"a figure in a row without a label", "een cijfer in een rij zonder opschrift"),
    (r"a figure in a row without an area", "een cijfer in een rij zonder gebied"),
    (r"two columns say the same of a figure", "twee kolommen zeggen hetzelfde van een cijfer"),
    (r"periods stand both in a column and in the header", "perioden staan in een kolom en in de opschriften"),
    (r"a second table beside the first", "een tweede tabel naast de eerste"),
    (r"figures in merged cells", "cijfers in samengevoegde cellen"),
    (r"a year in the header and another in the title", "een jaar in het opschrift en een ander in de titel"),
    (r"a number where an area belongs", "een getal waar een gebied hoort"),
    (r"an answer that nothing here asks for", "een antwoord waar hier niets naar vraagt"),
    (r"an answer that the file contradicts", "een antwoord dat het bestand tegenspreekt"),
    (r"headers over groups of columns that can belong to the left or to the right",
     "opschriften boven groepen van kolommen, die naar links of naar rechts kunnen gelden"),
]  # fmt: skip
_KNOWN = [(re.compile(english, re.DOTALL), words) for english, words in _SENTENCES]


@dataclass(frozen=True)
class Words:
    """A sentence and its language."""

    text: str
    lang: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def dutch(sentence: str) -> Words:
    """A sentence of a reading or an error in Dutch; in English, and said to be, when it is not known."""
    for english, words in _KNOWN:
        if found := english.fullmatch(sentence):
            text = words(found) if callable(words) else found.expand(words)
            for role, name in _ROLES.items() if sentence.startswith(("labels: ", "column ")) else ():
                text = re.sub(rf"\b{role}\b(?= \(column)|(?<=: ){role}(?=, zoals)", name, text)
            return Words(text.replace("(column ", "(kolom "), "nl-BE")
    return Words(sentence, "en")
