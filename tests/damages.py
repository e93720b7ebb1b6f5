# SPDX-License-Identifier: EUPL-1.2
"""What happens to workbooks on their way: one function a damage.

Each takes a book to change in place and a source of chance; it gives an `Answer` that says which tables are right
afterwards, or None when the book has nothing that it could hit. A clear refusal is always right, but for damages
in `HARMLESS`.
"""

from __future__ import annotations

import csv
import datetime
import io
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from good_workbooks import flemish
from grids import (
    AREAS,
    CODES,
    PERIODS,
    Book,
    Fact,
    Item,
    Page,
    Place,
    Table,
    Unreadable,
    above,
    by_address,
    content,
    facts,
    new_id,
    open_data,
    period,
    reading,
    split,
    survey,
    swing,
    swing_csv,
)

Right = Callable[[Book, dict], dict[tuple[str, str], Fact]]


def by_rule(book: Book, before: dict) -> dict:
    """What the damaged book says when its headers hold where they stand now."""
    return by_address(book, facts(book))


def as_before(book: Book, before: dict) -> dict:
    """What the book said before, wherever its cells stand now."""
    book.lost = set()
    return by_address(book, before)


@dataclass(frozen=True)
class Answer:
    right: tuple[Right, ...] = ()  # none: nobody can tell, so it must be refused
    in_cell: bool = False  # the damage is in one cell, which the error must name


RULE, KEPT, REFUSE = Answer((by_rule,)), Answer((as_before,)), Answer()
EITHER = Answer((by_rule, as_before))
IN_CELL, KEPT_IN_CELL, REFUSE_CELL = Answer((by_rule,), True), Answer((as_before,), True), Answer((), True)

Damage = Callable[[Book, Random], Answer | None]
DAMAGES: dict[str, Damage] = {}
HARMLESS: set[str] = set()  # must not be refused either


def damage(function: Damage) -> Damage:
    DAMAGES[function.__name__] = function
    return function


def harmless(function: Damage) -> Damage:
    HARMLESS.add(function.__name__)
    return damage(function)


# Where to hit


def a_page(book: Book, chance: Random) -> Page:
    """A page, of those with a table three times out of four."""
    with_table = {table.page for table in book.tables}
    pages = [page for page in book.pages if page.key in with_table or chance.random() < 0.25]
    return chance.choice([page for page in pages if page.cells] or book.pages)


def a_table(book: Book, chance: Random) -> tuple[Table, Page]:
    table = chance.choice(book.tables)
    return table, book.page(table.page)


def pick(chance: Random, places: Iterable) -> Place | None:
    found = list(places)
    return chance.choice(found) if found else None


def figures(table: Table, page: Page, test: Callable[[Item], bool] = lambda item: True) -> list[Place]:
    places = [(r, c) for r in table.rows for c in table.columns]
    return [place for place in places if place in page.cells and test(page.cells[place])]


def is_number(table: Table) -> Callable[[Item], bool]:
    return lambda item: next(iter(reading(item, table.marks)))[0] is not None


def heads(table: Table, page: Page, test: Callable[[str], bool] = bool) -> list[Place]:
    places = [(r, c) for r in table.heads for c in [*table.labels, *table.columns]]
    return [place for place in places if place in page.cells and test(page.cells[place].text)]


def labels(table: Table, page: Page) -> list[Place]:
    return [(r, c) for r in table.rows for c in table.labels if (r, c) in page.cells]


def value(item: Item, table: Table) -> Decimal:
    return next(iter(reading(item, table.marks)))[0]


def put(page: Page, place: Place, value: object, **more: object) -> None:
    old = page.cells.get(place, Item(None))
    page.cells[place] = replace(old, value=value, **{"says": None, "aside": False} | more)


# Rows and columns


def insert(lines: list[int], at: int, merged: Iterable[list[int]]) -> int:
    """A new line among rows or columns; a merged range that it falls into grows."""
    new = new_id()
    for own in merged:
        if 0 < at < len(lines) and lines[at - 1] in own and lines[at] in own:
            own.insert(own.index(lines[at]), new)
    lines.insert(at, new)
    return new


def drop(page: Page, line: int, lines: list[int], axis: int) -> None:
    lines.remove(line)
    page.cells = {place: item for place, item in page.cells.items() if place[axis] != line}
    for one in page.merged:
        if line in one[axis]:
            one[axis].remove(line)
    page.merged = [one for one in page.merged if len(one[0]) * len(one[1]) > 1]


def rows_of(page: Page) -> list[list[int]]:
    return [m[0] for m in page.merged]


def columns_of(page: Page) -> list[list[int]]:
    return [m[1] for m in page.merged]


@damage
def insert_row(book: Book, chance: Random) -> Answer:
    page = a_page(book, chance)
    insert(page.rows, chance.randrange(len(page.rows) + 1), rows_of(page))
    return RULE


@damage
def insert_column(book: Book, chance: Random) -> Answer:
    page = a_page(book, chance)
    insert(page.columns, chance.randrange(len(page.columns) + 1), columns_of(page))
    return RULE


@damage
def delete_row(book: Book, chance: Random) -> Answer:
    page = a_page(book, chance)
    drop(page, chance.choice(page.rows), page.rows, 0)
    return RULE


@damage
def delete_column(book: Book, chance: Random) -> Answer:
    page = a_page(book, chance)
    drop(page, chance.choice(page.columns), page.columns, 1)
    return RULE


@damage
def shift_table(book: Book, chance: Random) -> Answer:
    """Empty rows above or columns to the left of everything."""
    page = a_page(book, chance)
    lines = chance.choice([page.rows, page.columns])
    for _ in range(chance.randint(1, 3)):
        insert(lines, 0, [])
    return KEPT


def clear(page: Page, places: Iterable[Place]) -> None:
    for place in places:
        page.cells.pop(place, None)


@damage
def blank_row(book: Book, chance: Random) -> Answer:
    page = a_page(book, chance)
    row = chance.choice(page.rows)
    clear(page, [(row, c) for c in page.columns])
    return RULE


@damage
def blank_column(book: Book, chance: Random) -> Answer:
    page = a_page(book, chance)
    column = chance.choice(page.columns)
    clear(page, [(r, column) for r in page.rows])
    return RULE


