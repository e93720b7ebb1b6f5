# SPDX-License-Identifier: EUPL-1.2
"""What the report does not have, in words: published elsewhere, not found, or not published. Never one for another."""

from __future__ import annotations

from ..errors import DataError
from ..observations.observation import breakdown_parts
from ..observations.periods import period_text
from ..tables import store
from .frames import names, records
from .prose import Prose, Table, say

# Of each state: what a sentence says, and what a table says of where it is.
WORDS = {
    "elders": ("{what}: staat bij {who} ({url}); wij konden het niet lezen.", "{who} ({url})"),
    "niet gevonden": ("{what}: niet gevonden. We doorzochten {place}.", "gezocht in {place}"),
    "niet gepubliceerd": ("{what}: {who} publiceert dat niet.", "{who} publiceert dat niet"),
}


def gap_states() -> dict[str, str]:
    """Identifier of each gap → its state, as the table `gaten` has it."""
    return {row["indicator"]: _state(row) for row in records(store.load("gaten"))}


def unknown(*gaps: str) -> list[Prose]:
    """A sentence for each gap, of all when none is named: where it is published, or where we looked.

    Raises `DataError` for an unknown one.
    """
    return [
        say(WORDS[state][0] + f" {told['note']}" * bool(told["note"]), **told)
        for state, told in map(_told, _named(gaps))
    ]


def unknown_table(caption: str, *gaps: str) -> Table:
    """Gaps in a table: what it is, where it is published or where we looked, and what we did read."""
    rows = [
        {"Wat": told["what"], "Waar": WORDS[state][1].format(**told), "Wat we wel weten": told["note"]}
        for state, told in map(_told, _named(gaps))
    ]
    return Table(caption, rows)


def _state(row: dict) -> str:
    return breakdown_parts(row["breakdown"])["staat"]


def _named(gaps: tuple[str, ...]) -> list[tuple[dict, str]]:
    """The rows of gaps, each with its name."""
    frame, states = store.load("gaten"), gap_states()
    known = {row["indicator"]: (row, name) for row, name in zip(records(frame), names(frame), strict=True)}
    if strange := [gap for gap in gaps if gap not in known]:
        raise DataError(f"there is no gap {strange[0]!r}", expected=", ".join(sorted(known)), do="check its spelling")
    return [known[gap] for gap in gaps or sorted(known, key=lambda gap: (states[gap], gap))]


def _told(gap: tuple[dict, str]) -> tuple[str, dict[str, str]]:
    """The state of a gap, and what words about it are filled with."""
    row, name = gap
    cited = store.citation(store.cell_of(row))
    what = name.rpartition(": ")[0] or name  # the state is the part that it is of
    return _state(row), {
        "what": f"{what}, {row['area']} ({period_text(row['period'])})",
        "who": cited["publisher"],
        "url": cited["path"].removeprefix("https://").removeprefix("www.").rstrip("/"),
        "place": cited["evidence"],
        "note": cited.get("note", ""),
    }
