# SPDX-License-Identifier: EUPL-1.2
"""CONTRIBUTING is right: each recipe is done as it is printed, in a small copy of the repository, and works.

A recipe is a section. Its blocks go into the file that was named last before them, a line of style at the end of one
that is there; `In FILE put NEW before every OLD` and `put the line NEW after OLD` are done; commands are run.
Figures in the workbooks are invented.
"""

import importlib
import inspect
import json
import re
import runpy
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from conftest import Ran, copy_of, run, small_copy
from workbooks import ROOT, save

from genk_armoede.report import pages

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"In `(?P<file>[^`]+)`"
    r"|put\s+`(?P<new>[^`]+)`\s+before\s+every\s+`(?P<before>[^`]+)`"
    r"|put\s+the\s+line\s+`(?P<line>[^`]+)`\s+after\s+`(?P<after>[^`]+)`"
    r"|`(?P<named>[^`\n]+/[^`\n]+)`"
    r"|^(?P<indent> *)```(?P<kind>\w+)\n(?P<code>.*?)^ *```",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)
LAYOUT, DATASET, CHART = "A layout", "A dataset", "A kind of chart"
NOTEBOOK, STYLE = "A notebook", "How pages look"


@dataclass
class Step:
    """What a section says to do: `put` into a file, `write` it, give it a `cell`, `add` to its end, or `run`."""

    do: str
    file: str = ""
    new: str = ""
    old: str = ""  # what makes room for the new; of a cell, its kind


@dataclass
class Copy:
    """A copy of the repository, with its own package, in which recipes are done."""

    root: Path

    def run(self, *arguments: object) -> Ran:
        """Python with the package of the copy."""
        return run(["env", f"PYTHONPATH={self.root / 'src'}", sys.executable, *arguments], self.root)

    def genk(self, *arguments: object) -> Ran:
        return self.run("-m", "genk_armoede", *arguments)

    def do(self, step: Step) -> Ran | None:
        if step.do == "run":
            return self.genk(*shlex.split(step.new)[1:])
        path = self.root / step.file
        if step.do == "write":
            assert not path.exists(), f"{step.file} is there already"
            path.write_text(step.new, encoding="utf-8")
        elif step.do == "cell":
            book = nbformat.read(path, as_version=4) if path.exists() else nbformat.v4.new_notebook()
            make = nbformat.v4.new_markdown_cell if step.old == "markdown" else nbformat.v4.new_code_cell
            book.cells.append(make(step.new.rstrip("\n")))
            nbformat.write(book, path)
        elif step.do == "add":
            path.write_text(path.read_text(encoding="utf-8") + step.new, encoding="utf-8")
        else:
            text = path.read_text(encoding="utf-8")
            assert step.old in text, f"{step.file} has no {step.old}"
            path.write_text(text.replace(step.old, step.new), encoding="utf-8")
        return None


def section(title: str) -> str:
    return re.search(rf"^## {re.escape(title)}\n(.*?)(?=\n\n## |\Z)", TEXT, re.DOTALL | re.MULTILINE).group(1)


def steps(title: str) -> Iterator[Step]:
    """What the section says, in its order."""
    file = ""
    for found in STEP.finditer(section(title)):
        file = found["file"] or found["named"] or file
        if found["new"]:
            yield Step("put", file, found["new"] + found["before"], found["before"])
        elif found["line"]:
            yield Step("put", file, f"{found['after']}\n{found['line']}", found["after"])
        elif found["kind"] == "sh":
            yield from (Step("run", new=command) for command in found["code"].strip().splitlines())
        elif found["kind"]:
            do = {".ipynb": "cell", ".css": "add"}.get(Path(file).suffix, "write")
            yield Step(do, file, found["code"], found["kind"])


