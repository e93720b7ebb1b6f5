# SPDX-License-Identifier: EUPL-1.2
"""Numbers and sentences in Dutch, and what notebooks compute, each with the cells it comes from."""

import json
import math
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from genk_armoede.errors import DataError
from genk_armoede.narration import frames, prose
from genk_armoede.narration.prose import Figure
from genk_armoede.observations.observation import COLUMNS, STATUS
from genk_armoede.tables import repository, store

NBSP = "\u00a0"


@pytest.fixture(autouse=True)
def tables(monkeypatch):
    """The repository's own tables, which these tests only read."""
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(ROOT))


def fig(value: object, unit: str = "personen", status: str = "", **rest: object) -> Figure:
    """An invented figure."""
    cells = rest.pop("cells", ("wijken.xlsx|Bevolking|C6",))
    return Figure(None if value is None else Decimal(str(value)), unit, status, cells, **rest)


def frame(*rows: dict) -> pd.DataFrame:
    """Invented rows, each with a cell of its own."""
    plain = dict.fromkeys(COLUMNS, "") | {
        "indicator": "verzonnen",
        "area": "Genk",
        "period": "2031",
        "unit": "personen",
    }
    full = [
        plain | {"value": math.nan, "source": "a.xlsx", "sheet": "B", "cell": f"C{i}"} | r
        for i, r in enumerate(rows, 1)
    ]
    return pd.DataFrame(full).astype({"value": "float64"})


# --- numbers ---


@pytest.mark.parametrize(
    ("value", "unit", "rest", "text"),
    [
        (868230, "EUR", {}, "868.230 euro"),
        (14000000, "EUR", {}, "14.000.000 euro"),
        ("1367146.82", "EUR", {}, "1.367.146,82 euro"),
        ("58.2", "%", {}, "58,2%"),
        ("-3.6", "%", {}, "−3,6%"),
        (39, "%", {}, "39%"),
        ("0.50", "%", {}, "0,5%"),
        (0, "personen", {}, "0 personen"),
        (1, "woningen", {}, "1 woning"),
        (1, "leerlingen", {"bound": "ondergrens", "status": "e"}, "minstens 1 leerling (schatting)"),
        ("1.5", "personen", {}, "1,5 personen"),
        (1, "premies", {}, "1 premies"),
        (-1200, "personen", {}, "−1.200 personen"),
        (999, "personen", {}, "999 personen"),
        (15, "EUR per inwoner", {}, "15 euro per inwoner"),
        ("5.5", "‰", {}, "5,5 ‰"),
        (7, "aantal", {}, "7"),
        (7, "", {}, "7"),
        (225000, "EUR", {"bound": "ondergrens"}, "minstens 225.000 euro"),
        (225000, "EUR", {"bound": "bovengrens"}, "hoogstens 225.000 euro"),
        (None, "EUR", {"status": "m"}, "niet gepubliceerd"),
        (None, "EUR", {"status": "c"}, "vertrouwelijk"),
        (None, "EUR", {"status": "z"}, "niet van toepassing"),
        (None, "EUR", {"status": "bm"}, "niet gepubliceerd"),
        (496140, "leerlingen", {"status": "p"}, "496.140 leerlingen (voorlopig)"),
        (12, "%", {"status": "ep"}, "12% (schatting, voorlopig)"),
        (12, "%", {"status": "b"}, "12%"),
    ],
)
def test_a_figure_is_written_as_in_flanders(value, unit, rest, text):
    assert str(fig(value, unit, **rest)).replace(NBSP, " ") == text


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        ("58.2", "n", "58,2"),
        ("3.44", "+", "+3,44%"),
        ("-3.6", "+", "−3,6%"),
        ("0", "+", "0%"),
        ("-0.04", "1", "0,0%"),
        ("0.04", "+1", "0,0%"),
        ("58.25", "1", "58,3%"),
        ("-58.25", "1", "−58,3%"),
        ("58.2", "0", "58%"),
        ("58", "2", "58,00%"),
        ("1234.5", "0n", "1.235"),
        ("3.4", "1n+", "+3,4"),
    ],
)
def test_decimals_sign_and_unit_can_be_asked_for(value, spec, text):
    assert format(fig(value, "%"), spec) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("3.3554", "%", "3,4%"),
        ("13.0666", "EUR per inwoner", "13,07 euro per inwoner"),
        ("2.25", "procentpunt", "2,3 procentpunt"),
        ("20212.71", "EUR", "20.213 euro"),
        (4, "%", "4,0%"),
    ],
)
def test_a_computed_figure_has_the_decimals_of_its_unit(value, unit, text):
    assert str(fig(value, unit, formula="verzonnen")).replace(NBSP, " ") == text


