#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# DuckDB reads the values of a sparse JSON-stat dataset as a STRUCT or as a MAP, by how many there are.
#
# A sparse dataset has an object of values, `{"0": 14.1, "7": 12.7}`. Below 200 keys DuckDB makes a column of each key
# (STRUCT), from there on a MAP, so that a query which works on an extract fails on the whole table, and the other way
# round. A file in which a key stands twice is an error for DuckDB; Python's json takes the last without a word.
# Seen on 2026-11-30 with duckdb 2.0.1. Expected: one type for one format, or an option that is on by default.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet duckdb==2.0.1

cat >show.py <<'END'
import json

import duckdb

print("duckdb", duckdb.__version__)
for count in (199, 200):
    with open("values.json", "w") as file:
        json.dump({"value": {str(place): place + 0.5 for place in range(count)}}, file)
    print(count, duckdb.sql("select typeof(value) from 'values.json'").fetchall()[0][0][:24])
    for query in ("value['7']", "map_keys(value)[1]"):
        try:
            print(query, duckdb.sql(f"select {query} from 'values.json'").fetchall())
        except duckdb.Error as error:
            print(query, type(error).__name__)
with open("twice.json", "w") as file:
    file.write('{"value": [1, 2], "value": [3]}')
print("json:", json.load(open("twice.json")))
try:
    print("duckdb:", duckdb.sql("from 'twice.json'").fetchall())
except duckdb.Error as error:
    print("duckdb:", type(error).__name__)
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
duckdb 2.0.1
199 STRUCT("0" DOUBLE, "1" D
value['7'] [(7.5,)]
map_keys(value)[1] BinderException
200 MAP(VARCHAR, DOUBLE)
value['7'] [(7.5,)]
map_keys(value)[1] [('0',)]
json: {'value': [3]}
duckdb: InvalidInputException
END
