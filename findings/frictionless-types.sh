#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# frictionless takes rates with a decimal comma for places on the globe, and age groups for months.
#
# describe() and extract() tell the type of a field from its values, and geopoint and yearmonth come before string. A
# column of 12,5 and 7,8 is then a column of geopoints: [12, 5] and [7, 8], longitude and latitude. Ages 0-9 and 10-12
# are September of the year 0 and December of the year 10. Such a table is valid, and a schema that is saved from it
# says so to whoever reads it next. With one rate of which the part behind the comma is above 90 it is text.
# Seen on 2026-11-30 with frictionless 5.21.0. Expected: text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet frictionless==5.21.0

cat >show.py <<'END'
from importlib.metadata import version

import frictionless

print("frictionless", version("frictionless"))
for name, values in (
    ("rate", ["12,5", "7,8"]),
    ("rate", ["12,5", "7,95"]),
    ("age", ["0-9", "10-12"]),
    ("age", ["0-9", "10-19"]),
):
    with open("table.csv", "w") as file:
        file.write(f"place;{name}\n" + "".join(f"{place};{value}\n" for place, value in zip("AB", values, strict=True)))
    field = frictionless.describe("table.csv").schema.get_field(name)
    rows = frictionless.extract("table.csv")["table"]
    valid = frictionless.validate("table.csv").valid
    print(values, field.type, [row[name] for row in rows], "valid" if valid else "not valid")
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
frictionless 5.21.0
['12,5', '7,8'] geopoint [[12.0, 5.0], [7.0, 8.0]] valid
['12,5', '7,95'] string ['12,5', '7,95'] valid
['0-9', '10-12'] yearmonth [yearmonth(year=0, month=9), yearmonth(year=10, month=12)] valid
['0-9', '10-19'] string ['0-9', '10-19'] valid
END
