# SPDX-License-Identifier: EUPL-1.2
"""Answers: what they settle, what they may not say, and files of the field that are read by them alone.

All figures are invented.
"""

import functools
from pathlib import Path

import pytest
import workbooks
from workbooks import NAME, SHEET, edited, save

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts.answers import Answers, is_of_shape
from genk_armoede.spreadsheets.workbook import open_workbook

CASES = Path(__file__).parents[3] / "shared" / "gevallen"
SCHOOL = ("months=months", "months=school years")
YEARS = [["Gemeente", "2019", "2020"], ["Genk", 300, 250], ["Hasselt", 30, 25]]
refused = functools.partial(workbooks.refused, sheet=SHEET)


def answered(tmp_path, rows, *answers, **more):
    (reading,), _ = layouts.recognise(open_workbook(save(tmp_path / NAME, rows, **more)), answers=answers)
    return reading


def found(reading):
    return [(row.area, row.period, row.breakdown, str(row.value or row.status), row.unit) for row in reading.rows]


# --- what is no answer ---


@pytest.mark.parametrize(
    "wrong",
    [
        "nonsense",
        "period",
        "period=",
        "column A=king",
        "row x=nothing",
        "numbers=roman",
        "headers=up",
        "mark x=e",
        "cell A=Genk",
        "table=none",
        "sheet Blad: nonsense",
    ],
)
def test_what_is_no_answer_is_refused(wrong):
    with pytest.raises(DataError, match=r"this .*answer"):
        Answers([wrong])


def test_two_answers_to_one_question():
    with pytest.raises(DataError, match="two answers to one question"):
        Answers(["period=2021", "period=2022"])


@pytest.mark.parametrize("answer", ["period=2021", "headers=left", "numbers=comma", "table=2", "mark geh.=c"])
def test_an_answer_that_nothing_asks_for_is_refused(tmp_path, answer):
    rows = [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, 5]]
    if answer == "table=2":
        with pytest.raises(DataError):
            answered(tmp_path, rows, answer)
        return
    with refused("an answer that nothing here asks for", sheet="", guides="found", mention=answer):
        answered(tmp_path, rows, answer)


def test_an_answer_that_the_file_contradicts_is_refused(tmp_path):
    titles = [["Aantal leefloners 2021"], ["Gemeente", "Aantal"], ["Genk", 5]]
    with refused("contradicts", mention="2021", guides="expected"):
        answered(tmp_path, titles, "period=2019")
    with refused("contradicts", guides="answers", mention="unit=EUR"):
        answered(tmp_path, [["Gemeente", "Jaar", "Bedrag [EUR]"], ["Genk", 2021, 5]], "unit=%")
    with refused("holds periods", cell="B2"):
        answered(tmp_path, [["Gemeente", "Fictief", "Jaar"], ["Genk", 123456, 2021]], "column B=period")
    with refused("a row that is empty", guides="found"):
        answered(tmp_path, [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, 5]], "row 9=nothing")


@pytest.mark.parametrize(
    ("rows", "wrong", "right"),
    [
        ([["Gemeente", "Jaar", "Omzet (euro)"], ["Genk", 2021, 5]], "unit=aantal", "unit=EUR"),
        ([["Bedragen in euro"], ["Gemeente", "Jaar", "Waarde"], ["Genk", 2021, 5]], "unit=%", "unit=EUR"),
        ([["Bedragen (x 1.000)"], ["Gemeente", "Jaar", "Waarde"], ["Genk", 2021, 5]], "unit=EUR", "unit=1.000"),
        ([["Filters: Gemeente is Genk"], ["Jaar", "Aantal"], [2021, 5]], "area=Hasselt", "area=Genk"),
        ([["Gemeente", "Jaar", "Aantal"], ["Genk", "2011-12", 5], ["Genk", "2012-13", 6]], *SCHOOL[:2]),
        ([["Gemeente", "Schooljaar", "Aantal"], ["Genk", "2010-11", 5], ["Genk", "2011-12", 6]], *SCHOOL[:2]),
    ],
)
def test_an_answer_that_words_of_the_file_contradict_is_refused(tmp_path, rows, wrong, right):
    with refused("contradicts", mention=right, guides="answers"):
        answered(tmp_path, rows, wrong)
    assert answered(tmp_path, rows).rows


def test_a_unit_is_not_answered_where_a_column_says_it(tmp_path):
    rows = [["Gemeente", "Jaar", "Eenheid", "Waarde"], ["Genk", 2021, "euro", 5], ["Mol", 2021, "euro", 6]]
    with refused("contradicts", cell="C1"):
        answered(tmp_path, rows, "unit=%")


