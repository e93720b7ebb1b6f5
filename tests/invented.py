# SPDX-License-Identifier: EUPL-1.2
"""Invented tables of small counts, and an outsider who attacks them with nothing of the package's own.

Every figure and area that is made here is made up.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from zlib import crc32

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from genk_armoede.observations.observation import Observation, breakdown_parts, breakdown_text
from genk_armoede.protection import protect
from genk_armoede.protection.policy import Policy

CITY, NOWHERE = "71016", "71016ZZZZ"
COUNT, WHOLE, SHARE, OTHER = "verzonnen_aantal", "verzonnen_geheel", "verzonnen_aandeel", "elders_verzonnen"
Inside = dict[str, list[list[str]]]


def policy(**fields: object) -> Policy:
    """The default, for invented indicators."""
    default = {
        "policy": "verzonnen", "approved_by": "", "approved_on": "", "threshold": 5, "zeros": "keep",
        "minimum_denominator": 20, "method": "suppress", "base": 5, "tables": {}, "protected_by_publisher": [],
        "sensitive": [COUNT], "derived": {}, "known": {}, "open": [WHOLE],
        "relations": [], "acknowledged": [],
    }  # fmt: skip
    return Policy(**default | fields)


def row(area: str, value: object, breakdown: str = "", indicator: str = COUNT, period: str = "2021") -> Observation:
    number = None if value is None else Decimal(str(value))
    status, unit = "c" if value is None else "", "%" if indicator == SHARE else "personen"
    return Observation(
        indicator,
        area,
        f"Verzonnen {area}",
        period,
        breakdown,
        number,
        unit,
        status,
        "verzonnen.xlsx",
        "Blad",
        f"A{int.from_bytes(area.encode().ljust(10))}{crc32(repr((indicator, breakdown, period)).encode()):010}",
    )  # fmt: skip  (a sheet in order of areas)


def judged(found: object, holds: str = "no") -> dict[str, str]:
    """What somebody said of a sum under `relations`."""
    return {"sum": str(found), "holds": holds, "by": "verzonnen", "on": "2021-01-01"}


def with_more(rows: Sequence[Observation], breakdown: str, **more: int) -> list[Observation]:
    """The rows, with so many more of these people in each area that is named."""
    odd = {(area, breakdown): n for area, n in more.items()}
    return [replace(one, value=one.value + odd.get((one.area_code, one.breakdown), 0)) for one in rows]


def primary_only(rows: Sequence[Observation]) -> list[Observation]:
    """What hides small counts and nothing else."""
    small = [one.indicator in (COUNT, WHOLE) and 0 < one.value < 5 for one in rows]
    return [replace(one, value=None, status="c") if few else one for one, few in zip(rows, small, strict=True)]


def city(wijken: int, sectors: int = 0, stadsdelen: int = 0) -> Inside:
    """An invented city: what lies in what, as `areas.inside` tells it."""
    names = [f"w{i}" for i in range(wijken)]
    inside = {CITY: [[*names, NOWHERE]]}
    if stadsdelen:
        inside[CITY].append([*(f"d{i}" for i in range(stadsdelen)), NOWHERE])
        inside |= {f"d{i}": [names[i::stadsdelen]] for i in range(stadsdelen)}
    return inside | {name: [[f"{name}s{i}" for i in range(sectors or 1)]] for name in names}


def smallest(inside: Mapping[str, Sequence[Sequence[str]]], area: str) -> list[str]:
    """The sectors of an area."""
    return [one for part in inside[area][0] for one in smallest(inside, part)] if area in inside else [area]


def table(
    rng: random.Random, inside: Inside, levels: Sequence[str], keys: Mapping[str, str], cuts: Sequence[Sequence[str]],
    mean: float,
) -> list[Observation]:  # fmt: skip
    """Counts of the areas of these levels (`c` city, `d` stadsdeel, `w` wijk, `s` sector), cut up by these keys."""
    people = list(itertools.product(*keys.values()))
    size = {sector: rng.expovariate(1 / mean) for sector in smallest(inside, CITY) if sector != NOWHERE}
    base = {(sector, one): int(rng.expovariate(1 / max(most, 0.3))) for sector, most in size.items() for one in people}
    areas = {"c": [CITY], "s": [*size]} | {level: [a for a in inside if a[0] == level] for level in "dw"}
    kinds = [{*zip(cut, values, strict=True)} for cut in cuts for values in itertools.product(*(keys[k] for k in cut))]
    known = [(sector, {*zip(keys, one, strict=True)}, value) for (sector, one), value in base.items()]
    rows = []
    for area in (area for level in levels for area in areas[level]):
        inner = {*smallest(inside, area)}
        for kind in kinds:
            value = sum(n for sector, people, n in known if sector in inner and kind <= people)
            rows.append(row(area, value, breakdown_text(dict(kind))))
    return rows


def published(rows, inside, how=None, earlier=(), elsewhere=()) -> list[Observation]:
    """What of an invented table may be shown, beside the rows of another."""
    tables = {"verzonnen": rows} | ({"elders": elsewhere} if elsewhere else {})
    return protect.protect(tables, inside, how or policy(), earlier).tables["verzonnen"]


class Reader:
    """Knows of which people each row is the sum, whatever its label says, and what of the rows is shown."""

    def __init__(self, members: Mapping[tuple, Sequence[tuple]], shown: Sequence[Observation]) -> None:
        self.members, self.cells = members, sorted({cell for own in members.values() for cell in own})
        known = [one for one in shown if one.value is not None]
        hidden = [one for one in shown if one.value is None]
        self.known = self._lines(known), [float(one.value) for one in known]
        self.hidden = -self._lines(hidden), [-1.0] * len(hidden)

    def _lines(self, rows: Sequence[Observation]) -> np.ndarray:
        lines = [[float(cell in self.members[one.key]) for cell in self.cells] for one in rows]
        return np.array(lines).reshape(len(rows), len(self.cells))

    def leaks(self, rows: Sequence[Observation]) -> list[tuple]:
        """Keys of the small counts that must be small, or of which fewer values are left than there are small ones."""
        small = {one.key: one for one in rows if 0 < one.value < 5}
        ranges = {key: self._range(one) for key, one in small.items()}
        return [key for key, (low, high) in ranges.items() if high < 5 or high - low < 4]

    def _range(self, one: Observation) -> tuple[int, int]:
        ends = []
        for sign in (1, -1):
            found = linprog(sign * self._lines([one])[0], *self.hidden, *self.known, bounds=(0, 1e5))
            assert found.status == 0, found.message
            ends.append(sign * found.fun)
        return _whole(*ends)


class Outsider:
    """Knows the people one by one: for each sector and each kind a number that nobody published."""

    def __init__(self, rows: Sequence[Observation], inside: Inside, least: float = 1.0, base: int = 0) -> None:
        """`least`: what a hidden count is at least; `base`: figures flagged `e` are rounded to it."""
        told = [replace(one, indicator=COUNT) for one in rows if one.indicator == OTHER]
        rows = [*told, *(one for one in rows if one.indicator != OTHER)]  # a cell that stands twice: the last is asked
        kinds: dict[str, set[str]] = {}
        for one in rows:
            for key, value in breakdown_parts(one.breakdown).items():
                kinds.setdefault(key, set()).add(value)
        people = [dict(zip(kinds, values, strict=True)) for values in itertools.product(*map(sorted, kinds.values()))]
        groups = [(s, kind) for s in smallest(inside, CITY) for kind in people]
        self.place = {(i.indicator, i.area_code, i.breakdown): n for n, i in enumerate(rows)}
        counts = sorted({one.indicator for one in rows} - {SHARE})
        matrix = np.zeros((len(rows), len(counts) * len(groups)))
        low, high = np.zeros(len(rows)), np.full(len(rows), np.inf)
        for n, one in enumerate(rows):
            inner, parts = {*smallest(inside, one.area_code)}, breakdown_parts(one.breakdown).items()
            own = [g for g, (s, kind) in enumerate(groups) if s in inner and parts <= kind.items()]
            if one.indicator == SHARE:
                continue
            matrix[n, [counts.index(one.indicator) * len(groups) + g for g in own]] = 1
            near = base - 1 if base and "e" in one.status else 0
            low[n], high[n] = (least, np.inf) if one.value is None else (one.value - near, one.value + near)
        self.cells, extra = matrix, []
        for one in (one for one in rows if one.indicator == SHARE and one.value is not None):
            part, whole = (matrix[self.place[name, one.area_code, one.breakdown]] for name in (COUNT, WHOLE))
            extra += [
                (part - float(one.value - Decimal("0.05")) / 100 * whole),
                (float(one.value + Decimal("0.05")) / 100 * whole - part),
            ]
        if WHOLE in counts and COUNT in counts:  # nobody is counted who is not there
            of, own = counts.index(WHOLE) * len(groups), counts.index(COUNT) * len(groups)
            for g in range(len(groups)):
                extra.append(np.zeros(matrix.shape[1]))
                extra[-1][[of + g, own + g]] = 1, -1
        whole = csr_array(np.vstack([matrix, *extra]))
        self.worlds: list[np.ndarray] = []  # some that fit what is known
        self.known = LinearConstraint(whole, np.r_[low, np.zeros(len(extra))], np.r_[high, np.full(len(extra), np.inf)])

    def can_tell(self, one: Observation, whole: bool = False, threshold: int = 5) -> bool:
        """True when a count must be small, or when fewer values are left for it than there are small ones."""
        cell = self.cells[self.place[one.indicator, one.area_code, one.breakdown]]
        seen = [float(cell @ world) for world in self.worlds]
        low, high = _whole(min(seen), max(seen)) if seen and not whole else (0, 0)
        if high < threshold or high - low < threshold - 1:
            low, high = self.range(one, whole)
        return high < threshold or high - low < threshold - 1

    def range(self, one: Observation, whole: bool = False) -> tuple[int, int]:
        """The smallest and the largest that a count can be; `whole`: of whole people only."""
        cell = self.cells[self.place[one.indicator, one.area_code, one.breakdown]]
        ends = []
        for sign in (1, -1):
            done = milp(
                sign * cell, constraints=self.known, bounds=Bounds(0, 1e5), integrality=np.full(len(cell), int(whole))
            )
            assert done.x is not None, done.message
            ends.append(sign * done.fun)
            self.worlds.append(done.x)
        return _whole(*ends)


def _whole(low: float, high: float) -> tuple[int, int]:
    return int(np.ceil(low - 1e-6)), int(np.floor(high + 1e-6))
