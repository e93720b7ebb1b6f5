# SPDX-License-Identifier: EUPL-1.2
"""Tables of which rows were left out, in two versions: what one hides the other does not tell. All are invented.

The outsider here knows what the words mean and has both versions; the package has the figures alone.
"""

import json
import random
from dataclasses import replace

import pytest
from invented import CITY, COUNT, SHARE, WHOLE, Reader, city, judged, policy, published, row, with_more

from genk_armoede.errors import DataError
from genk_armoede.protection import protect
from genk_armoede.protection.attack import recovered
from genk_armoede.protection.descriptor import read_sums, write_sums
from genk_armoede.protection.found_sums import judged_sums
from genk_armoede.protection.relations import Sum

WIJKEN = [f"w{i}" for i in range(6)]
WORDS = {
    "herkomst": {"Belg": "b", "EU": "e", "derdelander": "n", "vreemdeling": "en", "wereld": "ben"},
    "sekse": {"heren": "m", "dames": "v", "allebei": "mv"},
    "overlap": {"Belg": "b", "derdelander": "n", "vreemdeling": "en", "Europeaan": "be"},
}
FINE = {"0-5": "b", "6-17": "e", "18-64": "n", "65+": "v"}
SHAPES = {
    "groups of another key": ({"k=kind": "b", "k=scholier": "e", "k=groot": "n", "k=oud": "v"}, {"minder": "be"}),
    "wider ages": (FINE, {"0-17": "be", "18+": "nv"}),
    "wider ages, one of which stays": (FINE, {"0-5": "b", "6-64": "en", "65+": "v"}),
}
COMMIT = "a" * 40


def series(name):
    return COUNT, f"soort={name}"


def total(name, *parts, **how):
    return Sum(series(name), tuple(series(part) for part in parts), **how)


def rows_of(words, people, left_out, rng):
    """Rows with these labels, of which a part is left out by chance."""
    rows = [
        row(w, sum(people[w, g] for g in groups), label if "=" in label else f"soort={label}")
        for w in WIJKEN
        for label, groups in words.items()
    ]
    return [one for one in rows if rng.random() >= left_out]


def reader(words, shown):
    """Who knows of which groups each label is the sum, and what each version shows."""
    return Reader(
        {one.key: [(one.area_code, g) for g in words[one.breakdown.removeprefix("soort=")]] for one in shown}, shown
    )


def versions(words, seed, left_out=(0, 0), then=None):
    """Two versions of a table of the same people as they are published. Raises `DataError` when one is refused."""
    rng = random.Random(seed)
    people = {(w, g): int(rng.expovariate(1 / 6)) for w in WIJKEN for g in "benmv"}
    first, second = (
        rows_of(own, people, part, rng) for own, part in zip((words, then or words), left_out, strict=True)
    )
    before = protect.protect({"verzonnen": first}, city(6), policy())
    earlier = in_commit(before.tables["verzonnen"])
    sums = judged_sums(second, policy(), earlier, before.sums)
    now = protect.protect({"verzonnen": second}, city(6), policy(), earlier, sums).tables["verzonnen"]
    return [*first, *second], [*before.tables["verzonnen"], *now]


@pytest.mark.parametrize("left_out", [(0.3, 0.3), (0.1, 0.4), (0.0, 0.0)])
@pytest.mark.parametrize("words", WORDS)
def test_two_versions_with_holes_tell_no_small_count(words, left_out):
    published = 0
    for seed in range(6):
        try:
            rows, shown = versions(WORDS[words], seed, left_out)
        except DataError as error:
            assert any(one in error.problem for one in ("cannot be protected", "is this a sum", "no area has a row"))
            continue
        published += 1
        assert reader(WORDS[words], shown).leaks(rows) == [], seed
    assert published >= 2


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
def test_two_versions_of_another_shape_tell_no_small_count(shape, back):
    words, then = SHAPES[shape][::-1] if back else SHAPES[shape]
    published = 0
    for seed in range(8):
        try:
            rows, shown = versions(words, seed, then=then)
        except DataError as error:
            assert "cannot be protected" in error.problem
            continue
        published += 1
        assert reader(words | then, shown).leaks(rows) == [], seed
    assert published >= 1