def copy_row(page: Page, table: Table, row: int) -> int:
    """A copy of a row of figures right below it."""
    new = insert(page.rows, page.rows.index(row) + 1, rows_of(page))
    table.rows.append(new)
    page.cells |= {(new, c): page.cells[row, c] for c in page.columns if (row, c) in page.cells}
    return new


@damage
def duplicate_row(book: Book, chance: Random) -> Answer:
    table, page = a_table(book, chance)
    copy_row(page, table, chance.choice(table.rows))
    return EITHER


@damage
def conflicting_row(book: Book, chance: Random) -> Answer | None:
    """A copy of a row with another figure: two answers to one question."""
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page, is_number(table)))
    if not place:
        return None
    new = copy_row(page, table, place[0])
    put(page, (new, place[1]), 7 if page.cells[place].stored else "7", format="General")
    return REFUSE


@damage
def duplicate_column(book: Book, chance: Random) -> Answer:
    table, page = a_table(book, chance)
    column = chance.choice(table.labels + table.columns)
    new = insert(page.columns, page.columns.index(column) + 1, columns_of(page))
    (table.labels if column in table.labels else table.columns).append(new)
    page.cells |= {(r, new): page.cells[r, column] for r in page.rows if (r, column) in page.cells}
    return EITHER


def swap(lines: list[int], one: int, other: int) -> None:
    i, j = lines.index(one), lines.index(other)
    lines[i], lines[j] = lines[j], lines[i]


@damage
def swap_rows(book: Book, chance: Random) -> Answer:
    table, page = a_table(book, chance)
    swap(page.rows, *chance.sample([r for r in table.heads + table.rows if r in page.rows], 2))
    return RULE


@damage
def swap_columns(book: Book, chance: Random) -> Answer:
    table, page = a_table(book, chance)
    swap(page.columns, *chance.sample(table.labels + table.columns, 2))
    return RULE


def shift(page: Page, places: list[Place]) -> None:
    """Each cell goes to the next place; the first place becomes empty."""
    items = [page.cells.pop(place, None) for place in places]
    for place, item in zip(places[1:], items, strict=False):
        if item:
            page.cells[place] = item


@damage
def shift_right(book: Book, chance: Random) -> Answer:
    """A cell put in: the rest of its row goes one to the right."""
    table, page = a_table(book, chance)
    row = chance.choice(table.rows + [r for r in table.heads if r in page.rows])
    start = chance.choice(table.labels + table.columns)
    insert(page.columns, len(page.columns), [])
    shift(page, [(row, c) for c in page.columns[page.columns.index(start) :]])
    return RULE


@damage
def shift_left(book: Book, chance: Random) -> Answer:
    """A cell taken out: the rest of its row goes one to the left."""
    table, page = a_table(book, chance)
    row = chance.choice(table.rows + [r for r in table.heads if r in page.rows])
    start = chance.choice(table.labels + table.columns)
    places = [(row, c) for c in page.columns[page.columns.index(start) :]]
    clear(page, places[:1])
    shift(page, places[::-1])
    return RULE


@damage
def shift_down(book: Book, chance: Random) -> Answer:
    table, page = a_table(book, chance)
    column = chance.choice(table.labels + table.columns)
    start = chance.choice([r for r in table.heads + table.rows if r in page.rows])
    insert(page.rows, len(page.rows), [])
    shift(page, [(r, column) for r in page.rows[page.rows.index(start) :]])
    return RULE


@damage
def shift_up(book: Book, chance: Random) -> Answer:
    table, page = a_table(book, chance)
    column = chance.choice(table.labels + table.columns)
    start = chance.choice([r for r in table.heads + table.rows if r in page.rows])
    places = [(r, column) for r in page.rows[page.rows.index(start) :]]
    clear(page, places[:1])
    shift(page, places[::-1])
    return RULE


@damage
def transpose(book: Book, chance: Random) -> Answer | None:
    _, page = a_table(book, chance)
    if book.is_text and chance.random() < 0.5:
        return None
    page.rows, page.columns = page.columns, page.rows
    page.cells = {(c, r): item for (r, c), item in page.cells.items()}
    page.merged = [(columns, rows) for rows, columns in page.merged]

    def turned(book: Book, before: dict) -> dict:
        return by_address(book, {(k, c, r) if k == page.key else (k, r, c): f for (k, r, c), f in before.items()})

    return Answer((turned,))


@damage
def cut_rows(book: Book, chance: Random) -> Answer:
    """The last rows are gone, footers first."""
    page = a_page(book, chance)
    for row in page.rows[chance.randrange(len(page.rows)) :]:
        drop(page, row, page.rows, 0)
    return RULE


@damage
def cut_top(book: Book, chance: Random) -> Answer:
    page = a_page(book, chance)
    for row in page.rows[: chance.randint(1, 4)]:
        drop(page, row, page.rows, 0)
    return RULE


@damage
def cut_columns(book: Book, chance: Random) -> Answer:
    page = a_page(book, chance)
    for column in page.columns[chance.randrange(1, len(page.columns) + 1) :]:
        drop(page, column, page.columns, 1)
    return RULE


# Headers and labels

WORD = "Hernoemd"


def other_name(table: Table, text: str) -> str:
    """The header with another word for what it names; its unit, period and footnote mark stay."""
    if table.rule is swing_csv and "|" in text:
        return f"{other_name(table, text.partition('|')[0])}|{text.partition('|')[2]}"
    if table.rule is open_data:
        return re.sub(r"_.*", f"_{WORD.upper()}", text)
    name = split(text)[0]
    return text.replace(name, WORD) if name else f"{WORD} {text}"


def role(text: str) -> str:
    word = split(text)[0].lower()
    return "area" if word in AREAS else "code" if word in CODES else "period" if word in PERIODS else ""


def known_by_labels(table: Table, place: Place, text: str) -> Answer:
    """The header of areas or codes is gone, but its labels may tell what they are."""

    def known(book: Book, before: dict) -> dict:
        table.roles[place[1]] = role(text)
        return by_rule(book, before)

    told = table.rule in (above, survey) and place[1] in table.labels and role(text)
    by_codes = (as_before,) * (role(text) == "area")  # codes beside them tell which column holds the areas
    return Answer((by_rule, known, *by_codes)) if told else RULE


