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
import math
import posixpath
import re
import xml.parsers.expat
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace

import xlrd
from defusedxml.ElementTree import ParseError, fromstring
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.cell import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel
from openpyxl.utils.escape import unescape

from .errors import DataError
from .spreadsheet import Cell, Sheet, Value

# Bounds on what is read. A workbook of a million cells unpacks to some 40 MB; ratio and floor as in
# Apache POI's ZipSecureFile.
MAX_BYTES = 200_000_000
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 100
RATIO_FLOOR = 100_000
MAX_CELLS = 10_000_000

AGAIN = "open it in Excel and save it again, or ask for it again"
OLE = b"\xd0\xcf\x11\xe0"


def check_container(file: str, content: bytes, needs: str) -> zipfile.ZipFile:
    """The zip archive that a workbook is. Raises `DataError` before a parser sees what is no sound one."""
    if content.startswith(OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise DataError(
            "the workbook is encrypted" if encrypted else "this is an old .xls under another name",
            file=file,
            do="open it in Excel, take the password off and save it as .xlsx" if encrypted else "name it .xls",
        )
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
        damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise DataError("the workbook is truncated or damaged", file=file, do=AGAIN) from error
    if damaged or needs not in {part.filename for part in parts}:
        raise DataError(f"the workbook is damaged{f' in {damaged}' if damaged else ''}", file=file, do=AGAIN)
    return archive


# .xlsx and .xlsm


def read_xlsx(file: str, content: bytes) -> list[Sheet]:
    archive = check_container(file, content, "[Content_Types].xml")
    try:
        return _read_book(file, archive)
    except (ParseError, xml.parsers.expat.ExpatError, LookupError, ValueError, TypeError, OverflowError) as error:
        raise DataError(f"the workbook cannot be read ({error})", file=file, do=AGAIN) from error


def _read_book(file: str, archive: zipfile.ZipFile) -> list[Sheet]:
    parts = set(archive.namelist())
    book = _target(archive, "_rels/.rels", "/officeDocument")
    folder, name = posixpath.split(book)
    relations = _relations(archive, f"{folder}/_rels/{name}.rels", folder)
    root = fromstring(archive.read(book), forbid_dtd=True)
    properties = _find(root, "workbookPr")
    epoch = properties is not None and properties.get("date1904") in ("1", "true")
    styles = _styles(archive, next((p for kind, p in relations.values() if kind == "styles"), ""))
    strings = _strings(archive, next((p for kind, p in relations.values() if kind == "sharedStrings"), ""))
    sheets = []
    for entry in root.iter():
        if _local(entry.tag) != "sheet":
            continue
        kind, path = relations[next(value for key, value in entry.items() if _local(key) == "id")]
        if kind not in ("worksheet", "chartsheet", "dialogsheet", "macrosheet") or path not in parts:
            raise DataError(f"the workbook names a sheet {entry.get('name')!r} that is not in it", file=file, do=AGAIN)
        sheet = Sheet(file, entry.get("name", ""), state=entry.get("state", "visible"))
        if kind == "worksheet":
            with archive.open(path) as stream:
                _SheetReader(sheet, styles, strings, epoch).read(stream)
        sheets.append(sheet)
    if not sheets:
        raise DataError("the workbook has no sheets", file=file, do=AGAIN)
    return sheets


def _local(tag: str) -> str:
    return tag.rpartition("}")[2].rpartition(":")[2]


def _find(root, name: str):
    return next((element for element in root.iter() if _local(element.tag) == name), None)


def _relations(archive: zipfile.ZipFile, path: str, folder: str) -> dict[str, tuple[str, str]]:
    """Identifier → kind and path of a part, of those that lie inside the file."""
    return {
        entry.get("Id"): (
            entry.get("Type").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/" + folder, entry.get("Target"))).lstrip("/"),
        )
        for entry in fromstring(archive.read(path), forbid_dtd=True)
        if entry.get("TargetMode") != "External"
    }


def _target(archive: zipfile.ZipFile, path: str, kind: str) -> str:
    return next(path for _, (found, path) in _relations(archive, path, "").items() if kind.endswith(found))


Style = tuple[str, str, int, str]  # number format, RGB of the font, indent, kind of number


def _styles(archive: zipfile.ZipFile, path: str) -> list[Style]:
    """What matters of each cell style."""
    if not path:
        return [("General", "", 0, "")]
    root = fromstring(archive.read(path), forbid_dtd=True)
    formats = {int(e.get("numFmtId")): e.get("formatCode") for e in root.iter() if _local(e.tag) == "numFmt"}
    fonts = _find(root, "fonts")
    colors = [_font_color(font) for font in fonts] if fonts is not None else []
    styles = []
    for xf in _find(root, "cellXfs") or ():
        number = int(xf.get("numFmtId", 0))
        shown = formats.get(number) or BUILTIN_FORMATS.get(number, "General")
        font = int(xf.get("fontId", 0))
        alignment = _find(xf, "alignment")
        indent = int(alignment.get("indent", 0)) if alignment is not None else 0
        color = colors[font] if font < len(colors) else ""
        styles.append((shown, color, indent, number_kind(shown)))
    return styles or [("General", "", 0, "")]


def number_kind(shown: str) -> str:
    """`date` or `time` for a number format that shows a number so, else empty."""
    if is_timedelta_format(shown):
        return "time"
    return "date" if is_date_format(shown) else ""


def _font_color(font) -> str:
    color = _find(font, "color")
    return (color.get("rgb") or "")[-6:].upper() if color is not None else ""


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
            strings.append(unescape("".join(parts)))
        elif name == "rPh":
            phonetic = False
        elif name == "t":
            parser.CharacterDataHandler = None

    parser = _parser(start, end)
    with archive.open(path) as stream:
        parser.ParseFile(stream)
    return strings


def _parser(start: Callable, end: Callable):
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end

    def forbid(*_: object) -> None:
        raise ValueError("a document type declaration, which no workbook has")

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = forbid
    return parser


class _SheetReader:
    """Reads the XML of one worksheet into a `Sheet`."""

    def __init__(self, sheet: Sheet, styles: list[Style], strings: list[str], epoch_1904: bool) -> None:
        self.sheet, self.styles, self.strings = sheet, styles, strings
        self.epoch = CALENDAR_MAC_1904 if epoch_1904 else CALENDAR_WINDOWS_1900
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
        self.parser.ParseFile(stream)
        for place in _covered(self.sheet):
            self.sheet.cells.pop(place, None)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = _short_name(name)
        if name == "c":
            self.attributes = attributes
            self.formula = self.value = None
            self.text.clear()
            place = attributes.get("r")
            if place is None:
                self.column += 1
            else:
                letters = place.rstrip("0123456789")
                self.column = _column(letters)
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
            self.hidden_columns.update(range(int(attributes["min"]), int(attributes["max"]) + 1))
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.sheet.merged.append((top, left, bottom, right))

    def _end(self, name: str) -> None:
        name = _short_name(name)
        if name in ("v", "t", "f"):
            self.parser.CharacterDataHandler = None
        elif name == "c":
            if self.value is not None or self.text or self.formula is not None:
                self._cell()
        elif name == "rPh":
            self.phonetic = False

    def _cell(self) -> None:
        shown, color, indent, number = self.styles[int(self.attributes.get("s", 0))]
        hidden = self.row_hidden or self.column in self.hidden_columns
        cell = Cell(self.row, self.column, None, shown, color, hidden, indent)
        kind = self.attributes.get("t", "n")
        text = "".join(self.value or ()) if kind != "inlineStr" else "".join(self.text)
        if not text.strip():
            if self.formula is not None and kind != "str":
                raise self.sheet.error(
                    "a formula without a stored value",
                    cell,
                    found="=" + "".join(self.formula),
                    do="open the workbook in Excel, let it calculate, and save it",
                )
            return
        value = self._value(kind, text, number, cell)
        if value is not None and not (isinstance(value, str) and not value.strip()):
            put(self.sheet, replace(cell, value=value))

    def _value(self, kind: str, text: str, number: str, cell: Cell) -> Value:
        if kind == "s":
            return self.strings[int(text)]
        if kind in ("str", "inlineStr"):
            return unescape(text)
        if kind == "b":
            return text == "1"
        if kind == "e":
            return text
        if kind == "d":
            return datetime.datetime.fromisoformat(text)
        value = float(text) if any(c in text for c in ".eEnN") else int(text)
        if not math.isfinite(value):
            raise self.sheet.error("a number without end", cell, found=text, do="correct the cell")
        return from_excel(value, self.epoch, timedelta=number == "time") if number else value


def _covered(sheet: Sheet) -> list[tuple[int, int]]:
    """Places under a merged range, but for its first: nobody is shown what is stored there."""
    covered = []
    for top, left, bottom, right in sheet.merged:
        if (bottom - top + 1) * (right - left + 1) > len(sheet.cells):
            covered += [
                (r, c) for r, c in sheet.cells if top <= r <= bottom and left <= c <= right and (r, c) != (top, left)
            ]
        else:
            covered += [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1) if (r, c) != (top, left)]
    return covered


