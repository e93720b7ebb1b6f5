# SPDX-License-Identifier: EUPL-1.2
"""A picture of how a workbook is read: one Dutch page with each sheet as people know it, and what each cell became.

Takes a file with the answers about it; gives HTML that works from disk and asks nothing of the network; called by
`cli`. Of a long sheet the first rows stand in the page, the others are drawn when somebody asks for them.
"""

from __future__ import annotations

import base64
import datetime
import json
import re
import shlex
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path

from .. import layouts
from ..errors import DataError
from ..layouts.engine.reading import LABEL, LEFT_OUT, METADATA, Reading
from ..observations.observation import STATUS, number_text
from ..observations.values import is_plain_number
from ..spreadsheets.addresses import column_letters, place_of
from ..spreadsheets.cells import Cell, Sheet
from ..spreadsheets.number_formats import bare, section_of
from ..spreadsheets.workbook import Workbook, open_workbook
from .pages import TEMPLATES, policy_hash, templates
from .sheet_words import dutch
from .unseen import visible

ROWS = 100  # of a table that stand in the page
CELLS = 6_000  # of a sheet that stand in the page, more or less
FOLD = 500  # rows that are drawn at once
WIDE = 4  # columns over which a title or note may run
FIGURE, UNREAD = "figure", "unread"
NO_FIGURES = "no figures in a known layout"
ROLES = {
    FIGURE: ("c", "cijfer: een rij in de tabel"),
    LABEL: ("o", "opschrift: zegt waarvan een cijfer is"),
    METADATA: ("i", "titel, bron of noot: hoort bij het hele blad"),
    LEFT_OUT: ("x", "niet overgenomen"),
    UNREAD: ("u", "niet gelezen"),
}
_LEFT = re.compile(
    r"(?:row (?P<row>\d+)|rows (?P<first>\d+) to (?P<last>\d+)|(?P<cell>[A-Z]+\d+)): (?P<why>.*)", re.DOTALL
)


@dataclass
class Drawn:
    """A sheet of the page."""

    sheet: Sheet
    reading: Reading | None = None
    why: str = ""  # it was passed over
    question: DataError | None = None
    became: dict[tuple[int, int], str] = field(default_factory=dict)  # place of a figure → its row, in words


def draw(path: Path, layout: str = "", sheet: str = "", answers: Sequence[str] = ()) -> tuple[str, DataError | None]:
    """The page of a workbook; and why it is refused, when it is.

    Raises `DataError` for a file that is no readable workbook.
    """
    book = open_workbook(path, sheet)
    error, readings, passed = None, [], {}
    try:
        readings, passed = layouts.recognise(book, layout, sheet, answers)
    except DataError as refused:
        error = refused
    sheets = [Drawn(page) for page in ([book.sheet(sheet)] if sheet else book.sheets)]
    by_name = {reading.sheet.name: reading for reading in readings}
    for drawn in sheets:
        if error:
            _draw_alone(drawn, book, layout, answers)
        else:
            drawn.reading, why = by_name.get(drawn.sheet.name), passed.get(drawn.sheet.name, "")
            drawn.why = NO_FIGURES if layouts.is_of_layouts(why) else why
        if drawn.reading:
            drawn.became = dict(_became(drawn.reading))
    return _page(book.file, sheets, error), error


def _draw_alone(drawn: Drawn, book: Workbook, layout: str, answers: Sequence[str]) -> None:
    """What becomes of one sheet of a workbook that is refused."""
    try:
        given = layouts.Answers(answers)
        (drawn.reading,), _ = layouts.recognise(book, layout, drawn.sheet.name, given)
    except layouts.NotRecognised:
        drawn.why = NO_FIGURES
    except DataError as error:
        drawn.question = error


