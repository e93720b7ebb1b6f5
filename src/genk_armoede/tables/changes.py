# SPDX-License-Identifier: EUPL-1.2
"""What changed in the tables since the previous version of the data, as git remembers it.

Takes the root and the new files; gives Dutch sentences, none when git knows no earlier version; called by `build`.
"""

from __future__ import annotations

import csv
import difflib
import io
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from pathlib import Path

from ..observations.observation import KEY, breakdown_parts
from ..observations.periods import period_text
from . import history
from .repository import PACKAGE, PROCESSED

Rows = dict[tuple[str, ...], tuple[str, ...]]  # key of an observation → its value, flags and cell


def since_previous(root: Path, content: Mapping[Path, bytes]) -> list[str]:
    """One sentence a table that has rows added, taken out, changed, or under another name in the same cell."""
    package = json.loads(content[PACKAGE])
    version, titles = package["version"], {one["name"]: one["title"] for one in package.get("resources", [])}
    commit, before = _previous(root, version)
    if not commit:
        return []
    sentences = [f"De vorige versie is die van {period_text(before)}."]
    for path in sorted(path for path in content if path.suffix == ".csv"):
        old, new = _rows(history.content(root, commit, path.as_posix())), _rows(content[path].decode())
        old, new = _with_codes_of(new, old), _with_codes_of(old, new)
        come, gone = new.keys() - old.keys(), old.keys() - new.keys()
        renamed = len(_figures(old, gone) & _figures(new, come))
        counts = {
            "{} nieuw": len(come) - renamed,
            "{} weggevallen": len(gone) - renamed,
            "{} anders genoemd": renamed,
            "{} veranderd": sum(old[key][:2] != new[key][:2] for key in old.keys() & new.keys()),
        }
        words = ", ".join(what.format(count) for what, count in counts.items() if count)
        if words:
            sentences.append(f"{titles.get(path.stem, path.stem)}: {words}.")
    return sentences if len(sentences) > 1 else [*sentences, "De tabellen zijn dezelfde."]


def new_parts(root: Path, content: Mapping[Path, bytes]) -> list[str]:
    """A line for each breakdown value that no table on disk has, with the nearest of its key; none for a new table."""
    known: dict[str, set[str]] = defaultdict(set)
    for path in (root / PROCESSED).glob("*.csv"):
        for key, value, _ in _parts(path.read_text(encoding="utf-8")):
            known[key].add(value)
    lines = {}
    for path in sorted(path for path in content if path.suffix == ".csv" and (root / path).is_file()):
        for key, value, place in _parts(content[path].decode()):
            if value not in known[key]:
                near = difflib.get_close_matches(value, known[key], n=1, cutoff=0)
                nearest = f"; the nearest known is {near[0]!r}" if near else ", the first one"
                lines.setdefault((key, value), f"new value of {key}: {value!r} in {place}{nearest}")
    return list(lines.values())


def _parts(text: str) -> Iterator[tuple[str, str, str]]:
    """Key and value of each part in a table, and the cell that it is of."""
    for row in csv.DictReader(io.StringIO(text)):
        for key, value in breakdown_parts(row["breakdown"]).items():
            yield key, value, " ".join(filter(None, (row["source"], row["sheet"], row["cell"])))


def _previous(root: Path, version: str) -> tuple[str, str]:
    """The last commit whose tables are of an earlier version, and that version."""
    for commit in history.commits(root, PACKAGE):
        before = json.loads(history.content(root, commit, PACKAGE.as_posix()) or "{}").get("version", "")
        if before and before < version:
            return commit, before
    return "", ""


def _rows(text: str) -> Rows:
    rows = csv.DictReader(io.StringIO(text))
    said = ("value", "status", "source", "sheet", "cell")
    return {tuple(row[name] for name in KEY): tuple(row[name] for name in said) for row in rows}


def _figures(rows: Rows, keys: Set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """What stands in which cell, for which area and period: the same under whatever name."""
    area, period = KEY.index("area"), KEY.index("period")
    return {(*rows[key], key[area], key[period]) for key in keys if rows[key][-1]}


def _with_codes_of(other: Rows, rows: Rows) -> Rows:
    """Rows with the code that another version has for an area without one: a name that got its code keeps its figures.

    Not of a name with two codes there.
    """
    code, area = KEY.index("area_code"), KEY.index("area")
    codes: dict[str, set[str]] = defaultdict(set)
    for key in other:
        codes[key[area]].add(key[code])
    only = {name: found.copy().pop() for name, found in codes.items() if len(found) == 1}
    return {(*key[:code], key[code] or only.get(key[area], ""), *key[code + 1 :]): row for key, row in rows.items()}
