# SPDX-License-Identifier: EUPL-1.2
"""What goes into `data/processed/`: tables, areas, their descriptor and codebook.

Takes what `datasets.clean` gives; gives files by their path; called by `build`.
Descriptors follow the Data Package standard, https://datapackage.org/standard/data-package/.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from ..errors import DataError
from ..observations.observation import COLUMNS, KEY, STATUS, Observation, number_text, table_bytes
from ..protection.descriptor import write_sums
from . import datasets, register
from .repository import PACKAGE, PROCESSED, RAW, WIJKEN

BOUNDARIES = RAW / "gebieden" / "wijken.geojson"
DEPTH = {"Polygon": 2, "MultiPolygon": 3}  # kind of geometry → in how many lists its places lie
FILE = ("file", "title", "obtained", "transcribed")  # what is told of a raw file as a whole
FIELDS = {
    "indicator": "Wat er geteld of gemeten is; de definitie staat in het codeboek.",
    "area_code": "NIS-, sector- of wijkcode als tekst; leeg als noch de bron, noch naam en niveau samen hem geven.",
    "area": "Naam van het gebied, zoals de bron hem spelt.",
    "period": "Jaar, schooljaar, maand of dag.",
    "breakdown": "Uitsplitsing als sleutel=waarde, gescheiden door '; '; leeg voor een totaal.",
    "value": "Het cijfer zoals gepubliceerd, zonder nullen achteraan; leeg als er geen is.",
    "unit": "Eenheid van het cijfer.",
    "status": "Vlaggen van Eurostat: " + ", ".join(f"{flag} {words}" for flag, words in STATUS.items()) + ".",
    "source": "Bestand in data/raw/.",
    "sheet": "Blad in dat bestand; leeg voor een CSV.",
    "cell": "Cel van het cijfer in dat blad.",
}


def files(root: Path, cleaned: datasets.Cleaned) -> dict[Path, bytes]:
    """Everything that belongs in `data/processed/`, by its path: tables, areas, descriptor and codebook."""
    content = {PROCESSED / f"{name}.csv": table_bytes(rows) for name, rows in cleaned.tables.items()}
    content[WIJKEN] = _wijken(root, cleaned)
    content[PACKAGE] = _json(_descriptor(cleaned, content))
    content[PROCESSED / "codeboek.md"] = _codebook(cleaned).encode()
    return content


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _wijken(root: Path, cleaned: datasets.Cleaned) -> bytes:
    """The wijken as GeoJSON: boundaries when the city has put them in `data/raw/gebieden/`, else centres."""
    drawn = boundaries(root)
    features = []
    for code, name, longitude, latitude in sorted({sector.centre for sector in cleaned.sectors}):
        own = [sector for sector in cleaned.sectors if sector.wijk_code == code]
        stadsdelen = {sector.stadsdeel for sector in own}
        features.append(
            {
                "type": "Feature",
                "properties": {
                    "wijk_code": code,
                    "wijk": name,
                    "stadsdeel": stadsdelen.pop() if len(stadsdelen) == 1 else "",
                    "centre": [longitude, latitude],
                    "sectors": {s.sector_code: s.stadsdeel for s in own},
                },
                "geometry": drawn.get(code, {"type": "Point", "coordinates": [longitude, latitude]}),
            }
        )
    lists = [
        s.citation(name) for s in cleaned.sources for name in s.sheets if s.sheets[name]["layout"] == register.AREAS
    ]
    credit = " ".join(f"Wijken: {cited['publisher']}, {cited['title']} ({cited['licence']})." for cited in lists)
    return _json({"type": "FeatureCollection", "credit": credit, "features": features})


def boundaries(root: Path) -> dict[str, dict]:
    """The boundaries of wijken by their code, if the city gave them. Raises `DataError` for what cannot be drawn."""
    path = root / BOUNDARIES
    if not path.is_file():
        return {}
    try:
        features = json.loads(path.read_text(encoding="utf-8"), parse_constant=_no_number)["features"]
        shapes = {feature["properties"]["wijk_code"]: feature["geometry"] for feature in features}
        for code, shape in shapes.items():
            if shape["type"] not in DEPTH:
                raise ValueError(f"the geometry of {code} is no {' or '.join(DEPTH)}")
            _check_coordinates(code, shape["coordinates"], DEPTH[shape["type"]])
        return shapes
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DataError(
            f"no GeoJSON with a wijk_code for each feature ({error})",
            file=str(BOUNDARIES),
            do="ask for the boundaries again, or take the file away: the report then draws tiles",
        ) from error


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no coordinate")


def _check_coordinates(code: str, found: object, depth: int) -> None:
    """Raises `ValueError` for what is no list, so many deep, of places in degrees."""
    if not isinstance(found, list) or not found:
        raise ValueError(f"the coordinates of {code} are no lists of numbers, as deep as its kind has them")
    if depth:
        for one in found:
            _check_coordinates(code, one, depth - 1)
    elif not 2 <= len(found) <= 3 or not all(type(one) in (int, float) and abs(one) < 1e7 for one in found):
        raise ValueError(f"these coordinates of {code} are no two numbers: {str(found)[:60]}")


def _descriptor(cleaned: datasets.Cleaned, content: Mapping[Path, bytes]) -> dict:
    obtained = max(source.obtained for source in cleaned.sources)
    resources = [
        {
            "name": name,
            "type": "table",
            "title": datasets.DATASETS[name].TITLE,
            "path": f"{name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": len(content[PROCESSED / f"{name}.csv"]),
            "hash": "sha256:" + hashlib.sha256(content[PROCESSED / f"{name}.csv"]).hexdigest(),
            "schema": _schema(rows),
            "indicators": _indicators(name),
            "licenses": _licences(cleaned, rows),
            "sources": _sources(cleaned, rows),
        }
        for name, rows in cleaned.tables.items()
    ]
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "genk-armoede",
        "title": "Armoede in Genk in cijfers",
        "version": obtained,
        "disclosure": _policy(cleaned),
        "files": [{name: getattr(source, name) for name in FILE} for source in cleaned.sources],
        "resources": resources,
    }


def _policy(cleaned: datasets.Cleaned) -> dict[str, object]:
    """Under which policy small counts were hidden, how many, and which sums an outsider may use: never which values."""
    policy = cleaned.policy
    told = {"hidden": cleaned.hidden_count, **write_sums(cleaned.sums)}
    told["acknowledged"] = [{name: str(text) for name, text in one.items()} for one in policy.acknowledged]
    names = ("policy", "approved_by", "approved_on", "threshold", "zeros", "minimum_denominator", "method", "base")
    return {name: getattr(policy, name) for name in names} | told


def _schema(rows: list[Observation]) -> dict:
    types = dict.fromkeys(COLUMNS, "string") | {"value": "number"}
    fields = [{"name": n, "type": types[n], "description": FIELDS[n]} for n in COLUMNS]
    fields[COLUMNS.index("unit")]["constraints"] = {"enum": sorted({row.unit for row in rows})}
    return {"fields": fields, "primaryKey": list(KEY), "missingValues": [""]}


def _indicators(dataset: str) -> list[dict[str, str]]:
    known: dict[str, datasets.Indicator] = {}
    for indicator in datasets.DATASETS[dataset].INDICATORS:
        known.setdefault(indicator.id, indicator)
    described = [
        {"name": i.id, "title": i.title, "unit": i.unit, "description": i.definition, "maker": i.maker}
        for i in known.values()
    ]
    return [{key: text for key, text in one.items() if text or key != "maker"} for one in described]


def _cite(cleaned: datasets.Cleaned, row: Observation) -> dict[str, str]:
    source = next(source for source in cleaned.sources if source.file == row.source)
    return source.citation(row.sheet, row.citation) | {"obtained": source.obtained}


def _licences(cleaned: datasets.Cleaned, rows: list[Observation]) -> list[dict[str, str]]:
    """Terms of a table's sources; those without an identifier stand in the codebook, source by source."""
    terms = sorted({_cite(cleaned, row)["licence"] for row in rows})
    return [{"name": "CC-BY-4.0"} if one == "CC BY 4.0" else {"path": "codeboek.md", "title": one} for one in terms]


