"""Compiled packs as a text to look things up in: of all that begins with ``leav`` only when a line does.

A process that cleans ten files meets a hundredth of all entries; to read the others would cost more than the cleaning.
The first row has the families and the grammar; then each pattern has a row; then come pairs of rows: the characters
with which entries begin, and these entries.
"""

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from cleanr.packs.entries import ANY_NUMBER, END, LONGEST, Compiled, Family, Hit

KEY = 4  # characters that a line shares with all entries it is compared with
NUMBER_KEY = ANY_NUMBER  # of all entries that begin with a digit
STRENGTHS = ("strong", "weak", "head")


class Pattern:
    """A pattern, with what can be asked of a line before; it is compiled when a line first passes.

    `order`: of several that match a line, the one with the least is found. `is_plain` is whether a line of ASCII may.
    """

    __slots__ = ("_compiled", "_source", "hit", "is_plain", "least", "longest", "needs", "order")

    def __init__(self, order: tuple[bool, int, int], source: str, hit: Hit, needs: Any, least: int, longest: int):
        self.order, self.hit = order, hit
        self.needs, self.least, self.longest = needs, least, longest
        self.is_plain = all(any(map(str.isascii, texts)) for texts in needs)
        self._source = source
        self._compiled: re.Pattern[str] | None = None

    def matches(self, line: str) -> bool:
        """Whether it matches all of a folded line, which has the length for it."""
        for texts in self.needs:
            for text in texts:
                if text in line:
                    break
            else:
                return False
        if self._compiled is None:
            self._compiled = re.compile(self._source)
        return self._compiled.fullmatch(line) is not None


class Part(NamedTuple):
    """The entries that begin with the same characters: phrases, and patterns by their heads."""

    phrases: Mapping[str, Hit]
    patterns: Mapping[str, Sequence[Pattern]]
    said: int  # characters of the longest phrase
    reach: int  # characters of the longest line that any entry knows


class Book:
    """Compiled packs. `number` is its place among several, from 0: patterns of the first are asked first."""

    def __init__(self, text: str, number: int) -> None:
        first, *rows = text.split("\n")
        families, self.grammar, count = json.loads(first)
        self.families = {name: Family(*family) for name, family in families.items()}
        self._names = list(families)
        self._number = number
        self._patterns: list[str | Pattern] = rows[:count]  # type: ignore[assignment]  # a row, until it is read
        self._rows = dict(zip(rows[count::2], rows[count + 1 :: 2], strict=True))
        self._parts: dict[str, Part] = {}

    def parts(self, begin: str) -> Iterator[Part]:
        """The entries that a folded line with this beginning may be."""
        keys = (NUMBER_KEY,) if begin[:1].isdecimal() else (begin[:size] for size in range(1, KEY + 1))
        for key in dict.fromkeys(keys):
            if key in self._rows:
                if key not in self._parts:
                    self._parts[key] = self._part(self._rows[key])
                yield self._parts[key]

    def _part(self, row: str) -> Part:
        phrases, heads, said, reach = json.loads(row)
        hits = {phrase: self._hit(phrase, *known) for phrase, known in phrases.items()}
        return Part(hits, {head: [self._pattern(n) for n in numbers] for head, numbers in heads.items()}, said, reach)

    def _hit(self, text: str, family: int, strength: int, entry: str | None = None) -> Hit:
        return Hit(self._names[family], STRENGTHS[strength], text if entry is None else entry)  # type: ignore[arg-type]

    def _pattern(self, n: int) -> Pattern:
        found = self._patterns[n]
        if isinstance(found, str):
            source, known, needs, least, longest = json.loads(found)
            hit = self._hit(source, *known)
            found = Pattern((hit.strength == "weak", self._number, n), source, hit, needs, least, longest)
            self._patterns[n] = found
        return found


def written(packs: Compiled) -> str:
    """The text of a book."""
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
    for n, (source, hit, (heads, needs, least, longest)) in enumerate(packs.patterns):
        rows.append([source, known(hit, source), needs, least, min(longest, LONGEST)])
        for head in heads:
            _, patterns, _, reach = part(head)
            patterns.setdefault(head, []).append(n)
            reach[0] = max(reach[0], min(longest, LONGEST))
    head = _dumped([packs.families, packs.grammar, len(rows)])
    pairs = ((key, _dumped([phrases, heads, *said, *reach])) for key, (phrases, heads, said, reach) in parts.items())
    return "\n".join([head, *map(_dumped, rows), *itertools.chain.from_iterable(pairs)])


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
