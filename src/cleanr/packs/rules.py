"""Looking lines up in packs: ``Leave a Reply »`` is found, and a line of prose is passed over after a glance."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from cleanr.packs.book import KEY, NUMBER_KEY, Book, Part, Pattern
from cleanr.packs.entries import ANY_DIGITS, ANY_NUMBER, END, HEAD_SIZES, LONGEST, Family, Hit
from cleanr.packs.folding import ENDS, STRAIGHT, fold, is_even

REMEMBERED = 20_000  # lines that may be furniture, and beginnings of lines
HEAD = HEAD_SIZES[0]
CURLY = {ord(curly): straight for curly, straight in STRAIGHT.items()}
NUMBER = re.compile(r"\d[\d., '\xa0]*")  # at the head of a line, with the space behind it
DIGITS = re.compile(r"\d+")


class Beginning(NamedTuple):
    """All entries that begin with the same characters.

    `heads` are the beginnings of patterns. `said` is the length of the longest phrase, `reach` of the longest line that
    any entry knows. `is_told` is whether the lines that begin so can be told by their first characters.
    """

    phrases: Mapping[str, Hit]
    heads: Collection[str]
    parts: Sequence[Part]
    asked: dict[str, tuple[Sequence[Pattern], Sequence[Pattern]]]
    sizes: Sequence[int]  # of the heads
    said: int
    reach: int
    is_told: bool = True

    def patterns(self, head: str, *, plain: bool) -> Sequence[Pattern]:
        """The patterns that begin with a head, the first to be asked first; `plain` ones may match a line of ASCII.

        Of those that begin with a number there are thousands, and a page asks for ten.
        """
        found = self.asked.get(head)
        if found is None:
            some = sorted(chain(*(part.patterns(head) for part in self.parts)), key=attrgetter("order"))
            found = self.asked[head] = some, [pattern for pattern in some if pattern.is_plain]
        return found[plain]

    def match(self, line: str) -> Hit | None:
        """What the entries know of a folded line: one that says just this, or else the first pattern that matches."""
        hit = self.phrases.get(line)
        size = len(line)
        if hit is not None or size > LONGEST:
            return hit
        best: Pattern | None = None
        plain = line.isascii()
        for head in _numeric_heads(line) if line[0].isdecimal() else (f"{line[:HEAD]}{END}",):
            for length in self.sizes:
                if (begun := head[:length]) in self.heads:
                    for pattern in self.patterns(begun, plain=plain):
                        if best and best.order <= pattern.order:
                            break
                        if pattern.least <= size <= pattern.longest and pattern.matches(line):
                            best = pattern
                            break
        return best.hit if best else None


def _numeric_heads(line: str) -> tuple[str, str]:
    number = NUMBER.match(line)
    assert number
    return (
        f"{ANY_NUMBER}{line[number.end() : number.end() + HEAD]}{END}",
        f"{DIGITS.sub(ANY_DIGITS, line)[:HEAD]}{END}",
    )


NOTHING = Beginning({}, (), (), {}, (), 0, 0)
UNTOLD = Beginning({}, (), (), {}, (), LONGEST, LONGEST, is_told=False)


class Rules:
    """The packs in use, ready for look-up. `recognise` is all that a filter needs.

    `families` and `grammar` are what all of them say together.
    """

    def __init__(self, books: Sequence[Book]) -> None:
        self._books = books
        families: dict[str, Family] = {}
        for book in books:
            for name, family in book.families.items():
                families[name] = families.get(name, Family()).joined(family)
        self.families: Mapping[str, Family] = families
        self.grammar = {name: frozenset(chain(*(book.grammar[name] for book in books))) for name in books[0].grammar}
        self._beginning = lru_cache(REMEMBERED)(self._begun)
        self._folded_beginning = lru_cache(REMEMBERED)(self._together)
        self._known = lru_cache(REMEMBERED)(self._look_up)  # furniture says the same on many pages

    @property
    def phrases(self) -> dict[str, Hit]:
        """All phrases. No look-up needs them together: this reads all there is."""
        keys = {key for book in self._books for key in book.beginnings()}
        return {phrase: hit for key in sorted(keys) for phrase, hit in self._together(key).phrases.items()}

    def recognise(self, lines: Sequence[str], *, even: bool = False) -> dict[int, Hit]:
        """What the packs know of lines: an entry that says just this, or else the first pattern that matches it.

        Most lines begin like no entry, or are longer than all that begin like them: then they are not folded. `even`
        says that no line has anything like a space but single spaces, so that nobody need look.
        """
        hits: dict[int, Hit] = {}
        beginning, known = self._beginning, self._known
        for at, line in enumerate(lines):
            core = line.strip(ENDS)
            begun = beginning(core[:KEY])
            size = len(core)
            if size > begun.said and begun.is_told and (not begun.reach or even or is_even(core)):
                if size > begun.reach:
                    continue
                head, heads = core[:HEAD], begun.heads
                head = head.lower() if head.isascii() else head.casefold().translate(CURLY)
                if size < HEAD:
                    head += END
                for length in begun.sizes:
                    if head[:length] in heads:
                        break
                else:
                    continue
            if (hit := known(core) if size <= LONGEST else self._look_up(core)) is not None:
                hits[at] = hit
        return hits

    def match(self, folded: str) -> Hit | None:
        """What the packs know of a line that is folded already."""
        if not folded:
            return None
        return self._folded_beginning(NUMBER_KEY if folded[0].isdecimal() else folded[:KEY]).match(folded)

    def _look_up(self, line: str) -> Hit | None:
        return self.match(fold(line))

    def _begun(self, raw: str) -> Beginning:
        """What begins like a line with these characters at its head, which are not folded yet."""
        if not is_even(raw):
            return UNTOLD  # how the folded line begins cannot be told from these characters
        key = fold(f"{raw}x")[:-1][:KEY]  # with an x, so that no sign at its end is taken away
        if key[:1].isdecimal():
            found = self._folded_beginning(NUMBER_KEY)
            return found._replace(is_told=False) if found.phrases or found.heads else NOTHING
        return self._folded_beginning(key)

    def _together(self, begin: str) -> Beginning:
        """The entries of all books that begin like this."""
        parts = [part for book in self._books for part in book.parts(begin)]
        if not parts:
            return NOTHING
        phrases: dict[str, Hit] = {}
        for part in reversed(parts):
            # What the first says of a phrase stays, but a strong one wins over a weak one.
            for phrase, hit in part.phrases.items():
                if phrase not in phrases or hit.strength != "weak":
                    phrases[phrase] = hit
        heads = frozenset().union(*(part.heads for part in parts))
        sizes = tuple(sorted(set(map(len, heads))))
        return Beginning(phrases, heads, parts, {}, sizes, max(p.said for p in parts), max(p.reach for p in parts))
