# SPDX-License-Identifier: EUPL-1.2
"""Ctrl-C while a command is at work: one line and exit code 130.

Called by `cli` around a command; before that `__main__` ends the process.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

CODE = 130
WORDS = "stopped: what was there is left as it was"


class Interrupted(BaseException):
    """Somebody pressed Ctrl-C. No `KeyboardInterrupt`, which the command line's library turns into another code."""


@contextmanager
def raised() -> Iterator[None]:
    """Within it Ctrl-C raises `Interrupted`, and the next one does what it did before: it ends the process.

    So does an error that a library makes of it on its way: an `ImportError` of a module that was being loaded.
    """
    pressed = False

    def interrupt(*_: object) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, before)
        raise Interrupted

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    except Exception as error:
        if pressed:
            raise Interrupted from error
        raise
    finally:
        signal.signal(signal.SIGINT, before)
