# SPDX-License-Identifier: EUPL-1.2
"""What the labels of a row of a plain table say.

Takes a frame whose columns have their roles; gives a `Labels` for each column or set of columns; called by `table`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...observations import areas
from ...observations.marks import split_label_marks
from ...observations.periods import marked_period, packed_kind, packed_period, part_of_year
from ...observations.units import SYNONYMS, UNIT, unit_of_words
from ...observations.values import is_error
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ..answers import about, for_column, for_label
from ..codes import flags_of
from ..engine.declared import NOTHING, Labels, Says
from ..engine.facts import AREA_CODE
from ..engine.reading import Reading, unclear
from ..filled_down import ABOVE
from ..headers import label_text, nis_code
from ..words import AREA_LEVELS, REMARK, bare_mark, is_note
from .blanks import is_whole_year
from .extent import is_word
from .parts import Frame
from .places import is_total

COUNTRIES, BELGIUM = ("land", "country", "pays"), "01000"


def labels_of(reading: Reading, frame: Frame, whole: Says, year: str = "") -> list[Labels]:
    """What each column of labels says. `year`: that of the columns, where rows are its months or weeks."""
    sheet, figures = reading.sheet, min(frame.figures)
    codes = [column for column, role in frame.labels.items() if role == "code"]

    country = next((frame.under[column] for column, role in frame.labels.items() if role in COUNTRIES), [])
    is_foreign = any(areas.code_of(cell.text) != BELGIUM for cell in country)  # then `Limburg` may be the Dutch one

    def area(cell: Cell, *beside: Cell) -> Says:
        around = [other for other in beside if other.column not in codes]
        coded = next((other for other in beside if other.column in codes), None)
        named = (one for one in (cell, *around) if one.text and not is_total(one, around))
        label = next(named, cell) if around else cell
        header = frame.over[label.column][-1:]
        if is_note(label) or is_word(label.text):
            raise sheet.error("a note or header where an area belongs", label, answers=(f"row {label.row}=nothing",))
        if not label.text:
            at, answers = sheet[label.row, figures], (*for_label(label), ABOVE)
            raise sheet.error("a figure in a row without an area", at, expected="an area", answers=answers)
        level = AREA_LEVELS.get(_header_of(frame, label), "")
        label_text(sheet, label)
        level = "abroad" if is_foreign and areas.is_abroad(areas.split_level(label.text)[0]) else level
        name, flags = split_label_marks(label, frame.notes)
        pseudo = () if header else tuple(areas.pseudo(name).items())
        if label is not cell and coded is not None and coded.text:
            right = areas.code_of(name, level)
            if right and nis_code(coded) != right:
                raise sheet.error(f"the code of another area than {name}, {header[0].text}", coded, expected=right)
        code, name = ("", name) if codes else _split_code(name)
        return Says(area_code=code, area=name, level=level, breakdown=pseudo, status=flags)

    def period(cell: Cell, *parts: Cell) -> Says:
        found, flags = marked_period(cell, frame.notes)
        found = packed_period(cell, packed_kind(_header_of(frame, cell))) or found  # `2021-04` is also a week
        if not found and not whole.period:
            at = sheet[cell.row, figures]
            answers = for_label(cell, "YYYY")
            raise sheet.error("nothing says for which period this figure holds", at, answers=answers)
        for part in parts:
            found = found if is_whole_year(part) else in_year(found, part)
        return Says(period=found, status=flags)

    def in_year(year: str, cell: Cell) -> str:
        kind = frame.parts[cell.column]
        found = part_of_year(year, kind, cell)
        if not found:
            expected = {"W": "1 to 52", "M": "1 to 12, or its name", "Q": "1 to 4", "S": "1 or 2"}[kind]
            answers = (f"row {cell.row}=nothing", f"column {column_letters(cell.column)}=breakdown")
            raise sheet.error(f"this is no part of {year}", cell, expected=expected, answers=answers)
        return found

    def part(cell: Cell) -> Says:
        return NOTHING if is_whole_year(cell) else Says(period=in_year(year, cell))

    def note(cell: Cell) -> Says:
        return Says(status=frame.notes[bare_mark(cell.text)] if cell.text else "")

    def code(cell: Cell) -> Says:
        return Says(area_code="" if is_error(cell) or not cell.text else nis_code(cell))

    def remark(cell: Cell) -> Says:
        return Says(citation=(("note", label_text(sheet, cell)),)) if cell.text else NOTHING

    def indicator(cell: Cell) -> Says:
        if not cell.text:
            at = sheet[cell.row, figures]
            answers = for_label(cell)
            raise sheet.error("a figure in a row without an indicator", at, expected="an indicator", answers=answers)
        return Says(indicator=label_text(sheet, cell), unit=_unit_of_row(frame, cell))

    def unit(cell: Cell) -> Says:
        text = label_text(sheet, cell)
        return Says(unit=SYNONYMS.get(text.lower(), text))

    def level(cell: Cell) -> Says:
        return Says(level=AREA_LEVELS.get(cell.text.lower(), ""))

    known = {"level": level, "part": part, "area": area, "period": period, "code": code, "note": note, REMARK: remark}
    found = []
    for place, role in frame.labels.items():
        if role == "part" and not year:
            continue  # said with the year
        say = known.get(role) or _part(sheet, role, frame.notes)
        more = [*frame.coarser[place], *codes[:1]] if place in frame.coarser else []
        more += list(frame.parts) if role == "period" else []
        found.append(Labels((place, *more), say))
    listed = {"indicator": indicator, "eenheid": unit}
    listed["status"] = lambda cell: Says(flags=flags_of(label_text(sheet, cell))[0])
    return found + [Labels((place,), listed[role]) for role, place in frame.listed.items()]


def _split_code(text: str) -> tuple[str, str]:
    """Code and name of a label such as `71016 Genk`; a code alone is its name too."""
    return (text, text) if AREA_CODE.fullmatch(text) else areas.split_code(text)


def _header_of(frame: Frame, cell: Cell) -> str:
    heads = frame.over[cell.column]
    return heads[-1].text.lower().replace("_", " ") if heads else ""


def _unit_of_row(frame: Frame, cell: Cell) -> str:
    """The unit that the words of an indicator name, under a header that is a period."""
    bare = any(says.period for says in frame.figures.values()) and not any(says.unit for says in frame.figures.values())
    return unit_of_words(cell.text) if bare and "eenheid" not in frame.listed else ""


def _part(sheet: Sheet, key: str, notes: Mapping[str, str]) -> Callable[[Cell], Says]:
    """A column of labels that are parts of a breakdown; a total is none."""

    def say(cell: Cell) -> Says:
        if not cell.text or is_total(cell):
            return NOTHING
        label_text(sheet, cell)
        text, flags = split_label_marks(cell, notes)
        unit = UNIT.search(text)
        if unit and unit_of_words(unit[1]) and not about(sheet).role(cell.column, key):
            answers = for_column(cell.column, "breakdown")
            problem = "a label with a unit, so that it says what the figures are"
            expected = "labels of groups, or headers that name units"
            raise unclear(sheet, problem, cell, expected=expected, answers=answers)
        return Says(breakdown=((key, text),), status=flags)

    return say
