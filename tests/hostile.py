# SPDX-License-Identifier: EUPL-1.2
"""An invented report in which every text is hostile: what pages must show as text, and nothing else.

All figures, areas and sources here are made up.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pandas as pd
import pytest
from nbformat import NotebookNode, v4

import genk_armoede as ga
from genk_armoede.narration import frames, prose, telling
from genk_armoede.observations.observation import COLUMNS
from genk_armoede.report import content, pages
from genk_armoede.tables import repository, store
from genk_armoede.tables.register import Source

REMARK = "<!-- <![CDATA[ ]]> -->"  # in markdown it is for the writer, and goes
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    '=HYPERLINK("https://example.org","x")',
    "@SUM(1+1)",
    "+1-1",
    "</main></body><svg onload=alert(1)>",
    REMARK,
    "{{ 7*7 }} {% raw %}",
    "verz\u202enegno",  # would turn the writing
    "</style><style>* { display: none }</style>",
    "]]></title></textarea><iframe srcdoc=x>",
    "een\u2028twee\u2029drie",  # ends a line in a script
    "\t=1+1",
    "\r=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "&lt;b&gt; &amp; &#106;avascript:",
    "W" * 300,  # would push the page wider
)
STEERING = "nul\x00en\x08wis\x1b[31m\x7f\x85"  # would be cut, wiped, coloured; no chart has letters for it
FILE = "verzonnen.xlsx"
LINKS = (  # in the markdown of a notebook: none of them may become a link or a picture
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x0A;script:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:alert(1))",
    "<javascript:alert(1)>",
    "[x](data:text/html,x)",
    "[x](data:image/png;base64,x)",
    "[x](file:///etc/passwd)",
    "[x](//example.org/x)",
    "[x](\\\\example.org\\x)",
    "[x](../data/raw/verzonnen.xlsx)",
    "![x](https://example.org/x.png)",
    "![x](data:image/svg+xml,x)",
    "<img src=https://example.org/x.png>",
    "<a href='https://example.org' onclick=alert(1)>x</a>",
    "<!-- x --><script>alert(1)</script>",
)


def seen(text: str) -> str:
    """A hostile text as a reader sees it."""
    return re.sub("[\u202e\x00\x08\x1b\x7f\x85]", "\ufffd", text)


def frame(root: Path) -> pd.DataFrame:
    """One row a hostile text: it is the area, the part, the unit and the sheet."""
    rows = [
        (
            "verzonnen",
            "",
            text,
            "2031",
            f"deel={text.replace(';', ',')}",
            str(70 + i),
            text,
            "p",
            FILE,
            text,
            f"B{i + 2}",
        )
        for i, text in enumerate(HOSTILE)
    ]
    folder = root / repository.PROCESSED
    folder.mkdir(parents=True)
    with (folder / "verzonnen.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])
    (folder / "wijken.geojson").write_text('{"features": [], "credit": ""}', encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(package()), encoding="utf-8")
    return store.load("verzonnen")


def package() -> dict:
    own = ("publisher", "title", "licence", "evidence", "confidence", "note")
    entries = [
        dict.fromkeys(own, text)
        | {"path": "javascript:alert(1)", "obtained": "2031-01-01", "file": FILE, "sheet": text}
        for text in HOSTILE
    ]
    indicator = {"name": "verzonnen", "title": "".join(HOSTILE[:2]), "unit": "", "description": HOSTILE[0]}
    resource = {"name": "verzonnen", "title": HOSTILE[0], "indicators": [indicator], "sources": entries}
    small = {"policy": HOSTILE[0], "approved_by": HOSTILE[1], "approved_on": "2031", "hidden": 0}
    small["acknowledged"] = [{"commit": text, "by": text, "on": text} for text in HOSTILE]
    files = [{"file": FILE, "title": HOSTILE[0], "obtained": "2031-01-01", "transcribed": HOSTILE[1]}]
    return {"version": "2031-01-01", "disclosure": small, "files": files, "resources": [resource]}


def register() -> list[Source]:
    names = {FILE: HOSTILE[1]} | {f"{i} {text}.xlsx": text for i, text in enumerate([HOSTILE[0], *HOSTILE])}
    return [
        Source(name, "verzonnen", text, text, "javascript:alert(1)", text, "2031-01-01", text, text, {})
        for name, text in names.items()
    ]


def result(thing: object) -> NotebookNode:
    return v4.new_output("execute_result", data=thing._repr_mimebundle_())


def notebook(root: Path) -> NotebookNode:
    """Headings, sentences, a table, a chart, printed words and code of nothing but hostile text."""
    rows = frame(root)
    figures = frames.figures(rows)
    named = [{text: text, "Wat": text, "Cijfer": one} for text, one in zip(HOSTILE, figures, strict=True)]
    table = prose.table(
        HOSTILE[0], [{"Naam": row["Wat"], HOSTILE[1]: row["Cijfer"], "=1+1": row["Wat"]} for row in named]
    )
    chart = ga.bars(rows, "area", "99_verzonnen", prose.say("{w}", w=" ".join(HOSTILE)), " ".join(HOSTILE))
    outputs = [
        result(
            telling.points(
                [prose.say("Voor {w}: {n}.", w=text, n=one) for text, one in zip(HOSTILE, figures, strict=True)]
            )
        ),
        result(table),
        result(chart),
        v4.new_output("stream", text="\n".join(HOSTILE)),
        v4.new_output("execute_result", data={"text/plain": HOSTILE[1], "text/html": "<script>alert(1)</script>"}),
    ]
    cells = [v4.new_markdown_cell(f"# Verzonnen {HOSTILE[0]}\n\n{' '.join(LINKS)}\n\n{HOSTILE[1]}")]
    cells += [v4.new_code_cell("\n".join(f"# {text}" for text in HOSTILE), outputs=outputs, execution_count=1)]
    cells += [v4.new_markdown_cell(f"## {text.strip()}\n\n{text}") for text in HOSTILE]
    return v4.new_notebook(cells=cells)


def pages_of(
    books: dict[str, NotebookNode], images: dict[Path, bytes], sources: list[Source], changes: list[str]
) -> dict[str, str]:
    """File name → HTML of notebooks as they are, without a build."""
    return pages.render([content.content_of(name, book, images) for name, book in books.items()], sources, changes)


def report(root: Path) -> dict[str, str]:
    """The pages of that notebook, its tables and its register."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(repository.ROOT, str(root))
        book = notebook(root)
        images = {path.relative_to(root): path.read_bytes() for path in root.glob("figures/*.svg")}
        return pages_of({"99_verzonnen": book}, images, register(), list(HOSTILE))
