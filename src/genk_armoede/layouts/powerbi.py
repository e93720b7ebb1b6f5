# SPDX-License-Identifier: EUPL-1.2
"""Matrices exported from Power BI, as BBC-DR gives the budgets of local authorities.

Header rows have their name in the first column and their values across, merged; the last one names the row
labels and the measure. Row labels go from coarse to fine; `Total` stands above its children. A blank is no record.
The applied filters, in one cell above or below, say what holds for the whole matrix. Where the name of the last header
row is that of what stands beside it, the first column of labels has no name of its own.
"""

from __future__ import annotations

import itertools
import re

from ..observations.marks import MARKS
from ..observations.naming import looks_like_area
from ..observations.observation import TOTAL_WORDS
from ..observations.periods import read_period
from ..observations.units import SYNONYMS, unit_of_words
from ..observations.values import is_number
from ..spreadsheets.cells import Cell, Sheet
from .answers import about, for_header, for_label
from .engine.declared import NOTHING, Says, Table
from .engine.reading import Declined, Reading
from .headers import border, label_text
from .words import AREA_LEVELS, CODE_WORDS, PERIOD_WORDS

NAME = "powerbi"
FILTERS = re.compile(r"(toegepaste filters|applied filters)\b", re.IGNORECASE)
FILTER = re.compile(r"^\s*\[?(.+?)\]?\s+is\s+(?!niet |not )(.+?)\s*$", re.MULTILINE)
SEVERAL = re.compile(r", | of | or | en | and ")
CHOSEN = re.compile(r"([^+,()]+) \(WaardeNaarKeuze\)")  # the measure that was chosen in BBC-DR
UNCLEAR, TOTAL = "unclear", "total"
AREA = "gebied"  # name of a column of areas that has none
Labels = list[tuple[str, Cell]]  # name of a header row or label column, and what it says


def read(sheet: Sheet) -> Reading:
    """One observation a filled cell; header rows and row labels are its breakdown, totals are told as `totaal`."""
    reading = Reading(sheet, NAME)
    filters = next((cell for row in border(sheet) for cell in sheet.texts(row) if FILTERS.match(cell.text)), None)
    if filters is None:
        raise Declined("no cell with the applied filters")
    first = next((row for row in sheet.filled_rows if _is_data(sheet.row(row))), 0)
    heads = [row for row in sheet.filled_rows if row < first and row != filters.row]
    if not heads:
        raise Declined("no header rows above the figures")
    left = min(sheet.row(number)[0].column for number in (heads[-1], first))
    alone = [n for n in heads[:-1] if len(sheet.row(n)) == 1 and sheet.row(n)[0].column <= left]
    titles = [n for n in alone if not any(top == n and begin > left for top, begin, _, _ in sheet.merged)]
    heads = [n for n in heads if n not in titles]
    if heads[-1] != first - 1:
        raise sheet.error(
            "an empty row above the figures",
            sheet.row(first)[0],
            do="see whether the names of the measures stood there",
        )
    for cells in ([filters], *map(sheet.row, titles)):
        reading.tell(cells)
    reading.labels(cell for number in heads for cell in sheet.row(number))
    end = filters.row if filters.row > first else sheet.height + 1
    rows = [row for row in sheet.filled_rows if first <= row < end]
    matrix = _Matrix(reading, heads, rows, left, _whole(filters))
    reading.declare(matrix.table())
    return reading


def _whole(filters: Cell) -> dict[str, str]:
    """What the filters say of the whole matrix, by name; the measure that was chosen under `waarde`."""
    text = str(filters.value)
    whole = {name.lower(): one for name, one in FILTER.findall(text) if not SEVERAL.search(one)}
    whole["waarde"] = next((chosen.strip() for chosen in CHOSEN.findall(text)), whole.get("waarde", ""))
    return whole


def _is_data(cells: list[Cell]) -> bool:
    """A row with figures: the only numbers in a header row are periods."""
    return any(is_number(cell) and not read_period(cell) for cell in cells[1:])


