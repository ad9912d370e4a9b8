"""Counts of many different things in bounded memory: ``Share this`` 41,200 times, first in ``in/a.txt:12``.

What a table holds depends on what was added, never on the order or on the worker that added it: tables of parts add
up to the table of the whole. (The usual sketches for frequent items, as space-saving, depend on the order.)
"""

from collections.abc import Iterator
from hashlib import blake2b
from heapq import nlargest
from typing import Any, NamedTuple

Key = tuple[Any, ...]  # what is counted
Example = tuple[Any, ...]  # one place of it: numbers and strings, the place first; of several, the least is kept

DISTINCT = 20_000  # things that a `Tally` tells apart: some 20 MB
FOLDED = 160  # characters of a line by which it is known again


class Thing(NamedTuple):
    """A thing, how often it was seen, and where first."""

    key: Key
    times: int
    example: Example


class Tally:
    """What is frequent. Counts are exact up to `distinct` different things; `every` is then 1.

    Beyond that, only every second occurrence counts, then every fourth, until the things fit: each occurrence has a
    level from a hash of its example (half of them 0, a quarter 1 …), and low levels are dropped. So rare things are
    dropped, frequent ones are estimated.

    >>> tally = Tally()
    >>> for line in (3, 1, 2):
    ...     tally.add(("share",), ("a.txt", line))
    >>> tally.most(1)
    [Thing(key=('share',), times=3, example=('a.txt', 1))]
    """

    def __init__(self, distinct: int = DISTINCT) -> None:
        self._distinct = distinct
        self._level = 0
        self._seen: dict[Key, dict[int, tuple[int, Example]]] = {}

    @property
    def every(self) -> int:
        """1, if each occurrence was counted, else n, where every n-th was."""
        return 1 << self._level

    def add(self, key: Key, example: Example) -> None:
        self._put(key, _level(example), 1, example)
        self._fit()

    def update(self, other: "Tally") -> None:
        """Add all that another table counted."""
        self._raise(other._level)
        for key, levels in other._seen.items():
            for level, (count, example) in levels.items():
                self._put(key, level, count, example)
        self._fit()

    def all(self) -> Iterator[Thing]:
        """Everything that is left, in no order."""
        for key, levels in self._seen.items():
            count = sum(count for count, _ in levels.values())
            yield Thing(key, count * self.every, min(example for _, example in levels.values()))

    def most(self, number: int) -> list[Thing]:
        """The most frequent, the most frequent first."""
        return sorted(self.all(), key=lambda each: (-each.times, each.key))[:number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and (self._level, self._seen) == (other._level, other._seen)

    def __bool__(self) -> bool:
        return bool(self._seen)

    def _put(self, key: Key, level: int, count: int, example: Example) -> None:
        if level >= self._level:
            levels = self._seen.setdefault(key, {})
            before = levels.get(level)
            levels[level] = (before[0] + count, min(before[1], example)) if before else (count, example)

    def _fit(self) -> None:
        while len(self._seen) > self._distinct:
            self._raise(self._level + 1)

    def _raise(self, level: int) -> None:
        if level > self._level:
            self._level = level
            left = (
                (key, {at: seen for at, seen in levels.items() if at >= level}) for key, levels in self._seen.items()
            )
            self._seen = {key: levels for key, levels in left if levels}


class Highest:
    """What has the highest rank: the `number` of them are counted exactly, however many others there are.

    The rank of a thing never changes, so what is not among the highest so far will not be at the end.

    >>> highest = Highest(2)
    >>> for rank, name in (1, "a"), (3, "c"), (2, "b"), (3, "c"):
    ...     highest.add(rank, (name,), ("a.txt", rank))
    >>> [(each.key, each.times) for each in highest.all()]
    [(('c',), 2), (('b',), 1)]
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._seen: dict[tuple[int, Key], tuple[int, Example]] = {}

    def add(self, rank: int, key: Key, example: Example, count: int = 1) -> None:
        before = self._seen.get((rank, key))
        self._seen[rank, key] = (before[0] + count, min(before[1], example)) if before else (count, example)
        if len(self._seen) > 2 * self._number:
            self._fit()

    def update(self, other: "Highest") -> None:
        """Add all that another table counted."""
        for (rank, key), (count, example) in other._seen.items():
            self.add(rank, key, example, count)

    def all(self) -> list[Thing]:
        """Everything that is left, the highest first."""
        self._fit()
        return [Thing(key, *self._seen[rank, key]) for rank, key in self._seen]

    def _fit(self) -> None:
        self._seen = {each: self._seen[each] for each in nlargest(self._number, self._seen)}


def folded(text: str) -> str:
    """The text by which a line is known again: without case, with single spaces, each number 0.

    >>> folded("12  Comments")
    '0 comments'
    """
    words = "".join("0" if character.isdecimal() else character for character in text.casefold()).split()
    folded = " ".join(words)
    while "00" in folded:
        folded = folded.replace("00", "0")
    return folded[:FOLDED]


def _level(example: Example) -> int:
    """How often a coin came up heads: the coin is a hash, so that it falls alike for everybody."""
    data = repr(example).encode("utf-8", "surrogatepass")
    number = int.from_bytes(blake2b(data, digest_size=8).digest()) | 1 << 63
    return (number & -number).bit_length() - 1
