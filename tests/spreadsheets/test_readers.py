# SPDX-License-Identifier: EUPL-1.2
"""Each format against a second reader, and against files that are broken or meant to do harm."""

import datetime
import gc
import random
import re
import struct
import tracemalloc
import warnings
import zipfile

import openpyxl
import pytest
import workbooks
from openpyxl.chart import LineChart
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook
from workbooks import NAME, ROOT, SAMPLES, SHEET, compound, ods, ods_row, pack, parts_of, refused, save, xls

from genk_armoede.errors import DataError
from genk_armoede.spreadsheets import container, filling
from genk_armoede.spreadsheets.workbook import open_workbook

PAGE = "xl/worksheets/sheet1.xml"
ROWS = [["Wijk", "Fictief"], ["Verzonnen", 12], ["Bedacht", 3.5]]
RAW = sorted((ROOT / "data/raw").glob("*.xlsx"))
SENT = sorted(path for path in SAMPLES.glob("*.xlsx") if "password" not in path.name)
LONG = datetime.timedelta(hours=36, minutes=28, seconds=48)
DAY = datetime.datetime(2021, 12, 31)


def values(path):
    return {cell.address: cell.value for cell in open_workbook(path).sheets[0].cells.values()}


def memory(path):
    """Bytes that a workbook holds once it is read, and the most it took to read it."""
    tracemalloc.start()
    try:
        book = open_workbook(path)
        assert book.sheets
        gc.collect()
        return tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()


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


def shared(parts):
    """Shared strings, plain and rich and with reading help, and formulas that share one text."""
    strings = b"<si><t>Verzonnen</t></si><si><r><t>Be</t></r><r><t>dacht</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (main, strings)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", entry)
    relations = "xl/_rels/workbook.xml.rels"
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    entry = b'<Relationship Type="%s" Target="sharedStrings.xml" Id="s"/></Relationships>' % kind
    parts[relations] = parts[relations].replace(b"</Relationships>", entry)
    for index, word in enumerate((b"Verzonnen", b"Bedacht")):
        parts[PAGE] = parts[PAGE].replace(b't="inlineStr"><is><t>%s</t></is>' % word, b't="s"><v>%d</v>' % index)
    for formula, number in ((b'<f t="shared" ref="B2:B3" si="0">6+6</f>', b"12"), (b'<f t="shared" si="0"/>', b"3.5")):
        parts[PAGE] = parts[PAGE].replace(b"<v>%s</v>" % number, b"%s<v>%s</v>" % (formula, number))
    return parts


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


def compared(ours):
    """Values without errors, for which calamine gives nothing, and days as moments."""
    kept = {place: value for place, value in ours.items() if not re.fullmatch(r"#[A-Z/0!?]+", str(value))}
    days = {place: value for place, value in kept.items() if type(value) is datetime.date}
    return kept | {place: datetime.datetime.combine(day, datetime.time()) for place, day in days.items()}


def calamine(path):
    """Sheet → place → value, what merged ranges cover left out as Excel leaves it out."""
    book = CalamineWorkbook.from_path(path)
    found = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = sheet.to_python(skip_empty_area=False)
        cells = {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)}
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
            for place in ((r, c) for r in range(top + 1, bottom + 2) for c in range(left + 1, right + 2)):
                if place != (top + 1, left + 1):
                    cells.pop(place, None)
        found[name] = compared({place: value for place, value in cells.items() if str(value).strip()})
    return found


def ours(path):
    return {
        sheet.name: compared({place: cell.value for place, cell in sheet.cells.items()})
        for sheet in open_workbook(path).sheets
    }


