# SPDX-License-Identifier: EUPL-1.2
"""The settings of `disclosure.yml`: what counts as small, what it is about, and who approved that.

Takes the root of the repository; gives a `Policy`, or says what is wrong with it; called by `datasets` and `audit`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ..errors import DataError
from ..observations.observation import Observation

POLICY = Path("disclosure.yml")
CONFIDENTIAL = Path("data/raw/vertrouwelijk")  # not in version control
METHODS = ("suppress", "round")


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
    derived: Mapping[str, Mapping]
    known: Mapping[str, str]
    open: Sequence[str]
    relations: Sequence[Mapping[str, str]]
    acknowledged: Sequence[Mapping[str, str]]

    @property
    def ours(self) -> set[str]:
        """Indicators of which cells may be hidden."""
        return {*self.sensitive, *self.derived}

    @property
    def watched(self) -> set[str]:
        """Indicators of which earlier versions tell something of a hidden cell."""
        return {*self.ours, *self.known, *(made["of"] for made in self.derived.values() if "of" in made)}

    def rounds(self, table: str) -> bool:
        return self.tables.get(table, {}).get("method", self.method) == "round"

    def least(self, table: str) -> float:
        """What an outsider knows a hidden count to be at least."""
        return 1.0 if self.zeros == "keep" and not self.rounds(table) else 0.0

    def is_acknowledged(self, commit: str) -> bool:
        """True for a commit of which somebody said that what it shows is known to all."""
        return any(commit.startswith(str(one["commit"])) for one in self.acknowledged)

    def is_small(self, row: Observation) -> bool:
        """True for a sensitive count that may not be shown for its own sake."""
        if row.value is None or row.indicator not in self.sensitive:
            return False
        return 0 < row.value < self.threshold or (row.value == 0 and self.zeros == "hide")


def load_policy(root: Path) -> Policy:
    """The policy. Raises `DataError` for a field that is missing or unknown, and for a value that protects nothing."""
    try:
        found = YAML(typ="safe").load((root / POLICY).read_text(encoding="utf-8"))
        policy = Policy(**found | {"approved_on": str(found["approved_on"] or "")})
    except (OSError, ValueError, TypeError, KeyError, YAMLError) as error:
        expected = ", ".join(field.name for field in dataclasses.fields(Policy))
        raise DataError(
            f"the policy cannot be read: {error}", file=str(POLICY), expected=expected, do="restore it with git"
        ) from error
    for name, problem in _problems(policy):
        raise DataError(f"{name} {problem}", file=str(POLICY), found=getattr(policy, name), do="correct it")
    return policy


def _problems(policy: Policy) -> Iterator[tuple[str, str]]:
    """Field, and what is wrong with it."""
    for name in ("policy", "approved_by"):
        if not isinstance(getattr(policy, name), str):
            yield name, "is no text"
    least = {"threshold": 2, "base": policy.threshold, "minimum_denominator": policy.threshold}
    for name, smallest in least.items():
        if type(getattr(policy, name)) is not int or getattr(policy, name) < smallest:
            yield name, f"is no whole number of {smallest} or more"
    if policy.zeros not in ("keep", "hide"):
        yield "zeros", "is neither keep nor hide"
    if policy.method not in METHODS:
        yield "method", "is neither suppress nor round"
    for name in ("protected_by_publisher", "sensitive", "open"):
        names = getattr(policy, name)
        if not isinstance(names, list) or not all(isinstance(one, str) for one in names):
            yield name, "is no list of names"
    for name in ("tables", "derived", "known"):
        if not isinstance(getattr(policy, name), dict):
            yield name, "is no list of `name: …`"
    if any(one not in [{"method": method} for method in METHODS] for one in policy.tables.values()):
        yield "tables", "gives a table something else than {method: suppress} or {method: round}"
    for made in policy.derived.values():
        fields = set(made) if isinstance(made, dict) else set()
        if not {"from"} <= fields <= {"from", "of"} or not isinstance(made["from"], list):
            yield "derived", "gives an indicator something else than {from: [counts], of: whole}"
        elif not made["from"] or not set(made["from"]) <= set(policy.sensitive) or made.get("of") in policy.derived:
            yield "derived", "names a count that is not under sensitive, or a whole that is itself derived"
    if not set(policy.known.values()) <= set(policy.sensitive):
        yield "known", "names a count that is not under sensitive"
    for name, fields in {"relations": ["by", "holds", "on", "sum"], "acknowledged": ["by", "commit", "on"]}.items():
        entries = getattr(policy, name)
        if not isinstance(entries, list) or any(not isinstance(one, dict) or sorted(one) != fields for one in entries):
            yield name, f"is no list of {{{', '.join(fields)}}}"
        elif any(not str(one["by"] or "").strip() or not str(one["on"] or "").strip() for one in entries):
            yield name, "does not say by whom and when"
    if any(one["holds"] not in ("yes", "no") for one in policy.relations):
        yield "relations", "says of a sum neither yes nor no"
    if any(not re.fullmatch("[0-9a-f]{10,40}", str(one["commit"])) for one in policy.acknowledged):
        yield "acknowledged", "names no commit by ten or more of its characters"
    placed = [*policy.sensitive, *policy.derived, *policy.open]
    if len(placed) != len(set(placed)):
        yield "open", "or sensitive or derived names an indicator a second time"


def check_names(policy: Policy, indicators: Mapping[str, set[str]]) -> None:
    """Every name in the policy is that of a table or of one of its `indicators`. Raises `DataError` otherwise."""
    wholes = {made["of"] for made in policy.derived.values() if "of" in made}
    unknown = {*policy.ours, *policy.known, *policy.open, *wholes} - set().union(*indicators.values())
    unknown |= {*policy.tables, *policy.protected_by_publisher} - set(indicators)
    twice = {one for one in policy.ours if sum(one in names for names in indicators.values()) > 1}
    for names, problem in ((unknown, "no table or indicator is called so"), (twice, "more than one table has it")):
        if names:
            raise DataError(problem, file=str(POLICY), found=", ".join(sorted(names)), do="correct the name")
