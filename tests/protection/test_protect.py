# SPDX-License-Identifier: EUPL-1.2
"""Small counts are hidden or rounded so that an outsider cannot work them out. All figures and areas are invented."""

import itertools
import random
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from invented import CITY, COUNT, NOWHERE, OTHER, SHARE, WHOLE, Outsider, city, policy, published, row, table

from genk_armoede.errors import DataError
from genk_armoede.observations import areas
from genk_armoede.protection import protect
from genk_armoede.protection.policy import POLICY, check_names, load_policy
from genk_armoede.tables import datasets

ROOT = Path(__file__).parents[2]
KEYS = ({"l": "abcd"}, {"g": "mv"}, {"g": "mv", "l": "abc"})


def hidden(rows):
    return {(r.area_code, r.breakdown) for r in rows if r.value is None}


# Tables by chance


def invented_table(seed):
    """Rows, areas, policy, and figures of another table: levels, margins and sizes by chance.

    Every fourth has shares of a whole, which is `open` for half of them; every third has the city elsewhere too.
    """
    rng = random.Random(seed)
    inside = city(rng.randint(2, 5), rng.randint(1, 2), rng.choice((0, 2)))
    keys = rng.choice(KEYS)
    every = [cut for n in range(len(keys) + 1) for cut in itertools.combinations(keys, n)]
    cuts = rng.choice((every, every, [(), tuple(keys)], [(), *((key,) for key in keys)], every[1:]))
    levels = rng.choice(("cw", "cw", "cws", "w", "cs"))
    levels += "d" if "d0" in inside and "w" in levels and rng.random() < 0.5 else ""
    mean = rng.choice((1, 3, 8, 20))
    rows = table(rng, inside, levels, keys, cuts, mean)
    elsewhere = [r for r in rows if r.area_code == CITY and (r.value == 0 or r.value > 4)] if seed % 3 == 0 else []
    elsewhere = [replace(r, indicator=OTHER) for r in elsewhere]
    how = policy(known={OTHER: COUNT}, protected_by_publisher=["elders"])
    if seed % 4:
        return rows, inside, how, elsewhere
    of = 8 * (seed % 8 == 0)
    others = table(rng, inside, levels, keys, cuts, mean * (of + 1))
    more = {(r.area_code, r.breakdown): r.value for r in others}
    wholes = [replace(r, indicator=WHOLE, value=r.value * (of + 1) + more[r.area_code, r.breakdown]) for r in rows]
    shares = [
        row(r.area_code, round(100 * r.value / of.value, 1), r.breakdown, SHARE)
        for r, of in zip(rows, wholes, strict=True)
        if of.value
    ]
    how = replace(how, derived={SHARE: {"from": [COUNT], "of": WHOLE}})
    how = how if of else replace(how, sensitive=[COUNT, WHOLE], open=[])
    return [*rows, *wholes, *shares], inside, how, elsewhere


def small_ones(rows, how):
    return [r for r in rows if r.indicator in how.sensitive and 0 < r.value < 5]


def attacked(rows, inside, how, elsewhere):
    """What is published, and who attacks it; nothing when it is refused, and then hiding every count would not help."""
    least = int(how.method == "suppress")
    try:
        shown = published(rows, inside, how, elsewhere=elsewhere)
    except DataError as error:
        assert "cannot be protected" in error.problem or "no multiples" in error.problem
        every = [replace(r, value=None) if r.indicator in how.ours and r.value >= least else r for r in rows]
        known = Outsider([*every, *elsewhere], inside, least)
        few = [r for r in rows if r.indicator in how.sensitive and least <= r.value < 5]
        assert "multiples" in error.problem or any(known.can_tell(one) and known.range(one)[1] for one in few)
        return None, None
    return shown, Outsider([*shown, *elsewhere], inside, least, base=5)


@pytest.mark.parametrize("chunk", range(4))
def test_an_outsider_recovers_none_of_two_hundred_tables(chunk):
    """And hides less than half of what whole rows and columns would be. Prints both."""
    beside, naive, refused = 0, 0, 0
    for seed in range(chunk * 50, chunk * 50 + 50):
        rows, inside, how, elsewhere = invented_table(seed)
        shown, known = attacked(rows, inside, how, elsewhere)
        if shown is None:
            refused += 1
            continue
        small = small_ones(rows, how)
        for one in small:
            assert not known.can_tell(one), (seed, one.key, known.range(one))
        at = {(r.indicator, r.area_code) for r in small}, {(r.indicator, r.breakdown) for r in small}
        rest = [r for r in rows if r.indicator in how.sensitive and r not in small]
        naive += sum((r.indicator, r.area_code) in at[0] or (r.indicator, r.breakdown) in at[1] for r in rest)
        beside += sum(r.value is None for r in shown if r.indicator in how.sensitive) - len(small)
    print(f"hidden beside the small ones: {beside}; by whole rows and columns: {naive}; refused: {refused}")
    assert beside < naive / 2 and refused < 10