@damage
def rename_header(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, heads(table, page, lambda text: not period(text)))
    if not place:
        return None
    text = page.cells[place].text
    put(page, place, other_name(table, text))
    return known_by_labels(table, place, text)


@damage
def retype_header(book: Book, chance: Random) -> Answer | None:
    """The same words in capitals, a year as a number or as text."""
    table, page = a_table(book, chance)
    place = pick(chance, heads(table, page))
    if not place:
        return None
    item = page.cells[place]
    if item.stored:
        put(page, place, item.text)
    elif item.text.isdigit() and not book.is_text:
        put(page, place, int(item.text))
    elif table.rule is not open_data:
        put(page, place, chance.choice([str.upper, str.lower, str.title])(item.text))
    return RULE


@damage
def swap_headers(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    row = chance.choice([r for r in table.heads if r in page.rows])
    places = [place for place in heads(table, page) if place[0] == row]
    if len(places) < 2:
        return None
    one, other = chance.sample(places, 2)
    page.cells[one], page.cells[other] = page.cells[other], page.cells[one]
    return RULE


@damage
def blank_header(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, heads(table, page))
    answer = known_by_labels(table, place, page.cells[place].text)
    clear(page, [place])
    return answer


@damage
def duplicate_header(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    one = pick(chance, heads(table, page))
    other = pick(chance, (place for place in heads(table, page) if place[0] == one[0] and place != one))
    if not other:
        return None
    answer = known_by_labels(table, other, page.cells[other].text)
    page.cells[other] = page.cells[one]
    return answer


@damage
def repeat_header(book: Book, chance: Random) -> Answer | None:
    """The header once more between the figures, as on a second printed page."""
    table, page = a_table(book, chance)
    if len(table.heads) > 1:
        return None
    new = insert(page.rows, page.rows.index(chance.choice(table.rows)), rows_of(page))
    page.cells |= {(new, c): page.cells[table.heads[0], c] for c in page.columns if (table.heads[0], c) in page.cells}
    page.cells |= {(new, c): replace(page.cells[new, c], aside=True) for c in page.columns if (new, c) in page.cells}
    return KEPT


@damage
def move_header_to_first(book: Book, chance: Random) -> Answer | None:
    """Swing's label moved from the last column of its block to the first."""
    table, page = a_table(book, chance)
    over = [place for place in heads(table, page) if place[0] == table.heads[0] and place[1] in table.columns]
    if table.rule is not swing or not over:
        return None
    at = chance.randrange(len(over))
    first = table.columns[table.columns.index(over[at - 1][1]) + 1] if at else table.columns[0]
    if first == over[at][1]:
        return None
    page.cells[table.heads[0], first] = page.cells.pop(over[at])
    return KEPT


@damage
def swap_labels(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    column = chance.choice(table.labels)
    places = [place for place in labels(table, page) if place[1] == column]
    if len(places) < 2:
        return None
    one, other = chance.sample(places, 2)
    page.cells[one], page.cells[other] = page.cells[other], page.cells[one]
    return RULE


@damage
def duplicate_label(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    one = pick(chance, labels(table, page))
    other = pick(chance, (place for place in labels(table, page) if place[1] == one[1] and place != one))
    if not other:
        return None
    page.cells[other] = page.cells[one]
    return RULE


@damage
def blank_label(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    clear(page, [pick(chance, labels(table, page))])
    return IN_CELL


@damage
def rename_label(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, (p for p in labels(table, page) if not page.cells[p].stored))
    if not place:
        return None
    put(page, place, chance.choice([WORD, "Genk", "Totaal", page.cells[place].text + " (1)", "a; b=c"]))
    return RULE


@damage
def label_as_number(book: Book, chance: Random) -> Answer | None:
    """A code or year that becomes a number; a zero in front goes."""
    table, page = a_table(book, chance)
    place = pick(chance, (p for p in labels(table, page) if page.cells[p].text.isdigit()))
    if not place or book.is_text:
        return None
    item = page.cells[place]
    put(page, place, item.text if item.stored else int(item.text))
    return KEPT


@damage
def label_as_date(book: Book, chance: Random) -> Answer | None:
    """Excel makes a date of `1-5`."""
    table, page = a_table(book, chance)
    place = pick(chance, (p for p in labels(table, page) if not period(page.cells[p].text)))
    if not place or book.is_text:
        return None
    put(page, place, datetime.datetime(2021, 5, 1), format="d-mmm")
    return RULE


@damage
def error_as_label(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, labels(table, page))
    if book.is_text:
        return None
    header = page.text(table.heads[-1], place[1]).lower()
    put(page, place, chance.choice(["#N/A", "#REF!", "#VALUE!"]))
    # A remark, or a text that is passed over, says nothing of the figure.
    said_of_source = ("opmerking", "uitgever", "titel", "adres", "vindplaats", "zekerheid")
    said_of_source += ("tx_munty_descr_fr", "cd_sex")  # left out, beside the same in another field
    said_of_source += ("nis-code",) * all(page.text(row, place[1]).startswith("#") for row in table.rows)  # all lost
    return EITHER if header in said_of_source else REFUSE_CELL


# Units and periods


@damage
def change_unit(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, heads(table, page, lambda text: "[" in text))
    if not place:
        return None
    text = page.cells[place].text
    unit = chance.choice([unit for unit in ("%", "aantal", "personen", "EUR", "‰") if f"[{unit}]" not in text])
    put(page, place, re.sub(r"\[.*?\]", f"[{unit}]", text))
    return RULE


@damage
def drop_unit(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, heads(table, page, lambda text: "[" in text and bool(split(text)[0])))
    if not place:
        return None
    text = re.sub(r"\s*\[.*?\]", "", page.cells[place].text)
    put(page, place, text)
    table.units |= {"aantal fictief": "aantal", "bedrag": "EUR", "bedrag fictief": "EUR"}
    return RULE


@damage
def change_footer_unit(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = table.whole.get("unit")
    if not place or place not in page.cells or page.text(*table.whole["unit word"]) != "Eenheid":
        return None
    put(page, place, chance.choice(["%", "EUR", "personen"]))
    return RULE


def periods(table: Table, page: Page) -> list[Place]:
    """Every cell of the table that a period stands in."""
    places = heads(table, page) + labels(table, page) + [p for p in table.whole.values() if p in page.cells]
    return [p for p in places if re.search(r"\b(?:19|20)\d\d", page.cells[p].text)]


@damage
def change_year(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, periods(table, page))
    if not place:
        return None
    item, more = page.cells[place], chance.choice([-10, -1, 1, 2])
    text = re.sub(r"(?:19|20)\d\d", lambda year: str(int(year[0]) + more), item.text)
    put(page, place, int(text) if item.stored else text, aside=item.aside)
    return RULE


@damage
def spoil_year(book: Book, chance: Random) -> Answer | None:
    """A period that is none any more: `2O19`, `219`, `2019-2018`."""
    table, page = a_table(book, chance)
    place = pick(chance, periods(table, page))
    if not place:
        return None
    item = page.cells[place]
    year = re.search(r"(?:19|20)\d\d", item.text)[0]
    bad = chance.choice([year.replace("0", "O"), year[:1] + year[2:], f"{year}-{int(year) - 1}", f"{year}?", year * 2])
    put(page, place, item.text.replace(year, bad), aside=item.aside)
    return RULE


@damage
def year_as_date(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, (p for p in periods(table, page) if page.cells[p].text.isdigit()))
    if not place or book.is_text:
        return None
    put(page, place, datetime.datetime(int(page.cells[place].text), 1, 1), format="d/mm/yyyy")
    return RULE


# Figures


@damage
def retype_figure(book: Book, chance: Random) -> Answer | None:
    """Another figure: what the damage says must be what comes out."""
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page, lambda item: item.stored))
    if not place:
        return None
    put(page, place, 0.375 if page.cells[place].unit == "%" else 321)
    return RULE


@damage
def blank_cell(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    clear(page, [pick(chance, figures(table, page))])
    return IN_CELL


@damage
def error_in_cell(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    put(page, pick(chance, figures(table, page)), chance.choice(["#N/A", "#REF!", "#DIV/0!", "#VALUE!"]))
    return REFUSE_CELL


@damage
def text_in_cell(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    words = ["zie nota", "ongeveer", "2019 en later", "Genk", "n/a", "NULL", "=1+1", "[%]", "€", "%", "-,-", "."]
    put(page, pick(chance, figures(table, page)), chance.choice(words), format="General")
    return REFUSE_CELL


@damage
def date_or_truth_in_cell(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    if book.is_text:
        return None
    place = pick(chance, figures(table, page))
    if chance.random() < 0.5:
        put(page, place, datetime.datetime(2021, 5, 1), format="d-mmm")
    else:
        put(page, place, True, format="General")
    return REFUSE_CELL


@damage
def mark_to_zero(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page, lambda item: not is_number(table)(item)))
    if not place:
        return None
    put(page, place, "0" if book.is_text else 0)
    return RULE


@damage
def zero_to_mark(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page, lambda item: is_number(table)(item) and not value(item, table)))
    if not place:
        return None
    put(page, place, chance.choice([m for m in table.marks if not m.startswith("-9")]), format="General")
    return RULE


@damage
def figure_to_mark(book: Book, chance: Random) -> Answer | None:
    """A mark in place of a figure, in any spelling; one that the publisher does not know must be refused."""
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page))
    known = [spelled for mark in table.marks for spelled in (mark, mark.upper(), f" {mark} ")]
    put(page, place, chance.choice([*known, "ND", "vs", "?", "<5", "< 10", "*", "(c)"]), format="General")
    item = page.cells[place]
    if item.text.lower() in table.marks:
        return IN_CELL
    few = frozenset({(None, "c"), (None, "m"), (None, "z")})
    page.cells[place] = replace(item, says=few)
    return IN_CELL


def text_column(page: Page, table: Table, column: int, how: Callable[[Decimal], str]) -> None:
    """The numbers of a column as text."""
    for place in figures(table, page, is_number(table)):
        if place[1] == column:
            write_text(page, table, place, how)


def write_text(page: Page, table: Table, place: Place, how: Callable[[Decimal], str], **more: object) -> None:
    """A figure as text; unless said otherwise it still says what it said."""
    item = page.cells[place]
    says = reading(item, table.marks)
    percent, money = ("%" in item.text or item.unit == "%"), item.unit == "EUR"
    text = how(value(item, table)) + (" %" if percent else "")
    put(page, place, f"€ {text}" if money else text, **{"format": "General", "says": says} | more)


def plain(number: Decimal) -> str:
    return flemish(number.normalize() if number % 1 else number.quantize(Decimal(1)))


def english(number: Decimal) -> str:
    return f"{number.normalize() if number % 1 else number.quantize(Decimal(1)):f}"


def grouped(number: Decimal) -> str:
    return flemish(number.normalize() if number % 1 else number.quantize(Decimal(1)), grouped=True)


def numeric(table: Table, page: Page, test: Callable[[Decimal], bool] = lambda n: True) -> list[Place]:
    """Figures that are numbers and no sentinels, of which this holds."""
    return [p for p in figures(table, page, is_number(table)) if test(value(page.cells[p], table))]


@damage
def number_to_text(book: Book, chance: Random) -> Answer | None:
    """One figure or a column of them as text, in Flemish."""
    table, page = a_table(book, chance)
    place = pick(chance, (p for p in numeric(table, page) if page.cells[p].stored))
    if not place:
        return None
    if chance.random() < 0.5:
        write_text(page, table, place, plain)
    else:
        text_column(page, table, place[1], plain)
    return KEPT


@damage
def text_to_number(book: Book, chance: Random) -> Answer | None:
    """A column typed as text becomes numbers, but for one."""
    table, page = a_table(book, chance)
    place = pick(chance, (p for p in numeric(table, page) if page.cells[p].stored))
    if not place:
        return None
    item = page.cells[place]
    text_column(page, table, place[1], chance.choice([plain, grouped]))
    page.cells[place] = item
    return KEPT


@damage
def number_to_english_text(book: Book, chance: Random) -> Answer | None:
    """`14.3` for 14,3 and `1,234` for 1.234: as it was, or refused; never read the Flemish way."""
    table, page = a_table(book, chance)
    place = pick(chance, numeric(table, page, lambda n: n % 1 != 0 or n >= 1000))
    if not place:
        return None

    def how(number: Decimal) -> str:
        return f"{number.normalize():,f}" if chance.random() < 0.5 else english(number)

    write_text(page, table, place, how)
    return KEPT


@damage
def decimal_mark_in_cell(book: Book, chance: Random) -> Answer | None:
    """A column of text in which one figure has a point where the others have a comma."""
    table, page = a_table(book, chance)
    place = pick(chance, numeric(table, page, lambda n: n % 1 != 0))
    if not place:
        return None
    if page.cells[place].stored:
        text_column(page, table, place[1], plain)
    write_text(page, table, place, english)
    return KEPT_IN_CELL


@damage
def decimal_mark_in_column(book: Book, chance: Random) -> Answer | None:
    """A whole column with points for commas. Not where all have three decimals: those may be thousands."""
    table, page = a_table(book, chance)
    place = pick(chance, numeric(table, page, lambda n: n % 1 != 0 and len(english(n).partition(".")[2]) != 3))
    if not place:
        return None
    text_column(page, table, place[1], english)
    return KEPT


@damage
def thousands_dot(book: Book, chance: Random) -> Answer | None:
    """A thousands dot in one figure, or in all of a column."""
    table, page = a_table(book, chance)
    place = pick(chance, numeric(table, page, lambda n: n >= 1000))
    if not place:
        return None
    if page.cells[place].stored and chance.random() < 0.7:
        text_column(page, table, place[1], chance.choice([plain, grouped]))
    write_text(page, table, place, grouped)
    return KEPT


@damage
def odd_figure(book: Book, chance: Random) -> Answer | None:
    """A figure as people and programs write it: what it was, or refused."""
    table, page = a_table(book, chance)
    place = pick(chance, numeric(table, page, lambda n: n > 0))
    if not place or page.cells[place].unit == "%":
        return None
    ways = ["{} (1)", "{}*", "{} p", "{}¹", "ca. {}", "> {}", "{} personen", "+{}", "{},-", "{}.", "'{}", "0{}"]
    ways += ["{}-", "({})", "{}e0", "{}E+3", "{}–{}", "{}/{}", "{} {}", "\u200b{}", "{}\u00a0", "\u00a0{}", "\ufeff{}"]
    way = chance.choice(ways)
    if way == "{} {}" and 100 <= value(page.cells[place], table) < 1000:
        return None  # `712 712` is a number
    says = reading(page.cells[place], table.marks)
    write_text(page, table, place, lambda n: way.format(plain(n), plain(n)), says=says)
    return REFUSE_CELL if way in ("{}E+3", "{}-", "({})", "{}–{}", "{}/{}", "{} {}") else KEPT


@damage
def other_digits(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, numeric(table, page, lambda n: n > 0))
    if not place:
        return None
    digits = chance.choice(["０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "O123456789", "0l23456789"])
    text = plain(value(page.cells[place], table)).translate(str.maketrans("0123456789", digits))
    if text == plain(value(page.cells[place], table)):
        return None
    write_text(page, table, place, lambda n: text)
    return KEPT_IN_CELL


@damage
def spaces_between_thousands(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, numeric(table, page, lambda n: n >= 1000))
    if not place:
        return None
    space = chance.choice(" \u00a0\u202f\u2009'’")
    write_text(page, table, place, lambda n: grouped(n).replace(".", space))
    return KEPT


@damage
def broken_groups(book: Book, chance: Random) -> Answer | None:
    """`1.23.456`, `12,34,5`, `1.2345`: groups that are none."""
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page))
    bad = chance.choice(["1.23.456", "12,34,5", "1.2345", "1,234.5", "1 23", "1.234.56", "1..234", "12.34"])
    put(page, place, bad, format="General")
    right = {"1.2345": Decimal("1.2345"), "1,234.5": Decimal("1234.5"), "12.34": Decimal("12.34")}
    page.cells[place] = replace(page.cells[place], says=frozenset({(right.get(bad), "")}))
    return IN_CELL if bad in right else REFUSE_CELL


def percents(table: Table, page: Page) -> list[Place]:
    return figures(table, page, lambda item: item.stored and item.unit == "%")


@damage
def drop_percent(book: Book, chance: Random) -> Answer | None:
    """The percent format of one figure goes, or of a column: 0,143 is still 14,3 %."""
    table, page = a_table(book, chance)
    place = pick(chance, percents(table, page))
    if not place:
        return None
    column = [p for p in percents(table, page) if p[1] == place[1]] if chance.random() < 0.5 else [place]
    for one in column:
        says = reading(page.cells[one], table.marks)
        page.cells[one] = replace(page.cells[one], format=chance.choice(["General", "0.000"]), says=says)
    return KEPT


@damage
def percent_of_plain(book: Book, chance: Random) -> Answer | None:
    """One figure of a column shown as a percentage: what is shown, or refused."""
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page, lambda item: item.stored and item.unit == ""))
    if not place or not is_number(table)(page.cells[place]):
        return None
    page.cells[place] = replace(page.cells[place], format="0.0%")
    return RULE


@damage
def money_format(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page, lambda item: item.stored and item.unit == ""))
    if not place or not is_number(table)(page.cells[place]) or book.file.endswith(".ods"):
        return None
    page.cells[place] = replace(page.cells[place], format='"€" #,##0.00')
    return RULE


@damage
def date_format(book: Book, chance: Random) -> Answer | None:
    """A number that is shown as a date."""
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page, lambda item: item.stored))
    if not place or book.file.endswith(".ods"):
        return None
    page.cells[place] = replace(page.cells[place], format="d/mm/yyyy")
    return REFUSE_CELL


