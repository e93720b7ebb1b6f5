# SPDX-License-Identifier: EUPL-1.2
"""Small counts: what may leave the house, by the policy in `disclosure.yml`.

Takes clean tables and the areas; gives the same tables with small sensitive counts hidden, and whatever else would
give them away; called by `datasets.clean`. `audit` tests the result without knowing how it was made.
Which cells go beside a small one: the fewest and least important that leave it free to be anything from one to the
threshold, found by a mixed integer program, one small count after another (a heuristic for the cell suppression
problem of Fischetti and Salazar, Management Science 47, 2001).
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, diags_array, eye_array

from .areas import NIS
from .attack import FAR, Key, System, bounds, relations, too_narrow
from .errors import DataError
from .observations import COLUMNS, Observation

POLICY = Path("disclosure.yml")
LOG = Path(".build/verborgen.csv")  # stays on this machine
CITY = NIS["Genk", "municipality"]
BESIDE = "geeft anders een verborgen aantal prijs"


@dataclass(frozen=True, slots=True)
class Policy:
    """The fields of `disclosure.yml`, which says what each is."""

    policy: str
    approved_by: str
    approved_on: str
    threshold: int
    zeros: str
    minimum_denominator: int
    method: str
    base: int
    tables: Mapping[str, Mapping[str, str]]
    protected_by_publisher: Sequence[str]
    sensitive: Sequence[str]
    derived: Mapping[str, Mapping[str, str]]
    open: Sequence[str]

    def method_of(self, table: str) -> str:
        return self.tables.get(table, {}).get("method", self.method)

    @property
    def least(self) -> float:
        """What an outsider knows a hidden count to be at least."""
        return 1.0 if self.zeros == "keep" else 0.0


def load_policy(root: Path) -> Policy:
    """The policy. Raises `DataError` for a field that is missing or unknown, and for a value that protects nothing."""
    try:
        fields = YAML(typ="safe").load((root / POLICY).read_text(encoding="utf-8"))
        policy = Policy(**fields)
    except (OSError, ValueError, TypeError, YAMLError) as error:
        raise DataError(f"the policy cannot be read: {error}", file=str(POLICY), do="restore it with git") from error
    methods = {policy.method, *(policy.method_of(table) for table in policy.tables)}
    sound = {
        "threshold": isinstance(policy.threshold, int) and policy.threshold >= 2,
        "base": isinstance(policy.base, int) and policy.base >= 3,
        "minimum_denominator": isinstance(policy.minimum_denominator, int) and policy.minimum_denominator >= 1,
        "zeros": policy.zeros in ("keep", "hide"),
        "method": methods <= {"suppress", "round"},
    }
    for name, right in sound.items():
        if not right:
            raise DataError(f"{name} protects nothing", file=str(POLICY), found=getattr(policy, name), do="correct it")
    return policy


@dataclass(frozen=True, slots=True)
class Hidden:
    """What was hidden, as it was, and why: for the log that stays local."""

    table: str
    row: Observation
    why: str


def protect(
    tables: Mapping[str, list[Observation]], inside: Mapping[str, Sequence[str]], policy: Policy
) -> tuple[dict[str, list[Observation]], list[Hidden]]:
    """The tables as they may be published, and what was hidden in them. `inside`: area → the areas that make it up.

    Raises `DataError` for an indicator that the policy does not place, and when a small count cannot be protected.
    """
    result, log = {}, []
    for name, rows in tables.items():
        if name in policy.protected_by_publisher:
            result[name] = rows
            continue
        _check_placed(rows, policy)
        sensitive = [row for row in rows if row.indicator in policy.sensitive]
        if policy.method_of(name) == "round":
            rounded, hidden = _rounded(sensitive, inside, policy), {}
        else:
            rounded, hidden = {}, _suppressed(sensitive, inside, policy)
        hidden |= _derived(rows, {*hidden, *rounded}, policy)
        log += [Hidden(name, row, hidden[row.key]) for row in rows if row.key in hidden]
        result[name] = [_published(row, hidden, rounded) for row in rows]
    return result, log


def _published(row: Observation, hidden: Mapping[Key, str], rounded: Mapping[Key, Decimal]) -> Observation:
    if row.key in hidden:
        return replace(row, value=None, status="c")
    if row.key in rounded:
        return replace(row, value=rounded[row.key], status="".join(sorted({*row.status, "e"})))
    return row


def _check_placed(rows: Iterable[Observation], policy: Policy) -> None:
    known = {*policy.sensitive, *policy.derived, *policy.open}
    for row in rows:
        if row.indicator not in known:
            raise row.error(
                f"{POLICY} does not say whether {row.indicator!r} is about few people",
                expected="it under sensitive, derived or open, or its table under protected_by_publisher",
                do=f"ask the data protection officer, and add it to {POLICY}",
            )


def is_small(row: Observation, policy: Policy) -> bool:
    """True for a count that is hidden for its own sake."""
    return row.value is not None and (0 < row.value < policy.threshold or (row.value == 0 and policy.zeros == "hide"))


def _suppressed(rows: Sequence[Observation], inside: Mapping[str, Sequence[str]], policy: Policy) -> dict[Key, str]:
    """Keys of the rows that must go, each with the reason; indicators and periods by themselves."""
    groups = defaultdict(list)
    for row in rows:
        groups[row.indicator, row.period].append(row)
    return {key: why for own in groups.values() for key, why in _Group(own, inside, policy).hide().items()}


class _Group:
    """The counts of one indicator and period, and what of them is hidden so far."""

    def __init__(self, rows: list[Observation], inside: Mapping[str, Sequence[str]], policy: Policy) -> None:
        self.rows, self.policy = rows, policy
        self.system = System([row.key for row in rows], relations(rows, inside))
        self.gone = np.array([row.value is None for row in rows])  # hidden by the publisher
        self.values = np.array([0.0 if row.value is None else float(row.value) for row in rows])
        self.hidden = {row.key: f"kleiner dan {policy.threshold}" for row in rows if is_small(row, policy)}
        largest = max(self.values.max(initial=0.0), 1.0)
        level = [30.0 if r.area_code == CITY else 3.0 if (r.area_code or r.area) in inside else 1.0 for r in rows]
        total = [1.0 if row.breakdown else 4.0 for row in rows]
        # What is lost with a cell: totals and larger areas weigh more, then larger counts.
        self.weights = np.array(level) * np.array(total) * (1.0 + self.values / largest)

    def hide(self) -> dict[Key, str]:
        small = list(self.hidden)
        for key in small:
            if self._narrow([key]):
                self._protect(key)
        while narrow := self._narrow(self.hidden):
            if not self._protect(narrow):
                raise self.rows[self.system.place[narrow]].error(
                    "a small count cannot be protected: what else is published gives it away",
                    do=f"publish a coarser table, or choose `method: round` in {POLICY}",
                )
        # Show again what turns out not to be needed, the most important first.
        for key in sorted(set(self.hidden) - set(small), key=lambda k: -self.weights[self.system.place[k]]):
            why = self.hidden.pop(key)
            if self._narrow(self.hidden):
                self.hidden[key] = why
        return self.hidden

    def _narrow(self, keys: Iterable[Key]) -> Key | None:
        """The first of these that an outsider could tell to be small."""
        known = [None if key in self.hidden or gone else value for key, gone, value in
                 zip(self.system.keys, self.gone, self.values, strict=True)]  # fmt: skip
        keys = list(keys)
        spans = self.system.ranges(keys, *bounds(known, self.policy.least))
        return next(
            (key for key, span in zip(keys, spans, strict=False) if too_narrow(span, self.policy.threshold)), None
        )

    def _protect(self, key: Key) -> bool:
        """Hide the cheapest further cells that leave this one free; True when there was something to hide."""
        chosen = self._cheapest(self.system.place[key])
        more = [self.system.keys[i] for i in chosen if self.system.keys[i] not in self.hidden and not self.gone[i]]
        self.hidden |= dict.fromkeys(more, BESIDE)
        return bool(more)

    def _cheapest(self, target: int) -> list[int]:
        """Two other worlds in which all sums hold: the target up to the threshold, and down to the least.

        Variables: the change upwards of each cell, the change downwards, and whether the cell is hidden.
        """
        n, threshold, least = len(self.rows), float(self.policy.threshold), self.policy.least
        up = max(threshold - self.values[target], threshold - 1 if self.values[target] >= threshold else 1.0)
        down = min(self.values[target] - least, threshold - 1) if self.values[target] < threshold else 0.0
        reach = np.full(n, 4 * threshold)
        room = np.where(self.gone, reach, np.minimum(np.maximum(self.values - least, 0.0), reach))
        fixed = np.array([key in self.hidden for key in self.system.keys]) | self.gone
        low, high = np.concatenate([-room, -room, fixed]), np.concatenate([reach, reach, np.ones(n)])
        low[target] = high[target] = up
        low[n + target] = high[n + target] = -down
        sums = self.system.matrix
        slack = np.where(self.system.whole, 0.0, -np.maximum(sums @ self.values, 0.0))
        top = np.where(self.system.whole, 0.0, FAR)
        one = eye_array(n)
        links = block_array([[sums, None, 0 * sums], [None, sums, None]])
        upper = block_array([[one, None, -diags_array(reach)], [None, one, -diags_array(reach)]])
        lower = block_array([[one, None, diags_array(room)], [None, one, diags_array(room)]])
        done = milp(
            np.concatenate([np.zeros(2 * n), np.where(fixed, 0.0, self.weights)]),
            constraints=[
                LinearConstraint(links, np.concatenate([slack, slack]), np.concatenate([top, top])),
                LinearConstraint(upper, -np.inf, 0.0),
                LinearConstraint(lower, 0.0, np.inf),
            ],
            bounds=Bounds(low, high),
            integrality=np.concatenate([np.zeros(2 * n), np.ones(n)]),
            options={"time_limit": 5.0, "mip_rel_gap": 0.05},
        )
        return [] if done.x is None else [i for i in range(n) if done.x[2 * n + i] > 0.5]


def _derived(rows: Sequence[Observation], touched: set[Key], policy: Policy) -> dict[Key, str]:
    """Shares and means that would give a count away that is hidden or rounded, or that are over too few."""
    at = {row.key: row for row in rows}
    found = {}
    for row in (row for row in rows if row.indicator in policy.derived and row.value is not None):
        made = policy.derived[row.indicator]
        count, whole = (at.get((made.get(part, ""), *row.key[1:])) for part in ("count", "of"))
        if count is not None and (count.key in touched or count.value is None):
            found[row.key] = BESIDE
        elif whole is None or whole.value is None or whole.value < policy.minimum_denominator:
            found[row.key] = f"over minder dan {policy.minimum_denominator}, of niet bekend over hoeveel"
    return found


def _rounded(rows: Sequence[Observation], inside: Mapping[str, Sequence[str]], policy: Policy) -> dict[Key, Decimal]:
    """Counts as multiples of the base; a sum of others in the table is the sum of the rounded ones."""
    base = Decimal(policy.base)
    known = [row for row in rows if row.value is not None]
    values = {row.key: (row.value / base).quantize(Decimal(1), ROUND_HALF_UP) * base for row in known}
    sums = [link for link in relations(known, inside) if link.whole]
    for _ in sums:  # a total of totals is right after as many rounds as there are levels
        before = dict(values)
        values |= {link.total: sum((values[part] for part in link.parts), Decimal(0)) for link in sums}
        if before == values:
            break
    return values


def write_log(root: Path, hidden: Sequence[Hidden]) -> None:
    """What was hidden, as it was, and why; for the analyst, in a folder that is not in version control."""
    path = root / LOG
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["table", *COLUMNS, "why"])
        writer.writerows([one.table, *one.row.row, one.why] for one in hidden)
