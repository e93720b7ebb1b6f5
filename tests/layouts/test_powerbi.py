# SPDX-License-Identifier: EUPL-1.2
"""Matrices from Power BI: merged header rows, totals above their children, blanks that are no record."""

import functools

import pytest
import workbooks
from workbooks import SHEET, by_cell, change, figures, lines, read

from genk_armoede.layouts.engine.reading import Declined
from genk_armoede.observations.observation import validate

refused = functools.partial(workbooks.refused, sheet=SHEET)
matrix = functools.partial(read, "powerbi")

# Invented figures.
FILTERS = "Toegepaste filters: \n [Type bestuur] is Gemeente\n [Rapportjaar] is 2020 of 2021"
ROWS = [
    ["Type rapport", "Budget", None, None, "Rekening"],
    ["Boekjaar", 2020, None, 2021, 2020],
    ["Rekening", "REK1-0 a", "REK2-0 b", "REK1-0 a", "REK1-0 a"],
    ["Bestuur", *["Uitgave per inwoner"] * 4],
    ["Verzonnen", 1.5, None, 3, 0],
    ["Bedacht", 5, 6, "x", 8],
    [],
    [FILTERS],
]
MERGED = ["B1:D1", "B2:C2"]


def test_the_whole_matrix(tmp_path):
    found = matrix(tmp_path, ROWS, merge=MERGED)
    assert lines(found) == [
        "B5 | Uitgave per inwoner | Verzonnen | 2020 | rekening=REK1-0 a; type rapport=Budget | 1.5 EUR per inwoner",
        "D5 | Uitgave per inwoner | Verzonnen | 2021 | rekening=REK1-0 a; type rapport=Budget | 3 EUR per inwoner",
        "E5 | Uitgave per inwoner | Verzonnen | 2020 | rekening=REK1-0 a; type rapport=Rekening | 0 EUR per inwoner",
        "B6 | Uitgave per inwoner | Bedacht | 2020 | rekening=REK1-0 a; type rapport=Budget | 5 EUR per inwoner",
        "C6 | Uitgave per inwoner | Bedacht | 2020 | rekening=REK2-0 b; type rapport=Budget | 6 EUR per inwoner",
        "D6 | Uitgave per inwoner | Bedacht | 2021 | rekening=REK1-0 a; type rapport=Budget | EUR per inwoner c",
        "E6 | Uitgave per inwoner | Bedacht | 2020 | rekening=REK1-0 a; type rapport=Rekening | 8 EUR per inwoner",
    ]
    assert found.metadata == [" ".join(FILTERS.split())]
    assert found.assumed == ["the unit of 'Uitgave per inwoner' is EUR per inwoner"]
    assert validate(found.rows)


def test_a_blank_is_no_record_and_zero_is_one(tmp_path):
    found = figures(matrix(tmp_path, ROWS, merge=MERGED))
    assert "C5" not in found and found["E5"] == "0"


def test_the_filters_may_stand_above(tmp_path):
    below = matrix(tmp_path, ROWS, merge=MERGED)
    above = matrix(tmp_path, [[FILTERS], [], *ROWS[:6]], merge=["B3:D3", "B4:C4"])
    assert [(row.key, row.value) for row in above.rows] == [(row.key, row.value) for row in below.rows]
    assert above.metadata == below.metadata


def test_a_title_above_the_matrix_is_metadata(tmp_path):
    found = matrix(tmp_path, [["Verzonnen titel"], *ROWS], merge=["B2:D2", "B3:C3"])
    assert found.metadata[1] == "Verzonnen titel"
    assert {row.period for row in found.rows} == {"2020", "2021"}


