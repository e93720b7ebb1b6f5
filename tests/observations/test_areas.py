# SPDX-License-Identifier: EUPL-1.2
"""Codes of names: only where level and name together settle them. Vintages: told, refused, or flagged."""

import re
from collections import Counter

import pytest

from genk_armoede.observations import areas, nis
from genk_armoede.observations.periods import first_day, last_day


def codes(*names, level="", periods=("2021",)):
    """The code of each name of a column, in order. A name may be a whole place: code, name, level."""
    places = [name if isinstance(name, tuple) else ("", name, level) for name in names]
    found = areas.codes_of(places, periods)
    return [found[place] for place in places]


def test_marks_that_nobody_sees_cost_no_code():
    assert codes("Has\u00adselt", "Gen\u200bk", "\ufeffBree") == codes("Hasselt", "Genk", "Bree")


# No code


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (["Gent", "Aalst", "Leuven"], ""),
        (["Groningen", "Limburg", "Utrecht", "Nederland"], "province"),
        (["Limburg", "Noord-Brabant"], "province"),
        (["Provincie Limburg", "Provincie Utrecht"], ""),
        (["Limburg", "Nederland"], ""),
        (["Limburg"], ""),
        (["Limburg"], "municipality"),
        (["Limburg (NL)"], "province"),
        (["Luxemburg"], ""),
        (["Luxembourg", "Frankrijk"], ""),
        (["Bergen", "Alkmaar", "Hoorn"], "municipality"),
        (["Halle", "Leipzig", "Dresden"], ""),
        (["Vlaanderen", "Brussel", "Wallonië"], ""),
        (["Brussel"], "region"),
        (["Saint-Nicolas"], "municipality"),
        (["Luxemburg", "Genk-Zuid"], "municipality"),
        (["Stad West-Vlaanderen"], ""),
        (["Genk"], "province"),
        (["Arrondissement Genk"], ""),
        (["Arr. Genk"], "municipality"),
        (["Genk"], "wijk"),
        (["Groot Genk", "Regio Hasselt", "District Antwerpen", "Verzonnen", ""], ""),
        (["Totaal", "Niet te lokaliseren"], "municipality"),
        (["as", "mol"], "wijk"),
    ],
)
def test_names_that_settle_nothing_have_no_code(names, level):
    assert codes(*names, level=level) == [""] * len(names)


def test_a_name_beside_both_a_city_and_a_province_has_no_code():
    assert codes("Antwerpen", "Genk", "West-Vlaanderen") == ["", "71016", "30000"]


def test_a_name_beside_both_a_city_and_an_arrondissement_has_no_code():
    assert codes("Hasselt", "Genk", "Halle-Vilvoorde") == ["", "71016", "23000"]


def test_a_level_that_is_told_of_another_name_settles_nothing():
    assert codes("Hasselt (Arr.)", "Antwerpen (Prov.)", "Gent") == ["71000", "10000", ""]


def test_brussel_beside_a_city_and_a_region_has_no_code():
    assert codes("Genk", "Brussel", "Vlaanderen") == ["71016", "", ""]
    assert codes("Genk", "Brussel") == ["71016", "21004"]


def test_a_name_under_two_codes_has_none_while_nothing_tells_which():
    assert codes("Hasselt", level="municipality", periods=()) == [""]
    assert codes("Hasselt", "Kortessem", "Bilzen-Hoeselt", level="municipality") == ["", "73040", "73110"]


# Level and name together


def test_the_level_of_a_column_beside_the_names():
    places = [("", "Hasselt", "arrondissement"), ("", "Hasselt", "municipality"), ("", "Limburg", "province")]
    assert codes(*places) == ["71000", "71022", "70000"]


def test_the_level_of_the_header():
    assert codes("Hasselt", "Maaseik", level="arrondissement") == ["71000", "72000"]
    assert codes("Antwerpen", "Gent", level="municipality") == ["11002", "44021"]
    assert codes("Luik", "Luxemburg", "Limburg", level="province") == ["60000", "80000", "70000"]


def test_words_in_a_name_go_before_the_header():
    assert codes("Arr. Hasselt", "Stad Hasselt", "Vlaams Gewest", level="municipality") == ["71000", "71022", "02000"]


