# SPDX-License-Identifier: EUPL-1.2
"""From when to when, in words: whatever the periods are, and in whatever order they come."""

import pytest

from genk_armoede.observations.timespan import span, years

YEARS = [
    ([], ""),
    (["2021"], "2021"),
    (["2016", "2014", "2024"], "2014–2024"),
    (["2023-2024", "2013-2014"], "2013–2024"),
    (["2014-12", "2024-06"], "2014–2024"),
    (["2005", "2020", "2021-01-01"], "2005–2020"),  # income of 2020, and residents on 1 January
    (["2021-01-01"], "2021"),
]
SPANS = [
    ([], ""),
    (["2021", "2021"], "2021"),
    (["2024", "2014"], "2014–2024"),
    (["2023-2024"], "2023–2024"),
    (["2023-2024", "2013-2014"], "2013–2014 tot 2023–2024"),
    (["2024-06", "2014-12"], "december 2014 tot juni 2024"),
    (["2022", "2013-2014"], "2013–2014 tot 2022"),
    (["2021-01-01"], "1 januari 2021"),
]


@pytest.mark.parametrize(("periods", "words"), YEARS)
def test_the_years_of_a_source(periods, words):
    assert years(periods) == words


@pytest.mark.parametrize(("periods", "words"), SPANS)
def test_the_span_of_a_chart(periods, words):
    assert span(periods) == words