@pytest.mark.parametrize("seed", range(12))
def test_every_world_of_a_tiny_table_is_tried(seed):
    """All numbers from 0 to 9 for each of four or six groups, and which of them fit what is published."""
    rng = random.Random(seed)
    wijken, kinds = rng.choice(((2, "ab"), (2, "ab"), (2, "abc"), (3, "ab")))
    inside, most = city(wijken), 9
    while most > 4:
        rows = table(rng, inside, "cw", {"l": kinds}, [(), ("l",)], 2)
        most = max(r.value for r in rows if r.area_code != CITY and r.breakdown)
    groups = [(f"w{i}", f"l={kind}") for i in range(wijken) for kind in kinds]
    worlds = np.array(list(itertools.product(range(10), repeat=len(groups))), dtype=np.int8).T
    value = [
        sum(
            worlds[n]
            for n, (area, kind) in enumerate(groups)
            if r.area_code in (CITY, area) and r.breakdown in ("", kind)
        )
        for r in rows
    ]
    fits = np.ones(worlds.shape[1], dtype=bool)
    for one, values in zip(published(rows, inside), value, strict=True):
        fits &= values >= 1 if one.value is None else values == int(one.value)
    for one, values in zip(rows, value, strict=True):
        if 0 < one.value < 5:
            low, high = values[fits].min(), values[fits].max()
            assert high >= 5 and high - low >= 4, (one.key, low, high)


@pytest.mark.parametrize("seed", range(24))
def test_whole_people_only_tells_an_outsider_no_more(seed):
    rows, inside, how, elsewhere = invented_table(seed)
    _, known = attacked(rows, inside, how, elsewhere)
    for one in small_ones(rows, how) if known else ():
        assert not known.can_tell(one, whole=True), (one.key, known.range(one, whole=True))


def test_thirty_wijken_ten_years_and_six_groups_take_less_than_five_seconds():
    inside, rng = city(30, 2), random.Random(1)
    made = [table(rng, inside, "cw", {"l": "abcdef"}, [(), ("l",)], 5) for _ in range(10)]
    rows = [replace(r, period=str(2012 + year)) for year, own in enumerate(made) for r in own]
    start = time.process_time()
    shown = published(rows, inside)
    assert time.process_time() - start < 5
    assert len(rows) == 2170 and any(r.value is None for r in shown)


# What goes, and what stays


def test_a_small_count_goes_and_another_with_it():
    inside = city(4)
    rows = [row("w0", 3), row("w1", 8), row("w2", 30), row("w3", 40), row(CITY, 81)]
    shown = published(rows, inside)
    assert hidden(shown) == {("w0", ""), ("w1", "")}  # the smallest that does it
    assert {r.status for r in shown if r.value is None} == {"c"}
    assert [r for r in shown if r.value is not None] == rows[2:]


@pytest.mark.parametrize("others", [*itertools.permutations((8, 30, 40))])
def test_the_least_of_the_others_goes(others):
    rows = [row("w0", 3), *(row(f"w{i}", n) for i, n in enumerate(others, start=1)), row(CITY, 81)]
    assert hidden(published(rows, city(4))) == {("w0", ""), (f"w{1 + others.index(8)}", "")}


def test_wijken_go_before_their_city():
    """Five figures of wijken, where two of the city and one of a wijk would do."""
    table = {"w0": (3, 40, 0, 43), "w1": (0, 40, 40, 80), "w2": (40, 0, 40, 80), CITY: (43, 80, 80, 203)}
    kinds = ("l=a", "l=b", "l=c", "")
    rows = [row(area, n, kind) for area, own in table.items() for n, kind in zip(own, kinds, strict=True)]
    assert hidden(published(rows, city(3))) == {(r.area_code, r.breakdown) for r in rows if r.value in (3, 40)}


@pytest.mark.parametrize("seed", [295, 1182, 1980])
def test_no_more_goes_than_the_corners_of_a_rectangle(seed):
    """Fewer than two rows and two columns protect nothing in these tables; hiding one by one takes up to eight."""
    rng = random.Random(seed)
    wijken, kinds = rng.choice((3, 3, 4)), rng.choice(("ab", "abc"))
    rows = table(rng, city(wijken), "cw", {"l": kinds}, [(), ("l",)], 6)
    assert len(hidden(published(rows, city(wijken)))) == 4


