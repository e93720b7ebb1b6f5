# SPDX-License-Identifier: EUPL-1.2
"""Sentences and tables in Dutch, each figure with the cells it comes from."""

import json

import pytest
from invented_rows import as_read, fig, tables  # noqa: F401 (a fixture)

from genk_armoede.errors import DataError
from genk_armoede.narration import frames, prose, telling
from genk_armoede.tables import store

NBSP = "\u00a0"


def test_a_sentence_in_words_markup_and_data():
    shown = prose.say("In {jaar} waren er {n:n} van {alle}.", jaar="2031", n=fig(1234), alle=fig(2000))
    assert as_read(shown) == "In 2031 waren er 1.234 van 2.000 personen."
    bundle = shown._repr_mimebundle_()
    assert bundle["text/plain"] == str(shown)
    assert (
        '<p>In 2031 waren er <strong class="ga-figure" tabindex="0" title=' in bundle["text/html"]
        and ">1.234</strong>" in bundle["text/html"]
    )
    assert "Statbel" in bundle["text/html"] and "cel C6" in bundle["text/html"]
    (line,) = bundle[prose.MIME]["lines"]
    assert [part if isinstance(part, str) else part["text"] for part in line][:4] == [
        "In ",
        "2031",
        " waren er ",
        "1.234",
    ]
    assert line[3]["cells"] == ["wijken.xlsx|Bevolking|C6"] and line[3]["value"] == "1234"
    json.dumps(bundle)


def test_paragraphs_and_points():
    sentences = [prose.say("{w}.", w=word) for word in ("een", "twee")]
    assert str(prose.say("een.", "twee.")) == "een.\n\ntwee."
    assert str(telling.points(sentences)) == "- een.\n- twee."
    assert telling.points(sentences)._repr_mimebundle_()["text/html"].endswith("<ul><li>een.</li><li>twee.</li></ul>")


def test_a_sentence_may_hold_another_with_its_figures():
    inner = prose.say("{n} erbij", n=fig(12))
    said = prose.say("Er kwamen {inner}.", inner=inner)
    assert str(said) == f"Er kwamen 12{NBSP}personen erbij."
    assert said.parts[0][1] == fig(12)


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        (fig("19.7", "%"), fig("29.9", "%"), f"10,2{NBSP}procentpunt lager dan"),
        (fig(713, "plaatsen"), fig(679, "plaatsen"), f"34{NBSP}plaatsen meer dan"),
        (fig(4), fig(4), "evenveel als"),
        (fig(3), fig(4), f"1{NBSP}persoon minder dan"),
        (fig(4), fig(None, status="m"), "(geen cijfer) tegenover"),
    ],
)
def test_two_figures_beside_each_other(one, other, text):
    assert str(prose.versus(one, other)) == text


@pytest.mark.parametrize("template", ["{ontbreekt}", "{}", "{n.value}", "{n[0]}"])
def test_a_sentence_that_asks_for_what_is_not_given_is_refused(template):
    with pytest.raises((DataError, KeyError)):
        prose.say(template, n=fig(1))


def test_braces_in_words_stay_as_they_are():
    assert str(prose.say("{{x}} {w}", w="{n}")) == "{x} {n}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-14.2, "Genk ligt 14,2% lager dan Limburg."),
        (0.5, "Genk ligt 0,5% hoger dan Limburg."),
        (0, "Genk ligt even hoog als Limburg."),
        (None, "Genk ligt (geen cijfer) tegenover Limburg."),
    ],
)
def test_a_difference_is_told_with_a_word_and_without_a_sign(value, text):
    distance = fig(value, "%", "" if value is not None else "m", cells=("wijken.xlsx|Bevolking|C6",))
    assert as_read(prose.say("Genk ligt {d} Limburg.", d=prose.compared(distance))) == text