def test_an_area_that_the_sheet_is_called_by(tmp_path):
    rows = [["Leeftijd", "2020", "2021"], ["0-17", 5, 6], ["18-64", 7, 8]]
    with workbooks.refused("nothing says what the figures are", sheet="Genk", mention="indicator=LABEL"):
        answered(tmp_path, rows, sheet="Genk")
    reading = answered(tmp_path, rows, "indicator=Fictief", sheet="Genk")
    assert {(row.area_code, row.area, row.indicator) for row in reading.rows} == {("71016", "Genk", "Fictief")}
    assert "area: Genk, from the sheet's name" in reading.assumed
    with workbooks.refused("contradicts", sheet="Genk", mention="area=Genk", guides="answers"):
        answered(tmp_path, rows, "area=Hasselt", "indicator=Fictief", sheet="Genk")


def test_no_answer_gives_a_figure(tmp_path):
    rows = [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, 5], ["Hasselt", 2021, None]]
    with refused("an answer in the place of a figure", cell="C3"):
        answered(tmp_path, rows, "cell C3=7")


# --- what they settle: each question names its answers, and each answer is the reading that it says ---


@pytest.mark.parametrize(
    ("rows", "question", "answers"),
    [
        (
            [["Gemeente", "Aantal"], ["Genk", 5]],
            "for which period",
            {"period=2021": [("Genk", "2021", "", "5", "aantal")]},
        ),
        (
            [["Aantal 2021 en 2022"], ["Gemeente", "Aantal"], ["Genk", 5]],
            "two ways",
            {"period=2022": [("Genk", "2022", "", "5", "aantal")]},
        ),
        (
            [["Gemeente", "Verzonnen", "Bedrag [EUR]"], ["Genk", 2020, 5], ["Genk", 2021, 6]],
            "periods or figures",
            {"column Verzonnen=period": [("Genk", "2020", "", "5", "EUR"), ("Genk", "2021", "", "6", "EUR")]},
        ),
        (
            [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, 5], ["Hasselt", 2021, "geh."]],
            "text where a number belongs",
            {
                "mark geh.=c": [("Genk", "2021", "", "5", "aantal"), ("Hasselt", "2021", "", "c", "aantal")],
                "row 3=nothing": [("Genk", "2021", "", "5", "aantal")],
            },
        ),
        (
            [["Gemeente", "Jaar", "Aandeel [%]"], ["Genk", 2021, 0.25], ["Hasselt", 2021, 0.5]],
            "a percentage that can be read two ways",
            {
                "percentages=fractions": [("Genk", "2021", "", "25", "%"), ("Hasselt", "2021", "", "50", "%")],
                "percentages=numbers": [("Genk", "2021", "", "0.25", "%"), ("Hasselt", "2021", "", "0.5", "%")],
            },
        ),
        (
            [["Gemeente", "Jaar", "Getal"], ["Genk", 2021, "1.963"], ["Hasselt", 2021, "2.500"], ["Mol", 2021, "1500"]],
            "a number that can be read two ways",
            {
                "numbers=comma": [
                    ("Genk", "2021", "", "1963", ""),
                    ("Hasselt", "2021", "", "2500", ""),
                    ("Mol", "2021", "", "1500", ""),
                ],
                "numbers=point": [
                    ("Genk", "2021", "", "1.963", ""),
                    ("Hasselt", "2021", "", "2.5", ""),
                    ("Mol", "2021", "", "1500", ""),
                ],
            },
        ),
        (
            [["Gemeente", "Jaar", "Aantal"], ["Genk", "2010-11", 5], ["Genk", "2011-12", 6]],
            "a period that can be read two ways",
            {
                SCHOOL[0]: [("Genk", "2010-11", "", "5", "aantal"), ("Genk", "2011-12", "", "6", "aantal")],
                SCHOOL[1]: [("Genk", "2010-2011", "", "5", "aantal"), ("Genk", "2011-2012", "", "6", "aantal")],
            },
        ),
        (
            [["Gemeente", "Aantal 2010-11", "Aantal 2011-12"], ["Genk", 5, 6]],
            "a period that can be read two ways",
            {SCHOOL[1]: [("Genk", "2010-2011", "", "5", "aantal"), ("Genk", "2011-2012", "", "6", "aantal")]},
        ),
        (
            [["Aantal in 2021"], ["Gemeente", "Aantal 2019"], ["Genk", 5]],
            "a year in the header and another in the title",
            {f"period={year}": [("Genk", year, "", "5", "aantal")] for year in ("2019", "2021")},
        ),
        (
            [["Gemeente", "2019", "2021", "2019-2021"], ["Genk", 5, 7, 12], ["Mol", 1, 2, 3]],
            "a period or what changed between them",
            {
                "column 2019-2021=nothing": [
                    ("Genk", "2019", "", "5", ""),
                    ("Genk", "2021", "", "7", ""),
                    ("Mol", "2019", "", "1", ""),
                    ("Mol", "2021", "", "2", ""),
                ]
            },
        ),
        (
            [["Gemeente", "Jaar", "Aantal"], ["#N/B", 2021, 5], ["Hasselt", 2021, 6]],
            "where a label belongs",
            {"cell A2=Genk": [("Genk", "2021", "", "5", "aantal"), ("Hasselt", "2021", "", "6", "aantal")]},
        ),
    ],
)
def test_a_question_is_settled_by_its_answers(tmp_path, rows, question, answers):
    with refused(question):
        answered(tmp_path, rows)
    for answer, expected in answers.items():
        reading = answered(tmp_path, rows, answer)
        assert found(reading) == expected
        assert any("as answered" in text for text in [*reading.assumed, *reading.left_out]) or "=" in answer


