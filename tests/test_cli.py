# SPDX-License-Identifier: EUPL-1.2
"""The command line as people meet it: exit codes, what goes to which stream, what `trace` finds."""

import csv
import io
import shutil
import sys
import warnings
from pathlib import Path
from string import ascii_uppercase

import openpyxl
import pytest
from conftest import ROOT, Ran, fill, genk, run

COMMANDS = ("build", "clean", "tidy", "register", "trace")
TABLE = "Gemeente,Periode,Bevolking [personen]\nGenk,2021,12\n"  # invented
NEW = ("--dataset", "wijken", "--publisher", "Invented", "--title", "Invented", "--url", "https://example.org")


@pytest.fixture
def table(tmp_path) -> Path:
    path = tmp_path / "invented.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows(done: Ran) -> list[dict[str, str]]:
    assert done.code == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out.decode("utf-8"))))


# --- wrong use: 2 ---


@pytest.mark.parametrize(
    "arguments",
    [
        "",
        "nonsense",
        "build --unknown",
        "build now",
        "clean --force",
        "tidy",
        "tidy invented.csv another.csv",
        "tidy invented.csv --layout nonsense",
        "tidy invented.csv --layout",
        "register",
        "register invented.csv --dataset nonsense",
        "trace",
        "trace 58,2 --unknown",
    ],
)
def test_wrong_use_is_exit_2(table, arguments):
    done = genk(*arguments.split(), cwd=table.parent)
    assert done.code == 2
    assert "Traceback" not in done.err
    if arguments:  # without any, the help is what was asked for
        assert done.out == b""
        assert "Error" in done.err


def test_an_unknown_layout_or_dataset_is_told_the_known_ones(table):
    layouts = genk("tidy", table, "--layout", "nonsense", cwd=table.parent).err
    assert all(name in layouts for name in ("swing", "figure_list", "crosstab"))
    datasets = genk("register", table, "--dataset", "nonsense", cwd=table.parent).err
    assert all(name in datasets for name in ("schooltoelagen", "corona", "wijken"))


@pytest.mark.parametrize("given", [0, 4, 8])
def test_a_new_file_needs_its_whole_description(repository, given):
    shutil.copy(repository / "data/raw/wijken.xlsx", repository / "data/raw/new.xlsx")
    before = (repository / "data/raw/bronnen.yml").read_bytes()
    done = genk("register", "data/raw/new.xlsx", *NEW[:given], cwd=repository)
    assert done.code == 2
    missing = {"--dataset", "--publisher", "--title", "--url", "--licence"} - set(NEW[:given:2])
    assert all(option in done.err for option in missing)
    assert (repository / "data/raw/bronnen.yml").read_bytes() == before


# --- bad data: 1 ---


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("absent.xlsx", None, "no such file"),
        ("empty.csv", b"", "empty"),
        ("letter.docx", b"PK", ".xlsx"),
        ("fake.xlsx", b"no workbook at all", "not a spreadsheet"),
        ("cut.xlsx", b"PK\x03\x04 truncated", "truncated"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "encrypted"),
        ("words.csv", b"only,words\nin,here\n", "no layout"),
        ("text.csv", b"Gemeente,Periode,Bevolking [personen]\nGenk,2021,a dozen\n", "C2"),
        ("twice.csv", (TABLE + "Genk,2021,13\n").encode(), "stands twice"),
    ],
)
def test_bad_data_is_exit_1_with_a_message(genk_here, tmp_path, name, content, says):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = genk_here("tidy", tmp_path / name, cwd=ROOT)
    assert done.code == 1
    assert done.out == b""
    assert done.err.count("error:") == 1
    assert name in done.err and says in done.err
    assert "Traceback" not in done.err


def test_an_encrypted_workbook_is_exit_1(samples, tmp_path):
    done = genk("tidy", samples / "tech_password_protected.xlsx", cwd=tmp_path)
    assert done.code == 1
    assert "tech_password_protected.xlsx" in done.err and "password" in done.err


