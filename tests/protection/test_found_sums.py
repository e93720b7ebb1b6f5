# SPDX-License-Identifier: EUPL-1.2
"""Sums are found in the figures, under any word, and hidden counts do not follow from them. All figures are invented.

The outsider here is told what the words mean; the package is not.
"""

import random
from dataclasses import replace
from itertools import product

import pytest
from invented import CITY, COUNT, WHOLE, Reader, city, judged, policy, primary_only, published, row, with_more

from genk_armoede.errors import DataError
from genk_armoede.protection import protect
from genk_armoede.protection.attack import recovered
from genk_armoede.protection.checks import check_placed
from genk_armoede.protection.found_sums import judged_sums, sums_in
from genk_armoede.protection.relations import Sum

WIJKEN = [f"w{i}" for i in range(8)]
MEN, WOMEN, ALL = "verzonnen_mannen", "verzonnen_vrouwen", "verzonnen_samen"

# What each label means: of which groups it is the sum. Of the first kind a part of a breakdown, of the second a column.
WORDS = {
    "both sexes": {"man": "m", "vrouw": "v", "beide geslachten": "mv"},
    "all, without a total": {"M": "m", "V": "v", "M+V": "mv"},
    "everybody, three kinds": {"man": "m", "vrouw": "v", "x": "x", "iedereen": "mvx"},
    "nested": {"0-5": "a", "6-17": "b", "minderjarig": "ab", "18+": "c"},
    "nested twice": {"0-5": "a", "6-17": "b", "minderjarig": "ab", "18-64": "c", "65+": "d", "alle": "abcd"},
    "overlapping": {"Belg": "b", "EU": "e", "niet-EU": "n", "niet-Belg": "en"},
    "two that overlap": {"a": "a", "b": "b", "c": "c", "a of b": "ab", "b of c": "bc"},
    "overlapping, without the group between": {"Belg": "b", "niet-EU": "n", "niet-Belg": "en", "Europeaan": "be"},
    "the same twice": {"man": "m", "vrouw": "v", "vrouwen": "v"},
    "a total of which a part is missing": {"Belg": "b", "EU": "e", "elk": "ben"},
    "groups of another key": {
        "k=kind": "a",
        "k=scholier": "b",
        "k=groot": "c",
        "k=oud": "d",
        "s=min": "ab",
        "s=meer": "cd",
    },
}
COLUMNS = {
    "a column a sex": {MEN: "m", WOMEN: "v", ALL: "mv"},
    "the same column twice": {MEN: "m", ALL: "m"},
    "a complement": {ALL: "mv", WOMEN: "v", MEN: "m"},
}


def invented_groups(groups, seed, mean=9):
    """How many people of each group live in each wijk, and in the city."""
    rng = random.Random(seed)
    people = {(wijk, group): int(rng.expovariate(1 / mean)) for wijk in WIJKEN for group in groups}
    return people | {(CITY, group): sum(people[wijk, group] for wijk in WIJKEN) for group in groups}


def labelled(words, seed, column=False, key="soort", areas=(CITY, *WIJKEN)):
    """Rows with these labels, and of which groups each is the sum."""
    people = invented_groups("".join(sorted({*"".join(words.values())})), seed)
    rows, members = [], {}
    for area, (label, groups) in product(areas, words.items()):
        value = sum(people[area, group] for group in groups)
        text = label if "=" in label else f"{key}={label}"
        one = row(area, value, indicator=label) if column else row(area, value, text)
        rows.append(one)
        members[one.key] = people_of(area, groups)
    return rows, members


def people_of(area, groups):
    """The cells that a row of an area and some groups counts."""
    return [*product(WIJKEN if area == CITY else [area], groups)]


@pytest.mark.parametrize(("words", "seed"), [*product(WORDS, range(3))])
def test_a_total_under_any_word_tells_no_hidden_count(words, seed):
    rows, members = labelled(WORDS[words], seed)
    assert (
        Reader(members, primary_only(rows)).leaks(rows) or "twice" in words
    )  # hiding the small ones alone does not help
    shown = published(rows, city(8))
    assert Reader(members, shown).leaks(rows) == []
    assert any(one.value is not None for one in shown)