def test_nothing_goes_where_nothing_is_small():
    rows = [row("w0", 5), row("w1", 0), row(CITY, 5)]
    assert published(rows, city(2)) == rows


def test_zeros_go_when_the_policy_says_so():
    rows = [row("w0", 9), row("w1", 0), row("w2", 9)]
    assert hidden(published(rows, city(3))) == set()
    assert hidden(published(rows, city(3), policy(zeros="hide"))) == {("w1", "")}


def test_a_shown_zero_hides_nothing():
    rows = [row("w0", 3), row("w1", 0), row("w2", 20), row(CITY, 23)]
    assert ("w1", "") not in hidden(published(rows, city(3)))


def test_a_table_of_the_publisher_stays_as_it_is():
    rows = [row("w0", 3), row("w1", None), row(CITY, 9)]
    how = policy(protected_by_publisher=["verzonnen"])
    assert published(rows, city(2), how) == rows


def test_what_the_source_hides_is_protected_too():
    rows = [row("w0", None), row("w1", 8), row("w2", 30), row(CITY, 40)]  # 2 by subtraction
    assert len(hidden(published(rows, city(3)))) == 2


def test_a_count_that_cannot_be_protected_is_refused():
    rows = [row("w0", 3), row("w1", 8), row(CITY, 11)]
    earlier = [("", r) for r in rows[1:]]  # anyone has read those
    with pytest.raises(DataError, match="cannot be protected"):
        published(rows, city(2), earlier=earlier)


def test_what_was_public_before_hides_nothing():
    rows = [row("w0", 3), row("w1", 8), row("w2", 30), row(CITY, 41)]
    assert hidden(published(rows, city(3))) == {("w0", ""), ("w1", "")}
    assert hidden(published(rows, city(3), earlier=[("", rows[1])])) == {("w0", ""), ("w2", "")}
    for other, also in ((9, ()), (7, [("w2", "")])):  # who trusts the figure of then thinks that w0 is 2 or 4
        earlier = [("", replace(rows[1], value=Decimal(other)))]
        assert hidden(published(rows, city(3), earlier=earlier)) >= {("w0", ""), ("w1", ""), *also}


def test_what_only_an_earlier_version_shows_is_seen():
    """A total that is gone from the table, and rounded figures of before."""
    rows = [row("w0", 3), row("w1", 9), row("w2", 30)]
    assert hidden(published(rows, city(3))) == {("w0", "")}
    assert hidden(published(rows, city(3), earlier=[("", row(CITY, 42))])) == {("w0", ""), ("w1", "")}
    how = policy(known={OTHER: COUNT}, protected_by_publisher=["elders"])
    elsewhere = [("", row(CITY, 42, indicator=OTHER))]
    assert hidden(published(rows, city(3), how, elsewhere)) == {("w0", ""), ("w1", "")}
    rounded = [("", replace(row(CITY, 40), status="e")), ("", row("w2", 30))]
    assert hidden(published(rows[:2], city(3), earlier=rounded)) == {("w0", "")}  # from 1 to 5


@pytest.mark.parametrize("before", [[row("w0", 3)], [row("w0", 5, indicator=SHARE)], [row("w0", 3, indicator=WHOLE)]])
def test_what_an_earlier_version_gives_away_for_good_is_told_with_its_commit(before):
    rows = [row("w0", 3), row("w1", 9)] + [row("w0", 60, indicator=WHOLE)] * (before[0].indicator != WHOLE)
    how = policy(derived={SHARE: {"from": [COUNT], "of": WHOLE}})
    published(rows, city(2), how)
    with pytest.raises(DataError, match="cannot be protected") as caught:
        published(rows, city(2), how, [("0123456789abc", one) for one in before])
    assert "commit 0123456789" in caught.value.problem and "git filter-repo" in caught.value.do


def test_totals_that_are_in_no_table_are_seen():
    """By sex and by age, without a total: each tells the other."""
    ages = [row("w0", n, f"l={k}") for k, n in zip("abc", (9, 12, 14), strict=True)]
    rows = [row("w0", 3, "g=m"), row("w0", 32, "g=v"), *ages]
    assert len(hidden(published(rows, city(1)))) >= 2
    assert Outsider([replace(rows[0], value=None), *rows[1:]], city(1)).range(rows[0]) == (3, 3)


