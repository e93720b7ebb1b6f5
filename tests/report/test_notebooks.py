# SPDX-License-Identifier: EUPL-1.2
"""The notebooks as they are committed: run from top to bottom, short cells, no figure typed into prose."""

import ast
import json
import re
import statistics
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from nbformat import NotebookNode
from said import unpublished

from genk_armoede.narration import unknown
from genk_armoede.narration.prose import MIME, figures_in
from genk_armoede.observations.naming import CENTRUMSTEDEN
from genk_armoede.report.notes import cells_of
from genk_armoede.report.typed import typed_figures, typed_in

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
MOST_LINES, USUAL_LINES = 12, 5


def read(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request) -> dict:
    return read(request.param)


def source(cell: dict) -> str:
    return "".join(cell["source"])


def code(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def outputs(notebook: dict) -> list[dict]:
    return [output for cell in code(notebook) for output in cell["outputs"]]


def shown(notebook: dict) -> list[dict]:
    """What a notebook shows, as data."""
    return [output["data"][MIME] for output in outputs(notebook)]


def shows_something(text: str) -> bool:
    """True when the last statement of a cell is an expression that is not `None … else …`."""
    last = ast.parse(text).body[-1:]
    if not last or not isinstance(last[0], ast.Expr):
        return False
    value = last[0].value
    parts = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
    return not any(isinstance(part, ast.Constant) and part.value is None for part in parts)


def test_there_are_notebooks():
    assert [path.name for path in NOTEBOOKS if not re.fullmatch(r"\d\d_\w+\.ipynb", path.name)] == []
    assert NOTEBOOKS[0].name == "00_overzicht.ipynb" and len(NOTEBOOKS) >= 4


def test_every_cell_was_run_in_order(notebook):
    assert [cell["execution_count"] for cell in code(notebook)] == list(range(1, len(code(notebook)) + 1))


def test_nothing_went_wrong(notebook):
    assert [
        output for output in outputs(notebook) if output["output_type"] not in ("execute_result", "display_data")
    ] == []


def test_every_result_is_there(notebook):
    missing = [source(cell) for cell in code(notebook) if shows_something(source(cell)) and not cell["outputs"]]
    assert missing == []
    assert outputs(notebook)


def test_every_result_has_words_and_data(notebook):
    for output in outputs(notebook):
        assert {"text/plain", MIME} <= set(output["data"])
        assert "".join(output["data"]["text/plain"]).strip()


def test_no_result_is_silenced(notebook):
    assert [line for cell in code(notebook) for line in source(cell).splitlines() if line.rstrip().endswith(";")] == []
    assert [cell["metadata"] for cell in notebook["cells"] if cell["metadata"].get("tags")] == []  # nbval-skip and such


def test_cells_are_short(notebook):
    assert [source(cell) for cell in code(notebook) if len(source(cell).splitlines()) > MOST_LINES] == []


def test_cells_are_usually_shorter_still():
    lengths = [len(source(cell).splitlines()) for path in NOTEBOOKS for cell in code(read(path))]
    assert statistics.median(lengths) <= USUAL_LINES


MOST_CODE = 87  # lines a notebook, on average
MOST_SETTING_UP = 4


def test_at_most_one_cell_of_four_lines_stands_before_the_first_result(notebook):
    """The message comes first, and the chart that shows it, if one has its figures."""
    cells = code(notebook)
    first = next(place for place, cell in enumerate(cells) if cell["outputs"])
    assert first <= 1 and all(len(source(cell).splitlines()) <= MOST_SETTING_UP for cell in cells[:first])
    message, *others = shown(notebook)
    told = {cell for part in message["lines"][0] if isinstance(part, dict) for cell in part["cells"]}
    charts = [one for one in others if one["kind"] == "chart" and told.intersection(cells_of(one))]
    assert message["kind"] == "prose" and (others[0]["kind"] == "chart" or not charts)


def test_every_cell_after_that_ends_in_what_it_shows(notebook):
    hidden = [source(cell) for cell in code(notebook)[1:] if not isinstance(ast.parse(source(cell)).body[-1], ast.Expr)]
    assert hidden == []


def test_a_notebook_defines_nothing_and_unpacks_nothing(notebook):
    nodes = [node for cell in code(notebook) for node in ast.walk(ast.parse(source(cell)))]
    assert [node for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Lambda)] == []
    assert [node for node in nodes if isinstance(node, ast.keyword) and node.arg is None] == []
    assert [node for node in nodes if isinstance(node, ast.Dict) and None in node.keys] == []


