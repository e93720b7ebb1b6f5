# SPDX-License-Identifier: EUPL-1.2
"""One spreadsheet to tidy rows, within a limit of time, and what is told of it, as lines or as JSON.

Takes a path; gives pieces of CSV and words; called by `cli` and `folders`.
"""

from __future__ import annotations

import _thread
import signal
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .. import layouts
from ..errors import DataError
from ..observations import values
from ..observations.observation import STATUS, WITHOUT_VALUE
from ..spreadsheets.cells import Sheet
from ..spreadsheets.workbook import Workbook, open_workbook
from .engine.lines import csv_pieces
from .engine.reading import Reading


@dataclass
class Tidied:
    book: Workbook
    readings: list[layouts.Reading]
    passed: dict[str, str]  # name of a sheet that was passed over → why

    @property
    def pieces(self) -> Iterable[str]:
        """The tidy table, in pieces of CSV."""
        return csv_pieces(self.readings)

    def written(self, target: Path) -> str:
        """The line that tells what was written, and where."""
        return f"written {target}: {sum(map(len, self.readings))} observations"


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
    sheets = [of_reading(reading) for reading in tidied.readings]
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
    return found + (_lines(of_reading(reading)) if explain else [])


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


SOME = 5  # names on a line


def of_reading(reading: Reading) -> dict[str, object]:
    """What a sheet holds, and every assumption: values that JSON can hold."""
    different = {name: set() for name in ("indicator", "unit", "period", "area", "area_code")}
    flags: Counter[str] = Counter()
    figures = 0
    for read in reading.columns:
        for name, found in different.items():
            found |= read.facts.different(name)
        figures += sum(map(bool, read.values))
        flags.update(flag for status in read.flags for flag in status)
    units = {(i, u) for read in reading.columns for i, u in _pairs(read)}
    return {
        "sheet": reading.sheet.name,
        "layout": reading.layout,
        "observations": len(reading),
        "figures": figures,
        "without_figure": {flag: flags[flag] for flag in sorted(WITHOUT_VALUE) if flags[flag]},
        "flags": {flag: count for flag, count in sorted(flags.items()) if flag not in WITHOUT_VALUE},
        "indicators": [{"indicator": indicator, "unit": unit} for indicator, unit in sorted(units)],
        "periods": sorted(different["period"]),
        "areas": sorted(different["area"] - {""}),
        "codes": len(different["area_code"] - {""}),
        "hidden": reading.hidden_places,
        "hidden_figures": reading.hidden,
        "assumed": list(reading.assumed),
        "metadata": list(reading.metadata),
        "left_out": list(reading.left_out),
    }


def _pairs(read) -> set[tuple[str, str]]:
    indicator, unit = read.facts.indicator, read.facts.unit
    if isinstance(indicator, str) and isinstance(unit, str):
        return {(indicator, unit)}
    indicators = indicator if isinstance(indicator, list) else [indicator] * len(read.rows)
    units = unit if isinstance(unit, list) else [unit] * len(read.rows)
    return set(zip(indicators, units, strict=True))


def _lines(found: Mapping) -> list[str]:
    """The same for people, a line a fact."""
    periods, areas = found["periods"], found["areas"]
    named = [f"{one['indicator']} [{one['unit'] or 'unit not named'}]" for one in found["indicators"]]
    told = [f"  {'holds':<9} {_count(named, 'indicator')}"]
    span = " to ".join(dict.fromkeys([periods[0], periods[-1]])) if periods else ""
    told.append(f"  {'periods':<9} {len(periods)}: {span}")
    codes = f"; with a code: {found['codes']}" if areas else ""
    unseen = sum(any(unicodedata.category(sign) == "Cf" for sign in area) for area in areas)
    codes += f"; with marks that nobody sees: {unseen}" if unseen else ""
    told.append(f"  {'areas':<9} {_count(areas, 'area') if areas else 'none named'}{codes}")
    told.append(f"  {'figures':<9} {found['figures']}")
    without = [f"{count} {STATUS[flag]} ({flag})" for flag, count in found["without_figure"].items()]
    told += [f"  {'no figure':<9} {', '.join(without)}"] if without else []
    flagged = [f"{count} {STATUS[flag]} ({flag})" for flag, count in found["flags"].items()]
    told += [f"  {'flagged':<9} {', '.join(flagged)}"] if flagged else []
    for name in ("hidden", "assumed", "metadata", "left_out"):
        told += [f"  {name.replace('_', ' '):<9} {line}" for line in found[name]]
    return told


def _count(names: Sequence[str], what: str) -> str:
    more = f" … and {len(names) - SOME} more" if len(names) > SOME else ""
    return f"{len(names)} {what}{'s' * (len(names) != 1)}: {', '.join(names[:SOME])}{more}"
