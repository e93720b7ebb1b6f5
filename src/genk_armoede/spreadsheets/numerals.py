# SPDX-License-Identifier: EUPL-1.2
"""How numbers are written as text: the Flemish way, or with decimals behind a dot as programs do.

Takes texts; gives exact numbers, or says that there is none; called by the readers and by `observations.values`.
"""

from __future__ import annotations

import functools
import re
from decimal import Decimal

TOO_FEW = re.compile(r"<\s?(?:[2-9]|1\d|20)")  # `<5`: a count too small to be told

# Flemish figures: a dot or a space between thousands, a comma before decimals. A first group that is
# zero is no group: `0.143` is a decimal point. An integer has no zeros in front: `007` is a code.
_SPACES = "\u00a0\u202f\u2009' ’"
FLEMISH = re.compile(
    rf"(?:[-–−+](?: (?=\d+,))?)?(?:[1-9]\d{{0,2}}([.{_SPACES}])\d{{3}}(?:\1\d{{3}})*|0|[1-9]\d*)(?:,\d+)?", re.ASCII
)
_TO_PLAIN = str.maketrans({"–": "-", "−": "-", "+": "", ",": ".", **dict.fromkeys("." + _SPACES, "")})
# Units that can stand behind a figure in its cell; a count such as `5 personen` may be a label.
SHOWN_UNITS = r"%|‰|€|EUR|[Ee]uro|km²|km2|m²|m2|m³|m3|ha|[kMG]Wh"
_DRESSED = re.compile(
    rf"€\s*(?P<euro>.*)|(?P<other>.*?)\s*(?:{SHOWN_UNITS})?", re.DOTALL
)  # what stands around a figure


def parse_number(text: str, point: bool = False) -> Decimal:
    """`868.230` → 868230, `58,2` → 58.2, `€ 1.307.396` → 1307396, `58,2 %` → 58.2, `1,234.5` → 1234.5, `1,2E+06`.

    Raises `ValueError` for anything else, `58.2` among it: a dot stands between thousands, unless `point` says that
    decimals stand behind it.
    """
    bare = undressed(text)
    if ENGLISH.fullmatch(bare) or (point and POINTED.fullmatch(bare)):
        return Decimal(bare.replace(",", ""))
    if not point and FLEMISH.fullmatch(bare):
        return Decimal(bare.translate(_TO_PLAIN))
    if SCIENTIFIC.fullmatch(bare):
        return Decimal(bare.replace(",", "."))
    raise ValueError(text)


# As programs write numbers; and such a number that can be read in no other way.
_THOUSANDS = r"[1-9]\d{0,2}(?:,\d{3})"
SCIENTIFIC = re.compile(r"-?\d[.,]\d+[eE][-+]\d\d", re.ASCII)  # one digit before the mark: read in one way only
POINTED = re.compile(rf"[-+]?(?:0|[1-9]\d*|{_THOUSANDS}+)(?:\.\d+)?|-?\d(?:\.\d+)?[eE][-+]\d\d", re.ASCII)
ENGLISH = re.compile(rf"[-+]?{_THOUSANDS}(?:(?:,\d{{3}})*\.\d+|(?:,\d{{3}})+)", re.ASCII)
_CLEARLY_POINTED = re.compile(
    rf"-?(?:(?:0|\d{{4,}})\.\d+|\d+\.(?:\d\d?|\d{{4,}}))|.*[eE][-+]\d\d|{ENGLISH.pattern}", re.ASCII
)


def columns_with_points(columns: dict[int, set[str]], delimiter: str) -> set[int]:
    """The columns of a CSV in which decimals stand behind a dot: a figure says so, and nothing in the file otherwise.

    `1.963` among them is so where the file has two others that say it, and semicolons do not speak of a program that
    writes Flemish. `1.9` beside `1.10` are no numbers: whoever writes a zero behind decimals writes as many everywhere.
    """
    found: dict[int, list[str]] = {}
    clear: dict[int, set[str]] = {}
    for column, texts in columns.items():
        marked = {text for text in texts if not text.isdigit() or text.startswith("0")}  # whole numbers say nothing
        numbers = [undressed(text) for text in marked if ALMOST.fullmatch(text) or POINTED.fullmatch(text)]
        if any(FLEMISH.fullmatch(text) and CERTAIN.match(text) for text in numbers):
            return set()
        decimals = {text.partition(".")[2] for text in numbers if "." in text}
        if len({*map(len, decimals)}) > 1 and any(text.endswith("0") and text != "0" for text in decimals):
            continue
        if all(POINTED.fullmatch(text) or TOO_FEW.fullmatch(text) for text in numbers):
            found[column], clear[column] = numbers, set(filter(_CLEARLY_POINTED.fullmatch, numbers))
    told = delimiter != ";" and len(set().union(*clear.values())) > 1
    return {column for column in found if clear[column] and (told or not any(map(GROUPED.fullmatch, found[column])))}


def undressed(text: str) -> str:
    """`€ 1.963` and `58,2 %` without their unit."""
    parts = _DRESSED.fullmatch(text.strip())
    bare = parts["euro"] or parts["other"] or ""
    return bare[:-2] if bare[1:].endswith((",-", ",–")) else bare  # `€ 1.234,-`


@functools.lru_cache(10_000)  # labels and marks come back
def is_numeral(text: str, point: bool = False) -> bool:
    """True for text that reads as a number."""
    if text[:1].isalpha():
        return False  # most labels
    try:
        return parse_number(text, point).is_finite()
    except ValueError:
        return False


# Digits without letters, but for a range (`18-24`), an open class (`65+`) and a code (`0100`).
ALMOST = re.compile(rf"(?!0\d+$)[€<>≤≥~±]?\s?[-–−+]?\d(?:[\d.,'’ ]*|[eE][-+]\d\d)\s?(?:{SHOWN_UNITS})?")


GROUPED = re.compile(r"[-–−+]?[1-9]\d{0,2}([.,])\d{3}")
CERTAIN = re.compile(r".*(?:[.\u00a0\u202f ]\d{3}(?:[.\u00a0\u202f ]\d{3}|,\d)|,(?:\d{1,2}|\d{4,})$)")
UNGROUPED = re.compile(r"[-–−+]?[1-9]\d{3,}")
UP_TO_THREE_DIGITS = re.compile(r"[-–−+]?[1-9]\d{0,2}")
