# SPDX-License-Identifier: EUPL-1.2
"""Titles of sources whose years follow from the figures, so that next year's file does not keep last year's title.

Takes sources and the rows that were read; gives the sources with years in their titles; called by
`datasets`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ..observations.observation import Observation
from ..observations.timespan import years
from .register import Source

YEARS = "{jaren}"  # what a title in the register says in place of the years


def dated(sources: Sequence[Source], rows: Iterable[Observation]) -> list[Source]:
    """Sources whose titles name the years of their figures: that of a sheet the years of that sheet.

    That of a file those that its title alone is about: not of sheets with a title and figures with a source of their
    own, unless it has no others.
    """
    titled = {(one.file, name) for one in sources for name, described in one.sheets.items() if "title" in described}
    of_sheet: dict[tuple[str, str], set[str]] = defaultdict(set)
    of_file: dict[str, set[str]] = defaultdict(set)
    of_all: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        of_sheet[row.source, row.sheet].add(row.period)
        of_all[row.source].add(row.period)
        if (row.source, row.sheet) not in titled and "title" not in row.citation:
            of_file[row.source].add(row.period)
    result = []
    for source in sources:
        sheets = {
            name: {key: _filled(text, of_sheet[source.file, name]) for key, text in described.items()}
            for name, described in source.sheets.items()
        }
        title = _filled(source.title, of_file[source.file] or of_all[source.file])
        result.append(replace(source, title=title, sheets=sheets))
    return result


def _filled(title: str, periods: Iterable[str]) -> str:
    return title.replace(YEARS, years(periods))
