# SPDX-License-Identifier: EUPL-1.2
"""Files of invented figures in the shapes that `tidy` is measured on.

Takes a path and how many rows; writes the file; called by `tidy` and `build`.
"""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import xlsxwriter

Row = Iterable[object]


def workbook(path: Path, rows: Iterable[Row]) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def text(path: Path, rows: Iterable[Row], mark: str) -> Path:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(f"{mark.join(map(str, row))}\n" for row in rows)
    return path


def opendocument(path: Path, rows: Iterable[Row]) -> Path:
    """As LibreOffice writes it."""
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", kind, zipfile.ZIP_STORED)
        packed.writestr(
            "META-INF/manifest.xml", '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
        )
        with packed.open("content.xml", "w") as content:
            start = '<office:body><office:spreadsheet><table:table table:name="Data">'
            content.write(f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}>{start}'.encode())
            for row in rows:
                cells = "".join(map(_cell, row))
                content.write(f"<table:table-row>{cells}</table:table-row>".encode())
            content.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")
    return path


def jsonstat(path: Path, rows: Iterable[Row]) -> Path:
    """JSON-stat 2.0 of rows with two labels and a figure for each year of the header."""
    header, *lines = map(list, rows)
    codes = {name: list(dict.fromkeys(line[place] for line in lines)) for place, name in enumerate(header[:2])}
    codes["time"] = header[2:]
    categories = {name: {"index": known, "label": {code: code for code in known}} for name, known in codes.items()}
    dataset = {
        "version": "2.0",
        "class": "dataset",
        "label": "Verzonnen",
        "id": list(codes),
        "size": list(map(len, codes.values())),
        "role": {"time": ["time"], "geo": ["geo"]},
        "dimension": {name: {"label": name, "category": category} for name, category in categories.items()},
        "value": [value for line in lines for value in line[2:]],
    }
    path.write_text(json.dumps(dataset), encoding="utf-8")
    return path


def _cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind = 'string"' if isinstance(value, str) else f'float" office:value="{value}"'
    return f'<table:table-cell office:value-type="{kind}><text:p>{value}</text:p></table:table-cell>'


WRITERS = {
    ".xlsx": workbook,
    ".ods": opendocument,
    ".csv": partial(text, mark=";"),
    ".txt": partial(text, mark="|"),
    ".tsv": partial(text, mark="\t"),
    ".json": jsonstat,
}


# Shapes: the rows of each, header and all


def swing(rows: int, columns: int = 100) -> Iterator[Row]:
    chance = random.Random(1)
    groups = [f"groep {n // 20} [aantal]" if n and n % 20 == 0 else None for n in range(columns + 1)]
    yield ["Verzonnen - gemeenten"]
    yield groups
    yield [None, *(2000 + column % 20 for column in range(columns))]
    for row in range(3, rows + 3):
        yield [f"Gebied {row}", *(chance.randrange(100_000) for _ in range(columns))]
    yield []
    yield ["Speciale waarden", "- Geen waarde"]
    yield ["Bron", "Verzonnen"]


def upload(rows: int) -> Iterator[Row]:
    chance = random.Random(1)
    yield ["geolevel", "geoitem", "period", *(f"v_{n}" for n in range(7))]
    for row in range(rows):
        yield ["sector", f"S{row // 20:06}", 2000 + row % 20, *(chance.randrange(100_000) for _ in range(7))]


def open_data(rows: int) -> Iterator[Row]:
    chance = random.Random(1)
    names = ["CD_YEAR", "CD_MUNTY_REFNIS", "TX_MUNTY_DESCR_NL", "CD_SEX", "CD_AGE_GROUP", "CD_CIV_STATUS"]
    yield [*names, "MS_POPULATION", "MS_NBR_INC", "MS_TOT_NET_INC", "MS_NBR_HOUSEHOLDS"]
    for row in range(rows):
        town = row // 100
        labels = [2020, 11_000 + town, f"Stad {town}", "MV"[row % 2], str(row % 100 // 10), str(row % 10 // 2)]
        yield [*labels, *(chance.randrange(100_000) for _ in range(4))]


def narrow(rows: int) -> Iterator[Row]:
    """Open data as text: six fields, two of them figures."""
    chance = random.Random(1)
    yield ["CD_YEAR", "CD_MUNTY_REFNIS", "CD_SEX", "CD_AGE_GROUP", "MS_POPULATION", "MS_NBR_INC"]
    for row in range(rows):
        labels = [2020, 91_000 + row // 100, "MV"[row % 2], row % 100 // 2]
        yield [*labels, chance.randrange(100_000), chance.randrange(100_000)]


def table(rows: int) -> Iterator[Row]:
    chance = random.Random(1)
    yield ["Verzonnen aantal gevallen"]
    yield []
    yield ["Gemeente", *(1924 + n for n in range(99))]
    for row in range(3, rows + 3):
        yield [f"Stad {row}", *(chance.randrange(100_000) for _ in range(99))]


def matrix(rows: int) -> Iterator[Row]:
    """As Power BI exports one: labels left, header rows above, the filters below."""
    chance = random.Random(1)
    yield ["Rekening", None, *(f"R{n} Verzonnen" for n in range(98))]
    yield ["Bestuur", "Dienst", *["Uitgave per inwoner"] * 98]
    for row in range(rows):
        yield [f"Bestuur {row}", "Wegen", *(chance.randrange(10_000) / 4 for _ in range(98))]
    yield []
    yield ["Toegepaste filters:\nBoekjaar is 2021\nType boekhouding is Verzonnen"]


def monitor(rows: int) -> Iterator[Row]:
    """As the Gemeente- en Stadsmonitor has it: five shares a row."""
    chance = random.Random(1)
    answers = ("Nooit", "Zelden", "Soms", "Vaak", "Altijd", "Geen antwoord")
    yield ["Gemeente", "NIS-code", "Indicator", "Jaar", *answers]
    for row in range(rows):
        town, item = row // 20, f"Stelling {row % 20}"
        yield [f"Stad {town}", 91_000 + town, item, 2020, *(chance.randrange(1_000) / 10 for _ in answers)]


def eurostat(rows: int) -> Iterator[Row]:
    """TSV of Eurostat: ten years a row, some values flagged, some missing."""
    chance = random.Random(1)
    yield ["freq,unit,age,geo\\TIME_PERIOD", *(f"{year} " for year in range(2010, 2020))]
    for row in range(rows):
        flags = ("", "", "", "b", "p", "bu")
        values = (f"{chance.randrange(1000) / 10} {chance.choice(flags)}" for _ in range(9))
        yield [f"A,PC,Y{row // 1000},X{row % 1000}", *values, ": c"]


def cube(rows: int) -> Iterator[Row]:
    """Areas, a hundred ages each, and ten years."""
    chance = random.Random(1)
    yield ["geo", "age", *map(str, range(2010, 2020))]
    for row in range(rows):
        yield [f"X{row // 100}", f"Y{row % 100}", *(chance.randrange(1000) / 10 for _ in range(10))]


def newcomers(areas: int) -> Iterator[Row]:
    """A Swing sheet of one indicator of the dataset `nieuwkomers`, in eleven years."""
    chance = random.Random(1)
    yield ["Verzonnen - gemeenten"]
    yield [*[None] * 11, "nieuwkomers per 1.000 inwoners 18+ jaar"]
    yield [None, *range(2014, 2025)]
    for area in range(areas):
        yield [f"Gebied {area}", *(chance.randrange(300) / 10 for _ in range(11))]
    yield []
    yield ["Bron", "Verzonnen"]
