# SPDX-License-Identifier: EUPL-1.2
"""Figures made of figures keep the cells and the flags of what they are made of."""

from decimal import Decimal

import pytest
from invented_rows import as_read, fig, frame, tables  # noqa: F401 (a fixture)

from genk_armoede.errors import DataError
from genk_armoede.narration import arithmetic
from genk_armoede.observations.observation import STATUS


def test_a_total_adds_up_and_keeps_every_cell_once():
    both = arithmetic.total([fig(1, cells=("a|B|C1",)), fig("2.5", cells=("a|B|C2", "a|B|C1"))], "sectoren")
    assert (both.value, both.unit, both.cells) == (Decimal("3.5"), "personen", ("a|B|C1", "a|B|C2"))
    assert both.formula == "som van 2 sectoren"


@pytest.mark.parametrize("flag", "cmz")
def test_a_total_with_a_missing_part_is_missing(flag):
    both = arithmetic.total([fig(1), fig(None, status=flag)])
    assert both.value is None
    assert str(both) == STATUS[flag]


@pytest.mark.parametrize("parts", [[], [fig(1, "EUR"), fig(1, "personen")]])
def test_what_has_no_common_unit_does_not_add_up(parts):
    with pytest.raises(DataError, match="one unit"):
        arithmetic.total(parts)


def test_flags_of_the_parts_stay_with_the_whole():
    assert as_read(arithmetic.total([fig(1, status="p"), fig(2, status="e")])) == "3 personen (schatting, voorlopig)"


def test_a_difference_carries_both_cells():
    one = arithmetic.difference(fig(5, cells=("a|B|C1",)), fig(7, cells=("a|B|C2",)))
    assert (one.value, one.cells, one.unit) == (Decimal(-2), ("a|B|C1", "a|B|C2"), "personen")
    assert one.formula
    assert arithmetic.difference(fig(5, "%"), fig(3, "%")).unit == "procentpunt"


def test_a_ratio_carries_both_cells():
    one = arithmetic.ratio(fig(1, cells=("a|B|C1",)), fig(8, cells=("a|B|C2",)), "%", "deel van geheel")
    assert (one.value, one.cells, one.formula) == (Decimal("12.5"), ("a|B|C1", "a|B|C2"), "deel van geheel")
    assert arithmetic.ratio(fig(1), fig(8), "EUR", "").value == Decimal("0.125")


@pytest.mark.parametrize("compute", [arithmetic.difference, lambda a, b: arithmetic.ratio(a, b, "%", "verzonnen")])
@pytest.mark.parametrize(("one", "other"), [(fig(None, status="c"), fig(1)), (fig(1), fig(None, status="c"))])
def test_nothing_is_computed_from_what_is_missing(compute, one, other):
    assert compute(one, other).value is None
    assert str(compute(one, other)) == "vertrouwelijk"


def test_a_ratio_to_zero_is_not_applicable():
    assert str(arithmetic.ratio(fig(1), fig(0), "%", "verzonnen")) == "niet van toepassing"


@pytest.mark.parametrize(
    ("count", "share", "low", "high"),
    [(3815, "58.2", 6550, 6560), (2944, "59.8", 4919, 4927), (1, "100", 1, 1), (1, "50", 2, 2)],
)
def test_a_count_and_its_share_imply_a_range(count, share, low, high):
    ends = arithmetic.implied_range(fig(count, "leerlingen", cells=("a|B|B7",)), fig(share, "%", cells=("a|B|C7",)))
    assert [one.value for one in ends] == [low, high]
    assert {one.cells for one in ends} == {("a|B|B7", "a|B|C7")}
    assert all(one.unit == "leerlingen" and "afgerond" in one.formula for one in ends)


@pytest.mark.parametrize(("count", "share"), [(fig(None, status="c"), fig(50, "%")), (fig(9), fig(None, "%", "c"))])
def test_a_hidden_count_or_share_implies_nothing(count, share):
    assert [str(one) for one in arithmetic.implied_range(count, share)] == ["vertrouwelijk", "vertrouwelijk"]


def test_a_count_of_rows_knows_their_cells():
    one = arithmetic.count(frame({"value": 1}, {}), "domeinen")
    assert as_read(one) == "2 domeinen"
    assert one.cells == ("a.xlsx|B|C1", "a.xlsx|B|C2")


def test_who_cannot_be_placed_is_not_counted_as_a_sector():
    placed = {"area_code": "71016A00-", "value": 1}
    with pytest.raises(DataError, match="nowhere"):
        arithmetic.count(frame(placed, {"area_code": "71016ZZZZ", "value": 1}), "sectoren")
    assert arithmetic.count(frame(placed), "sectoren").value == 1


def test_a_total_is_not_counted_among_its_parts():
    parts = [{"breakdown": f"domein={name}", "value": 1} for name in "ab"]
    with pytest.raises(DataError, match="their total"):
        arithmetic.count(frame({"value": 2}, *parts), "domeinen")
    later = {"value": 2, "period": "2032"}
    assert [arithmetic.count(frame(*rows), "").value for rows in (parts, [{"value": 2}, later])] == [2, 2]
