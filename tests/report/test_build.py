# SPDX-License-Identifier: EUPL-1.2
"""`clean` and `build` on copies of the repository: all or nothing, the same bytes, and a change that flows through."""

import csv
import html
import io
import json
import re
import shutil
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, SAMPLES, copy_of, files, fill, genk, registered_again, run, well, write_notebook
from workbooks import edited

from genk_armoede.errors import DataError
from genk_armoede.narration import frames, prose
from genk_armoede.protection import audit
from genk_armoede.protection.policy import load_policy
from genk_armoede.report import notes, transaction
from genk_armoede.tables import datasets, store

TABLES = tuple(sorted(datasets.DATASETS))
PROCESSED = {*(f"{name}.csv" for name in TABLES), "wijken.geojson", "datapackage.json", "codeboek.md"}
LOCKED = f"matplotlib=={version('matplotlib')} " in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def nbval(root: Path, notebook: str):
    without = [text for name in ("cacheprovider", "hypothesispytest", "anyio") for text in ("-p", f"no:{name}")]
    quick = ["-p", "genk_armoede.report.quick_nbformat"]
    command = ["-m", "pytest", "-q", *without, *quick, "--nbval", "--nbval-current-env"]
    return run([sys.executable, *command, f"notebooks/{notebook}"], root)


