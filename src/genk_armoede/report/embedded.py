# SPDX-License-Identifier: EUPL-1.2
"""What a page carries of a chart to be used again: CSV and workbook, each as a data address."""

from __future__ import annotations

import base64
import csv
import datetime
import io
import re
from decimal import Decimal
from urllib.parse import quote

import xlsxwriter

from ..observations.observation import COLUMNS, plain_text
from ..observations.periods import period_text
from ..tables import store
from .notes import cells_of, flags_of, places, remark, row_of, text_of
from .unseen import visible

HEAD = 5  # rows over the table in a workbook: title, unit, source, date, and an empty one
MOST = 4  # decimals that a workbook shows
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_COLUMNS = (*COLUMNS[:-3], "publisher", "licence", *COLUMNS[-3:], "label", "formula")


def csv_of(chart: dict) -> str:
    """The figures of a chart as tidy CSV, one a row, as a data address.

    A published figure is the row of `data/processed` that its cell became; a computed one says how it was made, of
    which cells, and has the names of its row and column as its label only.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for row in chart["rows"]:
        names = [part.strip() for part in row if isinstance(part, str) and part.strip()]
        for name, part in zip(chart["header"], row, strict=True):
            if isinstance(part, dict):
                label = ", ".join([*names, *([] if name == "Waarde" else [name])])
                told = _tidy(part) | {"label": label, "formula": part["formula"]}
                writer.writerow([_cell_text(column, told.get(column, "")) for column in CSV_COLUMNS])
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + stream.getvalue(), safe=" ,;:/()=.-_!*@$?'|€éëïöü–—×÷“”")


def _cell_text(column: str, text: str) -> str:
    """A number as it is; words so that no spreadsheet takes them for a formula."""
    return text if column == "value" else plain_text(visible(text))


def _tidy(part: dict) -> dict[str, str]:
    """One figure in the columns of a tidy table, with its publisher and licence."""
    sources = [store.citation(cell) for cell in part["cells"]]
    about = {
        key: "; ".join(dict.fromkeys(source.get(key, "") for source in sources)) for key in ("publisher", "licence")
    }
    if len(part["cells"]) == 1 and not part["formula"]:
        return row_of(part["cells"][0]) | about
    computed = {"value": part["value"], "unit": part["unit"], "status": part["status"]}
    return computed | about | {"cell": "; ".join(part["cells"])}


def workbook_of(chart: dict) -> str:
    """The figures of a chart as a workbook, its sources on a second sheet, as a data address."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    made = datetime.datetime.fromisoformat(store.package()["version"])
    book.set_properties({"title": chart["title"], "comments": chart["source"], "created": made})
    shown = [book.add_format({"num_format": f"#,##0{'.' * bool(n)}{'0' * n}"}) for n in range(MOST + 1)]
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet("Gegevens")
    about_it = f"Bron: zie het blad Bronnen. Gegevens verzameld tot {period_text(store.package()['version'])}."
    for line, text in enumerate((chart["title"], chart["unit"], chart["source"], about_it)):
        page.write_string(line, 0, visible(text), bold if not line else None)
    page.freeze_panes(HEAD + 1, 1)
    remarks = [_remarks(chart["header"], row) for row in chart["rows"]]
    for column, parts in enumerate(zip(*chart["rows"], strict=True)):
        units = sorted({part["unit"] for part in parts if isinstance(part, dict)})
        name = chart["header"][column]
        page.write_string(HEAD, column, visible(f"{name} ({', '.join(units)})" if units else name), bold)
    if any(remarks):
        page.write_string(HEAD, len(chart["header"]), "Opmerking", bold)
    for number, row in enumerate(chart["rows"], start=HEAD + 1):
        for column, part in enumerate([*row, remarks[number - HEAD - 1]]):
            if isinstance(part, dict) and part["value"]:
                page.write_number(number, column, float(Decimal(part["value"])), shown[_decimals(part["text"])])
            else:
                page.write_string(number, column, visible(text_of(part).strip()))
    for column, name in enumerate(chart["header"]):  # as wide as what stands below the header, not as the title
        texts = [name, *(text_of(row[column]) for row in chart["rows"])]
        page.set_column(column, column, min(40, max(map(len, texts)) + 3))
    about = book.add_worksheet("Bronnen")
    about.set_column(0, 8, 28, wrap)
    header = ("Uitgever", "Titel", "Adres", "Voorwaarden", "Verkregen", "Bestand", "Blad", "Cellen", "Opmerking")
    about.write_row(0, 0, header, bold)
    for number, place in enumerate(places(cells_of(chart)), start=1):
        keys = ("publisher", "title", "path", "licence", "obtained", "file", "sheet", "addresses")
        for column, text in enumerate([*(place[key] for key in keys), remark(place)]):
            about.write_string(number, column, visible(text))
    book.close()
    return f"data:{XLSX};base64," + base64.b64encode(stream.getvalue()).decode()


def _decimals(text: str) -> int:
    """How many decimals a figure is printed with: `1.234,5%` → 1."""
    found = re.search(r"\d,(\d+)", text)
    return min(MOST, len(found[1])) if found else 0


def _remarks(header: list[str], row: list[str | dict]) -> str:
    """What the flags of a row's figures say: `2021: voorlopig`."""
    flagged = [(name, part) for name, part in zip(header, row, strict=True) if isinstance(part, dict) and part["value"]]
    return "; ".join(f"{name}: {flags_of(part)}" for name, part in flagged if part["status"])
