"""Finding the pattern that a folded line matches: ``12 shares`` meets only the patterns that may begin with ``12``."""

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

Found = TypeVar("Found")
Head = str  # characters with which a line must begin; "0" stands for any digit, "" for anything

HEAD_SIZES = (6, 3, 2, 1)  # "the" begins many lines of prose, "the la" few
TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?:|\{[^}]*\}|.", re.DOTALL)  # of a pattern
LONGEST_WITHOUT_HEAD = 160  # characters: patterns that may begin with anything are tried on every shorter line


class Matcher(Generic[Found]):
    """Patterns to be matched with whole lines. Of several that match, the one that was given first is found.

    Patterns that begin alike are compiled as one alternation, when a line first asks for them: each ends in an empty
    group, whose number tells which matched. Patterns that may begin with anything are tried one by one, where the
    line holds the longest string that each of them needs.
    """

    def __init__(self, patterns: Iterable[tuple[str, Found]]) -> None:
        self._headed: dict[Head, list[tuple[int, str]]] = {}
        self._others: list[tuple[int, str, re.Pattern[str]]] = []
        self._found: list[Found] = []
        for n, (source, found) in enumerate(patterns):
            self._found.append(found)
            starts = heads(source)
            if "" in starts:
                self._others.append((n, needle(source), re.compile(source)))
            else:
                for head in starts:
                    self._headed.setdefault(head, []).append((n, source))
        self._compiled: dict[Head, re.Pattern[str]] = {}

    def __call__(self, line: str) -> Found | None:
        """What was given for the pattern that matches all of a line that is not empty."""
        first = len(self._found)
        for head in ("0",) if line[0].isdigit() else (line[:6], line[:3], line[:2], line[:1]):
            if head in self._headed:
                match = self._pattern(head).fullmatch(line)
                if match and match.lastindex:
                    first = min(first, self._headed[head][match.lastindex - 1][0])
        if len(line) <= LONGEST_WITHOUT_HEAD:
            for n, needed, pattern in self._others:
                if n < first and needed in line and pattern.fullmatch(line):
                    first = n
        return self._found[first] if first < len(self._found) else None

    def _pattern(self, head: Head) -> re.Pattern[str]:
        if head not in self._compiled:
            self._compiled[head] = re.compile("|".join(f"(?:{source})()" for _, source in self._headed[head]))
        return self._compiled[head]


def needle(source: str) -> str:
    """The longest string that every line holds that a pattern matches, as far as it can be seen; maybe ``""``.

    >>> needle(".{2,60} contributed to this (?:story|report)")
    ' contributed to this '
    """
    if not source or len(_branches(source)) > 1:
        return ""
    runs, depth = [""], 0
    tokens = [match[0] for match in TOKEN.finditer(source)]
    for token, behind in zip(tokens, [*tokens[1:], ""], strict=True):
        depth += token.startswith("(") - (token == ")")
        literal = _literal(token)
        if literal and not depth and behind[:1] not in ("?", "*", "{"):
            runs[-1] += literal
        else:
            runs.append("")
    return max(runs, key=len)


def _literal(token: str) -> str:
    """The character that a token stands for, ``""`` where it stands for more than one, or for none."""
    if token[0] == "\\":
        return "" if token[1:].isalnum() else token[1:]
    return "" if len(token) > 1 or token in ".^$*+?{}[]|()" else token


def heads(source: str) -> set[Head]:
    """With what a line can begin that a pattern matches; ``""`` where that cannot be told.

    >>> sorted(heads("(?:sign|log) in")), heads(r"\\d+ likes?"), heads("an?y"), heads("see also")
    (['log', 'sig'], {'0'}, {'a'}, {'see al'})
    """
    found: set[Head] = set()
    for branch in _branches(source):
        found |= _heads(branch)
    return {""} if "" in found else found


def _heads(source: str) -> set[Head]:
    literal, rest = "", source
    while match := TOKEN.match(rest):
        char, behind = _literal(match[0]), rest[match.end() :]
        if not char or len(literal) == HEAD_SIZES[0] or behind[:1] in ("*", "{"):
            break
        if behind[:1] == "?":
            if literal:
                break
            return {_head(char)} | heads(behind[1:])
        literal += char
        if behind[:1] == "+":
            break
        rest = behind
    if literal:
        return {_head(literal)}
    if not match or match[0] == "(" or rest[match.end() :][:1] in ("*", "{") and not re.match(r"\\d\{[1-9]", rest):
        return {""}
    if match[0] == "(?:":
        end = _closing(rest)
        inner, behind = heads(rest[3:end]), rest[end + 1 :]
        if behind[:1] in ("*", "{"):
            return {""}
        return inner | heads(behind[1:]) if behind[:1] == "?" else inner
    if rest[match.end() :][:1] == "?":
        return {""}
    if match[0] == "\\d":
        return {"0"}
    chars = re.fullmatch(r"\[([^\]\\^-]{1,12})\]", match[0])
    return {_head(char) for char in chars[1]} if chars else {""}


def _head(literal: str) -> Head:
    return "0" if literal[0].isdigit() else literal[: next(size for size in HEAD_SIZES if size <= len(literal))]


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