def test_number_and_unit_stay_on_one_line():
    assert str(fig(868230, "EUR")) == f"868.230{NBSP}euro"
    assert str(fig(15, "EUR per inwoner")) == f"15{NBSP}euro per inwoner"
    assert NBSP not in str(fig(58, "%"))


@pytest.mark.parametrize("value", ["58.2", "0.1", "1367146.82", "14.3", "868230"])
def test_a_published_number_keeps_its_decimals_through_a_frame(value):
    (one,) = prose.figures(frame({"value": float(value), "unit": ""}))
    assert one.value == Decimal(value)
    assert str(one).replace(".", "").replace(",", ".") == value


def tables_with(tmp_path: Path, *citations: dict) -> None:
    """A descriptor of invented tables whose sources are these."""
    folder = tmp_path / repository.PROCESSED
    folder.mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps({"resources": [{"sources": list(citations)}]}))


def test_a_figure_has_the_decimals_of_its_publishers_table(tmp_path, monkeypatch):
    """A program leaves out last zeros: 14 in a column of 14.3 is 14,0. What stands on its own, stays as it is."""
    sheet = {"file": "a.xlsx", "sheet": "B", "decimals": {"verzonnen": 1}}
    tables_with(tmp_path, sheet, {"file": "a.xlsx", "sheet": "B", "cells": ["C3"]})
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(tmp_path))
    rows = [{"value": 14}, {"value": 14.3}, {"value": 8}, {"value": 14, "indicator": "ander"}, {"value": 14.25}]
    rows = [row | {"unit": "%"} for row in [*rows, {"value": 14, "sheet": "elders"}]]
    assert list(map(str, prose.figures(frame(*rows)))) == ["14,0%", "14,3%", "8%", "14%", "14,25%", "14%"]
    assert f"{prose.figures(frame(rows[0]))[0]:0}" == "14%"
    assert prose.figures(frame(rows[0]))[0].json["value"] == "14"


def test_a_computed_figure_has_none_of_its_publishers_table(tmp_path, monkeypatch):
    tables_with(tmp_path, {"file": "a.xlsx", "sheet": "B", "decimals": {"verzonnen": 2}})
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(tmp_path))
    made = frame({"value": 4, "unit": "%"}).assign(cells=[("a.xlsx|B|C1",)], formula="verzonnen")
    assert str(prose.figures(made)[0]) == "4,0%"


def test_figures_of_a_list_of_single_figures_keep_their_own_decimals():
    known = store.load("kansarmoede")
    index = prose.pick(known, "kansarmoede_index", area="Vlaams Gewest", breakdown="")
    assert {"14%", "13,65%", "12,7%"} <= {str(one) for one in prose.figures(index)}
    rates = prose.pick(store.load("werkzoekenden"), "werkzoekendengraad_jaargemiddelde")
    assert {str(one).partition(",")[2][1:] for one in prose.figures(rates)} == {"%"}


# --- which figure ---


def school() -> pd.DataFrame:
    return store.load("schooltoelagen")


def test_a_known_figure_knows_its_cell():
    one = prose.figure(school(), "aandeel_leerlingen_met_schooltoelage", area="Genk", onderwijsniveau="basisonderwijs")
    assert (str(one), one.cells, one.formula) == ("58,2%", ("schooltoelagen.xlsx|Genk|C7",), "")


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ({"area": "Hasselt"}, "no figures"),
        ({"onderwijsniveau": "nergens"}, "no figures"),
        ({"onderwijs": "basisonderwijs"}, "no figures"),
        ({"area": "Genk"}, "no figures"),  # only parts are published, no total
        ({"period": "1999", "onderwijsniveau": "basisonderwijs"}, "no figures"),
    ],
)
def test_no_figure_is_refused(keys, says):
    with pytest.raises(DataError, match=says):
        prose.figure(school(), "aandeel_leerlingen_met_schooltoelage", **keys)


