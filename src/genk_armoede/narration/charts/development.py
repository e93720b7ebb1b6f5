# SPDX-License-Identifier: EUPL-1.2
"""The same figures as bars while there is one period, and as lines once there is a next one."""

from __future__ import annotations

import pandas as pd

from .canvas import Chart
from .rows import bars
from .series import lines
from .words import Names, Title


def over_time(frame: pd.DataFrame, label: Names, name: str, title: Title, measure: str = "") -> Chart:
    """`bars` of a frame with one period, `lines` of one with more: no older year is lost when a new one comes in.

    `over_time(genk, "onderwijsniveau", "09_schooltoelage_genk", "{n} in {wanneer}", "% van de leerlingen")`.
    Raises `DataError` for a frame without rows, and where a period stands twice for a label.
    """
    draw = bars if frame.period.nunique() < 2 else lines
    return draw(frame, label, name, title, measure)
