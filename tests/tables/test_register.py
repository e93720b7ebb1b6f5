# SPDX-License-Identifier: EUPL-1.2
"""The register: a file that is not the one that was registered is not read, and nobody's words in it are lost."""

import datetime
import functools
import zipfile
from decimal import Decimal

import pytest
import workbooks
from workbooks import NAME, ROOT, SHEET, edited, save

from genk_armoede.errors import DataError
from genk_armoede.observations import nis
from genk_armoede.spreadsheets.cells import Sheet
from genk_armoede.spreadsheets.workbook import Workbook
from genk_armoede.tables import register, registering, repository

REGISTER = """\
# Een opmerking bovenaan.

verzonnen.xlsx:
  dataset: corona
  publisher: Verzonnen uitgever  # een opmerking bij de uitgever
  title: "Verzonnen titel: met dubbelpunt"
  url: verzonnen adres
  licence: verzonnen
  obtained: 2021-01-01
  sha256: {}
  transcribed: niets
  # een opmerking bij de bladen
  sheets:
    Blad: {{layout: table, title: 'Eigen titel, met komma'}}
    Toelichting: {{layout: notes}}
"""
TABLE = [["Periode", "2021"], [], ["Gemeente", "Fictief [EUR]"], ["Verzonnen", 5]]
DESCRIPTION = {"dataset": "corona", "publisher": "Verzonnen", "title": "Titel", "url": "adres", "licence": "vrij"}
DESCRIPTION |= {"transcribed": "alles, uit een verzonnen bron"}
CSV = "Gemeente;Jaar;Fictief [EUR]\nVerzonnen;2021;5\n"

refused = functools.partial(workbooks.refused, guides="do answers")


@pytest.fixture
def root(tmp_path):
    """A repository with one registered, invented workbook of two sheets."""
    raw = tmp_path / "data" / "raw"
    raw.mkdir(parents=True)
    path = save(raw / NAME, TABLE)
    with edited(path) as book:
        book.create_sheet("Toelichting").append(["woorden"])
    write(tmp_path, REGISTER.format(register.checksum(path)))
    return tmp_path


def register_text(root):
    return (root / repository.REGISTER).read_text(encoding="utf-8")


def write(root, text):
    (root / repository.REGISTER).write_bytes(text if isinstance(text, bytes) else text.encode())


def raw(root, name=NAME):
    return root / repository.RAW / name


def source(root, name=NAME):
    return next(one for one in register.load_register(root) if one.file == name)


def read(root, name=NAME):
    found = source(root, name)
    return list(register.read_source(found, register.open_source(root, found)))


def change(root, value=6):
    with edited(raw(root)) as book:
        book[SHEET]["B4"] = value


# Reading


def test_a_registered_file_is_read_by_its_layouts(root):
    assert [(row.value, row.sheet, row.cell, row.source) for row in read(root)] == [(5, SHEET, "B4", NAME)]


def test_a_changed_file_is_refused_until_it_is_registered(root):
    change(root)
    with refused("not the one that was registered", mention=f"genk-armoede register data/raw/{NAME}"):
        read(root)
    registering.register(root, raw(root))
    assert [row.value for row in read(root)] == [6]


def test_one_byte_is_a_change(root):
    raw(root).write_bytes(raw(root).read_bytes() + b"\0")
    with refused("not the one that was registered"):
        read(root)


def test_a_registered_file_that_is_missing(root):
    raw(root).unlink()
    with refused("a registered file is missing", mention="put it back"):
        read(root)


@pytest.mark.parametrize(("old", "new"), [("Blad:", "Vel:"), ("    Toelichting: {layout: notes}\n", "")])
def test_sheets_that_are_not_those_of_the_register(root, old, new):
    write(root, register_text(root).replace(old, new))
    with refused("the sheets are not those of the register", mention="Blad, Toelichting"):
        read(root)


def test_a_sheet_that_was_renamed(root):
    with edited(raw(root)) as book:
        book[SHEET].title = "Vel"
    write(root, register_text(root).replace(source(root).sha256, register.checksum(raw(root))))
    with refused("the sheets are not those of the register", mention="Toelichting, Vel"):
        read(root)


def test_an_unknown_layout(root):
    write(root, register_text(root).replace("layout: table", "layout: kruistabel"))
    with workbooks.refused("unknown layout 'kruistabel' for sheet Blad", file="bronnen.yml", mention="table"):
        read(root)


