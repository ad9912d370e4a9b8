"""A button that stands alone: ``Share`` between a byline and the first paragraph goes, ``Share`` as a heading stays.

Packs name the weak phrases that authors hardly ever set as a line of their own (`buttons`). One of them goes where the
lines on both sides are text, other furniture, or the end of the page, and where nothing says that it is a heading or an
entry of a list.
"""

import bisect
import re
from collections import Counter
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
MOST_BAR = 8  # buttons between two paragraphs
BAR = frozenset({"share", "follow", "comments"})
DATED = frozenset({"byline", "dateline"})


def find(page: Page, rules: Rules) -> Iterator[Finding]:
    """Lines that a pack calls buttons, between text and text, other furniture, or the end of the page."""
    if len(page.prose) < LEAST_PROSE:
        return
    named = [at for at in page.hits if _is_named(page, rules, at)]
    if not named:
        return
    headings = _headings(page)
    framed = any(map(page.is_strong, page.hits))
    times = Counter(hit.entry for hit in page.hits.values())
    bars: set[int] = set()
    for at in named:
        hit = page.hits[at]
        bar = _bar(page, rules, at)
        if hit.family == "counters":
            if times[hit.entry] == 1 and _is_dated(page, at):
                yield Finding(at, hit.family, Safety.LIKELY, f"phrase {hit.entry!r} beside a date or an author")
        elif len(bar) > 1 and page.prose[0] < at < page.prose[-1] and {page.hits[i].family for i in bar} <= BAR:
            bars.update(bar if framed and _is_bar(page, bar) else ())
        elif _stands_alone(page, at) and (framed or not _is_apart(page, at)):
            one = _is_text(page, at + 1) and " " not in page.texts[at]
            if not one or headings - _is_heading(page, at) <= MOST_HEADINGS:
                yield Finding(at, hit.family, Safety.LIKELY, f"phrase {hit.entry!r} alone")
    for at in bars:
        yield Finding(at, page.hits[at].family, Safety.LIKELY, f"phrase {page.hits[at].entry!r} in a bar of buttons")


def _is_named(page: Page, rules: Rules, at: int) -> bool:
    """Whether a pack calls a line a button, and the page shows it like one."""
    hit, text = page.hits[at], page.texts[at]
    if hit.strength == "strong" or len(text) > LONGEST or not rules.families[hit.family].default:
        return False
    return _name(text) in rules.grammar["buttons"] and not page.is_led_to(at) and _is_label(page, at)


def _bar(page: Page, rules: Rules, at: int) -> range:
    """The weak lines around one, without a line between them that is none; of more than a bar can have, a part."""
    start, end = at, at + 1
    while at - start <= MOST_BAR and _is_weak(page, rules, start - 1):
        start -= 1
    while end - at <= MOST_BAR and _is_weak(page, rules, end):
        end += 1
    return range(start, end)


def _is_weak(page: Page, rules: Rules, at: int) -> bool:
    return at in page.hits and page.hits[at].strength == "weak" and rules.families[page.hits[at].family].default


def _is_bar(page: Page, bar: range) -> bool:
    """Whether weak lines between paragraphs are buttons: a few different ones, in one block.

    That holds for pages with furniture beyond doubt. On others, the text may speak about them.
    """
    if len(bar) > MOST_BAR:
        return False
    block = page.follows(bar[-1], bar[0]) and len({page.texts[at] for at in bar}) == len(bar)
    above = _is_firm(page, bar[0] - 1) or _is_other(page, bar[0] - 1, LEAST_TITLE)
    return block and above and _is_firm(page, bar[-1] + 1)


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
    return page.hits[at].family in ("placeholders", "counters") or not ends_sentence(text)  # Loading… and 3 Min.


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


def _is_apart(page: Page, at: int) -> bool:
    """Whether a line stands between paragraphs with blank lines around it, as headings of exercises and articles do."""
    if page.hits[at].family in ("placeholders", "ads") or not page.prose[0] < at < page.prose[-1]:
        return False
    return not page.follows(at, at - 1) and not page.follows(at + 1, at)


def _is_firm(page: Page, at: int) -> bool:
    """Whether a place is beyond the page, furniture, or text: nothing that could be the next entry of a list."""
    return not 0 <= at < len(page) or at in page.hits or _is_text(page, at)


def _is_text(page: Page, at: int) -> bool:
    if not 0 <= at < len(page) or at in page.hits or page.is_item(at):
        return False
    return page.is_prose(at) or is_sentence(page.texts[at])


def _is_other(page: Page, at: int, least: int) -> bool:
    """Whether a line that no pack knows is of another kind than a button: of so many words, no label and no item."""
    text = page.texts[at]
    return count_words(text) >= least and not text.endswith(COLONS) and not page.is_item(at)


def _is_tail(page: Page, at: int) -> bool:
    """Whether nearly all paragraphs stand above a line."""
    above = bisect.bisect_left(page.prose, at)
    return above >= TAIL * (len(page.prose) - above) and above > 0


def _headings(page: Page) -> int:
    return sum(_is_heading(page, prose - 1) for prose in page.prose)


def _is_heading(page: Page, at: int) -> bool:
    """Whether a line of one word stands above a paragraph."""
    return 0 <= at < len(page) - 1 and " " not in page.texts[at] and page.is_prose(at + 1) and not page.is_prose(at)


def _is_dated(page: Page, at: int) -> bool:
    """Whether a duration stands beside an author's name or a date: then it is a time to read, not to cook."""
    beside = (page.hits[near] for near in (at - 1, at + 1) if near in page.hits)
    return any(hit.family in DATED for hit in beside)
