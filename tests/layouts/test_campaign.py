# SPDX-License-Identifier: EUPL-1.2
"""Every damage on every workbook: the reader is never silently wrong. `make campaign` is the long run."""

from __future__ import annotations

import functools
import itertools
from collections import Counter

import campaign
import damages
import pytest
from good_workbooks import own
from grids import Book

from genk_armoede.layouts.engine.reading import Reading

PARTS = 12
SEED = 2021


@functools.cache
def steps() -> list[tuple[Book, str, int]]:
    books = campaign.books(with_published=True)
    plan = itertools.islice(campaign.plan(list(books)), len(books) * len(damages.DAMAGES))
    return [(books[file], kind, number) for file, kind, number in plan]


@pytest.mark.parametrize("part", range(PARTS))
def test_no_damage_is_read_silently_wrong(part, tmp_path):
    seed = SEED + part
    done = [campaign.attempt(book, kind, number, seed, tmp_path) for book, kind, number in steps()[part::PARTS]]
    tries = [one for one in done if one]
    counts = Counter(one.outcome for one in tries)
    assert not counts[campaign.WRONG], campaign.report(tries, seed)
    assert counts[campaign.SAME] and counts[campaign.CHANGED] and counts[campaign.REFUSED], counts
    assert len(tries) * PARTS >= 2000


@pytest.mark.parametrize(
    ("kind", "broken"),
    [
        ("stray_figure", lambda reading: reading),  # a figure outside the table is passed over
        ("hide_row", lambda reading: reading.columns.pop() and reading),  # the last column of figures is lost
    ],
)
def test_a_reader_that_is_wrong_is_found_out(kind, broken, tmp_path, monkeypatch):
    book = own()["schooltoelagen.xlsx"]
    campaign.baseline(book)
    monkeypatch.setattr(Reading, "finish", broken)
    done = [campaign.attempt(book, kind, number, SEED, tmp_path) for number in range(10)]
    wrong = [one for one in done if one and one.outcome == campaign.WRONG]
    assert wrong
    assert f"python tests/campaign.py --seed {SEED} --only {kind} --file schooltoelagen.xlsx" in campaign.report(
        wrong, SEED
    )
