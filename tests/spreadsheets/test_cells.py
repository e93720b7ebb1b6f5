# SPDX-License-Identifier: EUPL-1.2
"""What cannot be read safely is refused with one clear message; what can is read as it is stored."""

import contextlib
import datetime
import functools
import zipfile

import openpyxl
import pytest
import workbooks
from workbooks import NAME, SHEET, as_sheet, csv_sheet, edited, pack, parts_of, replaced, sample, save

from genk_armoede.errors import DataError
from genk_armoede.spreadsheets import container
from genk_armoede.spreadsheets.cells import Cell, Sheet, Style
from genk_armoede.spreadsheets.filling import Filler
from genk_armoede.spreadsheets.workbook import open_workbook

ROWS = [["Gemeente", "Fictief [personen]"], ["Verzonnen", 12], ["Bedacht", 34]]
PAGE = "xl/worksheets/sheet1.xml"
refused = functools.partial(workbooks.refused, guides="do answers")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.fixture
def book(tmp_path):
    return save(tmp_path / NAME, ROWS)


def values(path):
    return {cell.address: cell.value for cell in open_workbook(path).sheets[0].cells.values()}


# What is refused


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("leeg.xlsx", b"", "the file is empty"),
        ("leeg.csv", b"", "the file is empty"),
        ("~$verzonnen.xlsx", b"\x0bGebruiker", "lock file"),
        ("verzonnen.xlsb", b"PK\x03\x04", "no spreadsheet that can be read here: .xlsb"),
        ("verzonnen", b"a;b", "no extension"),
        ("tekst.xlsx", b"Gemeente 2021\nVerzonnen 12\n", "not a spreadsheet"),
        ("pagina.xlsx", b"<!DOCTYPE html><table></table>", "a web page without a table"),
        ("oud.xlsx", OLE, "the workbook cannot be read"),
        ("zip.xlsx", b"PK\x05\x06" + bytes(18), "this is no .xlsx"),
        ("stuk.xlsx", b"PK\x03\x04" + bytes(100), "truncated or damaged"),
        ("open.csv", b'Gemeente;2021\n"Verzonnen;12\n', "line 2 cannot be read"),
    ],
)
def test_a_file_that_is_no_spreadsheet(tmp_path, name, content, problem):
    path = tmp_path / name
    path.write_bytes(content)
    with refused(problem, file=name):
        open_workbook(path)


@pytest.mark.parametrize("name", ["nergens.xlsx", "map.xlsx"])
def test_no_such_file(tmp_path, name):
    (tmp_path / "map.xlsx").mkdir()
    with refused("no such file", file=name):
        open_workbook(tmp_path / name)


def test_a_publishers_encrypted_workbook():
    path = sample("tech_password_protected.xlsx")
    with refused("encrypted", file=path.name):
        open_workbook(path)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9, 0.99])
def test_a_truncated_workbook(book, kept):
    content = book.read_bytes()
    book.write_bytes(content[: int(len(content) * kept)])
    with refused("truncated or damaged"):
        open_workbook(book)


def test_a_checksum_that_does_not_fit(book):
    content = book.read_bytes()
    with zipfile.ZipFile(book) as archive:
        crc = archive.getinfo(PAGE).CRC.to_bytes(4, "little")
    book.write_bytes(content.replace(crc, bytes(4)))
    with refused("damaged"):
        open_workbook(book)


def test_a_damaged_stream(book):
    content = bytearray(book.read_bytes())
    with zipfile.ZipFile(book) as archive:
        part = archive.getinfo(PAGE)
    start = part.header_offset + 30 + len(part.filename)
    content[start + 5 : start + 40] = b"\xff" * 35
    book.write_bytes(content)
    with refused("damaged"):
        open_workbook(book)


