# SPDX-License-Identifier: EUPL-1.2
"""Each figure that a notebook shows is held against the tables: one that somebody made by hand is refused.

Takes a notebook with its outputs; called by `content`, when the tables of a build lie in place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ..errors import DataError
from ..narration.figure import ordinal
from ..narration.prose import MIME, figures_in
from ..tables import store

if TYPE_CHECKING:
    from nbformat import NotebookNode

Row = Mapping[str, str]
FIGURE = {"text": str, "value": str, "unit": str, "status": str, "formula": str, "cells": list}
BLOCKS = {  # kind of output → its fields
    "prose": {"listed": bool, "lines": list},
    "table": {"caption": str, "header": list, "rows": list},
    "chart": dict.fromkeys(("name", "title", "unit", "description", "note", "source", "viewbox"), str)
    | {"header": list, "rows": list},
}
_NUMBER = re.compile(r"[+−-]?\d[\d.]*(?:,\d+)?")


def check_figures(name: str, notebook: NotebookNode) -> None:
    """Raises `DataError`, with notebook and cell, for a figure that does not say what its cell in the tables says.

    So it does for an output of our own type that has another shape.
    """
    rows = store.rows_by_cell()
    for number, cell in enumerate(notebook.cells, start=1):
        for block in (output["data"][MIME] for output in cell.get("outputs", []) if MIME in output.get("data", {})):
            if odd := _odd(block):
                raise DataError(
                    f"an output of cell {number} is not as genk-armoede makes it: {odd}",
                    file=f"notebooks/{name}.ipynb",
                    do="make it with ga.say, ga.table or one of the charts",
                )
            for figure in figures_in(block):
                wrong = _wrong(figure, rows)
                if wrong:
                    raise DataError(
                        f"a figure of cell {number} was not made of the tables: {wrong}",
                        file=f"notebooks/{name}.ipynb",
                        found=figure.get("text"),
                        do="make it with ga.figure, ga.total or another function that keeps where it comes from",
                    )


def _odd(block: object) -> str:
    """What is wrong with the shape of an output; empty when nothing is."""
    kind = block.get("kind") if isinstance(block, dict) else None
    if not isinstance(kind, str) or kind not in BLOCKS:
        return f"its kind is {kind!r}"
    if odd := _lacking(block, BLOCKS[kind]):
        return odd
    if kind == "chart" and len(block["viewbox"].split()) != 4:
        return "its viewbox is none"
    header = block.get("header", [])
    lines = block["lines"] if kind == "prose" else [header, *block["rows"]]
    for line in lines:
        if not isinstance(line, list) or (header and len(line) != len(header)):
            return "a line is no list of as many parts as the header has"
        for part in line:
            if not isinstance(part, str | dict):
                return "a part of a line is neither words nor a figure"
            if isinstance(part, dict) and (odd := _lacking(part, FIGURE)):
                return f"a figure, of which {odd}"
            if isinstance(part, dict) and not all(isinstance(one, str) for one in part["cells"]):
                return "a figure names a cell that is no text"
    return ""


def _lacking(given: Mapping, fields: Mapping[str, type]) -> str:
    lacking = [name for name, kind in fields.items() if not isinstance(given.get(name), kind)]
    return f"{lacking[0]} is missing or of another kind" if lacking else ""


def _wrong(figure: Mapping, rows: Mapping[str, Row]) -> str:
    """What is wrong with a figure; empty when nothing is."""
    cells, formula = figure["cells"], figure.get("formula")
    missing = [cell for cell in cells if cell not in rows]
    if missing or not cells:
        return f"no table has {missing[0]}" if missing else "it names no cell"
    if figure.get("value") and not _says(figure.get("text", ""), figure["value"]):
        return f"its text is not its value {figure['value']}"
    if formula:
        return ""
    if len(cells) > 1:
        return "it has several cells and no formula"
    row = rows[cells[0]]
    for field in ("value", "unit", "period", "area"):
        if field in figure and figure[field] != row[field]:
            return f"its {field} is {figure[field] or 'none'}, that of {cells[0]} {row[field] or 'none'}"
    return ""


def _says(text: str, value: str) -> bool:
    """True for a text with this value in it, rounded to as many decimals as it shows."""
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return False
    if text == ordinal(exact):
        return True
    for found in _NUMBER.findall(text):
        number = Decimal(found.replace("−", "-").replace(".", "").replace(",", "."))
        shown = exact.quantize(Decimal(1).scaleb(number.as_tuple().exponent), ROUND_HALF_UP)
        if abs(number) == abs(shown):  # in a sentence a difference may be told without its sign
            return True
    return False
