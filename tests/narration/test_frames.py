# SPDX-License-Identifier: EUPL-1.2
"""Which rows are meant, what is known of them, and their figures."""

import json
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from invented_rows import as_read, frame, tables  # noqa: F401 (a fixture)

from genk_armoede.errors import DataError
from genk_armoede.narration import frames
from genk_armoede.tables import repository, store


def school() -> pd.DataFrame:
    return store.load("schooltoelagen")


def test_a_known_figure_knows_its_cell():
    one = frames.figure(school(), "aandeel_leerlingen_met_schooltoelage", area="Genk", onderwijsniveau="basisonderwijs")
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
        frames.figure(school(), "aandeel_leerlingen_met_schooltoelage", **keys)


def test_more_than_one_figure_is_refused_and_the_keys_are_told():
    with pytest.raises(DataError, match="5 figures for indicator=leerlingen") as error:
        frames.figure(school(), "leerlingen_met_schooltoelage_of_schooltoeslag", period="2014-2015")
    assert "Limburg" in str(error.value)


def test_an_unknown_indicator_is_refused_and_the_known_ones_are_told():
    for ask in (frames.pick, frames.figure):
        with pytest.raises(DataError, match="no indicator 'verzonnen'") as error:
            ask(school(), "verzonnen")
        assert "aandeel_leerlingen_met_schooltoelage" in str(error.value)


def test_without_breakdown_the_total_is_meant():
    corona = store.load("corona")
    assert as_read(frames.figure(corona, "corona_uitgaven")) == "868.230 euro"
    assert str(frames.figure(corona, "corona_uitgaven", domein="noodhulp")) == "geen cijfer"


def test_an_unknown_table_is_refused_and_the_known_ones_are_told():
    with pytest.raises(DataError, match=r"corona, .*, schooltoelagen, .*, wijken"):
        store.load("verzonnen")


def test_latest_is_the_last_period():
    rows = frame({"period": "2030", "value": 1}, {"period": "2031", "value": 2}, {"period": "2031", "value": 3})
    assert list(frames.latest(rows).value) == [2, 3]


@pytest.mark.parametrize("value", ["58.2", "0.1", "1367146.82", "14.3", "868230"])
def test_a_published_number_keeps_its_decimals_through_a_frame(value):
    (one,) = frames.figures(frame({"value": float(value), "unit": ""}))
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
    assert list(map(str, frames.figures(frame(*rows)))) == ["14,0%", "14,3%", "8%", "14%", "14,25%", "14%"]
    assert f"{frames.figures(frame(rows[0]))[0]:0}" == "14%"
    assert frames.figures(frame(rows[0]))[0].json["value"] == "14"


def test_a_computed_figure_has_none_of_its_publishers_table(tmp_path, monkeypatch):
    tables_with(tmp_path, {"file": "a.xlsx", "sheet": "B", "decimals": {"verzonnen": 2}})
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(tmp_path))
    made = frame({"value": 4, "unit": "%"}).assign(cells=[("a.xlsx|B|C1",)], formula="verzonnen")
    assert str(frames.figures(made)[0]) == "4,0%"


def test_figures_of_a_list_of_single_figures_keep_their_own_decimals():
    known = store.load("kansarmoede")
    index = frames.pick(known, "kansarmoede_index", area="Vlaams Gewest", breakdown="")
    assert {"14%", "13,65%", "12,7%"} <= {str(one) for one in frames.figures(index)}
    rates = frames.pick(store.load("werkzoekenden"), "werkzoekendengraad_jaargemiddelde")
    assert {str(one).partition(",")[2][1:] for one in frames.figures(rates)} == {"%"}


def test_the_gaps_are_the_rows_without_value():
    rows = frames.gaps()
    assert rows.value.isna().all() and (rows.status != "").all()
    assert (rows.indicator == "corona_uitgaven").sum() == 7


def test_publishers_notes_and_names_come_with_the_rows():
    corona = store.load("corona")
    least = corona[corona.indicator == "campagne_handel_en_horeca"]
    assert frames.names(least) == ["Campagne handel en horeca"]
    assert "minimum" in frames.notes(least)[0]
    domain = corona[corona.breakdown == "domein=noodhulp"]
    assert frames.names(domain) == ["Corona-uitgaven: noodhulp"]
    assert frames.names(corona[corona.breakdown == "schijf=tweede"]) == [
        "Federale coronasteun aan OCMW's: tweede schijf"
    ]
    assert frames.publishers(domain) == "Stad Genk"


@pytest.mark.parametrize(
    ("table", "indicator", "starts"),
    [
        ("losse_cijfers", "sociale_huurwoningen_per_100_huishoudens", "bijna "),
        ("losse_cijfers", "subsidies_socioculturele_verenigingen", "ongeveer "),
        ("losse_cijfers", "verenigingen_sociocultureel", "meer dan "),
        ("losse_cijfers", "aandeel_recht_op_goedkoop_internet", "20% (schatting)"),
    ],
)
def test_an_inexact_figure_is_written_as_its_source_says_it(table, indicator, starts):
    rows = frames.pick(store.load(table), indicator, area="Genk")
    (one,) = frames.figures(frames.latest(rows))
    assert str(one).startswith(starts) and ("schatting" in str(one)) == ("schatting" in starts)


def test_a_word_about_another_number_is_not_the_word_of_a_figure():
    """`In druk staan ook ongeveer 450.000 leerlingen` is a remark at an exact figure."""
    rows = frames.pick(store.load("schooltoelagen"), "leerlingen_met_schooltoeslag", period="2019-2020")
    assert all(not one.wording for one in frames.figures(rows))
