# SPDX-License-Identifier: EUPL-1.2
"""Good workbooks for the mutation campaign: invented ones of every layout, the project's own, publishers' if here.

Every figure in the invented ones is made up. What each says stands in its `Table`s; see `grids`.
"""

from __future__ import annotations

import csv
import functools
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
from grids import (
    Book,
    Item,
    Page,
    Table,
    above,
    blocks,
    listed,
    matrix,
    open_data,
    sides,
    survey,
    swing,
    swing_csv,
    upload,
)
from openpyxl.utils import column_index_from_string, range_boundaries
from workbooks import ROOT, SAMPLES

SWING = {"-": "m", "x": "c", "nvt": "z", "?": "m"}
PLAIN = SWING | {"n.b.": "m", "..": "m", "n.v.t.": "z", "vertrouwelijk": "c"}


def page(
    rows: Sequence[Sequence[object]],
    name: str = "Blad",
    *,
    merge: str = "",
    formats: Mapping[str, str] | None = None,
    colors: Mapping[str, str] | None = None,
    indents: Mapping[str, int] | None = None,
) -> Page:
    """A page with these rows; formats, colours and indents by range of cells."""
    cells = {(r, c): Item(v) for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v is not None}
    for attribute, given in (("format", formats), ("color", colors), ("indent", indents)):
        for cell_range, value in (given or {}).items():
            for place in _places(cell_range):
                if place in cells:
                    cells[place] = replace(cells[place], **{attribute: value})
    made = Page(name, cells, _numbers(len(rows)), _numbers(max(map(len, rows), default=0)))
    for cell_range in merge.split():
        left, top, right, bottom = range_boundaries(cell_range)
        made.merged.append(([*range(top, bottom + 1)], [*range(left, right + 1)]))
    return made


def _numbers(last: int) -> list[int]:
    return [*range(1, last + 1)]


def _places(cell_range: str) -> list[tuple[int, int]]:
    left, top, right, bottom = range_boundaries(cell_range)
    return [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]


def _span(text: str) -> list[int]:
    """`4:9` or `B:G` or `A,D` as numbers."""
    found = []
    for part in filter(None, text.split(",")):
        ends = [int(end) if end.isdigit() else column_index_from_string(end) for end in part.split(":")]
        found += range(ends[0], ends[-1] + 1)
    return found


def table(
    rule: Callable, heads: str, labels: str, rows: str, columns: str, marks: dict[str, str] = PLAIN, whole="", **more
) -> Table:
    """`whole`: `title=A1 area=B2`; a line such as `Gebied | Genk` also has its word, `area word=A2`."""
    places = dict(part.split("=") for part in whole.split())
    at = {what.replace("_", " "): _places(f"{cell}:{cell}")[0] for what, cell in places.items()}
    made = Table(0, rule, _span(heads), _span(labels), _span(rows), _span(columns), marks, at, **more)
    made.units = {name.lower(): unit for name, unit in made.units.items()}
    return made


def book(file: str, *pairs: tuple[Page, Table | None]) -> Book:
    """A book of pages, each with its table; numbers outside the tables are set aside."""
    made = Book(file, [], [])
    for key, (one, its) in enumerate(pairs):
        one.key = key
        made.pages.append(one)
        inside = set()
        if its:
            its.page = key
            made.tables.append(its)
            inside = {(r, c) for r in its.heads + its.rows for c in its.labels + its.columns}
        one.cells = {place: item if place in inside else replace(item, aside=True) for place, item in one.cells.items()}
    return made


def flemish(number: Decimal, grouped: bool = False) -> str:
    text = f"{number:,f}" if grouped else f"{number:f}"
    return text.translate(str.maketrans(",.", ".,"))


