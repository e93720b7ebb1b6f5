# SPDX-License-Identifier: EUPL-1.2
"""What a column of a plain table holds, by its header and what stands under it.

Takes a frame and a column; gives `area`, `code`, `period`, `figure`, the key of a breakdown, and the like; called by
`columns`. Raises `DataError` for a column that can be read two ways.
"""

from __future__ import annotations

import re

from ...observations import areas
from ...observations.ages import read_ages
from ...observations.marks import split_marks
from ...observations.periods import periods_in, read_period
from ...observations.units import unit_of_words
from ...observations.values import FOOTNOTE, answers_of_number, is_error, is_number, looks_like_number, may_be_negative
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ...spreadsheets.numerals import is_numeral
from ..answers import about, for_column, for_label
from ..engine.facts import AREA_CODE
from ..engine.reading import Reading, unclear
from ..headers import index_column, label_parts, label_text, nis_code
from ..words import (
    AGES,
    AREA_LEVELS,
    CLASS_NUMBERS,
    CODE_WORDS,
    COUNTED,
    LEVEL_HEADERS,
    LONGER_LEVELS,
    NOTE_WORDS,
    PEOPLE,
    PIVOT_LABELS,
    REMARK,
    REMARKS,
    ROW_NUMBERS,
    bare_mark,
)
from .extent import is_figure, is_word
from .parts import Frame, has_bare_labels, is_counted
from .places import is_total
from .times import header_period, role_of_time

FETCHED = re.compile(
    r"(?:fetched|retrieved|updated|created|downloaded) (?:at|on)|last updated?|bijgewerkt op|timestamp"
)
NUMBERED = re.compile(r"code|^nummer\b|nummer$|nr$|\bnis\d?\b|refnis|^nace\b|^(leeftijd|nr\.?|id)$")
CODED = re.compile(r"code|\bnis\d?\b|refnis")


def role_of(reading: Reading, frame: Frame, column: int) -> str:
    """`area`, `code`, `period`, `figure`, the key of a breakdown, or nothing for a column that is left out."""
    sheet, heads, cells = reading.sheet, frame.over[column], frame.under[column]
    if (not cells and not heads) or index_column(reading, sheet[frame.heads[-1], column], frame.rows):
        return ""
    head = sheet[frame.heads[-1], column] if not heads else heads[-1]
    if given := about(sheet).role(column, head.text):
        return _answered(reading, frame, column, given)
    if not cells and heads[-1:] and heads[-1].column != column:
        return ""  # under the header of the column beside it, which is merged over both
    if not heads:
        return _role_without_header(reading, frame, column, cells)
    if is_counted(frame, heads[-1]):
        return "figure" if cells else ""
    word = _word(sheet, heads[-1], cells)
    _refuse_people(reading, frame, column, word)
    return (
        _role_of_place(reading, frame, column, word)
        or role_of_time(reading, frame, column, word)
        or _role_of_number(reading, frame, column, word)
        or _role_of_rest(reading, frame, column, word)
    )


def _answered(reading: Reading, frame: Frame, column: int, given: str) -> str:
    """The role that an analyst gave to a column, when what stands in it allows that."""
    sheet, cells = reading.sheet, frame.under[column]
    reading.assume(f"column {column_letters(column)}: {given}, as answered")
    if given == "nothing":
        reading.leave_column(f"column {column_letters(column)}: left out, as answered", column, frame.rows)
        reading.labels(frame.over[column])
        return ""
    if given == "period" and (wrong := next((cell for cell in cells if not header_period(frame, cell)), None)):
        raise sheet.error(
            "the answer says that this column holds periods", wrong, expected="2021, 2020-2021 or 2021-12"
        )
    if given == "breakdown":
        return _key(frame.header(column)) or f"kolom {column_letters(column)}"
    return {"unit": "eenheid"}.get(given, given)


def _word(sheet: Sheet, head: Cell, cells: list[Cell]) -> str:
    """A header in lower case. `[Project Toestand]` over words is a label in brackets, not a unit."""
    bare, unit, _ = label_parts(sheet, head)
    return _key(bare or (unit if not any(map(is_number, cells)) else ""))


def _key(header: str) -> str:
    """A header as the key of a breakdown: `aantal_huishoudleden` → `aantal huishoudleden`."""
    return header.lower().strip("[]").replace("_", " ").strip()


