# SPDX-License-Identifier: EUPL-1.2
"""What published figures must agree on, and that every figure on disk stands in the cell that it names.

Invented figures are put into copies of the project's own workbooks, never into those themselves.
"""

import csv
import datetime
import functools
from contextlib import contextmanager
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
import workbooks
from conftest import small_copy
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook
from workbooks import ROOT, as_sheet, edited, steady

from genk_armoede.errors import DataError
from genk_armoede.observations import areas
from genk_armoede.observations.observation import COLUMNS, Observation, number_text
from genk_armoede.tables import checks, datasets, register, registering, repository, store
from genk_armoede.tables.datasets.indicator import Indicator

refused = functools.partial(workbooks.refused, guides="do answers")


@pytest.fixture
def root(tmp_path):
    """A folder for the raw files that a test changes."""
    return tmp_path


@contextmanager
def change(root, file):
    """A raw workbook to change, which is then registered anew; the only one of the repository, which cleans quickly."""
    path = root / "data/raw" / file
    if not path.exists():
        small_copy(root, file)
    with edited(path) as book:
        yield book
    registering.register(root, path)


def row(indicator="fictief", value=None, unit="personen", **other):
    given = {"area_code": "", "area": "Verzonnen", "period": "2021", "breakdown": "", "cell": "B2"} | other
    status = "m" if value is None else ""
    number = None if value is None else Decimal(str(value))
    return Observation(indicator, value=number, unit=unit, status=status, source=workbooks.NAME, sheet="Blad", **given)


# Counts and shares


def test_a_column_that_only_counts_takes_the_unit_of_its_indicator():
    pupils, share = Indicator("l", "L", "leerlingen", ""), Indicator("a", "A", "%", "")
    assert [one.unit for one in datasets.named([row("L", 3, "aantal")], [pupils, share])] == ["leerlingen"]
    with refused("another unit for 'A'", sheet="Blad", cell="B2"):
        datasets.named([row("A", 3, "aantal")], [pupils, share])


def test_the_possible_numbers_of_pupils():
    assert checks.implied_denominator(Decimal(3815), Decimal("58.2")) == (6550, 6560)
    assert checks.implied_denominator(Decimal(2944), Decimal("59.8")) == (4919, 4927)
    # Nobody is more than all: 100.0 % of 3000 is not of 2999.
    assert checks.implied_denominator(Decimal(3000), Decimal("100.0"))[0] == 3000


@given(st.integers(1, 60), st.integers(10, 1000))
@steady
def test_the_implied_range_is_that_of_trying_all_numbers(count, tenths):
    # |100 count / n - tenths / 10| <= 1 / 20, in whole numbers
    fits = [n for n in range(count, 6500) if abs(2000 * count - 2 * tenths * n) <= n]
    try:
        low, high = checks.implied_denominator(Decimal(count), Decimal(tenths) / 10)
    except ValueError:
        assert fits == []
    else:
        assert list(range(low, high + 1)) == fits


@given(st.integers(1, 10**6), st.integers(1, 10**6))
@steady
def test_the_true_number_is_always_among_them(count, rest):
    total = count + rest
    share = round(Decimal(100 * count) / total, 1)
    if share > Decimal("0.05"):
        low, high = checks.implied_denominator(Decimal(count), share)
        assert low <= total <= high


@pytest.mark.parametrize(
    ("count", "share"), [(1, "99.9"), (7, "99.9"), (3, "58.2"), (10, "150"), (1, "100.1"), (0, "5")]
)
def test_a_count_and_a_share_that_cannot_both_be_right(count, share):
    with refused("does not fit the count in B2", sheet="Blad", cell="C2", mention=f"{count} personen = {share} %"):
        checks.count_fits_share(row(value=count), row(value=share, unit="%", cell="C2"))


@pytest.mark.parametrize(
    ("count", "share"),
    [*((1, "33.3"), (1, "100"), (3815, "58.2"), (0, "0"), (None, "5"), (5, None), (None, None)), (3, "0.0")],
)
def test_a_count_and_a_share_that_can(count, share):
    checks.count_fits_share(row(value=count), row(value=share, unit="%", cell="C2"))


# Sums


@pytest.mark.parametrize(
    ("parts", "total"), [([1, 2], 3), ([1, None], 9), ([1, 2], None), ([], 3), (["0.1", "0.2"], "0.3"), ([0], 0)]
)
def test_parts_that_may_stand_beside_a_total(parts, total):
    checks.add_up([row(value=part) for part in parts], row(value=total), "the parts")


