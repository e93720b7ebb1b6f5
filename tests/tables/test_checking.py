# SPDX-License-Identifier: EUPL-1.2
"""A file that came in is looked at before it is registered. Figures of 2022 and later are invented."""

import json
import re
import shutil
from dataclasses import replace
from types import SimpleNamespace

import invented
import pytest
import workbooks
from conftest import ROOT, small_copy
from workbooks import change, refused, save

from genk_armoede.cli import raw_files
from genk_armoede.report import checked as report
from genk_armoede.spreadsheets.workbook import open_workbook
from genk_armoede.tables import checking, checks, datapackage, datasets, register, registering, repository, revisions
from genk_armoede.tables.comparing import Gravity

NAME = "schooltoelagen_2022.xlsx"
NEXT = [
    ["Gebied", "Genk"],
    ["Periode", "2022"],
    [],
    ["Onderwijsniveau", "Leerlingen met een schooltoelage"],
    [None, "aantal [leerlingen]", "aandeel [%]"],
    ["basisonderwijs", 3900, 58.9],
    ["secundair onderwijs", 3010, 60.4],
]
SERIES = [
    ["Gemeente", *map(str, range(2014, 2022))],
    *([f"Verzonnen {i}", *(5000 + 100 * i + year * 37 % 90 for year in range(8))] for i in range(3)),
]
NEW = ("--dataset", "schooltoelagen", "--publisher", "Verzonnen", "--title", "T", "--url", "adres", "--licence", "vrij")
NEW += ("--transcribed", "alles, uit een verzonnen bron")


@pytest.fixture
def root(tmp_path):
    """A repository with the school allowances of 2021 and their table."""
    root = small_copy(tmp_path / "repository", "schooltoelagen.xlsx")
    entries = root / repository.REGISTER
    text = re.sub("obtained: .*", "obtained: 2021-01-01", entries.read_text(encoding="utf-8"))
    entries.write_text(text, encoding="utf-8")
    (root / "data/processed").mkdir()
    shutil.copy(ROOT / "data/processed/schooltoelagen.csv", root / "data/processed")
    return root


def put(root, rows=NEXT, name=NAME):
    return workbooks.save(root / "data/raw" / name, rows, sheet="Genk", merge=["B4:C4"])


def checked(root, rows=NEXT):
    return checking.against_dataset(root, put(root, rows), "schooltoelagen")


def noticed(found, gravity):
    return [(one.kind, one.row.cell) for one in found.findings if one.gravity == gravity]


def texts(found, show=False):
    return "\n".join(report.lines(found, show))


# What is wrong


@pytest.mark.parametrize(
    ("cell", "value", "kind"),
    [("C6", 158.9, "share"), ("B6", 3911.5, "fraction"), ("B6", 39, "refused")],
    ids=["a share above 100", "half a person", "a count that does not fit its share"],
)
def test_a_figure_that_cannot_be(root, cell, value, kind):
    found = checked(root, change(NEXT, cell, value))
    assert found.gravity == Gravity.WRONG
    (one,) = noticed(found, Gravity.WRONG)
    assert one == (kind, "C6" if kind == "refused" else cell)


@pytest.mark.parametrize(
    ("cell", "value", "kind", "near"),
    [
        ("A6", "basisonderwjs", "new part", "basisonderwijs"),
        ("B4", "Leerlingen met schooltoelage", "new indicator", "Leerlingen met een schooltoelage, aa"),
    ],
)
def test_a_name_that_a_build_would_refuse(root, cell, value, kind, near):
    found = checked(root, change(NEXT, cell, value))
    (one, *_) = found.findings
    assert (one.kind, one.gravity) == (kind, Gravity.WRONG)
    assert near in one.near and near in texts(found)
    assert ("--ignore" in texts(found)) == (kind == "new indicator")


def test_half_a_person_that_is_provisional_may_be(root):
    rows = [*change(NEXT, "B6", "3911,5 (p)"), ["(p) voorlopig"]]
    assert "fraction" not in [one.kind for one in checked(root, rows).findings]


def test_half_a_person_is_not_published_either(root):
    accept_all(root, change(NEXT, "B6", 3911.5))
    with refused("a count that is no whole number", file=NAME, sheet="Genk", cell="B6"):
        datasets.clean(root)


