# SPDX-License-Identifier: EUPL-1.2
"""Sentences that pick their figures by name: `say("In {wanneer} sport {neemt_deel, sport} van de bevraagden.")`.

Between braces stands what `selection` knows (`{Hasselt}`, `{aandeel_tevreden, kinderopvang}`), a word of `WORDS` about
it (`{wanneer}`, `{bron, Hasselt}`), or a value that was given (`{verschil}`, `{rang.place:n}`). What a name does not
say, it has of the first one in the sentence; of the words that lead a sentence in (`LEADING`) the first does not count.
"""

from __future__ import annotations

import functools
import re
import string
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ..errors import DataError
from ..observations.observation import breakdown_parts
from ..observations.periods import period_text
from ..tables import store
from . import agreement, comparison, course, prose, survey
from .age import age
from .arithmetic import count
from .figure import Figure
from .frames import notes, publishers
from .prose import Prose, join
from .selection import Choice, Meant, choice_of, meant, settled, words_of

if TYPE_CHECKING:
    import pandas as pd

    Told = Figure | Prose | str

FIRST, BEFORE = "eerste", "vorige"  # periods of a series: where it begins after its last break; the last but one


def _rank(found: Meant) -> comparison.Rank:
    return comparison.rank(found.everyone, found.area, found.period)


def _parts(found: Meant) -> list[str]:
    """The part that a figure is of, in words: `18 tot 24 jaar`."""
    parts = breakdown_parts(found.row.breakdown.iloc[0])
    values = [value for key, value in parts.items() if key not in agreement.ASIDE]
    return [re.sub(r"(?<=\d)-(?=\d)", " tot ", value) for value in values]


def _in_survey(tell: Callable[..., Prose], found: Meant) -> Prose:
    answers = found.everyone[found.everyone.period == found.period]
    return tell(answers, found.area, survey.respondents(found.area, found.period))


WORDS: dict[str, Callable[[Meant], Told]] = {
    "n": lambda found: found.figure,
    "wanneer": lambda found: period_text(found.period),
    "waar": lambda found: found.area.title() if found.area.isupper() else found.area,
    "deel": lambda found: join(_parts(found)),
    "oud": lambda found: age(found.period, found.figure.cells[0]),
    "bron": lambda found: publishers(found.row),
    "opmerking": lambda found: notes(found.row)[0],
    "verloop": lambda found: course.direction(found.series),
    "koers": lambda found: course.path(found.series),
    "plaats": lambda found: _rank(found).words,
    "hoeveelste": lambda found: _rank(found).position,
    "gebieden": lambda found: _rank(found).areas,
    "midden": lambda found: prose.compared(_rank(found).to_median),
    "hoogste": lambda found: _rank(found).highest,
    "top": lambda found: _rank(found).top,
    "tegenover": lambda found: prose.compared(found.figure),
    "naast": lambda found: _in_survey(survey.beside, found),
    "elders": lambda found: _in_survey(survey.than_elsewhere, found),
}
COUNT = "aantal"  # how many rows a frame has
LEADING = ("wanneer", "waar", "deel", "oud", "bron")  # alone they are about the figure that comes next


def say(*templates: str, rows: pd.DataFrame | None = None, **values: object) -> Prose:
    """Paragraphs with figures filled in, picked by name from `rows` (else from all tables) or given as `values`.

    A name is an indicator, area, period or part of the rows, or several with commas; what it does not say is Genk, the
    total and the last period. `eerste` and `vorige` are periods of the series. Words about a figure:

    - `n`: the figure itself, where no name says more; `{n:n}` without its unit;
    - `wanneer`, `waar`, `deel`, `oud`, `bron`, `opmerking`: its period, area, part, age, publisher and remark;
    - `verloop`: how the series went, in sentences; `koers`: the same as part of a sentence;
    - `plaats`: where it stands among the areas, in a sentence; `hoeveelste`: its place as `zesde hoogste`; `gebieden`:
      of how many;
    - `midden`: how far from their median; `hoogste`: which area has the highest figure; `top`: that figure;
    - `tegenover`: a difference as `3% lager dan`;
    - `naast`: a share of the survey beside that of the other cities; `elders`: the same as part of a sentence.

    A value is a figure, words, names, another sentence, or a frame: `{prijs, Hasselt}` is picked from `prijs=…`, and
    `{prijs, aantal}` is how many rows it has.

    Raises `DataError` for a name that means nothing or more than one figure, and for a paragraph with figures of two
    periods, areas or parts of a population that it does not all name.

    >>> import genk_armoede as ga
    >>> sport = ga.pick(ga.load("stadsmonitor"), "aandeel_neemt_deel", activiteit="sport", period="2023")
    >>> print(ga.say("In {wanneer} sportte {n} van de bevraagden in Genk, {Hasselt} in Hasselt.", rows=sport))
    In 2023 sportte 75% van de bevraagden in Genk, 82% in Hasselt.
    """
    paragraphs = [" ".join(text.split()) if "\n" in text else text for text in templates]
    told = [prose.say(text, **_filled(text, rows, values)) for text in paragraphs]
    return Prose([paragraph for one in told for paragraph in one.parts], listed=False)


