# SPDX-License-Identifier: EUPL-1.2
"""The layout that CONTRIBUTING shows works as it stands there."""

import re
import types

import pytest
from workbooks import ROOT, as_sheet, refused

from genk_armoede.layouts.reading import Declined

SHOWN = re.search(r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def layout():
    module = types.ModuleType("shown")
    exec(SHOWN.group(1), module.__dict__)
    return module


def test_the_shown_layout_reads_its_sheet(tmp_path, layout):
    sheet = as_sheet(
        tmp_path, [["Verzonnen aandeel"], ["Genk 2021", 0.125], ["Bedacht 2020", "x"]], formats={"B2": "0.0%"}
    )
    rows = layout.read(sheet).finish().rows
    assert [(r.indicator, r.area, r.period, r.value and str(r.value), r.status, r.cell) for r in rows] == [
        ("Verzonnen aandeel", "Genk", "2021", "12.5", "", "B2"),
        ("Verzonnen aandeel", "Bedacht", "2020", None, "c", "B3"),
    ]


def test_the_shown_layout_refuses_and_declines(tmp_path, layout):
    with refused("no share beside a name", sheet="Blad", cell="B2"):
        layout.read(as_sheet(tmp_path, [["Verzonnen aandeel"], ["Genk 2021"]]))
    with refused("a figure outside the table", sheet="Blad", cell="C2"):
        layout.read(as_sheet(tmp_path, [["Verzonnen aandeel"], ["Genk 2021", "5 %", 7]])).finish()
    with pytest.raises(Declined):
        layout.read(as_sheet(tmp_path, [["Genk", 5]]))
