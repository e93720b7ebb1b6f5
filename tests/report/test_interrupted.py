# SPDX-License-Identifier: EUPL-1.2
"""Builds that are stopped, killed, not alone or out of room: the last good result stays, and nothing keeps running."""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from conftest import environment, files, fill, genk, inside, small_copy, well, write_notebook

from genk_armoede import interruption
from genk_armoede.errors import DataError
from genk_armoede.report import transaction
from genk_armoede.tables import repository

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are told otherwise on Windows")
MINUTES = 240  # seconds: only to end what hangs
SLOW = "import time; time.sleep(0.7)"
READ = "from pathlib import Path; text = Path('data/processed/corona.csv').read_text()"
DRAW = "Path('figures/{0}.svg').write_text(str(len(text)) * 50_000)"
RUNNING = "a cell runs"
# The program, that kills itself when it is about to put the nth file in place; n is its first argument.
KILLED = """
import os, signal, sys
from pathlib import Path
from genk_armoede import cli
replace, left = Path.replace, int(sys.argv.pop(1))
def killed(path, target):
    global left
    left -= path.parent.name == "ready"
    return replace(path, target) if left else os.kill(os.getpid(), signal.SIGKILL)
Path.replace = killed
cli.main()
"""


@pytest.fixture(scope="module")
def before(once) -> Path:
    """A built repository with two invented notebooks that take their time."""

    def make(folder: Path) -> None:
        small_copy(folder, "corona.xlsx")
        for name in ("01_een", "02_twee"):
            write_notebook(
                folder / f"notebooks/{name}.ipynb", "# Verzonnen", READ, DRAW.format(name), SLOW, "print(text)"
            )
        well(genk("build", cwd=folder))

    return once("interrupted", make)


@pytest.fixture(scope="module")
def changed(before, once) -> Path:
    """The same with another figure, not built yet."""

    def make(folder: Path) -> None:
        shutil.copytree(before, folder, dirs_exist_ok=True)
        fill(folder, "corona.xlsx", "Domeinen", {"B13": 868231})  # invented

    return once("interrupted_changed", make)


@pytest.fixture(scope="module")
def after(changed, once) -> dict[str, bytes]:
    """That, built."""

    def make(folder: Path) -> None:
        shutil.copytree(changed, folder, dirs_exist_ok=True)
        well(genk("build", cwd=folder))

    return files(once("interrupted_after", make))


@pytest.fixture
def copy(changed, tmp_path) -> Path:
    return shutil.copytree(changed, tmp_path / "copy")


def start(root: Path, program: tuple[str, ...] = ("-m", "genk_armoede"), **how: object) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, *program, "build"], cwd=root, env=environment() | {"MARK": str(root)},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True, **how,
    )  # fmt: skip


def told_until(build: subprocess.Popen, words: str) -> str:
    """What a build says up to a line with these words."""
    told = ""
    for line in build.stderr:
        told += line
        if words in line:
            return told
    raise AssertionError(told)


def stop(build: subprocess.Popen, moment: str, root: Path, number: int) -> str:
    """Send a signal when a step begins, or while a cell runs; gives what the build says."""
    told = told_until(build, f"… {'01_een' if moment == RUNNING else moment}\n")
    while moment == RUNNING and not list(root.glob(".build/stage-*/figures/01_een.svg")):
        assert build.poll() is None
        time.sleep(0.01)
    os.kill(build.pid, number)
    return told + build.communicate(timeout=MINUTES)[1]


