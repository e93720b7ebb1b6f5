# SPDX-License-Identifier: EUPL-1.2
"""Small invented workbooks for tests, and one way to say how a file must be refused.

Every figure and area that is made here is made up; files that hold them are called `verzonnen`.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from hypothesis import settings
from openpyxl.styles import Alignment, Font

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts import Reading
from genk_armoede.observations import Observation, number_text
from genk_armoede.spreadsheet import Sheet, open_workbook

ROOT = Path(__file__).parents[1]
SAMPLES = Path(__file__).parents[2] / "shared" / "voorbeelden"
NAME, SHEET = "verzonnen.xlsx", "Blad"

# The same examples on every machine, and no clock that fails a slow one.
steady = settings(derandomize=True, deadline=None, max_examples=200)


def sample(name: str) -> Path:
    """A publisher's own file from the folder next to the repository; skips where that folder is absent."""
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    return path


def save(
    path: Path,
    rows: Sequence[Sequence[object]],
    *,
    sheet: str = SHEET,
    merge: Sequence[str] = (),
    formats: Mapping[str, str] | None = None,
    colors: Mapping[str, str] | None = None,
    indents: Mapping[str, int] | None = None,
    hide: Sequence[str | int] = (),
) -> Path:
    """One sheet with these rows, from A1; merged ranges, number formats, font colours and indents by address.

    `hide` has letters of columns and numbers of rows.
    """
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(row)
    for address, number_format in (formats or {}).items():
        page[address].number_format = number_format
    for address, color in (colors or {}).items():
        page[address].font = Font(color=color)
    for address, indent in (indents or {}).items():
        page[address].alignment = Alignment(indent=indent)
    for place in hide:
        (page.row_dimensions if isinstance(place, int) else page.column_dimensions)[place].hidden = True
    for cells in merge:
        page.merge_cells(cells)
    book.save(path)
    return path


def as_sheet(folder: Path, rows: Sequence[Sequence[object]], **how) -> Sheet:
    """The sheet that the package reads from such a workbook."""
    return open_workbook(save(folder / NAME, rows, **how)).sheets[0]


def csv_sheet(folder: Path, text: str | bytes) -> Sheet:
    path = folder / "verzonnen.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_workbook(path).sheets[0]


def read(layout: str, folder: Path, rows: Sequence[Sequence[object]] | str | bytes, **how) -> Reading:
    """What a layout makes of such a sheet, or of the text of a CSV."""
    sheet = csv_sheet(folder, rows) if isinstance(rows, str | bytes) else as_sheet(folder, rows, **how)
    return layouts.read(layout, sheet)


def by_cell(reading: Reading) -> dict[str, Observation]:
    """Observations by the cell they stand in, each of which holds one."""
    found = {row.cell: row for row in reading.rows}
    assert len(found) == len(reading.rows)
    return found


def figures(reading: Reading) -> dict[str, str]:
    """Cell → figure with its flag: `58.2`, `58.2 e`, `c`."""
    return {cell: f"{number_text(row.value)} {row.status}".strip() for cell, row in by_cell(reading).items()}


def lines(reading: Reading) -> list[str]:
    """The whole table, a line an observation: `B4 | indicator | code name | period | breakdown | value unit status`."""
    rows = (
        f"{r.cell} | {r.indicator} | {r.area_code} {r.area} | {r.period} | {r.breakdown} | "
        f"{number_text(r.value)} {r.unit} {r.status}"
        for r in reading.rows
    )
    return [" ".join(row.split()) for row in rows]


def change(rows: Sequence[Sequence[object]], cell: str, value: object) -> list[list[object]]:
    """The same rows with another value in one cell."""
    column, row = ord(cell[0]) - ord("A"), int(cell[1:]) - 1
    copy = [list(line) for line in rows]
    copy += [[] for _ in range(row + 1 - len(copy))]
    copy[row] += [None] * (column + 1 - len(copy[row]))
    copy[row][column] = value
    return copy


@contextmanager
def edited(path: Path) -> Iterator[openpyxl.Workbook]:
    """A workbook to change in place."""
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: Mapping[str, bytes]) -> Path:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path.write_bytes(stream.getvalue())
    return path


def replaced(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with bytes of one of its XML parts replaced; the old ones must be there."""
    parts = parts_of(path)
    assert old in parts[part], parts[part]
    return pack(path, parts | {part: parts[part].replace(old, new)})


@contextmanager
def refused(
    problem: str, *, file: str = NAME, sheet: str = "", cell: str = "", mention: str = "", guides: str = "do expected"
) -> Iterator[None]:
    """One `DataError` that says this problem, names this place and says what was expected or what to do."""
    with pytest.raises(DataError) as caught:
        yield
    error = caught.value
    assert problem in error.problem
    assert (Path(error.file).name, error.sheet) == (file, sheet)
    assert cell in ("", error.cell)
    for words in (error.file, error.sheet, error.cell, mention):
        assert words in str(error)
    assert any(getattr(error, guide) for guide in guides.split())
