"""How likely characters are between their neighbours: in ``caf?``, ``é`` is likelier than ``Ã``.

The table beside this file holds how often sequences of up to five characters occur in some 70 languages, on a scale of
logarithms. It has no keys: three of its cells, xored, give a sequence's level and a check; a sequence that it does not
hold passes the check once in a thousand times. training/encoding.py builds it. It is read when a text shows damage that
only the language can decide, not before.
"""

import sys
import zlib
from array import array
from functools import cache, lru_cache
from pathlib import Path

FILE = "letters.bin"
LONGEST = 5  # characters of a sequence
BITS = 6  # of a cell, for the level; the others are the check
LEVELS = 1 << BITS
STEPS = 3.5  # levels to a doubling
SEGMENT = 1 << 12  # the three cells of a sequence lie in three neighbouring segments
BACKING_OFF = 1.6  # doublings that a shorter context costs
UNSEEN = -14.0  # what a character costs that the table does not know at all
MASK = (1 << 64) - 1


def size_for(count: int) -> int:
    """Cells of a table for `count` sequences.

    >>> size_for(100_000) % SEGMENT
    0
    """
    return (int(count * 1.14) // SEGMENT + 3) * SEGMENT


def hashed(piece: str) -> int:
    """A number for a sequence, the same in each process."""
    key = (zlib.crc32(piece.encode("utf-8", "surrogatepass")) * 0x9E3779B97F4A7C15 + len(piece)) & MASK
    key = ((key ^ key >> 29) * 0xBF58476D1CE4E5B9) & MASK
    return key ^ key >> 32


def check(key: int) -> int:
    return key & 0x3FF


def places(key: int, size: int) -> tuple[int, int, int]:
    first = (key >> 46) % (size // SEGMENT - 2) * SEGMENT
    low = key >> 10
    return (
        first + (low & SEGMENT - 1),
        first + SEGMENT + (low >> 12 & SEGMENT - 1),
        first + 2 * SEGMENT + (low >> 24 & SEGMENT - 1),
    )


@cache
def _cells() -> "array[int]":
    cells = array("H")
    cells.frombytes(Path(__file__).with_name(FILE).read_bytes())
    if sys.byteorder == "big":  # pragma: no cover
        cells.byteswap()
    return cells


@lru_cache(1 << 16)
def level(piece: str) -> int:
    """How often a sequence occurs: 0 where it is not known, else doublings times `STEPS`.

    >>> level(" de ") > level(" dœ ")
    True
    """
    key = hashed(piece)
    cells = _cells()
    one, two, three = places(key, len(cells))
    value = cells[one] ^ cells[two] ^ cells[three]
    return value & LEVELS - 1 if value >> BITS == check(key) else 0
