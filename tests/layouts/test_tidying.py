# SPDX-License-Identifier: EUPL-1.2
"""Tables to Parquet, and folders of spreadsheets on all cores and over a cluster. All figures are invented."""

import os
import re
import signal
import subprocess
import sys

import duckdb
import openpyxl
import pytest
from conftest import ROOT, genk

from genk_armoede.errors import DataError
from genk_armoede.layouts import folders, tidying, writing
from genk_armoede.observations import areas, nis, observation

TABLE = "Gemeente,NIS-code,Jaar,Bevolking [personen],Opmerking\nGenk,71016,2021,12,\n=Stad,71022,2020-2021,x,'-'\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "invented.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def received(tmp_path):
    """A folder of good tables, some below others, and two that cannot be read."""
    folder = tmp_path / "received"
    for name in ("a.csv", "b/c.csv", "b/d.tsv", "b/d.csv", "e f.csv"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        text = TABLE.replace(",", "\t") if name.endswith("tsv") else TABLE
        (folder / name).write_text(text.replace("12", f"{12 + len(name)}"), encoding="utf-8")
    (folder / "words.csv").write_text("no,figures\nat,all\n", encoding="utf-8")
    (folder / "b" / "broken.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (folder / "~$a.xlsx").write_bytes(b"lock")
    (folder / "letter.txt").write_text("not a table")
    return folder


def test_parquet_has_the_rows_of_the_csv_with_types(genk_here, table, tmp_path):
    assert genk_here("tidy", table, "-o", "t.parquet", cwd=tmp_path).code == 0
    found = duckdb.sql(f"FROM '{tmp_path / 't.parquet'}'")
    assert dict(zip(found.columns, map(str, found.types), strict=True)) == dict.fromkeys(
        observation.COLUMNS, "VARCHAR"
    ) | {"value": "DOUBLE"}
    rows = observation.read_table(genk_here("tidy", table, cwd=tmp_path).out)
    assert [r.row for r in rows if r.area == "=Stad"]
    expected = [
        tuple(
            float(v) if n == "value" and v else v or (None if n == "value" else "")
            for n, v in zip(observation.COLUMNS, row.row, strict=True)
        )
        for row in rows
    ]
    assert found.fetchall() == expected


def test_parquet_by_period_and_level(genk_here, table, tmp_path):
    assert genk_here("tidy", table, "-o", "parts", "--partition", cwd=tmp_path).code == 0
    places = {path.parent.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.parquet")}
    assert places == {"parts/period=2021/level=municipality", "parts/period=2020-2021/level=municipality"}
    found = duckdb.sql(f"SELECT area, value, period FROM read_parquet('{tmp_path}/parts/**/*.parquet') ORDER BY area")
    assert found.fetchall() == [("=Stad", None, "2020-2021"), ("Genk", 12.0, "2021")]
    assert "is there already" in genk_here("tidy", table, "-o", "parts", "--partition", cwd=tmp_path).err


REGION = "Gewest,NIS-code,Jaar,Bevolking [personen]\nVlaams Gewest,02000,2021,12\nWaals Gewest,03000,2022,7\n"


READERS = ROOT / ".bench/readers/bin/python"  # made by `make readers`, with libraries that the product does without
CODES = {
    "pandas": "import pandas; print(sorted(pandas.read_parquet('parts')['area_code']))",
    "polars": "import polars; print(sorted(polars.read_parquet('parts')['area_code']))",
    "dask": "import dask.dataframe; print(sorted(dask.dataframe.read_parquet('parts')['area_code'].compute()))",
}


@pytest.fixture
def regions(tmp_path):
    (tmp_path / "invented.csv").write_text(REGION, encoding="utf-8")
    writing.write(tidying.tidy(tmp_path / "invented.csv").pieces, tmp_path / "parts", partition=True)
    return tmp_path


def test_area_codes_keep_their_zero_in_duckdb(regions):
    found = duckdb.sql(f"SELECT area_code FROM '{regions}/parts/**/*.parquet' ORDER BY 1").fetchall()
    assert found == [("02000",), ("03000",)]


@pytest.mark.skipif(not READERS.exists(), reason="make readers was not run")
@pytest.mark.parametrize("reader", CODES)
def test_area_codes_keep_their_zero_in_other_readers(regions, reader):
    done = subprocess.run([READERS, "-c", CODES[reader]], cwd=regions, capture_output=True, text=True, check=True)
    assert done.stdout == "['02000', '03000']\n"


def level_of(code: str) -> str:
    return next((level for form, level in areas.LEVELS.items() if re.fullmatch(form, code)), "")


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("01000", "country"),
        ("02000", "region"),
        ("20001", "province"),
        ("70000", "province"),
        ("71000", "arrondissement"),
        ("71016", "municipality"),
        ("7101610", "wijk"),
        ("71016A00-", "sector"),
        ("71016ZZZZ", "sector"),
        ("", ""),
    ],
)
def test_the_level_of_a_code(code, level):
    assert level_of(code) == level


def test_known_codes_have_their_level():
    for code, (area, *_) in nis.codes().items():
        assert level_of(code) == area.level


def test_a_table_half_written_leaves_the_earlier_one(table, tmp_path):
    target = tmp_path / "t.csv"
    target.write_text("earlier")

    def pieces():
        yield "half"
        raise OSError(28, "No space left on device")

    with pytest.raises(DataError, match="No space left"):
        writing.write(pieces(), target)
    assert target.read_text() == "earlier"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["invented.csv", "t.csv"]


def contents(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_folder_goes_past_bad_files_and_lists_them(genk_here, received, tmp_path):
    done = genk("tidy", received, "-o", tmp_path / "out", cwd=tmp_path)
    assert done.code == 1
    assert "7 of 7" in done.err and "2 spreadsheets are left out" in done.err
    assert "b/broken.xlsx" in done.err and "words.csv" in done.err and "no layout reads" in done.err
    found = contents(tmp_path / "out")
    assert sorted(found) == ["a.csv", "b/c.csv", "b/d.csv.csv", "b/d.tsv.csv", "e f.csv"]
    assert found["b/c.csv"] == genk_here("tidy", received / "b/c.csv", cwd=tmp_path).out


def test_a_folder_without_bad_files_is_exit_0(genk_here, received, tmp_path):
    (received / "words.csv").unlink()
    (received / "b/broken.xlsx").unlink()
    assert genk_here("tidy", received, "-o", received / "tidy", cwd=tmp_path).code == 0
    assert genk_here("tidy", received, "-o", received / "tidy", cwd=tmp_path).code == 0
    assert len(contents(received / "tidy")) == 5


@pytest.mark.parametrize("wrong", ["", "--explain -o out", "-o out --partition", "-o received"])
def test_wrong_use_of_a_folder(genk_here, received, tmp_path, wrong):
    before = contents(received)
    assert genk_here("tidy", received, *wrong.split(), cwd=tmp_path).code in (1, 2)
    assert contents(received) == before


def end_process(*_):
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_file_that_ends_its_process_loses_no_other(received, tmp_path, monkeypatch):
    ordinary = tidying.tidy
    monkeypatch.setattr(folders, "tidy", lambda path, *a: end_process() if path.name == "c.csv" else ordinary(path, *a))
    bad = folders.tidy_folder(received, tmp_path / "out", progress=lambda *_: None)
    assert sorted(bad) == ["b/broken.xlsx", "b/c.csv", "words.csv"]
    assert "ended the process" in bad["b/c.csv"]
    assert len(contents(tmp_path / "out")) == 4


# A cluster


@pytest.fixture(scope="module")
def cluster():
    """Two worker processes on this machine, which are started anew when they end."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", silence_logs=50
    ) as local:
        yield local


def test_a_cluster_gives_the_same_as_one_machine(received, tmp_path, cluster):
    here = folders.tidy_folder(received, tmp_path / "here", progress=lambda *_: None)
    there = folders.tidy_folder(
        received, tmp_path / "there", address=cluster.scheduler_address, progress=lambda *_: None
    )
    assert there == here
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_a_killed_worker_loses_nothing(tmp_path, cluster):
    received = tmp_path / "received"
    received.mkdir()
    for number in range(16):
        lines = [f"Stad {n},2021,{n + number}\n" for n in range(1_000)]
        (received / f"{number}.csv").write_text(
            "Gemeente,Jaar,Bevolking [personen]\n" + "".join(lines), encoding="utf-8"
        )
    killed = []

    def kill_one(done, *_):
        if done == 3:
            killed.extend(worker.pid for worker in list(cluster.workers.values())[:1])
            os.kill(killed[0], signal.SIGKILL)

    bad = folders.tidy_folder(received, tmp_path / "out", address=cluster.scheduler_address, progress=kill_one)
    assert killed and bad == {}
    found = contents(tmp_path / "out")
    assert len(found) == 16
    assert all(content.count(b"\n") == 1_001 for content in found.values())


def test_two_that_write_one_file_do_not_spoil_it(tmp_path):
    target = tmp_path / "verzonnen.csv"
    with writing._beside(target) as one, writing._beside(target) as other:
        one.write_text("heel")
        other.write_text("ook heel")
    assert target.read_text() == "heel"
    assert [path.name for path in tmp_path.iterdir()] == ["verzonnen.csv"]


def test_what_a_worker_left_when_it_ended_is_cleared(received, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    for name in (".a.csv.0a1b2c3d.new", ".other.csv.0a1b2c3d.new"):
        (out / name).write_text("half")
    folders.tidy_folder(received, out, progress=lambda *_: None)
    assert [path.name for path in out.rglob(".*.new")] == [".other.csv.0a1b2c3d.new"]


def test_without_a_scheduler_there_is_a_message(received, tmp_path):
    done = genk("tidy", received, "-o", tmp_path / "out", "--dask", "tcp://127.0.0.1:9", cwd=tmp_path)
    assert done.code == 1
    assert "no scheduler answers" in done.err and "Traceback" not in done.err


def test_without_dask_there_is_a_message(received, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(DataError, match="Dask is not installed"):
        folders.tidy_folder(received, tmp_path / "out", address="tcp://127.0.0.1:9")


# Limits and other kinds of files


def test_a_file_nobody_foresaw_is_its_own_line(received, tmp_path, monkeypatch):
    def fail(path, *_):
        raise RecursionError("too deep") if path.name == "c.csv" else ZeroDivisionError("by zero")

    monkeypatch.setattr(folders, "tidy", fail)
    why = folders.tidy_to(received / "b/c.csv", tmp_path / "c.csv", "", "")
    assert why.startswith("c.csv: reading it went wrong in a way that nobody foresaw (RecursionError: too deep)")
    assert "nobody foresaw (ZeroDivisionError" in folders.tidy_to(received / "a.csv", tmp_path / "a.csv", "", "")


def test_a_file_that_never_ends_is_stopped(received, tmp_path, monkeypatch):
    def forever(*_):
        while True:
            pass

    monkeypatch.setattr(folders, "tidy", forever)
    why = folders.tidy_to(received / "a.csv", tmp_path / "a.csv", "", "", limit=0.1)
    assert "a.csv: not read within 0.1 s of processor time" in why and "--limit" in why


def test_a_workbook_has_the_rows_of_the_csv(genk_here, table, tmp_path):
    done = genk_here("tidy", table, "-o", tmp_path / "t.xlsx", cwd=tmp_path)
    assert done.code == 0
    (names, *rows) = openpyxl.load_workbook(tmp_path / "t.xlsx")["tidy"].iter_rows(values_only=True)
    assert names == observation.COLUMNS
    assert [(row[2], row[5], row[-1]) for row in rows] == [("Genk", 12, "D2"), ("=Stad", None, "D3")]


@pytest.mark.parametrize("name", ["t.xls", "t.txt", "t.csv.bak", "t"])
def test_an_unknown_ending_is_refused(genk_here, table, tmp_path, name):
    done = genk_here("tidy", table, "-o", tmp_path / name, cwd=tmp_path)
    assert done.code == 1 and ".csv, .parquet, .xlsx" in done.err
    assert [p.name for p in tmp_path.iterdir()] == ["invented.csv"]


def test_rows_merged_over_two_columns_are_read(genk_here, tmp_path):
    book = openpyxl.Workbook()
    for row in range(1, 1102):
        book.active.cell(row, 1, f"Wijk {row}" if row > 1 else "Gebied")
        book.active.cell(row, 3, row if row > 1 else "Aantal inwoners 2021")
        book.active.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    book.save(tmp_path / "invented.xlsx")
    done = genk_here("tidy", tmp_path / "invented.xlsx", cwd=tmp_path)
    assert (done.code, done.out.count(b"\n")) == (0, 1101)
