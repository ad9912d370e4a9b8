"""Where two texts differ, line by line: between ``a b c`` and ``a x c``, line 1 to 2 of each.

Lines that stand once in both texts tell which parts belong together; only the parts between are compared with each
other, and not even these where they are large. So the cost is that of sorting, also for hostile text.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

LARGE = 1_000_000  # pairs of lines: of more, all of the part is taken to differ
AHEAD = 20  # lines among which the new form of a line is looked for

Range = tuple[int, int, int, int]  # lines from, to of the old text; from, to of the new


def differing(old: Sequence[str], new: Sequence[str]) -> Iterator[Range]:
    """The parts that differ, in order.

    >>> list(differing(["a", "b", "c"], ["a", "x", "c"]))
    [(1, 2, 1, 2)]
    """
    points = [(-1, -1), *_anchors(old, new), (len(old), len(new))]
    for (left, right), (left_end, right_end) in pairwise(points):
        yield from _between(old, new, (left + 1, left_end, right + 1, right_end))


def paired(old: Sequence[str], new: Sequence[str]) -> list[tuple[str | None, str | None]]:
    """Lines that differ, as (old, new), with None where a line has no counterpart.

    >>> paired(["one  two three", "Share"], ["one two three"])
    [('one  two three', 'one two three'), ('Share', None)]
    """
    pairs: list[tuple[str | None, str | None]] = []
    forms = list(map(_form, new))
    at = 0
    for line in old:
        form = _form(line)
        found = next((n for n in range(at, min(len(new), at + AHEAD)) if _alike(form, forms[n])), None)
        if found is None:
            pairs.append((line, None))
        else:
            pairs += [(None, other) for other in new[at:found]]
            pairs.append((line, new[found]))
            at = found + 1
    return pairs + [(None, other) for other in new[at:]]


def _form(line: str) -> tuple[str, Counter[str]]:
    return "".join(filter(str.isalnum, line)), Counter(line.split())


def _alike(form: tuple[str, Counter[str]], other: tuple[str, Counter[str]]) -> bool:
    """Whether one line is another form of the other: the same letters, or half of the words."""
    (letters, words), (others, more) = form, other
    most = max(words.total(), more.total(), 1)
    return letters == others or 2 * (words & more).total() >= most


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Lines that stand once in both texts, in an order that is that of both: as many as possible."""
    counts, others = Counter(old), Counter(new)
    places = {line: n for n, line in enumerate(new) if others[line] == 1 == counts[line]}
    best: list[int] = []  # the least end of a chain of each length, as a place in the new text
    chains: list[tuple[int, int, int]] = []  # old, new, and the link before
    ends: list[int] = []
    for n, line in enumerate(old):
        if line in places:
            at = bisect_left(best, places[line])
            before = ends[at - 1] if at else -1
            best[at : at + 1], ends[at : at + 1] = [places[line]], [len(chains)]
            chains.append((n, places[line], before))
    found = []
    link = ends[-1] if ends else -1
    while link >= 0:
        left, right, link = chains[link]
        found.append((left, right))
    return found[::-1]


def _between(old: Sequence[str], new: Sequence[str], part: Range) -> Iterator[Range]:
    low, high, start, end = part
    while low < high and start < end and old[low] == new[start]:
        low, start = low + 1, start + 1
    while low < high and start < end and old[high - 1] == new[end - 1]:
        high, end = high - 1, end - 1
    if low == high and start == end:
        return
    if low == high or start == end or (high - low) * (end - start) > LARGE:
        yield low, high, start, end
        return
    matcher = SequenceMatcher(None, old[low:high], new[start:end], autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind != "equal":
            yield low + i, low + j, start + k, start + m
