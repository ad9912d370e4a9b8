"""Finding the pattern that a folded line matches: ``12 shares`` meets only the patterns that may begin with ``12``."""

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

Found = TypeVar("Found")
Head = str  # characters with which a line must begin; "0" stands for any digit, "" for anything

HEAD_SIZES = (6, 3, 2, 1)  # "the" begins many lines of prose, "the la" few
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
    runs = [""]
    if len(_branches(source)) > 1:
        return ""
    depths = dict(_depths(source))
    i = depth = 0
    while i < len(source):
        char, size = source[i], 1
        if char == "\\":
            char, size = (source[i + 1], 2) if not source[i + 1 : i + 2].isalnum() else ("", 2)
        elif i in depths and (char in "(|)[" or depths[i]):
            char = ""
        elif i not in depths or char in ".^$?*+{}":
            char = ""
        depth = depths.get(i, depth)
        behind = source[i + size : i + size + 1]
        if source[i] == "{" and depth == 0:
            size = source.index("}", i) - i + 1
        if char and not depth and behind not in ("?", "*", "{"):
            runs[-1] += char
        else:
            runs.append("")
        i += size
    return max(runs, key=len)


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
    literal = ""
    while source and len(literal) < HEAD_SIZES[0]:
        char, rest = source[0], source[1:]
        if char == "\\" and rest and not rest[0].isalnum():
            char, rest = rest[0], rest[1:]
        elif char in ".^$*+?{}[]|()\\":
            break
        if rest[:1] in ("?", "*", "{", "+"):
            # The character may be missing, or repeated: it counts only where nothing can stand in its place.
            if rest[0] == "+" and not literal:
                literal = char
            elif not literal:
                return {char} | heads(rest.lstrip("?*+0123456789,{}") or ".")
            break
        literal += char
        source = rest
    if literal:
        size = next(size for size in HEAD_SIZES if size <= len(literal))
        return {"0"} if literal[0].isdigit() else {literal[:size]}
    if source.startswith("\\d") and source[2:3] not in ("?", "*") and source[2:4] != "{0":
        return {"0"}
    if chars := re.match(r"\[([^\]\\^-]{1,12})\](?![?*{])", source):
        return {"0" if char.isdigit() else char for char in chars[1]}
    if source.startswith("(?:"):
        end = _closing(source)
        inner = heads(source[3:end])
        optional = source[end + 1 : end + 2] in ("?", "*")
        return inner | heads(source[end + 2 :] or ".") if optional else inner
    return {""}


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
