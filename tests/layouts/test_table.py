# SPDX-License-Identifier: EUPL-1.2
"""Any other table: what its words do not say is assumed and told, and what can be read two ways is refused.

Every figure is invented.
"""

import datetime
import functools
from decimal import Decimal

import pytest
import workbooks
from hypothesis import given
from hypothesis import strategies as st
from workbooks import NAME, SHEET, by_cell, change, edited, figures, lines, read, save, steady

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts.engine.reading import Declined
from genk_armoede.observations.observation import validate
from genk_armoede.spreadsheets.workbook import open_workbook

refused = functools.partial(workbooks.refused, sheet=SHEET)
csv_refused = functools.partial(workbooks.refused, file="verzonnen.csv")
table = functools.partial(read, "table")

PLAIN = [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, 5], ["Verzonnen", 2021, "x"], ["Hasselt", 2021, None]]


def test_a_plain_table_and_what_it_assumed(tmp_path):
    found = table(tmp_path, [["Verzonnen titel"], [], *PLAIN, [], ["Bron: verzonnen"]])
    assert lines(found) == [
        "C4 | Aantal | 71016 Genk | 2021 | | 5 aantal",
        "C5 | Aantal | Verzonnen | 2021 | | aantal c",
        "C6 | Aantal | 71022 Hasselt | 2021 | | aantal m",
    ]
    assert found.assumed == [
        "header: row 3; figures: rows 4 to 6",
        "unit of 'Aantal': aantal",
        "labels: area (column A), period (column B)",
    ]
    assert found.metadata == ["Verzonnen titel", "Bron: verzonnen"]
    assert found.left_out == []


# Tables like Statbel's C.1

FISCAL = [
    ["Tabel V.1: Verzonnen inkomens"],
    ["Inkomstenjaar 2019"],
    [],
    ["Administratieve Eenheid", "Aantal aangiften", None, None, "Gemiddelde waarden", None, "Welvaartsindex"],
    [None, "Totaal", "< 10.000 EUR", "meer dan 10.000 EUR", "Mediaan inkomen", "Gemiddeld inkomen per inwoner"],
    ["België", 30, 10, 20, 1.5, 2, 100],
    ["Vlaams Gewest", 20, 5, 15, "*", 3, 101],
    ["Genk", 3, 3, None, 4, 5, 102],
    [],
    ["* = Confidentieel"],
    ["Bron: verzonnen"],
]
FISCAL_MERGES = ["A4:A5", "B4:D4", "E4:F4", "G4:G5", "C8:D8"]


def test_a_table_like_c1(tmp_path):
    found = table(tmp_path, FISCAL, merge=FISCAL_MERGES)
    assert lines(found) == [
        "B6 | Aantal aangiften | 01000 België | 2019 | | 30 aantal",
        "C6 | Aantal aangiften | 01000 België | 2019 | klasse=< 10.000 EUR | 10 aantal",
        "D6 | Aantal aangiften | 01000 België | 2019 | klasse=meer dan 10.000 EUR | 20 aantal",
        "E6 | Gemiddelde waarden, Mediaan inkomen | 01000 België | 2019 | | 1.5 EUR",
        "F6 | Gemiddelde waarden, Gemiddeld inkomen per inwoner | 01000 België | 2019 | | 2 EUR per inwoner",
        "G6 | Welvaartsindex | 01000 België | 2019 | | 100",
        "B7 | Aantal aangiften | 02000 Vlaams Gewest | 2019 | | 20 aantal",
        "C7 | Aantal aangiften | 02000 Vlaams Gewest | 2019 | klasse=< 10.000 EUR | 5 aantal",
        "D7 | Aantal aangiften | 02000 Vlaams Gewest | 2019 | klasse=meer dan 10.000 EUR | 15 aantal",
        "E7 | Gemiddelde waarden, Mediaan inkomen | 02000 Vlaams Gewest | 2019 | | EUR c",
        "F7 | Gemiddelde waarden, Gemiddeld inkomen per inwoner | 02000 Vlaams Gewest | 2019 | | 3 EUR per inwoner",
        "G7 | Welvaartsindex | 02000 Vlaams Gewest | 2019 | | 101",
        "B8 | Aantal aangiften | 71016 Genk | 2019 | | 3 aantal",
        "C8 | Aantal aangiften | 71016 Genk | 2019 | klasse=< 10.000 EUR + meer dan 10.000 EUR | 3 aantal",
        "E8 | Gemiddelde waarden, Mediaan inkomen | 71016 Genk | 2019 | | 4 EUR",
        "F8 | Gemiddelde waarden, Gemiddeld inkomen per inwoner | 71016 Genk | 2019 | | 5 EUR per inwoner",
        "G8 | Welvaartsindex | 71016 Genk | 2019 | | 102",
    ]
    assert "period: 2019, from a title" in found.assumed
    assert "unit of 'Welvaartsindex': not named" in found.assumed
    assert found.metadata == [
        "Tabel V.1: Verzonnen inkomens",
        "Inkomstenjaar 2019",
        "* = Confidentieel",
        "Bron: verzonnen",
    ]
    assert validate(found.rows)


def test_a_star_without_a_legend_is_no_mark(tmp_path):
    with refused("text where a number belongs", cell="E7", mention="'*'"):
        table(tmp_path, change(FISCAL, "A10", "Toelichting"), merge=FISCAL_MERGES)


@pytest.mark.parametrize(
    ("legend", "status"), [("* : vertrouwelijk.", "c"), ("* = niet van toepassing", "z"), ("* = Ontbreekt", "m")]
)
def test_what_the_legend_says_of_a_mark(tmp_path, legend, status):
    assert figures(table(tmp_path, change(FISCAL, "A10", legend), merge=FISCAL_MERGES))["E7"] == status


@pytest.mark.parametrize("merge", ["B8:C8", "B6:B7", "C7:D8", "D8:E8", "E8:F8"])
def test_merged_figures_of_other_things_than_classes(tmp_path, merge):
    with refused("figures in merged cells", cell=merge[:2], mention="ask what the figure is of"):
        table(tmp_path, change(FISCAL, "C8", 1), merge=[*FISCAL_MERGES[:4], merge])