def test_a_label_that_says_everybody_is_a_total_also_where_few_places_tell():
    for label, is_total in (("alle talen", True), ("elk", False)):
        figures = {label: (12, 15, 11, 9, 8), "Nederlands": (5, 7, 6), "Turks": (4, 6, 3)}
        rows = [row(WIJKEN[i], n, f"taal={name}") for name, own in figures.items() for i, n in enumerate(own)]
        above = Sum((COUNT, f"taal={label}"), ((COUNT, "taal=Nederlands"), (COUNT, "taal=Turks")), True, True)
        assert (above in judged_sums(rows, policy())) == is_total


def test_what_follows_from_sums_is_not_told_again():
    rows, _ = labelled({"a": "a", "b": "b", "c": "c", "d": "d", "a of b": "ab", "c of d": "cd", "b of c": "bc"}, 1)
    found = judged_sums(rows, policy())
    assert len([one for one in found if not one.or_more and not one.beside]) == 3
    assert not [one for one in found if not one.or_more and one.beside]


def test_figures_may_come_one_by_one():
    rows, _ = labelled(WORDS["a total of which a part is missing"], 2)
    found = judged_sums(iter(rows), policy())
    assert found == judged_sums(rows, policy()) and any(one.or_more for one in found)


@pytest.mark.parametrize(("words", "seed"), [*product(COLUMNS, range(3))])
def test_a_column_that_is_the_sum_of_others_tells_no_hidden_count(words, seed):
    rows, members = labelled(COLUMNS[words], seed, column=True)
    for sensitive in ([*COLUMNS[words]], [one for one in COLUMNS[words] if one != ALL]):
        how = policy(sensitive=sensitive, open=[one for one in COLUMNS[words] if one not in sensitive])
        rows = [one for one in rows if one.indicator in sensitive or not 0 < one.value < 5]
        try:
            shown = published(rows, city(8), how)
        except DataError as error:  # the open column says the same
            assert "cannot be protected" in error.problem and "twice" in words and ALL not in sensitive
            continue
        assert Reader(members, shown).leaks(rows) == []


def test_sums_over_two_keys_with_totals_in_other_words():
    people = {(wijk, sex, age): (n * 7 + 3) % 23 for n, (wijk, sex, age) in enumerate(product(WIJKEN, "mv", "jo"))}
    rows, members = [], {}
    for area, (sex, sexes), (age, ages) in product(
        (CITY, *WIJKEN), {"m": "m", "v": "v", "alle": "mv"}.items(), {"j": "j", "o": "o", "samen": "jo"}.items()
    ):
        own = people_of(area, [*product(sexes, ages)])
        one = row(area, sum(people[wijk, *group] for wijk, group in own), f"g={sex}; l={age}")
        rows.append(one)
        members[one.key] = own
    assert Reader(members, published(rows, city(8))).leaks(rows) == []


def test_a_total_in_other_words_that_stands_where_nothing_else_is_told_apart():
    """`alles` is the sum of a, b and c; by sex the same parts add up to a total that is there."""
    rng = random.Random(3)
    people = {key: int(rng.expovariate(1 / 6)) for key in product(WIJKEN, "mv", "abc")}
    rows, members = [], {}
    for area, sex, age in product((CITY, *WIJKEN), ("", "m", "v"), ("", "a", "b", "c")):
        parts = [f"g={sex}"] * bool(sex) + [f"l={age}"] * bool(age)
        own = people_of(area, [*product(sex or "mv", age or "abc")])
        rows.append(row(area, sum(people[wijk, *group] for wijk, group in own), "; ".join(parts) or "l=alles"))
        members[rows[-1].key] = own
    assert Reader(members, published(rows, city(8))).leaks(rows) == []


def test_a_total_of_the_city_ties_groups_of_the_wijken():
    """The wijken by sex, the city only as a whole, under another word."""
    rows, members = labelled(WORDS["both sexes"], 1)
    rows = [one for one in rows if one.area_code != CITY or "beide" in one.breakdown]
    assert Reader(members, published(rows, city(8))).leaks(rows) == []


