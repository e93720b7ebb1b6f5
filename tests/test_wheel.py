# SPDX-License-Identifier: EUPL-1.2
"""The package works where there is no repository: its wheel, in an environment of its own, in an unrelated folder."""

import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, Ran, environment
from workbooks import change, save

pytestmark = pytest.mark.slow
ROWS = [["Gemeente", "2030", "2031"], *([f"Verzonnen {i}", 100 + i, 103 + i] for i in range(6))]


@pytest.fixture(scope="module")
def installed(once) -> Path:
    """The command of the installed wheel. Libraries are those of this environment, the package is not."""
    pytest.importorskip("hatchling")  # which conda does not install

    def make(folder: Path) -> None:
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        subprocess.run(
            [*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, ROOT], check=True
        )
        (wheel,) = folder.glob("*.whl")
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
        python = folder / "env/bin/python"
        subprocess.run([*pip, f"--python={python}", "install", "--no-deps", "--no-index", wheel], check=True)
        (site,) = (folder / "env/lib").glob("python*/site-packages")
        # As a folder to look in only: the files there that say where this package lies do not count.
        (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")

    return once("wheel", make)


@pytest.fixture
def genk(installed, tmp_path):
    """A command in an unrelated folder, by somebody without settings."""
    (tmp_path / "thuis").mkdir()

    def ran(*arguments: object) -> Ran:
        command = [installed / "env/bin/genk-armoede", *arguments]
        given = environment() | {"HOME": str(tmp_path / "thuis")}
        done = subprocess.run(list(map(str, command)), cwd=tmp_path, env=given, capture_output=True, timeout=300)
        return Ran(done.returncode, done.stdout, done.stderr.decode("utf-8"))

    return ran


def test_the_wheel_holds_the_package_and_what_it_reads(installed):
    (wheel,) = installed.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    tracked = subprocess.run(["git", "ls-files", "src"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    if not tracked:
        pytest.skip("this is no clone")
    assert {name.removeprefix("src/") for name in tracked} <= held


def test_it_is_the_wheel_that_runs(installed):
    python = installed / "env/bin/python"
    told = subprocess.run(
        [python, "-c", "import genk_armoede; print(genk_armoede.__file__)"],
        cwd=installed,
        capture_output=True,
        text=True,
    )
    assert Path(told.stdout.strip()).is_relative_to(installed / "env")


def test_outside_a_repository_a_file_is_read_shown_and_held_against_another(genk, tmp_path):
    save(tmp_path / "oud.xlsx", ROWS)
    save(tmp_path / "nieuw.xlsx", change(ROWS, "C2", 9999))
    read = genk("tidy", "oud.xlsx")
    assert read.code == 0 and b"Verzonnen 5,2031,,108" in read.out
    shown = genk("tidy", "oud.xlsx", "--show")
    assert shown.code == 0 and "Verzonnen 5" in (tmp_path / "oud.xlsx.html").read_text(encoding="utf-8")
    assert genk("check", "oud.xlsx", "--against", "oud.xlsx").code == 0
    held = genk("check", "nieuw.xlsx", "--against", "oud.xlsx")
    assert held.code == 3 and "9.999" in held.out.decode()


def test_what_needs_a_repository_says_so(genk):
    for command in (["build"], ["register", "oud.xlsx"], ["watch"]):
        done = genk(*command)
        assert done.code == 1 and "this is not a folder of genk-armoede" in done.err


def test_its_version_and_help(genk):
    assert genk("--version").out.startswith(b"genk-armoede ")
    assert "docs/handleiding.md" in genk("--help").out.decode()