def _role_of_place(reading: Reading, frame: Frame, column: int, word: str) -> str:
    """`area` or `code` for a column of areas or their codes."""
    cells = frame.under[column]
    numbers = [cell for cell in cells if is_number(cell)]
    coded = CODED.search(word) and _is_of_areas(frame, word) and all(AREA_CODE.fullmatch(nis_code(c)) for c in cells)
    if word in CODE_WORDS or (cells and coded):
        _check_codes(reading, word, cells)
        return "code"
    listed = all(re.fullmatch(r"\d{5}", cell.text) and areas.name_of(cell.text) for cell in cells)
    if len(cells) > 2 and listed and not all(cell.text.endswith("000") for cell in cells):
        return "code"  # whatever stands above it: three figures are no codes by chance, unless rounded to thousands
    if word in LEVEL_HEADERS and cells and all(cell.text.lower() in AREA_LEVELS for cell in cells):
        return "level"
    if word in PIVOT_LABELS and _are_dated(reading.sheet, cells):
        return "period"
    if word in PIVOT_LABELS and any(areas.is_known(cell.text) for cell in cells):
        return "area"
    if word not in AREA_LEVELS or _is_another(frame, column, word):
        return ""
    names = [
        cell for cell in cells if not is_number(cell) and not is_total(cell) and not AREA_CODE.fullmatch(cell.text)
    ]
    if wrong := next((cell for cell in numbers if names or not AREA_CODE.fullmatch(nis_code(cell))), None):
        expected = "a name, or a code such as 71016"
        answers = for_label(wrong) if names else for_column(wrong.column, "period", "figure", "breakdown")
        alone = [row for row in frame.rows if len(reading.sheet.places(row)) == 1]
        if wrong.row in alone and read_period(wrong):  # a year that heads the rows under it
            answers = (f"row{'s' * (len(alone) > 1)} {','.join(map(str, alone))}=heads",)
        raise reading.sheet.error("a number where an area belongs", wrong, expected=expected, answers=answers)
    others = [head.text.lower() for head in frame.others(column)]
    levels = {AREA_LEVELS.get(other) for other in others if "naam" in other}  # `Sectornaam` beside `Sector`
    beside_names = AREA_LEVELS[word] in levels or any(AREA_LEVELS.get(other) == "" for other in others)
    coded = cells and beside_names and all(AREA_CODE.fullmatch(cell.text) for cell in cells)
    return "code" if numbers or coded else "area"


def _is_another(frame: Frame, column: int, word: str) -> bool:
    """True for `Gemeente van inschrijving` beside `Gemeente`, and for the second of two such: a breakdown."""
    level, others = LONGER_LEVELS.get(word), ((c, _key(frame.header(c))) for c in frame.over if c != column)
    alike = ((c, other) for c, other in others if AREA_LEVELS.get(other) == level)
    return bool(level) and any(c < column or other not in LONGER_LEVELS for c, other in alike)


def _are_areas(heads: list[Cell]) -> bool:
    return len(heads) > 1 and all(areas.is_known(head.text) for head in heads)


def _refuse_people(reading: Reading, frame: Frame, column: int, word: str) -> None:
    """Raises `DataError` for a column that tells one person from another."""
    if PEOPLE.search(word) and len(frame.under[column]) > 1:
        raise reading.sheet.error(
            "a list of people, told apart by name, number or birth",
            found=f"{frame.over[column][-1].text} (column {column_letters(column)})",
            expected="counts of people",
            do="delete it: this is no place for it",
        )


def _role_of_number(reading: Reading, frame: Frame, column: int, word: str) -> str:
    """A key for numbers that are labels, `note` for footnote marks, `nothing` for numbers that only tell rows apart."""
    cells = frame.under[column]
    parts = [cell for cell in cells if not is_total(cell)]
    whole = bool(parts) and all(re.fullmatch(r"\d+(?:\.0)?\+?", cell.text) for cell in parts)
    if frame.notes and word in NOTE_WORDS and all(bare_mark(cell.text) in frame.notes for cell in cells):
        return "note"
    tells_apart = ROW_NUMBERS.search(word) or (word in _DEGREES and _are_degrees(frame))
    if tells_apart and cells and all(is_number(c) and not read_period(c) for c in cells):
        reading.leave_column(
            f"column {frame.over[column][-1].text}: it tells rows apart, no figure", column, frame.rows
        )
        reading.labels(frame.over[column])
        return "nothing"
    if whole and any(cell.text.endswith("+") for cell in cells) and any(map(is_number, cells)):
        return word  # `3+` is no figure
    if not whole or not CLASS_NUMBERS.search(word):
        return ""
    unit = label_parts(reading.sheet, frame.over[column][-1])[1]
    measured = unit_of_words(word) not in ("", "aantal") and not AGES.search(word)  # `Graad (%)`
    is_label = not measured and unit not in ("%", "‰", "EUR") and _others_are_figures(frame, column)
    return word if is_label else ""