def test_a_part_that_adds_up_with_the_others_is_no_total():
    """That two parts make a third everywhere is chance when the total counts all three."""
    parts = [(("a", 10 + i), ("b", 20 - 2 * i), ("c", 30 - i), ("d", 7 + i % 3)) for i in range(8)]
    rows = [row(w, n, f"l={k}") for w, own in zip(WIJKEN, parts, strict=True) for k, n in own]
    rows += [row(w, sum(n for _, n in own)) for w, own in zip(WIJKEN, parts, strict=True)]
    assert sums_in(rows, policy()).always == []
    assert [str(one) for one in sums_in(rows[:-8], policy()).always] == [f"{COUNT}[l=c] = {COUNT}[l=a] + {COUNT}[l=b]"]


@pytest.mark.parametrize("seed", range(5))
def test_parts_by_chance_are_no_sum(seed):
    rows, _ = labelled({"a": "a", "b": "b", "c": "c", "d": "d"}, seed)
    found = sums_in(rows, policy())
    assert found.always == [] and found.nearly == []


NEARLY = {
    "an exception": lambda rows: [replace(rows[2], value=rows[2].value + 3), *rows[:2], *rows[3:]],
    "a few beside": lambda rows: [
        replace(one, value=one.value + n % 2) if "beide" in one.breakdown else one for n, one in enumerate(rows)
    ],
}


def invented_sexes():
    kinds = (("man", 31, 5), ("vrouw", 42, 3), ("beide geslachten", 73, 8))
    return [row(wijk, n + i * more, f"g={kind}") for i, wijk in enumerate(WIJKEN) for kind, n, more in kinds]


@pytest.mark.parametrize("what", NEARLY)
def test_what_is_nearly_a_sum_is_refused_until_the_policy_says_whether_it_is(what):
    rows = NEARLY[what](invented_sexes())
    text = f"{COUNT}[g=beide geslachten] = {COUNT}[g=man] + {COUNT}[g=vrouw]"
    with pytest.raises(DataError, match="is this a sum") as caught:
        protect.protect({"verzonnen": rows}, city(8), policy())
    assert text in caught.value.problem and text in caught.value.do and "relations" in caught.value.do
    for holds in ("yes", "no"):
        how = policy(relations=[judged(text, holds)])
        found = protect.protect({"verzonnen": rows}, city(8), how).sums
        assert [str(one) for one in found] == [text] * (holds == "yes")


def test_a_sum_that_always_holds_is_none_where_the_policy_says_so():
    text = f"{COUNT}[g=beide geslachten] = {COUNT}[g=man] + {COUNT}[g=vrouw]"
    assert [str(one) for one in judged_sums(invented_sexes(), policy(relations=[judged(text, "yes")]))] == [text]
    assert judged_sums(invented_sexes(), policy(relations=[judged(text)])) == []


def test_a_group_without_a_row_counts_nobody():
    rows = [one for n, one in enumerate(invented_sexes()) if n not in (1, 4, 7)]  # no women in three wijken
    men = {one.area_code: one.value for one in rows if one.breakdown == "g=man"}
    rows = [replace(one, value=men[one.area_code]) if "beide" in one.breakdown and n < 6 else one
            for n, one in enumerate(rows)]  # fmt: skip
    found = [str(one) for one in sums_in(rows, policy()).always]
    assert f"{COUNT}[g=beide geslachten] = {COUNT}[g=man] + {COUNT}[g=vrouw]" in found


def by_wijk(key="l", **values):
    """Rows of eight wijken: label → what makes of the number of a wijk its invented count."""
    return [row(w, make(i), f"{key}={name}") for i, w in enumerate(WIJKEN) for name, make in values.items()]


def test_a_series_above_others_is_no_total_where_the_figures_or_ages_say_how_they_lie():
    more = by_wijk(a=lambda i: 20 + 3 * i, b=lambda i: 5 + i)
    assert [str(one) for one in judged_sums(more, policy())] == [f"{COUNT}[l=a] ≥ {COUNT}[l=b]"]
    whole = [row(w, 25 + 4 * i) for i, w in enumerate(WIJKEN)]
    assert judged_sums([*more, *whole], policy()) == []
    ages = [replace(one, breakdown=one.breakdown.replace("a", "18-64").replace("b", "65+")) for one in more]
    assert judged_sums(ages, policy()) == []


def test_ages_that_overlap_are_refused_also_where_one_is_above_another_label():
    above = Sum((COUNT, "leeftijd=18-64"), ((COUNT, "leeftijd=onbekend"),), or_more=True)
    rows = [row("w0", 9, f"leeftijd={label}") for label in ("0-18", "18-64", "onbekend")]
    with pytest.raises(DataError, match="overlaps with"):
        check_placed(rows, city(1), policy(), [above])