def test_sheets_of_other_years_and_sheets_without_figures(tmp_path):
    path = save(tmp_path / NAME, FISCAL, sheet="2019", merge=FISCAL_MERGES)
    with edited(path) as pages:
        other = pages.copy_worksheet(pages["2019"])
        other.title, other["A2"], other["B6"] = "2020", "Inkomstenjaar 2020", 31
        pages.create_sheet("INSTRUCTIES").append(["lees dit eerst"])
        copy = pages.copy_worksheet(pages["2019"])
        copy.title = "Voorbeeld"
    readings, passed = layouts.recognise(open_workbook(path))
    assert [(one.sheet.name, one.rows[0].period) for one in readings] == [("2019", "2019"), ("2020", "2020")]
    assert passed["Voorbeeld"] == "it repeats the figures of sheet 2019"
    assert "table: no row of figures" in passed["INSTRUCTIES"]
    assert validate(row for one in readings for row in one.rows)


def test_a_year_in_the_title_that_is_not_that_of_the_sheet(tmp_path):
    with workbooks.refused("the period can be read two ways", sheet="2020", mention="2019, 2020"):
        table(tmp_path, FISCAL, merge=FISCAL_MERGES, sheet="2020")


# Headers over more rows

GROUPS = [["Gemeente", "een", None, "twee", None], [None, "a", "b", "a", "b"], ["Genk", 1, 2, 3, 4]]
YEARS = [["Gemeente", "een", None, "twee", None], [None, 2020, 2021, 2020, 2021], ["Genk", 1, 2, 3, 4]]
TITLE = [["Verzonnen 2021"], []]


def heads(reading):
    return [(row.indicator, row.period, int(row.value)) for row in reading.rows]


def test_headers_merged_over_their_columns(tmp_path):
    found = table(tmp_path, [*TITLE, *GROUPS], merge=["A3:A4", "B3:C3", "D3:E3"])
    assert [row.indicator for row in found.rows] == ["een, a", "een, b", "twee, a", "twee, b"]
    found = table(tmp_path, YEARS, merge=["A1:A2", "B1:C1", "D1:E1"])
    assert heads(found) == [("een", "2020", 1), ("een", "2021", 2), ("twee", "2020", 3), ("twee", "2021", 4)]


def test_headers_over_three_rows(tmp_path):
    rows = [["Gemeente", "een", *[None] * 3], [None, "man", None, "vrouw", None], [None, 2020, 2021, 2020, 2021]]
    found = table(tmp_path, [*rows, ["Genk", 1, 2, 3, 4]], merge=["A1:A3", "B1:E1", "B2:C2", "D2:E2"])
    assert heads(found) == [
        ("een, man", "2020", 1),
        ("een, man", "2021", 2),
        ("een, vrouw", "2020", 3),
        ("een, vrouw", "2021", 4),
    ]


def test_one_header_merged_over_two_columns_beside_the_labels_is_no_line_that_holds_for_all(tmp_path):
    """`Gemeente | Aantal` over two classes has two cells, as `Gebied | Genk` has."""
    rows = [*TITLE, ["Gemeente", "Aantal", None], [None, "< 10 jaar", "10 jaar of meer"], ["Genk", 1, 2]]
    found = table(tmp_path, rows, merge=["A3:A4", "B3:C3"])
    assert [(row.indicator, row.breakdown, row.unit) for row in found.rows] == [
        ("Aantal", "klasse=< 10 jaar", "aantal"),
        ("Aantal", "klasse=10 jaar of meer", "aantal"),
    ]


@pytest.mark.parametrize("rows", [YEARS, [*TITLE, *GROUPS]])
def test_headers_that_are_not_merged_stand_over_the_first_column_or_over_the_last(tmp_path, rows):
    first = [(row.indicator, row.period) for row in table(tmp_path, rows).rows]
    moved = [line if line[:2] != ["Gemeente", "een"] else ["Gemeente", None, "een", None, "twee"] for line in rows]
    assert [row[0].partition(",")[0] for row in first] == ["een", "een", "twee", "twee"]
    assert [(row.indicator, row.period) for row in table(tmp_path, moved).rows] == first


@pytest.mark.parametrize(
    "labels",
    [
        ["Gemeente", None, "een", "twee", None],  # in the middle
        ["Gemeente", "een", None, None, "twee"],  # the first and the last
    ],
)
@pytest.mark.parametrize("below", [[None, 2020, 2021, 2020, 2021], [None, "a", "b", "a", "b"]])
def test_headers_that_can_belong_to_the_left_or_to_the_right(tmp_path, labels, below):
    label = "C3" if labels[2] else "B3"
    with refused("can belong to the left or to the right", cell=label, mention=f"from {label} on, or from B3 up to"):
        table(tmp_path, [*TITLE, labels, below, ["Genk", 1, 2, 3, 4]])


@pytest.mark.parametrize(
    ("labels", "merge"),
    [
        (["Gemeente", "een", None, "twee", None], ["D3:E3"]),  # the first lost its merge
        (["Gemeente", "een", None, None, None], []),  # does `b` of the second pair belong to `een`?
    ],
)
def test_a_group_of_words_that_is_not_merged(tmp_path, labels, merge):
    below = [None, "a", "b", "c", "d"]
    with refused("can belong to the left or to the right", cell="B3"):
        table(tmp_path, [*TITLE, labels, below, ["Genk", 1, 2, 3, 4]], merge=merge)


def test_a_column_beside_a_merged_group_stands_alone(tmp_path):
    rows = [*TITLE, [None, "een", None, None], ["Gemeente", "a", "b", "oppervlakte"], ["Genk", 1, 2, 3]]
    found = table(tmp_path, rows, merge=["B3:C3"])
    assert [row.indicator for row in found.rows] == ["een, a", "een, b", "oppervlakte"]


def test_a_class_of_ages_is_no_column_of_years(tmp_path):
    rows = [*TITLE, ["Gemeente", "0-17 jaar", "18 jaar"], ["Genk", 2001, 5], ["Aalst", 17, 6]]
    found = table(tmp_path, rows)
    assert {row.period for row in found.rows} == {"2021"}
    assert [(row.breakdown, int(row.value)) for row in found.rows][::2] == [
        ("klasse=0-17 jaar", 2001),
        ("klasse=0-17 jaar", 17),
    ]
    with refused("a column that can hold periods or figures", cell="B4"):
        table(tmp_path, change(rows, "B5", 1999))