def _first_figure(sheet: Sheet, heads: list[int], rows: list[int], left: int) -> int:
    """The first column of figures: where the values of the upper header rows begin, or else the first with a number."""
    values = (cell.column for n in heads[:-1] for cell in sheet.row(n) if cell.column > left)
    known = PERIOD_WORDS | CODE_WORDS
    numbers = (
        cell.column
        for n in rows
        for cell in sheet.row(n)
        if cell.column > left and is_number(cell) and sheet[heads[-1], cell.column].text.lower() not in known
    )
    return min(values, default=0) or min(numbers)


def _of_period(says: Says) -> tuple:
    """What of a column or row decides which period its figures have, and whether they have an indicator."""
    parts = tuple((name, text == "totaal") for name, text in says.breakdown if name in PERIOD_WORDS)
    return says.period, bool(says.indicator), parts


class _Matrix:
    """Header rows over figures, and columns of labels beside them."""

    def __init__(self, reading: Reading, heads: list[int], rows: list[int], left: int, whole: dict[str, str]) -> None:
        self.reading, self.sheet, self.heads, self.left, self.whole = reading, reading.sheet, heads, left, whole
        self.start = start = _first_figure(self.sheet, heads, rows, left)
        filled = {n: self.sheet.columns[n].rows for n in self.sheet.filled_columns if n >= start}
        self.filled = {column: set(rows).intersection(found) for column, found in filled.items()}
        with_figures = set().union(*self.filled.values())
        self.rows = [row for row in rows if row in with_figures]
        self.columns = [column for column in self.filled if self.filled[column]]
        self.labels = [[self.sheet.over(row, column) for column in range(left, start)] for row in rows]
        names = [label_text(self.sheet, self.sheet[heads[-1], column]).lower() for column in range(left, start)]
        self.corner = self._corner(names)
        if self.corner:
            names[0] = AREA
        self._check(names, rows)
        reading.labels(cell for labels in self.labels for cell in labels)
        if start == left + 1 and any(labels[0].indent for labels in self.labels):
            self.names, filled = _stepped(names, [labels[0] for labels in self.labels])
        else:
            self.names, filled = names, _filled(self.sheet, names, self.labels)
        self.paths = dict(zip(rows, filled, strict=True))
        for row in set(rows).difference(self.rows):
            cells = self.sheet.row(row)
            reading.leave_out(f"row {row}: no figures: {cells[0].text}", cells)

    def _corner(self, names: list[str]) -> str:
        """The name of the last header row, when that is of what stands beside it and areas without a name below it."""
        below = [labels[0] for labels in self.labels if labels[0].text and not _is_total(labels[0])]
        others = [cell for cell in self.sheet.row(self.heads[-1]) if cell.column >= self.start]
        if len(self.heads) < 2 or len(names) > 1 or names[0] in AREA_LEVELS or not below:
            return ""
        if all(looks_like_area(cell.text) for cell in below) and len({cell.text for cell in others}) > 1:
            return names[0]
        return ""

    def _check(self, names: list[str], rows: list[int]) -> None:
        sheet = self.sheet
        if not all(names):
            raise sheet.error(
                "a column of labels without a header",
                sheet[self.heads[-1], names.index("") + self.left],
                answers=for_header(sheet[self.heads[-1], names.index("") + self.left]),
            )
        for row, labels in zip(rows, self.labels, strict=True):
            if not any(cell.text for cell in labels):
                raise sheet.error("a figure in a row without a label", sheet.row(row)[0], answers=for_label(labels[0]))
        _refuse_shifted(sheet, names, self.labels)

    def table(self) -> Table:
        """The matrix as a table; a figure that is the total of several periods is left out."""
        sheet, skipped = self.sheet, set()
        columns = {
            column: self._says(_across(sheet, self._named_heads(), self.left, column)) for column in self.columns
        }
        said = [self._says(list(zip(self.names, self.paths[row], strict=True))) for row in self.rows]
        figures = {column: self._column(column, columns[column]) for column in self.columns}
        areas_of_rows = [says.area for says in said]
        marks = {column: _of_period(says) for column, says in figures.items()}
        across = {mark: figures[column] for column, mark in marks.items()}  # few columns and rows say otherwise
        down = {_of_period(says): says for says in said}
        verdicts = {(one, other): self._verdict(across[one], down[other]) for one in across for other in down}
        for row, says in zip(self.rows, said, strict=True) if any(verdicts.values()) else ():
            for column in (column for column in self.columns if row in self.filled[column]):
                verdict, cell = verdicts[marks[column], _of_period(says)], sheet[row, column]
                if verdict == UNCLEAR:
                    raise self._unclear(cell, figures[column] | says)
                if verdict == TOTAL:
                    skipped.add((row, column))
                    self.reading.leave_out(f"{cell.address}: a total over several periods", [cell])
        self._check_filter(areas_of_rows)
        self._check_areas([says.area for says in figures.values() if says.area])
        if any(areas_of_rows) or any(says.area for says in figures.values()):
            whole = NOTHING
        else:
            name, area = self._filtered_area()
            whole = Says(area=area, level=AREA_LEVELS.get(name, ""))
        period = self._whole_period() if not all(says.period for says in figures.values()) else ""
        return Table(
            rows=self.rows,
            figures=figures,
            labels=[],
            said=said,
            marks=MARKS,
            whole=Says(period=period) | whole,
            filled_only=True,
            skipped=skipped,
        )

    def _verdict(self, column: Says, row: Says) -> str:
        """What a figure of a column and a row is: unclear, a total over several periods, or empty for a good one."""
        both = column | row
        if row.period and column.period not in ("", row.period):
            return UNCLEAR
        if not both.period and PERIOD_WORDS & {name for name, text in both.breakdown if text == "totaal"}:
            return TOTAL
        return "" if both.indicator and self._period(both) else UNCLEAR

    def _named_heads(self) -> list[int]:
        return self.heads if self.corner else self.heads[:-1]

    def _period(self, says: Says) -> str:
        return says.period or self._whole_period()

    def _whole_period(self) -> str:
        """The period that the filters say, or an answer where nothing in the matrix says one."""
        found = next((read_period(text) for name, text in self.whole.items() if name in PERIOD_WORDS), "")
        return found or read_period(about(self.sheet).whole("period"))

    def _filtered_area(self) -> tuple[str, str]:
        return next(((name, text) for name, text in self.whole.items() if name in AREA_LEVELS), ("", ""))

    def _check_filter(self, areas: list[str]) -> None:
        """A filter on areas of one level and labels of that level say the same."""
        name, area = self._filtered_area()
        if area and name in self.names and any(areas) and set(areas) - {"", area}:
            cell = next(labels[0] for labels in self.labels if labels[0].text != area)
            raise self.sheet.error(f"another {name} than the filter has", cell, expected=area, do="ask what was chosen")

    def _check_areas(self, across: list[str]) -> None:
        """A header row of areas holds some, or there are none beside it: else rows have changed places."""
        beside = next((labels[0] for labels in self.labels if looks_like_area(labels[0].text)), None)
        if across and beside and not any(map(looks_like_area, across)):
            problem = "an area in a row of labels, though a header row says that areas stand across"
            expected = f"areas where {across[0]!r} stands"
            raise self.sheet.error(problem, beside, expected=expected, do="ask what was chosen")

    def _says(self, labels: Labels) -> Says:
        """What header rows or labels say: periods, an area, and parts of a breakdown."""
        period, area, level, breakdown = "", "", "", {}
        for name, label in labels:
            if name in PERIOD_WORDS and read_period(label):
                if period not in ("", read_period(label)):
                    raise self._unclear(label, NOTHING)
                period = read_period(label)
            elif (name in AREA_LEVELS or name == AREA) and label.text and not _is_total(label):
                area, level = label_text(self.sheet, label), AREA_LEVELS.get(name, "")
            elif label.text:
                breakdown[name] = "totaal" if _is_total(label) else label_text(self.sheet, label)
        return Says(area=area, level=level, period=period, breakdown=tuple(breakdown.items()))

    def _column(self, column: int, says: Says) -> Says:
        """A column of figures with its measure, which the last header row or the filters name, and its unit."""
        head = self.sheet.over(self.heads[-1], column)
        measure = "" if is_number(head) else label_text(self.sheet, head)
        if self.corner or (len(self.heads) == 1 and read_period(head)):
            measure = self.whole["waarde"] or (self._title() if self.corner else "")
        measure = measure or about(self.sheet).whole("indicator")
        if len(self.heads) == 1 and read_period(head):
            says |= Says(period=read_period(head))
        unit = unit_of_words(measure)
        if not unit and "eenheid" in self.whole:
            unit = SYNONYMS.get(self.whole["eenheid"].lower(), self.whole["eenheid"])
        if measure:
            self.reading.assume(f"the unit of {measure!r} is {unit or 'not named'}")
        return says | Says(indicator=measure, unit=unit)

    def _title(self) -> str:
        """The name of a measure that nothing names: what the file is called."""
        return self.sheet.name or self.sheet.file.rpartition(".")[0]

    def _unclear(self, cell: Cell, says: Says) -> Exception:
        missing = "for which one period it holds" if says.indicator else "what this figure is"
        return self.sheet.error(
            f"nothing says {missing}",
            cell,
            expected="the measure in the last header row, and a header row or filter such as 'Boekjaar'",
            answers=("period=YYYY",) if says.indicator else ("indicator=LABEL",),
        )


