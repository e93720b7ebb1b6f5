#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# With bareNumber: false, the option for `12 %`, frictionless reads <5, (5), −5 and .5 as 5, and the table is valid.
#
# A number of a Table Schema with bareNumber: false may have other characters around it, such as % or EUR, which are
# dropped. frictionless drops all of them up to the first digit or hyphen: a figure that is hidden (<5), one in
# brackets, one with the minus sign that tables are set with (U+2212) and a fraction without its zero are all 5, and
# valid. The hyphen went lost as well until issue 1520 of frictionless-py.
# Seen on 2026-11-30 with frictionless 5.21.0. Expected: an error for a sign that says something about the figure.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet frictionless==5.21.0

cat >show.py <<'END'
from importlib.metadata import version

from frictionless import Resource

VALUES = ["5 %", "-5", "<5", "(5)", "\u22125", ".5", "5*"]

print("frictionless", version("frictionless"))
with open("table.csv", "w", encoding="utf-8") as file:
    file.write("value\n" + "".join(f"{value}\n" for value in VALUES))
schema = {"fields": [{"name": "value", "type": "number", "bareNumber": False}]}
table = {"name": "table", "path": "table.csv", "schema": schema, "encoding": "utf-8"}
print("valid" if Resource(table).validate().valid else "not valid")
for value, row in zip(VALUES, Resource(table).read_rows(), strict=True):
    print(f"{value} -> {row['value']}")
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
frictionless 5.21.0
valid
5 % -> 5
-5 -> -5
<5 -> 5
(5) -> 5
−5 -> 5
.5 -> 5
5* -> 5
END
