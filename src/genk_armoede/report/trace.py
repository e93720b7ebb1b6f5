# SPDX-License-Identifier: EUPL-1.2
"""From a printed figure back to its file, cell and publisher.

Takes a figure as a page prints it, or an indicator; gives what is known of each row and computed figure that it can be;
called by `cli`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from pathlib import Path

from ..errors import DataError
from ..narration.figure import ORDINALS
from ..observations.observation import STATUS
from ..spreadsheets.numerals import parse_number
from ..tables import store
from . import shown as notebooks
from .notes import places


def answers(root: Path, what: str, area: str = "", period: str = "") -> list[dict[str, str]]:
    """What is known of each published or computed figure that is meant, those of Genk first.

    Raises `DataError` when there is none.
    """
    (value, unit), shown = _printed(what), notebooks.figures_of(notebooks.committed(root))
    rows = [
        (table, row)
        for table, row in store.read_rows(root)
        if row["indicator"] == what or (value is not None and _has(row, value, unit))
        if area.casefold() in ("", row["area"].casefold()) and period in ("", row["period"])
    ]
    rows.sort(key=lambda pair: pair[1]["area"] != "Genk")
    computed: dict[tuple, list[str]] = defaultdict(list)
    for name, one in [] if area or period else shown:
        if one["formula"] and value is not None and value == _computed(one):
            if unit.startswith("plaats") and not one["formula"].startswith("plaats"):
                continue
            computed[one["text"], one["formula"], tuple(one["cells"])].append(name)
    found = [_of_row(table, row, shown) for table, row in rows]
    for key, names in computed.items():
        at = 0 if what.startswith("+") else len(found)  # no table prints a plus
        found[at:at] = _of_computed(*key, names)
    if not found:
        raise DataError(
            f"{what} is no published value, computed figure or indicator here",
            expected="a number such as 58,2 or an indicator from data/processed/codeboek.md",
        )
    return found


# A figure as pages print it, with the words around it: `868.230 euro`, `+3,4%`, `plaats 6`.
_PRINTED = re.compile(r"(?P<before>[^\d,.+−–-]*)(?P<number>[+−–-]?\d[\d.\u00a0\u202f ]*(?:,\d+)?)(?P<after>\D*)")


def _printed(text: str) -> tuple[Decimal | None, str]:
    """The number that a figure prints, and its unit: `%`, `EUR`, another word, or nothing."""
    if rank := _rank(text):
        return rank, "plaats"
    value = _value(text)
    found = _PRINTED.fullmatch(text.strip())
    if value is None and found:
        value = _value(found["number"].strip().lstrip("+"))
    words = f"{found['before']} {found['after']}".strip().lower() if found else ""
    if "%" in words:
        return value, "%"
    return value, "EUR" if re.search(r"euro|eur|€", words) else words


def _has(row: dict[str, str], value: Decimal, unit: str) -> bool:
    """True for a row with this value; of one that is printed with `%` or `euro`, in that unit; never of a rank."""
    if not row["value"] or Decimal(row["value"]) != value:
        return False
    return row["unit"] == unit if unit in ("%", "EUR") else not unit.startswith("plaats")


def _value(text: str) -> Decimal | None:
    for read in (parse_number, Decimal):
        with suppress(ValueError, InvalidOperation):
            if (value := read(text)).is_finite():
                return value
    return None


def _rank(text: str) -> Decimal | None:
    """6 for `zesde` and for `zesde hoogste`; nothing for what opens with no such word."""
    word = text.strip().lower().partition(" ")[0]
    return Decimal(ORDINALS.index(word) + 1) if word in ORDINALS else None


def _computed(shown: dict) -> Decimal | None:
    """A computed figure as it is printed: what a reader looks for."""
    if rank := _rank(shown["text"]):
        return rank
    return _value("".join(c for c in shown["text"].split("\u00a0")[0] if c in "0123456789.,−"))


def _of_row(table: str, row: dict[str, str], shown: list[tuple[str, dict]]) -> dict[str, str]:
    place = store.cell_of(row)
    value = row["value"].replace(".", ",") or "no value"
    flags = ", ".join(f"{flag} ({STATUS[flag]})" for flag in row["status"])
    what = [f"{value} {row['unit']}", row["indicator"], row["area"], row["period"], row["breakdown"]]
    return dict(
        figure=" · ".join(filter(None, what)),
        status=flags,
        table=f"data/processed/{table}.csv",
        file=f"data/raw/{row['source']}",
        sheet=row["sheet"],
        cell=row["cell"],
        **_source(store.citation(place)),
        notebooks=", ".join(sorted({name for name, one in shown if place in one["cells"]})) or "none",
    )


def _of_computed(text: str, formula: str, cells: tuple[str, ...], notebooks: list[str]) -> Iterator[dict[str, str]]:
    for place in places(list(cells)):
        yield dict(
            figure=f"{text} · computed: {formula}",
            file=f"data/raw/{place['file']}",
            sheet=place["sheet"],
            cells=place["addresses"],
            **_source(place),
            notebooks=", ".join(sorted(set(notebooks))),
        )


def _source(cited: dict[str, str]) -> dict[str, str]:
    fields = {"publisher": "publisher", "title": "title", "address": "path", "licence": "licence"}
    fields |= {"obtained": "obtained", "place": "evidence", "certainty": "confidence", "remark": "note"}
    return {name: cited.get(key, "") for name, key in fields.items()}