@pytest.mark.parametrize("periods", [("2021-Q4", "2021"), ("2021", "2021-Q4"), ("2021", "2021-12-31")])
def test_periods_that_lie_in_those_of_another_version_are_refused_where_a_count_is_hidden(periods):
    then, now = ([row("w0", 9, period=period), row("w1", 3, period=period)] for period in periods)
    earlier = [(COMMIT, replace(one, value=None, status="c") if one.value == 3 else one) for one in then]
    with pytest.raises(DataError, match=f"in commit {COMMIT[:10]}: one lies in the other"):
        protect.protect({"verzonnen": now}, city(2), policy(), earlier, [])
    assert protect.protect({"verzonnen": now[:1]}, city(2), policy(), earlier[:1], []).tables["verzonnen"] == now[:1]
    apart = [(COMMIT, replace(one, period="2019")) for _, one in earlier]
    assert protect.protect({"verzonnen": now}, city(2), policy(), apart, []).tables["verzonnen"]


def counts(**values):
    """Rows of six wijken: label → its invented counts, None where it has no row."""
    return [
        row(w, n, f"soort={label}")
        for label, own in values.items()
        for w, n in zip(WIJKEN, own, strict=False)
        if n is not None
    ]


def in_commit(rows):
    return [(COMMIT, one) for one in rows]


def exact(rows, how=None, *before):
    """The sums that are found where few places tell them."""
    return [one for one in judged_sums(rows, how or policy(), *before) if one.where_given and not one.or_more]


def test_a_sum_is_found_where_few_places_give_all_of_it():
    rows = counts(a=[3, None, 8, None, 9, None], b=[4, 6, None, 2, None, 5], c=[7, None, None, 11, 12, 9])
    assert total("c", "a", "b", where_given=True) in judged_sums(rows, policy())
    assert exact(with_more(rows, "soort=c", w0=1)) == []
    above = exact(with_more(rows, "soort=a", w4=20))
    assert [one for one in above if one.total == series("c")] == []


def test_groups_of_which_no_area_has_all_are_refused():
    """`c` may be the sum of the others: of nobody is it known. A blank is a row; of two groups the figures tell all."""
    rows = counts(a=[9, None, 7, 6, None, 5], b=[None, 8, 9, None, 7, 6], c=[12, 16, None, 19, 20, None])
    with pytest.raises(DataError, match="no area has a row for each of soort=a, soort=b, soort=c in 2021"):
        judged_sums(rows, policy())
    assert judged_sums([*rows, replace(row("w0", None, "soort=b"), status="m")], policy()) == []
    assert judged_sums(rows, policy(), in_commit(counts(b=[30, None, None, None, None, None])))[1:] == []
    assert total("c", "a", "b", where_given=True) in judged_sums(rows, policy(), (), [total("c", "a", "b")])
    assert judged_sums([one for one in rows if one.breakdown != "soort=c"], policy()) == []
    ages = {"soort=a": "soort=0-5", "soort=b": "soort=6-17", "soort=c": "soort=18+"}  # those are read
    judged_sums([replace(one, breakdown=ages[one.breakdown]) for one in rows], policy())
    zeros = counts(a=[9, 5, None, 6, 2, None], b=[None, 8, 9, 4, None, 3], c=[12, None, 7, None, 8, 4])
    totals = [row(w, n) for w, n in zip(WIJKEN, (21, 13, 16, 10, 10, 7), strict=True)]
    assert judged_sums([*zeros, *totals], policy()) == []


def test_a_figure_that_only_an_earlier_version_has_fills_a_hole():
    now = counts(a=[3, 8, 1, 6, None, None], b=[4, 9, 7, 2, 5, 8], c=[None] * 6)
    earlier = in_commit(counts(c=[7, 17, None, None, None, None]))
    assert total("c", "a", "b", where_given=True) in judged_sums(now, policy(), earlier)
    assert total("c", "a", "b", where_given=True) not in judged_sums(now, policy())


