#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pyjstat drops the statuses of a JSON-stat dataset, and makes one place of two that have the same label.
#
# JSON-stat has codes and labels of categories, and a status for each value (`c` for a confidential one). The data frame
# of pyjstat has labels only: two places called Halle cannot be told apart, and their codes are gone. The statuses are
# gone as well: a figure that is confidential and one that nobody has are both NaN, a provisional one is like any other.
# Seen on 2026-11-30 with pyjstat 2.4.0, pandas 3.1.1 and numpy 2.4.6. Expected: codes, and a column of statuses.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pyjstat==2.4.0 pandas==3.1.1 numpy==2.4.6

cat >show.py <<'END'
import json
from importlib.metadata import version

from pyjstat import pyjstat

print("pyjstat", version("pyjstat"), "pandas", version("pandas"))
place = {"index": ["21", "22"], "label": {"21": "Halle", "22": "Halle"}}
dataset = {
    "version": "2.0",
    "class": "dataset",
    "label": "Invented",
    "id": ["place", "year"],
    "size": [2, 2],
    "dimension": {
        "place": {"label": "place", "category": place},
        "year": {"label": "year", "category": {"index": ["2020", "2021"]}},
    },
    "value": {"0": 1.5, "3": 4},
    "status": {"1": "c", "3": "p"},
}
frame = pyjstat.Dataset.read(json.dumps(dataset)).write("dataframe")
print(frame.columns.tolist())
for row in frame.itertuples(index=False):
    print(*row)
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pyjstat 2.4.0 pandas 3.1.1
['place', 'year', 'value']
Halle 2020 1.5
Halle 2021 nan
Halle 2020 nan
Halle 2021 4.0
END
