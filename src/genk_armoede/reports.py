# SPDX-License-Identifier: EUPL-1.2
"""Run the notebooks on fresh tables and make the pages that reviewers read.

Takes the root of the repository; puts tables, figures, notebooks and pages in place, all of them or none;
called by `cli`. `pages` makes the HTML.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

from . import audit, changes, datasets, disclosure, pages, sources, store
from .errors import DataError
from .prose import MIME

NOTEBOOKS, REPORTS = Path("notebooks"), Path("reports")
SECONDS = 300  # longest that one cell may take


def build(root: Path, tell: Callable[[str], None]) -> list[Path]:
    """Raw files → tables → figures → notebooks run → pages; gives the pages' paths.

    Works in a folder of its own and replaces what is there only when everything is right.
    Raises `DataError` for data that are wrong and for a notebook that fails.
    """
    tell("reading the raw files")
    cleaned = datasets.clean(root)
    disclosure.write_log(root, cleaned.hidden)
    content = store.files(root, cleaned)
    with _stage(root) as stage:
        store.write_files(stage, content)
        paths = sorted((root / NOTEBOOKS).glob("*.ipynb"))
        tell(f"running {len(paths)} notebooks")
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            ran = dict(zip(paths, workers.map(lambda path: run(path, stage, tell), paths), strict=True))
        notebooks = {path.stem: book for path, book in ran.items()}
        found = audit.audit(root, content, figures_of(notebooks), _code_of(notebooks))
        if found:
            raise DataError(
                f"what would be published gives small counts away:\n  {f'{chr(10)}  '.join(found)}",
                do="nothing was replaced; show this to the data protection officer",
            )
        figures = {path.relative_to(stage): path.read_bytes() for path in (stage / "figures").glob("*.*")}
        tell("making the pages")
        html = pages.make_pages(notebooks, figures, cleaned.sources, changes.since_previous(root, content))
    content |= {NOTEBOOKS / f"{name}.ipynb": _notebook_bytes(book) for name, book in notebooks.items()}
    content |= figures | {REPORTS / name: page.encode() for name, page in html.items()}
    store.write_files(root, content, folders=[store.PROCESSED, Path("figures"), REPORTS])
    for name, page in html.items():
        tell(f"{name}: {len(page.encode()) // 1000} kB")
    return [REPORTS / name for name in html]


@contextmanager
def _stage(root: Path):
    (root / ".build").mkdir(exist_ok=True)
    stage = Path(tempfile.mkdtemp(dir=root / ".build"))
    before = os.environ.get(store.ROOT)
    os.environ[store.ROOT] = str(stage)
    try:
        (stage / "figures").mkdir()
        yield stage
    finally:
        os.environ.pop(store.ROOT)
        if before is not None:
            os.environ[store.ROOT] = before
        shutil.rmtree(stage)


def run(path: Path, stage: Path, tell: Callable[[str], None]) -> NotebookNode:
    """A notebook with the outputs of a fresh kernel, without what differs from machine to machine."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": stage}},
        extra_arguments=["--log-level=ERROR"],  # else every kernel warns that it talks over TCP
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        raise DataError(
            f"the notebook stops: {_reason(error)}",
            file=f"{NOTEBOOKS / path.name}",
            do="open it with `make lab`, run it from top to bottom and mend the cell that fails",
        ) from error
    notebook.metadata = NotebookNode(
        kernelspec={"display_name": "Python 3", "language": "python", "name": "python3"},
        language_info={"name": "python"},
    )
    tell(f"{path.name} is done")
    return notebook


def _reason(error: Exception) -> str:
    if isinstance(error, CellExecutionError):
        return f"{error.ename}: {error.evalue}"
    return str(error).strip().splitlines()[-1]


def _notebook_bytes(notebook: NotebookNode) -> bytes:
    return (nbformat.writes(notebook) + "\n").encode()


def leaks(root: Path) -> list[str]:
    """What an audit finds in the repository as it lies there, and pages and figures that no notebook accounts for."""
    content = {path.relative_to(root): path.read_bytes() for path in sorted((root / store.PROCESSED).glob("*.*"))}
    figures = {path.relative_to(root): path.read_bytes() for path in sorted((root / "figures").glob("*.*"))}
    ready = {path.name: path.read_bytes() for path in sorted((root / REPORTS).glob("*.html"))}
    notebooks = _committed(root)
    found = audit.audit(root, content, figures_of(notebooks), _code_of(notebooks))
    outputs = [output for book in notebooks.values() for cell in book.cells for output in cell.get("outputs", [])]
    drawn = {output.get("data", {}).get(MIME, {}).get("name") for output in outputs}
    found += [f"{path} is in no notebook" for path in figures if path.stem not in drawn]
    if ready:
        register, since = sources.load_register(root), changes.since_previous(root, content)
        made = {name: page.encode() for name, page in pages.make_pages(notebooks, figures, register, since).items()}
        found += [f"{REPORTS / name} is not what the notebooks say" for name in ready if ready[name] != made.get(name)]
    return found


def _committed(root: Path) -> dict[str, NotebookNode]:
    return {path.stem: nbformat.read(path, as_version=4) for path in sorted((root / NOTEBOOKS).glob("*.ipynb"))}


def _code_of(notebooks: Mapping[str, NotebookNode]) -> dict[str, str]:
    return {
        f"{name}.ipynb": "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code")
        for name, notebook in notebooks.items()
    }


def used_cells(root: Path) -> list[tuple[str, dict]]:
    """Every figure that a committed notebook shows, with the name of the notebook."""
    return figures_of(_committed(root))


def figures_of(notebooks: Mapping[str, NotebookNode]) -> list[tuple[str, dict]]:
    """Every figure that notebooks show, with the name of the notebook."""
    return [
        (f"{name}.ipynb", one)
        for name, notebook in notebooks.items()
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        for one in _figures(output.get("data", {}).get(MIME, {}))
    ]


def _figures(shown: object) -> list[dict]:
    if isinstance(shown, dict):
        return [shown] if "cells" in shown else [one for value in shown.values() for one in _figures(value)]
    return [one for value in shown for one in _figures(value)] if isinstance(shown, list) else []