# What is to be looked at


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        (change(NEXT, "C6", 9.1), {"jump"}),
        (NEXT[:-1], {"missing"}),
        (change(NEXT, "A6", "kleuterklas"), {"new part", "missing"}),
        (change(NEXT, "B1", "Gnk"), {"new area"}),
        (change(change(NEXT, "B2", "2021"), "B6", 3816), {"revised"}),
    ],
    ids=["9,1 after 58,2", "a missing row", "another level", "a misspelt area", "a revised figure"],
)
def test_what_is_to_be_looked_at(root, rows, kinds):
    found = checked(root, rows)
    assert found.gravity == Gravity.LOOK
    assert {kind for kind, _ in noticed(found, Gravity.LOOK)} == kinds


def test_a_revision_says_old_new_and_percent(root):
    rows = change(change(NEXT, "B2", "2021"), "B6", 3891)
    found = checked(root, rows)
    revised = next(one for one in found.findings if one.kind == "revised" and one.row.cell == "B6")
    assert (revised.before.value, revised.row.value, round(revised.percent, 1)) == (3815, 3891, 2)
    assert "3.891 leerlingen, was 3.815 leerlingen, +2 %" in texts(found)


def test_a_jump_is_one_beyond_the_changes_of_its_own_series(tmp_path):
    old = save(tmp_path / "oud.xlsx", [row[:-1] for row in SERIES])
    for value, kinds in ((5090, []), (9000, ["jump"])):
        found = checking.against_file(save(tmp_path / "nieuw.xlsx", change(SERIES, "I2", value)), old)
        assert [kind for kind, _ in noticed(found, Gravity.LOOK)] == kinds


@pytest.mark.parametrize("dash", "‐‑–—−")
def test_hyphen_and_dash_are_alike(tmp_path, dash):
    old = save(tmp_path / "oud.xlsx", change(SERIES, "A2", "Verzonnen-Noord"))
    found = checking.against_file(save(tmp_path / "nieuw.xlsx", change(SERIES, "A2", f"Verzonnen{dash}Noord")), old)
    assert {one.kind for one in found.findings} == {"equal"}


def test_a_dash_in_a_label_or_level_of_a_registered_file_is_its_hyphen(root):
    level = replace(invented.row("71016", 3, "leeftijd=0–14 jaar"), indicator="Kans—armoede", area="Genk–Noord")
    told = checks.hyphened(level)
    assert (told.indicator, told.area, told.breakdown) == ("Kans-armoede", "Genk-Noord", "leeftijd=0-14 jaar")
    path = put(root, change(NEXT, "A6", "basisonderwijs – gewoon"))
    assert "onderwijsniveau=basisonderwijs - gewoon" in {row.breakdown for row in checking.read(open_workbook(path))[0]}


def test_names_that_vanish_beside_the_nearest_new_one(tmp_path):
    old = save(tmp_path / "oud.xlsx", SERIES)
    found = checking.against_file(save(tmp_path / "nieuw.xlsx", change(SERIES, "A2", "Verzonen 0")), old)
    near = {one.kind: (one.name, one.near) for one in found.findings if one.name and one.kind.endswith("area")}
    assert near["gone area"] == ("Verzonnen 0", "Verzonen 0")
    assert near["new area"][0] == "Verzonen 0" and near["new area"][1].startswith("Verzonnen")
    assert sum(one.kind == "gone" for one in found.findings) == 8


def test_one_screen_and_all_of_it(tmp_path):
    old = save(tmp_path / "oud.xlsx", SERIES)
    new = [[cell + 1 if isinstance(cell, int) else cell for cell in row] for row in SERIES]
    found = checking.against_file(save(tmp_path / "nieuw.xlsx", new), old)
    assert "24 herzien" in texts(found) and "en nog 21" in texts(found)
    assert len(texts(found).splitlines()) < 10
    assert texts(found, show=True).count("was ") == 24


def test_a_sheet_that_no_layout_reads_is_told(tmp_path):
    path = save(tmp_path / "verzonnen.xlsx", SERIES)
    with workbooks.edited(path) as book:
        book.create_sheet("Codes").append([71016])
    found = checking.against_file(path, path)
    assert [one.kind for one in found.findings] == ["equal"] * 24
    assert found.left_out == ["Codes: the whole sheet"] and "Codes: het hele blad" in texts(found)


