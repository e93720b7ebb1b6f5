#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A mark such as `<5` below the first rows of a sheet becomes null in polars and fastexcel, without a word.
#
# polars.read_excel tells the type of a column from its first 100 rows, fastexcel from its first 1000. A column of
# numbers whose first mark stands lower is a column of numbers: the mark is null, as a blank cell is, and "hidden",
# "not asked" and "not filled in" are the same from there on. No error, no warning. With a mark among the first rows
# the whole column is text and the mark stays.
# Seen on 2026-11-30 with polars 2.1.0, fastexcel 0.21.0 and XlsxWriter 3.3.1. Expected: an error, as for a CSV.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet polars==2.1.0 fastexcel==0.21.0 xlsxwriter==3.3.1

cat >show.py <<'END'
from importlib.metadata import version

import fastexcel
import polars
import xlsxwriter


def sheet(name: str, mark: int) -> str:
    """An invented sheet of 1200 places, with `<5` for one of them."""
    book = xlsxwriter.Workbook(name)
    page = book.add_worksheet()
    page.write_row(0, 0, ["place", "count"])
    for place in range(1, 1201):
        page.write_row(place, 0, [f"place {place}", "<5" if place == mark else place])
    book.close()
    return name


print("polars", version("polars"), "fastexcel", version("fastexcel"))
for place in (100, 101):
    row = polars.read_excel(sheet("late.xlsx", place)).row(place - 1)
    print("polars:", row)
for place in (999, 1100):
    row = fastexcel.read_excel(sheet("later.xlsx", place)).load_sheet(0).to_polars().row(place - 1)
    print("fastexcel:", row)
with open("late.csv", "w") as file:
    file.write("place,count\n" + "".join(f"place {n},{'<5' if n == 101 else n}\n" for n in range(1, 1201)))
try:
    print("polars, CSV:", polars.read_csv("late.csv").row(100))
except polars.exceptions.ComputeError:
    print("polars, CSV: an error")
END

venv/bin/python show.py | tee seen
diff - seen <<'END'
polars 2.1.0 fastexcel 0.21.0
polars: ('place 100', '<5')
polars: ('place 101', None)
fastexcel: ('place 999', '<5')
fastexcel: ('place 1100', None)
polars, CSV: an error
END
