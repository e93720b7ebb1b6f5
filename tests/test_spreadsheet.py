# SPDX-License-Identifier: EUPL-1.2
"""What cannot be read safely is refused with one clear message; what can is read as it is stored."""

import datetime
import functools
import random
import zipfile

import openpyxl
import pytest
import workbooks
from python_calamine import CalamineWorkbook
from workbooks import NAME, ROOT, SAMPLES, SHEET, as_sheet, csv_sheet, edited, pack, parts_of, replaced, sample, save

from genk_armoede import spreadsheet
from genk_armoede.errors import DataError
from genk_armoede.spreadsheet import Cell, open_workbook

ROWS = [["Gemeente", "Fictief [personen]"], ["Verzonnen", 12], ["Bedacht", 34]]
PAGE = "xl/worksheets/sheet1.xml"
refused = functools.partial(workbooks.refused, guides="do")
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
        ("verzonnen.ods", b"PK\x03\x04", "no spreadsheet that can be read here: .ods"),
        ("verzonnen.xls", OLE, "no spreadsheet that can be read here: .xls"),
        ("verzonnen", b"a;b", "no extension"),
        ("tekst.xlsx", b"Gemeente;2021\nVerzonnen;12\n", "not a spreadsheet"),
        ("pagina.xlsx", b"<!DOCTYPE html><table></table>", "not a spreadsheet"),
        ("versleuteld.xlsx", OLE, "encrypted"),
        ("zip.xlsx", b"PK\x05\x06" + bytes(18), "damaged"),
        ("stuk.xlsx", b"PK\x03\x04" + bytes(100), "truncated or damaged"),
        ("utf16.csv", "Gemeente;2021\n".encode("utf-16"), "not a CSV"),
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


def test_a_workbook_renamed_to_csv(book):
    with refused("not a CSV", file="verzonnen.csv"):
        open_workbook(book.rename(book.with_suffix(".csv")))


def test_what_to_do_is_said_of_a_password(tmp_path):
    (tmp_path / NAME).write_bytes(OLE)
    with refused("encrypted", mention="take the password off"):
        open_workbook(tmp_path / NAME)


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


def test_no_damage_brings_anything_but_a_data_error(book):
    sound = book.read_bytes()
    for seed in range(60):
        chance, content = random.Random(seed), bytearray(sound)
        for _ in range(3):
            content[chance.randrange(len(content))] = chance.randrange(256)
        book.write_bytes(content)
        try:
            open_workbook(book)
        except DataError as error:
            assert error.file == NAME


@pytest.mark.parametrize(
    ("local", "central", "value"), [pytest.param(6, 8, 1, id="password"), pytest.param(8, 10, 99, id="compression")]
)
def test_a_zip_of_an_unknown_kind(book, local, central, value):
    content = bytearray(book.read_bytes())
    content[content.find(b"PK\x03\x04") + local] = value
    content[content.find(b"PK\x01\x02") + central] = value
    book.write_bytes(content)
    with refused("damaged"):
        open_workbook(book)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("[Content_Types].xml", None),
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", None),
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
        (b"<v>12</v>", b"<v>twaalf</v>"),
        (b"<v>12</v>", b"<v>NaN</v>"),
        (b'r="B2"', b'r="@@"'),
        (b'<c r="B2"', b'<c s="99" r="B2"'),
        (b't="n"><v>12</v>', b't="s"><v>99</v>'),
    ],
)
def test_xml_that_no_spreadsheet_program_writes(book, old, new):
    with refused(""):
        open_workbook(replaced(book, PAGE, old, new))


def test_a_number_without_end(book):
    with refused("a number without end", sheet=SHEET, cell="B2"):
        open_workbook(replaced(book, PAGE, b"<v>12</v>", b"<v>1e999</v>"))


def test_entities_are_not_expanded(book):
    parts = parts_of(book)
    page = b'<!DOCTYPE a [<!ENTITY lol "lol">]>' + parts[PAGE].replace(b"<t>Verzonnen</t>", b"<t>&lol;</t>")
    with refused("cannot be read"):
        open_workbook(pack(book, parts | {PAGE: page}))


def test_a_workbook_in_which_no_sheet_is_found(book):
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    with refused(""):
        open_workbook(pack(book, {name: part.replace(old, new) for name, part in parts_of(book).items()}))


def test_another_office_document(book):
    old, new = b"spreadsheetml.sheet.main", b"wordprocessingml.document.main"
    with refused("cannot be read"):
        open_workbook(replaced(book, "[Content_Types].xml", old, new))


def test_a_zip_bomb_is_not_unpacked(book, monkeypatch):
    pack(book, parts_of(book) | {"xl/media/nul.bin": bytes(3_000_000)})
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("unpacked"))
    with refused("no honest workbook"):
        open_workbook(book)


def test_many_parts_that_are_too_much_together(book, monkeypatch):
    monkeypatch.setattr(spreadsheet, "MAX_UNPACKED", 1000)
    with refused("no honest workbook"):
        open_workbook(book)


def test_a_repetitive_workbook_is_no_bomb(tmp_path):
    rows = [["Verzonnen", 0]] * 2000
    assert len(values(save(tmp_path / NAME, rows))) == 4000


