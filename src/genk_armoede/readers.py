# SPDX-License-Identifier: EUPL-1.2
"""One reader a file format: bytes come in, `Sheet`s of `Cell`s go out.

Takes file name and content; gives sheets; called by `spreadsheet.open_workbook`. XML is read by expat as a
stream, so that a sheet costs what its filled cells cost, and any document type declaration is refused.
"""

from __future__ import annotations

import csv
import datetime
import functools
import io
import itertools
import math
import posixpath
import re
import struct
import xml.parsers.expat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element, TreeBuilder

import xlrd

from .errors import DataError
from .excel import BUILTIN_FORMATS, column_number, number_kind, range_boundaries
from .spreadsheet import Cell, Sheet, Value
from .values import TOO_FEW, columns_with_points

# Bounds on what is read. A workbook of a million cells unpacks to some 40 MB; ratio and floor as in
# Apache POI's ZipSecureFile.
MAX_BYTES = 200_000_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 100
RATIO_FLOOR = 100_000
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_CELLS = 10_000_000
MAX_REPEATED = 1_000_000  # cells that .ods writes once and shows many times
MAX_LINE = 2_000_000
MAX_TREE = 20_000_000

BROKEN = (  # what broken or hostile XML meets on its way through the functions below
    xml.parsers.expat.ExpatError,
    LookupError,
    ValueError,
    TypeError,
    OverflowError,
)
# openpyxl is imported where it is needed: it brings numpy along.
CALENDAR_WINDOWS_1900 = datetime.datetime(1899, 12, 30)
CALENDAR_MAC_1904 = datetime.datetime(1904, 1, 1)
AGAIN = "open it in Excel and save it again, or ask for it again"
SMALLER = "keep what is needed of it, in a file of its own"
OLE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def encrypted(file: str) -> DataError:
    return DataError("the workbook is encrypted", file=file, do="take the password off and save it again")


def misnamed(file: str, problem: str) -> DataError:
    return DataError(f"{problem}, whatever its name says", file=file, do="give it its own extension")


def check_container(file: str, content: bytes) -> zipfile.ZipFile:
    """The zip archive that a workbook is. Raises `DataError` before a parser sees what is no sound one."""
    if content.startswith(OLE) and ENCRYPTED in content:
        raise encrypted(file)
    if content.startswith(OLE):
        raise DataError("this is an old .xls under another name", file=file, do="name it .xls")
    if not content.startswith(b"PK"):
        raise DataError("this is not a spreadsheet, whatever its name says", file=file, do=AGAIN)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MAX_UNPACKED or any(
            part.file_size > RATIO_FLOOR and part.file_size > MAX_RATIO * max(part.compress_size, 1) for part in parts
        ):
            raise DataError(
                f"unpacks from {len(content):,} to {unpacked:,} bytes, which no honest workbook does",
                file=file,
                expected=f"at most {MAX_UNPACKED:,} bytes and {MAX_RATIO} times its size",
                do="do not open it; ask the sender what it is",
            )
        if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
            raise NotImplementedError("neither format knows another compression")
        damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise DataError("the workbook is truncated or damaged", file=file, do=AGAIN) from error
    if damaged:
        raise DataError(f"the workbook is damaged in {damaged}", file=file, do=AGAIN)
    return archive


# .xlsx and .xlsm


def read_xlsx(file: str, content: bytes, reader: Callable | None = None) -> list[Sheet]:
    """`reader`: what makes the reader of each worksheet, in place of `SheetReader`."""
    archive = check_container(file, content)
    if "[Content_Types].xml" not in archive.namelist():
        raise misnamed(file, "this is no .xlsx")
    try:
        return _read_book(file, archive, reader or SheetReader)
    except BROKEN as error:
        raise DataError(f"the workbook cannot be read ({error})", file=file, do=AGAIN) from error


