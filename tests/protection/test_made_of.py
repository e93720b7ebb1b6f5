# SPDX-License-Identifier: EUPL-1.2
"""Figures that are made of a sensitive count are refused unless they are under `derived`. All figures are invented."""

import random
from decimal import Decimal

import pytest
from invented import COUNT, WHOLE, city, judged, policy, published, row

from genk_armoede.errors import DataError
from genk_armoede.protection.found_sums import judged_sums

MADE = "verzonnen_maat"
WIJKEN = [f"w{i}" for i in range(9)]
YEARS = ["2018", "2019", "2020", "2021"]
QUARTERS = [f"{year}-Q{n}" for year in ("2020", "2021") for n in (1, 2, 3, 4)]
RNG = random.Random(4)
PEOPLE = {(w, p): RNG.choice((0, 1, 2, 3, 4, 6, 8, 11, 15)) for w in WIJKEN for p in (*YEARS, *QUARTERS)}
LIVING = {cell: RNG.randint(90, 400) for cell in PEOPLE}


def rounded(number):
    return round(Decimal(number), 1)


def place(wijk, year):
    return 1 + sum(PEOPLE[other, year] > PEOPLE[wijk, year] for other in WIJKEN)


def back(year, n=1):
    return str(int(year) - n)


WAYS = {  # from so many years on: what is made of the count of a wijk and a year
    "an index": (0, lambda w, y: rounded(100 * PEOPLE[w, y] / max(PEOPLE[w, "2018"], 1))),
    "a density": (0, lambda w, y: rounded(100 * PEOPLE[w, y] / (3.7 + len(w) + int(w[1:])))),
    "a share of the city": (0, lambda w, y: rounded(100 * PEOPLE[w, y] / sum(PEOPLE[o, y] for o in WIJKEN))),
    "a rank": (0, place),
    "a class": (0, lambda w, y: (place(w, y) + 1) // 3),
    "an amount": (0, lambda w, y: 650 * PEOPLE[w, y]),
    "a difference": (1, lambda w, y: PEOPLE[w, y] - PEOPLE[w, back(y)]),
    "a growth": (1, lambda w, y: rounded(100 * PEOPLE[w, y] / PEOPLE[w, back(y)]) if PEOPLE[w, back(y)] else None),
    "a running total": (0, lambda w, y: sum(PEOPLE[w, p] for p in YEARS if p <= y)),
    "a moving mean": (2, lambda w, y: rounded(sum(PEOPLE[w, back(y, n)] for n in range(3)) / 3)),
    "a share of a whole": (0, lambda w, y: rounded(100 * PEOPLE[w, y] / LIVING[w, y])),
    "what a share leaves": (0, lambda w, y: rounded(100 - 100 * PEOPLE[w, y] / LIVING[w, y])),
    "one in so many": (0, lambda w, y: round(LIVING[w, y] / PEOPLE[w, y]) if PEOPLE[w, y] else None),
}
OF_QUARTERS = {
    "a sum": sum,
    "a mean": lambda own: rounded(sum(own) / 4),
    "the last": lambda own: own[-1],
    "the most": max,
}


def table(periods, made):
    """Counts, what is made of them, and how many live there."""
    rows = [row(w, PEOPLE[w, p], period=p) for w in WIJKEN for p in periods]
    rows += [row(w, LIVING[w, p], indicator=WHOLE, period=p) for w in WIJKEN for p in periods]
    return rows + [row(w, n, indicator=MADE, period=p) for (w, p), n in made.items() if n is not None]


def by_year(way):
    start, make = WAYS[way]
    return table(YEARS, {(w, y): make(w, y) for w in WIJKEN for y in YEARS[start:]})


def by_quarter(combined):
    made = {(w, y): combined([PEOPLE[w, f"{y}-Q{n}"] for n in (1, 2, 3, 4)]) for w in WIJKEN for y in ("2020", "2021")}
    return table(QUARTERS, made)


@pytest.mark.parametrize("way", [*WAYS, *OF_QUARTERS])
def test_a_figure_that_is_made_of_a_count_is_refused_unless_it_is_derived(way):
    rows = by_year(way) if way in WAYS else by_quarter(OF_QUARTERS[way])
    with pytest.raises(DataError, match=f"is {MADE} made of {COUNT}") as caught:
        judged_sums(rows, policy(open=[WHOLE, MADE]))
    how = policy(derived={MADE: {"from": [COUNT]}})
    shown = published(rows, city(9), how)
    hides = {one.area_code for one in shown if one.indicator == COUNT and one.value is None}
    assert hides and not any(one.area_code in hides and one.value for one in shown if one.indicator == MADE)
    text = f"{MADE} ~ {COUNT}"
    assert text in caught.value.do
    judged_sums(rows, policy(open=[WHOLE, MADE], relations=[judged(text)]))


def test_a_figure_with_one_mistake_in_it_is_still_made_of_the_count():
    rows = by_year("an amount")
    wrong = next(i for i, one in enumerate(rows) if one.indicator == MADE and one.value == 1300)
    rows[wrong] = row(rows[wrong].area_code, 1400, indicator=MADE, period=rows[wrong].period)
    with pytest.raises(DataError, match=f"is {MADE} made of {COUNT}"):
        judged_sums(rows, policy(open=[WHOLE, MADE]))


@pytest.mark.parametrize("seed", range(6))
def test_other_counts_of_the_same_places_are_made_of_nothing(seed):
    rng = random.Random(seed)
    some = {cell: sum(rng.random() < 0.4 for _ in range(n)) for cell, n in PEOPLE.items()}
    rest = {cell: int(n / 2.4 + rng.gauss(0, 3)) for cell, n in LIVING.items()}
    for other in (some, rest):
        rows = table(YEARS, {(w, y): other[w, y] for w in WIJKEN for y in YEARS})
        judged_sums(rows, policy(open=[WHOLE, MADE]))
