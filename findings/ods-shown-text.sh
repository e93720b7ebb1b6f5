#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pandas' odf engine reads true as false in an ODS that was saved in Dutch, and 12 minutes 30 as half past twelve.
#
# A cell of an ODS has its value in an attribute and what is shown as text: office:boolean-value="true" beside WAAR. For
# booleans and durations pandas' odf engine reads the text: whatever is not TRUE in English is False, and a duration of
# 12 min 30 s that is shown as 12:30 is 12 hours and 30 minutes. calamine reads the values. It leaves out a cell with an
# error, which is blank from there on, where odf has its word in the language of the file. Percentages and dates are
# the same in both.
# Seen on 2026-11-30 with pandas 3.1.1, odfpy 1.4.1 and python-calamine 0.9.1. Expected: the values, and an error that
# is neither a word nor a blank.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pandas==3.1.1 numpy==2.4.6 odfpy==1.4.1 python-calamine==0.9.1

cat >show.py <<'END'
from importlib.metadata import version

import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

CELLS = (
    ("WAAR", {"valuetype": "boolean", "booleanvalue": "true"}),
    ("TRUE", {"valuetype": "boolean", "booleanvalue": "true"}),
    ("12:30", {"valuetype": "time", "timevalue": "PT00H12M30S"}),
    ("#DEEL/0!", {"valuetype": "string", "stringvalue": "", "formula": "of:=1/0"}),
    ("12,5 %", {"valuetype": "percentage", "value": "0.125"}),
    ("30-11-26", {"valuetype": "date", "datevalue": "2026-11-30"}),
)
print("pandas", version("pandas"), "odfpy", version("odfpy"), "python-calamine", version("python-calamine"))
book, table, row = OpenDocumentSpreadsheet(), Table(name="Sheet1"), TableRow()
for shown, value in CELLS:
    cell = TableCell(**value)
    cell.addElement(P(text=shown))
    row.addElement(cell)
table.addElement(row)
book.spreadsheet.addElement(table)
book.save("cells.ods")
odf, calamine = (pandas.read_excel("cells.ods", engine=engine, header=None).iloc[0] for engine in ("odf", "calamine"))
for (shown, _), first, second in zip(CELLS, odf, calamine, strict=True):
    print(f"{shown}: odf {first}, calamine {second}")
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pandas 3.1.1 odfpy 1.4.1 python-calamine 0.9.1
WAAR: odf False, calamine True
TRUE: odf True, calamine True
12:30: odf 12:30:00, calamine 00:12:30
#DEEL/0!: odf #DEEL/0!, calamine nan
12,5 %: odf 0.125, calamine 0.125
30-11-26: odf 2026-11-30 00:00:00, calamine 2026-11-30 00:00:00
END
