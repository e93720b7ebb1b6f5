# SPDX-License-Identifier: EUPL-1.2
"""The pages that reviewers read: a front page, one a theme, the sources, and all of it in one file.

Takes what `content` says of each notebook; gives HTML, made by small templates; called by `build`. Each page works by
itself, from disk; nothing is asked of the network.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..narration.prose import join
from ..observations.observation import breakdown_parts
from ..observations.periods import period_text
from ..observations.timespan import years
from ..tables import store
from .notes import link_of, runs
from .search import packed
from .unseen import visible

if TYPE_CHECKING:
    from ..tables.register import Source

TITLE = "Armoede in Genk in cijfers"
# The city names its ten themes in it; its address stands in the summary that the figures come from.
YEAR_REPORT = "https://share.genk.be/public/file/QVc7Cexgr0Oaov_0IXT4VA/Genk_Jaarverslag_Armoede.pdf"
WHOLE = "armoede_in_genk.html"  # the whole report in one file
TEMPLATES = Path(__file__).parent / "templates"
LISTS = re.compile(r"</ul>\s*<ul>")  # two lists that follow each other are one
GOALS = "doelstelling"  # how indicators of what is aimed at begin
SPANS = re.compile(r"\d+(?:[–-]\d+)+")
# The attributes of a page that name a place on a page.
NAMES = re.compile(r'(?<= )(id|href|for|aria-labelledby|aria-describedby)="([^"]*)"')


def templates() -> Environment:
    """The templates of pages: text stays text, a name that is not there is an error, control characters are shown."""
    environment = Environment(
        loader=PackageLoader("genk_armoede.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    return environment


def unbroken(markup: str) -> str:
    """Escaped words in which dates and spans of years stay on one line."""
    return SPANS.sub(r'<span class="date">\g<0></span>', str(markup))


def render(pages: list[dict], register: list[Source], changes: list[str]) -> dict[str, str]:
    """File name → HTML, given what `content_of` says of each notebook.

    `changes` says what differs from the previous version of the data.
    """
    environment = templates()
    css, script = (slim((TEMPLATES / name).read_text(encoding="utf-8")) for name in ("style.css", "page.js"))
    css = tight(css)
    front = next((page for page in pages if page["front"]), None)
    themes = [page for page in pages if page is not front]
    shared = {
        "site": TITLE,
        "year_report": YEAR_REPORT,
        "version": store.package()["version"],
        "version_text": period_text(store.package()["version"]),
        "front": front,
        "themes": themes,
        "changes": changes,
        "disclosure": store.package()["disclosure"],
        "css": css,
        "script": script,
        "policy": f"default-src 'none'; img-src data:; style-src {policy_hash(css)}; script-src {policy_hash(script)}; "
        "base-uri 'none'; form-action 'none'",
        "search": _to_front(packed(pages, visible), front),
    }

    def part(template: str, **words: object) -> str:
        made = environment.get_template(template).render(shared, **words)
        return _to_front(LISTS.sub("", made), front)

    def article(page: dict, *, within: bool) -> str:
        return part("article.html.j2", page=page, part=within)

    def page_of(article: str, title: str = "", kind: str = "", made_of: dict | None = None, beside: tuple = ()) -> str:
        return part("page.html.j2", article=article, title=title, kind=kind, made_of=made_of, beside=beside)

    first, sources = (part("front.html.j2"), part("sources_list.html.j2", sources=_sources(pages, register)))
    result = {"index.html": page_of(first, kind="front", made_of=front), "bronnen.html": page_of(sources, "Bronnen")}
    row = [{"file": "index.html", "title": "Alle thema’s"}, *themes, {"file": "bronnen.html", "title": "Bronnen"}]
    for before, page, after in zip(row, row[1:], row[2:], strict=False):
        text = article(page, within=False)
        result[page["file"]] = page_of(text, page["title"], "theme", page, (before, after))
    known = {"index", "bronnen", *(page["name"] for page in themes)}

    def annexed(page: dict) -> str:
        return _within(part("annex.html.j2", page=page), page["file"].removesuffix(".html"), known, first=False)

    result[WHOLE] = part(
        "report.html.j2",
        articles=[
            _within(first, "index", known),
            *(_within(article(page, within=True), page["name"], known) for page in themes),
        ],
        annex=[*map(annexed, filter(lambda page: page["notes"], pages)), _within(sources, "bronnen", known)],
        chapters=[(page["title"], f"{page['name']}-{page['sections'][0]['anchor']}") for page in themes],
    )
    return result


def slim(text: str) -> str:
    """Style or script without what only its writers need: indents and lines of remarks."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def tight(css: str) -> str:
    """Style without the blanks that only its writers need."""
    css = re.sub(r"\s*([{};>~])\s*", r"\1", css)
    return re.sub(r"([a-z-]:|,)\s+", r"\1", css).replace(";}", "}")


def _to_front(text: str, front: dict | None) -> str:
    """Links to the notebook that the front page is made of lead there."""
    return text.replace(f'href="{front["name"]}.html', 'href="index.html') if front else text


