"""Where bytes of UTF-8 stand in a line, with what they may spell: ``Ñ`` alone is ``с``, ``э`` or ``я`` less a byte.

A sequence that is complete spells one character. Where bytes were lost on the way (dropped, or replaced by U+FFFD, a
question mark, a space or a straight quote), each character whose other bytes are there is a choice.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from cleanr.filters.encoding.letters import level
from cleanr.filters.encoding.pages import CONTINUATION, LEAD, Page, page

SOFT_HYPHEN, NO_BREAK_SPACE = 0xAD, 0xA0
STRAIGHT = {"'": (0x91, 0x92, 0x82), '"': (0x93, 0x94, 0x84)}
MARKS = "?\ufffd"
C1 = frozenset(range(0x80, 0xA0))
PUNCTUATING = frozenset((0x80, 0x82, 0x84))  # behind E2: punctuation, currencies, letter-like signs
MOST_CHOICES = 160
LONGEST_SEQUENCE = 4  # characters that the bytes of one character make
REMEMBERED = 1 << 14  # beginnings of slots
PUNCTUATION = frozenset("–—‘’“”…•€™‹›‚„−‐")
NEVER = "†\ufffd\x1a"  # what no repair makes
CONTROL = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs")


class Choice(NamedTuple):
    """What a slot may be: the text, how many bytes are supplied, and how many of its characters are decoded."""

    text: str
    lost: int


class Slot(NamedTuple):
    """A place that may be damaged; the first choice is what stands there."""

    start: int
    end: int
    choices: tuple[Choice, ...]

    @property
    def complete(self) -> bool:
        return len(self.choices) == 2 and not self.choices[1].lost


def slots(line: str, of: Page, lost: frozenset[int], *, cut: bool = False) -> Iterator[Slot]:
    """The slots of a line, in order and disjoint, for no lead byte is in a sequence of another one.

    `lost`: the bytes that may be missing.
    """
    for match in of.lead.finditer(line):
        at = match.start()
        length, choices = _slot(line[at : at + LONGEST_SEQUENCE], of.name, lost, cut)
        if choices:
            yield Slot(at, at + length, choices)


@lru_cache(REMEMBERED)
def _slot(rest: str, name: str, lost: frozenset[int], cut: bool) -> tuple[int, tuple[Choice, ...]]:
    """How long a slot is, and its choices, none where there is no slot. `rest`: the line from there on, as far as one
    character's bytes reach; the same few stand in many texts."""
    of = page(name)
    readings: list[tuple[str, int, int]] = []
    for lead in of.bytes_of[rest[0]]:
        if lead in LEAD:
            readings += _readings(rest, lead, of, lost)
            ends = _readings(rest, lead, of, frozenset(), cut=True) if cut and len(rest) < LONGEST_SEQUENCE else ()
            if any(not char for char, _, _ in ends):
                return len(rest), (Choice(rest, 0), Choice("", 2))
    if not readings:
        return 0, ()
    symbols = name.startswith("cp125")  # of other pages, the scan for suspects does not know them
    complete = [it for it in readings if not it[2] and (level(it[0]) or (symbols and _is_symbol(it[0])))]
    readings = complete or readings
    end = max(reading[1] for reading in readings)
    choices = {char + rest[stop:end]: missing for char, stop, missing in readings}
    found = [Choice(text, missing) for text, missing in choices.items()][:MOST_CHOICES]
    return end, (Choice(rest[:end], 0), *found)


def _readings(
    rest: str, lead: int, page: Page, lost: frozenset[int], *, cut: bool = False
) -> list[tuple[str, int, int]]:
    """What a sequence may spell that begins with a lead byte: character, where it ends, and how many bytes it lacks."""
    size = 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
    partial: list[tuple[tuple[int, ...], int, int]] = [((lead,), 1, 0)]
    if lead == 0xE2 and rest[1:2] not in page.tails:
        lost |= C1
    for _ in range(size - 1):
        longer: list[tuple[tuple[int, ...], int, int]] = []
        for data, stop, missing in partial:
            char = rest[stop : stop + 1]
            all_lost = size > 2 and missing + 2 == size  # with one more; of them, a lead byte proves signs only
            supplied = lost.intersection(_signs().get(data, ())) if all_lost else lost
            there = char and [byte for byte in page.bytes_of.get(char, ()) if byte in CONTINUATION]
            if there:
                longer += [((*data, byte), stop + 1, missing) for byte in there]
                if len(data) + 1 < size and not missing:  # a byte may be lost before one that is there
                    before = lost | PUNCTUATING if lead == 0xE2 else lost
                    longer += [((*data, byte), stop, missing + 1) for byte in before]
                continue
            if char and char in STRAIGHT:
                longer += [((*data, byte), stop + 1, missing + 1) for byte in STRAIGHT[char]]
            if not char and cut:  # what is left of a character at the end of a text goes
                return [("", stop, 2)]
            if char and char in MARKS:
                longer += [((*data, byte), stop + 1, missing + 1) for byte in supplied]
                if char == "\ufffd":
                    continue
            if char == " ":
                longer.append(((*data, NO_BREAK_SPACE), stop + 1, missing + 1))
                longer.append(((*data, NO_BREAK_SPACE), stop, missing + 1))
            if not char or char not in MARKS:
                longer += [((*data, byte), stop, missing + 1) for byte in supplied]
        partial = longer
        if len(partial) > 2000:
            return []
    found = []
    for data, stop, missing in partial:
        if missing == size - 1 and size > 2 and not (lead == 0xE2 and size == 3):
            continue  # nothing but a lead byte
        char = _character(data)
        if (
            char
            and (data[0] != 0xE2 or missing < 2 or char in PUNCTUATION)
            and (missing < size - 1 or size == 2 or char in PUNCTUATION)
        ):
            found.append((char, stop, missing))
    return found


def _is_symbol(char: str) -> bool:
    """Whether a character is a picture or a sign of three bytes or more, of which no text speaks for another."""
    return char > "\u07ff" and unicodedata.category(char) == "So"


@cache
def _signs() -> Mapping[tuple[int, ...], list[int]]:
    """The last bytes of the signs of three bytes, by the two before."""
    found: dict[tuple[int, ...], list[int]] = {}
    for sign in PUNCTUATION:
        *before, last = sign.encode()
        found.setdefault(tuple(before), []).append(last)
    return found


@lru_cache(1 << 16)
def _character(data: tuple[int, ...]) -> str:
    try:
        char = bytes(data).decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if char in NEVER or unicodedata.category(char) in CONTROL else char
