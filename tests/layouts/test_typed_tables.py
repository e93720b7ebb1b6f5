# SPDX-License-Identifier: EUPL-1.2
"""Tables as people make them, with units in their headers: which header holds for which figure."""

import datetime
import functools

import pytest
import workbooks
from workbooks import NAME, SHEET, by_cell, change, figures, lines, read, save

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts.engine.reading import Declined
from genk_armoede.spreadsheets.workbook import open_workbook

refused = functools.partial(workbooks.refused, sheet=SHEET)

TABLE = [
    ["Verzonnen tabel"],
    ["Gebied", "Verzonnen"],
    ["Periode", "2021"],
    [],
    ["Groep", "Fictief [personen]", "Graad [%] (1)", "Opmerking"],
    ["man", 3, 0.25, "verzonnen"],
    ["vrouw", "4.005", None, 12],
    ["Totaal", "vertrouwelijk", "62,5 %"],
    [],
    ["(1) Breuk in de reeks: verzonnen."],
    ["Bron: verzonnen"],
]


def table(folder, rows=TABLE, **how):
    return read("table", folder, rows, **{"formats": {"C6": "0%"}} | how)


def test_table_with_one_header_row(tmp_path):
    rows = by_cell(table(tmp_path))
    assert {cell: (row.value and str(row.value), row.status) for cell, row in rows.items()} == {
        "B6": ("3", ""),
        "C6": ("25", "b"),
        "B7": ("4005", ""),
        "C7": (None, "m"),
        "B8": (None, "c"),
        "C8": ("62.5", "b"),
    }
    assert {row.breakdown for row in rows.values()} == {"groep=man", "groep=vrouw", ""}
    assert {(r.indicator, r.unit) for r in rows.values()} == {("Fictief", "personen"), ("Graad", "%")}
    assert {(r.area, r.period, r.sheet, r.source) for r in rows.values()} == {("Verzonnen", "2021", SHEET, NAME)}


ACROSS = [
    ["Gemeente", "Fictief [personen]", None, "Nog fictief [EUR] (2)", None],
    [None, "2020", "2021 (1)", "2020", "2021"],
    ["Verzonnen", 1, 2, 3, 4],
    ["Bedacht", 5, 6, 7, 8],
    [],
    ["(1) Voorlopig cijfer"],
    ["(2) Schatting"],
]
MERGED = ["A1:A2", "B1:C1", "D1:E1"]


def test_table_with_periods_across_two_header_rows(tmp_path):
    rows = by_cell(table(tmp_path, ACROSS, merge=MERGED))
    assert [(r.cell, r.indicator, r.unit, r.period, r.status, int(r.value)) for r in rows.values()] == [
        ("B3", "Fictief", "personen", "2020", "", 1),
        ("C3", "Fictief", "personen", "2021", "p", 2),
        ("D3", "Nog fictief", "EUR", "2020", "e", 3),
        ("E3", "Nog fictief", "EUR", "2021", "e", 4),
        ("B4", "Fictief", "personen", "2020", "", 5),
        ("C4", "Fictief", "personen", "2021", "p", 6),
        ("D4", "Nog fictief", "EUR", "2020", "e", 7),
        ("E4", "Nog fictief", "EUR", "2021", "e", 8),
    ]
    assert rows["E4"].area == "Bedacht"


def test_the_period_of_a_column_goes_before_that_of_the_table(tmp_path):
    rows = [["Periode", "2019"], ["Gemeente", "Fictief [EUR]", None], [None, "2020", "2021"], ["Verzonnen", 1, 2]]
    assert [row.period for row in table(tmp_path, rows, merge=["A2:A3", "B2:C2"]).rows] == ["2020", "2021"]


@pytest.mark.parametrize("merge", [["A1:A3", "B1:C1"], ["B1:C1", "A1:A3"], ["B1:C1", "B2:C2"]])
def test_table_with_three_header_rows(tmp_path, merge):
    middle = [None, "midden", "midden" if "B2:C2" not in merge else None]
    rows = [["Gemeente", "Fictief"], middle, [None, "2020 [EUR]", "2021 [EUR]"], ["Verzonnen", 1, 2]]
    found = table(tmp_path, rows, merge=merge)
    assert [(row.cell, row.indicator, row.unit, row.period) for row in found.rows] == [
        ("B4", "Fictief, midden", "EUR", "2020"),
        ("C4", "Fictief, midden", "EUR", "2021"),
    ]


