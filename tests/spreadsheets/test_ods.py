# SPDX-License-Identifier: EUPL-1.2
"""What an .ods says of its cells, and what of it cannot be read."""

import datetime

import pytest
import workbooks
from second_readers import ours
from workbooks import PLAIN, SHEET, ods, ods_row, refused, values

from genk_armoede.errors import DataError
from genk_armoede.spreadsheets.workbook import open_workbook

DAY = datetime.datetime(2021, 12, 31)
HALF_A_DAY = datetime.timedelta(hours=12, minutes=30)
LONG = datetime.timedelta(hours=36, minutes=28, seconds=48)


@pytest.mark.parametrize(
    ("cell", "value", "number_format"),
    [
        ('office:value-type="float" office:value="12"><text:p>12,00</text:p>', 12, "General"),
        ('office:value-type="float" office:value="3"><text:p>&lt;5</text:p>', "<5", "General"),
        ('office:value-type="float" office:value="1.5E3"><text:p>1500</text:p>', 1500.0, "General"),
        ('office:value-type="percentage" office:value="0.143"><text:p>14,3%</text:p>', 0.143, "0%"),
        ('office:value-type="currency" office:currency="EUR" office:value="12.5">', 12.5, '0 "EUR"'),
        ('office:value-type="date" office:date-value="2021-12-31"><text:p>31/12/21</text:p>', DAY, "yyyy-mm-dd"),
        ('office:value-type="date" office:date-value="2021-12-31T00:00:00.000000000">', DAY, "yyyy-mm-dd"),
        ('office:value-type="time" office:time-value="PT12H30M00S"><text:p>12:30</text:p>', HALF_A_DAY, "[h]:mm:ss"),
        ('office:value-type="time" office:time-value="PT36H28M48S"><text:p>36</text:p>', LONG, "[h]:mm:ss"),
        ('office:value-type="boolean" office:boolean-value="true"><text:p>WAAR</text:p>', True, "General"),
        ('office:value-type="boolean" office:boolean-value="false"><text:p>ONWAAR</text:p>', False, "General"),
        ('office:value-type="string"><text:p>a</text:p><text:p>b</text:p>', "a\nb", "General"),
        ('office:value-type="string">\n <text:p>a<text:s text:c="2"/>b<text:tab/>c</text:p>\n', "a  b c", "General"),
        ('office:value-type="string"><text:p>a<text:span>b</text:span><text:a>c</text:a></text:p>', "abc", "General"),
        ('office:value-type="string" office:string-value="lang"><text:p>kort</text:p>', "lang", "General"),
        ('office:value-type="string" office:string-value=""><text:p>#N/A</text:p>', "#N/A", "General"),
        ('table:formula="of:=1+1" office:value-type="float" office:value="2"><text:p>2</text:p>', 2, "General"),
    ],
)
def test_a_stored_value_of_an_ods(tmp_path, cell, value, number_format):
    path = ods(tmp_path / PLAIN, ods_row("Wijk", f"<table:table-cell {cell}</table:table-cell>"))
    found = open_workbook(path).sheets[0][1, 2]
    assert (found.value, type(found.value), found.number_format) == (value, type(value), number_format)


@pytest.mark.parametrize(
    "beside",
    [
        "<office:annotation><dc:date xmlns:dc='d'>2021</dc:date><text:p>opmerking</text:p></office:annotation>",
        "<draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box></draw:frame>",
        "<draw:custom-shape><text:p>vorm</text:p></draw:custom-shape>",
        "<draw:g><draw:g/><draw:object><table:table table:name='x'><table:table-row><table:table-cell "
        "office:value-type='float' office:value='9'/></table:table-row></table:table></draw:object></draw:g>",
    ],
)
def test_remarks_and_drawings_are_no_values(tmp_path, beside):
    cells = f'<table:table-cell office:value-type="string">{beside}<text:p>a</text:p></table:table-cell>'
    path = ods(tmp_path / PLAIN, f"<table:shapes>{beside}</table:shapes>" + ods_row("Wijk", cells, "b"))
    assert ours(path) == {SHEET: {(1, 1): "Wijk", (1, 2): "a", (1, 3): "b"}}


