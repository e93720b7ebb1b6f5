# SPDX-License-Identifier: EUPL-1.2
"""Run the notebooks on fresh tables and make the pages that reviewers read.

Takes the root of the repository; puts tables, figures, notebooks and pages in place, all of them or none;
called by `cli`. Pages are made from a notebook's own data (`prose.MIME`) by a small template, not by
nbconvert: that keeps alternative text, needs no script host and leaves every figure followable.
"""

from __future__ import annotations

import base64
import itertools
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from openpyxl.utils.cell import coordinate_from_string
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from . import datasets, store
from .errors import DataError
from .observations import STATUS
from .prose import MIME, join, period_text

NOTEBOOKS, REPORTS = Path("notebooks"), Path("reports")
TITLE = "Armoede in Genk in cijfers"
SECONDS = 300  # longest that one cell may take


def build(root: Path, tell: Callable[[str], None]) -> list[Path]:
    """Raw files → tables → figures → notebooks run → pages; gives the pages' paths.

    Works in a folder of its own and replaces what is there only when everything is right.
    Raises `DataError` for data that are wrong and for a notebook that fails.
    """
    tell("reading the raw files")
    content = store.files(root, datasets.clean(root))
    with _stage(root) as stage:
        store.write_files(stage, content)
        paths = sorted((root / NOTEBOOKS).glob("*.ipynb"))
        tell(f"running {len(paths)} notebooks")
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            ran = dict(zip(paths, workers.map(lambda path: run(path, stage, tell), paths), strict=True))
        notebooks = {path.stem: book for path, book in ran.items()}
        figures = {path.relative_to(stage): path.read_bytes() for path in (stage / "figures").glob("*.*")}
        tell("making the pages")
        pages = make_pages(notebooks, figures)
    content |= {NOTEBOOKS / f"{name}.ipynb": _notebook_bytes(book) for name, book in notebooks.items()}
    content |= figures | {REPORTS / name: page.encode() for name, page in pages.items()}
    store.write_files(root, content, folders=[store.PROCESSED, Path("figures"), REPORTS])
    return [REPORTS / name for name in pages]


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


