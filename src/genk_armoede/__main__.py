# SPDX-License-Identifier: EUPL-1.2
"""Where the program begins: from here on Ctrl-C is one line and exit code 130, before anything else is loaded."""

import os
import sys
from _signal import SIGINT, signal  # is there when Python starts; the module `signal` loads others first


def at_once(*_: object) -> None:
    """End without leaving anything in order: there is nothing at work yet, or it was asked a second time."""
    os.write(2, b"stopped: what was there is left as it was\n")  # as `interruption`, which is not loaded yet
    os._exit(130)


signal(SIGINT, at_once)


def main() -> None:
    from . import quick

    if quick.takes(sys.argv[1:]):
        quick.main(sys.argv[1:])
        return
    from . import cli

    cli.main()


if __name__ == "__main__":
    main()
