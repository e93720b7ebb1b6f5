#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# A code that is the name of a folder loses its leading zero in polars and pandas, and keeps it in DuckDB.
#
# A table that is written in folders such as nis=02000 has its codes in the names of the folders only. polars and pandas
# (pyarrow) tell their type from these names: 02000 becomes 2000, and is joined with nothing. DuckDB sees the zero and
# reads text. A period such as 2019-01-01 becomes a date in polars. With a letter in each name all three read text.
# Seen on 2026-11-30 with pandas 3.1.1, pyarrow 26.0.1, polars 2.1.0 and duckdb 2.0.1. Expected: what was written, text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pandas==3.1.1 numpy==2.4.6 pyarrow==26.0.1 polars==2.1.0 duckdb==2.0.1

cat >show.py <<'END'
import duckdb
import pandas
import polars
import pyarrow

print("pandas", pandas.__version__, "pyarrow", pyarrow.__version__, "polars", polars.__version__, "duckdb", duckdb.__version__)
for name, codes in (("digits", ["02000", "71016"]), ("letters", ["nis02000", "nis71016"])):
    pandas.DataFrame({"nis": codes, "value": [1, 2]}).to_parquet(name, partition_cols=["nis"])
    print("pandas:", pandas.read_parquet(name)["nis"].tolist())
    print("polars:", polars.read_parquet(name)["nis"].to_list())
    print("duckdb:", [row[0] for row in duckdb.sql(f"select nis from '{name}/*/*.parquet' order by 1").fetchall()])
pandas.DataFrame({"period": ["2019-01-01"], "value": [1]}).to_parquet("days", partition_cols=["period"])
print("polars:", polars.read_parquet("days")["period"].to_list())
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pandas 3.1.1 pyarrow 26.0.1 polars 2.1.0 duckdb 2.0.1
pandas: [2000, 71016]
polars: [2000, 71016]
duckdb: ['02000', '71016']
pandas: ['nis02000', 'nis71016']
polars: ['nis02000', 'nis71016']
duckdb: ['nis02000', 'nis71016']
polars: [datetime.date(2019, 1, 1)]
END
