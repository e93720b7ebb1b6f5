# SPDX-License-Identifier: EUPL-1.2
"""The command line as people meet it: exit codes, what goes to which stream, what `trace` finds."""

import csv
import io
import json
import shutil
import sys
from importlib import metadata
from pathlib import Path
from string import ascii_uppercase

import openpyxl
import pytest
import xlsxwriter
from conftest import ROOT, Ran, genk, run, small_copy
from python_calamine import CalamineWorkbook

from genk_armoede import layouts
from genk_armoede.cli import sheets
from genk_armoede.spreadsheets.addresses import column_letters

LAYOUTS = tuple(layouts.LAYOUTS)
COMMANDS = ("build", "clean", "tidy", "check", "register", "trace")
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
def test_wrong_use_is_exit_2(genk_here, table, arguments):
    done = genk_here(*arguments.split(), cwd=table.parent)
    assert done.code == 2
    assert "Traceback" not in done.err
    if arguments:  # without any, the help is what was asked for
        assert done.out == b""
        assert "Error" in done.err


def test_an_unknown_layout_or_dataset_is_told_the_known_ones(genk_here, table):
    layouts = genk_here("tidy", table, "--layout", "nonsense", cwd=table.parent).err
    assert all(name in layouts for name in ("swing", "figure_list", "table"))
    datasets = genk_here("register", table, "--dataset", "nonsense", cwd=table.parent).err
    assert all(name in datasets for name in ("schooltoelagen", "corona", "wijken"))


