# SPDX-License-Identifier: EUPL-1.2
"""JSON-stat, PX and zips: what is cut off, hostile or of another kind is refused, and numbers stay exact.

All figures are invented.
"""

import io
import json
import zipfile

import pytest

from genk_armoede.errors import DataError
from genk_armoede.spreadsheets import container
from genk_armoede.spreadsheets.workbook import open_workbook

DATASET = {
    "version": "2.0",
    "class": "dataset",
    "label": "Leefloners",
    "id": ["gemeente", "jaar"],
    "size": [2, 2],
    "dimension": {
        "gemeente": {"category": {"index": ["71016", "71004"], "label": {"71016": "Genk", "71004": "Beringen"}}},
        "jaar": {"category": {"index": {"2020": 0, "2021": 1}}},
    },
    "value": [9.70, 1e-7, None, 6],
}
PX = """CHARSET="ANSI";
CODEPAGE="utf-8";
CONTENTS="Leefloners";
STUB="gemeente";
HEADING="jaar";
VALUES("gemeente")="Genk","Beringen";
VALUES("jaar")="2020","2021";
DATA=
9.5 ".."
6.0 6.20;
"""


def opened(folder, name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_workbook(path).sheets[0]


def problem(folder, name, content):
    with pytest.raises(DataError) as caught:
        opened(folder, name, content)
    return str(caught.value)


def values(sheet):
    return [value for column in list(sheet.columns.values())[1:] for value in column.values]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": [1, 2, 3]}, "more or fewer values"),
        ({"value": {"4": 1}}, "in no place"),
        ({"value": {"-1": 1}}, "in no place"),
        ({"value": {"x": 1}}, "in no place"),
        ({"value": [1, 2, True, 4]}, "/value/2"),
        ({"value": [1, [2], 3, 4]}, "/value/1"),
        ({"status": ["a", "b"]}, "more or fewer"),
        ({"status": {"9": "b"}}, "/status/9"),
        ({"size": [2, 3]}, "categories of jaar"),
        ({"size": [2]}, "sizes of the dimensions"),
        ({"id": None}, "sizes of the dimensions"),
        ({"id": ["gemeente", "maand"]}, "maand is not described"),
        ({"class": "collection"}, "class 'collection'"),
        ({"dimension": []}, "no dimensions"),
    ],
)
def test_a_dataset_that_contradicts_itself(tmp_path, change, said):
    assert said in problem(tmp_path, "verzonnen.json", json.dumps(DATASET | change))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (json.dumps(DATASET)[:-20], "no JSON, or not all of it"),
        ('{"a": NaN}', "NaN"),
        ('{"a": 1, "a": 2}', "'a' stands twice"),
        ("[" * 100_000, "nested too deep"),
        ("[1]", "no dataset"),
        ('{"value": [{"a": [1]}]}', "/value/0"),
        ("\xff\xfe", "no JSON"),
    ],
)
def test_json_that_is_no_dataset(tmp_path, text, said):
    assert said in problem(tmp_path, "verzonnen.json", text.encode("latin-1"))


def test_numbers_of_json_stay_the_text_that_they_are(tmp_path):
    text = json.dumps(DATASET).replace("9.7,", "9.70000000000000000001,")
    assert values(opened(tmp_path, "verzonnen.json", text)) == ["9.70000000000000000001", ":", "0.0000001", "6"]


def test_a_sparse_cube_of_any_size_costs_what_it_holds(tmp_path):
    many = [str(n) for n in range(10_000)]
    dimension = {name: {"category": {"index": many}} for name in ("a", "b", "c")}
    cube = {"id": list("abc"), "size": [10_000] * 3, "dimension": dimension, "value": {"999999999999": 5}, "label": "x"}
    sheet = opened(tmp_path, "verzonnen.json", json.dumps(cube))
    assert sheet.place(2, 4) == "/value/999999999999" and sheet[2, 4].value == "5"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("6.20;", "6.20", "cut off"),
        (" 6.20", "", "more or fewer figures"),
        ("6.20", "6.20 7", "more or fewer figures"),
        ("6.20", "6,20", "more or fewer figures"),
        ("6.20", "x", "DATA:4"),
        ('".."', '"?"', "DATA:2"),
        ('STUB="gemeente";\nHEADING="jaar";\n', "", "no STUB and no HEADING"),
        ('"Genk","Beringen"', '"Genk","Genk"', "stand twice"),
        ('VALUES("jaar")="2020","2021";\n', "", "stand twice, or not as many"),
        ('CONTENTS="Leefloners";', 'CONTENTS="Leefloners;', "cannot be read"),
        ("utf-8", "ebcdic-x", "code page"),
    ],
)
def test_a_px_file_that_is_broken(tmp_path, old, new, said):
    assert old in PX
    assert said in problem(tmp_path, "verzonnen.px", PX.replace(old, new))


def test_a_px_file_in_its_own_code_page(tmp_path):
    text = PX.replace("Beringen", "Trooz – Olné").replace("utf-8", "windows-1252")
    sheet = opened(tmp_path, "verzonnen.px", text.encode("windows-1252"))
    assert sheet[3, 1].value == "Trooz – Olné" and values(sheet) == ["9.5", "6.0", "..", "6.20"]


def archive(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "."), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (archive(a__csv="x;y\n1;2\n", b__csv="x;y\n1;2\n"), "several tables"),
        (archive(a__pdf="x"), "no such table"),
        (archive(a__zip=archive(a__csv="x")), "an archive in an archive"),
        (archive(a__csv=archive(a__csv="x")), "an archive in an archive"),
        (archive(a__csv=b"0" * 30_000_000), "which no honest archive does"),
        (archive(a__csv="x;y\n1;2\n")[:-30], "truncated or damaged"),
        (archive(**{"[Content_Types]__xml": "x"}), "this is a workbook"),
        (archive(a__csv=""), "is empty"),
        (b"not a zip", "not a spreadsheet"),
    ],
)
def test_a_zip_that_is_refused(tmp_path, content, said):
    assert said in problem(tmp_path, "verzonnen.zip", content)


def test_a_file_in_a_zip_may_be_no_larger_than_one_outside(tmp_path, monkeypatch):
    monkeypatch.setattr("genk_armoede.spreadsheets.archive.MAX_BYTES", 5)
    assert container.MAX_BYTES > 5
    assert "too large" in problem(tmp_path, "verzonnen.zip", archive(a__csv="x;y\n1;2\n"))


def test_a_table_in_a_zip_by_its_name(tmp_path):
    path = tmp_path / "verzonnen.zip"
    path.write_bytes(archive(a__csv="x;y\n1;2\n", **{"map/b__csv": "x;y\n1;3\n", "__MACOSX/._b__csv": "x"}))
    book = open_workbook(path, "b.csv")
    assert book.sheet("b.csv")[2, 2].value == "3" and book.sheets[0].file == "verzonnen.zip"