@functools.cache
def _short_name(name: str) -> str:
    return name.rpartition(":")[2]


@functools.cache
def _column(letters: str) -> int:
    return column_index_from_string(letters)


def put(sheet: Sheet, cell: Cell) -> None:
    """Add a filled cell. Raises `DataError` beyond `MAX_CELLS`, and for a sheet larger than Excel's."""
    if len(sheet.cells) >= MAX_CELLS or cell.row > 1_048_576 or cell.column > 16_384:
        raise sheet.error(
            "the sheet is too large", cell, expected=f"at most {MAX_CELLS:,} filled cells within XFD1048576"
        )
    sheet.cells[cell.row, cell.column] = cell


# .xls


def read_xls(file: str, content: bytes) -> list[Sheet]:
    """The binary format of Excel 97–2003 and older, by xlrd."""
    if not content.startswith((OLE, b"\x09")):
        kind = "a web page" if re.search(rb"<(html|table)", content[:2000], re.IGNORECASE) else "not a spreadsheet"
        kind = "a .xlsx or .ods" if content.startswith(b"PK") else kind
        do = "give it its own extension, or open it in Excel and save it as .xlsx"
        raise DataError(f"this is {kind}, whatever its name says", file=file, do=do)
    try:
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
        return [_xls_sheet(file, book, page) for page in book.sheets()]
    except DataError:
        raise
    except Exception as error:  # xlrd meets a damaged file with whatever its parsing runs into
        encrypted = "encrypted" in str(error).lower()
        raise DataError(
            "the workbook is encrypted" if encrypted else f"the workbook cannot be read ({error})",
            file=file,
            do="open it in Excel, take the password off and save it as .xlsx" if encrypted else AGAIN,
        ) from error


