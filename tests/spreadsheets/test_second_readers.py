# SPDX-License-Identifier: EUPL-1.2
"""Each format against a second reader: the same values at the same addresses."""

import datetime
import re

import openpyxl
import pytest
from openpyxl.chart import LineChart
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from second_readers import all_of_ours, by_openpyxl, calamine, ours
from workbooks import NAME, PAGE, ROOT, ROWS, SAMPLES, SHEET, ods, ods_row, pack, parts_of, save, shared, values, xls

RAW = sorted((ROOT / "data/raw").glob("*.xlsx"))
SENT = sorted(path for path in SAMPLES.glob("*.xlsx") if "password" not in path.name)
DAY = datetime.datetime(2021, 12, 31)

# Invented workbooks with what second readers have to agree on


def kinds(book, page):
    page["B3"], page["C3"], page["D3"], page["E3"] = "Wijk", 12, 3.5, True
    page["B4"], page["C4"], page["D4"], page["E4"] = "é€\N{GRINNING FACE}", -99996, 0.1 + 0.2, False
    page["B5"], page["C5"], page["D5"], page["E5"] = "  a \n b ", 123456789012345, 1e-300, " "
    page["B6"], page["C6"], page["D6"] = "x" * 32767, 1e300, "#N/A"
    page["B7"], page["C7"] = "<script>&amp;</script>", "'=1+1"
    page["D7"].value, page["D7"].data_type = "=2", "s"
    page["XFD9"] = "far"


def moments(book, page):
    page.append([DAY, datetime.datetime(1999, 12, 31, 23, 59, 59), datetime.date(2020, 2, 29), datetime.time(13, 30)])
    page.append([datetime.timedelta(hours=30), datetime.timedelta(minutes=90), datetime.date(1904, 3, 1), 44561])
    for cell, shown in zip(page[2], ("[h]:mm", "[mm]:ss", "mmm yyyy", '0 "dagen"'), strict=True):
        cell.number_format = shown
    page["A3"], page["B3"], page["C3"], page["D3"] = 44561, 44561, 44561.5, 44561
    for cell, shown in zip(page[3], ("[$-813]d mmmm yyyy", "0.0;[Red]d", "d/m/yyyy h:mm", "_-* #,##0_-"), strict=True):
        cell.number_format = shown


def moments_since_1904(book, page):
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    moments(book, page)


def looks(book, page):
    for row in range(2, 9):
        page.append([None, *(row * column for column in range(2, 9))])
    page["B3"].number_format, page["C3"].number_format, page["D3"].number_format = "0%", "00000", "#,##0.0_%"
    colors = "FF808080", "00AbCdEf", "FF000000", Color(indexed=23), Color(indexed=8), Color(indexed=64), Color(theme=1)
    for cell, color in zip(page[4][1:], colors, strict=True):
        cell.font = Font(color=color)
    page["B5"].alignment = Alignment(indent=2)
    page.merge_cells("B6:D7")
    page.merge_cells("E6:E7")
    page.row_dimensions[3].hidden = True
    page.column_dimensions.group("C", "D", hidden=True)
    other = DifferentialStyle(Font(color="00FF0000"), NumberFormat(164, "0.0%"))  # 164 is `00000` for the cells
    page.conditional_formatting.add("B2:D4", Rule("cellIs", dxf=other, operator="lessThan", formula=["9"]))


def sheets(book, page):
    page["A1"] = "een"
    book.create_sheet("<script>")["B2"] = "twee"
    book.create_sheet("=1+1").sheet_state = "hidden"
    book.create_sheet("é 'x' & y").sheet_state = "veryHidden"
    book.create_chartsheet("grafiek").add_chart(LineChart())
    book["é 'x' & y"]["C3"] = "diep"


MADE = {make.__name__: make for make in (kinds, moments, moments_since_1904, looks, sheets)}


def made(path, name):
    book = openpyxl.Workbook()
    MADE[name](book, book.active)
    book.save(path)
    return path


# The same workbook in other words


def prefixed(parts):
    """Every element of the main namespace under a prefix."""
    for name in ("xl/workbook.xml", "xl/styles.xml", PAGE):
        text = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", parts[name])
        parts[name] = re.sub(rb'xmlns="([^"]+spreadsheetml[^"]+)"', rb'xmlns:x="\1"', text)
    return parts


def without_addresses(parts):
    """Cells and rows one after another; the places left open become empty cells."""
    rows = iter(re.findall(rb'<row r="(\d+)".*?</row>', parts[PAGE]))
    assert [int(row) for row in rows] == [1, 2, 3]
    parts[PAGE] = re.sub(rb'(<row|<c) r="[A-Z]*\d+"', rb"\1", parts[PAGE])
    return parts


def rows_without_addresses(parts):
    parts[PAGE] = re.sub(rb'<row r="\d+"', b"<row", parts[PAGE])
    return parts


