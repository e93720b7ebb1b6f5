# SPDX-License-Identifier: EUPL-1.2
"""What a page says of one notebook: blocks, headings, notes and words to search, fit for JSON.

Made from the notebook's own data (`prose.MIME`), so that alternative text survives and every figure leads to a note
that names its cell.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from ..errors import DataError
from ..narration.prose import MIME, join
from .embedded import csv_of, picture_of, workbook_of
from .held import check_figures
from .notes import flags_of, places, remark, what_of

if TYPE_CHECKING:
    from nbformat import NotebookNode


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
        "headings": page.headings,
        "blocks": page.blocks,
        "notes": [*page.notes.values()],
        "groups": page.groups,
        "publishers": page.publishers,
        "search": page.search,
        "addresses": page.addresses,
    }


class _Page:
    """One notebook read from top to bottom: blocks, headings, and notes for the figures it shows."""

    def __init__(self, name: str, notebook: NotebookNode, images: dict[Path, bytes]) -> None:
        self.name, self.images = name, images
        self.headings: list[tuple[int, str, str]] = []
        self.notes: dict[tuple, dict] = {}
        self.search: list[list[str]] = []
        self.addresses: list[str] = []  # of links, which on paper are numbered
        self.blocks: list[dict] = []
        code: list[str] = []
        for cell in notebook.cells:
            if cell.cell_type == "code":
                self.blocks += [self._output(output) for output in cell.outputs]
                code.append(cell.source)
            elif cell.cell_type == "markdown":
                self.blocks += [*_code(code), self._markdown(cell.source)]
                code = []
        self.blocks += _code(code)
        if not self.headings or self.headings[0][0] != 1:
            raise DataError(
                "a notebook begins with a heading", file=f"notebooks/{name}.ipynb", expected="# Title as its first line"
            )
        self.title = self.headings[0][1]
        first = next((b["text"] for b in self.blocks if b["kind"] == "markdown" and b["text"]), "")
        self.lead = re.split(r"(?<=[.?!])\s", first)[0]
        for chart in (block for block in self.blocks if block["kind"] == "chart"):
            chart["rows"] = [self._row(row, chart["header"]) for row in chart["rows"]]
            chart["words"] = _pointed(chart["description"], chart["header"], chart["rows"])
        for place in (place for note in self.notes.values() for place in note["places"] if place["link"]):
            place["address"] = self._address(place["link"])
        self.search = [
            [f"{quote(name)}.html#{anchor}", self.title, text, words] for anchor, text, words in self._sections()
        ]

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

    def _markdown(self, source: str) -> dict:
        """HTML with an id for each heading, links to notebooks turned to pages; the first paragraph as text."""
        parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
        parser.validateLink = lambda url: re.match(r"https?://|#|[\w%-]+\.(ipynb|html)\b", url)
        tokens = parser.parse(source)
        first, texts = "", []
        links = (child for token in tokens for child in token.children or [] if child.type == "link_open")
        for link in links:
            link.attrSet("href", re.sub(r"^([\w%-]+)\.ipynb", r"\1.html", str(link.attrGet("href"))))
            if str(link.attrGet("href")).startswith(("https://", "http://")):
                link.attrSet("data-address", str(self._address(str(link.attrGet("href")))))
        for token, content in itertools.pairwise(tokens):
            words = "".join(child.content or " " for child in content.children or [] if child.nesting == 0)
            if token.type == "heading_open":
                anchor = "s-" + re.sub(r"\W+", "-", words.lower()).strip("-")
                same = sum(one[2].partition("--")[0] == anchor for one in self.headings)
                anchor += f"--{same + 1}" if same else ""
                token.attrSet("id", anchor)
                self.headings.append((int(token.tag[1:]), words, anchor))
                texts.append((anchor, words, ""))
            elif token.type == "paragraph_open":
                first = first or words
                texts.append(("", "", words))
        html = parser.renderer.render(tokens, parser.options, {})
        return {"kind": "markdown", "html": html, "text": first, "texts": texts}

    def _output(self, output: NotebookNode) -> dict:
        shown = output.get("data", {}).get(MIME)
        if shown is None:
            return {"kind": "text", "text": output.get("text") or output.get("data", {}).get("text/plain", "")}
        block = dict(shown)
        if block["kind"] == "chart":
            svg = self.images[Path("figures") / f"{block['name']}.svg"].decode()
            block["whole"], block["image"] = picture_of(svg, block["viewbox"])
            block["csv"], block["xlsx"] = csv_of(block), workbook_of(block)
            return block
        block["lines"] = [[self._noted(part) for part in line] for line in block.get("lines", [])]
        block["rows"] = [self._row(row) for row in block.get("rows", [])]
        return block

    def _row(self, row: list[str | dict], header: Iterable[str] = itertools.repeat("")) -> list[str | dict]:
        own = row[0] if isinstance(row[0], str) else ""
        return [self._noted(part, own, name) for part, name in zip(row, header, strict=False)]

    def _noted(self, part: str | dict, *labels: str) -> str | dict:
        """A figure with the number of its note: one note for the same value from the same cells.

        Of the names of its row and column the note of a computed figure has the first that says something new.
        """
        if isinstance(part, str) or not part["cells"]:
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

    def _address(self, link: str) -> int:
        if link not in self.addresses:
            self.addresses.append(link)
        return self.addresses.index(link) + 1

    def _sections(self) -> Iterator[tuple[str, str, str]]:
        """Anchor, heading and words of each section: what the search looks through."""
        sections: list[list[str]] = []
        for block in self.blocks:
            if block["kind"] == "markdown":
                for anchor, heading, words in block["texts"]:
                    if anchor:
                        sections.append([anchor, heading, ""])
                    elif sections:
                        sections[-1][2] += words + " "
            elif sections and block["kind"] in ("prose", "table"):
                lines = block["lines"] if block["kind"] == "prose" else []
                texts = ["".join(p if isinstance(p, str) else p["text"] for p in line) for line in lines]
                sections[-1][2] += " ".join(texts or [block.get("caption", "")]) + " "
            elif sections and block["kind"] == "chart":
                sections[-1][2] += f"{block['title']} "
        return ((anchor, heading, words.strip()) for anchor, heading, words in sections)


def _code(cells: list[str]) -> list[dict]:
    """The code of a section as one block, for who wants to see it: keywords, strings and comments told apart."""
    html = highlight("\n\n".join(cells), PythonLexer(), HtmlFormatter(nowrap=True))
    html = re.sub(r'<span class="(?!(?:k|kn|ow|s1|s2|c1)")[^"]*">([^<]*)</span>', r"\1", html)
    return [{"kind": "code", "html": html}] if cells else []


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
