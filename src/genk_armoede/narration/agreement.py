# SPDX-License-Identifier: EUPL-1.2
"""One sentence, one period: a paragraph that mixes periods, areas, populations or units names each, or is not made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from ..errors import DataError
from ..observations.naming import CENTRUMSTEDEN
from ..observations.observation import breakdown_parts
from ..observations.periods import period_text
from ..observations.timespan import mixes_years
from . import measures
from .figure import Figure, Origin

ASIDE = ("grens", "datering", "bron")  # keys of a breakdown that name no population
# How people write an area: by the beginning of a word.
_WRITTEN = {
    "vlaams gewest": ("vlaams", "vlaander", "vlaming"),
    "vlaanderen": ("vlaams", "vlaming"),
    "belgië": ("belg",),
}


def check(parts: Sequence[str | Figure]) -> None:
    """Raises `DataError` for words and figures of two periods, areas or parts of a population that are not all named.

    Also for a figure behind the name of another area alone, for one without its unit or with another one (`measures`),
    for one of werkzoekenden that is called werkloos, for a year of a survey that reads as that of what it asks about,
    for what respondents of a survey answered as if all residents did, for a verb that says the opposite of the sign of
    a change, and for a school year beside a calendar year without the word `schooljaar`. A figure that was made of
    several (a difference, a place in a row) says by its words what it compares.
    """
    measures.check(parts)
    text = " ".join("".join(map(str, parts)).lower().split())
    figures = [one for one in parts if isinstance(one, Figure)]
    _refuse_another_measure(figures, text)
    _refuse_everybody(figures, text)
    _refuse_other_direction(parts)
    _refuse_another_area(parts, text)
    known = [one for one in figures if one.value is not None]
    own = [one.origins[0] for one in known if len(one.origins) == 1]

    def named_period(period: str) -> bool:
        return period_text(period).lower() in text or bool(re.search(rf"\b{period[:4]}\b", text))

    _refuse_mixed_years([origin for one in known for origin in one.origins], text)
    _refuse("periods", {one.period for one in own}, named_period, text)
    _refuse("areas", {one.area for one in own}, lambda area: _area_named(area, text), text)
    for indicator in {one.indicator for one in own}:
        split = [set(_parts(one)) for one in own if one.indicator == indicator]
        if all(parts == split[0] for parts in split):  # all figures are of the same one
            continue
        found = set.union(*split)
        shared = set.intersection(*(set(_long_words(part.lower())) for part in found)) if len(found) > 1 else set()
        _refuse("parts of a population", found, lambda part, idle=shared: _part_named(part, idle, text), text)


_ASKED_ABOUT = "aandeel_betalingsmoeilijkheden"  # of which period is not in the source
_SAID = re.compile(r"\b(?:zei|zeiden|zegt|zeggen|meldt|meldden?|melden|noemden?|bevraging|vragenlijst)\b")


def _refuse_another_measure(figures: Sequence[Figure], text: str) -> None:
    """The year of a survey is not that of what it asks about; `werkzoekend` of VDAB is not `werkloos` of the RVA."""
    found = {one.origins[0].indicator for one in figures if len(one.origins) == 1}
    better = ""
    if _ASKED_ABOUT in found and not _SAID.search(text):
        better = "In … zei … van de bevraagde Genkenaars dat hun gezin moeite had"
    if "werklo" in text and any("werkzoek" in one for one in found) and not any("werklo" in one for one in found):
        better = "werkzoekend en zonder werk"
    if better:
        do = "write what the figure counts"
        raise DataError("words tell of another measure than their figure", found=text, expected=better, do=do)


_EVERYBODY = re.compile(r"\bgenkenaars\b|\bgenkse (?:huurders|eigenaars)\b|\binwoners\b")
_ASKED = re.compile(r"\bbevra|vragenlijst")


def _refuse_everybody(figures: Sequence[Figure], text: str) -> None:
    """What respondents of a survey answered is not said of all residents."""
    answered = any(cell.startswith("stadsmonitor") for one in figures for cell in one.cells)
    if answered and _EVERYBODY.search(text) and not _ASKED.search(text):
        problem, do = "a sentence says of all residents what respondents of a survey said", "write of the respondents"
        raise DataError(problem, found=text, expected="van de bevraagde Genkenaars", do=do)


_RISES = r"steeg|stegen|groeiden?|kwam(?:en)? er"
_FALLS = r"daalden?|zakten?|kromp(?:en)?|slonk(?:en)?"
_VERB = re.compile(rf"\b(?:(?P<rises>{_RISES})|(?P<falls>{_FALLS}))\b")


def _refuse_other_direction(parts: Sequence[str | Figure]) -> None:
    """`steeg met −3%`, `kromp het meest (+1%)` and `zakte met −3%` are not made: the figures of next year may turn."""
    words = ""
    for part in parts:
        if isinstance(part, str):
            words = re.split(r"[.?!;:] ", words + part)[-1]
            continue
        verbs, sign = list(_VERB.finditer(words.lower())), str(part)[:1]
        rises = bool(verbs) and verbs[-1]["rises"] is not None
        twice = sign == "−" and words.rstrip().endswith(" met")
        if verbs and ((rises and sign == "−") or (not rises and (sign == "+" or twice))):
            raise DataError(
                f"a change of {part} is told with {verbs[-1][0]!r}",
                found=f"{words}{part}",
                do="let `koers`, `verloop` or `ga.versus` say the direction, or make the sentence only when it holds",
            )
        words += " "


def _refuse(what: str, found: set[str], named: Callable[[str], bool], text: str) -> None:
    absent = sorted(one for one in found if one and not named(one))
    if len(found) > 1 and absent:
        problem = f"a sentence with figures of {len(found)} {what} does not name {', '.join(absent)}"
        do = "name each of them in the sentence, or give each figure a sentence of its own"
        raise DataError(problem, found=text, expected=", ".join(sorted(filter(None, found))), do=do)


_ELSEWHERE = re.compile(
    rf"\b(?:van|in) (?:het |heel )?(limburg|vlaams gewest|vlaanderen|belgië|{'|'.join(CENTRUMSTEDEN).lower()})\b"
)
_NEWSPAPER = "het belang van limburg"


def _refuse_another_area(parts: Sequence[str | Figure], text: str) -> None:
    """A figure of Genk behind the name of Limburg alone is read as one of Limburg."""
    clause = ""
    for part in parts:
        if isinstance(part, str):
            clause = re.split(r"[.?!;:]", (clause + part).lower().replace(_NEWSPAPER, ""))[-1]
            continue
        area = part.origins[0].area if len(part.origins) == 1 else ""
        other = _ELSEWHERE.search(clause)
        if area and other and not _area_named(area, text):
            problem = f"a sentence names {other[1].title()}, but its figure is of {area}"
            do = "pick the figure of the area that is named, or name its own"
            raise DataError(problem, found=text, expected=area, do=do)


def mixed_years(origins: Iterable[Origin]) -> set[str]:
    """Periods of figures that count alike, when some are school years and others calendar years; else none.

    What is about pupils counts alike, whatever the indicator. Of others `2020-2021` may be two years.
    """
    alike: dict[str, set[str]] = {}
    for origin in origins:
        pupils = "leerling" in origin.indicator or "school" in origin.indicator
        alike.setdefault("leerlingen" if pupils else origin.indicator, set()).add(origin.period)
    return {period for periods in alike.values() if mixes_years(periods) for period in periods}


def _refuse_mixed_years(origins: Iterable[Origin], text: str) -> None:
    periods = mixed_years(origins)
    if periods and "schooljaar" not in text:
        problem = "a sentence puts a school year beside a calendar year without a word"
        do = "say that one of them is a schooljaar, or give each figure a sentence of its own"
        raise DataError(problem, found=text, expected=", ".join(sorted(periods)), do=do)


def _area_named(area: str, text: str) -> bool:
    name = area.lower()
    return any(word in text for word in (name, *_WRITTEN.get(name, ()), *_long_words(name)[-1:]))


def _parts(origin: Origin) -> Iterable[str]:
    """The parts of a population that a figure is of; one empty text for all of it."""
    values = [value for key, value in breakdown_parts(origin.breakdown).items() if key not in ASIDE]
    return values or [""]


def _part_named(part: str, idle: set[str], text: str) -> bool:
    """True when the text has the numbers of a part, or all long words that tell it from the others (`idle` do not)."""
    numbers = re.findall(r"\d+", part)
    words = [word for word in _long_words(part.lower()) if word not in idle]
    if numbers:
        return all(number in text for number in numbers)
    return part.lower() in text or (bool(words) and all(word[:6] in text for word in words))


def _long_words(name: str) -> list[str]:
    return [word for word in re.findall(r"\w+", name) if len(word) > 3]
