# SPDX-License-Identifier: EUPL-1.2
"""Spreadsheets to tidy tables on disk: one file to CSV or Parquet, a folder of them on all cores or on a cluster.

Takes paths; gives pieces of CSV, files, and what is told of each; called by `cli`. A file is written beside its place
and moved there when it is whole.
"""

from __future__ import annotations

import _thread
import csv
import io
import itertools
import os
import shutil
import signal
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from . import explaining
from .lines import csv_pieces

ENDINGS = (".csv", ".parquet", ".xlsx")  # of what is written
MAX_ROWS = 1_048_576  # of a worksheet
SPREADSHEETS = {".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".px", ".json", ".zip"}  # a .txt may be a letter


@dataclass
class Tidied:
    book: Workbook
    readings: list[layouts.Reading]
    passed: dict[str, str]  # name of a sheet that was passed over → why

    @property
    def pieces(self) -> Iterable[str]:
        """The tidy table, in pieces of CSV."""
        return csv_pieces(self.readings)


def tidy(path: Path, layout: str = "", sheet: str = "", answers: Sequence[str] = (), explain: str = "") -> Tidied:
    """The tidy rows of a spreadsheet. Raises `DataError` when it cannot be read, with all reasons when asked."""
    book = open_workbook(path, sheet)
    try:
        return Tidied(book, *layouts.recognise(book, layout, sheet, answers))
    except layouts.NotRecognised as error:
        if explain == "all":
            error.problem = error.reasons
        raise


def told(tidied: Tidied, explain: str = "") -> list[str]:
    """What is told of a file. `explain`: nothing but what nobody may miss, `sheets`, or `all`: each layout's reason."""
    lines = [line for reading in tidied.readings for line in _told(reading, bool(explain))]
    return lines + _passed_over(tidied.book, tidied.passed, explain)


def explained(tidied: Tidied) -> dict[str, object]:
    """The same for programs: values that JSON can hold."""
    sheets = [explaining.of_reading(reading) for reading in tidied.readings]
    return {"file": tidied.book.file, "sheets": sheets, "passed_over": dict(tidied.passed)}


def _told(reading: layouts.Reading, explain: bool) -> list[str]:
    """What is told of a sheet always: how it was read, what in it is hidden or may be cut off; the rest when asked."""
    name = reading.sheet.name or reading.sheet.file
    found = [f"{name}: {len(reading)} observations by the layout {reading.layout}"]
    hidden = [_some(reading.hidden_places)] if reading.hidden_places else []
    hidden += [f"{len(reading.hidden)} figures ({_some(reading.hidden)})"] if reading.hidden else []
    found += [f"  hidden in the source, but read: {'; '.join(hidden)}"] if hidden else []
    if reading.unended:
        found.append(f"  line {reading.unended} is the last and has no line end: is the file whole?")
    return found + (explaining.lines(explaining.of_reading(reading)) if explain else [])


def _some(words: list[str]) -> str:
    return ", ".join(words[:5]) + " …" * (len(words) > 5)


def _passed_over(book: Workbook, passed: dict[str, str], explain: str) -> list[str]:
    lines = []
    for name, why in passed.items():
        unread = _holds_numbers(book.sheet(name))
        short = "it holds numbers, in no known layout" if unread else "no figures in a known layout"
        hidden = " (hidden)" * book.sheet(name).hidden
        of_layouts = any(why.startswith(f"{known}: ") for known in layouts.LAYOUTS)
        lines.append(f"{name or book.file}{hidden}: passed over: {short if of_layouts else why}")
        lines += [f"  {reason}" for reason in why.split("; ")] if of_layouts and explain == "all" else []
    return lines


def _holds_numbers(sheet: Sheet) -> bool:
    cells = (sheet.cell(number, 0) for number in sheet.filled_columns)
    return any(map(values.is_number, cells)) or any(
        values.is_number(sheet.cell(number, i))
        for number in sheet.filled_columns
        for i in range(len(sheet.columns[number].rows))
    )


# Files


class _TooLong(BaseException):
    """A file takes more processor time than it may."""


LIMIT = 900  # seconds of processor time for one file


@contextmanager
def limited(name: str, seconds: float = LIMIT) -> Iterator[None]:
    """Read a file within so much processor time, and without surprises.

    Raises `DataError` when it takes longer, and for any fault that nobody foresaw. Time is watched in the main thread.
    """
    begin, over, done = time.process_time(), threading.Event(), threading.Event()

    def watch() -> None:
        while not done.wait(min(1, seconds)):
            if time.process_time() - begin > seconds:
                over.set()
                _thread.interrupt_main()
                return

    def stop(number: int, frame: object) -> None:
        if over.is_set():
            raise _TooLong
        before(number, frame) if callable(before) else signal.default_int_handler(number, frame)

    watcher = threading.Thread(target=watch, daemon=True)
    in_main = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGINT, stop) if in_main else None
    if in_main:
        watcher.start()
    try:
        yield
        done.set()
        if watcher.is_alive():
            watcher.join()
    except _TooLong:
        do = "is it what you meant to read? If so, give it more with --limit"
        raise DataError(f"not read within {seconds:g} s of processor time", file=name, do=do) from None
    except (DataError, OSError, GeneratorExit):
        raise
    except Exception as error:
        what = f"reading it went wrong in a way that nobody foresaw ({type(error).__name__}: {error})"
        raise DataError(what, file=name, do="report it, with the file if it may be shared") from error
    finally:
        done.set()
        if in_main:
            signal.signal(signal.SIGINT, before)


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
            with tempfile.TemporaryDirectory() as folder:
                table = Path(folder) / "table.csv"
                _write_csv(pieces, table)
                _write_parquet(table, beside, partition)
        else:
            _write_csv(pieces, beside)


