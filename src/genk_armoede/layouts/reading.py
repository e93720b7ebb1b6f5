# SPDX-License-Identifier: EUPL-1.2
"""What a layout made of a sheet: declared tables, read here, and a word for every other filled cell.

Each filled cell ends up in one of four places: it is a figure of a table, it is a header or label, it is metadata, or
it is left out with a reason. A number in none of them is an error, so that no layout can lose a figure without a word.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal

from ..errors import DataError
from ..observations import areas
from ..observations.figures import read_figures
from ..observations.observation import WITHOUT_VALUE, Observation, number_text
from ..observations.values import check_fractions, check_numbers, is_number, is_plain_number, unit_shown
from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Cell, Sheet, Value
from ..spreadsheets.number_formats import shown_instead
from .answers import SheetAnswers, about
from .declared import Says, Table
from .facts import Facts, RowFacts, of_column

MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
NUMBERS = {int, float}
MANY = 200  # different numbers in a column
UNITS_SHOWN = re.compile("%|€|EUR")
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


@dataclass(slots=True)
class ReadColumn:
    """The observations of a column of figures, downwards: sequences of one length, or one text for all."""

    column: int
    rows: Sequence[int]
    facts: Facts
    values: list[str]
    flags: list[str]


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
    _taken: dict[int, list[Set[int]]] = field(default_factory=dict)  # column → rows of it that are figures or labels

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
        self._taken.setdefault(column, []).append(rows)
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
        facts, before, rows = RowFacts(self.sheet, table), len(self.columns), frozenset(table.rows)
        for group in table.labels:
            for column in group.columns:
                self._taken.setdefault(column, []).append(rows)
        for column, says in table.figures.items():
            self._taken.setdefault(column, []).append(rows)
            self._read(table, column, table.whole | says, facts, _rows_of(self.sheet, table, column))
        for (row, column), says in table.instead.items():
            self._read(table, column, table.whole | says, facts, [table.rows.index(row)])
        self._check_shares()
        self._check_vintages(facts, len(self.columns) - before)

    def _check_vintages(self, facts: RowFacts, count: int) -> None:
        """Codes of one division of municipalities in each period; what changed its area under its code is a break."""
        listed = {code for code in set(facts.codes.values()) if areas.name_of(code)}
        if not listed:
            return
        by_name = {code for (given, _, _), code in facts.codes.items() if code and not given}
        codes: dict[str, set[str]] = {}
        reads = self.columns[len(self.columns) - count :]
        known = set()  # places that columns share
        for read in reads:
            places = id(read.facts.area_code), id(read.facts.period)
            if places in known:
                continue
            for code, period in read.facts.pairs("area_code", "period", read.values):
                if code in listed:
                    codes.setdefault(period, set()).add(code)
            if all(read.values):
                known.add(places)
        clash = areas.vintage_problem(codes)
        if clash:
            found = [self._cell_of(reads, code, clash.period) for code in (clash.earlier, clash.later)]
            raise self.sheet.error(clash.problem, found[1], expected=f"codes of one day, as in {found[0].address}")
        self.assumed += areas.vintage_told(codes, by_name)
        broken = areas.broken(codes, by_name)
        for read in reads if broken else ():
            if broken.isdisjoint(read.facts.pairs("area_code", "period", read.values)):
                continue
            for i, value in enumerate(read.values):
                if value and (read.facts.at("area_code", i), read.facts.at("period", i)) in broken:
                    read.flags[i] = "".join(sorted({*read.flags[i], "b"}))

    def _cell_of(self, reads: Sequence[ReadColumn], code: str, period: str) -> Cell:
        """The first figure of an area in a period."""
        return next(
            self.sheet[row, read.column]
            for read in reads
            for i, row in enumerate(read.rows)
            if read.facts.at("area_code", i) == code and read.facts.at("period", i) == period and read.values[i]
        )

    def _read(self, table: Table, column: int, says: Says, rows: RowFacts, taken: Sequence[int] | None) -> None:
        numbers = rows.rows if taken is None else [rows.rows[i] for i in taken]
        if not numbers:
            return
        facts = of_column(self.sheet, column, says, rows, taken)
        read = ReadColumn(column, numbers, facts, [""] * len(numbers), [""] * len(numbers))
        units = [facts.unit] if isinstance(facts.unit, str) else sorted(set(facts.unit))
        for unit in units:
            whole = isinstance(facts.unit, str)
            places = range(len(numbers)) if whole else [i for i, own in enumerate(facts.unit) if own == unit]
            picked = numbers if whole else [numbers[i] for i in places]
            values, flags = read_figures(self.sheet, column, picked, unit, table.marks, table.notes)
            unit = unit or self._show_unit(read, column, picked, places)
            self._check_column(column, picked, unit, table.certain)
            if unit == "%" and about(self.sheet).whole("percentages") == "fractions":
                values = self._hundredfold(column, picked, values)
            if whole:
                read.values, read.flags = values, flags
            else:
                for i, value, flag in zip(places, values, flags, strict=True):
                    read.values[i], read.flags[i] = value, flag
        self._flag(read, table)
        self.columns.append(read)

    def _show_unit(self, read: ReadColumn, column: int, rows: Sequence[int], places: Sequence[int]) -> str:
        """Figures whose header names no unit get the one that they all show."""
        texts = set(self.sheet.aligned(column, rows)[0])
        if set(map(type, texts)) <= {str, type(None)} and not UNITS_SHOWN.search("\n".join(filter(None, texts))):
            return ""
        shown: dict[str, Cell] = {}
        for cell in self._distinct(column, rows):
            if is_number(cell):
                shown.setdefault(unit_shown(cell), cell)
        if len(shown) > 1:
            units = ", ".join(unit or "none" for unit in shown)
            cell = next(cell for unit, cell in shown.items() if not unit or unit != next(iter(shown)))
            raise self.sheet.error("figures of one column that show different units", cell, expected=f"one of: {units}")
        unit = next(iter(shown), "")
        if unit and isinstance(read.facts.unit, str):
            read.facts.unit = unit
        elif unit:
            read.facts.unit = [unit if i in set(places) else own for i, own in enumerate(read.facts.unit)]
        return unit

    def different(self, column: int, rows: Sequence[int]) -> list[Cell]:
        """A cell for each different value and style of a column in these rows, from top to bottom.

        Of very many different numbers only some: the first, the ends, and the first that is no year, no code of five
        digits and no whole number, so that what holds for all of these holds for every one.
        """
        values, styles = self.sheet.aligned(column, rows)
        found: Iterable[int] = range(len(values))
        if not (set(map(type, values)) <= NUMBERS and len(set(values)) > MANY):
            keys = list(zip(values, styles, map(type, values), strict=True))
            first = dict(zip(reversed(keys), reversed(found), strict=True))
            found = sorted(first.values())
        numbers = [i for i in found if type(values[i]) in NUMBERS]
        if len(numbers) > MANY:
            told = _telling(values, styles, numbers)
            found = sorted(set(found).difference(numbers) | told)
        return [Cell(rows[i], column, values[i], self.sheet.styles[styles[i]]) for i in found if values[i] is not None]

    def _distinct(self, column: int, rows: Sequence[int]) -> Iterator[Cell]:
        values, styles = self.sheet.aligned(column, rows)
        if set(map(type, values)) <= {int, float} and len(set(styles)) == 1:
            yield Cell(rows[0], column, values[0], self.sheet.styles[styles[0]])
            return
        seen = set()
        for row, value, style in zip(rows, values, styles, strict=True):
            key = (value if isinstance(value, str) else None, style)
            if value is not None and key not in seen:
                seen.add(key)
                yield Cell(row, column, value, self.sheet.styles[style])

    def _check_column(self, column: int, rows: Sequence[int], unit: str, certain: bool) -> None:
        """Refuse a column that can be read two ways."""
        values, styles = self.sheet.aligned(column, rows)
        answers, kinds = about(self.sheet), set(map(type, values))
        if _has_marks(values) and not all(self.sheet.styles[style].point for style in set(styles)):
            texts = [cell for cell in self._distinct(column, rows) if isinstance(cell.value, str)]
            with _unless(answers, "numbers"):
                check_numbers(self.sheet, texts, unit, certain)
        if str in kinds and answers.marks():
            for text in set(filter(lambda value: isinstance(value, str), values)):
                answers.use_mark(" ".join(text.split()))
        if unit == "%" and kinds & {int, float}:
            look = self.sheet.styles
            cells = zip(rows, values, styles, strict=True)
            numbers = [Cell(r, column, value, look[style]) for r, value, style in cells if is_plain_number(value)]
            with _unless(answers, "percentages"):
                check_fractions(self.sheet, numbers)

    def _hundredfold(self, column: int, rows: Sequence[int], values: list[str]) -> list[str]:
        """Fractions that are stored without a percent format, as answered, in percent. Raises `DataError` over 1."""
        self.assume("percentages: fractions, as answered")
        stored, styles = self.sheet.aligned(column, rows)
        found = []
        for row, value, style, text in zip(rows, stored, styles, values, strict=True):
            cell = Cell(row, column, value, self.sheet.styles[style])
            if text and is_plain_number(value) and not cell.is_percent:
                if abs(value) > 1:
                    raise self.sheet.error("no fraction, as was answered", cell, expected="at most 1")
                text = number_text(Decimal(text) * 100)
            found.append(text)
        return found

    def _flag(self, read: ReadColumn, table: Table) -> None:
        """Add what column, row and look say: of figures that are there; what the source states, also of others."""
        facts, looks = read.facts, self._looks(read, table)
        if not (facts.status or facts.flags or looks):
            return
        for i, own in enumerate(read.flags):
            if not WITHOUT_VALUE & set(own):
                own += facts.at("status", i) + (looks[i] if looks else "")
            if stated := facts.at("flags", i):
                blank = self.sheet[read.rows[i], read.column].value is None
                reason = WITHOUT_VALUE & set(stated)
                own = stated if blank and reason else (own.replace("m", "") if reason else own) + stated
            read.flags[i] = "".join(sorted(set(own)))

    def _looks(self, read: ReadColumn, table: Table) -> list[str]:
        """The flag that the style of each figure stands for; nothing when none stands for any."""
        if not table.flag:
            return []
        values, styles = self.sheet.aligned(read.column, read.rows)
        known: dict[int, str] = {}
        for style in set(styles):
            i = styles.index(style)
            known[style] = table.flag(Cell(read.rows[i], read.column, values[i], self.sheet.styles[style]))
        return list(map(known.__getitem__, styles)) if any(known.values()) else []

    def _check_shares(self) -> None:
        """A share of a whole lies between 0 and 100 where its table says that its figures are shares."""
        for read in self.columns:
            if not self.tables[-1].shares or read.facts.unit != "%":
                continue
            for row, value in zip(read.rows, read.values, strict=True):
                if value and not 0 <= Decimal(value) <= 100:
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
        with_figures = set().union(*(table.rows for table in self.tables))
        self._check_lines(with_figures)
        for number in self.sheet.filled_columns:
            column = self.sheet.columns[number]
            if self.sheet.delimiter and '"' in "".join(column.values):
                self._check_quotes(number)
            for row in sorted(set(column.rows).difference(*self._taken.get(number, ()))):
                if (row, number) not in self._placed:
                    self._account(self.sheet[row, number], row in with_figures)
        self._check_months()
        self._tell_points()
        self._tell_struck()
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

    def _check_quotes(self, number: int) -> None:
        column = self.sheet.columns[number]
        for index, value in enumerate(column.values):
            if value.count('"') % 2:
                cell = self.sheet.cell(number, index)
                raise self.sheet.error("a quotation mark without its other half", cell)

    def _check_lines(self, rows: set[int]) -> None:
        """The lines of a CSV that hold figures have as many fields, or one of them has lost some."""
        fields = self.sheet.fields
        if not fields:
            return
        widest = max((fields.get(row, 0) for row in rows), default=0)
        short = next((row for row in sorted(rows) if fields.get(row, 0) < widest), 0)
        if short:
            raise self.sheet.error(
                f"a line with {fields[short]} fields among lines with more", self.sheet.row(short)[-1]
            )

    def _check_months(self) -> None:
        """`2011-12` is a month, unless all that look like months could be school years."""
        periods = set().union(*(read.facts.different("period") for read in self.columns))
        if not any(map(MONTH.fullmatch, periods)):
            return
        months: dict[str, Cell] = {}
        for number, column in self.sheet.columns.items():
            for index, value in enumerate(column.values):
                if isinstance(value, str) and MONTH.fullmatch(value.strip()):
                    months.setdefault(value.strip(), self.sheet.cell(number, index))
        wrong = min((cell for text, cell in months.items() if text in periods), key=_place, default=None)
        if wrong and all(int(text[2:4]) + 1 == int(text[5:]) for text in months):
            answered = about(self.sheet).whole("months")
            if answered == "school years":
                self._read_as_school_years()
            if answered:
                return
            year, month = wrong.text.split("-")
            raise self.sheet.error(
                "a period that can be read two ways",
                wrong,
                expected=f"month {month} of {year}, or the years {year}-{int(year) + 1}",
                answers=("months=months", "months=school years"),
            )

    def _read_as_school_years(self) -> None:
        self.assume("periods such as 2011-12 are school years, as answered")
        for read in self.columns:
            found = read.facts.period
            years = {
                text: f"{text[:5]}{text[:2]}{text[5:]}" if MONTH.fullmatch(text) else text
                for text in read.facts.different("period")
            }
            read.facts.period = list(map(years.__getitem__, found)) if isinstance(found, list) else years[found]

    def _tell_points(self) -> None:
        """How numbers that are texts were read."""
        found: set[bool] = set()
        for read in self.columns:
            values, styles = self.sheet.aligned(read.column, read.rows)
            if not _has_marks(values):
                continue
            known: set[int] = set()  # styles of which a number is found
            for row, value, style in zip(read.rows, values, styles, strict=True):
                if style in known or not isinstance(value, str) or not ("." in value or "," in value):
                    continue
                cell = Cell(row, read.column, value, self.sheet.styles[style])
                if is_number(cell):
                    known.add(style)
                    found.add(cell.point)
        for point in sorted(found):
            how = "a dot before decimals" if point else "a dot between thousands, a comma before decimals"
            self.assume(f"numbers as text: {how}")

    def _tell_struck(self) -> None:
        """Words that are struck through beside others are no part of these."""
        struck = {number for number, style in enumerate(self.sheet.styles) if style.struck}
        for number in self.sheet.filled_columns if struck else ():
            column = self.sheet.columns[number]
            for row, style in zip(column.rows, column.styles, strict=True):
                if style in struck:
                    text = self.sheet.styles[style].struck
                    self.left_out.append(f"{self.sheet.place(row, number)}: struck through: {text[:80]}")

    # What was read

    def __len__(self) -> int:
        return sum(len(read.rows) for read in self.columns)

    @property
    def rows(self) -> list[Observation]:
        """Every observation, in the order of the cells. An object a figure: for small sheets and registered files."""
        found = []
        for read in self.columns:
            for i, row in enumerate(read.rows):
                citation = dict(read.facts.at("citation", i))
                if self._hides(read.column, row):
                    citation["note"] = " ".join(filter(None, [citation.get("note"), HIDDEN]))
                texts = {name: read.facts.at(name, i) for name in ("indicator", "area_code", "area", "period")}
                observation = Observation(
                    **texts,
                    breakdown=read.facts.at("breakdown", i),
                    value=Decimal(read.values[i]) if read.values[i] else None,
                    unit=read.facts.at("unit", i),
                    status=read.flags[i],
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
            found.update(zip(*lists, read.values, read.flags, strict=True))
        return found

    @property
    def unended(self) -> int:
        """The line of figures at which a CSV ends without a line end: it may have been cut off there. Else 0."""
        last = self.sheet.unended
        return last if last and any(last in table.rows for table in self.tables) else 0

    @property
    def hidden_places(self) -> list[str]:
        """What the source hides: the sheet, and the rows and columns of which no filled cell is shown."""
        sheet = self.sheet
        if sheet.hidden:
            return ["the sheet"]
        if not sheet.hidden_rows and not sheet.hidden_columns:
            return []
        shown = [number for number in sheet.filled_columns if number not in sheet.hidden_columns]
        seen = set().union(*(sheet.columns[number].rows for number in shown)) - sheet.hidden_rows
        rows = [row for row in sheet.filled_rows if row not in seen]
        columns = [
            n for n in sheet.filled_columns if n not in shown or sheet.hidden_rows.issuperset(sheet.columns[n].rows)
        ]
        return [f"row {row}" for row in rows] + [f"column {column_letters(number)}" for number in columns]

    @property
    def hidden(self) -> list[str]:
        """Addresses of figures that the source hides."""
        sheet = self.sheet
        if not (sheet.hidden or sheet.hidden_rows or sheet.hidden_columns or any(self._may_hide.values())):
            return []
        found = [(row, read.column) for read in self.columns for row in read.rows if self._hides(read.column, row)]
        return [self.sheet.place(*place) for place in sorted(found)]

    def _hides(self, column: int, row: int) -> bool:
        sheet, cell = self.sheet, self.sheet[row, column]
        if sheet.hidden or cell.hidden:
            return True
        return self._may_hide[column] and shown_instead(cell) == ""

    @property
    def _may_hide(self) -> dict[int, bool]:
        """Columns of figures with a number format that may show nothing."""
        if "_hiding" not in self.__dict__:
            looks = [bool(re.search(r";|\[", style.number_format)) for style in self.sheet.styles]
            numbers = {
                read.column: set(self.sheet.columns[read.column].styles)
                for read in self.columns
                if read.column in self.sheet.columns
            }
            self.__dict__["_hiding"] = {column: any(looks[n] for n in used) for column, used in numbers.items()}
        return self.__dict__["_hiding"]


def _telling(values: Sequence[Value], styles: Sequence[int], numbers: Sequence[int]) -> set[int]:
    """Indexes of those of many numbers that tell what kind of numbers they are; `numbers` are the indexes of all."""
    stored = list(map(values.__getitem__, numbers))
    of_style = {styles[i]: i for i in reversed(numbers)}
    found = [stored.index(min(stored)), stored.index(max(stored))]
    for is_alike in (_may_be_year, _may_be_code, *([_is_whole] if float in set(map(type, stored)) else [])):
        found += itertools.islice((n for n, value in enumerate(stored) if not is_alike(value)), 1)
    return {numbers[0], *of_style.values(), *map(numbers.__getitem__, found)}


def _may_be_year(value: float) -> bool:
    return 1500 <= value < 2100


def _may_be_code(value: float) -> bool:
    return 1000 <= value < 100_000


def _is_whole(value: float) -> bool:
    return value == int(value)


def _has_marks(values: Sequence[Value]) -> bool:
    """True when any text has a dot or a comma: without, it is read in one way only."""
    kinds = set(map(type, values))
    if str not in kinds:
        return False
    texts = "".join(values if kinds == {str} else (value for value in values if type(value) is str))
    return "." in texts or "," in texts


@contextmanager
def _unless(answers: SheetAnswers, what: str) -> Iterator[None]:
    """A question is not raised that was answered."""
    try:
        yield
    except DataError:
        if not answers.whole(what):
            raise


def _place(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


def _rows_of(sheet: Sheet, table: Table, column: int) -> list[int] | None:
    """Which rows of a table hold a figure of this column; None for all of them.

    Raises `DataError` for a merged one of which the table does not say what it covers.
    """
    for top, left, bottom, right in sheet.merged:
        for row in range(top, min(bottom, sheet.height) + 1) if left <= column <= right else ():
            place = (row, column)
            known = place in table.skipped or place in table.instead
            if not known and row in table.rows and (sheet[top, left].text or not table.filled_only):
                raise sheet.error("figures in merged cells", sheet[top, left], do="ask what the figure is of")
    out = {row for row, other in (*table.skipped, *table.instead) if other == column}
    if table.filled_only:
        filled = set(sheet.columns[column].rows)
        found = [i for i, row in enumerate(table.rows) if row in filled and row not in out]
        return None if len(found) == len(table.rows) else found
    return [i for i, row in enumerate(table.rows) if row not in out] if out else None
