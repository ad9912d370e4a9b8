"""A sentence broken over two lines: ``… said of President`` / ``Donald Trump before …`` becomes one line."""

import itertools
from collections.abc import Iterator

from cleanr import packs as rule_packs
from cleanr.edits import Edit, Safety
from cleanr.packs import Rules, fold
from cleanr.text import Line, Text
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
    rules: Rules | None = None
    length = 0  # of what has been joined up to here
    above = ""
    lines = text.lines
    for i, (line, following) in enumerate(itertools.pairwise(lines)):
        length += len(line.text)
        rule = None
        if length >= LEAST and following.text[:1].isalpha() and line.text[-1:].isalpha() and _is_prose(above):
            below = lines[i + 2].text if i + 2 < len(lines) else ""
            if not line.text.startswith(STRUCTURE) and (not below.strip() or _is_last(following.text)):
                rules = rules or rule_packs.load(packs)
                rule = _broken(line, following, rules)
        if rule:
            yield Edit(line.end, line.stop, " ", rule, Safety.LIKELY)
        else:
            length, above = 0, line.text


def _is_last(text: str) -> bool:
    """Whether a line before another one is no line of wrapped text: it ends a sentence, or is short."""
    return len(text) < SHORT or ends_sentence(text)


def _is_prose(above: str) -> bool:
    """Whether the line above is blank or ends a sentence: a line of verse seldom does."""
    return not above.strip() or ends_sentence(above)


def _broken(line: Line, following: Line, rules: Rules) -> str | None:
    *_, last = words = line.text.rsplit(None, 2)[-2:]
    title = last.casefold() in rules.grammar["titles"] or " ".join(words).casefold() in rules.grammar["titles"]
    if not title and last.casefold() not in rules.grammar["cannot_end"]:
        return None
    if following.text.rstrip().endswith(":"):
        return None
    if title and not (last[0].isupper() and following.text[0].isupper()):
        return None
    if not title and not following.text[0].islower() and not ends_sentence(following.text):
        return None
    if rules.match(fold(line.text)) or rules.match(fold(following.text)):
        return None
    return "joins.title" if title else "joins.sentence"