def used_cells(root: Path) -> list[tuple[str, dict]]:
    """Every figure that a notebook shows, with the name of the notebook."""
    found = []
    for path in sorted((root / NOTEBOOKS).glob("*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                shown = output.get("data", {}).get(MIME, {})
                found += [(path.name, one) for one in _figures(shown)]
    return found


def _figures(shown: object) -> list[dict]:
    if isinstance(shown, dict):
        return [shown] if "cells" in shown else [one for value in shown.values() for one in _figures(value)]
    return [one for value in shown for one in _figures(value)] if isinstance(shown, list) else []


class Page:
    """What the template needs of one notebook: blocks, headings, and notes for the figures it shows."""

    def __init__(self, name: str, notebook: NotebookNode, images: dict[Path, bytes]) -> None:
        self.name, self.images = name, images
        self.headings: list[tuple[int, str, str]] = []
        self.notes: dict[tuple, dict] = {}
        self.blocks: list[dict] = []
        code: list[str] = []
        for cell in notebook.cells:
            if cell.cell_type == "code":
                self.blocks += [self._output(output) for output in cell.outputs]
                code.append(cell.source)
            elif cell.cell_type == "markdown":
                self.blocks += [*_code(code), self._markdown(cell.source)]
                code = []
        self.blocks += _code(code)
        if not self.headings or self.headings[0][0] != 1:
            raise DataError(
                "a notebook begins with a heading",
                file=f"{NOTEBOOKS / name}.ipynb",
                expected="# Title as its first line",
            )
        self.title = self.headings[0][1]
        self.lead = next((b["text"] for b in self.blocks if b["kind"] == "markdown" and b["text"]), "")

    def _markdown(self, source: str) -> dict:
        """HTML with an id for each heading, links to notebooks turned to pages; the first paragraph as text."""
        parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
        tokens = parser.parse(source)
        first = ""
        links = (child for token in tokens for child in token.children or [] if child.type == "link_open")
        for link in links:
            link.attrSet("href", re.sub(r"^([\w-]+)\.ipynb", r"\1.html", str(link.attrGet("href"))))
        for token, content in itertools.pairwise(tokens):
            words = "".join(child.content or " " for child in content.children or [] if child.nesting == 0)
            if token.type == "heading_open":
                anchor = "s-" + re.sub(r"\W+", "-", words.lower()).strip("-")
                same = sum(one[2].partition("--")[0] == anchor for one in self.headings)
                anchor += f"--{same + 1}" if same else ""
                token.attrSet("id", anchor)
                self.headings.append((int(token.tag[1:]), words, anchor))
            elif token.type == "paragraph_open" and not first:
                first = words
        return {"kind": "markdown", "html": parser.renderer.render(tokens, parser.options, {}), "text": first}

    def _output(self, output: NotebookNode) -> dict:
        shown = output.get("data", {}).get(MIME)
        if shown is None:
            return {"kind": "text", "text": output.get("text") or output.get("data", {}).get("text/plain", "")}
        block = dict(shown)
        if block["kind"] == "chart":
            svg = _cropped(self.images[Path("figures") / f"{block['name']}.svg"].decode(), block["viewbox"])
            block["image"] = "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
            return block
        for key in ("lines", "rows"):
            block[key] = [[self._noted(part) for part in line] for line in block.get(key, [])]
        return block

    def _noted(self, part: str | dict) -> str | dict:
        """A figure with the number of its note: one note for the same value from the same cells."""
        if isinstance(part, str) or not part["cells"]:
            return part
        key = (*part["cells"], part["formula"], part["value"])
        if key not in self.notes:
            flags = join([STATUS[flag] for flag in part["status"]])
            self.notes[key] = part | {"number": len(self.notes) + 1, "flags": flags, "places": places(part["cells"])}
        note = self.notes[key]
        return part | {"number": note["number"]}


def _code(cells: list[str]) -> list[dict]:
    """The code of a section as one block, for who wants to see it."""
    html = highlight("\n\n".join(cells), PythonLexer(), HtmlFormatter(nowrap=True))
    return [{"kind": "code", "html": html}] if cells else []


def _cropped(svg: str, viewbox: str) -> str:
    """The picture without the title and source that its file has: in a page they stand as text."""
    _, _, width, height = viewbox.split()
    size = f'width="{width}pt" height="{height}pt" viewBox="{viewbox}"'
    return re.sub(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"', size, svg, count=1)


def places(cells: list[str]) -> list[dict]:
    """Cells by file and sheet, runs down a column joined (`C6–C59`), each with what is known of its source."""
    found: dict[tuple[str, str, str, str], dict] = {}
    for cell in cells:
        source, sheet, address = store.place(cell)
        cited = store.citation(source, sheet, address)
        key = (source, sheet, cited["publisher"], cited["title"])
        link = cited["path"] if cited["path"].startswith(("https://", "http://")) else ""
        place = {"file": source, "sheet": sheet, "addresses": [], **cited, "link": link}
        found.setdefault(key, place)["addresses"].append(address)
    for place in found.values():
        place["addresses"] = _runs(place["addresses"])
    return list(found.values())


def _runs(addresses: list[str]) -> str:
    split = sorted({coordinate_from_string(a) for a in addresses}, key=lambda a: (len(a[0]), a))
    runs: list[list[tuple[str, int]]] = []
    for column, row in split:
        if runs and runs[-1][-1] == (column, row - 1):
            runs[-1].append((column, row))
        else:
            runs.append([(column, row)])
    return ", ".join("–".join(dict.fromkeys(f"{c}{r}" for c, r in (run[0], run[-1]))) for run in runs)


def make_pages(notebooks: dict[str, NotebookNode], images: dict[Path, bytes]) -> dict[str, str]:
    """One HTML page a notebook, and an index; each works by itself, from disk, without network or script."""
    environment = Environment(
        loader=PackageLoader("genk_armoede"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages = [Page(name, notebook, images) for name, notebook in notebooks.items()]
    shared = {"site": TITLE, "version": period_text(store.package()["version"]), "pages": pages, "css": _css()}
    result = {"index.html": environment.get_template("index.html.j2").render(shared)}
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        render = environment.get_template("page.html.j2").render
        result[f"{page.name}.html"] = render(shared, page=page, before=before, after=after)
    return result


def _css() -> str:
    code = HtmlFormatter(style="default").get_style_defs(".code")
    dark = HtmlFormatter(style="github-dark").get_style_defs(".code")
    own = (Path(__file__).parent / "templates" / "style.css").read_text(encoding="utf-8")
    return f"{code}\n@media (prefers-color-scheme: dark) {{\n{dark}\n}}\n{own}"