def test_a_coarser_area_under_the_header_of_municipalities():
    assert codes("Genk", "België", "West-Vlaanderen", level="municipality") == ["71016", "01000", "30000"]
    assert codes("Genk", "Limburg", level="municipality") == ["71016", ""]


def test_the_other_limburg_beside_its_neighbours():
    assert codes("Limburg", "Verviers", level="municipality") == ["63046", "63079"]
    assert codes("Limburg", "Eupen") == ["", "63023"]


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Hasselt (Arr.)", "Antwerpen (Prov.)", "Genk"], ["71000", "10000", "71016"]),
        (["Arrondissement Hasselt", "Provincie Limburg", "Stad Genk"], ["71000", "70000", "71016"]),
        (["Genk", "Hasselt", "Gent", "Antwerpen"], ["71016", "71022", "44021", "11002"]),
        (["Hasselt", "Genk", "Maaseik", "Zonhoven"], ["71022", "71016", "72021", "71066"]),
        (["Antwerpen", "Limburg", "West-Vlaanderen", "Vlaanderen"], ["10000", "70000", "30000", ""]),
        (["Limburg", "Vlaams Gewest", "België"], ["70000", "02000", "01000"]),
        (["13 centrumsteden", "Genk", "Hasselt", "Limburg", "België"], ["", "71016", "71022", "70000", "01000"]),
        (["Genk", "Kolderbos", "Sledderlo", "Termien"], ["71016", "", "", ""]),
        (["Prov. Limburg (BE)", "Arr. Liège", "Prov. Brabant Wallon"], ["70000", "62000", "20002"]),
        (
            ["GENK", "sint niklaas (gemeente)", "Ixelles/Elsene", "Kapellen (Antwerpen)"],
            ["71016", "46021", "21009", "11023"],
        ),
        (["Brussels Hoofdstedelijk Gewest", "Région flamande"], ["04000", "02000"]),
    ],
)
def test_the_level_that_words_or_other_names_tell(names, found):
    assert codes(*names) == found


def test_the_code_of_the_file_goes_first():
    assert codes(("PV31", "Limburg", ""), ("71016A001", "Centrum", ""), ("71000", "Hasselt", "")) == [
        "PV31",
        "71016A001",
        "71000",
    ]


def test_a_code_tells_the_level_of_names_without_one():
    assert codes(("71016", "Genk", ""), "Hasselt", "Gent") == ["71016", "71022", "44021"]
    assert codes(("71000", "Hasselt", ""), "Gent") == ["71000", "44000"]


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("Arr. Hasselt", "Hasselt", "arrondissement"),
        ("arr Hasselt", "Hasselt", "arrondissement"),
        ("Arrondissement Hasselt", "Hasselt", "arrondissement"),
        ("Hasselt (Arr.)", "Hasselt", "arrondissement"),
        ("Gent (arr)", "Gent", "arrondissement"),
        ("Hasselt, arrondissement", "Hasselt", "arrondissement"),
        ("Arr. de Hasselt", "Hasselt", "arrondissement"),
        ("Arrondissement d'Ypres", "Ypres", "arrondissement"),
        ("Arrondissement d’Ypres", "Ypres", "arrondissement"),
        ("Bezirk Verviers", "Verviers", "arrondissement"),
        ("Provincie Limburg", "Limburg", "province"),
        ("Limburg (provincie)", "Limburg", "province"),
        ("Antwerpen (Prov.)", "Antwerpen", "province"),
        ("Province du Limbourg", "Limbourg", "province"),
        ("Prov. Limburg (BE)", "Limburg", "province"),
        ("Stad Genk", "Genk", "municipality"),
        ("Genk stad", "Genk", "municipality"),
        ("Gemeente en OCMW Genk", "Genk", "municipality"),
        ("OCMW Genk", "Genk", "municipality"),
        ("Gemeente De Pinte", "De Pinte", "municipality"),
        ("Ville de Genk", "Genk", "municipality"),
        ("Commune de La Louvière", "La Louvière", "municipality"),
        ("Vlaams Gewest", "Vlaams Gewest", "region"),
        ("Région wallonne", "Région wallonne", "region"),
        ("  Stad   Genk ", "Genk", "municipality"),
        ("Genk", "Genk", ""),
        ("Kapellen (Antwerpen)", "Kapellen (Antwerpen)", ""),
        ("Gem. inkomen", "Gem. inkomen", ""),
        ("Stad en platteland", "Stad en platteland", ""),
        ("Gemeente", "Gemeente", ""),
        ("Binnenstad", "Binnenstad", ""),
        ("Herk-de-Stad", "Herk-de-Stad", ""),
        ("", "", ""),
    ],
)
def test_words_for_a_level_in_a_name(text, name, level):
    assert areas.split_level(text) == (name, level)


