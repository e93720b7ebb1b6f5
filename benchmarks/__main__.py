# SPDX-License-Identifier: EUPL-1.2
"""`make bench`: measure everything, print the table, and put it with its date in the README."""

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


def main() -> None:
    """Exit code 1 when a target is not met."""
    found = [*tidy.measures(), *build.measures()]
    text = table(found)
    print(text)
    readme = README.read_text(encoding="utf-8")
    before, rest = readme.split(BEGIN)
    README.write_text(before + BEGIN + text + END + rest.split(END)[1], encoding="utf-8")
    sys.exit(not all(one.met for one in found))


def table(found: Sequence[Measure]) -> str:
    """Measures in Markdown, with the machine and the day."""
    lines = [f"Measured on {datetime.date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}.", ""]
    lines += ["| measure | ours | against | ratio | target | met |", "|---|--:|--:|--:|--:|---|"]
    for one in found:
        amounts = f"{one.ours:.3g} {one.unit} | {one.theirs:.3g} {one.unit}"
        lines.append(f"| {one.what} | {amounts} | {one.ratio:.3f} | {one.target:.3f} | {'yes' if one.met else 'no'} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
