# SPDX-License-Identifier: EUPL-1.2
"""Charts: what the picture shows, what the words say of it, and the same bytes each time."""

import base64
import json
import math
import random
import re
import struct
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, copy_of

from genk_armoede import charts, frames, prose, store
from genk_armoede.errors import DataError
from genk_armoede.observations import COLUMNS

DRAWN = 'clip-path="url(#'  # in an SVG: what shows data, and grid lines
GRID, DATA = "#d9d9d9", ("#12436d", "#b8480a", "#a6a6a6")


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
    known = [{"area": a} | ({"status": "m"} if v is None else {"value": v}) for a, v in values.items()]
    return frame(*known)


def series(**values: list) -> pd.DataFrame:
    """A row a label and year from 2030; `None` is not published, a text such as `b5` is 5 after a break."""
    rows = []
    for area, numbers in values.items():
        for year, number in enumerate(numbers, start=2030):
            text = str(number)
            told = (
                {"status": "m"}
                if number is None
                else {"value": float(text.lstrip("b")), "status": "b" * text.count("b")}
            )
            rows.append({"area": area, "period": str(year)} | told)
    return frame(*rows)


def wijken(**other: float) -> pd.DataFrame:
    """A row a wijk, with invented figures."""
    names = [feature["properties"]["wijk"] for feature in frames.wijken()]
    values = {name: float(i) for i, name in enumerate(sorted(names), start=1)} | other
    return frame(*({"area": name} | ({"status": "m"} if v is None else {"value": v}) for name, v in values.items()))


def svg(root: Path, name: str = "99_invented") -> str:
    return (root / f"figures/{name}.svg").read_text(encoding="utf-8")


def texts(picture: str) -> list[str]:
    """The words in a picture, which stand as comments beside their outlines."""
    return [text.replace("\u00a0", " ") for text in re.findall(r"<!-- (.*?) -->", picture, flags=re.DOTALL)]


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
        if "fill: none" in style and style.partition("stroke: ")[2][:7] in DATA
    ]


# --- what cannot be drawn ---


@pytest.mark.parametrize("draw", [charts.bars, charts.dots, charts.lines])
def test_nothing_is_not_drawn(desk, draw):
    with pytest.raises(DataError, match="nothing to draw"):
        draw(frame({"area": "a"}).iloc[:0], "area", "99_nothing", "Titel")
    assert not (desk / "figures/99_nothing.svg").exists()


@pytest.mark.parametrize("values", [{}, {"Bokrijk": None}])
def test_a_map_without_figures_is_not_drawn(values):
    with pytest.raises(DataError, match="nothing to draw"):
        charts.tiles(areas(**values) if values else wijken().iloc[:0], "99_nothing", "Titel")


def test_ranked_dots_need_every_value():
    with pytest.raises(DataError, match="need a value"):
        charts.dots(areas(a=1, b=None), "area", "99_invented", "Titel")


def test_a_label_for_each_bar():
    with pytest.raises(ValueError):
        charts.bars(areas(a=1, b=2), ["one"], "99_invented", "Titel")


def test_a_wijk_that_is_not_on_the_map_is_refused():
    with pytest.raises(DataError, match="Verzonnen"):
        charts.tiles(wijken(Verzonnen=999), "99_invented", "Titel")


@pytest.mark.parametrize("kind", ["tiles", "lines"])
def test_two_figures_for_one_place_are_refused(kind):
    twice = pd.concat([wijken(), wijken()])
    with pytest.raises(DataError):
        charts.tiles(twice, "99_invented", "T") if kind == "tiles" else charts.lines(twice, "area", "99_invented", "T")


# --- bars ---


def test_bars_begin_at_zero_and_are_as_long_as_their_values(desk):
    charts.bars(areas(a=80, b=100, c=20), "area", "99_invented", "Titel")
    ends = bars_of(svg(desk))
    assert len({left for left, _ in ends}) == 1
    lengths = [right - left for left, right in ends]
    assert [length / lengths[1] for length in lengths] == pytest.approx([0.8, 1, 0.2], abs=0.001)


def test_bars_that_differ_little_still_begin_at_zero(desk):
    charts.bars(areas(a=58.2, b=59.8), "area", "99_invented", "Titel")
    (left, right), (_, other) = bars_of(svg(desk))
    assert frame_of(svg(desk))[0] == pytest.approx(left, abs=0.01)
    assert (right - left) / (other - left) == pytest.approx(58.2 / 59.8, abs=0.001)


def test_bars_write_label_and_value(desk):
    charts.bars(frame({"area": "a", "value": 58.2, "unit": "%"}), "area", "99_invented", "Titel")
    assert {"a", "58,2%", "Titel (%)"} <= set(texts(svg(desk)))


def test_a_missing_bar_says_that_it_is_not_published(desk):
    chart = charts.bars(areas(a=5, b=None, c=0), "area", "99_invented", "Titel")
    assert texts(svg(desk)).count("niet gepubliceerd") == 1
    assert "0" in texts(svg(desk))  # a true zero is a figure
    assert [str(row["Waarde"]).replace("\u00a0", " ") for row in chart.rows] == [
        "5 personen",
        "niet gepubliceerd",
        "0 personen",
    ]
    assert "met 2 waarden" in chart.description and "Niet gepubliceerd: 1." in chart.description