def test_a_sheet_that_no_longer_has_its_layout(root):
    write(root, register_text(root).replace("layout: table", "layout: swing"))
    with refused("no longer has the layout 'swing': no legend", sheet=SHEET):
        read(root)


def test_the_citation_of_a_sheet_goes_before_that_of_its_file(root):
    found = source(root)
    assert found.citation("Toelichting")["title"] == "Verzonnen titel: met dubbelpunt"
    assert found.citation(SHEET) == {
        "publisher": "Verzonnen uitgever",
        "title": "Eigen titel, met komma",
        "url": "verzonnen adres",
        "licence": "verzonnen",
    }
    assert found.citation(SHEET, {"title": "van het cijfer zelf", "evidence": "p. 3"})["title"] == "van het cijfer zelf"


def test_the_register_gives_text_in_its_own_order(root):
    found = source(root)
    assert (found.obtained, found.dataset, list(found.sheets)) == ("2021-01-01", "corona", [SHEET, "Toelichting"])


# What lies there unregistered


def test_unregistered_files_are_listed(root):
    for name in ("b.csv", "a.xlsx", "~$verzonnen.xlsx", ".DS_Store"):
        raw(root, name).write_bytes(b"x")
    raw(root, "gebieden").mkdir()
    assert register.unregistered(root) == ["a.xlsx", "b.csv"]


def test_the_projects_own_files_are_all_registered():
    assert register.unregistered(ROOT) == []


# A register that is wrong

ENTRY = (
    "verzonnen.xlsx: {dataset: a, publisher: b, title: c, url: d, licence: e, obtained: f, sha256: g, transcribed: h"
)


@pytest.mark.parametrize("field", sorted(set(DESCRIPTION) | {"obtained", "sha256", "transcribed"}))
def test_an_entry_without_a_field(root, field):
    lines = [line for line in register_text(root).splitlines() if not line.startswith(f"  {field}:")]
    write(root, "\n".join(lines))
    with workbooks.refused(f"the entry of {NAME} lacks or does not know: {field}", file="bronnen.yml"):
        register.load_register(root)


def test_an_entry_with_an_unknown_field(root):
    write(root, register_text(root).replace("  dataset:", "  uitgever: verzonnen\n  dataset:"))
    with workbooks.refused("lacks or does not know: uitgever", file="bronnen.yml"):
        register.load_register(root)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a:\t- b\n\tc", id="tabs"),
        pytest.param("a: [", id="open bracket"),
        pytest.param("a: 1\na: 2\n", id="one file twice"),
        pytest.param(ENTRY + ", sheets: {Blad: {title: x}}}", id="sheet without layout"),
        pytest.param(ENTRY + ", sheets: {Blad: {layout: table, titel: x}}}", id="unknown field of a sheet"),
        pytest.param(ENTRY + ", sheets: {Blad: table}}", id="sheet as text"),
        pytest.param(ENTRY + ", sheets: {Blad: }}", id="empty sheet"),
        pytest.param(ENTRY + ", sheets: }", id="no sheets"),
        pytest.param(ENTRY + ", sheets: [Blad]}", id="list of sheets"),
        pytest.param("verzonnen.xlsx:\n", id="empty entry"),
        pytest.param("- verzonnen.xlsx\n", id="list"),
        pytest.param("verzonnen", id="text"),
        pytest.param(b"\xff\xfe\x00", id="no UTF-8"),
    ],
)
def test_a_malformed_register(root, text):
    write(root, text)
    with workbooks.refused("", file="bronnen.yml"):
        register.load_register(root)


def test_a_sheet_name_that_yaml_takes_for_a_number(root):
    write(root, register_text(root).replace("Blad:", "2014:"))
    with refused("the sheets are not those of the register"):
        read(root)


def test_no_register_at_all(root):
    (root / repository.REGISTER).unlink()
    with refused("the register cannot be read", file="bronnen.yml"):
        register.load_register(root)


# Registering


def test_registering_changes_the_checksum_and_the_date_and_remembers_those_before(root):
    before = register_text(root)
    old = source(root)
    change(root)
    done = registering.register(root, raw(root))
    today = datetime.date.today().isoformat()
    assert done == f"{NAME} is registered: Blad (table), Toelichting (notes)"
    expected = before.replace(old.sha256, register.checksum(raw(root))).replace("2021-01-01", today)
    earlier = f"  earlier:\n  - obtained: 2021-01-01\n    sha256: {old.sha256}\n"
    assert register_text(root) == expected + earlier


