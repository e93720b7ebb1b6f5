# SPDX-License-Identifier: EUPL-1.2
"""Workbooks of Excel, .xlsx and .xlsm.

Takes file name and content; gives `Sheet`s; called by `workbook`. Rows that are written as Excel writes them are taken
apart many at a time by `rows`; expat reads the rest, so that nothing depends on how a program writes its XML.
"""

from __future__ import annotations

import datetime
import io
import posixpath
import re
import zipfile
from xml.etree.ElementTree import Element, TreeBuilder

from ..errors import DataError
from .addresses import column_number, range_boundaries
from .cells import PLAIN, Cell, Sheet, Style, Value, coloured
from .container import AGAIN, BROKEN, check_container, local_name, misnamed, parse_xml, xml_parser
from .filling import MAX_COLUMN, Filler, check_size, uncalculated, unreadable
from .number_formats import BUILTIN_FORMATS, CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, number, number_kind
from .rich import LOWERED, RAISED, STRUCK, Runs
from .xlsx_rows import XlsxRows

MAX_TREE = 20_000_000
# The colours that old workbooks name by number, 8 to 63 (ECMA-376, 18.8.27); 0 to 7 are the first eight of them.
_PALETTE = [
    "000000",
    "FFFFFF",
    "FF0000",
    "00FF00",
    "0000FF",
    "FFFF00",
    "FF00FF",
    "00FFFF",
    "800000",
    "008000",
    "000080",
    "808000",
    "800080",
    "008080",
    "C0C0C0",
    "808080",
    "9999FF",
    "993366",
    "FFFFCC",
    "CCFFFF",
    "660066",
    "FF8080",
    "0066CC",
    "CCCCFF",
    "000080",
    "FF00FF",
    "FFFF00",
    "00FFFF",
    "800080",
    "800000",
    "008080",
    "0000FF",
    "00CCFF",
    "CCFFFF",
    "CCFFCC",
    "FFFF99",
    "99CCFF",
    "FF99CC",
    "CC99FF",
    "FFCC99",
    "3366FF",
    "33CCCC",
    "99CC00",
    "FFCC00",
    "FF9900",
    "FF6600",
    "666699",
    "969696",
    "003366",
    "339966",
    "003300",
    "333300",
    "993300",
    "993366",
    "333399",
    "333333",
]


def read_xlsx(file: str, content: bytes) -> list[Sheet]:
    """The sheets of a workbook. Raises `DataError` for what is no sound workbook."""
    archive = check_container(file, content)
    parts = Parts(archive)
    if "[content_types].xml" not in parts.names:
        raise misnamed(file, "this is no .xlsx")
    try:
        return _read_book(file, parts)
    except BROKEN as error:
        raise DataError(f"the workbook cannot be read: {_words(error)}", file=file, do=AGAIN) from error


def _words(error: Exception) -> str:
    """What went wrong inside, in words: a bare `0` or `'r:id'` tells nobody anything."""
    return f"a part of it is not as it should be ({type(error).__name__}: {error})"


