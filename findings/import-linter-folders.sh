#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# import-linter does not see a folder without __init__.py, and keeps a contract that what is in it breaks.
#
# Python imports modules from a folder without __init__.py inside a package. import-linter (grimp) leaves such a folder
# out of its graph without a word: what `low/deep` imports from above is no import, and the contract is kept.
# Seen on 2026-11-30 with import-linter 2.17 and grimp 3.20. Expected: the module found, or a warning. Here a test asks
# an __init__.py of every folder of the package.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet import-linter==2.17 grimp==3.20

mkdir -p wings/high wings/low/deep
touch wings/__init__.py wings/high/__init__.py wings/low/__init__.py
echo 'VALUE = 1' >wings/high/top.py
echo 'from wings.high.top import VALUE' >wings/low/deep/climbs.py
cat >.importlinter <<'END'
[importlinter]
root_package = wings

[importlinter:contract:order]
name = low does not climb
type = layers
layers =
    wings.high
    wings.low
END

check() {
  venv/bin/python -c 'import wings.low.deep.climbs as m; print("Python imports it:", m.VALUE)'
  PYTHONPATH=. venv/bin/lint-imports --no-cache | grep -E '^(Analyzed|low does not climb [A-Z]|Contracts:)' || true
}
{
  venv/bin/python -m pip freeze | grep -E '^(grimp|import-linter)=='
  check
  touch wings/low/deep/__init__.py
  check
} | tee seen
diff - seen <<'END'
grimp==3.20
import-linter==2.17
Python imports it: 1
Analyzed 4 files, 0 dependencies.
low does not climb KEPT
Contracts: 1 kept, 0 broken.
Python imports it: 1
Analyzed 6 files, 1 dependencies.
low does not climb BROKEN
Contracts: 0 kept, 1 broken.
END
