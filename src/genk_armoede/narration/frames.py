# SPDX-License-Identifier: EUPL-1.2
"""What notebooks compute from tidy frames without losing the cells: sums per wijk or stadsdeel, change, ratio.

Takes tidy frames with one row a sector; gives frames with the same columns plus `cells` (tuple of
`file|sheet|cell`) and `formula` (Dutch words), fit for `prose` and `charts`.
"""

from __future__ import annotations

import json
import statistics
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

import pandas as pd

from ..errors import DataError
from ..observations.observation import COLUMNS
from ..observations.periods import period_text
from ..tables import repository, store
from . import prose
from .prose import Figure, Prose, computed, count, difference, figures, join, ratio, records, say, total, versus

NAMED = 3  # more cities than this are counted, not named


def wijken() -> list[dict]:
    """The wijken as GeoJSON features: code, name, stadsdeel, centre, sectors, and boundary when known."""
    return json.loads((repository.root() / repository.WIJKEN).read_text(encoding="utf-8"))["features"]


def wijken_credit() -> str:
    """Who made the division in wijken, and the boundaries when they are real ones."""
    return json.loads((repository.root() / repository.WIJKEN).read_text(encoding="utf-8"))["credit"]


def stadsdelen() -> dict[str, str]:
    """Sector → stadsdeel, for the sectors whose stadsdeel is published."""
    sectors = (feature["properties"]["sectors"] for feature in wijken())
    return {code: stadsdeel for own in sectors for code, stadsdeel in own.items() if stadsdeel}


def gaps() -> pd.DataFrame:
    """Rows of all tables that have no value: what is not published, hidden or not applicable."""
    every = store.tables()
    return every[every.value.isna()].reset_index(drop=True)


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
    for row, one in _pairs(frame[frame.area_code.isin(list(places))]):
        parts[row["indicator"], *places[row["area_code"]], row["period"], row["breakdown"]].append(one)
    return _frame((key, total(parts[key], "sectoren")) for key in sorted(parts))


def change(frame: pd.DataFrame, old: str, new: str) -> pd.DataFrame:
    """Growth in percent of each area from one period to another; areas that were zero or absent are left out.

    Raises `DataError` when the series breaks between the two.
    """
    broken = frame[(frame.period > old) & (frame.period <= new) & frame.status.str.contains("b")]
    if len(broken):
        raise DataError(
            f"the series breaks in {', '.join(sorted(set(broken.period)))}",
            found=f"a comparison of {new} with {old}",
            do="compare periods on one side of the break",
        )
    formula = f"verschil tussen {new} en {old}, gedeeld door {old}"
    rows = []
    for row, after, before in _matched(frame[frame.period == new], frame[frame.period == old], "area_code"):
        growth = computed((after.value - before.value) / before.value * 100, "%", [before, after], formula)
        rows.append((_key(row, period=f"{old}-{new}"), growth))
    return _frame(rows)


def direction(frame: pd.DataFrame) -> Prose:
    """In one sentence how far the last figure of a series is from the first one on the same side of every break.

    To follow a sentence that gives the last figure. Raises `DataError` when a period stands twice.
    """
    known = frame[frame.value.notna()].sort_values("period")
    if known.period.duplicated().any():
        raise DataError("not one figure for each period", do="pick one indicator, area and breakdown")
    same = known[known.period >= max(known[known.status.str.contains("b")].period, default="")]
    if len(same) < 2:
        return say("Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet.")
    first, *_, last = figures(same)
    begin = period_text(same.period.iloc[0])
    return say("Dat is {apart} in {begin} ({first}).", apart=versus(last, first), begin=begin, first=first)


def ratios(parts: pd.DataFrame, wholes: pd.DataFrame, unit: str, formula: str) -> pd.DataFrame:
    """`parts` divided by `wholes`, area by area and period by period; areas without either are left out."""
    matched = _matched(parts, wholes, "area_code", "period")
    return _frame((_key(row), ratio(part, whole, unit, formula)) for row, part, whole in matched)


def per_resident(income: pd.DataFrame, residents: pd.DataFrame) -> pd.DataFrame:
    """Income of a year divided by the residents of 1 January of the year after, area by area: the way of Statbel.

    Years and areas without either are left out.
    """
    years = [str(int(day.removesuffix("-01-01")) - 1) for day in residents.period]
    formula = "inkomen van het jaar, gedeeld door de inwoners op 1 januari van het jaar erna"
    return ratios(income, residents.assign(period=years), "EUR", formula)


def gap(frame: pd.DataFrame, area: str, other: str) -> pd.DataFrame:
    """How far `area` lies above or below `other`, in percent of `other`, period by period."""
    bases = dict(zip(frame[frame.area == other].period, figures(frame[frame.area == other]), strict=True))
    formula = f"verschil met {other}, gedeeld door {other}"
    return _frame(
        (_key(row), ratio(difference(own, bases[row["period"]]), bases[row["period"]], "%", formula))
        for row, own in _pairs(frame[frame.area == area])
        if row["period"] in bases
    )


