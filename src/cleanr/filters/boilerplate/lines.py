"""Lines as the detectors of page furniture see them: ``Leave a Reply`` with what a pack knows of it."""

from collections.abc import Sequence
from typing import NamedTuple

from cleanr.edits import Safety
from cleanr.packs import LONGEST, Hit, Rules
from cleanr.text import Line, Text
from cleanr.writing import ends_sentence

LONG = 70  # characters: a line of verse, a table row or a list item is seldom longer, a paragraph nearly always is


class Row(NamedTuple):
    """A line that is not blank, with what a pack knows of it."""

    line: Line
    text: str  # without spaces at its ends
    hit: Hit | None
    blanks: int  # how many blank lines stand before it in the document
    fixed: bool  # code or a table of a Markdown text: it stays, and divides what stands around it

    def follows(self, other: "Row") -> bool:
        """Whether no blank line stands between this line and an earlier one."""
        return self.blanks == other.blanks

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
    if text.kind == "markdown" and text.protected:
        fixed = {line.start for line in text.lines if text.protects(line.start, line.stop)}
    else:
        fixed = set()
    recognise = rules.recognise
    found: list[Row] = []
    blanks = 0
    for line in text.lines:
        content = line[1].strip()
        if not content:
            blanks += 1
        elif len(content) > LONGEST or line[0] in fixed:
            found.append(Row(line, content, None, blanks, line[0] in fixed))
        else:
            found.append(tuple.__new__(Row, (line, content, recognise(content), blanks, False)))
    return found
