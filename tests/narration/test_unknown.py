# SPDX-License-Identifier: EUPL-1.2
"""What the report does not have is told by its state: elsewhere, not found, or not published."""

import pytest

from genk_armoede.errors import DataError
from genk_armoede.narration import unknown

STATES = unknown.gap_states()


@pytest.mark.parametrize("gap", STATES)
def test_each_gap_is_told_by_its_state(gap):
    (said,) = map(str, unknown.unknown(gap))
    words = {"elders": "wij konden het niet lezen", "niet gevonden": "niet gevonden. We zochten bij"}
    assert words.get(STATES[gap], "publiceert dat niet") in said
    assert ("publiceert dat niet" in said) == (STATES[gap] == "niet gepubliceerd")


def test_what_stands_elsewhere_has_its_address():
    (said,) = map(str, unknown.unknown("leefloon"))
    assert "stat.mi-is.be" in said and "niet gepubliceerd" not in said


def test_an_unknown_gap_is_refused():
    with pytest.raises(DataError, match="no gap"):
        unknown.unknown("verzonnen")
