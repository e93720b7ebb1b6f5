# SPDX-License-Identifier: EUPL-1.2
"""Rows of a sheet's XML taken apart many at a time.

Takes the XML as a stream; keeps rows that are written as spreadsheet programs write them, and gives all else to a
parser; the ground of `xlsx_rows` and `ods_rows`. Nothing is guessed: a row of which a single character is not as
expected goes to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence

from .columns import whole_numbers

PIECE = 1 << 18
MAX_REST = 1 << 20  # of XML without the end of a row
MAX_WAITING = 200_000  # cells that are kept as they are written
OFTEN = 50  # rows of a form after which a pattern of its own is worth making
MAX_PATTERNS, MAX_PATTERN = 8, 1_000  # of a sheet, and cells in one
_OTHER_ENCODING = re.compile(rb"<\?xml[^>]*encoding=['\"](?![Uu][Tt][Ff]-8)")
_PLAIN_NUMBER = b"0123456789-."
LONGEST = 40  # characters of a number that surely is neither endless nor taken for zero
Row = tuple[bytes | None, ...]  # number of the row, and what each of its cells holds


def plain_numbers(texts: Sequence[bytes]) -> Sequence[int | float] | None:
    """The numbers that are written so; None when one of them takes more than a look at all of them together."""
    joined = b"".join(texts)
    if joined.translate(None, _PLAIN_NUMBER) or max(map(len, texts)) > LONGEST:
        return None
    try:
        if b"." not in joined:
            return whole_numbers(map(int, texts))
        return [float(text) if b"." in text else int(text) for text in texts]
    except ValueError:
        return None  # the cell that is wrong is found one by one


class Rows:
    """Stands between a stream of XML and its parser, and keeps for itself the rows that it can read.

    Rows of one form differ only in their number and in what their cells hold.
    """

    begin: bytes  # of a row
    end: bytes

    def __init__(self) -> None:
        self.waiting: dict[Hashable, list[Row]] = {}  # by form
        self.patterns: list[tuple[re.Pattern[bytes], list[Row]]] = []  # of forms that come back, with what waits of it
        self.words: dict[str, str] = {}

    def take(self, row: bytes, parser) -> None:
        """Keep a row, which goes on until its end, or give it to the parser."""
        raise NotImplementedError

    def pattern(self, form: Hashable) -> re.Pattern[bytes]:
        """What a row of a form looks like, with groups for what it is kept as."""
        raise NotImplementedError

    def flush(self) -> None:
        """Put all that waits in the sheet."""
        raise NotImplementedError

    def texts_of(self, found: Sequence[bytes]) -> list[str] | None:
        """Texts of cells, each kept once as long as few are different; None when one of them is blank."""
        words = list(map(bytes.decode, found))
        if 2 * len(set(words)) < len(words):
            words = list(map(self.words.setdefault, words, words))
        return words if all(words) and not any(map(str.isspace, words)) else None

    def read(self, stream, parser) -> None:
        """All of a stream. Raises what the parser raises, and what filling a sheet does."""
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
                last = max(rest.rfind(self.begin), 0) or len(rest)
                parser.Parse(rest[:last])
                rest = rest[last:]
            if sum(len(rows) * len(rows[0]) for rows in self.waiting.values() if rows) > MAX_WAITING:
                self.flush()
        parser.Parse(rest)
        parser.Parse(b"", True)
        self.flush()

    def keep(self, form: Hashable, row: Row) -> None:
        """A row of this form waits until it is put in the sheet with others."""
        rows = self.waiting.setdefault(form, [])
        rows.append(row)
        if len(rows) == OFTEN and len(self.patterns) < MAX_PATTERNS and len(row) <= MAX_PATTERN:
            self.patterns.append((self.pattern(form), rows))

    def take_alike(self, piece: bytes, start: int) -> int:
        """Take rows for as long as they are of a form that came back often; gives where the next begins."""
        begin = -1
        while begin < start:
            begin = start
            for pattern, rows in self.patterns:
                while found := pattern.match(piece, start):
                    rows.append(found.groups())
                    start = found.end()
        return start

    def _take_all(self, piece: bytes, parser) -> bytes:
        """Take every whole row; gives what is left behind the last."""
        start = 0
        while True:
            start = self.take_alike(piece, start)
            end = piece.find(self.end, start)
            if end < 0:
                return piece[start:]
            self.take(piece[start:end], parser)
            start = end + len(self.end)
