# SPDX-License-Identifier: EUPL-1.2
"""What may not be said of a figure that the report does not have, wherever the project itself writes."""

import re

# "Of Genk only a range is published", "the amounts stand in the full report only" say as much as "is not published".
NOT_PUBLISHED = re.compile(
    r"\bniet(?: \w+)? gepubliceerd|\bnooit gepubliceerd|\bgeen \w+(?: \w+)? gepubliceerd|"
    r"\bis alleen \w+ \w+ gepubliceerd|\bstaa[nt] alleen in\b|\bvoor een gemeente bestaat",
    re.IGNORECASE,
)
_STATE = re.compile(r"staat=niet gepubliceerd")  # the state itself, where the table of gaps explains it


def unpublished(text: str) -> list[str]:
    """Where a text says that a figure is not published: what only the table of gaps may say."""
    return NOT_PUBLISHED.findall(_STATE.sub("", " ".join(text.split())))
