# SPDX-License-Identifier: EUPL-1.2
"""Units: what a header or label says of what is measured.

Takes the text of a label; gives its unit and the label without it; called by `layouts`.
"""

from __future__ import annotations

import re

UNIT = re.compile(r"\s*\[([^\[\]]+)\]")
SYNONYMS = {"€": "EUR", "euro": "EUR", "procent": "%", "percent": "%", "percentage": "%", "promille": "‰"}
FOOTNOTE = re.compile(r"\s*(\((?:\d{1,2}|p)\)|\*{1,3}$|(?<!m)[²³]|[¹⁴⁵])")


def split_label(label: str) -> tuple[str, str, list[str]]:
    """`WZW Belg [aantal] (1)` → (`WZW Belg`, `aantal`, [`(1)`]): label, unit and footnote marks.

    Raises `ValueError` for a label that names two units.
    """
    units = [SYNONYMS.get(unit.strip().lower(), unit.strip()) for unit in UNIT.findall(label)]
    if len(set(units)) > 1:
        raise ValueError(f"two units: {', '.join(units)}")
    marks = FOOTNOTE.findall(label)
    bare = FOOTNOTE.sub("", UNIT.sub("", label)).strip()
    return bare, units[0] if units else "", marks


_THOUSAND = r"(?:duizend(?:en|tallen)?|1[. ]?000)\b"
_SCALE_IN_WORDS = (
    (re.compile(rf"(?:[(×*€]|\bx|\bin) ?€? ?{_THOUSAND}|(?<!per ){_THOUSAND} ?(?:€|eur)|\bk(?:€|eur\b)"), "1.000 "),
    (re.compile(r"\b(?:miljoen(?:en)?|mln|mio)\b|\bm€"), "miljoen "),
)
_SURFACE = re.compile(r"(?:^|[\s(/])((?:[kdch]|da)?m[²³23]|ha)(?=$|[\s).,/])")
_MEASURE = re.compile(r"\((?:in )?(maanden|jaar|jaren|dagen|weken|uren|minuten|km|kg|ton)\)")
_SMALL = str.maketrans("23", "²³")
_UNIT_WORDS = (
    (re.compile(rf"‰|\bper {_THOUSAND}|\bpromille\b"), "‰"),
    (re.compile(r"\((?:in )?(?:%|procent)\)"), "%"),
    (re.compile(r"\((?:in )?kwh\)|\bin kwh\b"), "kWh"),
    (re.compile(r"\((?:in )?mwh\)|\bin mwh\b"), "MWh"),
    (re.compile(r"\bgemiddeld aantal\b"), ""),  # a mean may have decimals, a count has none
    (re.compile(r"(?:^|, )(?:\w+ )?aantal\b"), "aantal"),
    (re.compile(r"(?<!\d)(?<!\d )(?:%|procent(?!punt)|percent)|(?:^|, )aandeel\b"), "%"),
    (re.compile(r"\baantal\b"), "aantal"),
    (re.compile(r"€|\beuro?\b"), "EUR"),
    (re.compile(r"coëfficiënt|\bindex\b|\bratio\b|ongelijkheid"), ""),
    (
        re.compile(
            r"\binkomens?\b|\b(?:staats|gemeente|personen)?belasting\b|\bbedrag\b|\buitgaven?\b|\bontvangsten?\b"
        ),
        "EUR",
    ),
)
# What stands after these is no longer what is measured: `Gezinnen met een inkomen onder 60 % van de mediaan`.
_OF_WHICH = re.compile(r" (?:met|zonder|waarvan|onder|boven|vanaf)\b")


def unit_of_words(text: str) -> str:
    """The unit that a header names in words: `Aantal inwoners` → `aantal`, `Bedrag (€)` → `EUR`; else empty."""
    words, bracket, between = text.lower().partition("(")
    words = _OF_WHICH.split(words, maxsplit=1)[0] + bracket + between
    if surface := _SURFACE.search(words):
        return surface[1].translate(_SMALL)
    if measure := _MEASURE.search(words):
        return measure[1]
    scale = next((scale for pattern, scale in _SCALE_IN_WORDS if pattern.search(words)), "")
    found = next((unit for pattern, unit in _UNIT_WORDS if pattern.search(words)), "")
    return f"{scale}{found}".strip() + (" per inwoner" if found == "EUR" and "per inwoner" in words else "")
