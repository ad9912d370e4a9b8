"""Finding the pattern that a folded line matches: ``12 shares`` meets only the patterns that may begin with ``12``."""

import re
from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, TypeVar

Found = TypeVar("Found")
Head = str  # up to six characters with which a line must begin; "0" stands for any digit, "" for anything

DIGITS = ("0",)
HEAD_SIZES = (6, 4, 3, 2, 1)  # "the" begins many lines of prose, "the la" few
TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?:|\{[^}]*\}|.", re.DOTALL)  # of a pattern
QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
DIGIT = "\0"  # stands for any digit, while the beginnings of a pattern are put together
MOST_HEADS = 400  # of one pattern; where there would be more, three characters must do
CHARS = re.compile(r"\[([^\]\\^-]{1,12})\]")  # a class that lists a few characters


class Matcher(Generic[Found]):
    """Patterns to be matched with whole lines. Of several that match, the one that was given first is found.

    A pattern must begin with something fixed: patterns that begin alike are compiled as one alternation, when a line
    first asks for them, and a line that begins like none of them costs a look-up. Each alternative ends in an empty
    group, whose number tells which matched.

    Raises `ValueError` for a pattern that may begin with anything.
    """

    def __init__(self, patterns: Iterable[tuple[str, Found]]) -> None:
        self._sources: dict[Head, list[tuple[int, str]]] = {}
        self._compiled: dict[Head, re.Pattern[str]] = {}
        self._found: list[Found] = []
        for n, (source, found) in enumerate(patterns):
            self._found.append(found)
            for head in heads(source):
                if not head:
                    raise ValueError(f"pattern {source!r} may begin with anything")
                self._sources.setdefault(head, []).append((n, source))
        # How long the heads are that begin with these two characters, or with this one: most lines meet none.
        self._sizes: dict[str, list[int]] = {}
        for head in sorted(self._sources, key=len):
            self._sizes.setdefault(head[:2], list(self._sizes.get(head[0], ()))).append(len(head))
        for start, sizes in self._sizes.items():
            self._sizes[start] = sorted(set(sizes), reverse=True)

    def __call__(self, line: str) -> Found | None:
        """What was given for the pattern that matches all of a line that is not empty."""
        first = len(self._found)
        for head in self._heads(line):
            match = self._pattern(head).fullmatch(line)
            if match and match.lastindex:
                first = min(first, self._sources[head][match.lastindex - 1][0])
        return self._found[first] if first < len(self._found) else None

    def may_match(self, line: str) -> bool:
        """Whether a line begins like one of the patterns; six of its characters are enough to tell."""
        return bool(self._heads(line))

    def _heads(self, line: str) -> Sequence[Head]:
        """The heads of patterns that a line begins with, the longest first."""
        if line[0].isdigit():
            return DIGITS if DIGITS[0] in self._sources else ()
        sizes = self._sizes.get(line[:2]) or self._sizes.get(line[0])
        return [line[:size] for size in sizes if line[:size] in self._sources] if sizes else ()

    def _pattern(self, head: Head) -> re.Pattern[str]:
        if head not in self._compiled:
            self._compiled[head] = re.compile("|".join(f"(?:{source})()" for _, source in self._sources[head]))
        return self._compiled[head]


def _literal(token: str) -> str:
    """The character that a token stands for, ``""`` where it stands for more than one, or for none."""
    if token[0] == "\\":
        return "" if token[1:].isalnum() else token[1:]
    return "" if len(token) > 1 or token in ".^$*+?{}[]|()" else token


def heads(source: str) -> set[Head]:
    """With what a line can begin that a pattern matches; ``""`` where that cannot be told.

    >>> sorted(heads("(?:sign|log) in")), heads(r"\\d+ likes?"), sorted(heads("an?y")), heads("see (?:[a-z] )?x")
    (['log in', 'sign i'], {'0'}, ['any', 'ay'], {'see '})
    """
    return {_head(text) for text, _ in _beginnings(source)}


def _head(text: str) -> Head:
    text, digit, _ = text.partition(DIGIT)
    if not text or text[0].isdigit():
        return "0" if text or digit else ""
    return text[: next(size for size in HEAD_SIZES if size <= len(text))]


class _Beginning(NamedTuple):
    """What a match may begin with, and whether that is all of the pattern so far, so that what follows can be added."""

    text: str
    whole: bool


def _beginnings(source: str) -> set[_Beginning]:
    found: set[_Beginning] = set()
    for branch in _branches(source):
        known, rest = {_Beginning("", True)}, branch
        while rest and any(begun.whole and len(begun.text) < HEAD_SIZES[0] for begun in known):
            item, rest = _item(rest)
            longer = {_Beginning(a.text + b.text, b.whole) for a in known if a.whole for b in item}
            known = longer | {begun for begun in known if not begun.whole}
            if len(known) > MOST_HEADS:
                known = {begun._replace(text=begun.text[:3], whole=False) for begun in known}
        found |= known
    return found


def _item(source: str) -> tuple[set[_Beginning], str]:
    """The beginnings of the first item of a pattern, with its quantifier, and the rest of the pattern."""
    token = TOKEN.match(source)[0]  # type: ignore[index]  # TOKEN matches everything but ""
    literal, behind = _literal(token), source[len(token) :]
    if token == "(?:":
        end = _closing(source)
        item, behind = _beginnings(source[3:end]), source[end + 1 :]
    elif literal:
        item = {_Beginning(literal, True)}
    elif token == "\\d":
        item = {_Beginning(DIGIT, False)}
    elif chars := CHARS.fullmatch(token):
        item = {_Beginning(char, True) for char in chars[1]}
    else:
        item = {_Beginning("", False)}
    if match := QUANTIFIER.match(behind):
        behind = behind[match.end() :]
        repeated = match[0][0] != "?"
        item = {_Beginning(begun.text, begun.whole and not repeated) for begun in item}
        if match[0][0] in "?*" or match[0].startswith(("{0", "{,")):
            item = item | {_Beginning("", True)}
    return item, behind


def _closing(source: str) -> int:
    """Where the group that begins a pattern is closed."""
    return next(at for at, depth in _depths(source) if depth == 0)


def _branches(source: str) -> list[str]:
    """The alternatives of a pattern."""
    cuts = [at for at, depth in _depths(source) if depth == 0 and source[at] == "|"]
    return [source[low + 1 : high] for low, high in zip([-1, *cuts], [*cuts, len(source)], strict=True)]


def _depths(source: str) -> Iterable[tuple[int, int]]:
    """The signs of a pattern that are no literals, each with the depth of groups behind it."""
    depth, i, in_class = 0, 0, False
    while i < len(source):
        char = source[i]
        if char == "\\":
            i += 2
            continue
        if in_class:
            in_class = char != "]"
        elif char == "[":
            in_class = True
        else:
            depth += (char == "(") - (char == ")")
            yield i, depth
        i += 1