@pytest.fixture
def small(tmp_path) -> Callable[..., Copy]:
    def make(*workbooks: str) -> Copy:
        root = small_copy(tmp_path / "copy", *workbooks)
        shutil.copytree(ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", root)
        return Copy(root)

    return make


def follow(copy: Copy, title: str, *, without: str = "") -> list[Ran]:
    """Do all that a section says but the steps in files of a name, and give what its commands did."""
    todo = [step for step in steps(title) if not without or Path(step.file).name != without]
    return [ran for ran in map(copy.do, todo) if ran]


def ruffled(copy: Copy) -> str:
    """What ruff finds in the blocks as they are printed, and in the rest of the copy once it has mended what it can."""
    blocks = [step.file for title in (LAYOUT, DATASET, CHART) for step in steps(title) if step.do == "write"]
    there = [path for path in blocks if (copy.root / path).exists()]
    assert there
    tried = ["check", "--no-cache", *there], ["format", "--check", *there], ["format", "src"], ["check", "--fix", "src"]
    told = [copy.run("-m", "ruff", *arguments) for arguments in tried]
    return "".join(ran.out.decode() + ran.err for ran in told if ran.code)


# --- the recipes ---


def list_of_shares(copy: Copy, rows: list[list[object]], **how: object) -> Path:
    return save(copy.root / "lijst.xlsx", rows, **how)


def test_a_layout(small):
    copy = small()
    list_of_shares(copy, [["Verzonnen aandeel"], ["Genk 2021", 0.125], ["Bedacht 2020", "x"]], formats={"B2": "0.0%"})
    (ran,) = follow(copy, LAYOUT)
    assert ran.code == 0, ran.err
    assert "name_and_year" in ran.err
    assert [line.split(",")[:8] for line in ran.out.decode().splitlines()[1:]] == [
        ["Verzonnen aandeel", "", "Bedacht", "2020", "", "", "%", "c"],
        ["Verzonnen aandeel", "71016", "Genk", "2021", "", "12.5", "%", ""],
    ]
    assert ruffled(copy) == ""

    list_of_shares(copy, [["Verzonnen aandeel"], ["Genk 2021"]])
    refused = copy.genk("tidy", "lijst.xlsx")
    assert refused.code == 1 and "no share beside a name" in refused.err and "B2" in refused.err


def food(copy: Copy, everyone: int, new: int) -> None:
    header = ["Gebied", "Jaar", "Personen met voedselbedeling", "Personen voor het eerst"]
    save(copy.root / "data/raw/voedselbedeling.xlsx", [header, ["Genk", 2021, everyone, new]])


def test_a_dataset(small):
    copy = small("wijken.xlsx")
    food(copy, 300, 20)
    *_, cleaned = follow(copy, DATASET)
    assert cleaned.code == 0, cleaned.err
    assert ruffled(copy) == ""
    table = (copy.root / "data/processed/voedselbedeling.csv").read_text(encoding="utf-8")
    assert "personen_voor_het_eerst_met_voedselbedeling,71016,Genk,2021,,20,personen,,voedselbedeling.xlsx" in table
    assert "Voedselbedeling" in (copy.root / "data/processed/codeboek.md").read_text(encoding="utf-8")

    food(copy, 20, 300)
    refused = copy.genk("register", "data/raw/voedselbedeling.xlsx")
    assert refused.code == 1 and "more than all of them, in cell C2" in refused.err


def test_a_dataset_needs_its_place_in_the_policy(small):
    copy = small("wijken.xlsx")
    food(copy, 300, 20)
    *_, cleaned = follow(copy, DATASET, without="disclosure.yml")
    assert cleaned.code == 1 and "disclosure.yml does not say" in cleaned.err


DRAW = """
import genk_armoede as ga

shares = ga.pick(ga.load("schooltoelagen"), "aandeel_leerlingen_met_schooltoelage", area="Genk")
print(ga.squares(ga.latest(shares), "onderwijsniveau", "99_vakjes", "Schooltoelagen"))
"""


def test_a_kind_of_chart(small):
    copy = small()
    copy_of(ROOT, copy.root / "desk", "data")
    follow(copy, CHART)
    (copy.root / "draw.py").write_text(DRAW, encoding="utf-8")
    drawn = run(["env", f"PYTHONPATH={copy.root / 'src'}", sys.executable, copy.root / "draw.py"], copy.root / "desk")
    assert drawn.code == 0, drawn.err
    assert "Honderd vakjes" in drawn.out.decode() and "Bron: Stad Genk" in drawn.out.decode()
    picture = (copy.root / "desk/figures/99_vakjes.svg").read_text(encoding="utf-8")
    assert picture.count("fill: #12436d") > 100
    assert ruffled(copy) == ""


def test_a_notebook_and_a_line_of_style(small):
    copy = small("schooltoelagen.xlsx")
    (built,) = follow(copy, NOTEBOOK)
    assert built.code == 0, built.err
    (path,) = (copy.root / "notebooks").glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8")) | {"name": path.stem}
    for name, rule in rules().items():
        if name != "test_links_lead_to_notebooks_that_are_there":
            rule(notebook)
    page = (copy.root / f"reports/{path.stem}.html").read_text(encoding="utf-8")
    assert "In het basisonderwijs krijgt" in page and (copy.root / f"figures/{path.stem}.svg").is_file()

    style, again = [*steps(STYLE)]
    copy.do(style)
    told = copy.do(Step("run", new=f"{again.new} --explain")).err
    assert f"… {path.stem}: unchanged" in told and f"… {path.stem}.html: changed" in told
    line = pages.tight(style.new.strip())
    assert line not in page and line in (copy.root / f"reports/{path.stem}.html").read_text(encoding="utf-8")


def rules() -> dict[str, Callable[[dict], None]]:
    """The tests that every notebook must pass."""
    file = ROOT / "tests/report/test_notebooks.py"
    tests = {name: test for name, test in runpy.run_path(str(file)).items() if name.startswith("test_")}
    return {name: test for name, test in tests.items() if [*inspect.signature(test).parameters] == ["notebook"]}


def test_there_are_rules_for_notebooks():
    assert len(rules()) > 8


# --- what else the page says ---


def walks() -> list[str]:
    return [name for title in ("How a cell reaches a sentence", "How `build` runs") for name in dotted(section(title))]


def dotted(text: str) -> list[str]:
    return re.findall(r"`([a-z_]+(?:\.\w+)+)`", text)


def found(name: str) -> object:
    """What a dotted name in the package means. Raises `ImportError` or `AttributeError` when it means nothing."""
    first, *rest = name.split(".")
    thing = importlib.import_module(f"genk_armoede.{first}")
    for part in rest:
        module = f"{thing.__name__}.{part}" if hasattr(thing, "__path__") else ""
        is_module = module and importlib.util.find_spec(module)
        thing = importlib.import_module(module) if is_module else getattr(thing, part)
    return thing


def test_a_walk_names_what_is_there():
    assert len(walks()) > 25
    for name in walks():
        assert found(name) is not None


@pytest.mark.parametrize("name", ["tables.reports", "layouts.shape.Reading.observed", "sources.load"])
def test_a_name_that_is_not_there_is_seen(name):
    with pytest.raises((ImportError, AttributeError)):
        found(name)


@pytest.mark.parametrize("title", ["How a cell reaches a sentence", "How `build` runs"])
def test_a_walk_has_ten_steps(title):
    assert re.findall(r"^(\d+)\. ", section(title), re.MULTILINE) == [str(number) for number in range(1, 11)]


def test_files_that_the_page_names_are_there():
    made = {step.file for title in (LAYOUT, DATASET, CHART, NOTEBOOK) for step in steps(title) if step.do != "put"}
    made |= {"data/raw/voedselbedeling.xlsx", "figures/NAME.svg"}
    names = {*re.findall(r"`((?:src|tests|data|notebooks|figures|findings)/[^`\s]*)`", TEXT)} - made
    assert sorted(name for name in names if not (ROOT / name).exists()) == []
    folders = {*re.findall(r"`((?:layouts|tables|narration|report)/[^`\s]*)`", TEXT)}
    assert sorted(name for name in folders if not [*(ROOT / "src/genk_armoede").glob(name)]) == []
    assert len(names) > 10 and len(folders) > 4