def test_what_an_ods_says_of_its_cells(tmp_path):
    styles = (
        '<style:style style:name="grijs"><style:text-properties fo:color="#80a0ff"/></style:style>'
        '<style:style style:name="zwart"><style:text-properties fo:color="#000000"/></style:style>'
        '<style:style style:name="weg"><style:table-properties table:display="false"/></style:style>'
    )
    columns = '<table:table-column table:number-columns-repeated="2" table:default-cell-style-name="grijs"/>'
    columns += '<table:table-column table:visibility="collapse"/><table:table-column/>'
    own = workbooks.ods_cell("b", ' table:style-name="zwart"')
    rows = ods_row("a", own, "c", "d") + ods_row("e", visibility="filter") + ods_row("f", visibility="collapse")
    tables = f'<table:table table:name="een">{columns}{rows}</table:table>'
    tables += f'<table:table table:name="twee" table:style-name="weg">{ods_row("g")}</table:table>'
    book = open_workbook(ods(tmp_path / PLAIN, "", styles=styles, tables=tables))
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [("een", "visible"), ("twee", "hidden")]
    cells = book.sheets[0].cells.values()
    assert {c.value: c.color for c in cells if c.color} == {"a": "80A0FF", "e": "80A0FF", "f": "80A0FF"}
    assert {c.value for c in cells if c.hidden} == {"c", "e", "f"}


@pytest.mark.parametrize(
    ("style", "cell", "number_format", "text"),
    [
        ('<number:number number:min-integer-digits="5"/>', 2000, "00000", "02000"),
        ('<number:number number:min-integer-digits="1"/>', 2000, "General", "2000"),
        ('<number:number number:decimal-places="2" number:min-integer-digits="1"/>', 2000, "0", "2000"),
        ('<number:number number:decimal-places="0" number:display-factor="1000"/>', 2000, "0,", "2000"),
        ('<number:number number:display-factor="1000000"/><number:text> "mln"</number:text>', 2, '0,," mln"', "2"),
        (
            "<number:text>ca. </number:text><number:number/><number:text> dagen</number:text>",
            2,
            '"ca. "General" dagen"',
            "2",
        ),
        ("<number:currency-symbol>€</number:currency-symbol><number:number/>", 2, '"€"General', "2"),
        ('<style:text-properties fo:color="#ff0000"/><number:number/>', 2, "General", "2"),
        ("<number:year/>", DAY, "yyyy", ""),
        ('<number:month number:textual="true"/><number:text> </number:text><number:year/>', DAY, 'mm" "yyyy', ""),
        ("<number:hours/><number:minutes/><number:seconds/>", DAY, "hh:mm:ss", ""),
        ("<number:number/>", 0.5, "General", "0.5"),
        ("<number:number/>", "Wijk", "General", "Wijk"),
    ],
)
def test_a_number_format_of_an_ods(tmp_path, style, cell, number_format, text):
    styles = f'<number:number-style style:name="N1">{style}</number:number-style>'
    styles += '<style:style style:name="ce1" style:data-style-name="N1"/>'
    if cell is DAY:
        stored = '<table:table-cell office:value-type="date" office:date-value="2021-12-31" table:style-name="ce1"/>'
    else:
        stored = workbooks.ods_cell(cell, ' table:style-name="ce1"')
    own = open_workbook(ods(tmp_path / PLAIN, ods_row(stored), styles=styles)).sheets[0][1, 1]
    by_column = '<table:table-column table:default-cell-style-name="ce1"/>'
    plain = stored.replace(' table:style-name="ce1"', "")
    columns = open_workbook(ods(tmp_path / PLAIN, by_column + ods_row(plain), styles=styles)).sheets[0][1, 1]
    assert own == columns
    assert (own.number_format, own.color) == (number_format, "")
    assert own.text == text or cell is DAY


def test_a_percentage_of_an_ods_stays_one(tmp_path):
    styles = '<number:percentage-style style:name="N1"><number:number/><number:text>%</number:text>'
    styles += '</number:percentage-style><style:style style:name="ce1" style:data-style-name="N1"/>'
    cell = '<table:table-cell office:value-type="percentage" office:value="0.143" table:style-name="ce1"/>'
    assert open_workbook(ods(tmp_path / PLAIN, ods_row(cell), styles=styles)).sheets[0][1, 1].is_percent


