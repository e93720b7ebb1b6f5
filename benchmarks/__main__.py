# SPDX-License-Identifier: EUPL-1.2
"""`make bench`: measure everything, print the table, and put it with its date in the README.

Words choose rows: `.venv/bin/python benchmarks "Power BI" trace` measures those whose name has one, and prints them.
"""

from __future__ import annotations

import datetime
import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path

import build
import tidy
from measure import Measure

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- bench -->\n", "<!-- /bench -->\n"
HEADER = "| measure | ours | against | ratio | target | met |\n|---|--:|--:|--:|--:|---|"


def main(words: Sequence[str]) -> None:
    """Exit code 1 when a target is not met."""
    chosen = {name: row for name, row in (tidy.rows() | build.rows()).items() if _is_chosen(name, words)}
    print(HEADER)
    found = []
    for row in chosen.values():
        for measure in row():
            print(line(measure), flush=True)
            found.append(measure)
    if not words:
        readme = README.read_text(encoding="utf-8")
        before, rest = readme.split(BEGIN)
        README.write_text(before + BEGIN + table(found) + END + rest.split(END)[1], encoding="utf-8")
    sys.exit(not all(one.met for one in found))


def _is_chosen(name: str, words: Sequence[str]) -> bool:
    return not words or any(word.lower() in name.lower() for word in words)


def line(one: Measure) -> str:
    amounts = f"{one.ours:.3g} {one.unit} | {one.theirs:.3g} {one.unit}"
    return f"| {one.what} | {amounts} | {one.ratio:.3f} | {one.target:.3f} | {'yes' if one.met else 'no'} |"


def table(found: Sequence[Measure]) -> str:
    """Measures in Markdown, with the machine and the day."""
    where = f"Measured on {datetime.date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}."
    return "\n".join([where, "", HEADER, *map(line, found)]) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