def _read_book(file: str, archive: zipfile.ZipFile, reader: Callable) -> list[Sheet]:
    parts = set(archive.namelist())
    book = _target(_relations(archive, "_rels/.rels", ""), "officeDocument")
    folder, name = posixpath.split(book)
    relations = _relations(archive, posixpath.join(folder, "_rels", f"{name}.rels"), folder)
    root = _tree(archive, book)
    epoch = CALENDAR_MAC_1904 if _flag(_find(root, "workbookPr"), "date1904") else CALENDAR_WINDOWS_1900
    stale = _flag(_find(root, "calcPr"), "fullCalcOnLoad")  # Excel still has to calculate what is stored
    styles = _styles(archive, _target(relations, "styles"))
    strings = _strings(archive, _target(relations, "sharedStrings"))
    sheets = []
    for entry in root.iter():
        if _local(entry.tag) != "sheet":
            continue
        kind, path = relations[next((value for key, value in entry.items() if _local(key) == "id"), "")]
        if not kind.lower().endswith("sheet") or path not in parts:
            raise DataError(f"the workbook names a sheet {entry.get('name')!r} that is not in it", file=file, do=AGAIN)
        parts.remove(path)  # no two sheets share a part
        sheet = Sheet(file, entry.get("name", ""), state=entry.get("state", "visible"))
        if kind == "worksheet":
            with archive.open(path) as stream:
                reader(sheet, styles, strings, epoch, stale).read(stream)
        sheets.append(sheet)
        check_size(sheets)
    if not sheets:
        raise DataError("the workbook has no sheets", file=file, do=AGAIN)
    return sheets


def _tree(archive: zipfile.ZipFile, path: str) -> Element:
    """A part that is small in any honest workbook."""
    if archive.getinfo(path).file_size > MAX_TREE:
        raise ValueError(f"{path} is larger than {MAX_TREE:,} bytes")
    builder = TreeBuilder()
    _parser(builder.start, builder.end).Parse(archive.read(path), True)
    return builder.close()


@functools.lru_cache
def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _find(root: Element, name: str) -> Element | None:
    return next((element for element in root.iter() if _local(element.tag) == name), None)


def _flag(element: Element | None, name: str) -> bool:
    return element is not None and element.get(name) in ("1", "true")


def _children(root: Element, name: str) -> list[Element]:
    found = _find(root, name)
    return [] if found is None else list(found)


def _relations(archive: zipfile.ZipFile, path: str, folder: str) -> dict[str, tuple[str, str]]:
    """Identifier → kind and path of a part, of those that lie inside the file."""
    return {
        entry.get("Id"): (
            entry.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/" + folder, entry.get("Target", ""))).lstrip("/"),
        )
        for entry in _tree(archive, path)
        if entry.get("TargetMode") != "External"
    }


def _target(relations: dict[str, tuple[str, str]], kind: str) -> str:
    """Path of the part of this kind, empty without one."""
    return next((path for found, path in relations.values() if found == kind), "")


Style = tuple[str, str, int, str]  # number format, RGB of the font, indent, kind of number


def _styles(archive: zipfile.ZipFile, path: str) -> list[Style]:
    """What matters of each cell style."""
    if not path:
        return [("General", "", 0, "")]
    root = _tree(archive, path)
    formats = {int(entry.get("numFmtId")): entry.get("formatCode") for entry in _children(root, "numFmts")}
    colors = [_font_color(font) for font in _children(root, "fonts")]
    styles = []
    for xf in _children(root, "cellXfs"):
        number = int(xf.get("numFmtId", 0))
        shown = formats.get(number) or BUILTIN_FORMATS.get(number, "General")
        font = int(xf.get("fontId", 0))
        alignment = _find(xf, "alignment")
        indent = int(alignment.get("indent", 0)) if alignment is not None else 0
        color = colors[font] if font < len(colors) else ""
        styles.append((shown, color, indent, number_kind(shown)))
    return styles or [("General", "", 0, "")]


def _font_color(font: Element) -> str:
    color = _find(font, "color")
    if color is None:
        return ""
    indexed = int(color.get("indexed", 64))  # into the palette of .xls; from 64 on colours of the system
    if indexed < 64 and not color.get("rgb"):
        from openpyxl.styles.colors import COLOR_INDEX

        return coloured(COLOR_INDEX[indexed])
    return coloured(color.get("rgb", ""))


def coloured(rgb: str) -> str:
    """Six hex digits, without the opacity before them; empty for black, which marks nothing."""
    rgb = rgb[-6:].upper()
    return "" if rgb == "000000" else rgb


