# SPDX-License-Identifier: EUPL-1.2
"""Which relations hold between published counts: parts add up to totals, and a part is at most its whole.

Takes tidy rows and the areas; gives linear relations; called by `attack`, which asks what a hidden cell can still be,
and by `protect`, which hides or rounds so that they say too little.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..observations.observation import TOTAL_WORDS, Observation, breakdown_parts, breakdown_text

if TYPE_CHECKING:
    from .policy import Policy

Key = tuple[str, ...]
Part = tuple[str, str]  # of a breakdown: key and value
Inside = Mapping[str, Sequence[Sequence[str]]]  # area → the ways to cut it up
Series = tuple[str, str]  # indicator, and the one part of a breakdown that sets it apart: `geslacht=man`, or nothing
FAR = 1_000_000.0  # more than anything that is counted
CONTRADICTION = (
    "look for parts above a total, a row that is missing, and a group with people of another group in it; "
    "call a total `totaal`"
)
PER = {"%": 100, "‰": 1000}
EVERYBODY = re.compile(
    r"alle(?:n|s|maal)?(?: .*)?|iedereen|samen|beide.*|gezamenlijk|ongeacht.*"
)  # a total, unless a figure says no


@dataclass(frozen=True, slots=True)
class Group:
    """The people that a figure is about: what makes two rows of one indicator the same cell."""

    period: str
    area: str
    parts: frozenset[Part]  # of the breakdown

    @property
    def told_apart_by(self) -> frozenset[str]:
        return frozenset(key for key, _ in self.parts)


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum of counts, each times a factor, that lies between two ends.

    `found`: by figures that may be chance; `is_gone`: only in an earlier version.
    """

    terms: dict[Key, float]
    low: float
    high: float
    found: Sum | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Sum:
    """A series that is the sum of others, or everywhere at least that.

    `where_given`: it is where each has a row, which few places tell; of a group without a row it says nothing.
    `beside`: series that only together with the first are the sum of the others.
    """

    total: Series
    parts: tuple[Series, ...]
    or_more: bool = False
    where_given: bool = False
    beside: tuple[Series, ...] = ()

    @property
    def is_sure(self) -> bool:
        """True for one that holds also of groups without a row."""
        return not (self.or_more or self.where_given or self.beside)

    @property
    def signs(self) -> dict[Series, float]:
        """Each series, and with which sign it stands in what is nothing."""
        return dict.fromkeys((self.total, *self.beside), 1.0) | dict.fromkeys(self.parts, -1.0)

    @property
    def keys(self) -> set[str]:
        """The keys of breakdowns that its series are told apart by."""
        return {key for _, text in self.signs for key in breakdown_parts(text)}

    def names_any(self, indicators: Sequence[str]) -> bool:
        return any(indicator in indicators for indicator, _ in self.signs)

    @property
    def is_within_key(self) -> bool:
        """True for groups of one indicator and one key: then the total is no part beside the others."""
        return len({(indicator, text.partition("=")[0]) for indicator, text in self.signs}) == 1

    def __str__(self) -> str:
        sides = []
        for side in ((self.total, *self.beside), self.parts):
            sides.append(" + ".join(f"{indicator}[{part}]" if part else indicator for indicator, part in side))
        return f" {'≥' if self.or_more else '='} ".join(sides)


Totals = Mapping[tuple[str, Part], Set[Part]]  # indicator and part → the other parts that make it up
Cell = tuple[str, Group]  # indicator, and the people
Groups = Mapping[tuple[str, str], Set[Group]]  # indicator and period → groups that stand beside each other
Cuts = Mapping[str, Mapping[frozenset[str], list[Group]]]  # area → by what its people are told apart → groups


def group_of(key: Key) -> Group:
    """The people of a row; a part that is called `totaal` is none."""
    _, code, area, period, breakdown = key
    parts = breakdown_parts(breakdown).items()
    return Group(period, code or area, frozenset(part for part in parts if part[1].lower() not in TOTAL_WORDS))


def whole_of(group: Group, made: Mapping, unit: str = "%") -> Group:
    """Of whom the whole is: of the same group, or of all in the area when a share is one of the count itself."""
    of_all = made.get("of") in made["from"] and unit in PER
    return replace(group, parts=frozenset()) if of_all else group