@pytest.mark.parametrize("second", [["Genk", "man", None], ["Limburg", "70 000 inwoners"], ["Gemeente", "naam"]])
def test_a_first_row_whose_figures_are_blank_is_no_header(tmp_path, second):
    """Its labels would become headers, and the headers over them would be lost."""
    rows = [*TITLE, ["Gemeente", "Geslacht", "Aantal"], second, ["Genk", "vrouw", 5]]
    with refused("a row that can be a header or figures", cell="A4"):
        table(tmp_path, rows)


def test_headers_under_one_that_is_merged_over_the_labels(tmp_path):
    rows = [*TITLE, ["Kenmerken", None, "Bevolking"], ["Gemeente", "Geslacht", "aantal"], ["Genk", "vrouw", 5]]
    assert lines(table(tmp_path, rows, merge=["A3:B3"])) == [
        "C5 | Bevolking | 71016 Genk | 2021 | geslacht=vrouw | 5 aantal"
    ]


@pytest.mark.parametrize(
    ("units", "names"),
    [
        (["aantal", "%"], ["Leefloners aantal", "Schulden %"]),
        (["(aantal)", "in euro"], ["Leefloners aantal", "Schulden EUR"]),
        (["aantal", "aandeel"], ["Leefloners, aantal aantal", "Schulden, aandeel %"]),
    ],
)
def test_a_row_of_bare_units_under_the_names(tmp_path, units, names):
    rows = [*TITLE, ["Gemeente", "Leefloners", "Schulden"], [None, *units], ["Genk", 5, 6], ["Mol", 7, 8]]
    assert [f"{row.indicator} {row.unit}" for row in table(tmp_path, rows).rows[:2]] == names


def test_headings_between_the_rows(tmp_path):
    found = table(tmp_path, [PLAIN[0], ["Limburg"], PLAIN[1], ["Antwerpen"], ["Mechelen", 2021, 6]])
    assert figures(found) == {"C3": "5", "C5": "6"}
    assert found.left_out == [
        "row 2: a heading, or an area without any figure: Limburg",
        "row 4: a heading, or an area without any figure: Antwerpen",
    ]


@pytest.mark.parametrize(
    ("below", "indicator"),
    [
        ("Tabel 3: Leefloners", "Tabel 3: Leefloners"),
        ("Leefloners (aantal)", "Leefloners (aantal)"),
        ("Bron: verzonnen (in %)", SHEET),
        ("Cijfers van 31 december", SHEET),
    ],
)
def test_a_title_below_a_table_that_has_none_above(tmp_path, below, indicator):
    rows = [["Gemeente", 2020, 2021], ["Genk", 5, 6], [], [below]]
    assert {row.indicator for row in table(tmp_path, rows).rows} == {indicator}


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Leef-\nloners", "Leefloners"),
        ("Bruto-\nen netto", "Bruto- en netto"),
        ("Sint-\nTruiden", "Sint-Truiden"),
        ("OCMW-\nsteun", "OCMW-steun"),
        ("65-\nplussers", "65-plussers"),
        ("Heist-\nop-den-Berg", "Heist-op-den-Berg"),
    ],
)
def test_a_word_that_is_broken_over_two_lines(tmp_path, broken, whole):
    rows = [["Gemeente", "Jaar", broken], ["Genk", 2021, 5]]
    assert table(tmp_path, rows).rows[0].indicator == whole


def test_two_months_in_one_header_are_no_period(tmp_path):
    with refused("nothing says for which period the figures hold"):
        table(tmp_path, [["Leefloners"], ["Gemeente", "Januari / Februari 2021"], ["Genk", 5]])


def test_a_percentage_behind_the_words_of_a_title(tmp_path):
    rows = [["Onder de grens, in %"], ["Gemeente", 2020, 2021], ["Genk", 5, 6]]
    assert {row.unit for row in table(tmp_path, rows).rows} == {"%"}


# Periods


@pytest.mark.parametrize(
    ("header", "periods"),
    [
        ([2020, 2021], ["2020", "2021"]),
        (["2020", "2021"], ["2020", "2021"]),
        (["2019-2020", "2020-2021"], ["2019-2020", "2020-2021"]),
        (["2018-19", "2019-20"], ["2018-2019", "2019-2020"]),
        (["Q1 2021", "2e kwartaal 2021"], ["2021-Q1", "2021-Q2"]),
        (["jan 2021", "feb. 2021"], ["2021-01", "2021-02"]),
        (["2011-11", "2011-12"], ["2011-11", "2011-12"]),
        ([datetime.datetime(2020, 1, 1), datetime.datetime(2021, 1, 1)], ["2020-01-01", "2021-01-01"]),
    ],
)
def test_periods_across(tmp_path, header, periods):
    found = table(tmp_path, [["Verzonnen titel"], [], ["Gemeente", *header], ["Genk", 5, 6]])
    assert [(row.indicator, row.period) for row in found.rows] == [("Verzonnen titel", period) for period in periods]
    assert {"indicator: Verzonnen titel", "periods: across, in the header"} <= set(found.assumed)


def test_periods_down(tmp_path):
    found = table(tmp_path, [["Jaar", "een", "twee"], [2020, 1, 2], ["2021", 3, 4]])
    assert heads(found) == [("een", "2020", 1), ("twee", "2020", 2), ("een", "2021", 3), ("twee", "2021", 4)]
    assert "no column of areas: the area is left blank" in found.assumed


def test_known_areas_across(tmp_path):
    found = table(tmp_path, [["Aantal fictief"], [], ["Jaar", "Genk", "Hasselt"], [2020, 1, 2], [2021, 3, 4]])
    assert lines(found) == [
        "B4 | Aantal fictief | 71016 Genk | 2020 | | 1 aantal",
        "C4 | Aantal fictief | 71022 Hasselt | 2020 | | 2 aantal",
        "B5 | Aantal fictief | 71016 Genk | 2021 | | 3 aantal",
        "C5 | Aantal fictief | 71022 Hasselt | 2021 | | 4 aantal",
    ]