def test_parts_that_do_not_add_up():
    parts = [row(value=1, cell="B3"), row(value=3, cell="B4")]
    with refused("the parts do not add up", sheet="Blad", cell="B9", mention="the sum of Blad B3, Blad B4"):
        checks.add_up(parts, row(value=3, cell="B9"), "the parts")


def test_many_parts_are_named_by_their_ends():
    parts = [row(value=1, cell=f"B{n}") for n in range(1, 11)]
    with refused("do not add up", sheet="Blad", mention="B1 … Blad B10 (10 cells)"):
        checks.add_up(parts, row(value=3, cell="B99"), "the parts")


@pytest.mark.parametrize("whole", [5, 6, "5.9", 9, None])
def test_a_share_of_all_between_those_of_the_parts(whole):
    checks.between([row(value=5), row(value=9)], row(value=whole))


def test_a_share_of_all_beside_parts_of_which_one_is_not_published():
    checks.between([row(value=5), row(value=None)], row(value=7))


@pytest.mark.parametrize("whole", ["4.9", "9.1"])
def test_a_share_of_all_outside_those_of_the_parts(whole):
    parts = [row(value=5, cell="B3", unit="%"), row(value=9, cell="B4", unit="%")]
    with refused(
        "lies outside those of the parts", sheet="Blad", cell="B9", mention="5 to 9 %, as in Blad B3, Blad B4"
    ):
        checks.between(parts, row(value=whole, cell="B9", unit="%"))


@pytest.mark.parametrize("part", [0, 5, None])
def test_a_part_within_its_whole(part):
    checks.at_most(row(value=part), row(value=5))
    checks.at_most(row(value=9), row(value=None))


def test_a_part_that_exceeds_its_whole():
    with refused("a part exceeds its whole in Blad B9", sheet="Blad", cell="B2", mention="at most 5 personen"):
        checks.at_most(row(value="5.1"), row(value=5, cell="B9"))


# Cells that contradict each other: file, sheet, cell, what is put there; what is said, of which sheet and cell


def more(old):
    return old + 1


LINKED = "Genk, gekoppeld register"
SURVEY, WITHIN = "stadsmonitor_2023.xlsx", "a part exceeds its whole"


@pytest.mark.parametrize(
    ("file", "sheet", "cell", "value", "problem", "where"),
    [
        ("schooltoelagen.xlsx", "Genk", "B7", 3, "does not fit the count in B7", ("Genk", "C7")),
        ("werkzoekenden.xlsx", LINKED, "V4", more, "the parts by nationaliteit do not add up", (LINKED, "B4")),
        ("werkzoekenden.xlsx", LINKED, "AZ4", more, "the parts by herkomst do not add up", (LINKED, "B4")),
        *((SURVEY, sheet, "E5", 0.99, WITHIN, (sheet, "E5")) for sheet in ("AR_S_03", "WO_S_01", "CU_S_03", "CU_S_10")),
        (SURVEY, "WO_S_02", "E5", 0.99, "lies outside those of the parts", ("WO_S_02", "E5")),
        ("kansarmoede.xlsx", "Genk", "E10", 84, WITHIN, ("Genk", "E10")),
        ("kansarmoede.xlsx", "Andere steden", "E15", 14, WITHIN, ("Andere steden", "E15")),
        ("corona.xlsx", "Maatregelen Genk", "E5", 14_000_001, "the parts do not add up", ("Maatregelen Genk", "E5")),
        ("wijken.xlsx", "Bevolking", "C6", more, "the sectors do not add up", ("Gemeente", "C5")),
        ("wijken.xlsx", "Woningbezit", "C6", 0, "the dwellings do not add up", ("Woningbezit", "G6")),
        ("bevolking_herkomst.xlsx", "Herkomst", "E2", more, "the parts by herkomst do not add up", ("Totaal", "D2")),
        ("bevolking_herkomst.xlsx", "Leeftijd 2026", "E2", more, "the parts by leeftijd", ("Totaal 2026", "D2")),
        ("census_2021.xlsx", "Genk", "C5", more, "werkenden and werklozen do not add up", ("Genk", "E5")),
        ("census_2021.xlsx", "Genk", "L5", more, "woningen_census do not add up", ("Genk", "K5")),
        ("census_2021.xlsx", "Genk", "J5", 90_000, WITHIN, ("Genk", "J5")),
        ("werkloosheid_twee_maten.xlsx", "RVA", "E59", 2000, WITHIN, ("RVA", "E59")),
        (
            "fiscale_inkomens_2021_2023.xlsx",
            "Aangiften 2023",
            "D3",
            more,
            "divided by the returns",
            ("Aangiften 2023", "D3"),
        ),
        ("armoederisico.xlsx", "Statbel", "E5", 9, WITHIN, ("Statbel", "E6")),
    ],
)
def test_cells_that_contradict_each_other(root, file, sheet, cell, value, problem, where):
    with change(root, file) as book:
        book[sheet][cell] = value(book[sheet][cell].value) if callable(value) else value
    with refused(problem, file=file, sheet=where[0], cell=where[1]):
        datasets.clean(root)


