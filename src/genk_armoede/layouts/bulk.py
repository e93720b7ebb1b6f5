# SPDX-License-Identifier: EUPL-1.2
"""Big worksheets: the border is read by the ordinary layout, the inside is filled by multiplication.

Takes an .xlsx; gives the lines of its tidy CSV, or raises `Uneven` for what must be read cell by cell; called by
`tidying`. A stream over the sheet's XML sets rows of figures apart as numbers. The layout reads a few of them whole
(what each column says) and all of them with one column of figures (what each row says). A figure is of its row and
its column; where any that the layout read says otherwise, the sheet is `Uneven`.
"""

from __future__ import annotations

import csv
import functools
import gc
import io
import itertools
import json
import re
from array import array
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from .. import layouts
from ..errors import DataError
from ..observations import observation
from ..observations.observation import KEY, Observation, plain_text
from ..spreadsheets.addresses import column_number
from ..spreadsheets.cells import Cell, Sheet
from ..spreadsheets.container import BROKEN
from ..spreadsheets.filling import MAX_CELLS
from ..spreadsheets.workbook import Workbook
from ..spreadsheets.xlsx import SheetReader, read_xlsx

MIN_BYTES = 300_000  # of the file; a smaller one is read cell by cell in a few seconds
MIN_ROWS = 1_000
FIRST = 5  # rows that the layout always reads whole
MAX_WHOLE = 1_000
MAX_FORMS = 20
MAX_PATTERN = 300  # columns; it takes long to compile
_HEAD = rb'<row r="(\d+)"((?: [\w:]+="[^"<&]*")*)>'
_TEXT = rb'<v>[^<]*</v>|<is><t(?: xml:space="preserve")?>[^<]*</t></is>'
_ROW = re.compile(_HEAD)
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>/]*)(?:/>|>(%s)</c>)' % _TEXT)
_NOTHING = re.compile(rb"(?!)")
# Numbers written as in a tidy table, but for those that are marks in some layout; and any other numbers.
_NUMBER = rb"(?!-9999[6-9])(?:-?[1-9]\d{0,14}|0|-?(?:[1-9]\d{0,6}|0)\.(?!0000)\d{0,7}[1-9])"
_FIGURE = re.compile(_NUMBER)
_LOOSE = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_LONG = re.compile(rb"(?!-9999[6-9])-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?")  # as `%.15g` writes it
_NONE = b"NaN"  # stands where no number stands
_CODED = re.compile(rb"<\?xml[^>]*encoding=['\"](?![Uu][Tt][Ff]-8)")
_TYPED = re.compile(rb' t="(?!n")')


class Uneven(Exception):
    """The workbook has to be read cell by cell; the message says why."""


Odd = tuple[bytes, bytes]  # attributes and content of a cell


@dataclass
class Inside:
    """The rows of figures of a sheet: numbers, and the XML of all else that stands in them."""

    numbers: list[int] = field(default_factory=list)  # of the rows
    columns: list[bytes] = field(default_factory=list)  # letters of the columns of figures
    values: array = field(default_factory=lambda: array("d"))  # row by row
    texts: list[bytes] = field(default_factory=list)  # the same as a tidy table writes them, with commas between
    rewritten: set[int] = field(default_factory=set)  # columns of figures that the sheet writes otherwise
    labels: list[bytes] = field(default_factory=list)  # a row's own element, and its cells that are no figures
    forms: list[tuple[bytes, ...]] = field(default_factory=list)  # attributes of a row's figures; shared by alike rows
    odd: dict[int, dict[int, Odd]] = field(default_factory=dict)  # row → column → what stands there for a number

    def column(self, c: int) -> array:
        """The numbers of a column, but for the first rows, which may be headers."""
        return self.values[FIRST * len(self.columns) + c :: len(self.columns)]

    def xml(self, row: int, columns: Iterable[int], other: Mapping[int, bytes] = MappingProxyType({})) -> bytes:
        """A row with its labels and these columns of figures, some of them with another number."""
        texts, odd, number = self.texts[row].split(b","), self.odd.get(row, {}), b"%d" % self.numbers[row]
        cells = []
        for c in columns:
            figure = (self.forms[row][c], b"<v>%s</v>" % other.get(c, texts[c]))
            form, cell = odd[c] if c in odd and c not in other else figure
            cells.append(b'<c r="%s%s"%s>%s</c>' % (self.columns[c], number, form, cell))
        return self.labels[row] + b"".join(cells) + b"</row>"


