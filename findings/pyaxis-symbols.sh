#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pyaxis keeps the quotation marks around a PX file's "..." and "-".
#
# A PX file writes a missing figure as one to six dots or a dash between quotation marks, and DATASYMBOL1 to
# DATASYMBOL6 and DATASYMBOLNIL say what each means. pyaxis replaces "." and ".." only: the others come out as text
# with quotation marks inside. A figure that is confidential ("..." here) is then no missing value for pandas.
# Seen on 2026-11-30 with pyaxis 0.4.3, pandas 3.1.1 and numpy 2.4.6. Expected: one treatment for all of them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pyaxis==0.4.3 pandas==3.1.1 numpy==2.4.6

cat >table.px <<'END'
CHARSET="ANSI";
AXIS-VERSION="2013";
CODEPAGE="utf-8";
LANGUAGE="en";
DECIMALS=0;
SHOWDECIMALS=0;
MATRIX="invented";
SUBJECT-CODE="INV";
SUBJECT-AREA="Invented";
TITLE="Invented counts by place and year";
CONTENTS="Invented counts";
UNITS="persons";
STUB="place";
HEADING="year";
VALUES("place")="A","B";
VALUES("year")="2020","2021","2022";
DATASYMBOL1="not available";
DATASYMBOL2="not asked";
DATASYMBOL3="confidential";
DATASYMBOLNIL="none";
DATA=
1 "." ".."
"..." "-" 6;
END

cat >show.py <<'END'
from importlib.metadata import version

from pyaxis import pyaxis

print("pyaxis", version("pyaxis"), "pandas", version("pandas"))
data = pyaxis.parse(uri="table.px", encoding="utf-8")["DATA"]
for place, year, value in data.itertuples(index=False):
    print(place, year, repr(value))
END

venv/bin/python show.py | tee seen
diff - seen <<'END'
pyaxis 0.4.3 pandas 3.1.1
A 2020 '1'
A 2021 ''
A 2022 nan
B 2020 '"..."'
B 2021 '"-"'
B 2022 '6'
END
