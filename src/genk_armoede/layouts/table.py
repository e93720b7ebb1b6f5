# SPDX-License-Identifier: EUPL-1.2
"""Any other table: titles, header rows, labels at the left, figures, notes. Among them Statbel's C.1 and web pivots.

What its words do not say it assumes and tells: header rows, label columns, where periods stand, units. Headers
over one parent that are class bounds (`< 10.000 EUR`) are a breakdown; a merged cell of figures covers its classes.
What can be read two ways is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from ..observations import areas
from ..observations.figures import read_figures
from ..observations.marks import MARKS, marks_of, split_marks
from ..observations.observation import STATUS, TOTAL_WORDS
from ..observations.periods import PARTS_OF_YEAR, marked_period, part_of_year, periods_in, read_period
from ..observations.units import split_label, unit_of_words
from ..observations.values import is_error, is_number, looks_like_number
from ..spreadsheets.addresses import column_letters
from ..spreadsheets.cells import Cell, Sheet
from ..spreadsheets.numerals import is_numeral
from .answers import about, for_column, for_header, for_label
from .declared import NOTHING, Labels, Says, Table
from .facts import AREA_CODE
from .headers import border, index_column, label_parts, label_text, nis_code
from .parts import Frame, find, is_figure, is_next_table, is_wide, is_word
from .reading import Declined, Reading, unclear
from .words import (
    AREA_LEVELS,
    CLASS_NUMBERS,
    CODE_WORDS,
    LEVEL_HEADERS,
    NO_PERIOD,
    PEOPLE,
    PERIOD_WORDS,
    ROW_NUMBERS,
    bare_mark,
    is_note,
    legend_marks,
    notes_of,
)

NAME = "table"
CLASS = re.compile(
    r"([<>≤≥]|vanaf\b|van \d|tot\b|meer dan\b|minder dan\b|onder\b|boven\b"
    r"|\d+ ?[-–] ?\d|\d+ jaar|\d.* (en|of) meer$|\d+\+)",
    re.IGNORECASE,
)
CLASSES = "klasse"
FINE = ("sector", "buurt", "wijk", "stadsdeel", "deelgemeente", "municipality", "arrondissement", "province", "region")
REMARK = "opmerking"
NO_PARTS = {"area", "code", "level", "period", "part", "note", REMARK}
NOTE_WORDS = {"noot", "note", "voetnoot", "footnote", "opm", "opm."}
LISTED = {"indicator", "eenheid"}  # headers of labels in a list with a column 'Waarde'
# Headers of numbers that count nothing; of those, headers of codes.
_OFFICE_MARK = re.compile(r"\([A-Z]{1,3}\)|NA|\(?\\\d{1,2}\)?")
NUMBERED = re.compile(r"code|nummer$|\bnis\d?\b|refnis|^(leeftijd|nr\.?|id|nace)$")
CODED = re.compile(r"code|\bnis\d?\b|refnis")
# A header that begins or ends with its year; and words after which a year is none of the figures'.
DATED = re.compile(
    r"(?P<words>.+?),? \(?(?P<last>\d{4}(?:[-/]\d{4})?)\)?|(?P<first>\d{4}(?:[-/]\d{4})?),? (?P<rest>.+)"
)
OTHER_YEAR = re.compile(
    r"prijs|prijzen|basis|sinds|vanaf|\btot\b|t\.?o\.?v|opzichte|evolutie|=|indeling|grens", re.IGNORECASE
)
PUBLISHED = re.compile(
    r"export|bijgewerkt|update|publicatie|gepubliceerd|opgemaakt|geraadpleegd|afgedrukt|©", re.IGNORECASE
)


def read(sheet: Sheet) -> Reading:
    """One observation a figure, mark or blank under a header of figures, in each table of the sheet.

    An answer may name the only table that is meant.
    """
    reading = Reading(sheet, NAME)
    wanted = about(sheet).whole("table")
    first = frame = find(reading)
    first.notes = notes_of(sheet, _noted(sheet)) | first.notes  # below the last table stands what is noted of all
    if wanted:
        _read_table(reading, _only(reading, frame, int(wanted)), NOTHING)
        return reading
    above = _read_table(reading, frame, NOTHING)
    while True:
        try:
            frame = find(reading, frame.last)
        except Declined:
            return reading  # a figure that is left is told by `Reading.finish`
        if not is_next_table(sheet, frame.heads):
            return reading
        frame.notes = first.notes | frame.notes
        frame.titles = frame.titles or first.titles
        _read_table(reading, frame, above)


def _only(reading: Reading, frame: Frame, wanted: int) -> Frame:
    """The table with this number from above; the others are left out."""
    sheet, before, after = reading.sheet, 0, frame
    for number in range(1, wanted + 1):
        if number > 1:
            before, after = after.last, find(reading, after.last)
        if number < wanted:
            _leave_out_rows(reading, before, after.last, number)
    _leave_out_rows(reading, after.last, sheet.height, wanted + 1)
    return after


def _leave_out_rows(reading: Reading, above: int, last: int, number: int) -> None:
    rows = [row for row in reading.sheet.filled_rows if above < row <= last]
    if rows:
        cells = [cell for row in rows for cell in reading.sheet.row(row)]
        reading.leave_out(f"rows {rows[0]} to {rows[-1]}: table {number}, another than was answered", cells)


def _noted(sheet: Sheet) -> list[int]:
    """Rows that hold words alone, in a cell or two, of which footnotes are some."""
    rows = ((row, sheet.row(row)) for row in border(sheet))
    return [row for row, cells in rows if len(cells) < 3 and not any(map(is_number, cells[1:]))]


def _read_table(reading: Reading, frame: Frame, above: Says) -> Says:
    """Declare a table; gives what holds for the whole of it. `above`: what holds by the first table of the sheet."""
    sheet = reading.sheet
    _columns(reading, frame)
    _leave_out_differences(reading, frame)
    if not _years_of_something_else(reading, frame):
        _date(reading, frame)
    if not frame.figures:
        raise Declined("no column of figures under the header")
    whole = _whole(reading, frame, above)
    if not whole.area and "area" not in frame.labels.values() and not any(c.area for c in frame.figures.values()):
        if not frame.labels | frame.listed:
            raise Declined("nothing beside the figures says what they are of")
        reading.assume("no column of areas: the area is left blank")
    _keep_rows_of_figures(reading, frame)
    _refuse_gaps(sheet, frame)
    instead, skipped = _merged(sheet, frame)
    marks = MARKS | legend_marks(sheet)
    _ask_marks(reading, frame, marks)
    reading.declare(
        Table(
            rows=frame.rows,
            figures=frame.figures,
            labels=_labels(reading, frame, whole),
            marks=marks,
            whole=whole,
            skipped=skipped,
            instead=instead,
            notes=frame.notes,
        )
    )
    return whole


def _ask_marks(reading: Reading, frame: Frame, marks: Mapping[str, str]) -> None:
    """What statistical offices put in place of a figure, such as `(NA)`, is asked when no legend explains it."""
    for column in frame.figures:
        for cell in reading.different(column, frame.rows):
            if cell.text.lower() not in marks and _OFFICE_MARK.fullmatch(cell.text):
                do = "say in a legend what it stands for"
                raise unclear(reading.sheet, "a mark that nothing explains", cell, expected="a figure or a mark", do=do)


def _leave_out_differences(reading: Reading, frame: Frame) -> None:
    """A column `2020-2021` beside one of 2020 and one of 2021 is their difference, or a question."""
    sheet = reading.sheet
    by_period = {(says.indicator, says.period): column for column, says in frame.figures.items()}
    for column, says in list(frame.figures.items()):
        begin, _, end = says.period.partition("-")
        first, last = by_period.get((says.indicator, begin), 0), by_period.get((says.indicator, end), 0)
        if not (end and first and last):
            continue
        head = frame.over[column][-1]
        if about(sheet).role(column, head.text) == "figure":
            continue
        if not _is_difference(sheet, frame.rows, first, last, column):
            raise unclear(
                sheet,
                f"{head.text} beside {begin} and {end} can be a period or what changed between them",
                head,
                expected="a period of more years, or a difference, which its figures are not",
                answers=for_column(column, "figure", head=head),
            )
        reading.leave_column(f"column {head.text}: the difference between {begin} and {end}", column, frame.rows)
        del frame.figures[column]


def _is_difference(sheet: Sheet, rows: Sequence[int], first: int, last: int, column: int) -> bool:
    """True when each figure is the second less the first, or that as a part or percentage of the first."""
    marks = MARKS | legend_marks(sheet)
    read = [read_figures(sheet, number, rows, "", marks, {})[0] for number in (first, last, column)]
    found = [tuple(map(Decimal, texts)) for texts in zip(*read, strict=True) if all(texts)]
    ways = (lambda a, b: b - a, lambda a, b: (b - a) / a if a else None, lambda a, b: (b - a) / a * 100 if a else None)
    for way in ways:
        differences = [(way(a, b), c) for a, b, c in found]
        if found and all(d is not None and abs(d - c) <= Decimal("0.5001") * _last_place(c) for d, c in differences):
            return True
    return False


def _last_place(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(value.normalize().as_tuple().exponent, 0))


# `naar jaar van aankomst`, `volgens geboortejaar`: what years in a header are of.
_YEARS_OF = re.compile(r"\b(?:naar|volgens|per|selon|by)\s+(jaar van \w+|\w+jaar|year of \w+)", re.IGNORECASE)


def _years_of_something_else(reading: Reading, frame: Frame) -> bool:
    """Years in the header are parts of a breakdown where a title says of what they are the years, or an answer.

    True when they are.
    """
    sheet = reading.sheet
    titles = " ".join(cell.text for number in frame.titles for cell in sheet.row(number))
    found = [match[1].lower() for match in _YEARS_OF.finditer(titles) if NO_PERIOD.search(match[1].lower())]
    across = any(says.period for says in frame.figures.values())
    key = (about(sheet).whole("years") or next(iter(found), "")) if across else ""
    if not key:
        return False
    reading.assume(f"years in the header: {key}, a breakdown")
    for column, says in frame.figures.items():
        parts = (*says.breakdown, (key, says.period)) if says.period else says.breakdown
        frame.figures[column] = replace(says, period="", breakdown=parts)
    return True


def _keep_rows_of_figures(reading: Reading, frame: Frame) -> None:
    """Rows with a figure, or with all their labels; others are headings, or areas without any figure.

    One label alone is a heading, unless headers name units in brackets, as people type them: then its figure is blank.
    """
    sheet = reading.sheet
    figures, _ = _filled(sheet, frame.figures, frame.rows)
    labels = [column for column, role in frame.labels.items() if role not in (REMARK, "note")]
    _, named = _filled(sheet, labels, frame.rows)
    named = {row for row in named if row in figures or not is_note(sheet.row(row)[0])}
    kept = figures | (named if len(labels) > 1 or _is_typed(frame) else set())
    for row in frame.rows:
        if row not in kept:
            cells = sheet.row(row)
            text = " | ".join(cell.text for cell in cells)
            reading.leave_out(f"row {row}: a heading, or an area without any figure: {text}", cells)
    left_out = len(kept) < len(frame.rows)
    frame.rows = [row for row in frame.rows if row in kept]
    if left_out and labels and not frame.listed:
        _ask_heads(sheet, frame, labels)


def _ask_heads(sheet: Sheet, frame: Frame, labels: Sequence[int]) -> None:
    """Labels that stand twice may be told apart by the headings above them."""
    known: dict[tuple, int] = {}
    for row, *key in zip(frame.rows, *(sheet.aligned(column, frame.rows)[0] for column in labels), strict=True):
        if (first := known.setdefault(tuple(key), row)) != row:
            expected = f"one row with these labels, or heads that tell it from row {first}"
            do = "say in a column of labels what sets them apart"
            raise unclear(sheet, "labels that stand twice", sheet[row, labels[0]], expected=expected, do=do)


def _is_typed(frame: Frame) -> bool:
    """True when each column of figures names its unit in brackets."""
    return all(any("[" in head.text for head in frame.over[column]) for column in frame.figures)


def _filled(sheet: Sheet, columns: Iterable[int], rows: Sequence[int]) -> tuple[set[int], set[int]]:
    """Rows in which any of these columns is filled, and those in which all are; a merged cell fills what it covers."""
    filled = []
    for column in columns:
        values, _ = sheet.aligned(column, rows)
        across = {row for row in _merged_rows(sheet, column) if sheet.over(row, column).text}
        filled.append({row for row, value in zip(rows, values, strict=True) if value is not None or row in across})
    return set().union(*filled), set.intersection(*filled) if filled else set()


def _merged_rows(sheet: Sheet, column: int) -> set[int]:
    """Rows in which a column lies in a merged range."""
    spans = (
        range(top, min(end, sheet.height) + 1) for top, left, end, right in sheet.merged if left <= column <= right
    )
    return {row for span in spans for row in span}


def _refuse_gaps(sheet: Sheet, frame: Frame) -> None:
    """Of labels from coarse to fine a coarser one is not left blank, and no row is without any."""
    labels = [column for column, role in frame.labels.items() if role not in ("code", "note", REMARK)]
    named, _ = _filled(sheet, [*labels, *frame.listed.values()], frame.rows)
    bare = next((row for row in frame.rows if row not in named), 0) if labels else 0
    if bare:
        raise unclear(
            sheet,
            "a figure in a row without a label",
            sheet[bare, min(labels)],
            expected="a label, or Totaal",
            answers=for_label(sheet[bare, min(labels)], "Totaal"),
        )
    columns = [column for column, role in frame.labels.items() if role not in NO_PARTS]
    filled = [_filled(sheet, [column], frame.rows)[0] for column in columns]
    for i, column in enumerate(columns):
        wrong = set().union(*filled[i + 1 :]).intersection(frame.rows) - filled[i]
        if wrong:
            cell = sheet[min(wrong), column]
            above = [sheet.over(row, column).text for row in frame.rows if row < cell.row]
            raise sheet.error(
                f"no {frame.labels[column]} in this row, though a finer label stands beside it",
                cell,
                expected="the label of a row above it, or another",
                answers=for_label(cell, next(filter(None, reversed(above)), "LABEL")),
            )


def _columns(reading: Reading, frame: Frame) -> None:
    """Give each column its role by its header and what stands under it."""
    sheet = reading.sheet
    for column in frame.over:
        role = _role(reading, frame, column)
        if role == "nothing":
            continue
        if role == "figure":
            frame.figures[column] = _column(reading, frame, column)
        elif role:
            frame.labels[column] = role
    _leave_out_coarser(reading, frame)
    _check_labels(sheet, frame)
    _find_area_of_codes(reading, frame)
    if "area" not in frame.labels.values():
        _find_area(reading, frame)
    _refuse_codes(sheet, frame)
    bare = all(read_period(cell) for column in frame.figures for cell in frame.over[column])
    if bare or [column.indicator.lower() for column in frame.figures.values()] == ["waarde"]:
        _list(frame)
    _refuse_bare(reading, frame)
    if frame.figures and all(column.period for column in frame.figures.values()):
        reading.assumed.append("periods: across, in the header")
    said = ", ".join(f"{key} (column {Cell(1, c, None).address[:-1]})" for c, key in frame.labels.items())
    reading.assumed.append(f"labels: {said or 'none'}")


def _refuse_bare(reading: Reading, frame: Frame) -> None:
    """Where headers say what some columns are of, a period alone says too little of the others."""
    bare = [c for c in frame.figures if all(_period(frame, head) for head in frame.over[c])]
    if bare and len(bare) < len(frame.figures) and len({says.indicator for says in frame.figures.values()}) > 1:
        head = frame.over[bare[0]][-1]
        raise unclear(
            reading.sheet,
            "a header that says only its period, beside others that say what they are of",
            head,
            expected="a header over it as over the others",
            answers=for_header(head),
        )


def _leave_out_coarser(reading: Reading, frame: Frame) -> None:
    """Of columns of areas of several levels the finest says where; no name may lie in two coarser areas.

    Where the finest says that it is a total, the coarser area is meant.
    """
    sheet = reading.sheet
    levels = {
        column: AREA_LEVELS.get(frame.over[column][-1].text.lower(), "") if frame.over[column] else ""
        for column, role in frame.labels.items()
        if role == "area" and column < min(frame.figures, default=0)
    }
    if len(levels) < 2 or not set(levels.values()) <= set(FINE) or len(set(levels.values())) < len(levels):
        return
    finest, *coarser = sorted(levels, key=lambda column: FINE.index(levels[column]))
    totals = any(_is_total(cell) for cell in frame.under[finest])
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
        if column == coarser[0] and totals:
            frame.coarser[finest] = column
        else:
            header = frame.over[column][-1].text
            reading.leave_column(f"column {header}: the coarser areas", column, frame.rows)


def _two_coarser(sheet: Sheet, rows: Sequence[int], coarse: int, fine: int) -> Iterator[tuple[int, int]]:
    """Rows in which an area lies in another coarser one than in an earlier row; with that row."""
    known: dict[object, tuple[object, int]] = {}
    values = zip(rows, sheet.aligned(fine, rows)[0], sheet.aligned(coarse, rows)[0], strict=True)
    for row, name, around in values:
        if isinstance(name, str) and name.strip().lower() in TOTAL_WORDS:
            continue
        first, at = known.setdefault(name, (around, row))
        if first != around:
            yield row, at


def _is_total(cell: Cell) -> bool:
    return cell.text.lower() in TOTAL_WORDS


def _check_labels(sheet: Sheet, frame: Frame) -> None:
    """Refuse columns of labels that do not make one table with the figures."""
    roles = list(frame.labels.values())
    heads = [frame.over[c][-1].text.lower() for c in (*frame.figures, *frame.labels) if frame.over[c]]
    first = min(frame.figures, default=sheet.width)
    gap = next((c for c in frame.over if c > first and not frame.over[c] and not frame.under[c]), sheet.width)
    for column in sorted(frame.labels, key=lambda c: c <= gap):  # a second table explains all else
        role = frame.labels[column]
        head = (frame.over[column] or frame.under[column][:1])[-1]
        own = [cell for cell in frame.over[column] if not is_wide(sheet, cell.row, cell.column)]
        own = [cell for cell in own if cell is head or not _names_periods(sheet, cell)]
        if len(own) > 1:  # labels have one header; a second may be the label of a first row whose figures are blank
            raise unclear(
                sheet,
                "a row that can be a header or figures",
                head,
                expected=f"figures or marks in row {head.row}, or no second header under {own[0].text!r}",
                answers=(f"row {head.row}=nothing",),
            )
        if column > gap:
            raise sheet.error("a second table beside the first", head, answers=for_column(column))
        if roles.count(role) > 1 or (frame.over[column] and heads.count(head.text.lower()) > 1):
            answers = for_column(column, "breakdown")
            raise unclear(sheet, "two columns say the same of a figure", head, answers=answers)
        if role == "period" and any(figures.period for figures in frame.figures.values()):
            answers = for_column(column, "breakdown", head=head)
            raise sheet.error("periods stand both in a column and in the header", head, answers=answers)


def _names_periods(sheet: Sheet, cell: Cell) -> bool:
    """True for `Jaar` in front of a header row of years, as Power BI writes a matrix."""
    others = [other for other in sheet.row(cell.row) if other.column != cell.column]
    return cell.text.lower() in PERIOD_WORDS and bool(others) and all(map(read_period, others))


def _list(frame: Frame) -> None:
    """A column 'Waarde', or one of a period, is of what stands in columns 'Indicator' and 'Eenheid'.

    'Status' may hold flags.
    """
    for column, role in list(frame.labels.items()):
        flags = role == "status" and all(set(cell.text) <= set(STATUS) for cell in frame.under[column])
        if flags or role in LISTED:
            frame.listed[role] = column
            del frame.labels[column]


def _refuse_codes(sheet: Sheet, frame: Frame) -> None:
    """Codes are of the areas beside them, and no figures."""
    place = next((column for column, role in frame.labels.items() if role == "area"), 0)
    coded = next((column for column, role in frame.labels.items() if role == "code"), 0)
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
    known = [(row, areas.code_of(sheet.over(row, place).text)) for row in _different_rows(sheet, frame.rows, place)]
    known = [(row, code) for row, code in known if code]
    for column in frame.figures if known else ():
        head = frame.over[column][-1].text if frame.over[column] else ""
        if all(nis_code(sheet[row, column]) == code for row, code in known):
            if about(sheet).role(column, head) == "figure":
                continue
            cell = sheet[known[0][0], column]
            answers = for_column(column, "code", "figure")
            raise sheet.error("codes of areas under a header of figures", cell, answers=answers)


def _role(reading: Reading, frame: Frame, column: int) -> str:
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
        return _role_without_header(reading, cells)
    word = _word(sheet, heads[-1], cells)
    return (
        _role_of_place(reading, frame, word, cells)
        or _role_of_time(reading, frame, column, word)
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
    if given == "period" and (wrong := next((cell for cell in cells if not _period(frame, cell)), None)):
        raise sheet.error(
            "the answer says that this column holds periods", wrong, expected="2021, 2020-2021 or 2021-12"
        )
    if given == "figure" and (wrong := next((cell for cell in cells if not is_figure(cell)), None)):
        raise sheet.error("the answer says that this column holds figures", wrong, expected="a number or a mark")
    if given == "breakdown":
        return _key(frame.over[column][-1].text) if frame.over[column] else f"kolom {column_letters(column)}"
    return {"unit": "eenheid"}.get(given, given)


def _word(sheet: Sheet, head: Cell, cells: list[Cell]) -> str:
    """A header in lower case. `[Project Toestand]` over words is a label in brackets, not a unit."""
    bare, unit, _ = label_parts(sheet, head)
    return _key(bare or (unit if not any(map(is_number, cells)) else ""))


def _key(header: str) -> str:
    """A header as the key of a breakdown: `aantal_huishoudleden` → `aantal huishoudleden`."""
    return header.lower().strip("[]").replace("_", " ").strip()


def _period(frame: Frame, cell: Cell) -> str:
    return marked_period(cell, frame.notes)[0]


def _role_of_place(reading: Reading, frame: Frame, word: str, cells: list[Cell]) -> str:
    """`area` or `code` for a column of areas or their codes."""
    numbers = [cell for cell in cells if is_number(cell)]
    coded = CODED.search(word) and _is_of_areas(frame, word) and all(AREA_CODE.fullmatch(nis_code(c)) for c in cells)
    if word in CODE_WORDS or (cells and coded):
        _check_codes(reading, word, cells)
        return "code"
    if word in LEVEL_HEADERS and cells and all(cell.text.lower() in AREA_LEVELS for cell in cells):
        return "level"
    if word not in AREA_LEVELS:
        return ""
    if wrong := next((cell for cell in numbers if not AREA_CODE.fullmatch(nis_code(cell))), None):
        expected = "a name, or a code such as 71016"
        answers = for_column(wrong.column, "period", "figure", "breakdown")
        raise reading.sheet.error("a number where an area belongs", wrong, expected=expected, answers=answers)
    return "code" if numbers else "area"


def _role_of_time(reading: Reading, frame: Frame, column: int, word: str) -> str:
    """`period`, or `part` for weeks, months, quarters and semesters; years of birth and the like are a breakdown."""
    heads, cells = frame.over[column], frame.under[column]
    if _period(frame, heads[-1]):
        return ""
    if NO_PERIOD.search(word) and cells and all(map(read_period, cells)):
        return word
    whole = bool(cells) and all(_period(frame, cell) for cell in cells)
    if word in PARTS_OF_YEAR and cells and not whole and _has_years(frame, column):
        frame.parts[column] = PARTS_OF_YEAR[word]
        return "part"
    if not (word in PERIOD_WORDS or re.fullmatch(r"[a-zé]+jaar", word) or (whole and re.match(r"jaar\b", word))):
        return ""
    if wrong := next((cell for cell in cells if not _period(frame, cell)), None):
        problem = f"this is no period, under {heads[-1].text!r}"
        raise reading.sheet.error(
            problem,
            wrong,
            expected="2021, 2020-2021 or 2021-12",
            answers=(f"row {wrong.row}=nothing", f"column {column_letters(column)}=breakdown"),
        )
    return "period"


def _has_years(frame: Frame, column: int) -> bool:
    """True when another column holds the years that weeks or months are parts of."""
    others = (other for other in frame.over if other != column and frame.over[other] and frame.under[other])
    named = (other for other in others if frame.over[other][-1].text.lower() in PERIOD_WORDS)
    return any(all(re.fullmatch(r"\d{4}", _period(frame, cell)) for cell in frame.under[other]) for other in named)


def _role_of_number(reading: Reading, frame: Frame, column: int, word: str) -> str:
    """A key for numbers that are labels, `note` for footnote marks, `nothing` for numbers that only tell rows apart."""
    sheet, cells = reading.sheet, frame.under[column]
    if PEOPLE.search(word) and len(cells) > 2:
        raise sheet.error(
            "a list of people, each with a number of their own",
            found=f"{frame.over[column][-1].text} (column {column_letters(column)})",
            expected="counts of people",
            do="delete it: this is no place for it",
        )
    whole = bool(cells) and all(re.fullmatch(r"\d+(?:\.0)?\+?", cell.text) for cell in cells)
    if frame.notes and word in NOTE_WORDS and all(bare_mark(cell.text) in frame.notes for cell in cells):
        return "note"
    if ROW_NUMBERS.search(word) and cells and all(map(is_number, cells)):
        reading.leave_column(
            f"column {frame.over[column][-1].text}: it tells rows apart, no figure", column, frame.rows
        )
        reading.labels(frame.over[column])
        return "nothing"
    return word if whole and CLASS_NUMBERS.search(word) and _others_are_figures(frame, column) else ""


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
    dated = any(_period(frame, head) for head in heads)
    if word == REMARK:
        return word
    if odd := next(filter(looks_like_number, words), None):
        raise sheet.error(
            "text that looks like a number but cannot be read as one",
            odd,
            expected="a number such as 1963, 1.963 or 58,2, or words",
            answers=("numbers=point", *for_column(column, "breakdown", head=heads[-1])),
        )
    if NUMBERED.search(word) or (words and not numbers and not dated and not _names_unit(sheet, heads)):
        return word
    says_figure = dated or any(unit_of_words(cell.text) or "[" in cell.text for cell in heads)
    if numbers and all(map(read_period, numbers)) and not words and not says_figure:
        raise sheet.error(
            "a column that can hold periods or figures",
            numbers[0],
            expected="a header that says 'Jaar', or names a unit",
            answers=for_column(column, "period", "figure", head=heads[-1]),
        )
    return "figure" if cells or dated else ""


def _names_unit(sheet: Sheet, heads: list[Cell]) -> bool:
    """True for headers with words and a unit in brackets, under which words are no labels."""
    return any(bare and unit for bare, unit, _ in (label_parts(sheet, head) for head in heads))


def _is_marked_figure(frame: Frame, cell: Cell) -> bool:
    """A figure, a mark, or a figure with a footnote mark behind it."""
    text, _ = split_marks(cell, frame.notes)
    return is_figure(cell) or (text != cell.text and is_numeral(text, cell.point))


def _is_of_areas(frame: Frame, word: str) -> bool:
    """False for a header of codes that names another level than any column of areas: `NIS-code provincie`."""
    named = {AREA_LEVELS[part] for part in re.findall(r"[a-z]+", word) if AREA_LEVELS.get(part)}
    return not named or bool(
        named & {AREA_LEVELS.get(cells[-1].text.lower()) for cells in frame.over.values() if cells}
    )


def _role_without_header(reading: Reading, cells: list[Cell]) -> str:
    """Codes, and areas of which one is known, speak for themselves."""
    role = ""
    if all(AREA_CODE.fullmatch(nis_code(cell)) or is_error(cell) for cell in cells):
        role = "code"
    elif any(areas.is_known(cell.text) for cell in cells) and not any(is_word(c.text) or is_number(c) for c in cells):
        role = "area"
    if not role:
        problem = "a filled cell in a column without a header"
        answers = for_column(cells[0].column, "area", "breakdown", "figure")
        raise unclear(reading.sheet, problem, cells[0], answers=answers)
    reading.assumed.append(f"column {cells[0].address}: {role}s, though it has no header")
    return role


def _check_codes(reading: Reading, word: str, cells: list[Cell]) -> None:
    """Codes are text or whole numbers, NIS codes of five digits. Formulas that looked them up may all have failed."""
    if cells and all(map(is_error, cells)):
        reading.assumed.append(f"column {cells[0].address}: no codes, their formulas went wrong")
        return
    for cell in cells:
        label_text(reading.sheet, cell)
        if "nis" in word and not AREA_CODE.fullmatch(nis_code(cell)):
            answers = for_column(cell.column, "breakdown")
            expected = "five digits, such as 71016"
            raise reading.sheet.error("this is no NIS code", cell, expected=expected, answers=answers)


def _column(reading: Reading, frame: Frame, column: int) -> Says:
    """What the headers over a column of figures say."""
    sheet, heads = reading.sheet, frame.over[column]
    parts = [label_parts(sheet, cell) for cell in heads]
    names = [bare for bare, _, _ in parts]
    own = LISTED & {name.lower() for name in names[-1:]}
    wrong = next(
        (c for c, name in zip(heads, names, strict=True) if name.lower() in CODE_WORDS | own or is_word(name)), None
    )
    if wrong:
        raise unclear(sheet, "figures under the header of a label", wrong, answers=for_header(wrong))
    periods = list(dict.fromkeys(filter(None, map(read_period, names))))
    if len(periods) > 1:
        answers = for_header(heads[-1])
        raise sheet.error("two periods over one column", heads[-1], found=", ".join(periods), answers=answers)
    status = _header_flags(frame, heads, [mark for *_, marks in parts for mark in marks])
    words = [name for name in names if name and not read_period(name)]
    breakdown = {}
    if len(words) > 1 and _has_classes(frame, heads[-2]):
        last = words.pop()
        breakdown = {} if last.lower() in TOTAL_WORDS else {CLASSES: last}
    indicator = ", ".join(words) or _title(reading, frame)
    unit = next((unit for _, unit, _ in parts if unit), "")
    answered = about(sheet).whole("unit")
    if answered and unit not in ("", answered):
        raise sheet.error("an answer that the file contradicts", heads[-1], expected=f"unit={unit}")
    if answered:
        reading.assume(f"unit of {indicator!r}: {answered}, as answered")
        unit = answered
    elif not unit and not words:  # a title names it once
        indicator, unit, _ = split_label(indicator)
        unit = unit or _title_unit(sheet, frame) or unit_of_words(indicator)
        reading.assume(f"unit of {indicator!r}: {unit or 'not named'}")
    elif not unit:
        named = "" if CLASS.match(indicator) else unit_of_words(indicator)  # the euros of a class bound are no unit
        unit = _scaled(named, _title_unit(sheet, frame))
        reading.assume(f"unit of {indicator!r}: {unit or 'not named'}")
    return Says(
        indicator=indicator,
        unit=unit,
        period=periods[0] if periods else "",
        breakdown=tuple(breakdown.items()),
        status=status,
    )


def _header_flags(frame: Frame, heads: list[Cell], marks: list[str]) -> str:
    """Flags of the notes that headers refer to, by marks in their text, behind their period or raised beside them."""
    known = {"p": "p"} | frame.notes
    found = {known.get(bare_mark(mark), "") for mark in marks}
    found |= {flag for head in heads for flag in marked_period(head, frame.notes)[1]}
    return "".join(sorted(filter(None, found)))


def _scaled(unit: str, title: str) -> str:
    """The unit of a header under that of a title: `EUR` under `1.000 EUR` or `1.000` → `1.000 EUR`."""
    scale = next((word for word in ("1.000", "miljoen") if title.startswith(word)), "")
    if not unit or (scale and title.removeprefix(scale).strip() in ("", unit)):
        return f"{scale} {unit}".strip() if unit else title
    return unit


def _has_classes(frame: Frame, parent: Cell) -> bool:
    """True when a header beside this one, under the same parent, is a class bound."""
    return any(parent in cells[:-1] and CLASS.match(cells[-1].text) for cells in frame.over.values())


def _title(reading: Reading, frame: Frame) -> str:
    """What a table of bare periods is about: the titles above it, or the name of sheet or file."""
    sheet = reading.sheet
    if answered := about(sheet).whole("indicator"):
        reading.assume(f"indicator: {answered}, as answered")
        return answered
    titles = ([cell for cell in sheet.row(n) if not is_note(cell)] for n in frame.titles)
    title = (
        ", ".join(cells[0].text for cells in titles if len(cells) == 1) or sheet.name or sheet.file.rpartition(".")[0]
    )
    if is_word(title):
        raise sheet.error("nothing says what the figures are", found=title, answers=("indicator=LABEL",))
    reading.assume(f"indicator: {title}")
    return title


def _title_unit(sheet: Sheet, frame: Frame) -> str:
    """The unit that a title names between brackets or after `in`: `Schulden (in 1.000 euro)`."""
    texts = [cell.text for number in frame.titles for cell in sheet.row(number)]
    found = (
        re.search(r"\((?:in )?([^()]+)\)|\bin ((?:duizend |1[. ]000 |miljoen )?(?:euro|EUR|%|procent)\b.*)$", t)
        for t in texts
    )
    units = {unit_of_words(one.group(1) or one.group(2)) for one in found if one} - {""}
    return units.pop() if len(units) == 1 else ""


def _find_area(reading: Reading, frame: Frame) -> None:
    """Without a column of areas: known names in the header, or a column whose labels are known names."""
    if frame.figures and all(areas.is_known(column.indicator) for column in frame.figures.values()):
        title = _title(reading, frame)
        for c, column in frame.figures.items():
            unit = column.unit or unit_of_words(title)
            frame.figures[c] = replace(column, indicator=title, unit=unit, area=column.indicator)
        return
    for column, role in frame.labels.items():
        if role not in ("period", "code") and all(areas.is_known(cell.text) for cell in frame.under[column]):
            frame.labels[column] = "area"
            return


def _find_area_of_codes(reading: Reading, frame: Frame) -> None:
    """Areas are what has one name for each code and one code for each name, whatever its header; not a coarser area."""
    sheet = reading.sheet
    coded = next((column for column, role in frame.labels.items() if role == "code"), 0)
    old = next((column for column, role in frame.labels.items() if role == "area"), 0)
    if not coded or (old and _one_to_one(sheet, frame, coded, old)):
        return
    words = (
        column for column, role in frame.labels.items() if role not in ("area", "code", "period", "status", *LISTED)
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


def _date(reading: Reading, frame: Frame) -> None:
    """`Inwoners 2021` is `Inwoners` of 2021, where nothing else says the period or headers name several years."""
    if "period" in frame.labels.values() or any(column.period for column in frame.figures.values()):
        return
    found = {c: DATED.fullmatch(column.indicator) for c, column in frame.figures.items()}
    dated = {}
    for c, one in found.items():
        period, words = (read_period(one["last"] or one["first"]), one["words"] or one["rest"]) if one else ("", "")
        if period and not OTHER_YEAR.search(words):
            dated[c] = replace(frame.figures[c], indicator=words, period=period)
    years = {column.period for column in dated.values()}
    said = set(_periods_of_titles(reading.sheet, frame))
    clash = found and len(dated) == len(found) and len(years) == 1 and not said <= years
    if clash and (answered := read_period(about(reading.sheet).whole("period"))) in years | said:
        for c, column in dated.items():
            frame.figures[c] = replace(column, period=answered)
        reading.assume(f"period: {answered}, as answered")
        return
    if clash:
        head = frame.over[next(iter(found))][-1]
        raise reading.sheet.error(
            "a year in the header and another in the title",
            head,
            expected=f"one of: {', '.join(sorted(years | said))}",
            answers=[f"period={period}" for period in sorted(years | said)],
        )
    if len(years) > 1 or (dated and len(dated) == len(found)):
        frame.figures |= dated
        reading.assumed.append("periods: across, among the words of the headers")


def _periods_of_titles(sheet: Sheet, frame: Frame) -> list[str]:
    """What titles say, but for sources and the days on which something was published."""
    cells = [cell for number in frame.titles for cell in sheet.row(number)]
    texts = [cell.text for cell in cells if not is_note(cell) and not PUBLISHED.search(cell.text)]
    found = [p for text in texts for p in [read_period(text), *periods_in(text)] if p]
    return [p for p in found if not any(len(q) != len("2020-2021") and q.startswith(f"{p}-") for q in found)]


def _whole(reading: Reading, frame: Frame, above: Says) -> Says:
    """What holds for the whole table: lines such as `Gebied | Genk` above it, the year in its title or sheet name."""
    sheet, area, period = reading.sheet, above.area or _answered_area(reading, frame), ""
    for cells in (sheet.row(n) for n in frame.titles if len(sheet.row(n)) == 2):
        word = cells[0].text.lower().rstrip(":")
        if word in AREA_LEVELS:
            if about(sheet).whole("area") not in ("", cells[1].text):
                raise sheet.error("an answer that the file contradicts", cells[1], expected=f"area={cells[1].text}")
            area = cells[1].text
        elif word in PERIOD_WORDS:
            period = read_period(cells[1])
            if not period:
                expected, answers = "2021, 2020-2021 or 2021-12", for_label(cells[1], "YYYY")
                problem = f"this is no period, beside {cells[0].text!r}"
                raise sheet.error(problem, cells[1], expected=expected, answers=answers)
    without = [c for c, column in frame.figures.items() if not column.period]
    if "period" in frame.labels.values() or not without or period:
        return Says(area=area, period=period)
    if len(without) < len(frame.figures):
        raise unclear(
            sheet,
            "a header without a period beside others that have one",
            sheet.over(frame.heads[-1], without[0]),
            expected="a period such as 2021 in each header of figures",
            answers=for_column(without[0], "breakdown"),
        )
    titles = set(_periods_of_titles(sheet, frame))
    periods = sorted(titles.union(periods_in(sheet.name)))
    if not periods and above.period:
        return Says(area=area, period=above.period)
    if answered := about(sheet).whole("period"):
        return _answered_period(reading, area, answered, periods)
    if len(periods) != 1:
        raise unclear(
            sheet,
            "nothing says for which period the figures hold" if not periods else "the period can be read two ways",
            found=", ".join(periods) or None,
            expected="one period in a column, the header, a title or the sheet's name",
            answers=[f"period={period}" for period in periods] or ("period=YYYY",),
        )
    where = "a title" if titles else "the sheet's name"
    reading.assumed.append(f"period: {periods[0]}, from {where}")
    return Says(area=area, period=periods[0])


def _answered_area(reading: Reading, frame: Frame) -> str:
    """The area that was answered for a table without areas of its own."""
    if "area" in frame.labels.values() or any(says.area for says in frame.figures.values()):
        return ""
    if answered := about(reading.sheet).whole("area"):
        reading.assume(f"area: {answered}, as answered")
    return answered


def _answered_period(reading: Reading, area: str, answered: str, said: Sequence[str]) -> Says:
    period = read_period(answered)
    if not period:
        raise reading.sheet.error("the answer is no period", found=answered, expected="period=2021")
    if said and period not in said:
        expected = f"what the file says: {', '.join(said)}"
        raise reading.sheet.error("an answer that the file contradicts", found=f"period={answered}", expected=expected)
    reading.assume(f"period: {period}, as answered")
    return Says(area=area, period=period)


def _labels(reading: Reading, frame: Frame, whole: Says) -> list[Labels]:
    """What each column of labels says."""
    sheet, figures = reading.sheet, min(frame.figures)

    def area(cell: Cell, around: Cell | None = None) -> Says:
        label = around if around is not None and _is_total(cell) else cell
        header = frame.over[label.column][-1:]
        if is_note(label) or is_word(label.text):
            raise sheet.error("a note or header where an area belongs", label, answers=(f"row {label.row}=nothing",))
        if not label.text:
            at, answers = sheet[label.row, figures], for_label(label)
            raise sheet.error("a figure in a row without an area", at, expected="an area", answers=answers)
        level = AREA_LEVELS.get(header[0].text.lower(), "") if header else ""
        flags = {frame.notes.get(mark, "") for mark in marks_of(label.style.raised)}
        return Says(
            area=label_text(sheet, label),
            level=level,
            breakdown=() if header else tuple(areas.pseudo(label.text).items()),
            status="".join(sorted(filter(None, flags))),
        )

    def period(cell: Cell, *parts: Cell) -> Says:
        found, flags = marked_period(cell, frame.notes)
        if not found and not whole.period:
            at = sheet[cell.row, figures]
            answers = for_label(cell, "YYYY")
            raise sheet.error("nothing says for which period this figure holds", at, answers=answers)
        for part in parts:
            kind, year = frame.parts[part.column], found
            found = part_of_year(year, kind, part)
            if not found:
                expected = {"W": "1 to 52", "M": "1 to 12, or its name", "Q": "1 to 4", "S": "1 or 2"}[kind]
                raise sheet.error(f"this is no part of {year}", part, expected=expected)
        return Says(period=found, status=flags)

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

    def level(cell: Cell) -> Says:
        return Says(level=AREA_LEVELS.get(cell.text.lower(), ""))

    known = {"level": level, "area": area, "period": period, "code": code, "note": note, REMARK: remark}
    found = []
    for place, role in frame.labels.items():
        if role == "part":
            continue  # said with the year
        say = known.get(role) or _part(sheet, role)
        more = [frame.coarser[place]] if place in frame.coarser else list(frame.parts) if role == "period" else []
        found.append(Labels((place, *more), say))
    listed = {"indicator": indicator, "eenheid": lambda cell: Says(unit=label_text(sheet, cell))}
    listed["status"] = lambda cell: Says(flags=label_text(sheet, cell))
    return found + [Labels((place,), listed[role]) for role, place in frame.listed.items()]


def _unit_of_row(frame: Frame, cell: Cell) -> str:
    """The unit that the words of an indicator name, under a header that is a period."""
    bare = any(says.period for says in frame.figures.values()) and not any(says.unit for says in frame.figures.values())
    return unit_of_words(cell.text) if bare and "eenheid" not in frame.listed else ""


def _part(sheet: Sheet, key: str) -> Callable[[Cell], Says]:
    """A column of labels that are parts of a breakdown; a total is none."""

    def say(cell: Cell) -> Says:
        if not cell.text or _is_total(cell):
            return NOTHING
        return Says(breakdown=((key, label_text(sheet, cell)),))

    return say


def _merged(sheet: Sheet, frame: Frame) -> tuple[dict[tuple[int, int], Says], set[tuple[int, int]]]:
    """Merged figures with the classes that they hold for, and the places that they cover.

    Raises `DataError` when they cover anything else.
    """
    instead, skipped, rows = {}, set(), set(frame.rows)
    for top, left, bottom, right in sheet.merged:
        if left == right or not any(column in frame.figures for column in range(left, right + 1)):
            continue
        if rows.isdisjoint(range(top, bottom + 1)):
            continue
        columns = [frame.figures.get(column) for column in range(left, right + 1)]
        classes = [dict(says.breakdown).get(CLASSES, "") if says else "" for says in columns]
        if top != bottom or not all(classes) or len({says.indicator for says in columns}) != 1:
            raise sheet.error("figures in merged cells", sheet[top, left], do="ask what the figure is of")
        instead[top, left] = replace(columns[0], breakdown=((CLASSES, " + ".join(classes)),))
        skipped.update((top, column) for column in range(left + 1, right + 1))
    return instead, skipped
