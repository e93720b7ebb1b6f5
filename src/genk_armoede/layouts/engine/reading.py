# SPDX-License-Identifier: EUPL-1.2
"""What a layout made of a sheet: declared tables, read here, and a word for every other filled cell.

Each filled cell ends up in one of four places: it is a figure of a table, it is a header or label, it is metadata, or
it is left out with a reason. A number in none of them is an error, so that no layout can lose a figure without a word.
"""

from __future__ import annotations

import functools
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ...errors import DataError
from ...observations.observation import Observation
from ...observations.values import is_number
from ...spreadsheets.cells import Cell, Sheet
from ...spreadsheets.columns import packed_rows
from ..answers import about
from .declared import Table
from .facts import RowFacts
from .reading_columns import ReadColumn, different, read_column, read_merged
from .whole_sheet import Hidden, check_divisions, check_lines, check_quotes, hidden_places, raised, read_months, struck

Rows = range | frozenset[int]
HIDDEN = "Verborgen in de bron."
LABEL, METADATA, LEFT_OUT = "label", "metadata", "left out"


class Declined(Exception):
    """The sheet is not of this layout's shape; the message says why."""


class Unclear(DataError):
    """The shape of a table can be read two ways by this layout; another may know, and an answer settles it."""


def unclear(sheet: Sheet, problem: str, at: Cell | None = None, answer: str = "", **details: object) -> Unclear:
    """A question about a sheet; `answers` are those that settle it, or `answer` the only one."""
    if answer:
        details["answers"] = (answer,)
    error = sheet.error(problem, at, **details)
    where = {"file": error.file, "sheet": error.sheet, "cell": error.cell}
    return Unclear(problem, **where, found=error.found, expected=error.expected, do=error.do, answers=error.answers)


