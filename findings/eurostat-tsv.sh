#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# In Eurostat's TSV a column is numbers or text with spaces behind it, by whether any figure of it is missing.
#
# Eurostat puts a space behind each figure, for a flag that may stand there, and writes `: ` for a missing one. pandas
# drops the spaces of a column that is all numbers; one `: ` or one flag makes all of it text, spaces and all, so that
# 14.1 is no longer equal to "14.1". polars keeps all columns as text; DuckDB drops the space in the header only.
# Seen on 2026-11-30 with pandas 3.1.1, polars 2.1.0 and duckdb 2.0.1. Expected: one treatment of spaces in each.
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
with open("rates.tsv", "w") as file:
    file.write("geo\\TIME_PERIOD\t2020 \t2021 \nA\t14.1 \t12.7 \nB\t: \t7.8 \n")
table = pandas.read_csv("rates.tsv", sep="\t")
print("pandas:", table.columns.tolist(), [table[name].tolist() for name in table.columns[1:]])
table = polars.read_csv("rates.tsv", separator="\t")
print("polars:", table.columns, [table[name].to_list() for name in table.columns[1:]])
table = duckdb.sql("from read_csv('rates.tsv', delim='\t')")
print("duckdb:", table.columns, table.fetchall())
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pandas 3.1.1 polars 2.1.0 duckdb 2.0.1
pandas: ['geo\\TIME_PERIOD', '2020 ', '2021 '] [['14.1 ', ': '], [12.7, 7.8]]
polars: ['geo\\TIME_PERIOD', '2020 ', '2021 '] [['14.1 ', ': '], ['12.7 ', '7.8 ']]
duckdb: ['geo\\TIME_PERIOD', '2020', '2021'] [('A', '14.1 ', '12.7 '), ('B', ': ', '7.8 ')]
END
