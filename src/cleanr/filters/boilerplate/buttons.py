"""A button that stands alone: ``Share`` between a byline and the first paragraph goes, ``Share`` as a heading stays.

Packs name the weak phrases that authors hardly ever set as a line of their own (`buttons`). One of them goes where the
lines on both sides are text, other furniture, or the end of the page, and where nothing says that it is a heading or an
entry of a list.
"""

import re
from collections.abc import Iterator
from functools import cache

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import COLONS, Finding, Page
from cleanr.packs import Rules, fold
from cleanr.writing import count_words, ends_sentence, is_sentence

LEAST_PROSE = 4  # paragraphs of a page: a shorter text may be about the words that stand between them
LEAST_TITLE = 4  # words of a headline: a shorter line may be an entry of the same list
LEAST_BESIDE = 2  # words of a line above the text, where authors, sections and dates stand
LONGEST = 40  # characters of a button
# What shops, forums and newspapers set between paragraphs; names of other families could be the paragraph's heading.
ABOVE_PROSE = frozenset({"share", "ads", "pagination", "placeholders", "readmore", "related", "docs", "tags", "media"})
HEAD_ONLY = frozenset({"navigation", "cookies"})
OWNERS = frozenset({"related", "docs", "tags"})  # head a list, and go alone where none is left
MOST_HEADINGS = 1  # of one word, of a page where one more is no heading
TAIL = 4  # paragraphs above a heading for each one below: what stands there is the tail of the page
DATED = frozenset({"byline", "dateline"})


def find(page: Page, rules: Rules) -> Iterator[Finding]:
    """Lines that a pack calls buttons, between text and text, other furniture, or the end of the page."""
    if len(page.prose) < LEAST_PROSE:
        return
    headings = None
    for at, hit in page.hits.items():
        text = page.texts[at]
        if hit.strength == "strong" or len(text) > LONGEST or _name(text) not in rules.grammar["buttons"]:
            continue
        if not rules.families[hit.family].default or page.is_led_to(at) or not _is_label(page, at):
            continue
        if hit.family == "counters":
            if _is_dated(page, at):
                yield Finding(at, hit.family, Safety.LIKELY, f"phrase {hit.entry!r} beside a date or an author")
            continue
        if not _stands_alone(page, at):
            continue
        if _is_text(page, at + 1) and len(text.split()) == 1:
            headings = _headings(page) if headings is None else headings
            if headings - _is_heading(page, at) > MOST_HEADINGS:
                continue
        yield Finding(at, hit.family, Safety.LIKELY, f"phrase {hit.entry!r} alone")


def _name(text: str) -> str:
    """A line as packs name buttons: folded, with ``{n}`` for a number."""
    folded = fold(text)
    return folded if folded.isalpha() else _number().sub("{n}", folded)


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\d[\d.,]*")


def _is_label(page: Page, at: int) -> bool:
    """Whether a line is written like a label: with a capital where a script has them, and no sentence."""
    text = page.texts[at]
    begins = at > 0 and at + 1 < len(page) and page.follows(at + 1, at) and not page.follows(at, at - 1)
    if begins and at + 1 not in page.hits:
        return False  # it belongs to what stands below
    if text[0].islower() or page.is_item(at) and not text[0].isdigit():
        return False
    return page.hits[at].family == "placeholders" or not ends_sentence(text)


def _stands_alone(page: Page, at: int) -> bool:
    """Whether text, furniture or the end of the page is on both sides of a line."""
    hit, above, below = page.hits[at], _is_firm(page, at - 1), _is_firm(page, at + 1)
    if hit.family == "placeholders" and above and below:
        return True  # one for each picture, on end
    if not (above or below) or page.texts[at] in (*page.texts[max(at - 1, 0) : at], *page.texts[at + 1 : at + 2]):
        return False
    if at == 0 and not page.is_strong(1):
        return False  # a title
    in_head = at < page.prose[0]
    if hit.family in HEAD_ONLY and not in_head:
        return False
    if _is_text(page, at + 1):
        owner = hit.family == "related" and hit.strength == "weak"  # could be a heading of the text itself
        if hit.family not in ABOVE_PROSE or (owner and not _is_tail(page, at)):
            return False
    elif hit.family in OWNERS and not below:
        return above and _is_tail(page, at)
    elif page.texts[at].endswith(COLONS) and not below:
        return False
    least = LEAST_BESIDE if in_head else LEAST_TITLE
    return (above or _is_other(page, at - 1, least)) and (below or _is_other(page, at + 1, least))


def _is_firm(page: Page, at: int) -> bool:
    """Whether a place is beyond the page, furniture, or text: nothing that could be the next entry of a list."""
    return not 0 <= at < len(page) or at in page.hits or _is_text(page, at)


def _is_text(page: Page, at: int) -> bool:
    return 0 <= at < len(page) and at not in page.hits and (page.is_prose(at) or is_sentence(page.texts[at]))


def _is_other(page: Page, at: int, least: int) -> bool:
    """Whether a line that no pack knows is of another kind than a button: of so many words, no label and no item."""
    text = page.texts[at]
    return count_words(text) >= least and not text.endswith(COLONS) and not page.is_item(at)


def _is_tail(page: Page, at: int) -> bool:
    """Whether nearly all paragraphs stand above a line."""
    above = sum(prose < at for prose in page.prose)
    return above >= TAIL * (len(page.prose) - above) and above > 0


def _headings(page: Page) -> int:
    return sum(_is_heading(page, prose - 1) for prose in page.prose)


def _is_heading(page: Page, at: int) -> bool:
    """Whether a line of one word stands above a paragraph."""
    return 0 <= at < len(page) - 1 and " " not in page.texts[at] and page.is_prose(at + 1) and not page.is_prose(at)


def _is_dated(page: Page, at: int) -> bool:
    """Whether a duration is said once, beside an author's name or a date: a time to read, not to cook."""
    entry = page.hits[at].entry
    if sum(hit.entry == entry for hit in page.hits.values()) > 1:
        return False
    beside = (page.hits[near] for near in (at - 1, at + 1) if near in page.hits)
    return any(hit.family in DATED for hit in beside)
