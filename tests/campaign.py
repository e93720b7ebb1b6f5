# SPDX-License-Identifier: EUPL-1.2
"""The mutation campaign: take a good workbook, do it one damage, read it as `tidy` does, and judge what came out.

Right are the same table, a table changed exactly as the damage changed what the workbook says (`grids.facts` knows),
and a `DataError` that names file, sheet and cell. Everything else is silently wrong.

    python tests/campaign.py --tries 20000 --seed 1
    python tests/campaign.py --seed 1 --only swap_columns --file swing.xlsx --try 3
"""

from __future__ import annotations

import argparse
import functools
import itertools
import random
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from damages import DAMAGES, HARMLESS, Answer
from good_workbooks import invented, own, published
from grids import GONE, NIS, Book, Fact, Item, Unreadable, by_address, facts, reading, write

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.observations import areas, observation
from genk_armoede.observations.observation import Observation, breakdown_parts
from genk_armoede.spreadsheets import workbook

SAME, CHANGED, REFUSED, WRONG = "same", "rightly changed", "refused", "silently wrong"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TOTAL = {"totaal", "total", "eindtotaal"}


@dataclass(frozen=True)
class Try:
    file: str
    damage: str
    number: int
    outcome: str
    word: str = ""

    def replay(self, seed: int) -> str:
        return f"python tests/campaign.py --seed {seed} --only {self.damage} --file {self.file} --try {self.number}"


def books(with_published: bool) -> dict[str, Book]:
    return invented() | own() | (published() if with_published else {})


def plan(names: list[str], only: str = "") -> Iterator[tuple[str, str, int]]:
    """File, damage and number of each try, without end: every damage on every file once, then once more."""
    pairs = [(name, kind) for kind in ([only] if only else DAMAGES) for name in names]
    return ((*pair, number) for number in itertools.count() for pair in pairs)


def attempt(book: Book, kind: str, number: int, seed: int, folder: Path) -> Try | None:
    """One damage and its judgement; None when the book has nothing that this damage could hit."""
    chance = random.Random(f"{seed} {book.file} {kind} {number}")
    damaged, (_, before) = book.copy(), baseline(book)
    answer = DAMAGES[kind](damaged, chance)
    if answer is None or any(_torn(page) for page in damaged.pages):
        return None
    outcome, word = judge(book, damaged, answer, before, kind in HARMLESS, folder)
    return Try(book.file, kind, number, outcome, word)


def _torn(page) -> bool:
    """A merged range whose rows or columns no longer lie beside each other: no spreadsheet has one."""
    for lines, order in [(m[0], page.rows) for m in page.merged] + [(m[1], page.columns) for m in page.merged]:
        at = [order.index(line) for line in lines]
        if at != list(range(at[0], at[0] + len(at))):
            return True
    return False


def read(path: Path) -> tuple[list[Observation], list, dict[str, str]]:
    """Exactly as `genk-armoede tidy` reads a file."""
    readings, passed = layouts.recognise(workbook.open_workbook(path))
    return observation.validate(row for one in readings for row in one.rows), readings, passed


def judge(book: Book, damaged: Book, answer: Answer, before: dict, harmless: bool, folder: Path) -> tuple[str, str]:
    path = write(damaged, folder)
    try:
        rows, readings, passed = read(path)
    except DataError as error:
        problem = _unclear(error, damaged, answer)
        if problem or harmless:
            return WRONG, f"{problem or 'refused without need'}: {error}"
        return REFUSED, str(error)
    except Exception as error:
        return WRONG, f"{type(error).__name__}: {error}"
    finally:
        path.unlink()
    wrong = []
    for expected in alternatives(damaged, answer, before):
        if damaged.cut and any(one.unended == damaged.cut for one in readings):  # told that it may be cut off there
            rows = [row for row in rows if row.cell.lstrip(LETTERS) != str(damaged.cut)]
        different = differences(expected, rows, passed, damaged)
        lost = {page.name for page in damaged.pages if page.key in damaged.lost}
        different += [f"{name}: not passed over" for name in sorted(lost - set(passed))]
        if not different:
            stray = _unnamed(damaged, expected, readings, passed) or _unhidden(damaged, expected, readings)
            if stray:
                return WRONG, stray
            return (SAME if _said(rows) == baseline(book)[0] else CHANGED), ""
        wrong.append("; ".join(different[:3]))
    return WRONG, " OR ".join(wrong) or "read, though nobody can tell what it says: " + "; ".join(
        " ".join(row.row[:8]) for row in rows[:3]
    )


