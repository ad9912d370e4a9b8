"""Replaced text, and what it takes to put it back: ``a  b`` becomes ``a b``, and ``a  b`` again.

An `Edit` is proposed by a filter, in the coordinates of the text that the filter was given. A `Change` is
an edit that was applied; together with the new text it is enough to undo it. A `Span` says the same in the
coordinates of the raw text, however many steps lie between. This module is arithmetic on spans: it imports
nothing of ours, and no function in it looks at what the text means.
"""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple


class Safety(IntEnum):
    """How sure an edit is. Presets apply edits from a least safety upwards.

    >>> Safety.LIKELY < Safety.CERTAIN, str(Safety.GUESS)
    (True, 'guess')
    """

    GUESS = 1
    LIKELY = 2
    CERTAIN = 3

    def __str__(self) -> str:
        return self.name.lower()


class Edit(NamedTuple):
    """A proposal: replace ``text[start:end]`` by `new`, because of `rule`; `reason` says how it was known."""

    start: int
    end: int
    new: str
    rule: str
    safety: Safety = Safety.CERTAIN
    reason: str = ""


class Change(NamedTuple):
    """An edit that was applied at `start` of the text that its filter was given."""

    start: int
    old: str
    new: str
    rule: str
    safety: Safety
    reason: str = ""


class Span(NamedTuple):
    """``raw[start:end]`` became `new`, by one or more `rules`, in the order in which they were applied."""

    start: int
    end: int
    new: str
    rules: tuple[str, ...]


class EditError(ValueError):
    """A filter proposed edits that are out of order, overlap, lie outside the text, or change nothing."""


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, tuple[Change, ...]]:
    """Apply ordered, disjoint edits; give the new text and what was changed.

    Raises `EditError` for edits that break law 1 of the design: a filter that does is a bug, and hiding it
    would lose text.

    >>> apply("a  b", [Edit(1, 3, " ", "spaces.runs")])[0]
    'a b'
    """
    parts, changes, last, size = [], [], 0, len(text)
    for start, end, new, rule, safety, reason in edits:
        if not last <= start <= end <= size:
            raise EditError(f"{rule}: edit {start}..{end} after {last} in a text of {size} characters")
        old = text[start:end]
        if old == new:
            raise EditError(f"{rule}: edit {start}..{end} changes nothing")
        parts += text[last:start], new
        changes.append(Change(start, old, new, rule, safety, reason))
        last = end
    if not changes:
        return text, ()
    parts.append(text[last:])
    return "".join(parts), tuple(changes)


def undo(text: str, changes: Iterable[Change]) -> str:
    """Put back what `apply` replaced.

    >>> undo(*apply("a  b", [Edit(1, 3, " ", "spaces.runs")]))
    'a  b'
    """
    parts, last, shift = [], 0, 0
    for change in changes:
        start = change.start + shift
        parts += text[last:start], change.old
        last = start + len(change.new)
        shift += len(change.new) - len(change.old)
    parts.append(text[last:])
    return "".join(parts)


def replay(raw: str, spans: Iterable[Span]) -> str:
    """The text that `spans` make of `raw`.

    >>> replay("a  b", [Span(1, 3, " ", ("spaces.runs",))])
    'a b'
    """
    parts, last = [], 0
    for span in spans:
        parts += raw[last : span.start], span.new
        last = span.end
    parts.append(raw[last:])
    return "".join(parts)


def compose(first: Sequence[Span], second: Sequence[Change]) -> list[Span]:
    """The spans that do in one go what `first`, and then `second` on its result, do.

    Spans and changes that overlap become one span; those that only touch stay apart, so that two removed
    neighbouring lines keep a rule each. Linear in the number of spans and changes.

    >>> compose([Span(0, 2, "xyz", ("a",))], [Change(1, "y", "", "b", Safety.CERTAIN)])
    [Span(start=0, end=2, new='xz', rules=('a', 'b'))]
    """
    spans: list[Span] = []
    i = shift = 0  # shift: a place in the text between, minus the same place in the raw text, behind first[:i]
    for n, change in enumerate(second):
        low = change.start
        if n and (low < high or low == high and not change.old):
            done += tail[: low - (high - len(tail))], change.new  # reaches into the group of the change before it
            tail = tail[len(tail) - (high - low) + len(change.old) :]
            rules.append(change.rule)
        else:
            if n:
                spans.append(Span(start, high - shift, "".join(done) + tail, tuple(dict.fromkeys(rules))))
            while i < len(first) and _lies_before(first[i], shift, change):
                spans.append(first[i])
                shift += len(first[i].new) - (first[i].end - first[i].start)
                i += 1
            start, high, done, tail, rules = low - shift, low, [change.new], "", [change.rule]
            if i < len(first) and (first[i].start + shift < low or first[i].start + shift == low and not change.old):
                span, start = first[i], first[i].start
                cut = low - (start + shift)
                done, rules = [span.new[:cut], change.new], [*span.rules, change.rule]
                tail, high = span.new[cut + len(change.old) :], start + shift + len(span.new)
                shift += len(span.new) - (span.end - span.start)
                i += 1
        reach = low + len(change.old)
        high = max(high, reach)
        while i < len(first) and first[i].start + shift < reach:
            span = first[i]
            rules[-1:-1] = span.rules
            end = span.start + shift + len(span.new)
            tail, high = (span.new[len(span.new) - (end - reach) :], end) if end > reach else (tail, high)
            shift += len(span.new) - (span.end - span.start)
            i += 1
    if second:
        spans.append(Span(start, high - shift, "".join(done) + tail, tuple(dict.fromkeys(rules))))
    return [*spans, *first[i:]]


def _lies_before(span: Span, shift: int, change: Change) -> bool:
    """Whether `span` ends before `change` begins: one that ends just there does, unless `change` inserts."""
    end = span.start + shift + len(span.new)
    return end < change.start or end == change.start and bool(change.old)
