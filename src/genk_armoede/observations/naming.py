# SPDX-License-Identifier: EUPL-1.2
"""Names of areas: the level that their words tell, and the code that they have in a column of names.

Takes names as the source spells them; gives codes of `nis`, or nothing; called by `areas`, which the other wings ask.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from . import nis
from .observation import TOTAL_WORDS
from .periods import first_day

Place = tuple[str, str, str]  # what a row says of its area: code, name, level


# Words for a level, in a name

_WORDS = {
    "municipality": "gemeente en ocmw|stad en ocmw|gemeente|stad|ocmw|ville|commune|cpas|municipality",
    "arrondissement": "arrondissement|arr|bezirk",
    "province": "provincie|province|prov",
    "region": "gewest|région|region",
}
_LEVEL_OF = {word: level for level, words in _WORDS.items() for word in words.split("|")} | {"gem": "municipality"}
_ANY = "|".join(_WORDS.values())
_BEFORE = re.compile(rf"({_ANY})(?:\.\s*|\s+)(?!(?:en|et|and|of|ou|or|per|met|zonder|in|/)\b)(\S.*)", re.IGNORECASE)
_AFTER = re.compile(rf"(.*\S)\s*\(({_ANY}|gem)\.?\)", re.IGNORECASE)
_AFTER_BARE = re.compile(rf"(.*\w)(?:\s*,\s*|\s+-?\s*)({_ANY})\.?", re.IGNORECASE)
_REGION = re.compile(rf"\b(?:{_WORDS['region']})\b", re.IGNORECASE)
_OF = re.compile(r"(?:van|de|du|des|of|von)\s+|d['’]", re.IGNORECASE)
_IN_BELGIUM = re.compile(r"\s*\((?:BE|B|België|Belgique)\)$")


@functools.lru_cache(20_000)
def split_level(text: str) -> tuple[str, str]:
    """A name without the words that tell its level, and that level: `Arr. Hasselt` is Hasselt, arrondissement.

    The level is empty when no word tells it. `Vlaams Gewest` keeps its word: that is its name.
    """
    text = " ".join(text.split())
    if whole := nis.named(text):
        told = {area.level for area in whole} == {"region"} and _REGION.search(text)
        return text, "region" if told else ""
    text = _IN_BELGIUM.sub("", text)
    if said := _BEFORE.fullmatch(text):
        return _without_of(said[2]), _LEVEL_OF[said[1].lower()]
    if said := _AFTER.fullmatch(text):
        return said[1], _LEVEL_OF[said[2].lower()]
    if (said := _AFTER_BARE.fullmatch(text)) and nis.named(said[1]):
        return said[1], _LEVEL_OF[said[2].lower()]
    return text, ""


def _without_of(name: str) -> str:
    """The name after `Ville de`, `Province du`; De Pinte and La Louvière keep theirs."""
    name = _IN_BELGIUM.sub("", name)
    return name if nis.named(name) else _OF.sub("", name, count=1)


def is_known(name: str) -> bool:
    """True for the name of a Belgian area, without a word for its level.

    Words in small letters are no names, nor are two capitals, which are the code of a country.
    """
    return bool(nis.named(name)) and not name.islower() and not re.fullmatch("[A-Z]{2}", name)


def is_named(text: str) -> bool:
    """True for a known name with or without its code or a word for its level: `Genk (71016)`, `Stad Genk`."""
    name = split_code(text)[1]
    return is_known(name) or is_known(split_level(name)[0])


def is_abroad(name: str) -> bool:
    """True for the name of a Belgian area that a country or a province of another one bears too: Luxembourg."""
    return bool(_ABROAD.fullmatch(name))


def looks_like_area(text: str) -> bool:
    """True for a known name, and for one with a word for its level."""
    return is_known(text) or bool(split_level(text)[1])


# Codes of names

FINE = ("municipality", "arrondissement", "province")
CENTRUMSTEDEN = (
    "Aalst", "Antwerpen", "Brugge", "Genk", "Gent", "Hasselt", "Kortrijk", "Leuven", "Mechelen", "Oostende",
    "Roeselare", "Sint-Niklaas", "Turnhout",
)  # fmt: skip
# No municipality of another country has one of these names. Bergen, Halle, Essen and Zwijndrecht are in others too.
_CITIES = re.compile("|".join(CENTRUMSTEDEN), re.IGNORECASE)
# A province of the Netherlands, a country: these need more than their name.
_ABROAD = re.compile(r"limb(?:urg|ourg)|luxemb(?:urg|ourg)", re.IGNORECASE)
_DUTCH = re.compile(
    r"groningen|friesland|fryslân|drenthe|overijssel|flevoland|gelderland|utrecht|zeeland|(?:noord|north)[ -]brabant"
    r"|(?:noord|zuid|north|south)[ -]holland|nederland|netherlands|pays-bas",
    re.IGNORECASE,
)


class _Name(NamedTuple):
    """A name of a column, the level that is told of it (by its words or else beside it), the areas that bear it."""

    place: Place
    bare: str
    level: str
    areas: tuple[nis.Area, ...]

    @property
    def levels(self) -> set[str]:
        return {area.level for area in self.areas}

    @property
    def is_abroad(self) -> bool:
        return bool(_ABROAD.fullmatch(self.bare))

    @property
    def is_stranger(self) -> bool:
        """No area of Belgium, no total, and nobody's residual."""
        return not (self.areas or self.place[0] or self.bare.lower() in TOTAL_WORDS or pseudo(self.bare))