def as_text(source: Book, file: str, delimiter: str = ";", point: bool = False, **how: object) -> Book:
    """The first page as a CSV, numbers written as they are shown; `point`: as programs write them."""
    first = source.pages[0].copy()
    first.merged, first.name = [], ""
    for place, item in first.cells.items():
        value = item.text
        if item.stored and isinstance(item.value, float):
            number = Decimal(f"{item.value:.15g}")
            value = flemish(number * 100).rstrip("0").rstrip(",") + " %" if item.unit == "%" else flemish(number)
        if point and item.stored and isinstance(item.value, float):
            says = frozenset({(Decimal(f"{item.value:.15g}"), "")})
            first.cells[place] = Item(f"{item.value:.15g}", aside=item.aside, says=says)
            continue
        first.cells[place] = Item(value, aside=item.aside)
    return replace(source.copy(), file=file, pages=[first], delimiter=delimiter, **how)


def as_file(source: Book, file: str) -> Book:
    return replace(source.copy(), file=file)


# Swing


def _swing() -> Book:
    years = ["2019", "2020", "2021"]
    rows = [
        ["Verzonnen thema - gemeenten"],
        [None, None, None, "graad fictief [%] (1)", None, None, "aantal fictief [aantal]", None, None, "bedrag [EUR]"],
        [None, *years, *years, *years],
        ["Antwerpen", 0.143, 0.07, 0.5795, 12, 0, 7, 1512.5, 1600, 1712.25],
        ["Bedacht", "-", "x", "nvt", "?", 34, "-", 900, 910.5, "x"],
        ["Genk", 0.1, 0.25, 0.2, 4501, 4622, 4733, 1000, 1100, 1205.75],
        ["Hasselt", 0.05, 0, 0.061, 3307, 3408, 3309, 1300, 1350.5, 1411],
        ["Niet te lokaliseren - Vlaanderen", "-", "-", "-", 15, 21, "x", "nvt", "nvt", "-"],
        ["Verzonnen", 0.092, 0.091, 0.089, 87, 91, 78, 2000, 2100.5, 2200],
        [],
        ["Speciale waarden", "- Geen waarde"],
        [None, "x Verborgen waarde"],
        [None, "nvt Niet van toepassing"],
        [None, "? Ontbrekende waarde"],
        [None, "Prognose"],
        [None, "Schatting"],
        [None, "Voorlopig"],
        ["Bron", "Verzonnen bron | verzonnen.be"],
        ["Voetnoot"],
        ["(1)", "Verzonnen voetnoot"],
        [],
        ["Datum export", "donderdag 1 januari 2026"],
    ]
    colors = {"B15": "808080", "B16": "C8C8C8", "B17": "A0A0A0", "D4:D6": "C8C8C8", "G6:G7": "808080", "J9": "A0A0A0"}
    whole = "title=A1 unit_word=A18 unit=B18"
    where = table(swing, "2:3", "A", "4:9", "B:J", SWING, whole)
    return book("swing.xlsx", (page(rows, "Thema gemeenten", formats={"B4:D9": "#0.0#%"}, colors=colors), where))


def _swing_unit() -> Book:
    """One indicator, its label in the title, its unit below the data; periods that are no years."""
    rows = [
        ["Fictieve plaatsen - provincies"],
        [None, "Q1 2021", "Q2 2021", "Q3 2021", "Q4 2021"],
        ["Antwerpen", 1250, 1260, 1271, 1290],
        ["Limburg", 310, "x", 0, 345],
        ["Verzonnen", "-", 17, 16, "?"],
        [],
        ["Speciale waarden", "- Geen waarde"],
        [None, "x Verborgen waarde"],
        ["Eenheid", "aantal"],
        ["Bron", "Verzonnen bron"],
        ["Datum export", "1 januari 2026"],
    ]
    where = table(swing, "1:2", "A", "3:5", "B:E", SWING, "title=A1 unit_word=A9 unit=B9")
    where.heads[0] = 0  # there is no row of labels
    return book("swing_eenheid.xlsx", (page(rows, "Export"), where))


def _swing_csv() -> Book:
    heads = [f"{name}|{year}" for name in ("fictief per kop [‰]", "bedrag fictief [EUR]") for year in (2020, 2021)]
    rows = [
        ["gemeenten", *heads],
        ["Antwerpen", "5,5", "6,7", "1.963", "2.044"],
        ["Bedacht", "-", "x", "14.485,10", "1.307.396"],
        ["Genk", "1,25", "0", "454", "nvt"],
        ["Verzonnen", "10,3", "8,5", "999", "?"],
    ]
    return replace(book("swing.csv", (page(rows, ""), table(swing_csv, "1", "A", "2:5", "B:E", SWING))), quoted=True)