def _refuse_shifted(sheet: Sheet, names: list[str], labels: list[list[Cell]]) -> None:
    """Labels may be numbers, such as the codes of accounts, but not one among words."""
    for name, column in zip(names, zip(*labels, strict=True), strict=True):
        numbers = [cell for cell in column if is_number(cell)]
        words = [cell for cell in column if cell.text and not is_number(cell) and not _is_total(cell)]
        if numbers and words:
            raise sheet.error(f"a number among the words under {name!r}", numbers[0], answers=for_label(numbers[0]))


def _filled(sheet: Sheet, names: list[str], labels: list[list[Cell]]) -> list[list[Cell]]:
    """Labels in columns: one that is blank to the left of another is that of the row above, unless labels repeat."""
    repeats = [
        any(a[i].text and a[i].text == b[i].text for a, b in itertools.pairwise(labels)) for i in range(len(names))
    ]
    filled: list[list[Cell]] = []
    for own in labels:
        last = max((i for i, cell in enumerate(own) if cell.text), default=-1)
        row = [filled[-1][i] if not cell.text and i < last and filled else cell for i, cell in enumerate(own)]
        for i, cell in enumerate(own if last >= 0 else []):
            taken = not cell.text and i < last
            if (taken and (repeats[i] or not row[i].text or _is_total(row[i]))) or (
                i > last and not _is_total(row[last])
            ):
                raise sheet.error(f"no {names[i]} in this row", cell, answers=for_label(cell))
        filled.append(row)
    return filled


