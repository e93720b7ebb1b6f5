# SPDX-License-Identifier: EUPL-1.2
"""The Dutch guide is right: every block of it is done as it is printed, from the first day on, in one small clone.

Commands run in bash, each section after the one before. `text` is what the last command told, `yaml` what then stands
in the register, `markdown` and `python` are cells of the notebook. `make` only says what it would do. What a section
asks to do in Excel is done here first, with invented figures.
"""

import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from conftest import Ran, environment, run, small_copy, write_notebook
from typer.testing import CliRunner
from workbooks import ROOT

from genk_armoede import cli

GUIDE = ROOT / "docs/handleiding.md"
TEXT = GUIDE.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NOTEBOOK = "notebooks/11_probeer.ipynb"
NEXT_YEAR = "data/raw/schooltoelagen_2022.xlsx"
FIRST_DAY, NEXT, REFUSED, ANSWER, WAITING, CONFIDENTIAL, CHART, PUBLISH = (
    "De eerste dag", "Het bestand van volgend jaar", "Een bestand dat geweigerd wordt", "Een vraag beantwoorden",
    "Corona en stadsdelen", "Vertrouwelijke aantallen", "Een nieuwe grafiek", "Publiceren",
)  # fmt: skip


def sections(text: str) -> dict[str, list[tuple[str, str]]]:
    """Title → its blocks: their kind and what stands in them."""
    titled = re.split(r"^## (.+)\n", text, flags=re.MULTILINE)[1:]
    return {title: BLOCK.findall(body) for title, body in zip(titled[::2], titled[1::2], strict=True)}


# --- what is done in Excel, with invented figures ---


@contextmanager
def workbook(path: Path) -> Iterator[openpyxl.Workbook]:
    book = openpyxl.load_workbook(path)
    yield book
    book.save(path)


def make_next_year(root: Path) -> None:
    shutil.copy(root / "data/raw/schooltoelagen.xlsx", root / NEXT_YEAR)
    with workbook(root / NEXT_YEAR) as book:
        for name in book.sheetnames[1:]:
            del book[name]
        invented = {"B3": "2022", "B7": 4001, "C7": 0.611, "B8": 3002, "C8": 0.605, "A11": "Bron: verzonnen."}
        for address, value in invented.items():
            book["Genk"][address] = value


def type_words(root: Path) -> None:
    with workbook(root / NEXT_YEAR) as book:
        book["Genk"]["B8"] = "volgt later"


def fill_what_waits(root: Path) -> None:
    with workbook(root / "data/raw/corona.xlsx") as book:
        for row in range(6, 13):
            book["Domeinen"][f"B{row}"] = 124_033 if row > 6 else 868_230 - 6 * 124_033
    with workbook(root / "data/raw/wijken.xlsx") as book:
        page = book["Gebieden"]
        rows = [row for row in range(4, page.max_row + 1) if page[f"C{row}"].value]
        wijken = sorted({page[f"C{row}"].value for row in rows})
        for row in rows:
            page[f"E{row}"] = f"Verzonnen stadsdeel {wijken.index(page[f'C{row}'].value) % 8 + 1}"


def count_people(root: Path) -> None:
    page = openpyxl.load_workbook(root / "data/raw/wijken.xlsx")["Gebieden"]
    wijken = sorted({(code.value, name.value) for code, name in page["C4:D60"] if code.value})
    book = openpyxl.Workbook()
    book.active.append(["Wijkcode", "Wijk", "Periode", "Personen met een leefloon [personen]"])
    for number, (code, name) in enumerate(wijken):
        book.active.append([code, name, "2023", 3 if number < 2 else 40 + number])
    book.active.append(["71016ZZZZ", "In geen wijk", "2023", 12])
    book.save(root / "data/raw/vertrouwelijk/leefloon_2023.xlsx")


IN_EXCEL: dict[str, Callable[[Path], None]] = {
    NEXT: make_next_year,
    REFUSED: type_words,
    WAITING: fill_what_waits,
    CONFIDENTIAL: count_people,
}


# --- the clone ---


