# SPDX-License-Identifier: EUPL-1.2
"""The build: raw files → tables → notebooks run, with their figures → pages; each step only when it must be done.

Takes the root of the repository; puts tables, figures, notebooks and pages in place, all of them or none;
called by `cli`. `steps` remembers, `kernels` runs the notebooks, `pages` makes the HTML.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from .. import _PUBLIC
from ..errors import DataError
from ..protection.policy import CONFIDENTIAL, POLICY
from ..tables import history, register, repository
from ..tables.repository import PROCESSED, RAW
from . import kernels, steps
from .shown import FIGURES, NOTEBOOKS, audited, code_of, figures_of, read
from .steps import Steps, code, digest, digest_of
from .transaction import STAGE, WORK, alone, write_files

if TYPE_CHECKING:
    from nbformat import NotebookNode

REPORTS = Path("reports")
FILLED = "notebook.ipynb"  # in what a run made: the notebook with its outputs
WORKERS = os.cpu_count() or 1
VIEW = ("collapsed", "editable", "jupyter", "scrolled", "tags")  # how JupyterLab shows a cell
NARRATION = tuple(module for module in _PUBLIC if module.startswith("narration."))  # what notebooks call
PAGES = ("report.pages", "report.templates")
Content = dict[Path, bytes]


class Watch:
    """Who follows a build: here nobody does."""

    def plan(self, seconds: Mapping[str, float]) -> None:
        """Steps that are to come, with how long each took the last time."""

    def step(self, name: str, why: str) -> None:
        """A step begins; without a reason it is skipped."""

    def done(self, name: str) -> None:
        """A step is done."""

    def tell(self, text: str) -> None:
        """Something to know."""


def build(root: Path, watch: Watch, *, force: bool = False) -> list[Path]:
    """Raw files → tables → figures → notebooks run → pages; gives the pages' paths.

    Works in a folder of its own and replaces what is there only when everything is right. Does again only what
    depends on something that changed; everything when `force`.
    Raises `DataError` for data that are wrong and for a notebook that fails.
    """
    with alone(root, watch.tell):
        try:
            return _build(root, watch, Steps(root, watch.step, force=force))
        except OSError as error:
            raise DataError(
                f"a file cannot be read or written ({error.strerror or error})",
                file=str(error.filename or root),
                do="nothing was replaced; make room on the disk, or close the file where it is open",
            ) from error


def _build(root: Path, watch: Watch, kept: Steps) -> list[Path]:
    registered = register.load_register(root)
    paths = sorted((root / NOTEBOOKS).glob("*.ipynb"))
    names = [path.stem for path in paths]
    seconds = {name: kept.seconds(name) for name in ("tables", *names, "audit", *(f"{n}.html" for n in names), "pages")}
    watch.plan(seconds | {name: seconds[name] / WORKERS for name in names})
    needs = _needs_of_tables(root, registered)
    if kept.why("tables", needs):
        kernels.warm_up()  # some notebook will have to run
    tables = _paths(kept.run("tables", needs, lambda: _tables(root)))
    watch.done("tables")
    ran, used = _run_all(kept, paths, tables, watch)
    books = {path.stem: ran[path.stem].pop(FILLED) for path in paths}
    figures = _figures_by_path(ran)
    _audit(root, kept, tables, books, figures)
    watch.done("audit")
    with _stage(root, tables):
        made = {}
        for name, book in books.items():
            needs = _needs_of_page(tables, book, ran[name], used[name])
            made[name] = kept.run(f"{name}.html", needs, lambda n=name: _page(n, books[n], figures))["page"]
            watch.done(f"{name}.html")
        html = _pages(root, kept, made, registered, tables)
        watch.done("pages")
    content = tables | {NOTEBOOKS / f"{name}.ipynb": book for name, book in books.items()} | figures | html
    write_files(root, content, folders=[PROCESSED, FIGURES, REPORTS])
    for path, page in html.items():
        watch.tell(f"{path.name}: {len(page) // 1000} kB, {overhead(page) // 1000} of it no words, charts or data")
    return list(html)


def overhead(page: bytes) -> int:
    """Bytes of a page that are neither words, nor charts, nor data: style, script, search, links and tags.

    Not counted are whole charts with their files, tables, notes, the figures that a source feeds, and all words.
    """
    head, _, main = page.partition(b"<main")
    main, _, tail = main.rpartition(b"</main>")
    data = rb'<figure.*?</figure>|<table>.*?</table>|<div class="from">.*?</div>|<p class="uses">.*?</p>'
    tags = re.findall(rb"<[^>]*>", re.sub(data, b"", main, flags=re.DOTALL))
    return len(head + tail + b"".join(tags))


def _needs_of_tables(root: Path, registered: list[register.Source]) -> dict[str, str]:
    """Every raw file, the register, the policy, and what is known of confidential files that are not here."""
    raw = (path for path in sorted((root / RAW).rglob("*")) if path.is_file() and path.name[0] not in ".~")
    needs = {path.relative_to(root).as_posix(): _digest_of_raw(path) for path in raw}
    needs[POLICY.as_posix()] = digest_of(root / POLICY)
    if any(source.confidential for source in registered):
        needs |= {path.name: digest_of(path) for path in sorted((root / PROCESSED).glob("*.csv"))}
        needs["git"] = history.state(root)
    return needs | code("tables.datapackage") | steps.libraries()


def _digest_of_raw(path: Path) -> str:
    return register.checksum(path) if path.parent.name == CONFIDENTIAL.name else digest_of(path)


def _tables(root: Path) -> dict[str, bytes]:
    from ..protection import protect
    from ..tables import datapackage, datasets

    cleaned = datasets.clean(root)
    protect.write_log(root, cleaned.hidden)
    return {path.as_posix(): content for path, content in datapackage.files(root, cleaned).items()}


def _paths(made: Mapping[str, bytes]) -> Content:
    return {Path(name): content for name, content in made.items()}


def _run_all(
    kept: Steps, paths: list[Path], tables: Content, watch: Watch
) -> tuple[dict[str, dict[str, bytes]], dict[str, dict[str, str]]]:
    """For each notebook what its run made, and digests of the tables it read."""
    look = _looking(tables)
    needs = {path: _needs_of_run(path) for path in paths}
    why = {path: kept.why(path.stem, needs[path], look) for path in paths}
    if any(why.values()):
        kernels.warm_up()

    def run(path: Path) -> dict[str, bytes]:
        watch.step(path.stem, why[path])
        made = _again(kept, path, needs[path]) if not why[path] else _run(kept, path, needs[path], tables)
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


def _looking(tables: Content) -> Callable[[str], str]:
    """Digests of processed files as a notebook reads them.

    Of the descriptor only what is said of one table counts, and not the table's own digest and size.
    """
    described = {one["name"]: one for one in json.loads(tables[repository.PACKAGE])["resources"]}

    def look(name: str) -> str:
        table = name.removeprefix("description of ")
        if table != name:
            known = described.get(table, {})
            return digest(json.dumps({key: known[key] for key in known if key not in ("hash", "bytes")}))
        return digest(tables.get(Path(name), b""))

    return look


def _reads(opened: list[str]) -> Iterator[str]:
    """What a notebook depends on, by the files it opened: of the descriptor what is said of the tables it read."""
    for name in opened:
        if name != repository.PACKAGE.as_posix():
            yield name
        if name.endswith(".csv"):
            yield f"description of {Path(name).stem}"


def _needs_of_run(path: Path) -> dict[str, str]:
    """Its code cells: what stands between them changes no output."""
    try:
        cells = json.loads(path.read_bytes())["cells"]
        run = [["".join(c["source"]), c.get("metadata")] for c in cells if c["cell_type"] == "code"]
    except (ValueError, KeyError, TypeError) as error:
        raise DataError(f"no notebook ({error})", file=f"{NOTEBOOKS / path.name}", do="restore it with git") from error
    return {"code cells": digest(json.dumps(run))} | code("tables.store", *NARRATION, "report.kernels") | _machine()


def _machine() -> dict[str, str]:
    return steps.libraries() | {"MPLBACKEND": os.environ.get("MPLBACKEND", "")}


def _run(kept: Steps, path: Path, needs: Mapping[str, str], tables: Content) -> dict[str, bytes]:
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
                do="open it with `make lab`, run it from top to bottom and mend the cell that fails",
            ) from error
        made = {one.relative_to(folder).as_posix(): one.read_bytes() for one in (folder / FIGURES).glob("[!.]*")}
    made[FILLED] = _written(book)
    look = _looking(tables)
    kept.keep(path.stem, needs, made, {name: look(name) for name in _reads(opened)}, time.monotonic() - start)
    return made


def _again(kept: Steps, path: Path, needs: Mapping[str, str]) -> dict[str, bytes]:
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
        kept.keep(path.stem, needs, made, kept.read(path.stem), kept.seconds(path.stem))
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


def _figures_by_path(ran: Mapping[str, Mapping[str, bytes]]) -> Content:
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


def _audit(root: Path, kept: Steps, tables: Content, books: Mapping[str, bytes], figures: Content) -> None:
    needs = {path.as_posix(): digest(content) for path, content in (tables | figures).items()}
    needs |= {f"{name}.ipynb": digest(book) for name, book in books.items()}
    needs |= {POLICY.as_posix(): digest_of(root / POLICY), "git": history.state(root)}
    needs |= code("report.shown", "protection.audit") | steps.libraries()
    kept.run("audit", needs, lambda: attack(root, tables, books))


def attack(root: Path, tables: Content, books: Mapping[str, bytes]) -> dict[str, bytes]:
    """Raises `DataError` when tables or notebooks give small counts away."""
    notebooks = read(books)
    found = audited(root, tables, figures_of(notebooks), code_of(notebooks))
    if found:
        raise DataError(
            f"what would be published gives small counts away:\n  {f'{chr(10)}  '.join(found)}",
            do="nothing was replaced; show this to the data protection officer",
        )
    return {}


def _needs_of_page(
    tables: Content, book: bytes, figures: Mapping[str, bytes], read: Mapping[str, str]
) -> dict[str, str]:
    needs = {"notebook": digest(book), "version": json.loads(tables[repository.PACKAGE])["version"]}
    needs |= {name: digest(content) for name, content in figures.items()}
    return needs | read | code(*PAGES) | steps.libraries()


def _page(name: str, book: bytes, figures: Content) -> dict[str, bytes]:
    from . import pages

    return {"page": json.dumps(pages.content_of(name, read({name: book})[name], figures)).encode()}


def _pages(
    root: Path, kept: Steps, made: Mapping[str, bytes], registered: list[register.Source], tables: Content
) -> Content:
    from ..tables import changes

    said, package = changes.since_previous(root, tables), json.loads(tables[repository.PACKAGE])

    def render() -> dict[str, bytes]:
        from . import pages

        contents = [json.loads(page) for page in made.values()]
        return {name: page.encode() for name, page in pages.render(contents, registered, said).items()}

    needs = {name: digest(page) for name, page in made.items()} | code(*PAGES) | steps.libraries()
    needs |= {"register": digest(repr(registered)), "previous version": digest(repr(said))}
    needs |= {"version": package["version"], "policy": digest(json.dumps(package["disclosure"]))}
    return {REPORTS / name: page for name, page in kept.run("pages", needs, render).items()}


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
def _stage(root: Path, tables: Content) -> Iterator[None]:
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