def test_labels_merged_over_rows_hold_for_each_of_them(tmp_path):
    rows = [["Gemeente", "Jaar", "Groep", "Fictief [EUR]"], ["Verzonnen", 2020, "a", 1], [None, 2021, "b", 2]]
    found = table(tmp_path, rows, merge=["A2:A3"])
    assert [(r.area, r.period, r.breakdown) for r in found.rows] == [
        ("Verzonnen", "2020", "groep=a"),
        ("Verzonnen", "2021", "groep=b"),
    ]


def test_two_notes_for_one_mark(tmp_path):
    notes = [[], ["(1) Verzonnen voetnoot"], ["(1) Breuk in de reeks"]]
    with refused("two notes for one mark", cell="A6"):
        read(
            "table",
            tmp_path,
            [["Gemeente", "Jaar", "Fictief [aantal] (1)"], ["Genk", 2020, 5], *notes[:1], [], *notes[1:]],
        )


@pytest.mark.parametrize(
    ("header", "code"), [("Gemeente", "11002"), ("Provincie", "10000"), ("Wijk", ""), ("Sector", "")]
)
def test_the_header_says_the_level_of_an_area(tmp_path, header, code):
    found = table(tmp_path, [[header, "Jaar", "Fictief [EUR]"], ["Antwerpen", "2021", 1]])
    assert [(row.area, row.area_code) for row in found.rows] == [("Antwerpen", code)]


def test_a_code_in_the_table_goes_before_our_own(tmp_path):
    found = table(tmp_path, [["Sectorcode", "Sector", "Jaar", "Fictief [EUR]"], ["71016X00-", "Verzonnen", "2021", 1]])
    assert [(row.area, row.area_code) for row in found.rows] == [("Verzonnen", "71016X00-")]


@pytest.mark.parametrize(
    ("words", "flag"),
    [("Breuk", "b"), ("SCHATTING van", "e"), ("Prognose", "f"), ("voorlopig", "p"), ("Herzien", "r"), ("Zie ook", "")],
)
def test_a_note_flags_the_figures_under_its_header(tmp_path, words, flag):
    found = by_cell(table(tmp_path, change(TABLE, "A10", f"(1) {words} verzonnen")))
    assert (found["C8"].status, found["B6"].status) == (flag, "")


def test_a_note_in_two_cells(tmp_path):
    found = by_cell(table(tmp_path, [*TABLE[:9], ["(1)", "Breuk in de reeks"]]))
    assert found["C8"].status == "b"


@pytest.mark.parametrize(
    ("cell", "value", "problem", "place"),
    [
        ("B6", "drie", "text where a number belongs", "B6"),
        ("B6", "3.5", "looks like a number", "B6"),
        ("B6", "3 (2)", "text where a number belongs", "B6"),
        ("B6", datetime.datetime(2021, 1, 1), "a date or yes/no", "B6"),
        ("B6", True, "a date or yes/no", "B6"),
        ("C5", "Graad [EUR]", "shown as a percentage", "C6"),
        ("C5", None, "a filled cell in a column without a header", "C6"),
        ("E7", 5, "a filled cell in a column without a header", "E7"),
        ("B5", 1250, "", ""),
        ("A6", None, "a figure in a row without a label", "A6"),
        ("A6", 5, "text where a number belongs", "A7"),
        ("A6", "  ", "a figure in a row without a label", "A6"),
        ("A6", "a; b=c", "a label with ';'", "B6"),
    ],
)
def test_table_with_a_wrong_cell(tmp_path, cell, value, problem, place):
    with refused(problem, cell=place):
        table(tmp_path, change(TABLE, cell, value))


def test_the_header_row_is_gone(tmp_path):
    with pytest.raises((DataError, Declined)):
        table(tmp_path, TABLE[:4] + TABLE[5:])