def _written(cell: bytes | None, form: bytes) -> bytes:
    """The number in a cell as a tidy table writes it; `NaN` when it is none, or one that is a mark or too long."""
    text = cell[3:-4] if cell and cell.startswith(b"<v>") and not _TYPED.search(form) else b""
    if not _FIGURE.fullmatch(text) and _LOOSE.fullmatch(text) and (b"." in text or len(text) < 16):
        text = b"%.15g" % (float(text) or 0.0)
    return text if _FIGURE.fullmatch(text) or _LONG.fullmatch(text) else _NONE


class _Rest:
    """The XML of a sheet without its rows of figures, which go into an `Inside`."""

    def __init__(self, stream, inside: Inside, strings: list[str]) -> None:
        self.stream, self.inside, self.strings, self.rest, self.waiting = stream, inside, strings, b"", []
        self.known: dict[tuple[bytes, ...], tuple[bytes, ...]] = {}
        self.all: list[bytes] = []
        self.picked: list[bool] = []
        self.labels: list[int] = []

    def read(self, _size: int) -> bytes:
        """The next piece, empty at the end."""
        while piece := self.stream.read(1 << 18):
            piece = self.rest + piece
            if b"<!" in piece or len(self.rest) > 1 << 22 or _CODED.search(piece):
                raise Uneven("comments, no rows, or another encoding than UTF-8")
            *rows, self.rest = piece.split(b"</row>")
            if not self.all:
                self.waiting += rows
                if len(self.waiting) < MIN_ROWS:
                    continue
                rows, self.waiting = self.waiting, []
                self._shape(rows[:100])
            if kept := b"".join(row + b"</row>" for row in rows if not self._take(row)):
                return kept
        last, self.rest, self.waiting = [*self.waiting, self.rest], b"", []
        return b"</row>".join(last)

    def _shape(self, rows: list[bytes]) -> None:
        """Which columns hold figures: those with a number, or with nothing but texts as short as marks."""
        numbers: dict[bytes, Counter[bytes]] = defaultdict(Counter)
        texts: dict[bytes, list[str]] = defaultdict(list)
        for column, _, form, cell in itertools.chain.from_iterable(map(_CELL.findall, rows)):
            if _written(cell, form) != _NONE:
                numbers[column][form] += 1
            else:
                texts[column].append(self.strings[int(cell[3:-4])] if b't="s"' in form and cell else cell.decode())
        self.all = sorted({*numbers, *texts}, key=lambda letters: (len(letters), letters))
        self.picked = [bool(numbers[column]) or max(map(len, texts[column])) < 4 for column in self.all]
        self.usual = [numbers[column].most_common(1)[0][0] if numbers[column] else b"" for column in self.all]
        self.usual = list(itertools.compress(self.usual, self.picked))
        self.labels = [k for k, picked in enumerate(self.picked) if not picked]
        self.inside.columns = list(itertools.compress(self.all, self.picked))
        if not self.inside.columns:
            raise Uneven("no columns of figures")

    def _take(self, row: bytes) -> bool:
        """Put a row among the figures. False for one that is not all simple cells, or of which most are blank."""
        for form, pattern in self.known.values():
            found = pattern.fullmatch(row)
            if found and b"hidden" not in found[3]:
                labels, number, _, *figures = found.groups()
                self._put(number, labels, b",".join(figures), form, {})
                return True
        return self._take_apart(row)

    def _take_apart(self, row: bytes) -> bool:
        """The same for a row of a new form, or with something else than numbers."""
        head, inside = _ROW.match(row), self.inside
        if not head or b"hidden" in head.group(2):
            if b"<row" in row and not re.search(rb'<row [^>]*\br="', row):
                raise Uneven("rows without a number")
            return False
        parts = _CELL.split(row[head.end() :])
        columns, number, forms, cells = parts[1::5], head.group(1), parts[3::5], parts[4::5]
        if any(parts[::5]) or parts[2::5].count(number) != len(columns):
            return False
        if columns != self.all:
            known = {column: cell for column, *cell in zip(columns, forms, cells, strict=True)}
            if not set(known) <= set(self.all) or sorted(columns, key=self.all.index) != columns:
                return False
            forms, cells = zip(*(known.get(column, (b"", None)) for column in self.all), strict=True)
        figures, form = list(itertools.compress(cells, self.picked)), tuple(itertools.compress(forms, self.picked))
        written = [_written(text, f) for text, f in zip(figures, form, strict=True)]
        odd = {c: (form[c], figures[c] or b"") for c, text in enumerate(written) if text == _NONE}
        if 2 * (figures.count(None) if inside.numbers else len(odd)) > len(figures):
            return False
        inside.rewritten.update(c for c, text in enumerate(written) if c not in odd and figures[c][3:-4] != text)
        form = tuple(self.usual[c] if c in odd else f for c, f in enumerate(form))
        if form not in self.known:
            self.known[form] = form, self._pattern(form)
        labels = (b'<c r="%s%s"%s>%s</c>' % (self.all[k], number, forms[k], cells[k]) for k in self.labels if cells[k])
        self._put(number, head.group() + b"".join(labels), b",".join(written), self.known[form][0], odd)
        return True

    def _pattern(self, form: tuple[bytes, ...]) -> re.Pattern[bytes]:
        """Rows with numbers of this form, behind labels: gives labels, number and attributes of the row, figures."""
        if len(self.known) >= MAX_FORMS:
            raise Uneven("rows of too many kinds")
        if self.labels != list(range(len(self.labels))) or len(self.all) > MAX_PATTERN:
            return _NOTHING
        labels = b"".join(rb'(?:<c r="%s\2"[^>/]*(?:/>|>(?:%s)</c>))?' % (self.all[k], _TEXT) for k in self.labels)
        figures = zip(self.inside.columns, map(re.escape, form), strict=True)
        cells = b"".join(rb'<c r="%s\2"%s><v>(%s)</v></c>' % (column, own, _NUMBER) for column, own in figures)
        return re.compile(rb"(%s%s)%s" % (_HEAD, labels, cells))

    def _put(self, number: bytes, labels: bytes, texts: bytes, form: tuple[bytes, ...], odd: dict[int, Odd]) -> None:
        inside = self.inside
        if inside.numbers and int(number) <= inside.numbers[-1]:
            raise Uneven("rows out of order")
        if odd:
            inside.odd[len(inside.numbers)] = odd
        inside.numbers.append(int(number))
        inside.texts.append(texts)
        inside.values.extend(json.loads(b"[" + texts + b"]"))
        inside.forms.append(form)
        inside.labels.append(labels)


