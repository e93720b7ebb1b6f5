# SPDX-License-Identifier: EUPL-1.2
"""How fast `tidy` makes a CSV of big files, against what a user would write in its place.

That is pandas with calamine (or its `read_csv`), `melt` and `to_csv`: without checks, flags and cells. Files are made
here, in a temporary folder, of invented figures. Both run in turns, three times; time is that of the processor.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from measure import Measure, Run, run

TIDY = (sys.executable, "-m", "genk_armoede", "tidy")
PANDAS = """import sys, pandas
path, header, labels = sys.argv[1], *map(int, sys.argv[2:4])
if path.endswith(".csv"):
    frame = pandas.read_csv(path, sep=";")
else:
    frame = pandas.read_excel(path, engine="calamine", header=header)
frame.melt(id_vars=list(frame.columns[:labels])).to_csv(path + ".pandas.csv", index=False)
"""


def swing(sheet, chance: random.Random, rows: int, columns: int = 100) -> None:
    sheet.write_row(0, 0, ["Verzonnen - gemeenten"])
    for column in range(20, columns + 1, 20):
        sheet.write(1, column, f"groep {column // 20} [aantal]")
    sheet.write_row(2, 1, [2000 + column % 20 for column in range(columns)])
    for row in range(3, rows + 3):
        sheet.write_row(row, 0, [f"Gebied {row}", *(chance.randrange(100_000) for _ in range(columns))])
    sheet.write_row(rows + 4, 0, ["Speciale waarden", "- Geen waarde"])
    sheet.write_row(rows + 5, 0, ["Bron", "Verzonnen"])


def upload(sheet, chance: random.Random, rows: int) -> None:
    sheet.write_row(0, 0, ["geolevel", "geoitem", "period", *(f"v_{n}" for n in range(7))])
    for row in range(rows):
        figures = (chance.randrange(100_000) for _ in range(7))
        sheet.write_row(row + 1, 0, ["sector", f"S{row // 20:06}", 2000 + row % 20, *figures])


def open_data(sheet, chance: random.Random, rows: int) -> None:
    names = ["CD_YEAR", "CD_MUNTY_REFNIS", "TX_MUNTY_DESCR_NL", "CD_SEX", "CD_AGE_GROUP", "CD_CIV_STATUS"]
    sheet.write_row(0, 0, [*names, "MS_POPULATION", "MS_NBR_INC", "MS_TOT_NET_INC", "MS_NBR_HOUSEHOLDS"])
    for row in range(rows):
        town = row // 100
        labels = [2020, 11_000 + town, f"Stad {town}", "MV"[row % 2], str(row % 100 // 10), str(row % 10 // 2)]
        sheet.write_row(row + 1, 0, [*labels, *(chance.randrange(100_000) for _ in range(4))])


def table(sheet, chance: random.Random, rows: int) -> None:
    sheet.write_row(0, 0, ["Verzonnen aantal gevallen"])
    sheet.write_row(2, 0, ["Gemeente", *(1924 + n for n in range(99))])
    for row in range(3, rows + 3):
        sheet.write_row(row, 0, [f"Stad {row}", *(chance.randrange(100_000) for _ in range(99))])


RUNS = 3
# What is written, the row of its header, its columns of labels, cells in a row, and of how many cells.
SHAPES = (
    ("Swing", swing, 2, 1, 100, (100_000, 1_000_000)),
    ("Swing upload", upload, 0, 3, 10, (100_000, 1_000_000)),
    ("Statbel open data", open_data, 0, 6, 10, (100_000, 1_000_000)),
    ("plain table", table, 2, 1, 100, (10_000, 100_000, 1_000_000)),
)


def make(path: Path, layout: Callable, rows: int) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        layout(book.add_worksheet("Data"), random.Random(1), rows)
    return path


def as_csv(path: Path, rows: int) -> Path:
    """Open data as text with semicolons."""
    chance = random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write("CD_YEAR;CD_MUNTY_REFNIS;CD_SEX;CD_AGE_GROUP;MS_POPULATION;MS_NBR_INC\n")
        for row in range(rows):
            figures = f"{chance.randrange(100_000)};{chance.randrange(100_000)}"
            file.write(f"2020;{91_000 + row // 100};{'MV'[row % 2]};{row % 100 // 2};{figures}\n")
    return path


def against_pandas(path: Path, header: int, labels: int) -> tuple[Run, Run]:
    """Medians of both, run in turns."""
    pairs = [
        (
            run([*TIDY, path, "-o", path.with_suffix(".tidy.csv")]),
            run([sys.executable, "-c", PANDAS, path, header, labels]),
        )
        for _ in range(RUNS)
    ]
    ours, theirs = (sorted(runs, key=lambda one: one.cpu)[RUNS // 2] for runs in zip(*pairs, strict=True))
    return ours, theirs


def measures() -> list[Measure]:
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for what, layout, header, labels, wide, sizes in SHAPES:
            for cells in sizes:
                path = make(folder / "some.xlsx", layout, cells // wide)
                ours, theirs = against_pandas(path, header, labels)
                found.append(Measure(f"tidy, {what}, {cells:,} cells", ours.cpu, theirs.cpu, "s", 0.6))
            found.append(Measure(f"{what}: memory at {cells:,} cells", ours.peak_mb, theirs.peak_mb, "MB", 0.33))
        for rows in (16_000, 160_000):
            ours, theirs = against_pandas(as_csv(folder / "some.csv", rows), 0, 4)
            found.append(Measure(f"tidy, CSV, {rows * 6:,} cells, against read_csv", ours.cpu, theirs.cpu, "s", 0.7))
        ours, theirs = against_pandas(make(folder / "small.xlsx", table, 2), 2, 1)
        found.append(Measure("tidy, 200 cells", ours.cpu, theirs.cpu, "s", 0.2))
    began = run([sys.executable, "-m", "genk_armoede", "--help"])
    return [*found, Measure("genk-armoede --help, against 0.3 s", began.wall, 0.3, "s", 1)]


if __name__ == "__main__":
    for one in measures():
        print(
            f"{one.what}: {one.ours:.2f} against {one.theirs:.2f} {one.unit}, {one.ratio:.2f}, {one.met=}", flush=True
        )
