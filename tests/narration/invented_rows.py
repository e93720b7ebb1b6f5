# SPDX-License-Identifier: EUPL-1.2
"""Invented figures and rows, and the repository's own tables to read."""

import math
from decimal import Decimal

import pandas as pd
import pytest
from conftest import ROOT

from genk_armoede.narration.figure import Figure
from genk_armoede.observations.observation import COLUMNS


@pytest.fixture(autouse=True)
def tables(monkeypatch):
    """The repository's own tables, which these tests only read."""
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(ROOT))


def fig(value: object, unit: str = "personen", status: str = "", **rest: object) -> Figure:
    """An invented figure."""
    cells = rest.pop("cells", ("wijken.xlsx|Bevolking|C6",))
    return Figure(None if value is None else Decimal(str(value)), unit, status, cells, **rest)


def frame(*rows: dict) -> pd.DataFrame:
    """Invented rows, each with a cell of its own."""
    plain = dict.fromkeys(COLUMNS, "") | {
        "indicator": "verzonnen",
        "area": "Genk",
        "period": "2031",
        "unit": "personen",
    }
    full = [
        plain | {"value": math.nan, "source": "a.xlsx", "sheet": "B", "cell": f"C{i}"} | r
        for i, r in enumerate(rows, 1)
    ]
    return pd.DataFrame(full).astype({"value": "float64"})


def areas(unit: str = "%", **values: float | None) -> pd.DataFrame:
    """Invented rows, one an area; `None` is not published."""
    plain = dict.fromkeys(COLUMNS, "") | {"indicator": "verzonnen", "period": "2031", "unit": unit, "source": "a.xlsx"}
    rows = [
        plain | {"area": area, "value": math.nan if value is None else value, "status": "m" if value is None else ""}
        for area, value in values.items()
    ]
    return pd.DataFrame([row | {"cell": f"B{i}"} for i, row in enumerate(rows, 1)]).astype({"value": "float64"})
