"""A text as filters see it: ``"one\\ntwo"`` with its lines ``one`` and ``two`` and the spans nobody may edit."""

import bisect
import itertools
from typing import Final, Literal, NamedTuple

from cleanr import protected

Kind = Literal["text", "markdown"]


class Line(NamedTuple):
    """A line: where it starts, what it says, and its line end, which only a last line may lack.

    Only ``\\n`` ends a line: `str.splitlines` also breaks at form feeds and U+2028, which are characters
    until the filter ``line_breaks`` has decided about them.
    """

    start: int
    text: str
    ending: str

    @property
    def end(self) -> int:
        """Where the line's own characters end."""
        return self.start + len(self.text)

    @property
    def stop(self) -> int:
        """Where the next line starts."""
        return self.start + len(self.text) + len(self.ending)


class Text:
    """Immutable text with views that are computed once, and only when a filter asks for them.

    `language` is a hint (BCP 47, ``"und"`` where unknown). `kind` is ``"text"`` or ``"markdown"``.

    >>> [line.text for line in Text("one\\ntwo").lines]
    ['one', 'two']
    """

    # By hand, not by functools: its cached_property takes a lock, on Python 3.11, that costs more than most views.
    __slots__ = ("_lines", "_protected", "is_ascii", "kind", "language", "raw")

    def __init__(self, raw: str, language: str = "und", kind: Kind = "text") -> None:
        self.raw: Final = raw
        self.language: Final = language
        self.kind: Final[Kind] = kind
        self.is_ascii: Final = raw.isascii()
        self._lines: tuple[Line, ...] | None = None
        self._protected: tuple[protected.Region, ...] | None = None

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text; an empty text has none, and a last ``\\n`` starts none."""
        if self._lines is None:
            rows = self.raw.split("\n")
            last = rows.pop()
            starts = itertools.accumulate(map(len, rows), lambda start, size: start + size + 1, initial=0)
            # A bare tuple.__new__ costs half of what calling the class does, and this is done for every line there is.
            lines = [tuple.__new__(Line, (start, row, "\n")) for start, row in zip(starts, rows, strict=False)]
            if last:
                lines.append(Line(len(self.raw) - len(last), last, ""))
            self._lines = tuple(lines)
        return self._lines

    @property
    def protected(self) -> tuple[protected.Region, ...]:
        """What no edit may touch, in order and disjoint; see `cleanr.protected`."""
        if self._protected is None:
            self._protected = protected.regions(self.raw, markdown=self.kind == "markdown")
        return self._protected

    def protects(self, start: int, end: int) -> bool:
        """Whether an edit of ``raw[start:end]`` would touch a protected span.

        >>> text = Text("see https://example.org/a")
        >>> text.protects(10, 12), text.protects(0, 3), text.protects(0, 25)
        (True, False, False)
        """
        regions = self.protected
        at = bisect.bisect_right(regions, start, key=lambda region: region.start) - 1
        for region in regions[max(at, 0) :]:
            if region.start >= end and not (start == end == region.start):
                break
            if region.touched_by(start, end):
                return True
        return False