@pytest.mark.parametrize("below", [[["man", 3, 0.25]], [["(2)", 5]]])
def test_figures_after_an_empty_row(tmp_path, below):
    with refused("outside the table", cell=f"B{len(TABLE) + len(below)}"):
        table(tmp_path, [*TABLE, *below])


@pytest.mark.parametrize("between", [[], [[]]])
def test_a_second_table_under_its_title_that_begins_with_the_same_header(tmp_path, between):
    first = [["Eerste tabel 2021"], ["Groep", "Fictief [personen]", "Graad [%]"], ["man", 3, 25], ["vrouw", 4, 30]]
    second = [["Tweede tabel 2021"], ["Groep", "Ander [EUR]"], ["man", 1], ["vrouw", 2]]
    found = by_cell(table(tmp_path, [*first, *between, *second]))
    below = {cell: (row.indicator, row.breakdown, row.value) for cell, row in found.items() if row.unit == "EUR"}
    row = len(first) + len(between) + 3
    assert below == {f"B{row}": ("Ander", "groep=man", 1), f"B{row + 1}": ("Ander", "groep=vrouw", 2)}


@pytest.mark.parametrize("merge", ["B6:C6", "B6:B7", "C7:C8"])
def test_figures_in_merged_cells(tmp_path, merge):
    with refused("figures in merged cells", cell=merge[:2], mention="ask what"):
        table(tmp_path, TABLE, merge=[merge])


def test_a_table_may_stand_anywhere(tmp_path):
    moved = [[], *([None, None, *line] for line in TABLE)]
    assert list(figures(table(tmp_path, moved, formats={"E7": "0%"})).values()) == list(
        figures(table(tmp_path)).values()
    )


@pytest.mark.parametrize("order", [[0, 2, 1, 3], [2, 0, 1, 3]])
def test_columns_may_change_places(tmp_path, order):
    moved = TABLE[:4] + [[(line + [None] * 4)[n] for n in order] for line in TABLE[4:]]
    share = "ABCD"[order.index(2)]
    found = table(tmp_path, moved, formats={f"{share}6": "0%"})
    known = table(tmp_path)
    assert {(r.key, r.value, r.status) for r in found.rows} == {(r.key, r.value, r.status) for r in known.rows}


def test_an_export_date_below_the_table(tmp_path):
    assert len(table(tmp_path, [*TABLE, ["Datum", datetime.datetime(2026, 1, 1)]]).rows) == 6


TEXT_TABLE = "Gemeente;Jaar;Fictief [EUR]\nVerzonnen;2020;1\n{}Verzonnen;2021;2\n"


def test_table_as_csv(tmp_path):
    assert figures(read("table", tmp_path, TEXT_TABLE.format(""))) == {"C2": "1", "C3": "2"}


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["Gebied", "Jaar", "Fictief [EUR]"], ["Verzonnen", "2021", 5]], {"C2": "5"}),
        ([["Periode", "2021"], ["Gebied", "Fictief [EUR]"], ["Verzonnen", 5]], {"B3": "5"}),
        ([["Gebied", "Verzonnen"], ["Periode", "Fictief [EUR]"], ["2020", 5], ["2021", 6]], {"B3": "5", "B4": "6"}),
        ([["Periode", "Gemeente", "Fictief [EUR]"], ["2021", "Verzonnen", 5]], {"C2": "5"}),
    ],
)
def test_a_header_row_may_begin_with_area_or_period(tmp_path, rows, found):
    assert figures(table(tmp_path, rows, formats={})) == found


@pytest.mark.parametrize(
    "header",
    [["Gemeente", "Groep", "Groep", "Fictief [EUR]"], ["Jaar", "Schooljaar", "Gemeente", "Fictief [EUR]"]],
    ids=["one breakdown twice", "two periods"],
)
def test_two_label_columns_that_contradict(tmp_path, header):
    cells = {"Gemeente": "Verzonnen", "Sector": "Bedacht", "Groep": "a", "Jaar": "2020", "Schooljaar": "2020-2021"}
    line = [cells.get(name, 5) for name in header]
    with refused(""):
        table(tmp_path, [["Periode", "2021"], [], header, line], formats={})