# Upload files of Swing


def _upload() -> Book:
    rows = [
        ["geoitem", "naam_gemeente", "geolevel", "period", "v_fictief", "v_tweede"],
        ["71016", "Genk", "gemeente", 2020, 12, 3.5],
        ["71016", "Genk", "gemeente", 2021, 14, -99996],
        ["71022", "Hasselt", "gemeente", 2020, -99997, 4.25],
        ["71022", "Hasselt", "gemeente", 2021, 0, 0],
        ["11002", "Antwerpen", "gemeente", 2021, 812, 2.75],
        ["71016ZZZZ", "onbekend", "gemeente", 2021, 5, -99998],
        ["99999", "elders", "gemeente", 2021, -99999, 1.5],
    ]
    marks = {"-99996": "m", "-99997": "c", "-99998": "z", "-99999": "m"} | SWING
    return book("upload.xlsx", (page(rows, "Data"), table(upload, "1", "A:D", "2:8", "E:F", marks)))


# Statbel


def _c1() -> Book:
    """Headers over two merged rows, class bounds, a merged figure for more classes, the year in a title only."""
    pairs = []
    for year, more in ((2019, 0), (2020, 7)):
        rows = [
            ["Tabel V.1: verzonnen inkomen per gemeente"],
            [f"Inkomstenjaar {year}"],
            [],
            ["Administratieve Eenheid", "Aantal aangiften", None, None, None, "Aantal inwoners", "Waarden", None],
            [
                None,
                "Totaal",
                "< 10.000 EUR",
                "vanaf 10.001 tem 20.000 EUR",
                "meer dan 20.000 EUR",
                None,
                "Mediaan inkomen",
                "Index",
            ],
            ["België", 961 + more, 211 + more, 330, 420, 1904, 23742, 100],
            ["Vlaams Gewest", 640 + more, 140 + more, 250, 250, 1244, 25423 + more, 107],
            ["Genk", 64 + more, 14 + more, 25, 25, 124, 22533, 95],
            ["Herstappe", 9, 5, None, 4, 88, "*", 92 + more],
            ["Verzonnen", 120, 40, 30, 50, 240, 20100 + more, "*"],
            [],
            ["* = Confidentieel"],
            ["Bron: verzonnen"],
        ]
        merge = "B4:E4 G4:H4 A4:A5 F4:F5 C9:D9"
        units = {"Aantal aangiften": "aantal", "Aantal inwoners": "aantal", "Mediaan inkomen": "EUR"}
        where = table(above, "4:5", "A", "6:10", "B:H", PLAIN | {"*": "c"}, "title=A1 title2=A2", units=units)
        pairs.append((page(rows, str(year), merge=merge), where))
    pairs.append((page([["Toelichting"], ["Verzonnen woorden over de tabel"]], "Toelichting"), None))
    return book("c1.xlsx", *pairs)


def _open() -> Book:
    rows = [
        [
            "CD_YEAR",
            "CD_MUNTY_REFNIS",
            "MS_NBR_INC",
            "MS_TOT_NET_INC",
            "MS_TOT_RESIDENTS",
            "MS_POP_2023",
            "CD_SEX",
            "TX_SEX_NL",
            "TX_MUNTY_DESCR_NL",
            "TX_MUNTY_DESCR_FR",
        ],
        ["2019", "11002", 521, 16120.25, 1100, 1200, "1", "mannen", "Antwerpen", "Anvers"],
        ["2019", "11002", 533, 15020.5, 1150, "*", "2", "vrouwen", "Antwerpen", "Anvers"],
        ["2019", "71016", 64, 1012.75, 640, 655, "1", "mannen", "Genk", "Genk"],
        ["2019", "71016", 66, "*", 645, 0, "2", "vrouwen", "Genk", "Genk"],
        ["2019", "02000", 7, 88.5, 90, 91, "1", "mannen", "Verzonnen", "Inventé"],
    ]
    marks = PLAIN | {"*": "c"}
    return book("open.xlsx", (page(rows, "Open"), table(open_data, "1", "A,B,G:J", "2:6", "C:F", marks)))


