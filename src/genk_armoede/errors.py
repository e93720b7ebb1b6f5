# SPDX-License-Identifier: EUPL-1.2
"""The one way this package says that data are wrong."""

from __future__ import annotations

import datetime
import shlex
from collections.abc import Sequence


def printable(text: str) -> str:
    """Text in which no character commands a terminal: those are shown as `\\x1b`."""
    return "".join(c if c.isprintable() or c in "\n\t\u00a0" else f"\\x{ord(c):02x}" for c in text)


class DataError(Exception):
    """Something in a file is not what it should be.

    Says where (file, sheet, cell), what was found, what was expected and what to do; for what a file leaves open also
    the answers that settle it, as they are given to `--answer`.
    """

    def __init__(
        self,
        problem: str,
        *,
        file: str = "",
        sheet: str = "",
        cell: str = "",
        found: object = None,
        expected: str = "",
        do: str = "",
        answers: Sequence[str] = (),
    ) -> None:
        self.problem, self.file, self.sheet, self.cell = problem, file, sheet, cell
        self.found, self.expected, self.do, self.answers = found, expected, do, tuple(answers)
        super().__init__(problem)

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        place += [f"sheet {self.sheet}"] if self.sheet else []
        place += [f"cell {self.cell}"] if self.cell else []
        lines = [": ".join(filter(None, [", ".join(place), self.problem]))]
        if self.found is not None:
            found = str(self.found) if isinstance(self.found, datetime.timedelta | datetime.date) else repr(self.found)
            lines.append(f"  found:    {found}" if self.found != "" else "  found:    an empty cell")
        if self.expected:
            lines.append(f"  expected: {self.expected}")
        if self.do:
            lines.append(f"  to do:    {self.do}")
        lines += [
            f"  {'or:' if n else 'answer:':<9} --answer {shlex.quote(text)}" for n, text in enumerate(self.answers)
        ]
        return printable("\n".join(lines))
