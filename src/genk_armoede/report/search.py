# SPDX-License-Identifier: EUPL-1.2
"""What a reader can search: the sections of every page with the words and figures of their text, tables and charts.

The script of a page matches words that begin alike, so that no form of a word has to be known; `SYNONYMS` are words
that readers use for what the sources call otherwise.
"""

from __future__ import annotations

import base64
import itertools
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from .notes import text_of

SYNONYMS = {  # how a word of a reader begins → how the words of the report begin
    "werklo": ["werkzoek"],
    "kinderarmoede": ["kansarm"],
    "arme": ["kansarm", "armoede"],
    "crèche": ["opvang", "kinderopvang"],
    "creche": ["opvang", "kinderopvang"],
    "kinderbijslag": ["groeipakket", "toeslag"],
    "studietoelage": ["schooltoelage"],
    "schoolpremie": ["schooltoelage", "schooltoeslag"],
    "studiebeurs": ["schooltoelage"],
    "leeflo": ["leefloon", "ocmw", "hulpvra"],
    "dakloos": ["dak", "thuisloos"],
    "dakloze": ["dak", "thuisloos"],
    "huishuur": ["huur"],
    "loon": ["inkomen"],
    "salaris": ["inkomen"],
    "migra": ["herkomst", "nieuwkomer"],
    "buitenland": ["herkomst", "nieuwkomer"],
    "vreemdeling": ["herkomst", "nieuwkomer"],
    "covid": ["corona"],
    "voedselbank": ["voedselpakket", "voedselhulp"],
    "zittenblijv": ["vertraging", "overdoen"],
    "ziek": ["gezondheid"],
    "dokter": ["huisarts"],
    "elektriciteit": ["energie"],
    "stroom": ["energie"],
    "diploma": ["schoolverlater"],
}
ENDS = ("e", "n", "s", "en", "er", "es", "ers")  # what is put behind a word in its other forms
SHOWN = 48  # characters of a section that are shown with what was found
COMMON = frozenset({
    "aan", "alle", "alleen", "als", "anders", "bij", "dan", "dat", "de", "deze", "die", "dit", "doen", "door",
    "een", "elk", "elke", "en", "er", "gaan", "gaat", "geeft", "geen", "had", "hebben", "heeft", "hem", "het",
    "hier", "hij", "hoe", "hoeveel", "hun", "ik", "in", "is", "kan", "komen", "konden", "lezen", "ligt", "maar",
    "me", "mee", "meer", "men", "met", "minder", "minstens", "na", "naar", "niet", "noemt", "nog", "nu", "of", "om",
    "onder", "ook", "op", "over", "per", "samen", "staan", "staat", "te", "tellen", "telt", "tot", "tussen", "uit",
    "van", "veel", "volgens", "vonden", "voor", "waar", "wanneer", "waren", "was", "wat", "we", "wel", "welk",
    "welke", "werd", "weten", "wie", "wij", "wordt", "ze", "zeggen", "zegt", "zich", "zijn", "zo", "zonder", "zou",
})  # fmt: skip


def plain(text: str) -> str:
    """Lower case without accents: `Één` → `een`."""
    return "".join(one for one in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(one))


def words_of(text: str) -> Iterator[str]:
    """The words and figures of a text as they are searched: `868.230 euro` → `868230`, `euro`."""
    joined = re.sub(r"(?<=\d)[.\u00a0\u202f ](?=\d{3}(?!\d))", "", plain(text))
    for word in re.findall(r"\d+(?:,\d+)?|[^\W\d_]+", joined):
        if word not in COMMON and (len(word) > 1 or word[0].isdigit()):
            yield word


def entries(page: dict) -> list[list]:
    """One entry a section of a page: address, title, heading, first words, every word."""
    found: list[list] = []
    for section in page["sections"]:
        texts = [text for block in [*section["blocks"], *section["folded"]] for text in _texts(block)]
        address = f"{quote(page['file'])}#{section['anchor']}"
        first = next(filter(None, texts), "")
        words = {word for text in texts for word in words_of(text)}
        found.append([address, page["title"], section["words"], first[:SHOWN], sorted(words)])
    return found


def _texts(block: dict) -> Iterator[str]:
    """The words of a block: a sentence, a heading or cell of a table, a figure."""
    if block["kind"] == "prose":
        for line in block["lines"]:
            yield "".join(map(text_of, line))
    elif block["kind"] in ("table", "chart", "grid"):
        yield block.get("title") or block.get("caption", "")
        yield from block["header"]
        for row in block["rows"]:
            yield from map(text_of, row)
    else:
        yield block.get("words") or block.get("text") or ""


def packed(pages: list[dict], clean: object) -> str:
    """The entries of all pages for the script: sections, and words by the sections they stand in; zipped, as base64."""
    every = [[*map(clean, entry[:4]), entry[4]] for page in pages for entry in page["search"]]
    places: dict[str, list[int]] = {}
    for number, (*_, words) in enumerate(every):
        for word in words:
            places.setdefault(clean(word), []).append(number)
    together: dict[tuple[int, ...], list[str]] = {}  # words that stand in the same sections
    for word, found in _by_stem(places).items():
        together.setdefault(tuple(found), []).append(word)
    lines = [f"{' '.join(map(str, steps(found)))}|{' '.join(words)}" for found, words in sorted(together.items())]
    data = {"sections": [entry[:4] for entry in every], "words": "\n".join(lines), "synonyms": SYNONYMS}
    data["common"] = sorted(COMMON)  # which a reader may type as well
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    packer = zlib.compressobj(9, memLevel=9)
    return base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode()


def _by_stem(places: dict[str, list[int]]) -> dict[str, list[int]]:
    """Forms of a word under the shortest of them: `gemeenten` under `gemeente`."""
    joined: dict[str, list[int]] = {}
    for word, found in sorted(places.items()):
        stems = (word.removesuffix(end) for end in ENDS if word.endswith(end) and len(word) - len(end) > 4)
        stem = next((stem for stem in stems if stem in joined), word)
        joined[stem] = sorted({*joined.get(stem, []), *found})
    return joined


def steps(numbers: Sequence[int]) -> list[int]:
    """Rising numbers as the first one and the steps between them, which are shorter."""
    return [numbers[0], *(after - before for before, after in itertools.pairwise(numbers))]
