"""Places in one text as places in another: the ``b`` of ``a  b`` is at 3, and in ``a b`` at 2."""

import bisect
from collections.abc import Sequence


class Offsets:
    """The way from one text to another that differs from it in some stretches.

    Each stretch of `here` (start, end) became the one of `there` with the same index; they are ordered and disjoint.
    Outside of them, the texts are the same. `size` is the length of the text that one comes from.

    What lies in a stretch goes to the stretch that it became, which is empty for text that was removed.

    >>> Offsets([(1, 3)], [(1, 2)], 4).place(3)
    2
    """

    def __init__(self, here: Sequence[tuple[int, int]], there: Sequence[tuple[int, int]], size: int) -> None:
        self._here = here
        self._there = there
        self._starts = [start for start, _ in here]
        self._size = size

    def place(self, position: int) -> int:
        """Where the character at a position is in the other text, or where it was if it was removed.

        Raises `IndexError` for a position outside ``0..size``.
        """
        low, high, inside = self._stretch(self._checked(position))
        return min(low + inside, max(low, high - 1))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The shortest span that has all that became of ``start..end``: a stretch that it reaches into counts whole.

        Raises `IndexError` for a span outside ``0..size``, or one that ends before it starts.
        """
        if self._checked(start) >= self._checked(end):
            if start > end:
                raise IndexError(f"span {start}..{end} ends before it starts")
            return self.place(start), self.place(start)
        return self._stretch(start)[0], self._stretch(end - 1)[1]

    def _stretch(self, position: int) -> tuple[int, int, int]:
        """What the character at a position became (start, end), and how far into its stretch it lies."""
        at = bisect.bisect_right(self._starts, position) - 1
        if at < 0:
            return position, position + 1, 0
        (start, end), (low, high) = self._here[at], self._there[at]
        if position < end:
            return low, high, position - start
        return high + position - end, high + position - end + 1, 0

    def _checked(self, position: int) -> int:
        if not 0 <= position <= self._size:
            raise IndexError(f"position {position} lies outside the text of {self._size} characters")
        return position
