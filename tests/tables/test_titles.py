# SPDX-License-Identifier: EUPL-1.2
"""Titles of sources follow their figures: a new year in a file is a new year in its title."""

from dataclasses import replace

from conftest import ROOT
from invented import row

from genk_armoede.tables import register, titles
from genk_armoede.tables.titles import YEARS


def source(title, **sheets):
    known = register.load_register(ROOT)[0]
    return replace(known, file="verzonnen.xlsx", title=title, sheets={"Blad": {"layout": "table"}, **sheets})


def figures(*periods, sheet="Blad", citation=None):
    return [replace(row("a", 1, period=one), sheet=sheet, citation=citation or {}) for one in periods]


def test_a_new_year_is_in_the_title():
    given = [source(f"Verzonnen, {YEARS}")]
    assert titles.dated(given, figures("2014", "2023"))[0].title == "Verzonnen, 2014–2023"
    assert titles.dated(given, figures("2014", "2023", "2024"))[0].title == "Verzonnen, 2014–2024"


def test_a_title_of_the_publisher_stays_as_it_is():
    given = source("Verslag 2021", Andere={"layout": "table", "title": "Telling 2011"})
    assert titles.dated([given], figures("2024")) == [given]


def test_a_sheet_has_its_own_years_and_the_file_those_of_the_others():
    given = source(f"Alles {YEARS}", Eigen={"layout": "table", "title": f"Deel {YEARS}"})
    rows = [*figures("2019", "2020"), *figures("2011", sheet="Eigen"), *figures("2030", citation={"title": "Krant"})]
    (dated,) = titles.dated([given], rows)
    assert dated.title == "Alles 2019–2020" and dated.sheets["Eigen"]["title"] == "Deel 2011"


def test_a_list_of_single_figures_has_the_years_of_all():
    rows = figures("2019-2020", "2022-2023", citation={"title": "Krant"})
    assert titles.dated([source(f"Losse cijfers, {YEARS}")], rows)[0].title == "Losse cijfers, 2019–2023"


def test_no_title_of_the_register_types_the_years_of_its_figures_twice():
    """The descriptor, the codebook and the pages have words in place of the mark."""
    assert YEARS in (ROOT / "data/raw/bronnen.yml").read_text(encoding="utf-8")
    for name in ("datapackage.json", "codeboek.md"):
        assert YEARS not in (ROOT / "data/processed" / name).read_text(encoding="utf-8")