def _strings(archive: zipfile.ZipFile, path: str) -> list[str]:
    """The shared strings: plain or rich text, without phonetic help."""
    if not path:
        return []
    strings: list[str] = []
    parts: list[str] = []
    phonetic = False

    def start(name: str, attributes: dict) -> None:
        nonlocal phonetic
        name = _local(name)
        if name == "si":
            parts.clear()
        elif name == "rPh":
            phonetic = True
        elif name == "t" and not phonetic:
            parser.CharacterDataHandler = parts.append

    def end(name: str) -> None:
        nonlocal phonetic
        name = _local(name)
        if name == "si":
            strings.append(_unescape("".join(parts)))
        elif name == "rPh":
            phonetic = False
        elif name == "t":
            parser.CharacterDataHandler = None

    parser = _parser(start, end)
    with archive.open(path) as stream:
        _parse(parser, stream)
    return strings


def _unescape(text: str) -> str:
    """Characters that XML has not are written as `_x000D_`; half a surrogate pair is no character."""
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape

    return unescape(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _parser(start: Callable, end: Callable):
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end

    def forbid(*_: object) -> None:
        raise ValueError("a document type declaration, which no workbook has")

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = forbid
    return parser


def _parse(parser, stream) -> None:
    """In large pieces: expat before 2.6 begins a long comment or attribute anew with each piece."""
    while piece := stream.read(1 << 24):
        parser.Parse(piece)
    parser.Parse(b"", True)


class SheetReader:
    """Reads the XML of one worksheet into a `Sheet`."""

    def __init__(
        self, sheet: Sheet, styles: list[Style], strings: list[str], epoch: datetime.datetime, stale: bool
    ) -> None:
        self.sheet, self.styles, self.strings, self.epoch, self.stale = sheet, styles, strings, epoch, stale
        self.row = self.column = 0
        self.row_hidden = False
        self.hidden_columns: set[int] = set()
        self.attributes: dict[str, str] = {}
        self.formula: list[str] | None = None
        self.value: list[str] | None = None
        self.text: list[str] = []
        self.phonetic = False

    def read(self, stream) -> None:
        self.parser = _parser(self._start, self._end)
        _parse(self.parser, stream)
        del self.parser  # it holds this reader, which holds it
        drop_covered(self.sheet)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = _local(name)
        if name == "c":
            self.attributes = attributes
            self.formula = self.value = None
            self.text.clear()
            place = attributes.get("r")
            if place is None:
                self.column += 1
            else:
                letters = place.rstrip("0123456789")
                self.column, self.row = column_number(letters), int(place[len(letters) :])
        elif name == "v":
            self.value = []
            self.parser.CharacterDataHandler = self.value.append
        elif name == "t" and not self.phonetic:
            self.parser.CharacterDataHandler = self.text.append
        elif name == "f":
            self.formula = []
            self.parser.CharacterDataHandler = self.formula.append
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.row_hidden = attributes.get("hidden") in ("1", "true")
            self.column = 0
        elif name == "rPh":
            self.phonetic = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), MAX_COLUMN)
            self.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.sheet.merged.append((top, left, bottom, right))

    def _end(self, name: str) -> None:
        name = _local(name)
        if name in ("v", "t", "f"):
            self.parser.CharacterDataHandler = None
        elif name == "c":
            if self.value is not None or self.text or self.formula is not None:
                self._cell()
        elif name == "rPh":
            self.phonetic = False

    def _cell(self) -> None:
        shown, color, indent, number = self.styles[int(self.attributes.get("s", 0))]
        kind = self.attributes.get("t", "n")
        text = "".join(self.value or ()) if kind != "inlineStr" else "".join(self.text)
        if self.formula is not None and (self.stale or (kind != "str" and not text.strip())):
            raise uncalculated(self.sheet, Cell(self.row, self.column, None), "=" + "".join(self.formula))
        if not text.strip():
            return
        try:
            value = self._value(kind, text, number)
        except BROKEN as error:
            raise unreadable(self.sheet, Cell(self.row, self.column, None), text, error) from error
        hidden = self.row_hidden or self.column in self.hidden_columns
        put(self.sheet, Cell(self.row, self.column, value, shown, color, hidden, indent))

    def _value(self, kind: str, text: str, shown_as: str) -> Value:
        if kind == "s":
            return self.strings[int(text)]
        if kind in ("str", "inlineStr"):
            return _unescape(text)
        if kind == "b":
            return text in ("1", "true")
        if kind == "e":
            return text
        if kind == "d":
            from openpyxl.utils.datetime import from_ISO8601

            return from_ISO8601(text)
        return number(float(text) if any(c in text for c in ".eEnN") else int(text), shown_as, self.epoch)