def test_repeated_cells_and_rows_are_written_out(tmp_path):
    twice = workbooks.ods_cell(7, ' table:number-columns-repeated="2"')
    gap = '<table:table-cell table:number-columns-repeated="16380"/>'
    rows = ods_row(None, twice, gap, "x", number_rows_repeated=2) + ods_row(number_rows_repeated=1048570) + ods_row(8)
    found = values(ods(tmp_path / PLAIN, rows))
    assert found == dict(B1=7, C1=7, XFD1="x", B2=7, C2=7, XFD2="x", A1048573=8)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ('office:value-type="float" office:value="NaN"', "a number without end"),
        ('office:value-type="float" office:value="1e999"', "a number without end"),
        ('office:value-type="float" office:value="twaalf"', "the cell cannot be read"),
        ('office:value-type="float"', "the cell cannot be read"),
        ('office:value-type="date" office:date-value="-0044-03-15"', "the cell cannot be read"),
    ],
)
def test_an_ods_cell_that_cannot_be_read(tmp_path, cell, problem):
    path = ods(tmp_path / PLAIN, ods_row() + ods_row(None, f"<table:table-cell {cell}/>"))
    with refused(problem, file=PLAIN, sheet=SHEET, cell="B2"):
        open_workbook(path)


def test_an_ods_formula_that_was_never_calculated(tmp_path):
    path = ods(tmp_path / PLAIN, ods_row() + ods_row(None, '<table:table-cell table:formula="of:=1+1"/>'))
    assert open_workbook(path).sheets[0].uncalculated == {(2, 2): "of:=1+1"}


@pytest.mark.parametrize(
    "tables",
    [
        ods_row("a"),
        "<table:table-cell/>",
        "<table:table/>",
        f'<table:table table:name="x">{workbooks.ods_cell("a")}</table:table>',
    ],
)
def test_an_ods_that_is_no_sheet(tmp_path, tables):
    try:
        assert open_workbook(ods(tmp_path / PLAIN, "", tables=tables)).sheets[0].cells == {}
    except DataError as error:
        assert error.file == PLAIN


def test_rows_of_one_form_are_read_as_any_others(tmp_path):
    """Rows that come back are read many at a time, unless a comment stands before them: then by the parser alone."""
    float_cell = (
        '<table:table-cell{} office:value-type="float" office:value="{}"{}><text:p>{}</text:p></table:table-cell>'
    )
    raised = (
        '<table:table-cell office:value-type="string"><text:p>a<text:span text:style-name="up">1</text:span></text:p>'
    )
    kinds = [
        lambda n: ods_row(f"Wijk {n}", float_cell.format("", n, ' calcext:value-type="float"', f"{n},00"), 1.5),
        lambda n: ods_row("Wijk", float_cell.format(' table:style-name="red"', n, "", "-" if n % 9 == 0 else n), "   "),
        lambda n: ods_row(f"{raised}</table:table-cell>" if n % 50 == 0 else f"Wijk {n % 3}", None, n),
        lambda n: ods_row('<table:table-cell table:number-columns-repeated="2"/>', n, style_name="ro1"),
        lambda n: ods_row(n, number_rows_repeated=2) if n % 70 == 0 else ods_row(None, n),
        lambda n: ods_row("Wijk", n, visibility="collapse") if n % 60 == 0 else ods_row("é", n),
    ]
    styles = '<style:style style:name="red"><style:text-properties fo:color="#ff0000"/></style:style>'
    styles += '<style:style style:name="up"><style:text-properties style:text-position="super"/></style:style>'
    rows = "".join(kinds[(n // 120) % len(kinds)](n) for n in range(1500))
    table = f'<table:table table:name="{{}}">{rows}</table:table>'
    tables = table.format("een") + table.format("twee")
    many, single = (
        open_workbook(ods(tmp_path / PLAIN, "", styles=styles, tables=before + tables)).sheets
        for before in ("", "<!-- -->")
    )
    for one, other in zip(many, single, strict=True):
        assert one.cells == other.cells
        assert [type(cell.value) for cell in one.cells.values()] == [type(cell.value) for cell in other.cells.values()]
        assert one.hidden_rows == other.hidden_rows
    assert many[0].size > 2500
