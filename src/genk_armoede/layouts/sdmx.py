# SPDX-License-Identifier: EUPL-1.2
"""SDMX-CSV 1.0 and 2.0: a row an observation, columns by the names that the standard gives them.

Labels are ids, names, or `id: name`, and headers are as well. Written as Eurostat, NBB.Stat and the OECD publish them;
Eurostat's own `OBS_FLAG` is read as `OBS_STATUS`. Attributes that say nothing of the figure itself are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ..observations.marks import MARKS as COMMON
from ..spreadsheets.cells import Cell, Sheet
from .answers import for_header, for_label
from .codes import (
    AREA,
    FREQUENCY,
    PERIOD,
    UNIT,
    area_says,
    breakdown_says,
    confidential,
    flags_of,
    period_of,
    role_of,
    unit_of,
)  # fmt: skip
from .engine.declared import NOTHING, Labels, Says, Table
from .engine.reading import Declined, Reading
from .headers import rows_under

NAME = "sdmx"
MARKS = COMMON | {".": "m", "...": "m"}
VALUE = re.compile(r"obs_value\b.*|observation value")
LEGACY = {"time", "value", "flag codes"}  # headers of exports from before OBS_VALUE
TIME = re.compile(r"time_period\b.*|time period")
FLOW = ("dataflow", "structure_id", "structure_name", "structure")
TITLE = re.compile(r"\w+:(?P<id>\w+)\([\d.]+\)(?:: (?P<name>.+))?")
CODED = re.compile(r"(?P<code>[^\s:]+): (?P<name>.+)", re.DOTALL)
# Attributes of a figure, a row or a file that say nothing of what is measured.
ATTRIBUTES = re.compile(
    r"decimals|last update|last_update|time_format|action|obs_pre_break|pre_break_value|comment\w*|obs_comment|title\w*"
    r"|base_per|collection|compilation|coverage|source\w*|note\w*|obs_conf|embargo\w*|time_per_collect|contact\w*"
    r"|unit_index_base|observation_?status_?label"
)
STATUS, CONF, MULT = "obs_status", "conf_status", "unit_mult"
STATUS_NAMES = ("obs_status", "obs_flag", "flag", "flags", "flag codes", "observation status", "observation flag")
NAMES = {
    **dict.fromkeys(STATUS_NAMES, STATUS),
    **dict.fromkeys(["observation status (flag)", "observation status (flag) v2 structure"], STATUS),
    **dict.fromkeys([CONF, "confidentiality status (flag)", "confidentiality status"], CONF),
    **dict.fromkeys([MULT, "unit multiplier", "multiplier"], MULT),
}


def read(sheet: Sheet) -> Reading:
    """One observation a row; the indicator is the name of the dataflow, or its id."""
    reading = Reading(sheet, NAME)
    names = {cell.column: _name(cell.text) for cell in sheet.row(1)}
    value = next((column for column, name in names.items() if VALUE.fullmatch(name)), 0)
    if {cell.text.lower() for cell in sheet.row(1)} >= LEGACY:
        value = next(column for column, name in names.items() if name == "value")
    elif not value or not any(map(TIME.fullmatch, names.values())):
        raise Declined("no OBS_VALUE beside TIME_PERIOD in the first row")
    top, rows = 1, rows_under(sheet, 1)
    if not rows:
        raise Declined("a header row with nothing under it")
    heads = [cell.text for cell in sheet.row(top)]
    if twice := next((cell for n, cell in enumerate(sheet.row(top)) if cell.text in heads[:n]), None):
        raise sheet.error("a header that stands twice", twice, answers=for_header(twice))
    reading.labels(sheet.row(top))
    beside = _names_beside(sheet, names, rows)
    labels, place = [], {name: column for column, name in reversed(names.items()) if column not in beside.values()}
    for column, name in names.items():
        if column == value or column in beside.values():
            continue
        say = _sayer(reading, name, column, beside.get(column), rows) if place.get(name) == column else None
        if say:
            labels.append(Labels((column, beside[column]) if column in beside else (column,), say))
        elif name not in (MULT, STATUS, CONF) and role_of(name) != UNIT:
            own = [column, *([beside[column]] if column in beside else [])]
            for left in own:
                reading.leave_column(f"column {sheet[top, left].text}: {_why(name)}", left, rows)
    keys = [sheet.aligned(group.columns[0], rows)[0] for group in labels]
    if UNIT in map(role_of, place) or MULT in place:
        apart = len(set(zip(*keys, strict=True))) < len(rows)
        labels.append(_units(sheet, place, beside, apart))
    if STATUS in place or CONF in place:
        labels.append(_statuses(reading, place, beside))
    whole = Says(indicator=_indicator(sheet, place, rows))
    reading.declare(Table(rows=rows, figures={value: NOTHING}, labels=labels, marks=MARKS, whole=whole))
    for column in (beside[value],) if value in beside else ():
        reading.leave_column(f"column {sheet[top, column].text}: the figure in words", column, rows)
    return reading


def _name(head: str) -> str:
    """A header by its id: `freq: Time frequency` → freq; as the standard names what has several names."""
    head = re.sub(r"\[.*\]$", "", head.strip()).lower()  # `STRUCTURE[;]`
    code = head.partition(":")[0].strip() if re.match(r"[\w ]+: ", head) else head
    return NAMES.get(code, code)


def _names_beside(sheet: Sheet, names: dict[int, str], rows: Sequence[int]) -> dict[int, int]:
    """Column of codes → the column of their names to the right of it, as SDMX-CSV 2.0 has them for `labels=name`.

    `REF_AREA` and then `Reference area`. A column of names says one thing for each code.
    """
    found: dict[int, int] = {}
    for column in names:
        right = column + 1
        head, next_head = sheet[1, column].text, sheet[1, right].text
        coded = re.fullmatch(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*|Flag Codes", head)
        named = re.fullmatch(r"[A-Z][a-zé]\w*(?:[ (-].*)?", next_head)
        if not coded or not named or ": " in next_head or names[column] in FLOW:
            continue
        means = [NAMES.get(names[c]) or role_of(names[c]) for c in (column, right)]
        if means[1] and means[0] != means[1]:
            continue
        if VALUE.fullmatch(names[column]) and not VALUE.fullmatch(names[right]):
            continue
        pairs = set(zip(sheet.aligned(column, rows)[0], sheet.aligned(right, rows)[0], strict=True))
        if names[column] == names[right] or len({code for code, _ in pairs}) == len(pairs):
            found[column] = right
    return found


def _why(name: str) -> str:
    if name in FLOW:
        return "names the table"
    return "the periods say it" if role_of(name) == FREQUENCY else "says nothing of what is measured"


def _indicator(sheet: Sheet, columns: dict[str, int], rows: Sequence[int]) -> str:
    """Name or id of the dataflow. Raises `DataError` for several in one file."""
    column = next((columns[name] for name in ("structure_name", "dataflow", "structure_id") if name in columns), 0)
    texts = list(dict.fromkeys(sheet.aligned(column, rows)[0])) if column else []
    texts = [text for text in texts if text]
    if len(texts) > 1:
        raise sheet.error("two dataflows in one file", sheet[rows[0], column], expected=" or ".join(texts[:2]))
    if not texts:
        return sheet.file.partition(".")[0]
    found = TITLE.fullmatch(texts[0])
    return (found["name"] or found["id"]) if found else texts[0]


def _parts(cell: Cell, name: Cell | None) -> tuple[str, str]:
    """Code and label of a cell: `BE`, `BE: Belgium`, or with the name beside it."""
    coded = CODED.fullmatch(cell.text)
    if name is not None:
        return cell.text, name.text
    return (coded["code"], coded["name"]) if coded else (cell.text, "")


def _sayer(
    reading: Reading, name: str, column: int, beside: int | None, rows: Sequence[int]
) -> Callable[..., Says] | None:
    """What the cells of a column say; nothing for one that says nothing of the figures."""
    sheet, role = reading.sheet, role_of(name)
    if TIME.fullmatch(name) or role == PERIOD:
        return lambda cell, label=None: _period(sheet, cell)
    if role == AREA:
        cells = [_parts(cell, sheet[cell.row, beside] if beside else None) for cell in reading.different(column, rows)]
        known = area_says(reading, dict(cells))
        return lambda cell, label=None: _area(sheet, known, cell, label)
    if name in (*FLOW, STATUS, CONF, MULT) or role in (FREQUENCY, UNIT) or ATTRIBUTES.fullmatch(name):
        return None
    header = sheet[1, column].text.partition(":")[0]
    return lambda cell, label=None: breakdown_says(header, *_parts(cell, label))


def _area(sheet: Sheet, known: dict[str, Says], cell: Cell, label: Cell | None) -> Says:
    code = _parts(cell, label)[0]
    if not code:
        raise sheet.error("no area", cell, answers=for_label(cell))
    return known[code]


def _period(sheet: Sheet, cell: Cell) -> Says:
    period, flag = period_of(_parts(cell, None)[0])
    if not period:
        raise sheet.error("this is no period", cell, expected="2021, 2021-Q1 or 2021-12")
    return Says(period=period, status=flag)


def _statuses(reading: Reading, columns: dict[str, int], beside: dict[int, int]) -> Labels:
    """Both statuses of a row together: where a figure is confidential that is why it is missing."""
    status, conf = columns.get(STATUS, 0), columns.get(CONF, 0)
    used = [column for column in (status, beside.get(status, 0), conf, beside.get(conf, 0)) if column]

    def say(*cells: Cell) -> Says:
        found = dict(zip(used, cells, strict=True))
        hidden = confidential(found[conf].text) if conf else ""
        says = _status(reading, found[status], found.get(beside.get(status, 0))) if status else NOTHING
        return replace(says, flags=f"{says.flags.replace('m', '')}{hidden}") if hidden else says

    return Labels(tuple(used), say)


def _status(reading: Reading, cell: Cell, label: Cell | None) -> Says:
    if not cell.text:
        return NOTHING
    try:
        flags, untold = flags_of(f"{cell.text}: {label.text}" if label is not None and label.text else cell.text)
    except ValueError:
        raise reading.sheet.error(
            "a status that nobody explains", cell, expected="b, c, d, e, f, p, r, u or z"
        ) from None
    if untold:
        reading.assume(f"no flag for {untold}")
    return Says(flags=flags, citation=(("note", untold),) if untold else ())


def _units(sheet: Sheet, columns: dict[str, int], beside: dict[int, int], apart: bool) -> Labels:
    """Unit and multiplier of a row together; `apart`: only the unit tells some rows apart."""
    unit = next((column for name, column in columns.items() if role_of(name) == UNIT), 0)
    used = [column for column in (unit, beside.get(unit, 0), columns.get(MULT, 0)) if column]

    def say(*cells: Cell) -> Says:
        found = dict(zip(used, cells, strict=True))
        code, label = _parts(found[unit], found.get(beside.get(unit, 0))) if unit else ("", "")
        power = found[columns[MULT]].text.partition(":")[0] if MULT in columns else ""
        part = breakdown_says(sheet[1, unit].text.partition(":")[0], code, label) if apart and unit else NOTHING
        try:
            return part | Says(unit=unit_of(code, label, int(power or 0)))
        except ValueError:
            raise sheet.error("a multiplier that has no name", found[columns[MULT]], expected="0, 3, 6 or 9") from None

    return Labels(tuple(used), say)
