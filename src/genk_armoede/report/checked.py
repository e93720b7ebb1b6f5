# SPDX-License-Identifier: EUPL-1.2
"""What `check` says, in Dutch on one screen, or as JSON.

Takes what `tables.checking` noticed; gives lines and an object; called by `cli`.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from babel.numbers import format_decimal

from ..observations.observation import STATUS, Observation, breakdown_parts
from ..observations.periods import period_text
from ..tables.checking import Checked
from ..tables.comparing import Finding, Gravity

FIRST = 3  # of each kind, on one screen
KINDS = {
    "new": "nieuwe cijfers",
    "equal": "gelijke cijfers",
    "hidden": "cijfers die eerst vertrouwelijk waren en niet vergeleken worden",
    "revised": "herziene cijfers",
    "gone": "verdwenen cijfers",
    "missing": "cijfers die de vorige periode wel heeft",
    "jump": "sprongen die niet in de eigen reeks passen",
    "share": "aandelen onder 0 of boven 100 %",
    "negative": "aantallen onder nul",
    "fraction": "aantallen met een stuk van een persoon",
    "unit": "andere eenheden",
    "refused": "cijfers die de controles van de dataset weigeren",
    "new indicator": "nieuwe indicatoren",
    "new area": "nieuwe gebieden",
    "new part": "nieuwe delen van een uitsplitsing",
    "new period": "nieuwe perioden",
    "gone indicator": "indicatoren die er niet meer in staan",
    "gone area": "gebieden die er niet meer in staan",
    "gone part": "delen van een uitsplitsing die er niet meer in staan",
    "gone period": "perioden die er niet meer in staan",
}
VERDICT = {
    Gravity.TOLD: "In orde.",
    Gravity.WRONG: "Fout: zo kan dit bestand niet in het rapport. Verbeter de cellen, of vraag het aan wie het gaf.",
    Gravity.LOOK: 'Te bekijken. Verbeter wat fout is; klopt het, dan: genk-armoede register BESTAND --accept "waarom".',
}
NEW_INDICATOR = "echt nieuw? geef een naam in de module van de dataset (CONTRIBUTING.md), of laat weg met --ignore"
MARKS = {Gravity.WRONG: "FOUT", Gravity.LOOK: "BEKIJK", Gravity.TOLD: "      "}


def lines(checked: Checked, show: bool = False) -> list[str]:
    """One screen: how many of each kind, and the first of what is not in order; with `show` all of them."""
    counts = Counter(finding.kind for finding in checked.findings)
    figures = [f"{counts[kind]} {word}" for kind, word in _COUNTED.items() if counts[kind]]
    told = [f"{checked.file} naast {checked.against}: {', '.join(figures) or 'geen cijfers'}."]
    for kind, gravity in dict.fromkeys((finding.kind, finding.gravity) for finding in checked.findings):
        found = [one for one in checked.findings if (one.kind, one.gravity) == (kind, gravity)]
        if kind in ("new", "equal", "hidden") and not show:
            continue
        told.append(f"{MARKS[gravity]:<6} {KINDS[kind]}: {len(found)}")
        first = found if show else found[:FIRST]
        told += [f"         {_told(finding, checked.confidential)}" for finding in first]
        if len(found) > len(first):
            told.append(f"         … en nog {len(found) - len(first)}; --show toont alles")
        if (kind, gravity) == ("new indicator", Gravity.WRONG):
            told.append(f"         {NEW_INDICATOR}")
    if checked.left_out:
        first = checked.left_out if show else checked.left_out[:FIRST]
        told.append(f"       niet gelezen: {len(checked.left_out)}")
        told += [f"         {_left_out(what)}" for what in first]
    return [*told, VERDICT[checked.gravity]]


_COUNTED = {
    "new": "nieuw", "equal": "gelijk", "revised": "herzien", "gone": "verdwenen", "hidden": "niet vergeleken",
}  # fmt: skip


def _left_out(text: str) -> str:
    """What a layout left out, in Dutch; the name of its sheet may stand before it."""
    from .sheet_words import dutch  # its sentences take a moment to load, and most files leave nothing out

    if (known := dutch(text)).lang != "en":
        return str(known)
    name, colon, what = text.partition(": ")
    return f"{name}{colon}{dutch(what)}"


def _told(finding: Finding, confidential: bool) -> str:
    what = finding.kind
    if what == "refused":
        return finding.said.replace("\n", "\n         ") or "de cijfers zijn vertrouwelijk"
    if what == "unit":
        return f"{finding.row.indicator}: [{finding.name}] in plaats van [{finding.near}] ({_place(finding.row)})"
    if what.endswith("period"):
        return f"{period_text(finding.name)} ({_place(finding.row)})"
    if finding.name and what != "missing":
        near = f", lijkt op {finding.near!r}" if finding.near else ""
        return f"{finding.name!r}{near} ({_place(finding.row)})"
    return f"{_subject(finding)}: {_values(finding, confidential)} ({_place(finding.row)})"


def _subject(finding: Finding) -> str:
    row, parts = finding.row, breakdown_parts(finding.row.breakdown).values()
    period = finding.name if finding.kind == "missing" else row.period
    return " · ".join([row.indicator, row.area, *parts, period_text(period)])


def _values(finding: Finding, confidential: bool) -> str:
    row, before = finding.row, finding.before
    if confidential:
        return "vertrouwelijk"
    if finding.kind == "missing":
        return f"ontbreekt, was {_value(row)} in {period_text(row.period)}"
    if finding.kind == "gone":
        return f"was {_value(row)}"
    if before is None or finding.kind == "equal":
        return _value(row)
    if finding.kind == "jump":
        return f"{_value(row)} na {_value(before)} in {period_text(before.period)}{_percent(finding)}"
    return f"{_value(row)}, was {_value(before)}{_percent(finding)}"


def _value(row: Observation) -> str:
    if row.value is None:
        return " ".join(STATUS[flag] for flag in row.status if flag in "cmz")
    return f"{_number(row.value)} {row.unit}".strip()


def _percent(finding: Finding) -> str:
    """By how much it differs: of shares in points, since 9,1 after 58,2 % is no fall of 84 %."""
    if finding.percent is None:
        return ""
    if finding.row.unit == "%":
        return f", {_number(finding.row.value - finding.before.value, sign=True)} procentpunt"
    return f", {_number(finding.percent.quantize(Decimal('0.1')), sign=True)} %"


def _number(value: Decimal, sign: bool = False) -> str:
    return "+" * (sign and value > 0) + format_decimal(
        value, "#,##0.##########", locale="nl_BE", decimal_quantization=False
    )


def _place(row: Observation) -> str:
    return " ".join(filter(None, [row.source, row.sheet, row.cell]))


def as_json(checked: Checked) -> dict[str, object]:
    """The same for a program: what it was held against, how grave it is, and every finding."""
    counts = Counter(finding.kind for finding in checked.findings)
    return {
        "file": checked.file,
        "against": checked.against,
        "verdict": checked.gravity.name.lower(),
        "counts": dict(sorted(counts.items())),
        "left_out": checked.left_out,
        "findings": [_object(finding, checked.confidential) for finding in checked.findings],
    }


def _object(finding: Finding, confidential: bool) -> dict[str, object]:
    row, before, percent = finding.row, finding.before, finding.percent
    found = {"kind": finding.kind, "gravity": finding.gravity.name.lower()}
    found |= {"file": row.source, "sheet": row.sheet, "cell": row.cell}
    found |= {name: getattr(row, name) for name in ("indicator", "area_code", "area", "period", "breakdown", "unit")}
    found |= {"name": finding.name, "near": finding.near}
    if confidential:
        return found
    return found | {
        "value": None if row.value is None else float(row.value),
        "before": None if before is None or before.value is None else float(before.value),
        "percent": None if percent is None else round(float(percent), 1),
        "said": finding.said,
    }
