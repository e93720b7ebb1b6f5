# SPDX-License-Identifier: EUPL-1.2
"""The register `data/raw/bronnen.yml`: which file, whose, under what terms, and is it still that file.

Takes the root of the repository; gives `Source`s and their observations; called by `datasets` and `cli`.
"""

from __future__ import annotations

import functools
import hashlib
import hmac
import secrets
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from ..errors import DataError
from ..observations import nis
from ..observations.observation import Observation
from ..protection.policy import CONFIDENTIAL
from ..spreadsheets.workbook import Workbook, open_workbook
from .checks import hyphened
from .repository import RAW, REGISTER

if TYPE_CHECKING:
    from ..observations.areas import Sector

SECRET = ".sleutel"  # beside the confidential files: goes along with them
OPTIONAL = ("origin", "confidential", "answers", "accepted", "ignored", "earlier")
DESCRIPTION = ("publisher", "title", "url", "licence")
NOTES = "notes"  # layout of a sheet that holds words only
NO_LONGER = f"it no longer fits the file: take it out of {REGISTER}"
AREAS = "areas"  # layout of the sheet that lists sectors with their wijk


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered about a file that can be read two ways."""

    answer: str
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class Source:
    """One registered file. A sheet may have a publisher, title, url and licence of its own."""

    file: str
    dataset: str
    publisher: str
    title: str
    url: str
    licence: str
    obtained: str
    sha256: str
    transcribed: str
    sheets: dict[str, dict[str, str]]  # name → layout, and what differs from the file
    origin: str = ""  # where the file came from, when it is as it came: nothing in it is typed by hand
    confidential: bool = False
    answers: tuple[Answer, ...] = ()  # what an analyst answered about it
    accepted: Sequence[dict[str, object]] = ()  # what was looked at before it was registered: date and reason
    ignored: Sequence[str] = ()  # labels of indicators that are set aside
    earlier: Sequence[dict[str, object]] = ()  # date and checksum of the files that stood here before

    @property
    def path(self) -> Path:
        return (CONFIDENTIAL if self.confidential else RAW) / self.file

    def citation(self, sheet: str, own: dict[str, str] | None = None) -> dict[str, str]:
        """Publisher, title, url and licence of a sheet, or of a figure that names its own source."""
        whole = {name: getattr(self, name) for name in DESCRIPTION}
        return {**whole, **{k: v for k, v in self.sheets[sheet].items() if k != "layout"}, **(own or {})}


def load_register(root: Path) -> list[Source]:
    """All registered sources, in the register's order. Raises `DataError` for an entry that lacks a field."""
    try:
        return [*_parsed((root / REGISTER).read_text(encoding="utf-8"))]
    except (OSError, ValueError, YAMLError) as error:
        raise DataError(
            f"the register cannot be read: {error}", file=str(REGISTER), do="restore it with git"
        ) from error


def entry(root: Path, name: str) -> Source | None:
    """What the register says of a file, or nothing; nothing too where there is no register yet."""
    sources = load_register(root) if (root / REGISTER).is_file() else []
    return next((source for source in sources if source.file == name), None)


@functools.lru_cache(maxsize=1)
def _parsed(text: str) -> list[Source]:
    sources = []
    fields = ("dataset", *DESCRIPTION, "obtained", "sha256", "transcribed", "sheets")
    for file, entry in _mapping(YAML(typ="safe").load(text) or {}, "the register").items():
        _described(entry, f"the entry of {file}", fields, OPTIONAL)
        for sheet, described in _mapping(entry["sheets"], f"sheets of {file}").items():
            _described(described, f"sheet {sheet} of {file}", ("layout",), DESCRIPTION)
        sheets = {str(name): described for name, described in entry["sheets"].items()}
        own = {"obtained": str(entry["obtained"]), "sheets": sheets, "answers": _answers(file, entry)}
        sources.append(Source(file=file, **{**entry, **own}))
    return sources


def _answers(file: str, entry: dict) -> tuple[Answer, ...]:
    given = entry.get("answers", [])
    if not isinstance(given, list):
        raise DataError(f"answers of {file} are no list", file=str(REGISTER), do="restore it with git")
    for one in given:
        _described(one, f"an answer about {file}", ("answer", "who", "when"), ())
    return tuple(Answer(str(one["answer"]), str(one["who"]), str(one["when"])) for one in given)


def _mapping(value: object, what: str) -> dict:
    if not isinstance(value, dict):
        raise DataError(f"{what} is no list of `name: value`", file=str(REGISTER), do="restore it with git")
    return value


def _described(value: object, what: str, needed: Sequence[str], allowed: Sequence[str]) -> None:
    """Raises `DataError` for a mapping that lacks a field or has another."""
    wrong = set(needed).symmetric_difference(set(_mapping(value, what)) - set(allowed))
    if wrong:
        raise DataError(
            f"{what} lacks or does not know: {', '.join(sorted(map(str, wrong)))}",
            file=str(REGISTER),
            found=", ".join(map(str, value)),
            expected=f"{', '.join(needed)}, and optionally {', '.join(allowed)}",
            do="correct the entry, with quotes around a text that has a comma or colon, or register the file again",
        )


def unregistered(root: Path) -> list[str]:
    """Files in `data/raw/` that the register does not name (Excel's lock files aside)."""
    known = {source.file for source in load_register(root)} | {REGISTER.name}
    known |= {f"{name}.html" for name in known}  # a picture of it, by `tidy --show`
    folders = [folder for folder in (root / RAW, root / CONFIDENTIAL) if folder.is_dir()]
    files = (path for folder in folders for path in folder.iterdir() if path.is_file())
    return sorted(
        path.relative_to(root / RAW).as_posix()
        for path in files
        if path.name not in known and not path.name.startswith(("~$", "."))
    )


