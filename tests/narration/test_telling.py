# SPDX-License-Identifier: EUPL-1.2
"""Sentences that pick their figures by name, with invented figures."""

import math

import pandas as pd
import pytest
from invented_rows import areas, as_read, fig, frame, tables  # noqa: F401 (a fixture)

from genk_armoede.errors import DataError
from genk_armoede.narration import selection, telling


@pytest.fixture
def rows() -> pd.DataFrame:
    """Two indicators; two areas, two periods and three parts of the first."""
    every = [
        {"area": area, "period": period, "breakdown": part, "value": value}
        for area, period, part, value in (
            ("Genk", "2030", "", 10), ("Genk", "2031", "", 20), ("Genk", "2031", "deel=jong", 21),
            ("Genk", "2031", "deel=heel oud, of ouder", 22), ("Hasselt", "2030", "", 30), ("Hasselt", "2031", "", 40),
            ("Hasselt", "2031", "deel=jong", 41),
        )
    ]  # fmt: skip
    shares = [{"indicator": "aandeel_verzonnen", "unit": "%"} | one for one in every]
    return frame(*shares, {"indicator": "mensen", "period": "2029", "value": 5, "area": "Genk"})


def said(template: str, rows: pd.DataFrame, **values: object) -> str:
    return as_read(telling.say(template, rows=rows, **values))


# --- what is refused ---


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{Gank}", "names no figure"),
        ("{aandeel_verzonnen, 2032}", "names no figure"),
        ("{n}", "one of 2 indicators"),
        ("{mensen, Hasselt}", "not one figure"),
        ("{mensen, jong}", "not one figure"),
        ("{jong} en {Hasselt, totaal}", "does not name Genk, Hasselt"),
        ("In 2031: {verzonnen}, en vroeger {eerste}", "does not name 2030"),
    ],
)
def test_a_name_that_can_mean_another_figure_or_none_is_refused(rows, template, problem):
    with pytest.raises(DataError, match=problem):
        said(template, rows)


def test_a_name_that_is_misspelt_is_told_with_the_nearest(rows):
    with pytest.raises(DataError, match="names no figure") as found:
        said("{Haselt}", rows)
    assert "Hasselt" in str(found.value)


def test_two_areas_without_genk_are_not_chosen_from():
    with pytest.raises(DataError, match="one of 2 areas"):
        said("{n}", areas(a=1, b=2))


def test_a_list_without_points_is_refused():
    with pytest.raises(DataError, match="without points"):
        telling.points(None)


# --- what is told ---


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{verzonnen}", "20%"),
        ("In {wanneer}: {verzonnen}.", "In 2031: 20%."),
        ("{aandeel_verzonnen, 2030}", "10%"),
        ("{verzonnen, eerste}", "10%"),
        ("{verzonnen, vorige}", "10%"),
        ("{jong}", "21%"),
        ("{heel oud, of ouder}", "22%"),
        ("{jong, Hasselt}", "41%"),
        ("In {wanneer} bij jongeren in Genk {jong}, in {waar, Hasselt} {Hasselt}.",
            "In 2031 bij jongeren in Genk 21%, in Hasselt 41%."),
        ("Jong {jong}, in totaal {totaal}", "Jong 21%, in totaal 20%"),
        ("{deel, jong}", "jong"),
        ("{mensen:n} mensen in {wanneer}", "5 mensen in 2029"),
        ("{verzonnen} in Genk, {Hasselt} in Hasselt", "20% in Genk, 40% in Hasselt"),
        ("Genk: {verzonnen}, {hoeveelste} van {gebieden:n}, {midden} het midden",
            "Genk: 20%, laagste van 2, 10,0 procentpunt lager dan het midden"),
        ("{hoogste, verzonnen} {top}", "Hasselt 40%"),
        ("{koers, verzonnen}", "steeg van 10% in 2030 naar 20% in 2031"),
    ],
)  # fmt: skip
def test_figures_are_picked_by_name(rows, template, text):
    assert said(template, rows) == text


def test_a_later_name_never_says_of_which_an_earlier_figure_is(rows):
    one = rows[(rows.indicator == "aandeel_verzonnen") & (rows.breakdown == "")]
    assert said("In {wanneer} {n} in Genk en {Hasselt} in Hasselt", one) == "In 2031 20% in Genk en 40% in Hasselt"


def test_a_figure_keeps_the_cell_that_it_was_picked_from(rows):
    (part,) = telling.say("{jong}", rows=rows).parts[0]
    assert part.cells == ("a.xlsx|B|C3",)


def test_values_are_figures_words_names_and_frames(rows):
    parts = rows[rows.breakdown != ""]
    told = said("{a} {b} {c} {d, jong} {d, aantal}", rows, a=fig(3), b="woord", c=["x", "y", "z"], d=parts)
    assert told == "3 personen woord x, y en z 21% 3"
    assert said("{leeg}", rows, leeg=[]) == "geen"


def test_lines_of_a_template_are_one_paragraph(rows):
    assert said("Een zin\n    op twee regels: {jong}.", rows) == "Een zin op twee regels: 21%."


def test_points_are_templates_sentences_and_what_is_left_out(rows):
    listed = telling.points("{jong}.", None, telling.say("Nog."), [telling.say("En nog.")], rows=rows)
    assert str(listed) == "- 21%.\n- Nog.\n- En nog."


def test_without_rows_a_name_is_looked_up_in_all_tables():
    assert str(telling.say("{vertrouwen_in_medemens}")).endswith("%")


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ([1, 5, 2], "steeg van 1% in 2030 naar 5% in 2031 en zakte naar 2% in 2032"),
        ([3, 3], "bleef op 3% van 2030 tot 2031"),
        ([3], "was 3% in 2030"),
        ([math.nan], "kreeg geen cijfer"),
    ],
)
def test_how_a_series_went_is_part_of_a_sentence(values, text):
    series = frame(*({"period": str(2030 + i), "value": value, "unit": "%"} for i, value in enumerate(values)))
    if text == "kreeg geen cijfer":
        series["status"] = "m"
    assert said("{koers}", series) == text


def test_names_of_your_own_are_given_to_rows(rows):
    found = selection.labelled(rows, {"Jongeren": "jong", "Hasselaren": "verzonnen, Hasselt, 2030"})
    assert list(zip(found.naam, found.area, found.value, strict=True)) == [
        ("Jongeren", "Genk", 21.0), ("Jongeren", "Hasselt", 41.0), ("Hasselaren", "Hasselt", 30.0),
    ]  # fmt: skip
