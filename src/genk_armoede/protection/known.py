# SPDX-License-Identifier: EUPL-1.2
"""Figures of other tables that count the same people: under which area and period of the sensitive table they belong.

Takes tidy rows; gives them with the area code and the period of the count that they tell; called by `protect` and
`attack`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ..observations.areas import GENK
from ..observations.observation import Observation
from ..observations.periods import months_of
from .checks import lies_in
from .policy import POLICY, Policy
from .relations import Inside, group_of

APART = f"give both the same period or code, or take the indicator out of known in {POLICY} when it counts others"


def placed(rows: Sequence[Observation], inside: Inside, policy: Policy) -> list[Observation]:
    """All rows; those that `known` names under the area and the period of the sensitive count that is the same.

    2021-12-31 and 2021-12 are the year 2021 when nothing else of that year is known. Raises `DataError` for a figure
    of which that cannot be told.
    """
    counts: dict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        if row.indicator in policy.sensitive:
            counts[row.indicator].append(row)
    codes = {name: _codes(own) for name, own in counts.items()}
    periods = {name: {row.period for row in own} for name, own in counts.items()}
    linked, seen = [], {}
    for row in rows:
        sensitive = policy.known.get(row.indicator)
        if row.value is None or sensitive not in counts:
            linked.append(row)
            continue
        same = _period(row, periods[sensitive])
        if not same:
            linked.append(row)  # of a time of which nothing is counted here
            continue
        one = replace(row, area_code=_code(row, codes[sensitive], inside), period=same)
        other = seen.setdefault((one.indicator, group_of(one.key)), row)
        if other is not row:
            raise row.error(
                f"{row.indicator}: {row.period} and {other.period} (cell {other.cell}) may both be {same}", do=APART
            )
        linked.append(one)
    return linked


def _codes(rows: Iterable[Observation]) -> Mapping[str, str]:
    named = {row.area.casefold(): row.area_code for row in rows if row.area_code}
    return named | {"genk": GENK}


def _code(row: Observation, codes: Mapping[str, str], inside: Inside) -> str:
    """The code of its area, by its name when it has none."""
    if row.area_code or row.area in inside:
        return row.area_code
    if row.area.casefold() not in codes:
        raise row.error(
            f"{row.indicator} counts the same people as a sensitive figure, but {row.area!r} has no code",
            expected=", ".join(sorted(codes)[:8]),
            do=APART,
        )
    return codes[row.area.casefold()]


def _period(row: Observation, periods: Iterable[str]) -> str:
    """The period of the sensitive counts that is the same; empty when none is near."""
    if row.period in periods:
        return row.period
    own = months_of(row.period)
    spans = {period: months_of(period) for period in periods}
    near = [period for period, span in spans.items() if lies_in(own, span) or lies_in(span, own)]
    if len(near) > 1:
        raise row.error(
            f"{row.indicator} of {row.period} may be the same as that of {', '.join(sorted(near))}", do=APART
        )
    return near[0] if near else ""