def _xls_sheet(file: str, book: xlrd.Book, page: xlrd.sheet.Sheet) -> Sheet:
    state = {0: "visible", 1: "hidden"}.get(page.visibility, "veryHidden")
    sheet = Sheet(file, page.name, state=state)
    sheet.merged = [(top + 1, left + 1, bottom, right) for top, bottom, left, right in page.merged_cells]
    for row in range(page.nrows):
        for column in range(page.row_len(row)):
            found = page.cell(row, column)
            if found.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                continue
            style = book.xf_list[found.xf_index]
            hidden = any(
                place in known and known[place].hidden
                for known, place in ((page.rowinfo_map, row), (page.colinfo_map, column))
            )
            color = book.colour_map.get(book.font_list[style.font_index].colour_index)
            cell = Cell(
                row + 1,
                column + 1,
                None,
                book.format_map[style.format_key].format_str,
                "".join(f"{part:02X}" for part in color or ()),
                hidden,
                style.alignment.indent_level,
            )
            value = _xls_value(book, found)
            if value is not None and str(value).strip():
                put(sheet, replace(cell, value=value))
    return sheet


def _xls_value(book: xlrd.Book, found: xlrd.sheet.Cell) -> Value:
    if found.ctype == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(found.value, "#N/A")
    if found.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(found.value)
    if found.ctype == xlrd.XL_CELL_DATE:
        return xlrd.xldate_as_datetime(found.value, book.datemode)
    if found.ctype == xlrd.XL_CELL_NUMBER and found.value.is_integer():
        return int(found.value)
    return found.value


# .ods


def read_ods(file: str, content: bytes) -> list[Sheet]:
    """OpenDocument spreadsheets. A stored percentage or amount of money gets the number format it is shown with."""
    archive = check_container(file, content, "content.xml")
    manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.namelist() else b""
    if b"encryption-data" in manifest:
        raise DataError("the workbook is encrypted", file=file, do="take the password off and save it again")
    try:
        with archive.open("content.xml") as stream:
            return _OdsReader(file).read(stream)
    except (xml.parsers.expat.ExpatError, LookupError, ValueError, TypeError, OverflowError) as error:
        raise DataError(f"the workbook cannot be read ({error})", file=file, do=AGAIN) from error


