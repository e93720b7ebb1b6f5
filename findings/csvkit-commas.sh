#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# csvkit reads the comma of a Belgian decimal as a mark of thousands: 12,5 becomes 125, and 1.234,5 becomes 1.2345.
#
# agate, which reads for csvkit, drops every comma of a number unless a locale is named, wherever it stands, and takes a
# euro or percent sign off. A CSV as Excel writes it in Belgium is so read without a word, some figures ten times too
# large and others a thousand times too small: in the JSON that csvjson makes, and in the sums of csvstat.
# Seen on 2026-11-30 with csvkit 2.2.0 and agate 1.14.2. Expected: text, or an error, for a comma before one digit.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet csvkit==2.2.0 agate==1.14.2

printf 'place;share;amount\nA;12,5 %%;"1.234,5"\nB;3,5 %%;2.000\n' >belgian.csv

{
    venv/bin/python -c 'from importlib.metadata import version; print("csvkit", version("csvkit"))'
    venv/bin/csvjson belgian.csv && echo
    venv/bin/csvstat --sum belgian.csv
} | tee seen
diff - seen <<'END'
csvkit 2.2.0
[{"place": "A", "share": 125.0, "amount": 1.2345}, {"place": "B", "share": 35.0, "amount": 2.0}]
  1. place: None
  2. share: 160
  3. amount: 3.235
END
