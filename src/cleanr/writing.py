"""Words and sentences in any script: ``漢字`` is two words, and ``。`` ends a sentence like a full stop."""

import re
from functools import cache

# Scripts that put no spaces between words: there, a letter counts as a word.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
FIRST_UNSPACED = UNSPACED[0]
# Han, Kana and Hangul, with the marks that only they use.
EAST_ASIAN = (
    "\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u318f\u31a0-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\uff66-\uffdc\U00020000-\U0003ffff"
)
END_MARKS = ".!?…。！？｡؟۔।॥։"
CLOSERS = "\"'”’»)]』」）"
# All spaces but the plain one and the line feed.
ODD_SPACES = "\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_ENDS = frozenset(END_MARKS)
LEAST_WORDS = 5  # of a line that counts as a sentence


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


@cache
def _run() -> re.Pattern[str]:
    """Words of scripts with spaces: faster than `_word`, and compiled in no time."""
    return re.compile(r"\w+")


def members(chars: str) -> frozenset[str]:
    """The characters of a class as regular expressions write it, without brackets.

    >>> sorted(members("a-cx"))
    ['a', 'b', 'c', 'x']
    """
    ranges = re.findall("(.)-(.)|(.)", chars, re.DOTALL)
    return frozenset(chr(code) for low, high, only in ranges for code in range(ord(low or only), ord(high or only) + 1))


def count_words(text: str) -> int:
    """The number of words, or of letters in scripts without spaces.

    >>> count_words("Two words, 漢字")
    4
    """
    spaced = text.isascii() or max(text) < FIRST_UNSPACED
    return len((_run() if spaced else _word()).findall(text))


def ends_sentence(line: str) -> bool:
    """Whether a line ends like a sentence; closing quotes and brackets may follow the mark.

    >>> ends_sentence("It rained.”"), ends_sentence("Chapter one")
    (True, False)
    """
    return line.rstrip().rstrip(CLOSERS)[-1:] in _ENDS


def is_sentence(line: str) -> bool:
    """Whether a line ends like a sentence and has at least five words.

    >>> is_sentence("It rained all day long.”"), is_sentence("Share this!")
    (True, False)
    """
    return ends_sentence(line) and count_words(line) >= LEAST_WORDS