class _Reader(SheetReader):
    """Reads the rest of a sheet, and keeps its inside."""

    def read(self, stream) -> None:
        self.inside = Inside()
        super().read(_Rest(stream, self.inside, self.strings))
        rows = set(self.inside.numbers)
        if any(row in rows for row, _ in self.sheet.cells):
            raise Uneven("a row that stands twice")

    def cells_of(self, xml: Iterable[bytes]) -> dict[tuple[int, int], Cell]:
        """The cells of rows of this sheet."""
        other = SheetReader(Sheet(self.sheet.file, self.sheet.name), self.styles, self.strings, self.epoch, self.stale)
        SheetReader.read(other, io.BytesIO(b"<sheetData>" + b"".join(xml) + b"</sheetData>"))
        return other.sheet.cells


@dataclass
class Product:
    """The tidy rows of a workbook: what each row of figures says times what each column says."""

    book: Workbook  # with the sheet's border alone
    sheet: str
    layout: str
    passed: dict[str, str]  # other sheet → why it is passed over
    inside: Inside
    rows: dict[int, Observation]  # row of figures → what it says
    columns: dict[int, Observation]  # column of figures → what it says
    by_column: set[str]  # what of the key the columns say; the rows say the rest
    flags: dict[tuple, str]  # column, form and what stands there for a number → status
    texts: list[bytes] = field(default_factory=list)  # of the figures, for each group of columns; a line a row
    _templates: dict[tuple, tuple[list[tuple[int, int]], list[str]]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows) * len(self.columns)

    def groups(self, facts: dict[int, Observation], names: set[str]) -> list[tuple[list[str], list[int]]]:
        """Rows or columns by what they say of indicator, code and area, if `names` says that they do; sorted."""
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for place, fact in facts.items():
            groups[tuple(getattr(fact, name) if name in names else "" for name in KEY[:3])].append(place)
        return [([_csv([text]) for text in key], groups[key]) for key in sorted(groups)]

    def lines(self) -> Iterator[str]:
        """The CSV in pieces, sorted as `observation.validate` sorts."""
        yield ",".join(observation.COLUMNS) + "\n"
        by_row = self.groups(self.rows, set(KEY) - self.by_column)
        for (one, columns), text in zip(self.groups(self.columns, self.by_column), self.texts, strict=True):
            texts = text.decode().split("\n")
            for two, rows in by_row:
                head = f"{one[0] or two[0]},{one[1] or two[1]},{one[2] or two[2]}"
                yield self._block(head, columns, rows, texts)

    def _block(self, head: str, columns: list[int], rows: list[int], texts: list[str]) -> str:
        """The lines of one indicator in one area: for each figure head, middle, figure, tail and number of its row."""
        key = (columns[0], *[self._kinds[row] for row in rows])
        places, words = self._templates.get(key) or self._templates.setdefault(key, self._template(columns, rows))
        figures = [texts[row].split(",") for row in rows]
        numbers = [f"{self.inside.numbers[row]}\n" for row in rows]
        words = words.copy()
        words[0::5] = [head] * len(places)
        if len(rows) == 1:
            words[2::5] = [figures[0][c] for _, c in places]
            words[4::5] = numbers * len(places)
        else:
            words[2::5] = [figures[k][c] for k, c in places]
            words[4::5] = [numbers[k] for k, _ in places]
        if not self.inside.odd.keys().isdisjoint(rows):
            for place, (k, c) in enumerate(places):
                odd = self.inside.odd.get(rows[k], {}).get(columns[c])
                if odd:
                    words[5 * place + 2], words[5 * place + 3] = "", self._tail(rows[k], columns[c], odd)
        return "".join(words)

    def _template(self, columns: list[int], rows: list[int]) -> tuple[list[tuple[int, int]], list[str]]:
        """Where the figures of a block stand, as row and column of it in the order of the table, and its words."""
        lines = []
        for (k, row), (c, column) in itertools.product(enumerate(rows), enumerate(columns)):
            said = (getattr((self.columns[column] if n in self.by_column else self.rows[row]), n) for n in KEY[3:])
            lines.append((tuple(said), (k, c), self._tail(row, column, None)))
        lines.sort()
        words = [word for said, _, tail in lines for word in ("", f",{_csv([*said])},", "", tail, "")]
        return [place for _, place, _ in lines], words

    def _tail(self, row: int, column: int, odd: Odd | None) -> str:
        said, status = self.rows[row], self.flags[column, self.inside.forms[row][column], odd]
        letters = self.inside.columns[column].decode()
        return f",{_csv([self.columns[column].unit, status, said.source, said.sheet])},{letters}"

    @functools.cached_property
    def _kinds(self) -> dict[int, tuple]:
        """What sets the lines of a row apart from those of another, but for area and figures."""
        known: dict[tuple, tuple] = {}
        kinds = ((row, (fact.period, fact.breakdown, id(self.inside.forms[row]))) for row, fact in self.rows.items())
        return {row: known.setdefault(kind, kind) for row, kind in kinds}


