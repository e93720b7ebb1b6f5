# SPDX-License-Identifier: EUPL-1.2
"""nbformat, in a tenth of the time that it takes to load.

Takes nothing; gives `nbformat`; called by whoever reads or writes notebooks, before anything else loads it, and as a
plugin of pytest (`-p`) so that nbval starts sooner. Its validator builds a grammar of web addresses in any script,
which takes seconds, if it finds the library with it; no notebook is held against that.
"""

import sys

_GRAMMAR = "rfc3987_syntax"

known = sys.modules.setdefault(_GRAMMAR, None)  # None: importing it fails, which the validator expects
import nbformat  # noqa: E402

if known is None:
    del sys.modules[_GRAMMAR]

__all__ = ["nbformat"]