def test_a_corner_that_names_the_columns(tmp_path):
    """Below it stand areas, which then have no header of their own."""
    filters = f"{FILTERS}, Verzonnen bedrag (WaardeNaarKeuze)"
    rows = [["Boekjaar", 2020, 2021], ["Rekening", "a", "b"], ["Genk", 1, 2], ["Mol", 3, None], [], [filters]]
    found = matrix(tmp_path, rows)
    assert lines(found) == [
        "B3 | Verzonnen bedrag | 71016 Genk | 2020 | rekening=a | 1 EUR",
        "C3 | Verzonnen bedrag | 71016 Genk | 2021 | rekening=b | 2 EUR",
        "B4 | Verzonnen bedrag | 13025 Mol | 2020 | rekening=a | 3 EUR",
    ]


def test_header_rows_that_changed_places(tmp_path):
    areas = [["Genk", *ROWS[4][1:]], ["Mol", *ROWS[5][1:]]]
    with refused("an area in a row of labels", cell="A5", mention="'Uitgave per inwoner'"):
        matrix(tmp_path, [ROWS[3], *ROWS[1:3], ["Type rapport", "Budget"], *areas, *ROWS[6:]], merge=["B2:C2", "B4:E4"])


def test_an_area_that_the_filter_contradicts(tmp_path):
    filters = "Toegepaste filters: \n [Gemeente] is Genk"
    rows = [["Boekjaar", 2020, 2021], ["Gemeente", "Uitgave", "Uitgave"], ["Genk", 1, 2], ["Mol", 3, 4], [], [filters]]
    with refused("another gemeente than the filter has", cell="A4"):
        matrix(tmp_path, rows)


def test_a_matrix_may_begin_in_another_column(tmp_path):
    first = matrix(tmp_path, ROWS, merge=MERGED)
    moved = matrix(tmp_path, [[FILTERS], *([None, None, *row] for row in ROWS[:6])], merge=["D2:F2", "D3:E3"])
    assert [(row.key, row.value) for row in moved.rows] == [(row.key, row.value) for row in first.rows]


@pytest.mark.parametrize(("merge", "cell"), [(["B1:D1"], "C2"), (["B2:C2"], "C1"), ([], "C1")])
def test_a_header_that_lost_its_merge_says_nothing_of_the_columns_beside_it(tmp_path, merge, cell):
    """Unmerged, 2020 stands over its first column alone; the second must not become a figure without a year."""
    with refused("a header row that says nothing of this column", cell=cell):
        matrix(tmp_path, ROWS, merge=merge)


def test_the_same_year_under_two_reports_is_not_the_same_figure(tmp_path):
    found = by_cell(matrix(tmp_path, ROWS, merge=MERGED))
    assert (found["B5"].period, found["E5"].period) == ("2020", "2020")
    assert found["B5"].breakdown != found["E5"].breakdown


def test_the_same_year_repeated_without_anything_that_sets_it_apart_gives_no_table(tmp_path):
    with refused("the same figure stands twice", cell="E6"):
        validate(matrix(tmp_path, change(ROWS, "E1", "Budget"), merge=MERGED).rows)


# Totals


def test_totals_across_are_flagged(tmp_path):
    rows = [["Boekjaar", 2020, None, None], ["Soort", "Totaal", "a", "b"], ["Bestuur", *["Bedrag"] * 3]]
    found = matrix(tmp_path, [*rows, ["Verzonnen", 3, 1, 2], [], [FILTERS]], merge=["B1:D1"])
    assert [(row.breakdown, int(row.value)) for row in found.rows] == [
        ("soort=totaal", 3),
        ("soort=a", 1),
        ("soort=b", 2),
    ]


def test_a_total_over_several_years_is_left_out_with_a_word(tmp_path):
    rows = [["Boekjaar", 2020, 2021, "Total"], ["Bestuur", *["Bedrag"] * 3], ["Verzonnen", 1, 2, 3], [], [FILTERS]]
    found = matrix(tmp_path, rows)
    assert figures(found) == {"B3": "1", "C3": "2"}
    assert found.left_out == ["D3: a total over several periods"]