def _sources(cleaned: datasets.Cleaned, rows: list[Observation]) -> list[dict]:
    """One entry a sheet, or one a figure where the figure names its own source.

    A sheet is one table of its publisher, who left out last zeros: of each indicator, the most decimals in it.
    """
    entries: dict[tuple[str, ...], dict] = {}
    for row in rows:
        cited = _cite(cleaned, row)
        place = {"path": cited.pop("url"), **cited, "file": row.source, "sheet": row.sheet}
        entry = entries.setdefault(tuple(place.items()), place)
        if row.citation:
            entry.setdefault("cells", []).append(row.cell)
        elif places := len(number_text(row.value).partition(".")[2]):
            known = entry.setdefault("decimals", {})
            known[row.indicator] = max(places, known.get(row.indicator, 0))
    return sorted(entries.values(), key=lambda entry: (entry["file"], entry["sheet"], entry.get("cells", [])))


def _codebook(cleaned: datasets.Cleaned) -> str:
    lines = ["# Codeboek", "", "Gemaakt door `genk-armoede clean`; niet met de hand wijzigen.", "", "## Kolommen", ""]
    lines += ["| kolom | betekenis |", "|---|---|"]
    lines += [f"| `{name}` | {words} |" for name, words in FIELDS.items()]
    for name, rows in cleaned.tables.items():
        module = datasets.DATASETS[name]
        lines += ["", f"## {module.TITLE} (`{name}.csv`)", ""]
        lines += ["| indicator | eenheid | rijen | perioden | definitie |", "|---|---|---|---|---|"]
        for indicator in {i.id: i for i in module.INDICATORS}.values():
            own = [row for row in rows if row.indicator == indicator.id]
            periods = sorted({row.period for row in own})
            span = " – ".join(dict.fromkeys([periods[0], periods[-1]])) if periods else ""
            lines.append(f"| `{indicator.id}` | {indicator.unit} | {len(own)} | {span} | {indicator.definition} |")
    lines += ["", "## Berekende cijfers", "", *COMPUTED, "", "## Bronnen", ""]
    for source in [*cleaned.sources, *register.area_lists()]:
        lines += [f"- `{source.file}`: {source.publisher}, {source.title}. Licentie: {source.licence}."]
        lines += [f"  Verkregen op {source.obtained}. {source.transcribed}"]
        lines += [f"  Beantwoord: `{one.answer}` ({one.who}, {one.when})." for one in source.answers]
    return "\n".join(lines) + "\n"