def linked(
    rows: Iterable[Observation],
    elsewhere: Iterable[Observation],
    inside: Inside,
    policy: Policy,
    found: Sequence[Sum] = (),
    everywhere: bool = False,
    versions: Sequence[Groups] = (),
) -> Iterator[tuple[list[Observation], list[Relation]]]:
    """By period: the sensitive counts and what else is published of the same people, with every relation between them.

    `elsewhere`: rows of all tables, among them those of indicators that the policy names under `known`; `found`: sums
    that the figures show; `everywhere`: what few places tell holds of groups without a row too; `versions`: what stood
    beside each other, the newest first, when `rows` are of more than one.
    """
    forms = {replace(one, where_given=one.where_given and not everywhere): one for one in reversed(found)}
    found = [*reversed(forms)]
    totals = _totals_of(found)
    for period, counts in _by_period(rows, elsewhere, inside, policy).items():
        involved = {row.key: row for indicator in policy.sensitive for row in counts[indicator].values()}
        at = {name: {group: row.key for group, row in own.items()} for name, own in counts.items()}
        relations: list[Relation] = []
        for one, together in _groups_of(found, counts, at):
            keys = [at.setdefault(name, {}).setdefault(group, _key(name, group)) for name, group in together]
            shown = [counts[name].get(group) for name, group in together]
            if not _contradict(one, shown):
                most = math.inf if one.or_more else 0.0
                relations.append(Relation(_signed(keys, one), 0.0, most, forms[one]))
                involved |= {row.key: row for row in shown if row and row.value is not None}
                if one.is_sure:
                    involved |= _without_row(keys[1:], shown)
        for indicator in policy.sensitive:
            beside = [groups.get((indicator, period), frozenset()) for groups in versions]
            relations += sums(at.get(indicator, {}).values(), inside, totals, [*dict.fromkeys(beside)])
        for part, whole in _wholes(counts, policy):
            if whole.value is not None or whole.key in involved:
                involved[whole.key] = whole
                relations.append(Relation({whole.key: 1.0, part.key: -1.0}, 0.0, math.inf))
        if involved:
            yield list(involved.values()), relations


def _without_row(parts: Sequence[Key], shown: Sequence[Observation | None]) -> dict[Key, Observation]:
    """Blanks for the parts of a total that have no row: what others tell of them is told all the same."""
    other = next(row for row in shown if row)
    blank = replace(other, value=None, status="", area="", citation={})
    missing = [key for key, row in zip(parts, shown[1:], strict=True) if not row]
    return {key: replace(blank, indicator=key[0], area_code=key[1], breakdown=key[4]) for key in missing}


def _signed(keys: Sequence[Key], one: Sum) -> dict[Key, float]:
    sides = 1 + len(one.beside)
    return dict.fromkeys(keys[:sides], 1.0) | dict.fromkeys(keys[sides:], -1.0)


def _key(indicator: str, group: Group) -> Key:
    return (indicator, group.area, "", group.period, breakdown_text(dict(group.parts)))


def _contradict(one: Sum, shown: Sequence[Observation | None]) -> bool:
    """True where a total and its parts are all given and do not add up: an exception to a sum that holds elsewhere."""
    if not all(row and row.value is not None and "e" not in row.status for row in shown):
        return False
    values = [row.value for row in shown]
    sides = 1 + len(one.beside)
    left = sum(values[:sides]) - sum(values[sides:])
    return left < 0 if one.or_more else left != 0


def _by_period(
    rows: Iterable[Observation], elsewhere: Iterable[Observation], inside: Inside, policy: Policy
) -> Mapping[str, Mapping[str, dict[Group, Observation]]]:
    """For each period the rows of each indicator by their group; where another table has a count too, that one."""
    periods: dict = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        periods[row.period][row.indicator][group_of(row.key)] = row
    for row in elsewhere:
        if row.indicator not in policy.known or row.value is None or (row.area_code or row.area) not in inside:
            continue
        indicator, group = policy.known[row.indicator], group_of(row.key)
        counts = periods[row.period][indicator]
        if counts:
            same = counts.get(group, row)
            names = {"area_code": same.area_code, "area": same.area, "breakdown": same.breakdown}
            counts[group] = replace(row, indicator=indicator, status="", **names)  # also of a hidden or rounded one
    return periods


def _wholes(
    counts: Mapping[str, Mapping[Group, Observation]], policy: Policy
) -> Iterator[tuple[Observation, Observation]]:
    """Each count that something is derived from, with the whole that it is a part of."""
    for made in policy.derived.values():
        if "of" not in made:
            continue
        for count in made["from"]:
            for row in list(counts[count].values()):
                whole = counts[made["of"]].get(whole_of(group_of(row.key), made))
                if whole and whole.key != row.key:
                    yield row, whole


def sums(
    keys: Iterable[Key], inside: Inside, totals: Totals = MappingProxyType({}), versions: Sequence[Set[Group]] = ()
) -> list[Relation]:
    """Every total of one indicator and period with its parts: over a breakdown, and over the areas in an area.

    A total that is not published, but ties together what is, takes part under a key of its own. Of `totals` the figures
    showed that they are no parts beside the others. Parts are those that stand beside their total in one of `versions`:
    in another the same people may have other names.
    """
    at = {group_of(key): key for key in keys}
    _add_totals(at, inside, totals.keys())
    ways: list[tuple[Group, list[Group], bool]] = []
    for number, groups in enumerate(_with_rest([*at], versions) if versions else [set(at)]):
        beside = {group: at[group] for group in groups}
        names = {part for group in groups for part in group.parts}
        cuts = _add_totals(beside, inside, {total for total, parts in totals.items() if parts & names})
        ways += [(group, parts, number > 0) for group in beside for parts in _by_breakdown(group, cuts)]
    ways += [(group, parts, False) for group in at for parts in _by_area(group, inside)]
    found: dict[frozenset[Key], Relation] = {}
    for group, parts, is_gone in ways:
        terms = {at[group]: 1.0, **dict.fromkeys((at[part] for part in parts if part in at), -1.0)}
        if len(terms) > 1:
            found.setdefault(frozenset(terms), Relation(terms, 0.0, 0.0, is_gone=is_gone))
    return [*found.values()]


