"""pyproject.toml, environment.yml and requirements.lock describe one and the same environment."""

import inspect
import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML

from genk_armoede.cli import publishing

ROOT = Path(__file__).resolve().parent.parent

# conda-forge name -> PyPI name, where they differ.
CONDA_NAMES = {"python-duckdb": "duckdb", "matplotlib-base": "matplotlib"}

# Needed only to install the package, which conda leaves to pip; or not on conda-forge.
NOT_IN_CONDA = {"browser", "build"}

# An index, an address or an absolute path would tie the repository to one machine or network.
PLACE = re.compile(r"""\w+://|--(?:\w+-)?index(?:-url)?\b|--find-links\b|(?:^|[\s"'=@])(?:~|/\w+)/|\b[A-Z]:\\""")

Ranges = dict[str, SpecifierSet]
Lock = dict[str, list[tuple[Version, set[str]]]]


def as_ranges(requirements: list[str]) -> Ranges:
    parsed = [Requirement(text) for text in requirements]
    return {canonicalize_name(req.name): req.specifier for req in parsed}


def project_ranges(pyproject: dict, without: set[str] = frozenset()) -> Ranges:
    """Runtime dependencies and dependency groups, as one table."""
    requirements = list(pyproject["project"]["dependencies"])
    for group, members in pyproject["dependency-groups"].items():
        if group not in without:
            requirements += members
    return as_ranges(requirements)


def conda_ranges(environment: dict) -> Ranges:
    packages = [item for item in environment["dependencies"] if isinstance(item, str) and item != "pip"]
    return {CONDA_NAMES.get(name, name): spec for name, spec in as_ranges(packages).items()}


def read_lock(text: str) -> Lock:
    lock: Lock = {}
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip():
            continue
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        req = Requirement(requirement)
        (pin,) = req.specifier
        assert pin.operator == "==", f"{requirement} is not an exact version"
        lock.setdefault(canonicalize_name(req.name), []).append((Version(pin.version), set(hashes)))
    return lock


def differences(left: Ranges, right: Ranges) -> list[str]:
    return [
        f"{name}: {left.get(name, 'absent')} against {right.get(name, 'absent')}"
        for name in sorted(left.keys() | right.keys())
        if left.get(name) != right.get(name)
    ]


def outside_lock(ranges: Ranges, lock: Lock) -> list[str]:
    problems = [f"{name}: not in the lock" for name in ranges if name not in lock]
    for name in ranges.keys() & lock.keys():
        problems += [
            f"{name}: {version} is not in {ranges[name]}"
            for version, _ in lock[name]
            if not ranges[name].contains(version)
        ]
    return sorted(problems)


def badly_hashed(lock: Lock) -> list[str]:
    return [
        name
        for name, entries in lock.items()
        for _, hashes in entries
        if not hashes or not all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes)
    ]


def places(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if PLACE.search(line)]


@pytest.fixture(scope="module")
def pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def environment() -> dict:
    return YAML(typ="safe").load(ROOT / "environment.yml")


@pytest.fixture(scope="module")
def lock() -> Lock:
    return read_lock((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_conda_names_the_same_ranges(pyproject, environment):
    expected = project_ranges(pyproject, without=NOT_IN_CONDA)
    expected["python"] = SpecifierSet(pyproject["project"]["requires-python"])
    assert differences(expected, conda_ranges(environment)) == []


def test_conda_uses_conda_forge_alone(environment):
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    assert [item for item in environment["dependencies"] if not isinstance(item, str)] == [{"pip": ["-e ."]}]


def test_build_group_covers_the_build_backend(pyproject):
    build = as_ranges(pyproject["dependency-groups"]["build"])
    backend = as_ranges(pyproject["build-system"]["requires"])
    assert backend.items() <= build.items()


def test_lock_lies_within_the_ranges(pyproject, lock):
    assert outside_lock(project_ranges(pyproject), lock) == []


def test_lock_has_hashes_throughout(lock):
    assert badly_hashed(lock) == []


@pytest.mark.parametrize("name", ["numpy", "pandas", "matplotlib", "pyzmq"])
def test_lock_serves_other_platforms(lock, name):
    # Compiled packages publish dozens of wheels; a handful means that a local index was read.
    assert all(len(hashes) > 20 for _, hashes in lock[name])


@pytest.mark.parametrize("file", ["pyproject.toml", "environment.yml", "requirements.lock", "Makefile"])
def test_no_index_address_or_path(file):
    assert places((ROOT / file).read_text(encoding="utf-8")) == []


def test_a_changed_range_is_detected():
    ours = as_ranges(["pandas>=3,<4", "rich>=13"])
    assert differences(ours, as_ranges(["rich>=13", "pandas<4,>=3"])) == []
    assert differences(ours, as_ranges(["pandas>=3,<5", "rich>=13"])) == ["pandas: <4,>=3 against <5,>=3"]
    assert differences(ours, as_ranges(["pandas>=3,<4"])) == ["rich: >=13 against absent"]


def test_a_changed_conda_name_is_detected():
    environment = {"dependencies": ["pip", "matplotlib-base>=3", {"pip": ["-e ."]}]}
    assert conda_ranges(environment) == as_ranges(["matplotlib>=3"])
    assert conda_ranges({"dependencies": ["matplotlib-bass>=3"]}) != as_ranges(["matplotlib>=3"])


def test_a_lock_that_lags_behind_is_detected():
    ranges = as_ranges(["ruamel.yaml>=0.18", "rich>=13,<16"])
    lock = read_lock("rich==16.0 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via typer\n")
    assert outside_lock(ranges, lock) == ["rich: 16.0 is not in <16,>=13", "ruamel-yaml: not in the lock"]
    lock = read_lock("ruamel-yaml==0.18 ; os_name == 'nt'\nrich==15\nrich==12\n")
    assert outside_lock(ranges, lock) == ["rich: 12 is not in <16,>=13"]


@pytest.mark.parametrize("tail", ["", " \\\n    --hash=sha256:abc", " \\\n    --hash=md5:" + "0" * 32])
def test_a_missing_or_weak_hash_is_detected(tail):
    assert badly_hashed(read_lock(f"rich==15{tail}\n")) == ["rich"]


def test_an_inexact_lock_is_detected():
    with pytest.raises(AssertionError, match="not an exact version"):
        read_lock("rich>=15\n")


@pytest.mark.parametrize(
    "line",
    [
        *(f"--{option} example" for option in ("index-url", "extra-index-url", "default-index", "find-links")),
        "rich @ file:///wheels/rich.whl",
        "    # from https://example.org/simple",
        "WHEELS = /srv/wheels",
        "pip install ~/wheels/rich.whl",
        "C:\\wheels",
    ],
)
def test_a_place_is_detected(line):
    assert places(line) == [line.strip()]


@pytest.mark.parametrize("line", ["pip install --no-deps --no-build-isolation -e .", "cp data/raw/x .venv/bin/x"])
def test_what_is_not_a_place(line):
    assert places(line) == []


def test_the_container_has_the_python_and_the_ports_that_are_used():
    container = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert container["image"].rpartition(":")[2] in SpecifierSet(project["requires-python"])
    (port,) = (option for option in inspect.signature(publishing.watch).parameters.values() if option.name == "port")
    assert str(port.default) in container["portsAttributes"] and port.default in container["forwardPorts"]
    assert re.search(
        rf"^{re.escape(container['postCreateCommand'].split()[-1])}:", (ROOT / "Makefile").read_text(), re.M
    )
