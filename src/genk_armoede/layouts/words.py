# SPDX-License-Identifier: EUPL-1.2
"""The words that publishers use in headers, labels and notes.

Takes texts and cells; says what they stand for; called by every layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..observations.units import FOOTNOTE
from ..observations.values import LEGEND, LEGEND_FLAGS
from ..spreadsheets.cells import Cell, Sheet
from .headers import border

AREA_LEVELS = {
    "gebied": "",
    "naam": "",
    "administratieve eenheid": "",
    "bestuur": "",
    "administratieve eenheden": "",
    "woonplaats": "",
    "naam gebied": "",
    "gebiedsnaam": "",
    "gemeentenaam": "municipality",
    "naam gemeente": "municipality",
    "hoofdgemeente": "municipality",
    "municipality": "municipality",
    "province": "province",
    "region": "region",
    "gemeente": "municipality",
    "gemeenten": "municipality",
    "gemeente/stad": "municipality",
    "stad": "municipality",
    "provincie": "province",
    "provincies": "province",
    "gewest": "region",
    "arrondissement": "arrondissement",
    "sector": "sector",
    "sectoren": "sector",
    "statistische sector": "sector",
    "wijk": "wijk",
    "wijken": "wijk",
    "stadsdeel": "stadsdeel",
    "stadsdelen": "stadsdeel",
    "gewesten": "region",
    "arrondissementen": "arrondissement",
    "deelgemeente": "deelgemeente",
    "deelgemeenten": "deelgemeente",
    "buurt": "buurt",
    "buurten": "buurt",
}
CODE_WORDS = {"code", "nis-code", "nis code", "niscode", "nis", "sectorcode", "wijkcode", "refnis"}
PERIOD_WORDS = {"periode", "jaar", "schooljaar", "boekjaar", "inkomstenjaar", "maand", "kwartaal", "datum"}
PERIOD_WORDS |= {"year", "quarter", "month", "date"}
NOTE = re.compile(r"\(\d{1,2}\)|\*|(?:bron(?:nen)?|(?:voet)?noot|nota|let op|opmerking(?:en)?)\b", re.IGNORECASE)
NOTE_FLAGS = {"breuk": "b", "schatting": "e", "prognose": "f", "voorlopig": "p", "herzien": "r", "onbetrouwbaar": "u"}


def is_note(cell: Cell) -> bool:
    """True for a source, a footnote or a sentence, which is no header, title or label."""
    return bool(NOTE.match(cell.text)) or (cell.text.endswith(".") and cell.text.count(" ") > 2)


def note_flags(sheet: Sheet, rows: Iterable[int]) -> dict[str, str]:
    """`(1)` → `b`, for each row that opens with a mark and a word that stands for a flag; `(p)` needs none.

    Raises `DataError` when a mark has another note as well.
    """
    flags: dict[str, str] = {}
    for number in rows:
        mark, _, words = " ".join(cell.text for cell in sheet.row(number)).partition(" ")
        if FOOTNOTE.fullmatch(mark):
            flag = next((flag for word, flag in NOTE_FLAGS.items() if words.lower().startswith(word)), "")
            if flags.setdefault(mark, flag) != flag:
                raise sheet.error(f"two notes for one mark {mark}", sheet.row(number)[0], do="give each its own mark")
    return {"(p)": "p"} | {mark: flag for mark, flag in flags.items() if flag}


def legend_marks(sheet: Sheet) -> dict[str, str]:
    """Marks that the sheet itself explains: `* = Confidentieel` → `{"*": "c"}`."""
    cells = (cell for row in border(sheet) for cell in sheet.row(row))
    found = (LEGEND.fullmatch(cell.text.lower().rstrip(".")) for cell in cells)
    return {one.group(1): LEGEND_FLAGS.get(one.group(2), "c") for one in found if one}
