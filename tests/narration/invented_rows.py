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


def as_read(words: object) -> str:
    """Words with common blanks, also before a unit."""
    return str(words).replace("\u00a0", " ")


def fig(value: object, unit: str = "personen", status: str = "", **rest: object) -> Figure:
    """An invented figure."""
    cells = rest.pop("cells", ("wijken.xlsx|Bevolking|C6",))
    return Figure(None if value is None else Decimal(str(value)), unit, status, cells, **rest)


def frame(*rows: dict) -> pd.DataFrame:
    """Invented rows, each with a cell of its own."""
    plain = dict.fromkeys(COLUMNS, "") | {"indicator": "verzonnen", "area": "Genk", "period": "2031"}
    plain |= {"unit": "personen", "value": math.nan, "source": "a.xlsx", "sheet": "B"}
    return pd.DataFrame([plain | {"cell": f"C{i}"} | row for i, row in enumerate(rows, 1)]).astype({"value": "float64"})


def told(value: float | None, absent: str = "m") -> dict:
    """A figure, or the flag of one that is not there."""
    return {"status": absent} if value is None else {"value": value}


def areas(unit: str = "%", **values: float | None) -> pd.DataFrame:
    """Invented rows, one an area; `None` is not published."""
    return frame(*({"area": area, "unit": unit} | told(value) for area, value in values.items()))
