# SPDX-License-Identifier: EUPL-1.2
"""JSON-stat, PX, SDMX-CSV, Eurostat's TSV and StatLine: each figure by its own address, no flag lost.

All figures are invented.
"""

import json

import pytest
from workbooks import figures, lines

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts import codes
from genk_armoede.spreadsheets.workbook import open_workbook


def reading(folder, name, text):
    (folder / name).write_text(text, encoding="utf-8")
    return layouts.recognise(open_workbook(folder / name))[0][0]


def problem(folder, name, text):
    with pytest.raises(DataError) as caught:
        found = reading(folder, name, text)
        layouts.read(found.layout, found.sheet)
    return str(caught.value)


def dataset(**changes):
    made = {
        "version": "2.0",
        "class": "dataset",
        "label": "Armoederisico",
        "id": ["unit", "geo", "time"],
        "size": [1, 2, 3],
        "dimension": {
            "unit": {"label": "Unit", "category": {"index": {"PC": 0}, "label": {"PC": "Percentage"}}},
            "geo": {"label": "Geo", "category": {"index": {"BE": 0, "BE224": 1}, "label": {"BE": "Belgium"}}},
            "time": {"label": "Time", "category": {"index": {"2020": 0, "2021": 1, "2022": 2}}},
        },
        "value": {"0": 14.1, "2": 12, "5": 9.5},
        "status": {"0": "b", "1": "c", "2": "bp"},
    }
    return json.dumps(made | changes)


def test_a_sparse_dataset_with_statuses(tmp_path):
    found = reading(tmp_path, "verzonnen.json", dataset())
    assert lines(found) == [
        "/value/0 | Armoederisico | 01000 België | 2020 | | 14.1 % b",
        "/value/1 | Armoederisico | 01000 België | 2021 | | % c",
        "/value/2 | Armoederisico | 01000 België | 2022 | | 12 % bp",
        "/value/5 | Armoederisico | 71000 Arrondissement Hasselt | 2022 | | 9.5 %",
    ]
    assert any("NUTS 2021 or 2024" in line for line in found.assumed)


@pytest.mark.parametrize(
    ("change", "said"),
    [({"status": {"0": "§"}}, "a status that nobody explains"), ({"value": {"0": "veel"}}, "/value/0")],
)
def test_a_dataset_with_a_wrong_value(tmp_path, change, said):
    assert said in problem(tmp_path, "verzonnen.json", dataset(**change))


def test_a_confidential_figure_that_is_there_is_no_table(tmp_path):
    from genk_armoede.observations.observation import validate

    with pytest.raises(DataError, match="either a figure, or a status"):
        validate(reading(tmp_path, "verzonnen.json", dataset(status={"0": "c"})).rows)


def test_the_publishers_own_meaning_of_a_status_goes_first(tmp_path):
    extension = {"status": {"label": {"q": "voorlopig"}}}
    found = reading(tmp_path, "verzonnen.json", dataset(status={"0": "q"}, extension=extension))
    assert figures(found)["/value/0"] == "14.1 p"


def test_a_dataset_of_json_stat_1_with_measures_and_units(tmp_path):
    old = {
        "oecd": {
            "label": "Werkloosheid",
            "value": [5.9, None],
            "status": ["A", "M"],
            "dimension": {
                "id": ["concept", "area", "year"],
                "size": [1, 1, 2],
                "role": {"time": ["year"], "geo": ["area"], "metric": ["concept"]},
                "concept": {"category": {"label": {"U": "werkloosheidsgraad"}, "unit": {"U": {"label": "%"}}}},
                "area": {"category": {"label": {"BE": "Belgium"}}},
                "year": {"category": {"index": {"2003": 0, "2004": 1}}},
            },
        }
    }
    assert lines(reading(tmp_path, "verzonnen.json", json.dumps(old))) == [
        "/value/0 | werkloosheidsgraad | 01000 België | 2003 | | 5.9 %",
        "/value/1 | werkloosheidsgraad | 01000 België | 2004 | | % m",
    ]


def test_a_dataset_without_time_asks_for_its_period(tmp_path):
    cube = json.loads(dataset())
    cube |= {"id": ["unit", "geo"], "size": [1, 2], "value": [1, 2], "status": None}
    assert "period=2021" in problem(tmp_path, "verzonnen.json", json.dumps(cube))
    cube["label"] = "Armoederisico 2019"
    assert {row.period for row in reading(tmp_path, "verzonnen.json", json.dumps(cube)).rows} == {"2019"}


