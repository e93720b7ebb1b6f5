# SPDX-License-Identifier: EUPL-1.2
"""What the note at a figure says: what the figure is of, the cells it comes from, and what to read it with."""

from __future__ import annotations

import re

from ..narration.age import is_dated
from ..narration.frames import ASIDE
from ..narration.prose import join
from ..observations.observation import STATUS, breakdown_parts, place_of_cell
from ..observations.periods import period_text
from ..spreadsheets.addresses import column_letters, place_of
from ..tables import store

_CELL = re.compile(r"[A-Z]{1,3}[1-9]\d*")
_YEARS = re.compile(r"(?<=\b(?:19|20)\d\d)-(?=(?:19|20)\d\d\b)")  # a school year, in words of the source too


def what_of(cells: list[str]) -> str:
    """What a figure is of: `“indicator, part” voor Genk in 2024`; of a computed one, as far as its cells share them.

    No period where the source gives none, and `gepubliceerd in` where it is that of the publication.
    """
    rows = [store.rows_by_cell()[cell] for cell in cells]
    parts = {", ".join(v for k, v in breakdown_parts(row["breakdown"]).items() if k not in ASIDE) for row in rows}
    names, areas = (
        sorted({store.indicators()[row["indicator"]]["title"] for row in rows}),
        {row["area"] for row in rows},
    )
    periods = [period_text(period) for period in sorted({row["period"] for row in rows})]
    part = f", {next(iter(parts))}" if len(parts) == 1 and any(parts) else ""
    words = [join([f"“{name}{part}”" for name in names])] if len(names) < 4 else [f"{len(names)} cijferreeksen"]
    words += [f"voor {areas.pop()}"] if len(areas) == 1 else []
    if not all(map(is_dated, cells)):
        return " ".join(words)
    published = "gepubliceerd " * any("datering" in breakdown_parts(row["breakdown"]) for row in rows)
    words += [f"in {join(periods)}" if len(periods) < 3 else f"van {periods[0]} tot {periods[-1]}"]
    return " ".join([*words[:-1], published + words[-1]])


def row_of(cell: str) -> dict[str, str]:
    """The row of the tables that a cell became."""
    return store.rows_by_cell()[cell]


def sentence(note: dict) -> str:
    """What a note says after its figure: where that stands, or how it was made of what."""
    where = "; ".join(_where(place, len(note["places"]) > 1) for place in note["places"])
    if note["formula"]:
        label = f" ({note['label']})" if note["label"] else ""
        said = f"{label} is berekend: {note['formula']}. De gegevens zijn {note['what']}, in {where}."
    elif note["value"]:
        said = f" staat in {where}, als {note['what']}."
    else:
        said = f": dat zegt {where} over {note['what']}."
    flags = f" {note['flags'].capitalize()}." if note["flags"] else ""
    return _YEARS.sub("–", " ".join([said + flags, *note["remarks"]]))


def _where(place: dict, named: bool) -> str:
    """`cel C5`; with its file and sheet where the cells of a note are of several."""
    sheet = f", blad {place['sheet']}" if place["sheet"] else ""
    return f"{place['file']}{sheet}, cel {place['addresses']}" if named else f"cel {place['addresses']}"


def places(cells: list[str]) -> list[dict]:
    """Cells by file and sheet, runs down a column joined (`C6–C59`), each with what is known of its source."""
    found: dict[tuple, dict] = {}
    for cell in cells:
        cited = store.citation(cell)
        place = cited | {"link": link_of(cited["path"]), "addresses": []}
        found.setdefault(tuple(cited.items()), place)["addresses"].append(place_of_cell(cell)[2])
    for place in found.values():
        place["addresses"] = runs(place["addresses"])
    return list(found.values())


def link_of(address: str) -> str:
    """An address that a page may lead to, or nothing."""
    return address if address.startswith(("https://", "http://")) else ""


def runs(addresses: list[str]) -> str:
    """Cells in words, those below each other joined: `C6–C59, E4`; what is no cell, such as `/value/3`, as it is."""
    cells = {address for address in addresses if _CELL.fullmatch(address)}
    runs: list[list[tuple[int, int]]] = []  # column and row
    for column, row in sorted(place_of(cell)[::-1] for cell in cells):
        if runs and runs[-1][-1] == (column, row - 1):
            runs[-1].append((column, row))
        else:
            runs.append([(column, row)])
    ends = [[f"{column_letters(column)}{row}" for column, row in (run[0], run[-1])] for run in runs]
    others = dict.fromkeys(address for address in addresses if address not in cells)
    return ", ".join([*("–".join(dict.fromkeys(pair)) for pair in ends), *others])


def remark(place: dict) -> str:
    """Where in its source a figure stands, how sure that is, and what to read it with."""
    words = [f"Vindplaats: {place['evidence']}." if place.get("evidence") else ""]
    words += [f"Zekerheid: {place['confidence']}." if place.get("confidence") else ""]
    return " ".join(filter(None, [*words, place.get("note", "")]))


def text_of(part: str | dict) -> str:
    """Words, or a figure as it is printed."""
    return part if isinstance(part, str) else part["text"]


def cells_of(chart: dict) -> list[str]:
    """The cells of all figures of a chart, each once."""
    figures = (part for row in chart["rows"] for part in row if isinstance(part, dict))
    return list(dict.fromkeys(cell for part in figures for cell in part["cells"]))


def flags_of(part: dict) -> str:
    return join([STATUS[flag] for flag in part["status"]])
