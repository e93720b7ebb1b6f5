# SPDX-License-Identifier: EUPL-1.2
"""What a tidy table is: one observation a row, the same columns in every table, checked.

Takes observations from `layouts`; gives them back sound or raises; called by `datasets`, `store`, `trace`.
Status flags are Eurostat's: https://ec.europa.eu/eurostat/data/database/information (observation flags).
"""

from __future__ import annotations

import csv
import functools
import io
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..errors import DataError
from ..spreadsheets.columns import WholeNumbers
from .periods import is_period

COLUMNS = (
    "indicator",
    "area_code",
    "area",
    "period",
    "breakdown",
    "value",
    "unit",
    "status",
    "source",
    "sheet",
    "cell",
)
KEY = COLUMNS[:5]
STATUS = {
    "b": "breuk in de reeks",
    "c": "vertrouwelijk",
    "d": "andere definitie",
    "e": "schatting",
    "f": "prognose",
    "m": "geen cijfer",
    "p": "voorlopig",
    "r": "herzien",
    "u": "onbetrouwbaar",
    "z": "niet van toepassing",
}
WITHOUT_VALUE = frozenset("cmz")
TOTAL_WORDS = {
    "totaal",
    "total",
    "eindtotaal",
    "algemeen totaal",
    "total général",
    "grand total",
    "gesamtergebnis",
}  # names of no part
# What a sheet calls a total; whether it is the sum of its groups, protection sees in the figures.
ALL_GROUPS = {"alle", "all", "tous", "ensemble", "both sexes", "beide geslachten"}


@dataclass(frozen=True, slots=True)
class Observation:
    """One published figure and the cell it stands in. `value` is exact, or None with a flag that says why."""

    indicator: str
    area_code: str
    area: str
    period: str
    breakdown: str
    value: Decimal | None
    unit: str
    status: str
    source: str
    sheet: str
    cell: str
    # What the row itself says of its source (publisher, title, url, …); the register knows the rest.
    citation: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def key(self) -> tuple[str, ...]:
        return (self.indicator, self.area_code, self.area, self.period, self.breakdown)

    @property
    def row(self) -> tuple[str, ...]:
        """The observation as text, in the order of `COLUMNS`."""
        return (*self.key, number_text(self.value), self.unit, self.status, self.source, self.sheet, self.cell)

    def error(self, problem: str, **details: str) -> DataError:
        details.setdefault("do", "compare the cell with its source and correct it")
        return DataError(problem, file=self.source, sheet=self.sheet, cell=self.cell, **details)


@functools.lru_cache(10_000)  # of a table most texts come back
def plain_text(text: str) -> str:
    """Text that a spreadsheet program shows as it is: behind an apostrophe when it would begin a formula."""
    return f"'{text}" if _begins_formula(text) else text


def as_received(text: str) -> str:
    """The inverse of `plain_text`."""
    return text[1:] if text.startswith("'") and _begins_formula(text) else text


def _begins_formula(text: str) -> bool:
    return text.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r"))


def table_bytes(rows: Iterable[Observation]) -> bytes:
    """Observations as CSV: UTF-8, `\\n`, comma, header first; no text in it begins a formula."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow(
            [text if name == "value" else plain_text(text) for name, text in zip(COLUMNS, row.row, strict=True)]
        )
    return stream.getvalue().encode()


def read_table(content: bytes) -> list[Observation]:
    """The rows of a processed table, as `table_bytes` wrote them."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
    return [
        Observation(**{k: as_received(v) for k, v in row.items() if k != "value"}, value=Decimal(v) if v else None)
        for row in rows
        for v in [row["value"]]
    ]


def number_text(value: Decimal | None) -> str:
    """Plain decimal text without exponent or trailing zeros: `58.2`, `1000000`, empty for None."""
    if value is None:
        return ""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def breakdown_text(parts: dict[str, str]) -> str:
    """`{"onderwijsniveau": "basisonderwijs"}` → `onderwijsniveau=basisonderwijs`, sorted by key.

    Raises `ValueError` for parts that would not read back.
    """
    if not parts:
        return ""
    text = "; ".join(f"{key}={value}" for key, value in sorted(parts.items()))
    if breakdown_parts(text) != parts:
        raise ValueError(text)
    return text


def breakdown_parts(text: str) -> dict[str, str]:
    """The inverse of `breakdown_text`. Raises `ValueError` for what it cannot have made."""
    parts: dict[str, str] = {}
    for part in text.split("; ") if text else []:
        key, _, value = part.partition("=")
        if not (key and value) or ";" in part or key in parts:
            raise ValueError(text)
        parts[key] = value
    return parts


