# SPDX-License-Identifier: EUPL-1.2
"""A figure of a page says what its cell in the tables says, or the page is not made."""

import csv
from decimal import Decimal

import pytest
from conftest import ROOT
from nbformat import v4

from genk_armoede.errors import DataError
from genk_armoede.narration.figure import Figure
from genk_armoede.narration.prose import MIME
from genk_armoede.report.content import content_of
from genk_armoede.report.held import check_figures


@pytest.fixture(autouse=True)
def of_this_repository(monkeypatch):
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(ROOT))


def a_row():
    with (ROOT / "data/processed/corona.csv").open(encoding="utf-8", newline="") as stream:
        return next(row for row in csv.DictReader(stream) if row["value"] and len(row["value"]) > 4)


ROW = a_row()
CELL = "|".join((ROW["source"], ROW["sheet"], ROW["cell"]))
SOUND = Figure(Decimal(ROW["value"]), ROW["unit"], ROW["status"], (CELL,)).json


def notebook(*figures, **data):
    said = {"kind": "prose", "listed": False, "lines": [["Verzonnen: ", *figures]]} | data
    return showing(said)


def table(*figures, kind="table", **data):
    texts = dict.fromkeys(("caption", "name", "title", "unit", "description", "note", "source"), "Verzonnen")
    return (
        texts
        | {"kind": kind, "viewbox": "0 0 9 9", "header": ["a", *"b" * len(figures)], "rows": [["c", *figures]]}
        | data
    )


def showing(said):
    output = v4.new_output("display_data", data={"text/plain": "", MIME: said})
    return v4.new_notebook(cells=[v4.new_markdown_cell("# Verzonnen"), v4.new_code_cell("1", outputs=[output])])


@pytest.mark.parametrize("field", ["text", "formula", "status"])
def test_a_figure_as_the_tables_have_it_is_taken(field):
    check_figures("01_verzonnen", notebook(SOUND))
    fine = {"text": f"+{SOUND['text']} (voorlopig)", "formula": "", "status": ""}
    check_figures("01_verzonnen", notebook(SOUND | {field: fine[field]}))


def test_a_place_in_words_says_its_number():
    sixth = {"value": "6", "text": "zesde", "unit": "aantal", "formula": "plaats van hoog naar laag"}
    check_figures("01_verzonnen", notebook(SOUND | sixth))
    with pytest.raises(DataError, match="its text is not its value"):
        check_figures("01_verzonnen", notebook(SOUND | sixth | {"text": "derde"}))


HAND_MADE = {
    "another value": ({"value": "77", "text": "77 euro"}, "its value is 77"),
    "a text that is not its value": ({"text": "77 euro"}, "its text is not its value"),
    "a value that is none": ({"value": "veel"}, "its text is not its value"),
    "another unit": ({"unit": "leerlingen"}, "its unit is leerlingen"),
    "another period": ({"period": "1999"}, "its period is 1999"),
    "a cell that is in no table": ({"cells": ["verzonnen.xlsx|Blad|A1"]}, "no table has verzonnen.xlsx|Blad|A1"),
    "no cell": ({"cells": []}, "it names no cell"),
    "cells without a formula": ({"cells": [CELL, CELL]}, "several cells and no formula"),
    "a formula over a cell that is in no table": (
        {"cells": [CELL, "verzonnen.xlsx|Blad|A1"], "formula": "som van 2 cijfers"},
        "no table has verzonnen.xlsx|Blad|A1",
    ),
    "a formula over nothing": ({"cells": [], "formula": "som"}, "it names no cell"),
}


@pytest.mark.parametrize("what", HAND_MADE)
@pytest.mark.parametrize("kind", ["prose", "table", "chart"])
def test_a_figure_that_was_made_by_hand_is_refused_with_its_notebook_and_cell(what, kind):
    fields, why = HAND_MADE[what]
    one = SOUND | fields
    book = notebook(one) if kind == "prose" else showing(table(SOUND, one, kind=kind))
    with pytest.raises(DataError, match="of cell 2 was not made of the tables") as caught:
        check_figures("01_verzonnen", book)
    assert why in caught.value.problem and caught.value.file == "notebooks/01_verzonnen.ipynb" and caught.value.do


def test_a_computed_figure_may_have_any_value_of_its_own():
    check_figures("01_verzonnen", notebook(SOUND | {"value": "1.26", "text": "1,3%", "formula": "deel", "unit": "%"}))


ODD = {
    "nothing": {},
    "no mapping": ["prose"],
    "another kind": {"kind": "film"},
    "a kind that is no word": {"kind": ["prose"]},
    "prose without lines": {"kind": "prose", "listed": False},
    "prose of words": {"kind": "prose", "listed": False, "lines": ["77 euro"]},
    "prose with a bare number": {"kind": "prose", "listed": False, "lines": [[77]]},
    "a figure without cells": {"kind": "prose", "listed": False, "lines": [[{"text": "77", "value": "77"}]]},
    "a figure of numbers": {"kind": "prose", "listed": False, "lines": [[SOUND | {"value": 77}]]},
    "a figure of no cell": {"kind": "prose", "listed": False, "lines": [[SOUND | {"cells": [1]}]]},
    "a table without header": table(header=3),
    "a table of another width": table(rows=[["a", "b", "c"]]),
    "a chart without a name": table(kind="chart", name=None),
    "a chart without sides": table(kind="chart", viewbox="Verzonnen"),
}


@pytest.mark.parametrize("what", ODD)
def test_an_output_of_our_type_with_another_shape_is_refused_with_its_notebook_and_cell(what):
    with pytest.raises(DataError, match="an output of cell 2 is not as genk-armoede makes it") as caught:
        check_figures("01_verzonnen", showing(ODD[what]))
    assert caught.value.file == "notebooks/01_verzonnen.ipynb" and caught.value.do


def test_a_chart_that_nobody_drew_is_refused_with_its_notebook_and_cell():
    with pytest.raises(DataError, match="cell 2 shows a chart that no notebook draws"):
        content_of("01_verzonnen", showing(table(SOUND, kind="chart")), {})
