"""A sentence broken over two lines: ``… said of President`` / ``Donald Trump before …`` becomes one line."""

import itertools
from collections.abc import Iterator

from cleanr import packs as rule_packs
from cleanr.edits import Edit, Safety
from cleanr.packs import Rules
from cleanr.text import Text
from cleanr.writing import ends_sentence

RULES = {
    "joins.sentence": "A long line that ends in a word which ends no sentence (the, of) is joined with the next.",
    "joins.title": "A long line that ends in a title (President) is joined with the name that follows.",
}
SCOPE = "document"

SHORT = 60  # characters: in wrapped text only the last line of a paragraph is shorter
STRUCTURE = ("#", ">", "|", "- ", "* ", "+ ", "•")  # what begins with it ends with its line
LEAST = 100  # characters: wrapped mail and verse break earlier, and their line breaks are meant


def find(text: Text, *, packs: tuple[str, ...] = ()) -> Iterator[Edit]:
    """Propose a space for the line break inside of a sentence. A line that a rule pack knows is never joined."""
    rows = text.rows
    length = 0  # of what has been joined up to here
    above, joined = "", -1
    for at, (row, following) in enumerate(itertools.pairwise(rows)):
        if not following or not (following[0].isalpha() and row[-1:].isalpha()):
            continue
        if joined != at:
            length, above = 0, rows[at - 1] if at else ""
        length += len(row)
        if length < LEAST or row.startswith(STRUCTURE) or not _is_prose(above):
            continue
        below = rows[at + 2] if at + 2 < len(rows) else ""
        if below.strip() and not _is_last(following):
            continue
        rule = _broken(row, following, rule_packs.load(packs))
        if rule:
            end = text.starts[at + 1]
            yield Edit(end - 1, end, " ", rule, Safety.LIKELY)
            joined = at + 1


def _is_last(text: str) -> bool:
    """Whether a line before another one is no line of wrapped text: it ends a sentence, or is short."""
    return len(text) < SHORT or ends_sentence(text)


def _is_prose(above: str) -> bool:
    """Whether the line above is blank or ends a sentence: a line of verse seldom does."""
    return not above.strip() or ends_sentence(above)


def _broken(line: str, following: str, rules: Rules) -> str | None:
    *_, last = words = line.rsplit(None, 2)[-2:]
    title = last.casefold() in rules.grammar["titles"] or " ".join(words).casefold() in rules.grammar["titles"]
    if not title and last.casefold() not in rules.grammar["cannot_end"]:
        return None
    if following.rstrip().endswith(":"):
        return None
    if title and not (last[0].isupper() and following[0].isupper()):
        return None
    if not title and not following[0].islower() and not ends_sentence(following):
        return None
    if rules.recognise((line, following)):
        return None
    return "joins.title" if title else "joins.sentence"