_DEGREES = {"lengte": (2, 7), "breedte": (49, 52)}  # in which Belgium lies


def _are_degrees(frame: Frame) -> bool:
    """True for `Lengte` and `Breedte` beside each other that are of places in Belgium, and of nothing measured."""
    columns = {_key(frame.header(column)): frame.under[column] for column in frame.over if frame.over[column]}
    for name, (low, high) in _DEGREES.items():
        texts = [cell.text.replace(",", ".") for cell in columns.get(name, [])]
        if not texts or not all(re.fullmatch(r"\d{1,2}\.\d+", text) and low <= float(text) <= high for text in texts):
            return False
    return True


def _others_are_figures(frame: Frame, column: int) -> bool:
    """True when another column under a header that is no class holds numbers."""
    for other, cells in frame.under.items():
        heads = frame.over[other]
        if other == column or not heads or not any(map(is_number, cells)) or all(map(read_period, cells)):
            continue
        word = _key(heads[-1].text)
        if not CLASS_NUMBERS.search(word) and word not in CODE_WORDS and not CODED.search(word):
            return True
    return False


def _role_of_rest(reading: Reading, frame: Frame, column: int, word: str) -> str:
    """`figure`, or the key of a breakdown."""
    sheet, heads, cells = reading.sheet, frame.over[column], frame.under[column]
    numbers = [cell for cell in cells if is_number(cell)]
    words = [cell for cell in cells if not _is_marked_figure(frame, cell)]
    dated = any(header_period(frame, head) for head in heads)
    odd = next(filter(looks_like_number, words), None)
    negative = words and all(map(may_be_negative, words))
    if negative and (periods_in(heads[-1].text) or not all(map(FOOTNOTE.fullmatch, (cell.text for cell in words)))):
        odd = odd or words[0]
    if FETCHED.fullmatch(word):
        reading.leave_column(f"column {heads[-1].text}: when rows were made, no part of them", column, frame.rows)
        return "nothing"
    ages = odd and word.startswith("leeftijd") and read_ages(odd.text)
    bound = odd and odd.text[0] in "<>≤≥" and not numbers and not all(map(looks_like_number, words))  # `< 10.000`
    if REMARKS.fullmatch(word):
        return REMARK
    numbered = odd and word.endswith(("nummer", "nr"))  # `0207.437.468`
    if (word in ("status", "obs status") and not numbers) or ages or bound or numbered:
        return word
    if odd:
        dates = ["period"] if read_period(odd) else []
        raise sheet.error(
            "text that looks like a number but cannot be read as one",
            odd,
            expected="a number such as 1963, 1.963 or 58,2, or words",
            answers=(*answers_of_number(odd.text), *for_column(column, *dates, "breakdown", head=heads[-1])),
        )
    if frame.figures and len(words) > 1 and not numbers and all(COUNTED.fullmatch(cell.text) for cell in words):
        raise sheet.error(
            "numbers with a unit that can be labels or figures",
            words[0],
            answers=for_column(column, "figure", "breakdown", head=heads[-1]),
        )
    if NUMBERED.search(word) or (words and not numbers and not dated and not _names_unit(sheet, heads)):
        return word
    says_figure = dated or any(unit_of_words(cell.text) or "[" in cell.text for cell in heads)
    if numbers and all(map(read_period, numbers)) and not words and not says_figure:
        raise sheet.error(
            "a column that can hold periods or figures",
            numbers[0],
            expected="a header that says 'Jaar', or names a unit",
            answers=for_column(column, "period", "figure", "breakdown", head=heads[-1]),
        )
    return "figure" if cells or dated else ""


def _names_unit(sheet: Sheet, heads: list[Cell]) -> bool:
    """True for headers with words and a unit in brackets, under which words are no labels."""
    return any(bare and unit for bare, unit, _ in (label_parts(sheet, head) for head in heads))