def test_the_total_of_a_coarser_header_needs_no_finer_one(tmp_path):
    rows = [
        ["Boekjaar", 2020, None, None],
        ["Soort", "a", None, "Totaal"],
        ["Rekening", "r", "s"],
        ["Bestuur", *["Bedrag"] * 3],
    ]
    found = matrix(tmp_path, [*rows, ["Verzonnen", 1, 2, 3], [], [FILTERS]], merge=["B1:D1", "B2:C2"])
    assert [row.breakdown for row in found.rows] == ["rekening=r; soort=a", "rekening=s; soort=a", "soort=totaal"]


HEADS = [["Boekjaar", None, 2021], ["Bestuur", "Rubriek", "Bedrag"]]
TREE = [["Totaal", None, 10], ["Verzonnen", "Totaal", 3], [None, "a", 1], [None, "b", 2], ["Bedacht", "Totaal", 7]]


def test_totals_above_their_children_in_columns(tmp_path):
    assert lines(matrix(tmp_path, [*HEADS, *TREE, [], [FILTERS]])) == [
        "C3 | Bedrag | | 2021 | bestuur=totaal | 10 EUR",
        "C4 | Bedrag | Verzonnen | 2021 | rubriek=totaal | 3 EUR",
        "C5 | Bedrag | Verzonnen | 2021 | rubriek=a | 1 EUR",
        "C6 | Bedrag | Verzonnen | 2021 | rubriek=b | 2 EUR",
        "C7 | Bedrag | Bedacht | 2021 | rubriek=totaal | 7 EUR",
    ]


def test_labels_merged_over_their_children(tmp_path):
    merged = matrix(tmp_path, [*HEADS, *TREE, [], [FILTERS]], merge=["A4:A6"])
    assert lines(merged) == lines(matrix(tmp_path, [*HEADS, *TREE, [], [FILTERS]]))


def test_totals_above_their_children_by_indent(tmp_path):
    rows = [
        ["Boekjaar", 2021],
        ["Rekening", "Bedrag"],
        ["I", 6],
        ["I.1", 3],
        ["I.1.a", 1],
        ["I.1.b", 2],
        ["I.2", 3],
        ["II", 4],
    ]
    indents = {"A4": 1, "A5": 2, "A6": 2, "A7": 1}
    found = matrix(tmp_path, [*rows, [], [FILTERS]], indents=indents)
    assert [(row.breakdown, int(row.value)) for row in found.rows] == [
        ("niveau 2=totaal; rekening=I", 6),
        ("niveau 2=I.1; niveau 3=totaal; rekening=I", 3),
        ("niveau 2=I.1; niveau 3=I.1.a; rekening=I", 1),
        ("niveau 2=I.1; niveau 3=I.1.b; rekening=I", 2),
        ("niveau 2=I.2; rekening=I", 3),
        ("rekening=II", 4),
    ]


def test_the_same_label_under_two_parents_is_not_the_same_figure(tmp_path):
    rows = [["Boekjaar", 2021], ["Rekening", "Bedrag"], ["I", 1], ["a", 1], ["II", 2], ["a", 2], [], [FILTERS]]
    found = matrix(tmp_path, rows, indents={"A4": 1, "A6": 1})
    assert [row.breakdown for row in found.rows][1::2] == ["niveau 2=a; rekening=I", "niveau 2=a; rekening=II"]


FULL = [["Verzonnen", "a", 1], ["Verzonnen", "b", 2], ["Bedacht", "c", 3]]


@pytest.mark.parametrize(
    ("rows", "cell", "name"),
    [
        (change(FULL, "A3", None), "A5", "bestuur"),  # where labels repeat, a blank is not the label above
        (change(FULL, "B2", None), "B4", "rubriek"),  # a total says so
        (change(TREE, "A2", None), "A4", "bestuur"),  # a child of the grand total
        (change(TREE, "B3", None), "", ""),
        ([[None, "a", 1], ["Verzonnen", "b", 2]], "A3", "bestuur"),  # there is no label above
    ],
)
def test_a_label_that_is_missing(tmp_path, rows, cell, name):
    with refused(f"no {name} in this row" if name else "a figure in a row without a label", cell=cell):
        matrix(tmp_path, [*HEADS, *rows, [], [FILTERS]])


