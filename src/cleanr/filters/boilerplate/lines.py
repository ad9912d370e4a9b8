"""Lines as the detectors of page furniture see them: ``Leave a Reply`` with what a pack knows of it."""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from cleanr.edits import Safety
from cleanr.packs import LONGEST, Hit, Rules
from cleanr.text import Line, Text
from cleanr.writing import ends_sentence

BULLETS = ("- ", "* ", "+ ", "• ", "· ", "– ")
LONG = 70  # characters: a line of verse, a table row or a list item is seldom longer, a paragraph nearly always is


class Row(NamedTuple):
    """A line that is not blank, with what a pack knows of it."""

    line: Line
    text: str  # without spaces at its ends
    hit: Hit | None
    blanks: int  # how many blank lines stand before it in the document
    fixed: bool  # code, a table or a heading of a Markdown text: it stays, and divides what stands around it

    def follows(self, other: "Row") -> bool:
        """Whether no blank line stands between this line and an earlier one."""
        return self.blanks == other.blanks

    @property
    def is_item(self) -> bool:
        """Whether it begins like an item of a list."""
        if self.text[0].isdigit():
            return _number().match(self.text) is not None
        return self.text.startswith(BULLETS)

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph, or the end of one: long, and ended like a sentence."""
        return self.is_long and self.ends_sentence

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)


class Finding(NamedTuple):
    """A line that is furniture: of which family, how sure, and how it was known."""

    row: Row
    family: str
    safety: Safety
    reason: str


@cache
def _number() -> re.Pattern[str]:
    return re.compile(r"\d{1,3}[.)] ")


def _is_fixed(text: Text, line: Line) -> bool:
    """Whether a line of Markdown is the author's by its form: a heading, code, a table."""
    return line.text.lstrip().startswith("#") or text.protects(line.start, line.stop)


def rows(text: Text, rules: Rules) -> Sequence[Row]:
    """The lines of a text that may be furniture, in order."""
    markdown = text.kind == "markdown"  # where a heading, and an item of a list, are what somebody wrote
    fixed = {line.start for line in text.lines if _is_fixed(text, line)} if markdown else set()
    recognise = rules.recognise
    found: list[Row] = []
    blanks = 0
    for line in text.lines:
        content = line[1].strip()
        if not content:
            blanks += 1
        elif len(content) > LONGEST or line[0] in fixed or (markdown and content.startswith(BULLETS)):
            found.append(Row(line, content, None, blanks, line[0] in fixed))
        else:
            found.append(tuple.__new__(Row, (line, content, recognise(content), blanks, False)))
    return found
