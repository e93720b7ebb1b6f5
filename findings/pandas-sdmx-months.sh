#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pandas reads a month as SDMX writes it as seconds: 2021-M12 is the first of January 2021, 12 seconds past midnight.
#
# SDMX writes reporting periods as 2021-Q1, 2021-M12, 2021-T3 (a third of a year), 2021-S2 and 2021-W05. pandas knows
# the quarters. The M is a minute mark to it, and what follows are seconds, so that twelve months are one as periods
# and are added up by resample(). A third of a year is a month: 2021-T3 is March. Halves and weeks are an error,
# as is Eurostat's 2021M12. sdmx1 hands its periods to pandas, with the same outcome.
# Seen on 2026-11-30 with pandas 3.1.1 and sdmx1 2.28.0. Expected: an error for each that is not known.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pandas==3.1.1 numpy==2.4.6 sdmx1==2.28.0

cat >show.py <<'END'
from importlib.metadata import version

import pandas
import sdmx

MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/"
MONTHS = ["2021-M01", "2021-M02", "2021-M12"]

print("pandas", version("pandas"), "sdmx1", version("sdmx1"))
for periods in (["2021-Q1", "2021-Q4"], MONTHS, ["2021-T1", "2021-T3"], ["2021-S2"], ["2021-W05"], ["2021M12"]):
    try:
        dates, numbers = pandas.to_datetime(periods), pandas.PeriodIndex(periods, freq="M")
        print(periods, [str(date) for date in dates], [str(number) for number in numbers])
    except ValueError as error:
        print(periods, type(error).__name__)
counts = pandas.Series([10, 20, 30], index=pandas.to_datetime(MONTHS))
print("resample:", {str(month): int(count) for month, count in counts.resample("MS").sum().items()})

observations = "".join(
    f'<g:Obs><g:ObsDimension value="{month}"/><g:ObsValue value="{10 * place}"/></g:Obs>'
    for place, month in enumerate(MONTHS, start=1)
)
with open("data.xml", "w") as file:
    file.write(
        f"""<?xml version="1.0" encoding="UTF-8"?>
<m:GenericData xmlns:m="{MESSAGE}message" xmlns:c="{MESSAGE}common" xmlns:g="{MESSAGE}data/generic">
<m:Header><m:ID>invented</m:ID><m:Test>true</m:Test><m:Prepared>2026-11-30T00:00:00</m:Prepared><m:Sender id="X"/>
<m:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><c:Structure>
<Ref id="S" agencyID="X" version="1.0" class="DataStructure"/></c:Structure></m:Structure></m:Header>
<m:DataSet structureRef="S"><g:Series><g:SeriesKey><g:Value id="GEO" value="A"/></g:SeriesKey>{observations}</g:Series>
</m:DataSet></m:GenericData>"""
    )
message = sdmx.read_sdmx("data.xml")
print("sdmx1:", sdmx.to_pandas(message).index.get_level_values("TIME_PERIOD").tolist())
table = sdmx.to_pandas(message, datetime={"dim": "TIME_PERIOD", "freq": "M"})
print("sdmx1, freq:", [str(month) for month in table.index], table["A"].tolist())
END

venv/bin/python -W ignore show.py 2>&1 | tee seen
diff - seen <<'END'
pandas 3.1.1 sdmx1 2.28.0
['2021-Q1', '2021-Q4'] ['2021-01-01 00:00:00', '2021-10-01 00:00:00'] ['2021-01', '2021-10']
['2021-M01', '2021-M02', '2021-M12'] ['2021-01-01 00:00:01', '2021-01-01 00:00:02', '2021-01-01 00:00:12'] ['2021-01', '2021-01', '2021-01']
['2021-T1', '2021-T3'] ['2021-01-01 00:00:00', '2021-03-01 00:00:00'] ['2021-01', '2021-03']
['2021-S2'] DateParseError
['2021-W05'] DateParseError
['2021M12'] DateParseError
resample: {'2021-01-01 00:00:00': 60}
sdmx1: ['2021-M01', '2021-M02', '2021-M12']
sdmx1, freq: ['2021-01', '2021-01', '2021-01'] [10.0, 20.0, 30.0]
END
