# SPDX-License-Identifier: EUPL-1.2
"""The pages that reviewers read: sound, followable and harmless, whatever a workbook or notebook says.

What only a browser can show is in `test_browser.py`.
"""

import base64
import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import hostile
import openpyxl
import pandas as pd
import pytest
from conftest import ROOT, copy_of, shown_by
from hostile import HOSTILE, seen
from nbformat import v4
from openpyxl.utils.escape import unescape

import genk_armoede as ga
from genk_armoede.errors import DataError
from genk_armoede.narration import prose, telling
from genk_armoede.narration.arithmetic import COUNTS
from genk_armoede.narration.figure import Figure
from genk_armoede.observations import observation
from genk_armoede.observations.observation import COLUMNS, STATUS, place_of_cell
from genk_armoede.observations.timespan import years
from genk_armoede.report import build, content, embedded, pages
from genk_armoede.report.notes import cells_of, places, text_of, what_of
from genk_armoede.report.picture import KEPT
from genk_armoede.report.unseen import UNSEEN
from genk_armoede.tables import register, repository, store
from genk_armoede.tables.titles import YEARS

THEMES = sorted(f"{path.stem}.html" for path in (ROOT / "notebooks").glob("*.ipynb") if path.stem[:2] != "00")
TOLD = ["index.html", *THEMES]  # what a notebook says
PAGES = [*TOLD, "bronnen.html"]
ALL = [*PAGES, pages.WHOLE]
VOID = {"br", "col", "hr", "img", "input", "link", "meta"}
RUNS = r"[A-Z]+\d+(?:–[A-Z]+\d+)?(?:, [A-Z]+\d+(?:–[A-Z]+\d+)?)*"
NUMBER = re.compile(r"[−-]?\d+(?:\.\d{3})*(?:,\d+)?")


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def all(self, *tags: str) -> list["Element"]:
        """The elements inside this one, in their order, of some or all tags."""
        inside = [one for child in self.children for one in (child, *child.all())]
        return [one for one in inside if not tags or one.tag in tags]

    def of_class(self, tag: str, name: str) -> list["Element"]:
        return [one for one in self.all(tag) if name in one.attributes.get("class", "").split()]


