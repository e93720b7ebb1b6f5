# SPDX-License-Identifier: EUPL-1.2
"""Workbooks that know what they say: the material of the mutation campaign.

A `Page` holds items by the identity of their row and column, so that a row can move and still be found. A `Table`
says where the parts of a table stand (header rows, label columns, figures) and by which rule its headers hold for
its figures. `facts` reads a book by those rules and by nothing else: it knows where to look and never searches.
That makes it the oracle for the reader, which has to find everything by itself.
"""

from __future__ import annotations

import copy
import csv
import datetime
import io
import itertools
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

Place = tuple[int, int]  # row and column by identity, not by position
new_id = itertools.count(100_000).__next__
GONE = ("gone", "")  # the reading of a blank: no observation at all
BLANK = frozenset({GONE, (None, "m")})


class Unreadable(Exception):
    """Nobody can tell what the page says: a refusal is the only right answer."""


@dataclass(frozen=True, slots=True)
class Item:
    """What stands in a cell. `says`: the readings of a figure that are right, when it does not speak for itself."""

    value: object
    format: str = "General"
    color: str = ""
    indent: int = 0
    says: frozenset | None = None
    aside: bool = False  # a number that is no figure: in a title, a note or a line below the table

    @property
    def text(self) -> str:
        if isinstance(self.value, datetime.datetime):
            return f"{self.value:%Y-%m-%d}"
        if isinstance(self.value, int) and set(self.format) == {"0"}:
            return str(self.value).zfill(len(self.format))
        return " ".join(f"{self.value:.15g}".split() if isinstance(self.value, float) else str(self.value).split())

    @property
    def stored(self) -> bool:
        """True for a number that is stored as one."""
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)

    @property
    def unit(self) -> str:
        """The unit that the cell itself shows."""
        shown = self.format if self.stored else str(self.value)
        return "%" if "%" in shown else "EUR" if "€" in shown else ""