@harmless
def binary_noise(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page, lambda item: isinstance(item.value, float)))
    if not place:
        return None
    item = page.cells[place]
    says = reading(item, table.marks)
    page.cells[place] = replace(item, value=math.nextafter(item.value, chance.choice([0, 1e9])), says=says)
    return KEPT


@damage
def change_color(book: Book, chance: Random) -> Answer | None:
    """Swing tells estimates by the colour of the figure."""
    table, page = a_table(book, chance)
    place = pick(chance, figures(table, page))
    if table.rule is not swing or book.is_text:
        return None
    page.cells[place] = replace(page.cells[place], color=chance.choice(["", "808080", "C8C8C8", "123456"]))
    return RULE


@harmless
def spaces_in_text(book: Book, chance: Random) -> Answer | None:
    page = a_page(book, chance)
    place = pick(chance, (p for p, item in page.cells.items() if isinstance(item.value, str)))
    if not place:
        return None
    spaces = [" ", "  ", "\u00a0", " \u00a0"] + (["\n"] if book.file.endswith(".xlsx") else [])
    item, space = page.cells[place], chance.choice(spaces)
    text = chance.choice([f"{item.value}{space}", f"{space}{item.value}"])
    page.cells[place] = replace(item, value=text)
    return KEPT


@damage
def line_break_in_field(book: Book, chance: Random) -> Answer | None:
    """A field of a CSV over two lines: still one record, which is one row."""
    page = book.pages[0]
    place = pick(chance, (p for p, item in page.cells.items() if isinstance(item.value, str)))
    if not book.is_text:
        return None
    put(page, place, f"{page.cells[place].value}\n", aside=page.cells[place].aside)
    return Answer((as_before,))