def test_years_that_can_be_months_beside_some_that_cannot(tmp_path):
    reading = answered(tmp_path, [["Gemeente", "1996-99", "1997-00", "1998-01"], ["Genk", 5, 6, 7]])
    assert [row.period for row in reading.rows] == ["1996-1999", "1997-2000", "1998-2001"]
    assert "periods such as 1998-01 are years" in reading.assumed
    months = answered(tmp_path, [["Gemeente", "2020-11", "2020-12", "2021-01"], ["Genk", 5, 6, 7]])
    assert [row.period for row in months.rows] == ["2020-11", "2020-12", "2021-01"]


def test_another_column_says_how_numbers_are_written(tmp_path):
    head, row = ["Gemeente", "Jaar", "Vloer (m²)", "Grond (m²)"], ["Genk", "2021", "46.769", "1.307,50"]
    assert [str(row.value) for row in answered(tmp_path, [head, row]).rows] == ["46769", "1307.5"]
    for figures in (["46.769", "307,5"], ["46.769", "1,307.50"], ["46,769", "1.307,50"]):
        with refused("read two ways"):
            answered(tmp_path, [head, [*row[:2], *figures]])


@pytest.mark.parametrize("header", ["Aantal huishoudens-2023", "Aantal huishoudens, 2023(in duizend)"])
def test_a_year_that_a_header_ends_with(tmp_path, header):
    reading = answered(tmp_path, [["Gemeente", header, header.replace("2023", "2024")], ["Genk", 5, 6]])
    assert [(row.indicator.split("(")[0].strip(), row.period) for row in reading.rows] == [
        ("Aantal huishoudens", "2023"),
        ("Aantal huishoudens", "2024"),
    ]


def test_codes_of_areas_are_no_figures_whatever_stands_above_them(tmp_path):
    places = [["y", "p", "n"], *([year, code, year * 3] for year in (2020, 2021) for code in (10000, 20001, 30000))]
    with refused("a column that can hold periods or figures", cell="A2", mention="column y=period"):
        answered(tmp_path, places)
    reading = answered(tmp_path, places, "column y=period")
    assert {row.indicator for row in reading.rows} == {"n"}
    assert {(row.area_code, row.period) for row in reading.rows[:2]} == {("10000", "2020"), ("20001", "2020")}


def test_years_of_something_else(tmp_path):
    rows = [["Nieuwkomers 2022"], [], *YEARS]
    reading = answered(tmp_path, rows, "years=aankomst")
    assert found(reading)[:2] == [
        ("Genk", "2022", "aankomst=2019", "300", ""),
        ("Genk", "2022", "aankomst=2020", "250", ""),
    ]
    assert "years in the header: aankomst, a breakdown" in reading.assumed