def test_an_empty_row_above_the_figures(tmp_path):
    """The measure and the names of the labels stood there."""
    with refused("an empty row above the figures", cell="A4"):
        matrix(tmp_path, [["Boekjaar", 2020], ["Rekening", "a"], [], ["Verzonnen", 5], [], [FILTERS]])


def test_a_row_without_figures_is_told(tmp_path):
    found = matrix(tmp_path, [*HEADS, *FULL, ["Leeg", "a"], [], [FILTERS]])
    assert found.left_out == ["row 6: no figures: Leeg"]


# What the filters say


def test_period_area_and_unit_in_the_filters(tmp_path):
    filters = "Applied filters:\n Boekjaar is 2021\n Gemeente is Genk\n Eenheid is euro\nType is niet leeg"
    rows = [["Soort", "a", "b"], ["Rekening", "Waarde", "Waarde"], ["r", 1, 2], [], [filters]]
    assert lines(matrix(tmp_path, rows)) == [
        "B3 | Waarde | 71016 Genk | 2021 | rekening=r; soort=a | 1 EUR",
        "C3 | Waarde | 71016 Genk | 2021 | rekening=r; soort=b | 2 EUR",
    ]


MEASURE = "\n [Opgenomen (1)] 1) Boekhouding (Value4) + Uitgave per inwoner (WaardeNaarKeuze)"


@pytest.mark.parametrize("filters", [FILTERS + MEASURE, FILTERS + "\n [Waarde] is Uitgave per inwoner"])
def test_the_measure_in_the_filters(tmp_path, filters):
    rows = [["Bestuur", 2020, 2021], ["Verzonnen", 1, 2], [], [filters]]
    assert lines(matrix(tmp_path, rows)) == [
        "B2 | Uitgave per inwoner | Verzonnen | 2020 | | 1 EUR per inwoner",
        "C2 | Uitgave per inwoner | Verzonnen | 2021 | | 2 EUR per inwoner",
    ]
    with refused("nothing says what this figure is", cell="B2"):
        matrix(tmp_path, change(rows, "A4", FILTERS))


def test_figures_that_look_like_years_are_no_header_even_when_the_filters_name_the_measure(tmp_path):
    rows = [["Boekjaar", 2020, 2021], ["Bestuur", *["Uitgave"] * 2], ["Verzonnen", 2020, 2021], ["Bedacht", 1, 2], []]
    with refused("nothing says what this figure is", cell="B4"):
        matrix(tmp_path, [*rows, [FILTERS + MEASURE]])


@pytest.mark.parametrize("years", ["2020 of 2021", "niet 2020", "2020, 2021", "groter dan 2019"])
def test_filters_that_name_no_single_period(tmp_path, years):
    rows = [
        ["Soort", "a"],
        ["Bestuur", "Bedrag"],
        ["Verzonnen", 1],
        [],
        [f"Toegepaste filters:\n[Boekjaar] is {years}"],
    ]
    with refused("nothing says for which one period it holds", cell="B3"):
        matrix(tmp_path, rows)


@pytest.mark.parametrize("area", ["Genk of Hasselt", "niet Genk", "Genk, Hasselt"])
def test_filters_that_name_no_single_area(tmp_path, area):
    rows = [["Boekjaar", 2021], ["Rekening", "Bedrag"], ["r", 1], [], [f"Toegepaste filters:\n[Gemeente] is {area}"]]
    assert [row.area for row in matrix(tmp_path, rows).rows] == [""]


def test_a_period_in_a_column_of_labels(tmp_path):
    rows = [["Soort", None, "a"], ["Bestuur", "Boekjaar", "Bedrag"], ["Verzonnen", 2020, 1], [None, 2021, 2]]
    found = matrix(tmp_path, [*rows, [], [FILTERS]])
    assert [(row.area, row.period, int(row.value)) for row in found.rows] == [
        ("Verzonnen", "2020", 1),
        ("Verzonnen", "2021", 2),
    ]