# Merged and hidden


@damage
def drop_merge(book: Book, chance: Random) -> Answer | None:
    page = a_page(book, chance)
    if not page.merged:
        return None
    rows, _ = page.merged.pop(chance.randrange(len(page.merged)))
    in_data = any(rows[0] in table.rows for table in book.tables if table.page == page.key)
    return EITHER if in_data else KEPT


@damage
def add_merge(book: Book, chance: Random) -> Answer | None:
    """Two cells become one, which shows the first."""
    table, page = a_table(book, chance)
    taken = set(page.covers())
    rows = [r for r in page.rows if r in table.heads + table.rows]
    columns = [c for c in page.columns if c in table.labels + table.columns]
    r, c = chance.randrange(len(rows)), chance.randrange(len(columns))
    pair = (rows[r : r + 2], columns[c : c + 1]) if chance.random() < 0.5 else (rows[r : r + 1], columns[c : c + 2])
    places = {(row, column) for row in pair[0] for column in pair[1]}
    if book.is_text or len(places) < 2 or places & taken:
        return None
    roles = {c: role(page.text(r, c)) for r, c in sorted(places) if r in table.heads}
    page.merged.append(pair)
    if set(pair[0]) & set(table.rows) or not set(pair[1]) <= set(table.labels):
        return RULE

    def known(book: Book, before: dict) -> dict:
        """A header over more columns of labels: the labels may tell what they are."""
        table.roles |= {c: own for c, own in roles.items() if own}
        return by_rule(book, before)

    return Answer((by_rule, known, as_before))


