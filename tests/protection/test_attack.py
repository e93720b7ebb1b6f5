# SPDX-License-Identifier: EUPL-1.2
"""What the attack concludes from what is public: cases in which one step less would see nothing. All are invented."""

from dataclasses import replace

from invented import CITY, COUNT, SHARE, WHOLE, city, policy, row

from genk_armoede.protection.attack import made_of_few, recovered

COMMIT = "c" * 40


def told(rows, inside, how=None, earlier=()):
    return {(one.row.area_code, one.row.breakdown) for one in recovered({"v": rows}, inside, how or policy(), earlier)}


def test_a_share_tells_its_count_as_far_as_it_is_rounded():
    """0,2 % of 2.000 is 3 to 5; 0,1 % of 5.000 is 3 to 7."""
    how = policy(derived={SHARE: {"from": [COUNT], "of": WHOLE}})

    def of(whole, share):
        return [row("w0", None), row("w0", whole, indicator=WHOLE), row("w0", share, indicator=SHARE)]

    assert told(of(2000, "0.2"), city(1), how) == {("w0", "")}
    assert told(of(5000, "0.1"), city(1), how) == set()


def test_an_earlier_figure_that_was_corrected_does_not_hide_what_others_tell():
    now = [row("w0", None), row("w1", None), row(CITY, 11)]
    earlier = [(COMMIT, row("w0", 0)), (COMMIT, row("w1", 8))]
    assert told(now, city(2)) == set()
    assert told(now, city(2), earlier=earlier) == {("w0", "")}


def test_a_blank_that_is_nobody_does_not_hide_what_others_tell():
    """Two hidden counts that are together 5 are 1 to 4."""
    blank = replace(row("w0", None, "l=a"), status="m")
    rows = [blank, row("w1", 8, "l=a"), row(CITY, 8, "l=a")]
    rows += [row("w0", None, "l=b"), row("w1", None, "l=b"), row(CITY, 5, "l=b")]
    assert {("w0", "l=b"), ("w1", "l=b")} <= told(rows, city(2))


def test_a_hidden_nobody_is_told_only_where_the_policy_hides_zeros():
    rows = [row("w0", None), row("w1", 9), row(CITY, 9)]
    assert told(rows, city(2), policy(zeros="hide")) == {("w0", "")}
    assert told(rows, city(2)) == set()


MEAN = "verzonnen_gemiddelde"
OF_MEN = policy(derived={MEAN: {"from": [COUNT], "of": COUNT}, SHARE: {"from": [COUNT], "of": WHOLE}})


def few(rows, inside, how=OF_MEN):
    return {(one.indicator, one.area_code) for one, _ in made_of_few(rows, inside, how, set())}


def means(**people):
    """A count and a mean of each of these areas."""
    counts = [row(CITY if area == "city" else area, n) for area, n in people.items()]
    return [*counts, *(replace(one, indicator=MEAN, unit="EUR") for one in counts)]


def test_a_mean_of_all_beside_those_of_most_tells_that_of_fewer_than_the_least():
    assert few(means(city=100, w0=81), city(2)) == {(MEAN, "w0")}
    assert few(means(city=100, w0=80), city(2)) == set()  # of 20 others
    assert few(means(city=100, w0=60, w1=40), city(2)) == set()  # there are no others


def test_a_share_of_all_beside_those_of_most_tells_no_other_share():
    """What a share tells of a count the attack works out."""
    rows = [row(area, n, indicator=name) for name, n in ((COUNT, 40), (WHOLE, 100)) for area in (CITY, "w0")]
    rows = [replace(one, value=one.value - 15) if one.area_code == "w0" else one for one in rows]
    assert few([*rows, row(CITY, 40, indicator=SHARE), row("w0", 29, indicator=SHARE)], city(2)) == set()


def test_a_difference_of_counts_that_are_nowhere_is_not_shown():
    how = policy(derived={MEAN: {"from": [COUNT]}})
    assert few([row("w0", 9, indicator=MEAN)], city(1), how) == {(MEAN, "w0")}
    assert few([row("w0", 9, indicator=MEAN), row("w0", 30)], city(1), how) == set()
