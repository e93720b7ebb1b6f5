#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# text2num writes `1,5 miljoen` as `1,5 1000000`, and `twee derde` as `twee 3e`.
#
# alpha2digit() writes the numbers of a text in digits: `twaalf komma vijf procent` becomes `12,5 procent`. What is
# digits already is not part of a number to it, so that of `12 miljoen`, as Dutch papers and reports write it, only the
# second half is a number in words: 12 and a million, of which who looks for figures takes two, both wrong. `anderhalf`
# (one and a half) is no word that it knows, and a fraction is an ordinal. English, French and German texts have the
# same for millions.
# Seen on 2026-12-01 with text2num 3.1.0. Expected: 12 miljoen, or 12000000; the words as they are for two thirds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet text2num==3.1.0

cat >show.py <<'END'
from importlib.metadata import version

from text_to_num import alpha2digit

INVENTED = (
    "twaalf komma vijf procent",
    "twaalf miljoen euro",
    "12 miljoen euro",
    "1,5 miljoen euro",
    "anderhalf miljoen euro",
    "25 duizend gezinnen",
    "twee derde van de gezinnen",
    "drie vierde van de gezinnen",
    "vijf en een half procent",
)
print("text2num", version("text2num"))
for text in INVENTED:
    print(f"{text} -> {alpha2digit(text, 'nl')}")
END

venv/bin/python -W ignore show.py 2>errors | tee seen
diff - seen <<'END'
text2num 3.1.0
twaalf komma vijf procent -> 12,5 procent
twaalf miljoen euro -> 12000000 euro
12 miljoen euro -> 12 1000000 euro
1,5 miljoen euro -> 1,5 1000000 euro
anderhalf miljoen euro -> anderhalf 1000000 euro
25 duizend gezinnen -> 25 1000 gezinnen
twee derde van de gezinnen -> twee 3e van de gezinnen
drie vierde van de gezinnen -> 3 4e van de gezinnen
vijf en een half procent -> 5 en 1 half procent
END
