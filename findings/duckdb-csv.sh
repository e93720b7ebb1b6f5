#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# DuckDB takes Excel's line `sep=;` for the header of a CSV, and with thousands='.' reads 12.5 as 125.
#
# Excel writes and reads `sep=;` as the first line of a CSV to name its separator. DuckDB, asked for that separator or
# not, makes it the header, and the true header becomes a row. With thousands='.' a dot is dropped wherever it stands:
# nothing asks whether groups of three digits follow. A column that is half in Dutch and half in English notation is
# then a column of numbers, some of them ten times too large.
# Seen on 2026-11-30 with duckdb 2.0.1. Expected: the line read as what it is; an error for 12.5, or text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet duckdb==2.0.1

printf 'sep=;\nplace;count\nA;1\nB;2\n' >separator.csv
printf 'place;count\nA;1.234\nB;12.5\nC;1.234,5\n' >thousands.csv

cat >show.py <<'END'
import duckdb

print("duckdb", duckdb.__version__)
for asked in ("", ", delim=';'"):
    table = duckdb.sql(f"from read_csv('separator.csv'{asked})")
    print(table.columns, table.fetchall())
table = duckdb.sql("from read_csv('thousands.csv', delim=';', thousands='.', decimal_separator=',')")
print(table.fetchall())
END

venv/bin/python show.py | tee seen
diff - seen <<'END'
duckdb 2.0.1
['sep=', 'column1'] [('place', 'count'), ('A', '1'), ('B', '2')]
['sep=', 'column1'] [('place', 'count'), ('A', '1'), ('B', '2')]
[('A', 1234.0), ('B', 125.0), ('C', 1234.5)]
END