def _write_csv(pieces: Iterable[str], target: Path) -> None:
    with target.open("w", encoding="utf-8", newline="") as stream:
        stream.writelines(pieces)


def _write_xlsx(pieces: Iterable[str], target: Path) -> None:
    """A workbook of one sheet: values as numbers, all else as text."""
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
    source: Path,
    target: Path,
    layout: str = "",
    sheet: str = "",
    address: str = "",
    limit: float = LIMIT,
    progress: Callable = print,
) -> dict[str, str]:
    """Every spreadsheet below a folder to a CSV at the same place below another; gives the bad ones with their reason.

    On all cores, or over the Dask scheduler at an address, whose workers must see the same folders.
    `progress` is told, after each file, how many are done, of how many, and what became of it.
    """
    found = _places(source, target)
    if not found:
        raise DataError("there are no spreadsheets in this folder", file=str(source), expected=", ".join(SPREADSHEETS))
    bad: dict[str, str] = {}
    done = _over_dask(address, found, layout, sheet, limit) if address else _on_all_cores(found, layout, sheet, limit)
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


def tidy_to(path: Path, target: Path, layout: str, sheet: str, limit: float = LIMIT) -> str:
    """One spreadsheet of a folder to its CSV; why not, when it cannot be read."""
    try:
        with limited(path.name, limit):
            pieces = tidy(path, layout, sheet).pieces
            target.parent.mkdir(parents=True, exist_ok=True)
            write(pieces, target)
    except (DataError, OSError) as error:
        return str(error)
    return ""


def _on_all_cores(found: dict[Path, Path], layout: str, sheet: str, limit: float) -> Iterator[tuple[Path, str]]:
    """Each file with its reason, as they come. One that ends its process is tried once more, alone."""
    again: list[Path] = []
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        tasks = {pool.submit(tidy_to, path, place, layout, sheet, limit): path for path, place in found.items()}
        for task in as_completed(tasks):
            if isinstance(task.exception(), BrokenProcessPool):
                again.append(tasks[task])
            else:
                yield tasks[task], task.result()
    for path in again:
        with ProcessPoolExecutor(1) as pool:
            task = pool.submit(tidy_to, path, found[path], layout, sheet, limit)
            ended = f"{path.name}: reading it ended the process; is there memory enough?"
            yield path, ended if isinstance(task.exception(), BrokenProcessPool) else task.result()


def _over_dask(
    address: str, found: dict[Path, Path], layout: str, sheet: str, limit: float
) -> Iterator[tuple[Path, str]]:
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
            client.submit(tidy_to, path.resolve(), place.resolve(), layout, sheet, limit, pure=False): path
            for path, place in found.items()
        }
        for task in distributed.as_completed(tasks):
            ended = f"{tasks[task].name}: reading it ended its workers; is there memory enough?"
            yield tasks[task], ended if isinstance(task.exception(), KilledWorker) else task.result()
