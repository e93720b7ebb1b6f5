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
from conftest import ROOT, copy_of, environment, files, fill, genk, write_notebook

from genk_armoede import transaction
from genk_armoede.errors import DataError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are told otherwise on Windows")
SLOW = "import time; time.sleep(0.7)"
READ = "from pathlib import Path; text = Path('data/processed/corona.csv').read_text()"
DRAW = "Path('figures/{0}.svg').write_text(str(len(text)) * 50_000)"


@pytest.fixture(scope="module")
def before(once) -> Path:
    """A built repository with two invented notebooks that take their time."""

    def make(folder: Path) -> None:
        copy_of(ROOT, folder, "data")
        (folder / "notebooks").mkdir()
        for name in ("01_een", "02_twee"):
            code = (
                f"from pathlib import Path; text = Path('data/processed/corona.csv').read_text(); {DRAW.format(name)}"
            )
            write_notebook(folder / f"notebooks/{name}.ipynb", "# Verzonnen", code, SLOW, "print(text)")
        done = genk("build", cwd=folder)
        assert done.code == 0, done.err

    return once("interrupted", make)


@pytest.fixture(scope="module")
def changed(before, once) -> Path:
    """The same with another figure, not built yet."""

    def make(folder: Path) -> None:
        shutil.copytree(before, folder, dirs_exist_ok=True)
        fill(folder, "corona.xlsx", "Domeinen", {"B13": 868231})  # invented

    return once("interrupted_changed", make)


@pytest.fixture(scope="module")
def finished(changed, once) -> Path:
    """That, built; `.build/seconds` says how long it took."""

    def make(folder: Path) -> None:
        shutil.copytree(changed, folder, dirs_exist_ok=True)
        begun = time.monotonic()
        done = genk("build", cwd=folder)
        assert done.code == 0, done.err
        (folder / ".build/seconds").write_text(str(time.monotonic() - begun))

    return once("interrupted_after", make)


@pytest.fixture(scope="module")
def after(finished) -> dict[str, bytes]:
    return files(finished)


@pytest.fixture(scope="module")
def seconds(finished) -> float:
    """How long the build takes here, when nothing stops it."""
    return float((finished / ".build/seconds").read_text())


@pytest.fixture
def copy(changed, tmp_path) -> Path:
    return shutil.copytree(changed, tmp_path / "copy")


def start(root: Path, **how: object) -> subprocess.Popen:
    command = [sys.executable, "-m", "genk_armoede", "build"]
    return subprocess.Popen(
        command, cwd=root, env=environment() | {"MARK": str(root)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        start_new_session=True, **how,
    )  # fmt: skip


def stop(build: subprocess.Popen, moment: float, number: int) -> str:
    """Send a signal after so many seconds; gives what the build says."""
    try:
        return build.communicate(timeout=moment)[1].decode()
    except subprocess.TimeoutExpired:
        os.kill(build.pid, number)
    return build.communicate(timeout=30)[1].decode()


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
    end = time.monotonic() + 30
    while running(root):
        assert time.monotonic() < end, running(root)
        time.sleep(0.1)


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.65, 0.8, 0.9, 0.95, 1])
def test_a_build_that_is_killed_leaves_whole_files_and_no_process(copy, after, seconds, share):
    old = files(copy)
    build = start(copy)
    stop(build, share * seconds, signal.SIGKILL)
    wait_until_nothing_runs(copy)
    now = files(copy)
    assert now.keys() == old.keys()
    assert [name for name in now if now[name] not in (old[name], after[name])] == []
    done = genk("build", cwd=copy)
    assert done.code == 0, done.err
    assert files(copy) == after
    assert {path.name for path in (copy / ".build").iterdir()} <= {"lock", "steps", "verborgen.csv"}


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8])
def test_a_build_that_is_stopped_leaves_what_was_there(copy, after, seconds, share):
    old = files(copy)
    told = stop(start(copy), share * seconds, signal.SIGINT)
    wait_until_nothing_runs(copy)
    assert files(copy) in (old, after)
    assert "Traceback" not in told
    assert not list((copy / ".build").glob("stage-*"))


def test_a_second_build_waits_for_the_first(copy, after, seconds):
    one = start(copy)
    time.sleep(seconds / 4)
    other = start(copy)
    told = [build.communicate(timeout=60)[1].decode() for build in (one, other)]
    assert [build.returncode for build in (one, other)] == [0, 0], told
    assert ["waiting until it is done" in text for text in told].count(True) == 1
    assert files(copy) == after


@pytest.mark.parametrize("room", [3_000, 60_000, 400_000])
def test_a_build_without_room_leaves_what_was_there(copy, after, room):
    """A limit on the size of files stands in for a disk that is full."""
    old = files(copy)

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    build = start(copy, preexec_fn=limit)
    told = build.communicate(timeout=60)[1].decode()
    assert build.returncode == 1 and "error:" in told and "Traceback" not in told, told
    assert files(copy) == old
    assert genk("build", cwd=copy).code == 0
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
        transaction.write_beside(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_text() == "old"
