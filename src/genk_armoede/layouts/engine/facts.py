# SPDX-License-Identifier: EUPL-1.2
"""What is said of each figure: by its row, by its column and by the whole table together.

Takes a declared table; gives a text a field, or a list of texts where rows differ; called by `reading`. Labels that
come back are asked once.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from ...observations import areas
from ...observations.observation import breakdown_text
from ...spreadsheets.cells import Cell, Sheet
from ...spreadsheets.numerals import is_numeral
from ..answers import for_label
from .declared import FIELDS, Coded, Labels, Parts, Says, Table

AREA_CODE = re.compile(r"\d{5}(?:[A-Z][0-9A-Z-]{2,3}|ZZZZ)?")
Texts = str | list[str]


@dataclass(slots=True)
class Facts:
    """Fields of the observations of a column of figures: one text for all, or one a row."""

    indicator: Texts
    area_code: Texts
    area: Texts
    period: Texts
    breakdown: Texts
    unit: Texts
    status: Texts
    flags: Texts
    citation: Parts | list[Parts]

    def at(self, name: str, i: int) -> str:
        found = getattr(self, name)
        return found[i] if isinstance(found, list) else found

    def different(self, name: str) -> set[str]:
        found = getattr(self, name)
        return set(found) if isinstance(found, list) else {found}

    def pairs(self, one: str, other: str, values: Sequence[str]) -> set[tuple[str, str]]:
        """What two fields say together, of the figures that are there; nothing where the first says nothing."""
        first, second = getattr(self, one), getattr(self, other)
        if isinstance(first, str) and (not first or isinstance(second, str)):
            return {(first, second)} if first and any(values) else set()
        lists = [texts if isinstance(texts, list) else itertools.repeat(texts) for texts in (first, second)]
        pairs = set(itertools.compress(zip(*lists, strict=False), values))
        return {pair for pair in pairs if pair[0]}


class RowFacts:
    """What the labels of each row say: a list a field that any of them says something of."""

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self.rows = table.rows
        self.fields: dict[str, list] = {}
        groups = [_said(sheet, group, table.rows) for group in table.labels]
        groups += [(table.said, range(len(table.said)))] if table.said else []
        for name in FIELDS:
            lists = [found for found in (_field(name, *group) for group in groups) if found]
            if lists:
                self.fields[name] = _joined(name, lists)
        self.checked: set[int] = set()  # lists of names that are known to be sound
        self.breakdowns: dict[Parts, list[str]] = {}
        self.places: dict[tuple[str, str, str], tuple[Texts, Texts]] = {}
        self.codes = areas.codes_of(self._all_places(table), self._all_periods(table))

    def _all_places(self, table: Table) -> set[tuple[str, str, str]]:
        """Code, name and level of every area that rows, columns or the whole table name."""
        found = set()
        for says in table.figures.values():
            says = table.whole | says
            lists = [self.fields.get(name) or [getattr(says, name)] for name in ("area_code", "area", "level")]
            if len(set(map(id, lists))) == 1 or all(len(texts) == 1 for texts in lists):
                found.add(tuple(texts[0] for texts in lists))
                continue
            count = max(map(len, lists))
            found.update(zip(*(texts if len(texts) == count else texts * count for texts in lists), strict=True))
            if all(name in self.fields or not getattr(says, name) for name in ("area_code", "area", "level")):
                break  # columns say nothing of areas
        return found

    def _all_periods(self, table: Table) -> set[str]:
        said = {(table.whole | says).period for says in table.figures.values()}
        return {*said, *self.fields.get("period", ())} - {""}

    def picked(self, name: str, taken: Sequence[int] | None) -> list | None:
        found = self.fields.get(name)
        return found if found is None or taken is None else [found[i] for i in taken]


def _said(sheet: Sheet, group: Labels | Coded, rows: Sequence[int]) -> tuple[Sequence[Says], Sequence[int]]:
    """What columns of labels say, asked once for each different set of cells; and which of it each row says."""
    if isinstance(group, Coded):
        return group.known, group.which
    columns = group.columns
    found = [sheet.aligned(column, rows) for column in columns]
    varied = [styles for _, styles in found if len(set(styles)) > 1]
    lists = [*(values for values, _ in found), *varied]
    keys = lists[0] if len(lists) == 1 else list(zip(*lists, strict=True))
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    which = list(map(numbers.__getitem__, keys))
    first = dict(zip(reversed(which), range(len(which) - 1, -1, -1), strict=True))
    known = []
    for number in range(len(numbers)):
        cells, i = [], first[number]
        for column, (values, styles) in zip(columns, found, strict=True):
            hidden = rows[i] in sheet.hidden_rows or column in sheet.hidden_columns
            row = _row_of(sheet, rows[i], column, values[i])
            cells.append(Cell(row, column, values[i], sheet.styles[styles[i]], hidden))
            if cells[-1].style.is_struck:
                raise sheet.error("a label that is struck through", cells[-1], answers=for_label(cells[-1]))
        known.append(group.say(*cells))
    return known, which


def _row_of(sheet: Sheet, row: int, column: int, value: object) -> int:
    """The row of the cell itself, when it is merged over others."""
    merged = sheet.range_over(row, column) if sheet.merged and value is not None else None
    return merged[0] if merged else row


def _field(name: str, said: Sequence[Says], which: Sequence[int]) -> list | None:
    """One field of what rows say; None when no row says anything of it."""
    texts = [getattr(says, name) for says in said]
    return list(map(texts.__getitem__, which)) if any(texts) else None


def _joined(name: str, lists: list[list]) -> list:
    """What several columns of labels say of one field: parts of a breakdown and flags together, else the last word."""
    if len(lists) == 1:
        return lists[0]
    if name in ("breakdown", "citation", "status", "flags"):
        known = {
            key: tuple(dict(itertools.chain(*key)).items()) if name in ("breakdown", "citation") else "".join(key)
            for key in set(zip(*lists, strict=True))
        }
        return list(map(known.__getitem__, zip(*lists, strict=True)))
    return [next(filter(None, reversed(texts)), "") for texts in zip(*lists, strict=True)]


def of_column(sheet: Sheet, column: int, says: Says, rows: RowFacts, taken: Sequence[int] | None) -> Facts:
    """What is said of the figures of a column in these rows. What a row says goes before what its column says.

    Raises `DataError` for a number in the place of a name, for a code of another area than is named, and for a label
    that no breakdown can hold.
    """
    fields = {}
    for name in FIELDS:
        found = rows.picked(name, taken)
        own = getattr(says, name)
        if found is not None and own and not all(found) and name != "breakdown":
            found = [text or own for text in found]
        fields[name] = own if found is None else found
    if rows.fields.get("breakdown") is not None:
        fields["breakdown"] = _breakdowns(sheet, column, says.breakdown, rows, taken)
    else:
        first = partial(_figure, sheet, column, rows, None, 0)
        fields["breakdown"] = _breakdown(sheet, column, says.breakdown, first)
    fields["area_code"], fields["area"] = _places(sheet, column, fields, rows, taken)
    _check_names(sheet, column, fields, rows, taken)
    del fields["level"]
    return Facts(**fields)


def _figure(sheet: Sheet, column: int, rows: RowFacts, taken: Sequence[int] | None, i: int) -> Cell:
    """The figure that something is said of."""
    return sheet[rows.rows[i if taken is None else taken[i]], column]


def _figure_of(
    sheet: Sheet, column: int, rows: RowFacts, taken: Sequence[int] | None, said: list, what: object
) -> Cell:
    """The first figure of which this is said."""
    return _figure(sheet, column, rows, taken, said.index(what))


def _breakdowns(sheet: Sheet, column: int, own: Parts, rows: RowFacts, taken: Sequence[int] | None) -> list[str]:
    """Texts of the breakdowns of rows, each with the parts that the column says; columns that say none share a list."""
    if own not in rows.breakdowns:
        said = rows.fields["breakdown"]
        known: dict[Parts, str] = {}
        for parts in dict.fromkeys(said):
            known[parts] = _breakdown(
                sheet, column, (*own, *parts), partial(_figure_of, sheet, column, rows, None, said, parts)
            )
        rows.breakdowns[own] = list(map(known.__getitem__, said))
    found = rows.breakdowns[own]
    return found if taken is None else [found[i] for i in taken]


def _breakdown(sheet: Sheet, column: int, parts: Parts, figure: Callable[[], Cell]) -> str:
    try:
        return breakdown_text(dict(parts))
    except ValueError as error:
        raise sheet.error("a label with ';', or a header with ';' or '='", figure(), found=str(error)) from None


def _places(
    sheet: Sheet, column: int, fields: dict, rows: RowFacts, taken: Sequence[int] | None
) -> tuple[Texts, Texts]:
    """Codes and names of areas: the file's own code, or the one that names and levels of the whole table settle."""
    code, area, level = fields["area_code"], fields["area"], fields["level"]
    if isinstance(code, str) and isinstance(area, str) and isinstance(level, str):
        return _place(sheet, partial(_figure, sheet, column, rows, taken, 0), rows, code, area, level), area
    shared = ("area_code" in rows.fields, "area" in rows.fields, "level" in rows.fields)
    key = tuple("" if in_rows else text for in_rows, text in zip(shared, (code, area, level), strict=True))
    if taken is None and key in rows.places:
        return rows.places[key]
    count = len(rows.rows if taken is None else taken)
    lists = [text if isinstance(text, list) else [text] * count for text in (code, area, level)]
    keys = list(zip(*lists, strict=True))
    known = {}
    for place in dict.fromkeys(keys):
        known[place] = _place(sheet, partial(_figure_of, sheet, column, rows, taken, keys, place), rows, *place)
    found = list(map(known.__getitem__, keys)), area
    if taken is None:
        rows.places[key] = found
    return found


def _place(sheet: Sheet, figure: Callable[[], Cell], rows: RowFacts, code: str, area: str, level: str) -> str:
    if code and areas.contradict(code, area):
        raise sheet.error(f"the code {code} is not that of {area}", figure(), do="ask which of the two holds")
    return code or rows.codes.get((code, area, level), "")


def _check_names(sheet: Sheet, column: int, fields: dict, rows: RowFacts, taken: Sequence[int] | None) -> None:
    for what in ("indicator", "area"):
        found = fields[what]
        if isinstance(found, list) and id(found) in rows.checked:
            continue
        rows.checked.add(id(found))
        for text in dict.fromkeys(found) if isinstance(found, list) else [found]:
            if not is_numeral(text) or AREA_CODE.fullmatch(text):
                continue
            i = found.index(text) if isinstance(found, list) else 0
            codes = fields["area_code"]
            if text != (codes[i] if isinstance(codes, list) else codes):
                figure = _figure(sheet, column, rows, taken, i)
                raise sheet.error(f"the {what} of this figure would be a number, {text}", figure)