def test_a_blank_hides_no_total():
    """Where a part is blank nobody sees a total fail; where fewer than four figures are given it may be chance."""
    rows = by_wijk(a=lambda i: 20 + 3 * i, b=lambda i: 5 + i)
    for blanks, found in ((1, [f"{COUNT}[l=a] ≥ {COUNT}[l=b]"]), (5, [])):
        blank = [replace(one, value=None, status="m") if n < 2 * blanks else one for n, one in enumerate(rows)]
        assert [str(one) for one in judged_sums(blank, policy())] == found


def test_what_is_above_all_others_and_never_seen_to_fail_is_their_total():
    """Each wijk is blank in one part of three, so that none gives all of it: 30 of which 17 and 9, and so on."""
    rows = by_wijk(a=lambda i: 17 + i, b=lambda i: 9 + i, c=lambda i: 4 + i, alles=lambda i: 30 + 3 * i)
    blank = [
        replace(one, value=None, status="m") if one.breakdown == f"l={'abc'[n // 4 % 3]}" else one
        for n, one in enumerate(rows)
    ]
    total = Sum((COUNT, "l=alles"), tuple((COUNT, f"l={name}") for name in "abc"))
    assert total in judged_sums(blank, policy())
    assert total not in judged_sums(with_more(rows, "l=alles", **dict.fromkeys(WIJKEN, 9)), policy())


@pytest.mark.parametrize("seed", range(3))
def test_a_total_in_other_words_beside_counts_over_two_keys(seed):
    """Counts by sex and origin, and only `alles` beside them: by origin alone nobody has a row."""
    rng = random.Random(seed)
    people = {(w, s, o): int(rng.expovariate(1 / 6)) for w in WIJKEN for s in "mv" for o in "abc"}
    rows = [row(w, n, f"g={s}; l={o}") for (w, s, o), n in people.items()]
    members = {one.key: [(cell[0], cell[1] + cell[2])] for one, cell in zip(rows, people, strict=True)}
    for w in WIJKEN:
        own = {cell: n for cell, n in people.items() if cell[0] == w}
        rows.append(row(w, sum(own.values()), "l=alles"))
        members[rows[-1].key] = [(w, s + o) for _, s, o in own]
    assert Reader(members, published(rows, city(8))).leaks(rows) == []


@pytest.mark.parametrize("seed", range(3))
def test_what_totals_over_two_keys_leave_is_not_fewer_than_nobody(seed):
    """Women and all, children and the young: the boys who are no children have no row, and are at least nobody."""
    rng = random.Random(seed)
    mean = {"vk": 3, "vj": 3, "mk": 3, "mj": 0.3}
    people = {(w, g): int(rng.expovariate(1 / n)) for w in WIJKEN for g, n in mean.items()}
    rows, members = [], {}
    for w, (sex, s), (age, a) in product(WIJKEN, (("vrouw", "v"), ("elk", "vm")), (("kind", "k"), ("jong", "kj"))):
        groups = [x + y for x in s for y in a]
        rows.append(row(w, sum(people[w, g] for g in groups), f"g={sex}; l={age}"))
        members[rows[-1].key] = [(w, g) for g in groups]
    assert Reader(members, published(rows, city(8))).leaks(rows) == []


def test_orders_over_two_keys_hold_where_all_is_given():
    sizes = {"g=vrouw; l=kind": 5, "g=vrouw; l=jong": 9, "g=elk; l=kind": 8, "g=elk; l=jong": 14}
    rows = [row(w, n + i, name) for i, w in enumerate(WIJKEN) for name, n in sizes.items()]
    both = f"{COUNT}[g=elk; l=jong] + {COUNT}[g=vrouw; l=kind] ≥ {COUNT}[g=elk; l=kind] + {COUNT}[g=vrouw; l=jong]"
    assert both in map(str, judged_sums(rows, policy()))
    odd = [replace(one, value=one.value - 3) if one.key == rows[3].key else one for one in rows]
    assert both not in map(str, judged_sums(odd, policy()))


