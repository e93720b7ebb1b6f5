# SPDX-License-Identifier: EUPL-1.2
"""How fast `tidy` makes a CSV, against what a user would write in its place and against an earlier build.

Each row of the table makes its file in a temporary folder, runs both in turns, three times, and compares the time of
the processor; called by `__main__`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import shapes
from measure import Measure, Run, medians, run

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / ".bench" / "peers" / "bin" / "python"
PEER = Path(__file__).with_name("peer.py")
SAMPLES = ROOT.parent / "shared" / "voorbeelden"
BEFORE = "0714e5b"  # the build before sheets were columns
TIDY = (sys.executable, "-m", "genk_armoede", "tidy")


@dataclass(frozen=True)
class Shape:
    """A file in one shape, of so many cells."""

    what: str
    name: str  # of the file
    rows: Callable[[int], Iterable[shapes.Row]]
    header: int  # its row
    labels: int  # columns of labels
    wide: int  # cells in a row
    sizes: tuple[int, ...]
    target: float = 0.6
    memory: bool = False  # held against that of the peer, at the largest size


BIG = (10_000, 100_000, 1_000_000)
SHAPES = (
    Shape("Swing", "some.xlsx", shapes.swing, 2, 1, 100, BIG, memory=True),
    Shape("Swing upload", "some.xlsx", shapes.upload, 0, 3, 10, BIG, memory=True),
    Shape("Statbel open data", "some.xlsx", shapes.open_data, 0, 6, 10, BIG, memory=True),
    Shape("plain table", "some.xlsx", shapes.table, 2, 1, 100, BIG, memory=True),
    Shape("Power BI", "some.xlsx", shapes.matrix, 1, 2, 100, BIG[:2]),
    Shape("Stadsmonitor", "some.xlsx", shapes.monitor, 0, 4, 10, BIG[:2]),
    Shape("CSV", "some.csv", shapes.narrow, 0, 4, 6, BIG[1:], 0.7),
    Shape("pipe .txt", "some.txt", shapes.narrow, 0, 4, 6, BIG[1:], 0.7),
    Shape("ODS", "some.ods", shapes.table, 2, 1, 100, BIG[1:2], 0.8),
    Shape("TSV of Eurostat", "some.tsv", shapes.eurostat, 0, 1, 10, BIG[2:], 0.8, memory=True),
    Shape("JSON-stat", "some.json", shapes.cube, 0, 2, 10, BIG[2:], 0.8, memory=True),
)


def rows() -> dict[str, Callable[[], Iterator[Measure]]]:
    """Every row of the table that is about `tidy`: its name and what measures it."""
    found = {
        f"tidy, {shape.what}, {cells:,} cells": lambda shape=shape, cells=cells: against_peer(shape, cells)
        for shape in SHAPES
        for cells in shape.sizes
    }
    found["tidy, polars"] = against_polars
    found["tidy, 200 cells"] = small
    found["tidy, real files"] = against_before
    return found


def make(folder: Path, shape: Shape, rows: int) -> Path:
    path = folder / shape.name
    return shapes.WRITERS[path.suffix](path, shape.rows(rows))


def ours(path: Path) -> Callable[[], Run]:
    return lambda: run([*TIDY, path, "-o", path.with_suffix(".tidy.csv")])


def peer(path: Path, shape: Shape, library: str = "pandas") -> Callable[[], Run]:
    if not PEERS.is_file():
        raise FileNotFoundError("the environment of the peers is not there; make it with: make .bench/.installed")
    return lambda: run([PEERS, PEER, library, path, shape.header, shape.labels])


def against_peer(shape: Shape, cells: int) -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder), shape, cells // shape.wide)
        mine, theirs = medians(ours(path), peer(path, shape))
    yield Measure(f"tidy, {shape.what}, {cells:,} cells", mine.cpu, theirs.cpu, "s", shape.target)
    if shape.memory and cells == shape.sizes[-1]:
        target = 1 / 3 if path.suffix == ".xlsx" else 1
        yield Measure(f"memory, {shape.what}, {cells:,} cells", mine.peak_mb, theirs.peak_mb, "MB", target)


def against_polars() -> Iterator[Measure]:
    shape = next(shape for shape in SHAPES if shape.what == "Statbel open data")
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder), shape, 1_000_000 // shape.wide)
        mine, theirs = medians(ours(path), peer(path, shape, "polars"))
    yield Measure("tidy, Statbel open data, 1,000,000 cells, against polars", mine.cpu, theirs.cpu, "s", 1.5)


def small() -> Iterator[Measure]:
    shape = next(shape for shape in SHAPES if shape.what == "plain table")
    with tempfile.TemporaryDirectory() as folder:
        path = make(Path(folder), shape, 2)
        mine, theirs = medians(ours(path), peer(path, shape))
    yield Measure("tidy, 200 cells", mine.cpu, theirs.cpu, "s", 0.2)
    yield Measure("tidy, 200 cells, against 0.2 s", mine.cpu, 0.2, "s", 1)
    (began,) = medians(lambda: run([sys.executable, "-m", "genk_armoede", "--help"]))
    yield Measure("genk-armoede --help, against 0.3 s", began.cpu, 0.3, "s", 1)


def against_before() -> Iterator[Measure]:
    """Publishers' own files, which are not in the repository, against the code of a commit, with today's libraries."""
    files = {"pinc_swing_werkzoekenden_gemeenten.xlsx": ("the real Swing file", 0.2)}
    files["statbel_fiscale_inkomens_C1_2014-2017_pinc.xlsx"] = ("the real C.1", 0.15)
    there = {SAMPLES / name: row for name, row in files.items() if (SAMPLES / name).is_file()}
    if not there:
        print(f"left out: the real files are not in {SAMPLES.relative_to(ROOT.parent)}", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        packed = subprocess.run(["git", "archive", BEFORE, "src"], cwd=ROOT, capture_output=True)
        if packed.returncode:
            print(f"left out: commit {BEFORE} is not in this copy of the repository", file=sys.stderr)
            return
        (folder / "src.tar").write_bytes(packed.stdout)
        with tarfile.open(folder / "src.tar") as archive:
            archive.extractall(folder, filter="data")
        env = {**os.environ, "PYTHONPATH": str(folder / "src")}
        for path, (what, target) in there.items():
            out = folder / "out.csv"
            before = lambda path=path, out=out: run([*TIDY, path, "-o", out], env=env)  # noqa: E731
            now = lambda path=path, out=out: run([*TIDY, path, "-o", out])  # noqa: E731
            mine, theirs = medians(now, before)
            yield Measure(f"tidy, {what}, against {BEFORE}", mine.cpu, theirs.cpu, "s", target)