_SPECIAL = re.compile(r"""[",'=+@\r\n\t-]""")


def _csv(fields: list[str]) -> str:
    """Fields of a line of CSV, as `observation.table_bytes` writes them."""
    if not any(map(_SPECIAL.search, fields)):
        return ",".join(fields)
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow([*map(plain_text, fields), "-"])
    return stream.getvalue()[:-3]


def read(path: Path, layout: str = "", sheet: str = "") -> Product:
    """The tidy rows of a big workbook. Raises `Uneven` when it has to be read cell by cell, for whatever reason."""
    if path.suffix.lower() not in (".xlsx", ".xlsm") or not path.is_file() or path.stat().st_size < MIN_BYTES:
        raise Uneven("not big")
    made: list[_Reader] = []

    def reader(*given) -> _Reader:
        made.append(_Reader(*given))
        return made[-1]

    gc.disable()  # a million small objects and no cycles among them
    try:
        sheets = read_xlsx(path.name, path.read_bytes(), reader)
        big = [one for one in made if one.inside.numbers]
        if len(big) != 1:
            raise Uneven("none or more than one big sheet")
        return _multiply(Workbook(path.name, sheets), big[0], layout, sheet)
    except (DataError, *BROKEN) as error:
        raise Uneven(str(error)) from error
    finally:
        gc.enable()


