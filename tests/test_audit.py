# SPDX-License-Identifier: EUPL-1.2
"""The audit finds what gives a small count away, wherever it stands. All figures are invented.

A confidential workbook goes through `register` and `build` in a copy of the repository.
"""

import base64
import csv
import dataclasses
import json
import re
import shutil
import stat
from dataclasses import replace
from decimal import Decimal
from itertools import product
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from conftest import ROOT, copy_of, files, genk, run, write_notebook
from invented import CITY, COUNT, OTHER, SHARE, WHOLE, Outsider, city, policy, row

from genk_armoede import audit, datasets, disclosure, frames, prose, reports, store
from genk_armoede.errors import DataError
from genk_armoede.observations import COLUMNS, read_table
from genk_armoede.policy import POLICY
from genk_armoede.sources import checksum

TABLE = Path("data/processed/verzonnen.csv")


def git(root, *command):
    name = ("-c", "user.name=Verzonnen", "-c", "user.email=verzonnen@example.org", "-c", "commit.gpgsign=false")
    done = run(["git", *name, *command], root)
    assert done.code == 0, done.err
    return done.out.decode().strip()


def commit(root):
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Verzonnen")


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
        made = {path: store.table_bytes(own) for path, own in tables.items()}
        made[store.WIJKEN] = json.dumps({"features": [{"properties": place} for place in places]}).encode()
        store.write_files(tmp_path, made)
        return audit.audit(tmp_path, made, list(shown), dict(code))

    attack.root = tmp_path
    return attack


def primary_only(rows):
    """What hides small counts and nothing else."""
    return [
        replace(r, value=None, status="c") if r.indicator in (COUNT, WHOLE) and 0 < r.value < 5 else r for r in rows
    ]


# Known attacks: what gives the small count away, and that it is gone afterwards

