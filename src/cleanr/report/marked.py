"""What changed within a line, and a little around it: ``…the harbour·· board voted…`` with the two spaces marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from cleanr.edits import Span
from cleanr.report.terminal import columns, fitted, paint, visible

LINE = re.compile(r"[^\n]*\n|[^\n]+")
LEAD = 20  # characters before the first change of a fragment
GAP = 30  # unchanged characters that keep two changes in one fragment
Side = Literal["old", "new"]
MARKS = {"old": ("red", "removed"), "new": ("green", "added")}  # colours: of what stays, of what changes


class Piece(NamedTuple):
    """A piece of a line, before and after; with rules, it changed."""

    old: str
    new: str
    rules: tuple[str, ...] = ()

    def on(self, side: Side) -> str:
        return self.old if side == "old" else self.new


Fragment = tuple[Piece, ...]


def pieces(raw: str, spans: Iterable[Span]) -> list[Piece]:
    """A text in pieces that changed and pieces that did not.

    >>> pieces("one  two", [Span(3, 5, " ", ("spaces.runs",))])[1]
    Piece(old='  ', new=' ', rules=('spaces.runs',))
    """
    found: list[Piece] = []
    last = 0
    for span in spans:
        found += Piece(raw[last : span.start], raw[last : span.start]), Piece(raw[span.start : span.end], *span[2:])
        last = span.end
    return [piece for piece in (*found, Piece(raw[last:], raw[last:])) if piece.old or piece.new]


def lines(found: Iterable[Piece], side: Side) -> list[list[Piece]]:
    """One side of pieces, line by line, each with its line end."""
    rows: list[list[Piece]] = [[]]
    for piece in found:
        for part in LINE.findall(piece.on(side)) or [""]:  # "": something was here, or will be
            rows[-1].append(Piece(part, part, piece.rules))
            if part.endswith("\n"):
                rows.append([])
    last = rows.pop()
    if any(piece.old for piece in last):
        rows.append(last)
    elif rows:
        rows[-1] += last
    return rows


def fragments(found: Sequence[Piece], width: int) -> Iterator[Fragment]:
    """A line in rows of so many columns: all of it, if it fits, else its changes with what stands around them."""
    changed = [n for n, piece in enumerate(found) if piece.rules]
    if not changed or sum(map(_wide, found)) <= width:
        yield tuple(found)
        return
    groups = [[changed[0]]]
    inside = _wide(found[changed[0]])  # columns from the first to the last change of the group
    for before, after in pairwise(changed):
        gap = found[before + 1 : after]
        more = sum(map(_wide, found[before + 1 : after + 1]))
        alike = not gap and found[before].rules == found[after].rules  # one run: its beginning tells enough
        if sum(map(_wide, gap)) > GAP or (inside + more > width - LEAD and not alike):
            groups.append([after])
            inside = _wide(found[after])
        else:
            groups[-1].append(after)
            inside += more
    for group in groups:
        first, last = group[0], group[-1]
        inner = tuple(found[first : last + 1])
        lead, early = _beside(found, first - 1)
        rest, late = _beside(found, last + 1)
        lead = f"…{_words(lead)}" if early or len(lead) > LEAD else lead
        left = max(width - sum(map(_wide, (Piece(lead, lead), *inner))), LEAD)
        rest = fitted(f"{rest}…", left) if late or columns(visible(rest)) > left else rest
        yield tuple(piece for piece in (Piece(lead, lead), *inner, Piece(rest, rest)) if piece.old or piece.new)


def _words(lead: str) -> str:
    """The end of a text, from where a word begins, if it has words."""
    end = lead[-LEAD:]
    return end if len(lead) <= LEAD else end.partition(" ")[2] or end


def _beside(found: Sequence[Piece], at: int) -> tuple[str, bool]:
    """The unchanged text at one side of a group, and whether there is more on that side."""
    if not 0 <= at < len(found):
        return "", False
    more = 0 < at < len(found) - 1
    return ("", True) if found[at].rules else (found[at].old.removesuffix("\n"), more)


def row(fragment: Fragment, side: Side, width: int, *, colour: bool) -> tuple[str, int]:
    """A fragment on one side, in at most so many columns, and how many these are."""
    stays, changes = MARKS[side]
    if all(piece.rules for piece in fragment if piece.on(side)) and any(piece.on(side).strip() for piece in fragment):
        changes = stays  # all of it: there is nothing to mark it off from
    shown: list[str] = []
    used = 0
    for piece in fragment:
        text = piece.on(side).removesuffix("\n")
        name = changes if piece.rules else stays
        if piece.rules and not text.strip(" "):
            text = "·" * len(text)
        elif piece.rules:
            text = visible(text, spaces=True)
        text = fitted(text, width - used) if columns(visible(text)) > width - used else visible(text)
        used += columns(text)
        shown.append(paint(text, name, colour))
        if used >= width:
            break
    return "".join(shown), used


def _wide(piece: Piece) -> int:
    return max(columns(visible(piece.old.removesuffix("\n"))), columns(visible(piece.new.removesuffix("\n"))))
