# SPDX-License-Identifier: EUPL-1.2
"""Theme 09 with a second year, of which one count is missing: nothing is lost, and it reads as Dutch.

The figures of 2022 are invented.
"""

import html
import re
import shutil
from pathlib import Path

import pytest
from conftest import ROOT, copy_of, genk, well
from workbooks import edited

pytestmark = pytest.mark.slow
NEXT = "data/raw/schooltoelagen_2022.xlsx"
INVENTED = {"B3": "2022", "B7": 4001, "C7": 0.611, "B8": None, "C8": 0.605, "A11": "Bron: verzonnen."}
DESCRIBED = {
    "dataset": "schooltoelagen", "publisher": "Stad Genk", "title": "Verzonnen verslag {jaren}", "url": "verzonnen",
    "licence": "verzonnen", "transcribed": "alles",
}  # fmt: skip


@pytest.fixture(scope="module")
def page(once):
    """The words of the page."""

    def make(folder: Path) -> None:
        copy_of(ROOT, folder, "data")
        (folder / "notebooks").mkdir()
        shutil.copy(ROOT / "notebooks/09_onderwijs.ipynb", folder / "notebooks")
        shutil.copy(folder / "data/raw/schooltoelagen.xlsx", folder / NEXT)
        with edited(folder / NEXT) as book:
            for name in book.sheetnames[1:]:
                del book[name]
            for address, value in INVENTED.items():
                book["Genk"][address] = value
        options = [text for name, value in DESCRIBED.items() for text in (f"--{name}", value)]
        for command in (["register", NEXT, *options, "--accept", "verzonnen"], ["build"]):
            well(genk(*command, cwd=folder))

    return words((once("next_year", make) / "reports/09_onderwijs.html").read_text(encoding="utf-8"))


def words(page: str) -> str:
    """What stands on a page, without its pictures and script."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", bare)).replace("\u00a0", " ").split())


def test_the_chart_has_both_years(page):
    assert "Leerlingen uit Genk met een schooltoelage of schooltoeslag, % van de leerlingen, 2021–2022" in page
    assert "Basisonderwijs: steeg van 58,2% in 2021 naar 61,1% in 2022." in page


def test_the_older_year_is_told_beside_the_new_one(page):
    assert "4.001 leerlingen in 2022 een schooltoelage: 61,1%." in page
    assert "61,1%. In 2021 was dat 58,2%." in page


def test_a_count_that_is_missing_leaves_whole_sentences(page):
    assert "kreeg 60,5% van de leerlingen in 2022 een schooltoelage; hoeveel dat er zijn, vonden we niet." in page
    assert "Van het secundair onderwijs vonden we aantal en aandeel niet allebei." in page
    assert not re.search(r"(kregen|kreeg|minstens|hoogstens|sprak) geen cijfer", page)


def test_the_source_says_the_year_of_its_figures(page):
    assert "Verzonnen verslag 2022" in page and "{jaren}" not in page