def test_a_formula_that_was_never_calculated(tmp_path):
    with refused("formula without a stored value", sheet=SHEET, cell="B2", mention="=1+1"):
        as_sheet(tmp_path, [["Gemeente", "Fictief"], ["Verzonnen", "=1+1"]])


def test_an_array_formula_that_was_never_calculated(book):
    replaced(book, PAGE, b'<c r="B2" t="n"><v>12</v>', b'<c r="B2"><f t="array" ref="B2">1+1</f>')
    with refused("formula without a stored value", sheet=SHEET, cell="B2", mention="1+1'"):
        open_workbook(book)


# What is read


@pytest.mark.parametrize(
    ("stored", "value"),
    [
        (b'<c r="B2"><f>6+6</f><v>12</v>', 12),
        (b'<c r="B2"><f t="array" ref="B2">6+6</f><v>12</v>', 12),
        (b'<c r="B2" t="str"><f>A1</f><v>nvt</v>', "nvt"),
        (b'<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v>', "#DIV/0!"),
        (b'<c r="B2" t="b"><v>1</v>', True),
        (b'<c r="B2" t="inlineStr"><is><t>nvt</t></is>', "nvt"),
        (b'<c r="B2" t="inlineStr"><is><r><t>n</t></r><r><t>vt</t></r></is>', "nvt"),
        (b'<c r="B2"><v>0.143</v>', 0.143),
        (b'<c r="B2"><v>-5</v>', -5),
    ],
)
def test_a_stored_value(book, stored, value):
    assert values(replaced(book, PAGE, b'<c r="B2" t="n"><v>12</v>', stored))["B2"] == value


def test_a_formula_that_gives_empty_text(book):
    replaced(book, PAGE, b'<c r="B2" t="n"><v>12</v>', b'<c r="B2" t="str"><f>IF(A1="","",1)</f><v></v>')
    assert "B2" not in values(book)


def test_shared_strings(book):
    parts = parts_of(book)
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s"><si><t>nvt</t></si></sst>' % main
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", entry)
    parts[PAGE] = parts[PAGE].replace(b't="n"><v>12</v>', b't="s"><v>0</v>')
    assert values(pack(book, parts))["B2"] == "nvt"


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
    assert Cell(1, 1, 0.5, number_format).is_percent is percent


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
        '"Wijk";"2021"\n"Brée";"1,5"\n',
        "Wijk;2021\r\nBrée;1,5\r\n",
        "Wijk;2021\rBrée;1,5\r",
        "\ufeffWijk;2021\nBrée;1,5",
        "Wijk;2021\nBrée;1,5\n".encode("latin-1"),
        "Wijk;2021; \nBrée;1,5;\n",
    ],
    ids=["semicolon", "tab", "comma", "quotes", "crlf", "cr", "bom", "latin-1", "empty fields"],
)
def test_csv_dialects(tmp_path, text):
    cells = csv_sheet(tmp_path, text).cells.values()
    assert [(c.address, c.value) for c in cells] == [("A1", "Wijk"), ("B1", "2021"), ("A2", "Brée"), ("B2", "1,5")]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_csv_row_is_the_line_where_its_record_starts(tmp_path, newline):
    text = newline.join(["Wijk;2021", '"Ver', "zon", 'nen";1', "Bedacht;2", ""])
    assert [c.address for c in csv_sheet(tmp_path, text).cells.values()] == ["A1", "B1", "A2", "B2", "A5", "B5"]


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


# A second opinion


def second_opinion(path, sheet):
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    return {(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1) if value != ""}


def as_moment(value):
    is_day = isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
    return datetime.datetime.combine(value, datetime.time()) if is_day else value


def under_a_merge(sheet):
    """Places whose own value a merged range covers: Excel does not show it, calamine does."""
    for top, left, bottom, right in sheet.merged:
        yield from ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) != (top, left))


RAW = sorted((ROOT / "data/raw").glob("*.xlsx"))
SENT = sorted(path for path in SAMPLES.glob("*.xlsx") if "password" not in path.name)


@pytest.mark.parametrize("path", RAW + SENT, ids=lambda path: path.stem)
def test_calamine_reads_the_same(path):
    sheets = open_workbook(path).sheets
    assert [sheet.name for sheet in sheets] == CalamineWorkbook.from_path(path).sheet_names
    for sheet in sheets:
        theirs = second_opinion(path, sheet)
        for place in under_a_merge(sheet):
            theirs.pop(place, None)
        theirs = {place: value for place, value in theirs.items() if str(value).strip()}
        # calamine gives nothing for an error such as #N/A.
        ours = {place: as_moment(c.value) for place, c in sheet.cells.items() if not str(c.value).startswith("#")}
        assert ours == {place: as_moment(value) for place, value in theirs.items()}


def test_the_projects_own_workbooks_are_compared():
    assert {"corona", "schooltoelagen", "wijken"} <= {path.stem for path in RAW}


def test_the_second_opinion_would_tell(tmp_path):
    path = save(tmp_path / NAME, [[None], [None, "a"]])
    assert second_opinion(path, open_workbook(path).sheets[0]) == {(2, 2): "a"}
