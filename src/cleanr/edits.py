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
    """``raw[start:end]`` became `new`, by one or more `rules`; those of an earlier step mostly stand first."""

    start: int
    end: int
    new: str
    rules: tuple[str, ...]

    @property
    def growth(self) -> int:
        """By how many characters the text grew."""
        return len(self.new) - (self.end - self.start)


class EditError(ValueError):
    """A filter proposed edits that are out of order, overlap, lie outside the text, or change nothing."""


def apply(text: str, edits: Iterable[Edit]) -> tuple[str, tuple[Change, ...]]:
    """Apply ordered, disjoint edits; give the new text and what was changed.

    Raises `EditError` for edits that break law 1 of the design: a filter that does is a bug, and hiding it
    would lose text.

    >>> apply("a  b", [Edit(1, 3, " ", "spaces.runs")])[0]
    'a b'
    """
    parts: list[str] = []
    changes: list[Change] = []
    last, size = 0, len(text)
    for start, end, new, rule, safety, reason in edits:
        if not last <= start <= end <= size:
            raise EditError(f"{rule}: edit {start}..{end} after {last} in a text of {size} characters")
        old = text[start:end]
        if old == new:
            raise EditError(f"{rule}: edit {start}..{end} changes nothing")
        parts += text[last:start], new
        changes.append(tuple.__new__(Change, (start, old, new, rule, safety, reason)))  # half the cost of a call
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
    parts: list[str] = []
    last = shift = 0
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
    parts: list[str] = []
    last = 0
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
    group: _Group | None = None
    i = shift = 0  # shift: a place in the text between, minus the same place in the raw text, behind first[:i]
    for change in second:
        low, reach = change.start, change.start + len(change.old)
        if group is None or low > group.high or (low == group.high and change.old):
            if group:
                spans.append(group.span(shift))
            while i < len(first) and _lies_before(first[i], shift, change):
                spans.append(first[i])
                shift += first[i].growth
                i += 1
            group = _Group(low - shift, low)
            if i < len(first) and (first[i].start + shift < low or (first[i].start + shift == low and not change.old)):
                group = _Group(first[i].start, first[i].start + shift)
                group.absorb(first[i], first[i].start + shift)
                shift += first[i].growth
                i += 1
        group.change(change)
        while i < len(first) and first[i].start + shift < reach:
            group.absorb(first[i], first[i].start + shift)
            shift += first[i].growth
            i += 1
    if group:
        spans.append(group.span(shift))
    return [*spans, *first[i:]]


def _lies_before(span: Span, shift: int, change: Change) -> bool:
    """Whether `span` ends before `change` begins: one that ends just there does, unless `change` inserts."""
    end = span.start + shift + len(span.new)
    return end < change.start or (end == change.start and bool(change.old))


class _Group:
    """Spans and changes that reach into each other, on their way to one span.

    `start` counts in the raw text, `high` (where the group ends so far) in the text between. `tail` is the text just
    before `high` that no change has reached yet.
    """

    def __init__(self, start: int, high: int) -> None:
        self.start, self.high, self.tail = start, high, ""
        self.done: list[str] = []
        self.rules: tuple[list[str], list[str]] = ([], [])

    def absorb(self, span: Span, at: int) -> None:
        """Take in a span whose new text begins at `at`, which is not behind `high`."""
        self.tail = span.new[self.high - at :]
        self.high = max(self.high, at + len(span.new))
        self.rules[0].extend(span.rules)

    def change(self, change: Change) -> None:
        """Take in a change that begins at or before `high`."""
        cut = len(self.tail) - (self.high - change.start)
        self.done += self.tail[:cut], change.new
        self.tail = self.tail[cut + len(change.old) :]
        self.high = max(self.high, change.start + len(change.old))
        self.rules[1].append(change.rule)

    def span(self, shift: int) -> Span:
        rules = tuple(dict.fromkeys((*self.rules[0], *self.rules[1])))
        return Span(self.start, self.high - shift, "".join(self.done) + self.tail, rules)