def by_openpyxl(path):
    """Sheet → its state, merged ranges, and all that is known of each cell."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Swing's workbooks have no default style
        book = openpyxl.load_workbook(path, data_only=True)
    found = {}
    for sheet in book:
        hidden = {row for row, known in sheet.row_dimensions.items() if known.hidden}
        spans = [range(known.min, known.max + 1) for known in sheet.column_dimensions.values() if known.hidden]
        cells = {}
        filled = (cell for row in sheet.iter_rows() for cell in row if cell.value is not None)
        for cell in (cell for cell in filled if str(cell.value).strip()):
            color = cell.font.color
            rgb = color.rgb if color and color.type == "rgb" else ""
            if color and color.type == "indexed" and color.indexed < 64:
                rgb = COLOR_INDEX[color.indexed]
            shut = cell.row in hidden or any(cell.column in span for span in spans)
            about = (cell.number_format, rgb[-6:].upper().replace("000000", ""), shut, int(cell.alignment.indent))
            value = cell.value.replace("_x000D_", "\r") if isinstance(cell.value, str) else cell.value
            cells[cell.coordinate] = (type(value), value, *about)
        found[sheet.title] = sheet.sheet_state, {str(area) for area in sheet.merged_cells.ranges}, cells
    return found


def all_of_ours(path):
    found = {}
    for sheet in open_workbook(path).sheets:
        cells = {
            c.address: (type(c.value), c.value, c.number_format, c.color, c.hidden, c.indent)
            for c in sheet.cells.values()
        }
        merged = {f"{get_column_letter(a[1])}{a[0]}:{get_column_letter(a[3])}{a[2]}" for a in sheet.merged}
        found[sheet.name] = sheet.state, merged, cells
    return found


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


# Addresses


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


# .xls


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


# .ods

PLAIN = "verzonnen.ods"


@pytest.mark.parametrize(
    ("cell", "value", "number_format"),
    [
        ('office:value-type="float" office:value="12"><text:p>12,00</text:p>', 12, "General"),
        ('office:value-type="float" office:value="3"><text:p>&lt;5</text:p>', "<5", "General"),
        ('office:value-type="float" office:value="1.5E3"><text:p>1500</text:p>', 1500.0, "General"),
        ('office:value-type="percentage" office:value="0.143"><text:p>14,3%</text:p>', 0.143, "0%"),
        ('office:value-type="currency" office:currency="EUR" office:value="12.5">', 12.5, '0 "EUR"'),
        ('office:value-type="date" office:date-value="2021-12-31"><text:p>31/12/21</text:p>', DAY, "yyyy-mm-dd"),
        ('office:value-type="date" office:date-value="2021-12-31T00:00:00.000000000">', DAY, "yyyy-mm-dd"),
        (
            'office:value-type="time" office:time-value="PT12H30M00S"><text:p>12:30</text:p>',
            datetime.timedelta(hours=12.5),
            "[h]:mm:ss",
        ),
        ('office:value-type="time" office:time-value="PT36H28M48S"><text:p>36</text:p>', LONG, "[h]:mm:ss"),
        ('office:value-type="boolean" office:boolean-value="true"><text:p>WAAR</text:p>', True, "General"),
        ('office:value-type="boolean" office:boolean-value="false"><text:p>ONWAAR</text:p>', False, "General"),
        ('office:value-type="string"><text:p>a</text:p><text:p>b</text:p>', "a\nb", "General"),
        ('office:value-type="string">\n <text:p>a<text:s text:c="2"/>b<text:tab/>c</text:p>\n', "a  b c", "General"),
        ('office:value-type="string"><text:p>a<text:span>b</text:span><text:a>c</text:a></text:p>', "abc", "General"),
        ('office:value-type="string" office:string-value="lang"><text:p>kort</text:p>', "lang", "General"),
        ('office:value-type="string" office:string-value=""><text:p>#N/A</text:p>', "#N/A", "General"),
        ('table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p>', 2, "General"),
    ],
)
def test_a_stored_value_of_an_ods(tmp_path, cell, value, number_format):
    path = ods(tmp_path / PLAIN, ods_row("Wijk", f"<table:table-cell {cell}</table:table-cell>"))
    found = open_workbook(path).sheets[0][1, 2]
    assert (found.value, type(found.value), found.number_format) == (value, type(value), number_format)


@pytest.mark.parametrize(
    "beside",
    [
        "<office:annotation><dc:date xmlns:dc='d'>2021</dc:date><text:p>opmerking</text:p></office:annotation>",
        "<draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box></draw:frame>",
        "<draw:custom-shape><text:p>vorm</text:p></draw:custom-shape>",
        "<draw:g><draw:g/><draw:object><table:table table:name='x'><table:table-row><table:table-cell "
        "office:value-type='float' office:value='9'/></table:table-row></table:table></draw:object></draw:g>",
    ],
)
def test_remarks_and_drawings_are_no_values(tmp_path, beside):
    cells = f'<table:table-cell office:value-type="string">{beside}<text:p>a</text:p></table:table-cell>'
    path = ods(tmp_path / PLAIN, f"<table:shapes>{beside}</table:shapes>" + ods_row("Wijk", cells, "b"))
    assert ours(path) == {SHEET: {(1, 1): "Wijk", (1, 2): "a", (1, 3): "b"}}


def test_what_an_ods_says_of_its_cells(tmp_path):
    styles = (
        '<style:style style:name="grijs"><style:text-properties fo:color="#80a0ff"/></style:style>'
        '<style:style style:name="zwart"><style:text-properties fo:color="#000000"/></style:style>'
        '<style:style style:name="weg"><style:table-properties table:display="false"/></style:style>'
    )
    columns = '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="grijs"/>'
    columns += '<table:table-column table:visibility="collapse"/><table:table-column/>'
    own = workbooks.ods_cell("b", ' table:style-name="zwart"')
    rows = ods_row("a", own, "c", "d") + ods_row("e", visibility="filter") + ods_row("f", visibility="collapse")
    tables = f'<table:table table:name="een">{columns}{rows}</table:table>'
    tables += f'<table:table table:name="twee" table:style-name="weg">{ods_row("g")}</table:table>'
    book = open_workbook(ods(tmp_path / PLAIN, "", styles=styles, tables=tables))
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [("een", "visible"), ("twee", "hidden")]
    cells = book.sheets[0].cells.values()
    assert {c.value: c.color for c in cells if c.color} == {"a": "80A0FF", "e": "80A0FF", "f": "80A0FF"}
    assert {c.value for c in cells if c.hidden} == {"c", "e", "f"}


@pytest.mark.parametrize(
    ("style", "cell", "number_format", "text"),
    [
        ('<number:number number:min-integer-digits="5"/>', 2000, "00000", "02000"),
        ('<number:number number:min-integer-digits="1"/>', 2000, "General", "2000"),
        ('<number:number number:decimal-places="2" number:min-integer-digits="1"/>', 2000, "0", "2000"),
        ('<number:number number:decimal-places="0" number:display-factor="1000"/>', 2000, "0,", "2000"),
        ('<number:number number:display-factor="1000000"/><number:text> "mln"</number:text>', 2, '0,," mln"', "2"),
        (
            "<number:text>ca. </number:text><number:number/><number:text> dagen</number:text>",
            2,
            '"ca. "General" dagen"',
            "2",
        ),
        ("<number:currency-symbol>€</number:currency-symbol><number:number/>", 2, '"€"General', "2"),
        ('<style:text-properties fo:color="#ff0000"/><number:number/>', 2, "General", "2"),
        ("<number:year/>", DAY, "yyyy", ""),
        ('<number:month number:textual="true"/><number:text> </number:text><number:year/>', DAY, 'mm" "yyyy', ""),
        ("<number:hours/><number:minutes/><number:seconds/>", DAY, "hh:mm:ss", ""),
        ("<number:number/>", 0.5, "General", "0.5"),
        ("<number:number/>", "Wijk", "General", "Wijk"),
    ],
)
def test_a_number_format_of_an_ods(tmp_path, style, cell, number_format, text):
    styles = f'<number:number-style style:name="N1">{style}</number:number-style>'
    styles += '<style:style style:name="ce1" style:data-style-name="N1"/>'
    if cell is DAY:
        stored = '<table:table-cell office:value-type="date" office:date-value="2021-12-31" table:style-name="ce1"/>'
    else:
        stored = workbooks.ods_cell(cell, ' table:style-name="ce1"')
    own = open_workbook(ods(tmp_path / PLAIN, ods_row(stored), styles=styles)).sheets[0][1, 1]
    by_column = '<table:table-column table:default-cell-style-name="ce1"/>'
    plain = stored.replace(' table:style-name="ce1"', "")
    columns = open_workbook(ods(tmp_path / PLAIN, by_column + ods_row(plain), styles=styles)).sheets[0][1, 1]
    assert own == columns
    assert (own.number_format, own.color) == (number_format, "")
    assert own.text == text or cell is DAY


def test_a_percentage_of_an_ods_stays_one(tmp_path):
    styles = '<number:percentage-style style:name="N1"><number:number/><number:text>%</number:text>'
    styles += '</number:percentage-style><style:style style:name="ce1" style:data-style-name="N1"/>'
    cell = '<table:table-cell office:value-type="percentage" office:value="0.143" table:style-name="ce1"/>'
    assert open_workbook(ods(tmp_path / PLAIN, ods_row(cell), styles=styles)).sheets[0][1, 1].is_percent


def test_repeated_cells_and_rows_are_written_out(tmp_path):
    twice = workbooks.ods_cell(7, ' table:number-columns-repeated="2"')
    gap = '<table:table-cell table:number-columns-repeated="16380"/>'
    rows = ods_row(None, twice, gap, "x", number_rows_repeated=2) + ods_row(number_rows_repeated=1048570) + ods_row(8)
    found = values(ods(tmp_path / PLAIN, rows))
    assert found == dict(B1=7, C1=7, XFD1="x", B2=7, C2=7, XFD2="x", A1048573=8)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ('office:value-type="float" office:value="NaN"', "a number without end"),
        ('office:value-type="float" office:value="1e999"', "a number without end"),
        ('office:value-type="float" office:value="twaalf"', "the cell cannot be read"),
        ('office:value-type="float"', "the cell cannot be read"),
        ('office:value-type="date" office:date-value="-0044-03-15"', "the cell cannot be read"),
        ('table:formula="of:=1+1"', "a formula without a calculated value"),
    ],
)
def test_an_ods_cell_that_cannot_be_read(tmp_path, cell, problem):
    path = ods(tmp_path / PLAIN, ods_row() + ods_row(None, f"<table:table-cell {cell}/>"))
    with refused(problem, file=PLAIN, sheet=SHEET, cell="B2"):
        open_workbook(path)


@pytest.mark.parametrize(
    "tables",
    [
        ods_row("a"),
        "<table:table-cell/>",
        "<table:table/>",
        f'<table:table table:name="x">{workbooks.ods_cell("a")}</table:table>',
    ],
)
def test_an_ods_that_is_no_sheet(tmp_path, tables):
    try:
        assert open_workbook(ods(tmp_path / PLAIN, "", tables=tables)).sheets[0].cells == {}
    except DataError as error:
        assert error.file == PLAIN


# Files that mean harm

BOMBS = {
    "entities": '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]>',
    "external": '<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    "parameter": '<!DOCTYPE a [<!ENTITY % a SYSTEM "http://verzonnen.invalid/a.dtd"> %a;]>',
    "elsewhere": '<!DOCTYPE a SYSTEM "http://verzonnen.invalid/a.dtd">',
}
XML = ["_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", PAGE]


@pytest.mark.parametrize("part", XML)
@pytest.mark.parametrize("bomb", BOMBS)
def test_no_part_may_declare_a_document_type(tmp_path, part, bomb):
    parts = shared(parts_of(save(tmp_path / NAME, ROWS)))
    parts[part] = BOMBS[bomb].encode() + parts[part].replace(b"Verzonnen", b"&c;")
    with refused("a document type declaration"):
        open_workbook(pack(tmp_path / NAME, parts))


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_ods_may_declare_a_document_type(tmp_path, bomb):
    path = ods(tmp_path / PLAIN, ods_row("a"))
    parts = parts_of(path)
    with refused("a document type declaration", file=PLAIN):
        open_workbook(pack(path, parts | {"content.xml": BOMBS[bomb].encode() + parts["content.xml"]}))


@pytest.mark.parametrize("part", [*XML, "content.xml"])
def test_xml_that_is_nested_deep(tmp_path, part):
    deep = b"<a>" * 50_000 + b"</a>" * 50_000
    path = ods(tmp_path / PLAIN, ods_row("a")) if part == "content.xml" else save(tmp_path / NAME, ROWS)
    parts = shared(parts_of(path)) if path.name == NAME else parts_of(path)
    end = parts[part].rindex(b"</")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content[:end] + deep + content[end:] if name == part else content)
    assert "A1" in values(path)


@pytest.mark.parametrize("how", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_no_workbook_has(tmp_path, how):
    path = save(tmp_path / NAME, ROWS)
    parts = parts_of(path)
    with zipfile.ZipFile(path, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with refused("damaged"):
        open_workbook(path)


def test_a_size_that_is_a_lie(tmp_path):
    path = save(tmp_path / NAME, ROWS)
    pack(path, parts_of(path) | {"xl/media/nul.bin": bytes(3_000_000)})
    content = path.read_bytes()
    size = struct.pack("<I", 3_000_000)
    assert content.count(size) == 2
    path.write_bytes(content.replace(size, struct.pack("<I", 3000)))
    with refused("damaged in xl/media/nul.bin"):
        open_workbook(path)


def test_many_ratios_that_are_just_honest(tmp_path, monkeypatch):
    chance = random.Random(0)
    filler = b"".join(chance.randbytes(1000) + bytes(40_000) for _ in range(50))
    path = save(tmp_path / NAME, ROWS)
    parts = parts_of(path) | {f"xl/media/{n}.bin": filler for n in range(5)}
    assert values(pack(path, parts))["B2"] == 12
    monkeypatch.setattr(container, "MAX_UNPACKED", 10_000_000)
    with refused("no honest workbook"):
        open_workbook(path)


def test_a_part_that_is_read_whole_is_small(tmp_path):
    path = save(tmp_path / NAME, ROWS)
    parts = parts_of(path)
    rules = b"".join(b"<x a='%d'/>" % n for n in range(1_500_000))
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"</styleSheet>", rules + b"</styleSheet>")
    with refused("xl/styles.xml is larger than"):
        open_workbook(pack(path, parts))


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".ods"])
def test_all_sheets_together_have_a_bound(tmp_path, monkeypatch, suffix):
    path = tmp_path / f"verzonnen{suffix}"
    if suffix == ".ods":
        ods(path, "", tables="".join(f'<table:table table:name="{n}">{ods_row(1, 2, 3)}</table:table>' for n in "ab"))
    elif suffix == ".xls":
        xls(path, [[1, 2, 3]] * 2)
    else:
        save(path, [[1, 2, 3]])
        with workbooks.edited(path) as book:
            book.copy_worksheet(book.active)
    assert sum(len(sheet.cells) for sheet in open_workbook(path).sheets) == 6
    monkeypatch.setattr(filling, "MAX_CELLS", 5)
    with pytest.raises(DataError, match="too large"):
        open_workbook(path)


def test_one_part_is_one_sheet(tmp_path):
    path = save(tmp_path / NAME, ROWS)
    again = b'<sheet name="nog eens" sheetId="2" r:id="rId1"/></sheets>'
    with refused("'nog eens' that is not in it"):
        open_workbook(workbooks.replaced(path, "xl/workbook.xml", b"</sheets>", again))


def test_a_sheet_outside_the_file_is_not_read(tmp_path):
    path = save(tmp_path / NAME, ROWS)
    workbooks.replaced(path, "xl/_rels/workbook.xml.rels", b'Id="rId1"', b'Id="rId1" TargetMode="External"')
    with refused("a sheet 'Blad' that is not in it"):
        open_workbook(path)


def test_links_macros_and_macro_sheets_are_left_alone(tmp_path):
    path = save(tmp_path / "verzonnen.xlsm", ROWS)
    parts = parts_of(path)
    relations, kinds = "xl/_rels/workbook.xml.rels", "http://schemas.microsoft.com/office/2006/relationships"
    entries = (
        f'<Relationship Id="v" Type="{kinds}/vbaProject" Target="vbaProject.bin"/>'
        f'<Relationship Id="l" Type="{kinds}/externalLink" Target="http://verzonnen.invalid/" TargetMode="External"/>'
        f'<Relationship Id="m" Type="{kinds}/xlMacrosheet" Target="macrosheets/sheet1.xml"/></Relationships>'
    )
    parts[relations] = parts[relations].replace(b"</Relationships>", entries.encode())
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"</sheets>", b'<sheet name="Macro1" sheetId="2" r:id="m"/></sheets>'
    )
    parts |= {"xl/vbaProject.bin": compound("VBA", b"Auto_Open"), "xl/macrosheets/sheet1.xml": b"<no xml at all"}
    book = open_workbook(pack(path, parts))
    assert [(sheet.name, len(sheet.cells)) for sheet in book.sheets] == [(SHEET, 6), ("Macro1", 0)]


@pytest.mark.parametrize("last", ["1000000000", "99999999999999999999"])
def test_hidden_columns_without_end(tmp_path, last):
    path = save(tmp_path / NAME, ROWS)
    columns = f'<cols><col min="2" max="{last}" hidden="1"/></cols><sheetData>'.encode()
    sheet = open_workbook(workbooks.replaced(path, PAGE, b"<sheetData>", columns)).sheets[0]
    assert {cell.column for cell in sheet.cells.values() if cell.hidden} == {2}


@pytest.mark.parametrize("times", [999_999_999, 2_000_000])
@pytest.mark.parametrize("of", ["rows", "columns", "both"])
def test_repeats_without_end(tmp_path, times, of):
    cell = workbooks.ods_cell(1, f' table:number-columns-repeated="{times if of != "rows" else 1}"')
    rows = ods_row(cell, number_rows_repeated=times if of != "columns" else 1)
    with refused("the sheet is too large", file=PLAIN, sheet=SHEET):
        open_workbook(ods(tmp_path / PLAIN, rows))


@pytest.mark.parametrize("times", ["-1", "0", "veel"])
def test_a_repeat_that_is_no_number_of_times(tmp_path, times):
    with refused("the workbook cannot be read", file=PLAIN):
        open_workbook(ods(tmp_path / PLAIN, ods_row("a", number_rows_repeated=times)))


def test_empty_repeats_cost_nothing(tmp_path):
    many = "table:number-columns-repeated='999999999'"
    empty = f"<table:table-column {many} table:visibility='collapse'/>" * 9
    empty += f"<table:table-row table:number-rows-repeated='999999999'><table:table-cell {many}/></table:table-row>" * 9
    tables = f'<table:table table:name="{SHEET}">{ods_row(1)}{empty}</table:table>'
    spaces = '<table:table-cell><text:p>a<text:s text:c="999999999"/>b</text:p></table:table-cell>'
    path = ods(tmp_path / PLAIN, "", tables=tables + f'<table:table table:name="b">{ods_row(spaces)}</table:table>')
    assert memory(path)[1] < 5_000_000
    assert [len(sheet.cells) for sheet in open_workbook(path).sheets] == [1, 1]


def test_formatted_rows_without_values_cost_no_memory(tmp_path):
    path = save(tmp_path / NAME, ROWS)
    rows = b"".join(b'<row r="%d" s="1" ht="15"><c r="A%d" s="0"/></row>' % (n, n) for n in range(4, 30_000))
    workbooks.replaced(path, PAGE, b"</sheetData>", rows + b"</sheetData>")
    assert values(path)["B3"] == 3.5
    held, most = memory(path)
    assert held < 100_000
    assert most < 6 * len(rows)


def test_a_very_long_shared_string(tmp_path):
    text = random.Random(0).randbytes(2_000_000).hex().encode()
    parts = shared(parts_of(save(tmp_path / NAME, ROWS)))
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"Verzonnen", text)
    assert values(pack(tmp_path / NAME, parts))["A2"] == text.decode()


class Pieces:
    """A stream that counts in how many pieces it is read."""

    def __init__(self, content):
        self.content, self.pieces = content, 0

    def read(self, size):
        self.pieces += 1
        piece, self.content = self.content[:size], self.content[size:]
        return piece


def test_a_long_comment_is_read_in_few_pieces():
    """Expat before 2.6 begins it anew with each piece: 20 MB in pieces of 2 kB take minutes."""
    stream = Pieces(b"<a><!--" + b"x" * 20_000_000 + b"--></a>")
    container.parse_xml(container.xml_parser(lambda *_: None, lambda *_: None), stream)
    assert stream.pieces <= 4


# Files that are broken or not what their name says

CONTENTS = {
    ".xlsx": lambda path: save(path, ROWS),
    ".xls": lambda path: xls(path, ROWS),
    ".ods": lambda path: ods(path, "".join(ods_row(*row) for row in ROWS)),
    ".csv": lambda path: path.write_text("Wijk;2021\n", encoding="utf-8"),
    ".html": lambda path: path.write_text("<html><table><tr><td>1</td></tr></table></html>", encoding="utf-8"),
    ".pdf": lambda path: path.write_bytes(b"%PDF-1.7\n\0\xff"),
    ".zip": lambda path: pack(path, {"verzonnen.txt": b"a"}),
}

READ_AS = {".xlsx": [".xlsx", ".xlsm"], ".xls": [".xls"], ".ods": [".ods"]}
READ_AS |= {text: [".csv", ".tsv"] for text in (".csv", ".html")}
WRONG = [(of, to) for of in CONTENTS for to in (*CONTENTS, ".xlsm", ".tsv") if to not in READ_AS.get(of, [])]


@pytest.mark.parametrize(("content", "suffix"), [pair for pair in WRONG if pair[1] not in (".html", ".pdf", ".zip")])
def test_another_extension_than_it_should_have(tmp_path, content, suffix):
    path = tmp_path / f"verzonnen{suffix}"
    CONTENTS[content](path)
    with pytest.raises(DataError, match=r"whatever its name says|under another name") as caught:
        open_workbook(path)
    assert caught.value.file == path.name
    assert caught.value.do


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls"])
def test_a_password_is_said_to_be_one(tmp_path, suffix):
    path = tmp_path / f"verzonnen{suffix}"
    path.write_bytes(compound("EncryptedPackage", bytes(100)))
    with refused("encrypted", file=path.name, mention="take the password off"):
        open_workbook(path)


def test_an_old_password_is_said_to_be_one(tmp_path):
    path = xls(tmp_path / "verzonnen.xls", ROWS, password=True)
    with refused("encrypted", file=path.name, mention="take the password off"):
        open_workbook(path)


@pytest.mark.parametrize("whole", [False, True])
def test_a_password_of_an_ods_is_said_to_be_one(tmp_path, whole):
    path = ods(tmp_path / PLAIN, ods_row("a"))
    parts = parts_of(path) | {"META-INF/manifest.xml": b"<manifest><manifest:encryption-data/></manifest>"}
    if whole:  # LibreOffice 24.8 encrypts the package as one
        parts["encrypted-package"] = parts.pop("content.xml")
    with refused("encrypted", file=PLAIN, mention="take the password off"):
        open_workbook(pack(path, parts))


@pytest.fixture(params=[".xlsx", ".xls", ".ods", ".csv"])
def sound(request, tmp_path):
    """A small workbook of each format, with a merged range, a style and a hidden row where the format has them."""
    path = tmp_path / f"verzonnen{request.param}"
    if request.param == ".xlsx":
        save(path, ROWS, merge=["A1:A2"], formats={"B3": "yyyy-mm-dd"}, colors={"A1": "00808080"})
        return pack(path, shared(parts_of(path)))
    if request.param == ".xls":
        return xls(path, ROWS, merge=["A1:A2"], formats={"B3": "yyyy-mm-dd"}, colors={"A1": 23}, hidden=[2])
    CONTENTS[request.param](path)
    return path


def table_or_data_error(path):
    """The values that are read, or nothing when the file is refused in the one way that is allowed."""
    try:
        return values(path)
    except DataError as error:
        assert error.file == path.name
        assert error.do or error.expected
        return None


def test_a_truncated_file_is_refused_or_whole(sound):
    content, whole = sound.read_bytes(), values(sound)
    size = len(content)
    for kept in sorted({*range(1, size, max(1, size // 150)), *range(size - 30, size)} - {0}):
        sound.write_bytes(content[:kept])
        found = table_or_data_error(sound)
        assert found in (None, whole) or (sound.suffix == ".csv" and "".join(found.values()) in "Wijk2021"), kept


def test_no_flipped_byte_brings_anything_but_a_data_error(sound):
    content = sound.read_bytes()
    for seed in range(250):
        chance, flipped = random.Random(seed), bytearray(content)
        for _ in range(chance.randrange(1, 4)):
            flipped[chance.randrange(len(content))] = chance.randrange(256)
        sound.write_bytes(flipped)
        table_or_data_error(sound)


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_no_flipped_byte_inside_brings_anything_but_a_data_error(tmp_path, suffix):
    path = tmp_path / f"verzonnen{suffix}"
    CONTENTS[suffix](path)
    parts = shared(parts_of(path)) if suffix == ".xlsx" else parts_of(path)
    names = XML if suffix == ".xlsx" else ["content.xml"]
    read = 0
    for seed in range(400):
        chance = random.Random(seed)
        name = chance.choice(names)
        flipped = bytearray(parts[name])
        flipped[chance.randrange(len(flipped))] = chance.choice(b"\0 <>/\"'=&;:-0123459aeEnNxXrs\x80\xff")
        found = table_or_data_error(pack(path, parts | {name: bytes(flipped)}))
        read += found is not None
    assert read > 50, "no flip came through to what is read"
