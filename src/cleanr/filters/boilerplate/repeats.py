"""A line said twice in a row: of ``The bridge opens in May`` twice, as headline and as title, one goes.

Verse, tables, code, lists and talk repeat themselves on purpose: there, nothing goes.
"""

import itertools
import operator
import re
from collections.abc import Iterator
from functools import cache

from cleanr.edits import Safety
from cleanr.filters.boilerplate.lines import Finding, Page
from cleanr.packs import Rules
from cleanr.writing import count_words

LEAST_WORDS = 5


@cache
def _structured() -> re.Pattern[str]:
    """What begins a list item, a quotation, a turn of talk or a row, or stands in one or in code."""
    return re.compile(r"^(?:[-*+•>|#<]|\d{1,4}[.):]|\w{1,20}[:>])|[{};=|\t\\]|\S {2,}\S|[{};]$")


def find(page: Page, rules: Rules) -> Iterator[Finding]:
    """Lines of five or more words that equal the line directly before them, and stand beside prose."""
    texts = page.texts
    if not any(map(operator.eq, texts, itertools.islice(texts, 1, None))):
        return
    for at, (before, text) in enumerate(itertools.pairwise(texts), 1):
        if text != before or at in page.fixed or not page.follows(at, at - 1) or page.is_indented(at):
            continue
        if text in texts[max(at - 2, 0) : at - 1] or text in texts[at + 1 : at + 2]:
            continue  # three times is meant
        if count_words(text) < LEAST_WORDS or _structured().search(text):
            continue
        if page.is_prose(at) or _beside_prose(page, at):
            yield Finding(at, "repeats", Safety.LIKELY, "repeats the line before it")


def _beside_prose(page: Page, at: int) -> bool:
    """Whether a paragraph is near: among short lines only, a repeated line is a refrain."""
    around = (*range(max(0, at - 3), at - 1), *range(at + 1, min(at + 3, len(page))))
    near = [i for i in around if page.texts[i] != page.texts[at]]
    return bool(near) and sum(map(page.is_prose, near)) * 2 >= len(near)
