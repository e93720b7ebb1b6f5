# SPDX-License-Identifier: EUPL-1.2
"""The markdown of a notebook as blocks of a page: headings and the text between them.

HTML in it stays text; comments, which are for the writer, go.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

PICTURES = ("image/png", "image/jpeg")
LEADS = r"https?://|#|[\w%-]+\.(ipynb|html)\b|mailto:[\w.+-]+@[\w.-]+$"  # where a link may lead
PICTURED = r"attachment:|(?!/)[\w./-]+\.(png|jpe?g|svg|gif)$"  # what a picture may name
ANCHOR = 18  # letters of a heading in its address: a page and the search index have them often
UNSHOWN = {  # what stands as it was typed
    "a footnote": r"\[\^[^\]]+\]",
    "mathematics": r"\$\$|(?<![\w$])\$[^\s$][^$\n]*\$(?!\d)",
    "HTML": r"</?[a-zA-Z][^>]*>",
    "a list of tasks": r"^\s*[-*] \[[ x]\] ",
}


@dataclass
class Reader:
    """Markdown cells of one notebook, from top to bottom: knows the headings and addresses met before."""

    headings: list[tuple[int, str, str]] = field(default_factory=list)  # level, words, anchor
    addresses: list[str] = field(default_factory=list)  # of links, which on paper are numbered
    remarks: list[str] = field(default_factory=list)  # what is not shown as it was meant

    def blocks(self, source: str, attachments: Mapping[str, Mapping[str, str]], where: str) -> list[dict]:
        """Headings (`level`, `words`, `anchor`) and texts (`html`, `text`, `pages` it links to), in their order."""
        source = _without_comments(source)
        self.remarks += [
            f"{where}: {what} stands on the page as it was typed"
            for what, pattern in UNSHOWN.items()
            if re.search(pattern, CODE.sub("", source), re.MULTILINE)
        ]
        parser = _parser()
        groups: list[list[Token]] = []
        for token in parser.parse(source):
            if token.type == "heading_open" or not groups or groups[-1][-1].type == "heading_close":
                groups.append([])
            groups[-1].append(token)
        found = []
        for tokens in groups:
            links = self._links(tokens)
            self._pictures(tokens, attachments, where)
            html = parser.renderer.render(tokens, parser.options, {})
            if tokens[0].type == "heading_open" and not _words(tokens[1]).strip():
                continue  # a heading of nothing but remarks for the writer
            if tokens[0].type == "heading_open":
                found.append(self._heading(tokens, html))
            else:
                texts = [_words(after) for token, after in itertools.pairwise(tokens) if token.type == "paragraph_open"]
                every = " ".join(_words(token) for token in tokens if token.type == "inline")
                found.append(
                    {"kind": "markdown", "html": html, "text": next(iter(texts), ""), "words": every, "pages": links}
                )
        return found

    def address(self, link: str) -> int:
        """The number of an address in the list of them."""
        if link not in self.addresses:
            self.addresses.append(link)
        return self.addresses.index(link) + 1

    def _heading(self, tokens: list[Token], html: str) -> dict:
        words = _words(tokens[1])
        anchor = "s-" + re.sub(r"\W+", "-", words.lower())[:ANCHOR].strip("-")
        same = sum(heading[2].partition("--")[0] == anchor for heading in self.headings)
        anchor += f"--{same + 1}" if same else ""
        level = int(tokens[0].tag[1:])
        self.headings.append((level, words, anchor))
        inner = re.sub(r"^<h\d>|</h\d>\s*$", "", html.strip())
        return {"kind": "heading", "level": level, "words": words, "anchor": anchor, "html": inner}

    def _links(self, tokens: list[Token]) -> list[str]:
        """Turn links to notebooks to pages, number addresses; gives the pages. A link to a file loses its address."""
        found, dropped = [], False
        for child in (child for token in tokens for child in token.children or []):
            if child.type == "link_close" and dropped:
                child.type, child.tag, child.nesting, child.content, dropped = "text", "", 0, "", False
            if child.type != "link_open":
                continue
            address = re.sub(r"^([\w%-]+)\.ipynb", r"\1.html", str(child.attrGet("href")))
            dropped = not re.match(LEADS, address)
            if dropped:
                child.type, child.tag, child.nesting, child.content = "text", "", 0, ""
                continue
            child.attrSet("href", address)
            if address.startswith(("https://", "http://")):
                child.attrSet("data-address", str(self.address(address)))
            elif not address.startswith(("#", "mailto:")):
                found.append(address.partition("#")[0])
        return found

    def _pictures(self, tokens: list[Token], attachments: Mapping[str, Mapping[str, str]], where: str) -> None:
        """An attached picture stays; of any other one the words stand there, and the build says so."""
        for token in tokens:
            for child in token.children or []:
                if child.type != "image":
                    continue
                address, words = str(child.attrGet("src")), child.content
                data = attachments.get(unquote(address.removeprefix("attachment:")), {})
                kind = next((kind for kind in PICTURES if kind in data), "")
                if address.startswith("attachment:") and kind and words:
                    child.attrSet("src", f"data:{kind};base64,{''.join(data[kind].split())}")
                    continue
                why = "is not in the notebook" if words else "has no alternative text between its brackets"
                self.remarks.append(f"{where}: the picture {address} {why}; attach it and describe it")
                child.type, child.tag, child.content, child.children = "text", "", f"[Beeld: {words or address}]", None


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = lambda url: re.match(rf"{LEADS}|{PICTURED}", url)
    return parser


def _words(token: Token) -> str:
    return "".join(child.content or " " for child in token.children or [] if child.nesting == 0)


CODE = re.compile(r"(?P<code>^(?P<fence>```|~~~).*?^(?P=fence)|`[^`\n]+`)", re.DOTALL | re.MULTILINE)


def _without_comments(source: str) -> str:
    """Comments go, but for those in code."""
    return re.sub(
        rf"{CODE.pattern}|<!--.*?-->", lambda found: found["code"] or "", source, flags=re.DOTALL | re.MULTILINE
    )
