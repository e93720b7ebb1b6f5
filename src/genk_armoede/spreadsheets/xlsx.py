# SPDX-License-Identifier: EUPL-1.2
"""Workbooks of Excel, .xlsx and .xlsm: a stream of XML per sheet, so that a sheet costs what its filled cells cost.

Takes file name and content; gives `Sheet`s of `Cell`s; called by `workbook`.
"""

from __future__ import annotations

import datetime
import posixpath
import zipfile
from collections.abc import Callable
from xml.etree.ElementTree import Element, TreeBuilder

from ..errors import DataError
from .addresses import column_number, range_boundaries
from .cells import Cell, Sheet, Value, coloured
from .container import AGAIN, BROKEN, check_container, local_name, misnamed, parse_xml, xml_parser
from .filling import MAX_COLUMN, check_size, drop_covered, put, uncalculated, unreadable
from .number_formats import BUILTIN_FORMATS, CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, number, number_kind

MAX_TREE = 20_000_000


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
        if local_name(entry.tag) != "sheet":
            continue
        kind, path = relations[next((value for key, value in entry.items() if local_name(key) == "id"), "")]
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
    xml_parser(builder.start, builder.end).Parse(archive.read(path), True)
    return builder.close()


def _find(root: Element, name: str) -> Element | None:
    return next((element for element in root.iter() if local_name(element.tag) == name), None)


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


def _strings(archive: zipfile.ZipFile, path: str) -> list[str]:
    """The shared strings: plain or rich text, without phonetic help."""
    if not path:
        return []
    strings: list[str] = []
    parts: list[str] = []
    phonetic = False

    def start(name: str, attributes: dict) -> None:
        nonlocal phonetic
        name = local_name(name)
        if name == "si":
            parts.clear()
        elif name == "rPh":
            phonetic = True
        elif name == "t" and not phonetic:
            parser.CharacterDataHandler = parts.append

    def end(name: str) -> None:
        nonlocal phonetic
        name = local_name(name)
        if name == "si":
            strings.append(_unescape("".join(parts)))
        elif name == "rPh":
            phonetic = False
        elif name == "t":
            parser.CharacterDataHandler = None

    parser = xml_parser(start, end)
    with archive.open(path) as stream:
        parse_xml(parser, stream)
    return strings


def _unescape(text: str) -> str:
    """Characters that XML has not are written as `_x000D_`; half a surrogate pair is no character."""
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape

    return unescape(text).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


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
        self.parser = xml_parser(self._start, self._end)
        parse_xml(self.parser, stream)
        del self.parser  # it holds this reader, which holds it
        drop_covered(self.sheet)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = local_name(name)
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
        name = local_name(name)
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
