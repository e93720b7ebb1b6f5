# SPDX-License-Identifier: EUPL-1.2
"""The lines of a tidy CSV are those of its observations, however rows and columns share what they say."""

import pytest
from good_workbooks import invented
from grids import write
from workbooks import NAME, save

from genk_armoede import layouts
from genk_armoede.layouts.engine import lines
from genk_armoede.observations.observation import table_bytes, validate
from genk_armoede.spreadsheets.workbook import open_workbook

FILTERS = "Toegepaste filters:\nBoekjaar is 2021\nType boekhouding is Verzonnen"
HEADS = [["Rekening", None, "R1 Een", "R2 Twee"], ["Bestuur", "Dienst", *["Uitgave per inwoner"] * 2]]


def both(path) -> tuple[bytes, bytes]:
    """The lines of all sheets of a file, and the table of their observations."""
    readings, _ = layouts.recognise(open_workbook(path))
    rows = validate(row for reading in readings for row in reading.rows)
    return "".join(lines.csv_pieces(readings)).encode(), table_bytes(rows)


@pytest.mark.parametrize("many", [1, 20_000], ids=["as many rows", "as few rows"])
def test_the_lines_of_every_layout(tmp_path, monkeypatch, many):
    monkeypatch.setattr(lines, "MANY", many)
    monkeypatch.setattr(lines, "PIECE", 7)
    for book in invented().values():
        found, expected = both(write(book, tmp_path))
        assert found == expected, book.file


@pytest.mark.parametrize("swapped", [False, True])
def test_columns_that_each_say_their_own_breakdown(tmp_path, swapped):
    rows = [[f"Bestuur {n}", f"{'AZ'[n % 2]}fdeling", n + 0.5, n + 0.25] for n in range(9)]
    rows = [*HEADS, *rows, [], [FILTERS]]
    if swapped:
        rows = [[*row[:2], *reversed(row[2:])] for row in rows]
    found, expected = both(save(tmp_path / NAME, rows))
    assert found == expected and found.count(b"\n") == 19
