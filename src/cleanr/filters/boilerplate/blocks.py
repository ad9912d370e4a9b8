"""Headings with the list below them: ``You may also like`` goes together with the three titles that follow."""

import itertools
from collections.abc import Iterator, Sequence

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Row
from cleanr.packs import Rules

MOST_TITLES = 10
LONGEST_TITLE = 120
LEAST_BEFORE = 2  # long lines


def find(rows: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    """Titles under a heading of related stories, where they run up to the end or to the next furniture.

    A list that runs into prose stays, and its heading with it: where it ends cannot be seen then.
    """
    heads = [(i, row.hit) for i, row in enumerate(rows) if row.hit and row.hit.strength == "head"]
    enough = _prose_ends(rows) if heads else 0
    for i, hit in heads:
        end = i + 1
        while end < len(rows) and end - i <= MOST_TITLES and _is_title(rows[end]):
            end += 1
        if i >= enough and (end == len(rows) or _is_strong(rows[end])):
            yield Finding(rows[i], hit.family, Safety.LIKELY, f"heading {hit.entry!r} of {end - i - 1} titles")
            for title in rows[i + 1 : end]:
                yield Finding(title, hit.family, Safety.LIKELY, f"title below {rows[i].text[:40]!r}")


def _prose_ends(rows: Sequence[Row]) -> int:
    """Behind which line enough prose has been said: a list of titles may be all that a document has."""
    long = (i for i, row in enumerate(rows) if row.is_prose)
    return next(itertools.islice(long, LEAST_BEFORE - 1, None), len(rows))


def _is_title(row: Row) -> bool:
    return (
        not row.fixed
        and row.hit is None
        and len(row.text) <= LONGEST_TITLE
        and not row.text.endswith((".", ",", ";", ":", "。"))
    )


def _is_strong(row: Row) -> bool:
    return row.hit is not None and row.hit.strength == "strong"