class Parts:
    """The parts of a workbook by their path, whatever its case and slashes: some write `xl\\SharedStrings.xml`."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {self._key(name): name for name in archive.namelist()}

    @staticmethod
    def _key(path: str) -> str:
        return path.replace("\\", "/").lstrip("/").lower()

    def __contains__(self, path: str) -> bool:
        return self._key(path) in self.names

    def open(self, path: str) -> io.BufferedIOBase:
        return self.archive.open(self.names[self._key(path)])

    def tree(self, path: str) -> Element:
        """A part that is small in any honest workbook."""
        name = self.names[self._key(path)]
        if self.archive.getinfo(name).file_size > MAX_TREE:
            raise ValueError(f"{path} is larger than {MAX_TREE:,} bytes")
        builder = TreeBuilder()
        xml_parser(builder.start, builder.end).Parse(self.archive.read(name), True)
        return builder.close()

    def relations(self, path: str) -> dict[str, tuple[str, str]]:
        """Identifier → kind and path of each part that a part refers to, of those that lie inside the file."""
        folder, name = posixpath.split(path)
        entries = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            entry.get("Id", ""): (
                entry.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/" + folder, entry.get("Target", "").replace("\\", "/"))).lstrip(
                    "/"
                ),
            )
            for entry in entries
            if entry.get("TargetMode") != "External"
        }


def _read_book(file: str, parts: Parts) -> list[Sheet]:
    book = _target(parts.relations(""), "officeDocument")
    relations = parts.relations(book)
    root = parts.tree(book)
    epoch = CALENDAR_MAC_1904 if _flag(_find(root, "workbookPr"), "date1904") else CALENDAR_WINDOWS_1900
    stale = _flag(_find(root, "calcPr"), "fullCalcOnLoad")  # Excel still has to calculate what is stored
    styles = _styles(parts, _target(relations, "styles"))
    strings = _strings(parts, _target(relations, "sharedStrings"))
    sheets: list[Sheet] = []
    taken: set[str] = set()
    for entry in root.iter():
        if local_name(entry.tag) != "sheet":
            continue
        name = entry.get("name", "")
        identifier = next((value for key, value in entry.items() if local_name(key) == "id"), "")
        kind, path = relations.get(identifier, ("", ""))
        if not identifier and entry.get("state") == "veryHidden":
            continue  # a module of macros, as Excel 95 kept them among the sheets
        if not kind.lower().endswith("sheet") or path not in parts or path in taken:
            raise DataError(f"the workbook names a sheet {name!r} that is not in it", file=file, do=AGAIN)
        taken.add(path)  # no two sheets share a part
        sheet = Sheet(file, name, state=entry.get("state", "visible"), styles=[style for style, _ in styles])
        if kind == "worksheet":
            with parts.open(path) as stream:
                SheetReader(sheet, [kind for _, kind in styles], strings, epoch, stale).read(stream)
        sheets.append(sheet)
        check_size(sheets)
    if not sheets:
        raise DataError("the workbook has no sheets", file=file, do=AGAIN)
    return sheets


def _find(root: Element, name: str) -> Element | None:
    return next((element for element in root.iter() if local_name(element.tag) == name), None)


def _flag(element: Element | None, name: str = "val") -> bool:
    return element is not None and element.get(name, "1" if name == "val" else "0") in ("1", "true")


def _children(root: Element, name: str) -> list[Element]:
    found = _find(root, name)
    return [] if found is None else list(found)


def _target(relations: dict[str, tuple[str, str]], kind: str) -> str:
    """Path of the part of this kind, empty without one."""
    return next((path for found, path in relations.values() if found == kind), "")


def _styles(parts: Parts, path: str) -> list[tuple[Style, str]]:
    """Each cell style, and whether it shows a number as a date or time."""
    if path not in parts:
        return [(PLAIN, "")]
    root = parts.tree(path)
    formats = {int(entry.get("numFmtId")): entry.get("formatCode") for entry in _children(root, "numFmts")}
    fonts = _children(root, "fonts")
    styles = []
    for xf in _children(root, "cellXfs"):
        code = int(xf.get("numFmtId", 0))
        shown = formats.get(code) or BUILTIN_FORMATS.get(code, "General")
        place = int(xf.get("fontId", 0))
        font = fonts[place] if place < len(fonts) else None
        alignment = _find(xf, "alignment")
        indent = int(alignment.get("indent", 0)) if alignment is not None else 0
        color = "" if font is None else _font_color(font)
        struck = font is not None and _flag(_find(font, "strike"))
        styles.append((Style(shown, color, indent, is_struck=struck), number_kind(shown)))
    return styles or [(PLAIN, "")]


def _font_color(font: Element) -> str:
    color = _find(font, "color")
    if color is None:
        return ""
    indexed = int(color.get("indexed", 64))  # from 64 on colours of the system
    if 0 <= indexed < 64 and not color.get("rgb"):
        return coloured(_PALETTE[indexed - 8 if indexed > 7 else indexed])
    return coloured(color.get("rgb", ""))


class _RichText:
    """Collects the runs of one text, plain or rich, without phonetic help. Fed by the handlers of a parser."""

    def __init__(self, parser) -> None:
        self.parser, self.runs, self.how, self.phonetic = parser, Runs(), "", False
        self.pieces: list[str] = []

    def clear(self) -> None:
        self.runs, self.how = Runs(), ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t" and not self.phonetic:
            self.pieces.clear()
            self.parser.CharacterDataHandler = self.pieces.append
        elif name == "r":
            self.how = ""
        elif name == "rPh":
            self.phonetic = True
        elif name == "strike" and attributes.get("val", "1") in ("1", "true"):
            self.how = STRUCK
        elif name == "vertAlign" and self.how != STRUCK:
            self.how = {"superscript": RAISED, "subscript": LOWERED}.get(attributes.get("val", ""), "")

    def end(self, name: str) -> None:
        if name == "t" and not self.phonetic:
            self.parser.CharacterDataHandler = None
            self.runs.add(_unescape("".join(self.pieces)), self.how)
        elif name == "rPh":
            self.phonetic = False


def _strings(parts: Parts, path: str) -> list[str | Runs]:
    """The shared strings; as `Runs` where some of the text is raised or struck through."""
    if path not in parts:
        return []  # a cell that refers to one is told with its place
    strings: list[str | Runs] = []

    def start(name: str, attributes: dict) -> None:
        name = local_name(name)
        if name == "si":
            rich.clear()
        else:
            rich.start(name, attributes)

    def end(name: str) -> None:
        name = local_name(name)
        if name == "si":
            runs = rich.runs
            strings.append(runs if runs.raised or runs.struck else runs.text)
        else:
            rich.end(name)

    parser = xml_parser(start, end)
    rich = _RichText(parser)
    with parts.open(path) as stream:
        parse_xml(parser, stream)
    return strings


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _unescape(text: str) -> str:
    """Characters that XML has not are written as `_x000D_`; half a surrogate pair is no character."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class SheetReader:
    """Reads the XML of one worksheet into a `Sheet`."""

    def __init__(
        self, sheet: Sheet, kinds: list[str], strings: list[str | Runs], epoch: datetime.datetime, stale: bool
    ) -> None:
        self.sheet, self.kinds, self.strings, self.epoch, self.stale = sheet, kinds, strings, epoch, stale
        self.filler = Filler(sheet)
        self.row = self.column = 0
        self.attributes: dict[str, str] = {}
        self.formula: list[str] | None = None
        self.value: list[str] | None = None

    def read(self, stream) -> None:
        self.parser = xml_parser(self._start, self._end)
        self.rich = _RichText(self.parser)
        XlsxRows(self).read(stream, self.parser)
        del self.parser, self.rich  # they hold this reader, which holds them
        self.filler.finish()

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local_name(name)
        if name == "c":
            self.attributes = attributes
            self.formula = self.value = None
            self.rich.clear()
            place = attributes.get("r")
            if place is None:
                self.column += 1
            else:
                letters = place.rstrip("0123456789")
                self.column, self.row = column_number(letters), int(place[len(letters) :])
        elif name == "v":
            self.value = []
            self.parser.CharacterDataHandler = self.value.append
        elif name == "f":
            self.formula = []
            self.parser.CharacterDataHandler = self.formula.append
        elif name == "row":
            self.row = int(attributes.get("r", self.row + 1))
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
            self.column = 0
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            last = min(int(attributes["max"]), MAX_COLUMN)
            self.sheet.hidden_columns.update(range(int(attributes["min"]), last + 1))
        elif name == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            self.sheet.merged.append((top, left, bottom, right))
        else:
            self.rich.start(name, attributes)

    def _end(self, name: str) -> None:
        name = local_name(name)
        if name in ("v", "f"):
            self.parser.CharacterDataHandler = None
        elif name == "c":
            self._cell()
        else:
            self.rich.end(name)

    def _cell(self) -> None:
        kind = self.attributes.get("t", "n")
        text = "".join(self.value or ()) if kind != "inlineStr" else self.rich.runs
        shown = text.whole if isinstance(text, Runs) else text
        result = shown.strip() or kind in ("str", "inlineStr")  # an empty text is a result too
        if self.formula is not None and ((self.stale and shown.strip()) or not result):
            raise uncalculated(self.sheet, Cell(self.row, self.column, None), "=" + "".join(self.formula))
        if shown.strip():
            self.put(self.row, self.column, kind, text, int(self.attributes.get("s") or 0))

    def put(self, row: int, column: int, kind: str, text: str | Runs, style: int) -> None:
        """Add a cell by what its XML says: kind of value, text and number of its style."""
        try:
            if style >= len(self.kinds):
                raise ValueError(f"the workbook has no style {style}")
            value = self.convert(kind, text, self.kinds[style])
        except BROKEN as error:
            found = text.whole if isinstance(text, Runs) else text
            raise unreadable(self.sheet, Cell(row, column, None), found, error) from error
        if isinstance(value, Runs):
            style = self.sheet.style_number(self.sheet.styles[style], **value.set_apart)
            value = value.whole
        self.filler.put(row, column, value, style)

    def convert(self, kind: str, text: str | Runs, shown_as: str) -> Value | Runs:
        """The value that is written as a text of a kind. Raises an error of `BROKEN` for what is none."""
        if kind == "s":
            if not text.isdigit():
                raise ValueError("no number of a shared text")
            if int(text) >= len(self.strings):
                raise ValueError(f"the workbook has no shared text {text}")
            return self.strings[int(text)]
        if kind == "inlineStr":
            return text if text.raised or text.struck else text.text
        if kind == "str":
            return _unescape(text)
        if kind == "b":
            return text in ("1", "true")
        if kind == "e":
            return text
        if kind == "d":
            return _iso_date(text)
        return number(text.strip(), shown_as, self.epoch)


def _iso_date(text: str) -> Value:
    """`2021-12-31`, `2021-12-31T10:00:00` or `10:00:00`."""
    if "T" in text:
        return datetime.datetime.fromisoformat(text.removesuffix("Z"))
    return datetime.date.fromisoformat(text) if "-" in text else datetime.time.fromisoformat(text)
