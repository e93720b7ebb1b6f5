# SPDX-License-Identifier: EUPL-1.2
"""The pages that reviewers read: one a notebook, an index and the sources; each works by itself, from disk.

Takes notebooks with their outputs and the charts' SVG; gives HTML; called by `build`. A page is made from the
notebook's own data (`prose.MIME`) by a small template, so that alternative text survives, nothing is asked of the
network, and every figure leads to a note that names its cell.
"""

from __future__ import annotations

import base64
import csv
import datetime
import functools
import hashlib
import io
import itertools
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import xlsxwriter
from jinja2 import Environment, PackageLoader, StrictUndefined
from markdown_it import MarkdownIt
from openpyxl.utils.cell import coordinate_from_string
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from ..errors import DataError
from ..narration.prose import MIME, join
from ..observations.observation import STATUS, breakdown_parts, place_of_cell, plain_text
from ..observations.periods import period_text
from ..tables import repository, store

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from ..tables.register import Source

TITLE = "Armoede in Genk in cijfers"
TEMPLATES = Path(__file__).parent / "templates"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Marks that turn the direction of writing, with which a name would look like another one, and that steer a screen.
TURNING = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
UNSEEN = dict.fromkeys(TURNING | {*range(0x20), *range(0x7F, 0xA0)} - {*b"\t\n\r"}, "\ufffd")


def make_pages(
    notebooks: dict[str, NotebookNode], images: dict[Path, bytes], register: list[Source], changes: list[str]
) -> dict[str, str]:
    """File name → HTML. `changes` says what differs from the previous version of the data."""
    return render([content_of(name, book, images) for name, book in notebooks.items()], register, changes)


def content_of(name: str, notebook: NotebookNode, images: dict[Path, bytes]) -> dict:
    """What the templates need of one notebook, fit for JSON: takes its charts' SVG by path."""
    page = _Page(name, notebook, images)
    return {
        "name": name,
        "title": page.title,
        "lead": page.lead,
        "headings": page.headings,
        "blocks": page.blocks,
        "notes": [*page.notes.values()],
        "groups": page.groups,
        "publishers": page.publishers,
        "search": page.search,
        "addresses": page.addresses,
    }


