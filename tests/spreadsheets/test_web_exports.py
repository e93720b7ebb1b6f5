# SPDX-License-Identifier: EUPL-1.2
"""Web pages that portals name .xls: the same sheet of columns as of any workbook."""

import datetime

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


XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><Styles><Style ss:ID="pct"><NumberFormat ss:Format="0.0%"/></Style>
<Style ss:ID="out" ss:Parent="pct"><Font ss:StrikeThrough="1"/></Style></Styles><Worksheet ss:Name="Blad"><Table>
<Column ss:Index="2" ss:StyleID="pct"/><Column ss:Hidden="1"/><Row><Cell ss:MergeAcross="1"><Data ss:Type="String">Titel
</Data><Comment><ss:Data>noot</ss:Data></Comment></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:MergeDown="1"><Data ss:Type="String">Ge<B>nk</B><Sup>1</Sup></Data></Cell>
<Cell><Data ss:Type="Number">0.143</Data></Cell><Cell><Data ss:Type="DateTime">2021-01-31T00:00:00.000</Data></Cell>
</Row><Row><Cell ss:Index="2" ss:StyleID="out"><Data ss:Type="Number">5</Data></Cell>
<Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell ss:Formula="=R1C1"/></Row></Table><x:WorksheetOptions>
<x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""


def test_xml_of_excel_2003_is_read(tmp_path):
    found = page(tmp_path, XML)
    assert (found.name, found.state, found.read_as) == ("Blad", "hidden", ".xml")
    assert {(cell.row, cell.column): cell.value for cell in found.cells.values()} == {
        (1, 1): "Titel\n", (1, 3): True, (4, 1): "Genk", (4, 2): 0.143, (4, 3): datetime.datetime(2021, 1, 31),
        (5, 2): 5, (5, 3): "#N/A",
    }  # fmt: skip
    assert found.merged == [(1, 1, 1, 2), (4, 1, 5, 1)] and found.hidden_columns == {3} and found.hidden_rows == {4}
    assert found[4, 1].style.raised == "1" and found[4, 2].is_percent and found[5, 2].style.is_struck
    assert found[5, 2].is_percent and found.uncalculated == {(5, 4): "=R1C1"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ((">0.143<", ">vijf<"), "damaged"),
        (("</Workbook>", ""), "damaged"),
        (('<?mso', '<!DOCTYPE a [<!ENTITY b "c">]><?mso'), "damaged"),
        (('ss:Index="4"', 'ss:Index="9000000"'), "damaged|too large"),
        (('Cell ss:Index="2" ss:StyleID="out"', 'Cell ss:StyleID="out"'), "under a merged one"),
        (("<Worksheet", "<Row/><Worksheet"), "Row outside of Table"),
        (("<Row>", "<Cell/><Row>"), "Cell outside of Row"),
    ],
)  # fmt: skip
def test_xml_of_excel_2003_that_is_wrong_is_refused(tmp_path, wrong, words):
    with pytest.raises(DataError, match=words):
        page(tmp_path, XML.replace(*wrong))


def test_a_font_of_words_is_not_that_of_the_style(tmp_path):
    found = page(tmp_path, XML.replace("5</Data>", "<Font>5</Font></Data>"))
    assert found[5, 2].value == 5 and found[5, 2].style.is_struck


def test_wide_spans_in_xml_of_excel_2003_end(tmp_path):
    rows = '<Row ss:Span="1000000" ss:Hidden="1"/>' * 100
    with pytest.raises(DataError, match="damaged"):
        page(tmp_path, XML.replace("<Row>", f"{rows}<Row>"))
