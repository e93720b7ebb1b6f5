# SPDX-License-Identifier: EUPL-1.2
"""Web pages that portals name .xls: the same sheet of columns as of any workbook."""

import pytest

from genk_armoede.errors import DataError
from genk_armoede.spreadsheets.workbook import open_workbook

TABLE = "<table><tr><th>Gemeente</th><th>Klanten</th></tr><tr><td>Genk</td><td>5</td></tr></table>"


def page(folder, content):
    """The only sheet of this content under the name of a workbook."""
    path = folder / "verzonnen.xls"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (sheet,) = open_workbook(path).sheets
    return sheet


def values(folder, content):
    return {cell.address: cell.value for cell in page(folder, content).cells.values()}


def test_a_table_of_a_web_page_with_the_lines_around_it(tmp_path):
    found = page(
        tmp_path, f"<html><head><title>x</title></head><body><h1>Titel</h1>{TABLE}<p>Bron: ons</p></body></html>"
    )
    assert found.read_as == ".html"
    assert {cell.address: cell.value for cell in found.cells.values()} == {
        "A1": "Titel", "A2": "Gemeente", "B2": "Klanten", "A3": "Genk", "B3": "5", "A4": "Bron: ons",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ("<td>a<td>b", {"A1": "a", "B1": "b"}),  # ends that nobody wrote
        ("<td>a<br>b</td><td>&lt;5&nbsp;</td>", {"A1": "a b", "B1": "<5"}),
        ("<td colspan=2>a</td><td>b</td>", {"A1": "a", "C1": "b"}),
        ("<td rowspan=2>a</td><td>b</td></tr><tr><td>c</td>", {"A1": "a", "B1": "b", "B2": "c"}),
        ("<td>512<sup>1</sup></td><td>m<sup>2</sup></td><td><s>5</s>7</td>", {"A1": "512", "B1": "m²", "C1": "7"}),
        ("<td x:num='0.125'>13%</td><td x:num>7</td>", {"A1": 0.125, "B1": "7"}),
        ("<![if supportMisalignedColumns]><td>a</td><![endif]><td><![foo bar", {"A1": "a"}),
        ("<td><script>var a = 5</script>a</td>", {"A1": "a"}),
        ("<td><table><tr><td>a</td></tr></table></td>", {"A2": "a"}),
        ("<td colspan=-1>a</td><td colspan=x>b</td>", {"A1": "a", "B1": "b"}),
    ],
)
def test_cells_of_a_web_page(tmp_path, cells, found):
    assert values(tmp_path, f"<table><tr>{cells}</tr></table>") == found


def test_what_a_web_page_tells_of_its_cells(tmp_path):
    head = "<html><meta charset=windows-1252><table><tr style='display:none'>"
    found = page(tmp_path, f"{head}<td x:num=0.5>50 %<td>\xe9<sup>a</sup></table>".encode("cp1252"))
    assert found.hidden_rows == {1}
    assert found[1, 1].is_percent
    assert (found[1, 2].value, found[1, 2].style.raised) == ("é", "a")


@pytest.mark.parametrize(
    "content", ["<!DOCTYPE html><html><body>Meld u aan</body></html>", "<html><table></html>", "<div><table>"]
)
def test_a_page_without_a_filled_table(tmp_path, content):
    with pytest.raises(DataError, match="a web page without a table"):
        values(tmp_path, content)


def test_xml_of_excel_2003_is_refused_as_what_it_is(tmp_path):
    with pytest.raises(DataError, match="this is XML of Excel 2003"):
        values(tmp_path, '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>')
