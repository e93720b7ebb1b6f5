# SPDX-License-Identifier: EUPL-1.2
"""A paragraph with figures of two periods, areas or parts of a population names each of them, or is not made."""

import pytest
from invented_rows import frame, tables  # noqa: F401 (a fixture)

from genk_armoede.errors import DataError
from genk_armoede.narration import frames, prose


def pair(one: dict, other: dict) -> dict:
    a, b = frames.figures(frame({"value": 5, "unit": "%"} | one, {"value": 7, "unit": "%"} | other))
    return {"a": a, "b": b}


@pytest.mark.parametrize(
    ("template", "one", "other", "named"),
    [
        ("In 2030 was het {a}, en {b}.", {"period": "2030"}, {"period": "2031"}, "2031"),
        ("Het was {a} en {b}.", {"period": "2030"}, {"period": "2031"}, "2030, 2031"),
        ("In Genk {a}, elders {b}.", {"area": "Genk"}, {"area": "Hasselt"}, "Hasselt"),
        (
            "In het basisonderwijs {a}, en {b}.",
            {"breakdown": "onderwijsniveau=basisonderwijs"},
            {"breakdown": "onderwijsniveau=secundair onderwijs"},
            "secundair onderwijs",
        ),
        (
            "Van 18 tot 24 jaar {a}, daarna {b}.",
            {"breakdown": "leeftijd=18-24 jaar"},
            {"breakdown": "leeftijd=25-59 jaar"},
            "25-59 jaar",
        ),
    ],
)
def test_what_is_not_named_is_refused(template, one, other, named):
    with pytest.raises(DataError, match=named):
        prose.say(template, **pair(one, other))


@pytest.mark.parametrize(
    ("template", "one", "other"),
    [
        ("In 2030 was het {a}, in 2031 {b}.", {"period": "2030"}, {"period": "2031"}),
        ("In mei 2030 {a}, in 2031 {b}.", {"period": "2030-05"}, {"period": "2031"}),
        ("Dat is {a} en {b}.", {"period": "2030"}, {"period": "2030"}),
        ("Bij Genkenaars {a}, in Hasselt {b}.", {"area": "Genk"}, {"area": "Hasselt"}),
        ("In Genk {a}, in Vlaanderen {b}.", {"area": "Genk"}, {"area": "Vlaams Gewest"}),
        ("{a} bij vrouwen, {b} bij mannen.", {"breakdown": "geslacht=vrouwen"}, {"breakdown": "geslacht=mannen"}),
        ("Van 18 tot 24 jaar {a}, in totaal {b}.", {"breakdown": "leeftijd=18-24 jaar"}, {"breakdown": ""}),
        ("Tussen {a} en {b}.", {"breakdown": "grens=ondergrens"}, {"breakdown": "grens=bovengrens"}),
    ],
)
def test_what_is_named_is_said(template, one, other):
    assert prose.say(template, **pair(one, other))


@pytest.mark.parametrize(
    "text", ["In 2030 sportte {a} van de Genkenaars.", "{a} van de inwoners sport.", "Bij Genkse huurders {a}."]
)
def test_what_respondents_said_is_not_said_of_all_residents(text):
    (said,) = frames.figures(frame({"value": 5, "unit": "%", "source": "stadsmonitor_2030.xlsx"}))
    with pytest.raises(DataError, match="respondents"):
        prose.say(text, a=said)
    assert prose.say(text.replace("Genk", "bevraagde Genk").replace("inwoners", "bevraagde inwoners"), a=said)
    assert prose.say(text, a=pair({}, {})["a"])  # of another source


def test_a_sentence_within_a_sentence_counts():
    """As an overview that printed last year's share of one level under this year's of another."""
    figures = pair({"period": "2031"}, {"period": "2030"})
    inner = prose.say("{b} in het secundair onderwijs", b=figures["b"])
    with pytest.raises(DataError, match="2030"):
        prose.say("In 2031 kreeg {a} een toelage, en {rest}.", a=figures["a"], rest=inner)


