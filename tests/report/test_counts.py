# SPDX-License-Identifier: EUPL-1.2
"""What a page counts, counted again in the workbooks as they were received."""

import re
from collections.abc import Callable, Iterator

import openpyxl
import pytest
from conftest import ROOT, shown_by

from genk_armoede.narration.arithmetic import ROWS
from genk_armoede.report.notes import text_of


def rows_of(workbook: str, sheet: str) -> Iterator[dict]:
    """The rows of a sheet below its header, which is its first row with three filled cells, or the first of a table."""
    rows = openpyxl.load_workbook(ROOT / "data/raw" / f"{workbook}.xlsx")[sheet].iter_rows(values_only=True)
    header = next(row for row in rows if sum(cell is not None for cell in row) >= 3)
    for row in rows:
        if not row[0]:
            return
        yield dict(zip(header, row, strict=True))


def shown(name: str) -> list[dict]:
    (path,) = ROOT.glob(f"notebooks/{name}_*.ipynb")
    return shown_by(path)


def sentences(name: str) -> list[str]:
    """What a notebook says, and the titles of its charts."""
    told = shown(name)
    lines = [line for one in told if one["kind"] == "prose" for line in one["lines"]]
    return [*map(words, lines), *(one["title"] for one in told if one["kind"] == "chart")]


def words(line: list[str | dict]) -> str:
    return "".join(map(text_of, line)).replace("\u00a0", " ")


def is_measure(row: dict) -> bool:
    """An amount of a month for all of a measure, not for each resident or business."""
    whole = row["Eenheid"] in ("EUR", "EUR per persoon") and row["Uitsplitsing"] is None
    return whole and "-" in str(row["Periode"])


def is_in_limburg_in_2022(row: dict) -> bool:
    about = row["Indicator"] == "Kandidaat-huurders voor een sociale woning" and row["Gebied"] == "Limburg"
    return about and str(row["Periode"]).startswith("2022")


def is_late_in_the_cities(row: dict) -> bool:
    return row["Indicator"] == "Leerlingen met schoolse vertraging" and row["Gebied"] == "13 centrumsteden"


WEAK = "Zwak op één criterium"
COUNTED = [
    ("00", r"Van (\d+) cijfers weten we waar ze staan", "gaten", "Gaten", lambda r: "elders" in r["Uitsplitsing"]),
    ("00", r"(\d+) andere zaken vonden we niet", "gaten", "Gaten", lambda r: "niet gevonden" in r["Uitsplitsing"]),
    ("01", r"de (\d+) gepubliceerde bedragen", "fiscale_inkomens", "Gepubliceerde gemiddelden", bool),
    ("01", r"de (\d+) groepen met een cijfer", "armoederisico", "Groepen", lambda r: "groep=" in r["Uitsplitsing"]),
    ("03", r"(\d+) verschillende aantallen kandidaat", "losse_cijfers", "Wonen", is_in_limburg_in_2022),
    ("06", r"de (\d+) vlakken", "kansarmoede", "Limburg en Vlaanderen", lambda r: r["Indicator"] == WEAK),
    ("09", r"de (\d+) getelde niveaus", "losse_cijfers", "Onderwijs", is_late_in_the_cities),
    ("10", r"(\d+) bedragen voor coronamaatregelen", "corona", "Maatregelen Genk", is_measure),
    ("10", r"noemt (\d+) domeinen", "corona", "Domeinen", lambda r: r["Domein"] != "Totaal"),
]


@pytest.mark.parametrize(("name", "pattern", "workbook", "sheet", "meant"), COUNTED)
def test_a_count_in_a_sentence_is_that_of_the_rows(name: str, pattern: str, workbook: str, sheet: str, meant: Callable):
    found = [int(one[1]) for text in sentences(name) for one in re.finditer(pattern, text)]
    values = [row.get("Waarde", row) for row in rows_of(workbook, sheet) if meant(row)]
    distinct = {str(value) for value in values} if "verschillende" in pattern else values
    assert found == [len(distinct)]


@pytest.mark.parametrize("name", ["00", "06", "09", "10"])
def test_no_sentence_counts_rows_that_nobody_counts_again(name: str):
    """But for those of the survey, which count cities and have tests of their own."""
    lines = [line for one in shown(name) if one["kind"] == "prose" for line in one["lines"]]
    counting = [words(line) for line in lines if any(isinstance(one, dict) and one["formula"] == ROWS for one in line)]
    counting = [text for text in counting if "centrumsteden" not in text]
    assert [text for text in counting if not any(re.search(one[1], text) for one in COUNTED if one[0] == name)] == []
