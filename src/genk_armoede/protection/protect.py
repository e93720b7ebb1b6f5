# SPDX-License-Identifier: EUPL-1.2
"""Small counts: what may leave the house, by the policy in `disclosure.yml`.

Takes clean tables and the areas; gives the same tables with small sensitive counts hidden, and whatever else would
give them away; called by `datasets.clean`. `audit` tests the result without knowing how it was made.
Beside a small count go the cells that it costs least to move with it, found by a linear program, and what turns out
not to be needed is shown again (Kelly, Golden and Assad, Networks 22, 1992). Rounding is controlled: every count goes
to a multiple next to it so that all sums hold (Cox and Ernst, INFOR 20, 1982).
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import numpy as np
from scipy.sparse import hstack

from ..observations.observation import COLUMNS, Observation, breakdown_parts, number_text
from .attack import (
    FAR,
    Earlier,
    Inside,
    Key,
    Link,
    Program,
    System,
    Told,
    linked,
    looks_rounded,
    made_of_few,
    place_of,
    recovered,
    rounded_in,
)
from .policy import POLICY, Policy

LOG = Path(".build/verborgen.csv")  # stays on this machine
BESIDE = "geeft anders een verborgen aantal prijs"
CANNOT = (
    f"publish a coarser table, place what gives it away under sensitive in {POLICY}, or choose another method there;"
    " an earlier version is taken out of every commit, for example with git filter-repo, before anyone fetches it"
)
Rows = Sequence[Observation]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What was hidden, as it was, and why: for the log that stays local."""

    table: str
    row: Observation
    why: str


def protect(
    tables: Mapping[str, list[Observation]], inside: Inside, policy: Policy, earlier: Earlier = ()
) -> tuple[dict[str, list[Observation]], list[Hidden]]:
    """The tables as they may be published, and what was hidden in them.

    Raises `DataError` for an indicator or an area that has no place, for totals that their parts do not add up to,
    and when a small count cannot be protected.
    """
    every = [row for rows in tables.values() for row in rows]
    ours = {name: rows for name, rows in tables.items() if name not in policy.protected_by_publisher}
    before: dict[tuple, set] = defaultdict(set)
    for _, row in earlier:
        before[row.indicator, place_of(row.key)].add((row.value, looks_rounded(row, policy)))
    public = _elsewhere(every, policy)
    public |= {row.key for row in every if (row.value, False) in before[row.indicator, place_of(row.key)]}
    may_go = {row.key for name, rows in ours.items() for row in rows if row.indicator in policy.sensitive
              and row.value is not None and row.value >= policy.least(name)} - public  # fmt: skip
    hidden: dict[Key, str] = {}
    rounded: dict[Key, Decimal] = {}
    for name, rows in ours.items():
        check_placed(rows, inside, policy)
        for own, links in linked(rows, every, inside, policy):
            _check_sums(own, links)
            if policy.rounds(name):
                rounded |= _rounded(own, links, policy, before)
            else:
                hidden |= _Group(own, links, inside, policy, policy.least(name), may_go).hide()
    while True:  # until what the audit attacks is fit to be published
        result = {name: [_published(row, hidden, rounded) for row in rows] for name, rows in ours.items()}
        shown = [row for rows in result.values() for row in rows]
        few = f"over minder dan {policy.minimum_denominator}, of niet bekend over hoeveel"
        more = {row.key: few if over else BESIDE
                for row, over in made_of_few(shown, inside, policy, rounded_in(result, policy))}  # fmt: skip
        more |= {} if more else _beside(recovered(tables | result, inside, policy, earlier), inside, may_go)
        hidden |= more
        if not more:
            log = [
                Hidden(name, row, hidden[row.key]) for name, rows in ours.items() for row in rows if row.key in hidden
            ]
            return tables | result, log


