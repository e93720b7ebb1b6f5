# SPDX-License-Identifier: EUPL-1.2
"""What a layout declares of a sheet: tables, in words of headers and labels; never a loop over figures.

Made by layouts; read by `reading`, which decides each label once for each different text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...spreadsheets.cells import Cell

Parts = tuple[tuple[str, str], ...]  # of a breakdown: key and value


@dataclass(frozen=True, slots=True)
class Says:
    """What a header, a label or a whole table says of its figures; empty where it says nothing."""

    indicator: str = ""
    area_code: str = ""
    area: str = ""
    level: str = ""  # of the area, which settles the code of a name
    period: str = ""
    breakdown: Parts = ()
    unit: str = ""
    status: str = ""  # flags of figures that are there
    flags: str = ""  # flags that the source states beside the figure, also where there is none
    citation: Parts = ()

    def __or__(self, other: Says) -> Says:
        """What both say; where they differ, what the other says."""
        given = {name: value for name in FIELDS if (value := getattr(other, name))}
        if self.breakdown and other.breakdown:
            given["breakdown"] = tuple((dict(self.breakdown) | dict(other.breakdown)).items())
        return replace(self, **given)


FIELDS = tuple(Says.__dataclass_fields__)
NOTHING = Says()


@dataclass(frozen=True, slots=True)
class Labels:
    """Columns of labels that say something together.

    `say` is asked once for each different set of cells of these columns in a row: what do they say of its figures?
    """

    columns: tuple[int, ...]
    say: Callable[..., Says]  # takes a cell a column


@dataclass(frozen=True, slots=True)
class Coded:
    """One of the codes that a column of labels holds together: what each different one says, and which a row has."""

    columns: tuple[int, ...]
    known: Sequence[Says]
    which: Sequence[int]


@dataclass
class Table:
    """Figures in rows × columns, and what each column, row and the whole say of them."""

    rows: Sequence[int]
    figures: dict[int, Says]
    labels: Sequence[Labels | Coded]
    marks: Mapping[str, str]
    whole: Says = NOTHING
    said: Sequence[Says] = ()  # what each row says, where that is not of its own labels alone
    filled_only: bool = False  # a blank is no figure
    skipped: set[tuple[int, int]] = field(default_factory=set)  # places that hold no figure of their own
    instead: dict[tuple[int, int], Says] = field(default_factory=dict)  # merged figures, which more columns say
    flag: Callable[[Cell], str] | None = None  # flags that the style of a figure stands for
    notes: Mapping[str, str] = field(default_factory=dict)  # footnote mark → flag, empty for a note without one
    shares: bool = False  # figures in percent are parts of a whole
    certain: bool = False  # the publisher is known to write numbers the Flemish way