def _is_marked_figure(frame: Frame, cell: Cell) -> bool:
    """A figure, a mark, or a figure with a footnote mark behind it."""
    if is_figure(cell):
        return True
    text, _ = split_marks(cell, frame.notes)
    return text != cell.text and is_numeral(text, cell.point)


def _is_of_areas(frame: Frame, word: str) -> bool:
    """False for a header of codes that names another level than any column of areas: `NIS-code provincie`."""
    named = {AREA_LEVELS[part] for part in re.findall(r"[a-z]+", word) if AREA_LEVELS.get(part)}
    return not named or bool(
        named & {AREA_LEVELS.get(cells[-1].text.lower()) for cells in frame.over.values() if cells}
    )


def _role_without_header(reading: Reading, frame: Frame, column: int, cells: list[Cell]) -> str:
    """Codes, and areas of which one is known, speak for themselves."""
    role = ""
    codes = [nis_code(cell) for cell in cells if not is_error(cell)]
    if all(map(AREA_CODE.fullmatch, codes)) and (not codes or any(areas.name_of(code[:5]) for code in codes)):
        role = "code"
    elif column == min(frame.under) and _are_dated(reading.sheet, cells):
        role = "period"
    elif (has_bare_labels(frame) or _is_beside_periods(frame, column)) and not any(
        is_figure(cell) or areas.is_named(cell.text) for cell in cells
    ):
        return _bare_part(reading, frame, column)
    elif column == min(frame.under) and _are_areas(frame.others(column)) and not any(map(is_figure, cells)):
        reading.assumed.append(f"column {column_letters(column)}: parts, though it has no header")
        return "rij"
    elif any(areas.is_named(cell.text) for cell in cells) and not any(is_word(c.text) or is_number(c) for c in cells):
        role = "area"
    if not role:
        problem = "a filled cell in a column without a header"
        answers = for_column(cells[0].column, "area", "breakdown", "figure")
        answers = (*for_column(column, "period")[:1], *answers) if all(map(read_period, cells)) else answers
        raise unclear(reading.sheet, problem, cells[0], answers=answers)
    reading.assumed.append(f"column {column_letters(column)}: {role}s, though it has no header")
    return role


def _is_beside_periods(frame: Frame, column: int) -> bool:
    """True for the first column, under areas that stand alone, where all others are under periods."""
    is_first = bool(frame.blocks) and column == min(frame.under)
    return is_first and all(read_period(head) for head in frame.others(column))


def _bare_part(reading: Reading, frame: Frame, column: int) -> str:
    """The key of parts without a header, `nothing` for those that a column before them says already."""
    sheet, letters = reading.sheet, column_letters(column)
    values = sheet.aligned(column, frame.rows)[0]
    for other in range(min(frame.under), column):
        if list(sheet.aligned(other, frame.rows)[0]) == list(values):
            reading.leave_column(f"column {letters}: it repeats column {column_letters(other)}", column, frame.rows)
            return "nothing"
    reading.assumed.append(f"column {letters}: parts, though it has no header")
    return "rij" if column == min(frame.under) else f"rij {letters}"


def _are_dated(sheet: Sheet, cells: list[Cell]) -> bool:
    """True for periods. Raises `Unclear` where a few labels are none: `Gemiddelde` under months."""
    undated = [cell for cell in cells if not read_period(cell)]
    if undated and 2 * len(undated) < len(cells):
        cell = undated[0]
        answers = (f"row {cell.row}=nothing", *for_label(cell, "YYYY")[:1], *for_column(cell.column, "breakdown")[:1])
        raise unclear(sheet, "this is no period, among labels that are", cell, answers=answers)
    return not undated


def _check_codes(reading: Reading, word: str, cells: list[Cell]) -> None:
    """Codes are text or whole numbers, NIS codes of five digits. Formulas that looked them up may all have failed."""
    if cells and all(map(is_error, cells)):
        reading.assumed.append(f"column {column_letters(cells[0].column)}: no codes, their formulas went wrong")
        return
    for cell in cells:
        label_text(reading.sheet, cell)
        if "nis" in word and not AREA_CODE.fullmatch(nis_code(cell)):
            answers = for_column(cell.column, "breakdown")
            expected = "five digits, such as 71016"
            raise reading.sheet.error("this is no NIS code", cell, expected=expected, answers=answers)
