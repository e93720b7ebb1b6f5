# SPDX-License-Identifier: EUPL-1.2
"""Outputs that an analyst's own cells leave: pictures, tables, words and errors, as blocks of a page.

Nothing runs and nothing is dropped: what a page cannot show is said in the build, with notebook and cell.
"""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbformat import NotebookNode

    Remark = Callable[[str], None]

PICTURES = ("image/png", "image/jpeg", "image/svg+xml")
LONGEST = 60  # lines of what is printed, and rows of a table, that a page shows
CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")  # colours of a terminal


def block_of(output: NotebookNode, alternative: str, remark: Remark) -> dict:
    """One output as a block: `image`, `grid` (a table of words) or `text`.

    `alternative` is what `alt` in the cell's metadata says of a picture; `remark` takes what is not shown as meant.
    """
    if output.output_type == "stream":
        return _text(output.text, remark)
    if output.output_type == "error":
        remark("an error stands on the page")
        return _text(f"{output.ename}: {output.evalue}", remark)
    data = output.get("data", {})
    for kind in PICTURES:
        if kind in data:
            return _picture(kind, data[kind], alternative, remark)
    if "text/markdown" in data:
        return {"kind": "source", "text": data["text/markdown"]}
    if "text/html" in data:
        return _html(data["text/html"], data.get("text/plain", ""), remark)
    if "text/latex" in data:
        remark("a formula stands on the page as it was typed")
        return _text(data["text/latex"], remark)
    others = sorted(kind for kind in data if kind != "text/plain")
    if others:
        remark(f"{', '.join(others)} cannot be shown" + ("; its text stands there" if "text/plain" in data else ""))
    return _text(data.get("text/plain", "[Deze uitvoer kan een pagina niet tonen.]"), remark)


def _text(text: str, remark: Remark) -> dict:
    """What was printed, as a terminal would leave it: without colours, a line written over by the next."""
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in CONTROL.sub("", text).split("\n")]
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) > LONGEST:
        remark(f"of {len(lines)} printed lines the first {LONGEST} stand on the page")
        lines = [*lines[:LONGEST], f"… en nog {len(lines) - LONGEST} regels"]
    return {"kind": "text", "text": "\n".join(lines)}


def _picture(kind: str, data: str, alternative: str, remark: Remark) -> dict:
    if not alternative:
        remark('a picture has no alternative text: put "alt" in the metadata of its cell')
    if kind == "image/svg+xml":
        address = f"data:{kind};base64," + base64.b64encode(str(data).encode()).decode()
    else:
        address = f"data:{kind};base64," + quote("".join(str(data).split()), safe="+/=")
    return {"kind": "image", "address": address, "alt": alternative or "Beeld zonder beschrijving."}


def _html(html: str, plain: str, remark: Remark) -> dict:
    """The first table of the markup, else its words."""
    found = _Words()
    found.feed(html)
    found.close()
    rows = [row for row in found.rows if row]
    if not rows:
        remark("of HTML only the words stand on the page")
        return _text(" ".join("".join(found.words).split()) or plain, remark)
    width = max(map(len, rows))
    if len(rows) > LONGEST + 1:
        remark(f"of {len(rows) - 1} rows of a table the first {LONGEST} stand on the page")
        rest = [f"… en nog {len(rows) - 1 - LONGEST} rijen"]
        rows = [*rows[: LONGEST + 1], rest]
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    return {"kind": "grid", "header": rows[0], "rows": rows[1:]}


class _Words(HTMLParser):
    """The rows of the first table of some HTML, and all its words but those of styles and scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.words: list[str] = []
        self.tables, self.silent, self.inside = 0, 0, False

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.silent += tag in ("style", "script")
        self.tables += tag == "table"
        if tag == "tr" and self.tables == 1:
            self.rows.append([])
        if tag in ("td", "th") and self.tables == 1 and self.rows:
            spans = [int(value) for name, value in attrs if name == "colspan" and str(value).isdigit()]
            self.rows[-1] += [""] * min(max([1, *spans]), 50)
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("style", "script") and self.silent > 0
        if tag in ("td", "th"):
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.silent:
            return
        self.words.append(data)
        if self.inside and self.tables == 1:
            self.rows[-1][-1] = f"{self.rows[-1][-1]}{data}".strip()
