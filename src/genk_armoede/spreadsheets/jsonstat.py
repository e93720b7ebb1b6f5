# SPDX-License-Identifier: EUPL-1.2
"""JSON: datasets in JSON-stat 2.0 and 1.x, and tables as the CBS gives them by OData.

Takes file name and content; gives one `Sheet`; called by `workbook`. Numbers stay the text that they are in the file.
pyjstat was tried: it makes floats of numbers, drops statuses and units, and reads a bundle's first dataset unasked.
"""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NoReturn

from ..errors import DataError
from .cells import Sheet
from .cubes import Category, Cube, Dimension, lay_out
from .odata import read_odata

ROLES = ("time", "geo", "metric")
TOLD = ("source", "updated", "note", "href")
SCALE = re.compile(
    r"(?:duizend|miljoen|miljard|thousand|million|billion)(?:en|s)?", re.IGNORECASE
)  # of what, its symbol says
EXPONENT = re.compile(rb"\d[eE][+-]?\d")


def read_json(file: str, content: bytes) -> list[Sheet]:
    """A JSON-stat dataset, or the rows of an OData table. Raises `DataError` for any other JSON."""
    data = parse(file, content)
    if isinstance(data, dict) and isinstance(data.get("value"), list) and "dimension" not in data:
        return [read_odata(file, data["value"])]
    return [_dataset(file, _only_dataset(file, data), exponents=bool(EXPONENT.search(content)))]


def wrong(file: str, problem: str, pointer: str = "", found: object = None, expected: str = "") -> DataError:
    details = {} if found is None else {"found": str(found)[:80]}
    return DataError(problem, file=file, cell=pointer, expected=expected, do="ask for the file again", **details)


def parse(file: str, content: bytes) -> object:
    """JSON without surprises: no NaN, no key twice, numbers as text."""

    def refuse(text: str) -> NoReturn:
        raise ValueError(f"{text} is no JSON")

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        made = dict(found)
        if len(made) < len(found):
            names = [name for name, _ in found]
            raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} stands twice")
        return made

    try:
        text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        return json.loads(
            text, parse_float=sys.intern, parse_int=sys.intern, parse_constant=refuse, object_pairs_hook=pairs
        )
    except RecursionError:
        raise wrong(file, "JSON that is nested too deep") from None
    except ValueError as error:
        raise wrong(file, f"this is no JSON, or not all of it ({error})") from error


def _only_dataset(file: str, data: object) -> dict:
    """The dataset that a file holds: itself, or the one of a bundle as JSON-stat 1.x writes it."""
    if not isinstance(data, dict):
        raise wrong(file, "JSON that is no dataset", expected="JSON-stat, or a table of the CBS")
    if data.get("class", "dataset") != "dataset":
        do = "download the dataset itself"
        raise DataError(f"JSON-stat of class {data['class']!r}", file=file, expected="a dataset", do=do)
    if "dimension" in data and "value" in data:
        return data
    inside = {
        name: part for name, part in data.items() if isinstance(part, dict) and {"dimension", "value"} <= set(part)
    }
    if not inside:
        raise wrong(file, "JSON that is no dataset", expected="JSON-stat, or a table of the CBS")
    if len(inside) > 1:
        do = "keep one of them, in a file of its own"
        raise DataError("several datasets in one file", file=file, found=", ".join(inside), do=do)
    ((name, part),) = inside.items()
    return part if "label" in part else {**part, "label": name}


def _dataset(file: str, data: dict, exponents: bool) -> Sheet:
    dimension = data["dimension"]
    if not isinstance(dimension, dict):
        raise wrong(file, "no dimensions", "/dimension")
    # In 1.x names, sizes and roles stand among the dimensions.
    names, sizes = (data.get(key, dimension.get(key)) for key in ("id", "size"))
    role = data.get("role", dimension.get("role") or {})
    if not (
        isinstance(names, list) and isinstance(sizes, list) and isinstance(role, dict) and len(names) == len(sizes)
    ):
        raise wrong(file, "names and sizes of the dimensions are missing, or not as many", "/id")
    roles = {name: kind for kind in ROLES for name in role.get(kind) or []}
    dimensions = [
        _dimension(file, dimension.get(name), name, size, roles.get(name, ""))
        for name, size in zip(names, sizes, strict=True)
    ]
    extension = data.get("extension") if isinstance(data.get("extension"), dict) else {}
    meanings = extension.get("status", {}).get("label", {}) if isinstance(extension.get("status"), dict) else {}
    cube = Cube(_text(data.get("label")), dimensions, statuses=meanings if isinstance(meanings, dict) else {})
    cube.metadata = [f"{key} | {_text(data[key])}" for key in TOLD if data.get(key)]
    values = _by_place(file, data["value"], cube.size, "value")
    if exponents:
        values = _without_exponents(values)
    statuses = _statuses(file, data.get("status"), cube.size, values)
    return lay_out(file, cube, values, statuses, "/value/")


