# SPDX-License-Identifier: EUPL-1.2
"""Charts: what the picture shows, what the words say of it, and the same bytes each time."""

import base64
import json
import math
import random
import re
import struct
from collections import Counter
from decimal import Decimal
from html import unescape
from itertools import combinations, pairwise
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, copy_of
from invented_rows import as_read, fig, told
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath

import genk_armoede as ga
from genk_armoede.errors import DataError
from genk_armoede.narration import division, frames, prose
from genk_armoede.narration.charts import maps
from genk_armoede.narration.charts import series as series_charts
from genk_armoede.narration.charts.words import open_words
from genk_armoede.narration.figure import Figure
from genk_armoede.observations.observation import COLUMNS
from genk_armoede.tables import store

DRAWN = 'clip-path="url(#'  # in an SVG: what shows data, and grid lines
GRID, DATA = "#d9d9d9", ("#12436d", "#b8480a", "#404040", "#801650", "#8c8c8c")
BREAK = "stroke-dasharray: 4,3"


@pytest.fixture(scope="module", autouse=True)
def desk(tmp_path_factory):
    """A copy of the repository to draw in."""
    root = copy_of(ROOT, tmp_path_factory.mktemp("desk"), "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GENK_ARMOEDE_ROOT", str(root))
        yield root


def frame(*rows: dict) -> pd.DataFrame:
    """Invented rows, each with a cell of its own."""
    plain = dict.fromkeys(COLUMNS, "") | {"indicator": "verzonnen", "period": "2031", "unit": "personen"}
    plain |= {"value": math.nan, "source": "wijken.xlsx", "sheet": "Bevolking"}
    return pd.DataFrame([plain | {"cell": f"C{5 + i}"} | row for i, row in enumerate(rows, 1)]).astype(
        {"value": "float64"}
    )


def areas(**values: float | None) -> pd.DataFrame:
    return frame(*({"area": area} | told(value) for area, value in values.items()))


def series(**values: list) -> pd.DataFrame:
    """A row a label and year from 2030; `None` is not published, `b5` is 5 after a break, `p5` provisional."""
    rows = []
    for area, numbers in values.items():
        for year, number in enumerate(numbers, start=2030):
            row = {"area": area, "period": str(year), "status": "m"}
            if number is not None:
                text = str(number)
                row |= {"value": float(text.lstrip("bp")), "status": text.rstrip("-0123456789.")}
            rows.append(row)
    return frame(*rows)


def wijken(**other: float) -> pd.DataFrame:
    """A row a wijk, with invented figures."""
    names = [feature["properties"]["wijk"] for feature in division.wijken()]
    return areas(**{name: float(i) for i, name in enumerate(sorted(names), start=1)} | other)


def svg(root: Path, name: str = "99_invented") -> str:
    return (root / f"figures/{name}.svg").read_text(encoding="utf-8")


def texts(picture: str) -> list[str]:
    """The words in a picture."""
    return [as_read(unescape(text)) for text in re.findall(r"<text[^>]*>(.*?)</text>", picture)]


def paths(picture: str) -> list[tuple[list[list[tuple[float, float]]], str]]:
    """Every drawn path: its pieces as points, and its style."""
    found = re.findall(r'<path d="([^"]*)"\s*clip-path="[^"]*"\s*style="([^"]*)"', picture)
    result = []
    for data, style in found:
        pieces = [re.findall(r"(-?[\d.]+) (-?[\d.]+)", piece) for piece in data.split("M")[1:]]
        result.append(([[(float(x), float(y)) for x, y in piece] for piece in pieces], style))
    return result


