"""Removals that go too far: a page of which ``Share`` would be all that is left keeps its text and is flagged."""

from collections.abc import Iterable

from cleanr.writing import count_words, is_sentence


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