class _OdsReader:
    """Reads `content.xml`. Repeated rows and cells are written out only where they hold something."""

    def __init__(self, file: str) -> None:
        self.file, self.sheets = file, []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.note = self.depth = 0
        self.text: list[str] | None = None

    def read(self, stream) -> list[Sheet]:
        self.parser = _parser(self._start, self._end)
        self.parser.CharacterDataHandler = lambda data: self.text.append(data) if self.text is not None else None
        self.parser.ParseFile(stream)
        if not self.sheets:
            raise DataError("the workbook has no sheets", file=self.file, do=AGAIN)
        return self.sheets

    def _start(self, name: str, a: dict[str, str]) -> None:
        if name in ("office:annotation", "draw:frame", "table:shapes"):
            self.note += 1
        if self.note:
            return
        if name == "style:style":
            self.style = a.get("style:name", "")
        elif name == "style:table-properties" and a.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table:table":
            state = "hidden" if a.get("table:style-name") in self.hidden_styles else "visible"
            self.sheet = Sheet(self.file, a["table:name"], state=state)
            self.sheets.append(self.sheet)
            self.row, self.columns, self.hidden = 0, 0, set()
        elif name == "table:table-column":
            more = int(a.get("table:number-columns-repeated", 1))
            if a.get("table:visibility", "visible") != "visible":
                self.hidden.update(range(self.columns + 1, min(self.columns + more, 16_384) + 1))
            self.columns += more
        elif name == "table:table-row":
            self.rows = int(a.get("table:number-rows-repeated", 1))
            self.row_hidden = a.get("table:visibility", "visible") != "visible"
            self.column, self.found = 0, []
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.cell, self.covered = a, name.endswith("covered-table-cell")
            self.text = []
        elif name == "text:p" and self.text:
            self.text.append("\n")
        elif name in ("text:s", "text:tab", "text:line-break") and self.text is not None:
            self.text.append(" " * int(a.get("text:c", 1)))

    def _end(self, name: str) -> None:
        if self.note:
            self.note -= name in ("office:annotation", "draw:frame", "table:shapes")
            return
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._cell()
        elif name == "table:table-row":
            for extra in range(self.rows if self.found else 0):
                for cell in self.found:
                    put(self.sheet, replace(cell, row=self.row + 1 + extra))
            self.row += self.rows

    def _cell(self) -> None:
        a, text, self.text = self.cell, "".join(self.text or ()), None
        repeated = int(a.get("table:number-columns-repeated", 1))
        value, shown = _ods_value(a, text)
        down, right = int(a.get("table:number-rows-spanned", 1)), int(a.get("table:number-columns-spanned", 1))
        if (down, right) != (1, 1):
            self.sheet.merged.append((self.row + 1, self.column + 1, self.row + down, self.column + right))
        if value is not None and not (isinstance(value, str) and not value.strip()) and not self.covered:
            for column in range(self.column + 1, self.column + repeated + 1):
                hidden = self.row_hidden or column in self.hidden
                cell = Cell(self.row + 1, column, value, shown, "", hidden)
                if len(self.found) >= 16_384:
                    raise self.sheet.error("the sheet is too large", cell, expected="at most 16,384 columns")
                self.found.append(cell)
        self.column += repeated


def _ods_value(a: dict[str, str], text: str) -> tuple[Value, str]:
    """Value and number format of a cell with these attributes that shows this text."""
    kind = a.get("office:value-type", "")
    if kind in ("float", "percentage", "currency"):
        number = a["office:value"]
        value = float(number) if any(c in number for c in ".eEnN") else int(number)
        if not math.isfinite(value):
            raise ValueError(f"a number without end: {number}")
        return value, {"percentage": "0%", "currency": f'0 "{a.get("office:currency", "EUR")}"'}.get(kind, "General")
    if kind == "boolean":
        return a["office:boolean-value"] == "true", "General"
    if kind == "date":
        return datetime.datetime.fromisoformat(a["office:date-value"]), "yyyy-mm-dd"
    return text or None, "General"


# .csv and .tsv


def read_csv(file: str, content: bytes) -> list[Sheet]:
    """Text with separators, in UTF-8, UTF-16 or the Windows code page."""
    text = _decode(file, content)
    named = re.match(r"sep=(.)\r?\n", text)
    sheet = Sheet(file, "", delimiter=named.group(1) if named else _delimiter(text))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sheet.delimiter, strict=True)
    line = 1
    try:
        for record in reader:
            for column, value in enumerate(record, start=1):
                if value.strip() and not (named and line == 1):
                    put(sheet, Cell(line, column, value))
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"line {line} cannot be read ({error})", file=file, do="ask for it again") from error
    return [sheet]


def _decode(file: str, content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", OLE)):
        raise DataError("this is not a CSV, whatever its name says", file=file, do="give it its own extension")
    try:
        if content.startswith((b"\xff\xfe", b"\xfe\xff")):
            return content.decode("utf-16")
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise DataError(
                f"line {line} has bytes that are text in no encoding known here",
                file=file,
                expected="UTF-8, UTF-16 or Windows-1252",
                do="save it as UTF-8",
            ) from error
    if "\0" in text:
        raise DataError("this is not a CSV, whatever its name says", file=file, do="ask for it again")
    return text


def _delimiter(text: str) -> str:
    """Semicolon or tab when half of the first lines have the same number of fields with it, else comma.

    A comma may be the decimal mark, and as regular as the separator; the others are not.
    """
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    for delimiter in ";\t":
        try:
            widths = [len(record) for record in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:  # told with its line when the file is read
            continue
        if 2 * max((widths.count(width) for width in widths if width > 1), default=0) >= len(lines):
            return delimiter
    return ","
