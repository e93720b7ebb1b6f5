#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# Week 23 of 2021 is week 24 for Babel in `nl`, and week 23 in `nl_BE`.
#
# Which week is the first of a year depends on the country. A language without a country gets in Babel what holds for
# the world: the week of 1 January, even if that is a Sunday. In the Netherlands, the likely country of `nl` in Babel's
# own data, and in Belgium it is the week of the first Thursday (ISO 8601). In years that begin on a Friday, Saturday or
# Sunday each week of `nl` is one too high, and the days before such a year are in week 1 of it; in other years all is
# right. `fr` and `de` have the same, `nl_BE`, `fr_BE` and `de_DE` are right.
# (Issue 485 of Babel is about Russia, where the data themselves say so.)
# Seen on 2026-12-01 with Babel 2.19.0. Expected: the weeks of the likely country.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet babel==2.19.0

cat >show.py <<'END'
import datetime

import babel
from babel.dates import format_date

print("babel", babel.__version__)
for day in ("2021-01-01", "2021-06-07", "2021-12-31", "2022-06-06", "2023-06-05", "2024-06-03", "2026-06-01"):
    date = datetime.date.fromisoformat(day)
    year, week, _ = date.isocalendar()
    shown = {name: format_date(date, "Y-'W'ww", locale=name) for name in ("nl_BE", "nl", "fr_BE", "fr", "de_DE", "de")}
    print(day, f"ISO {year}-W{week:02}", *(f"{name} {text}" for name, text in shown.items()))
print("nl is likely", babel.core.get_global("likely_subtags")["nl"])
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
babel 2.19.0
2021-01-01 ISO 2020-W53 nl_BE 2020-W53 nl 2021-W01 fr_BE 2020-W53 fr 2021-W01 de_DE 2020-W53 de 2021-W01
2021-06-07 ISO 2021-W23 nl_BE 2021-W23 nl 2021-W24 fr_BE 2021-W23 fr 2021-W24 de_DE 2021-W23 de 2021-W24
2021-12-31 ISO 2021-W52 nl_BE 2021-W52 nl 2022-W01 fr_BE 2021-W52 fr 2022-W01 de_DE 2021-W52 de 2022-W01
2022-06-06 ISO 2022-W23 nl_BE 2022-W23 nl 2022-W24 fr_BE 2022-W23 fr 2022-W24 de_DE 2022-W23 de 2022-W24
2023-06-05 ISO 2023-W23 nl_BE 2023-W23 nl 2023-W24 fr_BE 2023-W23 fr 2023-W24 de_DE 2023-W23 de 2023-W24
2024-06-03 ISO 2024-W23 nl_BE 2024-W23 nl 2024-W23 fr_BE 2024-W23 fr 2024-W23 de_DE 2024-W23 de 2024-W23
2026-06-01 ISO 2026-W23 nl_BE 2026-W23 nl 2026-W23 fr_BE 2026-W23 fr 2026-W23 de_DE 2026-W23 de 2026-W23
nl is likely nl_Latn_NL
END
