"""A clean text and what was done to get it: ``"a b"``, the edit that made it, and ``"a  b"`` again."""

from functools import cached_property
from typing import NamedTuple

from cleanr import edits
from cleanr.edits import Change, Span
from cleanr.offsets import Offsets


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
        return self._to_raw.place(position)

    def locate(self, position: int) -> int:
        """Where in the clean text the character at `position` of the raw text is: the way back from `origin`.

        What was removed is where the text closed behind it. Raises `IndexError` for a position outside of the raw text.

        >>> import cleanr
        >>> cleanr.explain("one  two").locate(5)
        4
        """
        return self._to_clean.place(position)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Of what part of the raw text ``text[start:end]`` was made: what a citation of it should show.

        A replacement counts as a whole: half of a new text is made of all of the old one. Removed text between the
        ends belongs to it, at the ends it does not. Raises `IndexError` for a span outside of the clean text.

        >>> import cleanr
        >>> raw = "Caf&eacute;  noir"
        >>> start, end = cleanr.explain(raw).raw_span(3, 6)
        >>> raw[start:end]
        '&eacute;  n'
        """
        return self._to_raw.span(start, end)

    def clean_span(self, start: int, end: int) -> tuple[int, int]:
        """What became of a part of the raw text, as where an annotation of it belongs now; the opposite of `raw_span`.

        A replacement counts as a whole. A part of which nothing is left is an empty span, where the text closed behind
        it. Raises `IndexError` for a span outside of the raw text.

        >>> import cleanr
        >>> cleaned = cleanr.explain("Caf&eacute;  noir")
        >>> start, end = cleaned.clean_span(0, 11)
        >>> cleaned.text[start:end]
        'Café'
        """
        return self._to_clean.span(start, end)

    @cached_property
    def _spans(self) -> list[Span]:
        spans: list[Span] = []
        for step in self.steps:
            spans = edits.compose(spans, step.changes)
        raw = self.restore()
        return [span for span in spans if raw[span.start : span.end] != span.new]

    @cached_property
    def _stretches(self) -> list[tuple[int, int]]:
        """Where the new text of each span stands in `text`."""
        stretches, shift = [], 0
        for span in self._spans:
            stretches.append((span.start + shift, span.start + shift + len(span.new)))
            shift += span.growth
        return stretches

    @cached_property
    def _to_raw(self) -> Offsets:
        return Offsets(self._stretches, [(span.start, span.end) for span in self._spans], len(self.text))

    @cached_property
    def _to_clean(self) -> Offsets:
        size = len(self.text) - sum(span.growth for span in self._spans)
        return Offsets([(span.start, span.end) for span in self._spans], self._stretches, size)
