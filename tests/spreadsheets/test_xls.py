# SPDX-License-Identifier: EUPL-1.2
"""What an .xls says of its cells."""

import datetime
import struct

import pytest
from second_readers import calamine
from workbooks import ROWS, SHEET, memory, refused, values, xls

from genk_armoede.spreadsheets.workbook import open_workbook

DAY = datetime.datetime(2021, 12, 31)


def test_what_an_xls_says_of_its_cells(tmp_path):
    path = xls(
        tmp_path / "verzonnen.xls",
        [["Wijk", 0.143, 2000], [1, 2, 3], [4, 5, 6]],
        formats={"B1": "0.0%", "C1": "00000"},
        colors={"A1": 23, "B1": 8},
        hidden=[2, "C"],
        state=2,
    )
    sheet = open_workbook(path).sheets[0]
    assert (sheet.name, sheet.state) == (SHEET, "veryHidden")
    assert {c.address for c in sheet.cells.values() if not c.hidden} == {"A1", "B1", "A3", "B3"}
    assert (sheet[1, 1].color, sheet[1, 2].color) == ("808080", "")
    assert (sheet[1, 2].is_percent, sheet[1, 3].text, type(sheet[2, 1].value)) == (True, "02000", int)


def test_what_is_raised_or_struck_through_in_an_xls_is_no_part_of_a_text(tmp_path):
    rows = [[("Genk", "raised", "1"), ("12", "raised", "2"), ("Mol", "struck", " oud"), ("5 m", "raised", "2")]]
    cells = open_workbook(xls(tmp_path / "verzonnen.xls", rows)).sheets[0].cells.values()
    assert [cell.text for cell in cells] == ["Genk", "12", "Mol", "5 m²"]
    assert [(cell.style.raised, cell.style.struck) for cell in cells] == [("1", ""), ("2", ""), ("", "oud"), ("", "")]


def test_an_xls_that_counts_days_from_1904(tmp_path):
    path = xls(tmp_path / "verzonnen.xls", [[43099]], formats={"A1": "yyyy-mm-dd"}, epoch=1)
    assert values(path) == {"A1": DAY} == {"A1": next(iter(calamine(path)[SHEET].values()))}


def test_an_xls_older_than_its_container(tmp_path):
    path = xls(tmp_path / "verzonnen.xls", ROWS)
    path.write_bytes(path.read_bytes()[1536:])
    assert values(path)["B3"] == 3.5


@pytest.mark.parametrize("number", [float("inf"), float("nan")])
def test_an_xls_number_that_cannot_be_read(tmp_path, number):
    path = xls(tmp_path / "verzonnen.xls", [[], [None, number]], formats={"B2": "yyyy-mm-dd"})
    with refused("the cell cannot be read", file=path.name, sheet=SHEET, cell="B2"):
        open_workbook(path)


def test_an_xls_row_of_nothing_costs_nothing(tmp_path):
    far = b"".join(struct.pack("<HHHHH", 0x201, 6, row, 255, 1) for row in range(1000))
    assert values(xls(tmp_path / "verzonnen.xls", ROWS, extra=far))["B3"] == 3.5


def test_links_of_an_xls_are_not_written_out(tmp_path):
    where = struct.pack("<HHHH", 0, 65_535, 0, 3)
    kind = bytes.fromhex("d0c9ea79f9bace118c8200aa004ba90b")
    link = where + kind + struct.pack("<II", 2, 8) + struct.pack("<I", 2) + "a\0".encode("utf-16-le")
    tip = struct.pack("<H", 0x800) + where + "tip\0".encode("utf-16-le")
    records = b"".join(struct.pack("<HH", n, len(of)) + of for n, of in ((0x1B8, link), (0x800, tip)))
    path = xls(tmp_path / "verzonnen.xls", ROWS, extra=records)
    assert values(path)["B3"] == 3.5
    assert memory(path)[1] < 5_000_000
