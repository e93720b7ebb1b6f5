# SPDX-License-Identifier: EUPL-1.2
"""Small invented workbooks for tests, and one way to say how a file must be refused.

Every figure and area that is made here is made up; files that hold them are called `verzonnen`.
"""

from __future__ import annotations

import gc
import io
import struct
import tracemalloc
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from hypothesis import settings
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter, range_boundaries

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts.engine.reading import Reading
from genk_armoede.observations.observation import Observation, number_text
from genk_armoede.spreadsheets.cells import Sheet
from genk_armoede.spreadsheets.workbook import open_workbook

ROOT = Path(__file__).parents[1]
SAMPLES = Path(__file__).parents[2] / "shared" / "voorbeelden"
NAME, SHEET, PLAIN = "verzonnen.xlsx", "Blad", "verzonnen.ods"
PAGE = "xl/worksheets/sheet1.xml"
ROWS = [["Wijk", "Fictief"], ["Verzonnen", 12], ["Bedacht", 3.5]]

# The same examples on every machine, and no clock that fails a slow one.
steady = settings(derandomize=True, deadline=None, max_examples=200)


def sample(name: str) -> Path:
    """A publisher's own file from the folder next to the repository; skips where that folder is absent."""
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    return path


def save(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    sheet: str = SHEET,
    merge: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
    colors: Mapping[str, str] | None = None,
    indents: Mapping[str, int] | None = None,
    hide: Sequence[str | int] = (),
) -> Path:
    """One sheet with these rows, from A1; merged ranges, number formats, font colours and indents by address.

    `hide` has letters of columns and numbers of rows.
    """
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for address, number_format in (formats or {}).items():
        page[address].number_format = number_format
    for address, color in (colors or {}).items():
        page[address].font = Font(color=color)
    for address, indent in (indents or {}).items():
        page[address].alignment = Alignment(indent=indent)
    for place in hide:
        (page.row_dimensions if isinstance(place, int) else page.column_dimensions)[place].hidden = True
    for cells in merge:
        page.merge_cells(cells)
    book.calculation.fullCalcOnLoad = False  # as Excel leaves a workbook
    book.save(path)
    return path


def as_sheet(folder: Path, rows: Sequence[Sequence[object]], **how) -> Sheet:
    """The sheet that the package reads from such a workbook."""
    return open_workbook(save(folder / NAME, rows, **how)).sheets[0]


def csv_sheet(folder: Path, text: str | bytes) -> Sheet:
    path = folder / "verzonnen.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_workbook(path).sheets[0]


def read(layout: str, folder: Path, rows: Sequence[Sequence[object]] | str | bytes, **how) -> Reading:
    """What a layout makes of such a sheet, or of the text of a CSV."""
    sheet = csv_sheet(folder, rows) if isinstance(rows, str | bytes) else as_sheet(folder, rows, **how)
    return layouts.read(layout, sheet)


def by_cell(reading: Reading) -> dict[str, Observation]:
    """Observations by the cell they stand in, each of which holds one."""
    found = {row.cell: row for row in reading.rows}
    assert len(found) == len(reading.rows)
    return found


def figures(reading: Reading) -> dict[str, str]:
    """Cell → figure with its flag: `58.2`, `58.2 e`, `c`."""
    return {cell: f"{number_text(row.value)} {row.status}".strip() for cell, row in by_cell(reading).items()}


def lines(reading: Reading) -> list[str]:
    """The whole table, a line an observation: `B4 | indicator | code name | period | breakdown | value unit status`."""
    rows = (
        f"{r.cell} | {r.indicator} | {r.area_code} {r.area} | {r.period} | {r.breakdown} | "
        f"{number_text(r.value)} {r.unit} {r.status}"
        for r in reading.rows
    )
    return [" ".join(row.split()) for row in rows]


def change(rows: Sequence[Sequence[object]], cell: str, value: object) -> list[list[object]]:
    """The same rows with another value in one cell."""
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
    copy = [list(line) for line in rows]
    copy += [[] for _ in range(row + 1 - len(copy))]
    copy[row] += [None] * (column + 1 - len(copy[row]))
    copy[row][column] = value
    return copy


