# SPDX-License-Identifier: EUPL-1.2
"""Findings keep their form, which `findings/README.md` states; what they show is not tried here."""

import re
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

FINDINGS = sorted((ROOT / "findings").glob("*.sh"))
OPENING = "#!/usr/bin/env bash\n# SPDX-License-Identifier: EUPL-1.2\n# "
OWN = re.compile(r"genk.armoede|\.\./|/(?:home|root|work|tmp)/", re.IGNORECASE)


def problems(text: str) -> list[str]:
    """What a script has that a finding does not have, and the other way round."""
    comment = re.match(r"(?:#.*\n)+", text)
    installs = [line.split("install", 1)[1].split() for line in text.splitlines() if "pip install" in line]
    words = [word for line in installs for word in line if word != "--quiet"]
    asked = {
        "the opening": text.startswith(OPENING),
        "when it was seen, with which versions": bool(
            comment and re.search(r"# Seen on \d{4}-\d\d-\d\d with", comment[0])
        ),
        "what was expected": bool(comment and "Expected: " in comment[0]),
        "to stop at the first thing wrong": "\nset -euo pipefail\n" in text,
        "a folder of its own, removed at the end": "$(mktemp -d)" in text and "trap 'rm -rf \"$folder\"' EXIT" in text,
        "a package": bool(words),
        "a version of each package": all(re.fullmatch(r"[\w.-]+==[\w.]+", word) for word in words),
        "its output compared": "\ndiff - seen <<'END'\n" in text,
        "nothing of this project or machine": not OWN.search(text),
    }
    return [what for what, there in asked.items() if not there]


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.stem)
def test_a_finding_has_its_form(path):
    assert problems(path.read_text(encoding="utf-8")) == []
    assert subprocess.run(["bash", "-n", path]).returncode == 0


def test_there_are_findings_and_no_other_files():
    assert len(FINDINGS) > 2
    assert {path.suffix for path in Path(ROOT / "findings").iterdir()} == {".sh", ".md"}


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("duckdb==2.0.1\n\n", "duckdb\n\n", "a version of each package"),
        ("--quiet duckdb", "--pre duckdb", "a version of each package"),
        ("import duckdb", "import genk_armoede", "nothing of this project or machine"),
        ("# Seen on", "# Found", "when it was seen, with which versions"),
        ("diff - seen", "cat", "its output compared"),
        ("trap 'rm", "echo 'rm", "a folder of its own, removed at the end"),
    ],
)
def test_another_form_is_seen(before, after, problem):
    text = (ROOT / "findings/duckdb-csv.sh").read_text(encoding="utf-8")
    assert before in text
    assert problem in problems(text.replace(before, after))
