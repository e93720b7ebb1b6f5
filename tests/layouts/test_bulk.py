# SPDX-License-Identifier: EUPL-1.2
"""A big worksheet is read as a small one is: the same bytes, or left to the ordinary way. All figures are invented."""

import itertools
import random
import re
import zipfile

import pytest
import xlsxwriter
from campaign import DAMAGES, _torn, plan
from good_workbooks import invented, own
from grids import write

from genk_armoede.layouts import bulk, tidying

XLSX = {name: book for name, book in (invented() | own()).items() if name.endswith(".xlsx")}
ROWS = 30


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """What is big is a matter of a few rows here."""
    for name, value in (("MIN_BYTES", 0), ("MIN_ROWS", 7), ("FIRST", 4)):
        monkeypatch.setattr(bulk, name, value)


def same(path) -> bool:
    """True when the bulk way reads the file, and as the ordinary way does; False when it leaves it to that one."""
    try:
        product = bulk.read(path)
    except bulk.Uneven:
        return False
    content, ordinary = "".join(product.lines()), tidying._cell_by_cell(path, "", "", False)
    assert content == "".join(ordinary.pieces)
    assert tidying.tidy(path).told == ordinary.told
    assert len(product) == content.count("\n") - 1
    return True


@pytest.mark.parametrize("name", XLSX)
def test_good_workbooks(name, tmp_path):
    same(write(XLSX[name], tmp_path))


@pytest.mark.slow
def test_damaged_workbooks(tmp_path):
    for file, kind, number in itertools.islice(plan(list(XLSX)), 300):
        damaged = XLSX[file].copy()
        answer = DAMAGES[kind](damaged, random.Random(f"bulk {file} {kind} {number}"))
        if answer is not None and not any(map(_torn, damaged.pages)):
            same(write(damaged, tmp_path))


# Tall sheets


def figures(chance: random.Random, count: int, *also: object) -> list[object]:
    numbers = [chance.choice([chance.randrange(5000), round(chance.uniform(2, 90), 2)]) for _ in range(count)]
    return [chance.choice(also) if also and chance.random() < 0.1 else number for number in numbers]


def swing(chance):
    head = [[None, None, None, "graad [%]", None, None, "inwoners (jong) [index]"], [None, *[2019, 2020, 2021] * 2]]
    areas = ["Genk", "Hasselt", "Niet te lokaliseren", *(f'Verzonnen, "{n}"' for n in range(ROWS))]
    chance.shuffle(areas)
    rows = [
        [area, *(round(chance.random(), 4) for _ in range(3)), *figures(chance, 3, "-", "x", "nvt")] for area in areas
    ]
    tail = [
        [],
        ["Speciale waarden", "- Geen waarde"],
        [None, "x Verborgen"],
        [None, "Schatting"],
        ["Bron", "Verzonnen"],
    ]
    return [["Verzonnen - gemeenten"], *head, *rows, *tail], {1: "0.0%", 2: "0.0%", 3: "0.0%"}


def upload(chance):
    rows = [
        [f"{71000 + n // 3}", "gemeente", 2020 + n % 3, *figures(chance, 2, -99996, "x"), chance.randrange(-9, 9)]
        for n in range(ROWS)
    ]
    return [["geoitem", "geolevel", "period", "v_een", "v_twee", "v_groei"], *rows], {}


