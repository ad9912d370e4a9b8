"""Furniture that no list can know: headlines of other stories, sections of a menu, a shop's offers beside the text.

A small learned model judges each line that could be furniture: its words by a table of n-grams, its shape, its place,
what packs know of it, and the lines around it. It says how sure it is, and never overrules what a person would see at
once: a paragraph, an item between items that stay, a row of a table, code.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from cleanr.code import is_code
from cleanr.edits import Safety
from cleanr.filters.boilerplate import model_families
from cleanr.filters.boilerplate.lines import Finding, Page
from cleanr.filters.boilerplate.model_lines import Traits, paragraph, strongest, traits
from cleanr.filters.boilerplate.model_page import FEATURES, coded, features
from cleanr.filters.boilerplate.model_trees import UNIT, Trees
from cleanr.packs import Rules
from cleanr.writing import ends_sentence, is_sentence

WEIGHTS = "model_weights.json"
LONGEST = 1000  # characters of a line that could be furniture
SENTENCE = 40  # words: a sentence with more goes only where guesses do
LEAST_PROSE = 2  # paragraphs: a list, a poem or a talk has none, and no place for furniture beside them
REMEMBERED = 1_000_000  # characters of lines
LEADER = "...."  # from a heading to its page, in a table of contents
# Thousandths of log odds, chosen with room on pages of sites that the model had not seen.
LIKELY, LIKELY_NEAR = 1000, 1900  # in the frame of a page; among its paragraphs and near them, where titles stand
NEAR_ABOVE, NEAR_BELOW = 10, 4  # lines
GUESS = -450
UNKNOWN = 500  # more, where the model does not know the words
LEAST_KNOWN = 24  # of 64: how many of a page's n-grams the table knows, in a language that it was taught
KNOWN_PAGE, ZONE, EDGE = map(FEATURES.index, ("known_page", "zone", "edge"))


class Learned:
    """What was learned: the table of n-grams and the trees."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.table: Mapping[str, int] = data["words"]
        self.trees = Trees(data["trees"], len(FEATURES))
        self._remembered: dict[str, Traits] = {}
        self._size = 0

    def traits(self, line: str) -> Traits:
        """What a line tells by itself, remembered: the next pass asks again, and menus stand on each page of a site."""
        found = self._remembered.get(line)
        if found is None:
            self._size += len(line)
            if self._size > REMEMBERED:
                self._remembered.clear()
                self._size = len(line)
            found = self._remembered[line] = traits(line, self.table)
        return found


class Judged(NamedTuple):
    """A line with its score, in thousandths of log odds, and whether the score is enough to call it likely.

    `zone` is 0 above the stretch of a page that is its text, 1 in it or near it, 2 below.
    """

    at: int
    score: int
    likely: bool
    zone: int


@cache
def load() -> Learned:
    """What was learned, as the wheel has it."""
    return Learned(json.loads((resources.files(__package__) / WEIGHTS).read_text("utf-8")))


def find(page: Page, rules: Rules, *, guesses: bool = True) -> Iterator[Finding]:
    """The lines that the model takes for furniture: likely ones where packs find furniture beyond doubt, else guesses.

    Without `guesses`, a page without such furniture is not looked at.
    """
    framed = any(page.is_strong(at) for at, hit in page.hits.items() if rules.families[hit.family].default)
    if len(page.prose) < LEAST_PROSE or not (framed or guesses):
        return
    learned = load()
    wanted = candidates(page)
    own = looked_at(page, wanted, learned.traits)
    judged = {line.at: line for line in judge(page, own, wanted, learned, framed)}
    _spare(page, judged)
    for at, line in judged.items():
        family = model_families.family(page, own, at)
        usual = rules.families[family].default if family in rules.families else family not in model_families.KEPT
        safety = Safety.LIKELY if line.likely and usual else Safety.GUESS
        word = strongest(page.texts[at], learned.table)
        evidence = f"word {word!r}" if word else "the lines around"
        yield Finding(at, family, safety, f"model: score {line.score / UNIT:.1f}, by {evidence}, {_place(page, at)}")


def candidates(page: Page) -> list[int]:
    """The lines that could be furniture: not those that Markdown marks, nor paragraphs between paragraphs."""
    prose, found = set(page.prose), []
    for at, text in enumerate(page.texts):
        within = at in prose and at - 1 in prose and at + 1 in prose
        if not within and len(text) <= LONGEST and at not in page.fixed:
            found.append(at)
    return found


def looked_at(page: Page, wanted: Sequence[int], traits: Callable[[str], Traits]) -> list[Traits]:
    """What each line tells by itself; of paragraphs between paragraphs, only how long they are."""
    own = list(map(paragraph, page.texts))
    for at in wanted:
        own[at] = traits(page.texts[at])
    return own


def described(page: Page, own: Sequence[Traits], wanted: Sequence[int]) -> list[tuple[int, ...]]:
    """The features of some lines."""
    hits = {at: coded(hit.strength, hit.family) for at, hit in page.hits.items()}
    return features(own, page.prose, hits, page.texts, wanted)


def judge(page: Page, own: Sequence[Traits], wanted: Sequence[int], learned: Learned, framed: bool) -> Iterator[Judged]:
    """The lines whose score is enough, for a guess at least; `framed` pages have furniture beyond doubt."""
    first, last = page.prose[0], page.prose[-1]
    for at, row in zip(wanted, described(page, own, wanted), strict=True):
        score = learned.trees(row)
        unknown = UNKNOWN if own[at].script or row[KNOWN_PAGE] < LEAST_KNOWN else 0
        if score >= GUESS + unknown:
            near = first - NEAR_ABOVE <= at <= last + NEAR_BELOW
            likely = framed and score >= (LIKELY_NEAR if near else LIKELY) + unknown
            zone = 1 if row[EDGE] <= NEAR_BELOW else row[ZONE]
            yield Judged(at, score, likely and not _is_content(page, at, own[at]), zone)


def _is_content(page: Page, at: int, line: Traits) -> bool:
    """What may go by a guess only, whatever its score: long sentences, numbers alone, what a colon leads to."""
    if line.words > SENTENCE and ends_sentence(page.texts[at]):
        return True
    number = line.words == 0 and line.digits > 0 and at not in page.hits
    return number or page.is_introduced(at)


def _place(page: Page, at: int) -> str:
    return "above the text" if at < page.prose[0] else "below the text" if at > page.prose[-1] else "between paragraphs"


def _spare(page: Page, judged: dict[int, Judged]) -> None:
    """Leave to guesses what only a person can judge: a heading alone, and lines of a list, a table or code.

    Those go only in the frame, or in one stretch with other furniture: not a line of them between kept ones.
    """
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
