# SPDX-License-Identifier: EUPL-1.2
"""How Genk is divided in wijken and stadsdelen, and what figures of sectors come to there."""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ..tables import repository, store
from .arithmetic import computed, total
from .figure import Figure
from .frames import frame_of, key_of, pairs, pick
from .prose import join


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


def sectors(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the sectors of Genk: not of who cannot be placed in one, nor of Genk as a whole."""
    return frame[frame.area_code.isin(list(sector_names()))].reset_index(drop=True)


def by_wijk(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums per wijk of a frame of sectors. A sector that has no figure, or no row, leaves its wijk without one too.

    One where nobody ever lived is no hole when it has no row.
    """
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
    members = defaultdict(set)
    for code, place in places.items():
        members[place].add(code)
    parts: dict[tuple, dict[str, Figure]] = defaultdict(dict)
    for row, one in pairs(frame[frame.area_code.isin(list(places))]):
        parts[row["indicator"], *places[row["area_code"]], row["period"], row["breakdown"]][row["area_code"]] = one
    return frame_of((key, _sum(parts[key], members[key[1:3]])) for key in sorted(parts))


def _sum(parts: Mapping[str, Figure], members: set[str]) -> Figure:
    """The sum of the figures of all members of a place; none, with their names, when a member has no figure."""
    needed = sorted(code for code in members if code in parts or code not in uninhabited())
    absent = [sector_names()[code] for code in needed if code not in parts or parts[code].value is None]
    whole = total(list(parts.values()), "sectoren")
    if not absent:
        return whole
    words = f"geen som: van {join(absent)} is er geen cijfer"
    status = "".join(sorted({*whole.status} - set("cmz"))) + ("c" if "c" in whole.status else "m")
    return replace(whole, value=None, status="".join(sorted(status)), formula=words)


def sector_names() -> dict[str, str]:
    """Sector → its name, as far as a table of sectors gives it; its code otherwise."""
    codes = {code for feature in wijken() for code in feature["properties"]["sectors"]}
    return dict.fromkeys(codes, "") | {code: _names().get(code, code) for code in codes}


@functools.lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    rows = store.load("wijken")
    return dict(zip(rows.area_code, rows.area.str.title(), strict=True))


@functools.lru_cache(maxsize=1)
def uninhabited() -> frozenset[str]:
    """The sectors where nobody lived on any 1 January of which the residents are known."""
    residents = pick(store.load("wijken"), "bevolking_1_januari").groupby("area_code").value
    most, known = residents.max(), residents.count() == residents.size()
    return frozenset(most.index[(most == 0) & known])


def spread_by_wijk(frame: pd.DataFrame) -> pd.DataFrame:
    """Lowest and highest figure among the sectors of each wijk, as `grens=laagste` and `grens=hoogste`.

    From the wijk with the highest figure down; a wijk with one sector that has a figure keeps that one. Takes one row a
    sector: one indicator and period. The formula names the sectors of the wijk that have none: the column `missing` is
    not empty for such a wijk.
    """
    known = frame[frame.value.notna()]
    rows, missing = [], {}
    for feature in wijken():
        wijk = feature["properties"]
        own = list(pairs(known[known.area_code.isin(list(wijk["sectors"]))]))
        every = [one for _, one in own]
        with_figure = {row["area_code"] for row, _ in own}
        absent = [sector_names()[code] for code in sorted(set(wijk["sectors"]) - with_figure - uninhabited())]
        missing[wijk["wijk"]] = join(absent)
        for end, choose in (("laagste", min), ("hoogste", max)) if len(own) > 1 else ():
            value = choose(one.value for one in every)
            formula = f"{end} van {len(own)} sectoren" + (f"; niet van {join(absent)}" if absent else "")
            key = key_of(own[0][0], area_code=wijk["wijk_code"], area=wijk["wijk"], breakdown=f"grens={end}")
            rows.append((key, computed(value, every[0].unit, every, formula)))
        if len(own) == 1:
            rows.append((key_of(own[0][0], area_code=wijk["wijk_code"], area=wijk["wijk"]), every[0]))
    found = frame_of(rows)
    found = found.assign(
        missing=[missing[area] for area in found.area], top=found.groupby("area").value.transform("max")
    )
    return found.sort_values(["top", "area", "value"], ascending=[False, True, True])
