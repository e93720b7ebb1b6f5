#!/usr/bin/env bash
# SPDX-License-Identifier: EUPL-1.2
# nbval passes a notebook in which every figure now stands under the name of another place.
#
# `pytest --nbval` runs a notebook and compares its outputs with those that were saved. It compares what is printed with
# what was printed, and figures with figures, but not in what order they stand between each other: with names that were
# printed before the figures and are printed after them now, Hasselt's figure stands under Genk, and the test passes.
# The metadata of an output are not compared either, and so the alternative text of a picture may be any other.
# (That pictures in PNG and JPEG are not compared at all is known, issue 117 of nbval.)
# Seen on 2026-11-30 with nbval 0.11.0, pytest 9.2.0 and ipykernel 7.4.0. Expected: failures.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
venv/bin/python -m pip install --quiet nbval==0.11.0 pytest==9.2.0 ipykernel==7.4.0 nbformat==5.11.1

cat >write.py <<'END'
from importlib.metadata import version

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_output

print("nbval", version("nbval"), "pytest", version("pytest"), "ipykernel", version("ipykernel"))
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def printed(text: str) -> nbformat.NotebookNode:
    return new_output("stream", name="stdout", text=text + "\n")


def shown(figure: int) -> nbformat.NotebookNode:
    return new_output("display_data", data={"text/plain": str(figure)})


def write(name: str, source: str, *outputs: nbformat.NotebookNode) -> None:
    """A notebook of one cell, as if it was run before with these outputs."""
    cell = new_code_cell(source, outputs=list(outputs), execution_count=1)
    nbformat.write(new_notebook(cells=[cell], metadata=KERNEL), name)


BEFORE = [printed("Genk"), shown(14), printed("Hasselt"), shown(12)]
write("1_same.ipynb", 'print("Genk")\ndisplay(14)\nprint("Hasselt")\ndisplay(12)', *BEFORE)
write("2_other_figure.ipynb", 'print("Genk")\ndisplay(15)\nprint("Hasselt")\ndisplay(12)', *BEFORE)
write("3_other_order.ipynb", 'display(14)\nprint("Genk")\ndisplay(12)\nprint("Hasselt")', *BEFORE)
picture = new_output("display_data", data={"image/svg+xml": "<svg/>"}, metadata={"image/svg+xml": {"alt": "14 of 100"}})
new = 'display({"image/svg+xml": "<svg/>"}, metadata={"image/svg+xml": {"alt": "41 of 100"}}, raw=True)'
write("4_other_alt.ipynb", new, picture)
END

{
  venv/bin/python -W ignore write.py
  venv/bin/python -W ignore -m pytest --nbval -v -p no:cacheprovider --color=no *.ipynb 2>&1 |
    grep -oE '^[0-9]_[a-z_]+::.*(PASSED|FAILED)' || true
} | tee seen
diff - seen <<'END'
nbval 0.11.0 pytest 9.2.0 ipykernel 7.4.0
1_same::ipynb::Cell 0 PASSED
2_other_figure::ipynb::Cell 0 FAILED
3_other_order::ipynb::Cell 0 PASSED
4_other_alt::ipynb::Cell 0 PASSED
END