@pytest.mark.parametrize(
    ("title", "sheet", "period", "place"),
    [
        ("Verzonnen 2021", SHEET, "2021", "a title"),
        ("Inkomstenjaar 2021", SHEET, "2021", "a title"),
        ("Toestand op 31/12/2021", SHEET, "2021-12-31", "a title"),
        ("Schooljaar 2020-2021", SHEET, "2020-2021", "a title"),
        ("Verzonnen", "Cijfers 2021", "2021", "the sheet's name"),
        ("Verzonnen 2021", "2021", "2021", "a title"),
    ],
)
def test_the_period_of_a_title_or_of_the_sheet(tmp_path, title, sheet, period, place):
    found = table(tmp_path, [[title], [], ["Gemeente", "Aantal"], ["Genk", 5]], sheet=sheet)
    assert [row.period for row in found.rows] == [period]
    assert f"period: {period}, from {place}" in found.assumed


@pytest.mark.parametrize(
    ("title", "sheet", "both"),
    [
        ("Verzonnen 2021", "2020", "2020, 2021"),
        ("Verzonnen 2020 en 2021", SHEET, "2020, 2021"),
        ("Verzonnen 2021, naar de codex van 2013", SHEET, "2013, 2021"),
    ],
)
def test_a_period_that_can_be_read_two_ways(tmp_path, title, sheet, both):
    with workbooks.refused("the period can be read two ways", sheet=sheet, mention=both):
        table(tmp_path, [[title], [], ["Gemeente", "Aantal"], ["Genk", 5]], sheet=sheet)


def test_a_year_in_a_footer_is_not_that_of_the_figures(tmp_path):
    with refused("nothing says for which period the figures hold", mention="--answer period=YYYY"):
        table(tmp_path, [["Gemeente", "Aantal"], ["Genk", 5], [], ["Bron: verzonnen, 2021"]])


@pytest.mark.parametrize("above", [["Gebied", "Genk"], ["Gebied:", "Genk"], ["Gemeente", "Genk"]])
@pytest.mark.parametrize("period", [["Periode", 2021], ["Jaar:", "2021"]])
def test_lines_that_hold_for_the_whole_table(tmp_path, above, period):
    for gap in ([], [[]]):
        found = table(tmp_path, [above, period, *gap, ["Groep", "Aantal"], ["man", 5], ["vrouw", 6]])
        assert [(row.area, row.period, row.breakdown) for row in found.rows] == [
            ("Genk", "2021", "groep=man"),
            ("Genk", "2021", "groep=vrouw"),
        ]
        assert "no column of areas: the area is left blank" not in found.assumed


@pytest.mark.parametrize("header", ["2021 v2", "Groei (%)", "oppervlakte"])
def test_a_header_without_a_period_beside_others_that_have_one(tmp_path, header):
    """The year of the title is not that of one odd column."""
    with refused("a header without a period beside others", cell="D3", mention=header):
        table(tmp_path, [["Verzonnen 2022"], [], ["Gemeente", 2019, 2020, header], ["Genk", 1, 2, 3]])


@pytest.mark.parametrize(
    ("headers", "title", "said"),
    [
        (["Inwoners 2021", "Inwoners (2022)"], "Verzonnen", ["Inwoners 2021", "Inwoners 2022"]),
        (
            ["2020-2021 leerlingen", "Leerlingen, 2021/2022"],
            "Verzonnen",
            ["leerlingen 2020-2021", "Leerlingen 2021-2022"],
        ),
        (["Inwoners 2021", "Inwoners 2022"], "Stand 2023", ["Inwoners 2021", "Inwoners 2022"]),
        (["Inwoners 2021", "Gezinnen 2021"], "Cijfers 2021", ["Inwoners 2021", "Gezinnen 2021"]),
        (["Bedrag in prijzen van 2015", "Bedrag"], "Cijfers 2021", ["Bedrag in prijzen van 2015 2021", "Bedrag 2021"]),
        (["2020*", "2021 (p)"], "Verzonnen", ["Verzonnen 2020", "Verzonnen 2021 p"]),
    ],
)
def test_periods_among_the_words_of_headers(tmp_path, headers, title, said):
    found = table(tmp_path, [[title], [], ["Gemeente", *headers], ["Genk", 1, 2], ["Hasselt", 3, 4]])
    assert [" ".join(filter(None, (r.indicator, r.period, r.status))) for r in found.rows] == said * 2


@pytest.mark.parametrize(
    ("headers", "title", "problem"),
    [
        (["Inwoners 2021", "Inwoners 2022", "Groei"], "Cijfers 2022", "a header without a period beside others"),
        (["Inwoners 2021", "Groei"], "Verzonnen", "a header without a period beside others"),
        (["Inwoners 2021"], "Cijfers 2020", "a year in the header and another in the title"),
        (["Bedrag in prijzen van 2015"], "Verzonnen", "nothing says for which period"),
        (["Aantal"], "Bron: verzonnen, 2021", "nothing says for which period"),
        (["Aantal"], "Laatste update: 3 maart 2021", "nothing says for which period"),
    ],
)
def test_years_that_are_not_those_of_the_figures(tmp_path, headers, title, problem):
    cells = [1, 2, 3][: len(headers)]
    with refused(problem):
        table(tmp_path, [[title], [], ["Gemeente", *headers], ["Genk", *cells], ["Hasselt", *cells]])


def test_areas_are_what_has_one_name_for_each_code(tmp_path):
    rows = [["NIS5", "Postcode", "Jaar", "Omschrijving", "Provincie", "Aantal"]]
    rows += [["71016", 3600, 2021, "GENK", "Limburg", 5], ["71022", 3500, 2021, "HASSELT", "Limburg", 6]]
    assert lines(table(tmp_path, rows)) == [
        "F2 | Aantal | 71016 GENK | 2021 | postcode=3600 | 5 aantal",
        "F3 | Aantal | 71022 HASSELT | 2021 | postcode=3500 | 6 aantal",
    ]


def test_indicators_down_and_periods_across(tmp_path):
    rows = [["Verzonnen"], [], ["Indicator", 2020, 2021], ["Aandeel fictief (%)", 1.5, 2], ["Bedrag fictief", 3, 4]]
    found = table(tmp_path, rows)
    assert {(row.indicator, row.unit) for row in found.rows} == {
        ("Aandeel fictief (%)", "%"),
        ("Bedrag fictief", "EUR"),
    }


def test_a_matrix_whose_row_of_years_has_a_name(tmp_path):
    rows = [
        ["Jaar", 2020, None, 2021, None],
        ["Gemeente", "Aantal", "Bedrag", "Aantal", "Bedrag"],
        ["Genk", 1, 2, 3, 4],
    ]
    found = table(tmp_path, rows, merge=["B1:C1", "D1:E1"])
    assert [(row.indicator, row.period) for row in found.rows] == [
        *(("Aantal", "2020"), ("Bedrag", "2020"), ("Aantal", "2021"), ("Bedrag", "2021"))
    ]


