"""Headings with the list below them: ``You may also like`` goes together with the three titles that follow."""

from collections.abc import Iterator, Sequence

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Row
from cleanr.packs import Rules

MOST_TITLES = 10
LONGEST_TITLE = 120
LEAST_BEFORE = 2  # long lines that stand before the heading: a list of titles may be all that a document has


def find(rows: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    """Titles under a heading of related stories, where they run up to the end or to the next furniture.

    A list that runs into prose stays: where it ends cannot be seen then.
    """
    long_before = 0
    for i, row in enumerate(rows):
        long_before += row.is_long and row.ends_sentence
        if row.hit and row.hit.strength == "head" and long_before >= LEAST_BEFORE:
            end = i + 1
            while end < len(rows) and end - i <= MOST_TITLES and _is_title(rows[end]):
                end += 1
            if end == len(rows) or _is_strong(rows[end]):
                for title in rows[i + 1 : end]:
                    yield Finding(title, row.hit.family, Safety.LIKELY, f"title below {row.text[:40]!r}")


def _is_title(row: Row) -> bool:
    return row.hit is None and len(row.text) <= LONGEST_TITLE and not row.text.endswith((".", ",", ";", ":", "。"))


def _is_strong(row: Row) -> bool:
    return row.hit is not None and row.hit.strength != "weak"
