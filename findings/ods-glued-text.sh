#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# In an ODS a text box on a cell is read as part of it by pandas, and two lines of a cell are one number for calamine.
#
# A drawing that is anchored to a cell stands in that cell in the file, before its text. pandas' odf engine puts the
# text of a box before that of the cell with nothing between: a box `2` on the place Genk gives 2Genk, on a text 14 the
# number 214. calamine has a line break there. The other way round, calamine drops <text:line-break/> and <text:tab/>,
# so that 12 with 14 below it in one cell becomes 1214; odf keeps the break (issue 53924 of pandas) and drops the tab.
# Seen on 2026-11-30 with pandas 3.1.1, odfpy 1.4.1, python-calamine 0.9.1, polars 2.1.0 and fastexcel 0.21.0.
# Expected: the text of the cell without that of the box, and a sign between two lines.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pandas==3.1.1 numpy==2.4.6 odfpy==1.4.1 python-calamine==0.9.1 polars==2.1.0
venv/bin/python -m pip install --quiet fastexcel==0.21.0

cat >show.py <<'END'
from collections.abc import Callable
from importlib.metadata import version

import pandas
import polars
from odf.draw import Frame, TextBox
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import LineBreak, P, Tab


def text(first: str, between: Callable[[], Element] | None = None, second: str = "", box: str = "") -> Element:
    """A cell of text: two parts with a break or a tab between, and a text box that is anchored to it."""
    cell, paragraph = TableCell(valuetype="string"), P(text=first)
    if box:
        frame, inside = Frame(width="1cm", height="1cm"), TextBox()
        inside.addElement(P(text=box))
        frame.addElement(inside)
        cell.addElement(frame)
    if between:
        paragraph.addElement(between())
        paragraph.addText(second)
    cell.addElement(paragraph)
    return cell


def write(name: str, *rows: tuple[Element, ...]) -> None:
    """A workbook with these rows."""
    book, table = OpenDocumentSpreadsheet(), Table(name="Sheet1")
    for cells in rows:
        row = TableRow()
        for cell in cells:
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(name)


print("pandas", version("pandas"), "odfpy", version("odfpy"), "python-calamine", version("python-calamine"))
print("polars", version("polars"), "fastexcel", version("fastexcel"))
write("box.ods", (text("place"), text("count")), (text("Genk", box="2"), text("14", box="2")), (text("B"), text("7")))
lines = (text("A", Tab, "1"), text("12", LineBreak, "14"))
write("lines.ods", (text("place"), text("count")), lines, (text("B"), text("7")))
for name in ("box.ods", "lines.ods"):
    for engine in ("odf", "calamine"):
        table = pandas.read_excel(name, engine=engine)
        print(f"{name}, pandas, {engine}:", table.values.tolist(), table["count"].dtype)
    print(f"{name}, polars:", polars.read_excel(name).rows())
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pandas 3.1.1 odfpy 1.4.1 python-calamine 0.9.1
polars 2.1.0 fastexcel 0.21.0
box.ods, pandas, odf: [['2Genk', 214], ['B', 7]] int64
box.ods, pandas, calamine: [['2\nGenk', '2\n14'], ['B', '7']] str
box.ods, polars: [('2\nGenk', '2\n14'), ('B', '7')]
lines.ods, pandas, odf: [['A1', '12\n14'], ['B', '7']] str
lines.ods, pandas, calamine: [['A1', 1214], ['B', 7]] int64
lines.ods, polars: [('A1', '1214'), ('B', '7')]
END