def _beside(found: Iterable[Told], inside: Inside, may_go: Set[Key]) -> dict[Key, str]:
    """One more cell to hide for each count that can be worked out: the cheapest of those that tell it."""
    more = {}
    for told in found:
        own = [row for row in told.by if row.value is not None and row.key in may_go]
        if not own:
            by = [f"{', '.join(filter(None, row.key))} ({row.source}, cell {row.cell})" for row in told.by]
            by += [f"the tables of commit {commit[:10]}" for commit in told.commits]
            raise told.row.error(
                f"a small count cannot be protected: {'; '.join(by) or 'what it is a part of'} gives it away", do=CANNOT
            )
        more[min(own, key=lambda row: (_weight(row.key, inside), row.value)).key] = BESIDE
    return more


def _weight(key: Key, inside: Inside) -> float:
    """What is lost with a cell: larger areas and totals weigh more."""
    return len(inside.get(key[1] or key[2], [[0]])[0]) * (1.0 if key[4] else 4.0)


def _published(row: Observation, hidden: Mapping[Key, str], rounded: Mapping[Key, Decimal]) -> Observation:
    if row.key in hidden:
        return replace(row, value=None, status="c")
    if row.key in rounded:
        return replace(row, value=rounded[row.key], status="".join(sorted({*row.status, "e"})))
    return row


def check_placed(rows: Rows, inside: Inside, policy: Policy) -> None:
    """Every indicator is in the policy, and every sensitive cell is there once, of an area that sums can be made of."""
    areas = {*inside, *(part for ways in inside.values() for way in ways for part in way)}
    seen, alike = {}, {}
    for row in rows:
        if row.indicator in policy.open:
            continue
        if row.indicator not in policy.ours:
            raise row.error(
                f"{POLICY} does not say whether {row.indicator!r} is about few people",
                expected="it under sensitive, derived or open, or its table under protected_by_publisher",
                do=f"ask the data protection officer, and add it to {POLICY}",
            )
        if (row.area_code or row.area) not in areas:
            raise row.error(
                f"a sensitive figure of {row.area!r}, which the list of sectors does not know",
                expected="Genk, a wijk or sector of the list, 71016ZZZZ, or a stadsdeel once every wijk is in one",
                do="correct the area: what follows from sums over areas cannot be seen otherwise",
            )
        other = seen.setdefault((row.indicator, place_of(row.key)), row)
        if other is not row:
            raise row.error(f"the same sensitive cell stands in {other.cell} too", do="take one of the two out")
        named = {"period": row.period, **breakdown_parts(row.breakdown)}
        for kind, text in named.items() if row.indicator in policy.sensitive else ():
            alike.setdefault((row.indicator, kind), {}).setdefault(text, row)
    for row in (row for row in rows if "of" in policy.derived.get(row.indicator, ()) and row.value is not None):
        if any((one, place_of(row.key)) not in seen for one in policy.derived[row.indicator]["from"]):
            raise row.error(
                f"a figure made of {', '.join(policy.derived[row.indicator]['from'])}, which is not there",
                do="give that count as well: without it nobody can tell whether it is small",
            )
    for (_, kind), texts in alike.items():
        spans = [(_months(text) if kind == "period" else _ages(text), row) for text, row in texts.items()]
        for (one, row), (other, wider) in itertools.permutations([span for span in spans if span[0]], 2):
            if other[0] <= one[0] <= one[1] <= other[1] or (kind != "period" and one[0] <= other[0] <= one[1]):
                raise row.error(
                    f"{kind}: this sensitive figure lies within, or overlaps with, that of cell {wider.cell}",
                    do="give one of the two, or the wider one as an indicator of its own under derived",
                )


def _months(period: str) -> tuple[int, int] | None:
    """First and last month of a year, quarter, month or pair of years; none of a day, which is a moment."""
    year, _, rest = period.partition("-")
    if rest.count("-"):
        return None
    first, last = (1, 12) if len(rest) in (0, 4) else (int(rest), int(rest)) if rest.isdigit() else (0, 0)
    if rest[:1] == "Q":
        first, last = int(rest[1:]) * 3 - 2, int(rest[1:]) * 3
    return int(year) * 12 + first, int(rest if len(rest) == 4 else year) * 12 + last


