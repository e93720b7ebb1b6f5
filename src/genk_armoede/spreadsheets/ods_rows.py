# SPDX-License-Identifier: EUPL-1.2
"""Rows of an OpenDocument sheet taken apart many at a time.

Takes `content.xml` as a stream; gives cells with numbers, percentages and plain text to the `Filler` of a sheet,
column by column; called by `ods`. All else is read by its parser.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from .cells import Sheet, Value
from .columns import packed_rows
from .filling import Filler
from .rows import Rows, plain_numbers

_HEAD = re.compile(rb'\s*<table:table-row(?: table:style-name="[^"<&]*")?>')
_STYLE = rb'(?: table:style-name="([^"<&\r\n\t]*)")?'
_KIND = rb' office:value-type="(float|percentage|string)"'
_MORE = rb'(?: calcext:value-type="(?:float|percentage|string)")?'
_SHOWN = rb"(?:/>|><text:p>([^<&\r]*)</text:p></table:table-cell>)"
_VALUE = rb'(?: office:value="([^"<&]*)")?'
_REPEATED = rb'(?: table:number-columns-repeated="([1-9]\d{0,5})")?'
_CELL = re.compile(rb"<table:table-cell%s(?:%s%s(%s))?%s%s" % (_STYLE, _KIND, _VALUE, _MORE, _REPEATED, _SHOWN))
_WITH_DIGIT = re.compile(rb"(?:[^\n\d]*\d[^\n]*\n)*+")


Texts = Sequence[bytes] | None  # of the cells of a column, as far as they hold any


class _Cell(NamedTuple):
    """A cell of a form, as far as it is the same in all its rows."""

    style: bytes
    kind: bytes  # empty for one that is blank
    more: bytes
    repeated: bytes
    filled: bool  # with a text that it shows

    @property
    def is_number(self) -> bool:
        return self.kind in (b"float", b"percentage")


class Reader(Protocol):
    """Who reads the rest of the sheets."""

    sheets: list[Sheet]
    sheet: Sheet
    filler: Filler
    row: int
    drawn: int

    def put(self, row: int, column: int, attributes: dict[str, str], text: str) -> None: ...

    def look(self, column: int, attributes: dict[str, str], shown: str) -> int: ...


class OdsRows(Rows):
    """Rows of a sheet, which are numbered by their order."""

    begin, end = b"<table:table-row", b"</table:table-row>"

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def take(self, row: bytes, parser) -> None:
        start = max(row.find(self.begin), 0)
        parser.Parse(row[:start])
        head = _HEAD.match(row, start)
        form, texts = self._taken(row, head.end()) if head and self._may_take else ((), ())
        if not form:
            parser.Parse(row[start:] + self.end)
            return
        self.reader.row += 1
        self.keep(form, (self.reader.row, *texts))

    @property
    def _may_take(self) -> bool:
        return bool(self.reader.sheets) and not self.reader.drawn

    def _taken(self, row: bytes, start: int) -> tuple[tuple[_Cell, ...], list[bytes]]:
        """The form of a row and what its cells hold; nothing for a row that is the parser's."""
        form, texts = [], []
        while start < len(row):
            found = _CELL.match(row, start)
            if not found:
                return (), []
            style, kind, value, more, repeated, shown = found.groups()
            cell = _Cell(style, kind or b"", more or b"", repeated or b"", shown is not None)
            if (value is None) is cell.is_number or (not kind and cell.filled) or (kind and repeated):
                return (), []
            form.append(cell)
            texts += [value] if cell.is_number else []
            texts += [shown] if cell.filled else []
            start = found.end()
        return tuple(form), texts

    def pattern(self, form: tuple[_Cell, ...]) -> re.Pattern[bytes]:
        return re.compile(rb"%s%s%s" % (_HEAD.pattern, b"".join(map(_pattern, form)), self.end))

    def take_alike(self, piece: bytes, start: int) -> int:
        begin = -1 if self._may_take else start
        while begin < start:
            begin = start
            for pattern, rows in self.patterns:
                while found := pattern.match(piece, start):
                    self.reader.row += 1
                    rows.append((self.reader.row, *found.groups()))
                    start = found.end()
        return start

    def flush(self) -> None:
        for form, rows in self.waiting.items():
            if not rows:
                continue
            numbers, *texts = zip(*rows, strict=True)
            numbers, lists, column = packed_rows(array("I", numbers)), iter(texts), 1
            rows.clear()
            for cell in form:
                stored = next(lists) if cell.is_number else None
                shown = next(lists) if cell.filled else None
                if stored or shown:
                    self._add(column, cell, numbers, stored, shown)
                column += int(cell.repeated or 1)

    def finish(self) -> None:
        """The sheet ends: another may have other styles under the same names of columns."""
        self.flush()
        self.waiting, self.patterns = {}, []

    def _add(
        self,
        column: int,
        cell: _Cell,
        rows: Sequence[int],
        stored: Sequence[bytes] | None,
        shown: Sequence[bytes] | None,
    ) -> None:
        """Cells of a column that are written alike."""
        attributes = {"office:value-type": cell.kind.decode()}
        if cell.style is not None:
            attributes["table:style-name"] = cell.style.decode()
        values = _numbers(stored, shown) if stored else self.texts_of(shown)
        if values is not None:
            look = {b"float": "General", b"percentage": "0%", b"string": ""}[cell.kind]
            self.reader.filler.extend(column, rows, values, self.reader.look(column, attributes, look))
            return
        pairs = zip(rows, stored or itertools.repeat(b""), shown or itertools.repeat(b""), strict=False)
        for row, value, text in pairs:
            own = {**attributes, "office:value": value.decode()} if stored else attributes
            self.reader.put(row, column, own, text.decode())


def _numbers(stored: Sequence[bytes], shown: Texts) -> Sequence[Value] | None:
    """What is stored; None when it takes more than a look at all of it, and where words are shown in its place."""
    if shown and shown != stored and not _WITH_DIGIT.fullmatch(b"\n".join([*shown, b""])):
        return None
    return plain_numbers(stored)


def _pattern(cell: _Cell) -> bytes:
    """What a cell looks like, with groups for what it holds."""
    style = rb' table:style-name="%s"' % re.escape(cell.style) if cell.style is not None else b""
    kind = rb' office:value-type="%s"' % cell.kind if cell.kind else b""
    value = rb' office:value="([^"<&]*)"' if cell.is_number else b""
    repeated = rb' table:number-columns-repeated="%s"' % cell.repeated if cell.repeated else b""
    shown = rb"><text:p>([^<&\r]*)</text:p></table:table-cell>" if cell.filled else b"/>"
    return rb"<table:table-cell%s%s%s%s%s%s" % (style, kind, value, cell.more, repeated, shown)