def _multiply(book: Workbook, reader: _Reader, layout: str, only: str) -> Product:
    inside, sheet = reader.inside, reader.sheet
    rows = set(inside.numbers)
    spans = any(not rows.isdisjoint(range(top, bottom + 1)) for top, _, bottom, _ in sheet.merged)
    if spans or sheet.hidden or reader.hidden_columns or len(inside.values) + len(sheet.cells) > MAX_CELLS:
        raise Uneven("merged or hidden cells, or too many")
    *_, found = _read_few(book, reader, (), layout, only)
    reading, passed, whole, found = _read_few(book, reader, found[min(found)], layout, only)
    columns = found[min(found)]
    _refuse_codes(inside, columns)
    inside.values = array("d")  # from here on their texts will do
    by_column = {name for name in KEY if len({getattr(one, name) for one in columns.values()}) > 1}
    product = Product(book, sheet.name, reading.layout, passed, inside, {}, columns, by_column, {})
    for c in (max(columns), min(columns)):
        try:
            product.rows = _said_of_rows(reader, product.layout, columns, c)
            break
        except (DataError, layouts.Declined) as error:
            refused = error
    else:
        raise Uneven(str(refused))
    if len({one.indicator for one in product.rows.values()}) == 1:
        by_column.add("indicator")
    _check(product, whole, found, c)
    return product


def _read_few(
    book: Workbook, reader: _Reader, columns: Iterable[int], layout: str, only: str
) -> tuple[layouts.Reading, dict[str, str], dict[int, dict[int, bytes]], dict[int, dict[int, Observation]]]:
    """What the layout reads where few of the rows of figures are left, and what it says of each row and column."""
    whole = _whole(reader.inside, columns)
    few, at = _few(reader, whole)
    pages = [few if one is reader.sheet else one for one in book.sheets]
    readings, passed = layouts.recognise(Workbook(book.file, pages), layout, only)
    if len(readings) != 1 or readings[0].sheet is not few:
        raise Uneven("not one sheet with figures")
    observation.validate(readings[0].rows)
    letters = {column_number(name.decode()): c for c, name in enumerate(reader.inside.columns)}
    found: dict[int, dict[int, Observation]] = defaultdict(dict)
    for cell, said in readings[0].figures:
        if cell.row not in at or cell.column not in letters:
            raise Uneven(f"a figure outside of the rows and columns of figures: {said.cell}")
        found[at[cell.row]][letters[cell.column]] = said
    if not found:
        raise Uneven("no figures")
    return readings[0], passed, whole, found