def test_sectors_of_a_year_without_those_in_none_exceed_no_total(root):
    zipped = "OPENDATA_SECTOREN_2024.zip"
    small_copy(root, "wijken.xlsx", "bevolking_sectoren_2024.xlsx", zipped)
    assert datasets.clean(root)
    table = pd.read_csv(root / "data/raw" / zipped, sep="|", dtype=str)
    table.loc[0, "TOTAL"] = "90000"
    inside = {"method": "zip", "archive_name": "OPENDATA_SECTOREN_2024.txt"}
    table.to_csv(root / "data/raw" / zipped, sep="|", index=False, compression=inside)
    registering.register(root, root / "data/raw" / zipped)
    with refused("add up to more", file="bevolking_sectoren_2024.xlsx", sheet="Gemeente 2024", cell="C5"):
        datasets.clean(root)


# Jobseekers


@pytest.mark.parametrize("year", ["G", "L"])
def test_a_rate_outside_those_of_men_and_women(root, year):
    with change(root, "werkzoekenden.xlsx") as book:
        rates = {row[0].value: row for row in book["Centrumsteden"].iter_rows()}
        cell = rates["Genk"][openpyxl.utils.column_index_from_string(year) - 1]
        cell.value += 0.04
    with refused(
        "lies outside those of the parts", file="werkzoekenden.xlsx", sheet="Centrumsteden", cell=cell.coordinate
    ):
        datasets.clean(root)


def test_two_populations_of_jobseekers_are_two_indicators():
    keys = {"area": "Genk", "period": "2023", "breakdown": ""}
    assert value_of("werkzoekenden", "werkzoekenden_jaargemiddelde", **keys)[0] == "2677"
    assert value_of("werkzoekenden", "werkzoekenden_31_december", **keys)[0] == "2263"


# Income

in_income = functools.partial(refused, file="fiscale_inkomens.xlsx")


def test_a_published_mean_that_the_income_does_not_give(root):
    with change(root, "fiscale_inkomens.xlsx") as book:
        cell = next(c for c in book["Gepubliceerde gemiddelden"]["E"] if c.value == 15227)
        cell.value += 1
    with in_income("not the income divided by the residents", sheet="Gepubliceerde gemiddelden", mention="15227 EUR"):
        datasets.clean(root)


def test_a_city_with_more_returns_than_its_province(root):
    with change(root, "fiscale_inkomens.xlsx") as book:
        genk = next(line for line in book["Gemeenten"].iter_rows() if line[6].value == "Genk")
        genk[3].value *= 100
    with in_income("a part exceeds its whole in Sommen D4", sheet="Gemeenten", cell=genk[3].coordinate):
        datasets.clean(root)


def test_residents_are_those_of_the_january_after_the_income_year():
    keys = {"area": "Genk", "period": "2006-01-01"}
    assert value_of("inkomens", "inwoners_1_januari", **keys)[:2] == ("63787", "aantal")
    assert value_of("inkomens", "totaal_netto_belastbaar_inkomen", area="Genk", period="2005")[1] == "EUR"


def test_the_break_in_income_is_flagged_for_every_area():
    rows = [r for r in table("inkomens") if r["unit"] == "EUR" and "per_aangifte" not in r["indicator"]]
    assert {r["status"] for r in rows if r["period"] == "2014"} == {"b"}
    assert {r["status"] for r in rows if r["period"] != "2014"} == {""}


# Survey


def test_the_survey_has_thirteen_cities_an_item():
    rows = table("stadsmonitor")
    assert len({r["area_code"] for r in rows}) == 13
    assert len(rows) == 13 * len({(r["indicator"], r["breakdown"]) for r in rows})


# Kansarmoede


def test_a_share_of_births_is_no_second_index():
    rows = [r for r in table("kansarmoede") if r["area"] == "Genk" and r["value"] in ("20.9", "23.2")]
    assert {r["value"]: r["indicator"] for r in rows} == {
        "20.9": "kansarmoede_index",
        "23.2": "aandeel_geboorten_in_kansarm_gezin",
    }


# Residents and poverty risk


