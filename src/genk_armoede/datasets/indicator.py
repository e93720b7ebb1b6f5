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

    @property
    def title(self) -> str:
        """The label without the part that its breakdown names."""
        return self.label.rpartition(", ")[0] if self.breakdown else self.label
