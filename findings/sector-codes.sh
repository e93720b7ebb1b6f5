#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Codes of Statbel's statistical sectors such as 71016E12 are read as numbers: 7.1016e+16.
#
# A sector is five digits, a letter and digits or more letters. With E for the letter a code is a number in scientific
# notation, so that pandas, polars and DuckDB make doubles of a column of them, without a word: 71016E00 is then 71016,
# the code of the municipality, and E400 is infinite. With one code of another letter in it the column is text.
# Seen on 2026-11-30 with pandas 3.1.1, polars 2.1.0 and duckdb 2.0.1. Expected: text, because no reader of the file can
# tell a code from a number, or a warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pandas==3.1.1 numpy==2.4.6 polars==2.1.0 duckdb==2.0.1

cat >show.py <<'END'
import duckdb
import pandas
import polars

print("pandas", pandas.__version__, "polars", polars.__version__, "duckdb", duckdb.__version__)
for codes in (["71016E00", "71016E12"], ["71016E00", "71016A12"]):
    with open("sectors.csv", "w") as file:
        file.write("sector,count\n" + "".join(f"{code},1\n" for code in codes))
    print("pandas:", pandas.read_csv("sectors.csv")["sector"].tolist())
    print("polars:", polars.read_csv("sectors.csv")["sector"].to_list())
    print("duckdb:", [row[0] for row in duckdb.sql("from 'sectors.csv'").fetchall()])
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pandas 3.1.1 polars 2.1.0 duckdb 2.0.1
pandas: [71016.0, 7.1016e+16]
polars: [71016.0, 7.1016e+16]
duckdb: [71016.0, 7.1016e+16]
pandas: ['71016E00', '71016A12']
polars: ['71016E00', '71016A12']
duckdb: ['71016E00', '71016A12']
END