def _whole(inside: Inside, columns: Iterable[int]) -> dict[int, dict[int, bytes]]:
    """The rows that the layout reads whole, some with the smallest and largest numbers of these columns.

    The first and the last, and one of each form and of all that stands somewhere for a number.
    """
    count = len(inside.numbers)
    whole: dict[int, dict[int, bytes]] = {
        row: {} for row in (*range(min(FIRST, count)), *range(max(count - 2, 0), count))
    }
    seen: set[object] = set()
    for row, odd in inside.odd.items():
        new = set(odd.items()) - seen
        if new:
            seen |= new
            whole[row] = {}
    alike: dict[tuple[bytes, ...], list[int]] = defaultdict(list)
    for row, form in enumerate(inside.forms):
        alike[form].append(row)
    if len(whole) > MAX_WHOLE or len(alike) > MAX_FORMS:
        raise Uneven("rows of too many kinds")
    for rows in alike.values():
        left = [row for row in rows if row not in whole]
        whole |= {row: {} for row in (left if len(left) < 5 else left[:1])}
        for c in columns if len(left) > 4 else ():
            numbers = _numbers(inside, c, rows)
            for row, pick in zip(left[-3:], (min, max, _smallest), strict=True):
                whole.setdefault(row, {})[c] = b"%.17g" % pick(numbers)
    return dict(sorted(whole.items()))


def _numbers(inside: Inside, c: int, rows: list[int]) -> list[float]:
    """The numbers of a column in these rows; zero when there are none."""
    column = inside.column(c)
    if len(rows) < len(inside.numbers):
        column = [column[row - FIRST] for row in rows if row >= FIRST]
    return ([v for v in column if v == v] if inside.odd else column) or [0.0]


def _smallest(numbers: Iterable[float]) -> float:
    """The number nearest to zero that is not zero, which may be a fraction among percentages."""
    return min(filter(None, map(abs, numbers)), default=0.0)


def _refuse_codes(inside: Inside, columns: Iterable[int]) -> None:
    """Layouts tell numbers of rows and codes of areas by all the cells of a column, which few rows do not show."""
    for c in columns:
        column = inside.column(c)
        numbered = all(one + 1 == other for one, other in itertools.pairwise(column))
        if numbered or all(10_000 <= value < 100_000 for value in column):
            raise Uneven("numbers of rows, or codes of areas, in the place of figures")


def _few(reader: _Reader, whole: dict[int, dict[int, bytes]]) -> tuple[Sheet, dict[int, int]]:
    """The sheet with these of the rows of figures alone, closed up; and which row of figures stands where."""
    inside, sheet = reader.inside, reader.sheet
    out = [number for row, number in enumerate(inside.numbers) if row not in whole]
    few = Sheet(sheet.file, sheet.name)
    cells = sheet.cells | reader.cells_of(inside.xml(row, range(len(inside.columns)), whole[row]) for row in whole)
    for (row, column), cell in sorted(cells.items()):
        few.cells[row - bisect(out, row), column] = cell.at(row - bisect(out, row), column)
    few.merged = [
        (top - bisect(out, top), left, end - bisect(out, end), right) for top, left, end, right in sheet.merged
    ]
    return few, {inside.numbers[row] - bisect(out, inside.numbers[row]): row for row in whole}


def _said_of_rows(reader: _Reader, layout: str, columns: Iterable[int], only: int) -> dict[int, Observation]:
    """What a layout reads in the sheet with one of these columns of figures alone. Raises as layouts do."""
    reading = layouts.read(layout, _narrowed(reader, columns, only))
    observation.validate(reading.rows)
    index = {number: row for row, number in enumerate(reader.inside.numbers)}
    if any(cell.row not in index for cell, _ in reading.figures):
        raise Uneven("a figure outside of the rows of figures")
    return {index[cell.row]: said for cell, said in reading.figures}


