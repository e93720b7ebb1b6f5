# SPDX-License-Identifier: EUPL-1.2
"""Boundaries of wijken are places that can be drawn, or the file is refused by name. All are invented."""

import json

import pytest

from genk_armoede.errors import DataError
from genk_armoede.tables import datapackage

RING = "[[5.4, 50.9], [5.5, 50.9], [5.5, 51.0], [5.4, 50.9]]"


def written(root, coordinates, kind="Polygon"):
    path = root / datapackage.BOUNDARIES
    path.parent.mkdir(parents=True, exist_ok=True)
    geometry = f'{{"type": {json.dumps(kind)}, "coordinates": {coordinates}}}'
    path.write_text(f'{{"features": [{{"properties": {{"wijk_code": "7101601"}}, "geometry": {geometry}}}]}}', "utf-8")
    return datapackage.boundaries(root)


@pytest.mark.parametrize(
    ("coordinates", "kind"),
    [(f"[{RING}]", "Polygon"), (f"[[{RING}], [{RING}]]", "MultiPolygon")],
)  # fmt: skip
def test_boundaries_that_can_be_drawn_are_taken(tmp_path, coordinates, kind):
    assert written(tmp_path, coordinates, kind)["7101601"]["type"] == kind


WRONG = {
    "not a number": f"[{RING.replace('5.4', 'NaN', 1)}]",
    "infinite": f"[{RING.replace('5.4', 'Infinity', 1)}]",
    "too large for a number": f"[{RING.replace('5.4', '1e999', 1)}]",
    "a text": f"[{RING.replace('5.4', chr(34) + '5.4' + chr(34), 1)}]",
    "true": f"[{RING.replace('5.4', 'true', 1)}]",
    "nothing": f"[{RING.replace('5.4', 'null', 1)}]",
    "one number": "[[[5.4]]]",
    "too deep": f"[[[[{RING}]]]]",
    "far too deep": "[" * 100_000 + "]" * 100_000,
    "too flat": RING,
    "empty": "[]",
    "a mapping": '{"a": 1}',
}


@pytest.mark.parametrize("what", WRONG)
def test_boundaries_that_cannot_be_drawn_are_refused_by_name(tmp_path, what):
    with pytest.raises(DataError, match="no GeoJSON") as caught:
        written(tmp_path, WRONG[what])
    assert caught.value.file == str(datapackage.BOUNDARIES) and caught.value.do
    assert "7101601" in caught.value.problem or what in ("not a number", "infinite", "far too deep")


@pytest.mark.parametrize("kind", ["Point", "GeometryCollection", "", 3])
def test_another_kind_of_geometry_is_refused(tmp_path, kind):
    with pytest.raises(DataError, match="no Polygon or MultiPolygon"):
        written(tmp_path, f"[{RING}]", kind)
