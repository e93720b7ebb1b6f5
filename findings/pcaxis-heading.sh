#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pandas-pcaxis puts figures at the wrong place and year when all variables of a PX file are in its heading.
#
# A PX file has its variables in STUB and HEADING, of which one may be left out. The figures come in the order of the
# variables, the last one fastest. Without a STUB pandas-pcaxis takes one of the heading for the rows, the one whose
# values are years or the longest, and reads the figures as if that one came first. Below, the 4 of Bree in 2020 becomes
# the figure of Genk, without a word. With the same variables in STUB and HEADING all figures are right.
# Seen on 2026-12-01 with pandas-pcaxis 0.2, pandas 3.1.1 and numpy 2.4.6. Expected: the same figures from both files.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pandas-pcaxis==0.2 lark-parser==0.12.0 pandas==3.1.1 numpy==2.4.6

cat >show.py <<'END'
from importlib.metadata import version

from pandas_pcaxis.px_reader import PxParser

INVENTED = """CHARSET="ANSI";
DECIMALS=0;
TITLE="Invented households";
CONTENTS="households";
UNITS="number";
{variables}
VALUES("place")="Alken","Bree","Genk";
VALUES("year")="2020","2021";
DATA=
1 2
4 5
7 8;
"""
print("pandas-pcaxis", version("pandas-pcaxis"), "pandas", version("pandas"))
for variables in ('STUB="place";\nHEADING="year";', 'HEADING="place","year";'):
    frame = PxParser().parse(INVENTED.format(variables=variables)).to_df()
    print(variables.replace("\n", " "))
    if frame.index.name == "year":
        frame = frame.T
    for place, figures in frame.iterrows():
        print(" ", place, figures.to_dict())
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pandas-pcaxis 0.2 pandas 3.1.1
STUB="place"; HEADING="year";
  Alken {'2020': 1, '2021': 2}
  Bree {'2020': 4, '2021': 5}
  Genk {'2020': 7, '2021': 8}
HEADING="place","year";
  Alken {'2020': 1, '2021': 5}
  Bree {'2020': 2, '2021': 7}
  Genk {'2020': 4, '2021': 8}
END
