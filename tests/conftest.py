# SPDX-License-Identifier: EUPL-1.2
"""What the tests share: the repository, copies of it to change, one built copy, and the command line."""

import contextlib
import gc
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import hostile
import nbformat
import openpyxl
import pytest
from filelock import FileLock

from genk_armoede import cli
from genk_armoede.narration.prose import MIME
from genk_armoede.report import kernels, rebuild
from genk_armoede.tables import register

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT.parent / "shared" / "voorbeelden"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: bytes
    err: str


def environment() -> dict[str, str]:
    """The caller's, without what pytest and its workers put in it."""
    ours = ("PYTEST", "GENK_ARMOEDE_ROOT", "COLUMNS", "FORCE_COLOR")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return kept | {"PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "120"}


def well(ran: Ran) -> Ran:
    """What a command did that must not fail."""
    assert ran.code == 0, ran.err
    return ran


def run(command: list[object], cwd: Path) -> Ran:
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=environment(), capture_output=True, timeout=900)
    return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8"))


def git(root: Path, *command: str) -> str:
    """What git answers in a folder, as somebody invented."""
    name = ("-c", "user.name=Verzonnen", "-c", "user.email=verzonnen@example.org", "-c", "commit.gpgsign=false")
    return well(run(["git", *name, *command], root)).out.decode().strip()


