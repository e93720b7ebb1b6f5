# SPDX-License-Identifier: EUPL-1.2
"""What a page carries of a chart, so that it works by itself: picture, CSV and workbook, each as a data address."""

from __future__ import annotations

import base64
import csv
import datetime
import io
import re
from decimal import Decimal
from urllib.parse import quote

import xlsxwriter

from ..observations.observation import plain_text
from ..tables import store
from .notes import flags_of, places, remark
from .unseen import visible

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def picture_of(svg: str, viewbox: str) -> tuple[str, str]:
    """The view box of the whole picture, and a data address of it without the title and source that stand as text."""
    whole = re.search(r'viewBox="([^"]*)"', svg).group(1)
    width, height = (1.25 * float(side) for side in viewbox.split()[2:])  # where there is room, as large as the text
    size = f'width="{width:g}pt" height="{height:g}pt" viewBox="{viewbox}"'
    svg = re.sub(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"', size, svg, count=1)
    svg = _shorter(svg[svg.index("<svg") :].strip()).replace('"', "'")
    return whole, "data:image/svg+xml," + quote(svg, safe=" ='()/:;,.-_!*@&$+?")


def _shorter(svg: str) -> str:
    """The same picture in two thirds of the characters: letters are drawn, each with a name and a place of its own."""
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s+", " ", svg.replace("DejaVuSans", "D")).replace("> <", "><")
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)
    svg = re.sub(r"(\d*[1-9]\d*\.\d\d)\d+", r"\1", svg)
    svg = re.sub(r'(<use [^>]*)transform="translate\(([-.\d]+) 0\)"', r'\1x="\2"', svg)
    return re.sub(r" ?\b([MLQCz]) (?=[-\dMLQCz\"])", r"\1", svg)


def csv_of(chart: dict) -> str:
    """The figures of a chart as CSV, one a row with its cells, as a data address."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["rij", "kolom", "waarde", "eenheid", "status", "berekening", "cellen"])
    for row in chart["rows"]:
        for name, part in zip(chart["header"], row, strict=True):
            if isinstance(part, dict):
                cells = "; ".join(part["cells"])
                label = " ".join(p for p in row if isinstance(p, str))
                texts = [label, name, part["unit"], flags_of(part), part["formula"], cells]
                texts = [plain_text(visible(text)) for text in texts]
                writer.writerow([*texts[:2], part["value"], *texts[2:]])
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + stream.getvalue())


def workbook_of(chart: dict) -> str:
    """The figures of a chart as a workbook, its sources on a second sheet, as a data address."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    made = datetime.datetime.fromisoformat(store.package()["version"])
    book.set_properties({"title": chart["title"], "comments": chart["source"], "created": made})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet("Gegevens")
    page.freeze_panes(1, 1)
    remarks = [_remarks(chart["header"], row) for row in chart["rows"]]
    for column, parts in enumerate(zip(*chart["rows"], strict=True)):
        units = sorted({part["unit"] for part in parts if isinstance(part, dict)})
        name = chart["header"][column]
        page.write_string(0, column, visible(f"{name} ({', '.join(units)})" if units else name), bold)
    if any(remarks):
        page.write_string(0, len(chart["header"]), "Opmerking", bold)
    for number, row in enumerate(chart["rows"], start=1):
        for column, part in enumerate([*row, remarks[number - 1]]):
            if isinstance(part, dict) and part["value"]:
                page.write_number(number, column, float(Decimal(part["value"])))
            else:
                page.write_string(number, column, visible(part if isinstance(part, str) else part["text"]))
    page.autofit()
    about = book.add_worksheet("Bronnen")
    about.set_column(0, 8, 28, wrap)
    header = ("Uitgever", "Titel", "Adres", "Voorwaarden", "Verkregen", "Bestand", "Blad", "Cellen", "Opmerking")
    about.write_row(0, 0, header, bold)
    cells = [cell for row in chart["rows"] for part in row if isinstance(part, dict) for cell in part["cells"]]
    for number, place in enumerate(places(list(dict.fromkeys(cells))), start=1):
        keys = ("publisher", "title", "path", "licence", "obtained", "file", "sheet", "addresses")
        for column, text in enumerate([*(place[key] for key in keys), remark(place)]):
            about.write_string(number, column, visible(text))
    book.close()
    return f"data:{XLSX};base64," + base64.b64encode(stream.getvalue()).decode()


def _remarks(header: list[str], row: list[str | dict]) -> str:
    """What the flags of a row's figures say: `2021: voorlopig`."""
    flagged = [(name, part) for name, part in zip(header, row, strict=True) if isinstance(part, dict) and part["value"]]
    return "; ".join(f"{name}: {flags_of(part)}" for name, part in flagged if part["status"])
