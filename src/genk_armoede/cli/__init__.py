# SPDX-License-Identifier: EUPL-1.2
"""The command line: build · watch · pdf · clean · audit · trace · tidy · check · register.

Exit codes: 0 fine, 1 the data are wrong, 2 wrong use, 3 something is to be looked at, 130 stopped with Ctrl-C.
Results go to standard output, all else to standard error.
"""

from __future__ import annotations

import sys

from .. import interruption
from ..errors import DataError
from . import publishing, raw_files, sheets  # noqa: F401 – each adds its commands
from .everywhere import app, tell, tell_error

_EVERYWHERE = ("-q", "--quiet", "--root", "--version")


def main() -> None:
    """A `DataError` becomes its message and exit code 1, Ctrl-C a line and exit code 130."""
    try:
        with interruption.raised():
            app(_arranged(sys.argv[1:]))
    except DataError as error:
        tell_error(error)
        raise SystemExit(1) from None
    except interruption.Interrupted:
        tell(interruption.WORDS)
        raise SystemExit(interruption.CODE) from None


def _arranged(words: list[str]) -> list[str]:
    """The words of a command with those that go with every command first; `tidy --explain` alone is `=sheets`."""
    first, rest = [], []
    given = iter(words)
    for word in given:
        if word == "--":
            return [*first, *rest, word, *given]
        if word in _EVERYWHERE or word.startswith("--root="):
            first += [word, *([next(given, "")] if word == "--root" else [])]
        else:
            rest.append("--explain=sheets" if word == "--explain" and rest[:1] == ["tidy"] else word)
    return first + rest