PX = """CODEPAGE="utf-8";
LANGUAGE="nl";
LANGUAGES="nl","en";
CONTENTS="Leefloners";
CONTENTS[en]="Living wage";
UNITS="aantal";
TITLE="Leefloners; een titel "
"op twee lijnen = lang";
STUB="gemeente","geslacht";
HEADING="kwartaal";
VALUES("gemeente")="Genk","Hasselt";
VALUES[en]("municipality")="Genk","Hasselt";
VALUES("geslacht")="Man","Vrouw";
VALUES("kwartaal")="1e kw.","2e kw.";
TIMEVAL("kwartaal")=TLIST(Q1),"20211","20212";
CODES("gemeente")="71016","71022";
KEYS("gemeente")=CODES;
KEYS("geslacht")=VALUES;
DATASYMBOL1="Niet van toepassing";
DATASYMBOL3="Vertrouwelijk";
DATA=
"71022","Vrouw","-" ".."
"71016","Man",9 10
"71016","Vrouw","." "...";
"""


def test_a_px_file_with_keys_symbols_and_quarters(tmp_path):
    assert lines(reading(tmp_path, "verzonnen.px", PX)) == [
        "DATA:3 | Leefloners | 71016 Genk | 2021-Q1 | geslacht=Man | 9 aantal",
        "DATA:4 | Leefloners | 71016 Genk | 2021-Q2 | geslacht=Man | 10 aantal",
        "DATA:5 | Leefloners | 71016 Genk | 2021-Q1 | geslacht=Vrouw | aantal z",
        "DATA:6 | Leefloners | 71016 Genk | 2021-Q2 | geslacht=Vrouw | aantal c",
        "DATA:1 | Leefloners | 71022 Hasselt | 2021-Q1 | geslacht=Vrouw | aantal m",
        "DATA:2 | Leefloners | 71022 Hasselt | 2021-Q2 | geslacht=Vrouw | aantal m",
    ]
    nil = reading(tmp_path, "verzonnen.px", PX.replace("DATA=", 'DATASYMBOLNIL="Nihil";\nDATA='))
    assert figures(nil)["DATA:1"] == "0"


def test_keys_that_are_wrong(tmp_path):
    assert "a key that is no value" in problem(
        tmp_path, "verzonnen.px", PX.replace('"71022","Vrouw"', '"71023","Vrouw"')
    )
    assert "two rows with the same keys" in problem(
        tmp_path, "verzonnen.px", PX.replace('"71022","Vrouw"', '"71016","Man"')
    )


SDMX = """STRUCTURE,STRUCTURE_ID,ACTION,FREQ,\
REF_AREA,UNIT_MEASURE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,CONF_STATUS,UNIT_MULT,DECIMALS
dataflow,BE2:DF_X(1.0),I,A,BE22,EUR,2021,1.963,A,F,3,3
dataflow,BE2:DF_X(1.0),I,A,BE224,EUR,2021,,,C,3,2
dataflow,BE2:DF_X(1.0),I,Q,BE2,EUR,2021-Q1,NaN,M,,3,2
dataflow,BE2:DF_X(1.0),I,A,NL,EUR,2021,1e2,E,,0,2
"""


def test_sdmx_csv_2_with_ids(tmp_path):
    found = reading(tmp_path, "verzonnen.csv", SDMX)
    assert lines(found) == [
        "H2 | DF_X | 70000 Provincie Limburg | 2021 | | 1.963 1.000 EUR",
        "H3 | DF_X | 71000 Arrondissement Hasselt | 2021 | | 1.000 EUR c",
        "H4 | DF_X | 02000 Vlaams Gewest | 2021-Q1 | | 1.000 EUR m",
        "H5 | DF_X | NL NL | 2021 | | 100 EUR e",
    ]
    assert any("NUTS 2021 or 2024" in line for line in found.assumed)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("2021-Q1", "2021-Q5", "this is no period"),
        ("2021-Q1", "2021-T1", "this is no period"),  # four months in SDMX
        (",E,,0,2", ",?!,,0,2", "a status that nobody explains"),
        ("BE22,", "BE221,", "two versions of NUTS"),
        (",C,3,2", ",C,4,2", "a multiplier that has no name"),
        ("DF_X(1.0),I,A,NL", "DF_Y(1.0),I,A,NL", "two dataflows"),
        ("1e2", "veel", "text where a number belongs"),
        ("NL,EUR", ",EUR", "no area"),
    ],
)
def test_sdmx_csv_with_a_wrong_cell(tmp_path, old, new, said):
    assert old in SDMX
    assert said in problem(tmp_path, "verzonnen.csv", SDMX.replace(old, new))