def _became(reading: Reading) -> Iterator[tuple[tuple[int, int], str]]:
    """Each figure with the row of the tidy table that it became."""
    for read in reading.columns:
        facts = read.facts
        for i, row in enumerate(read.rows):
            code, area = facts.at("area_code", i), facts.at("area", i)
            place = f"{area} ({code})" if area and code and area != code else area or code
            parts = (facts.at("indicator", i), place, facts.at("period", i), facts.at("breakdown", i))
            value = read.values[i].replace(".", ",") or "geen cijfer"
            flags = ", ".join(STATUS[flag] for flag in read.flag(i) if flag != "m")  # which says no more than that
            text = f"{value} {facts.at('unit', i)}".strip()
            yield (row, read.column), f"{' · '.join(filter(None, parts))}: {text}{f' [{flags}]' if flags else ''}"


# What stands in the page


def _page(file: str, sheets: list[Drawn], error: DataError | None) -> str:
    css, script = (_template(name) for name in ("picture.css", "picture.js"))
    elsewhere = error and not any(drawn.question for drawn in sheets)
    return (
        templates()
        .get_template("picture.html.j2")
        .render(
            file=file,
            css=css,
            script=script,
            policy=f"default-src 'none'; style-src {policy_hash(css)}; script-src {policy_hash(script)}; "
            "base-uri 'none'; form-action 'none'",
            roles=[{"letter": letter, "words": words} for letter, words in ROLES.values()],
            refused=bool(error),
            question=_question(error) if elsewhere else None,
            sheets=[_sheet(drawn, number) for number, drawn in enumerate(sheets, start=1)],
        )
    )


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").strip()


def _question(error: DataError) -> dict[str, object]:
    """A question with its answers, as they are typed."""
    return {
        "cell": error.cell,
        "problem": dutch(error.problem),
        "found": "een lege cel" if error.found == "" else "" if error.found is None else str(error.found),
        "expected": dutch(error.expected),
        "do": dutch(error.do),
        "answers": [f"--answer {shlex.quote(text)}" for text in error.answers],
    }


def _sheet(drawn: Drawn, number: int) -> dict[str, object]:
    sheet, reading = drawn.sheet, drawn.reading
    reasons = _reasons(reading)
    rows = sheet.filled_rows
    folded = _folded(drawn)
    asked = drawn.question.cell if drawn.question else ""
    return {
        "id": f"blad{number}",
        "name": sheet.name or sheet.file,
        "hidden": sheet.hidden,
        "why": dutch(drawn.why),
        "question": _question(drawn.question) if drawn.question else None,
        "count": len(reading) if reading else 0,
        "count_text": f"{len(reading) if reading else 0:,}".replace(",", "."),
        "assumed": [dutch(text) for text in reading.assumed] if reading else [],
        "left_out": [dutch(text) for text in reading.left_out[:20]] if reading else [],
        "more_left_out": max(len(reading.left_out) - 20, 0) if reading else 0,
        "columns": [column_letters(column) for column in range(1, sheet.width + 1)],
        "width": sheet.width,
        "rows": [_row(drawn, row, reasons, asked) for row in rows if row not in folded],
        "folds": _folds(sorted(folded)),
        "data": _packed([_short(_row(drawn, row, reasons, asked)) for row in sorted(folded)]),
    }


