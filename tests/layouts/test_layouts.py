# SPDX-License-Identifier: EUPL-1.2
"""Which layout reads what; sheets that are passed over; and that no layout loses a cell without a word."""

import pytest
from test_figure_list import LIST
from test_swing import EXPORT, STYLE
from workbooks import NAME, SHEET, as_sheet, by_cell, change, csv_sheet, edited, read, refused, save

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts.engine.declared import Says, Table
from genk_armoede.layouts.engine.reading import Reading
from genk_armoede.observations.marks import MARKS
from genk_armoede.spreadsheets.workbook import open_workbook

# One sheet for each layout, all invented.
UPLOAD = [["geolevel", "geoitem", "period", "v_fictief"], ["gemeente", "71016", 2021, 5]]
OPEN_DATA = [["CD_YEAR", "CD_MUNTY_REFNIS", "MS_NBR_FICTIEF"], [2021, "71016", 5]]
SURVEY = [["Gemeente", "NIS-code", "Indicator", "Jaar", "Aandeel (%)"], ["Genk", "71016", "Fictief", 2023, 58]]
MATRIX = [
    ["Boekjaar", 2020, 2021],
    ["Bestuur", "Bedrag (€)", "Bedrag (€)"],
    ["Genk", 1, 2],
    [],
    ["Toegepaste filters: geen"],
]
PRINTED = [["Titel"], [], ["Soort", "Bezit", None], [], [None, 2019, 2020], [], ["Wagens", 1, 2]]
PLAIN = [["Gemeente", "Jaar", "Bevolking"], ["Verzonnen", 2021, 5]]
SHEETS = {
    "swing": (EXPORT, STYLE),
    "swing_upload": (UPLOAD, {}),
    "statbel_open": (OPEN_DATA, {}),
    "stadsmonitor": (SURVEY, {}),
    "figure_list": (LIST, {}),
    "powerbi": (MATRIX, {}),
    "table": (PLAIN, {}),
    "statistical": (PRINTED, {}),
}


def test_there_is_a_sheet_for_each_layout():
    of_files = ["cube", "sdmx", "eurostat", "statline"]  # these have files of their own in test_formats
    assert [*of_files, *SHEETS] == list(layouts.LAYOUTS)


@pytest.mark.parametrize("name", SHEETS)
def test_each_layout_is_recognised_by_its_shape(tmp_path, name):
    rows, how = SHEETS[name]
    book = open_workbook(save(tmp_path / NAME, rows, **how))
    (reading,), passed = layouts.recognise(book)
    assert (reading.sheet.name, reading.layout, passed) == (SHEET, name, {})
    assert reading.rows and reading.rows == layouts.read(name, book.sheets[0]).rows


@pytest.mark.parametrize("name", SHEETS)
def test_a_layout_needs_no_sheet_of_its_own_name(tmp_path, name):
    rows, how = SHEETS[name]
    book = open_workbook(save(tmp_path / "verzonnen.xlsm", rows, sheet="Blad1 (2)", **how))
    assert [reading.layout for reading in layouts.recognise(book)[0]] == [name]


@pytest.fixture
def words(tmp_path):
    """A workbook with two sheets that hold no figures."""
    path = save(tmp_path / NAME, [["Verzonnen"], ["tekst"]])
    with edited(path) as pages:
        pages.create_sheet("Tweede").append(["Gemeente", "Fictief"])
    return open_workbook(path)


def test_all_reasons_are_named_when_no_layout_fits(words):
    with pytest.raises(layouts.NotRecognised, match="no layout reads this file") as caught:
        layouts.recognise(words)
    assert caught.value.file == NAME
    for sheet in (SHEET, "Tweede"):
        assert f"\n  {sheet} (in no known layout: no row of figures)\n" in str(caught.value)
        (line,) = (line for line in caught.value.reasons.splitlines() if line.strip().startswith(f"{sheet} ("))
        assert all(f"{name}: " in line for name in layouts.LAYOUTS)
    assert "swing: no legend" in caught.value.reasons and "swing" not in str(caught.value)
    assert caught.value.do


