# SPDX-License-Identifier: EUPL-1.2
"""Rows of a worksheet of Excel taken apart many at a time.

Takes the XML of a worksheet as a stream; gives cells of its rows to the `Filler` of a `SheetReader`, column by column;
called by `xlsx_sheet`.
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
from .columns import packed_rows
from .container import BROKEN
from .filling import Filler
from .rich import Runs
from .rows import OFTEN, Row, Rows, plain_numbers

_HEAD = re.compile(rb'\s*<row r="([1-9]\d*)"((?: [\w:]+="[^"<&]*")*)>')
_OPEN, _CLOSE = rb'<(?:v|is><t(?: xml:space="preserve")?)>', rb"</(?:v|t></is)></c>"
_FORMULA = rb"(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>)(?=<v>[^<&\s]))?"  # which was calculated
_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"((?: \w+="[^"<&]*")*)(?:/>|>%s%s([^<&]*)%s)' % (_FORMULA, _OPEN, _CLOSE))
_ATTRIBUTES = re.compile(rb'(?: s="(\d*)")?(?: t="(s|n|b|e|str|inlineStr)")?')
_HIDDEN = re.compile(rb' hidden="(?:1|true)"')
_HEAD_SHOWN = rb'\s*<row r="([1-9]\d*)"(?:(?! hidden="(?:1|true)") [\w:]+="[^"<&]*")*>'
_IN_VALUE = rb"<v>([^<&]*)</v></c>"
_IN_ITSELF = rb'<is><t(?: xml:space="preserve")?>([^<&]*)</t></is></c>'
Form = tuple[tuple[bytes, ...], tuple[bytes, ...]]  # letters of the columns and attributes of the cells of a row
Cells = tuple[int, int, str]  # number of a column, of a style, kind of value


class Reader(Protocol):
    """Who reads the rest of the sheet: what it knows of the workbook, and where its cells go."""

    sheet: Sheet
    kinds: list[str]  # of the cell styles: whether numbers are shown as dates or times
    strings: list[str | Runs]
    filler: Filler
    stale: bool  # formulas are still to be calculated

    def put(self, row: int, column: int, kind: str, text: str | Runs, style: int) -> None: ...


class XlsxRows(Rows):
    """Rows of a worksheet, each with its number and with the letters of its cells."""

    begin, end = b"<row", b"</row>"

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader
        self.forms: dict[Form, list[Cells] | None] = {}

    def take(self, row: bytes, parser) -> None:
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
        formulas = sum(map(row.count, (b"<f>", b"<f ", b"</f>"))) if b"<f" in row else 0
        if row.count(b"<", head.end()) != len(found) + 3 * closed + 5 * inline + formulas or (
            formulas and self.reader.stale
        ):
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
            self.keep(form, (number, *texts))
        if b"hidden" in head[2] and _HIDDEN.search(head[2]):
            self.reader.sheet.hidden_rows.add(int(number))

    def _form(self, form: Form) -> list[Cells] | None:
        """What the cells of a row are; None when that is not for here."""
        cells = list(map(_cell, *form))
        known = all(cell and cell[1] < len(self.reader.kinds) for cell in cells)
        return cells if known else None

    def pattern(self, form: Form) -> re.Pattern[bytes]:
        cells = []
        for letters, attributes in zip(*form, strict=True):
            inside = _IN_ITSELF if b'"inlineStr"' in attributes else _IN_VALUE
            cells.append(rb'<c r="%s\1"%s(?:/>|>%s)' % (letters, re.escape(attributes), inside))
        return re.compile(rb"%s%s</row>" % (_HEAD_SHOWN, b"".join(cells)))

    def flush(self) -> None:
        """Of a form that came often by itself, of many others all that is written alike."""
        alike: dict[Cells, tuple[array, list[bytes]]] = {}
        waiting = [(form, rows) for form, rows in self.waiting.items() if rows]
        many = len(waiting) > OFTEN
        for form, rows in waiting:
            cells = self.forms[form]
            if many and len(rows) < OFTEN:
                _add_filled(alike, cells, rows)
            else:
                numbers, *columns = zip(*rows, strict=True)
                numbers = packed_rows(array("I", map(int, numbers)))
                for cell, texts in zip(cells, columns, strict=True):
                    self._add(*cell, numbers, texts)
            rows.clear()
        for cell, (numbers, texts) in alike.items():
            self._add(*cell, numbers, texts)

    def _add(self, column: int, style: int, kind: str, rows: Sequence[int], texts: Sequence[bytes | None]) -> None:
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
            return None if b"_x" in b"".join(texts) else self.texts_of(texts)
        return plain_numbers(texts) if kind == "n" and not shown_as else None


def _add_filled(alike: dict[Cells, tuple[array, list[bytes]]], cells: list[Cells], rows: Sequence[Row]) -> None:
    """Add what the cells of rows hold to what is written alike elsewhere."""
    for written, *texts in rows:
        number = int(written)
        for cell, text in zip(cells, texts, strict=True):
            if text:
                found = alike.get(cell) or alike.setdefault(cell, (array("I"), []))
                found[0].append(number)
                found[1].append(text)


@functools.lru_cache(100_000)
def _cell(letters: bytes, attributes: bytes) -> Cells | None:
    """What the cell of a row is; nothing when that is not for here."""
    found = _ATTRIBUTES.fullmatch(attributes)
    if found is None:
        return None
    style, kind = found.groups()
    return column_number(letters.decode()), int(style or 0), (kind or b"n").decode()


def set_of(values: list[str | Runs]) -> list[str | Runs]:
    """Each value once; shared texts are the same object wherever they stand."""
    return list({id(value): value for value in values}.values())


def _digits(texts: Sequence[bytes]) -> bool:
    return b"".join(texts).isdigit()
