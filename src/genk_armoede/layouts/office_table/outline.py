# SPDX-License-Identifier: EUPL-1.2
"""Where the parts of a statistical office's table stand, by the shape of its rows and columns alone.

Takes a sheet; gives its titles, headers, figures, heads between rows and notes; called by `statistical`. Blank rows say
nothing: they stand inside of headers as well as under them. Each different value of a column is looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ...observations.marks import MARKS
from ...observations.periods import read_period
from ...observations.values import is_number
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet, Value
from ...spreadsheets.numerals import GROUPED, TOO_FEW
from ..answers import SheetAnswers
from ..engine.reading import Declined, unclear
from ..words import AREA_LEVELS, CODE_WORDS, PERIOD_WORDS, is_title_of_labels

BLANK, NUMBER, YEAR, PERIOD, MARK, RULER, TEXT = " ", "n", "y", "p", "m", "r", "t"
# What stands for a figure in tables of many publishers: two capitals in brackets, dots, a dash.
_MARK = re.compile(r"\([A-Z]{1,3}\)|NA|\.{2,}|\*|\(?\\\w{1,2}\)?")
_RULER = re.compile(r"[-–=_]{3,}")


def kinds(sheet: Sheet) -> dict[int, str]:
    """Row → a letter a column, from the first column on: blank, number, year, period, mark, ruler or text."""
    rows = sheet.filled_rows
    dense = []
    for number in range(1, sheet.width + 1):
        column = sheet.columns.get(number)
        letters = _letters(sheet, number) if column else ""
        if column and len(letters) == len(rows):
            dense.append(letters)
            continue
        found = dict(zip(column.rows, letters, strict=True)) if column else {}
        dense.append([found.get(row, BLANK) for row in rows])
    return dict(zip(rows, map("".join, zip(*dense, strict=True)), strict=True))


def _letters(sheet: Sheet, number: int) -> list[str]:
    column = sheet.columns[number]
    styles = sheet.styles
    plain = all(styles[style].is_struck is False for style in set(column.styles))
    known: dict[tuple[Value, int], str] = {}
    found = []
    for value, style in zip(column.values, column.styles, strict=True):
        stored = type(value)
        if (stored is int or stored is float) and plain:
            found.append(YEAR if 1500 <= value < 2100 and value == int(value) else NUMBER)
            continue
        key = (value, style)
        if key not in known:
            known[key] = kind(Cell(1, number, value, styles[style]))
        found.append(known[key])
    return found


def kind(cell: Cell) -> str:
    """The letter of a cell that is no stored number."""
    text = cell.text
    if is_number(cell):
        return YEAR if re.fullmatch(r"(?:1[5-9]|20)\d\d(?:\.0)?", text) else NUMBER
    if read_period(cell):
        return PERIOD
    if _RULER.fullmatch(text):
        return RULER
    if text.lower() in MARKS or _MARK.fullmatch(text) or TOO_FEW.fullmatch(text):
        return MARK
    return TEXT


REFERENCE = re.compile(r"\s*\\\w{1,2}(?!\w)")  # `Total \1`: how footnotes are referred to in texts without superscript
ONLY_REFERENCE = re.compile(r"\(?\\\w{1,2}\)?")
_CODE = re.compile(r"\bcodes?\b|refnis|\bnis\d?\b", re.IGNORECASE)
_FIGURES = frozenset((NUMBER, YEAR, MARK))
BREAKDOWN, NOTHING = "breakdown", "nothing"


@dataclass
class Outline:
    """Rows and columns of a table by what they hold."""

    titles: list[int]
    heads: list[int]  # from the first to the last row of headers; rows of the first column alone among them
    rows: list[int]  # of figures
    between: list[int]  # rows without figures among them
    notes: list[int]
    rulers: list[int]  # rows of strokes
    labels: dict[int, str]  # column → its role: breakdown, area, code, period, unit
    figures: list[int]
    passed: dict[int, str]  # column → why it is passed over
    headers: dict[int, str]  # column of labels → its header


def find(sheet: Sheet, answers: SheetAnswers) -> Outline:
    """The parts of the only table on a sheet.

    Raises `Declined` when it has none of this shape, and `Unclear` for a column that can be read two ways.
    """
    letters = kinds(sheet)
    if not letters:
        raise Declined("it is empty")
    left = sheet.filled_columns[0]
    first = next((row for row, text in letters.items() if _begins(text[left:]) and not _is_ruler(sheet, row, text)), 0)
    if not first:
        raise Declined("no row of figures")
    above = [row for row in letters if row < first]
    wide = [row for row in above if letters[row][left:].strip()]
    if not wide:
        raise Declined(f"no header above the figures that begin in row {first}")
    heads = [row for row in above if wide[0] <= row <= wide[-1]]
    if any(letters[row][left - 1] == NUMBER for row in heads):
        raise Declined("a number where a header would begin")
    if max(column.count(YEAR) for column in zip(*map(letters.__getitem__, heads), strict=True)) > 2:
        raise Declined("years under each other where headers would be")
    filled = [row for row in letters if row >= first]
    columns = dict(enumerate(zip(*map(letters.__getitem__, filled), strict=True), start=1))
    with_figures = [row for row in filled if _any(letters[row][left:])]
    rulers = [row for row in with_figures if _is_ruler(sheet, row, letters[row])]
    rows = [row for row in with_figures if row not in set(rulers)] if rulers else with_figures
    outline = Outline([row for row in above if row < wide[0]], heads, rows, [], [], rulers, {}, [], {}, {})
    _sort_columns(sheet, outline, answers, left, columns, filled)
    if not outline.figures or not outline.labels:
        raise Declined("no column of labels beside the figures")
    _sort_rows(outline, letters, filled, wide[-1])
    return outline


def _begins(right: str) -> bool:
    """True for a row of figures; a row of years alone is one of headers."""
    return NUMBER in right or (right.count(MARK) > 1 and not right.replace(MARK, "").strip())


def _any(right: str) -> bool:
    return NUMBER in right or MARK in right or YEAR in right


def _is_ruler(sheet: Sheet, row: int, letters: str) -> bool:
    """A row of nothing but strokes."""
    if not set(letters) <= {MARK, RULER, " "}:
        return False
    return not "".join(cell.text for cell in sheet.row(row)).strip("-–=_")


def _sort_columns(
    sheet: Sheet,
    outline: Outline,
    answers: SheetAnswers,
    left: int,
    columns: dict[int, tuple[str, ...]],
    filled: list[int],
) -> None:
    """Labels at the left, figures behind them; what is neither is passed over, or asked about."""
    places = {row: i for i, row in enumerate(filled)}
    picked = [places[row] for row in outline.rows]
    for number in range(left, sheet.width + 1):
        letters = [columns[number][i] for i in picked] if number in columns else []
        held = "".join(letters).replace(" ", "")
        header = _header(sheet, outline, number)
        role = answers.role(number, header)
        if not held:
            outline.passed[number] = ""
        elif role == NOTHING:
            outline.passed[number] = f"column {column_letters(number)}: left out, as answered"
        elif role == "figure":
            outline.figures.append(number)
        elif role:
            outline.labels[number], outline.headers[number] = role, header
        elif not outline.figures and _is_label(sheet, outline, number, held, header, number == left):
            outline.labels[number], outline.headers[number] = _role(header, held), header
        elif held.count(TEXT) * 2 >= len(held):
            _pass_over(sheet, outline, number)
        else:
            outline.figures.append(number)


def _header(sheet: Sheet, outline: Outline, number: int) -> str:
    """The words over a column, of all its rows of headers; footnotes are left off."""
    cells = (sheet[row, number] for row in outline.heads)
    return " ".join(filter(None, (REFERENCE.sub("", c.text) for c in cells if not is_title_of_labels(sheet, c))))


def _is_label(sheet: Sheet, outline: Outline, number: int, held: str, header: str, first: bool) -> bool:
    """Whether a column left of all figures holds labels. Raises `Unclear` where it can hold figures as well."""
    if first or _CODE.search(header):
        return True
    values = [value for value in sheet.aligned(number, outline.rows)[0] if value is not None]
    words = [value.strip() for value in values if isinstance(value, str)]
    grouped = 0 if sheet.delimiter else sum(map(bool, map(GROUPED.fullmatch, words)))
    texts = held.count(TEXT) + held.count(PERIOD) + grouped
    if texts * 2 >= len(held):
        return not all(map(ONLY_REFERENCE.fullmatch, words))
    numbers = [value for value in values if isinstance(value, int | float)]
    whole = all(value == int(value) for value in numbers)
    if texts and whole and (len(set(numbers)) == 1 or any(word[:1].isdigit() for word in words)):
        return True
    years = set(held) <= {YEAR, PERIOD}
    if years and header.lower() in PERIOD_WORDS:
        return True
    if years or (len(numbers) > 2 and whole and (_is_scale(numbers) or _extend(numbers))):
        letter = column_letters(number)
        answer = f"column {letter}={'period' if years else BREAKDOWN}"
        expected = f"figures ('column {letter}=figure'), or labels of the rows"
        cell = sheet[outline.rows[0], number]
        raise unclear(sheet, "a column of numbers that can be labels or figures", cell, answer, expected=expected)
    return False


def _is_scale(numbers: list[int]) -> bool:
    """Everywhere the same thousand or million: a unit, as it seems."""
    return len(set(numbers)) == 1 and bool(re.fullmatch(r"1(?:000)+", str(int(numbers[0]))))


def _extend(numbers: list[int]) -> bool:
    """Codes in levels: `23`, `236`, `2361`: most go on where an earlier one ends."""
    seen: set[str] = set()
    longer = 0
    for number in numbers:
        text = str(int(number))
        longer += any(text[:end] in seen for end in range(1, len(text)))
        seen.add(text)
    return longer * 2 >= len(numbers) and len(seen) > len(numbers) / 2 and max(map(len, seen)) > 2


def _role(header: str, held: str) -> str:
    word = header.lower()
    if word in AREA_LEVELS:
        return "area"
    if word in PERIOD_WORDS and (held.count(YEAR) + held.count(PERIOD)) * 2 > len(held):
        return "period"
    return "code" if word in CODE_WORDS else BREAKDOWN


def _pass_over(sheet: Sheet, outline: Outline, number: int) -> None:
    """A column of texts among or behind the figures: one that repeats the labels is passed over."""
    values, _ = sheet.aligned(number, outline.rows)
    letter = column_letters(number)
    for label in outline.labels:
        named, _ = sheet.aligned(label, outline.rows)
        if all(value is None or value == name for value, name in zip(values, named, strict=True)):
            outline.passed[number] = f"column {letter}: it repeats column {column_letters(label)}"
            return
    cell = next(sheet[row, number] for row, value in zip(outline.rows, values, strict=True) if value is not None)
    raise unclear(
        sheet,
        "a column of texts among the figures",
        cell,
        f"column {letter}={NOTHING}",
        expected=f"remarks on the figures ('column {letter}={NOTHING}'), or labels ('column {letter}={BREAKDOWN}')",
    )


def _sort_rows(outline: Outline, letters: dict[int, str], filled: Iterable[int], lowest: int) -> None:
    """Rows of figures; rows between them; notes under them."""
    held = [number - 1 for number in outline.figures]
    outline.rows = [row for row in outline.rows if any(letters[row][i] in _FIGURES for i in held)]
    if not outline.rows:
        raise Declined("no figures under the headers")
    last, taken = outline.rows[-1], {*outline.rows, *outline.rulers}
    first = outline.rows[0]
    under = [row for row in letters if lowest < row < first]
    outline.between = under + [row for row in filled if first < row <= last and row not in taken]
    outline.notes = [row for row in filled if row > last and row not in taken]