# BBC-DR


def _matrix() -> Book:
    rows = [
        ["Type rapport", "Meerjarenplan", None, None, None, None, "Jaarrekening", None],
        ["Boekjaar", None, "2020", None, "2021", None, "2020", None],
        ["Rekening", None, "R1 Grond", "R2 Weg", "R1 Grond", "R2 Weg", "R1 Grond", "R2 Weg"],
        ["Bestuur", "Dienst", *["Uitgave per inwoner"] * 6],
        ["Genk", "Totaal", 4.25, 3.5, 5, 6.125, 7, 8.5],
        [None, "Wegen", 1.25, 0.5, None, 6.125, 7, 8.25],
        [None, "Groen", 3, 3, 5, None, None, 0.25],
        ["Hasselt", "Totaal", 2, None, 1.75, 0, 12.5, 4],
        [None, "Wegen", 2, None, 1.75, 0, 12.5, 4],
        [],
        ["Toegepaste filters: [Type boekhouding] is Verzonnen"],
    ]
    rows[0] = ["Type rapport", None, "Meerjarenplan", None, None, None, "Jaarrekening", None]
    where = table(matrix, "1:4", "A:B", "5:9", "C:H", units={"Uitgave per inwoner": "EUR per inwoner"})
    where.blank_is_none = True
    return book("matrix.xlsx", (page(rows, "Export", merge="C1:F1 G1:H1 C2:D2 E2:F2 G2:H2"), where))


# Pivots from the web


def _pivot() -> Book:
    rows = [
        ["Maatregel", "Submaatregel", "Jaar", "Totaal bedrag"],
        ["Dak", "Zolder", "2019", "€ 1.307.396"],
        ["Dak", "Zolder", "2020", "€ 454"],
        ["Dak", "Vloer", "2019", "€ 1.963"],
        ["Dak", "Vloer", "2020", "X"],
        ["Raam, glas", "Hoog rendement", "2019", "€ 14.485"],
        ["Raam, glas", "Hoog rendement", "2020", "€ 0"],
    ]
    where = table(above, "1", "A:C", "2:7", "D", units={"Totaal bedrag": "EUR"})
    return replace(book("pivot.csv", (page(rows, ""), where)), delimiter=",")


# Gemeente- en Stadsmonitor


def _survey() -> Book:
    first = [
        ["Gemeente", "NIS-code", "Indicator", "Jaar", "Aandeel"],
        ["Vlaams Gewest", "02000", "Verzonnen stelling", 2023, 0.5],
        ["Antwerpen", "11002", "Verzonnen stelling", 2023, 0.375],
        ["Genk", "71016", "Verzonnen stelling", 2023, 0.61],
        ["Hasselt", "71022", "Verzonnen stelling", 2023, "n.b."],
    ]
    second = [
        ["Gemeente", "NIS-code", "Indicator", "Jaar", "Eens [%]", "Oneens [%]"],
        ["Vlaams Gewest", 2000, "Tweede stelling", 2020, 40, 60],
        ["Vlaams Gewest", 2000, "Tweede stelling", 2023, 41, 59],
        ["Genk", 71016, "Tweede stelling", 2020, 45.5, 54.5],
        ["Genk", 71016, "Tweede stelling", 2023, 47, 53],
    ]
    where = [table(survey, "1", "A:D", "2:5", span, units={"Aandeel": "%"}) for span in ("E", "E:F")]
    share = page(first, "AR_01", formats={"E2:E5": "0.0%"})
    return book("stadsmonitor.xlsx", (share, where[0]), (page(second, "AR_02"), where[1]))


# Plain tables


def _across() -> Book:
    rows = [
        ["Fictieve schulden (in 1.000 euro)"],
        [],
        ["Gemeente", "NIS-code", 2019, 2020, 2021],
        ["Genk", 71016, 51200, 52310, 53420],
        ["Hasselt", 71022, 61200, 60310, "n.b."],
        ["Verzonnen", 99001, 712, 0, 698],
        [],
        ["Bron: verzonnen"],
    ]
    units = {"Fictieve schulden (in 1.000 euro)": "1.000 EUR"}
    where = table(above, "3", "A:B", "4:6", "C:E", whole="title=A1", units=units)
    return book("jaren.xlsx", (page(rows, "Schulden"), where))


