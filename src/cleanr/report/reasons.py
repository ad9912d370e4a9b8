"""Places of the raw text that changed, with how it was known: ``··`` at 3, by spaces.runs, certain."""

import bisect
from collections.abc import Iterator
from typing import NamedTuple

from cleanr.cleaned import Cleaned
from cleanr.edits import Safety
from cleanr.report.stages import stages


class Reasoned(NamedTuple):
    """A part of the raw text and what it became; `safety` is that of the least certain change that made it so."""

    start: int
    end: int
    new: str
    rules: tuple[str, ...]
    safety: Safety
    reasons: tuple[str, ...]


class Told(NamedTuple):
    """A change, where it stands in the raw text, and how it was known."""

    start: int
    end: int
    rule: str
    safety: Safety
    reason: str


def told(cleaned: Cleaned) -> list[Told]:
    """All changes in places of the raw text, in the order of these.

    >>> import cleanr
    >>> [each[:3] for each in told(cleanr.explain("“One”  two"))]
    [(0, 1, 'quotes.double'), (4, 5, 'quotes.double'), (5, 7, 'spaces.runs')]
    """
    found: list[Told] = []
    for before, step in stages(cleaned):
        for change in step.changes:
            start = before.origin(change.start)
            end = before.origin(change.start + len(change.old) - 1) + 1 if change.old else start
            found.append(Told(start, max(start, end), change.rule, change.safety, change.reason))
    return sorted(found)


def reasoned(cleaned: Cleaned) -> Iterator[Reasoned]:
    """The spans of a result, in order, each with the safety and the reasons of the changes that it is made of.

    >>> import cleanr
    >>> [each.rules for each in reasoned(cleanr.explain("one  two"))]
    [('spaces.runs',)]
    """
    spans = cleaned.spans()
    starts = [span.start for span in spans]
    safeties = [Safety.CERTAIN] * len(spans)
    reasons: list[dict[str, None]] = [{} for _ in spans]
    for before, step in stages(cleaned) if spans else ():
        for change in step.changes:
            if change.safety is Safety.CERTAIN and not change.reason:
                continue  # nothing to tell
            at = bisect.bisect_right(starts, before.origin(change.start)) - 1
            if at >= 0 and change.rule in spans[at].rules:
                safeties[at] = min(safeties[at], change.safety)
                reasons[at] |= {change.reason: None} if change.reason else {}
    for span, safety, why in zip(spans, safeties, reasons, strict=True):
        yield Reasoned(*span, safety, tuple(why))
