# SPDX-License-Identifier: EUPL-1.2
"""A new or changed raw file is taken into the register, with the answers that it needs to be read.

Takes a file in `data/raw/` and what is said of it; gives the register's entry, written; called by `cli`, and for its
layouts and answers by `checking`.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML

from ..errors import DataError
from ..protection.policy import CONFIDENTIAL
from ..spreadsheets.workbook import Workbook
from . import history
from .register import AREAS, DESCRIPTION, NO_LONGER, NOTES, checksum, discreet, entry, folder_of, load_register, opened
from .repository import REGISTER, write_beside

if TYPE_CHECKING:
    from ..layouts.answers import Answers

HAND = "--transcribed (what was typed by hand, and from where) or --from (where the file came from as it is)"
AS_IT_CAME = "Niets is met de hand overgenomen: het bestand is zoals het kwam van {}."


def register(
    root: Path,
    path: Path,
    dataset: str = "",
    answers: Sequence[str] = (),
    who: str = "",
    accepted: str = "",
    ignored: Sequence[str] = (),
    transcribed: str = "",
    origin: str = "",
    table: str = "",
    **description: str,
) -> str:
    """Take a new or changed file into the register; gives a line that says what was done, and one for each answer.

    `accepted`: why what `check` wants looked at is right. `ignored`: labels of indicators to set aside. `transcribed`:
    what was typed by hand and from where; `origin`: where the file came from, when nothing was. `table`: which of the
    several tables of a zip.

    Reads the file first, so that nothing is registered that cannot be read. A changed file keeps its
    description and answers; a new one needs dataset, publisher, title, url and licence, and both need one of
    `transcribed` and `origin` where `must_say` (`ValueError` otherwise). Where a new one cannot be read without, it
    takes over the answers of the other files of its dataset.
    """
    confidential = folder_of(root, path) == (root / CONFIDENTIAL).resolve()
    given = {name: text for name, text in {"dataset": dataset, **description}.items() if text}
    given |= _by_hand(transcribed, origin)
    yaml, entries = _entries(root)
    known = entries.get(path.name)
    registered = known["sheets"] if known else {}
    with discreet({path.name} if confidential else ()):
        workbook = opened(path, registered, table)
        notes = {name for name, sheet in registered.items() if sheet["layout"] == NOTES}
        kept = _kept(known, answers, who)
        layouts, taken = _with_answers(workbook, notes, kept, [] if known else _of_dataset(entries, dataset))
    found = checksum(path)
    if known is None:
        _refuse_missing(given)
        known = entries[path.name] = {}
    elif found == known["sha256"]:
        if _says(known, given, ignored) and kept == [dict(one) for one in known.get("answers", [])]:
            return f"{path.name} was registered already and has not changed"
    elif "origin" in known and not (transcribed or origin):
        raise ValueError(f"{path.name} is no longer as it came from {known['origin']}: give {HAND}")
    if transcribed:
        known.pop("origin", None)
    _change(known, given, found, accepted, ignored)
    if confidential:
        known["confidential"] = True
        history.set_hook(root)
    known["sheets"] = {name: registered.get(name, {"layout": layout}) for name, layout in layouts.items()}
    if kept or taken:
        known["answers"] = [*kept, *taken]
    text = io.StringIO()
    yaml.dump(entries, text)
    write_beside(root / REGISTER, text.getvalue().encode())
    done = ", ".join(f"{name or 'table'} ({sheet['layout']})" for name, sheet in known["sheets"].items())
    told = [f"  answered: {one['answer']} ({one['who']}, {one['when']})" for one in [*kept, *taken]]
    return "\n".join([f"{path.name} is registered: {done}", *told])


def _entries(root: Path) -> tuple[YAML, dict]:
    """The register with its comments and quotes, and what writes it so."""
    yaml = YAML()
    yaml.preserve_quotes, yaml.width = True, 10_000  # a title is not broken over lines
    yaml.representer.ignore_aliases = lambda value: True  # one date that stands in two places is written twice
    if not (root / REGISTER).is_file():
        return yaml, yaml.load("{}")
    load_register(root)
    return yaml, yaml.load((root / REGISTER).read_text(encoding="utf-8")) or yaml.load("{}")


def _refuse_missing(given: Mapping[str, str]) -> None:
    """Raises `ValueError` for a new file of which too little is said."""
    missing = [f"--{name}" for name in ("dataset", *DESCRIPTION) if name not in given]
    missing += [] if "transcribed" in given else [HAND]
    if missing:
        raise ValueError(f"a new file also needs: {', '.join(missing)}")


def _change(known: dict, given: Mapping[str, str], found: str, accepted: str, ignored: Sequence[str]) -> None:
    """The entry as it is from today on; `found`: the checksum of the file."""
    today = datetime.date.today()
    if known.get("sha256", found) != found:
        known.setdefault("earlier", []).append({"obtained": known["obtained"], "sha256": known["sha256"]})
    if accepted:
        known.setdefault("accepted", []).append({"date": today, "reason": accepted})
    if ignored:
        known["ignored"] = [*ignored]
    known.update({**given, "obtained": today, "sha256": found})


def must_say(root: Path, path: Path) -> bool:
    """True for a new file, and for one that is no longer as it came: who registers it says what was typed by hand."""
    known = entry(root, path.name)
    return known is None or (known.origin != "" and known.sha256 != checksum(path))


def _by_hand(transcribed: str, origin: str) -> dict[str, str]:
    """What the register says of hand work, when something is said of it."""
    if transcribed:
        return {"transcribed": f"{transcribed.rstrip('.')}." + (f" Het bestand komt van {origin}." if origin else "")}
    return {"transcribed": AS_IT_CAME.format(origin), "origin": origin} if origin else {}


def _kept(known: dict | None, answers: Sequence[str], who: str) -> list[dict]:
    """The answers about a file: those of the register, but for what is answered anew, and the new ones."""
    from ..layouts.answers import question

    before = [dict(one) for one in (known or {}).get("answers", [])]
    given = {one["answer"] for one in before}
    new = [text for text in answers if text not in given]
    asked = set(map(question, new))
    return [one for one in before if question(one["answer"]) not in asked] + [
        {"answer": text, "who": who, "when": datetime.date.today()} for text in new
    ]


def _of_dataset(entries: dict, dataset: str) -> list[dict]:
    """What was answered about the shape of the other files of a dataset, the newest file last."""
    from ..layouts.answers import is_of_shape

    same = [entry for entry in entries.values() if entry["dataset"] == dataset]
    return [dict(one) for entry in same for one in entry.get("answers", []) if is_of_shape(one["answer"])]


def _with_answers(
    workbook: Workbook, notes: set[str], kept: list[dict], earlier: list[dict]
) -> tuple[dict[str, str], list[dict]]:
    """Sheets with their layout, and the answers about earlier files that it needs for that.

    Raises `DataError` for a file that cannot be read, which names those answers when they do not help.
    """
    from .. import layouts

    try:
        return _read_with(workbook, notes, layouts.Answers([one["answer"] for one in kept])), []
    except DataError as error:
        last = {one["answer"].rpartition("=")[0]: one for one in earlier}
        if not last:
            raise
        try:
            both = layouts.Answers([one["answer"] for one in [*kept, *last.values()]])
            return _read_with(workbook, notes, both), list(last.values())
        except DataError:
            texts = "; ".join(one["answer"] for one in last.values())
            error.do = f"what was answered about an earlier file no longer fits this one: {texts}"
            raise error from None


def _read_with(workbook: Workbook, notes: set[str], answers: Answers) -> dict[str, str]:
    found = dict(recognised(workbook, notes, answers))
    answers.refuse_unused(workbook.file, do=NO_LONGER)
    return found


def _says(entry: Mapping[str, object], given: Mapping[str, str], ignored: Sequence[str]) -> bool:
    same = all(entry.get(name) == text for name, text in given.items())
    return same and (not ignored or entry.get("ignored") == [*ignored])


def answers_for(root: Path, name: str, dataset: str, given: Sequence[str] = ()) -> list[str]:
    """What is answered about a file: now, in the register, and of a new one what its dataset answers of its shape."""
    from ..layouts.answers import is_of_shape, question

    sources = load_register(root)
    known = [source for source in sources if source.file == name]
    same = [source for source in sources if source.dataset == dataset]
    found = {
        question(one.answer): one.answer
        for source in known or same
        for one in source.answers
        if known or is_of_shape(one.answer)
    }
    return list((found | {question(text): text for text in given}).values())


def recognised(workbook: Workbook, notes: Collection[str], answers: Answers) -> Iterator[tuple[str, str]]:
    """Sheets with the layout that reads them. Words alone are notes, and so is what was registered as such."""
    from .. import layouts
    from ..observations.values import is_number

    for sheet in workbook.sheets:
        if answers.of(sheet).is_left_out or sheet.name in notes:
            yield sheet.name, NOTES
            continue
        if {"Sectorcode", "Wijkcode"} <= {cell.text for row in sheet.filled_rows[:50] for cell in sheet.row(row)}:
            yield sheet.name, AREAS
            continue
        try:
            ((reading,), _) = layouts.recognise(workbook, sheet=sheet.name, answers=answers)
            yield sheet.name, reading.layout
        except layouts.NotRecognised:
            if sheet.name == "" or any(map(is_number, sheet.cells.values())):
                raise
            yield sheet.name, NOTES
