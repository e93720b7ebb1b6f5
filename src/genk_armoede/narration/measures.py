# SPDX-License-Identifier: EUPL-1.2
"""A figure and the unit that words give it: no `12% euro`, no share that reads as a number of people."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..errors import DataError
from .figure import Figure

# What words say a unit is: of a measure, and of what is counted one by one.
_MEASURES = {
    "%": re.compile(r"%|procent(?!punt)|percent"),
    "procentpunt": re.compile(r"procentpunt"),
    "‰": re.compile(r"‰|promille|per duizend|per 1\.?000\b"),
    "EUR": re.compile(r"€|euro"),
    "per 100": re.compile(r"per honderd|per 100\b"),
}
_COUNTED = {
    "mensen": re.compile(r"person|mens|inwoner|genkenaar|leerling|kind|jongere|vrouw|man(?:nen)?\b|huurders|lid|leden"),
    "gezinnen": re.compile(r"gezin|huishoud"),
    "woningen": re.compile(r"woning|(?<!t)hui[sz]|appartement|duplex"),
    "aangiften": re.compile(r"aangift"),
    "wagens": re.compile(r"wagen|auto"),
    "plaatsen": re.compile(r"plaats"),
    "gebieden": re.compile(r"wijk|sector|stad|steden|gemeente"),
}
_ALONE = ("%", "procentpunt", "EUR")  # nothing that is counted follows these: `12% kinderen`
_ADJECTIVE = re.compile(r"\w+e\b")
_OF_THEM = re.compile(r"van (?:hen|wie)\b|(?:daar|er|waar)van\b")
_SENTENCE = re.compile(r"[.?!] +(?=[A-Z“])")


@dataclass(frozen=True, slots=True)
class _Said:
    """A figure in a sentence, with the words up to the one before it and to the one behind it."""

    figure: Figure
    before: str
    after: str
    sentence: str  # its words, without figures

    @property
    def bare(self) -> bool:
        return "n" in self.figure.form or self.figure.unit in ("", "aantal")

    @property
    def measure(self) -> str:
        return measure_of(self.figure.unit)


def measure_of(unit: str) -> str:
    """Of what measure a unit is, such as `EUR` of `EUR per maand`; empty for what is counted one by one."""
    return next((name for name in _MEASURES if unit == name or unit.startswith(f"{name} ")), "")


def check(parts: Sequence[str | Figure]) -> None:
    """Raises `DataError` for a figure that words give another unit than its own, or whose unit they leave open.

    A share or an amount written without its unit has it in its sentence, or beside it in a figure that has the same.
    In a sentence with figures of several units a number of people or things is followed by what they are.
    """
    for sentence in _sentences(parts):
        for one in sentence:
            _refuse_another_unit(one)
        mixed = len({one.figure.unit for one in sentence} - {"", "aantal"}) > 1
        for place, one in enumerate(sentence):
            if one.bare and one.figure.unit not in ("", "aantal") and not _is_named(sentence, place, mixed):
                raise _error(one, f"a figure in {one.figure.unit} of which the sentence does not say so")


def _sentences(parts: Sequence[str | Figure]) -> Iterator[list[_Said]]:
    """Of each sentence the figures that have a value."""
    sentences: list[list[str | Figure]] = [[]]
    for part in parts:
        first, *others = _SENTENCE.split(part) if isinstance(part, str) else [part]
        sentences[-1].append(first)
        sentences += [[other] for other in others]
    for sentence in sentences:
        words = " ".join(part for part in sentence if isinstance(part, str)).lower()
        places = [place for place, part in enumerate(sentence) if isinstance(part, Figure) and part.value is not None]
        yield [_Said(sentence[i], _words(sentence[:i][::-1]), _words(sentence[i + 1 :]), words) for i in places]


def _words(parts: Sequence[str | Figure]) -> str:
    """The words up to the next figure."""
    end = next((place for place, part in enumerate(parts) if isinstance(part, Figure)), len(parts))
    return "".join(map(str, parts[:end])).lower()


def _next_words(one: _Said) -> str:
    """What directly follows a figure: a noun, or an adjective and a noun; nothing where a comma or an end is."""
    first, _, second = (re.match(r"\s*([\w%€‰' -]*)", one.after) or [""])[1].strip().partition(" ")
    return f"{first} {second.partition(' ')[0]}" if _ADJECTIVE.fullmatch(first) else first


def _refuse_another_unit(one: _Said) -> None:
    for name, pattern in _MEASURES.items():
        named = pattern.match(one.after.lstrip()) or (name == "EUR" and re.search(r"€\s*$", one.before))
        if named and name != one.measure:
            raise _error(one, f"a figure in {one.figure.unit or 'a number'} is called {name}")
    called = _kinds(_next_words(one))
    known = {"nothing"} if one.measure in _ALONE else _kinds(one.figure.unit) if not one.measure else set()
    if called and known and not called & known:
        raise _error(one, f"a figure in {one.figure.unit} is called {', '.join(sorted(called))}")


def _kinds(words: str) -> set[str]:
    return {kind for kind, pattern in _COUNTED.items() if pattern.search(words)}


def _is_named(sentence: Sequence[_Said], place: int, mixed: bool) -> bool:
    one = sentence[place]
    if one.measure and _MEASURES[one.measure].search(one.sentence):
        return True
    if one.measure or mixed:
        near = [other for other in sentence[max(0, place - 1) : place + 2] if other is not one]
        same = [other for other in near if other.figure.unit == one.figure.unit]
        return any(not other.bare or _has_noun(other) for other in same) or (not one.measure and _has_noun(one))
    return True


def _has_noun(one: _Said) -> bool:
    """True when words say behind a number of people or things what they are."""
    kinds = _kinds(one.figure.unit)
    behind = " ".join(re.split(r"[.,;:()]", one.after)[0].split()[:4])
    if _OF_THEM.match(behind):
        return True
    return bool(_kinds(behind) & kinds) if kinds else bool(behind)


def _error(one: _Said, problem: str) -> DataError:
    return DataError(
        problem,
        found=" ".join(f"{one.before[-40:]}{one.figure}{one.after[:40]}".split()),
        expected=one.figure.unit or "a number without a unit",
        do="write its unit behind it, without `:n` between the braces, or give each figure a sentence of its own",
    )
