# SPDX-License-Identifier: EUPL-1.2
"""What an analyst answered about a sheet that can be read two ways.

Takes answers as they are written on the command line or in the register, such as `period=column Jaar indiening`; gives
what they say of columns, rows, cells and the whole sheet. Rows are left out and labels put in before any layout looks;
the rest is asked by the layout that has the question. `sheet Blad2: ` before an answer makes it one about that sheet.

| answer | says |
|---|---|
| `period=2021`, `area=Genk`, `unit=EUR`, `indicator=Leefloners` | what holds for the whole sheet |
| `period=column Jaar indiening`, `area=column B` | which column says it |
| `column Week=breakdown` | role of a column: `area`, `code`, `period`, `breakdown`, `figure`, `unit` or `nothing` |
| `column J=table` | a table of its own begins in this column, beside another |
| `years=bouwjaar` | years in the header are parts of a breakdown with this key; `years=periods`: they are periods |
| `cell A10=Totaal` | the label or header that belongs in a cell; never a figure |
| `row 12=nothing`, `rows 3,14-20=nothing` | rows are left out |
| `row 10=Totaal` | a row of a statistical table gets a label |
| `rows 11,14=heads` | the labels of these rows head those below them |
| `sheet Blad2: nothing` | the sheet is left out |
| `headers=left`, `headers=right`, `headers=middle` | over which column of its group a header stands |
| `header D6=B:G` | the header in D6 stands over the columns B to G |
| `numbers=point`, `numbers=comma` | what stands before decimals |
| `percentages=fractions`, `percentages=numbers` | what 0,143 means under a header in percent: 14,3 % or 0,143 % |
| `thousands=stored`, `thousands=shown` | what holds of a number that its format shows in thousands |
| `dates=dmy`, `dates=mdy` | whether `1/3/2021` begins with the day or the month |
| `negatives=brackets`, `negatives=behind` | `(1.200)` or `12-` is a negative number |
| `letters=flags` | letters behind figures, as in `12,7 bp`, are flags |
| `months=months`, `months=school years` | what `2011-12` means |
| `blanks=above`, `blanks=totals` | a blank label is that of the row above it, or of the coarser area beside it |
| `mark geh.=c` | the flag of a word that stands in place of a figure |
| `table=2` | which of several tables below each other |
| `layout=statistical` | which layout reads the sheet, as `--layout` says of a whole file |
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from ..errors import DataError
from ..observations.observation import WITHOUT_VALUE
from ..spreadsheets.addresses import column_letters, column_number, place_of
from ..spreadsheets.cells import Cell, Sheet

ROLES = ("area", "code", "period", "breakdown", "figure", "unit", "table", "nothing")
NOTHING = "nothing"
CHOICES = {
    "headers": ("left", "right", "middle"),
    "numbers": ("point", "comma"),
    "percentages": ("fractions", "numbers"),
    "thousands": ("stored", "shown"),
    "negatives": ("brackets", "behind"),
    "dates": ("dmy", "mdy"),
    "letters": ("flags",),
    "months": ("months", "school years"),
    "blanks": ("above", "totals"),
}
_WHOLE = ("period", "area", "unit", "indicator", "years", "table", "layout", *CHOICES)
_PARTS = r"column .+?|mark .+?|cell [A-Z]{1,3}\d+|header [A-Z]{1,3}\d+|rows? \d+(?:-\d+)?(?:,\d+(?:-\d+)?)*"
_FORM = re.compile(rf"(?P<what>{'|'.join(_WHOLE)}|{_PARTS})=(?P<says>.+)", re.DOTALL)
_LETTERS = re.compile(r"[A-Z]{1,3}")
_OF_SHEET = re.compile(r"sheet (?P<sheet>.+?): (?P<answer>.+)", re.DOTALL)


class Answers:
    """The answers about one file, and which of them a reading used."""

    def __init__(self, given: Sequence[str] = ()) -> None:
        self.given: dict[str, dict[str, str]] = {}  # sheet, empty for every one → what → what it says
        self.used: set[tuple[str, str]] = set()
        for text in given:
            of_sheet = _OF_SHEET.fullmatch(text.strip())
            name, answer = of_sheet.groups() if of_sheet else ("", text.strip())
            what, says = (NOTHING, NOTHING) if of_sheet and answer == NOTHING else _parsed(answer)
            if self.given.setdefault(name, {}).setdefault(what, says) != says:
                raise DataError("two answers to one question", found=text, expected=self.given[name][what])

    def of(self, sheet: Sheet) -> SheetAnswers:
        """The answers that hold for a sheet."""
        return SheetAnswers(self, sheet.name)

    def refuse_unused(self, file: str, do: str = "") -> None:
        """Raises `DataError` for answers that no reading asked for."""
        if unused := self.unused():
            raise DataError("an answer that nothing here asks for", file=file, found="; ".join(unused), do=do)

    def unused(self) -> list[str]:
        """Answers that no reading asked for."""
        told = []
        for name, said in self.given.items():
            asked = (text for text in said.items() if (name, text[0]) not in self.used)
            told += [f"sheet {name}: {_text(*pair)}" if name else _text(*pair) for pair in asked]
        return told


def _parsed(answer: str) -> tuple[str, str]:
    """An answer in two: what it is about, and what it says of that. Raises `DataError` for anything else."""
    found = _FORM.fullmatch(answer)
    if not found:
        expected = "such as 'period=2021', 'column Week=breakdown' or 'row 12=nothing'"
        raise DataError("this is no answer", found=answer, expected=expected, do="see: genk-armoede tidy --help")
    what, says = found["what"], found["says"].strip()
    kind = what.partition(" ")[0]
    known = CHOICES.get(what, ())
    known = ROLES if kind == "column" else known
    known = tuple(sorted(WITHOUT_VALUE)) if kind == "mark" else known
    if known and says not in known:
        raise DataError("this answer says nothing that can be", found=answer, expected=", ".join(known))
    if what == "table" and not re.fullmatch(r"[1-9]\d?", says):
        raise DataError("this answer is the number of no table", found=answer, expected="table=1, table=2")
    return what, says


def is_of_shape(answer: str) -> bool:
    """True for an answer that a next file of the same shape may need too.

    Not one about its own rows, cells or year, nor one about a column by its letters, where another may stand next year.
    """
    of_sheet = _OF_SHEET.fullmatch(answer)
    what, _, says = (of_sheet["answer"] if of_sheet else answer).partition("=")
    column = what.removeprefix("column ") if what.startswith("column ") else says.removeprefix("column ")
    return not re.match(r"(?:rows?|cell) ", what) and (
        not _LETTERS.fullmatch(column) and (what != "period" or says.startswith("column "))
    )


def question(answer: str) -> str:
    """What an answer is about: two answers to one question cannot both hold."""
    return answer.rpartition("=")[0] or answer


def _text(what: str, says: str) -> str:
    return says if what == NOTHING else f"{what}={says}"


class SheetAnswers:
    """What was answered about one sheet; asking makes an answer used."""

    def __init__(self, answers: Answers, sheet: str) -> None:
        self._answers, self._sheet = answers, sheet
        self.said = answers.given.get("", {}) | (answers.given.get(sheet, {}) if sheet else {})

    def use(self, what: str) -> str:
        """What was answered about this; the answer is used."""
        own = self._sheet if what in self._answers.given.get(self._sheet, {}) else ""
        self._answers.used.add((own, what))
        return self.said[what]

    @property
    def used(self) -> frozenset[tuple[str, str]]:
        """The answers about the file that were asked for so far."""
        return frozenset(self._answers.used)

    @used.setter
    def used(self, asked: frozenset[tuple[str, str]]) -> None:
        self._answers.used = set(asked)

    def whole(self, what: str) -> str:
        """What was answered for the whole sheet; empty when nothing was, or when a column says it."""
        if what not in self.said or self.said[what].startswith("column "):
            return ""
        return self.use(what)

    def header(self, cell: Cell) -> tuple[int, int] | None:
        """The first and the last column over which a header stands, when that was answered."""
        what = f"header {cell.address}"
        if what not in self.said:
            return None
        says = self.use(what)
        found = re.fullmatch(r"([A-Z]{1,3}):([A-Z]{1,3})", says)
        first, last = map(column_number, found.groups()) if found else (0, -1)
        if first > last:
            raise DataError("no range of columns", found=f"{what}={says}", expected="such as B:G")
        return first, last

    def row(self, number: int) -> str:
        """The label that was given to a row, `heads`, or `nothing`; empty when none was."""
        what = next((what for what in self.said if number in rows_of(what)), "")
        return self.use(what) if what else ""

    @property
    def names_rows(self) -> bool:
        """True when anything was answered about rows."""
        return any(what.startswith("row") for what in self.said)

    @property
    def names_parts(self) -> bool:
        """True when it was answered which rows head others, what a row is called, or over what a header stands."""
        rows = any(what.startswith("row") and says != NOTHING for what, says in self.said.items())
        return rows or any(what.startswith("header ") for what in self.said)

    @property
    def is_left_out(self) -> bool:
        """True when the sheet holds nothing to be read."""
        return bool(NOTHING in self.said and self.use(NOTHING))

    def role(self, column: int, header: str) -> str:
        """The role that was given to a column, by its header or its letters; empty when none was."""
        names = {header.lower(), column_letters(column).lower()} - {""}
        for what in ("period", "area"):
            said = self.said.get(what, "")
            if said.startswith("column ") and said.removeprefix("column ").strip().lower() in names:
                self.use(what)
                return what
        for what, says in self.said.items():
            named = what.startswith("column ") and what.removeprefix("column ").strip().lower() in names
            if named and says != "table":
                return self.use(what)
        return ""

    def is_table(self, column: int) -> bool:
        """True when it was answered that a table of its own begins in a column."""
        what = f"column {column_letters(column)}"
        return self.said.get(what) == "table" and bool(self.use(what))

    def marks(self) -> dict[str, str]:
        """Words that stand in place of a figure, in lower case, with their flag."""
        words = [what for what in self.said if what.startswith("mark ")]
        return {what.removeprefix("mark ").strip().lower(): self.said[what] for what in words}

    def use_mark(self, text: str) -> None:
        """A word that an answer explains stands in the table."""
        for what in self.said:
            if what.startswith("mark ") and what.removeprefix("mark ").strip().lower() == text.lower():
                self.use(what)

    def refuse_figures(self, reading) -> None:
        """No answer gives a figure: raises `DataError` when a cell that was answered was read as one."""
        for what in self.said:
            if not what.startswith("cell "):
                continue
            row, column = place_of(what.removeprefix("cell "))
            if any(read.column == column and row in read.rows for read in reading.columns):
                cell = reading.sheet[row, column]
                raise reading.sheet.error("an answer in the place of a figure", cell, expected="a figure from the file")


def rows_of(what: str) -> Iterable[int]:
    """The rows that an answer is about."""
    if not re.match(r"rows? \d", what):
        return
    for part in what.partition(" ")[2].split(","):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def about(sheet: Sheet) -> SheetAnswers:
    """What was answered about a sheet; nothing when nobody was asked."""
    return sheet.answers or Answers().of(sheet)


def for_label(cell: Cell, label: str = "LABEL") -> tuple[str, ...]:
    """How a cell gets the label that belongs in it, or its row is left out."""
    return f"cell {cell.address}={label}", f"row {cell.row}={NOTHING}"


def for_header(cell: Cell, header: str = "HEADER") -> tuple[str, ...]:
    """How a column gets its header, or is left out."""
    return f"cell {cell.address}={header}", f"column {column_letters(cell.column)}={NOTHING}"


def for_column(column: int, *roles: str, head: Cell | None = None) -> tuple[str, ...]:
    """How a column gets its role, or is left out: by its header where that can stand in an answer, else its letters."""
    text = head.text if head else ""
    named = re.fullmatch(r"[^='\n]{1,60}", text) and not _LETTERS.fullmatch(text)
    return tuple(f"column {text if named else column_letters(column)}={role}" for role in (*roles, NOTHING))


@contextmanager
def answerable() -> Iterator[None]:
    """An error about a cell says how to leave out what cannot be read where it names no better answer."""
    try:
        yield
    except DataError as error:
        if not error.answers and re.fullmatch(r"[A-Z]{1,3}\d+", error.cell):
            row, column = place_of(error.cell)
            error.answers = (f"row {row}={NOTHING}", f"column {column_letters(column)}={NOTHING}")
        raise


@contextmanager
def of_one(sheet: Sheet, several: bool) -> Iterator[None]:
    """Where a file has several sheets, the answers of an error name theirs."""
    try:
        yield
    except DataError as error:
        if several and sheet.name:
            error.answers = tuple(f"sheet {sheet.name}: {text}" for text in error.answers)
        raise