def test_a_hidden_bar_says_that_it_is_hidden(desk):
    charts.bars(frame({"area": "a", "value": 5}, {"area": "b", "status": "c"}), "area", "99_invented", "Titel")
    assert "vertrouwelijk" in texts(svg(desk))


@pytest.mark.parametrize("status", "cz")
def test_what_is_hidden_is_not_counted_as_not_published(status):
    rows = frame({"area": "a", "value": 5}, {"area": "b", "status": status})
    assert "niet gepubliceerd" not in charts.bars(rows, "area", "99_invented", "Titel").description.lower()
    none = charts.bars(rows.iloc[1:], "area", "99_invented", "Titel").description.lower()
    assert "geen van de 1 waarden is gepubliceerd" not in none


def test_bars_of_which_none_is_published(desk):
    chart = charts.bars(areas(a=None, b=None), "area", "99_invented", "Titel")
    assert texts(svg(desk)).count("niet gepubliceerd") == 2
    assert "zonder cijfers. Niet gepubliceerd: 2." in chart.description


def test_bars_take_a_breakdown_for_their_label(desk):
    rows = frame({"breakdown": "soort=een", "value": 1}, {"value": 3})
    charts.bars(rows, "soort", "99_invented", "Titel")
    assert {"een", "totaal"} <= set(texts(svg(desk)))


# --- dots ---


def test_dots_are_ranked_from_high_to_low():
    chart = charts.dots(areas(a=1, b=3, c=-2), "area", "99_invented", "Titel")
    assert [row["Gebied"] for row in chart.rows] == ["b", "a", "c"]
    assert "Hoogste: b, 3" in chart.description and "Laagste: c, −2" in chart.description


def test_dots_of_few_people_are_open_and_starred():
    chart = charts.dots(areas(a=1, b=3), "area", "99_invented", "Titel", quiet=["a", "elders"])
    assert [row["Gebied"] for row in chart.rows] == ["b", "a *"]
    assert "met *: a." in chart.description and "elders" not in chart.description


# --- lines ---


def crosses(piece: list[tuple[float, float]], place: float) -> bool:
    return min(x for x, _ in piece) < place < max(x for x, _ in piece)


def test_a_line_is_cut_at_a_break_and_says_so(desk):
    chart = charts.lines(series(a=[1, 2, "b8", 9], b=[4, 5, "b6", 7]), "area", "99_invented", "Titel")
    picture = svg(desk)
    (dashed,) = (pieces[0] for pieces, style in paths(picture) if "stroke-dasharray" in style)
    assert len(strokes(picture)) == 4
    assert not any(crosses(piece, dashed[0][0]) for piece in strokes(picture))
    assert "breuk in de reeks" in texts(picture)
    assert "De reeks breekt in 2032: vergelijk niet over de breuk heen." in chart.description
    plain = chart.description.replace("\u00a0", " ")
    assert "a: van 1 personen (2030) naar 2 personen (2031)." in plain
    assert "a: van 8 personen (2032) naar 9 personen (2033)." in plain


def test_the_provinces_are_cut_where_the_allowance_changed(desk):
    rows = prose.pick(store.load("schooltoelagen"), "leerlingen_met_schooltoelage_of_schooltoeslag")
    chart = charts.lines(rows, "area", "99_invented", "Titel", mark=["Limburg"])
    assert sorted(len(piece) for piece in strokes(svg(desk))) == [1] * 5 + [5] * 5
    assert "breekt in 2019–2020" in chart.description


def test_without_a_break_a_line_is_whole(desk):
    chart = charts.lines(series(a=[1, 2, 3]), "area", "99_invented", "Titel")
    assert [len(piece) for piece in strokes(svg(desk))] == [3]
    assert "breuk" not in " ".join(texts(svg(desk))) and "breekt" not in chart.description


def test_a_line_is_open_where_a_period_has_no_value(desk):
    charts.lines(series(a=[1, 2, None, 4, 5]), "area", "99_invented", "Titel")
    assert [len(piece) for piece in strokes(svg(desk))] == [2, 2]


def test_lines_begin_at_zero(desk):
    charts.lines(series(a=[50, 100]), "area", "99_invented", "Titel")
    picture = svg(desk)
    ((_, half), (_, full)) = strokes(picture)[0]
    bottom = max(y for pieces, style in paths(picture) if GRID in style for piece in pieces for _, y in piece)
    assert (bottom - half) / (bottom - full) == pytest.approx(0.5, abs=0.001)
    assert "0" in texts(picture)


def test_lines_show_what_is_below_zero(desk):
    charts.lines(series(a=[-5, 5]), "area", "99_invented", "Titel")
    picture = svg(desk)
    _, top, _, bottom = frame_of(picture)
    assert all(top <= y <= bottom for piece in strokes(picture) for _, y in piece)


