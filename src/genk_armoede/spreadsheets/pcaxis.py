# SPDX-License-Identifier: EUPL-1.2
"""PX, the file format of PC-Axis and PX-Web (https://www.scb.se/px-programs, PX file format 2013).

Takes file name and content; gives one `Sheet`; called by `workbook`. pyaxis was tried: it keeps the quotation marks
around all symbols but two, and reads neither KEYS nor a file whose DATA is cut off as what they are.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from decimal import Decimal

from ..errors import DataError
from .cells import Sheet
from .cubes import Category, Cube, Dimension, lay_out

_ENTRY = re.compile(
    r"\s*(?P<word>[A-Za-z][\w-]*)(?:\[(?P<language>[\w-]+)\])?\s*(?:\((?P<of>(?:\"[^\"]*\"|[^\"()])*)\))?\s*=\s*"
    r"(?P<value>(?:\"[^\"]*\"|[^\";]+)*+);"
)
_DATA = re.compile(r"\s*DATA\s*=", re.IGNORECASE)
_TOKEN = re.compile(r'"[^"]*"|[^\s,;"]+')
_TLIST = re.compile(
    r'\s*TLIST\s*\(\s*(?P<kind>[AHQTMWD])1?\s*(?:,\s*"(?P<first>\d+)"\s*-\s*"(?P<last>\d+)")?\s*\)\s*', re.I
)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d\d?)?", re.ASCII)
SYMBOLS = {'"-"': "DATASYMBOLNIL", **{f'"{"." * n}"': f"DATASYMBOL{n}" for n in range(1, 7)}}
NIL = {"0", "nul", "nihil", "nil", "zero", "noll", "null"}
TOLD = (
    "SOURCE",
    "NOTE",
    "NOTEX",
    "LAST-UPDATED",
    "CONTACT",
    "SUBJECT-AREA",
    "INFO",
    "CELLNOTE",
    "VALUENOTE",
    "REFPERIOD",
)


class Entries:
    """The keywords of a file, in its own language: word → what it is of (`gemeente`, or nothing) → texts."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.found = file, {}
        language = re.search(r'^\s*LANGUAGE\s*=\s*"([^"]*)"', text, re.MULTILINE)
        place = 0
        while not (data := _DATA.match(text, place)):
            entry = _ENTRY.match(text, place)
            if not entry:
                raise self.error(f"line {_line(text, place)} cannot be read", found=text[place : place + 60].strip())
            place = entry.end()
            if entry["language"] in (None, language and language[1]):
                of = tuple(_strings(entry["of"] or ""))
                self.found.setdefault(entry["word"].upper(), {})[of] = entry["value"].strip()
        self.data = text[data.end() :]

    def error(self, problem: str, **details: str) -> DataError:
        return DataError(problem, file=self.file, **{"do": "ask for the file again", **details})

    def raw(self, word: str, *of: str) -> str:
        return self.found.get(word, {}).get(of, "")

    def text(self, word: str, *of: str) -> str:
        """One text; the pieces of a long one stand on lines below each other."""
        raw = self.raw(word, *of)
        return "".join(re.findall(r'"([^"]*)"', raw)) if '"' in raw else raw

    def list(self, word: str, *of: str) -> list[str]:
        return _strings(self.raw(word, *of))


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _strings(raw: str) -> list[str]:
    """`"a","b" "c"` → a, bc: pieces without a comma between them are one text."""
    found: list[str] = []
    for comma, text in re.findall(r'(,?)\s*"([^"]*)"', raw):
        if comma or not found:
            found.append(text)
        else:
            found[-1] += text
    return found


def read_px(file: str, content: bytes) -> list[Sheet]:
    """A PX file. Raises `DataError` where it is cut off, or says other things than it holds."""
    entries = Entries(file, _decoded(file, content))
    names = [*entries.list("STUB"), *entries.list("HEADING")]
    if not names:
        raise entries.error("no STUB and no HEADING: nothing says what the figures are of")
    dimensions = [_dimension(entries, name) for name in names]
    contents = entries.text("CONTENTS") or entries.text("TITLE")
    cube = Cube(contents, dimensions, unit=entries.text("UNITS"))
    cube.marks = {token.strip('"'): entries.text(word) for token, word in SYMBOLS.items()}
    words = (word for word in TOLD if word in entries.found)
    cube.metadata = [f"{word} | {entries.text(word, *of)}" for word in words for of in entries.found[word]]
    end = entries.data.rfind(";")
    if end < 0 or entries.data[end + 1 :].strip("\x1a\0 \r\n\t"):
        raise entries.error("the figures have no end: the file is cut off")
    body = entries.data[:end]
    tokens = _TOKEN.findall(body) if "," in body or "KEYS" in entries.found else body.split()
    lines: list[int] = []
    if "KEYS" in entries.found:
        tokens, lines = _keyed(entries, dimensions, tokens)
    expected = len(lines) * _width(entries, dimensions) if lines else cube.size
    if len(tokens) != expected:
        raise entries.error(
            "more or fewer figures than the variables have", found=f"{len(tokens):,}", expected=f"{expected:,}"
        )
    nil = cube.marks["-"].strip().lower() in NIL
    symbols = {token: "0" if token == '"-"' and nil else token.strip('"') for token in SYMBOLS}
    values = _plain(entries, [symbols.get(token, token) for token in tokens] if '"' in body else tokens)
    if nil and '"-"' in tokens:
        cube.metadata.append(f'"-" stands for 0: {cube.marks["-"]}')
    if not lines:
        return [lay_out(file, cube, values, {}, "DATA:", range(1, cube.size + 1))]
    width = _width(entries, dimensions)
    held = {line * width + i: values[n * width + i] for n, line in enumerate(lines) for i in range(width)}
    written = {place: n for n, place in enumerate(held, start=1)}
    return [lay_out(file, cube, held, {}, "DATA:", written)]