def test_a_count_is_at_most_its_whole():
    rows = [row("w0", 2), row("w0", 3, indicator=WHOLE), row("w1", 9), row("w1", 30, indicator=WHOLE)]
    derived = {SHARE: {"from": [COUNT], "of": WHOLE}}
    with pytest.raises(DataError, match="cannot be protected"):  # two of three people
        published(rows, city(2), policy(derived=derived))
    shown = published(rows, city(2), policy(derived=derived, sensitive=[COUNT, WHOLE], open=[]))
    assert hidden(shown) == {("w0", "")}


# Shares, means, differences, other tables

SHARES = {"derived": {SHARE: {"from": [COUNT], "of": WHOLE}}}


@pytest.mark.parametrize(
    ("count", "whole", "why"), [(3, 60, "geeft anders"), (9, 19, "over minder dan 20"), (9, 20, ""), (0, 60, "")]
)
def test_a_share_goes_with_its_count_and_over_few(count, whole, why):
    rows = [
        row("w0", count),
        row("w0", whole, indicator=WHOLE),
        row("w0", round(100 * count / whole, 1), indicator=SHARE),
    ]
    log = protect.protect({"verzonnen": rows}, city(1), policy(**SHARES)).hidden
    assert [one.why[: len(why)] for one in log if one.row.indicator == SHARE] == ([why] if why else [])


def test_a_share_without_its_count_is_refused():
    rows = [row("w0", 60, indicator=WHOLE), row("w0", 5, indicator=SHARE)]
    with pytest.raises(DataError, match="which is not there"):
        published(rows, city(1), policy(**SHARES))
    blank = replace(rows[1], value=None)
    assert published([rows[0], blank], city(1), policy(**SHARES)) == [rows[0], blank]


def test_a_share_over_a_whole_that_is_not_there_goes():
    shown = published([row("w0", 9), row("w0", 45, indicator=SHARE)], city(1), policy(**SHARES))
    assert shown[1].value is None


def test_a_difference_goes_with_a_count_of_any_period():
    """10 this year, and 7 more than last year: 3."""
    change = "verzonnen_verschil"
    rows = [row("w0", 3, period="2020"), row("w0", 10), row("w0", 7, indicator=change), row("w1", 9, indicator=change)]
    shown = published(rows, city(2), policy(derived={change: {"from": [COUNT]}}))
    assert [r.value for r in shown] == [None, 10, None, None]  # of w1 there is no count to see whether it is small
    rows = [row("w0", 13, period="2020"), *rows[1:3]]
    assert published(rows, city(2), policy(derived={change: {"from": [COUNT]}})) == rows


def test_a_sum_over_areas_or_periods_without_its_count_goes():
    """The city as a sum of its wijken, or as last year's count and the growth since."""
    total, before = row(CITY, 11, indicator="verzonnen_som"), row(CITY, 10, period="2020")
    how = policy(derived={"verzonnen_som": {"from": [COUNT]}})
    for other in ([], [before]):
        assert published([row("w0", 3), row("w1", 8), *other, total], city(2), how)[-1].value is None


def means(counts, inside, **at):
    """Which of these groups still have their mean."""
    rows = [row(area, n, kind) for (area, kind), n in counts.items()]
    rows += [replace(row(area, 900, kind, SHARE), unit="EUR") for area, kind in counts if at.get(area, True)]
    shown = published(rows, inside, policy(derived={SHARE: {"from": [COUNT], "of": COUNT}}))
    return {(r.area_code, r.breakdown) for r in shown if r.indicator == SHARE and r.value is not None}


@pytest.mark.parametrize(("others", "gone"), [(7, ("g=m", "g=v")), (20, ()), (0, ("g=m",))])
def test_a_mean_is_over_the_group_itself_and_tells_of_no_few_others(others, gone):
    """That of all and that of the women tell that of seven men."""
    counts = {("w0", ""): 20 + others, ("w0", "g=m"): others, ("w0", "g=v"): 20}
    assert means(counts, city(1)) == {at for at in counts if at[1] not in gone}


def test_a_mean_of_a_city_and_of_its_sectors_tells_that_of_a_few_between_them():
    """The second wijk has no mean of its own, but its two sectors are known, and with the others they tell a third."""
    counts = {(CITY, ""): 145, ("w0", ""): 60, ("w1", ""): 85}
    counts |= {("w1s0", ""): 40, ("w1s1", ""): 38, ("w1s2", ""): 7, **{(f"w0s{i}", ""): 20 for i in range(3)}}
    assert means(counts, city(2, 3)) == {at for at in counts if at[0] not in ("w1s1", "w1s2")}
    assert means(counts, city(2, 3), w1=False) == {at for at in counts if at[0] not in ("w1", "w1s1", "w1s2")}


