# SPDX-License-Identifier: EUPL-1.2
"""The one way this package says that data are wrong."""

from __future__ import annotations


def printable(text: str) -> str:
    """Text in which no character commands a terminal: those are shown as `\\x1b`."""
    return "".join(c if c.isprintable() or c in "\n\t\u00a0" else f"\\x{ord(c):02x}" for c in text)


class DataError(Exception):
    """Something in a file is not what it should be.

    Says where (file, sheet, cell), what was found, what was expected and what to do.
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
    ) -> None:
        self.problem, self.file, self.sheet, self.cell = problem, file, sheet, cell
        self.found, self.expected, self.do = found, expected, do
        super().__init__(problem)

    def __str__(self) -> str:
        place = [self.file] if self.file else []
        place += [f"sheet {self.sheet}"] if self.sheet else []
        place += [f"cell {self.cell}"] if self.cell else []
        lines = [": ".join(filter(None, [", ".join(place), self.problem]))]
        if self.found is not None:
            lines.append(f"  found:    {self.found!r}" if self.found != "" else "  found:    an empty cell")
        if self.expected:
            lines.append(f"  expected: {self.expected}")
        if self.do:
            lines.append(f"  to do:    {self.do}")
        return printable("\n".join(lines))