def _within(html: str, name: str, known: set[str], *, first: bool = True) -> str:
    """A page, or what belongs to it, as part of one file: places on it get its name before theirs, links lead there.

    Links to the page itself lead to its `first` part.
    """

    def renamed(found: re.Match) -> str:
        key, value = found.groups()
        if key != "href":
            return f'{key}="{" ".join(f"{name}-{one}" for one in value.split())}"'
        page, mark, anchor = value.partition("#")
        target = page.removesuffix(".html") if page else name
        if (page and not page.endswith(".html")) or target not in known or value.startswith("data:"):
            return found[0]
        return f'href="#{target}-{anchor}"' if mark else f'href="#{target}"'

    opening = f'<div id="{name}">' if first else "<div>"
    return f"{opening}{NAMES.sub(renamed, html)}</div>"


def policy_hash(text: str) -> str:
    """What a content policy calls a piece of style or script by: with the line ends that stand around it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(f'{chr(10)}{text}{chr(10)}'.encode()).digest()).decode()}'"


def _sources(pages: list[dict], register: list[Source]) -> list[dict]:
    """Every file and list with what is known of it, and the notes of each page that come from it."""
    titles = {one["file"]: one["title"] for one in store.package()["files"]}  # with the years of the figures
    periods, unused = _periods_and_unused(pages)
    entries = []
    for source in (replace(source, title=titles.get(source.file, source.title)) for source in register):
        used = [
            {"page": page, "notes": own}
            for page in pages
            if (own := [note for note in page["notes"] if any(p["file"] == source.file for p in note["places"])])
        ]
        count, obtained = sum(len(use["notes"]) for use in used), period_text(source.obtained)
        entry = {"source": source, "used": used, "link": link_of(source.url), "count": count, "obtained": obtained}
        cited = {sheet: source.citation(sheet) for sheet in source.sheets}
        apart = {sheet: one for sheet, one in cited.items() if one["licence"] != source.licence}
        terms = [f"{sheet}: {one['licence']} ({one['publisher']})" for sheet, one in apart.items()]
        entry |= {"terms": terms, "years": _years(periods[source.file], set(apart))}
        entries.append(entry | {"singles": _singles(source), "unused": unused[source.file]})
    return entries


def _years(periods: dict[str, set[str]], apart: set[str]) -> str:
    """The years of the figures of a file, those of some sheets and of goals apart: `2005–2020; blad Pers: 2021`."""
    goals = periods.get(GOALS, set())
    whole = years(period for sheet, found in periods.items() if sheet not in {*apart, GOALS} for period in found)
    told = [f"blad {sheet}: {years(periods[sheet])}" for sheet in sorted(apart & set(periods))]
    told += [f"doelen voor {years(goals)}"] if goals else []
    return "; ".join([whole, *told] if whole else told)


def _periods_and_unused(pages: list[dict]) -> tuple[dict[str, dict[str, set[str]]], dict[str, list[str]]]:
    """Of each file the periods of its figures by sheet, those of goals apart, and what no page has a figure of.

    That is in words: indicators, and of those that a page has in part the part (`Vertrouwen: buurt`).
    """
    indicators = store.indicators()
    shown = {cell for page in pages for note in page["notes"] for cell in note["cells"]}
    periods: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    known: dict[str, set[tuple[str, str]]] = defaultdict(set)
    used: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for cell, row in store.rows_by_cell().items():
        kind = (indicators[row["indicator"]]["title"], row["breakdown"])
        if row["value"]:
            known[row["source"]].add(kind)
            sheet = GOALS if row["indicator"].startswith(GOALS) else row["sheet"]
            periods[row["source"]][sheet].add(row["period"])
        if cell in shown:
            used[row["source"]].add(kind)
    return periods, defaultdict(list, {file: _left(kinds, used[file]) for file, kinds in known.items()})


def _left(known: set[tuple[str, str]], used: set[tuple[str, str]]) -> list[str]:
    """Indicators and parts of them that are known and not used, in words."""
    seen = {name for name, _ in used}
    whole = {name for name, _ in known} - seen
    parts = {
        f"{name}: {', '.join(breakdown_parts(breakdown).values()) or 'totaal'}"
        for name, breakdown in known - used
        if name in seen
    }
    return sorted(whole | parts)


def _singles(source: Source) -> list[dict]:
    """What sheets and single figures of a file have as their own source, each with where it is used.

    One title at one address is one source, also when its publisher is written in two ways.
    """
    found: dict[tuple[str, str], tuple[dict[str, bool], dict[str, list[str]]]] = {}  # publishers, cells by sheet
    for cited in (one for resource in store.package()["resources"] for one in resource["sources"]):
        publisher, title, path = cited["publisher"], cited["title"], cited["path"]
        if cited["file"] == source.file and (publisher, title, path) != (source.publisher, source.title, source.url):
            publishers, places = found.setdefault((title, path), ({}, defaultdict(list)))
            publishers[publisher] = True
            places[cited["sheet"] or "tabel"] += cited.get("cells", [])
    return [
        {"publisher": join(list(publishers)), "title": title, "link": link_of(path)}
        | {"where": [", ".join(filter(None, [sheet, runs(cells)])) for sheet, cells in places.items()]}
        for (title, path), (publishers, places) in found.items()
    ]
