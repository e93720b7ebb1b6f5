# SPDX-License-Identifier: EUPL-1.2
"""What layouts share: how to decline, the words of headers, and a `Reading` that accounts for every cell.

A layout makes a `Reading` of a sheet. Each filled cell ends up in one of four places: it holds an observation,
it is a header or label, it is metadata, or it is left out with a reason. A number in none of them is an error,
so that no layout can lose a figure without a word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..observations import areas
from ..observations.observation import WITHOUT_VALUE, Observation, breakdown_text
from ..observations.periods import read_period, whole_text
from ..observations.units import FOOTNOTE, split_label
from ..observations.values import LEGEND, LEGEND_FLAGS, check_numbers, is_error, is_number, read_value, unit_shown
from ..spreadsheets.cells import Cell, Sheet
from ..spreadsheets.number_formats import shown_instead
from ..spreadsheets.numerals import is_numeral


class Declined(Exception):
    """The sheet is not of this layout's shape; the message says why."""


AREA_LEVELS = {
    "gebied": "",
    "naam": "",
    "administratieve eenheid": "",
    "bestuur": "",
    "administratieve eenheden": "",
    "woonplaats": "",
    "naam gebied": "",
    "gebiedsnaam": "",
    "gemeentenaam": "municipality",
    "naam gemeente": "municipality",
    "hoofdgemeente": "municipality",
    "municipality": "municipality",
    "province": "province",
    "region": "region",
    "gemeente": "municipality",
    "gemeenten": "municipality",
    "gemeente/stad": "municipality",
    "stad": "municipality",
    "provincie": "province",
    "provincies": "province",
    "gewest": "region",
    "arrondissement": "arrondissement",
    "sector": "sector",
    "sectoren": "sector",
    "statistische sector": "sector",
    "wijk": "wijk",
    "wijken": "wijk",
    "stadsdeel": "stadsdeel",
    "stadsdelen": "stadsdeel",
    "gewesten": "region",
    "arrondissementen": "arrondissement",
    "deelgemeente": "deelgemeente",
    "deelgemeenten": "deelgemeente",
    "buurt": "buurt",
    "buurten": "buurt",
}
CODE_WORDS = {"code", "nis-code", "nis code", "niscode", "nis", "sectorcode", "wijkcode", "refnis"}
PERIOD_WORDS = {"periode", "jaar", "schooljaar", "boekjaar", "inkomstenjaar", "maand", "kwartaal", "datum"}
PERIOD_WORDS |= {"year", "quarter", "month", "date"}
NOTE = re.compile(r"\(\d{1,2}\)|\*|(?:bron(?:nen)?|(?:voet)?noot|nota|let op|opmerking(?:en)?)\b", re.IGNORECASE)
NOTE_FLAGS = {"breuk": "b", "schatting": "e", "prognose": "f", "voorlopig": "p", "herzien": "r", "onbetrouwbaar": "u"}


AREA_CODE = re.compile(r"\d{5}(?:[A-Z][0-9A-Z-]{2,3}|ZZZZ)?")
MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])")
MADE_UP = re.compile(r"Unnamed: \d+(?:_level_\d+)?|\.\.\.\d+|(?:19|20)\d\d\.\d+")


