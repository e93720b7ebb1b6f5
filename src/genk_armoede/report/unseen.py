# SPDX-License-Identifier: EUPL-1.2
"""Marks in names and figures that nobody sees, but that change what is read: they are shown."""

from __future__ import annotations

import re

# Marks that turn the direction of writing, with which a name would look like another one, and that steer a screen.
TURNING = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
UNSEEN = dict.fromkeys(TURNING | {*range(0x20), *range(0x7F, 0xA0)} - {*b"\t\n\r"}, "\ufffd")
_ANY = re.compile(f"[{re.escape(''.join(map(chr, UNSEEN)))}]")  # looked for first: a report has a million letters


def visible(value: object) -> object:
    """Text in which a mark that turns the writing or steers the screen shows as �."""
    return value.translate(UNSEEN) if isinstance(value, str) and _ANY.search(value) else value