def test_a_total_by_its_name_is_one():
    rows = [row("w0", 3, "g=m"), row("w0", 30, "g=v"), row("w0", 33, "g=totaal")]
    assert len(hidden(published(rows, city(1)))) == 2


@pytest.mark.parametrize(
    "rows",
    [[row("w0", 9, period="2021-03"), row("w0", 90)], [row("w0", 9, period="2021-Q1"), row("w0", 90)],
     [row("w0", 9, period="2021-03"), row("w0", 90, period="2021-Q1")],
     [row("w0", 90), row("w0", 9, period="2020-2021")],
     [row("w0", 9, "l=18-24"), row("w0", 90, "l=18-64")],
     [row("w0", 9, "l=65+"), row("w0", 90, "l=60-69")], [row("w0", 9, "l=<18"), row("w0", 90, "l=0-5")],
     [row("w0", 9, "leeftijd=tot 18"), row("w0", 90, "leeftijd=minderjarig")],
     [row("w0", 9, "leeftijd=65 en meer"), row("w0", 90, "leeftijd=18 t.e.m. 65")]],
)  # fmt: skip
def test_periods_and_ages_that_overlap_are_refused(rows):
    """Twelve months and their year, or two groups and both together: a hidden one follows."""
    with pytest.raises(DataError, match="lies within, or overlaps"):
        published(rows, city(1))


def test_periods_and_ages_side_by_side_are_none_of_that():
    rows = [row("w0", 9, kind, period=p) for p in ("2019-2020", "2020-2021") for kind in ("l=<18", "l=18-64", "l=65+")]
    rows += [row("w1", 9, period=p) for p in ("2022-01-01", "2022-12-31")]
    assert published(rows, city(2)) == rows


def test_ages_that_cannot_be_read_are_refused_by_their_label():
    rows = [row("w0", 9, "leeftijd=jong"), row("w0", 90, "leeftijd=18 tot 65"), row("w0", 9, "leeftijd=65+")]
    with pytest.raises(DataError, match="the label 'jong' cannot be read as ages") as caught:
        published(rows, city(1))
    assert "18 tot 25" in caught.value.do
    assert published([*rows[1:], row("w0", 9, "leeftijd=onbekend")], city(1))
    assert published([row("w0", 9, "groep=jong")], city(1))


def test_a_wider_group_of_ages_stays_where_the_figures_show_of_what_it_is_the_sum():
    rows = []
    for n, wijk in enumerate(("w0", "w1", "w2", "w3", "w4")):
        counts = {"0-5": 6 + n, "6-17": 3 + 4 * n, "minderjarig": 9 + 5 * n, "18+": 40 - n}
        rows += [row(wijk, value, f"leeftijd={text}") for text, value in counts.items()]
    assert hidden(published(rows, city(5))) == {("w0", "leeftijd=6-17"), ("w0", "leeftijd=0-5")}
    rows[2] = replace(rows[2], value=Decimal(8))
    with pytest.raises(DataError, match=r"is this a sum|lies within, or overlaps"):
        published(rows, city(5))


def test_a_figure_of_another_table_is_seen():
    rows = [row("w0", 3), row("w1", 8), row("w2", 30)]
    total = row(CITY, 41, indicator=OTHER)
    how = policy(known={OTHER: COUNT}, protected_by_publisher=["elders"])
    tables = {"verzonnen": rows, "elders": [total]}
    shown = protect.protect(tables, city(3), how).tables
    assert hidden(shown["verzonnen"]) == {("w0", ""), ("w1", "")}
    assert hidden(published(rows, city(3))) == {("w0", "")}  # without that figure
    with pytest.raises(DataError, match="says otherwise"):
        protect.protect(tables | {"verzonnen": [*rows, row(CITY, 42)]}, city(3), how)


def test_an_exact_figure_of_another_table_beside_rounded_ones_is_seen():
    """0, 0 and 10 of 9 in all: the first two are 3 at most, as long as the third is shown."""
    rows = [row("w0", 1), row("w1", 1), row("w2", 7), row(CITY, 9)]
    how = policy(known={OTHER: COUNT}, protected_by_publisher=["elders"], **ROUND)
    assert [r.value for r in published(rows, city(3), how)] == [0, 0, 10, 10]
    assert hidden(published(rows, city(3), how, elsewhere=[row(CITY, 9, indicator=OTHER)])) == {("w2", "")}