def test_the_reasons_stand_on_lines_of_their_own(words):
    with pytest.raises(DataError) as caught:
        layouts.recognise(words)
    assert "\\n" not in str(caught.value)


def test_only_the_layout_that_was_asked_for_is_tried(tmp_path):
    book = open_workbook(save(tmp_path / NAME, LIST))
    with pytest.raises(DataError) as caught:
        layouts.recognise(book, "swing")
    assert "swing: no legend" in str(caught.value)
    assert "figure_list" not in str(caught.value)


def test_a_sheet_without_figures_is_passed_over_beside_one_with(tmp_path):
    path = save(tmp_path / NAME, LIST)
    with edited(path) as pages:
        pages.create_sheet("Toelichting").append(["woorden"])
        pages.create_sheet("Leeg")
    book = open_workbook(path)
    readings, passed = layouts.recognise(book)
    assert [(reading.sheet.name, reading.layout) for reading in readings] == [(SHEET, "figure_list")]
    assert passed["Leeg"] == "it is empty"
    assert all(f"{name}: " in passed["Toelichting"] for name in layouts.LAYOUTS)
    readings, passed = layouts.recognise(book, sheet=SHEET)
    assert ([reading.sheet.name for reading in readings], passed) == ([SHEET], {})
    with pytest.raises(DataError, match="there is no sheet"):
        layouts.recognise(book, sheet="Ander")


def test_a_wrong_cell_is_not_a_reason_to_try_the_next_layout(tmp_path):
    with refused("text where a number belongs", sheet=SHEET, cell="E4"):
        layouts.recognise(open_workbook(save(tmp_path / NAME, change(LIST, "E4", "twaalf"))))


def test_a_wrong_cell_in_one_sheet_refuses_the_whole_workbook(tmp_path):
    path = save(tmp_path / NAME, PLAIN)
    with edited(path) as pages:
        for line in change(PLAIN, "C2", "vijf"):
            pages.create_sheet("Tweede") if "Tweede" not in pages.sheetnames else None
            pages["Tweede"].append(line)
        pages["Tweede"].append(["Verzonnen", 2022, 6])
    with refused("text where a number belongs", sheet="Tweede", cell="C2"):
        layouts.recognise(open_workbook(path))


# Copies


def copied(tmp_path, change_in_copy=None, shift=False):
    """A workbook with a sheet and its copy."""
    path = save(tmp_path / NAME, [*PLAIN, ["Bedacht", 2021, 6]])
    with edited(path) as pages:
        copy = pages.copy_worksheet(pages[SHEET])
        copy.title = "Kopie"
        if shift:
            copy.insert_cols(1)
        if change_in_copy:
            copy["C3"] = change_in_copy
    return layouts.recognise(open_workbook(path))


@pytest.mark.parametrize("shift", [False, True])
def test_a_sheet_that_repeats_another_is_passed_over(tmp_path, shift):
    readings, passed = copied(tmp_path, shift=shift)
    assert [reading.sheet.name for reading in readings] == [SHEET]
    assert passed == {"Kopie": f"it repeats the figures of sheet {SHEET}"}


def test_a_copy_with_one_other_figure_is_no_copy(tmp_path):
    readings, passed = copied(tmp_path, change_in_copy=7)
    assert ([reading.sheet.name for reading in readings], passed) == ([SHEET, "Kopie"], {})


# Every cell is accounted for


def reading_of(tmp_path, rows, **how):
    sheet = as_sheet(tmp_path, rows, **how)
    return sheet, Reading(sheet, "proef")


def test_a_number_that_a_layout_does_not_place_is_refused(tmp_path):
    _, reading = reading_of(tmp_path, [["kop"], ["los", 5]])
    with refused("a figure outside the table that the layout proef reads here", sheet=SHEET, cell="B2"):
        reading.finish()