def strict(parts):
    for name, content in parts.items():
        for old, new in ((b"spreadsheetml/2006", b"spreadsheetml"), (b"officeDocument/2006", b"officeDocument")):
            content = content.replace(b"http://schemas.openxmlformats.org/" + old, b"http://purl.oclc.org/ooxml/" + new)
        parts[name] = content
    return parts


def in_utf_16(parts):
    text = parts[PAGE].decode()
    return parts | {PAGE: f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")}


def elsewhere(parts):
    """Parts under other names, found by their relationships."""
    moved = {"xl/workbook.xml": "boek.xml", "xl/_rels/workbook.xml.rels": "_rels/boek.xml.rels", PAGE: "a/b c.xml"}
    parts = {moved.get(name, name): content for name, content in parts.items()}
    relations = parts["_rels/boek.xml.rels"].replace(b"/xl/worksheets/sheet1.xml", b"./a/../a/b c.xml")
    parts["_rels/boek.xml.rels"] = relations.replace(b'"styles.xml"', b'"/xl/styles.xml"')
    for name in ("_rels/.rels", "[Content_Types].xml"):
        parts[name] = parts[name].replace(b"xl/workbook.xml", b"boek.xml")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(PAGE.encode(), b"a/b c.xml")
    return parts


@pytest.mark.parametrize("path", RAW + SENT, ids=lambda path: path.stem)
def test_second_readers_agree_on_what_was_sent(path):
    assert ours(path) == calamine(path)
    assert all_of_ours(path) == by_openpyxl(path)


def test_the_projects_own_workbooks_are_compared():
    assert {"corona", "schooltoelagen", "wijken"} <= {path.stem for path in RAW}


@pytest.mark.parametrize("name", MADE)
def test_second_readers_agree_on_what_is_made(tmp_path, name):
    path = made(tmp_path / NAME, name)
    assert ours(path) == calamine(path)
    theirs = by_openpyxl(path)
    charts = {"grafiek": ("visible", set(), {})} if name == "sheets" else {}
    assert all_of_ours(path) == theirs | charts
    assert sum(len(cells) for *_, cells in theirs.values()) >= 3


@pytest.mark.parametrize(
    ("words", "readers_too"),
    [
        (prefixed, (calamine, by_openpyxl)),
        (without_addresses, (calamine, by_openpyxl)),
        (rows_without_addresses, (calamine, by_openpyxl)),
        (shared, (calamine, by_openpyxl)),
        (strict, (calamine,)),
        (in_utf_16, (by_openpyxl,)),
        (elsewhere, (by_openpyxl,)),
    ],
)
def test_the_same_workbook_in_other_words(tmp_path, words, readers_too):
    path = save(tmp_path / NAME, ROWS, formats={"B3": "0.0"}, colors={"A1": "00808080"}, merge=["C1:C2"])
    plain = all_of_ours(path)
    parts = words(parts_of(path))
    assert parts != parts_of(path)
    pack(path, parts)
    assert all_of_ours(path) == plain
    for read in readers_too:
        assert read(path) == (all_of_ours if read is by_openpyxl else ours)(path)


def test_second_readers_agree_on_xls(tmp_path):
    rows = [[], [None, "Wijk", "é\N{GRINNING FACE}", 12, 3.5, -99996, True, False, "#N/A"], [None] * 255 + ["IV"]]
    rows += [[44561, 44561.25, 0.5, 1.25, 44561], ["a", "b", "c"], [1, 2, 3]]
    shown = {"A4": "yyyy-mm-dd", "B4": "d/m/yy h:mm", "C4": "h:mm", "D4": "[h]:mm", "E4": '0 "dagen"'}
    path = xls(tmp_path / "verzonnen.xls", rows, formats=shown, merge=["A5:B6"])
    assert ours(path) == calamine(path)
    assert values(path)["I2"] == "#N/A"
    assert ours(path)[SHEET][4, 4] == datetime.timedelta(hours=30)


def test_second_readers_agree_on_ods(tmp_path):
    cells = ods_row(None, "Wijk", 12, 3.5, True, "a & b".replace("&", "&amp;"), -99996) + ods_row(None, None, False)
    path = ods(tmp_path / "verzonnen.ods", ods_row(number_rows_repeated=3) + cells)
    assert ours(path) == calamine(path)
    assert values(path) == dict(B4="Wijk", C4=12, D4=3.5, E4=True, F4="a & b", G4=-99996, C5=False)


def test_the_second_opinion_would_tell(tmp_path):
    path = save(tmp_path / NAME, [[None], [None, "a"]])
    assert calamine(path) == {SHEET: {(2, 2): "a"}}
    assert by_openpyxl(path)[SHEET][2]["B2"][:2] == (str, "a")
