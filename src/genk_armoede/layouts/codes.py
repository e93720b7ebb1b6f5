# SPDX-License-Identifier: EUPL-1.2
"""Dimensions with codes, as statistical offices name them: what a code and its label say of a figure.

Takes names, codes and labels; gives `Says`; called by `cube`, `sdmx` and `statline`. Codes are those of SDMX's code
lists (CL_OBS_STATUS, CL_CONF_STATUS, CL_UNIT_MULT, https://registry.sdmx.org), Eurostat's flags, and the CBS's regions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..observations import areas
from ..observations.marks import MARKS, flag_of_words
from ..observations.observation import TOTAL_WORDS
from ..observations.periods import read_period
from ..observations.units import SYNONYMS, unit_of_words
from .engine.declared import NOTHING, Says
from .engine.facts import AREA_CODE
from .engine.reading import Reading
from .words import AREA_LEVELS, PERIOD_WORDS

PERIOD, AREA, UNIT, FREQUENCY, INDICATOR = "period", "area", "unit", "frequency", "indicator"
_ROLES = {
    **dict.fromkeys(PERIOD_WORDS | {"tid", "time period", "ref_period", "obs_time", "périodes"}, PERIOD),
    **dict.fromkeys(AREA_LEVELS, AREA),
    **dict.fromkeys(["geo", "ref_area", "reference area", "geopolitical entity (reporting)", "geography"], AREA),
    **dict.fromkeys(["regio", "regio's", "regios", "location", "area", "land", "country", "commune", "nuts"], AREA),
    **dict.fromkeys(["unit", "unit_measure", "unit of measure", "eenheid"], UNIT),
    **dict.fromkeys(["freq", "frequency", "time frequency", "frequentie"], FREQUENCY),
}


def role_of(name: str) -> str:
    """What a dimension is by its name, in the words of several offices; empty for a part of a breakdown."""
    return _ROLES.get(name.strip().lower(), "")


# Periods

_SDMX_PERIOD = (
    (re.compile(r"(\d{4})-?[Aa]1?"), r"\1"),
    (re.compile(r"(\d{4})-[Mm](\d\d)"), r"\1-\2"),
    (re.compile(r"(\d{4}-\d\d-\d\d)T00:00(?::00)?Z?"), r"\1"),
    (re.compile(r"(\d{4})-01-01/P1Y"), r"\1"),
    (re.compile(r"(\d{4}-\d\d)-01/P1M"), r"\1"),
    (re.compile(r"(\d{4}) ?(?:HJ0|[Hh])([12])"), r"\1-S\2"),
    (re.compile(r"(\d{4})/'?(\d\d)"), r"\1/\2"),
)
_SCHOOL_YEAR = re.compile(r"(\d{4})SJ00")
_FOUR_MONTHS = re.compile(r"\d{4}-?T[1-3]", re.IGNORECASE)  # of SDMX: a third of a year, no trimester of three months


def period_of(*texts: str) -> tuple[str, str]:
    """The period that the first of these texts says, and its flag: `2021*` and `2021**` of the CBS are provisional."""
    flag = "p" if any(text.rstrip().endswith("*") for text in texts) else ""
    for text in texts:
        bare = text.strip().rstrip("*").rstrip()
        if school := _SCHOOL_YEAR.fullmatch(bare):
            return f"{school[1]}-{int(school[1]) + 1}", flag
        for form, plain in _SDMX_PERIOD:
            bare = form.sub(plain, bare) if form.fullmatch(bare) else bare
        period = "" if _FOUR_MONTHS.fullmatch(bare) else read_period(bare)
        if period:
            return period, flag
    return "", ""


# Flags

_FLAGS = {letter: letter for letter in "bcdefmpruz"} | {
    "a": "", "n": "u", "s": "e", "i": "e", "l": "m", "o": "m", "h": "m", "q": "c", "v": "p", "x": "c",
}  # fmt: skip
_LETTERS = frozenset("bcdefmnpruszv")  # that are written together, as in `bp`
_NO_FLAG = frozenset("gjktw")  # experimental, derogation, in another category, other times: told, not flagged


def flags_of(status: str, meanings: Mapping[str, str] = {}) -> tuple[str, str]:
    """Our flags of a status such as `b`, `bp`, `b; p`, `P: provisional` or `Break in series`, and what has no flag.

    `meanings`: what the file says that its statuses stand for. Eurostat writes CONF_STATUS behind an `@`, as in `u@C`.
    Raises `ValueError` for a status that nobody explains.
    """
    status, _, secret = status.partition("@")
    if secret:
        flags, untold = flags_of(status, meanings)
        return "".join(sorted({*flags, *confidential(secret)})), untold
    code, _, words = status.strip().partition(":") if re.match(r"\w+:\s", status.strip()) else (status.strip(), "", "")
    known = _one_flag(code, meanings.get(code, "") or words)
    if known is not None:
        return known
    pieces = re.split(r"[\s,;+|]+", code) if re.search(r"[\s,;+|]", code) else list(code)
    if pieces == list(code) and not (len(set(code)) == len(code) < 4 and _LETTERS.issuperset(code.lower())):
        raise ValueError(status)  # a word, such as `nee`
    found = [_one_flag(piece, meanings.get(piece, "")) for piece in pieces if piece]
    if None in found:
        raise ValueError(status)
    return "".join(sorted({letter for flags, _ in found for letter in flags})), "; ".join(
        filter(None, (o for _, o in found))
    )


def _one_flag(code: str, words: str) -> tuple[str, str] | None:
    letter = code.lower()
    if words and (flag := flag_of_words(words)) is not None:
        return flag, ""
    if code == "S" or (letter in _NO_FLAG and len(code) == 1):
        return "", f"status {code}{': ' if words else ''}{words}"
    if letter in ("", "_z", "_x", "_u"):
        return {"_z": ("z", ""), "_u": ("m", "")}.get(letter, ("", ""))
    if letter in _FLAGS:
        return _FLAGS[letter], ""
    if letter in MARKS or code in (".", "..."):
        return MARKS.get(letter, "m"), ""
    if len(code) > 2 and (flag := flag_of_words(code)) is not None:
        return flag, ""
    return None


def confidential(status: str) -> str:
    """`c` for a CONF_STATUS that is not free."""
    code = status.partition(":")[0].strip().lower()
    return "" if code in ("", "f", "free", "_z", "free (free for publication)") else "c"


# Units

_UNITS = {
    "PC": "%", "PT": "%", "PCT": "%", "PERCENT": "%", "P1": "%", "PC_POP": "%", "EUR": "EUR", "NR": "aantal",
    "NUM": "aantal", "NUMBER": "aantal", "PS": "personen", "PER": "personen", "PERS": "personen",
    "PERSONS": "personen", "HH": "huishoudens", "THS": "1.000", "THS_PER": "1.000 personen", "MIO_EUR": "miljoen EUR",
    "MIO": "miljoen", "THS_EUR": "1.000 EUR", "EUR_HAB": "EUR per inwoner", "_Z": "", "_T": "",
}  # fmt: skip
_SCALES = {0: "", 1: "10", 2: "100", 3: "1.000", 6: "miljoen", 9: "miljard", 12: "biljoen"}


def unit_of(code: str, label: str = "", multiplier: int = 0) -> str:
    """The unit of a code, or else of its label: `PC` → `%`, `EUR` in millions → `miljoen EUR`.

    Raises `ValueError` for a multiplier that has no name.
    """
    words = label.strip() or ("" if code.isupper() else code.strip())
    unit = _UNITS.get(code.strip().upper(), "") if code else ""
    unit = unit or SYNONYMS.get(words.lower(), "") or unit_of_words(words) or words or code.strip()
    if unit.upper() == "_Z":
        unit = ""
    if multiplier not in _SCALES:
        raise ValueError(f"UNIT_MULT {multiplier}")
    return f"{_SCALES[multiplier]} {unit}".strip()


# Areas

_ZERO_LOST = re.compile(r"[124]000|300[01]")


_CODE = re.compile(r"[A-Z]{2,}[A-Z0-9_-]*|[A-Z]{1,4}\d[\w-]*|\d[\w-]*")
_ENGLISH = dict.fromkeys(["belgium", "belgique", "belgië/belgique", "belgique/belgië"], "België")


def area_says(reading: Reading, codes: Mapping[str, str]) -> dict[str, Says]:
    """What each code of a column of areas says; `codes` has its label, or nothing.

    NUTS codes become the NIS codes of the same areas, which is told with the version. Raises `DataError` for codes of
    two versions of NUTS.
    """
    belgian, versions = areas.of_nuts(codes)
    if belgian and not versions:
        expected = "codes of one version of NUTS"
        raise reading.sheet.error(
            "codes of two versions of NUTS", found=", ".join(sorted(belgian)[:10]), expected=expected
        )
    if belgian:
        some = ", ".join(f"{code} = {belgian[code].code or belgian[code].name}" for code in sorted(belgian)[:3])
        reading.assume(f"area codes: NUTS {' or '.join(versions)}, as NIS: {some}{' …' * (len(belgian) > 3)}")
    found, known = {}, {}
    for code, label in sorted(codes.items()):
        nuts = belgian.get(code)
        if nuts:
            nis = nuts.code or code
            apart = (("nuts", code),) if known.setdefault(nis, code) != code else ()
            if apart:
                reading.assume(f"{known[nis]} and {code} are one area: the figures of {code} keep that code")
            found[code] = Says(area_code=nis, area=nuts.name, breakdown=apart)
            continue
        nis = f"0{code}" if _ZERO_LOST.fullmatch(code) else code
        if label and not AREA_CODE.fullmatch(nis) and (code.isdigit() or code == label):
            nis = ""  # a number in the list: the name tells
        if not label and not _CODE.fullmatch(code):
            nis = ""
        name = label or areas.name_of(nis) or code
        found[code] = Says(area_code=nis, area=_ENGLISH.get(name.lower(), name))
    return found


# SDMX's own for a total and for what does not apply, and Eurostat's for a total.
_NO_PART = frozenset(["_T", "_Z", "TOTAL"])


def breakdown_says(key: str, code: str, label: str) -> Says:
    """A part of a breakdown in words, or by its code; nothing for a total."""
    text = label or code
    if code in _NO_PART or (key.lower(), code) == ("sex", "T"):
        return NOTHING
    if not text or (text.strip().lower() in TOTAL_WORDS and not text.isupper()):
        return NOTHING
    return Says(breakdown=((key, text.replace(";", ",")),))