def test_a_year_beside_its_month_says_nothing_more(tmp_path):
    head = ["Gemeente", "Jaar", "Maand", "Fictief [EUR]"]
    rows = [["Verzonnen", 2020, "2020-aug.", 5], ["Verzonnen", 2021, "2021-dec.", 6]]
    found = table(tmp_path, [head, *rows], formats={})
    assert [row.period for row in found.rows] == ["2020-08", "2021-12"]
    assert "column B: the wider periods of column C" in found.left_out
    with refused("two columns say the same"):
        table(tmp_path, [head, rows[0], ["Verzonnen", 2020, "2021-dec.", 6]], formats={})


BESTAT = """België,Gewest,Provincie,Arrondissement,totaal,Groep,Jaar,Trimester,Maand,Fictief
België,Vlaams Gewest,Provincie Limburg,Arrondissement Hasselt,totaal,a,2022,2de kwartaal 2022,April 2022,1
België,Vlaams Gewest,Provincie Limburg,,totaal,a,2022,2de kwartaal 2022,April 2022,2
België,Brussels Hoofdstedelijk Gewest,,Arrondissement Brussel-Hoofdstad,totaal,,2022,2de kwartaal 2022,April 2022,3
België,,,,totaal,a,2022,2de kwartaal 2022,April 2022,4
België,,,,totaal,,2022,2de kwartaal 2022,April 2022,5
"""


def test_levels_beside_their_root_as_be_stat_writes_them(tmp_path):
    found = read("table", tmp_path, BESTAT)
    assert [line.split(" | ", 2)[2] for line in lines(found)] == [
        "71000 Arrondissement Hasselt | 2022-04 | groep=a | 1",
        "70000 Provincie Limburg | 2022-04 | groep=a | 2",
        "21000 Arrondissement Brussel-Hoofdstad | 2022-04 | | 3",
        "01000 België | 2022-04 | groep=a | 4",
        "01000 België | 2022-04 | | 5",
    ]
    assert "a blank label is the total, or the coarser area beside it" in found.assumed


def test_a_blank_among_areas_without_a_root_is_asked_once(tmp_path):
    rows = BESTAT.replace("België,", "").replace("totaal,", "").replace("\n,,,", "\nVlaams Gewest,,,")
    path = tmp_path / "verzonnen.csv"
    path.write_text(rows)
    with workbooks.refused("a blank where others name an area", file=path.name, mention="blanks=totals"):
        layouts.recognise(open_workbook(path))
    (reading,), _ = layouts.recognise(open_workbook(path), answers=["blanks=totals"])
    assert [row.area for row in reading.rows][-1] == "Vlaams Gewest"


def test_a_column_that_repeats_its_header_is_kept_unless_it_is_a_total(tmp_path):
    rows = [
        ["Gemeente", "Stelling", "Jaar", "Fictief [EUR]"],
        ["Genk", "Stelling", 2021, 5],
        ["Mol", "Stelling", 2021, 6],
    ]
    assert {row.breakdown for row in table(tmp_path, rows, formats={}).rows} == {"stelling=Stelling"}


DURATIONS = [["Gemeente", "Jaar", "Aantal", "Doorlooptijd"], ["Genk", 2021, 5, "112,0 dagen"], ["Mol", 2021, 6, "-"]]


def test_a_unit_behind_figures_with_decimals(tmp_path):
    rows = [*DURATIONS, ["Hasselt", 2021, 7, "50,5 dagen"]]
    (reading,), _ = layouts.recognise(open_workbook(save(tmp_path / NAME, rows)))
    said = {row.cell: (row.indicator, str(row.value), row.unit) for row in reading.rows if row.cell.startswith("D")}
    assert said == {
        "D2": ("Doorlooptijd", "112", "dagen"),
        "D3": ("Doorlooptijd", "None", "dagen"),
        "D4": ("Doorlooptijd", "50.5", "dagen"),
    }


def test_whole_numbers_with_a_unit_behind_figures_are_asked(tmp_path):
    rows = [*DURATIONS[:1], ["Genk", 2021, 5, "112 dagen"], ["Mol", 2021, 6, "-"], ["Hasselt", 2021, 7, "50 dagen"]]
    path = save(tmp_path / NAME, rows)
    with refused("labels or figures", cell="D2", mention="column Doorlooptijd=figure"):
        layouts.recognise(open_workbook(path))
    (reading,), _ = layouts.recognise(open_workbook(path), answers=["column Doorlooptijd=figure"])
    assert {row.unit for row in reading.rows} == {"aantal", "dagen"}
    (reading,), _ = layouts.recognise(open_workbook(path), answers=["column Doorlooptijd=breakdown"])
    assert {row.indicator for row in reading.rows} == {"Aantal"}