@contextmanager
def edited(path: Path) -> Iterator[openpyxl.Workbook]:
    """A workbook to change in place."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: Mapping[str, bytes]) -> Path:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(stream.getvalue())
    return path


def replaced(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with bytes of one of its XML parts replaced; the old ones must be there."""
    parts = parts_of(path)
    assert old in parts[part], parts[part]
    return pack(path, parts | {part: parts[part].replace(old, new)})


OPEN_DOCUMENT = "".join(
    f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("calcext", "calcext"),
        ("number", "datastyle"),
    )
)


def ods(path: Path, rows: str, *, styles: str = "", tables: str = "") -> Path:
    """An OpenDocument spreadsheet of one sheet with the XML of its columns and rows, or of these tables."""
    tables = tables or f'<table:table table:name="{SHEET}">{rows}</table:table>'
    content = (
        f"<office:document-content{OPEN_DOCUMENT}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    return pack(path, {"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": b"<manifest/>"})


def ods_row(*values: object, **attributes: object) -> str:
    """A row with these values; text that begins with `<` is the XML of a cell."""
    own = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row{own}>{''.join(map(ods_cell, values))}</table:table-row>"


def ods_cell(value: object, extra: str = "") -> str:
    if isinstance(value, str) and value.startswith("<"):
        return value
    if value is None:
        return f"<table:table-cell{extra}/>"
    kind, stored = "string", ""
    if isinstance(value, bool):
        kind, stored = "boolean", f' office:boolean-value="{str(value).lower()}"'
    elif isinstance(value, int | float):
        kind, stored = "float", f' office:value="{value}"'
    shown = f"<text:p>{value}</text:p>"
    return f'<table:table-cell office:value-type="{kind}"{stored}{extra}>{shown}</table:table-cell>'


def xls(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    formats: Mapping[str, str] | None = None,
    colors: Mapping[str, int] | None = None,
    merge: Sequence[str] = (),
    hidden: Sequence[int | str] = (),
    state: int = 0,
    epoch: int = 0,
    password: bool = False,
    extra: bytes = b"",
) -> Path:
    """An Excel 97 workbook of one sheet with these rows; formats, numbers of font colours and merged ranges by
    address, hidden rows by number, hidden columns by letter; extra records of the sheet as they are. A value such as
    `("12", "raised", "1")` is a text of which the end is raised or struck through."""
    looks = dict.fromkeys(
        ((formats or {}).get(_address(place), "General"), (colors or {}).get(_address(place), 0x7FFF))
        for place in [(0, 0), *_places(rows)]
    )
    looks = {look: number for number, look in enumerate(looks, start=1)}
    parts = [_record(0x809, "<HHHHII", 0x600, 5, 0x0DBB, 1996, 0, 6), _record(0x22, "<H", epoch)]
    parts += [_record(0x2F, "<HH", 0, 0)] if password else []
    parts += [_font(0x7FFF), *(_font(color) for _, color in looks)]
    runs = {"raised": len(looks) + 1, "struck": len(looks) + 2}  # numbers of their fonts, of which there is no fourth
    parts += [_font(0x7FFF, escapement=1), _font(0x7FFF, options=8)]
    parts += [_text_record(0x41E, struct.pack("<H", 163 + n), form) for (form, _), n in looks.items()]
    parts += [_record(0xE0, "<HHHBBBBIiH", 0, 0, 0xFFF5, 0, 0, 0, 0, 0, 0, 0)]
    parts += [_record(0xE0, "<HHHBBBBIiH", n + (n > 3), 163 + n, 1, 0, 0, 0, 0, 0, 0, 0) for n in looks.values()]
    name = bytes([len(SHEET), 0]) + SHEET.encode("latin-1")
    start = sum(map(len, parts)) + 4 + 6 + len(name) + 4
    parts += [struct.pack("<HHIBB", 0x85, 6 + len(name), start, state, 0) + name, _record(0x0A, "")]
    parts += [_record(0x809, "<HHHHII", 0x600, 0x10, 0x0DBB, 1996, 0, 6)]
    for column in (ord(letter) - 65 for letter in hidden if isinstance(letter, str)):
        parts.append(_record(0x7D, "<HHHHHH", column, column, 0x900, 1, 1, 0))
    for number in (number for number in hidden if isinstance(number, int)):
        parts.append(_record(0x208, "<HHHHHHI", number - 1, 0, 256, 255, 0, 0, 0x120))
    for place, value in _places(rows).items():
        look = (formats or {}).get(_address(place), "General"), (colors or {}).get(_address(place), 0x7FFF)
        where = struct.pack("<HHH", *place, looks[look])
        if isinstance(value, bool):
            parts.append(struct.pack("<HH", 0x205, 8) + where + bytes([value, 0]))
        elif value == "#N/A":
            parts.append(struct.pack("<HH", 0x205, 8) + where + bytes([0x2A, 1]))
        elif isinstance(value, str):
            parts.append(_text_record(0x204, where, value))
        elif isinstance(value, tuple):  # text, and how what follows it is set
            text, how, rest = value
            plain = _text_record(0xD6, where, text + rest)[4:]
            content = plain + struct.pack("<HHH", 1, len(text), runs[how] + (runs[how] > 3))
            parts.append(struct.pack("<HH", 0xD6, len(content)) + content)
        else:
            parts.append(struct.pack("<HH", 0x203, 14) + where + struct.pack("<d", value))
    for left, top, right, bottom in map(range_boundaries, merge):
        parts.append(_record(0xE5, "<HHHHH", 1, top - 1, bottom - 1, left - 1, right - 1))
    path.write_bytes(compound("Workbook", b"".join([*parts, extra, _record(0x0A, "")])))
    return path


def _places(rows: Sequence[Sequence[object]]) -> dict[tuple[int, int], object]:
    return {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row) if value is not None}


