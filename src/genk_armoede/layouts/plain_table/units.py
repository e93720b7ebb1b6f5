# SPDX-License-Identifier: EUPL-1.2
"""In what the figures of a plain table are: what titles, notes and headers say of it together.

Takes a frame, titles and words of headers; gives units; called by `columns`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ...observations.units import SYNONYMS, split_label, unit_of_words
from ...spreadsheets.cells import Sheet
from ..engine.reading import Reading
from ..words import UNIT_ALONE, UNIT_WORDS
from .parts import Frame
from .titles import cells_of_titles

THOUSANDS = {"1.000", "1.000 EUR", "miljoen", "miljoen EUR"}
_TIMES = ("jaar", "maanden", "weken", "dagen", "uren", "minuten")  # which nobody counts in thousands
_UNIT_OF_TITLE = re.compile(
    r"\([^()]+\)|\bin (?:duizend |1[. ]000 |miljoen )?(?:euro|EUR|%|procent)(?!\w).*$"
    r"|\b(?:in|en) (?:duizendtallen|duizenden|miljoenen|milliers|millions|thousands)\b"
)
# `Bedragen in duizend euro.`
_IN_ALL = re.compile(
    r"(?:\(?\*?\)? ?)(?:alle |tous les |all )?(?:bedragen|cijfers|aantallen|waarden|montants|chiffres|amounts|figures)"
    r"(?: \w+){0,2} ((?:in|en) .+?)\.?$",
    re.IGNORECASE,
)


def title_unit(sheet: Sheet, frame: Frame) -> str:
    """The unit that a title names between brackets or after `in`, or a note: `Schulden (in 1.000 euro)`."""
    texts = [cell.text for cell in cells_of_titles(sheet, frame)]
    said = [found[0] for text in texts if (found := _UNIT_OF_TITLE.search(text))]
    said += [found[1] for row in frame.remarks if (found := _IN_ALL.match(sheet.first(row).text))]
    units = set(map(unit_of_words, said)) - {""}
    lines = [cells for cells in map(sheet.row, frame.titles) if len(cells) == 2]
    named = (cells[1].text for cells in lines if cells[0].text.lower().rstrip(":") in UNIT_WORDS)
    units |= {SYNONYMS.get(text.lower()) or unit_of_words(text) or text for text in named}
    return units.pop() if len(units) == 1 else ""


def name_units(reading: Reading, frame: Frame) -> None:
    """`Leefloners [aantal]` beside `Leefloners [%]`: where only units set columns apart, they stay in the name."""
    often = Counter(replace(says, unit="") for says in frame.figures.values())
    for column, says in frame.figures.items():
        if often[replace(says, unit="")] > 1 and says.unit:
            frame.figures[column] = replace(says, indicator=f"{says.indicator} [{says.unit}]")
            reading.assume(f"units stay in the name {says.indicator!r}: they alone set its columns apart")


def unit_below(words: list[str]) -> str:
    """The unit that is all that the lowest words over a column say: `aantal` under `Leefloners` or under a period."""
    found = UNIT_ALONE.fullmatch(words[-1]) if words else None
    return unit_of_words(f"({found[1]})") or "aantal" if found else ""


def split_title(title: str) -> tuple[str, str]:
    """A title and its unit in brackets, which is none where it is a code, as in Eurostat's `[ilc_li02]`, or several."""
    try:
        bare, unit, _ = split_label(title)
    except ValueError:
        return title, ""
    return (bare, "") if "_" in unit else (bare, unit)


def scaled(unit: str, title: str) -> str:
    """The unit of a header under that of a title: `EUR` under `1.000 EUR` or `1.000` → `1.000 EUR`."""
    scale = next((word for word in ("1.000", "miljoen") if title.startswith(word)), "")
    if unit in ("%", "‰", *_TIMES) or unit.startswith("per ") or (scale and unit.startswith(scale)):
        return unit
    if not unit or (scale and title.removeprefix(scale).strip() in ("", unit)):
        return f"{scale} {unit}".strip() if unit else title
    return unit
