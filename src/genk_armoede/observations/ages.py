# SPDX-License-Identifier: EUPL-1.2
"""Labels of ages, as people write them: `18-24`, `tot 65`, `65 en meer`, `minderjarig`.

Takes the text of a label; gives the youngest and the oldest of its group; called by `protection` and `layouts`.
"""

from __future__ import annotations

import re
from math import inf

Ages = tuple[float, float]  # youngest and oldest, both counted in
ADULT = 18
_NAMED = {"minderjarig": (0, ADULT - 1), "meerderjarig": (ADULT, inf)}
_INCLUDED = r"tot en met|t\.?\s?/?\s?e?\.?\s?m\.?|tem"
_DASH = "-|–|—"
_FORMS = (  # the longest form first: `tot en met` before `tot`
    (rf"(?:van )?(\d+) ?(?:{_INCLUDED}|{_DASH}|à) ?(\d+)", lambda low, high: (low, high)),
    (r"(?:van )?(\d+) ?tot ?(\d+)", lambda low, high: (low, high - 1)),
    (r"(?:≥|>=|\+|vanaf|minstens) ?(\d+)", lambda low: (low, inf)),
    (r"(?:>|ouder dan|boven) ?(\d+)", lambda low: (low + 1, inf)),
    (r"(\d+) ?(?:\+|plus|plussers|en \+|(?:en|of) (?:meer|ouder|hoger))", lambda low: (low, inf)),
    (rf"(?:≤|<=|hoogstens|{_INCLUDED}) ?(\d+)", lambda high: (0, high)),
    (rf"(?:<|{_DASH}|tot|jonger dan|onder) ?(\d+)", lambda high: (0, high - 1)),
    (r"(\d+)", lambda age: (age, age)),
)


def read_ages(text: str) -> Ages | None:
    """`25-64` → (25, 64), `tot 65` → (0, 64), `65+` → (65, inf); None for a label that names no ages.

    The age behind `tot` is not counted in, nor that behind a dash that nothing stands before: `-18` is 0 to 17.
    """
    plain = re.sub(r"\b(?:jarigen?|jaar|jr|j)\b\.?|(?<=\d)(?:jarigen?|jaar|jr|j)\b\.?", " ", text.casefold())
    plain = re.sub(r"[-.\s]+(?=(?:en|of|\+|plus)|$)|^leeftijd\s*:?", " ", plain)
    plain = re.sub(r"\s+", " ", plain).strip()
    if named := re.fullmatch(r"(minderjarig|meerderjarig)(?:en?)?", plain):
        return _NAMED[named[1]]
    for form, ends in _FORMS:
        if found := re.fullmatch(form, plain):
            low, high = ends(*map(int, found.groups()))
            return (low, high) if low <= high else None
    return None
