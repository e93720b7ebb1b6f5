# SPDX-License-Identifier: EUPL-1.2
"""How a series went: growth, turns, first years that stand apart, and extremes that a missing figure could overturn."""

import math
from decimal import Decimal

import pytest
from invented_rows import areas, as_read, frame, tables  # noqa: F401 (a fixture)

from genk_armoede.errors import DataError
from genk_armoede.narration import age, course, derived, frames
from genk_armoede.narration.figure import Figure
from genk_armoede.tables import store


def series(*values, first=2030, unit="%"):
    return frame(*({"period": str(first + n), "value": v, "unit": unit} for n, v in enumerate(values)))


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ([("2030", 9, ""), ("2031", 7, "")], "In 2030 was dat 9%."),
        ([("2031", 7, ""), ("2030", 9, "")], "In 2030 was dat 9%."),
        ([("2030", 7, ""), ("2031", 7, "")], "In 2030 was dat ook 7%."),
        ([("2029", 1, ""), ("2030", 6, "b"), ("2031", 7, "")], "In 2030 was dat 6%."),
        ([("2029", 1, ""), ("2030", 6, "b")], "Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet."),
        ([("2030", 7, ""), ("2031", None, "m")], "Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet."),
        ([], "Een ouder cijfer dat op dezelfde manier geteld is, hebben we niet."),
    ],
)
def test_a_direction_stays_on_one_side_of_a_break(figures, told):
    rows = [{"period": p, "value": math.nan if v is None else v, "unit": "%", "status": s} for p, v, s in figures]
    said = course.direction(frame(*rows) if rows else frame({}).iloc[:0])
    assert as_read(said) == told


def test_the_direction_of_a_count_is_more_or_fewer():
    rows = frame({"period": "2030-05", "value": 9}, {"period": "2031-06", "value": 12})
    assert as_read(course.direction(rows)) == "Dat is 3 personen meer dan in mei 2030 (9 personen)."


def test_a_direction_of_two_series_is_refused():
    with pytest.raises(DataError, match="each period"):
        course.direction(frame({"value": 9}, {"value": 12}))


def test_change_is_growth_from_the_old_to_the_new():
    rows = frame(
        {"area": "a", "area_code": "1", "period": "2030", "value": 200},
        {"area": "a", "area_code": "1", "period": "2031", "value": 193},
    )
    (growth,) = frames.figures(course.change(rows, "2030", "2031"))
    assert (str(growth), growth.cells) == ("−3,5%", ("a.xlsx|B|C1", "a.xlsx|B|C2"))
    assert "2030" in growth.formula and "2031" in growth.formula


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"value": 0}, {"value": 50}),
        ({"status": "m"}, {"value": 50}),
        ({"value": 50}, {"status": "c"}),
        ({"value": 50, "area_code": "2"}, {"value": 50}),
        ({"value": 12}, {"value": 50}),  # too few people to divide by
    ],
)
def test_no_change_is_computed_from_zero_or_nothing(old, new):
    rows = frame({"area_code": "1", "period": "2030"} | old, {"area_code": "1", "period": "2031"} | new)
    assert course.change(rows, "2030", "2031").empty


def test_growth_is_not_computed_across_a_break():
    rows = frames.pick(store.load("schooltoelagen"), "leerlingen_met_schooltoelage_of_schooltoeslag", area="Limburg")
    with pytest.raises(DataError, match="breaks in 2019-2020"):
        course.change(rows, "2018-2019", "2019-2020")
    assert len(course.change(rows, "2014-2015", "2018-2019")) == 1


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((14, 8, 9), "In 2030 was dat 14%. Het laagste cijfer was 8% in 2031; daarna steeg het weer."),
        ((3, 9, 8), "In 2030 was dat 3%. Het hoogste cijfer was 9% in 2031; daarna daalde het weer."),
        (
            (14, 15.5, 8, 9),
            "In 2030 was dat 14%. Het hoogste cijfer was 15,5% in 2031, het laagste 8% in 2032; daarna steeg het weer.",
        ),
        ((14, 8, 10, 9), "In 2030 was dat 14%. Het laagste cijfer was 8% in 2031; daarna lag het weer hoger."),
        ((14, 12, 10), "In 2030 was dat 14%."),
        ((10, 20.2, 20), "In 2030 was dat 10%. Tegenover 2031 (20,2%) is het weer gedaald."),
    ],
)
def test_a_turn_is_told_beside_the_ends(values, told):
    assert as_read(course.direction(series(*values))) == told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ((14, 12, 10), "zakte van 14% in 2030 naar 10% in 2032"),
        ((14.3, 15.3, 8.1, 9.2), "zakte van 15,3% in 2031 naar 8,1% in 2032 en steeg naar 9,2% in 2033"),
        ((14.3, 15.3, 8.1, 9.3, 9.2), "was 15,3% in 2031, 8,1% in 2032 en 9,2% in 2034"),
        ((27.9, 30, 35.6, 35.3), "steeg van 27,9% in 2030 naar 35,6% in 2032 en zakte naar 35,3% in 2033"),
        ((433, 438, 422, 447), "zakte van 438% in 2031 naar 422% in 2032 en steeg naar 447% in 2033"),
        ((10, 20, 5, 30, 8, 9), "was 5% in 2032, 30% in 2033 en 9% in 2035"),
        ((27.6, 17.8, 18.6, 11.9), "was 27,6% in 2030 en 11,9% in 2033"),  # it went back in between
        ((7, 7), "bleef op 7% van 2030 tot 2031"),
        ((7,), "was 7% in 2030"),
    ],
)
def test_a_title_of_a_direction_skips_no_turn_and_ends_rightly(values, told):
    assert as_read(course.path(series(*values))) == told