SHARES = {"derived": {SHARE: {"from": [COUNT], "of": WHOLE}}}
ATTACKS = {
    "one in a row with its total": (city(3), [row("w0", 3), row("w1", 8), row("w2", 30), row(CITY, 41)], {}),
    "two where a row and a column cross": (
        city(3),
        [row(a, n, f"l={k}") for a, own in (("w0", (3, 9, 20)), ("w1", (9, 4, 20)), ("w2", (30, 30, 30)), (CITY, (42, 43, 70))) for k, n in zip("abc", own, strict=True)]
        + [row("w0", 32), row("w1", 33), row("w2", 90), row(CITY, 155)],
        {},
    ),
    "a share and its denominator": (
        city(2),
        [row("w0", 3), row("w0", 60, indicator=WHOLE), row("w0", 5, indicator=SHARE), row("w1", 14), row("w1", 60, indicator=WHOLE), row("w1", "23.3", indicator=SHARE)],
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
        [row("w0", 40), row("w0", 3, "g=m; l=a"), row("w0", 7, "g=m; l=b"), row("w0", 10, "g=v; l=a"), row("w0", 20, "g=v; l=b")],
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
    assert all("can be worked out from" in leak and COUNT in leak for leak in leaks)
    shown = disclosure.protect({"verzonnen": rows}, inside, how)[0]["verzonnen"]
    assert all(high >= 5 and high - low >= 4 for low, high in map(Outsider(shown, inside).range, small))
    assert house(shown, inside, how) == []


def test_a_share_of_the_count_itself(house):
    """20 women are 87,0%, so that all are 23 and the men 3."""
    how = policy(derived={SHARE: {"from": [COUNT], "of": COUNT}})
    rows = [row("w0", 3, "g=m"), row("w0", 20, "g=v"), row("w0", "87.0", "g=v", SHARE)]
    assert SHARE in house(primary_only(rows), city(1), how)[0]
    shown = disclosure.protect({"verzonnen": rows}, city(1), how)[0]["verzonnen"]
    assert house(shown, city(1), how) == []


@pytest.mark.parametrize(("whole", "found"), [(None, 1), (19, 1), (20, 0)])
def test_a_share_over_few_or_over_nobody_knows_how_many(house, whole, found):
    rows = [
        row("w0", 9),
        row("w0", whole, indicator=WHOLE),
        row("w0", "47.4" if whole == 19 else "45.0", indicator=SHARE),
    ]
    assert len(house(rows, city(1), policy(**SHARES))) == found


def test_more_than_there_are(house):
    rows = [row("w0", None), row("w0", 3, indicator=WHOLE)]
    assert WHOLE in house(rows, city(1), policy(**SHARES))[0]


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


def test_a_rounded_total_beside_exact_parts(house):
    """15 is 11 to 19: of 9, 8 and a hidden one, that one is 1 or 2."""
    how = policy(method="round")
    total = replace(row(CITY, 15), status="e")
    rows = [row("w0", None), row("w1", 9), row("w2", 8), total]
    (leak,) = house(rows, city(3), how)
    assert "w0" in leak and CITY in leak
    exact = [row("w0", 2), row("w1", 9), row("w2", 8), row(CITY, 19)]
    shown = disclosure.protect({"verzonnen": exact}, city(3), how)[0]["verzonnen"]
    assert house(shown, city(3), how) == []


def test_an_exact_total_beside_rounded_parts(house):
    how = policy(method="round", known={OTHER: COUNT}, protected_by_publisher=["elders"])
    rows = [replace(row("w0", 0), status="e"), replace(row("w1", 0), status="e")]
    assert house(rows, city(2), how) == []
    assert len(house(rows, city(2), how, elders=[row(CITY, 2, indicator=OTHER)])) == 2


def test_figures_that_contradict_each_other_are_told(house):
    (leak,) = house([row("w0", None), row("w1", 8), row(CITY, 8)], city(2), policy())
    assert "contradict each other" in leak


@pytest.mark.parametrize(
    "rows", [[row("w9", 9)], [row("w0", 9, indicator="nieuw")], [row("w0", 9), replace(row("w0", 9), area="Anders")]]
)
def test_what_has_no_place_is_told(house, rows):
    assert len(house(rows, city(1), policy())) == 1


# Earlier versions


def test_a_count_in_an_earlier_commit_is_found(house):
    rows = [row("w0", 3), row("w1", 9)]
    git(house.root, "init", "--quiet")
    house(rows, city(2), policy())
    commit(house.root)
    found = git(house.root, "rev-parse", "HEAD")[:10]
    (leak,) = house(primary_only(rows), city(2), policy())
    assert "w0" in leak and f"commit {found}" in leak
    commit(house.root)
    assert house(primary_only(rows), city(2), policy()) == [leak]
    git(house.root, "switch", "--quiet", "--orphan", "schoon")
    git(house.root, "branch", "-D", "-q", "master") if "master" in git(house.root, "branch") else git(
        house.root, "branch", "-D", "-q", "main"
    )
    assert house(primary_only(rows), city(2), policy()) == []


def test_this_version_minus_the_last(house):
    """Each version hides two of three, not the same two."""
    rows = [row("w0", 3), row("w1", 9), row("w2", 20), row(CITY, 32)]
    first = [replace(r, value=None, status="c") if r.area_code in ("w0", "w1") else r for r in rows]
    second = [replace(r, value=None, status="c") if r.area_code in ("w0", "w2") else r for r in rows]
    git(house.root, "init", "--quiet")
    assert house(first, city(3), policy()) == []
    commit(house.root)
    (leak,) = house(second, city(3), policy())
    assert "w0" in leak
    # What is built now knows what was shown then.
    earlier = {r.key: {r.value} for r in first if r.value is not None}
    again = disclosure.protect({"verzonnen": rows}, city(3), policy(), earlier)[0]["verzonnen"]
    assert [r.value for r in again] == [r.value for r in first] and house(again, city(3), policy()) == []


def test_a_corrected_figure_is_no_leak(house):
    git(house.root, "init", "--quiet")
    house([row("w0", 7), row("w1", 9), row(CITY, 16)], city(2), policy())
    commit(house.root)
    rows = [row("w0", 3), row("w1", 9), row(CITY, 12)]
    earlier = {r.key: {r.value} for r in (row("w0", 7), row("w1", 9), row(CITY, 16))}
    shown = disclosure.protect({"verzonnen": rows}, city(2), policy(), earlier)[0]["verzonnen"]
    assert [r.value for r in shown] == [None, 9, None]
    assert house(shown, city(2), policy()) == []


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
    for fine in (shown_figure(*places, value=""), shown_figure(places[1]), shown_figure(*places, formula=prose.ROWS)):
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
    wijk = next(f["properties"] for f in frames.wijken() if len(f["properties"]["sectors"]) > 1)
    sectors = list(wijk["sectors"])
    made = [
        replace(row(code, 40 + n, period=period), value=None if n == 0 and period == "2021" else Decimal(40 + n), status="c" if n == 0 and period == "2021" else "")
        for n, code in enumerate(sectors) for period in ("2020", "2021")
    ]  # fmt: skip
    frame = pd.DataFrame([one.row for one in made], columns=COLUMNS)
    frame["value"] = pd.to_numeric(frame.value)
    now = frame[frame.period == "2021"]
    hidden, *others = prose.figures(now)
    for one in (
        prose.total([hidden, *others]),
        prose.difference(hidden, others[0]),
        prose.difference(others[0], hidden),
        prose.ratio(hidden, others[0], "%", "deel"),
        prose.ratio(others[0], hidden, "%", "deel"),
    ):
        assert one.value is None and "c" in one.status and str(one) == "vertrouwelijk"
    sums = frames.by_wijk(now)
    assert sums.value.isna().all() and set(sums.status) == {"c"}
    assert sectors[0] not in set(frames.change(frame, "2020", "2021").area_code)
    assert sectors[0] not in set(
        frames.ratios(now, frame[frame.period == "2020"].assign(period="2021"), "%", "deel").area_code
    )
    assert sectors[0] not in set(
        frames.ratios(frame[frame.period == "2020"].assign(period="2021"), now, "%", "deel").area_code
    )


# A confidential workbook through the whole house

BOOK = Path("data/raw/vertrouwelijk/ocmw_verzonnen.xlsx")
SEXES, AGES, YEARS = ("man", "vrouw"), ("18-24", "25-64", "65+"), ("2022", "2023")
NOTEBOOK = (
    "# Verzonnen: leefloon per wijk",
    "import genk_armoede as ga\nwijken = ga.load('wijken')\nga.say('Een gewone zin.')",
    "leefloon = ga.pick(wijken, 'personen_met_leefloon_per_wijk', period='2023')\n"
    "totaal = leefloon[(leefloon.breakdown == '') & (leefloon.area != 'Genk')]\n"
    "ga.bars(totaal, 'area', name='01_leefloon', title='Verzonnen: personen met een leefloon')",
    "ga.tiles(totaal, name='01_kaart', title='Verzonnen: personen met een leefloon, kaart')",
    "jong = leefloon[leefloon.breakdown == 'geslacht=man; leeftijd=18-24']\n"
    "ga.dots(jong, 'area', name='01_jong', title='Verzonnen: jonge mannen')",
    "twee = ga.pick(wijken, 'personen_met_leefloon_per_wijk', breakdown='geslacht=man; leeftijd=18-24')\n"
    "ga.lines(twee, 'area', name='01_jaren', title='Verzonnen: jonge mannen, twee jaren')",
    "ga.table('Verzonnen: per wijk', [{'Wijk': a, 'Personen': n} for a, n in zip(jong.area, ga.figures(jong))])",
    "ga.say('Samen {n}, en {m} rijen.', n=ga.total(ga.figures(jong)), m=ga.count(jong, 'aantal'))",
    "ga.bars(ga.pick(wijken, 'aandeel_leerlingen_met_schooltoelage_per_wijk'), 'area', name='01_aandeel', title='Verzonnen: aandeel')",
)  # fmt: skip


def wijken_of(root):
    return [
        (f["properties"]["wijk_code"], f["properties"]["wijk"])
        for f in json.loads((root / store.WIJKEN).read_text("utf-8"))["features"]
    ]


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


def write_book(path, wijken, counts):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Leefloon"
    page.append(["Verzonnen cijfers voor een test"])
    page.append([])
    page.append(["Wijkcode", "Wijk", "Periode", "Geslacht", "Leeftijd", "Personen met een leefloon [personen]"])
    for year, (code, name), sex, age in product(
        YEARS, [*wijken, (CITY, "Genk")], (*SEXES, "totaal"), (*AGES, "totaal")
    ):
        own = [
            n
            for (c, y, s, a), n in counts.items()
            if y == year
            and c == (code if code != CITY else c)
            and s == (sex if sex != "totaal" else s)
            and a == (age if age != "totaal" else a)
        ]
        page.append([code, name, int(year), sex, age, sum(own)])
    page = book.create_sheet("Leerlingen")
    page.append(["Verzonnen cijfers voor een test"])
    page.append([])
    page.append(
        [
            "Wijkcode",
            "Wijk",
            "Periode",
            "Leerlingen met een schooltoelage per wijk [leerlingen]",
            "Leerlingen per wijk [leerlingen]",
            "Aandeel leerlingen met een schooltoelage per wijk [%]",
        ]
    )
    for n, (code, name) in enumerate(wijken):
        page.append([code, name, 2022, n % 11, 15 + n * 5, round(100 * (n % 11) / (15 + n * 5), 1)])
    book.save(path)


def register(root):
    described = {
        "--dataset": "wijken",
        "--publisher": "Verzonnen OCMW",
        "--title": "Verzonnen cijfers",
        "--url": "https://example.org",
        "--licence": "vertrouwelijk",
    }
    return genk("register", BOOK, *(text for pair in described.items() for text in pair), cwd=root)


@pytest.fixture(scope="session")
def confidential(once):
    """A copy with git in which an invented confidential workbook was built; what the commands said lies beside it."""

    def make(folder):
        root = copy_of(ROOT, folder / "huis", "data", "figures")
        for path in (root / "figures").iterdir():
            path.unlink()
        shutil.copy(ROOT / ".gitignore", root)
        (root / "notebooks").mkdir()
        write_notebook(root / "notebooks/01_leefloon.ipynb", *NOTEBOOK)
        git(root, "init", "--quiet")
        commit(root)
        wijken = wijken_of(root)
        write_book(root / BOOK, wijken, invented_counts(wijken))
        said = [register(root), genk("build", cwd=root)]
        commit(root)
        said.append(genk("audit", cwd=root))
        (folder / "said.json").write_text(
            json.dumps([(one.code, one.out.decode(), one.err) for one in said]), encoding="utf-8"
        )

    return once("confidential", make)


@pytest.fixture
def inside(confidential, tmp_path):
    """A copy of it to change."""
    shutil.copytree(confidential / "huis", tmp_path / "huis")
    return tmp_path / "huis"


OUTPUTS = ("data/processed", "notebooks", "figures", "reports")


def outputs(root):
    return {f"{folder}/{name}": data for folder in OUTPUTS for name, data in files(root / folder).items()}


def test_a_confidential_workbook_is_built_and_audited(confidential):
    for code, out, err in json.loads((confidential / "said.json").read_text("utf-8")):
        assert (code, out) == (0, ""), err


def test_the_report_says_its_policy_and_how_much_is_hidden(confidential):
    rows = read_table((confidential / "huis/data/processed/wijken.csv").read_bytes())
    count = sum(r.status == "c" for r in rows)
    assert count > 100
    for page in (confidential / "huis/reports").glob("*.html"):
        text = page.read_text("utf-8")
        assert "standaard, te bevestigen door de functionaris voor gegevensbescherming" in text
        assert f"{count} cellen verborgen" in text
    package = json.loads((confidential / "huis/data/processed/datapackage.json").read_text("utf-8"))
    assert package["disclosure"]["hidden"] == count and package["disclosure"]["threshold"] == 5


def test_the_log_stays_on_this_machine(confidential):
    root = confidential / "huis"
    log = root / disclosure.LOG
    with log.open(encoding="utf-8") as stream:
        logged = list(csv.DictReader(stream))
    rows = read_table((root / "data/processed/wijken.csv").read_bytes())
    assert {(one["sheet"], one["cell"]) for one in logged} == {(r.sheet, r.cell) for r in rows if r.status == "c"}
    assert all(one["value"] and one["why"] for one in logged)
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert ".build" not in git(root, "ls-files") and git(root, "check-ignore", disclosure.LOG)


def test_the_workbook_and_its_secret_stay_out_of_git(confidential):
    root = confidential / "huis"
    folder = BOOK.parent.as_posix()
    assert git(root, "ls-files", folder) == f"{folder}/.gitignore"
    assert {p.name for p in (root / folder).iterdir()} == {".gitignore", ".sleutel", BOOK.name}
    assert git(root, "status", "--porcelain") == ""


def test_the_register_has_no_checksum_that_a_guess_can_be_tried_on(confidential):
    book = confidential / "huis" / BOOK
    text = (confidential / "huis/data/raw/bronnen.yml").read_text("utf-8")
    assert checksum(book) in text and __import__("hashlib").sha256(book.read_bytes()).hexdigest() not in text


def test_other_small_counts_give_the_same_bytes_everywhere(inside):
    """Nothing of a hidden count is in any output: no length of a bar, no metadata, no text."""
    before, wijken = outputs(inside), wijken_of(inside)
    counts = invented_counts(wijken)
    write_book(inside / BOOK, wijken, exchanged(counts, wijken))
    assert register(inside).code == 0
    for path in (p for folder in OUTPUTS[1:] for p in (inside / folder).iterdir()):
        path.unlink()
    write_notebook(inside / "notebooks/01_leefloon.ipynb", *NOTEBOOK)
    done = genk("build", cwd=inside)
    assert done.code == 0, done.err
    after = outputs(inside)
    log = (inside / disclosure.LOG).read_text("utf-8")
    assert log.count(",1,personen,") and log.count(",3,personen,")  # other ones were hidden
    assert before.keys() == after.keys() and [name for name in before if before[name] != after[name]] == []
    assert len([name for name in before if name.startswith("figures/")]) == 10


def test_without_the_workbook_the_tables_stay(inside):
    before = outputs(inside)
    shutil.rmtree(inside / BOOK.parent)
    done = genk("build", cwd=inside)
    assert done.code == 0, done.err
    assert outputs(inside) == before and not (inside / disclosure.LOG).exists()


def test_a_second_build_with_its_history_gives_the_same(inside):
    before = outputs(inside)
    assert genk("build", cwd=inside).code == 0
    assert outputs(inside) == before


@pytest.mark.parametrize("how", ["forced", "renamed", "removed"])
def test_a_workbook_in_git_stops_audit_and_build(inside, how):
    if how == "renamed":
        shutil.copy(inside / BOOK, inside / "data/anders.xlsx")
        git(inside, "add", "data/anders.xlsx")
    else:
        git(inside, "add", "--force", BOOK.as_posix())
    git(inside, "commit", "--quiet", "--message", "Verzonnen")
    if how == "removed":
        git(inside, "rm", "--quiet", "--cached", BOOK.as_posix())
        git(inside, "commit", "--quiet", "--message", "Verzonnen")
    (inside / "notebooks/01_leefloon.ipynb").unlink()
    write_notebook(inside / "notebooks/01_kort.ipynb", "# Kort", "1 + 1")
    for command in ("audit", "build"):
        done = genk(command, cwd=inside)
        assert done.code == 1 and f"{BOOK.as_posix()} is or was in version control" in done.err


def test_sensitive_figures_outside_the_folder_are_refused(inside):
    shutil.move(inside / BOOK, inside / "data/raw" / BOOK.name)
    text = (inside / "data/raw/bronnen.yml").read_text("utf-8").replace("  confidential: true\n", "")
    text = re.sub(
        r"(ocmw_verzonnen.xlsx:.*?sha256: )\w+",
        rf"\g<1>{checksum(inside / 'data/raw' / BOOK.name)}",
        text,
        flags=re.DOTALL,
    )
    (inside / "data/raw/bronnen.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="is sensitive, and data/raw is in version control"):
        datasets.clean(inside)


def test_a_confidential_file_in_a_table_that_hides_nothing_is_refused(inside):
    path = inside / "data/raw/bronnen.yml"
    before, _, own = path.read_text("utf-8").partition("ocmw_verzonnen.xlsx:")
    path.write_text(
        f"{before}ocmw_verzonnen.xlsx:{own.replace('dataset: wijken', 'dataset: thuistaal')}", encoding="utf-8"
    )
    with pytest.raises(DataError, match="small counts in thuistaal are not hidden"):
        datasets.clean(inside)


# A planted leak in each kind of output


def edit(path, old, new):
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def a_table_value(root):
    path = root / "data/processed/wijken.csv"
    edit(
        path,
        re.search(rb",personen,c,.*", path.read_bytes()).group(),
        b"3,personen,,ocmw_verzonnen.xlsx,Leefloon,F4"[0:0]
        + re.search(rb",personen,c,.*", path.read_bytes()).group().replace(b",personen,c,", b",3,personen,,"[1:]),
    )


def a_figure_in_a_notebook(root):
    edit(root / "notebooks/01_leefloon.ipynb", b'"text": "vertrouwelijk",\n', b'"text": "3",\n')
    edit(root / "notebooks/01_leefloon.ipynb", b'"value": ""', b'"value": "3"')


def a_page(root):
    edit(root / "reports/01_leefloon.html", b"vertrouwelijk", b"3")


def a_download(root):
    path = root / "reports/01_leefloon.html"
    book = re.search(rb"spreadsheetml.sheet;base64,([\w+/=]+)", path.read_bytes()).group(1)
    edit(path, book, base64.b64encode(base64.b64decode(book) + b"3"))


def a_picture(root):
    path = root / "figures/01_leefloon.svg"
    edit(path, b"<!-- vertrouwelijk -->", b"<!-- 3 -->")


def a_picture_of_nothing(root):
    shutil.copy(root / "figures/01_leefloon.svg", root / "figures/99_los.svg")


@pytest.mark.parametrize(
    "plant",
    [a_figure_in_a_notebook, a_page, a_download, a_picture, a_picture_of_nothing, a_table_value],
    ids=lambda f: f.__name__,
)
def test_the_audit_finds_a_planted_leak(inside, monkeypatch, plant):
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(inside))
    assert reports.leaks(inside) == []
    plant(inside)
    assert reports.leaks(inside) != []


def a_photograph(root):
    path = root / "figures/01_leefloon.png"
    path.write_bytes(path.read_bytes() + b"3")


def words_in_a_notebook(root):
    edit(root / "notebooks/01_leefloon.ipynb", b"vertrouwelijk", b"3")


def the_descriptor(root):
    edit(root / "data/processed/datapackage.json", b'"disclosure"', b'"3": 3, "disclosure"')


@pytest.mark.parametrize("plant", [a_photograph, words_in_a_notebook, the_descriptor], ids=lambda f: f.__name__)
def test_a_new_build_takes_a_planted_leak_away(inside, plant):
    """So `test_what_is_committed_is_what_is_built` is red as long as it is there."""
    before = outputs(inside)
    plant(inside)
    assert outputs(inside) != before
    assert genk("build", cwd=inside).code == 0
    assert outputs(inside) == before


def test_this_repository_passes_the_audit():
    done = genk("audit", cwd=ROOT)
    assert done.code == 0, done.err
