# SPDX-License-Identifier: EUPL-1.2
"""What must be true of sensitive figures before anybody can tell whether they are protected."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal

from ..observations.ages import read_ages
from ..observations.areas import GENK, NOWHERE
from ..observations.observation import Observation, breakdown_parts, number_text
from ..observations.periods import months_of
from ..spreadsheets.addresses import range_boundaries
from .policy import POLICY, Policy
from .relations import EVERYBODY, Inside, Key, Relation, Sum, group_of

Rows = Sequence[Observation]
STEPS = 4  # in rows in order of size one of so many steps may go the other way; by chance every second one does


def check_placed(rows: Rows, inside: Inside, policy: Policy, found: Iterable[Sum] = ()) -> None:
    """Every indicator is in the policy, and every sensitive cell is there once, of an area that sums can be made of.

    `found`: sums that the figures show.
    """
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
                expected="Genk, a wijk or sector of the list, Onbekend, or a stadsdeel once every wijk is in one",
                do="correct the area: what follows from sums over areas cannot be seen otherwise",
            )
        other = seen.setdefault((row.indicator, group_of(row.key)), row)
        if other is not row:
            raise row.error(f"the same sensitive cell stands in {other.cell} too", do="take one of the two out")
        named = {"period": row.period, **breakdown_parts(row.breakdown)}
        for kind, text in named.items() if row.indicator in policy.sensitive else ():
            alike.setdefault((row.indicator, kind), {}).setdefault(text, row)
    for row in (row for row in rows if "of" in policy.derived.get(row.indicator, ()) and row.value is not None):
        if any((one, group_of(row.key)) not in seen for one in policy.derived[row.indicator]["from"]):
            raise row.error(
                f"a figure made of {', '.join(policy.derived[row.indicator]['from'])}, which is not there",
                do="give that count as well: without it nobody can tell whether it is small",
            )
    for (indicator, kind), texts in alike.items():
        _check_apart(indicator, kind, texts, found)


def _check_apart(indicator: str, kind: str, texts: Mapping[str, Observation], found: Iterable[Sum]) -> None:
    """Periods and ages of one indicator lie apart, or the figures show that the wider one is a sum of the others."""
    wider_ones = {one.total[1] for one in found if one.total[0] == indicator and one.is_sure and one.is_within_key}
    spans = {}
    for text, row in texts.items():
        if kind == "period":
            spans[text] = _days(text)
        elif ages := read_ages(text):
            if kind.startswith("leeftijd") or re.search(r"\d", text):
                spans[text] = ages
        elif kind.startswith("leeftijd") and not _NO_AGES.fullmatch(text.casefold()):
            raise row.error(
                f"{kind}: the label {text!r} cannot be read as ages",
                do="write it as 18-24, 18 t.e.m. 24, 18 tot 25, tot 18, <18, 65+, 65 en ouder, minderjarig or "
                "onbekend: whether groups overlap cannot be seen otherwise",
            )
    for (text, one), (other, wide) in itertools.permutations(spans.items(), 2):
        if {f"{kind}={text}", f"{kind}={other}"} & wider_ones:
            continue
        if lies_in(one, wide) or (kind != "period" and one[0] <= wide[0] <= one[1]):
            raise texts[text].error(
                f"{kind}: this sensitive figure lies within, or overlaps with, that of cell {texts[other].cell}",
                do="give one of the two, or the wider one as an indicator of its own under derived",
            )


def check_periods(rows: Rows, earlier: Iterable[tuple[str, Observation]], policy: Policy) -> None:
    """Raises `DataError` where an earlier version has a period that lies in one of now, or around it.

    Of an indicator with a count that is hidden, now or then, the two may tell it.
    """
    earlier = [(commit, row) for commit, row in earlier if row.indicator in policy.sensitive]
    every = [*rows, *(row for _, row in earlier)]
    hides = {row.indicator for row in every if row.value is None or policy.is_small(row)}
    now = {(row.indicator, row.period): row for row in rows if row.indicator in hides}
    then = {(row.indicator, row.period): commit for commit, row in earlier if row.indicator in hides}
    for ((indicator, period), row), ((other, before), commit) in itertools.product(now.items(), then.items()):
        one, another = _days(period), _days(before)
        if indicator == other and one != another and (lies_in(one, another) or lies_in(another, one)):
            raise row.error(
                f"{indicator} of {period}, and of {before} in commit {commit[:10]}: one lies in the other",
                do="give the same periods as then, or say under acknowledged in "
                f"{POLICY} who accepts that: {{commit: …, by: …, on: …}}",
            )


def _days(period: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Month and day of its first and of its last day."""
    first, last = months_of(period)
    day = int(period[8:]) if period.count("-") == 2 else None
    return (first, day or 1), (last, day or 31)