def test_a_label_that_only_as_a_total_fits_is_one():
    """By sex and by age, one age blank in each wijk: `alles` is no fourth age, or there would be more men and women."""
    rows = []
    for i, w in enumerate(WIJKEN[:2]):
        ages = {"l=a": 9 + i, "l=b": 12, "l=c": 7, "l=alles": 28 + i, "g=m": 11, "g=v": 17 + i}
        rows += [row(w, n, name) for name, n in ages.items()]
        rows[i - 6 + 0] = replace(rows[i - 6], value=None, status="m")
    done = protect.protect({"verzonnen": rows}, city(2), policy())
    assert f"{COUNT}[l=alles] = {COUNT}[l=a] + {COUNT}[l=b] + {COUNT}[l=c]" in map(str, done.sums)


def test_a_label_that_is_another_number_than_the_others_is_no_total_of_them():
    """All people by language, and of some of those languages the men: the total counts the men but once."""
    counts = {"": 70, "g=elk; l=a": 47, "g=elk; l=b": 23, "g=heer; l=a": 7, "g=heer; l=b": 6}
    rows = [row(w, n, name) for w in WIJKEN[:2] for name, n in counts.items()]
    with pytest.raises(DataError, match="do not add up"):
        protect.protect({"verzonnen": rows}, city(2), policy())


def test_a_sum_that_two_places_tell_is_held_for_one():
    rows = by_wijk(
        a=lambda i: (9, 4)[i > 1], b=lambda i: (7, 0)[i > 1], c=lambda i: (16, 4)[i > 1], d=lambda i: 11 * i % 7
    )
    assert f"{COUNT}[l=c] = {COUNT}[l=a] + {COUNT}[l=b]" in map(str, judged_sums(rows, policy()))


def always(**values):
    """The sums that always hold of series of eight invented counts."""
    rows = [row(w, own[i], f"l={name}") for i, w in enumerate(WIJKEN) for name, own in values.items()]
    return [str(one).replace(f"{COUNT}[l=", "").replace("]", "") for one in sums_in(rows, policy()).always]


def test_so_many_places_tell_a_sum():
    """Of all that there is two places with two parts will do, of a part of it four; a place without people is none."""
    few, more, none = [9, 8, 4, 3, 2, 1, 4, 3], [7, 5, 0, 0, 0, 0, 0, 0], [0] * 8
    both = [one + other for one, other in zip(few, more, strict=True)]
    assert always(a=few, b=more, c=both) == ["c = a + b"]
    assert always(a=few, b=[7, *none[1:]], c=[16, *few[1:]]) == []
    rest = [5, 1, 9, 2, 8, 3, 7, 4]
    assert always(a=few, b=more, c=both, d=rest) == []
    four = [7, 5, 3, 6, 0, 0, 0, 0]
    both = [one + other for one, other in zip(few, four, strict=True)]
    assert always(a=few, b=four, c=both, d=rest) == ["c = a + b"]
    assert always(a=[3, 2, 0, 0, 0, 0, 0, 0], b=[0] * 8, c=[3, 2, 0, 0, 0, 0, 0, 0]) == []


def test_so_much_is_nearly_a_sum():
    """Three places of four in which enough people are; of all that there is also with two beside each."""

    def nearly(*beside):
        few, more = [20 + 3 * i for i in range(8)], [20 + 7 * i % 11 for i in range(8)]
        other = [90 + 11 * i % 17 for i in range(8)] if beside[8:] else None
        both = [a + b + n for a, b, n in zip(few, more, beside, strict=False)]
        columns = {"a": few, "b": more, "c": both} | ({"d": other} if other else {})
        rows = [row(w, own[i], f"l={name}") for i, w in enumerate(WIJKEN) for name, own in columns.items()]
        return len(sums_in(rows, policy()).nearly)

    assert nearly(30, 30, 0, 0, 0, 0, 0, 0) == 1
    assert nearly(30, 30, 30, 0, 0, 0, 0, 0) == 0
    assert nearly(2, 1, 2, 1, 2, 1, 2, 1) == 1
    assert nearly(3, 4, 3, 4, 3, 4, 3, 4) == 0
    assert nearly(2, 1, 2, 1, 2, 1, 2, 1, True) == 0