def test_registering_an_unchanged_file_does_nothing(root):
    before = register_text(root)
    assert "has not changed" in registering.register(root, raw(root))
    assert register_text(root) == before


def test_a_new_description_replaces_the_old_one(root):
    change(root)
    registering.register(root, raw(root), publisher="Ander")
    assert (source(root).publisher, source(root).licence) == ("Ander", "verzonnen")


def test_a_new_sheet_comes_in_and_one_that_is_gone_goes(root):
    with edited(raw(root)) as book:
        del book["Toelichting"]
        book.create_sheet("Nieuw").append(["nieuwe woorden"])
    registering.register(root, raw(root))
    assert {name: entry["layout"] for name, entry in source(root).sheets.items()} == {SHEET: "table", "Nieuw": "notes"}
    assert source(root).sheets[SHEET]["title"] == "Eigen titel, met komma"


@pytest.mark.parametrize("field", sorted(DESCRIPTION))
def test_a_new_file_needs_a_description(root, field):
    before = register_text(root)
    raw(root, "nieuw.csv").write_text(CSV)
    with pytest.raises(ValueError, match=f"needs: --{field}"):
        registering.register(root, raw(root, "nieuw.csv"), **(DESCRIPTION | {field: ""}))
    assert register_text(root) == before


def test_a_new_file_is_added_and_read(root):
    raw(root, "nieuw.csv").write_text(CSV)
    assert registering.register(root, raw(root, "nieuw.csv"), **DESCRIPTION) == "nieuw.csv is registered: table (table)"
    assert register_text(root).startswith(REGISTER.format(source(root).sha256))
    assert [(row.value, row.sheet, row.cell) for row in read(root, "nieuw.csv")] == [(5, "", "C2")]
    assert source(root, "nieuw.csv").transcribed == "alles, uit een verzonnen bron."
    assert register.unregistered(root) == []


def test_the_first_file_makes_the_register(root):
    (root / repository.REGISTER).unlink()
    registering.register(root, raw(root), **DESCRIPTION)
    assert [row.value for row in read(root)] == [5]


def test_a_file_that_lies_elsewhere(root, tmp_path):
    path = save(tmp_path / "elders.xlsx", TABLE)
    with refused("does not lie in data/raw", file="elders.xlsx"):
        registering.register(root, path, **DESCRIPTION)


# --- what was typed by hand ---

AS_IS = DESCRIPTION | {"transcribed": "", "origin": "https://example.org/nieuw.csv"}
CHANGED = CSV.replace("5", "6")


def put_new(root, text=CSV):
    path = raw(root, "nieuw.csv")
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_as_it_came_only_when_somebody_says_from_where(root):
    registering.register(root, put_new(root), **AS_IS)
    new = source(root, "nieuw.csv")
    assert new.origin == AS_IS["origin"] and new.transcribed == registering.AS_IT_CAME.format(new.origin)


def test_a_file_that_changed_is_no_longer_as_it_came(root):
    registering.register(root, put_new(root), **AS_IS)
    before = register_text(root)
    assert not registering.must_say(root, put_new(root))
    assert registering.must_say(root, put_new(root, CHANGED))
    with pytest.raises(ValueError, match="no longer as it came from https:"):
        registering.register(root, put_new(root, CHANGED))
    assert register_text(root) == before
    registering.register(root, put_new(root, CHANGED), transcribed="de 6, uit een mail.")
    assert source(root, "nieuw.csv").transcribed == "de 6, uit een mail." and source(root, "nieuw.csv").origin == ""
    registering.register(root, put_new(root, CSV.replace("5", "7")))  # hand work stays hand work
    assert source(root, "nieuw.csv").transcribed == "de 6, uit een mail."
    registering.register(root, put_new(root), origin="een mail van de uitgever")
    assert source(root, "nieuw.csv").transcribed == registering.AS_IT_CAME.format("een mail van de uitgever")


def test_what_was_typed_into_a_file_that_came_from_elsewhere_is_said_with_where(root):
    registering.register(root, put_new(root), **AS_IS | {"transcribed": "alleen de koppen"})
    new = source(root, "nieuw.csv")
    assert new.transcribed == "alleen de koppen. Het bestand komt van https://example.org/nieuw.csv." and not new.origin


UNREADABLE = {"nieuw.xlsx": b"tekst", "nieuw.csv": b'a;b\n"c;1\n', "nieuw.ods": b"PK"}


