# SPDX-License-Identifier: EUPL-1.2
"""Columns that are packed say what the cells said that were put in them."""

import random
from array import array

import pytest
from workbooks import PAGE, pack, parts_of, save

from genk_armoede.spreadsheets.cells import Sheet
from genk_armoede.spreadsheets.columns import WholeNumbers, kinds, texts_in
from genk_armoede.spreadsheets.filling import Filler
from genk_armoede.spreadsheets.workbook import open_workbook

NUMBERS = list(range(1000, 1200))


def filled(*pieces):
    """A sheet of one column, filled by pieces: rows and values; single cells are put."""
    sheet = Sheet("verzonnen.xlsx", "Blad")
    filler = Filler(sheet)
    for rows, values in pieces:
        if isinstance(rows, int):
            filler.put(rows, 1, values, 0)
        else:
            filler.extend(1, rows, values, 0)
    filler.finish()
    return sheet


def said(pieces):
    """Row → value by a plain reading of the same pieces: of a cell that stands twice the last counts."""
    cells = {}
    for rows, values in pieces:
        cells |= {rows: values} if isinstance(rows, int) else dict(zip(rows, values, strict=True))
    return dict(sorted(cells.items()))


@pytest.mark.parametrize(
    "pieces",
    [
        [(1, "kop"), (range(2, 202), array("q", NUMBERS))],
        [(1, "kop"), (range(2, 202), array("q", NUMBERS)), (203, "voetnoot"), (range(300, 500), array("q", NUMBERS))],
        [(range(2, 202), array("q", NUMBERS)), (1, "kop")],
        [(list(range(1, 400, 2)), array("q", NUMBERS)), (list(range(2, 401, 2)), ["x"] * 200)],
        [(range(1, 201), array("q", NUMBERS)), (range(100, 300), array("q", NUMBERS))],
        [(range(1, 201), array("q", NUMBERS)), (201, 2**70), (202, 2.5), (203, True)],
        [(5, 1), (3, "a"), (4, 2), (3, "b")],
    ],
    ids=["header", "gaps", "header last", "by turns", "twice", "too large", "out of order"],
)
def test_a_packed_column_holds_every_cell(pieces):
    sheet, cells = filled(*pieces), said(pieces)
    column = sheet.columns[1]
    assert dict(zip(column.rows, column.values, strict=True)) == cells
    assert {place[0]: cell.value for place, cell in sheet.cells.items()} == cells
    assert kinds(column.values) == set(map(type, cells.values()))
    assert texts_in(column.values) == {value for value in cells.values() if isinstance(value, str)}
    assert [column.find(row) >= 0 for row in range(600)] == [row in cells for row in range(600)]
    chance = random.Random(1)
    for _ in range(50):
        start, end = sorted(chance.choices(range(1, 520), k=2))
        rows = list(range(start, end + 1, chance.choice([1, 1, 1, 3])))
        values, styles = sheet.aligned(1, rows)
        assert list(values) == [cells.get(row) for row in rows]
        assert len(styles) == len(rows)


def test_the_values_of_a_column_are_a_sequence():
    values = filled((1, "kop"), (range(2, 202), array("q", NUMBERS)), (202, "einde")).columns[1].values
    plain = ["kop", *NUMBERS, "einde"]
    assert list(values) == plain and len(values) == 202
    for index in (slice(None), slice(1, 201), slice(0, 5), slice(-3, None), slice(None, None, -1), slice(5, 2)):
        assert list(values[index]) == plain[index]
    assert (values[0], values[1], values[-1], values[-2]) == ("kop", 1000, "einde", 1199)
    with pytest.raises(IndexError):
        values[202]


def test_texts_of_whole_numbers():
    texts = WholeNumbers(array("q", [7, -3, 0]))
    assert list(texts) == ["7", "-3", "0"] and texts[1] == "-3" and len(texts) == 3
    assert list(texts.picked([2, 0])) == ["0", "7"]
    assert "-3" in texts and "" not in texts and "07" not in texts


def test_rows_of_one_form_are_read_as_any_others(tmp_path):
    """Rows that come back are read many at a time, unless a comment stands before them: then by the parser alone."""
    kinds_of_rows = [
        '<row r="{r}"><c r="A{r}" t="str"><v>Wijk</v></c><c r="B{r}"><v>{r}</v></c><c r="C{r}"><v>0.{r}</v></c></row>',
        '<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>W{r}</t></is></c><c r="B{r}"/><c r="C{r}"><v>7</v></c></row>',
        '<row r="{r}"><c r="B{r}"><f>A1*2</f><v>{r}</v></c><c r="C{r}" t="str"><f>"x"</f><v>x</v></c></row>',
        '<row r="{r}" hidden="1"><c r="A{r}" t="b"><v>1</v></c><c r="D{r}"><v>99999999999999999999</v></c></row>',
        '<row r="{r}"><c r="A{r}"><v>1e3</v></c><c r="B{r}" t="str"><v>&lt;5</v></c></row>',
    ]
    rows = "".join(kinds_of_rows[(r // 90 + (r % 41 == 0)) % 5].format(r=r) for r in range(3, 1200))
    parts = parts_of(save(tmp_path / "verzonnen.xlsx", [["a", "b"], [1.5, 2]], formats={"B2": "0.0%"}))
    before, after = parts[PAGE].split(b"</sheetData>")
    sheets = []
    for comment in ("", "<!-- -->"):
        content = {**parts, PAGE: before + f"{comment}{rows}</sheetData>".encode() + after}
        sheets += open_workbook(pack(tmp_path / "anders.xlsx", content)).sheets
    many, single = (list(sheet.cells.values()) for sheet in sheets)
    assert many == single and len(many) > 2000
    assert [type(cell.value) for cell in many] == [type(cell.value) for cell in single]
    assert sheets[0].hidden_rows == sheets[1].hidden_rows
