"""Headings with the list below them: ``You may also like`` goes together with the three titles that follow."""

from collections.abc import Iterator

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Page
from cleanr.packs import Rules

MOST_TITLES = 10
LONGEST_TITLE = 120
LEAST_BEFORE = 2  # long lines


def find(page: Page, rules: Rules) -> Iterator[Finding]:
    """Titles under a heading of related stories, where they run up to the end or to the next furniture.

    A list that runs into prose stays, and its heading with it: where it ends cannot be seen then.
    """
    heads = [(at, hit) for at, hit in page.hits.items() if hit.strength == "head"]
    # A list of titles may be all that a document has.
    enough = page.prose[LEAST_BEFORE - 1] if heads and len(page.prose) >= LEAST_BEFORE else len(page)
    for at, hit in heads:
        end = at + 1
        while end < len(page) and end - at <= MOST_TITLES and _is_title(page, end):
            end += 1
        if at >= enough and (end == len(page) or _is_strong(page, end)):
            yield Finding(at, hit.family, Safety.LIKELY, f"heading {hit.entry!r} of {end - at - 1} titles")
            for title in range(at + 1, end):
                yield Finding(title, hit.family, Safety.LIKELY, f"title below {page.texts[at][:40]!r}")


def _is_title(page: Page, at: int) -> bool:
    text = page.texts[at]
    return (
        len(text) <= LONGEST_TITLE
        and at not in page.hits
        and at not in page.fixed
        and not text.endswith((".", ",", ";", ":", "。"))
    )


def _is_strong(page: Page, at: int) -> bool:
    return at in page.hits and page.hits[at].strength == "strong"
