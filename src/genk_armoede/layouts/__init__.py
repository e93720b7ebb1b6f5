# SPDX-License-Identifier: EUPL-1.2
"""Publishers' layouts: a sheet comes in, observations with their cell go out.

A layout is a module with a `NAME` and a function `read(sheet) -> Reading`, which raises `Declined` when the
sheet is not of its shape and `DataError` when it is but a cell in it is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..errors import DataError
from ..spreadsheets.cells import Sheet
from ..spreadsheets.workbook import Workbook
from . import (
    cube,
    eurostat,
    figure_list,
    powerbi,
    sdmx,
    stadsmonitor,
    statbel_open,
    statistical,
    statline,
    swing,
    swing_upload,
    table,
)
from .answers import Answers
from .reading import Declined, Reading, Unclear


class NotRecognised(DataError):
    """No layout reads any sheet; the message has every layout's reason."""


# From most to least particular: the first that does not decline reads the sheet.
_OF_FORMATS = (cube, sdmx, eurostat, statline)
_OF_SHEETS = (swing, swing_upload, statbel_open, stadsmonitor, figure_list, powerbi, table, statistical)
LAYOUTS = {module.NAME: module for module in (*_OF_FORMATS, *_OF_SHEETS)}


def read(layout: str, sheet: Sheet) -> Reading:
    """What a layout makes of a sheet, every cell accounted for. Raises `Declined` or `DataError`."""
    reading = LAYOUTS[layout].read(sheet).finish()
    if not len(reading):
        raise Declined("a header without figures")
    return reading


def recognise(
    workbook: Workbook, layout: str = "", sheet: str = "", answers: Sequence[str] = ()
) -> tuple[list[Reading], dict[str, str]]:
    """The readings of the sheets that a layout reads, and why each other sheet is passed over.

    A sheet that repeats the figures of an earlier one is passed over as its copy.
    Raises `NotRecognised` when no sheet at all can be read, and `DataError` for an answer that nothing asks for.
    """
    given = Answers(answers)
    readings: list[Reading] = []
    passed: dict[str, str] = {}
    for page in [workbook.sheet(sheet)] if sheet else workbook.sheets:
        page.answers = given
        declined: list[str] = []
        question: Unclear | None = None
        for name in [layout] if layout else LAYOUTS:
            try:
                reading = read(name, page)
            except Declined as reason:
                declined.append(f"{name}: {reason}")
                continue
            except Unclear as error:
                question = question or error
                declined.append(f"{name}: {error.problem}")
                continue
            except DataError as error:
                if question is None:
                    raise
                declined.append(f"{name}: {error.problem}")  # the question that was asked first is the one to answer
                continue
            original = next(
                (one for one in readings if len(one) == len(reading) and _figures(one) == _figures(reading)), None
            )
            if original is None:
                readings.append(reading)
            else:
                passed[page.name] = f"it repeats the figures of sheet {original.sheet.name}"
            break
        else:
            if question:
                raise question
            passed[page.name] = "; ".join(declined) if page.size else "it is empty"
    if not readings:
        why = "".join(f"\n  {name or 'the table'} ({text})" for name, text in passed.items())
        raise NotRecognised(
            f"no layout reads this file{why}",
            file=workbook.file,
            do="name a layout with --layout, or add one (CONTRIBUTING shows how)",
        )
    if unused := given.unused():
        raise DataError("an answer that nothing here asks for", file=workbook.file, found="; ".join(unused))
    return readings, passed


def _figures(reading: Reading) -> dict[tuple[str, ...], str]:
    """The figures of a sheet without their cells and codes, which a copy may lack."""
    return {(r.indicator, r.area, r.period, r.breakdown): f"{r.value} {r.unit} {r.status}" for r in reading.rows}