def test_more_than_one_figure_is_refused_and_the_keys_are_told():
    with pytest.raises(DataError, match="5 figures for indicator=leerlingen") as error:
        prose.figure(school(), "leerlingen_met_schooltoelage_of_schooltoeslag", period="2014-2015")
    assert "Limburg" in str(error.value)


def test_an_unknown_indicator_is_refused_and_the_known_ones_are_told():
    for ask in (prose.pick, prose.figure):
        with pytest.raises(DataError, match="no indicator 'verzonnen'") as error:
            ask(school(), "verzonnen")
        assert "aandeel_leerlingen_met_schooltoelage" in str(error.value)


def test_without_breakdown_the_total_is_meant():
    corona = store.load("corona")
    assert str(prose.figure(corona, "corona_uitgaven")).replace(NBSP, " ") == "868.230 euro"
    assert str(prose.figure(corona, "corona_uitgaven", domein="noodhulp")) == "niet gepubliceerd"


def test_an_unknown_table_is_refused_and_the_known_ones_are_told():
    with pytest.raises(DataError, match=r"corona, .*, schooltoelagen, .*, wijken"):
        store.load("verzonnen")


def test_latest_is_the_last_period():
    rows = frame({"period": "2030", "value": 1}, {"period": "2031", "value": 2}, {"period": "2031", "value": 3})
    assert list(prose.latest(rows).value) == [2, 3]


# --- computing ---


def test_a_total_adds_up_and_keeps_every_cell_once():
    both = prose.total([fig(1, cells=("a|B|C1",)), fig("2.5", cells=("a|B|C2", "a|B|C1"))], "sectoren")
    assert (both.value, both.unit, both.cells) == (Decimal("3.5"), "personen", ("a|B|C1", "a|B|C2"))
    assert both.formula == "som van 2 sectoren"


@pytest.mark.parametrize("flag", "cmz")
def test_a_total_with_a_missing_part_is_missing(flag):
    both = prose.total([fig(1), fig(None, status=flag)])
    assert both.value is None
    assert str(both) == STATUS[flag]


@pytest.mark.parametrize("parts", [[], [fig(1, "EUR"), fig(1, "personen")]])
def test_what_has_no_common_unit_does_not_add_up(parts):
    with pytest.raises(DataError, match="one unit"):
        prose.total(parts)


def test_flags_of_the_parts_stay_with_the_whole():
    assert (
        str(prose.total([fig(1, status="p"), fig(2, status="e")])).replace(NBSP, " ")
        == "3 personen (schatting, voorlopig)"
    )


def test_a_difference_carries_both_cells():
    one = prose.difference(fig(5, cells=("a|B|C1",)), fig(7, cells=("a|B|C2",)))
    assert (one.value, one.cells, one.unit) == (Decimal(-2), ("a|B|C1", "a|B|C2"), "personen")
    assert one.formula
    assert prose.difference(fig(5, "%"), fig(3, "%")).unit == "procentpunt"


def test_a_ratio_carries_both_cells():
    one = prose.ratio(fig(1, cells=("a|B|C1",)), fig(8, cells=("a|B|C2",)), "%", "deel van geheel")
    assert (one.value, one.cells, one.formula) == (Decimal("12.5"), ("a|B|C1", "a|B|C2"), "deel van geheel")
    assert prose.ratio(fig(1), fig(8), "EUR", "").value == Decimal("0.125")


@pytest.mark.parametrize("compute", [prose.difference, lambda a, b: prose.ratio(a, b, "%", "verzonnen")])
@pytest.mark.parametrize(("one", "other"), [(fig(None, status="c"), fig(1)), (fig(1), fig(None, status="c"))])
def test_nothing_is_computed_from_what_is_missing(compute, one, other):
    assert compute(one, other).value is None
    assert str(compute(one, other)) == "vertrouwelijk"