def test_what_an_earlier_version_hid_says_nothing_of_sums():
    rows = counts(a=[9, 8, 7, 6, 5, 4], b=[3, 4, 2, 5, 1, None])
    hidden = in_commit([row("w5", None, "soort=b")])
    assert judged_sums(rows, policy(), hidden) == judged_sums(rows, policy()) != []


def test_a_sum_that_an_earlier_version_told_holds_until_a_figure_contradicts_it():
    rows = counts(a=[3, 8, None, 6, None, 2], b=[4, None, 7, None, 5, None], c=[None, 17, 9, None, 9, 4])
    before = [total("c", "a", "b"), total("b", "a", or_more=True)]
    assert total("c", "a", "b", where_given=True) in judged_sums(rows, policy(), (), before)
    assert total("b", "a", where_given=True) not in judged_sums(rows, policy(), (), before)
    odd = [*rows, *counts(c=[8, None, None, None, None, None])]
    assert total("c", "a", "b", where_given=True) not in judged_sums(odd, policy(), (), before)
    assert exact(rows, policy(relations=[judged(before[0])]), (), before[:1]) == []


def test_what_too_few_places_tell_is_chance():
    same = counts(a=[9, 8, 7, None, None, None], b=[9, 8, 7, None, None, None])
    assert [one.signs.keys() for one in exact(same)] == [{series("a"), series("b")}]
    assert exact([one for one in same if one.area_code != "w2"]) == []
    pairs = counts(a=[9, 2, 7], b=[5, 6, 9], c=[8, 4, 6], d=[6, 4, 10])
    assert [len(one.beside) for one in exact(pairs)] == [1]
    assert exact([one for one in pairs if one.area_code == "w0"]) == []


def test_pairs_that_are_as_many_as_other_pairs_are_found():
    rows = counts(a=[9, 2, 7, 4, 8, 3], b=[5, 6, 1, 9, 7, 8], c=[8, 4, 3, 9, 6, 1], d=[6, 4, 5, 4, 9, 10])
    same = total("a", "c", "d", where_given=True, beside=(series("b"),))
    assert same in judged_sums(rows, policy())
    assert str(same) == f"{COUNT}[soort=a] + {COUNT}[soort=b] = {COUNT}[soort=c] + {COUNT}[soort=d]"
    assert same not in judged_sums(rows, policy(relations=[judged(same)]))
    odd = judged_sums(with_more(rows, "soort=d", w3=1), policy())
    assert not any(one.beside and not one.or_more for one in odd)


def test_two_groups_that_cover_a_third_are_found():
    """Women, or the young, or both: nowhere more than women and the young together, here and there as many."""
    rows = counts(vrouw=[9, 2, 7, 4, 8, 3], jong=[5, 6, 1, 9, 7, 8], beide=[14, 8, 8, 13, 12, 9])
    cover = total("jong", "beide", or_more=True, where_given=True, beside=(series("vrouw"),))
    assert cover in judged_sums(rows, policy())
    assert str(cover) == f"{COUNT}[soort=jong] + {COUNT}[soort=vrouw] ≥ {COUNT}[soort=beide]"
    assert cover not in judged_sums(rows, policy(relations=[judged(cover)]))
    # More than both; less than either of the two somewhere, and as many as both in two places only.
    for changes in ({"w5": 3}, {"w3": -5, "w0": -6}):
        assert cover not in judged_sums(with_more(rows, "soort=beide", **changes), policy())


def test_two_groups_that_cover_one_that_holds_one_of_them_are_found():
    """Nowhere are they just as many; but `elk` is nowhere less than `een`, nor more than both."""
    ander, een, elk = [3, 3, 4, 2, 3, 3], [1, 2, 3, 4, 1, 2], [2, 4, 5, 5, 3, 4]
    cover = total("ander", "elk", or_more=True, where_given=True, beside=(series("een"),))
    assert cover in judged_sums(counts(ander=ander, een=een, elk=elk), policy())
    assert cover not in judged_sums(counts(ander=ander, een=een, elk=[0, *elk[1:]]), policy())
    assert cover not in judged_sums(counts(ander=[n + 3 for n in ander], een=een, elk=elk), policy())  # one alone does


