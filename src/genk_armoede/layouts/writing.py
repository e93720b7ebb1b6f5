# SPDX-License-Identifier: EUPL-1.2
"""A tidy table on disk: CSV, Parquet, a workbook, or a folder of Parquet.

Takes pieces of CSV; writes beside the file's place, and moves it there when it is whole; called by `cli` and `folders`.
Libraries are loaded by the kind of file that needs them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import DataError
from ..observations import areas, observation

ENDINGS = (".csv", ".parquet", ".xlsx")  # of what is written
MAX_ROWS = 1_048_576  # of a worksheet


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A name beside the target, to be written; it takes the target's place when all went well.

    Another for each who writes: of two workers that do the same file neither spoils what the other has.
    Raises `DataError` when it cannot be written.
    """
    there = target.exists() and not target.is_file()  # a pipe or a device; a folder, which is refused when opened
    beside = target if there else target.with_name(f".{target.name}.{os.urandom(4).hex()}.new")
    try:
        yield beside
        if not there:
            beside.replace(target)
    except OSError as error:
        raise DataError(f"cannot be written ({error.strerror})", file=str(target), do="name another file") from error
    finally:
        if not there and beside.is_dir():
            import shutil

            shutil.rmtree(beside)
        elif not there:
            beside.unlink(missing_ok=True)


def put(pieces: Iterable[str], target: Path | None) -> None:
    """CSV pieces to a file by its extension, or to standard output."""
    if target is not None:
        write(pieces, target)
        return
    for piece in pieces:
        sys.stdout.buffer.write(piece.encode())
    sys.stdout.buffer.flush()


def write(pieces: Iterable[str], target: Path, partition: bool = False) -> None:
    """CSV pieces to a file: Parquet or a workbook by its extension, or a folder of Parquet by period and level of area.

    Raises `DataError` for another extension.
    """
    ending = target.suffix.lower()
    if not partition and ending not in ENDINGS and not (target.exists() and not target.is_file()):
        raise DataError("a kind of file that is not written", file=str(target), expected=", ".join(ENDINGS))
    if partition and target.exists():
        raise DataError("the folder is there already", file=str(target), do="name another, or take it away")
    with _beside(target) as beside:
        if ending == ".xlsx":
            _write_xlsx(pieces, beside)
        elif partition or ending == ".parquet":
            _write_parquet(pieces, beside, partition)
        else:
            _write_csv(pieces, beside)


def _write_csv(pieces: Iterable[str], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(pieces)


def _write_xlsx(pieces: Iterable[str], target: Path) -> None:
    """A workbook of one sheet: values as numbers, all else as text."""
    import csv
    import io
    import itertools

    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with target.open("wb") as stream, xlsxwriter.Workbook(stream, options) as book:
        page = book.add_worksheet("tidy")
        value = observation.COLUMNS.index("value")
        lines = itertools.chain.from_iterable(map(io.StringIO, pieces))
        for number, fields in enumerate(csv.reader(lines)):
            if number >= MAX_ROWS:
                raise DataError("more rows than a worksheet holds", file=str(target), do="write .csv or .parquet")
            for column, text in enumerate(map(observation.as_received, fields)):
                if column == value and number and text:
                    page.write_number(number, column, float(text))
                elif text:
                    page.write_string(number, column, text)


def _write_parquet(pieces: Iterable[str], target: Path, partition: bool) -> None:
    """By DuckDB, a piece at a time. `value` is a double, all else text as it was received; blank is empty."""
    import tempfile

    import duckdb

    text = "CASE WHEN regexp_matches({0}, '^''+[=+@\t\r-]') THEN substr({0}, 2) ELSE coalesce({0}, '') END AS {0}"
    columns = [text.format(n) if n != "value" else "CAST(value AS DOUBLE) AS value" for n in observation.COLUMNS]
    levels = " ".join(f"WHEN regexp_full_match(area_code, '{form}') THEN '{at}'" for form, at in areas.LEVELS.items())
    columns += [f"CASE {levels} ELSE 'unknown' END AS level"] if partition else []
    types = dict.fromkeys(observation.COLUMNS, "VARCHAR")
    with tempfile.TemporaryDirectory() as folder, duckdb.connect(config={"temp_directory": folder}) as base:
        table = Path(folder) / "table.csv"
        _write_csv(pieces, table)
        base.execute(  # without parameters, for which DuckDB loads pandas
            f"COPY (SELECT {', '.join(columns)} FROM read_csv({_quoted(table)}, header=true, delim=',', quote='\"',"
            f" escape='\"', columns={types}, auto_detect=false, nullstr='')) TO {_quoted(target)}"
            f" (FORMAT parquet{', PARTITION_BY (period, level)' * partition})"
        )


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
