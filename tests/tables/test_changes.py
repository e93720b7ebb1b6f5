# SPDX-License-Identifier: EUPL-1.2
"""What a page says of the previous version of the data. All figures are invented."""

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import commit, git

from genk_armoede.observations.observation import COLUMNS
from genk_armoede.tables import changes, repository

TABLE = Path("data/processed/verzonnen.csv")
BEFORE = {"Aalst": ("1", ""), "Brugge": ("2", ""), "Genk": ("3", ""), "Gent": ("", "m")}


def version(day: str, areas: dict[str, tuple[str, str]], table: Path = TABLE) -> dict[Path, bytes]:
    """The processed files of one version: a figure and its status for each area."""
    stream = io.StringIO(newline="")
    rows = [dict.fromkeys(COLUMNS, "") | {"area": area, "value": v, "status": s} for area, (v, s) in areas.items()]
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return {repository.PACKAGE: json.dumps({"version": day}).encode(), table: stream.getvalue().encode()}


@pytest.fixture
def published(tmp_path) -> Path:
    """A repository that has published `BEFORE` on 1 January 2031, and a version before that."""
    git(tmp_path, "init", "--quiet")
    for day, areas in (("2030-01-01", {}), ("2031-01-01", BEFORE)):
        for path, content in version(day, areas).items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(content)
        commit(tmp_path)
    return tmp_path


def test_a_table_is_called_by_its_title(published):
    content = version("2031-06-01", BEFORE | {"Genk": ("4", "")})
    titled = json.loads(content[repository.PACKAGE]) | {"resources": [{"name": "verzonnen", "title": "Een titel"}]}
    said = changes.since_previous(published, content | {repository.PACKAGE: json.dumps(titled).encode()})
    assert said[1:] == ["Een titel: 1 veranderd."]


@pytest.mark.parametrize(
    ("areas", "words"),
    [
        (BEFORE, "De tabellen zijn dezelfde."),
        (BEFORE | {"Hasselt": ("5", "")}, "verzonnen: 1 nieuw."),
        ({"Genk": ("3", "")}, "verzonnen: 3 weggevallen."),
        (BEFORE | {"Genk": ("4", "")}, "verzonnen: 1 veranderd."),
        (BEFORE | {"Genk": ("3", "p"), "Gent": ("8", "")}, "verzonnen: 2 veranderd."),
        (
            {"Aalst": ("1", ""), "Genk": ("4", ""), "Ieper": ("5", ""), "Luik": ("6", "")},
            "verzonnen: 2 nieuw, 2 weggevallen, 1 veranderd.",
        ),
    ],
)
def test_each_table_says_how_many_figures_are_new_gone_or_changed(published, areas, words):
    said = changes.since_previous(published, version("2031-06-01", areas))
    assert said == ["De vorige versie is die van 1 januari 2031.", words]


def test_an_area_that_got_its_code_keeps_its_figures(published):
    content = version("2031-06-01", BEFORE | {"Genk": ("4", "")})
    content[TABLE] = content[TABLE].replace(b",,Genk,", b",71016,Genk,").replace(b",,Aalst,", b",41002,Aalst,")
    assert changes.since_previous(published, content)[1:] == ["verzonnen: 1 veranderd."]


def test_a_figure_of_the_same_cell_under_another_name_is_neither_new_nor_gone(published):
    then, now = version("2031-01-01", BEFORE), version("2031-06-01", BEFORE | {"Genk": ("3", "")})
    then[TABLE], now[TABLE] = (c.replace(b"3,,,,,", b"3,,,a.xlsx,Blad,B4") for c in (then[TABLE], now[TABLE]))
    (published / TABLE).write_bytes(then[TABLE])
    git(published, "commit", "--quiet", "--all", "--amend", "--no-edit")

    def said(old: bytes, new: bytes) -> list[str]:
        return changes.since_previous(published, now | {TABLE: now[TABLE].replace(old, new)})[1:]

    assert said(b",,Genk,", b"klanten,,Genk,") == ["verzonnen: 1 anders genoemd."]
    for other in (b"klanten,,Gent,", b"klanten,,Genk,2032"):  # another area or period happens to have as many
        assert said(b",,Genk,", other) == ["verzonnen: 1 nieuw, 1 weggevallen."]
    assert said(b",,Genk,,,3,", b"klanten,,Genk,,,4,") == ["verzonnen: 1 nieuw, 1 weggevallen."]


def test_a_table_that_was_not_there_is_new(published):
    content = version("2031-06-01", BEFORE) | version("2031-06-01", BEFORE, TABLE.with_name("ander.csv"))
    assert changes.since_previous(published, content)[1:] == ["ander: 4 nieuw."]


def test_the_version_of_the_same_day_is_not_the_previous_one(published):
    said = changes.since_previous(published, version("2031-01-01", {}))
    assert said == ["De vorige versie is die van 1 januari 2030.", "De tabellen zijn dezelfde."]


def test_without_a_previous_version_nothing_is_said(published, tmp_path_factory):
    assert changes.since_previous(published, version("2030-01-01", {})) == []
    assert changes.since_previous(tmp_path_factory.mktemp("no_git"), version("2031-06-01", BEFORE)) == []


def parts_of(*parts: str) -> bytes:
    plain = dict.fromkeys(COLUMNS, "") | {"source": "a.xlsx"}
    rows = [plain | {"breakdown": part, "cell": f"B{n}"} for n, part in enumerate(parts)]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()


def test_a_new_part_is_told_with_the_nearest_known_one(tmp_path):
    (tmp_path / TABLE).parent.mkdir(parents=True)
    (tmp_path / TABLE).write_bytes(parts_of("niveau=basis", "niveau=secundair"))
    new = {TABLE: parts_of("niveau=basis", "niveau=secundair onderwijs", "soort=x")}
    assert changes.new_parts(tmp_path, new) == [
        "new value of niveau: 'secundair onderwijs' in a.xlsx B1; the nearest known is 'secundair'",
        "new value of soort: 'x' in a.xlsx B2, the first one",
    ]
    assert changes.new_parts(tmp_path, {TABLE: parts_of("niveau=basis", "")}) == []
    assert changes.new_parts(tmp_path, {TABLE.with_name("ander.csv"): parts_of("niveau=nieuw")}) == []
