# SPDX-License-Identifier: EUPL-1.2
"""One spreadsheet to tidy rows, within a limit of time, and what is told of it.

Takes a path; gives pieces of CSV and words; called by `cli` and `folders`.
"""

from __future__ import annotations

import _thread
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .. import layouts
from ..errors import DataError
from ..observations import values
from ..spreadsheets.cells import Sheet
from ..spreadsheets.workbook import Workbook, open_workbook
from . import explaining
from .lines import csv_pieces


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
        of_layouts = layouts.is_of_layouts(why)
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
