# SPDX-License-Identifier: EUPL-1.2
"""What one cell says: an exact number, a mark that says why there is none, a period, a unit.

Takes cells, the unit of their column and the marks of their publisher; gives value and status flag;
called by `layouts`. A mark is never a number, and what can be read two ways is refused.
"""

from __future__ import annotations

import datetime
import functools
import operator
import re
from collections.abc import Sequence
from decimal import Decimal

from babel.dates import get_month_names

from .observations import is_period
from .spreadsheet import Cell, Sheet

# Swing's own meaning: '-' no value, 'x' hidden by the supplier, 'nvt' not applicable, '?' wrongly missing.
_MARKS = {"-": "m", "x": "c", "nvt": "z", "?": "m"}
SWING_MARKS = _MARKS | {"-99996": "m", "-99997": "c", "-99998": "z", "-99999": "m"}
# What people type in a table by hand, and what other publishers print.
MARKS = _MARKS | {"": "m", "n.b.": "m", "nb": "m", "nd": "m", "niet gepubliceerd": "m", "..": "m", "…": "m", ":": "m"}
MARKS |= {"na": "m", "nan": "m"}  # as R and pandas write what is missing
MARKS |= {"vertrouwelijk": "c", "confidentieel": "c", "[c]": "c", "n.v.t.": "z", "–": "m"}
TOO_FEW = re.compile(r"<\s?(?:[2-9]|1\d|20)")  # `<5`: a count too small to be told
LEGEND = re.compile(r"(\S{1,3})\s*[=:]\s*(confidentieel|vertrouwelijk|verborgen|niet van toepassing|ontbreekt)\b")
LEGEND_FLAGS = {"niet van toepassing": "z", "ontbreekt": "m"}
ERRORS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA"}

# Flemish figures: a dot or a space between thousands, a comma before decimals. A first group that is
# zero is no group: `0.143` is a decimal point. An integer has no zeros in front: `007` is a code.
_SPACES = "\u00a0\u202f\u2009' ’"
_FLEMISH = re.compile(rf"[-–−]?(?:[1-9]\d{{0,2}}([.{_SPACES}])\d{{3}}(?:\1\d{{3}})*|0|[1-9]\d*)(?:,\d+)?", re.ASCII)
_TO_PLAIN = str.maketrans({"–": "-", "−": "-", ",": ".", **dict.fromkeys("." + _SPACES, "")})
_DRESSED = re.compile(r"€\s*(?P<euro>.*)|(?P<other>.*?)\s*(?:%|€|EUR)?", re.DOTALL)  # what stands around a figure


def parse_number(text: str, point: bool = False) -> Decimal:
    """`868.230` → 868230, `58,2` → 58.2, `€ 1.307.396` → 1307396, `58,2 %` → 58.2.

    Raises `ValueError` for anything else, `58.2` among it: a dot stands between thousands, unless `point` says that
    decimals stand behind it.
    """
    bare = _undressed(text)
    if point and POINTED.fullmatch(bare):
        return Decimal(bare)
    if point or not _FLEMISH.fullmatch(bare):
        raise ValueError(text)
    return Decimal(bare.translate(_TO_PLAIN))


# As programs write numbers; and such a number that can be read in no other way.
POINTED = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?|-?\d(?:\.\d+)?e-\d\d", re.ASCII)
_CLEARLY_POINTED = re.compile(r"-?(?:(?:0|\d{4,})\.\d+|\d+\.(?:\d\d?|\d{4,}))|.*e-\d\d", re.ASCII)


def columns_with_points(columns: dict[int, set[str]], delimiter: str) -> set[int]:
    """The columns of a CSV in which decimals stand behind a dot: a figure says so, and nothing in the file otherwise.

    `1.963` among them is so where two others say it, and semicolons do not speak of a program that writes Flemish.
    `1.9` beside `1.10` are no numbers: whoever writes a zero behind decimals writes as many everywhere.
    """
    found = set()
    for column, texts in columns.items():
        numbers = [_undressed(text) for text in texts if _ALMOST.fullmatch(text) or POINTED.fullmatch(text)]
        if any(_FLEMISH.fullmatch(text) and _CERTAIN.match(text) for text in numbers):
            return set()
        clear = sum(map(bool, map(_CLEARLY_POINTED.fullmatch, numbers)))
        decimals = {text.partition(".")[2] for text in numbers if "." in text}
        if len({*map(len, decimals)}) > 1 and any(text.endswith("0") and text != "0" for text in decimals):
            continue
        settled = (clear > 1 and delimiter != ";") or not any(map(_GROUPED.fullmatch, numbers))
        if clear and settled and all(POINTED.fullmatch(text) or TOO_FEW.fullmatch(text) for text in numbers):
            found.add(column)
    return found


