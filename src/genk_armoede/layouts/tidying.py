# SPDX-License-Identifier: EUPL-1.2
"""Spreadsheets to tidy tables on disk: one file to CSV or Parquet, a folder of them on all cores or on a cluster.

Takes paths; gives pieces of CSV, files, and what is told of each; called by `cli`. A file is written beside its place
and moved there when it is whole.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .. import layouts
from ..errors import DataError
from ..observations import areas, observation, values
from ..spreadsheets.cells import Sheet
from ..spreadsheets.workbook import Workbook, open_workbook
from .lines import csv_pieces

SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".px", ".json", ".zip"}  # a .txt may be a letter


@dataclass
class Tidied:
    pieces: Iterable[str]  # of CSV
    told: list[str]


def tidy(path: Path, layout: str = "", sheet: str = "", explain: bool = False) -> Tidied:
    """The tidy rows of a spreadsheet. Raises `DataError` when it cannot be read."""
    book = open_workbook(path, sheet)
    readings, passed = layouts.recognise(book, layout, sheet)
    told = [line for reading in readings for line in _told(reading, explain)]
    return Tidied(csv_pieces(readings), told + _passed_over(book, passed, explain))


def _told(reading: layouts.Reading, explain: bool) -> list[str]:
    """What is told of a sheet always: how it was read, what in it is hidden or may be cut off; the rest when asked."""
    name = reading.sheet.name or reading.sheet.file
    told = [f"{name}: {len(reading)} observations by the layout {reading.layout}"]
    hidden = [_some(reading.hidden_places)] if reading.hidden_places else []
    hidden += [f"{len(reading.hidden)} figures ({_some(reading.hidden)})"] if reading.hidden else []
    told += [f"  hidden in the source, but read: {'; '.join(hidden)}"] if hidden else []
    if reading.unended:
        told.append(f"  line {reading.unended} is the last and has no line end: is the file whole?")
    parts = {"hidden": reading.hidden_places, "assumed": reading.assumed} if explain else {}
    parts |= {"metadata": reading.metadata, "left out": reading.left_out} if explain else {}
    return told + [f"  {what:<9} {line}" for what, lines in parts.items() for line in lines]


def _some(words: list[str]) -> str:
    return ", ".join(words[:5]) + " …" * (len(words) > 5)


def _passed_over(book: Workbook, passed: dict[str, str], explain: bool) -> list[str]:
    told = []
    for name, why in passed.items():
        unread = _holds_numbers(book.sheet(name))
        short = "it holds numbers, in no known layout" if unread else "no figures in a known layout"
        hidden = " (hidden)" * book.sheet(name).hidden
        told.append(f"{name or book.file}{hidden}: passed over: {why if explain or len(why) < 80 else short}")
    return told


def _holds_numbers(sheet: Sheet) -> bool:
    cells = (sheet.cell(number, 0) for number in sheet.filled_columns)
    return any(map(values.is_number, cells)) or any(
        values.is_number(sheet.cell(number, i))
        for number in sheet.filled_columns
        for i in range(len(sheet.columns[number].rows))
    )


# Files


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A name beside the target, to be written; it takes the target's place when all went well.

    Raises `DataError` when it cannot be written.
    """
    there = target.exists() and not target.is_file()  # a pipe or a device; a folder, which is refused when opened
    beside = target if there else target.with_name(f".{target.name}.new")
    try:
        yield beside
        if not there:
            beside.replace(target)
    except OSError as error:
        raise DataError(f"cannot be written ({error.strerror})", file=str(target), do="name another file") from error
    finally:
        if not there:
            shutil.rmtree(beside) if beside.is_dir() else beside.unlink(missing_ok=True)


def write(pieces: Iterable[str], target: Path, partition: bool = False) -> None:
    """CSV pieces to a file: Parquet by its extension, or a folder of Parquet by period and level of area."""
    if partition and target.exists():
        raise DataError("the folder is there already", file=str(target), do="name another, or take it away")
    with _beside(target) as beside:
        if partition or target.suffix.lower() == ".parquet":
            with tempfile.TemporaryDirectory() as folder:
                table = Path(folder) / "table.csv"
                _write_csv(pieces, table)
                _write_parquet(table, beside, partition)
        else:
            _write_csv(pieces, beside)


