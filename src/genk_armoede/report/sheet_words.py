# SPDX-License-Identifier: EUPL-1.2
"""What readings and errors say, in Dutch, for the page of `sheet_page`.

Takes an English sentence of `layouts`; gives its Dutch, or the sentence itself when it is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..layouts import AS_OFFICE

ROLES = {
    "area": "gebied",
    "code": "code",
    "period": "periode",
    "level": "niveau",
    "note": "noot",
    "part": "deel van het jaar",
    "breakdown": "uitsplitsing",
    "figure": "cijfer",
    "unit": "eenheid",
    "nothing": "niets",
    "none": "geen",
}

_CATALOGUE = Path(__file__).with_name("templates") / "sheet_sentences.tsv"
_PAIRS = [line.split("\t") for line in _CATALOGUE.read_text(encoding="utf-8").splitlines() if "\t" in line]
_KNOWN = [(re.compile(english, re.DOTALL), words) for english, words in _PAIRS]
# Words inside a sentence, by how it begins.
_INSIDE = {
    "labels: ": {rf"\b{role}\b(?= \(column)": name for role, name in ROLES.items()},
    "columns of labels: ": {rf"(?<=[A-Z] ){role}\b": name for role, name in ROLES.items()},
    "codes ": {
        " and ": " en ",
        " more for ": " andere voor ",
        " for ": " voor ",
        " to ": " tot ",
        "the areas are those from": "de gebieden zijn die vanaf",
        "the areas are those until": "de gebieden zijn die tot",
    },
}
_ANSWERED = ", as answered"
_PLACES = {"column": "kolom", "columns": "kolommen", "row": "rij", "rows": "rijen"}
_PLACED = re.compile(rf"({'|'.join(_PLACES)}) (.+?): (.+)", re.DOTALL)


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
    if sentence.startswith(AS_OFFICE):
        problem, _, expected = sentence.removeprefix(AS_OFFICE).strip().partition("; ")
        problem, _, cell = problem.partition(", cell ")
        parts = [f"{dutch(problem)}{f', cel {cell}' if cell else ''}", str(dutch(expected))]
        return Words(f"of, als tabel van een statistisch bureau: {'; '.join(filter(None, parts))}", "nl-BE")
    if sentence.endswith(_ANSWERED):
        return _within(sentence, "", sentence.removesuffix(_ANSWERED), ", zoals geantwoord")
    for english, words in _KNOWN:
        if found := english.fullmatch(sentence):
            text = found.expand(words)
            for pattern, word in _inside(sentence):
                text = re.sub(pattern, word, text)
            return Words(text.replace("(column ", "(kolom "), "nl-BE")
    if found := _PLACED.fullmatch(sentence):
        return _within(sentence, f"{_PLACES[found[1]]} {found[2].replace(' to ', ' tot ')}: ", found[3], "")
    return Words(ROLES[sentence], "nl-BE") if sentence in ROLES else Words(sentence, "en")


def _inside(sentence: str) -> Iterator[tuple[str, str]]:
    for start, words in _INSIDE.items():
        if sentence.startswith(start):
            yield from words.items()


def _within(sentence: str, before: str, part: str, behind: str) -> Words:
    """A sentence of which one part is known by itself; in English when that is not."""
    known = dutch(part)
    return Words(f"{before}{known}{behind}", known.lang) if known.lang != "en" else Words(sentence, "en")
