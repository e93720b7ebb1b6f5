# SPDX-License-Identifier: EUPL-1.2
"""The audit finds what gives a small count away, wherever it stands. All figures are invented.

A confidential workbook goes through `register` and `build` in a copy of the repository.
"""

import base64
import csv
import dataclasses
import hashlib
import io
import json
import re
import shutil
import stat
import struct
import zipfile
import zlib
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import ROOT, commit, files, genk, git, small_copy, write_notebook
from invented import CITY, COUNT, OTHER, SHARE, WHOLE, Outsider, city, policy, primary_only, published, row

from genk_armoede.errors import DataError
from genk_armoede.narration import arithmetic, comparison, course, division, frames
from genk_armoede.narration.arithmetic import ROWS
from genk_armoede.observations import observation
from genk_armoede.observations.observation import COLUMNS, read_table
from genk_armoede.protection import audit, protect
from genk_armoede.protection.policy import POLICY
from genk_armoede.report import leaks, rebuild, transaction
from genk_armoede.report.leaks import audited
from genk_armoede.tables import checking, datapackage, datasets, history, register, registering, repository
from genk_armoede.tables.comparing import Gravity

TABLE = Path("data/processed/verzonnen.csv")
BOOK = Path("data/raw/vertrouwelijk/ocmw_verzonnen.xlsx")


@pytest.fixture
def house(tmp_path):
    """Attack invented tables as if they were published: gives what is found."""

    def attack(rows, inside, how, shown=(), code=(), **other):
        (tmp_path / POLICY).write_text(json.dumps(dataclasses.asdict(how)), encoding="utf-8")
        wijken = [area for area in inside if area.startswith("w")]
        of = {wijk: area for area in inside if area.startswith("d") for wijk in inside[area][0]}
        places = [
            {"wijk_code": w, "stadsdeel": of.get(w, ""), "sectors": dict.fromkeys(inside[w][0], of.get(w, ""))}
            for w in wijken
        ]
        tables = {TABLE: rows} | {TABLE.with_stem(name): own for name, own in other.items()}
        made = {path: observation.table_bytes(own) for path, own in tables.items()}
        made[repository.WIJKEN] = json.dumps({"features": [{"properties": place} for place in places]}).encode()
        transaction.write_files(tmp_path, made)
        return audited(tmp_path, made, list(shown), dict(code))

    git(tmp_path, "init", "--quiet")
    attack.root = tmp_path
    return attack


# Known attacks: what gives the small count away, and that it is gone afterwards

