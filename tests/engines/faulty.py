"""A filter with a bug, as somebody's plug-in may have one: it breaks on ``POISON``, and finds nothing elsewhere."""

from collections.abc import Iterator

from cleanr.edits import Edit
from cleanr.text import Text

RULES = {"faulty.rule": "Does nothing."}
SCOPE = "line"
POISON = "POISON"


def find(text: Text) -> Iterator[Edit]:
    """Break on poison."""
    if POISON in text.raw:
        raise IndexError("no such\nletter")
    return iter(())
