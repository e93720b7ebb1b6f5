# SPDX-License-Identifier: EUPL-1.2
"""Build again on every save of a notebook, a raw file or the register, while browsers here look at the report.

Takes the root of the repository; gives nothing, until somebody stops it; called by `cli`. `serving` sends the pages.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import watchfiles

from .. import interruption
from ..errors import DataError
from ..tables.repository import RAW
from . import build, progress, serving
from .shown import NOTEBOOKS

FOLDERS = (RAW, NOTEBOOKS)
DONE = "The report is as you saved it."
Watched = Callable[[], AbstractContextManager[progress.Watch]]  # who follows a build


def watch(root: Path, port: int, watched: Watched, tell: Callable[[str], None], fail: Callable[[str], None]) -> None:
    """Build and serve until Ctrl-C, which raises `Interrupted`. `fail` hears why a build fails, and it goes on.

    Raises `DataError` when the port is taken.
    """
    report = serving.Report(root / build.REPORTS)
    with serving.server(report, port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        tell(f"Open http://{serving.ADDRESS}:{server.server_address[1]}/ in a browser; stop with Ctrl-C.")
        tell("Notebooks keep the outputs they have: `genk-armoede build` puts the new ones in, before a commit.")
        try:
            follow(root, report, saves(root), watched, tell, fail)
        except KeyboardInterrupt:  # what `watchfiles` makes of any signal
            raise interruption.Interrupted from None


def saves(root: Path) -> Iterator[None]:
    """At once, when nothing that is saved is missed any more, and then for each save, until Ctrl-C."""
    folders = [root / folder for folder in FOLDERS if (root / folder).is_dir()]
    first = True
    for saved in watchfiles.watch(*folders, watch_filter=is_input, rust_timeout=500, yield_on_timeout=True):
        if saved or first:
            yield
        first = False


def is_input(_: watchfiles.Change, path: str) -> bool:
    """False for what programs write beside the file that somebody saves: hidden files and folders, locks of Excel."""
    return not any(part.startswith((".", "~$")) for part in Path(path).parts[-2:])


def follow(
    root: Path,
    report: serving.Report,
    moments: Iterable[object],
    watched: Watched,
    tell: Callable[[str], None],
    fail: Callable[[str], None],
) -> None:
    """A build for each moment. Pages hear that they are new, or why they are not."""
    for _ in moments:
        try:
            with watched() as watch:
                build.build(root, watch, into_notebooks=False)
        except DataError as error:
            fail(str(error))
            report.failed(str(error))
        else:
            report.renewed()
            tell(DONE)