def test_a_ratio_to_zero_is_not_applicable():
    assert str(prose.ratio(fig(1), fig(0), "%", "verzonnen")) == "niet van toepassing"


@pytest.mark.parametrize(
    ("count", "share", "low", "high"),
    [(3815, "58.2", 6550, 6560), (2944, "59.8", 4919, 4927), (1, "100", 1, 1), (1, "50", 2, 2)],
)
def test_a_count_and_its_share_imply_a_range(count, share, low, high):
    ends = prose.implied_range(fig(count, "leerlingen", cells=("a|B|B7",)), fig(share, "%", cells=("a|B|C7",)))
    assert [one.value for one in ends] == [low, high]
    assert {one.cells for one in ends} == {("a|B|B7", "a|B|C7")}
    assert all(one.unit == "leerlingen" and "afgerond" in one.formula for one in ends)


@pytest.mark.parametrize(("count", "share"), [(fig(None, status="c"), fig(50, "%")), (fig(9), fig(None, "%", "c"))])
def test_a_hidden_count_or_share_implies_nothing(count, share):
    assert [str(one) for one in prose.implied_range(count, share)] == ["vertrouwelijk", "vertrouwelijk"]


def test_a_count_of_rows_knows_their_cells():
    one = prose.count(frame({"value": 1}, {}), "domeinen")
    assert str(one).replace(NBSP, " ") == "2 domeinen"
    assert one.cells == ("a.xlsx|B|C1", "a.xlsx|B|C2")


# --- sentences and tables ---


def test_a_sentence_in_words_markup_and_data():
    shown = prose.say("In {jaar} waren er {n:n} van {alle}.", jaar="2031", n=fig(1234), alle=fig(2000))
    assert str(shown).replace(NBSP, " ") == "In 2031 waren er 1.234 van 2.000 personen."
    bundle = shown._repr_mimebundle_()
    assert bundle["text/plain"] == str(shown)
    assert (
        bundle["text/html"].startswith("<p>In 2031 waren er <strong title=")
        and ">1.234</strong>" in bundle["text/html"]
    )
    assert "Statbel" in bundle["text/html"] and "cel C6" in bundle["text/html"]
    (line,) = bundle[prose.MIME]["lines"]
    assert [part if isinstance(part, str) else part["text"] for part in line][:4] == [
        "In ",
        "2031",
        " waren er ",
        "1.234",
    ]
    assert line[3]["cells"] == ["wijken.xlsx|Bevolking|C6"] and line[3]["value"] == "1234"
    json.dumps(bundle)


def test_paragraphs_and_points():
    sentences = [prose.say("{w}.", w=word) for word in ("een", "twee")]
    assert str(prose.say("een.", "twee.")) == "een.\n\ntwee."
    assert str(prose.points(sentences)) == "- een.\n- twee."
    assert prose.points(sentences)._repr_mimebundle_()["text/html"] == "<ul><li>een.</li><li>twee.</li></ul>"


def test_a_sentence_may_hold_another_with_its_figures():
    inner = prose.say("{n} erbij", n=fig(12))
    said = prose.say("Er kwamen {inner}.", inner=inner)
    assert str(said) == f"Er kwamen 12{NBSP}personen erbij."
    assert said.parts[0][1] == fig(12)


@pytest.mark.parametrize(
    ("one", "other", "text"),
    [
        (fig("19.7", "%"), fig("29.9", "%"), f"10,2{NBSP}procentpunt lager dan"),
        (fig(713, "plaatsen"), fig(679, "plaatsen"), f"34{NBSP}plaatsen meer dan"),
        (fig(4), fig(4), "evenveel als"),
        (fig(3), fig(4), f"1{NBSP}persoon minder dan"),
        (fig(4), fig(None, status="m"), "(niet gepubliceerd) tegenover"),
    ],
)
def test_two_figures_beside_each_other(one, other, text):
    assert str(prose.versus(one, other)) == text


@pytest.mark.parametrize("template", ["{ontbreekt}", "{}", "{n.value}", "{n[0]}"])
def test_a_sentence_that_asks_for_what_is_not_given_is_refused(template):
    with pytest.raises((DataError, KeyError)):
        prose.say(template, n=fig(1))


