# SPDX-License-Identifier: EUPL-1.2
"""From registered files to checked tidy tables on disk: register, datasets, checks, store, descriptor, history.

Notebooks call `ga.tables()` for the rows of all tables; this wing has the same name, so it can be called too.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


class _Wing(ModuleType):
    def __call__(self) -> pd.DataFrame:
        from .store import tables

        return tables()


sys.modules[__name__].__class__ = _Wing
