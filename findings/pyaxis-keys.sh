#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pyaxis cannot read a PX file with KEYS, and reads one of which the end is missing when its figures happen to be there.
#
# With KEYS each row of figures begins with the values that it is of, and rows may be left out. pyaxis drops the keys
# and fails on the number of figures, with an error of pandas. The semicolon that closes DATA, which tells
# a whole file from one that was cut off, is not asked for: when a download stops in the last figure, 85 is read as 8.
# Seen on 2026-11-30 with pyaxis 0.4.3, pandas 3.1.1 and numpy 2.4.6. Expected: the rows by their keys; an error for the
# file without an end.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pyaxis==0.4.3 pandas==3.1.1 numpy==2.4.6

cat >show.py <<'END'
from importlib.metadata import version

from pyaxis import pyaxis

HEAD = """CHARSET="ANSI";
CODEPAGE="utf-8";
TITLE="Invented";
STUB="place","sex";
HEADING="year";
VALUES("place")="A","B";
VALUES("sex")="m","f";
VALUES("year")="2020","2021";
"""
KEYS = 'KEYS("place")=VALUES;\nKEYS("sex")=VALUES;\n'
FILES = {
    "keys": HEAD + KEYS + 'DATA=\n"A","m",1 2\n"B","f",3 4;\n',
    "whole": HEAD + "DATA=\n1 2 3 4\n5 6 7 85;\n",
    "cut off": HEAD + "DATA=\n1 2 3 4\n5 6 7 8",
}
print("pyaxis", version("pyaxis"), "pandas", version("pandas"))
for name, text in FILES.items():
    with open("table.px", "w") as file:
        file.write(text)
    try:
        print(name, pyaxis.parse(uri="table.px", encoding="utf-8")["DATA"]["DATA"].tolist())
    except ValueError as error:
        print(name, type(error).__name__, error)
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pyaxis 0.4.3 pandas 3.1.1
keys ValueError Length of values (4) does not match length of index (8)
whole ['1', '2', '3', '4', '5', '6', '7', '85']
cut off ['1', '2', '3', '4', '5', '6', '7', '8']
END
