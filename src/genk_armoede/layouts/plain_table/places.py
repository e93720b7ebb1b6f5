# SPDX-License-Identifier: EUPL-1.2
"""Columns of areas and their codes in a plain table: which say where, which are of coarser areas, which are no codes.

Takes a frame whose columns have their roles; changes its labels, or raises the question; called by `columns`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...observations import areas
from ...observations.observation import ALL_GROUPS, TOTAL_WORDS
from ...observations.values import is_error, is_number
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ..answers import about, for_column, for_label
from ..engine.reading import Reading, unclear
from ..headers import label_text, nis_code
from ..words import AREA_LEVELS, LONGER_LEVELS
from .parts import Frame

FINE = (
    "sector", "buurt", "wijk", "stadsdeel", "deelgemeente", "municipality", "zone", "arrondissement", "province",
    "region",
)  # fmt: skip
LISTED = {"indicator", "eenheid"}  # headers of labels in a list with a column 'Waarde'


def name_other_things(frame: Frame) -> None:
    """Under `Naam` beside a column of known areas stand names of something else, where none of them is an area."""
    columns = [column for column, role in frame.labels.items() if role == "area" and frame.over[column]]
    known = [c for c in columns if any(areas.is_known(cell.text) for cell in frame.under[c])]
    for column in columns if known else ():
        if column not in known and frame.over[column][-1].text.lower() == "naam":
            frame.labels[column] = "naam"


def leave_out_other_names(reading: Reading, frame: Frame) -> None:
    """`Gemeente (FR)` beside `Gemeente (NL)`, with another name for each, says nothing more."""
    place = frame.column_of("area")
    others = [column for column, role in frame.labels.items() if role in LONGER_LEVELS] if place else []
    for column in others:
        if _one_to_one(reading.sheet, frame, place, column):
            del frame.labels[column]
            reading.leave_column(f"column {frame.header(column)}: other names of the areas", column, frame.rows)
            reading.labels(frame.over[column])


def find_roots(reading: Reading, frame: Frame) -> None:
    """A column that holds nothing but the text of its header is the root of the levels beside it, as in be.STAT.

    Among these a blank is the level before it. One that says that it is the total says no more than that.
    """
    for column in [c for c in frame.labels if len(frame.over[c]) == len(frame.under[c]) == 1]:
        (cell,) = frame.under[column]
        if cell.text != frame.over[column][-1].text:
            continue
        frame.roots.append(column)
        if _is_of_places(frame, column):
            del frame.labels[column]
        elif is_total(cell) or cell.text.lower().startswith("alle "):
            del frame.labels[column]
            reading.leave_column(f"column {cell.text}: all, as its header says", column, frame.rows)
            reading.labels(frame.over[column])
    if frame.roots:
        reading.assume("a blank label is the total, or the coarser area beside it")


def leave_out_coarser(reading: Reading, frame: Frame) -> None:
    """Of columns of areas of several levels the finest says where; no name may lie in two coarser areas.

    Where the finest says that it is a total, the coarser area is meant.
    """
    sheet = reading.sheet
    levels = {
        column: AREA_LEVELS.get(frame.header(column).lower(), "")
        for column, role in frame.labels.items()
        if role == "area" and column < min(frame.figures, default=0)
    }
    widest = [column for column in frame.roots if _is_of_places(frame, column)]
    is_nested = set(levels.values()) <= set(FINE) and len(set(levels.values())) == len(levels)
    if len(levels) + len(widest) < 2 or not is_nested:
        frame.labels |= dict.fromkeys(widest, "area")
        return
    finest, *coarser = sorted(levels, key=lambda column: FINE.index(levels[column]))
    around = [cell for column in coarser for cell in frame.under[column]]
    totals = any(is_total(cell, around) for cell in frame.under[finest]) or _blanks_are_totals(sheet, frame, finest)
    for column in coarser:
        for row, other in _two_coarser(sheet, frame.rows, column, finest):
            cell = sheet.over(row, column)
            raise sheet.error(
                f"an area of one name in two, also in {sheet.over(other, column).address}",
                cell,
                expected="each finer area in one coarser area; else it is a breakdown of the coarser",
                answers=(f"column {column_letters(finest)}=breakdown",),
            )
        for cell in frame.under[column]:
            label_text(sheet, cell)
        del frame.labels[column]
        if totals:
            frame.coarser.setdefault(finest, []).append(column)
        else:
            header = frame.over[column][-1].text
            reading.leave_column(f"column {header}: the coarser areas", column, frame.rows)
    if totals:
        frame.coarser.setdefault(finest, []).extend(widest)


def _is_of_places(frame: Frame, column: int) -> bool:
    """True for a root such as `België`, and for one that stands before areas."""
    return areas.is_known(frame.over[column][-1].text) or frame.labels.get(column + 1) == "area"


def _blanks_are_totals(sheet: Sheet, frame: Frame, finest: int) -> bool:
    """True when blanks among the finest areas are of the coarser one: under a root, or as answered.

    Raises `Unclear` for others.
    """
    labels = sheet.aligned(finest, frame.rows)[0]
    row = next((row for row, label in zip(frame.rows, labels, strict=True) if label is None), 0)
    if row and not frame.roots and about(sheet).whole("blanks") != "totals":
        cell = sheet.over(row, finest)
        raise unclear(
            sheet,
            "a blank where others name an area",
            cell,
            expected="its name, or Totaal for the coarser area beside it",
            answers=(*for_label(cell, "Totaal"), "blanks=totals"),
        )
    return bool(row or frame.roots)


def leave_out_other_codes(reading: Reading, frame: Frame) -> None:
    """Of several columns of codes that count which has one for each area; others are of the areas around these."""
    coded = [column for column, role in frame.labels.items() if role == "code"]
    place = frame.column_of("area")
    if len(coded) < 2 or not place:
        return
    fitting = [column for column in coded if _one_to_one(reading.sheet, frame, column, place)]
    fitting = [column for column in fitting if not _contradict(reading.sheet, frame, column, place)] or fitting
    for column in coded if len(fitting) == 1 else ():
        if column not in fitting and all(areas.name_of(nis_code(cell)) for cell in frame.under[column]):
            header = frame.header(column) or column_letters(column)
            reading.leave_column(f"column {header}: codes of coarser areas", column, frame.rows)
            del frame.labels[column]


def _contradict(sheet: Sheet, frame: Frame, coded: int, place: int) -> bool:
    """True for codes of other areas than stand beside them."""
    rows = _different_rows(sheet, frame.rows, coded, place)
    return any(areas.contradict(nis_code(sheet.over(row, coded)), sheet.over(row, place).text) for row in rows)


def _two_coarser(sheet: Sheet, rows: Sequence[int], coarse: int, fine: int) -> Iterator[tuple[int, int]]:
    """Rows in which an area lies in another coarser one than in an earlier row; with that row."""
    known: dict[str, tuple[str, int]] = {}
    values = zip(rows, _texts(sheet, fine, rows), _texts(sheet, coarse, rows), strict=True)
    for row, name, around in values:
        if not name or name.lower() in TOTAL_WORDS:
            continue
        first, at = known.setdefault(name, (around, row))
        if first != around:
            yield row, at


def _texts(sheet: Sheet, column: int, rows: Sequence[int]) -> list[str]:
    """The values of a column without spaces that nobody sees."""
    values = sheet.aligned(column, rows)[0]
    known = {value: "" if value is None else " ".join(str(value).split()) for value in set(values)}
    return list(map(known.__getitem__, values))


def is_total(cell: Cell, around: Sequence[Cell] = ()) -> bool:
    """True for a total, and for that of a coarser area beside it: `Totaal Genk`, `Hele gemeente`."""
    text = cell.text.lower()
    whole = around and (_WHOLE.fullmatch(text) or any(text == f"totaal {other.text.lower()}" for other in around))
    return set(text.split(" / ")) <= TOTAL_WORDS | ALL_GROUPS or bool(whole)


_WHOLE = re.compile(
    r"(?:heel de|(?:ge)?hele|volledige) (?:gemeente|stad)|(?:gemeente|stad) totaal|totaal (?:gemeente|stad)"
    r"|total commune|toute la commune"
)


def refuse_codes(sheet: Sheet, frame: Frame) -> None:
    """Codes are of the areas beside them, and no figures."""
    place = frame.column_of("area")
    coded = frame.column_of("code")
    heads = [frame.over[column][-1] for column in (place, coded) if column and frame.over[column]]
    if len(set(filter(None, (AREA_LEVELS.get(head.text.lower()) for head in heads)))) > 1:
        answers = for_column(coded, "breakdown")
        raise sheet.error("codes of another level than the areas beside them", heads[1], answers=answers)
    names: dict[str, str] = {}
    for row in _different_rows(sheet, frame.rows, place, coded) if place and coded else ():
        code, name = sheet.over(row, coded), sheet.over(row, place).text
        if code.text and not is_error(code) and names.setdefault(code.text, name) != name:
            problem = f"one code for two areas, {names[code.text]} and {name}"
            raise sheet.error(problem, code, answers=for_column(coded, "breakdown"))
    if place:
        _refuse_codes_as_figures(sheet, frame, place)


def _different_rows(sheet: Sheet, rows: Sequence[int], *columns: int) -> list[int]:
    """The first row of each different set of cells in these columns."""
    keys = zip(*(sheet.aligned(column, rows)[0] for column in columns), strict=True)
    first: dict[tuple, int] = {}
    for row, key in zip(rows, keys, strict=True):
        first.setdefault(key, row)
    return list(first.values())


def _refuse_codes_as_figures(sheet: Sheet, frame: Frame, place: int) -> None:
    """A column under a header of figures that holds the codes of all areas whose code is known."""
    names = ((row, sheet.over(row, place).text) for row in _different_rows(sheet, frame.rows, place))
    known = ((row, code) for row, name in names if (code := areas.code_of(name)))
    columns = [column for column in frame.figures if about(sheet).role(column, frame.header(column)) != "figure"]
    first = 0
    for row, code in known if columns else ():
        first = first or row
        columns = [column for column in columns if nis_code(sheet[row, column]) == code]
        if not columns:
            return
    if first:
        cell = sheet[first, columns[0]]
        answers = for_column(columns[0], "code", "figure")
        raise sheet.error("codes of areas under a header of figures", cell, answers=answers)


def find_area_of_codes(reading: Reading, frame: Frame) -> None:
    """Areas are what has one name for each code and one code for each name, whatever its header; not a coarser area."""
    sheet = reading.sheet
    coded = frame.column_of("code")
    old = frame.column_of("area")
    if not coded or (old and _one_to_one(sheet, frame, coded, old)):
        return
    words = (
        column
        for column, role in frame.labels.items()
        if role not in ("area", "code", "level", "period", "status", *LISTED)
    )
    if place := next((column for column in words if _one_to_one(sheet, frame, coded, column)), 0):
        frame.labels[place] = "area"
        reading.assumed.append(f"column {sheet[frame.heads[-1], place].address}: the areas that have the codes")
        if old:
            reading.leave_column(f"column {frame.over[old][-1].text}: the coarser areas", old, frame.rows)
            del frame.labels[old]


def _one_to_one(sheet: Sheet, frame: Frame, coded: int, column: int) -> bool:
    """True for two codes or more, each with a name of its own."""
    rows = _different_rows(sheet, frame.rows, coded, column)
    pairs = {(sheet.over(row, coded).text, sheet.over(row, column).text) for row in rows}
    alike = all(len({*texts}) == len(pairs) and "" not in texts for texts in zip(*pairs, strict=True))
    return len(pairs) > 1 and alike and not any(map(is_number, frame.under[column]))
