# SPDX-License-Identifier: EUPL-1.2
"""Where a value stands in each format, and what merged ranges cover."""

import re

import workbooks
from workbooks import NAME, PAGE, SHEET, ods, ods_row, pack, parts_of, refused, save, values, xls

from genk_armoede.spreadsheets import filling
from genk_armoede.spreadsheets.workbook import open_workbook


def in_every_format(folder, rows):
    save(folder / "verzonnen.xlsx", rows)
    xls(folder / "verzonnen.xls", rows)
    ods(folder / "verzonnen.ods", "".join(ods_row(*row) for row in rows))
    width = max(map(len, rows))
    full = [["" if value is None else str(value) for value in [*row, *[None] * (width - len(row))]] for row in rows]
    text = "\n".join(";".join(row) for row in full)
    (folder / "verzonnen.csv").write_text(text, encoding="utf-8")
    (folder / "verzonnen.tsv").write_text(text.replace(";", "\t"), encoding="utf-8")
    return sorted(folder.iterdir())


def test_a_figure_in_c5_is_c5(tmp_path):
    rows = [[], [], [None, None, None, "Wijk"], [], [None, None, 12, None, 13], [], [None, "x"]]
    for path in in_every_format(tmp_path, rows):
        found = {address: str(value) for address, value in values(path).items()}
        assert found == {"D3": "Wijk", "C5": "12", "E5": "13", "B7": "x"}, path.name


def test_a_cells_own_address_counts(tmp_path):
    path = save(tmp_path / NAME, [[], [], [None, 1], [], [None, None, 2]])
    parts = parts_of(path)
    before = parts[PAGE]
    assert b'<row r="3">' in before
    parts[PAGE] = re.sub(rb'<row r="\d+"', b"<row", before)
    assert values(pack(path, parts)) == {"B3": 1, "C5": 2}
    parts[PAGE] = before.replace(b'<c r="C5"', b"<c/><c/><c")
    assert values(pack(path, parts)) == {"B3": 1, "C5": 2}


# What merged ranges cover


def test_values_under_a_merged_range_are_dropped(tmp_path):
    rows = [["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
    ranges = b'<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C2:C99"/></mergeCells></worksheet>'
    paths = [
        workbooks.replaced(save(tmp_path / NAME, rows), PAGE, b"</worksheet>", ranges),
        xls(tmp_path / "verzonnen.xls", rows, merge=["A1:B2", "C2:C99"]),
        ods(
            tmp_path / "verzonnen.ods",
            ods_row(spanned("a", 2, 2), covered("b"), "c")
            + ods_row(covered("d"), covered("e"), spanned("f", 98, 1))
            + ods_row("g", "h", covered("i")),
        ),
    ]
    for path in paths:
        assert values(path) == {"A1": "a", "C1": "c", "C2": "f", "A3": "g", "B3": "h"}, path.name
        assert sorted(open_workbook(path).sheets[0].merged) == [(1, 1, 2, 2), (2, 3, 99, 3)], path.name


def spanned(value, down, right):
    return workbooks.ods_cell(value, f' table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"')


def covered(value):
    return workbooks.ods_cell(value).replace("table:table-cell", "table:covered-table-cell")


def test_merged_ranges_that_never_end_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(filling, "MAX_CELLS", 1000)
    path = save(tmp_path / NAME, [[1] * 20] * 20)
    area = b'<mergeCell ref="A1:XFD1048576"/>'
    workbooks.replaced(path, PAGE, b"</worksheet>", b"<mergeCells>%s</mergeCells></worksheet>" % (area * 99))
    with refused("too many merged ranges", sheet=SHEET):
        open_workbook(path)