def _spaced() -> Book:
    """Empty rows under the header and between the rows, as Statbel leaves for the eye."""
    rows = [
        ["Fictieve gezinnen 2021"],
        [],
        ["Gemeente", "Aantal alleenstaanden", "Bedrag"],
        [],
        ["Vlaams Gewest", 900, 12500.5],
        [],
        ["Genk", 51, 1310],
        ["Hasselt", 62, "x"],
        [],
        ["Totaal", 1013, 13810.5],
        [],
        ["Bron: verzonnen"],
    ]
    units = {"Aantal alleenstaanden": "aantal", "Bedrag": "EUR"}
    where = table(above, "3", "A", "5,7:8,10", "B:C", whole="title=A1", units=units)
    return book("witregels.xlsx", (page(rows, "Gezinnen"), where))


def _long() -> Book:
    rows = [["Gemeente", "Groep", "Jaar", "Aantal gevallen", "Aandeel gevallen"]]
    for area, more in (("Genk", 0), ("Hasselt", 113)):
        for group, extra in (("jongeren", 5), ("ouderen", 41)):
            rows += [
                [area, group, str(year), 100 + more + extra + year % 7, (17 + extra) / 1000] for year in (2020, 2021)
            ]
    rows[3][3] = "n.b."
    units = {"Aantal gevallen": "aantal", "Aandeel gevallen": "%"}
    where = table(above, "1", "A:C", "2:9", "D:E", units=units)
    return book("lang.xlsx", (page(rows, "Gevallen", formats={"E2:E9": "0.0%"}), where))


def _nested() -> Book:
    rows = [
        ["Provincie", "Gemeente", "NIS-code", "Jaar", "Aantal fictief"],
        ["Limburg", "Genk", 71016, "2020", 12],
        ["Limburg", "Genk", 71016, "2021", 2500],
        ["Limburg", "Hasselt", 71022, "2020", "x"],
        ["Antwerpen", "Antwerpen", 11002, "2021", 0],
        ["Oost-Vlaanderen", "Verzonnen", 49999, "2021", 7],
    ]
    where = table(above, "1", "A:D", "2:6", "E", units={"Aantal fictief": "aantal"})
    return book("provincies.xlsx", (page(rows, "Provincies"), where))


def _table() -> Book:
    rows = [
        ["Verzonnen tabel"],
        ["Gebied", "Genk"],
        ["Periode", "2021"],
        [],
        ["Groep", "Fictief [personen]", "Graad [%] (1)", "Opmerking"],
        ["man", 3, 0.25, "verzonnen"],
        ["vrouw", 4005, None, None],
        ["onbekend", 0, 0.125, None],
        ["Totaal", "vertrouwelijk", 0.625, None],
        [],
        ["(1) Breuk in de reeks: verzonnen."],
        ["Bron: verzonnen"],
    ]
    whole = "title=A1 area_word=A2 area=B2 period_word=A3 period=B3"
    where = table(above, "5", "A,D", "6:9", "B:C", whole=whole)
    return book("kruistabel.xlsx", (page(rows, "Kruis", formats={"C6:C9": "0.0%"}), where))


def _table_across() -> Book:
    rows = [
        ["Verzonnen per provincie"],
        [],
        ["Provincie", "Fictief [personen]", None, None, "Bedrag [EUR]", None, None],
        [None, "2018-2019", "2019-2020", "2020-2021 (1)", "2018-2019", "2019-2020", "2020-2021 (1)"],
        ["Antwerpen", 958, 997, 1004, 10.5, 11.25, 12],
        ["Limburg", 433, 438, 422, 9.75, "x", 9],
        ["West-Vlaanderen", 465, "n.b.", 454, 8.5, 8.25, 0],
        [],
        ["(1) Breuk in de reeks: verzonnen."],
    ]
    where = table(above, "3:4", "A", "5:7", "B:G")
    return book("kruis_jaren.xlsx", (page(rows, "Per provincie", merge="A3:A4 B3:D3 E3:G3"), where))