def test_braces_in_words_stay_as_they_are():
    assert str(prose.say("{{x}} {w}", w="{n}")) == "{x} {n}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (-14.2, "Genk ligt 14,2% lager dan Limburg."),
        (0.5, "Genk ligt 0,5% hoger dan Limburg."),
        (0, "Genk ligt even hoog als Limburg."),
        (None, "Genk ligt (niet gepubliceerd) tegenover Limburg."),
    ],
)
def test_a_difference_is_told_with_a_word_and_without_a_sign(value, text):
    distance = fig(value, "%", "" if value is not None else "m", cells=("wijken.xlsx|Bevolking|C6",))
    assert str(prose.say("Genk ligt {d} Limburg.", d=prose.compared(distance))).replace(NBSP, " ") == text


def test_a_table_in_words_markup_and_data():
    shown = prose.table("Titel", [{"Wat": "a", "Cijfer": fig(12)}, {"Wat": "langer", "Cijfer": fig(None, status="m")}])
    assert str(shown).replace(NBSP, " ").splitlines() == [
        "Titel",
        "Wat     Cijfer",
        "a       12 personen",
        "langer  niet gepubliceerd",
    ]
    bundle = shown._repr_mimebundle_()
    assert "<caption>Titel</caption>" in bundle["text/html"] and bundle["text/html"].count('scope="col"') == 2
    assert bundle[prose.MIME]["header"] == ["Wat", "Cijfer"]
    assert [row[1]["value"] for row in bundle[prose.MIME]["rows"]] == ["12", ""]


def test_a_table_without_rows_is_refused():
    with pytest.raises(DataError, match="has no rows"):
        prose.table("Titel", [])


@pytest.mark.parametrize(
    ("words", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a en b"), (["a", "b", "c"], "a, b en c"), (list("abcd"), "a, b, c en d")],
)
def test_join(words, text):
    assert prose.join(words) == text


@pytest.mark.parametrize(
    ("period", "text"),
    [
        ("2021", "2021"),
        ("2020-2021", "2020–2021"),
        ("2020-05", "mei 2020"),
        ("2021-12", "december 2021"),
        ("2021-01-31", "31 januari 2021"),
        ("2021-03-01", "1 maart 2021"),
    ],
)
def test_a_period_in_words(period, text):
    assert prose.period_text(period) == text


def test_publishers_notes_and_names_come_with_the_rows():
    corona = store.load("corona")
    least = corona[corona.indicator == "campagne_handel_en_horeca"]
    assert prose.names(least) == ["Campagne handel en horeca"]
    assert "minimum" in prose.notes(least)[0]
    domain = corona[corona.breakdown == "domein=noodhulp"]
    assert prose.names(domain) == ["Corona-uitgaven: noodhulp"]
    assert prose.names(corona[corona.breakdown == "schijf=tweede"]) == [
        "Federale coronasteun aan OCMW's: tweede schijf"
    ]
    assert prose.publishers(domain) == "Stad Genk"


def test_published_figures_stand_side_by_side_with_who_says_so():
    index = store.load("kansarmoede")
    one, two = prose.published("Genk", index[(index.area == "Genk") & index.breakdown.str.startswith("bron=")]).rows
    assert [f"{row['Cijfer']}" for row in (one, two)] == ["20,9%", "23,2%"]
    assert one["Wanneer"] == "2021" and one["Volgens"] == two["Volgens"] == "Het Laatste Nieuws"
    assert one["Wat"] == "Het Laatste Nieuws, eerste cijfer" and "Waar" not in one


def test_a_published_table_leaves_out_only_what_is_the_same_and_no_remark():
    single = store.load("losse_cijfers")
    left = prose.pick(single, "aandeel_vroegtijdige_schoolverlaters", period="2021-03")
    (row,) = prose.published("Vroegtijdige schoolverlaters in Genk", left).rows
    assert list(row) == ["Wanneer", "Cijfer", "Volgens", "Opmerking"]
    assert row["Wanneer"] == "gepubliceerd maart 2021" and "schooljaar" in row["Opmerking"]
    assert prose.names(left) == ["Vroegtijdige schoolverlaters"]
    assert list(prose.published("Zonder opmerking", left, remarks=False).rows[0]) == ["Wanneer", "Cijfer", "Volgens"]
    without = prose.published("Equivalent leefloon", prose.pick(single, "personen_met_equivalent_leefloon"))
    assert "Opmerking" not in without.rows[0]


# --- from the first figure to the last ---


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([("2030", 9, ""), ("2031", 7, "")], "Dat is 2,0 procentpunt lager dan in 2030 (9%)."),
        ([("2031", 7, ""), ("2030", 9, "")], "Dat is 2,0 procentpunt lager dan in 2030 (9%)."),
        ([("2030", 7, ""), ("2031", 7, "")], "Dat is even hoog als in 2030 (7%)."),
        ([("2029", 1, ""), ("2030", 6, "b"), ("2031", 7, "")], "Dat is 1,0 procentpunt hoger dan in 2030 (6%)."),
        ([("2029", 1, ""), ("2030", 6, "b")], "Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet."),
        ([("2030", 7, ""), ("2031", None, "m")], "Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet."),
        ([], "Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet."),
    ],
)
def test_a_direction_stays_on_one_side_of_a_break(figures, told):
    rows = [{"period": p, "value": math.nan if v is None else v, "unit": "%", "status": s} for p, v, s in figures]
    said = frames.direction(frame(*rows) if rows else frame({}).iloc[:0])
    assert str(said).replace(NBSP, " ") == told


