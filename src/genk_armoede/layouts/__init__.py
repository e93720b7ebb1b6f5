# SPDX-License-Identifier: EUPL-1.2
"""Publishers' layouts: a sheet comes in, observations with their cell go out.

A layout is a module with a `NAME` and a function `read(sheet) -> Reading`, which raises `Declined` when the
sheet is not of its shape and `DataError` when it is but a cell in it is wrong.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence

from ..errors import DataError
from ..spreadsheets.cells import Sheet
from ..spreadsheets.workbook import Workbook
from .amended import amended
from .answers import Answers, about, answerable, of_one
from .engine.reading import Declined, Reading, Unclear, joined
from .normalised import normalised
from .plain_table.beside import tables_beside


class NotRecognised(DataError):
    """No layout reads any sheet; `reasons` has every layout's own."""

    reasons: str = ""


NO_LAYOUT = "in no known layout"
# From most to least particular: the first that does not decline reads the sheet. Each is the module of that name here,
# loaded when its turn comes.
LAYOUTS = (
    "cube",
    "sdmx",
    "eurostat",
    "statline",
    "swing",
    "swing_upload",
    "statbel_open",
    "stadsmonitor",
    "figure_list",
    "powerbi",
    "table",
    "statistical",
)
PLAIN, OF_OFFICES = LAYOUTS[-2:]
AS_OFFICE = "or, as a table of an office:"
ASKS_OF_COLUMNS = (PLAIN, OF_OFFICES)  # these leave out the columns themselves that an answer leaves out


def read(layout: str, sheet: Sheet) -> Reading:
    """What a layout makes of a sheet, every cell accounted for, with the answers about it.

    Raises `Declined` or `DataError`.
    """
    answers = about(sheet)
    page, left_out, assumed = amended(sheet, answers, columns=layout not in ASKS_OF_COLUMNS)
    page, more = normalised(page)
    module = importlib.import_module(f".{layout}", __package__)
    pages, beside = tables_beside(page) if layout in ASKS_OF_COLUMNS else ([page], [])
    with answerable():
        reading = joined(page, [module.read(part).finish() for part in pages])
    if not len(reading):
        raise Declined("a header without figures")
    answers.refuse_figures(reading)
    reading.left_out += left_out + beside
    reading.assumed += [*assumed, *more]
    if sheet.read_as:
        reading.assumed.append(f"the file is read as what it is, {sheet.read_as}")
    return reading


def recognise(
    workbook: Workbook, layout: str = "", sheet: str = "", answers: Sequence[str] | Answers = ()
) -> tuple[list[Reading], dict[str, str]]:
    """The readings of the sheets that a layout reads, and why each other sheet is passed over.

    A sheet that repeats the figures of an earlier one is passed over as its copy.
    Raises `NotRecognised` when no sheet at all can be read, and `DataError` for an answer that nothing asks for; of
    `Answers` the caller finds that out, who reads more with them.
    """
    given = answers if isinstance(answers, Answers) else Answers(answers)
    readings: list[Reading] = []
    passed: dict[str, str] = {}
    several = len(workbook.sheets) > 1
    for page in [workbook.sheet(sheet)] if sheet else workbook.sheets:
        page.answers = given.of(page)
        if page.answers.is_left_out:
            passed[page.name] = "left out, as answered"
            continue
        with of_one(page, several):
            reading, why = _first_that_fits(page, _named(page, layout))
        if reading is None:
            absent = "the workbook names it, but it is not in the file"
            passed[page.name] = why if page.size else absent if page.state == "absent" else "it is empty"
            continue
        original = next((r for r in readings if len(r) == len(reading) and r.figures == reading.figures), None)
        if original is None:
            readings.append(reading)
        else:
            passed[page.name] = f"it repeats the figures of sheet {original.sheet.name}"
    if not readings:
        short = {name: _short(why) if _of_several(why) else why for name, why in passed.items()}
        error = NotRecognised(
            f"no layout reads this file{_told(short)}",
            file=workbook.file,
            do="see why with --explain=all; name a layout with --layout, or add one (CONTRIBUTING shows how)",
        )
        error.reasons = f"no layout reads this file{_told(passed)}"
        raise error
    if given is not answers:
        given.refuse_unused(workbook.file)
    return readings, passed


def _named(sheet: Sheet, layout: str) -> list[str]:
    """The layouts to try: the one that was asked for or answered, or else all. Raises `DataError` for another name."""
    layout = layout or about(sheet).whole("layout")
    if layout and layout not in LAYOUTS:
        raise sheet.error("this answer names no layout", found=f"layout={layout}", expected=", ".join(LAYOUTS))
    if layout:
        return [layout]
    # Rows and headers are named in tables of offices alone.
    return [name for name in LAYOUTS if name != PLAIN or not about(sheet).names_parts]


def is_of_layouts(why: str) -> bool:
    """True for what layouts themselves say of why they declined a sheet that was passed over."""
    return any(why.startswith(f"{name}: ") for name in LAYOUTS)


def _of_several(why: str) -> bool:
    return sum(f"{name}: " in why for name in LAYOUTS) > 1


def _short(why: str) -> str:
    """Why a sheet is in no layout, in one reason: that of the plainest of them."""
    plain = next((reason for reason in why.split("; ") if reason.startswith(f"{PLAIN}: ")), "")
    return f"{NO_LAYOUT}: {plain.removeprefix(f'{PLAIN}: ')}" if plain else NO_LAYOUT


def _told(passed: Mapping[str, str]) -> str:
    return "".join(f"\n  {name or 'the table'} ({text})" for name, text in passed.items())


def _first_that_fits(sheet: Sheet, names: Sequence[str]) -> tuple[Reading | None, str]:
    """The reading of the first layout that does not decline; else nothing, and the reason of each.

    Raises `DataError`: what a layout that fits finds wrong, or the first question when none fits.
    """
    declined: list[str] = []
    question: Unclear | None = None
    used = about(sheet).used
    for name in names:
        about(sheet).used = used  # what a layout asked that does not fit is not asked
        try:
            return read(name, sheet), ""
        except Declined as reason:
            declined.append(f"{name}: {reason}")
        except Unclear as error:
            question = _both(question, error) if question else error
            declined.append(f"{name}: {error.problem}")
        except DataError as error:
            if question is None:
                error.answers += _of_offices(sheet) if name == PLAIN and len(names) > 1 else ()
                raise
            declined.append(f"{name}: {error.problem}")  # the question that was asked first is the one to answer
    if question:
        raise question
    return None, "; ".join(declined)


def _both(first: Unclear, other: Unclear) -> Unclear:
    """The question that was asked first, with what another layout asks of the same sheet and its answers."""
    place = f", cell {other.cell}" if other.cell else ""
    first.do = first.do or f"{AS_OFFICE} {other.problem}{place}; {other.expected}".rstrip("; ")
    first.answers = tuple(dict.fromkeys([*first.answers, *other.answers]))
    return first


def _of_offices(sheet: Sheet) -> tuple[str, ...]:
    """The answer that a sheet is one of a statistical office, when it can be read so."""
    used = about(sheet).used
    try:
        read(OF_OFFICES, sheet)
    except (Declined, DataError):
        return ()
    finally:
        about(sheet).used = used
    return (f"layout={OF_OFFICES}",)