def _folded(drawn: Drawn) -> set[int]:
    """Rows that are drawn only when somebody asks: all but the first of each table."""
    sheet = drawn.sheet
    most = max(10, min(ROWS, CELLS // max(sheet.width, 1)))
    if drawn.reading is None:
        asked = drawn.question.cell if drawn.question else ""
        near = place_of(asked)[0] if asked and asked[0].isalpha() and asked.isalnum() else 0
        return {row for row in sheet.filled_rows[most:] if abs(row - near) > 5}
    long = set().union(*(list(table.rows)[most:] for table in drawn.reading.tables))
    rest = [row for row in sheet.filled_rows if row not in long]
    return (long | set(rest[most * 3 :])).intersection(sheet.filled_rows)


def _folds(rows: list[int]) -> list[dict[str, int]]:
    """Runs of folded rows that are drawn together."""
    return [
        {"start": start, "first": rows[start], "last": rows[min(start + FOLD, len(rows)) - 1]}
        for start in range(0, len(rows), FOLD)
    ]


def _packed(rows: list) -> str:
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(zlib.compress(text.encode(), 6)).decode() if rows else ""


def _short(row: dict) -> list:
    """A row as the script takes it."""
    return [row["number"], [[cell["column"], cell["text"], cell["letter"], cell["title"]] for cell in row["cells"]]]


def _row(drawn: Drawn, number: int, reasons: dict, asked: str) -> dict[str, object]:
    cells = [_cell(drawn, cell, reasons, asked) for cell in drawn.sheet.row(number)]
    by_column = {cell["column"]: cell for cell in cells}
    blank = {"text": "", "letter": "", "title": "", "asked": False, "span": 0}
    full = [by_column.get(column, blank) for column in range(1, drawn.sheet.width + 1)]
    if len(cells) == 1 and cells[0]["letter"] == ROLES[METADATA][0]:  # a title or note runs over the blanks beside it
        at = cells[0]["column"]
        span = min(WIDE, len(full) - at + 1)
        full[at - 1 : at - 1 + span] = [{**cells[0], "span": span}]
    return {"number": number, "cells": cells, "full": full}


def _cell(drawn: Drawn, cell: Cell, reasons: dict, asked: str) -> dict[str, object]:
    place = (cell.row, cell.column)
    role = UNREAD if drawn.reading is None else FIGURE if place in drawn.became else drawn.reading.role(*place)
    letter, words = ROLES[role]
    title = drawn.became.get(place) or words
    if role == LEFT_OUT and (why := reasons.get(cell.address) or reasons.get(cell.row)):
        title = f"{words}: {dutch(why)}"
    return {
        "column": cell.column,
        "text": visible(_shown(cell)),
        "letter": letter,
        "title": visible(title),
        "asked": cell.address == asked,
        "span": 0,
    }


def _reasons(reading: Reading | None) -> dict[str | int, str]:
    """Why rows and cells are left out, by their number or address."""
    found: dict[str | int, str] = {}
    for text in reading.left_out if reading else ():
        match = _LEFT.fullmatch(text)
        if match and match["cell"]:
            found[match["cell"]] = "staat buiten de tabel"
        elif match:
            first = int(match["row"] or match["first"])
            found.update(dict.fromkeys(range(first, int(match["last"] or first) + 1), match["why"]))
    return found


_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _shown(cell: Cell) -> str:
    """A cell more or less as Excel shows it to a Fleming, with the marks that are raised beside it."""
    raised = cell.style.raised
    marks = raised.translate(_RAISED) if raised.isdecimal() else f" {raised}" if raised else ""
    return _value_shown(cell) + marks


_AS_EXCEL = Context(prec=400, rounding=ROUND_HALF_UP)
_DECIMALS = re.compile(r"0(?:\.(0+))?(?![0#?./])")


def _rounded(number: Decimal, cell: Cell) -> Decimal:
    """A number with the decimals of its format; all of them where that says none."""
    wanted = bare(section_of(cell))
    found = None if "E" in wanted.upper() else _DECIMALS.search(wanted)
    return number.quantize(Decimal(1).scaleb(-len(found[1] or "")), context=_AS_EXCEL) if found else number


def _value_shown(cell: Cell) -> str:
    if is_plain_number(cell.value):
        number = Decimal(f"{cell.value:.15g}") * (100 if cell.is_percent else 1)
        return number_text(_rounded(number, cell)).replace(".", ",") + (" %" if cell.is_percent else "")
    if isinstance(cell.value, bool):
        return "WAAR" if cell.value else "ONWAAR"
    if isinstance(cell.value, datetime.datetime) and cell.value.time() == datetime.time():
        return cell.value.date().isoformat()
    return cell.text
