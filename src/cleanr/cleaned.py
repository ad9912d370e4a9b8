"""A clean text and what was done to get it: ``"a b"``, the edit that made it, and ``"a  b"`` again."""

import bisect
from functools import cached_property
from typing import NamedTuple

from cleanr import edits
from cleanr.edits import Change, Span


class Step(NamedTuple):
    """What one filter changed in the text that it was given."""

    filter: str
    changes: tuple[Change, ...]


class Cleaned:
    """A clean text and everything that was done to get it.

    `text` is the result; `steps` are the changes by filter, in the order in which they were applied; `flagged`
    says what was withheld, one line each. The raw text is not kept: `restore` computes it from text and steps.
    """

    def __init__(self, text: str, steps: tuple[Step, ...] = (), flagged: tuple[str, ...] = ()) -> None:
        self.text = text
        self.steps = steps
        self.flagged = flagged

    def __repr__(self) -> str:
        return f"<Cleaned: {len(self.text)} characters, {len(self.changes)} changes, flagged={self.flagged!r}>"

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """The changes of all steps; `start` counts in the text that the change's filter was given."""
        return tuple(change for step in self.steps for change in step.changes)

    def restore(self) -> str:
        """The raw text.

        >>> import cleanr
        >>> cleanr.explain("one  two").restore()
        'one  two'
        """
        text = self.text
        for step in reversed(self.steps):
            text = edits.undo(text, step.changes)
        return text

    def spans(self) -> list[Span]:
        """All changes as one ordered, disjoint list of (start, end, new, rules) in the raw text.

        >>> import cleanr
        >>> cleanr.explain("one  two").spans()
        [Span(start=3, end=5, new=' ', rules=('spaces.runs',))]
        """
        return list(self._spans)

    def origin(self, position: int) -> int:
        """Where in the raw text the character at `position` of the clean text came from.

        Raises `IndexError` for a position outside ``0..len(text)``.

        >>> import cleanr
        >>> cleanr.explain("one  two").origin(4)
        5
        """
        if not 0 <= position <= len(self.text):
            raise IndexError(f"position {position} lies outside the text of {len(self.text)} characters")
        at = bisect.bisect_right(self._starts, position) - 1
        if at < 0:
            return position
        span, inside = self._spans[at], position - self._starts[at]
        if inside < len(span.new):
            return min(span.start + inside, max(span.start, span.end - 1))
        return span.end + inside - len(span.new)

    @cached_property
    def _spans(self) -> list[Span]:
        spans: list[Span] = []
        for step in self.steps:
            spans = edits.compose(spans, step.changes)
        raw = self.restore()
        return [span for span in spans if raw[span.start : span.end] != span.new]

    @cached_property
    def _starts(self) -> list[int]:
        """Where the new text of each span starts in `text`."""
        starts, shift = [], 0
        for span in self._spans:
            starts.append(span.start + shift)
            shift += span.growth
        return starts
