# SPDX-License-Identifier: EUPL-1.2
"""Files that mean harm: without end, nested, larger than they say."""

import random
import struct
import zipfile

import pytest
import workbooks
from workbooks import (
    NAME,
    PAGE,
    PLAIN,
    ROWS,
    SHEET,
    compound,
    memory,
    ods,
    ods_row,
    pack,
    parts_of,
    refused,
    save,
    shared,
    values,
    xls,
)

from genk_armoede.errors import DataError
from genk_armoede.spreadsheets import container, filling
from genk_armoede.spreadsheets.cells import Sheet
from genk_armoede.spreadsheets.workbook import open_workbook

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


def test_each_sheet_is_counted_once_however_many_there_are(tmp_path, monkeypatch):
    path, counted = save(tmp_path / NAME, [[1, 2, 3]]), []
    with workbooks.edited(path) as book:
        for _ in range(19):
            book.copy_worksheet(book.active)
    monkeypatch.setattr(Sheet, "size", property(lambda sheet: counted.append(sheet.name) or 3))
    assert len(open_workbook(path).sheets) == 20 and max(map(counted.count, counted)) <= 2


def test_one_part_is_one_sheet(tmp_path):
    path = save(tmp_path / NAME, ROWS)
    again = b'<sheet name="nog eens" sheetId="2" r:id="rId1"/></sheets>'
    with refused("'nog eens' that is another"):
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
