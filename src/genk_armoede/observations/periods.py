# SPDX-License-Identifier: EUPL-1.2
"""Periods: what a cell or a title says of time, as a tidy table writes it, and in words.

Takes cells and texts; gives `2021`, `2020-2021`, `2021-Q4`, `2021-12`, `2021-12-31`, or nothing; called by
`observation`, `layouts` and `narration`.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Mapping

from ..spreadsheets.cells import Cell
from ..spreadsheets.number_formats import bare
from .day_spans import SPAN, read_span
from .marks import LETTERS, flag_of_note, split_marks
from .month_names import MONTH_OF, MONTHS

PERIOD = re.compile(
    r"(?:19|20)\d\d(?:-(?:19|20)\d\d|-Q[1-4]|-S[12]|-W(?:0[1-9]|[1-4]\d|5[0-3])|-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
)


@functools.lru_cache(1000)
def is_period(text: str) -> bool:
    """True for `2021`, `2020-2021`, `2021-S1`, `2021-Q4`, `2021-12`, `2021-W05` and `2021-12-31`."""
    if not PERIOD.fullmatch(text):
        return False
    if "Q" in text or "S" in text:
        return True
    if "W" in text:
        return int(text[6:]) <= datetime.date(int(text[:4]), 12, 28).isocalendar().week
    if len(text) == len("2020-2021"):
        return text[5:] > text[:4]
    try:
        datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


@functools.lru_cache(10_000)
def first_day(period: str) -> str:
    """The day on which a period begins: `2021-10-01` of `2021-Q4`. Of a form that is not known, that of its year."""
    year, _, rest = period.partition("-")
    if re.fullmatch(r"Q[1-4]", rest):
        return f"{year}-{int(rest[1]) * 3 - 2:02}-01"
    if re.match(r"\d\d(?:-|$)", rest):
        return f"{year}-{rest}" if len(rest) > 2 else f"{year}-{rest}-01"
    return f"{year}-01-01"


@functools.lru_cache(10_000)
def last_day(period: str) -> str:
    """The day on which a period ends, to be compared as text: the last of each month is its 31st."""
    year, _, rest = period.partition("-")
    if re.fullmatch(r"Q[1-4]", rest):
        return f"{year}-{int(rest[1]) * 3:02}-31"
    if re.match(r"\d\d(?:-|$)", rest):
        return f"{year}-{rest}" if len(rest) > 2 else f"{year}-{rest}-31"
    return f"{rest if re.fullmatch(r'[0-9]{4}', rest) else year}-12-31"


def months_of(period: str) -> tuple[int, int]:
    """First and last month of a period, counted from the year 0: of a day its month."""
    year, _, rest = period.partition("-")
    first, last = 1, 12
    if rest[:1] in ("Q", "S"):
        length = 3 if rest[0] == "Q" else 6
        first, last = int(rest[1:]) * length - length + 1, int(rest[1:]) * length
    elif len(rest) != 4 and rest[:2].isdigit():
        first = last = int(rest[:2])
    return int(year) * 12 + first, int(rest if len(rest) == 4 else year) * 12 + last


# As programs and fonts have them.
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2014\u2212", "–") | {"_": "-"})
_YEAR = r"((?:19|20)\d\d)"
_QUARTER = r"(?:kwartaal|kw\.?|trimest(?:er|re)|trim\.?|quarter|quartal)"
_HALF = r"(?:semest(?:er|re)|sem\.?|halfjaar)"
_NTH = r"(?:e|ste|de|er|ème|st|nd|rd|th|\.)"
_PERIODS = (
    (re.compile(rf"{_YEAR} ?[-–/] ?{_YEAR}"), lambda one, other: f"{one}-{other}"),
    (re.compile(rf"{_YEAR} ?(/|[-–]) ?(\d\d)"), lambda one, mark, other: _years(int(one), mark, other)),
    (re.compile(rf"{_YEAR} ?[-–]? ?[qkt]([1-4])"), lambda year, q: f"{year}-Q{q}"),
    (re.compile(rf"[qkt]([1-4]) ?[-–/]? ?{_YEAR}"), lambda q, year: f"{year}-Q{q}"),
    (re.compile(rf"([1-4]){_NTH}? {_QUARTER} ?(?:van )?[-–]? ?{_YEAR}"), lambda q, year: f"{year}-Q{q}"),
    (re.compile(rf"{_QUARTER} ?([1-4]) ?[-–/]? ?{_YEAR}"), lambda q, year: f"{year}-Q{q}"),
    (re.compile(rf"{_YEAR} ?[-–]? ?([1-4]){_NTH}? {_QUARTER}"), lambda year, q: f"{year}-Q{q}"),
    (re.compile(rf"{_YEAR} ?[-–]? ?{_QUARTER} ?([1-4])"), lambda year, q: f"{year}-Q{q}"),
    (re.compile(rf"(\d\d?)[-/.](\d\d?)[-/.]{_YEAR}"), lambda d, m, y: f"{y}-{int(m):02}-{int(d):02}"),
    (re.compile(rf"{_YEAR} ?-?m(\d\d?)"), lambda year, month: f"{year}-{int(month):02}"),
    (re.compile(rf"(\d\d?/|(?:0\d|1[0-2])-){_YEAR}"), lambda month, year: f"{year}-{int(month[:-1]):02}"),
    (re.compile(rf"{_YEAR} ?[-–]? ?(?:w|week) ?(\d\d?)"), lambda year, week: f"{year}-W{int(week):02}"),
    (re.compile(rf"week (\d\d?) ?[-–/]? ?(?:van )?{_YEAR}"), lambda week, year: f"{year}-W{int(week):02}"),
    (re.compile(rf"{_YEAR} ?[-–]? ?[sh]([12])"), lambda year, half: f"{year}-S{half}"),
    (re.compile(rf"[sh]([12]) ?[-–/]? ?{_YEAR}"), lambda half, year: f"{year}-S{half}"),
    (re.compile(rf"([12]){_NTH}? {_HALF} ?(?:van )?{_YEAR}"), lambda half, year: f"{year}-S{half}"),
    (re.compile(rf"{_HALF} ?([12]) ?[-–/]? ?{_YEAR}"), lambda half, year: f"{year}-S{half}"),
    (re.compile(rf"{_YEAR} ([12]){_NTH}? {_HALF}"), lambda year, half: f"{year}-S{half}"),
    (re.compile(rf"{_YEAR}jj00"), str),  # as the CBS writes a year, a quarter and a month
    (re.compile(rf"{_YEAR}kw0([1-4])"), lambda year, q: f"{year}-Q{q}"),
    (re.compile(rf"{_YEAR}mm(\d\d)"), lambda year, month: f"{year}-{month}"),
    (re.compile(rf"([a-zäéû]+)\.?[ -]{_YEAR}"), lambda month, year: f"{year}-{MONTH_OF.get(month, 0):02}"),
    (
        re.compile(r"([a-zäéû]+)\.?(?:[-/] ?'?| '|(?<=\.))(\d\d)"),
        lambda month, yy: f"20{yy}-{MONTH_OF.get(month, 0):02}",
    ),
    (re.compile(rf"{_YEAR}[ –-]([a-zäéû]+)\.?"), lambda year, month: f"{year}-{MONTH_OF.get(month, 0):02}"),
    (re.compile(rf"(\d\d?) ([a-z]+)\.? {_YEAR}"), lambda d, month, y: f"{y}-{MONTH_OF.get(month, 0):02}-{int(d):02}"),
)
_PERIOD_NAMES = re.compile(r"(?:\w*jaar|sj\.?|periode|toestand op|situatie op|op)\s+(.*)", re.IGNORECASE)


MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")


def _years(first: int, mark: str, other: str) -> str:
    """`2019-20` and `2011/12` → the school year, `1994-97` → these years; nothing for what can be a month."""
    gap = years_between(f"{first}-{other}")
    is_sure = gap == 1 or (gap and not 1 <= int(other) <= 12)
    return f"{first}-{first + gap}" if is_sure else ""


def years_between(text: str) -> int:
    """How many years lie between the two of `2011-12` or `1997-00`; 0 for more than nine."""
    gap = (int(text[5:]) - int(text[:4])) % 100
    return gap if gap < 10 else 0


def read_period(cell: Cell | str) -> str:
    """The period that a cell or text is, as it stands in a tidy table; empty when it is none.

    `2014`, `Inkomstenjaar 2014`, `2013/2014`, `2019-20`, `Q4 2022`, `4e kwartaal 2022`, `jan 2021`, `31/12/2021`
    (day first) and dates, of which only what is shown counts: one shown without its year is no period, since Excel
    makes such dates of `1-5`.
    """
    cell = Cell(0, 0, cell) if isinstance(cell, str) else cell
    if isinstance(cell.value, bool):
        return ""
    if isinstance(cell.value, datetime.date):
        return _read_date(cell)
    text = whole_text(cell).translate(_DASHES)
    text = _MIDNIGHT.sub("", text) if ":" in text else text
    if not _DIGIT.search(text):
        return ""
    named = _PERIOD_NAMES.fullmatch(text)
    text = named.group(1) if named else text
    if is_period(text):
        return text
    if SPAN.fullmatch(text.lower()):
        return read_span(text)
    for pattern, write in _PERIODS:
        found = pattern.fullmatch(text.lower())
        if found and is_period(write(*found.groups())):
            return write(*found.groups())
    if found := _TWO_TONGUES.fullmatch(text):
        one, other = (read_period(f"{found[n]} {found[3]}") for n in (1, 2))
        return one if one == other else ""
    return ""


_TWO_TONGUES = re.compile(r"([^/]*[^\W\d][^/]*?) ?/ ?([^/]*[^\W\d][^/]*) (\d{4})")  # `januari / janvier 2021`
_DIGIT = re.compile(r"\d")
_MIDNIGHT = re.compile(r"(?<=\d)[T ]00:00(?::00(?:\.0+)?)?Z?$")  # behind a day, as programs write it


def whole_text(cell: Cell) -> str:
    """The text of a cell, without the `.0` that programs put behind whole numbers in a column with blanks."""
    floating = cell.point or (isinstance(cell.value, float) and cell.value.is_integer())
    return cell.text.removesuffix(".0") if floating else cell.text


def _read_date(cell: Cell) -> str:
    shown = set(bare(cell.number_format).lower())
    if not shown & set("yjdm") or "d" in shown:
        return cell.value.strftime("%Y-%m-%d") if shown & set("yj") or "d" not in shown else ""
    return cell.value.strftime("%Y-%m" if "m" in shown else "%Y") if shown & set("yj") else ""


_PACKED_HEAD = re.compile(r"(?:jaar|year|ann[ée]e|jahr)[ /-]?(.+)")


def packed_kind(header: str) -> str:
    """How a column writes its periods in digits alone, by its header: `M` under `Jaarmaand`, `D` under `Datum`.

    `P` under `Periode`, which says less: only six digits are a month.
    """
    header = header.lower()
    both = _PACKED_HEAD.fullmatch(header)
    if "dat" in header or header == "dag":
        return "D"
    return "P" if header in ("periode", "period", "période") else kind_of_part(both[1] if both else header)


def packed_period(cell: Cell, kind: str) -> str:
    """The period that a cell says in digits alone: `202101` or `2021/1` is a month, a week or a quarter by its kind."""
    text = whole_text(cell)
    if kind == "D":
        found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)", text)
        period = "-".join(found.groups()) if found else ""
        return period if is_period(period) else ""
    found = re.fullmatch(r"(\d{4})[-/. ]?(\d{1,2})", text)
    if kind == "P":  # `202101`; `201112` may be a school year
        is_month = found and len(text) == len("202101") and int(text[2:4]) + 1 != int(text[4:])
        return part_of_year(found[1], "M", Cell(0, 0, found[2])) if is_month else ""
    return part_of_year(found[1], kind, Cell(0, 0, found[2])) if found and kind else ""


def part_beside_year(year: str, text: str) -> str:
    """The part of a year that a header beside that of its year says: `Q1` or `maart` under `2021`; else empty."""
    found = read_period(f"{text} {year}") or read_period(f"{year} {text}")
    return found if len(year) == 4 and len(found) > 4 and found.startswith(year) else ""


def marked_period(cell: Cell, notes: Mapping[str, str]) -> tuple[str, str]:
    """The period that a cell is, and the flags of the marks behind it: `2021*`, `2022 (v)`, a raised `1`."""
    text, flags = split_marks(cell, notes)
    period = read_period(cell) if text == cell.text else read_period(text)
    noted = None if period else _NOTED_PERIOD.fullmatch(cell.text)
    if noted and flag_of_note(noted["words"]):
        return read_period(noted["period"]), flag_of_note(noted["words"])
    found = None if period else _MARKED_PERIOD.fullmatch(cell.text)
    if found and (found["letter"] or "*" in notes):
        period = read_period(found["period"])
        flags = notes.get(found["star"] or found["letter"].lower(), LETTERS.get((found["letter"] or "").lower(), ""))
    return period, flags if period else ""


_NOTED_PERIOD = re.compile(r"(?P<period>\d{4}.*?) \((?P<words>[^()]+)\)")  # `2030 (prognose)`
# `2021p`, `2021 januari*`
_MARKED_PERIOD = re.compile(r"(?P<period>.{4,}?)\s?(?:(?P<star>\*)|(?<=\d)(?P<letter>[pverf]))", re.IGNORECASE)


_PARTS_OF_YEAR = {  # how a part of the year is written → words of a header for it
    "W": r"we?e?k|semaine|woche",
    "M": r"maand|mnd|month|mois|monat",
    "Q": r"kwartaal|kwart|kw|trimest(?:er|re)|trim|quarter|quartal",
    "S": r"semest(?:er|re)|sem|halfjaar|halbjahr",
}
_NUMBERED = r"(?:nummer|nr|naam|number|num[ée]ro)"
_PART_WORDS = {
    kind: re.compile(rf"(?:{_NUMBERED}\.? )?(?:{words})\.?(?:[ -]?{_NUMBERED}\.?)?(?:(?: ?[/|] ?| - | )(?:{words}))?")
    for kind, words in _PARTS_OF_YEAR.items()
}
_PART_NUMBER = re.compile(
    r"(?:[a-z]+\.? ?)?0?(\d{1,2})(?:\.0)?(?:e|ste|de|er|[eè]re|ème|st|nd|rd|th|\.)?(?: [a-zé]+\.?)?"
)
_ORDINALS = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}


def kind_of_part(header: str) -> str:
    """`W`, `M`, `Q` or `S` for the header of a column of weeks, months, quarters or semesters: `Weeknr.`, `Trim.`."""
    return next((kind for kind, words in _PART_WORDS.items() if words.fullmatch(header.lower())), "")


def part_of_year(year: str, kind: str, cell: Cell) -> str:
    """The week, month, quarter or semester of a year that a cell says by its number or name; empty when it is none.

    `kind` is one of `kind_of_part`. `40` and `W40`, `1`, `Q1`, `1e kwartaal`, `eerste` and `I`, `2` and `februari`;
    `1e kwartaal 2021` of that year.
    """
    if (period := read_period(cell)).startswith(f"{year}-"):
        return period
    text = whole_text(cell).lower()
    words = MONTH_OF if kind == "M" else _ORDINALS if kind in "QS" else {}
    named = words.get(text.partition(" ")[0].rstrip("."), 0)
    found = _PART_NUMBER.fullmatch(text)
    if not year.isdigit() or not (named or found):
        return ""
    number = named or int(found[1])
    period = (
        f"{year}-{number:02}" if kind == "M" else f"{year}-W{number:02}" if kind == "W" else f"{year}-{kind}{number}"
    )
    return period if is_period(period) else ""


PERIOD_IN_TEXT = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)\d\d)?(?![\d]|[.,]\d)")


_PART_OF_YEAR = re.compile(rf"\b(?:{'|'.join(map(re.escape, MONTH_OF))}|[qk][1-4]|{_QUARTER})\b", re.IGNORECASE)


def periods_in(text: str) -> list[str]:
    """Years, school years, quarters, months and days that stand in a title, each as exactly as it is said.

    `2011-12` is a month and a school year. Of `januari tot december 2021` only the year is sure.
    """
    if span := SPAN.search(text.lower()):
        return list(filter(None, [read_span(span[0])]))
    found, words, n = [], [word.strip("(),.;:") for word in text.split()], 0
    longest = 5 if len(_PART_OF_YEAR.findall(text)) < 2 else 1
    while n < len(words):
        sizes = range(min(longest, len(words) - n), 0, -1)
        size = next((size for size in sizes if read_period(" ".join(words[n : n + size]))), 0)
        period = read_period(" ".join(words[n : n + size]))
        found += [period] if size else [re.sub(r"\s?[-–/]\s?", "-", year) for year in PERIOD_IN_TEXT.findall(words[n])]
        if re.fullmatch(r"\d{4}-\d\d", period) and words[n][:4] == period[:4]:
            found += filter(None, [_years(int(period[:4]), "-", period[5:])])
        n += size or 1
    return list(dict.fromkeys(found))


_QUARTERS = ("eerste", "tweede", "derde", "vierde")


def period_text(period: str) -> str:
    """`2020-05` → `mei 2020`, `2021-01-31` → `31 januari 2021`, `2026-Q1` → `eerste kwartaal van 2026`,
    `2021` as it is."""
    parts = period.split("-")
    if part := re.fullmatch(r"(\d{4})-([QSW])(\d+)", period):
        year, number = part[1], int(part[3])
        if part[2] == "W":
            return f"week {number} van {year}"
        return f"{_QUARTERS[number - 1]} {'kwartaal' if part[2] == 'Q' else 'semester'} van {year}"
    if len(parts) == 1 or len(parts[1]) == 4:
        return period.replace("-", "–") if len(parts) == 2 else period
    return " ".join([*(str(int(day)) for day in parts[2:]), MONTHS[int(parts[1]) - 1], parts[0]])