def lies_in(one: tuple, other: tuple) -> bool:
    """True for a span, of months, days or ages, of which both ends are in another."""
    return other[0] <= one[0] <= one[1] <= other[1]


_NO_AGES = re.compile(rf"totaal|total|{EVERYBODY.pattern}|onbekend.*|ongekend.*|niet (?:ge|be)kend")


def check_sums(rows: Rows, relations: Sequence[Relation]) -> None:
    """Parts add up to their total where all of them are known. Raises `DataError` otherwise."""
    at = {row.key: row for row in rows}
    for relation in relations:
        involved = [at.get(key) for key in relation.terms]
        if relation.low < relation.high or not all(row and row.value is not None for row in involved):
            continue
        if [factor for factor in relation.terms.values() if factor > 0] != [1.0]:
            continue  # two sides, which the figures themselves tell
        total, *parts = involved
        found = sum(row.value for row in parts)
        if found != total.value:
            raise total.error(
                "the parts do not add up to this total: a row is wrong or missing",
                found=f"{number_text(found)}, the sum of {', '.join(row.cell for row in parts)}",
                expected=number_text(total.value),
                do="give those who are in no part a row of their own (of areas: with the code 71016ZZZZ), and groups "
                "that overlap a column each",
            )


def in_other_tables(rows: Rows, policy: Policy) -> set[Key]:
    """Keys of sensitive cells that stand in another table as well. Raises `DataError` when the two differ."""
    at = {(row.indicator, group_of(row.key)): row for row in rows if row.indicator in policy.sensitive}
    found = set()
    for row in rows:
        own = at.get((policy.known.get(row.indicator), group_of(row.key)))
        if own is None or row.value is None:
            continue
        if own.value not in (None, row.value):
            raise own.error(
                f"{row.indicator} in {row.source}, cell {row.cell}, says otherwise",
                do=f"if that counts something else, take it out of `known` in {POLICY}",
            )
        found.add(own.key)
    return found


def check_order(rows: Rows, hidden: Set[Key]) -> None:
    """Raises `DataError` for a sheet that stands in order of size: then an address tells between what a count lies."""
    series: dict[tuple, list[Observation]] = defaultdict(list)
    for row in rows:
        if row.value is not None and row.period and row.area_code not in (GENK, NOWHERE):
            series[row.source, row.sheet, row.indicator, row.period, row.breakdown].append(row)
    for own in series.values():
        own.sort(key=_place_in_sheet)
        by_name = any(names == sorted(names) for names in ([row.area_code for row in own], [row.area for row in own]))
        if not by_name and _by_size([row.value for row in own]) and any(row.key in hidden for row in own):
            raise own[0].error(
                "these rows stand in order of size, so that the address of a hidden count tells between what it lies",
                do="sort the sheet by wijk and register it again",
            )


def _by_size(values: Sequence[Decimal]) -> bool:
    """True for figures that go up, or down, but for few steps: also in blocks, or with a few out of place."""
    kept = [value for value, _ in itertools.groupby(values)]
    ups = sum(one < other for one, other in itertools.pairwise(kept))
    downs = len(kept) - 1 - ups
    return len(values) > 3 and len({*values}) > 2 and min(ups, downs) <= max(len(kept) - 5, 0) // STEPS


def _place_in_sheet(row: Observation) -> tuple[int, int]:
    left, top, _, _ = range_boundaries(row.cell)
    return top, left
