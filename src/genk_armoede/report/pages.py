# SPDX-License-Identifier: EUPL-1.2
"""The pages that reviewers read: one a notebook, an index and the sources; each works by itself, from disk.

Takes what `content` says of each notebook; gives HTML, made by small templates; called by `build`. Nothing is asked
of the network.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..observations.periods import period_text
from ..tables import store
from ..tables.register import area_lists
from .content import content_of
from .unseen import visible

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from ..tables.register import Source

TITLE = "Armoede in Genk in cijfers"
# The city names its ten themes in it; its address stands in the summary that the figures come from.
YEAR_REPORT = "https://share.genk.be/public/file/QVc7Cexgr0Oaov_0IXT4VA/Genk_Jaarverslag_Armoede.pdf"
TEMPLATES = Path(__file__).parent / "templates"


def make_pages(
    notebooks: dict[str, NotebookNode], images: dict[Path, bytes], register: list[Source], changes: list[str]
) -> dict[str, str]:
    """File name → HTML. `changes` says what differs from the previous version of the data."""
    return render([content_of(name, book, images) for name, book in notebooks.items()], register, changes)


def render(pages: list[dict], register: list[Source], changes: list[str]) -> dict[str, str]:
    """The pages of a report, given what `content_of` says of each notebook."""
    environment = Environment(
        loader=PackageLoader("genk_armoede.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css, script = ((TEMPLATES / name).read_text(encoding="utf-8").strip() for name in ("style.css", "page.js"))
    found = [[visible(text) for text in entry] for page in pages for entry in page["search"]]
    search = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    shared = {
        "site": TITLE,
        "year_report": YEAR_REPORT,
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
        "bronnen.html": environment.get_template("sources.html.j2").render(
            shared, sources=_sources(pages, [*register, *area_lists()])
        ),
    }
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        result[f"{page['name']}.html"] = page_html(shared, page=page, before=before, after=after)
    return result


def _hash(text: str) -> str:
    """What a content policy calls a piece of style or script by: with the line ends that stand around it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(f'{chr(10)}{text}{chr(10)}'.encode()).digest()).decode()}'"


def _sources(pages: list[dict], register: list[Source]) -> list[dict]:
    """Every file and list with what is known of it, and the notes of each page that come from it."""
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
