# SPDX-License-Identifier: EUPL-1.2
"""The build and the check of the notebooks against what Jupyter's own tools need for the same notebooks.

Takes nothing; gives measures; called by `__main__`. Everything happens in a copy of the repository.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

import openpyxl
from measure import Measure, Run, run

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
FIGURE = "schooltoelagen.xlsx", "Genk", "B7", 3877  # one that two notebooks use; the value is invented
SENTENCE = "02_activering.ipynb", "Genk", "Genk "  # a blank in a sentence of one notebook


def measures() -> list[Measure]:
    """Times of builds and checks, each a share of the time of the stock tools for all notebooks."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "notebooks", "figures"):
            shutil.copytree(ROOT / name, root / name)
        shutil.copy(ROOT / "disclosure.yml", root)
        notebooks = sorted((root / "notebooks").glob("*.ipynb"))
        stock = sum(_jupyter(root, path).wall for path in notebooks)
        full, nothing = _build(root), _build(root)
        _change_sentence(root)
        sentence = _build(root)
        _change_figure(root)
        figure = _build(root)
        check = ["pytest", "-q", "-p", "no:cacheprovider", "--nbval"]
        nbval = _run(root, *check, "notebooks").wall
        ours = _run(root, *check, *_as_in_makefile(), "notebooks").wall
    return [
        Measure("build of everything, against `jupyter nbconvert --execute`", full.wall, stock, "s", 1 / 4),
        Measure("build, nothing changed", nothing.wall, stock, "s", 1 / 60),
        Measure("build, nothing changed: processor time, against 1 s", nothing.cpu, 1, "s", 1),
        Measure("build, a sentence of one notebook changed", sentence.wall, stock, "s", 1 / 10),
        Measure("build, one raw figure changed", figure.wall, stock, "s", 1 / 4),
        Measure("nbval over all notebooks, against `pytest --nbval`", ours, nbval, "s", 0.55),
    ]


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
    _run(root, "genk-armoede", "register", path)