def _plain(entries: Entries, values: list[str]) -> list[str]:
    """Numbers without exponents; refuses what is neither number nor symbol."""
    known = {token.strip('"') for token in SYMBOLS}
    if re.fullmatch(r"(?:-?[0-9]+(?:\.[0-9]+)?\n|[.]{1,6}\n|-\n)*+", "\n".join(values) + "\n"):
        return values
    made = []
    for n, value in enumerate(values, start=1):
        number = _NUMBER.fullmatch(value)
        if not number and value not in known:
            raise entries.error("no number where a figure belongs", cell=f"DATA:{n}", found=value[:80])
        made.append(format(Decimal(value), "f") if number and "e" in value.lower() else value)
    return made


def _width(entries: Entries, dimensions: Sequence[Dimension]) -> int:
    width = 1
    for dimension in dimensions[len(entries.list("STUB")) :]:
        width *= len(dimension.categories)
    return width


def _keyed(entries: Entries, dimensions: list[Dimension], tokens: list[str]) -> tuple[list[str], list[int]]:
    """Figures, and the line of the table that each row of them is, by the keys before them."""
    stub = dimensions[: len(entries.list("STUB"))]
    length = len(stub) + _width(entries, dimensions)
    if not stub or len(tokens) % length:
        raise entries.error("rows of keys and figures that are not as long as the variables say")
    places = []
    for dimension in stub:
        by_code = entries.text("KEYS", dimension.name).upper() == "CODES"
        texts = [c.code if by_code else c.label or c.code for c in dimension.categories]
        places.append({text: n for n, text in enumerate(texts)})
    figures: list[str] = []
    lines: list[int] = []
    for start in range(0, len(tokens), length):
        line = 0
        for token, known in zip(tokens[start:], places, strict=False):
            if token.strip('"') not in known:
                raise entries.error("a key that is no value of its variable", found=token)
            line = line * len(known) + known[token.strip('"')]
        lines.append(line)
        figures += tokens[start + len(stub) : start + length]
    if len(set(lines)) < len(lines):
        raise entries.error("two rows with the same keys")
    return figures, lines


def _dimension(entries: Entries, name: str) -> Dimension:
    labels = entries.list("VALUES", name)
    codes = entries.list("CODES", name) or labels
    if len(labels) != len(codes) or not labels or len(set(codes)) < len(codes):
        do = "ask for the file again"
        raise entries.error(f"values of {name!r} that stand twice, or not as many as their codes", do=do)
    role, raw = "", entries.raw("TIMEVAL", name)
    if raw:
        role, labels = "time", _periods(raw, labels)
    elif entries.raw("MAP", name) or entries.text("VARIABLE-TYPE", name).lower().startswith("geo"):
        role = "geo"
    elif entries.text("CONTVARIABLE") == name:
        role = "metric"
    categories = [
        Category(code, "" if label == code else label, entries.text("UNITS", label if role == "metric" else code))
        for code, label in zip(codes, labels, strict=True)
    ]
    return Dimension(name, name, categories, role)


def _periods(raw: str, labels: list[str]) -> list[str]:
    """The labels of a time variable as TIMEVAL has them: `20211` of quarters is `2021Q1`."""
    listed = _TLIST.match(raw)
    if not listed:
        return labels
    texts = _strings(raw[listed.end() :])
    if listed["first"] and listed["kind"].upper() == "A":
        texts = [str(year) for year in range(int(listed["first"]), int(listed["last"]) + 1)][: len(labels) + 1]
    if len(texts) != len(labels):
        return labels
    letter = {"H": "S", "A": "", "D": "", "T": ""}.get(listed["kind"].upper(), listed["kind"].upper())
    return [text if not letter or len(text) == 4 else f"{text[:4]}{letter}{text[4:]}" for text in texts]


def _decoded(file: str, content: bytes) -> str:
    """Text by the code page that the file names, else UTF-8, else that of Windows or, without CHARSET, of DOS."""
    if b"\0" in content.rstrip(b"\0\x1a"):
        raise DataError("this is no PX file, whatever its name says", file=file, do="give it its own extension")
    named = re.search(rb'CODEPAGE\s*=\s*"([^"]*)"', content[:10_000], re.IGNORECASE)
    encodings = ["utf-8", "cp1252" if b"CHARSET" in content[:10_000] else "cp850"]
    if content.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    elif named:
        encodings = [named[1].decode("ascii", "replace").strip()]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise DataError("text in another code page than it says", file=file, found=encodings[-1], do="save it as UTF-8")