def test_what_stands_in_another_table_hides_nothing():
    rows = [row("w0", 3), row("w1", 8), row("w2", 30), row(CITY, 41)]
    how = policy(known={OTHER: COUNT}, protected_by_publisher=["elders"])
    tables = {"verzonnen": rows, "elders": [row("w1", 8, indicator=OTHER)]}
    assert hidden(protect.protect(tables, city(3), how).tables["verzonnen"]) == {("w0", ""), ("w2", "")}
    tables["verzonnen"] = [rows[0], replace(rows[1], value=None, status="c"), *rows[2:]]  # its source hides it
    assert hidden(protect.protect(tables, city(3), how).tables["verzonnen"]) == {(f"w{i}", "") for i in range(3)}


def at(address, one, **fields):
    return replace(one, cell=address, **fields)


def test_what_stands_in_words_beside_a_sensitive_count_stays_here():
    """A remark belongs to every figure of its row; beside a count that is shown it may tell a small one."""
    told = {"note": "drie vrouwen, vorig jaar twee"}
    rows = [at("C4", row("w0", 3, "g=v"), citation=told), at("D4", row("w0", 60, indicator=WHOLE), citation=told)]
    rows += [at("C5", row("w1", 30, "g=v"), citation=told), at("C6", row("w1", 60, indicator=WHOLE), citation=told)]
    shown = published(rows, city(2))
    assert [one.citation for one in shown] == [{}, {}, {}, told]


def test_a_sheet_in_order_of_size_is_refused():
    """Between 3 and 8 there is little room for a count that stands between them."""
    order = ("w3", "w1", "w0", "w2", "w4")
    rows = [
        at(f"C{n}", row(area, value)) for n, (area, value) in enumerate(zip(order, (1, 3, 6, 9, 30), strict=True), 4)
    ]
    for one in (rows, [at(f"C{20 - n}", row_) for n, row_ in enumerate(rows)]):
        with pytest.raises(DataError, match="in order of size") as caught:
            published(one, city(5))
        assert "sort the sheet by wijk" in caught.value.do
    assert published([at(f"C{row_.area_code[1:]}", row_) for row_ in rows], city(5))  # by wijk
    by_chance = [at(f"C{n}", row(f"w{n}", value)) for n, value in enumerate((1, 3, 6, 9, 30))]
    assert published(by_chance, city(5))
    assert published([replace(one, value=one.value + 9) for one in rows], city(5))  # nothing is hidden


BY_SIZE = (1, 2, 3, 6, 9, 11, 14, 15, 20, 24)
ORDERS = {
    "all": BY_SIZE,
    "with who is in no wijk below them": (*BY_SIZE, 7),
    "with one that was corrected later": (*BY_SIZE[:3], 40, *BY_SIZE[3:]),
    "in two blocks": (*BY_SIZE[::2], *BY_SIZE[1::2]),
    "ties": (*BY_SIZE[:1] * 4, *BY_SIZE),
}


@pytest.mark.parametrize("what", ORDERS)
@pytest.mark.parametrize("turned", [1, -1])
def test_rows_nearly_in_order_of_size_are_refused(what, turned):
    values = ORDERS[what]
    areas = [f"w{7 * n % 17}" for n in range(len(values))]
    if "no wijk" in what:
        areas[-1] = NOWHERE
    rows = [at(f"C{20 + turned * n}", row(*one)) for n, one in enumerate(zip(areas, values, strict=True))]
    with pytest.raises(DataError, match="in order of size"):
        published(rows, city(17))
    other = random.Random(3).sample(values, len(values))
    assert published([replace(one, value=Decimal(n)) for one, n in zip(rows, other, strict=True)], city(17))


# What is refused


def test_an_indicator_that_nobody_placed_is_refused():
    with pytest.raises(DataError, match="does not say whether 'nieuw'"):
        published([row("w0", 3, indicator="nieuw")], city(1))


@pytest.mark.parametrize("area", ["w9", "71022", "d0", ""])
def test_an_area_that_the_list_does_not_know_is_refused(area):
    with pytest.raises(DataError, match="which the list of sectors does not know"):
        published([row("w0", 9), row(area, 9)], city(2))
    assert published([row(NOWHERE, 9), row("w0s0", 9)], city(1))