@pytest.mark.parametrize("words", ["De index van Limburg was {a}.", "In het Vlaams Gewest was het {a}."])
def test_a_figure_of_genk_is_not_told_of_another_area(words):
    a = pair({"area": "Genk"}, {"area": "Genk"})["a"]
    with pytest.raises(DataError, match="its figure is of Genk"):
        prose.say(words, a=a)
    assert prose.say(f"In Genk {{a}}. {words.partition('{')[0]}vonden we niets.", a=a)
    assert prose.say("Volgens Het Belang van Limburg was het {a}.", a=a)


def test_each_paragraph_stands_on_its_own():
    assert prose.say("Eerst {a}.", "Dan {b}.", **pair({"period": "2030"}, {"period": "2031"}))


def test_a_computed_difference_says_by_its_words_what_it_compares():
    figures = pair({"period": "2030"}, {"period": "2031"})
    assert prose.say("Dat is {apart} in 2030.", apart=prose.versus(figures["b"], figures["a"]))


# --- the direction of a change ---


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("Tussen 2030 en 2031 steeg het met {a}.", -3),
        ("In een jaar kwamen er {a} mensen bij.", -3),
        ("Genk kromp het meest ({a:+}).", 3),
        ("Het zakte met {a}.", -3),
        ("Het zakte, en daarna steeg het weer met {a}.", -3),
    ],
)
def test_a_verb_that_says_the_opposite_of_a_figure_is_refused(template, value):
    (one,) = frames.figures(frame({"value": value, "unit": "personen"}))
    with pytest.raises(DataError, match="is told with"):
        prose.say(template, a=one)


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("Tussen 2030 en 2031 steeg het met {a}.", 3),
        ("Genk kromp het meest ({a:+}).", -3),
        ("Het zakte. Het verschil is {a:+}.", 3),
        ("Het steeg eerst; het verschil is {a}.", -3),
        ("Het steeg eerst en zakte dan ({a}).", -3),
    ],
)
def test_a_verb_that_agrees_with_a_figure_is_said(template, value):
    (one,) = frames.figures(frame({"value": value, "unit": "personen"}))
    assert prose.say(template, a=one)


# --- school years and calendar years ---

PUPILS = {"indicator": "aandeel_leerlingen_verzonnen"}
SCHOOL, CALENDAR = PUPILS | {"period": "2030-2031"}, PUPILS | {"period": "2030"}


@pytest.mark.parametrize(
    "template", ["In 2030–2031 was het {a}, in 2030 {b}.", "In 2030 was dat {verschil} dan in 2030–2031."]
)
def test_a_school_year_beside_a_calendar_year_needs_a_word(template):
    figures = pair(SCHOOL, CALENDAR)
    words = figures | {"verschil": prose.versus(figures["b"], figures["a"])}
    with pytest.raises(DataError, match="a school year beside a calendar year"):
        prose.say(template, **words)
    assert prose.say(template.replace("2030–2031", "het schooljaar 2030–2031"), **words)


def test_years_of_other_things_and_two_school_years_need_none():
    assert prose.say("In 2030–2031 {a}, in 2029–2030 {b}.", **pair(SCHOOL, SCHOOL | {"period": "2029-2030"}))
    spent, others = {"period": "2030-2031", "indicator": "uitgaven"}, {"period": "2030", "indicator": "inwoners"}
    assert prose.say("In 2030–2031 {a}, in 2030 {b}.", **pair(spent, others))


@pytest.mark.parametrize(
    ("indicator", "words", "better"),
    [
        (
            "aandeel_betalingsmoeilijkheden",
            "In 2030 had het gezin van {a} moeite om energie te betalen.",
            "In 2030 zei {a} dat hun gezin moeite had om energie te betalen.",
        ),
        ("werkzoekendengraad_jaargemiddelde", "In 2030 was {a} werkloos.", "In 2030 was {a} werkzoekend."),
    ],
)
def test_a_measure_is_told_as_what_it_is(indicator, words, better):
    a = pair({"indicator": indicator}, {})["a"]
    with pytest.raises(DataError, match="another measure"):
        prose.say(words, a=a)
    assert prose.say(better, a=a)