class Document(HTMLParser):
    """A page as elements; `problems` says where its tags do not close each other."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.markup = markup
        self.root = self.open = Element("", {}, None)
        self.problems: list[str] = []
        self.feed(markup)
        self.close()
        if self.open is not self.root:
            self.problems.append(f"<{self.open.tag}> is never closed")

    def handle_starttag(self, tag, attrs):
        if len(dict(attrs)) != len(attrs):
            self.problems.append(f"<{tag}> has an attribute twice")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_endtag(self, tag):
        if self.open.tag != tag:
            self.problems.append(f"</{tag}> where <{self.open.tag}> is open")
        elif self.open.parent:
            self.open = self.open.parent

    def handle_data(self, data):
        element = self.open
        while element:
            element.text += data
            element = element.parent

    def all(self, *tags: str) -> list[Element]:
        return self.root.all(*tags)

    def of_class(self, tag: str, name: str) -> list[Element]:
        return self.root.of_class(tag, name)

    @cached_property
    def ids(self) -> list[str]:
        return [one.attributes["id"] for one in self.all() if "id" in one.attributes]


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


# --- what holds for every page: each rule gives the faults it sees ---


def well_formed(page: Document) -> list[str]:
    return page.problems


def says_its_language(page: Document) -> list[str]:
    (html,) = page.all("html")
    head = {(one.attributes.get("charset"), one.attributes.get("name")) for one in page.all("meta")}
    wrong = [] if html.attributes.get("lang") == "nl-BE" else ["the language is not nl-BE"]
    wrong += [] if ("utf-8", None) in head else ["no charset"]
    wrong += [] if (None, "viewport") in head else ["no viewport"]
    return wrong if plain(page.all("title")[0].text) else [*wrong, "no title"]


def has_a_strict_policy(page: Document) -> list[str]:
    meta = [one.attributes for one in page.all("meta")]
    policies = [one["content"] for one in meta if one.get("http-equiv") == "Content-Security-Policy"]
    if len(policies) != 1:
        return [f"{len(policies)} policies"]
    rules = dict(rule.strip().split(" ", 1) for rule in policies[0].split(";"))
    own = {"default-src": "'none'", "img-src": "data:", "base-uri": "'none'", "form-action": "'none'"}
    for tag in ("style", "script"):
        (text,) = (one.text for one in page.all(tag) if not one.attributes.get("type"))
        own[f"{tag}-src"] = f"'sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}'"
    return [] if rules == own else [policies[0]]


def runs_nothing(page: Document) -> list[str]:
    active = page.all(
        "script", "iframe", "object", "embed", "form", "base", "svg", "math", "template", "input", "style"
    )
    active = [one for one in active if (one.tag, one.attributes.get("class")) != ("svg", "drawing")]
    own = {("script", ""), ("script", "zoekindex"), ("input", "zoek"), ("style", "")}
    others = [one.tag for one in active if (one.tag, one.attributes.get("id", "")) not in own]
    ours = pages.slim((pages.TEMPLATES / "page.js").read_text(encoding="utf-8"))
    for script in page.all("script"):
        data = script.attributes.get("type") == "text/plain" and re.fullmatch(r"[\w+/=]+", script.text)
        others += [] if data or script.text.strip() == ours else [f"script {script.text[:40]}"]
    handlers = [f"{one.tag} {name}" for one in page.all() for name in one.attributes if name.lower().startswith("on")]
    schemes = [
        value
        for one in page.all()
        for name, value in one.attributes.items()
        if name in ("href", "src", "action", "xlink:href")
        and (scheme := re.match(r"\s*(\w+):", value))
        and scheme[1].lower() not in ("http", "https", "data", "mailto")
    ]
    return others + handlers + schemes


def fetches_nothing(page: Document) -> list[str]:
    links = [one.tag for one in page.all("link", "video", "audio", "source", "picture")]
    fetched = [
        f"{one.tag} {name}={value[:40]}"
        for one in page.all()
        for name, value in one.attributes.items()
        if name in ("src", "srcset", "href", "poster", "background", "data", "style", "ping")
        and not (one.tag == "a" and name == "href")
        and not (one.tag == "use" and name == "href" and re.fullmatch(r"#[\w.-]+", value))
        and not (one.tag == "img" and name == "src" and re.match(r"data:image/(png|jpeg|svg\+xml);base64,", value))
    ]
    styles = [found for one in page.all("style") for found in re.findall(r"url\(|@import|https?:", one.text)]
    return links + fetched + styles


def data_is_only_to_be_saved(page: Document) -> list[str]:
    data = [one for one in page.all("a") if one.attributes.get("href", "").startswith("data:")]
    return [
        one.attributes["href"][:60]
        for one in data
        if not re.fullmatch(r"[\w.-]+\.(csv|xlsx)", one.attributes.get("download", ""))
        or not one.attributes["href"].startswith(("data:text/csv;charset=utf-8,", f"data:{embedded.XLSX};base64,"))
    ]


def pictures_are_only_pictures(page: Document) -> list[str]:
    wrong = []
    for picture in page.all("svg"):
        wrong += [one.tag for one in picture.all() if one.tag not in ("defs", "path", "text", "use")]
        wrong += [name for one in picture.all() for name in one.attributes if name not in {*KEPT, "id", "href"}]
        wrong += [value for one in picture.all() if not (value := one.attributes.get("href", "#")).startswith("#")]
        # what stands in a definition keeps its colour in the dark: a use of it says the colour
        wrong += [one.attributes["id"] for one in picture.all() if {"id", "stroke"} <= {*one.attributes}]
    return wrong


def ids_are_unique(page: Document) -> list[str]:
    times = Counter(page.ids)
    return sorted(one for one, count in times.items() if count > 1 or not re.fullmatch(r"\S+", one))


def targets_exist(page: Document) -> list[str]:
    links = [one.attributes["href"] for one in page.all("a")]
    ids = set(page.ids)
    labels = [
        name
        for one in page.all()
        for key in ("aria-labelledby", "aria-describedby", "for", "headers")
        for name in one.attributes.get(key, "").split()
    ]
    return [one for one in links if one.startswith("#") and one[1:] not in ids] + [
        name for name in labels if name not in ids
    ]


def other_pages_exist(page: Document) -> list[str]:
    links = [one.attributes["href"] for one in page.all("a")]
    local = [one.partition("#")[0] for one in links if not re.match(r"#|https?://|data:", one)]
    return [one for one in local if one not in PAGES]


def pictures_are_described(page: Document) -> list[str]:
    told = [one.attributes.get("aria-label", "") for one in page.all("svg")]
    told += [one.attributes.get("alt", "") for one in page.all("img")]
    titles = {plain(one.text) for one in page.of_class("p", "chart-title")}
    return [text or "nothing" for text in told if not 50 <= len(text) <= 250 or text in titles]


def tables_are_labelled(page: Document) -> list[str]:
    wrong = []
    for table in page.all("table"):
        captions = [plain(one.text) for one in table.all("caption")]
        wrong += [] if len(captions) == 1 and captions[0] else ["a table without a caption"]
        wrong += [one.text for one in table.all("th") if one.attributes.get("scope") not in ("col", "row")]
        widths = {len(row.all("th", "td")) for row in table.all("tr")}
        wrong += [] if len(widths) == 1 else [f"rows of {sorted(widths)} cells"]
        wrong += [] if any(one.attributes.get("scope") == "col" for one in table.all("th")) else ["no header"]
    return wrong


def headings_are_in_order(page: Document) -> list[str]:
    headings = page.all("h1", "h2", "h3", "h4", "h5", "h6")
    levels = [int(one.tag[1]) for one in headings]
    whole = page.all("body")[0].attributes.get("class") == "whole"
    wrong = [] if (levels.count(1) == 1 or whole) and levels[0] == 1 else [f"levels {levels}"]
    wrong += [f"h{b} under h{a}" for a, b in pairwise(levels) if b > a + 1]
    return wrong + [one.tag for one in headings if not plain(one.text)]


def has_landmarks(page: Document) -> list[str]:
    wrong = [] if len(page.all("main")) == 1 else ["not one main"]
    wrong += [] if page.all("a")[0].attributes["href"] == "#inhoud" else ["the first link does not skip to the content"]
    return wrong + ["a nav without a name" for one in page.all("nav") if not one.attributes.get("aria-label")]


RULES = (
    well_formed,
    says_its_language,
    has_a_strict_policy,
    runs_nothing,
    fetches_nothing,
    data_is_only_to_be_saved,
    pictures_are_only_pictures,
    ids_are_unique,
    targets_exist,
    other_pages_exist,
    pictures_are_described,
    tables_are_labelled,
    headings_are_in_order,
    has_landmarks,
)


def name_of(value: object) -> str | None:
    return getattr(value, "__name__", None)


@pytest.fixture(scope="session")
def documents(made) -> dict[str, Document]:
    return {name: Document(page) for name, page in made.items()}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("rule", RULES, ids=name_of)
def test_every_page_keeps_the_rules(documents, rule, name):
    assert rule(documents[name]) == []


PLANTED = [
    (well_formed, "</caption>", ""),
    (says_its_language, 'lang="nl-BE"', 'lang="en"'),
    (says_its_language, '<meta charset="utf-8">', ""),
    (has_a_strict_policy, "default-src &#39;none&#39;", "default-src *"),
    (has_a_strict_policy, "img-src data:", "img-src data: blob:"),
    (has_a_strict_policy, "script-src ", "script-src &#39;unsafe-inline&#39; "),
    (has_a_strict_policy, "</style>", "p { color: red }</style>"),
    (has_a_strict_policy, "Content-Security-Policy", "X-Policy"),
    (runs_nothing, "</main>", "<script></script></main>"),
    (runs_nothing, '"use strict";', "alert(1);"),
    (runs_nothing, ' type="text/plain"', ""),
    (runs_nothing, "<h1", '<h1 onclick="alert(1)"'),
    (runs_nothing, 'href="index.html"', 'href=" JavaScript:alert(1)"'),
    (fetches_nothing, "</head>", '<link rel="stylesheet" href="https://example.org/x.css"></head>'),
    (fetches_nothing, "</main>", '<img src="https://example.org/x.png"></main>'),
    (fetches_nothing, "</style>", "body { background: url(x.png) }</style>"),
    (data_is_only_to_be_saved, ' download="', ' data-name="'),
    (data_is_only_to_be_saved, "data:text/csv", "data:text/html"),
    (pictures_are_only_pictures, "</svg", "<script>alert(1)</script></svg"),
    (pictures_are_only_pictures, "</svg", '<use href="https://example.org/"></use></svg'),
    (pictures_are_only_pictures, "</svg", '<path onclick="alert(1)"></path></svg'),
    (pictures_are_only_pictures, "</svg", '<path id="x" stroke="#404040"></path></svg'),
    (ids_are_unique, 'id="herkomst"', 'id="inhoud"'),
    (targets_exist, 'id="n2"', 'id="other"'),
    (targets_exist, 'id="[^"]*-titel"', 'id="other"'),
    (other_pages_exist, '(rel="next" href=)"[^"]*"', r'\1"11_absent.html"'),
    (pictures_are_described, ' role="img" aria-label="', ' role="img" title="'),
    (pictures_are_described, ' role="img" aria-label="', f' role="img" aria-label="{"lang " * 50}'),
    (tables_are_labelled, "<caption>", "<caption></caption><caption>"),
    (tables_are_labelled, ' scope="row"', ""),
    (tables_are_labelled, "<tbody>\n<tr>", "<tbody>\n<tr><td></td>"),
    (headings_are_in_order, "<h2", "<h4"),
    (headings_are_in_order, "<h1", "<h2"),
    (has_landmarks, '<a class="skip" href="#inhoud">Naar de inhoud</a>', ""),
    (has_landmarks, "aria-label=", "aria-other="),
]


@pytest.mark.parametrize(("rule", "sound", "planted"), PLANTED, ids=name_of)
def test_a_planted_fault_is_seen(made, documents, rule, sound, planted):
    name = min((name for name in THEMES if "<figure" in made[name]), key=lambda name: len(made[name]))
    page = made[name]
    assert rule(documents[name]) == []
    wrong, count = re.subn(sound, planted, page)
    assert count and rule(Document(wrong)) != []


# --- what a page says, and where it comes from ---


@pytest.fixture(scope="session")
def processed() -> dict[tuple[str, str, str], dict[str, str]]:
    """Every row of every table by file, sheet and cell."""
    return {(row["source"], row["sheet"], row["cell"]): row for _, row in store.read_rows(ROOT)}


@pytest.fixture(scope="session")
def outputs() -> dict[str, list[dict]]:
    """What each notebook shows, by the name of its page."""
    paths = sorted(ROOT.glob("notebooks/*.ipynb"))
    return dict(zip(TOLD, map(shown_by, paths), strict=True))


def figures_in(one: dict) -> list[dict]:
    lines = [*one.get("lines", []), *one.get("rows", [])]
    return [part for line in lines for part in line if isinstance(part, dict)]


def noted(part: dict) -> bool:
    """A figure that a cell stands behind; a count is plain."""
    return bool(part["cells"]) and part["formula"] not in COUNTS


def addresses(text: str) -> list[str]:
    """`B7, C6–C8` → B7, C6, C7, C8."""
    found = []
    for run in text.split(", "):
        first, _, last = run.partition("–")
        column, start = re.fullmatch(r"([A-Z]+)(\d+)", first).groups()
        end = re.fullmatch(rf"{column}(\d+)", last).group(1) if last else start
        found += [f"{column}{row}" for row in range(int(start), int(end) + 1)]
    return found


def cells(note: Element) -> list[tuple[str, str, str]]:
    """The cells of a note; its file and sheet stand over it when all cells are of one sheet."""
    said = plain(note.text)
    places = re.findall(rf"(?:([\w.-]+\.\w+)(?:, blad ([^;]+?))?, )?\bcel ({RUNS})(?=[;.]| over|, als)", said)
    over = re.search(r"\. Bestand (\S+?)(?:, blad (.+))?\.$", plain(note.parent.parent.all("p")[-1].text))
    return [
        (*((file, sheet) if file else (over[1], over[2] or "")), cell)
        for file, sheet, runs in places
        for cell in addresses(runs)
    ]


def number(text: str) -> Decimal | None:
    found = NUMBER.search(text)
    return Decimal(found[0].replace(".", "").replace(",", ".").replace("−", "-")) if found else None


def notes(page: Document) -> list[Element]:
    return [one for one in page.all("li") if re.fullmatch(r"n\d+", one.attributes.get("id", ""))]


def dashed(text: str) -> str:
    """Words of a note, with spans of years as a page writes them."""
    return re.sub(r"\b((?:19|20)\d\d)-((?:19|20)\d\d)\b", r"\1–\2", plain(text))


@pytest.mark.parametrize("name", TOLD)
def test_no_page_writes_a_school_year_with_a_hyphen(documents, name):
    assert [note for note in notes(documents[name]) if re.search(r"\b20\d\d-20\d\d\b", note.text)] == []


@pytest.mark.parametrize("name", TOLD)
def test_every_note_names_the_cells_of_its_figure_and_how_it_was_computed(documents, processed, outputs, name):
    figures = [part for one in outputs[name] for part in figures_in(one) if noted(part)]
    known = defaultdict(list)  # a place and the number of areas may be the same number, from the same cells
    for part in figures:
        known[part["text"], frozenset(place_of_cell(cell) for cell in part["cells"])].append(part)
    assert notes(documents[name]) or not figures
    for note in notes(documents[name]):
        parts = known[note.all("b")[0].text, frozenset(cells(note))]
        part = next(one for one in parts if dashed(one["formula"]) in plain(note.text))
        rows = [processed[place] for place in cells(note)]
        if part["formula"]:
            assert dashed(part["formula"]) in plain(note.text)
        else:
            assert len(rows) == 1
            assert (
                part["text"] in STATUS.values()
                if not rows[0]["value"]
                else Decimal(part["value"]) == Decimal(rows[0]["value"])
            )
        periods = sorted({row["period"] for row in rows})
        ends = [prose.period_text(one) in plain(note.text) for one in (periods[0], periods[-1])]
        assert all(ends) or ("welke precieze periode" in plain(note.text) and not any(ends))  # ours, not the source's
        flags = part["status"] if part["value"] else ""
        assert all(STATUS[flag] in plain(note.text).lower() for flag in flags)


@pytest.mark.parametrize("name", TOLD)
def test_every_note_names_publisher_title_address_and_remark_of_its_cells(documents, name):
    package = json.loads((ROOT / "data/processed/datapackage.json").read_text(encoding="utf-8"))
    entries = [source for resource in package["resources"] for source in resource["sources"]]
    for note in notes(documents[name]):
        group = note.parent.parent
        links = {one.attributes["href"] for one in group.all("a")}
        for file, sheet, cell in cells(note):
            (cited,) = (
                one
                for one in entries
                if (one["file"], one["sheet"]) == (file, sheet) and cell in one.get("cells", [cell])
            )
            assert plain(f"{cited['publisher']}, {cited['title']}. Bestand {file}") in plain(group.text)
            assert not cited.get("path") or cited["path"] in links
            assert f"bronnen.html#{file}" in links
            assert all(
                dashed(cited[key]) in plain(note.text) for key in ("evidence", "confidence", "note") if key in cited
            )


@pytest.mark.parametrize("name", TOLD)
def test_every_figure_points_to_the_note_with_its_number(documents, name):
    page = documents[name]
    told = {note.attributes["id"]: plain(note.all("b")[0].text) for note in notes(page)}
    figures = page.of_class("a", "figure")
    assert {one.attributes["href"].removeprefix("#") for one in figures} == set(told)
    for figure in figures:
        assert number(plain(figure.text)) == number(told[figure.attributes["href"].removeprefix("#")])
    assert not re.search(r"\[\d+\]", " ".join(one.text for one in page.all("p", "li", "td") if not one.all("p")))


@pytest.mark.parametrize("name", TOLD)
def test_every_figure_of_a_notebook_can_be_pointed_at_but_for_counts(documents, outputs, name):
    figures = {plain(one.text) for one in documents[name].of_class("a", "figure")}
    assert {plain(part["text"]) for one in outputs[name] for part in figures_in(one) if noted(part)} == figures


@pytest.mark.parametrize(
    ("words", "own"),
    [
        ("huur: Genk 20%; Aalst (20%) en Genk-Centrum (20%).", [0, 1, 2]),
        ("Energie: van 20% (Aalst) tot 20% (Genk). Genk-Centrum 20%.", [4, 3, 5]),
        ("huur: Genk 20%. energie: Genk 20%, Aalst 20%.", [0, 3, 4]),
        ("20%, 120%, 2020%, 1.20%, 10–20%", [0]),
    ],
)
def test_of_figures_that_look_the_same_a_description_leads_to_its_own(words, own):
    header = ["Naam", "Genk", "Aalst", "Genk-Centrum (%)"]
    cells = [{"text": "20%", "value": "20", "number": i} for i in range(6)]
    parts = content._pointed(words, header, [["huur", *cells[:3]], ["energie", *cells[3:]]])
    assert [part["number"] for part in parts if isinstance(part, dict)] == own
    assert "".join(map(text_of, parts)) == words


def test_a_note_of_a_computed_figure_has_the_name_that_it_does_not_say_already(desk):
    computed = [Figure(Decimal(n), "EUR", "", (CELL,), "helft") for n in (3, 4)]
    chart = ga.bars(frame("a"), "area", "99_named", "Titel")
    what = what_of([CELL])
    chart.rows = [{"Periode": what.rpartition(" in ")[2], "Limburg": computed[0], "Waarde": computed[1]}]
    said = [plain(one.text) for one in notes(make(desk, ("# Verzonnen", "1", shown(chart))))]
    assert any("3 euro (Limburg) is berekend: helft." in text for text in said)
    assert any("4 euro is berekend: helft." in text for text in said)


@pytest.mark.parametrize("name", TOLD)
def test_a_page_says_what_its_notebook_says(documents, outputs, name):
    said = plain(documents[name].root.text)
    for one in outputs[name]:
        assert all(plain("".join(map(text_of, line))) in said for line in one.get("lines", []))
        assert all(plain(text_of(part)) in said for row in one.get("rows", []) for part in row)
        assert all(
            plain(one[key]) in said for key in ("caption", "title", "description", "note", "source") if key in one
        )


@pytest.mark.parametrize("name", THEMES)
def test_every_section_is_in_the_contents(documents, name):
    page = documents[name]
    (contents,) = (one for one in page.all("nav") if one.attributes["aria-label"] == "Op deze pagina")
    listed = [(one.attributes["href"], plain(one.text)) for one in contents.all("a")]
    assert listed == [(f"#{one.attributes['id']}", plain(one.text)) for one in page.all("h2")]
    assert listed[-1] == ("#herkomst", "Bronnen, code en versie")


@pytest.mark.parametrize("name", PAGES)
def test_links_between_pages_arrive(documents, name):
    links = [one.attributes["href"].partition("#") for one in documents[name].all("a")]
    for page, _, anchor in links:
        assert (
            not anchor
            or page not in documents
            or unquote(anchor) in documents[page].ids
            or anchor in documents[page].ids
        )


@pytest.mark.parametrize("name", TOLD)
def test_sources_lead_to_the_figures_that_use_them_and_back(documents, name):
    used = {(file, note.attributes["id"]) for note in notes(documents[name]) for file, _, _ in cells(note)}
    listed = {
        (section.attributes["id"], link.attributes["href"].partition("#")[2])
        for section in documents["bronnen.html"].all("section")
        for link in section.all("a")
        if link.attributes["href"].startswith(f"{name}#")
    }
    assert listed == used


def test_the_sources_page_has_licence_date_years_and_checksum_of_every_file(documents, processed):
    page, periods, goals = documents["bronnen.html"], defaultdict(set), defaultdict(set)
    for row in (row for row in processed.values() if row["value"]):
        if row["indicator"].startswith("doelstelling"):  # what is aimed at is no figure of that year
            goals[row["source"]].add(row["period"])
        else:
            periods[row["source"], row["sheet"]].add(row["period"])
    for source in [*register.load_register(ROOT), *register.area_lists()]:
        (section,) = (one for one in page.all("section") if one.attributes["id"] == source.file)
        title = source.title.split(YEARS)  # it says them itself
        for text in (source.publisher, *title, source.licence, source.transcribed, source.sha256):
            assert plain(text) in plain(section.text)
        assert YEARS not in section.text
        assert prose.period_text(source.obtained) in section.text
        others = [name for name in source.sheets if source.citation(name)["licence"] != source.licence]
        own = {
            one
            for (file, name), found in periods.items()
            if file == source.file and name not in others
            for one in found
        }
        assert f"Cijfers over {years(own)}" in section.text or not own
        aims = years(goals[source.file])
        assert f"doelen voor {aims}" in section.text if aims else "doelen voor" not in section.text
        for name in others:
            assert f"Blad {name}: {source.citation(name)['licence']}" in section.text
            assert f"blad {name}: {years(periods[source.file, name])}" in section.text or not periods[source.file, name]
        assert source.url in [one.attributes["href"] for one in section.all("a")] or not source.url.startswith("http")


def test_the_sources_page_says_what_a_file_has_that_no_page_tells(documents, processed):
    shown = {place for name in TOLD for note in notes(documents[name]) for place in cells(note)}
    unused = {file: set() for file, _, _ in processed}
    for (file, _, _), row in processed.items():
        kind = [row["indicator"], row["breakdown"]]
        told = any(
            [processed[one][key] for key in ("indicator", "breakdown")] == kind for one in shown if one[0] == file
        )
        unused[file] |= {row["indicator"]} if row["value"] and not told else set()
    page = documents["bronnen.html"]
    for section in page.all("section"):
        file = section.attributes["id"]
        said = "Uit dit bestand overgenomen, maar niet getoond" in section.text
        assert said == (bool(unused.get(file)) and "Geen cijfer van dit bestand" not in section.text)


def test_the_sources_page_has_the_source_of_every_single_figure(documents):
    """Also of those that stand in a workbook of ours: who published it, and in which cell it stands."""
    page, package = documents["bronnen.html"], json.loads((ROOT / repository.PACKAGE).read_text(encoding="utf-8"))
    singles = [one for resource in package["resources"] for one in resource["sources"] if "cells" in one]
    assert len(singles) > 100
    sections = {one.attributes["id"]: one for one in page.all("section")}
    listed = {name: [plain(item.text) for item in one.all("li")] for name, one in sections.items()}
    for one in singles:
        told = [text for text in listed[one["file"]] if plain(f", {one['title']} (") in text]
        assert any(plain(one["publisher"]) in text and plain(one["sheet"]) in text for text in told)
        links = [link.attributes["href"] for link in sections[one["file"]].all("a")]
        assert one["path"] in links or not one["path"].startswith("http")


def test_the_sources_page_counts_the_sources_and_figures_under_it(documents):
    """A source is a title at an address, as the workbook has them, whatever it calls the publisher."""
    for section in documents["bronnen.html"].all("section"):
        sources = [(plain(one.text), [link.attributes["href"] for link in one.all("a")]) for one in section.all("li")]
        figures = [one for one in section.all("a") if "#n" in one.attributes["href"]]
        told = [int(number) for one in section.all("summary") for number in re.findall(r"\d+", one.text)]
        assert told == [size for size in (len(sources), len(figures)) if size]
        titles = Counter((text.partition(", ")[2].rpartition(" (")[0], *links) for text, links in sources)
        assert not titles or max(titles.values()) == 1
        if section.attributes["id"] in ("kansarmoede.xlsx", "losse_cijfers.xlsx", "gaten.xlsx"):
            sheets = openpyxl.load_workbook(ROOT / "data/raw" / section.attributes["id"])
            rows = [row for sheet in sheets for row in sheet.iter_rows(min_row=5, values_only=True) if len(row) > 9]
            assert len(sources) == len({row[8:10] for row in rows if row[8]})


def test_every_page_has_the_same_script_and_search_index(made):
    scripts = {tuple(re.findall(r"<script[^>]*>(.*?)</script>", page, flags=re.DOTALL)) for page in made.values()}
    assert len(scripts) == 1 and all(scripts.pop())


def test_the_index_has_a_card_a_theme_with_a_figure_its_year_and_age(documents):
    cards = documents["index.html"].all("article")
    assert [card.all("a")[0].attributes["href"] for card in cards] == THEMES
    for card in cards:
        (headline,) = card.of_class("p", "headline")
        when = r"\b(19|20)\d\d, ((bijna )?\w+ jaar oud|van dit jaar)$| zonder precieze periode$"
        assert re.search(when, plain(headline.text)), headline.text
        figures = card.of_class("a", "figure")
        assert plain(headline.text).startswith(plain(figures[0].text))
        range_ends = " tot ".join(plain(one.text) for one in figures[:2])
        assert (range_ends in plain(card.all("p")[1].text)) is plain(headline.text).startswith(range_ends)
    assert [card.all("a")[0].attributes["href"] for card in cards if not card.all("svg")] == ["10_corona.html"]


def test_what_changed_is_a_closed_line_on_the_index_and_the_sources_and_a_link_on_a_theme(desk):
    pages_ = hostile.pages_of(
        {
            "00_invented": v4.new_notebook(
                cells=[v4.new_markdown_cell("# Verzonnen\n\n## Wat we niet weten\n\nIets.")]
            ),
            "99_invented": v4.new_notebook(cells=[v4.new_markdown_cell("# Verzonnen")]),
        },
        {},
        [],
        ["Een verandering."],
    )
    for name, times in {"index.html": 1, "bronnen.html": 1, "99_invented.html": 0}.items():
        page = Document(pages_[name])
        lists = [
            one for one in page.all("details") if [plain(item.text) for item in one.all("li")] == ["Een verandering."]
        ]
        assert len(lists) == times and page.root.text.count("Een verandering.") == times
        assert not any("open" in one.attributes for one in lists)
    assert "bronnen.html#veranderd" in pages_["99_invented.html"]
    front = pages_["index.html"]
    assert front.index("Wat veranderde er") < front.index("Wat we niet weten</h2>")


@pytest.mark.parametrize("name", THEMES)
def test_a_page_begins_with_its_message_and_the_chart_that_shows_it(documents, outputs, name):
    (main,) = documents[name].all("main")
    heading, message, figure, *_ = main.children
    assert (heading.tag, message.attributes.get("class")) == ("h1", "message")
    contents = main.children[3]
    assert contents.attributes.get("aria-label") == "Op deze pagina"
    assert re.search(r"\d", message.all("strong")[0].text) and message.all("a")
    told = {cell for part in outputs[name][0]["lines"][0] if isinstance(part, dict) for cell in part["cells"]}
    shown = {one["name"] for one in outputs[name] if one["kind"] == "chart" and told.intersection(cells_of(one))}
    assert figure.tag == "figure" and (figure.attributes["id"] in shown or not shown)
    title = next(chart["title"] for chart in outputs[name] if chart.get("name") == figure.attributes["id"])
    assert (title in plain(figure.text).partition(" Bron")[0].partition("Beschrijving")[0]) is not bool(shown)


@pytest.mark.parametrize("name", TOLD)
def test_amounts_of_two_years_beside_each_other_are_said_to_be_in_euro_of_their_year(
    documents, processed, outputs, name
):
    """Nobody reads a rise of amounts as one of what they can buy."""
    beside = False
    for line in (line for one in outputs[name] for line in one.get("lines", [])):
        amounts = [part for part in line if isinstance(part, dict) and part["unit"].startswith("EUR") and part["cells"]]
        rows = {cell: processed[place_of_cell(cell)] for part in amounts for cell in part["cells"][:1]}
        kinds = [(row["indicator"], row["area"], row["breakdown"]) for row in rows.values()]
        beside = beside or len(kinds) > len(set(kinds))
    (main,) = documents[name].all("main")
    assert not beside or re.search("niet aangepast aan de prijzen|in euro van dat jaar", plain(main.text))


@pytest.mark.parametrize("name", THEMES)
def test_what_explains_is_folded_and_stands_below_what_is_found(documents, name):
    (main,) = documents[name].all("main")
    folded = main.of_class("details", "more")
    assert folded and all("open" not in one.attributes for one in folded)
    about = next(place for place, one in enumerate(main.children) if "Over deze pagina" in one.text[:40])
    before = [plain(one.text) for one in main.children[:about] if one.tag == "h2"]
    assert before == ["In het kort"]
    (notes_,) = main.of_class("details", "sources")
    assert "open" in notes_.attributes  # for who has no script; the script folds it


@pytest.mark.parametrize("name", THEMES)
def test_a_page_ends_in_one_block_with_its_sources_code_and_version(documents, name):
    (main,) = documents[name].all("main")
    (block,) = main.children[-1].children
    assert (main.children[-1].tag, block.tag) == ("section", "details")
    assert plain(block.children[0].text) == "Bronnen, code en versie"
    assert "Verwijs zo naar deze pagina" in block.text and block.all("pre")
    assert len(notes(documents[name])) == len([one for one in block.all("li") if "id" in one.attributes])


@pytest.mark.parametrize("name", THEMES)
def test_no_heading_stands_over_nothing_but_a_closed_line(documents, name):
    (main,) = documents[name].all("main")
    pairs = [(one, other) for one, other in pairwise(main.children) if one.tag in ("h2", "h3")]
    assert [plain(one.text) for one, other in pairs if other.tag == "details"] == []


@pytest.mark.parametrize("name", THEMES)
def test_lists_of_sentences_that_follow_each_other_are_one(documents, name):
    (main,) = documents[name].all("main")
    boxes = [[one.tag for one in box.children] for box in (main, *main.all("details"))]
    assert [tags for tags in boxes if ("ul", "ul") in pairwise(tags)] == []


@pytest.mark.parametrize("name", THEMES)
def test_the_key_of_a_chart_stands_under_it_as_text_and_not_in_the_picture(documents, outputs, name):
    for chart, figure in drawn(documents[name], outputs[name]):
        keys = [plain(one.text) for one in figure.of_class("p", "key")]
        assert keys == ([plain(chart["note"])] if chart["note"] else [])


@pytest.mark.parametrize("name", PAGES)
def test_dates_and_spans_of_years_in_lines_of_sources_are_not_broken(documents, name):
    for line in documents[name].all("figcaption"):
        whole = [one.text for one in line.of_class("span", "date")]
        assert re.findall(r"\d+(?:[–-]\d+)+", line.text) == whole


def test_the_foot_of_a_page_says_what_is_hidden_and_the_sources_say_by_which_rule(documents):
    for name in PAGES:
        (foot,) = documents[name].all("footer")
        assert plain(foot.text).startswith("Geen cijfers verborgen om kleine aantallen te beschermen.")
        assert ("Regel voor kleine aantallen" in documents[name].root.text) == (name == "bronnen.html")


def test_one_file_holds_every_page(documents, made):
    whole = documents[pages.WHOLE]
    titles = [plain(one.text) for one in whole.all("h1")]
    for name in PAGES:
        assert plain(documents[name].all("h1")[0].text) in titles
        for heading in documents[name].all("h2")[:-1]:
            assert plain(heading.text) in plain(whole.root.text)
    assert not [one for one in whole.all("a") if re.match(r"[\w.-]+\.html", one.attributes["href"])]
    assert len(made[pages.WHOLE].encode()) < 6_000_000


@pytest.mark.parametrize("name", TOLD)
def test_two_numbers_never_stand_side_by_side_in_a_sentence(documents, name):
    texts = [plain(one.text) for tag in ("p", "li") for one in documents[name].all(tag) if not one.all("p")]
    texts = [text for text in texts if "cel " not in text]
    assert [text for text in texts if re.search(r"\bin (19|20)\d\d [\d−+]", text)] == []


# --- how heavy a page is ---


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_light(made, name):
    assert len(made[name].encode()) < 700_000
    assert 10_000 < build.overhead(made[name].encode()) <= 60_000


def test_words_and_data_are_no_overhead():
    page = b"<style>p{}</style><main><p>woorden</p>%s</main><script>1</script>"
    bare = len(b"<style>p{}</style><p></p><script>1</script>")
    data = (
        b"<figure><img></figure>",
        b"<table><td>7</td></table>",
        b'<div class="from"><p>x</p></div>',
        b"meer woorden",
    )
    assert all(build.overhead(page % one) == bare for one in data)
    assert build.overhead(page % b"<b>x</b>") == bare + len(b"<b></b>")


# --- what a chart gives away to be used again ---


def drawn(page: Document, outputs: list[dict]) -> list[tuple[dict, Element]]:
    """What a notebook says of each chart, and where that stands on its page."""
    figures = {figure.attributes["id"]: figure for figure in page.all("figure")}
    return [(one, figures[one["name"]]) for one in outputs if one["kind"] == "chart"]


def file_of(figure: Element, ending: str) -> str:
    """A file that a chart offers, as it stands in its link."""
    links = {one.attributes.get("download", "").rpartition(".")[2]: one.attributes["href"] for one in figure.all("a")}
    return links[ending].partition(",")[2]


def csv_rows(figure: Element) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(unquote(file_of(figure, "csv")).removeprefix("\ufeff"), newline="")))


def workbook_of(figure: Element) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(base64.b64decode(file_of(figure, "xlsx"))))


@pytest.mark.parametrize("name", TOLD)
def test_the_csv_of_a_chart_joins_the_tables(documents, processed, outputs, name):
    for chart, figure in drawn(documents[name], outputs[name]):
        rows, parts = csv_rows(figure), figures_in(chart)
        assert len(rows) == len(parts)
        for row, part in zip(rows, parts, strict=True):
            assert row["formula"] == part["formula"] and row["label"] == row["label"].strip() != ""
            assert row["publisher"] and row["licence"]
            if part["formula"]:
                assert (row["cell"].split("; "), row["value"]) == (part["cells"], part["value"])
                assert (row["unit"], row["status"]) == (part["unit"], part["status"])
            else:
                tidy = processed[row["source"], row["sheet"], row["cell"]]
                assert {key: row[key] for key in tidy} == tidy
                assert [f"{row['source']}|{row['sheet']}|{row['cell']}"] == part["cells"]


HEAD = embedded.HEAD + 1  # the row of a workbook with the names of its columns


@pytest.mark.parametrize("name", TOLD)
def test_the_workbook_of_a_chart_has_the_values_of_the_tables(documents, processed, outputs, name):
    for chart, figure in drawn(documents[name], outputs[name]):
        book = workbook_of(figure)
        assert book.sheetnames == ["Gegevens", "Bronnen"]
        sheet = book["Gegevens"]
        assert [sheet.cell(row, 1).value for row in (1, 3)] == [chart["title"], chart["source"]]
        data = list(sheet.iter_rows(min_row=HEAD, values_only=True))
        for head, label, parts in zip(data[0], chart["header"], zip(*chart["rows"], strict=True), strict=False):
            units = {part["unit"] for part in parts if isinstance(part, dict)}
            assert head.startswith(label) and all(unit in head for unit in units)
        for number_, (row, parts) in enumerate(zip(data[1:], chart["rows"], strict=True), start=HEAD + 1):
            for column, (value, part) in enumerate(zip(row, parts, strict=False), start=1):
                if isinstance(part, str):
                    assert (value or "") == part.strip()
                elif not part["value"]:
                    assert value in STATUS.values()
                else:
                    published = (
                        processed[place_of_cell(part["cells"][0])]["value"] if not part["formula"] else part["value"]
                    )
                    assert isinstance(value, int | float) and value == float(f"{float(published):.16G}")
                    decimals = re.search(r",(\d+)", part["text"])
                    form = sheet.cell(number_, column).number_format
                    assert len(form.partition(".")[2]) == (len(decimals[1]) if decimals else 0), part["text"]
            flags = {
                STATUS[flag] for part in parts if isinstance(part, dict) and part["value"] for flag in part["status"]
            }
            assert all(flag in row[len(parts)] for flag in flags)
        cells = {cell for part in figures_in(chart) for cell in part["cells"]}
        about = list(book["Bronnen"].iter_rows(min_row=2, values_only=True))
        told = {(one[5], one[6] or "", cell) for one in about for cell in addresses(one[7])}
        assert told == {place_of_cell(cell) for cell in cells}
        for page in book:
            assert {cell.data_type for row in page for cell in row} <= {"s", "n"}


# --- what is not published is said, never left blank or nought ---


@pytest.mark.parametrize("name", TOLD)
def test_what_is_not_published_says_so_and_looks_different(documents, outputs, name):
    page = documents[name]
    missing = {cell for one in outputs[name] for part in figures_in(one) if not part["value"] for cell in part["cells"]}
    for note in notes(page):
        if missing.isdisjoint("|".join(place) for place in cells(note)):
            continue
        links = [one for one in page.all("a") if one.attributes["href"] == f"#{note.attributes['id']}"]
        reasons = {plain(one.text).partition("[")[0] for one in links}
        if not note.all("b")[0].text[0].isdigit() and not note.all("b")[0].text.startswith("−"):
            assert reasons <= set(STATUS.values())
            assert all("missing" in one.parent.attributes["class"] for one in links if one.parent.tag == "td")


@pytest.mark.parametrize("name", PAGES)
def test_no_cell_for_a_figure_is_blank(documents, name):
    cells = documents[name].of_class("td", "number")
    assert all(plain(one.text) for one in cells)
    charts = [one for figure in documents[name].all("figure") for one in figure.all("td")]
    assert all(plain(one.text) for one in charts)
    assert all(
        "missing" in one.attributes["class"] for one in cells if not re.search(r"\d", one.text.partition("[")[0])
    )


def test_the_index_and_the_neighbours_lead_through_every_page(documents):
    links = [one.attributes["href"] for one in documents["index.html"].all("a")]
    assert list(dict.fromkeys(link for link in links if link in THEMES)) == THEMES
    for before, after in pairwise(PAGES):
        previous = [one for one in documents[after].all("a") if one.attributes.get("rel") == "prev"]
        following = [one for one in documents[before].all("a") if one.attributes.get("rel") == "next"]
        assert {one.attributes["href"] for one in previous} == ({before} if after in THEMES else set())
        assert {one.attributes["href"] for one in following} == ({after} if before in THEMES else set())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_holds_no_place_of_this_machine(made, name):
    page = made[name]
    assert not re.search(r"/home/|/root/|/tmp/|/work/|[A-Z]:\\\\|0x[0-9a-f]{8,}|popen-gw", page)
    assert str(ROOT) not in page


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["B7"], "B7"),
        (["C6", "C7", "C8"], "C6–C8"),
        (["C8", "C6", "C7"], "C6–C8"),
        (["C6", "C8"], "C6, C8"),
        (["C9", "C10"], "C9–C10"),
        (["Z5", "AA5"], "Z5, AA5"),
        (["B2", "C2", "B3"], "B2–B3, C2"),
        (["B2", "B2"], "B2"),
    ],
)
def test_runs_of_cells_are_joined(here, given, told):
    (place,) = places([f"wijken.xlsx|Bevolking|{cell}" for cell in given])
    assert place["addresses"] == told


# --- hostile text ---

CELL = "corona.xlsx|Domeinen|B13"
FIGURE = Figure(Decimal(868230), "EUR", cells=(CELL,))  # what the cell says


def shown(thing: object) -> list:
    return [hostile.result(thing)]


def words(text: str) -> list:
    return [v4.new_output("stream", text=text)]


def bare(text: str) -> list:
    return [v4.new_output("execute_result", data={"text/plain": text})]


def frame(label: str, **columns: object) -> pd.DataFrame:
    row = dict.fromkeys(COLUMNS, "") | {"indicator": "verzonnen", "area": label, "period": "2031", "value": 868230.0}
    row |= {"unit": "EUR", "source": "corona.xlsx", "sheet": "Domeinen", "cell": "B13"} | columns
    return pd.DataFrame([row])


WRITTEN: dict[str, Callable[[str], list]] = {
    "the words of a sentence": lambda text: shown(prose.say("Voor {w}: {n}.", w=text, n=FIGURE)),
    "a sentence": lambda text: shown(prose.say(text.replace("{", "{{").replace("}", "}}") + "{n}", n=FIGURE)),
    "a point": lambda text: shown(telling.points([prose.say("{w}", w=text)])),
    "a unit": lambda text: shown(prose.say("{n}", n=Figure(Decimal(7), text, "", (CELL,), "som"))),
    "a formula": lambda text: shown(prose.say("{n}", n=Figure(Decimal(7), "EUR", "", (CELL,), text))),
    "a caption": lambda text: shown(prose.table(text, [{"Wat": "a", "Cijfer": FIGURE}])),
    "a header": lambda text: shown(prose.table("Tabel", [{text: "a", "Cijfer": FIGURE}])),
    "a first cell": lambda text: shown(prose.table("Tabel", [{"Wat": text, "Cijfer": FIGURE}])),
    "another cell": lambda text: shown(prose.table("Tabel", [{"Wat": "a", "Cijfer": text}])),
    "what is printed": words,
    "a bare value": bare,
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A copy to draw and write pages in, shared by the tests that leave its tables as they are."""
    root = copy_of(ROOT, tmp_path_factory.mktemp("desk"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GENK_ARMOEDE_ROOT", str(root))
        yield root


def make(root: Path, *sections: tuple[str, str, list]) -> Document:
    """The page of a notebook of sections: markdown, code and the outputs of that code."""
    cells = []
    for markdown, code, outputs in sections:
        cells += [v4.new_markdown_cell(markdown), v4.new_code_cell(code, outputs=outputs, execution_count=1)]
    images = {path.relative_to(root): path.read_bytes() for path in (root / "figures").glob("99*.svg")}
    book = {"99_invented": v4.new_notebook(cells=cells)}
    made = hostile.pages_of(book, images, register.load_register(root), [])
    documents = {name: Document(page) for name, page in made.items()}
    assert [fault for page in documents.values() for fault in harm(page)] == []
    return documents["99_invented.html"]


def harm(page: Document) -> list[str]:
    rules = (well_formed, runs_nothing, fetches_nothing, data_is_only_to_be_saved)
    return [fault for rule in rules for fault in rule(page)]


def text_and_alternatives(page: Document) -> str:
    return plain(page.root.text + " ".join(one.attributes.get("alt", "") for one in page.all("img")))


def unseen(page: Document) -> list[str]:
    return [text for text in HOSTILE if plain(seen(text)) not in text_and_alternatives(page)]


@pytest.mark.parametrize("place", WRITTEN)
def test_hostile_text_is_only_text(desk, place):
    page = make(desk, *(("# Verzonnen", "1", WRITTEN[place](text)) for text in [*HOSTILE, hostile.STEERING]))
    steering = hostile.STEERING.replace("\x1b[31m", "") if "printed" in place or "bare" in place else hostile.STEERING
    assert unseen(page) == [] and seen(steering) in page.markup  # a colour of a terminal is left out


def test_hostile_code_is_only_text(desk):
    page = make(desk, ("# Verzonnen", "\n".join(f"# {text}" for text in HOSTILE), words("")))
    assert unseen(page) == []


@pytest.mark.parametrize(
    "markdown", ["# Verzonnen\n\n{}", "# Een {}", "# Verzonnen\n\n## {}\n\n## Nog een", "# Een\n\n- {}"]
)
def test_hostile_markdown_is_only_text(desk, markdown):
    for text in HOSTILE:
        assert make(desk, (markdown.replace("{}", text), "1", words("a")))


@pytest.mark.parametrize("link", [*hostile.LINKS, "[x]: javascript:alert(1)\n\n[x]", "> <b>x</b>\n\n<p>x"])
def test_a_hostile_link_in_a_notebook_is_no_link(desk, link):
    page = make(desk, (f"# Verzonnen\n\n{link}", "1", words("a")))
    links = [one.attributes["href"] for one in page.all("a")]
    sound = r"#[\w-]+|\w+\.html(?:#veranderd)?|https://example\.org/x\.png"
    assert all(re.fullmatch(sound, one) for one in links) and not page.all("img", "b")


def test_a_table_under_a_heading_that_says_it_has_no_caption_to_be_seen(desk):
    table = prose.table("Iets, zoals gepubliceerd", [{"Wat": name, "Cijfer": FIGURE} for name in "aab"])
    page = make(desk, ("# Verzonnen", "1", []), ("## Iets?", "1", shown(table)), ("", "1", shown(table)))
    captions = [one.attributes.get("class", "") for one in page.all("caption")]
    assert captions == ["away", ""]


def test_a_head_that_is_the_same_in_the_next_row_is_marked_for_a_phone(desk):
    table = prose.table("Iets", [{"Wat": name, "Cijfer": FIGURE} for name in "aab"])
    page = make(desk, ("# Verzonnen", "1", shown(table)))
    rows = [(row.all("th")[0].text, row.attributes.get("class", "")) for row in page.all("tr")[1:]]
    assert rows == [("a", ""), ("a", "again"), ("b", "")]


def test_lists_from_two_cells_are_one_list(desk):
    one, other = (shown(telling.points([prose.say(text)])) for text in ("Een.", "Twee."))
    lead = shown(prose.say("Eerst."))
    page = make(desk, ("# Verzonnen", "1", lead), ("## Iets?", "1", one), ("", "1", other))
    (main,) = page.all("main")
    assert [plain(one.text) for one in main.children if one.tag == "ul"] == ["Een.Twee."]


def test_a_section_that_is_all_explanation_folds_under_its_own_heading(desk):
    page = make(desk, ("# Verzonnen", "1", words("a")), ("## Hoe zeker is dat?\n\nNiet.", "1", words("b")))
    (fold,) = (one for one in page.of_class("details", "headed") if "Niet." in one.text)
    assert [plain(one.text) for one in fold.children[0].all("h2")] == ["Hoe zeker is dat?"]


def test_a_web_address_in_a_notebook_is_a_link_and_no_more(desk):
    text = '<https://example.org/a> [x](https://example.org/b"onmouseover="alert(1)) [x](http://example.org "\'>")'
    page = make(desk, (f"# Verzonnen\n\n{text}", "1", words("a")))
    links = [one.attributes for one in page.all("a") if one.attributes["href"].startswith("http")]
    assert [one["href"] for one in links] == [
        "https://example.org/a",
        "https://example.org/b%22onmouseover=%22alert(1)",
        "http://example.org",
    ]
    assert {name for one in links for name in one} == {"href", "title", "data-address"}


@pytest.mark.parametrize("place", WRITTEN)
def test_hostile_text_is_only_text_in_a_notebook_too(desk, place):
    for output in (output for text in HOSTILE for output in WRITTEN[place](text)):
        document = Document(output.get("data", {}).get("text/html", ""))
        assert [*well_formed(document), *runs_nothing(document), *fetches_nothing(document)] == []


@pytest.fixture(scope="session")
def invented_report(tmp_path_factory) -> dict[str, Document]:
    return {name: Document(page) for name, page in hostile.report(tmp_path_factory.mktemp("hostile")).items()}


@pytest.mark.parametrize("name", ["index.html", "99_verzonnen.html", "bronnen.html"])
def test_hostile_text_from_every_side_is_only_text(invented_report, name):
    page = invented_report[name]
    assert harm(page) + has_a_strict_policy(page) + ids_are_unique(page) == []
    assert not any(mark in page.markup for mark in map(chr, UNSEEN))
    assert name == "index.html" or unseen(page) == []


def test_hostile_text_is_only_text_in_a_csv(invented_report):
    (figure,) = invented_report["99_verzonnen.html"].all("figure")
    rows = csv_rows(figure)
    assert [row["area"] for row in rows] == [observation.plain_text(seen(text)) for text in HOSTILE]
    assert [row["value"] for row in rows] == [str(70 + i) for i in range(len(HOSTILE))]
    assert not [text for row in rows for text in row.values() if text[:1] in "=+-@\t\r" and text]


def test_hostile_text_is_only_text_in_a_workbook(invented_report):
    (figure,) = invented_report["99_verzonnen.html"].all("figure")
    book = workbook_of(figure)
    data, about = book["Gegevens"], book["Bronnen"]
    assert [unescape(cell.value) for cell in data["A"][HEAD:]] == [seen(text).strip() for text in HOSTILE]
    assert [unescape(cell.value) for cell in about["A"][1:]] == [seen(text) for text in HOSTILE]
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n"}
    assert not any(cell.hyperlink for sheet in book for row in sheet for cell in row)


def test_a_citation_without_web_address_is_no_link(here):
    path = here / repository.PACKAGE
    package = json.loads(path.read_text(encoding="utf-8"))
    for source in (source for resource in package["resources"] for source in resource["sources"]):
        source |= {"path": "javascript:alert(1)", "title": HOSTILE[0], "publisher": HOSTILE[1]}
    path.write_text(json.dumps(package), encoding="utf-8")
    page = make(here, ("# Verzonnen", "1", shown(prose.say("{n}", n=FIGURE))))
    assert plain(HOSTILE[0]) in text_and_alternatives(page)
    assert "javascript" not in page.markup


# --- notebooks that an analyst may well write ---

SECTION = ("## Sectie", "1", words("a"))


@pytest.mark.parametrize("first", ["## Sectie", "Geen titel", ""])
def test_a_notebook_without_title_is_refused(desk, first):
    with pytest.raises(DataError, match="begins with a heading"):
        make(desk, (first, "1", words("a")))


@pytest.mark.parametrize("heading", ["Verzonnen", "Inhoud", "Herkomst", "99_invented", "N1"])
def test_a_heading_may_have_any_words(desk, heading):
    figures = shown(ga.bars(frame("a"), "area", "99_invented", "Grafiek")) + shown(prose.say("{n}", n=FIGURE))
    page = make(desk, ("# Verzonnen", "1", figures), (f"## {heading}", "1", words("a")), SECTION)
    assert ids_are_unique(page) == []


def test_what_stands_under_a_heading_of_the_third_level_is_folded_behind_it(desk):
    page = make(desk, ("# Verzonnen", "1", []), ("## Deel\n\n### Meer\n\nBedachte uitleg.", "1", []))
    (fold,) = (one for one in page.all("details") if one.all("summary")[0].text == "Meer")
    assert "Bedachte uitleg." in fold.text
    assert [one.parent.tag for one in page.all("h3") if one.text == "Meer"] == ["summary"]


def test_marks_of_emphasis_stay_out_of_contents_and_index(desk):
    sections = [("# Een *nadruk*\n\nTekst met [link](https://example.org).", "1", words("a")), SECTION]
    page = make(desk, *sections, ("## Nog *een*", "1", words("a")))
    assert "*" not in plain(page.all("title")[0].text + page.all("nav")[-2].text)


def test_a_link_to_a_notebook_becomes_a_link_to_its_page(desk):
    page = make(desk, ("# Een\n\n[x](11-wonen.ipynb#kop)", "1", words("a")))
    assert "11-wonen.html#kop" in [one.attributes["href"] for one in page.all("a")]


def test_an_image_in_a_notebook_is_not_fetched(desk):
    make(desk, ("# Een\n\n![foto](https://example.org/x.png)", "1", words("a")))