def test_totals_have_no_breakdown_and_remarks_are_notes(tmp_path):
    rows = [["Gemeente", "Jaar", "Groep", "Aantal", "Opmerking"], ["Genk", 2021, "man", 5, "verzonnen"]]
    found = table(tmp_path, [*rows, ["Genk", 2021, "Totaal", 9, None]])
    assert lines(found) == [
        "D2 | Aantal | 71016 Genk | 2021 | groep=man | 5 aantal",
        "D3 | Aantal | 71016 Genk | 2021 | | 9 aantal",
    ]
    assert [row.citation for row in found.rows] == [{"note": "verzonnen"}, {}]


def test_a_source_beside_the_title(tmp_path):
    rows = [["Fictief per gemeente", None, "Bron: verzonnen"], ["Gemeente", 2020, 2021], ["Genk", 1, 2]]
    assert {row.indicator for row in table(tmp_path, rows).rows} == {"Fictief per gemeente"}


def test_periods_in_a_column_and_in_the_header(tmp_path):
    with refused("periods stand both in a column and in the header", cell="B1"):
        table(tmp_path, [["Gemeente", "Jaar", 2020, 2021], ["Genk", 2021, 1, 2]])


@pytest.mark.parametrize("months", [["2010-11", "2011-12"], ["2011-12"]])
def test_months_that_can_be_school_years(tmp_path, months):
    with refused("a period that can be read two ways", cell="B1", mention=f"or the years {months[0][:4]}-"):
        table(tmp_path, [["Gemeente", *months], ["Genk", *range(len(months))]])


@pytest.mark.parametrize("value", ["later", 20211, "'21"])
def test_a_period_that_is_none(tmp_path, value):
    with refused("this is no period, under 'Jaar'", cell="B2"):
        table(tmp_path, change(PLAIN, "B2", value))


def test_a_column_of_years_whose_header_does_not_say_so(tmp_path):
    rows = [["Verzonnen", "Aantal"], [2020, 5], [2021, 7]]
    with refused("a column that can hold periods or figures", cell="A2", mention="--answer 'column Verzonnen=period'"):
        table(tmp_path, rows)
    assert [row.period for row in table(tmp_path, change(rows, "A1", "Inkomstenjaar")).rows] == ["2020", "2021"]


def test_figures_that_look_like_years(tmp_path):
    found = table(
        tmp_path, [*TITLE, ["Gemeente", "Bedrag (€)", "Aantal"], ["Genk", 2020, 2021], ["Hasselt", 2019, 1999]]
    )
    assert [(row.indicator, row.period, int(row.value)) for row in found.rows] == [
        ("Bedrag (€)", "2021", 2020),
        ("Aantal", "2021", 2021),
        ("Bedrag (€)", "2021", 2019),
        ("Aantal", "2021", 1999),
    ]


def test_a_date_that_excel_made_of_a_class(tmp_path):
    """`1-5` and `6-10` typed in a header or a label become dates of this year, shown as 1-mei and 6-okt."""
    may, october = datetime.datetime(2024, 5, 1), datetime.datetime(2024, 10, 6)
    with refused("an error, date or yes/no where a label belongs", cell="B3"):
        table(tmp_path, [*TITLE, ["Gemeente", may, october], ["Genk", 5, 6]], formats={"B3": "d-mmm", "C3": "d-mmm"})
    with refused("an error, date or yes/no where a label belongs", cell="A4"):
        table(tmp_path, [*TITLE, ["Klasse", "Aantal"], [may, 5], ["11-15", 6]], formats={"A4": "d-mmm"})
    with refused("a date or yes/no where a number belongs", cell="C2"):
        table(tmp_path, [*change(PLAIN, "C2", may), ["Aalst", 2021, 7]], formats={"C2": "d-mmm"})


# Columns that are no figures


@pytest.mark.parametrize("header", [None, "Unnamed: 0", "index", "Nr."])
@pytest.mark.parametrize("start", [0, 1])
def test_a_stray_index_column_is_left_out(tmp_path, header, start):
    rows = [[header, *PLAIN[0]], *([n, *line] for n, line in enumerate(PLAIN[1:], start))]
    found = table(tmp_path, [*rows, [], ["Bron: verzonnen"]])
    assert figures(found) == {"D2": "5", "D3": "c", "D4": "m"}
    assert "column A: it only numbers the rows" in found.left_out


@pytest.mark.parametrize("header", ["Unnamed: 3", "Unnamed: 17_level_1", "...3", "2021.1"])
def test_a_header_that_a_program_made_up(tmp_path, header):
    with refused("a header that a program made up", cell="C1"):
        table(tmp_path, change(PLAIN, "C1", header))


def test_figures_without_a_header(tmp_path):
    with refused("a filled cell in a column without a header", cell="D3"):
        table(tmp_path, change(PLAIN, "D3", 12))


@pytest.mark.parametrize("codes", [["71016", "71016A4OB", "71016ZZZZ"], [71016, 2000, "11002E521"]])
def test_codes_without_a_header(tmp_path, codes):
    rows = [["Gemeente", None, "Jaar", "Aantal"], *(["Fictief", code, 2021, 5] for code in codes)]
    found = table(tmp_path, rows)
    assert [row.area_code for row in found.rows] == ["71016", codes[1] if codes[1] != 2000 else "02000", codes[2]]
    assert any(line.endswith("codes, though it has no header") for line in found.assumed)


@pytest.mark.parametrize("header", ["Code", "NIS-code", "NIS", "Refnis", "Sectorcode"])
def test_codes_are_text_for_ever(tmp_path, header):
    found = table(tmp_path, f"{header};Jaar;Aantal\n02000;2021;1\n71016A4OB;2021;2\n11002E521;2021;3\n")
    assert [row.area_code for row in found.rows] == ["02000", "71016A4OB", "11002E521"]