def open_data(chance):
    names = ["CD_YEAR", "CD_MUNTY_REFNIS", "CD_SEX", "TX_SEX_NL", "TX_MUNTY_DESCR_NL", "MS_POPULATION", "MS_INC"]
    rows = [
        [2020, 71000 + n // 2, 1 + n % 2, ("man", "vrouw")[n % 2], f"Stad {n // 2}", *figures(chance, 2)]
        for n in range(ROWS)
    ]
    return [names, *rows], {}


def across(chance):
    rows = [["Genk" if n == 9 else f"Stad {n}", *figures(chance, 5, "n.b.", None)] for n in range(ROWS)]
    head = ["Gemeente", 2018, 2019, 2020, 2021, 2022]
    return [["Verzonnen (in 1.000 euro)"], [], head, *rows, [], ["Bron: verzonnen"]], {}


def crosstab(chance):
    rows = [[f"Stad {n}", chance.choice("ab") + str(n), *figures(chance, 3, "x")] for n in range(ROWS)]
    head = [["Periode", 2021], [], ["Gemeente", "Groep", "Deel [%]", "Fictief [EUR]", "Bedrag per hoofd [EUR]"]]
    return [*head, *rows], {2: "0.000", 3: "#,##0.00"}


def areas_across(chance):
    rows = [[f"groep {n // 3}", 2019 + n % 3, *figures(chance, 3)] for n in range(ROWS)]
    return [["Aantal verzonnen gevallen"], [], ["Groep", "Jaar", "Genk", "Hasselt", "Gent"], *rows], {}


def spoil(chance: random.Random, rows: list[list]) -> None:
    """One cell or row made other than its neighbours."""
    row = chance.choice(rows)
    wrong = [
        "1.963",
        "tekst",
        "#N/A",
        "-",
        "",
        None,
        -5,
        0,
        1e-7,
        14.299999999999999,
        2021,
        71016,
        True,
        2.0,
        1e16,
        "*",
    ]
    kind = chance.randrange(8)
    if kind == 0:
        rows.insert(rows.index(row), list(row))
    elif kind == 1:
        rows.insert(rows.index(row), [])
    elif kind == 2:
        row.append(chance.choice(wrong))
    elif kind == 3:
        column = chance.randrange(2, 6)
        values = iter(chance.choice([range(1, 99), range(10_000, 10_099), range(1990, 2089), [0.5] * 99, [-3] * 99]))
        for one in rows:
            if len(one) > column and isinstance(one[column], int | float):
                one[column] = next(values)
    elif row:
        row[chance.randrange(len(row))] = chance.choice(wrong)


@pytest.mark.parametrize("header", ["nr", "id", "#", "x"])
def test_a_column_that_numbers_the_rows_is_no_figure(header, tmp_path):
    rows, _ = upload(random.Random(header))
    for n, row in enumerate(rows):
        row.insert(3, n or header)
    save(tmp_path / "a.xlsx", rows, {}, random.Random(3))
    same(tmp_path / "a.xlsx")


def save(path, rows, formats, chance) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": chance.random() < 0.3}) as book:
        sheet = book.add_worksheet("Data")
        red = book.add_format({"font_color": "#FF0000"})
        for n, row in enumerate(rows):
            if chance.random() < 0.002:
                sheet.set_row(n, None, None, {"hidden": True})
            striped = {} if n % 2 or chance.random() < 0.5 else {"bold": True}
            for c, value in enumerate(row):
                shown = book.add_format({"num_format": formats[c], **striped}) if c in formats else None
                sheet.write(n, c, value, red if chance.random() < 0.002 else shown)
        if chance.random() < 0.05:
            sheet.merge_range(5, 1, 6, 1, 3)


@pytest.mark.parametrize("layout", [swing, upload, open_data, across, crosstab, areas_across])
def test_tall_sheets(layout, tmp_path):
    chance = random.Random(layout.__name__)
    path = tmp_path / "hoog.xlsx"
    read = 0
    for number in range(24):
        rows, formats = layout(chance)
        for _ in range(number % 3):
            spoil(chance, rows)
        save(path, rows, formats, chance)
        read += same(path)
    assert read > 4


# Rows of one kind but for something in their XML: what is found, and what takes its place

CROOKED = {
    "hidden": (rb'<row r="20"', rb'<row r="20" hidden="1"'),
    "before the others": (rb'<row r="20"(.*?</row>)', rb'<row r="4"\1'),
    "out of order": (rb'(<row r="20".*?</row>)(<row r="21".*?</row>)', rb"\2\1"),
    "twice": (rb'(<row r="20".*?</row>)', rb"\1\1"),
    "a cell of another row": (rb'r="E20"', rb'r="E21"'),
    "two cells in the other order": (rb'(<c r="D20".*?</c>)(<c r="E20".*?</c>)', rb"\2\1"),
    "a cell twice": (rb'(<c r="E20".*?</c>)', rb"\1\1"),
    "a text": (rb'<c r="E20"([^>]*)>', rb'<c r="E20"\1 t="str">'),
    "a formula": (rb'(<c r="E20"[^>]*>)<v>', rb"\1<f>1+1</f><v>"),
    "another style": (rb'<c r="E20"', rb'<c r="E20" s="1"'),
    "a style that is not there": (rb'<c r="E20"', rb'<c r="E20" s="9"'),
    "a long number": (rb'(<c r="E20"[^>]*>)<v>.*?</v>', rb"\1<v>14.299999999999999</v>"),
    "a mark": (rb'(<c r="E20"[^>]*>)<v>.*?</v>', rb"\1<v>-99997</v>"),
}


@pytest.mark.parametrize("what", CROOKED)
def test_one_crooked_row(what, tmp_path):
    rows, _ = upload(random.Random(1))
    with xlsxwriter.Workbook(tmp_path / "recht.xlsx") as book:
        sheet = book.add_worksheet("Data")
        for n, row in enumerate(rows):
            sheet.write_row(n, 0, row)
        sheet.write(0, 0, "geoitem", book.add_format({"num_format": "0%"}))
    with zipfile.ZipFile(tmp_path / "recht.xlsx") as old, zipfile.ZipFile(tmp_path / "krom.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                content, times = re.subn(*CROOKED[what], content, flags=re.DOTALL)
                assert times == 1
            new.writestr(name, content)
    assert same(tmp_path / "recht.xlsx")
    same(tmp_path / "krom.xlsx")  # where the ordinary way refuses, the bulk way may not read