def _ages(text: str) -> tuple[float, float] | None:
    """The ends of a range such as 18-24, 18 tot 24, <18 or 65+."""
    if found := re.fullmatch(r"(\d+)\s*(?:-|–|t/m|tot en met)\s*(\d+)(?: jaar)?", text):
        return float(found[1]), float(found[2])
    if found := re.fullmatch(r"(\d+)\s*(?:\+|en ouder|jaar en ouder)(?: jaar)?", text):
        return float(found[1]), np.inf
    if found := re.fullmatch(r"(?:<|-|tot|jonger dan)\s*(\d+)(?: jaar)?", text):
        return 0.0, float(found[1]) - 1
    return None


def _check_sums(rows: Rows, links: Sequence[Link]) -> None:
    at = {row.key: row for row in rows}
    for terms, low, high in links:
        total, *parts = (at.get(key) for key in terms)
        if low < high or not all(row and row.value is not None for row in (total, *parts)):
            continue
        found = sum(row.value for row in parts)
        if found != total.value:
            raise total.error(
                "the parts do not add up to this total: a row is wrong or missing",
                found=f"{number_text(found)}, the sum of {', '.join(row.cell for row in parts)}",
                expected=number_text(total.value),
                do="give those who are in no part a row of their own (of areas: with the code 71016ZZZZ)",
            )


def _elsewhere(rows: Rows, policy: Policy) -> set[Key]:
    """Keys of sensitive cells that stand in another table as well. Raises `DataError` when the two differ."""
    at = {(row.indicator, place_of(row.key)): row for row in rows if row.indicator in policy.sensitive}
    found = set()
    for row in rows:
        own = at.get((policy.known.get(row.indicator), place_of(row.key)))
        if own is None or row.value is None:
            continue
        if own.value not in (None, row.value):
            raise own.error(
                f"{row.indicator} in {row.source}, cell {row.cell}, says otherwise",
                do=f"if that counts something else, take it out of `known` in {POLICY}",
            )
        found.add(own.key)
    return found