def _write_csv(pieces: Iterable[str], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(pieces)


def _write_parquet(table: Path, target: Path, partition: bool) -> None:
    """By DuckDB, a piece at a time. `value` is a double, all else text as it was received; blank is empty."""
    import duckdb

    text = "CASE WHEN regexp_matches({0}, '^''+[=+@\t\r-]') THEN substr({0}, 2) ELSE coalesce({0}, '') END AS {0}"
    columns = [text.format(n) if n != "value" else "CAST(value AS DOUBLE) AS value" for n in observation.COLUMNS]
    levels = " ".join(f"WHEN regexp_full_match(area_code, '{form}') THEN '{at}'" for form, at in areas.LEVELS.items())
    columns += [f"CASE {levels} ELSE 'unknown' END AS level"] if partition else []
    types = dict.fromkeys(observation.COLUMNS, "VARCHAR")
    with duckdb.connect(config={"temp_directory": str(table.parent)}) as base:
        base.execute(
            f"COPY (SELECT {', '.join(columns)} FROM read_csv($table, header=true, delim=',', quote='\"', escape='\"',"
            f" columns={types}, auto_detect=false, nullstr='')) TO '{str(target).replace(chr(39), chr(39) * 2)}'"
            f" (FORMAT parquet{', PARTITION_BY (period, level)' * partition})",
            {"table": str(table)},
        )


# Folders


def tidy_folder(
    source: Path, target: Path, layout: str = "", sheet: str = "", address: str = "", progress: Callable = print
) -> dict[str, str]:
    """Every spreadsheet below a folder to a CSV at the same place below another; gives the bad ones with their reason.

    On all cores, or over the Dask scheduler at an address, whose workers must see the same folders.
    `progress` is told, after each file, how many are done, of how many, and what became of it.
    """
    found = _places(source, target)
    if not found:
        raise DataError("there are no spreadsheets in this folder", file=str(source), expected=", ".join(SPREADSHEETS))
    bad: dict[str, str] = {}
    done = _over_dask(address, found, layout, sheet) if address else _on_all_cores(found, layout, sheet)
    for count, (path, why) in enumerate(done, start=1):
        name = str(path.relative_to(source))
        bad |= {name: why} if why else {}
        progress(count, len(found), f"{name}: {'refused' if why else 'written'}")
    return dict(sorted(bad.items()))


def _places(source: Path, target: Path) -> dict[Path, Path]:
    """Where the table of each spreadsheet goes; `a.xlsx` beside `a.csv` becomes `a.xlsx.csv`."""
    if source.resolve() == target.resolve():
        raise DataError("the tables would stand among the spreadsheets", file=str(target), do="name another folder")
    files = [
        path
        for path in sorted(source.rglob("*"))
        if path.suffix.lower() in SPREADSHEETS and path.is_file() and not path.name.startswith(("~$", "."))
        if target.resolve() not in path.resolve().parents
    ]
    stems = Counter(path.with_suffix("") for path in files)
    endings = {path: path.suffix + ".csv" if stems[path.with_suffix("")] > 1 else ".csv" for path in files}
    return {path: target / path.relative_to(source).with_suffix(endings[path]) for path in files}


def tidy_to(path: Path, target: Path, layout: str, sheet: str) -> str:
    """One spreadsheet of a folder to its CSV; why not, when it cannot be read."""
    try:
        pieces = tidy(path, layout, sheet).pieces
        target.parent.mkdir(parents=True, exist_ok=True)
        write(pieces, target)
    except (DataError, OSError) as error:
        return str(error)
    return ""


def _on_all_cores(found: dict[Path, Path], layout: str, sheet: str) -> Iterator[tuple[Path, str]]:
    """Each file with its reason, as they come. One that ends its process is tried once more, alone."""
    again: list[Path] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        tasks = {pool.submit(tidy_to, path, place, layout, sheet): path for path, place in found.items()}
        for task in as_completed(tasks):
            if isinstance(task.exception(), BrokenProcessPool):
                again.append(tasks[task])
            else:
                yield tasks[task], task.result()
    for path in again:
        with ProcessPoolExecutor(1) as pool:
            task = pool.submit(tidy_to, path, found[path], layout, sheet)
            ended = f"{path.name}: reading it ended the process; is there memory enough?"
            yield path, ended if isinstance(task.exception(), BrokenProcessPool) else task.result()


def _over_dask(address: str, found: dict[Path, Path], layout: str, sheet: str) -> Iterator[tuple[Path, str]]:
    """The same by the workers of a Dask cluster, which does over what a lost worker had in hand."""
    try:
        import distributed
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise DataError("Dask is not installed", do="pip install 'genk-armoede[dask]'") from error
    try:
        client = distributed.Client(address, timeout="5s")
    except (OSError, ValueError) as error:
        raise DataError(f"no scheduler answers at {address} ({error})", expected="tcp://host:8786") from error
    with client:
        tasks = {
            client.submit(tidy_to, path.resolve(), place.resolve(), layout, sheet, pure=False): path
            for path, place in found.items()
        }
        for task in distributed.as_completed(tasks):
            ended = f"{tasks[task].name}: reading it ended its workers; is there memory enough?"
            yield tasks[task], ended if isinstance(task.exception(), KilledWorker) else task.result()