@dataclass
class Page:
    name: str
    cells: dict[Place, Item]
    rows: list[int]
    columns: list[int]
    merged: list[tuple[list[int], list[int]]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    state: str = "visible"
    key: int = 0
    memo: dict | None = None  # what need not be found out twice while nothing changes

    def copy(self) -> Page:
        twin = copy.copy(self)
        twin.cells, twin.rows, twin.columns = dict(self.cells), list(self.rows), list(self.columns)
        twin.merged = [(list(rows), list(columns)) for rows, columns in self.merged]
        twin.hidden_rows, twin.hidden_columns = set(self.hidden_rows), set(self.hidden_columns)
        return twin

    def address(self, place: Place) -> str:
        return f"{get_column_letter(self.columns.index(place[1]) + 1)}{self.rows.index(place[0]) + 1}"

    def once(self, key: object, make: Callable[[], object]) -> object:
        if self.memo is None:
            return make()
        if key not in self.memo:
            self.memo[key] = make()
        return self.memo[key]

    def covers(self) -> dict[Place, Place]:
        """Place → the place whose cell is shown there, for those in merged ranges."""
        return self.once("covers", self._covers)

    def _covers(self) -> dict[Place, Place]:
        return {(r, c): (rows[0], columns[0]) for rows, columns in self.merged for r in rows for c in columns}

    def at(self, row: int, column: int) -> Item | None:
        """What is shown at a place; nothing in a row or column that is no longer there."""
        if row not in self.rows or column not in self.columns:
            return None
        return self.cells.get(self.covers().get((row, column), (row, column)))

    def text(self, row: int, column: int) -> str:
        item = self.at(row, column)
        return item.text if item else ""

    @property
    def grid(self) -> list[list[Item | None]]:
        """What is shown, row by row."""
        covered = {place for place, first in self.covers().items() if place != first}
        return [[None if (r, c) in covered else self.cells.get((r, c)) for c in self.columns] for r in self.rows]


# indicator, area, code, period, breakdown, unit, status; words: the unit in words; other words: of other headers;
# cited: by a whole list
Says = dict[str, object]


@dataclass
class Table:
    """Where a table stands on its page, and by which rule its headers hold for its figures."""

    page: int  # key
    rule: Callable[[Table, Page, int, int], Says]
    heads: list[int]
    labels: list[int]
    rows: list[int]
    columns: list[int]
    marks: dict[str, str]
    whole: dict[str, Place] = field(default_factory=dict)  # title, area, period, unit: cells that hold for all
    units: dict[str, str] = field(default_factory=dict)  # header in lower case → unit that its words tell
    roles: dict[int, str] = field(default_factory=dict)  # label column → role, whatever its header says
    blank_is_none: bool = False  # a blank is no record

    def copy(self) -> Table:
        lists = {name: list(getattr(self, name)) for name in ("heads", "labels", "rows", "columns")}
        return replace(self, **lists, roles=dict(self.roles), whole=dict(self.whole), units=dict(self.units))

    def unit_of(self, *names: str) -> str:
        """The unit that the words of a header tell, the last header first."""
        return next((unit for name in reversed(names) if (unit := self.units.get(name.lower()))), "")


@dataclass
class Book:
    file: str
    pages: list[Page]
    tables: list[Table]
    delimiter: str = ";"
    encoding: str = "utf-8"
    newline: str = "\n"
    quoted: bool = False
    opening: str = ""  # text before the first line of a CSV
    spoil: Callable[[bytes], bytes] | None = None  # what happens to the bytes of the file
    is_really: str = ""  # its name before it got the ending of another kind of file
    lost: set[int] = field(default_factory=set)  # pages that nobody can read any more
    cut: int = 0  # the line of a CSV in which it stops

    @property
    def is_text(self) -> bool:
        return (self.is_really or self.file).endswith((".csv", ".tsv", ".txt"))

    def page(self, key: int) -> Page:
        return next(page for page in self.pages if page.key == key)

    def copy(self) -> Book:
        return replace(self, pages=[p.copy() for p in self.pages], tables=[t.copy() for t in self.tables])


# What headers say


_UNIT, _NOTE = re.compile(r"\s*\[([^\]]+)\]"), re.compile(r"\s*(\(\d{1,2}\))")
_YEAR = r"((?:19|20)\d\d)"
_MONTHS = ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"]
AREAS = {"gemeente", "provincie", "wijk", "sector", "gebied", "administratieve eenheid", "bestuur", "gewest"}
CODES = {"nis-code", "code", "sectorcode"}
PERIODS = {"jaar", "periode", "schooljaar", "boekjaar"}
LEVELS = {"gemeenten": "gemeente", "provincies": "provincie"}
NIS = {("Genk", "gemeente"): "71016", ("Hasselt", "gemeente"): "71022", ("Antwerpen", "gemeente"): "11002"}
NIS |= {("Antwerpen", "provincie"): "10000", ("Limburg", "provincie"): "70000", ("België", "land"): "01000"}
NIS |= {("Vlaams Gewest", "gewest"): "02000", ("Vlaams-Brabant", "provincie"): "20001"}
NIS |= {("Aalst", "gemeente"): "41002"}
NIS |= {("Oost-Vlaanderen", "provincie"): "40000", ("West-Vlaanderen", "provincie"): "30000"}
CLASS = re.compile(r"<|vanaf|meer dan|\d+-\d+")


def split(text: str) -> tuple[str, str, list[str]]:
    """A header as label, unit and footnote marks."""
    units = set(_UNIT.findall(text))
    if len(units) > 1:
        raise Unreadable("two units")
    return _NOTE.sub("", _UNIT.sub("", text)).strip(), units.pop() if units else "", _NOTE.findall(text)


def period(text: str) -> str:
    """The period that a text is, or empty."""
    text = re.sub(r"^(inkomstenjaar|schooljaar) ", "", split(text)[0].lower())
    if re.fullmatch(rf"{_YEAR}(-{_YEAR}|-Q[1-4]|-\d\d(-\d\d)?)?", text):
        return text if len(text) != 9 or text[5:] > text[:4] else ""
    if found := re.fullmatch(rf"q([1-4]) {_YEAR}", text):
        return f"{found[2]}-Q{found[1]}"
    found = re.fullmatch(rf"([a-z]{{3}}) {_YEAR}", text)
    return f"{found[2]}-{_MONTHS.index(found[1]) + 1:02}" if found and found[1] in _MONTHS else ""


def nis(area: str, level: str) -> str:
    codes = {code for (name, at), code in NIS.items() if name == area and level in ("", at)}
    return codes.pop() if len(codes) == 1 else ""


def label(page: Page, row: int, column: int) -> str:
    """The text of a label; a number, date or error is none."""
    item = page.at(row, column)
    if item is None or not isinstance(item.value, str) or item.text.startswith("#") or item.text.count('"') == 1:
        raise Unreadable(f"no label: {item}")
    return item.text


def code(page: Page, row: int, column: int) -> str:
    item = page.at(row, column)
    if item is None:
        return ""
    if not isinstance(item.value, str | int) or item.text.startswith("#") or '"' in item.text:
        raise Unreadable("no code")
    return f"0{item.text}" if item.text in ("1000", "2000", "3000", "4000") else item.text


def by_header(table: Table, page: Page) -> dict[str, int]:
    """Header in lower case → column. One that stands twice is unreadable."""
    headers: dict[str, int] = {}
    row, covers = table.heads[-1], page.covers()
    for column in page.columns:
        text = page.text(row, column).lower() if covers.get((row, column), (row, column)) == (row, column) else ""
        if text in headers and text:
            raise Unreadable("a header stands twice")
        headers[text] = column
    return headers


def need(found: str, what: str) -> str:
    if not found:
        raise Unreadable(f"no {what}")
    return found


def below(page: Page, words: dict[str, str]) -> dict[str, Item]:
    """Cells anywhere on the page whose text is one of these words, by what the word stands for."""
    return page.once(tuple(words), lambda: _find(page, words))


def _find(page: Page, words: dict[str, str]) -> dict[str, Item]:
    found = {}
    for item in page.cells.values():
        if isinstance(item.value, str) and item.text.lower() in words:
            found[words[item.text.lower()]] = item
    return found


# Rules: what the headers say of the figure at a place. One a publisher's layout.


def swing(table: Table, page: Page, row: int, column: int) -> Says:
    """Periods over the columns; a label holds for its own column and those to its left."""
    names, periods = table.heads
    title, _, level = page.text(*table.whole["title"]).rpartition(" - ")
    if not below(page, {word: word for word in ("speciale waarden", "eenheid", "bron", "voetnoot", "datum export")}):
        title, level = page.text(*table.whole["title"]), ""  # nothing tells that Swing made it
    right = page.columns[page.columns.index(column) :]
    over = next((text for c in right if (text := page.text(names, c))), "")
    if not any(page.text(names, c) for c in page.columns if c != table.labels[0]):
        over = title
    name, unit, _ = split(need(over, "label"))
    said = _line(table, page, "unit", {"eenheid"})
    if unit and said and unit != said:
        raise Unreadable("two units")
    area = label(page, row, table.labels[0])
    styles = {"f": "prognose", "e": "schatting", "p": "voorlopig"}
    legend = below(page, {word: flag for flag, word in styles.items()})
    color = page.at(row, column).color if page.at(row, column) else ""
    status = next((flag for flag, item in legend.items() if item.color and item.color == color), "")
    return {
        "indicator": name,
        "unit": unit or said,
        "words": table.unit_of(name),
        "area": area,
        "code": nis(area, LEVELS.get(level, "")),
        "period": need(period(page.text(periods, column)), "period"),
        "breakdown": pseudo(area),
        "status": status,
    }


def pseudo(area: str) -> dict[str, str]:
    return {"gebiedstype": "pseudogebied"} if re.match(r"Niet te lok|Onbekend|Buiten |9999|\d{5}ZZZZ", area) else {}


def swing_csv(table: Table, page: Page, row: int, column: int) -> Says:
    """One header a column: label, bar, period."""
    name, _, at = page.text(table.heads[0], column).rpartition("|")
    name, unit, _ = split(need(name, "label"))
    head = need(page.text(table.heads[0], table.labels[0]), "level")  # Swing has dozens
    if "|" in head:
        raise Unreadable("figures in the place of areas")
    level = LEVELS.get(head.lower(), "")
    area = label(page, row, table.labels[0])
    return {
        "indicator": name,
        "unit": unit,
        "words": table.unit_of(name),
        "area": area,
        "code": nis(area, level),
        "period": need(period(at), "period"),
        "breakdown": pseudo(area),
    }


def upload(table: Table, page: Page, row: int, column: int) -> Says:
    """Columns by their header; every other header is a variable, but that of a name."""
    at = by_header(table, page)
    if not {"geolevel", "geoitem", "period"} <= set(at):
        raise Unreadable("a column is gone")
    header = need(page.text(table.heads[0], column), "header")
    if header.lower() in ("geolevel", "geoitem", "period") or "naam" in header.lower():
        raise Unreadable("figures under a word")
    need(page.text(row, at["geolevel"]), "level")
    item = need(code(page, row, at["geoitem"]), "code")
    named = [c for text, c in at.items() if "naam" in text]
    name = label(page, row, named[0]) if named and page.text(row, named[0]) else ""
    known = next((area for (area, _), own in NIS.items() if own == item), "")
    return {
        "indicator": header,
        "unit": "",
        "area": (name if name != item else "") or known or item,  # a merge may show the code as the name
        "code": item,
        "period": need(period(page.text(row, at["period"])), "period"),
        "breakdown": pseudo(item),
    }


def open_data(table: Table, page: Page, row: int, column: int) -> Says:
    """Statbel's fields: the municipality is the area, residents beside an income are those of the next January."""
    at = {text.upper(): c for text, c in by_header(table, page).items()}
    field_ = page.text(table.heads[0], column).upper()
    if not field_.startswith("MS_") or "CD_YEAR" not in at:
        raise Unreadable("a field is gone")
    own = need(period(page.text(row, at["CD_YEAR"])), "year")
    dated = re.fullmatch(r"(.+)_((?:19|20)\d\d)", field_)
    if field_ == "MS_TOT_RESIDENTS" and own.isdigit() and any("INC" in text for text in at):
        own = f"{int(own) + 1}-01-01"
    item = code(page, row, at["CD_MUNTY_REFNIS"]) if "CD_MUNTY_REFNIS" in at else ""
    named = next((at[text] for text in ("TX_MUNTY_DESCR_NL", "TX_MUNTY_DESCR_FR") if text in at), None)
    name = label(page, row, named) if named and page.text(row, named) else ""
    breakdown = {}
    for text, c in at.items():
        told = text.startswith("CD_") and any(t.startswith("TX_" + text[3:]) for t in at)
        plain = text.startswith(("CD_", "TX_")) and not text.endswith("_FR") and "MUNTY" not in text
        if plain and not told and text != "CD_YEAR" and page.text(row, c):
            breakdown[re.sub(r"^(CD|TX)_|(_DESCR)?(_NL)?$", "", text).lower()] = page.text(row, c)
    counts = ("MS_NBR", "MS_TOT_RESIDENTS", "MS_POP")
    return {
        "indicator": dated[1] if dated else field_,
        "unit": "aantal" if field_.startswith(counts) else "",
        "area": need(name or item, "area"),
        "code": item or nis(name, ""),
        "period": dated[2] if dated else own,
        "breakdown": breakdown,
    }


def survey(table: Table, page: Page, row: int, column: int) -> Says:
    """The Stadsmonitor: four columns by their header, every other is an answer."""
    keys = ("gemeente", "nis-code", "indicator", "jaar")
    if not set(keys) <= {page.text(table.heads[-1], c).lower() for c in page.columns}:
        return above(table, page, row, column)  # a plain table
    at = by_header(table, page)
    answer, unit, _ = split(need(page.text(table.heads[0], column), "header"))
    if answer.lower() in keys:
        raise Unreadable("figures under a word")
    item = code(page, row, at["nis-code"])
    if not re.fullmatch(r"\d{5}", item):
        raise Unreadable("no code")
    return {
        "indicator": label(page, row, at["indicator"]),
        "unit": unit or "%",
        "area": label(page, row, at["gemeente"]),
        "code": item,
        "period": need(period(page.text(row, at["jaar"])), "year"),
        "breakdown": {} if answer.lower() == "aandeel" else {"antwoord": answer},
    }


LISTED = ["indicator", "gebied", "periode", "waarde", "eenheid", "uitgever", "titel", "adres", "vindplaats"]
LISTED_ALSO = ["uitsplitsing", "status", "zekerheid", "opmerking"]


def listed(table: Table, page: Page, row: int, column: int) -> Says:
    """A figure a row; every column is named, and none that is asked for is blank."""
    at = by_header(table, page)
    if not set(LISTED) <= set(at) <= {*LISTED, *LISTED_ALSO, ""}:
        return above(table, page, row, column)  # a plain table
    if column != at["waarde"]:
        raise Unreadable("figures under a word")
    words = {text: page.text(row, c) for text, c in at.items()}
    for text in LISTED:
        if text != "waarde":
            need(words[text], text)
    label(page, row, at["indicator"]), label(page, row, at["gebied"]), label(page, row, at["eenheid"])
    parts = [part.partition("=") for part in (words.get("uitsplitsing") or "").split("; ") if part]
    if not all(key and equals and value for key, equals, value in parts):
        raise Unreadable("no breakdown")
    if not set(words.get("status", "")) <= set("bcdefmpruz"):
        raise Unreadable("no flag")
    return {
        "indicator": words["indicator"],
        "unit": words["eenheid"],
        "area": words["gebied"],
        "code": nis(words["gebied"], ""),
        "period": need(period(words["periode"]), "period"),
        "breakdown": {key: value for key, _, value in parts},
        "status": words.get("status", ""),
        "cited": True,
    }


def matrix(table: Table, page: Page, row: int, column: int) -> Says:
    """Header rows named in the first column; labels blank to the left of another are those of the row above."""
    first = next((c for c in page.columns if any((r, c) in page.cells for r in page.rows)), 0)
    says: Says = {"area": "", "code": "", "period": ""}
    breakdown: dict[str, str] = {}

    def place(name: str, text: str) -> None:
        if name in AREAS and text.lower() != "totaal":
            says["area"], says["code"] = text, nis(text, name if name == "gemeente" else "")
        elif name in PERIODS:
            says["period"] = need(period(text), "period")
        else:
            breakdown[need(name, "name of a header")] = "totaal" if text.lower() == "totaal" else text

    heads = [r for r in page.rows if r in table.heads]
    if any(page.rows.index(r) < page.rows.index(heads[-1]) for r in table.rows if r in page.rows):
        raise Unreadable("figures above the last header row")
    corner = _corner(table, page, heads, first)
    for head in (
        head for head in heads[: None if corner else -1] if any((head, c) in page.cells for c in page.columns)
    ):
        place(page.text(head, first).lower(), label_or_year(page, head, column))
    texts = [page.text(row, c) for c in table.labels]
    last = max((i for i, text in enumerate(texts) if text), default=-1)
    if last < 0:
        raise Unreadable("no label")
    above = page.rows[: page.rows.index(row)][::-1]
    for i, c in enumerate(table.labels[: last + 1]):
        text = texts[i] or next((page.text(r, c) for r in above if r in table.rows and page.text(r, c)), "")
        place("bestuur" if corner else page.text(heads[-1], c).lower(), need(text, "label"))
        label(page, row, c) if texts[i] and page.text(heads[-1], c).lower() not in PERIODS else None
    measure = corner or label(page, heads[-1], column)
    need(says["period"], "period")
    words = table.unit_of(measure)
    return says | {"indicator": measure, "unit": "", "words": words, "breakdown": breakdown, "exact": True}


AGES = re.compile(r"\d+-\d+ jaar|\d+\+", re.IGNORECASE)


def sides(table: Table, page: Page, row: int, column: int) -> Says:
    """Labels without headers under a title that is merged over them; blank where they are those of the row above."""
    periods, groups = table.heads
    if [page.text(groups, c) for c in table.labels] != [page.text(periods, table.labels[0])] * len(table.labels):
        return above(table, page, row, column)  # a plain table
    held = [c for c in table.columns if any((r, c) in page.cells for r in table.rows)]
    texts = [page.text(groups, c) for c in held if c in page.columns]
    ages = any(map(AGES.fullmatch, texts)) and len(set(texts)) > 1
    ages = ages and all(AGES.fullmatch(text) or text.lower() == "totaal" for text in texts)
    group = need(page.text(groups, column), "header")
    before = [r for r in page.rows[: page.rows.index(row) + 1] if r in table.rows]
    part, area = ([page.text(r, c) for r in before] for c in table.labels[:2])
    found = [next((text for text in reversed(texts) if text), "") for texts in (part, area)]
    letter = get_column_letter(page.columns.index(table.labels[2]) + 1)
    breakdown = {"rij": need(found[0], "label"), f"rij {letter}": label(page, row, table.labels[2])}
    title = page.text(periods, table.labels[0])
    ages = ages and bool(title) and not period(title)
    breakdown |= {"leeftijd" if "leeftijd" in title.lower() else "klasse": group} if ages else {}
    return {
        "indicator": title if ages else group,
        "unit": "",
        "area": need(found[1], "area"),
        "code": nis(found[1], ""),
        "period": need(period(page.text(periods, column)), "period"),
        "breakdown": {key: text for key, text in breakdown.items() if text.lower() != "totaal"},
    }


def blocks(table: Table, page: Page, row: int, column: int) -> Says:
    """Areas that stand alone above rows, each with the same labels, hold for these."""
    area, own, found = "", "", defaultdict(list)
    for r in page.rows[page.rows.index(table.heads[-1]) + 1 :] if table.heads[-1] in page.rows else ():
        text, alone = page.text(r, table.labels[0]), not any((r, c) in page.cells for c in table.columns)
        if r in table.rows or (alone and any(text == name for name, _ in NIS)):
            area = text if alone else area
            found[area] += [] if alone else [text]
            if r == row:
                own = area
    lists = list(filter(None, found.values()))
    if "" in found or any(one != lists[0] for one in lists):
        raise Unreadable("blocks that are not alike")
    key = page.text(table.heads[-1], table.labels[0]).lower() or "rij"
    group = label(page, row, table.labels[0])
    return {
        "indicator": page.text(*table.whole["title"]) or page.name,
        "unit": "",
        "area": own,
        "code": nis(own, ""),
        "period": need(period(page.text(table.heads[-1], column)), "period"),
        "breakdown": {} if group.lower() == "totaal" else {key: group},
        "words": "aantal" if page.text(*table.whole["title"]) else "",
    }


def _corner(table: Table, page: Page, heads: list[int], first: int) -> str:
    """The measure that the filters name, where the last header row names what stands beside it, over areas."""
    texts = [page.text(row, first) for row in table.rows if row in page.rows]
    if (
        len(heads) < 2
        or page.text(heads[-1], first).lower() in AREAS
        or not all(t.startswith("Provincie ") for t in texts)
    ):
        return ""
    found = (re.search(r"([^+,()\n]+) \(WaardeNaarKeuze\)", item.text) for item in page.cells.values())
    return next((one[1].strip() for one in found if one), "")


def label_or_year(page: Page, row: int, column: int) -> str:
    item = page.at(row, column)
    return need(item.text if item else "", "header")


def above(table: Table, page: Page, row: int, column: int) -> Says:
    """Headers over one or more rows, labels at the left, lines and titles above that hold for the whole table."""
    says: Says = {"area": "", "code": "", "period": "", "status": ""}
    breakdown: dict[str, str] = {}
    heads = _heads(table, page, column)
    names = [split(text)[0] for text in heads if not period(text)]
    lists = len(table.columns) == 1 and [name.lower() for name in names] == ["waarde"]
    units = [unit for text in heads if (unit := split(text)[1])]
    marks = [mark for text in heads for mark in split(text)[2]]
    if names and (names[-1].lower() in AREAS | CODES | PERIODS):
        raise Unreadable("figures under a word")
    over = next((period(text) for text in reversed(heads) if period(text)), "")
    if len(names) > 1 and _classes(table, page, column):
        breakdown |= {} if names[-1].lower() == "totaal" else {"klasse": names[-1]}
        names = names[:-1]
    if not names:
        title = page.text(*table.whole["title"]) if "title" in table.whole else ""
        if not title and _is_known(page.name):
            raise Unreadable("nothing but an area that the figures could be")
        names = [title or page.name or "jaren"]
    name = need(", ".join(names), "indicator")
    level = ""
    coarser = _coarser(table, page)
    for c in table.labels:
        found = _heads(table, page, c)
        word = split(found[-1])[0].lower() if found else ""
        if found and (period(found[-1]) or split(found[-1])[1]):
            raise Unreadable("labels under a header of figures")
        role = table.roles.get(c) or _role(word) or _told(table, page, c)
        text = page.text(row, c)
        if role == "area" and c in coarser:
            continue
        if role == "area":
            if says["area"]:
                raise Unreadable("two areas")
            place, mark = _unmarked(page, label(page, row, c))
            says["area"], level = place, word if word in LEVELS.values() else ""
            marks += [mark] if mark else []
        elif role == "code":
            lost = all(page.text(r, c).startswith("#") for r in table.rows)  # formulas that looked them all up
            says["code"] = "" if lost else code(page, row, c)
        elif role == "period":
            if says["period"]:
                raise Unreadable("two periods")
            says["period"] = need(period(text), "period")
        elif role != "opmerking" and text:
            if ";" in text or not role or role in breakdown:
                raise Unreadable("a label under no header")
            breakdown[role], mark = _unmarked(page, label(page, row, c))
            marks += [mark] if mark else []
    if says["period"] and over:
        raise Unreadable("two periods")
    says["period"] = says["period"] or over or need(_whole_period(table, page), "period")
    if not says["area"]:
        says["area"] = _line(table, page, "area", {"gebied"}) or (page.name if _is_known(page.name) else "")
    says["code"] = says["code"] or nis(says["area"], level)
    if lists:
        name = need(breakdown.pop("indicator", name), "indicator")
        units += [breakdown.pop("eenheid")] if "eenheid" in breakdown else []
        flags = breakdown.get("status", "")
        if set(flags) <= set("bcdefmpruz"):
            breakdown.pop("status", None)
            says["status"] = flags
    notes = page.once("notes", lambda: _notes(page)) if marks else {}
    broken = any(notes.get(mark, "").lower().startswith(f"{mark} breuk") for mark in marks)
    says["status"] += "b" if broken else ""
    own = {"unit": units[-1] if units else "", "words": table.unit_of(*names)}
    others = {table.unit_of(one) for one in names}
    if names[-1].endswith(" per inwoner"):  # the unit of the header over it, over what this one says
        others |= {f"{unit} per inwoner" for unit in others if unit and " per " not in unit}
    return says | {"indicator": name, "breakdown": breakdown, "other words": others} | own


def _is_known(name: str) -> bool:
    return any(name == known for known, _ in NIS)


LEVELS_FROM_FINE = ["wijk", "gemeente", "provincie"]


def _coarser(table: Table, page: Page) -> set[int]:
    """Columns of areas beside one of a finer level, in which each of the finer lies once."""
    words = {c: split(found[-1])[0].lower() for c in table.labels if (found := _heads(table, page, c))}
    known = {c: word for c, word in words.items() if word in LEVELS_FROM_FINE and table.roles.get(c, "area") == "area"}
    if len(set(known.values())) < max(len(known), 2):
        return set()
    finest = min(known, key=lambda c: LEVELS_FROM_FINE.index(known[c]))
    pairs = {(page.text(row, finest), *(page.text(row, c) for c in known)) for row in table.rows}
    if len({pair[0] for pair in pairs}) < len(pairs):
        raise Unreadable("an area in two")
    return set(known) - {finest}


def _told(table: Table, page: Page, column: int) -> str:
    """What a column without a header tells by itself: codes, or areas of which one is known."""
    texts = [text for row in table.rows if (text := page.text(row, column))]
    if texts and all(re.fullmatch(r"\d{5}([A-Z].*)?", text) for text in texts):
        return "code"
    return "area" if any(name in texts for name, _ in NIS) else ""


def _unmarked(page: Page, text: str) -> tuple[str, str]:
    """A label without the footnote mark behind it that a note of the page explains, and that mark."""
    found = re.fullmatch(r"(.*\S) (\(\d\))", text)
    noted = found and found[2] in page.once("notes", lambda: _notes(page))
    return (found[1], found[2]) if noted else (text, "")


def _notes(page: Page) -> dict[str, str]:
    return {item.text.partition(" ")[0]: item.text for item in page.cells.values() if isinstance(item.value, str)}


def _role(word: str) -> str:
    return "area" if word in AREAS else "code" if word in CODES else "period" if word in PERIODS else word


def _heads(table: Table, page: Page, column: int) -> list[str]:
    """Texts of the headers that hold for a column, top to bottom; a merged one counts once."""
    return page.once((column, *table.heads), lambda: _header_texts(table, page, column))


def _header_texts(table: Table, page: Page, column: int) -> list[str]:
    return [page.cells[place].text for place in _head_places(table, page, column)]


def _head_places(table: Table, page: Page, column: int) -> list[Place]:
    covers = page.covers()
    rows = [r for r in page.rows if r in table.heads]
    return [p for p in dict.fromkeys(covers.get((r, column), (r, column)) for r in rows) if p in page.cells]


def _classes(table: Table, page: Page, column: int) -> bool:
    """A header under the same parent is a class bound."""
    parent = _head_places(table, page, column)[-2]
    heads = (_head_places(table, page, c) for c in table.columns if c in page.columns)
    return any(len(h) > 1 and h[-2] == parent and CLASS.match(page.cells[h[-1]].text) for h in heads)


def _line(table: Table, page: Page, what: str, words: set[str]) -> str:
    """What a line such as `Gebied | Genk` says, as long as it still begins with its word."""
    if what not in table.whole or page.text(*table.whole[f"{what} word"]).lower() not in words:
        return ""
    return page.text(*table.whole[what])


def _whole_period(table: Table, page: Page) -> str:
    found = {period(_line(table, page, "period", PERIODS))} - {""}
    if not found:
        texts = [page.text(*place) for what, place in table.whole.items() if what.startswith("title")]
        found = {year for text in [*texts, page.name] for year in re.findall(rf"(?<!\d){_YEAR}(?!\d)", text)}
    if not found:
        found = {period(text) for text in _alone(table, page)} - {""}
    return found.pop() if len(found) == 1 else ""


def _alone(table: Table, page: Page) -> list[str]:
    """Texts above a table that stand alone in their row."""
    if table.heads[0] not in page.rows:
        raise Unreadable("no header")
    lines = (
        [text for c in page.columns if (text := page.text(r, c))] for r in page.rows[: page.rows.index(table.heads[0])]
    )
    return [line[0] for line in lines if len(line) == 1]


# What figures say


@dataclass(frozen=True, slots=True)
class Fact:
    """What a figure is of, and every reading of its value that is right."""

    indicator: str
    area: str
    code: str
    period: str
    breakdown: frozenset
    units: frozenset  # one, or also none when the unit is told in words only
    right: frozenset
    exact: bool = False  # totals are told in the breakdown

    @property
    def key(self) -> tuple:
        return self.indicator, self.code, self.area, self.period, self.breakdown


_FLEMISH = re.compile(r"-?\d{1,3}(?:\.\d{3})+(?:,\d+)?|-?\d+(?:,\d+)?")


def reading(item: Item, marks: dict[str, str]) -> frozenset:
    """What a figure says by itself: a number, or the flag of a mark."""
    if item.says is not None:
        return item.says
    if item.stored:
        number = Decimal(f"{item.value:.15g}") if isinstance(item.value, float) else Decimal(item.value)
        if str(item.value) in marks:
            return frozenset({(None, marks[str(item.value)])})
        return frozenset({(number * 100 if item.unit == "%" else number, "")})
    text = item.text
    if not isinstance(item.value, str):
        raise Unreadable("no figure")
    if text.lower() in marks:
        return frozenset({(None, marks[text.lower()])})
    bare = text.strip("€% ")
    if not _FLEMISH.fullmatch(bare):
        raise Unreadable(f"no figure: {text}")
    return frozenset({(Decimal(bare.replace(".", "").replace(",", ".")), "")})


def facts(book: Book) -> dict[tuple[int, int, int], Fact]:
    """What the book says, by page, row and column; `book.lost` gets the pages that cannot be read any more.

    Raises `Unreadable` when none can, or when two pages contradict each other.
    """
    found: dict[tuple[int, int, int], Fact] = {}
    book.lost = set()
    for table in book.tables:
        if any(page.key == table.page for page in book.pages):
            page = book.page(table.page)
            page.memo = {}
            try:
                found |= _table_facts(table, page)
            except Unreadable:
                book.lost.add(table.page)
            finally:
                page.memo = None
    for page in book.pages:  # a page that answers one question twice, with no word that tells the answers apart
        if _has_twins(fact for place, fact in found.items() if place[0] == page.key):
            book.lost.add(page.key)
    found = {place: fact for place, fact in found.items() if place[0] not in book.lost}
    if book.lost and not found:
        raise Unreadable("nothing is left to read")
    if _has_twins(found.values()):
        raise Unreadable("a figure stands twice")
    return found


def _has_twins(found: Iterable[Fact]) -> bool:
    keys = [fact.key for fact in found if GONE not in fact.right]
    return len(keys) != len(set(keys))


def _table_facts(table: Table, page: Page) -> dict[tuple[int, int, int], Fact]:
    covers, shown, found = page.covers(), defaultdict(set), {}
    rows = [r for r in table.rows if r in page.rows]
    columns = [c for c in table.columns if c in page.columns]
    for row, column in itertools.product(rows, columns):
        item = page.at(row, column)
        if table.blank_is_none and item is None:
            continue
        try:
            says = table.rule(table, page, row, column)
        except Unreadable:
            if item is None:
                continue
            raise
        first = covers.get((row, column))
        if first and (first != (row, column) or (item is None and table.rule is not above)):
            continue
        if first:
            try:
                says["breakdown"] = says["breakdown"] | {"klasse": _covered(table, page, first)}
            except Unreadable:
                if item is None:
                    continue
                raise
        right = reading(item, table.marks) if item else BLANK
        own = says.get("status", "")
        right = frozenset(one if one[0] is None or one == GONE else (one[0], one[1] or own) for one in right)
        if table.rule is listed:  # a flag of the row goes with the mark of the cell
            right = _with_flags(right, own, blank=item is None)
            right |= frozenset() if "cited" in says or item else {GONE}
        unit = says["unit"] or says.get("words", "")
        if item and item.text.lower() not in table.marks:
            if unit and item.unit and not unit.endswith(item.unit) and not unit.startswith(item.unit):
                raise Unreadable("another unit than its header")
            shown[column].add(item.unit)
        breakdown = frozenset(says.get("breakdown", {}).items())
        words = (says["indicator"], says["area"], says["code"], says["period"], breakdown)
        units = frozenset({unit} if says["unit"] else {unit, "", *says.get("other words", ())})
        found[page.key, row, column] = Fact(*words, units, right, says.get("exact", False))
    for (key, row, column), fact in found.items():
        if fact.units == {""}:
            if len(shown[column]) > 1:
                raise Unreadable("a column of two units")
            found[key, row, column] = replace(fact, units=frozenset(shown[column] or {""}))
    return found


def _with_flags(right: frozenset, own: str, blank: bool) -> frozenset:
    if blank and set(own) & set("cmz"):
        return frozenset({(None, own)})
    joined = {(value, "".join(sorted({*flag, *own}))) for value, flag in right if value is None}
    return right | joined if blank else frozenset(one for one in right if one[0] is not None) | joined


def _covered(table: Table, page: Page, first: Place) -> str:
    """The classes that a merged figure covers. Raises `Unreadable` when it covers anything else."""
    rows, columns = next(m for m in page.merged if (m[0][0], m[1][0]) == first)
    covered = [_heads(table, page, c) for c in columns]
    if len(rows) > 1 or not set(columns) <= set(table.columns) or any(len(heads) < 2 for heads in covered):
        raise Unreadable("merged figures")
    parents = {_head_places(table, page, c)[-2] for c in columns}
    if len(parents) > 1 or not _classes(table, page, columns[0]) or "Totaal" in {heads[-1] for heads in covered}:
        raise Unreadable("merged figures")
    return " + ".join(heads[-1] for heads in covered)


def by_address(book: Book, found: dict[tuple[int, int, int], Fact]) -> dict[tuple[str, str], Fact]:
    """Facts by sheet and cell, where they stand now. Raises `Unreadable` when a figure is no longer there."""
    names = {page.key: "" if book.is_text else page.name for page in book.pages}
    try:
        return {(names[key], book.page(key).address((row, column))): fact for (key, row, column), fact in found.items()}
    except (ValueError, KeyError):
        raise Unreadable("a figure is gone") from None


# Books become files


def write(book: Book, folder: Path) -> Path:
    """The book as a file of the kind that its name says."""
    path = folder / book.file
    path.write_bytes(book.spoil(content(book)) if book.spoil else content(book))
    return path


def content(book: Book) -> bytes:
    return _text(book) if book.is_text else _ods(book) if book.file.endswith(".ods") else _xlsx(book)


def _text(book: Book) -> bytes:
    stream = io.StringIO()
    quoting = csv.QUOTE_ALL if book.quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(stream, delimiter=book.delimiter, lineterminator=book.newline, quoting=quoting)
    for row in book.pages[0].grid:
        writer.writerow([item.value if item else "" for item in row] if any(row) else [])
    return (book.opening + stream.getvalue()).encode(book.encoding)


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _xlsx(book: Book) -> bytes:
    strings: dict[str, int] = {}
    styles: dict[tuple, int] = {("General", "", 0): 0}
    parts = {}
    for number, page in enumerate(book.pages, start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = _xlsx_sheet(page, strings, styles)
    formats = "".join(f'<numFmt numFmtId="{164 + i}" formatCode={quoteattr(f)}/>' for i, (f, *_) in enumerate(styles))
    fonts = "".join(f'<font><color rgb="FF{color or "000000"}"/></font>' for _, color, _ in styles)
    looks = "".join(
        f'<xf numFmtId="{164 + i if shown != "General" else 0}" fontId="{i}"><alignment indent="{indent}"/></xf>'
        for i, (shown, _, indent) in enumerate(styles)
    )
    parts["xl/styles.xml"] = (
        f"<styleSheet {_MAIN}><numFmts>{formats}</numFmts><fonts>{fonts}</fonts><cellXfs>{looks}</cellXfs></styleSheet>"
    )
    texts = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings)
    parts["xl/sharedStrings.xml"] = f"<sst {_MAIN}>{texts}</sst>"
    named = enumerate(((quoteattr(page.name), page.state) for page in book.pages), start=1)
    sheets = "".join(f'<sheet name={name} sheetId="{n}" state="{state}" r:id="r{n}"/>' for n, (name, state) in named)
    parts["xl/workbook.xml"] = f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
    kinds = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(book.pages) + 1)]
    kinds += [("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml")]
    parts["xl/_rels/workbook.xml.rels"] = _relations(kinds)
    parts["_rels/.rels"] = _relations([("officeDocument", "xl/workbook.xml")])
    types = {"/xl/workbook.xml": "sheet.main", "/xl/styles.xml": "styles", "/xl/sharedStrings.xml": "sharedStrings"}
    types |= {f"/{part}": "worksheet" for part in parts if "/worksheets/" in part}
    over = "".join(f'<Override PartName="{part}" ContentType="{_TYPES}.{kind}+xml"/>' for part, kind in types.items())
    relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    kind = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
    return _zip({"[Content_Types].xml": f"<Types {kind}>{relations}{over}</Types>", **parts})


