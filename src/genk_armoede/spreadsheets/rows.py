# SPDX-License-Identifier: EUPL-1.2
"""Rows of a worksheet taken apart many at a time.

Takes the XML of a worksheet as a stream; gives cells of rows that are written as spreadsheet programs write them to
the `Filler` of a `SheetReader`, column by column, and all else to its parser; called by `xlsx`. Nothing is guessed: a
row of which a single character is not as expected goes to the parser.
"""

from __future__ import annotations

import functools
import itertools
import re
from array import array
from collections.abc import Sequence
from typing import Protocol

from .addresses import column_number
from .cells import Sheet, Value
from .columns import whole_numbers
from .container import BROKEN
from .filling import Filler
from .rich import Runs

PIECE = 1 << 18
MAX_REST = 1 << 20  # of XML without the end of a row
MAX_WAITING = 200_000  # cells that are kept as they are written
OFTEN = 50  # rows of a form after which a pattern of its own is worth making
MAX_PATTERNS, MAX_PATTERN = 8, 1_000  # of a sheet, and cells in one
_HEAD = re.compile(rb'\s*<row r="([1-9]\d*)"((?: [\w:]+="[^"<&]*")*)>')
_OPEN, _CLOSE = rb'<(?:v|is><t(?: xml:space="preserve")?)>', rb"</(?:v|t></is)></c>"
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"((?: \w+="[^"<&]*")*)(?:/>|>%s([^<&]*)%s)' % (_OPEN, _CLOSE))
_ATTRIBUTES = re.compile(rb'(?: s="(\d*)")?(?: t="(s|n|b|e|str|inlineStr)")?')
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=['\"](?![Uu][Tt][Ff]-8)")
_HEAD_SHOWN = rb'\s*<row r="([1-9]\d*)"(?:(?! hidden="(?:1|true)") [\w:]+="[^"<&]*")*>'
_IN_VALUE = rb"<v>([^<&]*)</v></c>"
_IN_ITSELF = rb'<is><t(?: xml:space="preserve")?>([^<&]*)</t></is></c>'
_PLAIN_NUMBER = b"0123456789-."
Row = tuple[bytes | None, ...]  # number of the row, and what each of its cells holds
Form = tuple[tuple[bytes, ...], tuple[bytes, ...]]  # letters of the columns and attributes of the cells of a row
Cells = tuple[int, int, str]  # number of a column, of a style, kind of value


class Reader(Protocol):
    """Who reads the rest of the sheet: what it knows of the workbook, and where its cells go."""

    sheet: Sheet
    kinds: list[str]  # of the cell styles: whether numbers are shown as dates or times
    strings: list[str | Runs]
    filler: Filler

    def put(self, row: int, column: int, kind: str, text: str | Runs, style: int) -> None: ...


class Rows:
    """Stands between a stream of XML and its parser, and keeps for itself the rows that it can read."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.forms: dict[Form, list[Cells] | None] = {}
        self.waiting: dict[Form, list[Row]] = {}
        self.patterns: list[tuple[re.Pattern[bytes], list[Row]]] = []  # of forms that come back, with what waits of it
        self.words: dict[str, str] = {}

    def read(self, stream, parser) -> None:
        rest = b""
        while piece := stream.read(PIECE):
            piece = rest + piece
            strange = b"!" in piece and b"<!" in piece  # a comment may hide what looks like a row
            if strange or _OTHER_ENCODING.match(piece):
                parser.Parse(piece)
                rest = b""
                while piece := stream.read(1 << 24):
                    parser.Parse(piece)
                break
            rest = self._take_all(piece, parser)
            if len(rest) > MAX_REST:
                parser.Parse(rest[: rest.rindex(b"<row")] if b"<row" in rest else rest)
                rest = rest[rest.rindex(b"<row") :] if b"<row" in rest else b""
            if sum(len(rows) * len(form[0]) for form, rows in self.waiting.items()) > MAX_WAITING:
                self._flush()
        parser.Parse(rest)
        parser.Parse(b"", True)
        self._flush()

    def _take_all(self, piece: bytes, parser) -> bytes:
        """Take every whole row; gives what is left behind the last."""
        start = 0
        while True:
            start = self._take_alike(piece, start)
            end = piece.find(b"</row>", start)
            if end < 0:
                return piece[start:]
            self._take(piece[start:end], parser)
            start = end + len(b"</row>")

    def _take_alike(self, piece: bytes, start: int) -> int:
        """Take rows for as long as they are of a form that came back often; gives where the next begins."""
        begin = -1
        while begin < start:
            begin = start
            for pattern, rows in self.patterns:
                while found := pattern.match(piece, start):
                    rows.append(found.groups())
                    start = found.end()
        return start

    def _take(self, row: bytes, parser) -> None:
        head = _HEAD.match(row)
        if head is None:
            start = row.find(b"<row ")
            head = _HEAD.match(row, start) if start > 0 else None
            if head is None:
                parser.Parse(row + b"</row>")
                return
            parser.Parse(row[:start])
        number = head[1]
        found = _CELL.findall(row, head.end())
        closed, inline = row.count(b"</v></c>", head.end()), row.count(b"</is></c>", head.end())
        if row.count(b"<", head.end()) != len(found) + 3 * closed + 5 * inline:
            parser.Parse(row[head.start() :] + b"</row>")
            return
        if found:
            letters, numbers, attributes, texts = zip(*found, strict=True)
            form = (letters, attributes)
            if form not in self.forms:
                self.forms[form] = self._form(form)
            if self.forms[form] is None or numbers.count(number) != len(numbers):
                parser.Parse(row[head.start() :] + b"</row>")
                return
            rows = self.waiting.setdefault(form, [])
            rows.append((number, *texts))
            if len(rows) == OFTEN and len(self.patterns) < MAX_PATTERNS and len(texts) <= MAX_PATTERN:
                self.patterns.append((_pattern(form), rows))
        if b"hidden" in head[2] and _HIDDEN.search(head[2]):
            self.reader.sheet.hidden_rows.add(int(number))

    def _form(self, form: Form) -> list[Cells] | None:
        """What the cells of a row are; None when that is not for here."""
        cells = list(map(_cell, *form))
        known = all(cell and cell[1] < len(self.reader.kinds) for cell in cells)
        return cells if known else None

    def _flush(self) -> None:
        """Hand over what waits: of a form that came often by itself, of many others all that is written alike."""
        alike: dict[Cells, tuple[array, list[bytes | None]]] = {}
        waiting = [(form, rows) for form, rows in self.waiting.items() if rows]
        many = len(waiting) > OFTEN
        for form, rows in waiting:
            numbers, *columns = zip(*rows, strict=True)
            numbers = array("I", map(int, numbers))
            rows.clear()
            for cell, texts in zip(self.forms[form], columns, strict=True):
                if not many or len(numbers) >= OFTEN:
                    self._add(*cell, numbers, texts)
                    continue
                found = alike.setdefault(cell, (array("I"), []))
                found[0].extend(numbers)
                found[1].extend(texts)
        for cell, (numbers, texts) in alike.items():
            self._add(*cell, numbers, texts)

    def _add(self, column: int, style: int, kind: str, rows: array, texts: Sequence[bytes | None]) -> None:
        """Cells of a column that are written alike."""
        values = None
        if not all(texts):
            rows, texts = array("I", itertools.compress(rows, texts)), list(filter(None, texts))
        if texts:
            try:
                values = self._values(kind, texts, self.reader.kinds[style])
            except BROKEN:
                values = None  # the cell that is wrong is found one by one
        if values is not None:
            self.reader.filler.extend(column, rows, values, style)
            return
        for row, text in zip(rows, texts, strict=True):
            if text.strip():
                words = text.decode()
                self.reader.put(row, column, "str" if kind == "inlineStr" else kind, words, style)

    def _values(self, kind: str, texts: Sequence[bytes], shown_as: str) -> Sequence[Value] | None:
        """What the texts say; None when it takes more than a look at all of them together."""
        if kind == "s":
            strings = self.reader.strings
            values = [strings[index] for index in map(int, texts)] if _digits(texts) else None
            plain = values is not None and all(type(value) is str and value.strip() for value in set_of(values))
            return values if plain else None
        if kind in ("str", "inlineStr"):
            return self._words(texts)
        if kind == "n" and not shown_as:
            joined = b"".join(texts)
            if joined.translate(None, _PLAIN_NUMBER):
                return None
            if b"." not in joined:
                return whole_numbers(map(int, texts))
            return [float(text) if b"." in text else int(text) for text in texts]
        return None

    def _words(self, texts: Sequence[bytes]) -> list[str] | None:
        """Texts that stand in the cells themselves; each is kept once, as long as few are different."""
        if b"_x" in b"".join(texts):
            return None
        words = list(map(bytes.decode, texts))
        if 2 * len(set(words)) < len(words):
            words = list(map(self.words.setdefault, words, words))
        return None if any(map(str.isspace, words)) else words


@functools.lru_cache(100_000)
def _cell(letters: bytes, attributes: bytes) -> Cells | None:
    """What the cell of a row is; nothing when that is not for here."""
    found = _ATTRIBUTES.fullmatch(attributes)
    if found is None:
        return None
    style, kind = found.groups()
    return column_number(letters.decode()), int(style or 0), (kind or b"n").decode()


def _pattern(form: Form) -> re.Pattern[bytes]:
    """What a row of this form looks like from begin to end, with groups for its number and for what each cell holds."""
    cells = []
    for letters, attributes in zip(*form, strict=True):
        inside = _IN_ITSELF if b'"inlineStr"' in attributes else _IN_VALUE
        cells.append(rb'<c r="%s\1"%s(?:/>|>%s)' % (letters, re.escape(attributes), inside))
    return re.compile(rb"%s%s</row>" % (_HEAD_SHOWN, b"".join(cells)))


def set_of(values: list[str | Runs]) -> list[str | Runs]:
    """Each value once; shared texts are the same object wherever they stand."""
    return list({id(value): value for value in values}.values())


def _digits(texts: Sequence[bytes]) -> bool:
    return b"".join(texts).isdigit()