@pytest.mark.parametrize("given", [0, 4, 8])
def test_a_new_file_needs_its_whole_description(genk_here, repository, given):
    shutil.copy(repository / "data/raw/wijken.xlsx", repository / "data/raw/new.xlsx")
    before = (repository / "data/raw/bronnen.yml").read_bytes()
    done = genk_here("register", "data/raw/new.xlsx", *NEW[:given], cwd=repository)
    assert done.code == 2
    missing = {"--dataset", "--publisher", "--title", "--url", "--licence"} - set(NEW[:given:2])
    assert all(option in done.err for option in (*missing, "--transcribed", "--from"))
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
        ("old.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "cannot be read"),
        ("secret.xlsx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
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


def test_bad_data_leave_an_earlier_result_alone(genk_here, tmp_path):
    (tmp_path / "words.csv").write_text("only,words\n", encoding="utf-8")
    (tmp_path / "tidy.csv").write_text("an earlier result", encoding="utf-8")
    assert genk_here("tidy", "words.csv", "-o", "tidy.csv", cwd=tmp_path).code == 1
    assert (tmp_path / "tidy.csv").read_text(encoding="utf-8") == "an earlier result"


@pytest.mark.parametrize("target", ["no/such/folder/tidy.csv", "."])
def test_an_output_that_cannot_be_written_is_a_message(genk_here, table, target):
    done = genk_here("tidy", table, "-o", target, cwd=table.parent)
    assert done.code in (1, 2)
    assert "Traceback" not in done.err


@pytest.mark.parametrize("what", ["1234567,8", "no_such_indicator", "", "nan", "sNaN"])
def test_tracing_what_is_not_there_is_exit_1(genk_here, what):
    done = genk_here("trace", what, cwd=ROOT)
    assert done.code == 1
    assert done.out == b""
    assert "codeboek.md" in done.err and "Traceback" not in done.err


# --- help ---


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(genk_here, command, tmp_path):
    done = genk_here(command, "--help", cwd=tmp_path)
    assert done.code == 0
    assert f"genk-armoede {command}" in done.out.decode("utf-8")
    assert "Example" in done.out.decode("utf-8")


def test_help_names_every_command(genk_here, tmp_path):
    text = genk_here("--help", cwd=tmp_path).out.decode("utf-8")
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
    assert "1 observations by the layout table" in done.err


def test_a_table_may_begin_with_its_areas(genk_here, tmp_path):
    (tmp_path / "invented.csv").write_text(TABLE.replace("Gemeente", "Gebied"), encoding="utf-8")
    assert b",71016,Genk,2021,,12,personen,,invented.csv,,C2\n" in genk_here("tidy", "invented.csv", cwd=tmp_path).out


def test_output_is_the_same_bytes_as_standard_output(genk_here, table):
    shown = genk_here("tidy", table, cwd=table.parent)
    written = genk_here("tidy", table, "-o", "tidy.csv", cwd=table.parent)
    assert (written.code, written.out, written.err) == (0, b"", f"{shown.err}written tidy.csv: 1 observations\n")
    assert (table.parent / "tidy.csv").read_bytes() == shown.out


@pytest.mark.parametrize("text", [TABLE, "Gemeente,Aantal\nGenk,5\n", "", None])
@pytest.mark.parametrize("more", [(), ("-o", "out.csv"), ("-o", "out.doc")])
def test_a_file_alone_is_read_as_it_is_with_options(genk_here, table, text, more):
    """Without options the library of the command line is not loaded."""
    table.write_text(text, encoding="utf-8") if text is not None else table.unlink()
    quick = genk("tidy", table, *more, cwd=table.parent)
    written = (table.parent / "out.csv").read_bytes() if (table.parent / "out.csv").is_file() else b""
    (table.parent / "out.csv").unlink(missing_ok=True)
    assert quick == genk_here("tidy", table, *more, "--limit", "900", cwd=table.parent)
    assert bool(written) == (text == TABLE and more[1:] == ("out.csv",))


def test_a_small_workbook_loads_nothing_that_it_does_not_need(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "invented.xlsx") as book:
        page = book.add_worksheet()
        for number, line in enumerate(TABLE.splitlines()):
            page.write_row(number, 0, line.split(","))
    command = [sys.executable, "-X", "importtime", "-m", "genk_armoede", "tidy", "invented.xlsx"]
    done = run(command, tmp_path)
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.err.splitlines()}
    assert done.code == 0 and "zipfile" in loaded
    others = {"typer", "rich", "babel", "xlrd", "openpyxl", "numpy", "pandas", "concurrent", "json", "duckdb"}
    assert not loaded & others


def test_who_reads_along_may_stop(table):
    done = run(["bash", "-c", f"'{sys.executable}' -m genk_armoede tidy invented.csv | true"], table.parent)
    assert "1 observations" in done.err and "Traceback" not in done.err and "BrokenPipe" not in done.err


def test_tidy_changes_no_raw_file(genk_here, samples, tmp_path):
    name = "pinc_swing_nieuwkomers_per_1000.csv"
    shutil.copy(samples / name, tmp_path)
    rows(genk_here("tidy", name, cwd=tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes() == (samples / name).read_bytes()


# --- tidy --explain ---

WORDS = "Legende"


@pytest.fixture
def workbook(tmp_path) -> Path:
    """Invented: a table with all that can be told of one, a sheet of words, a hidden one, an empty one, and a copy."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Cijfers"
    for line in [
        ["Verzonnen titel 2021"],
        [None],
        ["Unnamed: 0", "Gemeente", "Aantal", "Bedrag (€)"],
        [0, "Genk", 5, 6],
        [1, "Limburg"],
        [2, "Hasselt", 7, "x"],
        [3, "Mol", 8, 9],
        [None],
        ["Bron: verzonnen"],
    ]:
        page.append(line)
    page.row_dimensions[6].hidden = True
    page.column_dimensions["D"].hidden = True
    copy = book.copy_worksheet(page)
    copy.title = "Kopie"
    book.create_sheet(WORDS).append(["alleen woorden"])
    book.create_sheet("Geheim").append(["ook woorden"])
    book["Geheim"].sheet_state = "veryHidden"
    book.create_sheet("Leeg")
    book.save(tmp_path / "invented.xlsx")
    return tmp_path / "invented.xlsx"


def test_explain_tells_of_marks_that_nobody_sees(genk_here, tmp_path):
    path = tmp_path / "verzonnen.csv"
    path.write_text("Gemeente;2021\nGenk;12\nHas\u00adselt;9\n", encoding="utf-8")
    told = genk_here("tidy", path, "--explain", cwd=ROOT).err
    assert "with a code: 2; with marks that nobody sees: 1" in told


def test_explain_tells_of_every_cell_what_became_of_it(genk_here, workbook):
    done = genk_here("tidy", workbook, "--explain", cwd=ROOT)
    assert done.code == 0
    told, beside = done.err.splitlines(), [line for line in done.err.splitlines() if "passed over" in line]
    assert told[: len(told) - len(beside)] == [
        "Cijfers: 6 observations by the layout table",
        "  hidden in the source, but read: row 6, column D; 4 figures (D4, C6, D6, D7)",
        "  holds     2 indicators: Aantal [aantal], Bedrag (€) [EUR]",
        "  periods   1: 2021",
        "  areas     3 areas: Genk, Hasselt, Mol; with a code: 3",
        "  figures   5",
        "  no figure 1 vertrouwelijk (c)",
        "  hidden    row 6",
        "  hidden    column D",
        "  assumed   header: row 3; figures: rows 4 to 7",
        "  assumed   unit of 'Aantal': aantal",
        "  assumed   unit of 'Bedrag (€)': EUR",
        "  assumed   labels: area (column B)",
        "  assumed   period: 2021, from a title",
        "  metadata  Verzonnen titel 2021",
        "  metadata  Bron: verzonnen",
        "  left out  column A: it only numbers the rows",
        "  left out  row 5: a heading, or an area without any figure: 1 | Limburg",
    ]
    assert [line.partition(":")[0] for line in beside] == ["Kopie", WORDS, "Geheim (hidden)", "Leeg"]
    assert beside[0] == "Kopie: passed over: it repeats the figures of sheet Cijfers"
    assert beside[3] == "Leeg: passed over: it is empty"
    assert beside[1:3] == [f"{name}: passed over: no figures in a known layout" for name in (WORDS, "Geheim (hidden)")]
    reasons = genk_here("tidy", workbook, "--explain=all", cwd=ROOT).err
    assert all(reasons.count(f"\n  {name}: ") == 2 for name in LAYOUTS)


def test_without_explain_only_what_nobody_may_miss_is_told(genk_here, workbook):
    done = genk_here("tidy", workbook, cwd=ROOT)
    assert done.err.splitlines() == [
        "Cijfers: 6 observations by the layout table",
        "  hidden in the source, but read: row 6, column D; 4 figures (D4, C6, D6, D7)",
        "Kopie: passed over: it repeats the figures of sheet Cijfers",
        f"{WORDS}: passed over: no figures in a known layout",
        "Geheim (hidden): passed over: no figures in a known layout",
        "Leeg: passed over: it is empty",
    ]
    assert done.out == genk_here("tidy", workbook, "--explain", cwd=ROOT).out


def test_a_hidden_column_of_labels_is_told(genk_here, tmp_path):
    book = openpyxl.Workbook()
    for line in [["Gemeente", "Groep", "Jaar", "Aantal"], ["Genk", "a", 2021, 5], ["Genk", "b", 2021, 6]]:
        book.active.append(line)
    book.active.column_dimensions["B"].hidden = True
    other = book.create_sheet("Los")
    other.append([1, 2])
    book.save(tmp_path / "invented.xlsx")
    done = genk_here("tidy", tmp_path / "invented.xlsx", cwd=ROOT)
    assert "  hidden in the source, but read: column B\n" in done.err
    assert "Los: passed over: it holds numbers, in no known layout\n" in done.err


def test_a_hidden_sheet_is_told(genk_here, workbook):
    book = openpyxl.load_workbook(workbook)
    book["Cijfers"].sheet_state = "hidden"
    book.active = 2
    book.save(workbook)
    done = genk_here("tidy", workbook, "--explain", "--sheet", "Cijfers", cwd=ROOT)
    assert done.code == 0
    assert "hidden in the source, but read: the sheet; 6 figures (C4, D4, C6, D6, C7 …)" in done.err
    assert "  hidden    the sheet\n" in done.err


@pytest.mark.parametrize("explain", [[], ["--explain"], ["--explain=all"]])
def test_what_no_layout_reads_is_told_with_the_reason_of_each(genk_here, workbook, explain):
    done = genk_here("tidy", workbook, "--sheet", WORDS, *explain, cwd=ROOT)
    assert (done.code, done.out) == (1, b"")
    assert "no layout reads this file" in done.err and f"{WORDS} (" in done.err
    assert all((f"{name}: " in done.err) == (explain == ["--explain=all"]) for name in LAYOUTS)


def test_a_layout_that_was_asked_for_alone_gives_its_reason(genk_here, workbook):
    done = genk_here("tidy", workbook, "--layout", "swing", cwd=ROOT)
    assert done.code == 1
    assert "swing: no legend" in done.err and "powerbi" not in done.err


def test_a_wrong_cell_is_told_with_its_file_sheet_and_cell(genk_here, workbook):
    book = openpyxl.load_workbook(workbook)
    book["Cijfers"]["C7"] = "1.5"
    book.save(workbook)
    done = genk_here("tidy", workbook, "--explain", cwd=ROOT)
    assert done.code == 1
    assert done.err.startswith("error: invented.xlsx, sheet Cijfers, cell C7: ")
    assert "'1.5'" in done.err


# --- the publishers' own files and their known answers ---


def figures_of(genk_here, path: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Rows by sheet and cell, each of which gives one."""
    found = rows(genk_here("tidy", path, cwd=ROOT))
    table = {(row["sheet"], row["cell"]): row for row in found}
    assert len(table) == len(found)
    return table


def test_the_marks_of_a_swing_workbook(genk_here, samples):
    path = samples / "pinc_swing_werkzoekenden_gemeenten.xlsx"
    table = figures_of(genk_here, path)
    (sheet,) = {sheet for sheet, _ in table}
    lines = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    stored = {
        (sheet, f"{column_letters(c)}{r}"): value
        for r, line in enumerate(lines, 1)
        for c, value in enumerate(line, 1)
        if value != ""
    }
    for mark, status in {"x": "c", "?": "m", "nvt": "z", "-": "m"}.items():
        marked = [place for place, value in stored.items() if value == mark and place in table]
        assert marked, f"no cell of the sample holds {mark!r}"
        assert {(table[place]["value"], table[place]["status"]) for place in marked} == {("", status)}
    legend = next(int(cell[1:]) for (_, cell), value in stored.items() if str(value).startswith("Speciale waarden"))
    assert 74 < max(int(cell.lstrip(ascii_uppercase)) for _, cell in table) < legend


C1 = {  # Genk, row 520: median per return and mean per inhabitant
    "2014": ("22533", "16485"),
    "2015": ("22566", "16160"),
    "2016": ("22335", "15954"),
    "2017": ("23029", "16414"),
}


def test_known_answers_of_statbel_c1(genk_here, samples):
    path = samples / "statbel_fiscale_inkomens_C1_2014-2017_pinc.xlsx"
    done = genk_here("tidy", path, cwd=ROOT)
    table = {(row["sheet"], row["cell"]): row for row in rows(done)}
    assert {sheet for sheet, _ in table} == set(C1)
    for year, (median, mean) in C1.items():
        for cell, value, unit in (("M520", median, "EUR"), ("N520", mean, "EUR per inwoner")):
            row = table[year, cell]
            assert (row["area"], row["period"], row["breakdown"]) == ("Genk", year, "")
            assert (row["value"], row["unit"], row["status"]) == (value, unit, "")
        assert table[year, "J520"]["indicator"] == "Aantal inwoners"
        returns = [table[year, f"{column}520"] for column in "DEFGHI"]  # by class of income
        assert sum(int(row["value"]) for row in returns) == int(table[year, "C520"]["value"])
    for sheet in ("INSTRUCTIES", "NIS-codes", "UPLOAD"):
        assert f"{sheet}: passed over" in done.err
    assert "VOORBEELD vert. zoeken: passed over: it repeats the figures of sheet 2014" in done.err
    merged = table["2014", "F554"]
    assert (merged["area"], merged["value"], merged["breakdown"].count(" + ")) == ("Herstappe", "29", 3)
    assert ("2014", "G554") not in table


def test_known_answers_of_a_web_pivot(genk_here, samples):
    table = figures_of(genk_here, samples / "fluvius_premies_beschermde_afnemers_Totaal_bedrag.csv")
    row = table["", "D9"]
    assert (row["period"], row["value"], row["unit"], row["status"]) == ("2015", "1307396", "EUR", "")
    assert row["breakdown"] == "maatregel=Dakisolatie; submaatregel=Dak - en Zoldervloerisolatie"
    assert {row["unit"] for row in table.values()} == {"EUR"}
    assert {row["status"] for row in table.values()} == {"", "c"}


def test_known_answers_of_a_power_bi_matrix(genk_here, samples):
    table = figures_of(genk_here, samples / "bbcdr_provincie_per_rekening.xlsx")
    assert len(table) == 1305
    assert len({row["area"] for row in table.values()}) == 5
    assert {row["unit"] for row in table.values()} == {"EUR per inwoner"}
    row = table["Export", "E6"]
    assert (row["area"], row["period"], row["value"]) == ("Provincie Antwerpen", "2014", "4.35048606022347")
    assert row["breakdown"].startswith("alg. rekening=REK220-0 ") and "rapportjaar=2014" in row["breakdown"]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("tech_password_protected.xlsx", "the workbook is encrypted"),
        ("tech_inlineStr.xlsx", "no layout reads this file"),
        ("tech_1904_date_system.xlsx", "no layout reads this file"),
    ],
)
def test_cases_of_containers_that_are_refused_with_a_reason(genk_here, samples, name, says):
    done = genk_here("tidy", samples / name, cwd=ROOT)
    assert (done.code, done.out) == (1, b"")
    assert name in done.err and says in done.err


# --- register ---


def test_a_new_file_is_registered_once_and_read_by_clean(genk_here, repository):
    (repository / "data/raw/new.csv").write_text(
        "Gemeente,Periode,Bevolking van de gemeente op 1 januari [personen]\nHasselt,2031,7\n", encoding="utf-8"
    )  # invented
    described = (*NEW, "--licence", "invented", "--from", "nobody")
    command = ("register", "data/raw/new.csv", *described, "--accept", "Hasselt is new")
    assert "table" in genk_here(*command, cwd=repository).err
    assert "has not changed" in genk_here(*command, cwd=repository).err
    done = genk_here("clean", cwd=repository)
    assert done.code == 0 and "wijken.csv" in done.err
    assert b",Hasselt,2031,,7,personen,,new.csv,,C2\n" in (repository / "data/processed/wijken.csv").read_bytes()


def test_what_is_not_registered_is_warned_about_and_left_out(genk_here, repository):
    (repository / "data/raw/stray.csv").write_text(TABLE, encoding="utf-8")
    before = (repository / "data/processed/wijken.csv").read_bytes()
    done = genk_here("clean", cwd=repository)
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
    done = genk_here("trace", "wijkmanagers", cwd=ROOT)
    assert done.out.decode("utf-8").count("notebooks  none") == 1


# --- manners ---


def test_the_version_is_that_of_the_package(genk_here, tmp_path):
    done = genk_here("--version", cwd=tmp_path)
    assert (done.code, done.out.decode()) == (0, f"genk-armoede {metadata.version('genk-armoede')}\n")


def test_help_names_the_layouts(genk_here, tmp_path):
    done = genk_here("tidy", "--help", cwd=tmp_path)
    assert sheets.LAYOUTS.split(", ") == list(layouts.LAYOUTS) == list(LAYOUTS)
    assert all(name in done.out.decode() for name in LAYOUTS)


@pytest.mark.parametrize("words", [["-q", "tidy"], ["tidy", "-q"], ["tidy", "--quiet"]])
def test_quiet_tells_nothing_but_errors(genk_here, table, words):
    done = genk_here(*words, table, cwd=table.parent)
    assert (done.code, done.err) == (0, "") and done.out.startswith(b"indicator,")
    table.write_text("nothing,here\na,b\n", encoding="utf-8")
    assert genk_here(*words, table, cwd=table.parent).err.startswith("error: ")


@pytest.mark.parametrize("command", ["clean", "build"])
def test_a_quiet_command_of_the_repository_tells_nothing(genk_here, tmp_path, command):
    root = small_copy(tmp_path / "copy", "gaten.xlsx")
    assert genk_here(command, cwd=root).err != ""
    shutil.rmtree(root / ".build")
    done = genk_here(command, "-q", cwd=root)
    assert (done.code, done.out, done.err) == (0, b"", "")


def test_explanations_as_json(genk_here, workbook):
    told = json.loads(genk_here("tidy", workbook, "--explain", "--json", cwd=ROOT).out)
    (sheet,) = told["sheets"]
    assert (sheet["figures"], sheet["periods"], sheet["without_figure"]) == (5, ["2021"], {"c": 1})
    assert told["passed_over"]["Leeg"] == "it is empty"
    assert genk_here("tidy", workbook, "--json", cwd=ROOT).code == 2


@pytest.mark.parametrize(
    "command", ["tidy invented.csv --explain", "check invented.csv --against invented.csv", "trace no_such_indicator"]
)
def test_an_error_is_json_where_json_was_asked(genk_here, table, command):
    table.write_text("only,words\n", encoding="utf-8")
    cwd = ROOT if command.startswith("trace") else table.parent
    done = genk_here(*command.split(), "--json", cwd=cwd)
    assert (done.code, done.err) == (1, "") and json.loads(done.out)["error"]["problem"]
    assert genk_here(*command.split(), cwd=cwd).err.startswith("error: ")


def test_an_error_as_json_has_its_answers(genk_here, tmp_path):
    path = tmp_path / "invented.csv"
    path.write_text("Gemeente,Aantal\nGenk,5\n", encoding="utf-8")
    done = genk_here("tidy", path, "--explain", "--json", cwd=tmp_path)
    assert done.code == 1
    assert json.loads(done.out)["error"]["answers"] == ["period=YYYY"]
    assert genk_here("tidy", path, "--answer", "period=2021", cwd=tmp_path).code == 0


@pytest.mark.parametrize(
    ("option", "value"), [("--answer", "period=2021"), ("--show", ""), ("--explain", ""), ("--partition", "")]
)
def test_what_is_only_for_one_spreadsheet(genk_here, table, option, value):
    done = genk_here("tidy", table.parent, "-o", "out", option, *filter(None, [value]), cwd=table.parent)
    assert done.code == 2 and "only for one spreadsheet" in done.err


def test_a_picture_is_written_beside_its_file_also_of_one_that_is_refused(genk_here, table):
    assert genk_here("tidy", table, "--show", cwd=table.parent).code == 0
    page = table.with_name("invented.csv.html")
    assert "Hoe invented.csv gelezen wordt" in page.read_text(encoding="utf-8")
    table.write_text("Gemeente,Aantal\nGenk,5\n", encoding="utf-8")
    done = genk_here("tidy", table, "--show", "-o", "other.html", cwd=table.parent)
    assert done.code == 1 and "--answer period=YYYY" in done.err
    assert "period=YYYY" in (table.parent / "other.html").read_text(encoding="utf-8")
    assert genk_here("tidy", table, "--show", "-o", "other.csv", cwd=table.parent).code == 1


@pytest.mark.parametrize(
    ("printed", "told"),
    [
        ("868.230 euro", "868230 EUR · corona_uitgaven"),
        ("58,2 %", "58,2 % · aandeel_leerlingen"),
        ("plaats 6", "zesde · computed: plaats van hoog naar laag"),
        ("zesde hoogste", "zesde · computed: plaats van hoog naar laag"),
        ("+18,6%", "18,6% · computed: verschil tussen"),  # in the title of a chart
    ],
)
def test_trace_takes_figures_as_they_are_printed(genk_here, printed, told):
    done = genk_here("trace", printed, cwd=ROOT)
    assert done.code == 0 and told in done.out.decode().splitlines()[0]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"worksheets": []}'])
