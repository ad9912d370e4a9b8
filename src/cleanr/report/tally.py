"""Counts of many different things in bounded memory: ``Share this`` 41,200 times, first in ``in/a.txt:12``.

What a table holds depends on what was added, never on the order or on the worker that added it: tables of parts add
up to the table of the whole. (The usual sketches for frequent items, as space-saving, depend on the order.)
"""

import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from heapq import nlargest
from typing import Any, NamedTuple

Key = tuple[Any, ...]  # what is counted
Place = tuple[Any, ...]  # where it was seen: no two are equal; the example is what was seen at the least
Details = Callable[[], tuple[Any, ...]]  # gives the rest of an example, which may cost something

Seen = tuple[int, Place, tuple[Any, ...]]  # how often, where first, and how it looked there

NUMBER = re.compile(r"\d+")
DISTINCT = 20_000  # things that a `Tally` tells apart: some 20 MB
FOLDED = 160  # characters of a line by which it is known again


class Thing(NamedTuple):
    """A thing, how often it was seen, where first, and how it looked there."""

    key: Key
    times: int
    place: Place
    example: tuple[Any, ...] = ()


class Tally:
    """What is frequent. Counts are exact up to `distinct` different things; `every` is then 1.

    Beyond that, only every second occurrence counts, then every fourth, until the things fit: each occurrence has a
    level from a hash of its place (half of them 0, a quarter 1 …), and low levels are dropped. So rare things are
    dropped, frequent ones are estimated.

    >>> tally = Tally()
    >>> for line in (3, 1, 2):
    ...     tally.add(("share",), ("a.txt", line))
    >>> tally.most(1)
    [Thing(key=('share',), times=3, place=('a.txt', 1), example=())]
    """

    def __init__(self, distinct: int = DISTINCT) -> None:
        self._distinct = distinct
        self._level = 0
        self._seen: dict[Key, dict[int, Seen]] = {}

    @property
    def every(self) -> int:
        """1, if each occurrence was counted, else n, where every n-th was."""
        return 1 << self._level

    def add(self, key: Key, place: Place, details: Details = tuple) -> None:
        """Count an occurrence. `details` is asked only if it becomes the example."""
        level = _level(place)
        if level >= self._level:
            _put(self._seen.setdefault(key, {}), level, 1, place, details)
            self._fit()

    def update(self, other: "Tally") -> None:
        """Add all that another table counted."""
        self._raise(other._level)
        for key, levels in other._seen.items():
            for level, (count, place, example) in levels.items():
                if level >= self._level:
                    _put(self._seen.setdefault(key, {}), level, count, place, _known(example))
        self._fit()

    def all(self) -> Iterator[Thing]:
        """Everything that is left, in no order."""
        for key, levels in self._seen.items():
            count = sum(seen[0] for seen in levels.values())
            yield Thing(key, count * self.every, *min(levels.values(), key=lambda seen: seen[1])[1:])

    def most(self, number: int) -> list[Thing]:
        """The most frequent, the most frequent first."""
        return sorted(self.all(), key=lambda each: (-each.times, each.key))[:number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tally) and (self._level, self._seen) == (other._level, other._seen)

    def __bool__(self) -> bool:
        return bool(self._seen)

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
    """What ranks highest: the `number` of greatest keys are counted exactly, however many others there are.

    For a key never changes, so what is not among the greatest so far will not be at the end.

    >>> highest = Highest(2)
    >>> for rank, name in (1, "a"), (3, "c"), (2, "b"), (3, "c"):
    ...     highest.add((rank, name), ("a.txt", rank))
    >>> [(each.key, each.times) for each in highest.all()]
    [((3, 'c'), 2), ((2, 'b'), 1)]
    """

    def __init__(self, number: int) -> None:
        self._number = number
        self._seen: dict[Key, Seen] = {}

    def add(self, key: Key, place: Place, details: Details = tuple) -> None:
        """Count an occurrence. `details` is asked only if it becomes the example."""
        self._add(key, 1, place, details)

    def update(self, other: "Highest") -> None:
        """Add all that another table counted."""
        for key, (count, place, example) in other._seen.items():
            self._add(key, count, place, _known(example))

    def all(self) -> list[Thing]:
        """Everything that is left, the highest first."""
        self._fit()
        return [Thing(key, *seen) for key, seen in self._seen.items()]

    def _add(self, key: Key, count: int, place: Place, details: Details) -> None:
        _put(self._seen, key, count, place, details)
        if len(self._seen) > 2 * self._number:
            self._fit()

    def _fit(self) -> None:
        self._seen = {key: self._seen[key] for key in nlargest(self._number, self._seen)}


def folded(text: str) -> str:
    """The text by which a line is known again: without case, with single spaces, each number 0.

    >>> folded("12  Comments")
    '0 comments'
    """
    return " ".join(NUMBER.sub("0", text.casefold()).split())[:FOLDED]


def _known(example: tuple[Any, ...]) -> Details:
    return lambda: example


def _put(table: dict[Any, Seen], key: Any, count: int, place: Place, details: Details) -> None:
    before = table.get(key)
    if before is None or place < before[1]:
        table[key] = (count + (before[0] if before else 0), place, details())
    else:
        table[key] = (before[0] + count, *before[1:])


def _level(place: Place) -> int:
    """How often a coin came up heads: the coin is a hash, so that it falls alike for everybody."""
    data = repr(place).encode("utf-8", "surrogatepass")
    number = int.from_bytes(blake2b(data, digest_size=8).digest()) | 1 << 63
    return (number & -number).bit_length() - 1
