"""Law 8: cost is linear in length, also for hostile text: eight times as many ``&`` take eight times as long.

The whole chain is timed on each shape of tests/hostile.py at four lengths, each twice the one before. Twice the cost
is linear, four times is quadratic; what lies between is the clock's. Other presets, Markdown, and each filter by itself
(the chain may take a text apart before a filter sees it) are timed on fewer characters; so are files, from their bytes
to what is said about them.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from math import log2
from typing import TypeVar

import pytest
from growth import cost
from hostile import SHAPES

from cleanr import Cleaner, filters
from cleanr.config import Config
from cleanr.conversion import Conversion
from cleanr.convert import Settings, Show
from cleanr.filters import CHAIN
from cleanr.outcome import Outcome
from cleanr.records import RefusedError
from cleanr.text import Kind, Text

GROWTH = 2.6  # of the cost, when the length doubles
LENGTHS = (50_000, 100_000, 200_000, 400_000)  # characters
SHORTER = (25_000, 100_000)  # where it is the same code again
SHORTEST = (10_000, 40_000)  # for files
ENOUGH = 0.4  # seconds: where a length costs more, greater ones would tell nothing else
LEAST = 0.005  # seconds: a shorter time says more about the clock
ROUNDS = 5

Work = Callable[[Text], object]
Input = TypeVar("Input", str, bytes)


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


def growths(work: Callable[[Input], object], shape: Callable[[int], Input], lengths: Sequence[int]) -> list[float]:
    """How many times more each length costs than the one before, as a multiple for twice the length.

    One round each; where that leaves a doubt, the best of five of both lengths; once more where the doubt stays.
    """
    texts: list[Input] = []
    costs: list[float] = []
    for length in lengths:
        texts.append(shape(length))
        costs.append(_cost(work, texts[-1], 1))
        if costs[-1] > ENOUGH and len(costs) > 1:
            break
    found: list[float] = []
    for at in range(1, len(texts)):
        root = 1 / log2(lengths[at] / lengths[at - 1])
        measured = (costs[at] / costs[at - 1]) ** root
        for _ in range(2):
            if measured > GROWTH:
                pair = [_cost(work, text, ROUNDS) for text in texts[at - 1 : at + 1]]
                measured = min(measured, (pair[1] / pair[0]) ** root)
        found.append(measured)
    return found


def _cost(work: Callable[[Input], object], text: Input, rounds: int) -> float:
    return max(cost(work, lambda: text, rounds), LEAST)


def held(work: Callable[[Input], object], shape: Callable[[int], Input], lengths: Sequence[int]) -> None:
    measured = growths(work, shape, lengths)
    assert max(measured) <= GROWTH, f"twice the length costs {measured} times as much, at {lengths} characters"


CHAINS: list[tuple[str, Kind]] = [("strict", "text"), ("strict", "markdown"), ("repair", "text"), ("standard", "text")]
WORKS = {name: proposing(name) for name in CHAIN}
CLEANING = {preset: cleaning(preset) for preset in ("repair", "standard", "strict")}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("preset", "kind"), CHAINS, ids=[f"{preset}-{kind}" for preset, kind in CHAINS])
def test_cleaning_is_linear(preset: str, kind: Kind, shape: str) -> None:
    work = CLEANING[preset]
    held(
        lambda raw: work(Text(raw, kind=kind)),
        SHAPES[shape],
        LENGTHS if preset == "strict" and kind == "text" else SHORTER,
    )


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", WORKS)
def test_a_filter_is_linear(name: str, shape: str) -> None:
    work = WORKS[name]
    held(lambda raw: work(Text(raw)), SHAPES[shape], SHORTER)


def lines(*pieces: str | bytes) -> Callable[[int], bytes]:
    """Lines, again and again."""
    data = b"".join(each if isinstance(each, bytes) else each.encode() for each in pieces)
    return lambda length: data * (length // len(data) + 1)


def around(before: str, piece: str, after: str = "", closing: str = "") -> Callable[[int], bytes]:
    """One line: pieces, and as many closing ones."""

    def data(length: int) -> bytes:
        number = length // (len(piece) + len(closing))
        return f"{before}{piece * number}{after}{closing * number}\n".encode()

    return data


FILES: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "tiny-lines": ("a.txt", lines("a\n")),
    "empty-lines": ("a.txt", lines("\n")),
    "long-line": ("a.txt", lines("It rained all day. ")),
    "changed-line": ("a.txt", lines("It  rained “all” day. ")),
    "changed-lines": ("a.txt", lines("a  b\n")),
    "removed-lines": ("a.txt", lines("It rained all day, and the night.\nLeave a reply\n")),
    "no-utf8": ("a.txt", lines(b"\xff")),
    "utf16": ("a.txt", lambda length: ("a  b\n" * (length // 5)).encode("utf-16")),
    "nuls": ("a.txt", lines("\0")),
    "markdown": ("a.md", lines("- a\n  > b  c\n\n")),
    "records": ("a.jsonl", lines('{"text": "a  b"}\n')),
    "blank-records": ("a.jsonl", lambda length: b'{"text": "a"}\n' + b"\n" * length),
    "bad-records": ("a.jsonl", lambda length: b'{"text": "a"}\n' + b"{\n" * (length // 2)),
    "no-utf8-records": ("a.jsonl", lambda length: b'{"text": "a"}\n' + b"\xff\n" * (length // 2)),
    "records-without-text": ("a.jsonl", lines('{"body": "a"}\n')),
    "record-of-all": ("a.jsonl", around('{"text": "', "a  b ", '"}')),
    "escapes": ("a.jsonl", around('{"text": "', "\\u00e9\\n", '"}')),
    "escaped-surrogates": ("a.jsonl", around('{"text": "', "\\ud83d", '"}')),
    "backslashes": ("a.jsonl", around('{"text": "', "\\\\", '"}')),
    "unclosed-string": ("a.jsonl", around('{"text": "', "a")),
    "deep-lists": ("a.jsonl", around('{"text": ', "[", "", "]")),
    "deep-lists-unclosed": ("a.jsonl", around('{"text": "a", "b": ', "[")),
    "deep-objects": ("a.jsonl", around("", '{"a":', "1", "}")),
    "many-members": ("a.jsonl", around('{"text": "a  b"', ', "a": 1', "}")),
    "many-texts": ("a.jsonl", around('{"text": "a  b"', ', "text": "a  b"', "}")),
    "spaces": ("a.jsonl", around('{"text": "a  b"', " ", "}")),
    "digits": ("a.jsonl", around('{"text": "a  b", "n": ', "1", "}")),
    "list-of-objects": ("a.jsonl", around('{"text": "a", "l": [{}', ", {}", "]}")),
    "spaces-before": ("a.jsonl", around("", " ", "x")),
}


@pytest.mark.parametrize("show", ["nothing", "findings", "diff", "explanation"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_linear(name: str, show: Show) -> None:
    """From its bytes to what is written and what is said about it."""
    path, data = FILES[name]
    settings = Settings(Config(), None, "keep", show, write="UTF-8")

    def work(raw: bytes) -> None:
        with suppress(RefusedError):
            for _ in Conversion(BytesIO(raw), path, settings, Outcome()).pieces():
                pass

    held(work, data, SHORTEST)
