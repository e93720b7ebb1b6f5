# SPDX-License-Identifier: EUPL-1.2
"""What notebooks show: every figure with the cells it comes from.

Takes notebooks with their outputs; gives figures as `prose` wrote them; called by `build`, `leaks` and `trace`.
A notebook is read as the JSON that it is: the library for them takes longer to load than all of them to read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import DataError
from ..narration.prose import MIME, figures_in

NOTEBOOKS, FIGURES = Path("notebooks"), Path("figures")
Cells = list[dict[str, Any]]


def committed(root: Path) -> dict[str, Cells]:
    """The cells of the notebooks as they lie there, by the notebook's name."""
    return read({path.stem: path.read_bytes() for path in sorted((root / NOTEBOOKS).glob("*.ipynb"))})


def read(books: Mapping[str, bytes]) -> dict[str, Cells]:
    """The cells of notebooks from their files. Raises `DataError` for what is no notebook."""
    return {name: _cells(name, book) for name, book in books.items()}


def _cells(name: str, book: bytes) -> Cells:
    try:
        return json.loads(book)["cells"]
    except (ValueError, KeyError, TypeError) as error:
        file = f"{NOTEBOOKS / name}.ipynb"
        raise DataError(f"no notebook ({error})", file=file, do="restore it with git") from error


def code_of(notebooks: Mapping[str, Cells]) -> dict[str, str]:
    """What each notebook runs."""
    return {
        f"{name}.ipynb": "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
        for name, cells in notebooks.items()
    }


def figures_of(notebooks: Mapping[str, Cells]) -> list[tuple[str, dict]]:
    """Every figure that notebooks show, with the name of the notebook."""
    return [
        (f"{name}.ipynb", one)
        for name, cells in notebooks.items()
        for cell in cells
        for output in cell.get("outputs", [])
        for one in figures_in(output.get("data", {}).get(MIME, {}))
    ]