def _sides() -> Book:
    """Labels without headers that stand once, under a title that is merged over them, as Statbel prints quarters."""
    rows = [
        ["Verzonnen toestand naar leeftijd", None, None, "Q1 2021", None, None, "Q2 2021", None, None],
        [None, None, None, "15-24 jaar", "50+", "Totaal", "15-24 jaar", "50+", "Totaal"],
        ["Werkend", "België", "Mannen", 1201, 1302, 2503, 1211, 1312, 2523],
        [None, None, "Vrouwen", 1103, 1404, 2507, 1113, 1414, 2527],
        ["Inactief", "België", "Mannen", 305, 406, 711, 315, 416, 731],
        [None, None, "Vrouwen", 507, 608, 1115, 517, 618, 1135],
        [],
        ["Werkend", "Vlaams Gewest", "Mannen", 709, 810, 1519, 719, 820, 1539],
        [None, None, "Vrouwen", 611, 712, 1323, 621, 722, 1343],
        [],
        ["Bron: verzonnen"],
    ]
    where = table(sides, "1:2", "A:C", "3:6,8:9", "D:I")
    return book("zijkant.xlsx", (page(rows, "15+", merge="A1:C2 D1:F1 G1:I1"), where))


def _blocks() -> Book:
    """Areas that stand alone above the rows that are theirs."""
    rows = [
        ["Aantal verzonnen leden"],
        [],
        ["Geslacht", 2020, 2021],
        ["Genk"],
        ["Mannen", 1201, 1302],
        ["Vrouwen", 1103, 1204],
        ["Hasselt"],
        ["Mannen", 305, 406],
        ["Vrouwen", 507, 608],
        [],
        ["Bron: verzonnen"],
    ]
    where = table(blocks, "3", "A", "5:6,8:9", "B:C", whole="title=A1")
    return book("blokken.xlsx", (page(rows, "Leden"), where))


def _list() -> Book:
    heads = ["Indicator", "Gebied", "Periode", "Uitsplitsing", "Waarde", "Eenheid", "Status", "Uitgever", "Titel"]
    tail = ["Verzonnen uitgever", "Titel", "https://verzonnen.be", "plaats", "hoog", None]
    rows = [
        ["Verzonnen lijst"],
        [],
        [*heads, "Adres", "Vindplaats", "Zekerheid", "Opmerking"],
        ["Fictief bedrag", "Genk", "2021", "groep=a", 12500, "EUR", "p", *tail],
        ["Fictief bedrag", "Genk", "2021", None, 30000.5, "EUR", None, *tail],
        ["Fictief bedrag", "Hasselt", "2021", None, None, "EUR", "c", *tail],
        ["Fictief aandeel", "Verzonnen", "2020-2021", None, 12.5, "%", "b", *tail],
        ["Fictief aantal", "Limburg", "2020-05", None, 0, "personen", None, *tail],
    ]
    return book("lijst.xlsx", (page(rows, "Lijst"), table(listed, "3", "A:D,F:M", "4:8", "E")))


@functools.cache
def invented() -> dict[str, Book]:
    """Every layout as xlsx, and as csv or ods where it is sent so."""
    books = [_swing(), _swing_unit(), _swing_csv(), _upload(), _c1(), _open(), _matrix(), _pivot(), _survey()]
    books += [_across(), _spaced(), _long(), _nested(), _table(), _table_across(), _list(), _sides(), _blocks()]
    by_name = {one.file.partition(".")[0]: one for one in books}
    books += [as_text(by_name["upload"], "upload.csv"), as_text(by_name["open"], "open.csv")]
    books += [as_text(by_name["upload"], "upload_punt.csv", ",", point=True)]
    books += [as_text(by_name["lang"], "lang.csv"), as_text(by_name["kruistabel"], "kruistabel.csv")]
    books += [as_text(by_name["lijst"], "lijst.tsv", "\t"), as_text(by_name["jaren"], "jaren.csv")]
    books += [as_file(by_name[name], f"{name}.ods") for name in ("upload", "stadsmonitor", "kruis_jaren", "c1", "lang")]
    return {one.file: one for one in books}


