# SPDX-License-Identifier: EUPL-1.2
"""Confidential workbooks as an office makes them are taken, or the error says what to change. All are invented."""

import shutil

import openpyxl
import pytest
from conftest import small_copy
from invented import CITY

from genk_armoede.errors import DataError
from genk_armoede.observations.areas import NOWHERE
from genk_armoede.protection.policy import CONFIDENTIAL
from genk_armoede.tables import datasets, register, registering, repository

BOOK = CONFIDENTIAL / "ocmw_verzonnen.xlsx"
PEOPLE, PUPILS = "Personen met een leefloon", "Leerlingen met een schooltoelage per wijk"
ALL_PUPILS, SHARE = "Leerlingen per wijk", "Aandeel leerlingen met een schooltoelage per wijk"
DESCRIBED = {
    "dataset": "wijken", "publisher": "Verzonnen OCMW", "title": "Verzonnen", "url": "https://example.org",
    "licence": "vertrouwelijk", "transcribed": "verzonnen",
}  # fmt: skip


def sheet(header, rows, title="Verzonnen cijfers voor een test", name="Blad"):
    return name, [[title], [], header, *rows]


def counts(wijken, factor=7):
    """An invented count for each wijk, none of them small."""
    return [(code, name, 20 + factor * n) for n, (code, name) in enumerate(wijken)]


WIDE = ["Wijkcode", "Wijk", "Periode", f"{PEOPLE} [personen]"]


def plain(wijken, cell=lambda i, n: n, more=(), name="Blad", header=WIDE):
    """A row for each wijk; `cell` makes of the number of a wijk and its count what stands there."""
    rows = [[code, wijk, 2022, cell(i, n)] for i, (code, wijk, n) in enumerate(counts(wijken))]
    return sheet(header, [*rows, *more], name=name)


def beside(wijken, header, cell):
    """The same with another column."""
    rows = [[code, wijk, 2022, n, cell(n)] for code, wijk, n in counts(wijken)]
    return sheet([*WIDE, header], rows)


def by_name(wijken, more=(), names=str):
    rows = [[names(wijk), 2022, n] for _, wijk, n in counts(wijken)]
    return sheet(WIDE[1:], [*rows, *more])


def long(wijken, kinds, header):
    rows = [[c, w, 2022, k, 30 + n * 3 + i * 7] for n, (c, w) in enumerate(wijken) for i, k in enumerate(kinds)]
    return sheet([*WIDE[:3], header, WIDE[3]], rows)


def years(wijken):
    return sheet(["Wijkcode", "Wijk", 2021, 2022], [[c, w, n, n + 1] for c, w, n in counts(wijken)], title=PEOPLE)


def dated(wijken):
    rows = [[code, wijk, n] for code, wijk, n in counts(wijken)]
    return "Blad", [["Verzonnen"], ["Periode", "2022"], [], [*WIDE[:2], WIDE[3]], *rows]


def misspelt(wijken):
    return by_name(wijken, names=lambda wijk: wijk[:-1] + "x" if wijk == wijken[0][1] else wijk)


def total(wijken):
    return sum(n for _, _, n in counts(wijken))


def months(wijken, with_year):
    rows = [[c, w, f"2022-{m:02}", 30 + n + m] for n, (c, w) in enumerate(wijken) for m in (1, 2, 3)]
    rows += [[c, w, "2022", 90 + n] for n, (c, w) in enumerate(wijken)] if with_year else []
    return sheet(WIDE, rows)


def parts_of_a_year(wijken, label, count):
    rows = [
        [c, w, label.format(part), 30 + n + part] for n, (c, w) in enumerate(wijken) for part in range(1, count + 1)
    ]
    return sheet(WIDE, rows)