class _Group:
    """Counts of one period that have to do with each other, and which of them are hidden so far."""

    def __init__(
        self, rows: Rows, links: Sequence[Link], inside: Inside, policy: Policy, least: float, may_go: Set[Key]
    ) -> None:
        at = {row.key: row for row in rows}
        self.policy, self.system = policy, System(at, links)
        self.rows = [at.get(key) for key in self.system.keys]  # None: in no table, but it follows from what is
        self.free = np.array([row is None or row.value is None for row in self.rows])
        self.least = np.array([0.0 if row is None else least for row in self.rows])
        known = np.array([0.0 if free else float(row.value) for row, free in zip(self.rows, self.free, strict=True)])
        cost = np.zeros(len(known))
        self.true = self.system.program.solve(cost, np.where(self.free, 0.0, known), np.where(self.free, FAR, known))
        if self.true is None:
            raise rows[0].error("the counts of this period contradict each other", do="look for parts above a total")
        self.true[~self.free] = known[~self.free]
        self.can_go = np.array([key in may_go for key in self.system.keys]) & ~self.free
        self.small = self.can_go & [row is not None and policy.is_small(row) for row in self.rows]
        self.hidden = self.small.copy()
        self.why = {key: f"kleiner dan {policy.threshold}" for key, row in at.items() if policy.is_small(row)}
        self.weights = np.array([_weight(key, inside) for key in self.system.keys])
        self.weights *= 1.0 + known / max(known.max(), 1.0)  # then larger counts
        matrix, now = self.system.matrix, self.system.matrix @ self.true
        both = hstack([matrix, -matrix], format="csr")  # how far each cell goes up, and how far down
        self.moves = Program(both, self.system.low - now, self.system.high - now)
        self.system.worlds = [self.true]

    def hide(self) -> dict[Key, str]:
        """Keys of the rows that must go, each with the reason."""
        tried: set[int] = set()
        while (narrow := next(self._narrow(tried), None)) is not None:
            tried.add(narrow)
            self._protect(narrow)
        stuck = {*self._narrow()}  # no row of this group can help those
        for one in sorted(np.flatnonzero(self.hidden & ~self.small), key=lambda i: -self.weights[i]):
            self.hidden[one] = False  # the most important first: must it go after all?
            self.hidden[one] = next(self._narrow(stuck), None) is not None
        return {self.system.keys[i]: BESIDE for i in np.flatnonzero(self.hidden)} | self.why

    def _narrow(self, but: Set[int] = frozenset()) -> Iterator[int]:
        """Hidden cells of which an outsider could tell too much, but for some."""
        shown = ~(self.hidden | self.free)
        low, high = np.where(shown, self.true, self.least), np.where(shown, self.true, FAR)
        asked = (i for i in np.flatnonzero(self.hidden) if i not in but)
        return (i for i, _ in self.system.narrow(low, high, asked, self.policy))

    def _protect(self, i: int) -> None:
        """Hide the cheapest cells that leave this one free to be no small one."""
        n, far = len(self.rows), max(self.policy.threshold - self.true[i], 0)
        loose = self.hidden | self.free | self.can_go
        low, high = np.zeros(2 * n), np.concatenate([loose * FAR, loose * (self.true - self.least)])
        low[[i, n + i]] = high[[i, n + i]] = far, 0
        cost = np.where(self.hidden | self.free, 0.001, self.weights)
        found = self.moves.solve(np.concatenate([cost, cost]), low, high)
        if found is not None:
            world = self.true + found[:n] - found[n:]
            self.system.worlds.append(world)
            self.hidden |= self.can_go & (np.abs(world - self.true) > 1e-6)


def _rounded(rows: Rows, links: Sequence[Link], policy: Policy, before: Mapping[tuple, Set]) -> dict[Key, Decimal]:
    """Each count as a multiple of the base next to it, so that all sums hold and little changes.

    Where an earlier version shows one of the two multiples, that one if it can be.
    """
    own = {row.key: row.value for row in rows if row.indicator in policy.sensitive}
    system = System(own, [link for link in links if all(key[0] in policy.sensitive for key in link[0])])
    values = [own.get(key) for key in system.keys]
    free = np.array([value is None for value in values])
    below = np.array([0 if value is None else value // policy.base for value in values], dtype=float)
    rest = np.array([0 if value is None else value % policy.base for value in values], dtype=float)
    cost = np.where(free, 0.0, policy.base - 2 * rest)
    for i, key in enumerate(system.keys):
        earlier = {value for value, _ in before.get((key[0], place_of(key)), ())}
        seen = [times * policy.base in earlier for times in (below[i], below[i] + 1)]
        cost[i] += 1000 * (seen[0] - seen[1])
    program = Program(system.matrix, system.low, system.high, whole=True)
    found = program.solve(cost, below, np.where(free, FAR, below + (rest > 0)))
    if found is None:
        raise rows[0].error("no multiples add up here", do=f"choose `method: suppress` for this table in {POLICY}")
    times = dict(zip(system.keys, found, strict=True))
    return {key: Decimal(round(times[key]) * policy.base) for key, value in own.items() if value is not None}


def write_log(root: Path, hidden: Sequence[Hidden]) -> None:
    """What was hidden, as it was, and why; for the analyst, in a folder that is not in version control."""
    path = root / LOG
    path.unlink(missing_ok=True)
    if not hidden:
        return
    path.parent.mkdir(exist_ok=True)
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["table", *COLUMNS, "why"])
        writer.writerows([one.table, *one.row.row, one.why] for one in hidden)
