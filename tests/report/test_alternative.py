# SPDX-License-Identifier: EUPL-1.2
"""A short alternative text has the subject of the title, ends no sentence halfway, and says what it leaves out."""

import pytest

from genk_armoede.report.alternative import LONGEST, alternative

NAMES = ["Genk", "Limburg", "België"]
KIND = "Lijndiagram met 3 lijnen, 2030 tot 2039."
LATER = "Er is een breuk in 2034. " + "Genk daarvoor: steeg van 1% in 2030 naar 2% in 2033. " * 9


def line(name: str) -> str:
    return f"{name}: steeg van 30,1% in 2034 naar 40,2% in 2039, en dat is een lange zin; er zijn gaten."


def test_a_description_that_fits_is_kept():
    assert alternative(KIND, "Titel", NAMES) == KIND


def test_the_row_of_the_title_comes_first_and_the_others_are_counted():
    said = alternative(
        " ".join([KIND, *map(line, ["België", "Limburg", "Oost", "Genk"]), LATER]), "In Genk", [*NAMES, "Oost"]
    )
    assert said.startswith(
        f"{KIND} Genk: steeg van 30,1% in 2034 naar 40,2% in 2039, en dat is een lange zin. België: "
    )
    assert said.endswith("En 2 andere: zie de beschrijving.") and len(said) <= LONGEST


def test_after_all_rows_comes_what_fits_of_the_rest():
    said = alternative(f"{KIND} {line('Genk')} {LATER}", "Titel", NAMES)
    assert "lange zin. Er is een breuk in 2034. Genk daarvoor:" in said
    assert said.endswith("De rest staat in de beschrijving.") and len(said) <= LONGEST


def test_a_panel_stands_before_its_row():
    words = " ".join(
        [KIND, "Een, Genk: was 1% in 2030 en 2% in 2031.", "Twee, Genk: was 3% in 2030 en 4% in 2031.", LATER]
    )
    assert "Twee, Genk: was 3%" in alternative(words, "Titel", NAMES)


@pytest.mark.parametrize("words", ["woord " * 99, "x" * 999, f"Meting: Genk 12%; lager: {'Aalst (8%), ' * 30}."])
def test_one_long_sentence_is_cut_between_clauses_or_words(words):
    said = alternative(words, "Titel", NAMES)
    assert len(said) <= LONGEST and not said.removesuffix(" …").endswith((",", ";"))
    assert "12%. De rest" in said or said.endswith("…")


def test_a_list_that_does_not_fit_is_counted():
    words = f"Meting: Genk 12%; duidelijk hoger: geen enkele; duidelijk lager in 30 steden: {'Aalst (8%), ' * 30}."
    said = alternative(words, "Titel", NAMES)
    told = "Meting: Genk 12%; duidelijk hoger: geen enkele; duidelijk lager in 30 steden."
    assert said == f"{told} De rest staat in de beschrijving."


def test_a_break_stands_behind_the_rows_that_it_is_about():
    rest = "Limburg in 2032: plaats 4 van 5, van hoog naar laag. De andere in 2032: van 1 (a) tot 9 (b)."
    broken = "De reeks breekt in 2032: vergelijk niet over de breuk heen."
    told = alternative(
        f"Lijndiagram met 5 lijnen. Limburg: 61 in 2032. {rest} {broken} {LATER}", "Limburg", ["Limburg"]
    )
    assert told.startswith(f"Lijndiagram met 5 lijnen. Limburg: 61 in 2032. {broken} ") and len(told) <= LONGEST
