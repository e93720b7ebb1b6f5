# SPDX-License-Identifier: EUPL-1.2
"""Build again from what is public alone: outputs that come out otherwise tell something that the tables do not.

Takes the root of the repository; gives outputs by their path, and those that differ; called by `cli`.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..protection.policy import CONFIDENTIAL, POLICY
from ..tables import history
from ..tables.repository import PROCESSED
from . import build
from .progress import Watch
from .runs import VIEW
from .shown import FIGURES, NOTEBOOKS

OUTPUTS = (PROCESSED, NOTEBOOKS, FIGURES, build.REPORTS)


def public_copy(root: Path, target: Path) -> None:
    """What the repository builds from, without confidential files and without what a build puts in notebooks."""
    shutil.copytree(root / "data", target / "data", ignore=shutil.ignore_patterns(CONFIDENTIAL.name))
    shutil.copy(root / POLICY, target)
    (target / NOTEBOOKS).mkdir()
    for path in (root / NOTEBOOKS).glob("*.ipynb"):
        book = json.loads(path.read_text(encoding="utf-8"))
        for cell in book["cells"]:
            cell["metadata"] = {name: value for name, value in cell["metadata"].items() if name in VIEW}
            if cell["cell_type"] == "code":
                cell |= {"execution_count": None, "outputs": []}
        (target / path.relative_to(root)).write_text(json.dumps(book), encoding="utf-8")


def rebuilt(root: Path, watch: Watch) -> dict[Path, bytes]:
    """Every output, from public files and history alone. Raises `DataError` when they cannot be built."""
    with tempfile.TemporaryDirectory() as name:
        stage = Path(name)
        public_copy(root, stage)
        if git := history.folder(root):
            (stage / ".git").write_text(f"gitdir: {git}\n", encoding="utf-8")
        build.build(stage, watch)
        return outputs(stage)


def outputs(root: Path) -> dict[Path, bytes]:
    """Everything that a build writes. A PDF is printed from a page, never the same twice; the next build removes it."""
    paths = (path for folder in OUTPUTS for path in sorted((root / folder).glob("*")) if path.is_file())
    kept = (path for path in paths if path.suffix != ".pdf" and not path.name.startswith("."))
    return {path.relative_to(root): path.read_bytes() for path in kept}


def differences(root: Path, made: Mapping[Path, bytes]) -> list[str]:
    """Outputs as they lie there that are not as they were made, in words."""
    return [
        f"{path} is not what the public files make" for path, data in outputs(root).items() if made.get(path) != data
    ]