def test_headers_over_groups_to_either_side(tmp_path):
    rows = [
        ["Verzonnen 2021"],
        [None, "man", None, "vrouw", None],
        ["Gemeente", "klein", "groot", "arm", "rijk"],
        ["Genk", 1, 2, 3, 4],
    ]
    rows[1] = [None, None, "man", "vrouw", None]
    book = open_workbook(save(tmp_path / NAME, rows))
    with refused("to the left or to the right", mention="--answer headers=left"):
        layouts.recognise(book, "table")
    (reading,), _ = layouts.recognise(book, "table", answers=["headers=left"])
    assert [row.indicator for row in reading.rows] == ["klein", "man, groot", "vrouw, arm", "vrouw, rijk"]


def test_one_of_several_tables(tmp_path):
    rows = [["Eerste 2021"], ["Gemeente", "Aantal", "Bedrag [EUR]"], ["Genk", 1, 2], []]
    rows += [["Tweede 2022"], ["Gemeente", "Aantal", "Bedrag [EUR]"], ["Genk", 3, 4]]
    reading = answered(tmp_path, rows, "table=2")
    assert [(row.period, int(row.value)) for row in reading.rows] == [("2022", 3), ("2022", 4)]
    assert any(text.startswith("rows 1 to 3: table 1") for text in reading.left_out)


def test_an_answer_about_one_sheet(tmp_path):
    path = save(tmp_path / NAME, [["Gemeente", "Aantal"], ["Genk", 5]])
    with edited(path) as book:
        book.create_sheet("Ander").append(["Gemeente", "Aantal"])
        book["Ander"].append(["Hasselt", 6])
    with refused("for which period", mention=f"--answer 'sheet {SHEET}: period=YYYY'"):
        layouts.recognise(open_workbook(path))
    told = [f"sheet {SHEET}: period=2021", "sheet Ander: period=2022"]
    readings, _ = layouts.recognise(open_workbook(path), answers=told)
    assert [row.period for reading in readings for row in reading.rows] == ["2021", "2022"]
    _, passed = layouts.recognise(open_workbook(path), answers=[told[0], "sheet Ander: nothing"])
    assert passed == {"Ander": "left out, as answered"}


def test_a_row_that_is_left_out_is_no_gap_and_is_told(tmp_path):
    rows = [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, 5], ["Hasselt", 2021, "??"], ["Mol", 2021, 6]]
    reading = answered(tmp_path, rows, "row 3=nothing")
    assert [row.area for row in reading.rows] == ["Genk", "Mol"]
    assert "row 3: left out, as answered: Hasselt | 2021 | ??" in reading.left_out


def test_the_layout_may_be_answered(tmp_path):
    rows = [["Verzonnen 2021"], [], ["Soort", "Aantal"], ["rood", 5], ["blauw", 6]]
    assert answered(tmp_path, rows, "layout=statistical").layout == "statistical"
    with pytest.raises(DataError, match="this answer names no layout"):
        answered(tmp_path, rows, "layout=tabel")


def test_a_list_of_people_has_no_answer(tmp_path):
    rows = [["Rijksregisternummer", "Naam", "Bedrag [EUR]"], *([i, f"Verzonnen {i}", 5] for i in range(4))]
    with refused("a list of people", guides="do"):
        answered(tmp_path, [["Verzonnen 2021"], [], *rows])


@pytest.mark.parametrize(
    ("answer", "carried"),
    [
        ("column Week=breakdown", True),
        ("column C=breakdown", False),
        ("period=column C", False),
        ("period=column Jaar", True),
        ("headers=left", True),
        ("sheet Blad: nothing", True),
        ("period=2021", False),
        ("row 12=nothing", False),
        ("sheet Blad: cell A5=Genk", False),
    ],
)
def test_what_goes_with_next_years_file(answer, carried):
    assert is_of_shape(answer) == carried


# --- files of the field that are read by answers alone ---


@pytest.mark.parametrize(
    ("name", "answers", "cell", "expected"),
    [
        ("r17_dutch_error_label.csv", ["cell A3=Hasselt"], "B3", ("2020", "78714")),
        ("r15_error_label_Err508.ods", ["row 3=nothing"], "B2", None),
    ],
)
def test_a_file_that_was_refused_is_read_without_touching_it(name, answers, cell, expected):
    path = CASES / name
    if not path.is_file():
        pytest.skip(f"{name} is not here")
    before = path.read_bytes()
    with pytest.raises(DataError) as caught:
        layouts.recognise(open_workbook(path))
    assert caught.value.answers
    (reading,), _ = layouts.recognise(open_workbook(path), answers=answers)
    (row,) = (row for row in reading.rows if row.cell == cell)
    assert row.value is not None and (expected is None or (row.period, str(row.value)) == expected)
    assert path.read_bytes() == before