def frame_of(picture: str) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is seen of the data."""
    box = re.search(r'<clipPath id="[^"]*">\s*<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)"', picture)
    left, top, width, height = map(float, box.groups())
    return left, top, left + width, top + height


def bars_of(picture: str) -> list[tuple[float, float]]:
    """Left and right end of every bar, from top to bottom."""
    boxes = [piece for pieces, style in paths(picture) if "fill: #12436d" in style for piece in pieces]
    ends = [(min(y for _, y in box), min(x for x, _ in box), max(x for x, _ in box)) for box in boxes]
    return [(left, right) for _, left, right in sorted(ends)]


def strokes(picture: str) -> list[list[tuple[float, float]]]:
    """Every unbroken piece of every line of data."""
    return [
        piece
        for pieces, style in paths(picture)
        for piece in pieces
        if "fill: none" in style
        and style.partition("stroke: ")[2][:7] in DATA
        and len(piece) > 1
        and BREAK not in style
    ]


MARK = re.compile(r'<use xlink:href="#(\w+)" x="([^"]*)" y="([^"]*)" style="([^"]*)"')


def marks(picture: str) -> list[tuple[float, float, str]]:
    """Every marker: where it stands, and its style."""
    return [(float(x), float(y), style) for _, x, y, style in MARK.findall(picture)]


def shapes(picture: str) -> list[str]:
    """What every marker looks like."""
    return [shape for shape, *_ in MARK.findall(picture)]


# --- what cannot be drawn ---


@pytest.mark.parametrize("kind", ["bars", "lines", "multiples", "ranges", "ranking", "spark", "stacked", "strips"])
def test_nothing_is_not_drawn(desk, kind):
    names = ("area", "indicator") if kind in ("multiples", "stacked") else ("area",)
    with pytest.raises(DataError, match="nothing to draw"):
        getattr(ga, kind)(frame({"area": "a"}).iloc[:0], *names, "99_nothing", "Titel")
    assert not (desk / "figures/99_nothing.svg").exists()


@pytest.mark.parametrize("kind", [ga.bars, ga.ranking, ga.lines, ga.spark])
def test_what_is_not_there_is_not_marked(kind):
    with pytest.raises(DataError, match="no Gank to mark"):
        kind(areas(Genk=1, a=2), "area", "99_nothing", "Titel", mark="Gank")


@pytest.mark.parametrize("values", [{}, {"Bokrijk": None}])
def test_a_map_without_figures_is_not_drawn(values):
    with pytest.raises(DataError, match="nothing to draw"):
        ga.tiles(areas(**values) if values else wijken().iloc[:0], "99_nothing", "Titel")


def test_a_label_for_each_bar():
    with pytest.raises(ValueError):
        ga.bars(areas(a=1, b=2), ["one"], "99_invented", "Titel")


def test_a_wijk_that_is_not_on_the_map_is_refused():
    with pytest.raises(DataError, match="Verzonnen"):
        ga.tiles(wijken(Verzonnen=999), "99_invented", "Titel")


@pytest.mark.parametrize("kind", ["tiles", "lines"])
def test_two_figures_for_one_place_are_refused(kind):
    twice = pd.concat([wijken(), wijken()])
    with pytest.raises(DataError):
        ga.tiles(twice, "99_invented", "T") if kind == "tiles" else ga.lines(twice, "area", "99_invented", "T")


# --- bars ---


@pytest.mark.parametrize("values", [(80, 100, 20), (58.2, 59.8, 59)])
def test_bars_begin_at_zero_and_are_as_long_as_their_values(desk, values):
    ga.bars(areas(**dict(zip("abc", values, strict=True))), "area", "99_invented", "Titel")
    ends = bars_of(svg(desk))
    assert [left for left, _ in ends] == pytest.approx([frame_of(svg(desk))[0]] * 3, abs=0.01)
    lengths = [right - left for left, right in ends]
    assert [length / lengths[1] for length in lengths] == pytest.approx([v / values[1] for v in values], abs=0.001)


def test_bars_write_label_and_value(desk):
    ga.bars(frame({"area": "a", "value": 58.2, "unit": "%"}), "area", "99_invented", "Titel")
    assert {"a", "58,2%", "Titel", "%, 2031"} <= set(texts(svg(desk)))


def test_a_missing_bar_says_that_it_is_not_published(desk):
    chart = ga.bars(areas(a=5, b=None, c=0), "area", "99_invented", "Titel")
    assert texts(svg(desk)).count("geen cijfer") == 1
    assert "0" in texts(svg(desk))  # a true zero is a figure
    assert [as_read(row["Waarde"]) for row in chart.rows] == ["5 personen", "geen cijfer", "0 personen"]
    assert "met 2 waarden" in chart.description and "Geen cijfer: 1." in chart.description


def test_a_hidden_bar_says_that_it_is_hidden(desk):
    ga.bars(frame({"area": "a", "value": 5}, {"area": "b", "status": "c"}), "area", "99_invented", "Titel")
    assert "vertrouwelijk" in texts(svg(desk))


@pytest.mark.parametrize("status", "cz")
def test_what_is_hidden_is_not_counted_as_not_published(status):
    rows = frame({"area": "a", "value": 5}, {"area": "b", "status": status})
    assert "geen cijfer" not in ga.bars(rows, "area", "99_invented", "Titel").description.lower()
    none = ga.bars(rows.iloc[1:], "area", "99_invented", "Titel").description.lower()
    assert "geen van de 1 waarden is gepubliceerd" not in none


def test_bars_of_which_none_is_published(desk):
    chart = ga.bars(areas(a=None, b=None), "area", "99_invented", "Titel")
    assert texts(svg(desk)).count("geen cijfer") == 2
    assert "zonder cijfers. Geen cijfer: 2." in chart.description


def test_bars_take_a_breakdown_for_their_label(desk):
    rows = frame({"breakdown": "soort=een", "value": 1}, {"value": 3})
    ga.bars(rows, "soort", "99_invented", "Titel")
    assert {"een", "totaal"} <= set(texts(svg(desk)))


# --- rankings ---


def test_areas_are_ranked_from_high_to_low():
    chart = ga.ranking(areas(a=1, b=3, c=-2), "area", "99_invented", "Titel")
    assert [row["Gebied"] for row in chart.rows] == ["b", "a", "c"]
    assert "Hoogste: b, 3" in chart.description and "Laagste: c, −2" in chart.description


def test_areas_without_a_figure_stand_last_and_say_so(desk):
    chart = ga.ranking(areas(b=None, a=1, c=3), "area", "99_invented", "Titel")
    assert [row["Gebied"] for row in chart.rows] == ["c", "a", "b"]
    assert texts(svg(desk)).count("geen cijfer") == 1 and "Geen cijfer: 1." in chart.description
    assert sum(right > left for left, right in bars_of(svg(desk))) == 2


def bold(picture: str) -> list[str]:
    """The words in a picture that are drawn bold, but for its title."""
    found = re.findall(r'<text style="([^"]*)"[^>]*>(.*?)</text>', picture)
    return [text for style, text in found if "700" in style and text != "Titel"]


def test_a_marked_area_stands_out_without_colour_and_has_its_place(desk):
    chart = ga.ranking(areas(a=1, Genk=2, b=3, c=2), "area", "99_invented", "Titel", mark="Genk")
    assert sorted(bold(svg(desk))) == ["2", "Genk"]
    assert "Genk: 2 personen, plaats 2 van 4, gedeeld." in as_read(chart.description)


def test_equal_ends_are_named_together():
    words = ga.ranking(areas(a=1, b=3, c=3, d=1), "area", "99_invented", "Titel").description
    assert "Hoogste: b en c, 3" in words and "Laagste: a en d, 1" in words
    assert "4 waarden: allemaal 1" in ga.ranking(areas(a=1, b=1, c=1, d=1), "area", "99_x", "Titel").description


@pytest.mark.parametrize("kind", [ga.bars, ga.ranking])
def test_an_unsure_figure_is_drawn_open_with_words(desk, kind):
    rows = frame({"area": "a", "value": 5}, {"area": "b", "value": 4, "status": "p"})
    chart = kind(rows, "area", "99_invented", "Titel")
    assert chart.note == "Open staaf: voorlopig."
    assert {"4 (voorlopig)", chart.note} <= set(texts(svg(desk)))
    assert svg(desk).count("fill: #ffffff; stroke: #12436d") == 1


# --- rankings and strips of a survey ---


def survey(**values: int | None) -> pd.DataFrame:
    return areas(**values).assign(unit="%")


ASKED = Figure(Decimal(2400), "deelnemers", "", ("wijken.xlsx|Bevolking|C6",))


@pytest.mark.parametrize("kind", ["ranking", "strips"])
def test_what_a_survey_cannot_rank_is_not_ranked(desk, kind):
    rows = survey(Genk=20, a=21, b=10, c=40, d=None)
    if kind == "ranking":
        chart = ga.ranking(rows, "area", "99_invented", "Titel", mark="Genk", respondents=ASKED)
    else:
        chart = ga.strips(rows, ["vraag"] * 5, "99_invented", "Titel", respondents=ASKED)
    words = chart.description
    assert "Genk 20%; duidelijk hoger: c (40%); duidelijk lager: b (10%); " in words
    assert "niet te onderscheiden van Genk: a." in words and "Geen cijfer: 1." in words
    assert not re.search("plaats|hoogste:|laagste:|rang", words.lower())
    assert chart.note.endswith("Grijs: geen duidelijk verschil met Genk.")
    assert "Grijs:" in " ".join(texts(svg(desk)))


def test_what_cannot_be_told_apart_is_grey_and_every_figure_stands_at_the_end_of_its_bar(desk):
    rows = survey(Genk=20, a=21, b=10, c=40)
    ga.ranking(rows, "area", "99_invented", "Titel", mark="Genk", respondents=ASKED)
    fills = Counter(style.partition("fill: ")[2][:7] for _, style in paths(svg(desk)))
    assert (fills["#8c8c8c"], fills["#12436d"], fills["#b8480a"]) == (1, 2, 1)
    ends = {round(float(x)) for x in re.findall(r'<text[^>]*? x="([\d.]+)"[^>]*>\d+%<', svg(desk))}
    bars = {round(x1) for _, _, x1, *_ in drawn_places(svg(desk))}
    assert len(ends) == 4 and {end - bar for end, bar in zip(sorted(ends), sorted(bars), strict=True)} <= {6, 7, 8}


def test_grey_is_not_explained_where_nothing_is_grey():
    rows = survey(Genk=20, b=10, c=40)
    assert ga.ranking(rows, "area", "99_invented", "T", mark="Genk", respondents=ASKED).note == ""
    assert "Grijs" not in ga.strips(rows, ["vraag"] * 3, "99_invented", "T", respondents=ASKED).note


def test_one_question_is_a_ranking_and_several_are_strips(desk):
    one = ga.answers({"sport": "neemt_deel, sport"}, "99_invented", "Sport", "Genk: {n}")
    assert [row["Gebied"] for row in one.rows].count("Genk") == 1 and len(one.rows) == 13
    assert one.title == "Genk: 75%" and one.unit.startswith("Sport, % van wie antwoordde, 20")
    two = ga.answers({"sport": "neemt_deel, sport", "geluk": "gelukkig"}, "99_invented", "Twee vragen", "Titel")
    assert [list(row) for row in two.rows] == [["Gebied", "sport", "geluk"]] * 13 and two.rows[0]["Gebied"] == "Genk"


def test_strips_show_one_area_among_the_others(desk):
    rows = pd.concat([areas(Genk=5, a=1, b=9), areas(Genk=2, a=2, b=2)])
    chart = ga.strips(rows, ["huur"] * 3 + ["energie"] * 3, "99_invented", "Titel")
    words = as_read(chart.description)
    assert "huur: Genk 5 personen; de andere van 1 persoon (a) tot 9 personen (b)." in words
    assert {"huur", "energie", "Genk 5", "Genk 2", "a 1", "b 9"} <= set(texts(svg(desk)))
    assert [list(row) for row in chart.rows] == [["Gebied", "huur", "energie"]] * 3
    dots = [(x, y) for x, y, style in marks(svg(desk)) if "#12436d" in style]
    assert len(dots) == 4 and len(set(dots)) == 3  # equal figures stand at the same place, their own
    assert [style.partition("fill: ")[2][:7] for *_, style in marks(svg(desk))].count("#b8480a") == 2


def test_each_row_of_strips_begins_at_its_lowest_and_all_have_the_same_scale(desk):
    rows = pd.concat([areas(Genk=52, a=50, b=60), areas(Genk=1, a=3, b=4)])
    ga.strips(rows, ["hoog"] * 3 + ["laag"] * 3, "99_invented", "Titel")
    places = {(row, column): left for left, _, _, _, row, column, _ in drawn_places(svg(desk))}
    (genk, a, b), (genk_low, a_low, b_low) = ([places[row, column] for row in range(3)] for column in (1, 2))
    assert a == genk_low < genk < b and a_low < b_low
    assert (b - a) / (b_low - a_low) == pytest.approx(10, rel=0.1)
    assert {"a 50", "b 60", "b 4"} <= set(texts(svg(desk)))
    assert "a 3" not in texts(svg(desk)) and "Genk" in texts(svg(desk))  # at that end stands Genk itself


@pytest.mark.parametrize("rows", [areas(a=1, b=2), areas(Genk=1).iloc[[0, 0]]])
def test_strips_need_the_marked_area_once_an_item(rows):
    with pytest.raises(DataError):
        ga.strips(rows, ["vraag"] * len(rows), "99_invented", "Titel")


def test_a_strip_says_that_the_marked_area_is_not_published(desk):
    words = ga.strips(survey(Genk=None, a=1, b=2), ["vraag"] * 3, "99_x", "Titel", respondents=ASKED).description
    assert "Genk geen cijfer; de andere van 1% (a) tot 2% (b)." in words
    assert "Genk: geen cijfer" in texts(svg(desk, "99_x"))


# --- ranges ---


def bounds(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return frame(
        *(
            {"area": area, "unit": "%", "breakdown": f"grens={bound}" if bound else ""} | told(value)
            for area, bound, value in rows
        )
    )


def test_a_published_range_is_a_bar_that_is_open_behind_its_lower_bound(desk):
    rows = bounds(("Genk", "bovengrens", 48), ("Genk", "ondergrens", 40), ("a", "", 24))
    chart = ga.ranges(rows, "area", "99_invented", "Titel")
    low, high, other = sorted(drawn_places(svg(desk)), key=lambda place: (place[4], place[5]))
    zero = other[0]
    assert low[0] == zero and low[2] == high[0]
    assert (low[2] - zero) / (high[2] - zero) == pytest.approx(40 / 48, abs=0.01)
    assert "40 tot 48%" in texts(svg(desk))
    assert "Genk: minstens 40% tot hoogstens 48%. a: 24%." in chart.description
    assert list(chart.rows[0]) == ["Gebied", "Minstens", "Hoogstens", "Waarde"]
    assert "Open deel: van de ondergrens tot de bovengrens." in chart.note


@pytest.mark.parametrize(("bound", "words"), [("ondergrens", "minstens 40%"), ("bovengrens", "hoogstens 40%")])
def test_a_bare_bound_stays_open(desk, bound, words):
    chart = ga.ranges(bounds(("Genk", bound, 40), ("a", "", 90)), "area", "99_invented", "Titel")
    assert f"Genk: {words}." in chart.description
    written = re.search(rf'<text[^>]* x="([\d.]+)"[^>]*>{words}<', as_read(svg(desk)))
    end = marks(svg(desk))[0][0]
    assert (float(written[1]) > end) == (bound == "ondergrens")


def test_a_range_that_is_not_published_says_so(desk):
    rows = bounds(("Genk", "ondergrens", None), ("Genk", "bovengrens", None))
    assert "Genk: geen cijfer" in ga.ranges(rows, "area", "99_invented", "Titel").description
    assert "geen cijfer" in texts(svg(desk))


def test_two_lower_bounds_are_no_range():
    with pytest.raises(DataError, match="two figures"):
        ga.ranges(bounds(("Genk", "ondergrens", 1), ("Genk", "ondergrens", 2)), "area", "99_invented", "Titel")


# --- parts of a whole ---


def parts(unit: str = "woningen", **rows: tuple) -> pd.DataFrame:
    return frame(
        *(
            {"area": area, "breakdown": f"deel={part}", "unit": unit} | told(value, "c")
            for area, values in rows.items()
            for part, value in zip("xyzvw", values, strict=False)
        )
    )


def stacks(picture: str) -> list[list[float]]:
    """The lengths of the pieces of each bar, from top to bottom."""
    rows: dict[float, list[float]] = {}
    for pieces, style in paths(picture):
        if "stroke: #404040" in style and "fill: none" not in style:
            for box in pieces:
                xs, ys = zip(*box, strict=True)
                rows.setdefault(round(min(ys)), []).append(max(xs) - min(xs))
    return [lengths for _, lengths in sorted(rows.items())]


def test_counts_become_shares_that_know_their_cells(desk):
    chart = ga.stacked(parts(a=(1, 3), b=(9, 1)), "area", "deel", "99_invented", "Titel")
    assert [row["Gebied"] for row in chart.rows] == ["b", "a"]  # ranked by the first part
    drawn = stacks(svg(desk))
    assert [[piece / sum(row) for piece in row] for row in drawn] == [
        pytest.approx(shares, abs=0.001) for shares in ([0.9, 0.1], [0.25, 0.75])
    ]
    assert [as_read(chart.rows[1][key]) for key in ("x", "x (%)")] == ["1 woning", "25,0%"]
    assert len(chart.rows[1]["x (%)"].cells) == 2 and "som" in chart.rows[1]["x (%)"].formula
    assert {"x", "90%", "25%"} <= set(texts(svg(desk)))
    assert "X: hoogste in b (90,0%), laagste in a (25,0%)." in chart.description


def test_parts_stand_in_the_order_given():
    rows = parts(a=(10, 60, 30), unit="%")
    chart = ga.stacked(rows, "area", "deel", "99_invented", "Titel", order=["y", "z", "x"])
    assert list(chart.rows[0]) == ["Gebied", "y", "z", "x"]
    assert "van links naar rechts: y, z en x." in chart.description


def test_labels_that_are_no_areas_keep_their_order():
    rows = parts(a=(1, 3), b=(9, 1)).assign(area="Genk", period=["2030", "2030", "2031", "2031"])
    chart = ga.stacked(rows, "period", "deel", "99_invented", "Titel")
    assert [row["Periode"] for row in chart.rows] == ["2030", "2031"]


def test_a_bar_of_which_a_part_is_hidden_is_not_drawn(desk):
    chart = ga.stacked(parts(a=(1, 3), b=(None, 1)), "area", "deel", "99_invented", "Titel")
    assert len(stacks(svg(desk))) == 1 and "vertrouwelijk" in texts(svg(desk))
    assert "Vertrouwelijk: 1." in chart.description


@pytest.mark.parametrize(
    "rows", [parts(a=(40, 5), unit="%"), parts(a=(1, 2, 3), b=(1, 2)), pd.concat([parts(a=(1, 2))] * 2)]
)
def test_what_is_no_whole_is_not_stacked(rows):
    with pytest.raises(DataError):
        ga.stacked(rows, "area", "deel", "99_invented", "Titel")


def test_shares_that_were_rounded_are_stacked():
    ga.stacked(parts(a=(33, 33, 33), unit="%"), "area", "deel", "99_invented", "Titel")


def test_parts_are_told_apart_by_lightness(desk):
    for count in range(2, 6):
        ga.stacked(parts(a=(20,) * count), "area", "deel", "99_invented", "Titel")
        fills = re.findall(r"style=\"fill: #([0-9a-f]{6}); stroke: #404040", svg(desk))
        light = [sum(bytes.fromhex(fill)) for fill in dict.fromkeys(fills)]
        assert len(light) == count and all(b - a > 100 for a, b in pairwise(light))


# --- lines ---


def crosses(piece: list[tuple[float, float]], place: float) -> bool:
    return min(x for x, _ in piece) < place < max(x for x, _ in piece)


def test_a_line_is_cut_at_a_break_and_says_so(desk):
    chart = ga.lines(series(a=[1, 2, "b8", 9], b=[4, 5, "b6", 7]), "area", "99_invented", "Titel")
    picture = svg(desk)
    (dashed,) = (pieces[0] for pieces, style in paths(picture) if BREAK in style)
    assert len(strokes(picture)) == 4
    assert len(marks(picture)) == 8
    assert not any(crosses(piece, dashed[0][0]) for piece in strokes(picture))
    assert "breuk in de reeks" in texts(picture)
    assert "De reeks breekt in 2032: vergelijk niet over de breuk heen." in chart.description
    plain = as_read(chart.description)
    assert plain.endswith(
        "A daarvoor: steeg van 1 in 2030 naar 2 in 2031. B daarvoor: steeg van 4 in 2030 naar 5 in 2031."
    )
    assert plain.startswith("Lijndiagram met 2 lijnen, 2030 tot 2033. A: steeg van 8 in 2032 naar 9 in 2033. B: ")


def test_the_provinces_are_cut_where_the_allowance_changed(desk):
    rows = frames.pick(store.load("schooltoelagen"), "leerlingen_met_schooltoelage_of_schooltoeslag")
    chart = ga.lines(rows, "area", "99_invented", "Titel", mark="Limburg")
    assert [len(piece) for piece in strokes(svg(desk))] == [5] * 5
    assert len(marks(svg(desk))) == 6 + 4  # what no line joins has a marker
    assert "breekt in 2019–2020" in chart.description


def test_without_a_break_a_line_is_whole(desk):
    chart = ga.lines(series(a=[1, 2, 3]), "area", "99_invented", "Titel")
    assert [len(piece) for piece in strokes(svg(desk))] == [3]
    assert "breuk" not in " ".join(texts(svg(desk))) and "breekt" not in chart.description


def test_a_line_is_open_where_a_period_has_no_value(desk):
    ga.lines(series(a=[1, 2, None, 4, 5]), "area", "99_invented", "Titel")
    assert [len(piece) for piece in strokes(svg(desk))] == [2, 2]
    assert len(marks(svg(desk))) == 4


def test_a_break_in_one_of_the_lines_cuts_only_that_one(desk):
    chart = ga.lines(series(a=[1, 2, "b8", 9], b=[4, 5, 6, 7]), "area", "99_invented", "Titel")
    assert [len(piece) for piece in strokes(svg(desk))] == [2, 2, 4]
    assert "breuk: a" in texts(svg(desk))
    assert "De reeks van a breekt in 2032" in chart.description


def test_a_series_that_begins_with_a_break_has_nothing_to_cut(desk):
    chart = ga.lines(series(a=["b8", 9]), "area", "99_invented", "Titel")
    assert "breuk" not in " ".join(texts(svg(desk))) and "breekt" not in chart.description


def years(**values: float) -> pd.DataFrame:
    return frame(
        *({"area": "Genk", "period": year.strip("y").replace("_", "-"), "value": v} for year, v in values.items())
    )


@pytest.mark.parametrize(
    ("rows", "joined"),
    [
        (years(y2030=1, y2031=2, y2033=3, y2034=4), [2, 2]),
        (years(y2030=1, y2033=2, y2036=3), [3]),
        (years(y2030_2031=1, y2031_2032=2, y2033_2034=3), [2]),
        (years(y2030_11=1, y2030_12=2, y2031_01=3, y2031_03=4), [3]),
        (years(y2030_12_31=1, y2031_12_31=2, y2033_12_31=3), [2]),
    ],
)
def test_points_are_joined_only_to_the_next_period(desk, rows, joined):
    chart = ga.lines(rows, "area", "99_invented", "Titel")
    assert [len(piece) for piece in strokes(svg(desk))] == joined
    assert len(marks(svg(desk))) == len(rows)
    assert ("niet voor elke periode" in chart.description) == (sum(joined) < len(rows) or len(joined) > 1)


def test_points_of_two_makers_are_not_joined(desk):
    """Two newspapers that count the same thing are two counts; what others print of one maker is one series."""
    nursery = frames.pick(store.load("losse_cijfers"), "opvangplaatsen", area="Genk").sort_values("period")
    ga.lines(nursery, "area", "99_invented", "Titel")
    assert len(nursery) == 2 and strokes(svg(desk)) == []
    index = frames.pick(store.load("kansarmoede"), "kansarmoede_index", area="Genk", breakdown="")
    ga.lines(index, "area", "99_invented", "Titel")
    assert [len(piece) for piece in strokes(svg(desk))] == [2]  # 2021 by a broadcaster, 2022 by the city


def test_points_of_another_definition_are_not_joined(desk):
    rows = years(y2030=1, y2031=2, y2032=3, y2033=4).assign(status=["d", "d", "", ""])
    ga.lines(rows, "area", "99_invented", "Titel")
    assert [len(piece) for piece in strokes(svg(desk))] == [2, 2]


def test_what_happened_stands_in_the_picture_and_in_words(desk):
    chart = ga.lines(
        years(y2030=1, y2031=2, y2032=3), "area", "99_invented", "Titel", events={"2031-03": "iets verzonnen"}
    )
    assert "In maart 2031: iets verzonnen." in chart.description
    assert "iets verzonnen" in texts(svg(desk))


def words_above(picture: str, *words: str) -> dict[str, tuple[float, float]]:
    """Where some words begin, and how high they stand."""
    found = {text: (x, y) for x, y, text in re.findall(r'<text[^>]*? x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)<', picture)}
    return {one: tuple(map(float, found[one])) for one in words}


@pytest.mark.parametrize("values", [[9, 9, 9, "b9", 9, 9, 9, 9], [-9, -9, -9, "b-9", -9, -9, -9, -9]])
def test_words_of_events_and_breaks_stand_right_of_their_own_line_and_no_line_crosses_them(desk, values):
    happened = {"2033": "iets dat lang is", "2036": "corona"}
    ga.lines(series(Genk=values), "area", "99_invented", "Titel", events=happened)
    picture = svg(desk)
    stand = words_above(picture, "breuk in de reeks", "iets dat lang is", "corona")
    upright = {
        round(x): min(y for p in pieces for _, y in p)
        for pieces, style in paths(picture)
        for x in {x for piece in pieces for x, _ in piece}
        if "stroke-dasharray: 1,1.65" in style or BREAK in style
    }
    assert len(upright) == 3
    for (x, y), line in zip(sorted(stand.values()), sorted(upright), strict=True):
        assert 2 <= x - line <= 5 and y < min(top for _, top, _ in marks(picture))
    heights = [stand[words][1] for words in ("breuk in de reeks", "iets dat lang is", "corona")]
    assert heights == sorted(heights) and len(set(heights)) == 3  # an earlier one stands above what it runs over


def test_words_of_events_that_have_room_stand_on_one_line(desk):
    ga.lines(series(Genk=[1] * 20), "area", "99_invented", "T", events={"2032": "ja", "2045": "nee"})
    (_, one), (_, other) = words_above(svg(desk), "ja", "nee").values()
    assert one == other


def test_an_extreme_is_one_of_what_is_known(desk):
    whole = ga.bars(areas(a=1, b=2), "area", "99_invented", "Titel")
    part = ga.bars(areas(a=1, b=2, c=None), "area", "99_invented", "Titel")
    assert "Hoogste: b" in whole.description
    assert "Hoogste bekende: b" in part.description and "Geen cijfer: 1." in part.description


def test_periods_stand_at_their_true_distance(desk):
    ga.lines(years(y2030=1, y2031=1, y2040=1), "area", "99_invented", "Titel")
    one, two, three = sorted(x for x, *_ in marks(svg(desk)))
    assert (three - one) / (two - one) == pytest.approx(10, abs=0.01)


def test_the_others_are_quiet_and_the_marked_one_is_told_its_place(desk):
    rows = series(Genk=[5, 4], a=[1, 2], b=[9, 8], c=[3, 3])
    chart = ga.lines(rows, "area", "99_invented", "Titel", mark="Genk")
    widths = [style for _, style in paths(svg(desk)) if "fill: none" in style and GRID not in style]
    assert [re.search(r"stroke-width: ([\d.]+)", style)[1] for style in widths if "#8c8c8c" in style] == ["0.8"] * 3
    assert [re.search(r"stroke-width: ([\d.]+)", style)[1] for style in widths if "#b8480a" in style] == ["2"]
    words = as_read(chart.description)
    assert "Genk in 2031: plaats 2 van 4, van hoog naar laag." in words
    assert "De andere in 2031: van 2 personen (a) tot 8 personen (b)." in words
    assert "A: van" not in words


def names_at_ends(picture: str) -> dict[str, float]:
    """How high the name of each line stands, which ends in two digits."""
    return {text: float(y) for y, text in re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>(\w+ \d\d)<', picture)}


@pytest.mark.parametrize("others", [[51, 52, 53, 20], [50, 50, 50, 50], [0.4 * i + 40 for i in range(30)]])
def test_every_line_has_its_name_at_its_end_apart_from_the_others_and_in_their_order(desk, others):
    rows = series(Genk=[1, 50], **{f"a{i}": [1, round(end)] for i, end in enumerate(others)})
    ga.lines(rows, "area", "99_invented", "Titel", mark="Genk")
    spots = names_at_ends(svg(desk))
    assert len(spots) == 1 + len(others) and "Genk 50" in spots
    assert all(b - a > 9 for a, b in pairwise(sorted(spots.values())))
    ends = [int(text[-2:]) for text in sorted(spots, key=spots.get)]
    assert ends == sorted(ends, reverse=True)
    _, top, _, bottom = frame_of(svg(desk))
    assert all(top - 7 <= y <= bottom + 7 for y in spots.values())


def test_names_of_which_one_was_moved_are_led_to_their_lines_by_dots(desk):
    dots = "stroke-dasharray: 0.8,1.28"
    ga.lines(series(a=[1, 50], b=[1, 10]), "area", "99_invented", "Titel")
    assert dots not in svg(desk)
    ga.lines(series(a=[1, 50], b=[1, 50], c=[1, 10]), "area", "99_invented", "Titel")
    assert svg(desk).count(dots) == 3


def test_a_timeline_writes_when_and_how_much_and_draws_no_amount(desk):
    rows = frame(
        {"period": "2030-05", "value": 9e6, "unit": "EUR"},
        {"period": "2030-09", "value": 5, "unit": "EUR"},
        {"period": "2031-01", "value": 15, "unit": "EUR per persoon"},
    )
    names = ["plan", "fonds", "een lange naam die op een volgende regel verdergaat"]
    chart = ga.moments(rows, names, "99_invented", "Titel", "Tel ze niet op")
    words = as_read(chart.description)
    assert words.startswith("Tijdlijn. plan, mei 2030: 9.000.000 euro. fonds, september 2030: 5 euro. een lange naam")
    places = [left for left, *_ in drawn_places(svg(desk))]
    assert max(places) - min(places) < 0.01
    assert chart.unit == "Tel ze niet op, mei 2030 tot januari 2031"
    written = texts(svg(desk))
    assert {"mei 2030", "plan", "9.000.000 euro", "regel verdergaat", "15 euro per persoon"} <= set(written)


def test_lines_in_front_differ_in_dashes_and_markers(desk):
    ga.lines(series(a=[1, 2], b=[3, 4], c=[5, 6], d=[7, 8]), "area", "99_invented", "Titel")
    drawn = [style for _, style in paths(svg(desk)) if "stroke-width: 2" in style and "fill: none" in style]
    assert len({re.sub(r"stroke: #\w+", "", style) for style in drawn}) == 4
    assert len(set(shapes(svg(desk)))) == 4


def test_a_provisional_point_is_open_with_words(desk):
    chart = ga.lines(series(a=[1, 2, "p3"]), "area", "99_invented", "Titel")
    faces = [style.partition("fill: ")[2][:7] for _, _, style in marks(svg(desk))]
    assert Counter(faces) == {"#12436d": 2, "#ffffff": 1}
    assert chart.note == "Open punt: voorlopig." and "Open punt: voorlopig." in texts(svg(desk))


def test_an_open_mark_of_a_number_with_a_word_is_not_called_an_estimate():
    nearly, guessed = fig(13, status="e", wording="bijna"), fig(12, status="e")
    assert open_words([nearly, fig(3)], "staaf") == "Open staaf: niet precies."
    assert open_words([nearly, guessed]) == "Open punt: niet precies en schatting."


def test_an_axis_that_does_not_begin_at_zero_says_so(desk):
    note = ga.lines(series(a=[95, 96]), "area", "99_invented", "Titel").note
    assert re.search(r"De as begint bij \d+(,\d+)?, niet bij nul\.", note)
    assert any("niet bij nul" in text for text in texts(svg(desk)))
    assert "niet bij nul" not in ga.lines(series(a=[70, 96]), "area", "99_invented", "Titel").note


@pytest.mark.parametrize(("values", "says"), [([1, None, 3], True), ([1, 2, None], False), ([1, "b2", 3], False)])
def test_an_open_line_says_what_that_means(values, says):
    note = "Waar een lijn onderbroken is, ontbreekt een cijfer."
    assert (note in ga.lines(series(Genk=values), "area", "99_invented", "T").note) == says
    behind = ga.lines(series(Genk=[1, 2, 3], a=values), "area", "99_invented", "T", mark="Genk").note
    assert note not in behind


def test_a_line_that_is_open_and_breaks_says_both():
    note = ga.lines(series(Genk=[1, "b2", None, 3]), "area", "99_invented", "T").note
    assert "Waar een lijn onderbroken is, ontbreekt een cijfer of is anders geteld." in note


def test_the_zero_from_which_small_lines_hang_is_named(desk):
    ga.spark(series(Genk=[-9, -8, -7]), "area", "99_invented", "Titel")
    assert "0" in texts(svg(desk))


def test_lines_without_any_figure_say_so(desk):
    chart = ga.lines(series(a=[None, None]), "area", "99_invented", "Titel")
    assert "zonder lijnen" in chart.description and "geen cijfer" in texts(svg(desk))


@pytest.mark.parametrize("values", [[1, 2, 3], [1, 1, 1], [1, 1.1, 9, 9, 9.2], [-5, -5, 0, 40]])
def test_labels_are_spread_as_little_as_can_be(values):
    spread = series_charts._spread(values, 1)
    assert all(b - a >= 1 - 1e-9 for a, b in pairwise(spread))
    assert sum(spread) == pytest.approx(sum(values))
    if all(b - a >= 1 for a, b in pairwise(values)):
        assert spread == values


# --- small lines ---


def test_a_small_line_has_its_first_and_last_figure_and_a_zero(desk):
    chart = ga.spark(series(Genk=[9, 5, 4], a=[7, 7, 7]), "area", "99_invented", "Titel", mark="Genk")
    assert [text for text in texts(svg(desk)) if text[0].isdigit()] == ["0", "9", "2030", "4", "2032"]
    assert "Genk: zakte van 9 in 2030 naar 4 in 2032." in chart.description and "plaats 2 van 2" in chart.description
    lowest = max(y for piece in strokes(svg(desk)) for _, y in piece)
    assert "zonder as" in chart.description and chart.note == ""
    assert any("stroke: #767676" in style and pieces[0][0][1] > lowest for pieces, style in paths(svg(desk)))


def test_a_small_line_far_from_zero_says_so(desk):
    chart = ga.spark(series(Genk=[100, 102, 104]), "area", "99_invented", "Titel")
    assert chart.note == "De hoogte begint niet bij nul."
    assert "De hoogte begint niet bij nul." in " ".join(texts(svg(desk)))


def test_a_small_line_is_cut_at_a_break_and_open_where_nothing_is_published(desk):
    chart = ga.spark(series(Genk=[1, 2, "b8", 9, None, 8]), "area", "99_invented", "Titel")
    assert len(strokes(svg(desk))) == 2 and "breuk in de reeks" in texts(svg(desk))
    assert "vergelijk niet over de breuk heen" in chart.description


def test_two_figures_are_posts_from_zero_and_no_line_joins_them(desk):
    chart = ga.spark(series(Genk=[100, 104]), "area", "99_invented", "Titel")
    assert "Klein staafdiagram" in chart.description and "nul" not in chart.description
    assert not any(len({x for x, _ in piece}) > 1 for piece in strokes(svg(desk)))


def test_orange_is_genk_and_nothing_else(desk):
    ga.lines(series(a=[1, 2], b=[3, 4]), "area", "99_invented", "Titel", mark="a")
    assert "#b8480a" not in svg(desk)
    ga.bars(areas(a=1.0, b=2.0), "area", "99_invented", "Titel", mark="a")
    assert "#b8480a" not in svg(desk)
    ga.lines(series(Genk=[1, 2], b=[3, 4]), "area", "99_invented", "Titel")
    assert "#b8480a" in svg(desk)
    rows = series(Genk=[1, 2]).assign(breakdown=["deel=x", "deel=y"])
    ga.bars(rows, "deel", "99_invented", "Titel")  # also where no label says so
    assert svg(desk).count("fill: #b8480a") == 2


def test_a_small_line_of_one_figure_or_none(desk):
    assert "2030. Genk: 1" in ga.spark(series(Genk=[1]), "area", "99_invented", "Titel").description
    ga.spark(series(Genk=[None]), "area", "99_invented", "Titel")
    assert "geen cijfer" in texts(svg(desk))


def test_an_answer_for_an_overview_is_beside_the_highest_and_the_lowest_other_city(desk):
    rows = frames.pick(store.load("stadsmonitor"), "aandeel_gezond", period="2023")
    chart = ga.answer(rows, "99_invented", "Noemt de eigen gezondheid goed")
    others = rows[rows.area != "Genk"].sort_values("value").area
    assert {row["Gebied"] for row in chart.rows} == {"Genk", others.iloc[0], others.iloc[-1]}
    assert f"duidelijk hoger: {others.iloc[-1]} (" in chart.description and "steden" not in chart.description


# --- small multiples ---


def test_the_period_in_a_title_is_that_of_the_figures(desk):
    """A new year in the table is a new year in the title, of the chart and of its files."""
    rows = [{"area": "Genk", "period": period, "value": 1} for period in ("2019", "2020", "2021")]
    assert ga.lines(frame(*rows[:2]), "area", "99_invented", "Verzonnen, {periode}").title == "Verzonnen, 2019–2020"
    assert ga.lines(frame(*rows), "area", "99_invented", "Verzonnen, {periode}").title == "Verzonnen, 2019–2021"
    assert "Verzonnen, 2019–2021" in " ".join(texts(svg(desk)))
    assert ga.bars(frame(rows[0]), "area", "99_invented", "Verzonnen in {periode}").title == "Verzonnen in 2019"


def test_a_second_year_makes_lines_of_bars_and_loses_no_year(desk):
    rows = [{"area": area, "period": "2030", "value": v} for area, v in (("Genk", 3), ("a", 4))]
    one = ga.over_time(frame(*rows), "area", "99_invented", "Verzonnen, {periode}")
    assert "Staafdiagram" in one.description and one.title == "Verzonnen, 2030"
    later = [row | {"period": "2031", "value": row["value"] + 2} for row in rows]
    two = ga.over_time(frame(*rows, *later), "area", "99_invented", "Verzonnen, {periode}")
    assert "Genk: steeg van 3 in 2030 naar 5 in 2031." in two.description and two.title == "Verzonnen, 2030–2031"


def test_school_years_beside_calendar_years_are_told_under_the_picture(desk):
    rows = [{"area": "Genk", "period": period, "value": 3} for period in ("2029", "2030-2031")]
    assert "Schooljaren staan naast kalenderjaren" in ga.bars(frame(*rows), "period", "99_invented", "T").note
    assert ga.bars(frame(rows[0]), "period", "99_invented", "T").note == ""


def test_small_multiples_have_a_title_and_the_last_figure_each(desk):
    rows = series(Genk=[1, 2], a=[3, 4]).assign(breakdown="soort=een")
    rows = pd.concat([rows, series(Genk=[5, 6], a=[7, 8]).assign(breakdown="soort=twee")])
    chart = ga.multiples(rows, "soort", "area", "99_invented", "Titel", mark="Genk")
    assert {"een", "twee", "Genk 2", "Genk 6", "Dunne grijze lijnen: de andere."} <= set(texts(svg(desk)))
    of_cities = ga.multiples(rows.replace({"a": "Hasselt"}), "soort", "area", "99_invented", "Titel", mark="Genk")
    assert "Dunne grijze lijnen: de andere centrumsteden." in of_cities.note
    assert [list(row.values())[:2] for row in chart.rows] == [
        ["een", "Genk"],
        ["een", "a"],
        ["twee", "Genk"],
        ["twee", "a"],
    ]
    words = as_read(chart.description)
    assert "Een, Genk: steeg van 1 in 2030 naar 2 in 2031." in words
    assert "Twee, Genk: steeg van 5 in 2030 naar 6 in 2031." in words


def test_small_multiples_share_their_axes(desk):
    ga.multiples(series(a=[10, 20], b=[1, 2]), "area", "indicator", "99_invented", "Titel")
    heights = [abs(piece[0][1] - piece[-1][1]) for piece in strokes(svg(desk))]
    assert heights[0] / heights[1] == pytest.approx(10, abs=0.01)


def test_the_table_of_lines_is_rather_long_than_wide():
    few = ga.lines(series(a=[1, 2, 3], b=[4, 5, 6]), "area", "99_invented", "Titel").rows
    many = ga.lines(series(a=[1], b=[4]), "area", "99_invented", "Titel").rows
    assert [list(row) for row in few] == [["Periode", "a", "b"]] * 3 and few[2]["b"].value == 6
    assert [list(row) for row in many] == [["Gebied", "2030"]] * 2 and many[1]["2030"].value == 4


def test_names_of_many_that_share_an_end_stay_within_a_strip(desk):
    rows = areas(Genk=5, **{name: 9.0 for name in ("Mechelen", "Sint-Niklaas", "Turnhout")})
    ga.strips(rows, ["vraag"] * 4, "99_invented", "Titel")
    assert any(text.startswith("Mechelen e.a. 9") for text in texts(svg(desk)))


def test_lines_begin_at_zero(desk):
    ga.lines(series(a=[50, 100]), "area", "99_invented", "Titel")
    picture = svg(desk)
    ((_, half), (_, full)) = strokes(picture)[0]
    bottom = max(y for pieces, style in paths(picture) if GRID in style for piece in pieces for _, y in piece)
    assert (bottom - half) / (bottom - full) == pytest.approx(0.5, abs=0.001)
    assert "0" in texts(picture)


def test_lines_show_what_is_below_zero(desk):
    chart = ga.lines(series(a=[-5, 5]), "area", "99_invented", "Titel")
    assert "A: was −5 in 2030 en 5 in 2031." in chart.description
    picture = svg(desk)
    _, top, _, bottom = frame_of(picture)
    assert all(top <= y <= bottom for piece in strokes(picture) for _, y in piece)


def test_lines_of_one_part_with_two_names_are_drawn():
    rows = series(Genk=[1, 2]).assign(breakdown="geslacht=man; leeftijd=18-24")
    assert "Genk: steeg van 1" in ga.lines(rows, "area", "99_invented", "Titel").description


def test_a_label_without_any_value_is_said_not_to_be_published():
    chart = ga.lines(series(a=[1, 2], b=[None, None]), "area", "99_invented", "Titel")
    assert chart.note == "b: geen cijfer."


# --- maps ---


@pytest.fixture(scope="module")
def places(desk) -> dict[str, tuple[float, float]]:
    return maps.tile_places(centres())


def centres() -> dict[str, tuple[float, float]]:
    return {f["properties"]["wijk"]: tuple(f["properties"]["centre"]) for f in division.wijken()}


def test_every_wijk_has_a_tile_of_its_own(places):
    assert len(places) == 30
    for (_, one), (_, other) in combinations(places.items(), 2):
        assert max(abs(one[0] - other[0]), abs(one[1] - other[1])) >= 1


def test_industrial_areas_stand_apart(places):
    apart = {wijk: place for wijk, place in places.items() if wijk.startswith("Industrieterrein")}
    assert len(apart) == 2
    assert (
        min(row for _, row in apart.values()) > max(row for wijk, (_, row) in places.items() if wijk not in apart) + 1
    )


def test_tiles_lie_about_where_their_wijken_lie(places):
    own = [wijk for wijk in places if not wijk.startswith("Industrieterrein")]
    spots = pd.DataFrame(
        [(*places[wijk], *centres()[wijk]) for wijk in own], columns=["column", "row", "east", "north"]
    )
    assert spots.column.corr(spots.east) > 0.8
    assert spots.row.corr(-spots.north) > 0.8


def test_tiles_do_not_depend_on_the_order_of_the_wijken(places):
    shuffled = list(centres().items())
    random.Random(1).shuffle(shuffled)
    assert maps.tile_places(dict(shuffled)) == places


def test_a_map_shows_every_wijk_and_says_which_has_no_figure(desk):
    rows = wijken()
    gone, hidden = rows.area[3], rows.area[7]
    rows = rows[rows.area != gone]
    rows.loc[rows.area == hidden, ["value", "status"]] = [math.nan, "c"]
    chart = ga.tiles(rows, "99_invented", "Titel", quiet=[rows.area[0], gone])
    assert texts(svg(desk)).count("–") == 2
    assert f"Zonder cijfer: {gone} en {hidden}." in chart.note
    assert "met 28 waarden" in chart.description
    assert f"weinig inwoners: {rows.area[0]}." in chart.note
    assert chart.rows[0]["Wijk"] == f"{rows.area[0]} *"


@pytest.mark.parametrize(("lowest", "words"), [(-1, "Paars is onder nul"), (1, "Hoe donkerder, hoe hoger")])
def test_a_map_says_what_its_colours_mean(lowest, words):
    assert words in ga.tiles(wijken(Bokrijk=lowest), "99_invented", "Titel").note


def test_names_stay_within_their_tile(desk):
    ga.tiles(wijken(), "99_invented", "Titel")
    left, _, right, *_ = drawn_places(svg(desk))[0]
    names = [place["properties"]["wijk"] for place in division.wijken()]
    words = {line for name in names for line in maps._broken(name).split("\n")}
    wide = {
        text: TextPath((0, 0), text, size=10, prop=FontProperties("DejaVu Sans")).get_extents().x1 for text in words
    }
    assert len(words) > 20 and words <= set(texts(svg(desk)))
    assert {text: x for text, x in wide.items() if x > right - left} == {}


def test_a_higher_figure_is_darker(desk):
    ga.tiles(wijken(), "99_invented", "Titel")
    fills = re.findall(r'clip-path="[^"]*"\s*style="fill: #([0-9a-f]{6}); stroke: #767676', svg(desk))
    assert len(fills) == 30 and len(set(fills)) == 30
    order = [*sorted(maps.tile_places(centres()), key=lambda wijk: (wijk.startswith("Industrie"), wijk))]
    light = {wijk: sum(bytes.fromhex(fill)) for wijk, fill in zip(order, fills, strict=True)}
    rising = [light[wijk] for wijk in wijken().sort_values("value").area]
    assert rising == sorted(rising, reverse=True)


# --- words, data and files ---

KINDS = {
    "bars": lambda name: ga.bars(areas(laag=1, hoog=3, midden=2), "area", name, "Titel"),
    "tiles": lambda name: ga.tiles(wijken(Bokrijk=0, Gelieren=99), name, "Titel"),
    "lines": lambda name: ga.lines(series(laag=[1, 1], hoog=[3, 4]), "area", name, "Titel"),
    "multiples": lambda name: ga.multiples(series(a=[1, 1], b=[3, 4]), "indicator", "area", name, "Titel"),
    "ranking": lambda name: ga.ranking(areas(laag=1, hoog=3, midden=2), "area", name, "Titel"),
    "ranges": lambda name: ga.ranges(areas(laag=1, hoog=3), "area", name, "Titel"),
    "spark": lambda name: ga.spark(series(laag=[1, 1], hoog=[3, 4]), "area", name, "Titel"),
    "stacked": lambda name: ga.stacked(parts(a=(1, 3), unit="personen"), "area", "deel", name, "Titel", "personen"),
    "strips": lambda name: ga.strips(areas(Genk=1, hoog=3), ["een"] * 2, name, "Titel"),
}


@pytest.mark.parametrize("kind", ["bars", "ranking", "tiles"])
def test_a_description_names_the_highest_and_the_lowest(kind):
    high, low = ("Gelieren, 99", "Bokrijk, 0") if kind == "tiles" else ("hoog, 3", "laag, 1")
    words = KINDS[kind]("99_invented").description
    assert f"Hoogste: {high}" in words and f"Laagste: {low}" in words


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_carries_its_words_and_its_data(desk, kind):
    chart = KINDS[kind]("99_invented")
    bundle = chart._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    data = bundle[prose.MIME]
    assert (data["kind"], data["title"], data["description"]) == ("chart", "Titel", chart.description)
    assert data["note"] == chart.note
    assert data["unit"].startswith("personen, 20")
    values = [value for row in data["rows"] for value in row if isinstance(value, dict)]
    assert values and all(value["cells"] and value["text"] for value in values)
    assert all(str(value["text"]) in bundle["text/plain"] for value in values)
    assert data["source"].startswith("Bron: Statbel, Bevolking per statistische sector.") and data["source"] in str(
        chart
    )
    json.dumps(bundle)


@pytest.mark.parametrize("kind", KINDS)
def test_title_and_source_stand_in_the_files(desk, kind):
    KINDS[kind]("99_invented")
    assert "Titel" in texts(svg(desk)) and any(text.startswith("personen, 20") for text in texts(svg(desk)))
    assert "Bron: Statbel" in " ".join(texts(svg(desk)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_chart_is_the_same_bytes(desk, kind):
    KINDS[kind]("99_one")
    before = [(desk / f"figures/99_one.{end}").read_bytes() for end in ("svg", "png")]
    for end in ("svg", "png"):
        (desk / f"figures/99_one.{end}").unlink()
    KINDS[kind]("99_one")
    assert [(desk / f"figures/99_one.{end}").read_bytes() for end in ("svg", "png")] == before


@pytest.mark.parametrize("kind", KINDS)
def test_files_do_not_say_when_or_with_what_they_were_made(desk, kind):
    KINDS[kind]("99_invented")
    picture = svg(desk)
    assert not re.search(r"matplotlib v|matplotlib\.org|dc:date|dc:creator|\d{4}-\d\d-\d\dT", picture, re.IGNORECASE)
    data = (desk / "figures/99_invented.png").read_bytes()
    chunks, place = set(), 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        chunks.add(data[place + 4 : place + 8])
        place += 12 + length
    assert chunks == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "figures").glob("*.svg")))
def test_committed_pictures_say_neither(name):
    picture = (ROOT / "figures" / name).read_text(encoding="utf-8")
    assert not re.search(r"matplotlib v|matplotlib\.org|dc:date|dc:creator", picture, re.IGNORECASE)
    assert re.search(r"Bron(nen)?: \w", picture)


def test_a_dollar_sign_is_only_a_sign():
    ga.bars(areas(**{"van $5 \\verzonnen tot $6": 1}), "area", "99_invented", "Titel")


def test_the_lowest_and_highest_of_several_figures_make_a_bar_that_does_not_pass_for_published_bounds():
    rows = frame(
        {"area": "Aalst", "breakdown": "grens=hoogste", "value": 30},
        {"area": "Aalst", "breakdown": "grens=laagste", "value": 10},
        {"area": "Brugge", "value": 20},
    )
    chart = ga.ranges(rows, "area", "99_invented", "Verzonnen")
    assert "gepubliceerd" not in chart.description and "minstens" not in str(chart)
    assert "Aalst: 10 personen tot 30 personen." in chart.description and "Brugge: 20" in chart.description
    assert [str(value) for value in chart.rows[0].values()] == ["Aalst", "10\u00a0personen", "30\u00a0personen", ""]
    published = ga.ranges(rows.replace("grens=hoogste", "grens=bovengrens"), "area", "99_invented", "Verzonnen")
    assert "zoals gepubliceerd" in published.description


def drawn_places(picture: str) -> list[list[float]]:
    return json.loads(re.search(r'<desc class="marks">(.*?)</desc>', picture)[1])


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_knows_where_each_figure_is_drawn(desk, kind):
    chart = KINDS[kind]("99_invented")
    found = drawn_places(svg(desk, chart.name))
    values = [list(row.values())[column] for *_, row, column, _ in found for row in [chart.rows[row]]]
    assert values and all(isinstance(value, Figure) and value.value is not None for value in values)
    left, top, width, height = map(float, chart.viewbox.split())
    assert all(left <= x0 <= x1 <= width and top <= y0 <= y1 <= top + height for x0, y0, x1, y1, *_ in found)


def test_a_figure_that_is_not_published_has_no_mark(desk):
    ga.ranking(areas(a=1.0, b=None), "area", "99_invented", "Titel")
    assert [place[4] for place in drawn_places(svg(desk))] == [0]


# --- the message over a picture, and what it measures ---


def test_a_title_is_a_sentence_of_the_figures_under_it():
    rows = series(Genk=[3, 2, 4], a=[1, 1, 1])
    chart = ga.lines(rows, "area", "99_invented", "Het aantal {koers}.", "verzonnen personen", mark="Genk")
    assert chart.title == "Het aantal zakte van 3 in 2030 naar 2 in 2031 en steeg naar 4 in 2032"
    assert chart.unit == "verzonnen personen, 2030–2032"


def test_a_title_is_checked_like_other_sentences():
    with pytest.raises(DataError, match="does not name Aal, Genk"):
        ga.bars(areas(Genk=1, Aal=2), "area", "99_invented", "{Genk} en {Aal}")
    with pytest.raises(DataError, match="names no figure"):
        ga.bars(areas(Genk=1, a=2), "area", "99_invented", "{Gank} tegenover de andere")


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (["2031"], "personen, 2031"),
        (["2030", "2031"], "personen, 2030–2031"),
        (["2030-2031", "2031-2032"], "personen, 2030–2031 tot 2031–2032"),
        (["2030-05", "2031-06"], "personen, mei 2030 tot juni 2031"),
        (["2029-05", "2030-2031"], "personen, 2029–2031"),
    ],
)
def test_the_periods_stand_behind_the_measure(times, told):
    rows = frame(*({"area": f"a{i}", "period": period, "value": i} for i, period in enumerate(times, 1)))
    assert ga.bars(rows, "area", "99_invented", "Titel").unit == told


def test_names_with_the_rows_they_stand_for_are_labels():
    rows = pd.concat([areas(Genk=1), areas(Genk=2).assign(breakdown="deel=x", cell="C99")], ignore_index=True)
    chart = ga.bars(rows, {"Eén deel": "x", "Alles": "totaal"}, "99_invented", "Titel")
    shown = [(row["Naam"], str(row["Waarde"])) for row in chart.rows]
    assert shown == [("Eén deel", "2\u00a0personen"), ("Alles", "1\u00a0persoon")]