BOTH = """DATAFLOW,LAST UPDATE,freq: Time frequency,\
unit: Unit of measure,sex: Sex,geo: Geopolitical entity (reporting),\
TIME_PERIOD: Time,OBS_VALUE: Observation value,OBS_FLAG: Observation status (Flag)
ESTAT:ILC(1.0): Armoederisico,15/11/24,A: Annual,PC: Percentage,T: Total,BE: Belgium,2021: 2021,12.7,b: break in series
ESTAT:ILC(1.0): Armoederisico,15/11/24,A: Annual,PC: Percentage,F: Females,BE22: Prov. Limburg (BE),2021: 2021,11.7,
"""
NAMES = """DATAFLOW,LAST UPDATE,Time frequency,Unit of measure,Sex,\
Geopolitical entity (reporting),TIME_PERIOD,OBS_VALUE,\
Observation status (Flag)
Armoederisico,15/11/24,Annual,Percentage,Total,Belgium,2021,12.7,break in time series
Armoederisico,15/11/24,Annual,Percentage,Females,Provincie Limburg,2021,11.7,
"""
BESIDE = """STRUCTURE[;],STRUCTURE_ID,STRUCTURE_NAME,SEX,Sex,REF_AREA,Reference area,UNIT_MEASURE,Unit of measure,\
TIME_PERIOD,Time period,OBS_VALUE,Observation value,OBS_STATUS,Observation status
dataflow,ESTAT:ILC(1.0),Armoederisico,T,Total,BE,Belgium,PC,Percentage,2021,,12.7,,B,Break
dataflow,ESTAT:ILC(1.0),Armoederisico,F,Females,BE22,Limburg (BE),PC,Percentage,2021,,11.7,,A,Normal value
"""


@pytest.mark.parametrize("text", [BOTH, NAMES, BESIDE], ids=["id: name", "names", "names beside"])
def test_sdmx_csv_with_labels(tmp_path, text):
    found = [line.partition(" | ")[2].lower() for line in lines(reading(tmp_path, "verzonnen.csv", text))]
    assert found == [
        "armoederisico | 01000 belgië | 2021 | | 12.7 % b",
        "armoederisico | 70000 provincie limburg | 2021 | sex=females | 11.7 %",
    ]


TSV = """freq,unit,sex,geo\\TIME_PERIOD\t2021-Q1 \t2021-S1 \t2021-12 
Q,PC,F,BE\t14.1 \t12.7 bp\t: 
Q,PC,F,BE2\t: c\t: u\t7.80 u
"""


def test_eurostats_tsv(tmp_path):
    found = reading(tmp_path, "ilc.tsv", TSV)
    assert lines(found) == [
        "B2 | ilc | 01000 België | 2021-Q1 | sex=F | 14.1 %",
        "C2 | ilc | 01000 België | 2021-S1 | sex=F | 12.7 % bp",
        "D2 | ilc | 01000 België | 2021-12 | sex=F | % m",
        "B3 | ilc | 02000 Vlaams Gewest | 2021-Q1 | sex=F | % c",
        "C3 | ilc | 02000 Vlaams Gewest | 2021-S1 | sex=F | % mu",
        "D3 | ilc | 02000 Vlaams Gewest | 2021-12 | sex=F | 7.8 % u",
    ]


def test_brussels_stands_under_two_codes_of_nuts(tmp_path):
    """A region and the one province that it counts as: each regional table of Eurostat has both."""
    text = "unit,geo\\TIME_PERIOD\t2021 \nPC,BE1\t14.1 \nPC,BE10\t14.1 \nPC,BE22\t9 \n"  # invented
    assert lines(reading(tmp_path, "ilc.tsv", text)) == [
        "B2 | ilc | 04000 Brussels Hoofdstedelijk Gewest | 2021 | | 14.1 %",
        "B3 | ilc | 04000 Brussels Hoofdstedelijk Gewest | 2021 | nuts=BE10 | 14.1 %",
        "B4 | ilc | 70000 Provincie Limburg | 2021 | | 9 %",
    ]


def test_a_total_of_eurostat_is_no_part(tmp_path):
    head = "freq,unit,sex,age,purpose,geo\\TIME_PERIOD\t2021 \n"
    text = f"{head}A,PC,T,TOTAL,T,BE\t14.1 \nA,PC,F,Y_LT6,TOTAL,BE\t2 \n"  # invented
    assert lines(reading(tmp_path, "ilc.tsv", text)) == [
        "B2 | ilc | 01000 België | 2021 | purpose=T | 14.1 %",
        "B3 | ilc | 01000 België | 2021 | age=Y_LT6; sex=F | 2 %",
    ]


