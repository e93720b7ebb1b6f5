# SPDX-License-Identifier: EUPL-1.2
"""Publishers' layouts: a sheet comes in, observations with their cell go out.

A layout is a module with a `NAME` and a function `read(sheet) -> list[Observation]`, which raises
`Declined` when the sheet is not of its shape and `DataError` when it is but a cell in it is wrong.
"""

from __future__ import annotations

from ..errors import DataError
from ..observations import Observation
from ..spreadsheet import Workbook
from . import crosstab, figure_list, swing
from .shape import Declined


class NotRecognised(DataError):
    """No layout reads any sheet; the message has every layout's reason."""


# From most to least particular: the first that does not decline reads the sheet.
LAYOUTS = {module.NAME: module for module in (swing, figure_list, crosstab)}


def recognise(workbook: Workbook, layout: str = "", sheet: str = "") -> list[tuple[str, str, list[Observation]]]:
    """For each sheet its name, the layout that reads it (empty for none) and its observations.

    In place of a layout's name comes, where no layout reads the sheet, why each declined.
    Raises `NotRecognised` when no sheet at all can be read.
    """
    chosen = [LAYOUTS[layout]] if layout else LAYOUTS.values()
    result, reasons = [], {}
    for page in [workbook.sheet(sheet)] if sheet else workbook.sheets:
        declined = []
        for module in chosen:
            try:
                result.append((page.name, module.NAME, module.read(page)))
                break
            except Declined as reason:
                declined.append(f"{module.NAME}: {reason}")
        else:
            reasons[page.name] = "; ".join(declined)
            result.append((page.name, "", []))
    if len(reasons) == len(result):
        why = "".join(f"\n  {name or 'the table'} ({text})" for name, text in reasons.items())
        raise NotRecognised(
            f"no layout reads this file{why}",
            file=workbook.file,
            do="name a layout with --layout, or add one (CONTRIBUTING shows how)",
        )
    return result