def _is_total(label: Cell) -> bool:
    return label.text.lower() in TOTAL_WORDS


def _stepped(names: list[str], labels: list[Cell]) -> tuple[list[str], list[list[Cell]]]:
    """One column of indented labels as a column a level; a label above deeper ones is their total."""
    levels = sorted({cell.indent for cell in labels})
    names = names + [f"niveau {level + 1}" for level in range(1, len(levels))]
    rows: list[list[Cell]] = []
    for cell, below in zip(labels, [*labels[1:], None], strict=True):
        depth = levels.index(cell.indent)
        row = rows[-1][:depth] if rows else []
        row += [Cell(cell.row, 0, None)] * (depth - len(row)) + [cell]
        if below is not None and below.indent > cell.indent:
            row.append(Cell(cell.row, 0, "Totaal"))
        rows.append(row + [Cell(cell.row, 0, None)] * (len(levels) - len(row)))
    return names, rows


def _across(sheet: Sheet, heads: list[int], left: int, column: int) -> Labels:
    """Names and values of the header rows over a column. Raises `DataError` where one says nothing of the column."""
    found: Labels = []
    for number in heads:
        label = sheet.over(number, column)
        if not label.text and any(_is_total(above) for _, above in found):
            continue  # the total of a coarser header has no finer one
        if not label.text:
            raise sheet.error("a header row that says nothing of this column", label, answers=for_header(label))
        name = sheet[number, left]
        if not name.text:
            raise sheet.error("a header row without a name", name, answers=for_label(name, "NAME"))
        found.append((name.text.lower(), label))
    return found