def shares(wijken, with_counts=True):
    rows = [[c, w, 2022, 10 + n, 100 + n, round(100 * (10 + n) / (100 + n), 1)] for n, (c, w) in enumerate(wijken)]
    header = [*WIDE[:3], f"{PUPILS} [leerlingen]", f"{ALL_PUPILS} [leerlingen]", f"{SHARE} [%]"]
    keep = [0, 1, 2, *((3, 4) if with_counts else ()), 5]
    return "Toelagen", sheet([header[i] for i in keep], [[row[i] for i in keep] for row in rows])[1]


def with_sums(wijken, header, sums):
    """Groups and their sums under words of the office's own: label → of which groups it is the sum."""
    rows = []
    for n, (code, wijk) in enumerate(wijken):
        people = {"a": 30 + n, "b": 40 + n * 7 % 23, "c": 50 + n * 5 % 19}
        rows += [[code, wijk, 2022, label, sum(map(people.get, groups))] for label, groups in sums.items()]
    return sheet([*WIDE[:3], header, WIDE[3]], rows)


SEXES = {"man": "a", "vrouw": "b", "beide geslachten": "ab"}
NESTED = {"0-5": "a", "6-17": "b", "minderjarig": "ab", "18+": "c"}
AGES = ("0 t.e.m. 17", "18 tot 25", "25 tot 65 jaar", "65 en ouder")
UNKNOWN = ["Onbekend", 2022, 12]
DEBTS = "Huishoudens in schuldbemiddeling [huishoudens]"

KINDS = {
    "codes and names": lambda w: [plain(w)],
    "names alone": lambda w: [by_name(w)],
    "names with marks that nobody sees": lambda w: [by_name(w, names=lambda wijk: f"{wijk[:3]}\u00ad{wijk[3:]}\u200b")],
    "names written otherwise beside their codes": lambda w: [plain([(code, f"{wijk}x") for code, wijk in w])],
    "names in capitals": lambda w: [by_name(w, names=str.upper)],
    "small counts": lambda w: [plain(w, lambda i, n: i % 9)],
    "a line with the period": lambda w: [dated(w)],
    "years as columns": lambda w: [years(w)],
    "months": lambda w: [months(w, False)],
    "quarters": lambda w: [parts_of_a_year(w, "2022-Q{}", 4)],
    "halves of a year": lambda w: [parts_of_a_year(w, "{}e semester 2022", 2)],
    "sexes": lambda w: [long(w, ("man", "vrouw"), "Geslacht")],
    "sexes with a total in other words": lambda w: [with_sums(w, "Geslacht", SEXES)],
    "ages": lambda w: [long(w, AGES, "Leeftijd")],
    "ages with signs": lambda w: [long(w, ("<18", "18–64", "≥65", "onbekend"), "Leeftijdsgroep")],
    "nested ages": lambda w: [with_sums(w, "Leeftijd", NESTED)],
    "shares with their counts": lambda w: [shares(w)],
    "remarks": lambda w: [beside(w, "Opmerking", lambda n: "voorlopig" if n < 40 else "")],
    "a row of the city": lambda w: [plain(w, more=[[CITY, "Genk", 2022, total(w)]])],
    "a total row": lambda w: [by_name(w, [["Totaal", 2022, total(w)]])],
    "an unknown wijk": lambda w: [by_name(w, [UNKNOWN])],
    "an unknown wijk beside a total": lambda w: [by_name(w, [UNKNOWN, ["Genk", 2022, total(w) + 12]])],
    "the code of nowhere": lambda w: [plain(w, more=[[NOWHERE, *UNKNOWN]])],
    "two sheets": lambda w: [plain(w), shares(w)],
    "a sheet of words": lambda w: [plain(w), ("Uitleg", [["Verzonnen uitleg"], ["Cijfers van het OCMW"]])],
    "marks for what is hidden": lambda w: [plain(w, lambda i, n: "x" if i == 2 else n)],
    "blanks": lambda w: [plain(w, lambda i, n: None if i == 2 else n)],
    "two indicators": lambda w: [beside(w, DEBTS, lambda n: n + 9)],
}
# Kinds that are refused: what the error names, and what it says to do.
WITHOUT = "leerlingen_met_schooltoelage_per_wijk"
REFUSED = {
    "a misspelt wijk": (lambda w: misspelt(w), "'{wrong}' is no wijk", "write it as the list does: {right}"),
    "months and their year": (lambda w: months(w, True), "period", "give one of the two"),
    "halves of a year and the year": (
        lambda w: sheet(WIDE, [*parts_of_a_year(w, "2022-S{}", 2)[1][3:], *[[c, n, 2022, 99] for c, n in w]]),
        "period",
        "give one of the two",
    ),
    "overlapping ages": (lambda w: long(w, ("0-18", "18-64", "65+"), "Leeftijd"), "leeftijd", "give one of the two"),
    "ages in other words": (lambda w: long(w, ("jong", "18-64", "65+"), "Leeftijd"), "'jong'", "18 tot 25"),
    "a word among figures": (lambda w: plain(w, lambda i, n: "±12" if i else n), "looks like a number", "such as 1963"),
    "another header": (lambda w: plain(w, header=[*WIDE[:3], "Leefloners"]), "'Leefloners'", "header"),
    "shares without their counts": (lambda w: shares(w, False), WITHOUT, "give that count"),
    "a total of more": (lambda w: by_name(w, [["Genk", 2022, total(w) + 5]]), "do not add up", NOWHERE),
    "a stadsdeel": (lambda w: by_name(w, [["Groot-Sledderlo", 2022, 40]]), "Sledderlo", "once every wijk is in one"),
    "the name of another wijk": (lambda w: plain([(w[0][0], w[1][1]), *w[1:]]), "that of {right}, not of", "correct"),
    "an area elsewhere": (lambda w: plain(w, more=[["71022", "Hasselt", 2022, 90]]), "Hasselt", "area"),
}


