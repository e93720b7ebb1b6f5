# SPDX-License-Identifier: EUPL-1.2
"""What a page says of one notebook: sections, headings, notes and words to search, fit for JSON.

Made from the notebook's own data (`prose.MIME`), so that alternative text survives and every figure leads to a note
that names its cell. Outputs of other kinds are in `own_cells`, markdown in `markdown`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import DataError
from ..narration.arithmetic import COUNTS
from ..narration.prose import MIME, join
from ..observations.naming import CENTRUMSTEDEN
from . import markdown, own_cells, sections
from .alternative import alternative
from .embedded import csv_of, workbook_of
from .held import check_figures
from .notes import flags_of, places, remark, sentence, what_of
from .outputs import unrepeatable
from .picture import inline
from .search import entries
from .typed import typed_in

if TYPE_CHECKING:
    from nbformat import NotebookNode

FRONT = "00_"  # how the name of the notebook begins that the front page is made of
CITIES = [city for city in CENTRUMSTEDEN if city != "Genk"]  # one can be picked to stand out beside Genk


def content_of(name: str, notebook: NotebookNode, images: dict[Path, bytes]) -> dict:
    """What the templates need of one notebook, fit for JSON: takes its charts' SVG by path.

    Raises `DataError` for a figure that the tables do not have.
    """
    check_figures(name, notebook)
    page = _Page(name, notebook, images)
    return {
        "name": name,
        "title": page.title,
        "lead": page.lead,
        "front": name.startswith(FRONT),
        "file": page.file,
        "message": page.message,
        "chart": page.chart,
        "headings": page.markdown.headings,
        "sections": page.sections,
        "code": page.code,
        "notes": [*page.notes.values()],
        "groups": page.groups,
        "publishers": page.publishers,
        "addresses": page.markdown.addresses,
        "remarks": list(dict.fromkeys(page.markdown.remarks)),
        "search": page.search,
    }


class _Page:
    """One notebook read from top to bottom: sections, headings, and notes for the figures it shows."""

    def __init__(self, name: str, notebook: NotebookNode, images: dict[Path, bytes]) -> None:
        self.name, self.images = name, images
        self.file = "index.html" if name.startswith(FRONT) else f"{name}.html"
        self.markdown = markdown.Reader()
        self.notes: dict[tuple, dict] = {}
        blocks = [block for number, cell in enumerate(notebook.cells, 1) for block in self._cell(number, cell)]
        self.code = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code" and cell.source)
        if not blocks or blocks[0]["kind"] != "heading" or blocks[0]["level"] != 1:
            raise DataError(
                "a notebook begins with a heading", file=f"notebooks/{name}.ipynb", expected="# Title as its first line"
            )
        self.title = blocks[0]["words"]
        first = next((b["text"] for b in blocks if b["kind"] == "markdown" and b["text"]), "")
        self.lead = re.split(r"(?<=[.?!])\s", first)[0]
        for chart in (block for block in blocks if block["kind"] == "chart"):
            chart["rows"] = [self._row(row, chart["header"]) for row in chart["rows"]]
            chart["words"] = _pointed(chart["description"], chart["header"], chart["rows"])
        for note in self.notes.values():
            note["said"] = sentence(note)
            for place in note["places"]:
                if place["link"]:
                    place["address"] = self.markdown.address(place["link"])
        self.sections = sections.arrange(blocks)
        self.search = entries({"file": self.file, "title": self.title, "sections": self.sections})
        if name.startswith(FRONT):
            self.message, self.chart = [], None
            sections.cards(self.sections)
        printed = sections.printed(self.sections)
        for note in self.notes.values():  # on paper a zero needs no note, nor what is not printed
            note["unprinted"] = note["number"] not in printed or note["value"] == "0"
        if not name.startswith(FRONT):
            self.message, self.chart = sections.lead(self.sections)

    @property
    def groups(self) -> list[dict]:
        """The notes by the sources they come from, in the order in which a reader meets them."""
        groups: dict[tuple, dict] = {}
        for note in self.notes.values():
            origins = {
                tuple(p[key] for key in ("file", "sheet", "publisher", "title", "path")): p for p in note["places"]
            }
            groups.setdefault(tuple(origins), {"places": [*origins.values()], "notes": []})["notes"].append(note)
        return list(groups.values())

    @property
    def publishers(self) -> str:
        return join(sorted({place["publisher"] for note in self.notes.values() for place in note["places"]}))

    def _cell(self, number: int, cell: NotebookNode) -> list[dict]:
        where = f"notebooks/{self.name}.ipynb, cell {number}"
        if figures := typed_in(cell):
            self.markdown.remarks.append(f"{where}: typed, not computed: {', '.join(figures)}; see help(ga.say)")
        if cell.cell_type == "markdown":
            return self.markdown.blocks(cell.source, cell.get("attachments", {}), where)
        if cell.cell_type == "raw":
            return [{"kind": "text", "text": cell.source}]
        if cause := unrepeatable(cell.source):
            self.markdown.remarks.append(
                f"{where}: make nbval cannot repeat what {cause} gives: print the result itself"
            )
        return [block for output in cell.outputs for block in self._output(output, cell, where)]

    def _output(self, output: NotebookNode, cell: NotebookNode, where: str) -> list[dict]:
        shown = output.get("data", {}).get(MIME)
        if shown is None:
            said = str(cell.metadata.get("alt", ""))
            block = own_cells.block_of(output, said, lambda words: self.markdown.remarks.append(f"{where}: {words}"))
            if any(map(str.isdigit, str([block.get(part) for part in ("header", "rows", "text")]))):
                self.markdown.remarks.append(f"{where}: its figures lead to no source; ga.say, ga.table and charts do")
            if block["kind"] == "source":
                return self.markdown.blocks(block["text"], {}, where)
            return [block] if block.get("text") != "" else []
        block = dict(shown)
        if block["kind"] == "chart":
            drawn = Path("figures") / f"{block['name']}.svg"
            if drawn not in self.images:
                raise DataError(
                    f"{where} shows a chart that no notebook draws",
                    file=str(drawn),
                    do="draw it with one of the charts",
                )
            svg = self.images[drawn].decode()
            names = {part for row in [block["header"], *block["rows"]] for part in row if isinstance(part, str)}
            block["alt"] = alternative(block["description"], block["title"], names)
            block["svg"], block["whole"], block["marks"] = inline(svg, block["viewbox"], block["name"], block["alt"])
            block["csv"], block["xlsx"] = csv_of(block), workbook_of(block)
            block["cities"] = [city for city in CITIES if city in names]
            return [block]
        block["lines"] = [[self._noted(part) for part in line] for line in block.get("lines", [])]
        block["rows"] = [self._row(row) for row in block.get("rows", [])]
        return [block]

    def _row(self, row: list[str | dict], header: Iterable[str] = itertools.repeat("")) -> list[str | dict]:
        own = row[0] if isinstance(row[0], str) else ""
        return [self._noted(part, own, name) for part, name in zip(row, header, strict=False)]

    def _noted(self, part: str | dict, *labels: str) -> str | dict:
        """A figure with the number of its note: one note for the same value from the same cells; none for a count.

        Of the names of its row and column the note of a computed figure has the first that says something new.
        """
        if isinstance(part, str) or not part["cells"] or part["formula"] in COUNTS:
            return part
        key = (*part["cells"], part["formula"], part["value"])
        if key not in self.notes:
            flags, where = flags_of(part) if part["value"] else "", places(part["cells"])
            own = {"number": len(self.notes) + 1, "flags": flags, "label": "", "what": what_of(part["cells"])}
            own["remarks"] = list(dict.fromkeys(filter(None, map(remark, where))))
            self.notes[key] = part | own | {"places": where}
        note = self.notes[key]
        if part["formula"]:
            note["label"] = note["label"] or next((n for n in labels if n != "Waarde" and n not in note["what"]), "")
        return part | {"number": note["number"]}


def _pointed(words: str, header: list[str], rows: list[list[str | dict]]) -> list[str | dict]:
    """The words of a chart in which its figures lead to their notes.

    Of figures that look the same it is the one whose row and column are named nearest: just before it, or after it in
    brackets.
    """
    known: dict[str, list[tuple[list[str], dict]]] = {}
    for row in rows:
        names = [part for part in row if isinstance(part, str)]
        for name, part in zip(header, row, strict=True):
            if isinstance(part, dict) and part["value"]:
                known.setdefault(part["text"], []).append(([*names, name.removesuffix(" (%)")], part))
    texts = "|".join(re.escape(text) for text in sorted(known, key=len, reverse=True))
    pieces = re.split(rf"(?<![\w.,−–])({texts})(?!\w)", words) if texts else [words]
    told: list[str | dict] = list(pieces)
    for place in range(1, len(pieces), 2):
        before, after = "".join(pieces[:place]).lower(), pieces[place + 1].lower()
        told[place] = min(known[pieces[place]], key=lambda one: sum(_far(n.lower(), before, after) for n in one[0]))[1]
    return told


def _far(name: str, before: str, after: str) -> int:
    """How many letters a name stands before a place in a text; none when it follows in brackets."""
    found = before.rfind(name)
    return 0 if after.startswith(f" ({name})") else len(before) - (found + len(name) if found >= 0 else 0)