@pytest.mark.parametrize(
    "text", ["Genk", "Luik", "Liège", "Stad Verzonnen", "Arr. Verzonnen", "Vlaams Gewest", "Provincie Utrecht"]
)
def test_what_looks_like_an_area(text):
    assert areas.looks_like_area(text)


@pytest.mark.parametrize(
    "text", ["", "as", "Gemeente", "Verzonnen", "Gem. inkomen", "Stad en platteland", "Totaal", "2021"]
)
def test_what_does_not_look_like_an_area(text):
    assert not areas.looks_like_area(text)


@pytest.mark.parametrize(
    ("code", "name", "wrong"),
    [
        ("71016", "Hasselt", True),
        ("71022", "Arrondissement Hasselt", True),
        ("71072", "Kortessem", True),
        ("71016", "Vlaanderen", True),
        ("71016", "Brussel", True),
        ("02000", "Vlaanderen", False),
        ("04000", "Brussel", False),
        ("21004", "Brussel", False),
        ("46030", "Beveren", False),
        ("73111", "Tongeren", False),
        ("71072", "Hasselt", False),
        ("71000", "Hasselt", False),
        ("11002", "Anvers", False),
        ("71016", "Verzonnen", False),
        ("GM0363", "Genk", False),
        ("", "Genk", False),
    ],
)
def test_a_code_that_is_not_that_of_the_name(code, name, wrong):
    assert areas.contradict(code, name) is wrong


def test_a_name_by_itself():
    assert [areas.code_of("Genk"), areas.code_of("Antwerpen"), areas.code_of("Antwerpen", "province")] == [
        "71016",
        "",
        "10000",
    ]
    assert [areas.code_of("Hasselt", "municipality", year) for year in ("", "2024", "2025")] == ["", "71022", "71072"]


# One table, one vintage


def test_a_name_under_two_codes_takes_that_of_the_first_period():
    assert codes("Hasselt", "Genk", level="municipality", periods=["2025", "2018", "2024"]) == ["71022", "71016"]
    assert codes("Hasselt", level="municipality", periods=["2024-12-31"]) == ["71022"]
    assert codes("Hasselt", level="municipality", periods=["2025-01-01", "2025-Q4"]) == ["71072"]


def test_a_name_under_two_codes_takes_the_vintage_of_the_other_codes():
    assert codes("Hasselt", "Bilzen-Hoeselt", level="municipality", periods=["2013"]) == ["71072", "73110"]
    assert codes("Hasselt", "Kortessem", level="municipality", periods=["2025"]) == ["71022", "73040"]
    assert codes("Aalter", "Pelt", level="municipality", periods=["2005"]) == ["44084", "72043"]
    assert codes(("71072", "Hasselt", ""), ("", "Lochristi", "municipality")) == ["71072", "44087"]


@pytest.mark.parametrize(
    ("codes_of_2025", "earlier", "later", "twice"),
    [
        (["71016", "71022", "71072"], "71022", "71072", True),
        (["73040", "71072"], "73040", "71072", True),
        (["55010", "51067"], "55010", "51067", True),
        (["54000", "57000", "58000"], "54000", "58000", False),
        (["71022", "73110", "01000"], "71022", "73110", False),
    ],
)
def test_two_vintages_in_one_period(codes_of_2025, earlier, later, twice):
    clash = areas.vintage_problem({"2024": ["71016"], "2025": codes_of_2025})
    assert clash == ("2025", earlier, later, twice)
    assert earlier in clash.problem and later in clash.problem and ("twice" in clash.problem) is twice


