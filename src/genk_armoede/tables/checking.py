# SPDX-License-Identifier: EUPL-1.2
"""A file that came in, held against another or against its dataset as it was last built; nothing is registered.

Takes paths; gives what is noticed, the gravest first; called by `cli`, also before it registers.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

from .. import layouts
from ..errors import DataError
from ..observations import areas
from ..observations.areas import Sector
from ..observations.observation import Observation, read_table
from ..protection.policy import CONFIDENTIAL, Policy, load_policy
from ..protection.protect import check_totals
from ..spreadsheets.workbook import Workbook, open_workbook
from . import datasets, register, registering
from .checks import hyphened
from .comparing import Finding, Gravity, Rows, compare, key_of, nearest
from .plausible import impossible, jumps
from .repository import PROCESSED


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that is noticed about a file. `against`: what it was held against, in words for a reader."""

    file: str
    against: str
    findings: list[Finding]  # the gravest first
    left_out: list[str]  # of the file, in the words of its layout
    confidential: bool = False

    @property
    def gravity(self) -> Gravity:
        return self.findings[0].gravity if self.findings else Gravity.TOLD


def against_file(path: Path, other: Path, answers: Sequence[str] = (), table: str = "") -> Checked:
    """A file beside another of the same kind, with their publisher's labels. `DataError` when one is unreadable.

    `table`: which of the several tables of a zip.
    """
    (rows, left_out), (known, _) = _read_any(path, answers, table), _read_any(other, answers, table)
    return _checked(path, other.name, left_out, [*compare(rows, known, known), *impossible(rows), *jumps(rows, known)])


def _read_any(path: Path, answers: Sequence[str], table: str) -> tuple[list[Observation], list[str]]:
    """What `tidy` reads of a file: a sheet that no layout reads, such as a list of codes, is passed over."""
    readings, passed = layouts.recognise(register.opened(path, [], table), answers=layouts.Answers(answers))
    rows = [hyphened(row) for reading in readings for row in reading.rows]
    left_out = [f"{one.sheet.name}: {what}".removeprefix(": ") for one in readings for what in one.left_out]
    return rows, left_out + [f"{name}: the whole sheet" for name in passed]


def against_dataset(
    root: Path, path: Path, dataset: str, ignored: Collection[str] = (), answers: Sequence[str] = (), table: str = ""
) -> Checked:
    """A file beside the table of its dataset, and held to the checks of that dataset.

    Where a file of this name is registered, its figures are those that this one replaces. `ignored`: labels of
    indicators that are set aside; `answers`: about the file; `table`: which of the several tables of a zip. Raises
    `DataError` for a file that cannot be read.
    """
    with register.discreet({path.name} if _is_confidential(path) else ()):
        return _against_dataset(root, path, dataset, ignored, answers, table)


def _against_dataset(
    root: Path, path: Path, dataset: str, ignored: Collection[str], answers: Sequence[str], table: str
) -> Checked:
    module = datasets.DATASETS[dataset]
    registered = register.entry(root, path.name)
    workbook = register.opened(path, registered.sheets if registered else (), table)
    ignored = {*ignored, *(registered.ignored if registered else ())}
    read_rows, left_out = read(workbook, registered, answers)
    raw = [row for row in read_rows if row.indicator not in ignored]
    unknown = [*_unknown(raw, module.INDICATORS)]
    bad = {finding.row.indicator for finding in unknown}
    sectors = _sectors(root, workbook)
    confidential = {path.name} if _is_confidential(path) else set()
    wanted = [row for row in raw if row.indicator not in bad]
    rows = datasets.named(datasets.coded(wanted, sectors, confidential), module.INDICATORS)
    table = root / PROCESSED / f"{dataset}.csv"
    known = read_table(table.read_bytes()) if table.is_file() else []
    replaced = [row for row in known if row.source == path.name]
    found = [*unknown, *compare(rows, known, replaced), *impossible(rows), *jumps(rows, known)]
    found = [replace(f, gravity=Gravity.TOLD) if f.kind == "new indicator" and f not in unknown else f for f in found]
    if not any(finding.gravity == Gravity.WRONG for finding in found):
        new = {key_of(row) for row in [*rows, *replaced]}
        kept = [row for row in known if key_of(row) not in new]
        policy = load_policy(root)
        sensitive = bool(confidential) and dataset not in policy.protected_by_publisher
        found += _refused(rows, kept, module, sectors, confidential, policy if sensitive else None)
    return _checked(path, dataset, left_out, found)


