# SPDX-License-Identifier: EUPL-1.2
"""What titles, the lines above a plain table, years among the words of its headers and the sheet's name say of it.

Takes a frame; gives what holds for the whole table; called by `table` and `columns`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...observations import areas
from ...observations.observation import TOTAL_WORDS
from ...observations.periods import MONTH, kind_of_part, periods_in, read_period, years_between
from ...observations.values import is_error
from ...spreadsheets.addresses import column_letters
from ...spreadsheets.cells import Cell, Sheet
from ..answers import about, for_column, for_label
from ..engine.declared import Says
from ..engine.reading import Reading, unclear
from ..words import ALL, AREA_LEVELS, NUMBERED, OTHER_YEAR, PERIOD_WORDS, PUBLISHED, UNIT_ALONE, is_note
from .extent import is_caption, is_word
from .parts import Frame

# A header that begins or ends with its year; and words after which a year is none of the figures'.
DATED = re.compile(
    r"(?P<words>.+?)(?:,? |(?<=[^\W\d])[-_])\(?(?P<last>(?:\d\d?[-/.]\d\d?[-/.])?\d{4}(?:[-/]\d{4}|[-/]\d\d)?)\)?"
    r"(?P<unit> ?\((?!\d+\)|[^()]*(?:19|20)\d\d)[^()]+\))?"
    r"|(?P<first>\d{4}(?:[-/]\d{4}|[-/]\d\d)?)(?:,| [-|])? (?P<rest>.+)"
)


# `Data extracted on`, `Laatste update:`, `Afgedrukt op`
_STAMP = re.compile(rf"(?:\w+ )?(?:{PUBLISHED.pattern})(?: op| on| le|:)", re.IGNORECASE)
_FILTER = re.compile(r"(?:toegepaste |applied )?filters?\b|gefilterd\b|filtered\b|selecti(?:e|on)\b", re.IGNORECASE)


def title_of(reading: Reading, frame: Frame) -> str:
    """What a table of bare periods is about: the titles above it, or the name of sheet or file."""
    sheet = reading.sheet
    if answered := about(sheet).whole("indicator"):
        reading.assume(f"indicator: {answered}, as answered")
        return answered
    said = words_of_titles(sheet, frame)
    said = "" if areas.is_named(said) else said
    title = said or ("" if _OF_PROGRAM.fullmatch(sheet.name) else sheet.name) or sheet.file.rpartition(".")[0]
    if is_word(title) or (not said and areas.is_named(title)) or is_error(Cell(0, 0, title)):
        raise sheet.error("nothing says what the figures are", found=title, answers=("indicator=LABEL",))
    reading.assume(f"indicator: {title}")
    return title


_OF_PROGRAM = re.compile(r"(?:blad|sheet|feuil|tabelle)\s?\d+", re.IGNORECASE)


def words_of_titles(sheet: Sheet, frame: Frame) -> str:
    """The titles above a table, but for lines such as `Gebied | Genk`, filters and periods alone."""
    lines = {cell.row for _, _, cell in _lines(sheet, frame)}
    titles = ([cell for cell in sheet.row(n) if not is_note(cell)] for n in frame.titles if n not in lines)
    alone = [cells[0] for cells in titles if len(cells) == 1 or is_caption(sheet, cells)]
    alone += [frame.corner] if frame.corner else []
    texts = [cell.text for cell in alone if not read_period(cell) and not _STAMP.match(cell.text)]
    numbered = max((i for i, text in enumerate(texts) if NUMBERED.match(text)), default=0)
    texts = texts[numbered:]  # what stands above `Tabel 3.1` is of the whole page
    return ", ".join(text for text in texts if not _FILTER.match(text))


def cells_of_titles(sheet: Sheet, frame: Frame) -> list[Cell]:
    cells = [cell for number in frame.titles for cell in sheet.row(number)]
    return [*cells, frame.corner] if frame.corner else cells


_COUNTED = re.compile(r"\b(?:naar|volgens|per|selon|by)\s+(?:(?:de|het|la|le)\s+)?([^\W\d]+)", re.IGNORECASE)


def counted_key(sheet: Sheet, frame: Frame) -> str:
    """What headers that count are of, as a title says: `leeftijd` of `Inwoners naar leeftijd`."""
    texts = " ".join(cell.text for cell in cells_of_titles(sheet, frame))
    words = [word.lower() for word in _COUNTED.findall(texts)]
    return next((word for word in words if kind_of_part(word) or not is_word(word)), "klasse")


def key_of_groups(sheet: Sheet, frame: Frame) -> str:
    """What groups such as `15-24 jaar` in headers are of: `leeftijd` where a title has that word."""
    ages = any(_AGE.search(cell.text) for cell in cells_of_titles(sheet, frame))
    return "leeftijd" if ages else counted_key(sheet, frame)


_AGE = re.compile(r"leeftijd|\bâge|\bage\b|\bages\b", re.IGNORECASE)


_STATISTIC = re.compile(
    r"totaal|total|(?:gewogen )?gemiddelde?|gem\.|mediaan|moyenne|médiane|mean|average|median|minimum|maximum",
    re.IGNORECASE,
)


def date(reading: Reading, frame: Frame) -> None:
    """`Inwoners 2021` is `Inwoners` of 2021, where nothing else says the period or headers name several years."""
    if frame.has_periods or any(column.period for column in frame.figures.values()):
        return
    found = {c: DATED.fullmatch(column.indicator) for c, column in frame.figures.items()}
    dated = {}
    for c, one in found.items():
        period, words = _dated(one) if one else ("", "")
        if re.fullmatch(r"\([^()]*\)", words) or (
            UNIT_ALONE.fullmatch(words) and words_of_titles(reading.sheet, frame)
        ):
            words = title_of(reading, frame)  # `2021 (x 1.000)`, `2021 aantal`
        if period and not OTHER_YEAR.search(words):
            dated[c] = replace(frame.figures[c], indicator=words, period=period)
    names = {column.indicator for column in dated.values()}
    if len(names) == 1 and _STATISTIC.fullmatch(*names) and (title := words_of_titles(reading.sheet, frame)):
        name = names.pop()
        title = title if name.lower() in TOTAL_WORDS else f"{title}, {name}"  # `Mediaan 2020` under `Inkomen`
        dated = {c: replace(column, indicator=title) for c, column in dated.items()}
    years = {column.period for column in dated.values()}
    said = set(_periods_of_titles(reading.sheet, frame))
    if said and len(years) == 1 and all(any(period.startswith(f"{year}-") for year in years) for period in said):
        return  # the title itself, which says it more exactly
    clash = found and len(dated) == len(found) and len(years) == 1 and not said <= years
    if clash and (answered := read_period(about(reading.sheet).whole("period"))) in years | said:
        for c, column in dated.items():
            frame.figures[c] = replace(column, period=answered)
        reading.assume(f"period: {answered}, as answered")
        return
    if clash:
        head = frame.over[next(iter(found))][-1]
        raise reading.sheet.error(
            "a year in the header and another in the title",
            head,
            expected=f"one of: {', '.join(sorted(years | said))}",
            answers=[f"period={period}" for period in sorted(years | said)],
        )
    if len(years) > 1 or (dated and len(dated) == len(found)):
        frame.figures |= dated
        reading.assumed.append("periods: across, among the words of the headers")


def undated(title: str) -> str:
    """`Leefloners 2021` without its year."""
    found = DATED.fullmatch(title)
    return (found["words"] or found["rest"]) if found else title


def _is_dated(header: str) -> bool:
    period, words = _dated(found) if (found := DATED.fullmatch(header)) else ("", "")
    return bool(period) and not OTHER_YEAR.search(words)


def _year_of(frame: Frame, dated: Sequence[int]) -> str:
    """The year that headers name, when it is one."""
    years = {_dated(DATED.fullmatch(frame.figures[column].indicator))[0] for column in dated}
    return years.pop() if len(years) == 1 else "YYYY"


_OP = re.compile(r"\s+(?:op|in|per|du|au|on)$", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|en)$", re.IGNORECASE)


_BETWEEN = {"/", "-", "–", "en", "et", "tot", "t/m", "t.e.m."}


def _dated(found: re.Match) -> tuple[str, str]:
    """Period and words of a header: `Inwoners op 1 januari 2020` is `Inwoners` of 2020-01-01."""
    if found["first"]:
        return _year(found["first"]), found["rest"]
    words, unit = found["words"].split(), f" {found['unit'].strip()}" if found["unit"] else ""
    if words[-2:-1] and words[-2] in _BETWEEN:
        return "", ""  # `Januari / Februari 2021`
    for count in (2, 1):
        period = read_period(" ".join([*words[-count:], found["last"]]))
        if len(words) > count and len(period) > len("2020"):
            return period, _OP.sub("", " ".join(words[:-count])) + unit
    period = _year(found["last"])
    on = _OP if len(period) > len("2020-2021") else _IN
    return period, on.sub("", found["words"]) + unit


def _year(text: str) -> str:
    """The period of a year or day behind words. `2010-12` is none: it may be three years there."""
    period = read_period(text)
    return "" if MONTH.fullmatch(period) and years_between(period) != 1 else period


def _periods_of_titles(sheet: Sheet, frame: Frame) -> list[str]:
    """What titles say, but for sources and the days on which something was published."""
    cells = cells_of_titles(sheet, frame)
    texts = [cell.text for cell in cells if not is_note(cell) and not PUBLISHED.search(cell.text)]
    found = [p for text in texts for p in [read_period(text), *periods_in(text)] if p]
    return [p for p in found if not any(len(q) != len("2020-2021") and q.startswith(f"{p}-") for q in found)]


def whole_of(reading: Reading, frame: Frame, above: Says) -> Says:
    """What holds for the whole table: lines such as `Gebied | Genk` above it, the year in its title or sheet name."""
    sheet, area, period = reading.sheet, above.area, ""
    if not area and not frame.has_areas:
        area = _answered_area(reading)
    for word, text, cell in _lines(sheet, frame):
        if word in AREA_LEVELS:
            if about(sheet).whole("area") not in ("", text):
                raise sheet.error("an answer that the file contradicts", cell, answers=(f"area={text}",))
            _refuse_other_areas(sheet, frame, word, text, cell)
            area = text
        elif word in PERIOD_WORDS:
            period = read_period(text)
            if not period:
                expected, answers = "2021, 2020-2021 or 2021-12", for_label(cell, "YYYY")
                raise sheet.error(f"this is no period, beside {word!r}", cell, expected=expected, answers=answers)
    if not frame.has_areas:
        area = _area_of_corner(reading, frame) or area or _area_of_sheet(reading)
    without = [c for c, column in frame.figures.items() if not column.period]
    if frame.has_periods or not without or period:
        return Says(area=area, period=period)
    if len(without) < len(frame.figures):
        raise unclear(
            sheet,
            "a header without a period beside others that have one",
            sheet.over(frame.heads[-1], without[0]),
            expected="a period such as 2021 in each header of figures",
            answers=for_column(without[0]),
        )
    titles = set(_periods_of_titles(sheet, frame))
    periods = sorted(titles.union(periods_in(sheet.name)))
    dated = [c for c in without if _is_dated(frame.figures[c].indicator)]
    if not periods and 0 < len(dated) < len(without) and not about(sheet).whole("period"):
        bare = next(c for c in without if c not in dated)
        heads = frame.over[bare]
        raise unclear(
            sheet,
            "a header without a period beside others that have one",
            heads[-1] if heads else sheet[frame.rows[0], bare],
            expected="a period such as 2021 in each header of figures, or labels",
            answers=(*for_column(bare, "breakdown", head=(heads or [None])[-1]), f"period={_year_of(frame, dated)}"),
        )
    if not periods and above.period:
        return Says(area=area, period=above.period)
    if answered := about(sheet).whole("period"):
        return _answered_period(reading, area, answered, periods)
    if len(periods) != 1:
        columns = [f"period=column {column_letters(column)}" for column in _of_periods(frame, frame.labels)]
        columns += [f"column {column_letters(column)}=period" for column in _of_periods(frame, frame.figures)]
        raise unclear(
            sheet,
            "nothing says for which period the figures hold" if not periods else "the period can be read two ways",
            found=", ".join(periods) or None,
            expected="one period in a column, the header, a title or the sheet's name",
            answers=[*columns, *(f"period={period}" for period in periods or ["YYYY"])],
        )
    where = "a title" if titles else "the sheet's name"
    reading.assumed.append(f"period: {periods[0]}, from {where}")
    return Says(area=area, period=periods[0])


def _of_periods(frame: Frame, columns: Iterable[int]) -> list[int]:
    """Those of these columns that are all periods, though no header says so."""
    return [column for column in columns if frame.under[column] and all(map(read_period, frame.under[column]))]


# `Gebied: Genk`, `Filters: Gemeente is Genk`
_SAID = re.compile(r"(?:(?:toegepaste |applied )?filters?:\s*)?([^:]+?)(?::|\s+is\s)\s*(\S.*)", re.IGNORECASE)


def _lines(sheet: Sheet, frame: Frame) -> Iterator[tuple[str, str, Cell]]:
    """Lines such as `Gebied | Genk` or `Gebied: Genk` above a table: word, what stands beside it, and its cell."""
    areas_alone = [cells for cells in map(sheet.row, frame.titles) if len(cells) == 1 and areas.is_named(cells[0].text)]
    named = [says.indicator for says in frame.figures.values()]  # by headers of their own, where no title is said
    is_free = len(frame.titles) > 1 or (named and all(cells[0].text not in named for cells in areas_alone))
    alone = areas_alone[0] if len(areas_alone) == 1 and is_free else []
    for row in frame.titles:
        cells = sheet.row(row)
        if cells[-1].text.lower() in ALL:
            continue  # no filter
        if len(cells) == 2 and is_word(cells[0].text):
            yield cells[0].text.lower().rstrip(":"), cells[1].text, cells[1]
        elif alone == cells:
            yield "gebied", cells[0].text, cells[0]
        elif len(cells) == 1 and (found := _SAID.fullmatch(cells[0].text)):
            word = found[1].strip().lower()
            if word in AREA_LEVELS or read_period(found[2]):
                yield word, found[2], cells[0]


def _refuse_other_areas(sheet: Sheet, frame: Frame, word: str, text: str, cell: Cell) -> None:
    """A line `Gemeente | Hasselt` above a column, or above blocks, of other municipalities contradicts it."""
    column = frame.column_of("area")
    head, level = frame.header(column).lower(), AREA_LEVELS[word]
    names: set[str] = set()
    answers = [f"row {cell.row}=nothing"]
    if level and AREA_LEVELS.get(head) == level:
        names = {areas.split_level(named.text)[0].lower() for named in frame.under[column]}
        answers.append(f"column {column_letters(column)}=breakdown")
    elif level == "municipality":
        names = {says.area.lower() for says in frame.blocks.values() if says.area}
    if names and areas.is_known(text) and text.lower() not in names:
        expected = "one of the areas in its rows"
        raise sheet.error(
            "an area above the table that none of its rows is of", cell, expected=expected, answers=answers
        )


def _area_of_corner(reading: Reading, frame: Frame) -> str:
    """The area that stands as the header of labels which are no areas: what the whole table is of."""
    first = min(frame.labels, default=0)
    name = frame.header(first)
    if name and areas.is_known(name):
        frame.labels[first] = "rij"
        reading.assume(f"area: {name}, from {frame.over[first][-1].address}")
        return name
    return ""


def _answered_area(reading: Reading) -> str:
    """The area that was answered for a table without areas of its own."""
    name = reading.sheet.name
    answered = about(reading.sheet).whole("area")
    if answered:
        reading.assume(f"area: {answered}, as answered")
    if answered not in ("", name) and areas.is_named(name):
        answers = (f"area={name}",)
        raise reading.sheet.error("an answer that the file contradicts", found=f"area={answered}", answers=answers)
    return answered


def _area_of_sheet(reading: Reading) -> str:
    """The area that a sheet is called by, in a workbook with a sheet for each."""
    name = reading.sheet.name if areas.is_named(reading.sheet.name) else ""
    if name:
        reading.assume(f"area: {name}, from the sheet's name")
    return name


def _answered_period(reading: Reading, area: str, answered: str, said: Sequence[str]) -> Says:
    period = read_period(answered)
    if not period:
        raise reading.sheet.error("the answer is no period", found=answered, expected="period=2021")
    if said and period not in said:
        expected = f"what the file says: {', '.join(said)}"
        raise reading.sheet.error("an answer that the file contradicts", found=f"period={answered}", expected=expected)
    reading.assume(f"period: {period}, as answered")
    return Says(area=area, period=period)
