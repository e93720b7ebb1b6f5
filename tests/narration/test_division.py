# SPDX-License-Identifier: EUPL-1.2
"""Figures of sectors summed over the wijken and stadsdelen of Genk."""

import math

import pandas as pd
from invented_rows import as_read, frame, tables  # noqa: F401 (a fixture)

from genk_armoede.narration import division, frames
from genk_armoede.tables import store


def population(period: str) -> pd.DataFrame:
    rows = frames.pick(store.load("wijken"), "bevolking_1_januari")
    return rows[rows.period == period]


def test_wijken_add_up_to_their_sectors():
    rows = population("2022")
    wijken = division.by_wijk(rows)
    placed = rows[~rows.area_code.str.endswith("ZZZZ")]
    assert len(division.sectors(rows)) == len(placed) == len(rows) - 1
    assert len(wijken) == 30
    assert wijken.value.sum() == placed.value.sum()
    assert sorted(cell for cells in wijken.cells for cell in cells) == sorted(
        f"wijken.xlsx|Bevolking|{c}" for c in placed.cell
    )


def test_a_wijk_with_a_sector_that_is_not_published_is_not_published():
    rows = population("2022").copy()
    sector = division.wijken()[0]["properties"]
    hidden = rows.area_code == next(iter(sector["sectors"]))
    rows.loc[hidden, ["value", "status"]] = [math.nan, "c"]
    wijken = division.by_wijk(rows).set_index("area")
    assert str(frames.figures(wijken.reset_index())[list(wijken.index).index(sector["wijk"])]) == "vertrouwelijk"
    assert wijken.value.isna().sum() == 1


def test_a_wijk_of_which_a_sector_has_no_row_has_no_sum():
    """A sector that was filtered out leaves a part; a part is not the wijk."""
    rows = population("2022")
    sector = next(code for code in division.wijken()[0]["properties"]["sectors"])
    wijken = division.by_wijk(rows[rows.area_code != sector])
    (bare,) = frames.figures(wijken[wijken.value.isna()])
    assert str(bare) == "geen cijfer" and division.sector_names()[sector] in bare.formula


def test_a_sector_where_nobody_ever_lived_is_no_hole():
    """Bodem-Zuid has no row in the Census: Oud-Waterschei has its three other sectors all the same."""
    rows, (empty,) = population("2022"), division.uninhabited()
    assert not rows[rows.area_code == empty].value.any()
    assert division.by_wijk(rows[rows.area_code != empty]).value.notna().all()
    assert not division.spread_by_wijk(rows[rows.area_code != empty]).missing.any()


def test_nothing_is_summed_per_stadsdeel_while_one_sector_has_none():
    assert division.by_stadsdeel(population("2022")).empty
    assert set(division.stadsdelen().values()) == {"Groot-Sledderlo"}


def test_the_spread_of_a_wijk_goes_from_its_lowest_to_its_highest_sector():
    wide = next(f["properties"] for f in division.wijken() if len(f["properties"]["sectors"]) == 4)
    single = next(f["properties"] for f in division.wijken() if len(f["properties"]["sectors"]) == 1)
    codes = [*wide["sectors"], *single["sectors"]]
    values = [5, math.nan, 3, 4, 7]
    found = division.spread_by_wijk(frame(*({"area_code": c, "value": v} for c, v in zip(codes, values, strict=True))))
    own = found[found.area == wide["wijk"]]
    assert dict(zip(own.breakdown, own.value, strict=True)) == {"grens=laagste": 3, "grens=hoogste": 5}
    absent = division.sector_names()[codes[1]]
    assert set(own.formula) == {f"{end} van 3 sectoren; niet van {absent}" for end in ("laagste", "hoogste")}
    assert set(own.missing) == {absent} and set(found[found.area == single["wijk"]].missing) == {""}
    assert list(own.cells) == [("a.xlsx|B|C1", "a.xlsx|B|C3", "a.xlsx|B|C4")] * 2
    (alone,) = frames.figures(found[found.area == single["wijk"]])
    assert (as_read(alone), alone.cells, alone.formula) == ("7 personen", ("a.xlsx|B|C5",), "")
