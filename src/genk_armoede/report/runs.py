# SPDX-License-Identifier: EUPL-1.2
"""Notebooks run for a build, several at a time: each in a folder that holds the tables; gives outputs and figures."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DataError
from ..tables import repository
from . import kernels, needs, outputs
from .needs import Content
from .shown import FIGURES, NOTEBOOKS
from .steps import Steps
from .transaction import STAGE, WORK

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from .progress import Watch

FILLED = "notebook.ipynb"  # in what a run made: the notebook with its outputs
WORKERS = os.cpu_count() or 1
VIEW = ("collapsed", "editable", "jupyter", "scrolled", "tags")  # how JupyterLab shows a cell


def run_all(
    kept: Steps, paths: list[Path], tables: Content, watch: Watch
) -> tuple[dict[str, dict[str, bytes]], dict[str, dict[str, str]]]:
    """For each notebook what its run made, and digests of the tables it read."""
    look = needs.looking(tables)
    needed = {path: needs.of_run(path) for path in paths}
    why = {path: kept.why(path.stem, needed[path], look) for path in paths}
    if any(why.values()):
        kernels.warm_up()

    def run(path: Path) -> dict[str, bytes]:
        watch.step(path.stem, why[path])
        made = _run(kept, path, needed[path], tables, look) if why[path] else _again(kept, path, needed[path])
        watch.done(path.stem)
        return made

    workers = ThreadPoolExecutor(WORKERS)
    longest = sorted(paths, key=lambda path: -kept.seconds(path.stem))  # so that the last ones to end are short
    try:
        made = dict(zip(longest, workers.map(run, longest), strict=True))
    except BaseException:
        workers.shutdown(wait=False, cancel_futures=True)
        kernels.stop()
        raise
    finally:
        workers.shutdown()
    return (
        {path.stem: made[path] for path in paths},
        {path.stem: {name: look(name) for name in kept.read(path.stem)} for path in paths},
    )


def _run(
    kept: Steps, path: Path, needed: Mapping[str, str], tables: Content, look: Callable[[str], str]
) -> dict[str, bytes]:
    """Run a notebook in a folder that holds the tables; gives it with its outputs, and the figures it drew."""
    start = time.monotonic()
    with _folder(path.parents[1], tables) as folder:
        (folder / FIGURES).mkdir()
        try:
            book, opened = kernels.run(path, folder, {repository.ROOT: str(folder)})
        except kernels.Stopped as error:
            raise DataError(
                f"the notebook stops: {error}",
                file=f"{NOTEBOOKS / path.name}",
                do="open it with `make lab`, run it from top to bottom and mend that cell",
            ) from error
        outputs.refuse_addresses(book, NOTEBOOKS / path.name)
        made = {one.relative_to(folder).as_posix(): one.read_bytes() for one in (folder / FIGURES).glob("[!.]*")}
    made[FILLED] = _written(book)
    kept.keep(path.stem, needed, made, {name: look(name) for name in needs.reads(opened)}, time.monotonic() - start)
    return made


def _again(kept: Steps, path: Path, needed: Mapping[str, str]) -> dict[str, bytes]:
    """What a run made, with the words that stand between the code now."""
    made = kept.made(path.stem)
    if path.read_bytes() != made[FILLED]:
        from .quick_nbformat import nbformat

        book, before = nbformat.read(path, as_version=4), nbformat.reads(made[FILLED].decode(), as_version=4)
        ran = (cell for cell in before.cells if cell.cell_type == "code")
        for cell in (cell for cell in book.cells if cell.cell_type == "code"):
            one = next(ran)
            cell.outputs, cell.execution_count = one.outputs, one.execution_count
        made[FILLED] = _written(book)
        kept.keep(path.stem, needed, made, kept.read(path.stem), kept.seconds(path.stem))
    return made


def _written(book: NotebookNode) -> bytes:
    """A notebook without what differs from machine to machine, and what nobody sees."""
    from .quick_nbformat import nbformat

    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in book.cells:
        cell.metadata = {name: value for name, value in cell.metadata.items() if name in VIEW}
    return (nbformat.writes(book) + "\n").encode()


def figures_by_path(ran: Mapping[str, Mapping[str, bytes]]) -> Content:
    """The figures of all notebooks. Raises `DataError` when two draw one of the same name."""
    drawn: dict[str, str] = {}
    for notebook, made in ran.items():
        for name in made:
            if drawn.setdefault(name, notebook) != notebook:
                raise DataError(
                    f"{drawn[name]}.ipynb draws {name} too",
                    file=f"{NOTEBOOKS / notebook}.ipynb",
                    do="give one of the two charts another name",
                )
    return {Path(name): content for made in ran.values() for name, content in made.items()}


@contextmanager
def _folder(root: Path, tables: Content) -> Iterator[Path]:
    """A folder with the tables, for as long as it is used."""
    (root / WORK).mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=root / WORK, prefix=STAGE))
    try:
        for path, content in tables.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def stage(root: Path, tables: Content) -> Iterator[None]:
    """Where this process reads tables from, while those in place are still the old ones."""
    before = os.environ.get(repository.ROOT)
    with _folder(root, tables) as folder:
        os.environ[repository.ROOT] = str(folder)
        try:
            yield
        finally:
            os.environ.pop(repository.ROOT)
            if before is not None:
                os.environ[repository.ROOT] = before
