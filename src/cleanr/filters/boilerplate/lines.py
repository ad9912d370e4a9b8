"""Lines as the detectors of page furniture see them: ``Leave a Reply`` with what a pack knows of it."""

import bisect
import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from cleanr.edits import Safety
from cleanr.packs import Hit, Rules
from cleanr.text import Text
from cleanr.writing import CLOSERS, EAST_ASIAN, END_MARKS, ends_sentence, is_sentence

COLONS = (":", "：")
LONGEST_LIST = 40  # lines that a sentence with a colon leads to
SENTENCE = 4  # words, of one that leads to a list: a menu has headings with colons too
# Numbers, prices, times and names are content wherever several of them stand together.
NO_PROOF = frozenset({"counters", "products", "media", "dateline", "byline", "tags"})
BULLETS = ("- ", "* ", "+ ", "• ", "· ", "– ")
WIDE = 2.5  # letters of other scripts, for one of Han, Kana or Hangul
LONG = 70  # characters: a line of verse, a table row or a list item is seldom longer, a paragraph nearly always is


class Finding(NamedTuple):
    """A line of a page that is furniture: of which family, how sure, and how it was known."""

    at: int
    family: str
    safety: Safety
    reason: str


class Page:
    """The lines of a text that are not blank, counted from 0, as columns: most pages hold hundreds, and few matter.

    `texts` are the lines without spaces at their ends, `hits` what packs know of some of them. `fixed` ones are code,
    tables and headings of a Markdown text: they stay, and divide what stands around them.
    """

    def __init__(self, text: Text, rules: Rules) -> None:
        self._text = text
        self._numbers = [number for number, line in enumerate(text.stripped) if line]
        self.texts: Sequence[str] = list(filter(None, text.stripped))
        self.fixed: frozenset[int] = frozenset()
        self.hits: Mapping[int, Hit] = rules.recognise(self.texts, even=text.is_even)
        if text.kind == "markdown":  # where a heading, and an item of a list, are what somebody wrote
            self.fixed = frozenset(filter(self._is_fixed, range(len(self.texts))))
            self.hits = {
                at: hit
                for at, hit in self.hits.items()
                if at not in self.fixed and not self.texts[at].startswith(BULLETS)
            }

    def _is_fixed(self, at: int) -> bool:
        text = self.texts[at]
        bold = text.startswith("**") and text.endswith("**")
        return bold or text.startswith("#") or self._text.protects(*self.span(at))

    def __len__(self) -> int:
        return len(self.texts)

    def span(self, at: int) -> tuple[int, int]:
        """Where a line stands in the text, with its line end."""
        number = self._numbers[at]
        return self._text.starts[number], min(self._text.starts[number + 1], len(self._text.raw))

    def follows(self, at: int, before: int) -> bool:
        """Whether no blank line stands between a line and an earlier one."""
        return self._numbers[at] - self._numbers[before] == at - before

    def is_strong(self, at: int) -> bool:
        """Whether a pack knows a line as furniture wherever it stands."""
        return at in self.hits and self.hits[at].strength == "strong"

    def is_indented(self, at: int) -> bool:
        return self._text.rows[self._numbers[at]][0].isspace()

    def is_prose(self, at: int) -> bool:
        """Whether a line is a paragraph, or the end of one: long, and ended like a sentence, where a script can."""
        text = self.texts[at]
        if len(text) > LONG:
            return ends_sentence(text) or _is_unmarked(text)
        # A letter of these scripts says more than two of others.
        return len(text) * WIDE > LONG and not text.isascii() and ends_sentence(text) and _is_wide(text)

    @cached_property
    def prose(self) -> Sequence[int]:
        """The lines that are prose, in order."""
        return [at for at in range(len(self.texts)) if self.is_prose(at)]

    def has_prose(self, start: int, end: int) -> bool:
        """Whether any of some lines is prose."""
        at = bisect.bisect_left(self.prose, start)
        return at < len(self.prose) and self.prose[at] < end

    @cached_property
    def _colons(self) -> Sequence[int]:
        """The lines that end in a colon, in order."""
        return [at for at, text in enumerate(self.texts) if text.endswith(COLONS)]

    def is_introduced(self, at: int) -> bool:
        """Whether the line before another one leads to it."""
        return at > 0 and self.texts[at - 1].endswith(COLONS)

    def is_led_to(self, at: int) -> bool:
        """Whether a sentence with a colon that is no furniture leads to the short lines that a line stands among."""
        if self.is_introduced(at):
            return True
        before = bisect.bisect_left(self._colons, at) - 1
        if before < 0 or at - self._colons[before] > LONGEST_LIST:
            return False
        leading = self._colons[before]
        sentence = leading not in self.hits and len(self.texts[leading].split()) >= SENTENCE
        return sentence and not self.has_prose(leading + 1, at)

    def is_heading(self, at: int) -> bool:
        """Whether a line begins what stands below: directly above a sentence, or above a block that no pack knows."""
        if at - 1 in self.hits or at + 1 == len(self) or at + 1 in self.hits:
            return False
        begins = self.follows(at + 1, at) and at > 0 and not self.follows(at, at - 1)
        return begins or self.is_prose(at + 1) or is_sentence(self.texts[at + 1])

    def is_item(self, at: int) -> bool:
        """Whether a line begins like an item of a list."""
        text = self.texts[at]
        return _number().match(text) is not None if text[0].isdigit() else text.startswith(BULLETS)


def _is_wide(text: str) -> bool:
    return len(text) + (WIDE - 1) * len(_wide().findall(text)) > LONG


@cache
def _wide() -> re.Pattern[str]:
    return re.compile(f"[{EAST_ASIAN}]")


def _is_unmarked(text: str) -> bool:
    """Whether a line ends in Thai, Lao, Burmese or Khmer, which need no mark behind a sentence."""
    last = text.rstrip(f"{END_MARKS}{CLOSERS} ")[-1:]
    return "\u0e00" <= last <= "\u0eff" or "\u1000" <= last <= "\u109f" or "\u1780" <= last <= "\u17ff"


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\d{1,3}[.)] ")