def test_what_a_layout_leaves_out_is_told(root):
    rows = [["Nr", *row] for row in SERIES[:1]] + [[i, *row] for i, row in enumerate(SERIES[1:], start=1)]
    path = save(root / "verzonnen.xlsx", rows)
    found = checking.against_file(path, path)
    assert "niet gelezen: 1" in texts(found) and "kolom A" in texts(found)


def test_a_confidential_file_is_told_of_without_its_figures(root):
    (root / "data/raw/vertrouwelijk").mkdir()
    path = put(root, change(NEXT, "C6", 9.1), f"vertrouwelijk/{NAME}")
    found = checking.against_dataset(root, path, "schooltoelagen")
    told = texts(found, show=True) + json.dumps(report.as_json(found))
    assert "C6" in told and "9,1" not in told and "9.1" not in told and "58" not in told


def test_of_a_confidential_file_that_is_refused_the_cell_is_told_and_no_figure(root):
    (root / "data/raw/vertrouwelijk").mkdir()
    path = put(root, change(NEXT, "B6", 39), f"vertrouwelijk/{NAME}")
    told = texts(checking.against_dataset(root, path, "schooltoelagen"))
    assert "cell C6: " in told and not re.search(r"\b39\b|58[.,]9", told), told


# What is in order


def test_a_perfect_next_year(root):
    found = checked(root)
    assert found.gravity == Gravity.TOLD
    assert [one.kind for one in found.findings if one.kind != "new"] == ["new period"]
    assert "4 nieuw" in texts(found) and "In orde" in texts(found)


def test_the_registered_file_is_equal_to_its_table(root):
    found = checking.against_dataset(root, root / "data/raw/schooltoelagen.xlsx", "schooltoelagen")
    assert {one.kind for one in found.findings} == {"equal"}


def test_exit_codes_and_json(genk_here, root):
    for rows, code in ((NEXT, 0), (change(NEXT, "B6", 3911.5), 1), (change(NEXT, "C6", 9.1), 3)):
        done = genk_here("check", put(root, rows), "--dataset", "schooltoelagen", "--json", cwd=root)
        assert done.code == code, done.err
        said = json.loads(done.out)
        assert said["verdict"] == {0: "told", 1: "wrong", 3: "look"}[code]
        assert said["counts"]["new"] == 4
    assert genk_here("check", put(root), cwd=root).code == 2  # beside what?


# Registering, and taking over

SAME = change(change(change(change(change(NEXT, "B2", "2021"), "B6", 3815), "C6", 58.2), "B7", 2944), "C7", 59.8)


def accept_all(root, rows=NEXT, reason="verzonnen reden", name=NAME, **more):
    described = {"dataset": "schooltoelagen", "publisher": "V", "title": "T", "url": "u", "licence": "l"}
    described |= {"transcribed": "alles"}
    registering.register(root, put(root, rows, name), accepted=reason, **described, **more)


def test_what_is_to_be_looked_at_is_registered_with_a_reason_only(genk_here, root):
    path = put(root, change(NEXT, "C6", 9.1))
    done = genk_here("register", path, *NEW, cwd=root)
    assert done.code == 3 and "9,1" in done.err
    assert register.entry(root, NAME) is None
    assert genk_here("register", path, *NEW, "--accept", "zo gemeld", cwd=root).code == 0
    assert [one["reason"] for one in register.entry(root, NAME).accepted] == ["zo gemeld"]


def test_who_sits_at_a_terminal_is_asked_why(root, monkeypatch):
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("typer.prompt", lambda *_, **__: "zo gemeld")
    found = checked(root, change(NEXT, "C6", 9.1))
    assert raw_files._looked_at(found, "") == "zo gemeld"


@pytest.mark.parametrize("answers", [["alles, uit een krant"], ["", "een mail"]])
def test_who_sits_at_a_terminal_is_asked_what_was_typed_by_hand(root, monkeypatch, answers):
    put(root)
    given = iter(answers)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(given))
    described = {"dataset": "schooltoelagen", "publisher": "V", "title": "T", "url": "u", "licence": "l"}
    monkeypatch.setenv("GENK_ARMOEDE_ROOT", str(root))
    raw_files.register(root / "data/raw" / NAME, **described, transcribed="", origin="", accept="", who="")
    known = register.entry(root, NAME)
    assert answers[-1] in known.transcribed and known.origin == (answers[1] if len(answers) > 1 else "")


