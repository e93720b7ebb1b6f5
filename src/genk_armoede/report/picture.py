# SPDX-License-Identifier: EUPL-1.2
"""A chart's SVG as part of a page: without styles of its own, so that the page gives its colours and fonts.

Takes the file that a chart wrote; gives markup that may stand in HTML, and where each figure is drawn.
"""

from __future__ import annotations

import json
import re
from html import escape
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"
LINK = "{http://www.w3.org/1999/xlink}href"
DRAWN = {"path", "text", "use", "g", "defs"}
KEPT = {
    "d", "x", "y", "transform", "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-dashoffset",
    "stroke-linecap", "opacity", "fill-opacity", "stroke-opacity", "font-size", "font-weight", "font-style",
    "text-anchor",
}  # fmt: skip


def inline(svg: str, viewbox: str, name: str, alternative: str) -> tuple[str, str, list]:
    """Markup of the picture without the title and source that stand as text, the view box of the whole, the marks.

    `viewbox` is the part that shows; ids begin with `name`. A mark is left, top, right, bottom, row, column, line.
    """
    root = ElementTree.fromstring(svg)
    whole = root.get("viewBox", viewbox)
    marks = next((json.loads(one.text or "[]") for one in root.iter(f"{SVG}desc") if one.get("class") == "marks"), [])
    figure = root.find(f"{SVG}g")
    body = "".join(_markup(child, name) for child in list(figure if figure is not None else root)[1:])
    width, height = viewbox.split()[2:]
    head = f'<svg class="drawing" viewBox="{escape(viewbox)}" width="{escape(width)}" height="{escape(height)}"'
    return f'{head} role="img" aria-label="{escape(alternative)}">{body}</svg>', whole, marks


def _markup(element: ElementTree.Element, name: str) -> str:
    """One element that draws, with what it holds; groups without a say of their own go."""
    tag = element.tag.removeprefix(SVG)
    if tag not in DRAWN:
        return ""
    inner = escape(element.text or "") if tag == "text" else ""
    inner += "".join(_markup(child, name) for child in element)
    if tag == "g":
        return inner
    said = "".join(f' {key}="{escape(value)}"' for key, value in _attributes(element, tag, name).items())
    return f"<{tag}{said}>{inner}</{tag}>" if tag in ("text", "defs") else f"<{tag}{said}/>"


def _attributes(element: ElementTree.Element, tag: str, name: str) -> dict[str, str]:
    styles = (rule.partition(":") for rule in element.get("style", "").split(";") if rule.strip())
    every = dict(element.attrib) | {key.strip(): value.strip() for key, _, value in styles}
    found = {key: _short(value) if key in ("d", "x", "y") else value for key, value in every.items() if key in KEPT}
    if tag == "text":
        found["font-size"] = found.get("font-size", "10px").removesuffix("px")
        if re.match(r"rotate\(-?0 ", found.get("transform", "")):
            del found["transform"]
    if found.get("transform"):
        found["transform"] = _short(found["transform"])
    if tag == "path" and "id" in every:
        found["id"] = f"{name}-{every['id']}"
        found.pop("stroke", "")  # each use of it says its colour, which the page's own style then reaches
    if tag == "use" and LINK in every:
        found["href"] = f"#{name}-{every[LINK].removeprefix('#')}"
    return found


def _short(numbers: str) -> str:
    """A path or a place with one decimal: a tenth of a point is not seen."""
    numbers = re.sub(r"-?\d+\.\d+", lambda found: f"{float(found[0]):.1f}".replace(".0", ""), numbers)
    return re.sub(r" ?([MLQCz]) ?", r"\1", re.sub(r"\s+", " ", numbers)).strip()
