#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A footnote mark in superscript becomes a digit of the figure: 12 with a raised 1 is read as 121, as a number.
#
# In a sheet the mark of a note is a raised run of text in the cell of the figure, and a figure that was replaced is
# often left there, struck out, before the new one. Readers put the runs of a cell together without a word about how
# they look. A column with such cells is text, and pandas, which makes numbers of such a column by itself, has whole
# numbers in the end: no error, no NaN, no text that stands out. polars does so when whole numbers are asked for. An ODS
# gives the same in both engines of pandas. Only openpyxl shows the runs, with rich_text=True.
# Seen on 2026-11-30 with pandas 3.1.1, polars 2.1.0, fastexcel 0.21.0, openpyxl 3.1.5, python-calamine 0.9.1,
# odfpy 1.4.1 and XlsxWriter 3.3.1. Expected: text with a sign between the runs, or the raised and struck runs apart.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pandas==3.1.1 numpy==2.4.6 polars==2.1.0 fastexcel==0.21.0 openpyxl==3.1.5
venv/bin/python -m pip install --quiet python-calamine==0.9.1 odfpy==1.4.1 xlsxwriter==3.3.1

cat >show.py <<'END'
from importlib.metadata import version

import openpyxl
import pandas
import polars
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TextProperties
from odf.table import Table, TableCell, TableRow
from odf.text import P, Span


def excel(name: str) -> None:
    """A with 12 and note 1, B with 85 struck out and 58 behind it, C with 7 as text."""
    book = xlsxwriter.Workbook(name)
    raised, struck = book.add_format({"font_script": 1}), book.add_format({"font_strikeout": True})
    sheet = book.add_worksheet()
    sheet.write_row("A1", ["place", "count"])
    sheet.write_column("A2", ["A", "B", "C"])
    sheet.write_rich_string("B2", "12", raised, "1")
    sheet.write_rich_string("B3", struck, "85", "58")
    sheet.write_string("B4", "7")
    book.close()


def open_document(name: str) -> None:
    """The same for A and B."""
    book = OpenDocumentSpreadsheet()
    for style, how in (("raised", {"textposition": "super 58%"}), ("struck", {"textlinethroughstyle": "solid"})):
        style = Style(name=style, family="text")
        style.addElement(TextProperties(**how))
        book.automaticstyles.addElement(style)
    table = Table(name="Sheet1")
    rows = (("place", ("", "count")), ("A", ("", "12"), ("raised", "1")), ("B", ("struck", "85"), ("", "58")))
    for place, *runs in rows:
        row = TableRow()
        for texts in ([("", place)], runs):
            cell, paragraph = TableCell(valuetype="string"), P()
            for style, text in texts:
                paragraph.addElement(Span(stylename=style, text=text)) if style else paragraph.addText(text)
            cell.addElement(paragraph)
            row.addElement(cell)
        table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(name)


print("pandas", version("pandas"), "polars", version("polars"), "fastexcel", version("fastexcel"))
print("openpyxl", version("openpyxl"), "python-calamine", version("python-calamine"), "odfpy", version("odfpy"))
excel("counts.xlsx")
open_document("counts.ods")
for ending, engine in (("xlsx", "openpyxl"), ("xlsx", "calamine"), ("ods", "odf"), ("ods", "calamine")):
    column = pandas.read_excel(f"counts.{ending}", engine=engine)["count"]
    print(f"pandas, {engine}, {ending}:", column.tolist(), column.dtype)
print("polars:", polars.read_excel("counts.xlsx")["count"].to_list())
print("polars:", polars.read_excel("counts.xlsx", schema_overrides={"count": polars.Int64})["count"].to_list())
for row in openpyxl.load_workbook("counts.xlsx", rich_text=True).active["B2:B3"]:
    runs = [run if isinstance(run, str) else (run.text, run.font.vertAlign, run.font.strike) for run in row[0].value]
    print("openpyxl, rich_text:", runs)
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pandas 3.1.1 polars 2.1.0 fastexcel 0.21.0
openpyxl 3.1.5 python-calamine 0.9.1 odfpy 1.4.1
pandas, openpyxl, xlsx: [121, 8558, 7] int64
pandas, calamine, xlsx: [121, 8558, 7] int64
pandas, odf, ods: [121, 8558] int64
pandas, calamine, ods: [121, 8558] int64
polars: ['121', '8558', '7']
polars: [121, 8558, 7]
openpyxl, rich_text: ['12', ('1', 'superscript', None)]
openpyxl, rich_text: [('85', None, True), ('58', None, None)]
END
