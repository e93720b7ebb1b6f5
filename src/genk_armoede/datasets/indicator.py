# SPDX-License-Identifier: EUPL-1.2
"""What a dataset says of an indicator."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Indicator:
    """An identifier, the publisher's label it stands for, its unit and what it counts (Dutch, for readers)."""

    id: str
    label: str
    unit: str
    definition: str
    breakdown: str = ""  # when the label says for which part the figure holds: `eigendom=eigenaar`
