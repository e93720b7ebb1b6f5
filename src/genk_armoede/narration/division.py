# SPDX-License-Identifier: EUPL-1.2
"""How Genk is divided in wijken and stadsdelen, and what figures of sectors come to there."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping

import pandas as pd

from ..tables import repository
from .arithmetic import computed, total
from .frames import frame_of, key_of, pairs


def wijken() -> list[dict]:
    """The wijken as GeoJSON features: code, name, stadsdeel, centre, sectors, and boundary when known."""
    return json.loads((repository.root() / repository.WIJKEN).read_text(encoding="utf-8"))["features"]


def credit() -> str:
    """Who made the division in wijken, and the boundaries when they are real ones."""
    return json.loads((repository.root() / repository.WIJKEN).read_text(encoding="utf-8"))["credit"]


def stadsdelen() -> dict[str, str]:
    """Sector → stadsdeel, for the sectors whose stadsdeel is published."""
    sectors = (feature["properties"]["sectors"] for feature in wijken())
    return {code: stadsdeel for own in sectors for code, stadsdeel in own.items() if stadsdeel}


def by_wijk(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums per wijk of a frame of sectors. A sector that is not published leaves its wijk so too."""
    places = {
        code: (feature["properties"]["wijk_code"], feature["properties"]["wijk"])
        for feature in wijken()
        for code in feature["properties"]["sectors"]
    }
    return _sums(frame, places)


def by_stadsdeel(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums per stadsdeel; empty while the stadsdeel of any sector is not published."""
    known = stadsdelen()
    every = {code for feature in wijken() for code in feature["properties"]["sectors"]}
    return _sums(frame, {code: ("", name) for code, name in known.items()} if set(known) == every else {})


def _sums(frame: pd.DataFrame, places: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    parts = defaultdict(list)
    for row, one in pairs(frame[frame.area_code.isin(list(places))]):
        parts[row["indicator"], *places[row["area_code"]], row["period"], row["breakdown"]].append(one)
    return frame_of((key, total(parts[key], "sectoren")) for key in sorted(parts))


def spread_by_wijk(frame: pd.DataFrame) -> pd.DataFrame:
    """Lowest and highest figure among the sectors of each wijk, as `grens=laagste` and `grens=hoogste`.

    A wijk with one sector that has a figure keeps that one. Takes one row a sector: one indicator and period.
    """
    known = frame[frame.value.notna()]
    rows = []
    for feature in wijken():
        wijk = feature["properties"]
        own = list(pairs(known[known.area_code.isin(list(wijk["sectors"]))]))
        every = [one for _, one in own]
        for end, pick in (("laagste", min), ("hoogste", max)) if len(own) > 1 else ():
            value = pick(one.value for one in every)
            formula = f"{end} van {len(own)} sectoren"
            key = key_of(own[0][0], area_code=wijk["wijk_code"], area=wijk["wijk"], breakdown=f"grens={end}")
            rows.append((key, computed(value, every[0].unit, every, formula)))
        if len(own) == 1:
            rows.append((key_of(own[0][0], area_code=wijk["wijk_code"], area=wijk["wijk"]), every[0]))
    return frame_of(rows)
