# SPDX-License-Identifier: EUPL-1.2
"""A build does again exactly what depends on a change, and warm kernels give what cold ones give."""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import nbformat
import pytest
from conftest import ROOT, Ran, environment, files, fill, inside, run, small_copy, well, write_notebook

from genk_armoede.report import kernels, needs, steps
from genk_armoede.tables import repository

MONEY = "01_geld"  # invented notebooks: one reads the spending on corona, the other where children grow up in poverty
PLACES = "02_plaats"
REMEMBERED = [one for one in vars(steps).values() if hasattr(one, "cache_clear")]
EVERYTHING = {"tables", MONEY, PLACES, "audit", f"{MONEY}.html", f"{PLACES}.html", "pages"}


def build(root: Path, *options: str) -> Ran:
    """A build by this process, that looks for its own code in the repository that it builds."""
    source = root / "src"
    with patch.object(steps, "PACKAGE", source / "genk_armoede"), patch.object(sys, "path", [str(source), *sys.path]):
        for known in REMEMBERED:
            known.cache_clear()
        try:
            return inside("build", *options, cwd=root)
        finally:
            for known in REMEMBERED:
                known.cache_clear()


def done(root: Path, *options: str) -> set[str]:
    """The steps that a build does."""
    ran = well(build(root, "--explain", *options))
    told = dict(re.findall(r"^… ([\w.]+): (.*)$", ran.err, re.MULTILINE))
    assert told.keys() == EVERYTHING
    return {name for name, why in told.items() if why != "unchanged"}


@pytest.fixture(scope="module")
def kept(once) -> Path:
    """A repository with two short notebooks, built, and the package that built it."""

    def make(folder: Path) -> None:
        small_copy(folder, "corona.xlsx", "kansarmoede.xlsx")
        shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__"))
        say = "ga.say('{een}', een=ga.figure(money, 'corona_uitgaven'))"
        code = "import genk_armoede as ga", "money = ga.load('corona')", say
        write_notebook(folder / f"notebooks/{MONEY}.ipynb", "# Geld", *code)
        code = "import genk_armoede as ga", "places = ga.load('kansarmoede')", "len(places)"
        write_notebook(folder / f"notebooks/{PLACES}.ipynb", "# Plaats", *code)
        well(run(["env", f"PYTHONPATH={folder / 'src'}", sys.executable, "-m", "genk_armoede", "build"], folder))

    return once("steps", make)


@pytest.fixture
def copy(kept, tmp_path) -> Path:
    return shutil.copytree(kept, tmp_path / "copy")