def test_a_merged_municipality_breaks_its_series_and_no_other_one():
    rows = [r for r in table("bevolking") if not r["breakdown"]]
    broken = {(r["area"], r["period"]) for r in rows if r["status"] == "b"}
    assert broken == {("Antwerpen", "2025"), ("Hasselt", "2025")}
    assert {r["area_code"] for r in rows if r["area"] == "Hasselt"} == {"71022", "71072"}


def test_two_definitions_of_poverty_risk_are_two_indicators():
    rows = [r for r in table("armoederisico") if r["indicator"].startswith("armoederisico_arope")]
    assert len({r["indicator"] for r in rows}) == 2
    assert not any("bron=" in r["breakdown"] for r in rows if r["indicator"].endswith("oude_definitie"))
    assert {r["status"] for r in table("armoederisico") if r["period"] == "2019" and "Eurostat" in r["breakdown"]} == {
        "b"
    }


# What the report does not have


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [("D5", "staat=zoek", "without its state"), ("D5", None, "without its state"), ("E5", 5, "a gap has no value")],
)
def test_a_gap_is_in_one_of_three_states(root, cell, value, problem):
    with change(root, "gaten.xlsx") as book:
        book["Gaten"][cell] = value
    with refused(problem, file="gaten.xlsx", sheet="Gaten", cell="E5"):
        datasets.clean(root)


def test_what_is_not_published_needs_proof(root):
    with change(root, "gaten.xlsx") as book:
        book["Gaten"]["D5"], book["Gaten"]["M5"] = "staat=niet gepubliceerd", None
    with refused("nothing says that it is not published", file="gaten.xlsx", sheet="Gaten", cell="E5"):
        datasets.clean(root)


# Breakdown values and stadsdelen


@pytest.mark.parametrize("value", ["lageronderwijs", "Lager onderwijs", "lager ondrewijs"])
def test_a_misspelt_part_is_told_with_the_nearest(root, value):
    with change(root, "schooltoelagen.xlsx") as book:
        cells = [cell for cell in book["Vlaanderen"]["D"] if cell.value == "onderwijsniveau=lager onderwijs"]
        cells[0].value = f"onderwijsniveau={value}"
        place = f"E{cells[0].row}"
    said = {"mention": "did you mean 'lager onderwijs'", "guides": "expected"}
    with refused("nearly one that is known", file="schooltoelagen.xlsx", sheet="Vlaanderen", cell=place, **said):
        datasets.clean(root)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("basis onderwijs", "basisonderwijs", True),
        ("secundair onderwijs", "secundiar onderwijs", True),
        ("eerste jaar tweede graad aso", "eerste jaar tweede graad bso", False),
        ("18-24 jaar", "25-59 jaar", False),
        ("laaggeschoold", "hooggeschoold", False),
        ("lager onderwijs", "secundair onderwijs", False),
        ("achtergrond in een buurland", "achtergrond in een ander EU-land", False),
    ],
)
def test_spellings_of_one_name(one, other, same):
    assert checks.nearly_same(one, other) is same


def stadsdelen(root, name_of):
    with change(root, "wijken.xlsx") as book:
        for n, line in enumerate(book["Gebieden"].iter_rows(min_row=4, max_row=56)):
            if line[0].value and str(line[0].value).startswith("71016"):
                line[4].value = name_of(n, line[3].value)


def test_eight_stadsdelen_that_hold_every_wijk(root):
    names = {}
    stadsdelen(root, lambda n, wijk: names.setdefault(wijk, f"{'ABCDEFGH'[len(names) % 8] * 6} verzonnen"))
    assert datasets.clean(root)


@pytest.mark.parametrize(
    ("name_of", "problem", "where"),
    [
        (lambda n, wijk: f"{'ABCDEFGH'[n % 8] * 6} verzonnen", "lies in", ("Gebieden", "D4 and D5")),
        (lambda n, wijk: f"{'ABCDEFGHI'[len(wijk) % 9] * 6}", "not the number of stadsdelen", ("Stadsdelen", "E5")),
        (lambda n, wijk: f"{'ABCDEFG'[len(wijk) % 7] * 6}", "not the number of stadsdelen", ("Stadsdelen", "E5")),
        (lambda n, wijk: f"Verzonnen{'- '[len(wijk) % 2]}Noord", "two spellings", ("Stadsdelen", "E5")),
    ],
)
def test_stadsdelen_that_cannot_be_right(root, name_of, problem, where):
    stadsdelen(root, name_of)
    with refused(problem, file="wijken.xlsx", sheet=where[0], cell=where[1]):
        datasets.clean(root)


# Single figures


def cell_of(indicator, **keys):
    (found,) = [r for r in table("losse_cijfers") if r["indicator"] == indicator and keys.items() <= r.items()]
    return found["sheet"], found["cell"]


