# SPDX-License-Identifier: EUPL-1.2
"""How a figure is written in Dutch."""

import pytest
from invented_rows import as_read, fig, tables  # noqa: F401 (a fixture)

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("value", "unit", "rest", "text"),
    [
        (868230, "EUR", {}, "868.230 euro"),
        (14000000, "EUR", {}, "14.000.000 euro"),
        ("1367146.82", "EUR", {}, "1.367.146,82 euro"),
        ("58.2", "%", {}, "58,2%"),
        ("-3.6", "%", {}, "−3,6%"),
        (39, "%", {}, "39%"),
        ("0.50", "%", {}, "0,5%"),
        (0, "personen", {}, "0 personen"),
        (1, "woningen", {}, "1 woning"),
        (1, "leerlingen", {"bound": "ondergrens", "status": "e"}, "minstens 1 leerling (schatting)"),
        ("1.5", "personen", {}, "2 personen"),  # people are counted whole
        (1, "premies", {}, "1 premies"),
        (-1200, "personen", {}, "−1.200 personen"),
        (999, "personen", {}, "999 personen"),
        (15, "EUR per inwoner", {}, "15 euro per inwoner"),
        ("5.5", "‰", {}, "5,5 ‰"),
        (7, "aantal", {}, "7"),
        (7, "", {}, "7"),
        (225000, "EUR", {"bound": "ondergrens"}, "minstens 225.000 euro"),
        (225000, "EUR", {"bound": "bovengrens"}, "hoogstens 225.000 euro"),
        (None, "EUR", {"status": "m"}, "geen cijfer"),
        (None, "EUR", {"status": "c"}, "vertrouwelijk"),
        (None, "EUR", {"status": "z"}, "niet van toepassing"),
        (None, "EUR", {"status": "bm"}, "geen cijfer"),
        (496140, "leerlingen", {"status": "p"}, "496.140 leerlingen (voorlopig)"),
        (12, "%", {"status": "ep"}, "12% (schatting, voorlopig)"),
        (13, "woningen", {"status": "e", "wording": "bijna"}, "bijna 13 woningen"),
        (13, "woningen", {"status": "ep", "wording": "ongeveer"}, "ongeveer 13 woningen (voorlopig)"),
        (350, "verenigingen", {"bound": "ondergrens", "wording": "meer dan"}, "meer dan 350 verenigingen"),
        (12, "%", {"status": "b"}, "12%"),
    ],
)
def test_a_figure_is_written_as_in_flanders(value, unit, rest, text):
    assert as_read(fig(value, unit, **rest)) == text


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        ("58.2", "n", "58,2"),
        ("3.44", "+", "+3,44%"),
        ("-3.6", "+", "−3,6%"),
        ("0", "+", "0%"),
        ("-0.04", "1", "0,0%"),
        ("0.04", "+1", "0,0%"),
        ("58.25", "1", "58,3%"),
        ("-58.25", "1", "−58,3%"),
        ("58.2", "0", "58%"),
        ("58", "2", "58,00%"),
        ("1234.5", "0n", "1.235"),
        ("3.4", "1n+", "+3,4"),
        ("6", "e", "zesde"),
        ("14", "e", "14e"),
    ],
)
def test_decimals_sign_and_unit_can_be_asked_for(value, spec, text):
    assert format(fig(value, "%"), spec) == text


@pytest.mark.parametrize("bound", ["ondergrens", "bovengrens"])
def test_a_sentence_that_says_between_gives_a_bound_without_its_word(bound):
    assert format(fig(40, "%", bound=bound, status="e"), "g") == "40% (schatting)"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("3.3554", "%", "3,4%"),
        ("13.0666", "EUR per inwoner", "13,07 euro per inwoner"),
        ("2.25", "procentpunt", "2,3 procentpunt"),
        ("20212.71", "EUR", "20.213 euro"),
        (4, "%", "4,0%"),
    ],
)
def test_a_computed_figure_has_the_decimals_of_its_unit(value, unit, text):
    assert as_read(fig(value, unit, formula="verzonnen")) == text


def test_number_and_unit_stay_on_one_line():
    assert str(fig(868230, "EUR")) == f"868.230{NBSP}euro"
    assert str(fig(15, "EUR per inwoner")) == f"15{NBSP}euro per inwoner"
    assert NBSP not in str(fig(58, "%"))
