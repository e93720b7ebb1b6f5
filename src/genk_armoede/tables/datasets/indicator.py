# SPDX-License-Identifier: EUPL-1.2
"""What a dataset says of an indicator."""

from __future__ import annotations

from dataclasses import dataclass

from ...observations.observation import COUNT_UNITS


@dataclass(frozen=True, slots=True)
class Indicator:
    """An identifier, the publisher's label it stands for, its unit and what it counts (Dutch, for readers)."""

    id: str
    label: str
    unit: str
    definition: str
    breakdown: str = ""  # when the label says for which part the figure holds: `eigendom=eigenaar`
    words: str = ""  # what readers see in place of a label that is a code or an abbreviation
    maker: str = ""  # who makes the figure, when what others print of it is one series all the same
    breaks: tuple[str, ...] = ()  # first periods after a break that the source itself does not flag
    also: tuple[str, ...] = ()  # what other files of the publisher call it
    area_breaks: tuple[tuple[str, str], ...] = ()  # the same for one area: its code and the period, after a merger

    @property
    def labels(self) -> tuple[str, ...]:
        """What headers may call it."""
        return (self.label, *self.also)

    @property
    def title(self) -> str:
        """What readers see: the label without the part that its breakdown names."""
        return self.words or (self.label.rpartition(", ")[0] if self.breakdown else self.label)

    def takes(self, unit: str) -> bool:
        """True for a header's unit that is the indicator's, that is not told, or that says no more than that it counts."""
        return unit in ("", self.unit) or (unit == "aantal" and self.unit in COUNT_UNITS)