@pytest.mark.parametrize(
    ("indicator", "keys", "value", "problem"),
    [
        ("aandeel_kinderen_met_sociale_toeslag", {"area": "Genk", "breakdown": "grens=ondergrens"}, 49, WITHIN),
        ("opvangplaatsen_onthaalouders", {"period": "2019-10"}, 680, WITHIN),
        ("dak_en_thuisloze_minderjarigen_telling", {}, 1218, WITHIN),
        ("kandidaten_de_22", {}, 5001, WITHIN),
        ("sociale_woningen_nieuw_dak", {"breakdown": "soort=duplex"}, 565, "the dwellings by kind do not add up"),
    ],
)
def test_single_figures_that_contradict_each_other(root, indicator, keys, value, problem):
    sheet, cell = cell_of(indicator, **keys)
    with change(root, "losse_cijfers.xlsx") as book:
        book[sheet][cell] = value
    with refused(problem, file="losse_cijfers.xlsx", sheet=sheet, cell=cell if problem == WITHIN else ""):
        datasets.clean(root)


def test_a_figure_without_a_date_says_so():
    rows = [r for r in table("losse_cijfers") if "datering=publicatie" in r["breakdown"]]
    assert {(r["indicator"], r["area"]) for r in rows} >= {("aandeel_vroegtijdige_schoolverlaters", "Genk")}
    assert all(store.citation(store.cell_of(r))["note"].startswith("De periode is") for r in rows)


# Corona: seven domains

TOTAL = 868230
WHOLE = [100_000] * 6 + [TOTAL - 600_000]


def fill(root, amounts, sheet="Domeinen"):
    with change(root, "corona.xlsx") as book:
        for line, amount in enumerate(amounts, 6):
            book[sheet][f"B{line}"] = amount


def domains(root):
    rows = checks.select(datasets.clean(root).tables["corona"], "corona_uitgaven")
    return {r.cell: r.value for r in rows}


in_domains = functools.partial(refused, file="corona.xlsx", sheet="Domeinen")


def test_seven_amounts_that_add_up(root):
    fill(root, WHOLE)
    assert domains(root) == {f"B{n}": amount for n, amount in enumerate([*WHOLE, TOTAL], 6)}


def test_amounts_as_people_type_them(root):
    fill(root, ["100.000", "€ 100.000", "100.000,00", *WHOLE[3:]])
    assert sum(domains(root).values()) == 2 * TOTAL


@pytest.mark.parametrize("off", [1, -1, Decimal("0.01")])
def test_seven_amounts_that_are_off(root, off):
    fill(root, [*WHOLE[:6], float(WHOLE[6] + off)])
    with in_domains("the seven domains do not add up", cell="B13", mention="Domeinen B6") as _:
        datasets.clean(root)


def test_the_message_names_all_seven_cells(root):
    fill(root, [*WHOLE[:6], 1])
    with pytest.raises(DataError) as caught:
        datasets.clean(root)
    assert all(f"Domeinen B{n}" in str(caught.value) for n in range(6, 13))


@pytest.mark.parametrize("known", [1, 6])
def test_amounts_that_already_exceed_the_total(root, known):
    fill(root, [TOTAL] * known)
    if known == 1:
        assert domains(root)["B6"] == TOTAL
    else:
        with in_domains("filled in add up to more than the total", cell="B13", mention="Domeinen B11"):
            datasets.clean(root)


def test_some_amounts_within_the_total(root):
    fill(root, [100_000, None, 5])
    assert domains(root) == dict.fromkeys([f"B{n}" for n in range(6, 13)]) | {"B6": 100_000, "B8": 5, "B13": TOTAL}


@pytest.mark.parametrize("line", [6, 12])
def test_a_domain_that_is_missing(root, line):
    with change(root, "corona.xlsx") as book:
        name = book["Domeinen"][f"A{line}"].value
        book["Domeinen"].delete_rows(line)
    with in_domains("not the seven domains", mention=f"no row for {name}"):
        datasets.clean(root)


def test_a_domain_that_was_renamed(root):
    with change(root, "corona.xlsx") as book:
        book["Domeinen"]["A8"] = "verzonnen domein"
    with in_domains("not the seven domains", cell="B8", mention="verzonnen domein"):
        datasets.clean(root)


def test_an_eighth_domain(root):
    with change(root, "corona.xlsx") as book:
        book["Domeinen"].insert_rows(8)
        book["Domeinen"]["A8"] = "verzonnen domein"
    with in_domains("not the seven domains", cell="B8"):
        datasets.clean(root)