@pytest.mark.parametrize(
    ("local", "central", "value", "said"),
    [pytest.param(6, 8, 1, "encrypted", id="password"), pytest.param(8, 10, 99, "damaged", id="compression")],
)
def test_a_zip_of_an_unknown_kind(book, local, central, value, said):
    content = bytearray(book.read_bytes())
    content[content.find(b"PK\x03\x04") + local] = value
    content[content.find(b"PK\x01\x02") + central] = value
    book.write_bytes(content)
    with refused(said):
        open_workbook(book)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("[Content_Types].xml", None),
        ("_rels/.rels", None),
        ("_rels/.rels", b"<Relationships/>"),
        ("xl/_rels/workbook.xml.rels", None),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship/></Relationships>"),
        ("xl/workbook.xml", None),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/workbook.xml", b"<workbook><sheets><sheet/></sheets></workbook>"),
        ("xl/workbook.xml", b"<workbook"),
        (PAGE, b""),
        (PAGE, b"<worksheet><sheetData><row>"),
        (PAGE, None),
    ],
)
def test_a_part_that_is_missing_or_no_xml(book, part, content):
    parts = parts_of(book)
    del parts[part]
    pack(book, parts if content is None else parts | {part: content})
    with refused(""):
        open_workbook(book)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'r="B2"', b'r="@@"'),
        (b'r="B2"', b'r="B"'),
        (b'r="B2"', b'r="2"'),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A:B"/></mergeCells>'),
    ],
)
def test_xml_that_no_spreadsheet_program_writes(book, old, new):
    with refused("cannot be read"):
        open_workbook(replaced(book, PAGE, old, new))


@pytest.mark.parametrize("place", [b"B0", b"B1048577", b"XFE2"])
def test_a_cell_that_no_sheet_has(book, place):
    with refused("the sheet is too large", sheet=SHEET, cell=place.decode()):
        open_workbook(replaced(book, PAGE, b'r="B2"', b'r="%s"' % place))


@pytest.mark.parametrize(
    ("stored", "why"),
    [
        (b't="n"><v>twaalf</v>', "twaalf"),
        (b't="n"><v>NaN</v>', "a number without end"),
        (b't="n"><v>-inf</v>', "a number without end"),
        (b't="n"><v>1e999</v>', "a number without end"),
        (b't="s"><v>99</v>', "the workbook has no shared text 99"),
        (b't="s"><v>-1</v>', "no number of a shared text"),
        (b't="s"><v>0_1</v>', "no number of a shared text"),
        (b't="n"><v>1_000</v>', "1_000 is no number"),
        ('t="n"><v>\uff11\uff12</v>'.encode(), "is no number"),
        (b't="n"><v>1e-400</v>', "too small to be told from zero"),
        (b's="99"><v>12</v>', "the workbook has no style 99"),
        (b't="d"><v>gisteren</v>', "gisteren"),
    ],
)
def test_a_value_that_cannot_be_read(tmp_path, stored, why):
    book = save(tmp_path / NAME, ROWS, formats={"A3": "yyyy-mm-dd"})
    with refused("the cell cannot be read", sheet=SHEET, cell="B2", mention=why):
        open_workbook(replaced(book, PAGE, b't="n"><v>12</v>', stored))


def test_a_zip_bomb_is_not_unpacked(book, monkeypatch):
    pack(book, parts_of(book) | {"xl/media/nul.bin": bytes(3_000_000)})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("unpacked"))
    with refused("no honest workbook"):
        open_workbook(book)


def test_many_parts_that_are_too_much_together(book, monkeypatch):
    monkeypatch.setattr(container, "MAX_UNPACKED", 1000)
    with refused("no honest workbook"):
        open_workbook(book)


def test_a_repetitive_workbook_is_no_bomb(tmp_path):
    rows = [["Verzonnen", 0]] * 2000
    assert len(values(save(tmp_path / NAME, rows))) == 4000


def test_a_small_part_of_nothing_is_no_bomb(book):
    assert values(pack(book, parts_of(book) | {"xl/media/nul.bin": bytes(90_000)}))["B2"] == 12