def _undressed(text: str) -> str:
    """`€ 1.963` and `58,2 %` without their unit."""
    parts = _DRESSED.fullmatch(text.strip())
    return parts["euro"] or parts["other"] or ""


def is_number(cell: Cell) -> bool:
    """True for a stored number and for text that reads as one."""
    if isinstance(cell.value, bool):
        return False
    return isinstance(cell.value, int | float) or is_numeral(str(cell.value), cell.point)


@functools.lru_cache(10_000)  # labels and marks come back
def is_numeral(text: str, point: bool = False) -> bool:
    """True for text that reads as a number."""
    try:
        return parse_number(text, point).is_finite()
    except ValueError:
        return False


# Digits without letters, but for a range (`18-24`), an open class (`65+`) and a code (`0100`).
_ALMOST = re.compile(r"(?!0\d+$)[€<>≤≥~±]?\s?[-–−+]?\d[\d.,'’ ]*\s?(?:%|€|EUR)?")


def looks_like_number(cell: Cell) -> bool:
    """True for a number, and for text such as `1.5` or `<5,5` that people take for one and no one can read for sure."""
    return is_number(cell) or (isinstance(cell.value, str) and bool(_ALMOST.fullmatch(cell.text)))


def is_error(cell: Cell) -> bool:
    """True for what Excel shows where a formula went wrong."""
    return isinstance(cell.value, str) and cell.value in ERRORS


# In a number format: text in quotes, after a backslash or as a currency; padding, filling, colours and conditions.
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|[_*].|\[[^\]]*\]')
_IN_THOUSANDS = re.compile(r"[0#?],+(?![0#?,])")  # `#,##0,` shows 1.963 for 1963000
_OTHER_MONEY = re.compile(r"[$£¥]|\b(?:USD|GBP|CHF|BEF)\b")
_SCALE_WORDS = re.compile(r"\b(?:k|mln|mio|mrd|mld|miljoen|miljard|duizend)\b", re.IGNORECASE)


_SEPARATOR = re.compile(r'("[^"]*"|\\.|\[[^\]]*\])|;')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_HOLDS = {"<": operator.lt, ">": operator.gt, "=": operator.eq}
_HOLDS |= {"<=": operator.le, ">=": operator.ge, "<>": operator.ne}
_DIGITS = re.compile(r"[0#?@yjmdhs]|general|standaard", re.IGNORECASE)
_ROUGHLY = re.compile(r"[<>≤≥±~]|\bca\b|[0#]\+\s*$", re.IGNORECASE)


@functools.lru_cache(1000)  # of cells many have the same format
def _sections(number_format: str) -> tuple[list[str], dict[str, tuple[str, str]]]:
    """The parts of a number format for numbers, and those that have a condition, with its sign and number."""
    sections = _SEPARATOR.sub(lambda part: part[1] or "\n", number_format).split("\n")[:3]
    return sections, {one: found.groups() for one in sections if (found := _CONDITION.search(one))}


@functools.lru_cache(1000)
def _bare(number_format: str) -> str:
    """A number format without the words in it."""
    return _LITERAL.sub("", number_format)


@functools.lru_cache(1000)
def _words(number_format: str) -> str:
    """What a number format shows, without quotes and the like."""
    return _LITERAL.sub(lambda part: "".join(filter(None, part.groups())), number_format)


def _section(cell: Cell) -> str:
    """The part of the number format that shows this number: `"<5"` for 3 under `[<5]"<5";0`."""
    if cell.number_format == "General":
        return cell.number_format
    sections, told = _sections(cell.number_format or "General")
    if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
        return sections[0]
    if told:
        holding = (section for section, (sign, limit) in told.items() if _HOLDS[sign](cell.value, float(limit)))
        return next(holding, next((section for section in sections if section not in told), "0"))
    place = 1 if cell.value < 0 else 2 if cell.value == 0 else 0  # positive; negative; zero; text
    return sections[place if place < len(sections) else 0]


def format_words(cell: Cell) -> str:
    """What the number format of a cell shows around its figure, or in place of it."""
    return _words(_section(cell))


def shown_instead(cell: Cell) -> str | None:
    """What the number format shows in place of a number, such as `<5`, or nothing; None when it shows the number."""
    return _instead(_section(cell)) if isinstance(cell.value, int | float) else None


@functools.lru_cache(1000)
def _instead(section: str) -> str | None:
    return None if _DIGITS.search(_bare(section)) else _words(section).strip()