def from_median(frame: pd.DataFrame, area: str) -> pd.DataFrame:
    """`area` minus the median of the other areas that have a figure, period by period; shares in percentage points."""
    rows = []
    for row, own in _pairs(frame[frame.area == area]):
        others = figures(frame[(frame.area != area) & (frame.period == row["period"]) & frame.value.notna()])
        if others:
            middle = computed(statistics.median(one.value for one in others), own.unit, others, "")
            formula = f"verschil met de mediaan van {len(others)} andere gebieden"
            rows.append((_key(row), replace(difference(own, middle), formula=formula)))
    return _frame(rows)


def spread_by_wijk(frame: pd.DataFrame) -> pd.DataFrame:
    """Lowest and highest figure among the sectors of each wijk, as `grens=laagste` and `grens=hoogste`.

    A wijk with one sector that has a figure keeps that one. Takes one row a sector: one indicator and period.
    """
    known = frame[frame.value.notna()]
    rows = []
    for feature in wijken():
        wijk = feature["properties"]
        own = list(_pairs(known[known.area_code.isin(list(wijk["sectors"]))]))
        every = [one for _, one in own]
        for end, pick in (("laagste", min), ("hoogste", max)) if len(own) > 1 else ():
            value = pick(one.value for one in every)
            formula = f"{end} van {len(own)} sectoren"
            key = _key(own[0][0], area_code=wijk["wijk_code"], area=wijk["wijk"], breakdown=f"grens={end}")
            rows.append((key, computed(value, every[0].unit, every, formula)))
        if len(own) == 1:
            rows.append((_key(own[0][0], area_code=wijk["wijk_code"], area=wijk["wijk"]), every[0]))
    return _frame(rows)


