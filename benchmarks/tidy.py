# SPDX-License-Identifier: EUPL-1.2
"""How fast `tidy` reads big files, against pandas and against unzipping and parsing the same sheet.

Every file is made here, in a temporary folder, of invented figures. The cost of a cell is that of the processor time of
a whole run, less that of a run on a file of a few cells (which is the start of the process), divided by the cells.
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
PANDAS = "import sys, pandas; pandas.read_excel(sys.argv[1], engine='openpyxl', header=None)"
FLOOR = (
    "import sys, zipfile, xml.parsers.expat as x; p = x.ParserCreate()\n"
    "with zipfile.ZipFile(sys.argv[1]).open('xl/worksheets/sheet1.xml') as s: p.ParseFile(s)"
)


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


def make(path: Path, layout: Callable, rows: int) -> Path:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        layout(book.add_worksheet("Data"), random.Random(1), rows)
    return path


def tidy(path: Path) -> Run:
    return run([*TIDY, path, "-o", path.with_suffix(".csv")])


def measures() -> list[Measure]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, million = make(folder / "small.xlsx", swing, 3), make(folder / "million.xlsx", swing, 10_000)
        start, pandas = tidy(small), run([sys.executable, "-c", PANDAS, million])
        ours, floor = tidy(million), run([sys.executable, "-c", FLOOR, million])
        found = [
            Measure("tidy, Swing of a million cells, against pandas.read_excel", ours.cpu, pandas.cpu, "s", 1 / 6),
            Measure("the same, memory", ours.peak_mb, pandas.peak_mb, "MB", 1 / 2),
            Measure("the same, against unzip + expat", ours.cpu, floor.cpu, "s", 6),
        ]
        for what, layout, rows in (
            ("Swing upload", upload, 100_000),
            ("Statbel open data", open_data, 100_000),
            ("plain table", table, 10_000),
        ):
            path = make(folder / "other.xlsx", layout, rows)
            pandas = run([sys.executable, "-c", PANDAS, path])
            found.append(
                Measure(f"tidy, {what} of a million cells, against pandas", tidy(path).cpu, pandas.cpu, "s", 1)
            )
        costs = {}
        for cells in (10_000, 100_000, 5_000_000):
            costs[cells] = (tidy(make(folder / "some.xlsx", swing, cells // 100)).cpu - start.cpu) / cells * 1e6
        costs[1_000_000] = ours.cpu - start.cpu
        for cells in (10_000, 100_000, 5_000_000):
            what = f"tidy, a cell of {cells:,} against one of a million"
            found.append(Measure(what, costs[cells], costs[1_000_000], "µs", 1.2))
        began = run([sys.executable, "-m", "genk_armoede", "--help"])
        return [*found, Measure("genk-armoede --help, against 0.3 s", began.wall, 0.3, "s", 1)]


if __name__ == "__main__":
    for one in measures():
        print(
            f"{one.what}: {one.ours:.2f} against {one.theirs:.2f} {one.unit}, {one.ratio:.2f}, {one.met=}", flush=True
        )
