"""A text as filters see it: ``"one\\ntwo"`` with its lines ``one`` and ``two`` and the spans nobody may edit."""

import bisect
import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from cleanr import protected
from cleanr.writing import ODD_SPACES

Kind = Literal["text", "markdown"]

# That a text has one of these tells a filter nothing.
COMMON = f"{string.ascii_letters}{string.digits}{string.punctuation} \n".encode().translate(None, b"&<")


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
    def signs(self) -> frozenset[str]:
        """The rare characters of the text: all that are not printable ASCII or \\n, and ``&`` and ``<``.

        Guards ask it, so that a text is searched once for all rare characters, and not once for each filter.

        >>> sorted(Text("R&D, “naïve”\\r\\n").signs)
        ['\\r', '&', 'ï', '“', '”']
        """
        signs: frozenset[str] | None = self._views.get("signs")
        if signs is None:
            # As bytes: to drop the common ones costs a fifth of what a search for the others does.
            rest = self.raw.encode("utf-8", "surrogatepass").translate(None, COMMON)
            signs = self._views["signs"] = frozenset(rest.decode("utf-8", "surrogatepass"))
        return signs

    @property
    def is_even(self) -> bool:
        """Whether each space is a plain and single one, but for line feeds.

        >>> Text("a b\\nc").is_even, Text("a  b").is_even, Text("a\\tb").is_even
        (True, False, False)
        """
        return not self.has_gaps and self.signs.isdisjoint(ODD_SPACES)

    @property
    def has_gaps(self) -> bool:
        """Whether two spaces stand together anywhere."""
        gaps: bool | None = self._views.get("gaps")
        if gaps is None:
            gaps = self._views["gaps"] = "  " in self.raw
        return gaps

    def places(self, signs: Iterable[str]) -> list[int]:
        """Where any of some strings stands, in order; those of one string do not overlap."""
        raw, found = self.raw, list[int]()
        for sign in signs:
            at, size = raw.find(sign), len(sign)
            while at >= 0:
                found.append(at)
                at = raw.find(sign, at + size)
        found.sort()
        return found

    def lines_at(self, places: Iterable[int]) -> list[int]:
        """The numbers, from 0, of the lines in which ordered places lie, each once."""
        found: list[int] = []
        starts, stop = self.starts, 0
        for place in places:
            if place >= stop:
                at = bisect.bisect_right(starts, place) - 1
                stop = starts[at + 1]
                found.append(at)
        return found

    @property
    def rows(self) -> Sequence[str]:
        """What the lines say. A last one is empty where the text ends with a line end."""
        rows: Sequence[str] | None = self._views.get("rows")
        if rows is None:
            rows = self._views["rows"] = self.raw.split("\n")
        return rows

    @property
    def starts(self) -> Sequence[int]:
        """Where the rows start, and where one behind the last would."""
        starts: Sequence[int] | None = self._views.get("starts")
        if starts is None:
            at, found = 0, [0]
            for row in self.rows:
                at += len(row) + 1
                found.append(at)
            starts = self._views["starts"] = found
        return starts

    @property
    def stripped(self) -> Sequence[str]:
        """The rows without spaces at their ends; that of a blank line is empty."""
        stripped: Sequence[str] | None = self._views.get("stripped")
        if stripped is None:
            stripped = self._views["stripped"] = list(map(str.strip, self.rows))
        return stripped

    def line(self, number: int) -> Line:
        """The line of a row."""
        start, row = self.starts[number], self.rows[number]
        return Line(start, row, self.raw[start + len(row) : start + len(row) + 1])

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of the text; an empty text has none, and a last ``\\n`` starts none."""
        lines: tuple[Line, ...] | None = self._views.get("lines")
        if lines is None:
            count = len(self.rows) - (not self.rows[-1])
            lines = self._views["lines"] = tuple(map(self.line, range(count)))
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
