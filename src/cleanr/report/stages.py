"""A `Cleaned` step by step, in places of the raw text: step 2 removed ``Share this``, which stood at 1137."""

from collections.abc import Iterator
from typing import NamedTuple

from cleanr import edits
from cleanr.cleaned import Cleaned, Step
from cleanr.edits import Change


class Placed(NamedTuple):
    """A change, and the part of the raw text that it took or replaced."""

    change: Change
    start: int
    end: int


def stages(cleaned: Cleaned) -> Iterator[tuple[Cleaned, Step]]:
    """Each step, with what it was given."""
    texts = [cleaned.text]
    for step in reversed(cleaned.steps):
        texts.append(edits.undo(texts[-1], step.changes))
    for n, step in enumerate(cleaned.steps):
        yield Cleaned(texts[-1 - n], cleaned.steps[:n]), step


def is_removal(change: Change) -> bool:
    """Whether a change takes a letter or digit and leaves nothing."""
    return not change.new and any(map(str.isalnum, change.old))


def removals(cleaned: Cleaned) -> Iterator[Placed]:
    """The removals, in the order in which they were made.

    >>> import cleanr
    >>> [(each.change.old, each.start) for each in removals(cleanr.explain("“One”  two.\\n\\nShare this:\\n"))]
    [('Share this:\\n', 13)]
    """
    if not any(is_removal(change) for step in cleaned.steps for change in step.changes):
        return  # so that what is common costs nothing
    for before, step in stages(cleaned):
        for change in filter(is_removal, step.changes):
            start = before.origin(change.start)
            yield Placed(change, start, max(start, before.origin(change.start + len(change.old))))
