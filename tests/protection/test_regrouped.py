# SPDX-License-Identifier: EUPL-1.2
"""Groups that have another name since an earlier version. All figures and names are invented."""

from dataclasses import replace

import pytest
from invented import CITY, COUNT, city, judged, policy, row

from genk_armoede.errors import DataError
from genk_armoede.protection import protect
from genk_armoede.protection.attack import recovered
from genk_armoede.protection.found_sums import judged_sums
from genk_armoede.protection.regrouped import regrouped
from genk_armoede.protection.relations import Sum

WIJKEN = [f"w{i}" for i in range(6)]
COMMIT = "d" * 40


def table(key="soort", **groups):
    """Rows of some wijken: group → its counts, `c` for one that is hidden, `-` where it has no row."""
    return [
        row(w, None if n == "c" else n, f"{key}={name}")
        for name, counts in groups.items()
        for w, n in zip(WIJKEN, counts.split(), strict=False)
        if n != "-"
    ]


def before(*args, **groups):
    return [(COMMIT, one) for one in table(*args, **groups)]


def found(now, earlier, how=None):
    return [str(one).replace(COUNT, "") for one in regrouped(now, earlier, how or policy())[0]]


def test_a_group_under_another_name_is_found_where_hardly_a_place_shows_it():
    earlier = before(boom="12 c c 0", struik="c 9 c c")
    assert found(table(plant="3 9 2 1", loof="12 4 1 0"), earlier) == [
        "[soort=loof] = [soort=boom]",
        "[soort=struik] = [soort=plant]",
    ]
    assert found(table(boom="12 4 1 0", plant="3 9 2 1"), earlier) == ["[soort=struik] = [soort=plant]"]


def test_a_group_is_not_another_one_with_more_or_fewer_people_or_of_whom_nothing_is_told():
    assert found(table(loof="13 4 1 0"), before(boom="12 c c 0")) == []
    assert found(table(loof="12 4 0 0"), before(boom="12 c c 0")) == []  # a hidden count is at least one
    assert found(table(loof="12 4 1"), before(boom="- - - - 7 c")) == []
    assert found(table(loof="0 0 0"), before(boom="0 0 0")) == []
    assert found(table(boom="12 4"), before(boom="12 c", struik="c 5")) == []
    blank = [(COMMIT, replace(one, status="m")) for _, one in before(boom="c")]
    assert found(table(loof="0 5"), [*blank, *before(boom="- 5")]) == ["[soort=loof] = [soort=boom]"]
    assert found(table(boom="12 4", loof="1 5"), before(boom="12 c")) == []


def test_groups_that_were_taken_apart_put_together_or_both_are_found():
    split = found(table(berk="7 3 1", eik="5 1 0", den="9 2 8"), before(boom="12 c c", den="9 c 8"))
    assert split == ["[soort=boom] = [soort=berk] + [soort=eik]"]
    merged = found(table(boom="12 c 1", den="9 2 8"), before(berk="7 c c", eik="c c 0", den="9 c 8"))
    assert merged == ["[soort=boom] = [soort=berk] + [soort=eik]"]
    both = found(table(kort="8 6", lang="4 2"), before(berk="9 c", eik="c 5"))
    assert both == ["[soort=kort] + [soort=lang] = [soort=berk] + [soort=eik]"]
    how = policy(relations=[judged(both[0].replace("[", f"{COUNT}["))])
    assert found(table(kort="8 6", lang="4 2"), before(berk="9 c", eik="c 5"), how) == []


def test_a_total_and_its_parts_under_other_names_are_each_found():
    earlier = before(alles="12 c c", boom="8 c 0", struik="c c 5")
    now = table(geheel="12 6 5", loof="8 4 0", plant="4 2 5")
    assert found(now, earlier) == [
        "[soort=geheel] = [soort=alles]",
        "[soort=loof] = [soort=boom]",
        "[soort=struik] = [soort=plant]",
    ]


def test_a_key_under_another_name_is_seen():
    earlier = before("soort", boom="12 c", struik="c 9")
    assert len(found(table("klasse", boom="12 4", struik="3 9"), earlier)) == 2
    assert found(table("klasse", boom="12 4", struik="3 9") + table("soort", boom="12 4", struik="3 9"), earlier) == []


def test_a_few_corrected_figures_leave_a_name_known():
    earlier = before(boom="12 30 7 9 8 5")
    assert found(table(loof="12 30 7 9 8 6"), earlier) == ["[soort=loof] = [soort=boom]"]
    assert found(table(loof="12 30 7 6 9 6"), earlier) == []
    assert found(table(loof="12 30 8"), before(boom="12 30 7")) == []


def test_a_rounded_figure_is_about_as_many():
    rounded = [(COMMIT, replace(one, status="e")) for _, one in before(boom="15 20")]
    assert found(table(loof="13 22"), rounded) == ["[soort=loof] = [soort=boom]"]
    assert found(table(loof="13 25"), rounded) == []