def place_of_cell(cell: str) -> tuple[str, str, str]:
    """`file|sheet|cell` in its three parts; a sheet's name may have a bar in it."""
    source, _, rest = cell.partition("|")
    sheet, _, address = rest.rpartition("|")
    return source, sheet, address


def validate(observations: Iterable[Observation]) -> list[Observation]:
    """Sort by key and hold every row to the contract.

    Raises `DataError` that names the cells for a bad period, flag or share, a value that is missing
    without a flag or present under one that excludes it, a negative count, or a key that occurs twice.
    """
    rows = sorted(observations, key=lambda row: row.key)
    for row in rows:
        _validate_row(row)
    for one, other in itertools.pairwise(rows):
        if one.key == other.key:
            raise other.error(
                f"the same figure stands twice: also in {_place(one)}",
                found=f"{number_text(one.value) or 'nothing'} and {number_text(other.value) or 'nothing'}"
                f" for {', '.join(filter(None, one.key))}",
                expected="one figure for each indicator, area, period and breakdown",
                do="say what sets them apart, or leave one of the two out",
                answers=_without_row(other),
            )
    return rows


def _validate_row(row: Observation) -> None:
    if not is_period(row.period):
        raise row.error(
            "this is no period", found=row.period, expected="2021, 2020-2021, 2021-Q4, 2021-12 or 2021-12-31"
        )
    if not set(row.status) <= set(STATUS) or "".join(sorted(set(row.status))) != row.status:
        raise row.error("unknown status flag", found=row.status, expected=", ".join(STATUS))
    if len(WITHOUT_VALUE & set(row.status)) != (row.value is None):
        raise row.error(
            "a row has either a figure, or a status with one reason why there is none",
            found=f"value {number_text(row.value) or 'none'}, status {row.status or 'none'}",
            expected="a figure without c, m and z, or no figure and one of them",
        )
    if row.value is None:
        return
    if row.indicator.startswith("aandeel_") and row.unit == "%" and not 0 <= row.value <= 100:
        raise row.error("a share outside 0–100", found=number_text(row.value), expected="0 to 100 %")
    if row.value < 0 and row.unit in COUNT_UNITS and not _BALANCE.search(row.indicator):
        expected = f"0 or more {row.unit}"
        raise row.error("a negative count", found=number_text(row.value), expected=expected, answers=_without_row(row))


def validate_texts(
    periods: Iterable[str], indicators: Iterable[str], units: Iterable[str], values: Sequence[str], flags: Sequence[str]
) -> bool:
    """True for observations of a column that are sound by themselves; `validate` says of others what is wrong.

    `periods`, `indicators` and `units` are those that occur; `values` and `flags` those of each observation, or no
    flags where none has any.
    """
    if not all(map(is_period, periods)):
        return False
    if not flags and "" in values:
        return False
    known = {text: set(text) <= set(STATUS) and "".join(sorted(set(text))) == text for text in set(flags)}
    reasons = {text: len(WITHOUT_VALUE & set(text)) for text in known}
    if not all(known.values()) or set(reasons.values()) - {0, 1}:
        return False
    given = ("" in values or any(reasons.values())) and set(zip(map(bool, values), flags, strict=True))
    if given and any(is_given == bool(reasons[text]) for is_given, text in given):
        return False
    if "%" in units and any(indicator.startswith("aandeel_") for indicator in indicators):
        return all(not value or 0 <= float(value) <= 100 for value in values)
    if COUNT_UNITS.isdisjoint(units):
        return True
    return min(values.numbers) >= 0 if isinstance(values, WholeNumbers) else "\n-" not in "\n" + "\n".join(values)


# What can be less than nothing, though it is counted.
_BALANCE = re.compile(
    r"sald[oi]|verschil|evolutie|gro?ei|toename|afname|verandering|wijziging|balans|netto|solde|évolution|variation"
    r"|change|balance|difference|growth",
    re.IGNORECASE,
)
COUNT_UNITS = frozenset(
    {"aangiften", "aantal", "huishoudens", "leerlingen", "personen", "stadsdelen", "wagens", "wijken", "woningen"}
)


def _without_row(row: Observation) -> tuple[str, ...]:
    """The answer that leaves out the row of a figure; none for a figure whose cell has no such address."""
    found = re.fullmatch(r"[A-Z]{1,3}(\d+)", row.cell)
    return (f"{f'sheet {row.sheet}: ' * bool(row.sheet)}row {found[1]}=nothing",) if found else ()


def _place(row: Observation) -> str:
    return ", ".join(filter(None, [row.source, row.sheet, row.cell]))
