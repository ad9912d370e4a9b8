"""Counts and memberships in memory that does not grow: a count may be too great by little, never too small."""

from array import array
from hashlib import blake2b

WIDTH = 1 << 21  # counters of a row: 8 MB
DEPTH = 3
BITS = 1 << 27  # of a set: 16 MB
HASHES = 3
FULL = 0xFFFFFFFF


def _hashes(text: str, number: int) -> list[int]:
    data = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8 * number).digest()
    return [int.from_bytes(data[8 * n : 8 * n + 8]) for n in range(number)]


class Sketch:
    """A count-min sketch: of several counters for a text, the least is nearest to how often it was added.

    >>> sketch = Sketch()
    >>> sketch.add("a"), sketch.add("a"), sketch.count("a"), sketch.count("b")
    (None, None, 2, 0)
    """

    def __init__(self, width: int | None = None) -> None:
        self._width = width = width or WIDTH
        self._rows = [array("I", bytes(4 * width)) for _ in range(DEPTH)]

    def add(self, text: str) -> None:
        """Count a text once more; only the least of its counters grow, which keeps the others from being too great."""
        places = [number % self._width for number in _hashes(text, DEPTH)]
        least = min(row[at] for row, at in zip(self._rows, places, strict=True))
        for row, at in zip(self._rows, places, strict=True):
            if row[at] == least < FULL:
                row[at] += 1

    def count(self, text: str) -> int:
        """How often a text was added, or a little more."""
        numbers = _hashes(text, DEPTH)
        return min(row[number % self._width] for row, number in zip(self._rows, numbers, strict=True))


class Seen:
    """A set of texts as a Bloom filter: it may take a new one for one that it has seen, never the other way round.

    >>> seen = Seen()
    >>> seen.add("a"), seen.add("a"), seen.count
    (False, True, 1)
    """

    def __init__(self, bits: int | None = None) -> None:
        self._bits = bytearray((bits or BITS) // 8)
        self.count = 0

    def add(self, text: str) -> bool:
        """Add a text; whether it was there before."""
        there = True
        for number in _hashes(text, HASHES):
            at, bit = divmod(number % (8 * len(self._bits)), 8)
            there = there and bool(self._bits[at] >> bit & 1)
            self._bits[at] |= 1 << bit
        self.count += not there
        return there
