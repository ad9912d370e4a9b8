"""What only a person can judge: ``110 Gough St.`` among more addresses that stay is spared, whatever the model says."""

import itertools
import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from cleanr.code import is_code
from cleanr.filters.boilerplate.lines import Page
from cleanr.filters.boilerplate.model_lines import Traits
from cleanr.writing import ends_sentence, is_sentence

SENTENCE = 40  # words: a sentence with more goes only where guesses do
LEADER = "...."  # from a heading to its page, in a table of contents
MOST_OF = 0.6  # of the lines between two paragraphs: what goes is furniture then, and not scattered over a list
SURE = 3000  # thousandths of log odds: so sure of a line that those around it need not go


class Judged(NamedTuple):
    """A line with its score, in thousandths of log odds, and whether the score is enough to call it likely.

    `zone` is 0 above the stretch of a page that is its text, 1 in it or near it, 2 below.
    """

    at: int
    score: int
    likely: bool
    zone: int


@cache
def _source() -> re.Pattern[str]:
    return re.compile(r"\W?\d{1,3}[.)\]:]{1,2} ?(?:https?://|doi:|www\.)\S+$", re.IGNORECASE)


def is_content(page: Page, at: int, line: Traits) -> bool:
    """What only a guess takes, whatever its score: long sentences, numbers alone, sources, what a colon leads to."""
    if line.words > SENTENCE and ends_sentence(page.texts[at]):
        return True
    number = line.words == 0 and line.digits > 0 and at not in page.hits
    return number or page.is_introduced(at) or _source().match(page.texts[at]) is not None


def spare(page: Page, judged: dict[int, Judged]) -> None:
    """Leave to guesses what only a person can judge: a heading alone, and lines of a list, a table or code.

    Those go only in the frame, or in one stretch with other furniture: not a line of them between kept ones.
    """
    _spare_scattered(page, judged)
    _spare_lonely(page, judged)
    likely = [at for at, line in judged.items() if line.likely]
    gone = {*likely, *page.hits}
    done = 0
    for at in likely:
        if at < done:
            continue
        start, end = at, at + 1
        while start - 1 in gone:
            start -= 1
        while end in gone:
            end += 1
        done = end
        heading = end - start == 1 and _is_above_text(page, end)
        if heading or (
            not _is_menu(page, judged, start, end) and all(is_structure(page, i) for i in range(start, end))
        ):
            judged.update((i, judged[i]._replace(likely=False)) for i in range(start, end) if i in judged)


def _spare_scattered(page: Page, judged: dict[int, Judged]) -> None:
    """Leave to guesses what no pack knows, between two paragraphs and scattered among more lines that stay."""
    for above, below in itertools.pairwise(page.prose):
        likely = [at for at in range(above + 1, below) if at in judged and judged[at].likely and at not in page.hits]
        if likely:
            gone = len(likely) + sum(at in page.hits for at in range(above + 1, below))
            if gone < MOST_OF * (below - above - 1):
                judged.update((at, judged[at]._replace(likely=False)) for at in likely if judged[at].score < SURE)


def _spare_lonely(page: Page, judged: dict[int, Judged]) -> None:
    """Leave to guesses what no pack knows, where both lines beside it stay: a label, a signature, a cell of a table."""
    gone = {at for at, line in judged.items() if line.likely} | set(page.hits)
    for at, line in judged.items():
        if line.likely and at not in page.hits and at - 1 not in gone and at + 1 not in gone:
            judged[at] = line._replace(likely=False)


def _is_menu(page: Page, judged: Mapping[int, Judged], start: int, end: int) -> bool:
    """Whether items stand where menus do: above the text, or below it as a list of their own, or at the page's ends.

    A list below the text of which some items stay may be its sources.
    """
    if start == 0 or end == len(page):
        return True
    zones = {judged[i].zone for i in range(start, end) if i in judged}
    if 1 in zones:
        return False
    return 2 not in zones or not (is_structure(page, start - 1) or is_structure(page, end))


def _is_above_text(page: Page, below: int) -> bool:
    return below < len(page) and (page.is_prose(below) or is_sentence(page.texts[below]))


def is_structure(page: Page, at: int) -> bool:
    """Whether a line is an item of a list, a row of a table or code."""
    text = page.texts[at]
    return page.is_item(at) or text.count("|") > 1 or "\t" in text or LEADER in text or is_code(text)
