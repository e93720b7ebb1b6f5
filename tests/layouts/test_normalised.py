# SPDX-License-Identifier: EUPL-1.2
"""What stands around figures: marks, units, thousands, minus signs, formulas. All figures are invented."""

import pytest
import xlsxwriter
from workbooks import pack, parts_of

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.spreadsheets.workbook import open_workbook


def text(folder, *lines, answers=()):
    path = folder / "verzonnen.csv"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read(path, answers)


def workbook(folder, rows, number_format="General", answers=()):
    path = folder / "verzonnen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, shown = book.add_worksheet("Blad"), book.add_format({"num_format": number_format})
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                page.write(i, j, value, shown if isinstance(value, int | float) else None)
    return read(path, answers)


def read(path, answers=()):
    readings, _ = layouts.recognise(open_workbook(path), answers=answers)
    return {row.cell: row for reading in readings for row in reading.rows}


def asked(make):
    with pytest.raises(DataError) as caught:
        make()
    return caught.value


MARKED = ["Gemeente;2021 [%];;2022 [%];", "Genk;12,3;b;12,5;p", "Hasselt;14,1;;14,4;p"]


def test_footnote_marks_in_a_column_of_their_own_are_of_the_figure_at_their_left(tmp_path):
    found = text(tmp_path, *MARKED)
    assert {cell: row.status for cell, row in found.items()} == {"B2": "b", "D2": "p", "B3": "", "D3": "p"}


def test_a_mark_that_stands_for_figures_elsewhere_is_none_beside_them(tmp_path):
    """`*` at the end of a row that has shifted."""
    rows = ["Gemeente;2020;2021;", "Genk;5;*;", "Mol;;6;*"]
    assert asked(lambda: text(tmp_path, *rows)).cell == "D3"


def test_a_note_says_what_a_mark_stands_for(tmp_path):
    found = text(tmp_path, *[line.replace("p", "*").replace("b", "(a)") for line in MARKED], "(a) Schatting", "* Breuk")
    assert {cell: row.status for cell, row in found.items()} == {"B2": "e", "D2": "b", "B3": "", "D3": "b"}


@pytest.mark.parametrize("line", ["Hasselt;14,1;;14,4;iets", "Hasselt;;b;14,4;p", "Hasselt;14,1;A;14,4;p"])
def test_other_words_beside_figures_and_marks_without_a_figure_are_asked(tmp_path, line):
    assert asked(lambda: text(tmp_path, *MARKED[:2], line)).answers


def test_letters_beside_labels_are_no_marks(tmp_path):
    found = text(tmp_path, "Jaar;;Personen", "2020;m;12", "2020;v;13", answers=["column B=breakdown"])
    assert [row.breakdown for row in found.values()] == ["kolom B=m", "kolom B=v"]


@pytest.mark.parametrize("answer", ["shown", "stored"])
def test_what_a_format_shows_in_thousands_is_asked(tmp_path, answer):
    rows = [["Gemeente", "2021 [EUR]"], ["Genk", 1963400], ["Hasselt", 3411000]]
    error = asked(lambda: workbook(tmp_path, rows, "#,##0,"))
    assert f"thousands={answer}" in error.answers
    found = workbook(tmp_path, rows, "#,##0,", answers=[f"thousands={answer}"])
    assert str(found["B2"].value) == {"shown": "1963.4", "stored": "1963400"}[answer]


@pytest.mark.parametrize(("written", "answer"), [("(1.200)", "negatives=brackets"), ("1.200-", "negatives=behind")])
def test_negatives_as_bookkeepers_write_them_are_asked(tmp_path, written, answer):
    lines = ["Gemeente;Saldo 2021 (EUR);Leden 2021", f"Genk;{written};12", "Hasselt;2.500;13"]
    alone = [lines[0], "Genk;(1);12"] if "(" in written else lines[:2]
    for some in (lines, lines[:2], alone):  # alone in its column it is no label either
        assert answer in asked(lambda some=some: text(tmp_path, *some)).answers
    found = text(tmp_path, *lines, answers=[answer])
    assert [int(row.value) for row in found.values()] == [-1200, 12, 2500, 13]


@pytest.mark.parametrize(("written", "unit"), [("87,85 km²", "km²"), ("87,85‰", "‰"), ("87,85 euro", "EUR")])
def test_a_unit_behind_each_figure(tmp_path, written, unit):
    found = text(tmp_path, "Gemeente;2021", f"Genk;{written}", f"Hasselt;{written}")
    assert {(str(row.value), row.unit) for row in found.values()} == {("87.85", unit)}


def test_another_unit_behind_a_figure_than_its_header_names(tmp_path):
    assert "another unit" in asked(lambda: text(tmp_path, "Gemeente;2021 [EUR]", "Genk;87 km²", "As;9 km²")).problem


def test_counts_with_their_word_under_a_period_are_figures_and_beside_figures_labels(tmp_path):
    found = text(tmp_path, "Gemeente;2021", "Genk;66.110 inwoners", "As;980 inwoners")
    assert {(int(row.value), row.unit) for row in found.values()} == {(66110, "inwoners"), (980, "inwoners")}
    found = text(tmp_path, "Grootte;2021", "1 persoon;12", "2 personen;13")
    assert [row.breakdown for row in found.values()] == ["grootte=1 persoon", "grootte=2 personen"]


def test_a_formula_without_a_result_is_left_out_or_calculated_elsewhere(tmp_path):
    path = tmp_path / "verzonnen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Blad")
        for i, row in enumerate([["Gemeente", "2021 [aantal]"], ["Genk", 12], ["Hasselt", 13], ["Totaal", "=B2+B3"]]):
            page.write_row(i, 0, row)
    error = asked(lambda: read(path))
    assert (error.cell, error.answers) == ("B4", ("row 4=nothing", "column B=nothing"))
    assert "LibreOffice" in error.do
    assert list(read(path, ["row 4=nothing"])) == ["B2", "B3"]


def test_a_sheet_that_is_not_in_its_workbook_is_told_and_the_rest_is_read(tmp_path):
    path = tmp_path / "verzonnen.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Blad", "Weg"):
            page = book.add_worksheet(name)
            for i, row in enumerate([["Gemeente", "2021 [aantal]"], ["Genk", 12 + len(name)], ["Hasselt", 13]]):
                page.write_row(i, 0, row)
    parts = parts_of(path)
    del parts["xl/worksheets/sheet2.xml"]
    readings, passed = layouts.recognise(open_workbook(pack(path, parts)))
    assert [reading.sheet.name for reading in readings] == ["Blad"]
    assert "not in the file" in passed["Weg"]