def test_what_is_wrong_is_registered_with_no_reason(genk_here, root):
    done = genk_here("register", put(root, change(NEXT, "B6", 3911.5)), *NEW, "--accept", "toch", cwd=root)
    assert done.code == 1 and register.entry(root, NAME) is None


def test_a_perfect_file_needs_no_reason(genk_here, root):
    assert genk_here("register", put(root), *NEW, cwd=root).code == 0
    assert not register.entry(root, NAME).accepted


def test_a_file_that_is_replaced_is_remembered(root):
    accept_all(root)
    before = register.entry(root, NAME)
    accept_all(root, change(NEXT, "B6", 3901))
    (earlier,) = register.entry(root, NAME).earlier
    assert earlier["sha256"] == before.sha256


def test_equal_figures_of_two_files_are_one_figure_of_the_newest(root):
    accept_all(root, change(NEXT, "B2", "2021"), reason="", name="nieuw.xlsx")
    with refused("the same figure stands twice", file="nieuw.xlsx", sheet="Genk", cell="C6"):
        datasets.clean(root)  # they differ, and nobody accepted that
    accept_all(root, SAME, reason="", name="nieuw.xlsx")
    rows = datasets.clean(root).tables["schooltoelagen"]
    ours = [row for row in rows if row.source == "nieuw.xlsx"]
    assert [(row.cell, row.status) for row in ours] == [("C6", ""), ("C7", ""), ("B6", ""), ("B7", "")]
    assert len(rows) == 52


@pytest.mark.parametrize("name", ["nieuw.xlsx", "zeer_nieuw.xlsx"])
def test_another_figure_is_a_revision_that_says_what_was(root, name):
    accept_all(root, change(SAME, "B6", 3816), name=name)
    cleaned = datasets.clean(root)
    rows = cleaned.tables["schooltoelagen"]
    (row,) = [row for row in rows if row.source == name and row.cell == "B6"]
    assert (row.value, row.status) == (3816, "r")
    package = datapackage.files(root, cleaned)[repository.PACKAGE].decode()
    assert '"note": "Herzien: was 3815 (schooltoelagen.xlsx, B7)."' in package


def test_a_confidential_revision_does_not_say_what_was(root):
    rows = [invented.row("71016", 3), invented.row("71016", 4)]
    old, new = (replace(row, source=f"{name}.xlsx") for name, row in zip(("oud", "nieuw"), rows, strict=True))
    whole = register.entry(root, "schooltoelagen.xlsx")
    sources = [
        replace(whole, file=f"{name}.xlsx", confidential=True, accepted=[{"reason": "verzonnen"}])
        for name in ("oud", "nieuw")
    ]
    (row,) = revisions.merged([old, new], sources)
    assert (row.value, row.status, row.citation) == (4, "r", {"note": "Herzien."})


def test_indicators_that_are_not_wanted_are_set_aside_by_name(genk_here, root):
    header, *figures = NEXT[3:]
    more = [[*row, value] for row, value in zip(figures, (None, 11, 17), strict=True)]
    path = put(root, [*NEXT[:3], [*header, None, "Verzonnen index [punten]"], *more])
    assert genk_here("register", path, *NEW, cwd=root).code == 1
    aside = genk_here("register", path, *NEW, "--ignore", "Verzonnen index", cwd=root)
    assert aside.code == 0, aside.err
    assert [*register.entry(root, NAME).ignored] == ["Verzonnen index"]
    assert sum(row.source == NAME for row in datasets.clean(root).tables["schooltoelagen"]) == 4


def test_all_but_those_that_are_wanted_by_label_or_identifier(root):
    wanted = ["aandeel_leerlingen_met_schooltoelage"]
    aside = checking.labels_set_aside(put(root), "schooltoelagen", wanted, [])
    assert aside == ["Leerlingen met een schooltoelage, aantal"]


def test_an_indicator_that_is_not_in_the_file(root):
    with refused("this indicator is not in the file", file=NAME, mention="aandeel_leerlingen_met_schooltoelage"):
        checking.labels_set_aside(put(root), "schooltoelagen", ["aandeel_leerlingen_met_toelage"], [])
