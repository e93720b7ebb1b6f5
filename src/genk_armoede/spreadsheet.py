# SPDX-License-Identifier: EUPL-1.2
"""Open a workbook or CSV safely and give its sheets as cells that know their address.

Takes a path; gives a `Workbook` of `Sheet`s of `Cell`s; called by `layouts` and `areas`.
Nothing is interpreted here: a value is what is stored, with the format that says how it is shown.
"""

from __future__ import annotations

import csv
import datetime
import functools
import io
import itertools
import math
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from .errors import DataError

Value = str | int | float | bool | datetime.datetime | datetime.date | datetime.time | None

# A workbook of a million cells unpacks to some 40 MB; ratio and floor as in Apache POI's ZipSecureFile.
MAX_UNPACKED = 1_000_000_000
MAX_RATIO = 100
RATIO_FLOOR = 100_000


# Parts of a number format that are text, padding (`_x`), filling (`*x`) or a condition.
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands, what is stored in it and how it is shown."""

    row: int
    column: int
    value: Value
    number_format: str = "General"
    color: str = ""  # RGB of the font, six hex digits; Swing marks estimates with it
    hidden: bool = False

    @property
    def address(self) -> str:
        return f"{get_column_letter(self.column)}{self.row}"

    @property
    def text(self) -> str:
        """The value as trimmed text with single ordinary spaces; a code shown as `02000` keeps its zero."""
        if isinstance(self.value, int) and set(self.number_format) == {"0"}:
            return str(self.value).zfill(len(self.number_format))
        return "" if self.value is None else " ".join(str(self.value).split())

    @property
    def is_percent(self) -> bool:
        """True when the format shows a fraction as a percentage."""
        return "%" in _LITERAL.sub("", self.number_format)


@dataclass
class Sheet:
    """The filled cells of a sheet, by (row, column), and its merged ranges."""

    file: str
    name: str  # empty for CSV
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    hidden: bool = False

    def __getitem__(self, place: tuple[int, int]) -> Cell:
        return self.cells.get(place) or Cell(*place, None)

    @functools.cached_property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @functools.cached_property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=0)

    def row(self, number: int) -> list[Cell]:
        """Filled cells of a row, left to right."""
        cells = (self.cells.get((number, column)) for column in range(1, self.width + 1))
        return [cell for cell in cells if cell is not None]

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        return ((number, self.row(number)) for number in range(1, self.height + 1))

    def over(self, row: int, column: int) -> Cell:
        """The cell shown at a place: the top left one when the place lies in a merged range."""
        for top, left, bottom, right in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return self[top, left]
        return self[row, column]

    def error(self, problem: str, at: Cell | None = None, **details: str) -> DataError:
        """A `DataError` that names this sheet and, when given, the cell and what stands in it."""
        if at is not None:
            details = {"cell": at.address, "found": "" if at.value is None else at.value, **details}
        return DataError(problem, file=self.file, sheet=self.name, **details)


@dataclass(slots=True)
class Workbook:
    file: str
    sheets: list[Sheet]

    def sheet(self, name: str) -> Sheet:
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise DataError(
            f"there is no sheet {name!r}",
            file=self.file,
            expected="one of: " + ", ".join(repr(sheet.name) for sheet in self.sheets),
            do="give the sheet its name back, or register the file again",
        )


def open_workbook(path: Path) -> Workbook:
    """Read a `.xlsx`, `.xlsm`, `.csv` or `.tsv` file.

    Raises `DataError` for a file that is missing, encrypted, truncated, no spreadsheet at all,
    of an unreasonable size once unpacked, or that holds a formula without a stored value.
    """
    if not path.is_file():
        raise DataError("there is no such file", file=str(path), do="check the name and the folder")
    if path.name.startswith("~$"):
        raise DataError("this is Excel's lock file, not a workbook", file=path.name, do="close Excel")
    content = path.read_bytes()
    if not content:
        raise DataError("the file is empty", file=path.name, do="ask for it again")
    suffix = path.suffix.lower()
    if suffix in {".xlsx", ".xlsm"}:
        _check_container(path.name, content)
        return Workbook(path.name, _read_xlsx(path.name, content))
    if suffix in {".csv", ".tsv"}:
        return Workbook(path.name, [_read_csv(path.name, content)])
    raise DataError(
        f"no spreadsheet that can be read here: {suffix or 'no extension'}",
        file=path.name,
        expected=".xlsx, .xlsm, .csv or .tsv",
        do="save it as .xlsx",
    )


def _check_container(file: str, content: bytes) -> None:
    """Refuse what is no sound xlsx container before a parser sees it."""
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise DataError(
            "the workbook is encrypted, or is an old .xls under another name",
            file=file,
            do="open it in Excel, take the password off and save it as .xlsx",
        )
    broken = {"file": file, "do": "open it in Excel and save it again, or ask for it again"}
    if not content.startswith(b"PK"):
        raise DataError("this is not a spreadsheet, whatever its name says", **broken)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
            bomb = unpacked > MAX_UNPACKED or any(
                part.file_size > RATIO_FLOOR and part.file_size > MAX_RATIO * max(part.compress_size, 1)
                for part in parts
            )
            if bomb:
                raise DataError(
                    f"unpacks from {len(content):,} to {unpacked:,} bytes, which no honest workbook does",
                    file=file,
                    expected=f"at most {MAX_UNPACKED:,} bytes and {MAX_RATIO} times its size",
                    do="do not open it; ask the sender what it is",
                )
            damaged = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise DataError("the workbook is truncated or damaged", **broken) from error
    if damaged or "[Content_Types].xml" not in names:
        raise DataError(f"the workbook is damaged{f' in {damaged}' if damaged else ''}", **broken)


def _read_xlsx(file: str, content: bytes) -> list[Sheet]:
    def load(values: bool):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # Swing's workbooks have no default style
            return load_workbook(io.BytesIO(content), data_only=values, keep_links=False)

    try:
        book = load(values=False)
        formulas = any(cell.data_type == "f" for page in book.worksheets for row in page for cell in row)
        stored = load(values=True) if formulas else book
    except (InvalidFileException, AttributeError, LookupError, ValueError, TypeError, OSError, SyntaxError) as error:
        raise DataError(
            f"the workbook cannot be read ({error})", file=file, do="open it in Excel and save it again"
        ) from error
    if len(book.sheetnames) != _sheets_named(content):
        raise DataError(
            "the workbook names sheets that are not in it, or is Strict Open XML",
            file=file,
            found=", ".join(book.sheetnames) or "no sheets",
            do="open it in Excel and save it as an ordinary .xlsx",
        )
    return [_read_page(file, page, stored[page.title]) for page in book.worksheets]


def _sheets_named(content: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = next((name for name in archive.namelist() if name.endswith("workbook.xml")), None)
        return len(re.findall(rb"<(?:\w+:)?sheet\s", archive.read(part))) if part else 0


def _read_page(file: str, page, stored) -> Sheet:
    """One worksheet; `stored` is the same one with formulas replaced by the values Excel stored for them."""
    sheet = Sheet(file, page.title, hidden=page.sheet_state != "visible")
    sheet.merged = [(m.min_row, m.min_col, m.max_row, m.max_col) for m in page.merged_cells.ranges]
    hidden_rows = {number for number, row in page.row_dimensions.items() if row.hidden}
    hidden_columns = _hidden_columns(page)
    for cell in itertools.chain.from_iterable(page.iter_rows()):
        value = cell.value
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        hidden = cell.row in hidden_rows or cell.column in hidden_columns
        ours = Cell(cell.row, cell.column, value, cell.number_format, _rgb(cell), hidden)
        if cell.data_type == "f":
            result = stored[cell.coordinate]
            if result.value is None and result.data_type == "n":
                raise sheet.error(
                    "a formula without a stored value",
                    ours,
                    found=getattr(value, "text", value),
                    do="open the workbook in Excel, let it calculate, and save it",
                )
            if result.value is None or result.value == "":
                continue
            ours = replace(ours, value=result.value)
        if isinstance(ours.value, float) and not math.isfinite(ours.value):
            raise sheet.error("a number without end", ours, do="correct the cell")
        sheet.cells[ours.row, ours.column] = ours
    return sheet


def _hidden_columns(page) -> set[int]:
    return {
        number
        for column in page.column_dimensions.values()
        if column.hidden
        for number in range(column.min or 0, (column.max or 0) + 1)
    }


def _rgb(cell) -> str:
    rgb = cell.font.color.rgb if cell.font and cell.font.color is not None else ""
    return rgb[-6:].upper() if isinstance(rgb, str) else ""


def _read_csv(file: str, content: bytes) -> Sheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if "\0" in text or content.startswith(b"PK\x03\x04"):
        raise DataError("this is not a CSV, whatever its name says", file=file, do="ask for it again")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    sheet = Sheet(file, "")
    line = 1
    try:
        for record in reader:
            for column, value in enumerate(record, start=1):
                if value.strip():
                    sheet.cells[line, column] = Cell(line, column, value)
            line = reader.line_num + 1
    except csv.Error as error:
        raise DataError(f"line {line} cannot be read ({error})", file=file, do="ask for it again") from error
    return sheet


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