@functools.cache
def _baseline(file: str, with_published: bool) -> tuple:
    book = books(with_published)[file]
    with tempfile.TemporaryDirectory() as folder:
        rows, _, passed = read(write(book, Path(folder)))
    found = facts(book)
    wrong = differences(by_address(book, found), rows, passed, book)
    assert not wrong, f"{file} is no good workbook: {wrong[:5]}"
    return _said(rows), found


def baseline(book: Book) -> tuple:
    """What the undamaged book says by the reader, whatever its cells, and by the oracle. They must be the same."""
    return _baseline(book.file, book.file not in invented() | own())


def _said(rows: list[Observation]) -> tuple:
    return tuple(sorted(row.row[:8] for row in rows))


def alternatives(damaged: Book, answer: Answer, before: dict) -> Iterator[dict[tuple[str, str], Fact]]:
    """The tables that are right after a damage, by sheet and cell."""
    for one in answer.right:
        try:
            yield one(damaged, before)
        except Unreadable:
            continue


def differences(expected: dict, rows: list[Observation], passed: dict[str, str], book: Book) -> list[str]:
    """What the reader says otherwise than it should, cell by cell."""
    found = {(row.sheet, row.cell): row for row in rows}
    wrong = [
        f"{row.sheet} {row.cell}: not a figure, read as {row.row[:8]}"
        for row in rows
        if (row.sheet, row.cell) not in expected
    ]
    for (sheet, cell), fact in expected.items():
        row = found.get((sheet, cell))
        if row is None:
            if GONE not in fact.right and not _passed(sheet, expected, passed):
                wrong.append(f"{sheet} {cell}: vanished: {fact}")
        elif said := _differs(row, fact):
            wrong.append(f"{sheet} {cell}: {said}")
    return wrong


def _passed(sheet: str, expected: dict, passed: dict[str, str]) -> bool:
    """The sheet is passed over by name; as a copy only when it is one."""
    if sheet not in passed:
        return False
    original = passed[sheet].removeprefix("it repeats the figures of sheet ")
    if original == passed[sheet]:
        return True
    said = [sorted(map(str, (f for (name, _), f in expected.items() if name == one))) for one in (sheet, original)]
    return said[0] == said[1]


def _code_of_name(row: Observation, fact: Fact) -> bool:
    """True for a code that the name bears, or none: which one of several is a matter of the other names."""
    by_name = fact.code in ("", *NIS.values()) or not fact.code[0].isdigit()  # a name that is merged over its code
    return by_name and (not row.area_code or not areas.contradict(row.area_code, row.area))


def _differs(row: Observation, fact: Fact) -> str:
    def plain(parts) -> frozenset:
        return frozenset((k, v) for k, v in parts if fact.exact or v.lower() not in TOTAL)

    code = row.area_code if _code_of_name(row, fact) else fact.code
    wanted = (fact.indicator, fact.area, code, fact.period, plain(fact.breakdown))
    got = (row.indicator, row.area, row.area_code, row.period, plain(breakdown_parts(row.breakdown).items()))
    if got != wanted:
        return " ".join(f"{a!r} instead of {b!r}" for a, b in zip(got, wanted, strict=True) if a != b)
    if row.unit not in fact.units and row.value is not None:
        return f"{row.unit!r} instead of {set(fact.units)}"
    value = None if row.value is None else Decimal(row.value)
    changed = row.area_code and row.status.startswith("b")  # its area changed while its code stayed: `areas.broken`
    if (value, row.status) not in fact.right and not (changed and (value, row.status[1:]) in fact.right):
        return f"{row.value} {row.status!r} instead of {set(fact.right)}"
    return ""


def _unclear(error: DataError, book: Book, answer: Answer) -> str:
    """What is missing in a message: the file always, sheet and cell where the damage is in one."""
    if Path(error.file).name != book.file:
        return "the error names no file"
    if isinstance(error, layouts.NotRecognised) or book.spoil:
        return ""
    if not book.is_text and error.sheet not in {page.name for page in book.pages}:
        return "the error names no sheet"
    if answer.in_cell and not error.cell:
        return "the error names no cell"
    return ""


