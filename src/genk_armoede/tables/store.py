# SPDX-License-Identifier: EUPL-1.2
"""Tidy tables on disk, read by name, and what their descriptor says of each cell.

Takes the name of a table or a cell; gives pandas frames, rows and citations; called by `trace`, `frames`, `pages` and
notebooks.
Descriptors follow the Data Package standard, https://datapackage.org/standard/data-package/.
"""

from __future__ import annotations

import csv
import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DataError
from ..observations.observation import COLUMNS, as_received, place_of_cell
from .repository import PACKAGE, PROCESSED, root

if TYPE_CHECKING:
    import pandas as pd


def load(name: str = "") -> pd.DataFrame:
    """A tidy table as a frame with `COLUMNS`, or the rows of all of them.

    `value` is a float, NaN when there is none, the rest is text. Raises `DataError` for a table that is not there.
    """
    if not name:
        files = sorted((root() / PROCESSED).glob("*.csv"))
        return _every_table(tuple((path, path.stat().st_mtime_ns) for path in files)).copy()
    import pandas as pd

    path = root() / PROCESSED / f"{name}.csv"
    if not path.is_file():
        raise DataError(
            f"there is no table {name!r}",
            expected=", ".join(sorted(file.stem for file in path.parent.glob("*.csv"))),
            do="check the name, or run: genk-armoede clean",
        )
    types = dict.fromkeys(COLUMNS, "str") | {"value": "float64"}
    frame = pd.read_csv(path, dtype=types, keep_default_na=False, na_values={"value": [""]}, encoding="utf-8")
    for name in set(COLUMNS) - {"value"}:
        frame[name] = frame[name].map(as_received)
    return frame


@functools.lru_cache(maxsize=1)
def _every_table(files: tuple[tuple[Path, int], ...]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat([load(path.stem) for path, _ in files], ignore_index=True)


def read_rows(root: Path) -> list[tuple[str, dict[str, str]]]:
    """All rows of all tables as text, each with the name of its table."""
    rows = []
    for path in sorted((root / PROCESSED).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows += [(path.stem, {k: as_received(v) for k, v in row.items()}) for row in csv.DictReader(stream)]
    return rows


def rows_by_cell() -> dict[str, dict[str, str]]:
    """The rows of the tables on disk as text, by `file|sheet|cell`."""
    return _rows_by_cell(root(), (root() / PACKAGE).stat().st_mtime_ns)


@functools.lru_cache(maxsize=2)
def _rows_by_cell(root: Path, version: int) -> dict[str, dict[str, str]]:
    return {cell_of(row): row for _, row in read_rows(root)}


def cell_of(row: Mapping[str, str]) -> str:
    """Where a row comes from: `file|sheet|cell`."""
    return "|".join((row["source"], row["sheet"], row["cell"]))


Described = tuple[dict, dict[tuple[str, str, str], dict], dict[str, dict[str, str]]]


@functools.lru_cache(maxsize=4)
def _read(path: Path, modified: int) -> Described:
    found = json.loads(path.read_text(encoding="utf-8"))
    entries = [entry for resource in found["resources"] for entry in resource["sources"]]
    indicators = [one for resource in found["resources"] for one in resource.get("indicators", [])]
    return (
        found,
        {(e["file"], e["sheet"], cell): e for e in reversed(entries) for cell in e.get("cells", [""])},
        {one["name"]: one for one in indicators},
    )


def _described() -> Described:
    """The descriptor, its sources by file, sheet and cell (of a whole sheet without a cell), its indicators by name."""
    path = root() / PACKAGE
    if not path.is_file():
        raise DataError("there are no tables yet", file=str(PACKAGE), do="run: genk-armoede clean")
    return _read(path, path.stat().st_mtime_ns)


def package() -> dict:
    """The descriptor of the tables on disk."""
    return _described()[0]


def indicators() -> dict[str, dict[str, str]]:
    """Identifier of each indicator → its title, unit and description, and its maker when others print it."""
    return _described()[2]


def citation(cell: str) -> dict[str, str]:
    """Publisher, title, url, licence and remarks for a cell that the tables use. Raises `KeyError` for another one."""
    entry = _entry(cell)
    if not entry:
        raise KeyError(cell)
    return {name: text for name, text in entry.items() if name not in ("cells", "decimals")}


def maker(cell: str, indicator: str) -> str:
    """Who made a figure: who makes its indicator, whoever prints it, or else its publisher."""
    return indicators().get(indicator, {}).get("maker") or _entry(cell).get("publisher", "")


def remark(cell: str) -> str:
    """What the list in which a figure stands says of it; or nothing."""
    return _entry(cell).get("note", "")


def _entry(cell: str) -> dict:
    """What the descriptor says of a cell, or of its sheet; nothing of one that is not there."""
    known, (source, sheet, address) = _described()[1], place_of_cell(cell)
    return known.get((source, sheet, address)) or known.get((source, sheet, ""), {})


def decimals(cell: str, indicator: str) -> int:
    """How many decimals its publisher's table has for an indicator; 0 for a figure that names a source of its own."""
    known, at = _described()[1], place_of_cell(cell)
    entry = {} if at in known else known.get((*at[:2], ""), {})
    return entry.get("decimals", {}).get(indicator, 0)