def running(root: Path) -> list[str]:
    """Processes that a build in a folder left behind."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("MARK") == str(root) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    return found


def wait_until_nothing_runs(root: Path) -> None:
    end = time.monotonic() + MINUTES
    while running(root):
        assert time.monotonic() < end, running(root)
        time.sleep(0.1)


@pytest.mark.parametrize("moment", ["tables", RUNNING, "pages", 1, 4])
def test_a_build_that_is_killed_leaves_whole_files_and_no_process(copy, after, moment):
    """When a step begins, while a cell runs, or when it puts the so many first file in place."""
    old = files(copy)
    if isinstance(moment, str):
        stop(start(copy), moment, copy, signal.SIGKILL)
    else:
        build = start(copy, ("-c", KILLED, str(moment)))
        build.communicate(timeout=MINUTES)
        assert build.returncode == -signal.SIGKILL
    wait_until_nothing_runs(copy)
    now = files(copy)
    assert now.keys() == old.keys()
    assert [name for name in now if now[name] not in (old[name], after[name])] == []
    if isinstance(moment, int):  # the first is the list of the others
        assert len([name for name in now if now[name] != old[name]]) == max(moment - 2, 0)
        with transaction.alone(copy, print):  # the next command ends what was decided
            assert files(copy) == (old if moment == 1 else after)
    well(inside("build", cwd=copy))
    assert files(copy) == after
    assert {path.name for path in (copy / ".build").iterdir()} <= {"lock", "steps", "verborgen.csv"}


@pytest.mark.parametrize("moment", ["tables", RUNNING, "pages"])
def test_a_build_that_is_stopped_leaves_what_was_there(copy, after, moment):
    old = files(copy)
    told = stop(start(copy), moment, copy, signal.SIGINT)
    wait_until_nothing_runs(copy)
    assert files(copy) in (old, after)
    assert "Traceback" not in told
    assert not list((copy / ".build").glob("stage-*"))


def test_a_second_build_waits_for_the_first(copy, after):
    one = start(copy)
    told_until(one, "… tables")
    os.kill(one.pid, signal.SIGSTOP)
    other = start(copy)
    try:
        told_until(other, "waiting until it is done")
    finally:
        os.kill(one.pid, signal.SIGCONT)
    told = [build.communicate(timeout=MINUTES)[1] for build in (one, other)]
    assert [build.returncode for build in (one, other)] == [0, 0], told
    assert "waiting" not in told[0]
    assert files(copy) == after


@pytest.mark.parametrize("room", [3_000, 100_000, 201_000])  # for no tables, no figure, or only that
def test_a_build_without_room_leaves_what_was_there(copy, after, room):
    """A limit on the size of files stands in for a disk that is full."""
    old = files(copy)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    build = start(copy, preexec_fn=limit)
    told = build.communicate(timeout=MINUTES)[1]
    assert build.returncode == 1 and "error:" in told and "Traceback" not in told, told
    assert files(copy) == old
    well(inside("build", cwd=copy))
    assert files(copy) == after


# --- replacing ---


def test_what_a_killed_command_was_replacing_is_ended_by_the_next(tmp_path, monkeypatch):
    for name in "abc":
        (tmp_path / name).write_text("old")
    real, count = Path.replace, []

    def killed(path, target):
        count.append(path)
        if len(count) == 3:  # the list, the first file
            raise KeyboardInterrupt
        return real(path, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        transaction.write_files(tmp_path, {Path(name): b"new" for name in "ab"}, [Path(".")])
    monkeypatch.undo()
    assert [(tmp_path / name).read_text() for name in "abc"] == ["new", "old", "old"]
    with transaction.alone(tmp_path, print):
        assert files(tmp_path) == {"a": b"new", "b": b"new"}


def test_what_a_killed_command_was_getting_ready_is_left(tmp_path):
    (tmp_path / "a").write_text("old")
    (tmp_path / transaction.READY).mkdir(parents=True)
    (tmp_path / transaction.READY / "0").write_text("half a fi")
    with transaction.alone(tmp_path, print):
        assert files(tmp_path) == {"a": b"old"} and not (tmp_path / transaction.READY).exists()


def test_one_file_is_whole_or_what_it_was(tmp_path, monkeypatch):
    (tmp_path / "a").write_text("old")

    def full(path, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DataError, match="No space left"):
        repository.write_beside(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_text() == "old"


# --- Ctrl-C ---

LATER = """
import os, signal, sys, threading
from genk_armoede import {module}
def interrupt():
    os.kill(os.getpid(), signal.SIGINT)
{moment}
sys.argv = ["genk-armoede", "build"]
{module}.main()
"""
MOMENTS = {
    "while it reads the register": (
        "cli",
        "from genk_armoede.tables import register\nregister.load_register = lambda root: interrupt()",
    ),
    "while it hides small counts": (
        "cli",
        "from genk_armoede.protection import protect\nprotect.protect = lambda *rest: interrupt()",
    ),
    "while it puts files in place": (
        "cli",
        "from pathlib import Path\nreplace = Path.replace\n"
        "def replaced(path, target):\n"
        "    interrupt() if path.parent.name == 'ready' else None\n"
        "    return replace(path, target)\n"
        "Path.replace = replaced",
    ),
}  # fmt: skip


@pytest.mark.parametrize("moment", MOMENTS)
def test_control_c_is_one_line_and_its_own_code(copy, moment):
    module, code = MOMENTS[moment]
    program = LATER.format(module=module, moment=code)
    build = start(copy, ("-c", program))
    told = build.communicate(timeout=MINUTES)[1]
    assert build.returncode == 130, told
    assert told.splitlines()[-1] == "stopped: what was there is left as it was"
    assert [line for line in told.splitlines() if not line.startswith("… ")] == told.splitlines()[-1:]
    wait_until_nothing_runs(copy)


BEGINNING = """
import os, runpy, signal, sys
count = int(sys.argv.pop(1))
class Finder:
    left = count
    def find_spec(self, name, *rest):  # the first module that is looked for once the program has begun, or a later one
        if "genk_armoede" in sys.modules and not name.startswith("genk_armoede.__main__"):
            Finder.left -= 1
            if not Finder.left:
                os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