def text_of(root: Path, page: str, heading: str = "") -> str:
    """The words of a page, or of what stands under one of its `h2` headings or lines to click."""
    markup = (root / "reports" / page).read_text(encoding="utf-8")
    if heading:
        begins = (("<h2", "</h2>"), ('<details class="more', "</summary>"))
        parts = [
            part
            for begin, end in begins
            for part in markup.split(begin)[1:]
            if heading in html.unescape(part.split(end)[0])
        ]
        markup = parts[0]
    words = re.sub(r"<(script|style|pre)\b.*?</\1>|<sup\b.*?</sup>|<[^>]*>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(words).replace("\u00a0", " ").split())


# --- clean ---


def test_clean_writes_what_is_committed_and_nothing_else(repository):
    committed = files(repository / "data/processed")
    shutil.rmtree(repository / "data/processed")
    done = genk("clean", cwd=repository)
    assert (done.code, done.out) == (0, b"")
    assert set(committed) == PROCESSED
    made = files(repository / "data/processed")
    assert [name for name in made.keys() | committed.keys() if made.get(name) != committed.get(name)] == []


def test_clean_twice_writes_nothing_the_second_time(repository, genk_here):
    before = {path: path.stat().st_mtime_ns for path in (repository / "data/processed").iterdir()}
    done = genk_here("clean", cwd=repository)
    assert "nothing has changed" in done.err
    assert {path: path.stat().st_mtime_ns for path in (repository / "data/processed").iterdir()} == before


def test_clean_reads_nothing_again_when_nothing_has_changed(repository, genk_here, monkeypatch):
    assert genk_here("clean", cwd=repository).code == 0
    monkeypatch.setattr(datasets, "clean", lambda root: pytest.fail("it was read again"))
    monkeypatch.setattr(audit, "audit", lambda published, policy: pytest.fail("it was attacked again"))
    assert genk_here("clean", cwd=repository).code == 0


def test_clean_removes_a_table_that_no_dataset_makes(repository, genk_here):
    (repository / "data/processed/stale.csv").write_text("stale", encoding="utf-8")
    genk_here("clean", cwd=repository)
    assert {path.name for path in (repository / "data/processed").iterdir()} == PROCESSED


def test_clean_that_fails_leaves_everything(repository, genk_here):
    fill(repository, "corona.xlsx", "Domeinen", {"B6": 868231})  # invented: more than the total
    before = files(repository)
    done = genk_here("clean", cwd=repository)
    assert done.code == 1 and "corona.xlsx" in done.err and "B13" in done.err
    assert files(repository) == before


# --- the descriptor: https://datapackage.org/standard/data-package/ ---


@pytest.fixture(scope="module")
def package() -> dict:
    return json.loads((ROOT / "data/processed/datapackage.json").read_text(encoding="utf-8"))


def test_the_package_has_a_name_and_every_table(package):
    assert re.fullmatch(r"[a-z0-9._/-]+", package["name"])
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert sorted(resource["name"] for resource in package["resources"]) == sorted(TABLES)


@pytest.fixture(scope="module", params=TABLES)
def resource(request, package) -> dict:
    (found,) = (one for one in package["resources"] if one["name"] == request.param)
    return found


@pytest.fixture(scope="module")
def content(resource) -> list[dict[str, str]]:
    with (ROOT / "data/processed" / resource["path"]).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_resource_is_the_file_it_describes(resource):
    assert re.fullmatch(r"[a-z0-9_]+\.csv", resource["path"])  # relative, posix, not upwards
    data = (ROOT / "data/processed" / resource["path"]).read_bytes()
    assert resource["bytes"] == len(data)
    assert resource["hash"] == f"sha256:{sha256(data).hexdigest()}"
    assert (resource["format"], resource["mediatype"], resource["encoding"]) == ("csv", "text/csv", "utf-8")
    assert b"\r" not in data and data.decode("utf-8").endswith("\n")


def test_a_schema_describes_the_columns_in_order(resource, content):
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == list(content[0])
    assert {field["type"] for field in fields} == {"string", "number"}
    assert [field["name"] for field in fields if field["type"] == "number"] == ["value"]
    assert all(field["description"] for field in fields)
    assert resource["schema"]["primaryKey"] == ["indicator", "area_code", "area", "period", "breakdown"]


def test_units_and_missing_values_are_those_of_the_schema(resource, content):
    assert resource["schema"]["missingValues"] == [""]
    (unit,) = (field for field in resource["schema"]["fields"] if field["name"] == "unit")
    assert unit["constraints"]["enum"] == sorted({row["unit"] for row in content})
    assert all(row["value"] == "" or re.fullmatch(r"-?\d+(\.\d+)?", row["value"]) for row in content)


def test_every_indicator_is_described(resource, content):
    described = {one["name"]: one for one in resource["indicators"]}
    policy = load_policy(ROOT)
    confidential = {*policy.sensitive, *policy.derived, "leerlingen_per_wijk"}  # described, but nobody gave them yet
    assert set(described) - confidential == {row["indicator"] for row in content} - confidential
    assert all(one["title"] and one["description"] for one in described.values())


def test_every_row_has_a_source_with_publisher_and_title(resource, content):
    places = {(one["file"], one["sheet"], cell) for one in resource["sources"] for cell in one.get("cells", [""])}
    for row in content:
        assert places & {(row["source"], row["sheet"], cell) for cell in ("", row["cell"])}, row
    assert all(one["publisher"] and one["title"] and one["licence"] for one in resource["sources"])


def test_a_licence_has_a_name_or_a_path(resource):
    assert resource["licenses"] and all("name" in one or "path" in one for one in resource["licenses"])


def test_the_path_of_a_source_is_an_address(resource):
    assert all(re.fullmatch(r"https?://\S+", one["path"]) for one in resource["sources"] if "path" in one)


def test_the_codebook_defines_every_indicator(package):
    text = (ROOT / "data/processed/codeboek.md").read_text(encoding="utf-8")
    for one in (one for resource in package["resources"] for one in resource["indicators"]):
        assert f"| `{one['name']}` | {one['unit']} |" in text and one["description"] in text


# --- build, from nothing ---


def test_everything_is_made_from_nothing(built):
    stems = {path.stem for path in (ROOT / "notebooks").glob("*.ipynb") if path.stem[:2] != "00"}
    assert {path.name for path in (built / "data/processed").iterdir()} == PROCESSED
    assert {path.stem for path in (built / "reports").glob("*.html")} == {"index", "bronnen", "armoede_in_genk", *stems}
    assert not [path for path in (built / "reports").iterdir() if path.suffix != ".html"]
    figures = {path.name for path in (built / "figures").iterdir()}
    assert figures and {Path(name).suffix for name in figures} == {".svg", ".png"}
    assert len({Path(name).stem for name in figures}) * 2 == len(figures)
    assert {path.name for path in (built / ".build").iterdir()} <= {"lock", "steps", "verborgen.csv"}


@pytest.mark.parametrize("folder", ["data/processed", "notebooks", "figures"])
def test_what_is_committed_is_what_is_built(built, folder):
    if folder != "data/processed" and not LOCKED:
        pytest.skip("pictures are the same bytes only with the matplotlib of requirements.lock")
    committed, made = files(ROOT / folder), files(built / folder)
    assert [name for name in committed.keys() | made.keys() if committed.get(name) != made.get(name)] == []


def test_a_second_build_gives_the_same_bytes_and_removes_what_is_stale(built, tmp_path):
    """But for the runs of most notebooks everything is made again: of those, what is committed came from other runs."""
    again = copy_of(built, tmp_path / "again", "data", "notebooks", "figures", "reports", ".build")
    before = files(again)
    runs = {path.stem for path in (again / "notebooks").iterdir()} - {"09_onderwijs"}
    for path in (again / ".build/steps").iterdir():
        path.unlink() if path.stem not in runs else None
    stale = ["data/processed/stale.csv", "figures/99_stale.svg", "figures/99_stale.png", "reports/99_stale.html"]
    for name in stale:
        (again / name).write_text("stale", encoding="utf-8")
    done = genk("build", cwd=again)
    assert (done.code, done.out) == (0, b""), done.err
    after = files(again)
    assert sorted(after) == sorted(before)
    assert [name for name in before if after[name] != before[name]] == []


# --- build, failing ---


def test_a_sheet_may_have_a_bar_in_its_name(here, genk_here):
    rename_sheet(here, "Domeinen|2021")
    register = here / "data/raw/bronnen.yml"
    register.write_text(register.read_text(encoding="utf-8").replace(" Domeinen:", " Domeinen|2021:"), encoding="utf-8")
    assert genk_here("clean", cwd=here).code == 0
    spent = frames.figure(store.load("corona"), "corona_uitgaven")
    assert "Domeinen|2021, cel B13" in prose.provenance(spent)
    assert notes.places(list(spent.cells))[0]["sheet"] == "Domeinen|2021"


@pytest.fixture
def small(built, tmp_path) -> Path:
    """A built copy with one short notebook, so that a build of it is quick; an earlier page and figure stay."""
    copy = copy_of(built, tmp_path / "small", "data", "figures", "reports", "notebooks")
    for path in (copy / "notebooks").glob("*.ipynb"):
        path.unlink()
    write_notebook(copy / "notebooks/01_short.ipynb", "# Kort", "import genk_armoede as ga")
    (copy / ".build/steps").mkdir(parents=True)
    shutil.copy(built / ".build/steps/tables.zip", copy / ".build/steps")  # made again when a workbook changes
    return copy


def bad_cell(root: Path) -> None:
    fill(root, "schooltoelagen.xlsx", "Genk", {"B7": "ongeveer 3.800 (verzonnen)"})


def bad_sum(root: Path) -> None:
    fill(root, "wijken.xlsx", "Gemeente", {"C5": 1})  # invented


def other_checksum(root: Path) -> None:
    with edited(root / "data/raw/corona.xlsx") as book:
        book["Domeinen"]["B13"] = 868231  # invented


def encrypted(root: Path) -> None:
    """What Excel writes for a workbook with a password begins as an OLE container."""
    with registered_again(root, "wijken.xlsx") as path:
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le"))


def missing_file(root: Path) -> None:
    (root / "data/raw/wijken.xlsx").unlink()


def rename_sheet(root: Path, name: str) -> None:
    with registered_again(root, "corona.xlsx") as path, edited(path) as book:
        book["Domeinen"].title = name


def renamed_sheet(root: Path) -> None:
    rename_sheet(root, "Verzonnen")


def broken_register(root: Path) -> None:
    (root / "data/raw/bronnen.yml").write_text("schooltoelagen.xlsx: [", encoding="utf-8")


def raising_notebook(root: Path) -> None:
    fill(root, "schooltoelagen.xlsx", "Genk", {"B7": 3877})  # invented: a table that would change
    write_notebook(root / "notebooks/02_raises.ipynb", "# Stuk", "1 + 1", "raise RuntimeError('invented mishap')")


def dying_notebook(root: Path) -> None:
    write_notebook(root / "notebooks/02_dies.ipynb", "# Stuk", "import os; os._exit(1)")


def address_notebook(root: Path) -> None:
    write_notebook(root / "notebooks/02_address.ipynb", "# Verzonnen", "1 + 1", "object()")


def no_heading(root: Path) -> None:
    write_notebook(root / "notebooks/02_headless.ipynb", "1 + 1")


FAILURES = {
    bad_cell: ("schooltoelagen.xlsx", "sheet Genk", "cell B7", "ongeveer 3.800"),
    bad_sum: ("wijken.xlsx", "sheet Gemeente", "cell C5"),
    other_checksum: ("corona.xlsx", "sha256", "genk-armoede register data/raw/corona.xlsx"),
    encrypted: ("wijken.xlsx", "encrypted", "password"),
    missing_file: ("wijken.xlsx", "missing"),
    renamed_sheet: ("corona.xlsx", "Verzonnen", "Domeinen"),
    broken_register: ("bronnen.yml",),
    raising_notebook: ("notebooks/02_raises.ipynb", "cell 3: RuntimeError: invented mishap"),
    dying_notebook: ("notebooks/02_dies.ipynb",),
    address_notebook: ("notebooks/02_address.ipynb", "cell [2]", "address of an object in memory", "at 0x"),
    no_heading: ("notebooks/02_headless.ipynb", "heading"),
}


@pytest.mark.parametrize("damage", FAILURES, ids=lambda damage: damage.__name__)
def test_a_build_that_fails_says_where_and_leaves_everything(small, genk_here, damage):
    damage(small)
    before = files(small)
    done = (genk if damage in (bad_cell, dying_notebook) else genk_here)("build", cwd=small)
    assert (done.code, done.out) == (1, b"")
    assert done.err.count("error:") == 1 and "Traceback" not in done.err
    assert [words for words in FAILURES[damage] if words not in done.err] == []
    assert files(small) == before
    assert not list((small / ".build").glob("stage-*")) and not (small / ".build/ready").exists()


def test_a_notebook_that_asks_for_what_is_not_there_says_what(small, genk_here):
    code = "import genk_armoede as ga; ga.pick(ga.load('corona'), 'invented')"
    write_notebook(small / "notebooks/02_asks.ipynb", "# Stuk", code)
    assert "there is no indicator 'invented'" in genk_here("build", cwd=small).err


def test_files_are_replaced_only_when_all_are_on_disk(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"old")
    real, written = Path.write_bytes, []

    def full(path, data):
        if written:
            raise OSError("no space left on device")
        written.append(path)
        return real(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises((OSError, DataError)):
        transaction.write_files(tmp_path, {Path("a"): b"new", Path("b"): b"new"})
    assert files(tmp_path) == {"a": b"old", "b": b"old"}


def test_a_file_that_is_open_elsewhere_leaves_the_others(tmp_path, monkeypatch):
    """As on Windows, where a table that is open in Excel cannot be replaced."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "b").write_bytes(b"old")
    real = Path.replace

    def locked(path, target):
        if Path(target).name == "b":
            raise PermissionError(13, "the file is in use", str(target))
        return real(path, target)

    monkeypatch.setattr(Path, "replace", locked)
    with pytest.raises(DataError, match="b"):
        transaction.write_files(tmp_path, {Path("a"): b"new", Path("b"): b"new"})
    assert files(tmp_path) == {"a": b"old", "b": b"old"}


# --- a change flows through; all figures here are invented ---

AMOUNTS = (100_001, 200_002, 50_003, 150_004, 68_005, 199_006, 101_209)  # invented; together 868.230
HOSTILE = ("<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", '=HYPERLINK("javascript:alert(1)")')


def stadsdelen(root: Path) -> dict[str, str]:
    """An invented stadsdeel for every sector, the same for all sectors of a wijk, by the cell it belongs in."""
    page = openpyxl.load_workbook(root / "data/raw/wijken.xlsx")["Gebieden"]
    codes = {row: page[f"C{row}"].value for row in range(4, page.max_row + 1) if page[f"C{row}"].value}
    order = sorted(set(codes.values()))
    return {f"E{row}": f"Verzonnen stadsdeel {order.index(code) % 8 + 1}" for row, code in codes.items()}


@pytest.fixture(scope="session")
def invented(once) -> Path:
    """A copy in which invented figures are filled in, first one and then all, and what was found on the way.

    With the notebooks that are looked at.
    """

    def make(folder: Path) -> None:
        copy_of(ROOT, folder)
        for path in (folder / "notebooks").glob("0[1-7]_*.ipynb"):
            path.unlink()
        fill(folder, "schooltoelagen.xlsx", "Genk", {"B7": 3877})
        well(genk("clean", cwd=folder))
        before = nbval(folder, "09_onderwijs.ipynb")
        fill(folder, "schooltoelagen.xlsx", "Genk", {"C7": 0.613})
        fill(folder, "corona.xlsx", "Domeinen", {f"B{row}": n for row, n in enumerate(AMOUNTS, start=6)})
        row = ["Noodfonds verenigingen", HOSTILE[0], "2031", "", 77, "EUR", "", HOSTILE[1], HOSTILE[2]]
        row += ["https://example.org/?a=1&b=<2>", HOSTILE[0], "laag", HOSTILE[1]]
        fill(
            folder, "corona.xlsx", "Subsidies", {f"{'ABCDEFGHIJKLM'[i]}27": text for i, text in enumerate(row) if text}
        )
        fill(folder, "wijken.xlsx", "Gebieden", stadsdelen(folder))
        if SAMPLES.is_dir():
            (folder / "data/raw/gebieden").mkdir()
            shutil.copy(SAMPLES / "wijken_genk.geojson", folder / "data/raw/gebieden/wijken.geojson")
        well(genk("build", cwd=folder))
        after = nbval(folder, "09_onderwijs.ipynb")
        ran = {"before": (before.code, before.out.decode()), "after": (after.code, after.out.decode())}
        (folder / "nbval.json").write_text(json.dumps(ran), encoding="utf-8")

    return once("invented", make)


def test_nbval_is_red_until_the_notebooks_are_built_again(invented):
    ran = json.loads((invented / "nbval.json").read_text(encoding="utf-8"))
    assert ran["before"][0] == 1 and "3.877" in ran["before"][1]
    assert ran["after"][0] == 0, ran["after"][1]


def test_a_changed_figure_reaches_table_picture_notebook_and_page(invented):
    table = (invented / "data/processed/schooltoelagen.csv").read_text(encoding="utf-8")
    assert ",3877,leerlingen,,schooltoelagen.xlsx,Genk,B7" in table and ",61.3,%," in table and ",3815," not in table
    picture = (invented / "figures/09_schooltoelage_genk.svg").read_text(encoding="utf-8")
    assert ">61,3%</text>" in picture and "58,2%" not in picture
    assert (invented / "figures/09_schooltoelage_genk.png").read_bytes() != (
        ROOT / "figures/09_schooltoelage_genk.png"
    ).read_bytes()
    for place in ("notebooks/09_onderwijs.ipynb", "reports/09_onderwijs.html", "reports/index.html"):
        text = (invented / place).read_text(encoding="utf-8")
        assert "61,3%" in text and "58,2%" not in text and "3.815" not in text
    assert "3.877" in text_of(invented, "09_onderwijs.html", "Hoeveel leerlingen in Genk krijgen een schooltoelage?")
    assert "3.877" in (invented / "notebooks/09_onderwijs.ipynb").read_text(encoding="utf-8")


def test_a_computed_figure_follows_the_published_ones(invented):
    words = text_of(invented, "09_onderwijs.html", "Over hoeveel leerlingen")
    assert "minstens 6.320 en hoogstens 6.329 leerlingen" in words  # 3877 / 61,35 % and 3877 / 61,25 %


def test_the_split_over_domains_is_drawn_once_it_is_published(invented):
    assert (invented / "figures/10_domeinen.svg").is_file() and (invented / "figures/10_domeinen.png").is_file()
    whole = text_of(invented, "10_corona.html")  # the chart of the message stands on top
    for amount in AMOUNTS:
        assert f"{amount:,} euro".replace(",", ".") in whole
    words = text_of(invented, "10_corona.html", "Waaraan ging het geld?")
    assert "geen cijfer" not in words.lower()
    assert "Van 7 van de 7 domeinen" in words and "868.230 euro" in words


def test_the_overview_misses_the_domains_until_they_are_published(built, invented):
    heading = "Wat we niet weten"
    assert "Corona-uitgaven" in text_of(built, "index.html", heading)
    assert "Corona-uitgaven" not in text_of(invented, "index.html", heading)


def test_nothing_is_drawn_of_domains_that_are_not_published(built):
    assert not (built / "figures/10_domeinen.svg").exists()
    words = text_of(built, "10_corona.html", "Waaraan ging het geld?")
    domains = set(re.findall("domein=([^,]+)", (built / "data/processed/corona.csv").read_text(encoding="utf-8")))
    assert len(domains) == 7 and "noemt 7 domeinen: " in words and "kreeg, vonden we niet" in words
    assert all(domain in words for domain in domains)
    assert not re.search(r"\d euro", words)


def test_a_part_of_the_domains_is_drawn_with_the_others_not_published(small, genk_here):
    shutil.copy(ROOT / "notebooks/10_corona.ipynb", small / "notebooks")
    fill(small, "corona.xlsx", "Domeinen", {"B6": 100_001, "B7": 0, "B9": 50_003})
    well(genk_here("build", cwd=small))
    words = text_of(small, "10_corona.html", "Waaraan ging het geld?")
    assert "Van 3 van de 7 domeinen" in words
    whole = text_of(small, "10_corona.html")  # the chart of the message stands on top
    assert whole.count("geen cijfer") >= 4 and "100.001 euro" in whole
    assert "150.004 euro" in words and "718.226 euro" in words  # parts, their sum, the rest


def test_stadsdelen_are_drawn_once_the_division_is_known(invented):
    words = text_of(invented, "08_samenleven_en_diversiteit.html", "En per stadsdeel?")
    assert "Staafdiagram met 8 waarden" in words and "geen cijfer" not in words
    assert all(f"Verzonnen stadsdeel {n}" in words for n in range(1, 9))
    assert (invented / "figures/08_stadsdelen.svg").is_file()


def test_the_stadsdelen_add_up_to_the_wijken(invented):
    words = text_of(invented, "08_samenleven_en_diversiteit.html", "En per stadsdeel?")
    shown = re.findall(r"Verzonnen stadsdeel \d (\d+\.\d+) personen", words)
    inhabitants = sum(int(number.replace(".", "")) for number in dict.fromkeys(shown))
    assert inhabitants == 67_877 - 22  # all but those in no sector


def test_no_stadsdeel_is_drawn_while_the_division_is_not_published(built):
    words = text_of(built, "08_samenleven_en_diversiteit.html", "En per stadsdeel?")
    assert "vonden we niet" in words and "8 stadsdelen" in words and "diagram" not in words
    assert not (built / "figures/08_stadsdelen.svg").exists()


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the folder of sample spreadsheets is not here")
def test_boundaries_are_drawn_once_the_city_gives_them(invented):
    words = text_of(invented, "08_samenleven_en_diversiteit.html")
    assert "Kaart van de wijken" in words and "Tegelkaart" not in words
    types = {
        f["geometry"]["type"] for f in json.loads((invented / "data/processed/wijken.geojson").read_text())["features"]
    }
    assert types <= {"Polygon", "MultiPolygon"}


def test_tiles_are_drawn_without_boundaries(built):
    words = text_of(built, "08_samenleven_en_diversiteit.html")
    assert "Tegelkaart van de wijken" in words and "Kaart van de wijken" not in words


def test_hostile_text_in_a_workbook_is_only_text_in_a_page(invented):
    markup = (invented / "reports/10_corona.html").read_text(encoding="utf-8")
    assert "77" in text_of(invented, "10_corona.html", "Hoeveel steun was het")
    shown, _, script = markup.partition("<script")
    assert not any(text in script for text in HOSTILE[:2]) and script.count("<script") == 1
    for text in HOSTILE:
        assert text not in shown
        assert html.escape(text).replace("&quot;", "&#34;") in markup
    assert "<img src=x" not in markup and "<script>alert" not in markup


def test_hostile_text_keeps_its_place_in_the_table(invented):
    text = (invented / "data/processed/corona.csv").read_text(encoding="utf-8")
    (row,) = (row for row in csv.DictReader(io.StringIO(text)) if row["cell"] == "E27" and row["sheet"] == "Subsidies")
    assert (row["area"], row["value"]) == (HOSTILE[0], "77")


def test_only_a_web_address_becomes_a_link(small, genk_here):
    addresses = {"J10": "javascript:alert(1)", "J11": " JavaScript:alert(2)", "J12": "data:text/html,invented"}
    fill(small, "corona.xlsx", "Maatregelen Genk", addresses)
    code = "import genk_armoede as ga; f = ga.load('corona')\n"
    code += "ga.points(ga.say('{n}', n=n) for n in ga.figures(f[f.sheet == 'Maatregelen Genk']))"
    write_notebook(small / "notebooks/01_short.ipynb", "# Kort", code)
    done = genk_here("build", cwd=small)
    if done.code == 1:  # refused where it is read
        assert "Maatregelen Genk" in done.err and "J10" in done.err
        return
    page = (small / "reports/01_short.html").read_text(encoding="utf-8")
    links = {html.unescape(link) for link in re.findall(r'href="([^"]*)"', page)}
    assert {link.partition(":")[0] for link in links if ":" in link} <= {"http", "https", "data"}
