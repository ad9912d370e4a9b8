"""Compiled packs as bytes to look things up in: of all that begins with ``le`` only when a line does.

A process that cleans ten files meets a hundredth of all entries; to read the others would cost more than the cleaning.
The first line is JSON: families, grammar, and where in the rest the sections are. A section of entries has a line with
the characters with which they begin, and one with the entries; a section of patterns has a line for each.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO, NamedTuple

from cleanr.packs.entries import ANY_NUMBER, END, LONGEST, Compiled, Family, Hit, Shape

KEY = 4  # characters that a line shares with all entries it is compared with
SECTION = 2  # characters that the entries of a section share
SHELF = 32  # patterns that are read together
NUMBER_KEY = ANY_NUMBER  # of all entries that begin with a digit
STRENGTHS = ("strong", "weak", "head")


class Pattern:
    """A pattern, with what can be asked of a line before. It is read and compiled when a line first comes so far.

    `order`: of several that match a line, the one with the least is found. `is_plain` is whether a line of ASCII may.
    """

    __slots__ = ("_compiled", "_needs", "_read", "_source", "hit", "is_plain", "least", "longest", "order")

    def __init__(self, order: tuple[bool, int, int], is_plain: bool, read: Callable[[int], tuple[Any, ...]]) -> None:
        self.order, self.is_plain, self._read = order, is_plain, read
        self.least, self.longest = 0, LONGEST
        self._source: str | None = None
        self._compiled: re.Pattern[str] | None = None

    def matches(self, line: str) -> bool:
        """Whether it matches all of a folded line, which has from `least` to `longest` characters."""
        if self._source is None:
            self._source, self.hit, self._needs, self.least, self.longest = self._read(self.order[2])
            if not self.least <= len(line) <= self.longest:
                return False
        for texts in self._needs:
            for text in texts:
                if text in line:
                    break
            else:
                return False
        if self._compiled is None:
            self._compiled = re.compile(self._source)
        return self._compiled.fullmatch(line) is not None


class Part(NamedTuple):
    """The entries that begin with the same characters: phrases, and by their heads the numbers of patterns."""

    phrases: Mapping[str, Hit]
    heads: Mapping[str, Sequence[int]]
    said: int  # characters of the longest phrase
    reach: int  # characters of the longest line that any entry knows
    pattern: Callable[[int], Pattern]

    def patterns(self, head: str) -> Iterator[Pattern]:
        """The patterns with a head."""
        return map(self.pattern, self.heads.get(head, ()))


class Book:
    """Compiled packs, read from a file. `number` is their place among several, from 0: the first is asked first."""

    def __init__(self, file: BinaryIO, number: int) -> None:
        families, self.grammar, self._sections, self._shelves, self._strong = json.loads(file.readline())
        self._data = file.read()
        self.families = {name: Family(*family) for name, family in families.items()}
        self._names = list(families)
        self._number = number
        self._rows: dict[str, dict[str, str]] = {}  # by section, those that were read
        self._parts: dict[str, Part | None] = {}
        self._shelved: dict[int, list[str]] = {}  # the lines of patterns, by shelf
        self._known: dict[int, Pattern] = {}

    def beginnings(self) -> Iterator[str]:
        """What entries begin with, up to four characters of it."""
        for begin in self._sections:
            yield from self._section(begin)

    def parts(self, begin: str) -> Iterator[Part]:
        """The entries that a folded line with this beginning may be."""
        keys = (NUMBER_KEY,) if begin[:1].isdecimal() else (begin[:size] for size in range(1, KEY + 1))
        for key in dict.fromkeys(keys):
            if key not in self._parts:
                row = self._section(key[:SECTION]).get(key)
                self._parts[key] = self._part(row) if row else None
            if part := self._parts[key]:
                yield part

    def _section(self, begin: str) -> Mapping[str, str]:
        if begin not in self._rows:
            rows = self._lines(*self._sections.get(begin, (0, 0)))
            self._rows[begin] = dict(zip(rows[::2], rows[1::2], strict=False))
        return self._rows[begin]

    def _lines(self, start: int, size: int) -> list[str]:
        return self._data[start : start + size].decode("utf-8").split("\n")

    def _part(self, row: str) -> Part:
        phrases, heads, said, reach = json.loads(row)
        hits = {phrase: self._hit(phrase, *known) for phrase, known in phrases.items()}
        return Part(hits, heads, said, reach, self._pattern)

    def _hit(self, text: str, family: int, strength: int, entry: str | None = None) -> Hit:
        return Hit(self._names[family], STRENGTHS[strength], text if entry is None else entry)  # type: ignore[arg-type]

    def _pattern(self, signed: int) -> Pattern:
        n = signed if signed >= 0 else ~signed
        if n not in self._known:
            self._known[n] = Pattern((n >= self._strong, self._number, n), signed >= 0, self._read)
        return self._known[n]

    def _read(self, n: int) -> tuple[Any, ...]:
        shelf, at = divmod(n, SHELF)
        if shelf not in self._shelved:
            self._shelved[shelf] = self._lines(*self._shelves[shelf])
        source, known, *rest = json.loads(self._shelved[shelf][at])
        return source, self._hit(source, *known), *rest


def written(packs: Compiled) -> bytes:
    """The bytes of a book.

    Raises `ValueError` for a pattern that may begin with anything.
    """
    rows, parts = _entries(packs)
    shelves = ["\n".join(rows[n : n + SHELF]) for n in range(0, len(rows), SHELF)]
    sections: dict[str, list[str]] = {}
    for key, row in parts.items():
        sections.setdefault(key[:SECTION], []).extend((key, row))
    pieces: list[bytes] = []
    at = 0

    def put(text: str) -> tuple[int, int]:
        nonlocal at
        pieces.append(text.encode("utf-8"))
        at += len(pieces[-1])
        return at - len(pieces[-1]), len(pieces[-1])

    places = {begin: put("\n".join(lines)) for begin, lines in sections.items()}
    strong = sum(hit.strength != "weak" for _, hit, _ in packs.patterns)
    head = _dumped([packs.families, packs.grammar, places, [put(shelf) for shelf in shelves], strong])
    return b"\n".join([head.encode("utf-8"), b"".join(pieces)])


def _strong_first(patterns: Sequence[tuple[str, Hit, Shape]]) -> list[tuple[str, Hit, Shape]]:
    return sorted(patterns, key=lambda pattern: pattern[1].strength == "weak")


def _entries(packs: Compiled) -> tuple[list[str], dict[str, str]]:
    """The lines of all patterns, and those of all entries by the characters with which they begin."""
    families = {name: n for n, name in enumerate(packs.families)}

    def known(hit: Hit, text: str) -> list[Any]:
        numbers = [families[hit.family], STRENGTHS.index(hit.strength)]
        return numbers if hit.entry == text else [*numbers, hit.entry]

    parts: dict[str, tuple[dict[str, Any], dict[str, list[int]], list[int], list[int]]] = {}

    def part(begin: str) -> tuple[dict[str, Any], dict[str, list[int]], list[int], list[int]]:
        key = NUMBER_KEY if begin[0].isdecimal() else begin[:KEY].partition(END)[0]
        return parts.setdefault(key, ({}, {}, [0], [0]))

    for phrase, hit in packs.phrases.items():
        if len(phrase) <= LONGEST:
            phrases, _, said, reach = part(phrase)
            phrases[phrase] = known(hit, phrase)
            said[0] = max(said[0], len(phrase))
            reach[0] = max(reach[0], len(phrase))
    rows = []
    for n, (source, hit, (heads, needs, least, longest)) in enumerate(_strong_first(packs.patterns)):
        if "" in heads:
            raise ValueError(f"pattern {source!r} may begin with anything")
        is_plain = all(any(map(str.isascii, texts)) for texts in needs)
        rows.append(_dumped([source, known(hit, source), needs, least, min(longest, LONGEST)]))
        for head in heads:
            _, patterns, _, reach = part(head)
            patterns.setdefault(head, []).append(n if is_plain else ~n)
            reach[0] = max(reach[0], min(longest, LONGEST))
    return rows, {key: _dumped([phrases, heads, *said, *reach]) for key, (phrases, heads, said, reach) in parts.items()}


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
