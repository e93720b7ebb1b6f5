# SPDX-License-Identifier: EUPL-1.2
"""Marks: what stands in place of a figure and says why there is none, and what stands beside a figure as a footnote.

Takes texts, cells and the notes of a table; gives flags; called by `values`, `periods` and `layouts`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..spreadsheets.cells import Cell

# Swing's own meaning: '-' no value, 'x' hidden by the supplier, 'nvt' not applicable, '?' wrongly missing.
_MARKS = {"-": "m", "x": "c", "nvt": "z", "?": "m"}
SWING_MARKS = _MARKS | {"-99996": "m", "-99997": "c", "-99998": "z", "-99999": "m"}
# What people type in a table by hand, and what other publishers print.
MARKS = _MARKS | {"": "m", "n.b.": "m", "nb": "m", "nd": "m", "niet gepubliceerd": "m", "..": "m", "…": "m", ":": "m"}
MARKS |= {"na": "m", "nan": "m", "...": "m"}  # as R and pandas write what is missing, and people
MARKS |= dict.fromkeys(["vertrouwelijk", "confidentieel", "confidentiel", "confidential", "geheim", "[c]"], "c")
MARKS |= {"n.v.t.": "z", "niet van toepassing": "z", "–": "m", "niet beschikbaar": "m", "n.d.": "m"}

# What publishers call a status, in words, with its flag.
_STATUS_WORDS = (
    ("break|breuk|rupture|bruch", "b"),
    ("confidential|vertrouwelijk|geheim|confidentie|suppress|secret|onderdrukt|verborgen", "c"),
    (r"(?:minder|less|fewer|moins) (?:dan|than|de) \d|te klein|te weinig", "c"),
    ("not applicable|niet van toepassing|sans objet|cannot exist|n.v.t|logisch|impossible", "z"),
    ("definition|definitie(?!f|ve)|définition", "d"),
    ("estim|schatting|schätz|geschat|raming|geraamd|imput", "e"),
    ("forecast|prognos|projection|prévision", "f"),
    ("missing|ontbre|not available|niet beschikbaar|unknown|onbekend|not published|niet gepubliceerd|not asked", "m"),
    ("provisional|preliminary|voorlopig|vorläufig|provisoire", "p"),
    (r"\b(?:niet|not|non|pas)\b.*(?:definiti|définiti|final|gevalideerd|validated|validé)", "p"),
    ("revi[sd]|herzien|révis", "r"),
    ("reliab|betrouwba|fiab|not significant|niet significant|uncertain|onzeker", "u"),
)  # fmt: skip
# Nothing is the matter, when a status says no more than this: `weinig betrouwbaar` says more.
_AS_IT_SHOULD_BE = re.compile(
    r"(?:normale?|normaal|definitief|définitif|final|betrouwbaar|reliable|fiable|gevalideerd|validated|validé)"
    r"(?: (?:value|waarde|valeur|cijfers?|figures?|data))?"
)


def flag_of_words(words: str) -> str | None:
    """The flag that a publisher's words for a status or mark stand for; None for other words."""
    found = words.lower().strip()
    if _AS_IT_SHOULD_BE.fullmatch(found):
        return ""
    return next((flag for pattern, flag in _STATUS_WORDS if re.search(pattern, found)), None)


# What follows a figure or a period: `512*`, `512 (p)`, `2022 (v)`, `512p`.
_MARKED = re.compile(
    r"(?P<what>.*?\d)\s?"
    r"(?:(?P<stars>\*{1,3}|[†‡#¹²³⁴⁵])|[(\[](?P<letter>[a-z]{1,2}|\d{1,2})[)\]]|(?P<bare>[a-z]))",
    re.I,
)
_LABEL = re.compile(r"(?P<what>.*\S?)\s?(?:(?P<stars>\*{1,3}|[†‡#¹²³⁴⁵])|[(\[](?P<number>\d{1,2}|[a-z])[)\]])", re.I)
_RAISED = str.maketrans("¹²³⁴⁵", "12345", "()[]")
# As publishers write flags; and such flags behind a figure, where nothing explains them.
LETTERS = {"v": "p", "p": "p", "s": "e", "e": "e", "r": "r", "b": "b", "f": "f", "u": "u", "d": "d", "n": "u"}
FLAGGED = re.compile(r"(?P<figure>[-+]?\d[\d.,\u00a0\u202f ]*?)\s?(?P<letters>[bdefnprsuv]{1,3})", re.ASCII)


def bare_mark(mark: str) -> str:
    """`(1)`, `1)` and `¹` → `1`."""
    return mark.translate(_RAISED).lower()


def split_marks(cell: Cell, notes: Mapping[str, str]) -> tuple[str, str]:
    """The text of a cell without the marks behind it, and the flags that these stand for.

    `notes`: mark → flag, as the notes of the table say (empty for a note without one). Marks that are raised beside the
    text are known as such; `(p)` and `(v)` need no note; any other mark is one only when a note explains it.
    """
    text, flags = cell.text, {notes.get(mark, "") for mark in marks_of(cell.style.raised)}
    found = _MARKED.fullmatch(text)
    mark = found and bare_mark(found["stars"] or found["letter"] or found["bare"])
    if mark and (mark in notes or (found["letter"] and mark in LETTERS)):
        text = found["what"]
        flags.add(notes.get(mark, LETTERS.get(mark, "")))
    return text, "".join(sorted(filter(None, flags)))


def split_label_marks(cell: Cell, notes: Mapping[str, str]) -> tuple[str, str]:
    """The words of a label without the marks behind it that a note explains, and the flags that these stand for."""
    if not notes:
        return cell.text, ""
    text, flags = cell.text, {notes.get(mark, "") for mark in marks_of(cell.style.raised)}
    while found := _LABEL.fullmatch(text):
        mark = bare_mark(found["stars"] or found["number"])
        if mark not in notes or not found["what"].strip():
            break
        text = found["what"].strip().rstrip(",")
        flags.add(notes[mark])
    return text, "".join(sorted(filter(None, flags)))


# How a note begins that says what is the matter with a figure: with the word for it, or with a word before that.
_BEFORE = "niet|not|non|nog|weinig|low|minder|less|peu|cijfers?|gegevens|chiffres?|données|data|figures?|zahl(?:en)?"
_NOTE_BEGINS = re.compile(rf"(?:(?:{_BEFORE}) )*[^\W\d_]+")


def flag_of_note(words: str) -> str:
    """The flag that a note stands for by the word that it begins with: `Breuk in de reeks` → b; else empty."""
    found = _NOTE_BEGINS.match(words.lower())
    flag = flag_of_words(found[0]) or "" if found else ""
    if flag == "u" and words.lower().startswith(("betrouwba", "reliab", "fiab")):
        return ""  # `Betrouwbaarheidsinterval 95 %`
    return flag if flag in "befpru" else ""


def marks_of(raised: str) -> list[str]:
    """`1,2)` → `1` and `2`: footnote marks without what stands around them."""
    return [mark for mark in re.split(r"[\s,;()\[\]]+", raised.lower()) if mark] if raised else []
