"""Lines as the detectors of page furniture see them: ``Leave a Reply`` with what a pack knows of it."""

from collections.abc import Sequence
from typing import NamedTuple

from cleanr.edits import Safety
from cleanr.packs import LONGEST, Hit, Rules, fold
from cleanr.text import Line, Text
from cleanr.writing import ends_sentence

LONG = 70  # characters: a line of verse, a table row or a list item is seldom longer, a paragraph nearly always is


class Row(NamedTuple):
    """A line that is not blank, and no code or table of a Markdown text."""

    line: Line
    text: str  # without spaces at its ends
    folded: str
    hit: Hit | None
    after_gap: bool  # a blank line stands before it

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)


class Finding(NamedTuple):
    """A line that is furniture: of which family, how sure, and how it was known."""

    row: Row
    family: str
    safety: Safety
    reason: str


def rows(text: Text, rules: Rules) -> Sequence[Row]:
    """The lines of a text that may be furniture, in order."""
    found, gap = [], False
    shielded = text.kind == "markdown" and bool(text.protected)
    for line in text.lines:
        content = line.text.strip()
        if content and not (shielded and text.protects(line.start, line.stop)):
            folded = fold(content) if len(content) <= LONGEST + 20 else ""
            found.append(Row(line, content, folded, rules.match(folded), gap))
        gap = not content
    return found