def either(*templates: str, rows: pd.DataFrame | None = None, **values: object) -> Prose:
    """The first of some sentences, as `say` takes them, that says only what is known: no figure is missing in it.

    The last one stands when nothing is known, and names no figure. Raises `DataError` when each of them has a figure
    without a value.

    >>> import genk_armoede as ga
    >>> noodhulp = ga.pick(ga.load("corona"), "corona_uitgaven", domein="noodhulp")
    >>> print(ga.either("Aan noodhulp ging {noodhulp}.", "Hoeveel naar noodhulp ging, weten we niet.", rows=noodhulp))
    Hoeveel naar noodhulp ging, weten we niet.
    """
    for text in templates:
        if all(map(_is_known, _filled(text, rows, values).values())):
            return say(text, rows=rows, **values)
    raise DataError(
        "no sentence for what is missing",
        found=" | ".join(templates),
        do="give a last sentence without a figure, which says in words that there is none",
    )


def _is_known(value: object) -> bool:
    parts = value.parts[0] if isinstance(value, Prose) else [value]
    return not any(isinstance(part, Figure) and part.value is None for part in parts)


def points(
    *sentences: str | Prose | Iterable[Prose] | None, rows: pd.DataFrame | None = None, **values: object
) -> Prose:
    """A list of sentences: templates as `say` takes them, or what `say` made. One that is None is left out.

    >>> import genk_armoede as ga
    >>> print(ga.points("In {wanneer} sport {neemt_deel, sport, 2023} van de bevraagden.", None))
    - In 2023 sport 75% van de bevraagden.
    """
    lines: list = []
    for sentence in sentences:
        if sentence is None:
            continue
        if isinstance(sentence, str):
            sentence = say(sentence, rows=rows, **values)
        for one in [sentence] if isinstance(sentence, Prose) else sentence:
            lines += one.parts
    if not lines:
        raise DataError("a list without points", do="leave it out")
    return Prose(lines, listed=True)


def _filled(text: str, rows: pd.DataFrame | None, values: Mapping[str, object]) -> dict[str, object]:
    """Each name between the braces of a template, with what it stands for."""
    names = dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)
    told: dict[str, object] = {}
    first: dict[str, Choice] = {}  # of each frame what the first name says
    picked = []
    for name in names:
        value, *path = name.split(".")
        if value in values and not hasattr(values[value], "columns"):
            told[name] = _words(functools.reduce(getattr, path, values[value]))
            continue
        one = _read(name, rows, values)
        picked.append(one)
        if one.says or one.word not in LEADING:
            first.setdefault(one.source, settled(one.rows, one.choice))
    return told | {one.name: one.tell(first.get(one.source, Choice())) for one in picked}


def _words(value: object) -> object:
    """Names in a list as words; any other value as it is."""
    if isinstance(value, list | tuple | set):
        return join(sorted(value) if isinstance(value, set) else list(value)) or "geen"
    return value


@dataclass(frozen=True, slots=True)
class _Name:
    """A name in a template that is picked from a frame: what it says of a row, and what is asked about it."""

    name: str
    source: str  # which of the frames
    rows: pd.DataFrame
    word: str
    moment: str  # `eerste` or `vorige`, or nothing
    choice: Choice
    says: bool  # more than a word about a figure

    def tell(self, first: Choice) -> Told:
        if self.word == COUNT:
            return count(self.rows, "")
        choice = self.choice.after(first)
        found = meant(self.rows, replace(choice, period="") if self.moment else choice)
        if self.moment:
            found = meant(self.rows, replace(choice, period=_moment(found.series, self.moment)))
        return WORDS[self.word](found)


def _read(name: str, rows: pd.DataFrame | None, values: Mapping[str, object]) -> _Name:
    source, words = "", words_of(name)
    if words[0] in values:
        source, *words = words
    frame = values[source] if source else _everything() if rows is None else rows
    word = words.pop(0) if words and words[0] in (*WORDS, COUNT) else "n"
    moments = [one for one in words if one in (FIRST, BEFORE)]
    words = [one for one in words if one not in moments]
    return _Name(name, source, frame, word, "".join(moments[:1]), choice_of(frame, words), bool(words))


def _everything() -> pd.DataFrame:
    """All tables but that of the gaps, which has no figures."""
    rows = store.load()
    return rows[~rows.breakdown.str.startswith("staat=")]


def _moment(series: pd.DataFrame, which: str) -> str:
    """The first period of a series since its last break, or the last but one."""
    found = course.course(series)
    if found is None:
        return min(series.period)
    return (found.first if which == FIRST else found.before)[0]