def number(value: float, shown_as: str, epoch: datetime.datetime) -> Value:
    """The number, or the moment that it is shown as. Raises `ValueError` for infinity and what is no number."""
    if not math.isfinite(value):
        raise ValueError("a number without end")
    if not shown_as:
        return value
    from openpyxl.utils.datetime import from_excel

    return from_excel(value, epoch, timedelta=shown_as == "time")


def unreadable(sheet: Sheet, place: Cell, found: str, error: Exception) -> DataError:
    return sheet.error(f"the cell cannot be read ({error})", place, found=found, do="correct the cell")


def uncalculated(sheet: Sheet, place: Cell, formula: str) -> DataError:
    do = "open the workbook in Excel, let it calculate, and save it"
    return sheet.error("a formula without a calculated value", place, found=formula, do=do)


def drop_covered(sheet: Sheet) -> None:
    """Take out what stands under a merged range, but for its first cell: nobody is shown it."""
    cells, steps = sheet.cells, 0
    height, width = max((row for row, _ in cells), default=0), max((column for _, column in cells), default=0)
    for top, left, bottom, right in sheet.merged:
        rows, columns = range(top, min(bottom, height) + 1), range(left, min(right, width) + 1)
        area = len(rows) * len(columns)
        steps += max(1, len(rows), min(area, len(cells)))
        if steps > MAX_CELLS:
            raise sheet.error("too many merged ranges", expected="ranges that do not overlap", do=AGAIN)
        if area < len(cells):
            inside = [(row, column) for row in rows for column in columns]
        else:
            inside = [(row, column) for row, column in cells if row in rows and column in columns]
        for place in inside:
            if place != (top, left):
                cells.pop(place, None)


def put(sheet: Sheet, cell: Cell) -> None:
    """Add a cell that is not blank. Raises `DataError` outside of Excel's largest sheet and beyond `MAX_CELLS`."""
    if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
        return
    if not (0 < cell.row <= MAX_ROW and 0 < cell.column <= MAX_COLUMN and len(sheet.cells) < MAX_CELLS):
        raise sheet.error(
            "the sheet is too large", cell, expected=f"at most {MAX_CELLS:,} filled cells within XFD1048576", do=SMALLER
        )
    sheet.cells[cell.row, cell.column] = cell


def check_size(sheets: list[Sheet]) -> None:
    """Raises `DataError` when the sheets of a workbook have more than `MAX_CELLS` together."""
    if sum(len(sheet.cells) for sheet in sheets) > MAX_CELLS:
        raise sheets[-1].error("the workbook is too large", expected=f"at most {MAX_CELLS:,} filled cells", do=SMALLER)


# .xls

# Links are not asked for, and xlrd writes out every cell under one: in 40 bytes stand up to four thousand million.
for handler in ("handle_hlink", "handle_quicktip"):
    setattr(xlrd.sheet.Sheet, handler, lambda *_: None)


def read_xls(file: str, content: bytes) -> list[Sheet]:
    """The binary format of Excel 97–2003 and older, by xlrd."""
    if content.startswith(OLE) and ENCRYPTED in content:
        raise encrypted(file)
    if not content.startswith((OLE, b"\x09")):
        page = re.search(rb"<(html|table)", content[:2000], re.IGNORECASE)
        what = "a .xlsx or .ods" if content.startswith(b"PK") else "a web page" if page else "not a spreadsheet"
        do = "give it its own extension, or open it in Excel and save it as .xlsx"
        raise DataError(f"this is {what}, whatever its name says", file=file, do=do)
    sheets: list[Sheet] = []
    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
        for index in range(book.nsheets):
            sheets.append(_xls_sheet(file, book, book.sheet_by_index(index)))
            book.unload_sheet(index)
            check_size(sheets)
    except DataError:
        raise
    except Exception as error:  # xlrd meets a damaged file with whatever its parsing runs into
        if "encrypted" in str(error).lower():
            raise encrypted(file) from error
        raise DataError(f"the workbook cannot be read ({error})", file=file, do=AGAIN) from error
    return sheets