sys.argv = ["genk-armoede", "build"]
{start}
"""
BEGUN = {
    "as a command": "from genk_armoede.__main__ import main\nmain()",
    "as a module": "runpy.run_module('genk_armoede', run_name='__main__')",
}


@pytest.mark.parametrize("count", [1, 2, 3, 10, 50])
@pytest.mark.parametrize("how", BEGUN)
def test_control_c_is_that_from_the_first_module_that_is_loaded(copy, how, count):
    build = start(copy, ("-c", BEGINNING.format(start=BEGUN[how]), str(count)))
    told = build.communicate(timeout=MINUTES)[1]
    assert (build.returncode, told) == (130, "stopped: what was there is left as it was\n")


CHILD = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"


def test_an_error_that_a_library_makes_of_control_c_is_control_c():
    with pytest.raises(interruption.Interrupted), interruption.raised():
        try:
            signal.raise_signal(signal.SIGINT)
        except interruption.Interrupted:
            raise ImportError("initialization failed") from None
    with pytest.raises(ImportError), interruption.raised():
        raise ImportError("no such module")


@pytest.mark.parametrize("how", ["ends", "fails", "is stopped", "is killed"])
def test_what_a_notebook_started_ends_with_it(tmp_path, how):
    root = small_copy(tmp_path / "huis", "corona.xlsx")
    last = {"ends": "1", "fails": "1 / 0"}.get(how, "import time; time.sleep(600)")
    write_notebook(
        root / "notebooks/01_verzonnen.ipynb", "# Verzonnen", CHILD, "open('figures/a.svg', 'w').close()", last
    )
    build = start(root)
    if how in ("ends", "fails"):
        build.communicate(timeout=MINUTES)
        assert build.returncode == (how == "fails")
    else:
        end = time.monotonic() + MINUTES
        while not list(root.glob(".build/stage-*/figures/a.svg")):
            assert build.poll() is None and time.monotonic() < end
            time.sleep(0.01)
        os.kill(build.pid, signal.SIGINT if how == "is stopped" else signal.SIGKILL)
        build.communicate(timeout=MINUTES)
    wait_until_nothing_runs(root)