def test_a_confidential_cell_of_eurostat(tmp_path):
    text = "freq,unit,geo\\TIME_PERIOD\t2021 \t2022 \t2023 \nA,PC,BE\t: @C\t: u@N\t5.1 P\n"  # invented
    found = [line.rpartition(" | ")[2] for line in lines(reading(tmp_path, "ilc.tsv", text))]
    assert found == ["% c", "% cu", "5.1 % p"]
    assert "a flag that nobody explains" in problem(tmp_path, "ilc.tsv", text.replace("u@N", "§@N"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("14.1 ", "14.1 §", "a flag that nobody explains"),
        ("14.1 ", "14,1 b", "text where a number belongs"),
        ("Q,PC,F,BE2", "Q,PC,BE2", "more or fewer codes"),
        ("2021-12", "2021-13", "this is no period"),
        ("\t7.80 u", "", "a line with 3 fields"),
    ],
)
def test_eurostats_tsv_with_a_wrong_cell(tmp_path, old, new, said):
    assert old in TSV
    assert said in problem(tmp_path, "ilc.tsv", TSV.replace(old, new))


STATLINE = """"ID";"Geslacht";"RegioS";"Perioden";"Bevolking_1";"Inkomen_2"
0;"T001038";"NL01  ";"2021JJ00";17475415;"     1.963"
1;"T001038";"GM0003";"2021KW01";11693;"       ."
2;"T001038";"GM0003";"2021MM02";-;
"""


def test_statline_with_codes(tmp_path):
    assert lines(reading(tmp_path, "verzonnen.csv", STATLINE)) == [
        "E2 | Bevolking | NL01 NL01 | 2021 | | 17475415",
        "F2 | Inkomen | NL01 NL01 | 2021 | | 1.963",
        "E3 | Bevolking | GM0003 GM0003 | 2021-Q1 | | 11693",
        "F3 | Inkomen | GM0003 GM0003 | 2021-Q1 | | m",
        "E4 | Bevolking | GM0003 GM0003 | 2021-02 | | m",
        "F4 | Inkomen | GM0003 GM0003 | 2021-02 | | z",
    ]


def test_statline_with_labels(tmp_path):
    text = """"Regio's";"Perioden";"Bevolking (aantal)";"Inkomen (x 1 000 euro)"
"Nederland";"2021";"17475415";"12,5"
"Groningen (PV)";"2021 1e kwartaal*";"586937";"."
"Bron: CBS"
"""
    found = reading(tmp_path, "verzonnen.csv", text)
    assert lines(found) == [
        "C2 | Bevolking | Nederland | 2021 | | 17475415 aantal",
        "D2 | Inkomen | Nederland | 2021 | | 12.5 1.000 EUR",
        "C3 | Bevolking | Groningen (PV) | 2021-Q1 | | 586937 aantal p",
        "D3 | Inkomen | Groningen (PV) | 2021-Q1 | | 1.000 EUR m",
    ]
    assert found.metadata == ["Bron: CBS"]


def test_rows_of_odata(tmp_path):
    row = {"ID": 0, "RegioS": "NL01  ", "Perioden": "2021JJ00", "Bevolking_1": 17475415, "Inkomen_2": None}
    text = json.dumps({"odata.metadata": "x", "value": [row, row | {"Perioden": "2022JJ00", "Inkomen_2": 12.10}]})
    found = figures(reading(tmp_path, "verzonnen.json", text))
    assert found["/value/0/Inkomen_2"] == "m" and found["/value/1/Inkomen_2"] == "12.1"
    row = {
        "Id": 0,
        "Measure": "M1",
        "ValueAttribute": "Impossible",
        "Value": None,
        "RegioS": "NL01",
        "Perioden": "2021JJ00",
    }
    text = json.dumps({"@odata.context": "x", "value": [row]})
    assert figures(reading(tmp_path, "verzonnen.json", text)) == {"/value/0/Value": "z"}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2021SJ00", ("2021-2022", "")),
        ("2021HJ02", ("2021-S2", "")),
        ("2021*", ("2021", "p")),
        ("2021-A1", ("2021", "")),
        ("2021-01-01T00:00:00", ("2021-01-01", "")),
        ("2021-W05", ("2021-W05", "")),
        ("Totaal", ("", "")),
    ],
)
def test_periods_in_the_words_of_offices(text, period):
    assert codes.period_of(text) == period