def test_a_domain_that_stands_twice(root):
    with change(root, "corona.xlsx") as book:
        book["Domeinen"]["A8"] = book["Domeinen"]["A9"].value
    with in_domains("stands twice", cell="B9", mention="B8"):
        datasets.clean(root)


# Sectors and wijken

in_wijken = functools.partial(refused, file="wijken.xlsx")


def test_a_sector_that_is_left_out(root):
    with change(root, "wijken.xlsx") as book:
        book["Bevolking"].delete_rows(20)
    with in_wijken("the sectors do not add up", sheet="Gemeente"):
        datasets.clean(root)


def test_a_sector_of_no_wijk(root):
    with change(root, "wijken.xlsx") as book:
        code = book["Gebieden"]["A9"].value
        book["Gebieden"].delete_rows(9)
    with pytest.raises(DataError, match=f"sector {code} .* belongs to no wijk") as caught:
        datasets.clean(root)
    assert caught.value.cell


def test_an_empty_row_among_the_sectors(root):
    with change(root, "wijken.xlsx") as book:
        book["Gebieden"].insert_rows(20)
    with pytest.raises(DataError, match="belongs to no wijk"):
        datasets.clean(root)


def test_a_sector_that_stands_twice_in_the_figures(root):
    with change(root, "wijken.xlsx") as book:
        book["Inkomen"]["A6"], book["Inkomen"]["B6"] = book["Inkomen"]["A5"].value, book["Inkomen"]["B5"].value
    with in_wijken("stands twice", sheet="Inkomen", cell="C6", mention="C5"):
        datasets.clean(root)


def test_a_sector_that_stands_twice_in_the_list(root):
    with change(root, "wijken.xlsx") as book:
        for column in "ABCDEFGH":
            book["Gebieden"][f"{column}5"] = book["Gebieden"][f"{column}4"].value
    with in_wijken("sector 71016A490 stands twice", sheet="Gebieden", cell="D4 and D5"):
        datasets.clean(root)


def test_a_wijk_with_two_codes(root):
    with change(root, "wijken.xlsx") as book:
        book["Gebieden"]["C5"] = "7101699"
    with in_wijken("wijk Bokrijk is described in two ways", sheet="Gebieden", cell="D4 and D5"):
        datasets.clean(root)


LIST = [
    ["Verzonnen gebieden"],
    list(areas.HEADERS),
    ["71016X01-", "VERZONNEN EEN", "X1", "Verzonnen", None, 5.5, 50.9, 1.5],
    ["71016X02-", "VERZONNEN TWEE", "X1", "Verzonnen", "Bedacht", 5.5, 50.9, "2,5"],
    [],
    ["Bron: verzonnen"],
]


def sectors(folder, rows=LIST):
    return areas.read_sectors(as_sheet(folder, rows))


def test_sectors_with_their_wijk(tmp_path):
    one, two = sectors(tmp_path)
    assert (one.sector_code, one.wijk, one.stadsdeel, one.cell) == ("71016X01-", "Verzonnen", "", "D3")
    assert (two.stadsdeel, two.centre) == ("Bedacht", ("X1", "Verzonnen", 5.5, 50.9))


@pytest.mark.parametrize("name", [name for name in areas.HEADERS if name != "Sectorcode"])
def test_a_list_of_sectors_without_a_header(tmp_path, name):
    rows = [[None if cell == name else cell for cell in line] for line in LIST]
    with refused(f"headers are missing: {name}", sheet="Blad"):
        sectors(tmp_path, rows)


def test_a_list_of_sectors_without_header_row(tmp_path):
    with refused("headers are missing: Sectorcode, Sector", sheet="Blad"):
        sectors(tmp_path, LIST[2:])


@pytest.mark.parametrize(("place", "value"), [(2, "X2"), (3, "Bedacht"), (5, 5.6), (6, 51)])
def test_a_wijk_that_is_described_in_two_ways(tmp_path, place, value):
    line = [value if n == place else old for n, old in enumerate(LIST[3])]
    with refused("is described in two ways", sheet="Blad", cell="D3 and D4"):
        sectors(tmp_path, [*LIST[:3], line])


@pytest.mark.parametrize(
    ("place", "value", "problem", "cell"),
    [
        (0, "12345X01-", "12345X01- is no sector of Genk", "D4"),
        (1, None, "no sector", "B4"),
        (2, None, "no wijkcode", "C4"),
        (3, "", "no wijk", "D4"),
        (5, None, "text where a number belongs", "F4"),
        (6, "50.9", "text where a number belongs", "G4"),
    ],
)
def test_a_sector_with_a_wrong_cell(tmp_path, place, value, problem, cell):
    line = [value if n == place else old for n, old in enumerate(LIST[3])]
    with refused(problem, sheet="Blad", cell=cell):
        sectors(tmp_path, [*LIST[:3], line])


