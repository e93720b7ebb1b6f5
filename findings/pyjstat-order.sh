#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pyjstat writes the values of a data frame in the order of its rows, so that figures change places in JSON-stat.
#
# In JSON-stat the place of a value says of what it is: the last dimension runs fastest. A frame may have its rows in any
# order. pyjstat puts its categories in the order in which they come first, and the values as the rows have them, without
# a word. Here A of 2020 is 3 in the frame and 2 in the file. Rows that are not there make the list shorter than the
# dimensions ask for, and what follows moves up.
# Seen on 2026-11-30 with pyjstat 2.4.0, pandas 3.1.1 and numpy 2.4.6. Expected: values sorted by their dimensions.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pyjstat==2.4.0 pandas==3.1.1 numpy==2.4.6

cat >show.py <<'END'
import json
from importlib.metadata import version

import pandas as pd
from pyjstat import pyjstat

print("pyjstat", version("pyjstat"), "pandas", version("pandas"))
rows = [("A", "2021", 1), ("B", "2020", 2), ("A", "2020", 3), ("B", "2021", 4)]
frame = pd.DataFrame(rows, columns=["place", "year", "value"])
written = pyjstat.Dataset.read(frame).write("jsonstat")
again = pyjstat.Dataset.read(written).write("dataframe")
for row in sorted(again.itertuples(index=False, name=None)):
    print(*row, "where the frame has", *frame.loc[(frame.place == row[0]) & (frame.year == row[1]), "value"])
short = json.loads(pyjstat.Dataset.read(frame[:3]).write("jsonstat"))
print(short["size"], short["value"])
END

venv/bin/python show.py | tee seen
diff - seen <<'END'
pyjstat 2.4.0 pandas 3.1.1
A 2020 2 where the frame has 3
A 2021 1 where the frame has 1
B 2020 4 where the frame has 2
B 2021 3 where the frame has 4
[2, 2] [1, 2, 3]
END
