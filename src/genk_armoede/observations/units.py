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


_THOUSAND = r"(?:duizend(?:en|tallen)?|thousands?|milliers|tausend|tsd\.?|1[. ]?000|'000)\b"
_SCALE_IN_WORDS = (
    (
        re.compile(rf"(?:[(×*€]|\bx|\b[ie]n|\beuro?) ?€? ?{_THOUSAND}|(?<!per ){_THOUSAND} ?(?:€|eur)|\bk(?:€|eur\b)"),
        "1.000 ",
    ),
    (re.compile(r"(?<!per )\b(?:miljoen(?:en)?|millions?|millionen|mln|mio)\b|\bm(?:€|eur\b)"), "miljoen "),
)
_SURFACE = re.compile(r"(?:^|(?<!\bper)[\s(])((?:[kdch]|da)?m[²³23]|ha)(?=$|[\s).,/])")
_MEASURE = re.compile(r"\((?:in )?(maanden|jaar|jaren|dagen|weken|uren|minuten|km|kg|ton)\)")
_SMALL = str.maketrans("23", "²³")
_UNIT_WORDS = (
    (re.compile(rf"‰|\bper {_THOUSAND}|\bpromille\b"), "‰"),
    (re.compile(r"\((?:in )?(?:%|procent)\)"), "%"),
    (re.compile(r"\((?:in )?kwh\)|\bin kwh\b"), "kWh"),
    (re.compile(r"\((?:in )?mwh\)|\bin mwh\b"), "MWh"),
    (re.compile(r"\bgemiddeld aantal\b"), ""),  # a mean may have decimals, a count has none
    (re.compile(r"(?:^|, )(?:\w+ )?aantal\b"), "aantal"),
    (re.compile(r"(?<!\d)(?<!\d )(?:%|procent(?!punt)|percent(?!iel|ile))|(?:^|, )aandeel\b"), "%"),
    (re.compile(r"\baantal\b"), "aantal"),
    (re.compile(r"€|\b[km]?euro?s?\b"), "EUR"),
    (re.compile(r"coëfficiënt|\bindex\b|\bratio\b|ongelijkheid"), ""),
    (
        re.compile(
            r"\binkomens?\b|\b(?:staats|gemeente|personen)?belasting\b|\bbedrag\b|\buitgaven?\b|\bontvangsten?\b"
        ),
        "EUR",
    ),
)
# Over what a count, a surface or an amount is told: `per km²`, `(€/m²)`, `per 10.000 inwoners`.
_PER = re.compile(
    r"(?:\bper |/ ?)(inwoner\b|(?:[kdch]|da)?m[²³23](?!\w)|ha\b"
    r"|(?:miljoen|100[. ]?000|10[. ]?000|100)(?: [a-z]+)?(?![\d.]))"
)
_AMOUNT_PER = re.compile(r"(?:€|\beuro?) ?(?:per |/ ?)([a-z]+)")
# What stands after these is no longer what is measured: `Gezinnen met een inkomen onder 60 % van de mediaan`.
_OF_WHICH = re.compile(r" (?:met|zonder|waarvan|onder|boven|vanaf)\b")


def unit_of_words(text: str) -> str:
    """The unit that a header names in words: `Aantal inwoners` → `aantal`, `Bedrag (€)` → `EUR`; else empty.

    With what it is told over: `Inwoners per km²` → `per km²`, `Prijs per m² (euro)` → `EUR per m²`.
    """
    words, bracket, between = text.lower().replace("_", " ").partition("(")
    words = _OF_WHICH.split(words, maxsplit=1)[0] + bracket + between
    scale = next((scale for pattern, scale in _SCALE_IN_WORDS if pattern.search(words)), "")
    if surface := _SURFACE.search(words):
        found = surface[1].translate(_SMALL)
    elif measure := _MEASURE.search(words):
        found = measure[1]
    else:
        found = scale + next((unit for pattern, unit in _UNIT_WORDS if pattern.search(words)), "")
    return f"{found.strip()}{_denominator(words, found)}".strip()


_SIGN = re.compile(r"€|\beuro?\b|%|\bprocent\b|‰|\bpromille\b")


def unit_by_sign(text: str) -> str:
    """The unit of words that name it outright, as `(euro)` does and `Uitgaven` does not; else empty."""
    unit = unit_of_words(text) if _SIGN.search(text.lower()) else ""
    return "" if unit == "aantal" else unit


def _denominator(words: str, unit: str) -> str:
    """What a unit is told over, after it: ` per km²`; empty for a share, which says so itself."""
    over = _PER.search(words) or (_AMOUNT_PER.search(words) if "EUR" in unit else None)
    if not over or unit in ("%", "‰") or (over[1] == "inwoner" and not unit):
        return ""
    if over[1][-1] in "23":
        return f" per {over[1].translate(_SMALL)}"
    return f" per {over[1].replace(' 000', '.000')}"
