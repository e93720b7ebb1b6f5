# SPDX-License-Identifier: EUPL-1.2
"""What layouts share: words by which a header says what its column holds, and how to decline."""

from __future__ import annotations

from ..spreadsheet import Cell


class Declined(Exception):
    """The sheet is not of this layout's shape; the message says why."""


AREA_LEVELS = {
    "gebied": "",
    "gemeente": "municipality",
    "gemeenten": "municipality",
    "provincie": "province",
    "provincies": "province",
    "gewest": "region",
    "sector": "sector",
    "wijk": "wijk",
    "wijken": "wijk",
    "stadsdeel": "stadsdeel",
}
CODE_WORDS = {"code", "nis-code", "niscode", "sectorcode", "wijkcode"}
PERIOD_WORDS = {"periode", "jaar", "schooljaar"}


def single_table(rows: list[tuple[int, list[Cell]]], start: int) -> tuple[list[int], list[int]]:
    """Row numbers of the table that starts at a row, up to the first empty row, and of what follows it."""
    numbers = [number for number, cells in rows if number >= start]
    end = next((n for n, cells in rows if n >= start and not cells), numbers[-1] + 1 if numbers else start)
    return [n for n in numbers if n < end], [n for n, cells in rows if n > end and cells]
