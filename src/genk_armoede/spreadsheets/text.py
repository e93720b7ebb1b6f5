# SPDX-License-Identifier: EUPL-1.2
"""Text with separators, .csv, .tsv and .txt.

Takes file name and content; gives one `Sheet`; called by `workbook`.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from ..errors import DataError
from .cells import Cell, Sheet
from .container import OLE, misnamed
from .filling import put
from .numerals import columns_with_points

MAX_LINE = 2_000_000


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


BYTE_ORDER_MARKS = {b"\xff\xfe": ("utf-16",), b"\xfe\xff": ("utf-16",), b"\xef\xbb\xbf": ("utf-8-sig",)}


def _decode(file: str, content: bytes) -> str:
    if content.startswith((b"PK\x03\x04", OLE)):
        raise misnamed(file, "this is not a CSV")
    encodings = next(
        (known for mark, known in BYTE_ORDER_MARKS.items() if content.startswith(mark)), ("utf-8", "cp1252")
    )
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