def bash(commands: str, folder: Path) -> Ran:
    """Commands as somebody types them who has no settings of their own; stops at the first that fails."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    dry = 'make() { command make --dry-run "$@" >&2; }\n'
    settings = [f"HOME={home}", "GIT_CONFIG_NOSYSTEM=1", "GIT_TERMINAL_PROMPT=0"]
    clone = folder / "genk-armoede"
    path = f"PATH={clone / '.venv/bin'}{os.pathsep}{environment()['PATH']}"
    where = clone if clone.is_dir() else folder
    return run(["env", *settings, path, "bash", "-e", "-c", dry + commands], where)


def at_a_publisher(folder: Path) -> Path:
    """A small repository that can be cloned and pushed to."""
    made = small_copy(folder / "made", "schooltoelagen.xlsx", "corona.xlsx", "wijken.xlsx", "thuistaal.xlsx")
    (made / "data/raw/vertrouwelijk").mkdir()
    for name in (".gitignore", "data/raw/vertrouwelijk/.gitignore", "Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / name, made / name)
    shutil.copytree(ROOT / ".githooks", made / ".githooks")
    write_notebook(made / "notebooks/00_overzicht.ipynb", "# Verzonnen overzicht\n\nVan een klein rapport.")
    who = "git -c user.name=Verzonnen -c user.email=verzonnen@example.org"
    done = bash(
        f"cd made; git init -q -b main; git add -A; {who} commit -q -m Verzonnen; git clone -q --bare . ../shared.git",
        folder,
    )
    assert done.code == 0, done.err
    return folder / "shared.git"


def install(clone: Path) -> None:
    """What `make report` leaves: an environment to activate, with the command of this package in it."""
    (clone / ".venv/bin").mkdir(parents=True)
    (clone / ".venv/bin/activate").touch()
    for name, words in {"genk-armoede": "-m genk_armoede", "python": ""}.items():
        command = clone / ".venv/bin" / name
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
        command.chmod(0o755)


def absent(lines: str, text: str) -> list[str]:
    return [line for line in lines.splitlines() if line.strip() not in text]


def follow(title: str, folder: Path, address: Path) -> None:
    """Do a section as it is printed; what a `text` block shows is what the command before it told, and exit code 1."""
    clone = folder / "genk-armoede"
    IN_EXCEL.get(title, lambda root: None)(clone)
    blocks = sections(TEXT)[title]
    cells = [code.strip() for kind, code in blocks if kind in ("markdown", "python")]
    if cells:
        write_notebook(clone / NOTEBOOK, *cells)
    told = ""
    for number, (kind, code) in enumerate(blocks):
        if kind == "sh":
            done = bash(code.replace("ADRES", str(address)), folder)
            refused = blocks[number + 1 :][:1] and blocks[number + 1][0] == "text"
            assert done.code == (1 if refused else 0), f"{title}:\n{code}\n{done.err}"
            told = done.out.decode() + done.err
            if not (clone / ".venv").exists():
                install(clone)
            look(title, code, clone, told)
        elif kind == "text":
            assert absent(code, told) == []
        elif kind == "yaml":
            assert absent(code, (clone / "data/raw/bronnen.yml").read_text(encoding="utf-8")) == []
        else:
            assert kind in ("markdown", "python"), f"nobody tries a block of kind {kind!r}"


def look(title: str, code: str, clone: Path, told: str) -> None:
    """Whether a command did what the guide says of it."""
    if title == NEXT and "trace" in code:
        assert "61,1 %" in told and "schooltoelagen_2022.xlsx" in told
    if title == WAITING:
        corona = (clone / "data/processed/corona.csv").read_text(encoding="utf-8")
        assert "domein=noodhulp,124033,EUR" in corona
        assert "Verzonnen stadsdeel 8" in (clone / "data/processed/wijken.geojson").read_text(encoding="utf-8")
    if title == CONFIDENTIAL:
        wijken = (clone / "data/processed/wijken.csv").read_text(encoding="utf-8").splitlines()
        counts = [line.split(",") for line in wijken if line.startswith("personen_met_leefloon_per_wijk,")]
        assert len(counts) > 10 and "3" not in {row[5] for row in counts} and "12" in {row[5] for row in counts}
    if title == CHART and "rm " not in code:
        page = (clone / "reports/11_probeer.html").read_text(encoding="utf-8")
        assert "In 2023–2024 sprak" in page
        assert (clone / "figures/11_lijn.svg").is_file() and (clone / "figures/11_steden.svg").is_file()
    if title == CHART and "rm " in code:
        assert not (clone / "reports/11_probeer.html").exists()
    if title == PUBLISH and "push" in code:
        files = bash("git ls-tree -r --name-only origin/main", clone.parent).out.decode()
        assert NEXT_YEAR in files and "leefloon_2023" not in files
    if title == PUBLISH and "zipfile" in code:
        assert (clone.parent / "rapport.zip").stat().st_size > 1000


@pytest.mark.slow
def test_the_guide_is_followed_from_the_first_day_to_a_published_year(tmp_path):
    address = at_a_publisher(tmp_path)
    for title in sections(TEXT):
        follow(title, tmp_path, address)


# --- what else the page says ---


def test_every_section_is_there():
    assert [*sections(TEXT)] == [FIRST_DAY, NEXT, REFUSED, ANSWER, WAITING, CONFIDENTIAL, CHART, PUBLISH]


def test_a_block_that_nobody_tries_is_seen(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules[__name__], "TEXT", "## Iets\n\n```bat\ndir\n```\n")
    with pytest.raises(AssertionError, match="nobody tries"):
        follow("Iets", tmp_path, tmp_path)


def test_what_is_tried_in_a_notebook_takes_three_lines():
    codes = [code for kind, code in sections(TEXT)[CHART] if kind == "python"]
    assert len(codes) == 6
    assert [code for code in codes[1:] if len(code.splitlines()) > 3] == []


def test_the_guide_is_short_and_its_links_lead_somewhere():
    assert len(TEXT.splitlines()) <= 270
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", TEXT) if "://" not in link]
    assert len(links) > 2 and [link for link in links if not (GUIDE.parent / link).exists()] == []


def test_the_command_line_leads_to_the_guide():
    told = CliRunner().invoke(cli.app, ["--help"]).output
    assert "docs/handleiding.md" in told
