#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# pycountry gives the Belgian Limburg for `Limburg`, and Luxembourg the province, without a word that there are two.
#
# ISO 3166-2 has a province Limburg in Belgium (BE-VLI) and one in the Netherlands (NL-LI), a province Luxembourg in
# Belgium and a canton Luxembourg in Luxembourg. `lookup` takes the first in its list and gives no sign of a second;
# `search_fuzzy` gives both. A table of Dutch provinces gets a Belgian code on one row.
# Seen on 2026-11-30 with pycountry 26.2.16. Expected: an error for a name that two subdivisions bear.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet pycountry==26.2.16

cat >show.py <<'END'
from importlib.metadata import version

import pycountry

print("pycountry", version("pycountry"))
for name in ("Groningen", "Drenthe", "Limburg", "Luxembourg"):
    found = pycountry.subdivisions.lookup(name)
    everyone = sorted(one.code for one in pycountry.subdivisions if one.name == name)
    print(name, found.code, found.type, "of", *everyone)
END

venv/bin/python show.py | tee seen
diff - seen <<'END'
pycountry 26.2.16
Groningen NL-GR Province of NL-GR
Drenthe NL-DR Province of NL-DR
Limburg BE-VLI Province of BE-VLI NL-LI
Luxembourg BE-WLX Province of BE-WLX LU-LU
END
