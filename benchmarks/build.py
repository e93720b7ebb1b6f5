# SPDX-License-Identifier: EUPL-1.2
"""Commands that work on a repository, against what they took before, and against Jupyter's own tools.

Each row happens in a copy of the repository; called by `__main__`.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import shapes
from measure import Measure, Run, medians, run

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
FIGURE = "schooltoelagen.xlsx", "Genk", "B7", 3877  # one that two notebooks use; the value is invented
FULL, SENTENCE_CHANGED = 57, 13.6  # seconds of processor time before, on 2026-11-30
AREAS = 450
SENTENCE = "02_activering.ipynb", "Genk", "Genk "  # a blank in a sentence of one notebook


def rows() -> dict[str, Callable[[], Iterator[Measure]]]:
    """Every row of the table that is about a repository: its name and what measures it."""
    return {"build": builds, "nbval": checks, "trace": traces, "clean": cleans}


def builds() -> Iterator[Measure]:
    """Builds, in processor time of all processes against what they took before, and in time on the clock."""
    with copied() as root:
        notebooks = sorted((root / "notebooks").glob("*.ipynb"))
        stock = sum(_jupyter(root, path).wall for path in notebooks)
        full, nothing = _build(root), _build(root)
        _change_sentence(root)
        sentence = _build(root)
        _change_figure(root)
        figure = _build(root)
    yield Measure(f"build from nothing, processor time of all processes, against {FULL} s", full.cpu, FULL, "s", 0.6)
    yield Measure(f"build, a sentence changed, against {SENTENCE_CHANGED} s", sentence.cpu, SENTENCE_CHANGED, "s", 0.35)
    yield Measure("build, nothing changed, against 0.6 s", nothing.cpu, 0.6, "s", 1)
    yield Measure("build of everything, against `jupyter nbconvert --execute`", full.wall, stock, "s", 1 / 4)
    yield Measure("build, nothing changed", nothing.wall, stock, "s", 1 / 60)
    yield Measure("build, a sentence of one notebook changed", sentence.wall, stock, "s", 1 / 10)
    yield Measure("build, one raw figure changed", figure.wall, stock, "s", 1 / 4)


def checks() -> Iterator[Measure]:
    """The notebooks against their outputs."""
    with copied() as root:
        check = ["pytest", "-q", "-p", "no:cacheprovider", "--nbval"]
        nbval = _run(root, *check, "notebooks").wall
        ours = _run(root, *check, *_as_in_makefile(), "notebooks").wall
    yield Measure("nbval over all notebooks, against `pytest --nbval`", ours, nbval, "s", 0.55)


def traces() -> Iterator[Measure]:
    """From a figure back to its cell."""
    with copied() as root:
        (traced,) = medians(lambda: _run(root, "genk-armoede", "trace", "58,2"))
    yield Measure("trace, against 0.4 s", traced.cpu, 0.4, "s", 1)


def cleans() -> Iterator[Measure]:
    """Tables of a hundred times as many rows, and a clean of all that is registered when nothing has changed."""
    few, many = (_clean_of(areas) for areas in (AREAS, AREAS * 100))
    yield Measure("clean, rows ×100: time", many, few, "s", 110)
    with copied() as root:
        _run(root, "genk-armoede", "clean")
        (again,) = medians(lambda: _run(root, "genk-armoede", "clean"))
    yield Measure("clean, nothing changed, against 0.5 s", again.cpu, 0.5, "s", 1)


def _clean_of(areas: int) -> float:
    """Processor time of a clean of one file with invented figures of so many areas in eleven years."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        raw = root / "data" / "raw"
        raw.mkdir(parents=True)
        (root / "notebooks").mkdir()
        shutil.copy(ROOT / "disclosure.yml", root)
        shapes.workbook(raw / "nieuwkomers.xlsx", shapes.newcomers(areas))
        described = dict.fromkeys(("publisher", "title", "licence", "transcribed", "accept"), "Verzonnen")
        described["url"] = "https://example.org"
        options = [word for name, text in described.items() for word in (f"--{name}", text)]
        (raw / "bronnen.yml").write_text("", encoding="utf-8")
        _run(root, "genk-armoede", "register", raw / "nieuwkomers.xlsx", "--dataset", "nieuwkomers", *options)
        return _run(root, "genk-armoede", "clean").cpu


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the repository."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("data", "notebooks", "figures"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        shutil.copy(ROOT / "disclosure.yml", folder)
        yield Path(folder)


def _as_in_makefile() -> list[str]:
    """What `make nbval` adds to the check of the notebooks."""
    line = next(one for one in (ROOT / "Makefile").read_text(encoding="utf-8").splitlines() if "--nbval" in one)
    return ["-p", "genk_armoede.report.quick_nbformat", *line.split()[2:-1]]


def _run(root: Path, *command: object) -> Run:
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GENK_ARMOEDE")}
    return run(
        [BIN / str(command[0]), *command[1:]], root, environment | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    )


def _jupyter(root: Path, notebook: Path) -> Run:
    return _run(root, "jupyter", "nbconvert", "--execute", "--to", "html", "--output-dir", root / "html", notebook)


def _build(root: Path) -> Run:
    return _run(root, "genk-armoede", "build")


def _change_sentence(root: Path) -> None:
    name, old, new = SENTENCE
    path = root / "notebooks" / name
    text = path.read_text(encoding="utf-8")
    start = text.index('"ga.say(')
    path.write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")


def _change_figure(root: Path) -> None:
    file, sheet, cell, value = FIGURE
    path = root / "data" / "raw" / file
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    _run(root, "genk-armoede", "register", path, "--accept", "verzonnen")