def test_a_code_shown_with_a_leading_zero(tmp_path):
    rows = [["NIS-code", "Gewest", "Jaar", "Fictief [EUR]"], [2000, "Verzonnen", "2021", 5]]
    assert [row.area_code for row in table(tmp_path, rows, formats={"A2": "00000"}).rows] == ["02000"]


def test_a_remark_beside_a_figure_goes_with_it(tmp_path):
    assert by_cell(table(tmp_path))["B6"].citation == {"note": "verzonnen"}
    assert by_cell(table(tmp_path))["B8"].citation == {}


# What would be read silently wrong


@pytest.mark.parametrize(("stored", "code"), [(2000, "02000"), ("02000", "02000"), ("71016A4OB", "71016A4OB")])
def test_codes_keep_their_zero(tmp_path, stored, code):
    found = table(tmp_path, [["Code", "Gebied", "Jaar", "Fictief [EUR]"], [stored, "Verzonnen", "2021", 5]])
    assert [row.area_code for row in found.rows] == [code]


@pytest.mark.parametrize("cell", ["B2"])
def test_an_error_of_excel_is_no_label(tmp_path, cell):
    rows = [["Code", "Gebied", "Jaar", "Fictief [EUR]"], ["02000", "Verzonnen", "2021", 5]]
    with refused("an error, date or yes/no where a label belongs", cell=cell):
        table(tmp_path, change(rows, cell, "#N/A"))


@pytest.mark.parametrize("total", ["Totaal", "TOTAAL", "Total", "Eindtotaal", "Algemeen totaal"])
def test_a_total_is_no_group(tmp_path, total):
    assert by_cell(table(tmp_path, change(TABLE, "A8", total)))["B8"].breakdown == ""


def test_a_header_with_a_date_is_a_period(tmp_path):
    rows = [["Gemeente", "Fictief [EUR]", None], [None, datetime.datetime(2020, 1, 1), datetime.datetime(2021, 1, 1)]]
    found = table(tmp_path, [*rows, ["Verzonnen", 1, 2]], merge=["A1:A2", "B1:C1"], formats={"B2": "mmm-yy"})
    assert [row.period for row in found.rows] == ["2020-01", "2021-01-01"]


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        ("Fictief [personen] [%]", "a header with two units"),
        ("Unnamed: 1", "a header that a program made up"),
        ("#REF!", "an error, date or yes/no where a label belongs"),
    ],
)
def test_a_header_that_cannot_be(tmp_path, header, problem):
    with refused(problem, cell="B5"):
        table(tmp_path, change(TABLE, "B5", header))


@pytest.mark.parametrize(("unit", "read_as"), [("€", "EUR"), ("procent", "%"), ("Leerlingen", "Leerlingen")])
def test_a_unit_has_one_name(tmp_path, unit, read_as):
    rows = [["Gemeente", "Jaar", f"Fictief [{unit}]"], ["Verzonnen", "2021", 5]]
    assert [row.unit for row in table(tmp_path, rows).rows] == [read_as]


def test_percentages_stored_as_fractions_without_a_percent_format(tmp_path):
    with refused("a percentage that can be read two ways", cell="C6"):
        table(tmp_path, change(TABLE, "C8", 0.5), formats={})


def test_figures_as_text_that_can_be_read_two_ways(tmp_path):
    rows = [
        ["Gemeente", "Jaar", "Fictief [wagens per 1]"],
        ["Verzonnen", "2020", "1.963"],
        ["Verzonnen", "2021", "2.104"],
    ]
    with refused("a number that can be read two ways", cell="C2", mention="1963, or 1,963"):
        table(tmp_path, rows)
    assert figures(table(tmp_path, change(rows, "C1", "Fictief [wagens]"))) == {"C2": "1963", "C3": "2104"}
