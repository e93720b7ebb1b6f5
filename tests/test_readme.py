# SPDX-License-Identifier: EUPL-1.2
"""README names what is there: folders, wings in the order of the contract, pages of `docs/`, commands and targets."""

import re
import tomllib
from pathlib import Path

import pytest
from conftest import ROOT

from genk_armoede import cli

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "src/genk_armoede"


def unlinked(text: str, pages: list[str]) -> list[str]:
    """Pages that no link of the text leads to."""
    linked = {link.removeprefix("./") for link in re.findall(r"\]\(([^)#\s]+)", text)}
    return [page for page in pages if page not in linked]


def test_every_page_of_docs_is_linked():
    pages = [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / "docs").rglob("*.md"))]
    assert unlinked(TEXT, pages) == []


def test_a_page_without_a_link_is_seen():
    text = "[one](docs/one.md) and [two](./docs/two.md#part), `docs/three.md`"
    assert unlinked(text, ["docs/one.md", "docs/two.md", "docs/three.md"]) == ["docs/three.md"]


def test_links_lead_to_files_that_are_there():
    local = [link for link in re.findall(r"\]\(([^)#\s]+)", TEXT) if "://" not in link]
    assert local and [link for link in local if not (ROOT / link).exists()] == []


def test_the_wings_stand_in_the_order_of_the_contract():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    layers = [wing for layer in contract["layers"] for wing in layer.split(" | ")]
    wings = [wing for wing in layers if (PACKAGE / wing).is_dir() and wing != "cli"]  # the door is no wing
    told = re.findall(r"^\| `[├└] (\w+)/`", TEXT, re.MULTILINE)
    assert sorted(told) == sorted(wings) and len(told) == 7
    below = {wing: number for number, layer in enumerate(contract["layers"]) for wing in layer.split(" | ")}
    assert [below[wing] for wing in told] == sorted(below[wing] for wing in told)


def test_the_folders_of_the_table_are_there():
    made_by_a_build = {"reports/"}
    folders = re.findall(r"^\| `(\w[\w/]*/)`", TEXT, re.MULTILINE)
    assert len(folders) > 6
    assert [name for name in folders if not (ROOT / name).is_dir() and name not in made_by_a_build] == []


def commands(text: str) -> set[str]:
    return {*re.findall(r"(?:^|`)genk-armoede (\w+)", text, re.MULTILINE)}


def test_every_command_is_told_and_no_other():
    known = {command.name or command.callback.__name__ for command in cli.app.registered_commands}
    assert commands(TEXT) == known


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_targets_of_make_are_there(page):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = {*re.findall(r"(?:^|`)make (\w+)", Path(ROOT / page).read_text(encoding="utf-8"), re.MULTILINE)}
    assert named and [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []
