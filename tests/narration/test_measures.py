# SPDX-License-Identifier: EUPL-1.2
"""A sentence that gives a figure another unit than its own, or leaves its unit open, is not made."""

import pytest
from invented_rows import fig, tables  # noqa: F401 (a fixture)

from genk_armoede.errors import DataError
from genk_armoede.narration import prose

SHARE, POINTS, EUROS = fig(12, "%"), fig(3, "procentpunt"), fig(420, "EUR")
PEOPLE, FAMILIES, HOMES, RATE = fig(217, "personen"), fig(9, "gezinnen"), fig(6, "woningen"), fig(38, "‰")
NUMBER = fig(5, "aantal")
FIGURES = {
    "share": SHARE, "points": POINTS, "euros": EUROS, "people": PEOPLE, "families": FAMILIES, "homes": HOMES,
    "rate": RATE, "number": NUMBER, "other": fig(13, "%"), "more": fig(300, "personen"),
}  # fmt: skip


@pytest.mark.parametrize(
    "template",
    [
        # another unit behind the figure, or before it
        "De premie bedroeg {share} euro.",
        "Er kwam {share} procentpunt bij.",
        "Het steeg met {points:n} procent.",
        "Van hen is {people:n} procent arm.",
        "Dat kost € {share:n}.",
        "In 2031 telde Genk {number} euro.",
        "Er waren {rate:n}% nieuwkomers.",
        # a share or an amount that reads as a number of people or things
        "In 2031 kregen {share:n} kinderen een toelage.",
        "In 2031 kregen {share} kinderen een toelage.",
        "Het gaat om {euros:n} Genkse gezinnen.",
        # a number of one thing that is called another
        "Er zijn {homes:n} gezinnen.",
        "Er zijn {people:n} woningen.",
        # without a unit
        "In 2031 was het in Genk {share:n}.",
        "De afstand is {points:n}.",
        "Dat is {euros:n} in een jaar.",
        "Er waren {rate:n} nieuwkomers.",
        "Het ging om {share:n}. Een procent is een honderdste.",
        # several units, and one that has none beside it
        "Van de huurders is {share} arm, en {people:n} vroegen hulp.",
        "Bij {share} kwam er hulp; {people:n}, in 2031.",
        "Van {share} naar {euros} en {other:n}, elk jaar, met {people:n} mensen: {points:n}.",
    ],
)
def test_a_figure_under_another_unit_or_none_is_refused(template):
    with pytest.raises(DataError, match="a figure in") as error:
        prose.say(template, **FIGURES)
    assert "unit" in str(error.value)


@pytest.mark.parametrize(
    "template",
    [
        "In 2031 kreeg {share} van de kinderen een toelage, {points} meer.",
        "De premie bedroeg {euros} voor {families}.",
        "De premie bedroeg {euros:n} euro per gezin.",
        "Het steeg met {points}, elders met {points:n}.",
        "Van {share:n} naar {other}.",
        "Er waren {rate:n} volwassen nieuwkomers per duizend inwoners.",
        "Per duizend inwoners waren er {rate:n} nieuwkomers.",
        "In 2031 waren het er {people:n}.",
        "In 2031 waren het {people:n} mensen: {share} van de inwoners.",
        "Van de {more:n} mensen zijn er {people:n} arm: {share}.",
        "{people:n} van hen stelden zich kandidaat: {share}.",
        "Er zijn {homes:n} appartementen, met {euros} subsidie.",
        "Er zijn {families:n} gezinskernen en {people:n} inwoners.",
        "In {number} van de 13 steden is dat {share}.",
        "Bij {share} van de gezinnen. Dat zijn er {families:n}.",
    ],
)
def test_a_figure_with_its_unit_is_said(template):
    assert prose.say(template, **FIGURES)


def test_a_figure_without_a_value_has_no_unit_to_say():
    assert prose.say("Het is {share} euro.", share=fig(None, "%", "m"))


def test_a_sentence_within_a_sentence_has_its_units():
    inner = prose.say("{share} van hen", share=SHARE)
    with pytest.raises(DataError, match="a figure in personen"):
        prose.say("Het gaat om {people:n}, en {inner}.", people=PEOPLE, inner=inner)
