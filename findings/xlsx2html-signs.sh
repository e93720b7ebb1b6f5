#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# xlsx2html shows 12.5 as 1250.0"%" when its number format is 0.0"%", and 67000, to be shown in thousands, as 67000.0.
#
# Shares are often kept as 12.5 with the sign between quotation marks in the number format, so that Excel shows 12.5%.
# xlsx2html gives the number formats of Excel to Babel, in whose patterns a percent sign multiplies by a hundred and a
# per mille sign by a thousand, wherever it stands, and quotation marks are letters. A comma at the end, with which
# Excel divides by a thousand, does nothing, and a dot in `"ca. "0` is where the figure goes. 0.0% itself is right.
# (That conditions such as [<5] are not read is known: issue 6 of xlsx2html.)
# Seen on 2026-12-01 with xlsx2html 0.6.4, Babel 2.19.0, openpyxl 3.1.5 and XlsxWriter 3.3.1. Expected: as in Excel.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet xlsx2html==0.6.4 babel==2.19.0 openpyxl==3.1.5 xlsxwriter==3.3.1

cat >show.py <<'END'
import re
from html import unescape
from importlib.metadata import version

import xlsx2html
import xlsxwriter

INVENTED = (
    (0.125, "0.0%", "12.5%"),
    (12.5, '0.0"%"', "12.5%"),
    (12.5, '0.0\\ "%"', "12.5 %"),
    (12.5, '0.0"‰"', "12.5‰"),
    (67_000, "0.0,", "67.0"),
    (67, '"ca. "0', "ca. 67"),
    (67, '0" places"', "67 places"),
)
print("xlsx2html", version("xlsx2html"), "babel", version("babel"))
book = xlsxwriter.Workbook("signs.xlsx")
sheet = book.add_worksheet()
for number, (value, form, _) in enumerate(INVENTED):
    sheet.write_number(number, 0, value, book.add_format({"num_format": form}))
book.close()
xlsx2html.xlsx2html("signs.xlsx", "signs.html", locale="en")
with open("signs.html", encoding="utf-8") as file:
    shown = re.findall(r"<td[^>]*>(.*?)</td>", file.read(), re.DOTALL)
for (value, form, excel), text in zip(INVENTED, shown, strict=True):
    print(f"{value} as {form}: Excel {excel}, xlsx2html {unescape(text).strip()}")
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
xlsx2html 0.6.4 babel 2.19.0
0.125 as 0.0%: Excel 12.5%, xlsx2html 12.5%
12.5 as 0.0"%": Excel 12.5%, xlsx2html 1250.0"%"
12.5 as 0.0\ "%": Excel 12.5 %, xlsx2html 1250.0 "%"
12.5 as 0.0"‰": Excel 12.5‰, xlsx2html 12500.0"‰"
67000 as 0.0,: Excel 67.0, xlsx2html 67000.0
67 as "ca. "0: Excel ca. 67, xlsx2html "ca67 "0
67 as 0" places": Excel 67 places, xlsx2html 67" places"
END
