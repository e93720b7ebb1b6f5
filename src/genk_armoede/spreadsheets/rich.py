# SPDX-License-Identifier: EUPL-1.2
"""Text whose runs are set differently: what is raised, lowered or struck through is no part of the words beside it.

Takes the runs of a cell; gives its text, the footnote marks raised beside it and what is struck through; called by the
readers of formats that know such runs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

RAISED, LOWERED, STRUCK = "raised", "lowered", "struck"
_POWERS = str.maketrans("23", "²³")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_METRE = re.compile(r"(?:^|[\s(\[/])(?:[kdcmh]|da)?m$")
_ORDINAL = re.compile(r"e|de|ste|er|ère|st|nd|rd|th", re.IGNORECASE)


@dataclass
class Runs:
    """The runs of one text, added from left to right."""

    text: str = ""
    raised: list[str] = field(default_factory=list)
    struck: str = ""

    def add(self, text: str, how: str = "") -> None:
        """`m` and a raised `2` are `m²`, `CO` and a lowered `2` are `CO₂`; other raised texts, and those lowered beside
        a number, are footnote marks.
        """
        if how == STRUCK:
            self.struck += text
        elif how == LOWERED and not self.text[-1:].isdigit():
            self.text += text.translate(_LOWERED)
        elif how == RAISED and text.strip() in ("2", "3") and _METRE.search(self.text):
            self.text += text.translate(_POWERS)
        elif how == RAISED and _ORDINAL.fullmatch(text.strip()) and self.text[-1:].isdigit():
            self.text += text
        elif how in (RAISED, LOWERED) and text.strip():
            self.raised.append(text.strip())
        else:
            self.text += text

    @property
    def is_struck(self) -> bool:
        """All words are struck through."""
        return bool(self.struck.strip()) and not self.text.strip()

    @property
    def whole(self) -> str:
        """The words; when nothing but struck words or marks stand there, those."""
        return self.text if self.text.strip() else self.struck if self.is_struck else " ".join(self.raised)

    @property
    def set_apart(self) -> dict[str, str | bool]:
        """Fields of the `Style` of a cell with this text."""
        marks = " ".join(self.raised) if self.text.strip() or self.is_struck else ""
        return {"raised": marks, "struck": "" if self.is_struck else self.struck.strip(), "is_struck": self.is_struck}