@pytest.mark.parametrize(
    "codes_by_period",
    [
        {"2024": ["71022", "73040"], "2025": ["71072"]},
        {"2024": ["11002", "11007"], "2025": ["11002"]},
        {"2018": ["71072", "73110", "44084"]},
        {"2025": ["71022", "73040"]},
        {"2021": ["71022", "44084", "71016A001", "9999", ""]},
        {"2021": []},
        {},
    ],
)
def test_one_vintage_a_period(codes_by_period):
    assert areas.vintage_problem(codes_by_period) is None


def test_codes_newer_or_older_than_their_periods_are_told():
    assert areas.vintage_told({"2005": ["44083", "71016"], "2018": ["44083"], "2019": ["44083"]}) == [
        "codes newer than their periods: 44083 (Deinze) for 2005 to 2018; the areas are those from 2019-01-01"
    ]
    assert areas.vintage_told({"2025": ["73040", "71022"]}) == [
        "codes older than their periods: 71022 (Hasselt) and 1 more for 2025; the areas are those until 2024-12-31"
    ]
    assert areas.vintage_told({"2013": ["72042", "71072", "73110"]}) == [
        "codes newer than their periods: 72042 (Oudsbergen) for 2013; the areas are those from 2019-01-01",
        "codes newer than their periods: 71072 (Hasselt) and 1 more for 2013; the areas are those from 2025-01-01",
    ]
    assert areas.vintage_told({"2024": ["71022"], "2025": ["71072", "71016A001"]}) == []
    assert areas.vintage_told({"2024": ["71022"], "2025": ["71022"]}, by_name=["71022"]) == []


@pytest.mark.parametrize(
    ("codes_by_period", "by_name", "found"),
    [
        ({"2024": ["11002"], "2025": ["11002"], "2026": ["11002"]}, [], {("11002", "2025"), ("11002", "2026")}),
        ({"2018": ["71022"], "2024": ["71022"], "2025": ["71022", "71016"]}, ["71022"], {("71022", "2025")}),
        ({"2018": ["71000", "70000"], "2019": ["71000", "70000"]}, [], {("71000", "2019")}),
        ({"2024": ["10000", "02000"], "2025": ["10000", "02000"]}, [], {("10000", "2025")}),
        ({"2018-12": ["57000"], "2019-01": ["57000"]}, [], {("57000", "2019-01")}),
        ({"2018": ["55010"], "2019": ["55010"]}, ["55010"], set()),  # Edingen has another number, and the same area
        ({"2018": ["71022"], "2024": ["71022"]}, ["71022"], set()),
        ({"2025": ["11002"], "2026": ["11002"]}, [], set()),
        # A table of one division: its other codes say so.
        ({"2024": ["11002", "71072"], "2025": ["11002", "71072"]}, [], set()),
        ({"2024": ["11002", "71022"], "2025": ["11002", "71022"]}, [], set()),
        ({"2024": ["11002", "71022"], "2025": ["11002", "71072"]}, [], {("11002", "2025")}),
        ({"2024": ["11002", "71022"], "2025": ["11002", "71022"]}, ["71022"], {("11002", "2025"), ("71022", "2025")}),
    ],
)
def test_a_series_over_a_change_of_area_is_broken(codes_by_period, by_name, found):
    assert areas.broken(codes_by_period, by_name) == found


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2020-2021", "2020-01-01", "2021-12-31"),
        ("2021-Q4", "2021-10-01", "2021-12-31"),
        ("2021-02", "2021-02-01", "2021-02-31"),
        ("2021-12-31", "2021-12-31", "2021-12-31"),
        ("2021-W05", "2021-01-01", "2021-12-31"),
    ],
)
def test_the_first_and_last_day_of_a_period(period, first, last):
    assert (first_day(period), last_day(period)) == (first, last)


# NUTS


