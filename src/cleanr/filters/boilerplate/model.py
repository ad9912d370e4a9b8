"""Furniture that no list can know: headlines of other stories, sections of a menu, a shop's offers beside the text.

A small learned model judges each line that could be furniture: its words by a table of n-grams, its shape, its place,
what packs know of it, and the lines around it. It says how sure it is, and never overrules what a person would see at
once: a paragraph, an item between items that stay, a row of a table, code.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cleanr.edits import Safety
from cleanr.filters.boilerplate import model_bars, model_families
from cleanr.filters.boilerplate.lines import Finding, Page
from cleanr.filters.boilerplate.model_bars import NEAR_BELOW, Bars
from cleanr.filters.boilerplate.model_lines import Traits, paragraph, strongest, traits
from cleanr.filters.boilerplate.model_page import FEATURES, coded, features
from cleanr.filters.boilerplate.model_spared import Judged, is_content, spare
from cleanr.filters.boilerplate.model_trees import UNIT, Trees
from cleanr.packs import Rules

WEIGHTS = "model_weights.json"
LONGEST = 1000  # characters of a line that could be furniture
LEAST_PROSE = 2  # paragraphs: a list, a poem or a talk has none, and no place for furniture beside them
REMEMBERED = 1_000_000  # characters of lines
GUESS = -450  # thousandths of log odds, as all scores
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


@cache
def load() -> Learned:
    """What was learned, as the wheel has it."""
    return Learned(json.loads(Path(__file__).with_name(WEIGHTS).read_text("utf-8")))


def find(page: Page, rules: Rules, *, guesses: bool = True) -> Iterator[Finding]:
    """The lines that the model takes for furniture: likely ones and guesses.

    A page on which packs know next to nothing is not looked at, but for `guesses`.
    """
    if len(page.prose) < LEAST_PROSE:
        return
    bars = model_bars.choose(page, rules)
    if bars is model_bars.CLEAN and not guesses:
        return
    learned = load()
    wanted = candidates(page)
    own = looked_at(page, wanted, learned.traits)
    judged = {line.at: line for line in judge(page, own, wanted, learned, bars)}
    spare(page, judged)
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


def judge(page: Page, own: Sequence[Traits], wanted: Sequence[int], learned: Learned, bars: Bars) -> Iterator[Judged]:
    """The lines whose score is enough, for a guess at least."""
    for at, row in zip(wanted, described(page, own, wanted), strict=True):
        score = learned.trees(row)
        unknown = UNKNOWN if own[at].script or row[KNOWN_PAGE] < LEAST_KNOWN else 0
        if score >= GUESS + unknown:
            least = bars.least(page, at, own[at]) + unknown
            zone = 1 if row[EDGE] <= NEAR_BELOW else row[ZONE]
            yield Judged(at, score, score >= least and not is_content(page, at, own[at]), zone)


def _place(page: Page, at: int) -> str:
    return "above the text" if at < page.prose[0] else "below the text" if at > page.prose[-1] else "between paragraphs"