def test_a_label_without_any_value_is_said_not_to_be_published():
    chart = charts.lines(series(a=[1, 2], b=[None, None]), "area", "99_invented", "Titel")
    assert "b" in chart.description and "niet gepubliceerd" in chart.description.lower()


# --- maps ---


@pytest.fixture(scope="module")
def places(desk) -> dict[str, tuple[float, float]]:
    return charts.tile_places(centres())


def centres() -> dict[str, tuple[float, float]]:
    return {f["properties"]["wijk"]: tuple(f["properties"]["centre"]) for f in frames.wijken()}


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
    assert charts.tile_places(dict(shuffled)) == places


def test_a_map_shows_every_wijk_and_says_which_has_no_figure(desk):
    rows = wijken()
    gone, hidden = rows.area[3], rows.area[7]
    rows = rows[rows.area != gone]
    rows.loc[rows.area == hidden, ["value", "status"]] = [math.nan, "c"]
    chart = charts.tiles(rows, "99_invented", "Titel", quiet=[rows.area[0]])
    assert texts(svg(desk)).count("–") == 2
    assert f"Zonder cijfer: {gone} en {hidden}." in chart.description
    assert "met 28 waarden" in chart.description
    assert f"weinig inwoners: {rows.area[0]}." in chart.description
    assert chart.rows[0]["Wijk"] == f"{rows.area[0]} *"


@pytest.mark.parametrize(("lowest", "words"), [(-1, "Oranje is onder nul"), (1, "Hoe donkerder, hoe hoger")])
def test_a_map_says_what_its_colours_mean(lowest, words):
    assert words in charts.tiles(wijken(Bokrijk=lowest), "99_invented", "Titel").description


def test_a_higher_figure_is_darker(desk):
    charts.tiles(wijken(), "99_invented", "Titel")
    fills = re.findall(r'clip-path="[^"]*"\s*style="fill: #([0-9a-f]{6}); stroke: #767676', svg(desk))
    assert len(fills) == 30 and len(set(fills)) == 30
    order = [*sorted(charts.tile_places(centres()), key=lambda wijk: (wijk.startswith("Industrie"), wijk))]
    light = {wijk: sum(bytes.fromhex(fill)) for wijk, fill in zip(order, fills, strict=True)}
    rising = [light[wijk] for wijk in wijken().sort_values("value").area]
    assert rising == sorted(rising, reverse=True)


# --- words, data and files ---

KINDS = {
    "bars": lambda name: charts.bars(areas(laag=1, hoog=3, midden=2), "area", name, "Titel"),
    "dots": lambda name: charts.dots(areas(laag=1, hoog=3, midden=2), "area", name, "Titel"),
    "tiles": lambda name: charts.tiles(wijken(Bokrijk=0, Gelieren=99), name, "Titel"),
    "lines": lambda name: charts.lines(series(laag=[1, 1], hoog=[3, 4]), "area", name, "Titel"),
}


@pytest.mark.parametrize("kind", ["bars", "dots", "tiles"])
def test_a_description_names_the_highest_and_the_lowest(kind):
    high, low = ("Gelieren, 99", "Bokrijk, 0") if kind == "tiles" else ("hoog, 3", "laag, 1")
    words = KINDS[kind]("99_invented").description
    assert f"Hoogste: {high}" in words and f"Laagste: {low}" in words


def test_a_description_of_lines_names_their_ends():
    words = KINDS["lines"]("99_invented").description.replace("\u00a0", " ")
    assert "van 1 personen (2030) naar 1 personen (2031)" in words
    assert "hoog: van 3 personen (2030) naar 4 personen (2031)" in words


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_carries_its_words_and_its_data(desk, kind):
    chart = KINDS[kind]("99_invented")
    bundle = chart._repr_mimebundle_()
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    data = bundle[prose.MIME]
    assert (data["kind"], data["title"], data["unit"], data["description"]) == (
        "chart",
        "Titel",
        "personen",
        chart.description,
    )
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
    assert "Titel (personen)" in texts(svg(desk))
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
    assert "Bron:" in picture


def test_a_dollar_sign_is_only_a_sign():
    charts.bars(areas(**{"van $5 \\verzonnen tot $6": 1}), "area", "99_invented", "Titel")


def test_the_lowest_and_highest_of_several_figures_make_a_bar_that_does_not_pass_for_published_bounds():
    rows = frame(
        {"area": "Aalst", "breakdown": "grens=hoogste", "value": 30},
        {"area": "Aalst", "breakdown": "grens=laagste", "value": 10},
        {"area": "Brugge", "value": 20},
    )
    chart = charts.ranges(rows, "area", "99_invented", "Verzonnen")
    assert "gepubliceerd" not in chart.description and "minstens" not in str(chart)
    assert "Aalst: tussen 10 en 30." in chart.description and "Brugge: 20" in chart.description
    assert [str(value) for value in chart.rows[0].values()] == ["Aalst", "10\u00a0personen", "30\u00a0personen", ""]
    published = charts.ranges(rows.replace("grens=hoogste", "grens=bovengrens"), "area", "99_invented", "Verzonnen")
    assert "zoals gepubliceerd" in published.description
