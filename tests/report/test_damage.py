# SPDX-License-Identifier: EUPL-1.2
"""Whatever lies in `.build` that no build wrote: the step is done again and told, and nothing else is touched."""

import errno
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from conftest import files, inside, small_copy, well, write_notebook

from genk_armoede.errors import DataError
from genk_armoede.report import steps, transaction

NOTEBOOK = "01_verzonnen"


@pytest.fixture(scope="module")
def before(once) -> Path:
    """A built repository with one short notebook."""

    def make(folder: Path) -> None:
        small_copy(folder, "corona.xlsx")
        write_notebook(folder / f"notebooks/{NOTEBOOK}.ipynb", "# Verzonnen", "print(1)")
        well(inside("build", cwd=folder))

    return once("damage", make)


def folder_in_place(path: Path) -> None:
    path.unlink()
    (path / "in it").mkdir(parents=True)


def rewritten(path: Path, **changes: object) -> None:
    """An archive with another content of the files named; None leaves one out."""
    with zipfile.ZipFile(path) as kept:
        content = {name: kept.read(name) for name in kept.namelist()}
    with zipfile.ZipFile(path, "w") as kept:
        for name, data in (content | changes).items():
            if data is not None:
                kept.writestr(name, data)


def about(path: Path, **changes: object) -> None:
    with zipfile.ZipFile(path) as kept:
        known = json.loads(kept.read(steps.ABOUT))
    rewritten(path, **{steps.ABOUT: json.dumps(known | changes)})


DAMAGES = {
    "missing": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "a folder": folder_in_place,
    "cut off": lambda path: os.truncate(path, path.stat().st_size // 2),
    "no archive": lambda path: path.write_bytes(b"PK verzonnen"),
    "a byte changed": lambda path: path.write_bytes(path.read_bytes().replace(b"personen", b"mensen__", 1)[:-40]),
    "a list as JSON": lambda path: rewritten(path, **{steps.ABOUT: "[]"}),
    "a number as JSON": lambda path: rewritten(path, **{steps.ABOUT: "3"}),
    "no JSON": lambda path: rewritten(path, **{steps.ABOUT: "{"}),
    "deep JSON": lambda path: rewritten(path, **{steps.ABOUT: "[" * 100_000}),
    "an empty object": lambda path: rewritten(path, **{steps.ABOUT: "{}"}),
    "nothing about it": lambda path: rewritten(path, **{steps.ABOUT: None}),
    "needs that are a list": lambda path: about(path, needs=["een"]),
    "what it read is no list of names": lambda path: about(path, read=[["een"]]),
    "it read what it does not need": lambda path: about(path, read=["een"]),
    "seconds in words": lambda path: about(path, seconds="lang"),
    "a file too many": lambda path: rewritten(path, more=b"1"),
    "a file outside": lambda path: (
        about(path, made=["../buiten.csv"]),
        rewritten(path, **{"../buiten.csv": b"1", "notebook.ipynb": None}),
    ),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_a_damaged_step_is_done_again_and_told_once(before, tmp_path, what):
    """Of the notebook, and of the check that makes nothing."""
    copy = shutil.copytree(before, tmp_path / "copy")
    old = files(copy)
    DAMAGES[what](copy / f".build/steps/{NOTEBOOK}.zip")
    done = well(inside("build", "--explain", cwd=copy))
    why = "it was not done before" if what == "missing" else "what was kept of it is damaged"
    assert done.err.count(why) == 1 and f"… {NOTEBOOK}: {why}" in done.err
    assert files(copy) == old and not (tmp_path / "buiten.csv").exists()
    assert inside("build", "--explain", cwd=copy).err.count("unchanged") == done.err.count("\n… ") + 1


@pytest.mark.parametrize("name", ["tables", f"{NOTEBOOK}.html", "audit", "pages"])
def test_every_step_can_be_damaged(before, tmp_path, name):
    copy = shutil.copytree(before, tmp_path / "copy")
    old = files(copy)
    folder_in_place(copy / f".build/steps/{name}.zip")
    well(inside("build", cwd=copy))
    assert files(copy) == old


ODD = {
    "a file in place of all": lambda work: (shutil.rmtree(work), work.write_text("een")),
    "a file in place of the steps": lambda work: (shutil.rmtree(work / "steps"), (work / "steps").write_text("een")),
    "a folder in place of the lock": lambda work: folder_in_place(work / "lock"),
    "a folder in place of the log": lambda work: (work / "verborgen.csv" / "in it").mkdir(parents=True),
    "a file in place of what is ready": lambda work: (work / "ready").write_text("een"),
    "a file in place of a stage": lambda work: (work / "stage-x").write_text("een"),
    "half a step": lambda work: (work / f"steps/{NOTEBOOK}.new").mkdir(),
}


@pytest.mark.parametrize("what", ODD)
def test_what_lies_in_the_place_of_a_builds_own_files_goes(before, tmp_path, what):
    copy = shutil.copytree(before, tmp_path / "copy")
    old = files(copy)
    (copy / ".build/lock").touch()
    ODD[what](copy / ".build")
    well(inside("build", "--force", cwd=copy))
    assert files(copy) == old


LISTS = {
    "outside": {"replace": ["../buiten"], "remove": []},
    "outside, further on": {"replace": ["data/../../buiten"], "remove": []},
    "absolute": {"replace": ["/tmp/buiten"], "remove": []},
    "of another system": {"replace": ["..\\buiten"], "remove": []},
    "to remove outside": {"replace": [], "remove": ["../buiten"]},
    "to remove of git": {"replace": [], "remove": [".git/config"]},
    "no list": 3,
    "another list": ["a"],
    "of numbers": {"replace": [3], "remove": []},
    "half a list": {"replace": ["a"]},
}


@pytest.mark.parametrize("what", LISTS)
def test_a_list_that_no_command_wrote_is_not_followed(tmp_path, what):
    root = tmp_path / "huis"
    (root / transaction.READY).mkdir(parents=True)
    (root / ".git").mkdir()
    for path in (tmp_path / "buiten", root / ".git/config", root / "a"):
        path.write_text("old")
    (root / transaction.READY / "0").write_text("new")
    (root / transaction.READY / "list.json").write_text(json.dumps(LISTS[what]))
    told = []
    with transaction.alone(root, told.append):
        assert not (root / transaction.READY).exists()
    assert [path.read_text() for path in (tmp_path / "buiten", root / ".git/config", root / "a")] == ["old"] * 3
    assert len(told) == 1 and "is damaged" in told[0]


def test_a_file_outside_is_never_written(tmp_path):
    for name in ("../buiten", "/tmp/buiten", ".git/config"):
        with pytest.raises(DataError, match="no file of the repository"):
            transaction.write_files(tmp_path, {Path(name): b"new"})


def test_a_copy_that_may_only_be_read_is_refused_before_anything_is_done(before, tmp_path, monkeypatch):
    copy = shutil.copytree(before, tmp_path / "copy")
    for folder in ("", "notebooks", "data/processed"):
        closed = str(copy / folder) if folder else str(copy)
        monkeypatch.setattr(os, "access", lambda path, how, closed=closed: str(path) != closed)
        done = inside("build", cwd=copy)
        assert done.code == 1 and "error:" in done.err and "… " not in done.err
        assert closed in done.err and "a copy that you may write to" in done.err


def test_a_disk_that_may_only_be_read_is_refused(tmp_path, monkeypatch):
    def closed(path, **how):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))

    monkeypatch.setattr(Path, "mkdir", closed)
    with pytest.raises(DataError, match="nothing can be written here"), transaction.alone(tmp_path, print):
        pass