def test_nuts_codes_and_the_versions_they_stand_in():
    found, versions = areas.of_nuts(["BE2", "BE22", "BE224", "NL42", "EU27_2020"])
    assert {code: area.code for code, area in found.items()} == {"BE2": "02000", "BE22": "70000", "BE224": "71000"}
    assert versions == ("2021", "2024")
    assert areas.of_nuts(["BE22"])[1] == ("2016", "2021", "2024")
    assert areas.of_nuts(["BE221"])[0]["BE221"] == ("71000", "Arrondissement Hasselt", ("2016",))


def test_nuts_codes_of_two_versions_have_none_in_common():
    assert areas.of_nuts(["BE221", "BE224"])[1] == ()
    assert areas.of_nuts(["NL42"]) == ({}, ())


def test_a_part_of_an_arrondissement_has_no_nis_code():
    assert areas.of_nuts(["BE336"])[0]["BE336"].code == ""


# The lists


def held(day, level="municipality"):
    return {
        code
        for code, found in nis.codes().items()
        for area in found
        if area.level == level and area.since <= day <= area.until
    }


@pytest.mark.parametrize(
    ("day", "all_of_them", "flanders", "limburg"),
    [
        ("2018-12-31", 589, 308, 44),
        ("2019-01-01", 581, 300, 42),
        ("2024-12-01", 581, 300, 42),
        ("2025-01-01", 565, 285, 38),
    ],
)
def test_the_number_of_municipalities(day, all_of_them, flanders, limburg):
    there = held(day)
    flemish = [code for code in there if code[0] in "1347" or code[:2] in ("23", "24")]
    assert (len(there), len(flemish), len([c for c in there if c[0] == "7"])) == (all_of_them, flanders, limburg)


def test_the_number_of_coarser_areas():
    levels = {level: len(held("2025-01-01", level)) for level in ("country", "region", "province", "arrondissement")}
    assert levels == {"country": 1, "region": 3, "province": 10, "arrondissement": 43}


@pytest.mark.parametrize("level", ["municipality", "arrondissement"])
@pytest.mark.parametrize(
    ("before", "after"), [("2018-12-31", "2019-01-01"), ("2024-12-01", "2024-12-02"), ("2024-12-31", "2025-01-01")]
)
def test_the_changes_turn_the_codes_of_one_day_into_those_of_the_next(before, after, level):
    old, new = held(before, level), held(after, level)
    here = [c for c in nis.changes() if c.date == after and nis.of_code(c.new)[-1].level == level]
    moved = {c.old for c in here if c.kind in ("merged", "renumbered", "renamed")}
    assert (old - moved) | {c.new for c in here} == new
    assert {c.old for c in here} <= old


def test_the_areas_that_changed_and_kept_their_code():
    kept = Counter()
    for change in nis.changes():
        for code in {change.old, change.new} if change.kind != "renumbered" else set():
            if (
                all(area.since < change.date for area in nis.of_code(code)[:1])
                and nis.of_code(code)[-1].until > change.date
            ):
                kept[change.date, nis.of_code(code)[0].level, code] = 1
    assert Counter((date, level) for date, level, _ in kept) == {
        ("2019-01-01", "arrondissement"): 7,
        ("2025-01-01", "arrondissement"): 5,
        ("2025-01-01", "province"): 2,
        ("2025-01-01", "municipality"): 1,
    }


def test_every_code_is_found_by_its_name_and_level_while_it_holds():
    without = []
    for code, found in nis.codes().items():
        for area in found:
            day = area.until if area.until < nis.ALWAYS else max(area.since, "2026-01-01")
            if areas.code_of(area.name, area.level, day) != code:
                without.append((area.name, code))
    assert without == [("Saint-Nicolas", "62093"), ("Limburg", "63046")]


def test_nineteen_names_stand_under_two_codes_in_turn():
    names = Counter(area.name for found in nis.codes().values() for area in found if area.level == "municipality")
    assert sorted(names.values())[-19:] == [2] * 19 and len(names) == sum(names.values()) - 19


def test_codes_have_the_form_of_their_level():
    for code, (area, *_) in nis.codes().items():
        assert next(level for form, level in areas.LEVELS.items() if re.fullmatch(form, code)) == area.level
        assert areas.name_of(code)
    assert areas.name_of("99991") == ""