def test_a_description_of_a_whole_series_begins_at_its_first_year():
    """The title of the newcomers of Genk fell from 2018; the line rises from 2014."""
    told = [
        as_read(course.told_path(list(zip(rows.period, frames.figures(rows), strict=True)), whole=True))
        for rows in (series(5, 8, 6, 9), series(9, 1, 8, 2, 7, 3, 6, 4))
    ]
    assert told == [
        "steeg van 5% in 2030 naar 8% in 2031, zakte naar 6% in 2032 en steeg naar 9% in 2033",
        "was 9% in 2030, 1% in 2031 en 4% in 2037",
    ]


def test_a_first_year_that_stands_apart_is_no_begin():
    values = (13, 14.8, 16.5, 16.4, 15.2, 14.4, 14.2)
    assert course.stands_apart(frames.figures(series(*(-v for v in values))))
    said = str(course.direction(series(*(-v for v in values))))
    assert said.startswith("In 2031") and said.endswith("2030 laten we weg: dat jaar week sterk af.")
    assert not course.stands_apart(frames.figures(series(14.3, 15.3, 13.7, 12.2, 11.0, 10.4, 10.6)))


def test_growth_from_a_year_that_stands_apart_is_refused():
    rows = series(16485, 16160, 15954, 16414, 17075, 17550, 18076, unit="EUR").assign(area_code="1")
    rows = rows.assign(value=[20000.0, *rows.value[1:]])
    with pytest.raises(DataError, match="2030 stands apart"):
        course.change(rows, "2030", "2036")
    assert len(course.change(rows, "2031", "2036")) == 1


def test_growth_from_a_break_is_refused_unless_the_text_says_why():
    rows = frame(
        {"area_code": "1", "period": "2030", "value": 200, "status": "b"},
        {"area_code": "1", "period": "2031", "value": 220},
    )
    with pytest.raises(DataError, match="begins anew in 2030"):
        course.change(rows, "2030", "2031")
    (growth,) = frames.figures(course.change(rows, "2030", "2031", because="verzonnen reden"))
    assert growth.value == 10 and "verzonnen reden" in growth.formula


def test_no_extreme_while_an_area_has_no_figure():
    low, high = course.ends(areas(a=3, b=1, c=2))
    assert (list(low.area), list(high.area)) == (["b"], ["a"])
    with pytest.raises(DataError, match="d has no figure"):
        course.ends(areas(a=3, b=1, d=None))


@pytest.mark.parametrize(
    ("share", "told"), [("-34.1", "een derde"), ("50", "de helft"), ("24.6", "een kwart"), ("41", "41%"), ("-8", "8%")]
)
def test_a_share_as_people_say_it(share, told):
    assert str(course.about(Figure(Decimal(share), "%", formula="verzonnen"))) == told


@pytest.mark.parametrize(
    ("period", "told"),
    [
        ("2030", "van dit jaar"),
        ("2030-02", "van dit jaar"),
        ("2029", "een half jaar oud"),
        ("2029-12", "een half jaar oud"),
        ("2028", "anderhalf jaar oud"),
        ("2028-08", "bijna twee jaar oud"),
        ("2027-05", "drie jaar oud"),
        ("2026-09-30", "bijna vier jaar oud"),
        ("2025-2026", "drieënhalf jaar oud"),
        ("2010-06", "20 jaar oud"),
        ("2010-09", "bijna 20 jaar oud"),
    ],
)
def test_the_age_of_a_figure_counts_from_the_end_of_its_period(monkeypatch, period, told):
    monkeypatch.setattr(store, "package", lambda: {"version": "2030-06-01"})
    assert age.age(period) == told


def test_residents_of_1_january_are_counted_from_that_day():
    """As a figure of 1 January 2025 that was called one year old at the end of 2026."""
    rows = derived.foreign_background()
    one = frames.figures(rows[(rows.area == "Genk") & (rows.period == "2025")])[0]
    whole, day = age.age("2025"), age.age("2025", one.cells[0])
    assert whole == age.age("2025-12") and day == age.age("2025-01-01") and whole != day


def test_school_years_and_calendar_years_are_no_one_series():
    mixed = frame(*({"period": p, "value": 5, "unit": "%"} for p in ("2029", "2030-2031")))
    for ask in (course.direction, lambda rows: course.change(rows, "2029", "2030-2031")):
        with pytest.raises(DataError, match="school years and calendar years in one series"):
            ask(mixed)


def test_figures_of_two_makers_are_no_one_course():
    """As two workbooks of one indicator whose publishers may count otherwise."""
    rows = [{"period": p, "value": 5 + n, "unit": "%"} for n, p in enumerate(("2029", "2030", "2031"))]
    other = ("wijken.xlsx", "Bevolking", "C6")
    rows[0] |= dict(zip(("source", "sheet", "cell"), other, strict=True))
    assert as_read(course.direction(frame(*rows))) == "In 2030 was dat 6%."
    assert "hebben we niet" in str(course.direction(frame(*rows[:2])))


def test_a_year_without_a_figure_could_overturn_an_extreme():
    rows = frame(*({"period": period, "value": value} for period, value in (("2030", 3), ("2032", 1), ("2033", 2))))
    with pytest.raises(DataError, match="a year in between"):
        course.ends(rows)
    assert [one.period.iloc[0] for one in course.ends(rows, of_known=True)] == ["2032", "2030"]
    assert [one.period.iloc[0] for one in course.ends(rows[1:])] == ["2032", "2033"]
    told = str(course.direction(rows))
    assert "Het laagste cijfer dat we kennen, was 1" in as_read(told)