@pytest.mark.parametrize(("name", "content"), UNREADABLE.items(), ids=UNREADABLE)
def test_what_cannot_be_read_is_not_registered(root, name, content):
    before = register_text(root)
    raw(root, name).write_bytes(content)
    with refused("", file=name):
        registering.register(root, raw(root, name), **DESCRIPTION)
    assert register_text(root) == before


@pytest.mark.parametrize(
    ("value", "problem", "cell"), [("abc", "can be a header or figures", "A4"), (True, "date or yes/no", "B4")]
)
def test_a_changed_file_with_a_wrong_cell_is_not_registered(root, value, problem, cell):
    before = register_text(root)
    with edited(raw(root)) as book:
        book[SHEET].append(["Bedacht", 6])
    change(root, value)
    with workbooks.refused(problem, sheet=SHEET, cell=cell):
        registering.register(root, raw(root))
    assert register_text(root) == before


HEADERS = ["Gemeente", "Jaar", "Fictief [EUR]"]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["Verzonnen", 5]], "Cijfers"),
        ([HEADERS, ["Verzonnen", "2021", "vijf"]], "sheet Cijfers, cell C2"),
        ([HEADERS, ["Verzonnen", "2021", "5.5"]], "sheet Cijfers, cell C2"),
        ([["Gemeente", "Jaar", "Fictief"], ["Verzonnen", "2021", "3.815"]], "Cijfers"),
    ],
)
def test_figures_that_cannot_be_read_are_not_taken_for_notes(root, rows, place):
    before = register_text(root)
    with edited(raw(root)) as book:
        page = book.create_sheet("Cijfers")
        for row in rows:
            page.append(row)
    with pytest.raises(DataError, match=place):
        registering.register(root, raw(root))
    assert register_text(root) == before


@pytest.mark.parametrize(
    "text", [b"- a\n", b"verzonnen", b"a:\t- b\n\tc", b"\xff\xfe\x00", b"verzonnen.xlsx: {sha256: x}\n"]
)
def test_a_malformed_register_is_not_written_to(root, text):
    write(root, text)
    with workbooks.refused("", file="bronnen.yml"):
        registering.register(root, raw(root), **DESCRIPTION)
    assert (root / repository.REGISTER).read_bytes() == text


@pytest.mark.parametrize(
    "text",
    [CSV.replace("5", "vijf"), CSV.replace("Jaar", "Naam"), CSV.partition("\n")[2]],
    ids=["cell", "year", "header"],
)
def test_a_csv_that_cannot_be_read_is_not_registered(root, text):
    raw(root, "nieuw.csv").write_text(text)
    with refused("", file="nieuw.csv"):
        registering.register(root, raw(root, "nieuw.csv"), **DESCRIPTION)


def test_notes_may_hold_a_number(root):
    with edited(raw(root)) as book:
        book["Toelichting"].append(["jaar van overname", 2021])
    registering.register(root, raw(root))
    assert source(root).sheets["Toelichting"]["layout"] == "notes"


def test_the_lists_of_areas_are_those_that_were_registered():
    lists = register.area_lists()
    assert {source.file for source in lists} == {path.name for path in nis.REFERENCE.glob("*.csv")}
    assert [source.sha256 for source in lists] == [register.checksum(nis.REFERENCE / source.file) for source in lists]


# --- answers ---

UNCLEAR = "Gemeente;Jaar;Verzonnen;Fictief [EUR]\nVerzonnen;2021;2020;5\n"


def put(root, name, text=UNCLEAR):
    path = raw(root, name)
    path.write_text(text, encoding="utf-8")
    return path


def zipped(root, **tables):
    with zipfile.ZipFile(raw(root, "verzonnen.zip"), "w") as packed:
        for name, text in tables.items():
            packed.writestr(f"map/{name}.csv", text)
    return raw(root, "verzonnen.zip")


def test_of_a_zip_with_several_tables_the_one_that_is_named_is_registered_and_read(root):
    path = zipped(root, een=CSV, twee=CHANGED)
    with refused("several tables in one archive", file="verzonnen.zip", mention="--sheet"):
        registering.register(root, path, **DESCRIPTION)
    registering.register(root, path, table="twee.csv", **DESCRIPTION)
    assert [(row.value, row.sheet) for row in read(root, "verzonnen.zip")] == [(6, "twee.csv")]
    registering.register(root, zipped(root, een=CSV, twee=CSV.replace("5", "7")))
    assert [row.value for row in read(root, "verzonnen.zip")] == [7]