@contextmanager
def discreet(files: Collection[str]) -> Iterator[None]:
    """An error about one of these files does not repeat the figures that stand in them."""
    try:
        yield
    except DataError as error:
        if Path(error.file).name not in files:
            raise
        error.found = None if _has_digits(error.found) else error.found
        if _has_digits(str(error.expected).partition(" such as ")[0]):  # what follows is an example of ours
            error.expected = "not told: figures of this table are confidential"
        error.answers = tuple(text for text in error.answers if not _has_digits(text))
        error.do = error.do or "look at the cell, and correct it"
        raise error from None


def folder_of(root: Path, path: Path) -> Path:
    """The folder of raw files that a file lies in. Raises `DataError` when it lies elsewhere."""
    folder = path.resolve().parent
    if folder not in ((root / RAW).resolve(), (root / CONFIDENTIAL).resolve()):
        raise DataError("the file does not lie in data/raw", file=str(path), do=f"move it to {RAW} first")
    return folder


def _has_digits(text: object) -> bool:
    """True for what may tell a figure; a header or a name without digits is no secret."""
    return any(c.isdigit() for c in str(text))


def checksum(path: Path) -> str:
    """sha256 of a file; of a confidential one with a secret, so that nobody can try which small counts fit it."""
    data = path.read_bytes()
    if path.resolve().parent.name != CONFIDENTIAL.name:
        return hashlib.sha256(data).hexdigest()
    secret = path.with_name(SECRET)
    if not secret.is_file():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_hex(32), encoding="ascii")
    return hmac.new(secret.read_bytes(), data, "sha256").hexdigest()


def open_source(root: Path, source: Source) -> Workbook:
    """The registered file, if it still is that file. Raises `DataError` when it is missing or changed."""
    path = root / source.path
    if not path.is_file():
        raise DataError(
            "a registered file is missing",
            file=source.file,
            expected=f"it in {source.path.parent}",
            do=f"put it back, or take its entry out of {REGISTER}",
        )
    found = checksum(path)
    if found != source.sha256:
        raise DataError(
            "the file is not the one that was registered",
            file=source.file,
            found=f"sha256 {found}",
            expected=f"sha256 {source.sha256}",
            do=f"if the change is meant, run: genk-armoede register {source.path}",
        )
    workbook = opened(path, source.sheets)
    names = {sheet.name for sheet in workbook.sheets}
    if names != set(source.sheets):
        raise DataError(
            "the sheets are not those of the register",
            file=source.file,
            found=", ".join(sorted(names)),
            expected=", ".join(sorted(source.sheets)),
            do=f"give the sheets their names back, or describe the new ones in {REGISTER}",
        )
    return workbook


def opened(path: Path, sheets: Iterable[str] = (), table: str = "") -> Workbook:
    """A file; of a zip with several tables the one that is named, or else the one of which these sheets are known."""
    known = next(iter(sheets), "")
    if path.suffix.lower() != ".zip" or table or not known:
        return open_workbook(path, table)
    try:
        return open_workbook(path, known)
    except DataError:
        return open_workbook(path)  # the only table of another year has another name


def read_source(source: Source, workbook: Workbook) -> Iterator[Observation]:
    """Observations of all sheets that hold figures, each by its registered layout, with the answers about the file.

    Hyphens stand for dashes in their names.
    """
    from .. import layouts  # not for a build that has nothing to read

    given = layouts.Answers([one.answer for one in source.answers])
    for name, entry in source.sheets.items():
        sheet = workbook.sheet(name)
        sheet.answers = given.of(sheet)
        if sheet.answers.is_left_out or entry["layout"] in (NOTES, AREAS):
            continue
        if entry["layout"] not in layouts.LAYOUTS:
            raise DataError(
                f"unknown layout {entry['layout']!r} for sheet {name} of {source.file}",
                file=str(REGISTER),
                expected=", ".join([*layouts.LAYOUTS, NOTES, AREAS]),
                do="correct the entry",
            )
        try:
            rows = map(hyphened, layouts.read(entry["layout"], sheet).rows)
            yield from (row for row in rows if row.indicator not in source.ignored)
        except layouts.Declined as reason:
            raise sheet.error(
                f"the sheet no longer has the layout {entry['layout']!r}: {reason}",
                do="give the sheet its shape back, or change its layout in the register",
            ) from reason
    given.refuse_unused(source.file, do=NO_LONGER)


def read_areas(source: Source, workbook: Workbook) -> list[Sector]:
    """Sectors with their wijk, from the sheets that list them."""
    from ..layouts.normalised import refuse_uncalculated
    from ..observations import areas

    found = []
    for sheet in (workbook.sheet(name) for name, entry in source.sheets.items() if entry["layout"] == AREAS):
        refuse_uncalculated(sheet)
        found += areas.read_sectors(sheet)
    return found


def area_lists() -> list[Source]:
    """The lists of areas that codes come from: cited like the raw files, though no figure comes from them."""
    entries = YAML(typ="safe").load((nis.REFERENCE / "bronnen.yml").read_text(encoding="utf-8"))
    return [
        Source(file=file, dataset="", sheets={}, **{name: str(text) for name, text in entry.items()})
        for file, entry in entries.items()
    ]