def _is_confidential(path: Path) -> bool:
    return path.resolve().parent.name == CONFIDENTIAL.name


def _checked(path: Path, against: str, left_out: list[str], found: Sequence[Finding]) -> Checked:
    order = (Gravity.WRONG, Gravity.LOOK, Gravity.TOLD)
    ordered = sorted(found, key=lambda one: order.index(one.gravity))
    return Checked(path.name, against, ordered, left_out, _is_confidential(path))


def read(
    workbook: Workbook, registered: register.Source | None = None, answers: Sequence[str] = ()
) -> tuple[list[Observation], list[str]]:
    """Observations of every sheet that holds figures, registered notes aside, and what their layouts left out.

    Raises `DataError` when there is none.
    """
    sheets = registered.sheets if registered else {}
    notes = {name for name, sheet in sheets.items() if sheet["layout"] == register.NOTES}
    found: list[Observation] = []
    left_out: list[str] = []
    given = layouts.Answers(answers)
    for name, layout in registering.recognised(workbook, notes, given):
        if layout not in (register.NOTES, register.AREAS):
            sheet = workbook.sheet(name)
            sheet.answers = given.of(sheet)
            reading = layouts.read(layout, sheet)
            found += map(hyphened, reading.rows)
            left_out += [f"{name}: {what}" if name else what for what in reading.left_out]
    if not found:
        raise DataError("there are no figures in this file", file=workbook.file)
    return found, left_out


def _unknown(rows: Rows, indicators: Sequence[datasets.Indicator]) -> Iterator[Finding]:
    """Labels that the dataset has no indicator for, and units that are not its indicator's: one finding each."""
    by_label = {label: indicator for indicator in indicators for label in indicator.labels}
    first = {(row.indicator, row.unit): row for row in reversed(rows)}
    for (label, unit), row in sorted(first.items()):
        if label not in by_label:
            yield Finding("new indicator", Gravity.WRONG, row, name=label, near=nearest(label, by_label))
        elif not by_label[label].takes(unit):
            yield Finding("unit", Gravity.WRONG, row, name=unit, near=by_label[label].unit)


def _sectors(root: Path, workbook: Workbook) -> list[Sector]:
    """What lies in what, of every registered list that is here; that of the file itself where it has one."""
    found = []
    for source in register.load_register(root):
        if not any(sheet["layout"] == register.AREAS for sheet in source.sheets.values()):
            continue
        if source.file == workbook.file:
            found += register.read_areas(source, workbook)
        elif (root / source.path).is_file():
            found += register.read_areas(source, open_workbook(root / source.path))
    return found


def _refused(
    rows: Rows, known: Rows, module: ModuleType, sectors: list[Sector], confidential: Set[str], policy: Policy | None
) -> Iterator[Finding]:
    """The first thing that a build would stop at, once this file is taken over. `policy`: by which it is protected."""
    try:
        with register.discreet(confidential):
            together = datasets.checked(module, [*known, *rows], sectors)
            if policy:
                check_totals(together, areas.inside(sectors), policy)
    except DataError as error:
        at = next((row for row in rows if (row.sheet, row.cell) == (error.sheet, error.cell)), rows[0])
        may_tell = not confidential or error.file in confidential  # of another file it can hold figures of this one
        yield Finding("refused", Gravity.WRONG, at, said=str(error) if may_tell else "")


def labels_set_aside(
    path: Path, dataset: str, only: Sequence[str], ignore: Sequence[str], answers: Sequence[str] = (), table: str = ""
) -> list[str]:
    """Labels of the indicators of a file that are not wanted: those of `ignore`, or all but those of `only`.

    An indicator is named by its label or its identifier. Raises `DataError` for one that is not in the file.
    """
    labels = sorted({row.indicator for row in read(register.opened(path, (), table), answers=answers)[0]})
    ids = {label: one.id for one in datasets.DATASETS[dataset].INDICATORS for label in one.labels}
    names = {*labels, *(ids[label] for label in labels if label in ids)}
    for name in [*only, *ignore]:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=3, cutoff=0.5) or sorted(names)
            raise DataError(
                "this indicator is not in the file",
                file=path.name,
                found=name,
                expected=" | ".join(near),
                do="name it as the file does, or by its identifier in the codebook",
            )
    given = {*only, *ignore}
    told = {label for label in labels if label in given or ids.get(label) in given}
    return [label for label in labels if (label not in told if only else label in told)]