SHARES = {"derived": {SHARE: {"from": [COUNT], "of": WHOLE}}}
ATTACKS = {
    "one in a row with its total": (city(3), [row("w0", 3), row("w1", 8), row("w2", 30), row(CITY, 41)], {}),
    "two where a row and a column cross": (
        city(3),
        [
            row(area, n, breakdown)
            for breakdown, own in {"l=a": (3, 9, 30, 42), "l=b": (9, 4, 30, 43), "": (12, 13, 60, 85)}.items()
            for area, n in zip(("w0", "w1", "w2", CITY), own, strict=True)
        ],
        {},
    ),
    "a share and its denominator": (
        city(2),
        [
            row(area, n, indicator=indicator)
            for area, own in {"w0": (3, 60, 5), "w1": (14, 60, "23.3")}.items()
            for n, indicator in zip(own, (COUNT, WHOLE, SHARE), strict=True)
        ],
        SHARES,
    ),
    "a share in thousandths": (
        city(1),
        [row("w0", 4), row("w0", 250, indicator=WHOLE), replace(row("w0", 16, indicator=SHARE), unit="‰")],
        SHARES,
    ),
    "a wijk minus its sectors": (city(2, 2), [row("w0", 20), row("w0s0", 17), row("w0s1", 3), row("w1", 9)], {}),
    "a stadsdeel minus its wijken": (
        city(4, 1, 2),
        [row("w0", 3), row("w1", 9), row("w2", 20), row("w3", 9), row("d0", 23), row("d1", 18)],
        {},
    ),
    "stadsdelen and wijken of one city": (
        city(4, 1, 2),
        [row("w0", 3), row("w1", 9), row("w2", 20), row("w3", 9), row(CITY, 41), row("d0", 23), row("d1", 18)],
        {},
    ),
    "a total over two keys at once": (
        city(1),
        [
            row("w0", 40), row("w0", 3, "g=m; l=a"), row("w0", 7, "g=m; l=b"), row("w0", 10, "g=v; l=a"),
            row("w0", 20, "g=v; l=b"),
        ],
        {},
    ),
    "sexes and ages without a total": (
        city(1), [row("w0", 3, "g=m"), row("w0", 32, "g=v"), row("w0", 15, "l=a"), row("w0", 20, "l=b")], {},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_a_known_attack_is_found_and_then_fails(house, name):
    inside, rows, fields = ATTACKS[name]
    how = policy(**fields)
    naive = primary_only(rows)
    small = [r for r in rows if r.indicator in how.sensitive and 0 < r.value < 5]
    percent = all(r.unit != "‰" for r in rows)  # the outsider reads no thousandths
    assert not percent or any(high < 5 or high - low < 4 for low, high in map(Outsider(naive, inside).range, small))
    leaks = house(naive, inside, how)
    assert leaks and all(any(leak.startswith(", ".join(filter(None, r.key))) for leak in leaks) for r in small)
    assert all("can be worked out from" in leak and COUNT in leak for leak in leaks if not leak.startswith(SHARE))
    shown = published(rows, inside, how)
    assert all(high >= 5 and high - low >= 4 for low, high in map(Outsider(shown, inside).range, small))
    assert house(shown, inside, how) == []


def test_a_share_of_the_count_itself(house):
    """20 women are 87,0%, so that all are 23 and the men 3."""
    how = policy(derived={SHARE: {"from": [COUNT], "of": COUNT}})
    rows = [row("w0", 3, "g=m"), row("w0", 20, "g=v"), row("w0", "87.0", "g=v", SHARE)]
    assert SHARE in house(primary_only(rows), city(1), how)[0]
    shown = published(rows, city(1), how)
    assert house(shown, city(1), how) == []


@pytest.mark.parametrize(("whole", "found"), [(None, 1), (19, 1), (20, 0)])
def test_a_share_over_few_or_over_nobody_knows_how_many(house, whole, found):
    rows = [
        row("w0", 9),
        row("w0", whole, indicator=WHOLE),
        row("w0", "47.4" if whole == 19 else "45.0", indicator=SHARE),
    ]
    assert len(house(rows, city(1), policy(**SHARES))) == found


@pytest.mark.parametrize("before", [row("w0", None, period="2020"), replace(row("w0", 5, period="2020"), status="e")])
def test_a_difference_with_a_count_that_is_not_shown(house, before):
    """10 this year, and 7 more than last year."""
    change = "verzonnen_verschil"
    how = policy(derived={change: {"from": [COUNT]}}, method="round" if before.status == "e" else "suppress")
    difference = row("w0", 7, indicator=change)
    (leak,) = house([before, row("w0", 10), difference], city(1), how)
    assert change in leak and "is made of a count that is not shown" in leak
    assert house([replace(before, value=Decimal(15), status=""), row("w0", 10), difference], city(1), how) == []


def test_more_than_there_are(house):
    rows = [row("w0", None), row("w0", 3, indicator=WHOLE)]
    assert WHOLE in house(rows, city(1), policy(**SHARES))[0]
    rows = [rows[0], row("w0", 4, indicator=WHOLE)]  # from 0 to 4: certainly few
    assert WHOLE in house(rows, city(1), policy(zeros="hide", **SHARES))[0]


def test_a_leak_is_told_without_the_count(house):
    rows = primary_only([row("w0", 3), row("w1", 8888), row(CITY, 8891)])
    (leak,) = house(rows, city(2), policy())
    assert all(number not in re.sub(r"\(.*?\)|2021|71016", "", leak) for number in ("3", "8888", "8891"))
    assert "w1" in leak and CITY in leak


def test_a_small_count_that_is_shown_is_found(house):
    assert "published, though small" in house([row("w0", 4)], city(1), policy())[0]
    assert house([row("w0", 5), row("w1", 0)], city(2), policy()) == []
    assert "published, though small" in house([row("w0", 0)], city(1), policy(zeros="hide"))[0]


def test_a_figure_of_another_table_gives_it_away(house):
    rows = primary_only([row("w0", 3), row("w1", 8)])
    how = policy(known={OTHER: COUNT}, protected_by_publisher=["elders"])
    assert house(rows, city(2), how) == []
    (leak,) = house(rows, city(2), how, elders=[row(CITY, 11, indicator=OTHER)])
    assert "w0" in leak and CITY in leak


def test_a_hidden_figure_that_another_table_shows_gives_one_away(house):
    rows = [row("w0", None), row("w1", None), row(CITY, 11)]
    how = policy(known={OTHER: COUNT}, protected_by_publisher=["elders"])
    assert house(rows, city(2), how) == []
    (leak,) = house(rows, city(2), how, elders=[row("w1", 8, indicator=OTHER)])
    assert leak.startswith(f"{COUNT}, w0") and "w1" in leak


def test_a_rounded_total_beside_exact_parts(house):
    """15 is 11 to 19: of 9, 8 and a hidden one, that one is 1 or 2."""
    how = policy(method="round")
    total = replace(row(CITY, 15), status="e")
    rows = [row("w0", None), row("w1", 9), row("w2", 8), total]
    (leak,) = house(rows, city(3), how)
    assert "w0" in leak and CITY in leak
    exact = [row("w0", 2), row("w1", 9), row("w2", 8), row(CITY, 19)]
    shown = published(exact, city(3), how)
    assert house(shown, city(3), how) == []


def test_an_exact_total_beside_rounded_parts(house):
    how = policy(method="round", known={OTHER: COUNT}, protected_by_publisher=["elders"])
    rows = [replace(row("w0", 0), status="e"), replace(row("w1", 0), status="e")]
    assert house(rows, city(2), how) == []
    assert len(house(rows, city(2), how, elders=[row(CITY, 2, indicator=OTHER)])) == 2


def test_figures_that_contradict_each_other_are_told(house):
    (leak,) = house([row("w0", None), row("w1", 13), row(CITY, 12)], city(2), policy())
    assert "contradict each other" in leak


@pytest.mark.parametrize(
    "rows", [[row("w9", 9)], [row("w0", 9, indicator="nieuw")], [row("w0", 9), replace(row("w0", 9), area="Anders")]]
)
def test_what_has_no_place_is_told(house, rows):
    assert len(house(rows, city(1), policy())) == 1


# Earlier versions


def test_a_count_in_an_earlier_commit_is_found(house):
    rows = [row("w0", 3), row("w1", 9)]
    house(rows, city(2), policy())
    found = commit(house.root)[:10]
    (leak,) = house(primary_only(rows), city(2), policy())
    assert "w0" in leak and f"commit {found}" in leak
    commit(house.root)
    assert house(primary_only(rows), city(2), policy()) == [leak]
    branch = git(house.root, "branch", "--show-current")
    git(house.root, "switch", "--quiet", "--orphan", "schoon")
    assert house(primary_only(rows), city(2), policy()) == [leak]  # on another branch
    git(house.root, "branch", "-D", "-q", branch)
    assert house(primary_only(rows), city(2), policy()) == []


def test_a_count_that_only_a_merge_shows_is_found(house):
    rows = [row("w0", 3), row("w1", 9)]
    house(primary_only(rows), city(2), policy())
    commit(house.root)
    git(house.root, "switch", "--quiet", "--create", "zij")
    (house.root / "los.txt").write_text("verzonnen", encoding="utf-8")
    commit(house.root)
    git(house.root, "switch", "--quiet", "-")
    git(house.root, "merge", "--quiet", "--no-commit", "--no-ff", "zij")
    house(rows, city(2), policy())
    commit(house.root)
    assert "w0" in house(primary_only(rows), city(2), policy())[0]


def test_this_version_minus_the_last(house):
    """Each version hides two of three, not the same two."""
    rows = [row("w0", 3), row("w1", 9), row("w2", 20), row(CITY, 32)]
    first = [replace(r, value=None, status="c") if r.area_code in ("w0", "w1") else r for r in rows]
    second = [replace(r, value=None, status="c") if r.area_code in ("w0", "w2") else r for r in rows]
    assert house(first, city(3), policy()) == []
    commit(house.root)
    (leak,) = house(second, city(3), policy())
    assert "w0" in leak
    # What is built now knows what was shown then.
    earlier = [("", r) for r in first if r.value is not None]
    again = published(rows, city(3), policy(), earlier)
    assert [r.value for r in again] == [r.value for r in first] and house(again, city(3), policy()) == []


def test_a_corrected_figure_is_no_leak(house):
    house([row("w0", 7), row("w1", 9), row(CITY, 16)], city(2), policy())
    commit(house.root)
    rows = [row("w0", 3), row("w1", 9), row(CITY, 12)]
    earlier = [("", r) for r in (row("w0", 7), row("w1", 9), row(CITY, 16))]
    shown = published(rows, city(2), policy(), earlier)
    assert [r.value for r in shown] == [None, 9, None]
    assert house(shown, city(2), policy()) == []


def test_a_period_that_was_corrected_and_withdrawn_blocks_nothing(house):
    """Two versions that contradict each other, then none; what is small in them is told with its commit."""
    for total in (16, 12):
        house([row("w0", 7), row("w1", 9 - total % 5), row(CITY, total)], city(2), policy())
        commit(house.root)
    now = [row("w0", 8, period="2022")]
    assert house(now, city(2), policy()) == []
    house([row("w0", 3), row("w1", 9), row(CITY, 30)], city(2), policy())
    bad = commit(house.root)
    (leak,) = house(now, city(2), policy())
    assert f"stands in commit {bad[:10]}" in leak
    how = policy(acknowledged=[{"commit": bad[:10], "by": "verzonnen", "on": "2026-01-01"}])
    assert house(now, city(2), how) == []


def test_earlier_figures_that_cannot_be_true_any_more_are_no_leak(house):
    house([row("w0", 7), row("w1", 9), row(CITY, 16)], city(2), policy())
    commit(house.root)
    assert house([row("w0", None), row("w1", None), row(CITY, 12)], city(2), policy()) == []


EARLIER = {
    "under another spelling": ([replace(row("w0", 3), area="Anders gespeld"), row("w1", 9)], {}),
    "a total that is gone": ([row(CITY, 12)], {}),
    "a share": ([row("w0", 60, indicator=WHOLE), row("w0", 5, indicator=SHARE)], SHARES),
    "a row that is gone": ([row("w2", 3)], {}),
    "a count beside a total that cannot be true any more": ([row("w0", 3), row(CITY, 8)], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", EARLIER)
def test_what_only_an_earlier_version_has_is_used(house, name):
    """Then the table showed a figure; now it does not, and hides another."""
    before, fields = EARLIER[name]
    now = [row("w0", None), row("w1", 9)]
    assert house(now, city(3), policy(**fields)) == []
    house(before, city(3), policy(**fields))
    commit(house.root)
    fit = city(2) if "total" in name else city(3)
    assert len(house(now, fit, policy(**fields))) == 1


@pytest.mark.parametrize(
    "how", ["committed", "committed, removed", "staged, changed", "renamed", "renamed, removed", "renamed, staged"]
)
def test_a_confidential_file_in_git_is_found(house, how):
    """Also under another name, after it was taken out again, before its commit, and when the file is newer."""
    rows, secret = [row("w0", 9)], house.root / BOOK
    secret.parent.mkdir(parents=True)
    secret.write_bytes(b"verzonnen")
    assert house(rows, city(1), policy()) == []
    name = "anders.xlsx" if "renamed" in how else BOOK.as_posix()
    if "renamed" in how:
        shutil.copy(secret, house.root / name)
    git(house.root, "add", name)
    if "staged" not in how:
        git(house.root, "commit", "--quiet", "--message", "Verzonnen")
    if "removed" in how:
        git(house.root, "rm", "--quiet", name)
        git(house.root, "commit", "--quiet", "--message", "Verzonnen")
    if "changed" in how:
        secret.write_bytes(b"verzonnen, nieuwer")
    assert house(rows, city(1), policy()) == [f"{BOOK} is or was in version control"]


def test_a_confidential_file_that_was_staged_and_taken_out_is_no_leak(house):
    """It is in no commit, so nobody can fetch it."""
    (house.root / BOOK).parent.mkdir(parents=True)
    (house.root / BOOK).write_bytes(b"verzonnen")
    git(house.root, "add", BOOK.as_posix())
    assert house([row("w0", 9)], city(1), policy()) == [f"{BOOK} is or was in version control"]
    git(house.root, "rm", "--cached", "--quiet", BOOK.as_posix())
    assert house([row("w0", 9)], city(1), policy()) == []


# Notebooks


def shown_figure(*cells, value="12", unit="personen", formula="som van 2 cijfers"):
    return "01_verzonnen.ipynb", {
        "text": value,
        "value": value,
        "unit": unit,
        "cells": [*cells],
        "formula": formula,
        "status": "",
    }


def test_a_figure_made_of_a_hidden_cell_is_found(house):
    rows = [row("w0", None), row("w1", 9)]
    places = ["|".join((r.source, r.sheet, r.cell)) for r in rows]
    assert "01_verzonnen.ipynb" in house(rows, city(2), policy(), [shown_figure(*places)])[0]
    for fine in (shown_figure(*places, value=""), shown_figure(places[1]), shown_figure(*places, formula=ROWS)):
        assert house(rows, city(2), policy(), [fine]) == []


def test_a_share_over_few_is_found(house):
    rows = [row("w0", 9), row("w0", 19, indicator=WHOLE), row("w1", 9), row("w1", 20, indicator=WHOLE)]
    places = ["|".join((r.source, r.sheet, r.cell)) for r in rows]
    for two, expected in ((places[:2], 1), (places[2:], 0)):
        assert len(house(rows, city(2), policy(), [shown_figure(*two, unit="%")])) == expected


@pytest.mark.parametrize("code", ["open('data/raw/vertrouwelijk/a.xlsx')", "pd.read_csv('../verborgen.csv')"])
def test_a_notebook_that_reads_what_is_confidential_is_found(house, code):
    assert house([row("w0", 9)], city(1), policy(), code={"01.ipynb": code}) != []


# What a publisher hides stays hidden


def test_no_sum_join_or_difference_gives_a_hidden_cell_a_value(monkeypatch):
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(ROOT))
    wijk = next(f["properties"] for f in division.wijken() if len(f["properties"]["sectors"]) > 1)
    sectors = list(wijk["sectors"])
    made = [row(code, 40 + n, period=period) for n, code in enumerate(sectors) for period in ("2020", "2021")]
    made[1] = replace(made[1], value=None, status="c")
    frame = pd.DataFrame([one.row for one in made], columns=COLUMNS)
    frame["value"] = pd.to_numeric(frame.value)
    now = frame[frame.period == "2021"]
    hidden, *others = frames.figures(now)
    for one in (
        arithmetic.total([hidden, *others]),
        arithmetic.difference(hidden, others[0]),
        arithmetic.difference(others[0], hidden),
        arithmetic.ratio(hidden, others[0], "%", "deel"),
        arithmetic.ratio(others[0], hidden, "%", "deel"),
    ):
        assert one.value is None and "c" in one.status and str(one) == "vertrouwelijk"
    sums = division.by_wijk(now)
    assert sums.value.isna().all() and set(sums.status) == {"c"}
    assert sectors[0] not in set(course.change(frame, "2020", "2021").area_code)
    assert sectors[0] not in set(
        comparison.ratios(now, frame[frame.period == "2020"].assign(period="2021"), "%", "deel").area_code
    )
    assert sectors[0] not in set(
        comparison.ratios(frame[frame.period == "2020"].assign(period="2021"), now, "%", "deel").area_code
    )


# A confidential workbook through the whole house

SEXES, AGES, YEARS = ("man", "vrouw"), ("18-24", "25-64", "65+"), ("2022", "2023")
LARGE = 481315  # beside one small count, so that it must go as well
NOTEBOOK = (
    "# Verzonnen: leefloon per wijk",
    "import genk_armoede as ga\nwijken = ga.load('wijken')\nga.say('Een gewone zin.')",
    "leefloon = ga.pick(wijken, 'personen_met_leefloon_per_wijk', period='2023')\n"
    "totaal = leefloon[(leefloon.breakdown == '') & (leefloon.area != 'Genk')]\n"
    "ga.bars(totaal, 'area', name='01_leefloon', title='Verzonnen: personen met een leefloon')",
    "ga.tiles(totaal, name='01_kaart', title='Verzonnen: personen met een leefloon, kaart')",
    "jong = leefloon[leefloon.breakdown == 'geslacht=man; leeftijd=18-24']",
    "twee = ga.pick(wijken, 'personen_met_leefloon_per_wijk', breakdown='geslacht=man; leeftijd=18-24')\n"
    "ga.lines(twee, 'area', name='01_jaren', title='Verzonnen: jonge mannen, twee jaren')",
    "ga.table('Verzonnen: per wijk', [{'Wijk': a, 'Personen': n} for a, n in zip(jong.area, ga.figures(jong))])",
    "ga.say('Samen {n}, en {m} rijen.', n=ga.total(ga.figures(jong)), m=ga.count(jong, 'aantal'))",
    "deel = ga.pick(wijken, 'aandeel_leerlingen_met_schooltoelage_per_wijk')\n"
    "schuld = ga.pick(wijken, 'huishoudens_in_schuldbemiddeling_per_wijk')\n"
    "[{'Wijk': a, 'Cijfer': n} for one in (deel, schuld) for a, n in zip(one.area, ga.figures(one))]",
)  # fmt: skip


def wijken_of(root):
    places = [f["properties"] for f in json.loads((root / repository.WIJKEN).read_text("utf-8"))["features"]]
    return [(place["wijk_code"], place["wijk"]) for place in places]


def invented_counts(wijken):
    """People with a leefloon by wijk, year, sex and age; eight small ones of two wijken can change places."""
    counts = {}
    for n, ((code, _), year, sex, age) in enumerate(product(wijken, YEARS, SEXES, AGES)):
        counts[code, year, sex, age] = (n * n * 7 + n * 3) % 29 * (n % 7 > 1) + n % 3
    for (code, _), sex, age in product(wijken[:2], SEXES, AGES[:2]):
        counts[code, "2023", sex, age] = 2
    return counts


def exchanged(counts, wijken):
    """The same sums everywhere, but eight other small counts."""
    other = dict(counts)
    for (w, (code, _)), (s, sex), (a, age) in product(enumerate(wijken[:2]), enumerate(SEXES), enumerate(AGES[:2])):
        other[code, "2023", sex, age] += (-1) ** (w + s + a)
    return other


def write_book(path, wijken, counts, few=3):
    """Leefloon with all its sums, shares of pupils, and debt mediation in two wijken: `few` in the one."""
    book = openpyxl.Workbook()
    book.remove(book.active)

    def sheet(name, *headers):
        page = book.create_sheet(name)
        page.append(["Verzonnen cijfers voor een test"])
        page.append([])
        page.append(["Wijkcode", "Wijk", "Periode", *headers])
        return page

    page = sheet("Leefloon", "Geslacht", "Leeftijd", "Personen met een leefloon [personen]")
    names = dict(wijken) | {CITY: "Genk"}
    sums = dict.fromkeys(product(names, YEARS, (*SEXES, "totaal"), (*AGES, "totaal")), 0)
    for (code, year, sex, age), n in counts.items():
        for key in product((code, CITY), (year,), (sex, "totaal"), (age, "totaal")):
            sums[key] += n
    for (code, year, sex, age), n in sums.items():
        page.append([code, names[code], int(year), sex, age, n])
    own = "Leerlingen met een schooltoelage per wijk"
    page = sheet("Leerlingen", f"{own} [leerlingen]", "Leerlingen per wijk [leerlingen]", f"Aandeel {own.lower()} [%]")
    for n, (code, name) in enumerate(wijken):
        some, whole = n % 11, 15 + n * 5
        page.append([code, name, 2022, some, whole, round(100 * some / whole, 1)])
    page = sheet("Schuldbemiddeling", "Huishoudens in schuldbemiddeling [huishoudens]")
    for n, (code, name) in enumerate(wijken):
        page.append([code, name, 2023, {0: few, 1: LARGE + 3 - few}.get(n, 0)])
    page.append([CITY, "Genk", 2023, LARGE + 3])
    book.save(path)


DESCRIBED = {
    "dataset": "wijken", "publisher": "Verzonnen OCMW", "title": "Verzonnen cijfers", "url": "https://example.org",
    "licence": "vertrouwelijk", "transcribed": "verzonnen",
}  # fmt: skip


def take_in(root):
    registering.register(root, root / BOOK, **DESCRIBED)


@pytest.fixture(scope="session")
def confidential(once):
    """`huis`: a repository with git in which an invented confidential workbook was registered, built and audited.

    It has one public workbook. The audit builds again from what is public, after the first version and without the
    confidential one.
    """

    def make(folder):
        root = small_copy(folder / "huis", "wijken.xlsx")
        (root / BOOK).parent.mkdir()
        shutil.copy(ROOT / ".gitignore", root)
        shutil.copy(ROOT / BOOK.parent / ".gitignore", root / BOOK.parent)
        write_notebook(root / "notebooks/01_leefloon.ipynb", *NOTEBOOK)
        shutil.copytree(ROOT / "data/processed", root / "data/processed")
        git(root, "init", "--quiet")
        commit(root)
        wijken = wijken_of(root)
        write_book(root / BOOK, wijken, invented_counts(wijken))
        described = [text for name, value in DESCRIBED.items() for text in (f"--{name}", value)]
        said = [genk("register", BOOK, *described, "--accept", "Verzonnen", cwd=root), genk("build", cwd=root)]
        commit(root)
        said.append(genk("audit", cwd=root))
        assert [(one.code, one.out) for one in said] == [(0, b"")] * 3, said
        (folder / "said").write_text("".join(one.err for one in said), encoding="utf-8")

    return once("confidential", make)


@pytest.fixture
def inside(confidential, tmp_path, monkeypatch):
    """A copy of it to change."""
    shutil.copytree(confidential / "huis", tmp_path / "huis")
    monkeypatch.setenv(repository.ROOT, str(tmp_path / "huis"))
    return tmp_path / "huis"


def test_a_confidential_workbook_is_built_and_audited(confidential):
    assert (confidential / "said").read_text("utf-8").count("… 01_leefloon\n") == 2
    made = rebuild.outputs(confidential / "huis")
    assert {len([path for path in made if path.suffix == kind]) for kind in (".svg", ".png")} == {3}


def test_the_report_says_its_policy_and_how_much_is_hidden(confidential):
    rows = read_table((confidential / "huis/data/processed/wijken.csv").read_bytes())
    count = sum(r.status == "c" for r in rows)
    assert count > 100
    for page in (confidential / "huis/reports").glob("*.html"):
        text = page.read_text("utf-8")
        assert f"{count} cijfers verborgen om kleine aantallen te beschermen" in text
    rule = (confidential / "huis/reports/bronnen.html").read_text("utf-8")
    assert "standaard, te bevestigen door de functionaris voor gegevensbescherming" in rule
    assert f"{count} cellen verborgen" in rule
    package = json.loads((confidential / "huis/data/processed/datapackage.json").read_text("utf-8"))
    assert package["disclosure"]["hidden"] == count and package["disclosure"]["threshold"] == 5


def test_the_log_stays_on_this_machine(confidential):
    root = confidential / "huis"
    log = root / protect.LOG
    with log.open(encoding="utf-8") as stream:
        logged = list(csv.DictReader(stream))
    rows = read_table((root / "data/processed/wijken.csv").read_bytes())
    assert {(one["sheet"], one["cell"]) for one in logged} == {(r.sheet, r.cell) for r in rows if r.status == "c"}
    assert all(one["value"] and one["why"] for one in logged)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert ".build" not in git(root, "ls-files") and git(root, "check-ignore", protect.LOG)


def test_a_hidden_figure_stands_nowhere_but_in_workbook_and_log(confidential):
    secret, root = str(LARGE), confidential / "huis"
    assert f",{secret}," in (root / protect.LOG).read_text("utf-8")
    texts = {name: data for name, data in files(confidential).items() if not name.startswith("huis/.git/")}
    texts["git"] = git(root, "log", "--all", "--patch").encode()
    found = {name for name, data in texts.items() if any(text.encode() in data for text in (secret, "481.315"))}
    assert found == {f"huis/{protect.LOG}"}
    downloads = re.findall(rb"spreadsheetml.sheet;base64,([\w+/=]+)", texts["huis/reports/01_leefloon.html"])
    assert len(downloads) == 3
    for download in downloads:
        with zipfile.ZipFile(io.BytesIO(base64.b64decode(download))) as parts:
            assert not any(secret.encode() in parts.read(name) for name in parts.namelist())
    kept = {path for path in (root / ".build").rglob("*") if path.is_file() and path.name != protect.LOG.name}
    assert {path.suffix for path in kept} == {"", ".zip"} and any(path.name == "tables.zip" for path in kept)
    for path in (path for path in kept if path.suffix):
        with zipfile.ZipFile(path) as parts:
            assert not any(secret.encode() in parts.read(name) for name in parts.namelist())


def test_other_small_counts_give_the_same_bytes_everywhere(inside):
    """Nothing of a hidden count is in any output: no length of a bar, no metadata, no text."""
    before, wijken = rebuild.outputs(inside), wijken_of(inside)
    write_book(inside / BOOK, wijken, exchanged(invented_counts(wijken), wijken), few=2)
    take_in(inside)
    for path in (path for path in before if path.parts[0] != "data"):
        (inside / path).unlink()
    write_notebook(inside / "notebooks/01_leefloon.ipynb", *NOTEBOOK)
    done = genk("build", cwd=inside)
    assert done.code == 0 and str(LARGE + 1) not in done.err
    after, log = rebuild.outputs(inside), (inside / protect.LOG).read_text("utf-8")
    assert all(f",{n},{unit}," in log for n, unit in ((1, "personen"), (3, "personen"), (LARGE + 1, "huishoudens")))
    sums = rb"Controlesom: \w{64}"  # say that the workbook is another one
    for page in (Path("reports/bronnen.html"), Path("reports/armoede_in_genk.html")):
        before[page], after[page] = (re.sub(sums, b"", data[page]) for data in (before, after))
    assert [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)] == []


def test_the_same_workbook_rounded_passes_too(inside):
    shutil.rmtree(inside / ".git")
    git(inside, "init", "--quiet")
    edit(inside / POLICY, b"tables: {}", b"tables: {wijken: {method: round}}")
    cleaned = datasets.clean(inside)
    assert audited(inside, datapackage.files(inside, cleaned), [], {}) == []
    counts = [r for r in cleaned.tables["wijken"] if r.indicator in cleaned.policy.sensitive]
    assert len(counts) > 700 and all(r.value % 5 == 0 and r.status == "e" for r in counts)


def test_the_workbook_and_its_secret_stay_out_of_git(confidential):
    root = confidential / "huis"
    folder = BOOK.parent.as_posix()
    assert git(root, "ls-files", folder) == f"{folder}/.gitignore"
    assert {p.name for p in (root / folder).iterdir()} == {".gitignore", ".sleutel", BOOK.name}
    assert stat.S_IMODE((root / folder / ".sleutel").stat().st_mode) == 0o600
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "config", "core.hooksPath") == ".githooks"


@pytest.mark.parametrize("name", [BOOK.as_posix(), "anders.xlsx", "sleutel.txt"])
def test_a_commit_of_a_confidential_file_is_refused(tmp_path, name):
    """By the hook that `register` of a confidential file sets, also under another name or when the file is newer."""
    shutil.copytree(ROOT / ".githooks", tmp_path / ".githooks")
    git(tmp_path, "init", "--quiet")
    (tmp_path / BOOK).parent.mkdir(parents=True)
    (tmp_path / BOOK).write_bytes(b"verzonnen")
    shutil.copy(tmp_path / BOOK, tmp_path / "anders.xlsx")
    (tmp_path / BOOK).with_name(register.SECRET).write_bytes(b"geheim")
    (tmp_path / "sleutel.txt").write_bytes(b"geheim")
    history.set_hook(tmp_path)
    git(tmp_path, "add", ".githooks")
    git(tmp_path, "commit", "--quiet", "--message", "Verzonnen")
    git(tmp_path, "add", "--force", name)
    if name == BOOK.as_posix():
        (tmp_path / BOOK).write_bytes(b"verzonnen, nieuwer")
    with pytest.raises(AssertionError, match="confidential, so not committed"):
        git(tmp_path, "commit", "--quiet", "--message", "Verzonnen")


def test_other_hooks_stay(tmp_path):
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "core.hooksPath", "eigen")
    history.set_hook(tmp_path)
    assert git(tmp_path, "config", "core.hooksPath") == "eigen"


