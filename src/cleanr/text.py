"""A text as filters see it: ``"one\\ntwo"`` with its lines ``one`` and ``two`` and the spans nobody may edit."""

import bisect
import itertools
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

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


@dataclass(frozen=True, slots=True)
class Text:
    """Immutable text with views that are computed once, and only when a filter asks for them.

    `language` is a hint (BCP 47, ``"und"`` where unknown). `kind` is ``"text"`` or ``"markdown"``.

    >>> [line.text for line in Text("one\\ntwo").lines]
    ['one', 'two']
    """

    raw: str
    language: str = "und"
    kind: Kind = "text"
    # functools.cached_property takes a lock, on Python 3.11, that costs more than most views.
    _views: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_ascii(self) -> bool:
        return self.raw.isascii()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text; an empty text has none, and a last ``\\n`` starts none."""
        lines: tuple[Line, ...] | None = self._views.get("lines")
        if lines is None:
            lines = self._views["lines"] = tuple(self._split())
        return lines

    def _split(self) -> list[Line]:
        rows = self.raw.split("\n")
        last = rows.pop()
        starts = itertools.accumulate(map(len, rows), lambda start, size: start + size + 1, initial=0)
        # A bare tuple.__new__ costs half of what calling the class does, and this is done for every line there is.
        lines = [tuple.__new__(Line, (start, row, "\n")) for start, row in zip(starts, rows, strict=False)]
        if last:
            lines.append(Line(len(self.raw) - len(last), last, ""))
        return lines

    @property
    def protected(self) -> tuple[protected.Region, ...]:
        """What no edit may touch, in order and disjoint; see `cleanr.protected`."""
        regions: tuple[protected.Region, ...] | None = self._views.get("protected")
        if regions is None:
            regions = self._views["protected"] = protected.regions(self.raw, markdown=self.kind == "markdown")
        return regions

    def protects(self, start: int, end: int) -> bool:
        """Whether an edit of ``raw[start:end]`` would touch a protected span.

        >>> text = Text("see https://example.org/a")
        >>> text.protects(10, 12), text.protects(0, 3), text.protects(0, 25)
        (True, False, False)
        """
        regions = self.protected
        at = max(bisect.bisect_right(regions, start, key=lambda region: region.start) - 1, 0)
        while at < len(regions) and (regions[at].start < end or start == end == regions[at].start):
            if regions[at].touched_by(start, end):
                return True
            at += 1
        return False