def test_a_formula_that_was_never_calculated(tmp_path):
    sheet = as_sheet(tmp_path, [["Gemeente", "Fictief"], ["Verzonnen", "=1+1"]])
    assert sheet.uncalculated == {(2, 2): "=1+1"}


def test_an_array_formula_that_was_never_calculated(book):
    replaced(book, PAGE, b'<c r="B2" t="n"><v>12</v>', b'<c r="B2"><f t="array" ref="B2">1+1</f>')
    assert open_workbook(book).sheets[0].uncalculated == {(2, 2): "=1+1"}


@pytest.mark.parametrize("of", [b'<c r="B2"><f>6+6</f><v>12</v>', b'<c r="B2" t="str"><f>A1</f><v>nvt</v>'])
def test_a_formula_that_excel_has_still_to_calculate(book, of):
    replaced(book, PAGE, b'<c r="B2" t="n"><v>12</v>', of)
    path = replaced(book, "xl/workbook.xml", b'fullCalcOnLoad="0"', b'fullCalcOnLoad="1"')
    assert list(open_workbook(path).sheets[0].uncalculated) == [(2, 2)]


# What is read


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (b'<c r="B2"><f>6+6</f><v>12</v>', 12),
        (b'<c r="B2"><f t="array" ref="B2">6+6</f><v>12</v>', 12),
        (b'<c r="B2" t="str"><f>A1</f><v>nvt</v>', "nvt"),
        (b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v>', "#DIV/0!"),
        (b'<c r="B2"><f t="shared" si="0"/><v>12</v>', 12),
        (b'<c r="B2" t="e"><v>#REF!</v>', "#REF!"),
        (b'<c r="B2" t="b"><v>1</v>', True),
        (b'<c r="B2" t="b"><v>true</v>', True),
        (b'<c r="B2" t="b"><v>0</v>', False),
        (b'<c r="B2" t="inlineStr"><is><t>nvt</t></is>', "nvt"),
        (b'<c r="B2" t="inlineStr"><is><r><t>n</t></r><r><t>vt</t></r></is>', "nvt"),
        (b'<c r="B2" t="inlineStr"><is><t>nvt</t><rPh><t>enveete</t></rPh></is>', "nvt"),
        (b'<c r="B2" t="d"><v>2021-12-31T12:00:00.000</v>', datetime.datetime(2021, 12, 31, 12)),
        (b'<c r="B2" t="d"><v>2021-12-31</v>', datetime.date(2021, 12, 31)),
        (b'<c r="B2"><v>0.143</v>', 0.143),
        (b'<c r="B2"><v>1E-2</v>', 0.01),
        (b'<c r="B2" t="str"><v>a_x000D_b_x005F_x000D_</v>', "a\rb_x000D_"),
        (b'<c r="B2" t="str"><v>_xD83D__xDE00_ _xD800_</v>', "\N{GRINNING FACE} \N{REPLACEMENT CHARACTER}"),
        (b'<c r="B2"><v>-5</v>', -5),
    ],
)
def test_a_stored_value(book, stored, value):
    assert values(replaced(book, PAGE, b'<c r="B2" t="n"><v>12</v>', stored))["B2"] == value


def test_a_formula_that_gives_empty_text(book):
    replaced(book, PAGE, b'<c r="B2" t="n"><v>12</v>', b'<c r="B2" t="str"><f>IF(A1="","",1)</f><v></v>')
    assert "B2" not in values(book)


def test_shared_strings(book):
    rich = b"<si><r><t>n</t></r><r><t>vt</t></r><rPh><t>enveete</t></rPh></si><si><t>a_x000D_b</t></si>"
    parts = parts_of(book) | {"xl/woorden.xml": b"<sst><si/>" + rich + b"</sst>"}
    relations = "xl/_rels/workbook.xml.rels"
    entry = b'<Relationship Id="x" Type="http://verzonnen/sharedStrings" Target="woorden.xml"/></Relationships>'
    parts[relations] = parts[relations].replace(b"</Relationships>", entry)
    parts[PAGE] = (
        parts[PAGE].replace(b't="n"><v>12</v>', b't="s"><v>1</v>').replace(b't="n"><v>34</v>', b't="s"><v>2</v>')
    )
    assert (values(pack(book, parts))["B2"], values(book)["B3"]) == ("nvt", "a\rb")


