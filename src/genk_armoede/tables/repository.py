# SPDX-License-Identifier: EUPL-1.2
"""Where things lie in the repository, and how one file is put there whole.

Takes nothing or a path; gives the root and paths in it; called by every module that reads or writes there.
"""

from __future__ import annotations

import functools
import os
from pathlib import Path

from ..errors import DataError

RAW = Path("data/raw")
REGISTER = RAW / "bronnen.yml"
PROCESSED = Path("data/processed")
PACKAGE = PROCESSED / "datapackage.json"
WIJKEN = PROCESSED / "wijken.geojson"
ROOT = "GENK_ARMOEDE_ROOT"


def root() -> Path:
    """The repository: `GENK_ARMOEDE_ROOT`, or the nearest folder upwards that holds the register.

    Never the one that this package was installed from. Raises `DataError` when there is none.
    """
    if os.environ.get(ROOT):
        return Path(os.environ[ROOT])
    return _above(os.getcwd())


@functools.lru_cache(8)
def _above(here: str) -> Path:
    """The repository that a folder lies in; asked for each cell of a page."""
    for folder in (Path(here), *Path(here).parents):
        if is_repository(folder):
            return folder
    raise DataError(
        "this is not a folder of genk-armoede",
        file=here,
        expected=f"{REGISTER} in it or above it",
        do="go to the folder of the repository, or name it with --root",
    )


def is_repository(folder: Path) -> bool:
    """True for a folder with a register or with tables."""
    return (folder / REGISTER).is_file() or (folder / PACKAGE).is_file()


def write_beside(path: Path, content: bytes) -> None:
    """Put one file in place, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        reason = error.strerror or error
        raise DataError(f"cannot be written ({reason})", file=str(path), do="make room on the disk") from error
