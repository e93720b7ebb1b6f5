# SPDX-License-Identifier: EUPL-1.2
"""Kinds of files of the field, one invented example each: what a person reads at a glance is read, or asked.

Every figure is invented. A case is a file, and the lines that it must give, among others; or the words of the question.
"""

from datetime import timedelta

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from workbooks import NAME, edited, lines, save

from genk_armoede import layouts
from genk_armoede.errors import DataError
from genk_armoede.layouts.engine.lines import csv_pieces
from genk_armoede.spreadsheets.workbook import open_workbook


def read(folder, content, answers=()):
    """The lines that a file gives: CSV from a text, a workbook from rows."""
    if isinstance(content, str):
        path = folder / "verzonnen.csv"
        path.write_text(content.replace("|", "\n"), encoding="utf-8")
    else:
        path = save(folder / NAME, content)
    (reading,), _ = layouts.recognise(open_workbook(path), answers=answers)
    "".join(csv_pieces([reading]))
    return lines(reading)


def raised(words, mark, font="superscript"):
    return CellRichText(words, TextBlock(InlineFont(vertAlign=font), mark))


READ = {
    "areas above blocks with empty rows between": (
        [["Leefloon"], ["Leeftijd", "2020", "2021"], ["Genk"], ["0-17", 5, 6], ["18+", 7, 8], [], ["Hasselt"],
         ["0-17", 1, 2], ["18+", 3, 4]],
        ["B8 | Leefloon | 71022 Hasselt | 2020 | leeftijd=0-17 | 1"],
    ),
    "a table for each area under one title": (
        [["Leefloon"], ["Genk"], ["Leeftijd", "2020", "2021"], ["0-17", 5, 6], ["18+", 7, 8], [], ["Vlaams Gewest"],
         ["Leeftijd", "2020", "2021"], ["0-17", 1, 2], ["18+", 3, 4]],
        ["B9 | Leefloon | 02000 Vlaams Gewest | 2020 | leeftijd=0-17 | 1"],
    ),
    "quarters in two tongues": (
        "Werklozen|Gemeente;1e kwartaal / 1er trimestre 2021|Genk;5", ["B3 | Werklozen | 71016 Genk | 2021-Q1 | | 5"],
    ),
    "one area above all rows": (
        "Werkloos (aantal)|Geslacht;2020|Gemeente: Genk|Man;5|Vrouw;6",
        ["B4 | Werkloos (aantal) | 71016 Genk | 2020 | geslacht=Man | 5 aantal"],
    ),
    "areas that head labels without a header, with a footnote, and a total": (
        "Werkloos (aantal)|;2020|Genk (1)|Man;5|Vrouw;6|Totaal|Man;5|Vrouw;6|(1) Voorlopige cijfers",
        ["B4 | Werkloos (aantal) | 71016 Genk | 2020 | rij=Man | 5 aantal p",
         "B7 | Werkloos (aantal) | Totaal | 2020 | rij=Man | 5 aantal"],
    ),
    "months of the year of the title that head others": (
        "Dossiers 2021|Soort;Aantal|januari|Leefloon;5|februari|Leefloon;7",
        ["B4 | Aantal | | 2021-01 | soort=Leefloon | 5 aantal", "B6 | Aantal | | 2021-02 | soort=Leefloon | 7 aantal"],
    ),
    "codes before names without a header": (
        "Leefloners|;2020;2021|71016 Genk;5;6|71022 Hasselt;7;8", ["B3 | Leefloners | 71016 Genk | 2020 | | 5"],
    ),
    "where people come from, which is no area of the figures": (
        "Inwoners|Nationaliteit;2020;2021|België;5;6|Luxemburg;7;8",
        ["B3 | Inwoners | | 2020 | nationaliteit=België | 5"],
    ),
    "years that head areas": (
        [["Gemeente", "Man"], ["2020"], ["Genk", 5], ["Mol", 6], ["2021"], ["Genk", 7], ["Mol", 8]],
        ["B3 | Man | 71016 Genk | 2020 | | 5", "B6 | Man | 71016 Genk | 2021 | | 7"],
    ),
    "areas that head ages": (
        "Werkloos (aantal)|Leeftijd;2020|Genk|15-24 jaar;5|50+;6|Hasselt|15-24 jaar;7|50+;8",
        ["B4 | Werkloos (aantal) | 71016 Genk | 2020 | leeftijd=15-24 jaar | 5 aantal",
         "B8 | Werkloos (aantal) | 71022 Hasselt | 2020 | leeftijd=50+ | 8 aantal"],
    ),
    "regions that head quarters": (
        "Graad (%)|Kwartaal;Totaal|België|2021-Q1;5|2021-Q2;6|Vlaams Gewest|2021-Q1;7|2021-Q2;8",
        ["B7 | Totaal | 02000 Vlaams Gewest | 2021-Q1 | | 7 %"],
    ),
    "areas with their codes, or what runs them, as headers": (
        "Leefloners|;71016 Genk;Hasselt (71022);OCMW Mol|2020;5;6;7|2021;8;9;10",
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5", "C4 | Leefloners | 71022 Hasselt | 2021 | | 9",
         "D3 | Leefloners | 13025 OCMW Mol | 2020 | | 7"],
    ),
    "areas of more levels and their total under a header of its own": (
        "Leefloners|Plaats;2020|Arrondissement Hasselt;5|Genk;3|Totaal;5",
        ["B4 | Leefloners | 71016 Genk | 2020 | | 3"],
    ),
    "a mean or total in each header": (
        "Index (%)|Gemeente;gemiddelde 2017-2019;gemiddelde 2018-2020|Genk;5;6",
        ["C3 | Index (%), gemiddelde | 71016 Genk | 2018-2020 | | 6 %"],
    ),
    "a row of units with its word before it": (
        "Gemeente;Jaar;Leefloners;Schuld|Eenheid;;n;%|Genk;2021;5;6|Mol;2021;4;3",
        ["C3 | Leefloners | 71016 Genk | 2021 | | 5 aantal", "D3 | Schuld | 71016 Genk | 2021 | | 6 %"],
    ),
    "numbered titles below each of two tables": (
        [["Gemeente", "2020"], ["Genk", 5], [], ["Tabel 1: Leefloon"], [], ["Gemeente", "2020"], ["Genk", 7], [],
         ["Tabel 2: Daklozen"]],
        ["B2 | Tabel 1: Leefloon | 71016 Genk | 2020 | | 5", "B7 | Tabel 2: Daklozen | 71016 Genk | 2020 | | 7"],
    ),
    "a header of areas in two tongues": (
        "Werklozen (aantal)|Gemeente / Commune;2020|Genk;5|Mol;4|Totaal / Total;9",
        ["B3 | Werklozen (aantal) | 71016 Genk | 2020 | | 5 aantal"],
    ),
    "months in two tongues": (
        "Werklozen (aantal)|Gemeente;Januari / Janvier 2021;Februari/Février 2021|Genk;5;6",
        ["C3 | Werklozen (aantal) | 71016 Genk | 2021-02 | | 6 aantal"],
    ),
    "a shortened word before a school year": (
        "Leerlingen|Gemeente;sj. 2020-21|Genk;5", ["B3 | Leerlingen | 71016 Genk | 2020-2021 | | 5"],
    ),
    "from the first day of a year to its last": (
        "Periode: 01/01/2021 - 31/12/2021|Steunsoort;Dossiers|Leefloon;5|Equivalent;6",
        ["B3 | Dossiers | | 2021 | steunsoort=Leefloon | 5"],
    ),
    "from the first day of a school year to its last": (
        "Gemeente;Periode;Leerlingen|Genk;01/09/2020 t.e.m. 31/08/2021;5",
        ["C2 | Leerlingen | 71016 Genk | 2020-2021 | | 5"],
    ),
    "codes of sectors beside a column of their names": (
        "Statistische sector;Sectornaam;Jaar;Aantal|71016A00-;Centrum;2021;5|71016A01-;Noord;2021;4",
        ["D2 | Aantal | 71016A00- Centrum | 2021 | | 5 aantal"],
    ),
    "codes over the names of areas across": (
        "Leefloon (aantal)|Maand;71016;13025|;Genk;Mol|jan/21;5;6|feb/21;1;2",
        ["B4 | Leefloon (aantal) | 71016 Genk | 2021-01 | | 5 aantal"],
    ),
    "two tables beside each other without a column between": (
        [["Leefloners", None, None, "Daklozen"], ["Gemeente", "2020", "2021", "Gemeente", "2020", "2021"],
         ["Genk", 5, 6, "Genk", 7, 8], ["Mol", 1, 2, "As", 3, 4]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5", "E4 | Daklozen | 71002 As | 2020 | | 3"],
    ),
    "two tables beside each other with areas as headers": (
        [["Mannen", None, None, None, "Vrouwen"], ["Jaar", "Genk", "Mol", None, "Jaar", "Genk", "Mol"],
         [2020, 5, 6, None, 2020, 7, 8], [2021, 1, 2, None, 2021, 3, 4]],
        ["B3 | Mannen | 71016 Genk | 2020 | | 5", "F3 | Vrouwen | 71016 Genk | 2020 | | 7"],
    ),
    "thousands that only a note tells": (
        "Schuld 2021||Gemeente;Schuld|Genk;5,5|Mol;4,4|Alle bedragen in duizend euro.",
        ["B4 | Schuld | 71016 Genk | 2021 | | 5.5 1.000 EUR"],
    ),
    "thousands in brackets in words": (
        "Inwoners 2021 (in duizendtallen)||Gemeente;Inwoners|Genk;66,1",
        ["B4 | Inwoners | 71016 Genk | 2021 | | 66.1 1.000"],
    ),
    "a numbered title under the names of who made it": (
        [["Stad"], ["Dienst Data"], [], ["Tabel 3.1: Klanten (aantal)"], [], ["Gemeente", 2020, 2021], ["Genk", 5, 6]],
        ["B7 | Tabel 3.1: Klanten (aantal) | 71016 Genk | 2020 | | 5 aantal"],
    ),
    "codes of two levels under their own headers": (
        "NIS gemeente;Gemeente;NIS arrondissement;Arrondissement;Jaar;Aantal|71016;Genk;71000;Hasselt;2021;40|"
        "13025;Mol;13000;Turnhout;2021;60", ["F2 | Aantal | 71016 Genk | 2021 | | 40 aantal"],
    ),
    "when it was printed is no title": (
        [["Klanten"], ["Laatste bijgewerkt op 03/02/2024"], ["Gemeente", "2020", "2021"], ["Genk", 5, 6]],
        ["B4 | Klanten | 71016 Genk | 2020 | | 5"],
    ),
    "units of thousands in English and German": (
        "Gemeente;Jaar;Spending (EUR thousand);Ausgaben (in Tausend Euro)|Genk;2021;5;6",
        [
            "C2 | Spending (EUR thousand) | 71016 Genk | 2021 | | 5 1.000 EUR",
            "D2 | Ausgaben (in Tausend Euro) | 71016 Genk | 2021 | | 6 1.000 EUR",
        ],
    ),
    "notes in German and French": (
        "Gemeente;Jaar;Aantal|Genk;2021;5 (1)|As;2021;6 (2)|Mol;2021;7 (3)|"
        "1) vorläufig|2) geschätzt|3) chiffre provisoire",
        [
            "C2 | Aantal | 71016 Genk | 2021 | | 5 aantal p",
            "C3 | Aantal | 71002 As | 2021 | | 6 aantal e",
            "C4 | Aantal | 13025 Mol | 2021 | | 7 aantal p",
        ],
    ),
    "fields of a query without quotation marks": (
        "Dim Gemeente[Gemeente],Dim Tijd[Jaar],[Klanten]|Genk,2021,5|Mol,2021,4",
        ["C2 | Klanten | 71016 Genk | 2021 | | 5"],
    ),
    "quarters of a TIME_PERIOD": (
        "Gemeente;TIME_PERIOD;Aantal|Genk;2021-Q1;5|Genk;2021-Q2;6",
        ["C2 | Aantal | 71016 Genk | 2021-Q1 | | 5 aantal"],
    ),
    "statuses beside one column of figures": (
        "Gemeente;Jaar;Aantal;Status|Genk;2021;5;voorlopig|As;2021;4;definitief",
        ["C2 | Aantal | 71016 Genk | 2021 | | 5 aantal p", "C3 | Aantal | 71002 As | 2021 | | 4 aantal"],
    ),
    "cantons that bear the name of their town": (
        "Kanton;Jaar;Aantal|Hasselt;2021;5|Genk;2021;6",
        ["C2 | Aantal | Hasselt | 2021 | | 5 aantal", "C3 | Aantal | Genk | 2021 | | 6 aantal"],
    ),
    "offices that bear the name of their town": (
        "RVA-kantoor;Jaar;Aantal|Hasselt;2021;5|Genk;2021;6",
        ["C2 | Aantal | | 2021 | rva-kantoor=Hasselt | 5 aantal"],
    ),
    "words over two lines of a header": (
        [["Gemeente", "Jaar", "Leef-\nloners", "Bruto-\nen netto", "Niet-\nBelgen", "OCMW-\nsteun"],
         ["Genk", 2021, 5, 6, 7, 8]],
        [
            "C2 | Leefloners | 71016 Genk | 2021 | | 5",
            "D2 | Bruto- en netto | 71016 Genk | 2021 | | 6",
            "E2 | Niet-Belgen | 71016 Genk | 2021 | | 7",
            "F2 | OCMW-steun | 71016 Genk | 2021 | | 8",
        ],
    ),
    "codes of local units": (
        "Code;Gemeente;Jaar;Aantal|BE71016;Genk;2021;5|BE13025;Mol;2021;4",
        ["D2 | Aantal | 71016 Genk | 2021 | | 5 aantal"],
    ),
    "quarters in short and in German": (
        "Gemeente;Periode;Aantal|Genk;2021 kw1;5|Genk;2. Quartal 2021;6",
        ["C3 | Aantal | 71016 Genk | 2021-Q2 | | 6 aantal"],
    ),
    "quarters with a dot behind": (
        "Gemeente;Jaar;Kwartaal;Aantal|Genk;2021;1e kw.;5|Genk;2021;2e kw.;6",
        ["D3 | Aantal | 71016 Genk | 2021-Q2 | | 6 aantal"],
    ),
    "months in German": (
        "Gemeente;Jahr;Monat;Aantal|Genk;2021;Januar;5|Genk;2021;März;6",
        ["D3 | Aantal | 71016 Genk | 2021-03 | | 6 aantal"],
    ),
    "days with the month first": (
        "Municipality,Date,Count|Genk,1/13/2021,5|Mol,2/3/2021,4", ["C3 | Count | 13025 Mol | 2021-02-03 | | 4"],
    ),
    "days with the month first, across": (
        "Leefloners||Gemeente;12/31/2020;12/31/2021|Genk;5;6|Mol;4;3",
        ["B4 | Leefloners | 71016 Genk | 2020-12-31 | | 5"],
    ),
    "days with the day first": (
        "Gemeente,Datum,Aantal|Genk,13/1/2021,5|Mol,2/3/2021,4", ["C3 | Aantal | 13025 Mol | 2021-03-02 | | 4 aantal"],
    ),
    "years with a mark between thousands": (
        "Gemeente;Jaar;Aantal|Genk;2.020;1.234|Mol;2.021;3.600", ["C3 | Aantal | 13025 Mol | 2021 | | 3600 aantal"],
    ),
    "years with a mark between thousands, across": (
        "Leefloners (aantal)||Gemeente;2.020;2.021|Genk;2.020;2.030|Mol;4;3",
        ["B4 | Leefloners (aantal) | 71016 Genk | 2020 | | 2020 aantal"],
    ),
    "a unit behind each year": (
        [["Leefloners"], ["Gemeente", "2020 aantal", "2020 %", "2021 aantal", "2021 %"], ["Genk", 5, 1.2, 6, 1.3]],
        ["D3 | Leefloners [aantal] | 71016 Genk | 2021 | | 6 aantal",
         "E3 | Leefloners [%] | 71016 Genk | 2021 | | 1.3 %"],
    ),
    "thousands in the title over counts, persons and shares": (
        [["Werk 2021 (x 1.000)"], ["Gemeente", "Werklozen [aantal]", "Werkenden [personen]", "Graad [%]"],
         ["Genk", 3.1, 29.9, 5]],
        ["B3 | Werklozen | 71016 Genk | 2021 | | 3.1 1.000 aantal", "D3 | Graad | 71016 Genk | 2021 | | 5 %",
         "C3 | Werkenden | 71016 Genk | 2021 | | 29.9 1.000 personen"],
    ),
    "thousands in the words of a title": (
        [["Werk 2021, in duizendtallen"], ["Gemeente", "Aantal werklozen"], ["Genk", 3.1]],
        ["B3 | Aantal werklozen | 71016 Genk | 2021 | | 3.1 1.000 aantal"],
    ),
    "names of areas in two languages": (
        "Gemeente (NL);Gemeente (FR);Jaar;Aantal|Hasselt;Hasselt;2021;5|Antwerpen;Anvers;2021;4",
        ["D3 | Aantal | 11002 Antwerpen | 2021 | | 4 aantal"],
    ),
    "a municipality beside that of others": (
        "Gemeente;Gemeente van inschrijving;Jaar;Aantal|Hasselt;Genk;2021;4|Hasselt;Mol;2021;5|Genk;Mol;2021;6",
        ["D3 | Aantal | 71022 Hasselt | 2021 | gemeente van inschrijving=Mol | 5 aantal"],
    ),
    # what is set beside a figure, label or year
    "lowered mark beside a figure": (
        [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, raised("512", "a", "subscript")], ["Mol", 2021, 4]],
        ["C2 | Aantal | 71016 Genk | 2021 | | 512 aantal"],
    ),
    "mark as a character": (
        "Gemeente;Jaar;Aantal|Genk²;2021;512¹|Mol;2021;4|¹ schatting|² met studenten",
        ["C2 | Aantal | 71016 Genk | 2021 | | 512 aantal e"],
    ),
    "mark in brackets behind a label": (
        "Gemeente;Jaar;Aantal|Genk (1);2021;512|Mol;2021;4|(1) voorlopig cijfer",
        ["C2 | Aantal | 71016 Genk | 2021 | | 512 aantal p"],
    ),
    "letter behind a year": (
        [["Aantal"], ["Gemeente", "2021", "2022 (v)"], ["Genk", 5, 6]],
        ["C3 | Aantal | 71016 Genk | 2022 | | 6 aantal p"],
    ),
    "provisional years of the CBS": (
        "Perioden;Gemeente;Aantal|2021*;Genk;5|2022**;Genk;6",
        ["C3 | Aantal | 71016 Genk | 2022 | | 6 aantal p"],
    ),
    "a final figure is no other definition": (
        "Gemeente;Jaar;Waarde;Status|Genk;2021;5,5;Definitief|Genk;2022;6,5;Voorlopig",
        ["C2 | Waarde | 71016 Genk | 2021 | | 5.5", "C3 | Waarde | 71016 Genk | 2022 | | 6.5 p"],
    ),
    "a year with the word of its flag": (
        "Gemeente;2021;2030 (prognose)|Genk;5;6|Mol;7;8",
        ["C2 | verzonnen | 71016 Genk | 2030 | | 6 f"],
    ),
    "a dependable figure is not undependable": (
        "Gemeente;Jaar;Waarde;Status|Genk;2021;5,5;Betrouwbaar|Genk;2022;;Vertrouwelijk",
        ["C2 | Waarde | 71016 Genk | 2021 | | 5.5", "C3 | Waarde | 71016 Genk | 2022 | | c"],
    ),
    "yes and no are no letters of flags": (
        "Gemeente;Jaar;Waarde;Status|Genk;2021;5,5;nee|Genk;2022;6,5;ja",
        ["C2 | Waarde | 71016 Genk | 2021 | status=nee | 5.5"],
    ),
    "two raised marks beside a name": (
        "Gemeente;Jaar;Aantal|Genk¹ ²;2021;512|Mol;2021;4|¹ zonder studenten|² raming",
        ["C2 | Aantal | 71016 Genk | 2021 | | 512 aantal e"],
    ),
    "French and English notes": (
        "Commune;Année;Nombre|Mol;2020;4|Genk;2021 (provisoire);512*|* estimation",
        ["C3 | Nombre | 71016 Genk | 2021 | | 512 ep"],
    ),
    "a note that begins with reliability flags nothing": (
        "Gemeente;Jaar;Aantal|Genk;2021;512*|Mol;2021;4|* Betrouwbaarheidsinterval van 95 %",
        ["C2 | Aantal | 71016 Genk | 2021 | | 512 aantal"],
    ),
    "a star that a line below explains": (
        "Gemeente;Jaar;Aantal|Genk;2021;*|Mol;2021;4|* vertrouwelijk (minder dan 5)",
        ["C2 | Aantal | 71016 Genk | 2021 | | aantal c"],
    ),
    "a zone with the name of a municipality has no code": (
        "Eerstelijnszone;2021|Genk;5|Hasselt;6", ["B2 | verzonnen | Genk | 2021 | | 5"],
    ),
    "municipalities lie in zones": (
        "Eerstelijnszone;Gemeente;2021|Kemp en Duin;Genk;5|Herkenrode;Hasselt;6",
        ["C2 | verzonnen | 71016 Genk | 2021 | | 5"],
    ),
    "French words for areas": (
        "Territoire;2021|Arrondissement de Hasselt;5|Province d'Anvers;6",
        ["B2 | verzonnen | 71000 Arrondissement de Hasselt | 2021 | | 5",
         "B3 | verzonnen | 10000 Province d'Anvers | 2021 | | 6"],
    ),
    "sizes of households in words": (
        "Commune;Année;Taille du ménage;Ménages|Genk;2021;1;9|Genk;2021;2;8",
        ["D2 | Ménages | 71016 Genk | 2021 | taille du ménage=1 | 9"],
    ),
    "a percentile is no percentage": (
        "Gemeente;Jaar;Percentiel;Inkomen (EUR)|Genk;2021;10;900|Genk;2021;50;1200",
        ["D2 | Inkomen (EUR) | 71016 Genk | 2021 | percentiel=10 | 900 EUR"],
    ),
    "house numbers and numbers of enterprises": (
        "Straat;Huisnummer;Ondernemingsnummer;2021|Dorp;1;0207.437.468;5|Dorp;3;0308.357.159;6",
        ["D2 | verzonnen | | 2021 | huisnummer=1; ondernemingsnummer=0207.437.468; straat=Dorp | 5"],
    ),
    "school years in French": (
        "Commune;Année scolaire;Élèves|Genk;2020-2021;5|Mol;2020-2021;6",
        ["C2 | Élèves | 71016 Genk | 2020-2021 | | 5"],
    ),
    "names as programs write them": (
        "gemeente;aantal_2020;aantal_2021|Genk;5;6|Mol;7;8", ["B2 | aantal | 71016 Genk | 2020 | | 5 aantal"],
    ),
    "quarters with a low line": (
        "Gemeente;2021_Q1;2021_Q2|Genk;5;6|Mol;7;8", ["B2 | verzonnen | 71016 Genk | 2021-Q1 | | 5"],
    ),
    "growth with an arrow is no period": (
        "Gemeente;2020;2021;2020→2021|Genk;500;512;12|Mol;400;431;31", ["C2 | verzonnen | 71016 Genk | 2021 | | 512"],
    ),
    "thousands and millions in French and English": (
        "Commune;Dépenses 2021 (en millions d'euros);Recettes 2021 (kEUR)|Genk;6,1;5|Mol;3,5;4",
        ["B2 | Dépenses (en millions d'euros) | 71016 Genk | 2021 | | 6.1 miljoen EUR",
         "C2 | Recettes (kEUR) | 71016 Genk | 2021 | | 5 1.000 EUR"],
    ),
    "remarks are no breakdown": (
        "Gemeente;Jaar;Aantal;Toelichting|Genk;2021;512;nagekeken in mei|Mol;2021;4;",
        ["C2 | Aantal | 71016 Genk | 2021 | | 512 aantal"],
    ),
    "open data with names in French alone": (
        [["CD_YEAR", "CD_MUNTY_REFNIS", "TX_DESCR_FR", "MS_NUM"], [2021, "62063", "Liège", 5]],
        ["D2 | MS_NUM | 62063 Liège | 2021 | | 5 aantal"],
    ),
    "a code of the area around": (
        "code,parent_code,name,value_2021\n71016,71000,Genk,5\n71022,71000,Hasselt,6",
        ["D2 | value | 71016 Genk | 2021 | | 5"],
    ),
    "years with nothing but a unit": (
        [["Bevolking (x 1.000)"], ["Gemeente", "2021 (x 1.000)", "2022 (x 1.000)"], ["Genk", 66.1, 67]],
        ["B3 | Bevolking (x 1.000) | 71016 Genk | 2021 | | 66.1 1.000"],
    ),
    "a total that names its area": (
        "Gemeente;Wijk;Jaar;Aantal|Genk;Kolderbos;2021;40|Genk;Totaal Genk;2021;512|Mol;Centrum;2021;4",
        ["D3 | Aantal | 71016 Genk | 2021 | | 512 aantal"],
    ),
    "a whole municipality among neighbourhoods": (
        "Gemeente;Wijk;Jaar;Aantal|Genk;Kolderbos;2021;40|Genk;Hele gemeente;2021;512",
        ["D3 | Aantal | 71016 Genk | 2021 | | 512 aantal"],
    ),
    "a blank semester is the whole year": (
        "Gemeente;Jaar;Semester;Aantal|Genk;2020;;9|Genk;2021;1;5|Genk;2021;2;6|Genk;2021;;11",
        ["D2 | Aantal | 71016 Genk | 2020 | | 9 aantal", "D5 | Aantal | 71016 Genk | 2021 | | 11 aantal"],
    ),
    "a year among its quarters": (
        "Gemeente;Jaar;Kwartaal;Aantal|Genk;2021;Q1;5|Genk;2021;Jaar;11",
        ["D3 | Aantal | 71016 Genk | 2021 | | 11 aantal"],
    ),
    "classes of years that a title names": (
        [["Woningen naar bouwjaar, 1 januari 2022"], ["Stad", "Voor 1946", "1946-1970", "Totaal"], ["Genk", 9, 8, 17]],
        ["B3 | Woningen naar bouwjaar, 1 januari 2022 | 71016 Genk | 2022-01-01 | bouwjaar=Voor 1946 | 9",
         "C3 | Woningen naar bouwjaar, 1 januari 2022 | 71016 Genk | 2022-01-01 | bouwjaar=1946-1970 | 8",
         "D3 | Woningen naar bouwjaar, 1 januari 2022 | 71016 Genk | 2022-01-01 | | 17"],
    ),
    "Limburg beside its country": (
        "Land;Provincie;2021|Nederland;Limburg;5|België;Antwerpen;6",
        ["C2 | verzonnen | Limburg | 2021 | land=Nederland | 5",
         "C3 | verzonnen | 10000 Antwerpen | 2021 | land=België | 6"],
    ),
    "a title with space around it": (
        "Aandeel (%)||Gemeente;2019;2020|Genk;2,5;3,5||Inwoners||Gemeente;2019;2020|Genk;14;15",
        ["B4 | Aandeel (%) | 71016 Genk | 2019 | | 2.5 %", "B9 | Inwoners | 71016 Genk | 2019 | | 14"],
    ),
    "tables with other labels below each other": (
        [["Leefloners 2021"], ["Geslacht", "Aantal"], ["Man", 5], [], ["Inwoners"], ["Groep", "Aantal"], ["jong", 9]],
        ["B3 | Aantal | | 2021 | geslacht=Man | 5 aantal", "B7 | Inwoners, Aantal | | 2021 | groep=jong | 9 aantal"],
    ),
    "an area alone above each table": (
        [["Genk"], ["Geslacht", "2020"], ["Man", 5], ["Vrouw", 6], [], ["Mol"], ["Geslacht", "2020"], ["Man", 1]],
        ["B3 | Blad | 71016 Genk | 2020 | geslacht=Man | 5", "B8 | Blad | 13025 Mol | 2020 | geslacht=Man | 1"],
    ),
    "fields of a query in brackets": (
        "Gebied[Gemeente],[Jaar],[Aantal]|Genk,2021,5|Mol,2021,4", ["C2 | Aantal | 71016 Genk | 2021 | | 5 aantal"],
    ),
    "a sign with a space behind it": (
        "Gemeente;Jaar;Evolutie (%)|Genk;2021;+ 2,4|Mol;2021;- 1,2",
        ["C2 | Evolutie (%) | 71016 Genk | 2021 | | 2.4 %", "C3 | Evolutie (%) | 13025 Mol | 2021 | | -1.2 %"],
    ),
    "a remark behind an empty column": (
        [["Leefloners"], ["Stad", "2020", "2021", None, "Commentaar"], ["Genk", 5, 6], ["Mol", 7, 8, None, "zie nota"]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5", "C4 | Leefloners | 13025 Mol | 2021 | | 8"],
    ),
    "years of birth in French": (
        [["Population par année de naissance, 2022"], ["Commune", "2000", "2001"], ["Genk", 5, 6]],
        ["B3 | Population par année de naissance, 2022 | 71016 Genk | 2022 | année de naissance=2000 | 5"],
    ),
    "words before a year": (
        "Gemeente;Leefloners in 2020;Leefloners in 2021|Genk;5;6", ["B2 | Leefloners | 71016 Genk | 2020 | | 5"],
    ),
    "groups that count": (
        "Gemeente;Jaar;Leeftijdsgroep;Aantal|Genk;2021;1;5|Genk;2021;2;6|Genk;2021;Alle;11",
        ["D2 | Aantal | 71016 Genk | 2021 | leeftijdsgroep=1 | 5 aantal",
         "D4 | Aantal | 71016 Genk | 2021 | | 11 aantal"],
    ),
    "daggers and brackets": (
        "Gemeente;Jaar;Aantal|Genk;2021;512†|Mol;2021;4 [1]|† voorlopig|[1] raming",
        ["C2 | Aantal | 71016 Genk | 2021 | | 512 aantal p", "C3 | Aantal | 13025 Mol | 2021 | | 4 aantal e"],
    ),
    "a short month with a dot": (
        "Gemeente;Maand;Aantal|Genk;jan.21;5|Genk;feb.21;6", ["C2 | Aantal | 71016 Genk | 2021-01 | | 5 aantal"],
    ),
    "a group of cities among areas across": (
        [["Aandeel leefloners (%)"], ["Jaar", "Genk", "13 centrumsteden", "Vlaanderen"], [2020, 1.5, 2.5, 3.5]],
        ["C3 | Aandeel leefloners (%) | 13 centrumsteden | 2020 | | 2.5 %"],
    ),
    "levels in short": (
        "Arr.;2021 ('000)|Hasselt;5|Tongeren;6", ["B2 | verzonnen | 71000 Hasselt | 2021 | | 5 1.000"],
    ),
    # what people read at a glance
    "a unit with a digit behind a year": (
        "Gemeente;Oppervlakte 2021 (m2)|Genk;12,5|Mol;14,5",
        ["B2 | Oppervlakte (m2) | 71016 Genk | 2021 | | 12.5 m²"],
    ),
    "a corner that says what the figures are": (
        [["Aantal leefloners", "2020", "2021"], ["Genk", 5, 6], ["Mol", 7, 8]],
        ["B2 | Aantal leefloners | 71016 Genk | 2020 | | 5 aantal"],
    ),
    "notes right under years are no figures with a unit": (
        "Jaar;Genk;Mol|2021;5;6|2022;7;8|1 Raming",
        ["B3 | verzonnen | 71016 Genk | 2022 | | 7"],
    ),
    "a source below open data": (
        [["CD_REFNIS", "TX_DESCR_NL", "CD_YEAR", "MS_POPULATION"], ["71016", "Genk", 2021, 5], ["Bron: verzonnen"]],
        ["D2 | MS_POPULATION | 71016 Genk | 2021 | | 5 aantal"],
    ),
    "an area alone above indicators": (
        [["Genk"], ["Jaar", "Inwoners"], [2021, 5], [2022, 6]],
        ["B3 | Inwoners | 71016 Genk | 2021 | | 5"],
    ),
    "names of other things beside areas": (
        "Naam;Gemeente;Plaatsen 2021|De Kiem;Genk;5|Het Nest;Genk;6",
        ["C2 | Plaatsen | 71016 Genk | 2021 | naam=De Kiem | 5"],
    ),
    "a unit that says more than its brackets": (
        [["Uitgaven per inwoner (in euro)"], ["Gemeente", "2021"], ["Genk", 5], ["Mol", 6]],
        ["B3 | Uitgaven per inwoner (in euro) | 71016 Genk | 2021 | | 5 EUR per inwoner"],
    ),
    "a year alone above months": (
        [["2023"], ["Gemeente", "jan", "feb"], ["Genk", 5, 6]],
        ["C3 | Blad | 71016 Genk | 2023-02 | | 6"],
    ),
    "a header of lines in quotes": (
        'Gemeente;"Aantal\nleefloners\n2021"|Genk;5|Mol;6',
        ["B2 | Aantal leefloners | 71016 Genk | 2021 | | 5 aantal"],
    ),
    "a workbook as Eurostat's browser gives it": (
        [
            ["Data extracted on 12/01/2024 from [ESTAT]"],
            ["Dataset: Rate [ilc_li02]"],
            ["Unit of measure", "Percentage"],
            [],
            ["TIME", "2021", None, "2022"],
            ["GEO (Labels)"],
            ["Belgium", 12.7, "b", 13.2],
        ],
        ["B7 | Dataset: Rate | Belgium | 2021 | | 12.7 % b"],
    ),
    "class bounds that begin with a sign": (
        "Aantal inwoners;Gemeenten 2021|< 10.000;5|10.000 - 20.000;6",
        ["B2 | Gemeenten | | 2021 | aantal inwoners=< 10.000 | 5"],
    ),
    "sums as shops write them": (
        "Gemeente;2021|Genk;€ 1.234,-|Mol;€ 987,-",
        ["B2 | verzonnen | 71016 Genk | 2021 | | 1234 EUR"],
    ),
    # numbers that are labels
    "numbers that count before a year in the next header": (
        "Gemeente;Aantal kinderen;Gezinnen 2021|Genk;0;5|Genk;1;6|Genk;2;7",
        ["C3 | Gezinnen | 71016 Genk | 2021 | aantal kinderen=1 | 6"],
    ),
    "men and women before their sum": (
        "Gemeente;Jaar;Mannen;Vrouwen;Aantal|Genk;2021;3;4;7|Mol;2021;1;2;3",
        ["C2 | Mannen | 71016 Genk | 2021 | | 3", "E3 | Aantal | 13025 Mol | 2021 | | 3 aantal"],
    ),
    "a cluster beside a figure with its year": (
        "Gemeente;Belfiuscluster;Schuld 2021 (EUR)|Genk;14;5|Mol;15;6",
        ["C2 | Schuld (EUR) | 71016 Genk | 2021 | belfiuscluster=14 | 5 EUR"],
    ),
    "months in digits": (
        "Jaar;Mnd.;Gemeente;Aantal|2021;1;Genk;4|2021;12;Genk;6",
        ["D3 | Aantal | 71016 Genk | 2021-12 | | 6 aantal"],
    ),
    "months by name": (
        "Jaar;Maandnaam;Gemeente;Aantal|2021;januari;Genk;4|2021;Totaal;Genk;6",
        ["D2 | Aantal | 71016 Genk | 2021-01 | | 4 aantal", "D3 | Aantal | 71016 Genk | 2021 | | 6 aantal"],
    ),
    "quarters in Roman numbers": (
        "Jaar;Trim.;Gemeente;Aantal|2021;I;Genk;4|2021;IV;Genk;6",
        ["D3 | Aantal | 71016 Genk | 2021-Q4 | | 6 aantal"],
    ),
    "halves in words": (
        "Jaar;Halfjaar;Gemeente;Aantal|2021;eerste;Genk;4|2021;tweede;Genk;6",
        ["D3 | Aantal | 71016 Genk | 2021-S2 | | 6 aantal"],
    ),
    "decile of incomes": (
        "Gemeente;Jaar;Inkomensdeciel;Aantal|Genk;2021;1;4|Hasselt;2021;2;6",
        ["D2 | Aantal | 71016 Genk | 2021 | inkomensdeciel=1 | 4 aantal"],
    ),
    "a column that counts in each group": (
        "Gemeente;Jaar;Score;Gezinnen|Genk;2021;0;40|Genk;2021;1;9|Genk;2021;2;8|Mol;2021;0;7|Mol;2021;1;6|Mol;2021;2;5",
        ["D3 | Gezinnen | 71016 Genk | 2021 | score=1 | 9"],
    ),
    "children are counted, not a class": (
        "Gemeente;Jaar;Aantal kinderen;Aantal gezinnen|Genk;2021;12000;8000|Mol;2021;9000;5000",
        ["C2 | Aantal kinderen | 71016 Genk | 2021 | | 12000 aantal"],
    ),
    "children of each family": (
        "Gemeente;Jaar;Aantal kinderen;Gezinnen|Genk;2021;0;40|Genk;2021;1;9|Genk;2021;2;8",
        ["D3 | Gezinnen | 71016 Genk | 2021 | aantal kinderen=1 | 9"],
    ),
    "year of school": (
        "Gemeente;Schooljaar;Leerjaar;Leerlingen|Genk;2020-2021;1;40|Genk;2020-2021;2;50",
        ["D2 | Leerlingen | 71016 Genk | 2020-2021 | leerjaar=1 | 40"],
    ),
    "record number": (
        "record_id;Gemeente;Jaar;Aantal|10234;Genk;2021;5|10235;Mol;2021;4",
        ["D2 | Aantal | 71016 Genk | 2021 | | 5 aantal"],
    ),
    "coordinates": (
        "Gemeente;X;Y;Jaar;Aantal|Genk;230123;180456;2021;5|Mol;220123;190456;2021;4",
        ["E2 | Aantal | 71016 Genk | 2021 | | 5 aantal"],
    ),
    "degrees": (
        "Gemeente;Lengte;Breedte;Jaar;Aantal|Genk;5,50123;50,96211;2021;5|Mol;5,11523;51,19087;2021;4",
        ["E2 | Aantal | 71016 Genk | 2021 | | 5 aantal"],
    ),
    "metres are no degrees": (
        "Gemeente;Jaar;Lengte;Breedte|Genk;2021;5,5;2,5|Mol;2021;3,4;2,1",
        ["D2 | Breedte | 71016 Genk | 2021 | | 2.5", "C2 | Lengte | 71016 Genk | 2021 | | 5.5"],
    ),
    "thousands are no coordinate": (
        [["Gemeente", "Bedrag (x 1.000) 2020", "Bedrag (x 1.000) 2021"], ["Genk", 66.5, 66.7]],
        ["C2 | Bedrag (x 1.000) | 71016 Genk | 2021 | | 66.7 1.000 EUR"],
    ),
    "headers that count": (
        [["Inwoners naar leeftijd op 1 januari 2021"], ["Gemeente", "0", "1", "2"], ["Genk", 8, 9, 4]],
        ["C3 | Inwoners naar leeftijd | 71016 Genk | 2021-01-01 | leeftijd=1 | 9"],
    ),
    # years
    "years of a diploma": (
        "Gemeente;Jaar;Diplomajaar;Aantal|Genk;2021;2019;5|Genk;2021;2020;4",
        ["D2 | Aantal | 71016 Genk | 2021 | diplomajaar=2019 | 5 aantal"],
    ),
    "growth between two years is left out": (
        [["Leefloners"], ["Gemeente", "2020", "2021", "Groei (%)"], ["Genk", 500, 512, 2.4], ["Mol", 400, 431, 7.75]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 500", "C3 | Leefloners | 71016 Genk | 2021 | | 512",
         "B4 | Leefloners | 13025 Mol | 2020 | | 400", "C4 | Leefloners | 13025 Mol | 2021 | | 431"],
    ),
    # periods
    "quarters under their year": (
        [["Starters"], ["Gemeente", 2021, 2021, 2022], [None, "Q3", "Q4", "Q1"], ["Genk", 4, 6, 7]],
        ["C4 | Starters | 71016 Genk | 2021-Q4 | | 6"],
    ),
    "months under the year of the title": (
        "Bezoekers 2021||Gemeente;jan;feb;Totaal|Genk;4;6;10",
        ["B4 | Bezoekers 2021 | 71016 Genk | 2021-01 | | 4", "D4 | Bezoekers 2021 | 71016 Genk | 2021 | | 10"],
    ),
    "months downwards, years across": (
        [["Bezoekers"], ["Gemeente", "Maand", "2020", "2021"], ["Genk", 1, 4, 5], ["Genk", 2, 6, 7]],
        ["C3 | Bezoekers | 71016 Genk | 2020-01 | | 4", "D4 | Bezoekers | 71016 Genk | 2021-02 | | 7"],
    ),
    "months downwards alone": (
        [["Bezoekers"], ["Maand", "2020", "2021"], ["januari", 4, 5], ["februari", 6, 7], ["Totaal", 10, 12]],
        ["B3 | Bezoekers | | 2020-01 | | 4", "C5 | Bezoekers | | 2021 | | 12"],
    ),
    "packed months": (
        "Jaarmaand;Gemeente;Aantal|202101;Genk;4|202112;Genk;6",
        ["C3 | Aantal | 71016 Genk | 2021-12 | | 6 aantal"],
    ),
    "quarters with their year": (
        "Jaar-Kwartaal;Gemeente;Aantal|2021-1;Genk;4|2021-2;Genk;6",
        ["C2 | Aantal | 71016 Genk | 2021-Q1 | | 4 aantal"],
    ),
    "weeks with their year": (
        "Week;Gemeente;Aantal|2021-W01;Genk;4|2021-W02;Genk;6",
        ["C2 | Aantal | 71016 Genk | 2021-W01 | | 4 aantal"],
    ),
    "German words": (
        "Jahr;Gemeinde;Aantal|2020;Eupen;4|2021;Eupen;6",
        ["C2 | Aantal | 63023 Eupen | 2020 | | 4 aantal"],
    ),
    "French months": (
        "Période;Commune;Aantal|août 2021;Genk;4|T4 2021;Genk;6",
        ["C2 | Aantal | 71016 Genk | 2021-08 | | 4 aantal", "C3 | Aantal | 71016 Genk | 2021-Q4 | | 6 aantal"],
    ),
    "years without a header": (
        [["Leefloners"], ["", "Genk", "Mol"], ["2020", 5, 4], ["2021", 6, 3]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5"],
    ),
    # areas
    "the corner names the columns": (
        "Leefloners|Jaar;2020;2021|Genk;5;6|Hasselt;4;3",
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5"],
    ),
    "the corner is the area": (
        [["Leefloners"], ["Genk", "2020", "2021"], ["man", 5, 6], ["vrouw", 4, 3]],
        ["B3 | Leefloners | 71016 Genk | 2020 | rij=man | 5"],
    ),
    "a line in one cell": (
        "Gemeente: Genk||Jaar;Geslacht;Aantal|2021;man;5|2021;vrouw;6",
        ["C4 | Aantal | 71016 Genk | 2021 | geslacht=man | 5 aantal"],
    ),
    "codes of coarser areas": (
        "Gemeente;Oudercode;Code;Jaar;Aantal|Genk;70000;71016;2021;5|Hasselt;70000;71022;2021;6",
        ["E2 | Aantal | 71016 Genk | 2021 | | 5 aantal"],
    ),
    "codes, names and levels": (
        "NIS code;Naam;Niveau;Jaar;Aantal|71000;Hasselt;arrondissement;2021;9|71022;Hasselt;gemeente;2021;5",
        ["E2 | Aantal | 71000 Hasselt | 2021 | | 9 aantal", "E3 | Aantal | 71022 Hasselt | 2021 | | 5 aantal"],
    ),
    # units
    "thousands in title and header": (
        [["Uitgaven (x 1.000)"], [], ["Gemeente", "Jaar", "Uitgaven in duizend euro"], ["Genk", 2021, 5120]],
        ["C4 | Uitgaven in duizend euro | 71016 Genk | 2021 | | 5120 1.000 EUR"],
    ),
    "one name with two units": (
        [["Gemeente", "Jaar", "Klanten [aantal]", "Klanten [%]"], ["Genk", 2021, 5, 1.2]],
        ["C2 | Klanten [aantal] | 71016 Genk | 2021 | | 5 aantal", "D2 | Klanten [%] | 71016 Genk | 2021 | | 1.2 %"],
    ),
    "a balance below zero": (
        "Gemeente;Jaar;Migratiesaldo [aantal]|Genk;2021;-12|Hasselt;2021;+24",
        ["C2 | Migratiesaldo | 71016 Genk | 2021 | | -12 aantal"],
    ),
    # labels that stand once
    "a label of a pivot stands over its rows": (
        [["Gemeente", "Geslacht", "2020", "2021"], ["Genk", "Man", 1, 2], [None, "Vrouw", 3, 4], ["Mol", "Man", 5, 6],
         [None, "Vrouw", 7, 8], ["Eindtotaal", None, 16, 20]],
        ["C3 | Blad | 71016 Genk | 2020 | geslacht=Vrouw | 3", "C6 | Blad | Eindtotaal | 2020 | | 16"],
    ),
    "an area stands once over its years": (
        "Gemeente;Jaar;Aantal|Genk;2020;60|;2021;40|Mol;2020;3|;2021;5",
        ["C3 | Aantal | 71016 Genk | 2021 | | 40 aantal"],
    ),
    "row labels of a pivot are areas": (
        [["Rijlabels", "Som van Leefloners 2021"], ["Genk", 5], ["Mol", 4], ["Eindtotaal", 9]],
        ["B2 | Som van Leefloners | 71016 Genk | 2021 | | 5"],
    ),
    "a blank part is the sum of the others": (
        "Gemeente;Geslacht;Jaar;Aantal|Genk;;2021;100|Genk;Man;2021;60|Genk;Vrouw;2021;40",
        ["D2 | Aantal | 71016 Genk | 2021 | | 100 aantal"],
    ),
    # codes
    "code and name in one cell": (
        "Gemeente;Jaar;Aantal|71016 Genk;2021;5|13025 - Mol;2021;4|Hasselt (71022);2021;3|3600 Genk;2021;1",
        ["C2 | Aantal | 71016 Genk | 2021 | | 5 aantal", "C3 | Aantal | 13025 Mol | 2021 | | 4 aantal",
         "C4 | Aantal | 71022 Hasselt | 2021 | | 3 aantal", "C5 | Aantal | 3600 Genk | 2021 | | 1 aantal"],
    ),
    "an area alone on a line": (
        [["Leefloners"], ["Gemeente Genk"], ["Jaar", "Man", "Vrouw"], [2020, 5, 6], [2021, 7, 8]],
        ["B4 | Man | 71016 Gemeente Genk | 2020 | | 5"],
    ),
    "two areas on lines of their own are no area of the table": (
        [["Genk"], ["Hasselt"], ["Geslacht", "2020", "2021"], ["Man", 5, 6], ["Vrouw", 4, 3]],
        ["B4 | Genk, Hasselt | | 2020 | geslacht=Man | 5"],
    ),
    # more numbers that are labels
    "an open class among whole numbers": (
        "Gemeente;Jaar;Aantal personen;Huishoudens|Genk;2021;1;50|Genk;2021;2;40|Genk;2021;3+;14",
        ["D4 | Huishoudens | 71016 Genk | 2021 | aantal personen=3+ | 14"],
    ),
    "postcode in short, rank, cluster": (
        "PC;Plaats;Cluster;Gemeente;Jaar;Aantal|3600;1;13;Genk;2021;5|2400;2;7;Mol;2021;4",
        ["F2 | Aantal | 71016 Genk | 2021 | cluster=13; pc=3600 | 5 aantal"],
    ),
    "numbers of schools, classes of industry": (
        "Schooljaar;Nummer instelling;NACE-BEL 2008;Gemeente;Leerlingen|2020-2021;12345;85201;Genk;215"
        "|2020-2021;12346;85201;Genk;180",
        ["E2 | Leerlingen | 71016 Genk | 2020-2021 | nace-bel 2008=85201; nummer instelling=12345 | 215"],
    ),
    "months that count": (
        [["Werkzoekenden per maand 2021"], ["Gemeente", *range(1, 13)], ["Genk", *range(100, 112)]],
        ["E3 | Werkzoekenden per maand 2021 | 71016 Genk | 2021-04 | | 103"],
    ),
    # more periods
    "quarters, weeks, months and halves with their year": (
        "Gemeente;Kwartaal;Aantal|Genk;2021-01;5|Genk;2021/4;4",
        ["C2 | Aantal | 71016 Genk | 2021-Q1 | | 5 aantal", "C3 | Aantal | 71016 Genk | 2021-Q4 | | 4 aantal"],
    ),
    "a week is no month": (
        "Gemeente;Week;Aantal|Genk;2021-01;5|Genk;2021-04;4", ["C3 | Aantal | 71016 Genk | 2021-W04 | | 4 aantal"],
    ),
    "halves and months before their year": (
        "Gemeente;Periode;Aantal|Genk;S1 2021;5|Genk;2021-H2;4|Genk;03-2022;3",
        ["C2 | Aantal | 71016 Genk | 2021-S1 | | 5 aantal", "C3 | Aantal | 71016 Genk | 2021-S2 | | 4 aantal",
         "C4 | Aantal | 71016 Genk | 2022-03 | | 3 aantal"],
    ),
    "years in headers under a title of several": (
        [["Kansarmoede, 2019-2021"], ["Gemeente", "Geboorten 2019", "Geboorten 2020", "Index 2020 (%)"],
         ["Genk", 700, 710, 22.5]],
        ["B3 | Geboorten | 71016 Genk | 2019 | | 700", "D3 | Index (%) | 71016 Genk | 2020 | | 22.5 %"],
    ),
    # pivots of Excel
    "a pivot with its field names": (
        [["Som van Aantal", "Kolomlabels"], ["Rijlabels", 2020, 2021, "Eindtotaal"], ["Genk", 5, 6, 11],
         ["Mol", 4, 3, 7], ["Eindtotaal", 9, 9, 18]],
        ["B3 | Som van Aantal | 71016 Genk | 2020 | | 5 aantal",
         "C5 | Som van Aantal | Eindtotaal | 2021 | | 9 aantal"],
    ),
    "a pivot with a filter and the name of its years": (
        [["Geslacht", "(Alle)"], [], ["Som van Klanten", "Jaar"], ["Gemeente", 2020, 2021], ["Genk", 5, 6]],
        ["C5 | Som van Klanten | 71016 Genk | 2021 | | 6"],
    ),
    "the sum of years is left out": (
        [["Leefloners"], ["Gemeente", "2020", "2021", "Totaal"], ["Genk", 5, 6, 11], ["Mol", 4, None, 4]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5", "C3 | Leefloners | 71016 Genk | 2021 | | 6",
         "B4 | Leefloners | 13025 Mol | 2020 | | 4", "C4 | Leefloners | 13025 Mol | 2021 | | m"],
    ),
    # classes by number, and means of them
    "codes of a class": (
        "Gemeente;Jaar;Geslacht;Rekening;Aantal|Genk;2021;1;610000;5|Mol;2021;2;620000;4",
        ["E3 | Aantal | 13025 Mol | 2021 | geslacht=2; rekening=620000 | 4 aantal"],
    ),
    "a mean age and a rate are no classes": (
        "Gemeente;Jaar;Gemiddelde leeftijd;Graad (%);Inwoners [aantal]|Genk;2021;39;10;500|Mol;2021;42;5;600",
        ["C2 | Gemiddelde leeftijd | 71016 Genk | 2021 | | 39", "D3 | Graad (%) | 13025 Mol | 2021 | | 5 %"],
    ),
    "year groups": (
        "Jaar;Jaargang;Gemeente;Kinderen|2021;2015;Genk;500|2021;2016;Genk;510",
        ["D2 | Kinderen | 71016 Genk | 2021 | jaargang=2015 | 500"],
    ),
    "quarters in short under their year": (
        [["Starters"], ["Gemeente", 2020, 2020, 2021], [None, "KW3", "KW4", "KW1"], ["Genk", 5, 6, 7]],
        ["B4 | Starters | 71016 Genk | 2020-Q3 | | 5", "D4 | Starters | 71016 Genk | 2021-Q1 | | 7"],
    ),
    "months in short, in English and French": (
        "Periode;Commune;Nombre|Mar-21;Genk;5|janv. 2022;Genk;4|févr. 2022;Genk;3",
        ["C2 | Nombre | 71016 Genk | 2021-03 | | 5", "C4 | Nombre | 71016 Genk | 2022-02 | | 3"],
    ),
    "the country among regions": (
        "Gewest;Jaar;Aantal|Vlaams Gewest;2021;5|Waals Gewest;2021;4|België;2021;12",
        ["C4 | Aantal | 01000 België | 2021 | | 12 aantal"],
    ),
    "numbers as written in English": (
        'Municipality,Year,Amount [EUR]|Genk,2021,"1,234.50"|Mol,2021,"12,345,678"',
        ["C2 | Amount | 71016 Genk | 2021 | | 1234.5 EUR", "C3 | Amount | 13025 Mol | 2021 | | 12345678 EUR"],
    ),
    "a list with English headers": (
        "indicator,year,value,obs_status,unit,fetched_at|CPI,2021,3.2,A,percent,2026-08-22T05:21:29"
        "|CPI,2022,4.1,P,percent,2026-08-22T05:21:29",
        ["C2 | CPI | | 2021 | | 3.2 %", "C3 | CPI | | 2022 | | 4.1 % p"],
    ),
    "days, months and quarters at the end of headers": (
        [["Cijfers"], ["Gemeente", "Inwoners op 1 januari 2021", "Inwoners 1/1/2022", "Werklozen maart 2021"],
         ["Genk", 66000, 66100, 5]],
        ["B3 | Inwoners | 71016 Genk | 2021-01-01 | | 66000", "C3 | Inwoners | 71016 Genk | 2022-01-01 | | 66100",
         "D3 | Werklozen | 71016 Genk | 2021-03 | | 5"],
    ),
    "years alone above two tables": (
        [[2020], ["Gemeente", "Man", "Vrouw"], ["Genk", 5, 6], [], [2021], ["Gemeente", "Man", "Vrouw"],
         ["Genk", 7, 8]],
        ["B3 | Man | 71016 Genk | 2020 | | 5", "C7 | Vrouw | 71016 Genk | 2021 | | 8"],
    ),
    "three dots and a French total": (
        "Commune;Année;Nombre|Genk;2021;5|As;2021;...|Total général;2021;5",
        ["C3 | Nombre | 71002 As | 2021 | | m", "C4 | Nombre | Total général | 2021 | | 5"],
    ),
    "months in six digits under Periode": (
        "Periode;Gemeente;Aantal|202101;Genk;5|202102;Genk;6",
        ["C2 | Aantal | 71016 Genk | 2021-01 | | 5 aantal"],
    ),
    "days with the midnight that programs write": (
        "Datum;Gemeente;Aantal|2021-01-01T00:00:00;Genk;5|2021-02-01 00:00:00;Genk;6",
        ["C3 | Aantal | 71016 Genk | 2021-02-01 | | 6 aantal"],
    ),
    "narrow tables under each other": (
        [["Leefloon"], ["Gemeente", "2021"], ["Genk", 5], [], ["Daklozen"], ["Gemeente", "2022"], ["Genk", 6]],
        ["B3 | Leefloon | 71016 Genk | 2021 | | 5", "B7 | Daklozen | 71016 Genk | 2022 | | 6"],
    ),
    # marks, notes, tables
    "letters that a legend explains": (
        "Gemeente;Jaar;Aantal|Genk;2021;512 e|Mol;2021;300 p|e = schatting|p: voorlopig",
        ["C2 | Aantal | 71016 Genk | 2021 | | 512 aantal e", "C3 | Aantal | 13025 Mol | 2021 | | 300 aantal p"],
    ),
    "a day as a number under a table is left out": (
        [["Leefloners"], ["Gemeente", "2020", "2021"], ["Genk", 5, 6], ["Laatste update:", 44562]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5", "C3 | Leefloners | 71016 Genk | 2021 | | 6"],
    ),
    "a title and the same header right under a table": (
        [["Leefloners"], ["Gemeente", "2020", "2021"], ["Genk", 5, 6], ["Mol", 4, 3], ["Daklozen"],
         ["Gemeente", "2020", "2021"], ["Genk", 1, 2], ["Mol", 2, 1]],
        ["B4 | Leefloners | 13025 Mol | 2020 | | 4", "B7 | Daklozen | 71016 Genk | 2020 | | 1"],
    ),
    "two tables with one header, told apart by their titles": (
        [["Leefloners 2021"], ["Gemeente", "Aantal"], ["Genk", 5], ["Mol", 4], [], ["Daklozen 2020"],
         ["Gemeente", "Aantal"], ["Genk", 1], ["Mol", 2]],
        ["B3 | Aantal | 71016 Genk | 2021 | | 5 aantal",
         "B8 | Daklozen, Aantal | 71016 Genk | 2020 | | 1 aantal"],
    ),
    "links to other sheets are no title of the table under them": (
        [["Leefloners 2021"], ["Gemeente", "Aantal"], ["Genk", 5], ["Mol", 4], [], ["Terug naar het overzicht"],
         ["Begrippenlijst"], ["Gemeente", "Aantal"], ["Geel", 1], ["Lier", 2]],
        ["B3 | Aantal | 71016 Genk | 2021 | | 5 aantal", "B9 | Aantal | 13008 Geel | 2021 | | 1 aantal"],
    ),
    "a share under a title in thousands": (
        "Werklozen (x 1.000)|Gemeente;Jaar;Aantal;Aandeel|Genk;2021;12;5|Mol;2021;13;6",
        ["C3 | Aantal | 71016 Genk | 2021 | | 12 1.000 aantal", "D3 | Aandeel | 71016 Genk | 2021 | | 5 %"],
    ),
    "units under years, whose title says what they are of": (
        "Steun|;2021;2021|;aantal;%|Genk;1210;1,5|Mol;900;1,4",
        ["B5 | Steun [aantal] | 13025 Mol | 2021 | | 900 aantal", "C5 | Steun [%] | 13025 Mol | 2021 | | 1.4 %"],
    ),
    "amounts rounded to thousands are no codes of arrondissements": (
        "Refnis;Gemeente;Jaar;Gemiddeld inkomen|71016;Genk;2021;32000|71022;Hasselt;2021;37000|71002;As;2021;34000",
        ["D2 | Gemiddeld inkomen | 71016 Genk | 2021 | | 32000 EUR"],
    ),
    "two tables of years, each with its title and unit": (
        [["Leefloners [personen]"], ["Gemeente", 2020, 2021], ["Genk", 5, 6], ["Mol", 4, 3], [],
         ["Daklozen [personen]"], ["Gemeente", 2020, 2021], ["Genk", 1, 2], ["Mol", 2, 1]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5 personen", "B8 | Daklozen | 71016 Genk | 2020 | | 1 personen"],
    ),
    "coordinates under a title are left out": (
        [["Leefloners 2021"], ["Gemeente", "X", "Y", "Aantal"], ["Genk", 50.9, 5.5, 5], ["Mol", 51.1, 5.1, 4]],
        ["D3 | Aantal | 71016 Genk | 2021 | | 5 aantal", "D4 | Aantal | 13025 Mol | 2021 | | 4 aantal"],
    ),
    "a number in powers of ten": (
        "Gemeente;Jaar;Omzet (EUR)|Genk;2021;1,2E+06|Mol;2021;9,5E-01",
        ["C2 | Omzet (EUR) | 71016 Genk | 2021 | | 1200000 EUR", "C3 | Omzet (EUR) | 13025 Mol | 2021 | | 0.95 EUR"],
    ),
    "durations": (
        [["Gemeente", "Jaar", "Reistijd"], ["Genk", 2021, timedelta(hours=36, minutes=30)]],
        ["C2 | Reistijd | 71016 Genk | 2021 | | 36.5 uren"],
    ),
    "weeks under a title with their year": (
        [["Besmettingen in 2021"], ["Gemeente", "Week", "Aantal"], ["Genk", 1, 5], ["Genk", 2, 4], ["Mol", 1, 3]],
        ["C4 | Aantal | 71016 Genk | 2021-W02 | | 4 aantal"],
    ),
    "codes of sectors beside their names": (
        "Statistische sector;Naam;Inwoners 2021|71016A00-;Centrum;5|71016A010;Noord;4",
        ["C2 | Inwoners | 71016A00- Centrum | 2021 | | 5"],
    ),
    "parts without a header under areas": (
        [["Leefloners 2021"], [None, "Genk", "Hasselt"], ["Mannen", 5, 6], ["Vrouwen", 7, 8]],
        ["B3 | Leefloners | 71016 Genk | 2021 | rij=Mannen | 5"],
    ),
    "a row of growth and one of totals are left out": (
        [["Leefloners"], ["Jaar", "Genk", "Mol"], [2020, 100, 200], [2021, 110, 205], ["Groei (%)", 10, 2.5],
         ["Totaal", 210, 405]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 100", "C3 | Leefloners | 13025 Mol | 2020 | | 200",
         "B4 | Leefloners | 71016 Genk | 2021 | | 110", "C4 | Leefloners | 13025 Mol | 2021 | | 205"],
    ),
    "a column that is an index is left out": (
        [["Leefloners"], ["Gemeente", 2020, 2021, "Index (2020 = 100)"], ["Genk", 100, 110, 110],
         ["Mol", 200, 205, 102.5]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 100", "B4 | Leefloners | 13025 Mol | 2020 | | 200",
         "C3 | Leefloners | 71016 Genk | 2021 | | 110", "C4 | Leefloners | 13025 Mol | 2021 | | 205"],
    ),
    "a letter in the first row that a legend explains": (
        [["Leefloners 2021"], ["Gemeente", "Aantal"], ["Genk", "k"], ["Mol", 9], ["k = minder dan 5"]],
        ["B3 | Aantal | 71016 Genk | 2021 | | aantal c"],
    ),
    "two tables beside each other, each with its title": (
        [["Leefloners 2021", None, None, "Daklozen 2020"], ["Gemeente", "Aantal", None, "Gemeente", "Aantal"],
         ["Genk", 5, None, "Hasselt", 1], ["Mol", 4, None, "Genk", 2]],
        ["B3 | Aantal | 71016 Genk | 2021 | | 5 aantal", "E4 | Daklozen, Aantal | 71016 Genk | 2020 | | 2 aantal"],
    ),
    "two tables of years beside each other, each with its title": (
        [["Leefloners", None, None, "Daklozen"], ["Gemeente", "2020", None, "Gemeente", "2020"],
         ["Genk", 5, None, "Hasselt", 1], ["Mol", 4, None, "Genk", 2]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5", "E4 | Daklozen | 71016 Genk | 2020 | | 2"],
    ),
    "a table in two columns of a page": (
        [["Leefloners 2021"], ["Gemeente", "Aantal", None, "Gemeente", "Aantal"], ["Genk", 5, None, "Mol", 1],
         ["As", 4]],
        ["B4 | Aantal | 71002 As | 2021 | | 4 aantal", "E3 | Aantal | 13025 Mol | 2021 | | 1 aantal"],
    ),
    "two tables beside each other under one title": (
        [["Leefloners"], ["Gemeente", 2020, None, "Gemeente", "2020 (1)"], ["Genk", 5, None, "Hasselt", 1],
         ["Mol", 4, None, "Aalst", 2], ["(1) Breuk in de reeks"]],
        ["B3 | Leefloners | 71016 Genk | 2020 | | 5", "E4 | Leefloners | 41002 Aalst | 2020 | | 2 b"],
    ),
    "two tables beside each other under a line with their area": (
        [["Gebied", "Genk"], [], ["Klas", 2020, None, "Klas", 2021], ["a", 5, None, "a", 1], ["b", 4, None, "b", 2]],
        ["B4 | Blad | 71016 Genk | 2020 | klas=a | 5", "E4 | Blad | 71016 Genk | 2021 | klas=a | 1"],
    ),
    "a source under a Swing CSV": (
        '"Gemeenten";"Leefloners|2020"|"Genk";900|"Bron: verzonnen"'.replace("|2020", "\0").replace("|", "\n")
        .replace("\0", "|2020"),
        ["B2 | Leefloners | 71016 Genk | 2020 | | 900"],
    ),
    "headers of NBB.Stat before OBS_VALUE": (
        "LOCATION,Country,TIME,Time,Value,Flag Codes,Flags|BEL,Belgium,2021,2021,6.3,,|BEL,Belgium,2022,2022,5.6,E,"
        "Estimated value",
        ["E3 | verzonnen | BEL België | 2022 | | 5.6 e"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", READ)
def test_what_a_person_reads_at_a_glance_is_read(tmp_path, kind):
    content, expected = READ[kind]
    found = read(tmp_path, content)
    assert [line for line in expected if line not in found] == [], found
    if "left out" in kind:
        assert len(found) == len(expected)


ASKED = {
    "years before that of the figures": (
        "Gemeente;Jaar van huwelijk;Aantal 2021|Genk;1990;5|Genk;1991;4", "which another header names",
        ["column Jaar van huwelijk=breakdown"], "C2 | Aantal | 71016 Genk | 2021 | jaar van huwelijk=1990 | 5 aantal",
    ),
    "the day or the month first": (
        "Municipality,Date,Count|Genk,1/3/2021,5|Mol,2/3/2021,4", "the day or the month first", ["dates=mdy"],
        "C3 | Count | 13025 Mol | 2021-02-03 | | 4",
    ),
    "months in turn or days of January": (
        "Gemeente;Datum;Aantal|Genk;1/1/2021;5|Genk;2/1/2021;4|Genk;3/1/2021;3", "the day or the month first",
        ["dates=dmy"], "C3 | Aantal | 71016 Genk | 2021-01-02 | | 4 aantal",
    ),
    "small numbers before one column of counts": (
        "Gemeente;Jaar;Steekproef;Aantal|Genk;2021;1;5|Mol;2021;3;4", "labels or figures",
        ["column Steekproef=breakdown"],
        "D2 | Aantal | 71016 Genk | 2021 | steekproef=1 | 5 aantal",
    ),
    "classes or counts of children": (
        "Gemeente;Kinderen ten laste;Gezinnen 2021|Genk;0;500|Mol;2;40", "labels or figures",
        ["column Kinderen ten laste=breakdown"], "C2 | Gezinnen | 71016 Genk | 2021 | kinderen ten laste=0 | 500",
    ),
    "letters behind figures": (
        "Gemeente;Jaar;Risico [%]|Genk;2021;12,7 e|Mol;2021;13,1bp", "text where a number belongs", ["letters=flags"],
        "C3 | Risico | 13025 Mol | 2021 | | 13.1 % bp",
    ),
    "thousands in the title over euro in a header": (
        "Schulden (in 1.000 euro)|Gemeente;Jaar;Bedrag in euro|Genk;2021;12|Mol;2021;13", "euro in a header",
        ["unit=1.000 EUR"], "C3 | Bedrag in euro | 71016 Genk | 2021 | | 12 1.000 EUR",
    ),
    "a label with a unit": (
        [["Gemeente", "Jaar", "Domein", "Aantal"], ["Genk", 2021, "Uitgaven [EUR]", 5]], "a label with a unit",
        ["column C=breakdown"], "D2 | Aantal | 71016 Genk | 2021 | domein=Uitgaven [EUR] | 5 aantal",
    ),
    "a power of ten without decimals": (
        [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, "1E+05"], ["Mol", 2021, "2E+05"]], "looks like a number",
        ["numbers=point"], "C2 | Aantal | 71016 Genk | 2021 | | 100000 aantal",
    ),
    "an area above others that is none of them": (
        "Gemeente: Hasselt||Gemeente;2021|Genk;5|Mol;4", "none of its rows is of", ["column A=breakdown"],
        "B4 | verzonnen | Hasselt | 2021 | gemeente=Genk | 5",
    ),
    "a blank among quarters that nothing explains": (
        "Gemeente;Jaar;Kwartaal;Groep;Aantal|Genk;2021;Q1;a;5|Genk;2021;;b;6|Genk;2021;Q2;a;7", "parts of a year",
        ["cell C3=Totaal"], "E3 | Aantal | 71016 Genk | 2021 | groep=b | 6 aantal",
    ),
    "a trimester of a school year": (
        "Gemeente;Schooljaar;Trimester;Leerlingen|Genk;2020-2021;1;5|Genk;2020-2021;2;6", "no part of 2020-2021",
        ["row 2=nothing", "column C=breakdown"], "D3 | Leerlingen | 71016 Genk | 2020-2021 | trimester=2 | 6",
    ),
    "texts behind an empty column": (
        [["Leefloners"], ["Stad", "2020", "2021", None, "Dienst"], ["Genk", 5, 6, None, "a"], ["Mol", 7, 8, None, "b"]],
        "texts beside a table", ["column Dienst=breakdown"], "B3 | Leefloners | 71016 Genk | 2020 | dienst=a | 5",
    ),
    # file, words of the question, the answer that settles it, a line that it then gives
    "indicators that head areas": (
        [["Gemeente", "2021"], ["Leefloon"], ["Genk", 5], ["Mol", 6], ["Daklozen"], ["Genk", 7], ["Mol", 8]],
        "labels that stand twice", ["rows 2,5=heads"], "B6 | Blad | 71016 Genk | 2021 | groep=Daklozen | 7",
    ),
    "two tables that say the same": (
        [["Gemeente", "2020", "2021"], ["Genk", 5, 6], [], ["Gemeente", "2020", "2021"], ["Genk", 7, 8]],
        "a second table with the same headers", ["table=2"], "B5 | Blad | 71016 Genk | 2020 | | 7",
    ),
    "a column without a year beside one with": (
        "Gemeente;Sterren;Leden 2021|Genk;3;5|Mol;4;6", "a header without a period", ["column Sterren=breakdown"],
        "C2 | Leden | 71016 Genk | 2021 | sterren=3 | 5",
    ),
    "spans of years": (
        "Gemeente;1900-1945;1946-1970|Genk;5;4", "classes of years", ["years=bouwjaar", "period=2021"],
        "B2 | verzonnen | 71016 Genk | 2021 | bouwjaar=1900-1945 | 5",
    ),
    "spans of years that are periods": (
        "Gemeente;1900-1945;1946-1970|Genk;5;4", "classes of years", ["years=periods"],
        "B2 | verzonnen | 71016 Genk | 1900-1945 | | 5",
    ),
    "an area above others": (
        "Gemeente;Hasselt||Gemeente;Jaar;Aantal|Genk;2021;5|Mol;2021;4", "none of its rows is of", ["row 1=nothing"],
        "C4 | Aantal | 71016 Genk | 2021 | | 5 aantal",
    ),
    "a second year": (
        "Gemeente;Jaar;Jaar van vertrek;Aantal|Genk;2021;2019;5|Genk;2021;2020;4", "two columns say the same",
        ["column Jaar van vertrek=breakdown"],
        "D2 | Aantal | 71016 Genk | 2021 | jaar van vertrek=2019 | 5 aantal",
    ),
    "a period under another word": (
        "Meting;Gemeente;Aantal|01/02/2021;Genk;5|01/03/2021;Genk;4", "for which period", ["period=column A"],
        "C2 | Aantal | 71016 Genk | 2021-02-01 | | 5 aantal",
    ),
    "labels that stand twice": (
        "Gemeente;Jaar;Beurt;Leefloners|Genk;2021;9;5|Genk;2021;11;4", "labels that stand twice",
        ["column C=breakdown"], "D2 | Leefloners | 71016 Genk | 2021 | beurt=9 | 5",
    ),
    "growth that its figures do not show": (
        [["Leefloners"], ["Gemeente", "2020", "2021", "Evolutie"], ["Genk", 500, 512, 99], ["Mol", 400, 431, 31]],
        "without a period", ["column D=nothing"], "C3 | Leefloners | 71016 Genk | 2021 | | 512",
    ),
    "a count below zero": (
        "Gemeente;Jaar;Klanten [aantal]|Genk;2021;-12|Mol;2021;5", "a negative count", ["row 2=nothing"],
        "C3 | Klanten | 13025 Mol | 2021 | | 5 aantal",
    ),
    "a blank part that is not the sum": (
        "Gemeente;Geslacht;Jaar;Aantal|Genk;Man;2021;60|Genk;;2021;40", "not the sum", ["blanks=totals"],
        "D3 | Aantal | 71016 Genk | 2021 | | 40 aantal",
    ),
    "blank labels that differ in each block": (
        "Gemeente;Jaar;Aantal|Genk;2020;60|;2021;40|Mol;2020;3", "without an area", ["blanks=above"],
        "C3 | Aantal | 71016 Genk | 2021 | | 40 aantal",
    ),
    "blanks beside coarser areas": (
        "Provincie;Gemeente;2020|Limburg;;50|Limburg;Genk;5|Antwerpen;;40|Antwerpen;Mol;4", "a blank where others",
        ["blanks=totals"], "C2 | verzonnen | 70000 Limburg | 2020 | | 50",
    ),
    "a mean under months without a header": (
        "Leefloon||;Genk;Mol|jan 2021;5;4|feb 2021;7;6|mrt 2021;3;2|Gemiddelde;5;4", "this is no period, among labels",
        ["row 7=nothing"], "B4 | Leefloon | 71016 Genk | 2021-01 | | 5",
    ),
    "a pivot of years with their total": (
        "Gemeente;(Alle)||Rijlabels;Aantal|2020;5|2021;6|2022;7|Eindtotaal;18", "this is no period, among labels",
        ["row 7=nothing"], "B4 | Aantal | | 2020 | | 5 aantal",
    ),
    "an area above blocks of others": (
        "Gemeente;Genk|Dossiers|Soort;2020|Hasselt|A;5|B;7|Mol|A;1|B;3", "that none of its rows is of",
        ["row 1=nothing"], "B5 | Dossiers | 71022 Hasselt | 2020 | soort=A | 5",
    ),
    "two columns of sectors": (
        "Statistische sector;Sector;Jaar;Aantal|71016A00-;INDUSTRIE;2021;5|71016A00-;HUISHOUDENS;2021;4", "the same of",
        ["column Sector=breakdown"], "D2 | Aantal | 71016A00- 71016A00- | 2021 | sector=INDUSTRIE | 5 aantal",
    ),
    "a total of a province with the code of a municipality": (
        "Provincie;Gemeente;NIS-code;Jaar;Aantal|Antwerpen;Totaal;11002;2021;5|Limburg;Genk;71016;2021;4",
        "the code of another area than Antwerpen", ["row 2=nothing"],
        "E3 | Aantal | 71016 Genk | 2021 | | 4 aantal",
    ),
    "a number among names of areas": (
        "Provincie;Jaar;Aantal|Antwerpen;2021;5|43315;2021;4|Limburg;2021;3", "a number where an area belongs",
        ["row 3=nothing"], "C2 | Aantal | 10000 Antwerpen | 2021 | | 5 aantal",
    ),
    "S is a week or a semester": (
        "Commune;Semaine;Nombre|Genk;2021-S1;5|Mol;2021-S2;4", "for which period", ["period=column B"],
        "C2 | Nombre | 71016 Genk | 2021-S1 | | 5",
    ),
    "a comma between thousands or before decimals": (
        'Municipality,Year,Persons|Genk,2021,"1,234"|Mol,2021,"2,345"', "read two ways", ["numbers=point"],
        "C2 | Persons | 71016 Genk | 2021 | | 1234",
    ),
    "an error in the first row, in another language": (
        [["Leefloners 2021"], ["Gemeente", "Aantal"], ["Genk", "#¡VALOR!"], ["Mol", 4]], "an error where a number",
        ["mark #¡VALOR!=c"], "B3 | Aantal | 71016 Genk | 2021 | | aantal c",
    ),
    "a header that stands twice, once over nothing": (
        [["Deel", "Jaar", "Deel", "Klanten"], ["a", 2021, None, 5], ["b", 2021, None, 6]], "two columns say the same",
        ["column A=breakdown"], "D2 | Klanten | | 2021 | deel=a | 5",
    ),
    "brackets in the first row": (
        "Gemeente;Saldo 2021 (EUR)|Genk;(1.200)|Mol;3.100", "looks like a number", ["negatives=brackets"],
        "B2 | Saldo (EUR) | 71016 Genk | 2021 | | -1200 EUR",
    ),
    "a table with other labels beside the first": (
        [["Klanten 2021"], ["Gemeente", "Aantal", None, "Leeftijd", "Aantal"], ["Genk", 5, None, "tot 18", 1],
         ["Mol", 4, None, "ouder", 2]], "a second table beside the first", ["column D=table", "cell E2=Naar leeftijd"],
        "E4 | Naar leeftijd | | 2021 | leeftijd=ouder | 2",
    ),
    "a word in the first row": (
        [["Leefloners 2021"], ["Gemeente", "Aantal"], ["Genk", "afgeschermd"], ["Mol", 4]], "a header or figures",
        ["mark afgeschermd=c"], "B3 | Aantal | 71016 Genk | 2021 | | aantal c",
    ),
    "codes as headers": (
        [["Leefloners"], ["Jaar", 71016, 13025], [2020, 5, 4], [2021, 6, 3]], "a number among the headers",
        ["cell B2=Genk", "cell C2=Mol"], "B3 | Leefloners | 71016 Genk | 2020 | | 5",
    ),
    "an error with a space": (
        "Gemeente;Jaar;Aantal|#DIV/0 !;2021;5|Mol;2021;4", "an error", ["row 2=nothing"],
        "C3 | Aantal | 13025 Mol | 2021 | | 4 aantal",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ASKED)
def test_what_can_be_read_two_ways_is_asked_and_the_answer_works(tmp_path, kind):
    content, words, answers, expected = ASKED[kind]
    with pytest.raises(DataError, match=words) as caught:
        read(tmp_path, content)
    assert answers[0] in [text.removeprefix("sheet Verzonnen: ") for text in caught.value.answers]
    assert expected in read(tmp_path, content, answers)


@pytest.mark.parametrize(
    ("header", "code"),
    {
        "Gemeente (woonplaats)": "11002", "Arrondissement (NL)": "11000", "Nom de la commune": "11002",
        "Naam_provincie": "10000", "Gemeente van inschrijving": "11002", "Gemeentenaam NL": "11002",
    }.items(),
)  # fmt: skip
def test_a_header_in_more_words_tells_the_level_too(tmp_path, header, code):
    rows = f"{header};Jaar;Aantal|Onbekend;2021;5|Antwerpen;2021;4"
    assert f"C3 | Aantal | {code} Antwerpen | 2021 | | 4 aantal" in read(tmp_path, rows)


def test_an_answer_about_days_that_a_day_contradicts(tmp_path):
    with pytest.raises(DataError, match="contradicts") as caught:
        read(tmp_path, "Gemeente,Date,Count|Genk,1/13/2021,5|Mol,2/3/2021,4", ["dates=dmy"])
    assert caught.value.answers == ("dates=mdy",)


def test_two_columns_that_say_the_same_are_both_named(tmp_path):
    with pytest.raises(DataError, match="two columns say the same") as caught:
        read(tmp_path, "Gemeente;Jaar;Gebied;Aantal|Genk;2021;Noord;5|Mol;2021;Zuid;4")
    assert caught.value.found == "Gemeente (column A) and Gebied (column C)"


def test_what_is_shortened_or_raised_without_a_note_is_told(tmp_path):
    path = save(tmp_path / NAME, [["Leefloners"], ["Gemeente", raised("2021", "a")], ["Genk", "1,2E+05"], ["Mol", 4]])
    (reading,), _ = layouts.recognise(open_workbook(path))
    assert "figures such as 1,2E+05 in B3 are shortened: digits may be lost" in reading.assumed
    assert reading.left_out == ["a, raised, without a note: B2"]


@pytest.mark.parametrize(
    "header",
    ["Kwintiel", "Leeftijd (maanden)", "Numéro de rue", "House number", "Dezil", "PLZ", "Kiesbureau", "ISCED 2011",
     "Alter", "Ronde", "Taille du ménage", "Weekdag", "Décile de revenu", "Wijk (nr)"],
)  # fmt: skip
def test_numbers_under_a_header_of_classes_are_labels(tmp_path, header):
    found = read(tmp_path, f"Gemeente;Jaar;{header};Uitgaven (EUR)|Genk;2021;12;500|Mol;2021;14;40")
    assert found[0] == f"D2 | Uitgaven (EUR) | 71016 Genk | 2021 | {header.lower()}=12 | 500 EUR" and len(found) == 2


@pytest.mark.parametrize("header", ["Interkwartiel verschil", "Gemiddelde leeftijd", "Graad [%]", "Inwoners"])
def test_numbers_under_other_headers_are_figures(tmp_path, header):
    assert len(read(tmp_path, f"Gemeente;Jaar;{header};Uitgaven (EUR)|Genk;2021;12;500|Mol;2021;14;40")) == 4


@pytest.mark.parametrize("layout", ["table", "statistical"])
def test_a_table_beside_another_is_left_out_whole(tmp_path, layout):
    """Its figures never get the labels of the first table."""
    rows = [["Tafels"], ["Soort", "2021", None, "Kleur", "2022"], ["a", 5, None, "c", 7], ["b", 6, None, "d", 8]]
    assert read(tmp_path, rows, [f"layout={layout}", "column D=nothing"]) == [
        "B3 | Tafels | | 2021 | soort=a | 5",
        "B4 | Tafels | | 2021 | soort=b | 6",
    ]


def test_struck_words_beside_others_are_told(tmp_path):
    struck = CellRichText(TextBlock(InlineFont(strike=True), "5"), "7")
    path = save(tmp_path / NAME, [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, struck]])
    (reading,), _ = layouts.recognise(open_workbook(path))
    assert lines(reading) == ["C2 | Aantal | 71016 Genk | 2021 | | 7 aantal"]
    assert reading.left_out == ["C2: struck through: 5"]


@pytest.mark.parametrize(
    "header", ["Klantnummer", "gebruiker_id", "Voornaam", "Geboortedatum", "Rijksregisternr", "Dossiernummer"]
)
def test_a_list_of_people_is_refused_as_what_it_is(tmp_path, header):
    values = ["01/02/1960", "03/04/1970"] if header == "Geboortedatum" else [10234, 10235]
    with pytest.raises(DataError, match="a list of people") as caught:
        read(tmp_path, f"Naam;{header};Jaar;Bedrag|Jan;{values[0]};2021;5|An;{values[1]};2021;6")
    assert caught.value.answers == ()


@pytest.mark.parametrize(
    ("rows", "answer", "expected"),
    [
        ("#VERW!||Gemeente;2020|Genk;5", "indicator=LABEL", "B4 | Klanten | 71016 Genk | 2020 | | 5"),
        (
            "Klanten||Gemeente;Jaar;Aantal|Genk;2021;5|Genk;twee;6",
            "cell B5=YYYY",
            "C5 | Aantal | 71016 Genk | 2020 | | 6",
        ),
    ],
)
def test_what_is_no_title_or_period_can_be_given(tmp_path, rows, answer, expected):
    with pytest.raises(DataError) as caught:
        read(tmp_path, rows)
    assert answer in caught.value.answers
    given = answer.replace("LABEL", "Klanten").replace("YYYY", "2020")
    assert any(line.startswith(expected) for line in read(tmp_path, rows, [given]))


def test_a_struck_title_and_note_say_nothing(tmp_path):
    rows = [
        ["Daklozen"],
        ["Klanten (aantal)"],
        ["Gemeente", "2020"],
        ["Genk", "5*"],
        ["Mol", 4],
        ["* Raming"],
        ["* Breuk"],
    ]
    path = save(tmp_path / NAME, rows)
    with edited(path) as book:
        for cell in ("A1", "A7"):
            book.active[cell].font = Font(strike=True)
    (reading,), _ = layouts.recognise(open_workbook(path))
    assert lines(reading)[0] == "B4 | Klanten (aantal) | 71016 Genk | 2020 | | 5 aantal e"
    assert {"A1: struck through: Daklozen", "A7: struck through: * Breuk"} <= set(reading.left_out)


@pytest.mark.parametrize(("cell", "word"), [("A2", "a label"), ("C1", "a header"), ("B2", "a label")])
def test_a_struck_label_is_no_label(tmp_path, cell, word):
    path = save(tmp_path / NAME, [["Gemeente", "Jaar", "Aantal"], ["Genk", 2021, 5], ["Mol", 2021, 4]])
    with edited(path) as book:
        book.active[cell].font = Font(strike=True)
    with pytest.raises(DataError, match=f"{word} that is struck through") as caught:
        layouts.recognise(open_workbook(path))
    assert caught.value.cell == cell
    label = {"A2": "Hasselt", "B2": "2020", "C1": "Klanten"}[cell]
    layouts.recognise(open_workbook(path), answers=[f"cell {cell}={label}"])


def test_the_name_that_a_program_gave_to_a_sheet_says_nothing(tmp_path):
    path = save(tmp_path / "Centrumstad.xlsx", [["Gemeente", 2020], ["Genk", 5]], sheet="Blad1")
    with pytest.raises(DataError, match="nothing says what the figures are"):
        layouts.recognise(open_workbook(path))
    (reading,), _ = layouts.recognise(open_workbook(path), answers=["indicator=Klanten"])
    assert lines(reading) == ["B2 | Klanten | 71016 Genk | 2020 | | 5"]
    (reading,), _ = layouts.recognise(open_workbook(path.rename(tmp_path / "Klanten.xlsx")))
    assert lines(reading) == ["B2 | Klanten | 71016 Genk | 2020 | | 5"]