@pytest.mark.parametrize(
    ("header", "key"), [("Postcode", "postcode"), ("Leeftijd", "leeftijd"), ("Volgnummer", "volgnummer")]
)
def test_numbers_that_count_nothing(tmp_path, header, key):
    found = table(tmp_path, [["Gemeente", header, "Jaar", "Aantal"], ["Genk", 3600, 2021, 5], ["Genk", 3601, 2021, 6]])
    assert [(row.breakdown, int(row.value)) for row in found.rows] == [(f"{key}=3600", 5), (f"{key}=3601", 6)]


def test_totals_are_kept_beside_their_parts(tmp_path):
    found = table(
        tmp_path, [["Gemeente", "Jaar", "Geslacht", "Aantal"], ["Genk", 2021, "man", 5], ["Genk", 2021, "Totaal", 11]]
    )
    assert len({row.key for row in found.rows}) == 2
    assert validate(found.rows)


def test_coarser_areas_are_left_out(tmp_path):
    heads = ["Provincie", "Gemeente", "NIS-code", "Jaar", "Aantal"]
    rows = [heads, ["Limburg", "Genk", 71016, 2021, 5], ["Limburg", "Bedacht", 71099, 2021, 6]]
    found = table(tmp_path, rows)
    assert [(row.area, row.area_code) for row in found.rows] == [("Genk", "71016"), ("Bedacht", "71099")]
    assert found.left_out == ["column Provincie: the coarser areas"]


def test_a_name_in_two_coarser_areas(tmp_path):
    rows = [["Gemeente", "Wijk", "Jaar", "Aantal"], ["Genk", "Centrum", 2020, 5], ["Bedacht", "Centrum", 2021, 6]]
    with refused("an area of one name in two, also in A2", cell="A3"):
        table(tmp_path, rows)


def test_codes_of_coarser_areas_are_not_those_of_the_areas(tmp_path):
    heads = ["Gemeente", "NIS-code provincie", "Jaar", "Aantal"]
    found = table(tmp_path, [heads, ["Verzonnen", 70000, 2021, 5], ["Bedacht", 70000, 2021, 6]])
    assert [(row.area_code, row.breakdown) for row in found.rows] == [("", "nis-code provincie=70000")] * 2
    heads[1] = "NIS-code"
    with refused("one code for two areas, Verzonnen and Bedacht", cell="B3"):
        table(tmp_path, [heads, ["Verzonnen", 70000, 2021, 5], ["Bedacht", 70000, 2021, 6]])
    heads[1] = "Provincie"
    with refused("codes of another level than the areas beside them", cell="B1"):
        table(tmp_path, [heads, ["Verzonnen", 70000, 2021, 5]])
    heads[1] = "NIS-code"
    with refused("the code 70000 is not that of Genk", cell="D2"):
        table(tmp_path, [heads, ["Genk", 70000, 2021, 5]])


@pytest.mark.parametrize("header", ["Indicator", "Eenheid"])
def test_figures_under_the_header_of_a_label(tmp_path, header):
    with refused("figures under the header of a label", cell="C1"):
        table(tmp_path, [["Gemeente", "Jaar", header], ["Genk", 2020, 5], ["Genk", 2021, 6]])


def test_labels_and_figures_under_the_same_header(tmp_path):
    with refused("two columns say the same of a figure", cell="A1"):
        table(tmp_path, [["Aandeel", "Jaar", "Aandeel"], ["Genk", 2020, 5], ["Genk", 2021, 6]])
    with refused("two columns say the same of a figure", cell="A1"):
        table(tmp_path, [["Gemeente", "Gemeente", "Jaar", "Aandeel"], ["Genk", "71016", 2020, 5]])


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        ("A2", None, "a figure in a row without an area"),
        ("A2", "#N/A", "an error, date or yes/no where a label belongs"),
        ("A2", True, "an error, date or yes/no where a label belongs"),
        ("C2", "vijf", "text where a number belongs"),
        ("C2", "#REF!", "an error where a number belongs"),
        ("C2", "5-10", "text where a number belongs"),
        ("C2", "1.5", "text that looks like a number"),
        ("C2", True, "a date or yes/no where a number belongs"),
        ("C2", "58,2 %", "another unit than its column has"),
    ],
)
def test_a_table_with_a_wrong_cell(tmp_path, cell, value, problem):
    place = "C2" if "without an area" in problem else cell
    with refused(problem, cell=place):
        table(tmp_path, [*change(PLAIN, cell, value), ["Aalst", 2021, 7]])


@pytest.mark.parametrize("text", ["1.5", "58.2", "0.143", "-3.25", "12.34 %", "€ 1.5", "<5,5", "> 10", "12,"])
def test_a_column_of_text_that_only_looks_like_numbers(tmp_path, text):
    """Taken for words, such a column would become a breakdown and its figures would be lost."""
    with refused("text that looks like a number", cell="D2"):
        table(tmp_path, [["Gemeente", "Jaar", "Aantal", "Graad"], ["Genk", 2021, 5, text], ["Hasselt", 2021, 6, text]])


@pytest.mark.parametrize("text", ["0-17 jaar", "65+", "18-24", "0100", "REK1", "klasse 1", "1e graad", "½"])
def test_words_with_digits_are_a_breakdown(tmp_path, text):
    found = table(tmp_path, [["Gemeente", "Jaar", "Soort", "Aantal"], ["Genk", 2021, text, 5]])
    assert [row.breakdown for row in found.rows] == [f"soort={text}"]


# More than one table


@pytest.mark.parametrize("label", ["Provincie", "Soort"])
def test_a_second_table_beside_the_first(tmp_path, label):
    with refused("a second table beside the first", cell="E1"):
        table(tmp_path, [[*PLAIN[0], None, label, "Ander"], [*PLAIN[1], None, "Hasselt", 7]])


def test_a_second_table_directly_beside_the_first(tmp_path):
    with refused("two columns say the same of a figure", cell="A1"):
        table(tmp_path, [[*PLAIN[0], "Gemeente", "Ander"], [*PLAIN[1], "Hasselt", 7]])


def test_an_empty_column_between_figures_is_no_second_table(tmp_path):
    found = table(tmp_path, [[*PLAIN[0], None, "Bedrag"], [*PLAIN[1], None, 7]])
    assert figures(found) == {"C2": "5", "E2": "7"}


@pytest.mark.parametrize("below", [[["Antwerpen"], ["Hasselt", 2021, 6]], [["Ander", 5]], [[None, 2020, 6]]])
def test_figures_below_an_empty_row(tmp_path, below):
    with refused("a figure outside the table", cell=f"B{len(PLAIN) + 1 + len(below)}"):
        table(tmp_path, [*PLAIN, [], *below])


