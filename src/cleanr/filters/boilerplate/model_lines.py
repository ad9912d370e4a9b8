"""What a line tells by itself: ``Sign up for our newsletter`` has five words, no end mark, and words of page furniture.

The words are scored by a table of n-grams, learned from pages of many sites. Words that the table does not know are
looked up by how they begin and end; in scripts without spaces, letters and pairs of letters stand for words.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from cleanr.writing import CLOSERS, END_MARKS, FIRST_UNSPACED, UNSPACED

LONG, HEAD, TAIL = 150, 80, 40  # characters: how a paragraph begins and ends is looked at
MOST_TOKENS = 18  # that are looked up
AFFIX = 4  # letters of an unknown word's beginning and end
LETTERS = 9  # of an unspaced run that are looked up
MOST_SCORE = 127
MOST_SIZE = 999
MOST_WORDS = 99
FIRST_OTHER = "\u0370"  # where Latin ends


class Traits(NamedTuple):
    """What a line tells by itself, as small integers."""

    size: int  # characters; a letter of a script without spaces counts as two and a half
    words: int
    end: int
    begin: int
    capitals: int  # of eight words, how many begin with a capital letter
    digits: int  # of eight characters
    score: int  # by its words: above 0 like furniture, below like content
    known: int  # of eight n-grams, how many the table knows
    script: int  # 0 Latin, 1 written without spaces, 2 another


ENDS = {
    **dict.fromkeys(".。｡۔।॥։", 1),
    **dict.fromkeys("!?！？؟", 2),
    **dict.fromkeys(":：", 3),
    **dict.fromkeys(",;，；、،؛", 4),
    "…": 5,
}
OPEN, CLOSED, SENTENCE, SIGN, DOTS = 0, 7, 6, 8, 5  # how else a line may end
BULLETS = frozenset("-*+•·–")


@cache
def _plain() -> re.Pattern[str]:
    return re.compile(r"[a-z]+|\d+|[^\w\s]")


@cache
def _token() -> re.Pattern[str]:
    return re.compile(rf"[^\W\d_{UNSPACED}]+|\d+|[^\w\s]|[{UNSPACED}]+")


def tokens(line: str) -> list[str]:
    """The words and signs of a line, as the table knows them; of a long one, those of its beginning and end.

    >>> tokens("Posted on 3 May 2024 | Log in")
    ['posted', 'on', '#1', 'may', '#4', '|', 'log', 'in']
    """
    if len(line) > LONG:
        line = f"{line[:HEAD]} {line[-TAIL:]}"
    pattern = _plain() if line.isascii() else _token()
    found = pattern.findall(line.lower())
    if len(found) > MOST_TOKENS:
        found = found[: MOST_TOKENS - AFFIX] + found[-AFFIX:]
    return [token if token.isalpha() or not token[0].isdecimal() else NUMBERS[min(len(token), 5)] for token in found]


def ngrams(words: list[str], table: Mapping[str, int] | frozenset[str]) -> list[str]:
    """What is looked up for the tokens of a line; `table` tells which words are known."""
    found: list[str] = []
    before = "^"
    for word in words:
        if word in table:
            found.append(word)
        elif word >= FIRST_UNSPACED:
            for letter in word[:LETTERS]:
                found += (letter, f"{before} {letter}")
                before = letter
            continue
        elif len(word) > AFFIX:
            found += (f"{word[:AFFIX]}-", f"-{word[-AFFIX:]}")
        found.append(f"{before} {word}")
        before = word
    found.append(f"{before} $")
    return found


NUMBERS = ("", "#1", "#2", "#3", "#4", "#5")
DIGITS = {word: digits for digits, word in enumerate(NUMBERS) if digits}
# One over the root of how many n-grams were looked up, so that many weak ones do not outweigh a strong one.
SHARES = [int(1000 / (count + 2) ** 0.5) for count in range(MOST_TOKENS * 2 * (LETTERS + 1) + 2)]
SCORE_UNIT = 500


def traits(line: str, table: Mapping[str, int]) -> Traits:
    """What a line without spaces at its ends tells by itself; it must not be empty."""
    words = tokens(line)
    grams = ngrams(words, table)
    weights = [weight for weight in map(table.get, grams) if weight is not None]
    score = sum(weights) * SHARES[len(grams)] // SCORE_UNIT
    size, first = len(line), line[0]
    count = sum(map(str.isalpha, words))
    numbers = sum([DIGITS.get(word, 0) for word in words]) if count < len(words) else 0
    script = wide = 0
    if not line.isascii():
        unspaced = [len(word) for word in words if word >= FIRST_UNSPACED and word[0].isalpha()]
        wide = sum(unspaced)
        count += wide - len(unspaced)
        script = 1 if wide * 2 > size else 2 if any(FIRST_OTHER <= word[0] < FIRST_UNSPACED for word in words) else 0
    if size > LONG:
        count = count * size // (HEAD + TAIL)
        wide = wide * size // (HEAD + TAIL)
    parts = line[:HEAD].split(None, CAPITALS)[:CAPITALS]
    return Traits(
        min(size + wide + wide // 2, MOST_SIZE),
        min(count, MOST_WORDS),
        _end(line),
        _begin(first),
        8 * sum([part[0].isupper() for part in parts]) // len(parts),
        8 * numbers // size,
        max(-MOST_SCORE, min(MOST_SCORE, score)),
        8 * len(weights) // len(grams),
        script,
    )


CAPITALS = 8  # words of which it is asked whether they begin with one
PARAGRAPH_SCORE = -40


def paragraph(line: str) -> Traits:
    """What a paragraph between paragraphs tells: its words are not looked up."""
    size = min(len(line), MOST_SIZE)
    return Traits(size, min(size // 6, MOST_WORDS), 1, 0, 1, 0, PARAGRAPH_SCORE, 8, 0)


def _end(line: str) -> int:
    last = line[-1]
    if last.isalnum():
        return OPEN
    if last in CLOSERS:
        return SENTENCE if line.rstrip(CLOSERS)[-1:] in END_MARKS else CLOSED
    return DOTS if line.endswith("...") else ENDS.get(last, SIGN)


def _begin(first: str) -> int:
    """With what a line begins: a capital or small letter, a digit, a bullet, a sign, a letter without case."""
    if first.isupper():
        return 0
    if first.islower():
        return 1
    if first.isdecimal():
        return 2
    if first.isalpha():
        return 5
    return 3 if first in BULLETS else 4


def strongest(line: str, table: Mapping[str, int]) -> str | None:
    """The word of a line that speaks most for furniture, or None where none does."""
    best = max(line.lower().split(None, CAPITALS)[:CAPITALS], key=lambda word: table.get(word, 0))
    return best if table.get(best, 0) > 0 else None
