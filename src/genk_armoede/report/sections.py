# SPDX-License-Identifier: EUPL-1.2
"""A page in sections: the finding first, what explains it folded below; the message and one chart on top.

Takes blocks of `content` in the order of the notebook; gives them in the order in which a page shows them.
"""

from __future__ import annotations

import re

from ..narration.age import age, is_dated
from ..observations.periods import period_text
from .notes import cells_of, row_of

FINDINGS = ("prose", "table", "chart", "grid", "image")
PUBLISHED = ", zoals gepubliceerd"
DOUBT = "hoe zeker"  # a section on margins is folded whole


def arrange(blocks: list[dict]) -> list[dict]:
    """Sections with a heading each: `blocks` that are read, and `folded` ones that explain them."""
    sections: list[dict] = []
    for block in blocks:
        if block["kind"] == "heading":
            sections.append(block | {"blocks": [], "folded": [], "card": None})
        elif sections:
            sections[-1]["blocks"].append(block)
    for section in sections:
        found = section["blocks"]
        explained = next((place for place, block in enumerate(found) if block["kind"] in FINDINGS), None)
        if section["words"].lower().startswith(DOUBT) or (explained is None and section["level"] == 1):
            explained = len(found)
        explained = explained or 0
        section["folded"] = section["blocks"][:explained]
        section["blocks"] = section["blocks"][explained:]
        _quieten(section)
    return sections


def _quieten(section: dict) -> None:
    """Mark a table right under its heading of which a caption adds no more than that it is as published."""
    for block in section["blocks"] + section["folded"]:
        if block["kind"] == "table":
            block["quiet"] = block is section["blocks"][0] and block["caption"].endswith(PUBLISHED)


def lead(sections: list[dict]) -> tuple[list, dict | None]:
    """The message and its chart, taken from their sections: the one that shows a figure of it, or that follows it.

    The message is the first line of the first sentences: its first sentence, and what follows it. A chart that
    shows another figure keeps its title (`titled`).
    """
    early = [(section, block) for section in sections[:2] for block in section["blocks"] if block["kind"] == "prose"]
    if not early:
        return [], None
    section, block = early[0]
    message = block["lines"].pop(0)
    if not block["lines"]:
        section["blocks"].remove(block)
    cells = {cell for part in message if isinstance(part, dict) for cell in part["cells"]}
    charts = [(one, block) for one in sections for block in one["blocks"] if block["kind"] == "chart"]
    where, chart = max(charts, key=lambda found: len(cells.intersection(cells_of(found[1]))), default=(section, None))
    if chart is None or cells.isdisjoint(cells_of(chart)):
        where, chart = section, next((block for block in section["blocks"] if block["kind"] == "chart"), None)
    if chart is None:
        return _split(message), None
    chart["titled"] = cells.isdisjoint(cells_of(chart))
    place = where["blocks"].index(chart)
    if where is section:  # it stands right above
        del where["blocks"][place]
    else:
        where["blocks"][place] = {"kind": "moved", "name": chart["name"], "title": chart["title"]}
    return _split(message), chart


def _split(line: list) -> list[list]:
    """A line as its first sentence and the rest."""
    for place, part in enumerate(line):
        found = re.search(r"[.?!] (?=[A-Z“]|$)", part) if isinstance(part, str) else None
        if found:
            return [[*line[:place], part[: found.end()]], [part[found.end() :], *line[place + 1 :]]]
    return [line, []]


def printed(sections: list[dict]) -> set[int]:
    """The numbers of the notes of all figures but those in the tables of cards, which stay folded on paper."""
    lines = [
        line
        for section in sections
        for block in section["blocks"] + section["folded"]
        if not (section["card"] and block["kind"] == "chart")
        for line in [*block.get("lines", []), *block.get("rows", [])]
    ]
    return {part["number"] for line in lines for part in line if isinstance(part, dict) and "number" in part}


def cards(sections: list[dict]) -> None:
    """Give each section that leads to another page a `card`: that page, the headline figure, its period and age."""
    for section in sections:
        pages = [page for block in section["folded"] for page in block.get("pages", ())]
        lines = [line for block in section["blocks"] if block["kind"] == "prose" for line in block["lines"]]
        if pages and section["level"] == 2:
            figure = _headline(lines[0] if lines else [])
            section["card"] = {"page": pages[0], "figure": figure, "when": _when(figure["cells"][0]) if figure else ""}


def _headline(line: list) -> dict | None:
    """The first figure of a line that has a value; of a range both ends: `40 tot 48%`."""
    for place, part in enumerate(line):
        if not isinstance(part, dict) or "number" not in part or not part["value"]:
            continue
        after = line[place + 1 : place + 3]
        if after[:1] == [" tot "] and len(after) == 2 and isinstance(after[1], dict):
            return part | {"text": f"{part['text']} tot {after[1]['text']}"}
        return part
    return None


def _when(cell: str) -> str:
    """Of when a figure is and how old, in words."""
    if not is_dated(cell):
        return "zonder precieze periode"
    period = row_of(cell)["period"]
    return f"{period_text(period)}, {age(period, cell)}"