def test_a_date_is_a_date(tmp_path):
    day = datetime.datetime(2021, 12, 31)
    assert as_sheet(tmp_path, [[day]])[1, 1].value == day


def test_a_workbook_that_counts_days_from_1904(book):
    with edited(book) as pages:
        pages.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
        pages[SHEET]["B2"] = datetime.datetime(2021, 12, 31)
    assert b'date1904="1"' in parts_of(book)["xl/workbook.xml"]
    assert values(book)["B2"] == datetime.datetime(2021, 12, 31)


def test_format_and_font_colour_come_along(tmp_path):
    sheet = as_sheet(tmp_path, [[0.143, 12]], formats={"A1": "#0.0#%"}, colors={"A1": "00808080"})
    assert (sheet[1, 1].is_percent, sheet[1, 1].color) == (True, "808080")
    assert (sheet[1, 2].is_percent, sheet[1, 2].color) == (False, "")


@pytest.mark.parametrize(
    ("number_format", "percent"),
    [
        ("General", False),
        ("#,##0", False),
        ("0%", True),
        ("#0.0#%", True),
        ("0.0%;[Red]-0.0%", True),
        ('0.0" %"', False),
        ('"% van "0', False),
        ("0.0\\%", False),
        ("#,##0.0_%", False),
        ("#,##0.0_%_)", False),
        ("*%0", False),
    ],
)
def test_which_formats_show_a_percentage(number_format, percent):
    assert Cell(1, 1, 0.5, Style(number_format)).is_percent is percent


def test_hidden_rows_columns_and_sheets_are_flagged(tmp_path):
    path = save(tmp_path / NAME, [[1, 2, 3, 4]] * 3)
    with edited(path) as pages:
        pages[SHEET].row_dimensions[2].hidden = True
        pages[SHEET].column_dimensions.group("B", "C", hidden=True)
        pages.create_sheet("verborgen").sheet_state = "hidden"
        pages.create_sheet("zeer verborgen").sheet_state = "veryHidden"
    book = open_workbook(path)
    assert [sheet.hidden for sheet in book.sheets] == [False, True, True]
    shown = {cell.address for cell in book.sheets[0].cells.values() if not cell.hidden}
    assert shown == {"A1", "D1", "A3", "D3"}


def test_merged_ranges_show_their_first_cell(tmp_path):
    sheet = as_sheet(tmp_path, [["a", "b", "c"], ["d", "e", "f"]], merge=["B1:C2"])
    assert sheet.merged == [(1, 2, 2, 3)]
    assert [sheet.over(*place).text for place in ((1, 2), (1, 3), (2, 3))] == ["b"] * 3
    assert sheet.over(2, 1).text == "d"


def test_blank_cells_are_no_cells(tmp_path):
    sheet = as_sheet(tmp_path, [[None, None], [None, "", "a"]])
    assert list(sheet.cells) == [(2, 3)]
    assert (sheet.height, sheet.width, sheet[9, 9].text) == (2, 3, "")
    assert sheet[2, 3].address == "C2"


def test_cells_of_spaces_are_blank(tmp_path):
    assert list(as_sheet(tmp_path, [["a"], ["  "], ["\u00a0"]]).cells) == [(1, 1)]


def test_text_has_ordinary_single_spaces():
    assert Cell(1, 1, "  Fictief\u00a0[personen]\n (1) ").text == "Fictief [personen] (1)"


def test_a_sheet_that_is_not_there(book):
    with refused("there is no sheet 'Ander'", mention=f"'{SHEET}'"):
        open_workbook(book).sheet("Ander")


