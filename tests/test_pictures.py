# SPDX-License-Identifier: EUPL-1.2
"""The pictures of the guide are what its script draws today, from what commands say today."""

import re
import runpy
from xml.etree import ElementTree

import pytest
from workbooks import ROOT

GUIDE = (ROOT / "docs/handleiding.md").read_text(encoding="utf-8")
FOLDER = ROOT / "docs/beelden"
DRAWN = sorted(path.name for path in FOLDER.glob("*"))


@pytest.fixture(scope="module")
def drawn(once):
    return once("pictures", runpy.run_path(str(ROOT / "docs/pictures.py"))["draw"])


def test_they_are_what_the_script_draws(drawn):
    assert {path.name: path.read_bytes() for path in drawn.glob("*")} == {
        name: (FOLDER / name).read_bytes() for name in DRAWN
    }, "make pictures"


@pytest.mark.parametrize("name", DRAWN)
def test_each_is_small_and_says_what_it_shows(name):
    picture = ElementTree.parse(FOLDER / name).getroot()
    assert (FOLDER / name).stat().st_size < 10_000
    assert picture.find("{*}title").text and picture.get("role") == "img"


def test_the_guide_shows_each_with_words_for_who_cannot_see_it():
    shown = dict(re.findall(r"!\[([^\]]+)\]\(beelden/([^)]+)\)", GUIDE))
    assert sorted(shown.values()) == DRAWN
    assert all(len(words.split()) > 4 for words in shown)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("check.svg", ["BEKIJK", "9,1 % na 58,2 %", "Genk C7", "--accept"]),
        ("geweigerd.svg", ["cell B8", "'volgt later'", "--answer"]),
        ("werkmap.svg", ["2022", "4001", "61,1%", "verzonnen"]),
    ],
)
def test_they_show_what_the_guide_tells(name, words):
    texts = " ".join(one.text or "" for one in ElementTree.parse(FOLDER / name).getroot().findall(".//{*}text"))
    assert [word for word in words if word not in texts] == []