def codes_of(places: Iterable[Place], periods: Iterable[str] = ()) -> dict[Place, str]:
    """The code of each place (code, name, level) of one column of areas; empty when nothing settles it.

    The file's own code goes first. Else it is that of name and level together. The level is told by words in the
    name, by `level` (of the header or a column), or by the other names: it is the only one of its levels that a name of
    the column has beyond doubt. Of two codes that a name bears in turn it is that of the table's other codes, or of
    the first of `periods`: one table, one vintage.
    """
    different = dict.fromkeys(places)
    if all(place[0] for place in different):
        return {place: place[0] for place in different}
    names = [_read_name(place) for place in different]
    foreign, sure = _foreign_levels(names), _sure_levels(names)
    found = {name.place: _candidates(name, names, foreign, sure) for name in names}
    since, until = _vintage(found.values())
    first = min(map(first_day, filter(None, periods)), default="")
    return {place: place[0] or _of_vintage(areas, since, until, first) for place, areas in found.items()}


def _read_name(place: Place) -> _Name:
    if place[0]:
        return _Name(place, "", "", tuple(nis.of_code(place[0])))
    bare, told = split_level(place[1])
    return _Name(place, bare, told or place[2], nis.named(bare))


def _foreign_levels(names: list[_Name]) -> set[str]:
    """Levels on which this column is not of Belgium: most names are in no list, or one is of the Netherlands.

    The empty level is that of names of which none is told.
    """
    if any(_DUTCH.fullmatch(name.bare) for name in names):
        return {name.level for name in names}
    everyone = Counter(name.level for name in names)
    strange = Counter(name.level for name in names if name.is_stranger)
    return {level for level, count in strange.items() if count > everyone[level] / 2}


def _sure_levels(names: list[_Name]) -> set[str]:
    """Levels that names of this column have beyond doubt, of names without a word or header for it.

    Limburg is the province beside what is surely of Belgium, unless it can be the municipality.
    """
    untold = [name for name in names if name.areas and name.level in ("", "region", "country")]
    sure = {at for name in untold if len(name.levels) == 1 and not name.is_abroad for at in name.levels}
    limburg = any(name.is_abroad and len(name.levels) > 1 for name in untold)
    return sure | {"province"} if limburg and sure - {"country"} and not _in_luik(names) else sure


def _in_luik(names: list[_Name]) -> bool:
    """Whether a municipality of the province Luik, where the other Limburg lies, stands beside it."""
    towns = [name for name in names if name.level == "municipality" or name.levels == {"municipality"}]
    codes = [area.code for name in towns if not name.is_abroad for area in name.areas]
    return any(code.startswith("6") for code in codes)


def _candidates(name: _Name, names: list[_Name], foreign: set[str], sure: set[str]) -> list[nis.Area]:
    """The areas that a name can be: of one level, or none. Two are one after the other, or namesakes."""
    if name.place[0]:
        return list(name.areas)
    level = _level(name, sure)
    if level in FINE and name.level in foreign and not _CITIES.fullmatch(name.bare):
        return []
    if level == "municipality" and name.is_abroad and not _in_luik(names):
        return []
    return [area for area in name.areas if area.level == level]