def render(pages: list[dict], register: list[Source], changes: list[str]) -> dict[str, str]:
    """The pages of a report, given what `content_of` says of each notebook."""
    environment = Environment(
        loader=PackageLoader("genk_armoede.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css, script = ((TEMPLATES / name).read_text(encoding="utf-8").strip() for name in ("style.css", "page.js"))
    found = [[_visible(text) for text in entry] for page in pages for entry in page["search"]]
    search = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    shared = {
        "site": TITLE,
        "version": store.package()["version"],
        "version_text": period_text(store.package()["version"]),
        "pages": pages,
        "changes": changes,
        "disclosure": store.package()["disclosure"],
        "css": css,
        "script": script,
        "policy": f"default-src 'none'; img-src data:; style-src {_hash(css)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
        "search": base64.b64encode(zlib.compress(search.encode(), 9)).decode(),
    }
    page_html = environment.get_template("page.html.j2").render
    result = {
        "index.html": environment.get_template("index.html.j2").render(shared),
        "bronnen.html": environment.get_template("sources.html.j2").render(shared, sources=_sources(pages, register)),
    }
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        result[f"{page['name']}.html"] = page_html(shared, page=page, before=before, after=after)
    return result


def _visible(value: object) -> object:
    """Text in which a mark that turns the writing or steers the screen shows as �."""
    return value.translate(UNSEEN) if isinstance(value, str) else value


def _hash(text: str) -> str:
    """What a content policy calls a piece of style or script by: with the line ends that stand around it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(f'{chr(10)}{text}{chr(10)}'.encode()).digest()).decode()}'"


class _Page:
    """One notebook read from top to bottom: blocks, headings, and notes for the figures it shows."""

    def __init__(self, name: str, notebook: NotebookNode, images: dict[Path, bytes]) -> None:
        self.name, self.images = name, images
        self.headings: list[tuple[int, str, str]] = []
        self.notes: dict[tuple, dict] = {}
        self.search: list[list[str]] = []
        self.addresses: list[str] = []  # of links, which on paper are numbered
        self.blocks: list[dict] = []
        code: list[str] = []
        for cell in notebook.cells:
            if cell.cell_type == "code":
                self.blocks += [self._output(output) for output in cell.outputs]
                code.append(cell.source)
            elif cell.cell_type == "markdown":
                self.blocks += [*_code(code), self._markdown(cell.source)]
                code = []
        self.blocks += _code(code)
        if not self.headings or self.headings[0][0] != 1:
            raise DataError(
                "a notebook begins with a heading", file=f"notebooks/{name}.ipynb", expected="# Title as its first line"
            )
        self.title = self.headings[0][1]
        first = next((b["text"] for b in self.blocks if b["kind"] == "markdown" and b["text"]), "")
        self.lead = re.split(r"(?<=[.?!])\s", first)[0]
        for chart in (block for block in self.blocks if block["kind"] == "chart"):
            chart["rows"] = [self._row(row, chart["header"]) for row in chart["rows"]]
            chart["words"] = _pointed(chart["description"], chart["header"], chart["rows"])
        for place in (place for note in self.notes.values() for place in note["places"] if place["link"]):
            place["address"] = self._address(place["link"])
        self.search = [[f"{name}.html#{anchor}", self.title, text, words] for anchor, text, words in self._sections()]

    @property
    def groups(self) -> list[dict]:
        """The notes by the sources they come from, in the order in which a reader meets them."""
        groups: dict[tuple, dict] = {}
        for note in self.notes.values():
            origins = {
                tuple(p[key] for key in ("file", "sheet", "publisher", "title", "path")): p for p in note["places"]
            }
            groups.setdefault(tuple(origins), {"places": [*origins.values()], "notes": []})["notes"].append(note)
        return list(groups.values())

    @property
    def publishers(self) -> str:
        return join(sorted({place["publisher"] for note in self.notes.values() for place in note["places"]}))

    def _markdown(self, source: str) -> dict:
        """HTML with an id for each heading, links to notebooks turned to pages; the first paragraph as text."""
        parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
        parser.validateLink = lambda url: re.match(r"https?://|#|[\w-]+\.(ipynb|html)\b", url)
        tokens = parser.parse(source)
        first, texts = "", []
        links = (child for token in tokens for child in token.children or [] if child.type == "link_open")
        for link in links:
            link.attrSet("href", re.sub(r"^([\w-]+)\.ipynb", r"\1.html", str(link.attrGet("href"))))
            if str(link.attrGet("href")).startswith(("https://", "http://")):
                link.attrSet("data-address", str(self._address(str(link.attrGet("href")))))
        for token, content in itertools.pairwise(tokens):
            words = "".join(child.content or " " for child in content.children or [] if child.nesting == 0)
            if token.type == "heading_open":
                anchor = "s-" + re.sub(r"\W+", "-", words.lower()).strip("-")
                same = sum(one[2].partition("--")[0] == anchor for one in self.headings)
                anchor += f"--{same + 1}" if same else ""
                token.attrSet("id", anchor)
                self.headings.append((int(token.tag[1:]), words, anchor))
                texts.append((anchor, words, ""))
            elif token.type == "paragraph_open":
                first = first or words
                texts.append(("", "", words))
        html = parser.renderer.render(tokens, parser.options, {})
        return {"kind": "markdown", "html": html, "text": first, "texts": texts}

    def _output(self, output: NotebookNode) -> dict:
        shown = output.get("data", {}).get(MIME)
        if shown is None:
            return {"kind": "text", "text": output.get("text") or output.get("data", {}).get("text/plain", "")}
        block = dict(shown)
        if block["kind"] == "chart":
            svg = self.images[Path("figures") / f"{block['name']}.svg"].decode()
            block["whole"], block["image"] = _image(svg, block["viewbox"])
            block["csv"], block["xlsx"] = _csv(block), _xlsx(block)
            return block
        block["lines"] = [[self._noted(part) for part in line] for line in block.get("lines", [])]
        block["rows"] = [self._row(row) for row in block.get("rows", [])]
        return block

    def _row(self, row: list[str | dict], header: Iterable[str] = itertools.repeat("")) -> list[str | dict]:
        own = row[0] if isinstance(row[0], str) else ""
        return [self._noted(part, own, name) for part, name in zip(row, header, strict=False)]

    def _noted(self, part: str | dict, *labels: str) -> str | dict:
        """A figure with the number of its note: one note for the same value from the same cells.

        Of the names of its row and column the note of a computed figure has the first that says something new.
        """
        if isinstance(part, str) or not part["cells"]:
            return part
        key = (*part["cells"], part["formula"], part["value"])
        if key not in self.notes:
            flags, where = _flags(part) if part["value"] else "", places(part["cells"])
            own = {"number": len(self.notes) + 1, "flags": flags, "label": "", "what": _what(part["cells"])}
            own["remarks"] = list(dict.fromkeys(filter(None, map(_remark, where))))
            self.notes[key] = part | own | {"places": where}
        note = self.notes[key]
        if part["formula"]:
            note["label"] = note["label"] or next((n for n in labels if n != "Waarde" and n not in note["what"]), "")
        return part | {"number": note["number"]}

    def _address(self, link: str) -> int:
        if link not in self.addresses:
            self.addresses.append(link)
        return self.addresses.index(link) + 1

    def _sections(self) -> Iterator[tuple[str, str, str]]:
        """Anchor, heading and words of each section: what the search looks through."""
        sections: list[list[str]] = []
        for block in self.blocks:
            if block["kind"] == "markdown":
                for anchor, heading, words in block["texts"]:
                    if anchor:
                        sections.append([anchor, heading, ""])
                    elif sections:
                        sections[-1][2] += words + " "
            elif sections and block["kind"] in ("prose", "table"):
                lines = block["lines"] if block["kind"] == "prose" else []
                texts = ["".join(p if isinstance(p, str) else p["text"] for p in line) for line in lines]
                sections[-1][2] += " ".join(texts or [block.get("caption", "")]) + " "
            elif sections and block["kind"] == "chart":
                sections[-1][2] += f"{block['title']} "
        return ((anchor, heading, words.strip()) for anchor, heading, words in sections)


def _code(cells: list[str]) -> list[dict]:
    """The code of a section as one block, for who wants to see it: keywords, strings and comments told apart."""
    html = highlight("\n\n".join(cells), PythonLexer(), HtmlFormatter(nowrap=True))
    html = re.sub(r'<span class="(?!(?:k|kn|ow|s1|s2|c1)")[^"]*">([^<]*)</span>', r"\1", html)
    return [{"kind": "code", "html": html}] if cells else []


def _pointed(words: str, header: list[str], rows: list[list[str | dict]]) -> list[str | dict]:
    """The words of a chart in which its figures lead to their notes.

    Of figures that look the same it is the one whose row and column are named nearest: just before it, or after it in
    brackets.
    """
    known: dict[str, list[tuple[list[str], dict]]] = {}
    for row in rows:
        names = [part for part in row if isinstance(part, str)]
        for name, part in zip(header, row, strict=True):
            if isinstance(part, dict) and part["value"]:
                known.setdefault(part["text"], []).append(([*names, name.removesuffix(" (%)")], part))
    texts = "|".join(re.escape(text) for text in sorted(known, key=len, reverse=True))
    pieces = re.split(rf"(?<![\w.,−–])({texts})(?!\w)", words) if texts else [words]
    told: list[str | dict] = list(pieces)
    for place in range(1, len(pieces), 2):
        before, after = "".join(pieces[:place]).lower(), pieces[place + 1].lower()
        told[place] = min(known[pieces[place]], key=lambda one: sum(_far(n.lower(), before, after) for n in one[0]))[1]
    return told


def _far(name: str, before: str, after: str) -> int:
    """How many letters a name stands before a place in a text; none when it follows in brackets."""
    found = before.rfind(name)
    return 0 if after.startswith(f" ({name})") else len(before) - (found + len(name) if found >= 0 else 0)


def _image(svg: str, viewbox: str) -> tuple[str, str]:
    """The view box of the whole picture, and a data address of it without the title and source that stand as text."""
    whole = re.search(r'viewBox="([^"]*)"', svg).group(1)
    width, height = (1.25 * float(side) for side in viewbox.split()[2:])  # where there is room, as large as the text
    size = f'width="{width:g}pt" height="{height:g}pt" viewBox="{viewbox}"'
    svg = re.sub(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"', size, svg, count=1)
    svg = _shorter(svg[svg.index("<svg") :].strip()).replace('"', "'")
    return whole, "data:image/svg+xml," + quote(svg, safe=" ='()/:;,.-_!*@&$+?")


def _shorter(svg: str) -> str:
    """The same picture in two thirds of the characters: letters are drawn, each with a name and a place of its own."""
    svg = re.sub(r"<!--.*?-->|<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s+", " ", svg.replace("DejaVuSans", "D")).replace("> <", "><")
    svg = re.sub(r'<g id="[^"]*"', "<g", svg)
    svg = re.sub(r"(\d*[1-9]\d*\.\d\d)\d+", r"\1", svg)
    svg = re.sub(r'(<use [^>]*)transform="translate\(([-.\d]+) 0\)"', r'\1x="\2"', svg)
    return re.sub(r" ?\b([MLQCz]) (?=[-\dMLQCz\"])", r"\1", svg)


@functools.lru_cache(maxsize=2)
def _rows(path: Path, version: float) -> dict[str, dict[str, str]]:
    return {"|".join((row["source"], row["sheet"], row["cell"])): row for _, row in store.read_rows(path)}


def _what(cells: list[str]) -> str:
    """What a figure is of: indicator, part, area and period; of a computed one, as far as its cells share them."""
    root = repository.root()
    rows = [_rows(root, (root / repository.PACKAGE).stat().st_mtime)[cell] for cell in cells]
    titles = {one["name"]: one["title"] for resource in store.package()["resources"] for one in resource["indicators"]}
    parts = [", ".join(v for k, v in breakdown_parts(row["breakdown"]).items() if k != "grens") for row in rows]
    periods = [period_text(period) for period in sorted({row["period"] for row in rows})]
    names = sorted({titles[row["indicator"]] for row in rows})
    words = names if len(names) == 1 else [join([f"“{name}”" for name in names])] if len(names) < 4 else []
    words += [one.pop() for one in (set(parts), {row["area"] for row in rows}) if len(one) == 1]
    words += [join(periods) if len(periods) < 3 else f"{periods[0]} tot {periods[-1]}"]
    return ", ".join(filter(None, words))


def places(cells: list[str]) -> list[dict]:
    """Cells by file and sheet, runs down a column joined (`C6–C59`), each with what is known of its source."""
    found: dict[tuple, dict] = {}
    for cell in cells:
        source, sheet, address = place_of_cell(cell)
        cited = store.citation(source, sheet, address)
        link = cited["path"] if cited["path"].startswith(("https://", "http://")) else ""
        found.setdefault(tuple(cited.items()), cited | {"link": link, "addresses": []})["addresses"].append(address)
    for place in found.values():
        place["addresses"] = _runs(place["addresses"])
    return list(found.values())


def _remark(place: dict) -> str:
    """Where in its source a figure stands, how sure that is, and what to read it with."""
    words = [f"Vindplaats: {place['evidence']}." if place.get("evidence") else ""]
    words += [f"Zekerheid: {place['confidence']}." if place.get("confidence") else ""]
    return " ".join(filter(None, [*words, place.get("note", "")]))


def _runs(addresses: list[str]) -> str:
    split = sorted({coordinate_from_string(a) for a in addresses}, key=lambda a: (len(a[0]), a))
    runs: list[list[tuple[str, int]]] = []
    for column, row in split:
        if runs and runs[-1][-1] == (column, row - 1):
            runs[-1].append((column, row))
        else:
            runs.append([(column, row)])
    return ", ".join("–".join(dict.fromkeys(f"{c}{r}" for c, r in (run[0], run[-1]))) for run in runs)


def _flags(part: dict) -> str:
    return join([STATUS[flag] for flag in part["status"]])


def _remarks(header: list[str], row: list[str | dict]) -> str:
    """What the flags of a row's figures say: `2021: voorlopig`."""
    flagged = [(name, part) for name, part in zip(header, row, strict=True) if isinstance(part, dict) and part["value"]]
    return "; ".join(f"{name}: {_flags(part)}" for name, part in flagged if part["status"])


def _csv(chart: dict) -> str:
    """The figures of a chart as CSV, one a row with its cells, as a data address."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(["rij", "kolom", "waarde", "eenheid", "status", "berekening", "cellen"])
    for row in chart["rows"]:
        for name, part in zip(chart["header"], row, strict=True):
            if isinstance(part, dict):
                cells = "; ".join(part["cells"])
                label = " ".join(p for p in row if isinstance(p, str))
                texts = [label, name, part["unit"], _flags(part), part["formula"], cells]
                texts = [plain_text(_visible(text)) for text in texts]
                writer.writerow([*texts[:2], part["value"], *texts[2:]])
    return "data:text/csv;charset=utf-8," + quote("\ufeff" + stream.getvalue())


def _xlsx(chart: dict) -> str:
    """The figures of a chart as a workbook, its sources on a second sheet, as a data address."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    made = datetime.datetime.fromisoformat(store.package()["version"])
    book.set_properties({"title": chart["title"], "comments": chart["source"], "created": made})
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    page = book.add_worksheet("Gegevens")
    page.freeze_panes(1, 1)
    remarks = [_remarks(chart["header"], row) for row in chart["rows"]]
    for column, parts in enumerate(zip(*chart["rows"], strict=True)):
        units = sorted({part["unit"] for part in parts if isinstance(part, dict)})
        name = chart["header"][column]
        page.write_string(0, column, _visible(f"{name} ({', '.join(units)})" if units else name), bold)
    if any(remarks):
        page.write_string(0, len(chart["header"]), "Opmerking", bold)
    for number, row in enumerate(chart["rows"], start=1):
        for column, part in enumerate([*row, remarks[number - 1]]):
            if isinstance(part, dict) and part["value"]:
                page.write_number(number, column, float(Decimal(part["value"])))
            else:
                page.write_string(number, column, _visible(part if isinstance(part, str) else part["text"]))
    page.autofit()
    about = book.add_worksheet("Bronnen")
    about.set_column(0, 8, 28, wrap)
    header = ("Uitgever", "Titel", "Adres", "Voorwaarden", "Verkregen", "Bestand", "Blad", "Cellen", "Opmerking")
    about.write_row(0, 0, header, bold)
    cells = [cell for row in chart["rows"] for part in row if isinstance(part, dict) for cell in part["cells"]]
    for number, place in enumerate(places(list(dict.fromkeys(cells))), start=1):
        keys = ("publisher", "title", "path", "licence", "obtained", "file", "sheet", "addresses")
        for column, text in enumerate([*(place[key] for key in keys), _remark(place)]):
            about.write_string(number, column, _visible(text))
    book.close()
    return f"data:{XLSX};base64," + base64.b64encode(stream.getvalue()).decode()


def _sources(pages: list[dict], register: list[Source]) -> list[dict]:
    """Every registered file with what is known of it, and the notes of each page that come from it."""
    entries = []
    for source in register:
        used = [
            {"page": page, "notes": own}
            for page in pages
            if (own := [note for note in page["notes"] if any(p["file"] == source.file for p in note["places"])])
        ]
        link = source.url if source.url.startswith(("https://", "http://")) else ""
        count, obtained = sum(len(use["notes"]) for use in used), period_text(source.obtained)
        entries.append({"source": source, "used": used, "link": link, "count": count, "obtained": obtained})
    return entries