def test_bad_data_leave_an_earlier_result_alone(tmp_path):
    (tmp_path / "words.csv").write_text("only,words\n", encoding="utf-8")
    (tmp_path / "tidy.csv").write_text("an earlier result", encoding="utf-8")
    assert genk("tidy", "words.csv", "-o", "tidy.csv", cwd=tmp_path).code == 1
    assert (tmp_path / "tidy.csv").read_text(encoding="utf-8") == "an earlier result"


@pytest.mark.parametrize("target", ["no/such/folder/tidy.csv", "."])
def test_an_output_that_cannot_be_written_is_a_message(table, target):
    done = genk("tidy", table, "-o", target, cwd=table.parent)
    assert done.code in (1, 2)
    assert "Traceback" not in done.err


@pytest.mark.parametrize("what", ["1234567,8", "no_such_indicator", "", "nan"])
def test_tracing_what_is_not_there_is_exit_1(genk_here, what):
    done = genk_here("trace", what, cwd=ROOT)
    assert done.code == 1
    assert done.out == b""
    assert "codeboek.md" in done.err and "Traceback" not in done.err


def test_tracing_a_signalling_nan_is_exit_1(genk_here):
    assert genk_here("trace", "sNaN", cwd=ROOT).code == 1


def test_tracing_what_is_not_there_is_exit_1_in_a_process_of_its_own():
    done = genk("trace", "1234567,8", cwd=ROOT)
    assert (done.code, done.out) == (1, b"")
    assert "codeboek.md" in done.err and "Traceback" not in done.err


@pytest.mark.parametrize("command", ["clean", "build"])
def test_a_folder_without_register_is_exit_1(genk_here, tmp_path, command):
    done = genk_here(command, cwd=tmp_path)
    assert done.code == 1
    assert "bronnen.yml" in done.err and "Traceback" not in done.err


# --- help ---


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command, tmp_path):
    done = genk(command, "--help", cwd=tmp_path)
    assert done.code == 0
    assert f"genk-armoede {command}" in done.out.decode("utf-8")
    assert "Example" in done.out.decode("utf-8")


def test_help_names_every_command(tmp_path):
    text = genk("--help", cwd=tmp_path).out.decode("utf-8")
    assert all(command in text for command in COMMANDS)


def test_the_console_script_is_the_same_program(tmp_path):
    script = shutil.which("genk-armoede", path=str(Path(sys.executable).parent))
    assert script, "the package is not installed in this environment"
    text = run([script, "tidy", "--help"], tmp_path).out.decode("utf-8")
    assert "genk-armoede tidy export.xlsx" in text
    assert run([script, "nonsense"], tmp_path).code == 2
    assert run([script, "tidy", "absent.xlsx"], tmp_path).code == 1


# --- tidy ---


def test_tidy_puts_only_the_table_on_standard_output(table):
    done = genk("tidy", table, cwd=table.parent)
    assert done.out.decode("utf-8") == (
        "indicator,area_code,area,period,breakdown,value,unit,status,source,sheet,cell\n"
        "Bevolking,71016,Genk,2021,,12,personen,,invented.csv,,C2\n"
    )
    assert "1 observations by the layout crosstab" in done.err


def test_a_table_may_begin_with_its_areas(tmp_path):
    (tmp_path / "invented.csv").write_text(TABLE.replace("Gemeente", "Gebied"), encoding="utf-8")
    assert b",71016,Genk,2021,,12,personen,,invented.csv,,C2\n" in genk("tidy", "invented.csv", cwd=tmp_path).out


def test_output_is_the_same_bytes_as_standard_output(table):
    shown = genk("tidy", table, cwd=table.parent)
    written = genk("tidy", table, "-o", "tidy.csv", cwd=table.parent)
    assert (written.code, written.out, written.err) == (0, b"", shown.err)
    assert (table.parent / "tidy.csv").read_bytes() == shown.out