def test_two_periods_that_contradict(tmp_path):
    rows = [["Boekjaar", None, 2020], ["Bestuur", "Jaar", "Bedrag"], ["Verzonnen", 2021, 1], [], [FILTERS]]
    with refused("nothing says for which one period it holds", cell="C3"):
        matrix(tmp_path, rows)


def test_a_column_of_account_numbers_holds_labels(tmp_path):
    rows = [["Boekjaar", None, 2021], ["Bestuur", "Rekening", "Bedrag"], ["Verzonnen", 2210, 5], ["Bedacht", 2211, 6]]
    found = matrix(tmp_path, [*rows, [], [FILTERS]])
    assert {cell: row.breakdown for cell, row in by_cell(found).items()} == {
        "C3": "rekening=2210",
        "C4": "rekening=2211",
    }


def test_the_first_column_of_figures_may_begin_with_blanks(tmp_path):
    rows = [
        ["Boekjaar", 2020, 2021],
        ["Bestuur", "Bedrag", "Bedrag"],
        ["Verzonnen", None, 2],
        ["Bedacht", 3, 4],
        [],
        [FILTERS],
    ]
    assert figures(matrix(tmp_path, rows)) == {"C3": "2", "B4": "3", "C4": "4"}


# What is wrong


@pytest.mark.parametrize(
    ("cell", "value", "problem", "place"),
    [
        ("B5", "veel", "text where a number belongs", "B5"),
        ("B4", None, "nothing says what this figure is", "B5"),
        ("B4", "Aandeel (%)", "", ""),
        ("A4", None, "a column of labels without a header", "A4"),
        ("A5", None, "a figure in a row without a label", "B5"),
        ("A5", "#N/A", "an error, date or yes/no where a label belongs", "A5"),
        ("B2", "later", "nothing says for which one period it holds", "B5"),
        ("A2", "Jaargang", "nothing says for which one period it holds", "B5"),
        ("E3", None, "a header row that says nothing of this column", "E3"),
        ("A3", None, "a header row without a name", "A3"),
        ("A6", 5.5, "a number among the words under 'bestuur'", "A6"),
        ("G6", 5, "a header row that says nothing of this column", "G1"),
    ],
)
def test_a_matrix_with_a_wrong_cell(tmp_path, cell, value, problem, place):
    rows = change(ROWS, cell, value)
    if not problem:
        assert by_cell(matrix(tmp_path, rows, merge=MERGED))["B5"].unit == "%"
        return
    with refused(problem, cell=place):
        matrix(tmp_path, rows, merge=MERGED)


def test_figures_that_look_like_years(tmp_path):
    """Amounts such as 2020 in the first row must not be taken for one more header row."""
    rows = change(change(change(change(ROWS, "B5", 2020), "C5", 2021), "D5", 2020), "E5", 2019)
    with refused("nothing says what this figure is", cell="B6"):
        matrix(tmp_path, rows, merge=MERGED)
    assert figures(matrix(tmp_path, change(rows, "C5", 2021.5), merge=MERGED))["B5"] == "2020"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (ROWS[:6], "no cell with the applied filters"),
        ([["Verzonnen", 1.5], [], [FILTERS]], "no header rows"),
        ([[FILTERS]], "no header rows"),
        ([["Bestuur", "Bedrag"], [], [FILTERS]], "no header rows"),
    ],
)
def test_a_matrix_declines(tmp_path, rows, reason):
    with pytest.raises(Declined, match=reason):
        matrix(tmp_path, rows)


def test_a_figure_below_the_filters(tmp_path):
    with refused("a figure outside the table", cell="B9"):
        matrix(tmp_path, [*ROWS, ["Verzonnen", 5]], merge=MERGED)