@dataclass
class Reading:
    """What a layout made of a sheet: observations, and a word for every other filled cell."""

    sheet: Sheet
    layout: str
    rows: list[Observation] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    metadata: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    _placed: set[tuple[int, int]] = field(default_factory=set)
    _data: list[Cell] = field(default_factory=list)  # the cells of `rows`, in the same order

    def assume(self, what: str) -> None:
        """This was assumed; said once."""
        if what not in self.assumed:
            self.assumed.append(what)

    def labels(self, cells: Iterable[Cell]) -> None:
        """These cells are headers or labels."""
        self._placed.update((cell.row, cell.column) for cell in cells)

    def tell(self, cells: Iterable[Cell]) -> None:
        """These cells, of one row, are metadata: a title, source, legend, footnote or date.

        A number is so only in a line such as `Periode | 2021`; any other is a figure that still needs its place.
        """
        cells = list(cells)
        line = len(cells) == 2 and not is_number(cells[0]) and cells[1].column == cells[0].column + 1
        self.labels(cell for cell in cells if line or not is_number(cell))
        self.metadata.append(" | ".join(cell.text for cell in cells))

    def leave_out(self, what: str, cells: Iterable[Cell]) -> None:
        """These cells are passed over; `what` says which and why."""
        self.labels(cells)
        self.left_out.append(what)

    def observe(
        self,
        cell: Cell,
        *,
        indicator: str,
        unit: str,
        area: str,
        period: str,
        marks: dict[str, str],
        code: str = "",
        level: str = "",
        breakdown: dict[str, str] | None = None,
        status: str = "",
        citation: dict[str, str] | None = None,
        covers: bool = False,
    ) -> None:
        """Add the observation that stands in a cell. `status` holds when the cell itself is no mark.

        `covers`: what a merged cell covers is told in the breakdown; any other merged figure is an error.
        """
        if not covers and self.sheet.range_over(cell.row, cell.column):
            raise self.sheet.error("figures in merged cells", cell, do="unmerge them and say what the figure is of")
        for what, text in (("indicator", indicator), ("area", area)):
            if is_numeral(text) and text != code and not AREA_CODE.fullmatch(text):
                raise self.sheet.error(f"the {what} of this figure would be a number, {text}", cell, do="name it")
        if areas.is_known(area) and areas.name_of(code).casefold() not in ("", area.casefold()):
            raise self.sheet.error(f"the code {code} is not that of {area}", cell, do="correct the code or the name")
        value, own = read_value(self.sheet, cell, unit, marks)
        citation = dict(citation or {})
        if self._is_hidden(cell):
            citation["note"] = " ".join(filter(None, [citation.get("note"), "Verborgen in de bron."]))
        try:
            parts = breakdown_text(breakdown or {})
        except ValueError as error:
            raise self.sheet.error(
                "a label with ';', or a header with ';' or '='", cell, found=str(error), do="write it otherwise"
            ) from None
        code = code or areas.code_of(area, level)
        self._data.append(cell)
        self._placed.add((cell.row, cell.column))
        self.rows.append(
            Observation(
                indicator=indicator,
                area_code=code,
                area=area,
                period=period,
                breakdown=parts,
                value=value,
                unit=unit,
                status=own or status,
                source=self.sheet.file,
                sheet=self.sheet.name,
                cell=cell.address,
                citation=citation,
            )
        )

    def flag(self, flags: str) -> None:
        """Flags that the row states go with the cell's own; a blank cell has the reason that they give."""
        last, blank = self.rows[-1], not self._data[-1].text
        own = "" if blank and WITHOUT_VALUE & set(flags) else last.status
        self.rows[-1] = replace(last, status="".join(sorted({*own, *flags})))

    def finish(self) -> Reading:
        """Account for the rest of the sheet and check its columns.

        Raises `DataError` for a number that the layout did not place, for anything else that it did not place in a
        row of figures, for half a quotation in a CSV, and for a column that can be read two ways.
        """
        with_figures = {cell.row for cell in self._data}
        self._check_lines(with_figures)
        for place, cell in self.sheet.cells.items():
            if self.sheet.delimiter and cell.text.count('"') % 2:
                raise self.sheet.error("a quotation mark without its other half", cell, do="ask for the file again")
            if place in self._placed:
                continue
            if is_number(cell) or cell.row in with_figures:
                raise self.sheet.error(
                    f"{'a figure' if is_number(cell) else 'text'} outside the table that the layout {self.layout}"
                    " reads here",
                    cell,
                    do="move a second table to a sheet of its own, take an empty row out, or give its column a header",
                )
            self.left_out.append(f"{cell.address}: {cell.text[:80]}")
        self._check_columns()
        self._check_months()
        for point in {
            c.point for c in self._data if isinstance(c.value, str) and re.search("[.,]", c.text) and is_number(c)
        }:
            how = "a dot before decimals" if point else "a dot between thousands, a comma before decimals"
            self.assumed.append(f"numbers as text: {how}")
        return self

    def _check_lines(self, rows: set[int]) -> None:
        """The lines of a CSV that hold figures have as many fields, or one of them has lost some."""
        fields = self.sheet.fields
        widest = max((fields.get(row, 0) for row in rows), default=0)
        short = next((row for row in sorted(rows) if fields.get(row, 0) < widest), 0)
        if short:
            raise self.sheet.error(
                f"a line with {fields[short]} fields among lines with more",
                self.sheet.row(short)[-1],
                do="ask for the file again, or put the separators back",
            )

    def _check_months(self) -> None:
        """`2011-12` is a month, unless all that look like months could be school years."""
        months = [
            cell for cell in self.sheet.cells.values() if MONTH.fullmatch(cell.text) and isinstance(cell.value, str)
        ]
        periods = {row.period for row in self.rows}
        wrong = next((cell for cell in months if cell.text in periods), None)
        if wrong and all(int(cell.text[2:4]) + 1 == int(cell.text[5:]) for cell in months):
            year, month = wrong.text.split("-")
            raise self.sheet.error(
                "a period that can be read two ways",
                wrong,
                expected=f"month {month} of {year}, or the years {year}-{int(year) + 1}",
                do=f"write {year}-{int(year) + 1}, or the name of the month",
            )

    def _check_columns(self) -> None:
        """Columns whose header names no unit get the one that their figures show; then each is read one way."""
        columns = defaultdict(list)
        for index, cell in enumerate(self._data):
            columns[cell.column, self.rows[index].unit].append(index)
        for (_, unit), places in columns.items():
            cells = [self._data[index] for index in places]
            if not unit:
                unit = self._shown_unit(cells)
                for index in places if unit else ():
                    self.rows[index] = replace(self.rows[index], unit=unit)
            check_numbers(self.sheet, cells, unit, certain=self.layout == "swing" and self.sheet.delimiter != ",")

    def _shown_unit(self, cells: list[Cell]) -> str:
        shown = {unit_shown(cell): cell for cell in cells if is_number(cell)}
        if len(shown) > 1:
            units = ", ".join(unit or "none" for unit in shown)
            cell = next(cell for unit, cell in shown.items() if not unit or unit != next(iter(shown)))
            raise self.sheet.error("figures of one column that show different units", cell, expected=f"one of: {units}")
        return next(iter(shown), "")

    @property
    def unended(self) -> int:
        """The line of figures at which a CSV ends without a line end: it may have been cut off there. Else 0."""
        return self.sheet.unended if any(cell.row == self.sheet.unended for cell in self._data) else 0

    @property
    def figures(self) -> Iterable[tuple[Cell, Observation]]:
        """Each observation with its cell."""
        return zip(self._data, self.rows, strict=True)

    @property
    def hidden_places(self) -> list[str]:
        """What the source hides: the sheet, and the rows and columns of which no filled cell is shown."""
        if self.sheet.hidden:
            return ["the sheet"]
        cells = self.sheet.cells.values()
        rows = {cell.row for cell in cells} - {cell.row for cell in cells if not cell.hidden}
        columns = {cell.column for cell in cells} - {cell.column for cell in cells if not cell.hidden}
        letters = (self.sheet[1, column].address[:-1] for column in sorted(columns))
        return [f"row {row}" for row in sorted(rows)] + [f"column {letter}" for letter in letters]

    @property
    def hidden(self) -> list[str]:
        """Addresses of figures that the source hides."""
        return [cell.address for cell in self._data if self._is_hidden(cell)]

    def _is_hidden(self, cell: Cell) -> bool:
        return cell.hidden or self.sheet.hidden or shown_instead(cell) == ""