COMPUTED = (
    "De tabellen bevatten gepubliceerde cijfers, en sommen van gemeenten voor Limburg, het Vlaams Gewest en België. "
    "Wat het rapport verder berekent, staat in de notebooks:",
    "",
    "- cijfers per wijk: som van de statistische sectoren van de wijk;",
    "- groei: het verschil tussen twee perioden, gedeeld door de oudste;",
    "- inkomen per aangifte van een wijk: som van de totale inkomens gedeeld door de som van de aangiften, over de "
    "sectoren waarvan allebei gepubliceerd zijn;",
    "- mogelijk aantal leerlingen: de gehele getallen waarvan het gepubliceerde aantal, afgerond, het gepubliceerde "
    "aandeel is;",
    "- inkomen per inwoner: totaal netto belastbaar inkomen gedeeld door de inwoners op 1 januari van het jaar erna; "
    "het verschil met het Vlaams Gewest is gedeeld door het cijfer daarvan;",
    "- aandeel met een buitenlandse achtergrond: alle inwoners min wie een Belgische achtergrond heeft, gedeeld door "
    "alle inwoners;",
    "- deel van alle jonge kinderen: aandeel van de kinderen in kansarmoede, maal de kansarmoede-index van dat jaar;",
    "- marge van een antwoord uit de vragenlijst: uit het aandeel en het aantal deelnemers van Genk.",
)