def test_the_direction_of_a_count_is_more_or_fewer():
    rows = frame({"period": "2030-05", "value": 9}, {"period": "2031-06", "value": 12})
    assert str(frames.direction(rows)).replace(NBSP, " ") == "Dat is 3 personen meer dan in mei 2030 (9 personen)."


def test_a_direction_of_two_series_is_refused():
    with pytest.raises(DataError, match="each period"):
        frames.direction(frame({"value": 9}, {"value": 12}))


# --- sums per wijk, change, ratios ---


def population(period: str) -> pd.DataFrame:
    rows = prose.pick(store.load("wijken"), "bevolking_1_januari")
    return rows[rows.period == period]


def test_wijken_add_up_to_their_sectors():
    rows = population("2022")
    wijken = frames.by_wijk(rows)
    placed = rows[~rows.area_code.str.endswith("ZZZZ")]
    assert len(wijken) == 30
    assert wijken.value.sum() == placed.value.sum()
    assert sorted(cell for cells in wijken.cells for cell in cells) == sorted(
        f"wijken.xlsx|Bevolking|{c}" for c in placed.cell
    )


def test_a_wijk_with_a_sector_that_is_not_published_is_not_published():
    rows = population("2022").copy()
    sector = frames.wijken()[0]["properties"]
    hidden = rows.area_code == next(iter(sector["sectors"]))
    rows.loc[hidden, ["value", "status"]] = [math.nan, "c"]
    wijken = frames.by_wijk(rows).set_index("area")
    assert str(prose.figures(wijken.reset_index())[list(wijken.index).index(sector["wijk"])]) == "vertrouwelijk"
    assert wijken.value.isna().sum() == 1


def test_nothing_is_summed_per_stadsdeel_while_one_sector_has_none():
    assert frames.by_stadsdeel(population("2022")).empty
    assert set(frames.stadsdelen().values()) == {"Groot-Sledderlo"}


def test_change_is_growth_from_the_old_to_the_new():
    rows = frame(
        {"area": "a", "area_code": "1", "period": "2030", "value": 200},
        {"area": "a", "area_code": "1", "period": "2031", "value": 193},
    )
    (growth,) = prose.figures(frames.change(rows, "2030", "2031"))
    assert (str(growth), growth.cells) == ("−3,5%", ("a.xlsx|B|C1", "a.xlsx|B|C2"))
    assert "2030" in growth.formula and "2031" in growth.formula


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"value": 0}, {"value": 5}),
        ({"status": "m"}, {"value": 5}),
        ({"value": 5}, {"status": "c"}),
        ({"value": 5, "area_code": "2"}, {"value": 5}),
    ],
)
def test_no_change_is_computed_from_zero_or_nothing(old, new):
    rows = frame({"area_code": "1", "period": "2030"} | old, {"area_code": "1", "period": "2031"} | new)
    assert frames.change(rows, "2030", "2031").empty


