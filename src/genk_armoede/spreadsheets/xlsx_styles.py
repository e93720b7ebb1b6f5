# SPDX-License-Identifier: EUPL-1.2
"""The styles of cells in a workbook of Excel: number formats, colours of fonts, indents.

Takes the part of a workbook with its styles; gives a `Style` for each number; called by `xlsx`.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from .cells import PLAIN, Style, coloured
from .number_formats import BUILTIN_FORMATS, number_kind
from .xlsx_parts import Parts, children, find, is_set

# The colours that old workbooks name by number, 8 to 63 (ECMA-376, 18.8.27); 0 to 7 are the first eight of them.
_PALETTE = [
    "000000",
    "FFFFFF",
    "FF0000",
    "00FF00",
    "0000FF",
    "FFFF00",
    "FF00FF",
    "00FFFF",
    "800000",
    "008000",
    "000080",
    "808000",
    "800080",
    "008080",
    "C0C0C0",
    "808080",
    "9999FF",
    "993366",
    "FFFFCC",
    "CCFFFF",
    "660066",
    "FF8080",
    "0066CC",
    "CCCCFF",
    "000080",
    "FF00FF",
    "FFFF00",
    "00FFFF",
    "800080",
    "800000",
    "008080",
    "0000FF",
    "00CCFF",
    "CCFFFF",
    "CCFFCC",
    "FFFF99",
    "99CCFF",
    "FF99CC",
    "CC99FF",
    "FFCC99",
    "3366FF",
    "33CCCC",
    "99CC00",
    "FFCC00",
    "FF9900",
    "FF6600",
    "666699",
    "969696",
    "003366",
    "339966",
    "003300",
    "333300",
    "993300",
    "993366",
    "333399",
    "333333",
]


def cell_styles(parts: Parts, path: str) -> list[tuple[Style, str]]:
    """Each cell style, and whether it shows a number as a date or time."""
    if path not in parts:
        return [(PLAIN, "")]
    root = parts.tree(path)
    formats = {int(entry.get("numFmtId")): entry.get("formatCode") for entry in children(root, "numFmts")}
    fonts = children(root, "fonts")
    styles = []
    for xf in children(root, "cellXfs"):
        code = int(xf.get("numFmtId", 0))
        shown = formats.get(code) or BUILTIN_FORMATS.get(code, "General")
        place = int(xf.get("fontId", 0))
        font = fonts[place] if place < len(fonts) else None
        alignment = find(xf, "alignment")
        indent = int(alignment.get("indent", 0)) if alignment is not None else 0
        color = "" if font is None else _font_color(font)
        struck = font is not None and is_set(find(font, "strike"))
        styles.append((Style(shown, color, indent, is_struck=struck), number_kind(shown)))
    return styles or [(PLAIN, "")]


def _font_color(font: Element) -> str:
    color = find(font, "color")
    if color is None:
        return ""
    indexed = int(color.get("indexed", 64))  # from 64 on colours of the system
    if 0 <= indexed < 64 and not color.get("rgb"):
        return coloured(_PALETTE[indexed - 8 if indexed > 7 else indexed])
    return coloured(color.get("rgb", ""))
