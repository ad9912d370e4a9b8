"""Headings with the list below them: ``You may also like`` goes together with the three titles that follow."""

import itertools
from collections.abc import Iterator

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Page
from cleanr.packs import Rules

MOST_TITLES = 10
LONGEST_TITLE = 120
LEAST_BEFORE = 2  # paragraphs: a list of titles may be all that a document has
TITLE_WORDS = 3  # of a headline; a list of single words below a heading is somebody's list


def find(page: Page, rules: Rules) -> Iterator[Finding]:
    """Headings of related stories with the titles below, and links to the next story with its title."""
    yield from _lists(page)
    yield from _links(page)


def _lists(page: Page) -> Iterator[Finding]:
    """Headings with titles up to the end, to other furniture or to a blank line.

    A list that runs into prose stays, and its heading with it: where it ends cannot be seen then.
    """
    heads = [(at, hit) for at, hit in page.hits.items() if hit.strength == "head"]
    enough = page.prose[LEAST_BEFORE - 1] if heads and len(page.prose) >= LEAST_BEFORE else len(page)
    for at, hit in heads:
        end = at + 1
        while end < len(page) and end - at <= MOST_TITLES and _is_title(page, end):
            end += 1
        known = _ends(page, at, end) and at >= enough if end > at + 1 else _is_framed(page, at)
        if known and not page.is_led_to(at):
            yield Finding(at, hit.family, Safety.LIKELY, f"heading {hit.entry!r} of {end - at - 1} titles")
            for title in range(at + 1, end):
                yield Finding(title, hit.family, Safety.LIKELY, f"title below {page.texts[at][:40]!r}")


def _links(page: Page) -> Iterator[Finding]:
    """``Previous`` and ``Next`` below the text, each with the title that stands below it."""
    if len(page.prose) < LEAST_BEFORE:
        return
    links = [at for at, hit in page.hits.items() if hit.family == "pagination" and at > page.prose[LEAST_BEFORE - 1]]
    for first, second in itertools.pairwise(links):
        titles = [at + 1 for at in (first, second) if at + 1 < len(page) and _is_title(page, at + 1)]
        if second - first != 2 or len(titles) != 2 or page.is_led_to(first):
            continue
        if _differ(page, first, second) and _closes(page, second + 2):
            for at in (first, second):
                yield Finding(at, "pagination", Safety.LIKELY, f"phrase {page.hits[at].entry!r} above a title")
                yield Finding(at + 1, "pagination", Safety.LIKELY, f"title below {page.texts[at][:40]!r}")


def _differ(page: Page, first: int, second: int) -> bool:
    return page.hits[first].entry != page.hits[second].entry


def _closes(page: Page, at: int) -> bool:
    """Whether a place ends a block of titles: the end of the page, furniture, or a paragraph."""
    return at >= len(page) or at in page.hits or page.is_prose(at) or not page.follows(at, at - 1)


def _ends(page: Page, at: int, end: int) -> bool:
    """Whether the list of a heading ends where no title follows any more."""
    if end == len(page) or end in page.hits:
        return True
    # One block: nothing between the heading and its titles, and a blank line below.
    block = page.follows(end - 1, at) and not page.follows(end, end - 1)
    return block and all(len(page.texts[title].split()) >= TITLE_WORDS for title in range(at + 1, end))


def _is_framed(page: Page, at: int) -> bool:
    """Whether a heading without titles is an entry among others, or all that is left below the text."""
    if page.is_strong(at - 1) or page.is_strong(at + 1):
        return True
    if at == len(page) - 1:
        return page.is_prose(at - 1)
    within = page.prose and page.prose[0] < at < page.prose[-1]
    return at - 1 in page.hits and at + 1 in page.hits and not within


def _is_title(page: Page, at: int) -> bool:
    text = page.texts[at]
    return (
        len(text) <= LONGEST_TITLE
        and at not in page.hits
        and at not in page.fixed
        and not text.endswith((".", ",", ";", ":", "。"))
    )