def _relations(kinds: list[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(kinds, start=1)
    )
    kind = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    return f"<Relationships {kind}>{entries}</Relationships>"


def _xlsx_sheet(page: Page, strings: dict[str, int], styles: dict[tuple, int]) -> str:
    hidden = (page.columns.index(column) + 1 for column in page.hidden_columns if column in page.columns)
    columns = "".join(f'<col min="{n}" max="{n}" hidden="1"/>' for n in hidden)
    lines = []
    for r, (line, row) in enumerate(zip(page.rows, page.grid, strict=True), start=1):
        cells = []
        for c, item in enumerate(row, start=1):
            if item is None:
                continue
            kind, value = "n", item.value
            if isinstance(value, bool):
                kind, value = "b", int(value)
            elif isinstance(value, datetime.datetime):
                value = (value - datetime.datetime(1899, 12, 30)).days
            elif isinstance(value, str) and value.startswith("#"):
                kind = "e"
            elif isinstance(value, str):
                kind, value = "s", strings.setdefault(value, len(strings))
            look = styles.setdefault((item.format, item.color, item.indent), len(styles))
            cells.append(f'<c r="{get_column_letter(c)}{r}" s="{look}" t="{kind}"><v>{value!s}</v></c>')
        shown = ' hidden="1"' if line in page.hidden_rows else ""
        lines.append(f'<row r="{r}"{shown}>{"".join(cells)}</row>')
    ends = ((page.address((m[0][0], m[1][0])), page.address((m[0][-1], m[1][-1]))) for m in page.merged)
    merged = "".join(f'<mergeCell ref="{first}:{last}"/>' for first, last in ends)
    return (
        f"<worksheet {_MAIN}>{f'<cols>{columns}</cols>' if columns else ''}<sheetData>{''.join(lines)}</sheetData>"
        f"{f'<mergeCells>{merged}</mergeCells>' if merged else ''}</worksheet>"
    )


def _zip(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _ods(book: Book) -> bytes:
    def cell(page: Page, place: Place, item: Item | None, covered: bool) -> str:
        spans = next((m for m in page.merged if (m[0][0], m[1][0]) == place), ([0], [0]))
        span = f' table:number-rows-spanned="{len(spans[0])}" table:number-columns-spanned="{len(spans[1])}"'
        tag = "covered-table-cell" if covered else "table-cell"
        if item is None:
            return f"<table:{tag}{span if len(spans[0]) * len(spans[1]) > 1 else ''}/>"
        kind = ' office:value-type="string"'
        if item.stored:
            kind = f' office:value-type="{"percentage" if item.unit == "%" else "float"}" office:value="{item.value!r}"'
        elif isinstance(item.value, bool):
            kind = f' office:value-type="boolean" office:boolean-value="{str(item.value).lower()}"'
        elif isinstance(item.value, datetime.datetime):
            kind = f' office:value-type="date" office:date-value="{item.value.isoformat()}"'
        # White space beyond one blank has its own elements; a no-break space has not.
        text = re.sub(r"^ +| {2,}| +$", lambda m: f'<text:s text:c="{len(m[0])}"/>', escape(str(item.value)))
        span = span if len(spans[0]) * len(spans[1]) > 1 else ""
        return f"<table:{tag}{span}{kind}><text:p>{text}</text:p></table:{tag}>"

    tables = []
    for page in book.pages:
        covers = page.covers()
        hidden = ' table:visibility="collapse"'
        lines = "".join(f"<table:table-column{hidden if c in page.hidden_columns else ''}/>" for c in page.columns)
        for r, row in zip(page.rows, page.grid, strict=True):
            cells = (
                cell(page, (r, c), item, covers.get((r, c), (r, c)) != (r, c))
                for c, item in zip(page.columns, row, strict=True)
            )
            lines += f"<table:table-row{hidden if r in page.hidden_rows else ''}>{''.join(cells)}</table:table-row>"
        style = "ta1" if page.state == "visible" else "ta2"
        tables.append(
            f"<table:table table:name={quoteattr(page.name)} table:style-name={style!r}>{lines}</table:table>"
        )
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    names += ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    styles = "".join(
        f'<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/>'
        "</style:style>"
        for name, shown in (("ta1", "true"), ("ta2", "false"))
    )
    content = f"<?xml version='1.0' encoding='UTF-8'?><office:document-content{names}><office:automatic-styles>{styles}"
    content += f"</office:automatic-styles><office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet>"
    return _zip(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content + "</office:body></office:document-content>",
        }
    )
