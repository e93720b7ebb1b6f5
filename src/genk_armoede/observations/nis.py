# SPDX-License-Identifier: EUPL-1.2
"""The lists of Belgian areas: NIS codes with their names and validity, what changed, NUTS codes.

Takes a name or a code; gives what the lists say of it; called by `naming` and `vintages`. The lists, and
where they come from, lie in `reference/`; they are read when first asked for.
"""

from __future__ import annotations

import csv
import functools
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

REFERENCE = Path(__file__).with_name("reference")
ALWAYS = "9999-12-31"


class Area(NamedTuple):
    """A code with its Dutch name, from the first to the last day on which it holds."""

    code: str
    level: str
    name: str
    since: str = ""
    until: str = ALWAYS

    def overlaps(self, since: str, until: str) -> bool:
        return self.since <= until and since <= self.until


class Change(NamedTuple):
    """On `date` the area of `old` came, wholly or in part, to `new`.

    `kind`: merged, renumbered (the same area), renamed, border (a part moved).
    """

    date: str
    old: str
    new: str
    kind: str


# The regions as people call them. These have no code: Vlaanderen is with Brussels or without.
_CALLED = ("Vlaanderen", "Flandre", "Flanders", "Wallonië", "Wallonie", "Wallonia", "Brussel", "Bruxelles", "Brussels")


def _rows(name: str) -> list[list[str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))[1:]


def _key(name: str) -> str:
    """A name for the lookup: without case and accents, hyphens as spaces."""
    folded = name.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", folded.replace("’", "'").replace("\u00ad", ""))
        folded = "".join(c for c in decomposed if ord(c) < 0x300)
    return " ".join(folded.replace("-", " ").split())


@functools.cache
def _lists() -> tuple[dict[str, list[Area]], dict[str, list[Area]]]:
    """Areas by code and by name."""
    by_code: dict[str, list[Area]] = defaultdict(list)
    by_name: dict[str, dict[Area, None]] = defaultdict(dict)
    for code, level, name, french, statbel, since, until in _rows("areas.csv"):
        area = Area(code, level, name, since, until or ALWAYS)
        by_code[code].append(area)
        for known in filter(None, (name, french, statbel)):
            by_name[_key(known)][area] = None
    for name in _CALLED:
        by_name[_key(name)][Area("", "region", name)] = None
    return dict(by_code), {name: list(found) for name, found in by_name.items()}


def codes() -> dict[str, list[Area]]:
    """All codes since 2000 with what they stand for: two when the name changed."""
    return _lists()[0]


def of_code(code: str) -> list[Area]:
    """What a code stands for; two when its name changed, none when it is not in the list."""
    return codes().get(code, [])


@functools.lru_cache(20_000)
def named(name: str) -> tuple[Area, ...]:
    """All areas that bear a name: in Dutch, French, both (`Ixelles/Elsene`), or as Statbel tells namesakes apart."""
    by_name = _lists()[1]
    found = by_name.get(_key(name), [])
    parts = [part for part in name.replace(" - ", "/").split("/") if part.strip()]
    if found or len(parts) != 2:
        return tuple(found)
    first, second = (by_name.get(_key(part), []) for part in parts)
    return tuple(area for area in first if area in second)


@functools.cache
def changes() -> list[Change]:
    """Mergers, renumberings and shifted borders of 2019, 2024 and 2025, oldest first."""
    return [Change(*row) for row in _rows("changes.csv")]


class Nuts(NamedTuple):
    """What a NUTS code is in these versions of NUTS. `code`: its NIS code, empty for a part of an arrondissement."""

    code: str
    name: str
    versions: tuple[str, ...]


@functools.cache
def nuts() -> dict[str, Nuts]:
    """Belgian NUTS codes; none of them stands for two areas in turn."""
    return {key: Nuts(code, name, tuple(versions.split())) for key, code, name, versions in _rows("nuts.csv")}
