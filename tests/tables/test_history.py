# SPDX-License-Identifier: EUPL-1.2
"""What was published before is known as a whole, or a build with confidential figures stops. All are invented."""

import json
from dataclasses import replace

import pytest
from conftest import commit, git
from invented import CITY, COUNT, policy, row

from genk_armoede.errors import DataError
from genk_armoede.observations.observation import table_bytes
from genk_armoede.protection.descriptor import write_sums
from genk_armoede.protection.relations import Sum
from genk_armoede.tables import history
from genk_armoede.tables.repository import PACKAGE, PROCESSED

TABLE = PROCESSED / "verzonnen.csv"


def published(root, content):
    path = root / TABLE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return commit(root)


@pytest.fixture
def versions(tmp_path):
    """Two versions of an invented table: `huis`, and the commits that have them."""
    root = tmp_path / "huis"
    root.mkdir()
    git(root, "init", "--quiet")
    return root, [published(root, table_bytes([row("w0", value), row(CITY, 40)])) for value in (7, 9)]


def values(root, how=None):
    return sorted({str(one.value) for _, one in history.shown(root, how or policy())})


def test_every_version_is_seen_with_its_commit(versions):
    root, (first, second) = versions
    found = {(name, str(one.value)) for name, one in history.shown(root, policy()) if one.area_code == "w0"}
    assert found == {(first, "7"), (second, "9")}


def test_what_a_version_hid_is_seen_too(versions):
    root, _ = versions
    hidden = published(root, table_bytes([row("w1", None)]))
    found = [(name, one.area_code) for name, one in history.shown(root, policy()) if one.value is None]
    assert found == [(hidden, "w1")]


def test_the_sums_of_every_version_are_seen_and_a_descriptor_that_tells_none_is_none(versions):
    root, _ = versions
    one = Sum((COUNT, "g=c"), ((COUNT, "g=a"), (COUNT, "g=b")))
    other = replace(one, where_given=True)
    told = [json.dumps({"disclosure": write_sums([found])}) for found in (one, other)]
    for content in (*told, "{}", "[]", "<<<<<<<", json.dumps({"disclosure": {"sums": 3}})):
        (root / PACKAGE).write_text(content, encoding="utf-8")
        commit(root)
    (root / PACKAGE).unlink()
    commit(root)
    assert {*history.sums(root)} == {one, other}


def test_a_repository_without_commits_shows_nothing(tmp_path):
    git(tmp_path, "init", "--quiet")
    assert values(tmp_path) == []


def test_a_shallow_clone_is_refused(versions, tmp_path):
    root, _ = versions
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{root}", str(tmp_path / "ondiep"))
    with pytest.raises(DataError, match="only the newest part of the history") as caught:
        values(tmp_path / "ondiep")
    assert "git fetch --unshallow" in caught.value.do
    git(tmp_path / "ondiep", "fetch", "--quiet", "--unshallow")
    assert values(tmp_path / "ondiep") == ["40", "7", "9"]


def test_a_folder_that_is_no_repository_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(DataError, match="not a git repository") as caught:
        values(tmp_path)
    assert "clone" in caught.value.do


def test_a_repository_of_another_owner_is_refused(versions, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(DataError, match="dubious ownership") as caught:
        values(versions[0])
    assert "safe.directory" in caught.value.do


def test_a_machine_without_git_is_refused(versions, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DataError, match="git is not installed"):
        values(versions[0])


def test_a_version_that_git_has_lost_is_refused(versions):
    root, (first, _) = versions
    blob = git(root, "rev-parse", f"{first}:{TABLE.as_posix()}")
    lost = root / ".git" / "objects" / blob[:2] / blob[2:]
    lost.chmod(0o600)
    lost.unlink()
    with pytest.raises(DataError, match="git says") as caught:
        values(root)
    assert "git fsck" in caught.value.do


SOUND = table_bytes([row("w0", 3)])
UNREADABLE = {
    "another shape": SOUND.replace(b"area_code,area", b"code,naam"),
    "a conflict": b"<<<<<<< HEAD\n" + SOUND + b"=======\n" + SOUND + b">>>>>>> zij\n",
    "a conflict between rows": SOUND + b"<<<<<<< HEAD\n" + SOUND.splitlines()[1] + b"\n=======\n>>>>>>> zij\n",
    "a column too few": b"\n".join(line.rpartition(b",")[0] for line in SOUND.splitlines()) + b"\n",
    "a figure that is none": SOUND.replace(b",3,personen", b",3 of 4,personen"),
    "no CSV": json.dumps({COUNT: 3}).encode(),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_an_earlier_table_that_cannot_be_read_is_unknown_and_not_empty(versions, what):
    root, _ = versions
    bad = published(root, UNREADABLE[what])
    published(root, table_bytes([row("w0", 9)]))
    with pytest.raises(DataError, match="cannot be read, so what it showed is not known") as caught:
        values(root)
    assert bad[:10] in caught.value.problem and caught.value.file == TABLE.as_posix()
    assert f"{{commit: {bad[:10]}, by: who, on: date}}" in caught.value.do
    accepted = policy(acknowledged=[{"commit": bad[:10], "by": "verzonnen", "on": "2026-01-01"}])
    assert values(root, accepted) == ["40", "7", "9"]


def test_an_earlier_table_of_other_figures_need_not_be_read(versions):
    root, _ = versions
    published(root, b"iets,anders\n1,2,3\n")
    assert values(root) == ["40", "7", "9"]


def test_what_is_acknowledged_is_known_to_all_by_its_commit_alone(versions):
    root, (first, second) = versions
    accepted = [{"commit": first[:12], "by": "verzonnen", "on": "2026-01-01"}]
    assert values(root, policy(acknowledged=accepted)) == ["40", "9"]
    published(root, table_bytes([row("w0", 7), row(CITY, 40)]))  # the same again, in another commit
    assert values(root, policy(acknowledged=accepted)) == ["40", "7", "9"]
    accepted[0]["commit"] = second[:12]
    assert values(root, policy(acknowledged=accepted)) == ["40", "7"]