def _unnamed(book: Book, expected: dict, readings: list, passed: dict[str, str]) -> str:
    """A figure that stands outside the table, and that nothing is said of."""
    left = {one.sheet.name: one.left_out for one in readings}
    lines = {(one.sheet.name, line) for one in readings for line in one.metadata}
    for page in book.pages:
        name = "" if book.is_text else page.name
        if name in passed:
            continue
        used = set()
        for table in (t for t in book.tables if t.page == page.key):
            used |= {(r, c) for r in [*table.heads, *table.rows] for c in [*table.labels, *table.columns]}
            used |= set(table.whole.values())
        covers = page.covers()
        for place, item in page.cells.items():
            shown = place[0] in page.rows and place[1] in page.columns and covers.get(place, place) == place
            if not shown or place in used or item.aside or not _is_figure(item, book):
                continue
            if any(line.count(" | ") == 1 and line.endswith(f" | {item.text}") for at, line in lines if at == name):
                continue  # told as a line such as `Periode | 2021`
            address = page.address(place)
            letters, number = address.rstrip("0123456789"), address.lstrip(LETTERS)
            if not any(
                f"{what}:" in line + ":"
                for line in left.get(name, ())
                for what in (address, f"row {number}", f"column {letters}")
            ):
                return f"{name} {address}: {item.value!r} is lost without a word"
    return ""


def _is_figure(item: Item, book: Book) -> bool:
    try:
        reading(item, book.tables[0].marks)
    except Unreadable:
        return False
    return True


def _unhidden(book: Book, expected: dict, readings: list) -> str:
    """A hidden figure that is not told to be hidden."""
    told = {(one.sheet.name, cell) for one in readings for cell in one.hidden}
    for page in book.pages:
        for (sheet, cell), fact in expected.items():
            if sheet != page.name or any(value is None for value, _ in fact.right) or book.is_text:
                continue
            letters = cell.rstrip("0123456789")
            hidden = page.state != "visible"
            hidden |= any(page.rows.index(r) + 1 == int(cell[len(letters) :]) for r in page.hidden_rows)
            hidden |= any(page.address((page.rows[0], c))[:-1] == letters for c in page.hidden_columns)
            if hidden and (sheet, cell) not in told and any(one.sheet.name == sheet for one in readings):
                return f"{sheet} {cell}: hidden, and not told so"
    return ""


# The command


def report(tries: list[Try], seed: int) -> str:
    """A line a damage, then each try that went wrong and how to see it again."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for one in tries:
        counts[one.damage][one.outcome] += 1
    columns = ("tried", SAME, CHANGED, REFUSED, WRONG)
    lines = [f"{'damage':<22}" + "".join(f"{column:>17}" for column in columns)]
    total: Counter = Counter()
    for kind, found in sorted(counts.items()):
        lines.append(f"{kind:<22}" + "".join(f"{n:>17}" for n in (found.total(), *(found[c] for c in columns[1:]))))
        total += found
    lines.append(f"{'all':<22}" + "".join(f"{n:>17}" for n in (total.total(), *(total[c] for c in columns[1:]))))
    lines += [f"\n{one.replay(seed)}\n  {one.word}" for one in tries if one.outcome == WRONG]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=DAMAGES, default="", metavar="DAMAGE", help=", ".join(DAMAGES))
    parser.add_argument("--file", default="", help="only this workbook")
    parser.add_argument("--try", type=int, default=None, dest="number", help="only this try, with its message")
    given = parser.parse_args()
    known = books(with_published=True)
    names = [given.file] if given.file else list(known)
    steps = itertools.islice(plan(names, given.only), 10 * given.tries)  # many books lack what a damage could hit
    if given.number is not None:
        steps = iter([(given.file, given.only, given.number)])
    with tempfile.TemporaryDirectory() as folder:
        done = (attempt(known[file], kind, number, given.seed, Path(folder)) for file, kind, number in steps)
        tries = list(itertools.islice(filter(None, done), given.tries))
    print(f"seed {given.seed}: {len(tries)} damages on {len(names)} workbooks")
    print(report(tries, given.seed))
    if given.number is not None:
        print("\n".join(f"{one.outcome}: {one.word}" for one in tries))
    return any(one.outcome == WRONG for one in tries)


if __name__ == "__main__":
    sys.exit(main())
