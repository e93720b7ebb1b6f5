# SPDX-License-Identifier: EUPL-1.2
"""A year's round, as an office meets it: a Swing export with a new year.

Files are changed in small copies of the repository; every figure that is changed is invented.
"""

import shutil

import pytest
from conftest import ROOT, genk, inside, small_copy, well, write_notebook
from workbooks import edited

from genk_armoede.tables import datasets, register, repository


def copy_with(folder, name, *tables):
    """A repository with one raw workbook, and the tables of an earlier build beside it."""
    root = small_copy(folder, name)
    (root / "data/processed").mkdir()
    for table in tables:
        shutil.copy(ROOT / f"data/processed/{table}.csv", root / "data/processed")
    return root


# --- a Swing export ---

UNWANTED = "graad van iets anders"


def next_export(path, year, *, more=(), change=None):
    """The export of nieuwkomers with a new year at its end, of which every figure is invented."""
    with edited(path) as book:
        page = book["Nieuwkomers"]
        last = page.max_column
        for row in page.iter_rows(min_row=3, max_row=16):
            row[0].offset(0, last).value = str(year) if row[0].row == 3 else round(row[last - 1].value + 0.1, 1)
        label = page.cell(2, last).value
        page.cell(2, last + 1).value, page.cell(2, last).value = label, None
        for place, name in enumerate(more, last + 2):
            page.cell(2, place).value = name
            for row in range(3, 17):
                page.cell(row, place).value = str(year) if row == 3 else 7
        for address, value in (change or {}).items():
            page[address] = value


@pytest.fixture
def swing(tmp_path):
    root = copy_with(tmp_path, "nieuwkomers.xlsx", "nieuwkomers")
    new = root / "data/raw/nieuwkomers_2025.xlsx"
    shutil.copy(root / "data/raw/nieuwkomers.xlsx", new)
    return root, new


DESCRIBED = ("--publisher", "V", "--title", "T {jaren}", "--url", "u", "--licence", "vrij", "--from", "verzonnen")


def test_a_new_year_in_a_swing_export_is_taken_over_beside_the_old_one(swing):
    root, new = swing
    next_export(new, 2025)
    done = inside("register", new, "--dataset", "nieuwkomers", *DESCRIBED, cwd=root)
    assert done.code == 0 and "13 nieuw" in done.err and "gelijk" in done.err, done.err
    rows = datasets.clean(root).tables["nieuwkomers"]
    assert {row.source for row in rows} == {new.name} and {row.period for row in rows} >= {"2014", "2025"}
    assert not any("r" in row.status for row in rows)


def test_an_indicator_that_is_not_wanted_is_set_aside(swing):
    root, new = swing
    next_export(new, 2025, more=[UNWANTED])
    done = inside("register", new, "--dataset", "nieuwkomers", *DESCRIBED, cwd=root)
    assert done.code == 1 and UNWANTED in done.err
    well(inside("register", new, "--dataset", "nieuwkomers", *DESCRIBED, "--ignore", UNWANTED, cwd=root))
    assert {row.period for row in datasets.clean(root).tables["nieuwkomers"]} >= {"2014", "2025"}


@pytest.mark.slow
def test_a_revised_figure_is_told_on_the_page(swing):
    """Not before who registers the file has said why; then with what it was."""
    root, new = swing
    before = register.load_register(root)[0]
    next_export(new, 2025, change={"B4": 9.9})
    done = inside("register", new, "--dataset", "nieuwkomers", *DESCRIBED, cwd=root)
    assert done.code == 3 and "was 6,6" in done.err
    well(inside("register", new, "--dataset", "nieuwkomers", *DESCRIBED, "--accept", "verzonnen", cwd=root))
    assert "&id" not in (root / repository.REGISTER).read_text(encoding="utf-8")  # dates in full, no alias of another
    ask = 'ga.figure(ga.load("nieuwkomers"), "nieuwkomers_per_1000", area="Aalst", period="2014")'
    cells = ["# Verzonnen\n\nEen vraag.", f'import genk_armoede as ga\nga.say("Aalst had {{n}}.", n={ask})']
    write_notebook(root / "notebooks/01_verzonnen.ipynb", *cells)
    well(genk("build", cwd=root))
    page = (root / "reports/01_verzonnen.html").read_text(encoding="utf-8")
    assert "9,9" in page and f"Herzien: was 6,6 ({before.file}, B4)." in page