def _address(place: tuple[int, int]) -> str:
    return f"{get_column_letter(place[1] + 1)}{place[0] + 1}"


def _record(number: int, layout: str, *values: int) -> bytes:
    content = struct.pack(layout, *values)
    return struct.pack("<HH", number, len(content)) + content


def _text_record(number: int, before: bytes, text: str) -> bytes:
    units = text.encode("utf-16-le")
    content = before + struct.pack("<HB", len(units) // 2, 1) + units
    return struct.pack("<HH", number, len(content)) + content


def _font(color: int, options: int = 0, escapement: int = 0) -> bytes:
    content = struct.pack("<HHHHHBBBB", 200, options, color, 400, escapement, 0, 0, 0, 0) + b"\x05\0Arial"
    return struct.pack("<HH", 0x31, len(content)) + content


def compound(name: str, content: bytes) -> bytes:
    """An OLE file of one stream: a header, then sectors for table, directory and content."""
    content = content.ljust(4096, b"\0")
    sectors = -(-len(content) // 512)
    table = [-3, -2, *range(3, sectors + 2), -2]
    assert len(table) <= 128, "one sector of table is enough for tests"
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(10)
    header += struct.pack("<9i", 1, 1, 0, 4096, -2, 0, -2, 0, 0) + b"\xff" * 432
    entries = b"".join(
        title.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBiii", 2 * len(title) + 2, kind, 1, -1, -1, child)
        + bytes(36)
        + struct.pack("<iQ", start, size)
        for title, kind, child, start, size in (("Root Entry", 5, 1, -2, 0), (name, 2, -1, 2, len(content)))
    )
    unused = bytes(64) + struct.pack("<HBBiii", 0, 0, 0, -1, -1, -1) + bytes(48)
    table = struct.pack("<128i", *table, *[-1] * (128 - len(table)))
    return header + table + entries + unused * 2 + content.ljust(sectors * 512, b"\0")


@contextmanager
def refused(
    problem: str,
    *,
    file: str = NAME,
    sheet: str = "",
    cell: str = "",
    mention: str = "",
    guides: str = "do expected answers",
) -> Iterator[None]:
    """One `DataError` that says this problem, names this place and says what was expected or what to do."""
    with pytest.raises(DataError) as caught:
        yield
    error = caught.value
    assert problem in error.problem
    assert (Path(error.file).name, error.sheet) == (file, sheet)
    assert cell in ("", error.cell)
    for words in (error.file, error.sheet, error.cell, mention):
        assert words in str(error)
    assert any(getattr(error, guide) for guide in guides.split())


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