# Files that are there already


def load(path: Path, tables: Mapping[str, Table], delimiter: str = ";", encoding: str = "utf-8") -> Book:
    """A file as a book: its sheets in `tables`, cut down to the rows and columns that the tables and titles need."""
    if path.suffix == ".csv":
        lines = [
            [value or None for value in line]
            for line in csv.reader(path.read_text(encoding).splitlines(), delimiter=delimiter)
        ]
        return replace(book(path.name, (page(lines, ""), tables[""])), delimiter=delimiter, encoding=encoding)
    pairs = []
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Workbook contains no default style")  # Swing's have none
        sheets = openpyxl.load_workbook(path, data_only=True)
    for sheet in sheets:
        if sheet.title not in tables:
            continue
        cells = {}
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and str(cell.value).strip():
                    color = cell.font.color.rgb[-6:] if cell.font.color and cell.font.color.type == "rgb" else ""
                    indent = int(cell.alignment.indent or 0)
                    value = float(f"{cell.value:.15g}") if isinstance(cell.value, float) else cell.value
                    cells[cell.row, cell.column] = Item(value, cell.number_format, color, indent)
        one = Page(sheet.title, cells, _numbers(sheet.max_row), _numbers(sheet.max_column))
        for merged in sheet.merged_cells.ranges:
            rows, columns = range(merged.min_row, merged.max_row + 1), range(merged.min_col, merged.max_col + 1)
            one.merged.append(([*rows], [*columns]))
        pairs.append((one, tables[sheet.title]))
    return book(path.name, *pairs)


def cut(source: Book, rows: Mapping[str, str], columns: Mapping[str, str]) -> Book:
    """The book without these rows and columns of its pages."""
    for one in source.pages:
        gone_rows, gone_columns = set(_span(rows.get(one.name, ""))), set(_span(columns.get(one.name, "")))
        for m in one.merged:  # what a merged range shows stays
            kept = [(r, c) for r in m[0] for c in m[1] if r not in gone_rows and c not in gone_columns]
            if kept and (shown := one.cells.get((m[0][0], m[1][0]))):
                one.cells[kept[0]] = shown
        one.rows = [r for r in one.rows if r not in gone_rows]
        one.columns = [c for c in one.columns if c not in gone_columns]
        one.cells = {(r, c): item for (r, c), item in one.cells.items() if r not in gone_rows and c not in gone_columns}
        left = [
            ([r for r in m[0] if r not in gone_rows], [c for c in m[1] if c not in gone_columns]) for m in one.merged
        ]
        one.merged = [m for m in left if len(m[0]) * len(m[1]) > 1]
        for its in source.tables:
            if its.page == one.key:
                its.rows = [r for r in its.rows if r not in gone_rows]
                its.columns = [c for c in its.columns if c not in gone_columns]
    return source


def _lists(*names: str, last: int) -> dict[str, Table]:
    return {name: table(listed, "4", "A:D,F:M", f"5:{last}", "E") for name in names}


@functools.cache
def own() -> dict[str, Book]:
    """The project's own workbooks, the long sheets cut to a few rows."""
    raw = ROOT / "data" / "raw"
    lines = "title=A1 area_word=A2 area=B2 period_word=A3 period=B3"
    schools = {
        "Genk": table(above, "5:6", "A", "7:8", "B:C", whole=lines),
        "Provincies": table(above, "3:4", "A", "5:9", "B:G", whole="title=A1"),
        **_lists("Vlaanderen", last=22),
        "Toelichting": None,
    }
    spent = table(above, "5", "A,C", "6:13", "B", whole=lines, units={"Corona-uitgaven": "EUR"})
    corona = {"Domeinen": spent, "Toelichting": None}
    corona |= _lists("Maatregelen Genk", last=21) | _lists("Subsidies", last=26)
    line = "title=A1 period_word=A2 period=B2"
    incomes = {f"{kind} inkomen per aangifte": "EUR" for kind in ("Gemiddeld", "Mediaan")}
    incomes |= {"Totaal netto belastbaar inkomen": "EUR"}
    wijken = {
        "Bevolking": table(above, "4:5", "A:B", "6:59", "C:N", whole="title=A1"),
        "Gemeente": table(above, "3:4", "A:B", "5", "C:M", whole="title=A1"),
        "Inkomen": table(above, "4", "A:B", "5:57", "C:F", whole=line, units=incomes),
        "Huishoudens": table(above, "4", "A:B", "5:57", "C:D", whole=line),
        "Woningbezit": table(above, "4:5", "A:B", "6:58", "C:G", whole=line),
        "Toelichting": None,
    }
    books = [
        load(raw / name, tables)
        for name, tables in (("schooltoelagen.xlsx", schools), ("corona.xlsx", corona), ("wijken.xlsx", wijken))
    ]
    cut(books[0], {"Vlaanderen": "8:19"}, {})
    cut(books[1], {"Maatregelen Genk": "8:17", "Subsidies": "9:22"}, {})
    cut(
        books[2],
        {"Bevolking": "9:56", "Inkomen": "12:55", "Huishoudens": "8:55", "Woningbezit": "8:56"},
        {"Bevolking": "F:L"},
    )
    return {one.file: one for one in books}


