# SPDX-License-Identifier: EUPL-1.2
"""Names of modules in texts are those of modules: in docstrings, in strings that are imported, in Markdown."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

from genk_armoede.report import kernels

SOURCE = ROOT / "src"
PATHS = sorted(SOURCE.rglob("*.py"))
TEXTS = [
    *PATHS,
    *ROOT.glob("benchmarks/*.py"),
    *ROOT.glob("tests/**/*.py"),
    *ROOT.glob("*.md"),
    *ROOT.glob("docs/*.md"),
    ROOT / "pyproject.toml",
]


def dotted(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {dotted(path): path for path in PATHS}


def exists(name: str) -> bool:
    """True for a module of the package, and for what stands in one: `genk_armoede.tables.store.load`."""
    module, _, attribute = name.rpartition(".")
    return name in MODULES or (module in MODULES and hasattr(importlib.import_module(module), attribute))


def meant(word: str) -> set[str]:
    """Modules that a docstring means by `store`, `tables.store` or `store.load`."""
    ends = [f".{end}" for end in (word, word.rpartition(".")[0]) if end]
    return {name for name in MODULES if any(name.endswith(end) for end in ends)}


def callers(docstring: str) -> list[str]:
    """The names in backticks after `called by`, up to the end of the clause."""
    clauses = re.findall(r"called by ([^;]*?)(?:;|\.\s|\.$|$)", docstring, re.IGNORECASE)
    return [name for clause in clauses for name in re.findall(r"`([\w.]+)`", clause)]


def imports(module: str) -> Iterator[str]:
    """What a module of the package imports from the package, by its dotted names."""
    path = MODULES[module]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = dotted(path.parents[node.level - 1])
            yield from (f"{base}.{node.module or ''}.{name.name}".replace("..", ".") for name in node.names)


def strangers(module: str, docstring: str, importers: dict[str, set[str]]) -> list[str]:
    """Callers named in a docstring that do not import the module, nor does anything inside them."""
    users = {user for user, used in importers.items() if any(f"{one}.".startswith(f"{module}.") for one in used)}
    return [
        word
        for word in callers(docstring)
        if not any(f"{user}.".startswith(f"{name}.") for user in users for name in meant(word))
    ]


@pytest.fixture(scope="module")
def importers() -> dict[str, set[str]]:
    return {module: {*imports(module)} for module in MODULES}


def test_who_is_said_to_call_a_module_imports_it(importers):
    wrong = {
        module: strangers(module, ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "", importers)
        for module, path in MODULES.items()
    }
    assert {module: words for module, words in wrong.items() if words} == {}


@pytest.mark.parametrize("word", ["reports", "swing", "store.load_all.rows", "numerals"])
def test_a_stranger_is_seen(importers, word):
    docstring = f"Takes cells; called by `datasets`, `{word}` and notebooks. Used by `nobody`."
    assert strangers("genk_armoede.tables.register", docstring, importers) == [word]


def test_full_names_are_those_of_modules_or_of_what_stands_in_them():
    found = {
        name for path in TEXTS for name in re.findall(r"\bgenk_armoede(?:\.\w+)+", path.read_text(encoding="utf-8"))
    }
    assert sorted(name for name in found if not exists(name)) == []
    assert "genk_armoede.narration.charts" in found


def test_kernels_load_ahead_what_is_there():
    assert [name for name in kernels.LIBRARIES if importlib.util.find_spec(name) is None] == []


def test_every_folder_of_the_package_is_seen_by_the_import_linter():
    """Which leaves out a folder without `__init__.py` (findings/import-linter-folders.sh)."""
    assert sorted({str(path.parent) for path in PATHS if not path.with_name("__init__.py").exists()}) == []