def test_two_groups_that_cover_two_others_are_found():
    """The many and the lone are those without children and the parents, and the large households that w5 has."""
    rows = counts(
        solo=[3, 1, 4, 2, 5, 2], paar=[5, 3, 0, 2, 4, 9], zonder=[6, 4, 5, 5, 7, 7], ouder=[2, 0, 2, 2, 3, 4],
        meer=[5, 3, 3, 5, 5, 15],
    )  # fmt: skip
    cover = total("meer", "ouder", "zonder", or_more=True, where_given=True, beside=(series("solo"),))
    assert cover in judged_sums(rows, policy())
    assert cover not in judged_sums(with_more(rows, "soort=meer", **dict.fromkeys(WIJKEN, -1)), policy())


def test_what_two_groups_cover_is_told_by_them():
    """9 women or young people, of whom 7 are women: at least two are young."""
    rows = [row("w0", 9, "soort=beide"), row("w0", 7, "soort=vrouw"), row("w0", None, "soort=jong")]
    cover = total("jong", "beide", or_more=True, where_given=True, beside=(series("vrouw"),))
    at_most = total("drie", "jong", or_more=True, where_given=True)
    rows.append(row("w0", 5, "soort=drie"))
    told = [*recovered({"v": rows}, city(1), policy(), (), [cover, at_most])]
    assert [one.row.breakdown for one in told] == ["soort=jong"]
    assert [*recovered({"v": rows[:3]}, city(1), policy(), (), [cover])] == []


def test_a_part_without_a_row_is_told_by_its_total_all_the_same():
    """w3 has no row of women: two, since together they are two more than the men."""
    rows = counts(man=[7, 8, 9, 10, 11, 12], vrouw=[9, 11, 13, None, 17, 19], samen=[16, 19, 22, 12, 28, 31])
    shown = published(rows, city(6))
    assert [one.area_code for one in shown if one.value is None] == ["w3"]


def test_what_an_earlier_version_hid_is_not_told_by_this_one():
    earlier = [(COMMIT, row("w0", None, "soort=a")), (COMMIT, row("w0", None, "soort=b"))]
    sums = [total("c", "a", "b")]
    now = [row("w0", 9, "soort=c"), row("w0", 7, "soort=b")]
    found = [*recovered({"v": now}, city(1), policy(), earlier, sums)]
    assert [(one.row.breakdown, one.commits) for one in found] == [("soort=a", [COMMIT])]
    assert not [*recovered({"v": now[:1]}, city(1), policy(), earlier, sums)]


def test_a_sum_by_chance_that_earlier_versions_contradict_does_not_hide_a_sure_one():
    """Where what was hidden and is gone contradicts one sum, the others still tell."""
    earlier = [(COMMIT, row("w0", None, "soort=a")), (COMMIT, row("w1", None, "soort=a"))]
    now = [row("w0", 9, "soort=c"), row("w0", 7, "soort=b"), row("w1", 0, "soort=d")]
    sure, chance = total("c", "a", "b"), total("d", "a", or_more=True)
    for sums in ([sure, chance], [chance, replace(sure, where_given=True)]):
        found = [*recovered({"v": now}, city(2), policy(), earlier, sums)]
        assert {one.row.area_code for one in found} == {"w0"}


def test_of_two_ways_to_make_up_a_total_each_is_tried():
    """What an earlier version hid and is gone makes one of them chance; nobody can tell which."""
    earlier = [(COMMIT, row("w0", None, f"soort={name}")) for name in "ab"]
    now = [row("w0", 6, "soort=d"), row("w0", None, "soort=c")]
    few, all_three = total("d", "a", "b"), total("d", "a", "b", "c", where_given=True)
    for sums in ([all_three], [few, all_three]):
        found = [*recovered({"v": now}, city(1), policy(), earlier, sums)]
        assert {one.row.breakdown for one in found} == {"soort=a", "soort=b", "soort=c"}