def read_value(sheet: Sheet, cell: Cell, unit: str, marks: dict[str, str]) -> tuple[Decimal | None, str]:
    """Value and status of a data cell.

    A fraction shown as a percentage becomes a percent number. Stored numbers keep the 15 digits
    that Excel itself keeps, without binary noise. Raises `DataError` for what is neither number nor mark,
    and for a number format that contradicts the unit. A unit that is not known (empty) contradicts nothing.
    """
    expected = f"a number of {unit or 'unknown unit'}"
    if isinstance(cell.value, bool) or not isinstance(cell.value, str | int | float | None):
        raise sheet.error(
            "a date or yes/no where a number belongs",
            cell,
            expected=expected,
            do="type the figure again in a cell with a number format",
        )
    if isinstance(cell.value, int | float):
        value = Decimal(f"{cell.value:.15g}") if isinstance(cell.value, float) else Decimal(cell.value)
        if mark := _mark(value, marks):
            return None, mark
        shown = shown_instead(cell)
        if shown and (value or shown not in ("-", "–")):  # bookkeepers show zero as a dash
            if shown.lower() not in marks and not TOO_FEW.fullmatch(shown):
                raise sheet.error(f"shown as {shown!r} by its number format", cell, expected=expected)
            return None, marks.get(shown.lower(), "c")
        if cell.is_percent and abs(value) > 10:
            found = f"{value}, shown as {value * 100:f} %"
            raise sheet.error("more than a thousand percent", cell, found=found, do="type it as a fraction")
        if wrong := _contradiction(_section(cell), cell.number_format, unit):
            do = "give the column a plain number format, and name its unit in the header"
            raise sheet.error(f"{wrong} by its number format {cell.number_format!r}", cell, expected=expected, do=do)
        return (value * 100 if cell.is_percent else value).normalize(), ""
    text = cell.text
    if text.lower() in marks:
        return None, marks[text.lower()]
    if TOO_FEW.fullmatch(text) and "[c]" in marks:
        return None, "c"
    if ("%" in text and unit not in ("%", "")) or (is_money(text) and unit and not is_money(unit)):
        raise sheet.error("another unit than its column has", cell, expected=expected)
    try:
        value = parse_number(str(cell.value), cell.point)
        mark = _mark(value, marks)
        return (None, mark) if mark else (value, "")
    except ValueError:
        raise sheet.error(
            "an error where a number belongs" if is_error(cell) else "text where a number belongs",
            cell,
            expected=f"{expected}, or one of: {', '.join(filter(None, marks))}",
            do="correct the cell, or leave it blank when the figure is not published",
        ) from None


@functools.lru_cache(1000)
def _contradiction(section: str, number_format: str, unit: str) -> str:
    """How a number format shows another number or unit than its column has; empty when it does not."""
    words = _words(section)
    if "%" in words and unit not in ("%", ""):
        return "shown as a percentage in a column that is not"
    if _IN_THOUSANDS.search(_bare(number_format)) or _SCALE_WORDS.search(words):
        return "shown in thousands or millions"
    if found := _ROUGHLY.search(words):
        return f"shown with {found[0]!r}"
    if _OTHER_MONEY.search(words):
        return "shown in other money than euro"
    return (
        "shown as an amount of money in a column that is not" if is_money(words) and unit and not is_money(unit) else ""
    )


def _mark(value: Decimal, marks: dict[str, str]) -> str:
    """Flag of a number that is a mark, such as -99997; empty for a figure."""
    return marks.get(f"{value:.0f}", "") if value == value.to_integral_value() else ""


def is_money(text: str) -> bool:
    """True for a unit, number format or figure in euro."""
    return "€" in text or "EUR" in text


def unit_shown(cell: Cell) -> str:
    """The unit that a cell itself shows: `%`, `EUR`, or empty."""
    text = cell.value if isinstance(cell.value, str) else format_words(cell)
    if "%" in text:
        return "%"
    return "EUR" if is_money(text) else ""


_GROUPED = re.compile(r"[-–−]?[1-9]\d{0,2}([.,])\d{3}")
_CERTAIN = re.compile(r".*(?:[.\u00a0\u202f ]\d{3}(?:[.\u00a0\u202f ]\d{3}|,\d)|,(?:\d{1,2}|\d{4,})$)")
_BARE = re.compile(r"[-–−]?[1-9]\d{3,}")
_SMALL = re.compile(r"[-–−]?[1-9]\d{0,2}")


