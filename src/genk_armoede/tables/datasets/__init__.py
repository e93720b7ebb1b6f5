# SPDX-License-Identifier: EUPL-1.2
"""Datasets: registered sources come in, named and checked observations go out.

A dataset is a module with `TITLE`, `INDICATORS` and, where figures can be held against each other,
`check(rows, sectors)`; its sources are those that the register names for it, so a new year's workbook needs no code.
"""

from __future__ import annotations

import difflib
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ...errors import DataError
from ...observations import areas
from ...observations.areas import Sector
from ...observations.observation import Observation, breakdown_parts, breakdown_text, read_table, validate
from ...protection import protect
from ...protection.policy import CONFIDENTIAL, POLICY, Policy, check_names, load_policy
from .. import history, register, repository, revisions
from ..checks import nearly_same, whole_counts
from ..repository import PROCESSED
from . import (
    armoederisico,
    bevolking,
    census,
    corona,
    gaten,
    inkomens,
    kansarmoede,
    losse_cijfers,
    nieuwkomers,
    schooltoelagen,
    stadsmonitor,
    thuistaal,
    werkloosheid,
    werkzoekenden,
    wijken,
)
from .indicator import Indicator

_MODULES = (
    inkomens, armoederisico, stadsmonitor, werkzoekenden, werkloosheid, bevolking, census, thuistaal, nieuwkomers,
    kansarmoede, schooltoelagen, corona, wijken, losse_cijfers, gaten,
)  # fmt: skip
DATASETS = {module.__name__.rpartition(".")[2]: module for module in _MODULES}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Everything that the raw files say: a sound table a dataset, and what belongs to what."""

    tables: dict[str, list[Observation]]
    sectors: list[Sector]
    sources: list[register.Source]
    policy: Policy
    hidden: list[protect.Hidden]  # as it was: never to leave the house

    @property
    def hidden_count(self) -> int:
        """How many cells that the policy is about the tables do not show."""
        ours = self.policy.ours
        return sum(row.status == "c" for rows in self.tables.values() for row in rows if row.indicator in ours)


def clean(root: Path) -> Cleaned:
    """Read every registered file, check what it says, and hide small counts. Raises `DataError` at the first thing wrong.

    A confidential file that is not here leaves its rows as an earlier build published them.
    """
    policy = load_policy(root)
    for path in sorted(history.ever_tracked(root, CONFIDENTIAL)):
        raise DataError(
            "a confidential file is or was in version control",
            file=path,
            do="take it out of every commit, for example with git filter-repo, before anyone fetches them",
        )
    check_names(policy, {name: {one.id for one in module.INDICATORS} for name, module in DATASETS.items()})
    registered = register.load_register(root)
    mixed = {source.dataset for source in registered if source.confidential}
    with register.discreet({source.file for source in registered if source.dataset in mixed}):
        return _clean(root, registered, policy)


def _clean(root: Path, registered: list[register.Source], policy: Policy) -> Cleaned:
    """`clean`, once it is known that the confidential files are not in version control."""
    kept: dict[str, list[Observation]] = defaultdict(list)
    found: dict[str, list[Observation]] = {name: [] for name in DATASETS}
    sectors: list[Sector] = []
    for source in registered:
        if source.dataset not in DATASETS:
            raise DataError(
                f"{source.file} belongs to dataset {source.dataset!r}, which does not exist",
                file=str(repository.REGISTER),
                expected=f"one of: {', '.join(DATASETS)}",
                do="correct its dataset, or add a module to datasets/",
            )
        if source.confidential and source.dataset in policy.protected_by_publisher:
            raise DataError(
                f"{source.file} is confidential, but small counts in {source.dataset} are not hidden",
                file=str(POLICY),
                do=f"register it for another dataset, or take {source.dataset} out of protected_by_publisher",
            )
        if source.confidential and not (root / source.path).is_file():
            kept[source.dataset] += published(root, source)
            continue
        workbook = register.open_source(root, source)
        found[source.dataset] += register.read_source(source, workbook)
        sectors += register.read_areas(source, workbook)
    tables = {}
    for name, module in DATASETS.items():
        read = named(coded(found[name], sectors), module.INDICATORS)
        rows = validate([*revisions.merged(read, registered), *kept[name]])
        whole_counts(rows)
        if hasattr(module, "check"):
            module.check(rows, sectors)
        tables[name] = rows
    _check_parts(tables)
    _check_folders(tables, registered, policy)
    confidential = any(source.confidential for source in registered)
    earlier = [*history.shown(root, policy.watched)] if confidential else []
    tables, hidden = protect.protect(tables, areas.inside(sectors), policy, earlier)
    return Cleaned(tables, sectors, registered, policy, hidden)


def _check_parts(tables: dict[str, list[Observation]]) -> None:
    """Raises `DataError` for a breakdown value that is nearly another one of its key, here or in another table.

    The one that stands in fewer rows is the new one.
    """
    seen: dict[str, dict[str, Observation]] = defaultdict(dict)
    counts: Counter[tuple[str, str]] = Counter()
    for row in (row for rows in tables.values() for row in rows):
        for key, value in breakdown_parts(row.breakdown).items():
            seen[key].setdefault(value, row)
            counts[key, value] += 1
    for key, values in seen.items():
        known = sorted(values, key=lambda value, key=key: counts[key, value])
        for one, other in itertools.combinations(known, 2):
            if nearly_same(one, other):
                raise values[one].error(
                    f"a new value of {key}, nearly one that is known",
                    found=one,
                    expected=f"did you mean {other!r}, as in {values[other].source}, {values[other].cell}?",
                    do="spell it as there; if it is another part, give it a name that differs more",
                )


def _check_folders(tables: dict[str, list[Observation]], registered: list[register.Source], policy: Policy) -> None:
    """Sensitive figures come from the folder that is not in version control. Raises `DataError` otherwise."""
    public = {source.file for source in registered if not source.confidential}
    for row in (row for rows in tables.values() for row in rows if row.indicator in policy.ours):
        if row.source in public:
            raise row.error(
                f"{row.indicator} is sensitive, and {repository.RAW} is in version control",
                do=f"move the file to {CONFIDENTIAL} and register it there",
            )


def published(root: Path, source: register.Source) -> list[Observation]:
    """The rows of a file in the processed table of its dataset."""
    path = root / PROCESSED / f"{source.dataset}.csv"
    rows = read_table(path.read_bytes()) if path.is_file() else []
    return [row for row in rows if row.source == source.file]


def coded(rows: Iterable[Observation], sectors: Iterable[Sector]) -> list[Observation]:
    """Rows of wijken by their name get the code that the list of sectors gives them."""
    codes = {sector.wijk: sector.wijk_code for sector in sectors}
    return [replace(r, area_code=codes[r.area]) if not r.area_code and r.area in codes else r for r in rows]


def named(rows: Iterable[Observation], indicators: Iterable[Indicator]) -> list[Observation]:
    """Give observations the identifiers of their indicators in place of the publisher's labels.

    A column that names no unit takes that of its indicator, and the period after a break its flag.
    Raises `DataError` for a label that no indicator has and for a unit that is not its indicator's.
    """
    by_label = {indicator.label: indicator for indicator in indicators}
    result = []
    for row in rows:
        indicator = by_label.get(row.indicator)
        if indicator is None:
            near = difflib.get_close_matches(row.indicator, by_label, n=3, cutoff=0.5) or sorted(by_label)
            raise row.error(
                "an unknown indicator: was a header moved or renamed?",
                found=row.indicator,
                expected=" | ".join(near),
                do="give the header its name back, or add the indicator to its module in datasets/",
            )
        if row.unit not in ("", indicator.unit):
            raise row.error(
                f"another unit for {row.indicator!r}",
                found=row.unit,
                expected=indicator.unit,
                do="correct the header, or the unit of the indicator in datasets/",
            )
        parts = breakdown_parts(row.breakdown) | breakdown_parts(indicator.breakdown)
        broken = row.period in indicator.breaks or (row.area_code, row.period) in indicator.area_breaks
        flags = {*row.status, *("b" if broken else "")}
        result.append(
            replace(
                row,
                indicator=indicator.id,
                breakdown=breakdown_text(parts),
                unit=indicator.unit,
                status="".join(sorted(flags)),
            )
        )
    return result
