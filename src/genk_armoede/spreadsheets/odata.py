# SPDX-License-Identifier: EUPL-1.2
"""Rows of an OData table of the CBS as a sheet: a column a property, a row an object.

Takes the objects; gives a `Sheet` whose cells are JSON Pointers; called by `jsonstat`.
"""

from __future__ import annotations

from ..errors import DataError
from .cells import Sheet
from .cubes import POINTED
from .filling import Filler


def read_odata(file: str, rows: list[object]) -> Sheet:
    """A header of names, and under it the texts of each object. Raises `DataError` for objects of another kind."""
    sheet = Sheet(file, "")
    filler, point = Filler(sheet), sheet.style_number(POINTED)
    numbers: dict[str, int] = {}
    for place, record in enumerate(rows):
        if not isinstance(record, dict) or any(isinstance(value, dict | list | bool) for value in record.values()):
            expected = "an object of texts and numbers"
            raise DataError("a row of another kind", file=file, cell=f"/value/{place}", expected=expected)
        for name, value in record.items():
            if name not in numbers:
                numbers[name] = len(numbers) + 1
                filler.put(1, numbers[name], name, 0)
            if value is not None:
                filler.put(place + 2, numbers[name], value.strip(), point)
    filler.finish()
    names = {number: name.replace("~", "~0").replace("/", "~1") for name, number in numbers.items()}
    sheet.address = lambda column: lambda row: f"/value/{row - 2}/{names[column]}"
    return sheet
