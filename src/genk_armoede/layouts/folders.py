# SPDX-License-Identifier: EUPL-1.2
"""A folder of spreadsheets to a folder of tidy tables, on all cores or on a cluster.

Takes two folders; writes a CSV a spreadsheet, and gives the reasons of those that cannot be read; called by `cli`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from ..errors import DataError
from ..spreadsheets.workbook import FORMATS
from .tidying import LIMIT, limited, tidy
from .writing import write

SPREADSHEETS = [*(ending for ending in FORMATS if ending != ".txt"), ".zip"]  # a `.txt` may be a letter


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
    for left in (left for place in found.values() for left in place.parent.glob(f".{place.name}.*.new")):
        left.unlink(missing_ok=True)  # of a worker that ended while it wrote
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
