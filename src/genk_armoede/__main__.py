# SPDX-License-Identifier: EUPL-1.2
"""Where the program begins: also the seconds in which libraries load can be interrupted."""

import signal
import sys

from . import interruption


def main() -> None:
    signal.signal(signal.SIGINT, interruption.at_once)
    from . import quick

    if quick.takes(sys.argv[1:]):
        quick.main(sys.argv[1:])
        return
    from . import cli

    cli.main()


if __name__ == "__main__":
    main()