def _with_rest(groups: Iterable[Group], versions: Sequence[Set[Group]]) -> Iterator[Set[Group]]:
    """Versions, each with the groups without a row there, but whose names it has.

    Not one that lacks names of the first and has no other: it may lack people too.
    """
    names_of = [{part for group in own for part in group.parts} for own in versions]
    for own, names in zip(versions, names_of, strict=True):
        yield own if names < names_of[0] else {group for group in groups if group.parts <= names}


def _add_totals(at: dict[Group, Key], inside: Inside, no_parts: Set[tuple[str, Part]]) -> Cuts:
    """Adds the totals that tie groups together to `at`; gives all groups, by area and by what they are told apart."""
    parents: dict[str, list[str]] = defaultdict(list)
    for area, ways in inside.items():
        for way in ways:
            for part in way:
                parents[part].append(area)
    published = {group.area for group in at}
    cuts: dict = defaultdict(lambda: defaultdict(list))
    todo = list(at)
    while todo:
        group = todo.pop()
        indicator, above = at[group][0], parents[group.area]
        totals = [replace(group, area=parent) for parent in above if parent in published or len(above) == 1]
        if not any((indicator, part) in no_parts for part in group.parts):
            cuts[group.area][group.told_apart_by].append(group)
            totals += _common(group, cuts[group.area])
        for total in totals:
            if total not in at:
                at[total] = _key(indicator, total)
                todo.append(total)
    return cuts


def _common(group: Group, cuts: Iterable[frozenset[str]]) -> list[Group]:
    """What a group has in common with those of its area that are told apart by something else.

    Counts by sex and age, and counts by sex and origin, both add up to counts by sex.
    """
    found = []
    for cut in cuts:
        if not (group.told_apart_by <= cut or cut <= group.told_apart_by):
            found.append(replace(group, parts=frozenset(part for part in group.parts if part[0] in cut)))
    return found


def _by_breakdown(group: Group, cuts: Cuts) -> Iterator[list[Group]]:
    """The ways in which the people of a group are told apart further, but in no more ways than needed."""
    finer = [cut for cut in cuts[group.area] if group.told_apart_by < cut]
    for cut in finer:
        if not any(other < cut for other in finer):
            yield [part for part in cuts[group.area][cut] if group.parts <= part.parts]


def _by_area(group: Group, inside: Inside) -> Iterator[list[Group]]:
    """The same people in the areas that lie in the area, for each way to cut it up."""
    for way in inside.get(group.area, ()):
        yield [replace(group, area=part) for part in way]


def _totals_of(sums: Iterable[Sum]) -> Totals:
    found: dict[tuple[str, Part], set[Part]] = defaultdict(set)
    for one in sums:
        if one.is_sure and one.is_within_key:
            for part in breakdown_parts(one.total[1]).items():
                found[one.total[0], part].update(*(breakdown_parts(text).items() for _, text in one.parts))
    return found


def _groups_of(
    sums: Iterable[Sum], counts: Mapping[str, Iterable[Group]], at: Mapping[str, Iterable[Group]]
) -> Iterator[tuple[Sum, list[tuple[str, Group]]]]:
    """Each sum with its total and parts, for all groups of which one is in `counts`: indicator → groups of one period.

    `at`: the same with groups that have no row, but stand in the sums before.
    """
    for one in sums:
        series = [(name, frozenset(breakdown_parts(text).items())) for name, text in one.signs]
        bases: dict[tuple, None] = {}
        for name, parts in series:
            for group in counts.get(name, ()):
                rest = group.parts - parts
                if parts <= group.parts and not any(key in one.keys for key, _ in rest):
                    bases[group.period, group.area, rest] = None
        for period, area, rest in bases:
            total, *terms = [(name, Group(period, area, rest | parts)) for name, parts in series]
            if one.or_more and not one.beside:  # of a part without a row it says nothing
                terms = [(name, group) for name, group in terms if group in at.get(name, ())]
                if not terms or total[1] not in (counts if one.where_given else at).get(total[0], ()):
                    continue
            elif one.where_given and not all(group in counts.get(name, ()) for name, group in (total, *terms)):
                continue
            yield one, [total, *terms]
