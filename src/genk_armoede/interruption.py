# SPDX-License-Identifier: EUPL-1.2
"""Ctrl-C: one line and exit code 130, at any moment.

Called by `__main__` before anything else is loaded, and by `cli` around a command.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

CODE = 130
WORDS = "stopped: what was there is left as it was"


class Interrupted(BaseException):
    """Somebody pressed Ctrl-C. No `KeyboardInterrupt`, which the command line's library turns into another code."""


def at_once(*_: object) -> None:
    """End without leaving anything in order: there is nothing at work yet, or it was asked a second time."""
    os.write(sys.stderr.fileno(), f"{WORDS}\n".encode())
    os._exit(CODE)


@contextmanager
def raised() -> Iterator[None]:
    """Within it Ctrl-C raises `Interrupted`, and the next one ends the process."""

    def interrupt(*_: object) -> None:
        signal.signal(signal.SIGINT, at_once)
        raise Interrupted

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
