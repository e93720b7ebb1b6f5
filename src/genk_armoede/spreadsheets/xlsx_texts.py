# SPDX-License-Identifier: EUPL-1.2
"""Texts in a workbook of Excel, plain or rich: those that cells share, and what is escaped in them.

Takes the part of a workbook with its texts; gives these in order; called by `xlsx` and `xlsx_sheet`.
"""

from __future__ import annotations

import re

from .container import local_name, parse_xml, xml_parser
from .rich import LOWERED, RAISED, STRUCK, Runs
from .xlsx_parts import Parts


class RichText:
    """Collects the runs of one text, plain or rich, without phonetic help. Fed by the handlers of a parser."""

    def __init__(self, parser) -> None:
        self.parser, self.runs, self.how, self.phonetic = parser, Runs(), "", False
        self.pieces: list[str] = []

    def clear(self) -> None:
        self.runs, self.how = Runs(), ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t" and not self.phonetic:
            self.pieces.clear()
            self.parser.CharacterDataHandler = self.pieces.append
        elif name == "r":
            self.how = ""
        elif name == "rPh":
            self.phonetic = True
        elif name == "strike" and attributes.get("val", "1") in ("1", "true"):
            self.how = STRUCK
        elif name == "vertAlign" and self.how != STRUCK:
            self.how = {"superscript": RAISED, "subscript": LOWERED}.get(attributes.get("val", ""), "")

    def end(self, name: str) -> None:
        if name == "t" and not self.phonetic:
            self.parser.CharacterDataHandler = None
            self.runs.add(unescape("".join(self.pieces)), self.how)
        elif name == "rPh":
            self.phonetic = False


def shared_strings(parts: Parts, path: str) -> list[str | Runs]:
    """The shared strings; as `Runs` where some of the text is raised or struck through."""
    if path not in parts:
        return []  # a cell that refers to one is told with its place
    strings: list[str | Runs] = []

    def start(name: str, attributes: dict) -> None:
        name = local_name(name)
        if name == "si":
            rich.clear()
        else:
            rich.start(name, attributes)

    def end(name: str) -> None:
        name = local_name(name)
        if name == "si":
            runs = rich.runs
            strings.append(runs if runs.raised or runs.struck else runs.text)
        else:
            rich.end(name)

    parser = xml_parser(start, end)
    rich = RichText(parser)
    with parts.open(path) as stream:
        parse_xml(parser, stream)
    return strings


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Characters that XML has not are written as `_x000D_`; half a surrogate pair is no character."""
    if "_x" not in text:
        return text
    found = _ESCAPED.sub(lambda code: chr(int(code[1], 16)), text)
    return found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
