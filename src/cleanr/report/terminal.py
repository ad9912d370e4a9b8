"""Untrusted text on a terminal: an escape becomes ``\\x1b``, a zero-width space ``\\u200b``, a line feed ``⏎``."""

import bisect
import re
import unicodedata
from typing import Literal, NamedTuple, TextIO

WIDTH = 60  # characters of a text that are shown in one line
NOTHING = "∅"
# Characters that Unicode calls printable and that no reader sees: fillers, joiners, variation selectors, blanks.
UNSEEN = re.compile(
    "[\N{COMBINING GRAPHEME JOINER}\N{HANGUL CHOSEONG FILLER}\N{HANGUL JUNGSEONG FILLER}\N{HANGUL FILLER}"
    "\N{HALFWIDTH HANGUL FILLER}\N{KHMER VOWEL INHERENT AQ}\N{KHMER VOWEL INHERENT AA}\N{BRAILLE PATTERN BLANK}"
    "\N{VARIATION SELECTOR-1}-\N{VARIATION SELECTOR-16}\N{VARIATION SELECTOR-17}-\N{VARIATION SELECTOR-256}"
    "\N{MONGOLIAN FREE VARIATION SELECTOR ONE}-\N{MONGOLIAN FREE VARIATION SELECTOR THREE}]"
)
COLOURS = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "cyan": "36",
    "removed": "1;7;31",  # reversed: a space that changed has no colour of its own
    "added": "1;7;32",
}


def visible(text: str, *, spaces: bool = False) -> str:
    """The text with all that a terminal would obey, or that nobody would see, spelled out.

    With `spaces`, so are spaces at the ends and in runs, as ``·``.

    >>> print(visible("a\\x1b[31m\\u202eb\\n"), visible("a  b ", spaces=True))
    a\\x1b[31m\\u202eb⏎ a··b·
    """
    if not text.isprintable() or UNSEEN.search(text):
        text = "".join(map(_spelled, text))
    if spaces:
        text = re.sub(r"^ +| +$| {2,}", lambda run: "·" * len(run[0]), text)
    return text


def _spelled(character: str) -> str:
    if character.isprintable() and not UNSEEN.match(character):
        return character
    code = ord(character)
    if character in "\n\t\r":
        return {"\n": "⏎", "\t": r"\t", "\r": r"\r"}[character]
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def shown(text: str, width: int = WIDTH) -> str:
    """A piece of text in one short line: what stands in the middle of a long one is left out.

    >>> shown(""), shown("  "), shown("Share this article with all of your friends", 20)
    ('∅', '··', 'Share this…r friends')
    """
    if not text:
        return NOTHING
    if len(text) > width:
        half = width // 2
        return f"{visible(text[:half])}…{visible(text[-(width - half - 1) :])}"
    return visible(text, spaces=True)


def columns(text: str) -> int:
    """How many columns a visible text takes: East Asian letters take two, marks above letters none.

    >>> columns("abc"), columns("漢字"), columns("e\\u0301")
    (3, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(map(_column, text))


def _column(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def fitted(text: str, width: int, *, pad: bool = False, keep: Literal["start", "end"] = "start") -> str:
    """A text, made visible, in at most so many columns, or with `pad` in just so many; what is cut off is ``…``.

    >>> fitted("Share this article", 10), fitted("two", 5, pad=True), fitted("Share this article", 8, keep="end")
    ('Share thi…', 'two  ', '…article')
    """
    some = text[: 8 * width] if keep == "start" else text[-8 * width :]
    cut = len(some) < len(text)
    text = visible(some)
    if cut or columns(text) > width:
        kept: list[str] = []
        left = width - 1
        for character in text if keep == "start" else reversed(text):
            left -= _column(character)
            if left < 0:
                break
            kept.append(character)
        text = "".join([*kept, "…"] if keep == "start" else ["…", *reversed(kept)])
    return text + " " * (width - columns(text)) if pad else text


def paint(text: str, colour: str, on: bool) -> str:
    """The text in a colour of `COLOURS`, if colours are on.

    >>> paint("a", "red", True), paint("a", "red", False)
    ('\\x1b[31ma\\x1b[0m', 'a')
    """
    return f"\x1b[{COLOURS[colour]}m{text}\x1b[0m" if on and text else text


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal whose user has not set NO_COLOR."""
    import os

    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


class Place(NamedTuple):
    """A line and a column in a text, both counted from 1."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class Places:
    """Where positions of a text lie, for people.

    >>> str(Places("one\\ntwo").at(5))
    '2:2'
    """

    def __init__(self, text: str) -> None:
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def at(self, position: int) -> Place:
        line = bisect.bisect_right(self.starts, position)
        return Place(line, position - self.starts[line - 1] + 1)
