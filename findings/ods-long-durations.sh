#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A duration of more than a day in an ODS is a figure to one reader, text to another, and keeps two from the whole file.
#
# LibreOffice writes a cell that shows 36:30 as `office:time-value="PT36H30M00S"`. pandas refuses the sheet with its own
# engine (hours end at 23), and gives the text PT36H30M00S with calamine, as ezodf does; tablib refuses the sheet.
# pyexcel-ods3 has it right. What lasts less than a day is a time of the day to all but ezodf.
# Seen on 2026-11-30 with the versions below. Expected: a duration, as in an xlsx.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pandas==3.1.1 odfpy==1.4.1 python-calamine==0.9.1 ezodf==0.3.2 tablib==3.10.0 pyexcel-ods3==0.6.1 lxml==6.1.3

cat >show.py <<'END'
import warnings
import zipfile
from importlib.metadata import version

import ezodf
import pandas as pd
import pyexcel_ods3
import tablib

warnings.simplefilter("ignore")
NAMES = "urn:oasis:names:tc:opendocument:xmlns:"
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def written(path, hours):
    """A sheet with a header and one duration."""
    spaces = " ".join(f'xmlns:{name}="{NAMES}{name}:1.0"' for name in ("office", "table", "text"))
    cell = f'<table:table-cell office:value-type="time" office:time-value="PT{hours}H30M00S"><text:p>{hours}:30</text:p>'
    header = '<table:table-cell office:value-type="string"><text:p>hours</text:p></table:table-cell>'
    rows = f"<table:table-row>{header}</table:table-row><table:table-row>{cell}</table:table-cell></table:table-row>"
    body = f'<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet>'
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", KIND)
        packed.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{NAMES}manifest:1.0"><manifest:file-entry manifest:full-path="/" '
            f'manifest:media-type="{KIND}"/><manifest:file-entry manifest:full-path="content.xml" '
            'manifest:media-type="text/xml"/></manifest:manifest>',
        )
        content = f'<office:document-content {spaces} office:version="1.2">{body}</office:body></office:document-content>'
        packed.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return path


READERS = {
    "pandas": lambda path: pd.read_excel(path, engine="odf").iloc[0, 0],
    "pandas calamine": lambda path: pd.read_excel(path, engine="calamine").iloc[0, 0],
    "ezodf": lambda path: ezodf.opendoc(path).sheets[0]["A2"].value,
    "tablib": lambda path: tablib.Dataset().load(open(path, "rb").read(), format="ods")[0][0],
    "pyexcel-ods3": lambda path: pyexcel_ods3.get_data(path)["S"][1][0],
}
print(*(f"{name} {version(name)}" for name in ("pandas", "odfpy", "python-calamine", "ezodf", "tablib", "pyexcel-ods3")))
for hours in (12, 36):
    path = written(f"{hours}.ods", hours)
    for name, read in READERS.items():
        try:
            found = repr(read(path))
        except ValueError as error:
            found = f"refused: {error}"
        print(f"{hours}:30", name, found)
END

venv/bin/python show.py | tee seen
diff - seen <<'END'
pandas 3.1.1 odfpy 1.4.1 python-calamine 0.9.1 ezodf 0.3.2 tablib 3.10.0 pyexcel-ods3 0.6.1
12:30 pandas datetime.time(12, 30)
12:30 pandas calamine datetime.time(12, 30)
12:30 ezodf 'PT12H30M00S'
12:30 tablib datetime.time(12, 30)
12:30 pyexcel-ods3 datetime.time(12, 30)
36:30 pandas refused: hour must be in 0..23: 36:30
36:30 pandas calamine 'PT36H30M00S'
36:30 ezodf 'PT36H30M00S'
36:30 tablib refused: time data 'PT36H30M00S' does not match format '%H:%M:%S'
36:30 pyexcel-ods3 datetime.timedelta(days=1, seconds=45000)
END
