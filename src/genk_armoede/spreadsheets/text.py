# SPDX-License-Identifier: EUPL-1.2
"""Text with separators, .csv, .tsv and .txt.

Takes file name and content; gives one `Sheet`; called by `workbook`.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from ..errors import DataError
from .cells import Sheet
from .container import OLE, misnamed
from .filling import Filler

MAX_LINE = 2_000_000
HEAD = 100_000  # characters in which the first lines are
RECORDS = 4096  # that are turned into columns at a time
POOLED = 20_000  # rows of which half may be different
PIECE = 1 << 17  # characters of lines that are


def read_csv(file: str, content: bytes) -> list[Sheet]:
    """Text with separators, in UTF-8, UTF-16 or the Windows code page."""
    text = decode(file, content)
    named = re.match(r"sep=([^\w\s\"]|\t)(?=[\r\n])", text)
    guess = "\t" if file.lower().endswith(".tsv") else _delimiter(text)
    sheet = Sheet(file, "", delimiter=named.group(1) if named else guess, quoted='"' in text)
    try:
        last = _fill(sheet, text, skip=1 if named else 0)
    except csv.Error as error:
        raise DataError(str(error), file=file, do="ask for it again") from error
    sheet.unended = last if not text.endswith(("\n", "\r")) else 0
    return [sheet]


def _fill(sheet: Sheet, text: str, skip: int) -> int:
    """Put the fields of lines in the columns of a sheet, but for the first lines; gives the number of the last line.

    A record is a row, as in a spreadsheet program, also when a field of it runs over several lines. Raises `csv.Error`
    that names the line.
    """
    filler, pools = Filler(sheet), defaultdict(dict)
    widths = array("I")
    for columns, found in _blocks(text, sheet.delimiter):
        rows = range(len(widths) + 1, len(widths) + len(found) + 1)
        widths.extend(found)
        for number, texts in enumerate(columns, start=1):
            _extend(filler, number, rows[skip:], texts[skip:], pools[number])
        skip = 0
    filler.finish()
    if len(set(widths)) > 1:
        sheet.fields = dict(enumerate(widths, start=1))
    return len(widths)


Block = tuple[Iterable[Sequence[str | None]], Sequence[int]]  # columns of some records; how many fields each record has


def _blocks(text: str, delimiter: str) -> Iterator[Block]:
    """The records of a text. Without quotation marks each line is one, and a field ends wherever a separator stands."""
    plain = text.replace("\r\n", "\n") if "\r" in text else text
    if '"' in plain or "\r" in plain:
        yield from _parsed(io.StringIO(text, newline=""), delimiter, 0)
        return
    start = before = 0
    while start < len(plain):
        end = plain.find("\n", start + PIECE)
        end = len(plain) if end < 0 else end
        lines = plain[start:end].split("\n")
        if end == len(plain) and not lines[-1]:
            lines.pop()  # behind the last line end
        if max(map(len, lines)) > csv.field_size_limit():
            yield from _parsed(iter(lines), delimiter, before)
        else:
            yield _split(lines, delimiter)
        start, before = end + 1, before + len(lines)


def _split(lines: list[str], delimiter: str) -> Block:
    """Lines as columns."""
    counts = list(map(str.count, lines, itertools.repeat(delimiter)))
    if len(set(counts)) > 1 or not all(lines):
        records = [line.split(delimiter) if line else [] for line in lines]
        return itertools.zip_longest(*records), list(map(len, records))
    width = counts[0] + 1
    fields = delimiter.join(lines).split(delimiter)
    return [fields[n::width] for n in range(width)], [width] * len(lines)


def _parsed(lines: Iterator[str], delimiter: str, before: int) -> Iterator[Block]:
    """Records as the library reads them; so many lines stand before them. Raises `csv.Error` that names the line."""
    reader = csv.reader(_not_too_long(lines), delimiter=delimiter, strict=True)
    while True:
        try:
            records = list(itertools.islice(reader, RECORDS))
        except csv.Error as error:
            too_long = "more than" in str(error)  # it was not counted yet
            raise csv.Error(f"line {before + reader.line_num + too_long} cannot be read ({error})") from error
        if not records:
            return
        yield itertools.zip_longest(*records), list(map(len, records))


def _extend(filler: Filler, number: int, rows: range, texts: Sequence[str | None], pool: dict[str, str]) -> None:
    """Add a column of texts that are not blank. In `pool` is each text once, as long as few are different."""
    few = 2 * len(pool) < min(rows.stop, POOLED) + RECORDS
    if not all(texts):
        rows = array("I", itertools.compress(rows, texts))
        texts = tuple(filter(None, texts))
    if few:
        texts = tuple(map(pool.setdefault, texts, texts))
    if any(map(str.isspace, texts)):
        for row, text in zip(rows, texts, strict=True):
            filler.put(row, number, text, 0)
    elif texts:
        filler.extend(number, rows, texts, 0)


def _not_too_long(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if len(line) > MAX_LINE:
            raise csv.Error(f"more than {MAX_LINE:,} characters")
        yield line


BYTE_ORDER_MARKS = {b"\xff\xfe": ("utf-16",), b"\xfe\xff": ("utf-16",), b"\xef\xbb\xbf": ("utf-8-sig",)}


def decode(file: str, content: bytes, named: str = "") -> str:
    """The text of a file in UTF-8, UTF-16 or the Windows code page, or first in the encoding that it names itself."""
    if content.startswith((b"PK\x03\x04", OLE)):
        raise misnamed(file, "this is not a CSV")
    encodings = next(
        (known for mark, known in BYTE_ORDER_MARKS.items() if content.startswith(mark)),
        (*filter(_is_known, [named]), "utf-8", "cp1252"),
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


def _is_known(encoding: str) -> bool:
    try:
        "".encode(encoding)
    except LookupError:  # also for what is no encoding of text, and for none
        return False
    return True


def _delimiter(text: str) -> str:
    """Semicolon or tab when half of the first lines have the same number of fields with it, a bar (as Statbel's open
    data have) when all have, else comma.

    A comma may be the decimal mark, and as regular as the separator; the others are not.
    """
    head = text[:HEAD] if text.count("\n", 0, HEAD) > 50 else text
    first = itertools.islice(io.StringIO(head, newline=""), 50)
    lines = [line for line in first if line.strip() and len(line) <= MAX_LINE]
    for delimiter in ";\t|":
        try:
            widths = [len(record) for record in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:  # told with its line when the file is read
            continue
        if delimiter == "|" and (len(lines) < 2 or len(set(widths)) > 1):
            continue  # it also stands in the headers of Swing
        if 2 * max((widths.count(width) for width in widths if width > 1), default=0) >= max(2, len(widths)):
            return delimiter
    return ","