def test_trace_names_a_notebook_that_is_damaged(genk_here, tmp_path, content):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/09_stuk.ipynb").write_text(content, encoding="utf-8")
    done = genk_here("trace", "58,2", cwd=tmp_path)
    assert done.code == 1 and "notebooks/09_stuk.ipynb: no notebook" in done.err


def test_trace_finds_areas_in_any_case_and_shows_genk_first(genk_here):
    indicator = "aandeel_leerlingen_met_schooltoelage"
    lower = genk_here("trace", indicator, "--area", "genk", cwd=ROOT)
    assert lower.code == 0 and lower.out == genk_here("trace", indicator, "--area", "Genk", cwd=ROOT).out
    told = json.loads(genk_here("trace", "werkzoekendengraad_jaargemiddelde", "--most", "0", "--json", cwd=ROOT).out)
    of_genk = [" · Genk · " in one["figure"] for one in told["answers"]]
    assert of_genk == sorted(of_genk, reverse=True) and len(set(of_genk)) == 2


def test_a_long_answer_of_trace_is_limited_and_counted(genk_here):
    few = genk_here("trace", "1", "--most", "2", cwd=ROOT)
    told = json.loads(genk_here("trace", "1", "--most", "0", "--json", cwd=ROOT).out)
    assert f"… and {told['found'] - 2} more" in few.err and len(told["answers"]) == told["found"] > 2