def _text(found: object) -> str:
    return " ".join(map(_text, found)) if isinstance(found, list) else "" if found is None else str(found)


def _dimension(file: str, found: object, name: object, size: object, role: str) -> Dimension:
    pointer = f"/dimension/{name}"
    category = found.get("category") if isinstance(found, dict) else None
    if not isinstance(category, dict) or not isinstance(name, str):
        raise wrong(file, f"the dimension {name} is not described", pointer)
    labels, units = category.get("label") or {}, category.get("unit") or {}
    codes = category.get("index", list(labels) if isinstance(labels, dict) else None)
    if isinstance(codes, dict):
        places = {code: int(place) for code, place in codes.items() if str(place).isdigit()}
        codes = sorted(places, key=places.__getitem__)
        if sorted(places.values()) != list(range(len(category["index"]))):
            raise wrong(file, "categories that are not numbered from 0 on", f"{pointer}/category/index")
    if not isinstance(codes, list) or not isinstance(labels, dict) or not isinstance(units, dict):
        raise wrong(file, f"the categories of {name} are not described", f"{pointer}/category")
    if str(len(codes)) != str(size) or len(set(map(str, codes))) < len(codes):
        raise wrong(file, f"categories of {name}", pointer, len(set(map(str, codes))), f"{size} different ones")
    made = [_category(str(code), labels.get(code), units.get(code)) for code in codes]
    return Dimension(name, _text(found.get("label")) or name, made, role)


def _category(code: str, label: object, unit: object) -> Category:
    unit = unit if isinstance(unit, dict) else {}
    words = " ".join(dict.fromkeys(_text(unit[key]) for key in ("label", "base") if unit.get(key)))
    multiplier, symbol = _text(unit.get("multiplier") or unit.get("mult")), _text(unit.get("symbol"))
    words = f"{words} {symbol}".strip() if not words or SCALE.fullmatch(words) else words
    return Category(code, _text(label), words, int(multiplier) if re.fullmatch(r"-?\d\d?", multiplier) else 0)


def _by_place(file: str, found: object, size: int, key: str) -> Sequence[str | None] | Mapping[int, str | None]:
    """Values or statuses by their place in the cube. Raises `DataError` for more or other ones than it has."""
    if isinstance(found, list):
        if len(found) != size:
            raise wrong(file, "more or fewer values than the dimensions have", f"/{key}", len(found), f"{size:,}")
        held = found
    elif isinstance(found, dict):
        stray = next((place for place in found if not (place.isascii() and place.isdigit())), "")
        if stray or any(int(place) >= size for place in found):
            stray = stray or next(place for place in found if int(place) >= size)
            raise wrong(file, "a value in no place of the dimensions", f"/{key}/{stray}", stray, f"0 to {size - 1}")
        found = dict(zip(map(int, found), found.values(), strict=True))
        held = found.values()
    else:
        raise wrong(file, "no values", f"/{key}")
    if not set(map(type, held)) <= {str, type(None)}:
        items = found.items() if isinstance(found, dict) else enumerate(found)
        place, value = next((i, value) for i, value in items if not isinstance(value, str | None))
        raise wrong(file, "no number where a figure belongs", f"/{key}/{place}", value)
    return found


def _without_exponents(values: Sequence[str | None] | Mapping[int, str | None]):
    def plain(value: str | None) -> str | None:
        return format(Decimal(value), "f") if value and re.fullmatch(r"-?[\d.]+[eE][+-]?\d\d?", value) else value

    if isinstance(values, Mapping):
        return {place: plain(value) for place, value in values.items()}
    return list(map(plain, values))


def _statuses(file: str, found: object, size: int, values: Sequence | Mapping) -> dict[int, str]:
    """Place → status, of the figures that have one. One text, alone or in a list, holds for all of them."""
    if found is None:
        return {}
    if isinstance(found, list) and len(found) == 1 != size:
        found = found[0]
    if isinstance(found, str):
        return dict.fromkeys(values if isinstance(values, Mapping) else range(size), found) if found else {}
    given = _by_place(file, found, size, "status")
    items = given.items() if isinstance(given, Mapping) else enumerate(given)
    return {place: status.strip() for place, status in items if status and status.strip()}
