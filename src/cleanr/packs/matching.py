"""Finding the pattern that a folded line matches: ``12 shares`` meets only the patterns that may begin with ``12``."""

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Generic, NamedTuple, TypeVar

Found = TypeVar("Found")
Head = str  # up to six characters with which a line must begin; "0" stands for any number, "" for anything

HEAD_SIZES = (6, 4, 3, 2, 1)  # "the" begins many lines of prose, "the la" few
TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?:|\{[^}]*\}|.", re.DOTALL)  # of a pattern
QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
DIGIT = "\0"  # stands for any digits, while the beginnings of a pattern are put together
DIGITS = re.compile(r"\[(?:\\d|[., '\xa0]|\\u00a0|\\xa0)+\]")  # a class of what numbers are made of
NUMBER = re.compile(r"\d[\d., '\xa0]*")  # at the head of a line, with the space behind it
NUMBER_BEGUN = re.compile(rf"[{DIGIT}\d., '\xa0]+")  # the same, of what a pattern may begin with
MANY = 40  # patterns with one head: to compile what tells them apart must pay
LEAST_NEED = 3  # characters
MOST_NEEDS = 24  # of one pattern
MOST_HEADS = 400  # of one pattern; where there would be more, shorter ones must do
CHARS = re.compile(r"\[([^\]\\^-]{1,12}-?)\]")  # a class that lists a few characters


class Shape(NamedTuple):
    """What can be told of the lines that a pattern matches, without asking it: to compile it costs a thousand look-ups.

    They begin with one of the `heads`, hold one of `needs` (any line does where that is ``""``), and have `least` to
    `longest` characters.
    """

    heads: tuple[Head, ...]
    needs: tuple[str, ...]
    least: int
    longest: int


class Gate(NamedTuple):
    """A quick look at a line for many patterns with one head: those without `needs` are `free`."""

    needs: Sequence[str]
    plain: Sequence[str]  # of the needs those that an ASCII line can hold
    free: Sequence[int]
    any_free: re.Pattern[str]


class Matcher(Generic[Found]):
    """Patterns to be matched with whole lines. Of several that match, the one that was given first is found.

    A pattern must begin with something fixed. It is compiled when a line first has its shape.

    Raises `ValueError` for a pattern that may begin with anything.
    """

    def __init__(self, patterns: Iterable[tuple[str, Found, Shape]]) -> None:
        self._patterns = list(patterns)
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._by_head: dict[Head, list[int]] = {}
        self._gates: dict[Head, Gate] = {}
        for n, (source, _, shape) in enumerate(self._patterns):
            if "" in shape.heads:
                raise ValueError(f"pattern {source!r} may begin with anything")
            for head in shape.heads:
                self._by_head.setdefault(head, []).append(n)

    def __call__(self, line: str) -> Found | None:
        """What was given for the pattern that matches all of a line that is not empty."""
        heads = [line[:size] for size in HEAD_SIZES]
        if number := NUMBER.match(line):
            rest = f"0{line[number.end() : number.end() + HEAD_SIZES[0]]}"
            heads = [rest[:size] for size in range(HEAD_SIZES[0], 0, -1)]
        found = [self._possible(head, line) for head in heads if head in self._by_head]
        size = len(line)
        for n in found[0] if len(found) == 1 else sorted(set(chain(*found))):
            source, result, (_, needs, least, longest) = self._patterns[n]
            if least <= size <= longest:
                for need in needs:
                    if need in line:
                        break
                else:
                    continue
                if n not in self._compiled:
                    self._compiled[n] = re.compile(source)
                if self._compiled[n].fullmatch(line):
                    return result
        return None

    def _possible(self, head: Head, line: str) -> Sequence[int]:
        """The patterns with a head; of many, only those that a quick look at what the line holds does not rule out."""
        numbers = self._by_head[head]
        if len(numbers) < MANY:
            return numbers
        if head not in self._gates:
            self._gates[head] = self._gate(numbers)
        gate = self._gates[head]
        if any(map(line.__contains__, gate.plain if line.isascii() else gate.needs)):
            return numbers
        return gate.free if gate.any_free.fullmatch(line) else ()

    def _gate(self, numbers: Sequence[int]) -> Gate:
        free = [n for n in numbers if "" in self._patterns[n][2].needs]
        needs = sorted({need for n in numbers for need in self._patterns[n][2].needs} - {""})
        any_free = re.compile("|".join(f"(?:{self._patterns[n][0]})" for n in free) or "(?!)")
        return Gate(needs, list(filter(str.isascii, needs)), free, any_free)


def shape(source: str) -> Shape:
    """The shape of the lines that a pattern matches.

    >>> shape("(?:follow|like) us on .{1,20}")
    Shape(heads=('follow', 'like u'), needs=(' us on',), least=12, longest=33)
    """
    least, longest = re._parser.parse(source).getwidth()  # type: ignore[attr-defined]
    return Shape(tuple(sorted(heads(source))), needs(source), least, longest)