@dataclass
class Reading:
    """What a layout made of a sheet: tables, and a word for every other filled cell."""

    sheet: Sheet
    layout: str
    tables: list[Table] = field(default_factory=list)
    columns: list[ReadColumn] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    metadata: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    _placed: dict[tuple[int, int], str] = field(default_factory=dict)  # place → label, metadata or left out
    _left: dict[int, set[int]] = field(default_factory=dict)  # column → rows of it that are left out
    _taken: dict[int, list[Rows]] = field(default_factory=dict)  # column → rows of it that are figures or labels

    def assume(self, what: str) -> None:
        """This was assumed; said once."""
        if what not in self.assumed:
            self.assumed.append(what)

    def labels(self, cells: Iterable[Cell], role: str = LABEL) -> None:
        """These cells are headers or labels."""
        self._placed.update(((cell.row, cell.column), role) for cell in cells)

    def tell(self, cells: Iterable[Cell]) -> None:
        """These cells, of one row, are metadata: a title, source, legend, footnote or date.

        A number is so only in a line such as `Periode | 2021`; any other is a figure that still needs its place.
        """
        cells = list(cells)
        line = len(cells) == 2 and not is_number(cells[0]) and cells[1].column == cells[0].column + 1
        self.labels((cell for cell in cells if line or not is_number(cell)), METADATA)
        self.metadata.append(" | ".join(cell.text for cell in cells))

    def leave_out(self, what: str, cells: Iterable[Cell]) -> None:
        """These cells are passed over; `what` says which and why."""
        self.labels(cells, LEFT_OUT)
        self.left_out.append(what)

    def leave_column(self, what: str, column: int, rows: Iterable[int]) -> None:
        """The cells of a column in these rows are passed over; `what` says which and why."""
        rows = set(rows)
        self._taken.setdefault(column, []).append(_held(sorted(rows)))
        self._left.setdefault(column, set()).update(rows)
        self.left_out.append(what)

    def declare(self, table: Table) -> None:
        """Here are figures: they are read, with all that their table says of them.

        Raises `DataError` for a cell that holds neither a figure nor a mark, and for what would make no observation.
        """
        if marks := about(self.sheet).marks():
            table = replace(table, marks={**table.marks, **marks})
        self.tables.append(table)
        if not table.rows:
            return
        facts, before, rows = RowFacts(self.sheet, table), len(self.columns), _held(table.rows)
        for group in table.labels:
            for column in group.columns:
                self._taken.setdefault(column, []).append(rows)
        for column, says in table.figures.items():
            self._taken.setdefault(column, []).append(rows)
            if read := read_column(self.sheet, table, column, says, facts, self.assume):
                self.columns.append(read)
        for (row, column), says in table.instead.items():
            self.columns.append(read_merged(self.sheet, table, row, column, says, facts, self.assume))
        if table.shares:
            self._check_shares()
        self.assumed += check_divisions(self.sheet, self.columns[before:], facts)

    def different(self, column: int, rows: Sequence[int]) -> list[Cell]:
        """A cell for each different value and style of a column in these rows; of very many numbers some that tell."""
        return different(self.sheet, column, rows)

    def _check_shares(self) -> None:
        """A share of a whole lies between 0 and 100."""
        for read in self.columns:
            if read.facts.unit != "%":
                continue
            for row, value in zip(read.rows, read.values, strict=True):
                if value and not 0 < float(value) < 100 and not 0 <= Decimal(value) <= 100:
                    expected = "0 to 100 %, or a header that names the unit"
                    raise self.sheet.error("a share outside 0–100", self.sheet[row, read.column], expected=expected)

    def role(self, row: int, column: int) -> str:
        """What became of a filled cell that is no figure: label, metadata or left out."""
        if row in self._left.get(column, ()):
            return LEFT_OUT
        is_label = any(row in rows for rows in self._taken.get(column, ()))
        return self._placed.get((row, column), LABEL if is_label else LEFT_OUT)

    def finish(self) -> Reading:
        """Account for the rest of the sheet.

        Raises `DataError` for a number that the layout did not place, for anything else that it did not place in a
        row of figures, and for half a quotation in a CSV.
        """
        figures = [_held(table.rows) for table in self.tables]
        check_lines(self.sheet, figures)
        known: dict[tuple, list[int]] = {}  # columns that are filled and read in the same rows are many
        for number in self.sheet.filled_columns:
            if self.sheet.quoted:
                check_quotes(self.sheet, number)
            filled, taken = self.sheet.columns[number].rows, self._taken.get(number, ())
            key = (filled if type(filled) is range else id(filled), *map(id, taken))
            if key not in known:
                known[key] = _left(filled, taken)
            for row in known[key]:
                if (row, number) not in self._placed:
                    self._account(self.sheet[row, number], any(row in rows for rows in figures))
        read_months(self.sheet, self.columns, self.assume)
        for point in sorted({cell.point for read in self.columns for cell in read.numbers_as_text(self.sheet)}):
            how = "a dot before decimals" if point else "a dot between thousands, a comma before decimals"
            self.assume(f"numbers as text: {how}")
        if short := next(filter(None, (read.shortened(self.sheet) for read in self.columns)), None):
            place = self.sheet.place(short.row, short.column)
            self.assume(f"figures such as {short.text} in {place} are shortened: digits may be lost")
        self.left_out += struck(self.sheet) + raised(self.sheet, set().union(*(table.notes for table in self.tables)))
        return self

    def _account(self, cell: Cell, beside_figures: bool) -> None:
        if is_number(cell) or beside_figures:
            raise self.sheet.error(
                f"{'a figure' if is_number(cell) else 'text'} outside the table that the layout {self.layout}"
                " reads here",
                cell,
                expected="a table that holds all figures of the sheet, each under a header and beside a label",
                do="look at what it is; if it is no figure of this table, leave it out",
            )
        self.left_out.append(f"{self.sheet.place(cell.row, cell.column)}: {cell.text[:80]}")

    # What was read

    def __len__(self) -> int:
        return sum(len(read.rows) for read in self.columns)

    @property
    def rows(self) -> list[Observation]:
        """Every observation, in the order of the cells. An object a figure: for small sheets and registered files."""
        found, hidden = [], Hidden(self.sheet, self.columns)
        for read in self.columns:
            for i, row in enumerate(read.rows):
                citation = dict(read.facts.at("citation", i))
                if hidden.holds(row, read.column):
                    citation["note"] = " ".join(filter(None, [citation.get("note"), HIDDEN]))
                texts = {name: read.facts.at(name, i) for name in ("indicator", "area_code", "area", "period")}
                observation = Observation(
                    **texts,
                    breakdown=read.facts.at("breakdown", i),
                    value=Decimal(read.values[i]) if read.values[i] else None,
                    unit=read.facts.at("unit", i),
                    status=read.flag(i),
                    source=self.sheet.file,
                    sheet=self.sheet.name,
                    cell=self.sheet.place(row, read.column),
                    citation=citation,
                )
                found.append(((row, read.column), observation))
        return [observation for _, observation in sorted(found, key=lambda pair: pair[0])]

    @functools.cached_property
    def figures(self) -> set[tuple[str, ...]]:
        """The figures without their cells, codes and citations, which a copy may lack."""
        found = set()
        for read in self.columns:
            said = (getattr(read.facts, name) for name in ("indicator", "area", "period", "breakdown", "unit"))
            lists = [texts if isinstance(texts, list) else [texts] * len(read.rows) for texts in said]
            found.update(zip(*lists, read.values, read.flags or [""] * len(read.rows), strict=True))
        return found

    @property
    def unended(self) -> int:
        """The line of figures at which a CSV ends without a line end: it may have been cut off there. Else 0."""
        last = self.sheet.unended
        return last if last and any(last in table.rows for table in self.tables) else 0

    @property
    def hidden_places(self) -> list[str]:
        """What the source hides: the sheet, and the rows and columns of which no filled cell is shown."""
        return hidden_places(self.sheet)

    @property
    def hidden(self) -> list[str]:
        """Addresses of figures that the source hides."""
        return Hidden(self.sheet, self.columns).addresses()


def joined(sheet: Sheet, readings: Sequence[Reading]) -> Reading:
    """The readings of tables beside each other as that of their sheet."""
    if len(readings) == 1:
        return readings[0]
    whole = Reading(sheet, readings[0].layout)
    for part in readings:
        whole.tables += part.tables
        whole.columns += part.columns
        whole.metadata += [line for line in part.metadata if line not in whole.metadata]
        whole.left_out += part.left_out
        whole._placed |= part._placed
        whole._left |= part._left
        whole._taken |= part._taken
        for line in part.assumed:
            whole.assume(line)
    return whole


def _held(rows: Sequence[int]) -> Rows:
    """Rows that rise, to be asked for each."""
    packed = packed_rows(array("I", rows))
    return packed if type(packed) is range else frozenset(packed)


def _left(filled: Sequence[int], taken: Sequence[Rows]) -> list[int]:
    """The rows of a column that are not taken, from top to bottom."""
    for rows in taken:
        if type(filled) is type(rows) is range:
            above = range(filled.start, min(rows.start, filled.stop))
            filled = [*above, *range(max(rows.stop, filled.start), filled.stop)]
        else:
            filled = set(filled).difference(rows)
    return sorted(filled)
