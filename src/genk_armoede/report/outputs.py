# SPDX-License-Identifier: EUPL-1.2
"""What a cell gives, so that a notebook comes out the same however fast it ran and wherever objects lay in memory."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DataError

if TYPE_CHECKING:
    from nbformat import NotebookNode

STREAMS = ("stdout", "stderr")  # in the order in which a kernel sends them at the end of a cell
ADDRESS = re.compile(r"\bat 0x[0-9a-f]+", re.IGNORECASE)  # as in `<object object at 0x7f2c6c1b4d30>`

# What nbval 0.11 runs but does not see as a kernel of our own does: clearing and changing an output, and what another
# process prints.
_UNREPEATABLE = re.compile(
    r"\b(?:clear_output|update_display|display_id|subprocess|os\.system|os\.popen)\b"
    r"|^[ \t]*(?:!\w+|%%(?:bash|sh|script|system|sx)\b|%(?:system|sx)\b)",
    re.MULTILINE,
)


def joined(outputs: Sequence[NotebookNode]) -> list[NotebookNode]:
    """The outputs of a cell, with what it printed between two others as one output for each stream.

    A kernel sends printed text when some time has passed: in one piece or in several, and what was printed to stderr
    before or between what was printed to stdout.
    """
    made = []
    for printed, group in itertools.groupby(outputs, lambda output: output["output_type"] == "stream"):
        if not printed:
            made += group
            continue
        pieces = list(group)
        for name in STREAMS:
            of_stream = [piece for piece in pieces if piece["name"] == name]
            if of_stream:
                whole = of_stream[0]
                whole["text"] = "".join(piece["text"] for piece in of_stream)
                made.append(whole)
    return made


def refuse_addresses(book: NotebookNode, file: Path) -> None:
    """Raises `DataError` when an output says where an object lies in memory, which is another place in each run.

    `file`: the notebook's path, for the error.
    """
    for cell in book.cells:
        if cell.cell_type != "code":
            continue
        found = ADDRESS.search("\n".join(text for output in cell.outputs for text in _texts(output)))
        if found:
            raise DataError(
                "an output holds the address of an object in memory, which differs each time the notebook runs",
                file=str(file),
                cell=f"[{cell.execution_count}]",
                found=found.group(),
                expected="an output that is the same in each run",
                do="print what matters of the object, or give the last result of the cell a name",
            )


def unrepeatable(source: str) -> str:
    """What in the code of a cell has an output that nbval cannot repeat; empty where nothing has."""
    found = _UNREPEATABLE.search(source)
    return found.group().strip() if found else ""


def _texts(output: NotebookNode) -> list[str]:
    if output["output_type"] == "stream":
        return [output["text"]]
    return [text for kind, text in output.get("data", {}).items() if kind.startswith("text/")]