# Names of indicators

KNOWN = (Indicator("fictief_deel", "Fictief, deel", "EUR", "Verzonnen.", "deel=een"),)


def test_a_label_becomes_an_indicator_with_its_breakdown():
    (named,) = datasets.named([row("Fictief, deel", 5, "EUR", breakdown="groep=a")], KNOWN)
    assert (named.indicator, named.breakdown, named.value) == ("fictief_deel", "deel=een; groep=a", 5)


def test_what_the_publisher_leaves_to_the_indicator():
    known = Indicator("fictief", "MS_FICTIEF", "EUR", "Verzonnen.", words="Fictief", breaks=("2021",))
    rows = datasets.named([row("MS_FICTIEF", 5, ""), row("MS_FICTIEF", 5, "", period="2022")], [known])
    assert [(r.unit, r.status) for r in rows] == [("EUR", "b"), ("EUR", "")]
    assert known.title == "Fictief"


def test_a_header_that_was_renamed(root):
    with change(root, "schooltoelagen.xlsx") as book:
        book["Provincies"]["B3"] = "Leerlingen met schooltoelage [leerlingen]"
    where = {"file": "schooltoelagen.xlsx", "sheet": "Provincies", "cell": "B5"}
    with refused("an unknown indicator", mention="'Leerlingen met schooltoelage'", **where):
        datasets.clean(root)


@pytest.mark.parametrize("label", ["Fictief, Deel", "Fictief", "", "Iets heel anders"])
def test_an_unknown_label_shows_the_known_ones(label):
    with refused("an unknown indicator", sheet="Blad", cell="B2", mention="Fictief, deel"):
        datasets.named([row(label, 5, "EUR")], KNOWN)


@pytest.mark.parametrize("unit", ["personen", "eur"])
def test_another_unit(unit):
    with workbooks.refused("another unit", sheet="Blad", cell="B2", mention="EUR"):
        datasets.named([row("Fictief, deel", 5, unit)], KNOWN)


def test_a_dataset_that_does_not_exist(root):
    path = small_copy(root, "corona.xlsx") / repository.REGISTER
    path.write_text(path.read_text(encoding="utf-8").replace("dataset: corona", "dataset: honden"), encoding="utf-8")
    with refused("belongs to dataset 'honden'", file="bronnen.yml", mention="corona"):
        datasets.clean(root)


@pytest.mark.parametrize("name", datasets.DATASETS)
def test_an_identifier_has_one_unit_and_one_label_a_breakdown(name):
    indicators = datasets.DATASETS[name].INDICATORS
    labels = [label for i in indicators for label in i.labels]
    assert len(set(labels)) == len(labels)
    assert len({(i.id, i.breakdown) for i in indicators}) == len(indicators)
    assert len({(i.id, i.unit) for i in indicators}) == len({i.id for i in indicators})


# What lies on disk: every figure stands in the cell that it names


@pytest.fixture(scope="module")
def cleaned():
    return datasets.clean(ROOT)