@harmless
def hide_row(book: Book, chance: Random) -> Answer | None:
    _, page = a_table(book, chance)
    page.hidden_rows.add(chance.choice(page.rows))
    return None if book.is_text else KEPT


@harmless
def hide_column(book: Book, chance: Random) -> Answer | None:
    _, page = a_table(book, chance)
    page.hidden_columns.add(chance.choice(page.columns))
    return None if book.is_text else KEPT


@harmless
def hide_sheet(book: Book, chance: Random) -> Answer | None:
    _, page = a_table(book, chance)
    page.state = chance.choice(["hidden", "veryHidden"])
    if all(one.state != "visible" for one in book.pages):
        book.pages.append(Page("Voorblad", {(1, 1): Item("Verzonnen woorden")}, [1], [1], key=new_id()))
    return None if book.is_text else KEPT


# Around the table

NOTES = ["Bron: verzonnen", "(9) Verzonnen noot.", "* Verzonnen voorbehoud", "Let op: dit is verzonnen.", "Noot 1"]
NOTES += ["De cijfers van 2018 zijn niet vergelijkbaar.", "12 gemeenten antwoordden niet.", "(1) Breuk in de reeks."]


@damage
def move_footer(book: Book, chance: Random) -> Answer | None:
    """More empty rows between table and footer, or fewer, or none."""
    table, page = a_table(book, chance)
    last = max(page.rows.index(r) for r in table.rows)
    empty = []
    for row in page.rows[last + 1 :]:
        if any((row, c) in page.cells for c in page.columns):
            break
        empty.append(row)
    if not empty or len(empty) == len(page.rows) - last - 1:
        return None
    if chance.random() < 0.5:
        for row in empty[: chance.randint(1, len(empty))]:
            drop(page, row, page.rows, 0)
    else:
        for _ in range(chance.randint(1, 3)):
            insert(page.rows, last + 1, [])
    return KEPT


@damage
def add_note_row(book: Book, chance: Random) -> Answer | None:
    """A note above the header, between the figures, right below them, or further down."""
    table, page = a_table(book, chance)
    rows = [page.rows.index(r) for r in table.heads + table.rows if r in page.rows]
    at = chance.choice([0, min(rows), chance.choice(rows), max(rows) + 1, len(page.rows)])
    new = insert(page.rows, at, rows_of(page))
    column = chance.choice([page.columns[0], page.columns[0], chance.choice(page.columns)])
    page.cells[new, column] = Item(chance.choice(NOTES), aside=True)
    return KEPT


@damage
def add_heading_row(book: Book, chance: Random) -> Answer | None:
    """A heading between the figures: no figure of its own, or one that is not published."""
    table, page = a_table(book, chance)
    new = insert(page.rows, page.rows.index(chance.choice(table.rows)), rows_of(page))
    page.cells[new, page.columns[0]] = Item("Tussentitel", aside=True)

    def without_figures(book: Book, before: dict) -> dict:
        table.rows.append(new)
        return by_rule(book, before)

    return Answer((as_before, without_figures))