def needs(source: str) -> tuple[str, ...]:
    """Texts of which a line that a pattern matches holds at least one; ``""`` where no good ones are found.

    >>> needs(r"the .* (?:photo|video)s?"), needs(r"\\d+|a.*b")
    ((' photo', ' video'), ('',))
    """
    found: set[str] = set()
    for branch in _branches(source):
        best: set[str] = set()
        rest, told, begins = branch, 0, False  # told: how many characters the heads tell at least
        while rest:
            item, behind = _item(rest)
            if told >= HEAD_SIZES[0] and begins and all(prefix.text for prefix in item):
                here = {prefix.text.partition(DIGIT)[0] for prefix in _prefixes(rest)}
                if len(here) <= MOST_NEEDS and _worth(here) > _worth(best):
                    best = here
            told += min(len(prefix.text) for prefix in item) if all(prefix.whole for prefix in item) else HEAD_SIZES[0]
            begins = len(rest) - len(behind) > 1 or rest[0] == " "  # words are what is looked for
            rest = behind
        found |= best or {""}
    return tuple(sorted(found)) if len(found) <= MOST_NEEDS and "" not in found else ("",)


def _worth(texts: set[str]) -> tuple[int, int]:
    """How much it tells that a line holds one of some texts: long ones are rare, and many are not."""
    least = min(map(len, texts), default=0)
    return (least, -len(texts)) if least >= LEAST_NEED else (0, 0)


def _literal(token: str) -> str:
    """The character that a token stands for, ``""`` where it stands for more than one, or for none."""
    if token[0] == "\\":
        return "" if token[1:].isalnum() else token[1:]
    return "" if len(token) > 1 or token in ".^$*+?{}[]|()" else token


def heads(source: str) -> set[Head]:
    """With what a line can begin that a pattern matches; ``""`` where that cannot be told.

    >>> sorted(heads("(?:sign|log) in")), sorted(heads(r"\\d+ likes?")), heads("see (?:[a-z] )?x")
    (['log in', 'sign i'], ['0like', '0likes'], {'see '})
    """
    return {_head(text) for text, _ in _prefixes(source)}


def _head(text: str) -> Head:
    if text[:1].isdigit() or text[:1] == DIGIT:
        return f"0{NUMBER_BEGUN.sub('', text, count=1).partition(DIGIT)[0]}"
    text = text.partition(DIGIT)[0]
    return text[: next(size for size in HEAD_SIZES if size <= len(text))] if text else ""


class _Prefix(NamedTuple):
    """What a match may begin with, and whether that is all of the pattern so far, so that what follows can be added."""

    text: str
    whole: bool


def _cut(text: str, whole: bool) -> _Prefix:
    """What a match may begin with, no longer than a head, and a number as one sign: so that few differ."""
    if text[:1] == DIGIT:
        text = NUMBER_BEGUN.sub(DIGIT, text, count=1)
    return _Prefix(text[: HEAD_SIZES[0]], whole and len(text) < HEAD_SIZES[0])


def _prefixes(source: str) -> set[_Prefix]:
    found: set[_Prefix] = set()
    for branch in _branches(source):
        known, rest = {_Prefix("", True)}, branch
        while rest and any(prefix.whole and len(prefix.text) < HEAD_SIZES[0] for prefix in known):
            item, rest = _item(rest)
            longer = {_cut(a.text + b.text, b.whole) for a in known if a.whole for b in item}
            longer |= {prefix for prefix in known if not prefix.whole}
            if len(longer) > MOST_HEADS and all(prefix.text for prefix in known):
                known = {prefix._replace(whole=False) for prefix in known}
            else:
                known = longer
        found |= known
    return found


def _item(source: str) -> tuple[set[_Prefix], str]:
    """The beginnings of the first item of a pattern, with its quantifier, and the rest of the pattern."""
    token = TOKEN.match(source)[0]  # type: ignore[index]  # TOKEN matches everything but ""
    literal, behind = _literal(token), source[len(token) :]
    if token == "(?:":
        end = _closing(source)
        item, behind = _prefixes(source[3:end]), source[end + 1 :]
    elif literal:
        item = {_Prefix(literal, True)}
    elif token == "\\d" or DIGITS.fullmatch(token):
        behind = behind[match.end() :] if (match := QUANTIFIER.match(behind)) else behind
        least = "" if match and (match[0][0] in "?*" or match[0].startswith(("{0", "{,"))) else DIGIT
        return {_Prefix(DIGIT, True), _Prefix(least, True)}, behind
    elif chars := CHARS.fullmatch(token):
        item = {_Prefix(char, True) for char in chars[1]}
    else:
        item = {_Prefix("", False)}
    if match := QUANTIFIER.match(behind):
        behind = behind[match.end() :]
        repeated = match[0][0] != "?"
        item = {_Prefix(prefix.text, prefix.whole and not repeated) for prefix in item}
        if match[0][0] in "?*" or match[0].startswith(("{0", "{,")):
            item = item | {_Prefix("", True)}
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