def test_empty_rows_among_those_of_a_table(tmp_path):
    """Space for the eye: what stands under it has its label and figures where the rows over it have them."""
    rows = [["Verzonnen 2021"], [], ["Gemeente", "Aantal", "Bedrag"], [], ["Vlaams Gewest", 900, 80], []]
    rows += [["Genk", 5, 7], ["Hasselt", 6, "x"], [], ["Bron: verzonnen"]]
    found = table(tmp_path, rows)
    assert figures(found) == {"B5": "900", "C5": "80", "B7": "5", "C7": "7", "B8": "6", "C8": "c"}
    assert found.metadata == ["Verzonnen 2021", "Bron: verzonnen"]


def test_notes_directly_under_the_table(tmp_path):
    found = table(tmp_path, [*PLAIN[:2], ["Bron: verzonnen"], ["(1) Een verzonnen noot."]])
    assert figures(found) == {"C2": "5"}
    assert found.metadata == ["Bron: verzonnen", "(1) Een verzonnen noot."]


def test_a_source_of_two_cells_directly_under_the_table_is_no_row_of_it(tmp_path):
    assert lines(table(tmp_path, [*PLAIN[:2], ["Bron", "verzonnen"]])) == lines(table(tmp_path, PLAIN[:2]))


# Units


@pytest.mark.parametrize(
    ("title", "header", "unit"),
    [
        ("Schulden (in 1.000 euro)", "Bedrag", "1.000 EUR"),
        ("Schulden in duizend euro", "Bedrag", "1.000 EUR"),
        ("Schulden (x 1.000)", "Bedrag", "1.000 EUR"),
        ("Inwoners (x 1.000)", "Aantal", "1.000 aantal"),
        ("Schulden (in miljoen euro)", "Bedrag", "miljoen EUR"),
        ("Schulden (in 1.000 euro)", "Aantal", "aantal"),
        ("Schulden (in 1.000 euro)", "Fictief", "1.000 EUR"),
        ("Schulden (in euro)", "Fictief", "EUR"),
        ("Verzonnen (in %)", "Fictief", "%"),
        ("Verzonnen", "Bedrag (in 1.000 euro)", "1.000 EUR"),
        ("Verzonnen", "Fictief [leerlingen]", "leerlingen"),
        ("Verzonnen", "Fictief", ""),
        ("Verzonnen", "< 10.000 EUR", ""),
        ("Verzonnen", "10.000 euro en meer", ""),
        ("Verzonnen", "Gezinnen met een inkomen onder 60 %", ""),
    ],
)
def test_the_unit_of_title_and_header(tmp_path, title, header, unit):
    found = table(tmp_path, [[title], [], ["Gemeente", "Jaar", header], ["Genk", 2021, 5]])
    assert [row.unit for row in found.rows] == [unit]


@pytest.mark.parametrize("text", ["€ 1.963", "1.963 €", "1.963 EUR"])
def test_an_amount_without_a_unit_in_its_header(tmp_path, text):
    found = table(tmp_path, f"Gemeente;Jaar;Fictief\nGenk;2020;{text}\nGenk;2021;€ 454\n")
    assert [(row.value, row.unit) for row in found.rows] == [(1963, "EUR"), (454, "EUR")]


def test_percent_and_plain_figures_in_one_column(tmp_path):
    with csv_refused("figures of one column that show different units", cell="C3"):
        table(tmp_path, "Gemeente;Jaar;Fictief\nGenk;2020;58,2 %\nGenk;2021;7\n")


def test_a_percent_format_contradicts_its_header(tmp_path):
    with refused("shown as a percentage in a column that is not", cell="C2"):
        table(tmp_path, PLAIN, formats={"C2": "0%"})


# Web pivots as CSV

PIVOT = 'Maatregel,Jaar,"Totaal bedrag"\nverzonnen,2015,"€ 1.307.396"\nbedacht,2015,454\nfictief,2015,X\n'


@pytest.mark.parametrize(
    "text",
    [
        PIVOT.encode(),
        PIVOT.encode("utf-8-sig"),
        PIVOT.replace("\n", "\r\n").encode("utf-8-sig"),
        PIVOT.replace(",", ";").encode(),
        PIVOT.replace(",", "\t").encode(),
        PIVOT.encode("cp1252"),
        PIVOT.encode("utf-16"),
        ("sep=;\n" + PIVOT.replace(",", ";")).encode(),
    ],
    ids=["plain", "BOM", "CRLF", "semicolon", "tab", "Latin-1", "UTF-16", "sep="],
)
def test_a_web_pivot(tmp_path, text):
    found = table(tmp_path, text)
    assert [(row.breakdown, row.unit, row.status) for row in found.rows] == [
        ("maatregel=verzonnen", "EUR", ""),
        ("maatregel=bedacht", "EUR", ""),
        ("maatregel=fictief", "EUR", "c"),
    ]
    assert [row.value for row in found.rows] == [1307396, 454, None]


@pytest.mark.parametrize(
    ("header", "values", "read_as"),
    [
        ("Aantal", ["1.963", "2.104"], ["1963", "2104"]),
        ("Fictief", ["1.963", "454"], ["1963", "454"]),
        ("Fictief", ["14.485,10", "5,5"], ["14485.1", "5.5"]),
        ("Fictief", ["1\u202f963", "1\u00a0963"], ["1963", "1963"]),
        ("Fictief", ["–1,5", "−2"], ["-1.5", "-2"]),
        ("Fictief", ["<5", "< 10"], ["c", "c"]),
        ("Graad (%)", ["58,2 %", "7%"], ["58.2", "7"]),
    ],
)
def test_flemish_figures_as_text(tmp_path, header, values, read_as):
    text = f"Gemeente;Jaar;{header}\nGenk;2020;{values[0]}\nGenk;2021;{values[1]}\n"
    found = table(tmp_path, text)
    assert list(figures(found).values()) == read_as
    told = "numbers as text: a dot between thousands, a comma before decimals" in found.assumed
    assert told == any(mark in value for value in values for mark in ".,")