def add(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def touch(root: Path) -> None:
    for path in root.rglob("*"):
        os.utime(path, (1, 1)) if path.is_file() else None


def title_of_places(root: Path) -> None:
    register = root / "data/raw/bronnen.yml"
    text = register.read_text(encoding="utf-8")
    start = text.index("kansarmoede.xlsx:")
    register.write_text(text[:start] + text[start:].replace("licence:", "licence: Verzonnen #", 1), encoding="utf-8")


CHANGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "nothing": (lambda root: None, set()),
    "dates of files": (touch, set()),
    "a comment in the register": (lambda root: add(root / "data/raw/bronnen.yml", "# invented\n"), {"tables"}),
    "a comment in the policy": (lambda root: add(root / "disclosure.yml", "# invented\n"), {"tables", "audit"}),
    "a file that nobody registered": (lambda root: (root / "data/raw/new.csv").write_text("a"), {"tables"}),
    "a figure": (
        lambda root: fill(root, "corona.xlsx", "Domeinen", {"B13": 868231}),
        {"tables", MONEY, "audit", f"{MONEY}.html", "pages"},
    ),
    "what is said of a source": (title_of_places, {"tables", PLACES, "audit", f"{PLACES}.html", "pages"}),
    "words between the code": (
        lambda root: change(root / f"notebooks/{MONEY}.ipynb", "# Geld", "# Veel geld"),
        {"audit", f"{MONEY}.html", "pages"},
    ),
    "code of a notebook": (
        lambda root: change(root / f"notebooks/{PLACES}.ipynb", "len(places)", "len(places) + 1"),
        {PLACES, "audit", f"{PLACES}.html", "pages"},
    ),
    "code that reads spreadsheets": (
        lambda root: add(root / "src/genk_armoede/layouts/swing.py", "# invented\n"),
        {"tables", "audit"},  # which looks for registered files that it does not see
    ),
    "code that draws": (
        lambda root: add(root / "src/genk_armoede/narration/charts/rows.py", "# invented\n"),
        {MONEY, PLACES},
    ),
    "style of charts": (
        lambda root: add(root / "src/genk_armoede/narration/charts/genk.mplstyle", "# x\n"),
        {MONEY, PLACES},
    ),
    "code that attacks": (lambda root: add(root / "src/genk_armoede/protection/audit.py", "# invented\n"), {"audit"}),
    "style of pages": (
        lambda root: add(root / "src/genk_armoede/report/templates/style.css", "/* invented */\n"),
        {f"{MONEY}.html", f"{PLACES}.html", "pages"},
    ),
    "a library": (lambda root: (root / "src/invented-1.0.dist-info").mkdir(), EVERYTHING),
    "what was kept of a run": (
        lambda root: os.truncate(root / f".build/steps/{MONEY}.zip", 99),
        {MONEY},
    ),
    "what was kept of everything": (lambda root: shutil.rmtree(root / ".build"), EVERYTHING),
    "what was put in place": (lambda root: shutil.rmtree(root / "reports"), set()),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_only_what_depends_on_a_change_is_done_again(copy, what):
    make, expected = CHANGES[what]
    make(copy)
    assert done(copy) == expected
    before = files(copy)
    assert done(copy) == set()
    assert files(copy) == before
    assert (copy / "reports/index.html").is_file()


def test_everything_is_done_when_asked(copy):
    before = files(copy)
    assert done(copy, "--force") == EVERYTHING
    assert files(copy) == before


def test_what_is_built_after_a_change_is_what_is_built_from_nothing(copy):
    fill(copy, "corona.xlsx", "Domeinen", {"B13": 868231})  # invented
    change(copy / f"notebooks/{PLACES}.ipynb", "# Plaats", "# Plaatsen")
    build(copy)
    made = files(copy)
    shutil.rmtree(copy / ".build")
    build(copy)
    assert files(copy) == made and "868.231" in made[f"reports/{MONEY}.html"].decode()


def test_two_notebooks_may_not_draw_the_same_picture(copy):
    code = "from pathlib import Path; Path('figures/same.svg').write_text('<svg/>')"
    write_notebook(copy / "notebooks/03_een.ipynb", "# Een", code)
    write_notebook(copy / "notebooks/04_twee.ipynb", "# Twee", code)
    ran = build(copy)
    assert ran.code == 1 and "04_twee.ipynb" in ran.err and "03_een.ipynb draws figures/same.svg too" in ran.err


# --- what a step depends on ---


def test_code_is_followed_through_imports():
    charts, tables = steps.code("narration.charts.rows").keys(), steps.code("tables.datapackage").keys()
    readers = {"code layouts/swing.py", "code tables/datasets/wijken.py"}
    assert {f"code narration/{name}" for name in ("prose.py", "charts/canvas.py", "charts/genk.mplstyle")} <= charts
    assert not {"code report/pages.py", *readers} & charts
    assert {"code protection/protect.py", *readers} <= tables
    assert "code report/templates/page.js" in steps.code("report.pages", "report.templates")


def test_the_code_that_a_step_depends_on_is_there():
    for name in (*needs.NARRATION, *needs.PAGES):
        path = steps.PACKAGE / name.replace(".", "/")
        assert path.is_dir() or path.with_suffix(".py").is_file(), name


def test_a_step_that_fails_is_not_remembered(tmp_path):
    kept = steps.Steps(tmp_path, lambda name, why: None)
    with pytest.raises(ZeroDivisionError):
        kept.run("one", {"a": "1"}, lambda: {"x": bytes(1 // 0)})
    assert kept.why("one", {"a": "1"}) == "it was not done before"


def test_a_need_that_is_gone_or_new_is_a_change(tmp_path):
    kept = steps.Steps(tmp_path, lambda name, why: None)
    kept.run("one", {"a": "1"}, lambda: {"x": b"made"})
    assert kept.why("one", {"a": "1"}) == ""
    assert kept.why("one", {"a": "1", "b": "2"}) == "changed: b"
    assert kept.why("one", {}) == "changed: a"
    assert kept.run("one", {"a": "1"}, lambda: {}) == {"x": b"made"}


def test_what_a_run_read_is_a_need(tmp_path):
    kept = steps.Steps(tmp_path, lambda name, why: None)
    kept.keep("one", {}, {}, read={"table": "1"})
    assert kept.why("one", {}, {"table": "1"}.get) == ""
    assert kept.why("one", {}, {"table": "2"}.get) == "changed: table"


# --- kernels ---


NOISY = (
    "# Verzonnen",
    "import genk_armoede as ga, pandas as pd, matplotlib.pyplot as plt, sys, os, random",
    "print(sorted(n for n in globals() if not n.startswith('_')), __name__, os.path.basename(os.getcwd())[:6])",
    "random.seed(1); print(random.random(), pd.options.display.max_rows, plt.get_backend())",
    "fig, ax = plt.subplots(); ax.plot([1, 2]); print(fig.number, len(plt.get_fignums()))",
    "print('to stderr', file=sys.stderr); pd.DataFrame({'a': [1]})",
    "ga.load('corona').head(2)",
    "print('een', flush=True); print('fout', file=sys.stderr, flush=True); print('twee', flush=True)",
)


@pytest.fixture(scope="module")
def books(kept, tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("kernels")
    shutil.copytree(kept / "data", folder / "data")
    made = [folder / f"{name}.ipynb" for name in "abc"]
    for path, more in zip(
        made, ("x = 1", "plt.rcParams['font.size'] = 30; import decimal", "'x' in globals()"), strict=True
    ):
        write_notebook(path, *NOISY, more)
    return made


def outputs(path: Path, **how: bool) -> tuple[list, list[str]]:
    book, opened = kernels.run(path, path.parent, {repository.ROOT: str(path.parent)}, **how)
    return [(cell.get("execution_count"), cell.get("outputs")) for cell in book.cells], opened


def test_a_warm_kernel_gives_what_a_cold_one_gives_in_any_order(books, monkeypatch):
    for name in [*environment().keys() ^ os.environ.keys()]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MPLBACKEND", kernels.BACKEND)
    cold = {path: outputs(path, warm=False) for path in books}
    kernels.warm_up()
    assert {path: outputs(path) for path in reversed(books)} == cold
    assert {path: outputs(path) for path in books} == cold
    *_, pieces, last = (made for _, made in cold[books[2]][0])
    assert [(one["name"], one["text"]) for one in pieces] == [("stdout", "een\ntwee\n"), ("stderr", "fout\n")]
    assert last[0]["data"]["text/plain"] == "False"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a kernel listens on ports")
def test_kernels_share_no_ports(books, monkeypatch):
    """Whoever chooses a port before it is used may find it taken."""
    from jupyter_client.provisioning.local_provisioner import LocalPortCache

    monkeypatch.setattr(LocalPortCache, "find_available_port", lambda cache, ip: pytest.fail("a port was chosen"))
    assert outputs(books[0])[0][-1][0]


def test_a_kernel_that_does_not_start_is_told(books, monkeypatch):
    def refused(*given: object) -> None:
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr("nbclient.NotebookClient.execute", lambda *given, **how: refused())
    with pytest.raises(kernels.Stopped, match="died before replying"):
        outputs(books[0])


def test_a_kernel_tells_which_files_were_read(books):
    _, opened = outputs(books[0])
    assert opened == ["data/processed/corona.csv"]


def test_a_read_file_that_is_no_table_is_a_need(copy):
    (copy / "notebooks/extra.txt").write_text("een", encoding="utf-8")
    code = "from pathlib import Path; Path('data/processed/wijken.geojson').read_text()[:1]"
    change(copy / f"notebooks/{MONEY}.ipynb", "import genk_armoede as ga", f"import genk_armoede as ga; {code}")
    build(copy)
    about = steps.Steps(copy, lambda name, why: None).read(MONEY)
    assert sorted(about) == [
        "data/processed/corona.csv", "data/processed/wijken.geojson", "description of corona",
    ]  # fmt: skip


def test_outputs_are_fit_for_a_notebook(kept):
    for path in (kept / "notebooks").glob("*.ipynb"):
        nbformat.validate(nbformat.read(path, as_version=4))
        assert json.loads(path.read_bytes())["metadata"]["kernelspec"]["name"] == "python3"