@pytest.mark.parametrize("suffix", [".XLSX", ".xlsm"])
def test_other_extensions_of_a_workbook(book, suffix):
    assert values(book.rename(book.with_suffix(suffix)))["B2"] == 12


# CSV


@pytest.mark.parametrize(
    "text",
    [
        "Wijk;2021\nBrée;1,5\n",
        "Wijk\t2021\nBrée\t1,5\n",
        'Wijk,2021\nBrée,"1,5"\n',
        "Wijk|2021\nBrée|1,5\n",
        '"Wijk";"2021"\n"Brée";"1,5"\n',
        "Wijk;2021\r\nBrée;1,5\r\n",
        "Wijk;2021\rBrée;1,5\r",
        "\ufeffWijk;2021\nBrée;1,5",
        "Wijk;2021\nBrée;1,5\n".encode("latin-1"),
        "Wijk;2021\nBrée;1,5\n".encode("utf-16"),
        "\ufeffWijk;2021\nBrée;1,5\n".encode("utf-16-be"),
        "Wijk;2021; \nBrée;1,5;\n",
    ],
    ids=[
        "semicolon",
        "tab",
        "comma",
        "bar",
        "quotes",
        "crlf",
        "cr",
        "bom",
        "latin-1",
        "utf-16-le",
        "utf-16-be",
        "empty",
    ],
)
def test_csv_dialects(tmp_path, text):
    cells = csv_sheet(tmp_path, text).cells.values()
    assert [(c.address, c.value) for c in cells] == [("A1", "Wijk"), ("B1", "2021"), ("A2", "Brée"), ("B2", "1,5")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_csv_row_is_a_record_as_a_spreadsheet_program_shows_it(tmp_path, newline):
    text = newline.join(["Wijk;2021", '"Ver', "zon", 'nen";1', "Bedacht;2", ""])
    assert [c.address for c in csv_sheet(tmp_path, text).cells.values()] == ["A1", "B1", "A2", "B2", "A3", "B3"]


def test_empty_csv_lines_count(tmp_path):
    assert csv_sheet(tmp_path, "Wijk;2021\n\n\nBedacht;2\n")[4, 2].value == "2"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"Fictief, in euro, per jaar";2021\n', id="comma in a quoted header"),
        pytest.param("Verzonnen, bedacht, fictief\nWijk;2021\n", id="comma in a title line"),
        pytest.param(
            "Verzonnen, bedacht\nWijk;2021;Fictief, heel\nVerzonnen;1,5;2\nBedacht;3,5;4\n",
            id="commas in title, header and figures",
        ),
    ],
)
def test_the_separator_is_not_guessed_from_commas_in_text(tmp_path, text):
    assert "2021" in [cell.value for cell in csv_sheet(tmp_path, text).cells.values()]


def test_a_csv_whose_first_header_begins_with_pk(tmp_path):
    assert csv_sheet(tmp_path, "PKnr;2021\n")[1, 1].value == "PKnr"


NOTE, COMMAS, SEMICOLONS = "Bron: verzonnen", "Bron: bedacht, fictief", "Bron: bedacht; fictief"


@pytest.mark.parametrize(
    ("separator", "note"),
    [
        (";", NOTE),
        (";", f'"{SEMICOLONS}"'),
        pytest.param(";", COMMAS),
        *(pytest.param("\t", note) for note in (NOTE, COMMAS, SEMICOLONS)),
        *(pytest.param(",", note) for note in (NOTE, f'"{COMMAS}"', SEMICOLONS)),
    ],
)
def test_notes_below_a_csv_table_do_not_change_the_separator(tmp_path, separator, note):
    rows = ["Wijk", "2020", "2021"], ["Verzonnen", "1", "2"], ["Bedacht", "3", "4"]
    sheet = csv_sheet(tmp_path, "\n".join([*(separator.join(row) for row in rows), "", note]))
    assert (sheet[1, 3].value, sheet[3, 3].value) == ("2021", "4")


