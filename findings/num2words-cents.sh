#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# num2words takes a whole number for cents: 100 is `één euro, nul cent` in words, and 100.0 is `honderd euro, nul cent`.
#
# The same column of amounts is told a hundred times too low as soon as all of it is whole, since pandas then has
# integers: an amount of 250 euro becomes two euro and fifty cents. One blank in the column makes them floats, and right.
# Seen on 2026-11-30 with num2words 0.5.14, pandas 3.1.1 and numpy 2.4.6. Expected: one meaning of 250, of whatever type.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet num2words==0.5.14 pandas==3.1.1 numpy==2.4.6

cat >show.py <<'END'
from importlib.metadata import version

import pandas as pd
from num2words import num2words

print("num2words", version("num2words"), "pandas", version("pandas"))
for amounts in ([250, 100], [250, None]):
    amount = pd.Series(amounts).tolist()[0]
    print(repr(amount), num2words(amount, lang="nl", to="currency", currency="EUR"))
END

venv/bin/python show.py | tee seen
diff - seen <<'END'
num2words 0.5.14 pandas 3.1.1
250 twee euro, vijftig cent
250.0 tweehonderdvijftig euro, nul cent
END
