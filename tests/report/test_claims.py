# SPDX-License-Identifier: EUPL-1.2
"""What the pages may say of a figure, kind by kind: what its cell carries, with the same reserve on each page."""

import json
import re
from collections import defaultdict

import pytest
from conftest import ROOT

from genk_armoede.narration.prose import MIME, figures_in
from genk_armoede.observations.observation import breakdown_parts
from genk_armoede.report import notes
from genk_armoede.tables import register, store

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
PACKAGE = json.loads((ROOT / "data/processed/datapackage.json").read_text(encoding="utf-8"))
SOURCES = [one for resource in PACKAGE["resources"] for one in resource["sources"]]
ATTRIBUTED = re.compile(r"\bvolgens (?:de|die) (?:gemeente- en stads)?monitor\b", re.IGNORECASE)
WRITTEN = re.compile(r"\b(?:schreef|schrijft|noemde|artikel|gepubliceerd|verscheen|staat er in)\b")
RESERVE = re.compile(r"\b(?:staat er (?:niet bij|in)|zonder dat er|mogelijk|wellicht)\b")


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def cells(request) -> list[dict]:
    return json.loads(request.param.read_text(encoding="utf-8"))["cells"]


def told(cells: list[dict]) -> list[tuple[str, list[dict]]]:
    """The sentences and titles of a notebook in words, each with its figures."""
    shown = [one["data"][MIME] for cell in cells for one in cell.get("outputs", []) if MIME in one["data"]]
    lines = [line for one in shown if one["kind"] == "prose" for line in one["lines"]]
    return [("".join(map(notes.text_of, line)), figures_in(line)) for line in lines]


def test_what_the_survey_counts_is_no_sentence_that_somebody_typed(cells):
    """A definition that is put in the publisher's mouth is read from a cell, as figures are."""
    texts = [" ".join("".join(cell["source"]).split()) for cell in cells if cell["cell_type"] == "markdown"]
    assert [found for text in texts for found in ATTRIBUTED.findall(text)] == []
    assert ATTRIBUTED.search("Volgens die monitor telt wie moeilijk antwoordde.")


def test_a_figure_dated_by_its_publication_is_what_was_written_then(cells):
    for text, figures in told(cells):
        rows = [notes.row_of(cell) for one in figures for cell in one["cells"]]
        dated = [row for row in rows if "datering" in breakdown_parts(row["breakdown"])]
        assert not dated or WRITTEN.search(text), text
    assert not WRITTEN.search("In april 2023 telde Genk volgens een krant zoveel plaatsen.")


def test_one_figure_has_the_same_reserve_on_each_page():
    """What a newspaper counted is told with its name, and with what is unsure, wherever it is told."""
    pages: dict[str, list[str]] = defaultdict(list)
    for path in NOTEBOOKS[1:]:
        for text, figures in told(json.loads(path.read_text(encoding="utf-8"))["cells"]):
            for one in figures:
                if not one["formula"] and one["cells"][0].startswith("losse_cijfers.xlsx"):
                    pages[one["cells"][0]].append(text)
    assert any(len(texts) > 1 for texts in pages.values())
    publishers = {f"{s['file']}|{s['sheet']}|{c}": s["publisher"] for s in SOURCES for c in s.get("cells", [])}
    for cell, texts in pages.items():
        assert len({publishers[cell] in text for text in texts}) == 1, texts
        assert len({bool(RESERVE.search(text)) for text in texts}) == 1, texts


def test_a_table_under_a_question_about_children_counts_no_inhabitants(cells):
    heading = ""
    for cell in cells:
        found = (
            re.search(r"^#+ (.+)", "".join(cell["source"]), re.MULTILINE) if cell["cell_type"] == "markdown" else None
        )
        heading = found[1] if found else heading
        for one in cell.get("outputs", []):
            shown = one["data"].get(MIME, {})
            if "kinderen" in heading and shown.get("kind") == "table":
                assert "inwoners" not in json.dumps(shown["rows"]), heading


def test_a_publisher_publishes():
    """Where a figure was read stands in title or address, one has one name; a list that we made is ours."""
    publishers = {one["publisher"] for one in SOURCES}
    assert {one for one in publishers if ", in " in one or re.search("Stadsmonitor|HLN", one)} == set()
    assert len({frozenset(re.findall(r"\w+", one)) - {"Het"} for one in publishers}) == len(publishers)
    with_figures = {row["source"] for row in store.rows_by_cell().values() if row["value"]}
    without = [one for one in register.load_register(ROOT) if one.file not in with_figures]
    assert without and "verschillende uitgevers" not in {one.publisher for one in without}