def test_parts_that_do_not_add_up_are_refused():
    with pytest.raises(DataError, match="do not add up") as caught:
        published([row("w0", 3), row("w1", 8), row(CITY, 12)], city(2))
    assert NOWHERE in caught.value.do
    assert published([row("w0", 3), row("w1", 8), row(NOWHERE, 1), row(CITY, 12)], city(2))


def test_parts_above_their_total_are_refused():
    with pytest.raises(DataError, match="contradict each other"):
        published([row("w0", None), row("w1", 13), row(CITY, 12)], city(2))


def test_one_cell_under_two_names_is_refused():
    with pytest.raises(DataError, match="too"):
        published([row("w0", 3), replace(row("w0", 3), area="Anders")], city(1))


# Rounding

ROUND = {"method": "round"}


@pytest.mark.parametrize("seed", range(24))
def test_rounding_adds_up_and_tells_nothing_more(seed):
    rows, inside, how, _ = invented_table(seed)
    how = replace(how, method="round")
    counts = [r for r in rows if r.indicator in how.sensitive]
    shown = [r for r in published(counts, inside, replace(how, derived={})) if r.indicator in how.sensitive]
    assert all(
        s.value % 5 == 0 and abs(s.value - r.value) < 5 and "e" in s.status for s, r in zip(shown, counts, strict=True)
    )
    assert all(s.value == r.value for s, r in zip(shown, counts, strict=True) if r.value % 5 == 0)
    again = published(shown, inside, replace(how, derived={}))  # the sums hold; one by chance may hide a figure more
    assert all(a == s or (a.status, a.value) == ("c", None) for a, s in zip(again, shown, strict=True))
    assert sum(a != s for a, s in zip(again, shown, strict=True)) <= 1
    known = Outsider(shown, inside, base=5)
    for one, exact in zip(shown, counts, strict=True):
        if exact.value < 5 and one.indicator == COUNT:
            assert known.range(one)[1] - known.range(one)[0] >= 4


@pytest.mark.parametrize("chunk", range(5))
def test_an_outsider_recovers_none_of_a_hundred_rounded_tables(chunk):
    """Beside exact wholes and the exact figures of another table; what can be worked out then is hidden as well."""
    refused = 0
    for seed in range(chunk * 20, chunk * 20 + 20):
        rows, inside, how, elsewhere = invented_table(seed)
        shown, known = attacked(rows, inside, replace(how, method="round"), elsewhere)
        if shown is None:
            refused += 1
            continue
        told = {(r.indicator, r.area_code, r.breakdown): "e" in r.status for r in shown}
        for one in small_ones(rows, how):
            low, high = known.range(one)
            assert high - low >= 4 and (high >= 5 or told[one.indicator, one.area_code, one.breakdown]), (seed, one.key)
    assert refused < 6


def test_rounding_goes_to_the_nearest_where_it_can():
    rows = [row("w0", 6), row("w1", 9), row("w2", 7), row("w3", 11)]
    assert [r.value for r in published(rows, city(4), policy(**ROUND))] == [5, 10, 5, 10]
    shown = published([*rows, row(CITY, 33)], city(4), policy(**ROUND))
    assert sorted(r.value for r in shown) in ([5, 5, 10, 10, 30], [5, 10, 10, 10, 35])


def test_rounding_is_the_same_each_time_and_after_a_correction_elsewhere():
    rows = [row(f"w{i}", n) for i, n in enumerate((3, 8, 12, 17, 21, 4, 1, 9))]
    rows.append(row(CITY, sum(r.value for r in rows)))
    first = published(rows, city(8), policy(**ROUND))
    assert first == published(rows, city(8), policy(**ROUND))
    rows[3], rows[8] = row("w3", 19), row(CITY, rows[8].value + 2)
    again = published(rows, city(8), policy(**ROUND), [("", r) for r in first])
    assert [r.value for r in again[:3] + again[4:8]] == [r.value for r in first[:3] + first[4:8]]


def test_a_share_of_rounded_counts_goes():
    rows = [row("w0", 20), row("w0", 60, indicator=WHOLE), row("w0", 33.3, indicator=SHARE)]
    assert published(rows, city(1), policy(**SHARES, **ROUND))[2].value is None


def test_the_method_is_chosen_by_table():
    rows = [row("w0", 3), row("w1", 8)]
    assert {r.status for r in published(rows, city(2), policy(tables={"verzonnen": {"method": "round"}}))} == {"e"}
    assert {r.status for r in published(rows, city(2), policy(tables={"ander": {"method": "round"}}))} == {"", "c"}


# The policy