def test_a_sum_of_some_of_the_parts_with_an_exception_is_asked_about():
    rows = by_wijk(a=lambda i: 20 + 7 * i % 11, b=lambda i: 30 + 5 * i % 13, c=lambda i: 50 + 7 * i % 11 + 5 * i % 13,
                   d=lambda i: 90 + 11 * i % 17)  # fmt: skip
    odd = with_more(rows, "l=c", w3=30)
    assert f"{COUNT}[l=c] = {COUNT}[l=a] + {COUNT}[l=b]" in map(str, judged_sums(rows, policy()))
    with pytest.raises(DataError, match="is this a sum"):
        judged_sums(odd, policy())


def test_the_attack_uses_sums_that_the_figures_show_or_that_it_is_told():
    rows, _ = labelled(WORDS["both sexes"], 2)
    found = sums_in(rows, policy()).always
    few = primary_only(rows)
    for known in (None, found):
        assert [*recovered({"verzonnen": few}, city(8), policy(), (), known)]
    assert not [*recovered({"verzonnen": [one for one in few if one.area_code != CITY]}, city(8), policy(), (), [])]


# Blanks


@pytest.mark.parametrize("status", ["m", "c"])
def test_a_blank_beside_a_total_may_be_nobody(status):
    blank = replace(row("w0", None), status=status)
    rows = [blank, row("w1", 8), row(CITY, 8)]
    assert published(rows, city(2)) == rows


def test_a_blank_that_a_total_tells_to_be_small_is_protected():
    rows = [replace(row("w0", None), status="m"), row("w1", 8), row("w2", 30), row(CITY, 41)]
    shown = published(rows, city(3))
    assert [one.value for one in shown] == [None, None, 30, 41]


@pytest.mark.parametrize("seed", range(40))
def test_random_blanks_give_no_crash_and_no_contradiction(seed):
    """A table of whole people of which some cells are blank is always possible."""
    rng = random.Random(seed)
    people = {(w, k): int(rng.expovariate(1 / 6)) for w in WIJKEN[:4] for k in "abc"}
    rows = [row(w, n, f"l={k}") for (w, k), n in people.items()]
    rows += [row(w, sum(people[w, k] for k in "abc")) for w in WIJKEN[:4]]
    rows += [row(CITY, sum(people[w, k] for w in WIJKEN[:4]), f"l={k}") for k in "abc"]
    rows = [replace(one, value=None, status=rng.choice("mmc")) if rng.random() < 0.2 else one for one in rows]
    try:
        protect.protect({"verzonnen": rows}, city(4), policy())
    except DataError as error:
        assert "cannot be protected" in error.problem  # a blank that everything else tells


@pytest.mark.parametrize("seed", range(12))
def test_blanks_and_sums_by_chance_contradict_nothing(seed):
    """With so many blanks three figures are the sum of others somewhere, and where a blank is they cannot be."""
    rng = random.Random(seed)
    people = {(w, k): int(rng.expovariate(1 / 3)) for w in WIJKEN[:6] for k in "abcde"}
    rows = [row(w, n, f"l={k}") for (w, k), n in people.items()]
    rows += [row(w, sum(people[w, k] for k in "abcde")) for w in WIJKEN[:6]]
    rows += [row(CITY, sum(people[w, k] for w in WIJKEN[:6]), f"l={k}") for k in "abcde"]
    rows += [row(CITY, sum(people.values()))]
    rows = [replace(one, value=None, status=rng.choice("mc")) if rng.random() < 0.4 else one for one in rows]
    try:
        protect.protect({"verzonnen": rows}, city(6), policy())
    except DataError as error:
        assert "cannot be protected" in error.problem


def test_an_open_column_that_is_a_sum_tells_no_hidden_count():
    rows = []
    for i, wijk in enumerate(WIJKEN):
        counts = {MEN: 3 + i, WOMEN: 9 + 2 * i, WHOLE: 12 + 3 * i}
        rows += [row(wijk, n, indicator=name) for name, n in counts.items()]
    shown = published(rows, city(8), policy(sensitive=[MEN, WOMEN]))
    hidden = {(one.area_code, one.indicator) for one in shown if one.value is None}
    assert {("w0", MEN), ("w0", WOMEN), ("w1", MEN), ("w1", WOMEN)} <= hidden
    assert all(one.value is not None for one in shown if one.indicator == WHOLE)
