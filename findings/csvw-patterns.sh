#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# csvw reads 12.5 as 125 in a column whose pattern is `#.##0,0`, and 12,5% as 0.125, where the standard asks for an error.
#
# CSV on the Web describes how a column writes its numbers: a pattern, the decimal mark, the mark between thousands. A
# value that is not written so is an error of that cell. The library takes the marks and passes over the pattern: a dot
# is dropped wherever it stands, and a percent sign divides by a hundred in a column that has none in its pattern.
# Seen on 2026-11-30 with csvw 4.1.1. Expected: an error for what the pattern does not allow.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet csvw==4.1.1

cat >show.py <<'END'
from importlib.metadata import version

from csvw import Datatype

print("csvw", version("csvw"))
form = {"pattern": "#.##0,0", "decimalChar": ",", "groupChar": "."}
column = Datatype.fromvalue({"base": "decimal", "format": form})
for text in ("1.234,5", "12.5", "1.2.3,4", "12,5%"):
    try:
        print(text, column.parse(text))
    except ValueError as error:
        print(text, "refused:", error)
END

venv/bin/python show.py | tee seen
diff - seen <<'END'
csvw 4.1.1
1.234,5 1234.5
12.5 125
1.2.3,4 123.4
12,5% 0.125
END