def label_parts(sheet: Sheet, cell: Cell) -> tuple[str, str, list[str]]:
    """Label, unit and footnote marks of a header cell; a period is its label as it is written in a tidy table.

    Raises `DataError` when it names two units, or is no text at all.
    """
    text = read_period(cell) or label_text(sheet, cell)
    if (is_number(cell) or AREA_CODE.fullmatch(cell.text)) and not read_period(cell):
        raise sheet.error("a number among the headers", cell, do="give the column a header")
    if MADE_UP.fullmatch(text):
        raise sheet.error(
            "a header that a program made up for one that was blank or stood twice",
            cell,
            do="ask for the file as its publisher made it, or give the column its own header",
        )
    try:
        return split_label(text)
    except ValueError as error:
        raise sheet.error("a header with two units", cell, found=str(error), do="leave one") from None


def label_text(sheet: Sheet, cell: Cell) -> str:
    """The text of a label. Raises `DataError` for an error value and for a date that Excel made of `1-5`."""
    if is_error(cell) or not isinstance(cell.value, str | int | float | None) or isinstance(cell.value, bool):
        raise sheet.error("an error, date or yes/no where a label belongs", cell, do="type the label as text")
    return cell.text


def nis_code(cell: Cell) -> str:
    """A code as text; 1000, 2000, 3001 are the codes of the country and its regions, whose zero Excel dropped."""
    code = whole_text(cell)
    return f"0{code}" if re.fullmatch(r"[124]000|300[01]", code) else code


