# SPDX-License-Identifier: EUPL-1.2
"""Files of a dataset that overlap: an equal figure is one figure, another value is a revision that says what was.

Takes the rows of a dataset and its sources; gives each figure once, from the newest file; called by `datasets`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..observations.observation import Observation, number_text
from .comparing import key_of, same_figure
from .register import Source


def merged(rows: Iterable[Observation], sources: Sequence[Source]) -> list[Observation]:
    """Each figure once. A figure that stands twice in one file stays so, and is refused by who validates.

    So does a revision that nobody accepted when the newer file was registered.
    """
    groups: dict[tuple[str, ...], list[Observation]] = {}
    for row in rows:
        groups.setdefault(key_of(row), []).append(row)
    known = {source.file: (source.obtained, place) for place, source in enumerate(sources)}
    accepted = {source.file for source in sources if source.accepted}
    secret = {source.file for source in sources if source.confidential}
    result: list[Observation] = []
    for found in groups.values():
        if len(found) == 1 or len({row.source for row in found}) < len(found):
            result += found
            continue
        *earlier, newest = sorted(found, key=lambda row: known[row.source])
        before = [row for row in earlier if not same_figure(row, newest)]
        if not before:
            result.append(newest)
        elif newest.source in accepted:
            result.append(_revised(newest, before[-1], discreet=bool(secret & {row.source for row in found})))
        else:
            result += found
    return result


def _revised(row: Observation, before: Observation, discreet: bool) -> Observation:
    """Flagged as revised, with a remark for readers; of a confidential figure not what it was."""
    was = number_text(before.value).replace(".", ",") or "geen cijfer"
    remark = "Herzien." if discreet else f"Herzien: was {was} ({before.source}, {before.cell})."
    note = " ".join(filter(None, [row.citation.get("note"), remark]))
    return replace(row, status="".join(sorted({*row.status, "r"})), citation={**row.citation, "note": note})