def check_numbers(sheet: Sheet, cells: Sequence[Cell], unit: str, certain: bool) -> None:
    """Refuse figures of one column that can be read two ways. `certain`: the publisher is known to write Flemish.

    `1.963` is 1963 in a Flemish column, and 1,963 in another; `1,963` the other way round. What settles it: a
    count has no decimals, and who writes `30000,5` writes no `12,500`; `14.485,10` and `1.307.396` and `5,5` are
    Flemish, and so is `454` beside `1.963` in a file with semicolons; nobody expects 1963 %. Among percentages
    stored without a percent format, 0,143 may be a fraction.
    """
    texts = {cell: _undressed(cell.value) for cell in cells if isinstance(cell.value, str) and not cell.point}
    numbers = {cell: text for cell, text in texts.items() if _FLEMISH.fullmatch(text)}
    grouped = {cell: found.group(1) for cell, text in numbers.items() if (found := _GROUPED.fullmatch(text))}
    whole = sum("," not in text for text in numbers.values())
    bare = any(_BARE.fullmatch(text) for text in numbers.values())
    decimal = any("," in text for cell, text in numbers.items() if cell not in grouped)
    thirds = all(len(text.partition(",")[2]) == 3 for text in numbers.values() if "," in text)
    semicolons = sheet.delimiter == ";"
    flemish = any(map(_CERTAIN.match, numbers.values()))
    if unit not in ("%", "‰"):
        flemish |= certain or (semicolons and any(_SMALL.fullmatch(text) for text in numbers.values()))
    for cell, mark in grouped.items():
        if mark == ".":
            settled = (flemish or unit in COUNTS) and not bare and (whole > 1 or len(numbers) == 1)
        else:
            known = (certain or semicolons) and unit not in COUNTS
            settled = unit not in COUNTS and decimal and (thirds or not texts[cell].endswith("0"))
            settled |= known and set(grouped.values()) == {","} and not whole
        if not settled:
            text = texts[cell]
            raise sheet.error(
                "a number that can be read two ways",
                cell,
                expected=f"{text.replace(mark, '')}, or {text.replace(mark, ',')} with three decimals",
                do="write the column in one way, or as numbers in place of text",
            )
    if unit == "%":
        _check_fractions(sheet, cells)


COUNTS = frozenset({"aantal", "personen", "leerlingen", "huishoudens", "woningen", "aangiften", "wagens", "EUR"})


def _check_fractions(sheet: Sheet, cells: Sequence[Cell]) -> None:
    stored = [c for c in cells if isinstance(c.value, int | float) and not isinstance(c.value, bool)]
    plain = [c for c in stored if not c.is_percent]
    small = [c for c in plain if 0 < abs(c.value) < 1]
    if small and (len(plain) < len(stored) or all(abs(c.value) <= 1 for c in plain)):
        cell = small[0]
        raise sheet.error(
            "a percentage that can be read two ways",
            cell,
            expected=f"{cell.value} %, or the fraction of {Decimal(str(cell.value)) * 100} %",
            do="give the column a percent format, or type percent numbers in all of it",
        )


