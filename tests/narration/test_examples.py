# SPDX-License-Identifier: EUPL-1.2
"""What a notebook finds by `ga.<tab>` and `help(ga.…)`: words for each name, and examples that are run."""

import doctest
import importlib

import pytest
from invented_rows import tables  # noqa: F401 (a fixture)

import genk_armoede as ga

MODULES = sorted(name for name in ga._PUBLIC if name.startswith("narration."))
WITH_EXAMPLE = (
    "cities", "crossed", "foreign_background", "income_per_resident", "labelled", "pick", "points", "say",
)  # fmt: skip


@pytest.mark.parametrize("name", ga.__all__)
def test_every_name_says_what_it_gives(name):
    assert len((getattr(ga, name).__doc__ or "").split()) > 4


@pytest.mark.parametrize("name", WITH_EXAMPLE)
def test_what_notebooks_share_has_an_example(name):
    assert ">>> " in getattr(ga, name).__doc__


@pytest.mark.parametrize("module", MODULES)
def test_examples_are_right(module):
    found = importlib.import_module(f"genk_armoede.{module}")
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    assert doctest.testmod(found, optionflags=flags).failed == 0


def test_help_names_everything(capsys):
    assert set(ga.__all__) <= set(dir(ga))
    help(ga)
    assert "- sentences: `say`" in capsys.readouterr().out