def test_all_notebooks_together_are_short():
    lines = [line for path in NOTEBOOKS for cell in code(read(path)) for line in source(cell).splitlines()]
    assert len(lines) <= MOST_CODE * len(NOTEBOOKS)


def test_a_notebook_opens_with_a_title_and_words(notebook):
    title, _, rest = source(notebook["cells"][0]).partition("\n")
    assert notebook["cells"][0]["cell_type"] == "markdown"
    assert re.match(r"# \S", title) and len(rest.split()) > 10


def test_prose_comes_before_the_first_result(notebook):
    kinds = [cell["cell_type"] if not cell.get("outputs") else "result" for cell in notebook["cells"]]
    assert "markdown" in kinds[1 : kinds.index("result")]


def test_no_output_holds_a_place_or_an_address(notebook):
    text = json.dumps([{**output, "data": {**output["data"], "image/png": ""}} for output in outputs(notebook)])
    assert not re.search(r"/home/|/root/|/tmp/|/work/|/Users/|[A-Z]:\\\\|0x[0-9a-f]{6,}| at 0x|<[\w.]+ object", text)


def test_metadata_do_not_name_a_version_or_a_time(notebook):
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert [cell["metadata"] for cell in notebook["cells"] if "execution" in cell["metadata"]] == []


def test_a_page_explains_the_group_of_cities_that_it_names(notebook):
    text = json.dumps(notebook, ensure_ascii=False)
    opening = " ".join(source(notebook["cells"][0]).split())
    assert "De centrumsteden zijn dertien grotere Vlaamse steden" in opening or not re.search("centrumst[ea]+d", text)


MOULD = 6  # words of a sentence that are the same but for names, figures and which way it goes
NAMES = re.compile("|".join([*CENTRUMSTEDEN, "Limburg", "Vlaams Gewest", r"\d[\d.,–-]*%?"]))
STANCES = re.compile(r"\b(?:hoger|lager|meer|minder|hoogste|laagste)\b")


def moulds(line: list[str | dict]) -> set[str]:
    """Every row of so many words in a paragraph, with its names, figures and stances taken out.

    None of a gap: which of three states it is in is told in the same words each time.
    """
    text = "".join(part if isinstance(part, str) else "#" for part in line)
    if any(state in text for state in ("niet gevonden. We doorzochten", "wij konden het niet lezen")):
        return set()
    words = STANCES.sub("±", NAMES.sub("#", text)).split()
    return {" ".join(words[i : i + MOULD]) for i in range(len(words) - MOULD + 1)}


def test_no_sentence_is_a_mould():
    """What stands more than five times in the report, or three times on a page, is varied or becomes a table."""
    found: Counter[str] = Counter()
    for path in NOTEBOOKS:
        told = shown(read(path))
        lines = [line for one in told if one["kind"] == "prose" for line in one["lines"]]
        lines += [[one["title"]] for one in told if one["kind"] == "chart"]
        page = Counter(mould for line in lines for mould in moulds(line))
        assert {mould: count for mould, count in page.items() if count > 3} == {}, path.name
        found += page
    assert {mould: count for mould, count in found.items() if count > 5} == {}


def test_a_mould_is_seen_through_names_figures_and_stances():
    one, other = (["In ", {}, f" van de 12 andere steden is dat duidelijk {way}."] for way in ("hoger", "lager"))
    assert moulds(one) & moulds(other)


def test_a_figure_that_print_contradicts_is_not_shown_without_a_word(notebook):
    """Where a table leaves remarks out, a sentence has each figure of which a remark names another one in print."""
    package = json.loads((ROOT / "data/processed/datapackage.json").read_text(encoding="utf-8"))
    sources = [one for resource in package["resources"] for one in resource["sources"] if "cells" in one]
    doubted = {
        f"{one['file']}|{one['sheet']}|{cell}"
        for one in sources
        if re.search(r"\b(?:in|In) druk\b", one.get("note", ""))
        for cell in one["cells"]
    }
    told = shown(notebook)
    bare = [one for one in told if one["kind"] == "table" and "Opmerking" not in one["header"]]
    cells = {cell for one in figures_in([one for one in told if one["kind"] == "prose"]) for cell in one["cells"]}
    tabled = {cell for one in figures_in(bare) if not one["formula"] for cell in one["cells"]}
    assert tabled & doubted <= cells