def test_tidy_changes_no_raw_file(samples, tmp_path):
    name = "pinc_swing_nieuwkomers_per_1000.csv"
    shutil.copy(samples / name, tmp_path)
    rows(genk("tidy", name, cwd=tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == (samples / name).read_bytes()


@pytest.fixture(scope="module")
def unemployed(samples, once) -> dict[str, dict[str, str]]:
    """The Swing workbook as tidy rows, by cell."""

    def make(folder: Path) -> None:
        done = genk("tidy", samples / "pinc_swing_werkzoekenden_gemeenten.xlsx", "-o", "tidy.csv", cwd=folder)
        assert done.code == 0, done.err

    found = list(csv.DictReader(io.StringIO((once("swing", make) / "tidy.csv").read_text(encoding="utf-8"))))
    assert len({row["cell"] for row in found}) == len(found)
    return {row["cell"]: row for row in found}


@pytest.mark.parametrize(
    ("cell", "period", "value"), [("B74", "2014", "14.3"), ("L74", "2024", "9.2"), ("M74", "2014", "13.7")]
)
def test_known_answers_of_a_swing_workbook(unemployed, cell, period, value):
    row = unemployed[cell]
    assert (row["area"], row["area_code"], row["period"]) == ("Genk", "71016", period)
    assert (row["value"], row["unit"], row["status"]) == (value, "%", "")


def test_the_second_block_of_a_swing_workbook_is_another_indicator(unemployed):
    assert unemployed["B74"]["indicator"] != unemployed["M74"]["indicator"]
    assert "mannen" in unemployed["M74"]["indicator"].lower()
    assert unemployed["B74"]["indicator"] == unemployed["L74"]["indicator"]


@pytest.fixture(scope="module")
def stored(samples) -> dict[str, object]:
    """The same workbook as it is stored, by cell."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # Swing's workbooks have no default style
        book = openpyxl.load_workbook(samples / "pinc_swing_werkzoekenden_gemeenten.xlsx")
    return {cell.coordinate: cell.value for line in book.worksheets[0].iter_rows() for cell in line}


@pytest.mark.parametrize(("mark", "status"), [("x", "c"), ("?", "m"), ("nvt", "z"), ("-", "m")])
def test_a_mark_of_swing_is_a_flag_and_never_a_number(unemployed, stored, mark, status):
    marked = [address for address, value in stored.items() if value == mark and address in unemployed]
    assert marked, f"no cell of the sample holds {mark!r}"
    assert {(unemployed[address]["value"], unemployed[address]["status"]) for address in marked} == {("", status)}


def test_nothing_below_the_data_of_a_swing_workbook_is_a_figure(unemployed, stored):
    legend = next(
        int(a.lstrip(ascii_uppercase)) for a, value in stored.items() if str(value).startswith("Speciale waarden")
    )
    assert 74 < max(int(cell.lstrip(ascii_uppercase)) for cell in unemployed) < legend


@pytest.mark.parametrize(("cell", "period", "value"), [("B78", "2014", "5.5"), ("L78", "2024", "9")])
def test_known_answers_of_a_swing_csv(samples, tmp_path, cell, period, value):
    found = rows(genk("tidy", samples / "pinc_swing_nieuwkomers_per_1000.csv", cwd=tmp_path))
    (row,) = (row for row in found if row["cell"] == cell)
    assert (row["area"], row["period"], row["value"], row["sheet"]) == ("Genk", period, value, "")


# --- register ---


def test_a_new_file_is_registered_once_and_read_by_clean(repository):
    (repository / "data/raw/new.csv").write_text(
        "Gemeente,Periode,Bevolking van de gemeente op 1 januari [personen]\nHasselt,2031,7\n", encoding="utf-8"
    )  # invented
    command = ("register", "data/raw/new.csv", *NEW, "--licence", "invented")
    assert "crosstab" in genk(*command, cwd=repository).err
    assert "has not changed" in genk(*command, cwd=repository).err
    done = genk("clean", cwd=repository)
    assert done.code == 0 and "wijken.csv" in done.err
    assert b",Hasselt,2031,,7,personen,,new.csv,,C2\n" in (repository / "data/processed/wijken.csv").read_bytes()


def test_a_csv_that_no_layout_reads_is_not_registered_as_words(repository):
    (repository / "data/raw/new.csv").write_text("Gemeente,Periode,Bevolking\nHasselt,2031,7\n", encoding="utf-8")
    assert genk("register", "data/raw/new.csv", *NEW, "--licence", "invented", cwd=repository).code == 1


def test_a_changed_file_is_refused_until_it_is_registered(repository):
    path = repository / "data/raw/schooltoelagen.xlsx"
    register = (repository / "data/raw/bronnen.yml").read_text(encoding="utf-8")
    fill(repository, path.name, "Genk", {"B7": 3999})  # invented
    (repository / "data/raw/bronnen.yml").write_text(register, encoding="utf-8")
    assert genk("clean", cwd=repository).code == 1
    assert genk("register", "data/raw/schooltoelagen.xlsx", cwd=repository).code == 0
    assert genk("clean", cwd=repository).code == 0
    after = (repository / "data/raw/bronnen.yml").read_text(encoding="utf-8")
    unchanged = [line for line in register.splitlines() if not line.strip().startswith(("sha256", "obtained"))]
    assert set(unchanged) <= set(after.splitlines())


def test_what_is_not_registered_is_warned_about_and_left_out(repository):
    (repository / "data/raw/stray.csv").write_text(TABLE, encoding="utf-8")
    before = (repository / "data/processed/wijken.csv").read_bytes()
    done = genk("clean", cwd=repository)
    assert (done.code, done.out) == (0, b"")
    assert "warning" in done.err and "stray.csv" in done.err
    assert (repository / "data/processed/wijken.csv").read_bytes() == before


# --- trace ---

SUMMARY = "https://wimdries.be/2022/07/20/armoedebestrijding-in-genk-een-kansenverhaal/"
SHARE = ("58,2 %", "schooltoelagen.xlsx", "Genk", "C7", "Stad Genk", SUMMARY, "09_onderwijs.ipynb")
SPENT = ("868230 EUR", "corona.xlsx", "Domeinen", "B13", "Stad Genk", SUMMARY, "10_corona.ipynb")
IMPLIED = ("6.550", "schooltoelagen.xlsx", "Genk", "B7, C7", "Stad Genk", SUMMARY, "09_onderwijs.ipynb")
LEAST = ("225000 EUR", "corona.xlsx", "Maatregelen Genk", "E21", "minimum", "10_corona.ipynb")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("58,2",), SHARE),
        (("58.2",), SHARE),
        (("868.230",), SPENT),
        (("6.550",), IMPLIED),
        (("225.000",), LEAST),
        (("--", "-13,5"), ("−13,5%", "wijken.xlsx", "Bevolking", "Statbel", "08_samenleven_en_diversiteit.ipynb")),
        (("aandeel_leerlingen_met_schooltoelage", "--area", "Genk"), (*SHARE, "C8", "59,8 %")),
    ],
)
def test_trace_names_cell_publisher_address_and_notebooks(genk_here, arguments, told):
    done = genk_here("trace", *arguments, cwd=ROOT)
    assert (done.code, done.err) == (0, "")
    for words in told:
        assert words in done.out.decode("utf-8")


def test_trace_in_a_process_of_its_own():
    done = genk("trace", "58,2", cwd=ROOT / "notebooks")
    assert (done.code, done.err) == (0, "")
    assert all(words in done.out.decode("utf-8") for words in SHARE)


def test_trace_of_an_indicator_in_another_area_finds_nothing(genk_here):
    assert genk_here("trace", "aandeel_leerlingen_met_schooltoelage", "--area", "Hasselt", cwd=ROOT).code == 1


def test_trace_says_when_no_notebook_uses_a_figure(genk_here):
    done = genk_here("trace", "gemiddeld_bedrag_schooltoeslag", "--period", "2021-2022", cwd=ROOT)
    assert done.out.decode("utf-8").count("notebooks  none") == 3
