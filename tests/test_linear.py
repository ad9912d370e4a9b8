"""Law 8: cost is linear in length, also for hostile text: ten times as many ``&`` take ten times as long.

Each work is timed on a shape of text at two lengths, one twice the other. Twice the cost is linear, four times is
quadratic; what lies between is the clock's.
"""

from collections.abc import Callable

import pytest
from growth import cost

from cleanr import Cleaner, filters
from cleanr.filters import CHAIN
from cleanr.text import Kind, Text

SHAPES = {
    "ampersands": "&",
    "amp": "&amp;",
    "amp-tails": "amp;",
    "references": "&#8203;",
    "unclosed-references": "&#38",
    "a-circumflex": "â",
    "lost-quotes": "â€",
    "open-lost-quotes": "“a,â€ b",
    "mojibake": "Ã©tÃ© ",
    "angles": "<",
    "tags": "<b>",
    "closing-tags": "</b>",
    "tag-pairs": "<i>a b</i> ",
    "half-tags": '<a href="',
    "letters": "a",
    "capitals": "Aa",
    "digits": "1",
    "spaces": " ",
    "tabs": "\t",
    "line-feeds": "\n",
    "carriage-returns": "\r",
    "no-break-spaces": "\u00a0 ",
    "wide-gaps": "  a",
    "gaps-in-lines": "a  b\n",
    "open-quotes": "“",
    "single-quotes": "’",
    "quotes-about": "“a” ‘b’ ",
    "han-quotes": "“漢",
    "daggers": "†",
    "scars": "“a,†",
    "dots": ".",
    "dotted": "a.",
    "acute": "\u0301",
    "stacked-marks": "a\u0316\u0301\u0316",
    "hyphenated": "a-a-",
    "at": "@",
    "local-parts": "a@",
    "labels": "@a.",
    "schemes": "http://",
    "www": "www.",
    "share": "Share\n",
    "reply": "Leave a reply\n",
    "weak-and-prose": "Share\nIt rained all day in the town.\n",
    "headings": "You may also like\nA title\n",
    "same-line": "It rained all day in the old town, and nobody came to the harbour but two dogs.\n",
    "no-ends": f"{'word ' * 24}the\n",
    "escapes": "\x1b[",
    "colours": "\x1b[31m",
    "zero-width": "\u200b",
    "joiners": "\u200d",
    "surrogates": "\ud83d",
    "backticks": "`",
    "growing-backticks": "` `` ``` ",
    "fences": "```\n~~~\n",
    "list-items": "- a\n    b\n\n",
    "table-rows": "| - |\n",
    "pipes": "|",
    "code": "f('a') = {",
}
MARKDOWN = ("backticks", "growing-backticks", "fences", "list-items", "table-rows", "pipes", "gaps-in-lines")

GROWTH = 2.6  # of the cost, when the length doubles
LEAST = 0.02  # seconds: a shorter time says more about the clock
LONGEST = 1 << 19  # characters: who is faster than the clock there, passes
ROUNDS = 5

Work = Callable[[Text], object]


def proposing(name: str) -> Work:
    found = filters.load(name)

    def work(text: Text) -> object:
        return (not found.guard or found.guard(text)) and list(found.find(text))

    return work


def cleaning(preset: str) -> Work:
    cleaner = Cleaner(preset)

    def work(text: Text) -> object:
        cleaned = cleaner.explain(text.raw, kind=text.kind)
        return cleaned.spans(), cleaned.restore()

    return work


WORKS: dict[str, Work] = {**{name: proposing(name) for name in CHAIN}, "strict": cleaning("strict")}


def shape(name: str, length: int) -> str:
    piece = SHAPES[name]
    return (piece * (length // len(piece) + 1))[:length]


def fresh(name: str, length: int, kind: Kind) -> Callable[[], Text]:
    """What gives a shape as a text that has no views computed."""
    raw = shape(name, length)
    return lambda: Text(raw, kind=kind)


def growth(work: Work, name: str, kind: Kind) -> float:
    """What twice the length costs, as a multiple; 1 where even the longest text costs nothing."""
    length = 4_000
    while cost(work, fresh(name, length, kind), 1) < LEAST:
        length *= 2
        if length > LONGEST:
            return 1.0
    once, twice = fresh(name, length, kind), fresh(name, 2 * length, kind)
    measured = 0.0
    for rounds in (2, ROUNDS):  # the rest only where two rounds leave a doubt
        measured = cost(work, twice, rounds) / cost(work, once, rounds)
        if measured <= GROWTH:
            break
    return measured


CASES = [("text", name) for name in SHAPES] + [("markdown", name) for name in MARKDOWN]


@pytest.mark.parametrize("work", WORKS)
@pytest.mark.parametrize(("kind", "name"), CASES, ids=[f"{name}-{kind}" for kind, name in CASES])
def test_cost_is_linear(work: str, kind: Kind, name: str) -> None:
    measured = growth(WORKS[work], name, kind)
    if measured > GROWTH:  # once more: another process may have been in the way
        measured = growth(WORKS[work], name, kind)
    assert measured <= GROWTH, f"twice the length costs {measured:.1f} times as much"
