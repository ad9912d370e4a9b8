"""A unified diff that says why: ``-one  two  # spaces.runs`` before ``+one two``.

It is made from the edits, not by comparing the texts, so it costs what the changes cost and cannot show a change
that was not made. Invisible characters are spelled out: it is for reading, not for ``patch``.
"""

import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from cleanr import edits
from cleanr.cleaned import Cleaned
from cleanr.edits import Span
from cleanr.report.terminal import Places, paint, visible

CONTEXT = 3  # unchanged lines around each change


@dataclass(frozen=True)
class Lines:
    """A text, and where each of its lines starts; the last number is where the text ends."""

    raw: str
    bounds: Sequence[int]

    def __getitem__(self, line: int) -> str:
        return self.raw[self.bounds[line] : self.bounds[line + 1]]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def at(self, position: int) -> int:
        """The line of a position; the end of the text belongs to the last line."""
        return max(min(bisect.bisect_right(self.bounds, position), len(self)) - 1, 0)


class Block(NamedTuple):
    """Lines `first` to before `last` (counted from 0) become the lines `new`, by `spans`."""

    first: int
    last: int
    new: Sequence[str]
    spans: Sequence[Span]


def diff(cleaned: Cleaned, raw: str, where: str, *, colour: bool = False) -> Iterator[str]:
    """The lines of a diff from the raw to the clean text; none for a text that is clean.

    >>> import cleanr
    >>> print(*diff(cleanr.explain("one  two\\nthree\\n"), "one  two\\nthree\\n", "a.txt"), sep="\\n")
    --- a.txt
    +++ a.txt (clean)
    @@ -1,2 +1,2 @@
    -one  two  # spaces.runs
    +one two
     three
    """
    starts = Places(raw).starts
    lines = Lines(raw, starts if starts[-1] == len(raw) else [*starts, len(raw)])
    ends = raw.endswith("\n") != cleaned.text.endswith("\n")  # then it is said which side has no last line end
    grown = 0  # by how many lines the new text was longer before the hunk
    for n, hunk in enumerate(_hunks(list(_blocks(cleaned.spans(), lines)))):
        if not n:
            yield paint(f"--- {visible(where)}", "bold", colour)
            yield paint(f"+++ {visible(where)} (clean)", "bold", colour)
        first, last = max(hunk[0].first - CONTEXT, 0), min(hunk[-1].last + CONTEXT, len(lines))
        growth = sum(len(block.new) - (block.last - block.first) for block in hunk)
        ranges = f"-{_range(first, last - first)} +{_range(first + grown, last - first + growth)}"
        yield paint(f"@@ {ranges} @@", "cyan", colour)
        at = first
        for block in hunk:
            yield from (_row(" ", lines[line]) for line in range(at, block.first))
            yield from _rows(block, lines, ends, colour)
            at = block.last
        yield from (_row(" ", lines[line]) for line in range(at, last))
        grown += growth


def _blocks(spans: Sequence[Span], lines: Lines) -> Iterator[Block]:
    """The spans by the lines that they change; a block ends where a new line ends too."""
    group: list[Span] = []
    first = last = 0
    for n, span in enumerate(spans):
        if not group:
            first = lines.at(span.start)
        group.append(span)
        last = max(last, min(bisect.bisect_left(lines.bounds, max(span.end, span.start + 1)), len(lines)))
        if last < len(lines) and not _ends_line(group, lines, first, last):
            last += 1
        if n + 1 == len(spans) or lines.at(spans[n + 1].start) >= last:
            yield _block(group, lines, first, last)
            group = []


def _ends_line(group: Sequence[Span], lines: Lines, first: int, last: int) -> bool:
    """Whether what the lines become ends with a line end, or is nothing at all."""
    at = lines.bounds[last]
    for span in reversed(group):
        if span.end < at:
            break
        if span.new:
            return span.new.endswith("\n")
        at = span.start
    return at == lines.bounds[first] or lines.raw[at - 1] == "\n"


def _block(group: Sequence[Span], lines: Lines, first: int, last: int) -> Block:
    start = lines.bounds[first]
    moved = [span._replace(start=span.start - start, end=span.end - start) for span in group]
    new = edits.replay(lines.raw[start : lines.bounds[last]], moved).split("\n")
    new = [f"{line}\n" for line in new[:-1]] + new[-1:] * bool(new[-1])
    low = high = 0
    while first + low < last and low < len(new) and lines[first + low] == new[low]:
        low += 1
    while first + low < last - high and low < len(new) - high and lines[last - high - 1] == new[-high - 1]:
        high += 1
    return Block(first + low, last - high, new[low : len(new) - high], tuple(group))


def _hunks(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    hunk: list[Block] = []
    for block in blocks:
        if hunk and block.first - hunk[-1].last > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _rows(block: Block, lines: Lines, ends: bool, colour: bool) -> Iterator[str]:
    at = 0
    for line in range(block.first, block.last):
        start, end = lines.bounds[line : line + 2]
        while at < len(block.spans) and block.spans[at].end <= start and block.spans[at].start < start:
            at += 1
        rules: dict[str, None] = {}
        for span in islice(block.spans, at, None):
            if span.start >= end and span.start > start:
                break
            rules |= dict.fromkeys(span.rules)
        yield _row("-", lines[line], rules, ends, colour)
    inserted = {} if block.last > block.first else dict.fromkeys(rule for span in block.spans for rule in span.rules)
    yield from (_row("+", line, inserted, ends, colour) for line in block.new)


def _row(mark: str, line: str, rules: Iterable[str] = (), ends: bool = False, colour: bool = False) -> str:
    text = visible(line.removesuffix("\n"))
    bare = text.rstrip(" ")
    text = f"{mark}{bare}{'·' * (len(text) - len(bare))}" if mark != " " else f" {text}"
    text += "  (no line end)" if ends and not line.endswith("\n") else ""
    text = paint(text, {"-": "red", "+": "green"}[mark], colour) if mark != " " else text
    return text + (paint(f"  # {visible(', '.join(rules))}", "yellow", colour) if rules else "")


def _range(first: int, count: int) -> str:
    return f"{first + bool(count)},{count}"