def test_the_policy_of_this_repository_names_what_there_is():
    found = load_policy(ROOT)
    assert (found.threshold, found.base, found.minimum_denominator) == (5, 5, 20)
    assert "te bevestigen door de functionaris voor gegevensbescherming" in found.policy
    check_names(found, {name: {one.id for one in module.INDICATORS} for name, module in datasets.DATASETS.items()})


WRONG = {
    "threshold: 5 ": ("threshold: 1 ", "threshold: '5' ", "threshold: 4.5 ", "threshold: true ", "threshold: 30 "),
    "base: 5 ": ("base: 4 ", "base: five "),
    "minimum_denominator: 20": ("minimum_denominator: 4", "minimum_denominator: many"),
    "zeros: keep": ("zeros: perhaps", "zeros: [keep]"),
    "method: suppress": ("method: swap", "method:"),
    "tables: {}": (
        "tables: {wijken: round}",
        "tables: {wijken: {method: swap}}",
        "tables: {wijken: {base: 5}}",
        "tables: []",
    ),
    "approved_by: ''": ("approved_by: 3", ""),
    "policy: standaard": ("policy: [standaard]\nx: ", "policies: standaard"),
    "sensitive:\n": ("sensitive: personen\nopen_too:\n", "sensitive:\n  - 5\n", "sensitive:\n  - huishoudens\n"),
    "of: leerlingen_per_wijk": ("whole: leerlingen_per_wijk", "of: aandeel_leerlingen_met_schooltoelage_per_wijk"),
    "from: [leerlingen_met_schooltoelage_per_wijk]": ("from: []", "from: [huishoudens]", "from: leerlingen_per_wijk"),
    "personen_met_leefloon: personen_met_leefloon_per_wijk": ("personen_met_leefloon: huishoudens",),
    "relations: []": (
        "relations: {}",
        "relations: [{sum: a = b}]",
        "relations: [{sum: a = b, holds: perhaps, by: iemand, on: 2026-01-01}]",
        "relations: [{sum: a = b, holds: yes, by: '', on: 2026-01-01}]",
    ),
    "acknowledged: []": (
        "acknowledged: [abcdef0123]",
        "acknowledged: [{commit: abc, by: iemand, on: 2026-01-01}]",
        "acknowledged: [{commit: abcdef0123, by: iemand, on: ''}]",
    ),
    "open:\n": ("open:\n  - leerlingen_per_wijk\n", "open: all\nrest:\n"),
}


@pytest.mark.parametrize(("line", "wrong"), [(line, wrong) for line, all_ in WRONG.items() for wrong in all_])
def test_a_policy_that_protects_nothing_is_refused(tmp_path, line, wrong):
    text = (ROOT / POLICY).read_text(encoding="utf-8")
    assert text.count(line) == 1
    (tmp_path / POLICY).write_text(text.replace(line, wrong), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_policy(tmp_path)
    assert caught.value.file == str(POLICY) and caught.value.do


@pytest.mark.parametrize("text", ["", "- een\n- lijst", "policy: [", "policy: standaard"])
def test_a_policy_that_is_none_is_refused(tmp_path, text):
    (tmp_path / POLICY).write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match="cannot be read"):
        load_policy(tmp_path)


@pytest.mark.parametrize(
    "wrong",
    [{"sensitive": ["onbekend"]}, {"open": ["onbekend"]}, {"known": {"onbekend": COUNT}}, {"tables": {"onbekend": {}}},
     {"protected_by_publisher": ["onbekend"]}, {"derived": {SHARE: {"from": [COUNT], "of": "onbekend"}}}],
)  # fmt: skip
def test_a_name_that_is_none_is_refused(wrong):
    with pytest.raises(DataError) as caught:
        check_names(policy(**wrong), {"verzonnen": {COUNT, WHOLE, SHARE}})
    assert caught.value.found == "onbekend"


def test_a_sensitive_indicator_has_one_table():
    with pytest.raises(DataError, match="more than one table"):
        check_names(policy(), {"verzonnen": {COUNT, WHOLE}, "ander": {COUNT}})


# Areas


def test_stadsdelen_count_only_when_each_wijk_is_in_one():
    def inside(*stadsdelen):
        return areas.inside(areas.Place(f"s{i}", f"w{i // 2}", name) for i, name in enumerate(stadsdelen))

    assert inside("d0", "d0", "d1", "d1")["d0"] == [["w0"]]
    for stadsdelen in (("d0", "d1", "d1", "d1"), ("d0", "d0", "", ""), ("", "", "", "")):
        assert len(inside(*stadsdelen)[CITY]) == 1 and "d0" not in inside(*stadsdelen)