def test_ratios_are_taken_area_by_area():
    parts = frame({"area_code": "1", "value": 1}, {"area_code": "2", "value": 3}, {"area_code": "3", "status": "m"})
    wholes = frame({"area_code": "2", "value": 6}, {"area_code": "1", "value": 4}, {"area_code": "3", "value": 1})
    found = frames.ratios(parts, wholes, "%", "deel van geheel")
    assert dict(zip(found.area_code, found.value, strict=True)) == {"1": 25, "2": 50}


def test_ratios_leave_out_a_whole_of_zero_or_none():
    wholes = frame({"area_code": "1", "value": 0}, {"area_code": "2", "status": "m"})
    parts = frame({"area_code": "1", "value": 1}, {"area_code": "2", "value": 1}, {"area_code": "3", "value": 1})
    assert frames.ratios(parts, wholes, "%", "deel van geheel").empty


def test_income_goes_with_the_residents_of_the_january_after():
    income = frame({"area_code": "1", "value": 300, "unit": "EUR", "status": "b"})
    counts = {"2031": 10, "2032": 20, "2033": 30}
    residents = frame(*({"area_code": "1", "period": f"{year}-01-01", "value": n} for year, n in counts.items()))
    (mean,) = prose.figures(frames.per_resident(income, residents))
    assert (mean.value, mean.unit, mean.status, mean.cells) == (15, "EUR", "b", ("a.xlsx|B|C1", "a.xlsx|B|C2"))


def test_income_per_resident_is_what_was_published_to_the_euro():
    rows = store.load("inkomens")
    income, residents = (prose.pick(rows, name) for name in ("totaal_netto_belastbaar_inkomen", "inwoners_1_januari"))
    ours = frames.per_resident(income, residents).set_index(["area", "period"]).value
    published = prose.pick(rows, "gepubliceerd_inkomen_per_inwoner").set_index(["area", "period"]).value
    both = ours.index.intersection(published.index)
    assert len(both) >= 15 and (ours[both].round() == published[both]).all()


def test_a_gap_is_in_percent_of_the_other_and_keeps_the_break():
    rows = [
        {"area": "Genk", "period": "2030", "value": 90},
        {"area": "Limburg", "period": "2030", "value": 120},
        {"area": "Genk", "period": "2031", "value": 150, "status": "b"},
        {"area": "Limburg", "period": "2031", "value": 120, "status": "b"},
        {"area": "Genk", "period": "2032", "value": 1},
    ]
    found = prose.figures(frames.gap(frame(*rows), "Genk", "Limburg"))
    assert [(one.value, one.unit, one.status) for one in found] == [(-25, "%", ""), (25, "%", "b")]
    assert found[0].cells == ("a.xlsx|B|C1", "a.xlsx|B|C2") and "Limburg" in found[0].formula


def test_the_median_is_that_of_the_others_that_have_a_figure():
    values = {"Genk": 9.5, "Aalst": 1, "Brugge": 4, "Gent": 7, "Mechelen": math.nan}
    rows = [{"area": area, "value": value, "unit": "%"} for area, value in values.items()]
    (found,) = prose.figures(frames.from_median(frame(*rows), "Genk"))
    assert (str(found).replace(NBSP, " "), len(found.cells)) == ("5,5 procentpunt", 4)
    assert "3 andere" in found.formula
    assert frames.from_median(frame(rows[0]), "Genk").empty


