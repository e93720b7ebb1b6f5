# SPDX-License-Identifier: EUPL-1.2
"""A table of two things: a row for each of the one, a column for each of the other."""

from __future__ import annotations

import pandas as pd

from .charts.words import Names, heading, labels_of, series_of
from .prose import Table


def crossed(caption: str, frame: pd.DataFrame, rows: Names, columns: Names) -> Table:
    """Figures in a row for each `rows` and a column for each `columns`: a column of the frame, a key, or names.

    Raises `DataError` when two figures come in one place.

    >>> import genk_armoede as ga
    >>> rva = ga.pick(ga.load("werkloosheid"), "werkloosheidsgraad_rva", area=["Genk", "As"], period=["2023", "2024"])
    >>> print(ga.crossed("Werkloosheid", rva, "area", "period"))
    Werkloosheid
    Gebied  2023   2024
    As      3,7%   3,06%
    Genk    5,22%  4,97%
    """
    across = labels_of(frame, columns)
    found = series_of(frame, rows, across)
    names = list(dict.fromkeys(across))
    return Table(
        caption, [{heading(rows): text} | {one: own.get(one, "") for one in names} for text, own in found.items()]
    )