def _level(name: _Name, sure: set[str]) -> str:
    """The level of a name, empty when nothing settles it."""
    if not name.level:
        levels = name.levels if len(name.levels) == 1 and not name.is_abroad else name.levels & sure
        levels -= {"municipality"} if name.is_abroad else set()
        return next(iter(levels)) if len(levels) == 1 else ""
    levels = (*FINE, "region")
    if name.level in name.levels or name.level not in levels or split_level(name.place[1])[1]:
        return name.level
    # A row of a coarser area under the header of finer ones: `België` in a column Gemeente.
    coarser = name.levels.difference(levels[: levels.index(name.level)])
    return next(iter(coarser)) if len(name.levels) == len(coarser) == 1 and not name.is_abroad else ""


def _vintage(found: Iterable[list[nis.Area]]) -> tuple[str, str]:
    """The days on which all codes hold that are beyond doubt; the first comes after the last when there are none."""
    since, until = "", nis.ALWAYS
    for areas in found:
        if len({area.code for area in areas}) == 1:
            since = max(since, areas[0].since)
            until = min(until, areas[-1].until)
    return since, until


def _of_vintage(areas: list[nis.Area], since: str, until: str, first: str) -> str:
    """The one code, or of codes in turn that which goes with the others of the table, or holds on the first day."""
    fitting = [area for area in areas if area.overlaps(since, until)] if len(areas) > 1 else areas
    if len(fitting) == 1:
        return fitting[0].code
    valid = [area for area in fitting if area.since <= first <= area.until]
    return valid[0].code if len(valid) == 1 else ""


@functools.lru_cache(20_000)
def code_of(name: str, level: str = "", period: str = "") -> str:
    """The code of a name by itself; empty when no list knows it, several levels bear it, or two codes in turn."""
    if not nis.named(split_level(name)[0]):
        return ""
    place = ("", name, level)
    return codes_of([place], [period])[place]


def name_of(code: str) -> str:
    """The Dutch name of a NIS code; empty when no list knows it."""
    found = nis.of_code(code)
    return found[-1].name if found else ""


def contradict(code: str, name: str) -> bool:
    """True when code and name are both known, and the code is of another area than those that bear the name.

    A merged municipality may go by the first part of its name: Beveren is 46030 as well.
    """
    bare, level = split_level(name)
    bearers = [area for area in nis.named(bare) if level in ("", area.level)]
    meant = nis.of_code(code)
    if not bearers or not meant:
        return False
    if any(area.name.casefold().startswith(f"{bare}-".casefold()) for area in meant):
        return False
    # `Vlaanderen` and `Brussel` bear no code by themselves, and go with that of a region.
    return not any(area.code == code or (not area.code and area.level == meant[0].level) for area in bearers)


_CODED = re.compile(r"(?P<code>\d{5})\s*[-–:]?\s+(?P<name>\D+)|(?P<before>\D+?)\s*[\[(](?P<behind>\d{5})[\])]")


def split_code(text: str) -> tuple[str, str]:
    """`71016 Genk` and `Genk (71016)` → `71016` and `Genk`; no code where no list has it, or another for the name."""
    found = _CODED.fullmatch(text)
    code, name = (found["code"] or found["behind"], found["name"] or found["before"]) if found else ("", text)
    return (code, name) if name_of(code) and not contradict(code, name) else ("", text)


def of_nuts(codes: Collection[str]) -> tuple[dict[str, nis.Nuts], tuple[str, ...]]:
    """What the Belgian ones of a column's NUTS codes are, and the versions of NUTS in which all of them stand.

    No versions: codes of two versions in one column. `BE224` is arrondissement Hasselt, 71000, in 2021 and 2024.
    """
    found = {code: nis.nuts()[code] for code in codes if code in nis.nuts()}
    versions = [set(area.versions) for area in found.values()]
    return found, tuple(sorted(set.intersection(*versions))) if versions else ()


# Where Swing puts who cannot be placed: 99991–99993 and 99999, or a municipality's code and ZZZZ.
_PSEUDO = re.compile(
    r"(?:9999[1-39]|\d{5}ZZZZ)(?: .*)?|(?:niet te lokaliseren|buiten vlaanderen|buiten belgi|onbekend).*", re.IGNORECASE
)


def pseudo(area: str) -> dict[str, str]:
    """The breakdown that tells an area that is none, by its name or code: not to be summed with others."""
    return {"gebiedstype": "pseudogebied"} if _PSEUDO.fullmatch(area) else {}