def twice(text: str) -> list[str]:
    return re.findall(r"\b([a-zé]+) \1\b", text)


def test_no_word_stands_twice_in_a_sentence(notebook):
    lines = [line for one in shown(notebook) if one["kind"] == "prose" for line in one["lines"]]
    texts = ["".join(part if isinstance(part, str) else part["text"] for part in line) for line in lines]
    texts += [source(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert [word for text in texts for word in twice(" ".join(text.split()))] == []
    assert twice("Van 2014 tot 2024 was het het hoogst.") == ["het"]


def test_no_figure_is_typed_into_prose_or_into_a_sentence_of_code(notebook):
    """In what `say`, titles and captions are made of: a bare number is a constant with a name, not a word."""
    cells = [NotebookNode(cell | {"source": source(cell)}) for cell in notebook["cells"]]
    assert [figure for cell in cells for figure in typed_in(cell)] == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Er zijn 3.815 leerlingen.", ["3.815"]),
        ("Wie minstens dertig procent uitgeeft.", ["dertig procent"]),
        ("Dat is 58,2% van allen.", ["58,2%"]),
        ("In 2019-2020 en mei 2020.", []),
        ("In het jaar 1850.", ["1850."]),
        ("De 22 kent de 13 centrumsteden en 22 andere.", ["22"]),
        ("[Meer](08_samenleven_en_diversiteit.ipynb) over `10_corona`", []),
        ("[08 wijken](x.ipynb)", ["[08"]),
        ("Van Genk vonden we twee losse cijfers.", ["twee losse cijfers"]),
        ("In de twee\njaren die we kennen, de twee jaren erna.", ["twee jaren die"]),
        ("1. Wonen\n10. Corona kostte 5 euro", ["5"]),
    ],
)
def test_a_typed_figure_is_seen(text, figures):
    assert typed_figures(text) == figures


@pytest.mark.parametrize(
    ("text", "shows"),
    [
        ("a = 1", False),
        ("a = 1\na", True),
        ("(a if b else c)", True),
        ("None if a else b", False),
        ("def f():\n    return 1", False),
        ("", False),
    ],
)
def test_what_shows_something(text, shows):
    assert shows_something(text) is shows


def links(notebook: dict) -> list[str]:
    prose = "\n".join(source(cell) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    return re.findall(r"\]\(([^)#]+)", prose)


def test_links_lead_to_notebooks_that_are_there(notebook):
    local = [link for link in links(notebook) if "://" not in link]
    assert [link for link in local if not (ROOT / "notebooks" / link).is_file()] == []


def test_the_overview_links_to_every_other_notebook():
    local = {Path(link).name for link in links(read(NOTEBOOKS[0])) if "://" not in link}
    assert local == {path.name for path in NOTEBOOKS[1:]}


def said_not_to_be_published(notebook: dict) -> list[str]:
    """Where a notebook says that a figure is not published: in its words, its code and what it shows."""
    texts = [source(cell) for cell in notebook["cells"]]
    texts += ["".join(output["data"].get("text/plain", "")) for output in outputs(notebook)]
    return [found for text in texts for found in unpublished(text)]


def test_nothing_is_called_unpublished_but_a_gap_in_that_state(notebook):
    """The state of a gap is data: what was not found, or stands elsewhere, is not called unpublished."""
    states = set(unknown.gap_states().values())
    assert "niet gepubliceerd" in states or said_not_to_be_published(notebook) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dat is niet gepubliceerd.", 1),
        ("Van geen enkel van de domeinen is het bedrag gepubliceerd.", 0),
        ("Van geen enkel jaar gepubliceerd.", 1),
        ("Voor Genk is geen cijfer gepubliceerd.", 1),
        ("Niet gepubliceerde cijfers.", 1),
        ("Van Genk is alleen een vork gepubliceerd.", 1),
        ("De bedragen staan alleen in het volledige jaarrapport.", 1),
        ("Voor een gemeente bestaat er geen cijfer.", 1),
        ("De gepubliceerde aandelen.", 0),
    ],
)
def test_words_for_what_is_not_published_are_seen(text, found):
    cells = [{"cell_type": "markdown", "source": [text]}]
    assert len(said_not_to_be_published({"cells": cells})) == found