def test_sums_by_chance_do_not_outweigh_an_earlier_total():
    """Of 14 then 12 are b now: one s and one o, unless few places tell of `sch` and `rest`, which were hidden."""
    earlier = [row("w0", 14, "soort=d"), row("w0", None, "soort=sch"), row("w0", None, "soort=rest")]
    now = [row("w0", n, f"soort={name}") for name, n in {"b": 12, "s": None, "o": None}.items()]
    sums = [total("d", "b", "s", "o"), total("d", "sch", "rest"), total("sch", "b", where_given=True)]
    sums.append(total("rest", "b", "o", where_given=True))
    sums.append(total("s", "x", or_more=True, where_given=True, beside=(series("b"),)))  # of `x` is no row
    found = [*recovered({"v": now}, {"w0": [["w0s0"]]}, policy(), in_commit(earlier), sums)]
    assert {"soort=s", "soort=o"} <= {one.row.breakdown for one in found}


def test_one_corrected_figure_leaves_the_rest_of_an_earlier_version_believed():
    """Of 12 in w0 9 had a row that is gone: one or two in each of the others, whatever was corrected in w1."""
    earlier = [(COMMIT, row("w0", 9, "soort=c")), (COMMIT, row("w1", 50, "soort=c"))]
    now = [row("w0", None, "soort=a"), row("w0", None, "soort=b"), row("w0", 12, "soort=d")]
    now += [row("w1", n, f"soort={name}") for name, n in {"a": None, "b": 20, "d": 60}.items()]
    sums = [total("d", "a", "b", "c")]
    for known in (earlier[:1], earlier):
        found = [*recovered({"v": now}, city(2), policy(), known, sums)]
        assert {(one.row.area_code, one.row.breakdown) for one in found} == {("w0", "soort=a"), ("w0", "soort=b")}


def test_an_earlier_share_that_cannot_be_true_any_more_leaves_the_count_beside_it_believed():
    """The whole was corrected from 55 to 74: the 24 of then, of whom now 20 live in w1, may be true all the same."""
    how = policy(sensitive=[COUNT, WHOLE], derived={SHARE: {"from": [COUNT], "of": WHOLE}}, open=[])
    now = [row("w0", None), row("w1", 20), row("w0", 30, indicator=WHOLE), row("w1", 44, indicator=WHOLE)]
    before = [row(CITY, 24), row(CITY, 55, indicator=WHOLE), row(CITY, "43.6", indicator=SHARE)]
    found = [*recovered({"v": now}, city(2), how, in_commit(before), [])]
    assert [(one.row.indicator, one.row.area_code) for one in found] == [(COUNT, "w0")]


def test_a_group_without_a_row_is_at_least_its_part():
    """Of 8 people 7 are Europeans, who are a part of a group that has no row: one at most is no European."""
    rows = [row("w0", 8, "soort=wereld"), row("w0", 7, "soort=EU"), row("w0", None, "soort=derdelander")]
    sums = [
        total("wereld", "Europeaan", "derdelander", where_given=True),
        total("Europeaan", "EU", or_more=True, where_given=True),
    ]
    assert [one.row.breakdown for one in recovered({"v": rows}, city(1), policy(), (), sums)] == ["soort=derdelander"]
    for fewer in (sums[:1], sums[1:]):
        assert not [*recovered({"v": rows}, city(1), policy(), (), fewer)]


def test_a_part_without_a_row_is_no_more_than_what_it_lies_in():
    """Of 7 people at most 3 are of a part that has no row: the rest, which is hidden, is 4 to 7."""
    rows = [row("w0", 7, "soort=alle talen"), row("w0", 3, "soort=groot"), row("w0", None, "soort=Turks")]
    sums = [total("alle talen", "Turks", "Frans", where_given=True), total("groot", "Frans", or_more=True)]
    assert "soort=Turks" in [one.row.breakdown for one in recovered({"v": rows}, city(1), policy(), (), sums)]
    for fewer in (sums[:1], sums[1:]):
        assert not [*recovered({"v": rows}, city(1), policy(), (), fewer)]


def test_sums_of_every_kind_are_written_and_read():
    sums = [
        total("c", "a", "b"),
        total("d", "a", where_given=True),
        total("a", "c", "d", where_given=True, beside=(series("b"),)),
        total("c", "a", or_more=True, where_given=True),
        total("a", "c", or_more=True, where_given=True, beside=(series("b"),)),
    ]
    assert read_sums(json.dumps({"disclosure": write_sums(sums)}).encode()) == sums
