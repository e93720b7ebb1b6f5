# SPDX-License-Identifier: EUPL-1.2
"""What the project itself writes beside figures: remarks and notes in its workbooks, definitions in the codebook.

It says no more than the cells: a mend on a page is a mend there too.
"""

import functools
import re

import openpyxl
import pytest
from said import unpublished
from workbooks import ROOT

from genk_armoede.narration import unknown
from genk_armoede.tables import store

RAW, CODEBOOK = ROOT / "data/raw", ROOT / "data/processed/codeboek.md"
INDICATORS = [one for resource in store.package()["resources"] for one in resource["indicators"]]
OTHER_ADDRESS = "adres is dat van een ander artikel"
CODE_HOSTS = ("github.com",)  # an address there names a repository
# What a definition says more than "how many": word → what its cells must then say.
PRECISE = {r"\bgemiddeld": "gemiddeld", r"\bper jaar\b": "jaar", r"\bover alle \w+ verde": "verde"}


@functools.cache
def written(file: str) -> str:
    """Every text of a workbook."""
    book = openpyxl.load_workbook(RAW / file, read_only=True)
    return "\n".join(
        str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row if value
    )


@pytest.mark.parametrize("file", sorted(path.name for path in RAW.glob("*.xlsx")))
def test_no_remark_or_note_calls_unpublished_what_was_not_found(file):
    assert "niet gepubliceerd" in set(unknown.gap_states().values()) or unpublished(written(file)) == []


def test_no_definition_says_which_figures_are_found_or_published():
    """That is the state of a gap, and stands in the table of gaps only."""
    said = {one["name"]: one["description"] for one in INDICATORS}
    assert [name for name, text in said.items() if unpublished(text) or "niet gevonden" in text] == []
    assert unpublished(CODEBOOK.read_text(encoding="utf-8")) == []


def rows_of(indicator: str) -> str:
    """What the rows of an indicator say in the list they stand in: name, title, place, remark."""
    cells = [cell for cell, row in store.rows_by_cell().items() if row["indicator"] == indicator]
    return " ".join(" ".join(map(str, store.citation(cell).values())) for cell in cells).lower()


def singles() -> list[dict]:
    """Indicators of which every figure has a source of its own, and so a row of words."""
    listed = {one["name"] for one in store.package()["resources"] if one["name"] in ("losse_cijfers", "corona")}
    return [
        one for resource in store.package()["resources"] if resource["name"] in listed for one in resource["indicators"]
    ]


def told_too_precisely(definition: str, cells: str) -> list[str]:
    found = (re.search(word, definition) and said not in cells for word, said in PRECISE.items())
    return [word for word, more in zip(PRECISE, found, strict=True) if more]


@pytest.mark.parametrize("indicator", singles(), ids=lambda one: one["name"])
def test_a_definition_is_no_more_precise_than_its_cells(indicator):
    cells = f"{indicator['title']} {indicator['unit']} {rows_of(indicator['name'])}".lower()
    assert told_too_precisely(indicator["description"], cells) == []


def test_a_definition_that_is_more_precise_is_seen():
    assert told_too_precisely("Verzonnen aanvragen, gemiddeld per kwartaal.", "verzonnen aanvragen per kwartaal")
    assert not told_too_precisely("Verzonnen wachttijd, gemiddeld.", "gemiddelde verzonnen wachttijd")


def stems(text: str) -> list[str]:
    return [word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.lower()) if word != "html"]


def leads_elsewhere(title: str, address: str) -> bool:
    """True when an address has the words of an article, three or more, and none of them is in the title."""
    host, _, path = address.partition("://")[2].partition("?")[0].partition("/")
    article = any(len(stems(part)) > 2 for part in path.split("/"))
    return article and host not in CODE_HOSTS and not {*stems(path)} & {*stems(title)}


@pytest.mark.parametrize(
    ("title", "address", "elsewhere"),
    [
        ("Verzonnen plan voor Genk", "https://example.org/nieuws/burgemeester-wandel-maar-doe-veilig-97937", True),
        ("Verzonnen plan voor Genk", "https://example.org/nieuws/stad-maakt-verzonnen-plannen", False),
        ("Verzonnen plan voor Genk", "https://example.org/cnt/dmf20190121_04121499", False),
        ("Verzonnen plan voor Genk", "https://github.com/iemand/belgian-macro-pipeline", False),
    ],
)
def test_an_address_of_another_article_is_seen(title, address, elsewhere):
    assert leads_elsewhere(title, address) == elsewhere


def test_a_figure_whose_address_is_that_of_another_article_says_so():
    wrong = [
        f"{one['file']} {one['sheet']} {one.get('cells')}: {one['path']}"
        for resource in store.package()["resources"]
        for one in resource["sources"]
        if leads_elsewhere(one["title"], one["path"]) and OTHER_ADDRESS not in one.get("note", "")
    ]
    assert wrong == []
