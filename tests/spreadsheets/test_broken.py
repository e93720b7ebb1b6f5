# SPDX-License-Identifier: EUPL-1.2
"""Files that are broken, locked or not what their name says."""

import random

import pytest
from workbooks import PAGE, PLAIN, ROWS, compound, ods, ods_row, pack, parts_of, refused, save, shared, values, xls

from genk_armoede.errors import DataError
from genk_armoede.spreadsheets.workbook import open_workbook

XML = ["_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", PAGE]

CONTENTS = {
    ".xlsx": lambda path: save(path, ROWS),
    ".xls": lambda path: xls(path, ROWS),
    ".ods": lambda path: ods(path, "".join(ods_row(*row) for row in ROWS)),
    ".csv": lambda path: path.write_text("Wijk;2021\n", encoding="utf-8"),
    ".html": lambda path: path.write_text("<html><table><tr><td>1</td></tr></table></html>", encoding="utf-8"),
    ".pdf": lambda path: path.write_bytes(b"%PDF-1.7\n\0\xff"),
    ".zip": lambda path: pack(path, {"verzonnen.txt": b"a"}),
}

TEXTS, BOOKS = (".csv", ".tsv", ".txt"), (".xlsx", ".xlsm", ".xls", ".ods")
READ_AS = {of: (*BOOKS, *TEXTS) for of in (".xlsx", ".xls", ".ods", ".csv", ".html")}
PAIRS = [(of, to) for of in CONTENTS for to in (*BOOKS, *TEXTS)]


@pytest.mark.parametrize(("content", "suffix"), [(of, to) for of, to in PAIRS if to in READ_AS.get(of, ())])
def test_a_file_is_read_as_what_it_is_whatever_its_name_says(tmp_path, content, suffix):
    path = tmp_path / f"verzonnen{suffix}"
    CONTENTS[content](path)
    sheet = open_workbook(path).sheets[0]
    named_well = (
        suffix == content
        or (content, suffix) == (".xlsx", ".xlsm")
        or (suffix in TEXTS and content in (".html", *TEXTS))
    )
    assert sheet.read_as == ("" if named_well else content)
    assert sheet.size


@pytest.mark.parametrize(("content", "suffix"), [(of, to) for of, to in PAIRS if to not in READ_AS.get(of, ())])
def test_a_file_that_is_none_of_these(tmp_path, content, suffix):
    path = tmp_path / f"verzonnen{suffix}"
    CONTENTS[content](path)
    with pytest.raises(DataError, match=r"whatever its name says") as caught:
        open_workbook(path)
    assert caught.value.file == path.name
    assert caught.value.do


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm", ".xls"])
def test_a_password_is_said_to_be_one(tmp_path, suffix):
    path = tmp_path / f"verzonnen{suffix}"
    path.write_bytes(compound("EncryptedPackage", bytes(100)))
    with refused("encrypted", file=path.name, mention="take the password off"):
        open_workbook(path)


def test_an_old_password_is_said_to_be_one(tmp_path):
    path = xls(tmp_path / "verzonnen.xls", ROWS, password=True)
    with refused("encrypted", file=path.name, mention="take the password off"):
        open_workbook(path)


@pytest.mark.parametrize("whole", [False, True])
def test_a_password_of_an_ods_is_said_to_be_one(tmp_path, whole):
    path = ods(tmp_path / PLAIN, ods_row("a"))
    parts = parts_of(path) | {"META-INF/manifest.xml": b"<manifest><manifest:encryption-data/></manifest>"}
    if whole:  # LibreOffice 24.8 encrypts the package as one
        parts["encrypted-package"] = parts.pop("content.xml")
    with refused("encrypted", file=PLAIN, mention="take the password off"):
        open_workbook(pack(path, parts))


@pytest.fixture(params=[".xlsx", ".xls", ".ods", ".csv"])
def sound(request, tmp_path):
    """A small workbook of each format, with a merged range, a style and a hidden row where the format has them."""
    path = tmp_path / f"verzonnen{request.param}"
    if request.param == ".xlsx":
        save(path, ROWS, merge=["A1:A2"], formats={"B3": "yyyy-mm-dd"}, colors={"A1": "00808080"})
        return pack(path, shared(parts_of(path)))
    if request.param == ".xls":
        return xls(path, ROWS, merge=["A1:A2"], formats={"B3": "yyyy-mm-dd"}, colors={"A1": 23}, hidden=[2])
    CONTENTS[request.param](path)
    return path


def table_or_data_error(path):
    """The values that are read, or nothing when the file is refused in the one way that is allowed."""
    try:
        return values(path)
    except DataError as error:
        assert error.file == path.name
        assert error.do or error.expected
        return None


def test_a_truncated_file_is_refused_or_whole(sound):
    content, whole = sound.read_bytes(), values(sound)
    size = len(content)
    for kept in sorted({*range(1, size, max(1, size // 150)), *range(size - 30, size)} - {0}):
        sound.write_bytes(content[:kept])
        found = table_or_data_error(sound)
        assert found in (None, whole) or (sound.suffix == ".csv" and "".join(found.values()) in "Wijk2021"), kept


def test_no_flipped_byte_brings_anything_but_a_data_error(sound):
    content = sound.read_bytes()
    for seed in range(250):
        chance, flipped = random.Random(seed), bytearray(content)
        for _ in range(chance.randrange(1, 4)):
            flipped[chance.randrange(len(content))] = chance.randrange(256)
        sound.write_bytes(flipped)
        table_or_data_error(sound)


@pytest.mark.parametrize("suffix", [".xlsx", ".ods"])
def test_no_flipped_byte_inside_brings_anything_but_a_data_error(tmp_path, suffix):
    path = tmp_path / f"verzonnen{suffix}"
    CONTENTS[suffix](path)
    parts = shared(parts_of(path)) if suffix == ".xlsx" else parts_of(path)
    names = XML if suffix == ".xlsx" else ["content.xml"]
    read = 0
    for seed in range(400):
        chance = random.Random(seed)
        name = chance.choice(names)
        flipped = bytearray(parts[name])
        flipped[chance.randrange(len(flipped))] = chance.choice(b"\0 <>/\"'=&;:-0123459aeEnNxXrs\x80\xff")
        found = table_or_data_error(pack(path, parts | {name: bytes(flipped)}))
        read += found is not None
    assert read > 50, "no flip came through to what is read"
