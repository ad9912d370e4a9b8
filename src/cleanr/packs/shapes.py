"""What can be told of the lines that a pattern matches: ``(?:sign|log) in`` begins with ``sign in`` or ``log in``.

To compile a pattern costs as much as a thousand look-ups, so most lines should be told from what it matches without it.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import NamedTuple

from cleanr.packs.entries import ANY_DIGITS, ANY_NUMBER, END, HEAD_SIZES, Shape

Head = str  # the characters with which a line must begin, or one of ANY_NUMBER and ANY_DIGITS and what follows

TOKEN = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\?:|\{[^}]*\}|.", re.DOTALL)  # of a pattern
AROUND = re.compile(r"\((?=\?)(\?<?[=!])?")  # a look-around, which takes no room, or a group that is no plain one
QUANTIFIER = re.compile(r"(?:[?*+]|\{\d*,?\d*\})[?+]?")
# While the beginnings of a pattern are put together, signs for a run of digits, and for any signs that numbers have.
DIGITS, NUMBER = "\1", "\0"
NUMBERS = re.compile(r"\[(?:\\d|[., '\xa0]|\\u00a0|\\xa0)+\]")  # a class of what numbers are made of
NUMBER_BEGUN = re.compile(rf"[{DIGITS}\d]*{NUMBER}[{NUMBER}{DIGITS}\d., '\xa0]*")
DIGITS_BEGUN = re.compile(rf"[{DIGITS}\d]+")
NUMERIC = ("", DIGITS, NUMBER)
VARIED = re.compile(f"[{DIGITS}{NUMBER}]")
NEEDS = 3  # sets of texts that are asked of a line for one pattern
LEAST_NEED = 3  # characters
RARE = 3  # characters of ASCII, for one that is not: most texts have few of those
MOST_NEEDS = 24  # of one set
TOLD = 6  # characters at the head of which no need is asked: the heads tell them
MOST_PREFIXES = 2000  # while they are put together; where there would be more, shorter ones must do
MOST_TEXTS = 80  # to choose a need from
FEWER = {8: 4, 6: 8, 5: 12, 4: 16}  # size: how many heads that begin alike may be longer
CHARS = re.compile(r"\[(-?[^\]\\^-]{1,16}-?)\]")  # a class that lists a few characters


def shape(source: str) -> Shape:
    """The shape of the lines that a pattern matches.

    >>> shape("(?:follow|like) us on .{1,20}")
    Shape(heads=('follow us on', 'like us '), needs=(('on ',),), least=12, longest=33)
    """
    least, longest = re._parser.parse(source).getwidth()  # type: ignore[attr-defined]
    return Shape(tuple(sorted(heads(source))), needs(source), least, longest)


def needs(source: str) -> tuple[tuple[str, ...], ...]:
    """Of each of some sets of texts, a line that a pattern matches holds at least one.

    >>> needs("the .* (?:photo|video) by .* on"), needs(r"\\d+|a.*b")
    (((' photo by ', ' video by '), (' on',)), ())
    """
    branches = _branches(source)
    if len(branches) == 1:
        best: list[set[str]] = []
        for texts in sorted(_needs(source), key=_worth, reverse=True):
            if len(best) < NEEDS and not any(_implies(other, texts) for other in best):
                best.append(texts)
        return tuple(tuple(sorted(texts)) for texts in best)
    either: set[str] = set()
    for branch in branches:
        all_of_it = _needs(branch)
        if not all_of_it:
            return ()
        either |= max(all_of_it, key=_worth)
    return (tuple(sorted(either)),) if len(either) <= MOST_NEEDS else ()


def _needs(branch: str) -> list[set[str]]:
    """What a match holds behind its beginning, for each place where a word or a group begins."""
    found: list[set[str]] = []
    # told: how many characters the heads tell at least; of what stands behind a number they tell little.
    rest, told, begins = branch, TOLD if any(text[:1] in NUMERIC for text, _ in _prefixes(branch)) else 0, False
    while rest:
        item, behind = _item(rest)
        if told >= TOLD and begins and all(prefix.text for prefix in item):
            here = {VARIED.split(prefix.text)[0] for prefix in _prefixes(rest)}
            here = _least(here) if len(here) <= MOST_TEXTS else here
            if len(here) <= MOST_NEEDS and _worth(here)[0]:
                found.append(here)
        told += min(len(prefix.text) for prefix in item) if all(prefix.whole for prefix in item) else TOLD
        begins = len(rest) - len(behind) > 1 or rest[0] == " "  # words are what is looked for
        rest = behind
    return found


def _least(texts: set[str]) -> set[str]:
    """The texts that hold no other one of them: who holds a text holds all that it holds."""
    return {text for text in texts if not any(other in text for other in texts if other != text)}


def _implies(texts: set[str], others: set[str]) -> bool:
    return all(any(other in text for other in others) for text in texts)


def _worth(texts: Collection[str]) -> tuple[int, int]:
    """How much it tells that a line holds one of some texts: long ones are rare, and many are not."""
    least = min((sum(1 if char.isascii() else RARE for char in text) for text in texts), default=0)
    return (least, -len(texts)) if least >= LEAST_NEED else (0, 0)


def _literal(token: str) -> str:
    """The character that a token stands for, ``""`` where it stands for more than one, or for none."""
    if token[0] == "\\":
        return "" if token[1:].isalnum() else token[1:]
    return "" if len(token) > 1 or token in ".^$*+?{}[]|()" else token


def heads(source: str) -> set[Head]:
    """With what a line that a pattern matches can begin, its end included; ``""`` where that cannot be told.

    >>> sorted(heads("(?:sign|log) in")), sorted(heads(r"\\d+ likes?")), heads("see (?:[a-z] )?x")
    (['log in', 'sign in\\n'], ['1 like'], {'see '})
    """
    found = {_head(text + END if whole else text) for text, whole in _prefixes(source)}
    # Digits alone are a number too.
    found -= {head for head in found if head[:1] == ANY_DIGITS and f"{ANY_NUMBER}{head[1:].lstrip(' .,')}" in found}
    for size, most in FEWER.items():
        begun: dict[str, set[Head]] = {}
        for head in found:
            begun.setdefault(head[:size], set()).add(head)
        found = {head for begin, some in begun.items() for head in (some if len(some) <= most else {begin})}
    return {head for head in found if not any(head[:size] in found for size in range(len(head)))}


def _head(text: str) -> Head:
    if text[:1] == DIGITS:
        text = text.replace(DIGITS, ANY_DIGITS).partition(NUMBER)[0]
    elif text[:1] == NUMBER:
        text = ANY_NUMBER + VARIED.split(text[1:])[0]
    else:
        text = VARIED.split(text)[0]
    return text[: next(size for size in HEAD_SIZES if size <= len(text))] if text.strip(END) else ""


class _Prefix(NamedTuple):
    """What a match may begin with, and whether that is all of the pattern so far, so that what follows can be added."""

    text: str
    whole: bool


def _cut(text: str, whole: bool) -> _Prefix:
    """What a match may begin with, no longer than a head, and a number as one sign: so that few differ."""
    text = DIGITS_BEGUN.sub(DIGITS, text) if DIGITS_BEGUN.match(text) else text
    text = NUMBER_BEGUN.sub(NUMBER, text, count=1) if NUMBER_BEGUN.match(text) else text
    return _Prefix(text[: HEAD_SIZES[0]], whole and len(text) < HEAD_SIZES[0])


@lru_cache(1000)
def _prefixes(source: str) -> frozenset[_Prefix]:
    found: set[_Prefix] = set()
    for branch in _branches(source):
        known, rest = {_Prefix("", True)}, branch
        while rest and any(prefix.whole and len(prefix.text) < HEAD_SIZES[0] for prefix in known):
            item, rest = _item(rest)
            longer = {_cut(a.text + b.text, b.whole) for a in known if a.whole for b in item}
            longer |= {prefix for prefix in known if not prefix.whole}
            if len(longer) > MOST_PREFIXES and all(prefix.text for prefix in known):
                known = {prefix._replace(whole=False) for prefix in known}
            else:
                known = longer
        found |= known
    return frozenset(found)


def _item(source: str) -> tuple[set[_Prefix], str]:
    """The beginnings of the first item of a pattern, with its quantifier, and the rest of the pattern."""
    token = TOKEN.match(source)[0]  # type: ignore[index]  # TOKEN matches everything but ""
    literal, behind = _literal(token), source[len(token) :]
    if token == "(?:":
        end = _closing(source)
        item, behind = set(_prefixes(source[3:end])), source[end + 1 :]
    elif match := AROUND.match(source):
        item, behind = {_Prefix("", bool(match[1]))}, source[_closing(source) + 1 :]
    elif token == "\\b":
        return {_Prefix("", True)}, behind
    elif literal:
        item = {_Prefix(literal, True)}
    elif token == "\\d" or NUMBERS.fullmatch(token):
        sign = DIGITS if token == "\\d" else NUMBER
        behind = behind[match.end() :] if (match := QUANTIFIER.match(behind)) else behind
        least = "" if match and (match[0][0] in "?*" or match[0].startswith(("{0", "{,"))) else sign
        return {_Prefix(sign, True), _Prefix(least, True)}, behind
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