def test_a_csv_field_without_end(tmp_path):
    with refused("line 2 cannot be read", file="verzonnen.csv"):
        csv_sheet(tmp_path, "Wijk;2021\n" + "a" * 140_000 + ";1\n")


@pytest.mark.parametrize("what", [";", "a;", '"a;'])
def test_a_csv_line_without_end(tmp_path, what):
    with refused("line 2 cannot be read", file="verzonnen.csv"):
        csv_sheet(tmp_path, "Wijk;2021\n" + what * 2_100_000 + "\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_csv_that_names_its_separator(tmp_path, newline):
    sheet = csv_sheet(tmp_path, newline.join(["sep=|", "Wijk|2021;2022", "Verzonnen|1,5", ""]))
    cells = {cell.address: cell.value for cell in sheet.cells.values()}
    assert (sheet.delimiter, cells) == ("|", {"A2": "Wijk", "B2": "2021;2022", "A3": "Verzonnen", "B3": "1,5"})


@pytest.mark.parametrize("first", ["sep=", 'sep="', "sep=a", "sep=;;"])
def test_a_first_line_that_names_no_separator(tmp_path, first):
    with contextlib.suppress(DataError):
        assert csv_sheet(tmp_path, f"{first}\nWijk;2021\nVerzonnen;1\n")[2, 2].value == "2021"


def test_one_column(tmp_path):
    sheet = csv_sheet(tmp_path, "Wijk\nVerzonnen\nBedacht\n")
    assert [cell.address for cell in sheet.cells.values()] == ["A1", "A2", "A3"]


def test_a_tsv_has_tabs(tmp_path):
    path = tmp_path / "verzonnen.tsv"
    path.write_text("Wijk, heel\t2021;2\nVerzonnen, bedacht\t1,5;3\n", encoding="utf-8")
    assert values(path)["B2"] == "1,5;3"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"Wijk;2021\nBr\x81e;1\n", "line 2 has bytes that are text in no encoding"),
        (b"\xef\xbb\xbfWijk;2021\nBr\xe9e;1\n", "line 2 has bytes that are text in no encoding"),
        (b"\xff\xfeW\0i\0j", "has bytes that are text in no encoding"),
        ("Wijk;2021\n".encode("utf-16-le"), "not a CSV"),
        ("Wijk;2021\n".encode("utf-32"), "not a CSV"),
        (b"Wijk;2021\nVer\0zonnen;1\n", "not a CSV"),
    ],
    ids=["cp1252", "bom and latin-1", "half a character", "utf-16 without bom", "utf-32", "nul"],
)
def test_bytes_that_are_no_text(tmp_path, content, problem):
    with refused(problem, file="verzonnen.csv"):
        csv_sheet(tmp_path, content)


def test_a_stray_cell_far_away_costs_nothing():
    sheet = Sheet("verzonnen.xlsx", SHEET)
    filler = Filler(sheet)
    for place in ((r, c) for r in (1_048_576, 1) for c in (16_384, 1)):
        filler.put(*place, 1, 0)
    filler.finish()
    assert [cell.address for cell in sheet.cells.values()] == ["A1", "XFD1", "A1048576", "XFD1048576"]
    assert sheet.filled_rows == [1, 1_048_576]


@pytest.mark.parametrize("stored", [b"1e7", b"-700000"])
def test_a_moment_that_no_calendar_has_is_what_a_spreadsheet_shows_of_it(tmp_path, stored):
    """It may lie far from the table; in the place of a figure it is refused as an error."""
    book = save(tmp_path / NAME, ROWS, formats={"A3": "yyyy-mm-dd"})
    cell = values(replaced(book, PAGE, b't="n"><v>12</v>', b's="1"><v>%s</v>' % stored))["B2"]
    assert set(cell) == {"#"}


def test_a_workbook_without_a_part_that_nobody_needs(book):
    parts = parts_of(book)
    del parts["xl/styles.xml"]
    pack(book, parts)
    assert values(book)["B2"] == 12
