# SPDX-License-Identifier: EUPL-1.2
"""Hidden rows, columns and sheets are read, and told: in every layout, in every kind of workbook that can hide."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from good_workbooks import as_file, invented
from grids import Book, write
from openpyxl.utils import get_column_letter
from workbooks import xls

from genk_armoede import layouts
from genk_armoede.spreadsheets.workbook import open_workbook

BOOKS = {name: book for name, book in invented().items() if name.endswith(".xlsx")}
FLAG = "Verborgen in de bron."


def save(book: Book, kind: str, folder: Path) -> Path:
    """The first page of a book, and for a hidden one a page of words beside it."""
    if kind != "xls":
        return write(as_file(book, f"verborgen.{kind}"), folder)
    page = book.pages[0]
    ends = [(page.address((m[0][0], m[1][0])), page.address((m[0][-1], m[1][-1]))) for m in page.merged]
    letters = (get_column_letter(page.columns.index(column) + 1) for column in page.hidden_columns)
    return xls(
        folder / "verborgen.xls",
        [[item.value if item else None for item in row] for row in page.grid],
        formats={page.address(place): item.format for place, item in page.cells.items()},
        merge=[f"{first}:{last}" for first, last in ends],
        hidden=[*(page.rows.index(row) + 1 for row in page.hidden_rows), *letters],
        state=int(page.state != "visible"),
    )


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
@pytest.mark.parametrize("what", ["row", "column", "sheet"])
@pytest.mark.parametrize("file", BOOKS)
def test_what_is_hidden_is_read_and_told(file, what, kind, tmp_path):
    book = BOOKS[file].copy()
    page, table = book.pages[0], book.tables[0]
    row, column = table.rows[1], table.columns[-1]
    if what == "row":
        page.hidden_rows.add(row)
    elif what == "column":
        page.hidden_columns.add(column)
    else:
        page.state = "hidden"
    reading = layouts.recognise(open_workbook(save(book, kind, tmp_path)))[0][0]
    number, letter = f"{page.rows.index(row) + 1}", get_column_letter(page.columns.index(column) + 1)
    told = {"row": f"row {number}", "column": f"column {letter}", "sheet": "the sheet"}[what]
    where = {"row": rf"[A-Z]+{number}", "column": rf"{letter}\d+", "sheet": r".+"}[what]
    filled = {cell.address for cell in reading.sheet.cells.values()}
    hidden = {
        one.cell for one in reading.rows if (one.cell in filled or what == "sheet") and re.fullmatch(where, one.cell)
    }
    assert hidden
    assert set(reading.hidden) == hidden
    assert {one.cell for one in reading.rows if FLAG in one.citation.get("note", "")} == hidden
    assert told in reading.hidden_places