@pytest.mark.parametrize("command", [["clean"], ["build"], ["pdf"], ["audit"], ["trace", "58,2"]])
def test_no_command_works_on_a_repository_that_nobody_stands_in(tmp_path, command):
    done = genk(*command, cwd=tmp_path)
    assert done.code == 1 and "--root" in done.err and "bronnen.yml" in done.err
    done = genk(*command, "--root", tmp_path, cwd=ROOT)
    assert done.code == 1 and "this is not a folder of genk-armoede" in done.err


def test_a_repository_can_be_named(tmp_path):
    done = genk("trace", "58,2", "--root", ROOT, cwd=tmp_path)
    assert done.code == 0 and b"58,2 %" in done.out


# --- completion ---


def completed(typed: str, cwd: Path) -> list[str]:
    """What bash is told to choose from."""
    asked = {"COMP_WORDS": typed, "COMP_CWORD": str(len(typed.split()) - 1), "_GENK_ARMOEDE_COMPLETE": "complete_bash"}
    told = run(["env", *map("=".join, asked.items()), Path(sys.executable).with_name("genk-armoede")], cwd)
    assert told.err == ""
    return told.out.decode().split()


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("genk-armoede wa", ["watch"]),
        ("genk-armoede tidy --layout swi", ["swing", "swing_upload"]),
        ("genk-armoede check --dataset school", ["schooltoelagen"]),
        ("genk-armoede register --trans", ["--transcribed"]),
    ],
)
def test_a_shell_completes(typed, known):
    assert completed(typed, ROOT) == known


def test_outside_a_repository_no_dataset_completes(tmp_path):
    assert completed("genk-armoede check --dataset s", tmp_path) == []
