"""A unified diff that says why: ``-one··two`` with ``spaces.runs`` at its right, before ``+one·two``.

It is made from the edits, not by comparing the texts, so it costs what the changes cost and cannot show a change
that was not made. It is for reading, not for ``patch``: invisible characters are spelled out, spaces that changed are
dots, and of a long line only what is near its changes is shown, a row for each place.
"""

import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cleanr.cleaned import Cleaned
from cleanr.edits import Span
from cleanr.report import marked
from cleanr.report.marked import MARKS, Fragment, Piece, Side
from cleanr.report.terminal import Places, columns, fitted, paint, visible

CONTEXT = 3  # unchanged lines around each change
WIDTH = 99  # columns behind the mark of a row
TEXT = 62  # columns of what a changed line says; its rules stand behind them
RULES = WIDTH - TEXT - 2
BLANK, NO_END = "⏎", "  (no line end)"


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
    """Lines `first` to before `last` (counted from 0): `old` becomes `new`. One line that becomes one line is also
    there as a `pair`, both sides in one."""

    first: int
    last: int
    old: Sequence[Sequence[Piece]]
    new: Sequence[Sequence[Piece]]
    pair: Sequence[Piece] = ()


def diff(cleaned: Cleaned, raw: str, where: str, *, colour: bool = False) -> Iterator[str]:
    """The lines of a diff from the raw to the clean text; none for a text that is clean.

    >>> import cleanr
    >>> print(*diff(cleanr.explain("one  two\\nthree\\n"), "one  two\\nthree\\n", "a.txt"), sep="\\n")
    --- a.txt
    +++ a.txt (clean)
    @@ -1,2 +1,2 @@
    -one··two                                                        spaces.runs
    +one·two
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
            yield from (_context(lines[line]) for line in range(at, block.first))
            yield from _rows(block, ends, colour)
            at = block.last
        yield from (_context(lines[line]) for line in range(at, last))
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
    found = marked.pieces(lines.raw[start : lines.bounds[last]], moved)
    old, new = marked.lines(found, "old"), marked.lines(found, "new")
    if len(old) == len(new) == 1:
        return Block(first, last, old, new, found)
    texts = [["".join(piece.old for piece in row) for row in side] for side in (old, new)]
    low = high = 0
    shorter = min(map(len, texts))
    while low < shorter and texts[0][low] == texts[1][low]:
        low += 1
    while high < shorter - low and texts[0][-high - 1] == texts[1][-high - 1]:
        high += 1
    return Block(first + low, last - high, old[low : len(old) - high], new[low : len(new) - high])


def _hunks(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    hunk: list[Block] = []
    for block in blocks:
        if hunk and block.first - hunk[-1].last > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(block)
    if hunk:
        yield hunk


def _rows(block: Block, ends: bool, colour: bool) -> Iterator[str]:
    if block.pair:
        shown = list(marked.fragments(block.pair, TEXT))
        for n, fragment in enumerate(shown):
            last = ends and n + 1 == len(shown)
            yield _row(fragment, "old", last and not _ended(block.old[0], "old"), colour)
            yield _row(fragment, "new", last and not _ended(block.new[0], "new"), colour, named=False)
        return
    sides: tuple[tuple[Side, Sequence[Sequence[Piece]]], ...] = (("old", block.old), ("new", block.new))
    for side, rows in sides:
        for line in rows:
            shown = list(marked.fragments(line, TEXT))
            for n, fragment in enumerate(shown):
                unended = ends and n + 1 == len(shown) and not _ended(line, side)
                yield _row(fragment, side, unended, colour, named=side == "old" or not block.old)


def _ended(line: Sequence[Piece], side: Side) -> bool:
    return "".join(piece.on(side) for piece in line).endswith("\n")


def _row(fragment: Fragment, side: Side, unended: bool, colour: bool, named: bool = True) -> str:
    """A row: what it says, and by which rules it changes, if that is not `named` in another."""
    text, used = marked.row(fragment, side, TEXT, colour=colour)
    for note in (BLANK if not used else "", NO_END if unended else ""):
        text, used = text + paint(note, "dim", colour), used + columns(note)
    mark = paint("-" if side == "old" else "+", MARKS[side][0], colour)
    rules = list(dict.fromkeys(rule for piece in fragment for rule in piece.rules)) if named else []
    if not rules:
        return mark + text
    names = ", ".join(rules)
    while len(rules) > 1 and len(names) > RULES:  # `cleanr explain` has the others
        rules.pop()
        names = f"{', '.join(rules)}, …"
    return f"{mark}{text}{' ' * (TEXT - used)}  {paint(visible(names), 'yellow', colour)}"


def _context(line: str) -> str:
    """An unchanged line."""
    return " " + fitted(line.removesuffix("\n"), WIDTH)


def _range(first: int, count: int) -> str:
    return f"{first + bool(count)},{count}"
