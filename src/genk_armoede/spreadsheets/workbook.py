# SPDX-License-Identifier: EUPL-1.2
"""Open a workbook or text safely.

Takes a path; gives a `Workbook` of `Sheet`s; called by `layouts` and `tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..errors import DataError
from .cells import Sheet
from .container import MAX_BYTES
from .filling import point_columns
from .ods import read_ods
from .text import read_csv
from .xls import read_xls
from .xlsx import read_xlsx


@dataclass(slots=True)
class Workbook:
    file: str
    sheets: list[Sheet]

    def sheet(self, name: str) -> Sheet:
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise DataError(
            f"there is no sheet {name!r}",
            file=self.file,
            expected="one of: " + ", ".join(repr(sheet.name) for sheet in self.sheets),
            do="give the sheet its name back, or register the file again",
        )


def open_workbook(path: Path) -> Workbook:
    """Read a `.xlsx`, `.xlsm`, `.xls`, `.ods`, `.csv`, `.tsv` or `.txt` file.

    Raises `DataError` for a file that is missing, encrypted, truncated, no spreadsheet at all,
    of an unreasonable size (`container` has the bounds), or that holds a formula without a calculated value.
    """
    formats = {".xlsx": read_xlsx, ".xlsm": read_xlsx, ".xls": read_xls}
    formats |= {".ods": read_ods, **dict.fromkeys((".csv", ".tsv", ".txt"), read_csv)}
    if not path.is_file():
        raise DataError("there is no such file", file=str(path), do="check the name and the folder")
    if path.name.startswith("~$"):
        raise DataError("this is Excel's lock file, not a workbook", file=path.name, do="close Excel")
    if path.suffix.lower() not in formats:
        raise DataError(
            f"no spreadsheet that can be read here: {path.suffix or 'no extension'}",
            file=path.name,
            expected=", ".join(formats),
            do="save it as .xlsx",
        )
    size = path.stat().st_size
    if not size:
        raise DataError("the file is empty", file=path.name, do="ask for it again")
    if size > MAX_BYTES:
        raise DataError(
            f"the file is too large: {size:,} bytes", file=path.name, expected=f"at most {MAX_BYTES:,} bytes"
        )
    sheets = formats[path.suffix.lower()](path.name, path.read_bytes())
    for sheet in sheets:
        point_columns(sheet)
    return Workbook(path.name, sheets)