UNIT = re.compile(r"\s*\[([^\[\]]+)\]")
SYNONYMS = {"€": "EUR", "euro": "EUR", "procent": "%", "percent": "%", "percentage": "%", "promille": "‰"}
FOOTNOTE = re.compile(r"\s*(\((?:\d{1,2}|p)\)|\*{1,3}$|[¹²³⁴⁵])")


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
_UNIT_WORDS = (
    (re.compile(rf"‰|\bper {_THOUSAND}|\bpromille\b"), "‰"),
    (re.compile(r"\((?:in )?(?:%|procent)\)"), "%"),
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
    scale = next((scale for pattern, scale in _SCALE_IN_WORDS if pattern.search(words)), "")
    found = next((unit for pattern, unit in _UNIT_WORDS if pattern.search(words)), "")
    return f"{scale}{found}".strip() + (" per inwoner" if found == "EUR" and "per inwoner" in words else "")


_MONTHS = {
    name.rstrip("."): number
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale="nl_BE").items()
} | {"sept": 9}
_YEAR = r"((?:19|20)\d\d)"
_QUARTER = r"(?:kwartaal|trimester)"
_PERIODS = (
    (re.compile(rf"{_YEAR} ?[-–/] ?{_YEAR}"), lambda one, other: f"{one}-{other}"),
    (re.compile(rf"{_YEAR} ?(/|[-–]) ?(\d\d)"), lambda one, mark, other: _school_year(int(one), mark, other)),
    (re.compile(rf"{_YEAR} ?[-–]? ?[qk]([1-4])"), lambda year, q: f"{year}-Q{q}"),
    (re.compile(rf"[qk]([1-4]) ?[-–/]? ?{_YEAR}"), lambda q, year: f"{year}-Q{q}"),
    (re.compile(rf"([1-4])(?:e|ste|de)? {_QUARTER} ?(?:van )?[-–]? ?{_YEAR}"), lambda q, year: f"{year}-Q{q}"),
    (re.compile(rf"{_QUARTER} ([1-4]) ?[-–/]? ?{_YEAR}"), lambda q, year: f"{year}-Q{q}"),
    (re.compile(rf"{_YEAR} ?[-–]? ?([1-4])(?:e|ste|de)? {_QUARTER}"), lambda year, q: f"{year}-Q{q}"),
    (re.compile(rf"{_YEAR} ?[-–]? ?{_QUARTER} ([1-4])"), lambda year, q: f"{year}-Q{q}"),
    (re.compile(rf"(\d\d?)[-/.](\d\d?)[-/.]{_YEAR}"), lambda d, m, y: f"{y}-{int(m):02}-{int(d):02}"),
    (re.compile(rf"{_YEAR} ?-?m(\d\d?)"), lambda year, month: f"{year}-{int(month):02}"),
    (re.compile(rf"(\d\d?)/{_YEAR}"), lambda month, year: f"{year}-{int(month):02}"),
    (re.compile(rf"([a-z]+)\.?[ -]{_YEAR}"), lambda month, year: f"{year}-{_MONTHS.get(month, 0):02}"),
    (re.compile(rf"{_YEAR} ([a-z]+)\.?"), lambda year, month: f"{year}-{_MONTHS.get(month, 0):02}"),
    (re.compile(rf"(\d\d?) ([a-z]+)\.? {_YEAR}"), lambda d, month, y: f"{y}-{_MONTHS.get(month, 0):02}-{int(d):02}"),
)
_PERIOD_NAMES = re.compile(r"(?:\w*jaar|periode|toestand op|situatie op|op)\s+(.*)", re.IGNORECASE)


def _school_year(first: int, mark: str, other: str) -> str:
    """`2019-20` and `2011/12` → the school year; nothing for other years."""
    return f"{first}-{first + 1}" if (first + 1) % 100 == int(other) else ""


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
    text = whole_text(cell)
    named = _PERIOD_NAMES.fullmatch(text)
    text = named.group(1) if named else text
    if is_period(text):
        return text
    for pattern, write in _PERIODS:
        found = pattern.fullmatch(text.lower())
        if found and is_period(write(*found.groups())):
            return write(*found.groups())
    return ""


def whole_text(cell: Cell) -> str:
    """The text of a cell, without the `.0` that programs put behind whole numbers in a column with blanks."""
    floating = cell.point or (isinstance(cell.value, float) and cell.value.is_integer())
    return cell.text.removesuffix(".0") if floating else cell.text


def _read_date(cell: Cell) -> str:
    shown = set(_bare(cell.number_format).lower())
    if not shown & set("yjdm") or "d" in shown:
        return cell.value.strftime("%Y-%m-%d") if shown & set("yj") or "d" not in shown else ""
    return cell.value.strftime("%Y-%m" if "m" in shown else "%Y") if shown & set("yj") else ""


PERIOD_IN_TEXT = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?:\s?[-–/]\s?(?:19|20)\d\d)?(?![\d]|[.,]\d)")


_PART_OF_YEAR = re.compile(rf"\b(?:{'|'.join(map(re.escape, _MONTHS))}|[qk][1-4]|{_QUARTER})\b", re.IGNORECASE)


def periods_in(text: str) -> list[str]:
    """Years, school years, quarters, months and days that stand in a title, each as exactly as it is said.

    `2011-12` is a month and a school year. Of `januari tot december 2021` only the year is sure.
    """
    found, words, n = [], [word.strip("(),.;:") for word in text.split()], 0
    longest = 4 if len(_PART_OF_YEAR.findall(text)) < 2 else 1
    while n < len(words):
        sizes = range(min(longest, len(words) - n), 0, -1)
        size = next((size for size in sizes if read_period(" ".join(words[n : n + size]))), 0)
        period = read_period(" ".join(words[n : n + size]))
        found += [period] if size else [re.sub(r"\s?[-–/]\s?", "-", year) for year in PERIOD_IN_TEXT.findall(words[n])]
        if re.fullmatch(r"\d{4}-\d\d", period) and words[n][:4] == period[:4]:
            found += filter(None, [_school_year(int(period[:4]), "-", period[5:])])
        n += size or 1
    return list(dict.fromkeys(found))