def test_the_spread_of_a_wijk_goes_from_its_lowest_to_its_highest_sector():
    wide = next(f["properties"] for f in frames.wijken() if len(f["properties"]["sectors"]) == 4)
    single = next(f["properties"] for f in frames.wijken() if len(f["properties"]["sectors"]) == 1)
    codes = [*wide["sectors"], *single["sectors"]]
    values = [5, math.nan, 3, 4, 7]
    found = frames.spread_by_wijk(frame(*({"area_code": c, "value": v} for c, v in zip(codes, values, strict=True))))
    own = found[found.area == wide["wijk"]]
    assert dict(zip(own.breakdown, own.value, strict=True)) == {"grens=laagste": 3, "grens=hoogste": 5}
    assert set(own.formula) == {"laagste van 3 sectoren", "hoogste van 3 sectoren"}
    assert list(own.cells) == [("a.xlsx|B|C1", "a.xlsx|B|C3", "a.xlsx|B|C4")] * 2
    (alone,) = prose.figures(found[found.area == single["wijk"]])
    assert (str(alone).replace(NBSP, " "), alone.cells, alone.formula) == ("7 personen", ("a.xlsx|B|C5",), "")


def test_only_what_both_publish_is_compared():
    one = frame({"area_code": "1", "value": 1}, {"area_code": "2", "status": "c"}, {"area_code": "3", "value": 1})
    other = frame({"area_code": "1", "value": 1}, {"area_code": "2", "value": 1}, {"area_code": "3", "status": "m"})
    assert [list(rows.area_code) for rows in frames.both_published(one, other)] == [["1"], ["1"]]


def test_the_gaps_are_the_rows_without_value():
    rows = frames.gaps()
    assert rows.value.isna().all() and (rows.status != "").all()
    assert (rows.indicator == "corona_uitgaven").sum() == 7


def test_growth_is_not_computed_across_a_break():
    rows = prose.pick(store.load("schooltoelagen"), "leerlingen_met_schooltoelage_of_schooltoeslag", area="Limburg")
    with pytest.raises(DataError, match="breaks in 2019-2020"):
        frames.change(rows, "2018-2019", "2019-2020")
    assert len(frames.change(rows, "2014-2015", "2018-2019")) == 1


# --- surveys ---

CITIES = ["Aalst", "Brugge", "Gent", "Hasselt", "Leuven"]


def beside(*shares: float, own: float = 50) -> str:
    """What is said of invented shares of other cities beside `own` of Genk, in a sample of 2400."""
    rows = [{"area": area, "value": share, "unit": "%"} for area, share in zip(CITIES, shares, strict=False)]
    return str(frames.beside(frame({"value": own, "unit": "%"}, *rows), "Genk", fig(2400)))


@pytest.mark.parametrize(
    ("shares", "text"),
    [
        ([49, 51], "Met geen enkele van de 2 andere steden is er een duidelijk verschil."),
        ([60, 50, 50], "In Aalst ligt dat aandeel duidelijk hoger, in geen enkele stad duidelijk lager."),
        ([40, 40, 60, 50], "In Aalst en Brugge ligt dat aandeel duidelijk lager, in Gent duidelijk hoger."),
        (
            [40, 40, 40, 60, 50],
            "In Aalst, Brugge en Gent ligt dat aandeel duidelijk lager, in Hasselt duidelijk hoger.",
        ),
        ([60, 60], "In alle 2 andere steden ligt dat aandeel duidelijk hoger."),
        (
            [60, 60, 60, 60, 50],
            "In 4 van de 5 andere steden ligt dat aandeel duidelijk hoger, in geen enkele stad duidelijk lager.",
        ),
        ([40, 40, 40, 40, math.nan], "In alle 4 andere steden ligt dat aandeel duidelijk lager."),
    ],
)
def test_a_survey_share_beside_those_of_other_cities(shares, text):
    assert beside(*shares) == text


def test_the_margin_of_a_survey_in_words():
    shares = frame({"value": 50, "unit": "%"}, {"area": "Gent", "value": 60, "unit": "%"})
    words = str(frames.how_sure(shares, "Genk", fig(2400)))
    assert f"In Genk vulden 2.400 mensen de vragenlijst in. Bij een aandeel van 50% is de marge dan 2,5{NBSP}" in words
    assert "onder 47% of boven 53%" in words


@pytest.mark.parametrize(("value", "told"), [(5, "net als in 2030"), (1, "tegenover plaats 2 in 2030")])
def test_a_place_beside_the_place_of_before(value, told):
    now, then = (frames.rank(frame({"value": own}, {"value": 4, "area": "Elders"}), "Genk") for own in (5, value))
    assert str(frames.place_then(now, then, "2030")) == told
