# SPDX-License-Identifier: EUPL-1.2
"""What the report does not have is told by its state: elsewhere, not found, or not published."""

import pytest

from genk_armoede.errors import DataError
from genk_armoede.narration import blanks, unknown
from genk_armoede.tables import store

STATES = unknown.gap_states()


@pytest.mark.parametrize("gap", STATES)
def test_each_gap_is_told_by_its_state(gap):
    (said,) = map(str, unknown.unknown(gap))
    words = {"elders": "wij konden het niet lezen", "niet gevonden": "niet gevonden. We doorzochten"}
    assert words.get(STATES[gap], "publiceert dat niet") in said
    assert ("publiceert dat niet" in said) == (STATES[gap] == "niet gepubliceerd")


def test_each_gap_names_its_area():
    """Of other areas the report may have the figure."""
    areas = set(store.load("gaten").area)
    assert all(any(f", {area} (" in str(said) for area in areas) for said in unknown.unknown())


def test_what_stands_elsewhere_has_its_address():
    (said,) = map(str, unknown.unknown("leefloon"))
    assert "stat.mi-is.be" in said and "niet gepubliceerd" not in said


def test_a_table_of_gaps_says_where_each_is():
    told = {
        row["Wat"].partition(",")[0]: row["Waar"] for row in unknown.unknown_table("Open", "leefloon", *STATES).rows
    }
    assert told["Mensen met een leefloon"].startswith("POD Maatschappelijke Integratie (stat.mi-is.be")
    assert told["Inkomen per sector"] == "gezocht in de open data van Statbel"


def test_an_unknown_gap_is_refused():
    with pytest.raises(DataError, match="no gap"):
        unknown.unknown("verzonnen")


def test_what_is_known_of_another_area_alone_is_told_whole():
    """Each indicator once; and none that the report has of Genk stands among those that somebody could fill in."""
    table = blanks.known_elsewhere()
    lines = {row["Wie kan aanvullen"]: row["Wat"] for row in table.rows}
    told = "; ".join(lines.values())
    assert "Werkzoekendengraad op het einde van de maand" in told and "Armoededrempel" in told
    for name in ("buitenlandse achtergrond", "Leerlingen met een schooltoelage of schooltoeslag"):
        assert name in lines["Van Genk hebben we een andere telling"]
    assert "ontbreken" not in table.caption
    every = store.load()
    known = every[every.value.notna()]
    apart = set(known.indicator) - set(blanks.in_genk(known).indicator)
    assert sum(row["Aantal"].value for row in table.rows) == len(apart)
