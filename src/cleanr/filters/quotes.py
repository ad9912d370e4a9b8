"""Typographic quotes: ``“it’s”`` becomes ``"it's"``; « », 「 」 and the “quotes” of Chinese text stay."""

import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Literal

from cleanr.code import is_code
from cleanr.edits import Edit, Safety
from cleanr.text import Line, Text
from cleanr.writing import EAST_ASIAN

RULES = {
    "quotes.double": 'Double quotes: “yes” and „yes“ become "yes".',
    "quotes.single": "Single quotes and apostrophes: it’s becomes it's.",
    "quotes.doubled": 'Two single quotes that close or open a quotation: “Yes,’’ she said becomes "Yes," she said.',
}
SCOPE = "line"
# A ’ that becomes ' may make the mojibake around it decodable, and straight quotes may show that a line is code, or
# that it speaks of no character.
WAKES = frozenset({"markup", "encoding", "spaces"})

DOUBLE, SINGLE = "“”„‟", "‘’‚‛"
DOUBLED = "’‘"
PAIRS = {"“": "”", "‘": "’"}
edit = partial(tuple.__new__, Edit)  # quotes are many, and this is a third of what a call of Edit costs
STRAIGHT = dict.fromkeys(DOUBLE, '"') | dict.fromkeys(SINGLE, "'")

SINGLY = {
    quote: (straight, "quotes.double" if quote in DOUBLE else "quotes.single", Safety.CERTAIN, "")
    for quote, straight in STRAIGHT.items()
}


@cache
def _quote() -> re.Pattern[str]:
    return re.compile(f"[{DOUBLE}{SINGLE}](?:(?<=‘)‘|(?<=’)’)?")


@cache
def _letter() -> re.Pattern[str]:
    return re.compile(f"[{EAST_ASIAN}]")


def guard(text: Text) -> bool:
    return not text.signs.isdisjoint(STRAIGHT)


def find(text: Text, *, style: Literal["straight", "keep"] = "straight") -> Iterator[Edit]:
    """Propose straight quotes, or with ``style="keep"`` nothing.

    A quote stays where the nearest letter before or behind it in its line is Han, Kana or Hangul.
    """
    if style == "keep":
        return
    raw, end = text.raw, 0
    places = text.places(text.signs.intersection(STRAIGHT))
    kept = _east_asian(text) | _in_code(text, places)
    for start in places:
        quote = raw[start]
        if start < end:
            continue
        end = start + (2 if quote in DOUBLED and raw.startswith(quote, start + 1) else 1)
        if kept and (start in kept or end - 1 in kept):
            continue
        if end == start + 1:
            yield edit((start, end, *SINGLY[quote]))
            continue
        before, behind = raw[start - 1 : start] if start else "", raw[end : end + 1]
        if quote == "’":
            paired = bool(before.strip()) and not behind.isalnum()
        else:
            paired = bool(behind.strip()) and not before.isalnum()
        yield Edit(start, end, '"' if paired else "''", "quotes.doubled" if paired else "quotes.single")


def _in_code(text: Text, places: list[int]) -> set[int]:
    """Of the positions of quotes those in lines of code, where a straight one would end a string."""
    code = [i for i in text.lines_at(places) if is_code(text.rows[i])]
    return {text.starts[i] + match.start() for i in code for match in _quote().finditer(text.rows[i])}


def _east_asian(text: Text) -> set[int]:
    """The positions of quotes that stand next to a letter of an East Asian script, and of their partners."""
    raw, kept = text.raw, set[int]()
    if not _letter().search("".join(text.signs)):
        return kept
    gap, near = range(0), False  # the signs between two letters, and whether one of the two is East Asian
    for match in _quote().finditer(raw):
        if match.start() not in gap:
            gap = _gap(raw, match.start())
            near = any(0 <= at < len(raw) and _letter().match(raw, at) for at in (gap.start - 1, gap.stop))
        if near:
            kept.update(range(*match.span()))
    for line in text.lines if kept else ():
        kept.update(_partners(line, kept))
    return kept


def _gap(raw: str, at: int) -> range:
    """Where the signs around a position stand that are no letters, within its line."""
    start = end = at
    while start and not raw[start - 1].isalpha() and raw[start - 1] != "\n":
        start -= 1
    while end < len(raw) and not raw[end].isalpha() and raw[end] != "\n":
        end += 1
    return range(start, end)


def _partners(line: Line, kept: set[int]) -> Iterator[int]:
    """Of each pair of quotes of which one is kept, both: half a pair is worse than either kind."""
    waiting: dict[str, list[int]] = {"”": [], "’": []}
    for match in _quote().finditer(line.text):
        for at, quote in enumerate(match[0], line.start + match.start()):
            if quote in PAIRS:
                waiting[PAIRS[quote]].append(at)
            elif waiting.get(quote):
                opening = waiting[quote].pop()
                if opening in kept or at in kept:
                    yield opening
                    yield at