@pytest.mark.parametrize("text", ["1.963", "58,2 %", "€ 5", "-99997"])
def test_a_number_that_is_text_is_a_number_too(tmp_path, text):
    _, reading = reading_of(tmp_path, [["los", text]])
    with refused("a figure outside the table", sheet=SHEET, cell="B1"):
        reading.finish()


def test_words_that_a_layout_does_not_place_are_told_with_their_cell(tmp_path):
    _, reading = reading_of(tmp_path, [["kop"], [], [None, "een los woord"]])
    assert reading.finish().left_out == ["A1: kop", "B3: een los woord"]


def test_a_hidden_figure_is_read_and_flagged(tmp_path):
    rows = [["Gemeente", "Jaar", "Fictief [EUR]"], ["Verzonnen", 2020, 1], ["Verzonnen", 2021, 2]]
    reading = read("table", tmp_path, rows, hide=[3])
    assert reading.hidden == ["C3"]
    assert by_cell(reading)["C3"].citation["note"] == "Verborgen in de bron."
    assert by_cell(reading)["C2"].citation == {}
    assert read("table", tmp_path, rows, hide=["C"]).hidden == ["C2", "C3"]


def test_a_figure_whose_number_format_shows_nothing_is_hidden(tmp_path):
    rows = [["Gemeente", "Jaar", "Fictief [EUR]"], ["Verzonnen", 2020, 1], ["Verzonnen", 2021, 2]]
    reading = read("table", tmp_path, rows, formats={"C3": ";;;"})
    assert (by_cell(reading)["C3"].value, reading.hidden) == (2, ["C3"])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_read_and_flagged(tmp_path, state):
    path = save(tmp_path / NAME, PLAIN)
    with edited(path) as pages:
        pages.create_sheet("Zichtbaar").append(["woorden"])
        pages[SHEET].sheet_state = state
        pages.active = 1
    (reading,), _ = layouts.recognise(open_workbook(path))
    assert reading.hidden == ["C2"]
    assert by_cell(reading)["C2"].citation["note"] == "Verborgen in de bron."


def test_a_hidden_figure_keeps_its_own_remark(tmp_path):
    rows = [["Gemeente", "Jaar", "Fictief [EUR]", "Opmerking"], ["Verzonnen", 2021, 2, "Zo gemeld."]]
    assert by_cell(read("table", tmp_path, rows, hide=[2]))["C2"].citation["note"] == (
        "Zo gemeld. Verborgen in de bron."
    )


def test_figures_of_one_column_that_show_different_units(tmp_path):
    rows = "Gemeente;Jaar;Fictief\nVerzonnen;2020;€ 5\nVerzonnen;2021;7 %\n"
    with refused("figures of one column that show different units", file="verzonnen.csv", cell="C3"):
        layouts.read("table", csv_sheet(tmp_path, rows))


@pytest.mark.parametrize(("text", "unit"), [("€ 5", "EUR"), ("5 %", "%"), ("5", "")])
def test_a_column_whose_header_names_no_unit_has_the_one_its_figures_show(tmp_path, text, unit):
    found = read("table", tmp_path, f"Gemeente;Jaar;Fictief\nVerzonnen;2020;{text}\nVerzonnen;2021;x\n")
    assert {cell: (row.unit, row.status) for cell, row in by_cell(found).items()} == {
        "C2": (unit, ""),
        "C3": (unit, "c"),
    }


def test_an_area_of_two_levels_has_no_code_unless_the_level_is_known(tmp_path):
    _, reading = reading_of(tmp_path, [[5, 5]])
    says = Says(indicator="Fictief", area="Antwerpen", period="2021")
    figures = {1: says, 2: says | Says(level="province")}
    reading.declare(Table(rows=[1], figures=figures, labels=[], marks=MARKS))
    assert [row.area_code for row in reading.rows] == ["", "10000"]