def test_the_only_table_of_a_zip_may_have_another_name_the_next_year(root):
    registering.register(root, zipped(root, jaar_2021=CSV), **DESCRIPTION)
    registering.register(root, zipped(root, jaar_2022=CHANGED))
    assert [(row.value, row.sheet) for row in read(root, "verzonnen.zip")] == [(6, "jaar_2022.csv")]


def test_a_tsv_is_registered_with_its_answers_and_read(root):
    text = "unit,geo\\time\t2011 \t2010 \nPC,BE2\t1.5 u\t2.5 \nPC,AT\t3.5 \t4.5 \n"  # invented
    path = put(root, "verzonnen.tsv", text)
    answers = ["row 3=nothing", "column C=nothing"]
    registering.register(root, path, answers=answers, who="Ver Zonnen", **DESCRIPTION)
    assert [(row.area, row.period, row.value, row.cell) for row in read(root, "verzonnen.tsv")] == [
        ("Vlaams Gewest", "2011", Decimal("1.5"), "B2")
    ]
    written = (root / repository.REGISTER).read_text(encoding="utf-8")
    assert written.count("when: ") == 2 and "&id" not in written  # a date each, no alias


def test_an_answer_is_kept_with_who_and_when_and_holds_when_the_file_is_read(root):
    path = put(root, "nieuw.csv")
    with refused("periods or figures", file="nieuw.csv", cell="C2", mention="--answer 'column Verzonnen=figure'"):
        registering.register(root, path, **DESCRIPTION)
    told = registering.register(root, path, answers=["column Verzonnen=nothing"], who="Ver Zonnen", **DESCRIPTION)
    today = datetime.date.today().isoformat()
    assert f"answered: column Verzonnen=nothing (Ver Zonnen, {today})" in told
    source = register.load_register(root)[-1]
    assert source.answers == (register.Answer("column Verzonnen=nothing", "Ver Zonnen", today),)
    (row,) = register.read_source(source, register.open_source(root, source))
    assert (row.value, row.indicator) == (5, "Fictief")


def test_an_answer_goes_with_next_years_file_of_the_same_shape_alone(root):
    first = ["column Verzonnen=nothing"]
    registering.register(root, put(root, "een.csv"), answers=first, who="Ver Zonnen", **DESCRIPTION)
    told = registering.register(root, put(root, "twee.csv", UNCLEAR.replace("2021", "2022")), **DESCRIPTION)
    assert "answered: column Verzonnen=nothing (Ver Zonnen" in told
    told = registering.register(root, put(root, "drie.csv", CSV), **DESCRIPTION)  # it needs no answer
    assert "answered" not in told and register.load_register(root)[-1].answers == ()
    other = UNCLEAR.replace("Verzonnen;F", "Bedacht;F")
    told = "no longer fits this one: column Verzonnen=nothing"
    with refused("periods or figures", file="vier.csv", cell="C2", mention=told):
        registering.register(root, put(root, "vier.csv", other), **DESCRIPTION)


def test_a_new_answer_takes_the_place_of_the_old_one(root):
    path = put(root, "nieuw.csv")
    registering.register(root, path, answers=["column Verzonnen=nothing"], who="A", **DESCRIPTION)
    registering.register(root, path, answers=["column Verzonnen=figure"], who="B")
    (one,) = register.load_register(root)[-1].answers
    assert (one.answer, one.who) == ("column Verzonnen=figure", "B")


def test_an_answer_of_the_register_that_no_longer_fits_is_told(root):
    path = put(root, "nieuw.csv")
    registering.register(root, path, answers=["column Verzonnen=nothing"], who="A", **DESCRIPTION)
    put(root, "nieuw.csv", CSV)
    with refused("that nothing here asks for", file="nieuw.csv", mention="it no longer fits the file"):
        registering.register(root, path)


@pytest.mark.parametrize("wrong", ["answers: x", "answers: [x]", "answers: [{answer: x}]"])
def test_answers_that_are_none_in_the_register(root, wrong):
    write(root, register_text(root).replace("  transcribed: niets", f"  transcribed: niets\n  {wrong}"))
    with refused("answer", file="bronnen.yml", guides="do expected"):
        register.load_register(root)


def test_no_area_is_called_as_a_formula_without_a_result():
    source = register.Source("x.xlsx", *[""] * 8, {"Gebieden": {"layout": register.AREAS}})
    book = Workbook("x.xlsx", [Sheet("x.xlsx", "Gebieden", uncalculated={(2, 3): "=A2"})])
    with pytest.raises(DataError, match="without a calculated value"):
        register.read_areas(source, book)