@pytest.mark.parametrize(
    ("status", "flag"),
    [
        ("weinig betrouwbaar", "u"),
        ("Not reliable", "u"),
        ("moins fiable", "u"),
        ("nog niet definitief", "p"),
        ("not validated", "p"),
        ("Geschat, definitief", "e"),
        ("Definitief", ""),
        ("betrouwbaar", ""),
        ("A: Normal value", ""),
    ],
)
def test_a_status_in_words_is_well_only_when_it_says_no_more(status, flag):
    assert codes.flags_of(status) == (flag, "")


@pytest.mark.parametrize("status", ["nee", "abnormaal", "final data not yet available"])
def test_a_status_that_nobody_explains_is_refused(status):
    with pytest.raises(ValueError, match=status):
        codes.flags_of(status)


UNITS = """DATAFLOW,freq,unit,sex,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS
ESTAT:ILC_X(1.0),A,PC,_T,BE,2024,1.5,,
ESTAT:ILC_X(1.0),A,THS_PER,_T,BE,2024,,m,C
"""


def test_where_only_the_unit_tells_rows_of_sdmx_apart_it_is_a_part_and_what_is_hidden_is_not_missing(tmp_path):
    assert lines(reading(tmp_path, "verzonnen.csv", UNITS)) == [
        "G2 | ILC_X | 01000 België | 2024 | unit=PC | 1.5 %",
        "G3 | ILC_X | 01000 België | 2024 | unit=THS_PER | 1.000 personen c",
    ]
    other = UNITS.replace("THS_PER,_T,BE,2024", "THS_PER,_T,BE,2023")
    assert {row.breakdown for row in reading(tmp_path, "verzonnen.csv", other).rows} == {""}


def test_where_only_the_unit_tells_rows_of_a_tsv_apart_it_is_a_part(tmp_path):
    text = "unit,geo\\time\t2016 \t2015 \nPC_LW95,BE2\t: \t1.1 e\nPC_POP,BE2\t: \t1.5 u\n"
    assert lines(reading(tmp_path, "ilc_verzonnen.tsv", text)) == [
        "B2 | ilc_verzonnen | 02000 Vlaams Gewest | 2016 | unit=PC_LW95 | PC_LW95 m",
        "C2 | ilc_verzonnen | 02000 Vlaams Gewest | 2015 | unit=PC_LW95 | 1.1 PC_LW95 e",
        "B3 | ilc_verzonnen | 02000 Vlaams Gewest | 2016 | unit=PC_POP | % m",
        "C3 | ilc_verzonnen | 02000 Vlaams Gewest | 2015 | unit=PC_POP | 1.5 % u",
    ]


def test_units_of_a_cube_tell_figures_apart(tmp_path):
    cube = json.loads(dataset(value=list(range(12)), status=None))
    cube["size"] = [2, 2, 3]
    cube["dimension"]["unit"]["category"] = {"index": ["PC", "THS_PER"], "label": {"PC": "Percentage"}}
    found = reading(tmp_path, "verzonnen.json", json.dumps(cube))
    assert {(row.breakdown, row.unit) for row in found.rows} == {
        ("unit=Percentage", "%"),
        ("unit=THS_PER", "1.000 personen"),
    }


def test_a_unit_of_a_cube_with_its_scale_and_its_symbol(tmp_path):
    cube = json.loads(dataset(status=None))
    cube["dimension"]["geo"]["category"]["unit"] = {
        code: {"label": "duizend", "symbol": "€"} for code in ("BE", "BE224")
    }
    cube |= {"id": ["geo", "time"], "size": [2, 3]}
    assert {row.unit for row in reading(tmp_path, "verzonnen.json", json.dumps(cube)).rows} == {"1.000 EUR"}


@pytest.mark.parametrize(
    ("texts", "breakdowns"),
    [
        (("Totaal mannen en vrouwen", "Mannen"), {"", "Geslacht=Mannen"}),
        (("T001038", "3000"), {"", "Geslacht=3000"}),
        (("Totaal mannen", "Totaal vrouwen"), {"Geslacht=Totaal mannen", "Geslacht=Totaal vrouwen"}),
    ],
)
def test_the_one_total_of_a_dimension_of_the_cbs_is_no_part(tmp_path, texts, breakdowns):
    rows = "".join(f'"{text}";"GM0363";"2021JJ00";"{n}"\n' for n, text in enumerate(texts, 1))
    found = reading(tmp_path, "verzonnen.csv", f'"Geslacht";"RegioS";"Perioden";"Bevolking_1"\n{rows}')
    assert {row.breakdown for row in found.rows} == breakdowns