def test_what_figures_leave_open_is_asked_until_the_policy_tells():
    earlier = before(boom="c c 0", struik="c c 0")
    now = table(loof="4 3 0", plant="2 6 0")
    with pytest.raises(DataError, match=r"another name now.*\[soort=loof\] = .*\[soort=boom\]") as error:
        judged_sums(now, policy(), earlier)
    of_before = Sum((COUNT, "soort=boom"), ((COUNT, "soort=struik"), (COUNT, "soort=varen")))
    with pytest.raises(DataError, match="another name now"):
        judged_sums(now, policy(), earlier, [of_before])  # which says nothing of now
    first = f"{COUNT}[soort=loof] = {COUNT}[soort=boom]"
    assert first in error.value.do
    rest = "[soort=struik] = [soort=plant]"
    assert found(now, earlier, policy(relations=[judged(first, "yes")])) == [first.replace(COUNT, ""), rest]
    other = found(now, earlier, policy(relations=[judged(first)]))
    assert "[soort=struik] = [soort=loof]" in other


def test_what_figures_settle_is_not_asked():
    """`boom` is `loof`, so that nothing else is."""
    now = table(loof="12 1 1", plant="3 2 1", mos="4 5 1")
    _, asked = regrouped(now, before(boom="12 c c", struik="c c c", varen="c c c"), policy())
    assert asked and not any("loof" in str(one) for one in asked)


def test_a_group_that_is_new_is_not_taken_for_a_part_without_a_question():
    earlier = before(alles="12 11 9 20 c")
    now = table(loof="8 5 4 8 1", plant="4 6 5 12 1", mos="0 0 0 0 3")
    answers, asked = regrouped(now, earlier, policy())
    assert answers == [] and len(asked) == 2
    assert f"{COUNT}[soort=alles] = {COUNT}[soort=loof] + {COUNT}[soort=plant]" in map(
        str, judged_sums(now, policy(), earlier)
    )  # which most places tell


def test_what_is_told_under_another_name_is_hidden():
    """Of the 11 trees in w0 8 were oaks, as an earlier version says: 3 were birches, which it hid."""
    earlier = before(berk="c c", eik="8 c")
    now = table(boom="11 21")
    how = policy(relations=[judged(f"{COUNT}[soort=boom] = {COUNT}[soort=berk]")])
    shown = protect.protect({"v": now}, city(2), how, earlier, judged_sums(now, how, earlier)).tables["v"]
    assert [one.area_code for one in shown if one.value is None] == ["w0"]
    assert protect.protect({"v": now}, city(2), how, earlier, []).tables["v"] == now


def test_a_name_of_before_is_not_held_against_other_groups():
    """What is everywhere more than `varen` is by chance: of those who were called `boom` the row of now tells."""
    earlier = before(boom="12 30 7 9 8 5")
    now = table(loof="12 30 7 9 8 5", varen="6 5 1 5 6 4")
    assert not any(one.or_more and "soort=boom" in str(one) for one in judged_sums(now, policy(), earlier))
    assert any(one.or_more and "soort=loof" in str(one) for one in judged_sums(now, policy(), earlier))


TOTAL = row("w0", 20)


def told(now, then, sums=()):
    found = recovered({"v": now}, city(2), policy(), [(COMMIT, one) for one in then], list(sums))
    return [one.row.breakdown for one in found]


def test_parts_of_a_total_are_those_of_one_version():
    """Of 20 in w0 9 were in a group that stays; of the other 11 one part was 8, and is with the rest now."""
    then = [*table(berk="c", eik="8", den="9"), TOTAL]
    now = [*table(boom="11", den="9"), TOTAL]
    assert told(now, then) == ["soort=berk"]
    assert told(now, [*table(berk="c", eik="c", den="9"), TOTAL]) == []
    boom = Sum((COUNT, "soort=boom"), ((COUNT, "soort=berk"), (COUNT, "soort=eik")), where_given=True)
    assert told(now, then, [boom]) == [
        "soort=berk"
    ]  # a total of what the other version has, which stands beside others


def test_a_total_of_now_is_of_the_groups_of_before():
    """Unless groups of now are more: then those of before were not all."""
    assert told([TOTAL], table(berk="c", eik="8", den="9")) == ["soort=berk"]
    more = replace(row("w0", None, "soort=eik"), status="m")
    now = [TOTAL, row("w1", None), more, *table(berk="c c", den="9"), row(CITY, 14, "soort=berk")]
    assert told(now, table(berk="c", den="9")) == []


def test_a_group_that_came_beside_others_contradicts_none_of_before():
    """Then 20 were 11 and 9; since it was corrected they are 25, with 5 more of whom nothing was known."""
    now = [row("w0", 25), *table(eik="11", den="9", mos="5")]
    assert told(now, [TOTAL, *table(eik="11", den="9")]) == []