@functools.cache
def table(name):
    with (ROOT / "data/processed" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@functools.cache
def stored_book(file):
    path = ROOT / "data/raw" / file
    return openpyxl.load_workbook(path), CalamineWorkbook.from_path(path)


@functools.cache
def stored(file, sheet):
    """Value and number format by address, the value as calamine reads it, or pandas."""
    if not file.endswith(".xlsx"):
        return stored_text(ROOT / "data/raw" / file)
    formats, values = stored_book(file)
    page, rows = formats[sheet], values.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return {
        page.cell(r, c).coordinate: (value, page.cell(r, c).number_format)
        for r, line in enumerate(rows, 1)
        for c, value in enumerate(line, 1)
    }


def stored_text(path):
    """The figures of Eurostat's TSV, under their years, and of Statbel's text, under `TOTAL`."""
    text = pd.read_csv(path, sep="\t" if path.suffix == ".tsv" else "|", dtype=str)
    return {
        f"{get_column_letter(place)}{row}": (float(value), "")
        for place, header in enumerate(text.columns, 1)
        if header.strip().isdigit() or header == "TOTAL"
        for row, value in enumerate(text[header], 2)
    }


TABLES = sorted(path.stem for path in (ROOT / "data/processed").glob("*.csv"))


@pytest.mark.parametrize("name", TABLES)
def test_the_columns_of_a_table(name):
    content = (ROOT / "data/processed" / f"{name}.csv").read_bytes()
    assert (
        content.splitlines()[0].decode()
        == "indicator,area_code,area,period,breakdown,value,unit,status,source,sheet,cell"
    )
    assert b"\r" not in content and not content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\n")


@pytest.mark.parametrize("name", TABLES)
def test_every_row_holds_what_its_cell_holds(name):
    for line in table(name):
        value, number_format = stored(line["source"], line["sheet"])[line["cell"]]
        if isinstance(value, float):
            exact = Decimal(repr(value)) * (100 if "%" in number_format else 1)
            assert Decimal(line["value"]) == exact, line
            assert ("%" not in number_format) or line["unit"] == "%", line
        else:
            assert (value, line["value"]) == ("", "") and set(line["status"]) & set("cmz"), line


@pytest.mark.parametrize("name", TABLES)
def test_every_figure_in_the_raw_sheets_is_in_the_table(name, cleaned):
    used = {(line["source"], line["sheet"], line["cell"]) for line in table(name)}
    for source in (one for one in cleaned.sources if one.dataset == name):
        for sheet, entry in source.sheets.items():
            if entry["layout"] not in (register.NOTES, register.AREAS):
                numbers = {cell for cell, (value, _) in stored(source.file, sheet).items() if isinstance(value, float)}
                assert numbers <= {cell for file, page, cell in used if (file, page) == (source.file, sheet)}


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique_and_sorted_and_fields_filled(name):
    keys = [tuple(line[column] for column in COLUMNS[:5]) for line in table(name)]
    assert keys == sorted(set(keys))
    for line in table(name):
        assert all(line[column] for column in ("indicator", "area", "period", "unit", "source", "cell"))
        assert bool(line["sheet"]) == (not line["source"].endswith(".tsv"))
        assert line["value"] == number_text(Decimal(line["value"]) if line["value"] else None)


def value_of(name, indicator, **keys):
    (found,) = [line for line in table(name) if line["indicator"] == indicator and keys.items() <= line.items()]
    return found["value"], found["unit"], found["cell"]


@pytest.mark.parametrize(
    ("level", "count", "share"),
    [
        ("basisonderwijs", ("3815", "leerlingen", "B7"), ("58.2", "%", "C7")),
        ("secundair onderwijs", ("2944", "leerlingen", "B8"), ("59.8", "%", "C8")),
    ],
)
def test_the_published_figures_of_schooltoelagen(level, count, share):
    keys = {"area_code": "71016", "period": "2021", "breakdown": f"onderwijsniveau={level}"}
    assert value_of("schooltoelagen", "leerlingen_met_schooltoelage", **keys) == count
    assert value_of("schooltoelagen", "aandeel_leerlingen_met_schooltoelage", **keys) == share


def test_the_published_figures_of_corona():
    assert value_of("corona", "corona_uitgaven", breakdown="")[:2] == (str(TOTAL), "EUR")
    rest = [r for r in table("corona") if r["indicator"] == "corona_uitgaven" and r["breakdown"]]
    assert [(r["value"], r["status"]) for r in rest] == [("", "m")] * 7
    assert {r["breakdown"].partition("=")[0] for r in rest} == {"domein"}


@pytest.mark.parametrize(("year", "people"), [("2011", 64986), ("2022", 67009)])
def test_the_population_of_all_sectors(year, people):
    rows = [r for r in table("wijken") if (r["indicator"], r["period"]) == ("bevolking_1_januari", year)]
    assert sum(int(r["value"]) for r in rows) == people
    assert len({r["area_code"] for r in rows}) == len(rows)


def test_the_break_between_schooltoelage_and_schooltoeslag_is_flagged():
    rows = [r for r in table("schooltoelagen") if r["indicator"] == "leerlingen_met_schooltoelage_of_schooltoeslag"]
    assert {(r["period"], r["status"]) for r in rows if r["status"]} == {("2019-2020", "b")}
    assert all(r["status"] == "b" for r in rows if r["period"] == "2019-2020")


def test_every_sector_belongs_to_one_of_thirty_wijken(cleaned):
    assert len({sector.wijk_code for sector in cleaned.sectors}) == 30
    figures = {r["area_code"] for r in table("wijken") if len(r["area_code"]) > 5}
    assert figures - {"71016ZZZZ"} <= {sector.sector_code for sector in cleaned.sectors}


def test_no_period_lies_in_the_future(cleaned):
    year = max(datetime.date.fromisoformat(source.obtained).year for source in cleaned.sources)
    assert all(int(line["period"][:4]) <= year for name in TABLES for line in table(name))