@damage
def add_total_row(book: Book, chance: Random) -> Answer | None:
    """A row `Totaal` right below the figures."""
    table, page = a_table(book, chance)
    last = max(table.rows, key=page.rows.index)
    new = insert(page.rows, page.rows.index(last) + 1, [])
    page.cells[new, table.labels[0]] = Item("Totaal")
    for c in table.columns:
        numbers = [page.cells[r, c] for r in table.rows if (r, c) in page.cells and page.cells[r, c].stored]
        if numbers:
            total = sum(n.value for n in numbers if n.value > -99996)
            page.cells[new, c] = replace(numbers[0], value=float(f"{total:.12g}"))
    table.rows.append(new)
    return RULE


def twin(book: Book, table: Table, page: Page, rows: dict[int, int], columns: dict[int, int]) -> None:
    """The table once more at other rows or columns, with other areas and figures."""
    places = [(r, c) for r in table.heads + table.rows for c in table.labels + table.columns]
    for r, c in places:
        if item := page.cells.get((r, c)):
            value = item.value
            if r in table.rows and c in table.columns and item.stored:
                value = value + 0.25 if item.unit == "%" else value + 1
            elif r in table.rows and c == table.labels[0] and isinstance(value, str):
                value = f"{value} bis"
            page.cells[rows.get(r, r), columns.get(c, c)] = replace(item, value=value, says=None)
    for own_rows, own_columns in list(page.merged):
        if set(own_rows) <= set(table.heads + table.rows) and set(own_columns) <= set(table.labels + table.columns):
            page.merged.append(([rows.get(r, r) for r in own_rows], [columns.get(c, c) for c in own_columns]))
    moved = table.copy()
    moved.heads, moved.rows = ([rows.get(r, r) for r in lines] for lines in (table.heads, table.rows))
    moved.labels, moved.columns = ([columns.get(c, c) for c in lines] for lines in (table.labels, table.columns))
    book.tables.append(moved)