def commit(root: Path) -> str:
    """Commit all that lies in a folder; gives which commit that is."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Verzonnen")
    return git(root, "rev-parse", "HEAD")


def genk(*arguments: object, cwd: Path) -> Ran:
    """`python -m genk_armoede ARGUMENTS` in a folder."""
    return run([sys.executable, "-m", "genk_armoede", *arguments], cwd)


def inside(*arguments: object, cwd: Path) -> Ran:
    """The same inside this process, which spares the seconds that it takes to start and to load kernels warm."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in "12"]
    with (
        contextlib.chdir(cwd),
        patch.dict(os.environ, environment() | {"GENK_ARMOEDE_ROOT": str(cwd)}, clear=True),
        patch.object(sys, "argv", ["genk-armoede", *map(str, arguments)]),
        patch.object(sys, "stdout", streams[0]),
        patch.object(sys, "stderr", streams[1]),
        patch.object(kernels, "_stopped", threading.Event()),  # a build that failed before starts no kernel
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore", ResourceWarning)  # nbclient leaves event loops to the end of the process
        try:
            cli.main()
        except SystemExit as done:
            code = done.code
        if "build" in arguments:
            gc.collect()
    out, err = (stream.buffer.getvalue() for stream in streams)
    return Ran(code, out, err.decode("utf-8"))


def files(root: Path) -> dict[str, bytes]:
    """Every file under a folder with its bytes, but those that builds keep for themselves."""
    found = (p for p in sorted(root.rglob("*")) if p.is_file() and p.relative_to(root).parts[0] != ".build")
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


@contextlib.contextmanager
def registered_again(root: Path, file: str) -> Iterator[Path]:
    """A raw file of a copy to change, whose new checksum goes in the register."""
    path, listed = root / "data/raw" / file, root / "data/raw/bronnen.yml"
    before, text = sha256(path.read_bytes()).hexdigest(), listed.read_text(encoding="utf-8")
    assert before in text
    yield path
    listed.write_text(text.replace(before, sha256(path.read_bytes()).hexdigest()), encoding="utf-8", newline="\n")


def fill(root: Path, file: str, sheet: str, cells: dict[str, object]) -> None:
    """Put invented values in a raw workbook of a copy, and its new checksum in the register."""
    with registered_again(root, file) as path:
        book = openpyxl.load_workbook(path)
        for address, value in cells.items():
            cell = book[sheet][address]
            cell.value = value
            cell.data_type = "s" if str(value).startswith("=") else cell.data_type  # words, as with an apostrophe
        book.save(path)


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook that was never run: a cell that begins with `#` and a blank is markdown, the others are code."""
    fresh = {"execution_count": None, "outputs": []}
    made = [
        {"id": f"c{i}", "metadata": {}, "source": text}
        | ({"cell_type": "markdown"} if text.startswith("# ") else {"cell_type": "code", **fresh})
        for i, text in enumerate(cells)
    ]
    book = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(book), encoding="utf-8")


def shown_by(notebook: Path) -> list[dict]:
    """What a notebook shows, as data."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    given = [output.get("data", {}) for cell in cells for output in cell.get("outputs", [])]
    return [data[MIME] for data in given if MIME in data]


def copy_of(source: Path, target: Path, *folders: str) -> Path:
    for folder in folders or ("data", "notebooks", "figures"):
        shutil.copytree(source / folder, target / folder, ignore=shutil.ignore_patterns("vertrouwelijk"))
    shutil.copy(source / "disclosure.yml", target)
    return target


def small_copy(target: Path, *names: str) -> Path:
    """A repository with only these raw workbooks and no notebook, so that a build of it is quick."""
    (target / "data/raw").mkdir(parents=True)
    (target / "notebooks").mkdir()
    shutil.copy(ROOT / "disclosure.yml", target)
    for name in names:
        shutil.copy(ROOT / "data/raw" / name, target / "data/raw")
    sources_of = re.split(r"(?m)^(?=\S+:)", (ROOT / "data/raw/bronnen.yml").read_text(encoding="utf-8"))
    kept = (text for text in sources_of if text.partition(":")[0] in names)
    (target / "data/raw/bronnen.yml").write_text("".join(kept), encoding="utf-8", newline="\n")
    return target


def pytest_collection_modifyitems(items):
    """What needs a built copy is slow: `pytest -m "not slow"` leaves it out."""
    for item in items:
        if {"built", "invented", "confidential"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def once(request, tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """A folder that is made once, however many workers ask for it; whoever asks leaves it as it is."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if hasattr(request.config, "workerinput") else base

    def made(name: str, make: Callable[[Path], None]) -> Path:
        folder, ready = base / name, base / f"{name}.ready"
        with FileLock(base / f"{name}.lock"):  # let go of by the system when a worker dies
            if not ready.exists():
                assert not folder.exists(), f"{name} could not be made: see the other failures"
                folder.mkdir()
                make(folder)
                ready.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def built(once) -> Path:
    """A copy of the repository, built from its public files and notebooks without outputs."""

    def make(folder: Path) -> None:
        rebuild.public_copy(ROOT, folder)
        well(genk("build", cwd=folder))

    return once("built", make)


@pytest.fixture(scope="session")
def printed(once) -> Path:
    """A folder with the pages of the committed notebooks and figures, made without running anything."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GENK_ARMOEDE_ROOT", str(ROOT))
            notebooks = {
                path.stem: nbformat.read(path, as_version=4) for path in sorted(ROOT.glob("notebooks/*.ipynb"))
            }
            images = {path.relative_to(ROOT): path.read_bytes() for path in ROOT.glob("figures/*.svg")}
            for name, page in hostile.pages_of(
                notebooks, images, [*register.load_register(ROOT), *register.area_lists()], []
            ).items():
                (folder / name).write_text(page, encoding="utf-8")

    return once("printed", make)


@pytest.fixture(scope="session")
def made(printed) -> dict[str, str]:
    """Those pages by name."""
    return {path.name: path.read_text(encoding="utf-8") for path in printed.glob("*.html")}


@pytest.fixture
def repository(tmp_path) -> Path:
    """A copy of the repository as it is committed, to change."""
    return copy_of(ROOT, tmp_path / "repository")


@pytest.fixture
def here(repository, monkeypatch) -> Path:
    """A copy of the repository that the package itself works in, inside this process."""
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(repository))
    return repository


@pytest.fixture
def genk_here() -> Callable[..., Ran]:
    """`inside`, as most tests know it."""
    return inside


@pytest.fixture(scope="session")
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip("the folder of sample spreadsheets is not here")
    return SAMPLES


@pytest.fixture(scope="session")
def chromium():
    """One browser for all tests of a process: a second would not start beside it."""
    from genk_armoede.report import browser

    path = browser.find()
    required = os.environ.get("GENK_ARMOEDE_BROWSER") == "required"
    if not path:
        (pytest.fail if required else pytest.skip)("no browser of the Chromium family is installed")
    if not required:
        pytest.importorskip("playwright.sync_api")
        pytest.importorskip("axe_playwright_python")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        running = tools.chromium.launch(executable_path=path, chromium_sandbox=os.geteuid() != 0)
        yield running
        running.close()
