# SPDX-License-Identifier: EUPL-1.2
"""Datasets: registered sources come in, named and checked observations go out.

A dataset is a module with `TITLE`, `INDICATORS` and, where figures can be held against each other,
`check(rows, sectors)`; its sources are those that the register names for it, so a new year's workbook needs no code.
"""

from __future__ import annotations

import difflib
import importlib
import itertools
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from ...errors import DataError
from ...observations import areas
from ...observations.areas import Sector
from ...observations.observation import TOTAL_WORDS, Observation, breakdown_parts, breakdown_text, read_table, validate
from ...protection import protect
from ...protection.descriptor import read_sums
from ...protection.found_sums import judged_sums
from ...protection.policy import CONFIDENTIAL, POLICY, Policy, check_names, load_policy
from ...protection.relations import Sum
from .. import history, register, repository, revisions, titles
from ..checks import nearly_same, whole_counts
from ..repository import PROCESSED
from .indicator import Indicator

# Name → the module of that name here, in the order of the codebook.
DATASETS = {
    name: importlib.import_module(f".{name}", __package__)
    for name in (
        "inkomens", "armoederisico", "stadsmonitor", "werkzoekenden", "werkloosheid", "bevolking", "census",
        "thuistaal", "nieuwkomers", "kansarmoede", "schooltoelagen", "corona", "wijken", "losse_cijfers", "gaten",
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Everything that the raw files say: a sound table a dataset, and what belongs to what."""

    tables: dict[str, list[Observation]]
    sectors: list[Sector]
    sources: list[register.Source]
    policy: Policy
    hidden: list[protect.Hidden]  # as it was: never to leave the house
    sums: list[Sum]  # that the figures showed before some were hidden

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
    confidential = {source.file for source in registered if source.confidential}
    for name, module in DATASETS.items():
        read = named(coded(found[name], sectors, confidential), module.INDICATORS)
        tables[name] = checked(module, [*revisions.merged(read, registered), *kept[name]], sectors)
    _check_parts(tables)
    _check_folders(tables, registered, policy)
    earlier = [*history.shown(root, policy)] if confidential else []
    told = sums_told(root) if any(kept.values()) else []
    known = {row.key for rows in kept.values() for row in rows}
    read = [row for rows in tables.values() for row in rows if row.key not in known]
    told += judged_sums(
        read, policy, *_before(root, earlier, {row.indicator for rows in kept.values() for row in rows})
    )
    safe = protect.protect(tables, areas.inside(sectors), policy, earlier, [*dict.fromkeys(told)])
    sources = titles.dated(registered, (row for rows in safe.tables.values() for row in rows))
    return Cleaned(safe.tables, sectors, sources, policy, safe.hidden, safe.sums)


def checked(module: ModuleType, rows: Iterable[Observation], sectors: list[Sector]) -> list[Observation]:
    """The rows of a dataset in their order. Raises `DataError` for what cannot stand in its table."""
    rows = validate(rows)
    whole_counts(rows)
    if hasattr(module, "check"):
        module.check(rows, sectors)
    return rows


def _before(root: Path, earlier: protect.Earlier, kept: Set[str]) -> tuple[protect.Earlier, list[Sum]]:
    """What earlier versions show and tell of sums, but for indicators of which only the published tables are here."""
    rows = [(commit, row) for commit, row in earlier if row.indicator not in kept]
    sums = history.sums(root) if earlier else []
    return rows, [one for one in sums if not any(indicator in kept for indicator, _ in one.signs)]


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


def sums_told(root: Path) -> list[Sum]:
    """The sums that an earlier build found in figures, as its descriptor has them."""
    path = root / repository.PACKAGE
    return (read_sums(path.read_bytes()) or []) if path.is_file() else []


def coded(rows: Iterable[Observation], sectors: Iterable[Sector], confidential: Set[str]) -> list[Observation]:
    """Rows of wijken by their name get the code that the list of sectors gives them.

    In `confidential` files every area gets one: the city, and who is in no wijk, by their names too. Raises `DataError`
    for another name there, with the nearest ones. A wijk with its code is named as the list does; raises `DataError`
    where that code is another wijk's.
    """
    codes = {sector.wijk: sector.wijk_code for sector in sectors}
    wijken = {code: wijk for wijk, code in codes.items()}
    stadsdelen = {sector.stadsdeel for sector in sectors if sector.stadsdeel}
    result = []
    for row in rows:
        if not row.area_code and row.source in confidential and row.area not in stadsdelen:
            row = _placed(row, codes)
        elif not row.area_code and row.area in codes:
            row = replace(row, area_code=codes[row.area])
        wijk = wijken.get(row.area_code, row.area)
        if row.area != wijk:
            if row.area in codes:
                problem = f"the code {row.area_code} is that of {wijk}, not of {row.area}"
                raise row.error(problem, do="ask which of the two holds, and correct the other")
            row = replace(row, area=wijk)
        result.append(row)
    return result


def _placed(row: Observation, codes: Mapping[str, str]) -> Observation:
    """A row of a confidential file with the code of its area."""
    seen = "".join(sign for sign in row.area if unicodedata.category(sign) != "Cf")  # no joiners, soft hyphens, marks
    name = " ".join(seen.split()).casefold()
    if areas.pseudo(row.area):
        parts = {key: text for key, text in breakdown_parts(row.breakdown).items() if key not in areas.pseudo(row.area)}
        return replace(row, area_code=areas.NOWHERE, breakdown=breakdown_text(parts))
    if name in TOTAL_WORDS or name == "genk":
        return replace(row, area_code=areas.GENK, area="Genk")
    known = {wijk.casefold(): code for wijk, code in codes.items()}
    if name in known:
        return replace(row, area_code=known[name])
    near = difflib.get_close_matches(row.area, codes, n=3, cutoff=0.6)
    raise row.error(
        f"{row.area!r} is no wijk of the list of sectors",
        do=f"write it as the list does{': ' if near else ''}{' or '.join(near)}; those who are in no wijk stand in a row "
        "called Onbekend, all of Genk in a row called Genk",
    )


def named(rows: Iterable[Observation], indicators: Iterable[Indicator]) -> list[Observation]:
    """Give observations the identifiers of their indicators in place of the publisher's labels.

    A column that names no unit, or says no more than that it counts, takes that of its indicator, and the period after a
    break its flag.
    Raises `DataError` for a label that no indicator has and for a unit that is not its indicator's.
    """
    by_label = {label: indicator for indicator in indicators for label in indicator.labels}
    result = []
    for row in rows:
        indicator = by_label.get(row.indicator)
        if indicator is None:
            near = difflib.get_close_matches(row.indicator, by_label, n=3, cutoff=0.5) or sorted(by_label)
            raise row.error(
                f"an unknown indicator {row.indicator!r}: was a header moved or renamed?",
                found=row.indicator,
                expected=" | ".join(near),
                do="give the header its name back, or add the indicator to its module in datasets/",
            )
        if not indicator.takes(row.unit):
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