def _xls_sheet(file: str, book: xlrd.Book, page: xlrd.sheet.Sheet) -> Sheet:
    state = {0: "visible", 1: "hidden"}.get(page.visibility, "veryHidden")
    sheet = Sheet(file, page.name, state=state)
    sheet.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in page.merged_cells]
    hidden_rows, hidden_columns = (
        {place for place, info in known.items() if info.hidden} for known in (page.rowinfo_map, page.colinfo_map)
    )
    for row in range(page.nrows):
        for column, kind in enumerate(page.row_types(row)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            style = book.xf_list[page.cell_xf_index(row, column)]
            shown = book.format_map[style.format_key].format_str
            color = book.colour_map.get(book.font_list[style.font_index].colour_index)
            found = page.cell_value(row, column)
            try:
                value = _xls_value(book, kind, found, shown)
            except BROKEN as error:
                raise unreadable(sheet, Cell(row + 1, column + 1, None), found, error) from error
            color = coloured(bytes(color or ()).hex())
            hidden = row in hidden_rows or column in hidden_columns
            put(sheet, Cell(row + 1, column + 1, value, shown, color, hidden, style.alignment.indent_level))
    drop_covered(sheet)
    return sheet


def _xls_value(book: xlrd.Book, kind: int, found: str | float, shown: str) -> Value:
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(found, "#N/A")
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(found)
    if kind == xlrd.XL_CELL_TEXT:
        return found
    value = number(found, number_kind(shown), CALENDAR_MAC_1904 if book.datemode else CALENDAR_WINDOWS_1900)
    return int(value) if isinstance(value, float) and value.is_integer() else value


# .ods


def read_ods(file: str, content: bytes) -> list[Sheet]:
    """OpenDocument spreadsheets, with number formats as Excel would write them."""
    archive = check_container(file, content)
    parts = archive.namelist()
    if "META-INF/manifest.xml" in parts and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise encrypted(file)
    if "content.xml" not in parts:
        raise misnamed(file, "this is no .ods")
    try:
        with archive.open("content.xml") as stream:
            return _OdsReader(file).read(stream)
    except BROKEN as error:
        raise DataError(f"the workbook cannot be read ({error})", file=file, do=AGAIN) from error


class _OdsReader:
    """Reads `content.xml`. Repeated rows and cells are written out only where they hold something."""

    def __init__(self, file: str) -> None:
        self.file, self.sheets = file, []
        self.style, self.hidden_styles, self.colors = "", set(), {}
        self.formats: dict[str, str] = {}  # of styles of numbers
        self.shown: dict[str, str] = {}  # style of a cell → style of its number
        self.repeated = 0
        self.drawn = 0  # depth in comments and drawings, which hold text and tables of their own
        self.rows, self.row_hidden, self.found = 1, False, []
        self.cell, self.text, self.in_text = {}, [], False

    def read(self, stream) -> list[Sheet]:
        parser = _parser(self._start, self._end)
        parser.CharacterDataHandler = self._data
        _parse(parser, stream)
        if not self.sheets:
            raise DataError("the workbook has no sheets", file=self.file, do=AGAIN)
        for sheet in self.sheets:
            drop_covered(sheet)
        return self.sheets

    def _start(self, name: str, a: dict[str, str]) -> None:
        self.drawn += _is_drawn(name)
        if self.drawn:
            return
        if name.startswith("number:"):
            self._format(name, a)
        elif name == "style:style":
            self.style = a.get("style:name", "")
            self.shown[self.style] = a.get("style:data-style-name", "")
        elif name == "style:table-properties" and a.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "style:text-properties":
            self.colors[self.style] = coloured(a.get("fo:color", ""))
        elif name == "table:table":
            state = "hidden" if a.get("table:style-name") in self.hidden_styles else "visible"
            self.sheet = Sheet(self.file, a["table:name"], state=state)
            self.sheets.append(self.sheet)
            self.row = self.column = self.columns = 0
            self.hidden, self.column_styles = set(), {}
        elif not self.sheets:
            return
        elif name == "table:table-column":
            first, self.columns = self.columns + 1, self.columns + _times(a, "table:number-columns-repeated")
            columns = range(first, min(self.columns, MAX_COLUMN) + 1)
            self.column_styles.update(dict.fromkeys(columns, a.get("table:default-cell-style-name", "")))
            if a.get("table:visibility", "visible") != "visible":
                self.hidden.update(columns)
        elif name == "table:table-row":
            self.rows = _times(a, "table:number-rows-repeated")
            self.row_hidden = a.get("table:visibility", "visible") != "visible"
            self.column, self.found = 0, []
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.cell = a
            self.text = []
        elif name == "text:p":
            self.text += ["\n"] if self.text else []
            self.in_text = True
        elif name in ("text:s", "text:tab", "text:line-break"):
            self.text.append(" " * min(int(a.get("text:c", 1)), 1000))

    def _format(self, name: str, a: dict[str, str]) -> None:
        """Add this element of a number format to what is known of it."""
        if name.endswith("-style"):
            self.style, part = a.get("style:name", ""), ""
        elif name == "number:number":
            digits, decimals = int(a.get("number:min-integer-digits", 1)), a.get("number:decimal-places", "")
            thousands = "," * round(math.log(float(a.get("number:display-factor", 1)), 1000))
            part = "0" * min(digits, 99) + thousands if decimals or digits > 1 or thousands else "General"
        else:
            part = _PARTS.get(name, "")
            self.text, self.in_text = [], name in ("number:text", "number:currency-symbol")
        self._add(part)

    def _add(self, part: str) -> None:
        self.formats[self.style] = (self.formats.get(self.style, "") + part)[:255]  # as long as Excel's may be

    def _data(self, data: str) -> None:
        if self.in_text and not self.drawn:
            self.text.append(data)

    def _end(self, name: str) -> None:
        if self.drawn:
            self.drawn -= _is_drawn(name)
        elif name in ("number:text", "number:currency-symbol"):
            self._add('"{}"'.format("".join(self.text).replace('"', "")))
            self.in_text = False
        elif not self.sheets:
            return
        elif name == "text:p":
            self.in_text = False
        elif name == "table:table-cell":
            self._cell()
        elif name == "table:covered-table-cell":
            self.column += _times(self.cell, "table:number-columns-repeated")
        elif name == "table:table-row":
            self._count(len(self.found) * (self.rows - 1))
            for extra in range(self.rows if self.found else 0):
                for cell in self.found:
                    put(self.sheet, replace(cell, row=cell.row + extra))
            self.row += self.rows
        elif name == "table:table":
            check_size(self.sheets)

    def _cell(self) -> None:
        a, row, first = self.cell, self.row + 1, self.column + 1
        more = _times(a, "table:number-columns-repeated")
        self.column += more
        down, right = _times(a, "table:number-rows-spanned"), _times(a, "table:number-columns-spanned")
        if (down, right) != (1, 1):
            self.sheet.merged.append((row, first, row + down - 1, first + right - 1))
        text, place = "".join(self.text), Cell(row, first, None)
        if "table:formula" in a and "office:value-type" not in a and not text:
            raise uncalculated(self.sheet, place, a["table:formula"])
        try:
            value, shown = _ods_value(a, text)
        except BROKEN as error:
            raise unreadable(self.sheet, place, text, error) from error
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        self._count(more - 1)
        for column in range(first, first + more):
            style = a.get("table:style-name", self.column_styles.get(column, ""))
            own = self.formats.get(self.shown.get(style, "")) if shown not in ("", "0%") else ""
            hidden = self.row_hidden or column in self.hidden
            self.found.append(Cell(row, column, value, own or shown or "General", self.colors.get(style, ""), hidden))

    def _count(self, more: int) -> None:
        self.repeated += more
        if self.repeated > MAX_REPEATED:
            expected = f"at most {MAX_REPEATED:,} cells that repeat another"
            raise self.sheet.error("the sheet is too large", expected=expected, do=AGAIN)


def _times(a: dict[str, str], name: str) -> int:
    times = int(a.get(name, 1))
    if times < 1:
        raise ValueError(f"{name} is {times}")
    return times


_PARTS = {  # elements of a number format → the same in Excel
    "number:year": "yyyy",
    "number:month": "mm",
    "number:day": "dd",
    "number:hours": "hh",
    "number:minutes": ":mm",
    "number:seconds": ":ss",
}


def _is_drawn(name: str) -> bool:
    return name.startswith(("draw:", "dr3d:")) or name in ("office:annotation", "table:shapes")


def _ods_value(a: dict[str, str], text: str) -> tuple[Value, str]:
    """Value of a cell with these attributes that shows this text, and its number format unless its style has one."""
    kind = a.get("office:value-type", "")
    if kind in ("float", "percentage", "currency"):
        stored = a["office:value"]
        value = number(float(stored) if any(c in stored for c in ".eEnN") else int(stored), "", CALENDAR_WINDOWS_1900)
        if value and text and (TOO_FEW.fullmatch(text) or not any(map(str.isdigit, text))):
            return text, ""  # a condition of its style shows words in place of the number
        return value, {"percentage": "0%", "currency": f'0 "{a.get("office:currency", "EUR")}"'}.get(kind, "General")
    if kind == "boolean":
        return a["office:boolean-value"] == "true", ""
    if kind == "date":
        return datetime.datetime.fromisoformat(a["office:date-value"]), "yyyy-mm-dd"
    return a.get("office:string-value") or text, ""


# .csv and .tsv


def read_csv(file: str, content: bytes) -> list[Sheet]:
    """Text with separators, in UTF-8, UTF-16 or the Windows code page."""
    text = _decode(file, content)
    named = re.match(r"sep=([^\w\s\"]|\t)(?=[\r\n])", text)
    guess = "\t" if file.lower().endswith(".tsv") else _delimiter(text)
    sheet = Sheet(file, "", delimiter=named.group(1) if named else guess)
    reader = csv.reader(_lines(text), delimiter=sheet.delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            sheet.fields[line] = len(record)
            for column, value in enumerate(record, start=1):
                if value and not (named and line == 1):
                    put(sheet, Cell(line, column, value))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"line {line} cannot be read ({error})", file=file, do="ask for it again") from error
    sheet.unended = max(sheet.fields, default=0) if not text.endswith(("\n", "\r")) else 0
    columns: dict[int, set[str]] = {}
    for cell in sheet.cells.values():
        columns.setdefault(cell.column, set()).add(cell.text)
    if pointed := columns_with_points(columns, sheet.delimiter):
        for place, cell in sheet.cells.items():
            sheet.cells[place] = replace(cell, point=cell.column in pointed)
    return [sheet]


def _lines(text: str) -> Iterator[str]:
    for line in io.StringIO(text, newline=""):
        if len(line) > MAX_LINE:
            raise csv.Error(f"more than {MAX_LINE:,} characters")
        yield line


MARKS = {b"\xff\xfe": ("utf-16",), b"\xfe\xff": ("utf-16",), b"\xef\xbb\xbf": ("utf-8-sig",)}


def _decode(file: str, content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", OLE)):
        raise misnamed(file, "this is not a CSV")
    encodings = next((known for mark, known in MARKS.items() if content.startswith(mark)), ("utf-8", "cp1252"))
    for encoding in encodings:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
    else:
        raise DataError(
            f"line {line} has bytes that are text in no encoding known here",
            file=file,
            expected="UTF-8, UTF-16 or Windows-1252",
            do="save it as UTF-8",
        )
    if "\0" in text:
        raise misnamed(file, "this is not a CSV")
    return text


def _delimiter(text: str) -> str:
    """Semicolon or tab when half of the first lines have the same number of fields with it, a bar (as Statbel's open
    data have) when all have, else comma.

    A comma may be the decimal mark, and as regular as the separator; the others are not.
    """
    first = itertools.islice(io.StringIO(text, newline=""), 50)
    lines = [line for line in first if line.strip() and len(line) <= MAX_LINE]
    for delimiter in ";\t|":
        try:
            widths = [len(record) for record in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:  # told with its line when the file is read
            continue
        if delimiter == "|" and (len(lines) < 2 or len(set(widths)) > 1):
            continue  # it also stands in the headers of Swing
        if 2 * max((widths.count(width) for width in widths if width > 1), default=0) >= len(lines):
            return delimiter
    return ","