@pytest.fixture(scope="module")
def office(once):
    """A repository with the list of wijken, under git, and nothing confidential yet."""

    def make(folder):
        from test_history import git

        small_copy(folder, "wijken.xlsx")
        (folder / CONFIDENTIAL).mkdir()
        git(folder, "init", "--quiet")

    return once("office", make)


@pytest.fixture
def desk(office, tmp_path, monkeypatch):
    root = shutil.copytree(office, tmp_path / "huis")
    monkeypatch.setenv(repository.ROOT, str(root))
    return root


def wijken_in(root):
    source = next(one for one in register.load_register(root) if one.file == "wijken.xlsx")
    sectors = register.read_areas(source, register.open_source(root, source))
    return sorted({(one.wijk_code, one.wijk) for one in sectors})


def taken(root, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, lines in sheets:
        page = book.create_sheet(name)
        for line in lines:
            page.append(line)
    book.save(root / BOOK)
    registering.register(root, root / BOOK, **DESCRIBED)
    return datasets.clean(root)


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_as_an_office_makes_it_is_taken(desk, kind):
    wijken = wijken_in(desk)
    cleaned = taken(desk, KINDS[kind](wijken))
    rows = [row for row in cleaned.tables["wijken"] if row.source == BOOK.name]
    assert len(rows) >= 20 and all(row.area_code.startswith("71016") for row in rows)
    assert not any("gebiedstype" in row.breakdown for row in rows)
    names = {**dict(wijken), CITY: "Genk"}
    assert all(row.area == names.get(row.area_code, row.area) for row in rows)


@pytest.mark.parametrize("kind", REFUSED)
def test_another_is_refused_with_what_to_do(desk, kind):
    make, names, do = REFUSED[kind]
    wijken = wijken_in(desk)
    right = wijken[0][1]
    with pytest.raises(DataError) as caught:
        taken(desk, [make(wijken)])
    told = str(caught.value)
    assert names.format(wrong=right[:-1] + "x", right=right) in told
    assert do.format(right=right) in told and "±12" not in told
    assert caught.value.file == BOOK.name and caught.value.do
