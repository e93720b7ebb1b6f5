# SPDX-License-Identifier: EUPL-1.2
"""The build: raw files → tables → notebooks run, with their figures → pages; each step only when it must be done.

Takes the root of the repository; puts tables, figures, notebooks and pages in place, all of them or none, or the
tables alone; called by `cli`. `steps` remembers, `needs` says when a step must be done again, `runs` runs the
notebooks, `content` and `pages` make the HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DataError
from ..tables import register
from ..tables.repository import PROCESSED
from . import kernels, leaks, needs, runs
from .needs import Content
from .shown import FIGURES, NOTEBOOKS, code_of, figures_of, read
from .steps import Steps
from .transaction import alone, write_files

if TYPE_CHECKING:
    from .progress import Watch

REPORTS = Path("reports")


def build(root: Path, watch: Watch, *, force: bool = False, into_notebooks: bool = True) -> list[Path]:
    """Raw files → tables → figures → notebooks run → pages; gives the pages' paths.

    Works in a folder of its own and replaces what is there only when everything is right. Does again only what
    depends on something that changed; everything when `force`. Without `into_notebooks` their files stay as they are,
    for who has them open.
    Raises `DataError` for data that are wrong and for a notebook that fails.
    """
    with alone(root, watch.tell):
        try:
            return _build(root, watch, Steps(root, watch.step, force=force), into_notebooks)
        except OSError as error:
            raise DataError(
                f"a file cannot be read or written ({error.strerror or error})",
                file=str(error.filename or root),
                do="nothing was replaced; make room on the disk, or close the file where it is open",
            ) from error


def clean(root: Path, tell: Callable[[str], object]) -> list[Path]:
    """Raw files → tables alone, when they must be made again; gives the paths of those that changed.

    Raises `DataError` for data that are wrong, and for tables that give small counts away.
    """
    with alone(root, tell):
        kept = Steps(root, lambda name, why: None)
        made = kept.run("tables", needs.of_tables(root, register.load_register(root)), lambda: _tables(root, tell))
        tables = {Path(name): content for name, content in made.items()}
        kept.run("audit of tables", needs.of_audit(root, tables, {}, {}), lambda: attack(root, tables, {}))
        return write_files(root, tables, folders=[PROCESSED])


def _build(root: Path, watch: Watch, kept: Steps, into_notebooks: bool) -> list[Path]:
    registered = register.load_register(root)
    paths = sorted((root / NOTEBOOKS).glob("*.ipynb"))
    names = [path.stem for path in paths]
    seconds = {name: kept.seconds(name) for name in ("tables", *names, "audit", *(f"{n}.html" for n in names), "pages")}
    watch.plan(seconds | {name: seconds[name] / runs.WORKERS for name in names})
    needed = needs.of_tables(root, registered)
    if kept.why("tables", needed):
        kernels.warm_up()  # some notebook will have to run
    made = kept.run("tables", needed, lambda: _tables(root, watch.tell))
    tables = {Path(name): content for name, content in made.items()}
    watch.done("tables")
    ran, used = runs.run_all(kept, paths, tables, watch)
    books = {name: ran[name].pop(runs.FILLED) for name in names}
    figures = runs.figures_by_path(ran)
    kept.run("audit", needs.of_audit(root, tables, books, figures), lambda: attack(root, tables, books))
    watch.done("audit")
    with runs.stage(root, tables):
        pages = {}
        for name, book in books.items():
            needed = needs.of_page(tables, book, ran[name], used[name])
            pages[name] = kept.run(f"{name}.html", needed, lambda n=name: _page(n, books[n], figures))["page"]
            watch.done(f"{name}.html")
        html = _pages(root, kept, pages, registered, tables)
        watch.done("pages")
    filled = {NOTEBOOKS / f"{name}.ipynb": book for name, book in books.items()} if into_notebooks else {}
    content = tables | filled | figures | html
    changed = write_files(root, content, folders=[PROCESSED, FIGURES, REPORTS])
    for path in (path for path in html if path in changed):
        size, rest = len(html[path]) // 1000, overhead(html[path]) // 1000
        watch.tell(f"{path.name}: {size} kB, of which {rest} kB style, script and tags")
    for remark in (remark for page in pages.values() for remark in json.loads(page)["remarks"]):
        watch.tell(remark)
    return list(html)


def _tables(root: Path, tell: Callable[[str], object]) -> dict[str, bytes]:
    from ..protection import protect
    from ..tables import changes, datapackage, datasets

    cleaned = datasets.clean(root)
    protect.write_log(root, cleaned.hidden)
    made = datapackage.files(root, cleaned)
    for line in changes.new_parts(root, made):
        tell(line)
    return {path.as_posix(): content for path, content in made.items()}


def attack(root: Path, tables: Content, books: Mapping[str, bytes]) -> dict[str, bytes]:
    """Raises `DataError` when tables or notebooks give small counts away."""
    notebooks = read(books)
    found = leaks.audited(root, tables, figures_of(notebooks), code_of(notebooks))
    if found:
        raise DataError(
            f"what would be published gives small counts away:\n  {f'{chr(10)}  '.join(found)}",
            do="nothing was replaced; show this to the data protection officer, who may accept under acknowledged in "
            "disclosure.yml what a commit has already told",
        )
    return {}


def _page(name: str, book: bytes, figures: Content) -> dict[str, bytes]:
    from .quick_nbformat import nbformat  # first: the others load it too

    from . import content  # isort: skip

    notebook = nbformat.reads(book.decode(), as_version=4)
    return {"page": json.dumps(content.content_of(name, notebook, figures)).encode()}


def _pages(
    root: Path, kept: Steps, made: Mapping[str, bytes], registered: list[register.Source], tables: Content
) -> Content:
    from ..tables import changes

    said = changes.since_previous(root, tables)

    def render() -> dict[str, bytes]:
        from . import pages

        contents = [json.loads(page) for page in made.values()]
        sources = [*registered, *register.area_lists()]
        return {name: page.encode() for name, page in pages.render(contents, sources, said).items()}

    html = kept.run("pages", needs.of_pages(made, registered, said, tables), render)
    return {REPORTS / name: page for name, page in html.items()}


def overhead(page: bytes) -> int:
    """Bytes of a page that are neither words, nor charts, nor data: style, script, search, links and tags.

    Not counted are whole charts with their files, tables, notes, what a source feeds and is made of, and all words.
    """
    head, _, main = page.partition(b"<main")
    main, _, tail = main.rpartition(b"</main>")
    data = (
        rb'<figure.*?</figure>|<table>.*?</table>|<div class="from">.*?</div>|<(p|ul) class="uses">.*?</\1>|<img[^>]*>'
    )
    tags = re.findall(rb"<[^>]*>", re.sub(data, b"", main, flags=re.DOTALL))
    return len(head + tail + b"".join(tags))
