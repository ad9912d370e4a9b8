"""What a line is that the model takes for furniture: ``© 2024 Example`` is a note of rights,
``Sports`` an entry of a menu."""

import re
from collections.abc import Sequence
from functools import cache

from cleanr.filters.boilerplate.lines import Page
from cleanr.filters.boilerplate.model_lines import Traits
from cleanr.writing import END_MARKS

KEPT = frozenset({"byline", "dateline", "credits", "captions"})  # by others called content: they go by guesses only
MENU_WORDS = 3
TEASER_WORDS = 4
MOST_WORDS = 8  # of a byline or a date
NEAR = 4  # lines from the text: there its author and date stand
TEASER_SCORE = 20


# Most captions and bylines are known to packs.
AGENCIES = (
    "Getty Images",
    "/AP",
    "/AFP",
    "/Reuters",
    "/REUTERS",
    "/dpa",
    "dpa/",
    "dpa-",
    "AFP/",
    "Shutterstock",
    "iStock",
)


@cache
def _date() -> re.Pattern[str]:
    return re.compile(r"\b(?:19|20)\d\d\b|\d[:.]\d\d\b|\d\d?[./]\d\d?[./]|\d ?[年月日년월일]")


def family(page: Page, own: Sequence[Traits], at: int) -> str:
    """The family of a line: as packs know it, else by its shape and place; ``other`` where neither tells."""
    if at in page.hits:
        return page.hits[at].family
    text, line = page.texts[at], own[at]
    if "©" in text:
        return "copyright"
    if any(map(text.__contains__, AGENCIES)):
        return "captions"
    # Far from the text, names and dates are those of other stories.
    if line.words <= MOST_WORDS and page.prose[0] - NEAR <= at <= page.prose[-1] + NEAR:
        if at < page.prose[0] and line.score <= 0 and _is_name(text):
            return "byline"
        if line.digits and _date().search(text):
            return "dateline"
    if line.words <= MENU_WORDS and text[-1] not in END_MARKS:
        return "navigation"
    return "teaser" if line.words >= TEASER_WORDS and line.score < TEASER_SCORE else "other"


def _is_name(text: str) -> bool:
    words = text.split()
    return 2 <= len(words) <= 6 and all(word[0].isupper() for word in words) and not any(map(str.isdigit, text))
