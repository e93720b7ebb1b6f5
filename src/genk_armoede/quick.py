# SPDX-License-Identifier: EUPL-1.2
"""`tidy FILE` and `tidy FILE -o OUTPUT` without the library of the command line, which takes longer than a small file.

Takes the words of a command; called by `__main__`. Whatever else is asked, `cli` does, with the same words and codes.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from . import interruption
from .errors import DataError


def takes(words: Sequence[str]) -> bool:
    """True for a file alone, or with a place for its table."""
    match words:
        case ["tidy", file] | ["tidy", file, "-o" | "--output", _]:
            return not file.startswith("-") and os.path.isfile(file)
    return False


def main(words: Sequence[str]) -> None:
    """A `DataError` becomes its message and exit code 1, Ctrl-C a line and exit code 130. Ends the process."""
    try:
        with interruption.raised():
            _tidy(Path(words[1]), Path(words[3]) if len(words) > 3 else None)
    except DataError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(1) from None
    except BrokenPipeError:  # who read along has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(1) from None
    except interruption.Interrupted:
        print(interruption.WORDS, file=sys.stderr)
        raise SystemExit(interruption.CODE) from None
    sys.stderr.flush()
    os._exit(0)  # all is written; taking every object apart takes as long as many a file


def _tidy(file: Path, output: Path | None) -> None:
    gc.disable()  # nothing that is left behind while reading is worth looking for
    from .layouts import tidying, writing

    with tidying.limited(file.name):
        tidied = tidying.tidy(file)
        print(*tidying.told(tidied), sep="\n", file=sys.stderr)
        writing.put(tidied.pieces, output)
        if output:
            print(tidied.written(output), file=sys.stderr)