@functools.cache
def published() -> dict[str, Book]:
    """Publishers' own files, where they lie beside the repository, cut to a few rows and columns."""
    if not SAMPLES.is_dir():
        return {}
    export = load(
        SAMPLES / "pinc_swing_werkzoekenden_gemeenten.xlsx",
        {"Werkloosheid gemeenten": table(swing, "2:3", "A", "4:292", "B:HX", SWING, "title=A1")},
    )
    cut(export, {"Werkloosheid gemeenten": "9:10,12:73,75:287"}, {"Werkloosheid gemeenten": "B:I,M:T,X:CH,CL:HX"})
    units = dict.fromkeys(["Totaal netto belastbaar inkomen", "Staatsbelasting", "Totale belasting"], "EUR")
    units |= dict.fromkeys(["Gemeente en agglommeratie belasting"], "EUR")
    counts = ["met nul totaal netto belastbaar inkomen", "(zonder nul-inkomen)"]
    units |= {f"Aantal aangiften {which}": "aantal" for which in counts} | {"Aantal inwoners": "aantal"}
    units |= {f"{kind} inkomen per aangifte": "EUR" for kind in ("Gemiddeld", "Mediaan")}
    units |= {"Gemiddeld inkomen per inwoner": "EUR per inwoner"}
    marks = PLAIN | {"*": "c"}
    titles = "title=A1 title2=A2 title3=A3"
    taxes = load(
        SAMPLES / "statbel_fiscale_inkomens_C1_2014-2017_pinc.xlsx",
        {year: table(above, "6:7", "A", "8:654", "B:U", marks, titles, units=units) for year in ("2014", "2017")},
    )
    rows = "12:518,522:553,555:561,563:654"
    cut(taxes, dict.fromkeys(("2014", "2017"), rows), dict.fromkeys(("2014", "2017"), "L,Q:S"))
    budgets = load(
        SAMPLES / "bbcdr_provincie_per_rekening.xlsx",
        {"Export": table(matrix, "1:5", "A", "6:10", "B:TQ", units={"Uitgave per inwoner": "EUR per inwoner"})},
    )
    budgets.tables[0].blank_is_none = True
    cut(budgets, {}, {"Export": "B:F,I:AC,AH:GE,GK:OZ,PE:TM"})
    where = table(above, "1", "A:C", "2:443", "D", units={"Totaal bedrag": "EUR"})
    grants = load(SAMPLES / "fluvius_premies_beschermde_afnemers_Totaal_bedrag.csv", {"": where}, ",")
    cut(grants, {"": "12:420,430:440"}, {})
    units = {"nieuwkomers per 1.000 inwoners 18+ jaar": "‰"}
    where = table(swing_csv, "1", "A", "2:309", "B:L", SWING, units=units)
    arrivals = load(SAMPLES / "pinc_swing_nieuwkomers_per_1000.csv", {"": where})
    cut(arrivals, {"": "10:76,79:304"}, {"": "C:I"})
    return {one.file: one for one in (export, taxes, budgets, grants, arrivals)}