def _narrowed(reader: _Reader, columns: Iterable[int], only: int) -> Sheet:
    """The sheet with one of these columns of figures alone, closed up.

    Below the figures all columns stay: legends stand there. A number stands for what is none, lest the row is blank.
    """
    inside, sheet = reader.inside, reader.sheet
    out = sorted(column_number(inside.columns[c].decode()) for c in columns if c != only)
    few = Sheet(sheet.file, sheet.name)
    labels = [c for c in range(len(inside.columns)) if c == only or c not in columns]
    odd = {row for row, own in inside.odd.items() if only in own}
    some = next(
        (text.split(b",")[only] for row, text in enumerate(inside.texts) if row >= FIRST and row not in odd), b""
    )
    if not some:
        raise layouts.Declined("no number in a column of figures")
    xml = (inside.xml(row, labels, {only: some} if row in odd else {}) for row in range(len(inside.numbers)))
    cells = sheet.cells | reader.cells_of(xml)
    for top, left, bottom, right in sheet.merged:
        kept = [column for column in range(left, right + 1) if column not in out or top > inside.numbers[-1]]
        if kept and (top, left) in cells:
            cells[top, kept[0]] = cells.pop((top, left)).at(top, kept[0])
        ends = [column - (bisect(out, column) if top < inside.numbers[-1] else 0) for column in kept]
        few.merged += [(top, ends[0], bottom, ends[-1])] if (bottom - top, len(ends)) > (0, 1) else []
    for (row, column), cell in sorted(cells.items()):
        if row > inside.numbers[-1]:
            few.cells[row, column] = cell
        elif column not in out:
            few.cells[row, column - bisect(out, column)] = cell.at(row, column - bisect(out, column))
    return few


def _check(
    product: Product, whole: dict[int, dict[int, bytes]], found: dict[int, dict[int, Observation]], only: int
) -> None:
    """Hold what the layout read against the product, and take from it which columns show fractions as percentages."""
    inside, scales = product.inside, {}
    by_row = [name for name in (*KEY, "unit", "source", "sheet") if name not in product.by_column | {"unit"}]
    by_column = sorted(product.by_column | {"unit"})
    if found.keys() != whole.keys() & product.rows.keys() or len(inside.numbers) > len(product.rows | whole):
        raise Uneven("rows that are read otherwise among others")
    apart = {"area_code", "area"} - product.by_column
    if len(apart) == 1 and len({getattr(one, *apart) for one in product.rows.values()}) > 1:
        raise Uneven("codes of areas apart from their names")
    first = product.columns[only]
    if any(getattr(one, name) != getattr(first, name) for one in product.rows.values() for name in by_column):
        raise Uneven("rows say what columns say")
    for row, own in found.items():
        if own.keys() != product.columns.keys():
            raise Uneven("rows with figures in other columns")
        for c, said in own.items():
            odd = None if c in whole[row] else inside.odd.get(row, {}).get(c)
            same = all(getattr(said, name) == getattr(product.rows[row], name) for name in by_row)
            same &= all(getattr(said, name) == getattr(product.columns[c], name) for name in by_column)
            same &= product.flags.setdefault((c, inside.forms[row][c], odd), said.status) == said.status
            if odd is None and said.value:
                text = whole[row].get(c) or inside.texts[row].split(b",")[c]
                number = Decimal(f"{float(text):.15g}")
                same &= scales.setdefault(c, said.value / number) == said.value / number
            if not same or (said.value is None) != (odd is not None):
                raise Uneven(f"{said.cell} is not of its row and column")
    if any((c, form[c], None) not in product.flags for form in set(inside.forms) for c in product.columns) or any(
        (c, inside.forms[row][c], odd[c]) not in product.flags
        for row, odd in inside.odd.items()
        if row in product.rows
        for c in odd.keys() & product.columns
    ):
        raise Uneven("a kind of cell of which the layout read none")
    if not set(scales.values()) <= {1, 100}:
        raise Uneven("figures on a scale")
    if inside.rewritten - product.columns.keys():
        raise Uneven("labels that are fractions")
    _regroup(product, {c for c, scale in scales.items() if scale == 100})


def _regroup(product: Product, percent: set[int]) -> None:
    """Lay the figures as each group of columns needs them, fractions as percentages; what held them is emptied."""
    inside = product.inside
    groups = [columns for _, columns in product.groups(product.columns, product.by_column)]
    if len(groups) > 1 and "indicator" not in product.by_column:
        raise Uneven("indicators in rows and areas in columns")
    texts = [bytearray() for _ in groups]
    for row, line in enumerate(inside.texts):
        figures = line.split(b",")
        for c in percent:
            figures[c] = b"%.15g" % (float(figures[c]) * 100)
        for text, columns in zip(texts, groups, strict=True):
            text += b",".join([figures[c] for c in columns]) + b"\n"
        inside.texts[row] = b""
    product.texts = texts
