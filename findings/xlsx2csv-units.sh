#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# xlsx2csv writes 1204 as `0" 12uis12ou18ens"` when its number format names the unit, huishoudens.
#
# A number format such as 0" huishoudens" shows a number with its unit. xlsx2csv takes each format with d, h, m, s or y
# in it for that of a date, between quotation marks as well, and fills in the day and the hour of the 1204th day since
# 1900: the figure is gone. `personen` and `inwoners` (s) are left as words without a figure; `euro` and `gezinnen`
# have none of these letters and are right. Of percentages 0% is rounded and has its sign, 0.0% is a fraction.
# polars.read_excel(engine="xlsx2csv") has the same texts.
# Seen on 2026-11-30 with xlsx2csv 0.8.6, polars 2.1.0 and XlsxWriter 3.3.1. Expected: 1204, as other readers give.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet xlsx2csv==0.8.6 polars==2.1.0 xlsxwriter==3.3.1

cat >show.py <<'END'
import io
from importlib.metadata import version

import polars
import xlsxwriter
from xlsx2csv import Xlsx2csv

print("xlsx2csv", version("xlsx2csv"), "polars", version("polars"))
book = xlsxwriter.Workbook("units.xlsx")
sheet = book.add_worksheet()
units = ("huishoudens", "kinderen", "personen", "inwoners", "gezinnen", "euro")
figures = [(1204, f'0" {unit}"') for unit in units] + [(0.1254, "0%"), (0.1254, "0.0%"), (0.1254, "0.00%")]
for row, (figure, shown) in enumerate(figures):
    sheet.write(row, 0, figure, book.add_format({"num_format": shown}))
book.close()
lines = io.StringIO()
Xlsx2csv("units.xlsx").convert(lines)
table = polars.read_excel("units.xlsx", engine="xlsx2csv", has_header=False, infer_schema_length=None)
for (figure, shown), line, value in zip(figures, lines.getvalue().splitlines(), table["column_0"], strict=True):
    print(figure, shown, "|", line, "|", value)
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
xlsx2csv 0.8.6 polars 2.1.0
1204 0" huishoudens" | "0"" 12uis12ou18ens""" | 0" 12uis12ou18ens"
1204 0" kinderen" | "0"" kin18eren""" | 0" kin18eren"
1204 0" personen" | "0"" personen""" | 0" personen"
1204 0" inwoners" | "0"" inwoners""" | 0" inwoners"
1204 0" gezinnen" | 1204 | 1204
1204 0" euro" | 1204 | 1204
0.1254 0% | 13% | 13%
0.1254 0.0% | 0.125 | 0.1254
0.1254 0.00% | 12.54% | 12.54%
END
