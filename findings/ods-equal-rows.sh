#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Of equal rows in an ODS tablib and pyexcel-ods read only the first: three households become one.
#
# Rows of an ODS that are the same and follow each other may be written as one, with table:number-rows-repeated, which
# Excel for the web does (pull request 308 of calamine). tablib and pyexcel-ods pass over the number: a list of cases
# has too few rows and sums that are too low, with no error. pandas, calamine and pyexcel-ods3, the sister of
# pyexcel-ods, read all of them. (That tablib leaves out repeated cells too, and moves what follows to the left, is
# known: pull request 616 of tablib.)
# Seen on 2026-12-01 with the versions below. Expected: as many rows as the number says.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet tablib==3.10.0 pyexcel-ods==0.6.0 pyexcel-ods3==0.6.1 pyexcel-io==0.6.8
venv/bin/python -m pip install --quiet odfpy==1.4.1 pandas==3.1.1 numpy==2.4.6 python-calamine==0.9.1

cat >show.py <<'END'
from importlib.metadata import version
from pathlib import Path

import pandas
import tablib
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from pyexcel_io import get_data

INVENTED = ((1, "place", "children"), (3, "Genk", 2), (1, "Bree", 1), (2, "Genk", 3))


def cell(value):
    kind = {"valuetype": "string"} if isinstance(value, str) else {"valuetype": "float", "value": str(value)}
    made = TableCell(**kind)
    made.addElement(P(text=str(value)))
    return made


print(*(f"{name} {version(name)}" for name in ("tablib", "pyexcel-ods", "pyexcel-ods3", "pandas", "python-calamine")))
book, table = OpenDocumentSpreadsheet(), Table(name="Sheet1")
for times, *values in INVENTED:
    row = TableRow(numberrowsrepeated=str(times)) if times > 1 else TableRow()
    for value in values:
        row.addElement(cell(value))
    table.addElement(row)
book.spreadsheet.addElement(table)
book.save("households.ods")
rows = {
    "tablib": list(tablib.Dataset().load(Path("households.ods").read_bytes(), "ods")),
    "pyexcel-ods": get_data("households.ods", library="pyexcel-ods")["Sheet1"][1:],
    "pyexcel-ods3": get_data("households.ods", library="pyexcel-ods3")["Sheet1"][1:],
    "pandas, odf": pandas.read_excel("households.ods", engine="odf").values.tolist(),
    "pandas, calamine": pandas.read_excel("households.ods", engine="calamine").values.tolist(),
}
for name, read in rows.items():
    print(f"{name}: {len(read)} households, {sum(int(row[1]) for row in read)} children")
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
tablib 3.10.0 pyexcel-ods 0.6.0 pyexcel-ods3 0.6.1 pandas 3.1.1 python-calamine 0.9.1
tablib: 3 households, 6 children
pyexcel-ods: 3 households, 6 children
pyexcel-ods3: 6 households, 13 children
pandas, odf: 6 households, 13 children
pandas, calamine: 6 households, 13 children
END
