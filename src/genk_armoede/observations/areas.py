# SPDX-License-Identifier: EUPL-1.2
"""Areas: NIS codes, statistical sectors, wijken and stadsdelen.

Takes the sheet that lists sectors with their wijk; gives `Sector`s; called by `layouts` (codes of names) and `datasets`
(what belongs to what). What names and codes say stands in `naming` and `vintages`. NIS codes are Statbel's REFNIS, wijk
codes those of the Flemish provinces' division 2019–2024.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from ..errors import DataError
from ..spreadsheets.cells import Sheet
from .naming import (
    code_of,
    codes_of,
    contradict,
    is_abroad,
    is_known,
    is_named,
    looks_like_area,
    name_of,
    of_nuts,
    pseudo,
    split_code,
    split_level,
)
from .values import read_value
from .vintages import broken, vintage_problem, vintage_told

__all__ = [
    "broken",
    "code_of",
    "codes_of",
    "contradict",
    "is_abroad",
    "is_known",
    "is_named",
    "looks_like_area",
    "name_of",
    "of_nuts",
    "pseudo",
    "split_code",
    "split_level",
    "vintage_problem",
    "vintage_told",
]

GENK = "71016"

# Codes that no list has: their form tells the level. Read by DuckDB.
LEVELS = {
    "01000": "country",
    "0[234]000": "region",
    r"[1-9]000\d": "province",
    r"\d\d000": "arrondissement",
    r"\d{5}": "municipality",
    r"\d{6,7}": "wijk",
    r"\d{5}[A-Z][0-9A-Z-]{2,3}": "sector",
}


@dataclass(frozen=True, slots=True)
class Sector:
    """A statistical sector, the wijk it belongs to (with its centre in degrees)."""

    sector_code: str
    sector: str
    wijk_code: str
    wijk: str
    stadsdeel: str  # empty while the city has not published the division
    longitude: float
    latitude: float
    cell: str

    @property
    def centre(self) -> tuple[str, str, float, float]:
        """Code, name and centre of the wijk: the same for all its sectors."""
        return self.wijk_code, self.wijk, self.longitude, self.latitude


class Place(NamedTuple):
    """Where a sector lies; a `Sector` has the same fields and more."""

    sector_code: str
    wijk_code: str
    stadsdeel: str


NOWHERE = GENK + "ZZZZ"  # Statbel's code for who cannot be placed in a sector


def inside(sectors: Iterable[Sector | Place]) -> dict[str, list[list[str]]]:
    """Area → the ways to make it up: the city of wijken or stadsdelen, a stadsdeel of wijken, a wijk of sectors.

    Stadsdelen only when every wijk lies in one and no wijk in two.
    """
    wijken: dict[str, list[str]] = defaultdict(list)
    stadsdelen: dict[str, dict[str, None]] = defaultdict(dict)
    for sector in sectors:
        wijken[sector.wijk_code].append(sector.sector_code)
        stadsdelen[sector.stadsdeel][sector.wijk_code] = None
    found = {GENK: [[*wijken, NOWHERE]], **{wijk: [own] for wijk, own in wijken.items()}}
    if "" not in stadsdelen and sum(map(len, stadsdelen.values())) == len(wijken):
        found[GENK].append([*stadsdelen, NOWHERE])
        found |= {stadsdeel: [list(own)] for stadsdeel, own in stadsdelen.items()}
    return found


HEADERS = {
    "Sectorcode": "sector_code",
    "Sector": "sector",
    "Wijkcode": "wijk_code",
    "Wijk": "wijk",
    "Stadsdeel": "stadsdeel",
    "Lengtegraad wijk [°]": "longitude",
    "Breedtegraad wijk [°]": "latitude",
}


def read_sectors(sheet: Sheet) -> list[Sector]:
    """The list of sectors.

    Raises `DataError` when a header is missing, a sector stands twice, a wijk has two codes, names or
    centres, or a code is not one of Genk's.
    """
    header = next((n for n, cells in sheet.rows() if cells and cells[0].text == "Sectorcode"), 0)
    columns = {cell.text: cell.column for cell in sheet.row(header)}
    missing = [name for name in HEADERS if name not in columns]
    if missing:
        raise sheet.error(
            f"headers are missing: {', '.join(missing)}",
            found=", ".join(columns),
            expected=", ".join(HEADERS),
            do="give the columns their names back",
        )
    sectors: list[Sector] = []
    for row in range(header + 1, sheet.height + 1):
        if not sheet.row(row):
            break
        sectors.append(_sector(sheet, row, columns))
    _check(sheet, sectors)
    return sectors


def _sector(sheet: Sheet, row: int, columns: dict[str, int]) -> Sector:
    fields: dict[str, str | float] = {}
    for header, name in HEADERS.items():
        cell = sheet[row, columns[header]]
        if "[" in header:
            value, _ = read_value(sheet, cell, header.rpartition("[")[2][:-1], {})
            fields[name] = float(value or 0)
        elif not cell.text and name != "stadsdeel":
            raise sheet.error(f"no {header.lower()}", cell, do="fill it in")
        else:
            fields[name] = cell.text
    return Sector(**fields, cell=sheet[row, columns["Wijk"]].address)  # type: ignore[arg-type]


def _check(sheet: Sheet, sectors: list[Sector]) -> None:
    def refuse(problem: str, sector: Sector, other: Sector, expected: str) -> DataError:
        cells = " and ".join(dict.fromkeys([other.cell, sector.cell]))
        return sheet.error(problem, None, cell=cells, expected=expected, do="correct one of the rows")

    seen: dict[str, Sector] = {}
    for sector in sectors:
        if not sector.sector_code.startswith(GENK):
            raise refuse(f"{sector.sector_code} is no sector of Genk", sector, sector, "a code that begins with 71016")
        other = seen.setdefault(sector.sector_code, sector)
        if other is not sector:
            raise refuse(f"sector {sector.sector_code} stands twice", sector, other, "one row, one wijk")
        if sector.stadsdeel:  # blank while nobody has found it
            other = seen.setdefault(f"stadsdeel of {sector.wijk_code}", sector)
            if other.stadsdeel != sector.stadsdeel:
                names = f"{other.stadsdeel} and {sector.stadsdeel}"
                raise refuse(f"wijk {sector.wijk} lies in {names}", sector, other, "one stadsdeel a wijk")
        for key in (sector.wijk_code, sector.wijk):
            other = seen.setdefault(key, sector)
            if other.centre != sector.centre:
                raise refuse(
                    f"wijk {sector.wijk} is described in two ways", sector, other, "one code, name and centre a wijk"
                )