@damage
def second_table_below(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    for _ in range(chance.randint(0, 2)):
        insert(page.rows, len(page.rows), [])
    rows = {r: insert(page.rows, len(page.rows), []) for r in [r for r in table.heads if r in page.rows] + table.rows}
    twin(book, table, page, rows, {})
    return RULE


@damage
def second_table_beside(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    for _ in range(chance.randint(0, 2)):
        insert(page.columns, len(page.columns), [])
    columns = {c: insert(page.columns, len(page.columns), []) for c in table.labels + table.columns}
    twin(book, table, page, {}, columns)
    return RULE


@damage
def stray_figure(book: Book, chance: Random) -> Answer | None:
    """A number that stands alone, outside the table."""
    table, page = a_table(book, chance)
    row = chance.choice([insert(page.rows, chance.choice([0, len(page.rows)]), []), *page.rows])
    column = chance.choice([insert(page.columns, len(page.columns), []), *page.columns])
    inside = row in table.heads + table.rows and column in table.labels + table.columns
    if inside or (row, column) in page.cells or (row, column) in page.covers():
        return None
    page.cells[row, column] = Item("77" if book.is_text else 77)
    return KEPT


@damage
def index_column(book: Book, chance: Random) -> Answer | None:
    """A column that numbers the rows, as data-frame libraries write it."""
    table, page = a_table(book, chance)
    new = insert(page.columns, 0, [])
    first = chance.choice([0, 1])
    for number, row in enumerate(sorted(table.rows, key=page.rows.index), start=first):
        page.cells[row, new] = Item(str(number) if book.is_text else number, aside=True)
    header = chance.choice(["", "", "Unnamed: 0", "index", "Nr"])
    if header and table.heads[-1] in page.rows:
        page.cells[table.heads[-1], new] = Item(header, aside=True)
    return KEPT


# Sheets


@damage
def rename_sheet(book: Book, chance: Random) -> Answer | None:
    _, page = a_table(book, chance)
    page.name = chance.choice(["Blad9", "2018", "Ander blad", "export (2)", "=1+1", "<b>"])
    return None if book.is_text or len({p.name for p in book.pages}) < len(book.pages) else RULE


@harmless
def swap_sheets(book: Book, chance: Random) -> Answer | None:
    if len(book.pages) < 2:
        return None
    chance.shuffle(book.pages)
    return KEPT


@damage
def delete_sheet(book: Book, chance: Random) -> Answer | None:
    if len(book.tables) < 2:
        return None
    book.pages.remove(book.page(chance.choice(book.tables).page))
    return RULE


@harmless
def add_sheet_of_words(book: Book, chance: Random) -> Answer | None:
    page = Page("Nota's", {(1, 1): Item("Verzonnen nota"), (3, 2): Item("woorden")}, [1, 2, 3], [1, 2], key=new_id())
    book.pages.insert(chance.randrange(len(book.pages) + 1), page)
    return None if book.is_text else KEPT


def copied_sheet(book: Book, chance: Random) -> tuple[Table, Page]:
    table, page = a_table(book, chance)
    other = page.copy()
    other.key, other.name = new_id(), f"{page.name} kopie"
    moved = table.copy()
    moved.page = other.key
    book.pages.append(other)
    book.tables.append(moved)
    return moved, other


@damage
def copy_sheet(book: Book, chance: Random) -> Answer | None:
    before = list(book.tables)
    copied_sheet(book, chance)
    book.tables[:] = before
    return None if book.is_text else KEPT


@damage
def copy_sheet_with_another_figure(book: Book, chance: Random) -> Answer | None:
    table, page = copied_sheet(book, chance)
    place = pick(chance, figures(table, page, lambda item: item.stored and is_number(table)(item)))
    if book.is_text or not place:
        return None
    put(page, place, page.cells[place].value + 0.125)
    return REFUSE


@damage
def copy_sheet_with_another_unit(book: Book, chance: Random) -> Answer | None:
    table, page = copied_sheet(book, chance)
    place = pick(chance, heads(table, page, lambda text: "[" in text and "[%]" not in text))
    if book.is_text or not place:
        return None
    put(page, place, re.sub(r"\[.*?\]", "[stuks]", page.cells[place].text))
    return REFUSE


# Files


@damage
def other_delimiter(book: Book, chance: Random) -> Answer | None:
    """Written anew with another separator, fields quoted where they must be."""
    book.delimiter = chance.choice([d for d in ",;\t" if d != book.delimiter])
    return KEPT if book.is_text else None


@damage
def delimiter_replaced(book: Book, chance: Random) -> Answer | None:
    """Every separator replaced by search and replace, decimal commas and words and all."""
    old, new = book.delimiter, chance.choice([d for d in ",;\t|" if d != book.delimiter])
    book.spoil = lambda whole: whole.replace(old.encode(), new.encode())

    def replaced(book: Book, before: dict) -> dict:
        for table in book.tables:
            page = book.page(table.page)
            for place in labels(table, page) + heads(table, page):
                put(page, place, page.cells[place].text.replace(old, new))
        return by_rule(book, before)

    return Answer((replaced,)) if book.is_text else None


@damage
def delimiter_lost_in_line(book: Book, chance: Random) -> Answer | None:
    """One separator of one line is gone: two fields are one and the rest moves."""
    table, page = a_table(book, chance)
    rows = [r for r in table.heads + table.rows if r in page.rows]
    rows = [r for r in rows if not any(book.delimiter in page.text(r, c) for c in page.columns)]
    if not book.is_text or not rows:
        return None
    row, at = chance.choice(rows), chance.randrange(len(page.columns) - 1)
    delimiter = book.delimiter

    def spoil(whole: bytes) -> bytes:
        lines = whole.decode().splitlines()
        fields = lines[page.rows.index(row)].split(delimiter)
        if at + 1 < len(fields):
            fields[at : at + 2] = [fields[at] + fields[at + 1]]
        lines[page.rows.index(row)] = delimiter.join(fields)
        return "\n".join([*lines, ""]).encode()

    book.spoil = spoil
    return REFUSE


@damage
def delimiter_added_in_line(book: Book, chance: Random) -> Answer | None:
    table, page = a_table(book, chance)
    if not book.is_text:
        return None
    row = chance.choice([r for r in table.heads + table.rows if r in page.rows])
    start = chance.choice(page.columns)
    insert(page.columns, len(page.columns), [])
    shift(page, [(row, c) for c in page.columns[page.columns.index(start) :]])
    return RULE


@harmless
def delimiter_at_line_ends(book: Book, chance: Random) -> Answer | None:
    insert(book.pages[0].columns, len(book.pages[0].columns), [])
    return KEPT if book.is_text else None


@harmless
def encoding(book: Book, chance: Random) -> Answer | None:
    book.encoding = chance.choice(["utf-8-sig", "utf-16", "cp1252"])
    try:
        "".join(str(item.value) for item in book.pages[0].cells.values()).encode(book.encoding)
    except UnicodeEncodeError:
        return None
    return KEPT if book.is_text else None


@harmless
def line_ends(book: Book, chance: Random) -> Answer | None:
    book.newline = chance.choice(["\r\n", "\r"])
    return KEPT if book.is_text else None


@harmless
def quotes_everywhere(book: Book, chance: Random) -> Answer | None:
    book.quoted = not book.quoted
    return KEPT if book.is_text else None


@harmless
def line_that_names_the_delimiter(book: Book, chance: Random) -> Answer | None:
    """Excel's `sep=;`; addresses count that line."""
    book.opening = f"sep={book.delimiter}\n"
    page = book.pages[0]
    if not book.is_text or (book.delimiter == "," and chance.random() < 0):
        return None

    def moved(book: Book, before: dict) -> dict:
        insert(page.rows, 0, [])
        return as_before(book, before)

    return Answer((moved,))


@damage
def double_spaced(book: Book, chance: Random) -> Answer | None:
    """An empty line after each line, as a wrong line end gives."""
    page = book.pages[0]
    for row in list(page.rows):
        insert(page.rows, page.rows.index(row) + 1, [])
    return KEPT if book.is_text else None


@damage
def quote_lost(book: Book, chance: Random) -> Answer | None:
    """One quote of a quoted file is gone."""
    book.quoted = True
    where = chance.random()

    def spoil(whole: bytes) -> bytes:
        quotes = [m.start() for m in re.finditer(b'"', whole)]
        at = quotes[int(where * len(quotes))]
        return whole[:at] + whole[at + 1 :]

    book.spoil = spoil
    return KEPT if book.is_text else None


@damage
def truncate(book: Book, chance: Random) -> Answer | None:
    """The file stops halfway. Of a CSV whole lines are left; of a line that is cut it must be told that it may be."""
    where = chance.random()
    if not book.is_text:
        book.spoil = lambda whole: whole[: int(where * len(whole))]
        return REFUSE
    book.spoil = lambda whole: whole[: int(where * len(whole))]

    def left(book: Book, before: dict) -> dict:
        page, text = book.pages[0], book.spoil(content(book)).decode(errors="replace")
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=book.delimiter))
        whole = len(found) if text.endswith("\n") else len(found) - 1
        book.cut = len(found) if whole < len(found) else 0
        if whole < len(found) and page.rows[whole] in [row for table in book.tables for row in table.heads]:
            raise Unreadable("the header is cut")
        for row in page.rows[whole:]:
            clear(page, [(row, c) for c in page.columns])
        if book.cut and not any(page.rows[whole] in table.rows for table in book.tables):  # half a note is one
            put(page, (page.rows[whole], page.columns[0]), found[-1][0], aside=True)
        return by_rule(book, before)

    return Answer((left,))


@damage
def spoiled_byte(book: Book, chance: Random) -> Answer | None:
    """One byte of a workbook is another: its check sums tell."""
    where, byte = chance.random(), chance.randrange(1, 256)

    def spoil(whole: bytes) -> bytes:
        at = int(where * len(whole))
        return whole[:at] + bytes([whole[at] ^ byte]) + whole[at + 1 :]

    book.spoil = spoil
    return None if book.is_text else KEPT


@damage
def other_extension(book: Book, chance: Random) -> Answer | None:
    stem, _, own = book.file.rpartition(".")
    book.file = f"{stem}.{chance.choice([e for e in ('xlsx', 'xls', 'ods', 'csv', 'txt') if e != own])}"
    made = book.copy()
    made.file = book.is_really = f"{stem}.{own}"
    book.spoil = lambda _: content(made)
    return KEPT  # what it is its content says