def test_a_table_in_words_markup_and_data():
    shown = prose.table("Titel", [{"Wat": "a", "Cijfer": fig(12)}, {"Wat": "langer", "Cijfer": fig(None, status="m")}])
    assert as_read(shown).splitlines() == ["Titel", "Wat     Cijfer", "a       12 personen", "langer  geen cijfer"]
    bundle = shown._repr_mimebundle_()
    assert "<caption>Titel</caption>" in bundle["text/html"] and bundle["text/html"].count('scope="col"') == 2
    assert bundle[prose.MIME]["header"] == ["Wat", "Cijfer"]
    assert [row[1]["value"] for row in bundle[prose.MIME]["rows"]] == ["12", ""]


def test_a_table_without_rows_is_refused():
    with pytest.raises(DataError, match="has no rows"):
        prose.table("Titel", [])


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c"), (list("abcd"), "a, b, c en d")],
)
def test_join(words, text):
    assert prose.join(words) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2021", "2021"),
        ("2020-2021", "2020–2021"),
        ("2020-05", "mei 2020"),
        ("2021-12", "december 2021"),
        ("2021-01-31", "31 januari 2021"),
        ("2021-03-01", "1 maart 2021"),
    ],
)
def test_a_period_in_words(period, text):
    assert prose.period_text(period) == text


def test_published_figures_stand_side_by_side_with_who_says_so():
    rises = frames.pick(store.load("schooltoelagen"), "stijging_leerlingen_met_schooltoeslag").sort_values("value")
    one, two = prose.published("Stijging", rises).rows
    assert [f"{row['Cijfer']}" for row in (one, two)] == ["46,8%", "56%"]
    assert one["Wanneer"] == "2019–2020" and two["Volgens"] == "Statistiek Vlaanderen"
    assert "Wat" not in one and one["Waar"] == "Nederlandstalig onderwijs"


def test_a_published_table_leaves_out_only_what_is_the_same_and_no_remark():
    single = store.load("losse_cijfers")
    left = frames.pick(single, "aandeel_vroegtijdige_schoolverlaters", period="2021-03")
    (row,) = prose.published("Vroegtijdige schoolverlaters in Genk", left).rows
    assert list(row) == ["Wanneer", "Cijfer", "Volgens", "Opmerking"]
    assert row["Wanneer"] == "gepubliceerd maart 2021" and "schooljaar" in row["Opmerking"]
    assert frames.names(left) == ["Vroegtijdige schoolverlaters"]
    assert list(prose.published("Zonder opmerking", left, remarks=False).rows[0]) == ["Wanneer", "Cijfer", "Volgens"]
    without = prose.published("Equivalent leefloon", frames.pick(single, "personen_met_equivalent_leefloon"))
    assert "Opmerking" not in without.rows[0]


def test_a_period_is_written_as_people_write_it():
    words = {"jaar": "2030-2031", "maand": "2030-05", "naam": "2030-Q9"}
    assert str(prose.say("{jaar}, {maand}, {naam}.", **words)) == "2030–2031, mei 2030, 2030-Q9."


WAYS = ("{n} kregen een toelage: {p}.", "{p} kreeg een toelage.", "Hoeveel een toelage kregen, weten we niet.")


@pytest.mark.parametrize(
    ("count", "share", "said"),
    [
        (30, 60, "30 leerlingen kregen een toelage: 60%."),
        (None, 60, "60% kreeg een toelage."),
        (30, None, "Hoeveel een toelage kregen, weten we niet."),
        (None, None, "Hoeveel een toelage kregen, weten we niet."),
    ],
)
@pytest.mark.parametrize("status", ["m", "c"])
def test_a_figure_that_is_missing_or_hidden_leaves_a_whole_sentence(count, share, said, status):
    figures = {"n": fig(count, "leerlingen", "" if count else status), "p": fig(share, "%", "" if share else status)}
    assert as_read(telling.either(*WAYS, **figures)) == said


def test_what_is_missing_needs_a_sentence_of_its_own():
    with pytest.raises(DataError, match="no sentence for what is missing"):
        telling.either(*WAYS[:2], n=fig(None, status="m"), p=fig(None, "%", "m"))