def both_published(one: pd.DataFrame, other: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The two frames without the areas that lack a value in either."""
    areas = set(one[one.value.notna()].area_code) & set(other[other.value.notna()].area_code)
    return one[one.area_code.isin(areas)], other[other.area_code.isin(areas)]


class Apart(NamedTuple):
    """Rows of the other areas, by how their share compares; and the shares that cannot be told apart."""

    higher: pd.DataFrame
    lower: pd.DataFrame
    same: pd.DataFrame
    low: Figure
    high: Figure


def apart(frame: pd.DataFrame, area: str, respondents: Figure) -> Apart:
    """Which areas have a survey share clearly higher or lower than that of `area`, and which cannot be told apart.

    Two shares differ clearly when they lie more than 1,96 × √(2 × g × (1 − g) ÷ n) apart, g being their mean
    (comparison of two proportions, NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3), plus one point for two
    roundings to whole percents. That assumes simple random samples, and as many respondents in the other
    areas as in `area`. Each comparison is right 95 times in 100; of twelve, one may well be chance.
    Areas without a figure are in none of the three. Raises `DataError` unless each row is a whole percent of one area.
    """
    own = _own(frame, area)
    if set(frame.unit) != {"%"} or (frame.value.dropna() % 1).any():
        raise DataError("not all rows are survey shares in whole percents", do="compare these areas with `rank`")
    formula = (
        "hele procenten die niet meer dan 1,96 × √(2 × g × (1 − g) ÷ n) + 1 van het eigen aandeel liggen, "
        "met g het gemiddelde van de twee aandelen en n het aantal deelnemers"
    )
    shares = [] if own.value is None or not respondents.value else _alike(own.value, respondents.value)
    low, high = (
        computed(Decimal(end(shares)) if shares else None, "%", [own, respondents], formula) for end in (min, max)
    )
    others = frame[(frame.area != area) & frame.value.notna()].sort_values("area") if shares else frame.iloc[:0]
    above, below = others.value > max(shares, default=0), others.value < min(shares, default=0)
    higher, lower, same = (others[one].reset_index(drop=True) for one in (above, below, ~(above | below)))
    return Apart(higher, lower, same, low, high)


def _alike(share: Decimal, n: Decimal) -> list[int]:
    """The whole percents that cannot be told apart from a share in a sample of `n`."""
    return [
        other
        for other in range(101)
        for mean in [(share + other) / 200]
        if abs(share - other) <= 196 * (2 * mean * (1 - mean) / n).sqrt() + 1
    ]


def beside(frame: pd.DataFrame, area: str, respondents: Figure) -> Prose:
    """In one sentence: in how many other cities a survey share is clearly higher or lower (`apart`).

    To follow, in `say`, a sentence that gives the share of `area` itself. Up to three cities are named.
    """
    found = apart(frame, area, respondents)
    every = count(pd.concat([found.higher, found.lower, found.same]), "steden")
    sides = sorted([(found.higher, "hoger"), (found.lower, "lager")], key=lambda side: -len(side[0]))
    (most, one), (fewest, other) = sides
    if most.empty:
        return say("Met geen enkele van de {n:n} andere steden is er een duidelijk verschil.", n=every)
    if len(most) == every.value:
        return say("In alle {n:n} andere steden ligt dat aandeel duidelijk {one}.", n=every, one=one)
    return say(
        "In {most} ligt dat aandeel duidelijk {one}, in {fewest} duidelijk {other}.",
        most=_cities(most, "{some:n} van de {n:n} andere steden", every),
        fewest=_cities(fewest, "{some:n} steden", every),
        one=one,
        other=other,
    )


def _cities(rows: pd.DataFrame, many: str, every: Figure) -> Prose | str:
    if len(rows) <= NAMED:
        return join(list(rows.area)) or "geen enkele stad"
    return say(many, some=count(rows, "steden"), n=every)


def how_sure(frame: pd.DataFrame, area: str, respondents: Figure) -> Prose:
    """In two paragraphs what the margin of a survey is, with one share of `area` as an example."""
    found, own = apart(frame, area, respondents), _own(frame, area)
    return say(
        "In {area} vulden {n:n} mensen de vragenlijst in. Bij een aandeel van {share} is de marge dan {margin}: het "
        "aandeel bij alle inwoners kan tot zoveel hoger of lager liggen, met een zekerheid van 95 op 100. Dat geldt "
        "als iedereen evenveel kans had om mee te doen en elke vraag beantwoordde; anders is de marge groter. Een "
        "procentpunt is het verschil tussen twee percentages.",
        "Twee steden vergelijken is nog minder zeker. Bij dit voorbeeld is een andere stad pas duidelijk anders dan "
        "{area} als haar aandeel onder {low:0} of boven {high:0} ligt. Die grenzen gaan ervan uit dat overal evenveel "
        "mensen antwoordden: hoeveel het er in de andere steden waren, is niet gepubliceerd. Ook een duidelijk "
        "verschil kan toeval zijn: bij steden die echt gelijk zijn, gebeurt dat bij ongeveer een op de twintig "
        "vergelijkingen.",
        **{"area": area, "n": respondents, "share": own, "margin": prose.margin(own, respondents)},
        **{"low": found.low, "high": found.high},
    )


class Rank(NamedTuple):
    """Where one area stands among those that have a figure; `to_median` is its own figure minus the median."""

    place: Figure  # 1 is the highest; areas with the same figure share a place
    areas: Figure  # how many have a figure
    highest: str
    lowest: str
    top: Figure
    bottom: Figure
    median: Figure
    to_median: Figure


def rank(frame: pd.DataFrame, area: str) -> Rank:
    """The place of `area` in a frame with one row an area, and how far it is from the median.

    Raises `DataError` when an area stands twice or none has a figure. For survey shares use `apart`.
    """
    own = _own(frame, area)
    known = sorted(
        ((one, row["area"]) for row, one in _pairs(frame) if one.value is not None), key=lambda k: (k[0].value, k[1])
    )
    if not known:
        raise DataError("no area has a figure", do="leave the comparison out, or say that there are no figures")
    every = [one for one, _ in known]
    values = [one.value for one in every]
    above = sum(value > own.value for value in values) if own.value is not None else 0
    (bottom, lowest), (top, highest) = known[0], known[-1]
    middle = computed(statistics.median(values), own.unit, every, f"mediaan van {len(every)} gebieden")
    return Rank(
        computed(Decimal(above + 1), "aantal", [own, *every], "plaats van hoog naar laag"),
        computed(Decimal(len(every)), "aantal", every, "aantal gebieden met een cijfer"),
        highest,
        lowest,
        top,
        bottom,
        middle,
        difference(own, middle),
    )


def place_then(now: Rank, then: Rank, when: str) -> Prose | str:
    """The place in an earlier period, to end a sentence that gives the present one: `tegenover plaats 3 in 2014`."""
    if now.place.value == then.place.value:
        return f"net als in {when}"
    return say("tegenover plaats {place:n} in {when}", place=then.place, when=when)


def _own(frame: pd.DataFrame, area: str) -> Figure:
    if frame.area.duplicated().any() or area not in set(frame.area):
        raise DataError(
            f"not one row for each area, {area} among them",
            found=", ".join(sorted(frame.area)),
            do="pick one indicator, period and breakdown",
        )
    return figures(frame[frame.area == area])[0]


def _pairs(frame: pd.DataFrame) -> Iterable[tuple[dict, Figure]]:
    return zip(records(frame), figures(frame), strict=True)


def _matched(frame: pd.DataFrame, others: pd.DataFrame, *columns: str) -> Iterator[tuple[dict, Figure, Figure]]:
    """Each row that has a value, with that and what it can be divided by: of the other row with the same columns."""
    known = {tuple(row[column] for column in columns): one for row, one in _pairs(others)}
    for row, one in _pairs(frame):
        other = known.get(tuple(row[column] for column in columns))
        if one.value is not None and other is not None and other.value:
            yield row, one, other


def _key(row: Mapping, **changed: str) -> tuple[str, ...]:
    return tuple({**row, **changed}[column] for column in COLUMNS[:5])


def _frame(rows: Iterable[tuple[tuple, Figure]]) -> pd.DataFrame:
    """Keys and figures as a tidy frame; a computed figure has no cell of its own."""
    records = [(*key, one.value, one.unit, one.status, "", "", "", one.cells, one.formula) for key, one in rows]
    return pd.DataFrame(records, columns=[*COLUMNS, "cells", "formula"]).astype({"value": "float64"})
