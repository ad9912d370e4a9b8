"""Removals that go too far: a page of which ``Share`` would be all that is left keeps its text and is flagged."""

import re
from collections.abc import Iterable
from functools import cache

# Scripts that put no spaces between words: there, a letter counts as a word.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
END_MARKS = ".!?…。！？｡؟۔।॥።։׃"
CLOSERS = "\"'”’»)]』」）"
LEAST_WORDS = 5  # of a line that counts as a sentence


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def count_words(text: str) -> int:
    """The number of words, or of letters in scripts without spaces.

    >>> count_words("Two words, 漢字")
    4
    """
    return len(_word().findall(text))


def is_sentence(line: str) -> bool:
    """Whether a line ends like a sentence and has at least five words.

    >>> is_sentence("It rained all day long.”"), is_sentence("Share this!")
    (True, False)
    """
    return line.rstrip().rstrip(CLOSERS).endswith(tuple(END_MARKS)) and count_words(line) >= LEAST_WORDS


def overdrawn(kept: str, removed: Iterable[str], limit: float) -> str | None:
    """Why the removals go too far, or None where they do not.

    `kept` is the text that remains, `removed` what went, `limit` the share of words (0 to 1) that may go. Kept
    lines are counted only until they are enough.
    """
    gone = [piece for piece in removed if piece]
    if not gone:
        return None
    words_gone = sum(map(count_words, gone))
    words_kept, sentence = 0, False
    for line in kept.split("\n"):
        words_kept += count_words(line)
        sentence = sentence or is_sentence(line)
        if sentence and words_gone <= limit * (words_gone + words_kept):
            return None
    if words_gone > limit * (words_gone + words_kept):
        return f"removals withheld: {words_gone} of {words_gone + words_kept} words is more than {limit:.0%}"
    if any(is_sentence(line) for piece in gone for line in piece.split("\n")):
        return "removals withheld: no sentence would be left"
    return None