def test_the_register_has_no_checksum_that_a_guess_can_be_tried_on(confidential):
    book = confidential / "huis" / BOOK
    text = (confidential / "huis/data/raw/bronnen.yml").read_text("utf-8")
    assert register.checksum(book) in text and hashlib.sha256(book.read_bytes()).hexdigest() not in text


def test_a_workbook_in_git_is_not_built(inside):
    git(inside, "add", "--force", BOOK.as_posix())
    with pytest.raises(DataError, match="is or was in version control") as caught:
        datasets.clean(inside)
    assert caught.value.file == BOOK.as_posix()


def test_sensitive_figures_outside_the_folder_are_refused(inside):
    shutil.move(inside / BOOK, inside / "data/raw" / BOOK.name)
    text = (inside / "data/raw/bronnen.yml").read_text("utf-8").replace("  confidential: true\n", "")
    digest = register.checksum(inside / "data/raw" / BOOK.name)
    text = re.sub(r"(ocmw_verzonnen.xlsx:.*?sha256: )\w+", rf"\g<1>{digest}", text, flags=re.DOTALL)
    (inside / "data/raw/bronnen.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="is sensitive, and data/raw is in version control"):
        datasets.clean(inside)


def test_a_confidential_file_in_a_table_that_hides_nothing_is_refused(inside):
    path = inside / "data/raw/bronnen.yml"
    before, _, own = path.read_text("utf-8").partition("ocmw_verzonnen.xlsx:")
    own = own.replace("dataset: wijken", "dataset: thuistaal")
    path.write_text(f"{before}ocmw_verzonnen.xlsx:{own}", encoding="utf-8")
    with pytest.raises(DataError, match="small counts in thuistaal are not hidden"):
        datasets.clean(inside)


# What is wrong in a workbook is told without its figures

WRONG = {
    "a sum": lambda book: book["Schuldbemiddeling"].__setitem__("D4", 7),
    "a text": lambda book: book["Schuldbemiddeling"].__setitem__("D4", "481315 min 3"),
    "a negative count": lambda book: book["Schuldbemiddeling"].__setitem__("D5", -481315),
    "a row twice": lambda book: book["Schuldbemiddeling"].append([CITY, "Genk", 2023, 481319]),
    "an area": lambda book: book["Schuldbemiddeling"].append(["71016X9", "Nergens", 2023, 481315]),
    "an area without code": lambda book: book["Schuldbemiddeling"].append(["", "Nergens", 2023, 481315]),
    "a part above its whole": lambda book: book["Leerlingen"].__setitem__("D9", 481315),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_an_error_says_where_but_not_what(inside, what):
    book = openpyxl.load_workbook(inside / BOOK)
    WRONG[what](book)
    book.save(inside / BOOK)
    with pytest.raises(DataError) as caught:
        take_in(inside)
        datasets.clean(inside)
    assert caught.value.file == BOOK.name and caught.value.cell and caught.value.do
    assert not re.search(r"4813\d|\b[37]\b", str(caught.value).replace(caught.value.cell, ""))


def test_check_says_of_sensitive_figures_what_clean_says(inside):
    assert checking.against_dataset(inside, inside / BOOK, "wijken").gravity is not Gravity.WRONG
    book = openpyxl.load_workbook(inside / BOOK)
    WRONG["a sum"](book)
    book.save(inside / BOOK)
    (finding,) = (f for f in checking.against_dataset(inside, inside / BOOK, "wijken").findings if f.kind == "refused")
    take_in(inside)
    with pytest.raises(DataError) as caught:
        datasets.clean(inside)
    assert finding.said == str(caught.value)


def test_an_error_about_a_public_file_tells_no_figure_of_a_confidential_one(inside):
    """The same row in both, the confidential one read first."""
    path, listed = inside / "data/raw/wijken.xlsx", inside / "data/raw/bronnen.yml"
    public, own = openpyxl.load_workbook(path), openpyxl.load_workbook(inside / BOOK)["Schuldbemiddeling"]
    page = public.create_sheet("Verzonnen")
    for line in own.iter_rows(values_only=True):
        if line[2] != 2023 or line[0] == CITY:
            page.append([999 if cell == LARGE + 3 else cell for cell in line])
    public.save(path)
    registering.register(inside, path)
    before, name, block = listed.read_text("utf-8").partition("ocmw_verzonnen.xlsx:")
    listed.write_text(f"{name}{block}\n{before}", encoding="utf-8")
    with pytest.raises(DataError, match="stands twice") as caught:
        datasets.clean(inside)
    assert caught.value.file == path.name and "4813" not in str(caught.value)


# A planted leak in each kind of output


def edit(path, old, new):
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def plant_in(pattern, new):
    """Puts something in place of what a pattern finds first in a file."""

    def plant(path):
        edit(path, re.search(pattern, path.read_bytes(), re.DOTALL).group(), new)

    return plant


def png_words(path):
    data, words = path.read_bytes(), b"tEXtComment\x00drie"
    chunk = struct.pack(">I", len(words) - 4) + words + struct.pack(">I", zlib.crc32(words))
    path.write_bytes(data[:33] + chunk + data[33:])  # after the header


PLANTED = {  # found because the public files make something else
    "data/processed/wijken.csv": plant_in(rb"(?<=,)\d+(?=,personen,,wijken.xlsx)", b"3"),
    "data/processed/datapackage.json": plant_in(rb'"disclosure": {', b'"disclosure": {\n  "least": 3,'),
    "data/processed/codeboek.md": plant_in(rb"# Codeboek\n", b"# Codeboek, vanaf 3\n"),
    "data/processed/wijken.geojson": plant_in(rb'"wijk": "', b'"leefloon": 3, "wijk": "'),
    "notebooks/01_leefloon.ipynb": plant_in(rb"vertrouwelijk", b"3"),
    "figures/01_leefloon.svg": plant_in(rb"<dc:title>|<g id=", b"<title>3</title>"),
    "figures/01_kaart.svg": plant_in(rb"<defs>", b"<metadata>3</metadata><defs>"),
    "figures/01_jaren.svg": plant_in(rb'd="M [\d.]+', b'd="M 103.21'),  # a coordinate
    "figures/01_leefloon.png": png_words,
    "figures/99_los.svg": lambda path: path.write_bytes(b"<svg/>"),
    "reports/01_leefloon.html": plant_in(rb"vertrouwelijk", b"3"),
    "reports/01_leefloon.html, CSV": plant_in(rb"text/csv;charset=utf-8,[^\"']{60}", b"text/csv;charset=utf-8,3"),
    "reports/01_leefloon.html, xlsx": plant_in(rb"sheet;base64,[^\"']{60}", b"sheet;base64,3"),
    "reports/index.html": plant_in(rb"</body>", b"<!-- 3 --></body>"),
    "reports/los.csv": lambda path: path.write_bytes(b"3"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_leak_differs_from_what_public_files_make(confidential, inside, name):
    made = rebuild.outputs(confidential / "huis")
    assert rebuild.differences(inside, made) == []
    path = name.partition(",")[0]
    PLANTED[name](inside / path)
    assert rebuild.differences(inside, made) == [f"{path} is not what the public files make"]


def a_cell(book):
    return next(cell for cell in book["cells"] if cell.get("outputs"))


NOTEBOOK_LEAKS = {
    "metadata": lambda book: book["metadata"].update(leefloon=3),
    "metadata of a cell": lambda book: a_cell(book)["metadata"].update(leefloon=3),
    "metadata of an output": lambda book: a_cell(book)["outputs"][0]["metadata"].update(leefloon=3),
    "an output": lambda book: a_cell(book)["outputs"].append({"output_type": "stream", "name": "stdout", "text": "3"}),
}  # fmt: skip


def test_a_copy_to_build_from_has_nothing_of_a_notebook_but_its_cells(inside, tmp_path):
    path = inside / "notebooks/01_leefloon.ipynb"
    book = json.loads(path.read_text("utf-8"))
    for plant in NOTEBOOK_LEAKS.values():
        plant(book)
    path.write_text(json.dumps(book), encoding="utf-8")
    rebuild.public_copy(inside, tmp_path / "kopie")
    copied = json.loads((tmp_path / "kopie/notebooks/01_leefloon.ipynb").read_text("utf-8"))
    assert [cell["source"] for cell in copied["cells"]] == [cell["source"] for cell in book["cells"]]
    assert all(not cell["metadata"] and not cell.get("outputs") for cell in copied["cells"])
    assert not (tmp_path / "kopie" / BOOK.parent).exists()


def test_a_small_count_in_a_table_is_found(inside):
    edit(inside / "data/processed/wijken.csv", b",,personen,c,", b",3,personen,,")
    assert any("published, though small" in leak for leak in leaks.found(inside))


def test_another_figure_in_a_confidential_table_is_found(inside):
    """Nobody can build those rows again without the workbook, but they no longer add up."""
    path = inside / "data/processed/wijken.csv"
    edit(
        path,
        re.search(rb"per_wijk,71016,Genk,2023,,\d{3,},personen", path.read_bytes()).group(),
        b"per_wijk,71016,Genk,2023,,9,personen",
    )
    assert any("contradict each other" in leak for leak in leaks.found(inside))


def test_a_figure_of_a_hidden_cell_in_a_notebook_is_found(inside):
    path = inside / "notebooks/01_leefloon.ipynb"
    edit(path, b'"text": "vertrouwelijk",\n', b'"text": "3",\n')
    edit(path, b'"value": ""', b'"value": "3"')
    assert any("which is hidden" in leak for leak in leaks.found(inside))


def test_tables_that_would_leak_replace_nothing(here, genk_here, monkeypatch):
    before = rebuild.outputs(here)
    monkeypatch.setattr(audit, "audit", lambda *given: ["een lek"])
    done = genk_here("clean", cwd=here)
    assert done.code == 1 and "een lek" in done.err and rebuild.outputs(here) == before


def test_a_build_that_would_leak_replaces_nothing(tmp_path):
    root = small_copy(tmp_path / "huis", "corona.xlsx")
    write_notebook(root / "notebooks/01_lek.ipynb", "# Lek", "file = 'data/raw/vertrouwelijk/verzonnen.xlsx'")
    before = rebuild.outputs(root)
    done = genk("build", cwd=root)
    assert done.code == 1 and "01_lek.ipynb reads vertrouwelijk" in done.err
    assert rebuild.outputs(root) == before


@pytest.mark.parametrize("attacked", [True, False])
def test_the_command_tells_what_either_finds(here, genk_here, monkeypatch, attacked):
    monkeypatch.setattr(leaks, "found", lambda root: ["een lek"] if attacked else [])
    monkeypatch.setattr(rebuild, "rebuilt", lambda root, tell: {} if not attacked else rebuild.outputs(root))
    done = genk_here("audit", cwd=here)
    assert done.code == 1
    assert ("een lek" if attacked else "codeboek.md is not what the public files make") in done.err


def test_the_audit_says_in_its_last_line_what_it_could_not_see(confidential, inside, here, genk_here, monkeypatch):
    """With all of it there; without the workbook; in a shallow clone; without history; with an accepted commit."""
    last = (confidential / "said").read_text("utf-8").splitlines()[-1]
    assert last == "could not be looked at: nothing"
    (inside / BOOK).unlink()
    assert leaks.not_seen(inside) == [f"confidential files that are not here: {BOOK.name}"]
    edit(inside / POLICY, b"acknowledged: []", b"acknowledged: [{commit: 0123456789ab, by: iemand, on: 2026-01-01}]")
    assert leaks.not_seen(inside)[1:] == ["what commits tell that are acknowledged: 0123456789"]
    git(inside, "clone", "--quiet", "--depth", "1", f"file://{inside}", str(inside.parent / "ondiep"))
    assert "shallow clone" in leaks.not_seen(inside.parent / "ondiep")[1]
    monkeypatch.setattr(leaks, "found", lambda root: [])
    monkeypatch.setattr(rebuild, "rebuilt", lambda root, tell: rebuild.outputs(root))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(here.parent))
    done = genk_here("audit", cwd=here)
    none = "could not be looked at: a confidential file: none is registered; earlier versions: there is no history here"
    assert done.code == 0 and done.err.splitlines()[-1] == none


def test_this_repository_passes_the_audit(built, monkeypatch):
    """`test_what_is_committed_is_what_is_built` says that the public files make what is committed."""
    monkeypatch.setenv(repository.ROOT, str(ROOT))
    assert leaks.found(ROOT) == []
    assert {p for p in rebuild.outputs(ROOT) if p.parts[0] != "reports"} == {
        p for p in rebuild.outputs(built) if p.parts[0] != "reports"
    }
