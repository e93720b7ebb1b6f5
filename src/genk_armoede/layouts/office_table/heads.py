# SPDX-License-Identifier: EUPL-1.2
"""Rows that head the rows under them: a label without figures, or one whose rows come back under another.

Takes the outline of a table; gives the heads and the label of each row of figures; called by `statistical`. Which rows
a head has under it shows in its place, in how it is written and in what comes back; else it is asked.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...observations import areas
from ...observations.observation import TOTAL_WORDS
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Sheet
from ..answers import SheetAnswers
from ..engine.reading import Reading, unclear
from .outline import NOTHING, REFERENCE, Outline

HEADS = "heads"
_BRACKETED = re.compile(r"\(.+\)")
Head = tuple[str, ...]  # texts, from the widest on


@dataclass
class Heads:
    """The heads of each row of figures, and labels that stand in another row than their figures."""

    of_row: dict[int, Head] = field(default_factory=dict)
    label: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    text: str
    rank: int  # 0 capitals, 1 others
    answered: bool = False  # a row of figures of which it was answered that it heads others


def find_heads(reading: Reading, outline: Outline, answers: SheetAnswers) -> Heads:
    """The heads and labels of the rows of figures.

    Raises `Unclear` for a row without a label, for labels that come back, for a second header, and for a total that can
    be that of the last block or of all.
    """
    heads = Heads()
    _walk(reading, outline, answers, heads)
    _tell_repeated_apart(reading, outline, heads)
    _ask_last_total(reading, outline, answers, heads)
    return heads


def are_areas(sheet: Sheet, outline: Outline) -> bool:
    """True when rows that are known areas and nothing else head the same labels in the same order."""
    heads = [sheet.row(row) for row in outline.between]
    if len(heads) < 2 or any(len(cells) > 1 or not areas.is_known(cells[0].text) for cells in heads):
        return False
    columns = [sheet.aligned(column, outline.rows)[0] for column in outline.labels]
    labels = dict(zip(outline.rows, zip(*columns, strict=True), strict=True))
    ends = [*outline.between[1:], outline.rows[-1] + 1]
    blocks = [
        [labels[row] for row in outline.rows if start < row < end]
        for start, end in zip(outline.between, ends, strict=True)
    ]
    return outline.rows[0] > outline.between[0] and bool(blocks[0]) and all(block == blocks[0] for block in blocks)


def _walk(reading: Reading, outline: Outline, answers: SheetAnswers, heads: Heads) -> None:
    """Downwards: a row without figures heads the rows under it, or is the first line of the label of the next."""
    sheet, main = reading.sheet, min(outline.labels)
    said = {row: text for row in outline.rows if (text := answers.row(row))} if answers.names_rows else {}
    if not outline.between and not said and None not in sheet.aligned(main, outline.rows)[0]:
        return
    unnamed = _unnamed(sheet, outline)
    figures = set(outline.rows)
    rows = sorted((*outline.rows, *outline.between))
    texts = {row: _text_of_row(reading, outline, row) for row in outline.between}
    often = Counter(texts.values())
    stack: list[_Group] = []
    before = 0  # the row above, when it is one without figures
    for row, under in itertools.zip_longest(rows, rows[1:]):
        if row in figures:
            if said.get(row) == HEADS:
                stack = list(itertools.takewhile(lambda other: not other.answered and often[other.text] == 1, stack))
            elif row in said or row in unnamed:
                _name(reading, outline, said.get(row, ""), heads, row)
            heads.of_row[row] = tuple(group.text for group in stack)
            if said.get(row) == HEADS:
                stack.append(_Group(_name_of(sheet, outline, row, heads), 1, answered=True))
                often[stack[-1].text] = 1
            before = 0
            continue
        if answers.row(row) == NOTHING:
            reading.left_out.append(f"row {row}: left out, as answered: {texts[row]}")
        elif under in figures and _is_first_line(sheet, row, under, main, unnamed, texts[row]):
            own = sheet[under, main].text
            heads.label[under] = f"{texts[row]} {REFERENCE.sub('', own)}".strip()
            unnamed.discard(under)
        else:
            stack = _nest(stack, _Group(texts[row], 0 if texts[row].isupper() else 1), bool(before), often)
            before = row
    outline.rows = [row for row in outline.rows if heads.label.get(row) != NOTHING]


def _unnamed(sheet: Sheet, outline: Outline) -> set[int]:
    """Rows of figures without any label."""
    values = [sheet.aligned(column, outline.rows)[0] for column in outline.labels]
    return {row for row, *held in zip(outline.rows, *values, strict=True) if not any(v is not None for v in held)}


def _text_of_row(reading: Reading, outline: Outline, row: int) -> str:
    """The words of a row without figures, which become those of a head."""
    cells = reading.sheet.row(row)
    empty = {number for number, why in outline.passed.items() if not why and number < outline.figures[0]}
    other = next((cell for cell in cells if cell.column not in outline.labels and cell.column not in empty), None)
    if other is not None:
        raise unclear(
            reading.sheet,
            "texts among the figures, in a row without figures",
            other,
            f"row {row}={NOTHING}",
            expected="a second header, or nothing that matters",
        )
    reading.labels(cells)
    return " ".join(REFERENCE.sub("", cell.text) for cell in cells)


def _is_first_line(sheet: Sheet, row: int, under: int, main: int, unnamed: set[int], text: str) -> bool:
    """True for the first line of a label that goes on in the row right under it, where its figures stand."""
    if under in unnamed:
        return not text.endswith(":")
    own = sheet[under, main].text
    return under == row + 1 and not text.endswith(":") and (own[:1].islower() or own.startswith("("))


def _name(reading: Reading, outline: Outline, said: str, heads: Heads, row: int) -> None:
    """Figures get the label that was answered; those without any need one."""
    cells = reading.sheet.row(row)
    if not said:
        raise unclear(
            reading.sheet,
            "a row of figures without a label",
            cells[0],
            f"row {row}={NOTHING}",
            expected=f"its label ('row {row}=…'), or figures to leave out ('row {row}={NOTHING}')",
        )
    heads.label[row] = said
    if said == NOTHING:
        reading.leave_out(f"row {row}: left out, as answered", cells)


def _nest(stack: list[_Group], group: _Group, follows: bool, often: Counter[str]) -> list[_Group]:
    """The heads that hold from this row on.

    A head right under another lies in it. After figures it takes the place of those that are written like it; one that
    comes back lies in those that do not.
    """
    if follows and _BRACKETED.fullmatch(group.text):  # a unit
        return [*stack[:-1], _Group(f"{stack[-1].text} {group.text}", stack[-1].rank)]
    if follows:
        return [*stack, group]
    if often[group.text] > 1:
        return [*itertools.takewhile(lambda other: often[other.text] == 1, stack), group]
    alike = [i for i, other in enumerate(stack) if other.rank == group.rank and not other.answered]
    if alike:
        return [*stack[: alike[0]], group]
    return [*itertools.takewhile(lambda other: other.answered or other.rank < group.rank, stack), group]


def _tell_repeated_apart(reading: Reading, outline: Outline, heads: Heads) -> None:
    """Rows of one head with the same label: the rows that come back in one order lie under what stands above them."""
    sheet, rows = reading.sheet, outline.rows
    columns = [_plain(sheet.aligned(column, rows)[0]) for column in outline.labels]
    labels = list(zip(*columns, strict=True))
    if heads.label:
        named = zip(rows, labels, strict=True)
        labels = [(heads.label[row], *label[1:]) if row in heads.label else label for row, label in named]
    if not heads.of_row and len(set(labels)) == len(rows):
        return
    blocks: dict[Head, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        blocks[heads.of_row.get(row, ())].append(i)
    for head, block in blocks.items():
        own = {i: labels[i] for i in block}
        often = Counter(own.values())
        if len(often) == len(block):
            continue
        parents = _parents(block, own, often) or _lower(block, own, often)
        under: dict[int, int] = {}
        for i in block:
            upper = max((parent for parent in parents if parent < i), default=-1)
            if upper >= 0 and often[own[i]] > 1:
                under[i] = upper
        keys = Counter((under.get(i), own[i]) for i in block)
        wrong = next((i for i in block if keys[under.get(i), own[i]] > 1), None)
        if wrong is not None:
            _ask(reading, outline, rows, block, own, wrong)
        names = [_name_of(sheet, outline, rows[i], heads) for i in parents]
        text = dict(zip(parents, names, strict=True))
        heads.of_row |= {rows[i]: (*head, text[upper]) for i, upper in under.items()}
        if parents:
            reading.assume(f"rows under a row that heads them: {', '.join(str(rows[i]) for i in parents[:5])} …")


def _ask_last_total(reading: Reading, outline: Outline, answers: SheetAnswers, heads: Heads) -> None:
    """A total below the last of blocks that are alike can be that of all of them."""
    sheet, row = reading.sheet, outline.rows[-1]
    values, _ = sheet.aligned(min(outline.labels), outline.rows)
    blocks: dict[Head, list[str]] = defaultdict(list)
    for number, text in zip(outline.rows, _plain(values), strict=True):
        blocks[heads.of_row.get(number, ())].append(str(text).lower())
    first, *others = blocks.values()
    if () in blocks or not others or others[-1][-1] not in TOTAL_WORDS or answers.row(row):
        return
    if all(block == first for block in others[:-1]) and others[-1][:-1] == first:
        label = sheet[row, min(outline.labels)]
        expected = "the total of all, which is left out, or of the rows right above it"
        answer = f"row {row}=nothing"
        raise unclear(sheet, "a total that can be of all or of the last", label, answer, expected=expected)


def _plain(values: Sequence[object]) -> list[object]:
    """Labels without references to footnotes."""
    known = {v: REFERENCE.sub("", " ".join(v.split())) if isinstance(v, str) else v for v in set(values)}
    return list(map(known.__getitem__, values))


def _lower(block: list[int], own: dict[int, tuple], often: Counter) -> list[int]:
    """Rows that stand once with all their labels, when those that come back right under them lack all but the first."""
    again = [i for i in block if often[own[i]] > 1]
    whole = [i for i in block if None not in own[i]]
    if len(next(iter(own.values()))) < 2 or any(own[i][0] is None or any(own[i][1:]) for i in again):
        return []
    return whole if all(i - 1 in set(whole) for i in again) else []


def _parents(block: list[int], own: dict[int, tuple], often: Counter) -> list[int]:
    """Labels that stand once, each above the same two or more in the same order; none when others come back."""
    runs: dict[int, list[tuple]] = {}
    upper = -1
    for i in block:
        if often[own[i]] == 1:
            upper = i
        runs.setdefault(upper, [])
        if i != upper:
            runs[upper].append(own[i])
    with_rows = {i: tuple(run) for i, run in runs.items() if run}
    different = set(with_rows.values())
    if -1 in with_rows or len(with_rows) < 2 or len(different) > 1 or len(min(different, key=len)) < 2:
        return []
    return sorted(with_rows)


def _name_of(sheet: Sheet, outline: Outline, row: int, heads: Heads) -> str:
    """The label of a row in the first column that has one."""
    texts = (sheet[row, column].text for column in outline.labels)
    return heads.label.get(row) or REFERENCE.sub("", next(filter(None, texts), ""))


def _ask(reading: Reading, outline: Outline, rows: Sequence[int], block: list[int], own: dict, wrong: int) -> None:
    first = next(i for i in block if own[i] == own[wrong])
    again = next(i for i in block if i > first and own[i] == own[wrong])
    cell = reading.sheet[rows[again], min(outline.labels)]
    letter = column_letters(min(outline.labels))
    raise unclear(
        reading.sheet,
        f"labels that stand twice, also in {letter}{rows[first]}: which rows head them?",
        cell,
        f"rows {','.join(map(str, dict.fromkeys([rows[max(first - 1, 0)], rows[again - 1]])))}=heads",
        expected="the numbers of all rows whose label heads the rows under it",
    )
