# SPDX-License-Identifier: EUPL-1.2
"""What an analyst answered about a sheet that can be read two ways.

Takes answers as they are written on the command line or in the register, such as `period=column Jaar indiening`; gives
what they say of columns, rows and the whole sheet; called by `layouts` and asked by every layout that has a question.

| answer | says |
|---|---|
| `period=2021`, `area=Genk`, `unit=EUR`, `indicator=Leefloners` | what holds for the whole sheet |
| `period=column Jaar indiening`, `area=column B` | which column says it |
| `column Week=breakdown` | role of a column: `area`, `code`, `period`, `breakdown`, `figure`, `unit` or `nothing` |
| `years=bouwjaar` | years in the header are parts of a breakdown with this key, not periods |
| `row 12=nothing`, `row 10=Totaal` | a row is left out, or gets a label |
| `rows 11,14=heads` | the labels of these rows head those below them |
| `headers=middle`, `headers=left`, `headers=right` | where headers over groups of columns stand |
| `header D6=B:G` | the header in D6 stands over the columns B to G |
| `numbers=point`, `numbers=comma` | what stands before decimals |
| `table=2` | which of several tables |
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..errors import DataError
from ..spreadsheets.addresses import column_letters, column_number
from ..spreadsheets.cells import Cell, Sheet

ROLES = ("area", "code", "period", "breakdown", "figure", "unit", "nothing")
_WHOLE = ("period", "area", "unit", "indicator", "years", "headers", "numbers", "table")
_PARTS = r"column .+?|header [A-Z]+\d+|rows? \d+(?:,\d+)*"
_FORM = re.compile(rf"(?P<what>{'|'.join(_WHOLE)}|{_PARTS})=(?P<says>.+)", re.DOTALL)


class Answers:
    """The answers about one file, and which of them a reading used."""

    def __init__(self, given: Sequence[str] = ()) -> None:
        self.said: dict[str, str] = {}
        self.used: set[str] = set()
        for text in given:
            found = _FORM.fullmatch(text.strip())
            if not found:
                expected = "such as 'period=2021', 'column Week=breakdown' or 'row 12=nothing'"
                raise DataError("this is no answer", found=text, expected=expected, do="see: genk-armoede tidy --help")
            self.said[found["what"]] = found["says"].strip()

    def whole(self, what: str) -> str:
        """What was answered for the whole sheet; empty when nothing was, or when a column says it."""
        said = self.said.get(what, "")
        if not said or said.startswith("column "):
            return ""
        self.used.add(what)
        return said

    def role(self, sheet: Sheet, column: int, header: str) -> str:
        """The role that was given to a column, by its header or its letters; empty when none was."""
        names = {header.lower(), column_letters(column).lower()} - {""}
        for what in ("period", "area"):
            said = self.said.get(what, "")
            if said.startswith("column ") and said.removeprefix("column ").strip().lower() in names:
                self.used.add(what)
                return what
        for what, said in self.said.items():
            if what.startswith("column ") and what.removeprefix("column ").strip().lower() in names:
                if said not in ROLES:
                    raise sheet.error("no role of a column", found=f"{what}={said}", expected=", ".join(ROLES))
                self.used.add(what)
                return said
        return ""

    def row(self, number: int) -> str:
        """The label that was given to a row, or `nothing`; empty when none was."""
        for what, said in self.said.items():
            numbers = what.partition(" ")[2].split(",") if re.match(r"rows? ", what) else ()
            if str(number) in numbers:
                self.used.add(what)
                return said
        return ""

    def header(self, cell: Cell) -> tuple[int, int] | None:
        """The first and the last column over which a header stands, when that was answered."""
        what = f"header {cell.address}"
        if what not in self.said:
            return None
        self.used.add(what)
        found = re.fullmatch(r"([A-Z]{1,3}):([A-Z]{1,3})", self.said[what])
        first, last = map(column_number, found.groups()) if found else (0, -1)
        if first > last:
            raise DataError("no range of columns", found=f"{what}={self.said[what]}", expected="such as B:G")
        return first, last

    def unused(self) -> list[str]:
        """Answers that no reading asked for."""
        return [f"{what}={said}" for what, said in self.said.items() if what not in self.used]
