# SPDX-License-Identifier: EUPL-1.2
"""Names of months, in Dutch and as other languages of the field have them; read and written by `periods`."""

from __future__ import annotations

# As Babel has them for nl_BE, which takes longer to load than a small file to read.
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
SHORT_MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
MONTH_OF = {name: number for names in (MONTHS, SHORT_MONTHS) for number, name in enumerate(names, start=1)}
MONTH_OF |= {"sept": 9, "mar": 3, "apr": 4, "may": 5, "oct": 10, "dec": 12}  # as English has them short, then French
MONTH_OF |= {"janv": 1, "févr": 2, "avr": 4, "juil": 7, "déc": 12}
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_ENGLISH = "january february march april may june july august september october november december"
_GERMAN = "januar februar märz april mai juni juli august september oktober november dezember"
MONTH_OF |= {name: n for names in (_FRENCH, _ENGLISH, _GERMAN) for n, name in enumerate(names.split(), start=1)}
