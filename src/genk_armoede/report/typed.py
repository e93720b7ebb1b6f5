# SPDX-License-Identifier: EUPL-1.2
"""Figures that somebody typed into a notebook, where `ga.say` would compute them.

Takes a cell; gives the words that hold them; called by `content`, which says so in the build.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

# What holds digits and is no figure: a link or file name, code, a year or school year, a name, the number of a list.
_NO_FIGURE = re.compile(
    r"\]\([^)]*\)|`[^`]*`|<https?://[^>]*>|\b(?:19|20)\d\d(?:[-–](?:19|20)\d\d)?\b|\b13 centrumsteden\b|\bDe 22\b|"
    r"^\d+\. ",
    re.MULTILINE,
)
# How many there are of what the next workbook has more of, and shares in words: counted or picked, never typed.
_COUNTED = re.compile(
    r"\b(?:twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf) (?:\w+ )?(?:cijfers|bronnen|jaren die)\b"
    r"|\b\w+(?:ig|ien|lf) procent\b"
)
_IN_CODE = re.compile(r"\{[^}]*\}|\b1 januari\b")  # a name that picks a figure, a day


def typed_figures(text: str) -> list[str]:
    """The words of a text with digits that are no year and no part of a link or name, and counts of figures."""
    return re.findall(r"\S*\d\S*", _NO_FIGURE.sub("", text)) + _COUNTED.findall(" ".join(text.split()))


def typed_in(cell: NotebookNode) -> list[str]:
    """Those of a cell: of its text, or of the sentences in its code. A bare number is a constant with a name."""
    if cell.cell_type != "code":
        return typed_figures(cell.source)
    try:
        parts = ast.walk(ast.parse(cell.source))
    except SyntaxError:  # a command of IPython
        return []
    words = (part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str))
    sentences = (" ".join(_IN_CODE.sub("", text).split()) for text in words if " " in text)
    return [figure for sentence in sentences for figure in typed_figures(sentence)]
