# SPDX-License-Identifier: EUPL-1.2
"""A short alternative text of a chart: what fits of its description, without a sentence that ends halfway."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

LONGEST = 250  # characters
COUNTED = re.compile(r" in \d+ \w+$")  # what the head of a list ends with: `in 9 steden`
REST = "De rest staat in de beschrijving."


def alternative(description: str, title: str, labels: Collection[str]) -> str:
    """What is drawn, then the rows that the title names, then the others; and how many of them are left out.

    `labels` are the names of the rows: a sentence that begins with one tells of that row.
    """
    if len(description) <= LONGEST:
        return description
    names = {label.lower() for label in labels}
    sentences = re.split(r"(?<=[.?!])\s", description)
    rows = [one for one in sentences if _label(one) in names]
    others = [one for one in sentences if one not in rows]
    opening = others.pop(0) if others and sentences[0] not in rows else ""
    if not rows:
        return _as_many([*opening.split("; "), *others])
    rows.sort(key=lambda one: _label(one) not in title.lower())
    others.sort(key=lambda one: "vergelijk niet" not in one)  # what guards the rows stands right behind them
    told = [one.partition(";")[0].removesuffix(".") + "." for one in rows]
    for count in range(len(told), 0, -1):
        left = f"En {len(told) - count} andere: zie de beschrijving." if count < len(told) else REST
        text = " ".join(filter(None, [opening, *told[:count]]))
        if len(text) + len(left) < LONGEST:
            return f"{text} {left}" if count < len(told) else _as_many([text, *others])
    return _as_many([opening, told[0]])


def _as_many(parts: Sequence[str]) -> str:
    """As many parts as fit, and that there is more; of a list that does not, how many it has."""
    text, *others = parts
    room = LONGEST - len(REST) - 2
    if len(text) > room:
        return (text[:room].rpartition(" ")[0] or text[:room]).rstrip(",;:") + " …"
    for part in others:
        longer = f"{text}{' ' if text.endswith(('.', '?', '!')) else '; '}{part}"
        if len(longer) > room:
            head = longer.rpartition(": ")[0]
            text = head if COUNTED.search(head) and len(head) <= room else text
            break
        text = longer
    return f"{text.removesuffix('.')}. {REST}"


def _label(sentence: str) -> str:
    """The name that a sentence begins with: `Herkomst, Belgisch: …` tells of `belgisch`."""
    return sentence.partition(":")[0].rpartition(", ")[2].lower()
