# SPDX-License-Identifier: EUPL-1.2
"""Labels of ages are read as people write them."""

from math import inf

import pytest

from genk_armoede.observations.ages import read_ages

READ = {
    (18, 24): "18-24, 18 – 24 jaar, 18 t/m 24, 18 t.e.m. 24, 18 tem 24, 18 tot en met 24, van 18 tot 25, "
    "18 tot 25 jaar, 18-24j., 18-24-jarigen, 18 j. tot 25 j., van 18 t.e.m. 24 jaar, 18 à 24 jaar",
    (0, 64): "tot 65, tot en met 64, t.e.m. 64, <65, < 65 jaar, -65, jonger dan 65, ≤ 64, <=64, 0-64, 0 t/m 64",
    (65, inf): "65+, 65 +, 65 plus, 65-plus, 65-plussers, 65 en meer, 65 jaar en meer, 65 of ouder, 65 en +, "
    "≥65, >= 65, >64, vanaf 65 jaar, ouder dan 64, +65, +65-jarigen",
    (0, 17): "minderjarig, Minderjarigen, -18, -18-jarigen, tot 18 jaar",
    (18, inf): "meerderjarig, meerderjarigen, Meerderjarige, 18 en ouder",
    (7, 7): "7, 7 jaar",
}  # fmt: skip


@pytest.mark.parametrize(("ages", "text"), [(ages, text) for ages, all_ in READ.items() for text in all_.split(", ")])
def test_a_label_of_ages_is_read(ages, text):
    assert read_ages(text) == ages


@pytest.mark.parametrize(
    "text", ["", "kinderen", "24-18", "à 18", "18-24-65", "onbekend", "65%", "+", "tot", "jaar 2 groep 7"]
)
def test_what_names_no_ages_is_not(text):
    assert read_ages(text) is None
