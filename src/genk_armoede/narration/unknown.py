# SPDX-License-Identifier: EUPL-1.2
"""What the report does not have, in words: published elsewhere, not found, or not published. Never one for another."""

from __future__ import annotations

from ..errors import DataError
from ..observations.observation import breakdown_parts
from ..observations.periods import period_text
from ..tables import store
from .frames import names, records
from .prose import Prose, say

WORDS = {
    "elders": "{what}: staat bij {who} ({url}); wij konden het niet lezen.",
    "niet gevonden": "{what}: niet gevonden. We doorzochten {place}.",
    "niet gepubliceerd": "{what}: {who} publiceert dat niet.",
}


def gap_states() -> dict[str, str]:
    """Identifier of each gap → its state, as the table `gaten` has it."""
    return {row["indicator"]: breakdown_parts(row["breakdown"])["staat"] for row in records(store.load("gaten"))}


def unknown(*gaps: str) -> list[Prose]:
    """A sentence for each gap, of all when none is named: where it is published, or where we looked.

    Raises `DataError` for an unknown one.
    """
    frame, states = store.load("gaten"), gap_states()
    known = {row["indicator"]: (row, name) for row, name in zip(records(frame), names(frame), strict=True)}
    if strange := [gap for gap in gaps if gap not in known]:
        raise DataError(f"there is no gap {strange[0]!r}", expected=", ".join(sorted(known)), do="check its spelling")
    return [_sentence(*known[gap]) for gap in gaps or sorted(known, key=lambda gap: (states[gap], gap))]


def _sentence(row: dict, name: str) -> Prose:
    cited = store.citation(row["source"], row["sheet"], row["cell"])
    url = cited["path"].removeprefix("https://").removeprefix("www.").rstrip("/")
    what = name.rpartition(": ")[0] or name  # the state is the part that it is of
    what += f", {row['area']} ({period_text(row['period'])})"
    note = f" {cited['note']}" if cited.get("note") else ""
    words = WORDS[breakdown_parts(row["breakdown"])["staat"]]
    return say(words + note, what=what, who=cited["publisher"], url=url, place=cited["evidence"])