def single_table(rows: list[tuple[int, list[Cell]]], start: int) -> tuple[list[int], list[int]]:
    """Row numbers of the table that starts at a row, up to the first empty row, and of what follows it."""
    numbers = [number for number, cells in rows if number >= start]
    end = next((n for n, cells in rows if n >= start and not cells), numbers[-1] + 1 if numbers else start)
    return [n for n in numbers if n < end], [n for n, cells in rows if n > end and cells]


def is_note(cell: Cell) -> bool:
    """True for a source, a footnote or a sentence, which is no header, title or label."""
    return bool(NOTE.match(cell.text)) or (cell.text.endswith(".") and cell.text.count(" ") > 2)


def note_flags(sheet: Sheet, rows: Iterable[int]) -> dict[str, str]:
    """`(1)` → `b`, for each row that opens with a mark and a word that stands for a flag; `(p)` needs none.

    Raises `DataError` when a mark has another note as well.
    """
    flags: dict[str, str] = {}
    for number in rows:
        mark, _, words = " ".join(cell.text for cell in sheet.row(number)).partition(" ")
        if FOOTNOTE.fullmatch(mark):
            flag = next((flag for word, flag in NOTE_FLAGS.items() if words.lower().startswith(word)), "")
            if flags.setdefault(mark, flag) != flag:
                raise sheet.error(f"two notes for one mark {mark}", sheet.row(number)[0], do="give each its own mark")
    return {"(p)": "p"} | {mark: flag for mark, flag in flags.items() if flag}


def legend_marks(sheet: Sheet) -> dict[str, str]:
    """Marks that the sheet itself explains: `* = Confidentieel` → `{"*": "c"}`."""
    found = (LEGEND.fullmatch(cell.text.lower().rstrip(".")) for cell in sheet.cells.values())
    return {one.group(1): LEGEND_FLAGS.get(one.group(2), "c") for one in found if one}


def header_row(reading: Reading, *words: str) -> tuple[int, dict[str, Cell]]:
    """The first row that has all these headers: its number and its cells by header in lower case.

    Rows above it become metadata. Raises `Declined` when there is none, or nothing under it, and `DataError` when
    a header stands twice.
    """
    sheet = reading.sheet
    for number, cells in sheet.rows():
        if not set(words) <= {cell.text.lower() for cell in cells}:
            continue
        headers: dict[str, Cell] = {}
        for cell in cells:
            if is_number(cell) and not read_period(cell):
                raise sheet.error("a number among the headers", cell, do="give the column a header")
            other = headers.setdefault(cell.text.lower(), cell)
            if other is not cell:
                raise sheet.error(f"a header that stands twice, also in {other.address}", cell, do="rename one")
        if number == sheet.height:
            raise Declined("a header row with nothing under it")
        for above in range(1, number):
            if sheet.row(above):
                reading.tell(sheet.row(above))
        reading.labels(cells)
        return number, headers
    raise Declined(f"no header row with {', '.join(words)}")


# How spreadsheets and data-frame libraries head a column that only numbers the rows.
INDEX_WORDS = {"", "index", "nr", "nr.", "#", "id", "x", "x1", "v1", "...1", "unnamed: 0"}


def index_column(reading: Reading, header: Cell, cells: list[Cell]) -> bool:
    """True for a column without a header of its own whose cells only number the rows; it is left out."""
    numbers = [cell.value if isinstance(cell.value, int) else cell.text for cell in cells if cell.text]
    starts = (list(map(kind, range(first, first + len(numbers)))) for first in (0, 1) for kind in (int, str))
    if len(numbers) < 2 or header.text.lower() not in INDEX_WORDS or numbers not in starts:
        return False
    reading.leave_out(f"column {header.address.rstrip('0123456789')}: it only numbers the rows", [header, *cells])
    return True
