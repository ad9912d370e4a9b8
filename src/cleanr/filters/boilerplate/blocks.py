"""Headings with the list below them: ``You may also like`` goes together with the three titles that follow."""

from collections.abc import Iterator, Sequence

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Row
from cleanr.packs import Rules

MOST_TITLES = 10
LONGEST_TITLE = 120
LEAST_BEFORE = 2  # long lines


def find(rows: Sequence[Row], rules: Rules) -> Iterator[Finding]:
    """Titles under a heading of related stories, where they run up to the end or to the next furniture.

    A list that runs into prose stays: where it ends cannot be seen then.
    """
    for i, row in enumerate(rows):
        if row.hit is None or row.hit.strength != "head":
            continue
        end = i + 1
        while end < len(rows) and end - i <= MOST_TITLES and _is_title(rows[end]):
            end += 1
        if end > i + 1 and (end == len(rows) or _is_strong(rows[end])) and _has_prose(rows[:i]):
            for title in rows[i + 1 : end]:
                yield Finding(title, row.hit.family, Safety.LIKELY, f"title below {row.text[:40]!r}")


def _has_prose(rows: Sequence[Row]) -> bool:
    """Whether enough long lines stand before a heading: a list of titles may be all that a document has."""
    left = LEAST_BEFORE
    for row in rows:
        left -= row.is_long and row.ends_sentence
        if not left:
            return True
    return False


def _is_title(row: Row) -> bool:
    return (
        not row.fixed
        and row.hit is None
        and len(row.text) <= LONGEST_TITLE
        and not row.text.endswith((".", ",", ";", ":", "。"))
    )


def _is_strong(row: Row) -> bool:
    return row.hit is not None and row.hit.strength != "weak"