@pytest.mark.parametrize(
    ("header", "values", "both"),
    [
        ("Fictief", ["1.963", "2.104"], "1963, or 1,963"),
        ("Graad (%)", ["1.963", "2.104"], "1963, or 1,963"),
        ("Aantal", ["1,963", "2,104"], "1963, or 1,963"),
        ("Aantal", ["1.963", "2104"], "1963, or 1,963"),
    ],
)
def test_figures_as_text_that_can_be_read_two_ways(tmp_path, header, values, both):
    text = f"Gemeente;Jaar;{header}\nGenk;2020;{values[0]}\nGenk;2021;{values[1]}\n"
    with csv_refused("a number that can be read two ways", cell="C2", mention=both):
        table(tmp_path, text)


@pytest.mark.parametrize(
    ("delimiter", "texts", "figures_read"),
    [
        (",", ["12.5", "7"], ["12.5", "7"]),
        (",", ["12.50", "<5"], ["12.5", "c"]),
        (",", ["0.1234567", "5e-05"], ["0.1234567", "0.00005"]),
        (",", ["1234.5", "-99.25"], ["1234.5", "-99.25"]),
        (",", ["1.963", "4.2", "5.1"], ["1.963", "4.2", "5.1"]),
        (";", ["12.5", "7.25"], ["12.5", "7.25"]),
        ("\t", ["12.0", "x"], ["12", "c"]),
    ],
)
def test_decimals_behind_a_dot(tmp_path, delimiter, texts, figures_read):
    """As programs write a CSV: one figure that can be read in no other way settles its column."""
    rows = [["Gebied", "Jaar", "Fictief"], *(["Verzonnen", f"{2000 + n}.0", text] for n, text in enumerate(texts))]
    found = table(tmp_path, "\n".join(map(delimiter.join, rows)) + "\n")
    assert list(figures(found).values()) == figures_read
    assert [row.period for row in found.rows] == [str(2000 + n) for n in range(len(texts))]
    assert "numbers as text: a dot before decimals" in found.assumed


@pytest.mark.parametrize(
    ("delimiter", "texts", "other"),
    [
        (",", ["1.963", "4.2"], "1"),  # one figure may be a slip
        (";", ["1.963", "4.2", "5.1"], "1"),  # who writes semicolons writes thousands so
        ("\t", ["12.5", "7,25"], "1"),
        ("\t", ["12.5", "7.5"], "3,5"),  # another column is Flemish
        (",", ["12.5", "1.2.3"], "1"),
        (",", ["1.9", "1.10"], "1"),  # numbers of chapters
    ],
)
def test_dots_that_can_be_read_two_ways(tmp_path, delimiter, texts, other):
    rows = [["Gebied", "Jaar", "Fictief", "Ander"], *(["Verzonnen", "2020", text, other] for text in texts)]
    with csv_refused("", mention="a number"):
        table(tmp_path, "\n".join(map(delimiter.join, rows)) + "\n")


@pytest.mark.parametrize("text", ["-00", "007", "1e5", "1,5,0", "12 personen", "#N/A", "n.v.t. (1)"])
def test_text_that_is_no_figure(tmp_path, text):
    with csv_refused("", cell="C2", mention="a number"):
        table(tmp_path, f"Gemeente;Jaar;Fictief\nGenk;2020;{text}\nGenk;2021;7\n")


def flemish(value, places):
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def spaced(value, places):
    return flemish(value, places).replace(".", "\u202f")


def by_program(value, places):
    return f"{value:.{places}f}"


def english(value, places):
    return f"{value:,.{places}f}"


@st.composite
def column_of_text(draw):
    """Figures, the text of a CSV that holds them, and whether it must be readable."""
    places = draw(st.integers(0, 4))
    size = draw(st.sampled_from([10**places, 10 ** (places + 2), 10 ** (places + 5)]))
    values = [
        Decimal(n).scaleb(-places) for n in draw(st.lists(st.integers(-size, 100 * size), min_size=1, max_size=6))
    ]
    write = draw(st.sampled_from([flemish, spaced, by_program, english]))
    delimiter = draw(st.sampled_from(",\t" if write is english else ",;\t"))
    header = draw(st.sampled_from(["Fictief", "Graad (%)"] if places else ["Fictief", "Aantal", "Bedrag (€)"]))
    figures = [f'"{write(value, places)}"' for value in values]
    table = [["Gebied", "Jaar", header], *(["Verzonnen", str(1900 + n), text] for n, text in enumerate(figures))]
    return values, "\n".join(map(delimiter.join, table)) + "\n", places == 0 and write is spaced


@given(column_of_text())
@steady
def test_a_column_of_text_is_read_rightly_or_refused(tmp_path_factory, case):
    """Whatever the separator of thousands, decimals and fields: the figures themselves, or a word."""
    values, text, must = case
    try:
        rows = read("table", tmp_path_factory.getbasetemp(), text).rows
    except (DataError, Declined):
        assert not must
        return
    assert [row.value for row in rows] == values


# What is no table


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([["Verzonnen"], ["tekst"]], "no row of figures"),
        ([], "no row of figures"),
        ([["Gemeente", "Aantal"], ["Genk", None]], "no row of figures"),
        ([["Genk", 2021, 5], ["Hasselt", 2021, 6]], "no header above the figures that begin in row 1"),
        ([["Verzonnen titel"], [], ["Genk", 5, 6]], "no header above the figures that begin in row 3"),
        ([["Gemeente", 18, 19], ["Genk", 5, 6]], "no header above the figures that begin in row 1"),
    ],
)
def test_a_table_declines(tmp_path, rows, reason):
    with pytest.raises(Declined, match=reason):
        table(tmp_path, rows)


def test_an_export_of_swing_that_lost_its_notes(tmp_path):
    rows = [
        ["T"],
        [None, None, None, "een", None, "twee"],
        [None, 2019, 2020, 2021, 2020, 2021],
        ["Genk", 1, 2, 3, 4, 5],
    ]
    (found,), _ = layouts.recognise(open_workbook(save(tmp_path / NAME, rows)))
    assert [(row.indicator, row.period) for row in found.rows] == [
        *(("een", "2019"), ("een", "2020"), ("een", "2021"), ("twee", "2020"), ("twee", "2021"))
    ]


def test_a_hidden_row_is_read_and_flagged(tmp_path):
    found = table(tmp_path, PLAIN, hide=[2])
    assert found.hidden == ["C2"]
    assert by_cell(found)["C2"].citation == {"note": "Verborgen in de bron."}
